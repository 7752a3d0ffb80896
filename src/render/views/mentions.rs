//! Who mentions and who cites a page, in their own words.

use super::cards::Cards;
use super::reads::Reads;
use super::shape::Pages;
use super::{At, cites, facts, infobox, lists, words};
use crate::model::body::Target;
use crate::model::relation::OwnWords;
use crate::model::{PageId, Sort, Spot, StatementId, Transfer, What};
use crate::plan::graph::{Citing, Mention as Edge, Origin};
use crate::plan::{By, Site, page_of};
use crate::render::language::{Language, Word, names};
use crate::render::{Html, markup};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One page of the mentions of an entry, and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId, number: u32) -> (Html, Option<Pages>) {
    let groups: Vec<&[Edge]> = at.reads.mention_groups(id).collect();
    let shown = page_of(&groups, number);
    let mut html = String::with_capacity(shown.len() * 384);
    for group in shown {
        mention(at, id, group, &mut html);
    }
    let route = at.reads.route(id);
    (
        Html(html),
        lists::pages(at, groups.len(), number, &|n| {
            lists::further(&route, "mentions", n)
        }),
    )
}

fn mention(at: &At<'_>, to: PageId, group: &[Edge], out: &mut String) {
    let Some(from) = group.first().map(|edge| edge.from) else {
        return;
    };
    let path = at.card(from).path();
    head(at, Origin::Page(from), out);
    for Mentioned { text, place } in at.reads.mention(at.shared, to, group) {
        said(at, path, |_| {}, text, (place, None), out);
    }
    out.push_str("</li>");
}

/// A sentence that names an entry, and where on its page it stands.
#[derive(PartialEq)]
pub(super) struct Mentioned<'a> {
    text: &'a str,
    place: Word,
}

/// The sentences of a page that name an entry: each once.
pub(super) fn mentioned<'a>(
    site: &'a Site,
    cards: &'a Cards,
    group: &[Edge],
) -> Vec<Mentioned<'a>> {
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    let mut shown = false;
    let said = group.iter().filter_map(|edge| {
        let origin = Origin::Page(edge.from);
        if edge.embed {
            // Around it no sentence stands.
            let first = !std::mem::replace(&mut shown, true);
            let (text, place) = ("", Word::PlaceShown);
            return first.then_some(Mentioned { text, place });
        }
        let text = cards.quotes(site, origin).link(edge.spot, edge.link);
        (!text.is_empty() && texts.insert(text)).then(|| Mentioned {
            text,
            place: place(site, origin, edge.spot),
        })
    });
    said.collect()
}

/// Of everything that a page names the sentences that do.
pub(super) fn mentioned_by<'a>(
    site: &'a Site,
    cards: &'a Cards,
    from: PageId,
) -> BTreeMap<PageId, Vec<Mentioned<'a>>> {
    let texts = site.release.page(from).texts();
    let targets = texts.flat_map(|(_, text)| &text.targets);
    let named = targets.filter_map(|target| match target {
        Target::Entry(to, _) if *to != from => Some(*to),
        _ => None,
    });
    let named: BTreeSet<PageId> = named.collect();
    let of = |to: PageId| {
        let all = &site.graph.mentions[to.0 as usize];
        let start = all.partition_point(|edge| edge.from < from);
        let end = all.partition_point(|edge| edge.from <= from);
        (to, mentioned(site, cards, &all[start..end]))
    };
    named.into_iter().map(of).collect()
}

/// The beginning of an item, who says it: a link to the page, and its kind.
fn head(at: &At<'_>, origin: Origin, out: &mut String) {
    out.push_str("\n<li><p class=\"from\">");
    match origin {
        Origin::Page(id) => {
            let kind = at.reads.kind(id);
            markup::link(&at.root, at.card(id).plain(), out);
            out.push(' ');
            markup::kind(kind.name(), at.language.say(names::kind(kind).label), out);
        }
        Origin::Intro(index) => {
            let (address, title) = intro(at, index);
            markup::link(&at.root, &markup::tail(&at.path(&address), title), out);
        }
    }
    out.push_str("</p>");
}

/// The address and title of the home page or an index page.
fn intro<'a>(at: &At<'a>, index: u32) -> (String, &'a str) {
    match at.reads.introduced(index) {
        None => (String::new(), &at.config.title),
        Some(kind) => (
            format!("{}/", kind.folder()),
            at.language.say(names::kind(kind).heading),
        ),
    }
}

/// What it says, and a link to that very place: the page's path, what `fragment` writes, where on the
/// page that is, and where in the source it cites.
fn said(
    at: &At<'_>,
    path: &str,
    fragment: impl FnOnce(&mut String),
    text: &str,
    place: (Word, Option<&str>),
    out: &mut String,
) {
    out.push_str("\n<p class=\"said\">");
    if !text.is_empty() {
        markup::text(text, out);
        out.push(' ');
    }
    out.push_str("<a class=\"at\" href=\"");
    out.push_str(&at.root);
    markup::text(path, out);
    fragment(out);
    out.push_str("\">");
    match place.1 {
        None => at.language.html(place.0, out),
        Some(cited) => at.language.fill_html(
            Word::PlaceCiting,
            |hole, out| match hole {
                "place" => at.language.html(place.0, out),
                _ => markup::text(cited, out),
            },
            out,
        ),
    }
    out.push_str("</a></p>");
}

/// One page of the places that cite a source, and the pages that there are.
pub(super) fn citing(at: &At<'_>, id: PageId, number: u32) -> (Html, Option<Pages>) {
    let groups: Vec<&[Citing]> = at.reads.citing_groups(id).collect();
    let shown = page_of(&groups, number);
    let mut html = String::with_capacity(shown.len() * 512);
    for group in shown {
        citation(at, id, group, &mut html);
    }
    let route = at.reads.route(id);
    (
        Html(html),
        lists::pages(at, groups.len(), number, &|n| {
            lists::further(&route, "cited", n)
        }),
    )
}

fn citation(at: &At<'_>, to: PageId, group: &[Citing], out: &mut String) {
    let Some(origin) = group.first().map(|citing| citing.from) else {
        return;
    };
    let path = match origin {
        Origin::Page(from) => Cow::Borrowed(at.card(from).path()),
        Origin::Intro(index) => Cow::Owned(at.path(&intro(at, index).0)),
    };
    head(at, origin, out);
    for cited in at.reads.citation(at.shared, to, group) {
        let fragment = |out: &mut String| match cited.mark {
            Mark::Reference(number) => {
                out.push_str("#ref-");
                markup::number(number, out);
            }
            Mark::Cite(source, nth) => {
                out.push('#');
                cites::anchor(&at.reads, source, nth, out);
            }
        };
        said(
            at,
            &path,
            fragment,
            &cited.text,
            (cited.place, cited.at),
            out,
        );
    }
    out.push_str("</li>");
}

/// What cites a source in words, where on its page it stands, and where in the source that is.
#[derive(PartialEq)]
pub(super) struct Cited<'a> {
    text: Cow<'a, str>,
    place: Word,
    at: Option<&'a str>,
    mark: Mark,
}

/// What on a page leads to a source.
#[derive(PartialEq)]
enum Mark {
    /// The line of that number in its references.
    Reference(u32),
    /// The mark of a source, which of its marks.
    Cite(PageId, u32),
}

/// What of a page cites a source: of those that say the same one behind the other the first.
pub(super) fn cited<'a>(
    site: &'a Site,
    language: &'a Language,
    cards: &'a Cards,
    group: &[Citing],
) -> Vec<Cited<'a>> {
    let mut all: Vec<Cited<'a>> = Vec::with_capacity(group.len());
    for citing in group {
        let ledger = site.graph.ledger(citing.from);
        let Some(placed) = ledger.places.get(citing.place as usize) else {
            continue;
        };
        let (text, place) = cited_by(site, language, cards, citing.from, placed.by);
        let at = placed.at.as_deref();
        let says_more = |last: &Cited<'_>| (&last.text, last.place, last.at) != (&text, place, at);
        let mark = match (placed.by, placed.source) {
            (By::Whole, _) | (_, None) => Mark::Reference(placed.number),
            (By::Statement(_) | By::Text(..) | By::Embed { .. }, Some(source)) => {
                Mark::Cite(source, placed.nth)
            }
        };
        if all.last().is_none_or(says_more) {
            all.push(Cited {
                text,
                place,
                at,
                mark,
            });
        }
    }
    all
}

/// Of everything that a page cites what does.
pub(super) fn cited_on<'a>(
    site: &'a Site,
    language: &'a Language,
    cards: &'a Cards,
    from: PageId,
) -> BTreeMap<PageId, Vec<Cited<'a>>> {
    let from = Origin::Page(from);
    let of = |&to: &PageId| {
        let all = &site.graph.citing[to.0 as usize];
        let start = all.partition_point(|citing| citing.from < from);
        let end = all.partition_point(|citing| citing.from <= from);
        (to, cited(site, language, cards, &all[start..end]))
    };
    site.graph.ledger(from).references.iter().map(of).collect()
}

/// Where on its page a text stands, in words.
fn place(site: &Site, origin: Origin, spot: Spot) -> Word {
    match spot {
        Spot::Withdrawn | Spot::Retracted => Word::PlaceNotice,
        Spot::Summary => Word::PlaceSummary,
        Spot::Statement(id, _) => section(site, origin, id),
        Spot::Body => Word::PlaceText,
        Spot::Change(_) => Word::PlaceChanges,
    }
}

/// Where on its page a statement stands, in words.
fn section(site: &Site, origin: Origin, id: StatementId) -> Word {
    match id.sort {
        Sort::Fact => match origin {
            Origin::Page(page) if !site.release.page(page).statements.is_one_of_several(id) => {
                Word::PlaceGlance
            }
            Origin::Page(_) | Origin::Intro(_) => Word::PlaceFigures,
        },
        Sort::Judgement => Word::PlaceJudgements,
        Sort::Legal => Word::PlaceLegal,
        Sort::Event => Word::PlaceEvents,
        Sort::Relation => match origin {
            Origin::Page(page) if infobox::holds(&site.release.page(page).statements, id) => {
                Word::PlaceGlance
            }
            Origin::Page(_) | Origin::Intro(_) => Word::PlaceRelations,
        },
        Sort::Alias => Word::PlaceNames,
    }
}

/// What cites in words, and where on its page it stands.
fn cited_by<'a>(
    site: &'a Site,
    language: &'a Language,
    cards: &'a Cards,
    origin: Origin,
    by: By,
) -> (Cow<'a, str>, Word) {
    match by {
        By::Text(spot, cite) => {
            let quotes = cards.quotes(site, origin);
            let text = Cow::Borrowed(quotes.cite(spot, cite));
            (text, place(site, origin, spot))
        }
        By::Statement(id) => {
            let text = match origin {
                Origin::Page(page) => statement(site, language, page, id),
                Origin::Intro(_) => Cow::Borrowed(""),
            };
            (text, section(site, origin, id))
        }
        // It is quoted where it stands: no list leads here.
        By::Embed { .. } => (Cow::Borrowed(""), Word::PlaceText),
        By::Whole => (
            Cow::Borrowed(language.say(Word::QuoteWhole)),
            Word::PlaceReferences,
        ),
    }
}

/// A statement in words.
fn statement<'a>(
    site: &'a Site,
    language: &'a Language,
    page: PageId,
    id: StatementId,
) -> Cow<'a, str> {
    let reads = &Reads::unnoted(site, language);
    let page = site.release.page(page);
    let Some(statement) = page.statements.of(id) else {
        return Cow::Borrowed("");
    };
    match &statement.what {
        What::Alias(alias) => Cow::Owned(language.with(Word::QuoteAlias, &alias.name)),
        What::Fact(version) => {
            let several = page.statements.is_one_of_several(id);
            let word = match several && version.chosen.is_some() {
                true => Word::QuoteFactChosen,
                false => Word::QuoteFact,
            };
            let label = facts::label(language, &version.of);
            let value = facts::text(language, &version.value);
            Cow::Owned(language.with_all(word, &[("label", &label), ("value", &value)]))
        }
        What::Legal(legal) => {
            let status = language.say(names::legal(legal.status));
            Cow::Owned(match statement.when {
                Some(date) => {
                    let date = language.date(&date);
                    let holes = [("status", status), ("date", &*date)];
                    language.with_all(Word::QuoteLegalDated, &holes)
                }
                None => language.with(Word::QuoteLegal, status),
            })
        }
        What::Event(event) => {
            let what = words::plain(reads, &event.what);
            let date = language.date(&event.date);
            let holes = [("date", &*date), ("what", &*what)];
            Cow::Owned(language.with_all(Word::QuoteEvent, &holes))
        }
        What::Judgement(text) => words::plain(reads, text),
        What::Relation(relation) => {
            let target = reads.name(relation.target).title();
            let says = names::verb(relation.verb).says;
            let ends = [("from", &*page.title), ("to", target)];
            let mut said = language.with_all(says, &ends);
            if let Some((sort, own)) = relation.verb.own_words().zip(relation.own.as_ref()) {
                let own = words::plain(reads, own);
                said =
                    match sort {
                        OwnWords::Verb => language
                            .with_all(Word::QuoteRelated, &[ends[0], ends[1], ("verb", &own)]),
                        OwnWords::Role => language
                            .with_all(Word::QuoteRole, &[("relation", &said), ("role", &own)]),
                    };
            }
            if let Some(Transfer { amount, from }) = relation.transfer.as_deref() {
                if let Some(amount) = amount {
                    let holes = [("relation", &*said), ("amount", &language.money(amount))];
                    said = language.with_all(Word::QuoteTransfer, &holes);
                }
                if let Some(from) = *from {
                    let holes = [("relation", &*said), ("entry", reads.name(from).title())];
                    said = language.with_all(Word::QuoteFrom, &holes);
                }
            }
            if relation.denied {
                said = language.with(Word::QuoteDenied, &said);
            }
            if let Some(sure) = statement.confidence {
                let sure = language.say(names::confidence(sure));
                let holes = [("relation", &*said), ("confidence", sure)];
                said = language.with_all(Word::QuoteSure, &holes);
            }
            Cow::Owned(said)
        }
    }
}
