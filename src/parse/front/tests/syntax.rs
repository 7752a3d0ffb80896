//! Front matter that cannot be read.

use super::check;
use crate::model::Kind;

#[test]
fn a_value_with_a_colon_asks_for_quotes() {
    check(
        Kind::Actor,
        "title: A: B\n",
        &[
            "front-matter-syntax 2:8 the value of `title` holds a colon, which YAML takes for another key → put it in quotes: `title: \"A: B\"`",
        ],
    );
    check(
        Kind::Actor,
        "title: é: B\n",
        &[
            "front-matter-syntax 2:8 the value of `title` holds a colon, which YAML takes for another key → put it in quotes: `title: \"é: B\"`",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nsummary: He said: \"x\"\n",
        &[
            "front-matter-syntax 3:10 the value of `summary` holds a colon, which YAML takes for another key → put it in quotes: `summary: 'He said: \"x\"'`",
        ],
    );
}

#[test]
fn sentences_that_begin_with_brackets_ask_for_quotes() {
    let table = [
        (
            "summary: [[a]] is [@b]",
            "front-matter-syntax 3:10 YAML reads a value that begins with `[` as a list → put the sentence in quotes: `summary: '[[a]] is [@b]'`",
        ),
        (
            "summary: [@b] isn't",
            "front-matter-syntax 3:10 YAML reads a value that begins with `[` as a list → put the sentence in quotes: `summary: '[@b] isn''t'`",
        ),
        (
            "summary: [[a]]",
            "wrong-type 3:10 `summary` takes text, and YAML reads brackets as a list → put the sentence in quotes: `summary: '[[a]]'`",
        ),
    ];
    for (line, expected) in table {
        check(Kind::Actor, &format!("title: X\n{line}\n"), &[expected]);
    }
}

#[test]
fn signs_of_prose_ask_for_the_bare_slug() {
    check(
        Kind::Actor,
        "title: X\nuses: [@x]\n",
        &[
            "front-matter-syntax 3:8 `@x` is how prose cites; in front matter a reference is the bare slug → write `x`",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nuses: @x\n",
        &[
            "front-matter-syntax 3:7 `@x` is how prose cites; in front matter a reference is the bare slug → write `x`",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nuses: [[a]], [[b|c]]\n",
        &[
            "front-matter-syntax 3:7 `[[…]]` is how prose links; in front matter a reference is the bare slug → write `uses: [a, b]`",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nuses: [[Kill Disk]]\n",
        &["bad-value 3:8 `uses` takes the bare slug, without brackets → write `kill-disk`"],
    );
    check(
        Kind::Actor,
        "title: X\nuses: '@x'\n",
        &["bad-value 3:7 `@x` is how prose cites; `uses` takes the bare slug → write `x`"],
    );
    check(
        Kind::Organisation,
        "title: X\ncountry: [[North Korea]]\n",
        &["bad-value 3:10 `country` takes the bare slug, without brackets → write `north-korea`"],
    );
}

#[test]
fn a_tab_in_the_indentation_is_named() {
    check(
        Kind::Actor,
        "title: X\nuses:\n\t- a\n",
        &[
            "front-matter-syntax 4:1 a tab stands in the indentation → indent with spaces: YAML takes no tabs there",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nuses:\n\tb: c\n",
        &[
            "front-matter-syntax 4:1 a tab stands in the indentation → indent with spaces: YAML takes no tabs there",
        ],
    );
    check(
        Kind::Actor,
        "title: x\n\tb: y\n",
        &[
            "front-matter-syntax 3:1 a tab stands in the indentation → indent with spaces: YAML takes no tabs there",
        ],
    );
}

#[test]
fn a_key_without_a_value_is_named() {
    check(
        Kind::Actor,
        "title\ndate: 2016\n",
        &[
            "front-matter-syntax 2:1 `title` is a key without a value → write `title: value`, or delete the line",
        ],
    );
    check(
        Kind::Actor,
        "date: 2016\ntitle\ntags: 1\n",
        &[
            "front-matter-syntax 3:1 `title` is a key without a value → write `title: value`, or delete the line",
        ],
    );
    check(
        Kind::Actor,
        "title: X\ntags:\nlang: ~\n",
        &[
            "wrong-type 3:1 `tags` has no value → write a value, or delete it",
            "wrong-type 4:1 `lang` has no value → write a value, or delete it",
        ],
    );
    check(
        Kind::Actor,
        "title: ''\n",
        &["wrong-type 2:1 `title` has no value → write a value, or delete it"],
    );
    check(
        Kind::Actor,
        "title:A\ntags: 1\n",
        &[
            "front-matter-syntax 2:1 after the key `title` a colon and a space are missing → write `title: A`",
        ],
    );
}

#[test]
fn quotes_and_brackets_are_matched() {
    check(
        Kind::Actor,
        "title: 'It's'\ntags: 1\n",
        &[
            "front-matter-syntax 2:12 text stands after the closing quote → put the whole value in quotes; within single quotes an apostrophe is written twice",
        ],
    );
    check(
        Kind::Actor,
        "title: \"open\ntags: 1\n",
        &[
            "front-matter-syntax 2:8 a quote is opened here and never closed → close it on the same line",
        ],
    );
    check(
        Kind::Actor,
        "title: A\ntags: [x, y\nlang: 1\n",
        &[
            "front-matter-syntax 3:7 `[` is opened here and not closed on its line → close it with `]`",
        ],
    );
    check(
        Kind::Actor,
        "title: [x] y\n",
        &[
            "front-matter-syntax 2:12 text stands after the closing bracket → put the whole value in quotes, or everything within the brackets",
        ],
    );
    check(
        Kind::Actor,
        "title: x\nuses: {entry: x confidence: y}\n",
        &[
            "front-matter-syntax 3:27 a comma or a closing bracket is missing before this → part the values by commas, and put a value that holds `,`, `:` or brackets in quotes",
        ],
    );
    check(
        Kind::Actor,
        "title: x\ntags: [a]]\n",
        &[
            "front-matter-syntax 3:10 this closing bracket was never opened → delete it, or put the whole value in quotes",
        ],
    );
    check(
        Kind::Actor,
        "title: x\nsources: [a, , b]\n",
        &[
            "front-matter-syntax 3:14 a value is missing before this → write the value, or delete the comma",
        ],
    );
    check(
        Kind::Actor,
        "title: \"a\\q\"\n",
        &[
            "front-matter-syntax 2:8 a backslash in double quotes begins an escape, and this is none → write the value in single quotes, or `\\\\` for a backslash",
        ],
    );
}

#[test]
fn indentation_and_lists_are_explained() {
    check(
        Kind::Actor,
        "title: 1\n b: 2\n",
        &[
            "front-matter-syntax 3:2 this line is indented otherwise than the lines that it belongs to → begin the keys of one level in the same column",
        ],
    );
    check(
        Kind::Actor,
        "title: - b\n",
        &[
            "front-matter-syntax 2:8 a list cannot begin on the line of its key → begin it on the next line, or write it as `[b]`",
        ],
    );
    check(
        Kind::Actor,
        "title: b\n- c\n",
        &[
            "front-matter-syntax 3:1 a list item stands where a key is expected → put it under its key, whose line ends with the colon",
        ],
    );
    check(
        Kind::Incident,
        "title: a\nloss:\n  attempted: 1\n frozen: 2\n",
        &[
            "front-matter-syntax 5:2 this line is indented otherwise than the lines that it belongs to → begin the keys of one level in the same column",
        ],
    );
}

#[test]
fn signs_that_yaml_keeps_for_itself_are_named() {
    check(
        Kind::Actor,
        "title: *b*\n",
        &[
            "front-matter-syntax 2:8 YAML reads a value that begins with `*` as an alias → put the value in quotes",
        ],
    );
    check(
        Kind::Actor,
        "title: `x`\n",
        &[
            "front-matter-syntax 2:8 a value cannot begin with a backtick in YAML → put the value in quotes",
        ],
    );
    check(
        Kind::Actor,
        "title: %x\n",
        &[
            "front-matter-syntax 2:8 a value cannot begin with `%` in YAML → put the value in quotes",
        ],
    );
    check(
        Kind::Actor,
        "title: !x y\n",
        &[
            "front-matter-syntax 2:8 YAML reads `!x` as a tag, which means nothing here → put the value in quotes",
        ],
    );
    check(
        Kind::Actor,
        "? [a]\n: b\n",
        &[
            "front-matter-syntax 2:3 a key must be a word, not a list or a map → put the value in quotes if it begins with a bracket or a brace",
        ],
    );
    check(
        Kind::Actor,
        "title: X\n...\nc: d\n",
        &[
            "front-matter-syntax 4:1 the front matter goes on after `...` → front matter is one document; delete the line `...`",
        ],
    );
}

#[test]
fn what_is_no_map_is_refused() {
    check(
        Kind::Actor,
        "- a\n- b\n",
        &[
            "front-matter-syntax 2:1 the front matter is a list, not keys with values → write keys with values, first of all `title: APT38`",
        ],
    );
    check(
        Kind::Actor,
        "title = 1\n",
        &[
            "front-matter-syntax 2:1 the front matter is a single value, not keys with values → YAML writes `title: APT38`; for `title = \"APT38\"` put the front matter between `+++` lines",
        ],
    );
}

#[test]
fn a_key_that_stands_twice_is_named_with_both_places() {
    check(
        Kind::Actor,
        "title: a\ntitle: b\n",
        &[
            "duplicate-key 3:1 the key `title` stands twice [2:1 first here] → keep one of them; several values of one key are written as a list",
        ],
    );
    check(
        Kind::Actor,
        "title: a\nuses:\n  - { entry: b, entry: c }\n",
        &[
            "duplicate-key 4:17 the key `entry` stands twice [4:7 first here] → keep one of them; several values of one key are written as a list",
        ],
    );
}
