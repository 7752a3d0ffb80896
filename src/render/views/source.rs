//! What only a source's page shows: the record, what rests on it, how to cite it.

use super::shape::{Evidence, Graded, Snapshot};
use super::{At, cards, cites, entry, infobox, mentions};
use crate::model::{self, Date, Entry, PageId, Seen, Spot, Verb};
use crate::render::Html;
use crate::render::language::{Language, Word, names};

/// The evidence of a source's page.
pub(super) fn view<'a>(at: &At<'a>, id: PageId, evidence: &'a model::Evidence) -> Evidence<'a> {
    let page = at.reads.page(id);
    let (citing, pages) = mentions::citing(at, id, 1);
    let derived = page.statements.relations();
    let derived = derived
        .filter(|it| it.what.verb == Verb::DerivedFrom)
        .map(|it| it.what.target);
    Evidence {
        rows: infobox::of(at, id),
        grade: evidence.grade.map(|grade| graded(at.language, grade)),
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
        citation: citation(at, page, evidence),
        bibtex: bibtex(at, page, evidence),
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

fn graded(language: &Language, grade: model::Grade) -> Graded {
    let written = grade.to_string();
    let (letter, digit) = written.split_at(1);
    Graded {
        letter: letter.to_owned(),
        digit: digit.to_owned(),
        reliability: language.shared(names::reliability(grade)),
        credibility: language.shared(names::credibility(grade)),
        grade: written,
    }
}

fn without_scheme(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.")
        .unwrap_or(rest)
        .trim_end_matches('/')
}

/// `Reuters. “Title.” 5 August 2016. https://… Accessed 11 January 2026.`
fn citation(at: &At<'_>, page: &Entry<PageId>, evidence: &model::Evidence) -> String {
    let publisher = cards::publisher(&at.reads, page).map(|(name, _)| name);
    let authors = page.authors.iter().map(|it| it.value.as_str());
    let by: Vec<&str> = authors.chain(publisher).collect();
    let by = match by.is_empty() {
        true => String::new(),
        false => format!("{}. ", by.join(", ")),
    };
    let title = match page.title.ends_with(['.', '?', '!']) {
        true => Word::RecordTitle,
        false => Word::RecordTitleStop,
    };
    let mut text = [by, at.language.with(title, &page.title)].concat();
    if let Some(date) = page.date {
        text.push_str(&format!(" {}.", at.language.date(&date)));
    }
    if let Some(url) = &evidence.url {
        text.push_str(&format!(" {}.", url.value));
    }
    if let Some(day) = evidence.accessed {
        text.push(' ');
        text.push_str(
            &at.language
                .with(Word::RecordAccessedOn, &at.language.day(day)),
        );
    }
    text
}

/// An entry for BibTeX (biblatex's `@online`, or `@report`).
fn bibtex(at: &At<'_>, page: &Entry<PageId>, evidence: &model::Evidence) -> String {
    let publisher = cards::publisher(&at.reads, page).map_or("", |(name, _)| name);
    let kind = if evidence.url.is_some() {
        "online"
    } else {
        "misc"
    };
    let authors = match page.authors.as_slice() {
        [] => format!("{{{}}}", tex(publisher)),
        names => names
            .iter()
            .map(|name| tex(&name.value))
            .collect::<Vec<_>>()
            .join(" and "),
    };
    let mut fields = vec![
        ("author", authors),
        ("title", tex(&page.title)),
        ("organization", tex(publisher)),
    ];
    if let Some(date) = page.date.as_ref().and_then(Date::datetime) {
        fields.push(("date", date));
    } else if let Some(date) = page.date {
        fields.push(("year", date.year().to_string()));
    }
    if let Some(url) = &evidence.url {
        fields.push(("url", url.value.as_str().replace(['{', '}'], "")));
    }
    if let Some(day) = evidence.accessed {
        fields.push(("urldate", day.to_string()));
    }
    let lines: Vec<String> = fields
        .iter()
        .map(|(key, value)| format!("  {key} = {{{value}}}"))
        .collect();
    format!("@{kind}{{{},\n{}\n}}", page.slug, lines.join(",\n"))
}

/// Escapes what TeX would take for its own.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_keeps_its_own_signs() {
        assert_eq!(tex("R&D {100%} a_b"), "R\\&D \\{100\\%\\} a\\_b");
    }

    #[test]
    fn addresses_are_shortened_for_the_eye() {
        assert_eq!(
            without_scheme("https://www.example.org/a/"),
            "example.org/a"
        );
    }
}
