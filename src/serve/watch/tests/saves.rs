//! The ways in which editors save, step by step.

use super::*;
use std::fs::File;
use std::io::Write;

/// Saves a few times in an editor's way. Nothing but what was meant to be saved may be seen.
///
/// A way of saving tells how long the file was gone or empty meanwhile. Where the machine had so much
/// else to do that this was too long for a save, it is tried again.
#[track_caller]
fn saves(save: impl Fn(&Path, &str) -> Duration) {
    let tried = (0..10).any(|_| {
        let live = live(Watch::start, &[]);
        let mut away = Duration::ZERO;
        for count in 1..=4 {
            away = away.max(save(&live.at(A), &format!("save {count}")));
            live.catch_up();
            // Some editors are at once with the next step, some writers with the next save.
            sleep(ms([0, 4, 120][count % 3]));
        }
        let mut texts = live.end().texts;
        if away > ms(60) {
            return false;
        }
        let saved: Vec<_> = (0..=4).map(|count| Some(format!("save {count}"))).collect();
        // A backup beside it is a change as well.
        texts.insert(0, saved[0].clone());
        texts.dedup();
        assert_eq!(texts, saved);
        true
    });
    assert!(tried, "the machine is too slow for this test");
}

/// Never gone, never empty but while it was being written.
const NEVER: Duration = Duration::ZERO;

#[test]
fn vim() {
    saves(|path, text| {
        let swap = beside(path, ".a.md.swp");
        fs::write(&swap, "swap").unwrap();
        fs::write(beside(path, "4913"), "").unwrap();
        fs::remove_file(beside(path, "4913")).unwrap();
        let gone = Instant::now();
        fs::rename(path, beside(path, "a.md~")).unwrap();
        let mut file = File::create(path).unwrap();
        let gone = gone.elapsed();
        sleep(ms(100));
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        drop(file);
        fs::remove_file(beside(path, "a.md~")).unwrap();
        fs::remove_file(swap).unwrap();
        gone
    });
}

#[test]
fn vim_that_keeps_its_backup_under_another_name() {
    saves(|path, text| {
        let gone = Instant::now();
        fs::rename(path, beside(path, "a.md.bak")).unwrap();
        sleep(ms(30));
        fs::write(path, text).unwrap();
        gone.elapsed()
    });
}

#[test]
fn vim_that_copies_for_its_backup() {
    saves(|path, text| {
        fs::copy(path, beside(path, "a.md~")).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(beside(path, "a.md~")).unwrap();
        NEVER
    });
}

#[test]
fn vs_code() {
    saves(|path, text| {
        fs::write(path, text).unwrap();
        NEVER
    });
}

#[test]
fn vs_code_on_a_slow_disk() {
    saves(|path, text| {
        let mut file = File::create(path).unwrap();
        let (first, second) = text.as_bytes().split_at(2);
        file.write_all(first).unwrap();
        sleep(ms(20));
        file.write_all(second).unwrap();
        NEVER
    });
}

#[test]
fn a_file_that_is_emptied_before_it_is_written() {
    saves(|path, text| {
        let empty = Instant::now();
        fs::write(path, "").unwrap();
        sleep(ms(20));
        fs::write(path, text).unwrap();
        empty.elapsed()
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
        let gone = Instant::now();
        fs::rename(path, beside(path, "a.md~")).unwrap();
        fs::write(path, text).unwrap();
        let gone = gone.elapsed();
        fs::remove_file(beside(path, "#a.md#")).unwrap();
        fs::remove_file(lock).unwrap();
        gone
    });
}

#[test]
fn a_new_file_moved_over_the_old_one() {
    saves(|path, text| {
        fs::write(beside(path, ".a.md.tmp"), text).unwrap();
        fs::rename(beside(path, ".a.md.tmp"), path).unwrap();
        NEVER
    });
    saves(|path, text| {
        fs::write(beside(path, "a.md.tmp-5f2"), text).unwrap();
        fs::rename(beside(path, "a.md.tmp-5f2"), path).unwrap();
        NEVER
    });
}

#[test]
fn a_network_share_that_removes_before_it_renames() {
    saves(|path, text| {
        fs::write(beside(path, ".smb0001"), text).unwrap();
        let gone = Instant::now();
        fs::remove_file(path).unwrap();
        sleep(ms(30));
        fs::rename(beside(path, ".smb0001"), path).unwrap();
        gone.elapsed()
    });
}

#[cfg(target_os = "linux")]
#[test]
fn sed() {
    saves(|path, text| {
        let script = format!("s/save .*/{text}/");
        let sed = std::process::Command::new("sed")
            .args(["-i", &script])
            .arg(path)
            .status();
        assert!(sed.unwrap().success());
        NEVER
    });
}

#[test]
fn two_hundred_saves_in_a_row() {
    let live = live(Watch::start, &[]);
    let start = Instant::now();
    for count in 1..=200 {
        fs::write(beside(&live.at(A), ".new"), format!("save {count}")).unwrap();
        fs::rename(beside(&live.at(A), ".new"), live.at(A)).unwrap();
        sleep(ms(2));
    }
    let most = start.elapsed().as_millis() / 5;
    let texts = live.end().texts;
    let count = texts.len();
    assert!(count >= 3, "starved: {count}");
    assert!(count as u128 <= most + 2, "one by one: {count}");
    assert_eq!(texts[count - 1].as_deref(), Some("save 200"));
    assert!(texts.iter().all(Option::is_some));
}
