//! Indicators of compromise: recognising, refanging and defanging them.
//!
//! Takes a text as an analyst writes it, defanged or not; gives an [`Indicator`] with its type and
//! the value that a machine would use, and the forms in which addresses are compared with it. Never
//! guesses: what is not clearly one of the types is none.

mod address;

mod wallet;

pub use address::address_forms_of;

use std::collections::HashSet;

/// Whether an address, or its host, is one of these indicators: hashes of their
/// [forms](Indicator::address_forms).
#[must_use]
pub fn is_among(url: &str, indicators: &HashSet<u64>) -> bool {
    let known = |form: &String| indicators.contains(&crate::text::hash(form.as_bytes()));
    !indicators.is_empty() && address_forms_of(url).iter().any(known)
}

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

impl IndicatorKind {
    /// Every type, in the order in which they are listed.
    pub const ALL: [IndicatorKind; 10] = [
        IndicatorKind::Ipv4,
        IndicatorKind::Ipv6,
        IndicatorKind::Domain,
        IndicatorKind::Url,
        IndicatorKind::Email,
        IndicatorKind::Md5,
        IndicatorKind::Sha1,
        IndicatorKind::Sha256,
        IndicatorKind::Cve,
        IndicatorKind::Wallet,
    ];

    /// The type's name as it is printed.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            IndicatorKind::Ipv4 => "IPv4",
            IndicatorKind::Ipv6 => "IPv6",
            IndicatorKind::Domain => "Domain",
            IndicatorKind::Url => "URL",
            IndicatorKind::Email => "E-mail",
            IndicatorKind::Md5 => "MD5",
            IndicatorKind::Sha1 => "SHA-1",
            IndicatorKind::Sha256 => "SHA-256",
            IndicatorKind::Cve => "CVE",
            IndicatorKind::Wallet => "Wallet",
        }
    }
}

impl Indicator {
    /// Recognises an indicator, written defanged (`hxxp`, `[.]`, `(dot)`, `[@]` …) or plain.
    ///
    /// ```
    /// use dossier::model::Indicator;
    ///
    /// let found = Indicator::from_text("hxxps://Evil[.]example/a").unwrap();
    /// assert_eq!(found.value, "https://evil.example/a");
    /// assert_eq!(found.defanged(), "hxxps://evil[.]example/a");
    /// assert!(Indicator::from_text("a sentence").is_none());
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Option<Indicator> {
        let text = refang(text.trim());
        if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let found = |(kind, value)| Indicator { kind, value };
        hash(&text)
            .or_else(|| cve(&text))
            .or_else(|| wallet::read(&text).map(|value| (IndicatorKind::Wallet, value)))
            .or_else(|| address::read(&text))
            .map(found)
    }

    /// The value as it stands on a page: nothing in it is an address that a program would follow.
    #[must_use]
    pub fn defanged(&self) -> String {
        let value = &self.value;
        match self.kind {
            IndicatorKind::Ipv4 | IndicatorKind::Domain => value.replace('.', "[.]"),
            IndicatorKind::Ipv6 => value.replace(':', "[:]"),
            IndicatorKind::Email => value.replace('@', "[@]").replace('.', "[.]"),
            IndicatorKind::Url => defang(value),
            IndicatorKind::Md5
            | IndicatorKind::Sha1
            | IndicatorKind::Sha256
            | IndicatorKind::Cve
            | IndicatorKind::Wallet => value.clone(),
        }
    }

    /// The same as hashes: a table of these names no indicator.
    pub fn address_hashes(&self) -> impl Iterator<Item = u64> + use<> {
        let forms = self.address_forms().into_iter();
        forms.map(|form| crate::text::hash(form.as_bytes()))
    }

    /// The forms in which [`address_forms_of`] a link would name this indicator; empty for what is
    /// no address.
    #[must_use]
    pub fn address_forms(&self) -> Vec<String> {
        match self.kind {
            IndicatorKind::Url => address::forms_of_url(&self.value).into_iter().collect(),
            IndicatorKind::Email
            | IndicatorKind::Domain
            | IndicatorKind::Ipv4
            | IndicatorKind::Ipv6 => vec![self.value.clone()],
            _ => Vec::new(),
        }
    }
}

/// Any address, defanged: what a link to an indicator is shown as.
///
/// ```
/// use dossier::model::indicator::defang;
///
/// assert_eq!(defang("https://a.example/x.html"), "hxxps://a[.]example/x.html");
/// assert_eq!(defang("mailto:me@a.example"), "mailto:me[@]a[.]example");
/// ```
#[must_use]
pub fn defang(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.replace('@', "[@]").replace('.', "[.]");
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = match host.strip_prefix('[') {
        // An IPv6 address in its brackets.
        Some(_) => host.replace(':', "[:]"),
        None => host.replace('.', "[.]").replace('@', "[@]"),
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" => format!("hxxp://{host}{path}"),
        "https" => format!("hxxps://{host}{path}"),
        "ftp" => format!("fxp://{host}{path}"),
        scheme => format!("{scheme}[:]//{host}{path}"),
    }
}

/// The text with the usual ways of defanging undone.
fn refang(text: &str) -> String {
    const PAIRS: [(&str, &str); 22] = [
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        ("{dot}", "."),
        ("[.", "."),
        (".]", "."),
        ("[:]", ":"),
        ("(:)", ":"),
        ("[://]", "://"),
        ("[:/]", ":/"),
        ("[/]", "/"),
        ("[//]", "//"),
        ("[@]", "@"),
        ("(@)", "@"),
        ("{@}", "@"),
        ("[at]", "@"),
        ("(at)", "@"),
        ("{at}", "@"),
        ("[www]", "www"),
        ("\\.", "."),
    ];
    let mut out = text.to_owned();
    if out.contains(['[', '(', '{', '\\']) {
        for (fanged, plain) in PAIRS {
            out = replace_ignoring_case(&out, fanged, plain);
        }
    }
    let (scheme, rest) = match out.split_once(':') {
        Some((scheme, rest)) if rest.starts_with("//") => (scheme.to_ascii_lowercase(), rest),
        _ => return out,
    };
    let scheme = match scheme.as_str() {
        "hxxp" | "h**p" | "hxtp" | "htxp" | "h__p" => "http",
        "hxxps" | "h**ps" | "hxtps" | "htxps" | "h__ps" => "https",
        "fxp" | "fxtp" | "f*p" => "ftp",
        other => other,
    };
    format!("{scheme}:{rest}")
}

fn replace_ignoring_case(text: &str, from: &str, to: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(from) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    // Lower-casing ASCII keeps every byte in its place.
    for (at, found) in lower.match_indices(from) {
        out.push_str(&text[done..at]);
        out.push_str(to);
        done = at + found.len();
    }
    out.push_str(&text[done..]);
    out
}

fn hash(text: &str) -> Option<(IndicatorKind, String)> {
    let kind = match text.len() {
        32 => IndicatorKind::Md5,
        40 => IndicatorKind::Sha1,
        64 => IndicatorKind::Sha256,
        _ => return None,
    };
    text.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| (kind, text.to_ascii_lowercase()))
}

fn cve(text: &str) -> Option<(IndicatorKind, String)> {
    let upper = text.to_ascii_uppercase();
    let (year, number) = upper.strip_prefix("CVE-")?.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (year.len() == 4 && digits(year) && (4..=19).contains(&number.len()) && digits(number))
        .then_some((IndicatorKind::Cve, upper))
}

#[cfg(test)]
mod tests;
