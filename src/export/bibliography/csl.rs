//! CSL-JSON, as Zotero, Pandoc and citeproc read it.

use super::{Work, parts, works};
use crate::export::Subject;
use crate::model::Date;
use crate::model::date::{Moment, Unit};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    /// The word of `type`, which CSL has no type for.
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Issued>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "archive_location", skip_serializing_if = "Option::is_none")]
    archived: Option<&'a str>,
    #[serde(rename = "DOI", skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(rename = "ISBN", skip_serializing_if = "Option::is_none")]
    isbn: Option<&'a str>,
    #[serde(rename = "ISSN", skip_serializing_if = "Option::is_none")]
    issn: Option<&'a str>,
    #[serde(rename = "PMID", skip_serializing_if = "Option::is_none")]
    pmid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Nobody is taken apart into a first and a last name: the dossier does not know which is which.
#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    date_parts: Vec<Vec<i16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    circa: Option<bool>,
    /// What has no parts, in the words of front matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<String>,
}

pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "[")?;
    for (at, work) in works(subject).enumerate() {
        write!(out, "{}", if at > 0 { ",\n" } else { "\n" })?;
        serde_json::to_writer_pretty(&mut *out, &item(&work)).map_err(io::Error::from)?;
    }
    writeln!(out, "\n]")
}

fn item<'a>(work: &'a Work<'_>) -> Item<'a> {
    let r#type = of_sort(work.sort);
    // Programs ask for the site that a page stands on, and for who published a report.
    let in_site = matches!(r#type, "webpage" | "post-weblog" | "article-newspaper");
    Item {
        id: work.key,
        r#type,
        genre: work.sort,
        title: &work.title,
        author: work
            .authors
            .iter()
            .map(|literal| Name { literal })
            .collect(),
        container_title: work.publisher.filter(|_| in_site),
        publisher: work.publisher.filter(|_| !in_site),
        issued: work.date.as_ref().map(issued),
        accessed: work.accessed.map(|day| issued(&day.into())),
        url: work.url,
        archived: work.archived,
        doi: work.id("doi"),
        isbn: work.id("isbn"),
        issn: work.id("issn"),
        pmid: work.id("pmid"),
        language: work.language,
        keyword: work.keywords(),
        note: work.note(),
    }
}

/// The type of CSL that is nearest.
fn of_sort(sort: Option<&str>) -> &'static str {
    match sort {
        Some("report" | "advisory") => "report",
        Some("news") => "article-newspaper",
        Some("court-record") => "legal_case",
        Some("blog") => "post-weblog",
        Some("dataset") => "dataset",
        Some("interview") => "interview",
        _ => "webpage",
    }
}

fn issued(date: &Date) -> Issued {
    let exact =
        |moment: &Moment| moment.part.is_none() && !matches!(moment.unit, Unit::Quarter(..));
    let of = |moment: &Moment| -> Vec<i16> {
        let (year, month, day) = parts(moment);
        let more = [month, day].into_iter().flatten().map(i16::from);
        std::iter::once(year).chain(more).collect()
    };
    let in_parts = |moments: &[&Moment]| Issued {
        date_parts: moments.iter().map(|it| of(it)).collect(),
        circa: moments.iter().any(|it| it.about).then_some(true),
        literal: None,
    };
    match date {
        Date::At(one) if exact(one) => in_parts(&[one]),
        Date::Between(from, to) if exact(from) && exact(to) && from.about == to.about => {
            in_parts(&[from, to])
        }
        Date::At(_) | Date::Between(..) | Date::From(_) | Date::Until(_) => Issued {
            date_parts: Vec::new(),
            circa: None,
            literal: Some(written(date)),
        },
    }
}

/// A date as front matter has it.
fn written(date: &Date) -> String {
    let one = |moment: &Moment| {
        use crate::model::date::Part;
        let about = if moment.about { "about " } else { "" };
        let part = match moment.part {
            Some(Part::Early) => "early ",
            Some(Part::Mid) => "mid ",
            Some(Part::Late) => "late ",
            None => "",
        };
        let unit = match moment.unit {
            Unit::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Unit::Year(_) | Unit::Month(..) | Unit::Day(_) | Unit::Time(_) => super::iso(moment),
        };
        format!("{about}{part}{unit}")
    };
    match date {
        Date::At(moment) => one(moment),
        Date::Between(from, to) => format!("{}/{}", one(from), one(to)),
        Date::From(from) => format!("{}/..", one(from)),
        Date::Until(to) => format!("../{}", one(to)),
    }
}
