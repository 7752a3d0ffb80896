//! Where a place is, as STIX asks for it: a country, a region, or degrees.
//!
//! A place that says no country of its own, and bears no name of one, is in that of which it is a part. One of which nothing is
//! known but its name is a region of that name: the vocabulary is an open one, so that this is no false claim.

use super::object::Object;
use super::scope::Scope;
use super::shown::Shown;
use super::vocabulary;
use crate::model::relation::Verb;
use crate::model::{Details, Entry, PageId, country, slug};
use std::collections::HashSet;

/// Where a place is found.
enum Found {
    Country(&'static str),
    Region(&'static str),
}

/// Puts down where a place is.
pub(super) fn put(scope: &Scope<'_>, page: &Entry<PageId>, object: &mut Object, shown: &mut Shown) {
    let Details::Place {
        r#type: sort,
        code,
        lat,
        lon,
    } = &page.details
    else {
        return;
    };
    let degrees = |text: &Option<String>| {
        let degrees: f64 = text.as_deref()?.parse().ok()?;
        serde_json::Number::from_f64(degrees)
    };
    if let (Some(lat), Some(lon)) = (degrees(lat), degrees(lon)) {
        (object.latitude, object.longitude) = (Some(lat), Some(lon));
    }
    match own(page) {
        Some(Found::Country(code)) => object.country = Some(code.to_owned()),
        Some(Found::Region(region)) => object.region = Some(region.to_owned()),
        None => match above(scope, page, shown, &mut HashSet::new()) {
            Some(Found::Country(code)) => object.country = Some(code.to_owned()),
            Some(Found::Region(region)) => object.region = Some(region.to_owned()),
            None => {}
        },
    }
    // A part of a country is told by its name.
    let of_country = object.country.is_some();
    match (sort.as_deref(), code.as_deref().is_some_and(is_part)) {
        (Some("city"), _) if of_country => object.city = Some(page.title.clone()),
        (_, true) => object.administrative_area = Some(page.title.clone()),
        (Some("region"), _) if of_country => object.administrative_area = Some(page.title.clone()),
        _ => {}
    }
    if object.country.is_none() && object.region.is_none() && object.latitude.is_none() {
        object.region = Some(slug::slugify(&page.title)).filter(|region| !region.is_empty());
        object.region.get_or_insert_with(|| "unknown".to_owned());
    }
}

/// Whether a code is that of a part of a country: `US-NY`.
fn is_part(code: &str) -> bool {
    code.contains('-')
}

/// What a place says itself.
fn own(page: &Entry<PageId>) -> Option<Found> {
    let Details::Place {
        r#type: sort, code, ..
    } = &page.details
    else {
        return None;
    };
    let code = code.as_deref().and_then(|code| code.split('-').next());
    if let Some((code, _)) = code.and_then(country::by_code) {
        return Some(Found::Country(code));
    }
    match sort.as_deref() {
        Some("city") => None,
        Some("region") => vocabulary::region(&slug::slugify(&page.title)).map(Found::Region),
        _ => match country::by_name(&page.title) {
            Some((code, _)) => Some(Found::Country(code)),
            None => vocabulary::region(&slug::slugify(&page.title)).map(Found::Region),
        },
    }
}

/// Where that is of which a place is a part.
fn above(
    scope: &Scope<'_>,
    page: &Entry<PageId>,
    shown: &mut Shown,
    seen: &mut HashSet<PageId>,
) -> Option<Found> {
    for relation in page.statements.relations() {
        let target = relation.what.target;
        if relation.what.verb != Verb::PartOf || relation.what.denied || !seen.insert(target) {
            continue;
        }
        let whole = scope.page(target);
        let mut noted = Shown::of(whole.tlp);
        noted.mark(relation.tlp);
        let found = own(whole).or_else(|| above(scope, whole, &mut noted, seen));
        if found.is_some() {
            shown.mark(Some(noted.tlp));
            return found;
        }
    }
    None
}
