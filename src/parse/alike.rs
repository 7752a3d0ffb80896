//! Whether two texts of a file withhold the same: the guard of whoever changes a text by program.
//!
//! Takes a file before and after a change; says whether every marking, and whatever else withholds, stands where it
//! stood, says what it said and is for what it was for, and no comment comes to light. Asks the readers that the site is made by, and in doubt
//! says no. Of a name that is given twice, bare, one may go. Decides nothing else: the change may be as wrong as it likes.

use super::body::{self, Unseen};
use super::front::names::bare_name;
use super::{Parsed, file, front, label};
use crate::diag::{Code, Diagnostic, Outcome};
use crate::model::body::{Event, Tag};
use crate::model::{Body, Details, Entry, Head, Marked, Markings, Prose, RawRef, Statement, Tlp};
use crate::text::TextFile;
use memchr::memmem;
use std::collections::HashSet;
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
    let moved = Moved::by(changes);
    if !moved.keeps_labels(&before.text, &after.text)
        || !moved.keeps_signs(&before.text, &after.text)
        || !moved.keeps_unseen(before, after)
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
struct Moved<'c> {
    changes: &'c [Change],
    /// How many bytes were replaced before each change and by it, and how many stand there now.
    lengths: Vec<(usize, usize)>,
}

impl<'c> Moved<'c> {
    fn by(changes: &'c [Change]) -> Self {
        let (mut old, mut new) = (0, 0);
        let lengths = changes.iter().map(|change| {
            old += change.range.len();
            new += change.length;
            (old, new)
        });
        Moved {
            changes,
            lengths: lengths.collect(),
        }
    }

    /// Where a byte stands now.
    fn to(&self, at: usize) -> Option<usize> {
        let before = self
            .changes
            .partition_point(|change| change.range.end <= at);
        let within = self.changes.get(before);
        if within.is_some_and(|change| change.range.start < at) {
            return None;
        }
        let last = before
            .checked_sub(1)
            .and_then(|last| self.lengths.get(last));
        let (old, new) = last.copied().unwrap_or_default();
        (at + new).checked_sub(old)
    }

    fn leads(&self, from: u32, to: u32) -> bool {
        self.to(from as usize) == Some(to as usize)
    }

    /// Whether a change is within a range or at its edge.
    fn touches(&self, range: &Range<usize>) -> bool {
        let before = self
            .changes
            .partition_point(|change| change.range.end < range.start);
        let next = self.changes.get(before);
        next.is_some_and(|change| change.range.start <= range.end)
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

    /// Every sign by which a comment begins or ends stands as it stood, and no other does, wherever comments are read:
    /// a comment is where writers keep what nobody should read. Beside comments of Markdown or HTML no sign is changed
    /// by which code or an escape may begin.
    fn keeps_signs(&self, before: &str, after: &str) -> bool {
        let same = ["%%", "<!--", "-->"].iter().all(|sign| {
            let mut now = memmem::find_iter(after.as_bytes(), sign);
            let kept = memmem::find_iter(before.as_bytes(), sign).all(|at| {
                let range = at..at + sign.len();
                !self.touches(&range) && now.next() == self.to(at)
            });
            kept && now.next().is_none()
        });
        let mut commented = ["%%", "<!--"].iter().map(|sign| before.contains(sign));
        same && (!commented.any(|it| it) || self.keeps_code(before, after))
    }

    fn keeps_code(&self, before: &str, after: &str) -> bool {
        let may_quote = |text: &str| text.contains(['`', '~', '\\', '<', '>', '%']);
        let mut changes = self.changes.iter().zip(&self.lengths);
        changes.all(|(change, (old, new))| {
            let end = (change.range.end + new).saturating_sub(*old);
            let written = after.get(end.saturating_sub(change.length)..end);
            let replaced = before.get(change.range.clone());
            [replaced, written]
                .iter()
                .all(|it| it.is_some_and(|text| !may_quote(text)))
        })
    }

    /// Every key that withholds stands as it stood, with its value, and so does every comment; no other does.
    fn keeps_unseen(&self, before: &TextFile, after: &TextFile) -> bool {
        let (Some(old), Some(new)) = (front::guarded(before), front::guarded(after)) else {
            return false;
        };
        let keys = old.keys.len() == new.keys.len()
            && old.keys.iter().zip(&new.keys).all(|(old, new)| {
                !self.touches(&old.range()) && old.of(&before.text) == new.of(&after.text)
            });
        let hashes = old.hashes.len() == new.hashes.len()
            && old.hashes.iter().zip(&new.hashes).all(|(old, new)| {
                let (at, within) = *old;
                let free = within || !self.touches(&(at..at + 1));
                free && self.to(at) == Some(new.0) && within == new.1
            });
        keys && hashes
            && old.comments == new.comments
            && self.keeps_comments(
                &body::unseen(&before.text, old.body),
                &body::unseen(&after.text, new.body),
            )
    }

    fn keeps_comments(&self, before: &Unseen, after: &Unseen) -> bool {
        before.html == after.html
            && before.comments.len() == after.comments.len()
            && before
                .comments
                .iter()
                .zip(&after.comments)
                .all(|(old, new)| {
                    self.to(old.start) == Some(new.start) && self.to(old.end) == Some(new.end)
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

    /// Every statement stands with its marking; one that could not be read may have come to them, and a bare name that
    /// stands once more may be gone.
    fn keeps_statements(&self, before: &Entry<RawRef>, after: &Entry<RawRef>) -> bool {
        let told = |at: usize, it: &Statement<RawRef>| (at, it.tlp, discriminant(&it.what));
        let after = after.statements.iter();
        let now: HashSet<_> = after.map(|it| told(it.span.start as usize, it)).collect();
        let stands = |it: &&Statement<RawRef>| {
            let at = self.to(it.span.start as usize);
            at.is_some_and(|at| now.contains(&told(at, it)))
        };
        let (stand, gone): (Vec<_>, Vec<_>) = before.statements.iter().partition(stands);
        let names: HashSet<&str> = stand.into_iter().filter_map(bare_name).collect();
        let again = |it: &Statement<RawRef>| bare_name(it).is_some_and(|it| names.contains(it));
        gone.into_iter().all(again)
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

/// The markings of the texts of an entry that are no statements, in order. Each field is named, so that a new one
/// fails to compile until it is decided on.
fn own_marks(entry: &Entry<RawRef>) -> impl Iterator<Item = Option<Tlp>> {
    let Entry {
        head,
        summary,
        changes,
        statements: _,
        sources: _,
        withdrawn: _,
        publisher: _,
        retracted: _,
        country: _,
        prose: _,
    } = entry;
    let Head {
        tags,
        authors,
        rights,
        external_ids,
        details,
        kind: _,
        slug: _,
        path: _,
        id: _,
        title: _,
        date: _,
        tlp: _,
        lang: _,
        draft: _,
        publish: _,
        updated: _,
        redirect_from: _,
        extra: _,
    } = &**head;
    let (one, first, second): (_, &[Marked<String>], &[Marked<String>]) = match details {
        Details::Actor { sophistication: it }
        | Details::Vulnerability { cvss: it }
        | Details::Person { nationality: it } => (it.as_ref(), &[], &[]),
        Details::Technique { tactics: it } | Details::Infrastructure { types: it } => {
            (None, it, &[])
        }
        Details::Tool { platforms, types }
        | Details::Malware {
            platforms,
            types,
            is_family: _,
        } => (None, platforms, types),
        Details::Campaign
        | Details::Page
        | Details::Incident { status: _ }
        | Details::Organisation {
            r#type: _,
            sectors: _,
        }
        | Details::Place {
            r#type: _,
            code: _,
            lat: _,
            lon: _,
        }
        | Details::Note { key: _ }
        | Details::Source(_) => (None, &[], &[]),
    };
    let ids = external_ids.iter().map(|(_, it)| it);
    let texts = tags.iter().chain(authors).chain(rights);
    let texts = texts.chain(ids).chain(one);
    let texts = texts.chain(first).chain(second).map(|it| it.tlp);
    let summary = summary.iter().map(|it| it.tlp);
    let changes = changes.iter().map(|it| it.tlp);
    summary.chain(texts).chain(changes)
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
