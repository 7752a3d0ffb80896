//! The elements that writers may type, and what may stand in them.

/// What may stand directly in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Blocks and text.
    Flow,
    /// Text and elements within a line.
    Phrasing,
    /// Nothing but its parts: items, rows, terms.
    Parts,
}

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Within a line.
    Line,
    /// Where blocks stand.
    Block,
    /// Directly in one of these.
    In(&'static [&'static str]),
}

/// An element that writers may type.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) end: &'static str,
    pub(super) place: Place,
    /// `None` for what has no content, and no end tag.
    pub(super) content: Option<Content>,
    /// The attributes that it may have, beside [`EVERYWHERE`].
    pub(super) attributes: &'static [&'static str],
}

/// Attributes that every element may have.
pub(super) const EVERYWHERE: [&str; 3] = ["dir", "lang", "title"];

/// Every attribute that some element may have.
pub(super) const ATTRIBUTES: [&str; 14] = [
    "colspan", "datetime", "dir", "href", "lang", "open", "reversed", "rowspan", "scope", "span",
    "start", "title", "type", "value",
];

/// The element of that name, in lower case.
pub(super) fn find(name: &str) -> Option<&'static Element> {
    let at = ELEMENTS.binary_search_by(|element| element.name.cmp(name));
    at.ok().and_then(|at| ELEMENTS.get(at))
}

macro_rules! elements {
    ($($name:literal $place:ident $content:ident $([$($attribute:literal)*])?,)*) => {
        &[$(Element {
            name: $name,
            end: concat!("</", $name, ">"),
            place: $place,
            content: $content,
            attributes: &[$($($attribute),*)?],
        },)*]
    };
}

const LINE: Place = Place::Line;
const BLOCK: Place = Place::Block;
const DETAILS: Place = Place::In(&["details"]);
const FIGURE: Place = Place::In(&["figure"]);
const LIST: Place = Place::In(&["ol", "ul"]);
const ROW: Place = Place::In(&["tr"]);
const ROWS: Place = Place::In(&["table", "tbody", "tfoot", "thead"]);
const RUBY: Place = Place::In(&["ruby"]);
const TABLE: Place = Place::In(&["table"]);
const COLUMNS: Place = Place::In(&["colgroup"]);
const TERMS: Place = Place::In(&["dl"]);

const FLOW: Option<Content> = Some(Content::Flow);
const PHRASING: Option<Content> = Some(Content::Phrasing);
const PARTS: Option<Content> = Some(Content::Parts);
const VOID: Option<Content> = None;

/// In the order of their names.
static ELEMENTS: &[Element] = elements! {
    "a" LINE PHRASING ["href"],
    "abbr" LINE PHRASING,
    "b" LINE PHRASING,
    "bdi" LINE PHRASING,
    "bdo" LINE PHRASING,
    "blockquote" BLOCK FLOW,
    "br" LINE VOID,
    "caption" TABLE PHRASING,
    "cite" LINE PHRASING,
    "code" LINE PHRASING,
    "col" COLUMNS VOID ["span"],
    "colgroup" TABLE PARTS ["span"],
    "dd" TERMS FLOW,
    "del" LINE PHRASING ["datetime"],
    "details" BLOCK FLOW ["open"],
    "dfn" LINE PHRASING,
    "div" BLOCK FLOW,
    "dl" BLOCK PARTS,
    "dt" TERMS PHRASING,
    "em" LINE PHRASING,
    "figcaption" FIGURE PHRASING,
    "figure" BLOCK FLOW,
    "h2" BLOCK PHRASING,
    "h3" BLOCK PHRASING,
    "h4" BLOCK PHRASING,
    "h5" BLOCK PHRASING,
    "h6" BLOCK PHRASING,
    "hr" BLOCK VOID,
    "i" LINE PHRASING,
    "ins" LINE PHRASING ["datetime"],
    "kbd" LINE PHRASING,
    "li" LIST FLOW ["value"],
    "mark" LINE PHRASING,
    "ol" BLOCK PARTS ["reversed" "start" "type"],
    "p" BLOCK PHRASING,
    "pre" BLOCK PHRASING,
    "q" LINE PHRASING,
    "rp" RUBY PHRASING,
    "rt" RUBY PHRASING,
    "ruby" LINE PHRASING,
    "s" LINE PHRASING,
    "samp" LINE PHRASING,
    "small" LINE PHRASING,
    "span" LINE PHRASING,
    "strong" LINE PHRASING,
    "sub" LINE PHRASING,
    "summary" DETAILS PHRASING,
    "sup" LINE PHRASING,
    "table" BLOCK PARTS,
    "tbody" TABLE PARTS,
    "td" ROW FLOW ["colspan" "rowspan"],
    "tfoot" TABLE PARTS,
    "th" ROW PHRASING ["colspan" "rowspan" "scope"],
    "thead" TABLE PARTS,
    "time" LINE PHRASING ["datetime"],
    "tr" ROWS PARTS,
    "u" LINE PHRASING,
    "ul" BLOCK PARTS,
    "var" LINE PHRASING,
    "wbr" LINE VOID,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::html::{Fate, fate, is_void};

    #[test]
    fn sorted_and_complete() {
        assert!(ELEMENTS.is_sorted_by_key(|element| element.name));
        for element in ELEMENTS {
            assert_eq!(fate(element.name), Some(Fate::Kept), "{}", element.name);
            assert_eq!(find(element.name), Some(element));
            assert_eq!(element.content.is_none(), is_void(element.name));
            for attribute in element.attributes {
                assert!(ATTRIBUTES.contains(attribute), "{attribute}");
            }
            if let Place::In(parents) = element.place {
                assert!(parents.iter().all(|parent| find(parent).is_some()));
            }
        }
        assert!(EVERYWHERE.iter().all(|name| ATTRIBUTES.contains(name)));
        for name in ["script", "img", "svg", "h1", "input", "A", ""] {
            assert_eq!(find(name), None);
        }
    }
}
