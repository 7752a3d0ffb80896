//! Markings: the levels of TLP 2.0 as OASIS defines them, and terms as statements.

use super::ids;
use super::object::{Extension, Object, Terms};
use crate::model::Tlp;

/// When OASIS defined the levels.
const DEFINED: &str = "2022-10-01T00:00:00.000Z";

/// The id of the definition of a level.
pub(super) const fn id(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        Tlp::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
}

/// The definition of a level.
pub(super) fn level(tlp: Tlp) -> Object {
    let mut object = Object::bare("marking-definition", id(tlp).to_owned(), DEFINED);
    object.modified = None;
    object.name = Some(tlp.label().to_owned());
    let extension = Extension::Tlp {
        extension_type: "property-extension",
        tlp_2_0: tlp.name(),
    };
    object.extensions.insert(ids::TLP, extension);
    object
}

/// Terms on which objects are handed on; what is marked above clear is marked so.
pub(super) fn terms(base: &str, statement: &str, tlp: Tlp) -> Object {
    let id = ids::made("marking-definition", &[base, tlp.name(), statement]);
    let mut object = Object::bare("marking-definition", id, ids::BEGINNING);
    object.modified = None;
    object.definition_type = Some("statement");
    object.definition = Some(Terms {
        statement: statement.to_owned(),
    });
    object.object_marking_refs = vec![self::id(tlp).to_owned()];
    object
}
