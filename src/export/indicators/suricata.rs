//! Indicators as rules of Suricata: each an exact comparison with what goes over the wire.
//!
//! Gives none where the wire does not show what is compared (a file's hash needs a list of its own, a mutex never leaves its
//! host), or where a rule would find more than was said: of an address that is encrypted only the host is seen, and others
//! lie there.

use super::known::{Known, known, marking, one_line};
use crate::export::Subject;
use crate::model::address::Outside;
use crate::model::indicator::IndicatorKind;
use crate::model::{Entry, Indicator, PageId};
use crate::plan::address;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::net::IpAddr;
use url::Url;

/// The numbers of the rules: above those that others give out, and below what programs take for a negative one.
const NUMBERS: std::ops::Range<u64> = 1_100_000_000..2_100_000_000;

/// Suricata takes no longer text to compare with.
const LONGEST: usize = 255;

/// Whom a rule watches, and what it compares.
struct Rule {
    protocol: &'static str,
    to: String,
    compared: String,
}

/// The rules, by type and value.
pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all = known(subject, |given| Some(given.indicator.as_ref().clone()));
    let shown = all.iter().map(|(it, known)| (it, known, rules(it)));
    let shown: Vec<_> = shown.filter(|(.., rules)| !rules.is_empty()).collect();
    let tlp = marking(shown.iter().map(|it| it.1));
    writeln!(out, "# {}", tlp.label())?;
    let mut taken = BTreeSet::new();
    for (indicator, known, rules) in shown {
        for rule in rules {
            let number = number(indicator, &rule, &mut taken);
            write_rule(subject, indicator, known, &rule, number, out)?;
        }
    }
    Ok(())
}

/// The number of a rule, made of what it compares, so that it lasts as long as that; of two alike the next that is free.
fn number(indicator: &Indicator, rule: &Rule, taken: &mut BTreeSet<u64>) -> u64 {
    let Rule { protocol, to, .. } = rule;
    let hashed = format!(
        "{protocol}\n{to}\n{}\n{}",
        indicator.kind.label(),
        indicator.value
    );
    let figures = Sha256::digest(hashed.as_bytes());
    let hash = figures
        .iter()
        .take(8)
        .fold(0u64, |sum, it| sum << 8 | u64::from(*it));
    let count = NUMBERS.end - NUMBERS.start;
    let mut at = hash % count;
    while !taken.insert(at) {
        at = (at + 1) % count;
    }
    NUMBERS.start + at
}

fn write_rule(
    subject: &Subject<'_>,
    indicator: &Indicator,
    known: &Known<'_>,
    rule: &Rule,
    number: u64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Rule {
        protocol,
        to,
        compared,
    } = rule;
    let titles: Vec<&str> = known.entries.values().map(|it| it.title.as_str()).collect();
    let message = words(&format!(
        "{} in {}",
        indicator.kind.label(),
        titles.join(", ")
    ));
    let mut options = format!("msg:\"{message}\";");
    if !compared.is_empty() {
        let _ = write!(options, " {compared}");
    }
    let pages = known.entries.values();
    let pages = pages.map(|it| address::absolute(subject.config, &it.route()));
    let cited = known.sources.values().filter_map(|it| link(it));
    for url in pages.chain(cited) {
        let _ = write!(options, " reference:url,{};", reference(&url));
    }
    let mut said: Vec<(&str, String)> = Vec::new();
    said.extend(known.until.map(|day| ("until", day.to_string())));
    let seen = ["first_seen", "last_seen"]
        .into_iter()
        .zip(known.seen.clone());
    said.extend(seen.filter_map(|(word, day)| Some((word, day?))));
    said.push(("tlp", known.tlp.name().to_owned()));
    said.extend(known.entries.keys().map(|id| ("entry", key(id))));
    said.extend(known.sources.keys().map(|id| ("source", key(id))));
    let said: Vec<String> = said
        .iter()
        .map(|(word, it)| format!("{word} {it}"))
        .collect();
    let said = said.join(", ");
    writeln!(
        out,
        "alert {protocol} $HOME_NET any -> {to} ({options} metadata:{said}; sid:{number}; rev:1;)"
    )
}

/// Where a source stands, if it may be linked.
fn link(source: &Entry<PageId>) -> Option<String> {
    match &source.evidence()?.url.as_ref()?.value {
        Outside::Live(address) => Some(address.as_str().to_owned()),
        Outside::Own(..) | Outside::Defanged(_) => None,
    }
}

/// The rules for an indicator.
fn rules(indicator: &Indicator) -> Vec<Rule> {
    let Indicator { kind, value } = indicator;
    match kind {
        IndicatorKind::Ipv4 | IndicatorKind::Ipv6 => vec![Rule::of_address(value, "any")],
        IndicatorKind::IpRange if value.contains('/') => vec![Rule::of_address(value, "any")],
        IndicatorKind::Domain => domain(value),
        IndicatorKind::HostPort => host_port(value).unwrap_or_default(),
        IndicatorKind::Url => Url::parse(value).map_or_else(|_| Vec::new(), |url| web(&url)),
        IndicatorKind::HostPath => {
            // What has no scheme may be either: unencrypted it is seen.
            let url = Url::parse(&format!("http://{value}"));
            url.map_or_else(|_| Vec::new(), |url| web(&url))
        }
        IndicatorKind::UserAgent => exactly("http", "any any", &[("http.user_agent", value, "")]),
        IndicatorKind::Ja3 => exactly("tls", "any any", &[("ja3.hash", value, "")]),
        IndicatorKind::IpRange
        | IndicatorKind::Asn
        | IndicatorKind::Email
        | IndicatorKind::Md5
        | IndicatorKind::Sha1
        | IndicatorKind::Sha224
        | IndicatorKind::Sha256
        | IndicatorKind::Sha384
        | IndicatorKind::Sha512
        | IndicatorKind::Ssdeep
        | IndicatorKind::Tlsh
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

impl Rule {
    /// Whatever goes there.
    fn of_address(address: &str, port: &str) -> Rule {
        Rule {
            protocol: if port == "any" { "ip" } else { "tcp" },
            to: format!("{address} {port}"),
            compared: String::new(),
        }
    }
}

/// A domain where it is asked for, and where one connects to it.
fn domain(value: &str) -> Vec<Rule> {
    let ask = |keyword: &str| match value.strip_prefix('*') {
        Some(below) => format!(
            "{keyword}; content:\"{}\"; nocase; endswith;",
            content(below)
        ),
        None => equal(keyword, value, " nocase;"),
    };
    let rule = |protocol, compared: String| Rule {
        protocol,
        to: "any any".to_owned(),
        compared,
    };
    vec![
        rule("dns", ask("dns.query")),
        rule("tls", format!("{ESTABLISHED} {}", ask("tls.sni"))),
    ]
}

fn host_port(value: &str) -> Option<Vec<Rule>> {
    let (host, port) = value.rsplit_once(':')?;
    let port: u16 = port.parse().ok()?;
    let to = format!("any {port}");
    let address = host.trim_start_matches('[').trim_end_matches(']');
    if address.parse::<IpAddr>().is_ok() {
        return Some(vec![Rule::of_address(address, &port.to_string())]);
    }
    let mut rules = exactly("tls", &to, &[("tls.sni", host, " nocase;")]);
    rules.extend(exactly(
        "http",
        &to,
        &[("http.host", &host.to_lowercase(), "")],
    ));
    Some(rules)
}

/// An address of the web, where it is not encrypted, and where nothing but its host is meant also where it is.
fn web(url: &Url) -> Vec<Rule> {
    let (scheme, Some(host)) = (url.scheme(), url.host_str()) else {
        return Vec::new();
    };
    if !matches!(scheme, "http" | "https") {
        return Vec::new();
    }
    let to = match url.port() {
        Some(port) => format!("any {port}"),
        None => "any any".to_owned(),
    };
    let mut path = url.path().to_owned();
    if let Some(query) = url.query() {
        path.push('?');
        path.push_str(query);
    }
    let mut rules = exactly(
        "http",
        &to,
        &[("http.host", host, ""), ("http.uri.raw", &path, "")],
    );
    if scheme == "https" && path == "/" && matches!(url.host(), Some(url::Host::Domain(_))) {
        rules.extend(exactly("tls", &to, &[("tls.sni", host, " nocase;")]));
    }
    rules
}

const ESTABLISHED: &str = "flow:established,to_server;";

/// A rule for what is equal to texts, if Suricata can compare with them.
fn exactly(protocol: &'static str, to: &str, compared: &[(&str, &str, &str)]) -> Vec<Rule> {
    if compared
        .iter()
        .any(|(_, text, _)| text.is_empty() || text.len() > LONGEST)
    {
        return Vec::new();
    }
    let parts = compared
        .iter()
        .map(|(keyword, text, more)| equal(keyword, text, more));
    let parts: Vec<String> = parts.collect();
    vec![Rule {
        protocol,
        to: to.to_owned(),
        compared: format!("{ESTABLISHED} {}", parts.join(" ")),
    }]
}

/// That what is seen is a text, and not only holds it.
fn equal(keyword: &str, text: &str, more: &str) -> String {
    format!(
        "{keyword}; content:\"{}\";{more} bsize:{};",
        content(text),
        text.len()
    )
}

/// A text to compare with: whatever means more than itself there, and all that is no plain letter, as bytes.
fn content(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => written.push(char::from(byte)),
            b' ' | b'.' | b'-' | b'_' | b'/' | b'=' | b'?' | b'&' | b'%' | b'~' | b'+' | b'*'
            | b'(' | b')' | b',' | b'@' => written.push(char::from(byte)),
            _ => {
                let _ = write!(written, "|{byte:02X}|");
            }
        }
    }
    written
}

/// Words in quotes, without what would end them.
fn words(text: &str) -> String {
    one_line(text)
        .replace(';', ",")
        .replace('"', "'")
        .replace('\\', "/")
}

/// An id as a value of metadata, which ends at a comma, and in which a space stands for nothing.
fn key(id: &str) -> String {
    let plain = |c: char| match c.is_alphanumeric() || "-_./:".contains(c) {
        true => c,
        false => '_',
    };
    id.chars().map(plain).collect()
}

/// An address without its scheme, as references have it.
fn reference(url: &str) -> String {
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut written = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ';' | '"' | '\\' | '\'' | ',' => {
                let _ = write!(written, "%{:02X}", u32::from(c));
            }
            c if c.is_whitespace() || c.is_control() => written.push_str("%20"),
            c => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_is_looked_for_where_it_is_seen_and_nothing_else_is() {
        let say = |text: &str| {
            let rules = rules(&Indicator::from_text(text).expect("an indicator")).into_iter();
            let rules = rules.map(|it| format!("{} {} {}", it.protocol, it.to, it.compared));
            rules
                .collect::<Vec<_>>()
                .join("\n")
                .replace("flow:established,to_server; ", "")
        };
        for (text, rules) in [
            ("198[.]51[.]100[.]1", "ip 198.51.100.1 any "),
            ("198.51.100.0/24", "ip 198.51.100.0/24 any "),
            ("198.51.100.1:8443", "tcp 198.51.100.1 8443 "),
            (
                "evil[.]example",
                "dns any any dns.query; content:\"evil.example\"; nocase; bsize:12;\n\
                 tls any any tls.sni; content:\"evil.example\"; nocase; bsize:12;",
            ),
            (
                "*.evil.example",
                "dns any any dns.query; content:\".evil.example\"; nocase; endswith;\n\
                 tls any any tls.sni; content:\".evil.example\"; nocase; endswith;",
            ),
            (
                "hxxp://evil[.]example:81/a;b?c=\"d\"",
                "http any 81 http.host; content:\"evil.example\"; bsize:12; \
                 http.uri.raw; content:\"/a|3B|b?c=%22d%22\"; bsize:14;",
            ),
            (
                "hxxps://evil[.]example",
                "http any any http.host; content:\"evil.example\"; bsize:12; http.uri.raw; content:\"/\"; bsize:1;\n\
                 tls any any tls.sni; content:\"evil.example\"; nocase; bsize:12;",
            ),
            (
                // Others lie on that host, too.
                "hxxps://drive[.]example/a",
                "http any any http.host; content:\"drive.example\"; bsize:13; http.uri.raw; content:\"/a\"; bsize:2;",
            ),
            ("192.0.2.1-192.0.2.20", ""),
            ("mutex: x", ""),
        ] {
            assert_eq!(say(text), rules, "{text}");
        }
    }

    #[test]
    fn no_two_rules_have_one_number() {
        let indicator = Indicator::from_text("evil[.]example").expect("an indicator");
        let rule = || domain("evil.example").remove(0);
        let mut taken = BTreeSet::new();
        let first = number(&indicator, &rule(), &mut taken);
        assert_eq!(number(&indicator, &rule(), &mut taken), first + 1);
        assert!(NUMBERS.contains(&first));
    }
}
