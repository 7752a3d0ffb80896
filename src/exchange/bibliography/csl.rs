//! CSL-JSON, which Zotero, Pandoc and citeproc write: a list of items, or an object with them under `items`.
//!
//! Takes the text of a file; gives an [`Import`] of sources. An item that is none is told as lost, and the others are read.

use super::meanings::{accessed, sort};
use super::reference::Reference;
use super::tree::{self, Tree};
use crate::exchange::{Fault, Import, Losses, Value, Why};
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Reads a file of CSL-JSON.
///
/// # Errors
/// The text is no JSON, or no list of items.
pub fn read(text: &str) -> Result<Import, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let file: File = serde_json::from_str(text).map_err(|error| Fault {
        message: format!("it is no CSL-JSON, which is a list of references, `[{{ \"id\": …, \"type\": … }}]`: {error}"),
        line: Some(error.line()).filter(|line| *line > 0),
    })?;
    let items = match file {
        File::List(items) | File::Named { items } => items,
        File::One(item) => vec![Json::Object(item.into_iter().collect())],
    };
    let mut losses = Losses::default();
    let mut references = Vec::with_capacity(items.len());
    let said = Said::of(text);
    for (at, item) in items.into_iter().enumerate() {
        match serde_json::from_value::<Item>(item) {
            Ok(item) => {
                let mut reference = item.reference(at);
                said.mark(at, &mut reference);
                references.push(reference);
            }
            Err(_) => losses.note(
                Why::Lost,
                "item that cannot be read",
                &format!("item {}", at + 1),
            ),
        }
    }
    Ok(super::import(references, losses))
}

/// The whole of a file, in which nothing is lost: what marks may stand beside what is read, or twice.
struct Said {
    items: Vec<Tree>,
    /// What stands beside the items, and is said of all.
    around: Tree,
}

impl Said {
    fn of(text: &str) -> Said {
        let nothing = Tree::Map(Vec::new());
        match Tree::of(text) {
            Tree::List(items) => Said {
                items,
                around: nothing,
            },
            Tree::Map(entries) if entries.iter().any(|(name, _)| name == "items") => {
                let (items, around): (Vec<_>, Vec<_>) =
                    entries.into_iter().partition(|(name, _)| name == "items");
                let items = items.into_iter().next_back().map(|(_, items)| items);
                Said {
                    items: items.map_or_else(Vec::new, |items| items.items().to_vec()),
                    around: Tree::Map(around),
                }
            }
            one @ (Tree::Map(_) | Tree::Leaf(_)) => Said {
                items: vec![one],
                around: nothing,
            },
        }
    }

    /// Marks a reference as its item says anywhere, and what stands around all.
    fn mark(&self, at: usize, it: &mut Reference) {
        let Some(item) = self.items.get(at) else {
            it.markings.push(("item".to_owned(), String::new()));
            return;
        };
        let read: HashSet<String> = it.markings.iter().map(|(name, _)| name.clone()).collect();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for (field, _) in item.entries() {
            *times.entry(field).or_default() += 1;
        }
        for (field, value) in item.entries() {
            let known = read.contains(field) && times.get(field.as_str()) == Some(&1);
            match tree::marking(field, value) {
                // Of a name that is repeated the last alone is read already.
                Some(text) if !known => it.markings.push((field.clone(), text)),
                Some(_) => {}
                None if known => {}
                None => {
                    let within = value.markings().into_iter();
                    let within = within.map(|(name, text)| (format!("{field}.{name}"), text));
                    it.markings.extend(within);
                }
            }
            it.labels
                .extend(value.label().map(|tlp| (field.clone(), tlp)));
        }
        it.markings.extend(self.around.markings());
        let around = self.around.label();
        it.labels.extend(around.map(|tlp| ("file".to_owned(), tlp)));
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    List(Vec<Json>),
    Named { items: Vec<Json> },
    One(BTreeMap<String, Json>),
}

/// An item; whatever else it says is under `rest`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Item {
    #[serde(default)]
    id: Text,
    #[serde(default, alias = "citekey")]
    citation_key: Text,
    #[serde(default)]
    r#type: Text,
    #[serde(default)]
    title: Text,
    #[serde(default)]
    genre: Text,
    #[serde(default)]
    author: Vec<Name>,
    #[serde(default)]
    issued: Option<Date>,
    #[serde(default)]
    accessed: Option<Date>,
    #[serde(default, rename = "URL")]
    url: Text,
    #[serde(default, rename = "DOI")]
    doi: Text,
    #[serde(default, rename = "ISBN")]
    isbn: Text,
    #[serde(default, rename = "ISSN")]
    issn: Text,
    #[serde(default, rename = "PMID")]
    pmid: Text,
    #[serde(default, rename = "archive_location")]
    archive_location: Text,
    #[serde(default)]
    container_title: Text,
    #[serde(default)]
    publisher: Text,
    #[serde(default)]
    authority: Text,
    #[serde(default)]
    language: Text,
    #[serde(default)]
    r#abstract: Text,
    #[serde(default)]
    note: Text,
    #[serde(default)]
    annote: Text,
    #[serde(default)]
    keyword: Text,
    #[serde(flatten)]
    rest: serde_json::Map<String, Json>,
}

/// A text, which some programs write as a number, as a list of one, or leave out by `null`.
#[derive(Default)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
        Json::deserialize(from).map(|json| Text(plain(&json)))
    }
}

fn plain(json: &Json) -> String {
    match json {
        Json::Null => String::new(),
        Json::Bool(it) => it.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            items.join(", ")
        }
        Json::Object(_) => json.to_string(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Name {
    #[serde(default)]
    family: Text,
    #[serde(default)]
    given: Text,
    #[serde(default)]
    literal: Text,
    #[serde(default)]
    suffix: Text,
    #[serde(default)]
    dropping_particle: Text,
    #[serde(default)]
    non_dropping_particle: Text,
}

impl Name {
    fn written(&self) -> String {
        if !self.literal.0.is_empty() {
            return self.literal.0.clone();
        }
        let parts = [
            &self.given,
            &self.dropping_particle,
            &self.non_dropping_particle,
            &self.family,
            &self.suffix,
        ];
        let parts = parts.into_iter().map(|part| part.0.trim());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}

/// A date in parts, in words, or as some programs write it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Date {
    Parts(Parts),
    Plain(Text),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Parts {
    #[serde(default)]
    date_parts: Vec<Vec<Text>>,
    #[serde(default)]
    season: Text,
    #[serde(default)]
    circa: Text,
    #[serde(default)]
    literal: Text,
    #[serde(default)]
    raw: Text,
}

impl Date {
    /// The date as a text, and whether that says all of it.
    fn written(&self) -> (String, bool) {
        let parts = match self {
            Date::Plain(text) => return (text.0.clone(), true),
            Date::Parts(parts) => parts,
        };
        let dates = parts.date_parts.iter().map(|date| {
            let date = date.iter().map(|part| part.0.trim());
            let date: Vec<&str> = date.filter(|part| !part.is_empty()).collect();
            date.join("-")
        });
        let dates: Vec<String> = dates.filter(|date| !date.is_empty()).collect();
        let whole = parts.season.0.is_empty();
        if dates.is_empty() {
            let words = [&parts.raw, &parts.literal];
            let words = words.into_iter().find(|words| !words.0.is_empty());
            return (words.map_or(String::new(), |words| words.0.clone()), whole);
        }
        let circa = !matches!(parts.circa.0.as_str(), "" | "false" | "0");
        // EDTF marks a rough date at its end.
        let rough = |date: &String| {
            if circa {
                format!("{date}~")
            } else {
                date.clone()
            }
        };
        let dates: Vec<String> = dates.iter().map(rough).collect();
        (dates.join("/"), whole)
    }
}

impl Item {
    fn reference(self, at: usize) -> Reference {
        let form = match self.r#type.0.trim() {
            "" => "item".to_owned(),
            form => form.to_owned(),
        };
        let key = [&self.citation_key, &self.id]
            .into_iter()
            .find(|key| !key.0.trim().is_empty());
        let mut it = Reference {
            key: key.map_or_else(|| format!("item {}", at + 1), |key| key.0.trim().to_owned()),
            named: key.is_some(),
            sort: sort(&self.genre.0).or_else(|| sort_of(&form)),
            form,
            title: unmarked(&self.title.0),
            authors: self.author.iter().map(Name::written).collect(),
            ..Reference::default()
        };
        if it.title != self.title.0 {
            it.change("title");
        }
        self.publish(&mut it);
        self.identify(&mut it);
        self.say(&mut it);
        let form = it.form.clone();
        it.keep("type", form);
        it.keep("genre", self.genre.0);
        for (name, value) in self.rest {
            match Names::of(&value) {
                Some(names) => it.keep(&name, names),
                None => it.keep(&name, kept(&value)),
            }
        }
        it
    }

    fn publish(&self, it: &mut Reference) {
        let container = ("container-title".to_owned(), self.container_title.0.clone());
        let publisher = ("publisher".to_owned(), self.publisher.0.clone());
        let authority = ("authority".to_owned(), self.authority.0.clone());
        // A chapter is published by who published the book, an article by its paper.
        let in_book = matches!(
            it.form.as_str(),
            "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary"
        );
        it.publishers = match in_book {
            true => vec![publisher, container, authority],
            false => vec![container, authority, publisher],
        };
        for (date, name) in [(&self.issued, "issued"), (&self.accessed, "accessed")] {
            let Some(date) = date else { continue };
            let (text, whole) = date.written();
            if !whole {
                it.change(name);
            }
            let said = (!text.trim().is_empty()).then(|| (name.to_owned(), text));
            match name {
                "issued" => it.date = said,
                _ => it.accessed = said,
            }
        }
    }

    fn identify(&self, it: &mut Reference) {
        let some = |text: &Text| Some(text.0.clone()).filter(|text| !text.trim().is_empty());
        it.urls.extend(some(&self.url));
        it.doi = some(&self.doi);
        let name = |name: &str| name.to_owned();
        it.archived = some(&self.archive_location).map(|text| (name("archive_location"), text));
        it.language = some(&self.language).map(|text| (name("language"), text));
        for (name, id) in [
            ("isbn", &self.isbn),
            ("issn", &self.issn),
            ("pmid", &self.pmid),
        ] {
            it.ids.extend(some(id).map(|id| (name.to_owned(), id)));
        }
    }

    fn say(&self, it: &mut Reference) {
        for (name, text) in [("note", &self.note), ("annote", &self.annote)] {
            let read = accessed(&text.0);
            match read {
                Some(day) if it.accessed.is_none() => it.accessed = Some((name.to_owned(), day)),
                _ => it.notes.push(text.0.clone()),
            }
        }
        let words = unmarked(&self.r#abstract.0);
        if words != self.r#abstract.0 {
            it.change("abstract");
        }
        it.abstracts.push(words);
        let separator = if self.keyword.0.contains(';') {
            ';'
        } else {
            ','
        };
        it.tags = self.keyword.0.split(separator).map(str::to_owned).collect();
    }
}

/// The words of `type` for the types of CSL; none for those that say where a text stands and not what it is.
fn sort_of(form: &str) -> Option<&'static str> {
    match form {
        "item" | "webpage" | "document" | "post" | "manuscript" | "article" => None,
        form => sort(form).or(Some("other")),
    }
}

/// People, as most properties of CSL that are lists have them.
struct Names;

impl Names {
    fn of(value: &Json) -> Option<Value> {
        let names: Vec<Name> = match value {
            Json::Array(items) if !items.is_empty() && items.iter().all(Json::is_object) => {
                serde_json::from_value(value.clone()).ok()?
            }
            _ => return None,
        };
        let names: Vec<String> = names.iter().map(Name::written).collect();
        let told = names.iter().all(|name| !name.is_empty());
        told.then(|| match names.as_slice() {
            [one] => one.clone().into(),
            _ => names.into(),
        })
    }
}

fn kept(json: &Json) -> Value {
    match json {
        Json::Object(entries) if entries.contains_key("date-parts") => {
            let date = serde_json::from_value::<Date>(json.clone());
            date.map_or_else(
                |_| Value::Text(json.to_string()),
                |date| date.written().0.into(),
            )
        }
        Json::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| (name.clone(), kept(value)));
            Value::Map(entries.collect())
        }
        Json::Array(items) => Value::List(items.iter().map(kept).collect()),
        plain_one @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) => {
            plain(plain_one).into()
        }
    }
}

/// A text of CSL without the few tags that it may hold: `<i>`, `<span class="nocase">`.
fn unmarked(text: &str) -> String {
    const TAGS: [&str; 9] = [
        "i",
        "b",
        "sub",
        "sup",
        "sc",
        "span",
        "p",
        "jats:p",
        "jats:title",
    ];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (head, tail) = rest.split_at(at);
        plain.push_str(head);
        let end = tail
            .get(1..)
            .and_then(|tail| tail.find(['<', '>']))
            .map(|end| end + 1);
        let tag = end.filter(|end| tail.get(*end..).is_some_and(|tail| tail.starts_with('>')));
        let name = tag.and_then(|end| tail.get(1..end)).unwrap_or("");
        let bare = name
            .trim_matches('/')
            .split_whitespace()
            .next()
            .unwrap_or("");
        let known = TAGS.contains(&bare);
        if known && bare.ends_with('p') && bare != "sup" && name.starts_with('/') {
            plain.push_str("\n\n");
        }
        match (known, tag) {
            (true, Some(end)) => rest = tail.get(end + 1..).unwrap_or(""),
            _ => {
                plain.push('<');
                rest = tail.get(1..).unwrap_or("");
            }
        }
    }
    plain.push_str(rest);
    plain
}
