//! Regular expressions: on their own, and inside YARA, Sigma, Suricata and
//! JavaScript. Takes any dialect, gives its literals as string and the rest by
//! what it does; never judges whether an expression is valid.

use super::{
    Class::{Constant, Keyword, Operator, Str, Type},
    pen::Pen,
    region::{escape, pair, quote},
};

/// Colours all that the pen holds as one expression.
pub(super) fn scan(pen: &mut Pen) {
    pen.each(step);
}

/// Colours `/…/flags`, where the token before says that no division is meant:
/// a sign that asks for a value, or one of `openers`.
pub(super) fn literal(pen: &mut Pen, openers: &[&str]) -> bool {
    let asked = pen.before.is_empty()
        || "=(,:[!&|?{;".contains(pen.before)
        || openers.contains(&pen.before);
    if !pen.at("/") || !asked || matches!(pen.ahead(1), '/' | '*') {
        return false;
    }
    let len = quote("/").len(pen.rest());
    let closed = pen
        .rest()
        .get(..len)
        .is_some_and(|text| text.len() > 1 && text.ends_with('/'));
    pen.put(Str, 1);
    pen.within(len - 1 - usize::from(closed), scan);
    if closed {
        pen.put(Str, 1);
        pen.run(Constant, |c| c.is_ascii_alphabetic());
    }
    true
}

fn step(pen: &mut Pen) {
    let class = pair("[", "]", Type).escaped(b'\\');
    match pen.first() {
        Some('\\') => escape(pen),
        Some('[') => pen.put(Type, class.len(pen.rest())),
        Some('(') if pen.at("(?") => {
            pen.put(Keyword, 2);
            if !matches!(pen.first(), Some(':' | '=' | '!')) {
                pen.run(Keyword, |c| c.is_ascii_alphanumeric() || "<_-".contains(c));
            }
            if matches!(pen.first(), Some(':' | '=' | '!' | '>')) {
                pen.put(Keyword, 1);
            }
        }
        Some('(' | ')' | '|' | '^' | '$') => pen.put(Keyword, 1),
        Some('*' | '+' | '?' | '.') => pen.put(Operator, 1),
        Some('{') => {
            pen.put(Operator, 1);
            pen.run(Operator, |c| c.is_ascii_digit() || c == ',' || c == '}');
        }
        _ => pen.run(Str, |c| !"\\[()|^$*+?.{".contains(c)),
    }
}
