//! A generation: all that the server shows, from the moment when it was made.
//!
//! Takes what was found in a snapshot of the files, and the generation before; gives the next. Never
//! changes afterwards. Where the files have errors, the site is that of the last generation that had
//! none.

use super::changes;
use super::site::Shown;
use crate::assess::{self, Assessment};
use crate::diag::{Diagnostic, Severity};
use crate::load::Inputs;
use crate::model::Tlp;
use crate::report;
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};

/// A generation.
#[derive(Debug)]
pub struct Generation {
    /// The generations are numbered from 1.
    pub number: u64,
    /// For whom the files ask; the site may be one for another where they have errors.
    pub audience: Tlp,
    /// Every problem of the files, sorted.
    pub problems: Vec<Diagnostic>,
    /// The files.
    pub inputs: Arc<Inputs>,
    /// Whether they gave no site, so that an older one is shown, or none.
    pub stale: bool,
    /// The site; `None` while there was none yet.
    pub(super) site: Option<Arc<Shown>>,
    /// The address that browsers are taken to.
    pub(super) follow: Option<String>,
    /// How the editor is started.
    pub(super) editor: Option<Vec<String>>,
    /// Why the files could not be read at all.
    pub(super) unreadable: Option<String>,
    /// The problems for the browser, made when the first asks.
    problems_json: OnceLock<Arc<str>>,
}

/// What a generation is made of.
pub(super) struct Made {
    pub inputs: Arc<Inputs>,
    pub found: Assessment,
    pub follow: bool,
}

impl Made {
    /// The generation that follows `before`, and the files that differ.
    pub(super) fn after(self, before: Option<&Generation>) -> (Generation, Vec<String>) {
        let Made {
            inputs,
            found,
            follow,
        } = self;
        let paths = before.map_or_else(Vec::new, |it| changes::between(&it.inputs, &inputs));
        let last = before.and_then(|it| it.site.as_ref());
        let stale = found.site.is_none();
        let site = match found.site {
            Some(built) => {
                let shown = Shown::new(built, &found.config, Arc::clone(&inputs));
                Some(Arc::new(shown))
            }
            // For a smaller audience the last good site is not good any more. (Of settings that cannot
            // be read the audience is guessed.)
            None => last
                .cloned()
                .filter(|last| !found.sound || last.built.site.release.audience <= found.audience),
        };
        let to = match (&site, last) {
            // Files that had errors when they were saved count once they are mended.
            (Some(site), Some(last)) if follow && !stale => {
                changes::page_of(site, &changes::between(&last.inputs, &site.inputs))
            }
            _ => None,
        };
        let editor = match before {
            Some(before) if !found.sound => found.config.editor.or(before.editor.clone()),
            _ => found.config.editor,
        };
        let generation = Generation {
            number: before.map_or(1, |it| it.number + 1),
            audience: found.audience,
            problems: found.problems,
            inputs,
            stale,
            site,
            follow: to,
            editor,
            unreadable: None,
            problems_json: OnceLock::new(),
        };
        (generation, paths)
    }
}

impl Generation {
    /// What there is to show while the system refuses the files from the start: nothing but why.
    pub(super) fn unreadable(sentence: &str) -> Generation {
        Generation {
            number: 0,
            audience: Tlp::Clear,
            problems: Vec::new(),
            inputs: Arc::default(),
            stale: true,
            site: None,
            follow: None,
            editor: None,
            unreadable: Some(sentence.to_owned()),
            problems_json: OnceLock::new(),
        }
    }

    /// The same, with the reason why the files cannot be read any more.
    pub(super) fn refused(&self, sentence: &str) -> Generation {
        Generation {
            number: self.number + 1,
            audience: self.audience,
            problems: self.problems.clone(),
            inputs: Arc::clone(&self.inputs),
            stale: true,
            site: self.site.clone(),
            follow: None,
            editor: self.editor.clone(),
            unreadable: Some(sentence.to_owned()),
            problems_json: OnceLock::new(),
        }
    }

    /// How many of the problems are errors, and how many are not.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        counts(&self.problems)
    }

    /// How many pages the site has.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.site.as_ref().map_or(0, |site| site.pages())
    }

    /// The problems for the browser, with those of the page that is looked at, as JSON. Whoever is not
    /// on this machine learns how many there are, and nothing of what stands in the files.
    pub(super) fn problems_json(&self, page: &[Diagnostic], here: bool) -> Arc<str> {
        if !here {
            return self.to_json(page, false).into();
        }
        if page.is_empty() {
            let made = self
                .problems_json
                .get_or_init(|| self.to_json(&[], true).into());
            return Arc::clone(made);
        }
        self.to_json(page, true).into()
    }

    fn to_json(&self, page: &[Diagnostic], here: bool) -> String {
        let texts = |path: &str| assess::text(&self.inputs, path);
        let (errors, warnings) = self.counts();
        let (more_errors, more_warnings) = counts(page);
        let mut lines = report::Lines::default();
        let problems = page.iter().chain(&self.problems).filter(|_| here);
        let mut problems: Vec<Value> = problems
            .take(MOST)
            .map(|problem| json!(report::overlay(problem, &texts, &mut lines)))
            .collect();
        if let Some(sentence) = self.unreadable.as_deref().filter(|_| here) {
            // The machine's, not the dossier's: it has no place in a file, and no explanation.
            problems.push(json!({
                "code": "unreadable", "severity": "error", "message": sentence,
                "label": "", "help": "it is tried again", "others": [], "excerpts": [],
            }));
        }
        let errors = errors + more_errors + usize::from(self.unreadable.is_some());
        json!({
            "errors": errors,
            "warnings": warnings + more_warnings,
            "stale": self.stale || !page.is_empty(),
            "problems": problems,
        })
        .to_string()
    }
}

/// So many problems are shown in the browser; their number is told whatever it is.
const MOST: usize = 500;

fn counts(problems: &[Diagnostic]) -> (usize, usize) {
    let errors = problems.iter();
    let errors = errors.filter(|problem| problem.severity == Severity::Error);
    let errors = errors.count();
    (errors, problems.len() - errors)
}
