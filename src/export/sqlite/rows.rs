//! The rows of the tables.
//!
//! Takes entries of a release; writes what they say, each value as the JSON of exports has it, so that one question has
//! one answer in both.

use crate::export::pages::Pages;
use crate::export::said::{By, Cited, Likely, Said, Sort, When, by, cited, statements};
use crate::export::text::{body, sentence};
use crate::export::{Subject, indicators, marking};
use crate::model::{Details, Entry, Evidence, Kind, Marked, PageId, Seen, Tlp, address::Outside};
use crate::plan::address;
use rusqlite::{Connection, Result, params};
use std::collections::BTreeMap;

/// Where rows go.
pub(super) struct Rows<'a> {
    database: &'a Connection,
    subject: &'a Subject<'a>,
    /// The marking of each source that was cited, by its id.
    of_sources: BTreeMap<&'a str, Tlp>,
}

/// What rests on a source.
#[derive(Clone, Copy)]
enum Of {
    Statement(i64),
    Indicator(i64),
    Entry,
    Text,
}

/// What a date says, and the first and the last day that it may mean.
type Cells = (Option<String>, Option<String>, Option<String>);

impl<'a> Rows<'a> {
    pub(super) fn of(database: &'a Connection, subject: &'a Subject<'a>) -> Rows<'a> {
        let release = subject.release();
        let sources = release.ids().map(|id| release.called(id));
        let sources = sources.filter(|it| it.kind == Kind::Source);
        Rows {
            database,
            subject,
            of_sources: sources.map(|it| (it.id, it.tlp)).collect(),
        }
    }

    fn release(&self) -> Pages<'a> {
        self.subject.release()
    }

    /// An entry, its names alone where it is not whole.
    pub(super) fn entry(&mut self, entry: &Entry<PageId>, tlp: Tlp, whole: bool) -> Result<()> {
        let release = self.release();
        let told = whole.then_some(entry);
        let (date, earliest, latest) = cells(told.and_then(|it| it.when()).map(|it| When::of(&it)));
        let withdrawn = told.and_then(|it| it.withdrawn.as_ref());
        let summary = told.and_then(|it| it.summary.as_ref());
        let text = told.map(|it| body(release, &it.prose));
        let country = told.and_then(|it| it.country.as_ref());
        self.put(
            "INSERT INTO entries VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                entry.id,
                entry.kind.name(),
                entry.slug,
                entry.title,
                address::absolute(self.subject.config, &entry.route()),
                tlp.name(),
                entry.tlp.name(),
                whole,
                entry.draft,
                date,
                earliest,
                latest,
                told.and_then(|it| it.publish).map(|it| it.to_string()),
                told.and_then(|it| it.last_changed()).map(|it| it.to_string()),
                told.and_then(|it| it.lang.as_deref()),
                country.map(|it| release.page(it.value).id.as_str()),
                withdrawn.map(|it| it.date.to_string()),
                withdrawn.map(|it| sentence(release, &it.reason)),
                summary.map(|it| sentence(release, &it.value)),
                text.filter(|it| !it.is_empty()),
            ],
        )
    }

    /// What a source is; nothing of any other entry.
    pub(super) fn source(&mut self, entry: &Entry<PageId>) -> Result<()> {
        let Some(evidence) = entry.evidence() else {
            return Ok(());
        };
        let release = self.release();
        let publisher = entry.publisher.as_ref().map(|it| by(release, &it.value));
        let retracted = entry.retracted.as_ref();
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
        let outside = |url: &'_ Outside| url.as_str().to_owned();
        let reliability = grade.and_then(|it| it.reliability());
        let snapshot = snapshot.as_ref();
        self.put(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                entry.id,
                publisher.as_ref().map(|it| it.name),
                publisher.as_ref().and_then(|it| it.entry),
                url.as_ref().map(|it| outside(&it.value)),
                archived.as_ref().map(|it| outside(&it.value)),
                accessed.map(|it| it.to_string()),
                r#type,
                language,
                seen.map(|it| match it {
                    Seen::Full => "full",
                    Seen::Excerpt => "excerpt",
                    Seen::Reference => "reference",
                }),
                reliability.map(|it| it.to_string()),
                grade.map(|it| it.digit() - b'0'),
                snapshot.map(|it| it.sha256.value.as_str()),
                snapshot.and_then(|it| it.taken).map(|it| it.to_string()),
                retracted.map(|it| it.date.to_string()),
                retracted.map(|it| sentence(release, &it.reason)),
                marking::card(release, entry).name(),
            ],
        )
    }

    /// What an entry says.
    pub(super) fn said(&mut self, entry: &'a Entry<PageId>) -> Result<()> {
        let release = self.release();
        for (key, value, tlp) in details(entry) {
            let tlp = entry.tlp.max(tlp).name();
            let cells = params![entry.id, key, value, tlp];
            self.put("INSERT INTO details VALUES (NULL, ?, ?, ?, ?)", cells)?;
        }
        for (catalogue, id) in &entry.external_ids {
            let tlp = entry.tlp.max(id.tlp.unwrap_or_default()).name();
            let cells = params![entry.id, catalogue, id.value, tlp];
            self.put("INSERT INTO external_ids VALUES (NULL, ?, ?, ?, ?)", cells)?;
        }
        for change in &entry.changes {
            let named = change.what.styled();
            let tlp = entry.tlp.max(change.tlp.unwrap_or_default());
            let tlp = tlp.max(named.map_or(Tlp::Clear, |it| marking::text(release, it)));
            let what = sentence(release, &change.what);
            let day = change.date.to_string();
            let cells = params![entry.id, day, what, change.correction, tlp.name()];
            self.put("INSERT INTO changes VALUES (NULL, ?, ?, ?, ?, ?)", cells)?;
        }
        for said in statements(release, entry) {
            self.statement(entry, said)?;
        }
        for given in indicators::all(self.subject, entry) {
            self.indicator(entry, given)?;
        }
        let whole = marking::entry(release, entry);
        self.cite(entry, Of::Entry, &cited(release, &entry.sources), whole)?;
        let texts = entry.texts().flat_map(|(_, text)| &text.cites);
        let mut cites: Vec<Cited<'_>> = texts
            .flat_map(|it| cited(release, std::slice::from_ref(it)))
            .collect();
        cites.sort_by(|a, b| (a.source, a.at).cmp(&(b.source, b.at)));
        cites.dedup_by(|a, b| (a.source, a.at) == (b.source, b.at));
        self.cite(entry, Of::Text, &cites, whole)
    }

    fn statement(&mut self, entry: &Entry<PageId>, said: Said<'_>) -> Result<()> {
        let Said {
            statement,
            says,
            what,
            confidence,
            when,
            note,
            tlp,
            sources,
        } = said;
        let sort = what.name();
        let row = parts(what);
        // When a fact held is told where the fact is no date itself.
        let (date, earliest, latest) = cells(row.date.or(when));
        let (until, until_earliest, until_latest) = cells(row.until);
        let likely = |of: fn(Likely) -> u8| confidence.map(of);
        self.put(
            "INSERT INTO statements VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                entry.id,
                statement,
                sort,
                row.name,
                row.value,
                row.target,
                row.came_from,
                row.said_by,
                row.denied,
                row.one_of_several,
                row.chosen,
                row.low,
                row.high,
                row.currency,
                date,
                earliest,
                latest,
                until,
                until_earliest,
                until_latest,
                confidence.map(|it| it.words),
                likely(|it| it.low),
                likely(|it| it.high),
                likely(|it| it.stix),
                note,
                says,
                tlp,
            ],
        )?;
        let number = self.database.last_insert_rowid();
        let tlp = Tlp::from_name(tlp).unwrap_or(Tlp::Red);
        self.cite(entry, Of::Statement(number), &sources, tlp)
    }

    fn indicator(&mut self, entry: &Entry<PageId>, given: indicators::Given<'_>) -> Result<()> {
        let indicators::Given {
            indicator,
            file,
            note,
            sources,
            seen: indicators::Seen { first, last, .. },
            until,
            tlp,
        } = given;
        self.put(
            "INSERT INTO indicators VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                entry.id,
                indicator.kind.label(),
                indicator.value,
                indicator.defanged(),
                file.map(|it| it.value.as_str()),
                first.as_ref().map(|it| it.text.as_str()),
                first.as_ref().and_then(|it| it.earliest.as_deref()),
                last.as_ref().map(|it| it.text.as_str()),
                last.as_ref().and_then(|it| it.latest.as_deref()),
                until.map(|day| day.to_string()),
                Some(note).filter(|it| !it.is_empty()),
                tlp.name(),
            ],
        )?;
        let number = self.database.last_insert_rowid();
        for source in sources {
            self.citation(entry, Of::Indicator(number), (&source.id, None), tlp)?;
        }
        Ok(())
    }

    fn cite(&mut self, entry: &Entry<PageId>, of: Of, cites: &[Cited<'_>], tlp: Tlp) -> Result<()> {
        for cite in cites {
            self.citation(entry, of, (cite.source, cite.at), tlp)?;
        }
        Ok(())
    }

    /// A citation tells of what rests on the source, and of the source.
    fn citation(
        &mut self,
        entry: &Entry<PageId>,
        of: Of,
        (source, at): (&str, Option<&str>),
        tlp: Tlp,
    ) -> Result<()> {
        let (of, statement, indicator) = match of {
            Of::Statement(number) => ("statement", Some(number), None),
            Of::Indicator(number) => ("indicator", None, Some(number)),
            Of::Entry => ("entry", None, None),
            Of::Text => ("text", None, None),
        };
        let of_source = self.of_sources.get(source).copied().unwrap_or(Tlp::Red);
        let tlp = tlp.max(of_source).name();
        let cells = params![entry.id, of, statement, indicator, source, at, tlp];
        self.put(
            "INSERT INTO citations VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
            cells,
        )
    }

    fn put(&self, row: &str, cells: &[&dyn rusqlite::ToSql]) -> Result<()> {
        self.database.prepare_cached(row)?.execute(cells)?;
        Ok(())
    }
}

fn cells(when: Option<When>) -> Cells {
    when.map_or_else(Default::default, |it| {
        (Some(it.text), it.earliest, it.latest)
    })
}

/// The parts of a statement that not every sort has.
#[derive(Default)]
struct Parts<'a> {
    name: Option<&'a str>,
    value: Option<String>,
    target: Option<&'a str>,
    came_from: Option<&'a str>,
    said_by: Option<&'a str>,
    denied: Option<bool>,
    one_of_several: Option<bool>,
    chosen: Option<String>,
    low: Option<String>,
    high: Option<String>,
    currency: Option<&'a str>,
    date: Option<When>,
    until: Option<When>,
}

fn parts(what: Sort<'_>) -> Parts<'_> {
    match what {
        Sort::Fact {
            name,
            value,
            date,
            // The value says it in one.
            words: _,
            low,
            high,
            currency,
            one_of_several,
            chosen,
        } => Parts {
            name: Some(name),
            value: Some(value),
            one_of_several: Some(one_of_several),
            chosen,
            low,
            high,
            currency,
            date,
            ..Parts::default()
        },
        Sort::Judgement { text } => Parts {
            value: Some(text),
            ..Parts::default()
        },
        Sort::Legal { status, by } => Parts {
            name: Some(status),
            target: by.as_ref().and_then(|it| it.entry),
            said_by: by.map(|By { name, .. }| name),
            ..Parts::default()
        },
        Sort::Event { date, text, place } => Parts {
            value: Some(text),
            target: place,
            date: Some(date),
            ..Parts::default()
        },
        Sort::Relation {
            verb,
            target,
            denied,
            until,
            own,
            amount,
            low,
            high,
            currency,
            came_from,
        } => Parts {
            name: Some(verb),
            value: own.or(amount),
            low,
            high,
            currency,
            came_from,
            target: Some(target),
            denied: Some(denied),
            until,
            ..Parts::default()
        },
        Sort::Alias { name, by, overlap } => Parts {
            name: Some(overlap),
            value: Some(name.to_owned()),
            target: by.as_ref().and_then(|it| it.entry),
            said_by: by.map(|By { name, .. }| name),
            ..Parts::default()
        },
    }
}

type Detail<'a> = (&'static str, &'a str, Tlp);

/// What stands in lists, and what only some kinds have.
fn details(entry: &Entry<PageId>) -> Vec<Detail<'_>> {
    let mut found = list("authors", &entry.authors);
    found.extend(list("rights", &entry.rights));
    found.extend(list("tags", &entry.tags));
    let plain = |key, value| (key, value, Tlp::Clear);
    match &entry.details {
        Details::Campaign | Details::Page | Details::Source(_) => {}
        Details::Actor { sophistication } => found.extend(list("sophistication", sophistication)),
        Details::Incident { status } => {
            found.extend(status.map(|it| plain("status", it.word())));
        }
        Details::Malware {
            platforms,
            types,
            is_family,
        } => {
            found.extend(list("platforms", platforms));
            found.extend(list("types", types));
            let is_family = if *is_family { "true" } else { "false" };
            found.push(plain("is_family", is_family));
        }
        Details::Tool { platforms, types } => {
            found.extend(list("platforms", platforms));
            found.extend(list("types", types));
        }
        Details::Infrastructure { types } => found.extend(list("types", types)),
        Details::Technique { tactics } => found.extend(list("tactics", tactics)),
        Details::Vulnerability { cvss } => found.extend(list("cvss", cvss)),
        Details::Person { nationality } => found.extend(list("nationality", nationality)),
        Details::Organisation { r#type, sectors } => {
            found.extend(r#type.as_deref().map(|it| plain("type", it)));
            found.extend(sectors.iter().map(|it| plain("sector", it.word())));
        }
        Details::Place {
            r#type,
            code,
            lat,
            lon,
        } => {
            let of = [("type", r#type), ("code", code), ("lat", lat), ("lon", lon)];
            let of = of.into_iter();
            found.extend(of.filter_map(|(key, value)| Some(plain(key, value.as_deref()?))));
        }
        Details::Note { key } => {
            if *key {
                found.push(plain("key", "true"));
            }
        }
    }
    found
}

fn list<'a>(
    key: &'static str,
    values: impl IntoIterator<Item = &'a Marked<String>>,
) -> Vec<Detail<'a>> {
    let values = values.into_iter();
    let values = values.map(|it| (key, it.value.as_str(), it.tlp.unwrap_or_default()));
    values.collect()
}
