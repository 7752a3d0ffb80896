//! Names that an entry gives twice.
//!
//! Takes an entry as it was read, with its tree; reports each alias that is the title or an alias before it, case and
//! white space apart. Where both are the same and bare, one says nothing that the other does not.

use super::reader::Reader;
use super::rewrite::{self, Edit};
use super::tree::{Node, Value};
use super::withholding;
use crate::diag::{Advice, Code};
use crate::model::name::fold;
use crate::model::{Alias, Entry, Overlap, RawRef, Statement, What};
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

/// How many bytes are read again to tell how names can be taken out: for each the front matter is read as a whole.
const MOST_BYTES: usize = 32 * 1024;

impl Reader<'_> {
    /// Reports the names that an entry gives twice.
    pub fn names_twice(&mut self, entry: &Entry<RawRef>, root: &Node<'_>) {
        let mut given: HashMap<String, Option<&Statement<RawRef>>> = HashMap::new();
        given.insert(fold(&entry.title), None);
        let mut tried = 0;
        for statement in entry.statements.iter() {
            let What::Alias(alias) = &statement.what else {
                continue;
            };
            let first = match given.entry(fold(&alias.name)) {
                Vacant(place) => {
                    place.insert(Some(statement));
                    continue;
                }
                Occupied(first) => *first.get(),
            };
            tried += 1;
            let bare = bare_name(statement);
            let says_the_same = bare.is_some() && bare == first.and_then(bare_name);
            let drop = (tried * self.front.len() <= MOST_BYTES)
                .then(|| dropped(statement, root))
                .flatten();
            let edits = drop.and_then(|(drop, is_bare)| {
                let edits = rewrite::edits_of(self.path, self.text, entry.kind, &[drop])?;
                Some((edits, is_bare && says_the_same))
            });
            let (edits, safe) = edits.unwrap_or_default();
            let help = "keep one; if several use the name, cite them all under `sources`";
            let help = Advice::from(help).edited(safe, edits);
            let message = format!("`{}` is given twice as a name of this entry", alias.name);
            self.report(Code::DuplicateAlias, statement.span, message, help);
        }
    }
}

/// The name of an alias that says nothing else: neither who uses it nor that it is anything but equal, without
/// sources and without a marking.
#[must_use]
pub fn bare_name(statement: &Statement<RawRef>) -> Option<&str> {
    let Statement {
        what,
        sources,
        tlp,
        confidence,
        when,
        note,
        span: _,
    } = statement;
    let What::Alias(Alias { name, by, overlap }) = what else {
        return None;
    };
    let open = tlp.is_none() && sources.is_empty() && note.is_none();
    let bare = by.is_none() && *overlap == Overlap::Equal;
    (open && bare && confidence.is_none() && when.is_none()).then_some(name)
}

/// The edit that takes an alias out, and whether it is a bare name; none of what is marked.
fn dropped(alias: &Statement<RawRef>, root: &Node<'_>) -> Option<(Edit, bool)> {
    let Value::Map(entries) = &root.value else {
        return None;
    };
    let (_, list) = entries.iter().find(|(key, _)| key.text == "aliases")?;
    let items = list.each();
    let at = items.iter().position(|item| item.span == alias.span)?;
    let item = items.get(at)?;
    let marked = alias.tlp.is_some() || withholding::within(item).is_some();
    let drop = Edit::Drop("aliases".to_owned(), at);
    (!marked).then_some((drop, item.text().is_some()))
}
