//! Who stands at an address that several want.
//!
//! Takes routes in the order in which they are wanted; gives them by path, each path once: the first that
//! wants it has it. Another page that wants it, too, is a problem that names both, and so is a path that
//! no file can have.

use super::Site;
use super::routes::{Copied, MadeOf, Output, Page, Route};
use crate::diag::{Code, Diagnostic};
use crate::model::path;
use crate::text::Place;
use rayon::prelude::*;

/// A route, and where it is asked for, if a writer does.
pub(super) struct Wanted {
    pub route: Route,
    pub place: Option<Place>,
    /// How many were wanted before it.
    pub order: usize,
}

/// The routes by path, with the problems in the order of what could not stand.
pub(super) fn settle(mut wanted: Vec<Wanted>, site: &Site) -> (Vec<Wanted>, Vec<Diagnostic>) {
    for (order, it) in wanted.iter_mut().enumerate() {
        it.order = order;
    }
    // Stable: of one path the first comes first.
    wanted.par_sort_by(|one, other| one.route.path.cmp(&other.route.path));
    let mut routes: Vec<Wanted> = Vec::with_capacity(wanted.len());
    let mut problems = Vec::new();
    for wanted in wanted {
        let order = wanted.order;
        problems.extend(unfit(&wanted, site).map(|problem| (order, problem)));
        match routes.last() {
            Some(first) if first.route.path == wanted.route.path => {
                problems.extend(collision(first, &wanted).map(|problem| (order, problem)));
            }
            _ => routes.push(wanted),
        }
    }
    problems.sort_by_key(|&(order, _)| order);
    let problems = problems.into_iter().map(|(_, problem)| problem);
    (routes, problems.collect())
}

/// Adds a route to those that have been settled.
pub(super) fn join(routes: &mut Vec<Wanted>, mut wanted: Wanted) -> Option<Diagnostic> {
    wanted.order = routes.len();
    match routes.binary_search_by(|it| it.route.path.cmp(&wanted.route.path)) {
        Ok(at) => collision(&routes[at], &wanted),
        Err(at) => {
            routes.insert(at, wanted);
            None
        }
    }
}

/// What is wrong with a path that no file can have, or not everywhere.
fn unfit(wanted: &Wanted, site: &Site) -> Option<Diagnostic> {
    let page = match &wanted.route.output {
        Output::Page(page) => page,
        Output::Made(_) => return None,
        Output::Asset(_) | Output::Copied(Copied::Content(_)) => {
            return path::unfit(&wanted.route.path, place(wanted));
        }
        Output::Copied(Copied::Static(_)) => {
            return path::unfit_static(&wanted.route.path, place(wanted));
        }
    };
    match page.made_of() {
        MadeOf::Nothing => None,
        MadeOf::Address => path::unfit(&wanted.route.path, place(wanted)),
        MadeOf::Tag(tag) => {
            let tag = site.tags.get(tag as usize)?;
            path::unfit_name(&tag.slug, &tag.name, place(wanted))
        }
        MadeOf::Name(name) => {
            let contested = site.contested.get(name as usize)?;
            path::unfit_name(&contested.slug, &contested.name, place(wanted))
        }
    }
}

/// What is wrong where a path is wanted that another has; nothing where both are the same page.
fn collision(first: &Wanted, wanted: &Wanted) -> Option<Diagnostic> {
    if wanted.route.output == first.route.output {
        return None;
    }
    let message = format!("two pages want the address `/{}`", wanted.route.address);
    let problem = problem_between(first, wanted, message);
    if [first, wanted]
        .iter()
        .any(|it| matches!(it.route.output, Output::Copied(Copied::Static(_))))
    {
        return Some(problem.help("rename the file, or take it out of its folder"));
    }
    let entry = [first, wanted].map(|it| matches!(it.route.page(), Some(Page::Entry(_))));
    let placed = [first, wanted].map(|it| it.place.is_some());
    Some(problem.help(match entry == placed {
        true => "rename the file: its name makes the address",
        false => "rename one of the two, or take the redirect away",
    }))
}

/// A problem between two: it stands where a writer asks for one of them, and names the other.
pub(super) fn problem_between(first: &Wanted, wanted: &Wanted, message: String) -> Diagnostic {
    let (subject, other) = match (&first.place, &wanted.place) {
        (Some(_), None) => (first, wanted),
        _ => (wanted, first),
    };
    let label = describe(&subject.route.output);
    let has = describe(&other.route.output);
    let problem = Diagnostic::new(Code::CollidingRoutes, place(subject), message);
    match &other.place {
        Some(place) => problem.label(label).also(place.clone(), has),
        None => problem.label(format!("{label}, where the site has {has}")),
    }
}

fn place(wanted: &Wanted) -> Place {
    let file = match &wanted.route.output {
        Output::Asset(asset) => format!("templates/{asset}"),
        Output::Page(_) | Output::Made(_) | Output::Copied(_) => "dossier.toml".to_owned(),
    };
    wanted.place.clone().unwrap_or_else(|| Place::file(file))
}

fn describe(output: &Output) -> String {
    match output {
        Output::Page(page) => page.describe(),
        Output::Made(_) => "a page of the site itself".to_owned(),
        Output::Asset(asset) => format!("the theme's {asset}"),
        Output::Copied(copied) => format!("the file {}", copied.path()),
    }
}
