//! Labels in a file that is published beside the pages, and in its name.
//!
//! Takes a text that no Markdown is read of, and the audience that gets it; gives the first label above it.
//! There is nothing that quotes a label in such a file: whatever reads as one counts. Never decides what is to
//! be done about it.

use super::label::{self, Reading};
use crate::model::Tlp;
use crate::text::Span;
use std::borrow::Cow;

/// A label above the audience of its file's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Above {
    /// The marking that it says; of one that cannot be read none.
    pub tlp: Option<Tlp>,
    /// As it is written.
    pub written: String,
    /// Where it stands, in a file that is UTF-8.
    pub span: Option<Span>,
}

/// The first label in a text, in UTF-8, UTF-16 or of one byte a sign, that is above an audience.
#[must_use]
pub fn above(bytes: &[u8], audience: Tlp) -> Option<Above> {
    let text = decoded(bytes);
    if !label::possible(&text) {
        return None;
    }
    let (label, _) = label::all(&text).find(|(label, _)| label.reading.level() > audience)?;
    let written = text.get(label.range.clone()).unwrap_or("");
    Some(Above {
        tlp: match label.reading {
            Reading::Colour(tlp) => Some(tlp),
            Reading::White => Some(Tlp::Clear),
            Reading::Unknown => None,
        },
        written: written.split_whitespace().collect::<Vec<_>>().join(" "),
        span: matches!(text, Cow::Borrowed(_))
            .then(|| Span::new(label.range.start, label.range.end)),
    })
}

/// The highest marking that a text says.
#[must_use]
pub fn highest(bytes: &[u8]) -> Option<Tlp> {
    let text = decoded(bytes);
    let labels = label::all(&text);
    labels.map(|(label, _)| label.reading.level()).max()
}

/// The marking that a name says, of a file or of the folders that it lies in.
#[must_use]
pub fn in_name(path: &str) -> Option<Tlp> {
    label::in_name(path)
}

/// The text; signs of no width that UTF-16 without a mark of its order is full of are left out.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let unit = |pair: &[u8], big: bool| match (pair, big) {
        ([high, low], true) | ([low, high], false) => u16::from_be_bytes([*high, *low]),
        _ => 0xfffd,
    };
    let wide = |bytes: &[u8], big: bool| {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| unit(pair, big)).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, false),
        [0xfe, 0xff, rest @ ..] => wide(rest, true),
        _ => match String::from_utf8_lossy(bytes) {
            text if text.contains('\0') => Cow::Owned(text.replace('\0', "")),
            text => text,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_above_the_audience_is_found_in_whatever_text() {
        let wide = |text: &str, mark: bool| -> Vec<u8> {
            let mark = mark.then_some(0xfeff).into_iter();
            let units = mark.chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        let found = |bytes: &[u8], audience| above(bytes, audience).map(|above| above.written);
        for (text, is) in [
            ("a (TLP:AMBER) b", Some("TLP:AMBER")),
            ("TLP: RED", Some("TLP: RED")),
            ("<p>TLP:RED</p>", Some("TLP:RED")),
            ("{\"marking\": \"TLP:AMBER\"}", Some("TLP:AMBER")),
            ("# tlp-red\nx", Some("tlp-red")),
            ("[TLP:PURPLE] x", Some("TLP:PURPLE")),
            ("TLP:GREEN and TLP:CLEAR", None),
            ("a tulip:red", None),
        ] {
            assert_eq!(found(text.as_bytes(), Tlp::Green).as_deref(), is, "{text}");
            assert_eq!(
                found(&wide(text, true), Tlp::Green).as_deref(),
                is,
                "{text}"
            );
            assert_eq!(
                found(&wide(text, false), Tlp::Green).as_deref(),
                is,
                "{text}"
            );
        }
        assert_eq!(
            found(b"caf\xe9 TLP:RED", Tlp::Amber).as_deref(),
            Some("TLP:RED")
        );
        assert_eq!(found(b"TLP:AMBER", Tlp::Amber), None);
        assert_eq!(
            above(b"\nTLP:RED", Tlp::Clear).and_then(|it| it.span),
            Some(Span::new(1, 8))
        );
    }
}
