//! BibLaTeX: an entry for each source, by its slug.
//!
//! What sort of text it is stands in `entrysubtype` in the words of the dossier, since BibLaTeX has types for few of
//! them. Quarters, parts of years and times of day become the year or the day.

use super::tex::{address, author, tex};
use super::{Work, iso, works};
use crate::export::Subject;
use crate::model::Date;
use crate::model::date::Moment;
use std::io::{self, Write};

pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (at, work) in works(subject).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        entry(&work, out)?;
    }
    Ok(())
}

fn entry(work: &Work<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (sort, house) = match (work.sort, work.url) {
        (Some("report"), _) => ("report", "institution"),
        (Some("dataset"), _) => ("dataset", "publisher"),
        (_, Some(_)) => ("online", "organization"),
        (_, None) => ("misc", "organization"),
    };
    let authors: Vec<String> = work.authors.iter().map(|it| author(it)).collect();
    let language = work.language.map(|tag| match babel(tag) {
        Some(name) => ("langid", name.to_owned()),
        None => ("language", tex(tag)),
    });
    let (language, tongue) = language.unwrap_or(("language", String::new()));
    let kind = (sort == "report").then(|| "techreport".to_owned());
    let fields = [
        ("author", Some(authors.join(" and "))),
        // Styles write titles in small letters, but for what stands in braces.
        ("title", Some(format!("{{{}}}", tex(&work.title)))),
        (house, work.publisher.map(|it| format!("{{{}}}", tex(it)))),
        ("type", kind),
        ("entrysubtype", work.sort.filter(|it| *it != sort).map(tex)),
        ("date", work.date.as_ref().map(date)),
        ("url", work.url.map(address)),
        ("archiveurl", work.archived.map(address)),
        ("urldate", work.accessed.map(|day| day.to_string())),
        ("doi", work.id("doi").map(address)),
        ("isbn", work.id("isbn").map(tex)),
        ("issn", work.id("issn").map(tex)),
        ("pmid", work.id("pmid").map(tex)),
        (language, Some(tongue)),
        ("keywords", work.keywords().as_deref().map(tex)),
        ("note", work.note().as_deref().map(tex)),
    ];
    writeln!(out, "@{sort}{{{},", work.key)?;
    for (name, value) in fields {
        if let Some(value) = value.filter(|it| !matches!(it.as_str(), "" | "{}")) {
            writeln!(out, "  {name} = {{{value}}},")?;
        }
    }
    writeln!(out, "}}")
}

/// A date as EDTF has it, which BibLaTeX reads.
fn date(date: &Date) -> String {
    let one = |moment: &Moment| {
        let about = if moment.about { "~" } else { "" };
        format!("{}{about}", iso(moment))
    };
    match date {
        Date::At(moment) => one(moment),
        Date::Between(from, to) => format!("{}/{}", one(from), one(to)),
        Date::From(from) => format!("{}/", one(from)),
        Date::Until(to) => format!("/{}", one(to)),
    }
}

/// The name that babel has for a language.
fn babel(tag: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 26] = [
        ("en", "english"),
        ("en-US", "american"),
        ("en-GB", "british"),
        ("de", "german"),
        ("de-AT", "austrian"),
        ("fr", "french"),
        ("es", "spanish"),
        ("it", "italian"),
        ("pt", "portuguese"),
        ("pt-BR", "brazilian"),
        ("nl", "dutch"),
        ("pl", "polish"),
        ("ru", "russian"),
        ("uk", "ukrainian"),
        ("ko", "korean"),
        ("ja", "japanese"),
        ("zh", "chinese"),
        ("ar", "arabic"),
        ("fa", "persian"),
        ("he", "hebrew"),
        ("tr", "turkish"),
        ("cs", "czech"),
        ("sv", "swedish"),
        ("da", "danish"),
        ("no", "norwegian"),
        ("fi", "finnish"),
    ];
    let found = NAMES.iter().find(|(known, _)| *known == tag);
    found.map(|(_, name)| *name)
}
