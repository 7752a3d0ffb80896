//! Text with marks in it: HTML and XML, with the styles and scripts inside, and
//! Markdown as this program reads it (wikilinks, citations, markings).

use std::sync::LazyLock;

use super::{
    Class::*,
    languages::{formats, programs},
    pen::Pen,
    region::{Region, block, pair},
    table::Table,
    yaml,
};

/// HTML and XML.
pub(super) fn scan(pen: &mut Pen) {
    const WHOLE: [Region; 4] = [
        block("<!--", "-->"),
        pair("<![CDATA[", "]]>", Str).over_lines(),
        pair("<!", ">", Metadata).over_lines(),
        pair("<?", "?>", Metadata).over_lines(),
    ];
    pen.each(|pen| {
        if let Some(region) = WHOLE.iter().find(|region| region.opens(pen)) {
            region.write(pen, region.len(pen.rest()));
        } else if pen.at("<") && (pen.ahead(1) == '/' || pen.ahead(1).is_alphabetic()) {
            tag(pen);
        } else if pen.at("&") {
            entity(pen);
        } else {
            pen.put(Plain, 1);
            pen.run(Plain, |c| c != '<' && c != '&');
        }
    });
}

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@')
}

fn tag(pen: &mut Pen) {
    let closes = pen.ahead(1) == '/';
    pen.put(Punctuation, 1 + usize::from(closes));
    let name = pen.rest().get(..pen.span(in_name)).unwrap_or_default();
    pen.put(Keyword, name.len());
    while let Some(c) = pen.first().filter(|&c| c != '>' && c != '<') {
        match c {
            '"' | '\'' => {
                let mark = if c == '"' { "\"" } else { "'" };
                pen.put(Str, pair(mark, mark, Str).over_lines().len(pen.rest()));
            }
            '=' => pen.put(Operator, 1),
            '/' => pen.put(Punctuation, 1),
            c if in_name(c) && pen.before == "=" => pen.run(Str, in_name),
            c if in_name(c) => pen.run(Attribute, in_name),
            c => pen.put(Plain, c.len_utf8()),
        }
    }
    if !pen.at(">") {
        return;
    }
    pen.put(Punctuation, 1);
    let inner = match name {
        _ if closes => return,
        "script" => ("</script", &programs::JAVASCRIPT),
        "style" => ("</style", &formats::CSS),
        _ => return,
    };
    let len = pen.rest().find(inner.0).unwrap_or(pen.rest().len());
    pen.within(len, |pen| inner.1.scan(pen));
}

/// `&amp;` and the like; the name is never longer than 32 letters.
fn entity(pen: &mut Pen) {
    let name = pen.rest().bytes().skip(1).take(32);
    let len = name
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
        .count();
    if len > 0 && pen.ahead(1 + len) == ';' {
        pen.put(Constant, len + 2);
    }
}

pub(super) static MARKDOWN: LazyLock<Table> = LazyLock::new(|| Table {
    regions: vec![
        block("<!--", "-->"),
        pair("#", "\n", Keyword).at_line_start(),
        pair(">", " ", Operator).at_line_start(),
        pair("(TLP:", ")", Metadata),
        pair("``", "``", Str),
        pair("`", "`", Str),
        pair("[[", "]]", Function),
        pair("[@", "]", Variable),
        pair("[^", "]", Variable),
        pair("](", ")", Str),
        pair("<http", ">", Str),
    ],
    extra: Some(block_start),
    ..Table::default()
});

/// Front matter, fenced code and bullets.
fn block_start(pen: &mut Pen) -> bool {
    if pen.before.is_empty() && pen.at("---\n") {
        let end = pen.rest().find("\n---\n").map_or(usize::MAX, |at| at + 5);
        pen.within(end, yaml::plain);
        return true;
    }
    if !pen.fresh {
        return false;
    }
    if pen.at("```") || pen.at("~~~") {
        let fence = pen.span(|c| c == '`' || c == '~');
        let fence = pen.rest().get(..fence).unwrap_or_default();
        pen.put(Metadata, pen.line().len());
        let lines = pen.rest().split_inclusive('\n').skip(1);
        let inside = |line: &&str| !line.trim_start().starts_with(fence);
        let len = lines.take_while(inside).map(str::len).sum();
        pen.put(Plain, 1);
        pen.put(Str, len);
        pen.put(Metadata, pen.line().len());
        return true;
    }
    let bullet = matches!(pen.first(), Some('-' | '*' | '+')) && pen.ahead(1) == ' ';
    if bullet {
        pen.put(Operator, 1);
    }
    bullet
}
