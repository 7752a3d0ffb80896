//! The files that `[theme]` names lie in the project's `templates/assets/`.

use crate::config::Look;
use crate::config::look::published;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::text::Place;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every file that the settings name and that is not among the project's own files of the theme.
#[must_use]
pub fn look(look: &Look, own: &BTreeMap<String, Arc<[u8]>>) -> Vec<Diagnostic> {
    let missing = look
        .named()
        .filter(|name| !own.contains_key(&published(&name.value)));
    let problems =
        missing.map(|name| {
            let assets = own.keys().filter_map(|path| path.strip_prefix("assets/"));
            let near = did_you_mean(&name.value, assets);
            let place = Place {
                path: "dossier.toml".into(),
                span: Some(name.span),
            };
            let message = format!("there is no `templates/assets/{}`", name.value);
            Diagnostic::new(Code::ConfigValue, place, message).help(near.unwrap_or_else(|| {
                "put the file there, or take the key out of `[theme]`".to_owned()
            }))
        });
    problems.collect()
}
