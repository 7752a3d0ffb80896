//! Who is where, as a map and as a table.

use super::shape::{Drawing, MapGroup, MapView, Weight};
use super::{At, cites, drawn, shell};
use crate::model::{PageId, Tlp};
use crate::plan::graph::Incoming;
use crate::plan::{Attribute, FEW, Presence, Whereabouts};
use crate::render::account::places::{self, Country, Places};
use crate::render::drawing::world::{self, Extent, Place, World};
use crate::render::language::{Word, names};
use crate::render::{Html, markup};
use std::collections::BTreeSet;

/// The page.
pub(super) fn view<'a>(at: &At<'a>) -> MapView<'a> {
    let told = at.reads.whereabouts();
    let places = places::of(&at.reads, &told);
    let label = at.language.say(Word::MapDrawn).to_owned();
    let drawn = drawing(at, &places, label, Extent::Whole);
    MapView {
        heading: at.language.say(Word::MapTitle),
        weights: match drawn {
            Some(_) => weights(&places),
            None => Vec::new(),
        },
        origins: drawn.is_some() && places.countries.iter().any(Country::is_origin),
        drawn,
        groups: (1..)
            .zip(&places.countries)
            .map(|(nth, it)| group(at, nth, it))
            .collect(),
    }
}

/// Who is where by what is told on the page of an actor, drawn.
pub(super) fn of_actor(at: &At<'_>, id: PageId, acts: &[Incoming]) -> Option<Drawing> {
    if !at.config.drawings.map || at.reads.page(id).withdrawn.is_some() {
        return None;
    }
    of_places(at, id, &told_by(at, id, acts))
}

/// The same of any entry, with what a table tells of it.
pub(super) fn placed(at: &At<'_>, id: PageId) -> (Option<Drawing>, Vec<MapGroup>) {
    let places = told_by(at, id, &at.reads.timeline(id));
    let groups = (1..).zip(&places.countries);
    let groups = groups.map(|(nth, it)| group(at, nth, it)).collect();
    (of_places(at, id, &places), groups)
}

/// The same of the whole dossier, as wide as a text.
pub(super) fn of_all(at: &At<'_>) -> (Option<Drawing>, Vec<MapGroup>) {
    let told = at.reads.whereabouts();
    let places = places::of(&at.reads, &told);
    let label = at.language.say(Word::MapDrawn).to_owned();
    let drawn = drawing(at, &places, label, Extent::Concerned).map(|drawing| Drawing {
        caption: Some(at.language.say(Word::MapKey).to_owned()),
        ..drawing
    });
    let groups = (1..).zip(&places.countries);
    (drawn, groups.map(|(nth, it)| group(at, nth, it)).collect())
}

fn told_by<'a>(at: &At<'a>, id: PageId, acts: &[Incoming]) -> Places<'a> {
    let acts = acts.iter().take(drawn::ACTS);
    let acts = acts.filter(|edge| at.reads.relation(edge).is_some_and(|it| !it.what.denied));
    let from = [id].into_iter().chain(acts.map(|edge| edge.from));
    let told: Vec<Whereabouts> = from
        .flat_map(|from| at.reads.whereabouts_by(from))
        .collect();
    places::of(&at.reads, &told)
}

fn of_places(at: &At<'_>, id: PageId, places: &Places<'_>) -> Option<Drawing> {
    let count = places
        .countries
        .iter()
        .filter(|it| it.count > 0 && it.id.is_some());
    if count.count() < drawn::LEAST {
        return None;
    }
    let label = at.language.with(Word::MapOf, at.reads.name(id).title());
    let drawing = drawing(at, places, label, Extent::Concerned)?;
    Some(Drawing {
        caption: Some(at.language.say(Word::MapKey).to_owned()),
        ..drawing
    })
}

/// The most that are in one place.
fn most(places: &Places<'_>) -> usize {
    let most = places.countries.iter().map(|it| it.count).max();
    most.unwrap_or(0).max(1)
}

/// In quarters of the most.
fn weight(count: usize, most: usize) -> u8 {
    let quarters = (count * 4).div_ceil(most);
    u8::try_from(quarters.saturating_sub(1)).unwrap_or(3)
}

/// How many each filling stands for: `2–3`.
fn weights(places: &Places<'_>) -> Vec<Weight> {
    let most = most(places);
    let of = |step: u32| {
        let mut counts = (1..=most).filter(|&count| u32::from(weight(count, most)) == step);
        let first = counts.next()?;
        let text = match counts.next_back() {
            Some(last) => format!("{first}–{last}"),
            None => first.to_string(),
        };
        Some(Weight { step, text })
    };
    (0..4).filter_map(of).collect()
}

fn drawing(at: &At<'_>, places: &Places<'_>, label: String, extent: Extent) -> Option<Drawing> {
    if !at.config.drawings.map {
        return None;
    }
    let most = most(places);
    let place = |id: PageId, href: String, count: usize| {
        let name = at.reads.name(id).title();
        let position = at.reads.position(id);
        let holes = [("place", name), ("count", &*count.to_string())];
        Place {
            name,
            href: format!("{}{href}", at.root),
            told: at.language.with_all(Word::MapTold, &holes),
            code: position.and_then(|it| it.code),
            degrees: position.and_then(|it| it.degrees),
            count,
            weight: weight(count, most),
            origin: false,
        }
    };
    let countries = places.countries.iter().filter(|it| it.count > 0);
    let countries = countries.filter_map(|it| {
        let id = it.id?;
        let origin = it.is_origin();
        Some(Place {
            origin,
            ..place(id, country_path(at, id), it.count)
        })
    });
    let cities = places.cities.iter();
    let cities = cities.map(|it| Place {
        degrees: Some(it.degrees),
        ..place(it.id, at.card(it.id).path().to_owned(), it.count)
    });
    let mut all: Vec<Place<'_>> = countries.collect();
    // Of two entries with one code that counts where more are.
    let mut known = BTreeSet::new();
    all.retain(|it| it.code.is_none_or(|code| known.insert(code)));
    all.extend(cities);
    if all.is_empty() {
        return None;
    }
    let world = World { label, places: all };
    Some(Drawing {
        drawn: Html::of(|out| world::write(&world, extent, out)),
        caption: None,
    })
}

/// The way to those that are based in a country, or to its entry.
fn country_path(at: &At<'_>, id: PageId) -> String {
    let attribute = Attribute::Country(id);
    match at.reads.is_shelved(attribute) {
        true => at.path(&at.reads.shelf_address(attribute, 1)),
        false => at.card(id).path().to_owned(),
    }
}

fn group(at: &At<'_>, nth: u32, country: &Country) -> MapGroup {
    MapGroup {
        id: format!("place-{nth}"),
        heading: Html::of(|out| match country.id {
            Some(id) => at.link(id, out),
            None => markup::text(at.language.say(Word::MapNowhere), out),
        }),
        rows: Html::of(|out| {
            for (presence, told) in &country.concerned {
                row(at, country.id, *presence, told, out);
            }
        }),
    }
}

/// Writes who is there as what.
fn row(
    at: &At<'_>,
    country: Option<PageId>,
    presence: Presence,
    told: &[Whereabouts],
    out: &mut String,
) {
    out.push_str("\n<tr><td>");
    markup::text(at.language.say(names::presence(presence)), out);
    out.push_str("</td><td class=\"num\">");
    let held = told.iter().filter(|it| !it.denied).count();
    markup::number(cites::count(held), out);
    out.push_str("</td><td><ul class=\"rel\">");
    for it in told.iter().take(FEW) {
        markup::item(out, |out| concerned(at, country, it, out));
    }
    if let Some(more) = told.len().checked_sub(FEW).filter(|it| *it > 0) {
        markup::item(out, |out| {
            let text = at.language.with(Word::DrawingRest, &more.to_string());
            markup::text(&text, out);
        });
    }
    out.push_str("</ul></td></tr>");
}

/// Writes one of them: who, where within the country, that it is denied, by which sources, its marking.
fn concerned(at: &At<'_>, country: Option<PageId>, it: &Whereabouts, out: &mut String) {
    const BEGIN: &str = " <span class=\"more bits\">";
    at.link(it.who, out);
    out.push_str(BEGIN);
    let begun = out.len();
    if it.denied {
        markup::denied(at.language, out);
    }
    if country != Some(it.place) && it.who != it.place {
        markup::bit(out, |out| at.link(it.place, out));
    }
    let edge = Incoming {
        from: it.from,
        relation: it.relation.index,
    };
    if let Some(relation) = at.reads.relation(&edge) {
        if let Some(sure) = relation.confidence {
            markup::bit(out, |out| markup::sure(at.language, sure, out));
        }
        if cites::distinct(&relation.sources) > 0 {
            markup::bit(out, |out| cites::stated(at, it.from, &relation, out));
        }
    }
    if let Some(tlp) = shell::raised(Some(it.tlp)).filter(|tlp| *tlp > Tlp::Clear) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
    if out.len() == begun {
        out.truncate(begun - BEGIN.len());
    } else {
        out.push_str("</span>");
    }
}
