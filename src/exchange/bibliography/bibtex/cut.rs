//! A file of BibTeX cut into entries that the parser can take.
//!
//! Takes a text; gives those of its entries that are sound, their strings put in, and where the others begin. Goes over the text
//! once. No entry that it gives is without an end, holds a string that is not known, leads round in circles by its
//! cross-references or is nested deeper than anybody would nest: the parser would go on for ever, or go down.

use super::marks::Marks;
use crate::exchange::{Losses, Why};
use biblatex::{Bibliography, Field, Pair, RawBibliography, RawChunk, RawEntry, Spanned};
use std::collections::{HashMap, HashSet};

/// The most that a value may be long, and hold of braces within braces and of braces at all.
const LONGEST: usize = 200_000;
const DEEPEST: usize = 40;
const MOST: usize = 2_000;

/// Over how many entries a cross-reference may lead.
const FARTHEST: usize = 16;

/// What is in a file.
pub(super) struct Found<'s> {
    /// The sound entries.
    pub(super) entries: Vec<Spanned<RawEntry<'s>>>,
    /// The lines in which the others begin, and what is wrong with them.
    pub(super) broken: Vec<(usize, String)>,
    /// What marks the entries, in their order.
    pub(super) marks: Marks,
}

/// Cuts a text into its entries.
pub(super) fn cut<'s>(text: &'s str, losses: &mut Losses) -> Found<'s> {
    let mut strings: HashMap<String, Field<'s>> = HashMap::new();
    let mut found = Found {
        entries: Vec::new(),
        broken: Vec::new(),
        marks: Marks::default(),
    };
    let pieces = pieces(text);
    let head = pieces.first().map_or(text.len(), |first| first.at);
    let head = text.get(..head).unwrap_or("");
    if !head.trim().is_empty() {
        found.marks.around(head);
        losses.note(Why::Comment, "text between entries", "line 1");
    }
    for piece in pieces {
        let (parsed, rest) = piece.read();
        if !rest.trim().is_empty() {
            found.marks.around(rest);
            losses.note(
                Why::Comment,
                "text between entries",
                &format!("line {}", piece.line),
            );
        }
        match parsed {
            Ok(Parsed::Entry(mut entry)) => {
                put_in(&mut entry, &strings, losses);
                found.marks.entry(&entry.v, |pair, name| {
                    name == "ids" || is_sound(pair, name, &entry.v.kind)
                });
                only_sound(&mut entry, losses);
                found.entries.push(entry);
            }
            Ok(Parsed::Strings(pairs)) => {
                for pair in pairs {
                    define(&mut strings, pair);
                }
            }
            Ok(Parsed::Nothing) => {
                found.marks.around(piece.text);
                losses.note(Why::Comment, "@comment", &format!("line {}", piece.line));
            }
            Err(why) => {
                found.marks.broken(piece.text);
                found.broken.push((piece.line, why));
            }
        }
    }
    only_what_ends(&mut found.entries, losses);
    found
}

/// From one `@` to the next that begins an entry.
struct Piece<'s> {
    at: usize,
    text: &'s str,
    line: usize,
}

enum Parsed<'s> {
    Entry(Spanned<RawEntry<'s>>),
    Strings(Vec<Pair<'s>>),
    Nothing,
}

impl<'s> Piece<'s> {
    /// What it is, and the text behind its end.
    fn read(&self) -> (Result<Parsed<'s>, String>, &'s str) {
        let word = self.text.get(1..).unwrap_or("");
        let word = word
            .get(..word.find(['{', '(', ' ']).unwrap_or(0))
            .unwrap_or("");
        if word.eq_ignore_ascii_case("comment") || word.eq_ignore_ascii_case("preamble") {
            return (Ok(Parsed::Nothing), "");
        }
        let Some(end) = end(self.text) else {
            return (Err("a brace is not closed".to_owned()), "");
        };
        let (text, rest) = self.text.split_at_checked(end).unwrap_or((self.text, ""));
        let mut raw = match RawBibliography::parse(text) {
            Ok(raw) => raw,
            Err(error) => return (Err(error.kind.to_string()), ""),
        };
        let parsed = match raw.entries.pop() {
            Some(entry) => Parsed::Entry(entry),
            None => Parsed::Strings(raw.abbreviations),
        };
        (Ok(parsed), rest)
    }
}

/// The pieces of a text. An entry begins where a line does, or after the end of the one before it.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let (mut line, mut at_start, mut depth) = (1, true, 0_usize);
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        let begins =
            byte == b'@' && (at_start || depth == 0) && is_head(text.get(at..).unwrap_or(""));
        match byte {
            b'@' if begins => {
                depth = 0;
                starts.push((at, line));
            }
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => depth = depth.saturating_sub(1),
            b'\n' => line += 1,
            _ => {}
        }
        at_start = byte == b'\n' || at_start && byte.is_ascii_whitespace();
        escaped = byte == b'\\' && !escaped;
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let all = starts.iter().zip(ends);
    all.filter_map(|((at, line), end)| {
        let text = text.get(*at..end)?;
        Some(Piece {
            at: *at,
            text,
            line: *line,
        })
    })
    .collect()
}

/// Whether a text begins as an entry does: `@report{key,`, `@string{`.
fn is_head(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or("");
    let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = rest.split_at(word);
    let Some(rest) = rest.trim_start().strip_prefix(['{', '(']) else {
        return false;
    };
    let special = ["string", "comment", "preamble"];
    if special
        .iter()
        .any(|special| word.eq_ignore_ascii_case(special))
    {
        return true;
    }
    let key = rest.trim_start();
    let end = key
        .bytes()
        .position(|byte| byte == b',' || byte == b'}' || byte.is_ascii_whitespace());
    let after = end.map(|end| key.get(end..).unwrap_or("").trim_start());
    !word.is_empty() && after.is_some_and(|after| after.starts_with([',', '}']))
}

/// Where the brace that opens an entry is closed.
fn end(text: &str) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

/// Takes up a string, in which those before it are put in; one that grows beyond all measure is none.
fn define<'s>(strings: &mut HashMap<String, Field<'s>>, pair: Pair<'s>) {
    let value = expanded(&pair.value.v, strings);
    if length(&value) <= LONGEST && value.len() <= MOST {
        strings.insert(pair.key.v.to_lowercase(), value);
    }
}

fn expanded<'s>(field: &Field<'s>, strings: &HashMap<String, Field<'s>>) -> Field<'s> {
    let mut whole = Vec::with_capacity(field.len());
    for chunk in field {
        match chunk.v {
            RawChunk::Abbreviation(name) => match strings.get(&name.to_lowercase()) {
                Some(value) => whole.extend(value.iter().cloned()),
                None => whole.push(chunk.clone()),
            },
            RawChunk::Normal(_) => whole.push(chunk.clone()),
        }
        if whole.len() > MOST {
            break;
        }
    }
    whole
}

fn length(field: &Field<'_>) -> usize {
    let lengths = field.iter().map(|chunk| match chunk.v {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.len(),
    });
    lengths.sum()
}

/// Puts strings into the fields of an entry. The names of months are left to the parser; what else is not known stands for
/// itself.
fn put_in<'s>(
    entry: &mut Spanned<RawEntry<'s>>,
    strings: &HashMap<String, Field<'s>>,
    losses: &mut Losses,
) {
    let (kind, key) = (entry.v.kind.v.to_lowercase(), entry.v.key.v);
    for pair in &mut entry.v.fields {
        let mut value = expanded(&pair.value.v, strings);
        let is_month = pair.key.v.eq_ignore_ascii_case("month");
        for chunk in &mut value {
            if let RawChunk::Abbreviation(name) = chunk.v {
                if !is_month {
                    losses.note(
                        Why::Changed,
                        format!("@{kind}.{}", pair.key.v.to_lowercase()),
                        key,
                    );
                }
                chunk.v = RawChunk::Normal(name);
            }
        }
        pair.value.v = value;
    }
}

/// Leaves out the fields that the parser cannot take.
fn only_sound(entry: &mut Spanned<RawEntry<'_>>, losses: &mut Losses) {
    let (kind, key) = (entry.v.kind.clone(), entry.v.key.v);
    let mut seen = HashSet::new();
    entry.v.fields.retain(|pair| {
        // Other names of an entry would lead the parser astray, and nothing here names them.
        let name = pair.key.v.to_lowercase();
        let once = seen.insert(name.clone());
        let sound = once && name != "ids" && is_sound(pair, &name, &kind);
        if !sound {
            losses.note(Why::Lost, format!("@{}.{name}", kind.v.to_lowercase()), key);
        }
        sound
    });
}

fn is_sound(pair: &Pair<'_>, name: &str, kind: &Spanned<&str>) -> bool {
    let value = &pair.value.v;
    let plain = value.iter().all(|chunk| match chunk.v {
        RawChunk::Normal(text) => is_shallow(text),
        RawChunk::Abbreviation(_) => false,
    });
    if !plain || length(value) > LONGEST || value.len() > MOST {
        return false;
    }
    // A cross-reference is followed later.
    let name = if matches!(name, "crossref" | "xdata") {
        "note"
    } else {
        name
    };
    let alone = RawEntry {
        key: Spanned::new("x", 0..0),
        kind: kind.clone(),
        fields: vec![Pair::new(Spanned::new(name, 0..0), pair.value.clone())],
    };
    let alone = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::new(alone, 0..0)],
        abbreviations: Vec::new(),
    };
    Bibliography::from_raw(alone).is_ok()
}

pub(super) fn is_shallow(text: &str) -> bool {
    let (mut depth, mut all) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'{' => (depth, all) = (depth + 1, all + 1),
            b'}' => depth = depth.saturating_sub(1),
            b'$' => all += 1,
            _ => {}
        }
        if depth > DEEPEST || all > MOST {
            return false;
        }
    }
    true
}

/// Leaves out the cross-references that lead round in circles, or over more entries than anybody would write.
fn only_what_ends(entries: &mut [Spanned<RawEntry<'_>>], losses: &mut Losses) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        places.entry(entry.v.key.v).or_insert(at);
    }
    let leads: Vec<Vec<usize>> = entries
        .iter()
        .map(|entry| leads(&entry.v, &places))
        .collect();
    // How many entries each is made of; none where that is not known to end.
    let mut sizes: Vec<Option<usize>> = vec![None; entries.len()];
    for _ in 0..FARTHEST {
        let mut next = sizes.clone();
        for (own, leads) in next.iter_mut().zip(&leads) {
            let whole = leads
                .iter()
                .map(|at| sizes.get(*at).copied().flatten())
                .sum::<Option<usize>>();
            *own = whole.map(|size| size + 1).filter(|size| *size <= FARTHEST);
        }
        if next == sizes {
            break;
        }
        sizes = next;
    }
    for (entry, size) in entries.iter_mut().zip(sizes) {
        if size.is_none() {
            let (kind, key) = (entry.v.kind.v.to_lowercase(), entry.v.key.v);
            entry.v.fields.retain(|pair| !is_lead(pair));
            losses.note(Why::LeadsNowhere, format!("@{kind}.crossref"), key);
        }
    }
}

pub(super) fn is_lead(pair: &Pair<'_>) -> bool {
    pair.key.v.eq_ignore_ascii_case("crossref") || pair.key.v.eq_ignore_ascii_case("xdata")
}

/// The entries that an entry takes fields from.
fn leads(entry: &RawEntry<'_>, places: &HashMap<&str, usize>) -> Vec<usize> {
    let mut found = Vec::new();
    for pair in entry.fields.iter().filter(|pair| is_lead(pair)) {
        let texts = pair.value.v.iter().map(|chunk| match chunk.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
        });
        let text: String = texts.collect();
        // The parser takes braces, spaces and signs of LaTeX out of a name; where such stand, every name may be meant.
        let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || ":_-+./,".contains(c);
        if !text.chars().all(plain) || text.contains("--") {
            found.extend([usize::MAX]);
        }
        let names = text.split(',').map(str::trim).chain([text.as_str()]);
        found.extend(names.filter_map(|name| places.get(name).copied()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Names under which no two entries are the same to the parser: the keys, and numbers for what stands under one again.
pub(super) fn numbered(entries: &[Spanned<RawEntry<'_>>]) -> Vec<Option<String>> {
    let mut known: HashSet<&str> = HashSet::new();
    let again = entries.iter().enumerate().map(|(at, entry)| {
        let first = known.insert(entry.v.key.v);
        (!first).then(|| format!("\u{0} {at}"))
    });
    again.collect()
}

/// The same entries under those names.
pub(super) fn with_keys<'s>(
    entries: Vec<Spanned<RawEntry<'s>>>,
    names: &'s [Option<String>],
) -> Vec<Spanned<RawEntry<'s>>> {
    let all = entries.into_iter().zip(names);
    let named = all.map(|(mut entry, name)| {
        if let Some(name) = name {
            entry.v.key.v = name;
        }
        entry
    });
    named.collect()
}
