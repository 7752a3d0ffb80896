//! One entry passes the door: every part is let through or left behind.
//!
//! Every field is destructured, so that a new one fails to compile until it is decided.

use super::{Door, prose};
use crate::diag::Diagnostic;
use crate::model::address::Outside;
use crate::model::indicator;
use crate::model::{
    Alias, Aliases, Cite, Details, Entry, EntryId, Event, Evidence, Fact, Intro, Judgement, Legal,
    Located, Marked, Named, Notice, PageId, Prose, Relation, Version,
};
use std::sync::Arc;

/// The released form of an entry that [`Door::admits`].
pub(super) fn release(
    entry: &Entry<EntryId>,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) -> Entry<PageId> {
    let Entry {
        kind,
        slug,
        path,
        id,
        title,
        summary,
        aliases,
        date,
        tags,
        tlp,
        sources,
        authors,
        lang,
        draft,
        publish,
        updated,
        changes,
        withdrawn,
        redirect_from,
        external_ids,
        facts,
        relations,
        details,
        extra,
        prose,
    } = entry;
    if let Some(notice) = withdrawn {
        return withdrawn_entry(entry, notice);
    }
    let changes = passing(changes, |it| door.sees(it.tlp).then(|| it.clone()));
    Entry {
        kind: *kind,
        slug: slug.clone(),
        path: Arc::clone(path),
        id: id.clone(),
        title: title.clone(),
        summary: one(summary, door),
        aliases: passing(aliases, |it| alias(it, door)).into(),
        date: *date,
        tags: texts(tags, door),
        tlp: *tlp,
        sources: statement(sources, door),
        authors: texts(authors, door),
        lang: lang.clone(),
        draft: *draft,
        publish: *publish,
        updated: *updated,
        changes,
        withdrawn: None,
        redirect_from: redirect_from.clone(),
        external_ids: passing(external_ids, |it| door.sees(it.1.tlp).then(|| it.clone())),
        facts: passing(facts, |it| fact(it, door)),
        relations: passing(relations, |it| relation(it, door)),
        details: self::details(details, door),
        extra: extra.clone(),
        prose: prose::release(prose, path, door, problems),
    }
}

/// A withdrawn entry keeps its title, its place and the notice; what it said is gone. Made anew of what
/// stays, so that nothing else can pass.
fn withdrawn_entry(entry: &Entry<EntryId>, notice: &Notice) -> Entry<PageId> {
    let Entry {
        kind,
        slug,
        path,
        // What feeds know it by.
        id,
        title,
        tlp,
        // The language of the title.
        lang,
        draft,
        // Former addresses lead to the notice too.
        redirect_from,
        withdrawn: _,
        summary: _,
        aliases: _,
        date: _,
        tags: _,
        sources: _,
        authors: _,
        publish: _,
        updated: _,
        changes: _,
        external_ids: _,
        facts: _,
        relations: _,
        details: _,
        extra: _,
        prose: _,
    } = entry;
    Entry {
        kind: *kind,
        slug: slug.clone(),
        path: Arc::clone(path),
        id: id.clone(),
        title: title.clone(),
        tlp: *tlp,
        lang: lang.clone(),
        draft: *draft,
        redirect_from: redirect_from.clone(),
        withdrawn: Some(notice.clone()),
        summary: None,
        aliases: Aliases::default(),
        date: None,
        tags: Vec::new(),
        sources: Vec::new(),
        authors: Vec::new(),
        publish: None,
        updated: None,
        changes: Vec::new(),
        external_ids: Vec::new(),
        facts: Vec::new(),
        relations: Vec::new(),
        details: Details::blank(*kind),
        extra: None,
        prose: Prose::none(),
    }
}

/// The released text of an index page.
pub(super) fn release_intro(
    intro: &Intro<EntryId>,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) -> Intro<PageId> {
    let Intro {
        of,
        path,
        title,
        summary,
        tlp,
        prose,
    } = intro;
    Intro {
        of: *of,
        path: Arc::clone(path),
        title: title.clone(),
        summary: one(summary, door),
        tlp: *tlp,
        prose: prose::release(prose, path, door, problems),
    }
}

/// What passes of a list, in a place of just its size: nearly all of it does, and a list that grows has
/// room for four where most hold one.
fn passing<T, P>(all: &[T], pass: impl FnMut(&T) -> Option<P>) -> Vec<P> {
    let mut passed = Vec::with_capacity(all.len());
    passed.extend(all.iter().filter_map(pass));
    passed
}

/// A value with a marking of its own.
fn one<T: Clone>(value: &Option<Marked<T>>, door: &Door) -> Option<Marked<T>> {
    value.as_ref().filter(|it| door.sees(it.tlp)).cloned()
}

/// What passes of several texts, each once: a text may stand there with a higher marking as well.
fn texts(all: &[Marked<String>], door: &Door) -> Vec<Marked<String>> {
    let mut passed: Vec<Marked<String>> = Vec::with_capacity(all.len());
    for it in all.iter().filter(|it| door.sees(it.tlp)) {
        match passed.iter_mut().find(|known| known.value == it.value) {
            Some(known) => known.tlp = known.tlp.min(it.tlp),
            None => passed.push(it.clone()),
        }
    }
    passed
}

pub(super) fn cites(cites: &[Cite<EntryId>], door: &Door) -> Vec<Cite<PageId>> {
    cites.iter().map(|it| cite(it, door)).collect()
}

/// The citations of one statement. However many of the sources are withheld, one withheld citation is left.
fn statement(cites: &[Cite<EntryId>], door: &Door) -> Vec<Cite<PageId>> {
    let mut passed = self::cites(cites, door);
    let mut withheld = passed.iter().filter(|it| it.source.is_none()).cloned();
    if let Some(one) = withheld.next() {
        passed.retain(|it| it.source.is_some());
        passed.push(one);
    }
    passed
}

/// A citation of a withheld source stays as a citation of something withheld; where in it, is gone.
pub(super) fn cite(cite: &Cite<EntryId>, door: &Door) -> Cite<PageId> {
    let Cite { source, at, span } = cite;
    let source = source.and_then(|source| door.page(source));
    Cite {
        at: at.clone().filter(|_| source.is_some()),
        source,
        span: *span,
    }
}

fn named(named: &Named<EntryId>, door: &Door) -> Option<Named<PageId>> {
    match named {
        Named::Text(text) => Some(Named::Text(text.clone())),
        Named::Entry(id) => door.page(*id).map(Named::Entry),
    }
}

fn alias(alias: &Alias<EntryId>, door: &Door) -> Option<Alias<PageId>> {
    let Alias {
        name,
        by,
        overlap,
        sources,
        tlp,
        span,
    } = alias;
    door.sees(*tlp).then(|| Alias {
        name: name.clone(),
        by: by.as_ref().and_then(|by| named(by, door)),
        overlap: *overlap,
        sources: statement(sources, door),
        tlp: *tlp,
        span: *span,
    })
}

/// A fact of which the chosen value is withheld shows the others with none chosen.
fn fact(fact: &Fact<EntryId>, door: &Door) -> Option<Fact<PageId>> {
    let Fact {
        name,
        versions,
        span,
    } = fact;
    let versions = passing(versions, |it| version(it, door));
    (!versions.is_empty()).then(|| Fact {
        name: name.clone(),
        versions,
        span: *span,
    })
}

fn version(version: &Version<EntryId>, door: &Door) -> Option<Version<PageId>> {
    let Version {
        value,
        sources,
        tlp,
        note,
        as_of,
        chosen,
        span,
    } = version;
    door.sees(*tlp).then(|| Version {
        value: value.clone(),
        sources: statement(sources, door),
        tlp: *tlp,
        note: note.clone(),
        as_of: *as_of,
        chosen: chosen.clone(),
        span: *span,
    })
}

fn relation(relation: &Relation<EntryId>, door: &Door) -> Option<Relation<PageId>> {
    let Relation {
        verb,
        target,
        confidence,
        sources,
        start,
        end,
        denied,
        tlp,
        note,
        span,
    } = relation;
    if !door.sees(*tlp) {
        return None;
    }
    Some(Relation {
        verb: *verb,
        target: door.page(*target)?,
        confidence: *confidence,
        sources: statement(sources, door),
        start: *start,
        end: *end,
        denied: *denied,
        tlp: *tlp,
        note: note.clone(),
        span: *span,
    })
}

fn details(details: &Details<EntryId>, door: &Door) -> Details<PageId> {
    match details {
        Details::Actor { sophistication } => Details::Actor {
            sophistication: one(sophistication, door),
        },
        Details::Campaign => Details::Campaign,
        Details::Incident { status, events } => Details::Incident {
            status: *status,
            events: passing(events, |it| event(it, door)),
        },
        Details::Malware {
            platforms,
            types,
            is_family,
        } => Details::Malware {
            platforms: texts(platforms, door),
            types: texts(types, door),
            is_family: *is_family,
        },
        Details::Tool { platforms, types } => Details::Tool {
            platforms: texts(platforms, door),
            types: texts(types, door),
        },
        Details::Technique { tactics } => Details::Technique {
            tactics: texts(tactics, door),
        },
        Details::Vulnerability { cvss } => Details::Vulnerability {
            cvss: one(cvss, door),
        },
        Details::Person { nationality, legal } => Details::Person {
            nationality: one(nationality, door),
            legal: passing(legal, |it| self::legal(it, door)),
        },
        Details::Organisation { r#type, country } => Details::Organisation {
            r#type: r#type.clone(),
            country: country.as_ref().and_then(|country| {
                Some(Located {
                    value: door.page(country.value)?,
                    span: country.span,
                })
            }),
        },
        Details::Place {
            r#type,
            code,
            lat,
            lon,
        } => Details::Place {
            r#type: r#type.clone(),
            code: code.clone(),
            lat: lat.clone(),
            lon: lon.clone(),
        },
        Details::Note { judgements, key } => Details::Note {
            judgements: passing(judgements, |it| judgement(it, door)),
            key: *key,
        },
        Details::Source(evidence) => Details::Source(Box::new(self::evidence(evidence, door))),
    }
}

fn event(event: &Event<EntryId>, door: &Door) -> Option<Event<PageId>> {
    let Event {
        date,
        what,
        place,
        sources,
        tlp,
        span,
    } = event;
    door.sees(*tlp).then(|| Event {
        date: *date,
        what: what.clone(),
        place: place.and_then(|place| door.page(place)),
        sources: statement(sources, door),
        tlp: *tlp,
        span: *span,
    })
}

fn legal(legal: &Legal<EntryId>, door: &Door) -> Option<Legal<PageId>> {
    let Legal {
        status,
        date,
        by,
        sources,
        tlp,
        span,
    } = legal;
    door.sees(*tlp).then(|| Legal {
        status: *status,
        date: *date,
        by: by.as_ref().and_then(|by| named(by, door)),
        sources: statement(sources, door),
        tlp: *tlp,
        span: *span,
    })
}

fn judgement(judgement: &Judgement<EntryId>, door: &Door) -> Option<Judgement<PageId>> {
    let Judgement {
        text,
        confidence,
        sources,
        tlp,
        span,
    } = judgement;
    door.sees(*tlp).then(|| Judgement {
        text: text.clone(),
        confidence: *confidence,
        sources: statement(sources, door),
        tlp: *tlp,
        span: *span,
    })
}

fn evidence(evidence: &Evidence<EntryId>, door: &Door) -> Evidence<PageId> {
    let Evidence {
        publisher,
        accessed,
        url,
        archived,
        grade,
        r#type,
        seen,
        language,
        snapshot,
        retracted,
    } = evidence;
    Evidence {
        publisher: publisher.as_ref().map(|publisher| Located {
            value: named(&publisher.value, door)
                .unwrap_or_else(|| Named::Text("withheld".to_owned())),
            span: publisher.span,
        }),
        accessed: *accessed,
        url: url.as_ref().map(|url| address(url, door)),
        archived: archived.as_ref().map(|url| address(url, door)),
        grade: *grade,
        r#type: r#type.clone(),
        seen: *seen,
        language: language.clone(),
        snapshot: snapshot.clone(),
        retracted: retracted.clone(),
    }
}

/// An address as it may be shown: defanged, and so no link, where it is an indicator.
fn address(url: &Located<Outside>, door: &Door) -> Located<Outside> {
    let value = match &url.value {
        Outside::Live(address) if indicator::is_among(address, &door.indicators) => {
            Outside::Defanged(indicator::defang(address))
        }
        Outside::Live(_) | Outside::Defanged(_) => url.value.clone(),
    };
    Located {
        value,
        span: url.span,
    }
}
