//! A file below `content/` is read, or something leads to it: none is passed by in silence.

use super::SNAPSHOTS;
use crate::diag::{Code, Diagnostic};
use crate::model::body::Target;
use crate::model::{Entry, EntryId, Prose};
use crate::text::Place;
use std::collections::BTreeSet;

/// The files that an entry leads to, whoever may see that.
pub(super) fn entry(entry: &Entry<EntryId>, leads: &mut BTreeSet<String>) {
    entry.texts().for_each(|(_, text)| prose(text, leads));
    let snapshot = entry.evidence().and_then(|it| it.snapshot.as_ref());
    leads.extend(snapshot.map(|snapshot| format!("{SNAPSHOTS}{}", snapshot.file.value)));
}

/// The files that a text leads to, in whatever edition.
pub(super) fn prose(prose: &Prose<EntryId>, leads: &mut BTreeSet<String>) {
    let editions = prose.editions.iter().map(|edition| &edition.targets);
    for target in editions.chain([&prose.targets]).flatten() {
        if let Target::File(file) = target {
            leads.insert(file.to_string());
        }
    }
}

/// What is wrong with a file that nothing leads to. Where what would lead to it may not have been read,
/// that is only said of texts.
pub(super) fn problem(path: &str, unsure: bool) -> Option<Diagnostic> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let meant = read_as(name);
    let (what, help) = match meant {
        Some(Meant::Markdown(stem)) => (
            format!("`{name}` is not read: the names of entries end in `.md` or `.markdown`"),
            format!("rename it to `{stem}.md`, or keep it outside content/"),
        ),
        Some(Meant::Other(form, stem)) => (
            format!("`{name}` is not read: entries are Markdown, and this is {form} by its name"),
            format!(
                "write it as Markdown in `{stem}.md`; to publish it as it is, link to it or move it into \
                 static/; what is no part of the site is kept outside content/"
            ),
        ),
        None if unsure => return None,
        None if format!("{folder}/") == SNAPSHOTS => (
            format!("no source names the snapshot `{name}`"),
            format!(
                "name it in the entry of its source, `snapshot: {{ file: {name}, … }}`, or take it away"
            ),
        ),
        None => (
            format!("nothing leads to `{name}`, so it is not published"),
            format!(
                "{}; to publish it as it is, move it into static/; what is no part of the site is kept \
                 outside content/",
                way_to(path, name)
            ),
        ),
    };
    let place = Place::file(format!("content/{path}"));
    Some(Diagnostic::new(Code::UnusedFile, place, what).help(help))
}

/// How a text leads to a file.
fn way_to(path: &str, name: &str) -> String {
    const PICTURES: [&str; 8] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "svgz", "webp"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_picture = PICTURES.iter().any(|it| ending.eq_ignore_ascii_case(it));
    // In angle brackets an address may hold spaces and brackets.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) || byte > 127;
    let address = match path.bytes().all(is_plain) {
        true => format!("/{path}"),
        false => format!("</{path}>"),
    };
    match is_picture {
        true => format!("show it, `![what it shows]({address})`"),
        false => format!("link to it, `[what it is]({address})`"),
    }
}

/// A text that was perhaps meant to be an entry.
enum Meant<'a> {
    /// Markdown under another ending, with the name before it.
    Markdown(&'a str),
    /// What it is, with the name before its ending.
    Other(&'static str, &'a str),
}

fn read_as(name: &str) -> Option<Meant<'_>> {
    let lower = name.to_ascii_lowercase();
    for ending in [".md.", ".markdown."] {
        // `apt31.md.txt`, `apt31.md.bak`.
        let stem = lower.find(ending).and_then(|at| name.get(..at));
        if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
            return Some(Meant::Markdown(stem));
        }
    }
    let (stem, _) = name.rsplit_once('.')?;
    let (_, ending) = lower.rsplit_once('.')?;
    Some(match ending {
        "mdx" | "mdown" | "mdwn" | "mkd" | "mkdn" | "mdtxt" | "mdtext" | "mmd" | "qmd" | "rmd" => {
            Meant::Markdown(stem)
        }
        "rst" | "rest" => Meant::Other("reStructuredText", stem),
        "adoc" | "asciidoc" => Meant::Other("AsciiDoc", stem),
        "org" => Meant::Other("a file of Org mode", stem),
        "textile" => Meant::Other("Textile", stem),
        "wiki" | "mediawiki" => Meant::Other("a page of a wiki", stem),
        "ipynb" => Meant::Other("a notebook", stem),
        _ => return None,
    })
}
