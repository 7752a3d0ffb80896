//! A page of the dossier, or a source, as a bibliography knows it.

use crate::config::Config;
use crate::model::{Date, Day, Entry, Evidence, PageId};
use crate::plan::address;
use crate::render::views::reads::Reads;
use std::borrow::Cow;

/// What a reader who cites a work has to name.
#[derive(Debug)]
pub(in crate::render) struct Work<'a> {
    /// What a list of literature knows it by.
    pub(in crate::render) key: String,
    pub(in crate::render) authors: Vec<&'a str>,
    pub(in crate::render) title: &'a str,
    /// Who brings it out: of a page the dossier that it stands in, of a source its publisher; empty where nobody is named.
    pub(in crate::render) by: &'a str,
    /// Whether it is a part of what they bring out.
    pub(in crate::render) part: bool,
    /// Of a source when it was published, of a page when it was changed last: what is cited is that edition, and there is
    /// no other name for it. Never the day of a build.
    pub(in crate::render) date: Option<Date>,
    pub(in crate::render) url: Option<Cow<'a, str>>,
    /// When it was read.
    pub(in crate::render) accessed: Option<Day>,
    /// When it was taken back.
    pub(in crate::render) withdrawn: Option<Date>,
    /// The language that it is written in, where that is known.
    pub(in crate::render) language: Option<&'a str>,
}

/// The page of an entry. Where the entry names nobody, the dossier's authors are its own.
pub(in crate::render) fn page<'a>(reads: &Reads<'a>, config: &'a Config, id: PageId) -> Work<'a> {
    let page = reads.page(id);
    let own = page.authors.iter().map(|it| it.value.as_str());
    let all = config.authors.iter().map(String::as_str);
    let url = address::absolute(config, &page.route());
    Work {
        key: format!("{}-{}", page.kind.name(), page.slug),
        authors: match page.authors.is_empty() {
            true => all.collect(),
            false => own.collect(),
        },
        title: &page.title,
        by: &config.title,
        part: true,
        date: page.last_changed().map(Date::from),
        url: Some(url.into()),
        accessed: None,
        withdrawn: page.withdrawn.as_ref().map(|notice| notice.date),
        language: Some(page.lang.as_deref().unwrap_or(&config.language)),
    }
}

/// What a source's page is about.
pub(in crate::render) fn source<'a>(
    page: &'a Entry<PageId>,
    evidence: &'a Evidence,
    publisher: &'a str,
) -> Work<'a> {
    Work {
        key: page.slug.clone(),
        authors: page.authors.iter().map(|it| it.value.as_str()).collect(),
        title: &page.title,
        by: publisher,
        part: false,
        date: page.date,
        url: (evidence.url.as_ref()).map(|url| url.value.as_str().into()),
        accessed: evidence.accessed,
        withdrawn: None,
        language: None,
    }
}
