//! When a changed path has come to rest.
//!
//! Takes what was seen of each path and when; gives the paths that can be read now. A save is many
//! steps on disk (truncate and write; write beside and rename over; rename away and write anew), and
//! none but the last may be acted on: a file that is being written is waited for, one that is gone or
//! empty is held for a while, because it mostly comes back at once. Has no clock and no disk.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub(super) use std::time::Instant;

/// Whether the system tells that a file that was written has been closed.
pub(super) const TELLS_CLOSE: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// How long nothing more may be saved before what has been is given out, and how long that may be
/// put off.
const QUIET: [Duration; 2] = [Duration::from_millis(5), Duration::from_millis(50)];

/// The same where more than [`MANY`] paths have changed, and for a while after: another branch was
/// checked out, a script runs. That is to be seen whole, what was removed included.
const QUIET_MANY: [Duration; 2] = [Duration::from_millis(75), Duration::from_millis(500)];
const MANY: usize = 32;

/// How long what is gone or empty is held.
pub(super) const HELD: Duration = Duration::from_millis(75);

/// How long a file that was written without having been closed must stay as it is, and how long that
/// may be put off.
const UNCLOSED: [Duration; 2] = if TELLS_CLOSE {
    [Duration::from_secs(1), Duration::from_secs(3)]
} else {
    [Duration::from_millis(25), Duration::from_secs(1)]
};

/// The size and time of a file; `None` where there is none.
pub(super) type Measure = Option<(u64, SystemTime)>;

/// The paths that have changed and have not been given out.
#[derive(Debug, Default)]
pub(super) struct Settle {
    pending: HashMap<PathBuf, Pending>,
    wake: Option<Instant>,
    /// Until when few paths count as a part of many.
    many: Option<Instant>,
}

#[derive(Debug)]
struct Pending {
    state: State,
    /// The first event and the last one.
    since: Instant,
    last: Instant,
    /// When it was whole for the first time.
    whole: Option<Instant>,
    measure: Measure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Being written.
    Writing,
    /// Gone, or of unknown state: it may be about to come back.
    Held,
    /// Written and closed, or moved here.
    Whole,
    /// Moved away, with a name that tells that it was meant.
    Left,
}

impl Settle {
    /// A file is being written.
    pub(super) fn written(&mut self, path: PathBuf, at: Instant) {
        self.set(path, State::Writing, at);
    }

    /// A file was closed after it was written, or something was moved here.
    pub(super) fn whole(&mut self, path: PathBuf, at: Instant) {
        self.set(path, State::Whole, at);
    }

    /// Something is gone, perhaps to come back.
    pub(super) fn gone(&mut self, path: PathBuf, at: Instant) {
        self.set(path, State::Held, at);
    }

    /// Something was moved to another name for good.
    pub(super) fn left(&mut self, path: PathBuf, at: Instant) {
        self.set(path, State::Left, at);
    }

    /// Something is there, and it is not known whether it is being written.
    pub(super) fn found(&mut self, path: PathBuf, at: Instant) {
        if !self.pending.contains_key(&path) {
            self.set(path, State::Held, at);
        }
    }

    /// When to ask again.
    pub(super) fn wake(&self) -> Option<Instant> {
        self.wake
    }

    fn set(&mut self, path: PathBuf, state: State, at: Instant) {
        let pending = self.pending.entry(path).or_insert(Pending {
            state,
            since: at,
            last: at,
            whole: None,
            measure: None,
        });
        pending.state = state;
        pending.last = at;
        if state != State::Writing {
            pending.whole.get_or_insert(at);
        }
        // No later than it can be due: `release` sets it right.
        let due = match state {
            State::Writing => at + UNCLOSED[0],
            State::Held => at + HELD,
            State::Whole | State::Left => at + QUIET[0],
        };
        self.wake = Some(self.wake.map_or(due, |wake| wake.min(due)));
    }

    /// Gives out the paths that have come to rest.
    pub(super) fn release(
        &mut self,
        now: Instant,
        measure: impl Fn(&Path) -> Measure,
    ) -> BTreeSet<PathBuf> {
        let mut ready = BTreeSet::new();
        if self.wake.is_none_or(|wake| now < wake) {
            return ready;
        }
        if self.pending.len() > MANY {
            self.many = Some(now + QUIET_MANY[1]);
        }
        let many = self.many.is_some_and(|end| now < end);
        let open = self.open(many);
        let mut wake: Option<Instant> = None;
        self.pending.retain(|path, pending| {
            if pending.due(many, open) <= now && pending.rests(now, || measure(path)) {
                ready.insert(path.clone());
                return false;
            }
            let due = pending.due(many, open);
            wake = Some(wake.map_or(due, |wake| wake.min(due)));
            true
        });
        self.wake = wake;
        ready
    }

    /// When what is whole is given out, all together.
    fn open(&self, many: bool) -> Option<Instant> {
        let [quiet, most] = if many { QUIET_MANY } else { QUIET };
        let resting = self.pending.values().filter(|pending| match pending.state {
            State::Whole | State::Left => true,
            State::Held => many,
            State::Writing => false,
        });
        let (first, last) = resting
            .map(|pending| (pending.whole.unwrap_or(pending.last), pending.last))
            .reduce(|(first, last), (whole, at)| (first.min(whole), last.max(at)))?;
        Some((last + quiet).min(first + most))
    }
}

impl Pending {
    fn due(&self, many: bool, open: Option<Instant>) -> Instant {
        match self.state {
            State::Writing => (self.last + UNCLOSED[0]).min(self.since + UNCLOSED[1]),
            State::Held if many => (self.last + HELD).max(open.unwrap_or(self.last)),
            State::Held => self.last + HELD,
            State::Whole | State::Left => open.unwrap_or(self.last),
        }
    }

    /// Whether what is due is to be given out; what is not is put off.
    fn rests(&mut self, now: Instant, measure: impl FnOnce() -> Measure) -> bool {
        match self.state {
            State::Held | State::Left => true,
            // The next save may have begun already, unheard.
            State::Whole => {
                let is_there = measure().is_some_and(|(size, _)| size > 0);
                if is_there || self.last + HELD <= now {
                    return true;
                }
                self.state = State::Held;
                false
            }
            State::Writing => {
                let measure = measure();
                if measure == self.measure || self.since + UNCLOSED[1] <= now {
                    return true;
                }
                self.measure = measure;
                self.last = now;
                false
            }
        }
    }
}
