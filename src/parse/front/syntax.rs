//! What is wrong with a front matter that cannot be read, in a writer's words.
//!
//! Takes the place and the words of the YAML or TOML parser; gives one problem with a way out. The
//! usual mistakes are told by the look of the line; what is not recognised passes the parser's own
//! words on.

use super::{cut, sentences, withholding};
use crate::diag::{Advice, Code, Diagnostic, TextEdit};
use crate::parse::label;
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// A recognised mistake: its place, what is wrong, what to do.
type Mistake = (Span, String, Way);

/// What to do about a mistake.
struct Way {
    words: String,
    /// What would be right in its place.
    instead: Option<String>,
}

impl Way {
    fn instead(mut self, text: impl Into<String>) -> Self {
        self.instead = Some(text.into());
        self
    }
}

impl<S: Into<String>> From<S> for Way {
    fn from(words: S) -> Self {
        Self {
            words: words.into(),
            instead: None,
        }
    }
}

/// The problem of YAML that the parser refused at byte `at` with the words `info`.
#[must_use]
pub fn yaml(
    path: &Arc<str>,
    text: &str,
    front: &Range<usize>,
    at: usize,
    info: &str,
) -> Diagnostic {
    let spot = Spot::new(text, front, at);
    let (span, message, help) = comment_in_brackets(&spot)
        .or_else(|| tab(&spot, info))
        .or_else(|| begins_with_sign(&spot, info))
        .or_else(|| wikilinks(&spot))
        .or_else(|| quotes(&spot, info))
        .or_else(|| lone_key(&spot, info))
        .or_else(|| colon_in_value(&spot, info))
        .or_else(|| brackets(&spot, info))
        .or_else(|| indentation(&spot, info))
        .unwrap_or_else(|| {
            (
                spot.here(),
                format!("the front matter is not valid YAML here: {info}"),
                "look at this line and the one above it; a value with special signs needs quotes"
                    .into(),
            )
        });
    // While it cannot be read, an entry counts as a draft: only its writer may change that.
    let edit = help.instead.filter(|_| !says_who_sees(&spot, span));
    let edit = edit.map(|instead| TextEdit::new(path, span, instead));
    let help = Advice::from(help.words).perhaps(edit);
    Diagnostic::at(Code::FrontMatterSyntax, path, span, message).help(help)
}

/// Whether the line of a mistake is about who sees the entry, so that no program rewrites it.
fn says_who_sees(spot: &Spot<'_>, span: Span) -> bool {
    let mut words = spot
        .line()
        .split(|c: char| !c.is_alphanumeric() && c != '_');
    label::all(span.of(spot.text)).next().is_some()
        || words.any(|word| withholding::named(word).is_some())
}

/// The problem of TOML that the parser refused at `span` with the words `info`.
#[must_use]
pub fn toml(path: &Arc<str>, text: &str, span: Span, info: &str) -> Diagnostic {
    let spot = Spot::new(text, &(0..text.len()), span.start as usize);
    let line = spot.line();
    let help = if line.contains(':') && !line.contains('=') {
        "TOML writes `key = \"value\"`; for `key: value` put the front matter between `---` lines"
    } else if line.contains("[[") && line.contains('=') {
        "write the bare slugs in quotes: `uses = [\"hoplight\"]`"
    } else {
        "text stands in quotes in TOML: `key = \"value\"`"
    };
    let info = info.replace('\n', " ");
    let message = format!("the front matter is not valid TOML here: {info}");
    Diagnostic::at(Code::FrontMatterSyntax, path, span, message).help(help)
}

/// Where the parser stopped, and the lines around.
struct Spot<'a> {
    text: &'a str,
    front: Range<usize>,
    at: usize,
    /// The line that holds `at`, without its end.
    line: Range<usize>,
}

impl<'a> Spot<'a> {
    fn new(text: &'a str, front: &Range<usize>, at: usize) -> Self {
        let at = at.clamp(front.start, front.end);
        let mut spot = Self {
            text,
            front: front.clone(),
            at,
            line: at..at,
        };
        // At the very end the parser stands on an empty line; what it means is the last one.
        let on_nothing = text
            .get(at..front.end)
            .is_none_or(|rest| rest.trim().is_empty());
        let inside = text.get(front.start..at).unwrap_or("");
        let probe = if on_nothing {
            front.start + inside.trim_end().len()
        } else {
            at
        };
        spot.line = spot.line_of(probe);
        spot
    }

    fn line_of(&self, at: usize) -> Range<usize> {
        let before = self.text.get(self.front.start..at).unwrap_or("");
        let start = self.front.start + before.rfind('\n').map_or(0, |end| end + 1);
        let rest = self.text.get(start..self.front.end).unwrap_or("");
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or("").trim_end();
        start..start + line.len()
    }

    fn line(&self) -> &'a str {
        self.text.get(self.line.clone()).unwrap_or("")
    }

    /// The nearest line above that is not blank.
    fn above(&self) -> Option<Range<usize>> {
        let before = self.text.get(self.front.start..self.line.start)?;
        let end = before.trim_end().len();
        (end > 0).then(|| self.line_of(self.front.start + end))
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.front.end).unwrap_or("")
    }

    /// The character at which the parser stopped.
    fn here(&self) -> Span {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Span::new(self.at, self.at + length)
    }
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The part of a line without indentation and list dashes, and where it begins.
fn content(text: &str, line: &Range<usize>) -> Range<usize> {
    let whole = text.get(line.clone()).unwrap_or("");
    let inner = whole.trim_start_matches([' ', '\t', '-']);
    line.end - inner.len()..line.end
}

/// A key at the start of a line's content and what stands after its colon.
fn key_and_value<'a>(text: &'a str, line: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
    let content = content(text, line);
    let whole = text.get(content.clone())?;
    let colon = whole.find(':')?;
    let key = whole.get(..colon)?;
    let after = whole.get(colon + 1..)?;
    if key.is_empty() || !(after.is_empty() || after.starts_with([' ', '\t'])) {
        return None;
    }
    Some((key, content.end - after.trim_start().len()..content.end))
}

/// A `#` that, within brackets, makes a comment of what follows, the closing bracket included.
fn comment_in_brackets(spot: &Spot<'_>) -> Option<Mistake> {
    let mut line = spot.line.clone();
    for _ in 0..8 {
        let whole = spot.text.get(line.clone())?;
        let mut open = 0_usize;
        let mut quote = None;
        let mut before = ' ';
        for (at, c) in whole.char_indices() {
            match (quote, c) {
                (Some(sign), c) if c == sign => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if " [{,:".contains(before) => quote = Some(c),
                (None, '[' | '{') => open += 1,
                (None, ']' | '}') => open = open.saturating_sub(1),
                (None, '#') if before.is_whitespace() => {
                    let comment = whole.get(at..)?;
                    if open == 0 || !cut::sticks(comment) {
                        break;
                    }
                    let start = whole
                        .get(..at)?
                        .rfind(['[', '{', ','])
                        .map_or(at, |it| it + 1);
                    let length = comment.find([',', ']', '}']).unwrap_or(comment.len());
                    let value = whole.get(start..at + length)?.trim();
                    let key = value.find(": ").map_or(0, |colon| colon + 2);
                    let quoted = serde_json::Value::from(value.get(key..)?);
                    let from = line.start + at;
                    return Some((
                        Span::new(from, from + length),
                        format!("{}, and so is the closing bracket", cut::MESSAGE),
                        format!("write the value in quotes, `{quoted}`").into(),
                    ));
                }
                _ => {}
            }
            before = c;
        }
        line = Spot::new(spot.text, &spot.front, line.start).above()?;
    }
    None
}

fn tab(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    let mut line = spot.line.clone();
    for _ in 0..8 {
        let whole = spot.text.get(line.clone())?;
        let indent = whole.len() - whole.trim_start().len();
        if let Some(at) = whole.get(..indent)?.find('\t') {
            let at = line.start + at;
            return Some((
                Span::new(at, at + 1),
                "a tab stands in the indentation".to_owned(),
                "indent with spaces: YAML takes no tabs there".into(),
            ));
        }
        // A plain value that runs on is reported at its start, lines above the tab.
        if !info.contains("tab") || line.end + 1 >= spot.front.end {
            return None;
        }
        line = spot.line_of(line.end + 1);
    }
    None
}

fn begins_with_sign(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    let rest = spot.rest();
    if info.contains("unknown anchor") {
        return Some((
            spot.here(),
            "YAML reads a value that begins with `*` as an alias".to_owned(),
            "put the value in quotes".into(),
        ));
    }
    let sign = rest
        .chars()
        .next()
        .filter(|_| info.starts_with("unexpected character"))?;
    let name: &str = rest
        .get(sign.len_utf8()..)?
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.')))
        .next()?;
    let span = Span::new(spot.at, spot.at + sign.len_utf8() + name.len());
    if sign == '@' && !name.is_empty() {
        if let Some(mistake) = unquoted_sentence(spot) {
            return Some(mistake);
        }
        return Some((
            span,
            format!("`@{name}` is how prose cites; in front matter a reference is the bare slug"),
            Way::from(format!("write `{name}`")).instead(name),
        ));
    }
    let sign = match sign {
        '`' => "a backtick".to_owned(),
        _ => format!("`{sign}`"),
    };
    Some((
        span,
        format!("a value cannot begin with {sign} in YAML"),
        "put the value in quotes".into(),
    ))
}

/// A sentence that begins with a link or a citation, which YAML takes for a list.
fn unquoted_sentence(spot: &Spot<'_>) -> Option<Mistake> {
    let (key, value) = key_and_value(spot.text, &spot.line)?;
    let sentence = spot.text.get(value.clone())?.trim();
    if !sentences::KEYS.contains(&key) || !sentence.starts_with('[') {
        return None;
    }
    Some((
        Span::new(value.start, value.end),
        "YAML reads a value that begins with `[` as a list".to_owned(),
        Way::from(sentences::quoted(key, sentence)).instead(sentences::in_quotes(sentence)),
    ))
}

fn wikilinks(spot: &Spot<'_>) -> Option<Mistake> {
    let line = spot.line();
    let opens = line.find("[[")?;
    if let Some(mistake) = unquoted_sentence(spot) {
        return Some(mistake);
    }
    let names: Vec<&str> = line
        .split("[[")
        .skip(1)
        .filter_map(|part| part.split(['|', '#', ']']).next())
        .collect();
    let (key, _) = key_and_value(spot.text, &spot.line)?;
    let at = spot.line.start + opens;
    Some((
        Span::new(at, spot.line.end),
        "`[[…]]` is how prose links; in front matter a reference is the bare slug".to_owned(),
        format!("write `{key}: [{}]`", names.join(", ")).into(),
    ))
}

fn quotes(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    if info.contains("trailing content after double-quoted") {
        return Some((
            spot.here(),
            "text stands after the closing quote".to_owned(),
            "put the whole value in quotes; within single quotes an apostrophe is written twice"
                .into(),
        ));
    }
    if !info.contains("quoted scalar") {
        return None;
    }
    if info.contains("escape") || info.contains("hexadecimal") {
        return Some((
            spot.here(),
            "a backslash in double quotes begins an escape, and this is none".to_owned(),
            "write the value in single quotes, or `\\\\` for a backslash".into(),
        ));
    }
    Some((
        spot.here(),
        "a quote is opened here and never closed".to_owned(),
        "close it on the same line".into(),
    ))
}

/// A line that is only a key, or whose colon has no space after it. YAML then takes the next line
/// for more of it and stumbles over that one's colon.
fn lone_key(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    if !info.contains("mapping values are not allowed") && !info.contains("simple key expect") {
        return None;
    }
    let found = |line: Range<usize>| {
        let content = content(spot.text, &line);
        let whole = spot.text.get(content.clone())?;
        let word = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        };
        if word(whole) {
            return Some((
                span(&content),
                format!("`{whole}` is a key without a value"),
                format!("write `{whole}: value`, or delete the line").into(),
            ));
        }
        let (key, value) = whole.split_once([':', '='])?;
        if !word(key.trim_end()) || value.starts_with("//") {
            return None;
        }
        let (key, value) = (key.trim_end(), value.trim_start());
        let tight = !whole.contains(": ") && !whole.ends_with(':');
        tight.then(|| {
            (
                span(&content),
                format!("after the key `{key}` a colon and a space are missing"),
                Way::from(format!("write `{key}: {value}`")).instead(format!("{key}: {value}")),
            )
        })
    };
    let own = found(spot.line.clone());
    own.or_else(|| found(spot.above()?))
}

fn colon_in_value(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    if !info.contains("mapping values are not allowed") {
        return None;
    }
    let (key, value) = key_and_value(spot.text, &spot.line)?;
    let written = spot.text.get(value.clone())?;
    if spot.at < value.start || written.is_empty() {
        return None;
    }
    let quoted = if written.contains('"') {
        format!("'{}'", written.replace('\'', "''"))
    } else {
        format!("\"{written}\"")
    };
    Some((
        span(&value),
        format!("the value of `{key}` holds a colon, which YAML takes for another key"),
        Way::from(format!("put it in quotes: `{key}: {quoted}`")).instead(quoted),
    ))
}

fn brackets(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    let inside = spot.text.get(spot.front.start..spot.at)?;
    if info.contains("did not find expected key") {
        let before = inside.trim_end();
        let same_line = spot.front.start + before.len() > spot.line.start;
        return (same_line && before.ends_with([']', '}'])).then(|| {
            (
                spot.here(),
                "text stands after the closing bracket".to_owned(),
                "put the whole value in quotes, or everything within the brackets".into(),
            )
        });
    }
    let flow = info.contains("flow")
        || info.contains("illegal placement")
        || info.contains("bracket")
        || info.contains("expected node content");
    if !flow {
        return None;
    }
    let mut open = Vec::new();
    for (at, c) in inside.char_indices() {
        match c {
            '[' | '{' => open.push((spot.front.start + at, c)),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    match open.last() {
        Some(&(at, c)) if at < spot.line.start => Some((
            Span::new(at, at + 1),
            format!("`{c}` is opened here and not closed on its line"),
            format!("close it with `{}`", if c == '[' { ']' } else { '}' }).into(),
        )),
        Some(_) if info.contains("expected node content") => Some((
            spot.here(),
            "a value is missing before this".to_owned(),
            "write the value, or delete the comma".into(),
        )),
        Some(_) => Some((
            spot.here(),
            "a comma or a closing bracket is missing before this".to_owned(),
            "part the values by commas, and put a value that holds `,`, `:` or brackets in quotes"
                .into(),
        )),
        None if info.contains("expected node content") => None,
        None => Some((
            spot.here(),
            "this closing bracket was never opened".to_owned(),
            "delete it, or put the whole value in quotes".into(),
        )),
    }
}

fn indentation(spot: &Spot<'_>, info: &str) -> Option<Mistake> {
    let content = content(spot.text, &spot.line);
    if info.contains("block sequence entries are not allowed") {
        let item = spot
            .text
            .get(spot.at..spot.line.end)?
            .trim_start_matches(['-', ' ']);
        return Some((
            spot.here(),
            "a list cannot begin on the line of its key".to_owned(),
            format!("begin it on the next line, or write it as `[{item}]`").into(),
        ));
    }
    let expected = ["did not find expected", "indentation", "mapping values"];
    if !expected.iter().any(|words| info.contains(words)) {
        return None;
    }
    if spot.line().trim_start().starts_with("- ") {
        return Some((
            span(&spot.line),
            "a list item stands where a key is expected".to_owned(),
            "put it under its key, whose line ends with the colon".into(),
        ));
    }
    Some((
        span(&content),
        "this line is indented otherwise than the lines that it belongs to".to_owned(),
        "begin the keys of one level in the same column".into(),
    ))
}
