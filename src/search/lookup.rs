//! What a search looks in, made when somebody searches or is to.

use super::find::Asked;
use super::{Endings, Hit, Names, Postings};
use crate::model::{Entry, PageId};
use crate::plan::{Register, Site};
use crate::release::Release;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// More edits than that are not taken in one by one.
const EDITS: usize = 64;

/// The names and texts of a site. Whoever first asks for one of them makes it on its own: others wait, and must not be
/// asked to help.
#[derive(Debug, Clone)]
pub struct Lookup {
    endings: Endings,
    names: Arc<OnceLock<Names>>,
    postings: Arc<OnceLock<Postings>>,
    before: Option<Before>,
}

/// Postings of some time ago, and every entry that is another now, as it was then.
#[derive(Debug, Clone)]
struct Before(Postings, BTreeMap<PageId, Arc<Entry<PageId>>>);

impl Lookup {
    /// One in which nothing is made yet, for a dossier in that language; `postings` are those of its texts, where they
    /// are known.
    #[must_use]
    pub fn of(language: &str, postings: Option<Postings>) -> Lookup {
        Lookup {
            endings: Endings::of(language),
            names: Arc::default(),
            postings: Arc::new(postings.map_or_else(OnceLock::new, OnceLock::from)),
            before: None,
        }
    }

    /// That of the site after an edit of some entries.
    #[must_use]
    pub fn after(&self, was: &Site, site: &Site, edited: &[PageId]) -> Lookup {
        let names = match Arc::ptr_eq(&was.register, &site.register) {
            true => Arc::clone(&self.names),
            false => Arc::default(),
        };
        let made = self.postings.get();
        let before = match (made, &self.before) {
            (Some(made), _) => Some(Before(made.clone(), BTreeMap::new())),
            (None, before) => before.clone(),
        };
        let before = before.and_then(|Before(postings, mut entries)| {
            for &id in edited {
                let entry = was.release.pages.get(id.0 as usize)?;
                entries.entry(id).or_insert_with(|| Arc::clone(entry));
            }
            (entries.len() <= EDITS).then_some(Before(postings, entries))
        });
        Lookup {
            endings: self.endings,
            names,
            postings: Arc::default(),
            before,
        }
    }

    /// The words of all names.
    pub fn names(&self, register: &Register) -> &Names {
        self.names.get_or_init(|| Names::of(register))
    }

    /// The words of all texts.
    pub fn postings(&self, release: &Release) -> &Postings {
        self.postings.get_or_init(|| match &self.before {
            Some(Before(postings, entries)) => {
                let edited = { entries.iter() }.map(|(&id, was)| (id, &**was, release.page(id)));
                postings.after(edited, self.endings)
            }
            None => Postings::of(
                release.pages.iter().map(|page| &**page),
                release.pages.len(),
                self.endings,
            ),
        })
    }

    /// The pages of a site that are meant by a question, best first.
    pub fn find(&self, site: &Site, question: &str) -> Vec<Hit> {
        let asked = Asked {
            names: self.names(&site.register),
            postings: site.full_text.then(|| self.postings(&site.release)),
            endings: self.endings,
            pages: u32::try_from(site.release.pages.len()).unwrap_or(u32::MAX),
        };
        asked.find(question)
    }

    /// What a word may end in and still be the same.
    #[must_use]
    pub fn endings(&self) -> Endings {
        self.endings
    }
}
