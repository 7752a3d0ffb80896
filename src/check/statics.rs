//! Files that are published as they are: none is marked above its folder, acts in a reader's browser unless it
//! is trusted, or could not lie on some disk.

use super::attachment;
use crate::attachment::{Form, Treatment, Trust, treat};
use crate::diag::{Code, Diagnostic};
use crate::load::{FileInfo, Words};
use crate::model::{Schemes, Tlp, path, statics};
use crate::parse::statics::{Above, above, above_in, in_name};
use crate::text::Place;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was found of the files.
#[derive(Debug)]
pub struct Statics {
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// Those that are published because they are trusted.
    pub(super) trusted: BTreeSet<String>,
    files: Arc<BTreeMap<String, FileInfo>>,
    trust: Trust,
    others: Arc<Schemes>,
}

/// Judges every file, by its path below the root, whoever may see it; `others` are the words of other schemes,
/// and `before` is what was found last.
#[must_use]
pub fn statics(
    files: &Arc<BTreeMap<String, FileInfo>>,
    trust: &Trust,
    others: &Arc<Schemes>,
    before: Option<Arc<Statics>>,
) -> Arc<Statics> {
    let stands = |before: &Arc<Statics>| {
        Arc::ptr_eq(&before.files, files) && before.trust == *trust && before.others == *others
    };
    before
        .filter(stands)
        .unwrap_or_else(|| Arc::new(all(files, trust, others)))
}

fn all(files: &Arc<BTreeMap<String, FileInfo>>, trust: &Trust, others: &Arc<Schemes>) -> Statics {
    let each = files
        .par_iter()
        .map(|(path, file)| judge(path, file, trust, others));
    let (problems, trusted): (Vec<Vec<Diagnostic>>, Vec<bool>) = each.unzip();
    let trusted = files.keys().zip(trusted).filter(|(_, trusted)| *trusted);
    Statics {
        problems: problems.into_iter().flatten().collect(),
        trusted: trusted.map(|(path, _)| path.clone()).collect(),
        files: Arc::clone(files),
        trust: trust.clone(),
        others: Arc::clone(others),
    }
}

/// What is wrong with a file, and whether it needs to be trusted.
fn judge(path: &str, file: &FileInfo, trust: &Trust, others: &Schemes) -> (Vec<Diagnostic>, bool) {
    let Some((folder, audience, below)) = statics::split(path) else {
        return (Vec::new(), false);
    };
    let name = below.rsplit('/').next().unwrap_or(below);
    let whole = Place::file(path);
    let mut problems = Vec::from_iter(path::unfit_static(below, whole.clone()));
    let in_name = in_name(below).max(statics::meant_within(below));
    let in_name = in_name.filter(|level| *level > audience);
    let in_text = above_in(name, file.words.get(), audience);
    let in_drawing = || match &file.form {
        Form::Drawing(drawing) => {
            let words = drawing.clean().map_or("", |clean| &clean.words);
            above(words.as_bytes(), audience).map(|above| Above {
                span: None,
                ..above
            })
        }
        Form::Passive | Form::Active(_) => None,
    };
    let in_name = || {
        in_name.map(|level| Above {
            tlp: Some(level),
            written: level.label().to_owned(),
            span: None,
        })
    };
    let above = in_text.or_else(in_drawing).or_else(in_name);
    problems.extend(above.map(|above| marked(path, folder, audience, &above)));
    let other = attachment::other_marking_of(name, file, others);
    problems.extend(other.map(|it| {
        let place = Place {
            span: it.span,
            ..whole.clone()
        };
        attachment::other(name, &it, place)
    }));
    match file.words.get() {
        Words::TooLong => problems.push(attachment::too_long(name, whole.clone())),
        Words::Changed => problems.push(attachment::changed(name, whole.clone())),
        Words::Text(_) | Words::Within(_) | Words::None => {}
    }
    problems.extend(attachment::unsearched(name, audience, whole.clone()));
    let mut trusted = false;
    match treat(path, &file.form, trust) {
        Treatment::Copy => trusted = file.form != Form::Passive,
        Treatment::Clean(drawing) => match drawing.clean() {
            Ok(clean) if clean.dropped.is_empty() => {}
            Ok(clean) => problems.push(attachment::cleaned(path, name, clean)),
            Err(fault) => problems.push(attachment::unreadable(path, name, fault)),
        },
        Treatment::Refuse(active) => problems.push(
            Diagnostic::new(
                Code::ActiveAttachment,
                whole,
                format!("`{name}` {}", active.reason()),
            )
            .help(format!(
                "take it out; where you have read it and trust it, write `[attachments] trust = \
                 [\"{path}\"]` into dossier.toml"
            )),
        ),
    }
    (problems, trusted)
}

/// A label above the folder that a file lies in.
fn marked(path: &str, folder: &str, audience: Tlp, above: &Above) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let unread = match above.tlp {
        Some(_) => "",
        None => ", which cannot be read as a marking",
    };
    let message = format!(
        "`{name}` bears `{}`{unread}, and what is in {folder}/ is for {} and above",
        above.written,
        audience.label()
    );
    let help = format!(
        "move the file into {}/, or take the label out of it",
        statics::folder(above.tlp.unwrap_or(Tlp::Red))
    );
    let place = Place {
        span: above.span,
        ..Place::file(path)
    };
    Diagnostic::new(Code::MarkedFile, place, message)
        .help(help)
        .firm()
}
