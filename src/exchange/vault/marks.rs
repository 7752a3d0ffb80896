//! What marks a note beside its property `tlp`.
//!
//! Takes names with what they say, tags, comments and fields in a text; gives what each means for who may see the note. Rather
//! too much is taken for a marking than too little, and the list of losses names it.

use super::Reading;
use crate::exchange::Why;
use crate::exchange::bibliography::withheld::{self, Means};
use crate::exchange::incoming::Incoming;
use crate::model::Tlp;
use crate::parse::front::split::Format;
use crate::parse::front::withholding;
use std::ops::Range;

/// Names that, before a slash in a tag, head a marking and nothing else.
const HEADS: &[&str] = &[
    "caveat",
    "classification",
    "clearance",
    "confidentiality",
    "handling",
    "marking",
    "markings",
    "protectivemarking",
    "secrecy",
    "sensitivity",
    "trafficlight",
];

/// Tags that alone say that a note is not for all.
const ALONE: &[&str] = &[
    "classified",
    "confidential",
    "draft",
    "private",
    "restricted",
    "secret",
    "topsecret",
    "unpublished",
];

/// What a tag says of who may see a note: the text that should be a marking. None of one that only groups.
pub(super) fn of_tag(tag: &str) -> Option<&str> {
    let word = |part: &str| withholding::compact(part);
    let alone = tag.rsplit('/').next().map(word);
    if alone.is_some_and(|last| ALONE.contains(&last.as_str())) {
        return Some("");
    }
    let mut rest = tag;
    while let Some((head, behind)) = rest.split_once('/') {
        let head = word(head);
        if HEADS.contains(&head.as_str()) || withholding::named(&head) == Some("tlp") {
            return Some(behind);
        }
        rest = behind;
    }
    None
}

/// The comments among properties.
pub(super) fn comments(front: &str, format: Format) -> Vec<&str> {
    // How far the head of a text of several lines is indented.
    let mut block: Option<usize> = None;
    let mut found = Vec::new();
    for line in front.lines() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if block.is_some_and(|head| indent > head) || bare.is_empty() {
            continue;
        }
        block = None;
        found.extend(comment(line, format));
        let said = line.trim_end().trim_end_matches(['+', '-']);
        if format == Format::Yaml && said.ends_with(['|', '>']) && !bare.starts_with('#') {
            block = Some(indent);
        }
    }
    found
}

/// The comment at the end of a line, or as the whole of it.
fn comment(line: &str, format: Format) -> Option<&str> {
    let (mut quote, mut before, mut escaped) = (None, ' ', false);
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') if before.is_whitespace() || format == Format::Toml => {
                return line.get(at + 1..);
            }
            // Within a word a quotation mark is an apostrophe.
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (Some(open), c) if c == open && !escaped => quote = None,
            (None | Some(_), _) => {}
        }
        escaped = c == '\\' && !escaped && quote == Some('"');
        before = c;
    }
    None
}

/// Everything behind a `#` in a line, whether or not it is a comment.
pub(super) fn behind_signs(front: &str) -> impl Iterator<Item = &str> {
    front
        .lines()
        .filter_map(|line| line.split_once('#').map(|(_, behind)| behind))
}

/// Fields in a text, as Dataview reads them, outside of code: `name:: value` as a line, `[name:: value]` within one.
pub(super) fn fields<'t>(text: &'t str, code: &[Range<usize>]) -> Vec<(&'t str, &'t str)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for (sign, _) in line.match_indices("::") {
            let place = at + sign;
            let next = code.partition_point(|code| code.end <= place);
            if code.get(next).is_some_and(|code| code.contains(&place)) {
                continue;
            }
            let before = last(line.get(..sign).unwrap_or(""));
            let around = before.rfind(['[', '(', ']', ')', '|']);
            let name = around.map_or(before, |at| before.get(at + 1..).unwrap_or(""));
            let opening = around.and_then(|at| before.get(at..));
            let bracketed = opening.is_some_and(|before| before.starts_with(['[', '(']));
            let sign_of_markup = |c: char| !c.is_alphanumeric();
            let name = name.trim_matches(sign_of_markup);
            let value = first(line.get(sign + 2..).unwrap_or(""));
            let value = match bracketed {
                true => value.split([']', ')']).next().unwrap_or(value),
                false => value.split('|').next().unwrap_or(value),
            };
            found.push((name, value.trim()));
        }
        at += line.len();
    }
    found
}

/// The longest name and value of a field, in bytes.
const LONGEST: usize = 256;

fn first(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

fn last(text: &str) -> &str {
    let mut start = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or("")
}

/// Whether lines that may be properties, in what could not be read as such, say who may see a note.
pub(super) fn perhaps(text: &str) -> bool {
    let lines = text.lines().skip(1);
    let top = lines.take_while(|line| !line.trim().is_empty());
    let mut fields = top.filter_map(|line| line.split_once([':', '=']));
    fields.any(|(name, value)| {
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let value = value.trim();
        !withheld::dates(name, value) && withheld::means(name, value).is_some()
    })
}

impl Reading<'_> {
    /// What the path, the comments and the fields of a note mark.
    pub(super) fn beside(&mut self, note: &super::Note<'_>, entry: &mut Incoming) {
        self.raise(withheld::label_in_name(note.path), "path", note.path, entry);
        // The address is made of it.
        let title = withheld::label_in_name(&entry.name);
        self.raise(title, "title", note.path, entry);
        for comment in comments(note.top, note.format) {
            self.losses
                .note(Why::Comment, "comment in the properties", note.path);
            self.remark(comment, "comment in the properties", note.path, entry);
        }
        for text in behind_signs(note.top) {
            let label = withheld::label(text);
            self.raise(label, "comment in the properties", note.path, entry);
        }
    }

    /// Raises a note to a label, and tells it.
    pub(super) fn raise(
        &mut self,
        label: Option<Tlp>,
        what: &str,
        path: &str,
        entry: &mut Incoming,
    ) {
        if let Some(tlp) = label
            && tlp > entry.tlp.unwrap_or(Tlp::Clear)
        {
            self.losses.note(Why::Raised, what, path);
            entry.raise(tlp);
        }
    }

    /// What a comment marks, which is for nobody to read: labels, tags, and names of markings with what they say.
    pub(super) fn remark(&mut self, text: &str, what: &str, path: &str, entry: &mut Incoming) {
        self.raise(withheld::label(text), what, path, entry);
        for (name, said) in withheld::headed(text) {
            entry.raise(self.level(&name, &said, path));
        }
        let words = text.split_whitespace();
        let tags = words.filter_map(|word| word.strip_prefix('#'));
        for said in tags.filter_map(of_tag) {
            entry.raise(self.level("tags", said, path));
        }
    }

    /// Marks a note as the fields in its text say.
    pub(super) fn fielded(&mut self, fields: &[(&str, &str)], path: &str, entry: &mut Incoming) {
        for (name, said) in fields {
            self.named(name, said, path, entry);
        }
    }

    /// Marks a note or keeps it back as a name says with its value; `false` where it says nothing of that.
    pub(super) fn named(
        &mut self,
        name: &str,
        said: &str,
        path: &str,
        entry: &mut Incoming,
    ) -> bool {
        if withheld::dates(name, said) {
            return false;
        }
        match withheld::means(name, said) {
            Some(Means::Marking) => {
                let said = said.trim_matches(['[', ']', '#', '*', '"']);
                let tlp = self.level(name, &said.replace('/', ":"), path);
                entry.raise(tlp);
                true
            }
            // A field of a template that nobody filled in.
            Some(Means::Kept) if said.is_empty() => false,
            Some(Means::Kept) => {
                self.keep_back(name, path, entry);
                true
            }
            None => false,
        }
    }

    /// Makes a draft of what is not to be published, in whatever words.
    pub(super) fn keep_back(&mut self, name: &str, path: &str, entry: &mut Incoming) {
        self.losses.note(Why::Withheld, name, path);
        if entry.value("draft").is_none() {
            entry.add("draft", "true");
        }
    }
}
