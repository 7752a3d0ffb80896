//! A text passes the door as the edition for the audience, or, where that names what is withheld elsewhere, as a copy
//! that does not.

use super::{Door, passage};
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Destination, Event, Link, Slice, Tag, Target};
use crate::model::{Body, Cite, Edition, EntryId, Fragment, Fragments, PageId, Prose};
use crate::shared_list::exact;
use std::collections::HashSet;
use std::sync::Arc;

/// What is shown in place of words that would name what is withheld.
const WITHHELD: &str = "withheld";

/// The released form of a text, with what its links and citations lead to: the edition for the audience, without the
/// names of what is withheld elsewhere.
pub(super) fn release(
    prose: &Prose<EntryId>,
    path: &Arc<str>,
    door: &Door,
    problems: &mut Vec<Diagnostic>,
) -> Prose<PageId> {
    let Passing {
        body,
        targets,
        cites,
    } = door.passing(prose);
    // An edition holds nothing else; if ever one did, nothing of it would pass.
    if !door.sees_all(body) {
        return Prose::none();
    }
    let own = Own {
        map: door.edition(prose).map(|edition| &edition.fragments),
        naming: door.naming_headings(prose),
    };
    let passed: Vec<Passed> = body
        .links
        .iter()
        .zip(targets)
        .map(|(link, to)| door.target(link, to, &own))
        .collect();
    if passed.iter().all(|passed| !passed.unnamed) {
        // Not collected: that would keep the larger allocation of the list that it comes from.
        let mut targets = Vec::with_capacity(passed.len());
        targets.extend(passed.into_iter().map(|passed| passed.target));
        return Prose {
            body: Arc::clone(body),
            targets,
            cites: passage::cites(cites, door),
            editions: Vec::new(),
        };
    }
    let mut copy = Copy::new(body, &passed, cites, door);
    copy.run();
    for link in copy.bare_withheld {
        let audience = door.audience.tlp.label();
        if let Destination::Drawn(_) = link.to {
            let message = format!("this audience ({audience}) may not see what this draws");
            let problem = Diagnostic::at(Code::LinkToWithheld, path, link.span, message);
            let help =
                "leave it out, or mark the drawing: `tlp=` and a marking behind what it is of";
            problems.push(problem.label("nothing of it is drawn").help(help));
            continue;
        }
        problems.push(
            Diagnostic::at(
                Code::LinkToWithheld,
                path,
                link.span,
                format!("this audience ({audience}) may not see what this link names"),
            )
            .label("shown as “withheld”")
            .help("give it words of its own that reveal nothing (`[[name|a partner's report]]`), or mark the paragraph"),
        );
    }
    Prose {
        body: Arc::new(copy.out.fitted()),
        targets: exact(copy.targets),
        cites: exact(copy.cites),
        editions: Vec::new(),
    }
}

/// The part of a text that passes, with what its links and citations lead to.
pub(super) struct Passing<'p> {
    pub(super) body: &'p Arc<Body>,
    pub(super) targets: &'p [Target<EntryId>],
    pub(super) cites: &'p [Cite<EntryId>],
}

/// The headings of the text itself.
struct Own<'a> {
    /// Where each place stands in the released text; `None` where all stay.
    map: Option<&'a Fragments>,
    /// Those whose words name something withheld.
    naming: HashSet<u32>,
}

/// A link that passed the door.
struct Passed {
    target: Target<PageId>,
    /// Whether what it names as written (slug, heading, alias) must not go on.
    unnamed: bool,
}

impl Door {
    fn target(&self, link: &Link, target: &Target<EntryId>, own: &Own<'_>) -> Passed {
        let open = |target| Passed {
            target,
            unnamed: false,
        };
        let withheld = Passed {
            target: Target::Withheld,
            unnamed: true,
        };
        match target {
            Target::Entry(id, place) => {
                let Some(page) = self.page(*id) else {
                    return withheld;
                };
                let unnamed = self.names_withheld(link, target);
                let place = place.and_then(|place| self.fragment_of(*id, place));
                match unnamed && link.bare {
                    true => withheld,
                    false => Passed {
                        target: Target::Entry(page, place),
                        unnamed,
                    },
                }
            }
            Target::Own(None) => open(Target::Own(None)),
            Target::Own(Some(place)) => {
                let unnamed = match place {
                    Fragment::Heading(heading) => own.naming.contains(heading),
                    Fragment::Raw(_) => false,
                };
                let place = match own.map {
                    Some(map) => map.at(*place),
                    None => Some(*place),
                };
                match place {
                    Some(place) if !(unnamed && link.bare) => Passed {
                        target: Target::Own(Some(place)),
                        unnamed,
                    },
                    _ => withheld,
                }
            }
            Target::Home => open(Target::Home),
            Target::Index(kind) => open(Target::Index(*kind)),
            Target::File(path) => open(Target::File(path.clone())),
            Target::External(url) => open(Target::External(url.clone())),
            Target::Defanged(url) => open(Target::Defanged(url.clone())),
            Target::Withheld => withheld,
            Target::Broken => open(Target::Broken),
        }
    }

    /// The edition of a text for this audience; `None` where it may see the whole.
    fn edition<'p>(&self, prose: &'p Prose<EntryId>) -> Option<&'p Edition<EntryId>> {
        let mut editions = prose.editions.iter();
        editions.find(|edition| edition.up_to >= self.audience.tlp)
    }

    /// What of a text passes.
    pub(super) fn passing<'p>(&self, prose: &'p Prose<EntryId>) -> Passing<'p> {
        match self.edition(prose) {
            Some(edition) => Passing {
                body: &edition.body,
                targets: &edition.targets,
                cites: &edition.cites,
            },
            None => Passing {
                body: &prose.body,
                targets: &prose.targets,
                cites: &prose.cites,
            },
        }
    }

    /// Where the places of a text stand in its released form; `None` where all stay.
    pub(super) fn fragments(&self, prose: &Prose<EntryId>) -> Option<Fragments> {
        let map = &self.edition(prose)?.fragments;
        (!map.stay()).then(|| map.clone())
    }

    /// Whether nothing of a body is withheld.
    fn sees_all(&self, body: &Body) -> bool {
        body.marks.iter().all(|mark| self.sees(Some(mark.tlp)))
            && body.indicators.iter().all(|line| self.sees(line.tlp))
    }
}

/// Copies a body event by event. Whatever the copy holds was put there because it is released; the
/// tables are filled anew, so that no text, name or number of what is left out remains.
struct Copy<'a> {
    body: &'a Body,
    passed: &'a [Passed],
    all_cites: &'a [Cite<EntryId>],
    door: &'a Door,
    out: Body,
    targets: Vec<Target<PageId>>,
    cites: Vec<Cite<PageId>>,
    /// New index of every link, heading, footnote … that was copied.
    links: Vec<Option<u32>>,
    headings: Vec<Option<u32>>,
    footnotes: Vec<Option<u32>>,
    code: Vec<Option<u32>>,
    marks: Vec<Option<u32>>,
    bare_withheld: Vec<&'a Link>,
    /// The link whose words name what is withheld and are being replaced.
    replacing: Option<u32>,
}

impl<'a> Copy<'a> {
    fn new(
        body: &'a Body,
        passed: &'a [Passed],
        all_cites: &'a [Cite<EntryId>],
        door: &'a Door,
    ) -> Self {
        Copy {
            links: vec![None; body.links.len()],
            headings: vec![None; body.headings.len()],
            footnotes: vec![None; body.footnotes.len()],
            code: vec![None; body.code.len()],
            marks: vec![None; body.marks.len()],
            body,
            passed,
            all_cites,
            door,
            // An id says nothing of what is withheld elsewhere.
            out: Body {
                ids: body.ids.clone(),
                ..Body::default()
            },
            targets: Vec::new(),
            cites: Vec::new(),
            bare_withheld: Vec::new(),
            replacing: None,
        }
    }

    fn run(&mut self) {
        for &event in &self.body.events {
            self.event(event);
        }
        self.fix_headings();
    }

    fn event(&mut self, event: Event) {
        if let Some(link) = self.replacing {
            if !matches!(event, Event::End(Tag::Link(at) | Tag::Image(at)) if at == link) {
                return;
            }
            self.replacing = None;
        }
        match event {
            Event::Start(tag) => {
                let new = self.tag(tag);
                self.out.events.push(Event::Start(new));
                if let (Tag::Link(old) | Tag::Image(old), Tag::Link(new) | Tag::Image(new)) =
                    (tag, new)
                {
                    self.begin_link(old, new);
                }
            }
            Event::End(tag) => {
                let tag = self.tag(tag);
                self.out.events.push(Event::End(tag));
            }
            Event::Text(slice) => {
                let slice = self.text(self.body.slice(slice));
                self.out.events.push(Event::Text(slice));
            }
            Event::Code(slice) => {
                let slice = self.text(self.body.slice(slice));
                self.out.events.push(Event::Code(slice));
            }
            Event::Html(slice) => {
                self.out.has_html = true;
                let slice = self.text(self.body.slice(slice));
                self.out.events.push(Event::Html(slice));
            }
            Event::Cite { first, count } => {
                let (first, count) = self.cite(first, count);
                self.out.events.push(Event::Cite { first, count });
            }
            Event::FootnoteRef(at) => {
                let at = self.footnote(at);
                self.out.events.push(Event::FootnoteRef(at));
            }
            Event::Indicators { first, count } => self.indicators(first, count),
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::Task(_) => {
                self.out.events.push(event)
            }
        }
    }

    /// The words of a bare link to something withheld are replaced as it is entered.
    fn begin_link(&mut self, old: u32, new: u32) {
        let withheld = self.targets.get(new as usize) == Some(&Target::Withheld);
        if withheld
            && self
                .out
                .links
                .get(new as usize)
                .is_some_and(|link| link.bare)
        {
            let slice = self.text(WITHHELD);
            self.out.events.push(Event::Text(slice));
            self.replacing = Some(old);
        }
    }

    /// The tag with the index that it has in the copy, its row copied the first time.
    fn tag(&mut self, tag: Tag) -> Tag {
        match tag {
            Tag::Heading(at) => Tag::Heading(row(
                &mut self.headings,
                at,
                &self.body.headings,
                &mut self.out.headings,
            )),
            Tag::CodeBlock(at) => {
                Tag::CodeBlock(row(&mut self.code, at, &self.body.code, &mut self.out.code))
            }
            Tag::Marked(at) => Tag::Marked(row(
                &mut self.marks,
                at,
                &self.body.marks,
                &mut self.out.marks,
            )),
            Tag::Footnote(at) => Tag::Footnote(self.footnote(at)),
            Tag::Link(at) => Tag::Link(self.link(at)),
            Tag::Image(at) => Tag::Image(self.link(at)),
            other => other,
        }
    }

    fn footnote(&mut self, at: u32) -> u32 {
        row(
            &mut self.footnotes,
            at,
            &self.body.footnotes,
            &mut self.out.footnotes,
        )
    }

    fn link(&mut self, at: u32) -> u32 {
        let known = self.links.get(at as usize).copied().flatten();
        let new = row(&mut self.links, at, &self.body.links, &mut self.out.links);
        if known.is_none()
            && let (Some(passed), Some(original)) = (
                self.passed.get(at as usize),
                self.body.links.get(at as usize),
            )
        {
            if passed.unnamed
                && let Some(link) = self.out.links.get_mut(new as usize)
            {
                link.to = Destination::Refused;
                // Nor is the page shown where the section that was meant is not.
                link.embed = false;
            }
            let drawn = matches!(original.to, Destination::Drawn(_));
            if passed.target == Target::Withheld && (original.bare || drawn) {
                self.bare_withheld.push(original);
            }
            self.targets.push(passed.target.clone());
        }
        new
    }

    fn text(&mut self, text: &str) -> Slice {
        let offset = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let start = offset(self.out.text.len());
        self.out.text.push_str(text);
        Slice {
            start,
            end: offset(self.out.text.len()),
        }
    }

    fn cite(&mut self, first: u32, count: u32) -> (u32, u32) {
        let new = u32::try_from(self.cites.len()).unwrap_or(u32::MAX);
        let range = first as usize..first as usize + count as usize;
        let cites = self.all_cites.get(range).unwrap_or(&[]);
        self.cites
            .extend(cites.iter().map(|cite| passage::cite(cite, self.door)));
        (new, count)
    }

    fn indicators(&mut self, first: u32, count: u32) {
        let range = first as usize..first as usize + count as usize;
        let new = u32::try_from(self.out.indicators.len()).unwrap_or(u32::MAX);
        for line in self.body.indicators.get(range).unwrap_or(&[]) {
            let mut line = line.clone();
            (line.first, line.count) = self.cite(line.first, line.count);
            self.out.indicators.push(line);
        }
        self.out
            .events
            .push(Event::Indicators { first: new, count });
    }

    /// A heading's plain text may hold the words of a bare link: it is taken anew from the events.
    fn fix_headings(&mut self) {
        let mut open: Option<(u32, String, bool)> = None;
        for event in &self.out.events {
            match (*event, &mut open) {
                (Event::Start(Tag::Heading(at)), _) => open = Some((at, String::new(), false)),
                (Event::End(Tag::Heading(_)), _) => {
                    if let Some((at, text, true)) = open.take()
                        && let Some(heading) = self.out.headings.get_mut(at as usize)
                    {
                        heading.text = text.trim().to_owned();
                    }
                }
                (Event::Start(Tag::Link(at)), Some((_, _, touched))) => {
                    *touched |= self.targets.get(at as usize) == Some(&Target::Withheld);
                }
                (Event::Text(slice) | Event::Code(slice), Some((_, text, _))) => {
                    text.push_str(
                        self.out
                            .text
                            .get(slice.start as usize..slice.end as usize)
                            .unwrap_or(""),
                    );
                }
                _ => {}
            }
        }
    }
}

/// The index in `out` of row `at` of `table`, copied the first time that it is asked for.
fn row<T: Clone>(new: &mut [Option<u32>], at: u32, table: &[T], out: &mut Vec<T>) -> u32 {
    let Some(slot) = new.get_mut(at as usize) else {
        return at;
    };
    *slot.get_or_insert_with(|| {
        let index = u32::try_from(out.len()).unwrap_or(u32::MAX);
        out.extend(table.get(at as usize).cloned());
        index
    })
}
