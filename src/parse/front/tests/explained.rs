//! The examples of the explanations do what they say.

use crate::diag::Code;
use crate::model::Tlp;
use crate::parse::file;
use crate::text::TextFile;

/// The codes that front matter and paths give.
const CODES: [Code; 18] = [
    Code::FrontMatterMissing,
    Code::FrontMatterSyntax,
    Code::UnknownKey,
    Code::DuplicateKey,
    Code::WrongType,
    Code::MissingKey,
    Code::BadValue,
    Code::BadDate,
    Code::BadMoney,
    Code::BadMarking,
    Code::LowerMarking,
    Code::BadSlug,
    Code::UnknownFolder,
    Code::EndBeforeStart,
    Code::RelationNotAllowed,
    Code::NoChosenValue,
    Code::BadRedirect,
    Code::UnsafeLink,
];

/// The problems of the first example of that sort: `wrong` or `right`.
fn example(explanation: &str, sort: &str) -> Option<Vec<Code>> {
    let (before, after) = explanation.split_once(&format!("```markdown {sort}\n"))?;
    let path = before.rsplit("File: ").next()?.lines().next()?;
    let text = after.split("\n```").next()?;
    let outcome = file(
        &TextFile::new(path, format!("{text}\n")),
        &Tlp::Clear.into(),
    );
    Some(
        outcome
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect(),
    )
}

#[test]
fn examples_are_wrong_and_right_as_they_say() {
    for code in CODES {
        let wrong = example(code.explanation(), "wrong").unwrap_or_default();
        assert!(
            !wrong.is_empty(),
            "{}: the wrong example is right",
            code.name()
        );
        assert!(
            wrong.iter().all(|found| *found == code),
            "{}: {wrong:?}",
            code.name()
        );
        let right = example(code.explanation(), "right");
        assert_eq!(right, Some(vec![]), "{}", code.name());
    }
}
