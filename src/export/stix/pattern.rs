//! Indicators as patterns of STIX: refanged, each an exact comparison.
//!
//! Gives none where STIX has no object for what is compared (a wallet, a TLS fingerprint), or where a pattern would find
//! something else than the indicator (a range of addresses that is no network).

use crate::model::Indicator;
use crate::model::indicator::IndicatorKind;
use std::net::IpAddr;

/// The pattern of an indicator, with the file of which it is the hash.
pub(in crate::export) fn of(indicator: &Indicator, file: Option<&Indicator>) -> Option<String> {
    let Indicator { kind, value } = indicator;
    let is = |path: &str| Some(format!("{path} = {}", quoted(value)));
    let hash = |name: &str| {
        let file = file.map(named).map(|named| format!(" AND {named}"));
        let file = file.unwrap_or_default();
        Some(format!("file:hashes.{name} = {}{file}", quoted(value)))
    };
    let compared = match kind {
        // A network has the type of its addresses.
        IndicatorKind::Ipv4 | IndicatorKind::Ipv6 | IndicatorKind::IpRange
            if value.contains('/') =>
        {
            network(value)
        }
        IndicatorKind::Ipv4 => is("ipv4-addr:value"),
        IndicatorKind::Ipv6 => is("ipv6-addr:value"),
        IndicatorKind::IpRange => None,
        IndicatorKind::Asn => {
            let number: String = value.chars().filter(char::is_ascii_digit).collect();
            let number: u32 = number.parse().ok()?;
            Some(format!("autonomous-system:number = {number}"))
        }
        IndicatorKind::Domain => match value.strip_prefix("*.") {
            Some(above) => Some(format!(
                "domain-name:value LIKE {}",
                quoted(&format!("%.{above}"))
            )),
            None => is("domain-name:value"),
        },
        IndicatorKind::HostPort => host_port(value),
        IndicatorKind::HostPath => {
            let at = |scheme: &str| quoted(&format!("{scheme}://{value}"));
            Some(format!(
                "url:value = {} OR url:value = {}",
                at("http"),
                at("https")
            ))
        }
        IndicatorKind::Url => is("url:value"),
        IndicatorKind::Email => is("email-addr:value"),
        IndicatorKind::UserAgent => {
            is("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'")
        }
        IndicatorKind::Md5 => hash("MD5"),
        IndicatorKind::Sha1 => hash("'SHA-1'"),
        IndicatorKind::Sha224 => hash("'SHA-224'"),
        IndicatorKind::Sha256 => hash("'SHA-256'"),
        IndicatorKind::Sha384 => hash("'SHA-384'"),
        IndicatorKind::Sha512 => hash("'SHA-512'"),
        IndicatorKind::Ssdeep => hash("SSDEEP"),
        IndicatorKind::Tlsh => hash("TLSH"),
        IndicatorKind::FileName | IndicatorKind::FilePath => Some(named(indicator)),
        IndicatorKind::Registry => is("windows-registry-key:key"),
        IndicatorKind::Mutex => is("mutex:name"),
        IndicatorKind::Ja3
        | IndicatorKind::Ja4
        | IndicatorKind::Jarm
        | IndicatorKind::Pipe
        | IndicatorKind::Cve
        | IndicatorKind::Wallet => None,
    };
    compared.map(|compared| format!("[{compared}]"))
}

/// A file by its name, and by its folder where that is known.
fn named(file: &Indicator) -> String {
    let path = file.value.as_str();
    match path.rfind(['/', '\\']) {
        Some(at) if at > 0 && at + 1 < path.len() => {
            let (folder, name) = path.split_at(at);
            let name = name.get(1..).unwrap_or(name);
            format!(
                "file:name = {} AND file:parent_directory_ref.path = {}",
                quoted(name),
                quoted(folder)
            )
        }
        _ => format!("file:name = {}", quoted(path)),
    }
}

/// A network; a range that is none has no pattern.
fn network(value: &str) -> Option<String> {
    let (address, length) = value.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    length.parse::<u8>().ok()?;
    let kind = match address {
        IpAddr::V4(_) => "ipv4-addr",
        IpAddr::V6(_) => "ipv6-addr",
    };
    Some(format!("{kind}:value ISSUBSET {}", quoted(value)))
}

fn host_port(value: &str) -> Option<String> {
    let (host, port) = value.rsplit_once(':')?;
    let port: u16 = port.parse().ok()?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let kind = match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => "ipv4-addr",
        Ok(IpAddr::V6(_)) => "ipv6-addr",
        Err(_) => "domain-name",
    };
    Some(format!(
        "network-traffic:dst_ref.type = '{kind}' AND network-traffic:dst_ref.value = {} AND network-traffic:dst_port = {port}",
        quoted(host)
    ))
}

/// A text in a pattern.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_is_compared_as_what_it_is() {
        let say = |text: &str| of(&Indicator::from_text(text).expect("an indicator"), None);
        for (text, pattern) in [
            ("198[.]51[.]100[.]1", "[ipv4-addr:value = '198.51.100.1']"),
            (
                "198.51.100.0/24",
                "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
            ),
            ("evil[.]example", "[domain-name:value = 'evil.example']"),
            (
                "*.evil.example",
                "[domain-name:value LIKE '%.evil.example']",
            ),
            ("AS64496", "[autonomous-system:number = 64496]"),
            (
                "evil.example:8443",
                "[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'evil.example' AND network-traffic:dst_port = 8443]",
            ),
            (
                "hxxps://evil[.]example/a",
                "[url:value = 'https://evil.example/a']",
            ),
            (
                "a[@]evil[.]example",
                "[email-addr:value = 'a@evil.example']",
            ),
            ("mutex: it's", "[mutex:name = 'it\\'s']"),
            (
                "C:\\Windows\\Temp\\a.exe",
                "[file:name = 'a.exe' AND file:parent_directory_ref.path = 'C:\\\\Windows\\\\Temp']",
            ),
        ] {
            assert_eq!(say(text).as_deref(), Some(pattern), "{text}");
        }
        for none in ["192.0.2.1-192.0.2.20", "CVE-2018-4878"] {
            assert_eq!(say(none), None, "{none}");
        }
    }
}
