//! Who stands at an address that several want.
//!
//! Takes routes in the order in which they are wanted; gives them by path, each path once: the first that
//! wants it has it. Another page that wants it, too, is a problem that names both.

use super::routes::{Page, Route};
use crate::diag::{Code, Diagnostic};
use crate::text::Place;
use rayon::prelude::*;

/// A route, and where it is asked for, if a writer does.
pub(super) struct Wanted {
    pub route: Route,
    pub place: Option<Place>,
}

/// The routes by path, with the problems in the order of what could not stand.
pub(super) fn settle(wanted: Vec<Wanted>) -> (Vec<Wanted>, Vec<Diagnostic>) {
    let mut all: Vec<(usize, Wanted)> = wanted.into_iter().enumerate().collect();
    // Stable: of one path the first comes first.
    all.par_sort_by(|(_, one), (_, other)| one.route.path.cmp(&other.route.path));
    let mut routes: Vec<Wanted> = Vec::with_capacity(all.len());
    let mut problems = Vec::new();
    for (at, wanted) in all {
        match routes.last() {
            Some(first) if first.route.path == wanted.route.path => {
                problems.extend(collision(first, &wanted).map(|problem| (at, problem)));
            }
            _ => routes.push(wanted),
        }
    }
    problems.sort_by_key(|&(at, _)| at);
    let problems = problems.into_iter().map(|(_, problem)| problem);
    (routes, problems.collect())
}

/// Adds a route to those that have been settled.
pub(super) fn join(routes: &mut Vec<Wanted>, wanted: Wanted) -> Option<Diagnostic> {
    match routes.binary_search_by(|it| it.route.path.cmp(&wanted.route.path)) {
        Ok(at) => collision(&routes[at], &wanted),
        Err(at) => {
            routes.insert(at, wanted);
            None
        }
    }
}

/// What is wrong where a path is wanted that another has; nothing where both are the same page.
fn collision(first: &Wanted, wanted: &Wanted) -> Option<Diagnostic> {
    let (page, other) = (&wanted.route.page, &first.route.page);
    if page == other {
        return None;
    }
    let place = wanted.place.clone();
    let place = place.unwrap_or_else(|| Place::file("dossier.toml"));
    let message = format!("two pages want the address `/{}`", wanted.route.address);
    let mut problem = Diagnostic::new(Code::CollidingRoutes, place, message)
        .label(describe(page))
        .help("rename one of the two, or take the redirect away");
    if let Some(place) = &first.place {
        problem = problem.also(place.clone(), describe(other));
    } else {
        problem.label = format!("{}, where the site has {}", describe(page), describe(other));
    }
    Some(problem)
}

fn describe(page: &Page) -> String {
    match page {
        Page::Entry(_) => "this entry".to_owned(),
        Page::Redirect(_) => "this former address".to_owned(),
        Page::File(file) => format!("the file {file}"),
        Page::Asset(asset) => format!("the theme's {asset}"),
        Page::Index(kind, ..) => format!("the index of {}", kind.folder()),
        Page::Cited(..) | Page::Mentions(..) | Page::Relations(..) | Page::Timeline(..) => {
            "a further page of this entry".to_owned()
        }
        Page::Tags | Page::Tag(..) => "the pages of tags".to_owned(),
        Page::Name(_) => "the page of a contested name".to_owned(),
        Page::Home | Page::NotFound | Page::Feed(_) | Page::Sitemap(_) | Page::Robots => {
            "a page of the site itself".to_owned()
        }
    }
}
