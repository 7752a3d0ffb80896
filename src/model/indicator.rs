//! Indicators of compromise: recognising, refanging and defanging them.
//!
//! Takes a text as an analyst writes it, defanged or not; gives an [`Indicator`] with its type and
//! the value that a machine would use, and the forms in which addresses are compared with it. Never
//! guesses: what is not clearly one of the types is none.

mod address;

mod code;

mod hash;

mod host_based;

mod named;

mod refang;

mod top;

mod typed;

mod wallet;

pub use address::address_forms_of;
pub(crate) use address::unknown_top;
pub(crate) use host_based::{ends_as_file, is_ending, is_file_or_domain};

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
#[allow(missing_docs, reason = "the types of docs/write/indicators.md")]
pub enum IndicatorKind {
    Ipv4,
    Ipv6,
    IpRange,
    Asn,
    Domain,
    HostPort,
    HostPath,
    Url,
    Email,
    UserAgent,
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Ssdeep,
    Tlsh,
    Ja3,
    Ja4,
    Jarm,
    FileName,
    FilePath,
    Registry,
    Mutex,
    Pipe,
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
    pub const ALL: [IndicatorKind; 28] = [
        IndicatorKind::Ipv4,
        IndicatorKind::Ipv6,
        IndicatorKind::IpRange,
        IndicatorKind::Asn,
        IndicatorKind::Domain,
        IndicatorKind::HostPort,
        IndicatorKind::HostPath,
        IndicatorKind::Url,
        IndicatorKind::Email,
        IndicatorKind::UserAgent,
        IndicatorKind::Md5,
        IndicatorKind::Sha1,
        IndicatorKind::Sha224,
        IndicatorKind::Sha256,
        IndicatorKind::Sha384,
        IndicatorKind::Sha512,
        IndicatorKind::Ssdeep,
        IndicatorKind::Tlsh,
        IndicatorKind::Ja3,
        IndicatorKind::Ja4,
        IndicatorKind::Jarm,
        IndicatorKind::FileName,
        IndicatorKind::FilePath,
        IndicatorKind::Registry,
        IndicatorKind::Mutex,
        IndicatorKind::Pipe,
        IndicatorKind::Cve,
        IndicatorKind::Wallet,
    ];

    /// The type's name as it is printed.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            IndicatorKind::Ipv4 => "IPv4",
            IndicatorKind::Ipv6 => "IPv6",
            IndicatorKind::IpRange => "IP range",
            IndicatorKind::Asn => "ASN",
            IndicatorKind::Domain => "Domain",
            IndicatorKind::HostPort => "Host and port",
            IndicatorKind::HostPath => "URL without scheme",
            IndicatorKind::Url => "URL",
            IndicatorKind::Email => "E-mail",
            IndicatorKind::UserAgent => "User agent",
            IndicatorKind::Md5 => "MD5",
            IndicatorKind::Sha1 => "SHA-1",
            IndicatorKind::Sha224 => "SHA-224",
            IndicatorKind::Sha256 => "SHA-256",
            IndicatorKind::Sha384 => "SHA-384",
            IndicatorKind::Sha512 => "SHA-512",
            IndicatorKind::Ssdeep => "ssdeep",
            IndicatorKind::Tlsh => "TLSH",
            IndicatorKind::Ja3 => "JA3",
            IndicatorKind::Ja4 => "JA4",
            IndicatorKind::Jarm => "JARM",
            IndicatorKind::FileName => "File name",
            IndicatorKind::FilePath => "File path",
            IndicatorKind::Registry => "Registry key",
            IndicatorKind::Mutex => "Mutex",
            IndicatorKind::Pipe => "Named pipe",
            IndicatorKind::Cve => "CVE",
            IndicatorKind::Wallet => "Wallet",
        }
    }

    /// Whether it is a hash of a file's content.
    #[must_use]
    pub const fn is_file_hash(self) -> bool {
        matches!(
            self,
            IndicatorKind::Md5
                | IndicatorKind::Sha1
                | IndicatorKind::Sha224
                | IndicatorKind::Sha256
                | IndicatorKind::Sha384
                | IndicatorKind::Sha512
                | IndicatorKind::Ssdeep
                | IndicatorKind::Tlsh
        )
    }

    /// Whether it names a file.
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(self, IndicatorKind::FileName | IndicatorKind::FilePath)
    }
}

impl Indicator {
    /// Recognises an indicator, written defanged (`hxxp`, `[.]`, `(dot)`, `[@]` …) or plain. A word before it
    /// says its type where its look does not: `mutex: …`, `ja3: …`.
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
        let visible = refang::visible(text);
        let text = bare(&visible);
        if text.is_empty() || text.contains(char::is_control) {
            return None;
        }
        match typed::split(text) {
            Some((kinds, rest)) => of_kinds(kinds, bare(rest)),
            None => by_look(text).or_else(|| {
                // Quotation marks say where a name with spaces ends.
                let named = is_quoted(&visible) && host_based::ends_as_file(text);
                named
                    .then(|| of_kind(IndicatorKind::FileName, text))
                    .flatten()
            }),
        }
    }

    /// The file that a text beside a hash names: there even `install.sh` is one, and `"my invoice.pdf"`.
    #[must_use]
    pub fn file_from_text(text: &str) -> Option<Indicator> {
        let name = bare(text);
        if is_file_or_domain(name)
            || (!name.contains([' ', '/', '\\', ':', ',']) && host_based::may_end_as_file(name))
        {
            return of_kind(IndicatorKind::FileName, name);
        }
        Indicator::from_text(text).filter(|found| found.kind.is_file())
    }

    /// The same where a comma or a tab says that the text is a column: its name may hold spaces.
    #[must_use]
    pub fn file_from_column(text: &str) -> Option<Indicator> {
        let named = host_based::may_end_as_file(bare(text))
            && !text.contains(['\t', '/', '\\'])
            && !text.contains("  ");
        let whole = || of_kind(IndicatorKind::FileName, bare(text));
        Indicator::file_from_text(text).or_else(|| named.then(whole).flatten())
    }

    /// Whether a text begins with a word that says which type follows.
    #[must_use]
    pub fn states_type(text: &str) -> bool {
        typed::split(text.trim()).is_some()
    }

    /// The value as it stands on a page: nothing in it is an address that a program would follow.
    #[must_use]
    pub fn defanged(&self) -> String {
        let value = &self.value;
        let dots = |text: &str| text.replace('.', "[.]");
        match self.kind {
            IndicatorKind::Ipv4 | IndicatorKind::Domain => dots(value),
            IndicatorKind::Ipv6 => value.replace(':', "[:]"),
            IndicatorKind::IpRange => dots(value).replace(':', "[:]"),
            IndicatorKind::HostPort => match value.rsplit_once(':') {
                Some((host, port)) if host.starts_with('[') => {
                    format!("{}:{port}", host.replace(':', "[:]"))
                }
                _ => dots(value),
            },
            IndicatorKind::HostPath => match value.split_once('/') {
                Some((host, path)) => format!("{}/{path}", dots(host)),
                None => dots(value),
            },
            IndicatorKind::Email => dots(&value.replace('@', "[@]")),
            IndicatorKind::Url => defang(value),
            IndicatorKind::Asn
            | IndicatorKind::UserAgent
            | IndicatorKind::Md5
            | IndicatorKind::Sha1
            | IndicatorKind::Sha224
            | IndicatorKind::Sha256
            | IndicatorKind::Sha384
            | IndicatorKind::Sha512
            | IndicatorKind::Ssdeep
            | IndicatorKind::Tlsh
            | IndicatorKind::Ja3
            | IndicatorKind::Ja4
            | IndicatorKind::Jarm
            | IndicatorKind::FileName
            | IndicatorKind::FilePath
            | IndicatorKind::Registry
            | IndicatorKind::Mutex
            | IndicatorKind::Pipe
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
            IndicatorKind::Url => address::forms_of_listed_url(&self.value),
            IndicatorKind::HostPath => address::forms_of_host_path(&self.value),
            IndicatorKind::HostPort => address::forms_of_host_port(&self.value),
            IndicatorKind::Email => vec![self.value.clone()],
            // `*.evil.example`: hosts below a domain count anyway.
            IndicatorKind::Domain => vec![self.value.trim_start_matches("*.").to_owned()],
            IndicatorKind::Ipv4 | IndicatorKind::Ipv6 | IndicatorKind::IpRange => {
                address::forms_of_ips(&self.value)
            }
            IndicatorKind::Asn
            | IndicatorKind::UserAgent
            | IndicatorKind::Md5
            | IndicatorKind::Sha1
            | IndicatorKind::Sha224
            | IndicatorKind::Sha256
            | IndicatorKind::Sha384
            | IndicatorKind::Sha512
            | IndicatorKind::Ssdeep
            | IndicatorKind::Tlsh
            | IndicatorKind::Ja3
            | IndicatorKind::Ja4
            | IndicatorKind::Jarm
            | IndicatorKind::FileName
            | IndicatorKind::FilePath
            | IndicatorKind::Registry
            | IndicatorKind::Mutex
            | IndicatorKind::Pipe
            | IndicatorKind::Cve
            | IndicatorKind::Wallet => Vec::new(),
        }
    }
}

/// What the text is by its look; a look that two types share tells nothing.
fn by_look(text: &str) -> Option<Indicator> {
    if code::is_name(text) {
        return None;
    }
    let plain = refang::refang(text);
    let plain = match plain.split_once(" port ") {
        Some((host, port)) => format!("{}:{}", host.trim_end(), port.trim_start()),
        None => plain,
    };
    let on_host = host_based::read(text);
    let spaced = plain.contains(char::is_whitespace);
    on_host
        .or_else(|| asn(text))
        .or_else(|| address::range(&plain).map(|value| (IndicatorKind::IpRange, value)))
        .or_else(|| {
            if spaced {
                return None;
            }
            hash::read(&plain)
                .or_else(|| cve(&plain))
                .or_else(|| wallet::read(&plain).map(|value| (IndicatorKind::Wallet, value)))
                .or_else(|| address::read(&plain, plain != text))
                .or_else(|| host_based::file_name(&plain))
        })
        .map(|(kind, value)| Indicator { kind, value })
}

/// What the text is, where a word before it says that it is one of these types.
fn of_kinds(kinds: &[IndicatorKind], text: &str) -> Option<Indicator> {
    let seen = by_look(text).filter(|found| kinds.contains(&found.kind));
    seen.or_else(|| kinds.iter().find_map(|&kind| of_kind(kind, text)))
}

/// A text of a type that its look alone does not tell.
fn of_kind(kind: IndicatorKind, text: &str) -> Option<Indicator> {
    let found = |value| (kind, value);
    match kind {
        IndicatorKind::Mutex
        | IndicatorKind::Pipe
        | IndicatorKind::UserAgent
        | IndicatorKind::FileName
        | IndicatorKind::FilePath
        | IndicatorKind::Registry => host_based::read_as(kind, text),
        IndicatorKind::Ja3 | IndicatorKind::Ja4 | IndicatorKind::Jarm | IndicatorKind::Ssdeep => {
            hash::read_as(kind, text).map(found)
        }
        IndicatorKind::Asn => asn(&format!("AS{text}")),
        IndicatorKind::Domain => address::read(&refang::refang(text), true)
            .filter(|(kind, _)| *kind == IndicatorKind::Domain),
        IndicatorKind::Wallet => wallet::is_solana(text).then(|| found(text.to_owned())),
        IndicatorKind::Ipv4
        | IndicatorKind::Ipv6
        | IndicatorKind::IpRange
        | IndicatorKind::HostPort
        | IndicatorKind::HostPath
        | IndicatorKind::Url
        | IndicatorKind::Email
        | IndicatorKind::Md5
        | IndicatorKind::Sha1
        | IndicatorKind::Sha224
        | IndicatorKind::Sha256
        | IndicatorKind::Sha384
        | IndicatorKind::Sha512
        | IndicatorKind::Tlsh
        | IndicatorKind::Cve => None,
    }
    .map(|(kind, value)| Indicator { kind, value })
}

/// The text without white space, quotation marks and the punctuation of a list around it.
fn bare(text: &str) -> &str {
    let mut text = text.trim().trim_end_matches([',', ';']).trim_end();
    for (open, close) in [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('<', '>')] {
        let inner = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            text = inner.trim();
        }
    }
    text
}

/// Whether quotation marks stand around the text.
fn is_quoted(text: &str) -> bool {
    let text = text.trim().trim_end_matches([',', ';']);
    text.starts_with(['"', '“', '\'', '`']) && bare(text).len() < text.len()
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
    if let Some(rest) = address.strip_prefix("magnet:") {
        return format!("magnet[:]{rest}");
    }
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

/// `AS64496`, `ASN 64496`.
fn asn(text: &str) -> Option<(IndicatorKind, String)> {
    let upper = text.to_ascii_uppercase();
    let digits = upper
        .strip_prefix("ASN")
        .or_else(|| upper.strip_prefix("AS"))?;
    let digits = digits.trim_start();
    let number: u32 = digits.parse().ok()?;
    (digits == number.to_string()).then(|| (IndicatorKind::Asn, format!("AS{number}")))
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
