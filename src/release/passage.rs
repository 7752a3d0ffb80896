//! The door as a stage: what of an entry goes on, and what it leads to then.

use super::{Door, prose};
use crate::diag::{Code, Diagnostic};
use crate::model::address::{Address, Outside};
use crate::model::stage::{Role, Stage};
use crate::model::{
    Cite, Details, EntryId, Evidence, Head, Located, Marked, Named, PageId, Prose, Tlp, Words,
    body, indicator,
};
use std::borrow::Cow;
use std::sync::Arc;

/// The door, with the problems of what passes it.
pub(super) struct Passage<'a> {
    pub(super) door: &'a Door,
    /// The file.
    pub(super) path: &'a Arc<str>,
    pub(super) problems: &'a mut Vec<Diagnostic>,
}

impl Stage<EntryId> for Passage<'_> {
    type To = PageId;

    fn sees(&self, tlp: Option<Tlp>) -> bool {
        self.door.sees(tlp)
    }

    /// Most heads pass as they are, and are shared then.
    fn head(&mut self, head: &Arc<Head>) -> Arc<Head> {
        let Head {
            kind,
            slug,
            path,
            id,
            title,
            date,
            tags,
            tlp,
            authors,
            rights,
            lang,
            draft,
            publish,
            updated,
            redirect_from,
            external_ids,
            details,
            extra,
        } = &**head;
        let tags = texts(tags, self.door);
        let authors = texts(authors, self.door);
        let rights = texts(rights, self.door);
        let external_ids = passing(external_ids, |(_, it)| self.door.sees(it.tlp));
        match (
            tags,
            authors,
            rights,
            external_ids,
            self::details(details, self.door),
        ) {
            (Cow::Borrowed(_), Cow::Borrowed(_), Cow::Borrowed(_), Cow::Borrowed(_), None) => {
                Arc::clone(head)
            }
            (tags, authors, rights, external_ids, left) => Arc::new(Head {
                kind: *kind,
                slug: slug.clone(),
                path: Arc::clone(path),
                id: id.clone(),
                title: title.clone(),
                date: *date,
                tags: tags.into_owned(),
                tlp: *tlp,
                authors: authors.into_owned(),
                rights: rights.into_owned(),
                lang: lang.clone(),
                draft: *draft,
                publish: *publish,
                updated: *updated,
                redirect_from: redirect_from.clone(),
                external_ids: external_ids.into_owned(),
                details: left.unwrap_or_else(|| details.clone()),
                extra: extra.clone(),
            }),
        }
    }

    fn entry(&mut self, named: &EntryId, _: Role) -> Option<PageId> {
        self.door.page(*named)
    }

    fn named(&mut self, named: &Named<EntryId>) -> Option<Named<PageId>> {
        match named {
            Named::Text(text) => Some(Named::Text(text.clone())),
            Named::Entry(id) => self.door.page(*id).map(Named::Entry),
        }
    }

    fn publisher(&mut self, named: &Located<Named<EntryId>>) -> Named<PageId> {
        if let Some(passed) = self.named(&named.value) {
            return passed;
        }
        let audience = self.door.audience.tlp.label();
        let message = format!("this audience ({audience}) may not see what this names");
        self.problems.push(
            Diagnostic::at(Code::LinkToWithheld, self.path, named.span, message)
                .label("shown as “withheld”")
                .help("write the publisher in words that reveal nothing (`publisher: a partner`), or mark the source"),
        );
        Named::Text("withheld".to_owned())
    }

    /// However many of the sources are withheld, one withheld citation is left: none where the sentence
    /// ends with one.
    fn sources(
        &mut self,
        sources: &[Cite<EntryId>],
        said: Option<&Words<PageId>>,
    ) -> Vec<Cite<PageId>> {
        let mut passed = cites(sources, self.door);
        let withheld = passed.iter().find(|it| it.source.is_none()).cloned();
        if let Some(withheld) = withheld {
            passed.retain(|it| it.source.is_some());
            passed.extend((!said.is_some_and(ends_withheld)).then_some(withheld));
        }
        passed
    }

    fn text(&mut self, text: &Prose<EntryId>) -> Prose<PageId> {
        prose::release(text, self.path, self.door, self.problems)
    }

    fn sentence(&mut self, sentence: &Prose<EntryId>) -> Prose<PageId> {
        self.text(sentence)
    }
}

/// Citations in a text, which are named by their place: each passes.
pub(super) fn cites(cites: &[Cite<EntryId>], door: &Door) -> Vec<Cite<PageId>> {
    cites.iter().map(|it| cite(it, door)).collect()
}

/// A citation of a withheld source stays as a citation of something withheld; the place in it is left out.
pub(super) fn cite(cite: &Cite<EntryId>, door: &Door) -> Cite<PageId> {
    let Cite { source, at, span } = cite;
    let source = source.and_then(|source| door.page(source));
    Cite {
        at: at.clone().filter(|_| source.is_some()),
        source,
        span: *span,
    }
}

/// Whether the last thing in a sentence is a citation of something withheld.
fn ends_withheld(words: &Words<PageId>) -> bool {
    let Some(prose) = words.styled() else {
        return false;
    };
    let Some(&body::Event::Cite { first, count }) = prose.body.events.last() else {
        return false;
    };
    let mut cites = prose.cites.iter().skip(first as usize).take(count as usize);
    cites.any(|cite| cite.source.is_none())
}

/// What passes of a list.
fn passing<T: Clone>(all: &[T], passes: impl Fn(&T) -> bool) -> Cow<'_, [T]> {
    match all.iter().all(&passes) {
        true => Cow::Borrowed(all),
        false => Cow::Owned(all.iter().filter(|it| passes(it)).cloned().collect()),
    }
}

/// What passes of several texts, each once: a text may stand there with a higher marking as well.
fn texts<'t>(all: &'t [Marked<String>], door: &Door) -> Cow<'t, [Marked<String>]> {
    // Unmarked, each stands there once.
    if all.iter().all(|it| it.tlp.is_none()) {
        return Cow::Borrowed(all);
    }
    let mut passed: Vec<Marked<String>> = Vec::with_capacity(all.len());
    for it in all.iter().filter(|it| door.sees(it.tlp)) {
        match passed.iter_mut().find(|known| known.value == it.value) {
            Some(known) => known.tlp = known.tlp.min(it.tlp),
            None => passed.push(it.clone()),
        }
    }
    Cow::Owned(passed)
}

/// What is left of what only a kind has, where not all of it passes.
fn details(details: &Details, door: &Door) -> Option<Details> {
    let hidden = |it: &Option<Marked<String>>| it.as_ref().is_some_and(|it| !door.sees(it.tlp));
    match details {
        Details::Actor { sophistication } => hidden(sophistication).then_some(Details::Actor {
            sophistication: None,
        }),
        Details::Vulnerability { cvss } => {
            hidden(cvss).then_some(Details::Vulnerability { cvss: None })
        }
        Details::Person { nationality } => {
            hidden(nationality).then_some(Details::Person { nationality: None })
        }
        Details::Technique { tactics } => match texts(tactics, door) {
            Cow::Borrowed(_) => None,
            Cow::Owned(tactics) => Some(Details::Technique { tactics }),
        },
        Details::Infrastructure { types } => match texts(types, door) {
            Cow::Borrowed(_) => None,
            Cow::Owned(types) => Some(Details::Infrastructure { types }),
        },
        Details::Malware {
            platforms,
            types,
            is_family,
        } => match (texts(platforms, door), texts(types, door)) {
            (Cow::Borrowed(_), Cow::Borrowed(_)) => None,
            (platforms, types) => Some(Details::Malware {
                platforms: platforms.into_owned(),
                types: types.into_owned(),
                is_family: *is_family,
            }),
        },
        Details::Tool { platforms, types } => match (texts(platforms, door), texts(types, door)) {
            (Cow::Borrowed(_), Cow::Borrowed(_)) => None,
            (platforms, types) => Some(Details::Tool {
                platforms: platforms.into_owned(),
                types: types.into_owned(),
            }),
        },
        Details::Source(evidence) => {
            self::evidence(evidence, door).map(|it| Details::Source(Box::new(it)))
        }
        Details::Campaign
        | Details::Page
        | Details::Incident { status: _ }
        | Details::Organisation {
            r#type: _,
            sectors: _,
        }
        | Details::Place {
            r#type: _,
            code: _,
            lat: _,
            lon: _,
        }
        | Details::Note { key: _ } => None,
    }
}

/// The same of a source: an address that is an indicator is shown defanged, and so is no link; one of a page of the
/// site itself that is withheld is not shown.
fn evidence(evidence: &Evidence, door: &Door) -> Option<Evidence> {
    let Evidence {
        accessed: _,
        url,
        archived,
        grade: _,
        // Lent once the whole entry has passed.
        lent: _,
        r#type: _,
        seen: _,
        language: _,
        snapshot: _,
    } = evidence;
    let passes = |url: &Option<Located<Outside>>| {
        let url = url.as_ref()?;
        let live = |address: &Address| match indicator::is_among(address, &door.indicators) {
            true => Outside::Defanged(indicator::defang(address)),
            false => Outside::Live(address.clone()),
        };
        let value = match &url.value {
            Outside::Live(address) => live(address),
            Outside::Own(address, path) => door.shows_own(path).then(|| live(address))?,
            Outside::Defanged(text) => Outside::Defanged(text.clone()),
        };
        Some(Located {
            value,
            span: url.span,
        })
    };
    let stays = |url: &Option<Located<Outside>>| match url.as_ref().map(|url| &url.value) {
        Some(Outside::Live(address)) => !indicator::is_among(address, &door.indicators),
        Some(Outside::Own(..)) => false,
        Some(Outside::Defanged(_)) | None => true,
    };
    (!stays(url) || !stays(archived)).then(|| Evidence {
        url: passes(url),
        archived: passes(archived),
        ..evidence.clone()
    })
}
