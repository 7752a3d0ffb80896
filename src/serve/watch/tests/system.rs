//! What the system tells, what it cannot, and how fast.

use super::*;

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
    let lost = Event::new(notify::EventKind::Other).set_flag(notify::event::Flag::Rescan);
    let (dir, mut watch) = told(Ok(lost));
    assert_eq!(watch.wait(), Some(Changes::All));
    // From then on it is known how the files were.
    assert_eq!(watch.recover(), None);
    write(&dir.path().join(A), "three");
    let changes = Changes::Paths([PathBuf::from(A)].into());
    assert_eq!(watch.recover(), Some(changes));
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
