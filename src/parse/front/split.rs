//! Where the front matter of a file begins and ends.
//!
//! Takes the text of a file; gives byte ranges. Never looks at what stands within.

use memchr::memchr;
use std::ops::Range;

/// The language of a front matter, told by its fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

impl Format {
    /// The line that opens and closes it.
    #[must_use]
    pub const fn fence(self) -> &'static str {
        match self {
            Format::Yaml => "---",
            Format::Toml => "+++",
        }
    }
}

/// How a file is divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// There is front matter.
    Found {
        /// Its language.
        format: Format,
        /// The lines between the fences.
        front: Range<usize>,
        /// First byte after the closing fence's line.
        body: usize,
    },
    /// There is none.
    Missing {
        /// First byte of the text, after a byte order mark.
        body: usize,
    },
    /// It is opened and never closed.
    Unterminated {
        /// Its language.
        format: Format,
        /// The opening fence.
        fence: Range<usize>,
        /// What probably is the front matter.
        front: Range<usize>,
        /// Where the prose probably begins.
        body: usize,
        /// A line that was perhaps meant to close it: `--`, `----`, `—`.
        nearly: Option<Range<usize>>,
    },
}

/// Divides a file into front matter and body. A byte order mark, carriage returns and white space
/// after the fences are tolerated.
#[must_use]
pub fn split(text: &str) -> Split {
    let top = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = lines(text, top);
    let Some((opening, after)) = lines.next() else {
        return Split::Missing { body: top };
    };
    let format = match text.get(opening.clone()) {
        Some("---") => Format::Yaml,
        Some("+++") => Format::Toml,
        _ => return Split::Missing { body: top },
    };
    for (line, next) in lines {
        if text.get(line.clone()) == Some(format.fence()) {
            let front = after..line.start;
            return Split::Found {
                format,
                front,
                body: next,
            };
        }
    }
    let nearly = nearly_closing(text, after);
    let body = match &nearly {
        Some((_, next)) => *next,
        None => guess_body(text, after),
    };
    Split::Unterminated {
        format,
        fence: opening,
        front: after..nearly.as_ref().map_or(body, |(line, _)| line.start),
        body,
        nearly: nearly.map(|(line, _)| line),
    }
}

/// The lines from `start` on: each without the white space at its end, and where the next begins.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or(rest).trim_end();
        let range = at..at + line.len();
        at += length;
        Some((range, at))
    })
}

/// Where the prose of an unclosed front matter probably begins: at the first line that follows a
/// blank one and looks like no front matter, so that the body's own problems are still found and
/// keys are not read as Markdown.
fn guess_body(text: &str, start: usize) -> usize {
    let mut blank = false;
    for (line, _) in lines(text, start) {
        let begins = line.start;
        let line = text.get(line).unwrap_or("");
        if line.is_empty() {
            blank = true;
            continue;
        }
        let word = line
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            .count();
        let rest = line.get(word..).unwrap_or("").trim_start();
        let key = word > 0 && (rest.starts_with(':') || rest.starts_with('='));
        let inside = line.starts_with([' ', '\t', '}', ']']) || line.starts_with("- ");
        let table = line.starts_with('[') && line.ends_with(']');
        if blank && !key && !inside && !table {
            return begins;
        }
        blank = false;
    }
    text.len()
}

/// A line of dashes or pluses that is no fence, and where the next line begins.
fn nearly_closing(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    lines(text, start).find(|(line, _)| {
        let line = text.get(line.clone()).unwrap_or("").trim_start();
        line.len() > 1
            && (line.chars().all(|c| matches!(c, '-' | '–' | '—'))
                || line.bytes().all(|byte| byte == b'+'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        match split(text) {
            Split::Found { front, body, .. } => Some((text.get(front)?, text.get(body..)?)),
            _ => None,
        }
    }

    #[test]
    fn fences_divide_a_file() {
        assert_eq!(parts("---\na: b\n---\nText\n"), Some(("a: b\n", "Text\n")));
        assert_eq!(parts("+++\na = 1\n+++\n"), Some(("a = 1\n", "")));
        assert_eq!(parts("---\n---"), Some(("", "")));
        assert_eq!(
            parts("\u{feff}---  \r\na: b\r\n---\r\nText"),
            Some(("a: b\r\n", "Text"))
        );
        assert_eq!(
            parts("---\na: --- b\n---\nx\n---\n"),
            Some(("a: --- b\n", "x\n---\n"))
        );
    }

    #[test]
    fn without_fences_all_is_body() {
        assert_eq!(split(""), Split::Missing { body: 0 });
        assert_eq!(split("\u{feff}Text"), Split::Missing { body: 3 });
        assert_eq!(split("\n---\na: b\n---\n"), Split::Missing { body: 0 });
        assert_eq!(split("----\n"), Split::Missing { body: 0 });
    }

    #[test]
    fn an_unclosed_front_matter_keeps_its_prose() {
        let text = "---\ntitle: A\n\ntags:\n  - b\n----\n\nProse: here.\n";
        let Split::Unterminated { body, nearly, .. } = split(text) else {
            panic!("closed");
        };
        assert_eq!(&text[body..], "\nProse: here.\n");
        assert_eq!(nearly.map(|range| &text[range]), Some("----"));
        let text = "---\ntitle: A\n\ntags:\n  - b\n\nProse here.\n";
        let Split::Unterminated { body, nearly, .. } = split(text) else {
            panic!("closed");
        };
        assert_eq!((&text[body..], nearly), ("Prose here.\n", None));
    }
}
