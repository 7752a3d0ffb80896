//! How long each stage takes for an entry, on one thread.
//!
//! ```text
//! cargo bench --bench stages            1,000 entries, the least of 5 runs
//! cargo bench --bench stages -- 300 20  300 entries, the least of 20 runs
//! ```
//!
//! The stages run one after another over a generated dossier, as a build runs them; `view` chooses and
//! words what pages show, `render` runs the templates, `write` puts ready bytes on the disk. The least
//! time is the one that neighbours disturbed least. Nothing is asserted: `benches/count` guards CI.

use dossier::model::Tlp;
use dossier::pipeline::{Built, Options, Pipeline};
use dossier::write::{Made, Publication};
use dossier::{config, load, write};
use std::path::Path;
use std::time::{Duration, Instant};

#[allow(
    dead_code,
    unused_imports,
    reason = "its main and its tests are the example's"
)]
#[path = "../examples/corpus/main.rs"]
mod corpus;

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let entries = numbers.first().copied().unwrap_or(1000).max(20);
    let runs = numbers.get(1).copied().unwrap_or(5).max(1);
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .expect("no threads have been started yet");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("dossier");
    corpus::write(entries, &root).expect("a dossier");

    let mut least: Vec<(&'static str, Duration)> = Vec::new();
    for _ in 0..runs {
        let mut stages = Stages::default();
        stages.run(&root, &folder.path().join("out"));
        if least.is_empty() {
            least = stages.times;
        } else {
            for (best, (_, time)) in least.iter_mut().zip(stages.times) {
                best.1 = best.1.min(time);
            }
        }
    }
    println!("{entries} entries, one thread, the least of {runs} runs");
    for (stage, time) in least {
        let micros = time.as_secs_f64() * 1e6 / entries as f64;
        println!("{stage:>8} {micros:8.1} µs an entry");
    }
}

/// The times of the stages, in order.
#[derive(Default)]
struct Stages {
    times: Vec<(&'static str, Duration)>,
}

impl Stages {
    fn run(&mut self, root: &Path, out: &Path) {
        let inputs = self.time("load", || {
            load::load(root).expect("a dossier that can be read")
        });
        let settings = config::read(inputs.config.as_ref()).value;
        let options = Options {
            audience: Tlp::Clear,
            drafts: false,
            today: "2025-06-01".parse().expect("a day"),
            strict: false,
        };
        let mut last = Instant::now();
        let run = Pipeline::new().run(&inputs, &settings, &options, &mut |stage| {
            self.times.push((stage, last.elapsed()));
            last = Instant::now();
        });
        let site = run.site.expect("a dossier without errors");
        let pages = self.pages(&site);
        self.written(&site, &pages, root, out);
    }

    /// Makes every page: on the clock its view, with what tells whether it is the same, and then all of it.
    fn pages(&mut self, site: &Built) -> Vec<Vec<u8>> {
        let (mut view, mut page) = (Duration::ZERO, Duration::ZERO);
        let mut buffer = Vec::new();
        let mut pages = Vec::new();
        for index in 0..site.paths().len() {
            let start = Instant::now();
            let noted = site.noted(index);
            let seen = start.elapsed();
            site.make(index, &mut buffer).expect("a file");
            if noted.is_some() {
                view += seen;
                page += start.elapsed() - seen;
            }
            pages.push(buffer.clone());
        }
        self.times.extend([("view", view), ("page", page)]);
        pages
    }

    fn written(&mut self, site: &Built, pages: &[Vec<u8>], root: &Path, out: &Path) {
        let make = |index: usize, buffer: &mut Vec<u8>| {
            buffer.extend_from_slice(&pages[index]);
            Ok(Made::Bytes)
        };
        let publication = Publication {
            audience: Tlp::Clear,
            paths: site.paths(),
            known: None,
            swap: false,
            make: &make,
        };
        self.time("write", || {
            write::publish(out, root, &publication, &|_| {}).expect("a site on the disk")
        });
        std::fs::remove_dir_all(out).expect("what was written");
    }

    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = work();
        self.times.push((stage, start.elapsed()));
        made
    }
}
