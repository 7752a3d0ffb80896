//! What the markings of an object mean: a level, notices to be shown, and what withholds.
//!
//! (STIX 2.1, 7.2; the ids of TLP 1 stand there, those of TLP 2 in the common object repository of OASIS.)

use super::bundle::{Bundle, Object};
use crate::exchange::{Losses, Markings, Why};
use crate::model::Tlp;
use crate::parse::front::withholding;
use crate::parse::level_of_marking;
use serde_json::Value;

/// What the markings of an object come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marked {
    /// The highest level.
    pub tlp: Option<Tlp>,
    /// Statements: rights and terms, to be shown.
    pub notices: Vec<String>,
    /// What was not understood, or marks a part only.
    withheld: Vec<String>,
}

/// One marking.
enum Meaning {
    Level(Tlp),
    Notice(String),
    /// A notice that is marked itself, by its id: it is not shown.
    Secret(String),
    /// By what it is told.
    Unknown(String),
}

impl Marked {
    pub(super) fn of(object: Object<'_>, bundle: &Bundle, markings: &Markings) -> Marked {
        let mut marked = Marked::default();
        let refs = object.get("object_marking_refs");
        match refs {
            None => {}
            Some(Value::Array(refs)) => {
                for id in refs {
                    marked.add(id.as_str().unwrap_or(""), bundle, markings);
                }
            }
            Some(_) => marked.withhold("object_marking_refs".to_owned()),
        }
        for part in object
            .get("granular_markings")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            marked.add_part(part, bundle, markings);
        }
        if let Some(other) = object.get("granular_markings").filter(|it| !it.is_array()) {
            marked.withhold(format!("granular_markings {other}"));
        }
        for (name, value) in object.properties() {
            if marks(name) && !is_nothing(value) {
                match value.as_str().and_then(|level| markings.level(level)) {
                    Some(tlp) => marked.tlp = marked.tlp.max(Some(tlp)),
                    None => marked.withhold(name.to_owned()),
                }
            }
        }
        marked
    }

    /// Whether it is no higher than a level, so that what bears that may tell of it.
    pub(super) fn is_within(&self, tlp: Option<Tlp>) -> bool {
        self.tlp.unwrap_or_default() <= tlp.unwrap_or_default()
    }

    /// Tells what was withheld.
    pub(super) fn tell(&self, object: Object<'_>, losses: &mut Losses) {
        for what in &self.withheld {
            losses.note(
                Why::Withheld,
                format!("{}: {what}", object.kind()),
                object.id(),
            );
        }
    }

    fn add(&mut self, id: &str, bundle: &Bundle, markings: &Markings) {
        match meaning(id, bundle, markings) {
            Meaning::Level(tlp) => self.tlp = self.tlp.max(Some(tlp)),
            Meaning::Notice(text) => self.notices.push(text),
            Meaning::Secret(id) => self.withheld.push(id),
            Meaning::Unknown(name) => self.withhold(name),
        }
    }

    /// A marking of some properties: nothing here is as small, so that it counts for the whole.
    fn add_part(&mut self, part: &Value, bundle: &Bundle, markings: &Markings) {
        match part["marking_ref"].as_str() {
            Some(id) => match meaning(id, bundle, markings) {
                Meaning::Level(tlp) => {
                    self.tlp = self.tlp.max(Some(tlp));
                    if tlp > Tlp::Clear {
                        self.withheld.push("granular marking".to_owned());
                    }
                }
                Meaning::Notice(text) => self.notices.push(text),
                Meaning::Secret(id) => self.withheld.push(id),
                Meaning::Unknown(name) => self.withhold(format!("granular marking {name}")),
            },
            // Of a language.
            None if part["lang"].is_string() => {}
            None => self.withhold("granular marking".to_owned()),
        }
    }

    fn withhold(&mut self, what: String) {
        self.tlp = Some(Tlp::Red);
        self.withheld.push(what);
    }
}

fn meaning(id: &str, bundle: &Bundle, markings: &Markings) -> Meaning {
    if let Some(tlp) = markings.given(id) {
        return Meaning::Level(tlp);
    }
    // Those of TLP need not stand in the bundle.
    if let Some(tlp) = level_of_marking(id) {
        return Meaning::Level(tlp);
    }
    match bundle.get(id) {
        Some(object) if object.kind() == "marking-definition" => defined(object, markings),
        Some(_) | None => Meaning::Unknown(id.to_owned()),
    }
}

/// Whether a property of an object marks it, by the words that people use for it.
fn marks(name: &str) -> bool {
    let bare = name.strip_prefix("x_").unwrap_or(name);
    let own = matches!(name, "object_marking_refs" | "granular_markings");
    let known = withholding::named(bare).or_else(|| withholding::elsewhere(bare));
    !own && (known == Some("tlp") || name == "x_opencti_granted_refs")
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a marking is marked above clear itself.
fn is_marked(object: Object<'_>, markings: &Markings) -> bool {
    let open = |id: &Value| {
        let id = id.as_str().unwrap_or("");
        let level = markings.given(id).or_else(|| level_of_marking(id));
        level == Some(Tlp::Clear)
    };
    match object.get("object_marking_refs") {
        None => false,
        Some(Value::Array(refs)) => !refs.iter().all(open),
        Some(_) => true,
    }
}

fn defined(object: Object<'_>, markings: &Markings) -> Meaning {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let name = object.get("name").and_then(text);
    let definition = object.get("definition").unwrap_or(&Value::Null);
    if let Some(tlp) = name.as_deref().and_then(|name| markings.given(name)) {
        return Meaning::Level(tlp);
    }
    let extended = object
        .get("extensions")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let mut extended = extended.filter_map(|(_, extension)| extension["tlp_2_0"].as_str());
    let unknown =
        |what: Option<String>| Meaning::Unknown(what.unwrap_or_else(|| object.id().to_owned()));
    if let Some(level) = extended.next() {
        let level = markings.level(level);
        return level.map_or_else(|| unknown(name), Meaning::Level);
    }
    match object.get("definition_type").and_then(Value::as_str) {
        Some("tlp") => {
            let level = definition["tlp"]
                .as_str()
                .and_then(|level| markings.level(level));
            level.map_or_else(|| unknown(name), Meaning::Level)
        }
        Some("statement") => match definition["statement"].as_str() {
            Some(_) if is_marked(object, markings) => Meaning::Secret(object.id().to_owned()),
            Some(statement) => Meaning::Notice(statement.trim().to_owned()),
            None => unknown(name),
        },
        Some(other) => unknown(name.or_else(|| Some(other.to_owned()))),
        None => unknown(name),
    }
}
