//! The indicators of a release, live: what machines look for.
//!
//! Those of `ioc` fences, and the addresses by which infrastructure is called. Elsewhere they are shown defanged; here
//! they are meant for programs, which take them as they are. What forms of others make of them have modules of their own.

mod hosts;

mod known;

mod lists;

mod patterns;

mod suricata;

pub(super) use hosts::write as as_hosts;
pub(super) use lists::{files as as_lists, has_file as is_list};
pub(super) use patterns::write as as_patterns;
pub(super) use suricata::write as as_suricata;

use super::csv::defused;
use super::said::When;
use super::{Subject, marking};
use crate::config::Config;
use crate::model::{Day, Entry, Indicator, PageId, Tlp, Value};
use crate::plan::address;
use csv::Writer;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// An indicator as an entry gives it.
pub(super) struct Given<'a> {
    pub(super) indicator: Cow<'a, Indicator>,
    /// The file of which it is the hash.
    pub(super) file: Option<&'a Indicator>,
    pub(super) note: &'a str,
    /// The sources.
    pub(super) sources: Vec<&'a Entry<PageId>>,
    /// When it was seen, where that is said.
    pub(super) seen: Seen,
    /// The last day on which it is to be looked for, where that is known.
    pub(super) until: Option<Day>,
    /// The highest of its own, of the marks around it, of its entry, and of what its last day is told by.
    pub(super) tlp: Tlp,
}

impl Given<'_> {
    /// The sources by their ids.
    pub(super) fn source_ids(&self) -> Vec<&str> {
        self.sources.iter().map(|it| it.id.as_str()).collect()
    }
}

/// When something was seen first and last.
#[derive(Default, Clone)]
pub(super) struct Seen {
    pub(super) first: Option<When>,
    pub(super) last: Option<When>,
    /// The last day that the last may mean.
    day: Option<Day>,
}

/// The last day on which an indicator is to be looked for, and the marking of what tells it: the day that stands behind it,
/// else so many days after it was seen last, or after the newest of its sources, as the settings say. Never by the clock.
pub(super) fn until(
    config: &Config,
    said: Option<Day>,
    seen: Option<Day>,
    sources: &[&Entry<PageId>],
) -> (Option<Day>, Tlp) {
    let Some(days) = config.exports.indicators_expire.filter(|_| said.is_none()) else {
        return (said, Tlp::Clear);
    };
    let after = |day: Day| {
        day.checked_add(jiff::Span::new().days(i64::from(days)))
            .ok()
    };
    if seen.is_some() {
        return (seen.and_then(after), Tlp::Clear);
    }
    let dated = sources
        .iter()
        .filter_map(|it| Some((it.date?.latest()?, it.tlp)));
    let newest = dated.clone().map(|it| it.0).max();
    let tlp = dated.map(|it| it.1).max().unwrap_or_default();
    (newest.and_then(after), tlp)
}

/// Those of the fences of an entry, in its order.
pub(super) fn of<'a>(
    subject: &Subject<'a>,
    entry: &'a Entry<PageId>,
) -> impl Iterator<Item = Given<'a>> + use<'a> {
    let (release, config) = (subject.release(), subject.config);
    let prose = &entry.prose;
    let lines = prose.body.indicators.iter();
    let tlp = entry.tlp;
    lines.zip(marking::of_lines(prose)).map(move |(line, own)| {
        let cites = prose.cites.iter().skip(line.first as usize);
        let sources = cites.take(line.count as usize).filter_map(|it| it.source);
        let sources: Vec<_> = sources.map(|it| release.page(it)).collect();
        let (until, of_until) = until(config, line.until, None, &sources);
        Given {
            indicator: Cow::Borrowed(&line.indicator),
            file: line.file.as_ref(),
            note: &line.note,
            sources,
            seen: Seen::default(),
            until,
            tlp: tlp.max(own).max(of_until),
        }
    })
}

/// Those of the fences of an entry, and the addresses by which it is called.
pub(super) fn all<'a>(
    subject: &Subject<'a>,
    entry: &'a Entry<PageId>,
) -> impl Iterator<Item = Given<'a>> + use<'a> {
    let (release, config) = (subject.release(), subject.config);
    let names = entry.statements.aliases().filter_map(move |alias| {
        let found = crate::model::addressed::address_of(entry.kind, &alias.what.name)?;
        let sources = alias.sources.iter().filter_map(|it| it.source);
        let sources = sources.map(|it| release.page(it)).collect();
        let tlp = marking::statement(release, entry, alias.statement);
        Some((found, sources, tlp))
    });
    let title = entry.address().map(|it| (it, Vec::new(), entry.tlp));
    let named = title.into_iter().chain(names);
    let named = named.map(move |(indicator, sources, tlp)| {
        // What is called by an address was seen when the address was.
        let (seen, of_seen) = seen(entry);
        let sources: Vec<_> = sources;
        let (until, of_until) = until(config, None, seen.day, &sources);
        Given {
            indicator: Cow::Owned(indicator),
            file: None,
            note: "",
            sources,
            seen,
            until,
            tlp: tlp.max(of_seen).max(of_until),
        }
    });
    of(subject, entry).chain(named)
}

const HEAD: [&str; 15] = [
    "type",
    "value",
    "defanged",
    "file",
    "first_seen",
    "first_seen_earliest",
    "last_seen",
    "last_seen_latest",
    "until",
    "note",
    "entry",
    "title",
    "url",
    "sources",
    "tlp",
];

/// A row for each, by type and value, then by entry.
pub(super) fn as_csv(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rows: BTreeSet<(Indicator, [String; 13])> = BTreeSet::new();
    for (_, entry) in subject.entries() {
        let url = address::absolute(subject.config, &entry.route());
        for row in all(subject, entry) {
            let sources = row.source_ids().join(" ");
            let [first, earliest, last, latest] = cells_of(row.seen);
            let cells = [
                row.indicator.defanged(),
                row.file.map_or_else(String::new, |file| file.value.clone()),
                first,
                earliest,
                last,
                latest,
                row.until.map_or_else(String::new, |day| day.to_string()),
                row.note.to_owned(),
                entry.id.clone(),
                entry.title.clone(),
                url.clone(),
                sources,
                row.tlp.name().to_owned(),
            ];
            rows.insert((row.indicator.into_owned(), cells));
        }
    }
    let mut table = Writer::from_writer(out);
    table.write_record(HEAD)?;
    for (Indicator { kind, value }, cells) in &rows {
        let head = [kind.label(), value.as_str()].into_iter();
        let cells = head.chain(cells.iter().map(String::as_str));
        table.write_record(cells.map(defused))?;
    }
    table.flush()
}

/// When an entry was seen first and last, as it says, and the marking of that.
fn seen(entry: &Entry<PageId>) -> (Seen, Tlp) {
    let fact = |name: &str| {
        let leading = entry.statements.fact(name)?.leading()?;
        match &leading.what.value {
            Value::Date(date) => Some((*date, leading.tlp.unwrap_or_default())),
            Value::Text(_)
            | Value::List(_)
            | Value::Money(_)
            | Value::Count(_)
            | Value::Reliability(_) => None,
        }
    };
    let (first, last) = (fact("first_seen"), fact("last_seen"));
    let tlp = [&first, &last].into_iter().flatten().map(|it| it.1);
    let tlp = tlp.max().unwrap_or_default();
    let seen = Seen {
        first: first.map(|it| When::of(&it.0)),
        last: last.map(|it| When::of(&it.0)),
        day: last.and_then(|it| it.0.latest()),
    };
    (seen, tlp)
}

/// The same as cells: what is said, and the first day that the beginning and the last that the end may mean.
fn cells_of(
    Seen {
        first,
        last,
        day: _,
    }: Seen,
) -> [String; 4] {
    let text = |it: &Option<When>| it.as_ref().map_or_else(String::new, |it| it.text.clone());
    let texts = (text(&first), text(&last));
    let earliest = first.and_then(|it| it.earliest).unwrap_or_default();
    let latest = last.and_then(|it| it.latest).unwrap_or_default();
    [texts.0, earliest, texts.1, latest]
}

/// Nothing but the values, each once, under the name of their type.
pub(super) fn as_text(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut by_type: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let mut tlp = Tlp::Clear;
    for (_, entry) in subject.entries() {
        let aliases = entry.statements.aliases();
        let names = aliases.map(|it| {
            let own = entry.tlp.max(it.tlp.unwrap_or_default());
            (it.what.name.as_str(), own)
        });
        let names = names.chain([(entry.title.as_str(), entry.tlp)]);
        let named = names.filter_map(|(name, tlp)| {
            let found = crate::model::addressed::address_of(entry.kind, name)?;
            Some((found, tlp))
        });
        let listed = of(subject, entry).map(|it| (it.indicator.into_owned(), it.tlp));
        for (Indicator { kind, value }, own) in listed.chain(named.collect::<Vec<_>>()) {
            tlp = tlp.max(own);
            by_type.entry(kind).or_default().insert(value);
        }
    }
    writeln!(out, "# {}", tlp.label())?;
    for (kind, values) in by_type {
        writeln!(out, "\n# {}", kind.label())?;
        for value in values {
            // One that holds a line break would be two.
            writeln!(out, "{}", value.replace(['\n', '\r'], " "))?;
        }
    }
    Ok(())
}
