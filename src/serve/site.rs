//! The site that is shown: finding what stands at an address, and rendering it.
//!
//! Takes the path of a request; gives the bytes of that route, and nothing that is not a route: an
//! address is looked up, never joined to a folder. Pages get one line more than a build gives them,
//! the live script.

use crate::config::{Config, LinkStyle};
use crate::diag::Diagnostic;
use crate::export::stix;
use crate::load::Inputs;
use crate::pipeline::Built;
use crate::plan::{Copied, Made, Output, Taxii, address};
use crate::render::Content;
use crate::text;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// A site without errors, and the files that it was made of.
#[derive(Debug)]
pub(super) struct Shown {
    pub built: Arc<Built>,
    pub inputs: Arc<Inputs>,
    /// The path of the site's root on the server, with a slash at both ends.
    pub base: String,
    /// The identity of every asset and copied file, by its path below the site's root.
    pub assets: Arc<BTreeMap<String, Asset>>,
    /// What tells the whole of them apart from others, also after the server was started anew.
    look: u64,
}

/// What tells two versions of a file apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asset {
    /// A file of the theme: the hash of its bytes.
    Theme(u64),
    /// A file of the content, which is not read: its size, and what tells that it was written again.
    Copied(u64, u64),
}

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file of the site: an index into its paths.
    File(usize),
    /// A page, if there were a slash at the end.
    Slash,
    /// Nothing.
    Missing,
}

/// What a route gives.
#[derive(Debug)]
pub(super) enum Given {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A page, as a build gives it, and the identity of what it shows.
    Page(Vec<u8>, u64),
    /// The content of this file.
    Copy(PathBuf),
}

impl Shown {
    /// Takes a built site and the files that it was made of.
    pub(super) fn new(built: Arc<Built>, config: &Config, inputs: Arc<Inputs>) -> Shown {
        let mut assets = BTreeMap::new();
        let mut buffer = Vec::new();
        for (index, route) in built.site.routes.iter().enumerate() {
            let asset = match &route.output {
                Output::Asset(_) => {
                    // An asset is bytes that lie ready: it cannot fail.
                    let _ = built.make(index, &mut buffer);
                    Asset::Theme(text::hash(&buffer))
                }
                Output::Copied(copied) => {
                    let file = match copied {
                        Copied::Content(path) => inputs.files.get(path),
                        Copied::Static(path) => inputs.statics.get(path),
                    };
                    match file {
                        Some(file) => Asset::Copied(file.size, file.stamp),
                        None => continue,
                    }
                }
                Output::Page(_) | Output::Made(_) => continue,
            };
            assets.insert(route.path.clone(), asset);
        }
        Shown {
            base: address::rooted(config, ""),
            built,
            inputs,
            look: text::hash(format!("{assets:?}").as_bytes()),
            assets: Arc::new(assets),
        }
    }

    /// What stands at the path of a request.
    pub(super) fn find(&self, path: &str) -> Found {
        let path = text::percent_decode(path);
        let base = text::percent_decode(&self.base);
        let Some(below) = path.strip_prefix(&base) else {
            let is_base = base.strip_suffix('/') == Some(&path);
            return if is_base {
                Found::Slash
            } else {
                Found::Missing
            };
        };
        match self.built.find(&address::file(below)) {
            Some(index) => Found::File(index),
            None if below.is_empty() || below.ends_with('/') => Found::Missing,
            None => match self.built.find(&address::file(&format!("{below}/"))) {
                Some(_) => Found::Slash,
                None => Found::Missing,
            },
        }
    }

    /// What tells its assets apart from others.
    pub(super) fn look(&self) -> String {
        format!("{:016x}", self.look)
    }

    /// A page as it is served: with the live script, which knows by two hashes what page it stands in and
    /// with what assets that was shown.
    pub(super) fn with_script(&self, page: &[u8]) -> Vec<u8> {
        const END: &[u8] = b"</head>";
        let line = format!(
            "<script type=\"module\" src=\"/_dossier/live.js\" data-hash=\"{}\" data-look=\"{}\"></script>\n",
            hash(page),
            self.look()
        );
        let at = page.windows(END.len()).position(|bytes| bytes == END);
        let (head, rest) = page.split_at(at.unwrap_or(page.len()));
        [head, line.as_bytes(), rest].concat()
    }

    /// The page that is shown where there is none.
    pub(super) fn missing(&self) -> Option<usize> {
        self.built.find("404.html")
    }

    /// The page that a browser at this address shows, and whether it is there.
    pub(super) fn page_at(&self, path: &str) -> Option<(usize, bool)> {
        let there = match self.find(path) {
            Found::File(index) => Some(index),
            Found::Slash => match self.find(&format!("{path}/")) {
                Found::File(index) => Some(index),
                _ => None,
            },
            Found::Missing => None,
        };
        match there {
            Some(index) => Some((index, true)),
            None => Some((self.missing()?, false)),
        }
    }

    /// Makes a route.
    pub(super) fn make(&self, index: usize) -> Result<Given, Vec<Diagnostic>> {
        let mut buffer = Vec::new();
        let (content, noted) = self.built.make_noted(index, &mut buffer)?;
        Ok(match (content, noted.page) {
            (Content::Copy(path), _) => Given::Copy(self.inputs.root.join(path)),
            (Content::Bytes, Some(page)) => Given::Page(buffer, page.shows()),
            (Content::Bytes, None) => Given::Bytes(buffer),
        })
    }

    /// The path of a route below the site's root.
    pub(super) fn path(&self, index: usize) -> &str {
        self.built.paths().get(index).map_or("", |path| path)
    }

    /// The media type of a route, where the end of its name does not tell it.
    pub(super) fn media_type(&self, index: usize) -> Option<&'static str> {
        let made = match &self.built.site.routes.get(index)?.output {
            Output::Made(made) => made,
            Output::Page(_) | Output::Asset(_) | Output::Copied(_) => return None,
        };
        match made {
            Made::Export(format, _) => Some(format.media_type()),
            Made::JsonFeed(_) => Some("application/feed+json"),
            Made::Schema(_) => Some("application/schema+json"),
            Made::Taxii(Taxii::Headers)
            | Made::Feed(_)
            | Made::EntryFeed(_)
            | Made::Sitemap(_)
            | Made::Robots
            | Made::OpenSearch
            | Made::Web
            | Made::Compare(_)
            | Made::Search(_) => None,
            Made::Taxii(_) => Some(stix::taxii::MEDIA_TYPE),
        }
    }

    /// The address on the server of a path below the site's root, as a browser writes it.
    pub(super) fn address(&self, below: &str) -> String {
        let address = format!(
            "{}{}",
            self.base,
            address::path(below, LinkStyle::Directory)
        );
        let mut out = String::with_capacity(address.len());
        for byte in address.bytes() {
            if byte.is_ascii() {
                out.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    }

    /// How many pages it has.
    pub(super) fn pages(&self) -> usize {
        let pages = self.built.paths().iter();
        pages.filter(|path| path.ends_with(".html")).count()
    }
}

/// A page's identity: the hash of its bytes as a build gives them.
pub(super) fn hash(page: &[u8]) -> String {
    format!("{:016x}", text::hash(page))
}
