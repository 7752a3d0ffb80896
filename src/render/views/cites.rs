//! Citation marks and the reference list.

use super::At;
use super::cards::SourceCard;
use super::reads::Reads;
use super::shape::Sourcing;
use crate::model::{PageId, Relation, Said, Sort};
use crate::plan::graph::Origin;
use crate::plan::{By, Ledger, Placed};
use crate::render::account::references;
use crate::render::language::{Language, Word};
use crate::render::{Html, markup};

/// How the marks of a statement are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// Each with its note for the margin.
    Noted,
    /// Where no margin is near: what else the note would say stands in a title.
    Bare,
    /// The same where they stand a second time on the page: without ids.
    Again,
}

/// The marks of a statement on its own page. They stand directly behind the words that they support.
pub(super) fn of(at: &At<'_>, origin: Origin, by: By, marks: Marks) -> Html {
    let mut html = String::new();
    write(at, origin, by, marks, &mut html);
    Html(html)
}

/// The same of a list of which a reader meets the statements in another order than their own; `noted` are the notes
/// that stand there already.
pub(super) fn of_list<'a>(
    at: &At<'a>,
    origin: Origin,
    by: By,
    noted: &mut Vec<&'a Placed>,
) -> Html {
    let mut html = String::new();
    let cited = at.reads.ledger(origin).of_statement(by);
    marked(at, cited, Marks::Noted, &mut html);
    let open = cited.iter().filter(|placed| placed.source.is_some());
    for placed in open {
        let mut near = noted.iter().rev().take(SCREEN);
        if !near.any(|it| it.source == placed.source && it.at == placed.at) {
            note_of(at, placed, &mut html);
        }
        noted.push(placed);
    }
    Html(html)
}

/// Writes the same.
pub(super) fn write(at: &At<'_>, origin: Origin, by: By, marks: Marks, out: &mut String) {
    let ledger = at.reads.ledger(origin);
    let cited = ledger.of_statement(by);
    marked(at, cited, marks, out);
    // Behind all of them: marks stand in the line, and notes do not.
    let open = cited.iter().filter(|placed| placed.source.is_some());
    for placed in open.filter(|placed| marks == Marks::Noted && !is_noted(ledger, placed)) {
        note_of(at, placed, out);
    }
}

/// Writes marks. Where no notes follow, several are kept in one line.
fn marked(at: &At<'_>, cited: &[Placed], marks: Marks, out: &mut String) {
    out.reserve(cited.len() * if marks == Marks::Noted { 384 } else { 128 });
    let open = cited.iter().filter(|placed| placed.source.is_some());
    let together = marks != Marks::Noted && open.clone().nth(1).is_some();
    out.push_str(if together {
        "<span class=\"marks\">"
    } else {
        ""
    });
    for (nth, placed) in open.enumerate() {
        mark(at, placed, nth > 0, marks, out);
    }
    out.push_str(if together { "</span>" } else { "" });
    // How many are withheld is not said.
    if cited.iter().any(|placed| placed.source.is_none()) {
        let next = cited.iter().any(|placed| placed.source.is_some());
        out.push_str("<span class=\"cite withheld");
        out.push_str(if next { " next\">" } else { "\">" });
        at.language.html(Word::RemarkSourceWithheld, out);
        out.push_str("</span>");
    }
}

fn note_of(at: &At<'_>, placed: &Placed, out: &mut String) {
    if let Some(card) = placed.source.and_then(|source| at.source(source)) {
        note(at.language, &at.root, card, placed, out);
    }
}

fn mark(at: &At<'_>, placed: &Placed, next: bool, marks: Marks, out: &mut String) {
    let Some(source) = placed.source else {
        return;
    };
    out.push_str("<a class=\"cite");
    out.push_str(if next { " next\"" } else { "\"" });
    if marks != Marks::Again {
        out.push_str(" id=\"");
        anchor(&at.reads, source, placed.nth, out);
        out.push('"');
    }
    out.push_str(" href=\"#ref-");
    markup::number(placed.number, out);
    out.push_str("\" aria-label=\"");
    at.language.counted(Word::TextSource, placed.number, out);
    if let (Some(place), Marks::Bare | Marks::Again) = (references::place(placed), marks) {
        out.push_str(", ");
        markup::text(place, out);
        out.push_str("\" title=\"");
        markup::text(place, out);
    }
    out.push_str("\">");
    markup::number(placed.number, out);
    out.push_str("</a>");
}

/// How many citations of a list a screen shows, about: within it the same note stands once.
const SCREEN: usize = 10;

/// Whether a reader still sees the same note, at a statement of the same list. (Values stand in another order, and
/// some in the infobox, where there are no notes: see [`of_list`].)
fn is_noted(ledger: &Ledger, placed: &Placed) -> bool {
    let By::Statement(id) = placed.by else {
        return false;
    };
    let near = ledger.before(placed.by).iter().rev().take(SCREEN);
    let mut near = near.filter(|it| matches!(it.by, By::Statement(other) if other.sort == id.sort));
    id.sort != Sort::Fact && near.any(|it| it.source == placed.source && it.at == placed.at)
}

/// The note in the margin: number, publisher and year, place in the source, grade.
fn note(language: &Language, root: &str, card: &SourceCard, placed: &Placed, out: &mut String) {
    out.push_str("<span class=\"sidenote\" role=\"note\"><span class=\"no\">");
    markup::number(placed.number, out);
    out.push_str("</span> <a href=\"");
    out.push_str(root);
    markup::text(&card.path, out);
    out.push_str("\">");
    markup::text(&card.short, out);
    if let Some(place) = references::place(placed) {
        out.push_str(", ");
        markup::text(place, out);
    }
    if let Some((grade, meaning)) = &card.grade {
        markup::grade(grade, meaning, false, out);
    }
    out.push_str("</a>");
    card.caveats(language, root, out);
    out.push_str("</span>");
}

/// Writes the id of a source's nth mark on a page.
pub(super) fn anchor(reads: &Reads<'_>, source: PageId, nth: u32, out: &mut String) {
    markup::anchor(reads.slug(source), nth, out);
}

/// The reference list of a page.
pub(super) fn references(at: &At<'_>, origin: Origin) -> Html {
    let references = references::of(&at.reads, origin);
    let mut html = String::with_capacity(references.len() * 768);
    let out = &mut html;
    for reference in &references {
        let Some(card) = at.source(reference.source) else {
            continue;
        };
        out.push_str("\n<li id=\"ref-");
        markup::number(reference.number, out);
        out.push_str("\"><span class=\"no\">");
        markup::number(reference.number, out);
        out.push_str("</span>");
        card.line(&at.root, out);
        out.push_str(&card.details);
        card.caveats(at.language, &at.root, out);
        for (nth, place) in reference.places.iter().enumerate() {
            out.push_str(if nth == 0 {
                " <span class=\"at\">"
            } else {
                "; "
            });
            markup::text(place, out);
        }
        out.push_str(if reference.places.is_empty() {
            ""
        } else {
            "</span>"
        });
        markup::back(
            at.language,
            at.reads.slug(reference.source),
            &reference.marks,
            out,
        );
        out.push_str("</li>");
    }
    Html(html)
}

/// How well a page is sourced. Sources that derive from one another count as one.
pub(super) fn sourcing(reads: &Reads<'_>, id: PageId) -> Sourcing {
    let ledger = reads.ledger(Origin::Page(id));
    Sourcing {
        statements: count(ledger.statements(reads.page(id))),
        sources: count(ledger.own().count()),
        independent: count(reads.independent(ledger.own())),
    }
}

/// A count as templates see it.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How many different sources an entry's list of citations names.
pub(in crate::render) fn distinct(entry: &[crate::model::Cite<PageId>]) -> u32 {
    let sources = || entry.iter().filter_map(|cite| cite.source);
    let first = |&(at, source): &(usize, PageId)| !sources().take(at).any(|it| it == source);
    count(sources().enumerate().filter(first).count())
}

/// Writes the link to a relation's place on the page of the entry that states it, with how many
/// sources it has there.
pub(super) fn stated(
    at: &At<'_>,
    from: PageId,
    relation: &Said<'_, PageId, Relation<PageId>>,
    out: &mut String,
) {
    let sources = distinct(&relation.sources);
    let cited = at.reads.stated_at(from, relation.id);
    out.push_str("<a href=\"");
    out.push_str(&at.root);
    markup::text(at.card(from).path(), out);
    out.push('#');
    match cited {
        Some((source, nth)) => anchor(&at.reads, source, nth, out),
        None if at.reads.is_at_a_glance(from, relation.id) => out.push_str("page-glance"),
        None => out.push_str("page-relations"),
    }
    out.push_str("\">");
    at.language.counted(Word::EntrySources, sources, out);
    out.push_str("</a>");
}
