//! Three versions of a value become one: what an import wrote, what it would write now, and what people made of it.
//!
//! Takes the three; gives what is to stand, and every place where both changed the same. There the local value stays, but
//! for what withholds: of two markings, drafts or days of publication the stricter holds, and no marking is lowered around what
//! people changed. Knows no files.

mod body;

mod list;

pub(super) use body::{blocks, bodies};

use crate::parse::front::rewrite::Given;

/// A place where people and an import changed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The key, and what within it: `uses.malware/hoplight.note`; empty for the text below.
    pub key: String,
    /// What the import says; `None` where it takes something away.
    pub incoming: Option<Given>,
    /// How it ends.
    pub ends: Ends,
}

/// What becomes of a place where people and an import changed the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// What people wrote stays.
    Yours,
    /// What people took out stays out.
    Out,
    /// What the import says holds at once, as it is the stricter.
    Stricter,
    /// It could not be written: nothing of it was changed, and the next import asks again.
    Unwritten,
}

impl Ends {
    /// The word for it in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Ends::Yours => "yours",
            Ends::Out => "out",
            Ends::Stricter => "stricter",
            Ends::Unwritten => "unwritten",
        }
    }
}

impl Conflict {
    /// What an import says of a key, and how it ends.
    pub(super) fn new(key: impl Into<String>, incoming: Option<Given>, ends: Ends) -> Conflict {
        Conflict {
            key: key.into(),
            incoming,
            ends,
        }
    }
}

/// What the three become.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Merged {
    /// What is to stand; `None` for nothing.
    pub value: Option<Given>,
    /// Where both changed the same.
    pub conflicts: Vec<Conflict>,
}

/// The three versions of a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Three<'v> {
    /// What the last import wrote.
    pub base: Option<&'v Given>,
    /// What this one would.
    pub incoming: Option<&'v Given>,
    /// What stands there.
    pub local: Option<&'v Given>,
}

impl<'v> Three<'v> {
    fn each<'w>(self, part: impl Fn(&'v Given) -> Option<&'w Given>) -> Three<'w>
    where
        'v: 'w,
    {
        Three {
            base: self.base.and_then(&part),
            incoming: self.incoming.and_then(&part),
            local: self.local.and_then(&part),
        }
    }

    fn all(self) -> impl Iterator<Item = &'v Given> {
        [self.base, self.incoming, self.local].into_iter().flatten()
    }
}

/// Merges the value of a key; `several` says that the key takes a list, and `touched` that people changed something
/// that the value marks.
pub(super) fn merge(key: &str, three: Three<'_>, several: bool, touched: bool) -> Merged {
    if withholds(key) {
        return stricter(key, three, touched);
    }
    if same(three.incoming, three.base) || same(three.incoming, three.local) {
        return Merged::of(three.local);
    }
    if same(three.local, three.base) {
        return Merged::of(three.incoming);
    }
    if several {
        return list::merge(key, three);
    }
    match three.all().all(|it| matches!(it, Given::Map(_))) && three.local.is_some() {
        true => maps(key, three),
        false => Merged {
            value: three.local.cloned(),
            conflicts: vec![Conflict::new(key, three.incoming.cloned(), Ends::Yours)],
        },
    }
}

impl Merged {
    fn of(value: Option<&Given>) -> Merged {
        Merged {
            value: value.cloned(),
            conflicts: Vec::new(),
        }
    }
}

/// The names of a map, each merged; those that are there stay in their order.
fn maps(key: &str, three: Three<'_>) -> Merged {
    let touched = !same(three.local, three.base);
    let mut names: Vec<&str> = Vec::new();
    for map in [three.local, three.incoming, three.base]
        .into_iter()
        .flatten()
    {
        for (name, _) in entries(map) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    let mut merged = Merged::default();
    let mut given = Vec::with_capacity(names.len());
    for name in names {
        let part = three.each(|map| {
            let mut all = entries(map).iter();
            all.find(|(own, _)| own == name).map(|(_, value)| value)
        });
        let several = part.all().any(|it| matches!(it, Given::List(_)));
        let mut of_part = merge(name, part, several, touched);
        for conflict in &mut of_part.conflicts {
            conflict.key = format!("{key}.{}", conflict.key);
        }
        merged.conflicts.append(&mut of_part.conflicts);
        given.extend(of_part.value.map(|value| (name.to_owned(), value)));
    }
    merged.value = (!given.is_empty()).then_some(Given::Map(given));
    merged
}

fn entries(map: &Given) -> &[(String, Given)] {
    match map {
        Given::Map(entries) => entries,
        Given::Text(_) | Given::Bare(_) | Given::List(_) => &[],
    }
}

/// Whether a key decides who sees what it stands beside.
pub(super) fn withholds(key: &str) -> bool {
    matches!(key, "tlp" | "draft" | "publish" | "withdrawn")
}

/// Of what withholds: what people did not touch follows the import, unless that would lower it around what they wrote;
/// where both changed it the stricter holds.
fn stricter(key: &str, three: Three<'_>, touched: bool) -> Merged {
    let Three {
        base,
        incoming,
        local,
    } = three;
    if same(incoming, base) || same(incoming, local) {
        return Merged::of(local);
    }
    let theirs = strictness(key, incoming) > strictness(key, local);
    let untouched = same(local, base) && !touched;
    let value = if theirs || untouched { incoming } else { local };
    let settled = untouched || (same(local, base) && theirs);
    Merged {
        value: value.cloned(),
        conflicts: match settled {
            true => Vec::new(),
            false => vec![Conflict::new(
                key,
                incoming.cloned(),
                if theirs { Ends::Stricter } else { Ends::Yours },
            )],
        },
    }
}

/// How much a value withholds, by its key; more is stricter. What cannot be read withholds most.
fn strictness(key: &str, value: Option<&Given>) -> (u8, String) {
    let Some(value) = value else {
        return (0, String::new());
    };
    let text = match value {
        Given::Text(text) | Given::Bare(text) => text.trim().to_lowercase(),
        Given::List(_) | Given::Map(_) => String::new(),
    };
    let level = match key {
        "tlp" => crate::model::Tlp::from_name(&text).map_or(u8::MAX, |tlp| 1 + tlp as u8),
        "draft" => u8::from(text != "false") * u8::MAX,
        // A later day withholds longer.
        "publish" => return (1, text),
        // Whatever it says.
        _ => u8::MAX,
    };
    (level, String::new())
}

/// Whether two values say the same, however they are written.
pub(super) fn same(one: Option<&Given>, other: Option<&Given>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => alike(one, other),
        (Some(one), None) | (None, Some(one)) => {
            matches!(one, Given::List(items) if items.is_empty())
        }
    }
}

fn alike(one: &Given, other: &Given) -> bool {
    match (alone(one), alone(other)) {
        (Given::Text(one) | Given::Bare(one), Given::Text(other) | Given::Bare(other)) => {
            one == other
        }
        (Given::List(one), Given::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Given::Map(one), Given::Map(other)) => {
            let held = |(name, value): &(String, Given)| {
                let mut others = other.iter().filter(|(own, _)| own == name);
                others.any(|(_, other)| alike(value, other))
            };
            one.len() == other.len() && one.iter().all(held)
        }
        (Given::Text(_) | Given::Bare(_) | Given::List(_) | Given::Map(_), _) => false,
    }
}

/// One item stands for a list of one, and a name alone for a map with nothing else in it.
fn alone(value: &Given) -> &Given {
    match value {
        Given::List(items) if items.len() == 1 => alone(&items[0]),
        Given::Map(entries) if entries.len() == 1 && list::IDENTITIES.contains(&&*entries[0].0) => {
            alone(&entries[0].1)
        }
        value => value,
    }
}

#[cfg(test)]
mod tests;
