//! Formats of data and configuration that need no scanner of their own.

use std::sync::LazyLock;

use super::super::{
    Class::*,
    pen::Pen,
    region::{block, line, pair, quote, raw},
    table::{Table, words},
};

pub(in super::super) static CSS: LazyLock<Table> = LazyLock::new(|| Table {
    regions: vec![block("/*", "*/"), quote("\""), quote("'")],
    glue: "-",
    sigils: &[('@', Keyword), ('.', Type), ('#', Number), ('!', Keyword)],
    keys: ":",
    calls: "(",
    ..Table::default()
});

pub(in super::super) static INI: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        constant: false no off on true yes
        ",
    ),
    fold: true,
    regions: vec![
        line(";").at_line_start(),
        line("#").at_line_start(),
        pair("[", "]", Keyword).at_line_start(),
        quote("\""),
    ],
    glue: "-.",
    extra: Some(line_key),
    ..Table::default()
});

pub(in super::super) static JSON: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        constant: false null true
        ",
    ),
    regions: vec![line("//"), block("/*", "*/"), quote("\""), quote("'")],
    keys: ":",
    ..Table::default()
});

pub(in super::super) static TOML: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        constant: false inf nan true
        ",
    ),
    regions: vec![
        line("#").apart(),
        pair("[[", "]]", Keyword).at_line_start(),
        pair("[", "]", Keyword).at_line_start(),
        raw("\"\"\"", "\"\"\"").escaped(b'\\'),
        raw("'''", "'''"),
        quote("\""),
        pair("'", "'", Str),
    ],
    glue: "-:.",
    keys: "=",
    ..Table::default()
});

/// What stands before the first `=` of a line, blanks and all.
fn line_key(pen: &mut Pen) -> bool {
    let line = if pen.fresh { pen.line() } else { "" };
    let Some((key, _)) = line
        .split_once('=')
        .filter(|_| !line.starts_with(['[', ';', '#']))
    else {
        return false;
    };
    pen.put(Attribute, key.trim_end().len());
    true
}
