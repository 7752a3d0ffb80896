//! Clients that take their time hold up nobody else.

use super::wire::{Events, Project, SVG, Server};
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const OTTER: &str = "/t/notes/otter/";

/// How long whoever comes may have to wait for a page.
const SOON: Duration = Duration::from_secs(1);

/// Two crowds at one time would need twice as many files, and measure each other.
static ALONE: Mutex<()> = Mutex::new(());

/// As many as are opened of each kind; fewer where the system allows few open files.
struct Crowd {
    slow: usize,
    streams: usize,
}

impl Crowd {
    fn allowed() -> Crowd {
        let files = open_files();
        let all = Crowd {
            slow: 1_000,
            streams: 300,
        };
        if files >= 1_800 {
            return all;
        }
        // The tests beside this one need some too.
        let files = files.saturating_sub(500).max(files / 4);
        let part = |of: usize| (of * files / 1_300).min(of);
        let crowd = Crowd {
            slow: part(all.slow),
            streams: part(all.streams),
        };
        println!(
            "few files may be open: {} connections and {} streams instead of 1,000 and 300",
            crowd.slow, crowd.streams
        );
        crowd
    }
}

/// How many files this process may have open, once it was given as many as it needs.
#[cfg(unix)]
fn open_files() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    const WANTED: u64 = 2_000;
    let mut limit = getrlimit(Resource::Nofile);
    let now = limit.current.unwrap_or(WANTED);
    let most = limit.maximum.unwrap_or(WANTED).min(WANTED);
    if now < most {
        limit.current = Some(most);
        if setrlimit(Resource::Nofile, limit).is_err() {
            return usize::try_from(now).unwrap();
        }
    }
    usize::try_from(now.max(most)).unwrap()
}

#[cfg(not(unix))]
fn open_files() -> usize {
    2_000
}

/// What a client says before it falls silent.
fn says(server: &Server, words: &str) -> TcpStream {
    let mut stream = server.connect();
    // Who is let go early may find the connection closed.
    let _ = stream.write_all(words.as_bytes());
    stream
}

/// Clients of every slow kind: silent, in the middle of a head, of the body of a call to open, resting
/// between two requests, and those that do not read the page, the drawing or the refusal that they asked for.
fn slow(server: &Server, token: &str, count: usize) -> Vec<TcpStream> {
    let host = &server.host;
    let words = [
        String::new(),
        format!("GET {OTTER} HTTP/1.1\r\nHost: {host}\r\nX-Slow: "),
        format!(
            "POST /_dossier/open HTTP/1.1\r\nHost: {host}\r\nX-Dossier-Token: {token}\r\n\
             Content-Length: 100\r\n\r\n{{\"path\""
        ),
        format!("GET /t/robots.txt HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET {OTTER} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET /t/actors/heron.svg HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        "GET /t/ HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
        "\r\n".to_owned(),
    ];
    let words = words.iter().cycle().take(count);
    words.map(|words| says(server, words)).collect()
}

/// Pages that are open and read nothing of what they are told.
fn open_pages(server: &Server, count: usize) -> Vec<TcpStream> {
    let paths = [OTTER, "/t/", "/t/notes/quiet/", "/t/actors/heron/"];
    let paths = paths.iter().cycle().take(count);
    let host = &server.host;
    let heads = paths.map(|path| {
        format!("GET /_dossier/events?path={path}&hash=x HTTP/1.1\r\nHost: {host}\r\n\r\n")
    });
    heads.map(|head| says(server, &head)).collect()
}

/// How long a page takes on a connection of its own.
#[track_caller]
fn page_time(server: &Server, path: &str) -> Duration {
    let start = Instant::now();
    assert_eq!(server.get(path).status, 200, "{path}");
    start.elapsed()
}

/// Saves, and gives how long it took until an open page was told.
fn save_time(project: &Project, events: &mut Events, nth: usize) -> Duration {
    let words = format!("Version {nth} of it.");
    let start = Instant::now();
    project.write(
        "content/notes/otter.md",
        &format!("---\ntitle: Otter\n---\n{words}\n"),
    );
    while !events.until("page")["html"]
        .as_str()
        .unwrap()
        .contains(&words)
    {}
    start.elapsed()
}

/// What a page and what a save took at most.
#[derive(Debug, Default)]
struct Worst {
    page: Duration,
    saved: Duration,
}

impl Worst {
    /// Saves, and asks for pages until the open page was told.
    fn round(&mut self, project: &Project, server: &Server, events: &mut Events, nth: usize) {
        std::thread::scope(|scope| {
            let saved = scope.spawn(|| save_time(project, events, nth));
            while !saved.is_finished() {
                self.page = self.page.max(page_time(server, OTTER));
                self.page = self.page.max(page_time(server, "/t/sources/report/"));
            }
            self.saved = self.saved.max(saved.join().unwrap());
        });
    }

    #[track_caller]
    fn is_soon(&self) {
        assert!(self.page < SOON && self.saved < SOON, "{self:?}");
    }
}

/// A picture of more than the system takes for a client that does not read.
fn project() -> Project {
    let project = Project::sample();
    let large = format!("{SVG}{}", " ".repeat(4_000_000));
    project.write("content/actors/heron.svg", &large);
    project
}

#[test]
fn a_page_does_not_wait_for_slow_clients() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let crowd = Crowd::allowed();
    let project = project();
    let server = project.serve(&[]);
    let token = server.token();
    let mut events = server.watching(OTTER);
    let mut worst = Worst::default();
    let streams = open_pages(&server, crowd.streams);
    worst.round(&project, &server, &mut events, 0);
    let slow = slow(&server, &token, crowd.slow);
    for nth in 1..8 {
        worst.round(&project, &server, &mut events, nth);
    }
    worst.is_soon();
    drop((streams, slow));
}

/// Who was let go may come again at once, and go on so.
#[test]
fn a_page_does_not_wait_for_clients_that_come_again_and_again() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let crowd = Crowd::allowed();
    let project = project();
    let server = project.serve(&[]);
    let token = server.token();
    let mut events = server.watching(OTTER);
    let mut worst = Worst::default();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let come_again = || {
            while !over.load(Ordering::Relaxed) {
                drop(slow(&server, &token, crowd.slow / 2));
            }
        };
        let crowd = [scope.spawn(come_again), scope.spawn(come_again)];
        let start = Instant::now();
        // Whatever fails in here, the others are told that it is over.
        let rounds = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut nth = 0;
            while start.elapsed() < Duration::from_secs(3) {
                worst.round(&project, &server, &mut events, nth);
                nth += 1;
            }
        }));
        over.store(true, Ordering::Relaxed);
        for one in crowd {
            one.join().unwrap();
        }
        rounds.unwrap();
    });
    println!("{worst:?}");
    worst.is_soon();
}
