//! A site, put in place: what of it is known is not made.
//!
//! Takes a site, what was published last, and what an edit reaches; makes the files that are not as they
//! should be, and notes for the next build what each consists of.

use super::Job;
use super::closing::published;
use super::edited::Reached;
use crate::assess;
use crate::cli::args::Build;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, Stop, project};
use crate::pipeline::{Built, Pipeline};
use crate::render::{Content, Facet, Noted};
use crate::write::memory::{Published, PublishedFile};
use crate::write::{self, Digest, Failure, Made, Publication, Report, Step};
use std::sync::{Arc, OnceLock};

/// The end of a build that wrote.
pub(super) struct Ended {
    pub exit: Result<Exit, Stop>,
    /// What each file of the site consists of.
    pub digests: Vec<Option<Digest>>,
    /// What each was made of.
    pub facets: Vec<Box<[Facet]>>,
}

impl Job {
    /// Publishes what was published last, from the same files. What is in place is not even made; what
    /// is not is made by a run of all stages, which then happens once.
    pub(super) fn publish_same(
        &self,
        last: &Published,
        terminal: &Terminal,
    ) -> Result<Report, Failure> {
        let site: OnceLock<Option<Arc<Built>>> = OnceLock::new();
        let make = |index: usize, buffer: &mut Vec<u8>| {
            if let Some(copy) = last.files.get(index).and_then(|file| file.copy.as_ref()) {
                return Ok(Made::Copy(self.inputs.root.join(copy)));
            }
            let site = site.get_or_init(|| {
                let mut pipeline = Pipeline::once();
                assess::assess(&mut pipeline, &self.inputs, &self.wish, &mut |_| {}).site
            });
            match site {
                Some(site) => site.make(index, buffer).map(|_| Made::Bytes),
                None => Err(Vec::new()),
            }
        };
        let known = |index: usize| {
            let file = last.files.get(index).filter(|file| file.copy.is_none())?;
            file.digest
        };
        let paths: Vec<String> = last.files.iter().map(|file| file.path.clone()).collect();
        self.publish(&paths, &make, Some(&known), terminal)
    }

    /// Publishes a site; gives what each of its files consists of. `reached` tells, after an edit, what the
    /// others do.
    pub(super) fn publish_site(
        &self,
        args: &Build,
        session: &Session<'_>,
        site: &Built,
        reached: Option<&Reached>,
        terminal: &Terminal,
    ) -> Result<Ended, Failure> {
        let notes: Vec<OnceLock<Noted>> = site.paths().iter().map(|_| OnceLock::new()).collect();
        let note = |index: usize, noted: Noted| {
            if let Some(slot) = notes.get(index) {
                let _ = slot.set(noted);
            }
        };
        let last = self.memory.published.as_ref();
        let before = |index: usize| last?.file(site.paths().get(index)?);
        let noted = self.memory.keeps() || args.explain_rebuild;
        let make = |index: usize, buffer: &mut Vec<u8>| {
            let made = if noted {
                let (made, noted) = site.make_noted(index, buffer)?;
                note(index, noted);
                made
            } else {
                site.make(index, buffer)?
            };
            Ok(match made {
                Content::Copy(path) => Made::Copy(self.inputs.root.join(path)),
                Content::Bytes => Made::Bytes,
            })
        };
        let known = |index: usize| {
            let file = before(index)?;
            if let Some(spared) = reached.and_then(|reached| reached.spared(index)) {
                // What was last published may be of another edit.
                let digest =
                    spared.filter(|digest| file.digest == Some(*digest) && file.copy.is_none())?;
                let page = file.page.clone();
                // What it was made of stands in what is left of the build that made it.
                let facets = Box::default();
                note(index, Noted { page, facets });
                return Some(digest);
            }
            let noted = site.noted(index)?;
            let same = file.page.as_ref()?.whole == noted.page.as_ref()?.whole;
            let digest = file.digest.filter(|_| same)?;
            note(index, noted);
            Some(digest)
        };
        // Where the templates are others every page is: then none need be asked.
        let known: Option<&write::Known<'_>> = match last.filter(|last| same_theme(last, site)) {
            Some(_) => Some(&known),
            None => None,
        };
        let report = self.publish(site.paths(), &make, known, terminal)?;
        let mut facets = Vec::with_capacity(notes.len());
        let mut files = Vec::with_capacity(notes.len());
        let made = site.paths().iter().zip(notes).zip(&report.digests);
        for (index, ((path, note), digest)) in made.enumerate() {
            let noted = note.into_inner().unwrap_or_default();
            facets.push(noted.facets);
            files.push(PublishedFile {
                path: path.clone(),
                page: noted.page,
                digest: *digest,
                copy: site.copy_of(index),
            });
        }
        if args.explain_rebuild {
            let why = |index: usize| {
                let facet = reached.and_then(|reached| reached.why(index))?;
                Some(facet.describe(&site.site))
            };
            explain(last, &files, &why, terminal);
        }
        let exit = published(session, &files, &self.out, &report, terminal);
        self.memory.keep_published(&Published {
            state: self.state,
            sound: session.problems.is_empty(),
            entries: session.entries,
            waiting: session.waiting.clone(),
            files,
        });
        Ok(Ended {
            exit,
            digests: report.digests,
            facets,
        })
    }

    fn publish(
        &self,
        paths: &[String],
        make: &write::Make<'_>,
        known: Option<&write::Known<'_>>,
        terminal: &Terminal,
    ) -> Result<Report, Failure> {
        let publication = Publication {
            audience: self.audience,
            paths,
            make,
            known,
            swap: self.swap,
        };
        let progress = Progress::new(terminal, paths.len());
        let watch = |step| match step {
            Step::Waiting => {
                let out = project::shown(&self.out);
                terminal.say(&format!("another build writes into {out}; waiting for it"));
            }
            Step::Made(count) => progress.at(count),
        };
        let report = write::publish(&self.out, &self.inputs.root, &publication, &watch);
        progress.end();
        report
    }
}

/// Whether any page that is still there was made by the same templates.
fn same_theme(last: &Published, site: &Built) -> bool {
    let pages = site.paths().iter().enumerate();
    let mut both = pages.filter_map(|(index, path)| {
        let before = last.file(path)?.page.as_ref()?;
        Some((before, site.noted(index)?.page?))
    });
    both.next()
        .is_some_and(|(before, now)| before.same_theme(&now))
}

/// Says why each page was made again: which parts of it differ, and where that is known what of the site
/// first made it so.
fn explain(
    last: Option<&Published>,
    files: &[PublishedFile],
    by: &dyn Fn(usize) -> Option<String>,
    terminal: &Terminal,
) {
    for (index, file) in files.iter().enumerate() {
        let Some(page) = &file.page else {
            continue;
        };
        let before = last.and_then(|last| last.file(&file.path)?.page.as_ref());
        let why = match before {
            Some(before) if before == page => continue,
            Some(before) => before.differences(page).join(", "),
            None => "new".to_owned(),
        };
        let by = by(index).map(|by| format!(" (by {by})"));
        terminal.say(&format!("{}: {why}{}", file.path, by.unwrap_or_default()));
    }
}
