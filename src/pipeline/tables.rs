//! What a run leaves for the next process: the tables that are made of all entries, from which with the
//! files every value of every stage can be made again when it is asked for.
//!
//! Takes the stages of a run that made a site; gives [`Tables`]. Takes such tables and the files as
//! they are now; gives a [`Pipeline`] that stands where that run ended, so that it redoes what an edit
//! reaches and looks at little else. Serves edits of entries: where files come, go or move, where other
//! entries pass the door, or another thing than entries is edited, a first run costs no more.

use super::built::Files;
use super::{Built, Pipeline, spoken, themed};
use crate::check::Checked;
use crate::config::Config;
use crate::diag::Outcome;
use crate::load::Inputs;
use crate::model::Day;
use crate::parse::{self, Parsed, Parses};
use crate::plan::Site;
use crate::release::Released;
use crate::render::views;
use crate::resolve::Resolved;
use crate::text::TextFile;
use crate::{check, plan, release, resolve};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many files may differ from those of then: each costs a little, and with each more pages are looked
/// at one by one.
const EDITS: usize = 64;

/// What the stages leave that a pipeline for one run does not hold to its end.
#[derive(Debug)]
pub(super) struct Left {
    pub files: Vec<u64>,
    pub faulty: BTreeSet<usize>,
    pub resolved: resolve::Tables,
    pub checked: check::Tables,
    pub released: release::Tables,
}

/// What a run leaves.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tables {
    /// The content hash of every file.
    files: Vec<u64>,
    /// Which of them have problems.
    faulty: BTreeSet<usize>,
    resolved: resolve::Tables,
    checked: check::Tables,
    released: release::Tables,
    planned: plan::Tables,
    cards: views::Tables,
}

/// A file of an entry that is not what it was.
#[derive(Debug, Clone, Copy)]
pub struct Edited {
    /// Which of the files.
    pub at: usize,
    /// The content hash that it had.
    pub was: u64,
}

impl Tables {
    /// The files that are not what they were; nothing where there are so many that a first run costs no
    /// more. The files must be those of then, by their paths.
    #[must_use]
    pub fn edited(&self, files: &[TextFile]) -> Option<Vec<Edited>> {
        let both = self.files.iter().zip(files).enumerate();
        let edited = both.filter(|(_, (was, file))| **was != file.hash);
        let edited = edited.map(|(at, (&was, _))| Edited { at, was });
        let edited: Vec<Edited> = edited.take(EDITS + 1).collect();
        (edited.len() <= EDITS && self.files.len() == files.len()).then_some(edited)
    }
}

impl Pipeline {
    /// What the run leaves, if it was to [leave](Pipeline::once_for_later) anything.
    #[must_use]
    pub fn tables(&mut self, built: &Built) -> Option<Tables> {
        let Left {
            files,
            faulty,
            resolved,
            checked,
            released,
        } = self.left.take()?;
        Some(Tables {
            files,
            faulty,
            resolved,
            checked,
            released,
            planned: built.site.tables(),
            cards: built.cards.tables(),
        })
    }

    /// The pipeline that left `tables`, and the site that it had made; it has yet to [run](Pipeline::run).
    /// `former` are the edited files as they were. Nothing where the tables are of no use.
    #[must_use]
    pub fn taking_up(
        tables: Tables,
        inputs: &Inputs,
        former: Vec<(Edited, TextFile)>,
        config: &Config,
        today: Day,
    ) -> Option<(Pipeline, Arc<Built>)> {
        let Tables {
            files: _,
            faulty,
            resolved,
            checked,
            released,
            planned,
            cards,
        } = tables;
        let released = released.on(today)?;
        let markings = config.markings();
        let parse = |file: &TextFile| parse::file(file, &markings);
        let former = former
            .into_iter()
            .map(|(edited, was)| (edited, parse(&was)));
        let former: Vec<(Edited, Outcome<Parsed>)> = former.collect();
        let stay = former.iter().all(|(edited, was)| {
            let now = inputs.entries.get(edited.at).map(parse);
            match (&was.value, now.map(|now| now.value)) {
                (Parsed::Entry(was), Some(Parsed::Entry(is))) => {
                    resolve::stays(was, &is) && released.admits_alike(&was.entry, &is.entry)
                }
                _ => false,
            }
        });
        if !stay || !inputs.problems.is_empty() {
            return None;
        }
        let former = former
            .into_iter()
            .map(|(edited, was)| (edited.at, (edited.was, Arc::new(was))));
        let former: HashMap<_, _> = former.collect();
        let files: Arc<[TextFile]> = inputs.entries.as_slice().into();
        let parses = Parses::on_demand(files, markings, former, faulty);
        let resolved = Resolved::on_demand(resolved, &parses.files, &inputs.files);
        let dossier = resolved.dossier.clone();
        let released = Released::on_demand(released, &dossier);
        let site = Site::on_demand(planned, &released.release);
        let (languages, unsaid) = spoken(inputs, config);
        let cards = views::Cards::on_demand(cards, &site, config, &languages);
        let (theme, faults) = themed(
            &config.look.added_to(&inputs.theme),
            views::site(&site, config, &languages),
            &languages,
        );
        let content = Arc::new(inputs.files.clone());
        let statics = Arc::new(inputs.statics.clone());
        let files = Files { content, statics };
        let built = Built::with(
            site.clone(),
            config,
            Arc::clone(&theme),
            files.clone(),
            cards,
        );
        let built = Arc::new(built);
        let pipeline = Pipeline {
            once: false,
            left: None,
            files: files.clone(),
            parses,
            resolved: Some(resolved),
            checked: Some(Checked::of(
                checked,
                &dossier,
                &files.content,
                &config.trusted_files,
                &config.other_markings,
            )),
            released: Some(released),
            planned: Some((site, config.clone())),
            languages: Some((languages, unsaid)),
            theme: Some((theme, faults)),
            built: Some(Arc::clone(&built)),
            ..Pipeline::default()
        };
        Some((pipeline, built))
    }
}
