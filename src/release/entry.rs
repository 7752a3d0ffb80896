//! One entry passes the door: as it is without what is withheld, or as a notice that it was withdrawn.

use super::Door;
use super::passage::Passage;
use crate::diag::Diagnostic;
use crate::model::{Details, Entry, EntryId, Head, Intro, PageId};
use std::sync::Arc;

/// The released form of an entry that [`Door::admits`].
pub(super) fn release(
    entry: &Entry<EntryId>,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) -> Entry<PageId> {
    let mut at = Passage {
        door,
        path: &entry.path,
        problems,
    };
    let Some(notice) = &entry.withdrawn else {
        let mut page = entry.pass(&mut at);
        door.lend(entry, &mut page);
        return page;
    };
    let withdrawn = Some(notice.pass(&mut at));
    Entry {
        withdrawn,
        ..Entry::bare(withdrawn_head(&entry.head))
    }
}

/// What stays of an entry that is taken back: its title, its place, and the notice. What it said is gone.
fn withdrawn_head(head: &Head) -> Head {
    let Head {
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
        date: _,
        tags: _,
        authors: _,
        rights: _,
        publish: _,
        updated: _,
        external_ids: _,
        details: _,
        extra: _,
    } = head;
    Head {
        kind: *kind,
        slug: slug.clone(),
        path: Arc::clone(path),
        id: id.clone(),
        title: title.clone(),
        tlp: *tlp,
        lang: lang.clone(),
        draft: *draft,
        redirect_from: redirect_from.clone(),
        date: None,
        tags: Vec::new(),
        authors: Vec::new(),
        rights: Vec::new(),
        publish: None,
        updated: None,
        external_ids: Vec::new(),
        details: Details::blank(*kind),
        extra: None,
    }
}

/// The released text of an index page.
pub(super) fn release_intro(
    intro: &Intro<EntryId>,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) -> Intro<PageId> {
    intro.pass(&mut Passage {
        door,
        path: &intro.path,
        problems,
    })
}
