//! The value of a property in the form of a key.
//!
//! Takes a form and a node; gives the value, or none where it does not fit: then the property stays as it was. Never mends.

use super::Reading;
use crate::exchange::Why;
use crate::exchange::incoming::Value;
use crate::model::{Address, Confidence, Count, Date, Day, Grade, Kind, Money, Reliability};
use crate::parse::front::form::Form;
use crate::parse::front::tree::{Node, Value as Tree};

/// The value of a node in a form.
pub(super) fn value(
    reading: &mut Reading<'_>,
    form: Form,
    node: &Node<'_>,
    path: &str,
) -> Option<Value> {
    match form {
        Form::Text | Form::Language => text(node).map(Into::into),
        Form::Texts => {
            texts(node).map(|texts| texts.map(Into::into).collect::<Vec<Value>>().into())
        }
        Form::Word(words) => text(node)
            .filter(|word| words.contains(word))
            .map(Into::into),
        Form::Words(words) => {
            let said: Vec<&str> = texts(node)?.collect();
            let known = said.iter().all(|word| words.contains(word));
            known.then(|| said.into())
        }
        Form::Degrees(bound) => {
            let degrees: f64 = text(node)?.parse().ok()?;
            (degrees.abs() <= f64::from(bound))
                .then(|| node.text().map(Into::into))
                .flatten()
        }
        Form::Country => {
            let code = text(node)?;
            let sound = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            sound.then(|| code.into())
        }
        Form::Date => date(reading, text(node)?, path),
        Form::Day => {
            let said = text(node)?;
            let day = said.split_once('T').map_or(said, |(day, _)| day);
            day.parse::<Day>().ok()?;
            if day != said {
                reading.losses.note(Why::Changed, "time of day", path);
            }
            Some(day.into())
        }
        Form::Bool => text(node)
            .filter(|it| matches!(*it, "true" | "false"))
            .map(Into::into),
        Form::Confidence => text(node)
            .filter(|it| Confidence::from_words(it).is_some())
            .map(Into::into),
        Form::Count => text(node)
            .filter(|it| Count::from_text(it).is_ok())
            .map(Into::into),
        Form::Money => text(node)
            .filter(|it| Money::from_text(it).is_ok())
            .map(Into::into),
        Form::Reliability => text(node)
            .filter(|it| Reliability::from_text(it).is_some())
            .map(Into::into),
        Form::Grade => text(node)
            .filter(|it| Grade::from_text(it).is_some())
            .map(Into::into),
        Form::Url => text(node)
            .filter(|it| Address::web(it).is_ok())
            .map(Into::into),
        Form::Ref => linked(reading, node, path, Kind::Place),
        Form::Named => linked(reading, node, path, Kind::Organisation)
            // Its brackets go once it is known whose name may be said.
            .or_else(|| text(node).map(Into::into)),
        Form::Ids => ids(node),
        Form::Fact(form) => match node.value {
            Tree::Scalar(_) | Tree::List(_) => value(reading, *form, node, path),
            Tree::Map(_) => None,
        },
        Form::Facts => ids(node),
        // What withholds, and what only has a meaning in a dossier.
        Form::Tlp | Form::File | Form::Sha256 | Form::Cites | Form::Paths => None,
        Form::One(_) | Form::Many(_) | Form::Anything => None,
    }
}

fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let text = node.text()?.trim();
    (!text.is_empty()).then_some(text)
}

fn texts<'n>(node: &'n Node<'_>) -> Option<impl Iterator<Item = &'n str> + use<'n>> {
    let texts: Option<Vec<&str>> = node.each().iter().map(text).collect();
    Some(texts?.into_iter())
}

/// A date; of one with a time of day its day.
fn date(reading: &mut Reading<'_>, text: &str, path: &str) -> Option<Value> {
    if Date::from_text(text).is_ok() {
        return Some(text.into());
    }
    let (day, _) = text.split_once(['T', ' '])?;
    day.parse::<Day>().ok()?;
    reading.losses.note(Why::Changed, "time of day", path);
    Some(day.into())
}

/// Another note, if it is of a kind: of single keys one takes a place, one who published something.
fn linked(reading: &Reading<'_>, node: &Node<'_>, path: &str, kind: Kind) -> Option<Value> {
    let (at, note) = reading.linked(text(node)?, path)?;
    let fits = reading.kinds.get(at) == Some(&kind) && note != path;
    fits.then_some(Value::Entry(note))
}

/// Names with texts.
fn ids(node: &Node<'_>) -> Option<Value> {
    let Tree::Map(entries) = &node.value else {
        return None;
    };
    let each = entries
        .iter()
        .map(|(key, node)| Some((key.text.clone().into_owned(), text(node)?.into())));
    each.collect::<Option<Vec<(String, Value)>>>()
        .map(Value::Map)
}
