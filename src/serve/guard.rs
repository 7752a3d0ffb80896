//! The door: what is asked from elsewhere is refused.
//!
//! A page of another site can make a browser send requests here, and with a name of its own that leads
//! to this machine (DNS rebinding) read the answers. So the host that is asked for must be one that
//! no stranger can give a name to: an address in digits, `localhost`, or the name that the server was
//! started with. Where a browser says whose page asks, it must be a page of this server.

use hyper::header::{HOST, ORIGIN};
use hyper::{HeaderMap, Method, StatusCode, Uri};
use std::net::IpAddr;

/// The only address that takes something.
pub(super) const OPEN: &str = "/_dossier/open";

/// Below here lies what belongs to the server, not to the site.
pub(super) const OWN: &str = "/_dossier/";

/// The hosts that may be asked for.
#[derive(Debug)]
pub(super) struct Hosts {
    /// Whether only this machine can reach the server.
    loopback: bool,
    /// The name that the server was started with.
    name: String,
}

/// Why a request is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub sentence: String,
}

impl Hosts {
    pub(super) fn new(name: &str, loopback: bool) -> Hosts {
        Hosts {
            loopback,
            name: name.to_ascii_lowercase(),
        }
    }

    /// Whether a host, without its port, may be asked for.
    fn knows(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        if host == "localhost" {
            return true;
        }
        let digits = host.trim_start_matches('[').trim_end_matches(']');
        match digits.parse::<IpAddr>() {
            Ok(ip) => !self.loopback || ip.is_loopback() || digits == self.name,
            Err(_) => host == self.name,
        }
    }
}

/// Looks at the head of a request.
pub(super) fn check(
    hosts: &Hosts,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    let host = host(headers)?;
    let named = uri.host().unwrap_or(host.1.as_str());
    if !hosts.knows(&host.1) || !hosts.knows(named) {
        return Err(refusal(
            StatusCode::FORBIDDEN,
            format!(
                "this server does not answer to `{}`; `dossier serve --host NAME` names another host",
                host.0
            ),
        ));
    }
    if let Some(origin) = headers.get(ORIGIN) {
        let own = ["http://", "https://"].map(|scheme| format!("{scheme}{}", host.0));
        let is_own = |origin: &str| own.iter().any(|own| own.eq_ignore_ascii_case(origin));
        if !origin.to_str().is_ok_and(is_own) {
            return Err(foreign());
        }
    }
    if uri.path().starts_with(OWN) {
        let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
        if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
            return Err(foreign());
        }
    }
    let allowed = match uri.path() {
        OPEN => method == Method::POST,
        _ => method == Method::GET || method == Method::HEAD,
    };
    if !allowed {
        return Err(refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("`{method}` is not allowed here"),
        ));
    }
    Ok(())
}

/// The one `Host` of a request: as it was written, and without its port.
fn host(headers: &HeaderMap) -> Result<(String, String), Refusal> {
    let bad = || refusal(StatusCode::BAD_REQUEST, "one `Host` is needed".to_owned());
    let mut written = headers.get_all(HOST).iter();
    let (Some(host), None) = (written.next(), written.next()) else {
        return Err(bad());
    };
    let host = host.to_str().map_err(|_| bad())?;
    let uri: Uri = format!("http://{host}/").parse().map_err(|_| bad())?;
    match uri.authority() {
        Some(authority) if authority.as_str() == host && !host.contains('@') => {
            Ok((host.to_owned(), authority.host().to_owned()))
        }
        _ => Err(bad()),
    }
}

fn foreign() -> Refusal {
    refusal(
        StatusCode::FORBIDDEN,
        "a page of another site may not ask this server".to_owned(),
    )
}

fn refusal(status: StatusCode, sentence: String) -> Refusal {
    Refusal { status, sentence }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::{HeaderName, HeaderValue};

    fn status(hosts: &Hosts, method: Method, uri: &str, headers: &[(&'static str, &str)]) -> u16 {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::from_static(name);
            map.append(name, HeaderValue::from_str(value).unwrap());
        }
        let uri: Uri = uri.parse().unwrap();
        match check(hosts, &method, &uri, &map) {
            Ok(()) => 200,
            Err(refusal) => refusal.status.as_u16(),
        }
    }

    fn asked(hosts: &Hosts, host: &str) -> u16 {
        status(hosts, Method::GET, "/", &[("host", host)])
    }

    #[test]
    fn on_loopback_only_this_machine_has_a_name() {
        let hosts = Hosts::new("127.0.0.1", true);
        for host in [
            "localhost:4000",
            "LOCALHOST",
            "127.0.0.1:4000",
            "127.8.9.1",
            "[::1]:80",
        ] {
            assert_eq!(asked(&hosts, host), 200, "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "10.0.0.1:4000",
            "127.0.0.1.nip.io",
            "localhost.",
            "[::2]",
        ] {
            assert_eq!(asked(&hosts, host), 403, "{host}");
        }
        for host in [
            "",
            "a b",
            "u@localhost",
            "localhost/x",
            "localhost:4000/",
            "[::1",
        ] {
            assert_eq!(asked(&hosts, host), 400, "{host:?}");
        }
        assert_eq!(status(&hosts, Method::GET, "/", &[]), 400);
        let two = [("host", "localhost"), ("host", "localhost")];
        assert_eq!(status(&hosts, Method::GET, "/", &two), 400);
    }

    #[test]
    fn on_all_addresses_digits_and_the_given_name_are_known() {
        let hosts = Hosts::new("dossier.lan", false);
        for host in [
            "dossier.lan:4000",
            "Dossier.LAN",
            "192.168.1.5:4000",
            "[fe80::1]",
            "localhost",
        ] {
            assert_eq!(asked(&hosts, host), 200, "{host}");
        }
        for host in ["evil.example", "x.dossier.lan"] {
            assert_eq!(asked(&hosts, host), 403, "{host}");
        }
    }

    #[test]
    fn the_whole_address_of_a_request_is_looked_at() {
        let hosts = Hosts::new("127.0.0.1", true);
        let own = [("host", "localhost:4000")];
        assert_eq!(
            status(&hosts, Method::GET, "http://localhost:4000/", &own),
            200
        );
        assert_eq!(
            status(&hosts, Method::GET, "http://evil.example/", &own),
            403
        );
    }

    #[test]
    fn only_pages_of_this_server_may_ask() {
        let hosts = Hosts::new("127.0.0.1", true);
        let from = |path: &str, name: &'static str, value: &str| {
            status(
                &hosts,
                Method::GET,
                path,
                &[("host", "localhost:4000"), (name, value)],
            )
        };
        assert_eq!(from("/", "origin", "http://localhost:4000"), 200);
        for origin in [
            "http://localhost:3000",
            "http://evil.example",
            "null",
            "http://localhost",
        ] {
            assert_eq!(from("/", "origin", origin), 403, "{origin}");
        }
        // A link from another site leads to a page; what belongs to the server is not for it.
        assert_eq!(from("/", "sec-fetch-site", "cross-site"), 200);
        assert_eq!(
            from("/_dossier/events", "sec-fetch-site", "same-origin"),
            200
        );
        assert_eq!(from("/_dossier/events", "sec-fetch-site", "none"), 200);
        for site in ["cross-site", "same-site"] {
            assert_eq!(
                from("/_dossier/events", "sec-fetch-site", site),
                403,
                "{site}"
            );
        }
    }

    #[test]
    fn nothing_is_taken_but_the_call_to_open() {
        let hosts = Hosts::new("127.0.0.1", true);
        let by = |method, path| status(&hosts, method, path, &[("host", "localhost")]);
        assert_eq!(by(Method::HEAD, "/"), 200);
        assert_eq!(by(Method::POST, OPEN), 200);
        for method in [
            Method::POST,
            Method::PUT,
            Method::DELETE,
            Method::OPTIONS,
            Method::CONNECT,
        ] {
            assert_eq!(by(method, "/"), 405);
        }
        assert_eq!(by(Method::GET, OPEN), 405);
        assert_eq!(by(Method::POST, "/_dossier/events"), 405);
    }
}
