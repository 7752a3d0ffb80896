//! `dossier serve`: the site in the browser while it is written.

use super::args::{Global, Serve};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, clock, project};
use crate::assess;
use crate::config;
use crate::diag::{Diagnostic, Severity};
use crate::report::{self, Lines};
use crate::serve::{self, Bound, Generation, News, Settings, Tell};
use crate::text::TextFile;
use std::net::{IpAddr, UdpSocket};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Url;

pub(super) fn run(args: &Serve, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let root = project::root(global)?;
    let root = std::fs::canonicalize(&root).unwrap_or(root);
    let named = args.reader.today;
    let started = clock::today(named)?;
    let bound = serve::bind(&args.host, args.port).map_err(|error| {
        let Serve { host, port, .. } = args;
        Stop::Usage(format!("cannot listen at `{host}`, port {port}: {error}"))
    })?;
    let path = site_path(&root);
    greet(&bound, &path, terminal)?;
    if args.open && !browse(&address(&bound.url(), &path)) {
        terminal.say("no browser could be started");
    }
    let settings = Settings {
        root,
        audience: args.reader.audience,
        drafts: args.reader.drafts,
        today: Box::new(move || clock::today(named).unwrap_or(started)),
        follow: args.follow,
    };
    let terminal = terminal.clone();
    let shown = Mutex::new(Vec::new());
    let tell: Tell = Arc::new(move |news| {
        let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
        tell(&terminal, &news, &mut shown);
    });
    serve::serve(&settings, bound, &tell)
        .map_err(|error| Stop::Machine(format!("cannot serve: {error}")))?;
    Ok(Exit::Well)
}

/// The path below which the site lies, without the slash that it begins with: that of `base_url`.
fn site_path(root: &Path) -> String {
    let text = std::fs::read_to_string(root.join("dossier.toml")).unwrap_or_default();
    let config = config::read(Some(&TextFile::new("dossier.toml", text))).value;
    let url = Url::parse(&config.base_url);
    url.map_or_else(
        |_| String::new(),
        |url| url.path().trim_start_matches('/').to_owned(),
    )
}

/// The address of the site: `root` ends in a slash.
fn address(root: &str, path: &str) -> String {
    format!("{root}{path}")
}

/// This machine's address as others see it, told by the way that a packet would take; none is sent.
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address for documentation (RFC 5737).
    socket.connect("192.0.2.1:9").ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

/// Says where the dossier is to be seen.
fn greet(bound: &Bound, path: &str, terminal: &Terminal) -> Result<(), Stop> {
    if let Some(taken) = bound.taken {
        let port = bound.address.port();
        terminal.say(&format!("port {taken} is in use; {port} is taken instead"));
    }
    if !bound.is_loopback() {
        let (ip, port) = (bound.address.ip(), bound.address.port());
        let reached = match ip.is_unspecified() {
            true => format!("every address of this machine, port {port},"),
            false => ip.to_string(),
        };
        terminal.error(&format!(
            "\u{1b}[1;93mwarning\u{1b}[0m: others can reach {reached} and read what is shown here\n"
        ));
    }
    if bound.address.ip().is_unspecified()
        && let Some(ip) = outward()
    {
        let root = format!("http://{ip}:{}/", bound.address.port());
        terminal.say(&format!("for other machines: {}", address(&root, path)));
    }
    terminal.say("the dossier is served here; Ctrl-C ends it");
    terminal.print(&format!("{}\n", address(&bound.url(), path)))
}

/// Tells one of the news; `shown` are the problems that were shown last.
fn tell(terminal: &Terminal, news: &News<'_>, shown: &mut Vec<Diagnostic>) {
    match news {
        News::Note(sentence) => terminal.error(&format!("{}\n", report::clean(sentence))),
        News::Page(generation, problems) => problems
            .iter()
            .for_each(|problem| show(terminal, generation, problem, &mut Lines::default())),
        News::Generation(generation, paths, time) => {
            if generation.problems != *shown {
                let mut lines = Lines::default();
                let told = report::shown(&generation.problems, terminal.quiet);
                for problem in told.problems {
                    show(terminal, generation, problem, &mut lines);
                }
                for rest in &told.rest {
                    terminal.error(&format!("{}\n\n", report::rest(rest)));
                }
                shown.clone_from(&generation.problems);
            }
            terminal.say(&line(generation, paths, *time));
        }
    }
}

fn show(terminal: &Terminal, generation: &Generation, problem: &Diagnostic, lines: &mut Lines) {
    if !terminal.quiet || problem.severity == Severity::Error {
        let texts = |path: &str| assess::text(&generation.inputs, path);
        let shown = report::human(problem, &texts, lines);
        terminal.error(&format!("{shown}\n\n"));
    }
}

/// A generation in a line: `content/actors/apt38.md · 12 ms · 0 errors, 1 warning`.
fn line(generation: &Generation, paths: &[String], time: Duration) -> String {
    let what = match paths {
        [] if generation.number == 1 => {
            let pages = count(generation.pages(), "page");
            format!("{pages} for {}", generation.audience.label())
        }
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {}", count(rest.len(), "other file")),
    };
    let (errors, warnings) = generation.counts();
    let stale = match (generation.stale, generation.pages()) {
        (false, _) => "",
        (true, 0) => " · nothing is shown yet",
        (true, _) => " · the last good site stays",
    };
    format!(
        "{} · {} ms · {}, {}{stale}",
        report::clean(&what),
        time.as_millis(),
        count(errors, "error"),
        count(warnings, "warning")
    )
}

/// Opens an address in the browser that the system prefers.
fn browse(url: &str) -> bool {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(mut child) => {
            std::thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}
