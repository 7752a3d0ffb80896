//! `dossier keys` and `dossier schema`: what may stand in front matter.

use super::args::{Keys, Schema};
use super::terminal::Terminal;
use super::{Exit, Stop};
use crate::model::{Kind, Verb};
use crate::parse::front::form::Form;
use crate::parse::front::keys::{self, ROWS};
use serde::Serialize;
use std::fmt::Write as _;

/// A key; the names are stable.
#[derive(Debug, Serialize)]
struct Listed {
    key: &'static str,
    /// The kinds that have it.
    kinds: Vec<&'static str>,
    takes: String,
    required: bool,
    about: &'static str,
    /// What more a writer wants to know; may be empty.
    more: &'static str,
    /// A value as it is written; of relations there is none.
    example: Option<&'static str>,
}

pub(super) fn run(args: &Keys, terminal: &Terminal) -> Result<Exit, Stop> {
    let of = |kinds: &[Kind]| args.kind.is_none_or(|kind| kinds.contains(&kind));
    let rows = ROWS.iter().filter(|row| of(row.kinds)).map(|row| Listed {
        key: row.key,
        kinds: row.kinds.iter().map(|kind| kind.name()).collect(),
        takes: takes(row.form),
        required: row.is_required(),
        about: row.about,
        more: row.more,
        example: Some(row.written()),
    });
    let verbs = Verb::ALL.into_iter().map(|verb| {
        let from = Kind::ALL
            .into_iter()
            .filter(|kind| verb.allowed_from(*kind));
        (verb, from.collect::<Vec<Kind>>())
    });
    let verbs = verbs
        .filter(|(_, from)| of(from))
        .map(|(verb, from)| Listed {
            key: verb.key(),
            takes: targets(verb, args.kind),
            kinds: from.into_iter().map(Kind::name).collect(),
            required: false,
            about: verb.phrase(),
            more: "",
            example: None,
        });
    let listed: Vec<Listed> = rows.chain(verbs).collect();
    match (terminal.is_json(), args.kind) {
        (true, _) => terminal.print_json(&listed)?,
        (false, None) => terminal.print(&table(&listed))?,
        (false, Some(_)) => terminal.print(&described(&listed))?,
    }
    Ok(Exit::Well)
}

/// What a key takes; where it is one of few words, these.
fn takes(form: Form) -> String {
    let takes = form.takes();
    if let Form::Fact(of) = form {
        self::takes(*of)
    } else if let Form::Word(words) | Form::Words(words) = form {
        format!("{takes} ({})", words.join(", "))
    } else {
        takes.to_owned()
    }
}

/// What a relation may lead to, from one kind or from any.
fn targets(verb: Verb, from: Option<Kind>) -> String {
    let leads = |to: &Kind| {
        let mut from = Kind::ALL
            .into_iter()
            .filter(|it| from.is_none_or(|from| from == *it));
        from.any(|from| verb.allowed_to(from).contains(to))
    };
    let to: Vec<&str> = Kind::ALL
        .into_iter()
        .filter(leads)
        .map(Kind::name)
        .collect();
    match to.len() == Kind::ALL.len() {
        true => "any entry".to_owned(),
        false => to.join(", "),
    }
}

/// A line for each key.
fn table(listed: &[Listed]) -> String {
    let width = listed.iter().map(|it| it.key.len()).max().unwrap_or(0);
    let mut text = String::new();
    for it in listed {
        let kinds = match it.kinds.len() == Kind::ALL.len() {
            true => String::new(),
            false => format!(" ({})", it.kinds.join(", ")),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {}{kinds}", it.key, it.about);
    }
    text
}

/// Each key of a kind, with what it takes and an example.
fn described(listed: &[Listed]) -> String {
    let mut text = String::new();
    for it in listed {
        let must = if it.required {
            ", which must stand"
        } else {
            ""
        };
        let _ = writeln!(text, "{}: {}{must}", it.key, it.about);
        if !it.more.is_empty() {
            let _ = writeln!(text, "    {}", it.more);
        }
        match it.example {
            Some(example) => {
                let _ = writeln!(text, "    takes {}: `{}: {example}`", it.takes, it.key);
            }
            None => {
                let _ = writeln!(text, "    takes {}", it.takes);
            }
        }
    }
    text
}

pub(super) fn schema(args: &Schema, terminal: &Terminal) -> Result<Exit, Stop> {
    terminal.print_json(&keys::schema(args.kind))?;
    Ok(Exit::Well)
}
