//! Values to be written, and how YAML and TOML write them.
//!
//! Takes a value; gives its text, in quotes only where the format, or another reader of it, would take it for
//! something else. Reads nothing.

use crate::parse::front::form::{Form, Shape};
use crate::parse::front::shapes::VERSION;
use crate::parse::front::split::Format;
use crate::parse::front::tree::{Node, Value};
use std::fmt::{self, Write as _};

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Text, whatever it looks like.
    Text(String),
    /// A number, a date, `true`: written without quotes where the format allows it.
    Bare(String),
    /// Several values.
    List(Vec<Given>),
    /// Named values.
    Map(Vec<(String, Given)>),
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Given::Text(text.to_owned())
    }
}

/// As YAML within a line.
impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.single(false))
    }
}

impl Given {
    /// What a node holds.
    pub(super) fn of(node: &Node<'_>) -> Given {
        match &node.value {
            Value::Scalar(scalar) if scalar.quoted => Given::Text(scalar.text.to_string()),
            Value::Scalar(scalar) => Given::Bare(scalar.text.to_string()),
            Value::List(items) => Given::List(items.iter().map(Given::of).collect()),
            Value::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, node)| (key.text.to_string(), Given::of(node)));
                Given::Map(entries.collect())
            }
        }
    }

    /// Whether a node holds it.
    pub(super) fn is(&self, node: &Node<'_>) -> bool {
        match (self, &node.value) {
            (Given::Text(text) | Given::Bare(text), Value::Scalar(scalar)) => {
                // Without quotes it is nothing at all.
                let same = text != "~" || scalar.quoted == matches!(self, Given::Text(_));
                same && *text == scalar.text
            }
            (Given::List(given), Value::List(items)) => {
                given.len() == items.len() && given.iter().zip(items).all(|(it, item)| it.is(item))
            }
            (Given::Map(given), Value::Map(entries)) => {
                let mut both = given.iter().zip(entries);
                given.len() == entries.len()
                    && both.all(|((name, it), (key, node))| *name == key.text && it.is(node))
            }
            _ => false,
        }
    }

    /// The same with dates, numbers and the like told from text, as the form says that they are.
    pub(super) fn in_form(self, form: Form) -> Given {
        match self {
            Given::Text(text) if is_bare(form) && text != "~" => Given::Bare(text),
            Given::List(items) => {
                Given::List(items.into_iter().map(|it| it.in_form(form)).collect())
            }
            Given::Map(entries) => {
                let entries = entries.into_iter().map(|(key, it)| {
                    let it = match inner(form, &key) {
                        Some(form) => it.in_form(form),
                        None => it,
                    };
                    (key, it)
                });
                Given::Map(entries.collect())
            }
            Given::Text(_) | Given::Bare(_) => self,
        }
    }

    fn is_single(&self) -> bool {
        matches!(self, Given::Text(_) | Given::Bare(_))
    }

    /// The lines of a key with it, and a comment on the first.
    pub(super) fn lines(&self, format: Format, key: &str, comment: &str) -> Vec<String> {
        let (rest, below) = self.written(format);
        let first = format!("{key}{} {rest} {comment}", sign(format));
        let first = first.trim_end_matches(' ').to_owned();
        std::iter::once(first).chain(below).collect()
    }

    /// How it is written behind its key: the rest of the line, and the lines below, each with its indentation.
    pub(super) fn written(&self, format: Format) -> (String, Vec<String>) {
        let in_line = |it: &Given| it.flow(format);
        match (self, format) {
            (Given::List(items), Format::Yaml) if !items.iter().all(Given::is_single) => {
                let lines = items.iter().map(|it| format!("  - {}", in_line(it)));
                (String::new(), lines.collect())
            }
            (Given::List(items), Format::Toml) if !items.iter().all(Given::is_single) => {
                let lines = items.iter().map(|it| format!("  {},", in_line(it)));
                ("[".to_owned(), lines.chain(["]".to_owned()]).collect())
            }
            (Given::Map(entries), Format::Yaml)
                if !entries.iter().all(|(_, it)| it.is_single()) =>
            {
                let lines = entries.iter();
                let lines = lines.map(|(key, it)| format!("  {}: {}", name(key), in_line(it)));
                (String::new(), lines.collect())
            }
            (Given::Text(_) | Given::Bare(_), Format::Yaml) => (self.single(false), Vec::new()),
            _ => (in_line(self), Vec::new()),
        }
    }

    /// How it is written within brackets or braces, or in one line.
    #[must_use]
    pub fn flow(&self, format: Format) -> String {
        let joined = |all: Vec<String>| all.join(", ");
        match self {
            Given::Text(_) | Given::Bare(_) => match format {
                Format::Yaml => self.single(true),
                Format::Toml => self.toml(),
            },
            Given::List(items) => {
                let items = items.iter().map(|it| it.flow(format)).collect();
                format!("[{}]", joined(items))
            }
            Given::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Given::Map(entries) => {
                let sign = sign(format);
                let entries = entries.iter();
                let entries = entries.map(|(key, it)| {
                    let (key, it) = (name(key), it.flow(format));
                    format!("{key}{sign} {it}")
                });
                format!("{{ {} }}", joined(entries.collect()))
            }
        }
    }

    /// A single value in YAML.
    fn single(&self, within: bool) -> String {
        match self {
            Given::Text(text) if is_plain(text, within) && !is_typed(text) => text.clone(),
            Given::Bare(text) if is_plain(text, within) || text == "~" => text.clone(),
            Given::Text(text) | Given::Bare(text) => quoted(text, None),
            Given::List(_) | Given::Map(_) => self.flow(Format::Yaml),
        }
    }

    /// A single value in TOML.
    fn toml(&self) -> String {
        match self {
            Given::Bare(text) if is_toml(text) => text.clone(),
            Given::Text(text) | Given::Bare(text) => quoted(text, None),
            Given::List(_) | Given::Map(_) => self.flow(Format::Toml),
        }
    }

    /// How a single value is written in the place of another: in quotes where that one is.
    pub(super) fn instead_of(&self, written: &str, format: Format, within: bool) -> String {
        let quote = written.chars().next().filter(|c| ['"', '\''].contains(c));
        match (self, quote, format) {
            (Given::Text(text), Some(quote), _) => quoted(text, Some((quote, format))),
            (_, _, Format::Yaml) => self.single(within),
            (_, _, Format::Toml) => self.toml(),
        }
    }
}

/// What stands behind a key, before a space.
pub(super) const fn sign(format: Format) -> &'static str {
    match format {
        Format::Yaml => ":",
        Format::Toml => " =",
    }
}

/// How a key is written.
pub(super) fn name(key: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_word);
    match plain && !is_typed(key) {
        true => key.to_owned(),
        false => escaped(key),
    }
}

/// Whether values of a form are no text to YAML and TOML.
fn is_bare(form: Form) -> bool {
    match form {
        Form::Bool | Form::Degrees(_) | Form::Date | Form::Day => true,
        Form::Fact(form) => is_bare(*form),
        Form::One(shape) | Form::Many(shape) => {
            let short = shape.short.and_then(|short| of_shape(shape, short));
            short.is_some_and(is_bare)
        }
        Form::Text
        | Form::Texts
        | Form::Word(_)
        | Form::Words(_)
        | Form::Language
        | Form::Country
        | Form::Tlp
        | Form::Confidence
        | Form::Money
        | Form::Count
        | Form::Grade
        | Form::Reliability
        | Form::Url
        | Form::File
        | Form::Sha256
        | Form::Ref
        | Form::Named
        | Form::Cites
        | Form::Paths
        | Form::Ids
        | Form::Facts
        | Form::Anything => false,
    }
}

/// The form of what a key holds within a value of a form.
fn inner(form: Form, key: &str) -> Option<Form> {
    match form {
        Form::One(shape) | Form::Many(shape) => of_shape(shape, key),
        Form::Fact(form) if key == "value" => Some(*form),
        Form::Fact(_) => of_shape(&VERSION, key),
        Form::Facts => Some(Form::Fact(&Form::Text)),
        _ => None,
    }
}

fn of_shape(shape: &Shape, key: &str) -> Option<Form> {
    let found = shape.keys.iter().find(|inner| inner.key == key);
    found.map(|inner| inner.form)
}

/// Whether YAML reads a text as it stands.
fn is_plain(text: &str, within: bool) -> bool {
    let odd = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}'
            )
    };
    let bounded = |c: char| !c.is_whitespace();
    !text.contains(odd)
        && text.starts_with(|c: char| bounded(c) && !"-?:,[]{}#&*!|>'\"%@`~=<".contains(c))
        && text.ends_with(|c: char| bounded(c) && c != ':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !(within && (text.contains([',', '[', ']', '{', '}']) || text.ends_with('-')))
}

/// Whether a reader of YAML may take a text for a number, a date, true, false or nothing.
fn is_typed(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~",
    ];
    let folded = text.to_ascii_lowercase();
    let figures = |c: char| c.is_ascii_digit() || "+-.:_ tze".contains(c);
    WORDS.contains(&&*folded)
        || folded.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            && (folded.chars().all(figures)
                || folded.starts_with("0x")
                || folded.starts_with("0o")
                || folded.trim_start_matches(['+', '-']) == ".inf"
                || folded == ".nan")
}

/// Whether TOML has a word for it that says the same.
fn is_toml(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole =
        |part: &str| digits(part) && part.len() < 18 && (part == "0" || !part.starts_with('0'));
    let number = text
        .strip_prefix('-')
        .filter(|rest| *rest != "0")
        .unwrap_or(text);
    let number = match number.split_once('.') {
        Some((before, after)) => whole(before) && digits(after),
        None => whole(number),
    };
    let date = || text.len() == 10 && text.parse::<toml::value::Datetime>().is_ok();
    matches!(text, "true" | "false") || number || date()
}

/// A text in quotes: in those that are asked for where they can hold it, else in such as need no escapes.
fn quoted(text: &str, wanted: Option<(char, Format)>) -> String {
    let odd = |c: char| escape(c).is_some() && !matches!(c, '"' | '\\');
    let raw = !text.contains(odd);
    let single = match wanted {
        Some(('\'', Format::Yaml)) => raw,
        Some(('\'', Format::Toml)) => raw && !text.contains('\''),
        Some(_) => false,
        None => raw && text.contains(['"', '\\']) && !text.contains('\''),
    };
    match single {
        true => format!("'{}'", text.replace('\'', "''")),
        false => escaped(text),
    }
}

/// A text in double quotes, which both formats read alike.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match escape(c) {
            None => written.push(c),
            Some('u') => {
                let _ = write!(written, "\\u{:04X}", u32::from(c));
            }
            Some(sign) => written.extend(['\\', sign]),
        }
    }
    written.push('"');
    written
}

/// The letter by which a sign is escaped.
fn escape(c: char) -> Option<char> {
    match c {
        '"' | '\\' => Some(c),
        '\n' => Some('n'),
        '\t' => Some('t'),
        '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => Some('u'),
        c if c.is_control() => Some('u'),
        _ => None,
    }
}
