//! Links in prose: wikilinks, relative paths, addresses.

use super::{Scope, fold, fragments};
use crate::diag::{Advice, Code, Diagnostic, Near, TextEdit, closest, nearest};
use crate::model::body::{Destination, Link, Target};
use crate::model::indicator::is_among;
use crate::model::{Body, Entry, EntryId, Kind, Places, RawRef, page_path, path};
use crate::text::Place;
use std::cell::OnceCell;
use std::sync::Arc;

/// How many entries of one name are listed at most: thousands may bear it, and thousands of links may use it.
const NAMED: usize = 8;

/// The indicators of an entry, in its text and its names, as hashes of the forms in which addresses are compared with
/// them.
pub(super) fn indicators(entry: &Entry<RawRef>) -> impl Iterator<Item = u64> {
    let lines = entry.prose.body.indicators.iter();
    let listed = lines.flat_map(|line| line.indicator.address_hashes());
    listed.chain(entry.addresses(|_| true).flat_map(|it| it.address_hashes()))
}

/// What each link of a body leads to.
pub(super) fn targets(
    body: &Body,
    path: &Arc<str>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Target<EntryId>> {
    let mut at = Linker::new(body, path, scope, problems);
    body.links.iter().map(|link| at.target(link)).collect()
}

/// Makes each link bare that was found by a name with a bar: what follows the bar is a part of that name, and no
/// words of the writer's.
pub(super) fn bare_names(body: &mut Arc<Body>, targets: &[Target<EntryId>], scope: &Scope) {
    let links = body.links.iter().zip(targets).enumerate();
    let by_bar = links.filter(|(_, (link, target))| {
        matches!(target, Target::Entry(_, None)) && barred(link, scope).is_some()
    });
    let by_bar: Vec<usize> = by_bar.map(|(at, _)| at).collect();
    if !by_bar.is_empty() {
        let body = Arc::make_mut(body);
        for at in by_bar {
            body.links[at].bare = true;
        }
    }
}

/// The name of an entry that holds the bar of a link.
fn barred<'l>(link: &'l Link, scope: &Scope) -> Option<&'l str> {
    let Destination::Wiki { barred, .. } = &link.to else {
        return None;
    };
    let exists = |name: &&str| !scope.names.claimants_by_bar(name).is_empty();
    barred.as_deref().filter(exists)
}

/// What the links of a sentence of front matter lead to. Its page is that of the text below it.
pub(super) fn targets_of_words(
    body: &Body,
    path: &Arc<str>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Target<EntryId>> {
    let own = scope.at_path(path);
    let mut at = Linker::new(body, path, scope, problems);
    let links = body.links.iter().map(|link| {
        let here = match &link.to {
            Destination::Wiki { name, fragment, .. } if name.is_empty() => fragment.as_deref(),
            Destination::Relative { path, fragment } if path.is_empty() => fragment.as_deref(),
            _ => None,
        };
        match (own, here) {
            (Some(own), Some(heading)) => at.entry(link, own, Some(heading)),
            _ => at.target(link),
        }
    });
    links.collect()
}

/// What the links of an edition of a body lead to: the same as in the whole, where that has the same link. `whole`
/// and `targets` are the body and what its links lead to; headings are those of the whole.
pub(super) fn targets_of_edition(
    edition: &Body,
    whole: &Body,
    targets: &[Target<EntryId>],
    path: &Arc<str>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Target<EntryId>> {
    let mut at = Linker::new(whole, path, scope, problems);
    let links = edition.links.iter().map(|link| {
        let place = |known: &Link| (known.span.start, known.span.end);
        let same = whole.links.binary_search_by_key(&place(link), place).ok();
        let same = same.and_then(|at| Some((whole.links.get(at)?, targets.get(at)?)));
        match same.filter(|(known, _)| known.to == link.to) {
            Some((_, target)) => target.clone(),
            None => at.target(link),
        }
    });
    links.collect()
}

struct Linker<'a> {
    body: &'a Body,
    path: &'a Arc<str>,
    scope: &'a Scope,
    problems: &'a mut Vec<Diagnostic>,
    /// The places of `body`, once they are asked for.
    own: OnceCell<Places>,
    /// With how many names fragments that lead nowhere may still be compared.
    left: usize,
}

impl<'a> Linker<'a> {
    fn new(
        body: &'a Body,
        path: &'a Arc<str>,
        scope: &'a Scope,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Linker<'a> {
        Linker {
            body,
            path,
            scope,
            problems,
            own: OnceCell::new(),
            left: fragments::COMPARED,
        }
    }

    fn target(&mut self, link: &Link) -> Target<EntryId> {
        match &link.to {
            Destination::Wiki {
                name,
                fragment,
                whole,
                barred: _,
            } => {
                if let Some(name) = barred(link, self.scope) {
                    return self.wiki(link, name, None);
                }
                let exists = |it: &&str| !self.scope.names.claimants(it).is_empty();
                match whole.as_deref().filter(exists) {
                    Some(whole) => self.wiki(link, whole, None),
                    None => self.wiki(link, name, fragment.as_deref()),
                }
            }
            Destination::Relative { path, fragment } => {
                self.relative(link, path, fragment.as_deref())
            }
            Destination::External(url) => {
                if is_among(url, &self.scope.indicators) {
                    Target::Defanged(url.clone())
                } else {
                    Target::External(url.clone())
                }
            }
            Destination::Site { address, path } => match self.scope.names.former(path) {
                [id, ..] => Target::Entry(*id, None),
                [] => Target::External(address.clone()),
            },
            Destination::Drawn(name) => self.drawn(link, name),
            Destination::Refused => Target::Broken,
        }
    }

    /// What is drawn in a text is named as by a wikilink, without its brackets.
    fn drawn(&mut self, link: &Link, name: &str) -> Target<EntryId> {
        let (code, message, help) = match self.scope.names.claimants(name) {
            [one] => return Target::Entry(*one, None),
            [] => {
                if self.scope.is_lost(name, &Kind::ALL) {
                    return Target::Broken;
                }
                let near = nearest(&fold(name), self.scope.names.all(&self.scope.raw));
                let help = match near {
                    Some(near) => {
                        // A name with spaces stands in quotation marks, which may be there already.
                        let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
                        let fits = near.word.chars().all(plain);
                        let edit = TextEdit::within(self.path, link.span, name, near.word);
                        let advice = Advice::from(format!("did you mean `{}`?", near.word));
                        advice.edited(false, fits.then_some(edit))
                    }
                    None => "name it by its slug, its title or an alias; `dossier list` names them"
                        .into(),
                };
                let message = format!("no entry is called `{name}`");
                (Code::UnresolvedLink, message, help)
            }
            several => {
                let choices = several.iter().take(NAMED);
                let choices: Vec<String> = choices.map(|&id| self.scope.long_name(id)).collect();
                let message = format!("`{name}` is a name of {}", choices.join(" and of "));
                let edit = TextEdit::within(self.path, link.span, name, choices[0].clone());
                let advice = Advice::from(format!("say which: `of={}`", choices[0]));
                (Code::AmbiguousLink, message, advice.perhaps([edit]))
            }
        };
        let problem = Diagnostic::at(code, self.path, link.span, message);
        self.problems.push(problem.help(help));
        Target::Broken
    }

    fn wiki(&mut self, link: &Link, name: &str, fragment: Option<&str>) -> Target<EntryId> {
        if name.trim().is_empty() {
            return self.own(link, fragment);
        }
        match self.scope.names.claimants(name) {
            [one] => self.entry(link, *one, fragment),
            [] => match self.scope.by_file(name) {
                Some(id) => self.entry(link, id, fragment),
                None => self.unresolved(link, name),
            },
            several => {
                let choices: Vec<String> = several
                    .iter()
                    .take(NAMED)
                    .map(|&id| self.scope.long_name(id))
                    .collect();
                let mut all = choices.join(" and of ");
                if several.len() > NAMED {
                    all.push_str(&format!(" and of {} others", several.len() - NAMED));
                }
                self.problems.push(
                    Diagnostic::at(
                        Code::AmbiguousLink,
                        self.path,
                        link.span,
                        format!("`{name}` is a name of {all}"),
                    )
                    .help(
                        Advice::from(format!("say which: `[[{}|{name}]]`", choices[0])).perhaps([
                            TextEdit::within(
                                self.path,
                                link.span,
                                format!("[[{name}]]"),
                                format!("[[{}|{name}]]", choices[0]),
                            ),
                        ]),
                    ),
                );
                Target::Broken
            }
        }
    }

    fn unresolved(&mut self, link: &Link, name: &str) -> Target<EntryId> {
        if !self.scope.is_lost(name, &Kind::ALL) {
            let names = |with_bar| {
                let all = self.scope.names.all(&self.scope.raw);
                all.filter(move |name| name.contains('|') == with_bar)
            };
            let (whole, barred) = match &link.to {
                Destination::Wiki { whole, barred, .. } => (whole.as_deref(), barred.as_deref()),
                _ => (None, None),
            };
            // Where the name alone is replaced, the heading and the words behind it stay.
            let parted = whole.or(barred).is_some();
            let all = |near: &str| Advice::from(format!("did you mean `[[{near}]]`?"));
            let in_place = |near: Near<'_>| {
                let advice = match parted {
                    true => format!("did you mean `{}`?", near.word).into(),
                    false => all(near.word),
                };
                self.renamed(advice, link, name, near)
            };
            let near = barred.and_then(|barred| closest(&fold(barred), names(true)).map(all));
            let near = near.or_else(|| nearest(&fold(name), names(false)).map(in_place));
            let near = near.or_else(|| closest(&fold(whole?), names(false)).map(all));
            let help = near.unwrap_or_else(|| {
                "link to a slug, a title or an alias; `dossier list` names them".into()
            });
            self.problems.push(
                Diagnostic::at(
                    Code::UnresolvedLink,
                    self.path,
                    link.span,
                    format!("no entry is called `{name}`"),
                )
                .help(help),
            );
        }
        Target::Broken
    }

    /// Advice with the edit that writes another name into a wikilink; its heading and words stay.
    fn renamed(&self, advice: Advice, link: &Link, name: &str, near: Near<'_>) -> Advice {
        let of = self.scope.names.claimants(near.word);
        let open = matches!(of, [one] if self.scope.may_name(self.path, *one));
        let fits = !near.word.contains(['[', ']', '|', '#']);
        let edit = TextEdit::after(self.path, link.span, "[[", name, near.word);
        advice.edited(open && near.is_slip(), fits.then_some(edit))
    }

    fn own_places(&self) -> &Places {
        self.own.get_or_init(|| Places::of(self.body))
    }

    fn own(&mut self, link: &Link, fragment: Option<&str>) -> Target<EntryId> {
        match fragment {
            None => Target::Own(None),
            Some(fragment) => match self.own_places().find(fragment) {
                Some(place) => Target::Own(Some(place)),
                None => {
                    let own = self.scope.at_path(self.path);
                    self.missing_anchor(link, fragment, own, self.body, "this page")
                }
            },
        }
    }

    fn entry(&mut self, link: &Link, id: EntryId, fragment: Option<&str>) -> Target<EntryId> {
        let Some(fragment) = fragment else {
            return Target::Entry(id, None);
        };
        let raw = self.scope.raw(id);
        let head = &raw.entry;
        match raw.places().find(fragment) {
            Some(place) => Target::Entry(id, Some(place)),
            None if raw.broken => Target::Entry(id, None),
            None => {
                let page = format!("“{}”", head.title);
                self.missing_anchor(link, fragment, Some(id), &head.prose.body, &page)
            }
        }
    }

    fn missing_anchor(
        &mut self,
        link: &Link,
        fragment: &str,
        of: Option<EntryId>,
        body: &Body,
        page: &str,
    ) -> Target<EntryId> {
        let in_words = matches!(link.to, Destination::Wiki { .. });
        let (near, words) = fragments::advice(body, fragment, in_words, &mut self.left);
        let help = match near {
            Some((near, sure)) => {
                let sure = sure && self.may_name_place(of, body, &near);
                Advice::from(words).edited(sure, self.refragmented(link, fragment, Some(&near)))
            }
            None if body.headings.is_empty() && body.ids.is_empty() => {
                Advice::from(words).perhaps(self.refragmented(link, fragment, None))
            }
            None => words.into(),
        };
        self.problems.push(
            Diagnostic::at(
                Code::MissingAnchor,
                self.path,
                link.span,
                format!("{page} has no heading `{fragment}`"),
            )
            .help(help),
        );
        Target::Broken
    }

    /// Whether a place in the text of an entry, or of an introduction, may be named unasked: every reader of that text
    /// sees it.
    fn may_name_place(&self, of: Option<EntryId>, body: &Body, fragment: &str) -> bool {
        let Some(id) = of else {
            return body.marks.is_empty();
        };
        let own = self.scope.at_path(self.path) == Some(id);
        let place = self.scope.raw(id).places().find(fragment);
        let seen = |place| {
            let mut editions = self.scope.entry(id).prose.editions.iter();
            editions.all(|edition| edition.fragments.at(place).is_some())
        };
        (own || self.scope.may_name(self.path, id)) && place.is_some_and(seen)
    }

    /// The edit that writes another fragment into a link, or none at all.
    fn refragmented(&self, link: &Link, fragment: &str, new: Option<&str>) -> Option<TextEdit> {
        // What stands before a fragment in the file is given with it, so that no words of the link are taken for it.
        let lead = match &link.to {
            Destination::Wiki { name, .. } => format!("[[{name}"),
            Destination::Relative { path, .. } => format!("]({path}"),
            Destination::External(_)
            | Destination::Site { .. }
            | Destination::Refused
            | Destination::Drawn(_) => return None,
        };
        let with = match new {
            Some(new) => format!("#{new}"),
            // Of a link to its own page nothing would be left.
            None if lead.ends_with(['[', '(']) => return None,
            None => String::new(),
        };
        let old = format!("#{fragment}");
        Some(TextEdit::after(self.path, link.span, lead, old, with))
    }

    /// A path relative to the file, or to the content folder where it begins with `/`.
    fn relative(&mut self, link: &Link, to: &str, fragment: Option<&str>) -> Target<EntryId> {
        if to.is_empty() {
            return self.own(link, fragment);
        }
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = match to.strip_prefix('/') {
            Some(absolute) => join("content", absolute),
            None => join(folder, to),
        };
        let Some(path) = joined.filter(|path| path == "content" || path.starts_with("content/"))
        else {
            return self.missing_file(link, to, "it leads out of the content folder");
        };
        let below = path
            .strip_prefix("content")
            .unwrap_or("")
            .trim_start_matches('/');
        let stem = path::markdown(below);
        let of_index = stem.and_then(|stem| stem.strip_suffix("index"));
        let of_index = of_index.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let page = of_index.unwrap_or(below).trim_end_matches('/');
        if page.is_empty() {
            return Target::Home;
        }
        if let Some(kind) = Kind::from_folder(page).filter(|kind| kind.is_of_entries()) {
            return Target::Index(kind);
        }
        let by_route = || {
            let (folder, slug) = page.split_once('/')?;
            let kind = Kind::from_folder(folder)?;
            match self
                .scope
                .names
                .referents(&format!("{folder}/{slug}"), &[kind])
                .as_slice()
            {
                [one] => Some(*one),
                _ => self.scope.names.former(&page_path(page)).first().copied(),
            }
        };
        if let Some(id) = self.scope.at_path(&path).or_else(by_route) {
            return self.entry(link, id, fragment);
        }
        if let Some(file) = self.scope.other(below) {
            let place = Place::new(self.path, link.span);
            self.problems.extend(path::unfit(file, place));
            return Target::File(file.into());
        }
        if self.scope.unreadable.contains(&fold(stem.unwrap_or(below))) {
            return Target::Broken;
        }
        let is_entry = [".md", ".markdown"].iter().any(|it| to.ends_with(it));
        if let Some(id) = self.scope.by_file(to).filter(|_| is_entry) {
            return self.entry(link, id, fragment);
        }
        if let Some(file) = self.scope.nearest_file(to) {
            let place = Place::new(self.path, link.span);
            self.problems.extend(path::unfit(file, place));
            return Target::File(file.into());
        }
        self.missing_file(link, to, "")
    }

    fn missing_file(&mut self, link: &Link, to: &str, why: &str) -> Target<EntryId> {
        let help: Advice = match (why, self.near_files(to)) {
            ("", Some((ways, sure))) => {
                // In angle brackets an address may hold spaces and brackets.
                let quoted = ways.iter().map(|way| match way.contains([' ', '(', ')']) {
                    true => format!("`<{way}>`"),
                    false => format!("`{way}`"),
                });
                let all = quoted.collect::<Vec<_>>().join(" or ");
                let one = match ways.as_slice() {
                    [one] if !one.contains([' ', '(', ')']) => Some(one),
                    _ => None,
                };
                let edit =
                    one.map(|way| TextEdit::after(self.path, link.span, "](", to, way.as_str()));
                Advice::from(format!(
                    "did you mean {all}? Paths are relative to this file"
                ))
                .edited(sure, edit)
            }
            ("", None) => "paths are relative to this file".into(),
            (why, _) => why.into(),
        };
        self.problems.push(
            Diagnostic::at(
                Code::MissingFile,
                self.path,
                link.span,
                format!("there is no file `{to}`"),
            )
            .help(help),
        );
        Target::Broken
    }

    /// The paths, from this file, of the files with the nearest name, and whether that is an entry's, one slip of the
    /// keyboard away; of several the nearest to this one first. A link to any other file publishes it.
    fn near_files(&self, to: &str) -> Option<(Vec<String>, bool)> {
        let files = self.scope.others.keys().map(String::as_str);
        let raw = self.scope.raw.iter();
        let paths = raw.filter_map(|raw| raw.entry.path.strip_prefix("content/"));
        let paths: Vec<&str> = files.chain(paths).collect();
        let name_of = |path: &'_ str| path.rfind('/').map_or(0, |at| at + 1);
        let name = to.get(name_of(to)..)?;
        let names = paths.iter().filter_map(|path| path.get(name_of(path)..));
        let found = nearest(name, names)?;
        let near = found.word;
        let here = self.path.strip_prefix("content/").unwrap_or(self.path);
        let folder = here.get(..name_of(here))?;
        let named = paths
            .iter()
            .filter(|path| path.get(name_of(path)..) == Some(near));
        let mut entries = named
            .clone()
            .map(|path| self.scope.at_path(&format!("content/{path}")));
        let open = entries.all(|id| id.is_some_and(|id| self.scope.may_name(self.path, id)));
        let ways = named.map(|path| match to.starts_with('/') {
            true => format!("/{path}"),
            false => way(folder, path),
        });
        let mut ways: Vec<String> = ways.collect();
        ways.sort_by_key(|way| (way.matches('/').count(), way.clone()));
        ways.truncate(NAMED);
        Some((ways, open && found.is_slip()))
    }
}

/// The way from a folder, which is empty or ends with a slash, to a path.
fn way(folder: &str, path: &str) -> String {
    let mut shared = 0;
    for (at, _) in folder.match_indices('/') {
        if path.get(..=at) == folder.get(..=at) {
            shared = at + 1;
        }
    }
    let up = folder.get(shared..).unwrap_or("").matches('/').count();
    "../".repeat(up) + path.get(shared..).unwrap_or(path)
}

/// `folder/to` with `.` and `..` taken away; `None` where it leads out of the root.
fn join(folder: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{join, way};

    #[test]
    fn a_way_leads_from_a_folder_to_a_file() {
        for (folder, path, is) in [
            ("notes/", "notes/map.png", "map.png"),
            ("notes/", "figures/map.png", "../figures/map.png"),
            ("notes/a/", "notes/b/map.png", "../b/map.png"),
            ("", "figures/map.png", "figures/map.png"),
            ("notes-old/", "notes/map.png", "../notes/map.png"),
        ] {
            assert_eq!(way(folder, path), is);
        }
    }

    #[test]
    fn paths_join_and_never_leave_the_root() {
        assert_eq!(
            join("content/actors", "../incidents/x.md").as_deref(),
            Some("content/incidents/x.md")
        );
        assert_eq!(
            join("content/actors", "./a//b.svg").as_deref(),
            Some("content/actors/a/b.svg")
        );
        assert_eq!(join("content", "../../etc/passwd"), None);
    }
}
