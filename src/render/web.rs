//! The file with which the page of everything that is connected can be explored: `graph/data.js`.
//!
//! Takes a site; gives a script that calls `dossierGraph` with who is connected with whom, where each stands, and the words of
//! `assets/js/graph.js`. It tells nothing that the page does not rest on itself, so that the page bears its marking. Numbers
//! are digits of sixty-four, as in the files of the search.

use super::account::web::{self, Stated, Tie, Web};
use super::language::{Language, Word, names};
use super::views::reads::Reads;
use super::{Renderer, search};
use crate::layout;
use crate::model::{Confidence, Kind, Verb};
use crate::plan::address;
use crate::search::data;
use serde::Serialize;
use std::borrow::Cow;

/// So many entries can be explored, those with the most connections: more take longer to be placed than the rest of a site
/// takes to be made.
const MOST: usize = 10_000;

/// So many steps are one length of the layout.
const STEPS: f64 = 20.0;

#[derive(Serialize)]
struct Data<'a> {
    words: Words<'a>,
    /// The kinds that there are: class, folder, what many and what one is called.
    kinds: Vec<(&'static str, &'static str, &'a str, &'a str)>,
    /// The verbs that there are: key, and a sentence with `{from}` and `{to}`.
    verbs: Vec<(&'static str, String)>,
    /// The terms of probability, least likely first, of each rank those of both rows.
    confidences: Vec<&'a str>,
    /// The year before the first that is told.
    before: i16,
    /// What addresses end in.
    end: String,
    /// What the entries are called, those with the most connections first, and the last parts of their addresses.
    names: Vec<Cow<'a, str>>,
    slugs: Vec<String>,
    /// Of each entry its kind, its place (two numbers) and its year after `before`, or 0.
    nodes: String,
    /// How many connections there are.
    tied: usize,
    /// Of each connection the first entry, as steps from the one before, the second, and how much is stated of it; of
    /// each of these what and how, the first year and how many later it ended, where the first is not 0.
    ties: String,
}

/// What the script says.
#[derive(Serialize)]
struct Words<'a> {
    explore: &'a str,
    canvas: &'a str,
    find: &'a str,
    none: &'a str,
    closer: &'a str,
    farther: &'a str,
    whole: &'a str,
    filter: &'a str,
    kinds: &'a str,
    verbs: &'a str,
    confidence: &'a str,
    any: &'a str,
    since: &'a str,
    until: &'a str,
    visible: String,
    cluster: String,
    connected: &'a str,
    ways: &'a str,
    from: &'a str,
    to: &'a str,
    no_way: &'a str,
    denied: &'a str,
    close: &'a str,
}

/// Writes it; where nothing of it is drawn, there is nothing to explore.
pub(super) fn write(renderer: &Renderer<'_>, reads: &Reads<'_>, buffer: &mut Vec<u8>) {
    if !renderer.config.drawings.graph {
        return;
    }
    let web = web::of(reads);
    let data = data(renderer, reads, &web);
    // A value that this program made can be written.
    let written = serde_json::to_string(&data).unwrap_or_default();
    buffer.extend_from_slice(format!("dossierGraph({written});\n").as_bytes());
}

fn data<'a>(renderer: &Renderer<'_>, reads: &Reads<'a>, web: &'a Web<'a>) -> Data<'a> {
    let language = reads.language;
    let nodes = web.nodes.get(..MOST).unwrap_or(&web.nodes);
    let within = |at: u32| (at as usize) < nodes.len();
    let ties = web.ties.iter();
    let mut ties: Vec<&Tie> = { ties.filter(|tie| within(tie.from) && within(tie.to)) }.collect();
    ties.sort_by_key(|tie| (tie.from, tie.to));
    let stated = || ties.iter().flat_map(|tie| &tie.stated);
    let kinds = { Kind::ALL.into_iter() }
        .filter(|kind| nodes.iter().any(|node| reads.kind(node.id) == *kind));
    let kinds: Vec<Kind> = kinds.collect();
    let verbs = { Verb::ALL.into_iter() }.filter(|verb| stated().any(|it| it.verb == *verb));
    let verbs: Vec<Verb> = verbs.collect();
    let years = { stated().filter_map(|it| Some(it.years?.0)) }
        .chain(nodes.iter().filter_map(|node| node.year));
    let before = years.min().map_or(0, |year| year.saturating_sub(1));
    let edges: Vec<(u32, u32)> = ties.iter().map(|tie| (tie.from, tie.to)).collect();
    let places = layout::places(nodes.len(), &edges);
    let mut written = String::new();
    for (node, place) in nodes.iter().zip(places) {
        data::number(index_of(&kinds, reads.kind(node.id)), &mut written);
        for length in place {
            data::number(steps(length), &mut written);
        }
        data::number(
            node.year.map_or(0, |year| after(before, year)),
            &mut written,
        );
    }
    let end = format!("/{}", address::path("", renderer.config.links));
    let slug = |path: String| {
        let path = address::path(&path, renderer.config.links);
        let slug = path.strip_suffix(&end).unwrap_or(&path);
        let slug = slug.rsplit('/').next();
        slug.unwrap_or_default().to_owned()
    };
    Data {
        words: words(language),
        kinds: kinds.iter().map(|&kind| called(language, kind)).collect(),
        verbs: verbs.iter().map(|&verb| says(language, verb)).collect(),
        confidences: Confidence::all()
            .map(|it| language.say(names::confidence(it)))
            .collect(),
        before,
        names: { nodes.iter().map(|node| search::set(renderer, node.name)) }.collect(),
        slugs: { nodes.iter().map(|node| slug(reads.route(node.id))) }.collect(),
        nodes: written,
        end,
        tied: ties.len(),
        ties: tied(&ties, &verbs, before),
    }
}

/// The connections, in order of their ends.
fn tied(ties: &[&Tie], verbs: &[Verb], before: i16) -> String {
    let (mut written, mut last) = (String::new(), 0);
    for tie in ties {
        data::number(tie.from - last, &mut written);
        last = tie.from;
        data::number(tie.to, &mut written);
        data::number(u32::try_from(tie.stated.len()).unwrap_or(0), &mut written);
        for stated in &tie.stated {
            data::number(how(stated, index_of(verbs, stated.verb)), &mut written);
            let (first, last) = stated.years.map_or((0, 0), |(first, last)| {
                (after(before, first), after(first, last))
            });
            data::number(first, &mut written);
            if first > 0 {
                data::number(last, &mut written);
            }
        }
    }
    written
}

/// How something is stated: lowest whether it is reversed, whether it is denied, then the term of probability from 1, and
/// what.
fn how(stated: &Stated, verb: u32) -> u32 {
    let sure = stated
        .confidence
        .map_or(0, |it| 1 + 2 * u32::from(it.rank()) + u32::from(it.row()));
    verb << 6 | sure << 2 | u32::from(stated.denied) << 1 | u32::from(stated.reversed)
}

fn index_of<T: PartialEq>(all: &[T], one: T) -> u32 {
    let at = all.iter().position(|other| *other == one);
    at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
}

/// How many years lie between.
fn after(before: i16, year: i16) -> u32 {
    u32::try_from(i32::from(year) - i32::from(before)).unwrap_or(0)
}

fn steps(length: f64) -> u32 {
    let steps = (length * STEPS).round().clamp(0.0, 1e6);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within a million"
    )]
    let steps = steps as u32;
    steps
}

fn called(language: &Language, kind: Kind) -> (&'static str, &'static str, &str, &str) {
    let words = names::kind(kind);
    (
        kind.name(),
        kind.folder(),
        language.say(words.heading),
        language.say(words.label),
    )
}

fn says(language: &Language, verb: Verb) -> (&'static str, String) {
    let holes = [("from", "{from}"), ("to", "{to}")];
    (
        verb.key(),
        language.with_all(names::verb(verb).says, &holes),
    )
}

fn words(language: &Language) -> Words<'_> {
    Words {
        explore: language.say(Word::GraphExplore),
        canvas: language.say(Word::GraphCanvas),
        find: language.say(Word::GraphFind),
        none: language.say(Word::SearchNone),
        closer: language.say(Word::GraphCloser),
        farther: language.say(Word::GraphFarther),
        whole: language.say(Word::GraphWhole),
        filter: language.say(Word::GraphFilter),
        kinds: language.say(Word::GraphKinds),
        verbs: language.say(Word::GraphVerbs),
        confidence: language.say(Word::GraphConfidence),
        any: language.say(Word::GraphAny),
        since: language.say(Word::GraphSince),
        until: language.say(Word::GraphUntil),
        visible: language.with_all(
            Word::GraphVisible,
            &[("shown", "{shown}"), ("count", "{count}")],
        ),
        cluster: language.with(Word::GraphCluster, "{count}"),
        connected: language.say(Word::GraphCount),
        ways: language.say(Word::GraphWays),
        from: language.say(Word::GraphFrom),
        to: language.say(Word::GraphTo),
        no_way: language.say(Word::GraphNoWay),
        denied: language.say(Word::GraphDenied),
        close: language.say(Word::GraphClose),
    }
}
