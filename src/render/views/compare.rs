//! Actors beside each other: what they share first, then what each has alone.

use super::shape::{Apart, CompareView, Shared};
use super::{At, cites, matrix, producers};
use crate::model::{Kind, PageId, Sector, Tlp, Verb};
use crate::plan::{PER_PAGE, Presence, is_compared, sort_key};
use crate::render::account::connections::Stated;
use crate::render::account::techniques;
use crate::render::language::{Word, names};
use crate::render::{Html, markup};
use crate::resolve::fold;
use std::collections::{BTreeMap, BTreeSet};

/// All pairs that have pages.
pub(super) fn list<'a>(at: &At<'a>) -> CompareView<'a> {
    let pairs = at.reads.pairs();
    CompareView {
        heading: at.language.shared(Word::CompareTitle),
        summary: Some(at.language.say(Word::CompareSummary)),
        pairs: Html::of(|out| {
            for pair in pairs {
                out.push_str("\n<tr><td>");
                let words = both(at, pair.one, pair.other);
                let path = at.path(&at.reads.pair_address(pair.one, pair.other));
                out.push_str("<span class=\"entry\">");
                markup::link(&at.root, &markup::tail(&path, &words), out);
                out.push_str("</span></td><td class=\"num\">");
                markup::number(pair.shared, out);
                out.push_str("</td></tr>");
            }
        }),
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
        entries: ids.iter().map(|&id| at.link_to(id)).collect(),
        sections: sections(at, &ids),
    }
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

/// In what entries are compared, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Aspect {
    Name,
    Attribution,
    Country,
    Sector,
    Victim,
    Software,
    Technique,
    Act,
}

impl Aspect {
    const ALL: [Aspect; 8] = [
        Aspect::Name,
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
            Aspect::Attribution => Word::CompareAttribution,
            Aspect::Country => Word::CompareCountries,
            Aspect::Sector => Word::CompareSectors,
            Aspect::Victim => Word::CompareVictims,
            Aspect::Software => Word::CompareSoftware,
            Aspect::Technique => Word::CompareTechniques,
            Aspect::Act => Word::CompareActs,
        }
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
    /// As it is compared.
    Name(String),
    Sector(Sector),
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
        let (both, apart): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| count(key) > 1);
        let both = sorted(&columns, both);
        let rows = Html::of(|out| match aspect {
            Aspect::Technique => by_tactic(at, ids, &columns, &both, out),
            Aspect::Name
            | Aspect::Attribution
            | Aspect::Country
            | Aspect::Sector
            | Aspect::Victim
            | Aspect::Software
            | Aspect::Act => {
                for key in &both {
                    row(at, &columns, key, out);
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
            id: format!("page-compare-{}", aspect as u8),
            rows,
            apart,
        })
    };
    Aspect::ALL.into_iter().filter_map(section).collect()
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
fn row(at: &At<'_>, columns: &[Column<'_>], key: &(Aspect, Key), out: &mut String) {
    let Some(first) = columns.iter().find_map(|column| column.get(key)) else {
        return;
    };
    out.push_str("\n<tr><th scope=\"row\">");
    out.push_str(&first.label.0);
    out.push_str("</th>");
    for column in columns {
        match column.get(key) {
            Some(has) => {
                out.push_str("<td><span class=\"bits\">");
                match has.told.0.is_empty() {
                    true => at.language.html(Word::CompareYes, out),
                    false => out.push_str(&has.told.0),
                }
                out.push_str("</span></td>");
            }
            None => out.push_str("<td>–</td>"),
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
    for edge in acts
        .filter(|edge| at.reads.verb(edge) == Some(Verb::AttributedTo))
        .take(PER_PAGE)
    {
        let Some(stated) = at.reads.relation(edge) else {
            continue;
        };
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
    column
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
