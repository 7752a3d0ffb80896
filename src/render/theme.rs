//! The templates and assets: those embedded in the program, overridden file by file by a project's
//! own `templates/`.

mod ejected;

mod unclosed;

mod unused;

pub use self::ejected::{Note, Replaceable};

use self::ejected::outdated;
use self::unclosed::unclosed;
use self::unused::unused;
use super::escape;
use super::views::{Content, View};
use crate::diag::{Code, Diagnostic, Outcome};
use crate::text::{Place, Span, hash_of};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tera::{Context, Tera, Value};

/// The default theme.
#[derive(RustEmbed)]
#[folder = "templates/"]
struct Default;

/// Templates ready to render, and the files that are published with the pages.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    own: BTreeMap<String, Arc<[u8]>>,
    site: Value,
    fingerprint: u64,
}

impl Theme {
    /// Puts the default theme and a project's own files (by their path below `templates/`) together.
    /// `site` is what every template may use under that name.
    #[must_use]
    pub fn new(own: &BTreeMap<String, Arc<[u8]>>, site: Value) -> Outcome<Theme> {
        let mut files: BTreeMap<String, Cow<'static, [u8]>> = Default::iter()
            .filter_map(|path| Some((path.to_string(), Default::get(&path)?.data)))
            .collect();
        files.extend(
            own.iter()
                .map(|(path, bytes)| (path.clone(), Cow::Owned(bytes.to_vec()))),
        );
        let mut problems = Vec::new();
        let mut sources = BTreeMap::new();
        let mut assets = BTreeMap::new();
        for (path, bytes) in files {
            if path.starts_with("assets/") {
                assets.insert(path, bytes);
            } else if path.ends_with(".html") {
                // One that is no UTF-8 was reported when it was read.
                sources.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        problems.extend(own.keys().filter_map(|path| unused(path, &sources)));
        problems.extend(outdated(own));
        let mut tera = Tera::new();
        tera.set_escape_fn(escape::in_templates);
        if let Err(error) = tera.add_raw_templates(sources.iter()) {
            problems.extend(template_problems(&sources, &error));
        }
        tera.global_context().insert_value("site", site.clone());
        let fingerprint = hash_of(&(&sources, format!("{site:?}")));
        Outcome {
            value: Theme {
                tera,
                assets,
                own: own.clone(),
                site,
                fingerprint,
            },
            problems,
        }
    }

    /// Whether it is what the same project's files and `site` would make again.
    #[must_use]
    pub fn is_of(&self, own: &BTreeMap<String, Arc<[u8]>>, site: &Value) -> bool {
        self.own == *own && self.site == *site
    }

    /// The identity of the templates and of `site`.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The text of a template of the default theme, for the reports of its problems.
    #[must_use]
    pub fn default_text(name: &str) -> Option<&'static str> {
        match Default::get(name)?.data {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok(),
            Cow::Owned(_) => None,
        }
    }

    /// The published files of a project's own files and the default theme, by their path below the site's root.
    #[must_use]
    pub fn assets(own: &BTreeMap<String, Arc<[u8]>>) -> Vec<String> {
        let all = Default::iter().map(|path| path.to_string());
        let all = all.chain(own.keys().cloned());
        let assets: BTreeSet<String> = all.filter(|path| path.starts_with("assets/")).collect();
        assets.into_iter().collect()
    }

    /// The bytes of a published file.
    #[must_use]
    pub fn asset(&self, path: &str) -> &[u8] {
        self.assets.get(path).map_or(&[], |bytes| bytes)
    }

    /// Renders a view.
    ///
    /// # Errors
    /// The template's problem, naming its line and the content page.
    pub fn render(&self, view: &View<'_>, buffer: &mut Vec<u8>) -> Result<(), Vec<Diagnostic>> {
        let mut context = Context::new();
        context.insert("page", &view.page);
        context.insert("root", &view.root);
        match &view.content {
            Content::Entry(entry) => context.insert("entry", entry),
            Content::More(more) => context.insert("more", more),
            Content::Index(index) => context.insert("index", index),
            Content::Home(home) => context.insert("home", home),
            Content::Tags(tags) => context.insert("tags", tags),
            Content::Name(name) => context.insert("name", name),
            Content::Redirect(redirect) => context.insert("redirect", redirect),
            Content::Missing => {}
        }
        self.tera
            .render_to(view.template, &context, &mut *buffer)
            .map_err(|error| {
                let mut problem = problem(&error, view.template);
                if let Some(source) = &view.source {
                    problem =
                        problem.also(Place::file(source.clone()), "while this page was rendered");
                }
                vec![problem]
            })
    }
}

/// Where a template lies in a project, or would.
fn place_of(name: &str) -> String {
    format!("templates/{name}")
}

/// Every template that cannot be read; where all can, what is wrong between them.
fn template_problems(sources: &BTreeMap<String, String>, error: &tera::Error) -> Vec<Diagnostic> {
    let alone: Vec<Diagnostic> = sources
        .iter()
        .filter_map(|(name, text)| {
            let error = Tera::new().add_raw_template(name, text).err()?;
            let is_syntax = matches!(error.kind(), tera::ErrorKind::SyntaxError(_));
            is_syntax.then(|| unclosed(name, text, problem(&error, name)))
        })
        .filter(|problem| {
            !problem.message.contains("nknown component") && !problem.message.contains("not found")
        })
        .collect();
    if alone.is_empty() {
        match told(sources, &error.to_string()) {
            told if told.is_empty() => vec![problem(error, "")],
            told => told,
        }
    } else {
        alone
    }
}

/// What is wrong between templates is told as text: `error: MESSAGE`, then ` --> FILE:LINE:COLUMN`.
fn told(sources: &BTreeMap<String, String>, text: &str) -> Vec<Diagnostic> {
    let mut message = "";
    let mut problems = Vec::new();
    for line in text.lines() {
        let line = line.trim_start();
        if let Some((_, said)) = line.split_once("error: ") {
            message = said;
        } else if let Some(place) = line.strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let (column, line) = (parts.next(), parts.next());
            let name = parts.next().unwrap_or(place);
            let number = |part: Option<&str>| part.and_then(|part| part.trim().parse().ok());
            let span = sources
                .get(name)
                .zip(number(line))
                .zip(number(column))
                .map(|((text, line), column)| span_at(text, line, column));
            let path = place_of(name).into();
            let place = Place { path, span };
            problems.push(
                Diagnostic::new(Code::TemplateError, place, message).help(help(name, message)),
            );
        }
    }
    problems
}

/// The character at a line and a column, both from 1.
fn span_at(text: &str, line: usize, column: usize) -> Span {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(before..).unwrap_or("");
    let within = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    Span::new(before + within, before + within + 1)
}

/// The way out of a template's problem.
fn help(name: &str, message: &str) -> String {
    if message.contains("is not defined") && !message.contains("parent template") {
        return "not every page has it: ask first, `{% if … %}`".to_owned();
    }
    match Default::get(name) {
        Some(_) => {
            "mend it, or delete the file: then the default template takes its place".to_owned()
        }
        None => "mend it; the default templates show how each part is written".to_owned(),
    }
}

/// A problem of a template as a whole.
fn between(template: &str, error: &tera::Error) -> Diagnostic {
    let message = error.to_string();
    let help = help(template, &message);
    Diagnostic::new(
        Code::TemplateError,
        Place::file(place_of(template)),
        message,
    )
    .help(help)
}

fn problem(error: &tera::Error, template: &str) -> Diagnostic {
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let name = if report.filename().is_empty() {
                template
            } else {
                report.filename()
            };
            let place = Place {
                path: place_of(name).into(),
                span: Some(Span::new(range.start, range.end)),
            };
            let message = report.message().trim_end_matches('.');
            Diagnostic::new(Code::TemplateError, place, message).help(help(name, message))
        }
        tera::ErrorKind::MissingParent { current, .. } => between(current, error),
        tera::ErrorKind::CircularExtend { tpl, .. }
        | tera::ErrorKind::CircularInclude { tpl, .. } => between(tpl, error),
        _ => between(template, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::look::{Colour, GROUNDS};

    #[test]
    fn accents_are_judged_on_the_least_favourable_grounds_of_the_stylesheet() {
        let css = Theme::default_text("assets/css/dossier.css").unwrap();
        let property = |name: &str| {
            let line = css
                .lines()
                .map(str::trim)
                .find(|line| line.starts_with(name));
            let pair = line.and_then(|line| line.split_once("light-dark(")?.1.split_once(')'));
            let (light, dark) = pair.and_then(|(pair, _)| pair.split_once(", ")).unwrap();
            (
                Colour::from_text(light).unwrap(),
                Colour::from_text(dark).unwrap(),
            )
        };
        let (paper, shade) = (property("--paper:"), property("--shade:"));
        assert_eq!(GROUNDS, shade);
        let black = Colour(0, 0, 0);
        assert!(shade.0.contrast(black) <= paper.0.contrast(black));
        assert!(shade.1.contrast(black) >= paper.1.contrast(black));
    }
}
