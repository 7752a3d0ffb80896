//! What the server does not do, whoever asks.

use super::wire::{CONFIG, LONG, Project, Server, eventually};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn foreign_hosts_and_pages_are_refused() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let port = server.host.rsplit(':').next().unwrap().to_owned();
    let page = "/t/actors/heron/";
    let host = |host: &str| server.ask("GET", page, &[("Host", host)]).status;
    assert_eq!(host(&format!("localhost:{port}")), 200);
    assert_eq!(host(&format!("[::1]:{port}")), 200);
    for foreign in [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "10.1.2.3",
        "x@localhost",
    ] {
        assert!([400, 403].contains(&host(foreign)), "{foreign}");
    }
    for request in [
        format!("GET {page} HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET {page} HTTP/1.0\r\n\r\n"),
        format!(
            "GET {page} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        ),
        format!(
            "GET http://evil.example{page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        ),
    ] {
        let status = server.raw(request.as_bytes()).unwrap().status;
        assert!([400, 403].contains(&status), "{status} to {request}");
    }
    let own = format!("http://{}", server.host);
    assert_eq!(server.ask("GET", page, &[("Origin", &own)]).status, 200);
    for origin in [
        "http://evil.example",
        "null",
        "http://localhost:1",
        "https://127.0.0.1",
    ] {
        for path in [page, "/_dossier/events", "/_dossier/source"] {
            assert_eq!(
                server.ask("GET", path, &[("Origin", origin)]).status,
                403,
                "{origin} {path}"
            );
        }
    }
    for site in ["cross-site", "same-site"] {
        let headers = [("Sec-Fetch-Site", site)];
        assert_eq!(server.ask("GET", "/_dossier/events", &headers).status, 403);
        assert_eq!(server.ask("GET", page, &headers).status, 200);
    }
}

#[test]
fn no_path_leaves_the_site() {
    let project = Project::sample();
    project.write("secret.txt", "SECRET");
    let server = project.serve(&[]);
    let root = project.root().to_str().unwrap();
    let paths = [
        "/t/../dossier.toml",
        "/t/../../secret.txt",
        "/t/%2e%2e/secret.txt",
        "/t/..%2fsecret.txt",
        "/t/%2e%2e%2fsecret.txt",
        "/t/%252e%252e%252fsecret.txt",
        "/t/..%5csecret.txt",
        "/t/..\\secret.txt",
        "/t/secret.txt%00",
        "/t/%00",
        "/t//secret.txt",
        "//secret.txt",
        "/t/actors/heron.svg%00.html",
        "/t/actors/../../secret.txt",
        "/t/./secret.txt",
        "/t/content/actors/heron.md",
        "/t/dossier.toml",
        "/secret.txt",
        "/_dossier/../secret.txt",
        "/_dossier/%2e%2e/secret.txt",
        "/_dossier/..%2f..%2fCargo.toml",
        "/_dossier/",
        "/_dossier/.",
        "/t/%ff%fe",
        "/t/%",
        "/t/%zz",
        "/t/C:%5csecret.txt",
        "*",
        &format!("/t{root}/secret.txt"),
        &format!("{root}/secret.txt"),
        "/etc/passwd",
        "file:///etc/passwd",
        "/t/file:///etc/passwd",
    ];
    for path in paths {
        let answer = server.ask("GET", path, &[]);
        assert!(
            [400, 403, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        let text = answer.text();
        assert!(
            !text.contains("SECRET") && !text.contains("default_tlp"),
            "{path}"
        );
        assert!(!text.contains("root:"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_copied_file_that_has_become_a_way_out_is_not_followed() {
    let project = Project::sample();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret"), "SECRET").unwrap();
    let server = project.serve(&[]);
    let drawing = "/t/actors/heron.svg";
    assert_eq!(server.get(drawing).status, 200);
    project.remove("content/actors/heron.svg");
    let link = project.root().join("content/actors/heron.svg");
    std::os::unix::fs::symlink(outside.path().join("secret"), link).unwrap();
    for _ in 0..20 {
        let answer = server.get(drawing);
        assert!(!answer.text().contains("SECRET"));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn only_reading_is_allowed() {
    let project = Project::sample();
    let server = project.serve(&[]);
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND",
    ] {
        let answer = server.ask(method, "/t/", &[]);
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
        let answer = server.ask(method, "/_dossier/events", &[]);
        assert_eq!(answer.status, 405, "{method}");
    }
    let answer = server.ask("GET", "/_dossier/open", &[]);
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    let connect = format!(
        "CONNECT evil.example:80 HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.host
    );
    assert!(server.raw(connect.as_bytes()).unwrap().status >= 400);
}

#[test]
fn heads_are_bounded() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let long = "x".repeat(40_000);
    assert_eq!(server.ask("GET", "/t/", &[("X-Long", &long)]).status, 431);
    let path = format!("/t/{long}");
    let refused = server.raw(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
    assert!([414, 431].contains(&refused.unwrap().status));
    let many: Vec<String> = (0..100).map(|nth| format!("X-{nth}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "1")).collect();
    assert_eq!(server.ask("GET", "/t/", &many).status, 431);
    for noise in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"[..],
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
    ] {
        let answer = server.raw(noise);
        assert!(answer.is_none_or(|answer| answer.status == 400));
    }
    assert_eq!(server.get("/t/").status, 200);
}

/// Of those who send their heads slowly, and of connections that rest, none stays, also where nobody wants
/// their places; and nobody waits for them to go.
#[test]
fn slow_clients_are_let_go() {
    let project = Project::sample();
    let server = project.serve(&[]);
    assert_eq!(server.get("/t/").status, 200, "the dossier is read");
    let start = Instant::now();
    let mut slow = server.connect();
    slow.write_all(b"GET /t/ HTTP/1.1\r\nHost: localh").unwrap();
    let mut resting = server.connect();
    let request = format!(
        "GET /t/robots.txt HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.host
    );
    resting.write_all(request.as_bytes()).unwrap();
    let silent: Vec<TcpStream> = (0..190).map(|_| server.connect()).collect();
    let asked = Instant::now();
    assert_eq!(server.get("/t/robots.txt").status, 200);
    assert!(asked.elapsed() < Duration::from_secs(1), "it did not wait");
    let mut rest = Vec::new();
    for mut stream in silent.into_iter().chain([slow, resting]) {
        let _ = stream.read_to_end(&mut rest);
        assert!(start.elapsed() < LONG);
    }
}

/// Pages that are open at one time are bounded, and those that were closed are forgotten.
#[test]
fn closed_pages_make_room() {
    let project = Project::sample();
    let server = project.serve(&[]);
    for _ in 0..3 {
        let mut open = None;
        eventually("there is room for all", || {
            open = fill(&server);
            open.is_some()
        });
        let one_more = server.get("/_dossier/events?path=/t/");
        assert_eq!(one_more.status, 503);
        assert_eq!(server.get("/t/").status, 200, "pages are still served");
    }
}

/// Opens as many pages as may be open; `None` where not all could be.
fn fill(server: &Server) -> Option<Vec<TcpStream>> {
    let open = (0..128).map(|_| {
        let mut stream = server.connect();
        let head = format!(
            "GET /_dossier/events HTTP/1.0\r\nHost: {}\r\n\r\n",
            server.host
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut begin = [0; 12];
        stream.read_exact(&mut begin).unwrap();
        (&begin[9..] == b"200").then_some(stream)
    });
    open.collect()
}

fn call(server: &Server, token: &str, body: &str) -> (u16, String) {
    let headers = [
        ("X-Dossier-Token", token),
        ("Content-Type", "application/json"),
    ];
    let answer = server.send("POST", "/_dossier/open", &headers, body);
    (answer.status, answer.text())
}

#[test]
fn the_editor_opens_files_of_the_project_for_pages_of_the_server() {
    let project = Project::sample();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x"), "").unwrap();
    project.write(
        "dossier.toml",
        &format!("{CONFIG}[serve]\neditor = \"touch '{{file}} {{line}};{{column}} $(id)'\"\n"),
    );
    let server = project.serve(&[]);
    let token = server.token();
    let body = r#"{"path": "content/notes/otter.md", "line": 12, "column": 3}"#;
    for wrong in ["", "0123", &"0".repeat(32)] {
        assert_eq!(call(&server, wrong, body).0, 403);
    }
    assert_eq!(server.send("POST", "/_dossier/open", &[], body).status, 403);
    let cross = [
        ("X-Dossier-Token", token.as_str()),
        ("Origin", "http://evil.example"),
    ];
    assert_eq!(
        server.send("POST", "/_dossier/open", &cross, body).status,
        403
    );
    let touched = project.root().join("content/notes/otter.md 12;3 $(id)");
    assert!(!touched.exists());

    assert_eq!(call(&server, &token, body), (204, String::new()));
    eventually("the editor was started, without a shell", || {
        touched.exists()
    });
    for path in [
        "../x",
        "content/../../x",
        outside.path().join("x").to_str().unwrap(),
        "/etc/passwd",
        "content/none.md",
        "content",
        "",
        "content/notes/otter.md\\u0000",
    ] {
        let body = format!("{{\"path\": \"{path}\"}}");
        let (status, message) = call(&server, &token, &body);
        assert_eq!(status, 404, "{path}: {message}");
        assert!(message.contains("\"message\""), "{message}");
    }
    for body in [
        "",
        "x",
        "{}",
        "{\"path\": 1}",
        "{\"path\": \"a\", \"line\": -1}",
    ] {
        assert_eq!(call(&server, &token, body).0, 400, "{body}");
    }
    let long = format!("{{\"path\": \"{}\"}}", "x".repeat(20_000));
    assert_eq!(call(&server, &token, &long).0, 400);
}

#[test]
fn without_an_editor_the_answer_shows_the_line_to_write() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let token = server.token();
    let body = r#"{"path": "content/notes/otter.md"}"#;
    let (status, message) = call(&server, &token, body);
    assert_eq!(status, 409);
    assert!(
        message.contains("code --goto {file}:{line}:{column}"),
        "{message}"
    );
    project.write(
        "dossier.toml",
        &format!("{CONFIG}[serve]\neditor = \"no-such-editor {{file}}\"\n"),
    );
    eventually("the configuration is read again", || {
        call(&server, &token, body).0 == 500
    });
    assert!(call(&server, &token, body).1.contains("no-such-editor"));
}
