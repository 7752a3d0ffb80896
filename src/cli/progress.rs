//! How far a long build is, where somebody looks on.

use super::terminal::Terminal;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What takes less is over before a bar could be read.
const LONG: Duration = Duration::from_millis(700);

/// A bar that shows itself when it takes long.
pub(super) struct Progress {
    watched: bool,
    all: usize,
    start: Instant,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub(super) fn new(terminal: &Terminal, all: usize) -> Self {
        Self {
            watched: terminal.is_watched(),
            all,
            start: Instant::now(),
            bar: OnceLock::new(),
        }
    }

    /// So many are done; told from many threads.
    pub(super) fn at(&self, done: usize) {
        // Asking the clock each time would cost as much as showing it.
        if !self.watched || !done.is_multiple_of(32) || self.start.elapsed() < LONG {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::new(self.all as u64);
            let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files");
            match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
