//! Braces at the end of a heading that hold no attributes: they are text.
//!
//! pulldown-cmark takes whatever stands in them for attributes, also behind a backslash. This gives a heading
//! back what was meant to be read: `## Rule {T1059}`, `## Set \{#x}`. What looks like an attribute stays one, and
//! so does what holds a label, so that neither is lost without a word.

use super::super::label;
use super::walk::Walk;
use crate::model::body::Event;
use memchr::memrchr;
use pulldown_cmark::Tag as Md;
use std::ops::Range;

impl Walk<'_> {
    /// A heading without the attributes that are none; remembers where its braces stand.
    pub(super) fn without_braces<'e>(&mut self, block: Md<'e>, range: &Range<usize>) -> Md<'e> {
        let Md::Heading {
            level,
            id,
            classes,
            attrs,
        } = block
        else {
            return block;
        };
        self.braces = None;
        let braces = braces(self.file, range).filter(|braces| {
            let within = self.file.get(braces.start + 1..braces.end - 1);
            is_escaped(self.file, braces.start) || within.is_some_and(is_text)
        });
        let Some(braces) = braces else {
            return Md::Heading {
                level,
                id,
                classes,
                attrs,
            };
        };
        self.braces = Some(braces);
        Md::Heading {
            level,
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }
    }

    /// Adds braces that are text to the heading that ends.
    pub(super) fn end_braces(&mut self) {
        let Some(Range { mut start, end }) = self.braces.take() else {
            return;
        };
        if is_escaped(self.file, start) {
            // The backslash was left at the end of the words.
            if self.run.open
                && let Some(Event::Text(last)) = self.body.events.last_mut()
                && last.end as usize == self.body.text.len()
                && self.body.text.ends_with('\\')
            {
                self.body.text.pop();
                last.end -= 1;
                if last.start == last.end {
                    self.body.events.pop();
                }
            }
            self.run.seen = self.run.seen.min(start - 1);
        } else if self
            .file
            .get(..start)
            .is_some_and(|it| it.ends_with([' ', '\t']))
            && self.run.open
        {
            start -= 1;
        }
        let written = self.file.get(start..end).unwrap_or("");
        self.text(written, &(start..end));
        self.run.seen = end;
    }
}

/// The braces at the end of a heading that pulldown-cmark takes away, even where nothing stands in them.
fn braces(file: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let written = file.get(heading.clone())?;
    let close = memrchr(b'}', written.as_bytes())?;
    // What may follow them: the line below a heading. Signs that close one make them text.
    let after = written.get(close + 1..)?;
    let (line, below) = after.split_once('\n').unwrap_or((after, ""));
    let underline = |c: char| c.is_whitespace() || matches!(c, '=' | '-' | '>');
    if !line.trim().is_empty() || !below.chars().all(underline) {
        return None;
    }
    let open = memrchr(b'{', written.get(..close)?.as_bytes())?;
    let within = written.get(open + 1..close)?;
    let taken = !within.contains(['}', '<', '>', '\\', '\n', '\r']);
    taken.then(|| heading.start + open..heading.start + close + 1)
}

fn is_escaped(file: &str, at: usize) -> bool {
    let before = file.get(..at).unwrap_or("");
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Whether what stands in braces has not the look of attributes, and holds no label.
fn is_text(within: &str) -> bool {
    let attribute = |word: &str| {
        let name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let key = |text: &str| {
            name(text)
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c))
        };
        word.strip_prefix('.').is_some_and(name)
            || word.strip_prefix('#').is_some_and(|id| !id.is_empty())
            || word.split_once('=').is_some_and(|(word, _)| key(word))
    };
    !within.split_whitespace().any(attribute)
        && !label::holds_tlp(within)
        && label::find(within).is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn attributes_are_told_from_text() {
        for text in [
            "T1059",
            "not an attr",
            "\"a\": 1",
            ".5",
            "x = 1",
            "",
            "a, b",
            "(TL)",
        ] {
            assert!(is_text(text), "{text}");
        }
        for text in [
            "#id",
            ".x",
            "tlp=amber",
            "TLP:AMBER",
            "a b #c",
            "onclick=x",
            "tlp",
        ] {
            assert!(!is_text(text), "{text}");
        }
    }
}
