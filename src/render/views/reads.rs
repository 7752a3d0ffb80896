//! The one way from a view to the site, which notes what was read.
//!
//! Takes a planned site; hands out *facets* of it: what an entry says, what it is called, the places in its
//! text, what leads to it, a part of a list. Each is noted as it is handed out, so that of every page it is
//! known what it was made of ([`Facet`]), and after an edit which pages may show another thing
//! ([`Changes`](super::Changes)); and each raises the marking of the page to its own
//! ([`marking`](super::marking)), so that what a page shows cannot be above what it is labelled. Hands out nothing
//! that is not noted, but for what cannot change while the pages of a site are the same: their kinds, their
//! addresses, and how many there are.

use super::cards::{self, Cards, EntryCard, SourceCard, Technique};
use super::facet::{Facet, Facets};
use super::mentions::{self, Cited, Mentioned};
use super::shape::Card;
use super::times::Times;
use super::words;
use super::{cites, infobox, marking};
use crate::model::rate;
use crate::model::{
    Alias, Change, Date, Day, Details, Entry, Fact, Family, Fragment, Ids, Intro, Kind,
    LegalStatus, Marked, Named, PageId, Prose, Relation, Said, Section, StatementId, Tlp, Verb,
    Words,
};
use crate::plan::graph::{Citing, Incoming, Mention, Origin};
use crate::plan::{
    self, Attribute, Attributes, By, Chronicle, Connections, Contested, Index, Ledger, Mark, Name,
    Neighbours, Order, Overview, Pair, Position, Register, Route, Rows, Sequence, Site, Tag,
    Whereabouts,
};
use crate::query::{Asked, Query};
use crate::render::account::money::Rates;
use crate::render::language::Language;
use crate::resolve::fold;
use foldhash::fast::FixedState;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// What a view reads the site through.
#[derive(Debug)]
pub(in crate::render) struct Reads<'a> {
    site: &'a Site,
    /// What it is said in.
    pub(in crate::render) language: &'a Language,
    /// None where nobody asks.
    noted: Option<RefCell<Noted>>,
    /// The highest marking of what was handed out.
    shown: Cell<Tlp>,
    /// The entry that was handed out last as a whole.
    whole: Cell<Option<PageId>>,
}

/// Each facet that was read, once.
#[derive(Debug, Default)]
struct Noted {
    known: Facets,
    in_order: Vec<Facet>,
}

/// Which tactics a technique serves.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Tactics<'a> {
    /// As they are written.
    pub(in crate::render) tactics: &'a [Marked<String>],
    /// Its id in ATT&CK.
    pub(in crate::render) attack: Option<&'a str>,
}

/// How many others a row of an index names.
const CONNECTIONS: usize = 4;

impl<'a> Reads<'a> {
    /// Reads that are noted.
    pub(in crate::render) fn noted(site: &'a Site, language: &'a Language) -> Reads<'a> {
        Reads {
            noted: Some(RefCell::new(Noted {
                known: Facets::with_capacity_and_hasher(128, FixedState::default()),
                in_order: Vec::with_capacity(128),
            })),
            ..Reads::unnoted(site, language)
        }
    }

    /// Reads that nobody asks for: of what pages share, which is compared by itself, or of a page that is not
    /// remembered.
    pub(in crate::render) fn unnoted(site: &'a Site, language: &'a Language) -> Reads<'a> {
        Reads {
            site,
            language,
            noted: None,
            shown: Cell::new(Tlp::Clear),
            whole: Cell::new(None),
        }
    }

    /// Reads of which only the names count, where they may be marked: those that a card shows of others.
    pub(super) fn of_card(site: &'a Site, language: &'a Language) -> Reads<'a> {
        Reads {
            noted: (site.release.audience > Tlp::Clear).then(RefCell::default),
            ..Reads::unnoted(site, language)
        }
    }

    /// The same in another language.
    pub(super) fn speaking(self, language: &'a Language) -> Reads<'a> {
        Reads { language, ..self }
    }

    /// Whose names were read.
    pub(super) fn into_names(self) -> Box<[PageId]> {
        let noted = self.into_noted().into_iter();
        let names = noted.filter_map(|facet| match facet {
            Facet::Name(id) => Some(id),
            _ => None,
        });
        names.collect()
    }

    pub(in crate::render) fn note(&self, facet: Facet) {
        if let Some(noted) = &self.noted {
            let Noted { known, in_order } = &mut *noted.borrow_mut();
            // Many are asked for twice in a row.
            if in_order.last() != Some(&facet) && known.insert(facet) {
                in_order.push(facet);
            }
        }
    }

    /// What was read: each facet once, in the order in which they were read first.
    pub(in crate::render) fn into_noted(self) -> Box<[Facet]> {
        let noted = self.noted.map(|noted| noted.into_inner().in_order);
        noted.unwrap_or_default().into_boxed_slice()
    }

    /// Counts the marking of what is handed out.
    fn show(&self, marking: impl FnOnce() -> Tlp) {
        // Nothing above the audience is there to be shown.
        if self.audience() > Tlp::Clear {
            self.shown.set(self.shown.get().max(marking()));
        }
    }

    /// What is made of some reads, with the highest marking of what these handed out.
    pub(in crate::render) fn marked<T>(&self, make: impl FnOnce() -> T) -> (T, Tlp) {
        let before = self.shown.replace(Tlp::Clear);
        let made = make();
        let own = self.shown.get();
        self.shown.set(before.max(own));
        (made, own)
    }

    /// The highest marking of what was handed out so far.
    pub(in crate::render) fn shown(&self) -> Tlp {
        self.shown.get()
    }

    /// An entry that a marking is told of; shows nothing of it.
    pub(in crate::render) fn unshown(&self, id: PageId) -> &'a Entry<PageId> {
        self.note(Facet::Entry(id));
        self.site.release.page(id)
    }

    /// All that an entry says.
    pub(in crate::render) fn page(&self, id: PageId) -> &'a Entry<PageId> {
        let page = self.unshown(id);
        // Asked for a dozen times by its own page.
        if self.whole.replace(Some(id)) != Some(id) {
            self.show(|| marking::own(page));
        }
        page
    }

    /// What an entry is called.
    pub(in crate::render) fn name(&self, id: PageId) -> Called<'a> {
        let called = self.unshown_name(id);
        self.show(|| called.tlp());
        called
    }

    /// All names and ids of an entry.
    pub(in crate::render) fn names(&self, id: PageId) -> Called<'a> {
        let called = self.unshown_name(id);
        self.show(|| marking::names(called.0));
        called
    }

    /// One of the names of an entry but its title, by its place among them.
    pub(in crate::render) fn alias(
        &self,
        id: PageId,
        at: usize,
    ) -> Option<Said<'a, PageId, Alias<PageId>>> {
        let alias = self.unshown_name(id).aliases().nth(at)?;
        self.show(|| alias.tlp.unwrap_or_default());
        Some(alias)
    }

    /// How somebody is called.
    pub(in crate::render) fn called(&self, named: &'a Named<PageId>) -> &'a str {
        cards::named(self, named).0
    }

    /// What an entry is called, for whoever tells a marking of it.
    pub(super) fn unshown_name(&self, id: PageId) -> Called<'a> {
        self.note(Facet::Name(id));
        Called(self.site.release.page(id))
    }

    /// An entry as others show it, without its summary.
    pub(super) fn card(&self, cards: &'a Cards, id: PageId) -> &'a EntryCard {
        self.note(Facet::Card(id));
        let card = cards.entry(self.language, id);
        self.show(|| card.tlp);
        card
    }

    /// An entry as others show it, with its summary.
    pub(in crate::render) fn told(&self, cards: &'a Cards, id: PageId) -> &'a Card {
        let card = self.card(cards, id);
        self.show(|| marking::told(self, card));
        card.told()
    }

    /// A technique beside its name; none of what is no technique.
    pub(super) fn technique(&self, cards: &'a Cards, id: PageId) -> Option<&'a Technique> {
        self.note(Facet::Card(id));
        let technique = cards.entry(self.language, id).technique.as_deref()?;
        self.show(|| technique.tlp);
        Some(technique)
    }

    /// The tactics that a technique serves, and its id; none of what is no technique.
    pub(in crate::render) fn tactics(&self, id: PageId) -> Option<Tactics<'a>> {
        self.note(Facet::Card(id));
        let page = self.site.release.page(id);
        let Details::Technique { tactics } = &page.details else {
            return None;
        };
        self.show(|| marking::technique(page));
        let mut ids = page.external_ids.iter();
        let attack = ids.find(|(name, _)| name == "attack");
        Some(Tactics {
            tactics,
            attack: attack.map(|(_, id)| id.value.as_str()),
        })
    }

    /// Every entry of a kind, by slug: they cannot change while the pages of a site are the same.
    pub(in crate::render) fn all_of(&self, kind: Kind) -> impl Iterator<Item = PageId> {
        let pages = self.site.release.iter();
        pages.filter_map(move |(id, page)| (page.kind == kind).then_some(id))
    }

    /// Who states of whom that they are connected; not what a source derives from. Of a relation the web shows its verb, its
    /// end, how likely it is, whether it is denied, and when it held.
    pub(in crate::render) fn web(&self) -> Vec<(PageId, Said<'a, PageId, Relation<PageId>>)> {
        self.note(Facet::Web);
        let mut web = Vec::new();
        for (from, page) in self.site.release.iter() {
            for relation in page.statements.relations() {
                if relation.what.verb != Verb::DerivedFrom {
                    let to = relation.what.target;
                    self.show(|| {
                        let ends = page.tlp.max(self.site.release.page(to).tlp);
                        ends.max(relation.tlp.unwrap_or_default())
                    });
                    web.push((from, relation));
                }
            }
        }
        web
    }

    /// What an entry in the web of connections is called, and when it was.
    pub(in crate::render) fn in_web(&self, id: PageId) -> (&'a str, Option<Date>) {
        self.note(Facet::Web);
        let page = self.site.release.page(id);
        self.show(|| marking::card(page));
        (&page.title, page.when())
    }

    /// Whether anything is connected.
    pub(super) fn connects(&self) -> bool {
        self.note(Facet::Web);
        plan::connects(&self.site.release)
    }

    /// Who is where in the whole dossier.
    pub(in crate::render) fn whereabouts(&self) -> Vec<Whereabouts> {
        self.note(Facet::Map);
        let pages = self.site.release.iter();
        let all = pages.flat_map(|(id, _)| plan::whereabouts(&self.site.release, id, &mut |_| {}));
        all.inspect(|it| self.show(|| it.tlp)).collect()
    }

    /// Who is where by the relations of an entry.
    pub(in crate::render) fn whereabouts_by(&self, from: PageId) -> Vec<Whereabouts> {
        self.note(Facet::Relations(from));
        self.note(Facet::Card(from));
        let look = &mut |id| self.note(Facet::Seat(id));
        let all = plan::whereabouts(&self.site.release, from, look);
        { all.into_iter() }
            .inspect(|it| self.show(|| it.tlp))
            .collect()
    }

    /// Where a place lies on a map; none of what is no place.
    pub(in crate::render) fn position(&self, id: PageId) -> Option<Position<'a>> {
        self.note(Facet::Seat(id));
        let page = self.site.release.page(id);
        self.show(|| page.tlp);
        plan::position(page)
    }

    /// Whether anybody is anywhere.
    pub(super) fn is_anywhere(&self) -> bool {
        self.note(Facet::Map);
        plan::is_anywhere(&self.site.release)
    }

    /// A source as it is cited; none of what is no source.
    pub(super) fn source(&self, cards: &'a Cards, id: PageId) -> Option<&'a SourceCard> {
        self.note(Facet::Source(id));
        let source = cards.source(self.language, id)?;
        self.show(|| marking::source(self, source));
        Some(source)
    }

    /// The entries that fit a query, by kind and slug.
    ///
    /// That one does may rest on any marked statement of any entry, so that the page bears the highest marking of all.
    pub(super) fn answer(&self, query: &Query) -> Vec<PageId> {
        self.note(Facet::Entries);
        let entries: Vec<(PageId, &Entry<PageId>)> = self.site.release.iter().collect();
        self.show(|| marking::highest(entries.iter().map(|(_, page)| marking::own(page))));
        let asked = Asked::of(query, &entries);
        let fit = entries.iter().filter(|(id, page)| asked.holds(*id, page));
        fit.map(|(id, _)| *id).collect()
    }

    /// Notes that everything of all entries is told, as exports do.
    pub(in crate::render) fn everything(&self) -> &'a Site {
        self.note(Facet::Entries);
        let pages = self.site.release.iter();
        self.show(|| marking::highest(pages.map(|(_, page)| marking::own(page))));
        self.site
    }

    /// Notes that anything of any entry may be shown, as a script does of what it is asked for.
    pub(super) fn anything(&self) {
        if self.audience() > Tlp::Clear {
            self.note(Facet::Entries);
            let pages = self.site.release.iter();
            self.show(|| marking::highest(pages.map(|(_, page)| marking::own(page))));
        }
    }

    /// What feeds tell of an entry.
    pub(in crate::render) fn in_feeds(&self, id: PageId) -> InFeeds<'a> {
        self.note(Facet::Feed(id));
        in_feeds(self.site.release.page(id))
    }

    /// The entries that speak of one: state a relation to it, link to it, cite it. Each once.
    pub(in crate::render) fn speaking_of(&self, id: PageId) -> BTreeSet<PageId> {
        let page = |from| match from {
            Origin::Page(from) => Some(from),
            Origin::Intro(_) => None,
        };
        let related = self.incoming(id).iter().map(|it| it.from);
        let linking = self.mention_groups(id).filter_map(|it| it.first());
        let citing = self.citing_groups(id).filter_map(|it| it.first());
        let citing = citing.filter_map(|it| page(it.from));
        { related.chain(linking.map(|it| it.from)) }
            .chain(citing)
            .collect()
    }

    /// The marking of an entry as a whole.
    pub(in crate::render) fn tlp(&self, id: PageId) -> Tlp {
        self.note(Facet::Card(id));
        self.site.release.page(id).tlp
    }

    /// The id of a place in the text of an entry, as its page prints it.
    pub(in crate::render) fn place(
        &self,
        cards: &'a Cards,
        id: PageId,
        place: Fragment,
        trust_html: bool,
    ) -> Option<&'a str> {
        self.note(Facet::Places(id));
        self.show(|| marking::place(self, cards, id, place));
        cards.ids(self.site, id, trust_html).at(place)
    }

    /// A section of the text of an entry, for a page that shows it.
    pub(super) fn section(&self, id: PageId, heading: u32) -> Option<(&'a Prose<PageId>, Section)> {
        let page = self.unshown(id);
        let section = Section::of(&page.prose.body, heading)?;
        self.show(|| section.highest.max(page.tlp));
        Some((&page.prose, section))
    }

    /// For every heading in the text of an entry the links in its words.
    pub(in crate::render) fn heading_links(&self, cards: &'a Cards, id: PageId) -> &'a [Vec<u32>] {
        self.note(Facet::Entry(id));
        cards.heading_links(self.site, id)
    }

    /// The words of a heading in the text of an entry that the page shows.
    pub(in crate::render) fn heading(&self, id: PageId, heading: u32) -> Option<&'a str> {
        self.note(Facet::Places(id));
        let headings = &self.site.release.page(id).prose.body.headings;
        headings.get(heading as usize).map(|it| it.text.as_str())
    }

    /// The last part of an entry's address.
    pub(in crate::render) fn slug(&self, id: PageId) -> &'a str {
        &self.site.release.page(id).slug
    }

    /// What an entry is about.
    pub(in crate::render) fn kind(&self, id: PageId) -> Kind {
        self.site.release.page(id).kind
    }

    /// The address of an entry.
    pub(in crate::render) fn route(&self, id: PageId) -> String {
        self.site.release.page(id).route()
    }

    /// The citations of a page.
    pub(in crate::render) fn ledger(&self, origin: Origin) -> &'a Ledger {
        self.note(match origin {
            Origin::Page(id) => Facet::Entry(id),
            Origin::Intro(_) => Facet::Intros,
        });
        self.site.graph.ledger(origin)
    }

    /// The sentences of a page that name an entry, with where on it they stand; `group` are the links to it.
    pub(super) fn mention(
        &self,
        cards: &'a Cards,
        to: PageId,
        group: &[Mention],
    ) -> Vec<Mentioned<'a>> {
        if let Some(edge) = group.first() {
            self.note(Facet::Mention(edge.from, to));
        }
        self.show(|| marking::mention(self, cards, group));
        mentions::mentioned(self.site, cards, group)
    }

    /// What of a page cites a source, and where on it that stands; `group` are the citations of it.
    pub(super) fn citation(
        &self,
        cards: &'a Cards,
        to: PageId,
        group: &[Citing],
    ) -> Vec<Cited<'a>> {
        match group.first().map(|citing| citing.from) {
            Some(Origin::Page(from)) => self.note(Facet::Citation(from, to)),
            Some(Origin::Intro(_)) => {
                self.note(Facet::Intros);
                self.note(Facet::IntroQuotes);
            }
            None => {}
        }
        self.show(|| marking::citation(self, cards, group));
        mentions::cited(self.site, self.language, cards, group)
    }

    /// A relation that another entry states.
    pub(in crate::render) fn relation(
        &self,
        edge: &Incoming,
    ) -> Option<Said<'a, PageId, Relation<PageId>>> {
        let relation = self.unshown_relation(edge)?;
        self.show(|| relation.tlp.unwrap_or_default());
        Some(relation)
    }

    fn unshown_relation(&self, edge: &Incoming) -> Option<Said<'a, PageId, Relation<PageId>>> {
        self.note(Facet::Relations(edge.from));
        let from = self.site.release.page(edge.from);
        from.statements.relation(edge.relation)
    }

    /// The entries that a row names as connected with an entry, and how many more there are. A victim comes
    /// first, then who is held responsible.
    pub(in crate::render) fn connections(&self, id: PageId) -> (Vec<PageId>, usize) {
        self.note(Facet::Relations(id));
        let stated = || self.site.release.page(id).statements.relations();
        let first = |verb: Verb| stated().find(|it| it.what.verb == verb && !it.what.denied);
        let first = [first(Verb::Targets), first(Verb::AttributedTo)];
        let mut seen = BTreeSet::new();
        let mut named = Vec::new();
        let mut count = 0;
        let mut name = |other: PageId, tlp: Option<Tlp>| {
            if other == id || !seen.insert(other) {
                return;
            }
            count += 1;
            if named.len() < CONNECTIONS {
                self.show(|| tlp.unwrap_or_default());
                named.push(other);
            }
        };
        for relation in first.into_iter().flatten().chain(stated()) {
            name(relation.what.target, relation.tlp);
        }
        for edge in self.incoming(id) {
            let relation = self.unshown_relation(edge);
            name(edge.from, relation.and_then(|it| it.tlp));
        }
        let more = count - named.len();
        (named, more)
    }

    /// The sources that derive from a source.
    pub(in crate::render) fn basis_of(&self, id: PageId) -> impl Iterator<Item = PageId> {
        self.incoming(id).iter().filter_map(|edge| {
            let relation = self.unshown_relation(edge)?;
            (relation.what.verb == Verb::DerivedFrom).then(|| {
                self.show(|| relation.tlp.unwrap_or_default());
                edge.from
            })
        })
    }

    /// What a source derives from, which whoever cites it is told of; the first is what it stands on.
    pub(in crate::render) fn bases(&self, id: PageId) -> Vec<PageId> {
        self.note(Facet::Source(id));
        let relations = self.site.release.page(id).statements.relations();
        let derived = relations.filter(|it| it.what.verb == Verb::DerivedFrom);
        let derived = derived.inspect(|it| self.show(|| it.tlp.unwrap_or_default()));
        derived.map(|it| it.what.target).collect()
    }

    /// Where on the page of the entry that states a relation its first source is cited: the source, and which
    /// citation of it that is.
    pub(in crate::render) fn stated_at(
        &self,
        from: PageId,
        relation: StatementId,
    ) -> Option<(PageId, u32)> {
        self.note(Facet::Relations(from));
        stated_at(self.site, from, relation)
    }

    /// Whether the infobox of the entry that states a relation tells it.
    pub(in crate::render) fn is_at_a_glance(&self, from: PageId, relation: StatementId) -> bool {
        self.note(Facet::Relations(from));
        infobox::holds(&self.site.release.page(from).statements, relation)
    }

    /// The title of an entry and what it is dated, which its card shows both.
    pub(in crate::render) fn dated(&self, id: PageId) -> (&'a str, Option<Date>) {
        self.note(Facet::Card(id));
        let page = self.site.release.page(id);
        self.show(|| marking::card(page));
        (&page.title, page.when())
    }

    /// What more is said of when it was than its date.
    pub(in crate::render) fn times(&self, cards: &'a Cards, id: PageId) -> Option<&'a Times> {
        self.note(Facet::Card(id));
        let times = cards.entry(self.language, id).times.as_deref()?;
        self.show(|| times.tlp);
        Some(times)
    }

    /// The introduction of the home page or of an index, with its place among them.
    pub(in crate::render) fn intro(&self, of: Option<Kind>) -> Option<(u32, &'a Intro<PageId>)> {
        self.note(Facet::Intros);
        let intros = (0..).zip(&self.site.release.intros);
        let mut intros = intros.map(|(at, intro)| (at, &**intro));
        let found = intros.find(|(_, intro)| intro.of == of)?;
        self.show(|| marking::intro(found.1));
        Some(found)
    }

    /// What an introduction, by its place, introduces.
    pub(in crate::render) fn introduced(&self, at: u32) -> Option<Kind> {
        let intro = self.unshown_intro(at);
        self.show(|| intro.tlp);
        intro.of
    }

    /// An introduction by its place, for whoever tells a marking of it.
    pub(in crate::render) fn unshown_intro(&self, at: u32) -> &'a Intro<PageId> {
        self.note(Facet::Intros);
        &self.site.release.intros[at as usize]
    }

    /// The relations that others state of an entry.
    pub(in crate::render) fn incoming(&self, id: PageId) -> &'a [Incoming] {
        self.note(Facet::Incoming(id));
        self.site.graph.incoming(id)
    }

    /// Those that its connections show.
    pub(in crate::render) fn related(&self, id: PageId) -> Vec<Connections> {
        self.note(Facet::Relations(id));
        self.note(Facet::Incoming(id));
        self.site.related(id)
    }

    /// Those that its timeline shows.
    pub(in crate::render) fn timeline(&self, id: PageId) -> Vec<Incoming> {
        self.note(Facet::Incoming(id));
        self.site.timeline(id)
    }

    /// The verb of a relation that others state: with the edge itself it is noted already.
    pub(in crate::render) fn verb(&self, edge: &Incoming) -> Option<Verb> {
        let statements = &self.site.release.page(edge.from).statements;
        Some(statements.relation(edge.relation)?.what.verb)
    }

    /// The links that lead to an entry, by the page that they stand on.
    pub(in crate::render) fn mention_groups(
        &self,
        id: PageId,
    ) -> impl Iterator<Item = &'a [Mention]> + use<'a> {
        self.note(Facet::Mentions(id));
        self.site.graph.mention_groups(id)
    }

    /// The places that cite a source, by the page that they stand on.
    pub(in crate::render) fn citing_groups(
        &self,
        id: PageId,
    ) -> impl Iterator<Item = &'a [Citing]> + use<'a> {
        self.note(Facet::Citing(id));
        self.site.graph.citing_groups(id)
    }

    /// How many places cite a source.
    pub(in crate::render) fn citing(&self, id: PageId) -> usize {
        self.note(Facet::Citing(id));
        self.site.graph.citing[id.0 as usize].len()
    }

    /// How many origins sources go back to.
    pub(in crate::render) fn independent(&self, sources: impl Iterator<Item = PageId>) -> usize {
        let sources: Vec<PageId> = sources.collect();
        for &source in &sources {
            let mut known = BTreeSet::new();
            let mut at = Some(source);
            while let Some(id) = at.filter(|id| known.insert(*id)) {
                self.note(Facet::Source(id));
                at = plan::basis(&self.site.release, id);
            }
        }
        plan::independent(&self.site.release, sources.into_iter())
    }

    /// The index of a kind, as far as all its pages have it in common.
    pub(in crate::render) fn has_index(&self, kind: Kind) -> bool {
        self.site.index(kind).is_some()
    }

    /// The kinds that have an index, with how many entries are in it.
    pub(in crate::render) fn indexes(&self) -> impl Iterator<Item = (Kind, usize)> + use<'a> {
        let indexes = self.site.indexes.iter();
        indexes.map(|index| (index.kind, index.by_name.all().len()))
    }

    /// The rows of a page of a kind's index, each with what it stands under, and how many there are on all pages.
    pub(in crate::render) fn rows(
        &self,
        kind: Kind,
        order: Order,
        number: u32,
    ) -> (Vec<(PageId, &'a Mark)>, usize) {
        self.note(Facet::Rows(kind, order, number));
        rows(self.site, kind, order, number)
    }

    /// Every letter or year of a kind's index, with the page on which it begins.
    pub(in crate::render) fn marks(&self, kind: Kind, order: Order) -> Vec<(&'a Mark, u32)> {
        self.note(Facet::Marks(kind, order));
        marks(self.site, kind, order)
    }

    /// What came before and after an incident; nothing of what is none.
    pub(in crate::render) fn neighbours(&self, id: PageId) -> Neighbours {
        if self.kind(id) != Sequence::OF {
            return Neighbours::default();
        }
        self.note(Facet::Neighbours(id));
        self.site.sequence.beside(id)
    }

    /// The incidents and campaigns that have a date, in order of time; the marking is that of all of them.
    pub(in crate::render) fn chronicle(&self) -> &'a Chronicle {
        self.note(Facet::Chronicle);
        let acts = self.site.chronicle.acts().all();
        self.show(|| marking::highest(acts.iter().map(|act| act.tlp)));
        &self.site.chronicle
    }

    /// What those incidents say of money that `of` holds for; the marking is that of all of it.
    pub(in crate::render) fn money(&self, of: impl Fn(PageId) -> bool) -> Vec<OfMoney<'a>> {
        self.note(Facet::Money);
        let pages = self.site.release.iter().filter(|(id, _)| of(*id));
        let told = pages.filter_map(|(what, page)| {
            let losses: Vec<Fact<'a, PageId>> = plan::losses(page).collect();
            if losses.is_empty() {
                return None;
            }
            self.show(|| marking::money(page));
            Some(OfMoney {
                what,
                when: page.when(),
                losses,
            })
        });
        told.collect()
    }

    /// The rates whose sources came through the door: which these are cannot change while the pages of a site are the same. Whoever
    /// shows one shows its source beside it.
    pub(in crate::render) fn rates(&self, rates: &'a rate::Rates) -> Rates<'a> {
        let known = rates.rates.iter().filter_map(|rate| {
            let source = self.site.release.named(Kind::Source, &rate.source)?;
            Some((rate, source))
        });
        Rates {
            into: &rates.into,
            known: known.collect(),
        }
    }

    /// Whether an incident says something of money.
    pub(super) fn tells_of_money(&self) -> bool {
        self.note(Facet::Money);
        plan::tells_of_money(&self.site.release)
    }

    /// To whom an act is attributed.
    pub(in crate::render) fn attributions(
        &self,
        id: PageId,
    ) -> impl Iterator<Item = Said<'a, PageId, Relation<PageId>>> + use<'a, '_> {
        self.note(Facet::Relations(id));
        let relations = self.site.release.page(id).statements.relations();
        let attributed = relations.filter(|it| it.what.verb == Verb::AttributedTo);
        attributed.inspect(|it| self.show(|| it.tlp.unwrap_or_default()))
    }

    /// The course of an incident: when what happened, as plain text.
    pub(in crate::render) fn events(&self, id: PageId) -> Vec<Happening> {
        self.note(Facet::Events(id));
        let events = happenings(self, self.site, id);
        self.show(|| marking::highest(events.iter().map(|event| event.tlp)));
        events
    }

    /// The names on a page of the register, each with what it stands under, and how many there are on all pages.
    pub(in crate::render) fn named(&self, number: u32) -> (Vec<(&'a Name, &'a Mark)>, usize) {
        self.note(Facet::Named(number));
        named(self.site, number)
    }

    /// Every letter of the register, with the page on which it begins.
    pub(in crate::render) fn named_marks(&self) -> Vec<(&'a Mark, u32)> {
        self.note(Facet::NamedMarks);
        named_marks(self.site)
    }

    /// The pairs of actors that are compared, those that share the most first.
    pub(in crate::render) fn pairs(&self) -> &'a [Pair] {
        self.note(Facet::Pairs);
        let pairs = self.site.compared.pairs();
        self.show(|| marking::highest(pairs.iter().map(|pair| pair.tlp)));
        pairs
    }

    /// Those of an actor.
    pub(in crate::render) fn pairs_of(&self, id: PageId) -> Vec<Pair> {
        self.note(Facet::Pairs);
        let pairs = self.site.compared.pairs().iter().copied();
        let pairs = pairs.filter(|pair| [pair.one, pair.other].contains(&id));
        pairs.inspect(|pair| self.show(|| pair.tlp)).collect()
    }

    /// The address of two that are compared.
    pub(in crate::render) fn pair_address(&self, one: PageId, other: PageId) -> String {
        plan::pair_address(&self.site.release, one, other)
    }

    /// When an entry says that it was seen, under `first_seen` or `last_seen`: the date that it goes by, and its marking.
    pub(in crate::render) fn seen(&self, id: PageId, name: &str) -> Option<(Date, Tlp)> {
        let fact = self.unshown(id).statements.fact(name)?;
        let seen = super::times::date(fact.leading()?)?;
        self.show(|| seen.1);
        Some(seen)
    }

    /// The relations that an entry states.
    pub(in crate::render) fn stated(&self, id: PageId) -> Vec<Said<'a, PageId, Relation<PageId>>> {
        self.note(Facet::Relations(id));
        let relations = self.site.release.page(id).statements.relations();
        relations
            .inspect(|it| self.show(|| it.tlp.unwrap_or_default()))
            .collect()
    }

    /// The entries on a page of those of whose names it is told who uses them, and how many there are on all pages.
    pub(in crate::render) fn produced(&self, number: u32) -> (Vec<PageId>, usize) {
        self.note(Facet::Producers(number));
        produced(self.site, number)
    }

    /// The names of an entry of which it is told who uses them.
    pub(in crate::render) fn by_producers(
        &self,
        id: PageId,
    ) -> impl Iterator<Item = Said<'a, PageId, Alias<PageId>>> {
        let aliases = self.unshown_name(id).aliases();
        aliases
            .filter(|alias| alias.what.by.is_some())
            .inspect(|alias| self.show(|| alias.tlp.unwrap_or_default()))
    }

    /// Whether there are pages of who calls what how.
    pub(in crate::render) fn has_producers(&self) -> bool {
        self.note(Facet::Routes);
        self.site.producers.pages() > 0
    }

    /// Every name of every entry.
    pub(in crate::render) fn register(&self) -> &'a Arc<Register> {
        self.note(Facet::Register);
        &self.site.register
    }

    /// In which pages which words of texts stand, of a part of the words.
    pub(in crate::render) fn postings(&self, cards: &'a Cards, part: u32) -> &'a str {
        self.note(Facet::Postings(part));
        cards.postings().shard(part)
    }

    /// What entries have in common, each with these.
    pub(in crate::render) fn attributes(&self) -> &'a Attributes {
        self.note(Facet::Attributes);
        &self.site.attributes
    }

    /// How many files the words of texts stand in; none where they are not searched.
    pub(in crate::render) fn text_files(&self) -> u32 {
        match self.site.full_text {
            true => plan::postings(self.site.release.pages.len()),
            false => 0,
        }
    }

    /// How many pages there are of entries and about the dossier.
    pub(in crate::render) fn pages(&self) -> u32 {
        u32::try_from(self.site.release.pages.len()).unwrap_or(u32::MAX)
    }

    /// A tag, with its entries on one of its pages.
    pub(in crate::render) fn tagged(
        &self,
        tag: u32,
        number: u32,
    ) -> Option<(&'a Tag, Listed<'a, PageId>)> {
        self.note(Facet::Tagged(tag, number));
        let ((.., tlp), listed) = tagged(self.site, tag, number)?;
        self.show(|| tlp);
        Some((self.site.tags.get(tag as usize)?, listed))
    }

    /// A page of the entries that have something in common.
    pub(in crate::render) fn shelf(
        &self,
        attribute: Attribute,
        number: u32,
    ) -> Listed<'a, ShelfRow> {
        self.note(Facet::Shelf(attribute, number));
        let shelf = shelf(self.site, attribute, number);
        self.show(|| marking::highest(shelf.rows.iter().map(|&(_, tlp)| tlp)));
        shelf
    }

    /// What entries have in common in one respect, each with how many.
    pub(in crate::render) fn shelves(&self, family: Family) -> Vec<(Attribute, usize)> {
        self.note(Facet::Shelves(family));
        let all = shelves(self.site, family).map(|(attribute, count, tlp)| {
            self.show(|| tlp);
            (attribute, count)
        });
        all.collect()
    }

    /// Whether there is a page of those that have something in common. That is told by the least marked of them.
    pub(in crate::render) fn is_shelved(&self, attribute: Attribute) -> bool {
        self.note(Facet::Shelved(attribute));
        let lowest = shelved(self.site, attribute);
        self.show(|| lowest.unwrap_or_default());
        lowest.is_some()
    }

    /// The address of a page of those that have something in common; empty where there is none.
    pub(in crate::render) fn shelf_address(&self, attribute: Attribute, number: u32) -> String {
        let address = plan::shelf_address(&self.site.release, attribute, number);
        address.unwrap_or_default()
    }

    /// The respects in which entries have something in common: they stand in what all pages share.
    pub(in crate::render) fn families(&self) -> impl Iterator<Item = Family> + use<'a> {
        let shelves = &self.site.shelves;
        { Family::ALL.into_iter() }.filter(|&family| shelves.has(family))
    }

    /// All tags.
    pub(in crate::render) fn tags(&self) -> &'a [Tag] {
        self.note(Facet::Tags);
        self.show(|| {
            self.note(Facet::Overview);
            self.site.overview.tags_tlp()
        });
        &self.site.tags
    }

    /// A contested name by its place.
    pub(in crate::render) fn contested_at(&self, at: u32) -> Option<&'a Contested> {
        self.note(Facet::Contested(at));
        self.site.contested.get(at as usize)
    }

    /// How an entry claims a contested name: its alias, unless the name is its title alone.
    pub(in crate::render) fn claim(
        &self,
        id: PageId,
        name: &str,
    ) -> Option<Said<'a, PageId, Alias<PageId>>> {
        self.note(Facet::Entry(id));
        let page = self.site.release.page(id);
        let name = fold(name);
        let claims: Vec<_> = page.statements.called(&name).collect();
        self.show(|| marking::highest(claims.iter().filter_map(|it| it.tlp)));
        claims.into_iter().next()
    }

    /// A name, if it is contested.
    pub(in crate::render) fn contested(&self, name: &str) -> Option<&'a Contested> {
        self.note(Facet::AllContested);
        self.site.contested(name).map(|(_, contested)| contested)
    }

    /// What is counted and ranked over the whole dossier.
    pub(in crate::render) fn overview(&self) -> &'a Overview {
        self.note(Facet::Overview);
        self.show(|| self.site.overview.tlp());
        &self.site.overview
    }

    /// The key judgements of a note.
    pub(in crate::render) fn judgements(
        &self,
        id: PageId,
    ) -> impl Iterator<Item = Said<'a, PageId, Words<PageId>>> + use<'a, '_> {
        self.note(Facet::Entry(id));
        let judgements = self.site.release.page(id).statements.judgements();
        judgements.inspect(|it| self.show(|| it.tlp.unwrap_or_default()))
    }

    /// What an entry tells of a day: whether it was withdrawn then, what changed, whether it was published.
    pub(in crate::render) fn on_day(
        &self,
        id: PageId,
        day: Day,
    ) -> (bool, Option<&'a Change<PageId>>, bool) {
        self.note(Facet::Entry(id));
        let page = self.site.release.page(id);
        let notice = page.withdrawn.as_ref();
        let withdrawn = notice.is_some_and(|notice| notice.date.sort_day() == day);
        let change = page.changes.iter().find(|change| change.date == day);
        self.show(|| change.and_then(|it| it.tlp).unwrap_or_default());
        (withdrawn, change, page.publish == Some(day))
    }

    /// The entries of a feed, latest first.
    pub(in crate::render) fn latest(&self, kind: Option<Kind>) -> Vec<(Day, PageId)> {
        self.note(Facet::Latest(kind));
        self.site.days.latest(kind)
    }

    /// The latest day of all.
    pub(in crate::render) fn last(&self) -> Option<Day> {
        self.note(Facet::Days);
        self.site.days.last()
    }

    /// When an entry changed last.
    pub(in crate::render) fn changed(&self, id: PageId) -> Option<Day> {
        self.note(Facet::Days);
        self.site.days.changed(id)
    }

    /// Of every page what tells whether it is another one than before.
    pub(in crate::render) fn revisions(&self) -> String {
        self.note(Facet::Revisions);
        self.site.revisions.told()
    }

    /// Everything that is written, by path.
    pub(in crate::render) fn routes(&self) -> &'a [Route] {
        self.note(Facet::Routes);
        &self.site.routes
    }

    /// Hashes of every address that is an indicator: nothing may link to one.
    pub(in crate::render) fn indicators(&self) -> &'a Arc<HashSet<u64>> {
        &self.site.release.indicators
    }

    /// Whom the site is for.
    pub(in crate::render) fn audience(&self) -> Tlp {
        self.site.release.audience
    }
}

/// An incident that says something of money.
#[derive(Debug)]
pub(in crate::render) struct OfMoney<'a> {
    pub(in crate::render) what: PageId,
    /// When it was.
    pub(in crate::render) when: Option<Date>,
    /// What it says, as facts.
    pub(in crate::render) losses: Vec<Fact<'a, PageId>>,
}

/// What happened in the course of an incident.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct Happening {
    pub(in crate::render) date: Date,
    pub(in crate::render) what: String,
    pub(in crate::render) tlp: Tlp,
}

fn happenings(reads: &Reads<'_>, site: &Site, id: PageId) -> Vec<Happening> {
    let events = site.release.page(id).statements.events();
    let events = events.map(|event| Happening {
        date: event.what.date,
        what: words::plain(reads, &event.what.what).into_owned(),
        tlp: event.tlp.unwrap_or_default(),
    });
    events.collect()
}

/// The course of an incident, to be compared.
pub(super) fn events(site: &Site, id: PageId) -> Vec<Happening> {
    happenings(&Reads::unnoted(site, Language::english()), site, id)
}

/// The rows of a kind's index.
fn ordered(site: &Site, kind: Kind, order: Order) -> Option<&Rows> {
    let index: &Index = site.index(kind)?;
    Some(match order {
        Order::Name => &index.by_name,
        Order::Date => &index.by_date,
    })
}

/// The rows of a page of a kind's index, each with what it stands under, and how many there are on all pages.
pub(super) fn rows(
    site: &Site,
    kind: Kind,
    order: Order,
    number: u32,
) -> (Vec<(PageId, &Mark)>, usize) {
    let Some(rows) = ordered(site, kind, order) else {
        return (Vec::new(), 0);
    };
    let first = plan::first_of(number);
    let shown = rows.within(first, plan::PER_PAGE);
    let shown = shown.map(|(&id, mark)| (id, mark));
    (shown.collect(), rows.all().len())
}

/// Every letter or year of a kind's index, with the page on which it begins.
pub(super) fn marks(site: &Site, kind: Kind, order: Order) -> Vec<(&Mark, u32)> {
    let rows = ordered(site, kind, order).into_iter();
    let firsts = rows.flat_map(Rows::firsts);
    firsts.map(|(mark, at)| (mark, plan::page_at(at))).collect()
}

/// The names on a page of the register, each with what it stands under, and how many there are on all pages.
pub(super) fn named(site: &Site, number: u32) -> (Vec<(&Name, &Mark)>, usize) {
    let names = site.register.names();
    let shown = names.within(plan::first_of(number), plan::PER_PAGE);
    (shown.collect(), names.all().len())
}

/// A page of a list of entries of several kinds.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct Listed<'a, T> {
    /// What stands on the page.
    pub(in crate::render) rows: &'a [T],
    /// How many there are on all pages.
    pub(in crate::render) total: usize,
    /// Every kind, with the page on which it begins.
    pub(in crate::render) kinds: Vec<(Kind, u32)>,
}

impl<'a, T> Listed<'a, T> {
    fn of(site: &Site, all: &'a [T], number: u32, id: impl Fn(&T) -> PageId) -> Listed<'a, T> {
        Listed {
            rows: plan::page_of(all, number),
            total: all.len(),
            kinds: plan::kinds(&site.release, all, id),
        }
    }
}

/// An entry that has something, and the marking under which it says so.
pub(in crate::render) type ShelfRow = (PageId, Tlp);

/// The entries on a page of those of whose names it is told who uses them, and how many there are on all pages.
pub(super) fn produced(site: &Site, number: u32) -> (Vec<PageId>, usize) {
    let all = site.producers.entries();
    let count = all.len();
    let shown = all.skip(plan::first_of(number)).take(plan::PER_PAGE);
    (shown.collect(), count)
}

/// A page of the entries that have something in common.
pub(super) fn shelf(site: &Site, attribute: Attribute, number: u32) -> Listed<'_, ShelfRow> {
    let all = site.shelves.of_attribute(attribute);
    Listed::of(site, all, number, |&(id, _)| id)
}

/// What entries have in common in one respect: how many, and the highest marking under which one says so.
pub(super) fn shelves(
    site: &Site,
    family: Family,
) -> impl Iterator<Item = (Attribute, usize, Tlp)> {
    let all = site.shelves.of_family(family);
    all.map(|(attribute, shelf)| {
        let tlp = marking::highest(shelf.iter().map(|&(_, tlp)| tlp));
        (attribute, shelf.len(), tlp)
    })
}

/// The lowest marking under which an entry says that it has something.
pub(super) fn shelved(site: &Site, attribute: Attribute) -> Option<Tlp> {
    let all = site.shelves.of_attribute(attribute).iter();
    all.map(|&(_, tlp)| tlp).min()
}

/// A tag: as it is written, the last part of its address, its marking.
type TagHead<'a> = (&'a str, &'a str, Tlp);

/// A tag with a page of its entries.
pub(super) fn tagged(
    site: &Site,
    tag: u32,
    number: u32,
) -> Option<(TagHead<'_>, Listed<'_, PageId>)> {
    let tag = site.tags.get(tag as usize)?;
    let listed = Listed::of(site, &tag.pages, number, |&id| id);
    Some(((&tag.name, &tag.slug, tag.tlp), listed))
}

/// Every letter of the register, with the page on which it begins.
pub(super) fn named_marks(site: &Site) -> Vec<(&Mark, u32)> {
    let firsts = site.register.names().firsts();
    firsts.map(|(mark, at)| (mark, plan::page_at(at))).collect()
}

/// Where on a page a relation's first source is cited.
fn stated_at(site: &Site, from: PageId, relation: StatementId) -> Option<(PageId, u32)> {
    let ledger = site.graph.ledger(Origin::Page(from));
    let cited = ledger.of_statement(By::Statement(relation)).iter();
    { cited }.find_map(|placed| Some((placed.source?, placed.nth)))
}

/// The relations that an entry states as others show them, to be compared.
pub(super) fn relations(site: &Site, id: PageId) -> impl PartialEq + use<> {
    let reads = Reads::unnoted(site, Language::english());
    let relations = site.release.page(id).statements.relations();
    let relations = relations.map(|it| {
        let note = it
            .note
            .as_ref()
            .map(|note| words::plain(&reads, note).into_owned());
        let said = (it.what.clone(), it.confidence, it.when, it.tlp);
        (
            said,
            note,
            cites::distinct(&it.sources),
            stated_at(site, id, it.id),
        )
    });
    relations.collect::<Vec<_>>()
}

/// What an entry is called.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Called<'a>(&'a Entry<PageId>);

impl<'a> Called<'a> {
    /// Its title.
    pub(in crate::render) fn title(self) -> &'a str {
        &self.0.title
    }

    /// Its other names, as written.
    pub(in crate::render) fn aliases(
        self,
    ) -> impl DoubleEndedIterator<Item = Said<'a, PageId, Alias<PageId>>> + use<'a> {
        self.0.statements.aliases()
    }

    /// Its ids in other catalogues.
    pub(in crate::render) fn ids(self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0.external_ids.iter().map(|(_, id)| id.value.as_str())
    }

    /// The latest status of a person, which stands beside the name wherever it is shown.
    pub(super) fn legal_status(self) -> Option<LegalStatus> {
        super::cards::legal_status(self.0)
    }

    /// Whether a text is the title or an alias as a reader would write it: without regard to case, but for
    /// what is the slug.
    pub(super) fn is(self, text: &str) -> bool {
        let Called(page) = self;
        let text = text.trim();
        // Most are written as they are: folding is the dear part.
        if page.title == text {
            return true;
        }
        let folded = fold(text);
        let is_slug = text == page.slug;
        let mut aliases = page.statements.called(&folded);
        (!is_slug && fold(&page.title) == folded)
            || aliases.any(|alias| !is_slug || alias.what.name == text)
    }

    /// The marking of it.
    pub(in crate::render) fn tlp(self) -> Tlp {
        marking::name(self.0)
    }

    /// All of it, to be compared.
    pub(super) fn all(self) -> impl PartialEq + use<'a> {
        let aliases = self.aliases().map(|it| (it.what, it.tlp));
        (
            self.title(),
            aliases.collect::<Vec<_>>(),
            &self.0.external_ids,
            self.legal_status(),
            self.tlp(),
        )
    }
}

/// What feeds tell of an entry.
#[derive(Debug, PartialEq)]
pub(in crate::render) struct InFeeds<'a> {
    pub(in crate::render) kind: Kind,
    pub(in crate::render) id: &'a str,
    pub(in crate::render) title: &'a str,
    pub(in crate::render) authors: &'a [Marked<String>],
    pub(in crate::render) summary: Option<&'a Words<PageId>>,
    pub(in crate::render) changes: &'a [Change<PageId>],
    pub(in crate::render) withdrawn: Option<(Day, &'a Words<PageId>)>,
    /// When it changed last; where nobody says, when it was.
    pub(in crate::render) dated: Option<Day>,
}

/// What feeds tell of an entry.
pub(super) fn in_feeds(page: &Entry<PageId>) -> InFeeds<'_> {
    InFeeds {
        kind: page.kind,
        id: &page.id,
        title: &page.title,
        authors: &page.authors,
        summary: page.summary.as_ref().map(|summary| &summary.value),
        changes: &page.changes,
        withdrawn: { page.withdrawn.as_ref() }.map(|it| (it.date.sort_day(), &it.reason)),
        dated: page
            .last_changed()
            .or_else(|| page.when().map(|date| date.sort_day())),
    }
}

/// The places in the text of an entry that links lead to, to be compared.
pub(super) fn places(page: &Entry<PageId>) -> impl PartialEq + use<> {
    let body = &page.prose.body;
    let headings: Vec<String> = body.headings.iter().map(|it| it.text.clone()).collect();
    let raw: Vec<Box<str>> = body.ids.iter().map(|raw| raw.id.clone()).collect();
    (Ids::of(body), headings, raw)
}
