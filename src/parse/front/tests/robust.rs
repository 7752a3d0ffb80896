//! No input makes it panic or take long.

use super::shown;
use crate::model::Tlp;
use crate::parse::file;
use crate::text::TextFile;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The only problem of a front matter, which must be found at once.
#[track_caller]
fn refused(front: &str) -> String {
    let begun = Instant::now();
    let file = TextFile::new("content/notes/x.md", format!("---\n{front}\n---\n"));
    let mut problems = shown(&file);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.pop().unwrap_or_default()
}

#[test]
fn bombs_end_in_one_error_at_once() {
    let mut bomb = "title: X\nextra:\n  a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (last, next) in "abcdefghi".chars().zip("bcdefghij".chars()) {
        let alias = format!("*{last}, ").repeat(9);
        bomb += &format!("  {next}: &{next} [{alias}]\n");
    }
    assert!(refused(&bomb).contains("more than 20000 values"));
    assert!(refused("title: X\nextra: &a [*a]").contains("within what it repeats"));
    let deep = format!("title: X\nextra: {}{}", "[".repeat(200), "]".repeat(200));
    assert!(refused(&deep).contains("deeper than 32 levels"));
    let deep: String = (0..200).map(|depth| " ".repeat(depth) + "a:\n").collect();
    assert!(
        refused(&format!("title: X\nextra:\n {}", deep.replace('\n', "\n "))).contains("deeper")
    );
    let brackets = format!("title: X\nextra: {}", "[".repeat(100_000));
    assert!(refused(&brackets).starts_with("front-matter-syntax"));
    let dashes = format!("title: X\nextra:\n  {}", "- ".repeat(50_000));
    assert!(refused(&dashes).starts_with("front-matter-syntax"));
    let many = format!("title: X\nextra: [{}]", "a, ".repeat(60_000));
    assert!(refused(&many).contains("more than 20000 values"));
    let long = format!("title: X\nsummary: {}", "a".repeat(300_000));
    assert!(refused(&long).contains("larger than 256 KiB"));
    let plain = format!("title: X\nextra: {{{}}}", "? ".repeat(100_000));
    refused(&plain);
    let key = "a".repeat(200_000);
    assert!(refused(&format!("title: X\n{key}b: c")).len() < 1500);
    assert!(refused(&format!("title: X\ntlp: {key}")).len() < 1500);
    assert!(refused(&format!("title: X\ndate: {key}")).len() < 1500);
    assert!(refused(&format!("title: X\nsources: '@{key}'")).len() < 1500);
}

#[test]
fn toml_bombs_end_in_one_error_at_once() {
    for front in [
        format!("title = \"X\"\nextra = {}", "[".repeat(100_000)),
        format!(
            "title = \"X\"\nextra.a = {}{}",
            "[".repeat(60),
            "]".repeat(60)
        ),
        format!("title = \"X\"\nextra.{} = 1", vec!["a"; 50_000].join(".")),
        format!("title = \"X\"\nextra.a = [{}]", "1, ".repeat(60_000)),
    ] {
        let begun = Instant::now();
        let file = TextFile::new("content/notes/x.md", format!("+++\n{front}\n+++\n"));
        let problems = shown(&file);
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?}",
            begun.elapsed()
        );
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}

/// Text that looks like front matter closely enough to reach every reader.
fn yaml_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n"),
        Just(" "),
        Just("  "),
        Just("\t"),
        Just(": "),
        Just("- "),
        Just(", "),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just("'"),
        Just("\""),
        Just("|\n"),
        Just(">\n"),
        Just("&a "),
        Just("*a"),
        Just("!x "),
        Just("#"),
        Just("? "),
        Just("@"),
        Just("~"),
        Just("é"),
        Just("北"),
        Just("\r\n"),
        Just("\u{feff}"),
        Just("---\n"),
        Just("...\n"),
        Just("="),
        Just("\\"),
        Just("title"),
        Just("tlp"),
        Just("amber"),
        Just("aliases"),
        Just("uses"),
        Just("loss"),
        Just("actual"),
        Just("value"),
        Just("sources"),
        Just("chosen"),
        Just("entry"),
        Just("events"),
        Just("date"),
        Just("2016-02-04"),
        Just("first_seen"),
        Just("motive"),
        Just("financial"),
        Just("81m USD"),
        Just("affected"),
        Just("people"),
        Just("about 12k"),
        Just("extra"),
        Just("facts"),
        Just("redirect_from"),
        Just("/a/../b"),
        Just("confidence"),
        Just("likely"),
        Just("draft"),
        Just("true"),
        Just("attributed_to"),
        Just("[[x]]"),
        Just("a, p. 1"),
        Just("start"),
        Just("early "),
        Just("about "),
        Just("/.."),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const PATHS: [&str; 6] = [
    "content/actors/x.md",
    "content/incidents/x.md",
    "content/sources/a/ü.md",
    "content/people/x.md",
    "content/index.md",
    "content/nowhere/x.md",
];

/// Parses it at every path; every span must lie within the file, on characters.
fn survives(text: &str) -> Result<(), TestCaseError> {
    for path in PATHS {
        let file_text = TextFile::new(path, text);
        let outcome = file(&file_text, &Tlp::Green.into());
        for problem in &outcome.problems {
            let places = problem.others.iter().map(|(place, _)| place);
            for span in places
                .chain([&problem.place])
                .filter_map(|place| place.span)
            {
                prop_assert!(text.get(span.range()).is_some(), "{problem:?}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_parses(text in "\\PC*") {
        survives(&text)?;
    }

    #[test]
    fn any_front_matter_parses(front in yaml_like()) {
        survives(&format!("---\n{front}\n---\nText"))?;
        survives(&format!("---\ntitle: X\n{front}"))?;
    }

    #[test]
    fn any_toml_parses(front in yaml_like()) {
        survives(&format!("+++\n{}\n+++\nText", front.replace(": ", " = ")))?;
    }
}
