//! One scanner for most languages: takes a [`Table`] that says how a language
//! looks, gives one coloured token a step.
//!
//! It knows words, numbers, marked names (`$x`, `@x`, `-x`), regions with a
//! beginning and an end (strings, comments) and symbols. It never looks further
//! ahead than it then writes, beyond the blanks that follow a word: that keeps
//! the time linear on any input. A region that does not end is therefore
//! coloured to the end of its line or of the code, never taken back.

use super::{
    Class,
    pen::Pen,
    region::{Region, dollar},
};

/// How a language looks. What is left at its default does not exist there.
#[derive(Default)]
pub(super) struct Table {
    /// Words of the language, from [`words`]; lower case where `fold` is set.
    pub(super) words: Vec<(&'static str, Class)>,
    /// Words mean the same in upper and lower case.
    pub(super) fold: bool,
    /// Strings and comments, the longer opening before the shorter.
    pub(super) regions: Vec<Region>,
    /// Words that belong to the string they touch: `r"…"`.
    pub(super) prefixes: &'static [&'static str],
    /// Characters of words besides letters, digits and `_`.
    pub(super) glue: &'static str,
    /// Signs that make a name of what follows them.
    pub(super) sigils: &'static [(char, Class)],
    /// A word or string before one of these is a key.
    pub(super) keys: &'static str,
    /// A word that touches one of these is a function.
    pub(super) calls: &'static str,
    /// A word after one of these, or at the start, is a command of class `lead`;
    /// `"\n"` means the start of each line.
    pub(super) leads: &'static [&'static str],
    pub(super) lead: Class,
    /// `Word` is a type and `WORD` a constant.
    pub(super) capitals: bool,
    /// Any other word.
    pub(super) other: Class,
    /// What the table cannot say: tried first, true when it wrote something.
    pub(super) extra: Option<fn(&mut Pen) -> bool>,
}

/// Sorts a word list into what [`Table::words`] wants. A label such as `keyword:`
/// says what the words after it are.
pub(super) fn words(list: &'static str) -> Vec<(&'static str, Class)> {
    let mut class = Class::Plain;
    let mut all = Vec::new();
    for word in list.split_ascii_whitespace() {
        match word {
            "attribute:" => class = Class::Attribute,
            "constant:" => class = Class::Constant,
            "function:" => class = Class::Function,
            "keyword:" => class = Class::Keyword,
            "metadata:" => class = Class::Metadata,
            "operator:" => class = Class::Operator,
            "type:" => class = Class::Type,
            "variable:" => class = Class::Variable,
            _ => all.push((word, class)),
        }
    }
    all.sort_by_key(|&(word, _)| word);
    all
}

impl Table {
    /// Colours all that the pen holds.
    pub(super) fn scan(&self, pen: &mut Pen) {
        pen.each(|pen| self.step(pen));
    }

    /// Colours one token.
    pub(super) fn step(&self, pen: &mut Pen) {
        let Some(c) = pen.first() else { return };
        if c.is_whitespace() {
            pen.run(Class::Plain, char::is_whitespace);
        } else if self.extra.is_some_and(|extra| extra(pen))
            || self.region(pen)
            || self.sigil(pen, c)
        {
            // It is written.
        } else if c.is_ascii_digit() {
            pen.put(Class::Number, self.number(pen.rest()));
        } else if self.in_word(c) {
            self.word(pen, c);
        } else {
            pen.put(symbol(c), c.len_utf8());
        }
    }

    fn region(&self, pen: &mut Pen) -> bool {
        let Some(region) = self.regions.iter().find(|region| region.opens(pen)) else {
            return false;
        };
        let len = region.len(pen.rest());
        if region.class == Class::Str && self.is_key(pen, len) {
            pen.put(Class::Attribute, len);
        } else {
            region.write(pen, len);
        }
        true
    }

    fn sigil(&self, pen: &mut Pen, c: char) -> bool {
        let Some(&(_, class)) = self.sigils.iter().find(|(sign, _)| *sign == c) else {
            return false;
        };
        // `a-b` and `x@y` hold no names; an option follows a blank.
        let free = match c {
            '$' => true,
            '-' | '/' => pen.last.is_whitespace(),
            _ => !pen.last.is_alphanumeric(),
        };
        let len = if c == '$' {
            dollar(pen.rest())
        } else {
            self.marked(pen.rest(), c)
        };
        if len < 2 || !free {
            return false;
        }
        pen.put(self.find(pen.rest().get(..len)).unwrap_or(class), len);
        true
    }

    /// The length of a name with its sign, and the sign again where it ends a `%NAME%`.
    fn marked(&self, text: &str, sign: char) -> usize {
        let name = text.get(1..).unwrap_or_default();
        let len = name.find(|c| !self.in_word(c)).unwrap_or(name.len());
        let closed = sign == '%' && len > 0 && text.as_bytes().get(len + 1) == Some(&b'%');
        1 + len + usize::from(closed)
    }

    fn number(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let hex = text.starts_with("0x") || text.starts_with("0X");
        let mut before = b'0';
        let ends = |(at, &b): (usize, &u8)| {
            let joins = b == b'.'
                || (!hex && matches!(b, b'+' | b'-') && matches!(before, b'e' | b'E'))
                || self.glue.contains(char::from(b));
            let digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            before = b;
            !(b.is_ascii_alphanumeric() || b == b'_' || joins && digit)
        };
        bytes
            .iter()
            .enumerate()
            .position(ends)
            .unwrap_or(bytes.len())
    }

    fn word(&self, pen: &mut Pen, first: char) {
        let len = pen.span(|c| self.in_word(c));
        let word = pen.rest().get(..len).unwrap_or_default();
        let next = pen.ahead(len);
        let member = pen.before == ".";
        let class = if matches!(next, '"' | '\'') && self.prefixes.contains(&word) {
            Class::Str
        } else if let Some(class) = self.find(Some(word)).filter(|_| !member) {
            class
        } else if self.is_key(pen, len) {
            Class::Attribute
        } else if self.is_lead(pen) {
            if next == '=' {
                Class::Variable
            } else {
                self.lead
            }
        } else if self.calls.contains(next) {
            Class::Function
        } else if self.capitals && first.is_uppercase() {
            let shouted = len > 1 && !word.contains(char::is_lowercase);
            if shouted {
                Class::Constant
            } else {
                Class::Type
            }
        } else {
            self.other
        };
        pen.put(class, len);
    }

    fn in_word(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || self.glue.contains(c)
    }

    fn find(&self, word: Option<&str>) -> Option<Class> {
        let bytes = word?.bytes();
        let folded = bytes.map(|b| if self.fold { b.to_ascii_lowercase() } else { b });
        let at = self
            .words
            .binary_search_by(|(known, _)| known.bytes().cmp(folded.clone()))
            .ok()?;
        self.words.get(at).map(|&(_, class)| class)
    }

    /// Whether a key sign follows that is not the beginning of `==` or `::`.
    fn is_key(&self, pen: &Pen, len: usize) -> bool {
        if self.keys.is_empty() {
            return false;
        }
        let mut after = pen.after_blanks(len).chars();
        let sign = after.next().unwrap_or('\0');
        self.keys.contains(sign) && !matches!(after.next(), Some('=' | ':' | '~'))
    }

    fn is_lead(&self, pen: &Pen) -> bool {
        if self.lead == Class::Plain {
            return false;
        }
        let new_line = pen.fresh && !matches!(pen.before, "\\" | "`" | "^");
        pen.before.is_empty()
            || self.leads.contains(&pen.before)
            || (new_line && self.leads.contains(&"\n"))
    }
}

/// What a sign is that nothing else claims.
pub(super) fn symbol(c: char) -> Class {
    match c {
        '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '.' | ':' => Class::Punctuation,
        c if c.is_ascii_punctuation() => Class::Operator,
        _ => Class::Plain,
    }
}
