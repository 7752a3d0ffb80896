//! Lists as people and spreadsheets read them.

use super::Stop;
use std::fmt::Write as _;

/// Rows in columns; the last takes the rest of the line.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut table = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            // Writing to a string cannot fail.
            let _ = write!(line, "{cell:width$}  ");
        }
        let _ = writeln!(table, "{}", line.trim_end());
    }
    table
}

/// Rows with a head as CSV (RFC 4180, lines end as on Unix). Values stand as they are: what begins with `=` is a formula
/// to some programs.
pub(super) fn csv<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Result<String, Stop> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(head).and_then(|()| {
        let mut rows = rows.iter();
        rows.try_for_each(|row| writer.write_record(row))
    });
    let failed =
        |error: &dyn std::fmt::Display| Stop::Machine(format!("cannot write CSV: {error}"));
    written.map_err(|error| failed(&error))?;
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}
