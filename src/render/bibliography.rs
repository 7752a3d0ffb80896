//! How works are cited: for readers, and for programs that keep literature (BibTeX, the JSON of the Citation Style Language).
//!
//! Takes a [`Work`]; gives text that those programs read back as it was, whatever signs are in it. What is not known is
//! left out. Makes no markup.

use super::account::work::Work;
use super::language::{Language, Word};
use crate::export::tex::{address, author, tex};
use crate::model::Date;

/// A work for a reader, as it is cited: `Reuters. “Title.” 5 August 2016. https://… Accessed 11 January 2026.`, and a part of
/// one with the whole behind its title.
pub(super) fn text(language: &Language, work: &Work<'_>) -> String {
    let whole = Some(work.by).filter(|by| !by.is_empty());
    let authors = work.authors.iter().copied();
    let by: Vec<&str> = authors.chain(whole.filter(|_| !work.part)).collect();
    let title = match work.title.ends_with(['.', '?', '!']) {
        true => Word::RecordTitle,
        false => Word::RecordTitleStop,
    };
    let sentences = [
        Some(by.join(", "))
            .filter(|by| !by.is_empty())
            .map(|by| format!("{by}.")),
        Some(language.with(title, work.title)),
        whole.filter(|_| work.part).map(|whole| format!("{whole}.")),
        work.date.map(|date| format!("{}.", language.date(&date))),
        work.url.as_deref().map(|url| format!("{url}.")),
        (work.accessed).map(|day| language.with(Word::RecordAccessedOn, &language.day(day))),
    ];
    sentences
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A work for BibTeX, as biblatex has it: `@online`, or `@misc` for what has no address.
pub(super) fn bibtex(work: &Work<'_>) -> String {
    let authors: Vec<String> = match work.authors.as_slice() {
        // Who is no person is not taken apart.
        [] => vec![format!("{{{}}}", tex(work.by))],
        names => names.iter().map(|name| author(name)).collect(),
    };
    let exact = work.date.and_then(|date| date.without_time().datetime());
    let year = work.date.map(|date| date.year().to_string());
    let fields = [
        ("author", Some(authors.join(" and "))),
        // Styles write titles in small letters, but for what stands in braces: names do not bear that.
        ("title", Some(format!("{{{}}}", tex(work.title)))),
        ("organization", Some(tex(work.by))),
        ("year", year.filter(|_| exact.is_none())),
        ("date", exact),
        ("note", withdrawn(work)),
        ("url", work.url.as_deref().map(address)),
        ("urldate", work.accessed.map(|day| day.to_string())),
    ];
    let known = fields
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let known = known.filter(|(_, value)| !matches!(*value, "" | "{}"));
    let lines: Vec<String> = known
        .map(|(name, value)| format!("  {name} = {{{value}}}"))
        .collect();
    let sort = match work.url {
        Some(_) => "online",
        None => "misc",
    };
    format!("@{sort}{{{},\n{}\n}}", key(&work.key), lines.join(",\n"))
}

/// A work in CSL-JSON, as Zotero, Pandoc and others read it: a list of one.
pub(super) fn csl(work: &Work<'_>) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let literal = |name: &&str| format!("{{\"literal\": {}}}", text(name));
    let authors = match work.authors.is_empty() {
        true => vec![literal(&work.by)],
        false => work.authors.iter().map(literal).collect(),
    };
    let parts = work.date.as_ref().map(|date| {
        let day = in_digits(date);
        let parts = day.split('-').filter_map(|part| part.parse::<u16>().ok());
        let parts: Vec<String> = parts.map(|part| part.to_string()).collect();
        format!("{{\"date-parts\": [[{}]]}}", parts.join(", "))
    });
    let fields = [
        ("id", Some(text(&key(&work.key)))),
        ("type", Some(text("webpage"))),
        ("author", Some(format!("[{}]", authors.join(", ")))),
        ("title", Some(text(work.title))),
        ("container-title", Some(text(work.by))),
        ("issued", parts),
        ("note", withdrawn(work).as_deref().map(text)),
        ("URL", work.url.as_deref().map(text)),
        ("language", work.language.map(text)),
    ];
    let known = fields
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let lines: Vec<String> = known
        .map(|(name, value)| format!("  \"{name}\": {value}"))
        .collect();
    format!("[{{\n{}\n}}]", lines.join(",\n"))
}

/// A date as far as it is exact, to the day.
pub(super) fn in_digits(date: &Date) -> String {
    let day = date.without_time().datetime();
    day.unwrap_or_else(|| date.year().to_string())
}

fn withdrawn(work: &Work<'_>) -> Option<String> {
    let date = work.withdrawn.as_ref()?;
    Some(format!("Withdrawn {}", in_digits(date)))
}

/// A key without what ends one.
fn key(text: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    text.chars()
        .map(|c| if fits(c) { c } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "Ünlü\\ \"R&D\" {100%}} a_b $x$ #1 ~^ \u{7}\n’q’ </script>";

    fn work() -> Work<'static> {
        Work {
            key: "actor-apt 38}".to_owned(),
            authors: vec!["Jane Doe", "Search and Rescue", "Doe, Jane"],
            title: HOSTILE,
            by: "The {Case}",
            part: true,
            date: Date::from_text("2016-02").ok(),
            url: Some("https://example.org/a{b}c\\%20/".into()),
            accessed: None,
            withdrawn: None,
            language: Some("en"),
        }
    }

    /// How deep braces are at the end, and whether they were ever closed too often.
    fn depth(text: &str) -> Option<u32> {
        text.chars().try_fold(0u32, |depth, c| match c {
            '{' => Some(depth + 1),
            '}' => depth.checked_sub(1),
            _ => Some(depth),
        })
    }

    #[test]
    fn bibtex_holds_together_whatever_is_in_it() {
        let written = bibtex(&work());
        assert_eq!(depth(&written), Some(0), "{written}");
        assert_eq!(
            written,
            "@online{actor-apt-38-,\n  author = {Jane Doe and {Search and Rescue} and {Doe, Jane}},\n  title = {{Ünlü\\textbackslash{} \
             \"R\\&D\" \\textbraceleft{}100\\%\\textbraceright{}\\textbraceright{} a\\_b \\$x\\$ \\#1 \\textasciitilde{}\\textasciicircum{}  \
             ’q’ </script>}},\n  organization = {The \\textbraceleft{}Case\\textbraceright{}},\n  date = {2016-02},\n  \
             url = {https://example.org/a%7Bb%7Dc%5C%20/}\n}"
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let nothing = Work {
            authors: Vec::new(),
            by: "",
            date: Date::from_text("about 2016-02").ok(),
            url: None,
            withdrawn: Date::from_text("2020-01-02").ok(),
            language: None,
            title: "A",
            ..work()
        };
        assert_eq!(
            bibtex(&nothing),
            "@misc{actor-apt-38-,\n  title = {{A}},\n  year = {2016},\n  note = {Withdrawn 2020-01-02}\n}"
        );
    }

    #[test]
    fn csl_is_read_back_as_it_was() {
        let read: serde_json::Value = serde_json::from_str(&csl(&work())).unwrap();
        assert_eq!(read[0]["title"], HOSTILE);
        assert_eq!(read[0]["author"][1]["literal"], "Search and Rescue");
        assert_eq!(read[0]["container-title"], "The {Case}");
        assert_eq!(
            read[0]["issued"]["date-parts"],
            serde_json::json!([[2016, 2]])
        );
        assert_eq!(read[0]["URL"], "https://example.org/a{b}c\\%20/");
        let none = Work {
            authors: Vec::new(),
            date: None,
            ..work()
        };
        let read: serde_json::Value = serde_json::from_str(&csl(&none)).unwrap();
        assert_eq!(read[0]["author"][0]["literal"], "The {Case}");
        assert_eq!(read[0]["issued"], serde_json::Value::Null);
    }
}
