//! Nothing above the audience leaves a trace in any output.
//!
//! A dossier bears a unique canary word in every place that a marking can stand, once for each marking
//! (and once as a draft, and once for a later day). It is built for each audience, with and without
//! drafts, and every path and every byte is searched: what is above the audience is nowhere, what is
//! not is somewhere (so that the test can fail). And the site is, byte for byte, that of the dossier
//! from which the withheld things were deleted before it was built.

#[path = "canary/bundle.rs"]
mod bundle;

#[path = "canary/sentences.rs"]
mod sentences;

mod support;

use dossier::model::{Format, Kind, Tlp, statics};
use dossier::text::TextFile;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use support::{Project, html};

/// Why a part is perhaps not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Marked(Tlp),
    Draft,
    Later,
    /// Text that no page shows to anyone: comments, labels.
    Never,
}

const LEVELS: [Level; 7] = [
    Level::Marked(Tlp::Clear),
    Level::Marked(Tlp::Green),
    Level::Marked(Tlp::Amber),
    Level::Marked(Tlp::AmberStrict),
    Level::Marked(Tlp::Red),
    Level::Draft,
    Level::Later,
];

/// Who a site is for.
#[derive(Debug, Clone, Copy)]
struct Audience {
    tlp: Tlp,
    drafts: bool,
}

impl Audience {
    fn all() -> impl Iterator<Item = Audience> {
        Tlp::ALL
            .into_iter()
            .flat_map(|tlp| [false, true].map(|drafts| Audience { tlp, drafts }))
    }

    fn sees(self, level: Level) -> bool {
        match level {
            Level::Marked(tlp) => tlp <= self.tlp,
            Level::Draft | Level::Later => self.drafts,
            Level::Never => false,
        }
    }
}

/// Those of which a site has files, beside the exports that are asked for in all forms.
const EXPORTED: [Format; 3] = [Format::Json, Format::Stix, Format::CslJson];

/// A dossier with canaries, complete or without what an audience may not see.
struct Planter {
    /// Whose parts are written down; `None` for a complete dossier.
    only_for: Option<Audience>,
    /// Whether visible texts name withheld things, so that "withheld" stands in their place.
    naming: bool,
    words: BTreeMap<String, Level>,
    files: Vec<(String, String)>,
    attachments: Vec<String>,
    /// Files that are published as they are: path below the root, and text.
    fixed: Vec<(String, String)>,
}

/// A word that stands nowhere else and survives being made a slug, an id or an address.
fn word(place: &str, level: Level) -> String {
    let level = match level {
        Level::Marked(Tlp::AmberStrict) => "strict".to_owned(),
        Level::Marked(tlp) => tlp.name().to_owned(),
        other => format!("{other:?}").to_lowercase(),
    };
    format!("zq{place}j{level}qz")
}

impl Planter {
    /// The word of a place, remembered.
    fn w(&mut self, place: &str, level: Level) -> String {
        assert!(
            place.bytes().all(|byte| byte.is_ascii_lowercase()),
            "{place} must survive as it is"
        );
        let word = word(place, level);
        self.words.insert(word.clone(), level);
        word
    }

    fn writes(&self, level: Level) -> bool {
        self.only_for.is_none_or(|audience| audience.sees(level))
    }

    fn file(&mut self, path: impl Into<String>, text: String) {
        self.files.push((path.into(), text));
    }

    /// The parts of each marking, one after the other.
    fn parts(&mut self, mut part: impl FnMut(&mut Planter, Tlp, Level) -> String) -> String {
        let mut out = String::new();
        for tlp in Tlp::ALL {
            let level = Level::Marked(tlp);
            if self.writes(level) {
                out.push_str(&part(self, tlp, level));
            }
        }
        out
    }

    fn project(self) -> (Project, BTreeMap<String, Level>) {
        let project = self.files.into_iter().fold(
            Project::default().exporting(&EXPORTED, &EXPORTED),
            |project, (path, text)| project.file(&path, &text),
        );
        let mut project = self
            .attachments
            .iter()
            .fold(project, |project, path| project.attachment(path));
        for (path, text) in self.fixed {
            project = project.fixed(&path, text.as_bytes());
        }
        // `extra` is for templates: one that shows it.
        let own = "{% block status %}{% if entry.extra %}<p>{{ entry.extra.own }}</p>{% endif %}{% endblock status %}";
        let template = include_str!("../templates/note.html").to_owned() + own;
        project
            .inputs
            .theme
            .insert("note.html".to_owned(), template.as_bytes().into());
        (project, self.words)
    }
}

/// A file in every folder whose files are published as they are.
fn static_files(at: &mut Planter) {
    for (folder, tlp) in statics::FOLDERS {
        let level = Level::Marked(tlp);
        if !at.writes(level) {
            continue;
        }
        // Two folders are for one audience.
        let place = if folder.ends_with("-strict") {
            "otherstatic"
        } else {
            "static"
        };
        let word = at.w(place, level);
        let text = format!("{}: {word}", tlp.label());
        at.fixed.push((format!("{folder}/{word}/{word}.txt"), text));
    }
}

/// The whole dossier.
fn plant(only_for: Option<Audience>, naming: bool) -> (Project, BTreeMap<String, Level>) {
    let mut at = Planter {
        only_for,
        naming,
        words: BTreeMap::new(),
        files: Vec::new(),
        attachments: Vec::new(),
        fixed: Vec::new(),
    };
    static_files(&mut at);
    open_entries(&mut at);
    for level in LEVELS {
        if at.writes(level) {
            marked_entries(&mut at, level);
        }
    }
    host(&mut at);
    texts(&mut at);
    incident(&mut at);
    person(&mut at);
    judgements(&mut at);
    heads(&mut at);
    introductions(&mut at);
    sentences::plant(&mut at);
    if at.naming {
        namings(&mut at);
        sentences::name_withheld(&mut at);
    }
    at.project()
}

/// Entries that everyone may see, for the others to lead to.
fn open_entries(at: &mut Planter) {
    let never = at.w("yamlcomment", Level::Never);
    at.file(
        "malware/hoplight.md",
        format!("---\n# {never}\ntitle: Hoplight\ntags: [shared]\n---\n"),
    );
    at.file(
        "malware/contested.md",
        "---\ntitle: Contested\n---\n".to_owned(),
    );
    at.file("places/utopia.md", "---\ntitle: Utopia\n---\n".to_owned());
    at.file(
        "organisations/bureau.md",
        "---\ntitle: Bureau\n---\n".to_owned(),
    );
    at.file(
        "sources/open.md",
        "---\ntitle: An open source\npublisher: bureau\ndate: 2016\n---\n".to_owned(),
    );
    at.file("actors/cluster.md", "---\ntitle: Cluster\n---\n".to_owned());
}

/// An entry of every kind that is marked as a whole (or a draft, or for a later day).
fn marked_entries(at: &mut Planter, level: Level) {
    let marking = match level {
        Level::Marked(tlp) => format!("tlp: {tlp}"),
        Level::Draft => "draft: true".to_owned(),
        Level::Later => "publish: 2026-01-02".to_owned(),
        Level::Never => return,
    };
    for kind in Kind::ALL {
        let mut w = |place: &str| at.w(&format!("{place}{}", kind.name()), level);
        let (slug, title, folder, file) = (w("slug"), w("title"), w("folder"), w("attached"));
        let mut front = format!(
            "{marking}\ntitle: {title} and more\nsummary: {}\n",
            w("summary")
        );
        let _ = write!(
            front,
            "aliases:\n  - {{ name: {}, by: {}, sources: [open] }}\n",
            w("alias"),
            w("aliasby")
        );
        let _ = write!(
            front,
            "tags: [{}, Shared]\nrights: {}\nredirect_from: /former/{}/\n",
            w("tag"),
            w("rights"),
            w("former")
        );
        let _ = writeln!(front, "external_ids: {{ catalogue: {} }}", w("external"));
        let _ = writeln!(front, "facts: {{ {}: {} }}", w("factname"), w("factvalue"));
        let _ = writeln!(
            front,
            "changes: [{{ date: 2025-12-01, what: {} }}]",
            w("change")
        );
        let _ = write!(
            front,
            "related_to:\n  - {{ entry: hoplight, verb: {}, note: {}, sources: [open] }}\n",
            w("verb"),
            w("note")
        );
        let _ = writeln!(front, "  - {{ entry: actors/cluster }}");
        let own = match kind {
            Kind::Source => {
                let snapshot = w("snapshot");
                let text = format!(
                    "publisher: {} Press\nauthors: [{}]\nurl: https://example.org/{}\narchived: https://example.com/{}\n\
                     snapshot: {{ file: {snapshot}.txt, sha256: {}, publish: true }}\n",
                    w("publisher"),
                    w("author"),
                    w("url"),
                    w("archived"),
                    "0".repeat(64),
                );
                at.attachments
                    .push(format!("sources/snapshots/{snapshot}.txt"));
                text
            }
            Kind::Note => format!(
                "extra: {{ own: {} }}\nkey: true\njudgements: [{{ text: {} }}]\n",
                w("extra"),
                w("judgement")
            ),
            Kind::Incident => format!(
                "date: 2016\nattributed_to: [{{ entry: actors/cluster, sources: [open] }}]\n\
                 loss: {{ actual: {{ value: {{ text: {}, currency: USD }} }} }}\n\
                 events: [{{ date: 2016, what: {} }}]\n",
                w("loss"),
                w("event"),
            ),
            Kind::Person => format!(
                "nationality: {}\nlegal: [{{ status: alleged, by: {} Court }}]\n",
                w("nation"),
                w("court")
            ),
            Kind::Organisation => "country: utopia\nsector: energy\n".to_owned(),
            _ => String::new(),
        };
        let mut w = |place: &str| at.w(&format!("{place}{}", kind.name()), level);
        let body = format!(
            "The text {} of it is about [[hoplight]] and [[Cluster|{}]] [@open, {}].\n\n## {} heading\n\n![{}]({file}.svg)\n",
            w("text"),
            w("linkwords"),
            w("locator"),
            w("heading"),
            w("alt"),
        );
        at.attachments
            .push(format!("{}/{folder}/{file}.svg", kind.folder()));
        at.file(
            format!("{}/{folder}/{slug}.md", kind.folder()),
            format!("---\n{front}{own}---\n{body}"),
        );
    }
}

/// An open actor of which parts of the front matter are marked, and that leads to marked entries.
fn host(at: &mut Planter) {
    let aliases = at.parts(|at, tlp, level| {
        format!(
            "  - {{ name: {}, tlp: {tlp}, by: {} Labs, sources: [{{ source: open, at: {} }}] }}\n  \
             - {{ name: '{}|{}', tlp: {tlp} }}\n",
            at.w("hostalias", level),
            at.w("hostaliasby", level),
            at.w("hostaliasat", level),
            at.w("hostbarred", level),
            at.w("hostbehindbar", level)
        )
    });
    // A name that another entry has too: contested only for those who may see both.
    let contested = at.parts(|_, tlp, _| {
        if tlp == Tlp::Amber {
            "  - { name: Contested, tlp: amber }\n".to_owned()
        } else {
            String::new()
        }
    });
    let by = at.parts(|at, tlp, level| {
        let organisation = format!(", by: {}", word("slugorganisation", level));
        let name = at.w("plainname", Level::Marked(Tlp::Clear));
        let _ = tlp;
        format!(
            "  - {{ name: {name}{}{organisation} }}\n",
            tlp.name().replace('+', "")
        )
    });
    // Names that stay, whoever it is that uses them.
    let nameless = Tlp::ALL
        .into_iter()
        .filter(|&tlp| !at.writes(Level::Marked(tlp)))
        .map(|tlp| {
            let name = word("plainname", Level::Marked(Tlp::Clear));
            format!("  - {{ name: {name}{} }}\n", tlp.name().replace('+', ""))
        })
        .collect::<String>();
    at.w("plainname", Level::Marked(Tlp::Clear));
    let uses = at.parts(|at, tlp, level| {
        format!(
            "  - {{ entry: hoplight, tlp: {tlp}, note: {}, confidence: likely, sources: [{{ source: open, at: {} }}] }}\n",
            at.w("relationnote", level),
            at.w("relationat", level)
        )
    });
    let targets = at.parts(|at, _, level| {
        format!(
            "  - {{ entry: {}, note: {}, sources: [open] }}\n",
            word("slugorganisation", level),
            at.w("targetnote", level)
        )
    });
    let facts = at.parts(|at, tlp, level| {
        format!(
            "  {}: {{ value: {}, tlp: {tlp}, note: {}, sources: [open] }}\n",
            at.w("markedfact", level),
            at.w("markedvalue", level),
            at.w("markednote", level)
        )
    });
    let disputes = Tlp::ALL
        .into_iter()
        .filter(|&tlp| tlp > Tlp::Clear)
        .map(|tlp| {
            let level = Level::Marked(tlp);
            let dissent = if at.writes(level) {
                format!(
                    "\n    - {{ value: {}, tlp: {tlp}, chosen: {} }}",
                    at.w("dissent", level),
                    at.w("chosen", level)
                )
            } else {
                String::new()
            };
            format!(
                "  disputed{}:\n    - {{ value: an open value }}{dissent}\n",
                tlp.name().replace('+', "")
            )
        })
        .collect::<String>();
    let changes = at.parts(|at, tlp, level| {
        format!(
            "  - {{ date: 2025-11-01, what: {}, tlp: {tlp} }}\n",
            at.w("hostchange", level)
        )
    });
    // Changes later than those that all may see: the day of the last one must not show either.
    let late = at.parts(|_, tlp, _| {
        let day = tlp as u8 + 10;
        format!("  - {{ date: 2025-12-{day}, what: A later change, tlp: {tlp} }}\n")
    });
    at.file(
        "actors/host.md",
        format!(
            "---\ntitle: Host\naliases:\n{aliases}{contested}{by}{nameless}uses:\n{uses}targets:\n{targets}facts:\n{facts}{disputes}changes:\n{changes}{late}---\n"
        ),
    );
    let country = at.parts(|_, tlp, level| {
        if tlp == Tlp::Green {
            format!("country: {}\n", word("slugplace", level))
        } else {
            String::new()
        }
    });
    at.file(
        "organisations/ministry.md",
        format!("---\ntitle: Ministry\n{country}---\n"),
    );
    let derived = at.parts(|_, _, level| format!("  - {}\n", word("slugsource", level)));
    at.file(
        "sources/derived.md",
        format!("---\ntitle: A derived source\npublisher: bureau\nderived_from:\n  - open\n{derived}---\n"),
    );
}

/// An open note of which parts of the text are marked, in every form of a mark.
fn texts(at: &mut Planter) {
    let mut body = String::from("An open beginning [@open].\n\n");
    let mut add = |text: String| {
        body.push_str(&text);
        body.push('\n');
    };
    add(at.parts(|at, tlp, level| {
        format!(
            "({}) A paragraph {} on [[hoplight|{}]] [@open, {}]. And <b>{}</b> and `{}`.\n\n",
            tlp.label(),
            at.w("paragraph", level),
            at.w("paragraphlink", level),
            at.w("paragraphat", level),
            at.w("inlinehtml", level),
            at.w("inlinecode", level),
        )
    }));
    // Ids, words in angle brackets, bare addresses, bars in tables; `shared` is an id of all levels.
    add(at.parts(|at, tlp, level| {
        let (id, word, host) = (at.w("rawid", level), at.w("angle", level), at.w("bare", level));
        format!(
            "({}) <i id=\"{id}\">x</i> <a name=\"shared\"></a><a href=\"#{id}\">{word}</a> <{word} x> https://{host}.example/_a_ and [x](#{id}).\n\n",
            tlp.label(),
        )
    }));
    add("An open <i id=\"shared\">id</i> and [one](#shared) to it.\n\n".to_owned());
    add(at.parts(|at, tlp, level| {
        let (link, cell) = (at.w("tablelink", level), at.w("tablecell", level));
        format!(
            "({})\n\n| a | b |\n|---|---|\n| [[hoplight|{link}]] | {cell} |\n\n",
            tlp.label(),
        )
    }));
    add(at.parts(|at, tlp, level| {
        format!(
            "**({})** A bold mark {}, ==highlit {}==.\n\n",
            tlp.label(),
            at.w("bold", level),
            at.w("highlit", level)
        )
    }));
    let items =
        at.parts(|at, tlp, level| format!("- ({}) an item {}\n", tlp.label(), at.w("item", level)));
    add(format!(
        "- an open item\n{items}- another open item\n\n<!-- between two lists -->\n\n"
    ));
    // Lists of which all items are withheld leave no empty list.
    for tlp in Tlp::ALL {
        let (level, label) = (Level::Marked(tlp), tlp.label());
        let items = if at.writes(level) {
            let (one, two) = (at.w("wholelist", level), at.w("wholebullets", level));
            format!(
                "1. ({label}) {one}\n2. ({label}) and another\n\nBetween lists.\n\n- ({label}) {two}\n\n"
            )
        } else {
            "Between lists.\n\n".to_owned()
        };
        add(format!("{items}After lists.\n\n"));
    }
    let tasks = at.parts(|at, tlp, level| {
        format!("- [x] ({}) a task {}\n", tlp.label(), at.w("task", level))
    });
    add(format!("Tasks:\n\n- [ ] an open task\n{tasks}\n"));
    add(at.parts(|at, tlp, level| {
        format!(
            "> ({}) A quote {}.\n>\n> Its second paragraph {}.\n\n",
            tlp.label(),
            at.w("quote", level),
            at.w("quotemore", level)
        )
    }));
    add(at.parts(|at, tlp, level| {
        format!(
            "> [!WARNING]\n> ({}) An alert {}.\n\n",
            tlp.label(),
            at.w("alert", level)
        )
    }));
    add(at.parts(|at, tlp, level| {
        format!(
            "> [!danger]- ({}) A title {}\n> and the text {}.\n\n> [!info] A title {}\n> ({}) Its text {}.\n\n",
            tlp.label(),
            at.w("callouttitle", level),
            at.w("callouttext", level),
            at.w("titlebeforemark", level),
            tlp.label(),
            at.w("textbehindmark", level)
        )
    }));
    let seconds = at.parts(|at, tlp, level| {
        format!(
            ">\n> ({}) A second paragraph {}.\n",
            tlp.label(),
            at.w("calloutsecond", level)
        )
    });
    add(format!("> [!faq] An open title\n> Open text.\n{seconds}"));
    let definitions = at.parts(|at, tlp, level| {
        format!(
            ": ({}) a definition {}\n",
            tlp.label(),
            at.w("definition", level)
        )
    });
    add(format!("Term\n: an open definition\n{definitions}\n"));
    let marks = at.parts(|at, tlp, level| {
        let _ = at.w("footnote", level);
        format!("[^{}]", word_label(tlp))
    });
    add(format!(
        "A text with footnotes{marks} and an open one[^open].\n"
    ));
    add(at.parts(|at, tlp, level| {
        format!(
            "[^{}]: ({}) A footnote {}.\n",
            word_label(tlp),
            tlp.label(),
            at.w("footnote", level)
        )
    }));
    add("[^open]: An open footnote.\n".to_owned());
    add(at.parts(|at, tlp, level| {
        format!(
            "({})\n\n| head {} | b |\n|---|---|\n| cell {} [@open] | d |\n\n",
            tlp.label(),
            at.w("tablehead", level),
            at.w("tablecell", level)
        )
    }));
    add(at.parts(|at, tlp, level| {
        format!(
            "({})\n\n```python\n# {}\n```\n\n",
            tlp.label(),
            at.w("markedcode", level)
        )
    }));
    add(at.parts(|at, tlp, level| {
        format!(
            "```yara tlp={tlp}\nrule {} {{ condition: true }}\n```\n\n",
            at.w("fence", level)
        )
    }));
    add(at.parts(|at, tlp, level| {
        let file = at.w("blockfile", level);
        at.attachments.push(format!("notes/{file}.svg"));
        format!(
            "({})\n\n![{} in words]({file}.svg)\n\n",
            tlp.label(),
            at.w("blockalt", level)
        )
    }));
    add(at.parts(|at, tlp, level| {
        let file = at.w("linkedfile", level);
        at.attachments.push(format!("notes/{file}.pdf"));
        format!(
            "({}) The [file]({file}.pdf) and one that all may see: [open](open.pdf).\n\n",
            tlp.label()
        )
    }));
    at.attachments.push("notes/open.pdf".to_owned());
    add(at.parts(|at, tlp, level| {
        format!(
            "```ioc tlp={tlp}\n{}.example  # {}\n```\n\n",
            at.w("iocfence", level),
            at.w("iocfencenote", level)
        )
    }));
    let lines = at.parts(|at, tlp, level| {
        format!(
            "{}.example  # {} ({}) [@open, {}]\n",
            at.w("iocline", level),
            at.w("iocnote", level),
            tlp.label(),
            at.w("iocat", level)
        )
    });
    add(format!("```ioc\nopen.example\n{lines}```\n"));
    add(at.parts(|at, tlp, level| {
        format!(
            "## {} section {{#{} .{} tlp={tlp}}}\n\nIts text {} [@open].\n\n### {} within\n\n<div>{}</div>\n\n- {}\n\n",
            at.w("section", level),
            at.w("sectionid", level),
            at.w("sectionclass", level),
            at.w("sectiontext", level),
            at.w("subsection", level),
            at.w("sectionhtml", level),
            at.w("sectionitem", level),
        )
    }));
    add("## An open section\n\n### Same words\n\nOpen text [@open].\n\n".to_owned());
    add(at.parts(|at, tlp, level| {
        format!(
            "### ({}) Same words\n\nText {}.\n\n",
            tlp.label(),
            at.w("samewords", level)
        )
    }));
    add(
        "### Same words\n\nThe number of this heading depends on what stands before it.\n\n"
            .to_owned(),
    );
    structures(at, &mut body);
    shown(at);
    let mut add = |text: String| {
        body.push_str(&text);
        body.push('\n');
    };
    let never = [
        at.w("htmlcomment", Level::Never),
        at.w("reference", Level::Never),
    ];
    add(format!(
        "<!-- {} -->\n\n[{}]: https://example.org/\n",
        never[0], never[1]
    ));
    at.file("notes/texts.md", format!("---\ntitle: Texts\n---\n{body}"));
}

/// A text that shows others, and parts of them: each for those who may see it.
fn shown(at: &mut Planter) {
    let parts = at.parts(|at, tlp, level| {
        let (label, section) = (tlp.label(), word("section", level));
        let (of, words) = (word("slugactor", level), at.w("shownwords", level));
        format!(
            "({label}) ![[texts#{section} section]]\n\n({label}) {words}\n\n- ({label}) ![[{of}]]\n\n({label})\n\n> ![[{of}#{} heading]]\n\n({label})\n\n```graph of={of}\n```\n\n({label})\n\n```names of={of}\n```\n\n({label})\n\n```compare of=actors/cluster,{of}\n```\n\n",
            word("headingactor", level)
        )
    });
    let body = format!(
        "Open [@open].\n\n![[texts]]\n![[hoplight]]\n\n![[texts#An open section]]\n\n```graph of=hoplight depth=2\n```\n\n```names of=hoplight\n```\n\n```timeline\n```\n\n```losses\n```\n\n```map\n```\n\n```matrix\n```\n\n```compare of=actors/cluster,actors/host\n```\n\n```compare\n```\n\n{parts}![[texts#Same words]]\n\nOpen [@open].\n"
    );
    at.file("notes/shown.md", format!("---\ntitle: Shown\n---\n{body}"));
}

/// Marked parts on which the structure of what stands beside them could hang: where a list begins, how its
/// items are set, what merges, what is defined for the whole text.
fn structures(at: &mut Planter, body: &mut String) {
    let mut add = |text: String| {
        body.push_str(&text);
        body.push('\n');
    };
    let brackets = [
        ("[", "]"),
        ("【", "】"),
        ("（", "）"),
        ("⟦", "⟧"),
        ("「", "」"),
    ];
    add(at.parts(|at, tlp, level| {
        let (open, close) = brackets[tlp as usize];
        format!(
            "{open}{}{close} Other brackets {}.\n\n",
            tlp.label(),
            at.w("brackets", level)
        )
    }));
    for tlp in Tlp::ALL.into_iter().filter(|&tlp| tlp > Tlp::Clear) {
        let (level, label) = (Level::Marked(tlp), tlp.label());
        let part = |at: &mut Planter, text: &dyn Fn(&mut Planter) -> String| match at.writes(level)
        {
            true => text(at),
            false => String::new(),
        };
        // The first items are withheld: the list begins with the number of the list.
        let first = part(at, &|at| {
            format!("7. ({label}) {}\n", at.w("firstitem", level))
        });
        let number = if first.is_empty() { 7 } else { 8 };
        add(format!(
            "{first}{number}. an open item\n{}. another\n",
            number + 1
        ));
        add("Between lists.\n".to_owned());
        // Blank lines around a withheld item.
        let item = part(at, &|at| {
            format!("\n- ({label}) {}\n\n", at.w("looseitem", level))
        });
        add(format!("- tight\n- and tight\n{item}- still tight\n"));
        add("Between lists.\n".to_owned());
        let item = part(at, &|at| {
            format!("- ({label}) {}\n\n", at.w("looselist", level))
        });
        add(format!("- loose\n\n{item}- and loose\n"));
        add("Between lists.\n".to_owned());
        let more = part(at, &|at| {
            format!("\n  ({label}) {}\n", at.w("itemmore", level))
        });
        add(format!("- an item\n{more}- another\n"));
        add("Between lists.\n".to_owned());
        // What stands between two lists.
        let between = part(at, &|at| {
            format!("({label}) {}\n\n", at.w("betweenlists", level))
        });
        add(format!("- one\n\n{between}- two\n"));
        add("Between lists.\n".to_owned());
        marks_alone(at, &mut add, tlp);
        fences_between(at, &mut add, tlp);
        // Definitions of links within what is marked.
        let name = format!("rep{}", tlp.name().replace('+', ""));
        let quote = part(at, &|at| {
            format!(
                "> ({label}) A quote {}.\n>\n> [{name}]: https://example.org/{}\n\n",
                at.w("defining", level),
                at.w("defined", level)
            )
        });
        add(format!(
            "{quote}An open [{name}], defined within or nowhere.\n"
        ));
        // Footnotes within statements.
        let (sign, note) = (
            part(at, &|_| format!(" [^st{name}]")),
            part(at, &|at| {
                format!(
                    "[^st{name}]: ({label}) {}.\n\n",
                    at.w("statementnote", level)
                )
            }),
        );
        add(format!(
            "A statement [@open]{sign} [@derived], a word{sign} in it, **bold{sign}** and *slanted{sign}*, `code`{sign}, and its end{sign}.\n\n{note}"
        ));
        let item = part(at, &|_| format!("- [ ] [^st{name}]\n"));
        add(format!("Items:\n\n{item}- one of them\n"));
        // Definitions.
        let one = part(at, &|at| {
            format!(": ({label}) {}\n", at.w("onedefinition", level))
        });
        add(format!("A term\n{one}: and what it means\n"));
        // Raw HTML that blank lines divide.
        add(part(at, &|at| {
            format!(
                "({label})\n\n<div>\n\nInside {} of it.\n\n</div>\n\n",
                at.w("dividedhtml", level)
            )
        }));
        add("After it.\n".to_owned());
    }
    let comments = [
        at.w("percentcomment", Level::Never),
        at.w("percentblocks", Level::Never),
        at.w("htmlblocks", Level::Never),
    ];
    add(format!(
        "Seen %%{} and unseen%% again.\n\n%%\n{}\n\n- unseen\n%%\n\n<div>\n<!-- {}\n\nunseen -->\n</div>\n",
        comments[0], comments[1], comments[2]
    ));
}

/// Marked fences without blank lines around them: one takes their place, so that their neighbours stay apart.
fn fences_between(at: &mut Planter, add: &mut impl FnMut(String), tlp: Tlp) {
    let (level, name) = (Level::Marked(tlp), tlp.name().replace('+', ""));
    let neighbours = [
        ("fencerule", "Above\n", "---\nBelow\n"),
        ("fenceitem", "- above\n", "Below\n"),
        ("fencequote", "> Above\n", "Below\n"),
        ("fencequoted", "> Above\n", "> Below\n"),
        ("fencelist", "Above\n", "2. below\n"),
        ("fencecode", "Above\n", "    below\n"),
        ("fencerow", "| above |\n|---|\n", "| below |\n"),
        (
            "fencenote",
            "Above[^fe{name}]\n\n[^fe{name}]: A note.\n",
            "Below\n",
        ),
        (
            "fencelink",
            "[fe{name}]: https://open.example/\n",
            "\"Below\" [fe{name}]\n",
        ),
        (
            "fenceabovelink",
            "Above [fa{name}]\n",
            "[fa{name}]: https://open.example/\n",
        ),
    ];
    for (place, above, below) in neighbours {
        let fence = match at.writes(level) {
            true => format!("```x tlp={tlp}\n{}\n```\n", at.w(place, level)),
            false => "\n".to_owned(),
        };
        let quoted = |line: &str| format!("> {line}\n");
        let fence = match below.starts_with('>') {
            true => fence.lines().map(quoted).collect(),
            false => fence,
        };
        let text = format!("{above}{fence}{below}").replace("{name}", &name);
        add(format!("{text}\nBetween.\n"));
    }
}

/// Lower marks alone, each before a block that is withheld for a reason of its own: they go with it, and what
/// holds nothing else goes as well.
fn marks_alone(at: &mut Planter, add: &mut impl FnMut(String), tlp: Tlp) {
    let (level, label) = (Level::Marked(tlp), tlp.label());
    let lower = Tlp::ALL[tlp as usize - 1].label();
    let blocks = [
        ("alonelist", "({lower})\n\n- ({label}) {word}\n\n"),
        (
            "alonequote",
            "**({lower})**\n\n<!-- x -->\n\n> ({label}) {word}\n\n",
        ),
        ("aloneparagraph", "({lower})\n\n({label}) {word}\n\n"),
        (
            "alonefence",
            "({lower})\n\n```x tlp={name}\n{word}\n```\n\n",
        ),
        (
            "aloneline",
            "({lower})\n\n```ioc\n{word}.example ({label})\n```\n\n",
        ),
        ("aloneterm", "({lower})\n\nA term\n: ({label}) {word}\n\n"),
        ("alonesigns", "({lower}) &nbsp;\n\n- ({label}) {word}\n\n"),
        ("alonewithin", "> ({lower})\n>\n> ({label}) {word}\n\n"),
        ("alonedeep", "> - ({lower})\n>   - ({label}) {word}\n\n"),
        (
            "alonenote",
            "({lower})\n\n[^al{name}]: {word}\n\n({label}) A text[^al{name}].\n\n",
        ),
    ];
    for (place, block) in blocks {
        let block = match at.writes(level) {
            true => block
                .replace("{lower}", lower)
                .replace("{label}", label)
                .replace("{name}", tlp.name())
                .replace("{word}", &at.w(place, level)),
            false => String::new(),
        };
        add(format!("{block}After it.\n"));
    }
    let item = match at.writes(level) {
        true => format!("- ({lower})\n\n  ({label}) {}\n", at.w("aloneitem", level)),
        false => String::new(),
    };
    add(format!("{item}- an item\n"));
    let block = match at.writes(level) {
        true => format!(
            "({lower})\n\n> ({label}) {}\n\n",
            at.w("aloneheading", level)
        ),
        false => String::new(),
    };
    add(format!("Before it.\n\n{block}### On its own\n"));
}

/// The name of a footnote, which no page shows: footnotes are lettered.
fn word_label(tlp: Tlp) -> String {
    word("label", Level::Marked(tlp))
}

/// An open incident with marked events, facts and relations.
fn incident(at: &mut Planter) {
    let events = at.parts(|at, tlp, level| {
        format!("  - {{ date: 2016-02-0{}, what: {}, tlp: {tlp}, sources: [{{ source: open, at: {} }}] }}\n", tlp as u8 + 1, at.w("event", level), at.w("eventat", level))
    });
    // An open event in a marked place keeps its sentence and loses its place.
    let places = Tlp::ALL
        .into_iter()
        .map(|tlp| {
            let level = Level::Marked(tlp);
            let place = if at.writes(level) {
                format!(", place: {}", word("slugplace", level))
            } else {
                String::new()
            };
            format!("  - {{ date: 2016-03-01T20:36+06:00, what: An open event{place} }}\n")
        })
        .collect::<String>();
    let losses = at.parts(|at, tlp, level| {
        let chosen = if tlp == Tlp::Clear {
            ", chosen: it is the open one"
        } else {
            ""
        };
        format!(
            "    - {{ value: {{ text: {}, currency: USD }}, tlp: {tlp}, note: {}{chosen} }}\n",
            at.w("lossvalue", level),
            at.w("lossnote", level)
        )
    });
    let attributed = at.parts(|at, tlp, level| {
        format!(
            "  - {{ entry: actors/cluster, tlp: {tlp}, note: {}, sources: [open] }}\n",
            at.w("attribution", level)
        )
    });
    // A drawing of it holds no more years than its dates.
    let dates = at.parts(|at, tlp, level| {
        format!(
            "  - {{ value: 201{}-03, tlp: {tlp}, note: {} }}\n",
            4 - tlp as u8,
            at.w("datenote", level)
        )
    });
    at.file(
        "incidents/heist.md",
        format!("---\ntitle: Heist\ndates:\n  - {{ value: 2016-02, chosen: as most have it }}\n{dates}events:\n{events}{places}loss:\n  actual:\n{losses}attributed_to:\n{attributed}---\n"),
    );
}

/// An open person whose legal statuses are marked.
fn person(at: &mut Planter) {
    let legal = at.parts(|at, tlp, level| {
        let status = ["alleged", "charged", "convicted", "acquitted", "sanctioned"][tlp as usize];
        format!(
            "  - {{ status: {status}, date: 201{}, tlp: {tlp}, by: {} Court, sources: [open] }}\n",
            tlp as u8,
            at.w("legalby", level)
        )
    });
    let by = Tlp::ALL
        .into_iter()
        .map(|tlp| {
            let level = Level::Marked(tlp);
            let by = if at.writes(level) {
                format!(", by: {}", word("slugorganisation", level))
            } else {
                String::new()
            };
            format!("  - {{ status: alleged, date: 1990{by} }}\n")
        })
        .collect::<String>();
    at.file(
        "people/suspect.md",
        format!("---\ntitle: Suspect\nlegal:\n{legal}{by}---\n"),
    );
}

/// A note that the home page shows, with marked judgements.
fn judgements(at: &mut Planter) {
    let judgements = at.parts(|at, tlp, level| {
        format!(
            "  - {{ text: {}, confidence: likely, tlp: {tlp}, sources: [open] }}\n",
            at.w("keyjudgement", level)
        )
    });
    at.file(
        "notes/judgements.md",
        format!("---\ntitle: Judgements\nkey: true\njudgements:\n  - {{ text: An open judgement }}\n{judgements}---\n"),
    );
}

/// A mark as it stands at the head of a text, in another form for each marking.
fn head(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "(TLP:CLEAR) ",
        Tlp::Green => "**(TLP:GREEN)** ",
        Tlp::Amber => "【TLP:AMBER】",
        Tlp::AmberStrict => "（ＴＬＰ：AMBER＋STRICT） ",
        Tlp::Red => "[tlp:red] ",
    }
}

/// Open entries of every kind of which the texts of the front matter are marked at their heads.
fn heads(at: &mut Planter) {
    for kind in Kind::ALL {
        heads_of_values(at, kind);
        heads_of_lists(at, kind);
    }
}

/// Keys that hold one value: an entry for each marking.
fn heads_of_values(at: &mut Planter, kind: Kind) {
    for tlp in Tlp::ALL {
        let mut front = format!("title: A head {} of {}\n", tlp as u8, kind.name());
        let level = Level::Marked(tlp);
        let own = match kind {
            Kind::Actor => "sophistication",
            Kind::Vulnerability => "cvss",
            Kind::Person => "nationality",
            _ => "",
        };
        if at.writes(level) {
            let mut text = |place: &str| {
                let word = at.w(&format!("{place}{}", kind.name()), level);
                format!("'{}{word} and more'", head(tlp))
            };
            let _ = writeln!(front, "summary: {}", text("headsummary"));
            let _ = writeln!(front, "external_ids: {{ list: {} }}", text("headid"));
            if !own.is_empty() {
                let _ = writeln!(front, "{own}: {}", text("headown"));
            }
        }
        if kind == Kind::Source {
            front.push_str("publisher: bureau\n");
        }
        if kind == Kind::Incident {
            // The timeline of the cluster shows the summary.
            front.push_str(
                "date: 2016\nattributed_to: [{ entry: actors/cluster, sources: [open] }]\n",
            );
        }
        at.file(
            format!("{}/head-{}.md", kind.folder(), tlp as u8),
            format!("---\n{front}---\nIts text [@open].\n"),
        );
    }
}

/// Keys that hold several: one entry with one of each marking.
fn heads_of_lists(at: &mut Planter, kind: Kind) {
    let mut lists: Vec<(&str, String)> = Vec::new();
    let mut list = |at: &mut Planter, key: &'static str, place: &str, item: &str| {
        let items = at.parts(|at, tlp, level| {
            let word = at.w(&format!("{place}{}", kind.name()), level);
            let text = format!("'{}{word} and more'", head(tlp));
            let day = tlp as u8 + 1;
            format!(
                "  - {}\n",
                item.replace("TEXT", &text).replace("DAY", &day.to_string())
            )
        });
        lists.push((key, items));
    };
    list(at, "tags", "headtag", "TEXT");
    list(at, "authors", "headauthor", "TEXT");
    list(at, "rights", "headrights", "TEXT");
    list(at, "aliases", "headalias", "TEXT");
    list(at, "aliases", "headlong", "{ name: TEXT, sources: [open] }");
    list(at, "aliases", "headby", "{ name: Alias DAY, by: TEXT }");
    list(
        at,
        "changes",
        "headchange",
        "{ date: 2025-10-0DAY, what: TEXT }",
    );
    list(
        at,
        "related_to",
        "headnote",
        "{ entry: hoplight, note: TEXT, sources: [open] }",
    );
    list(
        at,
        "related_to",
        "headverb",
        "{ entry: hoplight, verb: TEXT, sources: [open] }",
    );
    match kind {
        Kind::Incident => list(
            at,
            "events",
            "headevent",
            "{ date: 2016-03-0DAY, what: TEXT, sources: [open] }",
        ),
        Kind::Malware | Kind::Tool => {
            list(at, "platforms", "headplatform", "TEXT");
            list(at, "types", "headtype", "TEXT");
        }
        Kind::Infrastructure => list(at, "types", "headtype", "TEXT"),
        Kind::Technique => list(at, "tactics", "headtactic", "TEXT"),
        Kind::Person => {
            list(
                at,
                "legal",
                "headcourt",
                "{ status: charged, date: 2016-03-0DAY, by: TEXT, sources: [open] }",
            );
            list(
                at,
                "member_of",
                "headrole",
                "{ entry: actors/cluster, role: TEXT, sources: [open] }",
            );
        }
        Kind::Note => list(
            at,
            "judgements",
            "headjudgement",
            "{ text: TEXT, sources: [open] }",
        ),
        _ => {}
    }
    let shared = at.parts(|_, tlp, _| match tlp {
        Tlp::Amber => format!("  - '{}Shared'\n  - open words\n", head(tlp)),
        Tlp::Red => format!("  - '{}open words'\n", head(tlp)),
        _ => String::new(),
    });
    lists.push(("tags", shared + "  - open words\n"));
    let facts = at.parts(|at, tlp, level| {
        let mut text = |place: &str| {
            let word = at.w(&format!("{place}{}", kind.name()), level);
            format!("'{}{word} and more'", head(tlp))
        };
        format!(
            "  headed{n}: {}\n  noted{n}: {{ value: 1, note: {}, sources: [open] }}\n",
            text("headvalue"),
            text("headremark"),
            n = tlp as u8
        )
    });
    let mut chosen = String::new();
    for tlp in Tlp::ALL {
        let level = Level::Marked(tlp);
        let _ = writeln!(chosen, "  chosen{}:\n    - {{ value: 0 }}", tlp as u8);
        if at.writes(level) {
            let word = at.w(&format!("headchosen{}", kind.name()), level);
            let _ = writeln!(
                chosen,
                "    - {{ value: 1, chosen: '{}{word}' }}",
                head(tlp)
            );
        }
    }
    lists.push(("facts", facts + &chosen));
    let mut front = format!("title: Heads of {}\n", kind.name());
    let mut last = "";
    lists.sort_by_key(|(key, _)| *key);
    for (key, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
        if *key != last {
            let _ = writeln!(front, "{key}:");
        }
        front.push_str(items);
        last = key;
    }
    match kind {
        Kind::Source => front.push_str("publisher: bureau\n"),
        Kind::Incident => {
            let losses = at.parts(|at, tlp, level| {
                let key = ["attempted", "recovered", "seized", "paid", ""][tlp as usize];
                let word = at.w("headloss", level);
                match key {
                    "" => String::new(),
                    key => format!(
                        "  {key}: {{ text: '{}{word} and more', currency: USD }}\n",
                        head(tlp)
                    ),
                }
            });
            at.words.remove(&word("headloss", Level::Marked(Tlp::Red)));
            let _ = write!(front, "date: 2016\nloss:\n{losses}");
        }
        _ => {}
    }
    at.file(
        format!("{}/heads.md", kind.folder()),
        format!("---\n{front}---\nIts text [@open].\n"),
    );
}

/// Introductions: parts of the home page's, and whole ones of index pages.
fn introductions(at: &mut Planter) {
    let text = at.parts(|at, tlp, level| {
        format!(
            "({}) At home {} about [[hoplight]] [@open, {}].\n\n",
            tlp.label(),
            at.w("hometext", level),
            at.w("homeat", level)
        )
    });
    at.file(
        "index.md",
        format!("---\ntitle: Home\n---\nAn open introduction.\n\n{text}"),
    );
    for (tlp, folder) in
        (Tlp::ALL.into_iter()).zip(["incidents", "people", "tools", "campaigns", "techniques"])
    {
        let level = Level::Marked(tlp);
        let mut front = "title: An open one\n".to_owned();
        if at.writes(level) {
            let summary = at.w("introheadsummary", level);
            let _ = writeln!(front, "summary: '{}{summary}'", head(tlp));
        }
        let text = format!("---\n{front}---\nAn open introduction.\n");
        at.file(format!("{folder}/index.md"), text);
    }
    for (tlp, folder) in Tlp::ALL
        .into_iter()
        .zip(["actors", "malware", "notes", "places", "sources"])
    {
        let level = Level::Marked(tlp);
        if at.writes(level) {
            let text = format!(
                "---\ntitle: {}\nsummary: {}\ntlp: {tlp}\n---\nAn introduction {} to [[hoplight]] [@open].\n",
                at.w("introtitle", level),
                at.w("introsummary", level),
                at.w("introtext", level)
            );
            at.file(format!("{folder}/index.md"), text);
        }
    }
}

/// Open texts that name what is withheld: what they name is replaced by "withheld".
fn namings(at: &mut Planter) {
    let mut body = String::new();
    let mut front = String::new();
    for level in LEVELS {
        let entry = |place: &str| word(place, level);
        let never_shown_above = [
            format!(
                "Bare [[{}]], by folder [[actors/{}]], by title [[{} and more]]",
                entry("slugactor"),
                entry("slugactor"),
                entry("titleactor")
            ),
            format!(
                "by alias [[{}]], to a heading [[{}#{} heading]]",
                entry("aliasactor"),
                entry("slugactor"),
                entry("headingactor")
            ),
            format!(
                "in words [[{}|open words]], by path [open words](../actors/{}/{}.md)",
                entry("slugactor"),
                entry("folderactor"),
                entry("slugactor")
            ),
            format!(
                "embedded ![[{}]], with a strong [**open words**](../notes/{}/{}.md)",
                entry("slugactor"),
                entry("foldernote"),
                entry("slugnote")
            ),
            format!(
                "cited [@{}, {}] and again [@open; @{}]",
                entry("slugsource"),
                at.w("namedat", level),
                entry("slugsource")
            ),
        ];
        let _ = write!(body, "{}.\n\n", never_shown_above.join(", "));
        let _ = write!(
            body,
            "## About [[{}]] and its [[{}|words]]\n\n",
            entry("slugtool"),
            entry("slugactor")
        );
        let _ = write!(
            body,
            "| a table | with |\n|---|---|\n| [[{}]] | [[{}\\|words]] [@{}] |\n\n",
            entry("slugplace"),
            entry("slugplace"),
            entry("slugsource")
        );
        let _ = writeln!(
            front,
            "  - {{ name: named{}, sources: [{{ source: {}, at: {} }}] }}",
            level_number(level),
            entry("slugsource"),
            at.w("namedaliasat", level)
        );
        let (actor, heading) = (entry("slugactor"), entry("headingactor"));
        let _ = write!(
            body,
            "```graph of=hoplight,{actor}\n```\n\n```names of={actor}\n```\n\n```timeline of={actor}\n```\n\n```compare of=actors/cluster,actors/host,{actor}\n```\n\n![[{actor}]]\n![[{actor}#{heading} heading]]\n\n![[{actor}|open words]]\n\n> ![[{actor}#{heading} heading|open words]]\n\n"
        );
        if let Level::Marked(_) = level {
            let _ = write!(
                body,
                "![[texts#{} section]]\n\n![[texts#{} section|words]]\n\n",
                entry("section"),
                entry("section"),
            );
            let _ = write!(
                body,
                "To marked parts [[texts#{} section]], [[texts#{}]], [[texts#{} section|words]], [words](texts.md#{}).\n\n",
                entry("section"),
                entry("sectionid"),
                entry("section"),
                entry("sectionid")
            );
            let _ = write!(
                body,
                "By a marked name [[{}]], [[{}|words]], [[{}|{}]].\n\n## Of [[{}|{}]]\n\n",
                entry("hostalias"),
                entry("hostalias"),
                entry("hostbarred"),
                entry("hostbehindbar"),
                entry("hostbarred"),
                entry("hostbehindbar")
            );
        }
    }
    let _ = writeln!(
        body,
        "To a heading that names [[#About {} and its words]].",
        word("slugtool", Level::Marked(Tlp::Red))
    );
    at.file(
        "notes/namings.md",
        format!(
            "---\ntitle: Namings\naliases:\n{front}sources: [{}, open]\n---\n{body}",
            word("slugsource", Level::Marked(Tlp::Red))
        ),
    );
    // Headings that name headings that name what is withheld.
    let mut further = String::new();
    for level in LEVELS {
        let slug = word("slugtool", level);
        let _ = write!(
            further,
            "## See [[namings#About {slug} and its words]] too\n\n\
             A text [[namings#About {slug} and its words]], [in words](namings.md#about-{slug}-and-its-words), \
             and [[#See namings#About {slug} and its words too]].\n\n"
        );
    }
    at.file(
        "notes/further.md",
        format!("---\ntitle: Further\n---\n{further}"),
    );
    for level in LEVELS {
        let publisher = format!(
            "---\ntitle: A source of a publisher {}\npublisher: {}\n---\n",
            level_number(level),
            word("slugorganisation", level)
        );
        at.file(
            format!("sources/published-{}.md", level_number(level)),
            publisher,
        );
    }
}

fn level_number(level: Level) -> usize {
    LEVELS.iter().position(|&other| other == level).unwrap_or(0)
}

/// Everything that a reader could get: paths and bytes, in the forms in which words could hide.
fn everything(site: &BTreeMap<String, Vec<u8>>) -> Vec<(&str, String)> {
    site.iter()
        .map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            // Its words share their beginnings.
            let text = match path.as_str() {
                "search/words.js" => apart(&text),
                "search/filters.js" => called(&text),
                path if path.starts_with("search/text-") => terms(&text),
                path if path.ends_with(".html") => unbroken(&text),
                // What stands in it is told beside it: a word may be broken by the end of a page.
                path if path.ends_with(".sqlite") => String::new(),
                _ => text.into_owned(),
            };
            let text = format!("{path}\n{text}").to_lowercase();
            let decoded = if text.contains('%') {
                html::percent_decode(&text)
            } else {
                String::new()
            };
            (path.as_str(), text + &decoded)
        })
        .collect()
}

/// What filters and their values are called, without the numbers of the pages.
fn called(text: &str) -> String {
    let start = text.find('[').expect("a list");
    let end = text.rfind(']').expect("its end");
    type Values = Vec<(String, String, String)>;
    let filters: Vec<(String, String, Values)> =
        serde_json::from_str(&text[start..=end]).expect("filters");
    let mut all = String::new();
    for (key, called, values) in filters {
        all += &format!("{key} {called}\n");
        for (value, called, _) in values {
            all += &format!("{value} {called}\n");
        }
    }
    all
}

/// The words of texts, one by one, without the numbers of the pages in which they stand.
fn terms(text: &str) -> String {
    let lines = text.split("\\n");
    let terms = lines.map(|line| line.split_once(' ').map_or(line, |(term, _)| term));
    terms.collect::<Vec<_>>().join("\n")
}

/// Words that share their beginnings, one by one: a capital says how much of the one before begins the next.
fn apart(text: &str) -> String {
    let list = text.rsplit('"').nth(1).expect("a string");
    let mut word = String::new();
    let mut all = String::new();
    for c in list.chars() {
        if c.is_ascii_uppercase() {
            all.push_str(&word);
            all.push('\n');
            word.truncate(usize::from(c as u8 - b'A'));
        } else {
            word.push(c);
        }
    }
    all + &word
}

/// The words of the dossier in a text.
/// A text in which the words of drawings that stand in several lines are whole again.
fn unbroken(text: &str) -> String {
    // A line of a link, and one of words that lead nowhere.
    let text = joined(text, "</text><text x=\"", "\">");
    joined(&text, "</text> <text x=\"", "\">")
}

/// A text without the breaks that begin and end so, and hold places.
fn joined(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let mut whole = parts.next().unwrap_or("").to_owned();
    for part in parts {
        match part.split_once(end) {
            Some((places, rest)) if !places.contains('<') => whole.push_str(rest),
            _ => {
                whole.push_str(begin);
                whole.push_str(part);
            }
        }
    }
    whole
}

fn words_in(text: &str) -> BTreeSet<&str> {
    text.match_indices("zq")
        .filter_map(|(at, _)| text[at..].find("qz").map(|end| &text[at..at + end + 2]))
        // What a drawing has no room for: the whole of it stands in a title before it.
        .filter(|word| !word.contains('…'))
        .collect()
}

fn built(project: &Project, audience: Audience) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut options = project.options.clone();
    options.audience = audience.tlp;
    options.drafts = audience.drafts;
    Project {
        inputs: project.inputs.clone(),
        options,
    }
    .try_site()
}

/// The same, with what is exported beside it.
fn built_and_exported(
    project: &Project,
    audience: Audience,
) -> Result<[BTreeMap<String, Vec<u8>>; 2], String> {
    let mut options = project.options.clone();
    options.audience = audience.tlp;
    options.drafts = audience.drafts;
    let project = Project {
        inputs: project.inputs.clone(),
        options,
    };
    let run = project.run();
    let exports = project.exports(&run);
    Ok([project.made(run)?, exports])
}

#[test]
fn nothing_above_the_audience_is_anywhere_and_all_else_is_somewhere() {
    let (project, words) = plant(None, true);
    let mut wrong = Vec::new();
    for audience in Audience::all() {
        let [site, exports] = match built_and_exported(&project, audience) {
            Ok(both) => both,
            Err(report) => panic!("{}", report.lines().take(30).collect::<Vec<_>>().join("\n")),
        };
        let mut pages = everything(&site);
        pages.extend(everything(&exports));
        let mut seen = BTreeSet::new();
        for (path, text) in &pages {
            for found in words_in(text) {
                seen.insert(found);
                match words.get(found) {
                    Some(&level) if audience.sees(level) => {}
                    Some(_) => wrong.push(format!("{audience:?}: `{found}` is in {path}")),
                    None => {
                        wrong.push(format!("{audience:?}: `{found}` in {path} was not planted"))
                    }
                }
            }
        }
        for (word, &level) in &words {
            if audience.sees(level) && !seen.contains(word.as_str()) {
                wrong.push(format!("{audience:?}: `{word}` is nowhere"));
            }
        }
        wrong.extend(
            html::faults(&site, &project.config().base_url)
                .into_iter()
                .map(|fault| format!("{audience:?}: {fault}")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(80)].join("\n")
    );
}

/// Not only the pages: nothing behind the door holds a word of what is withheld, so that no template,
/// no feed and no later stage could show it.
#[test]
fn what_is_released_holds_no_word_of_what_is_withheld() {
    let (project, mut words) = plant(None, true);
    words.extend(Tlp::ALL.map(|tlp| (word_label(tlp), Level::Marked(tlp))));
    let markings = project.config().markings();
    let parsed = dossier::parse::all(&project.inputs.entries, &markings, Default::default());
    let resolved =
        dossier::resolve::resolve(&parsed.files, &project.inputs.files, HashSet::new(), None);
    for audience in Audience::all() {
        let door = dossier::release::Audience {
            tlp: audience.tlp,
            drafts: audience.drafts,
            today: project.options.today,
        };
        let release = dossier::release::release(&resolved.dossier, door, None).release;
        let statics = dossier::release::statics(project.inputs.statics.keys(), door);
        let held = format!("{release:?} {statics:?}").to_lowercase();
        let held = words_in(&held);
        let leaked: Vec<_> = held
            .iter()
            .filter(|word| !audience.sees(words[**word]))
            .collect();
        assert!(leaked.is_empty(), "{audience:?}: {leaked:?}");
        let lost = words
            .iter()
            .filter(|(word, level)| audience.sees(**level) && !held.contains(word.as_str()));
        assert_eq!(lost.count(), 0, "{audience:?}: what may be seen is there");
    }
}

#[test]
fn a_page_is_labelled_at_least_as_high_as_what_it_shows() {
    let (project, words) = plant(None, true);
    let mut wrong = Vec::new();
    let mut labels = BTreeSet::new();
    for tlp in Tlp::ALL {
        let site =
            built(&project, Audience { tlp, drafts: false }).expect("the dossier has no errors");
        for (path, text) in everything(&site)
            .iter()
            .filter(|(path, _)| path.ends_with(".html") && !path.starts_with("taxii2/"))
        {
            let strip = text.split_once("strip-head\"").map_or("", |(_, rest)| rest);
            let label = Tlp::ALL.into_iter().rev().find(|tlp| {
                let label = format!(">{}<", tlp.label().to_lowercase());
                strip
                    .get(..400.min(strip.len()))
                    .is_some_and(|strip| strip.contains(&label))
            });
            let label = label.unwrap_or(Tlp::Clear);
            labels.insert(label);
            let shown = words_in(text)
                .into_iter()
                .filter_map(|found| match words.get(found) {
                    Some(&Level::Marked(tlp)) => Some((tlp, found)),
                    _ => None,
                });
            if let Some((highest, found)) = shown.max()
                && highest > label
            {
                wrong.push(format!(
                    "for {tlp}: {path} is labelled {} and shows `{found}`",
                    label.label()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
    assert_eq!(
        labels.len(),
        Tlp::ALL.len(),
        "every label is found: {labels:?}"
    );
}

fn all([mut site, exports]: [BTreeMap<String, Vec<u8>>; 2]) -> BTreeMap<String, Vec<u8>> {
    site.extend(exports);
    site
}

/// What is exported bears a marking at least as high as what it shows, and of what entries say most is exported.
#[test]
fn what_is_exported_is_marked_at_least_as_high_as_what_it_shows() {
    let (project, words) = plant(None, true);
    let level = |word: &str| match words.get(word) {
        Some(&Level::Marked(tlp)) => tlp,
        _ => Tlp::Clear,
    };
    let highest = |text: &str| {
        let text = text.to_lowercase();
        let words = words_in(&text).into_iter();
        words
            .map(|word| (level(word), word.to_owned()))
            .max()
            .unwrap_or_default()
    };
    let mut wrong = Vec::new();
    for tlp in Tlp::ALL {
        let audience = Audience { tlp, drafts: false };
        let [_, exports] = built_and_exported(&project, audience).expect("no errors");
        let bytes = &exports["export.json"];
        let export: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        let mut check = |what: &str, of: &serde_json::Value, text: String| {
            let label = of["tlp"].as_str().and_then(Tlp::from_name);
            let (shown, word) = highest(&text);
            if label.expect("a marking") < shown {
                wrong.push(format!("{tlp}: {what} {} shows {word}", of["id"]));
            }
        };
        check("the export", &export, export.to_string());
        for entry in export["entries"].as_array().expect("a list") {
            check("entry", entry, entry.to_string());
            for said in entry["statements"].as_array().expect("a list") {
                // Sources bear their own marking beside them.
                let mut alone = said.clone();
                alone["sources"] = serde_json::Value::Null;
                check("statement", said, alone.to_string());
            }
        }
        for (path, bytes) in exports.iter().filter(|(path, _)| is_event(path)) {
            let event: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
            let event = &event["Event"];
            let parts = event["Attribute"].as_array().into_iter().flatten();
            for part in [event].into_iter().chain(parts) {
                let label = part["Tag"][0]["name"].as_str();
                let label = label.and_then(|it| Tlp::from_name(it.strip_prefix("tlp:")?));
                let (shown, word) = highest(&part.to_string());
                if label.expect("a marking") < shown {
                    wrong.push(format!("{tlp}: {path} shows {word}"));
                }
            }
        }
        let bytes = &exports["export.misp-galaxy.json"];
        let galaxy: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        for cluster in galaxy["values"].as_array().expect("a list") {
            let label = cluster["meta"]["tlp"].as_str();
            let label = label.and_then(|it| Tlp::from_name(it.strip_prefix("tlp:")?));
            let (shown, word) = highest(&cluster.to_string());
            if label.expect("a marking") < shown {
                wrong.push(format!("{tlp}: a cluster shows {word}"));
            }
        }
        #[cfg(feature = "sqlite")]
        for (table, row, label) in of_tables(&exports["export.sqlite"]) {
            let (shown, word) = highest(&row);
            if label < shown {
                wrong.push(format!("{tlp}: a row of {table} shows {word}"));
            }
        }
        if tlp == Tlp::Red {
            let text = export.to_string().to_lowercase();
            let told = words_in(&text).len();
            assert!(told * 10 > words.len() * 5, "{told} of {}", words.len());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a file is an event of a feed.
fn is_event(path: &str) -> bool {
    let name = path.strip_prefix("export-misp-feed/");
    name.is_some_and(|name| name.ends_with(".json") && name != "manifest.json")
}

/// The rows of a database, each with its marking.
#[cfg(feature = "sqlite")]
fn of_tables(bytes: &[u8]) -> Vec<(String, String, Tlp)> {
    use support::database::{opened, rows};
    let database = opened(bytes);
    let marked = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%tlp TEXT%'";
    let mut found = Vec::new();
    for table in rows(&database, marked) {
        let all = rows(&database, &format!("SELECT tlp, * FROM {table}"));
        found.extend(all.into_iter().map(|row| {
            let label = row.split('\t').next().and_then(Tlp::from_name);
            (table.clone(), row, label.expect("a marking"))
        }));
    }
    assert!(found.len() > 500, "{}", found.len());
    found
}

#[test]
fn a_site_is_that_of_the_dossier_without_what_is_withheld() {
    let (complete, _) = plant(None, false);
    let mut wrong = Vec::new();
    for audience in Audience::all() {
        let (reduced, words) = plant(Some(audience), false);
        assert!(
            words
                .values()
                .all(|&level| audience.sees(level) || level == Level::Never)
        );
        let (from_complete, from_reduced) = match (
            built_and_exported(&complete, audience),
            built_and_exported(&reduced, audience),
        ) {
            (Ok(one), Ok(other)) => (all(one), all(other)),
            (Err(report), _) | (_, Err(report)) => {
                panic!(
                    "{audience:?}:\n{}",
                    report.lines().take(30).collect::<Vec<_>>().join("\n")
                )
            }
        };
        let paths: BTreeSet<&String> = from_complete.keys().chain(from_reduced.keys()).collect();
        for path in paths {
            let (one, other) = (from_complete.get(path), from_reduced.get(path));
            if one != other {
                wrong.push(format!(
                    "{audience:?}: {path}\n{}",
                    html::difference(one, other)
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    );
}

/// Files of a dossier in which one thing alone is RED, and bears the word `zqsecretqz`.
const ONE_RED_THING: &[(&str, &[(&str, &str)])] = &[
    (
        "an entry",
        &[("actors/a.md", "title: zqsecretqz\ntlp: red")],
    ),
    (
        "an alias",
        &[(
            "actors/a.md",
            "title: A\naliases: [{ name: zqsecretqz, tlp: red }]",
        )],
    ),
    (
        "who uses an alias",
        &[
            ("actors/a.md", "title: A\naliases: [{ name: B, by: o }]"),
            ("organisations/o.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "who uses a contested name",
        &[
            ("actors/a.md", "title: A\naliases: [{ name: B, by: o }]"),
            ("actors/b.md", "title: B"),
            ("organisations/o.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "a contested name",
        &[
            (
                "actors/a.md",
                "title: A\naliases: [{ name: zqsecretqz, tlp: red }]",
            ),
            (
                "actors/b.md",
                "title: B\naliases: [{ name: zqsecretqz, tlp: red }]",
            ),
        ],
    ),
    (
        "a publisher",
        &[
            ("sources/s.md", "title: S\npublisher: o"),
            ("actors/a.md", "title: A\nsources: [s]"),
            ("organisations/o.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "what a source derives from",
        &[
            ("sources/s.md", "title: S\npublisher: P\nderived_from: t"),
            ("sources/t.md", "title: T\npublisher: zqsecretqz\ntlp: red"),
            ("actors/a.md", "title: A\nsources: [s]"),
        ],
    ),
    (
        "a country",
        &[
            ("organisations/o.md", "title: O\ncountry: p"),
            ("places/p.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "an entry on the pages of its country and of its marking",
        &[
            (
                "organisations/o.md",
                "title: zqsecretqz\ntlp: red\ncountry: p",
            ),
            ("organisations/q.md", "title: Q\ncountry: p"),
            ("places/p.md", "title: P"),
        ],
    ),
    (
        "an entry on the page of its sector, and one that is alone on it",
        &[
            (
                "organisations/o.md",
                "title: zqsecretqz\ntlp: red\nsector: [energy, water]",
            ),
            ("organisations/q.md", "title: Q\nsector: energy"),
        ],
    ),
    (
        "a country of which there is but one entry",
        &[
            (
                "organisations/o.md",
                "title: O\ntlp: red\ncountry: zqsecretqz",
            ),
            ("organisations/q.md", "title: Q\ncountry: p"),
            ("places/p.md", "title: P"),
            ("places/zqsecretqz.md", "title: A place\ntlp: red"),
        ],
    ),
    (
        "the place of an event",
        &[
            (
                "incidents/i.md",
                "title: I\nevents: [{ date: 2016, what: It, place: p }]",
            ),
            ("places/p.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "an event that a source's page quotes",
        &[
            (
                "incidents/i.md",
                "title: I\nevents: [{ date: 2016, what: zqsecretqz, sources: [s], tlp: red }]",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "the court of a legal status",
        &[
            (
                "people/p.md",
                "title: P\nlegal: [{ status: charged, by: o }]",
            ),
            ("organisations/o.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "a fact that a source's page quotes",
        &[
            (
                "actors/a.md",
                "title: A\nfacts: { f: { value: zqsecretqz, sources: [s], tlp: red } }",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a loss that an index and a timeline show",
        &[
            (
                "incidents/i.md",
                "title: I\nloss: { actual: { value: { text: zqsecretqz, currency: USD }, tlp: red } }\nattributed_to: [{ entry: a, sources: [s] }]",
            ),
            ("actors/a.md", "title: A"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a relation",
        &[
            (
                "actors/a.md",
                "title: A\nrelated_to: [{ entry: b, note: zqsecretqz, tlp: red }]",
            ),
            ("actors/b.md", "title: B"),
        ],
    ),
    (
        "a role, on both pages",
        &[
            (
                "people/p.md",
                "title: P\nlegal: alleged\nemployed_by: [{ entry: o, role: (TLP:RED) zqsecretqz, sources: [s] }]",
            ),
            ("organisations/o.md", "title: O"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "numbers of a writer's own",
        &[
            (
                "notes/n.md",
                "title: N\n---\n```csv chart=bar source=s\nYear, Sum\n2015, 7\n```\n\n\
                 ```csv chart=line source=s title=\"Of zqsecretqz\" tlp=red\nYear, Sum\nzqsecretqz, 7\n```\n",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a way that money took, on both pages and drawn",
        &[
            (
                "incidents/i.md",
                "title: I\nrouted_through: [{ entry: o, amount: 5m USD, sources: [s] }, { entry: p, from: o, amount: 3m USD, sources: [s] }, \
                 { entry: p, from: o, amount: { text: zqsecretqz, currency: USD }, tlp: red, sources: [s] }]",
            ),
            ("organisations/o.md", "title: O"),
            ("organisations/p.md", "title: P"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "money that came from whom nobody may see",
        &[
            (
                "incidents/i.md",
                "title: I\nrouted_through: [{ entry: o, amount: 5m USD, sources: [s] }, { entry: p, amount: 4m USD, sources: [s] }, \
                 { entry: p, from: hidden, amount: 3m USD, note: zqsecretqz, sources: [s] }]",
            ),
            ("organisations/o.md", "title: O"),
            ("organisations/p.md", "title: P"),
            ("organisations/hidden.md", "title: zqsecretqz\ntlp: red"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "the remark of a count",
        &[(
            "incidents/i.md",
            "title: I\naffected: { people: { value: about 12k, note: zqsecretqz, tlp: red } }",
        )],
    ),
    (
        "why a publisher is held reliable",
        &[
            (
                "organisations/o.md",
                "title: O\nreliability: { value: B, note: zqsecretqz, tlp: red }",
            ),
            ("sources/s.md", "title: S\npublisher: o\ngrade: 2"),
        ],
    ),
    (
        "a tactic of a technique that is used",
        &[
            (
                "actors/a.md",
                "title: A\nuses: [{ entry: t, sources: [s] }]",
            ),
            (
                "techniques/t.md",
                "title: T\ntactics: [(TLP:RED) zqsecretqz]",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "the id of a technique that is used",
        &[
            (
                "actors/a.md",
                "title: A\nuses: [{ entry: t, sources: [s] }]",
            ),
            (
                "techniques/t.md",
                "title: T\nexternal_ids: { attack: (TLP:RED) zqsecretqz }",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "the other end of a relation",
        &[
            ("actors/a.md", "title: A\nrelated_to: b"),
            ("actors/b.md", "title: zqsecretqz\ntlp: red"),
            ("actors/c.md", "title: C"),
        ],
    ),
    (
        "a connection in the page of a tag",
        &[
            ("actors/a.md", "title: A\ntags: [t]\nrelated_to: notes/b"),
            ("notes/b.md", "title: zqsecretqz\ntlp: red"),
        ],
    ),
    (
        "a relation that a source's page quotes",
        &[
            (
                "actors/a.md",
                "title: A\nrelated_to: [{ entry: b, sources: [s] }]",
            ),
            ("actors/b.md", "title: zqsecretqz\ntlp: red"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a key judgement",
        &[(
            "notes/n.md",
            "title: N\nkey: true\njudgements: [{ text: zqsecretqz, tlp: red }]",
        )],
    ),
    (
        "a note of key judgements",
        &[(
            "notes/n.md",
            "title: N\ntlp: red\nkey: true\njudgements: [{ text: zqsecretqz }]",
        )],
    ),
    (
        "a change",
        &[(
            "actors/a.md",
            "title: A\nchanges: [{ date: 2025-12-01, what: zqsecretqz, tlp: red }]",
        )],
    ),
    (
        "a paragraph",
        &[("actors/a.md", "title: A\n---\n(TLP:RED) A text zqsecretqz.")],
    ),
    (
        "a paragraph that other pages quote",
        &[
            (
                "actors/a.md",
                "title: A\n---\n(TLP:RED) A text zqsecretqz on [[b]] [@s].",
            ),
            ("actors/b.md", "title: B"),
            ("actors/c.md", "title: C"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "the words of a link in a sentence that others quote",
        &[
            (
                "actors/a.md",
                "title: A\n---\nIt is [[d]] and [[b|others]] [@s].",
            ),
            ("actors/b.md", "title: B"),
            ("actors/d.md", "title: zqsecretqz\ntlp: red"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a line of indicators",
        &[(
            "malware/m.md",
            "title: M\n---\n```ioc\nopen.example\nzqsecretqz.example (TLP:RED)\n```",
        )],
    ),
    (
        "a cited source",
        &[
            ("actors/a.md", "title: A\n---\nIt is so [@s]."),
            ("sources/s.md", "title: zqsecretqz\npublisher: P\ntlp: red"),
        ],
    ),
    (
        "the introduction of an index",
        &[
            (
                "actors/index.md",
                "title: Actors\ntlp: red\n---\nOf zqsecretqz [@s].",
            ),
            ("actors/a.md", "title: A"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "the introduction of the home page",
        &[
            (
                "index.md",
                "title: Home\ntlp: red\n---\nOf zqsecretqz [@s].",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a tag",
        &[("actors/a.md", "title: A\ntlp: red\ntags: [zqsecretqz]")],
    ),
    (
        "a summary in an index, in the page of a tag and on the home page",
        &[(
            "actors/a.md",
            "title: A\nsummary: (TLP:RED) Of zqsecretqz.\ntags: [t]\nupdated: 2025-12-01",
        )],
    ),
    (
        "a summary in a timeline",
        &[
            (
                "incidents/i.md",
                "title: I\nsummary: (TLP:RED) Of zqsecretqz.\nattributed_to: [{ entry: a, sources: [s] }]",
            ),
            ("actors/a.md", "title: A"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a summary beside a contested name",
        &[
            (
                "actors/a.md",
                "title: A\naliases: [B]\nsummary: (TLP:RED) Of zqsecretqz.",
            ),
            ("actors/b.md", "title: B"),
        ],
    ),
    (
        "a tag with a mark",
        &[
            ("actors/a.md", "title: A\ntags: ['(TLP:RED) zqsecretqz', t]"),
            ("actors/b.md", "title: B\ntags: [t]"),
        ],
    ),
    (
        "a page that bears a tag with a mark",
        &[
            (
                "actors/a.md",
                "title: A\ntags: [(TLP:RED) zqsecretqz]\nrelated_to: notes/b",
            ),
            ("notes/b.md", "title: B"),
        ],
    ),
    (
        "an author with a mark",
        &[
            (
                "sources/s.md",
                "title: S\npublisher: P\nauthors: (TLP:RED) zqsecretqz",
            ),
            ("actors/a.md", "title: A\nsources: [s]"),
        ],
    ),
    (
        "an external id with a mark",
        &[(
            "actors/a.md",
            "title: A\nexternal_ids: { x: (TLP:RED) zqsecretqz }",
        )],
    ),
    (
        "a sophistication with a mark",
        &[(
            "actors/a.md",
            "title: A\nsophistication: (TLP:RED) zqsecretqz",
        )],
    ),
    (
        "a nationality with a mark",
        &[("people/p.md", "title: P\nnationality: (TLP:RED) zqsecretqz")],
    ),
    (
        "a score with a mark",
        &[(
            "vulnerabilities/v.md",
            "title: V\ncvss: (TLP:RED) zqsecretqz",
        )],
    ),
    (
        "a tactic with a mark",
        &[(
            "techniques/t.md",
            "title: T\ntactics: [x, (TLP:RED) zqsecretqz]",
        )],
    ),
    (
        "a platform with a mark",
        &[(
            "tools/t.md",
            "title: T\nplatforms: [x, (TLP:RED) zqsecretqz]",
        )],
    ),
    (
        "a type with a mark",
        &[("malware/m.md", "title: M\ntypes: (TLP:RED) zqsecretqz")],
    ),
    (
        "an alias with a mark",
        &[("actors/a.md", "title: A\naliases: (TLP:RED) zqsecretqz")],
    ),
    (
        "a contested name with a mark",
        &[
            ("actors/a.md", "title: A\naliases: (TLP:RED) zqsecretqz"),
            ("actors/b.md", "title: B\naliases: (TLP:RED) zqsecretqz"),
        ],
    ),
    (
        "an event with a mark that a source's page quotes",
        &[
            (
                "incidents/i.md",
                "title: I\nevents: [{ date: 2016, what: (TLP:RED) zqsecretqz, sources: [s] }]",
            ),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a loss with a mark",
        &[
            (
                "incidents/i.md",
                "title: I\nloss: { actual: { text: (TLP:RED) zqsecretqz, currency: USD } }\nattributed_to: [{ entry: a, sources: [s] }]",
            ),
            ("actors/a.md", "title: A"),
            ("sources/s.md", "title: S\npublisher: P"),
        ],
    ),
    (
        "a key judgement with a mark",
        &[(
            "notes/n.md",
            "title: N\nkey: true\njudgements: [{ text: (TLP:RED) zqsecretqz }]",
        )],
    ),
    (
        "a change with a mark",
        &[(
            "actors/a.md",
            "title: A\nchanges: [{ date: 2025-12-01, what: (TLP:RED) zqsecretqz }]",
        )],
    ),
    (
        "the summary of an index",
        &[
            (
                "actors/index.md",
                "title: Actors\nsummary: (TLP:RED) Of zqsecretqz.",
            ),
            ("actors/a.md", "title: A"),
        ],
    ),
    (
        "the summary of the home page",
        &[
            ("index.md", "title: Home\nsummary: (TLP:RED) Of zqsecretqz."),
            ("actors/a.md", "title: A"),
        ],
    ),
    (
        "a part of what another shows",
        &[
            (
                "actors/a.md",
                "title: A\n---\n## Part\n\n(TLP:RED) Of zqsecretqz.",
            ),
            ("notes/n.md", "title: N\n---\n![[a#Part]]"),
        ],
    ),
    (
        "a section within what is marked, which another shows",
        &[
            (
                "actors/a.md",
                "title: A\n---\n# All {tlp=red}\n\n## Part\n\nOf zqsecretqz.",
            ),
            ("notes/n.md", "title: N\n---\n![[a#Part]]"),
        ],
    ),
    (
        "a footnote of what another shows",
        &[
            (
                "actors/a.md",
                "title: A\n---\n## Part\n\nSo[^1].\n\n## Notes {tlp=red}\n\n[^1]: Of zqsecretqz.",
            ),
            ("notes/n.md", "title: N\n---\n![[a#Part]]"),
        ],
    ),
    (
        "an indicator of what another shows",
        &[
            (
                "actors/a.md",
                "title: A\n---\n## Part\n\n```ioc\nopen.example\nred.example # zqsecretqz (TLP:RED)\n```",
            ),
            ("index.md", "title: Home\n---\n![[a#Part]]"),
        ],
    ),
    (
        "the summary on a card",
        &[
            ("actors/a.md", "title: A\nsummary: (TLP:RED) Of zqsecretqz."),
            ("notes/n.md", "title: N\n---\n- ![[a]]"),
        ],
    ),
    (
        "a source of what another shows",
        &[
            ("actors/a.md", "title: A\n---\n## Part\n\nSo [@s]."),
            ("sources/s.md", "title: zqsecretqz\npublisher: P\ntlp: red"),
            ("notes/n.md", "title: N\n---\n![[a#Part]]"),
        ],
    ),
    (
        "a link of what another shows",
        &[
            ("actors/a.md", "title: A\n---\n## Part\n\nSo [[b]]."),
            ("actors/b.md", "title: zqsecretqz\ntlp: red"),
            ("notes/n.md", "title: N\n---\n![[a#Part]]"),
        ],
    ),
    (
        "a former address",
        &[(
            "actors/a.md",
            "title: zqsecretqz\ntlp: red\nredirect_from: /old/",
        )],
    ),
];

#[test]
fn one_red_thing_labels_every_page_that_shows_it() {
    let mut wrong = Vec::new();
    for (name, files) in ONE_RED_THING {
        let project = files
            .iter()
            .fold(Project::default(), |project, (path, text)| {
                let end = if text.contains("\n---\n") {
                    ""
                } else {
                    "\n---\n"
                };
                project.file(path, &format!("---\n{text}{end}\n"))
            });
        let site = match built(
            &project,
            Audience {
                tlp: Tlp::Red,
                drafts: false,
            },
        ) {
            Ok(site) => site,
            Err(report) => panic!("{name}: {report}"),
        };
        let mut shown = 0;
        for (path, text) in everything(&site)
            .iter()
            .filter(|(path, _)| path.ends_with(".html") && !path.starts_with("taxii2/"))
        {
            // Addresses are not shown: an entry's is in the head of its page and in links to it.
            let red = text.contains("strip-head\"") && text.contains(">tlp:red<");
            let shows = text.contains("zqsecretqz");
            shown += usize::from(shows);
            if shows && !red {
                wrong.push(format!("{name}: {path} shows it and is not labelled"));
            }
        }
        if shown == 0 {
            wrong.push(format!("{name}: no page shows it"));
        }
        let clear = built(
            &project,
            Audience {
                tlp: Tlp::AmberStrict,
                drafts: false,
            },
        )
        .unwrap_or_default();
        if clear.is_empty()
            || everything(&clear)
                .iter()
                .any(|(_, text)| text.contains("zqsecretqz"))
        {
            wrong.push(format!("{name}: those who may not see it do"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_rate_goes_with_its_source() {
    let project = |rate: Option<&str>| {
        let mut project = Project::default()
            .file(
                "incidents/i.md",
                "---\ntitle: I\ndate: 2019-02-13\nattributed_to: [{ entry: a, sources: [s] }]\nloss: { attempted: { value: 13m EUR, sources: [s] }, actual: { value: 2m EUR, sources: [s] } }\n---\n",
            )
            .file(
                "incidents/j.md",
                "---\ntitle: J\nattributed_to: [{ entry: a, sources: [s] }]\nloss: { actual: { value: 5m USD, sources: [s] } }\n---\n",
            )
            .file("actors/a.md", "---\ntitle: A\n---\n")
            .file("sources/s.md", "---\ntitle: S\npublisher: P\n---\n");
        if let Some(head) = rate {
            project = project.file(
                "sources/rates.md",
                &format!("---\ntitle: Rates\npublisher: Q\n{head}---\n"),
            );
            let config = project.inputs.config.take();
            let text = format!(
                "{}[money]\ninto = \"USD\"\nrates = [{{ of = \"EUR\", is = \"1.7391\", on = \"2019-01-01\", source = \"rates\" }}]\n",
                config.map_or(String::new(), |it| it.text.to_string())
            );
            project.inputs.config = Some(TextFile::new("dossier.toml", text));
        }
        project.site()
    };
    let without = project(None);
    for head in ["tlp: amber\n", "draft: true\n", "publish: 2999-01-01\n"] {
        let with = project(Some(head));
        let same = everything(&with) == everything(&without);
        assert!(same, "{head}");
    }
    let told = project(Some(""));
    let pages = [
        "money/index.html",
        "incidents/i/index.html",
        "actors/a/index.html",
    ];
    for page in pages {
        let bytes = told.get(page).expect("the page is there");
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("converted at 1.7391"), "{page}");
    }
}
