//! (to come)

/// What a text's links and citations are on the page that shows it.
#[derive(Debug, Clone, Copy)]
pub struct Ink<'a> {
    /// The id of each of `body.headings`.
    pub heading_ids: &'a [String],
    /// What each of `body.links` is.
    pub links: &'a [Anchor],
    /// The mark of each citation that the events and indicators name.
    pub cites: &'a [CiteMark],
    /// Whether raw HTML is passed on as it is.
    pub trust_html: bool,
}

/// What a link is on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// A link (or an image, where it is one in the body) within the site.
    To {
        /// The reference, relative to the page.
        href: String,
        /// Words in place of the written ones (the title, where only a slug was written).
        words: Option<String>,
    },
    /// A link elsewhere.
    Out {
        /// The address.
        href: String,
    },
    /// The written words, not linked.
    Plain,
    /// An address that is an indicator, shown defanged and not linked.
    Defanged(String),
}

/// A citation's mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CiteMark {
    /// A source that may be seen.
    Source {
        /// Its number on the page.
        number: u32,
        /// The mark's id: `cite-<slug>-<n>`.
        anchor: String,
        /// The margin note, ready HTML of phrasing content (what stands within `span.sidenote`).
        note: String,
        /// What makes two notes the same: source and locator.
        same: u64,
    },
    /// A withheld one: shown as "source withheld".
    Withheld,
}
/// stub
#[derive(Debug, Clone, Default)]
pub struct Sentences {
    #[allow(missing_docs)]
    pub links: Vec<String>,
    #[allow(missing_docs)]
    pub cites: Vec<String>,
}
/// stub
pub fn sentences(_b: &crate::model::Body, _w: &dyn Fn(u32) -> Option<String>) -> Sentences {
    Sentences::default()
}
/// stub
pub fn write(_b: &crate::model::Body, _i: &Ink<'_>, _o: &mut String) {}
/// stub
pub fn outline(_b: &crate::model::Body) -> Vec<(u8, u32)> {
    Vec::new()
}
/// stub
pub fn escape(t: &str, o: &mut String) {
    o.push_str(t)
}
