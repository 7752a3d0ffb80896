//! The numbers that choose the words, and the sentences made of them.

use super::words::{DATA, DID, LINKING, SENTENCES, SYSTEMS, TIMES, WHO};

/// Splitmix64: a few lines, good enough to spread choices, and the same on every machine.
pub(crate) struct Rng(u64);

impl Rng {
    /// A generator of its own for each entry, so that no entry depends on how another was written.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xd134_2543_de82_ef95) ^ 0x0005_eed0_fd05_51e5)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number from `first` to `last`, both included.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// A number below `end`, low ones far more often: a uniform one between 0 and 1, to a power.
    /// Whole-number arithmetic, since the last bit of a float power may differ between machines.
    pub(crate) fn low(&mut self, end: usize, power: u32) -> usize {
        let part = self.next() >> 32;
        let raised = (1..power).fold(part, |product, _| (product * part) >> 32);
        ((raised * end as u64) >> 32) as usize
    }

    /// `length` hexadecimal digits.
    pub(crate) fn hex(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(b"0123456789abcdef"[self.below(16)]))
            .collect()
    }

    /// A sentence of the field, its `{slots}` filled.
    pub(crate) fn sentence(&mut self) -> String {
        let pattern = self.pick(SENTENCES);
        self.fill(pattern)
    }

    /// A sentence around a link, which goes where `{link}` stands.
    pub(crate) fn linking(&mut self, link: &str) -> String {
        let pattern = self.pick(LINKING);
        self.fill(pattern).replace("{link}", link)
    }

    fn fill(&mut self, pattern: &str) -> String {
        let mut filled = String::with_capacity(160);
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, behind) = after.split_once('}').expect("every slot is closed");
            filled.push_str(before);
            match slot {
                "n" => filled.push_str(&self.between(3, 60).to_string()),
                "link" => filled.push_str("{link}"),
                "system" => filled.push_str(self.pick(SYSTEMS)),
                "data" => filled.push_str(self.pick(DATA)),
                "who" => filled.push_str(self.pick(WHO)),
                "did" => filled.push_str(self.pick(DID)),
                "time" => filled.push_str(self.pick(TIMES)),
                _ => unreachable!("no list for {slot}"),
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

/// The `index`th pair of the two lists, scattered so that neighbours differ in both words, and
/// numbered once every pair has been used.
pub(crate) fn combine(index: usize, first: &[&str], second: &[&str], between: &str) -> String {
    let pairs = first.len() * second.len();
    // A prime that divides no length used here steps through every pair before it repeats one.
    let pair = (index % pairs * 7919) % pairs;
    let name = [
        first[pair / second.len()],
        between,
        second[pair % second.len()],
    ]
    .concat();
    match index / pairs {
        0 => name,
        round => format!("{name} {}", round + 1),
    }
}
