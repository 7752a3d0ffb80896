//! What is said of what stands outside of a marked part, and the ways out.

use super::{Doubt, Part, Why};

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Item => "item",
            Part::Definition => "definition",
            Part::Footnote => "footnote",
            Part::Quote => "quote",
            Part::List => "list",
            Part::Paragraph => "paragraph",
            Part::Section => "section",
        }
    }

    /// How something becomes part of it.
    fn joined(self) -> &'static str {
        match self {
            Part::Item | Part::List => "indent it as far as the words of the item",
            Part::Definition => "indent it by four spaces, as the definition",
            Part::Footnote => "indent it by four spaces, as the footnote",
            Part::Quote => "write `>` before each of its lines",
            Part::Paragraph | Part::Section => {
                "mark it too, by a mark in a paragraph of its own before it"
            }
        }
    }
}

/// What is wrong, and the way out.
pub(super) fn words(doubt: &Doubt) -> (String, String) {
    let (name, join) = (doubt.part.name(), doubt.part.joined());
    let a = if doubt.part == Part::Item { "an" } else { "a" };
    let which = match doubt.inherited {
        true => "that ends in what is",
        false => "that is",
    };
    let label = doubt.found.tlp.label();
    let own = match doubt.part {
        Part::Paragraph => String::new(),
        _ => format!(", or mark it by itself, `({label})`"),
    };
    match doubt.why {
        Why::Indented => (
            format!("indented below {a} {name} {which} {label}, and yet not part of it"),
            format!("{join} where it is part of it{own}; where it is open, do not indent it"),
        ),
        Why::Below => (
            format!("directly below {a} {name} {which} {label}, and yet not part of it"),
            format!("{join}{own}; where it is open, leave a blank line before it"),
        ),
        Why::Parts => (
            format!(
                "not part of the {name} before it, which is {label}, though the list goes on below"
            ),
            format!(
                "{join} where it is part of it{own}; where it is open, write a heading or a rule (`---`) before it"
            ),
        ),
        Why::GoesOn => (
            format!(
                "not part of the list before it, which is {label} and ended where something else came between"
            ),
            format!(
                "indent what stands between as far as the words of the items, or mark this list too, by `({label})` in a paragraph of its own before it; where it is open, write a heading or a rule (`---`) before it"
            ),
        ),
        Why::LedTo => (
            format!("{a} {name} that is {label} leads to this, which is not marked"),
            format!(
                "mark it too, by `({label})` in a paragraph of its own before it; where it is open, end the {name} with a full stop"
            ),
        ),
        Why::Underlined => (
            format!("made a heading by the line below it, which ends a section that is {label}"),
            "leave a blank line before the line where it is a rule; where a heading is meant, write it with `#`, or mark it too".to_owned(),
        ),
        Why::Comment => (
            format!("a heading that looks like a comment ends a section that is {label}"),
            "put the code into a fence where it is one; where a heading is meant, leave a blank line around it, or mark it too".to_owned(),
        ),
    }
}
