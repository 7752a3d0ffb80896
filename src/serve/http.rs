//! Answers: one function decides what each request gets.

use super::body::Body;
use super::events::Streams;
use super::generation::Generation;
use super::guard::{self, Hosts, OPEN, OWN};
use super::listen::Bound;
use super::peer::{self, Peer};
use super::site::{Found, Given, Shown};
use super::work::Work;
use super::{News, Tell, client, editor, events};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::AsyncReadExt as _;
use tokio::sync::{mpsc, watch as latest};

/// The newest generation; `None` until the first is made.
pub(super) type Newest = latest::Receiver<Option<Arc<Generation>>>;

/// So many pages are remembered as they were when they last could be rendered.
const REMEMBERED: usize = 64;

/// The policy of the server's own page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'self'";

/// What all requests share.
pub(super) struct Server {
    pub newest: Newest,
    /// Given to open pages, and asked back when they open the editor.
    pub token: String,
    pub streams: Streams,
    pub work: Arc<Work>,
    /// The project's folder.
    pub root: PathBuf,
    hosts: Hosts,
    tell: Tell,
    /// Pages that could be rendered, the newest at the end.
    good: Mutex<VecDeque<Good>>,
    /// The generation and the problem of a page that were told last.
    told: Mutex<Option<(u64, crate::diag::Diagnostic)>>,
    /// Whether it was said that a proxy asks.
    told_of_proxy: AtomicBool,
}

/// A page as it was when it could be rendered.
struct Good {
    path: String,
    /// The identity of what it shows.
    shows: u64,
    page: Arc<[u8]>,
}

impl Server {
    pub(super) fn new(root: &Path, bound: &Bound, newest: Newest, tell: Tell) -> Server {
        Server {
            newest,
            token: token(),
            streams: Streams::new(),
            work: Work::new(),
            root: root.to_owned(),
            hosts: Hosts::new(&bound.host, bound.is_loopback()),
            tell,
            good: Mutex::default(),
            told: Mutex::default(),
            told_of_proxy: AtomicBool::new(false),
        }
    }

    /// The newest generation, once there is one.
    pub(super) async fn newest(&self) -> Option<Arc<Generation>> {
        let mut newest = self.newest.clone();
        let found = newest.wait_for(Option::is_some).await.ok()?;
        found.clone()
    }

    /// Renders a page of a generation, without the live script; where it cannot be rendered, its
    /// problems.
    pub(super) fn page(
        &self,
        generation: &Generation,
        index: usize,
    ) -> Result<Given, Vec<crate::diag::Diagnostic>> {
        let Some(site) = &generation.site else {
            return Err(Vec::new());
        };
        let given = site.make(index);
        match &given {
            Ok(Given::Page(page, shows)) => self.remember(site.path(index), *shows, page),
            Ok(_) => {}
            Err(problems) => self.tell_page(generation, problems),
        }
        given
    }

    /// The page as it was when it could be rendered, if it would show the same now: what was withheld
    /// since must not come back with it.
    fn remembered(&self, site: &Shown, index: usize) -> Option<Arc<[u8]>> {
        let (path, shows) = (site.path(index), site.built.noted(index)?.page?.shows());
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = good
            .iter()
            .filter(|good| good.path == path && good.shows == shows);
        found.next().map(|good| Arc::clone(&good.page))
    }

    fn remember(&self, path: &str, shows: u64, page: &[u8]) {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.retain(|known| known.path != path);
        if good.len() == REMEMBERED {
            good.pop_front();
        }
        good.push_back(Good {
            path: path.to_owned(),
            shows,
            page: page.into(),
        });
    }

    /// Says what is wrong with a page, once for many requests.
    fn tell_page(&self, generation: &Generation, problems: &[crate::diag::Diagnostic]) {
        let Some(first) = problems.first() else {
            return;
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |told: &(u64, crate::diag::Diagnostic)| {
            told.0 == generation.number && told.1.place == first.place
        };
        if !told.as_ref().is_some_and(same) {
            *told = Some((generation.number, first.clone()));
            (self.tell)(News::Page(generation, problems));
        }
    }

    /// Who asks, by where the connection comes from and by what the request shows.
    fn peer(&self, near: bool, request: &Request<Incoming>) -> Peer {
        let proxy = peer::handed_on(request.version(), request.headers());
        if let Some(sign) = proxy.filter(|_| near)
            && !self.told_of_proxy.swap(true, Ordering::Relaxed)
        {
            let tell = Arc::clone(&self.tell);
            let sentence = format!(
                "a request came by way of a proxy (`{sign}`): whoever comes so counts as on another \
                 machine and is shown nothing that stands in the files"
            );
            // A terminal may take its time.
            tokio::task::spawn_blocking(move || tell(News::Note(&sentence)));
        }
        Peer {
            here: near && proxy.is_none(),
        }
    }
}

/// 128 bits that nobody can guess: the standard library's hashers are keyed by the system's randomness.
fn token() -> String {
    let half = || RandomState::new().hash_one(0);
    format!("{:016x}{:016x}", half(), half())
}

/// Answers a request; `near` says whether the connection begins on this machine.
pub(super) async fn answer(
    server: Arc<Server>,
    near: bool,
    request: Request<Incoming>,
) -> Response<Body> {
    let checked = guard::check(
        &server.hosts,
        request.method(),
        request.uri(),
        request.headers(),
    );
    if let Err(refusal) = checked {
        let mut answer = plain(refusal.status, refusal.sentence);
        if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
            let is_open = request.uri().path() == OPEN;
            let allowed = if is_open { "POST" } else { "GET, HEAD" };
            set(&mut answer, ALLOW, allowed);
        }
        return answer;
    }
    let peer = server.peer(near, &request);
    let path = request.uri().path().to_owned();
    match path.strip_prefix(OWN) {
        None => page(server, path, peer.here).await,
        Some("open") => editor::open(&server, peer, request).await,
        Some("events") if request.method() == Method::HEAD => {
            with(StatusCode::OK, "text/event-stream", Body::from(""))
        }
        Some("events") => events::stream(server, peer, request.uri().query().unwrap_or("")),
        Some("source") => editor::source(server, peer, request.uri().query().unwrap_or("")).await,
        Some(name) => match client::file(name) {
            Some(bytes) => with(StatusCode::OK, kind(name), bytes.into_owned().into()),
            None => plain(StatusCode::NOT_FOUND, "there is no such file".to_owned()),
        },
    }
}

/// What stands at an address of the site.
async fn page(server: Arc<Server>, path: String, here: bool) -> Response<Body> {
    let Some(generation) = server.newest().await else {
        return waiting(None);
    };
    let work = Arc::clone(&server.work);
    let made = work.done(move || find(&server, &generation, &path, here));
    match made.await {
        Some(Reply::Answer(answer)) => answer,
        Some(Reply::Copy(root, file)) => copy(&root, &file).await,
        None => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this page could not be made; that is a fault of dossier".to_owned(),
        ),
    }
}

enum Reply {
    Answer(Response<Body>),
    Copy(PathBuf, PathBuf),
}

fn find(server: &Server, generation: &Generation, path: &str, here: bool) -> Reply {
    // What the files withhold now may stand in the last good site: its writer knows it, others do not.
    let shown = generation
        .site
        .as_ref()
        .filter(|_| here || !generation.stale);
    let Some(site) = shown else {
        let unreadable = generation.unreadable.as_deref();
        return Reply::Answer(waiting(unreadable.filter(|_| here)));
    };
    if path == "/" && site.base != "/" {
        return Reply::Answer(redirect(StatusCode::FOUND, &site.address("")));
    }
    let (status, index) = match site.find(path) {
        Found::File(index) => (StatusCode::OK, index),
        // The path leads to a page, so it begins with a single slash and stays on this server.
        Found::Slash => {
            return Reply::Answer(redirect(StatusCode::MOVED_PERMANENTLY, &format!("{path}/")));
        }
        Found::Missing => match site.missing() {
            Some(index) => (StatusCode::NOT_FOUND, index),
            None => {
                let sentence = "there is no such page".to_owned();
                return Reply::Answer(plain(StatusCode::NOT_FOUND, sentence));
            }
        },
    };
    let name = site.path(index);
    Reply::Answer(match server.page(generation, index) {
        Ok(Given::Page(page, _)) => with(status, kind(name), site.with_script(&page).into()),
        Ok(Given::Bytes(bytes)) => {
            let kind = site.media_type(index).unwrap_or_else(|| kind(name));
            let mut answer = with(status, kind, bytes.into());
            if kind == "image/svg+xml" {
                set(&mut answer, CONTENT_SECURITY_POLICY, "sandbox");
            }
            answer
        }
        Ok(Given::Copy(file)) => return Reply::Copy(site.inputs.root.clone(), file),
        Err(_) => match server.remembered(site, index) {
            Some(page) => with(status, kind(name), site.with_script(&page).into()),
            None => waiting(None),
        },
    })
}

/// A file of the content, in pieces; never one that a link has led out of the project since.
async fn copy(root: &Path, file: &Path) -> Response<Body> {
    let gone = || plain(StatusCode::NOT_FOUND, "the file is gone".to_owned());
    let (Ok(root), Ok(file)) = (
        tokio::fs::canonicalize(root).await,
        tokio::fs::canonicalize(file).await,
    ) else {
        return gone();
    };
    let name = file.to_string_lossy().into_owned();
    if !file.starts_with(&root) {
        return gone();
    }
    let Ok(mut file) = tokio::fs::File::open(&file).await else {
        return gone();
    };
    let length = match file.metadata().await {
        Ok(found) if found.is_file() => found.len(),
        _ => return gone(),
    };
    let (sender, pieces) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut left = length;
        while left > 0 {
            let mut piece = vec![0; usize::try_from(left).unwrap_or(PIECE).min(PIECE)];
            match file.read(&mut piece).await {
                Ok(read) if read > 0 => piece.truncate(read),
                // Where the file has become shorter, the connection ends short of its length.
                _ => return,
            }
            left = left.saturating_sub(piece.len() as u64);
            if sender.send(Bytes::from(piece)).await.is_err() {
                return;
            }
        }
    });
    let kind = kind(&name);
    let mut answer = with(StatusCode::OK, kind, Body::Pieces(pieces, Some(length)));
    // Somebody else's page or drawing, kept as evidence: it must not act as a page of this server.
    if kind.starts_with("text/html") || kind.contains("xml") {
        set(&mut answer, CONTENT_SECURITY_POLICY, "sandbox");
    }
    answer
}

/// How much of a file is read at a time.
const PIECE: usize = 128 * 1024;

/// The server's own page, in place of one that cannot be shown yet; the live script shows why.
fn waiting(unreadable: Option<&str>) -> Response<Body> {
    let mut why = String::new();
    if let Some(sentence) = unreadable {
        why.push_str("<p>");
        crate::render::html::escape(sentence, &mut why);
        why.push_str("</p>\n");
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Waiting for the dossier</title>\n\
         <script type=\"module\" src=\"/_dossier/live.js\" data-hash=\"\" data-look=\"\"></script>\n</head>\n<body>\n\
         <main>\n<h1>This page cannot be shown yet</h1>\n\
         <p>It appears by itself when the problems are mended.</p>\n{why}</main>\n</body>\n</html>\n"
    );
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let mut answer = with(status, "text/html; charset=utf-8", page.into());
    set(&mut answer, CONTENT_SECURITY_POLICY, POLICY);
    answer
}

fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut answer = plain(status, String::new());
    set(&mut answer, LOCATION, to);
    answer
}

/// A sentence.
pub(super) fn plain(status: StatusCode, sentence: String) -> Response<Body> {
    with(status, "text/plain; charset=utf-8", sentence.into())
}

/// A value, for the live script.
pub(super) fn json(status: StatusCode, value: &serde_json::Value) -> Response<Body> {
    with(status, "application/json", value.to_string().into())
}

/// An answer. All are for the moment, and for pages of this server only.
pub(super) fn with(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A click in a page may open the editor: no other site gets to frame one.
        (X_FRAME_OPTIONS, "SAMEORIGIN"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in headers {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// The content type of a file, by the end of its name.
fn kind(name: &str) -> &'static str {
    let end = name.rsplit('/').next().unwrap_or(name);
    let end = end.rsplit_once('.').map_or("", |(_, end)| end);
    match end.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "stix" => "application/json",
        "xml" => "application/xml",
        "xhtml" => "application/xhtml+xml",
        "txt" | "md" | "log" | "yar" | "yara" | "rules" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "sqlite" => "application/vnd.sqlite3",
        "bib" => "application/x-bibtex",
        "ris" => "application/x-research-info-systems",
        "graphml" | "gexf" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "zip" => "application/zip",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
