//! Domains as a file of hosts, in which each leads nowhere.
//!
//! Whole domains alone: a file of hosts knows no wildcards, no ports and no paths, and to block a host for one address on it
//! would block more than was said.

use super::known::{known, marking};
use crate::export::Subject;
use crate::model::indicator::IndicatorKind;
use std::io::{self, Write};

/// A line for each domain.
pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let domains = known(subject, |given| {
        let domain = &given.indicator;
        let whole = domain.kind == IndicatorKind::Domain && !domain.value.contains('*');
        // Punycode, so that a name that is not is none.
        (whole && domain.value.is_ascii()).then(|| domain.value.clone())
    });
    writeln!(out, "# {}", marking(domains.values()).label())?;
    for (domain, known) in &domains {
        writeln!(out, "0.0.0.0 {domain}  # {}", known.comment())?;
    }
    Ok(())
}
