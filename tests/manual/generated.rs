//! What of the manual is made from the program: the page of keys from the table of keys, the table of relations, the
//! commands from their help, the problems from their explanations, the values of templates from their comments.

use super::page::{folder, updates};
use super::shapes;
use dossier::diag::{Code, Severity};
use dossier::model::{Kind, Verb};
use dossier::parse::front::form::{Form, Shape};
use dossier::parse::front::keys::{ROWS, Row};
use dossier::parse::front::shapes::{CITE, RELATION_OF_ANY, VERSION, WORDS_OF_MONEY};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

#[test]
fn what_is_made_from_the_program_is_as_it_has_it() {
    let mut wrong = Vec::new();
    for (path, name, made) in [
        ("reference/keys.md", "keys", keys()),
        ("write/relations.md", "relations", relations()),
        ("reference/commands.md", "commands", commands()),
        ("reference/problems.md", "problems", problems()),
        ("adapt/values.md", "values", shapes::tables()),
    ] {
        let path = folder().join(path);
        let text = fs::read_to_string(&path).unwrap();
        let begin = format!("<!-- made from the program: {name} -->\n");
        let (before, rest) = text.split_once(&begin).expect(name);
        let (_, after) = rest.split_once("<!-- end -->").expect(name);
        let expected = format!("{before}{begin}\n{}\n\n<!-- end -->{after}", made.trim());
        if text == expected {
            continue;
        }
        match updates() {
            true => fs::write(&path, expected).unwrap(),
            false => wrong.push(name),
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong:?} are not as the program has them: UPDATE=1"
    );
}

// ---- Keys

fn keys() -> String {
    let mut out = String::from("| of | keys |\n|---|---|\n");
    let everywhere = |row: &&Row| row.kinds.len() == Kind::ALL.len();
    let list = |rows: &mut dyn Iterator<Item = &'static Row>| {
        let keys = rows.map(|row| format!("[`{}`](#{})", row.key, id(row)));
        keys.collect::<Vec<_>>().join(" · ")
    };
    let _ = writeln!(
        out,
        "| every kind | {} |",
        list(&mut ROWS.iter().filter(everywhere))
    );
    for kind in Kind::ALL {
        let mut own = ROWS
            .iter()
            .filter(|row| !everywhere(row) && row.kinds.contains(&kind));
        let own = list(&mut own);
        let more = if own.is_empty() {
            "none of its own"
        } else {
            &own
        };
        let _ = writeln!(out, "| {} | {more} |", kind.name());
    }
    out.push_str(
        "\nBeside them stand the [relations](../write/relations.md) that a kind may have.\n",
    );
    out.push_str("\n## Every kind\n\n");
    for row in ROWS.iter().filter(everywhere) {
        key(row, &mut out);
    }
    out.push_str("## Some kinds\n\n");
    for row in ROWS.iter().filter(|row| !everywhere(row)) {
        key(row, &mut out);
    }
    out.push_str("## Maps within\n\n");
    for (title, more, shape) in [
        (
            "A value with its sources",
            "What a fact is in its long form. See [Facts on which sources differ](../write/facts.md).",
            &VERSION,
        ),
        (
            "A relation",
            "See [Relations](../write/relations.md). `verb` stands with `related_to` alone, `role` with `member_of` and `employed_by`, `amount` and `from` with `routed_through`.",
            &RELATION_OF_ANY,
        ),
        (
            "A citation",
            "See [Sources, grades, citations](../write/sources.md).",
            &CITE,
        ),
        (
            "An amount in words",
            "Where a source gives no figure. See [Dates and money](../write/dates-and-money.md#money).",
            &WORDS_OF_MONEY,
        ),
    ] {
        let _ = writeln!(out, "### {title}\n\n{more}\n");
        inner(shape, &mut out);
        let _ = writeln!(out, "```text\n{}\n```\n", shape.example);
    }
    out
}

/// The heading of a key: `type` stands several times.
fn heading(row: &Row) -> String {
    match ROWS.iter().filter(|other| other.key == row.key).count() {
        1 => format!("`{}`", row.key),
        _ => {
            let of = row.kinds[0].name();
            let an = if of.starts_with(['a', 'i', 'o']) {
                "an"
            } else {
                "a"
            };
            format!("`{}` of {an} {of}", row.key)
        }
    }
}

fn id(row: &Row) -> String {
    dossier::model::ids::github(&heading(row).replace('`', ""))
}

fn key(row: &Row, out: &mut String) {
    let _ = writeln!(out, "### {}\n", heading(row));
    let about = sentence(row.about);
    let _ = writeln!(out, "{}\n", format!("{about} {}", row.more).trim());
    let mut takes = format!("Takes {}", takes(row.form));
    if row.is_required() {
        takes.push_str(". Required");
    }
    if row.kinds.len() < Kind::ALL.len() {
        let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.name()).collect();
        let _ = write!(takes, ". Of: {}", kinds.join(", "));
    }
    if row.withholds {
        takes.push_str(". It withholds: if it cannot be read, nothing is built");
    }
    let _ = writeln!(out, "{takes}.\n");
    if let Form::One(shape) | Form::Many(shape) = row.form {
        inner(shape, out);
    }
    // The hash of a file that nobody has.
    let info = match row.key {
        "snapshot" => "text".to_owned(),
        _ => format!("yaml {}", row.kinds[0].name()),
    };
    let _ = writeln!(out, "```{info}\n{}: {}\n```\n", row.key, row.written());
}

fn inner(shape: &Shape, out: &mut String) {
    out.push_str("| key | takes | |\n|---|---|---|\n");
    for key in shape.keys {
        let must = if key.required { ", required" } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {}{must} | {} |",
            key.key,
            takes(key.form),
            key.about
        );
    }
    if let Some(short) = shape.short {
        let _ = writeln!(out, "\nA single value in its place is its `{short}`.");
    }
    out.push('\n');
}

/// What a form takes, with the way to where that is described.
fn takes(form: Form) -> String {
    let words = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    match form {
        Form::Text => "text".to_owned(),
        Form::Texts => "text or a list of texts".to_owned(),
        Form::Word(of) => format!("one of {}", words(of)),
        Form::Words(of) => format!("one or several of {}", words(of)),
        Form::Language => "a language tag (BCP 47)".to_owned(),
        Form::Degrees(bound) => format!("a number from -{bound} to {bound}"),
        Form::Country => "an ISO 3166 code".to_owned(),
        Form::Date => "a [date](../write/dates-and-money.md#dates)".to_owned(),
        Form::Day => "a full day, `2026-01-31`".to_owned(),
        Form::Bool => "`true` or `false`".to_owned(),
        Form::Tlp => "a [marking](../write/markings.md)".to_owned(),
        Form::Confidence => {
            "a [word of estimative probability](glossary.md#words-of-estimative-probability)"
                .to_owned()
        }
        Form::Money => "an amount of [money](../write/dates-and-money.md#money)".to_owned(),
        Form::Count => "a [count](../write/dates-and-money.md#counts)".to_owned(),
        Form::Grade => "a [grade](glossary.md#source-grading)".to_owned(),
        Form::Reliability => "the letter of a [grade](glossary.md#source-grading)".to_owned(),
        Form::Url => "an address with `https:` or `http:`".to_owned(),
        Form::File => "the name of a file".to_owned(),
        Form::Sha256 => "64 hexadecimal digits".to_owned(),
        Form::Ref => "a [name of an entry](../write/links.md#names)".to_owned(),
        Form::Named => "a name of an entry, or free text".to_owned(),
        Form::Cites => "[citations](../write/sources.md#citing-in-front-matter)".to_owned(),
        Form::Paths => "one or several paths of the site".to_owned(),
        Form::Ids => "names with texts".to_owned(),
        Form::Fact(&of) => format!("a [fact](../write/facts.md): {}", takes(of)),
        Form::Facts => "free names, each with a [fact](../write/facts.md)".to_owned(),
        Form::One(_) => "keys with values".to_owned(),
        Form::Many(_) => "one or a list of these".to_owned(),
        Form::Anything => "anything".to_owned(),
    }
}

/// Words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}

// ---- Relations

fn relations() -> String {
    let mut out =
        String::from("| key | from | to | reads | from the other end |\n|---|---|---|---|---|\n");
    for verb in Verb::ALL {
        let claim = if verb.is_claim() { " \\*" } else { "" };
        let _ = writeln!(
            out,
            "| `{}`{claim} | {} | {} | {} | {} |",
            verb.key(),
            names(
                Kind::ALL
                    .into_iter()
                    .filter(|kind| verb.allowed_from(*kind))
            ),
            targets(verb),
            verb.phrase(),
            verb.inverse()
        );
    }
    out
}

fn names(kinds: impl Iterator<Item = Kind>) -> String {
    let names: Vec<&str> = kinds.map(Kind::name).collect();
    match names.len() == Kind::ALL.len() {
        true => "any".to_owned(),
        false => names.join(", "),
    }
}

/// Where a verb leads: where that differs from kind to kind, it says so.
fn targets(verb: Verb) -> String {
    let from: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| verb.allowed_from(*kind))
        .collect();
    let first = verb.allowed_to(from[0]);
    if from.iter().all(|kind| verb.allowed_to(*kind) == first) {
        return names(first.into_iter());
    }
    let mut odd = from.iter().filter(|kind| verb.allowed_to(**kind) != first);
    if let (Some(kind), None) = (odd.next(), odd.next()) {
        let (most, own) = (
            names(first.into_iter()),
            names(verb.allowed_to(*kind).into_iter()),
        );
        return format!("{most}; from {}: {own}", kind.name());
    }
    let others = from
        .iter()
        .filter(|kind| verb.allowed_to(**kind) != [**kind]);
    let mut parts: Vec<String> = others
        .map(|kind| {
            let to = names(verb.allowed_to(*kind).into_iter());
            format!("from {}: {to}", kind.name())
        })
        .collect();
    parts.push(match parts.is_empty() {
        true => "the same kind".to_owned(),
        false => "else the same kind".to_owned(),
    });
    parts.join("; ")
}

// ---- Commands

fn commands() -> String {
    let all = help(&[]);
    let listed = all.split("Commands:\n").nth(1).unwrap();
    let listed = listed.split("\n\n").next().unwrap();
    let names = listed
        .lines()
        .map(|line| line.split_whitespace().next().unwrap());
    let mut out = String::new();
    for name in names.filter(|name| *name != "help") {
        let text = help(&[name]);
        let (own, _) = text.split_once("Options of every command:").unwrap();
        let own = own.replace("  -h, --help\n          Print help\n", "");
        let own = own.trim_end().trim_end_matches("Options:").trim_end();
        let (about, usage) = own.split_once("\n\n").unwrap();
        let _ = writeln!(
            out,
            "## {name}\n\n{about}.\n\n```text\n{}\n```\n",
            lean(usage)
        );
    }
    let (_, every) = all.split_once("Options of every command:\n").unwrap();
    let (every, exits) = every.split_once("Exit codes:\n").unwrap();
    let _ = writeln!(
        out,
        "## Options of every command\n\n```text\n{}\n```\n",
        lean(every)
    );
    let _ = writeln!(out, "## Exit codes\n\n```text\n{}\n```", exits.trim_end());
    out
}

fn help(of: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(of)
        .args(["--help", "--color", "never"])
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A help without the spaces at the ends of its lines.
fn lean(help: &str) -> String {
    let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

// ---- Problems

fn problems() -> String {
    let mut out = String::from("| problem | | |\n|---|---|---|\n");
    for code in Code::ALL {
        let name = code.name();
        let (weight, about) = (weight(*code), code.about());
        let _ = writeln!(out, "| [`{name}`](#{name}) | {weight} | {about} |");
    }
    for code in Code::ALL {
        let name = code.name();
        let text = code.explanation().trim();
        let _ = writeln!(
            out,
            "\n## {name}\n\n*{}: {}.*\n\n{text}",
            sentence(weight(*code)).trim_end_matches('.'),
            code.about()
        );
    }
    out
}

fn weight(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
