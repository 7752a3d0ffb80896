//! Who calls which entry what: entries by producers.

use super::shape::{Group, ProducersView};
use super::{At, cards, cites, index, lists, shell};
use crate::model::{Alias, Named, PageId, Said, Tlp};
use crate::plan::producers_address;
use crate::render::language::{Word, names};
use crate::render::{Html, markup};
use crate::resolve::fold;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// So many producers have columns of their own.
const COLUMNS: usize = 5;

/// A producer: by its entry, or by what it is called.
type Who = (Option<PageId>, String);

/// A name that a producer uses.
type Used<'a> = (Who, Said<'a, PageId, Alias<PageId>>);

/// A page of it.
pub(super) fn view<'a>(at: &At<'a>, number: u32) -> ProducersView<'a> {
    let (shown, total) = at.reads.produced(number);
    let used = |id: PageId| {
        let names = at.reads.by_producers(id);
        let names = names.filter_map(|alias| Some((who(at, alias.what.by.as_ref()?), alias)));
        (id, names.collect())
    };
    let entries: Vec<(PageId, Vec<Used<'a>>)> = shown.into_iter().map(used).collect();
    let mut counts: BTreeMap<&Who, usize> = BTreeMap::new();
    for (_, names) in &entries {
        let each: BTreeSet<&Who> = names.iter().map(|(who, _)| who).collect();
        for who in each {
            *counts.entry(who).or_default() += 1;
        }
    }
    let mut columns: Vec<&Who> = counts.keys().copied().collect();
    columns.sort_by_key(|who| (Reverse(counts[*who]), &who.1));
    let others = columns.len() > COLUMNS;
    columns.truncate(COLUMNS);
    let mut groups: Vec<Group> = Vec::new();
    for (id, names) in &entries {
        let heading = at.language.say(names::kind(at.reads.kind(*id)).heading);
        if let Some(group) = index::under(heading.to_owned(), &mut groups) {
            row(at, *id, names, (&columns, others), &mut group.rows.0);
        }
    }
    ProducersView {
        heading: at.language.say(Word::NamesProducers),
        columns: { columns.iter() }
            .map(|who| producer(at, &entries, who))
            .collect(),
        others,
        width: cites::count(columns.len() + 1 + usize::from(others)),
        groups,
        pages: lists::pages(at, total, number, &producers_address),
    }
}

/// A producer, as whoever names it writes it is compared.
pub(super) fn who(at: &At<'_>, by: &Named<PageId>) -> Who {
    let (name, id) = cards::named(&at.reads, by);
    (id, fold(name))
}

/// What a producer is called, with a link where it has a page.
fn producer(at: &At<'_>, entries: &[(PageId, Vec<Used<'_>>)], who: &Who) -> Html {
    let mut all = entries.iter().flat_map(|(_, names)| names);
    let found = all.find(|(by, _)| by == who);
    super::entry::named(at, found.and_then(|(_, alias)| alias.what.by.as_ref()))
}

/// Writes an entry: itself, then what each producer calls it.
fn row(
    at: &At<'_>,
    id: PageId,
    names: &[Used<'_>],
    (columns, others): (&[&Who], bool),
    out: &mut String,
) {
    out.push_str("\n<tr><th scope=\"row\">");
    at.link(id, out);
    let floor = at.card(id).tlp;
    if let Some(tlp) = shell::raised(Some(floor)) {
        out.push(' ');
        markup::tlp(tlp, out);
    }
    out.push_str("</th>");
    for column in columns {
        let of = |it: &&Used<'_>| it.0 == **column;
        cell(at, (id, floor), names.iter().filter(of), false, out);
    }
    if others {
        let of = |it: &&Used<'_>| !columns.contains(&&it.0);
        cell(at, (id, floor), names.iter().filter(of), true, out);
    }
    out.push_str("</tr>");
}

/// Writes the names that a producer uses, each with how far it means the same; of several producers with who it is.
fn cell<'n, 'a: 'n>(
    at: &At<'_>,
    (id, floor): (PageId, Tlp),
    names: impl Iterator<Item = &'n Used<'a>>,
    several: bool,
    out: &mut String,
) {
    let mut names = names.peekable();
    if names.peek().is_none() {
        out.push_str("<td></td>");
        return;
    }
    out.push_str("<td><ul>");
    for (_, alias) in names {
        markup::item(out, |out| {
            // On a narrow page no column says it.
            out.push_str(if several {
                "<span>"
            } else {
                "<span class=\"unit\">"
            });
            out.push_str(&super::entry::named(at, alias.what.by.as_ref()).0);
            out.push_str(": </span>");
            let path = format!("{}#page-names", at.card(id).path());
            markup::link(&at.root, &markup::tail(&path, &alias.what.name), out);
            out.push_str(" <span class=\"means\">");
            sign(names::overlap_sign(alias.what.overlap), out);
            at.language.html(names::overlap(alias.what.overlap), out);
            if let Some(path) = super::entry::contested(at, &alias.what.name) {
                out.push_str(", ");
                sign("≠", out);
                let contested = at.language.say(Word::NamesContested);
                markup::link(&at.root, &markup::tail(&path, contested), out);
            }
            out.push_str("</span>");
            if let Some(tlp) = shell::raised(alias.tlp).filter(|tlp| *tlp > floor) {
                out.push(' ');
                markup::tlp(tlp, out);
            }
        });
    }
    out.push_str("</ul></td>");
}

/// Writes a sign beside the word that says the same.
pub(super) fn sign(sign: &str, out: &mut String) {
    out.push_str("<span class=\"sign\" aria-hidden=\"true\">");
    out.push_str(sign);
    out.push_str("</span> ");
}
