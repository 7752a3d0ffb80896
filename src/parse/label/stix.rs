//! The fixed ids by which STIX 2.1 marks an object.
//!
//! Takes text; gives the ids of the markings of TLP in it: those of TLP 1, which the specification names (7.2.1.4),
//! those of TLP 2.0, which FIRST publishes, and that of AMBER+STRICT which OpenCTI gave before them.

use super::{Label, Reading};
use crate::model::Tlp;
use memchr::memmem;

/// How each of them begins.
const HEAD: &str = "marking-definition--";

const IDS: [(&str, Reading); 10] = [
    ("613f2e26-407d-48c7-9eca-b8e91df99dc9", Reading::White),
    (
        "34098fce-860f-48ae-8e50-ebd3cc5e41da",
        Reading::Colour(Tlp::Green),
    ),
    (
        "f88d31f6-486f-44da-b317-01333bde0b82",
        Reading::Colour(Tlp::Amber),
    ),
    (
        "5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
        Reading::Colour(Tlp::Red),
    ),
    (
        "94868c89-83c2-464b-929b-a1a8aa3c8487",
        Reading::Colour(Tlp::Clear),
    ),
    (
        "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Reading::Colour(Tlp::Green),
    ),
    (
        "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Reading::Colour(Tlp::Amber),
    ),
    (
        "939a9414-2ddd-4d32-a0cd-375ea402b003",
        Reading::Colour(Tlp::AmberStrict),
    ),
    (
        "826578e1-40ad-459f-bc73-ede076f81f37",
        Reading::Colour(Tlp::AmberStrict),
    ),
    (
        "e828b379-4e03-4974-9ac4-e53a884c97c1",
        Reading::Colour(Tlp::Red),
    ),
];

/// Whether such ids may stand in a text.
pub(crate) fn possible(text: &str) -> bool {
    memmem::find(text.as_bytes(), HEAD.as_bytes()).is_some()
}

/// The level of the object that bears an id, if it is one of them.
pub(crate) fn level(id: &str) -> Option<Tlp> {
    let found = find(id).next().filter(|label| label.range == (0..id.len()));
    found.map(|label| label.reading.level())
}

/// Those that stand in it.
pub(crate) fn find(text: &str) -> impl Iterator<Item = Label> {
    let heads = memmem::find_iter(text.as_bytes(), HEAD);
    heads.filter_map(|start| {
        let end = start + HEAD.len() + 36;
        let id = text.get(start + HEAD.len()..end)?;
        let known = IDS.iter().find(|(known, _)| id.eq_ignore_ascii_case(known));
        known.map(|(_, reading)| Label {
            range: start..end,
            reading: *reading,
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
    fn fixed_ids_are_markings() {
        for (text, level) in [
            (
                "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
                Some(Tlp::Red),
            ),
            (
                "[\"marking-definition--55D920B0-5E8B-4F79-9EE9-91F868D9B421\"]",
                Some(Tlp::Amber),
            ),
            (
                "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
                Some(Tlp::Clear),
            ),
            (
                "marking-definition--00000000-0000-0000-0000-000000000000",
                None,
            ),
            (
                "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37",
                Some(Tlp::AmberStrict),
            ),
            ("marking-definition--5e57", None),
            ("marking-definition--ééééééééééééééééééé", None),
        ] {
            let found = find(text).next().map(|label| label.reading.level());
            assert_eq!(found, level, "{text}");
            assert_eq!(
                super::level(text),
                level.filter(|_| !text.starts_with('[')),
                "{text}"
            );
        }
    }
}
