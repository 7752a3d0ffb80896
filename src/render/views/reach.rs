//! Which pages an edit of texts can have changed.
//!
//! Takes a site before and after an edit; gives the pages that may show another thing, rather too many than
//! too few, or nothing where the edit changed more than texts. What is not among them is what it was,
//! without a view being made of it.
//!
//! What a page shows of another entry is its card, its relations with where they are cited, and the
//! sentences that link or cite. So the text of an entry stands on its own page, in the mentions of what it
//! links to, and in what rests on the sources that it cites; the numbers of its marks also wherever its
//! relations are shown. Rows of indexes and tags count sources and statements.

use super::{Cards, label};
use crate::model::Ids;
use crate::model::body::Target;
use crate::model::{Entry, PageId, Sort, StatementId, Tlp};
use crate::plan::graph::{Citing, Mention, Origin};
use crate::plan::{By, Edit, Order, Output, PER_PAGE, Page, Site, pages, spoken};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The pages that an edit can have changed.
#[derive(Debug)]
pub struct Reach {
    pages: HashSet<Page>,
    /// Whether other files are written than before.
    rerouted: bool,
}

impl Reach {
    /// Whether a route may show another thing than before.
    #[must_use]
    pub fn holds(&self, output: &Output) -> bool {
        match output {
            Output::Page(page) => self.pages.contains(page),
            Output::Sitemap(_) => self.rerouted,
            // Feeds tell of titles, summaries and changes, of which an edit of texts changes none; nothing of
            // the others is made of entries.
            Output::Feed(_)
            | Output::Robots
            | Output::Asset(_)
            | Output::File(_)
            | Output::Static(_) => false,
        }
    }
}

/// What an edit reaches: `before` and `after` are the site and its cards.
#[must_use]
pub fn reach(before: (&Site, &Cards), after: (&Site, &Cards)) -> Option<Reach> {
    let ((was, old_cards), (is, cards)) = (before, after);
    let edit = Edit::of(&was.release, &is.release).filter(|edit| !edit.intros)?;
    // An item that leads to a file stands on every page while a text leads there.
    if old_cards.navigation != cards.navigation {
        return None;
    }
    let mut at = Reaching {
        was,
        is,
        edited: edit.pages.iter().copied().collect(),
        pages: HashSet::from([Page::Home]),
    };
    for &id in &edit.pages {
        let (page, now) = (was.release.page(id), is.release.page(id));
        let unmarked = is.release.audience == Tlp::Clear;
        if !same_front(page, now) || !(unmarked || label::same_text(&page.prose, &now.prose)) {
            return None;
        }
        at.pages.insert(Page::Entry(id));
        at.told(&Told::by(was, old_cards, id), &Told::by(is, cards, id));
        if old_cards.entry(id) != cards.entry(id) {
            at.rows(id);
            at.claims(id);
            at.everything(id);
        }
    }
    Some(Reach {
        pages: at.pages,
        rerouted: !Arc::ptr_eq(&was.routes, &is.routes) && was.routes != is.routes,
    })
}

/// What the pages of others show of an entry beside its front matter.
#[derive(Default)]
struct Told {
    /// By what it links to: the sentences with the links.
    mentions: BTreeMap<PageId, Vec<String>>,
    /// By the sources that it cites: where on its page, and the sentences in the text.
    citations: BTreeMap<PageId, Vec<Citation>>,
    /// By its relations: where on its page they are cited.
    relations: Vec<(StatementId, Option<PageId>, u32)>,
}

/// A citation as the page of its source shows it.
#[derive(PartialEq)]
struct Citation {
    /// What cites; none where it is the text.
    by: Option<By>,
    number: u32,
    nth: u32,
    at: Option<Box<str>>,
    /// The sentence in the text.
    said: String,
}

impl Told {
    fn by(site: &Site, cards: &Cards, id: PageId) -> Told {
        let mut told = Told::default();
        let quotes = cards.quotes(site, Origin::Page(id));
        for (spot, text) in site.release.page(id).texts() {
            for (at, target) in (0..).zip(&text.targets) {
                if let Target::Entry(to, _) = target {
                    let sentences = told.mentions.entry(*to).or_default();
                    sentences.push(quotes.link(spot, at).to_owned());
                }
            }
        }
        for placed in &site.graph.ledger(Origin::Page(id)).places {
            if let By::Statement(id) = placed.by
                && id.sort == Sort::Relation
            {
                told.relations.push((id, placed.source, placed.nth));
            }
            let Some(source) = placed.source else {
                continue;
            };
            let (by, said) = match placed.by {
                By::Text(spot, cite) => (None, quotes.cite(spot, cite).to_owned()),
                other => (Some(other), String::new()),
            };
            told.citations.entry(source).or_default().push(Citation {
                by,
                number: placed.number,
                nth: placed.nth,
                at: placed.at.clone(),
                said,
            });
        }
        told
    }
}

struct Reaching<'a> {
    was: &'a Site,
    is: &'a Site,
    edited: HashSet<PageId>,
    pages: HashSet<Page>,
}

impl Reaching<'_> {
    /// The pages of contested names that an entry claims.
    fn claims(&mut self, id: PageId) {
        let names = spoken(self.is.release.page(id));
        let contested = names.filter_map(|name| self.is.contested(name));
        self.pages.extend(contested.map(|(at, _)| Page::Name(at)));
    }

    /// The pages that show what is no longer told in the same way.
    fn told(&mut self, was: &Told, is: &Told) {
        for to in differing(&was.mentions, &is.mentions) {
            self.mentions(to);
        }
        for source in differing(&was.citations, &is.citations) {
            self.citations(source);
        }
        if was.relations != is.relations {
            let edited: Vec<PageId> = self.edited.iter().copied().collect();
            let relations = edited
                .iter()
                .flat_map(|&id| self.is.release.page(id).statements.relations());
            for to in relations
                .map(|relation| relation.what.target)
                .collect::<Vec<_>>()
            {
                self.everything(to);
            }
        }
    }

    fn mentions(&mut self, of: PageId) {
        let origins = |site: &Site| -> Vec<Origin> {
            let groups = site.graph.mention_groups(of);
            let edges = groups.filter_map(|group: &[Mention]| group.first());
            edges.map(|edge| Origin::Page(edge.from)).collect()
        };
        let (old, new) = (origins(self.was), origins(self.is));
        self.list(of, &old, &new, |number| Page::Mentions(of, number));
    }

    fn citations(&mut self, of: PageId) {
        let origins = |site: &Site| -> Vec<Origin> {
            let groups = site.graph.citing_groups(of);
            let edges = groups.filter_map(|group: &[Citing]| group.first());
            edges.map(|edge| edge.from).collect()
        };
        let (old, new) = (origins(self.was), origins(self.is));
        self.list(of, &old, &new, |number| Page::Cited(of, number));
        let count = |site: &Site| site.graph.citing[of.0 as usize].len();
        if count(self.was) != count(self.is) {
            self.rows(of);
        }
    }

    /// The pages of a list, of which each part comes from another page: those with a part from an edited
    /// page, or all where the parts come from others. The first is the entry's own page.
    fn list(&mut self, of: PageId, old: &[Origin], new: &[Origin], page: impl Fn(u32) -> Page) {
        self.pages.insert(Page::Entry(of));
        if old != new {
            self.everything(of);
            return;
        }
        for (at, from) in new.iter().enumerate() {
            if matches!(from, Origin::Page(id) if self.edited.contains(id)) {
                self.pages.insert(page(pages(at + 1)));
            }
        }
    }

    /// All pages of an entry.
    fn everything(&mut self, of: PageId) {
        self.pages.insert(Page::Entry(of));
        let site = self.is;
        let mut all = |len: usize, page: &dyn Fn(PageId, u32) -> Page| {
            let numbers = 2..=pages(len);
            self.pages.extend(numbers.map(|number| page(of, number)));
        };
        all(site.graph.citing_groups(of).count(), &Page::Cited);
        all(site.graph.mention_groups(of).count(), &Page::Mentions);
        all(site.graph.incoming(of).len(), &Page::Relations);
        all(site.graph.incoming(of).len(), &Page::Timeline);
    }

    /// The pages of indexes and tags on which an entry has a row.
    fn rows(&mut self, id: PageId) {
        let number = |ids: &[PageId]| {
            let at = ids.iter().position(|&other| other == id)?;
            u32::try_from(at / PER_PAGE + 1).ok()
        };
        let kind = self.is.release.page(id).kind;
        for index in self.is.indexes.iter().filter(|index| index.kind == kind) {
            for (order, ids) in [(Order::Name, &index.by_name), (Order::Date, &index.by_date)] {
                let page = |number| Page::Index(kind, order, number);
                self.pages.extend(number(ids).map(page));
            }
        }
        for (at, tag) in (0..).zip(self.is.tags.iter()) {
            self.pages
                .extend(number(&tag.pages).map(|number| Page::Tag(at, number)));
        }
    }
}

/// The pages of which two states tell different things.
fn differing<T: PartialEq>(was: &BTreeMap<PageId, T>, is: &BTreeMap<PageId, T>) -> Vec<PageId> {
    let known = was.iter().filter(|(id, told)| is.get(id) != Some(told));
    let new = is.keys().filter(|id| !was.contains_key(id));
    known.map(|(id, _)| id).chain(new).copied().collect()
}

/// Whether two states of an entry differ in nothing but the text, and that not in its headings.
fn same_front(was: &Entry<PageId>, is: &Entry<PageId>) -> bool {
    let front = |page: &Entry<PageId>| Entry {
        prose: is.prose.clone(),
        ..page.clone()
    };
    let headings = |page: &Entry<PageId>| {
        let headings = &page.prose.body.headings;
        let texts: Vec<String> = headings.iter().map(|it| it.text.clone()).collect();
        (Ids::of(&page.prose.body), texts)
    };
    headings(was) == headings(is) && front(was) == front(is)
}
