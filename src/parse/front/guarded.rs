//! What a front matter withholds, for those who change its text: where it says so, and its comments.
//!
//! Takes a file; gives the places of the keys that withhold with their values, however deep they stand, and whatever
//! may be a comment. Judges nothing.

use super::tree::{Node, Value};
use super::{comments, open, withholding};
use crate::text::{Span, TextFile};

/// What a front matter withholds.
#[derive(Debug, Default)]
pub(in crate::parse) struct Guarded {
    /// All that withholds by a key, in order.
    pub(in crate::parse) keys: Vec<Span>,
    /// Every `#` that YAML or TOML may begin a comment at, and whether it stands within a text.
    pub(in crate::parse) hashes: Vec<(usize, bool)>,
    /// The comments in texts, in order.
    pub(in crate::parse) comments: Vec<String>,
    /// Where the text below the front matter begins.
    pub(in crate::parse) body: usize,
}

/// What the front matter of a file withholds; `None` where it cannot be read, so that that may stand anywhere.
pub(in crate::parse) fn guarded(file: &TextFile) -> Option<Guarded> {
    let mut problems = Vec::new();
    let open = open(file, false, &mut problems);
    let mut found = Guarded {
        body: open.body,
        ..Guarded::default()
    };
    match open.tree {
        // What YAML cut off at a `#` is read all the same.
        Some(tree) if problems.iter().all(|it| !super::withholds(it)) => {
            let mut texts = Vec::new();
            found.collect(&tree, &mut texts);
            found.hashes = hashes(&file.text, open.front.start, open.front.end, texts);
        }
        None if problems.is_empty() && open.front.is_empty() => {}
        _ => return None,
    }
    Some(found)
}

impl Guarded {
    /// Collects what a node holds; the places of all texts in it go to `texts`.
    fn collect(&mut self, node: &Node<'_>, texts: &mut Vec<Span>) {
        match &node.value {
            Value::Scalar(scalar) => {
                texts.push(node.span);
                self.comments.extend(comments::all(&scalar.text));
            }
            Value::List(items) => items.iter().for_each(|item| self.collect(item, texts)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    texts.push(key.span);
                    self.comments.extend(comments::all(&key.text));
                    let withholds = withholding::named(&key.text).is_some()
                        || withholding::marks(&key.text, node);
                    if withholds {
                        let end = key.span.end.max(node.span.end);
                        self.keys.push(Span {
                            start: key.span.start,
                            end,
                        });
                    }
                    self.collect(node, texts);
                }
            }
        }
    }
}

/// The signs of comments from `start` to `end`: TOML knows each, YAML those behind white space.
pub(super) fn hashes(
    text: &str,
    start: usize,
    end: usize,
    mut texts: Vec<Span>,
) -> Vec<(usize, bool)> {
    texts.sort_unstable();
    let (mut texts, mut within) = (texts.into_iter().peekable(), 0);
    let front = text.get(start..end).unwrap_or("");
    let signs = front.match_indices('#').map(|(at, _)| {
        let at = start + at;
        while let Some(text) = texts.next_if(|text| text.start as usize <= at) {
            within = within.max(text.end as usize);
        }
        (at, at < within)
    });
    signs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first words behind each sign that stands in no text.
    fn comments(text: &str) -> Vec<&str> {
        let found = guarded(&TextFile::new("content/notes/a.md", text)).unwrap();
        let comments = found.hashes.into_iter().filter(|(_, within)| !within);
        let words = comments.filter_map(|(at, _)| text.get(at + 1..)?.split_whitespace().next());
        words.collect()
    }

    #[test]
    fn what_stands_in_no_text_is_a_comment() {
        for (front, expected) in [
            ("title: A #one\n# two\nsummary: B", &["one", "two"][..]),
            ("title: \"A #no\" #one", &["one"]),
            ("title: 'A #no' # one", &["one"]),
            ("title: A#no", &[]),
            (
                "title: A\ntags: [a, # one\n  b, 'c #no'] # two",
                &["one", "two"],
            ),
            (
                "title: A\nsummary: | # one\n  B #no\n  #no\n# two\ntags: [c]",
                &["one", "two"],
            ),
            ("title: A\nsummary: >-\n  B #no\n\n# one\n", &["one"]),
            (
                "title: A\nsummary: B\n  C\n# one\ntags: # two\n  - c # three",
                &["one", "two", "three"],
            ),
            ("title: &a A # one\nsummary: *a # two", &["one", "two"]),
            ("title: A\ndate: # one", &["one"]),
            ("'title' : A # one", &["one"]),
        ] {
            let text = format!("---\n{front}\n---\nText. #no\n");
            assert_eq!(comments(&text), expected, "{front}");
        }
        let text = "+++\ntitle = \"A #no\" # one\n# two\nsummary = \"\"\"\n#no\n\"\"\" #three\ntags = [ # four\n'b #no']\n+++\n";
        assert_eq!(comments(text), ["one", "two", "three", "four"]);
    }
}
