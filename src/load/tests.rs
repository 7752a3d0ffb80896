//! Loading from real folders.

use super::*;
use std::fs;
use tempfile::TempDir;

fn project(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn loaded(dir: &TempDir) -> (Inputs, Vec<String>) {
    let mut inputs = load(dir.path()).unwrap();
    crate::diag::sort(&mut inputs.problems);
    let shown = |problem: &Diagnostic| {
        let span = problem.place.span.map(|span| (span.start, span.end));
        format!("{} {} {span:?}", problem.code.name(), problem.place.path)
    };
    let problems = inputs.problems.iter().map(shown).collect();
    (inputs, problems)
}

fn entries(inputs: &Inputs) -> Vec<&str> {
    inputs.entries.iter().map(|file| &*file.path).collect()
}

#[test]
fn a_project_is_read_sorted_and_without_what_editors_leave() {
    let dir = project(&[
        ("dossier.toml", b"title = 'x'"),
        ("content/b.md", b"b"),
        ("content/a/z.md", b"z"),
        ("content/a-b.md", b"ab"),
        ("content/a/.hidden.md", b""),
        ("content/a/z.md~", b""),
        ("content/a/#z.md#", b""),
        ("content/.obsidian/x.md", b""),
        ("content/a/4913", b""),
        ("content/a/pic.png", b"1234"),
        ("content/sources/snapshots/s.pdf", b"abc"),
        ("templates/components/x.html", b"<p>"),
    ]);
    let (inputs, problems) = loaded(&dir);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(
        entries(&inputs),
        ["content/a-b.md", "content/a/z.md", "content/b.md"]
    );
    let files: Vec<_> = inputs.files.iter().collect();
    assert_eq!((files[0].0.as_str(), files[0].1.size), ("a/pic.png", 4));
    assert_eq!(files[0].1.sha256, None);
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(files[1].0, "sources/snapshots/s.pdf");
    assert_eq!(files[1].1.sha256.as_deref(), Some(hash));
    assert_eq!(
        inputs.theme.keys().collect::<Vec<_>>(),
        ["components/x.html"]
    );
    assert_eq!(inputs.text("content/a/z.md"), Some("z"));
    assert_eq!(inputs.text("templates/components/x.html"), Some("<p>"));
    assert_eq!(inputs.text("dossier.toml"), Some("title = 'x'"));
    assert_eq!(inputs.text("content/none.md"), None);
}

#[test]
fn a_folder_without_anything_is_empty_and_one_that_is_not_there_fails() {
    let dir = project(&[]);
    let (inputs, problems) = loaded(&dir);
    assert!(inputs.config.is_none() && inputs.entries.is_empty() && problems.is_empty());
    let failure = load(&dir.path().join("none")).unwrap_err();
    assert!(failure.to_string().starts_with("cannot read `"));
}

#[test]
fn what_is_not_utf8_is_reported_at_the_byte_and_kept_at_the_same_offsets() {
    let dir = project(&[
        ("content/actors/latin.md", b"---\ntitle: Caf\xe9 X\n---\n"),
        ("content/actors/utf16.md", b"\xff\xfea\0"),
    ]);
    let (inputs, problems) = loaded(&dir);
    assert_eq!(
        problems,
        [
            "not-utf8 content/actors/latin.md Some((14, 15))",
            "not-utf8 content/actors/utf16.md None",
        ]
    );
    assert_eq!(
        inputs.text("content/actors/latin.md"),
        Some("---\ntitle: Caf? X\n---\n")
    );
}

#[test]
fn a_file_that_is_too_large_leaves_its_front_matter() {
    let mut large = b"---\ntitle: Large\n---\n".to_vec();
    large.resize(17 * 1024 * 1024, b'x');
    let dir = project(&[("content/notes/large.md", &large)]);
    let (inputs, problems) = loaded(&dir);
    assert_eq!(problems, ["file-too-large content/notes/large.md None"]);
    assert_eq!(&*inputs.entries[0].text, "---\ntitle: Large\n---\n");
}

#[test]
fn a_text_that_was_let_go_of_is_read_again_unless_it_changed() {
    let dir = project(&[
        ("content/notes/a.md", b"one"),
        ("content/notes/b.md", b"two"),
        ("content/notes/c.md", b"thr\xffee"),
        ("content/notes/d.md", b"four"),
    ]);
    let (mut inputs, _) = loaded(&dir);
    inputs.shed(&["content/notes/d.md".into()].into());
    let texts = ["a", "b", "c", "d"].map(|name| inputs.text(&format!("content/notes/{name}.md")));
    assert_eq!(texts, [Some(""), Some(""), Some(""), Some("four")]);
    fs::write(dir.path().join("content/notes/b.md"), "other").unwrap();
    let paths = inputs.entries.iter().map(|file| Arc::clone(&file.path));
    let again = inputs.shed_texts(&paths.collect());
    let again: Vec<(&str, &str)> = again
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    assert_eq!(
        again,
        [
            ("content/notes/a.md", "one"),
            ("content/notes/c.md", "thr?ee")
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_project_only() {
    use std::os::unix::fs::symlink;
    let outside = project(&[("secret.md", b"secret"), ("folder/x.md", b"secret")]);
    let dir = project(&[("content/actors/a.md", b"a"), ("shared/b.md", b"b")]);
    let content = dir.path().join("content");
    symlink(dir.path().join("shared/b.md"), content.join("actors/b.md")).unwrap();
    symlink(
        outside.path().join("secret.md"),
        content.join("actors/c.md"),
    )
    .unwrap();
    symlink(outside.path().join("folder"), content.join("folder")).unwrap();
    symlink("nowhere.md", content.join("actors/d.md")).unwrap();
    symlink("user@host.1234", content.join("actors/.#e.md")).unwrap();
    symlink("..", content.join("actors/round")).unwrap();
    symlink("self.md", content.join("actors/self.md")).unwrap();
    let (inputs, problems) = loaded(&dir);
    assert_eq!(
        entries(&inputs),
        ["content/actors/a.md", "content/actors/b.md"]
    );
    assert_eq!(
        problems,
        [
            "link-leaves-project content/actors/c.md None",
            "missing-file content/actors/d.md None",
            "missing-file content/actors/self.md None",
            "link-leaves-project content/folder None",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_content_folder_that_is_a_link_out_is_refused() {
    let outside = project(&[("actors/a.md", b"secret")]);
    let dir = project(&[]);
    std::os::unix::fs::symlink(outside.path(), dir.path().join("content")).unwrap();
    let (inputs, problems) = loaded(&dir);
    assert!(inputs.entries.is_empty());
    assert_eq!(problems, ["link-leaves-project content None"]);
}

#[test]
fn static_files_are_read_with_hidden_ones_but_for_what_is_left_over_and_histories() {
    let dir = project(&[
        ("static/CNAME", b"example.org"),
        ("static/.well-known/security.txt", b"Contact: x"),
        ("static/.DS_Store", b"x"),
        ("static/.x.swp", b"x"),
        ("static/a~", b"x"),
        ("static/.git/HEAD", b"ref"),
        ("static/a/.Git/HEAD", b"ref"),
        ("static/.dossier-manifest", b"x"),
        ("static-amber+strict/p.png", b"\x89PNG\r\n\x1a\n\0"),
        ("static-amber/u16.txt", b"\xff\xfea\0"),
        ("static-amber/latin.txt", b"caf\xe9"),
        ("static-ambre/x", b"x"),
        ("statistics/x", b"x"),
    ]);
    let (inputs, problems) = loaded(&dir);
    let words = |file: &FileInfo| matches!(file.words.get(), Words::Text(_));
    let files: Vec<(&str, bool)> = (inputs.statics.iter())
        .map(|(path, file)| (path.as_str(), words(file)))
        .collect();
    assert_eq!(
        files,
        [
            ("static-amber+strict/p.png", false),
            ("static-amber/latin.txt", true),
            ("static-amber/u16.txt", true),
            ("static/.well-known/security.txt", true),
            ("static/CNAME", true),
        ]
    );
    assert_eq!(
        problems,
        [
            "unused-file static-ambre None",
            "bad-path static/.dossier-manifest None",
            "bad-path static/.git None",
            "bad-path static/a/.Git None",
        ]
    );
}

#[test]
fn words_of_attachments_are_read_when_asked_for_and_only_as_they_were() {
    let dir = project(&[
        ("content/same.txt", b"words"),
        ("content/other.txt", b"words"),
        ("content/gone.txt", b"words"),
        ("static/a.txt", b"words"),
    ]);
    let (inputs, _) = loaded(&dir);
    fs::write(dir.path().join("content/other.txt"), "wards").unwrap();
    fs::remove_file(dir.path().join("content/gone.txt")).unwrap();
    fs::remove_file(dir.path().join("static/a.txt")).unwrap();
    let read = |file: &FileInfo| matches!(file.words.get(), Words::Text(_));
    assert!(read(&inputs.files["same.txt"]) && read(&inputs.statics["static/a.txt"]));
    for name in ["other.txt", "gone.txt"] {
        assert_eq!(*inputs.files[name].words.get(), Words::Changed, "{name}");
    }
}

#[test]
fn the_end_of_what_begins_as_a_text_is_read_too() {
    let mut archive = b"notes.txt\n".repeat(1000);
    archive.resize(18 << 20, 0x80);
    archive[20_000] = 1;
    archive.extend_from_slice(b"\0TLP:RED\0\xff");
    let dir = project(&[("content/a.tar", &archive), ("static/a.tar", &archive)]);
    let (inputs, _) = loaded(&dir);
    for file in inputs.files.values().chain(inputs.statics.values()) {
        let Words::Within(text) = file.words.get() else {
            panic!("it is no text");
        };
        assert!(text.bytes().ends_with(b"TLP:RED\0"));
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_a_static_folder() {
    use std::os::unix::fs::symlink;
    let outside = project(&[("a.txt", b"secret")]);
    let dir = project(&[
        ("content/actors/a.md", b"a"),
        ("static/a/one.txt", b"1"),
        ("static-red/plan.txt", b"2"),
    ]);
    let at = |path: &str| dir.path().join(path);
    symlink("a/one.txt", at("static/two.txt")).unwrap();
    symlink("../static-red/plan.txt", at("static/plan.txt")).unwrap();
    symlink("../static-red", at("static/plans")).unwrap();
    symlink("../content", at("static/texts")).unwrap();
    symlink(outside.path(), at("static/out")).unwrap();
    symlink("static-red", at("static-amber")).unwrap();
    let (inputs, problems) = loaded(&dir);
    let files: Vec<&str> = inputs.statics.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        ["static-red/plan.txt", "static/a/one.txt", "static/two.txt"]
    );
    assert_eq!(
        problems,
        [
            "link-leaves-project static-amber None",
            "link-leaves-project static/out None",
            "link-leaves-project static/plan.txt None",
            "link-leaves-project static/plans None",
            "link-leaves-project static/texts None",
        ]
    );
}

#[cfg(unix)]
#[test]
fn pipes_are_passed_by() {
    let dir = project(&[("content/a.md", b"a")]);
    let pipe = dir.path().join("content/pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    assert_eq!(entries(&loaded(&dir).0), ["content/a.md"]);
}
