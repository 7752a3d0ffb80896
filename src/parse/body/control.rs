//! Control characters in a text: no page can carry them.
//!
//! Takes a text; reports the first of them and how many there are. They are not taken out here: what writes
//! HTML lets none through, and what reads labels sees through them.

use super::problems::Problems;
use crate::diag::{Advice, Code, TextEdit};
use crate::text::Span;

/// How many of them are mended at once.
const MENDED: usize = 1_000;

/// Looks for control characters in the Markdown that begins at byte `start` of a file.
pub(super) fn find(file: &str, start: usize, problems: &mut Problems) {
    let text = file.get(start..).unwrap_or("");
    // Nearly all texts hold none, and a pass without branches is quick.
    let suspect = |found: bool, byte: u8| {
        found | ((byte < 0x20) & (byte != b'\n')) | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xef)
    };
    if !text.bytes().fold(false, suspect) {
        return;
    }
    let all = text.char_indices().filter(|&(_, c)| is_control(c));
    let all: Vec<(usize, char)> = all.collect();
    let Some(&(at, first)) = all.first() else {
        return;
    };
    let more = all.len() - 1;
    let mut message = format!(
        "the text holds the control character U+{:04X}",
        u32::from(first)
    );
    match more {
        0 => {}
        1 => message.push_str(", and another one"),
        more => message.push_str(&format!(", and {more} others")),
    }
    let place = |at: usize, c: char| Span::new(start + at, start + at + c.len_utf8());
    let span = place(at, first);
    let help = "delete it: no page can carry it; where it is spoken of, write its name, `\\x1b` or `U+001B`";
    let edits = all.iter().take(MENDED);
    let edits = edits.map(|&(at, c)| TextEdit::new(problems.path(), place(at, c), ""));
    let help = Advice::from(help).safely(edits.collect::<Vec<_>>());
    problems.report(Code::ControlCharacter, span, message, help);
}

fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
