//! ICD 203 gives two rows of words of estimative probability; one product keeps to one of them.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Confidence, Entry, EntryId};
use crate::text::{Place, Span};

pub(super) fn check(entry: &Entry<EntryId>, _: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    let statements = entry.statements.iter();
    let words = statements.filter_map(|it| Some((it.confidence?, it.span)));
    let mut words: Vec<(Confidence, Span)> = words.collect();
    words.sort_by_key(|(_, span)| *span);
    let Some(&(first, first_span)) = words.first() else {
        return;
    };
    if let Some(&(other, span)) = words.iter().find(|(word, _)| word.row() != first.row()) {
        problems.push(
            Diagnostic::at(
                Code::MixedTerms,
                &entry.path,
                span,
                format!("“{other}” and “{first}” are from different rows of terms"),
            )
            .also(
                Place::new(&entry.path, first_span),
                "the first word is here",
            )
            .help(
                "keep to one row in an entry: likely … very likely, or probable … highly probable",
            ),
        );
    }
}
