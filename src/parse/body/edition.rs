//! A body for those who may not see all of it.
//!
//! Takes the text of a file and what of it is marked; gives a body for every audience that lacks something,
//! read from the text without what that audience may not see ([`super::erase`]). So nothing in it depends on
//! what is withheld: it was never there. Places lead to the file as it is.

use super::erase::{self, Map, Part};
use super::walk::Read;
use super::{mark, place, read};
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Event, Tag};
use crate::model::{Body, Edition, Fragments, Markings, RawRef, Tlp};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How often what is left is looked through for marks that stand otherwise now.
const ROUNDS: usize = 4;

/// The editions of a body, lowest first; none for audiences that see all of it. `text` is what `whole` was
/// read from, `map` leads from it to the file, `around` is the marking of the entry.
pub(super) fn all(
    path: &Arc<str>,
    text: &str,
    start: usize,
    map: Option<&Map>,
    whole: &mut Read,
    around: Tlp,
    markings: &Markings,
) -> Vec<Edition<RawRef>> {
    let lost = mark::has_lost_footnotes(&whole.body);
    if whole.marked.is_empty() && !lost {
        return Vec::new();
    }
    let mut editions: Vec<Edition<RawRef>> = Vec::new();
    for audience in Tlp::ALL {
        let hidden = |marked: &&(Tlp, Part)| marked.0 > audience;
        let (above, below) = (audience < around, !lost);
        if above || (below && !whole.marked.iter().any(|marked| hidden(&marked))) {
            continue;
        }
        if let Some(last) = editions.last_mut()
            && !whole.marked.iter().any(|(tlp, _)| *tlp == audience)
        {
            last.up_to = audience;
            continue;
        }
        let edition = one(path, text, start, map, whole, (around, audience), markings);
        editions.push(edition);
    }
    editions
}

fn one(
    path: &Arc<str>,
    text: &str,
    start: usize,
    map: Option<&Map>,
    whole: &mut Read,
    (around, audience): (Tlp, Tlp),
    markings: &Markings,
) -> Edition<RawRef> {
    let mut text = text.to_owned();
    let mut map = map.cloned();
    let mut marked: Vec<Part> = hidden(&whole.marked, audience);
    let mut alone = whole.alone.clone();
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut lost: Vec<String> = Vec::new();
    for _ in 0..ROUNDS {
        let reduced = erase::without(&text, start, &marked, &alone, true);
        let back = |at: u32| map.as_ref().map_or(at, |map| place::moved(at, map));
        numbers.extend(
            reduced
                .numbers
                .iter()
                .map(|(at, number)| (back(*at), *number)),
        );
        let all = match &map {
            Some(map) => map.then(&reduced.map),
            None => reduced.map,
        };
        text = reduced.text;
        lost.extend(reduced.lost);
        let mut found = read(path, &text, start, &lost, around, markings);
        place::move_all(&mut found, &all);
        marked = hidden(&found.marked, audience);
        if marked.is_empty() {
            report_lost_links(path, whole, &found.body, &all, audience);
            renumber(&mut found.body, &numbers);
            return Edition {
                up_to: audience,
                fragments: fragments(&whole.body, &found.body),
                body: Arc::new(found.body),
                targets: Vec::new(),
                cites: found.cites,
            };
        }
        map = Some(all);
        alone = found.alone;
        report_new(&mut whole.problems, found.problems);
    }
    // What cannot be told apart is withheld as a whole.
    Edition {
        up_to: audience,
        fragments: Fragments {
            headings: vec![None; whole.body.headings.len()],
            ids: vec![None; whole.body.ids.len()],
        },
        body: Arc::default(),
        targets: Vec::new(),
        cites: Vec::new(),
    }
}

fn hidden(marked: &[(Tlp, Part)], audience: Tlp) -> Vec<Part> {
    let hidden = marked.iter().filter(|(tlp, _)| *tlp > audience);
    hidden.map(|(_, part)| part.clone()).collect()
}

/// Marks that cannot be read only where something else is taken away withhold what they stand in: the writer
/// is told.
fn report_new(known: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) {
    for problem in found {
        let marking = matches!(problem.code, Code::BadMarking | Code::OtherMarking);
        if marking
            && !known
                .iter()
                .any(|it| it.code == problem.code && it.place == problem.place)
        {
            known.push(problem);
        }
    }
}

/// A link in what is left whose address is defined in what is not becomes words.
fn report_lost_links(path: &Arc<str>, whole: &mut Read, edition: &Body, map: &Map, audience: Tlp) {
    let links: HashSet<u32> = edition.links.iter().map(|link| link.span.start).collect();
    let lost =
        whole.body.links.iter().filter(|link| {
            !links.contains(&link.span.start) && map.keeps(link.span.start as usize)
        });
    for link in lost {
        let message = format!(
            "the address of this link is defined in a part that {} may not see",
            audience.label()
        );
        let problem = Diagnostic::at(Code::LinkToWithheld, path, link.span, message)
            .label("shown as plain words")
            .help("write the address into the link, `[words](address)`, or mark what it stands in");
        if !whole
            .problems
            .iter()
            .any(|it| it.place == problem.place && it.code == problem.code)
        {
            whole.problems.push(problem);
        }
    }
}

/// Lists of which the first items are withheld begin with the number that they begin with.
fn renumber(body: &mut Body, numbers: &HashMap<u32, u32>) {
    if numbers.is_empty() {
        return;
    }
    let mut open: Vec<Option<u32>> = Vec::new();
    for at in 0..body.events.len() {
        let first_item = || {
            let after = body.events.get(at + 1..).unwrap_or(&[]).iter();
            let mut after = after.skip_while(|event| matches!(event, Event::Start(Tag::Marked(_))));
            match after.next() {
                Some(Event::Start(Tag::Item { at })) => numbers.get(at).copied(),
                _ => None,
            }
        };
        match body.events[at] {
            Event::Start(Tag::List { start: Some(start) }) => {
                let number = first_item().unwrap_or(start);
                open.push(Some(number));
                body.events[at] = Event::Start(Tag::List {
                    start: Some(number),
                });
            }
            Event::Start(Tag::List { start: None }) => open.push(None),
            Event::End(Tag::List { .. }) => {
                let start = open.pop().flatten();
                body.events[at] = Event::End(Tag::List { start });
            }
            _ => {}
        }
    }
}

/// Where the places of the whole body stand in an edition.
fn fragments(whole: &Body, edition: &Body) -> Fragments {
    let places = (0..).zip(&edition.headings);
    let places: HashMap<u32, u32> = places
        .map(|(at, heading)| (heading.span.start, at))
        .collect();
    let headings = whole.headings.iter();
    // Of an id that stands twice the first is the one.
    let ids = (0..).zip(&edition.ids);
    let ids: HashMap<&str, u32> = ids.map(|(at, raw)| (&*raw.id, at)).collect();
    Fragments {
        headings: headings
            .map(|heading| places.get(&heading.span.start).copied())
            .collect(),
        ids: whole
            .ids
            .iter()
            .map(|raw| ids.get(&*raw.id).copied())
            .collect(),
    }
}
