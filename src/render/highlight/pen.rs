//! The pen: takes the code, gives HTML, and is the only thing that writes.
//!
//! A scanner never holds text of its own: it says how many of the next bytes
//! are what, and the pen copies them. So no scanner can lose, double or reorder
//! text, leave a span open, split a character or run for ever; whatever a
//! scanner gets wrong is a wrong colour and nothing else.
//!
//! No span crosses a line end, so a page may wrap or number lines afterwards.

use super::Class;
use crate::render::escape::{Place, escape};

/// The place in the code up to which everything is written.
pub(super) struct Pen<'c, 'o> {
    rest: &'c str,
    out: &'o mut String,
    open: Class,
    /// The last piece written, blanks and comments aside, and what it was.
    pub(super) before: &'c str,
    pub(super) was: Class,
    /// The last character written; a line end at the very start.
    pub(super) last: char,
    /// Nothing but blanks since the line began.
    pub(super) fresh: bool,
}

impl<'c, 'o> Pen<'c, 'o> {
    /// Lets `draw` colour all of `code`; what it leaves over is written plain.
    pub(super) fn draw(code: &'c str, out: &'o mut String, draw: impl FnOnce(&mut Self)) {
        let (open, was) = (Class::Plain, Class::Plain);
        let mut pen = Pen {
            rest: code,
            out,
            open,
            before: "",
            was,
            last: '\n',
            fresh: true,
        };
        draw(&mut pen);
        pen.put(Class::Plain, usize::MAX);
        pen.turn_to(Class::Plain);
    }

    /// What is not yet written.
    pub(super) fn rest(&self) -> &'c str {
        self.rest
    }

    /// The next character.
    pub(super) fn first(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Whether the code goes on with `text`.
    pub(super) fn at(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// The character `len` bytes ahead, or NUL where the code ends.
    pub(super) fn ahead(&self, len: usize) -> char {
        self.rest
            .get(len..)
            .and_then(|text| text.chars().next())
            .unwrap_or('\0')
    }

    /// The text `len` bytes ahead, from its first visible character or its line's end on.
    pub(super) fn after_blanks(&self, len: usize) -> &'c str {
        self.rest
            .get(len..)
            .unwrap_or_default()
            .trim_start_matches([' ', '\t'])
    }

    /// What is left of this line, without its end. Reads the whole line: a scanner
    /// that asks for it at every token takes quadratic time.
    pub(super) fn line(&self) -> &'c str {
        self.rest.split('\n').next().unwrap_or_default()
    }

    /// How many bytes the next characters take for which `belongs` holds.
    pub(super) fn span(&self, belongs: impl Fn(char) -> bool) -> usize {
        self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len())
    }

    /// Writes the characters for which `belongs` holds.
    pub(super) fn run(&mut self, class: Class, belongs: impl Fn(char) -> bool) {
        self.put(class, self.span(belongs));
    }

    /// Writes the next `len` bytes as `class`: less where the code ends, a little
    /// more where `len` would split a character.
    pub(super) fn put(&mut self, class: Class, len: usize) {
        let (text, rest) = self.split(len);
        self.rest = rest;
        let Some(last) = text.chars().next_back() else {
            return;
        };
        for line in text.split_inclusive('\n') {
            let body = line.strip_suffix('\n').unwrap_or(line);
            if !body.is_empty() {
                self.turn_to(class);
                escape(body, Place::Code, self.out);
            }
            if body.len() < line.len() {
                self.turn_to(Class::Plain);
                self.out.push('\n');
                self.fresh = true;
            }
            self.fresh &= body.len() < line.len() || body.trim_start().is_empty();
        }
        self.last = last;
        if class != Class::Comment && !text.trim_start().is_empty() {
            (self.before, self.was) = (text, class);
        }
    }

    /// Repeats `step` to the end. A step that writes nothing costs one plain
    /// character, so that no mistake in a scanner can hang a build.
    pub(super) fn each(&mut self, mut step: impl FnMut(&mut Self)) {
        while let Some(c) = self.first() {
            let left = self.rest.len();
            step(self);
            if self.rest.len() == left {
                self.put(Class::Plain, c.len_utf8());
            }
        }
    }

    /// Lets `draw` see only the next `len` bytes, and writes plain what it leaves over.
    pub(super) fn within(&mut self, len: usize, draw: impl FnOnce(&mut Self)) {
        let (inner, after) = self.split(len);
        self.rest = inner;
        draw(self);
        self.put(Class::Plain, usize::MAX);
        self.rest = after;
    }

    fn split(&self, len: usize) -> (&'c str, &'c str) {
        let mut len = len.min(self.rest.len());
        while !self.rest.is_char_boundary(len) {
            len += 1;
        }
        self.rest.split_at_checked(len).unwrap_or((self.rest, ""))
    }

    /// Closes the open span and opens the next, unless both are the same.
    fn turn_to(&mut self, class: Class) {
        if self.open == class {
            return;
        }
        if self.open != Class::Plain {
            self.out.push_str("</span>");
        }
        if let Some(letter) = class.letter() {
            self.out.push_str("<span class=\"hl-");
            self.out.push(letter);
            self.out.push_str("\">");
        }
        self.open = class;
    }
}
