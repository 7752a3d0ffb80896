//! What a reader is told, generation by generation, without the network.

use super::generation::Made;
use super::http::Server;
use super::peer::Peer;
use super::*;
use crate::text::TextFile;
use std::collections::BTreeMap;

const CONFIG: &str = "title = 'T'\nbase_url = 'https://example.org/t/'\ndefault_tlp = 'clear'\n";

/// A snapshot of a project with these Markdown files.
pub(super) fn inputs(files: &[(&str, &str)]) -> Arc<Inputs> {
    let files: BTreeMap<_, _> = files.iter().copied().collect();
    let entries = files
        .into_iter()
        .map(|(path, text)| TextFile::new(path, text));
    let mut inputs = Inputs::default();
    inputs.config = Some(TextFile::new("dossier.toml", CONFIG));
    inputs.entries = entries.collect();
    Arc::new(inputs)
}

/// The generation after another.
pub(super) fn after(before: Option<&Generation>, inputs: Arc<Inputs>, follow: bool) -> Generation {
    let wish = Wish {
        audience: None,
        drafts: false,
        today: Day::constant(2026, 1, 1),
        strict: false,
        base_url: None,
    };
    let found = assess(&mut Pipeline::new(), &inputs, &wish, &mut |_| {});
    let made = Made {
        inputs,
        found,
        follow,
    };
    made.after(before).0
}

pub(super) fn server() -> Server {
    let bound = bind("127.0.0.1", 0).unwrap();
    let newest = latest::channel(None).1;
    Server::new(std::path::Path::new("/"), &bound, newest, Arc::new(|_| {}))
}

#[test]
fn a_generation_keeps_the_last_good_site_and_tells_how_old_it_is() {
    let good = inputs(&[("content/notes/a.md", "---\ntitle: A\n---\nText.\n")]);
    let first = after(None, good, false);
    assert_eq!(
        (first.number, first.stale, first.counts()),
        (1, false, (0, 0))
    );
    let broken = inputs(&[("content/notes/a.md", "---\ntitle: A\n---\n[[nobody]]\n")]);
    let second = after(Some(&first), broken, false);
    assert_eq!(
        (second.number, second.stale, second.counts()),
        (2, true, (1, 0))
    );
    let same = |one: &Generation, other: &Generation| {
        let sites = one.site.as_ref().zip(other.site.as_ref());
        sites.is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    };
    assert!(same(&first, &second));
    let refused = second.refused("cannot read `content`");
    assert!(same(&first, &refused) && refused.stale);
    let told: serde_json::Value = serde_json::from_str(&refused.problems_json(&[], true)).unwrap();
    assert_eq!(told["errors"], 2);
    assert_eq!(told["problems"][1]["message"], "cannot read `content`");
}

#[test]
fn who_is_on_another_machine_learns_nothing_of_the_files() {
    let files = [(
        "content/notes/a.md",
        "---\ntitle: A\n---\nCANARY [[nobody]]\n",
    )];
    let broken = after(None, inputs(&files), false).refused("CANARY cannot be read");
    let (here, there) = (
        broken.problems_json(&[], true),
        broken.problems_json(&[], false),
    );
    assert!(here.contains("CANARY") && here.contains("nobody"));
    assert!(!there.contains("CANARY") && !there.contains("nobody"));
    assert!(there.contains("\"errors\":2") && there.contains("\"problems\":[]"));
    let server = server();
    let hello = |here| events::first_news("path=/t/", Peer { here }, &server, &broken);
    assert!(hello(true).contains(&server.token));
    assert!(!hello(false).contains(&server.token));
    assert!(hello(false).contains("\"token\":null"));
}

/// What was marked since stands in the last good site until the errors are mended.
#[test]
fn who_is_on_another_machine_is_told_no_page_while_there_are_errors() {
    let good = [("content/notes/a.md", "---\ntitle: A\n---\nText.\n")];
    let first = after(None, inputs(&good), false);
    let files = [
        good[0],
        ("content/notes/b.md", "---\ntitle: B\n---\n[[nobody]]\n"),
    ];
    let broken = after(Some(&first), inputs(&files), false);
    let server = server();
    let told = |generation: &Generation, here| {
        let news = events::first_news("path=/t/notes/a/", Peer { here }, &server, generation);
        news.contains("event: page")
    };
    assert!(told(&first, true) && told(&first, false));
    assert!(told(&broken, true) && !told(&broken, false));
}
