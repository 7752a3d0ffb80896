//! The infobox: what one wants to know at a glance. Of a source these are rows of its record.

use super::cites::Marks;
use super::{At, attack, cards, cites, facts, marking, relations, shell, words as sentences};
use crate::model::lang::is_from_right;
use crate::model::{
    Details, Entry, Fact, Marked, PageId, Part, Relation, Said, Sector, Spot, StatementId,
    Statements, Tlp, Verb,
};
use crate::plan::graph::Origin;
use crate::plan::{Attribute, By};
use crate::render::language::{Word, names};
use crate::render::{Html, markup};

/// How many relations of one verb the infobox holds; where there are more, a list does.
const MOST: usize = 4;

/// The rows of an entry's infobox.
pub(super) fn of(at: &At<'_>, id: PageId) -> Html {
    let page = at.reads.page(id);
    let mut html = String::with_capacity(1024);
    let out = &mut html;
    if page.statements.fact("dates").is_none()
        && let Some(date) = page.date
        && page.evidence().is_none()
    {
        let dated =
            page.kind == crate::model::Kind::Note || page.statements.fact("first_seen").is_some();
        let word = if dated { Word::RowDate } else { Word::RowWhen };
        words(at, word, &at.language.date(&date), out);
    }
    for fact in page.statements.facts() {
        of_fact(at, id, fact, out);
    }
    details(at, id, page, out);
    for (verb, label) in SHOWN {
        of_relations(at, id, verb, label, out);
    }
    // Ids for machines (MISP, STIX) are for the exports.
    for (name, value) in &page.external_ids {
        if !matches!(name.as_str(), "misp" | "stix") {
            external_id(name, value, out);
        }
    }
    Html(html)
}

/// The relations that the infobox shows, and what they are called there.
const SHOWN: [(Verb, Word); 9] = [
    (Verb::AttributedTo, Word::RowAttributedTo),
    (Verb::PartOf, Word::RowPartOf),
    (Verb::MemberOf, Word::RowMemberOf),
    (Verb::EmployedBy, Word::RowEmployedBy),
    (Verb::Targets, Word::RowTargets),
    (Verb::RoutedThrough, Word::RowRoutedThrough),
    (Verb::LocatedAt, Word::RowLocatedAt),
    (Verb::OriginatesFrom, Word::RowOriginatesFrom),
    (Verb::AuthoredBy, Word::RowAuthoredBy),
];

/// A row of one value that is words.
fn words(at: &At<'_>, label: Word, text: &str, out: &mut String) {
    row(at.language.say(label), out, |out| apart(at, text, out));
}

/// A text, which may run the other way than what stands behind it.
fn apart(at: &At<'_>, text: &str, out: &mut String) {
    markup::apart(text, is_from_right(shell::tag(at)), out);
}

/// A row of one value.
fn row(label: &str, out: &mut String, write: impl FnOnce(&mut String)) {
    begin(label, out);
    value(out, write);
    out.push_str("</div>");
}

/// The beginning of a row: what it is about.
fn begin(label: &str, out: &mut String) {
    out.push_str("\n<div><dt>");
    markup::text(label, out);
    out.push_str("</dt>");
}

/// One of a row's values.
fn value(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str("<dd>");
    write(out);
    out.push_str("</dd>");
}

/// Writes words that lead to where on the page more is said.
fn more(id: &str, words: &str, out: &mut String) {
    out.push_str("<a href=\"#");
    markup::text(id, out);
    out.push_str("\">");
    markup::text(words, out);
    out.push_str("</a>");
}

/// The same as a remark: sources differ.
fn differ(id: &str, words: &str, out: &mut String) {
    out.push_str(" <a class=\"differ\" href=\"#");
    markup::text(id, out);
    out.push_str("\">");
    markup::text(words, out);
    out.push_str("</a>");
}

/// Writes a marking where it is above CLEAR.
pub(super) fn tlp(tlp: Option<Tlp>, out: &mut String) {
    if let Some(tlp) = shell::raised(tlp) {
        out.push(' ');
        markup::tlp(tlp, out);
    }
}

fn of_fact(at: &At<'_>, id: PageId, fact: Fact<'_, PageId>, out: &mut String) {
    let label = facts::label(at.language, fact.name);
    let Some(version) = fact.chosen() else {
        return row(&label, out, |out| {
            at.language.html(Word::RemarkSourcesDiffer, out);
            let count = fact.versions().count().to_string();
            let words = at.language.with(Word::RemarkNoneChosen, &count);
            differ(&facts::id(fact.name), &words, out);
        });
    };
    let by = By::Statement(version.id);
    let several = fact.has_several();
    let marks = if several { Marks::Again } else { Marks::Bare };
    row(&label, out, |out| {
        apart(at, &facts::text(at.language, &version.what.value), out);
        cites::write(at, Origin::Page(id), by, marks, out);
        tlp(version.tlp, out);
        if several {
            differ(
                &facts::id(fact.name),
                at.language.say(Word::RemarkSourcesDiffer),
                out,
            );
            return;
        }
        let as_of = version
            .when
            .map(|date| at.language.with(Word::RemarkAsOf, &at.language.date(&date)));
        let note = version.note.as_ref().filter(|note| !note.is_empty());
        if as_of.is_none() && note.is_none() {
            return;
        }
        out.push_str(" <span class=\"quiet\">");
        if let Some(as_of) = &as_of {
            markup::text(as_of, out);
        }
        if let Some(note) = note {
            out.push_str(if as_of.is_some() { ", " } else { "" });
            let spot = Spot::Statement(version.id, Part::Note);
            sentences::write(at, Origin::Page(id), spot, note, Marks::Bare, out);
        }
        out.push_str("</span>");
    });
}

/// Whether the infobox tells a relation, so that no list has to: one of few of its verb, which is not denied.
pub(in crate::render) fn holds(statements: &Statements<PageId>, relation: StatementId) -> bool {
    let Some(own) = statements.relation(relation.index) else {
        return false;
    };
    // Those of one verb stand together.
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    let near = relation.index.saturating_sub(most)..=relation.index.saturating_add(most);
    let alike = near.filter_map(|at| statements.relation(at));
    let alike = alike.filter(|it| it.what.verb == own.what.verb).count();
    let shown = SHOWN.iter().any(|(verb, _)| *verb == own.what.verb);
    shown && alike <= MOST && !own.what.denied
}

fn of_relations(at: &At<'_>, id: PageId, verb: Verb, label: Word, out: &mut String) {
    let label = at.language.say(label);
    let statements = &at.reads.page(id).statements;
    let relations = statements.relations().filter(|it| it.what.verb == verb);
    let (held, others): (Vec<_>, Vec<_>) = relations.partition(|it| holds(statements, it.id));
    if !held.is_empty() {
        begin(label, out);
        for relation in &held {
            value(out, |out| of_relation(at, id, relation, out));
        }
        out.push_str("</div>");
    } else if others.len() > MOST {
        row(label, out, |out| {
            more(
                "page-relations",
                &at.language
                    .with(Word::RemarkListedBelow, &others.len().to_string()),
                out,
            );
        });
    }
}

fn of_relation(
    at: &At<'_>,
    id: PageId,
    relation: &Said<'_, PageId, Relation<PageId>>,
    out: &mut String,
) {
    at.link(relation.what.target, out);
    if let Some(sure) = relation.confidence {
        out.push_str(", ");
        markup::sure(at.language, sure, out);
    }
    let by = By::Statement(relation.id);
    cites::write(at, Origin::Page(id), by, Marks::Bare, out);
    tlp(marking::beside(&at.reads, id, id, relation), out);
    let period = at.language.held(relation.when, relation.what.until);
    let note = relation.note.as_ref().filter(|note| !note.is_empty());
    let own = relation.what.own.as_ref().filter(|own| !own.is_empty());
    let transfer = relation.what.transfer.as_deref();
    if period.is_none() && note.is_none() && own.is_none() && transfer.is_none() {
        return;
    }
    out.push_str(" <span class=\"quiet\">");
    let more = if period.is_some() || note.is_some() {
        ", "
    } else {
        ""
    };
    if let Some(own) = own {
        relations::own_words(at, id, relation, own, out);
        out.push_str(more);
    }
    // Words of a writer's own and money stand with different relations.
    if let Some(transfer) = transfer {
        relations::transferred(at, transfer, out);
        out.push_str(more);
    }
    markup::text(period.as_deref().unwrap_or(""), out);
    if let Some(note) = note {
        out.push_str(if period.is_some() { ", " } else { "" });
        let spot = Spot::Statement(relation.id, Part::Note);
        sentences::write(at, Origin::Page(id), spot, note, Marks::Bare, out);
    }
    out.push_str("</span>");
}

fn details(at: &At<'_>, id: PageId, page: &Entry<PageId>, out: &mut String) {
    let text = |label: Word, value: &Option<String>, out: &mut String| {
        if let Some(value) = value {
            words(at, label, value, out);
        }
    };
    let marked = |label: Word, value: &Option<Marked<String>>, out: &mut String| {
        list(at, label, value.as_slice(), out);
    };
    match &page.details {
        Details::Actor { sophistication } => marked(Word::RowSophistication, sophistication, out),
        Details::Malware {
            platforms,
            types,
            is_family,
        } => {
            list(at, Word::RowType, types, out);
            list(at, Word::RowPlatforms, platforms, out);
            if !is_family {
                let sample = at.language.say(Word::RowSingleSample);
                words(at, Word::RowForm, sample, out);
            }
        }
        Details::Tool { platforms, types } => {
            list(at, Word::RowType, types, out);
            list(at, Word::RowPlatforms, platforms, out);
        }
        Details::Infrastructure { types } => list(at, Word::RowType, types, out),
        Details::Technique { tactics } => {
            let tactics = tactics.iter().map(|it| Marked {
                value: attack::tactic(&at.config.attack, &it.value),
                tlp: it.tlp,
            });
            let tactics: Vec<_> = tactics.collect();
            list(at, Word::RowTactics, &tactics, out);
        }
        Details::Vulnerability { cvss } => list_of("CVSS", cvss.as_slice(), out),
        Details::Person { nationality } => {
            let legal = page.statements.legal();
            let legal = legal.map(|it| at.language.say(names::legal(it.what.status)));
            let all: Vec<&str> = legal.collect();
            if !all.is_empty() {
                row(at.language.say(Word::RowLegal), out, |out| {
                    more("page-legal", &all.join(", "), out);
                });
            }
            marked(Word::RowNationality, nationality, out);
        }
        Details::Organisation { r#type: _, sectors } => {
            if !sectors.is_empty() {
                row(at.language.say(Word::RowSector), out, |out| {
                    worked_in(at, sectors, out);
                });
            }
            if let Some(country) = &page.country {
                row(at.language.say(Word::RowCountry), out, |out| {
                    at.link(country.value, out)
                });
            }
        }
        Details::Place { code, lat, lon, .. } => {
            if let Some(code) = code {
                row("ISO 3166", out, |out| markup::text(code, out));
            }
            if let Some((lat, lon)) = lat.as_ref().zip(lon.as_ref()) {
                words(at, Word::RowCoordinates, &format!("{lat}, {lon}"), out);
            }
            based(at, id, out);
        }
        Details::Source(evidence) => {
            if let Some((publisher, publisher_page)) = cards::publisher(&at.reads, page) {
                row(
                    at.language.say(Word::RowPublisher),
                    out,
                    |out| match publisher_page {
                        Some(id) => at.link(id, out),
                        None => markup::text(publisher, out),
                    },
                );
            }
            if let Some(date) = page.date {
                words(at, Word::RowPublished, &at.language.date(&date), out);
            }
            text(Word::RowLanguage, &evidence.language, out);
            if let Some(card) = at.source(id) {
                words(at, Word::RowCitedAs, &card.short, out);
            }
        }
        Details::Campaign | Details::Page | Details::Incident { .. } | Details::Note { .. } => {}
    }
}

/// A row of several texts, each with its marking.
/// Sectors, each with the way to the entries that are of it.
fn worked_in(at: &At<'_>, sectors: &[Sector], out: &mut String) {
    for (nth, &sector) in sectors.iter().enumerate() {
        if nth > 0 {
            out.push_str(", ");
        }
        let attribute = Attribute::Sector(sector);
        let name = at.language.say(names::sector(sector));
        match at.reads.is_shelved(attribute) {
            true => {
                let path = at.path(&at.reads.shelf_address(attribute, 1));
                markup::link(&at.root, &markup::tail(&path, name), out);
            }
            false => markup::text(name, out),
        }
    }
}

/// The way from a country to the entries that belong to it.
fn based(at: &At<'_>, id: PageId, out: &mut String) {
    let country = Attribute::Country(id);
    if at.reads.is_shelved(country) {
        let path = at.path(&at.reads.shelf_address(country, 1));
        let tail = markup::tail(&path, at.language.say(Word::RowAll));
        row(at.language.say(Word::RowBased), out, |out| {
            markup::link(&at.root, &tail, out);
        });
    }
}

fn list(at: &At<'_>, label: Word, values: &[Marked<impl AsRef<str>>], out: &mut String) {
    list_of(at.language.say(label), values, out);
}

fn list_of(label: &str, values: &[Marked<impl AsRef<str>>], out: &mut String) {
    if values.is_empty() {
        return;
    }
    row(label, out, |out| texts(values, out));
}

/// Several texts, each with its marking.
pub(super) fn texts(values: &[Marked<impl AsRef<str>>], out: &mut String) {
    for (nth, text) in values.iter().enumerate() {
        out.push_str(if nth > 0 { ", " } else { "" });
        markup::text(text.value.as_ref(), out);
        tlp(text.tlp, out);
    }
}

/// The id of an ATT&CK object, which leads there.
pub(super) fn attack(id: &Marked<String>, out: &mut String) {
    linked(id, attack::url(&id.value), out);
}

fn external_id(name: &str, id: &Marked<String>, out: &mut String) {
    let (label, url) = match name {
        "attack" => ("ATT&CK", attack::url(&id.value)),
        "cve" => ("CVE", attack::cve_url(&id.value)),
        other => (other, None),
    };
    row(label, out, |out| linked(id, url, out));
}

fn linked(id: &Marked<String>, url: Option<String>, out: &mut String) {
    match url {
        Some(url) => markup::link_out(&url, "", &id.value, out),
        None => markup::text(&id.value, out),
    }
    tlp(id.tlp, out);
}
