//! Indicators of compromise: recognising, refanging and defanging them.

/// What an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the types of front-matter.md, Indicators")]
pub enum IndicatorKind {
    Ipv4,
    Ipv6,
    Domain,
    Url,
    Email,
    Md5,
    Sha1,
    Sha256,
    Cve,
    Wallet,
}

/// An indicator with its type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Indicator {
    /// What it is.
    pub kind: IndicatorKind,
    /// Refanged, as a machine would use it. Never printed on a page; see [`Indicator::defanged`].
    pub value: String,
}

impl Indicator {
    /// stub until the indicator work lands
    #[must_use]
    pub fn address_forms(&self) -> Vec<String> {
        Vec::new()
    }
}
/// stub until the indicator work lands
#[must_use]
pub fn address_forms_of(_url: &str) -> Vec<String> {
    Vec::new()
}
