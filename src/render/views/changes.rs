//! Which facets of a site an edit changed.
//!
//! Takes a site before and after an edit of entries, with their cards; tells of every [`Facet`] whether it may
//! be another one now, rather too often than too seldom. What a page is made of stands in its facets, so a
//! page of which none changed shows what it showed, without a view being made of it. Nothing where pages came,
//! went or moved: then all are looked at.

use super::Cards;
use super::facet::{Facet, Facets};
use super::marking;
use super::mentions::{cited_on, mentioned_by};
use super::reads::{
    Reads, events, in_feeds, marks, named, named_marks, places, produced, relations, rows, shelf,
    shelved, shelves, tagged,
};
use crate::model::{Confidence, Date, Entry, Fact, PageId, StatementId, Tlp, Value, Verb};
use crate::plan::{self, Edit, Site, seat};
use crate::render::language::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whether an edit reaches what is made of facets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It is what it was.
    Not,
    /// It may be another: this facet is.
    By(Facet),
    /// There was no such page, or it is not known what it was made of.
    New,
}

/// What an edit changed.
#[derive(Debug)]
pub struct Changes<'a> {
    was: &'a Site,
    is: &'a Site,
    cards: (&'a Cards, &'a Cards),
    /// The facets of single entries and of introductions that are others now.
    moved: Facets,
}

impl<'a> Changes<'a> {
    /// What lies between two sites, each with its cards.
    #[must_use]
    pub fn between(
        before: (&'a Site, &'a Cards),
        after: (&'a Site, &'a Cards),
    ) -> Option<Changes<'a>> {
        let ((was, old_cards), (is, cards)) = (before, after);
        let edit = Edit::of(&was.release, &is.release)?;
        // It stands on every page.
        if old_cards.navigates() != cards.navigates() {
            return None;
        }
        let mut moved = cards.moved(old_cards);
        // Those that name what is called otherwise now may say another thing, too.
        let mut saying: BTreeSet<PageId> = edit.pages.iter().copied().collect();
        for &id in &edit.pages {
            moved.insert(Facet::Entry(id));
            let (old, new) = (was.release.page(id), is.release.page(id));
            let name = |site| Reads::unnoted(site, Language::english()).name(id).all();
            let mut differs = |facet, differs: bool| {
                if differs {
                    moved.insert(facet);
                }
            };
            if name(was) != name(is) {
                differs(Facet::Name(id), true);
                let mentions = is.graph.mentions[id.0 as usize].iter();
                saying.extend(mentions.map(|edge| edge.from));
                saying.extend(is.graph.incoming(id).iter().map(|edge| edge.from));
            }
            let called = (&old.title, old.tlp) != (&new.title, new.tlp);
            differs(Facet::Called(id), called);
            differs(Facet::Feed(id), in_feeds(old) != in_feeds(new));
            differs(Facet::Events(id), events(was, id) != events(is, id));
            differs(Facet::Places(id), places(old) != places(new));
            differs(Facet::Web, connected(old) != connected(new));
            let moves = seat(old) != seat(new);
            differs(Facet::Seat(id), moves);
            differs(Facet::Map, moves || mapped(old) != mapped(new));
            differs(Facet::Money, told_of_money(old) != told_of_money(new));
            if listed(old) != listed(new) {
                moved.extend(targets(old).chain(targets(new)).map(Facet::Incoming));
            }
        }
        // What they show of others is numbered among what they cite themselves.
        let showing = is.graph.showing(&edit.pages);
        moved.extend(showing.iter().copied().map(Facet::Entry));
        saying.extend(showing);
        for from in saying {
            if relations(was, from) != relations(is, from) {
                moved.insert(Facet::Relations(from));
            }
            let mentioned = |site, cards| mentioned_by(site, cards, from);
            let (old, new) = (mentioned(was, old_cards), mentioned(is, cards));
            moved.extend(differing(&old, &new).map(|to| Facet::Mention(from, to)));
            let cited = |site, cards| cited_on(site, Language::english(), cards, from);
            let (old, new) = (cited(was, old_cards), cited(is, cards));
            moved.extend(differing(&old, &new).map(|to| Facet::Citation(from, to)));
        }
        if !edit.pages.is_empty() {
            moved.insert(Facet::Entries);
        }
        if edit.intros {
            moved.extend([Facet::Intros, Facet::IntroQuotes]);
        }
        let (now, then) = (&is.graph, &was.graph);
        let ids = |at: Vec<usize>| {
            let ids = at.into_iter().filter_map(|at| u32::try_from(at).ok());
            ids.map(PageId)
        };
        moved.extend(ids(now.incoming.changed(&then.incoming)).map(Facet::Incoming));
        moved.extend(ids(now.mentions.changed(&then.mentions)).map(Facet::Mentions));
        moved.extend(ids(now.citing.changed(&then.citing)).map(Facet::Citing));
        Some(Changes {
            was,
            is,
            cards: (old_cards, cards),
            moved,
        })
    }

    /// Whether a page that was made of some facets may be another one, and by which of them.
    #[must_use]
    pub fn reach(&self, facets: &[Facet]) -> Reach {
        let mut moved = facets.iter().filter(|&&facet| self.hold(facet));
        moved.next().map_or(Reach::Not, |&facet| Reach::By(facet))
    }

    /// Whether a facet may be another one.
    fn hold(&self, facet: Facet) -> bool {
        let (was, is) = (self.was, self.is);
        match facet {
            Facet::Entry(_)
            | Facet::Name(_)
            | Facet::Called(_)
            | Facet::Feed(_)
            | Facet::Places(_)
            | Facet::Card(_)
            | Facet::Source(_)
            | Facet::Relations(_)
            | Facet::Mention(..)
            | Facet::Citation(..)
            | Facet::Incoming(_)
            | Facet::Mentions(_)
            | Facet::Citing(_)
            | Facet::Intros
            | Facet::IntroQuotes
            | Facet::Web
            | Facet::Seat(_)
            | Facet::Map
            | Facet::Money
            | Facet::Entries
            | Facet::Events(_) => self.moved.contains(&facet),
            Facet::Rows(kind, order, number) => {
                !Arc::ptr_eq(&was.indexes, &is.indexes)
                    && rows(was, kind, order, number) != rows(is, kind, order, number)
            }
            Facet::Marks(kind, order) => {
                !Arc::ptr_eq(&was.indexes, &is.indexes)
                    && marks(was, kind, order) != marks(is, kind, order)
            }
            Facet::Neighbours(id) => {
                !Arc::ptr_eq(&was.sequence, &is.sequence)
                    && was.sequence.beside(id) != is.sequence.beside(id)
            }
            Facet::Chronicle => {
                !Arc::ptr_eq(&was.chronicle, &is.chronicle) && was.chronicle != is.chronicle
            }
            Facet::Named(number) => {
                !Arc::ptr_eq(&was.register, &is.register) && named(was, number) != named(is, number)
            }
            Facet::NamedMarks => {
                !Arc::ptr_eq(&was.register, &is.register) && named_marks(was) != named_marks(is)
            }
            Facet::Register => {
                !Arc::ptr_eq(&was.register, &is.register) && was.register != is.register
            }
            Facet::Pairs => {
                !Arc::ptr_eq(&was.compared, &is.compared)
                    && was.compared.pairs() != is.compared.pairs()
            }
            Facet::Producers(number) => {
                !Arc::ptr_eq(&was.producers, &is.producers)
                    && produced(was, number) != produced(is, number)
            }
            Facet::Attributes => {
                !Arc::ptr_eq(&was.attributes, &is.attributes) && was.attributes != is.attributes
            }
            Facet::Postings(part) => {
                let (before, after) = self.cards;
                before.postings().shard(part) != after.postings().shard(part)
            }
            Facet::Tagged(tag, number) => {
                !Arc::ptr_eq(&was.tags, &is.tags)
                    && tagged(was, tag, number) != tagged(is, tag, number)
            }
            Facet::Tags => !Arc::ptr_eq(&was.tags, &is.tags) && was.tags != is.tags,
            Facet::Shelf(attribute, number) => {
                !Arc::ptr_eq(&was.shelves, &is.shelves)
                    && shelf(was, attribute, number) != shelf(is, attribute, number)
            }
            Facet::Shelves(family) => {
                !Arc::ptr_eq(&was.shelves, &is.shelves)
                    && shelves(was, family).ne(shelves(is, family))
            }
            Facet::Shelved(attribute) => {
                !Arc::ptr_eq(&was.shelves, &is.shelves)
                    && shelved(was, attribute) != shelved(is, attribute)
            }
            Facet::Contested(at) => {
                !Arc::ptr_eq(&was.contested, &is.contested)
                    && was.contested.get(at as usize) != is.contested.get(at as usize)
            }
            Facet::AllContested => {
                !Arc::ptr_eq(&was.contested, &is.contested) && was.contested != is.contested
            }
            Facet::Overview => was.overview != is.overview,
            Facet::Latest(kind) => {
                !Arc::ptr_eq(&was.days, &is.days) && was.days.latest(kind) != is.days.latest(kind)
            }
            Facet::Days => !Arc::ptr_eq(&was.days, &is.days),
            Facet::Revisions => {
                !Arc::ptr_eq(&was.revisions, &is.revisions) && was.revisions != is.revisions
            }
            Facet::Routes => !Arc::ptr_eq(&was.routes, &is.routes) && was.routes != is.routes,
        }
    }
}

/// What two pages say another thing of.
fn differing<T: PartialEq>(
    was: &BTreeMap<PageId, T>,
    is: &BTreeMap<PageId, T>,
) -> impl Iterator<Item = PageId> {
    let ids: BTreeSet<&PageId> = was.keys().chain(is.keys()).collect();
    let differs = |id: &&&PageId| was.get(*id) != is.get(*id);
    let ids = ids.iter().filter(differs).map(|id| **id);
    ids.collect::<Vec<_>>().into_iter()
}

/// What decides where the relations that an entry states are listed by those of whom they are stated.
fn listed(page: &Entry<PageId>) -> (Option<Date>, Vec<(Verb, PageId)>) {
    let relations = page.statements.relations();
    let relations = relations.map(|it| (it.what.verb, it.what.target));
    (page.when(), relations.collect())
}

fn targets(page: &Entry<PageId>) -> impl Iterator<Item = PageId> {
    let relations = page.statements.relations();
    relations.map(|relation| relation.what.target)
}

/// What the whole web of connections shows of an entry.
#[derive(PartialEq)]
struct Connected<'a> {
    tlp: Tlp,
    title: &'a str,
    when: Option<Date>,
    /// The marking of both.
    card: Tlp,
    relations: Vec<Tied>,
}

/// What the whole web shows of a relation.
#[derive(PartialEq)]
struct Tied {
    verb: Verb,
    to: PageId,
    denied: bool,
    confidence: Option<Confidence>,
    when: [Option<Date>; 2],
    tlp: Option<Tlp>,
}

fn connected(page: &Entry<PageId>) -> Connected<'_> {
    let relations = page.statements.relations();
    let relations = relations.map(|it| Tied {
        verb: it.what.verb,
        to: it.what.target,
        denied: it.what.denied,
        confidence: it.confidence,
        when: [it.when, it.what.until],
        tlp: it.tlp,
    });
    Connected {
        tlp: page.tlp,
        title: &page.title,
        when: page.when(),
        card: marking::card(page),
        relations: relations.collect(),
    }
}

/// Of whom an entry states what may have somebody somewhere, whether that is denied, and its marking.
fn mapped(page: &Entry<PageId>) -> Vec<(Verb, PageId, StatementId, bool, Option<Tlp>)> {
    let relations = page.statements.relations();
    relations
        .map(|it| (it.what.verb, it.what.target, it.id, it.what.denied, it.tlp))
        .collect()
}

/// What an incident says of money, and when it was.
#[derive(PartialEq)]
struct ToldOfMoney<'a> {
    when: Option<Date>,
    tlp: Tlp,
    versions: Vec<MoneyVersion<'a>>,
}

/// A value with whether it is chosen, who states it, and its marking.
type MoneyVersion<'a> = (&'a str, &'a Value, bool, Vec<Option<PageId>>, Option<Tlp>);

fn told_of_money(page: &Entry<PageId>) -> Option<ToldOfMoney<'_>> {
    let versions = plan::losses(page).flat_map(Fact::versions);
    let versions = versions.map(|it| {
        let version = it.statement;
        let sources = version.sources.iter().map(|cite| cite.source).collect();
        let chosen = it.what.chosen.is_some();
        (&*it.what.of, &it.what.value, chosen, sources, version.tlp)
    });
    let versions: Vec<MoneyVersion<'_>> = versions.collect();
    (!versions.is_empty()).then(|| ToldOfMoney {
        when: page.when(),
        tlp: page.tlp,
        versions,
    })
}
