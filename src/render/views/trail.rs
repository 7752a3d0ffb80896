//! The way from the home page to a page.
//!
//! Takes a page; gives the steps between the home page and what its heading says, each with its path. Where nothing lies
//! between, none: the masthead leads home from everywhere. Never reads what the page does not show.

use super::At;
use super::shape::Step;
use crate::model::{Kind, PageId};
use crate::plan::{
    Order, Page, chronicle_address, compare_address, family_address, index_address, money_address,
    names_address, producers_address, tag_address,
};
use crate::render::language::{Word, names};

/// The steps from the home page to a page.
pub(super) fn of(at: &At<'_>) -> Vec<Step> {
    let leads = |text: &str, address: &str| Step {
        text: text.to_owned(),
        path: Some(at.path(address)),
    };
    let said = |word: Word, address: &str| leads(at.language.say(word), address);
    let index = |kind: Kind| {
        let address = index_address(kind, Order::Name, 1);
        (kind.is_of_entries()).then(|| said(names::kind(kind).heading, &address))
    };
    let entry = |id: PageId| {
        let title = at.reads.name(id).title();
        let parent = index(at.reads.kind(id)).into_iter();
        parent.chain([leads(title, &at.reads.route(id))]).collect()
    };
    let (between, number): (Vec<Step>, u32) = match *at.page {
        Page::Home
        | Page::Compare
        | Page::Tags
        | Page::Graph
        | Page::Data
        | Page::Map
        | Page::Search
        | Page::NotFound
        | Page::Redirect(_) => (vec![], 1),
        Page::Entry(id) => (index(at.reads.kind(id)).into_iter().collect(), 1),
        Page::Cited(id, number)
        | Page::Mentions(id, number)
        | Page::Relations(id, _, _, number)
        | Page::Timeline(id, number) => (entry(id), number),
        Page::Index(_, Order::Name, 1) => (vec![], 1),
        Page::Index(kind, order, number) => {
            let by_date = Step {
                text: at.language.say(Word::IndexByDate).to_owned(),
                path: (number > 1).then(|| at.path(&index_address(kind, order, 1))),
            };
            let order = (order == Order::Date).then_some(by_date);
            (index(kind).into_iter().chain(order).collect(), number)
        }
        Page::Tag(tag, number) => {
            let found = (number > 1).then(|| at.reads.tagged(tag, number));
            let found = found.flatten();
            let found = found.map(|(tag, _)| leads(&tag.name, &tag_address(&tag.slug, 1)));
            let tags = said(Word::IndexTags, "tags/");
            ([tags].into_iter().chain(found).collect(), number)
        }
        Page::Shelves(_) => (vec![], 1),
        Page::Shelf(attribute, number) => {
            let family = attribute
                .family()
                .map(|family| said(names::family(family).heading, &family_address(family)));
            let first = (number > 1).then(|| {
                let address = at.reads.shelf_address(attribute, 1);
                leads(super::index::called(at, attribute), &address)
            });
            (family.into_iter().chain(first).collect(), number)
        }
        Page::Matrix => (index(Kind::Technique).into_iter().collect(), 1),
        Page::Money(1) => (vec![], 1),
        Page::Money(number) => (vec![said(Word::MoneyTitle, &money_address(1))], number),
        Page::Chronicle(1) => (vec![], 1),
        Page::Chronicle(number) => (vec![said(Word::TimelineAll, &chronicle_address(1))], number),
        Page::Names(1) => (vec![], 1),
        Page::Names(number) => (vec![said(Word::NamesAll, &names_address(1))], number),
        Page::Compared(..) => (vec![said(Word::CompareTitle, compare_address())], 1),
        Page::Producers(number) => {
            let names = said(Word::NamesAll, &names_address(1));
            let first = (number > 1).then(|| said(Word::NamesProducers, &producers_address(1)));
            ([names].into_iter().chain(first).collect(), number)
        }
        Page::Name(_) => (vec![said(Word::NamesAll, &names_address(1))], 1),
    };
    if between.is_empty() {
        return between;
    }
    let page = (number > 1).then(|| Step {
        text: { at.language }.with(Word::PagesPage, &number.to_string()),
        path: None,
    });
    let home = said(Word::FrameHome, "");
    [home].into_iter().chain(between).chain(page).collect()
}
