//! Problems that can be mended: the texts in which they are.
//!
//! Takes problems with their [`Fix`]es and the texts of their files; gives the texts with every safe fix in them and
//! tells what was changed. A fix never lowers, moves or removes a marking and never publishes: here, and here alone,
//! each text that would come out is read and compared with what it was ([`parse::withhold_alike`]), whatever rule
//! the fix is of. Touches no disk; [`fn@crate::write::replace`] puts the texts in place.

use crate::config;
use crate::diag::{Code, Diagnostic, Fix, TextEdit};
use crate::model::Markings;
use crate::parse::{self, Change};
use crate::text::TextFile;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A file with safe fixes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The file.
    pub path: Arc<str>,
    /// Its text before.
    pub before: Arc<str>,
    /// Its text after.
    pub after: String,
    /// What was changed, in order.
    pub fixed: Vec<Fixed>,
}

/// A piece of a file that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The problem that it mends.
    pub code: Code,
    /// The line in the text before, from 1.
    pub line: usize,
    /// The column there, from 1, in characters.
    pub column: usize,
    /// What stood there.
    pub replaces: String,
    /// What stands there now.
    pub with: String,
}

/// Applies every safe fix. Where two want the same piece of a text, the first in the order of the problems gets
/// it; the other is left to a next run.
#[must_use]
pub fn mend<'t>(
    problems: &[Diagnostic],
    texts: &dyn Fn(&str) -> Option<&'t str>,
    markings: &Markings,
) -> Vec<Mended> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<Wanted<'_>>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| !problem.firm) {
        let Some(Fix::Safe(edits)) = &problem.fix else {
            continue;
        };
        let Some(TextEdit { path, .. }) = edits.first() else {
            continue;
        };
        let wanted = texts(path).and_then(|text| Wanted::of(problem.code, edits, text));
        if let Some(wanted) = wanted.filter(|_| edits.iter().all(|edit| edit.path == *path)) {
            by_file.entry(path).or_default().push(wanted);
        }
    }
    let files = by_file.into_iter();
    let mended = files.filter_map(|(path, wanted)| {
        let file = TextFile::new(Arc::clone(path), texts(path)?);
        mended(&file, &apart(wanted), markings)
    });
    mended.collect()
}

/// The edits of one problem where they are, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted<'e> {
    code: Code,
    edits: Vec<(Range<usize>, &'e str)>,
}

impl<'e> Wanted<'e> {
    /// `None` where the text is not what the edits are about, or has all of it already.
    fn of(code: Code, edits: &'e [TextEdit], text: &str) -> Option<Self> {
        let place = |edit: &'e TextEdit| Some((edit.range(text)?, edit.with.as_str()));
        let mut edits = edits.iter().map(place).collect::<Option<Vec<_>>>()?;
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        // What is marked is told by blocks, which are lines: an edit that makes or joins some is none. In front matter
        // there are no blocks, and whole lines may come and go.
        let front = parse::front::lines(text);
        let in_line = |(range, with): &(Range<usize>, &str)| {
            let old = text.get(range.clone());
            let in_front = range.start >= front.start && range.end <= front.end;
            let whole = |text: &str| text.is_empty() || text.ends_with('\n');
            let before = text.get(..range.start);
            let lines = in_front && whole(with) && before.is_some_and(|it| it.ends_with('\n'));
            let is_line = |text: &str| !text.contains(['\n', '\r']);
            old.is_some_and(|old| is_line(old) && is_line(with) || lines && whole(old))
        };
        let does = |(range, with): &(Range<usize>, &str)| text.get(range.clone()) != Some(*with);
        let fits = edits.iter().all(in_line) && edits.iter().any(does);
        let apart = edits.windows(2).all(|two| !meet(&two[0].0, &two[1].0));
        (fits && apart).then_some(Self { code, edits })
    }
}

/// Whether two ranges share a byte, or begin where something is put in.
fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    let share = one.start < other.end && other.start < one.end;
    share
        || one.start == other.start
        || (one.is_empty() || other.is_empty()) && one.end == other.start
}

/// Those that do not want a piece which one before them wants; the same edits are made once.
fn apart(wanted: Vec<Wanted<'_>>) -> Vec<Wanted<'_>> {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut apart = Vec::new();
    for one in wanted {
        let free = one.edits.iter().all(|(range, _)| {
            let before = taken.range(..=range.end).next_back();
            before.is_none_or(|(&start, &end)| !meet(&(start..end), range))
        });
        if free {
            taken.extend(one.edits.iter().map(|(range, _)| (range.start, range.end)));
            apart.push(one);
        }
    }
    apart
}

/// How often a text is tried with fewer edits: each time it is read as a whole.
const TRIES: usize = 100;

/// A file with all of these in it, or with as many as leave what it withholds as it is.
fn mended(file: &TextFile, wanted: &[Wanted<'_>], markings: &Markings) -> Option<Mended> {
    let mut best = (Vec::new(), None);
    // Halves of what cannot be made as a whole: most of it is as it should be.
    let mut left = vec![wanted];
    for _ in 0..TRIES {
        let Some(some) = left.pop() else {
            break;
        };
        let all: Vec<&Wanted<'_>> = best.0.iter().copied().chain(some).collect();
        if let Some(text) = applied(file, &all, markings) {
            best = (all, Some(text));
        } else if some.len() > 1 {
            let (first, second) = some.split_at(some.len() / 2);
            left.extend([second, first]);
        }
    }
    told(file, &best.0, best.1?)
}

/// The text with edits in it; `None` where it would not withhold what it does.
fn applied(file: &TextFile, wanted: &[&Wanted<'_>], markings: &Markings) -> Option<String> {
    let mut edits: Vec<&(Range<usize>, &str)> = wanted.iter().flat_map(|it| &it.edits).collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = String::with_capacity(file.text.len());
    let mut last = 0;
    for (range, with) in &edits {
        text.push_str(file.text.get(last..range.start)?);
        text.push_str(with);
        last = range.end;
    }
    text.push_str(file.text.get(last..)?);
    let after = TextFile::new(Arc::clone(&file.path), text.as_str());
    let alike = match &*file.path {
        "dossier.toml" => settings_alike(file, &after),
        _ => {
            let changes = edits.iter().map(|(range, with)| Change {
                range: range.clone(),
                length: with.len(),
            });
            let changes: Vec<Change> = changes.collect();
            parse::withhold_alike(file, &after, &changes, markings)
        }
    };
    alike.then_some(text)
}

/// Whether two texts of `dossier.toml` say the same of who sees what, of what may act, and of what is reported.
fn settings_alike(before: &TextFile, after: &TextFile) -> bool {
    let (one, other) = (config::read(Some(before)), config::read(Some(after)));
    let (one, other) = (one.value, other.value);
    one.markings() == other.markings()
        && one.default_audience == other.default_audience
        && one.trusted_files == other.trusted_files
        && one.severity == other.severity
}

fn told(file: &TextFile, wanted: &[&Wanted<'_>], after: String) -> Option<Mended> {
    let edits = wanted.iter();
    let edits = edits.flat_map(|one| one.edits.iter().map(|edit| (one.code, edit)));
    let mut edits: Vec<_> = edits.collect();
    edits.sort_by_key(|(_, (range, _))| (range.start, range.end));
    let (mut line, mut column, mut last) = (1, 1, 0);
    let fixed = edits.into_iter().map(|(code, (range, with))| {
        for c in file.text.get(last..range.start).unwrap_or("").chars() {
            (line, column) = match c {
                '\n' => (line + 1, 1),
                _ => (line, column + 1),
            };
        }
        last = range.start;
        Fixed {
            code,
            line,
            column,
            replaces: file.text.get(range.clone()).unwrap_or("").to_owned(),
            with: (*with).to_owned(),
        }
    });
    let fixed: Vec<Fixed> = fixed.collect();
    (!fixed.is_empty()).then(|| Mended {
        path: Arc::clone(&file.path),
        before: Arc::clone(&file.text),
        after,
        fixed,
    })
}

#[cfg(test)]
mod tests;
