//! Indicators of every type, what is none, and links that name them.

use super::*;
use IndicatorKind::*;
use std::time::{Duration, Instant};

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

/// One address in every way in which people keep it from being a link.
#[test]
fn every_style_of_defanging_is_undone() {
    let table: [(&str, &[&str]); 6] = [
        (
            "bad.test.example",
            &[
                "bad[.]test[.]example",
                "bad(.)test(.)example",
                "bad{.}test{.}example",
                "bad<.>test.example",
                "bad[dot]test[DOT]example",
                "bad(dot)test{dot}example",
                "bad[,]test[,]example",
                "bad [.] test [.] example",
                "bad dot test dot example",
                "bad . test . example",
                "bad[.test[.example",
                "bad.]test.]example",
                "bad[.test].example",
                "bad[.]test[.example]",
                r"bad\.test\.example",
                "bad．test。example",
                "bad\u{200b}.test\u{feff}.example",
                "BAD[.]TEST[.]EXAMPLE",
                "bad[.]test[.]example[.]",
                "`bad[.]test[.]example`",
                "\"bad[.]test[.]example\",",
                "domain: bad[.]test[.]example",
                "C2: bad[.]test[.]example",
                "bad[.].test[.]example",
            ],
        ),
        (
            "https://bad.example/a",
            &[
                "hxxps://bad[.]example/a",
                "hXXps://bad.example/a",
                "HXXPS://bad[.]example/a",
                "h**ps://bad.example/a",
                "h__ps://bad.example/a",
                "htxps://bad.example/a",
                "hxtps://bad.example/a",
                "h[tt]ps://bad.example/a",
                "h(xx)ps://bad.example/a",
                "hxxps[:]//bad[.]example/a",
                "hxxps[://]bad[.]example/a",
                "[https]://bad[.]example/a",
                "[hxxps://]bad[.]example/a",
                "https[:]//bad.example/a",
                r"hxxps:\\bad[.]example\a",
                "hxxps:/bad[.]example/a",
                "hxxps//bad[.]example/a",
                "meows://bad[.]example/a",
                "ttps://bad[.]example/a",
                "<hxxps://bad[.]example/a>",
                "url: hxxps://bad[.]example/a",
                "https://b[a]d.e[x]ample/a",
                "File location: hxxps://bad[.]example/a",
            ],
        ),
        (
            "http://bad.example",
            &["meow://bad.example", "hxxp://bad[.]example"],
        ),
        (
            "ops@bad.example",
            &[
                "ops[@]bad[.]example",
                "ops(@)bad.example",
                "ops{at}bad{dot}example",
                "ops[at]bad[.]example",
                "ops <at> bad <dot> example",
                "ops at bad dot example",
                "ops [@] bad [.] example",
                "ops＠bad.example",
            ],
        ),
        (
            "192.0.2.7",
            &[
                "192[.]0[.]2[.]7",
                "192.0.2[.]7",
                "192(.)0(.)2(.)7",
                "192 dot 0 dot 2 dot 7",
                "[192.0.2.7]",
                "192.0.2.7,",
                "ip: 192.0.2.7",
            ],
        ),
        (
            "2001:db8::7",
            &["2001[:]db8[:][:]7", "2001[:]db8[::]7", "[2001:db8::7]"],
        ),
    ];
    for (plain, styles) in table {
        for style in styles {
            let found = Indicator::from_text(style).map(|it| it.value);
            assert_eq!(found.as_deref(), Some(plain), "{style}");
        }
    }
}

#[test]
fn time_is_linear_in_brackets_that_stay_open() {
    for piece in ["[", "(", "[a(", "<.", "[. {"] {
        let begun = Instant::now();
        let text = piece.repeat(500_000 / piece.len());
        assert_eq!(Indicator::from_text(&text).map(|it| it.value), None);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(3), "{piece}: {took:?}");
    }
}

#[test]
fn what_the_look_or_a_word_tells() {
    let hex = |count: usize| "0a1b2c3d4e5f6789".repeat(9)[..count].to_owned();
    let table = [
        ("bad[.]example:8443", HostPort, "bad.example:8443"),
        ("192.0.2.7:443", HostPort, "192.0.2.7:443"),
        ("192.0.2[.]7 port 443", HostPort, "192.0.2.7:443"),
        ("bad.xn--p1ai", Domain, "bad.xn--p1ai"),
        ("bad.рф", Domain, "bad.xn--p1ai"),
        ("hidden.onion", Domain, "hidden.onion"),
        ("trojan[.]generic", Domain, "trojan.generic"),
        (
            r"file[:]\\192.0.2[.]7@80\share\x.msi",
            Url,
            "file://192.0.2.7@80/share/x.msi",
        ),
        (
            "magnet[:]?xt=urn[:]btih[:]0a1b2c3d4e5f&dn=a.zip",
            Url,
            "magnet:?xt=urn:btih:0a1b2c3d4e5f&dn=a.zip",
        ),
        ("[2001:db8:0::7]:53", HostPort, "[2001:db8::7]:53"),
        (
            "Bad[.]example/Gate.php?x=1",
            HostPath,
            "bad.example/Gate.php?x=1",
        ),
        ("192.0.2.7:8080/a", HostPath, "192.0.2.7:8080/a"),
        ("*.bad[.]example", Domain, "*.bad.example"),
        ("install[.]sh", Domain, "install.sh"),
        ("domain: install.sh", Domain, "install.sh"),
        ("file: install.sh", FileName, "install.sh"),
        ("192.0.2.1-192.0.2.9", IpRange, "192.0.2.1-192.0.2.9"),
        (
            "192[.]0[.]2[.]1 - 192[.]0[.]2[.]9",
            IpRange,
            "192.0.2.1-192.0.2.9",
        ),
        ("192.0.2.1-9", IpRange, "192.0.2.1-192.0.2.9"),
        (
            "2001:db8::1-2001:db8::9",
            IpRange,
            "2001:db8::1-2001:db8::9",
        ),
        ("AS64496", Asn, "AS64496"),
        ("asn 64496", Asn, "AS64496"),
        ("ASN: 64496", Asn, "AS64496"),
        ("sha-256: X", Sha256, ""),
        ("3:abcdefgh1234:xyz", Ssdeep, "3:abcdefgh1234:xyz"),
        ("ssdeep: 3:aZ:b", Ssdeep, "3:aZ:b"),
        (
            "t13d1516h2_8daaf6152771_02713d6af862",
            Ja4,
            "t13d1516h2_8daaf6152771_02713d6af862",
        ),
        (
            "q13i0310h3_55b375c5d22e_cd85d2d88918",
            Ja4,
            "q13i0310h3_55b375c5d22e_cd85d2d88918",
        ),
        (
            "ja4s: t130200_1301_234ea6891581",
            Ja4,
            "t130200_1301_234ea6891581",
        ),
        (
            "29d29d15d29d29d21c29d29d29d29dce7a321e4956e8298ba917e9f2c22849",
            Jarm,
            "29d29d15d29d29d21c29d29d29d29dce7a321e4956e8298ba917e9f2c22849",
        ),
        (r"C:\Users\Public\x.exe", FilePath, r"C:\Users\Public\x.exe"),
        (
            r"C:\Program Files\Some App\my tool.exe",
            FilePath,
            r"C:\Program Files\Some App\my tool.exe",
        ),
        (r"%TEMP%\x", FilePath, r"%TEMP%\x"),
        (
            r"\\198.51.100.9\share\x.bat",
            FilePath,
            r"\\198.51.100.9\share\x.bat",
        ),
        (
            r"system32\drivers\x.sys",
            FilePath,
            r"system32\drivers\x.sys",
        ),
        ("/etc/cron.d/x", FilePath, "/etc/cron.d/x"),
        ("~/.ssh/x", FilePath, "~/.ssh/x"),
        ("path: D:/a b/c d", FilePath, "D:/a b/c d"),
        ("update.PS1", FileName, "update.PS1"),
        ("invoice_7.zip", FileName, "invoice_7.zip"),
        ("scan.pdf.zip", FileName, "scan.pdf.zip"),
        ("file: libhook.so", FileName, "libhook.so"),
        ("usr/lib64/libhook.so", FilePath, "usr/lib64/libhook.so"),
        ("libra[.]so", Domain, "libra.so"),
        ("sales[.]dot", Domain, "sales.dot"),
        ("libhook.so.1.2", FileName, "libhook.so.1.2"),
        ("photo[1].jpg", FileName, "photo[1].jpg"),
        ("\"my invoice.pdf\"", FileName, "my invoice.pdf"),
        (
            "Play.app/Contents/MacOS/Play",
            FilePath,
            "Play.app/Contents/MacOS/Play",
        ),
        ("$HOME/.cache/x", FilePath, "$HOME/.cache/x"),
        (r"$env:TEMP\x", FilePath, r"$env:TEMP\x"),
        ("Users/Public/x.bin", FilePath, "Users/Public/x.bin"),
        ("file: no ending at all", FileName, "no ending at all"),
        (r"HKCU\Software\A b\Run", Registry, r"HKCU\Software\A b\Run"),
        (
            r"HKEY_LOCAL_MACHINE\System\x",
            Registry,
            r"HKEY_LOCAL_MACHINE\System\x",
        ),
        (r"registry: Software\My Key", Registry, r"Software\My Key"),
        (r"Global\abc", Mutex, r"Global\abc"),
        (
            "mutex: d41d8cd98f00b204e9800998ecf8427e",
            Mutex,
            "d41d8cd98f00b204e9800998ecf8427e",
        ),
        (r"\\.\pipe\x", Pipe, r"\\.\pipe\x"),
        ("named pipe: x y", Pipe, "x y"),
        (
            "Mozilla/5.0 (X11; Linux)",
            UserAgent,
            "Mozilla/5.0 (X11; Linux)",
        ),
        ("User-Agent: curl/8", UserAgent, "curl/8"),
        (
            "rDTXLQ7ZKZVKz33zJbHjgVShjsBnqMBhmN",
            Wallet,
            "rDTXLQ7ZKZVKz33zJbHjgVShjsBnqMBhmN",
        ),
        (
            "sol: 4fYNw3dojWmQ4dXtSGE9epjRGy9pFSx62YypT7avPYvA",
            Wallet,
            "4fYNw3dojWmQ4dXtSGE9epjRGy9pFSx62YypT7avPYvA",
        ),
        (
            "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            Wallet,
            "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        ),
    ];
    for (text, kind, value) in table {
        let found = Indicator::from_text(text).map(|it| (it.kind, it.value));
        let expected = (!value.is_empty()).then(|| (kind, value.to_owned()));
        assert_eq!(found, expected, "{text}");
    }
    for (count, kind) in [(56, Sha224), (96, Sha384), (128, Sha512), (70, Tlsh)] {
        let found = Indicator::from_text(&hex(count)).map(|it| it.kind);
        assert_eq!(found, Some(kind), "{count} digits");
    }
    let tlsh = format!("T1{}", hex(70));
    assert_eq!(Indicator::from_text(&tlsh).map(|it| it.kind), Some(Tlsh));
    let ja3 = format!("ja3: {}", hex(32));
    assert_eq!(Indicator::from_text(&ja3).map(|it| it.kind), Some(Ja3));
}

#[test]
fn plain_words_dates_versions_and_sizes_are_none() {
    for text in [
        "2024-05-17",
        "17.05.2024",
        "05/17/2024",
        "2024/05/17",
        "12:30",
        "12:30:45",
        "2024-05-17T12:30:45Z",
        "v1.2.3",
        "1.2.3",
        "10.0.19045",
        "version 2.1",
        "10.5MB",
        "3.2 GB",
        "512KB",
        "10:1",
        "50%",
        "24/7",
        "and/or",
        "TCP/IP",
        "C2",
        "loader",
        "Lazarus Group",
        "U.S.",
        "e.g.",
        "localhost",
        "T1059.001",
        "G0082",
        "It was seen at noon.",
        "dropped by svchost.exe",
        "see bad.example for more",
        "a dot in a sentence",
        "the dot was there at last",
        "install.sh",
        "libra.so",
        "letter.dot",
        "build-1.7.3.zip",
        "a.exe,b.exe",
        "my invoice.pdf",
        "Trojan.Generic",
        "Agent.Tesla:1",
        "Vendor.Client/5.62.0",
        "com.vendor.app7",
        "/gate.php",
        "/api/gate.php",
        "https://[removed].example/",
        "0x098B716B8Aaf21512996dC57EB0615e2383E2f9A",
        "0x098b716B8Aaf21512996dC57EB0615e2383E2f96",
        "main.rs:10",
        "x.zip",
        "@handle",
        "telegram:@handle",
        "AS0064496",
        "ASPEN",
        "assess",
        "md5: 0a1b",
        "sha256: d41d8cd98f00b204e9800998ecf8427e",
        "mutex:",
        "note: something",
        "1.2.3.4/99",
        "1.2.3.4:0",
        "1.2.3.4:70000",
        "192.0.2.9-192.0.2.1",
        r"C:\a.exe dropped it",
        r"C:\a.exe - dropped",
        "//comment",
        "/24",
        r"a\b",
        "rDTXLQ7ZKZVKz33zJbHjgVShjsBnqMBhmM",
        "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2M",
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b",
        "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n8",
        "00:1A:2B:3C:4D:5E",
        "550e8400-e29b-41d4-a716-446655440000",
        "file: https://bad.example/x",
        "3:abc:def",
        "hxxps",
    ] {
        assert_eq!(Indicator::from_text(text), None, "{text}");
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
        ("bad.example:8443", "https://bad.example/", true),
        ("bad.example:8443", "https://cdn.bad.example/x", true),
        ("bad.example:8443", "https://example/", false),
        ("192.0.2.1:4444", "http://192.0.2.1/", true),
        ("[2001:db8::1]:53", "http://[2001:db8::1]/", true),
        ("tcp://bad.example:443", "https://bad.example/a", true),
        ("bad.example/a?b=1", "https://bad.example/a?b=1#c", true),
        ("bad.example/a", "https://bad.example/b", false),
        ("bad.example/", "https://bad.example/b", true),
        ("192.0.2.1:80/a", "http://192.0.2.1/a", true),
        ("*.bad.example", "https://a.bad.example/", true),
        ("192.0.2.77/25", "http://192.0.2.1/", true),
        ("192.0.2.0/25", "http://192.0.2.128/", false),
        ("0.0.0.0/0", "http://192.0.2.1/", true),
        ("192.0.2.3-192.0.2.9", "http://192.0.2.2/", false),
        ("192.0.2.3-192.0.2.9", "http://192.0.2.3/", true),
        ("192.0.2.3-192.0.2.9", "http://192.0.2.9/", true),
        ("192.0.2.3-192.0.2.9", "http://192.0.2.10/", false),
        ("0.0.0.0-255.255.255.255", "http://192.0.2.1/", true),
        ("2001:db8::/32", "http://[2001:db8:1::1]/", true),
        ("2001:db8::2-2001:db8::4", "http://[2001:db8::3]/", true),
        ("2001:db8::2-2001:db8::4", "http://[2001:db8::5]/", false),
        (
            "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "http://[::1]/",
            true,
        ),
        ("file: bad.example", "https://bad.example/", false),
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
