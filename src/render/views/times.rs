//! What an entry says of when it was besides its date: until when, and what other sources have.
//!
//! Takes an entry; gives what its card holds of it, so that whatever shows the card learns when that changes.

use super::marking;
use crate::model::{Date, Entry, PageId, Said, Tlp, Value, Version};

/// What more is said of when something was.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct Times {
    /// Until when, where the date is when it was seen first.
    pub(in crate::render) until: Option<Date>,
    /// When it was as others have it, as written, each with its marking.
    pub(in crate::render) others: Box<[(Date, Tlp)]>,
    /// The marking of all of it.
    pub(super) tlp: Tlp,
}

impl Times {
    /// None where the date says it all.
    pub(super) fn of(page: &Entry<PageId>) -> Option<Box<Times>> {
        if page.date.is_some() {
            return None;
        }
        let named = |name: &str| page.statements.fact(name);
        let (fact, last) = match named("dates") {
            Some(dates) => (dates, None),
            None => (named("first_seen")?, named("last_seen")),
        };
        let leading = fact.leading()?.id;
        let others = fact.versions().filter(|version| version.id != leading);
        let others: Vec<(Date, Tlp)> = others.filter_map(date).collect();
        let until = last.and_then(|fact| fact.leading()).and_then(date);
        let tlp = marking::highest(others.iter().chain(&until).map(|(_, tlp)| *tlp));
        (until.is_some() || !others.is_empty()).then(|| {
            Box::new(Times {
                until: until.map(|(date, _)| date),
                others: others.into(),
                tlp,
            })
        })
    }
}

pub(super) fn date(version: Said<'_, PageId, Version<PageId>>) -> Option<(Date, Tlp)> {
    match version.what.value {
        Value::Date(date) => Some((date, version.tlp.unwrap_or_default())),
        Value::Text(_)
        | Value::List(_)
        | Value::Money(_)
        | Value::Count(_)
        | Value::Reliability(_) => None,
    }
}
