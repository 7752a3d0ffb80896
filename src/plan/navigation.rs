//! The navigation of `dossier.toml` leads to routes of the site.
//!
//! Entries and indexes are judged for all audiences ([`crate::check::navigation`]); what else a path may name
//! only a whole site can tell.

use super::{Site, address, chronicle_address};
use crate::config::{Config, NavTarget};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{Kind, is_of_lists};
use crate::text::Place;

/// A path of the navigation as the address of a page: `notes/x` is `notes/x/`.
#[must_use]
pub fn page_address(path: &str) -> String {
    let path = path.trim_start_matches('/');
    let page = format!("{}/", path.trim_end_matches('/'));
    let folder = page.split('/').next().and_then(Kind::from_folder);
    let known = folder.is_some() || is_list(&page);
    if known { page } else { path.to_owned() }
}

/// Whether an address is that of a list that is there only where something is in it.
fn is_list(address: &str) -> bool {
    let folder = address.strip_suffix('/');
    folder.is_some_and(is_of_lists) || address == chronicle_address(1)
}

/// Whether something is published at an address.
#[must_use]
pub fn is_route(site: &Site, address: &str) -> bool {
    let file = address::file(address);
    let routes = &site.routes;
    routes
        .binary_search_by(|it| it.path.as_str().cmp(&file))
        .is_ok()
}

/// Every item that leads to no route. One that leads to what is withheld, or to a list that has nothing in it
/// yet, is left out of the site without a word.
#[must_use]
pub fn dead_items(site: &Site, config: &Config) -> Vec<Diagnostic> {
    let items = config.navigation.iter();
    let dead = items.filter_map(|item| {
        let NavTarget::Path(path) = &item.to else {
            return None;
        };
        let to = page_address(path);
        let folder = to.split('/').next().unwrap_or("");
        let left_out = Kind::from_folder(folder).is_some() || is_list(&to);
        let routes = &site.routes;
        if left_out || is_route(site, &to) {
            return None;
        }
        let near = did_you_mean(&to, routes.iter().map(|it| it.address.as_str()));
        let message = format!(
            "“{}” in the navigation leads to `/{to}`, which is no page and no file of the site: it is left \
             out",
            item.label
        );
        let help = near.unwrap_or_else(|| {
            "name a page of the site, `tags/`, or a file, `feed.xml`; an address elsewhere begins with \
             `https://`"
                .to_owned()
        });
        let place = Place::file("dossier.toml");
        Some(Diagnostic::new(Code::DeadNavigation, place, message).help(help))
    });
    dead.collect()
}
