//! What readers see, in their language: one file of words for each (`templates/words/en.toml`), with rules of plurals.
//!
//! Takes the files of words of the program and of a project and the language of the dossier; gives [`Languages`], one
//! of which speaks on a page. A project's file overrides single words; what a language lacks is said in English. Rust
//! names words by [`Word`], so that one that does not exist cannot be said; templates by their keys, which are put in
//! place when the templates are read. Never chooses what is shown, and has no word for writers: problems and commands
//! speak English.

mod amounts;

mod dates;

mod file;

pub(super) mod names;

mod text;

mod word;

pub use text::Text;
pub use word::Word;

use super::markup;
use crate::diag::{Code, Diagnostic, Outcome, closest};
use crate::text::{Place, Span, TextFile};
use file::File;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use text::Piece;
use toml::de::DeTable;

/// The language that every other falls back to.
const BASE: &str = "en";

/// The words of one language.
#[derive(Debug)]
pub struct Language {
    /// Which of the languages it is.
    pub at: usize,
    /// By [`Word`].
    words: Box<[Arc<Text>]>,
    /// By key, for templates.
    keys: BTreeMap<String, Arc<Text>>,
    plurals: Option<PluralRules>,
    /// Whether it is declared to have every word.
    complete: bool,
}

impl Language {
    /// The English of the program, without what a project overrides.
    #[must_use]
    pub fn english() -> &'static Arc<Language> {
        static ENGLISH: OnceLock<Arc<Language>> = OnceLock::new();
        ENGLISH.get_or_init(|| Languages::of(&BTreeMap::new(), BASE).value.spoken_at(0))
    }

    /// The text of a word.
    fn text(&self, word: Word) -> &Text {
        &self.words[word as usize]
    }

    /// A word in which nothing is filled in.
    #[must_use]
    pub fn say(&self, word: Word) -> &str {
        self.text(word).whole()
    }

    /// The same, for whoever keeps it.
    #[must_use]
    pub fn shared(&self, word: Word) -> Arc<str> {
        self.text(word).shared(PluralCategory::Other)
    }

    /// The form of a word for so many, for whoever keeps it.
    #[must_use]
    pub fn form_shared(&self, word: Word, count: u32) -> Arc<str> {
        self.text(word).shared(self.category(word, count))
    }

    /// Writes a word in which nothing is filled in, as HTML.
    pub(super) fn html(&self, word: Word, out: &mut String) {
        markup::text(self.say(word), out);
    }

    /// Writes a word as plain text; `fill` writes what stands in a hole.
    pub(super) fn fill(
        &self,
        word: Word,
        mut fill: impl FnMut(&str, &mut String),
        out: &mut String,
    ) {
        for piece in self.text(word).form(PluralCategory::Other) {
            match piece {
                Piece::Said(text) => out.push_str(text),
                Piece::Hole(name) => fill(name, out),
            }
        }
    }

    /// A word with one text in its only hole.
    #[must_use]
    pub(super) fn with(&self, word: Word, text: &str) -> String {
        let mut filled = String::with_capacity(64);
        self.fill(word, |_, out| out.push_str(text), &mut filled);
        filled
    }

    /// The same of several holes.
    #[must_use]
    pub(super) fn with_all(&self, word: Word, holes: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(64);
        let text = |name: &str| holes.iter().find(|(hole, _)| *hole == name);
        self.fill(
            word,
            |name, out| out.push_str(text(name).map_or("", |(_, text)| text)),
            &mut filled,
        );
        filled
    }

    /// Writes a word as HTML; `fill` writes what stands in a hole.
    pub(super) fn fill_html(
        &self,
        word: Word,
        mut fill: impl FnMut(&str, &mut String),
        out: &mut String,
    ) {
        for piece in self.text(word).form(PluralCategory::Other) {
            match piece {
                Piece::Said(text) => markup::text(text, out),
                Piece::Hole(name) => fill(name, out),
            }
        }
    }

    /// Writes so many of something as HTML: `1 source`, `2 sources`.
    pub(super) fn counted(&self, word: Word, count: u32, out: &mut String) {
        for piece in self.text(word).form(self.category(word, count)) {
            match piece {
                Piece::Said(text) => markup::text(text, out),
                Piece::Hole(_) => markup::number(count, out),
            }
        }
    }

    /// The form of a word for so many, in which nothing is filled in.
    #[must_use]
    pub(super) fn form(&self, word: Word, count: u32) -> &str {
        match self.text(word).form(self.category(word, count)) {
            [Piece::Said(text)] => text,
            _ => "",
        }
    }

    fn category(&self, word: Word, count: u32) -> PluralCategory {
        match self.text(word).is_plural() {
            true => self.plural(count),
            false => PluralCategory::Other,
        }
    }

    /// The plural form that a count takes.
    fn plural(&self, count: u32) -> PluralCategory {
        let rules = self.plurals.as_ref();
        rules.map_or(PluralCategory::Other, |rules| rules.category_for(count))
    }

    /// A word by its key, for templates.
    #[must_use]
    pub fn keyed(&self, key: &str) -> Option<&Text> {
        self.keys.get(key).map(|text| &**text)
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// Writes a word of a template as HTML; `fill` writes what stands in a hole.
    pub(super) fn fill_keyed(
        &self,
        key: &str,
        count: Option<u32>,
        mut fill: impl FnMut(&str, &mut String),
        out: &mut String,
    ) {
        let Some(text) = self.keyed(key) else {
            return;
        };
        let form = count.map_or(PluralCategory::Other, |count| self.plural(count));
        for piece in text.form(form) {
            match piece {
                Piece::Said(text) => markup::text(text, out),
                Piece::Hole(name) => fill(name, out),
            }
        }
    }
}

/// Every language that there is a file of words of; that of the dossier is the first.
#[derive(Debug)]
pub struct Languages {
    all: Vec<Slot>,
    /// A project's own files of words, as they are.
    own: BTreeMap<String, Arc<[u8]>>,
    /// The language of the dossier, as it is written.
    tag: String,
}

/// A language, read when it is first spoken.
#[derive(Debug)]
struct Slot {
    tag: String,
    spoken: OnceLock<Arc<Language>>,
}

impl PartialEq for Languages {
    fn eq(&self, other: &Languages) -> bool {
        (&self.tag, &self.own) == (&other.tag, &other.own)
    }
}

impl Languages {
    /// Of a project's own files, by their path below `templates/`, and the language of the dossier. The problems are
    /// those of its own files.
    #[must_use]
    pub fn of(own: &BTreeMap<String, Arc<[u8]>>, tag: &str) -> Outcome<Languages> {
        let own: BTreeMap<String, Arc<[u8]>> = own
            .iter()
            .filter_map(|(path, bytes)| Some((tag_of(path)?.to_owned(), Arc::clone(bytes))))
            .collect();
        let mut tags: Vec<String> = file::TAGS.iter().map(|tag| (*tag).to_owned()).collect();
        tags.extend(
            own.keys()
                .filter(|tag| !file::TAGS.contains(&tag.as_str()))
                .cloned(),
        );
        let first = position(&tags, tag);
        let base = first.or_else(|| position(&tags, BASE)).unwrap_or(0);
        tags.swap(0, base);
        let all = tags.into_iter().map(|tag| Slot {
            tag,
            spoken: OnceLock::new(),
        });
        let languages = Languages {
            all: all.collect(),
            own,
            tag: tag.to_owned(),
        };
        let mut problems = Vec::new();
        for (tag, bytes) in &languages.own {
            problems.extend(languages.faults(tag, bytes));
        }
        Outcome {
            value: languages,
            problems,
        }
    }

    /// Whether it is what the same project's files and settings would make again.
    #[must_use]
    pub fn is_of(&self, files: &BTreeMap<String, Arc<[u8]>>, tag: &str) -> bool {
        let own = files
            .iter()
            .filter_map(|(path, bytes)| Some((tag_of(path)?, bytes)));
        self.tag == tag && own.eq(self.own.iter().map(|(tag, bytes)| (&**tag, bytes)))
    }

    /// That there are no words of the dossier's language, which stands in `settings`.
    #[must_use]
    pub fn unspoken(&self, settings: Option<&TextFile>) -> Option<Diagnostic> {
        let (slot, tag) = (self.all.first()?, &self.tag);
        if is(&slot.tag, tag) || is(&slot.tag, primary(tag)) {
            return None;
        }
        let span = settings.and_then(|file| {
            let table = DeTable::parse(&file.text).ok()?;
            let range = table.get_ref().get("language")?.span();
            Some(Span::new(range.start, range.end))
        });
        let place = Place {
            path: "dossier.toml".into(),
            span,
        };
        let message =
            format!("there are no words in the language `{tag}`: readers see English ones");
        let file = format!("templates/words/{}.toml", primary(tag));
        let help = format!("add `{file}`, which says them; those that it lacks stay English");
        Some(Diagnostic::new(Code::MissingWord, place, message).help(help))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none: never.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The language of the dossier.
    #[must_use]
    pub fn first(&self) -> &Language {
        self.spoken(0)
    }

    /// The language of a page: that of its tag, if it has every word; else that of the dossier.
    #[must_use]
    pub fn of_page(&self, tag: &str) -> &Language {
        if tag == self.tag {
            return self.first();
        }
        let at = { self.all.iter() }.position(|slot| is(&slot.tag, tag));
        let found = at.or_else(|| {
            let tags = self.all.iter();
            { tags }.position(|slot| is(&slot.tag, primary(tag)))
        });
        match found.map(|at| self.spoken(at)) {
            Some(language) if language.complete => language,
            Some(_) | None => self.first(),
        }
    }

    /// The language at a place.
    #[must_use]
    pub fn spoken(&self, at: usize) -> &Language {
        self.arc(at)
    }

    /// The same, for whoever keeps it.
    #[must_use]
    pub fn spoken_at(&self, at: usize) -> Arc<Language> {
        Arc::clone(self.arc(at))
    }

    fn arc(&self, at: usize) -> &Arc<Language> {
        let at = at.min(self.all.len() - 1);
        let slot = &self.all[at];
        slot.spoken
            .get_or_init(|| Arc::new(self.read(at, &slot.tag)))
    }

    /// What identifies the words of all of them.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let own = self.own.iter().map(|(tag, bytes)| (tag, &**bytes));
        let own: Vec<(&String, &[u8])> = own.collect();
        crate::text::hash_of(&(&self.tag, own, file::TAGS.map(file::default)))
    }

    fn read(&self, at: usize, tag: &str) -> Language {
        let read = |text: &str| File::of(text).value;
        let mut file = read(file::default(BASE));
        let complete = match (file::default(tag), self.own.get(tag)) {
            ("", None) => false,
            (default, own) => {
                let mut complete = false;
                if tag != BASE && !default.is_empty() {
                    let default = read(default);
                    complete = default.complete;
                    file.words.extend(default.words);
                }
                if let Some(own) = own {
                    let own = read(&String::from_utf8_lossy(own));
                    complete |= own.complete;
                    let known: Vec<(String, file::Entry)> = own
                        .words
                        .into_iter()
                        .filter(|(key, _)| file.words.contains_key(key))
                        .collect();
                    file.words.extend(known);
                }
                complete || tag == BASE
            }
        };
        let keys: BTreeMap<String, Arc<Text>> = file
            .words
            .into_iter()
            .map(|(key, entry)| (key, Arc::new(entry.text)))
            .collect();
        let none = Arc::new(Text::default());
        let word = |word: &Word| keys.get(word.key()).unwrap_or(&none);
        let locale = primary(tag).parse::<Locale>();
        Language {
            at,
            words: Word::ALL.iter().map(word).map(Arc::clone).collect(),
            plurals: locale
                .ok()
                .and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok()),
            keys,
            complete,
        }
    }

    /// What is wrong with a file of a project's own.
    fn faults(&self, tag: &str, bytes: &[u8]) -> Vec<Diagnostic> {
        let path: Arc<str> = format!("templates/words/{tag}.toml").into();
        let text = String::from_utf8_lossy(bytes);
        let read = File::of(&text);
        let at = |span| Place {
            path: Arc::clone(&path),
            span: Some(span),
        };
        let mut problems: Vec<Diagnostic> = { read.problems.into_iter() }
            .map(|fault| fault.told(&path))
            .collect();
        let base = File::of(file::default(BASE)).value;
        for (key, entry) in &read.value.words {
            let Some(english) = base.words.get(key) else {
                let near = closest(key, base.words.keys().map(String::as_str));
                let help = near.map_or_else(
                    || "the keys are those of `templates/words/en.toml` of the program".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("there is no word `{key}`: it is said nowhere");
                problems
                    .push(Diagnostic::new(Code::UnknownWord, at(entry.span), message).help(help));
                continue;
            };
            let mut known = english.text.holes();
            // Of a noun each language says in which case it takes it.
            if known.contains(&"noun") {
                known.push("oblique");
            }
            for hole in entry.text.holes() {
                if !known.contains(&hole) {
                    let message = format!("`{key}` has nothing to fill in for `{{{hole}}}`");
                    let help = match known.is_empty() {
                        true => "take it out: nothing is filled in here".to_owned(),
                        false => {
                            let known: Vec<String> =
                                known.iter().map(|hole| format!("`{{{hole}}}`")).collect();
                            format!("what is filled in here: {}", known.join(", "))
                        }
                    };
                    problems
                        .push(Diagnostic::new(Code::BadWords, at(entry.span), message).help(help));
                }
            }
        }
        if read.value.complete {
            let default = File::of(file::default(tag)).value;
            let missing: Vec<&str> = { base.words.keys() }
                .filter(|key| !read.value.words.contains_key(*key))
                .filter(|key| !default.words.contains_key(*key))
                .map(String::as_str)
                .collect();
            if let Some(first) = missing.first() {
                let message = match missing.len() {
                    1 => format!("the word `{first}` is missing, and is said in English"),
                    count => format!(
                        "{count} words are missing, and are said in English: `{}`",
                        missing
                            .iter()
                            .take(5)
                            .copied()
                            .collect::<Vec<_>>()
                            .join("`, `")
                    ),
                };
                let help = "add them, or take `complete = true` out";
                problems.push(
                    Diagnostic::new(Code::MissingWord, Place::file(&*path), message).help(help),
                );
            }
        }
        problems
    }
}

/// Whether a path below `templates/` is that of a file of words, and of which language.
#[must_use]
pub fn tag_of(path: &str) -> Option<&str> {
    let tag = path.strip_prefix("words/")?.strip_suffix(".toml")?;
    (!tag.is_empty() && !tag.contains('/')).then_some(tag)
}

fn position(tags: &[String], tag: &str) -> Option<usize> {
    let of = |tag: &str| tags.iter().position(|it| is(it, tag));
    of(tag).or_else(|| of(primary(tag)))
}

fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The language of a tag without script and region.
pub(crate) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests;
