//! What all objects of a bundle need of each other: which entry is which object.

use super::ids;
use super::vocabulary::Type;
use crate::config::Config;
use crate::model::{Entry, PageId};
use crate::plan::{Site, address};
use std::collections::HashSet;
use std::sync::Arc;

/// Which objects the entries of a site become.
#[derive(Debug)]
pub(super) struct Identities {
    /// Of every page, what it becomes.
    objects: Vec<Option<(Type, String)>>,
    /// The identity of the dossier.
    dossier: String,
}

impl Identities {
    fn of(site: &Site, config: &Config) -> Identities {
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
pub(in crate::export) struct Scope<'s> {
    pub(super) site: &'s Site,
    pub(super) config: &'s Config,
    pub(super) identities: Arc<Identities>,
}

impl<'s> Scope<'s> {
    pub(in crate::export) fn of(site: &'s Site, config: &'s Config) -> Scope<'s> {
        Scope::with(site, config, Arc::new(Identities::of(site, config)))
    }

    /// The same with what is known already.
    pub(super) fn with(
        site: &'s Site,
        config: &'s Config,
        identities: Arc<Identities>,
    ) -> Scope<'s> {
        Scope {
            site,
            config,
            identities,
        }
    }

    /// The identity of the dossier.
    pub(in crate::export) fn dossier(&self) -> &str {
        &self.identities.dossier
    }

    pub(in crate::export) fn page(&self, id: PageId) -> &'s Entry<PageId> {
        self.site.release.page(id)
    }

    /// What a page becomes; none of a page about the dossier.
    pub(super) fn object(&self, id: PageId) -> Option<(Type, &str)> {
        let (kind, object) = self.identities.objects.get(id.0 as usize)?.as_ref()?;
        Some((*kind, object))
    }

    /// The id of the object that a page becomes.
    pub(in crate::export) fn id(&self, id: PageId) -> Option<String> {
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
    pub(in crate::export) fn made(
        &self,
        kind: &str,
        page: &Entry<PageId>,
        address: &str,
    ) -> String {
        ids::made(kind, &[&self.config.base_url, &page.id, address])
    }
}
