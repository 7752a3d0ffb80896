//! Whether two texts of a file withhold the same: the guard of whoever changes a text by program.
//!
//! Takes a file before and after a change; says whether every marking, and whatever else withholds, stands where it
//! stood, says what it said and is for what it was for, and no comment comes to light. Asks the readers that the site is made by, and in doubt
//! says no. Decides nothing else: the change may be as wrong as it likes.

use super::{Parsed, file, front, label};
use crate::diag::{Code, Diagnostic, Outcome};
use crate::model::body::{Event, Tag};
use crate::model::{Body, Entry, Markings, Prose, RawRef, Tlp, What};
use crate::text::TextFile;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;

/// A piece of a text that became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The bytes that were replaced.
    pub range: Range<usize>,
    /// How many bytes stand there now.
    pub length: usize,
}

/// Whether two texts of an entry or an introduction withhold the same. `changes` lead from one to the other, in
/// order and without overlap.
#[must_use]
pub fn withhold_alike(
    before: &TextFile,
    after: &TextFile,
    changes: &[Change],
    markings: &Markings,
) -> bool {
    let moved = Moved(changes);
    if !moved.keeps_labels(&before.text, &after.text)
        || !moved.keeps_comments(&before.text, &after.text)
        || !moved.keeps_keys(before, after)
    {
        return false;
    }
    let (before, after) = (file(before, markings), file(after, markings));
    told(&before) == told(&after)
        && match (&before.value, &after.value) {
            (Parsed::Entry(one), Parsed::Entry(other)) => {
                moved.keeps_entry(&one.entry, &other.entry)
            }
            (Parsed::Intro(one), Parsed::Intro(other)) => {
                one.tlp == other.tlp
                    && is_among(
                        one.summary.iter().map(|it| it.tlp),
                        other.summary.iter().map(|it| it.tlp),
                    )
                    && moved.keeps_prose(&one.prose, &other.prose)
            }
            _ => false,
        }
}

/// The codes of all problems that are about what withholds.
fn told(parsed: &Outcome<Parsed>) -> Vec<Code> {
    let others = [
        Code::BadMarking,
        Code::OtherMarking,
        Code::LowerMarking,
        Code::OpenComment,
        Code::DroppedComment,
    ];
    let about = |it: &&Diagnostic| it.firm || others.contains(&it.code);
    let problems = parsed.problems.iter().filter(about);
    let mut codes: Vec<Code> = problems.map(|it| it.code).collect();
    codes.sort_unstable();
    codes
}

/// The way from a text to what became of it.
struct Moved<'c>(&'c [Change]);

impl Moved<'_> {
    /// Where a byte stands now.
    fn to(&self, at: usize) -> Option<usize> {
        let mut now = at;
        for change in self.0 {
            if change.range.end <= at {
                now = (now + change.length).checked_sub(change.range.len())?;
            } else if change.range.start < at {
                return None;
            }
        }
        Some(now)
    }

    fn leads(&self, from: u32, to: u32) -> bool {
        self.to(from as usize) == Some(to as usize)
    }

    /// Whether a change is within a range or at its edge.
    fn touches(&self, range: &Range<usize>) -> bool {
        let meets =
            |change: &Change| change.range.start <= range.end && range.start <= change.range.end;
        self.0.iter().any(meets)
    }

    /// Every label stands as it stood, and no other does.
    fn keeps_labels(&self, before: &str, after: &str) -> bool {
        let mut now = label::all(after);
        let kept = label::all(before).all(|(label, opened)| {
            let Some((same, still)) = now.next() else {
                return false;
            };
            !self.touches(&label.range)
                && self.to(label.range.start) == Some(same.range.start)
                && label.range.len() == same.range.len()
                && (label.reading, opened) == (same.reading, still)
        });
        kept && now.next().is_none()
    }

    /// No sign by which comments, code or quotes begin or end is changed where a comment stands, which is where
    /// writers keep what nobody should read: in a text with comments of Markdown or HTML, in a line with one of YAML.
    fn keeps_comments(&self, before: &str, after: &str) -> bool {
        let in_text = ["%%", "<!--"].iter().any(|sign| before.contains(sign));
        let (mut last, mut now) = (0, 0);
        self.0.iter().all(|change| {
            let Range { start, end } = change.range;
            now += start.saturating_sub(last);
            let new = after.get(now..now + change.length);
            (last, now) = (end, now + change.length);
            let (Some(old), Some(new)) = (before.get(start..end), new) else {
                return false;
            };
            let has = |signs: &[char]| old.contains(signs) || new.contains(signs);
            let head = before.get(..start).unwrap_or("");
            let head = head.rfind('\n').map_or(0, |at| at + 1);
            let line = before.get(head..).and_then(|rest| rest.lines().next());
            let in_line = line.is_some_and(|it| it.contains(" #") || it.contains("\t#"));
            let in_signs = in_text && has(&['`', '~', '\\', '<', '>', '%']);
            let in_quotes = in_line && has(&['#', '"', '\'']);
            !in_signs && !in_quotes
        })
    }

    /// Every key that withholds stands as it stood, with its value, and no other does.
    fn keeps_keys(&self, before: &TextFile, after: &TextFile) -> bool {
        let (Some(old), Some(new)) = (front::guarded(before), front::guarded(after)) else {
            return false;
        };
        old.len() == new.len()
            && old.iter().zip(&new).all(|(old, new)| {
                !self.touches(&old.range()) && old.of(&before.text) == new.of(&after.text)
            })
    }

    fn keeps_entry(&self, before: &Entry<RawRef>, after: &Entry<RawRef>) -> bool {
        let head = |entry: &Entry<RawRef>| (entry.tlp, entry.draft, entry.publish);
        let notice = |entry: &Entry<RawRef>| entry.withdrawn.as_ref().map(|it| it.date);
        head(before) == head(after)
            && notice(before) == notice(after)
            && is_among(own_marks(before), own_marks(after))
            && self.keeps_statements(before, after)
            && self.keeps_prose(&before.prose, &after.prose)
    }

    /// Every statement stands with its marking; one that could not be read may have come to them.
    fn keeps_statements(&self, before: &Entry<RawRef>, after: &Entry<RawRef>) -> bool {
        let sort = |what: &What<RawRef>| discriminant(what);
        before.statements.iter().all(|one| {
            after.statements.iter().any(|other| {
                self.leads(one.span.start, other.span.start)
                    && one.tlp == other.tlp
                    && sort(&one.what) == sort(&other.what)
            })
        })
    }

    fn keeps_prose(&self, before: &Prose<RawRef>, after: &Prose<RawRef>) -> bool {
        let levels = |prose: &Prose<RawRef>| -> Vec<Tlp> {
            prose.editions.iter().map(|it| it.up_to).collect()
        };
        let (one, other) = (&before.body, &after.body);
        let marks = one.marks.iter().zip(&other.marks);
        let lines = one.indicators.iter().zip(&other.indicators);
        levels(before) == levels(after)
            && one.marks.len() == other.marks.len()
            && one.indicators.len() == other.indicators.len()
            && marks.into_iter().all(|(one, other)| {
                one.tlp == other.tlp && self.leads(one.span.start, other.span.start)
            })
            && lines.into_iter().all(|(one, other)| {
                one.tlp == other.tlp && self.leads(one.span.start, other.span.start)
            })
            && outline(one) == outline(other)
    }
}

/// The blocks of a text and the marked parts around them, in order: where these are the same, and no change spans
/// lines, each block is marked as it was.
fn outline(body: &Body) -> Vec<(bool, Discriminant<Tag>, Option<u32>)> {
    let blocks = body.events.iter().filter_map(|event| {
        let (starts, tag) = match event {
            Event::Start(tag) => (true, tag),
            Event::End(tag) => (false, tag),
            _ => return None,
        };
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Highlight
            | Tag::Link(_)
            | Tag::Image(_) => None,
            Tag::Marked(mark) => Some((starts, discriminant(tag), Some(*mark))),
            _ => Some((starts, discriminant(tag), None)),
        }
    });
    blocks.collect()
}

/// The markings of the texts of an entry that are no statements, in order.
fn own_marks(entry: &Entry<RawRef>) -> impl Iterator<Item = Option<Tlp>> {
    let summary = entry.summary.iter().map(|it| it.tlp);
    let tags = entry.tags.iter().map(|it| it.tlp);
    let authors = entry.authors.iter().map(|it| it.tlp);
    let ids = entry.external_ids.iter().map(|(_, it)| it.tlp);
    let changes = entry.changes.iter().map(|it| it.tlp);
    summary.chain(tags).chain(authors).chain(ids).chain(changes)
}

/// Whether all of one list stands in another, in the same order.
fn is_among(
    one: impl Iterator<Item = Option<Tlp>>,
    mut other: impl Iterator<Item = Option<Tlp>>,
) -> bool {
    one.into_iter().all(|tlp| other.any(|it| it == tlp))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: A\ntlp: green\nsummary: (TLP:AMBER) Sum\nuses:\n  - { entry: x, tlp: red }\n---\nOpen text.\n\n(TLP:AMBER) Marked text.\n\n## Part {tlp=red}\n\nMore text.\n";

    /// Whether a change of the first place of a piece keeps what the text withholds.
    fn alike(piece: &str, with: &str) -> bool {
        let start = TEXT.find(piece).unwrap();
        let range = start..start + piece.len();
        let mut after = TEXT.to_owned();
        after.replace_range(range.clone(), with);
        let text = |text: &str| TextFile::new("content/actors/a.md", text);
        let change = Change {
            range,
            length: with.len(),
        };
        withhold_alike(&text(TEXT), &text(&after), &[change], &Markings::default())
    }

    #[test]
    fn words_may_change() {
        for (piece, with) in [
            ("title: A", "title: Another"),
            ("Sum", "Something"),
            ("entry: x", "entry: something-else"),
            ("Open text", "Open *and* `other` text"),
            ("Marked text", "Marked [[x]]"),
            ("More", "Much more"),
        ] {
            assert!(alike(piece, with), "{piece} → {with}");
        }
    }

    #[test]
    fn no_comment_comes_to_light() {
        let text = |text: &str| TextFile::new("content/notes/a.md", text);
        let before =
            "---\ntitle: A #hush\nsummary: B\n---\nOpen %% hush %% text <!-- hush --> here.\n";
        for (piece, with, expected) in [
            ("A #hush", "\"A #hush\"", false),
            (" #hush", "", false),
            ("title: A", "title: C", true),
            ("summary: B", "summary: C", true),
            ("%% hush", "\\%% hush", false),
            ("%% hush %%", "hush", false),
            ("<!--", "`<!--", false),
            ("Open", "`Open", false),
            ("", "`", false),
            ("", "Some ", true),
            ("Open", "Some", true),
            ("here", "there", true),
        ] {
            let start = match piece {
                "" => before.find("Open").unwrap(),
                _ => before.find(piece).unwrap(),
            };
            let range = start..start + piece.len();
            let mut after = before.to_owned();
            after.replace_range(range.clone(), with);
            let change = Change {
                range,
                length: with.len(),
            };
            let markings = Markings::default();
            let alike = withhold_alike(&text(before), &text(&after), &[change], &markings);
            assert_eq!(alike, expected, "{piece} → {with}");
        }
    }

    #[test]
    fn nothing_that_withholds_changes() {
        for (piece, with) in [
            ("green", "clear"),
            ("green", "amber"),
            ("tlp: green", "tpl: green"),
            ("title: A", "title: A\ndraft: true"),
            ("title: A", "title: A\npublish: 2030-01-01"),
            ("title: A", "withdrawn: A"),
            ("(TLP:AMBER) Sum", "Sum"),
            ("(TLP:AMBER) Sum", "Sum (TLP:AMBER)"),
            ("summary: ", "summary: So "),
            ("tlp: red }", "tlp: amber }"),
            (", tlp: red", ""),
            ("red }", "red  }"),
            ("Open text.", "Open text.\n\nMore."),
            ("Open text.", "(TLP:GREEN) Open text."),
            ("(TLP:AMBER) Marked", "Marked"),
            ("(TLP:AMBER) Marked", "So (TLP:AMBER) marked"),
            (" {tlp=red}", ""),
            ("More text.", "## Open\n\nMore text."),
            ("---\ntitle", "--\ntitle"),
        ] {
            assert!(!alike(piece, with), "{piece} → {with}");
        }
    }
}
