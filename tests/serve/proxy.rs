//! What a proxy on this machine hands on is asked by somebody elsewhere.

use super::wire::{CONFIG, Project, Server, eventually};
use serde_json::Value;

const OTTER: &str = "/t/notes/otter/";

/// A header of each kind of proxy; the last is one that nobody has made up yet.
const SIGNS: [(&str, &str); 12] = [
    ("Forwarded", "for=203.0.113.7;proto=https"),
    ("X-Forwarded-For", "203.0.113.7"),
    ("X-Forwarded-For", "127.0.0.1"),
    ("x-forwarded-host", "dossier.example"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Server", ""),
    ("X-Real-IP", "203.0.113.7"),
    ("Via", "1.1 proxy"),
    ("CF-Connecting-IP", "203.0.113.7"),
    ("Tailscale-User-Login", "somebody@example.org"),
    ("X-Original-URL", "/"),
    ("X-Of-Tomorrow-Client", "203.0.113.7"),
];

/// What the first events of a page say, asked for with a further header.
fn told(server: &Server, sign: (&str, &str)) -> (Value, Value) {
    let mut events = server.events_with(OTTER, "", &[sign]);
    let (name, hello) = events.next();
    assert_eq!(name, "hello");
    (hello, events.until("problems"))
}

fn open(server: &Server, token: &str, signs: &[(&str, &str)]) -> u16 {
    let mut headers = vec![("X-Dossier-Token", token)];
    headers.extend(signs);
    let body = r#"{"path": "content/notes/otter.md"}"#;
    server.send("POST", "/_dossier/open", &headers, body).status
}

#[test]
fn who_comes_by_a_proxy_is_shown_nothing_of_the_files() {
    let project = Project::sample();
    let touch = "[serve]\neditor = \"touch '{file} was opened'\"\n";
    project.write("dossier.toml", &format!("{CONFIG}{touch}"));
    let server = project.serve(&[]);
    let token = server.token();
    let source = format!("/_dossier/source?path={OTTER}");
    assert_eq!(server.get(&source).status, 200);
    for sign in SIGNS {
        assert_eq!(open(&server, &token, &[sign]), 403, "{sign:?}");
        assert_eq!(server.ask("GET", &source, &[sign]).status, 404, "{sign:?}");
        let page = server.ask("GET", OTTER, &[sign]);
        assert_eq!(page.status, 200, "{sign:?}");
        assert_eq!(told(&server, sign).0["token"], Value::Null, "{sign:?}");
    }
    let touched = project.root().join("content/notes/otter.md was opened");
    assert!(!touched.exists());
    assert_eq!(open(&server, &token, &[]), 204);
    eventually("the writer's editor opens", || touched.exists());
    eventually("it is said once", || {
        server.said().contains("by way of a proxy")
    });
    assert_eq!(server.said().matches("by way of a proxy").count(), 1);
}

#[test]
fn who_comes_by_a_proxy_sees_no_site_while_there_are_errors() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut writer = server.watching(OTTER);
    let mut streams: Vec<_> = SIGNS
        .iter()
        .map(|sign| server.events_with(OTTER, "", &[*sign]))
        .collect();
    for events in &mut streams {
        events.until("page");
    }
    project.write(
        "content/notes/otter.md",
        "---\ntitle: Otter\n---\nCANARY [[nobody]]\n",
    );
    assert_eq!(
        writer.until("problems")["problems"][0]["code"],
        "unresolved-link"
    );
    // Pages that were open before the error, and those that are opened now.
    for (events, sign) in streams.iter_mut().zip(SIGNS) {
        let (_, first) = told(&server, sign);
        let later = loop {
            let told = events.until("problems");
            if told["errors"] == 1 {
                break told;
            }
        };
        for problems in [first, later] {
            assert_eq!(
                (&problems["errors"], &problems["stale"]),
                (&1.into(), &true.into())
            );
            assert_eq!(problems["problems"], Value::Array(Vec::new()), "{sign:?}");
        }
        let page = server.ask("GET", OTTER, &[sign]);
        assert_eq!(page.status, 503, "{sign:?}");
        assert!(!page.text().contains("A note."), "{sign:?}");
    }
    assert_eq!(server.get(OTTER).status, 200);
}

/// On one connection a proxy asks for many, and a browser of the writer's is no proxy.
#[test]
fn each_request_is_judged_by_itself() {
    let project = Project::sample();
    project.write("content/notes/otter.md", "---\ntitle: [\n---\n");
    let server = project.serve(&[]);
    let host = &server.host;
    let browser = "User-Agent: Mozilla/5.0\r\nAccept: */*\r\nAccept-Language: en\r\nCookie: a=b\r\n\
                   Sec-Fetch-Site: same-origin\r\nsec-ch-ua: \"x\"\r\nDNT: 1\r\nPragma: no-cache\r\n";
    let ask =
        |headers: &str| format!("GET /_dossier/events HTTP/1.0\r\nHost: {host}\r\n{headers}\r\n");
    let here = |request: String| {
        let mut events = server.events_raw(&request);
        events.next().1["token"].is_string()
    };
    assert!(here(ask(browser)));
    assert!(!here(ask(&format!("{browser}Via: 1.1 x\r\n"))));
    // As nginx asks where it is told nothing else.
    assert!(!here(ask(&format!("Connection: close\r\n{browser}"))));
    // A public name is refused as it is from anybody.
    let public = [
        ("Host", "dossier.example"),
        ("X-Forwarded-For", "203.0.113.7"),
    ];
    assert_eq!(server.ask("GET", "/t/", &public).status, 403);

    let two = format!(
        "GET /_dossier/source?path=/t/notes/quiet/ HTTP/1.1\r\nHost: {host}\r\n\r\n\
         GET /t/ HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n"
    );
    let answers = server.raw(two.as_bytes()).unwrap().text();
    assert!(answers.contains("503 Service Unavailable"), "{answers}");
}
