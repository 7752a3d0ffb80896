//! What is applied, and in which order.

use super::*;
use crate::text::{Span, line_column};

const PATH: &str = "content/notes/a.md";
const TEXT: &str = "---\ntitle: One two\ntlp: amber\n---\nThree four (five).\n\n(TLP:RED) Six.\n";

fn problem(fix: fn(Vec<TextEdit>) -> Fix, edits: &[(&str, &str)]) -> Diagnostic {
    let path = Arc::from(PATH);
    let edit = |(piece, with): &(&str, &str)| {
        let start = TEXT.find(piece).unwrap();
        TextEdit::new(&path, Span::new(start, start + piece.len()), *with)
    };
    let edits = edits.iter().map(edit).collect();
    let mut problem = Diagnostic::at(Code::BadValue, &path, Span::default(), "wrong");
    problem.fix = Some(fix(edits));
    problem
}

fn after(problems: &[Diagnostic]) -> Option<String> {
    let texts = |path: &str| (path == PATH).then_some(TEXT);
    let mut files = mend(problems, &texts, &Markings::default());
    assert!(files.len() <= 1);
    files.pop().map(|file| file.after)
}

#[test]
fn what_is_safe_is_applied_and_a_choice_is_not() {
    let safe = problem(Fix::Safe, &[("two", "2"), ("Three", "3")]);
    let choice = problem(Fix::Choice, &[("four", "4")]);
    let expected = TEXT.replace("two", "2").replace("Three", "3");
    assert_eq!(after(&[choice.clone(), safe]), Some(expected));
    assert_eq!(after(&[choice]), None);
    let mut firm = problem(Fix::Safe, &[("four", "4")]);
    firm.firm = true;
    assert_eq!(after(&[firm]), None);
}

#[test]
fn of_two_that_overlap_the_first_is_applied() {
    let first = problem(Fix::Safe, &[("Three four", "x")]);
    let second = problem(Fix::Safe, &[("four (", "y"), ("One", "1")]);
    let third = problem(Fix::Safe, &[("five", "5")]);
    let expected = TEXT.replace("Three four", "x").replace("five", "5");
    assert_eq!(after(&[first.clone(), second, third]), Some(expected));
    let twice = [first.clone(), first];
    assert_eq!(after(&twice), Some(TEXT.replace("Three four", "x")));
}

#[test]
fn one_that_touches_a_marking_does_not_stop_the_others() {
    let good = problem(Fix::Safe, &[("four", "4")]);
    for (piece, with) in [
        ("amber", "clear"),
        ("(TLP:RED) Six", "Six"),
        ("RED", "GREEN"),
        ("four", "4\n\n4"),
        ("title: One two", "draft: false"),
    ] {
        let bad = problem(Fix::Safe, &[("One", "1"), (piece, with)]);
        assert_eq!(after(std::slice::from_ref(&bad)), None, "{piece}");
        let expected = TEXT.replace("four", "4");
        assert_eq!(after(&[bad, good.clone()]), Some(expected), "{piece}");
    }
}

#[test]
fn places_are_told_as_they_were_before() {
    let good = problem(
        Fix::Safe,
        &[("five", "fünf"), ("two", "zwei"), ("Six", "6")],
    );
    let texts = |path: &str| (path == PATH).then_some(TEXT);
    let files = mend(&[good], &texts, &Markings::default());
    let place = |word: &str| line_column(TEXT, Span::new(TEXT.find(word).unwrap(), 0).start);
    let told = files.iter().flat_map(|file| &file.fixed);
    let told: Vec<_> = told.map(|it| (it.line, it.column)).collect();
    assert_eq!(told, ["two", "five", "Six"].map(place));
}

#[test]
fn several_that_touch_markings_stop_none_of_the_others() {
    let words = ["One", "two", "Three", "four", "five"];
    let good = words.map(|word| problem(Fix::Safe, &[(word, "x")]));
    let bad = ["amber", "RED", "tlp"].map(|word| problem(Fix::Safe, &[(word, "x")]));
    let mixed: Vec<_> = bad.iter().chain(&good).chain(&bad).cloned().collect();
    let expected = words
        .iter()
        .fold(TEXT.to_owned(), |text, word| text.replace(word, "x"));
    assert_eq!(after(&mixed), Some(expected));
}
