//! Names that are addresses: what servers, domains and accounts are called.
//!
//! Takes a name as its writer has it, defanged or not; gives the address that it is as a whole. A name that is read
//! here is that of infrastructure, so what may be a file or a domain is a domain, and a top-level domain need not be
//! known.

use super::{Indicator, IndicatorKind, refang};

impl IndicatorKind {
    /// Whether it is an address that a program could follow.
    #[must_use]
    pub const fn is_address(self) -> bool {
        match self {
            IndicatorKind::Ipv4
            | IndicatorKind::Ipv6
            | IndicatorKind::IpRange
            | IndicatorKind::Domain
            | IndicatorKind::HostPort
            | IndicatorKind::HostPath
            | IndicatorKind::Url
            | IndicatorKind::Email => true,
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
            | IndicatorKind::Wallet => false,
        }
    }
}

impl Indicator {
    /// The address that a name of infrastructure is, as a whole.
    ///
    /// ```
    /// use dossier::model::Indicator;
    ///
    /// let found = Indicator::of_name("evil[.]example").unwrap();
    /// assert_eq!(found.value, "evil.example");
    /// assert!(Indicator::of_name("The panel in Manila").is_none());
    /// ```
    #[must_use]
    pub fn of_name(name: &str) -> Option<Indicator> {
        let plain = refang::refang(name.trim());
        // Most names are words.
        if !plain.contains(['.', ':', '@']) {
            return None;
        }
        match Indicator::from_text(name) {
            Some(found) => found.kind.is_address().then_some(found),
            None => Indicator::from_text(&format!("domain: {}", name.trim())),
        }
    }

    /// What the name of a file may be made of: the address without the scheme.
    #[must_use]
    pub fn without_scheme(&self) -> &str {
        let rest = self.value.split_once("://").map(|(_, rest)| rest);
        rest.unwrap_or(&self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> Option<String> {
        Indicator::of_name(name).map(|found| found.defanged())
    }

    #[test]
    fn a_name_that_is_an_address_is_told_from_words() {
        for (name, expected) in [
            ("evil.example", "evil[.]example"),
            ("evil[.]example", "evil[.]example"),
            ("evil(.)example", "evil[.]example"),
            ("hxxps://evil[.]example/a", "hxxps://evil[.]example/a"),
            ("https://evil.example/a", "hxxps://evil[.]example/a"),
            ("192.0.2.1", "192[.]0[.]2[.]1"),
            ("192.0.2.0/24", "192[.]0[.]2[.]0/24"),
            ("evil.example:8080", "evil[.]example:8080"),
            ("2001:db8::1", "2001[:]db8[:][:]1"),
            ("mule@evil.example", "mule[@]evil[.]example"),
            // A file as well as a domain; a domain that nobody gives out.
            ("evil.zip", "evil[.]zip"),
            ("panel.corp", "panel[.]corp"),
        ] {
            assert_eq!(shown(name).as_deref(), Some(expected), "{name}");
        }
        for name in [
            "",
            "The panel in Manila",
            "Tor2web 1.0",
            "A server: the first",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "AS64496",
            "update.exe",
        ] {
            assert_eq!(shown(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_is_named_by_an_address_without_its_scheme() {
        let slug = |name: &str| {
            let found = Indicator::of_name(name)?;
            Some(crate::model::slug::slugify(found.without_scheme()))
        };
        for name in ["hxxps://evil[.]example/a", "https://evil.example/a"] {
            assert_eq!(slug(name).as_deref(), Some("evil-example-a"));
        }
        assert_eq!(slug("192[.]0[.]2[.]1").as_deref(), Some("192-0-2-1"));
    }
}
