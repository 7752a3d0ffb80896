//! Publishing into real folders. Killed builds stand in `tests/write.rs`.

mod bench;

#[cfg(target_os = "linux")]
mod swap;

use super::*;
use bench::{Bench, Files};
use std::fs;
use std::sync::Mutex;

fn counts(report: &Report) -> (usize, usize, usize) {
    (report.written, report.unchanged, report.pruned)
}

#[test]
fn a_new_output_and_the_same_again_and_a_changed_one() {
    let bench = Bench::new();
    let one = [
        ("index.html", "home"),
        ("a/index.html", "a"),
        ("a/b/c/index.html", "c"),
        ("a.css", ""),
    ];
    assert_eq!(counts(&bench.publish(&one)), (4, 0, 0));
    bench.holds(&one);
    let manifest = fs::read(bench.out().join(manifest::NAME)).unwrap();
    assert_eq!(counts(&bench.publish(&one)), (0, 4, 0));
    assert_eq!(
        fs::read(bench.out().join(manifest::NAME)).unwrap(),
        manifest
    );
    let two = [
        ("index.html", "HOME"),
        ("a/index.html", "a"),
        ("d/index.html", "d"),
    ];
    let report = bench.publish(&two);
    assert_eq!(counts(&report), (2, 1, 2));
    assert_eq!(report.bytes, 5);
    bench.holds(&two);
    assert_eq!(counts(&bench.publish(&[])), (0, 0, 3));
    bench.holds(&[]);
}

#[test]
fn folders_and_files_change_places() {
    let bench = Bench::new();
    let one: Files<'_> = &[("x", "file"), ("y/a", "1"), ("y/b/c", "2"), ("z", "z")];
    let two: Files<'_> = &[("x/a/b", "below"), ("y", "file"), ("z", "z")];
    for files in [one, two, one, two] {
        bench.publish(files);
        bench.holds(files);
    }
}

#[test]
fn foreign_files_are_kept_and_never_overwritten() {
    let bench = Bench::new();
    bench.put(".gitignore", "*");
    bench.put("a/mine.txt", "mine");
    let site: Files<'_> = &[("a/index.html", "a"), ("index.html", "home")];
    assert_eq!(counts(&bench.publish(site)), (2, 0, 0));
    bench.put("a/later.txt", "mine");
    bench.publish(&[("index.html", "home")]);
    let kept = [
        (".gitignore", "*"),
        ("a/mine.txt", "mine"),
        ("a/later.txt", "mine"),
        ("index.html", "home"),
    ];
    bench.holds(&kept);
    let why = bench.refused(&[("a/mine.txt", "ours"), ("index.html", "new")]);
    assert!(why.contains("mine.txt` is in the way"), "{why}");
    assert!(bench.refused(&[("a", "file")]).contains("in the way"));
    assert!(
        bench
            .refused(&[("a/later.txt/index.html", "x")])
            .contains("later.txt` is in the way")
    );
    bench.holds(&kept);
}

#[test]
fn a_foreign_file_in_a_new_output_is_refused_before_anything_is_made() {
    let bench = Bench::new();
    bench.put("index.html", "mine");
    assert!(
        bench
            .refused(&[("index.html", "ours"), ("a", "a")])
            .contains("index.html` is in the way")
    );
    bench.holds(&[("index.html", "mine")]);
}

#[test]
fn what_was_changed_or_taken_from_the_output_is_put_right() {
    let bench = Bench::new();
    let site: Files<'_> = &[("a", "aaaa"), ("b", "bbbb"), ("c/d", "dddd")];
    bench.publish(site);
    bench.put("a", "AAAA");
    bench.put("b", "longer than it was");
    fs::remove_dir_all(bench.out().join("c")).unwrap();
    assert_eq!(counts(&bench.publish(site)), (3, 0, 0));
    bench.holds(site);
    // Only new times: nothing is written, and from then on nothing is read either.
    bench.put("a", "aaaa");
    assert_eq!(counts(&bench.publish(site)), (0, 3, 0));
}

#[test]
fn a_problem_leaves_everything_as_it_was() {
    let bench = Bench::new();
    let site: Files<'_> = &[("a", "a"), ("b", "b")];
    let broken: Files<'_> = &[("a", "new"), ("b", "broken"), ("c", "broken"), ("d", "new")];
    match bench.publish_for(Tlp::Clear, broken) {
        Err(Failure::Problems(problems)) => assert_eq!(problems.len(), 2),
        other => panic!("{other:?}"),
    }
    assert!(!bench.out().exists());
    bench.publish(site);
    let manifest = fs::read(bench.out().join(manifest::NAME)).unwrap();
    assert!(bench.publish_for(Tlp::Clear, broken).is_err());
    bench.holds(site);
    assert_eq!(
        fs::read(bench.out().join(manifest::NAME)).unwrap(),
        manifest
    );
}

#[test]
fn files_are_copied_and_compared() {
    let bench = Bench::new();
    let pic = bench.dir.path().join("content/pic.png");
    fs::write(&pic, vec![7; 300_000]).unwrap();
    let site: Files<'_> = &[("a/pic.png", "copy:content/pic.png"), ("index.html", "x")];
    assert_eq!(bench.publish(site).bytes, 300_001);
    assert_eq!(counts(&bench.publish(site)), (0, 2, 0));
    fs::write(&pic, vec![8; 300_000]).unwrap();
    assert_eq!(counts(&bench.publish(site)), (1, 1, 0));
    assert_eq!(
        fs::read(bench.out().join("a/pic.png")).unwrap(),
        vec![8; 300_000]
    );
    fs::remove_file(&pic).unwrap();
    let failure = bench.publish_for(Tlp::Clear, site);
    assert!(matches!(failure, Err(Failure::Machine(blocked)) if blocked.doing == "read"));
}

#[test]
fn another_audience_replaces_everything_and_says_so() {
    let bench = Bench::new();
    let amber: Files<'_> = &[
        ("index.html", "home CANARY"),
        ("secret/index.html", "CANARY"),
        ("s.css", ""),
    ];
    let clear: Files<'_> = &[("index.html", "home"), ("s.css", "")];
    bench.publish_for(Tlp::Amber, amber).unwrap();
    let report = bench.publish(clear);
    assert_eq!(report.replaced, BTreeSet::from([Tlp::Amber]));
    assert_eq!(counts(&report), (2, 0, 1));
    bench.holds(clear);
    assert!(bench.publish(clear).replaced.is_empty());
    for entry in walkdir::WalkDir::new(bench.out()) {
        let entry = entry.unwrap();
        let bytes = fs::read(entry.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("CANARY") && !text.contains("secret"));
    }
}

#[test]
fn a_manifest_that_was_underway_is_finished() {
    let bench = Bench::new();
    bench.put("old/index.html", "half an old site");
    bench.put("index.html", "old");
    let names = ["index.html", "new/index.html", "old/index.html"];
    let audiences = BTreeSet::from([Tlp::Amber, Tlp::Clear]);
    let bytes = manifest::bytes(&audiences, false, names.iter().map(|name| (*name, None)));
    fs::write(bench.out().join(manifest::NAME), bytes).unwrap();
    let report = bench.publish(&[("index.html", "old"), ("new/index.html", "new")]);
    assert!(report.cleaned);
    assert_eq!(report.replaced, audiences);
    assert_eq!(counts(&report), (2, 0, 1));
    bench.holds(&[("index.html", "old"), ("new/index.html", "new")]);
}

#[test]
fn a_damaged_manifest_is_survived_or_refused_but_nothing_is_orphaned() {
    let bench = Bench::new();
    bench.put(".gitignore", "*");
    let site: Files<'_> = &[("a/index.html", "a"), ("b/index.html", "b")];
    bench.publish(site);
    let path = bench.out().join(manifest::NAME);
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replace("a/index", "x/index")).unwrap();
    let why = bench.refused(&[("b/index.html", "b")]);
    assert!(
        why.contains("damaged") && why.contains("a/index.html"),
        "{why}"
    );
    // All files are still named: only the end is lost.
    fs::write(&path, &whole[..whole.len() - 5]).unwrap();
    let report = bench.publish(&[("b/index.html", "b")]);
    assert!(report.cleaned);
    bench.holds(&[(".gitignore", "*"), ("b/index.html", "b")]);
    fs::write(&path, "").unwrap();
    assert!(bench.refused(site).contains("damaged"));
}

#[test]
fn dead_builds_are_cleaned_up_after() {
    let bench = Bench::new();
    let dead = bench.dir.path().join(".dossier-public.staging-1");
    fs::create_dir_all(dead.join("a")).unwrap();
    fs::write(bench.dir.path().join(".dossier-public.lock"), "").unwrap();
    let report = bench.publish(&[("a", "a")]);
    assert!(report.cleaned);
    bench.holds(&[("a", "a")]);
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_never_written_through() {
    let bench = Bench::new();
    let site: Files<'_> = &[("actors/index.html", "a"), ("index.html", "x")];
    bench.publish(site);
    let content = bench.dir.path().join("content");
    fs::write(content.join("index.html"), "precious").unwrap();
    fs::remove_dir_all(bench.out().join("actors")).unwrap();
    std::os::unix::fs::symlink(&content, bench.out().join("actors")).unwrap();
    let why = match bench.publish_for(
        Tlp::Clear,
        &[("actors/index.html", "new"), ("index.html", "x")],
    ) {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(why.contains("actors` is in the way"), "{why}");
    bench.publish(&[("index.html", "x")]);
    assert_eq!(
        fs::read_to_string(content.join("index.html")).unwrap(),
        "precious"
    );
}

#[test]
fn builds_at_once_take_turns_and_the_last_one_stands_whole() {
    let bench = Bench::new();
    let waited = Mutex::new(0);
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let (bench, waited) = (&bench, &waited);
            scope.spawn(move || {
                let paths: Vec<String> =
                    (100..200).map(|n| format!("{n}/w{}", writer % 2)).collect();
                let make = |index: usize, buffer: &mut Vec<u8>| {
                    buffer.extend_from_slice(format!("{writer} {index}").as_bytes());
                    Ok(Made::Bytes)
                };
                let publication = Publication {
                    audience: Tlp::Clear,
                    paths: &paths,
                    make: &make,
                    known: None,
                    swap: false,
                };
                let watch = |step| {
                    if step == Step::Waiting {
                        *waited.lock().unwrap() += 1;
                    }
                };
                publish(&bench.out(), bench.dir.path(), &publication, &watch).unwrap();
            });
        }
    });
    assert!(*waited.lock().unwrap() > 0);
    let files = bench.files();
    assert_eq!(files.len(), 100);
    let writer = files[0].1.split(' ').next().unwrap().to_owned();
    assert!(files.iter().all(|(_, text)| text.starts_with(&writer)));
}

#[test]
fn progress_counts_every_file() {
    let bench = Bench::new();
    let most = Mutex::new(0);
    let paths: Vec<String> = (100..150).map(|n| n.to_string()).collect();
    let publication = Publication {
        audience: Tlp::Clear,
        paths: &paths,
        make: &|_, _| Ok(Made::Bytes),
        known: None,
        swap: false,
    };
    let watch = |step| {
        if let Step::Made(count) = step {
            let mut most = most.lock().unwrap();
            *most = count.max(*most);
        }
    };
    publish(&bench.out(), bench.dir.path(), &publication, &watch).unwrap();
    assert_eq!(*most.lock().unwrap(), 50);
}

/// A folder appears where a file of ours is to go, after everything was looked at: some of the site has
/// been moved in then.
#[test]
fn a_first_build_that_fails_half_way_is_known_to_the_next() {
    let bench = Bench::new();
    bench.put(".gitignore", "*");
    let paths: Vec<String> = (100..160).map(|n| n.to_string()).collect();
    let obstacle = bench.out().join("130");
    let make = |_: usize, _: &mut Vec<u8>| {
        let _ = fs::create_dir(&obstacle);
        Ok(Made::Bytes)
    };
    let publication = Publication {
        audience: Tlp::Amber,
        paths: &paths,
        make: &make,
        known: None,
        swap: false,
    };
    let failure = publish(&bench.out(), bench.dir.path(), &publication, &|_| {});
    assert!(matches!(failure, Err(Failure::Machine(_))));
    fs::remove_dir(&obstacle).unwrap();
    let report = bench.publish(&[("index.html", "x")]);
    assert!(report.cleaned && report.replaced.contains(&Tlp::Amber));
    bench.holds(&[(".gitignore", "*"), ("index.html", "x")]);
}

/// The parent of an output may have become one that can be written: what was left in the output then goes.
#[test]
fn what_dead_builds_left_in_the_output_goes_too() {
    let bench = Bench::new();
    bench.publish(&[("a", "a")]);
    bench.put(".dossier-staging-7/1", "CANARY");
    bench.put(".dossier-manifest.new", "CANARY");
    bench.put(".dossier-staging-of-mine", "kept");
    assert!(bench.publish(&[("a", "a")]).cleaned);
    bench.holds(&[(".dossier-staging-of-mine", "kept"), ("a", "a")]);
}

/// A folder of the same file system that is mounted elsewhere cannot be renamed into.
#[cfg(target_os = "linux")]
#[test]
fn a_mounted_output_is_written_from_within() {
    let bench = Bench::new();
    let volume = bench.dir.path().join("volume");
    fs::create_dir_all(&volume).unwrap();
    fs::create_dir_all(bench.out()).unwrap();
    let mount = |args: &[&std::ffi::OsStr]| {
        let status = std::process::Command::new(args[0])
            .args(&args[1..])
            .status();
        status.is_ok_and(|status| status.success())
    };
    let (from, to) = (volume.as_os_str(), bench.out().into_os_string());
    if !mount(&["mount".as_ref(), "--bind".as_ref(), from, to.as_ref()]) {
        return;
    }
    let first = bench.publish_for(Tlp::Amber, &[("a", "CANARY"), ("b", "x")]);
    let second = bench.publish_for(Tlp::Clear, &[("a", "a"), ("c/d", "x")]);
    let (files, swapping) = (
        bench.files(),
        Bench {
            swap: true,
            ..bench
        },
    );
    let refused = swapping.publish_for(Tlp::Clear, &[("a", "b")]);
    assert!(mount(&["umount".as_ref(), to.as_ref()]));
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    let expected =
        [("a", "a"), ("c/d", "x")].map(|(path, text)| (path.to_owned(), text.to_owned()));
    assert_eq!(files, expected);
    assert!(matches!(refused, Err(Failure::Refused(why)) if why.contains("mount point")));
}
