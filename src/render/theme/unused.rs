//! Files in a project's `templates/` that do nothing.

use super::{Default, place_of};
use crate::diag::{Code, Diagnostic, closest};
use crate::render::language::tag_of;
use crate::text::Place;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is wrong with a file of a project's own that no page is made with, and that is not published.
pub(super) fn unused(path: &str, sources: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let is_words = tag_of(path).is_some();
    if path.starts_with("assets/") || is_words || Default::get(path).is_some() {
        return None;
    }
    let named = || {
        let names = ['"', '\''].map(|quote| format!("{quote}{path}{quote}"));
        let texts = || sources.iter().filter(|(name, _)| *name != path);
        names
            .iter()
            .any(|name| texts().any(|(_, text)| text.contains(name)))
    };
    let defines = |text: &String| text.contains("{% component") || text.contains("{%- component");
    let is_template = path.ends_with(".html");
    if is_template && (named() || sources.get(path).is_some_and(defines)) {
        return None;
    }
    let names: Vec<Cow<'_, str>> = Default::iter().collect();
    let file = path.rsplit('/').next().unwrap_or(path);
    let of_file = names
        .iter()
        .find(|name| name.rsplit('/').next() == Some(file));
    let near = closest(path, names.iter().map(|name| &**name));
    let near = near.or(of_file.map(|name| &**name)).or_else(|| {
        let files = names.iter().filter_map(|name| name.rsplit('/').next());
        let near = closest(file, files)?;
        let mut names = names.iter().map(|name| &**name);
        names.find(|name| name.rsplit('/').next() == Some(near))
    });
    let help = match near {
        Some(near) => format!("did you mean `templates/{near}`?"),
        None if is_template => {
            "name it as the template that it is to replace, or include it in one that is used"
                .to_owned()
        }
        None => "what is to be published with the pages lies in templates/assets/".to_owned(),
    };
    let message =
        format!("`{path}` is no template of the theme, and no template names it: it does nothing");
    Some(Diagnostic::new(Code::UnusedTemplate, Place::file(place_of(path)), message).help(help))
}
