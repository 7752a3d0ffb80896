//! The page of settings is held to the reader of `dossier.toml`: it describes every key, and no other.

use super::page::{folder, parser};
use super::support::{CONFIG, Project};
use dossier::text::TextFile;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fs;

/// A key that nothing is near to, so that the reader tells all that there are.
const NO_KEY: &str = "zzzzzzzzzzzz";

/// Tables whose keys are free.
const FREE: [&str; 2] = ["navigation", "severity"];

#[test]
fn the_page_of_settings_has_every_key_and_no_other() {
    let mut keys = BTreeSet::new();
    for key in told(&format!("{NO_KEY} = 1\n{CONFIG}")) {
        let inner = match FREE.contains(&key.as_str()) {
            true => Vec::new(),
            false => told(&format!("{CONFIG}\n[{key}]\n{NO_KEY} = 1\n")),
        };
        if inner.is_empty() {
            keys.insert(match FREE.contains(&key.as_str()) {
                true => format!("[{key}]"),
                false => key,
            });
        } else {
            keys.extend(inner.into_iter().map(|inner| format!("[{key}] {inner}")));
        }
    }
    let text = fs::read_to_string(folder().join("publish/configuration.md")).unwrap();
    assert_eq!(described(&text), keys);
}

/// The keys that the reader names in place of one that is none.
fn told(configuration: &str) -> Vec<String> {
    let mut project = Project::default();
    project.inputs.config = Some(TextFile::new("dossier.toml", configuration));
    let problems = project.run().problems;
    let help = problems
        .iter()
        .find(|problem| problem.message.contains(NO_KEY))
        .and_then(|problem| problem.help.as_deref());
    let words = help.unwrap_or("").split('`').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

/// The keys that a page describes: the code in its headings of the third level.
fn described(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut inside = false;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => inside = level == HeadingLevel::H3,
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Code(key) if inside => drop(keys.insert(key.to_string())),
            _ => {}
        }
    }
    keys
}
