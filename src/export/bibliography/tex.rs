//! Texts as TeX and BibTeX read them.

use std::borrow::Cow;

/// A name among those that `and` separates, of which a comma takes each apart.
pub(crate) fn author(name: &str) -> String {
    let mut words = name.split_whitespace();
    let is_taken_apart = name.contains(',') || words.any(|word| word.eq_ignore_ascii_case("and"));
    match is_taken_apart {
        true => format!("{{{}}}", tex(name)),
        false => tex(name),
    }
}

/// An address, in which a brace may not stand alone, and a backslash is TeX's.
pub(crate) fn address(url: &str) -> String {
    url.replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
}

/// A text without what TeX takes for its own. Braces are named: BibTeX counts those behind a backslash, too.
pub(crate) fn tex(text: &str) -> String {
    let written = |c: char| -> Cow<'static, str> {
        match c {
            '&' | '%' | '$' | '#' | '_' => format!("\\{c}").into(),
            '{' => "\\textbraceleft{}".into(),
            '}' => "\\textbraceright{}".into(),
            '~' => "\\textasciitilde{}".into(),
            '^' => "\\textasciicircum{}".into(),
            '\\' => "\\textbackslash{}".into(),
            c if c.is_whitespace() => " ".into(),
            c if c.is_control() => "".into(),
            c => String::from(c).into(),
        }
    };
    text.trim().chars().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_keeps_its_own_signs() {
        assert_eq!(
            tex("R&D {100%} a_b"),
            "R\\&D \\textbraceleft{}100\\%\\textbraceright{} a\\_b"
        );
        assert_eq!(tex(" a\nb\u{7}\\ "), "a b\\textbackslash{}");
    }
}
