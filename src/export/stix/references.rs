//! Sources as external references: a name, how they are cited, the address, and the hash of a kept copy.

use super::object::Reference;
use super::scope::Scope;
use super::shown::Shown;
use crate::model::address::Outside;
use crate::model::date::{Date, Moment, Unit};
use crate::model::{Day, Entry, Named, PageId};

/// The name of a source in the references of all objects: that by which the dossier cites it.
pub(super) fn name(source: &Entry<PageId>) -> &str {
    &source.slug
}

/// The references of the sources that an object cites.
pub(super) fn all(scope: &Scope<'_>, shown: &mut Shown) -> Vec<Reference> {
    let cited = shown.cited.clone();
    cited.into_iter().map(|id| one(scope, id, shown)).collect()
}

/// The reference of a source.
pub(super) fn one(scope: &Scope<'_>, id: PageId, shown: &mut Shown) -> Reference {
    let source = scope.page(id);
    shown.mark(Some(source.tlp));
    let description = Some(cited(scope, source, shown));
    let evidence = source.evidence();
    let live = |url: &Outside| match url {
        Outside::Live(address) | Outside::Own(address, _) => Some(address.to_string()),
        // It is an indicator: what people follow is no indicator.
        Outside::Defanged(_) => None,
    };
    let of = |it: &crate::model::Located<Outside>| live(&it.value);
    let own = evidence.and_then(|it| it.url.as_ref()).and_then(of);
    let archived = evidence.and_then(|it| it.archived.as_ref()).and_then(of);
    let url = own.or(archived);
    let mut reference = Reference {
        source_name: name(source).to_owned(),
        description,
        url,
        ..Reference::default()
    };
    if let Some(snapshot) = evidence.and_then(|it| it.snapshot.as_ref())
        && reference.url.is_some()
    {
        let hash = snapshot.sha256.value.clone();
        reference.hashes.insert("SHA-256", hash);
    }
    reference
}

/// How a source is cited: `Reuters. (2016, August 5). A title. Retrieved January 11, 2026.`
fn cited(scope: &Scope<'_>, source: &Entry<PageId>, shown: &mut Shown) -> String {
    let authors: Vec<&str> = (source.authors.iter())
        .map(|it| shown.value(it).as_str())
        .collect();
    let by = match authors.is_empty() {
        false => authors.join(", "),
        true => publisher(scope, source, shown).unwrap_or_default(),
    };
    let date = source.date.map_or("n.d.".to_owned(), |date| dated(&date));
    let by = by.trim_end_matches('.');
    let mut text = match by.is_empty() {
        true => format!("({date}). "),
        false => format!("{by}. ({date}). "),
    };
    text.push_str(source.title.trim_end_matches('.'));
    text.push('.');
    if let Some(day) = source.evidence().and_then(|it| it.accessed) {
        text.push_str(&format!(
            " Retrieved {} {}, {}.",
            month(day),
            day.day(),
            day.year()
        ));
    }
    text
}

/// Who published a source.
pub(super) fn publisher(
    scope: &Scope<'_>,
    source: &Entry<PageId>,
    shown: &mut Shown,
) -> Option<String> {
    match &source.publisher.as_ref()?.value {
        Named::Entry(id) => Some(shown.name(scope, *id).to_owned()),
        Named::Text(text) => Some(text.clone()),
    }
}

fn dated(date: &Date) -> String {
    let (Date::At(moment) | Date::Between(moment, _) | Date::From(moment) | Date::Until(moment)) =
        date;
    let Moment { unit, .. } = moment;
    match unit {
        Unit::Year(year) | Unit::Quarter(year, _) => year.to_string(),
        Unit::Month(..) => {
            let day = moment.first_day();
            format!("{}, {}", day.year(), month(day))
        }
        Unit::Day(_) | Unit::Time(_) => {
            let day = moment.first_day();
            format!("{}, {} {}", day.year(), month(day), day.day())
        }
    }
}

fn month(day: Day) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let at = usize::try_from(day.month() - 1).unwrap_or(0);
    NAMES.get(at).copied().unwrap_or("")
}
