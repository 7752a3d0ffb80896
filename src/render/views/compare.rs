//! Actors beside each other: what they share first, then what each has alone.
//!
//! Takes actors; gives the same three ways: pages of two, what a text places, and the files from which the script of the theme
//! puts together those that a reader chooses. Each piece is written once, so that all of them say the same.

use super::reads::Reads;
use super::shape::{Apart, CompareView, Shared};
use super::{At, Facet, cites, matrix, producers};
use crate::model::body::Drawing;
use crate::model::{Date, Kind, PageId, Sector, Tlp, Verb};
use crate::plan::{
    Compare, PER_COLUMNS, PER_PAGE, Page, Presence, Route, address, compare_address, is_compared,
    sort_key,
};
use crate::render::account::connections::Stated;
use crate::render::account::techniques::{self, Under};
use crate::render::language::{Word, names};
use crate::render::{Html, Renderer, markup, punctuation, search};
use crate::resolve::fold;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// All pairs that have pages.
pub(super) fn list<'a>(at: &At<'a>) -> CompareView<'a> {
    let pairs = at.reads.pairs();
    // The script shows what any of them has.
    at.reads.anything();
    CompareView {
        heading: at.language.shared(Word::CompareTitle),
        summary: Some(at.language.say(Word::CompareSummary)),
        pairs: Html::of(|out| {
            for pair in pairs {
                out.push_str("\n<tr id=\"");
                markup::text(&chosen(at, pair.one, pair.other), out);
                out.push_str("\"><td>");
                let words = both(at, pair.one, pair.other);
                let path = at.path(&at.reads.pair_address(pair.one, pair.other));
                out.push_str("<span class=\"entry\">");
                markup::link(&at.root, &markup::tail(&path, &words), out);
                out.push_str("</span></td><td class=\"num\">");
                markup::number(pair.shared, out);
                out.push_str("</td></tr>");
            }
        }),
        others: None,
        entries: Vec::new(),
        sections: Vec::new(),
    }
}

/// Two of them.
pub(super) fn pair<'a>(at: &At<'a>, one: PageId, other: PageId) -> CompareView<'a> {
    let ids = [one, other];
    CompareView {
        heading: both(at, one, other).into(),
        summary: None,
        pairs: Html::default(),
        others: Some(format!(
            "{}#{}",
            at.path(compare_address()),
            chosen(at, one, other)
        )),
        entries: ids.iter().map(|&id| at.link_to(id)).collect(),
        sections: sections(at, &ids),
    }
}

/// What the address of the list says of two: their row, and what the script opens.
fn chosen(at: &At<'_>, one: PageId, other: PageId) -> String {
    format!("of={},{}", at.reads.slug(one), at.reads.slug(other))
}

/// `APT38 and Lazarus Group`.
pub(super) fn both(at: &At<'_>, one: PageId, other: PageId) -> String {
    let holes = [
        ("one", at.reads.name(one).title()),
        ("other", at.reads.name(other).title()),
    ];
    at.language.with_all(Word::CompareBoth, &holes)
}

/// The pages that compare an entry with another: links in items of a list.
pub(super) fn of_entry(at: &At<'_>, id: PageId) -> Html {
    if at.reads.kind(id) != Kind::Actor {
        return Html::default();
    }
    Html::of(|out| {
        for pair in at.reads.pairs_of(id) {
            let other = if pair.one == id { pair.other } else { pair.one };
            let path = at.path(&at.reads.pair_address(pair.one, pair.other));
            let words = at.reads.name(other).title();
            markup::item(out, |out| {
                markup::link(&at.root, &markup::tail(&path, words), out)
            });
        }
    })
}

/// Writes some of them into a text: a table for each respect, and what each has alone, folded.
pub(super) fn placed(at: &At<'_>, ids: &[PageId], out: &mut String) {
    let is_there = |id: &&PageId| {
        at.reads.kind(**id) == Kind::Actor && at.reads.page(**id).withdrawn.is_none()
    };
    let ids: Vec<PageId> = ids.iter().filter(is_there).copied().collect();
    // Alone with itself nothing is compared: the others are withheld.
    if !Drawing::Compare.of_how_many().contains(&ids.len()) {
        return;
    }
    let sections = sections(at, &ids);
    let names: Vec<&str> = ids.iter().map(|&id| at.reads.name(id).title()).collect();
    let names = names.join(", ");
    out.push_str("<div class=\"compare\">");
    for section in sections.iter().filter(|it| !it.rows.0.is_empty()) {
        out.push_str("<div class=\"table\" role=\"region\" aria-label=\"");
        markup::text(&format!("{}: {names}", section.heading), out);
        out.push_str("\" tabindex=\"0\"><table><caption>");
        markup::text(&section.heading, out);
        out.push_str("</caption><thead><tr><th scope=\"col\">");
        markup::text(&section.head, out);
        out.push_str("</th>");
        for &id in &ids {
            out.push_str("<th scope=\"col\">");
            at.link(id, out);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead>\n<tbody>");
        out.push_str(&section.rows.0);
        out.push_str("\n</tbody></table></div>\n");
    }
    let apart = sections.iter().filter(|it| !it.apart.is_empty());
    let apart: Vec<&Shared> = apart.collect();
    if !apart.is_empty() {
        out.push_str("<details><summary>");
        at.language.html(Word::CompareApart, out);
        out.push_str("</summary>\n");
        for section in apart {
            for own in &section.apart {
                out.push_str("<p><b>");
                markup::text(&section.heading, out);
                out.push_str("</b> ");
                markup::text(&own.told, out);
                out.push_str("</p><ul class=\"rel\">");
                out.push_str(&own.items.0);
                out.push_str("</ul>\n");
            }
        }
        out.push_str("</details>\n");
    }
    out.push_str("</div>\n");
}

/// In what entries are compared, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Aspect {
    Name,
    /// When it was active. There is one value, so that each has it beside the others whether or not they have any.
    Time,
    Attribution,
    Country,
    Sector,
    Victim,
    Software,
    Technique,
    Act,
}

impl Aspect {
    const ALL: [Aspect; 9] = [
        Aspect::Name,
        Aspect::Time,
        Aspect::Attribution,
        Aspect::Country,
        Aspect::Sector,
        Aspect::Victim,
        Aspect::Software,
        Aspect::Technique,
        Aspect::Act,
    ];

    fn heading(self) -> Word {
        match self {
            Aspect::Name => Word::SectionNames,
            Aspect::Time => Word::CompareTime,
            Aspect::Attribution => Word::CompareAttribution,
            Aspect::Country => Word::CompareCountries,
            Aspect::Sector => Word::CompareSectors,
            Aspect::Victim => Word::CompareVictims,
            Aspect::Software => Word::CompareSoftware,
            Aspect::Technique => Word::CompareTechniques,
            Aspect::Act => Word::CompareActs,
        }
    }

    /// Its id on a page.
    fn id(self) -> String {
        format!("page-compare-{}", self as u8)
    }

    /// In what an entry that is stated of another is compared.
    fn of(verb: Verb, kind: Kind) -> Option<Aspect> {
        match (verb, kind) {
            (Verb::AttributedTo, _) => Some(Aspect::Attribution),
            (Verb::Targets, Kind::Organisation | Kind::Person) => Some(Aspect::Victim),
            (Verb::Uses, Kind::Technique) => Some(Aspect::Technique),
            (Verb::Uses, Kind::Malware | Kind::Tool) => Some(Aspect::Software),
            (_, _) => None,
        }
    }
}

/// What entries may have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Entry(PageId),
    Time(Active),
    /// As it is compared.
    Name(String),
    Sector(Sector),
}

impl Key {
    /// As the files of the script have it.
    fn written(&self) -> String {
        match self {
            // Their order among what is called the same is that of their numbers.
            Key::Entry(id) => format!("{:08}", id.0),
            Key::Time(which) => (*which as u8).to_string(),
            Key::Name(name) => format!("={name}"),
            Key::Sector(sector) => sector.word().to_owned(),
        }
    }
}

/// When an entry was active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Active {
    FirstSeen,
    LastSeen,
    /// From its first act to its last.
    Acts,
}

impl Active {
    fn label(self) -> Word {
        match self {
            Active::FirstSeen => Word::FactFirstSeen,
            Active::LastSeen => Word::FactLastSeen,
            Active::Acts => Word::CompareSpan,
        }
    }
}

/// What an entry has: what it is called, with a link, and what is said of it.
struct Has<'a> {
    label: Html,
    sort: String,
    told: Html,
    /// By which relation of an entry, or of an act of it.
    stated: Option<Stated<'a>>,
}

type Column<'a> = BTreeMap<(Aspect, Key), Has<'a>>;

/// The comparison of any entries: what two or more of them have as rows, then what each has alone.
pub(super) fn sections(at: &At<'_>, ids: &[PageId]) -> Vec<Shared> {
    let columns: Vec<Column<'_>> = ids.iter().map(|&id| column(at, id)).collect();
    let section = |aspect: Aspect| {
        let keys: BTreeSet<&(Aspect, Key)> = { columns.iter().flat_map(BTreeMap::keys) }
            .filter(|(of, _)| *of == aspect)
            .collect();
        let count = |key: &(Aspect, Key)| columns.iter().filter(|it| it.contains_key(key)).count();
        let (both, apart): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .partition(|key| is_beside(aspect, count(key)));
        let both = sorted(&columns, both);
        let rows = Html::of(|out| match aspect {
            Aspect::Technique => by_tactic(at, ids, &columns, &both, out),
            Aspect::Name
            | Aspect::Time
            | Aspect::Attribution
            | Aspect::Country
            | Aspect::Sector
            | Aspect::Victim
            | Aspect::Software
            | Aspect::Act => {
                for key in &both {
                    row(at, ids, &columns, key, out);
                }
            }
        });
        let apart = ids.iter().zip(&columns).filter_map(|(&id, column)| {
            let own = apart.iter().filter(|key| column.contains_key(key));
            let own = sorted(&columns, own.copied().collect());
            let items = own.iter().filter_map(|key| column.get(key));
            let count = own.len().to_string();
            let holes = [("title", at.reads.name(id).title()), ("count", &*count)];
            (!own.is_empty()).then(|| Apart {
                told: at.language.with_all(Word::CompareOnly, &holes),
                items: Html::of(|out| {
                    for has in items {
                        markup::item(out, |out| {
                            out.push_str(&has.label.0);
                            if !has.told.0.is_empty() {
                                out.push_str(" <span class=\"more bits\">");
                                out.push_str(&has.told.0);
                                out.push_str("</span>");
                            }
                        });
                    }
                }),
            })
        });
        let apart: Vec<Apart> = apart.collect();
        (!rows.0.is_empty() || !apart.is_empty()).then(|| Shared {
            heading: at.language.shared(aspect.heading()),
            id: aspect.id(),
            head: at.language.shared(match is_beside(aspect, 1) {
                true => aspect.heading(),
                false => Word::CompareShared,
            }),
            rows,
            apart,
        })
    };
    Aspect::ALL.into_iter().filter_map(section).collect()
}

/// Whether what so many have stands beside each other, not with what one of them has alone.
fn is_beside(aspect: Aspect, count: usize) -> bool {
    aspect == Aspect::Time || count > 1
}

/// By what they are called.
fn sorted<'k>(columns: &[Column<'_>], mut keys: Vec<&'k (Aspect, Key)>) -> Vec<&'k (Aspect, Key)> {
    let sort = |key: &(Aspect, Key)| {
        let has = columns.iter().find_map(|column| column.get(key));
        has.map(|has| has.sort.clone())
    };
    keys.sort_by_cached_key(|key| (sort(key), (*key).clone()));
    keys
}

/// Writes what several have: what it is, then what is said of each.
fn row(at: &At<'_>, ids: &[PageId], columns: &[Column<'_>], key: &(Aspect, Key), out: &mut String) {
    let Some(first) = columns.iter().find_map(|column| column.get(key)) else {
        return;
    };
    out.push_str("\n<tr><th scope=\"row\">");
    out.push_str(&first.label.0);
    out.push_str("</th>");
    for (&id, column) in ids.iter().zip(columns) {
        // On a narrow page no column says whose it is.
        out.push_str("<td><span class=\"unit\">");
        markup::text(at.reads.name(id).title(), out);
        out.push_str("</span> ");
        match column.get(key) {
            Some(has) => {
                out.push_str("<span class=\"bits\">");
                match has.told.0.is_empty() {
                    true => at.language.html(Word::CompareYes, out),
                    false => out.push_str(&has.told.0),
                }
                out.push_str("</span></td>");
            }
            None => out.push_str("–</td>"),
        }
    }
    out.push_str("</tr>");
}

/// Writes techniques under their tactics.
fn by_tactic(
    at: &At<'_>,
    ids: &[PageId],
    columns: &[Column<'_>],
    keys: &[&(Aspect, Key)],
    out: &mut String,
) {
    let stated = keys.iter().filter_map(|key| {
        let has = columns.iter().find_map(|column| column.get(key))?;
        has.stated
    });
    let stated: Vec<Stated<'_>> = stated.collect();
    let Some(&by) = ids.first().filter(|_| !stated.is_empty()) else {
        return;
    };
    let grid = techniques::used(&at.reads, &at.config.attack, by, &stated);
    for column in &grid.columns {
        out.push_str("\n<tr class=\"letter\"><th colspan=\"");
        markup::number(cites::count(ids.len() + 1), out);
        out.push_str("\" scope=\"rowgroup\">");
        markup::text(&matrix::heading(at, column.under), out);
        out.push_str("</th></tr>");
        for technique in &column.techniques {
            row(
                at,
                ids,
                columns,
                &(Aspect::Technique, Key::Entry(technique.id)),
                out,
            );
        }
    }
}

/// All that an entry has.
fn column<'a>(at: &At<'a>, id: PageId) -> Column<'a> {
    let mut column = Column::new();
    named(at, id, &mut column);
    for stated in at.reads.stated(id) {
        relation(at, (id, id), stated, &mut column);
    }
    let acts = at.reads.incoming(id).iter();
    let acts =
        acts.filter(|edge| matches!(at.reads.kind(edge.from), Kind::Incident | Kind::Campaign));
    let mut from = vec![id];
    let mut times = Vec::new();
    let acts = acts.filter(|edge| at.reads.verb(edge) == Some(Verb::AttributedTo));
    for (nth, edge) in acts.enumerate() {
        let Some(stated) = at.reads.relation(edge) else {
            continue;
        };
        if let Some(date) = at.reads.dated(edge.from).1.filter(|_| !stated.what.denied) {
            let tlp = at.reads.tlp(edge.from).max(stated.tlp.unwrap_or_default());
            times.push((date, tlp));
        }
        // Of very many acts the others are as its page has them, on pages of their own.
        if nth >= PER_PAGE {
            continue;
        }
        let has = Has {
            label: at.link_to(edge.from),
            sort: { at.reads.dated(edge.from).1 }
                .map(|date| date.sort_day().to_string())
                .unwrap_or_default(),
            told: told(at, (id, edge.from), &stated),
            stated: None,
        };
        column
            .entry((Aspect::Act, Key::Entry(edge.from)))
            .or_insert(has);
        if stated.what.denied {
            continue;
        }
        from.push(edge.from);
        for stated in at.reads.stated(edge.from) {
            if is_compared(stated.what.verb) {
                relation(at, (id, edge.from), stated, &mut column);
            }
        }
    }
    victims(at, &from, &mut column);
    active(at, id, &times, &mut column);
    column
}

/// Adds when an entry was active: as it says itself, and by the dates of its acts.
fn active<'a>(at: &At<'a>, id: PageId, acts: &[(Date, Tlp)], column: &mut Column<'a>) {
    let mut add = |which: Active, tlp: Tlp, told: String| {
        let has = Has {
            label: Html::of(|out| at.language.html(which.label(), out)),
            sort: (which as u8).to_string(),
            told: Html::of(|out| {
                markup::bit(out, |out| markup::text(&told, out));
                marking(at, id, Some(tlp), out);
            }),
            stated: None,
        };
        column.insert((Aspect::Time, Key::Time(which)), has);
    };
    for (which, name) in [
        (Active::FirstSeen, "first_seen"),
        (Active::LastSeen, "last_seen"),
    ] {
        if let Some((date, tlp)) = at.reads.seen(id, name) {
            add(which, tlp, at.language.date(&date));
        }
    }
    let by_day = |&&(date, _): &&(Date, Tlp)| date.sort_day();
    if let (Some((first, _)), Some((last, _))) = (
        acts.iter().min_by_key(by_day),
        acts.iter().max_by_key(by_day),
    ) {
        let (first, last) = (at.language.date(first), at.language.date(last));
        let told = match first == last {
            true => first,
            false => {
                let holes = [("first", &*first), ("last", &*last)];
                at.language.with_all(Word::CompareFromTo, &holes)
            }
        };
        let tlp = acts.iter().map(|(_, tlp)| *tlp).max().unwrap_or_default();
        add(Active::Acts, tlp, told);
    }
}

fn named<'a>(at: &At<'a>, id: PageId, column: &mut Column<'a>) {
    let names = at.reads.names(id);
    let mut add = |name: &str, told: Html| {
        let key = (Aspect::Name, Key::Name(fold(name)));
        column.entry(key).or_insert_with(|| Has {
            label: Html::of(|out| markup::text(name, out)),
            sort: sort_key(name),
            told,
            stated: None,
        });
    };
    add(
        names.title(),
        Html::of(|out| at.language.html(Word::NamesOwn, out)),
    );
    for alias in names.aliases() {
        let told = Html::of(|out| {
            markup::bit(out, |out| {
                producers::sign(names::overlap_sign(alias.what.overlap), out);
                at.language.html(names::overlap(alias.what.overlap), out);
            });
            if alias.what.by.is_some() {
                markup::bit(out, |out| {
                    out.push_str(&super::entry::named(at, alias.what.by.as_ref()).0);
                });
            }
            marking(at, id, alias.tlp, out);
        });
        add(&alias.what.name, told);
    }
}

/// Adds what a relation states, of an entry or of an act of it.
fn relation<'a>(
    at: &At<'a>,
    (id, from): (PageId, PageId),
    stated: Stated<'a>,
    column: &mut Column<'a>,
) {
    let target = stated.what.target;
    let Some(aspect) = Aspect::of(stated.what.verb, at.reads.kind(target)) else {
        return;
    };
    let key = (aspect, Key::Entry(target));
    column.entry(key).or_insert_with(|| Has {
        label: at.link_to(target),
        sort: sort_key(at.reads.name(target).title()),
        told: told(at, (id, from), &stated),
        stated: Some(stated),
    });
}

/// What is said of a relation: that it is denied, how likely it is, by how many sources, by which act, its marking.
fn told(at: &At<'_>, (id, from): (PageId, PageId), stated: &Stated<'_>) -> Html {
    Html::of(|out| {
        if stated.what.denied {
            markup::denied(at.language, out);
        }
        if let Some(sure) = stated.confidence {
            markup::bit(out, |out| markup::sure(at.language, sure, out));
        }
        if cites::distinct(&stated.sources) > 0 {
            markup::bit(out, |out| cites::stated(at, from, stated, out));
        }
        if from != id && stated.what.verb != Verb::AttributedTo {
            markup::bit(out, |out| at.link(from, out));
        }
        marking(at, id, stated.tlp, out);
    })
}

fn marking(at: &At<'_>, id: PageId, tlp: Option<Tlp>, out: &mut String) {
    if let Some(tlp) = super::shell::raised(tlp).filter(|tlp| *tlp > at.reads.tlp(id)) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
}

/// Adds where the victims of an entry and of its acts are, and what they work in, each with how many.
fn victims<'a>(at: &At<'a>, from: &[PageId], column: &mut Column<'a>) {
    let mut countries: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
    let mut sectors: BTreeMap<Sector, BTreeSet<PageId>> = BTreeMap::new();
    for &from in from {
        for it in at.reads.whereabouts_by(from) {
            if it.presence == Presence::Victim
                && !it.denied
                && let Some(country) = it.country
            {
                countries.entry(country).or_default().insert(it.who);
            }
        }
        for stated in at.reads.stated(from) {
            let victim = stated.what.target;
            if stated.what.verb == Verb::Targets && !stated.what.denied {
                // What its card shows bears the marking of its sectors.
                let _ = at.card(victim);
                for sector in at.reads.unshown(victim).sectors() {
                    sectors.entry(*sector).or_default().insert(victim);
                }
            }
        }
    }
    let count = |of: &BTreeSet<PageId>| Html::of(|out| markup::number(cites::count(of.len()), out));
    for (country, of) in countries {
        let has = Has {
            label: at.link_to(country),
            sort: sort_key(at.reads.name(country).title()),
            told: count(&of),
            stated: None,
        };
        column.insert((Aspect::Country, Key::Entry(country)), has);
    }
    for (sector, of) in sectors {
        let word = names::sector(sector);
        let has = Has {
            label: Html::of(|out| at.language.html(word, out)),
            sort: sort_key(at.language.say(word)),
            told: count(&of),
            stated: None,
        };
        column.insert((Aspect::Sector, Key::Sector(sector)), has);
    }
}

/// Whom a reader can choose, in what they are compared, and what the script says: `compare/actors.js`.
#[derive(Serialize)]
struct Actors<'a> {
    words: Words<'a>,
    /// Slug, name, and the link to the page, by slug.
    actors: Vec<(&'a str, Cow<'a, str>, String)>,
    /// So many of them stand in one file of what they have.
    part: usize,
    /// So many can be chosen.
    most: usize,
    /// In what they are compared: the id of its section, its heading, and whether all of it stands beside each other.
    aspects: Vec<(String, &'a str, bool)>,
}

#[derive(Serialize)]
struct Words<'a> {
    choose: &'a str,
    how: &'a str,
    actor: &'a str,
    add: &'a str,
    leave: String,
    shared: &'a str,
    only: String,
    yes: &'a str,
}

/// What an actor has: `compare/columns-0.js` holds those of several.
#[derive(Default, Serialize)]
struct Columned {
    has: Vec<Item>,
    tactics: Vec<Tactic>,
}

/// A tactic: by what it stands in order, what it is called, and its techniques, by key, each with what it stands in order by.
#[derive(Serialize)]
struct Tactic(String, String, Vec<(String, String)>);

/// The aspect by number, what tells that two have the same, by what it stands in order, what it is called, and what is said of it.
#[derive(Serialize)]
struct Item(u8, String, String, String, String);

/// Writes one of the files with which readers compare actors of their choice; gives what was read for it.
pub(in crate::render) fn write<'a>(
    renderer: &Renderer<'a>,
    route: &'a Route,
    file: Compare,
    reads: Reads<'a>,
    buffer: &mut Vec<u8>,
) -> Box<[Facet]> {
    let root = address::root(compare_address());
    let at = At::new(renderer, route, &Page::Compare, root, reads);
    // A value that this program made can be written.
    let (name, written) = match file {
        Compare::Actors => (
            "actors".to_owned(),
            serde_json::to_string(&actors(renderer, &at)),
        ),
        Compare::Columns(number) => {
            let first = (number as usize).saturating_mul(PER_COLUMNS);
            let ids = at.reads.all_of(Kind::Actor).skip(first).take(PER_COLUMNS);
            let columns: Vec<Columned> = ids.map(|id| columned(&at, id)).collect();
            (format!("columns-{number}"), serde_json::to_string(&columns))
        }
    };
    let written = written.unwrap_or_default();
    buffer.extend_from_slice(format!("dossierCompare(\"{name}\",{written});\n").as_bytes());
    at.reads.into_noted()
}

fn actors<'a>(renderer: &Renderer<'a>, at: &At<'a>) -> Actors<'a> {
    let say = |word| at.language.say(word);
    let holes = [("title", "{title}"), ("count", "{count}")];
    Actors {
        words: Words {
            choose: say(Word::CompareChoose),
            how: say(Word::CompareHow),
            actor: say(Word::CompareActor),
            add: say(Word::CompareAdd),
            leave: at.language.with(Word::CompareLeave, "{title}"),
            shared: say(Word::CompareShared),
            only: at.language.with_all(Word::CompareOnly, &holes),
            yes: say(Word::CompareYes),
        },
        actors: { at.reads.all_of(Kind::Actor) }
            .map(|id| {
                let name = search::set(renderer, at.reads.name(id).title());
                (at.reads.slug(id), name, set(at, &at.link_to(id)))
            })
            .collect(),
        part: PER_COLUMNS,
        most: *Drawing::Compare.of_how_many().end(),
        aspects: { Aspect::ALL.into_iter() }
            .map(|aspect| (aspect.id(), say(aspect.heading()), is_beside(aspect, 1)))
            .collect(),
    }
}

fn columned(at: &At<'_>, id: PageId) -> Columned {
    let column = column(at, id);
    let stated: Vec<Stated<'_>> = { column.iter() }
        .filter(|((aspect, _), _)| *aspect == Aspect::Technique)
        .filter_map(|(_, has)| has.stated)
        .collect();
    let grid = techniques::used(&at.reads, &at.config.attack, id, &stated);
    let tactics = grid.columns.iter().map(|column| {
        let under = match column.under {
            Under::Tactic((matrix, tactic)) => format!("0 {matrix:03} {tactic:03}"),
            Under::Other(name) => format!("1 {name}"),
            Under::Untold => "2".to_owned(),
        };
        let techniques = column.techniques.iter().map(|it| {
            // Those without an id come last.
            let title = at.reads.name(it.id).title();
            let order = format!("{} {title}", it.attack.unwrap_or("~"));
            (Key::Entry(it.id).written(), order)
        });
        let heading = matrix::heading(at, column.under);
        Tactic(under, heading, techniques.collect())
    });
    Columned {
        tactics: tactics.collect(),
        has: { column.iter() }
            .map(|((aspect, key), has)| {
                let (label, told) = (set(at, &has.label), set(at, &has.told));
                Item(*aspect as u8, key.written(), has.sort.clone(), label, told)
            })
            .collect(),
    }
}

/// HTML with its quotation marks set as on pages.
fn set(at: &At<'_>, html: &Html) -> String {
    let mut bytes = html.0.clone().into_bytes();
    if at.config.smart_punctuation {
        punctuation::set(&at.config.language, &mut bytes);
    }
    String::from_utf8(bytes).unwrap_or_default()
}
