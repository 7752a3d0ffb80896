//! Style, filtered: what loads goes, what draws stays.
//!
//! Takes the text of a style sheet, of a `style` or of an attribute that style knows; gives it without rules
//! and functions of other than closed lists, and with addresses that lead within the drawing or to data
//! alone. Reads tokens as CSS Syntax does, escapes and comments included, so that nothing hides in them.

use super::data;

/// A style that may stand.
#[derive(Debug, Default)]
pub(super) struct Filtered {
    pub text: String,
    /// What had to go.
    pub dropped: Vec<String>,
}

/// Rules that load nothing.
const RULES: &[&str] = &[
    "container",
    "counter-style",
    "font-face",
    "font-feature-values",
    "keyframes",
    "-webkit-keyframes",
    "-moz-keyframes",
    "layer",
    "media",
    "page",
    "property",
    "scope",
    "starting-style",
    "supports",
];

/// Rules that say nothing to a drawing.
const SILENT: &[&str] = &["charset", "namespace"];

/// Functions that load nothing.
const FUNCTIONS: &[&str] = &[
    // values
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "calc",
    "clamp",
    "cos",
    "counter",
    "counters",
    "env",
    "exp",
    "hypot",
    "log",
    "max",
    "min",
    "mod",
    "pow",
    "rem",
    "round",
    "sign",
    "sin",
    "sqrt",
    "tan",
    "var",
    // colours
    "color",
    "color-mix",
    "device-cmyk",
    "hsl",
    "hsla",
    "hwb",
    "icc-color",
    "lab",
    "lch",
    "light-dark",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
    // gradients
    "conic-gradient",
    "linear-gradient",
    "radial-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    // shapes and paths
    "circle",
    "ellipse",
    "inset",
    "path",
    "polygon",
    "ray",
    "rect",
    "xywh",
    // transforms and their timing
    "cubic-bezier",
    "linear",
    "matrix",
    "matrix3d",
    "perspective",
    "rotate",
    "rotate3d",
    "rotatex",
    "rotatey",
    "rotatez",
    "scale",
    "scale3d",
    "scalex",
    "scaley",
    "scalez",
    "skew",
    "skewx",
    "skewy",
    "steps",
    "translate",
    "translate3d",
    "translatex",
    "translatey",
    "translatez",
    // filters
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    // fonts and layout
    "fit-content",
    "format",
    "local",
    "minmax",
    "repeat",
    "tech",
    // selectors and conditions
    "dir",
    "has",
    "host",
    "is",
    "lang",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "part",
    "selector",
    "slotted",
    "style",
    "where",
    "and",
    "or",
    "only",
    "screen",
];

/// Properties by which old browsers ran scripts.
const OLD: &[&str] = &["-moz-binding", "behavior"];

pub(super) fn filter(text: &str) -> Filtered {
    let mut filter = Filter {
        rest: text,
        found: Filtered::default(),
    };
    filter.tokens();
    filter.found
}

struct Filter<'a> {
    rest: &'a str,
    found: Filtered,
}

impl<'a> Filter<'a> {
    fn tokens(&mut self) {
        while let Some(first) = self.rest.chars().next() {
            if self.rest.starts_with("/*") {
                let end = comment_end(self.rest);
                self.take(end);
                // Something is left in its place: what stands around it is not one word.
                self.found.text.push_str("/**/");
            } else if matches!(first, '"' | '\'') {
                match string_end(self.rest) {
                    Some(end) => {
                        let string = self.take(end);
                        self.found.text.push_str(string);
                    }
                    None => return self.give_up("a quotation that is not closed"),
                }
            } else if first == '@' {
                self.rule();
            } else if begins_name(self.rest) {
                self.name();
            } else {
                let one = self.take(first.len_utf8());
                // A backslash that begins no escape would begin one with what follows.
                if first != '\\' {
                    self.found.text.push_str(one);
                }
            }
        }
    }

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn drop(&mut self, what: impl Into<String>) {
        self.found.dropped.push(what.into());
    }

    /// What follows is not read: it could mean anything.
    fn give_up(&mut self, why: &str) {
        self.rest = "";
        self.drop(format!("the style from {why} on"));
    }

    fn rule(&mut self) {
        let end = 1 + name_end(&self.rest[1..]);
        let name = unescaped(&self.rest[1..end]);
        if RULES.contains(&name.as_str()) {
            let written = self.take(end);
            self.found.text.push_str(written);
            return;
        }
        self.take(end);
        self.skip(true);
        if !SILENT.contains(&name.as_str()) {
            self.drop(format!("`@{name}`"));
        }
    }

    /// A name, a function, or an address.
    fn name(&mut self) {
        let end = name_end(self.rest);
        let written = self.take(end);
        let name = unescaped(written);
        if !self.rest.starts_with('(') {
            if OLD.contains(&name.as_str()) {
                self.found.text.push_str("x-");
                self.drop(format!("`{name}`"));
            }
            self.found.text.push_str(written);
        } else if name == "url" {
            self.take(1);
            self.address();
        } else if FUNCTIONS.contains(&name.as_str()) {
            self.found.text.push_str(written);
        } else {
            self.take(1);
            self.skip(false);
            self.found.text.push_str("none");
            self.drop(format!("`{name}()`"));
        }
    }

    /// An address, after its parenthesis.
    fn address(&mut self) {
        self.rest = self.rest.trim_start();
        let address = if self.rest.starts_with(['"', '\'']) {
            let Some(end) = string_end(self.rest) else {
                return self.give_up("a quotation that is not closed");
            };
            let quoted = self.take(end);
            self.skip(false);
            unescaped_text(quoted.get(1..end - 1).unwrap_or(""))
        } else {
            let mut end = 0;
            loop {
                match self.rest.get(end..).and_then(|rest| rest.chars().next()) {
                    None => return self.give_up("an address that is not closed"),
                    Some(')') => break,
                    Some('\\') => end += escape_length(&self.rest[end..]),
                    Some(c) => end += c.len_utf8(),
                }
            }
            let plain = self.take(end);
            self.take(1);
            unescaped_text(plain.trim())
        };
        let kept = match data::is_fragment(&address) {
            true => Some(address.clone()),
            false => data::picture(&address).or_else(|| data::font(&address)),
        };
        match kept {
            Some(address) => {
                // It holds nothing that would have to be quoted.
                self.found.text.push_str(&format!("url({address})"));
            }
            None => {
                self.found.text.push_str("none");
                self.drop(format!("`url({})`", super::short(&address)));
            }
        }
    }

    /// Leaves out what follows: of a rule up to its semicolon or the end of its block, of a function up to
    /// its parenthesis.
    fn skip(&mut self, rule: bool) {
        let mut open = Vec::new();
        if !rule {
            open.push(')');
        }
        while let Some(first) = self.rest.chars().next() {
            if self.rest.starts_with("/*") {
                let end = comment_end(self.rest);
                self.take(end);
                continue;
            }
            match first {
                '"' | '\'' => match string_end(self.rest) {
                    Some(end) => {
                        self.take(end);
                        continue;
                    }
                    None => return self.give_up("a quotation that is not closed"),
                },
                '\\' => {
                    let end = escape_length(self.rest);
                    self.take(end);
                    continue;
                }
                '(' => open.push(')'),
                '[' => open.push(']'),
                '{' => open.push('}'),
                ';' if rule && open.is_empty() => {
                    self.take(1);
                    return;
                }
                // The end of the block that the rule stands in.
                '}' if rule && open.is_empty() => return,
                c if open.last() == Some(&c) => {
                    open.pop();
                    if open.is_empty() && (!rule || c == '}') {
                        self.take(1);
                        return;
                    }
                }
                _ => {}
            }
            self.take(first.len_utf8());
        }
    }
}

/// One past a comment; `/*/` does not close itself.
fn comment_end(text: &str) -> usize {
    let close = text.get(2..).and_then(|rest| rest.find("*/"));
    close.map_or(text.len(), |close| close + 4)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

fn begins_name(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('\\') => !matches!(chars.next(), None | Some('\n' | '\r' | '\u{c}')),
        Some(c) => is_name(c),
        None => false,
    }
}

/// Where a name ends. (A number with its unit is read as one too, which does no harm.)
fn name_end(text: &str) -> usize {
    let mut end = 0;
    while let Some(rest) = text.get(end..)
        && begins_name(rest)
    {
        end += match rest.chars().next() {
            Some('\\') => escape_length(rest),
            Some(c) => c.len_utf8(),
            None => break,
        };
    }
    end
}

/// One past the closing mark of a string; nothing where it is not closed on its line.
fn string_end(text: &str) -> Option<usize> {
    let mark = text.chars().next()?;
    let mut at = mark.len_utf8();
    while let Some(c) = text.get(at..)?.chars().next() {
        match c {
            c if c == mark => return Some(at + 1),
            '\n' | '\r' | '\u{c}' => return None,
            // A line that goes on.
            '\\' => at += escape_length(text.get(at..)?),
            c => at += c.len_utf8(),
        }
    }
    None
}

/// How long the escape is that begins with a backslash.
fn escape_length(text: &str) -> usize {
    let rest = text.get(1..).unwrap_or("");
    let digits = rest
        .bytes()
        .take(6)
        .take_while(u8::is_ascii_hexdigit)
        .count();
    if digits > 0 {
        let after = rest.get(digits..).unwrap_or("");
        let blank = match after.starts_with("\r\n") {
            true => 2,
            false => usize::from(after.starts_with([' ', '\t', '\n', '\r', '\u{c}'])),
        };
        return 1 + digits + blank;
    }
    if rest.starts_with("\r\n") {
        return 3;
    }
    1 + rest.chars().next().map_or(0, char::len_utf8)
}

/// A name with its escapes read, in small letters.
fn unescaped(name: &str) -> String {
    unescaped_text(name).to_ascii_lowercase()
}

fn unescaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let (escape, after) = escape.split_at(escape_length(escape));
        let digits = escape[1..].trim_end();
        match u32::from_str_radix(digits, 16) {
            Ok(number) => out.push(char::from_u32(number).unwrap_or('\u{fffd}')),
            Err(_) => out.extend(
                escape
                    .chars()
                    .skip(1)
                    .filter(|c| !matches!(c, '\n' | '\r' | '\u{c}')),
            ),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
