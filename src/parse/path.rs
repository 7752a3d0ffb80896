//! What a file is, told by its path alone.

use super::label::in_name;
use crate::diag::{Code, Diagnostic, closest};
use crate::model::path::{markdown, part_fault};
use crate::model::slug::{is_slug, slugify};
use crate::model::statics::meant_within;
use crate::model::{Kind, Tlp};
use crate::text::Place;
use std::sync::Arc;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The text of the home page, or of the index page of a kind.
    Intro(Option<Kind>),
    /// An entry.
    Entry {
        /// What it is about.
        kind: Kind,
        /// Its slug; the nearest one where the file's name is none.
        slug: String,
    },
}

/// Tells the role of a Markdown file from its path, and what is wrong with the path. No role where
/// the folder is no kind.
#[must_use]
pub fn role(path: &Arc<str>) -> (Option<Role>, Option<Diagnostic>) {
    let below = path.strip_prefix("content/").unwrap_or(path);
    let Some((folder, rest)) = below.split_once('/') else {
        if stem(below) == "index" {
            return (Some(Role::Intro(None)), None);
        }
        return (None, Some(outside(path, below)));
    };
    let Some(kind) = Kind::from_folder(folder) else {
        return (None, Some(unknown(path, folder)));
    };
    if stem(rest) == "index" && kind.is_of_entries() {
        return (Some(Role::Intro(Some(kind))), None);
    }
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let stem = stem(name);
    if is_slug(stem) && stem != "index" {
        let slug = stem.to_owned();
        let problem = no_folder(path, kind, stem);
        return (Some(Role::Entry { kind, slug }), problem);
    }
    let problem = bad_slug(path, kind, rest, stem);
    let slug = match slugify(stem) {
        slug if slug.is_empty() => "unnamed".to_owned(),
        slug => slug,
    };
    (Some(Role::Entry { kind, slug }), Some(problem))
}

/// What is wrong with the path of an entry that is marked as `tlp`: it makes the page's address, and says a
/// higher marking.
#[must_use]
pub fn labelled(path: &Arc<str>, tlp: Tlp) -> Option<Diagnostic> {
    let below = path.strip_prefix("content/").unwrap_or(path);
    let level = said(below).filter(|level| *level > tlp)?;
    let message = format!(
        "the file's path says {}, and its entry is {}",
        level.label(),
        tlp.label()
    );
    let help = format!(
        "write `tlp: {level}` into the front matter, or rename the file or folder where no marking is meant"
    );
    Some(Diagnostic::new(Code::BadMarking, Place::file(Arc::clone(path)), message).help(help))
}

/// The marking that a path of a file says, by its words or by a folder that is called by a colour.
#[must_use]
pub fn said(below: &str) -> Option<Tlp> {
    in_name(markdown(below).unwrap_or(below)).max(meant_by_folder(below))
}

/// The marking that a folder is called by and nothing else, `incidents/amber/x.md`; `green` may well be a name.
fn meant_by_folder(below: &str) -> Option<Tlp> {
    let parts = below.match_indices('/').map(|(at, _)| &below[at + 1..]);
    let meant = parts.filter_map(meant_within).max();
    meant.filter(|level| *level > Tlp::Green)
}

fn stem(name: &str) -> &str {
    markdown(name).unwrap_or(name)
}

fn folders() -> String {
    Kind::ALL.map(Kind::folder).join(", ")
}

fn outside(path: &Arc<str>, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownFolder,
        Place::file(Arc::clone(path)),
        format!("`{name}` stands in no folder of a kind"),
    )
    .help(format!(
        "put it into the folder of its kind, such as content/notes/; the folders are: {}",
        folders()
    ))
}

fn unknown(path: &Arc<str>, folder: &str) -> Diagnostic {
    let folded = folder.to_lowercase();
    let near = Kind::from_name(&folded)
        .map(Kind::folder)
        .or_else(|| synonym(&folded))
        .or_else(|| closest(&folded, Kind::ALL.map(Kind::folder)));
    let list = format!("the folders are: {}", folders());
    let help = match near {
        Some(near) => format!("did you mean `content/{near}/`? ({list})"),
        None => list,
    };
    Diagnostic::new(
        Code::UnknownFolder,
        Place::file(Arc::clone(path)),
        format!("`content/{folder}/` is no folder of a kind of entry"),
    )
    .help(help)
}

/// The folder that a word from elsewhere means.
fn synonym(folder: &str) -> Option<&'static str> {
    Some(match folder {
        "persons" | "individuals" => "people",
        "organizations" | "organization" | "orgs" | "companies" => "organisations",
        "locations" | "countries" => "places",
        "groups" | "threat-actors" | "intrusion-sets" => "actors",
        "cves" | "vulns" => "vulnerabilities",
        "ttps" => "techniques",
        "events" | "cases" | "attacks" => "incidents",
        "references" | "evidence" => "sources",
        "posts" | "articles" | "analysis" => "notes",
        _ => return None,
    })
}

fn bad_slug(path: &Arc<str>, kind: Kind, rest: &str, stem: &str) -> Diagnostic {
    let folder = kind.folder();
    let (message, help) = if stem == "index" {
        let parent = rest.rsplit('/').nth(1).unwrap_or("");
        let slug = slugify(parent);
        (
            match kind.is_of_entries() {
                true => "`index.md` in a subfolder is neither an entry nor an introduction",
                false => "pages have no index that `index.md` could introduce",
            }
            .to_owned(),
            match kind.is_of_entries() {
                true => format!(
                    "name the file after its entry, `{slug}.md`; the introduction to all is content/{folder}/index.md"
                ),
                false => {
                    "name the file after the page, `about.md`; the home page is content/index.md"
                        .to_owned()
                }
            },
        )
    } else {
        let slug = slugify(stem);
        let help = if slug.is_empty() {
            "name it with small letters, digits and single hyphens: `2016-bangladesh-bank.md`"
                .to_owned()
        } else {
            format!("rename it to `{slug}.md`")
        };
        (format!("the file name `{stem}` is not a slug"), help)
    };
    let problem = Diagnostic::new(Code::BadSlug, Place::file(Arc::clone(path)), message).help(help);
    // Other tools leave out what is named so: perhaps it was meant to be.
    match stem.starts_with(['_', '.']) {
        true => problem.firm(),
        false => problem,
    }
}

/// What is wrong with a slug as the name of a folder of the site.
fn no_folder(path: &Arc<str>, kind: Kind, slug: &str) -> Option<Diagnostic> {
    let wrong = part_fault(slug)?;
    let message = format!("the file name `{slug}` cannot make an address: {wrong}");
    let help = format!("rename it, to `{slug}-{kind}.md` for example");
    Some(Diagnostic::new(Code::BadSlug, Place::file(Arc::clone(path)), message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str) -> (Option<Role>, Option<String>) {
        let (role, problem) = role(&Arc::from(path));
        let shown = problem.map(|problem| {
            let help = problem.help.unwrap_or_default();
            let help = help
                .split(['(', ';'])
                .next()
                .unwrap_or("")
                .trim()
                .to_owned();
            format!("{} {} → {help}", problem.code.name(), problem.message)
        });
        (role, shown)
    }

    #[test]
    fn a_folder_that_is_called_as_a_marking_is_told_where_its_entry_is_lower() {
        let told = |path: &str, tlp| labelled(&Arc::from(path), tlp).is_some();
        for path in [
            "content/incidents/amber/x.md",
            "content/incidents/2016/RED/x.md",
            "content/notes/amber+strict/a/x.md",
        ] {
            assert!(told(path, Tlp::Clear), "{path}");
            assert!(!told(path, Tlp::Red), "{path}");
        }
        for path in [
            "content/organisations/green/x.md",
            "content/actors/red-team/x.md",
            "content/notes/amber.md",
        ] {
            assert!(!told(path, Tlp::Clear), "{path}");
        }
    }

    #[test]
    fn paths_tell_what_a_file_is() {
        let entry = |kind, slug: &str| {
            let slug = slug.to_owned();
            Some(Role::Entry { kind, slug })
        };
        for (path, role, problem) in [
            ("content/index.md", Some(Role::Intro(None)), None),
            (
                "content/actors/index.md",
                Some(Role::Intro(Some(Kind::Actor))),
                None,
            ),
            ("content/actors/apt38.md", entry(Kind::Actor, "apt38"), None),
            (
                "content/people/dprk/park.md",
                entry(Kind::Person, "park"),
                None,
            ),
            ("content/index.MD", Some(Role::Intro(None)), None),
            (
                "content/actors/apt29.markdown",
                entry(Kind::Actor, "apt29"),
                None,
            ),
            (
                "content/actors/APT 38.md",
                entry(Kind::Actor, "apt-38"),
                Some("bad-slug the file name `APT 38` is not a slug → rename it to `apt-38.md`"),
            ),
            (
                "content/notes/北.md",
                entry(Kind::Note, "unnamed"),
                Some(
                    "bad-slug the file name `北` is not a slug → name it with small letters, digits and single hyphens: `2016-bangladesh-bank.md`",
                ),
            ),
            (
                "content/actors/dprk/index.md",
                entry(Kind::Actor, "index"),
                Some(
                    "bad-slug `index.md` in a subfolder is neither an entry nor an introduction → name the file after its entry, `dprk.md`",
                ),
            ),
            (
                "content/tools/nul.md",
                entry(Kind::Tool, "nul"),
                Some(
                    "bad-slug the file name `nul` cannot make an address: `nul` is the name of a device on Windows → rename it, to `nul-tool.md` for example",
                ),
            ),
            (
                "content/actor/x.md",
                None,
                Some(
                    "unknown-folder `content/actor/` is no folder of a kind of entry → did you mean `content/actors/`?",
                ),
            ),
            (
                "content/organizations/x.md",
                None,
                Some(
                    "unknown-folder `content/organizations/` is no folder of a kind of entry → did you mean `content/organisations/`?",
                ),
            ),
            (
                "content/about.md",
                None,
                Some(
                    "unknown-folder `about.md` stands in no folder of a kind → put it into the folder of its kind, such as content/notes/",
                ),
            ),
        ] {
            let (told_role, told_problem) = told(path);
            assert_eq!(
                (told_role, told_problem.as_deref()),
                (role, problem),
                "{path}"
            );
        }
    }
}
