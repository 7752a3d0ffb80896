//! The ways in which files are saved, moved and put back, replayed on a real disk.

mod moves;

mod saves;

mod system;

use super::*;
use crate::load::{Inputs, load};
use std::fs;
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

fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name)
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
