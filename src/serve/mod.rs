//! EDGE: the site in the browser while it is written.
//!
//! Takes a project's folder and [`Settings`]; gives a server that shows the newest generation of the
//! site and pushes every change to the pages that are open. One small loop makes generations: wait,
//! refresh, build, find the changes, push. A generation is a value that is never changed and is handed
//! to all readers at once, so that none sees a mixture. Nothing is written, and pages are rendered when
//! they are asked for. Decides nothing about dossiers, and prints nothing ([`News`] is told to
//! whoever started it).
//!
//! `listen` takes connections, `place` says which of them makes room, `guard` refuses what does not come
//! from here, `peer` tells the writer from others, `http` answers, `site` finds and renders, `work` says
//! what is rendered first, `events` follows one open page, `editor` opens a file.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "EDGE: this module serves on the network, watches the disk and starts the editor"
)]

mod body;

mod changes;

mod client;

mod editor;

mod events;

mod generation;

mod guard;

mod http;

mod listen;

mod patient;

mod peer;

mod place;

mod site;

#[cfg(test)]
mod tests;

pub mod watch;

mod work;

pub use generation::Generation;
pub use listen::{Bound, bind};

use crate::assess::{Wish, assess};
use crate::load::{self, Changes, Inputs};
use crate::model::{Day, Tlp};
use crate::pipeline::Pipeline;
use generation::Made;
use http::Server;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch as latest;
use watch::Watch;

/// How long to wait before files that could not be read are tried again.
const AGAIN: Duration = Duration::from_millis(300);

/// What was asked for.
pub struct Settings {
    /// The project's folder.
    pub root: PathBuf,
    /// The highest marking to show; the configuration's where it is not named.
    pub audience: Option<Tlp>,
    /// Whether drafts and entries whose day has not come are shown.
    pub drafts: bool,
    /// Gives the day: a server may run past midnight.
    pub today: Box<dyn Fn() -> Day>,
    /// Whether browsers are taken to the entry that was saved.
    pub follow: bool,
}

/// What there is to say to the person who started the server.
#[derive(Debug)]
pub enum News<'a> {
    /// A generation was made; these files of the project differ from the one before, sorted.
    Generation(&'a Generation, &'a [String], Duration),
    /// A page that somebody looks at could not be rendered.
    Page(&'a Generation, &'a [crate::diag::Diagnostic]),
    /// A sentence.
    Note(&'a str),
}

/// Told the news, from any thread.
pub type Tell = Arc<dyn Fn(News<'_>) + Send + Sync>;

/// Where generations are handed to the readers.
type Push = latest::Sender<Option<Arc<Generation>>>;

/// Serves until the process ends: nothing is written, so nothing has to be put away.
///
/// # Errors
/// Where the system refuses threads or the socket.
pub fn serve(settings: &Settings, bound: Bound, tell: &Tell) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_io()
        .enable_time()
        .build()?;
    let (push, newest) = latest::channel(None);
    let server = Server::new(&settings.root, &bound, newest, Arc::clone(tell));
    let socket = {
        let _within = runtime.enter();
        bound.listener()?
    };
    runtime.spawn(listen::accept(socket, Arc::new(server)));
    run(settings, tell, &push);
    Ok(())
}

/// The loop.
fn run(settings: &Settings, tell: &Tell, push: &Push) {
    let mut began = Instant::now();
    let mut watch = start(settings, tell);
    let mut pipeline = Pipeline::new();
    let mut inputs = Arc::new(first(settings, tell, push));
    let mut before: Option<Arc<Generation>> = None;
    loop {
        let found = assess(&mut pipeline, &inputs, &wish(settings), &mut |_| {});
        let made = Made {
            inputs: Arc::clone(&inputs),
            found,
            follow: settings.follow,
        };
        let (generation, paths) = made.after(before.as_deref());
        let mut shown = Arc::new(generation);
        push.send_replace(Some(Arc::clone(&shown)));
        tell(News::Generation(&shown, &paths, began.elapsed()));
        let next = next(&mut watch, &mut inputs, &mut shown, tell, push);
        let Some(next) = next else { return };
        began = next;
        before = Some(shown);
    }
}

/// Waits until a file differs, and reads what does. Where the system refuses to give the files, more than
/// for a moment, that is what a generation of its own says.
fn next(
    watch: &mut Watch,
    inputs: &mut Arc<Inputs>,
    shown: &mut Arc<Generation>,
    tell: &Tell,
    push: &Push,
) -> Option<Instant> {
    let mut changes = wait(watch, tell)?;
    let mut refused = 0;
    loop {
        let began = Instant::now();
        // The generation that is shown holds the snapshot: the next one is a copy, of handles.
        match Arc::make_mut(inputs).refresh(&changes) {
            Ok(true) => return Some(began),
            Ok(false) if refused > 1 => return Some(began),
            Ok(false) => changes = wait(watch, tell)?,
            Err(unreadable) => {
                refused += 1;
                if refused == 2 {
                    let sentence = unreadable.to_string();
                    tell(News::Note(&format!("{sentence}; it is tried again")));
                    *shown = Arc::new(shown.refused(&sentence));
                    push.send_replace(Some(Arc::clone(shown)));
                }
                std::thread::sleep(AGAIN);
                // What the system refused is looked at again in any case.
                changes = Changes::Paths(BTreeSet::new());
            }
        }
    }
}

/// Waits, and says what the watch has to say of itself; `None` once it was ended.
fn wait(watch: &mut Watch, tell: &Tell) -> Option<Changes> {
    let say = |note: Option<String>| {
        if let Some(note) = note {
            tell(News::Note(&note));
        }
    };
    say(watch.note());
    let changes = watch.wait();
    say(watch.note());
    changes
}

/// Reads the project for the first time; while the system refuses, browsers are told so.
fn first(settings: &Settings, tell: &Tell, push: &Push) -> Inputs {
    let mut said = String::new();
    loop {
        match load::load(&settings.root) {
            Ok(inputs) => return inputs,
            Err(unreadable) => {
                let sentence = unreadable.to_string();
                push.send_replace(Some(Arc::new(Generation::unreadable(&sentence))));
                say_once(&sentence, &mut said, tell);
                std::thread::sleep(AGAIN);
            }
        }
    }
}

fn start(settings: &Settings, tell: &Tell) -> Watch {
    let mut said = String::new();
    loop {
        match Watch::start(&settings.root) {
            Ok(watch) => return watch,
            Err(error) => {
                say_once(&format!("cannot watch the files: {error}"), &mut said, tell);
                std::thread::sleep(AGAIN);
            }
        }
    }
}

fn say_once(sentence: &str, said: &mut String, tell: &Tell) {
    if said != sentence {
        tell(News::Note(&format!("{sentence}; it is tried again")));
        sentence.clone_into(said);
    }
}

fn wish(settings: &Settings) -> Wish {
    Wish {
        audience: settings.audience,
        drafts: settings.drafts,
        today: (settings.today)(),
        strict: false,
        base_url: None,
    }
}
