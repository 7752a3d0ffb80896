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
        old.statics.iter().map(|(path, file)| (path.as_str(), file)),
        new.statics.iter().map(|(path, file)| (path.as_str(), file)),
        |path| paths.push(path.to_owned()),
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

/// The address on the server of the page that shows the first of these files, which are sorted, that a
/// page shows.
pub(super) fn page_of(site: &Shown, paths: &[String]) -> Option<String> {
    let release = &site.built.site.release;
    let changed = |path: &str| {
        paths
            .binary_search_by(|known| known.as_str().cmp(path))
            .is_ok()
    };
    let pages = release.pages.iter().map(|page| (&page.path, Some(page)));
    let intros = release.intros.iter().map(|intro| (&intro.path, None));
    let changed = pages.chain(intros).filter(|(path, _)| changed(path));
    let at = match changed.min_by_key(|(path, _)| *path)? {
        (_, Some(page)) => page.route(),
        (path, None) => {
            let mut intros = release.intros.iter();
            let of = intros.find(|intro| intro.path == *path)?.of;
            of.map_or_else(String::new, |kind| format!("{}/", kind.folder()))
        }
    };
    site.built.find(&address::file(&at))?;
    Some(site.address(&at))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{after, inputs};
    use super::*;

    #[test]
    fn what_differs_is_told_sorted() {
        let told = |old: &[(&'static str, u8)], new: &[(&'static str, u8)]| {
            let mut paths = Vec::new();
            differing(old.iter().copied(), new.iter().copied(), |path| {
                paths.push(path)
            });
            paths.join(" ")
        };
        assert_eq!(told(&[], &[]), "");
        assert_eq!(told(&[("a", 1), ("b", 1)], &[("a", 1), ("b", 1)]), "");
        assert_eq!(
            told(&[("a", 1), ("c", 1)], &[("b", 1), ("c", 2), ("d", 1)]),
            "a b c d"
        );
        assert_eq!(told(&[("z", 1)], &[("a", 1)]), "a z");
    }

    #[test]
    fn the_first_file_that_a_page_shows_is_followed() {
        let entry = |text: &str| format!("---\ntitle: T\n---\n{text}\n");
        let red = "---\ntitle: R\ntlp: red\n---\n";
        let (one, two) = (entry("one"), entry("two"));
        let files = |a: &'static str, b: &'static str, c, index| {
            inputs(&[
                (
                    "content/actors/a.md",
                    if a == "red" {
                        red
                    } else {
                        "---\ntitle: R\ntlp: red\n---\nMore.\n"
                    },
                ),
                ("content/actors/b.md", if b == "one" { &one } else { &two }),
                ("content/notes/c.md", c),
                ("content/notes/index.md", index),
            ])
        };
        let first = after(None, files("red", "one", &one, "Some words.\n"), true);
        assert_eq!(first.follow, None);
        let then = |inputs| after(Some(&first), inputs, true).follow;
        assert_eq!(
            then(files("", "two", &two, "Other words.\n")).as_deref(),
            Some("/t/actors/b/")
        );
        assert_eq!(
            then(files("red", "one", &two, "Other words.\n")).as_deref(),
            Some("/t/notes/c/")
        );
        assert_eq!(
            then(files("red", "one", &one, "Other words.\n")).as_deref(),
            Some("/t/notes/")
        );
        assert_eq!(
            then(files("", "one", &one, "Some words.\n")),
            None,
            "withheld"
        );
        let not_asked = after(Some(&first), files("red", "two", &one, ""), false);
        assert_eq!(not_asked.follow, None);
    }
}
