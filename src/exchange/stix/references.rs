//! References become sources, one each, however often they are cited.
//!
//! Two are the same where their addresses are, or, without one, their names and descriptions.

use super::bundle::{Bundle, Object};
use super::marked::Marked;
use super::own;
use crate::exchange::web_page::{host, normal};
use crate::exchange::written;
use crate::exchange::{Import, Incoming, Markings, Value};
use crate::model::{Address, Kind, Tlp};
use crate::parse::statics;
use serde_json::Value as Json;
use std::collections::HashMap;

/// All references of a file.
#[derive(Debug, Default)]
pub(super) struct References {
    sources: Vec<Source>,
    by_key: HashMap<String, usize>,
    by_origin: HashMap<String, usize>,
    /// What an object calls a source: its own names go before those of others.
    by_name: HashMap<(String, String), String>,
    anywhere: HashMap<String, String>,
    /// The object of an ATT&CK id.
    pages: HashMap<String, String>,
    /// The object of a page of the dossier that made the bundle.
    own_pages: HashMap<String, String>,
    /// The reports that are sources of the dossier that made the bundle, by their names.
    reports: HashMap<String, String>,
}

#[derive(Debug)]
struct Source {
    origin: String,
    name: String,
    description: String,
    url: Option<String>,
    hashes: Vec<(String, String)>,
    /// The lowest marking of the objects that list it.
    tlp: Option<Tlp>,
}

/// The names under which ATT&CK and others give the id of an object itself.
const CATALOGUES: [(&str, &str); 7] = [
    ("mitre-attack", "attack"),
    ("mitre-ics-attack", "attack"),
    ("mitre-mobile-attack", "attack"),
    ("mitre-pre-attack", "attack"),
    ("cve", "cve"),
    ("capec", "capec"),
    ("cwe", "cwe"),
];

/// The catalogue of a reference that is an id: `attack` and `G0082`.
pub(super) fn catalogued(reference: &Json) -> Option<(String, String)> {
    let name = reference["source_name"].as_str()?;
    let id = reference["external_id"].as_str()?.trim();
    let known = CATALOGUES
        .iter()
        .find(|(own, _)| own.eq_ignore_ascii_case(name));
    let name = match known {
        Some((_, name)) => (*name).to_owned(),
        None => crate::model::slug::slugify(name),
    };
    (!id.is_empty() && !name.is_empty()).then(|| (name, id.to_owned()))
}

impl References {
    pub(super) fn of(bundle: &Bundle, markings: &Markings) -> References {
        let mut references = References::default();
        for object in bundle.all().filter(|object| !object.is_gone()) {
            references.add_own(object);
        }
        for object in bundle.all().filter(|object| !object.is_gone()) {
            let own = Marked::of(object, bundle, markings).tlp;
            let tlp = own.max(
                object
                    .properties()
                    .filter_map(|(_, value)| label(value))
                    .max(),
            );
            for reference in listed(object) {
                references.add(object, reference, tlp);
            }
        }
        references
    }

    /// Takes down what an object that this program made is called in the others.
    fn add_own(&mut self, object: Object<'_>) {
        let Some(own) = own::of(object) else { return };
        let id = || object.id().to_owned();
        if let Some(page) = own["page"].as_str() {
            self.own_pages.insert(page.to_owned(), id());
        }
        let name = listed(object).find_map(|it| it["source_name"].as_str());
        if let (Some(name), "report") = (name, object.kind()) {
            self.reports.insert(name.to_owned(), id());
        }
    }

    fn add(&mut self, object: Object<'_>, reference: &Json, tlp: Option<Tlp>) {
        let text = |name: &str| reference[name].as_str().unwrap_or("").trim();
        let (name, description, url) = (text("source_name"), text("description"), text("url"));
        if catalogued(reference).is_some() {
            if let Some(("attack", id)) = catalogued(reference)
                .as_ref()
                .map(|(name, id)| (name.as_str(), id))
            {
                self.pages.insert(id.clone(), object.id().to_owned());
            }
            return;
        }
        if own::of(object).is_some() {
            if let Some(report) = self.reports.get(name) {
                let report = report.clone();
                self.by_name
                    .insert((object.id().to_owned(), name.to_owned()), report);
                return;
            }
            // Its own page.
            if self.own_pages.contains_key(url) || own::is_dossier(object) {
                return;
            }
        }
        if name.is_empty() || is_of_a_name(reference) || (description.is_empty() && url.is_empty())
        {
            return;
        }
        let key = match url.is_empty() {
            true => format!("{name}\n{description}"),
            false => normal(url).unwrap_or_else(|| url.to_owned()),
        };
        let at = *self.by_key.entry(key.clone()).or_insert_with(|| {
            self.sources.push(Source {
                origin: format!("reference: {}", key.replace('\n', " · ")),
                name: name.to_owned(),
                description: description.to_owned(),
                url: Some(url.to_owned()).filter(|url| !url.is_empty()),
                hashes: hashes(reference),
                tlp,
            });
            self.sources.len() - 1
        });
        let Some(source) = self.sources.get_mut(at) else {
            return;
        };
        // What is known of it, an object said: the lowest of those that do, and nothing of a higher one.
        if tlp < source.tlp {
            source.tlp = tlp;
            name.clone_into(&mut source.name);
            description.clone_into(&mut source.description);
            source.url = Some(url.to_owned()).filter(|url| !url.is_empty());
            source.hashes = hashes(reference);
        }
        let origin = source.origin.clone();
        self.by_origin.insert(origin.clone(), at);
        self.by_name
            .insert((object.id().to_owned(), name.to_owned()), origin.clone());
        self.anywhere.entry(name.to_owned()).or_insert(origin);
    }

    /// The source that an object cites by a name.
    pub(super) fn cited(&self, object: &str, name: &str) -> Option<String> {
        let own = self.by_name.get(&(object.to_owned(), name.to_owned()));
        own.or_else(|| self.anywhere.get(name)).cloned()
    }

    /// The object that a page of ATT&CK is about.
    pub(super) fn page(&self, url: &str) -> Option<String> {
        if let Some(own) = self.own_pages.get(url) {
            return Some(own.clone());
        }
        let path = url
            .trim()
            .split_once("://")?
            .1
            .strip_prefix("attack.mitre.org/")?;
        let mut parts = path.trim_end_matches('/').split('/').skip(1);
        let id = match (parts.next(), parts.next()) {
            (Some(id), Some(part)) => format!("{id}.{part}"),
            (Some(id), None) => id.to_owned(),
            (None, _) => return None,
        };
        self.pages.get(&id).cloned()
    }

    /// The sources of an object, in the order of its references.
    pub(super) fn sources(&self, object: Object<'_>) -> Vec<String> {
        let names = listed(object).filter_map(|reference| reference["source_name"].as_str());
        let mut sources: Vec<String> = Vec::new();
        for name in names {
            let own = self
                .by_name
                .get(&(object.id().to_owned(), name.trim().to_owned()));
            sources.extend(own.filter(|own| !sources.contains(own)).cloned());
        }
        sources
    }

    /// Whom the publisher of a source is, told by its address.
    pub(super) fn publisher(&self, origin: &str) -> Option<String> {
        let source = self.sources.get(*self.by_origin.get(origin)?)?;
        source.url.as_deref().and_then(host)
    }

    /// Adds the sources to the entries.
    pub(super) fn finish(self, import: &mut Import) {
        import
            .entries
            .extend(self.sources.iter().map(Source::entry));
    }
}

/// A reference that says who uses a name: its name is one of the object's, and its description nothing but citations.
pub(super) fn is_of_a_name(reference: &Json) -> bool {
    let description = reference["description"].as_str().unwrap_or("").trim();
    description.starts_with("(Citation:") && reference["url"].as_str().is_none()
}

pub(super) fn listed<'b>(object: Object<'b>) -> impl Iterator<Item = &'b Json> {
    object
        .get("external_references")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
}

/// The highest label in the texts of a value.
fn label(value: &Json) -> Option<Tlp> {
    match value {
        Json::Null | Json::Bool(_) | Json::Number(_) => None,
        Json::String(text) => statics::highest(text.as_bytes()),
        Json::Array(items) => items.iter().filter_map(label).max(),
        Json::Object(entries) => entries.values().filter_map(label).max(),
    }
}

fn hashes(reference: &Json) -> Vec<(String, String)> {
    let hashes = reference["hashes"].as_object().into_iter().flatten();
    hashes
        .filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.to_owned())))
        .collect()
}

impl Source {
    fn entry(&self) -> Incoming {
        let said = Described::of(&self.description, &self.name);
        let mut entry = Incoming::new(self.origin.clone(), Kind::Source, said.title);
        entry.name.clone_from(&self.name);
        entry
            .apart
            .extend(said.date.iter().map(|date| date.chars().take(4).collect()));
        entry.reference = true;
        entry.tlp = self.tlp;
        let (own, archived) = match self.url.as_deref() {
            Some(url) => unarchived(url),
            None => (None, None),
        };
        let is_web = |url: &&str| Address::web(url).is_ok();
        let (url, archived) = (own.filter(is_web), archived.filter(is_web));
        let publisher = own.and_then(host).or(said.authors.clone());
        entry.add("publisher", publisher.unwrap_or_else(|| self.name.clone()));
        entry.add("authors", said.authors.unwrap_or_default());
        entry.add("date", said.date.unwrap_or_default());
        entry.add("accessed", said.accessed.unwrap_or_default());
        entry.add("url", url.unwrap_or_default());
        entry.add("archived", archived.unwrap_or_default());
        let mut extra = Vec::new();
        if url.is_none() && archived.is_none() {
            extra.extend(
                self.url
                    .iter()
                    .map(|url| ("url".to_owned(), Value::Text(url.clone()))),
            );
        }
        if !self.hashes.is_empty() {
            let hashes = self.hashes.iter();
            let hashes = hashes
                .map(|(name, hash)| (name.clone(), Value::Text(hash.clone())))
                .collect();
            extra.push(("hashes".to_owned(), Value::Map(hashes)));
        }
        entry.add("extra", Value::Map(extra));
        entry
    }
}

/// An address, and that of the archived copy that it is of, where it is one.
fn unarchived(url: &str) -> (Option<&str>, Option<&str>) {
    let copy = url
        .split_once("://")
        .filter(|(_, rest)| rest.starts_with("web.archive.org/web/"));
    let own = copy.and_then(|(_, rest)| rest.find("http").and_then(|at| rest.get(at..)));
    match own {
        Some(own) => (Some(own), Some(url)),
        None => (Some(url), None),
    }
}

/// What the description of a reference says, where it is written as ATT&CK does:
/// `Hinchliffe, A. Santos, D. (2020, June 26). Threat Assessment: EKANS. Retrieved February 9, 2021.`
#[derive(Debug, PartialEq, Eq)]
struct Described {
    title: String,
    authors: Option<String>,
    date: Option<String>,
    accessed: Option<String>,
}

impl Described {
    fn of(description: &str, name: &str) -> Described {
        let (text, accessed) = match description.rsplit_once("Retrieved ") {
            Some((text, day)) => (
                text.trim(),
                written::day(day.trim_matches(['.', ' '])).map(|day| day.text),
            ),
            None => (description.trim(), None),
        };
        let whole = |title: &str| {
            let title = title.trim().trim_end_matches('.').trim();
            let title = if title.is_empty() || title.len() > 300 {
                name
            } else {
                title
            };
            title.to_owned()
        };
        let parts = text.split_once(" (").and_then(|(authors, rest)| {
            let (date, title) = rest.split_once(')')?;
            let is_date = date.starts_with(|c: char| c.is_ascii_digit()) || date == "n.d.";
            is_date.then_some((authors, date, title.trim_start_matches(['.', ' ', ','])))
        });
        match parts {
            Some((authors, date, title)) => Described {
                title: whole(title),
                authors: Some(without_stop(authors)).filter(|it| !it.is_empty() && it.len() < 200),
                date: self::date(date),
                accessed,
            },
            None => Described {
                title: whole(text),
                authors: None,
                date: None,
                accessed,
            },
        }
    }
}

/// Authors without the full stop behind them, but for that of an initial.
fn without_stop(authors: &str) -> String {
    let authors = authors.trim().trim_end_matches(',');
    let last = authors
        .trim_end_matches('.')
        .rsplit([' ', '.'])
        .next()
        .unwrap_or("");
    match last.chars().count() > 2 && last != "al" {
        true => authors.trim_end_matches('.').to_owned(),
        false => authors.to_owned(),
    }
}

/// `2020, June 26`, `2020, June`, `2020`; with letters that tell publications of a year apart.
fn date(text: &str) -> Option<String> {
    let (year, rest) = text.split_once(',').unwrap_or((text, ""));
    let year = year
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_lowercase());
    written::date(&format!("{year} {rest}")).map(|date| date.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_read_as_attack_writes_them() {
        let read = |text: &str| Described::of(text, "Name");
        let full = read(
            "Hinchliffe, A. Santos, D. (2020, June 26). Threat Assessment: EKANS. Retrieved February 9, 2021.",
        );
        assert_eq!(full.title, "Threat Assessment: EKANS");
        assert_eq!(full.authors.as_deref(), Some("Hinchliffe, A. Santos, D."));
        assert_eq!(full.date.as_deref(), Some("2020-06-26"));
        assert_eq!(full.accessed.as_deref(), Some("2021-02-09"));
        let undated = read("Mandiant. (n.d.). APT1. Retrieved July 18, 2016.");
        assert_eq!((undated.title.as_str(), undated.date), ("APT1", None));
        assert_eq!(read("Just words.").title, "Just words");
        assert_eq!(read("").title, "Name");
    }
}
