//! The order of values in an entry to be: that of the table of keys.

use super::Incoming;
use crate::parse::front::keys;
use std::collections::HashMap;

/// Puts the values of entries of one kind in the order in which the table of keys has them.
pub(super) fn in_order(entries: &mut [Incoming]) {
    let mut orders = HashMap::new();
    for entry in entries {
        let order: &HashMap<&str, usize> = orders.entry(entry.kind).or_insert_with(|| {
            let keys = keys::of_kind(entry.kind).enumerate();
            keys.map(|(at, key)| (key, at)).collect()
        });
        (entry.values).sort_by_key(|(key, _)| order.get(&**key).copied().unwrap_or(usize::MAX));
    }
}
