//! Paths that are one path on some disk.
//!
//! Takes the routes by path; gives a problem for each that could not lie beside another: where nothing but
//! case or composition tells two files or folders apart, or where one is a file and the other needs a
//! folder of that name. Nearly every path is of small letters and ends in `index.html`. Two such cannot
//! come into conflict, so that only the others are looked at, each part of theirs.

use super::wanted::{Wanted, problem_between};
use crate::diag::Diagnostic;
use crate::model::path::{as_compared, composed};
use std::collections::HashMap;

/// The problems, in the order in which what could not stand is wanted.
pub(super) fn conflicts(routes: &[Wanted]) -> Vec<Diagnostic> {
    let mut odd: Vec<&Wanted> = routes
        .iter()
        .filter(|it| !is_plain(&it.route.path))
        .collect();
    odd.sort_by_key(|it| it.order);
    let mut disk = Disk {
        routes,
        taken: HashMap::new(),
    };
    let mut problems: Vec<(usize, Diagnostic)> = Vec::new();
    for wanted in odd {
        disk.take(wanted, &mut problems);
    }
    problems.sort_by_key(|&(order, _)| order);
    problems.into_iter().map(|(_, problem)| problem).collect()
}

/// Whether a path is of small letters, digits and hyphens up to its `index.html`.
fn is_plain(path: &str) -> bool {
    let Some(folders) = path.strip_suffix("index.html") else {
        return false;
    };
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/');
    (folders.is_empty() || folders.ends_with('/')) && folders.bytes().all(plain)
}

/// A file or folder as it is spelled.
struct Spelled<'a> {
    path: &'a str,
    is_file: bool,
    /// The first that has it.
    by: &'a Wanted,
    /// Whether the conflict is reported already.
    refused: bool,
}

struct Disk<'a> {
    routes: &'a [Wanted],
    /// What lies at a path as disks compare it: one, where nothing is wrong.
    taken: HashMap<String, Vec<Spelled<'a>>>,
}

impl<'a> Disk<'a> {
    /// Finds the first part of a path that cannot be what it is.
    fn take(&mut self, wanted: &'a Wanted, problems: &mut Vec<(usize, Diagnostic)>) {
        let path = wanted.route.path.as_str();
        let mut compared = String::with_capacity(path.len());
        let mut end = 0;
        for part in path.split('/') {
            if end > 0 {
                compared.push('/');
                end += 1;
            }
            compared.push_str(&as_compared(part));
            end += part.len();
            let Some(spelled) = path.get(..end) else {
                return;
            };
            let is_file = end == path.len();
            let routes = self.routes;
            let taken = self
                .taken
                .entry(compared.clone())
                .or_insert_with_key(|path| as_it_is(routes, path, problems));
            let known = taken
                .iter()
                .find(|it| it.path == spelled && it.is_file == is_file);
            let refused = match (known, taken.first()) {
                (Some(known), _) => known.refused,
                (None, first) => {
                    let own = Spelled {
                        path: spelled,
                        is_file,
                        by: wanted,
                        refused: first.is_some(),
                    };
                    problems.extend(first.map(|first| conflict(first, &own)));
                    taken.push(own);
                    taken.len() > 1
                }
            };
            if refused {
                return;
            }
        }
    }
}

/// What lies at a path that is spelled as it is compared: a file, a folder, or in conflict both.
fn as_it_is<'a>(
    routes: &'a [Wanted],
    path: &str,
    problems: &mut Vec<(usize, Diagnostic)>,
) -> Vec<Spelled<'a>> {
    let spelled = |by: &'a Wanted, is_file| {
        let path = by.route.path.get(..path.len())?;
        let refused = false;
        Some(Spelled {
            path,
            is_file,
            by,
            refused,
        })
    };
    let file = routes.binary_search_by(|it| it.route.path.as_str().cmp(path));
    let file = file.ok().and_then(|at| spelled(routes.get(at)?, true));
    let below = format!("{path}/");
    let first = routes.partition_point(|it| it.route.path < below);
    let first = routes
        .get(first)
        .filter(|it| it.route.path.starts_with(&below));
    let folder = first.and_then(|it| spelled(it, false));
    if let (Some(file), Some(folder)) = (&file, &folder) {
        problems.push(conflict(file, folder));
    }
    file.into_iter().chain(folder).collect()
}

/// What is wrong where one stands in the way of another, with its place in the order of the problems.
fn conflict(first: &Spelled<'_>, own: &Spelled<'_>) -> (usize, Diagnostic) {
    let message = if first.is_file != own.is_file {
        let (file, folder) = if own.is_file {
            (own, first)
        } else {
            (first, own)
        };
        format!(
            "`/{}` is a file, and `/{}` needs a folder of that name",
            file.path, folder.by.route.address
        )
    } else {
        let what = if own.is_file { "file" } else { "folder" };
        let apart = match composed(first.path) == composed(own.path) {
            true => "how an accent is written",
            false => "capitals from small letters",
        };
        format!(
            "`/{}` and `/{}` are one {what} on disks that do not tell {apart}",
            own.path, first.path
        )
    };
    let help = "rename one of the two, or take away what leads to it";
    (
        first.by.order.max(own.by.order),
        problem_between(first.by, own.by, message).help(help),
    )
}
