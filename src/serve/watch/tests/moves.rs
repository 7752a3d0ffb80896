//! Folders and files that come, go and move.

use super::*;
use std::process::Command;

#[test]
fn a_checkout_of_a_thousand_files_is_seen_whole() {
    let live = live(Watch::start, &[]);
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        let output = git
            .args(args)
            .current_dir(live.dir.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let branch = |name: &str, folder: &str| {
        git(&["checkout", "-q", "-b", name]);
        for count in 0..1000 {
            let text = format!("{name} {count}");
            write(&live.at(&format!("content/notes/n{count}.md")), &text);
            write(&live.at(&format!("content/{folder}/{count}.md")), &text);
        }
        git(&["add", "."]);
        git(&["commit", "-q", "-m", name]);
    };
    git(&["init", "-q"]);
    branch("one", "malware");
    git(&["rm", "-rq", "content/malware"]);
    branch("two", "tools");
    live.catch_up();
    sleep(ms(200));
    live.seen.lock().unwrap().batches.clear();
    git(&["checkout", "-q", "one"]);
    let seen = live.end();
    assert!(seen.inputs.entries.len() == 2001);
    // On a machine with much else to do a checkout takes seconds.
    let count = seen.batches.len();
    let spread = seen.batches[count - 1].0 - seen.batches[0].0;
    assert!(
        count <= 3 + spread.as_millis() as usize / 75,
        "{count} batches in {spread:?}"
    );
    println!("a checkout came in {count} batches in {spread:?}");
}

#[test]
fn folders_that_are_made_moved_and_removed() {
    let live = live(Watch::start, &[]);
    // The file is there before anybody can have watched the folder.
    write(&live.at("content/notes/deep/deeper/n.md"), "n");
    live.catch_up();
    write(&live.at("content/notes/deep/deeper/n.md"), "m");
    live.catch_up();
    fs::rename(live.at("content/notes"), live.at("content/tools")).unwrap();
    live.catch_up();
    write(&live.at("content/tools/deep/deeper/n.md"), "o");
    live.catch_up();
    let outside = tempfile::tempdir().unwrap();
    fs::rename(live.at("content/tools"), outside.path().join("tools")).unwrap();
    live.catch_up();
    fs::rename(outside.path().join("tools"), live.at("content/tools")).unwrap();
    live.catch_up();
    write(&live.at("content/tools/deep/deeper/n.md"), "p");
    live.catch_up();
    fs::remove_dir_all(live.at("content/tools")).unwrap();
    let seen = live.end();
    assert!(
        seen.texts
            .iter()
            .all(|text| text.as_deref() == Some("save 0"))
    );
}

#[test]
fn a_file_that_is_given_another_name_is_never_seen_twice() {
    let live = live(Watch::start, &[]);
    let moves = [("a.md", "b.md"), ("b.md", "c.md"), ("c.md", "a.md")];
    for (from, to) in moves {
        fs::rename(beside(&live.at(A), from), beside(&live.at(A), to)).unwrap();
        live.catch_up();
    }
    let seen = live.end();
    let texts: Vec<_> = seen.texts.iter().map(Option::is_some).collect();
    assert_eq!(texts, [false, false, true], "one generation each");
}

#[test]
fn a_content_folder_that_goes_and_comes_back() {
    let live = live(Watch::start, &[("templates/note.html", "n")]);
    let outside = tempfile::tempdir().unwrap();
    fs::remove_dir_all(live.at("content")).unwrap();
    live.catch_up();
    write(&live.at(A), "back");
    live.catch_up();
    fs::rename(live.at("content"), outside.path().join("content")).unwrap();
    live.catch_up();
    fs::rename(outside.path().join("content"), live.at("content")).unwrap();
    live.catch_up();
    fs::remove_dir_all(live.at("templates")).unwrap();
    write(&live.at("templates/note.html"), "m");
    live.catch_up();
    write(&live.at(A), "alive");
    write(&live.at("templates/components/x.html"), "alive");
    write(&live.at("dossier.toml"), "title = 'alive'");
    let seen = live.end();
    assert_eq!(seen.inputs.text(A), Some("alive"));
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_watched() {
    use std::os::unix::fs::symlink;
    let live = live(
        Watch::start,
        &[("shared/deep/s.md", "s"), ("single/t.md", "t")],
    );
    let outside = tempfile::tempdir().unwrap();
    symlink("../shared", live.at("content/notes")).unwrap();
    symlink("../single/t.md", live.at("content/t.md")).unwrap();
    symlink(outside.path(), live.at("content/outside")).unwrap();
    live.catch_up();
    write(&live.at("shared/deep/s.md"), "one");
    live.catch_up();
    write(&live.at("content/notes/deep/s.md"), "two");
    write(&live.at("single/t.md"), "three");
    live.catch_up();
    fs::hard_link(live.at("single/t.md"), live.at("content/hard.md")).unwrap();
    live.catch_up();
    fs::remove_dir_all(live.at("shared")).unwrap();
    live.catch_up();
    write(&live.at("shared/s.md"), "four");
    let seen = live.end();
    assert_eq!(seen.inputs.text("content/notes/s.md"), Some("four"));
}

#[cfg(unix)]
#[test]
fn a_root_and_a_content_folder_that_are_links() {
    let real = tempfile::tempdir().unwrap();
    write(&real.path().join("project/docs/actors/a.md"), "one");
    std::os::unix::fs::symlink("docs", real.path().join("project/content")).unwrap();
    let root = real.path().join("link");
    std::os::unix::fs::symlink("project", &root).unwrap();
    let mut watch = Watch::start(&root).unwrap();
    let mut inputs = load(&root).unwrap();
    for path in ["content/actors/a.md", "docs/actors/a.md"] {
        write(&root.join(path), path);
        assert!(inputs.refresh(&watch.wait().unwrap()).unwrap());
        assert_eq!(inputs.text(A), Some(path));
    }
}
