//! What holds for any input.
//!
//! * Any text as any file ends in problems or in a site, never in a panic; and whatever site it is, its
//!   pages are well formed, carry nothing that could run, and every link leads somewhere.
//! * The same input gives the same bytes: twice, in another order of files, from another folder, on
//!   another number of threads.
//! * A random dossier that keeps to the contract has no problems.
//! * Its site for an audience is, byte for byte, that of the dossier without what is withheld.
//!
//! The seed is fixed, so that a run on one machine is a run on any; `PROPTEST_RNG_SEED` and
//! `PROPTEST_CASES` try others.

mod support;

use dossier::diag::Code;
use dossier::model::{Kind, Tlp, Verb};
use dossier::text::TextFile;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use support::{Project, html};

fn config(cases: u32) -> Config {
    let asked = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse::<u64>().ok())
    };
    Config {
        cases: asked("PROPTEST_CASES")
            .map_or(cases, |cases| u32::try_from(cases).unwrap_or(cases_most())),
        rng_seed: RngSeed::Fixed(asked("PROPTEST_RNG_SEED").unwrap_or(38)),
        failure_persistence: None,
        ..Config::default()
    }
}

fn cases_most() -> u32 {
    u32::MAX
}

// ---------------------------------------------------------------- any text

/// Pieces that mean something to one of the readers, so that random texts get far.
const PIECES: &[&str] = &[
    "---\n",
    "+++\n",
    "title: T\n",
    "title: ",
    "tlp: amber\n",
    "tlp",
    "aliases:\n  - ",
    "{ name: N, tlp: red }",
    "sources: [s]\n",
    "date: 2016",
    "date: 2016-02-04T20:36+06:00",
    "/..",
    "uses: [b]\n",
    "facts:\n  f: ",
    "- ",
    "  - ",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "|\n",
    ">\n",
    "\t",
    "\n",
    "\n\n",
    "    ",
    " ",
    "# ",
    "## ",
    "### (TLP:AMBER) ",
    "{tlp=amber}",
    "{#id .c}",
    "(TLP:RED)",
    "(TLP:",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "```\n",
    "```ioc\n",
    "```list\n",
    "```graph of=apt38 depth=2\n```\n",
    "```names of=\"",
    "```compare of=apt38,b\n```\n",
    "```timeline tlp=red\n```\n",
    "```yara tlp=red\n",
    "~~~",
    "> ",
    "> [!NOTE]\n> ",
    "1. ",
    "- [ ] ",
    "| a | b |\n|---|---|\n| c | d |\n",
    "|",
    ": def\n",
    "[^a]",
    "[^a]: ",
    "[[",
    "]]",
    "[[b]]",
    "[[b#h|w]]",
    "![[x.svg]]",
    "[w](b.md)",
    "[w](",
    ")",
    "![a](x.svg)",
    "[@s]",
    "[@s, p. 1]",
    "[@",
    ";",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<a href=\"javascript:x\">",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<svg onload=x>",
    "<table><tr><td>",
    "<p>",
    "</p>",
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "&lt;",
    "\"",
    "'",
    "\\",
    "https://evil.example/x",
    "hxxp://evil[.]example",
    "1.2.3.4",
    "evil.example  # note (TLP:RED) [@s]\n",
    "javascript:alert(1)",
    "é",
    "北",
    "\u{202e}",
    "\u{0}",
    "\u{1}",
    "\u{feff}",
    "\u{fffc}",
    "\r\n",
    "\r",
    "ß",
    "İ",
    "ﬁ",
    "🙂",
    "a",
    "word ",
    "---",
    "***\n",
    "====\n",
    "$",
    "%",
    "%7B",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z ]{0,12}",
    ];
    let front = prop_oneof![
        Just(String::new()),
        Just("---\ntitle: T\n---\n".to_owned()),
        Just("---\ntitle: T\npublisher: P\ntlp: green\n---\n".to_owned()),
    ];
    (front, vec(piece, 0..40)).prop_map(|(front, pieces)| front + &pieces.concat())
}

const PATHS: &[&str] = &[
    "actors/a.md",
    "malware/b.md",
    "sources/s.md",
    "incidents/deep/er/i.md",
    "infrastructure/x.md",
    "people/p.md",
    "notes/n.md",
    "notes/index.md",
    "index.md",
    "organisations/o.md",
    "places/UPPER case.md",
    "unknown/x.md",
    "about.md",
    "notes/.md",
    "vulnerabilities/北.md",
];

/// Every code that may be turned off is, so that as much as possible becomes a site.
fn lenient() -> String {
    let codes: String = Code::ALL
        .iter()
        .filter(|code| {
            let line = format!("{}[severity]\n{} = \"off\"\n", support::CONFIG, code.name());
            dossier::config::read(Some(&TextFile::new("dossier.toml", line)))
                .problems
                .is_empty()
        })
        .map(|code| format!("{} = \"off\"\n", code.name()))
        .collect();
    format!("{}[severity]\n{codes}", support::CONFIG)
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_text_as_any_entry_ends_in_problems_or_in_a_sound_site(
        files in vec((select(PATHS), any_text()), 1..4),
        audience in select(&Tlp::ALL[..]),
    ) {
        let neighbours = Project::default()
            .stub("malware/b.md", "B")
            .stub("sources/s.md", "S")
            .attachment("notes/x.svg")
            .audience(audience);
        let mut project = files.iter().fold(neighbours, |mut project, (path, text)| {
            project.inputs.entries.retain(|file| *file.path != *format!("content/{path}"));
            project.file(path, text)
        });
        let strict = project.run();
        project.inputs.config = Some(TextFile::new("dossier.toml", lenient()));
        if let Ok(site) = project.try_site() {
            let faults = html::faults(&site, "https://example.org/t/");
            prop_assert!(faults.is_empty(), "{}\nproblems:\n{}", faults.join("\n"), project.report(&strict.problems));
        }
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn any_text_as_configuration_or_template_ends_in_problems_or_in_a_site(
        configuration in any_text(),
        template in vec(select(&["{{ ", " }}", "{% ", " %}", "if x", "endif", "extends \"base.html\"", "entry.card.title", "for x in y", "<", "\n", "{#", "é", "block main", "endblock"][..]), 0..12),
    ) {
        let mut project = Project::default().stub("notes/n.md", "N");
        project.inputs.theme.insert("note.html".to_owned(), template.concat().into_bytes().into());
        let _ = project.try_site();
        project.inputs.theme.clear();
        project.inputs.config = Some(TextFile::new("dossier.toml", format!("{}{configuration}", support::CONFIG)));
        let _ = project.try_site();
        project.inputs.config = Some(TextFile::new("dossier.toml", configuration));
        let _ = project.try_site();
    }
}

// ---------------------------------------------------------------- dossiers that keep to the contract

/// A marking and whether it is a draft: who may see a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sight {
    tlp: Tlp,
    draft: bool,
}

impl Sight {
    /// Whether everyone who sees `self` sees `other`.
    fn covers(self, other: Sight) -> bool {
        other.tlp <= self.tlp && (!other.draft || self.draft)
    }

    fn raised(self, tlp: Option<Tlp>) -> Sight {
        Sight {
            tlp: self.tlp.max(tlp.unwrap_or_default()),
            ..self
        }
    }
}

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    sight: Sight,
    title: &'static str,
    summary: Option<&'static str>,
    date: Option<u16>,
    tags: Vec<&'static str>,
    aliases: Vec<(&'static str, Option<Tlp>, Index)>,
    fact: Vec<(u32, Option<Tlp>, Index)>,
    relations: Vec<(Index, Index, Option<Tlp>, Index)>,
    steps: Vec<(u8, Option<Tlp>, Index)>,
    changes: Vec<(u8, Option<Tlp>)>,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
struct Block {
    form: Form,
    tlp: Option<Tlp>,
    words: Vec<Word>,
}

/// Drawings that there are of any entry.
const DRAWN: &[&str] = &["graph", "graph depth=2", "names"];

/// Queries, of which the answers hang on much of what others say.
const ASKED: &[&str] = &[
    "words or heading",
    "kind:actor -has:tags -cites:*",
    "confidence>=unlikely or has:facts",
    "actor:* or mentions:*",
    "tlp>=clear -has:draft",
    "says(has:sources tlp:clear) or source:(has:title)",
];

#[derive(Debug, Clone, Copy)]
enum Form {
    Asked(&'static str),
    Drawn(&'static str, Index),
    Paragraph,
    Items,
    Quote,
    Alert,
    Table,
    Code,
    Indicators,
    Definition,
    Section(u8),
    Footnote,
    Html,
}

#[derive(Debug, Clone)]
enum Word {
    Plain(&'static str),
    Link(Index, bool),
    Cite(Index, bool),
}

const WORDS: &[&str] = &[
    "bank",
    "The heist.",
    "Money",
    "<went>",
    "& came",
    "é",
    "“quoted”",
    "no. 3",
    "Who?",
    "*so*",
    "`it`",
    "was",
];
const TITLES: &[&str] = &[
    "APT38",
    "Lazarus",
    "The Bank",
    "Money & Co",
    "Ünïcode",
    "A <tag>",
    "bank",
    "panel.example.org",
];
const TAGS: &[&str] = &["bank", "Bank", "swift", "café"];

fn mark() -> impl Strategy<Value = Option<Tlp>> {
    prop_oneof![3 => Just(None), 2 => select(&Tlp::ALL[..]).prop_map(Some)]
}

fn block() -> impl Strategy<Value = Block> {
    let form = prop_oneof![
        3 => Just(Form::Paragraph),
        1 => Just(Form::Items),
        1 => Just(Form::Quote),
        1 => Just(Form::Alert),
        1 => Just(Form::Table),
        1 => Just(Form::Code),
        1 => select(ASKED).prop_map(Form::Asked),
        1 => (select(DRAWN), any::<Index>()).prop_map(|(drawn, of)| Form::Drawn(drawn, of)),
        1 => Just(Form::Indicators),
        1 => Just(Form::Definition),
        2 => (0u8..3).prop_map(Form::Section),
        1 => Just(Form::Footnote),
        1 => Just(Form::Html),
    ];
    let word = prop_oneof![
        3 => select(WORDS).prop_map(Word::Plain),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(to, bare)| Word::Link(to, bare)),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(to, place)| Word::Cite(to, place)),
    ];
    (form, mark(), vec(word, 1..6)).prop_map(|(form, tlp, words)| Block { form, tlp, words })
}

fn entry() -> impl Strategy<Value = Entry> {
    let kind = prop_oneof![
        2 => Just(Kind::Source),
        1 => Just(Kind::Actor),
        1 => Just(Kind::Incident),
        1 => Just(Kind::Note),
        1 => Just(Kind::Infrastructure),
        1 => select(&Kind::ALL[..]),
    ];
    let sight = (mark(), prop::bool::weighted(0.15)).prop_map(|(tlp, draft)| Sight {
        tlp: tlp.unwrap_or_default(),
        draft,
    });
    let head = (
        kind,
        sight,
        select(TITLES),
        prop::option::of(select(WORDS)),
        prop::option::of(1990u16..2030),
        vec(select(TAGS), 0..3),
    );
    let parts = (
        vec((select(TITLES), mark(), any::<Index>()), 0..3),
        vec((0u32..99, mark(), any::<Index>()), 0..3),
        vec(
            (any::<Index>(), any::<Index>(), mark(), any::<Index>()),
            0..4,
        ),
        vec((1u8..28, mark(), any::<Index>()), 0..3),
        vec((1u8..28, mark()), 0..3),
        vec(block(), 0..7),
    );
    (head, parts).prop_map(
        |(
            (kind, sight, title, summary, date, tags),
            (aliases, fact, relations, steps, changes, blocks),
        )| Entry {
            kind,
            sight,
            title,
            summary,
            date,
            tags,
            aliases,
            fact,
            relations,
            steps,
            changes,
            blocks,
        },
    )
}

fn dossier() -> impl Strategy<Value = Vec<Entry>> {
    vec(entry(), 1..9)
}

/// Writes a dossier down: all of it, or what an audience may see.
struct Writer<'a> {
    entries: &'a [Entry],
    seen: &'a dyn Fn(Sight) -> bool,
    sources: Vec<usize>,
}

impl Writer<'_> {
    fn project(entries: &[Entry], seen: &dyn Fn(Sight) -> bool) -> Project {
        let sources = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.kind == Kind::Source)
            .map(|(at, _)| at)
            .collect();
        let writer = Writer {
            entries,
            seen,
            sources,
        };
        let shown = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| seen(entry.sight));
        shown.fold(Project::default(), |project, (at, entry)| {
            project.file(
                &format!("{}/{}.md", entry.kind.folder(), Self::slug(at)),
                &writer.file(entry),
            )
        })
    }

    fn slug(at: usize) -> String {
        format!("entry-{at}")
    }

    fn name(&self, at: usize) -> String {
        format!("{}/{}", self.entries[at].kind.folder(), Self::slug(at))
    }

    /// A source that everyone may see who sees the place that cites it.
    fn source(&self, pick: &Index, from: Sight) -> Option<String> {
        let known: Vec<usize> = self
            .sources
            .iter()
            .copied()
            .filter(|&at| from.covers(self.entries[at].sight))
            .collect();
        (!known.is_empty()).then(|| Self::slug(*pick.get(&known)))
    }

    fn cites(&self, pick: &Index, from: Sight) -> String {
        self.source(pick, from)
            .map_or_else(String::new, |source| format!(", sources: [{source}]"))
    }

    fn file(&self, entry: &Entry) -> String {
        let sight = entry.sight;
        let mut out = format!(
            "---\ntitle: \"{}\"\ntlp: {}\ndraft: {}\n",
            entry.title, sight.tlp, sight.draft
        );
        if entry.kind == Kind::Source {
            out.push_str("publisher: Somebody\ngrade: B2\n");
        }
        if let Some(summary) = entry.summary {
            let _ = writeln!(out, "summary: '{summary}'");
        }
        if let Some(date) = entry.date {
            let _ = writeln!(out, "date: {date}");
        }
        let _ = writeln!(out, "tags: [{}]", entry.tags.join(", "));
        let mut given = vec![entry.title];
        let mut aliases = String::new();
        for (name, tlp, source) in &entry.aliases {
            if given.contains(name) {
                continue;
            }
            given.push(name);
            let (tlp, own) = self.own(sight, *tlp);
            if (self.seen)(own) {
                let _ = writeln!(
                    aliases,
                    "  - {{ name: \"{name}\"{tlp}{} }}",
                    self.cites(source, own)
                );
            }
        }
        list(&mut out, "aliases", &aliases);
        self.facts(entry, &mut out);
        self.relations(entry, &mut out);
        self.steps(entry, &mut out);
        let mut changes = String::new();
        for (day, tlp) in &entry.changes {
            let (tlp, own) = self.own(sight, *tlp);
            if (self.seen)(own) {
                let _ = writeln!(
                    changes,
                    "  - {{ date: 2025-03-{day:02}, what: a change{tlp} }}"
                );
            }
        }
        list(&mut out, "changes", &changes);
        out.push_str("---\n");
        self.body(entry, &mut out);
        out
    }

    /// Relations of every verb that the kinds allow; a claim only where there is a source for it.
    fn relations(&self, entry: &Entry, out: &mut String) {
        let mut by_verb: BTreeMap<&str, String> = BTreeMap::new();
        for (verb, to, tlp, source) in &entry.relations {
            let to = to.index(self.entries.len());
            let (tlp, own) = self.own(entry.sight, *tlp);
            let target = &self.entries[to];
            let cites = self.cites(source, own);
            let allowed: Vec<Verb> = Verb::ALL
                .into_iter()
                .filter(|verb| verb.allowed_to(entry.kind).contains(&target.kind))
                .filter(|verb| !verb.is_claim() || !cites.is_empty())
                .collect();
            let verb = verb.get(&allowed).key();
            // What names two entries has the highest marking of both.
            let both = Sight {
                tlp: own.tlp.max(target.sight.tlp),
                draft: own.draft || target.sight.draft,
            };
            if (self.seen)(both) {
                let items = by_verb.entry(verb).or_default();
                let _ = writeln!(items, "  - {{ entry: {}{tlp}{cites} }}", self.name(to));
            }
        }
        for (verb, items) in by_verb {
            list(out, verb, &items);
        }
    }

    /// Events, legal steps or judgements, where the kind has any.
    fn steps(&self, entry: &Entry, out: &mut String) {
        let mut steps = String::new();
        let key = match entry.kind {
            Kind::Incident => "events",
            Kind::Person => {
                // A person tied to an act has a status.
                steps.push_str("  - { status: alleged, date: 1990 }\n");
                "legal"
            }
            Kind::Note => "judgements",
            _ => return,
        };
        for (day, tlp, source) in &entry.steps {
            let (tlp, own) = self.own(entry.sight, *tlp);
            let cites = self.cites(source, own);
            let said = match entry.kind {
                Kind::Incident if day % 2 == 0 => {
                    format!("date: 2016-02-{day:02}T20:36+06:00, what: a step <{day}>")
                }
                Kind::Incident => format!("date: 2016-02-{day:02}, what: a step <{day}>"),
                Kind::Person => format!("date: 2016-02-{day:02}, status: charged"),
                _ => format!("text: a judgement {day}, confidence: likely"),
            };
            if (self.seen)(own) {
                let _ = writeln!(steps, "  - {{ {said}{tlp}{cites} }}");
            }
        }
        list(out, key, &steps);
    }

    /// The marking of a part as it is written, never below its entry's, and who may see it.
    fn own(&self, entry: Sight, tlp: Option<Tlp>) -> (String, Sight) {
        let own = entry.raised(tlp);
        let written = if tlp.is_some() {
            format!(", tlp: {}", own.tlp)
        } else {
            String::new()
        };
        (written, own)
    }

    /// A fact of which the lowest version is chosen, so that it still is where others are withheld.
    fn facts(&self, entry: &Entry, out: &mut String) {
        let all: Vec<(u32, String, Sight, &Index)> = entry
            .fact
            .iter()
            .map(|(value, tlp, source)| {
                let (written, own) = self.own(entry.sight, *tlp);
                (*value, written, own, source)
            })
            .collect();
        let lowest = (0..all.len()).min_by_key(|&at| all[at].2.tlp);
        let seen = all
            .iter()
            .filter(|(_, _, own, _)| (self.seen)(*own))
            .count();
        let mut versions = String::new();
        for (at, (value, tlp, own, source)) in all.iter().enumerate() {
            // A version that stands alone in the end is not chosen from anything: `chosen` would be shown.
            let chosen = if Some(at) == lowest && all.len() > 1 {
                ", chosen: it is the lowest"
            } else {
                ""
            };
            if (self.seen)(*own) {
                let _ = writeln!(
                    versions,
                    "    - {{ value: {value} days{tlp}{chosen}{} }}",
                    self.cites(source, *own)
                );
            }
        }
        if seen > 0 {
            let _ = write!(out, "facts:\n  days_inside:\n{versions}");
        }
    }

    fn words(&self, words: &[Word], from: Sight, table: bool) -> String {
        // A mark alone in a paragraph would mark what follows.
        let mut out = String::from("Text ");
        for word in words {
            match word {
                Word::Plain(text) => out.push_str(text),
                Word::Link(to, bare) => {
                    let to = to.index(self.entries.len());
                    if !from.covers(self.entries[to].sight) {
                        out.push_str("nobody");
                    } else if *bare {
                        let _ = write!(out, "[[{}]]", self.name(to));
                    } else {
                        let bar = if table { "\\|" } else { "|" };
                        let _ = write!(out, "[[{}{bar}some words]]", self.name(to));
                    }
                }
                Word::Cite(to, place) => {
                    if let Some(source) = self.source(to, from) {
                        let place = if *place { ", p. 3" } else { "" };
                        let _ = write!(out, "[@{source}{place}]");
                    }
                }
            }
            out.push(' ');
        }
        out.trim_end().to_owned()
    }

    fn body(&self, entry: &Entry, out: &mut String) {
        // The marking of the open sections, by level.
        let mut sections: Vec<(u8, Tlp)> = Vec::new();
        for (number, block) in entry.blocks.iter().enumerate() {
            if let Form::Section(level) = block.form {
                sections.retain(|(open, _)| *open < level);
            }
            let around = sections
                .iter()
                .fold(entry.sight, |sight, (_, tlp)| sight.raised(Some(*tlp)));
            let own = around.raised(block.tlp);
            let marked = block.tlp.is_some();
            if let Form::Section(level) = block.form
                && marked
            {
                sections.push((level, own.tlp));
            }
            let inside = if matches!(block.form, Form::Section(_)) {
                own
            } else {
                around
            };
            let end = if (self.seen)(inside) {
                format!("The end of block {number}.\n\n")
            } else {
                String::new()
            };
            if !(self.seen)(own) {
                // The term and its open definition bear no mark.
                if matches!(block.form, Form::Definition) && (self.seen)(around) {
                    let _ = write!(out, "Term {number}\n: an open definition\n\n");
                }
                out.push_str(&end);
                continue;
            }
            let label = if marked {
                format!("({}) ", own.tlp.label())
            } else {
                String::new()
            };
            let alone = if marked {
                format!("({})\n\n", own.tlp.label())
            } else {
                String::new()
            };
            let fence = if marked {
                format!(" tlp={}", own.tlp)
            } else {
                String::new()
            };
            let words = self.words(&block.words, own, matches!(block.form, Form::Table));
            let written = match block.form {
                Form::Paragraph => format!("{label}{words}"),
                Form::Items => format!("- {label}{words}\n- {label}another item"),
                Form::Quote => format!("> {label}{words}"),
                Form::Alert => format!("> [!WARNING]\n> {label}{words}"),
                Form::Table => format!("{alone}| head | b |\n|---|--:|\n| {words} | c |"),
                Form::Code => format!("```python{fence}\nprint(\"<b>\")  # {number}\n```"),
                Form::Asked(query) => format!("```list{fence}\n{query}\n```"),
                Form::Drawn(drawn, of) => {
                    let of = of.index(self.entries.len());
                    let entry = &self.entries[of];
                    match own.covers(entry.sight) && entry.kind != Kind::Page {
                        true => format!("```{drawn} of={}{fence}\n```", self.name(of)),
                        false => format!("{label}Nothing is drawn."),
                    }
                }
                Form::Indicators => {
                    format!("```ioc{fence}\n10.0.0.{number}  # a note\nhost{number}.example\n```")
                }
                Form::Definition => {
                    format!("Term {number}\n: an open definition\n: {label}{words}")
                }
                Form::Section(level) => format!(
                    "{} {label}Heading {words}",
                    "#".repeat(usize::from(level) + 2)
                ),
                Form::Footnote => {
                    format!(
                        "{label}A text[^{number}] with a footnote.\n\n[^{number}]: {label}{words}"
                    )
                }
                Form::Html => {
                    format!("{label}<b>bold</b> <em onclick=\"x()\">{number}</em> {words}")
                }
            };
            let _ = write!(out, "{written}\n\n{end}");
        }
    }
}

fn list(out: &mut String, key: &str, items: &str) {
    if !items.is_empty() {
        let _ = write!(out, "{key}:\n{items}");
    }
}

fn site(project: &Project) -> Result<BTreeMap<String, Vec<u8>>, TestCaseError> {
    project.try_site().map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn a_dossier_that_keeps_to_the_contract_has_no_problems_and_a_sound_site(
        entries in dossier(),
        audience in select(&Tlp::ALL[..]),
        drafts in any::<bool>(),
    ) {
        let mut project = Writer::project(&entries, &|_| true).audience(audience);
        project.options.drafts = drafts;
        let mut run = project.run();
        // It is made of entries that lead to drafts.
        run.problems.retain(|problem| problem.code != Code::LeadsToDraft);
        prop_assert!(run.problems.is_empty(), "{}", project.report(&run.problems));
        let faults = html::faults(&site(&project)?, "https://example.org/t/");
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(entries in dossier(), turn in any::<Index>(), audience in select(&Tlp::ALL[..])) {
        let project = Writer::project(&entries, &|_| true).audience(audience);
        let once = site(&project)?;
        let mut other = Project { inputs: project.inputs.clone(), options: project.options.clone() };
        other.inputs.root = "/somewhere/else".into();
        let count = other.inputs.entries.len();
        other.inputs.entries.rotate_left(turn.index(count));
        other.inputs.entries.reverse();
        let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let again = single.install(|| site(&other))?;
        prop_assert!(once.keys().eq(again.keys()));
        for (path, bytes) in &once {
            prop_assert!(again.get(path) == Some(bytes), "{path} differs");
        }
    }

    #[test]
    fn what_is_withheld_has_no_influence(entries in dossier(), audience in select(&Tlp::ALL[..]), drafts in any::<bool>()) {
        let seen = |sight: Sight| sight.tlp <= audience && (drafts || !sight.draft);
        let build = |mut project: Project| {
            project.options.audience = audience;
            project.options.drafts = drafts;
            site(&project)
        };
        let complete = build(Writer::project(&entries, &|_| true))?;
        let reduced = build(Writer::project(&entries, &seen))?;
        let paths = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
        prop_assert_eq!(paths(&complete), paths(&reduced));
        for (path, bytes) in &complete {
            let other = reduced.get(path);
            prop_assert!(other == Some(bytes), "{path} for {audience}:\n{}", html::difference(Some(bytes), other));
        }
    }
}
