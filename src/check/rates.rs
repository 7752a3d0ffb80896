//! The rates of `dossier.toml` rest on sources that there are.

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::Kind;
use crate::model::rate::{Rate, Rates};
use crate::resolve::Dossier;
use std::sync::Arc;

/// Every rate whose source the dossier does not have.
#[must_use]
pub fn rates(dossier: &Dossier, rates: &Rates) -> Vec<Diagnostic> {
    if rates.rates.is_empty() {
        return Vec::new();
    }
    let sources = dossier.entries.iter();
    let sources = sources.filter(|entry| entry.kind == Kind::Source);
    let slugs: Vec<&str> = sources.map(|entry| &*entry.slug).collect();
    let lost = |slug: &str| !slugs.contains(&slug);
    let rates = rates.rates.iter().filter(|rate| lost(&rate.source));
    let file: Arc<str> = Arc::from("dossier.toml");
    let problem = |rate: &Rate| {
        let message = format!("there is no source `{}`", rate.source);
        let near = did_you_mean(&rate.source, slugs.iter().copied());
        let help = near.unwrap_or_else(|| {
            format!(
                "write `content/sources/{}.md`, of whoever states the rate",
                rate.source
            )
        });
        Diagnostic::at(Code::ConfigValue, &file, rate.at, message).help(help)
    };
    rates.map(problem).collect()
}
