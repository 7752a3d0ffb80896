//! A writer's own numbers in the lines of a fence, to be drawn: a table whose first line says what its columns are.
//!
//! Takes the lines; gives rows with their numbers exactly as written, or what is wrong with each line. Columns are set apart by
//! bars as in Markdown, tabs, semicolons or commas, whichever the first line has, in this order. A number is one from 0 up
//! (`docs/publish/drawings.md`, "Numbers of your own"). Never guesses what a cell means.

use super::money::{Figure, Scale, figure};
use std::ops::Range;

/// How numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// As bars that begin at nothing.
    Bar,
    /// As lines from row to row, which stand in order.
    Line,
    /// As points.
    Dot,
}

impl Look {
    /// All, with their words.
    pub const WORDS: [(&str, Look); 3] =
        [("bar", Look::Bar), ("line", Look::Line), ("dot", Look::Dot)];
}

/// A table of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart<'t> {
    /// What the columns are: the one of the rows' names first, then one or more of numbers.
    pub heads: Vec<&'t str>,
    /// At least one.
    pub rows: Vec<Row<'t>>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'t> {
    /// What the numbers are of.
    pub name: &'t str,
    /// One for each column of numbers; none where nothing stands.
    pub figures: Vec<Option<Figure>>,
}

/// What is wrong with a line, and where that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In bytes.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// So many columns of numbers are told apart.
pub const SERIES: usize = 3;
/// So many rows are drawn.
pub const ROWS: usize = 60;

impl<'t> Chart<'t> {
    /// Reads the lines of a fence.
    ///
    /// # Errors
    /// All that is wrong with them, in order; never nothing.
    pub fn from_text(text: &'t str) -> Result<Chart<'t>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |at, message: String, help: &str| {
            let help = help.to_owned();
            faults.push(Fault { at, message, help });
        };
        let lines = lines(text);
        let Some((first, rest)) = lines.split_first() else {
            let help = "write what the columns are on the first line, and below it a name and a number: `2016, 101`";
            fault(0..text.len(), "a chart without numbers".to_owned(), help);
            return Err(faults);
        };
        let sign = separator(first.of(text));
        let heads: Vec<&str> = cells(text, first, sign)
            .into_iter()
            .map(|it| it.1)
            .collect();
        if heads.len() < 2 || heads.len() > 1 + SERIES {
            let message = format!(
                "a chart has one to {SERIES} columns of numbers, and this line names {}",
                heads.len() - 1
            );
            let help = "the first line says what the columns are, set apart by commas: `Year, Stolen (USD million)`";
            fault(first.at.clone(), message, help);
        }
        let mut rows = Vec::new();
        for line in rest {
            let cells = cells(text, line, sign);
            if is_rule(&cells) {
                continue;
            }
            if cells.len() != heads.len() {
                let message = format!(
                    "{} cells, and the first line has {}",
                    cells.len(),
                    heads.len()
                );
                let help = match sign {
                    ',' => {
                        "write numbers without commas in them, or set columns apart by `|` or `;`"
                    }
                    _ => "each line has as many cells as the first; one may be empty",
                };
                fault(line.at.clone(), message, help);
                continue;
            }
            let mut cells = cells.into_iter();
            let name = cells.next().map_or("", |(_, name)| name);
            let figures = cells.map(|(at, cell)| {
                if cell.is_empty() {
                    return None;
                }
                let read = figure(cell, Scale::One);
                if read.is_none() {
                    let help = "write digits, perhaps with a point: `12`, `1,250`, `0.5`; the unit belongs into the first line";
                    fault(at, format!("`{cell}` is no number from 0 up"), help);
                }
                read
            });
            let figures = figures.collect();
            rows.push(Row { name, figures });
        }
        if rest.is_empty() {
            let help = "write a line for each number below the first: `2016, 101`";
            fault(first.at.clone(), "a chart without numbers".to_owned(), help);
        }
        if let Some(line) = rest.get(ROWS + 1) {
            let message = format!("a chart has {ROWS} lines at most");
            let help = "put some together, or draw the rest in a chart of its own";
            fault(line.at.clone(), message, help);
        }
        match faults.is_empty() {
            true => Ok(Chart { heads, rows }),
            false => Err(faults),
        }
    }

    /// All numbers.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> + Clone {
        self.rows
            .iter()
            .flat_map(|row| row.figures.iter().flatten())
    }
}

/// A line that says something.
struct Line {
    at: Range<usize>,
}

impl Line {
    fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.at.clone()).unwrap_or("")
    }
}

fn lines(text: &str) -> Vec<Line> {
    let mut from = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let at = from..from + line.trim_end().len();
        from += line.len();
        Line { at }
    });
    lines
        .filter(|line| !line.of(text).trim().is_empty())
        .collect()
}

fn separator(first: &str) -> char {
    let signs = ['|', '\t', ';'].into_iter();
    { signs }.find(|sign| first.contains(*sign)).unwrap_or(',')
}

/// The cells of a line, each with where it stands. A cell in quotation marks may hold the sign that sets cells apart.
fn cells<'t>(text: &'t str, line: &Line, sign: char) -> Vec<(Range<usize>, &'t str)> {
    let whole = line.of(text);
    let (mut from, mut to) = (0, whole.len());
    if sign == '|' {
        let start = whole.len() - whole.trim_start().len();
        from = start + usize::from(whole.get(start..).unwrap_or("").starts_with('|'));
        to -= usize::from(whole.len() > from && whole.ends_with('|'));
    }
    let mut found = Vec::new();
    let mut begin = from;
    let mut quoted = false;
    for (at, c) in whole.get(from..to).unwrap_or("").char_indices() {
        let at = from + at;
        if c == '"' && sign != '|' {
            quoted = !quoted;
        } else if c == sign && !quoted {
            found.push(begin..at);
            begin = at + c.len_utf8();
        }
    }
    found.push(begin..to);
    let trimmed = |range: Range<usize>| {
        let cell = whole.get(range.clone()).unwrap_or("");
        let mut inner = cell.trim();
        let mut start = line.at.start + range.start + (cell.len() - cell.trim_start().len());
        let unquoted = inner.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        if let Some(plain) = unquoted.filter(|_| sign != '|') {
            (inner, start) = (plain, start + 1);
        }
        (start..start + inner.len(), inner)
    };
    found.into_iter().map(trimmed).collect()
}

/// Whether it is the line below the first in a table of Markdown.
fn is_rule(cells: &[(Range<usize>, &str)]) -> bool {
    cells
        .iter()
        .all(|(_, cell)| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match Chart::from_text(text) {
            Ok(chart) => {
                let rows = chart.rows.iter().map(|row| {
                    let figures = row
                        .figures
                        .iter()
                        .map(|it| it.as_ref().map_or("–", |it| &it.written).to_owned());
                    format!("{}={}", row.name, figures.collect::<Vec<_>>().join("/"))
                });
                format!(
                    "{} {}",
                    chart.heads.join("/"),
                    rows.collect::<Vec<_>>().join(" ")
                )
            }
            Err(faults) => {
                let faults = faults
                    .iter()
                    .map(|it| format!("{}: {}", &text[it.at.clone()], it.message));
                faults.collect::<Vec<_>>().join("; ")
            }
        }
    }

    #[test]
    fn tables_are_read_whatever_sets_their_columns_apart() {
        let told = "Year/Stolen 2015=12 2016=101.5";
        for text in [
            "Year, Stolen\n2015, 12\n2016, 101.5\n",
            "Year;Stolen\n2015;12\n\n2016;101.5",
            "Year\tStolen\r\n2015\t12\r\n2016\t101.5\r\n",
            "| Year | Stolen |\n|------|-------:|\n| 2015 | 12 |\n| 2016 | 101.5 |\n",
            "Year | Stolen\n--- | ---\n2015 | 12\n2016 | 101.5",
            "\"Year\",\"Stolen\"\n\"2015\",12\n2016,101.5",
        ] {
            assert_eq!(said(text), told, "{text:?}");
        }
        assert_eq!(said("A;B;C\n\"x; y\";1,250;\n"), "A/B/C x; y=1,250/–");
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        assert_eq!(
            said("A, B\nx, many\ny, -3\n"),
            "many: `many` is no number from 0 up; -3: `-3` is no number from 0 up"
        );
        assert_eq!(
            said("A, B\nx, 1,250\n"),
            "x, 1,250: 3 cells, and the first line has 2"
        );
        assert_eq!(
            said("A\nx\n"),
            "A: a chart has one to 3 columns of numbers, and this line names 0"
        );
        assert_eq!(said("A, B\n"), "A, B: a chart without numbers");
        assert!(Chart::from_text("").is_err());
        assert!(Chart::from_text("é,é\n|é\n").is_err());
    }
}
