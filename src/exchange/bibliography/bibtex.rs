//! BibTeX and BibLaTeX.
//!
//! Takes the text of a file; gives an [`Import`] of sources. The file is cut into its entries first (`cut`), so that a broken
//! one is told with its line and the others are read. Strings are put in here and cross-references followed only where they
//! end, as the parser would follow those that go round for ever; the rest is the work of the crate. What marks an entry is
//! collected before (`marks`), as the parser keeps one field of a name. What LaTeX does to letters and words (`latex`) is
//! plain text.

mod cut;

mod latex;

mod marks;

use super::meanings::{accessed, sort};
use super::reference::{Reference, one_line};
use crate::exchange::{Fault, Import, Losses, Why};
use biblatex::{Bibliography, ChunksExt as _, Entry, EntryType, Person, RawBibliography};
use cut::Found;

/// Reads a file of BibTeX.
///
/// # Errors
/// No entry of it can be read.
pub fn read(text: &str) -> Result<Import, Fault> {
    let text = latex::without_formulas(text.trim_start_matches('\u{feff}'));
    let mut losses = Losses::default();
    let Found {
        entries,
        broken,
        marks,
    } = cut::cut(&text, &mut losses);
    if entries.is_empty() {
        return Err(match broken.first() {
            Some((line, why)) => Fault {
                message: format!("no entry can be read: {why}"),
                line: Some(*line),
            },
            None => Fault {
                message:
                    "it is no BibTeX: there is no entry, such as `@report{key, title = {…}}`, in it"
                        .to_owned(),
                line: None,
            },
        });
    }
    let marks = marks.found();
    for (line, _) in &broken {
        losses.note(
            Why::Lost,
            "entry that cannot be read",
            &format!("line {line}"),
        );
    }
    let forms: Vec<String> = entries
        .iter()
        .map(|entry| format!("@{}", entry.v.kind.v.to_lowercase()))
        .collect();
    let keys: Vec<String> = entries
        .iter()
        .map(|entry| latex::with_dollars(entry.v.key.v))
        .collect();
    let numbered: Vec<_> = cut::numbered(&entries);
    let raw = RawBibliography {
        preamble: String::new(),
        entries: cut::with_keys(entries, &numbered),
        abbreviations: Vec::new(),
    };
    let bibliography = Bibliography::from_raw(raw).map_err(|error| Fault {
        message: format!("no entry can be read: {}", error.kind),
        line: None,
    })?;
    let all = bibliography.into_iter().zip(forms).zip(keys).zip(marks);
    let references = all
        .filter(|(((entry, _), _), _)| !is_no_text(&entry.entry_type))
        .map(|(((entry, form), key), marks)| {
            let mut reference = reference(entry, form, key);
            reference.markings.extend(marks.fields);
            reference.labels.extend(marks.labels);
            reference
        });
    Ok(super::import(references.collect(), losses))
}

/// Entries that only hold fields for others.
fn is_no_text(sort: &EntryType) -> bool {
    matches!(sort, EntryType::XData | EntryType::Set)
}

fn reference(entry: Entry, form: String, key: String) -> Reference {
    let kind = form.trim_start_matches('@').to_owned();
    let mut it = Reference {
        sort: sort_of(&kind),
        named: !key.is_empty(),
        key,
        form,
        ..Reference::default()
    };
    if it.key.is_empty() {
        it.key = "entry without a key".to_owned();
    }
    let mut fields = Fields::of(entry, &mut it);
    title(&mut it, &mut fields);
    people(&mut it, &mut fields);
    publishers(&mut it, &mut fields);
    dates(&mut it, &mut fields);
    addresses(&mut it, &mut fields);
    words(&mut it, &mut fields);
    it.keep("type", kind);
    for (name, text) in fields.texts {
        it.keep(&name, text);
    }
    it
}

/// The fields that are not read yet, as plain text.
struct Fields {
    entry: Entry,
    texts: Vec<(String, String)>,
}

impl Fields {
    fn of(entry: Entry, it: &mut Reference) -> Fields {
        let mut texts = Vec::with_capacity(entry.fields.len());
        for (name, chunks) in &entry.fields {
            let raw = chunks.format_verbatim();
            if is_verbatim(name) {
                // The parser has made dashes of hyphens, which mean nothing else here.
                let raw = raw.replace('—', "---").replace('–', "--");
                texts.push((name.clone(), latex::with_dollars(raw.trim())));
                continue;
            }
            let (text, same) = latex::plain(&raw);
            if !same {
                it.change(name);
            }
            texts.push((name.clone(), text));
        }
        Fields { entry, texts }
    }

    /// Takes a field, unless it is empty.
    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.texts.iter().position(|(known, _)| known == name)?;
        let (_, text) = self.texts.remove(at);
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// The first of several that there is, with its name.
    fn first(&mut self, names: &[&str]) -> Option<(String, String)> {
        names
            .iter()
            .find_map(|name| Some(((*name).to_owned(), self.take(name)?)))
    }
}

/// Fields in which LaTeX means nothing.
fn is_verbatim(name: &str) -> bool {
    matches!(
        name,
        "url" | "doi" | "eprint" | "file" | "pdf" | "archiveurl" | "archive-url" | "urlraw" | "uri"
    )
}

fn title(it: &mut Reference, fields: &mut Fields) {
    it.title = fields.take("title").unwrap_or_default();
    if let Some(more) = fields.take("subtitle") {
        let sign = if it.title.ends_with(['?', '!', ':', '.']) {
            ""
        } else {
            ":"
        };
        it.title = format!("{}{sign} {more}", it.title);
    }
    // The sort of text that a field names goes before that of the entry.
    for name in ["entrysubtype", "type", "howpublished"] {
        let known = fields.texts.iter().find(|(known, _)| known == name);
        let Some(named) = known.and_then(|(_, text)| sort(text)) else {
            continue;
        };
        fields.take(name);
        it.sort = Some(named);
    }
    if let Some(text) = fields.take("type") {
        it.keep("type_of_work", text);
    }
}

fn people(it: &mut Reference, fields: &mut Fields) {
    it.authors = names(fields, "author");
    for (field, name) in [("editor", "editors"), ("translator", "translators")] {
        for person in names(fields, field) {
            it.keep(name, person);
        }
    }
}

fn names(fields: &mut Fields, field: &str) -> Vec<String> {
    let Some(text) = fields.take(field) else {
        return Vec::new();
    };
    // A name in which `=` stands is read as one in parts, and may have none of them.
    let people = fields
        .entry
        .get_as::<Vec<Person>>(field)
        .unwrap_or_default();
    let names = people
        .iter()
        .map(|person| latex::plain(&one_line(&person.to_string())).0);
    let names: Vec<String> = names.collect();
    match names.is_empty() || names.iter().any(String::is_empty) {
        true => text.split(" and ").map(one_line).collect(),
        false => names.into_iter().filter(|name| name != "others").collect(),
    }
}

fn publishers(it: &mut Reference, fields: &mut Fields) {
    const NAMES: [&str; 9] = [
        "journaltitle",
        "journal",
        "institution",
        "school",
        "organization",
        "publisher",
        "newspaper",
        "website",
        "booktitle",
    ];
    for name in NAMES {
        it.publishers
            .extend(fields.take(name).map(|text| (name.to_owned(), text)));
    }
}

fn dates(it: &mut Reference, fields: &mut Fields) {
    let (year, month, day) = (
        fields.take("year"),
        fields.take("month"),
        fields.take("day"),
    );
    match fields.take("date") {
        Some(date) => it.date = Some(("date".to_owned(), date)),
        None => {
            let month = month.map(|month| month.trim().to_owned());
            let text = match (year, month, day) {
                (None, None, None) => return,
                (Some(year), None, None) => year,
                (Some(year), Some(month), day) => in_parts(&year, &month, day.as_deref()),
                (year, month, day) => {
                    let parts = [day, month, year].into_iter().flatten();
                    parts.collect::<Vec<_>>().join(" ")
                }
            };
            it.date = Some(("year".to_owned(), text));
        }
    }
}

/// A date of a year, a month that is a number or a word, perhaps with a day in it, and a day.
fn in_parts(year: &str, month: &str, day: Option<&str>) -> String {
    let number = month.bytes().all(|byte| byte.is_ascii_digit());
    match (number, day) {
        (true, Some(day)) => format!("{year}-{month}-{}", day.trim()),
        (true, None) => format!("{year}-{month}"),
        (false, Some(day)) => format!("{} {month} {year}", day.trim()),
        (false, None) => format!("{month} {year}"),
    }
}

fn addresses(it: &mut Reference, fields: &mut Fields) {
    it.urls.extend(fields.take("url"));
    // Before there was a field for it, the address stood here.
    if let Some(text) = fields.take("howpublished") {
        match text.starts_with("http://") || text.starts_with("https://") {
            true => it.urls.push(text),
            false => it.keep("howpublished", text),
        }
    }
    it.doi = fields.take("doi");
    it.archived = fields.first(&["archiveurl", "archive-url", "archived"]);
    it.accessed = fields.first(&["urldate", "lastchecked", "lastaccessed", "accessed"]);
    for name in ["isbn", "issn", "pmid"] {
        it.ids
            .extend(fields.take(name).map(|id| (name.to_owned(), id)));
    }
    let archive = (fields.texts.iter()).any(|(name, text)| {
        matches!(name.as_str(), "eprinttype" | "archiveprefix")
            && text.eq_ignore_ascii_case("arxiv")
    });
    if archive && let Some(id) = fields.take("eprint") {
        fields.first(&["eprinttype"]);
        fields.first(&["archiveprefix"]);
        it.ids.push(("arxiv".to_owned(), id));
    }
}

fn words(it: &mut Reference, fields: &mut Fields) {
    it.language = fields.first(&["langid", "language"]);
    for name in ["note", "annote", "annotation", "addendum"] {
        let Some(text) = fields.take(name) else {
            continue;
        };
        match accessed(&text) {
            Some(day) if it.accessed.is_none() => it.accessed = Some((name.to_owned(), day)),
            _ => it.notes.push(text),
        }
    }
    it.abstracts.extend(fields.take("abstract"));
    if let Some(text) = fields.take("keywords") {
        let separator = if text.contains(';') { ';' } else { ',' };
        it.tags = text.split(separator).map(one_line).collect();
    }
}

/// The words of `type` for the types of BibTeX; none for those that say where a text stands and not what it is.
fn sort_of(kind: &str) -> Option<&'static str> {
    match kind {
        "techreport" | "report" => Some("report"),
        "dataset" => Some("dataset"),
        "jurisdiction" => Some("court-record"),
        "online" | "electronic" | "www" | "misc" | "unpublished" | "webpage" => None,
        _ => Some("other"),
    }
}
