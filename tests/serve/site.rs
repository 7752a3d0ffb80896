//! What is served is what a build writes, less one line.

use super::support;
use super::wire::{CONFIG, Project, SVG, hash};
use dossier::model::Tlp;
use std::fs;

/// The line that a page has more than its built bytes.
fn without_script(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(page.to_vec()).unwrap();
    let start = "<script type=\"module\" src=\"/_dossier/live.js\" data-hash=\"";
    let at = text.find(start).expect("the live script");
    let end =
        at + start.len() + "0123456789abcdef\" data-look=\"0123456789abcdef\"></script>\n".len();
    assert!(
        text[end..].starts_with("</head>"),
        "directly before the end of the head"
    );
    format!("{}{}", &text[..at], &text[end..]).into_bytes()
}

#[test]
fn every_route_is_served_as_it_is_built() {
    let project = Project::sample();
    for (audience, tlp) in [("clear", Tlp::Clear), ("red", Tlp::Red)] {
        let server = project.serve(&["--audience", audience]);
        let built = support::Project::load(project.root()).audience(tlp).site();
        assert!(built.len() > 20);
        for (path, bytes) in &built {
            let answer = server.get(&format!("/t/{path}"));
            assert_eq!(answer.status, 200, "{path}");
            if path.ends_with(".html") {
                assert_eq!(&without_script(&answer.body), bytes, "{path}");
                let own = format!("{:016x}", dossier::text::hash(bytes));
                assert_eq!(hash(&answer.text()), own, "{path}");
            } else if let Some(from) = bytes.strip_prefix(b"copy of ") {
                let from = String::from_utf8(from.to_vec()).unwrap();
                let file = fs::read(project.root().join("content").join(from)).unwrap();
                assert_eq!(answer.body, file, "{path}");
            } else {
                assert_eq!(&answer.body, bytes, "{path}");
            }
            let address = path.strip_suffix("index.html").unwrap_or(path);
            assert_eq!(
                server.get(&format!("/t/{address}")).body,
                answer.body,
                "{path}"
            );
        }
    }
}

#[test]
fn answers_say_what_they_are_and_are_not_kept() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let kinds = [
        ("/t/", "text/html; charset=utf-8"),
        ("/t/assets/css/dossier.css", "text/css; charset=utf-8"),
        ("/t/assets/icon.svg", "image/svg+xml"),
        ("/t/actors/heron.svg", "image/svg+xml"),
        ("/t/feed.xml", "application/xml"),
        ("/t/feed.json", "application/feed+json"),
        ("/t/robots.txt", "text/plain; charset=utf-8"),
        ("/t/nothing", "text/html; charset=utf-8"),
    ];
    for (path, kind) in kinds {
        let answer = server.get(path);
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        let head = server.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len()), (answer.status, 0), "{path}");
        let length = answer.body.len().to_string();
        assert_eq!(
            head.header("content-length"),
            Some(length.as_str()),
            "{path}"
        );
    }
    // A drawing from elsewhere may hold a script: it does not run as this server's.
    let drawing = server.get("/t/actors/heron.svg");
    assert_eq!(drawing.text(), SVG);
    assert_eq!(drawing.header("content-security-policy"), Some("sandbox"));
}

#[test]
fn a_drawing_is_served_as_it_is_published() {
    let project = Project::sample();
    let acting = SVG.replace("/>", " onload=\"start()\"><script>start()</script></svg>");
    project.write("content/actors/heron.svg", &acting);
    let server = project.serve(&[]);
    let drawing = server.get("/t/actors/heron.svg");
    assert_eq!(drawing.text(), SVG);
    assert_eq!(drawing.header("content-type"), Some("image/svg+xml"));
}

#[test]
fn addresses_lead_where_a_reader_expects() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let table = [
        ("/", 302, Some("/t/")),
        ("/t", 301, Some("/t/")),
        ("/t/actors/heron", 301, Some("/t/actors/heron/")),
        ("/t/actors/%68eron", 301, Some("/t/actors/%68eron/")),
        ("/t/actors/heron/", 200, None),
        ("/t/actors/%68eron/", 200, None),
        ("/t/actors/heron/index.html", 200, None),
        ("/t/actors/heron/?q=1", 200, None),
        ("/t/actors/heron/index.html/", 404, None),
        ("/t/actors/nobody/", 404, None),
        ("/actors/heron/", 404, None),
        ("/favicon.ico", 404, None),
        ("/_dossier/none.js", 404, None),
    ];
    for (path, status, location) in table {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("location")),
            (status, location),
            "{path}"
        );
        if status == 404 && !path.starts_with("/_dossier/") {
            assert_eq!(answer.body, server.get("/t/404.html").body, "{path}");
        }
    }
}

#[test]
fn a_site_at_the_root_and_one_with_letters_of_its_own() {
    let project = Project::sample();
    project.write("dossier.toml", &CONFIG.replace("/t/", "/"));
    let server = project.serve(&[]);
    assert_eq!(server.get("/").status, 200);
    assert_eq!(
        server.get("/actors/heron").header("location"),
        Some("/actors/heron/")
    );
    assert_eq!(server.get("//actors/heron").status, 404);
    project.write("dossier.toml", &CONFIG.replace("/t/", "/é%20x/"));
    let server = project.serve(&[]);
    assert_eq!(server.get("/").header("location"), Some("/%C3%A9%20x/"));
    assert_eq!(server.get("/%c3%a9%20x/actors/heron/").status, 200);
}

#[test]
fn nothing_above_the_audience_can_be_reached() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let built = support::Project::load(project.root()).site();
    let mut paths: Vec<String> = built.keys().map(|path| format!("/t/{path}")).collect();
    paths.push("/t/actors/secret-canary/".to_owned());
    paths.push("/t/actors/secret-canary".to_owned());
    paths.push("/t/actors/secret-canary.md".to_owned());
    paths.push("/t/content/actors/secret-canary.md".to_owned());
    for page in ["actors/heron", "actors/secret-canary"] {
        paths.push(format!("/_dossier/source?path=/t/{page}/"));
    }
    for path in paths {
        let answer = server.get(&path);
        assert!(!answer.text().contains("CANARY"), "{path}");
    }
    for page in ["/t/actors/heron/", "/t/actors/secret-canary/"] {
        let mut events = server.events(page, "none");
        for _ in 0..3 {
            let (name, data) = events.next();
            assert!(!data.to_string().contains("CANARY"), "{name} of {page}");
        }
    }
    assert_eq!(server.get("/t/actors/secret-canary/").status, 404);
    let server = project.serve(&["--audience", "red"]);
    assert!(
        server
            .get("/t/actors/secret-canary/")
            .text()
            .contains("CANARY")
    );
}

#[test]
fn the_text_of_a_page_comes_with_the_lines_of_its_file() {
    let project = Project::sample();
    project.write(
        "content/notes/lines.md",
        "---\ntitle: Lines\n---\nOne.\n\n## Two\n\n- three\n- four\n\n> five\n\n```sh\nsix\n```\n\n\
         | a | b |\n|---|---|\n| c | d |\n\nTerm\n: What it is\n\n```ioc\nevil.example\n```\n",
    );
    let server = project.serve(&[]);
    let answer = server.get("/_dossier/source?path=/t/notes/lines/");
    let value: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(value["file"], "content/notes/lines.md");
    let prose = value["prose"].as_str().unwrap();
    let at = |words: &str| {
        let at = prose
            .find(words)
            .unwrap_or_else(|| panic!("{words} in {prose}"));
        let before = &prose[..at];
        let start = before.rfind("data-line=\"").expect("a line") + "data-line=\"".len();
        before[start..]
            .split('"')
            .next()
            .unwrap()
            .parse::<usize>()
            .unwrap()
    };
    for (words, line) in [
        ("One.", 4),
        ("Two", 6),
        ("three", 8),
        ("four", 9),
        ("five", 11),
        ("six", 13),
        ("<th", 17),
        (">c<", 19),
        ("Term", 21),
        ("What it is", 22),
        ("evil[.]example", 25),
    ] {
        assert_eq!(at(words), line, "{words}: {prose}");
    }
    // Less the lines, it is what the page shows.
    let mut plain = String::new();
    for (nth, piece) in prose.split(" data-line=\"").enumerate() {
        let piece = if nth == 0 {
            piece
        } else {
            piece.split_once('"').unwrap().1
        };
        plain.push_str(piece);
    }
    let page = server.get("/t/notes/lines/").text();
    // There the infobox may stand behind the lead.
    let (lead, rest) = plain.split_at(plain.find("<h2").unwrap());
    let at = page.find(lead.trim()).expect(lead);
    assert!(page[at..].contains(rest.trim()), "{plain}\n{page}");
    assert!(!page.contains("data-line"));
    for path in [
        "/t/tags/",
        "/t/actors/",
        "/t/nothing/",
        "/t/feed.xml",
        "",
        "../../etc/passwd",
    ] {
        assert_eq!(
            server.get(&format!("/_dossier/source?path={path}")).status,
            404,
            "{path}"
        );
    }
}
