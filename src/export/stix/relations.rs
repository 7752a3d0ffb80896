//! Relations become relationships, of the verbs that the specification allows between the two types.
//!
//! A verb that it does not allow there is `related-to`, with the verb in the description and in this program's extension, so that
//! the graph is one that every reader takes. What a source denies is none (`extension`).

use super::entry::{Made, recorded};
use super::extension::{self, Own};
use super::object::Object;
use super::scope::Scope;
use super::shown::Shown;
use super::vocabulary::{self, RELATED};
use super::{references, text, time};
use crate::model::relation::Verb;
use crate::model::{PageId, Relation, Said, Statement};

/// The relationships that an entry states.
pub(super) fn of(scope: &Scope<'_>, id: PageId) -> Vec<(Made, PageId)> {
    let page = scope.page(id);
    let mut made = Vec::new();
    let addresses = scope.addresses(page);
    for relation in page.statements.relations() {
        let target = relation.what.target;
        let address = addresses.get(relation.id.index as usize);
        if let Some(address) = address.filter(|_| !relation.what.denied)
            && let Some(one) = one(scope, id, &relation, address)
        {
            made.push((one, target));
        }
    }
    // Where an organisation is at home is said by a key of its own.
    if let Some(country) = &page.country
        && let Some(one) = bare(scope, id, country.value, Verb::LocatedAt, "country")
    {
        made.push((one, country.value));
    }
    made
}

fn one(
    scope: &Scope<'_>,
    id: PageId,
    relation: &Said<'_, PageId, Relation<PageId>>,
    address: &str,
) -> Option<Made> {
    let Relation {
        verb,
        target,
        until,
        denied: _,
        own,
        // In the statement.
        transfer: _,
    } = relation.what;
    let mut made = bare(scope, id, *target, *verb, address)?;
    let (object, shown) = (&mut made.object, &mut made.shown);
    let Statement {
        what: _,
        sources: _,
        tlp: _,
        confidence,
        when,
        note,
        span: _,
    } = relation.statement;
    let mut claim = extension::claim(scope, relation.statement, address, false, shown);
    // The relationship itself says whom it leads to.
    claim.target_ref = None;
    let own = own.as_ref().map(|own| text::plain(scope, own, shown));
    let note = note.as_ref().map(|note| text::plain(scope, note, shown));
    let said = said(object.relationship_type == Some(RELATED), *verb);
    object.description = described([said.map(str::to_owned), own], note);
    object.confidence = confidence.map(|it| it.stix());
    object.start_time = when.as_ref().map(time::first);
    let stop = until.as_ref().and_then(time::last);
    // The end has to be later than the start.
    let fits = |stop: &String| object.start_time.as_ref().is_none_or(|start| stop > start);
    object.stop_time = stop.filter(fits);
    object.external_references = references::all(scope, shown);
    Own {
        statement: Some(claim),
        ..Own::bare()
    }
    .put(object);
    Some(made)
}

/// A relationship of which only the ends and the verb are known.
fn bare(scope: &Scope<'_>, from: PageId, to: PageId, verb: Verb, address: &str) -> Option<Made> {
    let page = scope.page(from);
    let ((source, source_ref), (target, target_ref)) = (scope.object(from)?, scope.object(to)?);
    let (created, modified) = recorded(page);
    let id = scope.made("relationship", page, address);
    let mut object = Object::bare("relationship", id, &created);
    object.modified = Some(modified);
    object.created_by_ref = Some(scope.dossier().to_owned());
    object.relationship_type = Some(vocabulary::relationship(verb, source, target));
    object.source_ref = Some(source_ref.to_owned());
    object.target_ref = Some(target_ref.to_owned());
    let mut shown = Shown::of(page.tlp);
    shown.name(scope, to);
    Own {
        statement: Some(extension::Claim {
            address: address.to_owned(),
            sort: "relation",
            name: Some(verb.key().to_owned()),
            ..extension::Claim::default()
        }),
        ..Own::bare()
    }
    .put(&mut object);
    Some(Made { object, shown })
}

/// The verb in words, where the relationship does not say it.
fn said(is_common: bool, verb: Verb) -> Option<&'static str> {
    (is_common && verb != Verb::RelatedTo).then(|| verb.phrase())
}

/// What a relationship says: its verb and words, then the note.
fn described(parts: [Option<String>; 2], note: Option<String>) -> Option<String> {
    let words = parts.into_iter().flatten();
    let words: Vec<String> = words.filter(|it| !it.is_empty()).collect();
    let note = note.filter(|note| !note.is_empty());
    match (words.is_empty(), note) {
        (true, note) => note,
        (false, None) => Some(words.join(", ")),
        (false, Some(note)) => Some(format!("{}: {note}", words.join(", "))),
    }
}
