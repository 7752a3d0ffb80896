//! `dossier.toml`: what holds for the dossier as a whole.
//!
//! Takes the file's text; gives a [`Config`] and every problem in it. Reads nothing itself.

pub mod look;

mod read;

pub use look::Look;
pub use read::{base_url, read};

use crate::attachment::Trust;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::rate::Rates;
use crate::model::tactic::Attack;
use crate::model::{Address, Format, Kind, Markings, Schemes, Tlp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use url::Url;

/// The settings of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The dossier's title.
    pub title: String,
    /// Absolute address of the site's root, ending in `/`: `https://example.org/apt38/`.
    pub base_url: String,
    /// How entries without a marking are treated.
    pub default_tlp: Tlp,
    /// Words of other marking schemes: an error where they stand as a mark.
    pub other_markings: Arc<Schemes>,
    /// BCP 47 tag of the language that it is written in.
    pub language: String,
    /// Who writes it.
    pub authors: Vec<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// The audience that is built for unless the command line says otherwise.
    pub default_audience: Tlp,
    /// How links to pages are written.
    pub links: LinkStyle,
    /// Whether raw HTML in Markdown is passed on unsanitised.
    pub trust_html: bool,
    /// Which attachments are published as they are, whatever is in them.
    pub trusted_files: Trust,
    /// What stands in the navigation, in that order; every kind that has entries where empty.
    pub navigation: Vec<NavItem>,
    /// Severities other than a code's own; `None` is "off".
    pub severity: BTreeMap<Code, Option<Severity>>,
    /// How `dossier serve` starts the editor: the words of a command, with `{file}`, `{line}` and
    /// `{column}` in them.
    pub editor: Option<Vec<String>>,
    /// Whether quotation marks and apostrophes are set as printers do, by the language of the page.
    pub smart_punctuation: bool,
    /// Whether a build exchanges the whole output folder in one step.
    pub swap: bool,
    /// Whether texts are searched, too, and not only names.
    pub full_text: bool,
    /// Which drawings pages have.
    pub drawings: Drawings,
    /// What currencies were worth in another.
    pub money: Arc<Rates>,
    /// Which exports are published with the site.
    pub exports: Arc<Exports>,
    /// Which tactics there are, and in which order.
    pub attack: Arc<Attack>,
    /// How the default theme is made the dossier's own.
    pub look: Look,
}

/// Which drawings pages have: all that nobody switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawings {
    /// What an entry is connected with.
    pub relations: bool,
    /// Techniques under their tactics.
    pub techniques: bool,
    /// What incidents say of money.
    pub money: bool,
    /// Everything that is connected.
    pub graph: bool,
    /// Who is where.
    pub map: bool,
    /// When something was.
    pub timeline: bool,
    /// Actors beside each other.
    pub compare: bool,
}

impl Default for Drawings {
    fn default() -> Drawings {
        Drawings {
            relations: true,
            techniques: true,
            money: true,
            graph: true,
            map: true,
            timeline: true,
            compare: true,
        }
    }
}

/// Which exports are published with the site: none that nobody asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exports {
    /// Of the whole.
    pub whole: BTreeSet<Format>,
    /// Of every entry, beside its page.
    pub entries: BTreeSet<Format>,
    /// Whether the objects of STIX also stand where a TAXII client looks for them.
    pub taxii: bool,
    /// Whether each entry has a feed of its own.
    pub feeds: bool,
    /// How many days an indicator is looked for that names no last day.
    pub indicators_expire: Option<u16>,
}

impl Exports {
    /// Whether there are any.
    #[must_use]
    pub fn any(&self) -> bool {
        let Exports {
            whole,
            entries,
            taxii,
            // They are listed on no page of their own.
            feeds: _,
            indicators_expire: _,
        } = self;
        *taxii || !whole.is_empty() || !entries.is_empty()
    }
}

/// How links to pages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LinkStyle {
    /// `../actors/apt38/`, for a web server.
    #[default]
    Directory,
    /// `../actors/apt38/index.html`, for reading from disk.
    File,
}

/// An item of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// What is shown.
    pub label: String,
    /// Where it leads.
    pub to: NavTarget,
}

/// Where an item of the navigation leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavTarget {
    /// The index page of a kind.
    Index(Kind),
    /// A path of the site: `tags/`, `notes/laundering/`.
    Path(String),
    /// An address elsewhere.
    External(Address),
}

impl Config {
    /// How the dossier marks.
    #[must_use]
    pub fn markings(&self) -> Markings {
        let lowered = self.severity.iter();
        let lowered = lowered.filter(|(_, weight)| **weight != Some(Severity::Error));
        Markings {
            default: self.default_tlp,
            others: Arc::clone(&self.other_markings),
            trust_html: self.trust_html,
            site: Url::parse(&self.base_url).ok().map(Arc::new),
            lowered: Arc::new(lowered.map(|(code, _)| *code).collect()),
        }
    }

    /// Gives problems the weight that the configuration sets and drops those that it turns off; what is
    /// about withholding keeps at least its own.
    /// With `strict`, every warning that is left becomes an error.
    pub fn weigh(&self, problems: &mut Vec<Diagnostic>, strict: bool) {
        problems.retain_mut(|problem| {
            match self.severity.get(&problem.code) {
                None => {}
                Some(Some(severity)) if *severity >= problem.severity => {
                    problem.severity = *severity;
                }
                Some(_) if problem.firm => {}
                Some(None) => return false,
                Some(Some(severity)) => problem.severity = *severity,
            }
            if strict {
                problem.severity = Severity::Error;
            }
            true
        });
    }
}
