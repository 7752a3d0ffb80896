//! Lists that go on over several pages.

use super::shape::{MoreView, Numbered, Pages};
use super::{At, cites, mentions, relations as connections, timeline as acts};
use crate::model::{Kind, PageId, Verb};
use crate::plan::{self, PER_PAGE, page_of};
use crate::render::language::{Language, Word, names};
use crate::render::{Html, markup};

/// The address of a page of an entry's list; the first stands on the entry's own page.
pub(super) fn further(route: &str, list: &str, number: u32) -> String {
    if number > 1 {
        format!("{route}{list}/{number}/")
    } else {
        route.to_owned()
    }
}

/// The pages of a list of `total` entries, seen from page `current`; none where there is but one.
pub(super) fn pages(
    at: &At<'_>,
    total: usize,
    current: u32,
    address: &dyn Fn(u32) -> String,
) -> Option<Pages> {
    let last_page = plan::pages(total);
    if last_page < 2 {
        return None;
    }
    let numbered = |number: u32| Numbered {
        number,
        path: at.path(&address(number)),
    };
    let near = |number: u32| number == 1 || number == last_page || number.abs_diff(current) <= 3;
    let mut all: Vec<Numbered> = Vec::new();
    let mut gap = false;
    for number in (1..=last_page.min(current.saturating_add(3))).chain([last_page]) {
        if near(number) {
            if all.last().is_none_or(|page| page.number != number) {
                if gap
                    || all
                        .last()
                        .is_some_and(|page| page.number > 0 && page.number + 1 < number)
                {
                    all.push(Numbered {
                        number: 0,
                        path: String::new(),
                    });
                }
                all.push(numbered(number));
            }
            gap = false;
        } else {
            gap = true;
        }
    }
    let first = PER_PAGE * (current.saturating_sub(1) as usize);
    Some(Pages {
        current,
        all,
        first: cites::count(if total == 0 { 0 } else { first + 1 }),
        last: cites::count((first + PER_PAGE).min(total)),
        total: cites::count(total),
        previous: (current > 1).then(|| at.path(&address(current - 1))),
        next: (current < last_page).then(|| at.path(&address(current + 1))),
    })
}

/// A further page of the places that cite a source.
pub(super) fn cited<'a>(at: &At<'a>, id: PageId, number: u32) -> MoreView<'a> {
    let (mentions, pages) = mentions::citing(at, id, number);
    more(
        at,
        id,
        "cited",
        at.language.say(Word::SectionCited),
        mentions,
        pages,
    )
}

/// A further page of the mentions of an entry.
pub(super) fn mentions<'a>(at: &At<'a>, id: PageId, number: u32) -> MoreView<'a> {
    let (mentions, pages) = mentions::of(at, id, number);
    more(
        at,
        id,
        "mentions",
        at.language.say(Word::SectionMentions),
        mentions,
        pages,
    )
}

/// A page of the relations of one verb that entries of one kind state of an entry.
pub(super) fn relations<'a>(
    at: &At<'a>,
    id: PageId,
    of: (Verb, Kind),
    number: u32,
) -> MoreView<'a> {
    let (items, pages) = connections::stated_by_others(at, id, of, number);
    more(at, id, "connections", &connected(at, of), items, pages)
}

/// What connections are called: `is targeted by incidents`.
pub(super) fn connected(at: &At<'_>, (verb, kind): (Verb, Kind)) -> String {
    said(at, (verb, true), kind, 2)
}

/// How relations read, and what the other ends are: `uses malware`.
pub(super) fn said(at: &At<'_>, said: (Verb, bool), kind: Kind, count: usize) -> String {
    let mut text = String::with_capacity(64);
    let noun = |hole: &str, out: &mut String| {
        out.push_str(noun(at.language, hole, kind, cites::count(count)));
    };
    at.language.fill(phrase(said), noun, &mut text);
    text
}

/// The words of a relation, from one end.
const fn phrase((verb, inverse): (Verb, bool)) -> Word {
    let verb = names::verb(verb);
    if inverse { verb.r#in } else { verb.out }
}

/// The same behind a title.
pub(super) fn titled(at: &At<'_>, title: &str, of: (Verb, Kind)) -> String {
    let connected = connected(at, of);
    let holes = [("title", title), ("connected", &*connected)];
    at.language.with_all(Word::ConnectionsTitle, &holes)
}

/// The heading of relations: how they read, and what the other ends are, marked as such.
pub(super) fn related(at: &At<'_>, said: (Verb, bool), kind: Kind, count: usize) -> Html {
    let fill = |hole: &str, out: &mut String| {
        out.push_str("<span class=\"of\">");
        markup::text(noun(at.language, hole, kind, cites::count(count)), out);
        out.push_str("</span>");
    };
    Html::of(|out| at.language.fill_html(phrase(said), fill, out))
}

/// What entries of a kind are called behind a relation, in the case that its words ask for.
fn noun<'l>(language: &'l Language, hole: &str, kind: Kind, count: u32) -> &'l str {
    let words = names::kind(kind);
    let word = match hole {
        "oblique" => words.oblique,
        _ => words.noun,
    };
    language.form(word, count)
}

/// A further page of an actor's timeline.
pub(super) fn timeline<'a>(at: &At<'a>, id: PageId, number: u32) -> MoreView<'a> {
    let edges = at.reads.timeline(id);
    let route = at.reads.route(id);
    let pages = pages(at, edges.len(), number, &|n| further(&route, "timeline", n));
    let timeline = acts::acts(at, id, page_of(&edges, number));
    MoreView {
        timeline,
        ..more(
            at,
            id,
            "timeline",
            at.language.say(Word::SectionTimeline),
            Html::default(),
            pages,
        )
    }
}

fn more<'a>(
    at: &At<'a>,
    id: PageId,
    list: &'static str,
    heading: &str,
    items: Html,
    pages: Option<Pages>,
) -> MoreView<'a> {
    MoreView {
        card: at.told(id),
        list,
        heading: heading.to_owned(),
        items,
        timeline: Vec::new(),
        pages,
    }
}
