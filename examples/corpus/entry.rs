//! One entry on its way to text.

use super::rng::Rng;
use super::{Corpus, Id, Kind::Source};

/// Adds a line to the entry.
macro_rules! put {
    ($entry:ident, $($text:tt)*) => {{
        // Writing to a string cannot fail.
        let _ = writeln!($entry.out, $($text)*);
    }};
}

pub(crate) use put;

/// The text of entry `number` of the corpus.
pub(crate) fn write(corpus: &Corpus, number: usize) -> String {
    let mut entry = Writer {
        corpus,
        rng: Rng::new(number as u64),
        id: corpus.order[number],
        out: String::with_capacity(4096),
    };
    entry.front_matter();
    entry.body();
    entry.out
}

/// What is known of the entry while it is written.
pub(crate) struct Writer<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) rng: Rng,
    pub(crate) id: Id,
    pub(crate) out: String,
}

impl Writer<'_> {
    /// `[slug, slug]` of different sources.
    pub(crate) fn cites(&mut self, wanted: usize) -> String {
        let drawn = self.corpus.draw(&mut self.rng, &[Source], wanted, self.id);
        let slugs: Vec<String> = drawn.into_iter().map(Id::slug).collect();
        format!("[{}]", slugs.join(", "))
    }
}
