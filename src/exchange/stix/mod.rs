//! STIX 2.1 and 2.0, ATT&CK's habits included.
//!
//! Takes the text of a bundle, a list of objects or one object; gives an [`Import`]. Objects of kinds that a dossier has become
//! entries, relationships the relations of those, references sources, citation marks citations. Markings that are not
//! understood withhold. Whatever no entry can hold is kept as it came. (STIX Version 2.1, OASIS Standard, 10 June 2021.)

mod bundle;

mod entries;

mod indicators;

mod marked;

mod observed;

mod own;

mod references;

mod relations;

mod text;

#[cfg(test)]
mod tests;

use super::{Fault, Import, Kept, Markings, Why};
use bundle::{Bundle, Object};
use references::References;
use serde_json::Value;
use std::collections::HashSet;

/// Reads a file of STIX.
///
/// # Errors
/// Where it is no JSON, or no STIX.
pub fn read(text: &str, markings: &Markings) -> Result<Import, Fault> {
    Ok(import(&Bundle::of(&[("", text)])?, markings))
}

/// Reads several files of STIX as one: their names, and their texts.
///
/// # Errors
/// Where one is no JSON, or there is no STIX in any.
pub fn read_all(files: &[(String, String)], markings: &Markings) -> Result<Import, Fault> {
    let files = files.iter().map(|(name, text)| (&**name, &**text));
    Ok(import(&Bundle::of(&files.collect::<Vec<_>>())?, markings))
}

fn import(bundle: &Bundle, markings: &Markings) -> Import {
    let mut import = Import::default();
    bundle.told(&mut import.losses);
    let mut references = References::of(bundle, markings);
    for object in bundle.objects() {
        if let Some(entry) = entries::entry(
            object,
            bundle,
            markings,
            &mut references,
            &mut import.losses,
        ) {
            import.entries.push(entry);
        }
    }
    let mut carried = relations::add(bundle, markings, &mut references, &mut import);
    carried.extend(indicators::add(bundle, markings, &mut import));
    references.finish(&mut import);
    keep(bundle, &carried, &mut import);
    import
}

/// Keeps the objects that nothing carries as they came, and of the others what their entries do not say.
fn keep(bundle: &Bundle, carried: &HashSet<String>, import: &mut Import) {
    let entries: HashSet<String> = import
        .entries
        .iter()
        .map(|entry| entry.origin.clone())
        .collect();
    for object in bundle.all() {
        let id = object.id();
        let is_entry = entries.contains(id) && !object.is_gone();
        if !is_entry && !carried.contains(id) && !object.is_gone() {
            import.losses.note(Why::Kept, object.kind(), id);
        }
        let whole = object.value();
        let object = match is_entry {
            true => bookkeeping(whole),
            false => whole,
        };
        import.kept.push(Kept {
            origin: id.to_owned(),
            object,
        });
    }
}

/// Of an object that became an entry, the properties that say nothing of what it is about.
fn bookkeeping(object: Value) -> Value {
    let Value::Object(object) = object else {
        return object;
    };
    let stays = |name: &str| {
        matches!(
            name,
            "type"
                | "spec_version"
                | "created"
                | "modified"
                | "created_by_ref"
                | "extensions"
                | "granular_markings"
                | "object_marking_refs"
        )
    };
    let left = |(name, value): (String, Value)| match name.as_str() {
        name if stays(name) => Some((name.to_owned(), value)),
        // Of the ids of other catalogues, and of files, the entry says no more than the id.
        "external_references" => {
            let Value::Array(references) = value else {
                return Some((name, value));
            };
            let of_catalogue = |it: &Value| !it["external_id"].is_null() || !it["hashes"].is_null();
            let more: Vec<Value> = references.into_iter().filter(of_catalogue).collect();
            (!more.is_empty()).then(|| (name, Value::Array(more)))
        }
        // What they lead to may be no entry.
        "object_refs" | "kill_chain_phases" => Some((name, value)),
        _ => None,
    };
    Value::Object(object.into_iter().filter_map(left).collect())
}

/// The text of a property.
fn text_of<'o>(object: &'o Object<'_>, name: &str) -> Option<&'o str> {
    let text = object.get(name)?.as_str()?;
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The texts of a property that is a list.
fn texts_of<'o>(object: &'o Object<'_>, name: &str) -> Vec<&'o str> {
    let list = object.get(name).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .collect()
}
