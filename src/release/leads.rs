//! Where what passes leads to what does not: to an entry that only waits, or to an address that withheld text alone
//! calls an indicator.
//!
//! Takes an entry or introduction that passes; gives problems. A reader would find a hole there ("source
//! withheld"), or a live link to an adversary; only the writer can tell what to do. Every way in which one
//! entry can lead to another is gone through: each field is destructured, so that a new one fails to
//! compile until it is looked at.

use super::prose::Passing;
use super::{Door, Wait};
use crate::diag::{Code, Diagnostic};
use crate::model::address::Outside;
use crate::model::body::{self, Target};
use crate::model::indicator::{defang, is_among};
use crate::model::{
    Change, Cite, Entry, EntryId, Indicator, Intro, Located, Marked, Named, Notice, Prose,
    Statement, What, Words,
};
use crate::resolve::Dossier;
use crate::text::{Place, Span};
use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// How many places of one indicator are shown at most.
const MOST_PLACES: usize = 3;

/// Tells where what passes of an entry leads.
pub(super) fn of_entry(
    entry: &Entry<EntryId>,
    dossier: &Dossier,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) {
    if nothing_to_tell(dossier, door) {
        return;
    }
    let mut leads = Leads::new(door);
    match &entry.withdrawn {
        Some(Notice { date: _, reason }) => leads.words(reason),
        None => leads.entry(entry),
    }
    leads.report(dossier, &entry.path, problems);
}

/// Tells where what passes of an introduction leads.
pub(super) fn of_intro(
    intro: &Intro<EntryId>,
    dossier: &Dossier,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) {
    if nothing_to_tell(dossier, door) {
        return;
    }
    let mut leads = Leads::new(door);
    leads.summary(intro.summary.as_ref());
    leads.prose(&intro.prose);
    leads.report(dossier, &intro.path, problems);
}

fn nothing_to_tell(dossier: &Dossier, door: &Door) -> bool {
    door.waiting.is_empty()
        && door.own.is_empty()
        && dossier.broken.is_empty()
        && door.indicators.len() == dossier.indicators.len()
}

/// What the parts that pass lead to.
struct Leads<'a> {
    door: &'a Door,
    entries: BTreeSet<(Span, EntryId)>,
    /// Addresses, each with its place where that is known.
    addresses: Vec<(Option<Span>, Cow<'a, str>)>,
    /// Addresses of sources that name pages of the site which are withheld.
    hidden: Vec<Span>,
}

impl<'a> Leads<'a> {
    fn new(door: &'a Door) -> Self {
        Leads {
            door,
            entries: BTreeSet::new(),
            addresses: Vec::new(),
            hidden: Vec::new(),
        }
    }

    fn report(self, dossier: &Dossier, path: &Arc<str>, problems: &mut Vec<Diagnostic>) {
        // That the words of a link name what waits, or what is reported as broken, only follows.
        let follows = |&(_, id): &(Span, EntryId)| {
            let broken = dossier.broken.contains(&dossier.entry(id).path);
            broken || self.door.waiting.contains_key(&id)
        };
        let follow: HashSet<Span> = (self.entries.iter())
            .filter(|lead| follows(lead))
            .map(|(span, _)| *span)
            .collect();
        problems.retain(|problem| {
            let place = problem.place.span;
            problem.code != Code::LinkToWithheld || place.is_none_or(|span| !follow.contains(&span))
        });
        for (span, id) in &self.entries {
            let entry = dossier.entry(*id);
            let Some(&wait) = self.door.waiting.get(id) else {
                continue;
            };
            if !dossier.broken.contains(&entry.path) {
                problems.push(waits(path, *span, entry, wait));
            }
        }
        for span in &self.hidden {
            let audience = self.door.audience.tlp.label();
            let message = format!(
                "this audience ({audience}) may not see what this address names, a page of this site"
            );
            problems.push(
                Diagnostic::at(Code::LinkToWithheld, path, *span, message)
                    .label("not shown")
                    .help("a source lies elsewhere: leave the address out, or mark the source"),
            );
        }
        for (span, url) in &self.addresses {
            if is_among(url, &dossier.indicators) && !is_among(url, &self.door.indicators) {
                problems.push(withheld(dossier, self.door, path, *span, url));
            }
        }
    }

    fn entry(&mut self, entry: &'a Entry<EntryId>) {
        let Entry {
            head,
            summary,
            statements,
            sources,
            changes,
            withdrawn: _,
            publisher,
            retracted,
            country,
            prose,
        } = entry;
        self.summary(summary.as_ref());
        for statement in statements.iter() {
            self.statement(statement);
        }
        self.cites(sources);
        for change in changes {
            let Change {
                date: _,
                what,
                correction: _,
                tlp,
                span: _,
            } = change;
            if self.door.sees(*tlp) {
                self.words(what);
            }
        }
        if let Some(Located { value, span }) = publisher {
            self.named(Some(value), *span);
        }
        if let Some(Notice { date: _, reason }) = retracted {
            self.words(reason);
        }
        if let Some(Located { value, span }) = country {
            lead(&mut self.entries, Some(*value), *span);
        }
        self.prose(prose);
        let addresses = head.evidence().map(|it| [&it.url, &it.archived]);
        let own = addresses.into_iter().flatten().flatten();
        self.hidden.extend(own.filter_map(|url| match &url.value {
            Outside::Own(_, path) if !self.door.shows_own(path) => Some(url.span),
            Outside::Own(..) | Outside::Live(_) | Outside::Defanged(_) => None,
        }));
        let addresses = addresses.into_iter().flatten().flatten().map(|url| {
            let shown = match &url.value {
                Outside::Live(address) | Outside::Own(address, _) => Cow::Borrowed(&**address),
                Outside::Defanged(text) => Cow::Borrowed(text.as_str()),
            };
            (Some(url.span), shown)
        });
        self.addresses.extend(addresses);
    }

    fn statement(&mut self, statement: &'a Statement<EntryId>) {
        let Statement {
            what,
            sources,
            tlp,
            confidence: _,
            when: _,
            note,
            span,
        } = statement;
        if !self.door.sees(*tlp) {
            return;
        }
        match what {
            What::Fact(version) => version.chosen.iter().for_each(|it| self.words(it)),
            What::Judgement(words) => self.words(words),
            What::Legal(legal) => self.named(legal.by.as_ref(), *span),
            What::Event(event) => {
                lead(&mut self.entries, event.place, *span);
                self.words(&event.what);
            }
            What::Relation(relation) => {
                let from = statement.came_from();
                lead(&mut self.entries, Some(relation.target), *span);
                lead(&mut self.entries, from, *span);
                // Where it is not shown, neither are its sources.
                let mut ends = [Some(relation.target), from].into_iter().flatten();
                if ends.any(|end| self.door.page(end).is_none()) {
                    return;
                }
                relation.own.iter().for_each(|it| self.words(it));
            }
            What::Alias(alias) => self.named(alias.by.as_ref(), *span),
        }
        self.cites(sources);
        note.iter().for_each(|note| self.words(note));
    }

    fn cites(&mut self, cites: &[Cite<EntryId>]) {
        for cite in cites {
            lead(&mut self.entries, cite.source, cite.span);
        }
    }

    fn named(&mut self, named: Option<&Named<EntryId>>, span: Span) {
        if let Some(Named::Entry(id)) = named {
            lead(&mut self.entries, Some(*id), span);
        }
    }

    fn summary(&mut self, summary: Option<&'a Marked<Words<EntryId>>>) {
        if let Some(Marked { value, tlp }) = summary
            && self.door.sees(*tlp)
        {
            self.words(value);
        }
    }

    fn words(&mut self, words: &'a Words<EntryId>) {
        match words {
            Words::Plain(_) => {}
            Words::Styled(prose) => self.prose(prose),
        }
    }

    fn prose(&mut self, prose: &'a Prose<EntryId>) {
        let Passing {
            body,
            targets,
            cites,
        } = self.door.passing(prose);
        let cited = |first: u32, count: u32| {
            let cites = cites.iter().skip(first as usize);
            cites.take(count as usize)
        };
        let mut html = String::new();
        for event in &body.events {
            match *event {
                body::Event::Start(body::Tag::Link(at) | body::Tag::Image(at)) => {
                    let at = at as usize;
                    if let Some((link, target)) = body.links.get(at).zip(targets.get(at)) {
                        self.target(target, link.span);
                    }
                }
                body::Event::Cite { first, count } => {
                    for cite in cited(first, count) {
                        lead(&mut self.entries, cite.source, cite.span);
                    }
                }
                body::Event::Indicators { first, count } => {
                    let lines = body.indicators.iter().skip(first as usize);
                    for line in lines.take(count as usize) {
                        for cite in cited(line.first, line.count) {
                            lead(&mut self.entries, cite.source, cite.span);
                        }
                    }
                }
                // A tag may reach over several events.
                body::Event::Html(slice) => html.push_str(body.slice(slice)),
                body::Event::Start(_)
                | body::Event::End(_)
                | body::Event::Text(_)
                | body::Event::Code(_)
                | body::Event::FootnoteRef(_)
                | body::Event::SoftBreak
                | body::Event::HardBreak
                | body::Event::Rule
                | body::Event::Task(_) => {}
            }
        }
        if !html.is_empty() {
            let addresses = typed_addresses(&html).into_iter();
            self.addresses
                .extend(addresses.map(|url| (None, Cow::Owned(url))));
        }
    }

    fn target(&mut self, target: &'a Target<EntryId>, span: Span) {
        match target {
            Target::Entry(id, _) => lead(&mut self.entries, Some(*id), span),
            Target::External(url) | Target::Defanged(url) => {
                self.addresses.push((Some(span), Cow::Borrowed(url)));
            }
            Target::Home
            | Target::Index(_)
            | Target::Own(_)
            | Target::File(_)
            | Target::Withheld
            | Target::Broken => {}
        }
    }
}

fn lead(entries: &mut BTreeSet<(Span, EntryId)>, to: Option<EntryId>, span: Span) {
    entries.extend(to.map(|id| (span, id)));
}

/// The addresses in raw HTML that a page could link or load.
fn typed_addresses(html: &str) -> Vec<String> {
    let found = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&found);
    let tags = [
        "a", "area", "audio", "button", "embed", "form", "iframe", "img", "input", "link",
        "object", "source", "track", "video",
    ];
    let attributes = [
        "action",
        "data",
        "formaction",
        "href",
        "ping",
        "poster",
        "src",
        "srcset",
    ];
    Builder::empty()
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::new())
        .generic_attributes(HashSet::from(attributes))
        .url_schemes(HashSet::from(["http", "https", "mailto", "ftp"]))
        .link_rel(None)
        .attribute_filter(move |_, _, value| {
            let mut found = into.lock().unwrap_or_else(PoisonError::into_inner);
            // `srcset` holds several.
            found.extend(value.split([',', ' ', '\n']).map(|url| {
                let url = url.trim();
                let host = url.strip_prefix("//");
                host.map_or_else(|| url.to_owned(), |host| format!("https://{host}"))
            }));
            None
        })
        .clean(html)
        .to_string();
    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut *found)
}

fn waits(path: &Arc<str>, span: Span, entry: &Entry<EntryId>, wait: Wait) -> Diagnostic {
    let title = &entry.title;
    let file = &entry.path;
    let (message, label, help) = match wait {
        Wait::Draft => (
            format!("this leads to “{title}”, which is a draft: readers will not see it"),
            "the draft",
            format!("delete `draft: true` in {file}, or mark this, or leave it out until then"),
        ),
        Wait::Until(day) => (
            format!("this leads to “{title}”, which readers will not see before {day}"),
            "published later",
            format!(
                "change or delete `publish: {day}` in {file}, or mark this, or leave it out until then"
            ),
        ),
    };
    Diagnostic::at(Code::LeadsToDraft, path, span, message)
        .also(Place::file(Arc::clone(file)), label)
        .help(help)
}

fn withheld(
    dossier: &Dossier,
    door: &Door,
    path: &Arc<str>,
    span: Option<Span>,
    url: &str,
) -> Diagnostic {
    let audience = door.audience.tlp.label();
    let place = match span {
        Some(span) => Place::new(path, span),
        None => Place::file(Arc::clone(path)),
    };
    let message = format!(
        "`{}` is linked here and is an indicator only in what is withheld from this audience ({audience})",
        defang(url)
    );
    let mut problem = Diagnostic::new(Code::WithheldIndicator, place, message)
        .firm()
        .help(
            "write the address defanged and without a link, or open the indicator to this audience",
        );
    let of = |indicator: &Indicator| is_among(url, &indicator.address_hashes().collect());
    let places = dossier.entries.iter().flat_map(|entry| {
        let named = entry.addresses(|_| true).any(|it| of(&it));
        let named = named.then(|| Place::file(Arc::clone(&entry.path)));
        let lines = entry.prose.body.indicators.iter();
        let lines = lines.filter(|line| of(&line.indicator));
        named
            .into_iter()
            .chain(lines.map(|line| Place::new(&entry.path, line.span)))
    });
    for place in places.take(MOST_PLACES) {
        problem = problem.also(place, "the indicator");
    }
    problem
}
