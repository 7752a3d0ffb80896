//! Indexes, tags, contested names, redirects.

use super::prose::{self, Introduction};
use super::shape::{
    Claim, Group, IndexView, Jump, Link, NameView, Ordered, RedirectView, TagsView,
};
use super::{At, cites, lists};
use crate::model::{Kind, Overlap, PageId, body};
use crate::plan::{Order, index_address, tag_address};
use crate::render::language::{Word, names};
use crate::render::{Html, markup};
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
    let groups = groups(at, shown, headings(kind, order), kind == Kind::Source);
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
        orders: vec![
            ordered(
                match kind {
                    Kind::Source => Word::IndexByPublisher,
                    Kind::Place => Word::IndexByType,
                    _ => Word::IndexByName,
                },
                Order::Name,
            ),
            ordered(Word::IndexByDate, Order::Date),
        ],
        dated: at.language.say(dated(at, kind, shown)),
        jumps: jumps(&groups),
        groups,
        pages: lists::pages(at, count, number, &|n| index_address(kind, order, n)),
        bibliography: kind == Kind::Source,
    }
}

/// A page of a tag.
pub(super) fn of_tag<'a>(at: &At<'a>, tag: u32, number: u32) -> IndexView<'a> {
    let (tag, shown) = at.reads.tagged(tag, number).unzip();
    let (name, slug) = tag.map_or(("", ""), |tag| (tag.name.as_str(), tag.slug.as_str()));
    let (shown, count) = (
        shown.unwrap_or_default(),
        tag.map_or(0, |tag| tag.pages.len()),
    );
    let groups = groups(at, shown, Headings::Kind, false);
    IndexView {
        heading: name,
        label: at.language.say(Word::IndexTag),
        summary: None,
        body: Html::default(),
        references: Html::default(),
        orders: Vec::new(),
        dated: at.language.say(Word::DatedDate),
        jumps: jumps(&groups),
        groups,
        pages: lists::pages(at, count, number, &|n| tag_address(slug, n)),
        bibliography: false,
    }
}

/// What rows stand under, in the order in which they stand: the first letter of a name, the year, or of a
/// mixed list what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Headings {
    Title,
    Publisher,
    Year,
    Kind,
    Place,
}

/// Sources stand by who published them, places by what they are.
fn headings(kind: Kind, order: Order) -> Headings {
    match order {
        Order::Date => Headings::Year,
        Order::Name if kind == Kind::Source => Headings::Publisher,
        Order::Name if kind == Kind::Place => Headings::Place,
        Order::Name => Headings::Title,
    }
}

fn heading(at: &At<'_>, id: PageId, headings: Headings) -> String {
    let (title, when) = at.reads.dated(id);
    match headings {
        Headings::Year => when.map_or_else(
            || at.language.say(Word::DateNone).to_owned(),
            |date| date.year().to_string(),
        ),
        Headings::Kind => {
            let kind = names::kind(at.reads.kind(id));
            at.language.say(kind.heading).to_owned()
        }
        Headings::Place => match at.reads.type_of_place(id) {
            Some("city") => at.language.say(Word::IndexCities).to_owned(),
            Some("country") => at.language.say(Word::IndexCountries).to_owned(),
            Some("region") => at.language.say(Word::IndexRegions).to_owned(),
            Some(other) => other.to_owned(),
            None => at.language.say(Word::IndexOthers).to_owned(),
        },
        Headings::Title | Headings::Publisher => {
            let publisher = match headings {
                Headings::Publisher => at.reads.publisher(id),
                Headings::Title | Headings::Year | Headings::Kind | Headings::Place => None,
            };
            let name = fold(publisher.unwrap_or(title));
            let name = ["the ", "an ", "a "]
                .iter()
                .find_map(|article| name.strip_prefix(article))
                .unwrap_or(&name);
            match name.chars().find(|c| c.is_alphanumeric()) {
                Some(letter) if letter.is_alphabetic() => letter.to_uppercase().collect(),
                _ => "0–9".to_owned(),
            }
        }
    }
}

/// What the dates of entries of a kind are, as a heading: where they are not all the same, dates.
fn dated(at: &At<'_>, kind: Kind, ids: &[PageId]) -> Word {
    let dates = ids.iter().map(|&id| at.card(id));
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

fn group_id(heading: &str) -> String {
    format!("page-at-{}", body::anchor(heading))
}

fn groups(at: &At<'_>, ids: &[PageId], headings: Headings, bibliography: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &id in ids {
        let heading = heading(at, id, headings);
        if groups.last().is_none_or(|group| group.heading != heading) {
            groups.push(Group {
                id: group_id(&heading),
                dated: None,
                heading,
                rows: Html(String::with_capacity(4096)),
            });
        }
        if let Some(Group { rows, dated, .. }) = groups.last_mut() {
            if headings == Headings::Kind && at.reads.dated(id).1.is_some() {
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

fn jumps(groups: &[Group]) -> Vec<Jump> {
    let jump = |group: &Group| Jump {
        text: group.heading.clone(),
        id: group.id.clone(),
    };
    groups.iter().map(jump).collect()
}

fn row(at: &At<'_>, id: PageId, out: &mut String) {
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
    out.push_str("</td>\n<td class=\"date\">");
    markup::text(card.when.as_deref().unwrap_or(""), out);
    if let Some(figure) = card.figure.as_deref().filter(|it| !it.is_empty()) {
        out.push_str(" <span class=\"one\">");
        let lost = |_: &str, out: &mut String| markup::text(figure, out);
        at.language.fill_html(Word::RemarkLost, lost, out);
        out.push_str("</span>");
    }
    out.push_str("</td>\n<td class=\"links\">");
    let (named, more) = at.reads.connections(id);
    for (nth, other) in named.into_iter().enumerate() {
        out.push_str(if nth > 0 { ", " } else { "" });
        at.link(other, out);
    }
    if more > 0 {
        out.push(' ');
        at.language
            .counted(Word::RemarkMore, cites::count(more), out);
    }
    out.push_str("</td>\n<td class=\"right num\">");
    markup::number(card.sources, out);
    out.push_str("<span class=\"unit\"> ");
    markup::text(at.language.form(Word::IndexUnit, card.sources), out);
    out.push_str("</span></td></tr>");
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
