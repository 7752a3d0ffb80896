//! Every link of the manual leads somewhere: to a file of the repository, and within a page to a heading by the id
//! that GitHub and mdBook give it. Every page stands in the summary.

use super::page::{Page, folder, pages, parser};
use dossier::model::ids::github;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<(String, String)> = pages()
        .into_iter()
        .map(|Page { path, text }| (format!("docs/{path}"), text))
        .collect();
    for path in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root.join(path)).unwrap();
        all.push((path.to_owned(), text));
    }
    let places: BTreeMap<&str, BTreeSet<String>> = all
        .iter()
        .map(|(path, text)| (path.as_str(), headings(text)))
        .collect();
    for (path, text) in &all {
        for to in links(text) {
            if to.contains("://") || to.starts_with("mailto:") {
                continue;
            }
            let (file, fragment) = to.split_once('#').unwrap_or((&to, ""));
            let Some(target) = target(path, file) else {
                wrong.push(format!("{path}: {to} leads out of the repository"));
                continue;
            };
            // A site of the manual holds nothing else.
            if path.starts_with("docs/") && !target.starts_with("docs/") {
                wrong.push(format!("{path}: {to} leads out of the manual"));
            } else if !root.join(&target).exists() {
                wrong.push(format!("{path}: {to} leads nowhere"));
            } else if !fragment.is_empty() {
                let known = places.get(target.as_str());
                if known.is_some_and(|places| !places.contains(fragment)) {
                    wrong.push(format!("{path}: {to}: there is no such heading"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_stands_in_the_summary() {
    let summary = fs::read_to_string(folder().join("SUMMARY.md")).unwrap();
    let listed: BTreeSet<String> = links(&summary).into_iter().collect();
    let pages = pages().into_iter().map(|page| page.path);
    let pages: BTreeSet<String> = pages.filter(|path| path != "SUMMARY.md").collect();
    assert_eq!(listed, pages);
}

/// The file that a link names, below the repository's root.
fn target(from: &str, to: &str) -> Option<String> {
    if to.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Where the links and pictures of a page lead.
fn links(text: &str) -> Vec<String> {
    let links = parser(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    });
    links.collect()
}

/// The ids of the headings of a page.
fn headings(text: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let id = github(&heading.take().unwrap());
                let mut number = 0;
                let mut other = id.clone();
                while !ids.insert(other.clone()) {
                    number += 1;
                    other = format!("{id}-{number}");
                }
            }
            _ => {}
        }
    }
    ids
}
