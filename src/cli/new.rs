//! `dossier new`: an entry to write on, from the archetype of its kind.

use super::args::{self, Global, New};
use super::terminal::Terminal;
use super::{Exit, Stop, ask, clock, import, project};
use crate::diag::did_you_mean;
use crate::exchange::bibliography::bibtex;
use crate::exchange::{Base, intake};
use crate::model::Kind;
use crate::model::addressed::address_of;
use crate::model::path::markdown;
use crate::model::slug::{is_slug, slugify};
use crate::parse::front::rewrite::Given;
use crate::report::clean;
use crate::write::create;
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

/// What is known of a new entry.
struct Wanted {
    kind: Kind,
    title: String,
    date: Option<String>,
    url: Option<String>,
}

pub(super) fn run(args: &New, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let root = project::root(global)?;
    if !root.join("dossier.toml").is_file() {
        return Err(Stop::Usage(
            "there is no `dossier.toml` here; `dossier init` writes a small working dossier, \
             `--root DIR` names the folder of one that exists"
                .to_owned(),
        ));
    }
    if let Some(from) = &args.bibtex {
        return reference(args, from, global, terminal);
    }
    let Wanted {
        kind,
        title,
        date,
        url,
    } = wanted(args, terminal)?;
    if url.is_some() && kind != Kind::Source {
        let message = format!("--url is for a source; {kind} is none");
        return Err(Stop::Usage(message));
    }
    let slug = chosen_slug(args, kind, &title)?;
    let below = format!("content/{}/{slug}.md", kind.folder());
    let folder = root.join("content").join(kind.folder());
    if let Some(other) = same_slug(&folder, &slug) {
        let other = project::shown(&other);
        return Err(Stop::Usage(format!(
            "another {kind} has the slug `{slug}` already: {other}; choose one with --slug"
        )));
    }
    let editor = match args.edit {
        true => Some(editor(global)?),
        false => None,
    };
    let path = root.join(&below);
    let today = clock::today(None)?;
    let mut text = archetype(kind)
        .replace("{{title}}", &Given::from(title.as_str()).to_string())
        .replace("{{today}}", &today.to_string());
    let date = date.map(Given::Bare);
    for (key, value) in [("date", date), ("url", url.map(Given::Text))] {
        if let Some(value) = value {
            text = with(&text, key, &value);
        }
    }
    create(&root, &below, text.as_bytes())
        .map_err(|why| Stop::Machine(format!("cannot write `{}`: {why}", path.display())))?;
    let shown = project::shown(&path);
    if terminal.is_json() {
        terminal.print_json(&serde_json::json!({ "path": shown, "slug": slug }))?;
    } else {
        terminal.print(&format!("{shown}\n"))?;
    }
    if let Some(editor) = editor {
        open(&editor, &path)?;
    }
    Ok(Exit::Well)
}

/// Writes the sources of a text in BibTeX, without the base by which an import is known again.
fn reference(args: &New, from: &Path, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    if args.kind.is_some_and(|kind| kind != Kind::Source) {
        return Err(Stop::Usage(
            "--bibtex is for a source: `dossier new source --bibtex -`".to_owned(),
        ));
    }
    let project = project::open(global)?;
    let shown = from.display();
    let import = bibtex::read(&import::text(from)?);
    let import = import.map_err(|fault| Stop::Usage(format!("{shown}: {}", fault.message)))?;
    let markings = project.config.markings();
    let taken = intake(
        import,
        "bibtex",
        &Base::default(),
        &project.inputs.entries,
        &markings,
        "",
    );
    let (known, new): (Vec<_>, Vec<_>) = taken.files.iter().partition(|file| file.before.is_some());
    for file in &new {
        create(&project.inputs.root, &file.path, file.after.as_bytes())
            .map_err(|why| Stop::Machine(format!("cannot write `{}`: {why}", file.path)))?;
    }
    for loss in taken.losses.iter() {
        terminal.say(&clean(&format!(
            "{}: {} ({})",
            loss.why, loss.property, loss.example
        )));
    }
    for file in known {
        terminal.say(&format!(
            "{} has the same address; it stays as it is",
            file.path
        ));
    }
    let paths: Vec<&str> = new.iter().map(|file| file.path.as_str()).collect();
    match terminal.is_json() {
        true => terminal.print_json(&serde_json::json!({ "paths": paths }))?,
        false => paths
            .iter()
            .try_for_each(|path| terminal.print(&format!("{path}\n")))?,
    }
    Ok(Exit::Well)
}

/// What was said on the command line, and what is answered at a terminal.
fn wanted(args: &New, terminal: &Terminal) -> Result<Wanted, Stop> {
    let (date, url) = (args.date.clone(), args.url.clone());
    if let (Some(kind), Some(title)) = (args.kind, &args.title) {
        let title = one_line(title).map_err(Stop::Usage)?;
        return Ok(Wanted {
            kind,
            title,
            date,
            url,
        });
    }
    let Some(mut asked) = ask::at(terminal) else {
        return Err(Stop::Usage(format!(
            "name a kind and a title: `dossier new actor \"Andariel Group\"`; the kinds are {}",
            Kind::ALL.map(Kind::name).join(", ")
        )));
    };
    let kind = match args.kind {
        Some(kind) => kind,
        None => asked.answer(
            &format!("Kind ({})", Kind::ALL.map(Kind::name).join(", ")),
            named,
        )?,
    };
    let title = match &args.title {
        Some(title) => one_line(title).map_err(Stop::Usage)?,
        None => asked.answer("Title", one_line)?,
    };
    let date = match date {
        Some(date) => Some(date),
        None => asked.perhaps("Date, as 2016-02-04 or 2016-02", args::date)?,
    };
    let url = match url {
        None if kind == Kind::Source => asked.perhaps("Address", args::url)?,
        url => url,
    };
    Ok(Wanted {
        kind,
        title,
        date,
        url,
    })
}

fn named(text: &str) -> Result<Kind, String> {
    let text = text.to_lowercase();
    Kind::from_name(&text).ok_or_else(|| {
        let near = did_you_mean(&text, Kind::ALL.map(Kind::name));
        let near = near.map_or_else(String::new, |near| format!("; {near}"));
        format!("there is no kind `{text}`{near}")
    })
}

fn one_line(title: &str) -> Result<String, String> {
    let title = title.trim();
    match title.is_empty() || title.contains(char::is_control) {
        true => Err("a title is one line of text".to_owned()),
        false => Ok(title.to_owned()),
    }
}

/// An archetype with a key that has a value, in the place of the comment that shows it, else behind the title.
fn with(text: &str, key: &str, value: &Given) -> String {
    let shown = format!("# {key}: ");
    let written = format!("{key}: {value}");
    let has = text.lines().any(|line| line.starts_with(&shown));
    let mut out = String::with_capacity(text.len() + written.len());
    for line in text.lines() {
        let here = line.starts_with(&shown);
        out.push_str(if here { &written } else { line });
        out.push('\n');
        if !has && line.starts_with("title: ") {
            out.push_str(&written);
            out.push('\n');
        }
    }
    out
}

/// The words of the command that edits a file; `{file}` stands for it, or it comes last.
fn editor(global: &Global) -> Result<Vec<String>, Stop> {
    let words =
        |text: String| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let set = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    let mut set = set.map(words).filter(|words| !words.is_empty());
    let chosen = match set.next() {
        Some(words) => Some(words),
        None => project::open(global)?.config.editor,
    };
    chosen.ok_or_else(|| {
        let message = "no editor is set: name one in the environment, EDITOR, or in dossier.toml, `[serve] editor`";
        Stop::Usage(message.to_owned())
    })
}

/// Opens a file in the editor, and waits until that is closed. No shell is run.
fn open(editor: &[String], path: &Path) -> Result<(), Stop> {
    let file = path.display().to_string();
    let mut words: Vec<String> = (editor.iter())
        .map(|word| {
            let word = word.replace("{line}", "1").replace("{column}", "1");
            word.replace("{file}", &file)
        })
        .collect();
    if !editor.iter().any(|word| word.contains("{file}")) {
        words.push(file);
    }
    let (program, arguments) = words
        .split_first()
        .map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
    let ended = Command::new(program).args(arguments).status();
    match ended {
        Ok(_) => Ok(()),
        Err(error) => Err(Stop::Machine(format!("cannot start `{program}`: {error}"))),
    }
}

fn chosen_slug(args: &New, kind: Kind, title: &str) -> Result<String, Stop> {
    if let Some(given) = &args.slug {
        if is_slug(given) {
            return Ok(given.clone());
        }
        let message = format!(
            "`{given}` is no slug: lower-case letters a to z and digits, joined by hyphens"
        );
        return Err(Stop::Usage(message));
    }
    let made = match address_of(kind, title) {
        Some(address) => slugify(address.without_scheme()),
        None => slugify(title),
    };
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

fn archetype(kind: Kind) -> &'static str {
    match kind {
        Kind::Actor => include_str!("archetypes/actor.md"),
        Kind::Campaign => include_str!("archetypes/campaign.md"),
        Kind::Incident => include_str!("archetypes/incident.md"),
        Kind::Malware => include_str!("archetypes/malware.md"),
        Kind::Tool => include_str!("archetypes/tool.md"),
        Kind::Infrastructure => include_str!("archetypes/infrastructure.md"),
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
