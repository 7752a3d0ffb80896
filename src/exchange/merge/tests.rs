//! What becomes of three versions of a value, or of a text.

use super::*;

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

fn list(items: &[&str]) -> Given {
    Given::List(items.iter().map(|it| text(it)).collect())
}

fn map(entries: &[(&str, &str)]) -> Given {
    Given::Map(
        entries
            .iter()
            .map(|(name, value)| ((*name).to_owned(), text(value)))
            .collect(),
    )
}

fn merged(
    key: &str,
    base: Option<Given>,
    incoming: Option<Given>,
    local: Option<Given>,
    several: bool,
) -> Merged {
    let three = Three {
        base: base.as_ref(),
        incoming: incoming.as_ref(),
        local: local.as_ref(),
    };
    let touched = !same(three.local, three.base);
    merge(key, three, several, touched)
}

#[test]
fn what_one_side_changed_is_taken() {
    let take = |base: &str, incoming: &str, local: &str| {
        let merged = merged(
            "summary",
            Some(text(base)),
            Some(text(incoming)),
            Some(text(local)),
            false,
        );
        (merged.value, merged.conflicts.len())
    };
    assert_eq!(take("a", "b", "a"), (Some(text("b")), 0));
    assert_eq!(take("a", "a", "c"), (Some(text("c")), 0));
    assert_eq!(take("a", "c", "c"), (Some(text("c")), 0));
    assert_eq!(take("a", "b", "c"), (Some(text("c")), 1));
}

#[test]
fn lists_are_merged_item_by_item() {
    let merged = merged(
        "tags",
        Some(list(&["a", "b", "c"])),
        Some(list(&["a", "c", "d"])),
        Some(list(&["mine", "a", "b"])),
        true,
    );
    // `b` was taken out there, `c` here, and `d` came.
    assert_eq!(merged.value, Some(list(&["mine", "a", "d"])));
    assert!(merged.conflicts.is_empty());
}

#[test]
fn an_item_is_told_by_what_it_is_about() {
    let uses = |note: &str| {
        Given::List(vec![
            map(&[("entry", "hoplight"), ("note", note)]),
            text("dyepack"),
        ])
    };
    let mine = Given::List(vec![map(&[
        ("entry", "hoplight"),
        ("note", "a"),
        ("confidence", "likely"),
    ])]);
    let merged = merged("uses", Some(uses("a")), Some(uses("b")), Some(mine), true);
    let expected = map(&[
        ("entry", "hoplight"),
        ("note", "b"),
        ("confidence", "likely"),
    ]);
    // People took `dyepack` out, and it stays out.
    assert_eq!(merged.value, Some(Given::List(vec![expected])));
    assert!(merged.conflicts.is_empty());
}

#[test]
fn the_same_of_an_item_changed_twice_is_a_conflict() {
    let uses = |note: &str| Given::List(vec![map(&[("entry", "hoplight"), ("note", note)])]);
    let merged = merged(
        "uses",
        Some(uses("a")),
        Some(uses("b")),
        Some(uses("c")),
        true,
    );
    assert_eq!(merged.value, Some(uses("c")));
    assert_eq!(merged.conflicts[0].key, "uses.hoplight.note");
    assert_eq!(merged.conflicts[0].incoming, Some(text("b")));
}

#[test]
fn of_two_markings_the_stricter_holds() {
    let tlp = |base: Option<&str>, incoming: Option<&str>, local: Option<&str>, touched: bool| {
        let [base, incoming, local] = [base, incoming, local].map(|it| it.map(text));
        let three = Three {
            base: base.as_ref(),
            incoming: incoming.as_ref(),
            local: local.as_ref(),
        };
        let merged = merge("tlp", three, false, touched);
        (
            merged.value.map(|it| it.to_string()),
            merged.conflicts.len(),
        )
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        tlp(Some("amber"), Some("red"), Some("clear"), true),
        (some("red"), 1)
    );
    assert_eq!(
        tlp(Some("amber"), Some("green"), Some("red"), true),
        (some("red"), 1)
    );
    assert_eq!(tlp(None, Some("red"), None, true), (some("red"), 0));
    // What people wrote under a marking is not shown because an import lowered it.
    assert_eq!(
        tlp(Some("amber"), Some("clear"), Some("amber"), true),
        (some("amber"), 1)
    );
    assert_eq!(
        tlp(Some("amber"), None, Some("amber"), true),
        (some("amber"), 1)
    );
    assert_eq!(
        tlp(Some("amber"), Some("clear"), Some("amber"), false),
        (some("clear"), 0)
    );
    // What cannot be read withholds most.
    assert_eq!(
        tlp(Some("green"), Some("purple"), Some("red"), true),
        (some("purple"), 1)
    );
    // Taken out by people, and the import says nothing new.
    assert_eq!(tlp(Some("amber"), Some("amber"), None, true), (None, 0));
}

#[test]
fn a_marking_within_an_item_is_not_lowered_around_what_people_wrote() {
    let item = |tlp: &str, note: Option<&str>| {
        let mut entries = vec![("entry", "x"), ("tlp", tlp)];
        entries.extend(note.map(|note| ("note", note)));
        Given::List(vec![map(&entries)])
    };
    let merged = merged(
        "uses",
        Some(item("red", None)),
        Some(item("clear", None)),
        Some(item("red", Some("secret"))),
        true,
    );
    assert_eq!(merged.value, Some(item("red", Some("secret"))));
}

#[test]
fn bodies_are_merged_block_by_block() {
    let merged = bodies(
        "a\n\nb\n\nc\n",
        "a\n\nb2\n\nc\n\nd\n",
        "mine\n\na\n\nb\n\nc\n",
    );
    assert_eq!(merged.text, "mine\n\na\n\nb2\n\nc\n\nd\n");
    assert!(merged.conflicts.is_empty());
}

#[test]
fn blocks_that_both_changed_stay_with_the_other_in_a_comment() {
    let merged = bodies("a\n\nb\n\nc\n", "a\n\nb2 --> x\n\nc\n", "a\n\nmine\n\nc\n");
    assert_eq!(
        merged.text,
        "a\n\nmine\n\n<!-- imported: b2 - -> x -->\n\nc\n"
    );
    assert_eq!(merged.conflicts, ["b2 --> x"]);
}

#[test]
fn a_block_of_code_is_one_block() {
    let code = "```\nx\n\ny\n```\n";
    let merged = bodies(code, &format!("{code}\nnew\n"), &format!("mine\n\n{code}"));
    assert_eq!(merged.text, format!("mine\n\n{code}\nnew\n"));
}
