//! Lists merged item by item, each told by what it is about.

use super::{Conflict, Ends, Merged, Three, alike, maps, same};
use crate::parse::front::rewrite::Given;

/// The names that say what an item is about: an alias, a relation, a source, an event, a judgement, a step.
pub(super) const IDENTITIES: &[&str] =
    &["name", "entry", "source", "what", "text", "status", "value"];

/// Merges lists: what the import adds comes to the end, what it takes away goes, and what it changes changes, where people
/// left it as it was. What they took out stays out.
pub(super) fn merge(key: &str, three: Three<'_>) -> Merged {
    let [base, incoming, local] = [three.base, three.incoming, three.local].map(items);
    let mut merged = Merged::default();
    let mut given: Vec<Given> = Vec::with_capacity(local.len() + incoming.len());
    for item in &local {
        let part = Three {
            base: twin(&base, item),
            incoming: twin(&incoming, item),
            local: Some(&item.value),
        };
        given.extend(of_item(key, item, part, &mut merged.conflicts));
    }
    for item in &incoming {
        let known = twin(&base, item);
        match twin(&local, item) {
            Some(_) => {}
            None if known.is_none() => given.push(item.value.clone()),
            // People took out what the import now says otherwise.
            None if !same(known, Some(&item.value)) => merged.conflicts.push(Conflict::new(
                format!("{key}.{}", item.about),
                Some(item.value.clone()),
                Ends::Out,
            )),
            None => {}
        }
    }
    merged.value = (!given.is_empty()).then_some(Given::List(given));
    merged
}

fn of_item(
    key: &str,
    item: &Item,
    part: Three<'_>,
    conflicts: &mut Vec<Conflict>,
) -> Option<Given> {
    if same(part.incoming, part.base) || same(part.incoming, part.local) {
        return Some(item.value.clone());
    }
    if same(part.local, part.base) {
        return part.incoming.cloned();
    }
    let key = format!("{key}.{}", item.about);
    if part.all().all(|it| matches!(it, Given::Map(_))) && part.incoming.is_some() {
        let merged = maps(&key, part);
        conflicts.extend(merged.conflicts);
        return merged.value;
    }
    conflicts.push(Conflict::new(key, part.incoming.cloned(), Ends::Yours));
    Some(item.value.clone())
}

/// An item with what it is about, and which of those it is that are about the same.
struct Item {
    about: String,
    nth: usize,
    value: Given,
}

fn items(value: Option<&Given>) -> Vec<Item> {
    let all: Vec<Given> = match value {
        None => Vec::new(),
        Some(Given::List(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    };
    let mut items: Vec<Item> = Vec::with_capacity(all.len());
    let mut counts: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for value in all {
        let about = about(&value);
        let nth = counts.entry(about.clone()).or_default();
        items.push(Item {
            nth: *nth,
            about,
            value,
        });
        *nth += 1;
    }
    items
}

fn about(item: &Given) -> String {
    match item {
        Given::Text(text) | Given::Bare(text) => text.clone(),
        Given::List(items) => items.iter().map(about).collect::<Vec<_>>().join(" "),
        Given::Map(entries) => {
            let named = |name: &&str| entries.iter().find(|(own, _)| own == name);
            let mut known = IDENTITIES.iter().filter_map(named);
            match known.next() {
                Some((_, value)) => about(value),
                None => item.to_string(),
            }
        }
    }
}

/// The item of another list that is about the same.
fn twin<'l>(list: &'l [Item], item: &Item) -> Option<&'l Given> {
    let mut same = list
        .iter()
        .filter(|it| it.about == item.about && it.nth == item.nth);
    let found = same.next().map(|it| &it.value);
    // Lists without names (tags, addresses) hold each once.
    found.or_else(|| {
        list.iter()
            .map(|it| &it.value)
            .find(|it| alike(it, &item.value))
    })
}
