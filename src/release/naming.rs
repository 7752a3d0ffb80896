//! Headings whose words name something withheld: `## About [[secret]]`.
//!
//! Such a heading is shown with "withheld" in place of the name. Its text as written must not pass by way of a link
//! to it either: `[[page#About secret]]` names what the heading no longer does.

use super::Door;
use crate::model::body::{Event, Link, Tag, Target};
use crate::model::{EntryId, Fragment, Prose};
use crate::resolve::Dossier;
use std::collections::HashSet;

impl Door {
    /// Collects the headings of every entry that name something withheld. A heading may name another
    /// such heading, so this is repeated until nothing new is found.
    pub(super) fn find_naming(&mut self, dossier: &Dossier) {
        let candidates: Vec<(EntryId, &Prose<EntryId>)> = (0..)
            .map(EntryId)
            .zip(dossier.entries.iter().map(|entry| &entry.prose))
            .filter(|(_, prose)| {
                !prose.body.headings.is_empty() && prose.body.links.iter().any(|link| link.bare)
            })
            .collect();
        loop {
            let mut found = false;
            for (id, prose) in &candidates {
                let naming = self.naming_headings(prose);
                let known = self.naming.get(id).map_or(0, HashSet::len);
                if naming.len() > known {
                    self.naming.insert(*id, naming);
                    found = true;
                }
            }
            if !found {
                return;
            }
        }
    }

    /// The headings of a text that name something withheld.
    pub(super) fn naming_headings(&self, prose: &Prose<EntryId>) -> HashSet<u32> {
        let mut naming = HashSet::new();
        let mut within = None;
        for event in &prose.body.events {
            match *event {
                Event::Start(Tag::Heading(at)) => within = Some(at),
                Event::End(Tag::Heading(_)) => within = None,
                Event::Start(Tag::Link(at) | Tag::Image(at)) => {
                    if let (Some(heading), Some(link), Some(target)) = (
                        within,
                        prose.body.links.get(at as usize),
                        prose.targets.get(at as usize),
                    ) && link.bare
                        && self.names_withheld(link, target)
                    {
                        naming.insert(heading);
                    }
                }
                _ => {}
            }
        }
        naming
    }

    /// Whether the words of a bare link name something withheld.
    pub(super) fn names_withheld(&self, link: &Link, target: &Target<EntryId>) -> bool {
        match *target {
            Target::Entry(id, place) => {
                self.page(id).is_none()
                    || self.hides_name(id, place, link)
                    || place.is_some_and(|place| {
                        let naming = || self.naming.get(&id);
                        let names = match place {
                            Fragment::Heading(at) => naming().is_some_and(|it| it.contains(&at)),
                            Fragment::Raw(_) => false,
                        };
                        names || self.fragment_of(id, place).is_none()
                    })
            }
            Target::Withheld => true,
            _ => false,
        }
    }
}
