//! One entry passes the door: every part is let through or left behind.
//!
//! Every field is destructured, so that a new one fails to compile until it is decided.

use super::Door;
use super::passage::Passage;
use crate::diag::Diagnostic;
use crate::model::address::Outside;
use crate::model::indicator;
use crate::model::{
    Alias, Aliases, Cite, Details, Entry, EntryId, Intro, Legal, Located, Marked, Named, Notice,
    PageId, Prose,
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
        return withdrawn_entry(entry, notice, door, problems);
    }
    let mut at = Passage {
        door,
        path,
        problems,
    };
    Entry {
        kind: *kind,
        slug: slug.clone(),
        path: Arc::clone(path),
        id: id.clone(),
        title: title.clone(),
        summary: at.summary(summary.as_ref()),
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
        changes: passing(changes, |it| at.change(it)),
        withdrawn: None,
        redirect_from: redirect_from.clone(),
        external_ids: passing(external_ids, |it| door.sees(it.1.tlp).then(|| it.clone())),
        facts: passing(facts, |it| at.fact(it)),
        relations: passing(relations, |it| at.relation(it)),
        details: at.details(details),
        extra: extra.clone(),
        prose: at.prose(prose),
    }
}

/// A withdrawn entry keeps its title, its place and the notice; what it said is gone. Made anew of what
/// stays, so that nothing else can pass.
fn withdrawn_entry(
    entry: &Entry<EntryId>,
    notice: &Notice<EntryId>,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) -> Entry<PageId> {
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
    let mut at = Passage {
        door,
        path,
        problems,
    };
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
        withdrawn: Some(at.notice(notice)),
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
    let mut at = Passage {
        door,
        path,
        problems,
    };
    Intro {
        of: *of,
        path: Arc::clone(path),
        title: title.clone(),
        summary: at.summary(summary.as_ref()),
        tlp: *tlp,
        prose: at.prose(prose),
    }
}

/// What passes of a list, in a place of just its size: nearly all of it does, and a list that grows has
/// room for four where most hold one.
pub(super) fn passing<T, P>(all: &[T], pass: impl FnMut(&T) -> Option<P>) -> Vec<P> {
    let mut passed = Vec::with_capacity(all.len());
    passed.extend(all.iter().filter_map(pass));
    passed
}

/// A value with a marking of its own.
pub(super) fn one<T: Clone>(value: &Option<Marked<T>>, door: &Door) -> Option<Marked<T>> {
    value.as_ref().filter(|it| door.sees(it.tlp)).cloned()
}

/// What passes of several texts, each once: a text may stand there with a higher marking as well.
pub(super) fn texts(all: &[Marked<String>], door: &Door) -> Vec<Marked<String>> {
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
pub(super) fn statement(cites: &[Cite<EntryId>], door: &Door) -> Vec<Cite<PageId>> {
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

pub(super) fn named(named: &Named<EntryId>, door: &Door) -> Option<Named<PageId>> {
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

pub(super) fn legal(legal: &Legal<EntryId>, door: &Door) -> Option<Legal<PageId>> {
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

/// An address as it may be shown: defanged, and so no link, where it is an indicator.
pub(super) fn address(url: &Located<Outside>, door: &Door) -> Located<Outside> {
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
