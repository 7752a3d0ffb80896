//! `dossier` turns a folder of Markdown entries into a published intelligence dossier.
//!
//! # The pipeline
//!
//! ```text
//!           EDGE                        pure                                      EDGE
//!  disk ──▶ load ──▶ parse ──▶ resolve ──▶ check ──▶ release ──▶ plan ──▶ render ──▶ write ──▶ disk
//!          Inputs   RawEntry   Dossier   problems   Release     Site     pages      manifest
//! ```
//!
//! Each stage is a function from values to a value plus [diagnostics](diag). The modules stand
//! below in layer order: a module imports only from those above it (`tests/layers.rs` holds it so).
//!
//! * [`text`], [`shared_list`], [`diag`], [`model`], [`config`]: plain data that every stage shares.
//! * [`attachment`]: what a browser would make of a file beside the pages, and drawings cleaned.
//! * [`load`] (edge): the disk becomes [`load::Inputs`], a snapshot of every file.
//! * [`parse`]: one file becomes one [`parse::RawEntry`]; nothing is resolved.
//! * [`query`]: a question put to entries becomes a tree, and the tree an answer.
//! * [`resolve`]: all raw entries become a [`resolve::Dossier`]: names, links, relations, citations.
//! * [`check`]: rules over the dossier, one file each.
//! * [`release`]: the one door; what an audience may not see does not exist behind it.
//! * [`plan`]: every route and page, before anything is rendered.
//! * [`search`]: who bears which words, and what a question finds.
//! * [`export`]: what a release says, in the forms that other tools read.
//! * [`layout`]: where things that are connected stand, in numbers.
//! * [`render`]: a page's view and the templates become bytes.
//! * [`pipeline`]: the stages in order.
//! * [`assess`]: the configuration and the pipeline over one snapshot, as a command asks for it.
//! * [`mend`]: problems with a safe fix become the mended texts, none of which withholds less than before.
//! * [`exchange`]: what a team has in the forms of other tools becomes entries, and later imports of it edits.
//! * [`report`]: problems for people, for programs and for the browser.
//! * [`mod@write`] (edge): a site becomes files, atomically, only what changed.
//! * [`serve`] (edge): the site in the browser while it is written.
//! * [`cli`] (edge): one file per command.
//!
//! # A dossier in memory
//!
//! What an entry says are its [statements](model::Statement), each with what it rests on:
//!
//! ```
//! use dossier::{config, load::Inputs, model::Tlp, pipeline, text::TextFile};
//!
//! let file = |path: &str, text: &str| TextFile::new(path, text);
//! let mut inputs = Inputs::default();
//! inputs.entries = vec![
//!     file("content/actors/apt38.md", "---\ntitle: APT38\nuses: { entry: hoplight, sources: cisa }\n---\n"),
//!     file("content/malware/hoplight.md", "---\ntitle: HOPLIGHT\n---\n"),
//!     file("content/sources/cisa.md", "---\ntitle: A report\npublisher: CISA\n---\n"),
//! ];
//! let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\ndefault_tlp = \"clear\"\n";
//! inputs.config = Some(file("dossier.toml", settings));
//! let settings = config::read(inputs.config.as_ref()).value;
//! let options = pipeline::Options {
//!     audience: Tlp::Clear,
//!     drafts: false,
//!     today: "2026-01-31".parse()?,
//!     strict: false,
//! };
//! let run = pipeline::run(&inputs, &settings, &options, &mut |_| {});
//!
//! let built = run.site.expect("a dossier without errors");
//! let site = &built.site;
//! let (_, apt38) = site.release.iter().next().expect("an actor");
//! let relation = apt38.statements.relations().next().expect("a relation");
//! assert_eq!(relation.what.verb.phrase(), "uses");
//! assert_eq!(site.release.page(relation.what.target).title, "HOPLIGHT");
//! assert_eq!(relation.sources.len(), 1);
//! let slug = |page: &dossier::model::PageId| site.release.page(*page).slug.as_str();
//! assert_eq!(apt38.statements.addresses(slug), ["uses:hoplight"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// Only the edges touch the world (clippy.toml lists how); tests may.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]
#![warn(unreachable_pub)]

pub mod text;

pub mod shared_list;

pub mod diag;

pub mod model;

pub mod attachment;

pub mod config;

pub mod load;

pub mod parse;

pub mod query;

pub mod resolve;

pub mod check;

pub mod release;

pub mod plan;

pub mod search;

pub mod export;

pub mod layout;

pub mod render;

pub mod pipeline;

pub mod assess;

pub mod mend;

pub mod exchange;

pub mod report;

pub mod write;

pub mod serve;

pub mod cli;
