//! Indicators of every type, what is none, and links that name them.

use super::*;
use IndicatorKind::*;

#[test]
fn every_type_is_recognised_plain_and_defanged() {
    let table = [
        ("192.0.2.1", Ipv4, "192.0.2.1", "192[.]0[.]2[.]1"),
        ("192[.]0[.]2[.]1", Ipv4, "192.0.2.1", "192[.]0[.]2[.]1"),
        ("192.0.2.0/24", Ipv4, "192.0.2.0/24", "192[.]0[.]2[.]0/24"),
        ("2001:DB8::1", Ipv6, "2001:db8::1", "2001[:]db8[:][:]1"),
        (
            "2001[:]db8[:][:]1",
            Ipv6,
            "2001:db8::1",
            "2001[:]db8[:][:]1",
        ),
        ("Evil.Example", Domain, "evil.example", "evil[.]example"),
        ("evil(.)co[dot]uk", Domain, "evil.co.uk", "evil[.]co[.]uk"),
        (
            "_dmarc.evil.example",
            Domain,
            "_dmarc.evil.example",
            "_dmarc[.]evil[.]example",
        ),
        (
            "bücher.example",
            Domain,
            "xn--bcher-kva.example",
            "xn--bcher-kva[.]example",
        ),
        (
            "hxxp://evil[.]example/a.b?c=d.e",
            Url,
            "http://evil.example/a.b?c=d.e",
            "hxxp://evil[.]example/a.b?c=d.e",
        ),
        (
            "hXXps[://]evil.example",
            Url,
            "https://evil.example",
            "hxxps://evil[.]example",
        ),
        (
            "https://192.0.2.1:8080/x",
            Url,
            "https://192.0.2.1:8080/x",
            "hxxps://192[.]0[.]2[.]1:8080/x",
        ),
        (
            "https://[2001:db8::1]/x",
            Url,
            "https://[2001:db8::1]/x",
            "hxxps://[2001[:]db8[:][:]1]/x",
        ),
        (
            "tcp://evil.example:443",
            Url,
            "tcp://evil.example:443",
            "tcp[:]//evil[.]example:443",
        ),
        (
            "Me[@]evil[.]example",
            Email,
            "me@evil.example",
            "me[@]evil[.]example",
        ),
        (
            "me[at]evil(dot)example",
            Email,
            "me@evil.example",
            "me[@]evil[.]example",
        ),
        (
            "D41D8CD98F00B204E9800998ECF8427E",
            Md5,
            "d41d8cd98f00b204e9800998ecf8427e",
            "d41d8cd98f00b204e9800998ecf8427e",
        ),
        (
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            Sha1,
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        ),
        ("cve-2017-0144", Cve, "CVE-2017-0144", "CVE-2017-0144"),
        (
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            Wallet,
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        ),
        (
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            Wallet,
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        ),
        (
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            Wallet,
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        ),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            Wallet,
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ),
        (
            "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
            Wallet,
            "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
            "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
        ),
    ];
    for (text, kind, value, defanged) in table {
        let found = Indicator::from_text(text).unwrap_or_else(|| panic!("{text} is none"));
        assert_eq!((found.kind, found.value.as_str()), (kind, value), "{text}");
        assert_eq!(found.defanged(), defanged, "{text}");
        assert_eq!(
            Indicator::from_text(&found.defanged()).as_ref(),
            Some(&found),
            "{text} reads back"
        );
    }
}

#[test]
fn what_is_not_clearly_an_indicator_is_none() {
    for text in [
        "",
        "a sentence",
        "word",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4/33",
        "1.2.3.4:80",
        "invoice.exe",
        "evil.example/path",
        "-a.example",
        "a..example",
        "a.b",
        "@evil.example",
        "a@b@c.example",
        "http://",
        "http://nodots/",
        "CVE-17-1",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "0x098B716B",
        "d41d8cd98f00b204e9800998ecf8427",
    ] {
        assert_eq!(Indicator::from_text(text), None, "{text}");
    }
}

#[test]
fn a_link_names_an_indicator_however_it_is_written() {
    let table = [
        ("evil.example", "https://evil.example/a", true),
        ("evil.example", "https://EVIL.example./a", true),
        ("evil.example", "https://www.evil.example/", true),
        ("evil.example", "https://notevil.example/", false),
        ("evil.example", "https://e%76il.example/", true),
        ("evil.example", "https://user@evil.example:8443/", true),
        ("evil.example", "https://evil。example/", true),
        ("evil.example", "mailto:a@evil.example", true),
        ("bücher.example", "https://xn--bcher-kva.example/", true),
        ("192.0.2.1", "http://192.0.2.1/", true),
        ("192.0.2.1", "http://3221225985/", true),
        ("192.0.2.1", "http://0xc0.0.2.1/", true),
        ("2001:db8::1", "http://[2001:0db8::0:1]/", true),
        ("hxxp://evil.example/a", "https://evil.example/a#x", true),
        ("hxxp://evil.example/a", "https://evil.example/b", false),
        ("hxxp://evil.example", "http://evil.example/", true),
        ("me@evil.example", "mailto:ME@evil.example?subject=x", true),
        ("me@evil.example", "mailto:m%65@evil.example", true),
        ("me@evil.example", "https://evil.example/", false),
        (
            "d41d8cd98f00b204e9800998ecf8427e",
            "https://evil.example/",
            false,
        ),
    ];
    for (indicator, link, expected) in table {
        let known = Indicator::from_text(indicator).map(|it| it.address_forms());
        let known = known.unwrap_or_else(|| panic!("{indicator} is none"));
        let named = address_forms_of(link)
            .iter()
            .any(|form| known.contains(form));
        assert_eq!(named, expected, "{indicator} in {link}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in ".{0,80}") {
        if let Some(found) = Indicator::from_text(&text) {
            proptest::prop_assert!(!found.defanged().contains("://") || found.kind == Url);
        }
        let _ = address_forms_of(&text);
        let _ = defang(&text);
    }
}
