//! What can be asked for.

use crate::model::slug::is_slug;
use crate::model::{Address, Date, Day, Kind, Tlp};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  all well (warnings are allowed; --strict makes them errors)
  1  the content has problems
  2  wrong usage or configuration
  3  the machine failed: disk full, no permission";

const ABOUT: &str = "\
Turns a folder of Markdown entries into a published intelligence dossier: every claim leads to its \
source, nothing above the chosen marking is shown.";

const EVERY: &str = "Options of every command";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "dossier", version, about = ABOUT, after_help = EXIT_CODES)]
#[command(arg_required_else_help = true, subcommand_required = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// The command line as it is offered: of the formats, each command has its own.
    pub(super) fn offered() -> clap::Command {
        Cli::command().mut_subcommands(|command| {
            let format = format(formats(command.get_name()));
            command.arg(format)
        })
    }

    /// What the process was started with.
    ///
    /// # Errors
    /// Help, and what cannot be asked for.
    pub(super) fn asked<A: Into<OsString> + Clone>(
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Cli, clap::Error> {
        let mut offered = Cli::offered();
        let matches = offered.try_get_matches_from_mut(arguments)?;
        let cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut offered))?;
        // A format that stands before the command is not yet measured by it.
        let has = formats(matches.subcommand_name().unwrap_or_default());
        match has.contains(&cli.global.format) {
            true => Ok(cli),
            false => Err(unknown_format(cli.global.format, has).with_cmd(&offered)),
        }
    }
}

/// The formats that a command can write.
fn formats(command: &str) -> &'static [Format] {
    match command {
        "check" => &[Format::Human, Format::Json, Format::Github, Format::Sarif],
        "list" | "query" => &[Format::Human, Format::Json, Format::Csv],
        "init" | "new" | "import" | "build" | "search" | "stats" | "explain" | "keys" | "theme" => {
            &[Format::Human, Format::Json]
        }
        _ => &[Format::Human],
    }
}

/// The argument of a command that has these formats.
fn format(formats: &'static [Format]) -> Arg {
    let values = formats.iter().filter_map(ValueEnum::to_possible_value);
    let parser = PossibleValuesParser::new(values)
        .try_map(|name| Format::from_str(&name, false).map_err(|_| "there is no such format"));
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .help("How results and problems are written")
        .help_heading(EVERY)
        .default_value("human")
        .value_parser(parser)
}

fn unknown_format(format: Format, has: &[Format]) -> clap::Error {
    let name = |format: &Format| {
        let value = format.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    };
    let mut error = clap::Error::new(ErrorKind::InvalidValue);
    let context = [
        (
            ContextKind::InvalidArg,
            ContextValue::String("--format <FORMAT>".to_owned()),
        ),
        (
            ContextKind::InvalidValue,
            ContextValue::String(name(&format)),
        ),
        (
            ContextKind::ValidValue,
            ContextValue::Strings(has.iter().map(name).collect()),
        ),
    ];
    for (kind, value) in context {
        error.insert(kind, value);
    }
    error
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = EVERY)]
pub(super) struct Global {
    /// The dossier's folder [default: the nearest with a dossier.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// How results and problems are written; `dossier COMMAND --help` lists what a command has
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub format: Format,
    /// Whether to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Show errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show what was done in detail
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// Text, problems on standard error
    #[default]
    Human,
    /// One JSON document on standard output
    Json,
    /// A table for spreadsheets, on standard output
    Csv,
    /// Annotations of a pull request on GitHub, on standard output
    Github,
    /// One SARIF 2.1.0 document on standard output
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a small working dossier to start from
    Init(Init),
    /// Write a new entry and print its file
    New(New),
    /// Take in what other tools have; a second time, what changed there since
    #[command(after_help = EXIT_CODES)]
    Import(Import),
    /// Report every problem; writes nothing without --fix
    #[command(after_help = EXIT_CODES)]
    Check(Check),
    /// Publish the dossier as a site
    #[command(after_help = EXIT_CODES)]
    Build(Build),
    /// Show the dossier in the browser while it is written
    #[command(after_help = EXIT_CODES)]
    Serve(Serve),
    /// List the entries, whatever their marking
    List(List),
    /// Find names and texts, as readers of the site do
    Search(Search),
    /// Find entries or statements among those that an audience may see
    Query(Query),
    /// Give what an audience may see in a form that other tools read
    #[command(after_help = EXIT_CODES)]
    Export(Export),
    /// Tell what the dossier holds and how it grew, whatever its marking
    Stats(Stats),
    /// Explain a diagnostic, with an example of wrong and right
    Explain(Explain),
    /// List the keys of front matter
    Keys(Keys),
    /// Print the JSON Schema of front matter, for editors
    Schema(Schema),
    /// What of the default theme can be replaced, copies of it, and what became of them
    #[command(subcommand)]
    Theme(Theme),
    /// Print the completions of a shell
    Completions(Completions),
    /// Write the man pages into a folder
    Man(Man),
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Where; made if it is not there
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Without the invented case: the settings, and an empty home page
    #[arg(long)]
    pub bare: bool,
    /// Write a workflow too, which checks and publishes the dossier on that host
    #[arg(long, value_enum, value_name = "HOST")]
    pub workflow: Option<Host>,
}

/// Where a workflow runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Host {
    /// GitHub Actions, for GitHub Pages
    Github,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// What it is about; where it or the title is not given, a terminal is asked
    #[arg(value_parser = kind())]
    pub kind: Option<Kind>,
    /// Its title
    pub title: Option<String>,
    /// When it happened or was published
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<String>,
    /// The address of a source
    #[arg(long, value_name = "URL", value_parser = url)]
    pub url: Option<String>,
    /// Take a source from a reference in BibTeX: a file, or `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["title", "date", "url", "slug"])]
    pub bibtex: Option<PathBuf>,
    /// Its file's name [default: made from the title]
    #[arg(long)]
    pub slug: Option<String>,
    /// Open it in the editor: VISUAL, EDITOR, or that of dossier.toml
    #[arg(long)]
    pub edit: bool,
}

/// What is imported, and how.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The form that it is in
    #[arg(value_enum, value_name = "FORM")]
    pub form: Form,
    /// The file, or the folder of notes; `-` for standard input
    #[arg(value_name = "FILE")]
    pub from: PathBuf,
    /// A folder for new entries, in those of their kinds: `attack` for content/techniques/attack/
    #[arg(long, value_name = "DIR", value_parser = subfolder)]
    pub into: Option<String>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write nothing where something cannot be carried
    #[arg(long)]
    pub strict: bool,
    /// The name under which it is known to the next import [default: the form and the name of the file]
    #[arg(long, value_name = "NAME", value_parser = slug)]
    pub name: Option<String>,
    /// What the rows of a table, or notes that do not tell it, are entries of
    #[arg(long, value_parser = kind())]
    pub kind: Option<Kind>,
    /// The key that a column or a property is: its name and a key of front matter; may stand several times
    #[arg(long, value_name = "NAME=KEY", value_parser = mapped)]
    pub map: Vec<(String, String)>,
    /// The level of a marking that is not TLP: its name or id, and a level; may stand several times
    #[arg(long, value_name = "MARKING=LEVEL", value_parser = level)]
    pub marking_map: Vec<(String, Tlp)>,
}

/// The forms that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// STIX 2.1 and 2.0
    Stix,
    /// A bibliography of BibTeX or BibLaTeX: each reference is a source
    Bibtex,
    /// A bibliography as Zotero and others give it in JSON
    CslJson,
    /// A bibliography in RIS
    Ris,
    /// A galaxy of MISP: a file of clusters
    MispGalaxy,
    /// An event of MISP
    MispEvent,
    /// A layer of the ATT&CK Navigator
    Navigator,
    /// A vault of Obsidian: a folder
    Obsidian,
    /// A folder of Markdown with properties on top
    Markdown,
    /// A table of cells with a head line: each row is an entry of --kind
    Csv,
}

impl Form {
    /// Its name, as it is asked for.
    pub(super) fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// For whom a site is, and when.
#[derive(Debug, Args)]
pub(super) struct Reader {
    /// The highest marking to show [default: default_audience of dossier.toml, else clear]
    #[arg(long, value_parser = audience(), ignore_case = true)]
    pub audience: Option<Tlp>,
    /// Show drafts and entries whose day of publication lies ahead
    #[arg(long)]
    pub drafts: bool,
    /// The day to take for today [default: SOURCE_DATE_EPOCH, else the day in UTC]
    #[arg(long, value_name = "DATE")]
    pub today: Option<Day>,
}

/// Which site, and how: the same for `check` and `build`.
#[derive(Debug, Args)]
pub(super) struct Selection {
    #[command(flatten)]
    pub reader: Reader,
    /// Where the site goes [default: public, or public-AUDIENCE above clear]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The site's absolute address instead of that in dossier.toml
    #[arg(long, value_name = "URL", value_parser = crate::config::base_url)]
    pub base_url: Option<String>,
    /// Take warnings for errors
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub selection: Selection,
    /// Mend in the files what can be mended without a choice, and say what; no marking is touched
    #[arg(long)]
    pub fix: bool,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub selection: Selection,
    /// Neither use nor keep what builds leave for the next in .dossier-cache/
    #[arg(long)]
    pub no_cache: bool,
    /// Say of each page that was made again what of it changed
    #[arg(long)]
    pub explain_rebuild: bool,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port; where it is in use, the next free one is taken
    #[arg(long, default_value_t = 4000)]
    pub port: u16,
    /// The address or name to listen at; by default only this machine can reach it
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// Open the dossier in the browser
    #[arg(long)]
    pub open: bool,
    /// Take the browser to the entry that was saved last
    #[arg(long)]
    pub follow: bool,
    #[command(flatten)]
    pub reader: Reader,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Entries of this kind only
    #[arg(value_parser = kind())]
    pub kind: Option<Kind>,
    /// Entries that fit a query only, as `dossier query` takes it
    #[arg(long = "where", value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Query {
    /// What is asked: `'kind:incident loss.actual>10m USD "wiper"'`; in single quotes, so that the shell leaves it alone
    #[arg(required = true, value_name = "QUERY")]
    pub words: Vec<String>,
    /// Answer with the statements that fit, not with the entries
    #[arg(long)]
    pub statements: bool,
    #[command(flatten)]
    pub reader: Reader,
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// What to look for: words, and within quotation marks of the shell "phrases" and -words that must not be there
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Entries of this kind only
    #[arg(long, value_parser = kind())]
    pub kind: Option<Kind>,
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub most: usize,
    #[command(flatten)]
    pub reader: Reader,
}

/// What is exported, and where to.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The form
    #[arg(value_name = "FORM", value_parser = form())]
    pub form: super::export::Form,
    /// The entries, each by its slug, `kind folder/slug` or id; of what they lead to, what the form needs comes along [default: all]
    #[arg(value_name = "ENTRY")]
    pub entries: Vec<String>,
    /// The file or the folder that is written, whole or not at all [default: standard output, but for folders]
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Put it in the place of a file that is there, or of a folder in which nothing else lies
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Give the JSON Schema of the form, and nothing of the dossier
    #[arg(long, conflicts_with = "entries")]
    pub schema: bool,
    #[command(flatten)]
    pub reader: Reader,
}

#[derive(Debug, Args)]
pub(super) struct Stats {}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code in brackets of a report [default: list all]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Keys {
    /// The kind of entry [default: all]
    #[arg(value_parser = kind())]
    pub kind: Option<Kind>,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The kind of entry
    #[arg(value_parser = kind())]
    pub kind: Kind,
}

#[derive(Debug, Subcommand)]
pub(super) enum Theme {
    /// List the files that can be replaced, with what each takes
    List,
    /// Copy a file of the default theme into templates/, to be changed there
    Eject(Eject),
    /// Show what differs between the dossier's own files and the defaults, and what has changed in these
    Diff(ThemeDiff),
}

#[derive(Debug, Args)]
pub(super) struct Eject {
    /// The file, as `dossier theme list` names it
    pub file: String,
    /// Keep the copy that is there, and note that it follows today's default
    #[arg(long)]
    pub keep: bool,
}

#[derive(Debug, Args)]
pub(super) struct ThemeDiff {
    /// The file [default: every file of the dossier's own]
    pub file: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder; made if it is not there
    pub dir: PathBuf,
}

/// A date as front matter has it.
pub(super) fn date(text: &str) -> Result<String, String> {
    Date::from_text(text).map(|_| text.to_owned())
}

/// A folder below those of the kinds.
fn subfolder(text: &str) -> Result<String, String> {
    let text = text.trim_matches('/');
    match text.split('/').all(is_slug) {
        true => Ok(text.to_owned()),
        false => Err(
            "lower-case letters a to z and digits, joined by hyphens, and slashes between"
                .to_owned(),
        ),
    }
}

fn slug(text: &str) -> Result<String, String> {
    match is_slug(text) {
        true => Ok(text.to_owned()),
        false => Err("lower-case letters a to z and digits, joined by hyphens".to_owned()),
    }
}

/// A name with a key of front matter.
fn mapped(text: &str) -> Result<(String, String), String> {
    let (name, key) = text
        .rsplit_once('=')
        .ok_or_else(|| format!("`{text}` is no `NAME=KEY`"))?;
    Ok((name.to_owned(), key.to_owned()))
}

/// A marking of another scheme with its level.
fn level(text: &str) -> Result<(String, Tlp), String> {
    let levels = || {
        format!(
            "`{text}` is no `MARKING=LEVEL`; the levels are {}",
            Tlp::ALL.map(Tlp::name).join(", ")
        )
    };
    let (name, level) = text.rsplit_once('=').ok_or_else(levels)?;
    let level = Tlp::from_name(level).ok_or_else(levels)?;
    Ok((name.to_owned(), level))
}

/// An address that may be linked.
pub(super) fn url(text: &str) -> Result<String, String> {
    let read = Address::web(text).map_err(|refusal| refusal.reason().to_owned());
    read.map(|_| text.to_owned())
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    let values = Kind::ALL.map(|kind| PossibleValue::new(kind.name()).alias(kind.folder()));
    PossibleValuesParser::new(values)
        .try_map(|name| Kind::from_name(&name).ok_or("there is no such kind"))
}

fn form() -> impl TypedValueParser<Value = super::export::Form> {
    let values = super::export::forms();
    let values = values.map(|(name, about)| PossibleValue::new(name).help(about));
    PossibleValuesParser::new(values)
        .try_map(|name| super::export::Form::from_name(&name).ok_or("there is no such form"))
}

fn audience() -> impl TypedValueParser<Value = Tlp> {
    PossibleValuesParser::new(Tlp::ALL.map(Tlp::name))
        .try_map(|name| Tlp::from_name(&name).ok_or("there is no such marking"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::offered().debug_assert();
    }

    #[test]
    fn every_command_has_formats_of_its_own_wherever_they_are_named() {
        let taken = |line: &str| {
            let asked = Cli::asked(line.split(' '));
            asked
                .map(|cli| cli.global.format)
                .map_err(|error| error.exit_code())
        };
        for (line, format) in [
            ("dossier check", Ok(Format::Human)),
            ("dossier check --format sarif", Ok(Format::Sarif)),
            ("dossier --format github check", Ok(Format::Github)),
            (
                "dossier --format json check --format sarif",
                Ok(Format::Sarif),
            ),
            ("dossier --format json build", Ok(Format::Json)),
            ("dossier build --format github", Err(2)),
            ("dossier --format sarif build", Err(2)),
            (
                "dossier --format sarif build --format json",
                Ok(Format::Json),
            ),
            ("dossier serve --format json", Err(2)),
            ("dossier --format json man x", Err(2)),
            ("dossier check --format xml", Err(2)),
        ] {
            assert_eq!(taken(line), format, "{line}");
        }
    }

    #[test]
    fn kinds_are_taken_in_singular_and_plural() {
        for name in ["person", "people"] {
            let cli = Cli::asked(["dossier", "list", name]).unwrap();
            assert!(matches!(
                cli.command,
                Command::List(List {
                    kind: Some(Kind::Person),
                    query: None
                })
            ));
        }
        assert!(Cli::asked(["dossier", "list", "persons"]).is_err());
    }
}
