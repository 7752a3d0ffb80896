//! What only a source's page shows: the record, what rests on it, how to cite it.

use super::shape::{Evidence, Graded, Reliable, Snapshot};
use super::{At, cards, cites, entry, infobox, mentions};
use crate::model::{self, PageId, Seen, Spot, Verb};
use crate::render::account::work;
use crate::render::language::{Language, Word, names};
use crate::render::{Html, bibliography};

/// The evidence of a source's page.
pub(super) fn view<'a>(at: &At<'a>, id: PageId, evidence: &'a model::Evidence) -> Evidence<'a> {
    let page = at.reads.page(id);
    let (citing, pages) = mentions::citing(at, id, 1);
    let derived = page.statements.relations();
    let derived = derived
        .filter(|it| it.what.verb == Verb::DerivedFrom)
        .map(|it| it.what.target);
    let publisher = cards::publisher(&at.reads, page).map_or("", |(name, _)| name);
    let work = work::source(page, evidence, publisher);
    Evidence {
        rows: infobox::of(at, id),
        grade: graded(at.language, evidence),
        seen: evidence.seen.map(|seen| match seen {
            Seen::Full => at.language.say(Word::RecordFull),
            Seen::Excerpt => at.language.say(Word::RecordExcerpt),
            Seen::Reference => at.language.say(Word::RecordReference),
        }),
        url: evidence.url.as_ref().map(|url| url.value.as_str()),
        url_short: (evidence.url.as_ref()).map(|url| without_scheme(url.value.as_str())),
        archived: evidence.archived.as_ref().map(|url| url.value.as_str()),
        accessed: evidence.accessed.map(|day| at.language.day(day)),
        snapshot: evidence.snapshot.as_ref().map(|snapshot| Snapshot {
            sha256: &snapshot.sha256.value,
            taken: snapshot.taken.map(|day| at.language.day(day)),
            path: snapshot.publish.then(|| {
                at.path(&format!(
                    "{}{}",
                    crate::check::SNAPSHOTS,
                    snapshot.file.value
                ))
            }),
        }),
        retracted: (page.retracted.as_ref()).map(|it| entry::notice(at, id, Spot::Retracted, it)),
        derives_from: links(at, derived),
        basis_of: links(at, at.reads.basis_of(id)),
        citation: bibliography::text(at.language, &work),
        bibtex: bibliography::bibtex(&work),
        citing,
        statements: cites::count(at.reads.citing(id)),
        on_pages: cites::count(at.reads.citing_groups(id).count()),
        pages,
    }
}

/// Links to entries, each in a description of its own.
fn links(at: &At<'_>, ids: impl Iterator<Item = PageId>) -> Html {
    let mut html = String::new();
    for id in ids {
        html.push_str("<dd>");
        at.link(id, &mut html);
        html.push_str("</dd>");
    }
    Html(html)
}

fn graded(language: &Language, evidence: &model::Evidence) -> Option<Graded> {
    let grade = evidence.grade?;
    Some(Graded {
        grade: grade.to_string(),
        reliability: grade.reliability().map(|letter| Reliable {
            letter: letter.to_string(),
            meaning: language.shared(names::reliability(letter)),
            of_publisher: evidence.lent.is_some(),
        }),
        digit: char::from(grade.digit()).to_string(),
        credibility: language.shared(names::credibility(grade)),
    })
}

fn without_scheme(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.")
        .unwrap_or(rest)
        .trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shortened_for_the_eye() {
        assert_eq!(
            without_scheme("https://www.example.org/a/"),
            "example.org/a"
        );
    }
}
