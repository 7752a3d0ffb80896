//! Which countries and places are concerned, and as what who is there.

use crate::model::PageId;
use crate::plan::{Presence, Whereabouts};
use crate::render::views::reads::Reads;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// All that is somewhere.
#[derive(Debug)]
pub(in crate::render) struct Places<'a> {
    /// Those where most are first; what lies in no country comes last.
    pub(in crate::render) countries: Vec<Country>,
    /// Cities and the like with their degrees, those where most are first.
    pub(in crate::render) cities: Vec<City<'a>>,
}

/// A country, or what lies in none.
#[derive(Debug)]
pub(in crate::render) struct Country {
    pub(in crate::render) id: Option<PageId>,
    /// Who is there as what; each once.
    pub(in crate::render) concerned: BTreeMap<Presence, Vec<Whereabouts>>,
    /// How many are there, of whom that is not denied.
    pub(in crate::render) count: usize,
}

/// A place within a country.
#[derive(Debug)]
pub(in crate::render) struct City<'a> {
    pub(in crate::render) id: PageId,
    pub(in crate::render) degrees: (&'a str, &'a str),
    pub(in crate::render) count: usize,
}

impl Country {
    /// Whether somebody comes from there.
    pub(in crate::render) fn is_origin(&self) -> bool {
        let from = self.concerned.get(&Presence::Origin);
        from.is_some_and(|all| all.iter().any(|it| !it.denied))
    }
}

/// What is told, by countries and by places within them.
pub(in crate::render) fn of<'a>(reads: &Reads<'a>, told: &[Whereabouts]) -> Places<'a> {
    let mut by_country: BTreeMap<Option<PageId>, Vec<Whereabouts>> = BTreeMap::new();
    let mut by_place: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
    for it in told {
        by_country.entry(it.country).or_default().push(*it);
        if it.country != Some(it.place) && !it.denied {
            by_place.entry(it.place).or_default().insert(it.who);
        }
    }
    let countries = by_country.into_iter().map(|(id, told)| Country {
        id,
        count: counted(&told),
        concerned: by_presence(reads, told),
    });
    let mut countries: Vec<Country> = countries.collect();
    countries.sort_by_cached_key(|it| {
        let title = it.id.map(|id| reads.name(id).title());
        (title.is_none(), Reverse(it.count), title, it.id)
    });
    let cities = by_place.into_iter().filter_map(|(id, who)| {
        Some(City {
            id,
            degrees: reads.position(id)?.degrees?,
            count: who.len(),
        })
    });
    let mut cities: Vec<City<'_>> = cities.collect();
    cities.sort_by_cached_key(|it| (Reverse(it.count), reads.name(it.id).title(), it.id));
    Places { countries, cities }
}

/// How many are somewhere, each once.
fn counted(told: &[Whereabouts]) -> usize {
    let who = told.iter().filter(|it| !it.denied).map(|it| it.who);
    who.collect::<BTreeSet<_>>().len()
}

/// Each once as each: what is not denied goes before what is; by kind and name, what is denied last.
fn by_presence(
    reads: &Reads<'_>,
    mut told: Vec<Whereabouts>,
) -> BTreeMap<Presence, Vec<Whereabouts>> {
    told.sort_by_key(|it| (it.presence, it.who, it.denied, it.from, it.relation));
    told.dedup_by_key(|it| (it.presence, it.who));
    let mut all: BTreeMap<Presence, Vec<Whereabouts>> = BTreeMap::new();
    for it in told {
        all.entry(it.presence).or_default().push(it);
    }
    for told in all.values_mut() {
        told.sort_by_cached_key(|it| {
            let who = it.who;
            (it.denied, reads.kind(who), reads.name(who).title(), who)
        });
    }
    all
}
