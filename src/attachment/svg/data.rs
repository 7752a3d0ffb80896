//! References that load nothing: fragments, and data of pictures and fonts.
//!
//! Takes an address as a drawing gives it; gives it as it may stand in one, or nothing.

use crate::text::percent_decode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Pictures that are only seen.
const PICTURES: [&str; 8] = [
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "image/x-icon",
];

/// Whether it leads to a place in the same file.
pub(super) fn is_fragment(value: &str) -> bool {
    value.strip_prefix('#').is_some_and(|id| {
        !id.contains(|c: char| c.is_control() || c.is_whitespace() || "\\\"'<>()".contains(c))
    })
}

/// The data of a picture of pixels, without the white space that editors put into it.
pub(super) fn picture(value: &str) -> Option<String> {
    base64(value, |kind| PICTURES.contains(&kind))
}

/// The data of a font.
pub(super) fn font(value: &str) -> Option<String> {
    base64(value, |kind| {
        kind.starts_with("font/")
            || kind.starts_with("application/font-")
            || kind.starts_with("application/x-font-")
            || kind == "application/vnd.ms-fontobject"
            || kind == "application/octet-stream"
    })
}

fn base64(value: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let (head, data) = parts(value)?;
    let mut head = head.split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = head.next().filter(|kind| fits(kind))?;
    if head.next_back().as_deref() != Some("base64") {
        return None;
    }
    let data = percent_decode(data);
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    data.bytes()
        .all(sound)
        .then(|| format!("data:{kind};base64,{data}"))
}

/// The bytes of a drawing that stands in an address.
pub(super) fn drawing(value: &str) -> Option<Vec<u8>> {
    let (head, data) = parts(value)?;
    let mut head = head.split(';').map(|part| part.trim().to_ascii_lowercase());
    if head.next()? != "image/svg+xml" {
        return None;
    }
    if head.next_back().as_deref() == Some("base64") {
        let data = percent_decode(data);
        let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        return STANDARD.decode(data).ok();
    }
    Some(percent_decode(data).into_bytes())
}

/// A drawing as an address.
pub(super) fn of_drawing(bytes: &[u8]) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(bytes))
}

/// What stands before and after the comma.
fn parts(value: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = value.split_once(':')?;
    let (head, data) = rest.split_once(',')?;
    scheme.eq_ignore_ascii_case("data").then_some((head, data))
}
