//! Strings, comments and everything else with a beginning and an end: says
//! where a region opens, how far it reaches, and writes it with the escapes and
//! variables inside. One that does not close reaches to the end of its line, or
//! of the code where it may hold line ends.

use super::{Class, pen::Pen};

/// A stretch of text with a beginning and an end.
#[derive(Clone, Copy)]
pub(super) struct Region {
    open: &'static str,
    close: &'static str,
    /// What it is.
    pub(super) class: Class,
    escape: Option<u8>,
    lines: bool,
    fills: bool,
    place: Place,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Anywhere,
    /// After a blank or a bracket: `$#` and `a#b` begin no comment.
    Apart,
    LineStart,
}

/// A stretch of `class` on one line.
pub(super) const fn pair(open: &'static str, close: &'static str, class: Class) -> Region {
    let place = Place::Anywhere;
    Region {
        open,
        close,
        class,
        escape: None,
        lines: false,
        fills: false,
        place,
    }
}

/// A comment to the end of the line.
pub(super) const fn line(open: &'static str) -> Region {
    pair(open, "\n", Class::Comment)
}

/// A comment over lines.
pub(super) const fn block(open: &'static str, close: &'static str) -> Region {
    pair(open, close, Class::Comment).over_lines()
}

/// A string on one line, with backslash escapes.
pub(super) const fn quote(mark: &'static str) -> Region {
    pair(mark, mark, Class::Str).escaped(b'\\')
}

/// A string over lines, without escapes.
pub(super) const fn raw(open: &'static str, close: &'static str) -> Region {
    pair(open, close, Class::Str).over_lines()
}

impl Region {
    /// May hold line ends.
    pub(super) const fn over_lines(self) -> Self {
        Region {
            lines: true,
            ..self
        }
    }

    /// A character after `sign` does not end it.
    pub(super) const fn escaped(self, sign: u8) -> Self {
        Region {
            escape: Some(sign),
            ..self
        }
    }

    /// `$name` in it is a variable.
    pub(super) const fn filled(self) -> Self {
        Region {
            fills: true,
            ..self
        }
    }

    /// Opens only after a blank or a bracket.
    pub(super) const fn apart(self) -> Self {
        Region {
            place: Place::Apart,
            ..self
        }
    }

    /// Opens only as the first thing of a line.
    pub(super) const fn at_line_start(self) -> Self {
        Region {
            place: Place::LineStart,
            ..self
        }
    }

    /// Whether it begins where the pen stands.
    pub(super) fn opens(&self, pen: &Pen) -> bool {
        pen.at(self.open)
            && match self.place {
                Place::Anywhere => true,
                Place::Apart => pen.last.is_whitespace() || ";)]},".contains(pen.last),
                Place::LineStart => pen.fresh,
            }
    }

    /// How far it reaches in `text`, which begins with it.
    pub(super) fn len(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut at = self.open.len();
        while let Some(&b) = bytes.get(at) {
            if b == b'\n' && !self.lines {
                return at;
            }
            if Some(b) == self.escape {
                at += 1;
            } else if bytes
                .get(at..)
                .is_some_and(|tail| tail.starts_with(self.close.as_bytes()))
            {
                return at + self.close.len();
            }
            at += 1;
        }
        bytes.len()
    }

    /// Writes its `len` bytes, with escapes and filled-in variables of their own.
    pub(super) fn write(&self, pen: &mut Pen, len: usize) {
        if self.escape.is_none() && !self.fills {
            return pen.put(self.class, len);
        }
        let escapes = |c: char| self.escape.is_some_and(|sign| char::from(sign) == c);
        pen.within(len, |pen| {
            pen.put(self.class, self.open.len());
            pen.each(|pen| match pen.first() {
                Some('$') if self.fills && dollar(pen.rest()) > 1 => {
                    pen.put(Class::Variable, dollar(pen.rest()));
                }
                Some(c) if escapes(c) => escape(pen),
                Some('$') => pen.put(self.class, 1),
                _ => pen.run(self.class, |c| c != '$' && !escapes(c)),
            });
        });
    }
}

/// The length of `$name`, `${…}`, `$env:name` or `$?`; 1 where it is only a sign.
pub(super) fn dollar(text: &str) -> usize {
    let name = text.get(1..).unwrap_or_default();
    if name.starts_with('{') {
        return 1 + pair("{", "}", Class::Variable).len(name);
    }
    let bytes = name.as_bytes();
    let ends = |(at, &b): (usize, &u8)| {
        let scope = b == b':' && at > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
        !(b.is_ascii_alphanumeric() || b == b'_' || scope)
    };
    match bytes
        .iter()
        .enumerate()
        .position(ends)
        .unwrap_or(bytes.len())
    {
        0 if name.starts_with(['?', '!', '#', '@', '*', '$']) => 2,
        len => 1 + len,
    }
}

/// Writes a backslash, or what stands for it, with what it escapes: `\n`, `\x41`, `\u00e9`.
pub(super) fn escape(pen: &mut Pen) {
    let c = pen.ahead(1);
    let digits = match c {
        'x' => 2,
        'u' => 4,
        _ => 0,
    };
    let whole = (2..2 + digits).all(|at| pen.ahead(at).is_ascii_hexdigit());
    pen.put(
        Class::Constant,
        1 + c.len_utf8() + if whole { digits } else { 0 },
    );
}
