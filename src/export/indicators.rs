//! The indicators of a release, live: what machines look for.
//!
//! Those of `ioc` fences, and the addresses by which infrastructure is called. Elsewhere they are shown defanged; here
//! they are meant for programs, which take them as they are.

use super::csv::defused;
use super::said::When;
use super::{Subject, marking};
use crate::model::{Entry, Indicator, PageId, Tlp, Value};
use crate::plan::address;
use csv::Writer;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// An indicator as an entry gives it.
pub(super) struct Given<'a> {
    pub(super) indicator: &'a Indicator,
    /// The file of which it is the hash.
    pub(super) file: Option<&'a Indicator>,
    pub(super) note: &'a str,
    /// The sources, by their ids.
    pub(super) sources: Vec<&'a str>,
    /// The highest of its own, of the marks around it and of its entry.
    pub(super) tlp: Tlp,
}

/// Those of the fences of an entry, in its order.
pub(super) fn of<'a>(
    subject: &Subject<'a>,
    entry: &'a Entry<PageId>,
) -> impl Iterator<Item = Given<'a>> + use<'a> {
    let release = subject.release();
    let prose = &entry.prose;
    let lines = prose.body.indicators.iter();
    let tlp = entry.tlp;
    lines.zip(marking::of_lines(prose)).map(move |(line, own)| {
        let cites = prose.cites.iter().skip(line.first as usize);
        let sources = cites.take(line.count as usize).filter_map(|it| it.source);
        Given {
            indicator: &line.indicator,
            file: line.file.as_ref(),
            note: &line.note,
            sources: sources.map(|it| release.page(it).id.as_str()).collect(),
            tlp: tlp.max(own),
        }
    })
}

const HEAD: [&str; 14] = [
    "type",
    "value",
    "defanged",
    "file",
    "first_seen",
    "first_seen_earliest",
    "last_seen",
    "last_seen_latest",
    "note",
    "entry",
    "title",
    "url",
    "sources",
    "tlp",
];

/// A row for each, by type and value, then by entry.
pub(super) fn as_csv(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let release = subject.release();
    let mut rows: BTreeSet<(Indicator, [String; 12])> = BTreeSet::new();
    for (_, entry) in subject.entries() {
        let url = address::absolute(subject.config, &entry.route());
        let mut add = |row: Given<'_>, seen: [String; 4]| {
            let [first, earliest, last, latest] = seen;
            let file = row.file.map_or("", |file| &file.value);
            let cells = [
                row.indicator.defanged(),
                file.to_owned(),
                first,
                earliest,
                last,
                latest,
                row.note.to_owned(),
                entry.id.clone(),
                entry.title.clone(),
                url.clone(),
                row.sources.join(" "),
                row.tlp.name().to_owned(),
            ];
            rows.insert((row.indicator.clone(), cells));
        };
        for row in of(subject, entry) {
            add(row, Default::default());
        }
        let names = entry.statements.aliases().filter_map(|alias| {
            let found = crate::model::addressed::address_of(entry.kind, &alias.what.name)?;
            let sources = alias.sources.iter().filter_map(|it| it.source);
            let sources = sources.map(|it| release.page(it).id.as_str()).collect();
            Some((
                found,
                sources,
                marking::statement(release, entry, alias.statement),
            ))
        });
        let title = entry.address().map(|it| (it, Vec::new(), entry.tlp));
        for (indicator, sources, tlp) in title.into_iter().chain(names) {
            // What is called by an address was seen when the address was.
            let (seen, of_seen) = seen(entry);
            let row = Given {
                indicator: &indicator,
                file: None,
                note: "",
                sources,
                tlp: tlp.max(of_seen),
            };
            add(row, seen);
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
fn seen(entry: &Entry<PageId>) -> ([String; 4], Tlp) {
    let fact = |name: &str| {
        let leading = entry.statements.fact(name)?.leading()?;
        match &leading.what.value {
            Value::Date(date) => Some((When::of(date), leading.tlp.unwrap_or_default())),
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
    let (first, last) = (first.map(|it| it.0), last.map(|it| it.0));
    let text = |it: &Option<When>| it.as_ref().map_or_else(String::new, |it| it.text.clone());
    let texts = (text(&first), text(&last));
    let earliest = first.and_then(|it| it.earliest).unwrap_or_default();
    let latest = last.and_then(|it| it.latest).unwrap_or_default();
    ([texts.0, earliest, texts.1, latest], tlp)
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
        let listed = of(subject, entry).map(|it| (it.indicator.clone(), it.tlp));
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
