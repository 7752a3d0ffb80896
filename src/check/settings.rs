//! The texts of `dossier.toml` stand on pages of every audience: none of them says a marking.

use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::model::Tlp;
use crate::parse::statics::above;
use crate::text::Place;

/// Every text of the settings that holds a label above CLEAR.
#[must_use]
pub fn settings(config: &Config) -> Vec<Diagnostic> {
    let description = config.description.as_deref();
    let texts = [("title", config.title.as_str())].into_iter();
    let texts = texts
        .chain(description.map(|text| ("description", text)))
        .chain(config.authors.iter().map(|name| ("authors", &**name)))
        .chain(
            config
                .navigation
                .iter()
                .map(|it| ("navigation", &*it.label)),
        );
    let labelled = texts.filter_map(|(key, text)| Some((key, above(text.as_bytes(), Tlp::Clear)?)));
    let problems = labelled.map(|(key, label)| {
        let message = format!(
            "`{key}` says `{}` and stands on the pages of every audience",
            label.written
        );
        Diagnostic::new(Code::BadMarking, Place::file("dossier.toml"), message).help(
            "leave it out; what is not for everyone stands in an entry, which is marked by `tlp:`",
        )
    });
    problems.collect()
}
