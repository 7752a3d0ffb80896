//! Where what is told of was: victims, incidents, ways of money and traffic, origins, infrastructure.
//!
//! Takes a release; gives for the relations of an entry who is where by them, and in which country that is. In which
//! country an organisation is based is what [`super::attributes`] says, so that a map and the index of countries agree. Counts
//! nothing and never guesses: a place is in a country by its own code, by being one, or by what it is part of.

use crate::model::{Details, Entry, Kind, PageId, Relation, Said, StatementId, Tlp, Verb, country};
use crate::release::Release;

/// As what somebody is somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// It was targeted there.
    Victim,
    /// It happened there.
    Scene,
    /// Its money or traffic went through there.
    Passage,
    /// It comes from there.
    Origin,
    /// It stands there, and serves others.
    Infrastructure,
}

impl Presence {
    /// All, in the order in which they are told.
    pub const ALL: [Presence; 5] = [
        Presence::Victim,
        Presence::Scene,
        Presence::Passage,
        Presence::Origin,
        Presence::Infrastructure,
    ];
}

/// Somebody somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whereabouts {
    /// Who is there.
    pub who: PageId,
    /// As what.
    pub presence: Presence,
    /// Where, as it is told: a country, a city, a region.
    pub place: PageId,
    /// The country that the place is in, or is; none of regions.
    pub country: Option<PageId>,
    /// Who says so.
    pub from: PageId,
    /// By which relation.
    pub relation: StatementId,
    /// Whether that is denied.
    pub denied: bool,
    /// The highest marking of what it is told by.
    pub tlp: Tlp,
}

/// Whether anybody is anywhere.
#[must_use]
pub fn is_anywhere(release: &Release) -> bool {
    let mut pages = release.iter();
    pages.any(|(id, _)| !whereabouts(release, id, &mut |_| {}).is_empty())
}

/// The address of the map.
#[must_use]
pub fn map_address() -> &'static str {
    "map/"
}

/// Who is where by the relations of an entry. `look` is told of every other entry that this depends on.
#[must_use]
pub fn whereabouts(
    release: &Release,
    from: PageId,
    look: &mut dyn FnMut(PageId),
) -> Vec<Whereabouts> {
    let page = release.page(from);
    let mut found = Vec::new();
    for relation in page.statements.relations() {
        let Some(presence) = presence(page.kind, relation.what.verb) else {
            continue;
        };
        let target = relation.what.target;
        look(target);
        let tlp = page.tlp.max(relation.tlp.unwrap_or_default());
        for (place, place_tlp) in places(release, target) {
            let (country, country_tlp) = country_of(release, place, look);
            found.push(Whereabouts {
                who: if presence == Presence::Victim {
                    target
                } else {
                    from
                },
                presence,
                place,
                country,
                from,
                relation: relation.id,
                denied: relation.what.denied,
                tlp: tlp.max(place_tlp).max(country_tlp),
            });
        }
    }
    found
}

/// As what a relation of an entry has somebody somewhere, if it does.
fn presence(kind: Kind, verb: Verb) -> Option<Presence> {
    match verb {
        Verb::Targets => Some(Presence::Victim),
        Verb::RoutedThrough => Some(Presence::Passage),
        Verb::OriginatesFrom => Some(Presence::Origin),
        Verb::LocatedAt => match kind {
            Kind::Incident => Some(Presence::Scene),
            Kind::Infrastructure => Some(Presence::Infrastructure),
            Kind::Page
            | Kind::Actor
            | Kind::Campaign
            | Kind::Malware
            | Kind::Tool
            | Kind::Technique
            | Kind::Vulnerability
            | Kind::Person
            | Kind::Organisation
            | Kind::Place
            | Kind::Note
            | Kind::Source => None,
        },
        Verb::AttributedTo
        | Verb::PartOf
        | Verb::MemberOf
        | Verb::EmployedBy
        | Verb::Uses
        | Verb::Hosts
        | Verb::Controls
        | Verb::CommunicatesWith
        | Verb::Owns
        | Verb::Exploits
        | Verb::AuthoredBy
        | Verb::VariantOf
        | Verb::Drops
        | Verb::Downloads
        | Verb::Impersonates
        | Verb::InvestigatedBy
        | Verb::DerivedFrom
        | Verb::DuplicateOf
        | Verb::RelatedTo => None,
    }
}

/// Relations of one verb that nobody denies.
fn held(
    page: &Entry<PageId>,
    verb: Verb,
) -> impl Iterator<Item = Said<'_, PageId, Relation<PageId>>> {
    let relations = page.statements.relations();
    relations.filter(move |it| it.what.verb == verb && !it.what.denied)
}

/// Where an entry is, with the marking of that: a place where it is, an organisation where it is based, and
/// otherwise what is located somewhere there.
fn places(release: &Release, id: PageId) -> Vec<(PageId, Tlp)> {
    let page = release.page(id);
    if page.kind == Kind::Place {
        return vec![(id, page.tlp)];
    }
    if let Some(country) = &page.country {
        return vec![(country.value, page.tlp)];
    }
    let located = held(page, Verb::LocatedAt);
    located
        .map(|it| (it.what.target, page.tlp.max(it.tlp.unwrap_or_default())))
        .collect()
}

/// So many places lie between a place and its country at most.
const DEPTH: usize = 8;

/// The country that a place is in, or is, with the marking of that.
fn country_of(
    release: &Release,
    place: PageId,
    look: &mut dyn FnMut(PageId),
) -> (Option<PageId>, Tlp) {
    let mut tlp = Tlp::Clear;
    let mut at = Some(place);
    for _ in 0..DEPTH {
        let Some(id) = at else {
            return (None, tlp);
        };
        look(id);
        let page = release.page(id);
        tlp = tlp.max(page.tlp);
        if is_country(page) {
            return (Some(id), tlp);
        }
        at = held(page, Verb::PartOf).next().map(|it| {
            tlp = tlp.max(it.tlp.unwrap_or_default());
            it.what.target
        });
    }
    (None, tlp)
}

fn is_country(page: &Entry<PageId>) -> bool {
    match &page.details {
        Details::Place { r#type, code, .. } => {
            code.is_some() || r#type.as_deref() == Some("country")
        }
        Details::Page
        | Details::Actor { .. }
        | Details::Campaign
        | Details::Incident { .. }
        | Details::Malware { .. }
        | Details::Tool { .. }
        | Details::Technique { .. }
        | Details::Infrastructure { .. }
        | Details::Vulnerability { .. }
        | Details::Person { .. }
        | Details::Organisation { .. }
        | Details::Note { .. }
        | Details::Source(_) => false,
    }
}

/// Where a place lies on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position<'a> {
    /// Its code of ISO 3166-1, where it is a country.
    pub code: Option<&'static str>,
    /// Degrees north and east, as they are written.
    pub degrees: Option<(&'a str, &'a str)>,
}

/// Where a place lies on a map; none of what is no place.
#[must_use]
pub fn position(page: &Entry<PageId>) -> Option<Position<'_>> {
    let Details::Place { code, lat, lon, .. } = &page.details else {
        return None;
    };
    let found = match code {
        Some(code) => country::by_code(code),
        None if is_country(page) => country::by_name(&page.title),
        None => None,
    };
    Some(Position {
        code: found.map(|(code, _)| code),
        degrees: lat.as_deref().zip(lon.as_deref()),
    })
}

/// What of an entry decides who is where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seat<'a> {
    tlp: Tlp,
    country: Option<PageId>,
    is_country: bool,
    position: Option<Position<'a>>,
    lies: Vec<(Verb, PageId, bool, Option<Tlp>)>,
}

/// What of an entry decides who is where.
pub(crate) fn seat(page: &Entry<PageId>) -> Seat<'_> {
    let lies = page.statements.relations();
    let lies = lies.filter(|it| matches!(it.what.verb, Verb::LocatedAt | Verb::PartOf));
    Seat {
        tlp: page.tlp,
        country: page.country.as_ref().map(|it| it.value),
        is_country: is_country(page),
        position: position(page),
        lies: lies
            .map(|it| (it.what.verb, it.what.target, it.what.denied, it.tlp))
            .collect(),
    }
}
