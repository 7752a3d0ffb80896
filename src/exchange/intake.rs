//! What an import does to a dossier: the files that come, and the edits of those that are there.
//!
//! Takes an [`Import`], the base that the last one of its name left, and the files of the dossier; gives texts before and after,
//! a new base, and what people have to decide. Nothing is deleted, and nothing that people wrote is overwritten: what they
//! and the import both changed stays as they have it, with the import's words in a comment beside it. Writes nothing.

use super::base::{Base, Written};
use super::incoming::{Import, Incoming};
use super::loss::Losses;
use super::markup;
use super::merge::{self, Conflict, Ends, Three, bodies, merge, same};
use super::names::{Known, Seat, seat};
use super::raise::raise;
use super::spell::{Spelled, spell};
use crate::diag::{Severity, TextEdit};
use crate::model::{Kind, Markings, Tlp};
use crate::parse::front::rewrite::{self, Edit, Given};
use crate::parse::imported::{COMMENT, LINE};
use crate::parse::{self, Parsed, statics};
use crate::text::TextFile;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an import does.
#[derive(Debug, Default)]
pub struct Intake {
    /// The files that are written, by path.
    pub files: Vec<Change>,
    /// Where people have to decide, by path.
    pub conflicts: Vec<(String, Conflict)>,
    /// What could not be carried.
    pub losses: Losses,
    /// The entries that are as the import has them already.
    pub unchanged: usize,
    /// Entries that an earlier import brought, and this one does not: they stay. Their paths, sorted.
    pub left: Vec<String>,
    /// Of those, the ones of which a new entry has the same text, with its path: whoever wrote it gave it another name. Sorted.
    pub renamed: Vec<(String, String)>,
    /// Files that people took away, and that stay away. Their paths, sorted.
    pub gone: Vec<String>,
    /// What is to be kept for the next import.
    pub base: Base,
}

/// A file that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Below the root.
    pub path: String,
    /// What it was; `None` for a new one.
    pub before: Option<Arc<str>>,
    /// What it is to be.
    pub after: String,
}

/// Reckons what an import does; `form` is that of the file, and new files lie in the folder `into` of those of their kinds.
#[must_use]
pub fn intake(
    import: Import,
    form: &str,
    base: &Base,
    files: &[TextFile],
    markings: &Markings,
    into: &str,
) -> Intake {
    let mut import = import;
    raise(&mut import, &markings.others);
    let known = known(files, markings);
    let (seats, handles) = seat(&import, base, &known, into);
    let by_path: BTreeMap<&str, &TextFile> = files.iter().map(|file| (&*file.path, file)).collect();
    let entries: Vec<(&Incoming, &Seat)> = import.entries.iter().zip(&seats).collect();
    let taken = entries.par_iter().map(|(entry, seat)| {
        let (Seat::Known(path) | Seat::New(path)) = seat else {
            return None;
        };
        let (spelled, losses) = spell(entry, path, &handles, markings);
        let former = base.entries.get(&entry.origin);
        let spelled = match former {
            Some(former) if entry.former => over(former, spelled),
            Some(_) | None => spelled,
        };
        let taken = match by_path.get(path.as_str()) {
            Some(file) => in_its_lines(file, |file| {
                update(file, entry.kind, former, &spelled, markings)
            }),
            None => Taken::new(spelled.text(entry.kind)),
        };
        Some((path.clone(), taken, spelled, losses))
    });
    let taken: Vec<_> = taken.collect();
    let mut intake = Intake {
        losses: import.losses,
        base: Base {
            form: form.to_owned(),
            entries: base.entries.clone(),
            ..Base::default()
        },
        ..Intake::default()
    };
    for ((entry, _), taken) in entries.into_iter().zip(taken) {
        match taken {
            Some((path, taken, spelled, losses)) => {
                intake.losses.add(&losses);
                let before = by_path
                    .get(path.as_str())
                    .map(|file| Arc::clone(&file.text));
                intake.take(entry, path, before, taken, spelled);
            }
            None => intake.take_gone(entry),
        }
    }
    let origins: BTreeSet<&str> = import
        .entries
        .iter()
        .map(|entry| entry.origin.as_str())
        .collect();
    let left = base
        .entries
        .iter()
        .filter(|(origin, _)| !origins.contains(origin.as_str()));
    let left: Vec<&Written> = left.map(|(_, written)| written).collect();
    intake.left = left.iter().map(|written| written.path.clone()).collect();
    let new = origins.iter().filter(|it| !base.entries.contains_key(**it));
    let new: Vec<&Written> = new.filter_map(|it| intake.base.entries.get(*it)).collect();
    intake.renamed = renamed(&left, &new);
    intake.base.keep(import.kept);
    intake.left.sort();
    intake.gone.sort();
    intake.files.sort_by(|one, other| one.path.cmp(&other.path));
    intake
        .conflicts
        .sort_by(|one, other| (&one.0, &one.1.key).cmp(&(&other.0, &other.1.key)));
    intake
}

impl Intake {
    fn take(
        &mut self,
        entry: &Incoming,
        path: String,
        before: Option<Arc<str>>,
        taken: Taken,
        spelled: Spelled,
    ) {
        let written = Written {
            path: path.clone(),
            values: spelled.values,
            body: spelled.body,
        };
        if taken.settled {
            self.base.entries.insert(entry.origin.clone(), written);
        }
        let conflicts = taken.conflicts.into_iter();
        self.conflicts
            .extend(conflicts.map(|conflict| (path.clone(), conflict)));
        if before.as_deref() == Some(taken.text.as_str()) {
            self.unchanged += 1;
            return;
        }
        self.files.push(Change {
            path,
            before,
            after: taken.text,
        });
    }

    /// An entry of which the file is not there any more. That it is marked higher now is told, once: its words may stand
    /// elsewhere.
    fn take_gone(&mut self, entry: &Incoming) {
        let Some(written) = self.base.entries.get_mut(&entry.origin) else {
            return;
        };
        self.gone.push(written.path.clone());
        let own = match value(&written.values, "tlp") {
            Some(Given::Text(level) | Given::Bare(level)) => Tlp::from_name(level),
            Some(Given::List(_) | Given::Map(_)) | None => None,
        };
        let Some(level) = entry.tlp.filter(|level| *level > own.unwrap_or_default()) else {
            return;
        };
        let level = Given::Bare(level.name().to_owned());
        written.values.retain(|(key, _)| key != "tlp");
        written.values.push(("tlp".to_owned(), level.clone()));
        let conflict = Conflict::new("tlp", Some(level), Ends::Unwritten);
        self.conflicts.push((written.path.clone(), conflict));
    }
}

/// Entries that came no more, each with the one that came in its place: no other has that text.
fn renamed(left: &[&Written], new: &[&Written]) -> Vec<(String, String)> {
    let mut by_text: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for written in new.iter().filter(|it| !it.body.is_empty()) {
        let path = by_text.entry(&written.body);
        path.and_modify(|it| *it = None)
            .or_insert(Some(&written.path));
    }
    let pairs = left.iter().filter_map(|former| {
        let path = by_text.get(former.body.as_str()).copied().flatten()?;
        Some((former.path.clone(), path.to_owned()))
    });
    let mut pairs: Vec<(String, String)> = pairs.collect();
    pairs.sort();
    pairs
}

/// What an import wrote, with what is said of it now.
fn over(former: &Written, spelled: Spelled) -> Spelled {
    let mut values = former.values.clone();
    for (key, value) in spelled.values {
        match values.iter_mut().find(|(own, _)| *own == key) {
            Some((_, own)) => *own = value,
            None => values.push((key, value)),
        }
    }
    Spelled {
        values,
        body: former.body.clone(),
    }
}

/// The entries that the dossier has.
fn known(files: &[TextFile], markings: &Markings) -> Vec<Known> {
    let parsed = files
        .par_iter()
        .map(|file| match parse::file(file, markings).value {
            Parsed::Entry(entry) => Some(Known::of(&entry)),
            Parsed::Intro(_) | Parsed::Nothing => None,
        });
    let parsed: Vec<Option<Known>> = parsed.collect();
    parsed.into_iter().flatten().collect()
}

/// What becomes of a file.
struct Taken {
    text: String,
    conflicts: Vec<Conflict>,
    /// Whether the next import may take it for granted; where not, it asks again.
    settled: bool,
}

impl Taken {
    fn new(text: String) -> Taken {
        Taken {
            text,
            conflicts: Vec::new(),
            settled: true,
        }
    }

    /// A file that cannot be merged: of what the import says, no more than what withholds is written, though what stands
    /// there may be an error then. Where that cannot be either it is told, and a remark stands above the text that is an
    /// error as long as the file is not withheld.
    fn unmerged(file: &TextFile, kind: Kind, withholding: Vec<Edit>) -> Taken {
        let mut conflicts = vec![Conflict::new("", None, Ends::Unwritten)];
        let text = match withholding.is_empty() {
            true => file.text.to_string(),
            false => match rewrite::edits(file, kind, &withholding) {
                Some(changes) => applied(&file.text, changes),
                None => {
                    let text = barred(file, &withholding);
                    conflicts.extend(withholding.into_iter().filter_map(unwritten));
                    text
                }
            },
        };
        Taken {
            text,
            conflicts,
            settled: false,
        }
    }
}

/// A file with the remark that it is to be withheld: before all of the text, where nothing makes code of it.
fn barred(file: &TextFile, withholding: &[Edit]) -> String {
    let level = withholding.iter().map(|edit| match edit {
        Edit::Set(key, Given::Text(level) | Given::Bare(level)) if key == "tlp" => {
            Tlp::from_name(level).unwrap_or(Tlp::Red)
        }
        _ => Tlp::Red,
    });
    let level = level.max().unwrap_or(Tlp::Red).label();
    let remark = format!(
        "{COMMENT}{level}, which could not be written: mark the entry so, and take this out -->"
    );
    let at = rewrite::text_at(file).unwrap_or(file.text.len());
    let (front, text) = file.text.split_at_checked(at).unwrap_or((&file.text, ""));
    let between = if front.ends_with('\n') { "" } else { "\n" };
    match file.text.contains(&remark) {
        true => file.text.to_string(),
        false => format!(
            "{front}{between}\n{remark}\n\n{}",
            text.trim_start_matches('\n')
        ),
    }
}

/// Merges into a file whose lines end as they do on Windows as into any other, and leaves them so.
fn in_its_lines(file: &TextFile, update: impl Fn(&TextFile) -> Taken) -> Taken {
    let ends = file.text.matches('\n').count();
    if ends == 0 || file.text.matches("\r\n").count() != ends {
        return update(file);
    }
    let plain = file.text.replace("\r\n", "\n");
    let taken = update(&TextFile::new(Arc::clone(&file.path), plain));
    Taken {
        text: taken.text.replace('\n', "\r\n"),
        ..taken
    }
}

/// Merges what an import says into a file.
fn update(
    file: &TextFile,
    kind: Kind,
    former: Option<&Written>,
    spelled: &Spelled,
    markings: &Markings,
) -> Taken {
    let says_nothing_new = former.is_some_and(|former| {
        former.body == spelled.body && same_values(&former.values, &spelled.values)
    });
    if says_nothing_new {
        return Taken::new(file.text.to_string());
    }
    let none = Written::default();
    let former = former.unwrap_or(&none);
    let Some((local, body_at)) = rewrite::read(file) else {
        return Taken::unmerged(file, kind, stricter_than(former, spelled));
    };
    let body = file.text.get(body_at..).unwrap_or("");
    let touched = touches(former, body) || !same_values(&local, &former.values);
    let bodies = bodies(&former.body, &spelled.body, body);
    let (mut edits, mut conflicts) = (Vec::new(), Vec::new());
    for key in keys(&local, &spelled.values, &former.values) {
        let three = Three {
            base: value(&former.values, key),
            incoming: value(&spelled.values, key),
            local: value(&local, key),
        };
        let merged = merge(key, three, rewrite::takes_several(kind, key), touched);
        if !same(merged.value.as_ref(), three.local) {
            edits.push(edit(key, merged.value));
        }
        conflicts.extend(merged.conflicts);
    }
    let of_text = bodies.conflicts.into_iter();
    let of_text = of_text.map(|text| Conflict::new("", Some(Given::Text(text)), Ends::Yours));
    conflicts.extend(of_text);
    let aside = highest_aside(&conflicts);
    let anew = match former.values.is_empty() {
        true => None,
        false => marked_anew(former, spelled, &local).max(match touches(former, body) {
            true => marked_blocks(&former.body, &spelled.body),
            false => None,
        }),
    };
    if let Some(level) = aside.max(anew).filter(|level| *level > Tlp::Clear) {
        conflicts.extend(raised(level, &local, &mut edits));
    }
    let withholding = edits.iter().filter(|edit| merge::withholds(key_of(edit)));
    let withholding: Vec<Edit> = withholding.cloned().collect();
    let edited = edited(file, kind, edits, &mut conflicts);
    let is_unwritten = |it: &Conflict| it.ends == Ends::Unwritten;
    if conflicts
        .iter()
        .any(|it| is_unwritten(it) && merge::withholds(&it.key))
    {
        return Taken::unmerged(file, kind, withholding);
    }
    let remarked = remarked(&edited, &conflicts);
    let before = errors(file, markings);
    let ways = [remarked.as_str(), &edited.text].map(|front| with_body(front, body, &bodies.text));
    let is_sound = |text: &String| {
        errors(
            &TextFile::new(Arc::clone(&file.path), text.as_str()),
            markings,
        ) <= before
    };
    match ways.into_iter().find(is_sound) {
        Some(text) => Taken {
            settled: !conflicts.iter().any(is_unwritten),
            text,
            conflicts,
        },
        None => Taken::unmerged(file, kind, withholding),
    }
}

fn edit(key: &str, value: Option<Given>) -> Edit {
    match value {
        Some(value) => Edit::Set(key.to_owned(), value),
        None => Edit::Remove(key.to_owned()),
    }
}

fn key_of(edit: &Edit) -> &str {
    match edit {
        Edit::Set(key, _)
        | Edit::Append(key, _)
        | Edit::Drop(key, _)
        | Edit::Remove(key)
        | Edit::Rename(key, _) => key,
    }
}

/// An edit that could not be made.
fn unwritten(edit: Edit) -> Option<Conflict> {
    match edit {
        Edit::Set(key, value) => Some(Conflict::new(key, Some(value), Ends::Unwritten)),
        Edit::Remove(key) => Some(Conflict::new(key, None, Ends::Unwritten)),
        Edit::Append(..) | Edit::Drop(..) | Edit::Rename(..) => None,
    }
}

/// What an import says of what withholds, where that is another thing than it was.
fn stricter_than(former: &Written, spelled: &Spelled) -> Vec<Edit> {
    let new = spelled.values.iter().filter(|(key, value)| {
        merge::withholds(key) && !same(Some(value), self::value(&former.values, key))
    });
    new.map(|(key, value)| edit(key, Some(value.clone())))
        .collect()
}

/// Whether people changed the text below.
fn touches(former: &Written, body: &str) -> bool {
    body.trim() != former.body.trim()
}

/// The highest marking that stands in what could not be put in its place: what people have there, or wrote elsewhere when
/// they took it out, may be the same thing, unmarked.
fn highest_aside(conflicts: &[Conflict]) -> Option<Tlp> {
    let aside = |it: &&Conflict| match it.ends {
        Ends::Yours | Ends::Out => true,
        Ends::Stricter | Ends::Unwritten => false,
    };
    let said = conflicts
        .iter()
        .filter(aside)
        .filter_map(|it| it.incoming.as_ref());
    said.filter_map(level_of).max()
}

/// The highest marking of what the import says anew under keys that people changed: what it was, they may have said
/// in their own words.
fn marked_anew(former: &Written, spelled: &Spelled, local: &[(String, Given)]) -> Option<Tlp> {
    let said = spelled.values.iter().filter(|(key, said)| {
        let before = value(&former.values, key);
        !merge::withholds(key) && !same(Some(said), before) && !same(value(local, key), before)
    });
    let levels = said.filter_map(|(key, said)| {
        let before = items(value(&former.values, key));
        let is_new = |item: &&Given| !before.iter().any(|it| same(Some(it), Some(item)));
        let new = items(Some(said)).iter().filter(is_new);
        new.filter_map(level_of).max()
    });
    levels.max()
}

/// The highest marking of the blocks of a text that are not in the one before.
fn marked_blocks(before: &str, now: &str) -> Option<Tlp> {
    let before: BTreeSet<&str> = merge::blocks(before).into_iter().collect();
    let new = merge::blocks(now)
        .into_iter()
        .filter(|it| !before.contains(it));
    new.filter_map(|block| statics::highest(block.as_bytes()))
        .max()
}

fn items(value: Option<&Given>) -> &[Given] {
    match value {
        None => &[],
        Some(Given::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

fn level_of(said: &Given) -> Option<Tlp> {
    statics::highest(said.to_string().as_bytes())
}

/// Raises the entry to a level where it is lower; gives what is told of it.
fn raised(level: Tlp, local: &[(String, Given)], edits: &mut Vec<Edit>) -> Option<Conflict> {
    let set = edits.iter().position(|edit| key_of(edit) == "tlp");
    let own = match set.and_then(|at| edits.get(at)) {
        Some(Edit::Set(_, value)) => Some(value),
        Some(_) => None,
        None => value(local, "tlp"),
    };
    // What cannot be read withholds most already.
    let is_lower = own.is_none_or(|own| match own {
        Given::Text(text) | Given::Bare(text) => {
            Tlp::from_name(text).is_some_and(|own| own < level)
        }
        Given::List(_) | Given::Map(_) => false,
    });
    is_lower.then(|| {
        let level = Given::Bare(level.name().to_owned());
        edits.retain(|edit| key_of(edit) != "tlp");
        edits.push(edit("tlp", Some(level.clone())));
        Conflict::new("tlp", Some(level), Ends::Stricter)
    })
}

fn same_values(local: &[(String, Given)], former: &[(String, Given)]) -> bool {
    let all = keys(local, former, &[]);
    all.into_iter()
        .all(|key| same(value(local, key), value(former, key)))
}

/// All keys, each once, in the order of the first that has it.
fn keys<'v>(
    local: &'v [(String, Given)],
    incoming: &'v [(String, Given)],
    former: &'v [(String, Given)],
) -> Vec<&'v str> {
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in local.iter().chain(incoming).chain(former) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys
}

fn value<'v>(values: &'v [(String, Given)], key: &str) -> Option<&'v Given> {
    values
        .iter()
        .find(|(own, _)| own == key)
        .map(|(_, value)| value)
}

/// The file with the edits made; one that cannot be made is a conflict.
fn edited(
    file: &TextFile,
    kind: Kind,
    edits: Vec<Edit>,
    conflicts: &mut Vec<Conflict>,
) -> TextFile {
    if let Some(changes) = rewrite::edits(file, kind, &edits) {
        return TextFile::new(Arc::clone(&file.path), applied(&file.text, changes));
    }
    let mut file = file.clone();
    for edit in edits {
        match rewrite::edits(&file, kind, std::slice::from_ref(&edit)) {
            Some(changes) => {
                file = TextFile::new(Arc::clone(&file.path), applied(&file.text, changes));
            }
            None => conflicts.extend(unwritten(edit)),
        }
    }
    file
}

fn applied(text: &str, mut edits: Vec<TextEdit>) -> String {
    edits.sort_by_key(|edit| edit.span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize).unwrap_or(""));
        out.push_str(&edit.with);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// The text with what the import says in comments above the keys that people changed.
fn remarked(file: &TextFile, conflicts: &[Conflict]) -> String {
    let mut file = file.clone();
    for conflict in conflicts {
        let (top, _) = conflict.key.split_once('.').unwrap_or((&conflict.key, ""));
        let is_of_text = conflict.key.is_empty();
        // What withholds is settled, and a comment with a label would itself be marked.
        if is_of_text || merge::withholds(conflict.key.rsplit('.').next().unwrap_or("")) {
            continue;
        }
        let says = match &conflict.incoming {
            Some(value) => value.to_string(),
            None => "taken out".to_owned(),
        };
        let line = markup::one_line(&format!("{}: {says}", conflict.key));
        let line = format!("{LINE}{line}\n");
        let Some(at) = rewrite::line_of(&file, top).filter(|_| !file.text.contains(&line)) else {
            continue;
        };
        let (before, behind) = file.text.split_at(at);
        file = TextFile::new(Arc::clone(&file.path), format!("{before}{line}{behind}"));
    }
    file.text.to_string()
}

/// A file with another body, below the same blank lines.
fn with_body(text: &str, old: &str, new: &str) -> String {
    let front = text.strip_suffix(old).unwrap_or(text);
    if old == new || old.trim() == new.trim() {
        return text.to_owned();
    }
    let gap = old.len() - old.trim_start().len();
    let gap = old.get(..gap).filter(|gap| !gap.is_empty()).unwrap_or("\n");
    format!("{front}{gap}{}\n", new.trim())
}

fn errors(file: &TextFile, markings: &Markings) -> usize {
    let problems = parse::file(file, markings).problems;
    problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count()
}
