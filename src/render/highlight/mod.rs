//! Colours for code: takes a language's name and a piece of code, gives the
//! same text as HTML with `<span class="hl-…">` around its tokens.
//!
//! It never writes inline styles, never changes, drops or adds a character of
//! the code, never fails and never takes more than linear time, whatever the
//! code: a broken rule is coloured as far as it can be read. Nothing is set up
//! before the first piece of code in a language, and no span crosses a line end.
//!
//! | class | marks | class | marks |
//! |---|---|---|---|
//! | `hl-k` | keyword | `hl-p` | punctuation |
//! | `hl-s` | string | `hl-a` | attribute, key |
//! | `hl-c` | comment | `hl-b` | constant, escape |
//! | `hl-n` | number, bytes | `hl-m` | metadata, directive |
//! | `hl-t` | type | `hl-d` | deleted |
//! | `hl-f` | function, command | `hl-i` | inserted |
//! | `hl-v` | variable | `hl-o` | operator |
//!
//! `pen` writes, `table` scans what `languages` describes; the field's own
//! languages are in `yara`, `sigma` and `suricata`. To add a language, add
//! its table and a line to `LANGUAGES`.

use std::sync::LazyLock;

use languages::{formats, programs, queries, shells};
use pen::Pen;
use table::Table;

mod languages;
mod lines;
mod markup;
mod pen;
mod regex;
mod region;
mod sigma;
mod suricata;
mod table;
#[cfg(test)]
mod tests;
mod yaml;
mod yara;

/// Writes `code` to `out` as HTML, coloured as `lang`, and gives true; where the
/// language is not known, writes nothing and gives false.
///
/// Only `&`, `<` and `>` are escaped: the result stands between tags, never in
/// an attribute.
pub fn highlight(lang: &str, code: &str, out: &mut String) -> bool {
    let Some(language) = find(lang) else {
        return false;
    };
    out.reserve(code.len().saturating_mul(3));
    Pen::draw(code, out, |pen| match language {
        Language::Plain => {}
        Language::Table(table) => table.scan(pen),
        Language::Scanner(scan) => scan(pen),
    });
    true
}

/// Whether [`highlight`] knows `lang`, a name or alias in any case.
pub fn known(lang: &str) -> bool {
    find(lang).is_some()
}

fn find(lang: &str) -> Option<&'static Language> {
    let named = |names: &str| names.split(' ').any(|name| name.eq_ignore_ascii_case(lang));
    LANGUAGES
        .iter()
        .find(|(names, _)| named(names))
        .map(|(_, language)| language)
}

enum Language {
    Plain,
    Table(&'static LazyLock<Table>),
    Scanner(fn(&mut Pen)),
}

/// Every language: its names, divided by blanks, and who colours it.
static LANGUAGES: &[(&str, Language)] = &[
    ("yara yar", Language::Table(&yara::YARA)),
    ("sigma", Language::Scanner(sigma::scan)),
    ("suricata snort rules", Language::Scanner(suricata::scan)),
    ("text txt plain plaintext none", Language::Plain),
    ("bash sh shell zsh", Language::Table(&shells::BASH)),
    ("batch bat cmd dos", Language::Table(&shells::BATCH)),
    ("c h cpp c++ cc cxx hpp", Language::Table(&programs::C)),
    (
        "console terminal shell-session session",
        Language::Scanner(lines::console),
    ),
    ("csharp cs c#", Language::Table(&programs::CSHARP)),
    ("css", Language::Table(&formats::CSS)),
    ("diff patch", Language::Scanner(lines::diff)),
    ("go golang", Language::Table(&programs::GO)),
    (
        "html htm xhtml xml svg vue",
        Language::Scanner(markup::scan),
    ),
    ("http", Language::Scanner(lines::http)),
    (
        "ini cfg conf reg properties",
        Language::Table(&formats::INI),
    ),
    ("java kotlin kt", Language::Table(&programs::JAVA)),
    (
        "javascript js mjs jsx typescript ts tsx node",
        Language::Table(&programs::JAVASCRIPT),
    ),
    (
        "json jsonc json5 jsonl ndjson stix",
        Language::Table(&formats::JSON),
    ),
    ("kql kusto", Language::Table(&queries::KQL)),
    ("markdown md", Language::Table(&markup::MARKDOWN)),
    ("php", Language::Table(&programs::PHP)),
    (
        "powershell ps1 ps pwsh psm1 psd1",
        Language::Table(&shells::POWERSHELL),
    ),
    ("python py py3 python3", Language::Table(&programs::PYTHON)),
    ("regex regexp re pcre", Language::Scanner(regex::scan)),
    ("rust rs", Language::Table(&programs::RUST)),
    ("spl splunk", Language::Table(&queries::SPL)),
    (
        "sql sqlite mysql postgresql postgres psql tsql",
        Language::Table(&queries::SQL),
    ),
    ("toml", Language::Table(&formats::TOML)),
    ("vb vba vbs vbscript vbnet", Language::Table(&programs::VB)),
    ("yaml yml", Language::Scanner(yaml::plain)),
];

/// What a piece of code is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Class {
    #[default]
    Plain,
    Attribute,
    Comment,
    Constant,
    Deleted,
    Function,
    Inserted,
    Keyword,
    Metadata,
    Number,
    Operator,
    Punctuation,
    Str,
    Type,
    Variable,
}

impl Class {
    /// The letter of its CSS class; plain text has none.
    fn letter(self) -> Option<char> {
        Some(match self {
            Class::Plain => return None,
            Class::Attribute => 'a',
            Class::Comment => 'c',
            Class::Constant => 'b',
            Class::Deleted => 'd',
            Class::Function => 'f',
            Class::Inserted => 'i',
            Class::Keyword => 'k',
            Class::Metadata => 'm',
            Class::Number => 'n',
            Class::Operator => 'o',
            Class::Punctuation => 'p',
            Class::Str => 's',
            Class::Type => 't',
            Class::Variable => 'v',
        })
    }
}
