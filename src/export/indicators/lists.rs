//! Lists of values, a file for each type: one value on a line, and above it a comment with what is known of it.
//!
//! The form that firewalls, proxies and scripts read: lines that begin with `#` mean nothing to them.

use super::known::{Known, known, marking, one_line};
use crate::export::{File, Subject};
use crate::model::Indicator;
use crate::model::indicator::IndicatorKind;
use std::collections::BTreeMap;

/// The files, by name.
pub(in crate::export) fn files(subject: &Subject<'_>) -> Vec<File> {
    let all = known(subject, |given| Some(given.indicator.as_ref().clone()));
    let mut types: BTreeMap<IndicatorKind, Vec<(&Indicator, &Known<'_>)>> = BTreeMap::new();
    for (indicator, known) in &all {
        types
            .entry(indicator.kind)
            .or_default()
            .push((indicator, known));
    }
    let mut files: Vec<File> = types
        .into_iter()
        .map(|(kind, of)| file(kind, &of))
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

fn file(kind: IndicatorKind, of: &[(&Indicator, &Known<'_>)]) -> File {
    let tlp = marking(of.iter().map(|it| it.1));
    let mut text = format!("# {}\n# {}\n", tlp.label(), kind.label());
    for (indicator, known) in of {
        for line in [&format!("# {}", known.comment()), &indicator.value] {
            text.push_str(&one_line(line));
            text.push('\n');
        }
    }
    File {
        name: name(kind),
        bytes: text.into_bytes(),
    }
}

/// What the file of a type is called: `domain.txt`, `sha-256.txt`, `host-and-port.txt`.
fn name(kind: IndicatorKind) -> String {
    let label = kind.label().to_ascii_lowercase();
    format!("{}.txt", label.replace(' ', "-"))
}

/// Whether a file of such a folder can be called so.
pub(in crate::export) fn has_file(name: &str) -> bool {
    IndicatorKind::ALL
        .into_iter()
        .any(|kind| self::name(kind) == name)
}
