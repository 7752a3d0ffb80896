//! "Did you mean": the nearest of the words that would have been right.

/// The candidate that is nearest to a word that is none, and how surely it is the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'a> {
    /// The candidate.
    pub word: &'a str,
    /// Whether no other candidate is as near, in whatever case.
    alone: bool,
    /// Whether the figures in both are the same: another figure is another thing and no slip.
    same_figures: bool,
    /// Whether one slip of the keyboard leads from one to the other.
    slip: bool,
}

impl Near<'_> {
    /// Whether nothing else can have been meant, where it is known that one of the candidates was.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.alone && self.same_figures
    }

    /// Whether nothing else can have been meant, where the word says something: one slip within a word that is so
    /// long that no other one is as near by chance.
    #[must_use]
    pub fn is_slip(&self) -> bool {
        self.is_sure() && self.slip
    }
}

/// The shortest word of which one slip tells what was meant: `xx` may be many, `hoplght` one.
const SHORTEST: usize = 5;

/// Whether two texts that are one slip apart differ within one word of letters. Short ones, figures and Roman numerals
/// count: `unit-a` and `unit-b`, `2016a` and `2016b`, `part-ii` and `part-iii` are two things.
fn is_within_a_word(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let mut differ = one.iter().zip(&other).filter(|(one, other)| one != other);
    let differing = (differ.next(), differ.next());
    let (Some((one_word, other_word)), None) = differing else {
        return false;
    };
    let counts = |word: &str| {
        word.chars().count() < SHORTEST
            || !word.chars().all(char::is_alphabetic)
            || word.chars().all(|c| "ivxlcdm".contains(c))
    };
    one.len() == other.len() && !counts(one_word) && !counts(other_word)
}

/// The words of a text, in small letters: `UnitB` is two.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut before) = (vec![String::new()], ' ');
    for c in text.chars() {
        if !c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// The candidate nearest to `word`, when it is near enough to be meant (Damerau–Levenshtein
/// distance of at most a third of the word's length, at least one); of several the first by letters.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let mut alone = true;
    for candidate in candidates {
        // The distance is at least the difference in length: this spares most of the work, and all
        // of it for words of absurd length.
        if candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
        match best {
            _ if distance > limit => {}
            Some((known, _)) if known < distance => {}
            Some((known, other)) if known == distance => {
                alone &= other.to_lowercase() == candidate.to_lowercase();
                best = Some((distance, other.min(candidate)));
            }
            _ => {
                best = Some((distance, candidate));
                alone = true;
            }
        }
    }
    let (slips, nearest) = best?;
    let figures = |text: &str| -> String { text.chars().filter(|c| c.is_numeric()).collect() };
    Some(Near {
        word: nearest,
        alone,
        same_figures: figures(word) == figures(nearest),
        slip: slips == 0 || slips == 1 && is_within_a_word(word, nearest),
    })
}

/// The word of [`nearest`].
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(word, candidates).map(|near| near.word)
}

/// The sentence ``did you mean `x`?`` where something is near enough.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    closest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let keys = ["title", "targets", "tags", "tlp"];
        assert_eq!(closest("titel", keys), Some("title"));
        assert_eq!(closest("tag", keys), Some("tags"));
        assert_eq!(closest("colour", keys), None);
    }

    #[test]
    fn only_one_that_is_nearer_than_all_others_is_sure() {
        let told = |word, all: &[&'static str]| {
            let near = nearest(word, all.iter().copied()).unwrap();
            (near.word, near.is_sure(), near.is_slip())
        };
        assert_eq!(told("titel", &["title", "tools"]), ("title", true, true));
        assert_eq!(told("tilt", &["title", "till"]), ("till", true, false));
        assert_eq!(told("cot", &["cat", "cut"]), ("cat", false, false));
        assert_eq!(told("Crime", &["crime"]), ("crime", true, true));
        assert_eq!(told("cot", &["cat", "cat"]), ("cat", true, false));
        assert_eq!(told("cot", &["cat", "Cat"]), ("Cat", true, false));
        assert_eq!(told("hoplght", &["hoplight"]), ("hoplight", true, true));
        assert_eq!(told("aliasses", &["aliases"]), ("aliases", true, true));
        assert_eq!(told("targtes_x", &["targets"]), ("targets", true, false));
        assert_eq!(told("apt37", &["apt38"]), ("apt38", false, false));
    }

    #[test]
    fn letters_and_numerals_that_count_are_no_slips() {
        for (word, near, slip) in [
            ("lazarus-gruop", "lazarus-group", true),
            ("Lazarsu Group", "Lazarus Group", true),
            ("lazarus-group-2", "lazarus-grup-2", false),
            ("lazarus-group-2", "lazarus-gruop-2", true),
            ("smith-2016b", "smith-2016a", false),
            ("smith-2016", "smith-2016a", false),
            ("smith2016b", "smith2016a", false),
            ("unit-b", "unit-a", false),
            ("unit-61398", "unit-61389", false),
            ("Unit B", "Unit A", false),
            ("UnitB", "UnitA", false),
            ("unit-b-of-it", "unit-a-of-it", false),
            ("part-iii", "part-ii", false),
            ("volume-xviii", "volume-xxiii", false),
            ("chapter", "chapter-i", false),
            ("lazarus-group", "lazarus_group", false),
            ("lazarusgroup", "lazarus-group", false),
            ("report-v1-2", "report-v1-3", false),
            ("überfal", "überfall", true),
        ] {
            let found = nearest(word, [near]).map(|near| near.is_slip());
            assert_eq!(found, Some(slip), "{word} → {near}");
        }
    }
}
