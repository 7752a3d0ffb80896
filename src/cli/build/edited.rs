//! A build after entries were edited: what the edits do not reach is as the last build from nothing left it.
//!
//! Takes what that build left and the files as they are now; publishes the same site that a build from
//! nothing would, looking at the pages that the edits reach and at what these show. Where other entries
//! pass or more than entries changed, where an error stands, or where anything that was left is missing or
//! damaged, it does nothing, and the build goes the whole way.

use super::Job;
use crate::assess;
use crate::cli::args::Build;
use crate::cli::session::Session;
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, Stop};
use crate::pipeline::{Built, Pipeline};
use crate::render::Facet;
use crate::render::views::Reach;
use crate::write::Digest;
use crate::write::memory::Base;
use std::sync::Arc;

/// What is known of a site without making it.
pub(super) struct Reached {
    /// For every file of the site whether the edits may have changed it.
    files: Vec<Reach>,
    /// For every file what it consisted of before the edits.
    digests: Vec<Option<Digest>>,
}

impl Reached {
    /// What a file consists of, if the edits do not reach it.
    pub(super) fn spared(&self, index: usize) -> Option<Option<Digest>> {
        let spared = self.files.get(index) == Some(&Reach::Not);
        spared.then(|| self.digests.get(index).copied().flatten())
    }

    /// What of the site is another thing now that a file was made of, if that is why it was made again.
    pub(super) fn why(&self, index: usize) -> Option<Facet> {
        match self.files.get(index)? {
            Reach::By(facet) => Some(*facet),
            Reach::Not | Reach::New => None,
        }
    }
}

impl Job {
    /// Publishes what follows from edits of entries; nothing where there is more to do.
    pub(super) fn publish_edited(
        &mut self,
        args: &Build,
        terminal: &Terminal,
    ) -> Option<Result<Exit, Stop>> {
        // Without what was published every file would have to be made, which costs less in one go.
        self.memory.published.as_ref()?;
        let settings = assess::settings(&self.inputs, &self.wish);
        let Base {
            tables,
            digests,
            facets,
            standing: _,
        } = self.memory.base(self.standing)?;
        let config = settings.value;
        if !settings.problems.is_empty() {
            return None;
        }
        let edited = tables.edited(&self.inputs.entries)?;
        let paths = edited.iter().filter_map(|edited| {
            let file = self.inputs.entries.get(edited.at)?;
            Some((Arc::clone(&file.path), edited.was))
        });
        let former = self.memory.former(&paths.collect::<Vec<_>>())?;
        let former = edited.into_iter().zip(former).collect();
        let today = self.wish.today;
        let (mut pipeline, before) =
            Pipeline::taking_up(tables, &self.inputs, former, &config, today)?;
        let phases = vec![
            ("load", self.loaded),
            ("recall", self.start.elapsed() - self.loaded),
        ];
        let mut session = Session::of(&mut pipeline, &self.inputs, &self.wish, phases, self.start);
        let site = session.site.take()?;
        let reached = Reached {
            files: site.reached(&before, &facets)?,
            digests: in_order(&site, &before, digests),
        };
        let published = self.publish_site(args, &session, &site, Some(&reached), terminal);
        let ended = self.end(&mut session, published.map(|ended| ended.exit), terminal);
        std::mem::forget((session, site, before, pipeline));
        Some(ended)
    }
}

/// What each file of a site consisted of before: `digests` are in the order of the files of then.
fn in_order(site: &Built, before: &Built, digests: Vec<Option<Digest>>) -> Vec<Option<Digest>> {
    if Arc::ptr_eq(&site.site.routes, &before.site.routes) {
        return digests;
    }
    let paths = site.paths().iter();
    let then = paths.map(|path| digests.get(before.find(path)?).copied().flatten());
    then.collect()
}
