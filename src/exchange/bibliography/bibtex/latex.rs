//! What LaTeX leaves in a text once the parser has read its letters.
//!
//! Takes a text with commands; gives plain words, and whether more than the look of letters went: the words of commands stay,
//! what they do with them does not.

use std::borrow::Cow;

/// A text without commands, and whether it says the same without them.
pub(super) fn plain(text: &str) -> (String, bool) {
    let mut plain = String::with_capacity(text.len());
    let mut same = true;
    let mut rest = text;
    // Of each brace that is open, whether it is one of a command.
    let mut open: Vec<bool> = Vec::new();
    while let Some(at) = rest.find(['\\', '{', '}']) {
        let (head, tail) = rest.split_at(at);
        plain.push_str(head);
        let sign = tail.chars().next().unwrap_or('\\');
        rest = tail.get(1..).unwrap_or("");
        match sign {
            '\\' => {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphabetic())
                    .unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                let after_star = after.strip_prefix('*').unwrap_or(after);
                match name {
                    "" => plain.push('\\'),
                    // `C:\Users`: what stands in a path is no command.
                    _ if is_in_path(&plain, name, after) => {
                        plain.push('\\');
                        plain.push_str(name);
                        rest = after;
                    }
                    "par" | "newline" | "linebreak" => {
                        plain.push_str("\n\n");
                        rest = after_star.trim_start();
                    }
                    _ => {
                        same &= is_look(name);
                        rest = match after_star.strip_prefix('{') {
                            Some(inner) => {
                                open.push(true);
                                inner
                            }
                            None => after_star.trim_start(),
                        };
                        // The address of a link and its words are two.
                        if name == "href"
                            && let Some((address, words)) = rest.split_once('}')
                        {
                            open.pop();
                            plain.push_str(address);
                            plain.push(' ');
                            rest = words;
                        }
                    }
                }
            }
            '}' if open.pop() == Some(true) => {}
            '}' => plain.push('}'),
            brace => {
                if !open.is_empty() {
                    open.push(false);
                }
                plain.push(brace);
            }
        }
    }
    plain.push_str(rest);
    let plain = plain.replace("``", "“").replace("''", "”");
    (unspaced(&plain), same)
}

/// Whether a name behind a backslash is a part of a path: it follows directly on a name, a drive or a variable, and takes
/// nothing in braces.
fn is_in_path(before: &str, name: &str, after: &str) -> bool {
    let follows = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '%' | '\\'));
    follows && !after.starts_with(['{', '*']) && !is_sign(name)
}

/// Commands that stand for a sign, or for the end of a paragraph.
fn is_sign(name: &str) -> bool {
    matches!(
        name,
        "par"
            | "newline"
            | "linebreak"
            | "ldots"
            | "dots"
            | "textbackslash"
            | "slash"
            | "LaTeX"
            | "TeX"
    )
}

/// Commands that say nothing.
fn is_look(name: &str) -> bool {
    matches!(
        name,
        "textrm"
            | "textsf"
            | "textnormal"
            | "textup"
            | "textmd"
            | "mbox"
            | "hbox"
            | "url"
            | "path"
            | "nolinkurl"
            | "relax"
            | "noopsort"
            | "protect"
            | "textsc"
            | "texttt"
            | "mkbibquote"
    )
}

/// Ties between words are spaces, but in addresses; paragraphs stay, and each is one line.
fn unspaced(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let words: Vec<String> = paragraph.split_whitespace().map(untied).collect();
        words.join(" ")
    });
    let paragraphs: Vec<String> = paragraphs
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    paragraphs.join("\n\n")
}

fn untied(word: &str) -> String {
    if word.contains("://") || !word.contains('~') {
        return word.to_owned();
    }
    let mut untied = String::with_capacity(word.len());
    let mut before = ' ';
    let mut all = word.chars().peekable();
    while let Some(c) = all.next() {
        let ties = c == '~'
            && (before.is_alphanumeric() || matches!(before, '.' | ','))
            && all.peek().is_some_and(|c| c.is_alphanumeric());
        untied.push(if ties { ' ' } else { c });
        before = c;
    }
    untied
}

/// A file of BibTeX in which no sign of the dollar begins a formula: much is written of money, and of formulas nothing would
/// come of it but their text.
pub(super) fn without_formulas(text: &str) -> Cow<'_, str> {
    if !text.contains('$') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 8);
    let mut escaped = false;
    for c in text.chars() {
        if c == '$' && !escaped {
            plain.push('\\');
        }
        plain.push(c);
        escaped = c == '\\' && !escaped;
    }
    Cow::Owned(plain)
}

/// The same of a text in which signs mean nothing, as it was.
pub(super) fn with_dollars(text: &str) -> String {
    text.replace("\\$", "$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_commands_stay() {
        for (text, read, same) in [
            ("plain", "plain", true),
            ("\\emph{very} near", "very near", false),
            ("\\textsc{FBI} and DOJ", "FBI and DOJ", true),
            ("a\\emph{b \\textbf{c} d}e", "ab c de", false),
            ("Pages~3 and U.S.~law", "Pages 3 and U.S. law", true),
            ("https://example.org/x~y", "https://example.org/x~y", true),
            ("``So'' he said", "“So” he said", true),
            ("one \\par two", "one\n\ntwo", true),
            ("C:\\", "C:\\", true),
            ("C:\\Users\\kim", "C:\\Users\\kim", true),
            ("%TEMP%\\a.exe", "%TEMP%\\a.exe", true),
            ("more\\ldots and", "moreand", false),
            ("}{", "}{", true),
            ("\\emph{a {b} c}", "a {b} c", false),
            (
                "\\href{https://example.org/}the page",
                "https://example.org/ the page",
                false,
            ),
            ("\\unknown{", "", false),
        ] {
            assert_eq!(plain(text), (read.to_owned(), same), "{text}");
        }
    }
}
