//! The grammar of a citation: `@slug(, locator)?(; @slug(, locator)?)*` between brackets.
//!
//! Takes what stands between the brackets; gives the sources named there, or why it is none.

use std::ops::Range;

/// One source in the brackets: byte ranges of the text that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// All of it, from `@`.
    pub(super) whole: Range<usize>,
    /// The source's name, without `@`.
    pub(super) name: Range<usize>,
    /// The locator.
    pub(super) at: Option<Range<usize>>,
}

/// Why brackets that begin with `@` are no citation: what is wrong, and what to do.
pub(super) type Fault = (String, String);

/// Reads what stands between `[` and `]`; it begins with `@`.
pub(super) fn read(text: &str) -> Result<Vec<Named>, Fault> {
    let mut named = Vec::new();
    let mut start = 0;
    for part in text.split(';') {
        let from = start + (part.len() - part.trim_start().len());
        start += part.len() + 1;
        named.push(one(part.trim(), from)?);
    }
    Ok(named)
}

fn one(part: &str, from: usize) -> Result<Named, Fault> {
    let Some(rest) = part.strip_prefix('@') else {
        return Err((
            if part.is_empty() {
                "a citation ends with `;`".to_owned()
            } else {
                format!("`{}` in a citation names no source", short(part))
            },
            "every source begins with `@`: `[@one; @two]`; a locator holds no `;`".to_owned(),
        ));
    };
    let (name, locator) = match rest.split_once(',') {
        Some((name, locator)) => (name.trim_end(), Some(locator)),
        None => (rest, None),
    };
    check_name(name)?;
    let name_range = from + 1..from + 1 + name.len();
    let at = match locator {
        None => None,
        Some(locator) => {
            let text = locator.trim();
            check_locator(text)?;
            let end = from + part.len();
            Some(end - text.len()..end)
        }
    };
    Ok(Named {
        whole: from..from + part.len(),
        name: name_range,
        at,
    })
}

fn check_name(name: &str) -> Result<(), Fault> {
    if name.is_empty() || name.starts_with(char::is_whitespace) {
        return Err((
            "a citation without a source".to_owned(),
            "name the source's slug right after `@`: `[@reuters-2016]`; write `\\[@` for a literal `[@`".to_owned(),
        ));
    }
    if let Some((first, more)) = name.split_once(char::is_whitespace) {
        return Err((
            format!("`@{}` is no source's slug", short(name)),
            format!(
                "a locator stands after a comma: `[@{}, {}]`",
                short(first),
                short(more.trim())
            ),
        ));
    }
    let fits = |c: char| c.is_alphanumeric() || "-_./:+".contains(c);
    if name.chars().all(fits) {
        return Ok(());
    }
    Err((
        format!("`@{}` is no source's slug", short(name)),
        "cite as `[@slug]`, `[@slug, p. 12]` or `[@one; @two]`, in plain text; write `\\[@` for a literal `[@`".to_owned(),
    ))
}

fn check_locator(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Err((
            "a comma without a locator".to_owned(),
            "write `[@slug, p. 12]`, or leave the comma out".to_owned(),
        ));
    }
    if text.starts_with('@') {
        return Err((
            "two sources with a comma between them".to_owned(),
            "separate sources by `;`: `[@one; @two]`".to_owned(),
        ));
    }
    if text.contains([']', '[', '\u{1}', '\u{FFFC}']) {
        return Err((
            "a locator is plain text without brackets".to_owned(),
            "write `[@slug, p. 12]`; put what you want to stress outside the brackets".to_owned(),
        ));
    }
    Ok(())
}

/// The beginning of a text, for messages.
pub(super) fn short(text: &str) -> String {
    let plain = text.replace(['\u{1}', '\u{FFFC}'], "");
    let mut short: String = plain.chars().take(40).collect();
    if short.len() < plain.len() {
        short.push('…');
    }
    short
}

/// What stands between the brackets, as it can be read, where nothing of it is wrong but its signs: commas between
/// sources, a sign at the end, spaces after `@`.
pub(super) fn mended(text: &str) -> Option<String> {
    let parted = |(at, _)| {
        let before = text.get(..at).unwrap_or("").trim_end();
        before.is_empty() || before.ends_with([',', ';'])
    };
    if !text.match_indices('@').all(parted) {
        return None;
    }
    let sources = text.split('@').skip(1);
    let sources: Vec<&str> = sources
        .map(|source| source.trim().trim_end_matches([',', ';', ' ']))
        .collect();
    let mended = format!("@{}", sources.join("; @"));
    let is_whole = |named: &Vec<Named>| named.len() == sources.len();
    read(&mended).ok().filter(is_whole).map(|_| mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_alone_are_mended() {
        for (text, expected) in [
            ("@a, @b", Some("@a; @b")),
            ("@a , p. 12, @b", Some("@a , p. 12; @b")),
            ("@a;", Some("@a")),
            ("@a,", Some("@a")),
            ("@ a", Some("@a")),
            ("@a; b", None),
            ("@a p. 12", None),
            ("@a; ; @b", Some("@a; @b")),
            ("@", None),
            ("@a, x@y;", None),
            ("@a [b]", None),
        ] {
            assert_eq!(mended(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn citations_are_read_and_faults_named() {
        let table = [
            ("@a", Ok("a")),
            ("@a, p. 12", Ok("a|p. 12")),
            ("@a , p. 12 ;  @b", Ok("a|p. 12 b")),
            ("@sources/a-1;@b,§ 3, last", Ok("sources/a-1 b|§ 3, last")),
            ("@a;", Err("a citation ends with `;`")),
            ("@a; b", Err("`b` in a citation names no source")),
            ("@a, @b", Err("two sources with a comma between them")),
            ("@a,", Err("a comma without a locator")),
            ("@ a", Err("a citation without a source")),
            ("@a p. 12", Err("`@a p. 12` is no source's slug")),
            ("@a*", Err("`@a*` is no source's slug")),
        ];
        for (text, expected) in table {
            let found = read(text);
            let shown = match &found {
                Ok(named) => Ok(named
                    .iter()
                    .map(|one| match &one.at {
                        Some(at) => format!("{}|{}", &text[one.name.clone()], &text[at.clone()]),
                        None => text[one.name.clone()].to_owned(),
                    })
                    .collect::<Vec<_>>()
                    .join(" ")),
                Err((message, _)) => Err(message.as_str()),
            };
            let shown = shown.as_ref().map(String::as_str).map_err(|it| *it);
            assert_eq!(shown, expected, "{text}");
        }
    }
}
