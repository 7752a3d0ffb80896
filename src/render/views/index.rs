//! Indexes, tags, contested names, redirects.

use super::prose::{self, Introduction};
use super::reads::Listed;
use super::shape::{
    Claim, Group, IndexView, Jump, Link, NameView, NamesView, Ordered, RedirectView, SearchView,
    TagsView,
};
use super::{At, cites, lists, matrix};
use crate::model::{Family, Kind, Overlap, PageId, body};
use crate::plan::{
    self, Attribute, Mark, Name, Order, index_address, names_address, sort_key, tag_address,
};
use crate::render::language::{Word, names};
use crate::render::{Html, markup, search};
use crate::resolve::fold;

/// A page of a kind's index.
pub(super) fn of_kind<'a>(at: &At<'a>, kind: Kind, order: Order, number: u32) -> IndexView<'a> {
    let (shown, count) = at.reads.rows(kind, order, number);
    let intro = prose::introduction(at, Some(kind));
    let title = intro.title;
    let intro = match number {
        1 => intro,
        _ => Introduction::default(),
    };
    let headed = |&(id, mark): &(PageId, &Mark)| (id, marked(at, mark));
    let groups = groups(at, shown.iter().map(headed), false, kind == Kind::Source);
    let address = |n| index_address(kind, order, n);
    let elsewhere = match plan::pages(count) {
        1 => Vec::new(),
        _ => { at.reads.marks(kind, order).into_iter() }
            .map(|(mark, page)| (marked(at, mark), page))
            .collect(),
    };
    let ordered = |text: Word, which: Order| Ordered {
        text: at.language.shared(text),
        path: at.path(&index_address(kind, which, 1)),
        current: which == order,
    };
    IndexView {
        heading: title.unwrap_or(at.language.say(names::kind(kind).heading)),
        label: at.language.say(Word::IndexLabel),
        summary: intro.summary,
        body: intro.body,
        references: intro.references,
        orders: [
            ordered(
                match kind {
                    Kind::Source => Word::IndexByPublisher,
                    Kind::Place => Word::IndexByType,
                    _ => Word::IndexByName,
                },
                Order::Name,
            ),
            ordered(Word::IndexByDate, Order::Date),
        ]
        .into_iter()
        .chain((kind == Kind::Technique).then(|| matrix::by_tactic(at, false)))
        .collect(),
        dated: at.language.say(dated(at, kind, &shown)),
        jumps: jumps(at, &groups, elsewhere, number, &address),
        groups,
        pages: lists::pages(at, count, number, &address),
        bibliography: kind == Kind::Source,
    }
}

/// A page of a tag.
pub(super) fn of_tag<'a>(at: &At<'a>, tag: u32, number: u32) -> IndexView<'a> {
    let Some((tag, Listed { rows, total, kinds })) = at.reads.tagged(tag, number) else {
        return IndexView::default();
    };
    let head = (tag.name.as_str(), Word::IndexTag);
    let address = |n| tag_address(&tag.slug, n);
    by_kind(at, head, (rows, total, &kinds), number, &address)
}

/// A page of the entries that have something in common.
pub(super) fn of_shelf<'a>(at: &At<'a>, attribute: Attribute, number: u32) -> IndexView<'a> {
    let Listed { rows, total, kinds } = at.reads.shelf(attribute, number);
    let rows: Vec<PageId> = rows.iter().map(|&(id, _)| id).collect();
    let said = attribute.family().map(names::family);
    let label = said.map_or(Word::IndexLabel, |said| said.label);
    let head = (called(at, attribute), label);
    let address = |n| at.reads.shelf_address(attribute, n);
    by_kind(at, head, (&rows, total, &kinds), number, &address)
}

/// What entries have in common, as it is called. A marking is never translated.
pub(super) fn called<'a>(at: &At<'a>, attribute: Attribute) -> &'a str {
    match attribute {
        Attribute::Kind(kind) => at.language.say(names::kind(kind).heading),
        Attribute::Country(id) => at.reads.name(id).title(),
        Attribute::Sector(sector) => at.language.say(names::sector(sector)),
        Attribute::Confidence(confidence) => at.language.say(names::confidence(confidence)),
        Attribute::Marking(tlp) => tlp.label(),
        // Neither has pages.
        Attribute::Year(_) | Attribute::Grade(_) => "",
    }
}

/// A page of entries of several kinds: the rows on it, how many there are on all pages, and where each kind begins.
fn by_kind<'a>(
    at: &At<'a>,
    (name, label): (&'a str, Word),
    (rows, total, kinds): (&[PageId], usize, &[(Kind, u32)]),
    number: u32,
    address: &dyn Fn(u32) -> String,
) -> IndexView<'a> {
    let heading = |kind| at.language.say(names::kind(kind).heading).to_owned();
    let headed = rows.iter().map(|&id| (id, heading(at.reads.kind(id))));
    let groups = groups(at, headed, true, false);
    let elsewhere = match plan::pages(total) {
        1 => Vec::new(),
        _ => kinds
            .iter()
            .map(|&(kind, page)| (heading(kind), page))
            .collect(),
    };
    IndexView {
        heading: name,
        label: at.language.say(label),
        summary: None,
        body: Html::default(),
        references: Html::default(),
        orders: Vec::new(),
        dated: at.language.say(Word::DatedDate),
        jumps: jumps(at, &groups, elsewhere, number, address),
        groups,
        pages: lists::pages(at, total, number, address),
        bibliography: false,
    }
}

/// What rows stand under, in words.
pub(super) fn marked(at: &At<'_>, mark: &Mark) -> String {
    match mark {
        Mark::Letter(letter) => letter.to_string(),
        Mark::Digits => "0–9".to_owned(),
        Mark::Year(year) => year.to_string(),
        Mark::Undated => at.language.say(Word::DateNone).to_owned(),
        Mark::Sort(sort) => match sort.as_deref() {
            Some("city") => at.language.say(Word::IndexCities).to_owned(),
            Some("country") => at.language.say(Word::IndexCountries).to_owned(),
            Some("region") => at.language.say(Word::IndexRegions).to_owned(),
            Some(other) => other.to_owned(),
            None => at.language.say(Word::IndexOthers).to_owned(),
        },
    }
}

/// What the dates of entries of a kind are, as a heading: where they are not all the same, dates.
fn dated(at: &At<'_>, kind: Kind, rows: &[(PageId, &Mark)]) -> Word {
    let dates = rows.iter().map(|&(id, _)| at.card(id));
    let mut dates = dates
        .filter(|card| card.when().is_some())
        .map(|card| card.dated);
    let first = dates.next().unwrap_or(names::dated(kind));
    if dates.all(|other| other == first) {
        first
    } else {
        Word::DatedDate
    }
}

pub(super) fn group_id(heading: &str) -> String {
    format!("page-at-{}", body::anchor(heading))
}

/// The group under a heading: the last one, or a new one behind it.
pub(super) fn under(heading: String, groups: &mut Vec<Group>) -> Option<&mut Group> {
    if groups.last().is_none_or(|group| group.heading != heading) {
        groups.push(Group {
            id: group_id(&heading),
            dated: None,
            heading,
            rows: Html(String::with_capacity(4096)),
        });
    }
    groups.last_mut()
}

/// The rows under their headings; `mixed` are those of several kinds.
fn groups(
    at: &At<'_>,
    rows: impl Iterator<Item = (PageId, String)>,
    mixed: bool,
    bibliography: bool,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (id, heading) in rows {
        if let Some(Group { rows, dated, .. }) = under(heading, &mut groups) {
            if mixed && at.reads.dated(id).1.is_some() {
                let is = at.language.shared(at.card(id).dated);
                *dated = Some(if dated.as_ref().is_none_or(|known| *known == is) {
                    is
                } else {
                    at.language.shared(Word::DatedDate)
                });
            }
            if bibliography {
                source_row(at, id, &mut rows.0);
            } else {
                row(at, id, &mut rows.0);
            }
        }
    }
    groups
}

/// How many letters or years a page jumps to, at most; where there are more (titles in thousands of characters), it
/// jumps to its own.
const JUMPS: usize = 80;

/// The letters or years to jump to: those of all pages, each on the page on which it begins.
pub(super) fn jumps(
    at: &At<'_>,
    groups: &[Group],
    elsewhere: Vec<(String, u32)>,
    number: u32,
    address: &dyn Fn(u32) -> String,
) -> Vec<Jump> {
    let here = |group: &Group| Jump {
        text: group.heading.clone(),
        id: group.id.clone(),
        path: None,
    };
    if elsewhere.is_empty() || elsewhere.len() > JUMPS {
        return groups.iter().map(here).collect();
    }
    let jump = |(text, page): (String, u32)| Jump {
        id: group_id(&text),
        path: (page != number).then(|| at.path(&address(page))),
        text,
    };
    elsewhere.into_iter().map(jump).collect()
}

fn row(at: &At<'_>, id: PageId, out: &mut String) {
    let when = |out: &mut String| markup::text(at.card(id).when().unwrap_or(""), out);
    row_with(at, id, (&when, &|_| {}), out);
}

/// What writes a part of a row.
type Writes<'w> = &'w dyn Fn(&mut String);

/// A row of an entry; what writes its date, and what more is told of it beneath its summary.
pub(super) fn row_with(
    at: &At<'_>,
    id: PageId,
    (when, more): (Writes<'_>, Writes<'_>),
    out: &mut String,
) {
    let (entry, card) = (at.card(id), at.told(id));
    let one = |text: &str, out: &mut String| {
        out.push_str(" <span class=\"one\">");
        markup::text(text, out);
    };
    out.push_str("\n<tr><td><a class=\"entry\" href=\"");
    out.push_str(&at.root);
    out.push_str(&entry.link);
    if let Some(summary) = card.summary.as_deref().filter(|it| !it.is_empty()) {
        one(summary, out);
        out.push_str("</span>");
    }
    more(out);
    out.push_str("</td>\n<td class=\"date\">");
    when(out);
    if let Some(figure) = card.figure.as_deref().filter(|it| !it.is_empty()) {
        out.push_str(" <span class=\"one\">");
        let lost = |_: &str, out: &mut String| markup::text(figure, out);
        at.language.fill_html(Word::RemarkLost, lost, out);
        out.push_str("</span>");
    }
    out.push_str("</td>\n<td class=\"links\">");
    let (named, rest) = at.reads.connections(id);
    for (nth, other) in named.into_iter().enumerate() {
        out.push_str(if nth > 0 { ", " } else { "" });
        at.link(other, out);
    }
    if rest > 0 {
        out.push(' ');
        at.language
            .counted(Word::RemarkMore, cites::count(rest), out);
    }
    out.push_str("</td>\n<td class=\"right num\">");
    // Of a source nobody asks what it rests on; it says so where it does.
    if card.sources > 0 || card.kind != Kind::Source.name() {
        markup::number(card.sources, out);
        out.push_str("<span class=\"unit\"> ");
        markup::text(at.language.form(Word::IndexUnit, card.sources), out);
        out.push_str("</span>");
    }
    out.push_str("</td></tr>");
}

fn source_row(at: &At<'_>, id: PageId, out: &mut String) {
    let Some(card) = at.source(id) else {
        return;
    };
    let statements = cites::count(at.reads.citing(id));
    out.push_str("\n<li><span class=\"what\">");
    card.line(&at.root, out);
    out.push_str("</span> <span class=\"more bits\">");
    if let Some((grade, meaning)) = &card.grade {
        markup::bit(out, |out| markup::grade(grade, meaning, true, out));
    }
    markup::bit(out, |out| {
        at.language.counted(Word::EntryStatements, statements, out)
    });
    if let Some((url, host)) = &card.url {
        markup::bit(out, |out| markup::link_out(url, "addr", host, out));
    }
    if !card.caveats.is_empty() {
        markup::bit(out, |out| card.caveats(at.language, &at.root, out));
    }
    out.push_str("</span></li>");
}

/// A page of the register of names.
pub(super) fn names<'a>(at: &At<'a>, number: u32) -> NamesView<'a> {
    let (shown, count) = at.reads.named(number);
    let mut groups: Vec<Group> = Vec::new();
    for (name, mark) in shown {
        if let Some(group) = under(marked(at, mark), &mut groups) {
            name_row(at, name, &mut group.rows.0);
        }
    }
    NamesView {
        heading: at.language.say(Word::NamesAll),
        jumps: named_jumps(at, Some(&groups), number),
        producers: (at.reads.has_producers()).then(|| at.path(&plan::producers_address(1))),
        groups,
        pages: lists::pages(at, count, number, &names_address),
    }
}

/// Where a reader searches.
pub(super) fn search(at: &At<'_>) -> SearchView {
    at.reads.anything();
    SearchView {
        jumps: named_jumps(at, None, 0),
    }
}

/// The letters of the register to jump to, from one of its pages or from elsewhere.
fn named_jumps(at: &At<'_>, groups: Option<&[Group]>, number: u32) -> Vec<Jump> {
    let marks = at.reads.named_marks().into_iter();
    let marks = marks.map(|(mark, page)| (marked(at, mark), page)).collect();
    jumps(at, groups.unwrap_or(&[]), marks, number, &names_address)
}

/// A name: of an entry its own title is a link to it, another name says whose it is.
fn name_row(at: &At<'_>, name: &Name, out: &mut String) {
    let card = at.card(name.page);
    out.push_str("\n<tr><td>");
    let alias = name
        .nth
        .checked_sub(1)
        .and_then(|nth| at.reads.alias(name.page, nth as usize));
    match alias {
        None => {
            out.push_str("<a class=\"entry\" href=\"");
            out.push_str(&at.root);
            out.push_str(&card.link);
            out.push_str("</td>\n<td>");
        }
        Some(alias) => {
            out.push_str("<span class=\"entry\">");
            markup::text(&alias.what.name, out);
            out.push_str("</span></td>\n<td>");
            let by = alias.what.by.as_ref().map(|by| at.reads.called(by));
            let said = search::said(alias.what.overlap, by.is_some());
            let fill = |hole: &str, out: &mut String| match hole {
                "by" => markup::text(by.unwrap_or(""), out),
                _ => at.link(name.page, out),
            };
            at.language.fill_html(said, fill, out);
        }
    }
    out.push_str("</td>\n<td>");
    markup::text(card.label(), out);
    out.push_str("</td></tr>");
}

/// All tags.
pub(super) fn tags<'a>(at: &At<'a>) -> TagsView<'a> {
    let link = |tag: &'a crate::plan::Tag| Link {
        text: &tag.name,
        path: at.path(&tag_address(&tag.slug, 1)),
        count: cites::count(tag.pages.len()),
    };
    TagsView {
        tags: at.reads.tags().iter().map(link).collect(),
    }
}

/// What entries have in common in one respect, by name.
pub(super) fn shelves<'a>(at: &At<'a>, family: Family) -> TagsView<'a> {
    let shelves = at.reads.shelves(family).into_iter();
    let mut links: Vec<Link<'a>> = shelves
        .map(|(attribute, count)| Link {
            text: called(at, attribute),
            path: at.path(&at.reads.shelf_address(attribute, 1)),
            count: cites::count(count),
        })
        .collect();
    if names::family(family).by_name {
        links.sort_by_cached_key(|link| sort_key(link.text));
    }
    TagsView { tags: links }
}

/// A contested name.
pub(super) fn name<'a>(at: &At<'a>, name: u32) -> NameView<'a> {
    let Some(contested) = at.reads.contested_at(name) else {
        return NameView {
            name: "",
            claims: Vec::new(),
        };
    };
    let folded = fold(&contested.name);
    let claims = contested
        .pages
        .iter()
        .map(|&id| {
            let card = at.told(id);
            let alias = at.reads.claim(id, &contested.name);
            let how = match alias {
                _ if fold(&card.title) == folded => Word::NamesOwn,
                Some(alias) => match alias.what.overlap {
                    Overlap::Equal => Word::NamesAnother,
                    Overlap::PartOf => Word::NamesPartOfIt,
                    Overlap::Overlaps => Word::NamesOverlaps,
                },
                None => Word::NamesOwn,
            };
            Claim {
                link: at.link_to(id),
                card,
                how: at.language.say(how),
                by: alias
                    .and_then(|alias| alias.what.by.as_ref())
                    .map(|by| super::cards::named(&at.reads, by).0),
            }
        })
        .collect();
    NameView {
        name: &contested.name,
        claims,
    }
}

/// A former address.
pub(super) fn redirect<'a>(at: &At<'a>, to: PageId) -> RedirectView<'a> {
    RedirectView {
        title: at.reads.name(to).title(),
        path: at.card(to).path(),
    }
}
