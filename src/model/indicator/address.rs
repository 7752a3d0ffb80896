//! Addresses: IP, domain, URL, e-mail; and what a link's address has in common with them.

use super::host_based::{is_file_ending, is_file_or_domain};
use super::{IndicatorKind, top};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Reads an address; `marked` says that it was written defanged, or said to be one.
pub(super) fn read(text: &str, marked: bool) -> Option<(IndicatorKind, String)> {
    if text.contains("://") || is_magnet(text) {
        return url(text).map(|value| (IndicatorKind::Url, value));
    }
    let host = text.split(['/', ':']).next().unwrap_or(text);
    if !marked && is_file_or_domain(host) {
        return None;
    }
    let found = |kind| move |value| (kind, value);
    let bare = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let bare = bare.unwrap_or(text);
    ipv4(bare)
        .map(found(IndicatorKind::Ipv4))
        .or_else(|| ipv6(bare).map(found(IndicatorKind::Ipv6)))
        .or_else(|| email(text).map(found(IndicatorKind::Email)))
        .or_else(|| domain_or_all_below(text).map(found(IndicatorKind::Domain)))
        .or_else(|| host_port(text).map(found(IndicatorKind::HostPort)))
        .or_else(|| host_path(text).map(found(IndicatorKind::HostPath)))
        .filter(|(kind, value)| {
            marked || *kind == IndicatorKind::Email || is_of_the_internet(value)
        })
}

/// The last label of a plain text that has the shape of a domain, where no such top-level domain exists.
pub(crate) fn unknown_top(text: &str) -> Option<String> {
    let host = domain(text)?;
    let top = host.rsplit('.').next()?;
    (!top::exists(&host)).then(|| top.to_owned())
}

/// Whether a host, with what stands behind it, is an IP address or lies below a top-level domain.
/// `Agent.Generic` and `pe.exports` have the shape of a domain and are none.
fn is_of_the_internet(value: &str) -> bool {
    let ip = |text: &str| {
        text.split_once('/')
            .map_or(text, |(ip, _)| ip)
            .parse::<IpAddr>()
    };
    let host = value.split(['/', ':']).next().unwrap_or(value);
    value.starts_with('[') || ip(value).is_ok() || ip(host).is_ok() || top::exists(host)
}

/// Every form by which an indicator could name this address: the address itself, its host and the
/// domains above the host.
///
/// Compared with [`super::Indicator::address_forms`]: a link is to a known indicator when one of its
/// forms is among those of the dossier's indicators. A host below a known domain counts, for a
/// reader who follows `cdn.evil.example` is no safer than at `evil.example`.
#[must_use]
pub fn address_forms_of(url: &str) -> Vec<String> {
    if let Some((scheme, rest)) = url.split_once(':')
        && scheme.eq_ignore_ascii_case("mailto")
    {
        return forms_of_mail(rest);
    }
    let mut forms = BTreeSet::new();
    if let Ok(url) = Url::parse(url) {
        if let Some(host) = url.host().map(name_of) {
            insert_host(&mut forms, &host);
        }
        forms.insert(whole(url));
    }
    forms.into_iter().collect()
}

/// The form of a URL as a whole.
pub(super) fn forms_of_url(text: &str) -> BTreeSet<String> {
    Url::parse(text).map(whole).into_iter().collect()
}

/// A URL as a whole: as `http` and `https` alike, without fragment and final slash.
fn whole(mut url: Url) -> String {
    if url.fragment().is_some() {
        url.set_fragment(None);
    }
    let text = url.as_str();
    let rest = text
        .strip_prefix("https:")
        .or_else(|| text.strip_prefix("http:"));
    let form = match rest {
        Some(rest) => format!("http:{rest}"),
        None => text.to_owned(),
    };
    form.trim_end_matches('/').to_owned()
}

fn forms_of_mail(rest: &str) -> Vec<String> {
    let mut forms = BTreeSet::new();
    let to = rest.split('?').next().unwrap_or(rest);
    for address in to.split(',') {
        let decoded = percent_decode(address);
        if let Some(address) = email(decoded.trim()) {
            if let Some((_, host)) = address.split_once('@') {
                insert_host(&mut forms, host);
            }
            forms.insert(address);
        }
    }
    forms.into_iter().collect()
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    // The parser of the URL standard has no public decoder of its own: a query has one.
    let query = text.replace('+', "%2B");
    url::form_urlencoded::parse(query.as_bytes())
        .next()
        .map_or_else(|| text.to_owned(), |(key, _)| key.into_owned())
}

/// The forms of a URL that is listed. One that is no more than a host and a port (`tcp://host:port`) means
/// the host.
pub(super) fn forms_of_listed_url(value: &str) -> Vec<String> {
    let mut forms = forms_of_url(value);
    let web = ["http:", "https:"].iter().any(|web| value.starts_with(web));
    let bare = Url::parse(value).is_ok_and(|url| matches!(url.path(), "" | "/"));
    if !web && bare {
        forms.extend(host_of(value));
    }
    forms.into_iter().collect()
}

/// The forms of a URL without its scheme; of one without a path the host.
pub(super) fn forms_of_host_path(value: &str) -> Vec<String> {
    let url = format!("http://{value}");
    let mut forms = forms_of_url(&url);
    if value.ends_with('/') && value.matches('/').count() == 1 {
        forms.extend(host_of(&url));
    }
    forms.into_iter().collect()
}

/// A host with a port is listed because of the host: whatever the port, no link may lead there.
pub(super) fn forms_of_host_port(value: &str) -> Vec<String> {
    host_of(&format!("http://{value}")).into_iter().collect()
}

/// An IP address as it is; a network or a range as the networks of which it consists.
pub(super) fn forms_of_ips(value: &str) -> Vec<String> {
    if let Some((first, last)) = value.split_once('-') {
        let ends = first.parse().ok().zip(last.parse().ok());
        return ends.map_or_else(Vec::new, |(first, last)| networks(first, last));
    }
    let network = value.split_once('/').and_then(|(ip, length)| {
        let ip: IpAddr = ip.parse().ok()?;
        Some(network_form(ip, length.parse().ok()?))
    });
    vec![network.unwrap_or_else(|| value.to_owned())]
}

/// The fewest networks that hold the addresses from the first to the last, and no other.
fn networks(first: IpAddr, last: IpAddr) -> Vec<String> {
    let ((mut from, bits), (to, _)) = (number(first), number(last));
    let mut forms = Vec::new();
    while from <= to {
        // As many addresses as the first one's place allows, and as are left.
        let aligned = from.trailing_zeros().min(bits);
        let left = (to - from).checked_add(1).map_or(128, u128::ilog2);
        let step = aligned.min(left);
        forms.push(network_form(ip_of(from, bits), bits - step));
        let next = 1_u128
            .checked_shl(step)
            .and_then(|step| from.checked_add(step));
        let Some(next) = next else { break };
        from = next;
    }
    forms
}

/// The network of this length in which an address lies.
fn network_form(ip: IpAddr, length: u32) -> String {
    let (number, bits) = number(ip);
    let rest = bits.saturating_sub(length);
    let start = number.checked_shr(rest).and_then(|it| it.checked_shl(rest));
    format!("{}/{length}", ip_of(start.unwrap_or(0), bits))
}

fn number(ip: IpAddr) -> (u128, u32) {
    match ip {
        IpAddr::V4(ip) => (u128::from(u32::from(ip)), 32),
        IpAddr::V6(ip) => (u128::from(ip), 128),
    }
}

fn ip_of(number: u128, bits: u32) -> IpAddr {
    match u32::try_from(number) {
        Ok(number) if bits == 32 => IpAddr::V4(number.into()),
        _ => IpAddr::V6(number.into()),
    }
}

/// A host and, where it is a domain, those above it; where it is an IP address, the networks around it.
fn insert_host(forms: &mut BTreeSet<String>, host: &str) {
    forms.insert(host.to_owned());
    if let Ok(ip) = host.parse::<IpAddr>() {
        let (_, bits) = number(ip);
        forms.extend((0..=bits).map(|length| network_form(ip, length)));
        return;
    }
    let mut rest = host;
    while let Some((_, above)) = rest.split_once('.') {
        if !above.contains('.') {
            break;
        }
        forms.insert(above.to_owned());
        rest = above;
    }
}

/// The host of a URL as a browser would understand it: lower case, punycode, IP addresses in their
/// usual form (`http://0x7f.1/` is `127.0.0.1`), no brackets, no final dot.
fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host().map(name_of)
}

fn name_of(host: Host<&str>) -> String {
    match host {
        Host::Domain(domain) => domain.trim_end_matches('.').to_ascii_lowercase(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    }
}

/// `magnet:?xt=urn:btih:…`: it names what is shared, and no host.
fn is_magnet(text: &str) -> bool {
    text.strip_prefix("magnet:?xt=urn:")
        .is_some_and(|rest| rest.len() > 8)
}

fn url(text: &str) -> Option<String> {
    if is_magnet(text) {
        return Some(text.to_owned());
    }
    if let Some(share) = text.strip_prefix("file://") {
        return is_share(share).then(|| text.to_owned());
    }
    let parsed = Url::parse(text).ok()?;
    let host = parsed.host_str()?;
    let plausible = match parsed.host()? {
        // Schemes that browsers do not know leave the host as written.
        Host::Domain(domain) => {
            domain.parse::<Ipv4Addr>().is_ok() || domain == "localhost" || labels(domain).is_some()
        }
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    if host.is_empty() || !plausible {
        return None;
    }
    // The parser adds a slash after a bare host; analysts do not.
    let bare = parsed.path() == "/" && parsed.query().is_none() && !text.ends_with('/');
    let value = parsed.as_str();
    Some(match bare && parsed.fragment().is_none() {
        true => value.trim_end_matches('/').to_owned(),
        false => value.to_owned(),
    })
}

/// The host of a share and what lies on it; `host@80`, `host@SSL` and `host@SSL@443` are how Windows writes one
/// that is reached by WebDAV, and no parser of URLs reads them.
fn is_share(text: &str) -> bool {
    let Some((authority, path)) = text.split_once('/') else {
        return false;
    };
    let mut parts = authority.split('@');
    let host = parts.next().and_then(host_name);
    let port = |part: &str| part.eq_ignore_ascii_case("ssl") || part.parse::<u16>().is_ok();
    host.is_some() && !path.is_empty() && parts.all(port)
}

/// An IPv4 address or network: `192.0.2.1`, `192.0.2.0/24`.
fn ipv4(text: &str) -> Option<String> {
    let (ip, prefix) = network(text, 32)?;
    let ip: Ipv4Addr = ip.parse().ok()?;
    Some(format!("{ip}{prefix}"))
}

/// An IPv6 address or network, in its shortest form.
fn ipv6(text: &str) -> Option<String> {
    let (ip, prefix) = network(text, 128)?;
    let ip: Ipv6Addr = ip.parse().ok()?;
    Some(format!("{ip}{prefix}"))
}

/// The address and the prefix with its slash, if there is one.
fn network(text: &str, bits: u8) -> Option<(&str, &str)> {
    let Some(slash) = text.find('/') else {
        return Some((text, ""));
    };
    let (ip, prefix) = text.split_at(slash);
    let length: u8 = prefix[1..].parse().ok()?;
    (length <= bits && prefix[1..] == length.to_string()).then_some((ip, prefix))
}

/// `192.0.2.1-192.0.2.20`, `192.0.2.1 - 192.0.2.20`, `192.0.2.1-20`.
pub(super) fn range(text: &str) -> Option<String> {
    let (first, last) = text.split_once(['-', '–'])?;
    let (first, last) = (first.trim(), last.trim());
    let from: IpAddr = first.parse().ok()?;
    let short = || {
        let (start, _) = first.rsplit_once('.')?;
        let part: u8 = last.parse().ok()?;
        format!("{start}.{part}").parse().ok()
    };
    let to: IpAddr = last.parse().ok().or_else(short)?;
    (from.is_ipv4() == to.is_ipv4() && from < to).then(|| format!("{from}-{to}"))
}

/// `evil.example:8443`, `192.0.2.1:4444`, `[2001:db8::7]:8080`.
fn host_port(text: &str) -> Option<String> {
    let (host, port) = text.rsplit_once(':')?;
    let number: u16 = port.parse().ok()?;
    let fits = number > 0 && port == number.to_string();
    let host = match host.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        Some(ip) => format!("[{}]", ip.parse::<Ipv6Addr>().ok()?),
        None => host_name(host)?,
    };
    fits.then(|| format!("{host}:{port}"))
}

/// `evil.example/gate.php`, `192.0.2.1:8080/x`.
fn host_path(text: &str) -> Option<String> {
    let at = text.find('/')?;
    let (host, path) = text.split_at(at);
    let written = path.trim_start_matches('/');
    // A network whose length is none.
    let length = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    if path.starts_with("//") || (length && host.parse::<Ipv4Addr>().is_ok()) {
        return None;
    }
    let host = host_name(host).or_else(|| host_port(host))?;
    let parsed = Url::parse(&format!("http://{host}{path}")).ok()?;
    Some(format!("{host}{}", &parsed[url::Position::BeforePath..]))
}

fn host_name(text: &str) -> Option<String> {
    let ip = text.parse::<Ipv4Addr>().map(|ip| ip.to_string());
    ip.ok().or_else(|| domain(text))
}

/// A domain, or with `*.` all that lie below it.
fn domain_or_all_below(text: &str) -> Option<String> {
    match text.strip_prefix("*.") {
        Some(rest) => domain(rest).map(|domain| format!("*.{domain}")),
        None => domain(text),
    }
}

fn email(text: &str) -> Option<String> {
    let (local, host) = text.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let fits = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.');
    let host = domain(host)?;
    fits.then(|| format!("{}@{host}", local.to_lowercase()))
}

fn domain(text: &str) -> Option<String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    labels(text)?;
    let ascii = match Host::parse(text) {
        Ok(Host::Domain(domain)) => domain,
        // Names with an underscore are real, though no hosts.
        _ if text.is_ascii() => text.to_ascii_lowercase(),
        _ => return None,
    };
    labels(&ascii).map(|()| ascii)
}

/// Whether a text has the shape of a domain: labels with a dot between them, the last one no number
/// and no file ending.
fn labels(text: &str) -> Option<()> {
    let fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let (rest, top) = text.rsplit_once('.')?;
    let top = top.to_lowercase();
    let plausible = top.chars().count() >= 2
        && (top.starts_with("xn--") || top.chars().all(char::is_alphabetic))
        && !is_file_ending(&top);
    (text.len() <= 253 && plausible && fits(&top) && rest.split('.').all(fits)).then_some(())
}
