//! Indicators as patterns of STIX, a row each, for what looks by patterns and takes no bundle.

use super::known::known;
use crate::export::Subject;
use crate::export::csv::defused;
use crate::export::stix::pattern;
use crate::model::indicator::IndicatorKind;
use crate::plan::address;
use csv::Writer;
use std::io::{self, Write};

const HEAD: [&str; 9] = [
    "pattern", "type", "value", "until", "entries", "titles", "urls", "sources", "tlp",
];

/// A row for each pattern, by type and value.
pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all = known(subject, |given| {
        let pattern = pattern::of(&given.indicator, given.file)?;
        let (kind, value) = (given.indicator.kind, given.indicator.value.clone());
        Some((kind, value, pattern))
    });
    let mut table = Writer::from_writer(out);
    table.write_record(HEAD)?;
    for ((kind, value, pattern), known) in &all {
        let label = IndicatorKind::label(*kind);
        let until = known.until.map_or_else(String::new, |day| day.to_string());
        let each =
            |of: &dyn Fn(&str) -> String| known.entries().into_iter().map(of).collect::<Vec<_>>();
        let titles = each(&|id| known.entries[id].title.clone()).join("; ");
        let urls = each(&|id| address::absolute(subject.config, &known.entries[id].route()));
        let sources: Vec<&str> = known.sources.keys().copied().collect();
        let cells = [
            pattern,
            label,
            value,
            &until,
            &known.entries().join(" "),
            &titles,
            &urls.join(" "),
            &sources.join(" "),
            known.tlp.name(),
        ];
        table.write_record(cells.map(defused))?;
    }
    table.flush()
}
