//! Front matter that is not recognised as such, in a file that needs none.
//!
//! Takes the head of a text; tells whether keys stand there that would withhold it, or that a line closes as
//! front matter is closed. Never reads them: what opens front matter is the first line of the file.

use super::withholding::{by_name, by_word};
use crate::parse::label::is_unseen;

/// Front matter is not looked for further down.
const FEW: usize = 60;

/// Whether a text begins with what was meant for front matter.
pub(super) fn heads(text: &str) -> bool {
    let unseen = |c: char| c.is_whitespace() || is_unseen(c);
    let (mut keys, mut ours) = (false, false);
    for line in text.lines().take(FEW) {
        let line = line.trim_matches(unseen);
        if is_fence(line) {
            if ours {
                return true;
            }
        } else if let Some((key, value)) = pair(line) {
            if withholds(key, value) {
                return true;
            }
            keys = true;
            ours |= matches!(&*key.to_ascii_lowercase(), "title" | "summary");
        } else if keys || !(line.is_empty() || line.starts_with("<!--") || line.starts_with("%%")) {
            return false;
        }
    }
    false
}

/// Whether a line opens or closes something, `---yaml`, `;;;`, `{`, and says nothing.
fn is_fence(line: &str) -> bool {
    let signs = line.trim_start_matches(|c: char| "-+;~`*=—–{}".contains(c));
    line.len() > signs.len() && signs.len() < 8 && signs.chars().all(char::is_alphanumeric)
}

/// A key of one word and its value, in whatever form.
fn pair(line: &str) -> Option<(&str, &str)> {
    let signs = |c: char| c.is_whitespace() || "{}\"'*_,[]-`".contains(c);
    let (key, value) = line.split_once([':', '='])?;
    let (key, value) = (key.trim_matches(signs), value.trim_matches(signs));
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    (!key.is_empty() && key.chars().all(word)).then_some((key, value))
}

/// Whether a key withholds, or its value says that something is withheld: a sentence does not.
fn withholds(key: &str, value: &str) -> bool {
    let one = !value.is_empty() && !value.contains(char::is_whitespace);
    one && (by_name(key).is_some() || by_word(value) == Some("draft"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_told_from_prose() {
        for text in [
            "draft: true\n---\nx",
            "title: x\ndraft: true\n---\nx",
            "title: An index\n---\nx",
            "<!-- x -->\n---\ndraft: true\n---\nx",
            "\u{200b}---\ndraft: true\n---\nx",
            "---yaml\npublish: 2030-01-01\n---\nx",
            "----\nDraft: yes\n----\nx",
            "{\"draft\": true}\nx",
            "{\n  \"title\": \"x\",\n  \"published\": false\n}\nx",
            ";;;\n{\"draft\": true}\n;;;\nx",
            "draft = true\n\nx",
            "Status: draft\n\nx",
            "**Status:** draft\n\nx",
            "```yaml\ndraft: true\n```\nx",
        ] {
            assert!(heads(text), "{text}");
        }
        for text in [
            "",
            "Words.\n\ndraft: true",
            "# A heading\n\nStatus: draft",
            "Access: everyone may read this.",
            "Sources: see below\n---\nx",
            "---\n\nA rule above.",
            "***\n\nNote: this is text.",
            "https://example.org/",
            "Updated: 2024-01-31\n\nx",
        ] {
            assert!(!heads(text), "{text}");
        }
    }
}
