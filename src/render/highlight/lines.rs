//! What is read line by line: diffs, HTTP messages, terminal sessions.

use super::{
    Class::*,
    languages::{formats, shells},
    markup,
    pen::Pen,
};

/// A unified or git diff.
pub(super) fn diff(pen: &mut Pen) {
    const HEAD: [&str; 9] = [
        "+++",
        "---",
        "diff ",
        "index ",
        "@@",
        "Index:",
        "new file",
        "deleted file",
        "rename ",
    ];
    pen.each(|pen| {
        let class = match pen.first() {
            _ if HEAD.iter().any(|head| pen.at(head)) => Metadata,
            Some('+' | '>') => Inserted,
            Some('-' | '<') => Deleted,
            Some('\\') => Comment,
            _ => Plain,
        };
        pen.put(class, pen.line().len());
        pen.put(Plain, 1);
    });
}

/// A request or an answer, its header lines and its body.
pub(super) fn http(pen: &mut Pen) {
    start_line(pen);
    pen.each(|pen| {
        let line = pen.line();
        if line.trim_end().is_empty() {
            pen.run(Plain, char::is_whitespace);
            return body(pen);
        }
        if let Some((name, _)) = line.split_once(':') {
            pen.put(Attribute, name.len());
            pen.put(Punctuation, 1);
            pen.run(Plain, |c| c == ' ');
            pen.put(Str, pen.line().len());
        }
        pen.put(Plain, pen.line().len() + 1);
    });
}

/// `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`.
fn start_line(pen: &mut Pen) {
    pen.within(pen.line().len(), |pen| {
        pen.each(|pen| {
            let len = pen.span(|c| !c.is_whitespace());
            let class = match pen.first() {
                _ if pen.at("HTTP/") => Type,
                Some(c) if c.is_ascii_digit() => Number,
                _ if pen.before.is_empty() && !pen.line().contains(": ") => Keyword,
                _ => Str,
            };
            pen.put(class, len);
            pen.run(Plain, char::is_whitespace);
        });
    });
    pen.put(Plain, 1);
}

fn body(pen: &mut Pen) {
    match pen.first() {
        Some('{' | '[') => formats::JSON.scan(pen),
        Some('<') => markup::scan(pen),
        _ => pen.put(Plain, usize::MAX),
    }
}

/// Commands after their prompts; everything else is output and stays plain.
pub(super) fn console(pen: &mut Pen) {
    pen.each(|pen| {
        let line = pen.line();
        if let Some(len) = prompt(line) {
            pen.put(Metadata, len);
            let windows = line.get(..len).is_some_and(|prompt| prompt.contains(":\\"));
            let table = match windows {
                true if line.starts_with("PS ") => &shells::POWERSHELL,
                true => &shells::BATCH,
                false => &shells::BASH,
            };
            // A command begins anew: what the line before ended with says nothing.
            pen.before = "";
            pen.within(line.len() - len, |pen| table.scan(pen));
        }
        pen.put(Plain, pen.line().len() + 1);
    });
}

/// The length of `$ `, `user@host:~# `, `PS C:\> ` or `C:\>` at the start of a line.
fn prompt(line: &str) -> Option<usize> {
    let (at, sign) = line
        .char_indices()
        .take(80)
        .find(|(_, c)| matches!(c, '$' | '#' | '>'))?;
    let (head, tail) = line.split_at_checked(at + 1)?;
    let head = head.strip_suffix(sign)?;
    let path = head.get(1..).is_some_and(|head| head.starts_with(":\\"));
    let named = head.is_empty() || head.starts_with("PS ") || head.contains('@');
    (path || named && tail.starts_with(' ')).then(|| at + 1 + usize::from(tail.starts_with(' ')))
}
