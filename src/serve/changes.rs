//! What differs between two snapshots, and which page shows it.

use super::site::Shown;
use crate::load::Inputs;
use crate::plan::address;
use std::cmp::Ordering;

/// The files that differ, by path below the root, sorted.
pub(super) fn between(old: &Inputs, new: &Inputs) -> Vec<String> {
    let mut paths = Vec::new();
    differing(
        old.entries.iter().map(|file| (&*file.path, file.hash)),
        new.entries.iter().map(|file| (&*file.path, file.hash)),
        |path| paths.push(path.to_owned()),
    );
    differing(
        old.files.iter().map(|(path, info)| (path.as_str(), info)),
        new.files.iter().map(|(path, info)| (path.as_str(), info)),
        |path| paths.push(format!("content/{path}")),
    );
    differing(
        old.theme.iter().map(|(path, bytes)| (path.as_str(), bytes)),
        new.theme.iter().map(|(path, bytes)| (path.as_str(), bytes)),
        |path| paths.push(format!("templates/{path}")),
    );
    let config = |inputs: &Inputs| inputs.config.as_ref().map(|file| file.hash);
    if config(old) != config(new) {
        paths.push("dossier.toml".to_owned());
    }
    paths.sort();
    paths
}

/// Tells the keys that only one of two sorted lists has, or that differ in their values.
pub(super) fn differing<'a, T: PartialEq>(
    old: impl Iterator<Item = (&'a str, T)>,
    new: impl Iterator<Item = (&'a str, T)>,
    mut tell: impl FnMut(&'a str),
) {
    let (mut old, mut new) = (old.peekable(), new.peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
        };
        let before = old.next_if(|_| order.is_le());
        let after = new.next_if(|_| order.is_ge());
        if before != after
            && let Some((path, _)) = after.or(before)
        {
            tell(path);
        }
    }
}

/// The address on the server of the page that shows the first of these files that a page shows.
pub(super) fn page_of(site: &Shown, paths: &[String]) -> Option<String> {
    let release = &site.built.site.release;
    let markdown = paths.iter().filter(|path| path.ends_with(".md"));
    markdown.into_iter().find_map(|path| {
        let entry = release.pages.iter().find(|page| *page.path == **path);
        let intro = || release.intros.iter().find(|intro| *intro.path == **path);
        let at = match entry {
            Some(page) => page.route(),
            None => intro()?
                .of
                .map_or_else(String::new, |kind| format!("{}/", kind.folder())),
        };
        site.built.find(&address::file(&at))?;
        Some(site.address(&at))
    })
}
