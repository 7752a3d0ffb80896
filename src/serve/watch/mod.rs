//! EDGE: which files have changed.
//!
//! Takes a project's root; gives, whenever `dossier.toml` or something in `content/` or `templates/`
//! has changed and come to rest, where. Paths are named rather too many than too few: what really
//! changed is for [`crate::load::Inputs::refresh`] to find. A save is never given out half done
//! (`settle` says when). Begin to watch before you load, and nothing is missed between the two.
//!
//! Where the system cannot watch, or `DOSSIER_WATCH=poll` asks for it (a folder on another machine
//! tells nobody what is changed there), the files are looked through from time to time.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "EDGE: this module watches the disk"
)]

mod event;

mod watched;

mod settle;

#[cfg(test)]
mod tests;

use crate::load::{Changes, Glance, Unreadable, glance};
use event::{is_about_reading, take};
use notify::{Config, Event, RecommendedWatcher, Watcher};
use settle::{HELD, Instant, Measure, Settle};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use watched::Watched;

/// A watch over a project.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    eyes: Eyes,
    settle: Settle,
    messages: Receiver<Message>,
    sender: Sender<Message>,
    /// When the system said that it lost count of what changed.
    lost: Option<Instant>,
    /// How the files were when they were last looked through.
    seen: Option<Glance>,
    note: Option<String>,
    stopped: bool,
}

/// Ends a [`Watch`] from elsewhere.
#[derive(Debug, Clone)]
pub struct Stopper(Sender<Message>);

#[derive(Debug)]
enum Eyes {
    /// The system tells.
    Told(Watched),
    /// We look ourselves, so often.
    Looking(Duration),
}

#[derive(Debug)]
enum Message {
    Event(Instant, notify::Result<Event>),
    Stop,
}

/// How often to look through the files: often enough to feel live, and not more than a twentieth of
/// the time.
const LOOKING: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(10)];
const SHARE: u32 = 20;

/// How long the files must stay as they are, where we look ourselves, and how often to wait for it.
const STEADY: Duration = Duration::from_millis(50);
const MOST_LOOKS: usize = 10;

impl Watch {
    /// Begins to watch a project.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn start(root: &Path) -> Result<Watch, Unreadable> {
        if std::env::var_os("DOSSIER_WATCH").is_some_and(|how| how == "poll") {
            return Watch::looking(root);
        }
        let mut watch = Watch::new(root)?;
        let sender = watch.sender.clone();
        let tell = move |event: notify::Result<Event>| {
            // Every file that is read, by ourselves too, is told of.
            if !event.as_ref().is_ok_and(is_about_reading) {
                let _ = sender.send(Message::Event(Instant::now(), event));
            }
        };
        let watched = RecommendedWatcher::new(tell, Config::default())
            .and_then(|watcher| Watched::new(watcher, &watch.root));
        match watched {
            Ok(watched) => watch.eyes = Eyes::Told(watched),
            Err(error) => watch.fall_back(&error),
        }
        Ok(watch)
    }

    /// Begins to look through the files of a project from time to time, whatever the system can do.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn looking(root: &Path) -> Result<Watch, Unreadable> {
        let mut watch = Watch::new(root)?;
        watch.seen = Some(glance(&watch.root));
        Ok(watch)
    }

    fn new(root: &Path) -> Result<Watch, Unreadable> {
        let root = std::fs::canonicalize(root).map_err(|error| Unreadable {
            path: root.to_owned(),
            error,
        })?;
        let (sender, messages) = channel();
        Ok(Watch {
            root,
            eyes: Eyes::Looking(LOOKING[0]),
            settle: Settle::default(),
            messages,
            sender,
            lost: None,
            seen: None,
            note: None,
            stopped: false,
        })
    }

    /// What there is to say to the user, once.
    pub fn note(&mut self) -> Option<String> {
        self.note.take()
    }

    /// What ends this watch.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Waits until something has changed and come to rest; `None` once the watch was ended.
    pub fn wait(&mut self) -> Option<Changes> {
        while !self.stopped {
            let changes = match self.eyes {
                Eyes::Told(_) => self.take_events(),
                Eyes::Looking(pause) => self.look_through(pause),
            };
            if changes.is_some() {
                return changes;
            }
        }
        None
    }

    /// Takes what the system has told and gives out what is at rest; else waits for more.
    fn take_events(&mut self) -> Option<Changes> {
        let now = Instant::now();
        while let Ok(message) = self.messages.try_recv() {
            let is_new = matches!(message, Message::Event(at, _) if at > now);
            if let Err(error) = self.hear(message) {
                self.fall_back(&error);
                return Some(Changes::All);
            }
            // Who changes files without end must not keep us from giving them out.
            if is_new {
                break;
            }
        }
        if self.lost.is_some_and(|at| at + HELD <= now) {
            return self.recover();
        }
        let ready = self.settle.release(now, measure);
        if !ready.is_empty() {
            return Some(Changes::Paths(ready));
        }
        let lost = self.lost.map(|at| at + HELD);
        let wake = self.settle.wake().into_iter().chain(lost).min();
        let message = self.receive(wake)?;
        let error = self.hear(message).err()?;
        self.fall_back(&error);
        Some(Changes::All)
    }

    /// The next message; `None` when it is time to wake up.
    fn receive(&self, wake: Option<Instant>) -> Option<Message> {
        let Some(wake) = wake else {
            return self.messages.recv().ok();
        };
        let pause = wake.saturating_duration_since(Instant::now());
        self.messages.recv_timeout(pause).ok()
    }

    fn hear(&mut self, message: Message) -> notify::Result<()> {
        let (at, event) = match message {
            Message::Stop => {
                self.stopped = true;
                return Ok(());
            }
            Message::Event(at, event) => (at, event?),
        };
        if event.need_rescan() {
            self.lost = Some(at);
        }
        let Eyes::Told(watched) = &mut self.eyes else {
            return Ok(());
        };
        take(watched, &mut self.settle, at, event)
    }

    /// The system lost count. The first time everything may have changed; from then on we know how
    /// the files were. (To read everything again makes the system tell so much that it may lose count
    /// once more: without that we might never come to an end.)
    fn recover(&mut self) -> Option<Changes> {
        self.lost = None;
        if let Eyes::Told(watched) = &mut self.eyes
            && let Err(error) = watched.renew()
        {
            self.fall_back(&error);
            return Some(Changes::All);
        }
        let now = glance(&self.root);
        let changes = match &self.seen {
            None => Changes::All,
            Some(before) => Changes::Paths(now.since(before)),
        };
        self.seen = Some(now);
        (changes != Changes::Paths(BTreeSet::new())).then_some(changes)
    }

    /// Looks through the files ourselves. What has changed is given out once all is twice the same, or
    /// after a while.
    fn look_through(&mut self, pause: Duration) -> Option<Changes> {
        if !self.pause(pause) {
            return None;
        }
        let start = Instant::now();
        let mut now = glance(&self.root);
        let pause = (start.elapsed() * SHARE).clamp(LOOKING[0], LOOKING[1]);
        self.eyes = Eyes::Looking(pause);
        if self.seen.as_ref() == Some(&now) {
            return None;
        }
        for _ in 0..MOST_LOOKS {
            if !self.pause(STEADY) {
                return None;
            }
            let before = std::mem::replace(&mut now, glance(&self.root));
            if before == now {
                break;
            }
        }
        let seen = self.seen.replace(now).unwrap_or_default();
        let changed = self.seen.as_ref()?.since(&seen);
        (!changed.is_empty()).then_some(Changes::Paths(changed))
    }

    /// Lets time pass; whether the watch goes on.
    fn pause(&mut self, pause: Duration) -> bool {
        let end = Instant::now() + pause;
        while let Some(message) = self.receive(Some(end)) {
            self.stopped |= matches!(message, Message::Stop);
            if self.stopped {
                break;
            }
        }
        !self.stopped
    }

    fn fall_back(&mut self, error: &notify::Error) {
        self.note = Some(format!(
            "{}; as it is, the files are looked through from time to time, and changes are seen a little later",
            reason(error)
        ));
        self.eyes = Eyes::Looking(LOOKING[0]);
        self.seen = Some(glance(&self.root));
    }
}

impl Stopper {
    /// Ends the watch: [`Watch::wait`] gives `None` from now on.
    pub fn stop(&self) {
        // A watch that is gone needs no end.
        let _ = self.0.send(Message::Stop);
    }
}

/// The size and time of what is at a path; a folder counts as something.
fn measure(path: &Path) -> Measure {
    let found = std::fs::metadata(path).ok()?;
    let size = if found.is_dir() { 1 } else { found.len() };
    Some((size, found.modified().unwrap_or(std::time::UNIX_EPOCH)))
}

/// Why the system does not watch, and what to do about it.
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system allows no more folders to be watched; \
             raise the limit with `sudo sysctl fs.inotify.max_user_watches=1048576`"
            .to_owned(),
        // Too many open files: on Linux that is what too many watchers are called.
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system allows no more watchers; \
             raise the limit with `sudo sysctl fs.inotify.max_user_instances=1024`"
                .to_owned()
        }
        _ => format!("the system does not watch these files ({error})"),
    }
}
