//! What tells whether a page is the same, and if not, what of it differs.
//!
//! Takes a [`View`] and the identity of the theme; gives a short list of named hashes. With the same list
//! the page is the same: a view is all that a page shows, and the theme all that it is shown by. Makes no
//! bytes of the page.

use super::shape::EntryView;
use super::{Content, View};
use crate::text::hash_of;
use serde::{Deserialize, Serialize};

/// How many parts there are.
const COUNT: usize = PARTS.len();

/// The parts of a page, as they are called when it is said why a page was made again.
const PARTS: [&str; 21] = [
    "templates, navigation or settings",
    "title or marking",
    "head of the entry",
    "infobox",
    "contents",
    "text",
    "figures",
    "events",
    "judgements",
    "legal status",
    "timeline",
    "connections",
    "names",
    "references",
    "mentions",
    "record or what rests on it",
    "changes",
    "tags",
    "what came before and after",
    "extra",
    "list",
];

/// The identity of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of all parts.
    pub whole: u64,
    /// Of each part, shortened: enough to tell which differ.
    parts: [u32; COUNT],
}

impl Fingerprint {
    /// Whether two pages were made by the same templates, navigation and settings.
    #[must_use]
    pub fn same_theme(&self, other: &Fingerprint) -> bool {
        self.parts.first() == other.parts.first()
    }

    /// The identity of what the page shows, whatever templates show it.
    #[must_use]
    pub fn shows(&self) -> u64 {
        hash_of(&self.parts.get(1..))
    }

    /// The names of the parts in which two pages differ.
    #[must_use]
    pub fn differences(&self, other: &Fingerprint) -> Vec<&'static str> {
        let parts = self.parts.iter().zip(&other.parts).zip(PARTS);
        parts
            .filter(|((now, was), _)| now != was)
            .map(|(_, name)| name)
            .collect()
    }
}

impl View<'_> {
    /// The identity of the page, where `theme` is that of the templates and of the global `site`.
    #[must_use]
    pub fn fingerprint(&self, theme: u64) -> Fingerprint {
        let View {
            template,
            page,
            root,
            language,
            content,
            source: _,
        } = self;
        let mut hashes = [0; COUNT];
        hashes[0] = theme;
        hashes[1] = hash_of(&(template, page, root, language));
        match content {
            Content::Entry(entry) => parts(entry, &mut hashes),
            other => hashes[COUNT - 1] = hash_of(other),
        }
        Fingerprint {
            whole: hash_of(&hashes),
            parts: hashes.map(|hash| u32::try_from(hash >> 32).unwrap_or(0)),
        }
    }
}

fn parts(entry: &EntryView<'_>, hashes: &mut [u64; COUNT]) {
    let EntryView {
        metadata,
        card,
        index_path,
        subtype,
        also,
        changed,
        changed_datetime,
        authors,
        summary,
        summary_tlp,
        sourcing,
        draft,
        withdrawn,
        infobox,
        contents,
        lead,
        body,
        facts,
        money,
        flow,
        losses,
        events,
        judgements,
        legal,
        timeline,
        span,
        places,
        timeline_pages,
        around,
        relations,
        aliases,
        compared,
        origins,
        references,
        mentions,
        mention_pages,
        changes,
        evidence,
        tags,
        downloads,
        cite,
        rights,
        previous,
        next,
        extra,
    } = entry;
    let head = (card, index_path, subtype, also, changed, changed_datetime);
    hashes[2] = hash_of(&(
        head,
        authors,
        summary,
        summary_tlp,
        sourcing,
        draft,
        withdrawn,
    ));
    hashes[3] = hash_of(infobox);
    hashes[4] = hash_of(contents);
    hashes[5] = hash_of(&(lead, body));
    hashes[6] = hash_of(&(facts, money, flow, losses));
    hashes[7] = hash_of(events);
    hashes[8] = hash_of(judgements);
    hashes[9] = hash_of(legal);
    hashes[10] = hash_of(&(timeline, span, timeline_pages));
    hashes[11] = hash_of(&(around, places, relations, compared));
    hashes[12] = hash_of(aliases);
    hashes[13] = hash_of(&(origins, references));
    hashes[14] = hash_of(&(mentions, mention_pages));
    hashes[15] = hash_of(&(evidence, cite, rights, metadata, downloads));
    hashes[16] = hash_of(changes);
    hashes[17] = hash_of(tags);
    hashes[18] = hash_of(&(previous, next));
    hashes[19] = hash_of(extra);
}
