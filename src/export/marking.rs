//! The marking of what is exported: the highest of what it shows.
//!
//! Takes a statement, an entry or a whole export; gives its marking. Of a statement that is the highest of its own,
//! its entry's and those of the entries that it names (docs/write/markings.md); its sources bear their own beside
//! them.

use super::Subject;
use super::pages::Pages;
use crate::model::body::{Event, Tag, Target};
use crate::model::{
    Alias, Cite, Details, Entry, Evidence, Head, Legal, Marked, Named, PageId, Prose, Relation,
    Statement, Tlp, What,
};

fn highest(markings: impl IntoIterator<Item = Tlp>) -> Tlp {
    markings.into_iter().max().unwrap_or_default()
}

fn marked<'a, T: 'a>(values: impl IntoIterator<Item = &'a Marked<T>>) -> Tlp {
    highest(values.into_iter().filter_map(|value| value.tlp))
}

fn named(release: Pages<'_>, named: Option<&Named<PageId>>) -> Tlp {
    match named {
        Some(Named::Entry(id)) => release.called(*id).tlp,
        Some(Named::Text(_)) | None => Tlp::Clear,
    }
}

fn cited(release: Pages<'_>, cites: &[Cite<PageId>]) -> Tlp {
    let sources = cites.iter().filter_map(|cite| cite.source);
    highest(sources.map(|source| release.called(source).tlp))
}

/// A statement of an entry, without its sources.
pub(super) fn statement(
    release: Pages<'_>,
    entry: &Entry<PageId>,
    statement: &Statement<PageId>,
) -> Tlp {
    let own = entry.tlp.max(statement.tlp.unwrap_or_default());
    own.max(match &statement.what {
        What::Fact(_) | What::Judgement(_) => Tlp::Clear,
        What::Event(event) => event.place.map_or(Tlp::Clear, |it| release.called(it).tlp),
        What::Legal(Legal { by, .. }) | What::Alias(Alias { by, .. }) => {
            named(release, by.as_ref())
        }
        What::Relation(Relation { target, .. }) => {
            let ends = [Some(*target), statement.came_from()].into_iter().flatten();
            highest(ends.map(|end| release.called(end).tlp))
        }
    })
    .max(sentences(release, statement))
}

/// Whom the sentences of a statement name.
fn sentences(release: Pages<'_>, statement: &Statement<PageId>) -> Tlp {
    let parts = crate::model::Part::ALL.into_iter();
    let parts = parts.filter_map(|part| statement.part(part)?.styled());
    highest(parts.map(|prose| names(release, prose)))
}

fn names(release: Pages<'_>, prose: &Prose<PageId>) -> Tlp {
    highest(prose.targets.iter().map(|target| match target {
        Target::Entry(id, _) => release.called(*id).tlp,
        Target::Home
        | Target::Index(_)
        | Target::Own(_)
        | Target::File(_)
        | Target::External(_)
        | Target::Defanged(_)
        | Target::Withheld
        | Target::Broken => Tlp::Clear,
    }))
}

/// All that an entry says, sources and the names of others included.
pub(super) fn entry(release: Pages<'_>, entry: &Entry<PageId>) -> Tlp {
    let Entry {
        head,
        summary,
        statements,
        sources,
        changes,
        // Their words are among the texts.
        withdrawn: _,
        retracted: _,
        prose: _,
        publisher,
        country,
    } = entry;
    let said = statements.iter().map(|it| {
        let of_sources = cited(release, &it.sources);
        statement(release, entry, it).max(of_sources)
    });
    let texts = entry.texts().map(|(_, prose)| text(release, prose));
    highest(said)
        .max(self::head(head))
        .max(highest(texts))
        .max(marked(summary))
        .max(highest(changes.iter().filter_map(|it| it.tlp)))
        .max(cited(release, sources))
        .max(named(release, publisher.as_ref().map(|it| &it.value)))
        .max(
            country
                .as_ref()
                .map_or(Tlp::Clear, |it| release.called(it.value).tlp),
        )
}

fn head(head: &Head) -> Tlp {
    let Head {
        tlp,
        tags,
        authors,
        rights,
        external_ids,
        details,
        ..
    } = head;
    (*tlp)
        .max(marked(tags))
        .max(marked(authors))
        .max(marked(rights))
        .max(marked(external_ids.iter().map(|(_, id)| id)))
        .max(self::details(details))
}

fn details(details: &Details) -> Tlp {
    match details {
        Details::Person { nationality: it }
        | Details::Actor { sophistication: it }
        | Details::Vulnerability { cvss: it } => marked(it),
        Details::Malware {
            platforms, types, ..
        }
        | Details::Tool { platforms, types } => marked(platforms).max(marked(types)),
        Details::Technique { tactics: it } | Details::Infrastructure { types: it } => marked(it),
        Details::Source(evidence) => {
            let Evidence { lent, .. } = &**evidence;
            lent.unwrap_or_default()
        }
        Details::Campaign
        | Details::Page
        | Details::Incident { .. }
        | Details::Organisation { .. }
        | Details::Place { .. }
        | Details::Note { .. } => Tlp::Clear,
    }
}

/// The parts of a text, whom it names and what it cites.
pub(super) fn text(release: Pages<'_>, prose: &Prose<PageId>) -> Tlp {
    let marks = prose.body.marks.iter().map(|mark| mark.tlp);
    let lines = prose.body.indicators.iter().filter_map(|line| line.tlp);
    highest(marks.chain(lines))
        .max(names(release, prose))
        .max(cited(release, &prose.cites))
}

/// For each line of the indicators of a text the highest of the marks around it and its own.
pub(super) fn of_lines(prose: &Prose<PageId>) -> Vec<Tlp> {
    let body = &prose.body;
    let mut lines: Vec<Tlp> = { body.indicators.iter() }
        .map(|line| line.tlp.unwrap_or_default())
        .collect();
    let mut around: Vec<Tlp> = Vec::new();
    for event in &body.events {
        match *event {
            Event::Start(Tag::Marked(at)) => {
                let mark = body.marks.get(at as usize);
                around.push(mark.map_or(Tlp::Red, |mark| mark.tlp));
            }
            Event::End(Tag::Marked(_)) => drop(around.pop()),
            Event::Indicators { first, count } => {
                let mark = highest(around.iter().copied());
                let these = lines.iter_mut().skip(first as usize).take(count as usize);
                these.for_each(|tlp| *tlp = (*tlp).max(mark));
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::Cite { .. }
            | Event::FootnoteRef(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::Task(_) => {}
        }
    }
    lines
}

/// All that is exported.
pub(super) fn whole(subject: &Subject<'_>) -> Tlp {
    let release = subject.release();
    highest(subject.entries().map(|(_, it)| entry(release, it)))
}

/// What a graph shows of an entry: its name, its summary, when it was.
pub(super) fn node(release: Pages<'_>, entry: &Entry<PageId>) -> Tlp {
    let leading = |name: &str| entry.statements.fact(name)?.leading()?.tlp;
    let dates = ["dates", "first_seen"].into_iter().filter_map(leading);
    let summary = entry.summary.as_ref();
    let names = summary.and_then(|it| it.value.styled());
    highest(dates)
        .max(entry.tlp)
        .max(marked(summary))
        .max(names.map_or(Tlp::Clear, |it| text(release, it)))
}

/// What an entry is, without what it says: its names, and of a source what kind of source it is.
#[cfg(feature = "sqlite")]
pub(super) fn card(release: Pages<'_>, entry: &Entry<PageId>) -> Tlp {
    let retracted = entry.retracted.as_ref();
    let retracted = retracted.and_then(|it| it.reason.styled());
    (entry.tlp)
        .max(details(&entry.details))
        .max(named(release, entry.publisher.as_ref().map(|it| &it.value)))
        .max(retracted.map_or(Tlp::Clear, |it| text(release, it)))
}
