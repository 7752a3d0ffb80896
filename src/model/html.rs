//! The elements of HTML: which names there are, and what becomes of one that a writer typed.
//!
//! Takes a name as it stands in a tag; gives its [`Fate`], or nothing where HTML has no such element. The
//! list is that of the living standard (2026), the obsolete ones of its section 16.2 and the roots of SVG and
//! MathML among them. What is no element is text: `<REDACTED>`, `List<String>`.

mod pieces;

pub use pieces::{Piece, Pieces};

use Fate::{Dropped, Kept, Unwrapped};

/// What becomes of an element in a text whose HTML is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It comes out, with those of its attributes that cannot act.
    Kept,
    /// Its tags go, what stands in it stays.
    Unwrapped,
    /// It goes, and what stands in it.
    Dropped,
}

/// The fate of an element; `None` where HTML has none of that name. Case does not matter.
#[must_use]
pub fn fate(name: &str) -> Option<Fate> {
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    let at = ELEMENTS.binary_search_by(|(known, _)| known.as_bytes().cmp(lower));
    at.ok()
        .and_then(|at| ELEMENTS.get(at))
        .map(|(_, fate)| *fate)
}

/// Whether an element, by its name in small letters, has neither content nor an end tag (HTML, 13.1.2).
#[must_use]
pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// The name in a tag, `<name …>` or `</name>`.
#[must_use]
pub fn tag_name(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix('<')?;
    let name = name(rest.strip_prefix('/').unwrap_or(rest));
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        .then_some(name)
}

/// The name at the start of what a tag holds; of one longer than any element's, its beginning.
#[must_use]
pub fn name(tag: &str) -> &str {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let end = tag.bytes().take(LONGEST + 1).position(|byte| ends(&byte));
    let cut = || tag.char_indices().nth(LONGEST + 1).map(|(at, _)| at);
    let end = end.or_else(cut);
    tag.get(..end.unwrap_or(tag.len())).unwrap_or(tag)
}

/// The attributes of a tag, `name="value" …`: names in lower case, references in values replaced (those by
/// number, and the five of XML).
pub fn attributes(text: &str) -> impl Iterator<Item = (String, String)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let ends = |c: char| c.is_ascii_whitespace() || c == '/' || c == '=' || c == '>';
        let first = rest.chars().next()?.len_utf8();
        let length = rest
            .get(first..)?
            .find(ends)
            .map_or(rest.len(), |at| first + at);
        let (name, after) = rest.split_at(length);
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            rest = after;
            return Some((name.to_ascii_lowercase(), String::new()));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value.get(1..)?.split_once(quote)?,
            None => {
                let ends = |c: char| c.is_ascii_whitespace() || c == '>';
                value.split_at(value.find(ends).unwrap_or(value.len()))
            }
        };
        rest = after;
        Some((name.to_ascii_lowercase(), unescaped(value)))
    })
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = after;
        let named = [
            ("amp;", '&'),
            ("lt;", '<'),
            ("gt;", '>'),
            ("quot;", '"'),
            ("apos;", '\''),
        ];
        let named = named
            .into_iter()
            .find_map(|(name, c)| Some((c, after.strip_prefix(name)?)));
        match named.or_else(|| by_number(after)) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// A reference by number, behind its `&`.
#[must_use]
pub fn by_number(text: &str) -> Option<(char, &str)> {
    let number = text.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let length = digits
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(digits.len());
    let c = char::from_u32(u32::from_str_radix(digits.get(..length)?, radix).ok()?)?;
    let after = digits.get(length..)?;
    Some((c, after.strip_prefix(';').unwrap_or(after)))
}

/// The id that an element gives; the name of an `a` is one too.
#[must_use]
pub fn id(name: &str, attributes: &str) -> Option<String> {
    let all: Vec<(String, String)> = self::attributes(attributes).collect();
    let of = |wanted: &str| {
        let found = all.iter().find(|(name, _)| name == wanted);
        found
            .map(|(_, value)| value.trim())
            .filter(|it| !it.is_empty())
    };
    let by_name = || of("name").filter(|_| name.eq_ignore_ascii_case("a"));
    of("id").or_else(by_name).map(str::to_owned)
}

/// The length of the longest name.
const LONGEST: usize = 15;

/// In the order of their names.
static ELEMENTS: &[(&str, Fate)] = &[
    ("a", Kept),
    ("abbr", Kept),
    ("acronym", Unwrapped),
    ("address", Unwrapped),
    ("applet", Dropped),
    ("area", Unwrapped),
    ("article", Unwrapped),
    ("aside", Unwrapped),
    ("audio", Unwrapped),
    ("b", Kept),
    ("base", Unwrapped),
    ("basefont", Unwrapped),
    ("bdi", Kept),
    ("bdo", Kept),
    ("bgsound", Unwrapped),
    ("big", Unwrapped),
    ("blink", Unwrapped),
    ("blockquote", Kept),
    ("body", Unwrapped),
    ("br", Kept),
    ("button", Unwrapped),
    ("canvas", Unwrapped),
    ("caption", Kept),
    ("center", Unwrapped),
    ("cite", Kept),
    ("code", Kept),
    ("col", Kept),
    ("colgroup", Kept),
    ("data", Unwrapped),
    ("datalist", Unwrapped),
    ("dd", Kept),
    ("del", Kept),
    ("details", Kept),
    ("dfn", Kept),
    ("dialog", Unwrapped),
    ("dir", Unwrapped),
    ("div", Kept),
    ("dl", Kept),
    ("dt", Kept),
    ("em", Kept),
    ("embed", Unwrapped),
    ("fieldset", Unwrapped),
    ("figcaption", Kept),
    ("figure", Kept),
    ("font", Unwrapped),
    ("footer", Unwrapped),
    ("form", Unwrapped),
    ("frame", Unwrapped),
    ("frameset", Unwrapped),
    ("h1", Unwrapped),
    ("h2", Kept),
    ("h3", Kept),
    ("h4", Kept),
    ("h5", Kept),
    ("h6", Kept),
    ("head", Unwrapped),
    ("header", Unwrapped),
    ("hgroup", Unwrapped),
    ("hr", Kept),
    ("html", Unwrapped),
    ("i", Kept),
    ("iframe", Dropped),
    ("img", Kept),
    ("input", Unwrapped),
    ("ins", Kept),
    ("isindex", Unwrapped),
    ("kbd", Kept),
    ("keygen", Unwrapped),
    ("label", Unwrapped),
    ("legend", Unwrapped),
    ("li", Kept),
    ("link", Unwrapped),
    ("listing", Unwrapped),
    ("main", Unwrapped),
    ("map", Unwrapped),
    ("mark", Kept),
    ("marquee", Unwrapped),
    ("math", Dropped),
    ("menu", Unwrapped),
    ("menuitem", Unwrapped),
    ("meta", Unwrapped),
    ("meter", Unwrapped),
    ("multicol", Unwrapped),
    ("nav", Unwrapped),
    ("nextid", Unwrapped),
    ("nobr", Unwrapped),
    ("noembed", Dropped),
    ("noframes", Dropped),
    ("noscript", Unwrapped),
    ("object", Dropped),
    ("ol", Kept),
    ("optgroup", Unwrapped),
    ("option", Unwrapped),
    ("output", Unwrapped),
    ("p", Kept),
    ("param", Unwrapped),
    ("picture", Unwrapped),
    ("plaintext", Unwrapped),
    ("pre", Kept),
    ("progress", Unwrapped),
    ("q", Kept),
    ("rb", Unwrapped),
    ("rp", Kept),
    ("rt", Kept),
    ("rtc", Unwrapped),
    ("ruby", Kept),
    ("s", Kept),
    ("samp", Kept),
    ("script", Dropped),
    ("search", Unwrapped),
    ("section", Unwrapped),
    ("select", Dropped),
    ("selectedcontent", Unwrapped),
    ("slot", Unwrapped),
    ("small", Kept),
    ("source", Unwrapped),
    ("spacer", Unwrapped),
    ("span", Kept),
    ("strike", Unwrapped),
    ("strong", Kept),
    ("style", Dropped),
    ("sub", Kept),
    ("summary", Kept),
    ("sup", Kept),
    ("svg", Dropped),
    ("table", Kept),
    ("tbody", Kept),
    ("td", Kept),
    ("template", Dropped),
    ("textarea", Unwrapped),
    ("tfoot", Kept),
    ("th", Kept),
    ("thead", Kept),
    ("time", Kept),
    ("title", Unwrapped),
    ("tr", Kept),
    ("track", Unwrapped),
    ("tt", Unwrapped),
    ("u", Kept),
    ("ul", Kept),
    ("var", Kept),
    ("video", Unwrapped),
    ("wbr", Kept),
    ("xmp", Unwrapped),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_no_others() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| name));
        let longest = ELEMENTS.iter().map(|(name, _)| name.len()).max();
        assert_eq!(longest, Some(LONGEST));
        assert!(VOID.iter().all(|name| fate(name).is_some()));
        assert_eq!(fate("DIV"), Some(Kept));
        assert_eq!(fate("video"), Some(Unwrapped));
        assert_eq!(fate("Script"), Some(Dropped));
        for name in [
            "REDACTED",
            "victim-host",
            "String",
            "h7",
            "",
            "selectedcontents",
        ] {
            assert_eq!(fate(name), None, "{name}");
        }
    }
}
