//! A citation directly behind a reference to a footnote: `[^a][@source]`.
//!
//! Markdown takes the two for a link by reference, which is defined nowhere, and leaves both as they are written.
//! Takes a text; gives the places where a space between them lets it read them. No page shows that space: a
//! citation stands close to what is before it. Code is not looked into.

use super::dialect::Dialect;
use memchr::memmem;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The first bytes of such citations in the Markdown that begins at `start`, in order.
pub(super) fn find(file: &str, start: usize) -> Vec<usize> {
    let markdown = file.get(start..).unwrap_or("");
    let mut places: Vec<usize> = memmem::find_iter(markdown.as_bytes(), "][@")
        .filter(|at| is_note(markdown, *at))
        .map(|at| at + 1)
        .collect();
    if places.is_empty() {
        return places;
    }
    let mut text = Vec::new();
    let mut code = false;
    for (event, range) in Dialect::of(markdown).events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => text.push(range),
            _ => {}
        }
    }
    let in_text = |at: &usize| {
        let after = text.partition_point(|range| range.start <= *at);
        let before = after.checked_sub(1).and_then(|last| text.get(last));
        before.is_some_and(|range| range.contains(at))
    };
    places.retain(in_text);
    places.into_iter().map(|at| start + at).collect()
}

/// Whether a bracket closes what looks like a reference to a footnote.
fn is_note(markdown: &str, close: usize) -> bool {
    let before = markdown.as_bytes().get(..close).unwrap_or(&[]);
    let name = before.iter().rev().take(200);
    let length = name
        .take_while(|byte| !matches!(byte, b'[' | b']' | b'\n'))
        .count();
    let open = close - length;
    length > 1 && before.get(open) == Some(&b'^') && before.get(open.wrapping_sub(1)) == Some(&b'[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_between_notes_and_citations_are_found() {
        let text = "a [@s][^a][@t] `[^a][@t]` [x][@t] \\[^a][@t]\n\n```\n[^a][@t]\n```\n";
        let escaped = text.find("\\[").unwrap_or(0) + 5;
        assert_eq!(find(text, 0), [10, escaped]);
        assert_eq!(find("[@s][@t]", 0), Vec::<usize>::new());
    }
}
