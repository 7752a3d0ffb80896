//! The navigation of `dossier.toml` leads to entries that there are.

use crate::config::{Config, NavTarget};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::Kind;
use crate::resolve::Dossier;
use crate::text::Place;

/// Every item of the navigation that names an entry which the dossier does not have.
#[must_use]
pub fn navigation(dossier: &Dossier, config: &Config) -> Vec<Diagnostic> {
    let named = config.navigation.iter();
    if !named
        .into_iter()
        .any(|item| matches!(item.to, NavTarget::Path(_)))
    {
        return Vec::new();
    }
    let routes: Vec<String> = dossier.entries.iter().map(|entry| entry.route()).collect();
    let mut problems = Vec::new();
    for item in &config.navigation {
        // The index of a kind that has no entries yet is left out until it has.
        let NavTarget::Path(path) = &item.to else {
            continue;
        };
        let named = format!("{}/", path.trim_matches('/'));
        let folder = named.split('/').next().and_then(Kind::from_folder);
        let listed = folder.filter(|kind| kind.is_of_entries());
        let is_index = listed.is_some_and(|kind| named == format!("{}/by-date/", kind.folder()));
        let known = folder.is_none() || is_index || routes.contains(&named);
        if !known {
            let near = did_you_mean(&named, routes.iter().map(String::as_str));
            let help = near.unwrap_or_else(|| {
                "name an entry, `notes/laundering/`, or the index of a kind, `notes`".to_owned()
            });
            problems.push(
                Diagnostic::new(
                    Code::ConfigValue,
                    Place::file("dossier.toml"),
                    format!(
                        "“{}” in the navigation leads to `{named}`, which there is not",
                        item.label
                    ),
                )
                .help(help),
            );
        }
    }
    problems
}
