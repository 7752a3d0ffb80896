//! The texts of `dossier.toml` stand on pages of every audience: none of them may state a marking.

use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::model::Tlp;
use crate::parse::front::beside::labels_in_settings;
use crate::parse::front::comments::holds_comment;
use crate::parse::statics::{above, other_marking};
use crate::text::{Place, TextFile};

/// Every text of the settings, which were read of `file`, that holds a label above CLEAR, and every such label
/// in a comment.
#[must_use]
pub fn settings(config: &Config, file: Option<&TextFile>) -> Vec<Diagnostic> {
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
    let texts: Vec<(&str, &str)> = texts.collect();
    let commented = texts.iter().filter(|(_, text)| holds_comment(text));
    let commented = commented.map(|(key, _)| {
        let message = format!("`{key}` holds a comment, where all that is written is shown");
        Diagnostic::new(Code::ConfigValue, Place::file("dossier.toml"), message)
            .help("delete it, or write it behind a `#`")
    });
    let labelled = texts
        .iter()
        .filter_map(|(key, text)| Some((key, above(text.as_bytes(), Tlp::Clear)?)));
    let problems = labelled.map(|(key, label)| {
        let message = format!(
            "`{key}` says `{}` and stands on the pages of every audience",
            label.written
        );
        Diagnostic::new(Code::BadMarking, Place::file("dossier.toml"), message).help(
            "leave it out; what is not for everyone stands in an entry, which is marked by `tlp:`",
        )
    });
    let others = texts
        .iter()
        .filter(|(_, text)| other_marking(text.as_bytes(), &config.other_markings).is_some());
    let others = others.map(|(key, _)| {
        let message = format!(
            "`{key}` begins with a mark of a scheme other than TLP 2.0, and stands on the pages of every audience"
        );
        Diagnostic::new(Code::OtherMarking, Place::file("dossier.toml"), message)
            .help("leave it out; `other_markings` lists the words")
    });
    let mut problems: Vec<Diagnostic> = problems.chain(commented).chain(others).collect();
    problems.extend(file.into_iter().flat_map(in_comments));
    problems
}

/// Every label in a comment: whoever wrote it takes what stands by it for marked.
fn in_comments(file: &TextFile) -> impl Iterator<Item = Diagnostic> {
    labels_in_settings(file).into_iter().map(|label| {
        let message = format!(
            "`{}` in a comment marks nothing: what stands in the settings is for everyone",
            label.written
        );
        Diagnostic::at(Code::BadMarking, &file.path, label.span, message).help(
            "delete it; what is not for everyone stands in an entry, which is marked by `tlp:`",
        )
    })
}
