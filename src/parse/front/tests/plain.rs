//! The plain part of YAML reads as the parser reads it.

use super::super::{plain, yaml};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Reads a front matter both ways; gives whether it is plain.
#[track_caller]
fn both(front: &str) -> bool {
    let text = format!("---\n{front}---\nProse.\n");
    let range = 4..4 + front.len();
    let Some(tree) = plain::read(&text, range.clone()) else {
        return false;
    };
    let mut problems = Vec::new();
    let parsed = yaml::parsed(&"x.md".into(), &text, range, &mut problems);
    assert_eq!(Some(tree), parsed, "\n{front}");
    assert!(problems.is_empty(), "{problems:?}\n{front}");
    true
}

const FORMS: &[&str] = &[
    "title: APT38\nsummary: \"One: two, [three] # four.\"\ntags: [a, b c, é]\nextra: {}\n",
    "aliases:\n  - One\n  - { name: Two, by: \"X, Y\", sources: [a] }\n\n# Told by others.\nlist: []\n",
    "loss:\n  actual:\n    - value: 81m USD\n      sources: [a, b]\n    -  value: '20m'\n",
    "uses:\n- a/b\n- 'c'\nat: 12:30\nurl: https://a.example/b?c=d\n  \ncoda: a-b (c) ~ \n",
    "a:\n  b:\n   c:\n    - d:\n      - e\n  f: { g: [h, { i: j:k }] }\n",
];

#[test]
fn what_is_usual_is_plain() {
    for form in FORMS {
        assert!(both(form), "{form}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_parser() {
    for front in [
        "",
        "a: b\n  c\n",
        "a: |\n  b\n",
        "a: \"b\\n\"\n",
        "a: 'it''s'\n",
        "a: b # c\n",
        "a: b: c\n",
        "a: [b,\n  c]\n",
        "a: [b: c]\n",
        "a: [b, ]\n",
        "a: &b c\n",
        "a:\n",
        "a: b\r\n",
        "a: b\na: c\n",
        "- a\n",
        " a: b\n",
        "a: b\n...\n",
        "a:\n  - b\n c: d\n",
        "a: [b -]\n",
    ] {
        assert!(!both(front), "{front}");
    }
}

const SIGNS: &[&str] = &[
    "a", "b1", "é", "\u{a0}", "\u{2028}", "\u{feff}", ": ", ":", ":\n", "\n", "\n", " ", "  ",
    "    ", "- ", "\n- ", "\n  - ", "-", "[", "]", "{", "}", ", ", ",", "\"", "'", "#", " # ",
    "a: b\n", "c:\n", "---", "...", "|", ">", "&a ", "*a", "!t ", "?", "~", "0", "\\", "\t",
    "\r\n", "/", "%", "@", "\0", "[a, b]", "{ a: b }",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn it_is_read_as_the_parser_reads_it(
        forms in vec((select(FORMS), 0..4usize), 0..3),
        edits in vec((any::<Index>(), 0..3usize, select(SIGNS)), 0..5),
    ) {
        let mut front = String::new();
        for (form, indent) in forms {
            for line in form.lines() {
                front += &" ".repeat(indent);
                front += line;
                front.push('\n');
            }
        }
        for (at, gone, sign) in edits {
            let places: Vec<usize> = front.char_indices().map(|(at, _)| at).chain([front.len()]).collect();
            let from = at.index(places.len());
            let to = places[(from + gone).min(places.len() - 1)];
            front.replace_range(places[from]..to, sign);
        }
        both(&front);
    }

    #[test]
    fn signs_in_any_order_are_read_as_the_parser_reads_them(signs in vec(select(SIGNS), 0..24)) {
        both(&signs.concat());
    }
}
