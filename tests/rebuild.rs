//! A build that takes up what an earlier one left is exact: after any sequence of edits, builds, crashes
//! and damage to the cache, the output is, file by file and byte by byte, that of a build from nothing,
//! and holds no file that this one lacks.
//!
//! The real program is run on real files. `DOSSIER_REBUILDS` asks for more steps than the default.

mod support;

use dossier::load::Words;
use dossier::model::Day;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use support::Project;
use support::edits::{Dice, STATIC, edit, lenient, settle};

type Files = BTreeMap<String, Vec<u8>>;

/// Every file of a project as it lies on the disk.
fn laid_out(project: &Project) -> Files {
    let inputs = &project.inputs;
    let config = inputs.config.iter();
    let texts = inputs.entries.iter().chain(config);
    let mut files: Files = texts
        .map(|file| (file.path.to_string(), file.text.as_bytes().to_vec()))
        .collect();
    for path in inputs.files.keys() {
        files.insert(format!("content/{path}"), path.as_bytes().to_vec());
    }
    for (path, file) in &inputs.statics {
        let bytes = match file.words.get() {
            Words::Text(text) => text.bytes().to_vec(),
            Words::Within(_) | Words::TooLong | Words::Changed | Words::None => STATIC.to_vec(),
        };
        files.insert(path.clone(), bytes);
    }
    for (path, bytes) in &inputs.theme {
        files.insert(format!("templates/{path}"), bytes.to_vec());
    }
    files
}

/// Brings a folder from one state of a project to another, touching only what differs.
fn lay(root: &Path, before: &Files, now: &Files) {
    for path in before.keys().filter(|path| !now.contains_key(*path)) {
        fs::remove_file(root.join(path)).unwrap();
    }
    for (path, bytes) in now
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
    {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Every file below a folder, but for the program's own notes.
fn read(root: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if !name.starts_with('.') {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// What a build from nothing gives; nothing where there are errors.
fn from_nothing(project: &Project, laid: &Files) -> Option<Files> {
    let mut site = project.try_site().ok()?;
    for bytes in site.values_mut() {
        let copied = bytes.strip_prefix(b"copy of ");
        if let Some(from) = copied.and_then(|path| std::str::from_utf8(path).ok()) {
            let file = laid.get(from);
            *bytes = file
                .unwrap_or_else(|| &laid[&format!("content/{from}")])
                .clone();
        }
    }
    Some(site)
}

struct Place {
    dir: tempfile::TempDir,
    laid: Files,
}

impl Place {
    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn command(&self, audience: &str, day: Day) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command
            .arg("--root")
            .arg(self.root())
            .args(["build", "-v", "--today", &day.to_string()]);
        command.args(["--audience", audience]);
        command.env("RAYON_NUM_THREADS", "1");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Begins a build and kills it at some instant.
    fn crash(&self, audience: &str, day: Day, after: Duration) {
        let mut child = self.command(audience, day).spawn().unwrap();
        std::thread::sleep(after);
        let _ = child.kill();
        child.wait().unwrap();
    }

    /// Spoils a file of the cache.
    fn damage(&self, dice: &mut Dice) {
        let cache = self.root().join(".dossier-cache");
        let mut paths: Vec<PathBuf> = fs::read_dir(cache)
            .into_iter()
            .flatten()
            .flatten()
            .map(|it| it.path())
            .collect();
        paths.sort();
        if paths.is_empty() {
            return;
        }
        let path = &paths[dice.roll(paths.len())];
        let mut bytes = fs::read(path).unwrap();
        match dice.roll(3) {
            0 => fs::remove_file(path).unwrap(),
            1 => fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
            _ => {
                let at = dice.roll(bytes.len().max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 0x41;
                }
                fs::write(path, bytes).unwrap();
            }
        }
    }
}

/// How many builds ended in a site, and how many of them took up where an earlier one ended.
#[derive(Default)]
struct Counts {
    sites: usize,
    taken_up: usize,
}

/// A sequence of edits with a build after each.
fn sequence(seed: u64, steps: usize) -> Counts {
    let mut dice = Dice(seed ^ 0x5eed);
    let mut project = lenient();
    settle(&mut project, &mut dice);
    let audience = dice.pick(&["clear", "clear", "amber"]);
    project.options.audience = dossier::model::Tlp::from_name(audience).unwrap();
    let mut place = Place {
        dir: tempfile::tempdir().unwrap(),
        laid: Files::new(),
    };
    let public = match audience {
        "clear" => "public".to_owned(),
        above => format!("public-{above}"),
    };
    let public = place.root().join(public);
    let mut shown: Option<Files> = None;
    let mut counts = Counts::default();
    let mut whole = true;
    let mut names = Vec::new();
    let mut good = project.inputs.clone();
    for step in 0..steps {
        // Half of those who broke something go back to what they had.
        if step > 0 && !whole && dice.chance(50) {
            names.push("back");
            project.inputs = good.clone();
        }
        let config = project.inputs.config.clone();
        // Some builds find nothing changed.
        for _ in 0..dice.roll(3) {
            names.push(edit(&mut project, &mut dice));
        }
        if dice.chance(90) {
            project.inputs.config = config;
        }
        if dice.chance(15) {
            names.push("day");
            project.options.today = Day::constant(2026, 1, 1 + dice.roll(4) as i8);
        }
        let day = project.options.today;
        let now = laid_out(&project);
        lay(place.root(), &place.laid, &now);
        place.laid = now;
        if dice.chance(8) {
            names.push("crash");
            place.crash(
                audience,
                day,
                Duration::from_micros(dice.roll(60_000) as u64),
            );
        }
        if dice.chance(6) {
            names.push("damage");
            place.damage(&mut dice);
        }
        let run = place.command(audience, day).stderr(Stdio::piped()).output();
        let run = run.unwrap();
        let status = run.status;
        let last = &names[names.len().saturating_sub(5)..];
        let anew = from_nothing(&project, &place.laid);
        assert_eq!(
            status.success(),
            anew.is_some(),
            "seed {seed}, step {step}, after {last:?}"
        );
        whole = anew.is_some();
        counts.sites += usize::from(whole);
        let told = String::from_utf8_lossy(&run.stderr);
        counts.taken_up += usize::from(told.contains("recall "));
        if whole {
            good.clone_from(&project.inputs);
        }
        // A build with errors leaves what is there.
        shown = anew.or(shown);
        let Some(shown) = &shown else {
            continue;
        };
        let found = read(&public);
        let paths: Vec<&String> = found.keys().collect();
        assert_eq!(
            paths,
            shown.keys().collect::<Vec<_>>(),
            "seed {seed}, step {step}, after {last:?}"
        );
        let differ = found
            .iter()
            .find(|(path, bytes)| shown.get(*path) != Some(bytes));
        assert!(
            differ.is_none(),
            "seed {seed}, step {step}, after {last:?}: {:?}",
            differ.map(|it| it.0)
        );
    }
    counts
}

#[test]
fn a_build_after_any_edits_and_crashes_is_that_from_nothing() {
    let asked = std::env::var("DOSSIER_REBUILDS")
        .ok()
        .and_then(|steps| steps.parse().ok());
    let steps: usize = asked.unwrap_or(400);
    let sequences = steps.div_ceil(40) as u64;
    let threads: Vec<_> = (0..2u64)
        .map(|thread| {
            std::thread::spawn(move || -> Vec<Counts> {
                (0..sequences)
                    .filter(|seed| seed % 2 == thread)
                    .map(|seed| sequence(seed, 40))
                    .collect()
            })
        })
        .collect();
    let counts: Vec<Counts> = threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap())
        .collect();
    let sites: usize = counts.iter().map(|it| it.sites).sum();
    let taken_up: usize = counts.iter().map(|it| it.taken_up).sum();
    println!("{steps} steps, {sites} sites, {taken_up} of them taken up");
    assert!(
        sites * 2 > steps,
        "only {sites} of {steps} builds ended in a site"
    );
    assert!(
        taken_up * 10 > steps,
        "only {taken_up} of {steps} builds took up where an earlier one ended"
    );
}
