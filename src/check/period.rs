//! `last_seen` does not lie before `first_seen`.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Value};

pub(super) fn check(entry: &Entry<EntryId>, _: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    let date = |name: &str| {
        let version = entry.statements.fact(name)?.leading()?;
        match version.what.value {
            Value::Date(date) => Some((date, version.span)),
            Value::Text(_)
            | Value::List(_)
            | Value::Money(_)
            | Value::Count(_)
            | Value::Reliability(_) => None,
        }
    };
    let (Some((first, _)), Some((last, span))) = (date("first_seen"), date("last_seen")) else {
        return;
    };
    if last.is_before(&first) {
        problems.push(
            Diagnostic::at(
                Code::EndBeforeStart,
                &entry.path,
                span,
                format!("last seen {last}, before it was first seen, {first}"),
            )
            .help("swap the two, or mend one"),
        );
    }
}
