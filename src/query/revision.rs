//! A number that is another one once an entry says another thing.
//!
//! Takes an entry, and what it calls others; gives the number. It is made of what the entry tells under its keys and of
//! its words, so that a comment, a space or a place in the file leaves it as it is, and of nothing that was withheld from it.

use super::told::{self, Told};
use crate::model::searched::each_block;
use crate::model::{Entry, Prose, Words};
use crate::text::hash;

/// The number of an entry; `called` says what does not change while another one stays the same.
#[must_use]
pub fn revision<R>(entry: &Entry<R>, called: &dyn Fn(&R) -> String) -> u64 {
    let mut said = String::with_capacity(4096);
    said.push_str(entry.tlp.name());
    let mut tell = |key: &str, inner: &str, told: Told<'_, R>| {
        for part in ["\u{1}", key, "\u{2}", inner, "\u{3}"] {
            said.push_str(part);
        }
        put(told, called, &mut said);
    };
    told::entry(entry, &mut tell);
    for (id, statement) in entry.statements.ids() {
        told::statement(entry, id, statement, &mut tell);
    }
    hash(said.as_bytes())
}

fn put<R>(told: Told<'_, R>, called: &dyn Fn(&R) -> String, said: &mut String) {
    match told {
        Told::Kind(kind) => said.push_str(kind.name()),
        Told::Text(text) => said.push_str(text),
        Told::Sentence(Words::Plain(text)) => said.push_str(text),
        Told::Sentence(Words::Styled(prose)) => blocks(prose, said),
        Told::Prose(prose) => blocks(prose, said),
        Told::Date(date) => said.push_str(&date.to_string()),
        Told::Count(count) => said.push_str(&count.to_string()),
        Told::Reliability(letter) => said.push_str(&letter.to_string()),
        Told::Money(money) => said.push_str(&money.to_string()),
        Told::Bool(yes) => said.push_str(if yes { "yes" } else { "no" }),
        Told::Tlp(tlp) => said.push_str(tlp.name()),
        Told::Confidence(confidence) => said.push_str(confidence.words()),
        Told::Grade(grade) => said.push_str(&grade.to_string()),
        Told::Entry(other) => said.push_str(&called(other)),
    }
}

fn blocks<R>(prose: &Prose<R>, said: &mut String) {
    each_block(&prose.body, &mut |_, text| {
        said.push_str(text);
        said.push('\u{4}');
    });
}
