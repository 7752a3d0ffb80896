//! Foreign text as this dialect has to spell it, so that it says what it said and nothing more.
//!
//! Takes words or Markdown of somebody else; gives Markdown of this dialect. What only this dialect reads (wikilinks,
//! citations, comments, attributes, blocks of its own) and all HTML is text in it. Judges no marking: labels stay as
//! they are, and whoever asks raises the entry.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use std::ops::Range;

/// The first words of info strings that ask this dialect for something else than code.
const OWN_BLOCKS: &[&str] = &["ioc", "list"];

/// Words in which nothing is markup, within one paragraph.
pub(super) fn words(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let escape = match c {
            '\\' => next.is_ascii_punctuation(),
            '`' | '*' | '[' | ']' | '<' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '~' | '=' | '%' | '|' => next == c || before == c,
            '&' => next == '#' || next.is_ascii_alphabetic(),
            '{' => before == ' ',
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    match begins_block(&out) {
        true => escaped_start(&out),
        false => out,
    }
}

/// Markdown of somebody else, block by block as it was.
pub(super) fn markdown(text: &str) -> String {
    let text = known_tags_outside_of_code(&clean(text));
    let code = code(&text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for block in &code {
        guarded(text.get(at..block.range.start).unwrap_or(""), &mut out);
        out.push_str(&block.written(&text));
        at = block.range.end;
    }
    guarded(text.get(at..).unwrap_or(""), &mut out);
    out.trim_matches('\n').to_owned()
}

/// A block of code that no line of it can end.
pub(super) fn fence(language: &str, text: &str) -> String {
    let text = clean(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    format!("{ticks}{language}\n{}\n{ticks}", text.trim_matches('\n'))
}

/// Without the backslashes that a sentence would show, as it reads less than a body. Comments stay what they are not.
pub(super) fn in_sentence(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let mut ahead = rest.clone();
        let (next, after) = (ahead.next(), ahead.next());
        match (c, next) {
            ('`', _) => in_code = !in_code,
            ('\\', Some(sign)) if !in_code => {
                rest.next();
                let is_shown = match sign {
                    '&' => true,
                    '<' => after != Some('!'),
                    '\\' => !after.is_some_and(|c| "[]*_`\\<&".contains(c)),
                    _ => false,
                };
                if !is_shown {
                    out.push(c);
                }
                out.push(sign);
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A text on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let clean = clean(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ")
}

/// Without control characters but ends of lines and tabs.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let stays = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let hidden = |c: &char| !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}');
    text.chars().filter(stays).filter(hidden).collect()
}

/// Code in a text: a span, or a block with its fences.
struct Code {
    range: Range<usize>,
    /// The info string that this dialect would read as something else than code.
    asks: Option<String>,
}

impl Code {
    fn written(&self, text: &str) -> String {
        let own = text.get(self.range.clone()).unwrap_or("");
        match &self.asks {
            Some(info) => own.replacen(info.as_str(), "text", 1),
            None => own.to_owned(),
        }
    }
}

fn code(text: &str) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let asks = match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => None,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => asking(&info),
            _ => continue,
        };
        if found
            .last()
            .is_none_or(|last| last.range.end <= range.start)
        {
            found.push(Code { range, asks });
        }
    }
    found
}

/// An info string that says more than the name of a language.
fn asking(info: &str) -> Option<String> {
    let mut words = info.split([' ', ',', '\t']);
    let first = words.next().unwrap_or("").to_lowercase();
    let asks = OWN_BLOCKS.contains(&first.as_str()) || words.next().is_some();
    (asks && !info.trim().is_empty()).then(|| info.trim().to_owned())
}

/// Writes a stretch without code, with what only this dialect reads made text.
fn guarded(text: &str, out: &mut String) {
    for line in text.split_inclusive('\n') {
        let heading = line.trim_start().starts_with('#');
        let (line, id) = line.split_at(heading_id(line).unwrap_or(line.len()));
        let mut before = ' ';
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            let next = rest.peek().copied().unwrap_or(' ');
            let escape = before != '\\'
                && match c {
                    '[' => matches!(next, '[' | '@') || before == '[',
                    '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
                    '%' => next == '%' || before == '%',
                    '{' => heading,
                    _ => false,
                };
            // A picture elsewhere is no part of a site: its words lead to it.
            let picture = c == '!' && next == '[' && before != '\\';
            if escape {
                out.push('\\');
            }
            if !picture {
                out.push(c);
            }
            before = c;
        }
        out.push_str(id);
    }
}

/// Where the id of a heading begins, `## Title {#id}`, which other dialects give as this one does; with anything else in its
/// braces it is text.
pub(super) fn heading_id(line: &str) -> Option<usize> {
    let inner = line.trim_end().strip_suffix('}')?;
    let at = inner.rfind("{#")?;
    let id = inner.get(at + 2..)?;
    let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let apart = inner[..at].ends_with([' ', '\t']);
    let heading = line.trim_start().starts_with('#');
    (heading && apart && !id.is_empty() && id.chars().all(is_id)).then_some(at)
}

/// The text with known tags as Markdown; in code a tag is what it is.
fn known_tags_outside_of_code(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Code { range, .. } in code(text) {
        out.push_str(&with_known_tags(text.get(at..range.start).unwrap_or("")));
        out.push_str(text.get(range.clone()).unwrap_or(""));
        at = range.end;
    }
    out.push_str(&with_known_tags(text.get(at..).unwrap_or("")));
    out
}

/// The tags by which Markdown is often mixed with HTML, as Markdown has them.
fn with_known_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let Some((name, behind)) = tag[1..].split_once('>') else {
            rest = tag;
            break;
        };
        let own = name.trim();
        let name = own.trim_end_matches('/').trim().to_ascii_lowercase();
        let as_markdown = match name.as_str() {
            "code" => code_element(behind),
            "br" => Some(("  \n".to_owned(), behind)),
            "p" | "/p" => Some(("\n\n".to_owned(), behind)),
            address if address.starts_with("http://") || address.starts_with("https://") => {
                Some((own.to_owned(), behind))
            }
            _ => None,
        };
        rest = match as_markdown {
            Some((written, behind)) => {
                out.push_str(&written);
                behind
            }
            None => {
                out.push('<');
                &tag[1..]
            }
        };
    }
    out.push_str(rest);
    out
}

/// What stands in `<code>`, in backticks, and what stands behind.
fn code_element(text: &str) -> Option<(String, &str)> {
    let (code, behind) = text.split_once("</code>")?;
    if code.contains("\n\n") || code.trim().is_empty() {
        return None;
    }
    let code = code
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let apart = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    Some((format!("{ticks}{apart}{code}{apart}{ticks}"), behind))
}

fn begins_block(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.as_bytes().get(digits).copied();
    match text.as_bytes().first() {
        Some(b'#' | b'>' | b'-' | b'+' | b':' | b'(') => true,
        Some(b'0'..=b'9') => matches!(behind, Some(b'.' | b')')),
        _ => false,
    }
}

/// A text that begins like a block, with the sign made text. A parenthesis stays: what it may mark is told by its label.
fn escaped_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.starts_with('(') {
        true => text.to_owned(),
        false => format!("{}\\{}", &text[..digits], &text[digits..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_no_backslash_that_it_would_show() {
        for (text, sentence) in [
            ("R\\&D \\<none> of a \\* b", "R&D <none> of a \\* b"),
            ("C:\\\\Windows, `a\\\\b`", "C:\\Windows, `a\\\\b`"),
            ("\\<!-- a --> \\%\\% \\", "\\<!-- a --> \\%\\% \\"),
        ] {
            assert_eq!(in_sentence(text), sentence);
        }
    }

    #[test]
    fn words_are_read_as_they_are() {
        for (text, written) in [
            ("plain words, nothing more.", "plain words, nothing more."),
            (
                "snake_case stays, _this_ does not mean",
                "snake_case stays, \\_this\\_ does not mean",
            ),
            ("[[x]] and [@y]", "\\[\\[x\\]\\] and \\[@y\\]"),
            ("<b>&amp; %% c", "\\<b>\\&amp; \\%\\% c"),
            ("# no heading", "\\# no heading"),
            ("1. no list", "1\\. no list"),
            ("two\nlines", "two lines"),
            ("C:\\Windows\\x", "C:\\Windows\\x"),
        ] {
            assert_eq!(words(text), written);
        }
    }

    #[test]
    fn markdown_stays_but_for_what_only_this_dialect_reads() {
        for (text, written) in [
            (
                "*a* and [b](https://example.org/)",
                "*a* and [b](https://example.org/)",
            ),
            ("[[a]] [@b] %%c%%", "\\[\\[a]] \\[@b] \\%\\%c\\%\\%"),
            ("`[[a]]` stays", "`[[a]]` stays"),
            ("<code>a_b</code> and <i>c</i>", "`a_b` and \\<i>c\\</i>"),
            (
                "![p](https://example.org/p.png)",
                "[p](https://example.org/p.png)",
            ),
            ("```ioc\nx\n```", "```text\nx\n```"),
            ("```yara\nx\n```", "```yara\nx\n```"),
            ("# A {tlp=clear}", "# A \\{tlp=clear}"),
            ("## A {#a-b}\nx {#y}", "## A {#a-b}\nx {#y}"),
            ("## A {#a .b}", "## A \\{#a .b}"),
            ("a<br>b `<br>`", "a  \nb `<br>`"),
            ("```html\n<p>a<br>\n```", "```html\n<p>a<br>\n```"),
            ("A\n===", "A\n==="),
            ("==a==", "==a=="),
            ("<https://example.org/>", "https://example.org/"),
        ] {
            assert_eq!(markdown(text), written);
        }
    }

    #[test]
    fn no_line_ends_a_fence() {
        assert_eq!(fence("", "a\n```\nb"), "````\na\n```\nb\n````");
        assert_eq!(fence("text", "a"), "```text\na\n```");
    }
}
