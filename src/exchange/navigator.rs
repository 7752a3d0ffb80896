//! Layers of the ATT&CK Navigator: techniques with what somebody says of each.
//!
//! Takes the text of a layer (formats 4.x), or of several in a list; gives a technique for each that is named, under its id, as a
//! layer does not hold names, and a note for the layer that lists them with their scores and comments. How they are coloured
//! and sorted is for the eyes of the one who made it, and is lost. A layer has no marking, so that whatever may be meant for one counts:
//! a field or metadata of such a name, and a label in any text, wherever they stand.

#[cfg(test)]
mod tests;

use super::bibliography::tree::Tree;
use super::bibliography::withheld;
use super::web_page::WebPages;
use super::{Fault, Import, Incoming, Kept, Losses, Markings, Piece, Prose, Value, Why};
use crate::model::{Kind, Tlp, tactic};
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Named values of JSON, in the order of the file.
type Object = serde_json::Map<String, Json>;

/// Fields that say how a layer looks.
const LOOKS: &[&str] = &[
    "filters",
    "sorting",
    "layout",
    "hideDisabled",
    "gradient",
    "legendItems",
    "showTacticRowBackground",
    "tacticRowBackground",
    "selectTechniquesAcrossTactics",
    "selectSubtechniquesWithParent",
    "selectVisibleTechniques",
    "expandedSubtechniques",
    "viewMode",
    "color",
    "showSubtechniques",
];

/// A layer.
#[derive(Deserialize)]
struct Layer {
    name: String,
    domain: Option<String>,
    description: Option<String>,
    versions: Option<Object>,
    techniques: Vec<Json>,
    metadata: Option<Vec<Datum>>,
    links: Option<Vec<Link>>,
    #[serde(flatten)]
    rest: Object,
}

/// A technique in a layer; the same may stand there once for each tactic.
#[derive(Deserialize)]
struct Technique {
    #[serde(rename = "techniqueID")]
    id: String,
    tactic: Option<String>,
    score: Option<Json>,
    comment: Option<String>,
    enabled: Option<bool>,
    metadata: Option<Vec<Datum>>,
    links: Option<Vec<Link>>,
    #[serde(flatten)]
    rest: Object,
}

/// Something said by name; a divider says nothing.
#[derive(Deserialize)]
struct Datum {
    name: Option<String>,
    value: Option<Json>,
}

/// An address with words.
#[derive(Deserialize)]
struct Link {
    label: Option<String>,
    url: Option<String>,
}

/// What is read so far.
struct Reading<'m> {
    markings: &'m Markings,
    /// The tactics under which each technique stands.
    techniques: BTreeMap<String, BTreeSet<String>>,
    notes: Vec<Incoming>,
    pages: WebPages,
    kept: Vec<Kept>,
    losses: Losses,
}

/// Reads a layer, or a list of them.
///
/// # Errors
/// It is none.
pub fn navigator(text: &str, markings: &Markings) -> Result<Import, Fault> {
    let expected =
        "this is no layer of the ATT&CK Navigator, a JSON object with `name` and `techniques`";
    let json: Json = serde_json::from_str(text).map_err(|error| Fault {
        message: format!("{expected}: {error}"),
        line: Some(error.line()).filter(|line| *line > 0),
    })?;
    let layers = match json {
        Json::Array(layers) => layers,
        one => vec![one],
    };
    let layers: Result<Vec<Layer>, _> = layers.iter().map(Layer::deserialize).collect();
    let layers = layers.map_err(|error| Fault {
        message: format!("{expected}: {error}"),
        line: None,
    })?;
    let mut reading = Reading {
        markings,
        techniques: BTreeMap::new(),
        notes: Vec::new(),
        pages: WebPages::default(),
        kept: Vec::new(),
        losses: Losses::default(),
    };
    let whole = Tree::of(text);
    let said = match &whole {
        Tree::List(layers) => layers.iter().collect(),
        one @ (Tree::Map(_) | Tree::Leaf(_)) => vec![one],
    };
    for (layer, said) in layers.into_iter().zip(said) {
        reading.layer(layer, said);
    }
    Ok(reading.finish())
}

impl Reading<'_> {
    fn layer(&mut self, layer: Layer, said: &Tree) {
        let Layer {
            name,
            domain,
            description,
            versions,
            techniques,
            metadata,
            links,
            rest,
        } = layer;
        let number = self.notes.len() + 1;
        let origin = match number {
            1 => format!("layer:{name}"),
            number => format!("layer{number}:{name}"),
        };
        let title = if name.trim().is_empty() {
            "A layer of ATT&CK"
        } else {
            name.trim()
        };
        let mut note = Incoming::new(origin.clone(), Kind::Note, title);
        note.body = Prose::words(description.unwrap_or_default());
        note.body.0.push(Piece::Words("\n\n".to_owned()));
        let mut extra: Vec<(String, Value)> = Vec::new();
        extra.extend(domain.map(|domain| ("domain".to_owned(), domain.into())));
        for (key, version) in versions.into_iter().flatten() {
            extra.extend(text(&version).map(|version| (format!("version_{key}"), version.into())));
        }
        self.mark(said, &mut note);
        for (name, value) in data(metadata) {
            if !extra.iter().any(|(known, _)| *known == name) {
                extra.push((name, value.into()));
            }
        }
        if !extra.is_empty() {
            let extra = vec![("navigator".to_owned(), Value::Map(extra))];
            note.add("extra", Value::Map(extra));
        }
        let mut cited = Vec::new();
        self.links(links, &origin, &mut cited);
        let mut seen = HashSet::new();
        for json in techniques {
            self.technique(json, &mut note, &mut cited, &mut seen);
        }
        let mut seen = HashSet::new();
        let cited = cited.into_iter().filter(|cited| seen.insert(cited.clone()));
        let cited: Vec<Value> = cited.map(Value::Entry).collect();
        note.add("sources", Value::List(cited));
        self.looks("layer", &rest, &origin);
        self.notes.push(note);
    }

    /// Says in a note what a layer says of a technique.
    fn technique(
        &mut self,
        json: Json,
        note: &mut Incoming,
        cited: &mut Vec<String>,
        seen: &mut HashSet<String>,
    ) {
        let origin = note.origin.clone();
        let technique = Technique::deserialize(&json).ok();
        let Some(technique) =
            technique.filter(|technique| tactic::technique(technique.id.trim()).is_some())
        else {
            self.losses.note(Why::Kept, "technique", &origin);
            self.kept.push(Kept {
                origin: format!("{origin}#technique"),
                object: json,
            });
            return;
        };
        let Technique {
            id,
            tactic,
            score,
            comment,
            enabled,
            metadata,
            links,
            rest,
        } = technique;
        let id = id.trim().to_owned();
        let tactics = self.techniques.entry(id.clone()).or_default();
        let tactic = tactic.as_deref().map(titled);
        tactics.extend(tactic.clone());
        let mut said = Vec::new();
        said.extend(
            score
                .as_ref()
                .and_then(text)
                .map(|score| format!("score {score}")),
        );
        if enabled == Some(false) {
            said.push("disabled".to_owned());
        }
        said.extend(
            comment
                .map(|comment| comment.trim().to_owned())
                .filter(|it| !it.is_empty()),
        );
        said.extend(
            data(metadata)
                .into_iter()
                .map(|(name, value)| format!("{name}: {value}")),
        );
        self.links(links, &origin, cited);
        self.looks("technique", &rest, &origin);
        // Without words of its own a tactic only says where the technique stands in the matrix.
        if said.is_empty() && !seen.insert(id.clone()) {
            return;
        }
        seen.insert(id.clone());
        note.body.0.push(Piece::Link {
            to: format!("attack:{id}"),
            words: id,
        });
        let place = tactic
            .map(|tactic| format!(" ({tactic})"))
            .unwrap_or_default();
        let colon = if said.is_empty() { "" } else { ": " };
        let said = format!("{place}{colon}{}\n\n", said.join("; "));
        note.body.0.push(Piece::Words(said));
    }

    /// Marks the note of a layer as anything in that says.
    fn mark(&mut self, said: &Tree, note: &mut Incoming) {
        let mut markings = said.markings();
        metadata(said, &mut markings);
        let headed = said.texts().into_iter().flat_map(withheld::headed);
        markings.extend(headed);
        for (name, text) in markings {
            let level = self.markings.level(&text).unwrap_or_else(|| {
                self.losses.note(Why::Withheld, name, &note.origin);
                Tlp::Red
            });
            note.raise(level);
        }
        let name = withheld::label_in_name(&note.name);
        if let Some(tlp) = said.label().max(name)
            && tlp > note.tlp.unwrap_or(Tlp::Clear)
        {
            self.losses.note(Why::Raised, "layer", &note.origin);
            note.raise(tlp);
        }
    }

    fn links(&mut self, links: Option<Vec<Link>>, origin: &str, cited: &mut Vec<String>) {
        for link in links.into_iter().flatten() {
            let Some(url) = link.url else { continue };
            match self.pages.source(&url) {
                Some(page) => {
                    if link.label.is_some_and(|label| !label.trim().is_empty()) {
                        self.losses.note(Why::Lost, "link.label", origin);
                    }
                    cited.push(page);
                }
                None => self.losses.note(Why::Lost, "link", origin),
            }
        }
    }

    fn looks(&mut self, part: &str, rest: &Object, origin: &str) {
        for (key, value) in rest {
            let empty =
                value.is_null() || value.as_str() == Some("") || *value == Json::Bool(false);
            if means(key, value.as_str().unwrap_or("")) {
                // It marks the note.
            } else if LOOKS.contains(&key.as_str()) && part == "layer" {
                self.losses.note(Why::Lost, "how the layer looks", origin);
            } else if !empty {
                self.losses.note(Why::Lost, format!("{part}.{key}"), origin);
            }
        }
    }

    fn finish(self) -> Import {
        let mut entries = self.notes;
        // A page may be named by an open layer and a closed one; a technique is public.
        let closed = entries.iter().filter_map(|note| note.tlp).max();
        let mut pages = self.pages.into_entries();
        pages.iter_mut().for_each(|page| page.tlp = closed);
        for (id, tactics) in self.techniques {
            let mut technique = Incoming::new(format!("attack:{id}"), Kind::Technique, id.as_str());
            let ids = vec![("attack".to_owned(), Value::Text(id))];
            technique.add("external_ids", Value::Map(ids));
            let tactics: Vec<Value> = tactics.into_iter().map(Value::Text).collect();
            technique.add("tactics", Value::List(tactics));
            technique.tlp = closed;
            entries.push(technique);
        }
        entries.extend(pages);
        Import {
            entries,
            kept: self.kept,
            losses: self.losses,
        }
    }
}

/// Whether a name says with its value who may see something.
fn means(name: &str, said: &str) -> bool {
    !withheld::dates(name, said) && withheld::means(name, said).is_some()
}

/// What is said by name, but for what marks.
fn data(data: Option<Vec<Datum>>) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for datum in data.into_iter().flatten() {
        let value = datum.value.as_ref().and_then(text).unwrap_or_default();
        let name = datum.name.map(|name| name.trim().to_owned());
        let name = name.filter(|name| !name.is_empty() && !means(name, &value));
        if let Some(name) = name.filter(|_| !value.is_empty()) {
            said.push((name, value));
        }
    }
    said
}

/// Names with values in a layer and its techniques that mark, with the text that should be a marking.
fn metadata(said: &Tree, found: &mut Vec<(String, String)>) {
    for datum in said.under("metadata").flat_map(Tree::items) {
        for name in datum.under("name").map(|name| name.text().trim()) {
            let mut values: Vec<&str> = datum.under("value").map(Tree::text).collect();
            if values.is_empty() {
                values.push("");
            }
            for value in values.into_iter().filter(|value| means(name, value)) {
                let text = match withheld::means(name, value) {
                    Some(withheld::Means::Marking) => value,
                    Some(withheld::Means::Kept) | None => "",
                };
                found.push((format!("metadata.{name}"), text.to_owned()));
            }
        }
    }
    for technique in said.under("techniques").flat_map(Tree::items) {
        metadata(technique, found);
    }
}

/// `defense-evasion` as ATT&CK prints it.
fn titled(tactic: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(char::to_uppercase);
        match word {
            "and" | "or" | "of" => word.to_owned(),
            _ => first.into_iter().flatten().chain(letters).collect(),
        }
    };
    let words: Vec<String> = tactic.trim().split('-').map(word).collect();
    words.join(" ")
}

/// A text, a number, or whether.
fn text(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Json::Number(_) | Json::Bool(_) => Some(json.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
