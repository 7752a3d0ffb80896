//! Comments in the texts of a front matter: `<!-- … -->` and `%% … %%`, as in bodies.
//!
//! Takes the tree before anything else is read of it and remembers every text, keys among them, that may hold
//! a comment. Out of a sentence comments are left, as out of a body. In any other text they are an error, since
//! nothing else is read there. Either is text behind a backslash, in sentences in code too. What no
//! reader took up by the end is held to hold none ([`Reader::leftover_comments`]). Comments never come out:
//! they are where writers keep what nobody should read.

use super::marks::{Marking, place};
use super::reader::Reader;
use super::tree::{Key, Node, Value};
use crate::diag::Code;
use crate::parse::label;
use crate::text::Span;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;

/// What is read in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Markup: comments are left out, and code holds none.
    Sentence,
    /// Nothing: it holds none.
    Plain,
}

/// The comments of a text.
#[derive(Debug, Default, PartialEq, Eq)]
struct Comments {
    /// All of each, and whether it is written `%% … %%`.
    whole: Vec<(Range<usize>, bool)>,
    /// The signs of one that is not closed.
    open: Option<Range<usize>>,
    /// The backslashes before signs of comments, which say that they are none.
    slashes: Vec<usize>,
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// Whether a text holds a sign of a comment.
fn possible(text: &str) -> bool {
    let holds = |sign: &str| memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    holds("%%") || holds(OPEN)
}

impl Comments {
    fn of(text: &str, kind: Kind) -> Comments {
        let code = match kind {
            Kind::Sentence => label::text::code(text),
            Kind::Plain => Vec::new(),
        };
        let mut comments = Comments::default();
        let mut at = 0;
        while let Some(sign) = next(text, at, &code) {
            if let Some(slash) = label::text::slash_before(text, sign.start) {
                comments.slashes.push(slash);
                at = sign.end;
                continue;
            }
            let percent = text.get(sign.clone()) != Some(OPEN);
            let end = match percent {
                true => closing(text, sign.end, &code),
                false => {
                    let rest = text.get(sign.end..).unwrap_or("");
                    rest.find(CLOSE).map(|end| sign.end + end + CLOSE.len())
                }
            };
            match end {
                Some(end) => comments.whole.push((sign.start..end, percent)),
                // Where nothing is read, two signs of a per cent are no more than that.
                None if percent && kind == Kind::Plain => {}
                None => comments.open = Some(sign.clone()),
            }
            at = end.unwrap_or(text.len());
        }
        comments
    }

    /// The text without them, and without the backslashes.
    fn left_out(&self, text: &str) -> String {
        let slashes = self.slashes.iter().map(|&at| (at..at + 1, false));
        let whole = self.whole.iter().map(|(range, _)| (range.clone(), true));
        let mut parts: Vec<(Range<usize>, bool)> = slashes.chain(whole).collect();
        parts.sort_unstable_by_key(|(range, _)| range.start);
        let (mut shown, mut at) = (String::with_capacity(text.len()), 0);
        for (range, comment) in parts {
            shown.push_str(text.get(at..range.start).unwrap_or(""));
            at = range.end;
            // The space on one side of it is enough.
            if comment && (shown.is_empty() || shown.ends_with(char::is_whitespace)) {
                let rest = text.get(at..).unwrap_or("");
                at = text.len() - rest.trim_start().len();
            }
        }
        shown.push_str(text.get(at..).unwrap_or(""));
        shown
    }
}

/// The next sign with which a comment may begin, outside of code: a run of signs of a per cent, or `<!--`.
fn next(text: &str, from: usize, code: &[Range<usize>]) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let found = at + rest.find(['%', '<'])?;
        let rest = text.get(found..)?;
        let run = rest.bytes().take_while(|byte| *byte == b'%').count();
        let length = match rest.starts_with(OPEN) {
            true => OPEN.len(),
            false => run,
        };
        let before = code.partition_point(|code| code.start <= found);
        let quoted = before
            .checked_sub(1)
            .is_some_and(|at| code[at].contains(&found));
        if length > 1 && !quoted {
            return Some(found..found + length);
        }
        at = found + length.max(1);
    }
}

/// The end of the next run of signs of a per cent that is one, outside of code.
fn closing(text: &str, from: usize, code: &[Range<usize>]) -> Option<usize> {
    let mut at = from;
    while let Some(sign) = next(text, at, code) {
        let percent = text.get(sign.clone()) != Some(OPEN);
        if percent && label::text::slash_before(text, sign.start).is_none() {
            return Some(sign.end);
        }
        at = sign.end;
    }
    None
}

impl Reader<'_> {
    /// Remembers what may hold comments.
    pub fn find_comments(&mut self, root: &Node<'_>) {
        let written = self.text.get(self.front.clone()).unwrap_or("");
        // Behind a backslash a sign may be written as a number.
        if possible(written) || memchr(b'\\', written.as_bytes()).is_some() {
            self.remember_comments(root);
        }
    }

    fn remember_comments(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::Scalar(scalar) => {
                if possible(&scalar.text) {
                    self.commented.insert(place(node));
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.remember_comments(item)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    if possible(&key.text) {
                        self.commented.insert(place(key));
                    }
                    self.remember_comments(node);
                }
            }
        }
    }

    /// What may hold a comment and was not read yet.
    pub fn may_hold_comment<T>(&mut self, it: &T) -> bool {
        !self.commented.is_empty() && self.commented.remove(&place(it))
    }

    /// A text without its comments.
    pub fn uncommented<'t>(
        &mut self,
        name: &str,
        node: &Node<'_>,
        text: &'t str,
        kind: Kind,
        of: Option<&mut Marking>,
    ) -> Cow<'t, str> {
        if !self.may_hold_comment(node) {
            return Cow::Borrowed(text);
        }
        let comments = Comments::of(text, kind);
        if comments == Comments::default() {
            return Cow::Borrowed(text);
        }
        let shown = comments.left_out(text);
        match kind {
            Kind::Plain => self.holds_comments(name, &comments, node.span),
            Kind::Sentence => self.leaves_out(&comments, node, text, of),
        }
        Cow::Owned(shown)
    }

    /// Reports a text in which nothing is read, if it holds a comment.
    fn holds_comments(&mut self, name: &str, comments: &Comments, span: Span) {
        if comments.whole.is_empty() && comments.open.is_none() {
            return;
        }
        let message = format!("`{name}` holds a comment, where all that is written is shown");
        let help = "delete it, or write it behind a `#` in the front matter; where it is meant to be read, write a backslash before each sign: `\\%%`, `\\<!--`";
        self.firmly(|reader| reader.report(Code::BadValue, span, message, help));
    }

    /// Reports what is left out of a sentence, and the labels in it.
    fn leaves_out(
        &mut self,
        comments: &Comments,
        node: &Node<'_>,
        text: &str,
        mut of: Option<&mut Marking>,
    ) {
        for (range, percent) in &comments.whole {
            let span = self.span_within(node, text, range);
            if *percent {
                let help = "delete it where it is not needed; where it is meant to be read, write a backslash before each sign (`\\%%`) or quote it as code";
                self.report(
                    Code::DroppedComment,
                    span,
                    "a comment: no reader sees it",
                    help,
                );
            }
            let written = text.get(range.clone()).unwrap_or("");
            let around = self.around;
            if label::all(written).any(|(label, _)| label.reading.level() > around) {
                let help = "mark the text, `(TLP:AMBER) …`, or delete the label";
                let message = "a label in a comment marks nothing";
                self.report(Code::BadMarking, span, message, help);
                self.cannot_be_read(of.as_deref_mut());
            }
        }
        if let Some(open) = &comments.open {
            let span = self.span_within(node, text, open);
            let help = "close it by `%%` or `-->`; where none is meant, write a backslash before it: `\\%%`, `\\<!--`, or quote it as code";
            self.report(
                Code::OpenComment,
                span,
                "a comment that is not closed",
                help,
            );
        }
    }

    /// A name without the backslashes before signs of comments; reports one that holds a comment.
    pub fn uncommented_key<'k>(&mut self, key: &'k Key<'_>) -> Cow<'k, str> {
        if !self.may_hold_comment(key) {
            return Cow::Borrowed(&key.text);
        }
        let comments = Comments::of(&key.text, Kind::Plain);
        self.holds_comments(&key.text, &comments, key.span);
        Cow::Owned(comments.left_out(&key.text))
    }

    /// Reports the comments in all that no reader took up.
    pub fn leftover_comments(&mut self, name: &str, node: &Node<'_>) {
        if self.commented.is_empty() {
            return;
        }
        match &node.value {
            Value::Scalar(scalar) => {
                self.uncommented(name, node, &scalar.text, Kind::Plain, None);
            }
            Value::List(items) => {
                for item in items {
                    self.leftover_comments(name, item);
                }
            }
            Value::Map(entries) => {
                for (key, node) in entries {
                    self.uncommented_key(key);
                    self.leftover_comments(&key.text, node);
                }
            }
        }
    }
}

/// The comments of a sentence, each as it is written; of one that is not closed all that follows.
pub(super) fn all(text: &str) -> Vec<String> {
    if !possible(text) {
        return Vec::new();
    }
    let Comments { whole, open, .. } = Comments::of(text, Kind::Sentence);
    let open = open.map(|sign| sign.start..text.len());
    let ranges = whole.into_iter().map(|(range, _)| range).chain(open);
    let words = ranges.filter_map(|range| text.get(range));
    words.map(str::to_owned).collect()
}

/// A text in which nothing is read, without the backslashes before signs of comments.
pub(super) fn unescaped(text: String) -> String {
    match possible(&text) {
        true => Comments::of(&text, Kind::Plain).left_out(&text),
        false => text,
    }
}

/// Whether a text in which nothing is read holds a comment.
#[must_use]
pub fn holds_comment(text: &str) -> bool {
    let holds = |it: Comments| !it.whole.is_empty() || it.open.is_some();
    possible(text) && holds(Comments::of(text, Kind::Plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_with_one_of_the_spaces_around() {
        for (text, kind, shown) in [
            ("a %%b%% c", Kind::Sentence, "a c"),
            ("%% b %% c", Kind::Sentence, "c"),
            ("a<!-- b -->c", Kind::Sentence, "ac"),
            ("a <!-- b\n\nd --> c %%", Kind::Sentence, "a c %%"),
            ("`%%b%%` %%c%%", Kind::Sentence, "`%%b%%` "),
            ("`%%b%%` <!--c-->", Kind::Plain, "`` "),
            ("\\%%TEMP\\%% a", Kind::Sentence, "%%TEMP%% a"),
            ("\\<!-- a", Kind::Plain, "<!-- a"),
            ("%% a \\%% b %% c", Kind::Sentence, "c"),
            ("%%%% a %%%% b", Kind::Sentence, "b"),
            ("100 % <a> %", Kind::Sentence, "100 % <a> %"),
        ] {
            assert_eq!(Comments::of(text, kind).left_out(text), shown, "{text}");
        }
        let open = |text: &str, kind| Comments::of(text, kind).open;
        assert_eq!(open("5 %% a year", Kind::Sentence), Some(2..4));
        assert_eq!(open("5 %% a year", Kind::Plain), None);
        assert_eq!(open("a <!-- b", Kind::Plain), Some(2..6));
    }
}
