//! The files that a search loads: of whom names tell, in the words of the dossier.

use super::language::{Word, names as names_of};
use super::views::reads::Reads;
use super::{Renderer, punctuation};
use crate::model::{Kind, Overlap, PageId, Tlp};
use crate::plan::{Attribute, PER_CARDS, Search};
use crate::render::language::Language;
use crate::search::data;
use serde::Serialize;
use std::borrow::Cow;

/// How many there are of what is numbered, and what a search says.
#[derive(Serialize)]
struct Index<'a> {
    /// Of the parts of the names.
    names: u32,
    /// Of the pages in one of the others.
    cards: usize,
    /// The folders of the pages, in their order: they stand by folder and slug.
    folders: Vec<&'static str>,
    /// The first of each of the others, by folder and slug.
    firsts: Vec<String>,
    /// How many pages there are.
    pages: u32,
    /// Of the parts of the words of texts: none where they are not searched.
    texts: u32,
    /// What words may end in, see [`crate::search::Endings`].
    endings: &'static [&'static [(&'static str, &'static str)]],
    /// The markings, lowest first.
    markings: Vec<&'static str>,
    words: Words<'a>,
}

#[derive(Serialize)]
struct Words<'a> {
    none: &'a str,
    found: &'a str,
    all: &'a str,
}

/// What is told of a page: its path, its title, what it is, its summary and its marking, where it has them, and its
/// other names and ids, each with what it is, the names first; and how many of these are names.
#[derive(Serialize)]
struct Told<'a>(
    &'a str,
    Cow<'a, str>,
    &'a str,
    Cow<'a, str>,
    &'a str,
    Vec<(Cow<'a, str>, Cow<'a, str>)>,
    usize,
);

/// Writes one of them.
pub(super) fn write(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    file: Search,
    buffer: &mut Vec<u8>,
) {
    match file {
        Search::Index => {
            let index = Index {
                names: reads.register().shards(),
                cards: PER_CARDS,
                folders: Kind::ALL.map(Kind::folder).to_vec(),
                firsts: { (0..reads.pages()).step_by(PER_CARDS) }
                    .map(|at| reads.route(PageId(at)).trim_end_matches('/').to_owned())
                    .collect(),
                pages: reads.pages(),
                texts: reads.text_files(),
                endings: renderer.cards.endings().steps(),
                markings: Tlp::ALL.map(Tlp::label).to_vec(),
                words: Words {
                    none: reads.language.say(Word::SearchNone),
                    found: reads.language.say(Word::SearchFound),
                    all: reads.language.say(Word::SearchAll),
                },
            };
            data::put("index", &index, buffer);
        }
        Search::Words => {
            reads.register();
            data::put("words", &data::words(renderer.cards.found(reads)), buffer);
        }
        Search::Names(part) => {
            let count = reads.register().shards();
            let names = renderer.cards.found(reads);
            let part_of = data::names(names, part, count);
            data::put(&format!("names-{part}"), &part_of, buffer);
        }
        Search::Filters => data::put("filters", &filters(reads), buffer),
        Search::Revisions => data::put("revisions", &reads.revisions(), buffer),
        Search::Postings(part) => {
            let lines = reads.postings(renderer.cards, part);
            let telling = data::telling(lines, reads.pages());
            data::put(&format!("text-{part}"), &telling, buffer);
        }
        Search::Cards(part) => {
            let first = part * u32::try_from(PER_CARDS).unwrap_or(u32::MAX);
            let ids = (first..reads.pages()).take(PER_CARDS).map(PageId);
            // Whatever is told of a page counts for its label: its summary and its names may be marked above it.
            let told = ids.map(|id| {
                let (mut told, tlp) = reads.marked(|| told(renderer, reads, id));
                if tlp > Tlp::Clear {
                    told.4 = tlp.label();
                }
                told
            });
            let told: Vec<Told<'_>> = told.collect();
            data::put(&format!("cards-{part}"), &told, buffer);
        }
    }
}

/// A filter: its key in addresses, what it is called, and its values.
#[derive(Serialize)]
struct Filter<'a>(&'static str, &'a str, Vec<Picked<'a>>);

/// A value of a filter: as it stands in addresses, what it is called, and its entries.
#[derive(Serialize)]
struct Picked<'a>(Cow<'a, str>, Cow<'a, str>, String);

fn filters<'a>(reads: &Reads<'a>) -> Vec<Filter<'a>> {
    let language = reads.language;
    let filter = |key, word| Filter(key, language.say(word), Vec::new());
    let [
        mut kinds,
        mut years,
        mut countries,
        mut sectors,
        mut confidences,
        mut grades,
        mut markings,
    ] = [
        filter("kind", Word::SearchKind),
        filter("year", Word::SearchYear),
        filter("country", Word::SearchCountry),
        filter("sector", Word::RowSector),
        filter("confidence", Word::SearchConfidence),
        filter("grade", Word::SearchGrade),
        filter("marking", Word::SearchMarking),
    ];
    for (attribute, pages) in reads.attributes().iter() {
        let (filter, value, called) = match attribute {
            Attribute::Kind(kind) => {
                let called = language.say(names_of::kind(kind).heading);
                (&mut kinds, kind.name().into(), called.into())
            }
            Attribute::Year(year) => {
                let year = year.to_string();
                (&mut years, year.clone().into(), year.into())
            }
            Attribute::Country(id) => {
                let called = reads.name(id).title();
                (&mut countries, reads.slug(id).into(), called.into())
            }
            Attribute::Sector(sector) => {
                let called = language.say(names_of::sector(sector));
                (&mut sectors, sector.word().into(), called.into())
            }
            Attribute::Confidence(confidence) => {
                let called = language.say(names_of::confidence(confidence));
                (&mut confidences, confidence.words().into(), called.into())
            }
            Attribute::Grade(grade) => {
                let grade = grade.to_string();
                (&mut grades, grade.clone().into(), grade.into())
            }
            Attribute::Marking(tlp) => (&mut markings, tlp.name().into(), tlp.label().into()),
        };
        filter.2.push(Picked(value, called, data::pages(pages)));
    }
    let tags = reads.tags().iter().map(|tag| {
        let mut pages = tag.pages.clone();
        pages.sort_unstable();
        Picked(
            tag.slug.as_str().into(),
            tag.name.as_str().into(),
            data::pages(&pages),
        )
    });
    let tags = Filter("tag", language.say(Word::SearchTag), tags.collect());
    [
        kinds,
        years,
        tags,
        countries,
        sectors,
        confidences,
        grades,
        markings,
    ]
    .into()
}

fn told<'a>(renderer: &'a Renderer<'a>, reads: &Reads<'a>, id: PageId) -> Told<'a> {
    let card = reads.told(renderer.cards, id);
    let called = reads.names(id);
    let title = called.title();
    let names = called.aliases().map(|alias| {
        let by = alias.what.by.as_ref().map(|by| reads.called(by));
        let means = named(reads.language, title, alias.what.overlap, by);
        (
            set(renderer, &alias.what.name),
            set(renderer, &means).into_owned().into(),
        )
    });
    let id_of = || set(renderer, &reads.language.with(Word::SearchId, title)).into_owned();
    let ids = called.ids().map(|id| (Cow::Borrowed(id), id_of().into()));
    Told(
        &card.path,
        set(renderer, title),
        &card.label,
        set(renderer, card.summary.as_deref().unwrap_or("")),
        "",
        names.chain(ids).collect(),
        called.aliases().count(),
    )
}

/// A text with its quotation marks set as on pages, where it holds any.
pub(super) fn set<'a>(renderer: &Renderer<'_>, text: &'a str) -> Cow<'a, str> {
    let config = renderer.config;
    // What reads HTML would take these for markup.
    let plain = !text.contains(['"', '\'']) || text.contains(['<', '&']);
    if plain || !config.smart_punctuation {
        return Cow::Borrowed(text);
    }
    let set = punctuation::typeset(&config.language, text);
    set.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What a name is, as a sentence: who calls whom so.
fn named(language: &Language, title: &str, overlap: Overlap, by: Option<&str>) -> String {
    let holes = [("title", title), ("by", by.unwrap_or(""))];
    language.with_all(said(overlap, by.is_some()), &holes)
}

/// The words for what a name is; `by` tells whether it is known who uses it.
pub(super) fn said(overlap: Overlap, by: bool) -> Word {
    match (overlap, by) {
        (Overlap::Equal, false) => Word::SearchAnother,
        (Overlap::Equal, true) => Word::SearchBy,
        (Overlap::PartOf, false) => Word::SearchPart,
        (Overlap::PartOf, true) => Word::SearchPartBy,
        (Overlap::Overlaps, false) => Word::SearchOverlaps,
        (Overlap::Overlaps, true) => Word::SearchOverlapsBy,
    }
}
