//! What of an entry may hold sentences passes the door: facts, relations, events, judgements, changes.
//!
//! Every field is destructured, so that a new one fails to compile until it is decided.

use super::entry::{self, address, named, one, passing, statement, texts};
use super::{Door, prose};
use crate::diag::Diagnostic;
use crate::model::body;
use crate::model::{
    Change, Cite, Details, EntryId, Event, Evidence, Fact, Judgement, Located, Marked, Named,
    Notice, PageId, Prose, Relation, Version, Words,
};
use std::sync::Arc;

/// The door, and what is told of what passes it.
pub(super) struct Passage<'a> {
    pub(super) door: &'a Door,
    /// The file.
    pub(super) path: &'a Arc<str>,
    pub(super) problems: &'a mut Vec<Diagnostic>,
}

impl Passage<'_> {
    pub(super) fn prose(&mut self, prose: &Prose<EntryId>) -> Prose<PageId> {
        prose::release(prose, self.path, self.door, self.problems)
    }

    /// A sentence that passes; names in it of what is withheld elsewhere do not.
    fn words(&mut self, words: &Words<EntryId>) -> Words<PageId> {
        match words {
            Words::Plain(text) => Words::Plain(text.clone()),
            Words::Styled(prose) => Words::Styled(Box::new(self.prose(prose))),
        }
    }

    pub(super) fn summary(
        &mut self,
        summary: Option<&Marked<Words<EntryId>>>,
    ) -> Option<Marked<Words<PageId>>> {
        let Marked { value, tlp } = summary?;
        self.door.sees(*tlp).then(|| Marked {
            value: self.words(value),
            tlp: *tlp,
        })
    }

    pub(super) fn change(&mut self, change: &Change<EntryId>) -> Option<Change<PageId>> {
        let Change {
            date,
            what,
            correction,
            tlp,
            span,
        } = change;
        self.door.sees(*tlp).then(|| Change {
            date: *date,
            what: self.words(what),
            correction: *correction,
            tlp: *tlp,
            span: *span,
        })
    }

    pub(super) fn notice(&mut self, notice: &Notice<EntryId>) -> Notice<PageId> {
        let Notice { date, reason } = notice;
        Notice {
            date: *date,
            reason: self.words(reason),
        }
    }

    /// A fact of which the chosen value is withheld shows the others with none chosen.
    pub(super) fn fact(&mut self, fact: &Fact<EntryId>) -> Option<Fact<PageId>> {
        let Fact {
            name,
            versions,
            span,
        } = fact;
        let versions = passing(versions, |it| self.version(it));
        (!versions.is_empty()).then(|| Fact {
            name: name.clone(),
            versions,
            span: *span,
        })
    }

    fn version(&mut self, version: &Version<EntryId>) -> Option<Version<PageId>> {
        let Version {
            value,
            sources,
            tlp,
            note,
            as_of,
            chosen,
            span,
        } = version;
        self.door.sees(*tlp).then(|| Version {
            value: value.clone(),
            sources: statement(sources, self.door),
            tlp: *tlp,
            note: note.as_ref().map(|note| self.words(note)),
            as_of: *as_of,
            chosen: chosen.as_ref().map(|chosen| self.words(chosen)),
            span: *span,
        })
    }

    pub(super) fn relation(&mut self, relation: &Relation<EntryId>) -> Option<Relation<PageId>> {
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
        if !self.door.sees(*tlp) {
            return None;
        }
        Some(Relation {
            verb: *verb,
            target: self.door.page(*target)?,
            confidence: *confidence,
            sources: statement(sources, self.door),
            start: *start,
            end: *end,
            denied: *denied,
            tlp: *tlp,
            note: note.as_ref().map(|note| self.words(note)),
            span: *span,
        })
    }

    pub(super) fn details(&mut self, details: &Details<EntryId>) -> Details<PageId> {
        match details {
            Details::Actor { sophistication } => Details::Actor {
                sophistication: one(sophistication, self.door),
            },
            Details::Campaign => Details::Campaign,
            Details::Incident { status, events } => Details::Incident {
                status: *status,
                events: passing(events, |it| self.event(it)),
            },
            Details::Malware {
                platforms,
                types,
                is_family,
            } => Details::Malware {
                platforms: texts(platforms, self.door),
                types: texts(types, self.door),
                is_family: *is_family,
            },
            Details::Tool { platforms, types } => Details::Tool {
                platforms: texts(platforms, self.door),
                types: texts(types, self.door),
            },
            Details::Technique { tactics } => Details::Technique {
                tactics: texts(tactics, self.door),
            },
            Details::Vulnerability { cvss } => Details::Vulnerability {
                cvss: one(cvss, self.door),
            },
            Details::Person { nationality, legal } => Details::Person {
                nationality: one(nationality, self.door),
                legal: passing(legal, |it| entry::legal(it, self.door)),
            },
            Details::Organisation { r#type, country } => Details::Organisation {
                r#type: r#type.clone(),
                country: country.as_ref().and_then(|country| {
                    Some(Located {
                        value: self.door.page(country.value)?,
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
                judgements: passing(judgements, |it| self.judgement(it)),
                key: *key,
            },
            Details::Source(evidence) => Details::Source(Box::new(self.evidence(evidence))),
        }
    }

    fn event(&mut self, event: &Event<EntryId>) -> Option<Event<PageId>> {
        let Event {
            date,
            what,
            place,
            sources,
            tlp,
            span,
        } = event;
        let what = self.door.sees(*tlp).then(|| self.words(what))?;
        Some(Event {
            date: *date,
            sources: behind(&what, sources, self.door),
            what,
            place: place.and_then(|place| self.door.page(place)),
            tlp: *tlp,
            span: *span,
        })
    }

    fn judgement(&mut self, judgement: &Judgement<EntryId>) -> Option<Judgement<PageId>> {
        let Judgement {
            text,
            confidence,
            sources,
            tlp,
            span,
        } = judgement;
        let text = self.door.sees(*tlp).then(|| self.words(text))?;
        Some(Judgement {
            sources: behind(&text, sources, self.door),
            text,
            confidence: *confidence,
            tlp: *tlp,
            span: *span,
        })
    }

    fn evidence(&mut self, evidence: &Evidence<EntryId>) -> Evidence<PageId> {
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
                value: named(&publisher.value, self.door)
                    .unwrap_or_else(|| Named::Text("withheld".to_owned())),
                span: publisher.span,
            }),
            accessed: *accessed,
            url: url.as_ref().map(|url| address(url, self.door)),
            archived: archived.as_ref().map(|url| address(url, self.door)),
            grade: *grade,
            r#type: r#type.clone(),
            seen: *seen,
            language: language.clone(),
            snapshot: snapshot.clone(),
            retracted: retracted.as_ref().map(|notice| self.notice(notice)),
        }
    }
}

/// The citations behind a sentence. Where it ends with one of something withheld, that is said there.
fn behind(words: &Words<PageId>, sources: &[Cite<EntryId>], door: &Door) -> Vec<Cite<PageId>> {
    let mut passed = statement(sources, door);
    let last = words.styled().and_then(|prose| {
        let last = prose.body.events.last()?;
        let body::Event::Cite { first, count } = *last else {
            return None;
        };
        let mut cites = prose.cites.iter().skip(first as usize).take(count as usize);
        cites.find(|cite| cite.source.is_none())
    });
    if last.is_some() {
        passed.retain(|cite| cite.source.is_some());
    }
    passed
}
