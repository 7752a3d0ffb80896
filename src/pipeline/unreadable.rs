//! Files that are there but could not be taken as they are.
//!
//! Takes the files and the problems of reading them; gives the names under which links may look for
//! them, so that a link to a broken file is not reported as well.

use crate::diag::{Code, Diagnostic};
use crate::model::path::markdown;
use crate::text::TextFile;
use crate::{parse, resolve};
use std::collections::HashSet;

/// The names, folded, of files that are there but could not be taken as they are (path below
/// `content/` without `.md`, `kind folder/slug`, and of misplaced ones slug and title), so that links
/// to them are not reported as well.
pub(super) fn names(files: &[TextFile], problems: &[Diagnostic]) -> HashSet<String> {
    let unreadable = [
        Code::NotUtf8,
        Code::FileTooLarge,
        Code::LinkLeavesProject,
        Code::BadSlug,
        Code::UnknownFolder,
    ];
    let mut names = HashSet::new();
    for problem in problems
        .iter()
        .filter(|problem| unreadable.contains(&problem.code))
    {
        let path = &problem.place.path;
        let Some(below) = path.strip_prefix("content/") else {
            continue;
        };
        let below = markdown(below).unwrap_or(below);
        let slug = below.rsplit('/').next().unwrap_or(below);
        names.insert(resolve::fold(below));
        if let Some((folder, _)) = below.split_once('/') {
            names.insert(resolve::fold(&format!("{folder}/{slug}")));
        }
        if problem.code == Code::UnknownFolder {
            names.insert(resolve::fold(slug));
            let file = files.iter().find(|file| file.path == *path);
            let saved = file.map(|file| parse::front::saved::save(&file.text));
            names.extend(
                saved
                    .and_then(|saved| saved.title)
                    .map(|title| resolve::fold(&title)),
            );
        }
    }
    names
}
