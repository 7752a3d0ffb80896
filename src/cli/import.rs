//! `dossier import`: what other tools have becomes entries, and what changed there since becomes edits.
//!
//! Takes a file and the dossier; writes the files that [`crate::exchange`] says, each whole or not at all, and the base for the
//! next import. What is stopped on its way is taken up by the next run: a base that is not yet in its place says which
//! files were its own.

use super::args::{Form, Global, Import};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, project};
use crate::config;
use crate::exchange::vault::Vault;
use crate::exchange::{self, Base, Ends, Fault, Intake, Markings, Why, intake, table};
use crate::load::Inputs;
use crate::model::Kind;
use crate::model::slug::slugify;
use crate::report::clean;
use crate::write::{create, replace};
use serde_json::json;
use std::collections::HashSet;
use std::io::Read as _;
use std::path::Path;
use walkdir::WalkDir;

/// So many conflicts and losses are told one by one.
const TOLD: usize = 20;

pub(super) fn run(args: &Import, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let inputs = project::load(global)?;
    project::is_one(&inputs)?;
    let import = read(args)?;
    let config = config::read(inputs.config.as_ref()).value;
    let place = Place::of(args, &inputs)?;
    let base = place.base(&inputs)?;
    if !base.form().is_empty() && base.form() != args.form.name() {
        let message = format!(
            "`{}` is the name of an import from {}; choose another with --name",
            place.name,
            base.form()
        );
        return Err(Stop::Usage(message));
    }
    if let Some(other) = place.other(args, &import)? {
        let message = format!(
            "most of this came with the import `{other}` before: `--name {other}` goes on from there, `--name {}` begins anew",
            place.name
        );
        return Err(Stop::Usage(message));
    }
    let into = args.into.as_deref().unwrap_or("");
    let markings = config.markings();
    let taken = intake(
        import,
        &args.form.name(),
        &base,
        &inputs.entries,
        &markings,
        into,
    );
    let refused = args.strict && taken.losses.gone() > 0;
    if !refused && !args.dry_run {
        place.write(&taken)?;
    }
    let told = Told {
        args,
        place: &place,
        taken: &taken,
    };
    told.tell(terminal, refused)?;
    let unwritten = taken
        .conflicts
        .iter()
        .any(|(_, it)| it.ends == Ends::Unwritten);
    Ok(match refused || unwritten {
        true => Exit::Problems,
        false => Exit::Well,
    })
}

/// Reads what is imported.
fn read(args: &Import) -> Result<exchange::Import, Stop> {
    let from = args.from.display();
    let markings = Markings::new(args.marking_map.iter().cloned());
    let import = match args.form {
        Form::Stix if args.from.is_dir() => {
            exchange::stix::read_all(&files(&args.from, &["json"])?, &markings)
        }
        Form::Stix => exchange::stix::read(&text(&args.from)?, &markings),
        Form::Bibtex => exchange::bibliography::bibtex::read(&text(&args.from)?),
        Form::CslJson => exchange::bibliography::csl::read(&text(&args.from)?),
        Form::Ris => exchange::bibliography::ris::read(&text(&args.from)?),
        Form::Csv => exchange::table::read(&text(&args.from)?, &rows(args, markings)?),
        Form::MispGalaxy => exchange::misp::galaxy(&text(&args.from)?, &markings),
        Form::MispEvent => exchange::misp::event(&text(&args.from)?, &markings),
        Form::Navigator => exchange::navigator(&text(&args.from)?, &markings),
        Form::Obsidian => exchange::vault::obsidian(&notes(args)?, &vault(args, markings)),
        Form::Markdown => exchange::vault::markdown(&notes(args)?, &vault(args, markings)),
    };
    import.map_err(|Fault { message, line }| {
        let line = line.map_or_else(String::new, |line| format!(":{line}"));
        Stop::Usage(format!("{from}{line}: {message}"))
    })
}

/// The text of the file.
pub(super) fn text(file: &Path) -> Result<String, Stop> {
    let from = file.display();
    let bytes = match file.as_os_str() == "-" {
        true => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            read.map(|_| bytes)
        }
        false => std::fs::read(file),
    };
    let bytes = bytes.map_err(|error| Stop::Usage(format!("cannot read `{from}`: {error}")))?;
    String::from_utf8(bytes).map_err(|_| Stop::Usage(format!("`{from}` is no UTF-8 text")))
}

/// The notes of a folder, or the one of a file.
fn notes(args: &Import) -> Result<Vec<(String, String)>, Stop> {
    if !args.from.is_dir() {
        let name = args
            .from
            .file_name()
            .map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        return Ok(vec![(name, text(&args.from)?)]);
    }
    files(&args.from, &["md", "markdown"])
}

/// The files of a folder whose names end so, in the order of their paths. Hidden folders are a tool's own.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<(String, String)>, Stop> {
    let is_meant = |file: &walkdir::DirEntry| {
        file.depth() == 0 || !file.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_meant);
    let mut files = Vec::new();
    for file in walk {
        let file = file
            .map_err(|error| Stop::Usage(format!("cannot read `{}`: {error}", folder.display())))?;
        let is_wanted = file
            .path()
            .extension()
            .is_some_and(|ending| endings.iter().any(|it| ending == *it));
        if !file.file_type().is_file() || !is_wanted {
            continue;
        }
        let shown = file.path().display();
        let bytes = std::fs::read(file.path());
        let bytes =
            bytes.map_err(|error| Stop::Usage(format!("cannot read `{shown}`: {error}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Stop::Usage(format!("`{shown}` is no UTF-8 text")))?;
        let path = file.path().strip_prefix(folder).unwrap_or(file.path());
        let parts = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        files.push((parts.collect::<Vec<_>>().join("/"), text));
    }
    Ok(files)
}

/// How a vault is read.
fn vault(args: &Import, markings: Markings) -> Vault {
    Vault {
        kind: args.kind,
        map: args.map.clone(),
        markings,
    }
}

/// How a table is read.
fn rows(args: &Import, markings: Markings) -> Result<table::Options, Stop> {
    let Some(kind) = args.kind else {
        let message = format!(
            "say what the rows are with --kind: {}",
            Kind::ALL.map(Kind::name).join(", ")
        );
        return Err(Stop::Usage(message));
    };
    Ok(table::Options {
        kind,
        columns: args.map.clone(),
        markings,
    })
}

/// Where the base of an import lies.
struct Place<'a> {
    root: &'a Path,
    name: String,
    /// The text of the base as it was read.
    before: Option<String>,
}

impl<'a> Place<'a> {
    fn of(args: &Import, inputs: &'a Inputs) -> Result<Place<'a>, Stop> {
        let stem = args
            .from
            .file_stem()
            .map(|stem| slugify(&stem.to_string_lossy()));
        let stem = stem
            .filter(|stem| !stem.is_empty())
            .unwrap_or_else(|| "input".to_owned());
        let name = args.name.clone();
        let mut place = Place {
            root: &inputs.root,
            name: name.unwrap_or_else(|| format!("{}-{stem}", args.form.name())),
            before: None,
        };
        place.before = place.text(&place.path())?;
        Ok(place)
    }

    fn path(&self) -> String {
        format!("{}/{}.json", exchange::FOLDER, self.name)
    }

    /// The base of an import that is on its way.
    fn next(&self) -> String {
        format!("{}/{}.next.json", exchange::FOLDER, self.name)
    }

    fn text(&self, path: &str) -> Result<Option<String>, Stop> {
        match std::fs::read_to_string(self.root.join(path)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Stop::Machine(format!("cannot read `{path}`: {error}"))),
        }
    }

    fn base(&self, inputs: &Inputs) -> Result<Base, Stop> {
        let unread = |path: &str, why: &str| {
            Stop::Usage(format!(
                "`{path}` cannot be read ({why}); take it from the history again, or import under another --name"
            ))
        };
        let base = match &self.before {
            Some(text) => Base::read(text).map_err(|why| unread(&self.path(), &why))?,
            None => Base::default(),
        };
        // What cannot be read of it was not yet followed by any file.
        let next = self
            .text(&self.next())?
            .and_then(|text| Base::read(&text).ok());
        let there = inputs.entries.iter().map(|file| &*file.path);
        let there: HashSet<&str> = there.collect();
        Ok(match next {
            Some(next) => base.resumed(next, |path| there.contains(path)),
            None => base,
        })
    }

    /// The name of another import of which this is a later file; asked where it would be the first of a name that nobody gave.
    fn other(&self, args: &Import, import: &exchange::Import) -> Result<Option<String>, Stop> {
        if args.name.is_some() || self.before.is_some() {
            return Ok(None);
        }
        let folder = WalkDir::new(self.root.join(exchange::FOLDER)).max_depth(1);
        for file in folder.sort_by_file_name().into_iter().flatten() {
            let name = file.file_name().to_string_lossy();
            let Some(name) = name.strip_suffix(".json") else {
                continue;
            };
            let text = self.text(&format!("{}/{name}.json", exchange::FOLDER))?;
            let base = text.and_then(|text| Base::read(&text).ok());
            let is_it = |base: &Base| base.form() == args.form.name() && base.has_most_of(import);
            if !name.ends_with(".next") && base.as_ref().is_some_and(is_it) {
                return Ok(Some(name.to_owned()));
            }
        }
        Ok(None)
    }

    fn write(&self, taken: &Intake) -> Result<(), Stop> {
        let base = taken.base.text();
        if taken.files.is_empty() && self.before.as_deref() == Some(base.as_str()) {
            return Ok(());
        }
        let stopped = |path: &str| {
            let path = path.to_owned();
            move |why| {
                Stop::Machine(format!(
                    "cannot write `{path}`: {why}; run the import again, it goes on from there"
                ))
            }
        };
        let next = self.root.join(self.next());
        if next.exists() {
            let removed = std::fs::remove_file(&next);
            removed.map_err(|error| {
                Stop::Machine(format!("cannot write `{}`: {error}", self.next()))
            })?;
        }
        create(self.root, &self.next(), base.as_bytes()).map_err(stopped(&self.next()))?;
        // One that cannot be written leaves none of the others as they were.
        let mut failed = None;
        for file in &taken.files {
            let written = match &file.before {
                Some(before) => replace(
                    self.root,
                    &file.path,
                    before.as_bytes(),
                    file.after.as_bytes(),
                ),
                None => create(self.root, &file.path, file.after.as_bytes()),
            };
            if let Err(why) = written {
                failed.get_or_insert_with(|| stopped(&file.path)(why));
            }
        }
        if let Some(failed) = failed {
            return Err(failed);
        }
        let placed = std::fs::rename(&next, self.root.join(self.path()));
        placed.map_err(|error| Stop::Machine(format!("cannot write `{}`: {error}", self.path())))
    }
}

/// What is said of an import.
struct Told<'a> {
    args: &'a Import,
    place: &'a Place<'a>,
    taken: &'a Intake,
}

impl Told<'_> {
    fn tell(&self, terminal: &Terminal, refused: bool) -> Result<(), Stop> {
        if terminal.is_json() {
            return terminal.print_json(&self.json());
        }
        if self.args.dry_run {
            terminal.print(&self.diff())?;
        }
        for line in self.lines(refused) {
            terminal.say(&clean(&line));
        }
        Ok(())
    }

    fn paths(&self, new: bool) -> Vec<&str> {
        let files = self
            .taken
            .files
            .iter()
            .filter(|file| file.before.is_none() == new);
        files.map(|file| file.path.as_str()).collect()
    }

    fn json(&self) -> serde_json::Value {
        let taken = self.taken;
        let conflicts = taken.conflicts.iter().map(|(path, conflict)| {
            let incoming = conflict.incoming.as_ref().map(ToString::to_string);
            json!({ "path": path, "key": conflict.key, "incoming": incoming, "ends": conflict.ends.name() })
        });
        let losses = taken.losses.iter().map(|loss| {
            json!({ "why": loss.why.name(), "property": loss.property, "count": loss.count, "example": loss.example })
        });
        let renamed = taken.renamed.iter();
        let renamed = renamed.map(|(old, new)| json!({ "from": old, "to": new }));
        json!({
            "version": 1,
            "dry_run": self.args.dry_run,
            "base": self.place.path(),
            "created": self.paths(true),
            "changed": self.paths(false),
            "unchanged": taken.unchanged,
            "left": taken.left,
            "renamed": renamed.collect::<Vec<_>>(),
            "gone": taken.gone,
            "conflicts": conflicts.collect::<Vec<_>>(),
            "losses": losses.collect::<Vec<_>>(),
            "lost": taken.losses.gone(),
        })
    }

    /// What would be written, as a diff.
    fn diff(&self) -> String {
        let mut out = String::new();
        for file in &self.taken.files {
            let before = file.before.as_deref().unwrap_or("");
            let old = if file.before.is_some() {
                format!("a/{}", file.path)
            } else {
                "/dev/null".to_owned()
            };
            let diff = similar::TextDiff::from_lines(before, &file.after);
            let mut diff = diff.unified_diff();
            let diff = diff
                .context_radius(3)
                .header(&old, &format!("b/{}", file.path));
            out.push_str(&clean(&diff.to_string()));
        }
        out
    }

    fn lines(&self, refused: bool) -> Vec<String> {
        let taken = self.taken;
        let mut lines = self.losses();
        for (path, conflict) in taken.conflicts.iter().take(TOLD) {
            let key = if conflict.key.is_empty() {
                "the text"
            } else {
                &conflict.key
            };
            let says = match (conflict.ends, &conflict.incoming) {
                (Ends::Stricter, Some(value)) => format!("the stricter holds, `{value}`"),
                (Ends::Stricter, None) => "the stricter holds".to_owned(),
                (Ends::Yours, _) => {
                    "yours stays; what the import says stands in a comment beside it".to_owned()
                }
                (Ends::Out, _) => "you took it out, and it stays out".to_owned(),
                (Ends::Unwritten, Some(value)) => {
                    format!("it could not be written, write it by hand: `{value}`")
                }
                (Ends::Unwritten, None) => {
                    "it could not be merged and is left as it is; the next import tries again"
                        .to_owned()
                }
            };
            lines.push(format!("conflict {path}: {key}: {says}"));
        }
        let more = taken.conflicts.len().saturating_sub(TOLD);
        if more > 0 {
            lines.push(format!(
                "and {}; --format json lists all",
                count(more, "more conflict")
            ));
        }
        for (paths, says) in [
            (&taken.left, "no longer in the file, and left as it is"),
            (&taken.gone, "was taken away, and stays away"),
        ] {
            let told = paths
                .iter()
                .take(TOLD)
                .map(|path| format!("{path}: {says}"));
            lines.extend(told);
        }
        let renamed = taken.renamed.iter().take(TOLD).map(|(old, new)| {
            format!("{new}: says what {old} said, which may have another name now: move over what you wrote there, and delete it")
        });
        lines.extend(renamed);
        lines.push(self.counts(refused));
        lines
    }

    fn losses(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for why in Why::ALL {
            let of = self.taken.losses.iter().filter(|loss| loss.why == why);
            let mut of: Vec<_> = of.collect();
            if of.is_empty() {
                continue;
            }
            of.sort_by_key(|loss| std::cmp::Reverse(loss.count));
            lines.push(format!("{}:", why.about()));
            let told = of.iter().take(TOLD);
            lines.extend(
                told.map(|loss| {
                    format!("  {:>6} × {} ({})", loss.count, loss.property, loss.example)
                }),
            );
            if of.len() > TOLD {
                lines.push(format!(
                    "         and {} more sorts; --format json lists all",
                    of.len() - TOLD
                ));
            }
        }
        lines
    }

    fn counts(&self, refused: bool) -> String {
        let taken = self.taken;
        let verb = match (refused, self.args.dry_run) {
            (true, _) => "nothing is written, as --strict lets nothing be lost; it would be",
            (false, true) => "would be",
            (false, false) => "imported:",
        };
        let counts = [
            (self.paths(true).len(), "new"),
            (self.paths(false).len(), "changed"),
            (taken.unchanged, "unchanged"),
        ];
        let counts = counts.map(|(number, what)| format!("{number} {what}"));
        let conflicts = match taken.conflicts.len() {
            0 => String::new(),
            number => format!(", {}", count(number, "conflict")),
        };
        format!("{verb} {}{conflicts}", counts.join(", "))
    }
}
