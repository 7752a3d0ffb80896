//! Addresses: IP, domain, URL, e-mail; and what a link's address has in common with them.

use super::IndicatorKind;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Endings of file names that no domain has; `invoice.exe` is a file, not a domain.
const FILE_ENDINGS: [&str; 36] = [
    "exe", "dll", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "pdf", "txt", "csv",
    "json", "xml", "yml", "yaml", "htm", "html", "php", "asp", "aspx", "jsp", "js", "vbs", "bat",
    "sys", "lnk", "rar", "iso", "msi", "png", "jpg", "gif", "tmp", "dat",
];

/// Reads an address that is not defanged.
pub(super) fn read(text: &str) -> Option<(IndicatorKind, String)> {
    if text.contains("://") {
        return url(text).map(|value| (IndicatorKind::Url, value));
    }
    ipv4(text)
        .map(|value| (IndicatorKind::Ipv4, value))
        .or_else(|| ipv6(text).map(|value| (IndicatorKind::Ipv6, value)))
        .or_else(|| email(text).map(|value| (IndicatorKind::Email, value)))
        .or_else(|| domain(text).map(|value| (IndicatorKind::Domain, value)))
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
    let mut forms = forms_of_url(url);
    if let Some(host) = host_of(url) {
        insert_host(&mut forms, &host);
    }
    forms.into_iter().collect()
}

/// The forms of a URL as a whole: as `http` and `https` alike, without fragment and final slash.
pub(super) fn forms_of_url(text: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    let Ok(mut parsed) = Url::parse(text) else {
        return forms;
    };
    parsed.set_fragment(None);
    let text = parsed.as_str();
    let rest = text
        .strip_prefix("https:")
        .or_else(|| text.strip_prefix("http:"));
    let form = match rest {
        Some(rest) => format!("http:{rest}"),
        None => text.to_owned(),
    };
    forms.insert(form.trim_end_matches('/').to_owned());
    forms
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

/// A host and, where it is a domain, those above it.
fn insert_host(forms: &mut BTreeSet<String>, host: &str) {
    forms.insert(host.to_owned());
    if host.parse::<Ipv4Addr>().is_ok() || host.contains(':') {
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
    match Url::parse(url).ok()?.host()? {
        Host::Domain(domain) => Some(domain.trim_end_matches('.').to_ascii_lowercase()),
        Host::Ipv4(ip) => Some(ip.to_string()),
        Host::Ipv6(ip) => Some(ip.to_string()),
    }
}

fn url(text: &str) -> Option<String> {
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
        && !FILE_ENDINGS.contains(&top.as_str());
    (text.len() <= 253 && plausible && fits(&top) && rest.split('.').all(fits)).then_some(())
}
