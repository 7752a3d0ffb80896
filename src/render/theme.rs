//! The templates and assets: those embedded in the program, overridden file by file by a project's
//! own `templates/`.

mod ejected;

mod spoken;

mod unclosed;

mod unused;

pub use self::ejected::{Note, Replaceable};

use self::ejected::outdated;
use self::spoken::{Spoken, register, spoken};
use self::unclosed::unclosed;
use self::unused::unused;
use super::escape;
use super::language::{Language, Languages};
use super::views::{Content, View};
use crate::diag::{Code, Diagnostic, Outcome};
use crate::text::{Place, Span, hash_of};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use tera::{Context, Tera, Value};

/// The default theme.
#[derive(RustEmbed)]
#[folder = "templates/"]
struct Default;

/// Templates ready to render, and the files that are published with the pages.
#[derive(Debug)]
pub struct Theme {
    /// In each language, made when the first page speaks it; that of the dossier at once.
    spoken: Vec<OnceLock<Templates>>,
    sources: BTreeMap<String, String>,
    languages: Arc<Languages>,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    own: BTreeMap<String, Arc<[u8]>>,
    site: Value,
    fingerprint: u64,
}

/// The templates in one language.
#[derive(Debug)]
struct Templates {
    tera: Tera,
    texts: BTreeMap<String, Spoken>,
}

impl Theme {
    /// Puts the default theme and a project's own files (by their path below `templates/`) together.
    /// `site` is what every template may use under that name.
    #[must_use]
    pub fn new(
        own: &BTreeMap<String, Arc<[u8]>>,
        site: Value,
        languages: Arc<Languages>,
    ) -> Outcome<Theme> {
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
        let (first, faults) = Templates::of(&sources, &site, &languages, 0);
        problems.extend(faults);
        let fingerprint = hash_of(&(&sources, format!("{site:?}"), languages.fingerprint()));
        let others = (1..languages.len()).map(|_| OnceLock::new());
        let spoken = std::iter::once(OnceLock::from(first))
            .chain(others)
            .collect();
        Outcome {
            value: Theme {
                spoken,
                sources,
                languages,
                assets,
                own: own.clone(),
                site,
                fingerprint,
            },
            problems,
        }
    }

    /// What the pages are said in.
    #[must_use]
    pub fn languages(&self) -> &Arc<Languages> {
        &self.languages
    }

    /// Whether it is what the same project's files and `site` would make again.
    #[must_use]
    pub fn is_of(
        &self,
        own: &BTreeMap<String, Arc<[u8]>>,
        site: &Value,
        languages: &Languages,
    ) -> bool {
        self.own == *own && self.site == *site && *self.languages == *languages
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
            Content::Names(names) => context.insert("names", names),
            Content::Compare(compare) => context.insert("compare", compare),
            Content::Producers(producers) => context.insert("producers", producers),
            Content::Matrix(matrix) => context.insert("matrix", matrix),
            Content::Graph(graph) => context.insert("graph", graph),
            Content::Data(data) => context.insert("data", data),
            Content::Map(map) => context.insert("map", map),
            Content::Money(money) => context.insert("money", money),
            Content::Chronicle(chronicle) => context.insert("chronicle", chronicle),
            Content::Search(search) => context.insert("search", search),
            Content::Missing => {}
        }
        let at = view.language.min(self.spoken.len() - 1);
        let templates = self.spoken[at].get_or_init(|| {
            let (templates, _) = Templates::of(&self.sources, &self.site, &self.languages, at);
            templates
        });
        { &templates.tera }
            .render_to(view.template, &context, &mut *buffer)
            .map_err(|error| {
                let mut problem = problem(&templates.texts, &error, view.template);
                if let Some(source) = &view.source {
                    problem =
                        problem.also(Place::file(source.clone()), "while this page was rendered");
                }
                vec![problem]
            })
    }
}

impl Templates {
    /// The templates in one of the languages, and what is wrong with them.
    fn of(
        sources: &BTreeMap<String, String>,
        site: &Value,
        languages: &Languages,
        at: usize,
    ) -> (Templates, Vec<Diagnostic>) {
        let language = languages.spoken_at(at);
        let mut problems = Vec::new();
        let text = |(name, text): (&String, &String)| {
            (name.clone(), spoken(name, text, &language, &mut problems))
        };
        let texts: BTreeMap<String, Spoken> = sources.iter().map(text).collect();
        let mut tera = Tera::new();
        tera.set_escape_fn(escape::in_templates);
        register(&mut tera, &language);
        let all = texts.iter().map(|(name, spoken)| (name, &spoken.text));
        if let Err(error) = tera.add_raw_templates(all) {
            problems.extend(template_problems(sources, &texts, &error, &language));
        }
        tera.global_context().insert_value("site", site.clone());
        (Templates { tera, texts }, problems)
    }
}

/// Where a template lies in a project, or would.
fn place_of(name: &str) -> String {
    format!("templates/{name}")
}

/// Every template that cannot be read; where all can, what is wrong between them.
fn template_problems(
    sources: &BTreeMap<String, String>,
    texts: &BTreeMap<String, Spoken>,
    error: &tera::Error,
    language: &Arc<Language>,
) -> Vec<Diagnostic> {
    let alone: Vec<Diagnostic> = texts
        .iter()
        .filter_map(|(name, spoken)| {
            let mut tera = Tera::new();
            register(&mut tera, language);
            let error = tera.add_raw_template(name, &spoken.text).err()?;
            let is_syntax = matches!(error.kind(), tera::ErrorKind::SyntaxError(_));
            let text = sources.get(name).map_or("", String::as_str);
            is_syntax.then(|| unclosed(name, text, problem(texts, &error, name)))
        })
        .filter(|problem| {
            !problem.message.contains("nknown component") && !problem.message.contains("not found")
        })
        .collect();
    if alone.is_empty() {
        match told(texts, &error.to_string()) {
            told if told.is_empty() => vec![problem(texts, error, "")],
            told => told,
        }
    } else {
        alone
    }
}

/// What is wrong between templates is told as text: `error: MESSAGE`, then ` --> FILE:LINE:COLUMN`.
fn told(texts: &BTreeMap<String, Spoken>, text: &str) -> Vec<Diagnostic> {
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
            let span =
                texts.get(name).zip(number(line)).zip(number(column)).map(
                    |((spoken, line), column)| spoken.span(span_at(&spoken.text, line, column)),
                );
            let path = place_of(name).into();
            let place = Place { path, span };
            problems.push(
                Diagnostic::new(Code::TemplateError, place, message).help(help(name, message)),
            );
        }
    }
    problems
}

/// A problem of a template at a place that is known.
fn problem_at(path: String, span: Span, message: &str, help: String) -> Diagnostic {
    let place = Place {
        path: path.into(),
        span: Some(span),
    };
    Diagnostic::new(Code::TemplateError, place, message).help(help)
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

fn problem(texts: &BTreeMap<String, Spoken>, error: &tera::Error, template: &str) -> Diagnostic {
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let name = if report.filename().is_empty() {
                template
            } else {
                report.filename()
            };
            let span = Span::new(range.start, range.end);
            let place = Place {
                path: place_of(name).into(),
                span: Some(texts.get(name).map_or(span, |spoken| spoken.span(span))),
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

/// The keys of the words that the default templates say.
#[cfg(test)]
pub(super) fn words_of_templates() -> std::collections::BTreeSet<String> {
    let templates = Default::iter().filter(|path| path.ends_with(".html"));
    let texts = templates.filter_map(|path| Default::get(&path));
    texts
        .flat_map(|file| spoken::keys(&String::from_utf8_lossy(&file.data)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::look::{Colour, GROUNDS};

    /// What stands in a template between tags and in attributes that are read aloud, without what is filled in.
    fn said(text: &str) -> Vec<String> {
        let mut left = String::new();
        let mut rest = text;
        while let Some(at) = rest
            .find("{#")
            .into_iter()
            .chain(rest.find("{{"))
            .chain(rest.find("{%"))
            .min()
        {
            let (before, tag) = rest.split_at(at);
            let close = match &tag[..2] {
                "{#" => "#}",
                "{{" => "}}",
                _ => "%}",
            };
            left.push_str(before);
            left.push('\u{1}');
            rest = tag.split_once(close).map_or("", |(_, rest)| rest);
        }
        left.push_str(rest);
        let mut said = Vec::new();
        for part in left.split('<').skip(1) {
            let (tag, words) = part.split_once('>').unwrap_or((part, ""));
            said.push(words.to_owned());
            for name in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\""] {
                let value = tag
                    .split_once(name)
                    .and_then(|(_, rest)| rest.split_once('"'));
                said.extend(value.map(|(value, _)| value.to_owned()));
            }
        }
        said.retain(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 1);
        said
    }

    #[test]
    fn templates_have_no_words_of_their_own() {
        // Names of formats are no language's; the last is an id.
        const NAMES: [&str; 4] = ["SHA-256", "BibTeX", "CSL-JSON", "mainpage-text"];
        let mut found = Vec::new();
        for path in Default::iter().filter(|path| path.ends_with(".html")) {
            let file = Default::get(&path).expect("it is embedded");
            let said = said(&String::from_utf8_lossy(&file.data));
            let said = said
                .into_iter()
                .map(|it| it.replace('\u{1}', "").trim().to_owned());
            let words = said.filter(|it| !it.is_empty() && !NAMES.contains(&it.as_str()));
            found.extend(words.map(|words| format!("{path}: {words}")));
        }
        assert!(found.is_empty(), "{found:#?}");
        assert_eq!(said("<p>{{ a }} Hello</p>").len(), 1);
        assert_eq!(said("<a aria-label=\"Close\">{# Hello #}</a>"), ["Close"]);
    }

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
