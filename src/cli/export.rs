//! `dossier export`: what an audience may see, in a form that other tools read.

use super::args::{Export, Global};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, project};
use crate::diag::closest;
use crate::export::{self, Folder, Format, Subject};
use crate::model::{PageId, statics};
use crate::release::Release;
use crate::report::clean;
use crate::write::{Unreplaced, put, put_folder};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What can be asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    File(Format),
    Folder(Folder),
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::File(format) => format.name(),
            Form::Folder(folder) => folder.name(),
        }
    }

    fn about(self) -> &'static str {
        match self {
            Form::File(format) => format.about(),
            Form::Folder(folder) => folder.about(),
        }
    }

    fn schema(self) -> Option<&'static str> {
        match self {
            Form::File(format) => export::schema(format),
            Form::Folder(Folder::MispFeed | Folder::IndicatorLists) => None,
        }
    }

    /// The form of that name.
    pub(super) fn from_name(name: &str) -> Option<Form> {
        let file = Format::from_name(name).map(Form::File);
        file.or_else(|| Folder::from_name(name).map(Form::Folder))
    }
}

pub(super) fn run(args: &Export, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let form = args.form;
    if let Some(out) = &args.out {
        fits(out, form, &project::root(global)?)?;
    }
    if args.schema {
        let schema = form.schema().ok_or_else(|| {
            let name = form.name();
            Stop::Usage(format!(
                "`{name}` has no schema of its own; it is a form of somebody else"
            ))
        })?;
        give(args, terminal, |out| out.write_all(schema.as_bytes()))?;
        return Ok(Exit::Well);
    }
    if let (Form::Folder(_), None) = (form, &args.out) {
        let name = form.name();
        return Err(Stop::Usage(format!(
            "`{name}` is a folder of files: say where with `--out DIR`"
        )));
    }
    let (built, found) = project::released(&args.reader, global, terminal)?;
    let release = &built.site.release;
    let of = args.entries.iter().map(|name| named(release, name));
    let of = of.collect::<Result<Vec<PageId>, Stop>>()?;
    let subject = Subject {
        of: (!of.is_empty()).then_some(of.as_slice()),
        ..Subject::of(&built.site, &found.config)
    };
    match form {
        Form::File(format) => give(args, terminal, |out| export::write(format, &subject, out))?,
        Form::Folder(folder) => give_folder(args, folder, &subject, terminal)?,
    }
    Ok(Exit::Well)
}

/// Puts a folder where it is wanted.
fn give_folder(
    args: &Export,
    folder: Folder,
    subject: &Subject<'_>,
    terminal: &Terminal,
) -> Result<(), Stop> {
    let Some(out) = &args.out else {
        return Ok(());
    };
    let shown = out.display();
    let files = export::files(folder, subject);
    let named = files.iter();
    let named = named.map(|file| (file.name.as_str(), file.bytes.as_slice()));
    put_folder(out, named, args.force, |name| folder.has_file(name)).map_err(
        |left| match left {
            Unreplaced::Changed if args.force => Stop::Usage(format!(
                "`{shown}` is there already, and not a folder with nothing in it but such an export"
            )),
            Unreplaced::Changed => Stop::Usage(format!(
                "`{shown}` is there already; `--force` puts the export in its place"
            )),
            Unreplaced::Outside => Stop::Usage(format!("`{shown}` is no name of a folder")),
            Unreplaced::Blocked(blocked) => Stop::Machine(blocked.to_string()),
        },
    )?;
    let size = count(files.len(), "file");
    terminal.say(&format!("wrote {} ({size})", project::shown(out)));
    Ok(())
}

/// Puts an export where it is wanted: into a file as it is made, to standard output when all of it is.
fn give(
    args: &Export,
    terminal: &Terminal,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Stop> {
    let Some(out) = &args.out else {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes whatever is written");
        return terminal.print_bytes(&bytes);
    };
    let shown = out.display();
    put(out, args.force, write).map_err(|left| match left {
        Unreplaced::Changed => Stop::Usage(format!(
            "`{shown}` is there already; `--force` puts the export in its place"
        )),
        Unreplaced::Outside => Stop::Usage(format!("`{shown}` is no name of a file")),
        Unreplaced::Blocked(blocked) => Stop::Machine(blocked.to_string()),
    })?;
    let size = out.metadata().map_or(0, |it| it.len());
    let size = count(usize::try_from(size).unwrap_or(usize::MAX), "byte");
    terminal.say(&format!("wrote {} ({size})", project::shown(out)));
    Ok(())
}

/// Whether an export may be written there: what a build reads is written by people.
fn fits(out: &Path, form: Form, root: &Path) -> Result<(), Stop> {
    let shown = out.display();
    let name = out
        .file_name()
        .ok_or_else(|| Stop::Usage(format!("`{shown}` is no name of a file")))?;
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let folder = std::fs::canonicalize(&folder).map_err(|error| {
        let folder = folder.display();
        Stop::Usage(format!("cannot write into `{folder}`: {error}"))
    })?;
    let Ok(root) = std::fs::canonicalize(root) else {
        return Ok(());
    };
    let file = folder.join(name);
    if matches!(form, Form::File(_)) && file.is_dir() {
        return Err(Stop::Usage(format!(
            "`{shown}` is a folder; name a file in it"
        )));
    }
    let Ok(below) = file.strip_prefix(&root) else {
        return Ok(());
    };
    let first = below.components().next();
    let first = first.map_or_else(String::new, |it| {
        it.as_os_str().to_string_lossy().into_owned()
    });
    let is_read = matches!(first.as_str(), "content" | "templates" | "dossier.toml")
        || first.starts_with(".dossier")
        // What lies in a site is for everybody who may see the site.
        || first == "public"
        || first.starts_with("public-")
        || statics::FOLDERS.iter().any(|(folder, _)| *folder == first);
    match is_read {
        true => Err(Stop::Usage(format!(
            "`{shown}` lies where the dossier itself or a site of it is kept (`{first}`); name a file elsewhere"
        ))),
        false => Ok(()),
    }
}

/// The entry of a name: a slug, `kind folder/slug` or an id. What is withheld is as unknown as what never was.
fn named(release: &Release, name: &str) -> Result<PageId, Stop> {
    let folded = name.trim_end_matches('/').to_lowercase();
    let long = |id: PageId| release.page(id).route().trim_end_matches('/').to_owned();
    let mut found: BTreeSet<PageId> = BTreeSet::new();
    for (id, entry) in release.iter() {
        if entry.id == name || long(id) == folded {
            return Ok(id);
        }
        if entry.slug == folded {
            found.insert(id);
        }
    }
    let shown = clean(name);
    let mut ids = found.iter();
    match (ids.next(), ids.next()) {
        (Some(id), None) => Ok(*id),
        (None, _) => {
            let entries = release.iter();
            let names: Vec<String> = entries
                .flat_map(|(id, it)| [it.slug.clone(), it.id.clone(), long(id)])
                .collect();
            let near = closest(name, names.iter().map(String::as_str));
            let near = near.map(|near| format!("; did you mean `{}`?", clean(near)));
            Err(Stop::Usage(format!(
                "no entry that this audience may see is called `{shown}`{}",
                near.unwrap_or_default()
            )))
        }
        (Some(_), Some(_)) => {
            let all: Vec<String> = found.iter().map(|id| format!("`{}`", long(*id))).collect();
            Err(Stop::Usage(format!(
                "several entries are called `{shown}`: write {}",
                all.join(" or ")
            )))
        }
    }
}

/// The names of the forms, and what each holds.
pub(super) fn forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = Format::ALL.into_iter().map(Form::File);
    let folders = Folder::ALL.into_iter().map(Form::Folder);
    files.chain(folders).map(|form| (form.name(), form.about()))
}
