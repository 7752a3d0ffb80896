//! Lines of `ioc` blocks become indicators, with what they indicate.
//!
//! An indicator indicates an entry only where the specification lets it, and is related to any other. What has no pattern stands
//! in the extension of its entry.

use super::entry::{Made, recorded};
use super::extension::{self, Line, Own};
use super::object::Object;
use super::scope::Scope;
use super::shown::Shown;
use super::vocabulary::RELATED;
use super::{pattern, references, time};
use crate::export::{indicators, marking};
use crate::model::body::IndicatorLine;
use crate::model::{PageId, Tlp};
use std::collections::HashMap;

/// An indicator, and the relationship that says what it is one of.
pub(super) struct Indicated {
    pub(super) indicator: Made,
    pub(super) relationship: Object,
}

/// The indicators of an entry, and the lines for which there is no pattern, with their markings.
pub(super) fn of(scope: &Scope<'_>, id: PageId) -> (Vec<Indicated>, Vec<(Line, Shown)>) {
    let page = scope.page(id);
    let mut nth: HashMap<String, u32> = HashMap::new();
    let (mut made, mut without) = (Vec::new(), Vec::new());
    let Some((kind, target)) = scope.object(id) else {
        return (made, without);
    };
    let markings = marking::of_lines(&page.prose);
    for (line, marked) in page.prose.body.indicators.iter().zip(markings) {
        let IndicatorLine {
            indicator,
            file,
            note,
            until,
            first,
            count,
            tlp,
            span: _,
        } = line;
        let mut shown = Shown::of(page.tlp.max(marked));
        let cites = page
            .prose
            .cites
            .get(*first as usize..(*first + *count) as usize);
        let cites = cites.unwrap_or(&[]);
        shown.cite(scope, cites);
        let sources = cites.iter().filter_map(|it| it.source);
        let sources: Vec<_> = sources.map(|it| scope.page(it)).collect();
        let said = until.map(|day| day.to_string());
        let (until, _) = indicators::until(scope.config, *until, None, &sources);
        let label = indicator.kind.label();
        let Some(pattern) = pattern::of(indicator, file.as_ref()) else {
            let line = Line {
                r#type: label,
                value: indicator.value.clone(),
                note: note.clone(),
                until: said,
                sources: extension::cited(scope, cites),
            };
            without.push((line, shown));
            continue;
        };
        let address = format!("indicators:{label}:{}", indicator.value);
        let count = nth.entry(address.clone()).or_default();
        *count += 1;
        let address = match count {
            1 => address,
            nth => format!("{address}~{nth}"),
        };
        let (created, modified) = recorded(page);
        let mut object = Object::bare(
            "indicator",
            scope.made("indicator", page, &address),
            &created,
        );
        object.modified = Some(modified.clone());
        object.created_by_ref = Some(scope.dossier().to_owned());
        object.name = Some(match note.is_empty() {
            true => format!("{label} in {}", page.title),
            false => note.clone(),
        });
        object.description = Some(format!("{label}, from the entry “{}”.", page.title));
        object.pattern = Some(pattern);
        object.pattern_type = Some("stix");
        object.valid_from = Some(created.clone());
        // The last day is the first instant of the next; what ends before it begins stands in our extension alone.
        object.valid_until = until
            .and_then(|day| day.tomorrow().ok())
            .map(time::of_day)
            .filter(|until| *until > created);
        object.external_references = references::all(scope, &mut shown);
        Own {
            statement: Some(extension::Claim {
                address: address.clone(),
                sort: "indicator",
                name: Some(label.to_owned()),
                value: Some(extension::Detail::Text(indicator.value.clone())),
                note: Some(note.clone()).filter(|note| !note.is_empty()),
                until: said,
                marked: tlp.map(Tlp::name),
                sources: extension::cited(scope, cites),
                ..extension::Claim::default()
            }),
            ..Own::bare()
        }
        .put(&mut object);
        let address = format!("{address}\nindicates");
        let relationship = scope.made("relationship", page, &address);
        let mut relationship = Object::bare("relationship", relationship, &created);
        relationship.modified = Some(modified);
        relationship.created_by_ref = Some(scope.dossier().to_owned());
        relationship.relationship_type = Some(match kind.is_indicated() {
            true => "indicates",
            false => RELATED,
        });
        relationship.source_ref = Some(object.id.clone());
        relationship.target_ref = Some(target.to_owned());
        made.push(Indicated {
            indicator: Made { object, shown },
            relationship,
        });
    }
    (made, without)
}
