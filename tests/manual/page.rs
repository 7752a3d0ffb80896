//! The pages of the manual, and the fenced blocks in them.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A page: its path below `docs/`, with slashes, and its text.
pub struct Page {
    pub path: String,
    pub text: String,
}

/// A fenced block.
#[derive(Debug)]
pub struct Fence {
    /// What stands behind the fence.
    pub info: String,
    pub body: String,
    /// Where the body lies in the page.
    pub range: Range<usize>,
    /// The line of the fence, from 1.
    pub line: usize,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// Whether what is made is to be written.
pub fn updates() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Every page, by path.
pub fn pages() -> Vec<Page> {
    let mut found = Vec::new();
    collect(&folder(), &mut found);
    let mut pages: Vec<Page> = found
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(folder()).unwrap();
            let parts = below.iter().map(|part| part.to_str().unwrap());
            Page {
                path: parts.collect::<Vec<_>>().join("/"),
                text: fs::read_to_string(&path).unwrap(),
            }
        })
        .collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // What mdBook makes.
        if path.is_dir() && !path.ends_with("docs/book") {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// The Markdown of the manual: what GitHub and mdBook both know.
pub fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_GFM)
}

/// The fenced blocks of a page, in their order.
pub fn fences(text: &str) -> Vec<Fence> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut open = false;
    for (event, at) in parser(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = true;
                fences.push(Fence {
                    info: info.to_string(),
                    body: String::new(),
                    range: 0..0,
                    line: text[..at.start].matches('\n').count() + 1,
                });
            }
            Event::Text(words) if open => {
                let fence = fences.last_mut().unwrap();
                if fence.body.is_empty() {
                    fence.range.start = at.start;
                }
                fence.range.end = at.end;
                fence.body.push_str(&words);
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    fences
}
