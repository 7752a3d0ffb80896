//! `dossier new`: an entry to write on, from the archetype of its kind.

use super::args::{Global, New};
use super::terminal::Terminal;
use super::{Exit, Stop, clock, project};
use crate::model::Kind;
use crate::model::path::markdown;
use crate::model::slug::{is_slug, slugify};
use crate::parse::front::rewrite::Given;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

pub(super) fn run(args: &New, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let root = project::root(global)?;
    if !root.join("dossier.toml").is_file() {
        return Err(Stop::Usage(
            "there is no `dossier.toml` here; `dossier init` writes a small working dossier, \
             `--root DIR` names the folder of one that exists"
                .to_owned(),
        ));
    }
    let title = args.title.trim();
    if title.is_empty() || title.contains(char::is_control) {
        return Err(Stop::Usage("a title is one line of text".to_owned()));
    }
    let slug = chosen_slug(args, title)?;
    let folder = root.join("content").join(args.kind.folder());
    if let Some(other) = same_slug(&folder, &slug) {
        let (kind, other) = (args.kind, project::shown(&other));
        return Err(Stop::Usage(format!(
            "another {kind} has the slug `{slug}` already: {other}; choose one with --slug"
        )));
    }
    let path = folder.join(format!("{slug}.md"));
    let today = clock::today(None)?;
    let text = archetype(args.kind)
        .replace("{{title}}", &Given::from(title).to_string())
        .replace("{{today}}", &today.to_string());
    write(&path, &text).map_err(|error| {
        let path = path.display();
        Stop::Machine(format!("cannot write `{path}`: {error}"))
    })?;
    let shown = project::shown(&path);
    if terminal.is_json() {
        terminal.print_json(&serde_json::json!({ "path": shown, "slug": slug }))?;
    } else {
        terminal.print(&format!("{shown}\n"))?;
    }
    Ok(Exit::Well)
}

fn chosen_slug(args: &New, title: &str) -> Result<String, Stop> {
    if let Some(given) = &args.slug {
        if is_slug(given) {
            return Ok(given.clone());
        }
        let message = format!(
            "`{given}` is no slug: lower-case letters a to z and digits, joined by hyphens"
        );
        return Err(Stop::Usage(message));
    }
    let made = slugify(title);
    // `index.md` is the text of the kind's own page.
    if made.is_empty() || made == "index" {
        let message = format!("no file name can be made from `{title}`; name one with --slug");
        return Err(Stop::Usage(message));
    }
    Ok(made)
}

/// Slugs are unique within a kind, in whatever subfolder the entry lies.
fn same_slug(folder: &Path, slug: &str) -> Option<PathBuf> {
    let is_same = |name: &str| markdown(name) == Some(slug);
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let mut same = files.filter(|file| file.file_name().to_str().is_some_and(is_same));
    same.next().map(walkdir::DirEntry::into_path)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

fn archetype(kind: Kind) -> &'static str {
    match kind {
        Kind::Actor => include_str!("archetypes/actor.md"),
        Kind::Campaign => include_str!("archetypes/campaign.md"),
        Kind::Incident => include_str!("archetypes/incident.md"),
        Kind::Malware => include_str!("archetypes/malware.md"),
        Kind::Tool => include_str!("archetypes/tool.md"),
        Kind::Technique => include_str!("archetypes/technique.md"),
        Kind::Vulnerability => include_str!("archetypes/vulnerability.md"),
        Kind::Person => include_str!("archetypes/person.md"),
        Kind::Organisation => include_str!("archetypes/organisation.md"),
        Kind::Place => include_str!("archetypes/place.md"),
        Kind::Note => include_str!("archetypes/note.md"),
        Kind::Source => include_str!("archetypes/source.md"),
        Kind::Page => include_str!("archetypes/page.md"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_archetype_is_front_matter_with_a_title() {
        for kind in Kind::ALL {
            let text = archetype(kind);
            assert!(text.starts_with("---\ntitle: {{title}}\n"), "{kind}");
            assert!(text.contains("\n---\n"), "{kind}");
            assert!(text.contains("\ndraft: true"), "{kind}");
        }
    }
}
