//! An entry to be becomes the text of a file.
//!
//! Takes an [`Incoming`] and the handles of all others; gives front matter and body as a person would write them. Every
//! text is read back by the reader of the site: where foreign text would be an error, it is spelled with more care, as words,
//! then as code, and what even so cannot be said is told as lost. A label in a text has raised the entry before
//! ([`super::raise`]), so that no spelling hides what it marks.

use super::incoming::{Incoming, Piece, Prose, Value};
use super::loss::{Losses, Why};
use super::markup;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Kind, Markings, Tlp, Verb};
use crate::parse::front::rewrite::{Given, whole};
use crate::parse::front::tree::{MAX_BYTES, MAX_NODES};
use crate::parse::{self, statics};
use crate::text::TextFile;
use std::collections::HashMap;

/// By what another entry is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handle {
    /// Its kind.
    pub kind: Kind,
    /// Its slug, with its folder where something else bears the same name.
    pub name: String,
    /// Its slug with its folder, which always leads to it.
    pub long: String,
}

/// The handles of all entries of an import, by origin.
pub(super) type Handles = HashMap<String, Handle>;

/// An entry spelled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The keys with their values, in the order in which they came.
    pub values: Vec<(String, Given)>,
    /// The text below the front matter, ending with a line's end; empty where there is none.
    pub body: String,
}

impl Spelled {
    /// The file as a whole.
    pub(super) fn text(&self, kind: Kind) -> String {
        let front = whole(kind, self.values.clone());
        match self.body.is_empty() {
            true => front,
            false => format!("{front}\n{}", self.body),
        }
    }
}

/// How much is done so that a text is read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Care {
    /// Markdown stays.
    Markup,
    /// Nothing is markup.
    Words,
    /// It is code.
    Code,
    /// It is left out.
    Without,
}

impl Care {
    fn more(self) -> Care {
        match self {
            Care::Markup => Care::Words,
            Care::Words => Care::Code,
            Care::Code | Care::Without => Care::Without,
        }
    }
}

/// Spells an entry for the file at `path`.
pub(super) fn spell(
    entry: &Incoming,
    path: &str,
    handles: &Handles,
    markings: &Markings,
) -> (Spelled, Losses) {
    let mut writer = Writer {
        entry,
        handles,
        care: HashMap::new(),
        titled: true,
        losses: Losses::default(),
    };
    // Each round takes more care of what failed, and there are three of it for each key.
    loop {
        writer.losses = Losses::default();
        let mut spelled = writer.spelled();
        let text = writer.fit(&mut spelled);
        let faulty = faulty(path, &text, markings);
        if faulty.is_empty() || !writer.takes_care(&faulty) {
            return (spelled, writer.losses);
        }
    }
}

/// The keys whose values are errors as they are spelled; the empty key is the body.
fn faulty(path: &str, text: &str, markings: &Markings) -> Vec<String> {
    let file = TextFile::new(path, text);
    let parsed = parse::file(&file, markings);
    let wrong = |problem: &&Diagnostic| problem.severity == Severity::Error || problem.firm;
    let keys = parsed.problems.iter().filter(wrong).map(|problem| {
        let at = problem.place.span.map_or(0, |span| span.start as usize);
        key_at(text, at)
    });
    let mut keys: Vec<String> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key in whose value a place stands.
fn key_at(text: &str, at: usize) -> String {
    let front = text.find("\n---\n").unwrap_or(text.len());
    if at > front {
        return String::new();
    }
    let line = text.get(at..).and_then(|rest| rest.find('\n'));
    let before = text.get(..line.map_or(text.len(), |end| at + end));
    let mut heads = before.unwrap_or("").lines().rev();
    let head = heads.find(|line| !line.starts_with([' ', '-', '#', '}', ']']));
    let key = head.and_then(|line| line.split_once(':'));
    key.map_or("", |(key, _)| key).trim_matches('"').to_owned()
}

/// How many values a value is.
fn nodes(value: &Given) -> usize {
    match value {
        Given::Text(_) | Given::Bare(_) => 1,
        Given::List(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        Given::Map(entries) => 1 + nodes_below(entries),
    }
}

/// How many values named ones are: the names are read as values, too.
fn nodes_below(entries: &[(String, Given)]) -> usize {
    entries.iter().map(|(_, value)| 1 + nodes(value)).sum()
}

struct Writer<'e> {
    entry: &'e Incoming,
    handles: &'e Handles,
    /// Of the keys that need more than the least.
    care: HashMap<String, Care>,
    /// Whether the title can be said as it is.
    titled: bool,
    losses: Losses,
}

impl Writer<'_> {
    /// Takes more care of keys; `false` where none is left to take.
    fn takes_care(&mut self, keys: &[String]) -> bool {
        let mut more = false;
        for key in keys {
            if key == "title" {
                more |= std::mem::replace(&mut self.titled, false);
                continue;
            }
            let care = self.care.entry(key.clone()).or_insert(Care::Markup);
            more |= *care != Care::Without;
            *care = care.more();
        }
        more
    }

    fn spelled(&mut self) -> Spelled {
        let entry = self.entry;
        let mut values = vec![("title".to_owned(), Given::Text(self.title()))];
        if let Some(tlp) = entry.tlp {
            values.push(("tlp".to_owned(), Given::Bare(tlp.name().to_owned())));
        }
        for (key, value) in &entry.values {
            let care = self.care.get(key).copied().unwrap_or(Care::Markup);
            if care == Care::Without {
                self.lost(key);
                continue;
            }
            if let Some(value) = self.value(key, value, care) {
                values.push((key.clone(), short(key, value)));
            }
        }
        Spelled {
            values,
            body: self.body(),
        }
    }

    /// Takes items from the longest lists until the front matter is no larger than one may be; gives the text of the file.
    fn fit(&mut self, spelled: &mut Spelled) -> String {
        loop {
            let text = spelled.text(self.entry.kind);
            let nodes = 1 + nodes_below(&spelled.values);
            let bytes = text.len().saturating_sub(spelled.body.len());
            if nodes <= MAX_NODES && bytes <= MAX_BYTES {
                return text;
            }
            let sizes = spelled.values.iter().enumerate();
            let sizes = sizes.map(|(at, (_, value))| (value.to_string().len(), at));
            let longest = sizes.max().map_or(0, |(_, at)| at);
            let Some((key, value)) = spelled.values.get_mut(longest) else {
                return text;
            };
            let property = format!("{}.{key}", self.entry.kind);
            match value {
                Given::List(items) if items.len() > 1 => {
                    let most =
                        (items.len() * MAX_BYTES / bytes).min(items.len() * MAX_NODES / nodes);
                    let most = most.clamp(1, items.len() - 1);
                    for _ in items.drain(most..) {
                        self.losses.note(Why::Lost, &*property, &self.entry.origin);
                    }
                }
                Given::List(_) | Given::Map(_) | Given::Text(_) | Given::Bare(_) => {
                    self.losses.note(Why::Lost, property, &self.entry.origin);
                    spelled.values.remove(longest);
                }
            }
        }
    }

    fn title(&mut self) -> String {
        let title = markup::one_line(&self.entry.title);
        if self.titled && !title.is_empty() {
            return title;
        }
        self.losses.note(
            Why::Changed,
            format!("{}.title", self.entry.kind),
            &self.entry.origin,
        );
        let plain: String = title
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect();
        let words: Vec<&str> = plain
            .split_whitespace()
            .filter(|word| !word.eq_ignore_ascii_case("tlp"))
            .collect();
        match words.is_empty() {
            true => self.entry.kind.name().to_owned(),
            false => words.join(" "),
        }
    }

    fn lost(&mut self, key: &str) {
        let property = format!("{}.{key}", self.entry.kind);
        self.losses.note(Why::Lost, property, &self.entry.origin);
    }

    /// A value; `None` where nothing of it is left.
    fn value(&mut self, key: &str, value: &Value, care: Care) -> Option<Given> {
        match value {
            Value::Text(text) => {
                let text = markup::one_line(text);
                (!text.is_empty()).then_some(Given::Text(text))
            }
            Value::Bare(text) => Some(Given::Bare(markup::one_line(text))),
            Value::Prose(prose) => {
                let text = self.sentence(prose, care);
                (!text.is_empty()).then_some(Given::Text(text))
            }
            Value::Entry(origin) => match self.handles.get(origin) {
                Some(handle) => Some(Given::Text(self.handle(key, handle))),
                None => {
                    let property = format!("{}.{key}", self.entry.kind);
                    self.losses
                        .note(Why::LeadsNowhere, property, &self.entry.origin);
                    None
                }
            },
            Value::List(items) => {
                let items: Vec<Given> = (items.iter())
                    .filter_map(|item| self.value(key, item, care))
                    .collect();
                (!items.is_empty()).then_some(Given::List(items))
            }
            Value::Map(entries) => {
                let mut given = Vec::with_capacity(entries.len());
                for (name, value) in entries {
                    // Marked lower than its entry it would be an error, and bears that of the entry in any case.
                    if name == "tlp" && key != "extra" && self.is_below(value) {
                        continue;
                    }
                    match self.value(key, value, care) {
                        // What is for templates keeps its lists.
                        Some(value) if key == "extra" => given.push((name.clone(), value)),
                        Some(value) => given.push((name.clone(), in_short(name, value))),
                        // What leads nowhere takes with it what is said of it.
                        None if name == "entry" => return None,
                        None => {}
                    }
                }
                (!given.is_empty()).then_some(Given::Map(given))
            }
        }
    }

    /// The name of another entry under a key that takes one kind of entries, or several.
    fn handle(&self, key: &str, handle: &Handle) -> String {
        let of_sources = matches!(key, "sources" | "derived_from") || handle.kind == Kind::Source;
        let kinds = Verb::from_key(key).map_or(1, |verb| verb.allowed_to(self.entry.kind).len());
        match of_sources || kinds == 1 {
            true => handle.name.clone(),
            false => handle.long.clone(),
        }
    }

    /// Whether a value is a marking below that of the entry.
    fn is_below(&self, value: &Value) -> bool {
        let (Value::Text(text) | Value::Bare(text)) = value else {
            return false;
        };
        let own = Tlp::from_name(text);
        own.is_some_and(|own| Some(own) < self.entry.tlp)
    }

    fn sentence(&mut self, prose: &Prose, care: Care) -> String {
        // In a sentence without these nothing is markup, and a backslash is one.
        let plain = |text: &str| !text.contains(['[', '*', '_', '`']);
        let words = prose.0.iter().map(|piece| match piece {
            Piece::Words(text) if plain(text) => Some(text.as_str()),
            Piece::Markdown(text) if plain(text) && !text.contains('<') => Some(text.as_str()),
            Piece::Words(_)
            | Piece::Markdown(_)
            | Piece::Fence { .. }
            | Piece::Heading(_)
            | Piece::Link { .. }
            | Piece::Cite { .. } => None,
        });
        if let (Care::Markup, Some(words)) = (care, words.collect::<Option<Vec<_>>>()) {
            return markup::one_line(&words.concat());
        }
        let text = self.pieces(prose, care, true);
        markup::in_sentence(&markup::one_line(&text))
    }

    fn body(&mut self) -> String {
        let care = self.care.get("").copied().unwrap_or(Care::Markup);
        if care == Care::Without {
            self.lost("body");
            return String::new();
        }
        let text = self.pieces(&self.entry.body, care, false);
        let text = text.trim();
        match text.is_empty() {
            true => String::new(),
            false => format!("{text}\n"),
        }
    }

    /// Pieces one behind the other; citations that follow each other are one.
    fn pieces(&mut self, prose: &Prose, care: Care, inline: bool) -> String {
        let mut out = String::new();
        let mut cites: Vec<String> = Vec::new();
        for piece in &prose.0 {
            if let Piece::Cite { source, at } = piece {
                cites.extend(self.cite(source, at.as_deref(), care));
                continue;
            }
            flush(&mut cites, &mut out);
            let block = |text: String| {
                if inline {
                    format!(" {text} ")
                } else {
                    format!("\n\n{text}\n\n")
                }
            };
            match piece {
                Piece::Words(text) => out.push_str(&spelled_words(text, care, inline)),
                Piece::Markdown(text) => out.push_str(&spelled_markdown(text, care, inline)),
                Piece::Heading(text) => {
                    let text = markup::words(text);
                    out.push_str(&block(if inline { text } else { format!("## {text}") }));
                }
                Piece::Fence {
                    language,
                    text,
                    tlp,
                } if !inline => {
                    let own = tlp.filter(|tlp| Some(*tlp) > self.entry.tlp);
                    let info = match own {
                        Some(tlp) => format!("{language} tlp={}", tlp.name()),
                        None => language.clone(),
                    };
                    out.push_str(&block(markup::fence(&info, text)));
                }
                Piece::Fence { text, .. } => out.push_str(&block(markup::words(text))),
                Piece::Link { to, words } => {
                    let link = self.link(to, words, care);
                    out.push_str(&link);
                }
                Piece::Cite { .. } => {}
            }
        }
        flush(&mut cites, &mut out);
        out
    }

    fn cite(&mut self, source: &str, at: Option<&str>, care: Care) -> Option<String> {
        let Some(handle) = self.handles.get(source) else {
            let property = format!("{}.citation", self.entry.kind);
            self.losses
                .note(Why::LeadsNowhere, property, &self.entry.origin);
            return None;
        };
        let at = at.map(markup::one_line).filter(|_| care == Care::Markup);
        let plain = |c: char| !matches!(c, ';' | ']' | '[' | '`' | '<' | '\\');
        let at = at.map(|at| at.chars().filter(|c| plain(*c)).collect::<String>());
        Some(match at.filter(|at| !at.is_empty()) {
            Some(at) => format!("@{}, {at}", handle.name),
            None => format!("@{}", handle.name),
        })
    }

    fn link(&mut self, to: &str, words: &str, care: Care) -> String {
        let words = markup::one_line(words);
        // A page does not lead to itself.
        if to == self.entry.origin && !words.is_empty() {
            return markup::words(&words);
        }
        let Some(handle) = self.handles.get(to) else {
            let property = format!("{}.link", self.entry.kind);
            self.losses
                .note(Why::LeadsNowhere, property, &self.entry.origin);
            return markup::words(&words);
        };
        let plain = !words.contains(['[', ']', '|', '<', '`', '\\', '#', '^']) && !words.is_empty();
        match plain && care == Care::Markup {
            true => format!("[[{}|{words}]]", handle.name),
            false => format!("[[{}]]", handle.name),
        }
    }
}

fn flush(cites: &mut Vec<String>, out: &mut String) {
    if cites.is_empty() {
        return;
    }
    cites.dedup();
    let text = std::mem::take(cites).join("; ");
    if !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    out.push('[');
    out.push_str(&text);
    out.push(']');
}

fn spelled_words(text: &str, care: Care, inline: bool) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let labelled = || statics::highest(paragraph.as_bytes()).is_some();
        match care {
            Care::Code if labelled() || inline => match inline {
                true => in_code(paragraph),
                false => markup::fence("text", paragraph),
            },
            // The entry is marked as high as the label says: here it is a word.
            Care::Words if labelled() => markup::words(paragraph).replace('(', "\\("),
            Care::Markup | Care::Words | Care::Code | Care::Without => markup::words(paragraph),
        }
    });
    let paragraphs: Vec<String> = paragraphs.filter(|it| !it.is_empty()).collect();
    around(&text, &paragraphs.join("\n\n"))
}

fn spelled_markdown(text: &str, care: Care, inline: bool) -> String {
    match care {
        Care::Markup if inline => around(text, &markup::one_line(&markup::markdown(text))),
        Care::Markup => around(text, &markup::markdown(text)),
        Care::Words | Care::Code | Care::Without => spelled_words(text, care, inline),
    }
}

fn in_code(text: &str) -> String {
    let text = markup::one_line(text).replace('`', "'");
    format!("`{text}`")
}

/// With the space that stood around it, so that what comes before and behind stays apart.
fn around(text: &str, written: &str) -> String {
    let ends = |at: Option<char>| at.is_some_and(char::is_whitespace);
    // A new line may begin an item of a list.
    let space = |lines: usize| match lines {
        0 => " ",
        1 => "\n",
        _ => "\n\n",
    };
    let ends_of = |edge: &str| edge.matches('\n').count();
    let before = match ends(text.chars().next()) {
        true => space(ends_of(&text[..text.len() - text.trim_start().len()])),
        false => "",
    };
    let behind = match ends(text.chars().next_back()) && !written.is_empty() {
        true => space(ends_of(&text[text.trim_end().len()..])),
        false => "",
    };
    format!("{before}{}{behind}", written.trim_matches([' ', '\n']))
}

/// A value as a person writes it: one item without brackets, a reference without a map.
fn short(key: &str, value: Given) -> Given {
    let value = match value {
        Given::List(items) => Given::List(
            items
                .into_iter()
                .map(|item| short_item(key, item))
                .collect(),
        ),
        one => short_item(key, one),
    };
    in_short(key, value)
}

fn in_short(key: &str, value: Given) -> Given {
    match value {
        Given::List(mut items) if items.len() == 1 && key != "changes" => {
            items.pop().unwrap_or(Given::List(Vec::new()))
        }
        value => value,
    }
}

fn short_item(key: &str, item: Given) -> Given {
    let alone = match key {
        "aliases" => "name",
        "sources" => "source",
        _ if Verb::from_key(key).is_some() => "entry",
        _ => return item,
    };
    match item {
        Given::Map(mut entries) if entries.len() == 1 && entries[0].0 == alone => entries
            .pop()
            .map_or(Given::Map(Vec::new()), |(_, value)| value),
        item => item,
    }
}
