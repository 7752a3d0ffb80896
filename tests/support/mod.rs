//! What the tests share: a project in memory or in a folder, run through the pipeline.
//!
//! One helper touches the API; the tests call the helper.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

#[cfg(feature = "sqlite")]
pub mod database;

pub mod edits;

pub mod html;

use dossier::config::{self, Config};
use dossier::diag::{Diagnostic, Severity};
use dossier::export::{self, File, Folder, Format, Subject};
use dossier::load::{self, FileInfo, Inputs};
use dossier::model::{Day, Tlp};
use dossier::pipeline::{self, Options, Pipeline, Run};
use dossier::render::Content;
use dossier::text::{TextFile, line_column};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// A configuration that says nothing but what it must.
pub const CONFIG: &str =
    "title = \"Test\"\nbase_url = \"https://example.org/t/\"\ndefault_tlp = \"clear\"\n";

/// A project and how it is to be built.
#[derive(Clone)]
pub struct Project {
    /// Its files.
    pub inputs: Inputs,
    /// The options.
    pub options: Options,
}

impl Default for Project {
    fn default() -> Self {
        let mut project = Project {
            inputs: Inputs::default(),
            options: options(),
        };
        project.inputs.config = Some(TextFile::new("dossier.toml", CONFIG));
        project
    }
}

/// The options of a plain build on a fixed day.
pub fn options() -> Options {
    Options {
        audience: Tlp::Clear,
        drafts: false,
        today: Day::constant(2026, 1, 1),
        strict: false,
    }
}

impl Project {
    /// Gives these forms on, of the whole and beside each entry.
    pub fn exporting(mut self, whole: &[Format], entries: &[Format]) -> Project {
        let named = |forms: &[Format]| {
            let named = forms.iter().map(|form| format!("{:?}", form.name()));
            named.collect::<Vec<_>>().join(", ")
        };
        let taxii = whole.contains(&Format::Stix);
        let (whole, entries) = (named(whole), named(entries));
        let config = self.inputs.config.map(|it| it.text.to_string());
        let text = format!(
            "{}\n[exports]\nwhole = [{whole}]\nentries = [{entries}]\ntaxii = {taxii}\nfeeds = true\n",
            config.unwrap_or_default()
        );
        self.inputs.config = Some(TextFile::new("dossier.toml", text));
        self
    }

    /// A project from a folder; without a `dossier.toml` it gets [`CONFIG`].
    #[track_caller]
    pub fn load(root: &Path) -> Project {
        let mut inputs = load::load(root).expect("the folder can be read");
        inputs
            .config
            .get_or_insert_with(|| TextFile::new("dossier.toml", CONFIG));
        Project {
            inputs,
            options: options(),
        }
    }

    /// Adds a Markdown file: its path below `content/` and its text.
    pub fn file(mut self, path: &str, text: &str) -> Project {
        self.inputs
            .entries
            .push(TextFile::new(format!("content/{path}"), text));
        self.inputs.entries.sort_by(|a, b| a.path.cmp(&b.path));
        self
    }

    /// Adds an entry with nothing but a title.
    pub fn stub(self, path: &str, title: &str) -> Project {
        let publisher = if path.starts_with("sources/") {
            "publisher: Somebody\n"
        } else {
            ""
        };
        self.file(path, &format!("---\ntitle: {title}\n{publisher}---\n"))
    }

    /// Adds a file that is copied, not read.
    pub fn attachment(mut self, path: &str) -> Project {
        let bytes: &[u8] = match path.ends_with(".svg") {
            true => b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            false => b"",
        };
        self.inputs
            .files
            .insert(path.to_owned(), FileInfo::of(path, bytes));
        self
    }

    /// Adds a file that is published as it is, by its path below the root.
    pub fn fixed(mut self, path: &str, bytes: &[u8]) -> Project {
        let file = FileInfo::of(path, bytes);
        self.inputs.statics.insert(path.to_owned(), file);
        self
    }

    /// Sets the audience.
    pub fn audience(mut self, tlp: Tlp) -> Project {
        self.options.audience = tlp;
        self
    }

    /// The configuration.
    pub fn config(&self) -> Config {
        config::read(self.inputs.config.as_ref()).value
    }

    /// Runs the pipeline.
    pub fn run(&self) -> Run {
        let config = config::read(self.inputs.config.as_ref());
        let mut run = pipeline::run(&self.inputs, &config.value, &self.options, &mut |_| {});
        run.problems.extend(config.problems);
        run
    }

    /// The whole site: path → bytes; of a copied file its name. Fails the test on any error.
    #[track_caller]
    pub fn site(&self) -> BTreeMap<String, Vec<u8>> {
        self.try_site()
            .unwrap_or_else(|report| panic!("the project has errors:\n{report}"))
    }

    /// The whole site, or the report of its errors, those of the templates included.
    pub fn try_site(&self) -> Result<BTreeMap<String, Vec<u8>>, String> {
        self.made(self.run())
    }

    /// The exports of a run in every form, by the name of a file; nothing where there is no site.
    pub fn exports(&self, run: &Run) -> BTreeMap<String, Vec<u8>> {
        let Some(built) = &run.site else {
            return BTreeMap::new();
        };
        let config = self.config();
        let subject = Subject::of(&built.site, &config);
        let mut exports = BTreeMap::new();
        for form in Format::ALL {
            let bytes = export::bytes(form, &subject);
            // What a search could find in a file of pages: a word may stand on two of them.
            #[cfg(feature = "sqlite")]
            if form == Format::Sqlite {
                exports.insert("export-sqlite.txt".to_owned(), database::told(&bytes));
            }
            let name = format!("export{}", form.suffix());
            exports.insert(name, bytes);
        }
        for folder in Folder::ALL {
            for File { name, bytes } in export::files(folder, &subject) {
                exports.insert(format!("export-{}/{name}", folder.name()), bytes);
            }
        }
        exports
    }

    /// Runs a pipeline that may have run before, which has edits to tell from what did not change.
    pub fn run_again(&self, pipeline: &mut Pipeline) -> Run {
        let config = config::read(self.inputs.config.as_ref());
        let mut run = pipeline.run(&self.inputs, &config.value, &self.options, &mut |_| {});
        run.problems.extend(config.problems);
        run
    }

    /// The whole site of a run, or the report of its errors.
    pub fn made(&self, run: Run) -> Result<BTreeMap<String, Vec<u8>>, String> {
        let Some(site) = run.site else {
            return Err(self.report(&run.problems));
        };
        let mut files = BTreeMap::new();
        let mut buffer = Vec::new();
        let mut broken = Vec::new();
        for (index, path) in site.paths().iter().enumerate() {
            match site.make(index, &mut buffer) {
                Ok(Content::Bytes) => {
                    files.insert(path.clone(), buffer.clone());
                }
                Ok(Content::Copy(from)) => {
                    let from = from.strip_prefix("content/").unwrap_or(&from);
                    files.insert(path.clone(), format!("copy of {from}").into_bytes());
                }
                Err(problems) => broken.extend(problems),
            }
        }
        if broken.is_empty() {
            Ok(files)
        } else {
            Err(self.report(&broken))
        }
    }

    /// Problems as text: a line each, with its help below it.
    pub fn report(&self, problems: &[Diagnostic]) -> String {
        let mut out = String::new();
        for problem in problems {
            let severity = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let _ = write!(
                out,
                "{severity}[{}] {}",
                problem.code.name(),
                self.place(&problem.place)
            );
            let _ = writeln!(out, " {}", problem.message);
            if !problem.label.is_empty() {
                let _ = writeln!(out, "    here: {}", problem.label);
            }
            for (place, label) in &problem.others {
                let _ = writeln!(out, "    also {} {label}", self.place(place));
            }
            if let Some(help) = &problem.help {
                let _ = writeln!(out, "    help: {help}");
            }
        }
        out
    }

    fn place(&self, place: &dossier::text::Place) -> String {
        match (place.span, self.inputs.text(&place.path)) {
            (Some(span), Some(text)) => {
                let (line, column) = line_column(text, span.start);
                format!("{}:{line}:{column}", place.path)
            }
            _ => place.path.to_string(),
        }
    }
}
