//! Who asks: somebody on this machine, or somebody elsewhere.
//!
//! Takes where a connection comes from and the head of a request; gives a [`Peer`]. Only the writer's own
//! browser is on this machine. A reverse proxy on this machine comes from here as well, but asks for
//! others. How proxies say so is not a list that ends (`Forwarded`, `X-Forwarded-For`, `Via`, what each
//! vendor made up), so the question is the other one: whether there is anything in the head that a browser
//! does not send by itself. Then the request counts as one from elsewhere.

use hyper::header::CONNECTION;
use hyper::{HeaderMap, Version};

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer {
    /// Whether it is on this machine: only then is it shown what stands in the files, and may it open
    /// the editor.
    pub here: bool,
}

/// What browsers and the usual tools send by themselves, beside `Sec-…`, which they keep to themselves. None
/// of these is added where a request is handed on. In order.
const OWN: [&str; 47] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "available-dictionary",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "device-memory",
    "dictionary-id",
    "dnt",
    "downlink",
    "dpr",
    "ect",
    "expect",
    "host",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "last-event-id",
    "origin",
    "ping-from",
    "ping-to",
    "pragma",
    "priority",
    "purpose",
    "range",
    "referer",
    "rtt",
    "save-data",
    "service-worker",
    "te",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "viewport-width",
    "width",
    "x-dossier-token",
    "x-moz",
    "x-purpose",
];

/// By what a request shows that it was handed on by a proxy; `None` where it shows nothing of the kind.
pub(super) fn handed_on(version: Version, headers: &HeaderMap) -> Option<&str> {
    let own = |name: &str| name.starts_with("sec-") || OWN.binary_search(&name).is_ok();
    if let Some(name) = headers.keys().find(|name| !own(name.as_str())) {
        return Some(name.as_str());
    }
    // nginx adds no header unless it is told to, but asks in a way that no browser does any more.
    let is_old = version == Version::HTTP_10 && headers.contains_key(CONNECTION);
    is_old.then_some("connection: close, in HTTP/1.0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::{HeaderName, HeaderValue};

    fn shows(version: Version, names: &[&'static str]) -> Option<String> {
        let headers = names.iter().map(|name| {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, HeaderValue::from_static(""))
        });
        handed_on(version, &headers.collect()).map(str::to_owned)
    }

    #[test]
    fn the_names_are_in_order() {
        assert!(OWN.is_sorted());
    }

    #[test]
    fn what_a_browser_sends_is_its_own() {
        let browser = [
            "Host",
            "Connection",
            "Cache-Control",
            "sec-ch-ua",
            "sec-ch-ua-platform",
            "DNT",
            "Upgrade-Insecure-Requests",
            "User-Agent",
            "Accept",
            "Sec-GPC",
            "Sec-Fetch-Site",
            "Referer",
            "Accept-Encoding",
            "Accept-Language",
            "Cookie",
            "If-None-Match",
            "Priority",
        ];
        assert_eq!(shows(Version::HTTP_11, &browser), None);
        let call = [
            "Host",
            "Origin",
            "Content-Type",
            "Content-Length",
            "X-Dossier-Token",
        ];
        assert_eq!(shows(Version::HTTP_11, &call), None);
        assert_eq!(shows(Version::HTTP_10, &["Host", "Accept"]), None);
    }

    #[test]
    fn what_a_proxy_adds_shows_it() {
        for name in [
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Port",
            "X-Forwarded-Server",
            "X-Forwarded-By",
            "X-Forwarded-Prefix",
            "X-Forwarded-Something-Of-Tomorrow",
            "X_Forwarded_For",
            "X-Forwarded",
            "Forwarded-For",
            "Via",
            "X-Real-IP",
            "X-Client-IP",
            "Client-IP",
            "True-Client-IP",
            "X-Cluster-Client-IP",
            "CF-Connecting-IP",
            "CF-Ray",
            "CDN-Loop",
            "Fastly-Client-IP",
            "Fly-Client-IP",
            "Tailscale-User-Login",
            "X-Original-URL",
            "X-Original-Host",
            "X-Rewrite-URL",
            "X-Scheme",
            "X-Request-Id",
            "X-Amzn-Trace-Id",
            "X-Envoy-Internal",
            "X-Varnish",
            "Traceparent",
            "Max-Forwards",
            "Front-End-Https",
            "Proxy-Connection",
            "Early-Data",
            "Remote-User",
            "Ngrok-Skip-Browser-Warning",
        ] {
            let shown = shows(Version::HTTP_11, &["Host", name, "User-Agent"]);
            assert_eq!(shown, Some(name.to_ascii_lowercase()));
        }
        assert!(shows(Version::HTTP_10, &["Host", "Connection"]).is_some());
        assert_eq!(shows(Version::HTTP_11, &["Host", "Connection"]), None);
    }
}
