//! What all objects of a bundle need of each other: which entry is which object.

use super::ids;
use super::vocabulary::Type;
use crate::config::Config;
use crate::model::{Entry, PageId};
use crate::plan::{Site, address};
use std::collections::HashSet;

/// Which objects the entries of a site become.
#[derive(Debug)]
pub(super) struct Identities {
    /// Of every page, what it becomes.
    objects: Vec<Option<(Type, String)>>,
    /// The identity of the dossier.
    dossier: String,
}

impl Identities {
    pub(super) fn of(site: &Site, config: &Config) -> Identities {
        let dossier = ids::made("identity", &[&config.base_url]);
        let mut taken: HashSet<&str> = HashSet::from([dossier.as_str(), ids::PROGRAM]);
        // Of two that came with one id, the first keeps it.
        let foreign: Vec<_> = (site.release.iter())
            .map(|(_, page)| ids::foreign(page).filter(|(_, id)| taken.insert(id)))
            .collect();
        let objects = site.release.iter().zip(foreign);
        let objects = objects.map(|((_, page), foreign)| match foreign {
            Some((kind, id)) => Some((kind, id.to_owned())),
            None => {
                let kind = Type::of(page.kind)?;
                Some((kind, ids::made(kind.name(), &[&config.base_url, &page.id])))
            }
        });
        Identities {
            objects: objects.collect(),
            dossier,
        }
    }
}

/// A site, and the objects that its entries become.
pub(super) struct Scope<'s> {
    pub(super) site: &'s Site,
    pub(super) config: &'s Config,
    identities: &'s Identities,
}

impl<'s> Scope<'s> {
    pub(super) fn of(site: &'s Site, config: &'s Config, identities: &'s Identities) -> Scope<'s> {
        Scope {
            site,
            config,
            identities,
        }
    }

    /// The identity of the dossier.
    pub(super) fn dossier(&self) -> &'s str {
        &self.identities.dossier
    }

    pub(super) fn page(&self, id: PageId) -> &'s Entry<PageId> {
        self.site.release.page(id)
    }

    /// What a page becomes; none of a page about the dossier.
    pub(super) fn object(&self, id: PageId) -> Option<(Type, &str)> {
        let (kind, object) = self.identities.objects.get(id.0 as usize)?.as_ref()?;
        Some((*kind, object))
    }

    /// The id of the object that a page becomes.
    pub(super) fn id(&self, id: PageId) -> Option<String> {
        self.object(id).map(|(_, id)| id.to_owned())
    }

    /// The address of a page.
    pub(super) fn address(&self, page: &Entry<PageId>) -> String {
        address::absolute(self.config, &page.route())
    }

    /// The addresses of the statements of a page, in their order.
    pub(super) fn addresses(&self, page: &Entry<PageId>) -> Vec<String> {
        let slug = |id: &PageId| self.page(*id).slug.as_str();
        page.statements.addresses(slug)
    }

    /// An id for something that an entry says, by the address of that.
    pub(super) fn made(&self, kind: &str, page: &Entry<PageId>, address: &str) -> String {
        ids::made(kind, &[&self.config.base_url, &page.id, address])
    }
}
