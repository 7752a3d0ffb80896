//! What planning leaves for a later process.
//!
//! Takes a [`Site`]; gives its edges, orders and routes, and from these and the release the same site
//! again, of which each list is read when it is asked for.

use super::graph::{Citing, Incoming, Mention};
use super::ledger::Ledger;
use super::{
    Attributes, Chronicle, Compared, Contested, Days, Graph, Index, Overview, Producers, Register,
    Revisions, Route, Sequence, Shelves, Site, Spoken, Tag,
};
use crate::config::Exports;
use crate::model::PageId;
use crate::release::Release;
use crate::shared_list::SharedList;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use std::sync::Arc;

/// The tables of a site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tables {
    incoming: Lists<Incoming>,
    mentions: Lists<Mention>,
    citing: Lists<Citing>,
    indexes: Arc<Vec<Index>>,
    chronicle: Arc<Chronicle>,
    compared: Arc<Compared>,
    producers: Arc<Producers>,
    attributes: Arc<Attributes>,
    shelves: Arc<Shelves>,
    tags: Arc<Vec<Tag>>,
    spoken: Arc<Spoken>,
    register: Arc<Register>,
    contested: Arc<Vec<Contested>>,
    overview: Arc<Overview>,
    days: Arc<Days>,
    revisions: Arc<Revisions>,
    routes: Arc<Vec<Route>>,
    assets: Arc<[String]>,
    statics: Arc<[String]>,
    full_text: bool,
    compares: bool,
    exports: Arc<Exports>,
}

/// Lists one behind the other, each of which can be read alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Lists<T> {
    /// Where each ends.
    ends: Vec<u32>,
    bytes: Bytes,
    of: PhantomData<T>,
}

/// Bytes that are written as they are, not one by one.
#[derive(Debug, Clone, Default)]
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Bytes(<&[u8]>::deserialize(deserializer)?.to_vec()))
    }
}

impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> Lists<T> {
    fn of(lists: &SharedList<Vec<T>>) -> Lists<T> {
        let mut bytes = Vec::new();
        let ends = lists.iter().map(|list| {
            if let Ok(more) = postcard::to_extend(&**list, std::mem::take(&mut bytes)) {
                bytes = more;
            }
            u32::try_from(bytes.len()).unwrap_or(u32::MAX)
        });
        Lists {
            ends: ends.collect(),
            bytes: Bytes(bytes),
            of: PhantomData,
        }
    }

    fn on_demand(self) -> SharedList<Vec<T>> {
        SharedList::on_demand(self.ends.len(), move |at| {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            let bytes = self.bytes.0.get(start as usize..self.ends[at] as usize);
            let list = bytes.and_then(|bytes| postcard::from_bytes(bytes).ok());
            Arc::new(list.unwrap_or_default())
        })
    }
}

impl Site {
    /// What it leaves.
    #[must_use]
    pub fn tables(&self) -> Tables {
        Tables {
            incoming: Lists::of(&self.graph.incoming),
            mentions: Lists::of(&self.graph.mentions),
            citing: Lists::of(&self.graph.citing),
            indexes: Arc::clone(&self.indexes),
            chronicle: Arc::clone(&self.chronicle),
            compared: Arc::clone(&self.compared),
            producers: Arc::clone(&self.producers),
            attributes: Arc::clone(&self.attributes),
            shelves: Arc::clone(&self.shelves),
            tags: Arc::clone(&self.tags),
            spoken: Arc::clone(&self.spoken),
            register: Arc::clone(&self.register),
            contested: Arc::clone(&self.contested),
            overview: Arc::clone(&self.overview),
            days: Arc::clone(&self.days),
            revisions: Arc::clone(&self.revisions),
            routes: Arc::clone(&self.routes),
            assets: Arc::clone(&self.assets),
            statics: Arc::clone(&self.statics),
            full_text: self.full_text,
            compares: self.compares,
            exports: Arc::clone(&self.exports),
        }
    }

    /// Restores a site from what it left; `release` must be the one that it was planned from.
    #[must_use]
    pub fn on_demand(tables: Tables, release: &Release) -> Site {
        let Tables {
            incoming,
            mentions,
            citing,
            indexes,
            chronicle,
            compared,
            producers,
            attributes,
            shelves,
            tags,
            spoken,
            register,
            contested,
            overview,
            days,
            revisions,
            routes,
            assets,
            statics,
            full_text,
            compares,
            exports,
        } = tables;
        let pages = release.pages.clone();
        let id = |at: usize| PageId(u32::try_from(at).unwrap_or(u32::MAX));
        let ledger = move |at: usize| Arc::new(Ledger::of(&pages, id(at)));
        Site {
            release: release.clone(),
            graph: Graph {
                ledgers: SharedList::on_demand(release.pages.len(), ledger),
                intro_ledgers: super::graph::intro_ledgers(release),
                incoming: incoming.on_demand(),
                mentions: mentions.on_demand(),
                citing: citing.on_demand(),
            },
            sequence: Arc::new(Sequence::of(&indexes)),
            chronicle,
            compared,
            producers,
            attributes,
            shelves,
            indexes,
            tags,
            spoken,
            register,
            contested,
            overview,
            days,
            revisions,
            routes,
            assets,
            statics,
            full_text,
            compares,
            exports,
        }
    }
}
