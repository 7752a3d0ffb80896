//! `[serve]`: what holds on the writer's machine.

use super::value::quoted;
use super::{Reader, Value, in_order};
use toml::de::DeValue;

/// What the command of an editor may hold in the place of a file's place.
const PLACES: [&str; 3] = ["{file}", "{line}", "{column}"];

const EXAMPLE: &str = "write for example \"code --goto {file}:{line}:{column}\"";

impl Reader<'_> {
    /// The table; its only key is `editor`.
    pub(super) fn serve(&mut self, value: &Value<'_>) -> Option<Option<Vec<String>>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut editor = None;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "editor" => self.set(&mut editor, value, |reader, value| {
                    reader.editor(value).map(Some)
                }),
                unknown => self.unknown_key(("serve", table), unknown, key.span(), &["editor"]),
            }
        }
        Some(editor)
    }

    /// The words of a command.
    fn editor(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        let text = self.text(value)?;
        let problem = match words(text) {
            None => "a quotation mark in the command is not closed".to_owned(),
            Some(words) => match wrong(&words) {
                None => return Some(words),
                Some(problem) => problem,
            },
        };
        self.bad(value, problem, Some(EXAMPLE.into()));
        None
    }
}

/// What is wrong with the words of a command.
fn wrong(words: &[String]) -> Option<String> {
    match words.first() {
        None => return Some("the command is empty".to_owned()),
        Some(program) if program.is_empty() || program.contains('{') => {
            return Some("the command does not begin with a program".to_owned());
        }
        Some(_) => {}
    }
    for word in words {
        let known = PLACES
            .iter()
            .fold(word.clone(), |word, place| word.replace(place, ""));
        if known.contains(['{', '}']) {
            return Some(format!(
                "in `{word}` only {} can be filled in",
                quoted(&PLACES)
            ));
        }
    }
    let has_file = words.iter().any(|word| word.contains("{file}"));
    (!has_file).then(|| "the command has no `{file}`".to_owned())
}

/// A command's words as a shell would split them: at white space, but not within quotation marks.
/// Nothing else has a meaning. `None` where a mark is not closed.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut open = None;
    for c in text.chars() {
        match (open, c) {
            (Some(mark), c) if c == mark => open = None,
            (None, '"' | '\'') => {
                open = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    open.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_split_as_a_shell_does() {
        let table: [(&str, &[&str]); 6] = [
            (
                "code --goto {file}:{line}",
                &["code", "--goto", "{file}:{line}"],
            ),
            ("  a\tb  ", &["a", "b"]),
            (
                "'/opt/my editor/bin' \"{file}\"",
                &["/opt/my editor/bin", "{file}"],
            ),
            ("a '' b", &["a", "", "b"]),
            ("x'y z'\"w\" $HOME ; |", &["xy zw", "$HOME", ";", "|"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text).unwrap(), expected, "{text}");
        }
        assert_eq!(words("a 'b"), None);
    }
}
