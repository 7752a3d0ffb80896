//! What is read, what is refused and where, and that the keys of the contract are those that entries are asked for.

use super::key::{Key, Takes, all};
use super::told;
use super::{Query, parse};
use crate::model::{Kind, Markings, Verb};
use crate::parse::front::form::Form;
use crate::parse::front::keys::ROWS;
use crate::parse::{Parsed, file};
use crate::text::TextFile;
use std::collections::BTreeSet;

fn read(text: &str) -> Query {
    parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"))
}

/// A query as it is printed once it is read.
fn printed(text: &str) -> String {
    let query = read(text);
    let printed = query.to_string();
    assert_eq!(read(&printed), query, "{text} → {printed}");
    printed
}

/// What is wrong: the marked places, what is said, what is advised.
fn wrong(text: &str) -> Vec<(&str, String, String)> {
    let problems = parse(text).expect_err(text).into_iter();
    let told = problems.map(|it| (it.span.of(text), it.message, it.help.unwrap_or_default()));
    told.collect()
}

#[test]
fn the_example_of_the_manual_is_read() {
    let text = "kind:incident actor:apt38 loss.actual>10m USD date:2016/2018 \"wiper\"";
    let query = "kind:incident actor:apt38 loss.actual>\"10m USD\" date:2016/2018 \"wiper\"";
    assert_eq!(printed(text), query);
}

#[test]
fn or_binds_less_than_what_stands_side_by_side() {
    for (text, query) in [
        ("a b or c", "a b or c"),
        ("a and b OR c", "a b or c"),
        ("a (b or c)", "a (b or c)"),
        ("(a b) c", "a b c"),
        ("(a or b) or c", "a or b or c"),
        ("not (a b)", "-(a b)"),
        ("NOT a b", "-a b"),
        ("--a", "--a"),
        ("- a", "-a"),
        ("((a))", "a"),
        ("\"or\" \"a \\\" b\"", "\"or\" \"a \\\" b\""),
        (
            "says(targets:x confidence>=likely)",
            "says(targets:x confidence>=likely)",
        ),
        ("says (a)", "says a"),
    ] {
        assert_eq!(printed(text), query);
    }
}

#[test]
fn values_end_where_they_can_be_read() {
    for (text, query) in [
        (
            "loss.actual:80m to 81m USD x",
            "loss.actual:\"80m to 81m USD\" x",
        ),
        ("confidence>=very likely x", "confidence>=\"very likely\" x"),
        (
            "confidence:almost certain,likely",
            "confidence:\"almost certain\",likely",
        ),
        ("date:about late 2015 x", "date:\"about late 2015\" x"),
        ("date:2016/..", "date:2016/.."),
        ("disclosed<=../2018", "disclosed<=../2018"),
        ("kind:actors,campaign", "kind:actors,campaign"),
        (
            "targets:(kind:organisation -country:x)",
            "targets:(kind:organisation -country:x)",
        ),
        ("actor:*", "actor:*"),
        ("has:actor", "actor:*"),
        ("loss.actual:*", "has:loss.actual"),
        ("tag:swift alias:x", "tags:swift aliases.name:x"),
        ("legal:charged has:legal", "legal.status:charged has:legal"),
        ("facts.days_inside>=100", "facts.days_inside>=100"),
        ("facts.taken>1bn USD", "facts.taken>\"1bn USD\""),
        ("attack:G0082", "external_ids.attack:G0082"),
        ("slug:\"*\"", "slug:\"*\""),
        (
            "publisher:\"Associated Press\"",
            "publisher:\"Associated Press\"",
        ),
        ("tlp>=AMBER", "tlp>=AMBER"),
    ] {
        assert_eq!(printed(text), query);
    }
}

#[test]
fn what_cannot_be_read_is_marked_with_a_way_out() {
    for (text, place, message, help) in [
        ("", "", "the query is empty", "ask for words"),
        ("()", "()", "nothing stands in these brackets", ""),
        ("(a", "(", "this bracket is not closed", ""),
        ("a) b", ")", "this bracket was not opened", "leave it out"),
        (
            "a or",
            "or",
            "nothing stands on one side of `or`",
            "`\"or\"`",
        ),
        ("or a", "or", "nothing stands on one side of `or`", ""),
        ("a and", "and", "nothing stands behind `and`", ""),
        ("and a", "and", "nothing stands before `and`", ""),
        ("a -", "-", "nothing is denied here", ""),
        ("\"a", "\"", "this phrase is not closed", ""),
        ("a, b", ",", "this comma parts nothing", "quotation marks"),
        ("…", "…", "there is neither a letter nor a digit in `…`", ""),
        (
            "kin:actor",
            "kin",
            "there is no key `kin`",
            "did you mean `kind`?",
        ),
        (
            "actual>1 USD",
            "actual",
            "there is no key `actual`",
            "did you mean `loss.actual`?",
        ),
        (
            "victims:x",
            "victims",
            "there is no key `victims`",
            "did you mean `targets`?",
        ),
        ("extra:x", "extra", "there is no key `extra`", ""),
        (
            "https://example.org",
            "https",
            "there is no key `https`",
            "quotation marks",
        ),
        ("has:", "has:", "`has:` asks for a key", ""),
        (
            "has:titel",
            "titel",
            "there is no key `titel`",
            "did you mean `title`?",
        ),
        (
            "has:title,id",
            "has:title,id",
            "`has:` asks for one key",
            "has:title or has:",
        ),
        (
            "kind:acter",
            "acter",
            "`acter` is no kind of entry",
            "did you mean `actor`?",
        ),
        ("kind: actor", "kind:", "`kind` lacks a value", ""),
        ("kind:actor,", "kind:actor,", "`kind` lacks a value", ""),
        ("kind!=actor", "!=", "`!=` compares nothing", "`-kind:`"),
        ("kind=actor", "=", "`=` compares nothing", "`kind:`"),
        (">5", ">", "nothing stands before `>`", ""),
        (
            "kind>actor",
            "actor",
            "`kind` has no order, so that nothing is more or less",
            "`kind:`",
        ),
        (
            "grade>B2",
            "B2",
            "`grade` has no order, so that nothing is more or less",
            "`reliability>=B`",
        ),
        (
            "status:blockt",
            "blockt",
            "`blockt` is no value of `status`",
            "did you mean `blocked`?",
        ),
        (
            "tlp:white",
            "white",
            "`white` is no marking",
            "write one of `clear`",
        ),
        (
            "confidence>=probably",
            "probably",
            "`probably` is no word of estimative probability",
            "did you mean `probable`?",
        ),
        (
            "loss:10m USD",
            "10m",
            "`loss` holds keys of its own",
            "`loss.actual`",
        ),
        (
            "loss.actual>10m",
            "10m",
            "`10m` has no currency",
            "write an amount",
        ),
        ("date:soon", "soon", "`soon` is not a date", "write 2016"),
        (
            "date:2018/2016",
            "2018/2016",
            "the period `2018/2016` ends before it starts",
            "",
        ),
        (
            "cvss>high",
            "high",
            "`high` is neither a number nor an amount of money",
            "cvss>100",
        ),
        ("draft:yes", "yes", "`yes` is no value of `draft`", "`true`"),
    ] {
        let told = wrong(text);
        let [(at, said, advice)] = told.as_slice() else {
            panic!("{text}: {told:#?}");
        };
        assert_eq!((*at, said.as_str()), (place, message), "{text}");
        assert!(advice.contains(help), "{text}: {advice}");
    }
}

#[test]
fn every_problem_is_told_that_does_not_follow_from_another() {
    let told = wrong("kin:actor (date:soon or status:x) has:y");
    let places: Vec<&str> = told.iter().map(|(at, ..)| *at).collect();
    assert_eq!(places, ["kin", "soon", "x", "y"]);
    for deep in ["(", "-", "not ", "targets:(", "says("] {
        assert_eq!(
            wrong(&format!("{}a", deep.repeat(100_000))).len(),
            1,
            "{deep}"
        );
    }
    let deep = format!("{}a{}", "(".repeat(60), ")".repeat(60));
    assert_eq!(printed(&deep), "a");
}

/// What an entry says under which key is told beside the table of keys: every key of it is told, and nothing else.
#[test]
fn the_keys_that_are_asked_are_those_of_the_contract() {
    let mut told = BTreeSet::new();
    let mut written = Vec::new();
    for kind in Kind::ALL {
        for row in ROWS.iter().filter(|row| row.kinds.contains(&kind)) {
            let inner = match row.form {
                Form::One(shape) | Form::Many(shape) => {
                    let inner = shape.keys.iter();
                    inner
                        .map(|it| format!("{}: {}", it.key, example(it.key, it.form)))
                        .collect()
                }
                _ => Vec::new(),
            };
            let example = match inner.is_empty() {
                true => row.written().to_owned(),
                false => format!("{{ {} }}", inner.join(", ")),
            };
            written.push((kind, format!("{}: {example}\n", row.key)));
        }
    }
    for verb in Verb::ALL {
        let from = Kind::ALL.into_iter().find(|kind| verb.allowed_from(*kind));
        let own = (verb.own_words()).map_or_else(String::new, |own| format!(", {}: x", own.key()));
        let money = match verb.carries_money() {
            true => ", amount: 5m USD, from: y",
            false => "",
        };
        let text = format!(
            "{{ entry: x{own}{money}, confidence: likely, start: 2016, end: 2017, sources: [s] }}"
        );
        written.push((from.expect("a kind"), format!("{}: {text}\n", verb.key())));
    }
    written.push((Kind::Actor, "uses: { entry: x, denied: true }\n".to_owned()));
    written.push((
        Kind::Actor,
        "first_seen: { value: 2016, as_of: 2017 }\n".to_owned(),
    ));
    for (kind, text) in written {
        let title = if text.starts_with("title") {
            ""
        } else {
            "title: T\n"
        };
        let text = format!("---\n{title}{text}---\nSee [[x]].\n");
        let path = format!("content/{}/a.md", kind.folder());
        let text = TextFile::new(path, text);
        let Parsed::Entry(raw) = file(&text, &Markings::default()).value else {
            panic!("no entry");
        };
        let entry = &raw.entry;
        let mut tell = |key: &str, inner: &str, _: told::Told<'_, _>| {
            told.insert(match inner {
                "" => key.to_owned(),
                inner => format!("{key}.{inner}"),
            });
        };
        told::entry(entry, &mut tell);
        for (id, statement) in entry.statements.ids() {
            told::statement(entry, id, statement, &mut tell);
        }
    }
    // A note has no key, a link leads somewhere only later, and of a marking more is known where it is asked.
    told.remove("");
    told.extend(["mentions", "tlp"].map(str::to_owned));
    for key in &told {
        assert!(Key::of(key).is_ok(), "`{key}` cannot be asked for");
    }
    for name in all() {
        let key = Key::of(&name).expect("a key");
        let is_told = |it: &String| {
            let (name, inner) = it.split_once('.').unwrap_or((it, ""));
            key.is(name, inner)
        };
        let catalogue = key.name == "external_ids";
        assert!(
            catalogue || key.kind().is_some() || told.iter().any(is_told),
            "nothing is told under `{name}`"
        );
        assert!(
            key.takes != Takes::Group || key.inner_keys().next().is_some(),
            "{name}"
        );
    }
}

fn example(key: &str, form: Form) -> &'static str {
    match (key, form) {
        ("sha256", _) => "0000000000000000000000000000000000000000000000000000000000000000",
        ("relation", _) => "overlaps",
        _ => form.example(),
    }
}
