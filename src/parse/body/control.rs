//! Control characters in a text: no page can carry them.
//!
//! Takes a text; reports the first of them and how many there are. They are not taken out here: what writes
//! HTML lets none through, and what reads labels sees through them.

use super::problems::Problems;
use crate::diag::Code;
use crate::text::Span;

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
    let mut all = text.char_indices().filter(|&(_, c)| is_control(c));
    let Some((at, first)) = all.next() else {
        return;
    };
    let more = all.count();
    let mut message = format!(
        "the text holds the control character U+{:04X}",
        u32::from(first)
    );
    match more {
        0 => {}
        1 => message.push_str(", and another one"),
        more => message.push_str(&format!(", and {more} others")),
    }
    let span = Span::new(start + at, start + at + first.len_utf8());
    let help = "delete it: no page can carry it; where it is spoken of, write its name, `\\x1b` or `U+001B`";
    problems.report(Code::ControlCharacter, span, message, help);
}

fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
