//! Layers of the ATT&CK Navigator (format 4.5): the techniques that entries use, with how many use each and who says so.
//!
//! A layer is of one domain. Where techniques are of several, the file is a list of layers, as the Navigator takes it, that with
//! the most techniques first. Of a use that is denied nothing stands here, as a layer has no way to say so.

use super::said::{Said, Sort, statements};
use super::{Subject, marking};
use crate::model::{Details, Entry, Marked, PageId, Tlp, Verb, What, tactic};
use crate::plan::address;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// A layer. Signs are those of the format.
#[derive(Debug, Serialize)]
struct Layer<'a> {
    name: &'a str,
    versions: Versions<'a>,
    domain: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    sorting: u8,
    techniques: Vec<Technique>,
    gradient: Gradient,
    metadata: Vec<Datum>,
    links: Vec<Link>,
    #[serde(rename = "hideDisabled")]
    hide_disabled: bool,
}

#[derive(Debug, Serialize)]
struct Versions<'a> {
    attack: &'a str,
    navigator: &'static str,
    layer: &'static str,
}

#[derive(Debug, Serialize)]
struct Technique {
    #[serde(rename = "techniqueID")]
    id: String,
    /// How many use it.
    score: usize,
    /// Who, how and by how many sources, each on a line.
    comment: String,
    enabled: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metadata: Vec<Datum>,
    links: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Datum {
    name: &'static str,
    value: &'static str,
}

#[derive(Debug, Serialize)]
struct Link {
    label: String,
    url: String,
}

/// What scores are coloured by.
#[derive(Debug, Serialize)]
struct Gradient {
    colors: [&'static str; 2],
    #[serde(rename = "minValue")]
    least: usize,
    #[serde(rename = "maxValue")]
    most: usize,
}

/// What is found of a technique.
#[derive(Default)]
struct Found {
    users: BTreeSet<PageId>,
    lines: Vec<String>,
    links: Vec<Link>,
    tlp: Tlp,
}

/// Writes the layer, or the layers.
pub(super) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut domains: BTreeMap<&str, BTreeMap<String, Found>> = BTreeMap::new();
    let release = subject.release();
    let asked: BTreeSet<PageId> = subject.ids().into_iter().collect();
    let stating = match subject.of {
        None => asked.clone(),
        Some(_) => {
            let incoming = { asked.iter() }.flat_map(|id| release.incoming(subject.site, *id));
            asked
                .iter()
                .copied()
                .chain(incoming.map(|it| it.from))
                .collect()
        }
    };
    for by in stating {
        let entry = release.page(by);
        let said = statements(release, entry);
        for (relation, said) in entry.statements.iter().zip(said) {
            let What::Relation(what) = &relation.what else {
                continue;
            };
            // Of some entries, what they use, and of techniques, who uses them.
            let is_asked = asked.contains(&by) || asked.contains(&what.target);
            if what.verb != Verb::Uses || what.denied || !is_asked {
                continue;
            }
            let target = release.page(what.target);
            let Details::Technique { .. } = &target.details else {
                continue;
            };
            let shown = marking::statement(release, entry, relation);
            for (_, id) in target
                .external_ids
                .iter()
                .filter(|(name, _)| name == "attack")
            {
                let id_is = id.value.trim();
                if tactic::technique(id_is).is_none() {
                    continue;
                }
                let of = domain(subject, target, id_is);
                let found = domains.entry(of).or_default();
                let found = found.entry(id_is.to_owned()).or_default();
                if found.links.is_empty() {
                    found.links.push(Link {
                        label: target.title.clone(),
                        url: address::absolute(subject.config, &target.route()),
                    });
                }
                found.users.insert(by);
                found.lines.push(line(entry, &said));
                found.tlp = found.tlp.max(shown).max(id.tlp.unwrap_or_default());
            }
        }
    }
    if domains.is_empty() {
        domains.insert("enterprise-attack", BTreeMap::new());
    }
    let mut domains: Vec<_> = domains.into_iter().collect();
    domains.sort_by_key(|(name, found)| (Reverse(found.len()), *name));
    let layers = domains
        .into_iter()
        .map(|(domain, found)| layer(subject, domain, found));
    let layers: Vec<Layer<'_>> = layers.collect();
    match &layers[..] {
        [one] => serde_json::to_writer_pretty(&mut *out, one)?,
        several => serde_json::to_writer_pretty(&mut *out, several)?,
    }
    out.write_all(b"\n")
}

fn layer<'a>(subject: &Subject<'a>, domain: &'a str, found: BTreeMap<String, Found>) -> Layer<'a> {
    let config = subject.config;
    let most = found.values().map(|it| it.users.len()).max().unwrap_or(1);
    let highest = found.values().map(|it| it.tlp).max().unwrap_or_default();
    let tlp = |tlp: Tlp| Datum {
        name: "TLP",
        value: tlp.label(),
    };
    let techniques = found.into_iter().map(|(id, found)| Technique {
        id,
        score: found.users.len(),
        comment: found.lines.join("\n"),
        enabled: true,
        metadata: (found.tlp > Tlp::Clear)
            .then(|| tlp(found.tlp))
            .into_iter()
            .collect(),
        links: found.links,
    });
    Layer {
        name: &config.title,
        versions: Versions {
            attack: &config.attack.version,
            navigator: "5.1.0",
            layer: "4.5",
        },
        domain,
        description: config.description.as_deref(),
        sorting: 0,
        techniques: techniques.collect(),
        gradient: Gradient {
            colors: ["#dfe7f5", "#5b7fb5"],
            least: 0,
            most,
        },
        metadata: vec![tlp(highest)],
        links: vec![Link {
            label: config.title.clone(),
            url: config.base_url.clone(),
        }],
        hide_disabled: false,
    }
}

/// The domain of a technique: that of its tactics, else by its id.
fn domain<'a>(subject: &Subject<'a>, technique: &Entry<PageId>, id: &str) -> &'a str {
    let attack = &subject.config.attack;
    let mut tactics: &[Marked<String>] = &[];
    if let Details::Technique { tactics: told } = &technique.details {
        tactics = told;
    }
    let of = tactics.iter().filter_map(|tactic| {
        let (matrix, _) = attack.find(&tactic.value, Some(id))?;
        attack.matrices.get(matrix).filter(|matrix| !matrix.own)
    });
    let domain = of.map(|matrix| matrix.domain.as_str()).next();
    domain.unwrap_or(match id.starts_with("T0") {
        true => "ics-attack",
        false => "enterprise-attack",
    })
}

/// Who uses it, how, how likely that is, by how many sources.
fn line(entry: &Entry<PageId>, said: &Said<'_>) -> String {
    let mut line = entry.title.clone();
    if let Some(note) = &said.note {
        line.push_str(": ");
        line.push_str(&super::text::one_line(note));
    }
    let likely = said.confidence.map(|it| it.words.to_owned());
    let sources: BTreeSet<&str> = said.sources.iter().map(|it| it.source).collect();
    let sources = match sources.len() {
        0 => None,
        1 => Some("1 source".to_owned()),
        count => Some(format!("{count} sources")),
    };
    let when = match (&said.when, &said.what) {
        (
            Some(when),
            Sort::Relation {
                until: Some(until), ..
            },
        ) => Some(format!("{} until {}", when.text, until.text)),
        (Some(when), _) => Some(when.text.clone()),
        (
            None,
            Sort::Relation {
                until: Some(until), ..
            },
        ) => Some(format!("until {}", until.text)),
        (None, _) => None,
    };
    let remarks: Vec<String> = [when, likely, sources].into_iter().flatten().collect();
    if !remarks.is_empty() {
        line.push_str(&format!(" ({})", remarks.join(", ")));
    }
    line
}
