//! One open page: what it is told, as `text/event-stream`.
//!
//! A stream renders only the page that it follows, in the newest generation, and says what differs from
//! what its browser has. A browser that was away, or that loaded its page just before a change, is
//! brought up to date when it connects. A stream that is slower than the generations leaves some out.

use super::body::Body;
use super::generation::Generation;
use super::http::{Newest, Server, plain, with};
use super::peer::Peer;
use super::site::{self, Asset, Given, Shown};
use crate::diag::Diagnostic;
use crate::text;
use hyper::body::Bytes;
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::sleep;

/// How often something is sent where nothing changes.
const PULSE: Duration = Duration::from_secs(15);

/// Open pages at one time.
pub(super) const STREAMS: usize = 128;

/// So many of them are kept for who is on this machine.
const KEPT: usize = 32;

/// Room for open pages.
#[derive(Debug)]
pub(super) struct Streams {
    all: Arc<Semaphore>,
    elsewhere: Arc<Semaphore>,
}

impl Streams {
    pub(super) fn new() -> Streams {
        Streams {
            all: Arc::new(Semaphore::new(STREAMS)),
            elsewhere: Arc::new(Semaphore::new(STREAMS - KEPT)),
        }
    }

    /// Room for one more, while there is.
    fn take(&self, peer: Peer) -> Option<Vec<OwnedSemaphorePermit>> {
        let wanted = [Some(&self.all), (!peer.here).then_some(&self.elsewhere)];
        let wanted = wanted.into_iter().flatten();
        wanted
            .map(|room| Arc::clone(room).try_acquire_owned().ok())
            .collect()
    }
}

/// Begins a stream.
pub(super) fn stream(server: Arc<Server>, peer: Peer, query: &str) -> Response<Body> {
    let Some(room) = server.streams.take(peer) else {
        let sentence = "too many pages are open".to_owned();
        return plain(StatusCode::SERVICE_UNAVAILABLE, sentence);
    };
    let reader = Reader::new(query, peer);
    let (sender, pieces) = mpsc::channel(1);
    tokio::spawn(async move {
        follow(server, reader, sender).await;
        drop(room);
    });
    with(
        StatusCode::OK,
        "text/event-stream",
        Body::Pieces(pieces, None),
    )
}

/// What a reader is told first.
#[cfg(test)]
pub(super) fn first_news(
    query: &str,
    peer: Peer,
    server: &Server,
    generation: &Generation,
) -> String {
    Reader::new(query, peer).news(server, generation)
}

/// Tells a reader what is new until it is gone.
async fn follow(server: Arc<Server>, mut reader: Reader, sender: mpsc::Sender<Bytes>) {
    let mut newest = server.newest.clone();
    loop {
        let Some((known, news)) = turn(&server, reader, &mut newest).await else {
            return;
        };
        reader = known;
        // A browser that does not take it is told no more until it does.
        if !news.is_empty() && sender.send(news.into()).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                changed = newest.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = sleep(PULSE) => {
                    if sender.send(Bytes::from_static(b": here\n\n")).await.is_err() {
                        return;
                    }
                }
                () = sender.closed() => return,
            }
        }
    }
}

/// Waits for a reader's turn; gives what is new in the generation that is the newest by then.
async fn turn(
    server: &Arc<Server>,
    mut reader: Reader,
    newest: &mut Newest,
) -> Option<(Reader, String)> {
    let _turn = server.work.turn().await;
    let Some(generation) = newest.borrow_and_update().clone() else {
        return Some((reader, String::new()));
    };
    let shared = Arc::clone(server);
    let told = server.work.done(move || {
        let news = reader.news(&shared, &generation);
        (reader, news)
    });
    told.await
}

/// What one browser has.
#[derive(Debug)]
struct Reader {
    /// Whether it is on this machine.
    here: bool,
    /// The path of its address.
    path: String,
    /// The identity of its page, empty where it has none.
    hash: String,
    /// Whether its page was there when it was last told.
    there: bool,
    /// The last generation that it was told of, what that had for problems and for assets.
    generation: Option<u64>,
    problems: u64,
    assets: Arc<BTreeMap<String, Asset>>,
    /// What the assets were that it has, where it says so when it connects.
    look: Option<String>,
}

impl Reader {
    fn new(query: &str, peer: Peer) -> Reader {
        let mut reader = Reader {
            here: peer.here,
            path: "/".to_owned(),
            hash: String::new(),
            there: true,
            generation: None,
            problems: 0,
            assets: Arc::default(),
            look: None,
        };
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "path" => reader.path = value.into_owned(),
                "hash" => reader.hash = value.into_owned(),
                "look" => reader.look = Some(value.into_owned()),
                _ => {}
            }
        }
        reader
    }

    /// What is new to the browser, as events.
    fn news(&mut self, server: &Server, generation: &Generation) -> String {
        let mut out = String::new();
        let first = self.generation.replace(generation.number).is_none();
        let look = generation.site.as_ref().map(|site| site.look());
        if first {
            // The editor opens on this machine, so nobody else gets what opens it.
            let token = self.here.then_some(&server.token);
            let number = generation.number;
            let hello = json!({ "token": token, "generation": number });
            event(&mut out, "hello", &hello);
        }
        let page = self.page(server, generation);
        let broken = page.as_ref().err().map_or(&[][..], Vec::as_slice);
        let problems = generation.problems_json(broken, self.here);
        let identity = text::hash(problems.as_bytes());
        if first || identity != self.problems {
            self.problems = identity;
            line(&mut out, "problems", &problems);
        }
        let assets = generation
            .site
            .as_ref()
            .map(|site| self.assets(site, first));
        let assets = assets.unwrap_or_default();
        if assets.script {
            event(&mut out, "reload", &json!({}));
            return out;
        }
        if let Ok(Some(page)) = page {
            event(&mut out, "page", &page);
        }
        for (name, paths) in [("styles", assets.styles), ("assets", assets.others)] {
            if !paths.is_empty() {
                event(&mut out, name, &json!({ "paths": paths, "look": look }));
            }
        }
        match &generation.follow {
            Some(to) if !first && *to != self.path => {
                event(&mut out, "follow", &json!({ "path": to }));
            }
            _ => {}
        }
        out
    }

    /// The page, where the browser has another; its problems, where it cannot be rendered.
    fn page(
        &mut self,
        server: &Server,
        generation: &Generation,
    ) -> Result<Option<Value>, Vec<Diagnostic>> {
        // Others than the writer keep what they have until the dossier has no errors.
        let shown = generation
            .site
            .as_ref()
            .filter(|_| self.here || !generation.stale);
        let Some(site) = shown else {
            return Ok(None);
        };
        let Some((index, there)) = site.page_at(&self.path) else {
            return Ok(None);
        };
        let Given::Page(page, _) = server.page(generation, index)? else {
            return Ok(None);
        };
        let hash = site::hash(&page);
        let left = std::mem::replace(&mut self.there, there) && !there;
        if hash == self.hash {
            return Ok(None);
        }
        let html = site.with_script(&page);
        let html = String::from_utf8_lossy(&html);
        let mut value = json!({ "hash": hash, "html": html, "generation": generation.number });
        self.hash = hash;
        if left && let Some(value) = value.as_object_mut() {
            value.insert("gone".to_owned(), true.into());
        }
        Ok(Some(value))
    }

    /// The assets that differ from those that the browser knows. One that was away with others gets all.
    fn assets(&mut self, site: &Shown, first: bool) -> Changed {
        let mut old = std::mem::replace(&mut self.assets, Arc::clone(&site.assets));
        let mut changed = Changed::default();
        if first {
            if self.look.take().is_none_or(|look| look == site.look()) {
                return changed;
            }
            old = Arc::default();
        }
        // Where there was no site, no page has run a script of it.
        let ran = !first && !old.is_empty();
        super::changes::differing(
            old.iter().map(|(path, asset)| (path.as_str(), asset)),
            self.assets
                .iter()
                .map(|(path, asset)| (path.as_str(), asset)),
            |path| changed.add(path, site),
        );
        // Whether a script is among those that differ is not known; the page has one or has none.
        changed.script &= ran;
        changed
    }
}

/// Assets that changed, by what a browser does with them.
#[derive(Debug, Default)]
struct Changed {
    /// Addresses on the server.
    styles: Vec<String>,
    others: Vec<String>,
    /// Whether a script of the site is among them.
    script: bool,
}

impl Changed {
    fn add(&mut self, path: &str, site: &Shown) {
        let is_theme = matches!(site.assets.get(path), Some(Asset::Theme(_)));
        if path.ends_with(".css") {
            self.styles.push(site.address(path));
        } else if is_theme && (path.ends_with(".js") || path.ends_with(".mjs")) {
            self.script = true;
        } else {
            self.others.push(site.address(path));
        }
    }
}

fn event(out: &mut String, name: &str, data: &Value) {
    line(out, name, &data.to_string());
}

/// JSON has no line breaks but in strings, where they are escaped.
fn line(out: &mut String, name: &str, data: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "event: {name}\ndata: {data}\n\n");
}
