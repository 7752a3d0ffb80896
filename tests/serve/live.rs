//! What open pages are told while files change.

use super::wire::{CONFIG, Project, SVG, eventually, hash, look};
use serde_json::Value;
use std::time::Duration;

const HERON: &str = "/t/actors/heron/";
const OTTER: &str = "/t/notes/otter/";

fn otter(text: &str) -> String {
    format!("---\ntitle: Otter\n---\n{text}\n")
}

fn codes(problems: &Value) -> Vec<&str> {
    let problems = problems["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect()
}

#[test]
fn a_page_that_connects_is_brought_up_to_date() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let page = server.get(OTTER).text();
    let mut events = server.events(OTTER, &hash(&page));
    let (name, hello) = events.next();
    assert_eq!(name, "hello");
    assert_eq!(hello["generation"], 1);
    assert_eq!(hello["token"].as_str().unwrap().len(), 32);
    let (name, problems) = events.next();
    assert_eq!(name, "problems");
    assert_eq!(
        (codes(&problems).len(), &problems["stale"]),
        (0, &Value::Bool(false))
    );
    assert!(events.is_silent(), "it has the page");

    let mut events = server.events(OTTER, "0123456789abcdef");
    let sent = events.until("page");
    assert_eq!(sent["html"].as_str().unwrap(), page);
    assert_eq!(sent["hash"], hash(&page));
    assert!(sent.get("gone").is_none());
}

#[test]
fn a_save_reaches_the_pages_that_show_it_and_no_other() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut otters = [server.watching(OTTER), server.watching(OTTER)];
    let mut quiet = server.watching("/t/notes/quiet/");
    project.write("content/notes/otter.md", &otter("Changed words."));
    for events in &mut otters {
        let (name, page) = events.next();
        assert_eq!(name, "page");
        assert!(page["html"].as_str().unwrap().contains("Changed words."));
        assert_eq!(page["html"].as_str().unwrap(), server.get(OTTER).text());
    }
    assert!(quiet.is_silent());
    eventually("it is said", || {
        server.said().contains("content/notes/otter.md · ")
    });
}

#[test]
fn many_saves_end_with_the_last() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching(OTTER);
    for nth in 0..=60 {
        project.write(
            "content/notes/otter.md",
            &otter(&format!("Version {nth} of it.")),
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut told = 0;
    loop {
        let page = events.until("page");
        told += 1;
        if page["html"].as_str().unwrap().contains("Version 60 of it.") {
            break;
        }
    }
    assert!(told < 60, "saves are taken together: {told}");
    assert!(events.is_silent());
}

#[test]
fn broken_the_last_good_site_stays_and_mended_the_problems_go() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching(OTTER);
    let good = server.get(OTTER).text();
    project.write(
        "content/notes/otter.md",
        &otter("A [[nobody]] and *[[no-one]]*."),
    );
    let problems = events.until("problems");
    assert_eq!(codes(&problems), ["unresolved-link", "unresolved-link"]);
    assert_eq!(
        (&problems["errors"], &problems["stale"]),
        (&2.into(), &true.into())
    );
    let first = &problems["problems"][0];
    assert_eq!(
        (&first["path"], &first["line"]),
        (&"content/notes/otter.md".into(), &4.into())
    );
    let excerpt = &first["excerpts"][0];
    assert_eq!(excerpt["lines"][0], "A [[nobody]] and *[[no-one]]*.");
    let mark = &excerpt["marks"][0];
    assert_eq!((&mark["start"], &mark["end"]), (&2.into(), &12.into()));
    assert_eq!(server.get(OTTER).text(), good);
    assert_eq!(server.get(HERON).status, 200);
    eventually("it is said as build says it", || {
        let said = server.said();
        said.contains("error[unresolved-link]") && said.contains("the last good site stays")
    });
    // Whoever comes now is told as well.
    let mut late = server.events(OTTER, &hash(&good));
    assert_eq!(late.next().0, "hello");
    assert_eq!(codes(&late.next().1).len(), 2);

    project.write("content/notes/otter.md", &otter("Mended."));
    let (name, problems) = events.next();
    assert_eq!((name.as_str(), codes(&problems).len()), ("problems", 0));
    assert_eq!(problems["stale"], false);
    let page = events.until("page");
    assert!(page["html"].as_str().unwrap().contains("Mended."));
}

#[test]
fn a_first_build_with_errors_waits_for_its_mending() {
    let project = Project::sample();
    project.write("content/notes/otter.md", &otter("A [[nobody]]."));
    let server = project.serve(&[]);
    for path in ["/", HERON, "/t/nothing"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 503, "{path}");
        assert_eq!(hash(&answer.text()), "");
        assert!(
            answer
                .header("content-security-policy")
                .unwrap()
                .contains("script-src 'self'")
        );
    }
    let mut events = server.events(OTTER, "");
    assert_eq!(events.next().0, "hello");
    assert_eq!(codes(&events.next().1), ["unresolved-link"]);
    assert!(events.is_silent());
    project.write("content/notes/otter.md", &otter("Mended."));
    assert_eq!(codes(&events.until("problems")).len(), 0);
    assert!(
        events.until("page")["html"]
            .as_str()
            .unwrap()
            .contains("Mended.")
    );
    assert_eq!(server.get(OTTER).status, 200);
}

#[test]
fn a_folder_without_a_dossier_waits_for_one() {
    let project = Project::empty();
    let server = project.serve(&[]);
    let mut events = server.events("/", "");
    assert_eq!(events.next().0, "hello");
    assert_eq!(codes(&events.next().1), ["config-syntax"]);
    assert_eq!(server.get("/").status, 503);
    project.write("dossier.toml", CONFIG);
    events.until("page");
    assert_eq!(server.get("/t/").status, 200);
}

#[test]
fn a_broken_configuration_shows_nothing_that_it_might_withhold() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching(HERON);
    project.write("dossier.toml", &CONFIG.replace("\"clear\"", "\"claer\""));
    let problems = events.until("problems");
    assert_eq!(codes(&problems), ["config-value"]);
    assert!(!server.get(HERON).text().contains("CANARY"));
    assert_eq!(server.get("/t/actors/secret-canary/").status, 404);
    // Started so, there is no site at all.
    let fresh = project.serve(&["--audience", "red"]);
    assert_eq!(fresh.get("/t/actors/secret-canary/").status, 503);
    // Mended with another title and another place, all of it holds.
    let config =
        "title = \"Renamed\"\nbase_url = \"https://example.org/u/\"\ndefault_tlp = \"clear\"\n";
    project.write("dossier.toml", config);
    assert_eq!(codes(&events.until("problems")).len(), 0);
    let page = events.until("page");
    assert_eq!(page["gone"], true, "its address is no longer of the site");
    assert!(server.get("/u/").text().contains("Renamed"));
    assert_eq!(server.get("/").header("location"), Some("/u/"));
}

#[test]
fn a_page_that_goes_shows_what_stands_there_and_comes_back() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching("/t/notes/quiet/");
    project.remove("content/notes/quiet.md");
    let page = events.until("page");
    assert_eq!(page["gone"], true);
    let missing = server.get("/t/notes/quiet/");
    assert_eq!(
        (missing.status, page["html"].as_str().unwrap()),
        (404, missing.text().as_str())
    );
    project.write(
        "content/notes/quiet.md",
        "---\ntitle: Quiet\n---\nBack again.\n",
    );
    let page = events.until("page");
    assert!(page.get("gone").is_none());
    assert!(page["html"].as_str().unwrap().contains("Back again."));
}

#[test]
fn assets_are_told_by_what_is_to_be_done_with_them() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching(HERON);
    project.write("templates/assets/css/dossier.css", "body { color: red }\n");
    let (name, data) = events.next();
    assert_eq!(
        (name.as_str(), &data["paths"]),
        ("styles", &Value::from(vec!["/t/assets/css/dossier.css"]))
    );
    assert_eq!(
        server.get("/t/assets/css/dossier.css").text(),
        "body { color: red }\n"
    );
    project.write("templates/assets/icon.svg", SVG);
    let (name, data) = events.next();
    assert_eq!(
        (name.as_str(), &data["paths"]),
        ("assets", &Value::from(vec!["/t/assets/icon.svg"]))
    );
    // A picture of the same size: only when it was written tells it apart.
    let other = SVG.replace("width=\"1\"", "width=\"2\"");
    project.write("content/actors/heron.svg", &other);
    let (name, data) = events.next();
    assert_eq!(
        (name.as_str(), &data["paths"]),
        ("assets", &Value::from(vec!["/t/actors/heron.svg"]))
    );
    assert_eq!(server.get("/t/actors/heron.svg").text(), other);
    project.write("templates/assets/site.js", "1");
    assert_eq!(events.next().0, "reload");
}

/// A browser that was away may have missed any stylesheet; it says what it had.
#[test]
fn assets_that_changed_while_a_browser_was_away_are_told() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let had = look(&server.get(HERON).text());
    drop(server);
    let server = project.serve(&[]);
    let page = hash(&server.get(HERON).text());
    let mut events = server.events(HERON, &format!("{page}&look={had}"));
    assert_eq!(
        (events.next().0.as_str(), events.next().0.as_str()),
        ("hello", "problems")
    );
    assert!(events.is_silent());
    drop(server);
    project.write("templates/assets/css/dossier.css", "body { color: red }\n");
    let server = project.serve(&[]);
    let mut events = server.events(HERON, &format!("{page}&look={had}"));
    let told = events.until("styles");
    assert!(
        told["paths"]
            .to_string()
            .contains("/t/assets/css/dossier.css")
    );
    assert_ne!(told["look"], had);
}

/// What the browser shows of a picture is not the page's, so that it must be told even if the page stayed.
#[test]
fn a_picture_that_changed_while_something_was_broken_is_told_when_that_is_mended() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching(HERON);
    let quiet = "---\ntitle: Quiet\n---\nNobody links here.\n";
    project.write("content/notes/quiet.md", "---\ntitle: [\n---\n");
    assert_eq!(events.until("problems")["errors"], 1);
    project.write(
        "content/actors/heron.svg",
        &SVG.replace("width=\"1\"", "width=\"2\""),
    );
    eventually("the picture is seen", || {
        server.said().contains("content/actors/heron.svg")
    });
    project.write("content/notes/quiet.md", quiet);
    assert_eq!(
        events.until("assets")["paths"],
        Value::from(vec!["/t/actors/heron.svg"])
    );
}

const AMBER: &str = "default_audience = \"amber\"\n";
const PARTLY: &str = "---\ntitle: Otter\n---\nA note.\n\n(TLP:AMBER) Kept among partners.\n";

/// The page that was last rendered whole may show what is withheld since.
#[test]
fn a_page_that_cannot_be_rendered_does_not_bring_back_what_is_withheld() {
    let project = Project::sample();
    project.write("dossier.toml", &format!("{CONFIG}{AMBER}"));
    project.write("content/notes/otter.md", PARTLY);
    let server = project.serve(&[]);
    assert!(server.get(OTTER).text().contains("among partners"));
    project.write("templates/note.html", "{{ entry.nothing.at.all }}");
    eventually("the template fails, and the page stays", || {
        let page = server.get(OTTER).text();
        server.said().contains("error[template-error]") && page.contains("among partners")
    });
    project.write("dossier.toml", CONFIG);
    eventually("it is withheld", || {
        !server.get(OTTER).text().contains("among partners")
    });
    assert_eq!(server.get(OTTER).status, 503);
}

#[test]
fn a_smaller_audience_counts_while_something_is_broken() {
    let project = Project::sample();
    project.write("dossier.toml", &format!("{CONFIG}{AMBER}"));
    project.write("content/notes/otter.md", PARTLY);
    let server = project.serve(&[]);
    assert!(server.get(OTTER).text().contains("among partners"));
    project.write("content/notes/quiet.md", "---\ntitle: [\n---\n");
    eventually("it is broken", || {
        server.said().contains("the last good site stays")
    });
    assert!(server.get(OTTER).text().contains("among partners"));
    project.write("dossier.toml", CONFIG);
    eventually("no site is shown", || server.get(OTTER).status == 503);
    assert!(!server.get(OTTER).text().contains("among partners"));
}

#[test]
fn a_template_that_fails_on_a_page_leaves_it_as_it_was() {
    let project = Project::sample();
    let server = project.serve(&[]);
    let mut events = server.watching(OTTER);
    let mut home = server.watching("/t/");
    let good = server.get(OTTER).text();
    let template = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/entry.html"),
    );
    let template = template.unwrap();
    let at = template.find("<div id=\"page-text\">").unwrap();
    let broken = format!(
        "{}{{{{ nonsense.of_mine }}}}{}",
        &template[..at],
        &template[at..]
    );
    project.write("templates/entry.html", &broken);
    let problems = events.until("problems");
    assert_eq!(
        (codes(&problems), &problems["stale"]),
        (vec!["template-error"], &true.into())
    );
    let excerpts = problems["problems"][0]["excerpts"].as_array().unwrap();
    let paths: Vec<&Value> = excerpts.iter().map(|it| &it["path"]).collect();
    assert_eq!(paths, ["templates/entry.html", "content/notes/otter.md"]);
    assert!(
        excerpts[0]["lines"][0]
            .as_str()
            .unwrap()
            .contains("nonsense.of_mine")
    );
    assert_eq!(server.get(OTTER).text(), good, "the last good bytes");
    assert_eq!(
        server.get("/t/notes/quiet/").status,
        503,
        "never seen whole"
    );
    assert!(
        home.is_silent(),
        "a page that does not use it is not concerned"
    );
    eventually("it is said", || {
        server.said().contains("error[template-error]")
    });
    project.write(
        "templates/entry.html",
        &template.replace("<div class=\"content\">", "<div class=\"content x\">"),
    );
    assert_eq!(codes(&events.until("problems")).len(), 0);
    assert!(
        events.until("page")["html"]
            .as_str()
            .unwrap()
            .contains("content x")
    );
    assert_eq!(server.get("/t/notes/quiet/").status, 200);
}

#[test]
fn with_follow_browsers_go_to_the_entry_that_was_saved() {
    let project = Project::sample();
    let server = project.serve(&["--follow"]);
    let mut events = server.watching("/t/");
    project.write("content/notes/otter.md", &otter("Changed."));
    assert_eq!(events.until("follow")["path"], OTTER);
    // One with errors is gone to when it is mended, one that is withheld never, its own page is no way.
    project.write("content/notes/otter.md", &otter("[[nobody]]"));
    assert_eq!(codes(&events.until("problems")).len(), 1);
    project.write(
        "content/actors/secret-canary.md",
        "---\ntitle: CANARY\ntlp: red\n---\nMore.\n",
    );
    assert!(events.is_silent());
    project.write("content/notes/otter.md", &otter("Mended."));
    assert_eq!(events.until("follow")["path"], OTTER);
    let mut own = server.watching(OTTER);
    project.write("content/notes/otter.md", &otter("Again."));
    assert_eq!(own.next().0, "page");
    assert!(own.is_silent());
    let server = project.serve(&[]);
    let mut events = server.watching("/t/");
    project.write("content/notes/otter.md", &otter("Once more."));
    assert!(events.is_silent(), "only where it was asked for");
}

#[test]
fn a_port_in_use_is_said_aloud() {
    let project = Project::sample();
    let first = project.serve(&[]);
    let port = first.host.rsplit(':').next().unwrap().to_owned();
    let second = project.serve(&["--port", &port]);
    assert_ne!(first.host, second.host);
    eventually("it is said", || {
        second.said().contains(&format!("port {port} is in use"))
    });
    assert_eq!(second.get("/t/").status, 200);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once() {
    let project = Project::sample();
    let mut server = project.serve(&[]);
    let mut events = server.watching(OTTER);
    let start = std::time::Instant::now();
    let kill = std::process::Command::new("kill")
        .args(["-INT", &server.child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    server.child.wait().unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
    assert!(events.maybe().is_none(), "the stream ends");
}

#[test]
fn other_addresses_come_with_a_warning_and_their_own_name() {
    let project = Project::sample();
    let server = project.serve(&["--host", "0.0.0.0"]);
    eventually("it warns", || {
        server
            .said()
            .contains("warning: others can reach every address of this machine")
    });
    // Where this machine is in no network there is no address for others.
    if let Some(line) = server
        .said()
        .lines()
        .find(|it| it.starts_with("for other machines: "))
    {
        assert!(line.ends_with("/t/"), "{line}");
    }
    let port = server.host.rsplit(':').next().unwrap().to_owned();
    let server = server.at(&format!("127.0.0.1:{port}"));
    assert_eq!(
        server
            .ask("GET", "/t/", &[("Host", "192.168.7.7:4000")])
            .status,
        200
    );
    assert_eq!(
        server.ask("GET", "/t/", &[("Host", "evil.example")]).status,
        403
    );
}
