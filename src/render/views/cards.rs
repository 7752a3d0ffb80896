//! What many pages show of one entry, made once and shared: its card, the links to it, a source as it
//! is cited, the sentences that others quote.

use super::facet::{Facet, Facets};
use super::reads::Reads;
use super::shape::{Card, NavLink};
use super::times::Times;
use super::{attack, facts, infobox, marking, prose, shell, words};
use crate::config::Config;
use crate::model::address::Outside;
use crate::model::{
    Details, Entry, Ids, Kind, LegalStatus, Marked, Named, PageId, Seen, Spot, Tlp, Verb,
};
use crate::plan::graph::Origin;
use crate::plan::{Edit, Site, address};
use crate::render::language::{Language, Languages, Word, names as names_of};
use crate::render::{Html, markup};
use crate::search::{Endings, Lookup, Names, Postings};
use crate::shared_list::SharedList;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};
use unicode_segmentation::UnicodeSegmentation;

/// The shared values of a site.
#[derive(Debug, Clone)]
pub struct Cards {
    languages: Arc<Languages>,
    /// In the language of the dossier.
    first: Deck,
    /// In every other, made when the first page speaks it.
    others: Vec<OnceLock<Deck>>,
    /// What those are made of.
    of: Arc<(Site, Config)>,
    /// What others show of the texts of every page, made when the first of them does.
    texts: SharedList<Texts>,
    intro_quotes: SharedList<OnceLock<prose::Quotes>>,
    lookup: Lookup,
}

/// What is said in one language.
#[derive(Debug, Clone)]
struct Deck {
    /// The items of the navigation.
    navigation: Arc<Vec<NavLink>>,
    entries: SharedList<EntryCard>,
    names: Arc<ShortNames>,
    sources: SharedList<Option<SourceCard>>,
}

/// What other pages show of the texts of one, each part made when it is first asked for.
#[derive(Debug, Default)]
struct Texts {
    /// The sentences that they quote.
    quotes: OnceLock<prose::Quotes>,
    /// The ids to which their links lead.
    ids: OnceLock<Ids>,
    /// For every heading the links in its words, which stand in the addresses of their links.
    heading_links: OnceLock<Vec<Vec<u32>>>,
}

/// What cards leave for a later process: how sources are called in margins, and the words of all texts where they are
/// searched.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tables(Arc<ShortNames>, Option<Postings>);

/// An entry as other pages show it.
#[derive(Debug, PartialEq)]
pub(super) struct EntryCard {
    /// What templates see.
    card: Card,
    /// The link to it, from its path on ([`markup::tail`]). A person's legal status stands beside the
    /// name wherever it is shown, a withdrawal too.
    pub link: String,
    /// How much of the link is nothing but a link.
    plain: usize,
    /// What its date is, as a heading.
    pub dated: Word,
    /// What only a technique has.
    pub technique: Option<Box<Technique>>,
    /// What more is said of when it was.
    pub times: Option<Box<Times>>,
    /// The marking of it without its summary, as far as that is its own.
    pub tlp: Tlp,
    /// The marking of its summary.
    pub summary_tlp: Tlp,
    /// Whom its summary names.
    pub names: Box<[PageId]>,
}

/// A technique beside its name, where an entry uses it.
#[derive(Debug, PartialEq)]
pub(super) struct Technique {
    /// The link to it in ATT&CK.
    pub attack: String,
    /// Its tactics.
    pub tactics: String,
    /// The marking of both.
    pub tlp: Tlp,
}

impl EntryCard {
    /// All of it.
    pub(super) fn told(&self) -> &Card {
        &self.card
    }

    /// Its page.
    pub(super) fn path(&self) -> &str {
        &self.card.path
    }

    /// What it is: `Actor`.
    pub(super) fn label(&self) -> &str {
        &self.card.label
    }

    /// When, in words.
    pub(super) fn when(&self) -> Option<&str> {
        self.card.when.as_deref()
    }

    /// The link to it without what stands beside the name.
    pub(super) fn plain(&self) -> &str {
        self.link.get(..self.plain).unwrap_or(&self.link)
    }
}

/// A source as it is cited.
#[derive(Debug, PartialEq)]
pub(super) struct SourceCard {
    /// Its page.
    pub path: String,
    /// `Reuters 2016`: how it is called in margins, and in every list of sources, so that it is found there.
    pub short: String,
    /// `B2`, and `B: usually reliable · 2: probably true`.
    pub grade: Option<(String, String)>,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
    /// Its address, if it may be linked, and the words for it.
    pub url: Option<(String, String)>,
    /// A line in a list, up to the way to the root in its link, and after it.
    pub line: (String, String),
    /// What follows the line in a reference list before the caveats: address, grade.
    pub details: String,
    /// The marking of it, as far as that is its own.
    pub tlp: Tlp,
    /// Whom it names: its publisher, what it derives from, and the publishers of that.
    pub names: Box<[PageId]>,
}

/// What a reader must know of a source.
#[derive(Debug, PartialEq)]
pub(super) enum Caveat {
    /// `withdrawn`, `text not seen`.
    Word(Word),
    /// It is taken back.
    Retracted,
    /// It derives from another: the link to that, from its path on.
    After(String),
}

impl SourceCard {
    /// Writes it as a line in a list: short name, title, date as far as that is not in the name.
    pub(super) fn line(&self, root: &str, out: &mut String) {
        let (before, after) = &self.line;
        out.push_str(before);
        out.push_str(root);
        out.push_str(after);
    }

    /// Writes what a reader must know of it.
    pub(super) fn caveats(&self, language: &Language, root: &str, out: &mut String) {
        for caveat in &self.caveats {
            markup::caveat(
                matches!(caveat, Caveat::Retracted),
                out,
                |out| match caveat {
                    Caveat::Word(word) => language.html(*word, out),
                    Caveat::Retracted => language.html(Word::RemarkRetracted, out),
                    Caveat::After(tail) => language.fill_html(
                        Word::RemarkAfter,
                        |_, out| markup::link(root, tail, out),
                        out,
                    ),
                },
            );
        }
    }
}

impl Cards {
    /// The cards of all pages; `before` are those of the site before, for the same settings.
    #[must_use]
    pub fn of(
        site: &Site,
        config: &Config,
        languages: &Arc<Languages>,
        before: Option<(&Site, &Cards)>,
    ) -> Cards {
        let edit = before.and_then(|(was, cards)| {
            let edit = Edit::of(&was.release, &site.release)?;
            Some((was, cards, edit))
        });
        match edit {
            Some((was, cards, edit)) => cards.after(was, site, config, &edit),
            None => Cards::whole(site, config, languages),
        }
    }

    fn whole(site: &Site, config: &Config, languages: &Arc<Languages>) -> Cards {
        let language = languages.first();
        let names = Arc::new(ShortNames::of(site, language));
        let pages = &site.release.pages;
        // Most are no sources: these share one.
        let none = Arc::new(None);
        let sources =
            ids(pages.len()).map(|id| match source_card(site, config, language, id, &names) {
                None => Arc::clone(&none),
                card => Arc::new(card),
            });
        let first = Deck {
            navigation: Arc::new(shell::navigation(site, config, language)),
            names: Arc::clone(&names),
            entries: SharedList::collect(
                (0..pages.len())
                    .into_par_iter()
                    .map(|at| entry(site, config, language, at)),
            ),
            sources: SharedList::from(sources.collect::<Vec<_>>()),
        };
        Cards {
            first,
            others: unmade(languages),
            of: Arc::new((site.clone(), config.clone())),
            languages: Arc::clone(languages),
            texts: pages.iter().map(|_| Texts::default()).collect(),
            intro_quotes: site
                .release
                .intros
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
            lookup: Lookup::of(&config.language, None),
        }
    }

    /// What they leave for a later process.
    #[must_use]
    pub fn tables(&self) -> Tables {
        let site = &self.of.0;
        let postings = { site.full_text }.then(|| self.lookup.postings(&site.release).clone());
        Tables(Arc::clone(&self.first.names), postings)
    }

    /// Restores cards from what they left, each when it is asked for; `site` must be the one that they were made for.
    #[must_use]
    pub fn on_demand(
        tables: Tables,
        site: &Site,
        config: &Config,
        languages: &Arc<Languages>,
    ) -> Cards {
        let Tables(names, postings) = tables;
        let pages = site.release.pages.len();
        let of = Arc::new((site.clone(), config.clone()));
        Cards {
            first: Deck::on_demand(&of, languages.spoken_at(0), names),
            others: unmade(languages),
            of,
            languages: Arc::clone(languages),
            texts: SharedList::on_demand(pages, |_| Arc::default()),
            intro_quotes: SharedList::on_demand(site.release.intros.len(), |_| Arc::default()),
            lookup: Lookup::of(&config.language, postings),
        }
    }

    /// Those in a language.
    fn deck(&self, language: &Language) -> &Deck {
        let other = language
            .at
            .checked_sub(1)
            .and_then(|at| self.others.get(at));
        other.map_or(&self.first, |deck| {
            deck.get_or_init(|| {
                let names = Arc::new(ShortNames::of(&self.of.0, language));
                Deck::on_demand(&self.of, self.languages.spoken_at(language.at), names)
            })
        })
    }

    /// The items of the navigation in the language of the dossier.
    pub(super) fn navigates(&self) -> &[NavLink] {
        &self.first.navigation
    }

    /// The items of the navigation.
    pub(super) fn navigation(&self, language: &Language) -> &[NavLink] {
        &self.deck(language).navigation
    }

    /// The cards after an edit: those that show something that changed are made again.
    fn after(&self, was: &Site, site: &Site, config: &Config, edit: &Edit) -> Cards {
        let mut cards = self.clone();
        cards.others = unmade(&self.languages);
        cards.of = Arc::new((site.clone(), config.clone()));
        let languages = Arc::clone(&self.languages);
        let language = languages.first();
        cards.first.navigation = Arc::new(shell::navigation(site, config, language));
        let (before, now) = (&was.release, &site.release);
        let republished = edit.renames_publisher(before, now);
        let publications = || {
            let sources = site.index(Kind::Source).into_iter();
            sources.flat_map(|index| index.by_name.all().iter().copied())
        };
        let edited = || edit.pages.iter().map(|id| id.0 as usize);
        let renamed: Vec<PageId> = (edit.pages.iter().copied())
            .filter(|&id| spoken(before.page(id)) != spoken(now.page(id)))
            .collect();
        let mentions = || {
            let mentions = renamed.iter().map(|id| &site.graph.mentions[id.0 as usize]);
            mentions.flat_map(|mentions| mentions.iter())
        };
        let mut shown: Vec<usize> = edited().collect();
        // Their summaries name what is called otherwise now.
        let summaries = mentions().filter(|mention| mention.spot == Spot::Summary);
        shown.extend(summaries.map(|mention| mention.from.0 as usize));
        if republished {
            shown.extend(publications().map(|id| id.0 as usize));
        }
        for at in shown {
            cards
                .first
                .entries
                .set(at, Arc::new(entry(site, config, language, at)));
        }
        let is_source = |id: &PageId| now.page(*id).kind == Kind::Source;
        let mut cited: BTreeSet<PageId> = edit.pages.iter().copied().filter(is_source).collect();
        if republished {
            cited.extend(publications());
        }
        for id in cards.rename(site, &cited) {
            // Its name stands also in what is told of those that derive from it.
            let from = site.graph.incoming(id).iter().map(|edge| edge.from);
            cited.extend(from.filter(is_source).chain([id]));
        }
        for id in cited {
            let card = source_card(site, config, language, id, &cards.first.names);
            cards.first.sources.set(id.0 as usize, Arc::new(card));
        }
        let mut quoted: Vec<usize> = edited().collect();
        quoted.extend(mentions().map(|mention| mention.from.0 as usize));
        if !renamed.is_empty() {
            // Their links lead to it, too, but no list tells which do.
            cards.intro_quotes = self.intro_quotes.iter().map(|_| OnceLock::new()).collect();
        }
        for at in quoted {
            cards.texts.set(at, Arc::default());
        }
        cards.lookup = self.lookup.after(was, site, &edit.pages);
        if edit.intros {
            cards.intro_quotes = now.intros.iter().map(|_| OnceLock::new()).collect();
        }
        cards
    }

    /// Names sources anew that were edited; gives those that have another name now.
    fn rename(&mut self, site: &Site, edited: &BTreeSet<PageId>) -> Vec<PageId> {
        let languages = Arc::clone(&self.languages);
        let language = languages.first();
        let moved = self.first.names.moved(site, language, edited);
        if moved.is_empty() {
            return Vec::new();
        }
        let names: &mut ShortNames = Arc::make_mut(&mut self.first.names);
        names.rename(site, language, moved)
    }

    /// The facets of which these are others than those `before`.
    pub(super) fn moved(&self, before: &Cards) -> Facets {
        fn differing<T: PartialEq>(
            now: &SharedList<T>,
            was: &SharedList<T>,
        ) -> impl Iterator<Item = PageId> {
            let changed = now.changed(was).into_iter();
            let differing = changed.filter(|&at| now[at] != was[at]);
            differing.filter_map(|at| Some(PageId(u32::try_from(at).ok()?)))
        }
        // What differs in one language differs in every other.
        let cards = differing(&self.first.entries, &before.first.entries);
        let mut moved: Facets = cards.map(Facet::Card).collect();
        moved.extend(differing(&self.first.sources, &before.first.sources).map(Facet::Source));
        if !self.intro_quotes.changed(&before.intro_quotes).is_empty() {
            moved.insert(Facet::IntroQuotes);
        }
        moved
    }

    /// The words of all names.
    pub(in crate::render) fn found(&self, reads: &Reads<'_>) -> &Names {
        self.lookup.names(reads.register())
    }

    /// The words of all texts.
    pub(super) fn postings(&self) -> &Postings {
        self.lookup.postings(&self.of.0.release)
    }

    /// What a word may end in and still be the same.
    pub(in crate::render) fn endings(&self) -> Endings {
        self.lookup.endings()
    }

    /// An entry's card.
    pub(super) fn entry(&self, language: &Language, id: PageId) -> &EntryCard {
        &self.deck(language).entries[id.0 as usize]
    }

    /// A source's card; none of what is no source.
    pub(super) fn source(&self, language: &Language, id: PageId) -> Option<&SourceCard> {
        self.deck(language).sources[id.0 as usize].as_ref().as_ref()
    }

    /// The ids in the text of a page, as it prints them.
    pub(super) fn ids(&self, site: &Site, id: PageId, trust_html: bool) -> &Ids {
        let texts = &self.texts[id.0 as usize];
        let body = || &site.release.page(id).prose.body;
        texts.ids.get_or_init(|| prose::printed(body(), trust_html))
    }

    /// For every heading in the text of a page the links in its words.
    pub(super) fn heading_links(&self, site: &Site, id: PageId) -> &[Vec<u32>] {
        let texts = &self.texts[id.0 as usize];
        let body = || &site.release.page(id).prose.body;
        texts
            .heading_links
            .get_or_init(|| prose::heading_links(body()))
    }

    /// The sentences of a page that others quote.
    pub(super) fn quotes(&self, site: &Site, origin: Origin) -> &prose::Quotes {
        match origin {
            Origin::Page(id) => self.texts[id.0 as usize].quotes.get_or_init(|| {
                let texts = site.release.page(id).texts();
                prose::Quotes::of(&Reads::unnoted(site, self.languages.first()), texts)
            }),
            Origin::Intro(at) => self.intro_quotes[at as usize].get_or_init(|| {
                let texts = site.release.intros[at as usize].texts();
                prose::Quotes::of(&Reads::unnoted(site, self.languages.first()), texts)
            }),
        }
    }
}

/// What a page's links show of an entry in place of their own words.
fn spoken(page: &Entry<PageId>) -> impl PartialEq + use<> {
    let aliases = page.statements.aliases().map(|it| it.what.name.clone());
    (
        page.title.clone(),
        aliases.collect::<Vec<_>>(),
        legal_status(page),
    )
}

/// No language but that of the dossier is spoken yet.
fn unmade(languages: &Languages) -> Vec<OnceLock<Deck>> {
    (1..languages.len()).map(|_| OnceLock::new()).collect()
}

impl Deck {
    /// Each card when it is asked for.
    fn on_demand(
        of: &Arc<(Site, Config)>,
        language: Arc<Language>,
        names: Arc<ShortNames>,
    ) -> Deck {
        let pages = of.0.release.pages.len();
        let (site, config) = (&of.0, &of.1);
        let navigation = Arc::new(shell::navigation(site, config, &language));
        let (with, called) = (Arc::clone(of), Arc::clone(&names));
        let (of, said) = (Arc::clone(of), Arc::clone(&language));
        Deck {
            navigation,
            names,
            entries: SharedList::on_demand(pages, move |at| {
                Arc::new(entry(&of.0, &of.1, &said, at))
            }),
            sources: SharedList::on_demand(pages, move |at| {
                let id = PageId(u32::try_from(at).unwrap_or(u32::MAX));
                Arc::new(source_card(&with.0, &with.1, &language, id, &called))
            }),
        }
    }
}

fn entry(site: &Site, config: &Config, language: &Language, at: usize) -> EntryCard {
    let sources = site.graph.ledgers[at].own().count();
    let (reads, page) = (Reads::of_card(site, language), &site.release.pages[at]);
    let card = card(&reads, config, page, sources);
    let technique = technique(config, page).map(Box::new);
    entry_card(language, card, page, (technique, reads.into_names()))
}

fn card(reads: &Reads<'_>, config: &Config, page: &Entry<PageId>, sources: usize) -> Card {
    let when = page.when();
    let language = reads.language;
    Card {
        title: page.title.clone(),
        path: address::path(&page.route(), config.links),
        kind: page.kind.name(),
        label: language.shared(names_of::kind(page.kind).label),
        noun: language.form_shared(names_of::kind(page.kind).noun, 1),
        summary: (page.summary.as_ref())
            .map(|summary| words::plain(reads, &summary.value).into_owned())
            .or_else(|| described(reads, page)),
        when: when.map(|date| language.date(&date)),
        vague: when.is_some_and(|date| !date.is_exact()),
        legal: legal_status(page).map(|status| language.shared(names_of::legal(status))),
        withdrawn: page.withdrawn.is_some(),
        sources: u32::try_from(sources).unwrap_or(u32::MAX),
        figure: (page.statements.fact("loss.actual"))
            .and_then(|fact| fact.leading())
            .map(|version| facts::text(language, &version.what.value)),
    }
}

fn entry_card(
    language: &Language,
    card: Card,
    page: &Entry<PageId>,
    (technique, names): (Option<Box<Technique>>, Box<[PageId]>),
) -> EntryCard {
    let mut link = markup::tail(&card.path, &card.title);
    let plain = link.len();
    if let Some(legal) = &card.legal {
        link.push_str(" <span class=\"legal-inline\">(");
        markup::text(legal, &mut link);
        link.push_str(")</span>");
    }
    if card.withdrawn {
        link.push_str(" <span class=\"flag\">");
        language.html(Word::RemarkWithdrawn, &mut link);
        link.push_str("</span>");
    }
    EntryCard {
        card,
        link,
        plain,
        dated: match page.kind {
            Kind::Actor | Kind::Campaign | Kind::Malware | Kind::Tool | Kind::Infrastructure
                if page.date.is_some() =>
            {
                Word::DatedDate
            }
            kind => names_of::dated(kind),
        },
        technique,
        times: Times::of(page),
        tlp: marking::card(page),
        summary_tlp: marking::summary(page),
        names,
    }
}

fn technique(config: &Config, page: &Entry<PageId>) -> Option<Technique> {
    let Details::Technique { tactics } = &page.details else {
        return None;
    };
    let ids = page.external_ids.iter();
    let attack = ids.filter(|(name, _)| name == "attack");
    let attack = Html::of(|out| attack.for_each(|(_, id)| infobox::attack(id, out)));
    let tactics: Vec<Marked<String>> = tactics
        .iter()
        .map(|tactic| Marked {
            value: attack::tactic(&config.attack, &tactic.value),
            ..tactic.clone()
        })
        .collect();
    Some(Technique {
        attack: fitted(&attack.0),
        tactics: fitted(&Html::of(|out| infobox::texts(&tactics, out)).0),
        tlp: marking::technique(page),
    })
}

/// A source without a summary is described by its publisher and date.
fn described(reads: &Reads<'_>, page: &Entry<PageId>) -> Option<String> {
    let publisher = publisher(reads, page)?.0;
    Some(match page.date {
        Some(date) => format!("{publisher}, {}", reads.language.date(&date)),
        None => publisher.to_owned(),
    })
}

/// The latest status of a person, which stands beside the name wherever it is shown.
pub(super) fn legal_status(page: &Entry<PageId>) -> Option<LegalStatus> {
    page.statements
        .latest_legal()
        .map(|legal| legal.what.status)
}

/// Who published a source: the name, and the page if there is one.
pub(super) fn publisher<'a>(
    reads: &Reads<'a>,
    page: &'a Entry<PageId>,
) -> Option<(&'a str, Option<PageId>)> {
    let publisher = page.publisher.as_ref()?;
    Some(named(reads, &publisher.value))
}

/// Somebody's name, and the page if there is one.
pub(super) fn named<'a>(reads: &Reads<'a>, named: &'a Named<PageId>) -> (&'a str, Option<PageId>) {
    match named {
        Named::Text(text) => (text, None),
        Named::Entry(id) => (reads.name(*id).title(), Some(*id)),
    }
}

/// How sources are called in margins: `Reuters 2016`, and `Reuters, n.d.` without a date. Where a publisher has
/// several of one year, each has its day instead, `Reuters, 5 August 2016`; those of one day have the beginning of
/// their titles, and those that share that, too, the last part of their address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct ShortNames(BTreeMap<PageId, ShortName>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct ShortName {
    /// The name, unless others have the same.
    common: String,
    /// What else it may be told by, as a hash.
    told: u64,
    /// The name where others have the same.
    apart: Option<String>,
}

impl ShortNames {
    fn of(site: &Site, language: &Language) -> ShortNames {
        let sources = site.index(Kind::Source).into_iter();
        let sources = sources.flat_map(|index| index.by_name.all());
        let mut names = ShortNames::default();
        let sources = sources.map(|&id| (id, short_name(site, language, id)));
        names.rename(site, language, sources.collect());
        names
    }

    /// How a source is called; empty for what is none.
    fn get(&self, id: PageId) -> &str {
        let name = self.0.get(&id);
        name.map_or("", |name| name.apart.as_deref().unwrap_or(&name.common))
    }

    /// Those of some sources that have another name now, or may be told otherwise from those that share it.
    fn moved(
        &self,
        site: &Site,
        language: &Language,
        edited: &BTreeSet<PageId>,
    ) -> Vec<(PageId, ShortName)> {
        let now = edited
            .iter()
            .map(|&id| (id, short_name(site, language, id)));
        let moved = now.filter(|(id, name)| {
            let was = self.0.get(id);
            was.is_none_or(|was| (&was.common, was.told) != (&name.common, name.told))
        });
        moved.collect()
    }

    /// Gives sources other names; gives all those that are called otherwise than before.
    fn rename(
        &mut self,
        site: &Site,
        language: &Language,
        moved: Vec<(PageId, ShortName)>,
    ) -> Vec<PageId> {
        let mut shared: HashSet<String> = HashSet::new();
        let mut renamed = Vec::new();
        for (id, name) in moved {
            shared.insert(name.common.clone());
            if let Some(was) = self.0.insert(id, name) {
                shared.insert(was.common);
            }
            renamed.push(id);
        }
        let mut same: HashMap<&str, Vec<PageId>> = HashMap::new();
        for (&id, name) in &self.0 {
            if shared.contains(&name.common) {
                same.entry(&name.common).or_default().push(id);
            }
        }
        let named = same
            .into_iter()
            .flat_map(|(common, sources)| told_apart(site, language, common, sources));
        for (id, apart) in named.collect::<Vec<_>>() {
            if let Some(name) = self.0.get_mut(&id)
                && name.apart != apart
            {
                name.apart = apart;
                renamed.push(id);
            }
        }
        renamed
    }
}

/// What a source has its short name of: who published it, and when.
fn short_name(site: &Site, language: &Language, id: PageId) -> ShortName {
    let page = site.release.page(id);
    let publisher = publisher(&Reads::unnoted(site, language), page).map(|(name, _)| name);
    let common = match (publisher, page.date) {
        (Some(publisher), Some(date)) => format!("{publisher} {}", date.year()),
        (Some(publisher), None) => format!("{publisher}, {}", language.say(Word::DateShortNone)),
        (None, Some(date)) => format!("{} {}", beginning(&page.title), date.year()),
        (None, None) => beginning(&page.title),
    };
    let date = page.date.map(|date| language.date(&date));
    let told = format!("{}\n{}", date.as_deref().unwrap_or(""), page.title);
    ShortName {
        common,
        told: crate::text::hash(told.as_bytes()),
        apart: None,
    }
}

/// Names for sources that would all have one: each by the first of its day, its title and its address that no
/// other of them has.
fn told_apart(
    site: &Site,
    language: &Language,
    common: &str,
    mut sources: Vec<PageId>,
) -> Vec<(PageId, Option<String>)> {
    if let [only] = *sources {
        return vec![(only, None)];
    }
    let by_day = |id: PageId| {
        let page = site.release.page(id);
        let date = page.date?;
        let name = common.strip_suffix(&format!(" {}", date.year()))?;
        let day = language.date(&date);
        (day != date.year().to_string()).then(|| format!("{name}, {day}"))
    };
    let by_title = |id: PageId| {
        let page = site.release.page(id);
        let title = match &page.publisher {
            Some(_) => beginning(&page.title),
            None => page.title.clone(),
        };
        Some(format!(
            "{common}, {}",
            language.with(Word::RecordTitle, &title)
        ))
    };
    let mut named = Vec::with_capacity(sources.len());
    for by in [&by_day as &dyn Fn(PageId) -> Option<String>, &by_title] {
        let mut called: HashMap<String, Vec<PageId>> = HashMap::new();
        let mut open = Vec::new();
        for id in sources {
            match by(id) {
                Some(name) => called.entry(name).or_default().push(id),
                None => open.push(id),
            }
        }
        for (name, ids) in called {
            match *ids {
                [only] => named.push((only, Some(name))),
                _ => open.extend(ids),
            }
        }
        sources = open;
    }
    let by_address = |id: PageId| {
        (
            id,
            Some(format!("{common}, {}", site.release.page(id).slug)),
        )
    };
    named.extend(sources.into_iter().map(by_address));
    named
}

/// As much of a title as a margin has room for, in whole words where it has such.
fn beginning(title: &str) -> String {
    const ROOM: usize = 40;
    let Some((room, _)) = title.grapheme_indices(true).nth(ROOM) else {
        return title.to_owned();
    };
    let cut = title.get(..room).unwrap_or(title);
    let words = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    let stop = |c: char| !c.is_alphanumeric() && !matches!(c, ')' | ']' | '”' | '’');
    format!("{}…", words.trim_end_matches(stop))
}

fn ids(count: usize) -> impl IndexedParallelIterator<Item = PageId> {
    let at = (0..count).into_par_iter();
    at.map(|at| PageId(u32::try_from(at).unwrap_or(u32::MAX)))
}

fn source_card(
    site: &Site,
    config: &Config,
    language: &Language,
    id: PageId,
    names: &ShortNames,
) -> Option<SourceCard> {
    let page = site.release.page(id);
    let evidence = page.evidence()?;
    let reads = Reads::of_card(site, language);
    publisher(&reads, page);
    let after = |id: PageId| {
        let path = address::path(&site.release.page(id).route(), config.links);
        reads.name(id);
        publisher(&reads, site.release.page(id));
        Caveat::After(markup::tail(&path, names.get(id)))
    };
    let caveats = caveats(page, evidence, &after);
    let grade = evidence.grade.map(|grade| {
        let digit = char::from(grade.digit());
        let credible = language.say(names_of::credibility(grade));
        let meaning = match grade.reliability() {
            Some(letter) => {
                let reliable = language.say(names_of::reliability(letter));
                format!("{letter}: {reliable} · {digit}: {credible}")
            }
            None => format!("{digit}: {credible}"),
        };
        (grade.to_string(), meaning)
    });
    let path = address::path(&page.route(), config.links);
    // A defanged one is no link.
    let url = match evidence.url.as_ref().map(|url| &url.value) {
        Some(Outside::Live(url)) => Some((url.to_string(), host(url))),
        Some(Outside::Defanged(_) | Outside::Own(..)) | None => None,
    };
    let mut details = String::new();
    if let Some((url, host)) = &url {
        details.push_str(" <a class=\"addr\" href=\"");
        markup::text(url, &mut details);
        details.push_str("\" rel=\"noopener noreferrer\"><span class=\"short\">");
        markup::text(host, &mut details);
        details.push_str("</span><span class=\"full\">");
        markup::text(url, &mut details);
        details.push_str("</span></a>");
    }
    if let Some((grade, meaning)) = &grade {
        markup::grade(grade, meaning, true, &mut details);
    }
    let short = names.get(id).to_owned();
    Some(SourceCard {
        line: line(language, &short, &path, page),
        path,
        short,
        grade,
        caveats,
        url,
        details: fitted(&details),
        tlp: (marking::card(page).max(marking::derivations(page)))
            .max(evidence.lent.unwrap_or_default()),
        names: reads.into_names(),
    })
}

/// What a reader must know of a source.
fn caveats(
    page: &Entry<PageId>,
    evidence: &crate::model::Evidence,
    after: &dyn Fn(PageId) -> Caveat,
) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if page.retracted.is_some() {
        caveats.push(Caveat::Retracted);
    }
    if page.withdrawn.is_some() {
        caveats.push(Caveat::Word(Word::RemarkWithdrawn));
    }
    if evidence.seen == Some(Seen::Reference) {
        caveats.push(Caveat::Word(Word::RemarkNotSeen));
    }
    let derived = page.statements.relations();
    let derived = derived.filter(|relation| relation.what.verb == Verb::DerivedFrom);
    caveats.extend(derived.map(|it| after(it.what.target)));
    caveats
}

/// A source in a list, before and after the way to the root: its short name, as far as that is not its title
/// alone, the title, and its date, each once.
fn line(language: &Language, short: &str, path: &str, page: &Entry<PageId>) -> (String, String) {
    let title = &page.title;
    let named = page.publisher.is_some() || !short.starts_with(title.as_str());
    let in_quotes = language.with(Word::RecordTitle, title);
    // The marks around it.
    let marks = in_quotes.split_once(title.as_str()).unwrap_or(("“", "”"));
    let quoted = short.strip_suffix(&in_quotes);
    let mut before = String::new();
    if named {
        before.push_str("<b>");
        markup::text(quoted.unwrap_or(short), &mut before);
        before.push_str(match quoted {
            Some(_) => "</b>",
            None if short.ends_with('.') => "</b> ",
            None => "</b>. ",
        });
        before.push_str(quoted.map_or("", |_| marks.0));
    }
    before.push_str("<a class=\"ref-title\" href=\"");
    let mut after = markup::tail(path, title);
    after.push_str(quoted.map_or("", |_| marks.1));
    after.push_str(match quoted {
        Some(_) => ".",
        None if title.ends_with(['?', '!', '.']) => "",
        None => ".",
    });
    let date = page.date.map(|date| language.date(&date));
    if let Some(date) = date.filter(|date| !named || !short.contains(date.as_str())) {
        after.push(' ');
        markup::text(&date, &mut after);
        after.push('.');
    }
    (fitted(&before), fitted(&after))
}

/// A text without the room that it grew into: it is kept for as long as the site is.
fn fitted(text: &str) -> String {
    text.to_owned()
}

/// The host of an address, without `www.`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
