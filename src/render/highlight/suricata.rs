//! Suricata and Snort rules (2.9 and 3), whole, commented out or in fragments.
//!
//! A rule is an action, a header and options. An option's colour says what it
//! is for: a sticky buffer or a match decides, what describes the rule does not.
//! Unknown options are taken for matches, so that no list has to keep up with
//! the engines.

use std::sync::LazyLock;

use super::{
    Class::{self, *},
    pen::Pen,
    regex,
    region::{escape, pair, quote},
    table::{Table, words},
};

/// Which part of a rule the pen stands in.
#[derive(Clone, Copy)]
enum Part<'c> {
    Header,
    /// Before an option's name.
    Options,
    /// In the value of the option of that name.
    Value(&'c str),
}

/// Colours all that the pen holds.
pub(super) fn scan(pen: &mut Pen) {
    let mut part = Part::Header;
    pen.each(|pen| {
        if pen.first().is_some_and(char::is_whitespace) {
            pen.run(Plain, char::is_whitespace);
        } else if pen.fresh && pen.at("#") {
            pen.put(Comment, pen.line().len());
        } else if pen.at("\\") && ends_line(pen) {
            pen.put(Operator, 1);
        } else {
            part = match part {
                Part::Header => header(pen),
                Part::Options => option(pen),
                Part::Value(name) => value(pen, name),
            };
        }
    });
}

fn header<'c>(pen: &mut Pen<'c, '_>) -> Part<'c> {
    // A fragment begins with an option: no header word touches these signs.
    if pen.fresh && matches!(pen.ahead(pen.span(in_name)), ':' | ';') {
        return option(pen);
    }
    if pen.at("(") {
        pen.put(Punctuation, 1);
        return Part::Options;
    }
    if pen.was == Keyword && pen.first().is_some_and(char::is_alphabetic) {
        pen.run(Type, in_name);
    } else {
        HEADER.step(pen);
    }
    Part::Header
}

fn option<'c>(pen: &mut Pen<'c, '_>) -> Part<'c> {
    if pen.at(")") {
        pen.put(Punctuation, 1);
        return Part::Header;
    }
    let len = pen.span(in_name);
    if len == 0 {
        HEADER.step(pen);
        return Part::Options;
    }
    let name = pen.rest().get(..len).unwrap_or_default();
    pen.put(option_class(name), len);
    if !pen.at(":") {
        return Part::Options;
    }
    pen.put(Punctuation, 1);
    Part::Value(name)
}

fn value<'c>(pen: &mut Pen<'c, '_>, name: &'c str) -> Part<'c> {
    // Some rules leave out the last `;`.
    let ends = pen.at(")") && ends_line(pen);
    if pen.at(";") || ends {
        pen.put(Punctuation, 1);
        return if ends { Part::Header } else { Part::Options };
    }
    let first = pen.before == ":" || pen.before == ",";
    match name {
        _ if pen.at("\"") => string(pen, name),
        "metadata" if first => pen.run(Attribute, |c| !", ;\n".contains(c)),
        "metadata" if !pen.at(",") => pen.run(Str, |c| !",;\n".contains(c)),
        "reference" if pen.before == "," => pen.run(Str, |c| c != ';' && c != '\n'),
        "reference" | "classtype" if !pen.at(",") => pen.run(Constant, in_name),
        _ => VALUES.step(pen),
    }
    Part::Value(name)
}

/// Whether nothing but blanks follows the next character on its line.
fn ends_line(pen: &Pen) -> bool {
    let after = pen.after_blanks(1);
    after.is_empty() || after.starts_with(['\n', '\r'])
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn option_class(name: &str) -> Class {
    match name {
        "msg" | "sid" | "rev" | "gid" | "classtype" | "reference" | "priority" | "metadata"
        | "target" | "rem" => Attribute,
        "nocase" | "fast_pattern" | "offset" | "depth" | "distance" | "within" | "rawbytes"
        | "startswith" | "endswith" | "bsize" | "noalert" => Function,
        "file_data" | "pkt_data" | "base64_data" | "raw_data" | "js_data" | "vba_data" => Type,
        _ if name.contains('.') || name.starts_with("http_") => Type,
        _ => Keyword,
    }
}

/// Text with `|0d 0a|` in it, or a regular expression with its flags.
fn string(pen: &mut Pen, name: &str) {
    let len = quote("\"").len(pen.rest());
    pen.within(len, |pen| {
        if name == "pcre" || name == "regex" {
            let end = pen.rest().rfind('/').unwrap_or_default();
            pen.run(Str, |c| c == '"' || c == '/');
            pen.within(end.saturating_sub(2), regex::scan);
            pen.run(Str, |c| c == '/');
            pen.run(Constant, |c| c.is_ascii_alphabetic());
        }
        let bytes = pair("|", "|", Number);
        let matched = !matches!(name, "msg" | "rem");
        pen.each(|pen| match pen.first() {
            Some('\\') => escape(pen),
            Some('|') if matched => pen.put(Number, bytes.len(pen.rest())),
            Some('|') => pen.put(Str, 1),
            _ => pen.run(Str, |c| c != '|' && c != '\\'),
        });
    });
}

static HEADER: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: activate alert block config drop dynamic log pass react reject rejectboth
            rejectdst rejectsrc rewrite sdrop
        constant: any
        ",
    ),
    glue: "./",
    sigils: &[('$', Variable)],
    ..Table::default()
});

static VALUES: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        constant: both by_both by_dst by_rule by_src dest_ip dst_ip established from_client
            from_server isnotset isset limit no_frag no_stream noalert not_established only_frag
            only_stream set src_ip stateless threshold to_client to_server toggle unset big little
            hex dec oct string relative
        attribute: bytes count multiplier offset seconds track type
        function: depth distance endswith fast_pattern nocase startswith within
        ",
    ),
    glue: ".-",
    other: Variable,
    ..Table::default()
});
