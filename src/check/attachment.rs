//! Files that are published beside the pages: none acts in a reader's browser unless it is trusted.
//!
//! Beside its problems tells which names of `[attachments] trust` are needed.

use super::{Around, Found, SNAPSHOTS};
use crate::attachment::{Form, Treatment, covers, is_packed, svg, treat};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::load::{FileInfo, Words};
use crate::model::body::Target;
use crate::model::{Entry, EntryId, Intro, Prose, Schemes, Spot, Tlp, statics};
use crate::parse::path;
use crate::parse::statics::{
    Above, highest, highest_in, other_marking_in, other_marking_in_drawing,
};
use crate::text::{Place, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many places that lead to one file are listed.
const TOLD: usize = 5;

pub(super) fn entry(entry: &Entry<EntryId>, around: &Around<'_>, found: &mut Found) {
    // Of what a withdrawn entry led to, only what its notice leads to is published.
    let withdrawn = entry.withdrawn.is_some();
    let texts = (entry.texts()).filter(|(spot, _)| !withdrawn || *spot == Spot::Withdrawn);
    let texts = texts.map(|(spot, text)| (entry.marking(spot).unwrap_or_default(), text));
    prose(&entry.path, entry.tlp, texts, around, found);
    if withdrawn {
        return;
    }
    let snapshot = entry.evidence().and_then(|it| it.snapshot.as_ref());
    if let Some(snapshot) = snapshot.filter(|snapshot| snapshot.publish) {
        let file = format!("{SNAPSHOTS}{}", snapshot.file.value);
        let place = Place::new(&entry.path, snapshot.file.span);
        marked(&file, &place, entry.tlp, around, found);
        if attachment(&file, place.clone(), around, found) {
            found.problems.push(
                Diagnostic::new(
                    Code::CleanedSvg,
                    place,
                    "the copy that is published is cleaned, so it has not the SHA-256 of the snapshot",
                )
                .help(format!(
                    "where you have read the file and trust it, write `[attachments] trust = [\"{file}\"]`"
                )),
            );
        }
    }
}

pub(super) fn intro(intro: &Intro<EntryId>, around: &Around<'_>, found: &mut Found) {
    let of_summary = intro.summary.as_ref().and_then(|it| it.tlp);
    let texts = intro.texts().map(|(spot, text)| match spot {
        Spot::Summary => (of_summary.unwrap_or_default(), text),
        _ => (Tlp::Clear, text),
    });
    prose(&intro.path, intro.tlp, texts, around, found);
}

/// Judges the files that texts lead to, each with the marking of its statement, within what is marked as `whole`.
fn prose<'e>(
    path: &Arc<str>,
    whole: Tlp,
    texts: impl Iterator<Item = (Tlp, &'e Prose<EntryId>)>,
    around: &Around<'_>,
    found: &mut Found,
) {
    let mut seen = BTreeSet::new();
    for (tlp, text) in texts {
        let mut here = BTreeSet::new();
        for (target, link) in text.targets.iter().zip(&text.body.links) {
            let Target::File(file) = target else {
                continue;
            };
            let place = Place::new(path, link.span);
            if here.insert(&**file) {
                let audience = lowest(text, file).max(tlp).max(whole);
                marked(file, &place, audience, around, found);
            }
            if seen.insert(&**file) {
                attachment(file, place, around, found);
            }
        }
    }
}

/// The lowest audience to which a text leads to a file.
fn lowest(text: &Prose<EntryId>, file: &str) -> Tlp {
    let leads = |target: &Target<EntryId>| matches!(target, Target::File(it) if **it == *file);
    let mut editions = text.editions.iter();
    let closed = editions.position(|edition| edition.targets.iter().any(leads));
    let below = match closed {
        Some(at) => text.editions.get(..at).unwrap_or(&[]).last(),
        None => text.editions.last(),
    };
    let above = |below: Tlp| Tlp::ALL.into_iter().find(|tlp| *tlp > below);
    below
        .and_then(|edition| above(edition.up_to))
        .unwrap_or_default()
}

/// Reports a file that states a marking above the audience that gets it.
fn marked(file: &str, link: &Place, audience: Tlp, around: &Around<'_>, found: &mut Found) {
    let name = file.rsplit('/').next().unwrap_or(file);
    // A missing file is reported elsewhere.
    let Some(info) = around.files.get(file) else {
        return;
    };
    let says = match &info.form {
        Form::Drawing(drawing) => {
            drawing.says(|bytes, words| highest(bytes).max(highest(words.as_bytes())))
        }
        Form::Passive | Form::Active(_) => highest_in(name, info.words.get()),
    };
    for (level, what, other) in [
        (
            path::said(file),
            "by its name",
            "rename the file or its folder",
        ),
        (says, "by what it says", "take the label out of it"),
    ] {
        let Some(level) = level.filter(|level| *level > audience) else {
            continue;
        };
        let message = format!(
            "`{name}` is {} {what}, and what leads to it is {}",
            level.label(),
            audience.label()
        );
        let help = format!(
            "mark what leads to it, `({})` at the start of the paragraph or `tlp: {level}` in the front matter; where no marking is meant, {other}",
            level.label()
        );
        found.problems.push(
            Diagnostic::new(Code::MarkedFile, link.clone(), message)
                .help(help)
                .firm(),
        );
    }
    let unsearched = unsearched(name, audience, link.clone());
    found.problems.extend(unsearched);
}

/// Judges a file that something published leads to; says whether it is published cleaned.
fn attachment(file: &str, link: Place, around: &Around<'_>, found: &mut Found) -> bool {
    // A missing file is reported elsewhere.
    let Some(info) = around.files.get(file) else {
        return false;
    };
    let name = file.rsplit('/').next().unwrap_or(file);
    let marking = other_marking_of(name, info, around.others);
    let marking = marking.map(|it| other(name, &it, link.clone()));
    found.problems.extend(marking);
    match info.words.get() {
        Words::TooLong => found.problems.push(too_long(name, link.clone())),
        Words::Changed => found.problems.push(changed(name, link.clone())),
        Words::Text(_) | Words::Within(_) | Words::None => {}
    }
    match treat(file, &info.form, around.trust) {
        Treatment::Copy => {
            if info.form != Form::Passive {
                found.trusted.insert(file.to_owned());
            }
            false
        }
        Treatment::Refuse(active) => {
            found.problems.push(
                Diagnostic::new(
                    Code::ActiveAttachment,
                    link,
                    format!("`{name}` {}", active.reason()),
                )
                .help(format!(
                    "lead to a text, a PDF or a picture of it instead; where you have read it and trust \
                     it, write `[attachments] trust = [\"{file}\"]` into dossier.toml"
                )),
            );
            false
        }
        Treatment::Clean(drawing) => match drawing.clean() {
            Ok(clean) if clean.dropped.is_empty() => true,
            Ok(clean) => {
                let path = format!("content/{file}");
                found
                    .problems
                    .push(cleaned(&path, name, clean).also(link, "leads to it"));
                true
            }
            Err(fault) => {
                let path = format!("content/{file}");
                found
                    .problems
                    .push(unreadable(&path, name, fault).also(link, "leads to it"));
                false
            }
        },
    }
}

/// The first mark of another scheme in a text or in what a drawing shows.
pub(super) fn other_marking_of(name: &str, file: &FileInfo, others: &Schemes) -> Option<Above> {
    let in_text = match file.words.get() {
        Words::Text(text) => other_marking_in(name, text.bytes(), others),
        Words::TooLong | Words::Changed | Words::Within(_) | Words::None => None,
    };
    in_text.or_else(|| match &file.form {
        Form::Drawing(drawing) => {
            let words = drawing.clean().map_or("", |clean| &clean.words);
            other_marking_in_drawing(words, others)
        }
        Form::Passive | Form::Active(_) => None,
    })
}

/// A text that is published and bears a mark of another scheme.
pub(super) fn other(name: &str, marking: &Above, place: Place) -> Diagnostic {
    let message = format!(
        "`{name}` has a line `{}`, a mark of a scheme other than TLP 2.0, which means nothing here",
        marking.written.trim()
    );
    Diagnostic::new(Code::OtherMarking, place, message).help(
        "take the line out, or publish the file for those who may see it, marked by TLP; `other_markings` of dossier.toml lists the words",
    )
}

/// A file that is published and whose markings cannot be told.
pub(super) fn too_long(name: &str, place: Place) -> Diagnostic {
    let message =
        format!("`{name}` is a text of more than 16 MB, too long to be searched for markings");
    Diagnostic::new(Code::FileTooLarge, place, message)
        .help("publish it as an archive (ZIP), or in parts")
        .firm()
}

/// A file that is published for `audience` and whose insides cannot be searched.
pub(super) fn unsearched(name: &str, audience: Tlp, place: Place) -> Option<Diagnostic> {
    (audience < Tlp::Red && is_packed(name)).then(|| {
        let message = format!(
            "`{name}` is compressed: nothing in it is searched for labels, and it is published for {}",
            audience.label()
        );
        Diagnostic::new(Code::UnsearchedFile, place, message)
            .help("look into it: publish a text, a table or a PDF of it, or keep it for those who may see all that is in it")
    })
}

/// A file that was changed after it was looked at: what it says cannot be told.
pub(super) fn changed(name: &str, place: Place) -> Diagnostic {
    let message = format!("`{name}` was changed while the site was made");
    Diagnostic::new(Code::MarkedFile, place, message)
        .help("build again; it was not searched for markings")
        .firm()
}

/// A drawing, by its path below the root, that is published without some of it.
pub(super) fn cleaned(path: &str, name: &str, clean: &svg::Clean) -> Diagnostic {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for dropped in &clean.dropped {
        match counts.iter_mut().find(|(what, _)| *what == dropped.what) {
            Some((_, count)) => *count += 1,
            None => counts.push((&dropped.what, 1)),
        }
    }
    let more = counts.len().saturating_sub(TOLD);
    let mut told: Vec<String> = counts
        .iter()
        .take(TOLD)
        .map(|(what, count)| match count {
            1 => (*what).to_owned(),
            count => format!("{what} ({count} times)"),
        })
        .collect();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    let at = clean.dropped.first().map(|dropped| dropped.at.clone());
    let place = place(path, at.map(|at| Span::new(at.start, at.end)));
    Diagnostic::new(
        Code::CleanedSvg,
        place,
        format!(
            "`{name}` is published without what could act or load: {}",
            told.join(", ")
        ),
    )
    .label("the first of it")
    .help(
        "see that the drawing still shows what it should; export it as plain SVG, with text as text or \
         paths and pictures embedded",
    )
}

/// A drawing that cannot be cleaned.
pub(super) fn unreadable(path: &str, name: &str, fault: &svg::Fault) -> Diagnostic {
    let at = fault.at.map(|at| Span::new(at, at + 1));
    Diagnostic::new(
        Code::UnreadableSvg,
        place(path, at),
        format!("`{name}` {}", fault.reason),
    )
    .help("export the drawing anew, or publish a picture of it (PNG); what cannot be read cannot be cleaned")
}

fn place(path: &str, span: Option<Span>) -> Place {
    Place {
        path: path.into(),
        span,
    }
}

/// What is found in one drawing is reported once, with all places that lead to it.
pub(super) fn joined(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = Vec::with_capacity(problems.len());
    let mut known: BTreeMap<(Code, Place), usize> = BTreeMap::new();
    for problem in problems {
        if !matches!(problem.code, Code::CleanedSvg | Code::UnreadableSvg) {
            out.push(problem);
            continue;
        }
        match known.get(&(problem.code, problem.place.clone())) {
            Some(&at) => {
                if let Some(first) = out.get_mut(at) {
                    let others = problem.others.into_iter();
                    first.others.extend(others);
                    first.others.truncate(TOLD);
                }
            }
            None => {
                known.insert((problem.code, problem.place.clone()), out.len());
                out.push(problem);
            }
        }
    }
    out
}

fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Every name in `[attachments] trust` that names no file, or that nothing needs. `trusted` are the files that are
/// published because they are trusted.
pub(super) fn unused(
    config: &Config,
    files: &BTreeSet<&str>,
    trusted: &BTreeSet<&str>,
) -> Vec<Diagnostic> {
    let trust = &config.trusted_files;
    let mut problems = Vec::new();
    for name in trust.names() {
        let covered = || {
            let all = files.iter().copied();
            all.filter(|path| covers(&name.value, path))
        };
        let needs = |path: &str| trust.name(path) == Some(name) && trusted.contains(path);
        if covered().any(needs) {
            continue;
        }
        let (message, help) = if covered().next().is_none() {
            let near = did_you_mean(&name.value, files.iter().copied());
            let lies = match statics::FOLDERS
                .iter()
                .any(|(it, _)| is_below(&name.value, it))
            {
                true => name.value.clone(),
                false => format!("content/{}", name.value),
            };
            (
                format!("there is no `{lies}`"),
                near.unwrap_or_else(|| {
                    "name a file below content/, or a folder with a slash at its end; else take it out"
                        .to_owned()
                }),
            )
        } else {
            (
                format!("nothing needs `{}` to be trusted", name.value),
                "take it out of the list: what it names is not published, could not act, or is named \
                 already"
                    .to_owned(),
            )
        };
        let place = Place {
            path: "dossier.toml".into(),
            span: Some(name.span),
        };
        problems.push(Diagnostic::new(Code::UnusedTrust, place, message).help(help));
    }
    problems
}
