//! Words that say before an indicator which type it is: `mutex: …`, `ja3: …`, `file: …`.

use super::IndicatorKind::{self, *};

/// The words, and the types of which what follows must be one.
const WORDS: &[(&[&str], &[IndicatorKind])] = &[
    (&["md5"], &[Md5]),
    (&["sha1", "sha-1"], &[Sha1]),
    (&["sha224", "sha-224"], &[Sha224]),
    (&["sha256", "sha-256", "sha2"], &[Sha256]),
    (&["sha384", "sha-384"], &[Sha384]),
    (&["sha512", "sha-512"], &[Sha512]),
    (
        &["hash"],
        &[Md5, Sha1, Sha224, Sha256, Sha384, Sha512, Ssdeep, Tlsh],
    ),
    (&["ssdeep"], &[Ssdeep]),
    (&["tlsh"], &[Tlsh]),
    (&["ja3", "ja3s"], &[Ja3]),
    (&["ja4", "ja4s", "ja4h", "ja4x", "ja4t"], &[Ja4]),
    (&["jarm"], &[Jarm]),
    (&["mutex", "mutant"], &[Mutex]),
    (&["pipe", "named-pipe"], &[Pipe]),
    (&["user-agent", "useragent", "ua"], &[UserAgent]),
    (
        &["file", "filename", "path", "file-path", "filepath"],
        &[FileName, FilePath],
    ),
    (
        &["location", "file-location"],
        &[FilePath, FileName, Url, HostPath],
    ),
    (
        &["c2", "c&c", "c2-server"],
        &[Ipv4, Ipv6, Domain, HostPort, HostPath, Url],
    ),
    (&["registry", "registry-key", "reg", "regkey"], &[Registry]),
    (&["asn"], &[Asn]),
    (
        &["ip", "ipv4", "ipv6", "cidr", "ip-range"],
        &[Ipv4, Ipv6, IpRange, HostPort],
    ),
    (&["domain", "fqdn"], &[Domain]),
    (&["host", "hostname"], &[Domain, Ipv4, Ipv6, HostPort]),
    (&["url", "uri"], &[Url, HostPath]),
    (&["email", "e-mail", "mail"], &[Email]),
    (&["cve"], &[Cve]),
    (
        &[
            "wallet", "btc", "bitcoin", "eth", "ethereum", "xmr", "monero", "ltc", "litecoin",
            "trx", "tron", "xrp", "ripple", "sol", "solana", "ton", "bch", "doge", "dash", "zec",
            "usdt", "zcash", "dogecoin",
        ],
        &[Wallet],
    ),
];

/// The types that a text's first word names, and what stands after it.
pub(super) fn split(text: &str) -> Option<(&'static [IndicatorKind], &str)> {
    let (word, rest) = text.split_once(':')?;
    if rest.starts_with("//") {
        return None;
    }
    let word = word.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    // `SHA256 hash: …`, `IP address: …`, `Mutex name: …`.
    let short = ["-hash", "-address", "-name"]
        .iter()
        .find_map(|end| word.strip_suffix(end));
    let (_, kinds) = WORDS
        .iter()
        .find(|(words, _)| words.contains(&short.unwrap_or(&word)))?;
    let rest = rest.trim();
    (!rest.is_empty()).then_some((*kinds, rest))
}
