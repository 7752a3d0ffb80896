//! A reference, whatever the form that it came in, and the source that it becomes.
//!
//! Takes what a reader of one form found under the names of that form; gives an entry whose values are those that front
//! matter reads. What cannot be read as what it should be stays under `extra` as it was, and is told.

use super::meanings::{doi, in_path, language, readable};
use super::withheld;
use crate::exchange::{Incoming, Losses, Markings, Piece, Prose, Value, Why};
use crate::exchange::{web_page, written};
use crate::model::{self, Address, Date, Kind, Tlp};
use crate::parse;
use crate::parse::front::rewrite::{Given, whole};
use crate::text::TextFile;
use std::collections::{BTreeMap, HashSet};

/// What one reference says.
#[derive(Debug, Default)]
pub(super) struct Reference {
    /// Its name in the file.
    pub(super) key: String,
    /// Whether that name is one that a person gave it.
    pub(super) named: bool,
    /// What it is in its own form, as losses name it: `@article`, `report`, `RPRT`.
    pub(super) form: String,
    /// The same in the words of `type`, where one of them fits.
    pub(super) sort: Option<&'static str>,
    /// The title; without one there is no entry.
    pub(super) title: String,
    /// Who wrote it.
    pub(super) authors: Vec<String>,
    /// Who may have published it, under the names of the form, the likeliest first.
    pub(super) publishers: Vec<(String, String)>,
    /// When it was published, with the name of the property.
    pub(super) date: Option<(String, String)>,
    /// When it was read.
    pub(super) accessed: Option<(String, String)>,
    /// Its addresses; the first is that of the source.
    pub(super) urls: Vec<String>,
    /// The address of an archived copy.
    pub(super) archived: Option<(String, String)>,
    /// Its DOI, in whatever spelling.
    pub(super) doi: Option<String>,
    /// The language, as a tag or by its English name.
    pub(super) language: Option<(String, String)>,
    /// Remarks on it.
    pub(super) notes: Vec<String>,
    /// What it says in short.
    pub(super) abstracts: Vec<String>,
    /// Words to group it by.
    pub(super) tags: Vec<String>,
    /// Its names in catalogues.
    pub(super) ids: Vec<(String, String)>,
    /// What else it says, under the names of the form.
    pub(super) extra: Vec<(String, Value)>,
    /// Who may see it, under the name of the form.
    pub(super) markings: Vec<(String, String)>,
    /// Labels in what it says and in what it is part of, under the name of the form, whether or not an entry has a place
    /// for the text.
    pub(super) labels: Vec<(String, Tlp)>,
    /// What became of parts of it in the reader.
    pub(super) told: Vec<(Why, String)>,
}

impl Reference {
    /// Keeps what is no key of a source, or reads it as a marking where its name says that it is one.
    pub(super) fn keep(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match withheld::marking(name, &value) {
            Some(text) => self.markings.push((name.to_owned(), text)),
            None if holds_key(&value) => {
                self.markings.push((name.to_owned(), String::new()));
                self.lose(name);
            }
            None if is_of_the_tool(name) => self.lose(name),
            None => self.extra.push((name.to_owned(), value)),
        }
    }

    /// Takes note of what a text marks, wherever it goes.
    pub(super) fn hear(&mut self, name: &str, text: &str) {
        let label = withheld::label(text).filter(|tlp| *tlp > Tlp::Clear);
        self.labels.extend(label.map(|tlp| (name.to_owned(), tlp)));
    }

    /// The same of remarks, in which a line may be a marking of another scheme.
    fn heed_remarks(&mut self) {
        let remarks = self.notes.iter().chain(&self.abstracts);
        let headed = remarks.flat_map(|text| withheld::headed(text));
        self.markings.extend(headed);
    }

    /// Tells that a property is gone.
    pub(super) fn lose(&mut self, name: &str) {
        self.told.push((Why::Lost, name.to_owned()));
    }

    /// Tells that a property is said otherwise than it was.
    pub(super) fn change(&mut self, name: &str) {
        self.told.push((Why::Changed, name.to_owned()));
    }

    /// The source that it becomes; nothing where it has no title.
    pub(super) fn entry(mut self, losses: &mut Losses) -> Option<Incoming> {
        let title = one_line(&self.title);
        if title.is_empty() {
            losses.note(
                Why::Lost,
                format!("{} without a title", self.form),
                &self.key,
            );
            return None;
        }
        let mut entry = Incoming::new(self.key.clone(), Kind::Source, title);
        if self.named
            && let Some(name) = readable(&self.key)
        {
            entry.name = name;
        }
        self.dates(&mut entry);
        entry.add("tags", each_once(&self.tags));
        entry.add("authors", each_once(&self.authors));
        self.names(&mut entry);
        self.addresses(&mut entry);
        entry.add("type", self.sort.unwrap_or(""));
        self.language(&mut entry);
        entry.body = self.body();
        self.heed_remarks();
        self.mark(&mut entry, losses);
        self.rest(&mut entry);
        for (why, name) in &self.told {
            losses.note(*why, format!("{}.{name}", self.form), &self.key);
        }
        Some(entry)
    }

    fn dates(&mut self, entry: &mut Incoming) {
        if let Some((name, text)) = self.date.take() {
            match written::date(&text) {
                Some(date) => {
                    if let Ok(read) = Date::from_text(&date.text) {
                        entry.apart.push(read.year().to_string());
                    }
                    entry.add("date", date.text);
                    if !date.whole {
                        self.change(&name);
                    }
                }
                None => self.unread(&name, &text),
            }
        }
        if let Some((name, text)) = self.accessed.take() {
            match written::day(&text) {
                // The hour at which somebody opened a page says nothing of it.
                Some(day) => entry.add("accessed", day.text),
                None => self.unread(&name, &text),
            }
        }
    }

    fn names(&mut self, entry: &mut Incoming) {
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for (name, id) in std::mem::take(&mut self.ids) {
            match ids.get(&name) {
                Some(other) if *other != id => self.keep(&name, id),
                Some(_) => {}
                None => drop(ids.insert(name, id)),
            }
        }
        let ids = ids.into_iter().map(|(name, id)| (name, Value::Text(id)));
        entry.add("external_ids", Value::Map(ids.collect()));
    }

    fn addresses(&mut self, entry: &mut Incoming) {
        let doi = self.doi.as_deref().and_then(doi);
        match (&doi, self.doi.take()) {
            (Some(doi), _) => {
                entry.add(
                    "external_ids",
                    Value::Map(vec![("doi".to_owned(), doi.clone().into())]),
                );
            }
            (None, Some(text)) => self.keep("doi", text),
            (None, None) => {}
        }
        let mut more = Vec::new();
        let mut url = None;
        for text in std::mem::take(&mut self.urls) {
            match Address::web(text.trim()) {
                Ok(address) if url.is_none() => url = Some(address),
                Ok(address) if url.as_ref() == Some(&address) => {}
                Ok(address) => more.push(address.to_string()),
                Err(_) => self.unread("url", &text),
            }
        }
        if url.is_none()
            && let Some(doi) = &doi
        {
            url = Address::web(&format!("https://doi.org/{}", in_path(doi))).ok();
        }
        match more.as_slice() {
            [] => {}
            [one] => self.keep("urls", one.clone()),
            _ => self.keep("urls", more),
        }
        self.publisher(entry, url.as_ref());
        if let Some(url) = url {
            entry.add("url", url.to_string());
        }
        if let Some((name, text)) = self.archived.take() {
            match Address::web(text.trim()) {
                Ok(address) => entry.add("archived", address.to_string()),
                Err(_) => self.keep(&name, text),
            }
        }
    }

    /// The first who may have published it, else the host of its address, else nobody who is known.
    fn publisher(&mut self, entry: &mut Incoming, url: Option<&Address>) {
        let all = std::mem::take(&mut self.publishers);
        let all = all.into_iter().map(|(form, name)| (form, one_line(&name)));
        let mut all: Vec<(String, String)> = all.filter(|(_, name)| !name.is_empty()).collect();
        // What no page can show as a name is none: without this the entry would be without a publisher once it is spelled.
        let first = all.iter().position(|(_, name)| names_somebody(name));
        let publisher = first.map(|at| all.remove(at).1);
        let host = || {
            let host = url.and_then(|url| web_page::host(url.as_str()))?;
            (host != "doi.org").then_some(host)
        };
        let publisher = publisher
            .or_else(host)
            .unwrap_or_else(|| "Unknown".to_owned());
        for (name, text) in all {
            // Under `extra` it would take the rest of that with it.
            match names_somebody(&text) {
                true if text != publisher => self.keep(&name, text),
                true => {}
                false => self.lose(&name),
            }
        }
        entry.add("publisher", publisher);
    }

    fn language(&mut self, entry: &mut Incoming) {
        let Some((name, text)) = self.language.take() else {
            return;
        };
        match language(&text) {
            Some(tag) => entry.add("language", tag),
            None => self.keep(&name, text),
        }
    }

    fn body(&self) -> Prose {
        let paragraphs = |texts: &[String]| {
            let texts = texts.iter().map(|text| text.trim());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            texts.join("\n\n")
        };
        let (notes, abstracts) = (paragraphs(&self.notes), paragraphs(&self.abstracts));
        let mut pieces = Vec::new();
        if !notes.is_empty() {
            pieces.push(Piece::Words(notes));
        }
        if !abstracts.is_empty() {
            // Whose words they are is to be seen.
            pieces.push(Piece::Heading("Abstract".to_owned()));
            pieces.push(Piece::Words(abstracts));
        }
        Prose(pieces)
    }

    fn mark(&mut self, entry: &mut Incoming, losses: &mut Losses) {
        let markings = Markings::default();
        let mut seen = HashSet::new();
        let mut said = std::mem::take(&mut self.markings);
        // What is read in two ways is told once.
        said.retain(|marking| seen.insert(marking.clone()));
        for (name, text) in said {
            let level = markings.level(&text).unwrap_or_else(|| {
                losses.note(Why::Withheld, format!("{}.{name}", self.form), &self.key);
                Tlp::Red
            });
            entry.raise(level);
        }
        let name = withheld::label_in_name(&self.key).max(withheld::label_in_name(&entry.name));
        let labels = std::mem::take(&mut self.labels).into_iter();
        let labels = labels.chain(name.map(|tlp| ("key".to_owned(), tlp)));
        let highest = labels.max_by_key(|(_, tlp)| *tlp);
        if let Some((name, tlp)) = highest
            && tlp > entry.tlp.unwrap_or(Tlp::Clear)
        {
            losses.note(Why::Raised, format!("{}.{name}", self.form), &self.key);
            entry.raise(tlp);
        }
    }

    /// What cannot be read as what it should be.
    fn unread(&mut self, name: &str, text: &str) {
        self.change(name);
        self.keep(name, text.trim());
    }

    fn rest(&mut self, entry: &mut Incoming) {
        let mut all: Vec<(String, Value)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (name, value) in std::mem::take(&mut self.extra) {
            if matches!(&value, Value::Text(text) if text.trim().is_empty()) {
                continue;
            }
            match places.get(&name).and_then(|at| all.get_mut(*at)) {
                Some((_, Value::List(items))) => items.push(value),
                Some((_, other)) if *other == value => {}
                Some((_, other)) => {
                    let one = std::mem::replace(other, Value::List(Vec::new()));
                    *other = Value::List(vec![one, value]);
                }
                None => {
                    places.insert(name.clone(), all.len());
                    all.push((name, value));
                }
            }
        }
        entry.add("extra", Value::Map(all));
    }
}

/// Whether a name within a value withholds, which nothing under `extra` can.
fn holds_key(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(holds_key),
        Value::Map(entries) => entries
            .iter()
            .any(|(name, value)| withheld::marking(name, value).is_some() || holds_key(value)),
        Value::Text(_) | Value::Bare(_) | Value::Prose(_) | Value::Entry(_) => false,
    }
}

/// Whether front matter may hold a name as that of a publisher: one of which nothing is left to be read is none.
fn names_somebody(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " .,&'’()-/".contains(c);
    if name.chars().all(plain) && name.contains(char::is_alphanumeric) {
        return true;
    }
    let values = [("title", "T"), ("tlp", "red"), ("publisher", name)];
    let values = values.map(|(key, text)| (key.to_owned(), Given::Text(text.to_owned())));
    let text = whole(Kind::Source, values.to_vec());
    let file = TextFile::new("content/sources/t.md", text.as_str());
    let parsed = parse::file(&file, &model::Markings::default());
    let wrong =
        |it: &crate::diag::Diagnostic| it.severity == crate::diag::Severity::Error || it.firm;
    !parsed.problems.iter().any(wrong)
}

/// Properties by which reference managers keep their own accounts: files on a disk, folders, who typed it.
fn is_of_the_tool(name: &str) -> bool {
    const OWN: [&str; 16] = [
        "file",
        "pdf",
        "local-url",
        "localurl",
        "owner",
        "username",
        "timestamp",
        "groups",
        "creationdate",
        "modificationdate",
        "read",
        "ranking",
        "qualityassured",
        "priority",
        "printed",
        "date-modified",
    ];
    const PREFIXES: [&str; 5] = ["bdsk-", "mendeley-", "citeulike-", "zotero-", "date-added"];
    let name = name.to_lowercase();
    OWN.contains(&name.as_str()) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// One text for each, in their order; one alone stands alone.
fn each_once(texts: &[String]) -> Value {
    let mut all: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for text in texts.iter().map(|text| one_line(text)) {
        if !text.is_empty() && seen.insert(text.clone()) {
            all.push(text);
        }
    }
    match all.as_slice() {
        [one] => one.clone().into(),
        _ => all.into(),
    }
}

/// A text on one line, with single spaces.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
