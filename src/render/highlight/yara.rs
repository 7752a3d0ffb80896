//! YARA rules: a table, and what it cannot say: string identifiers (`$a`, `#a`,
//! `@a`, `!a`), hex strings, regular expressions, a rule's name and tags.
//! Takes YARA and YARA-X; never checks a rule.

use std::sync::LazyLock;

use super::{
    Class::{self, *},
    pen::Pen,
    regex,
    region::{block, line, pair, quote},
    table::{Table, symbol, words},
};

pub(super) static YARA: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: all and any at condition contains defined endswith for global icontains iendswith
            iequals in istartswith matches meta none not of or private rule startswith strings
            them variables with
        metadata: import include
        attribute: ascii base64 base64wide fullword nocase wide xor
        function: int8 int16 int32 int8be int16be int32be uint8 uint16 uint32 uint8be uint16be
            uint32be float32 float64 float32be float64be
        constant: entrypoint false filesize true
        type: console cuckoo dex dotnet elf hash lnk macho magic math pe string time vt
        ",
    ),
    regions: vec![line("//"), block("/*", "*/"), quote("\"")],
    keys: "=",
    calls: "(",
    extra: Some(extra),
    ..Table::default()
});

fn extra(pen: &mut Pen) -> bool {
    match pen.first() {
        Some('{') if pen.before == "=" => hex_string(pen),
        Some('/') => return regex::literal(pen, &["matches"]),
        Some('$') => identifier(pen),
        Some('#' | '@' | '!') if in_name(pen.ahead(1)) => identifier(pen),
        Some(c) if pen.before == "rule" && in_name(c) => rule_name(pen),
        _ => return false,
    }
    true
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn identifier(pen: &mut Pen) {
    pen.put(Variable, 1);
    pen.run(Variable, in_name);
    if pen.at("*") {
        pen.put(Variable, 1);
    }
}

fn rule_name(pen: &mut Pen) {
    pen.run(Type, in_name);
    pen.run(Plain, char::is_whitespace);
    if pen.at(":") {
        pen.put(Punctuation, 1);
        pen.run(Plain, char::is_whitespace);
        pen.run(Metadata, |c| in_name(c) || c == ' ');
    }
}

/// `{ 4D 5A ?? [4-6] ( 90 | ~91 ) }`, with comments.
fn hex_string(pen: &mut Pen) {
    let body = pair("{", "}", Class::Plain).over_lines();
    pen.within(body.len(pen.rest()), |pen| {
        pen.each(|pen| match pen.first() {
            Some(c) if c.is_ascii_hexdigit() => {
                pen.run(Number, |c| c.is_ascii_hexdigit() || c == ' ')
            }
            Some('?') => pen.run(Constant, |c| c == '?'),
            Some('[') => pen.put(Operator, pair("[", "]", Operator).len(pen.rest())),
            Some('/') if pen.at("//") => pen.put(Comment, pen.line().len()),
            Some('/') if pen.at("/*") => pen.put(Comment, block("/*", "*/").len(pen.rest())),
            Some(c) => pen.put(symbol(c), c.len_utf8()),
            None => {}
        });
    });
}
