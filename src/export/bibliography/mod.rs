//! The sources, as programs that keep literature read them.
//!
//! Takes the sources that are exported: all, or of some entries those that they cite and those that are sources
//! themselves. Gives one [`Work`] for each, whatever the form; what is an indicator of the dossier is told in a note,
//! defanged, and is no address. What these forms have no field for, the grade, the marking, why it was taken back, is
//! a note; `import` reads what is written here back to the same.

pub(super) mod bibtex;

pub(super) mod csl;

pub(super) mod ris;

pub(crate) mod tex;

use super::said::above_clear;
use super::text::{one_line, sentence};
use super::{Subject, marking};
use crate::export::pages::Pages;
use crate::model::address::Outside;
use crate::model::date::{Moment, Unit};
use crate::model::{
    Date, Day, Entry, Evidence, Kind, Located, Named, Notice, PageId, Seen, Snapshot,
};
use std::collections::BTreeSet;

/// A source as literature.
struct Work<'a> {
    /// Its slug, unique among sources.
    key: &'a str,
    title: String,
    authors: Vec<String>,
    publisher: Option<&'a str>,
    date: Option<Date>,
    accessed: Option<Day>,
    url: Option<&'a str>,
    archived: Option<&'a str>,
    /// The word of `type`.
    sort: Option<&'a str>,
    language: Option<&'a str>,
    tags: Vec<String>,
    /// Its names in catalogues: `doi`, `isbn`, `issn`, `pmid`.
    ids: Vec<(&'a str, &'a str)>,
    /// What the dossier says of it.
    notes: Vec<String>,
}

impl Work<'_> {
    fn id(&self, catalogue: &str) -> Option<&str> {
        let mut ids = self.ids.iter();
        let found = ids.find(|(name, _)| name.eq_ignore_ascii_case(catalogue));
        found.map(|(_, id)| *id)
    }

    /// All notes in one.
    fn note(&self) -> Option<String> {
        (!self.notes.is_empty()).then(|| self.notes.join(" "))
    }

    /// All tags in one: commas part them, or semicolons where a comma stands in one.
    fn keywords(&self) -> Option<String> {
        match self.tags.iter().any(|tag| tag.contains(',')) {
            _ if self.tags.is_empty() => None,
            true => Some(format!("{};", self.tags.join("; "))),
            false => Some(self.tags.join(", ")),
        }
    }
}

/// The sources of a subject, by slug.
fn works<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Work<'a>> + use<'a> {
    let release = subject.release();
    let mut ids: BTreeSet<PageId> = BTreeSet::new();
    for (id, entry) in subject.entries() {
        if entry.kind == Kind::Source {
            ids.insert(id);
        }
        if subject.of.is_some() {
            ids.extend(cited(entry));
        }
    }
    ids.into_iter().filter_map(move |id| {
        let entry = release.page(id);
        Some(work(release, entry, entry.evidence()?))
    })
}

/// All that an entry cites anywhere.
fn cited(entry: &Entry<PageId>) -> impl Iterator<Item = PageId> {
    let statements = entry.statements.iter().flat_map(|it| &it.sources);
    let texts = entry.texts().flat_map(|(_, text)| &text.cites);
    let cites = entry.sources.iter().chain(statements).chain(texts);
    cites.filter_map(|cite| cite.source)
}

fn work<'a>(release: Pages<'a>, entry: &'a Entry<PageId>, evidence: &'a Evidence) -> Work<'a> {
    let Evidence {
        accessed,
        url,
        archived,
        grade,
        // It counts to the marking.
        lent: _,
        r#type,
        seen,
        language,
        snapshot,
    } = evidence;
    let mut notes = Vec::new();
    if let Some(tlp) = above_clear(marking::entry(release, entry)) {
        notes.push(format!("{}.", tlp.label()));
    }
    for (what, notice) in [
        ("Withdrawn", &entry.withdrawn),
        ("Retracted", &entry.retracted),
    ] {
        if let Some(Notice { date, reason }) = notice {
            let date = date.to_string().replace('\u{a0}', " ");
            notes.push(ended(&format!(
                "{what} ({date}): {}",
                sentence(release, reason)
            )));
        }
    }
    if let Some(grade) = grade {
        let letter = grade.reliability().map(|it| format!("{}; ", it.meaning()));
        let letter = letter.unwrap_or_default();
        notes.push(format!("Grade {grade}: {letter}{}.", grade.credibility()));
    }
    match seen {
        Some(Seen::Excerpt) => notes.push("Seen in parts.".to_owned()),
        Some(Seen::Reference) => notes.push("Known by references to it alone.".to_owned()),
        Some(Seen::Full) | None => {}
    }
    for (what, address) in [("Address", url), ("Archived at", archived)] {
        if let Some(Outside::Defanged(text)) = address.as_ref().map(|it| &it.value) {
            notes.push(format!("{what} (an indicator, defanged): {text} ."));
        }
    }
    if let Some(Snapshot { sha256, .. }) = snapshot {
        notes.push(format!("SHA-256 of the kept copy: {}.", sha256.value));
    }
    if let Some(summary) = &entry.summary {
        notes.push(ended(&sentence(release, &summary.value)));
    }
    Work {
        key: &entry.slug,
        title: one_line(&entry.title),
        authors: lines(&entry.authors),
        publisher: entry.publisher.as_ref().map(|it| match &it.value {
            Named::Entry(id) => release.called(*id).title,
            Named::Text(text) => text,
        }),
        date: entry.date,
        accessed: *accessed,
        url: url.as_ref().and_then(live),
        archived: archived.as_ref().and_then(live),
        sort: r#type.as_deref(),
        language: language.as_deref(),
        tags: lines(&entry.tags),
        ids: { entry.external_ids.iter() }
            .map(|(name, id)| (name.as_str(), id.value.as_str()))
            .collect(),
        notes,
    }
}

fn lines(values: &[crate::model::Marked<String>]) -> Vec<String> {
    values.iter().map(|it| one_line(&it.value)).collect()
}

/// A sentence with an end.
fn ended(text: &str) -> String {
    match text.ends_with(['.', '!', '?', '…']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

fn live(url: &Located<Outside>) -> Option<&str> {
    match &url.value {
        Outside::Live(address) | Outside::Own(address, _) => Some(address),
        Outside::Defanged(_) => None,
    }
}

/// The year, the month and the day of a moment, as far as they are said. Of a time of day the day is left, of a quarter
/// or of a part of a year the year.
fn parts(moment: &Moment) -> (i16, Option<i8>, Option<i8>) {
    match moment.unit {
        Unit::Year(year) | Unit::Quarter(year, _) => (year, None, None),
        Unit::Month(year, month) => (year, Some(month), None),
        Unit::Day(day) => (day.year(), Some(day.month()), Some(day.day())),
        Unit::Time(time) => (
            time.day.year(),
            Some(time.day.month()),
            Some(time.day.day()),
        ),
    }
}

/// A moment as ISO 8601 has it.
fn iso(moment: &Moment) -> String {
    match parts(moment) {
        (year, Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (year, Some(month), None) => format!("{year:04}-{month:02}"),
        (year, _, _) => format!("{year:04}"),
    }
}
