//! The Markdown of a report.
//!
//! Takes a text in which MISP leads to parts of the event (`@[attribute](uuid)`, `@![object](uuid)`); gives one in which the name of
//! the part stands, as nothing here bears the number.

/// A text without such references, and whether there were any.
pub(super) fn without_references(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find('@') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        match read(reference) {
            Some((name, behind)) => {
                out.push_str(name);
                rest = behind;
                changed = true;
            }
            None => {
                out.push('@');
                rest = reference.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    (out, changed)
}

/// The name in a reference, and what stands behind it.
fn read(text: &str) -> Option<(&str, &str)> {
    let inner = text
        .strip_prefix("@[")
        .or_else(|| text.strip_prefix("@!["))?;
    let end = inner.bytes().take(64).position(|byte| byte == b']')?;
    let (name, rest) = inner.split_at(end);
    let id = rest.strip_prefix("](")?;
    let length = id.bytes().take(256).position(|byte| byte == b')')?;
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    plain.then(|| (name, id.get(length + 1..).unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_parts_are_their_names() {
        for (text, expected) in [
            (
                "see @[attribute](5b0f) and @![object](1)!",
                "see attribute and object!",
            ),
            ("a@b, [@x], @[no", "a@b, [@x], @[no"),
            ("@[a b](c)", "@[a b](c)"),
        ] {
            assert_eq!(without_references(text).0, expected);
        }
    }
}
