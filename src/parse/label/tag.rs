//! Labels as Sigma has them among its tags, `tlp.amber`.
//!
//! Takes text; gives every word that is such a tag. In running text the full stop would end a sentence.

use super::{Label, Reading};
use crate::model::Tlp;
use memchr::memmem;

/// The tags that stand in a text.
pub(super) fn find(text: &str) -> impl Iterator<Item = Label> {
    let heads = ["tlp.", "TLP."].into_iter();
    let heads = heads.flat_map(move |head| memmem::find_iter(text.as_bytes(), head));
    heads.filter_map(|start| {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '_' | '.');
        // Asked first: what one word goes on with is looked at once.
        if text.get(..start)?.chars().next_back().is_some_and(part) {
            return None;
        }
        let name = text.get(start + 4..)?.split(|c| !part(c)).next()?;
        let reading = match name.to_ascii_lowercase().replace(['-', '_'], "+").as_str() {
            "white" => Reading::White,
            name => Reading::Colour(Tlp::from_name(name)?),
        };
        Some(Label {
            range: start..start + 4 + name.len(),
            reading,
            plain: true,
            quoted: false,
            coded: false,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found() {
        for (text, written) in [
            ("tags:\n  - tlp.amber\n", "tlp.amber"),
            ("[\"TLP.RED\", x]", "TLP.RED"),
            ("- tlp.amber-strict", "tlp.amber-strict"),
            ("- tlp.amber+strict", "tlp.amber+strict"),
            ("https://www.tlp.red", ""),
            ("tlp.red.example", ""),
            ("tlp.redder", ""),
            ("the TLP. Red", ""),
        ] {
            let found = find(text).next();
            let found = found.and_then(|label| text.get(label.range));
            assert_eq!(found.unwrap_or(""), written, "{text}");
        }
    }
}
