//! Reads `dossier.toml`.
//!
//! Takes the file, or the fact that there is none; gives a [`Config`], as good as it could be made,
//! and every problem with its place. Never stops at the first problem. Whoever gets an error must
//! not publish: what could not be read is then filled with the strictest value.

#[cfg(test)]
mod tests;

mod attachments;

mod attack;

mod drawings;

mod exports;

mod money;

mod output;

mod search;

mod serve;

mod text;

mod theme;

mod value;

use super::{Config, Drawings, LinkStyle, Look, NavItem, NavTarget};
use crate::attachment::Trust;
use crate::diag::{Advice, Code, Diagnostic, Outcome, Severity, closest, nearest};
use crate::model::address::{self, Address};
use crate::model::{Kind, Schemes, Tlp};
use crate::text::{Place, Span, TextFile, line_column};
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use value::{Mends, quoted, span};

/// Every key that `dossier.toml` knows.
const KEYS: &[&str] = &[
    "title",
    "base_url",
    "default_tlp",
    "other_markings",
    "language",
    "authors",
    "description",
    "default_audience",
    "links",
    "trust_html",
    "attachments",
    "navigation",
    "severity",
    "search",
    "drawings",
    "money",
    "exports",
    "attack",
    "serve",
    "output",
    "text",
    "theme",
];

/// Those of them that decide neither who sees what nor what is reported.
const PLAIN: &[&str] = &[
    "title",
    "base_url",
    "language",
    "authors",
    "description",
    "links",
    "navigation",
    "search",
    "drawings",
    "money",
    "attack",
    "serve",
    "output",
    "text",
    "theme",
];

/// Codes whose weight is not the configuration's to lower: without them a site cannot be made, or
/// could show what a marking withholds or act in a reader's browser. An entry with a bad slug or redirect counts
/// as broken, of which neither is told that it is withheld nor what leads to it.
const FIXED: &[Code] = &[
    Code::ConfigSyntax,
    Code::ConfigValue,
    Code::ConfigUnknownKey,
    Code::LinkLeavesProject,
    Code::FrontMatterMissing,
    Code::FrontMatterSyntax,
    Code::BadMarking,
    Code::DuplicateKey,
    Code::TooDeep,
    Code::WithheldIndicator,
    Code::DuplicateSlug,
    Code::DuplicateId,
    Code::CollidingRoutes,
    Code::BadPath,
    Code::BadSlug,
    Code::BadRedirect,
    Code::UnsafeLink,
    Code::OpenComment,
    Code::OtherMarking,
    Code::ActiveAttachment,
    Code::UnreadableSvg,
    Code::TemplateError,
];

/// Reads the configuration.
#[must_use]
pub fn read(file: Option<&TextFile>) -> Outcome<Config> {
    let Some(file) = file else {
        let problem = Diagnostic::new(
            Code::ConfigSyntax,
            Place::file("dossier.toml"),
            "there is no `dossier.toml` here",
        )
        .help(
            "`dossier init` writes a small working dossier; \
             `--root DIR` names the folder of one that exists",
        );
        return Outcome {
            value: Config::unread(),
            problems: vec![problem],
        };
    };
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    let mut reader = Reader {
        file,
        problems: Vec::new(),
        complete: errors.is_empty(),
    };
    let mut broken_line = None;
    for error in errors {
        let at = error.span().map_or(Span::default(), span);
        let line = line_column(&file.text, at.start).0;
        // What the parser says of the rest of a broken line only follows from its first error.
        if broken_line.replace(line) != Some(line) {
            let message = format!("`dossier.toml` is not valid TOML: {}", error.message());
            reader
                .problems
                .push(Diagnostic::at(Code::ConfigSyntax, &file.path, at, message));
        }
    }
    let value = reader.config(root.get_ref());
    Outcome {
        value,
        problems: reader.problems,
    }
}

/// Checks the address of a site's root and gives it the form that all others are made from: absolute
/// and ending in `/`.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn base_url(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or_else(|| format!("`{text}` is not an absolute http or https address"))?;
    let odd = |c: char| c.is_whitespace() || address::is_hidden(c) || "?#\"<>\\^`{|}".contains(c);
    if let Some(bad) = text.chars().find(|&c| odd(c)) {
        return Err(format!("`{}` may not stand in it", bad.escape_debug()));
    }
    let address = Address::web(text).map_err(|refusal| refusal.reason().to_owned())?;
    if rest.split('/').any(|part| part == "." || part == "..") {
        return Err(format!("`{text}` has `.` or `..` in its path"));
    }
    let slash = if text.ends_with('/') { "" } else { "/" };
    Ok(format!("{address}{slash}"))
}

impl Config {
    /// What stands for a configuration that could not be read: nothing in it is ever published.
    fn unread() -> Self {
        Self {
            title: "Untitled".to_owned(),
            base_url: "https://example.org/".to_owned(),
            default_tlp: Tlp::Red,
            other_markings: Arc::default(),
            language: "en".to_owned(),
            authors: Vec::new(),
            description: None,
            default_audience: Tlp::Clear,
            links: LinkStyle::Directory,
            trust_html: false,
            trusted_files: Trust::default(),
            navigation: Vec::new(),
            severity: BTreeMap::new(),
            editor: None,
            swap: false,
            smart_punctuation: false,
            full_text: true,
            drawings: Drawings::default(),
            money: Arc::default(),
            exports: Arc::default(),
            attack: Arc::default(),
            look: Look::default(),
        }
    }
}

struct Reader<'a> {
    file: &'a TextFile,
    problems: Vec<Diagnostic>,
    /// Whether the whole file was valid TOML: where it was not, an absent key may be in the part
    /// that was not understood, and is not reported as well.
    complete: bool,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn config(&mut self, root: &DeTable<'_>) -> Config {
        let mut config = Config::unread();
        for (key, value) in in_order(root) {
            match key.get_ref().as_ref() {
                "title" => self.set(&mut config.title, value, Self::words),
                "base_url" => self.set(&mut config.base_url, value, Self::address),
                "default_tlp" => self.set(&mut config.default_tlp, value, Self::marking),
                "other_markings" => self.set(&mut config.other_markings, value, |reader, value| {
                    let words = reader.list(value)?;
                    Some(Arc::new(Schemes::of(&words)))
                }),
                "language" => self.set(&mut config.language, value, Self::language),
                "authors" => self.set(&mut config.authors, value, Self::list),
                "description" => {
                    self.set(&mut config.description, value, |reader, value| {
                        reader.words(value).map(Some)
                    });
                }
                "default_audience" => self.set(&mut config.default_audience, value, Self::marking),
                "links" => self.set(&mut config.links, value, Self::link_style),
                "trust_html" => self.set(&mut config.trust_html, value, Self::flag),
                "attachments" => {
                    self.set(&mut config.trusted_files, value, Self::attachments);
                }
                "navigation" => self.set(&mut config.navigation, value, Self::navigation),
                "severity" => self.set(&mut config.severity, value, Self::severities),
                "search" => self.set(&mut config.full_text, value, Self::search),
                "drawings" => self.set(&mut config.drawings, value, Self::drawings),
                "money" => self.set(&mut config.money, value, |reader, value| {
                    reader.money(value).map(Arc::new)
                }),
                "exports" => self.set(&mut config.exports, value, |reader, value| {
                    reader.exports(value).map(Arc::new)
                }),
                "attack" => self.set(&mut config.attack, value, |reader, value| {
                    reader.attack(value).map(Arc::new)
                }),
                "serve" => self.set(&mut config.editor, value, Self::serve),
                "output" => self.set(&mut config.swap, value, Self::output),
                "text" => self.set(&mut config.smart_punctuation, value, Self::prose),
                "theme" => self.set(&mut config.look, value, Self::theme),
                unknown => self.problems.push(
                    Diagnostic::at(
                        Code::ConfigUnknownKey,
                        &self.file.path,
                        span(key.span()),
                        format!("`dossier.toml` has no key `{unknown}`"),
                    )
                    .help(self.instead_of(unknown, key.span(), root)),
                ),
            }
        }
        self.required(root);
        let markings = config.markings();
        for item in &mut config.navigation {
            if let NavTarget::External(url) = &item.to
                && let Some(own) = markings.path_of_entry(url)
            {
                let fragment = own.fragment.map(|it| format!("#{it}"));
                item.to = NavTarget::Path(own.path + &fragment.unwrap_or_default());
            }
        }
        config
    }

    /// The key that is meant by one that is none, with its edit where it says nothing of who sees what.
    fn instead_of(&self, unknown: &str, at: std::ops::Range<usize>, root: &DeTable<'_>) -> Advice {
        let advice = Advice::from(instead_of(unknown, root));
        match nearest(unknown, KEYS.iter().copied()) {
            Some(near) if PLAIN.contains(&near.word) && root.get(near.word).is_none() => {
                advice.edited(near.is_sure(), self.key_instead(at, unknown, near.word))
            }
            _ => advice,
        }
    }

    fn required(&mut self, root: &DeTable<'_>) {
        let examples = [
            ("title", "title = \"APT38\""),
            ("base_url", "base_url = \"https://example.org/apt38/\""),
            (
                "default_tlp",
                "default_tlp = \"clear\", which is how entries without a marking are treated",
            ),
        ];
        for (key, example) in examples {
            if self.complete && !root.contains_key(key) {
                self.problems.push(
                    Diagnostic::new(
                        Code::ConfigValue,
                        Place::file(self.file.path.clone()),
                        format!("`dossier.toml` lacks the key `{key}`"),
                    )
                    .help(format!("write for example {example}")),
                );
            }
        }
    }

    /// Puts what `read` makes of the value in its place, or leaves the place as it was.
    fn set<T>(
        &mut self,
        place: &mut T,
        value: &Value<'_>,
        read: impl FnOnce(&mut Self, &Value<'_>) -> Option<T>,
    ) {
        // A value of no length is one that the parser made up to get over a broken line.
        if !self.complete && value.span().is_empty() {
            return;
        }
        if let Some(value) = read(self, value) {
            *place = value;
        }
    }

    fn navigation(&mut self, value: &Value<'_>) -> Option<Vec<NavItem>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table of `label = target`");
            return None;
        };
        let item = |(label, value): (&Spanned<_>, _)| {
            let to = self.nav_target(value)?;
            let label: &str = AsRef::<str>::as_ref(label.get_ref());
            Some(NavItem {
                label: label.to_owned(),
                to,
            })
        };
        Some(in_order(table).into_iter().filter_map(item).collect())
    }

    fn nav_target(&mut self, value: &Value<'_>) -> Option<NavTarget> {
        let text = self.text(value)?.trim();
        match Address::web(text) {
            Ok(address) => return Some(NavTarget::External(address)),
            Err(refusal) if names_scheme(text) => {
                let help = refusal.reason().to_owned();
                let message = format!("`{}` may not be linked", text.escape_debug());
                self.bad(value, message, Some(help.into()));
                return None;
            }
            Err(_) => {}
        }
        let path = text.strip_prefix('/').unwrap_or(text);
        let kind = Kind::from_folder(path.trim_end_matches('/'));
        if let Some(kind) = kind.filter(|kind| kind.is_of_entries()) {
            return Some(NavTarget::Index(kind));
        }
        let refused = |c: char| c.is_control() || c.is_whitespace() || ":\\?\"<>".contains(c);
        if text.is_empty()
            || path.starts_with('/')
            || path.contains(refused)
            || path.split('/').any(|part| part == "." || part == "..")
        {
            let help = match nearest(text, Kind::ALL.map(Kind::folder)) {
                Some(near) => Advice::from(format!("did you mean `{}`?", near.word))
                    .edited(near.is_slip(), self.instead(value, near.word)),
                None => "a target is a kind's folder (`actors`), a path of the site (`tags/`) \
                         or an https address"
                    .into(),
            };
            self.bad(
                value,
                format!("`{text}` is no target of a navigation item"),
                Some(help),
            );
            return None;
        }
        Some(NavTarget::Path(path.to_owned()))
    }

    fn severities(&mut self, value: &Value<'_>) -> Option<BTreeMap<Code, Option<Severity>>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table of `code = \"error|warning|off\"`");
            return None;
        };
        let mut severities = BTreeMap::new();
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            let Some(code) = Code::from_name(name) else {
                let help = match nearest(name, Code::ALL.iter().map(|code| code.name())) {
                    Some(near) => {
                        let edit = self.key_instead(key.span(), name, near.word);
                        let edit = edit.filter(|_| table.get(near.word).is_none());
                        Advice::from(format!("did you mean `{}`?", near.word)).perhaps(edit)
                    }
                    None => "`dossier explain` lists all codes".into(),
                };
                self.problems.push(
                    Diagnostic::at(
                        Code::ConfigUnknownKey,
                        &self.file.path,
                        span(key.span()),
                        format!("there is no diagnostic `{name}`"),
                    )
                    .help(help),
                );
                continue;
            };
            let weight = self.word(
                value,
                "severity",
                &["error", "warning", "off"],
                Mends::Asked,
                |word| match word {
                    "error" => Some(Some(Severity::Error)),
                    "warning" => Some(Some(Severity::Warning)),
                    "off" => Some(None),
                    _ => None,
                },
            );
            if let Some(weight) = weight {
                let least = match code {
                    // Who marks a lead-in may have meant all that it leads to.
                    Code::MarkedLeadIn => Some(Severity::Warning),
                    _ => FIXED.contains(&code).then_some(Severity::Error),
                };
                if least.is_some() && weight < least {
                    let message = match least {
                        Some(Severity::Warning) => format!("`{name}` is never off"),
                        _ => format!("`{name}` is always an error"),
                    };
                    let acts = matches!(code, Code::ActiveAttachment | Code::UnreadableSvg);
                    let help = match acts {
                        true => "without it what is published could act in a reader's browser",
                        false => {
                            "without it a site cannot be made, or could show what a marking withholds"
                        }
                    };
                    self.bad(value, message, Some(help.into()));
                } else {
                    severities.insert(code, weight);
                }
            }
        }
        Some(severities)
    }
}

/// Whether a text was meant for the address of a page elsewhere.
fn names_scheme(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// A table's items as they stand in the file (`toml` sorts them by name).
fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<toml::de::DeString<'i>>, &'t Value<'i>)> {
    let mut items: Vec<_> = table.iter().collect();
    items.sort_by_key(|(key, _)| key.span().start);
    items
}

/// The key that is meant by one that is none: one that stands already is not to stand twice.
fn instead_of(unknown: &str, root: &DeTable<'_>) -> String {
    let tlp = || {
        unknown
            .to_lowercase()
            .contains("tlp")
            .then_some("default_tlp")
    };
    match closest(unknown, KEYS.iter().copied()).or_else(tlp) {
        Some(near) if root.get(near).is_some() => {
            format!("did you mean `{near}`, which stands here already?")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", quoted(KEYS)),
    }
}
