//! The ways in which files are saved, moved and put back, replayed on a real disk.

use super::*;
use crate::load::{Inputs, load};
use std::fs::{self, File};
use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, sleep};
use tempfile::TempDir;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A project that is watched by a thread, which refreshes its inputs as a server would.
struct Live {
    dir: TempDir,
    seen: Arc<Mutex<Seen>>,
    stopper: Stopper,
    thread: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    inputs: Inputs,
    /// What a.md was in each generation.
    texts: Vec<Option<String>>,
    batches: Vec<(Instant, Changes)>,
    notes: Vec<String>,
}

const A: &str = "content/actors/a.md";

fn live(with: fn(&Path) -> Result<Watch, Unreadable>, files: &[(&str, &str)]) -> Live {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in [("dossier.toml", "title = 'x'"), (A, "save 0")]
        .iter()
        .chain(files)
    {
        write(&dir.path().join(path), text);
    }
    let mut watch = with(dir.path()).unwrap();
    let mut inputs = load(dir.path()).unwrap();
    let stopper = watch.stopper();
    let seen = Arc::new(Mutex::new(Seen::default()));
    seen.lock().unwrap().inputs = inputs.clone();
    let shared = Arc::clone(&seen);
    let thread = thread::spawn(move || {
        while let Some(changes) = watch.wait() {
            let at = Instant::now();
            let changed = inputs.refresh(&changes).unwrap();
            let mut seen = shared.lock().unwrap();
            seen.batches.push((at, changes));
            seen.notes.extend(watch.note());
            if changed {
                seen.texts.push(inputs.text(A).map(str::to_owned));
                seen.inputs = inputs.clone();
            }
        }
    });
    Live {
        dir,
        seen,
        stopper,
        thread,
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Live {
    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Whether the inputs are those of a fresh load.
    fn is_right(&self) -> bool {
        let fresh = load(self.dir.path()).unwrap();
        let seen = self.seen.lock().unwrap();
        format!("{:?}", seen.inputs) == format!("{fresh:?}")
    }

    /// Waits until the inputs are right.
    #[track_caller]
    fn catch_up(&self) {
        let start = Instant::now();
        while !self.is_right() {
            assert!(start.elapsed() < ms(15_000), "a change was missed");
            sleep(ms(5));
        }
    }

    /// Ends the watch and gives what it saw; the inputs must have stayed right.
    #[track_caller]
    fn end(self) -> Seen {
        self.catch_up();
        sleep(ms(200));
        assert!(self.is_right(), "right at first, wrong in the end");
        self.stopper.stop();
        self.thread.join().unwrap();
        Arc::into_inner(self.seen).unwrap().into_inner().unwrap()
    }
}

/// Saves a few times in an editor's way. Nothing but what was meant to be saved may be seen.
#[track_caller]
fn saves(save: impl Fn(&Path, &str)) {
    let live = live(Watch::start, &[]);
    for count in 1..=4 {
        let text = format!("save {count}");
        save(&live.at(A), &text);
        live.catch_up();
        // Some editors are at once with the next step, some writers with the next save.
        sleep(ms([0, 4, 120][count % 3]));
    }
    let seen = live.end();
    let saved: Vec<_> = (0..=4).map(|count| Some(format!("save {count}"))).collect();
    let mut texts = seen.texts;
    // A backup beside it is a change as well.
    texts.insert(0, saved[0].clone());
    texts.dedup();
    assert_eq!(texts, saved);
}

fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name)
}

#[test]
fn vim() {
    saves(|path, text| {
        let swap = beside(path, ".a.md.swp");
        fs::write(&swap, "swap").unwrap();
        fs::write(beside(path, "4913"), "").unwrap();
        fs::remove_file(beside(path, "4913")).unwrap();
        fs::rename(path, beside(path, "a.md~")).unwrap();
        let mut file = File::create(path).unwrap();
        sleep(ms(100));
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        drop(file);
        fs::remove_file(beside(path, "a.md~")).unwrap();
        fs::remove_file(swap).unwrap();
    });
}

#[test]
fn vim_that_keeps_its_backup_under_another_name() {
    saves(|path, text| {
        fs::rename(path, beside(path, "a.md.bak")).unwrap();
        sleep(ms(30));
        fs::write(path, text).unwrap();
    });
}

#[test]
fn vim_that_copies_for_its_backup() {
    saves(|path, text| {
        fs::copy(path, beside(path, "a.md~")).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(beside(path, "a.md~")).unwrap();
    });
}

#[test]
fn vs_code() {
    saves(|path, text| fs::write(path, text).unwrap());
}

#[test]
fn vs_code_on_a_slow_disk() {
    saves(|path, text| {
        let mut file = File::create(path).unwrap();
        let (first, second) = text.as_bytes().split_at(2);
        file.write_all(first).unwrap();
        sleep(ms(20));
        file.write_all(second).unwrap();
    });
}

#[test]
fn a_file_that_is_emptied_before_it_is_written() {
    saves(|path, text| {
        fs::write(path, "").unwrap();
        sleep(ms(20));
        fs::write(path, text).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn emacs() {
    saves(|path, text| {
        let lock = beside(path, ".#a.md");
        std::os::unix::fs::symlink("writer@host.1234:5678", &lock).unwrap();
        fs::write(beside(path, "#a.md#"), "half of it").unwrap();
        sleep(ms(20));
        fs::rename(path, beside(path, "a.md~")).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(beside(path, "#a.md#")).unwrap();
        fs::remove_file(lock).unwrap();
    });
}

#[test]
fn a_new_file_moved_over_the_old_one() {
    saves(|path, text| {
        fs::write(beside(path, ".a.md.tmp"), text).unwrap();
        fs::rename(beside(path, ".a.md.tmp"), path).unwrap();
    });
    saves(|path, text| {
        fs::write(beside(path, "a.md.tmp-5f2"), text).unwrap();
        fs::rename(beside(path, "a.md.tmp-5f2"), path).unwrap();
    });
}

#[test]
fn a_network_share_that_removes_before_it_renames() {
    saves(|path, text| {
        fs::write(beside(path, ".smb0001"), text).unwrap();
        fs::remove_file(path).unwrap();
        sleep(ms(30));
        fs::rename(beside(path, ".smb0001"), path).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn sed() {
    saves(|path, text| {
        let script = format!("s/save .*/{text}/");
        let sed = Command::new("sed").args(["-i", &script]).arg(path).status();
        assert!(sed.unwrap().success());
    });
}

#[test]
fn two_hundred_saves_in_a_row() {
    let live = live(Watch::start, &[]);
    for count in 1..=200 {
        fs::write(beside(&live.at(A), ".new"), format!("save {count}")).unwrap();
        fs::rename(beside(&live.at(A), ".new"), live.at(A)).unwrap();
        sleep(ms(2));
    }
    let seen = live.end();
    let count = seen.texts.len();
    assert!(
        (3..150).contains(&count),
        "neither starved nor one by one: {count}"
    );
    assert_eq!(seen.texts[count - 1].as_deref(), Some("save 200"));
    assert!(seen.texts.iter().all(Option::is_some));
}

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

#[test]
fn what_editors_leave_beside_and_who_only_reads_wakes_nobody() {
    let live = live(Watch::start, &[]);
    write(&live.at("content/.obsidian/workspace.json"), "{}");
    write(&live.at("content/actors/.a.md.swp"), "x");
    write(&live.at("content/actors/a.md~"), "x");
    write(&live.at("public/index.html"), "x");
    write(&live.at("notes.txt"), "x");
    let _ = load(live.dir.path()).unwrap();
    assert_eq!(live.end().batches, []);
}

#[test]
fn without_the_help_of_the_system() {
    let live = live(Watch::looking, &[]);
    for text in ["save 1", "save 2"] {
        write(&live.at(A), text);
        write(&live.at("content/notes/n.md"), text);
        live.catch_up();
    }
    fs::rename(live.at(A), beside(&live.at(A), "b.md")).unwrap();
    live.catch_up();
    fs::remove_dir_all(live.at("content")).unwrap();
    live.catch_up();
    write(&live.at(A), "save 3");
    write(&live.at("dossier.toml"), "title = 'y'");
    let seen = live.end();
    assert_eq!(seen.notes, Vec::<String>::new());
}

/// A watch that has been told something by the system.
fn told(event: notify::Result<Event>) -> (TempDir, Watch) {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join(A), "one");
    let watch = Watch::start(dir.path()).unwrap();
    watch
        .sender
        .send(Message::Event(Instant::now(), event))
        .unwrap();
    (dir, watch)
}

#[test]
fn when_the_system_has_lost_count_everything_is_looked_at() {
    let lost = || Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan);
    let (dir, mut watch) = told(Ok(lost()));
    assert_eq!(watch.wait(), Some(Changes::All));
    // The next time it is known how the files were.
    let again = Message::Event(Instant::now(), Ok(lost()));
    watch.sender.send(again).unwrap();
    write(&dir.path().join(A), "three");
    let changes = watch.wait();
    assert!(
        matches!(changes, Some(Changes::Paths(paths)) if paths.iter().any(|path| path.ends_with(A)))
    );
}

#[test]
fn where_the_limit_of_the_system_is_reached_we_say_so_and_look_ourselves() {
    let error = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    let (dir, mut watch) = told(Err(error));
    assert_eq!(watch.wait(), Some(Changes::All));
    let note = watch.note().unwrap();
    assert!(note.contains("fs.inotify.max_user_watches"), "{note}");
    assert_eq!(watch.note(), None);
    write(&dir.path().join(A), "three");
    assert_eq!(
        watch.wait(),
        Some(Changes::Paths([PathBuf::from(A)].into()))
    );
}

#[test]
fn a_watch_can_be_ended_from_elsewhere() {
    for with in [Watch::start, Watch::looking] {
        let dir = tempfile::tempdir().unwrap();
        let mut watch = with(dir.path()).unwrap();
        let stopper = watch.stopper();
        let thread = thread::spawn(move || (watch.wait(), watch.wait()));
        sleep(ms(20));
        stopper.stop();
        assert_eq!(thread.join().unwrap(), (None, None));
        stopper.stop();
    }
    assert!(Watch::start(Path::new("/nowhere/at/all")).is_err());
}

#[test]
fn a_save_is_told_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(A);
    write(&path, "0");
    let mut watch = Watch::start(dir.path()).unwrap();
    let mut times: Vec<Duration> = (0..40)
        .map(|count| {
            sleep(ms(10));
            write(&path, &format!("save {count}"));
            let saved = Instant::now();
            watch.wait().unwrap();
            saved.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "from the end of a save: p50 {:?}, p95 {:?}",
        times[20], times[38]
    );
    assert!(times[20] < ms(100), "{times:?}");
}
