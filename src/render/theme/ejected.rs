//! Copies of default files in a project's `templates/`, and whether they still follow the default.
//!
//! An ejected file begins with a note, a comment of one line, that says of which version it is and what the default
//! was then, as a hash. Takes and gives texts; writes nothing.

use super::{Default, place_of};
use crate::diag::{Code, Diagnostic};
use crate::text::{Place, Span, hash};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file of the default theme.
#[derive(Debug, Clone)]
pub struct Replaceable {
    /// Its path below `templates/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What the note of an ejected file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The version of `dossier` whose default it is a copy of.
    pub version: String,
    /// The hash of the default.
    pub default: u64,
    /// Where the note stands, with the end of its line.
    pub span: Span,
}

/// This version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Replaceable {
    /// Every file that can be replaced, by name.
    pub fn all() -> impl Iterator<Item = Replaceable> {
        let mut names: Vec<Cow<'_, str>> = Default::iter().collect();
        names.sort_unstable();
        names.into_iter().filter_map(|name| Self::of(&name))
    }

    /// The file of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Replaceable> {
        let text = String::from_utf8(Default::get(name)?.data.into_owned()).ok()?;
        Some(Replaceable {
            name: name.to_owned(),
            text,
        })
    }

    /// What it is and what it takes, as the comment on top of it says.
    #[must_use]
    pub fn about(&self) -> String {
        let ways = [("{#", "#}"), ("/*", "*/")];
        let text = ways.iter().find_map(|(open, close)| {
            let (_, rest) = self.text.split_once(open)?;
            Some(rest.split_once(close)?.0)
        });
        // What follows a blank line is for whoever changes it.
        let text = text.unwrap_or(match self.name.ends_with(".toml") {
            true => self.text.as_str(),
            false => "",
        });
        let lines = text.trim_end_matches('-').lines();
        let lines = lines.map(|line| line.trim().trim_start_matches(['*', '#']).trim_start());
        let lines = lines.skip_while(|line| line.is_empty());
        let first = lines.take_while(|line| !line.is_empty());
        let words = first.flat_map(str::split_whitespace);
        words.collect::<Vec<_>>().join(" ")
    }

    /// The note of a copy of it.
    #[must_use]
    pub fn note(&self) -> String {
        let words = format!(
            "ejected from dossier {VERSION}, {:016x}",
            hash(self.text.as_bytes())
        );
        match self.name.rsplit('.').next() {
            Some("html") => format!("{{# {words} -#}}\n"),
            Some("css" | "js") => format!("/* {words} */\n"),
            Some("svg") => format!("<!-- {words} -->\n"),
            _ => format!("# {words}\n"),
        }
    }

    /// A copy of it, which follows it.
    #[must_use]
    pub fn ejected(&self) -> String {
        self.note() + &self.text
    }

    /// Whether a copy with that note is of another default.
    #[must_use]
    pub fn has_changed_since(&self, note: &Note) -> bool {
        note.default != hash(self.text.as_bytes())
    }
}

impl Note {
    /// The note in the first line of a file.
    #[must_use]
    pub fn of(text: &str) -> Option<Note> {
        let line = text.split_inclusive('\n').next()?;
        let (_, rest) = line.split_once("ejected from dossier ")?;
        let (version, rest) = rest.split_once(", ")?;
        let default = u64::from_str_radix(rest.get(..16)?, 16).ok()?;
        Some(Note {
            version: version.to_owned(),
            default,
            span: Span::new(0, line.len()),
        })
    }
}

/// Every ejected file whose default is another one by now.
pub(super) fn outdated(own: &BTreeMap<String, Arc<[u8]>>) -> impl Iterator<Item = Diagnostic> {
    own.iter().filter_map(|(name, bytes)| {
        let default = Replaceable::of(name)?;
        let note = Note::of(std::str::from_utf8(bytes).ok()?)?;
        if !default.has_changed_since(&note) {
            return None;
        }
        let message = format!(
            "the default of `{name}` has changed since it was copied from dossier {}",
            note.version
        );
        let help = format!(
            "`dossier theme diff {name}` shows how; once your copy is right again, `dossier theme eject --keep {name}` says so"
        );
        let place = Place {
            path: place_of(name).into(),
            span: Some(note.span),
        };
        Some(Diagnostic::new(Code::OutdatedTemplate, place, message).help(help))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::language::Languages;

    #[test]
    fn every_file_of_the_default_theme_can_be_ejected_and_is_told_of() {
        for file in Replaceable::all() {
            let copy = file.ejected();
            let note = Note::of(&copy).unwrap();
            assert_eq!(note.version, VERSION);
            assert!(!file.has_changed_since(&note), "{}", file.name);
            assert_eq!(copy.get(note.span.range().end..), Some(&*file.text));
            let told = !file.about().is_empty() || file.name.ends_with(".svg");
            assert!(told, "{}", file.name);
        }
    }

    #[test]
    fn copies_of_all_files_make_a_theme_without_a_problem() {
        let copies = Replaceable::all().map(|file| {
            let bytes: Arc<[u8]> = file.ejected().into_bytes().into();
            (file.name, bytes)
        });
        let copies = copies.collect();
        let languages = Languages::of(&copies, "de");
        assert!(languages.problems.is_empty(), "{:?}", languages.problems);
        let theme = super::super::Theme::new(&copies, tera::Value::none(), languages.value.into());
        assert!(theme.problems.is_empty(), "{:?}", theme.problems);
    }

    #[test]
    fn a_copy_of_another_default_is_told_of_and_one_without_a_note_is_not() {
        let name = "parts/foot.html".to_owned();
        let old = "{# ejected from dossier 0.0.9, 00000000000000aa -#}\n<footer></footer>\n";
        let told = |text: &str| {
            let own = BTreeMap::from([(name.clone(), text.as_bytes().into())]);
            outdated(&own).count()
        };
        assert_eq!(told(old), 1);
        assert_eq!(told("<footer></footer>\n"), 0);
        let current = Replaceable::of(&name).unwrap().note() + "<footer></footer>\n";
        assert_eq!(told(&current), 0);
    }
}
