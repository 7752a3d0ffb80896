//! Top-level domains: whether a name of which nothing else is known can be one on the internet.
//!
//! The list is IANA's (crate `tld`). What is written defanged, or after `domain:`, needs no place in it: new
//! domains come up every year, and a writer who defangs has said what is meant.

/// Names that no registry gives out and that are found all the same: in examples and tests (RFC 2606, RFC 6761), on
/// networks of one's own (RFC 6762, ICANN's `internal`), and in systems beside the DNS (RFC 7686, RFC 9476, I2P, Namecoin,
/// Emercoin, Ethereum).
const BESIDE: [&str; 18] = [
    "alt",
    "bazar",
    "bit",
    "coin",
    "corp",
    "crypto",
    "emc",
    "eth",
    "example",
    "home",
    "i2p",
    "internal",
    "invalid",
    "lan",
    "local",
    "localhost",
    "onion",
    "test",
];

/// Whether the last label of a host, in lower case and punycode, is a top-level domain.
pub(super) fn exists(host: &str) -> bool {
    let top = host.rsplit('.').next().unwrap_or(host);
    tld::exist(top) || BESIDE.contains(&top)
}
