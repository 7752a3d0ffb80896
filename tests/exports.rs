//! What is exported says what the dossier says, in forms that others read.
//!
//! JSON fits its schema; bibliographies are read back by our own importer to the same; graphs are sound XML in which every
//! edge has both ends. On the samples, and on a dossier in which everything that the forms take for their own stands.

mod support;

use dossier::exchange::{self, Import, Incoming, Value};
use dossier::export::{self, Folder, Format, Subject};
use dossier::model::{Date, Kind, PageId, Tlp};
use dossier::plan::Site;
use dossier::text::TextFile;
use std::collections::BTreeSet;
use std::path::Path;
use support::{CONFIG, Project};

const HOSTILE: &str = "R&D {100%}} a_b $x$ #1 ~^ back \\ slash <q>\"q\" 'é' 日本";

/// The two samples and a hostile dossier.
fn projects() -> Vec<(&'static str, Project)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    vec![
        ("sample", Project::load(root)),
        (
            "second sample",
            Project::load(&root.join("examples/colonial-pipeline")),
        ),
        ("hostile", hostile()),
    ]
}

fn hostile() -> Project {
    let quoted = HOSTILE.replace('\'', "''");
    let dates = [
        "2016",
        "2016-02",
        "2016-02-04",
        "about 2016-02",
        "2016-02/2016-05",
        "2016/..",
        "../2016-03",
        "2015-Q4",
        "early 2016",
        "2016-02-04T20:36+06:00",
    ];
    let mut project = Project::default()
        .file(
            "organisations/bureau.md",
            &format!("---\ntitle: 'Bureau {quoted}'\n---\n"),
        )
        .file(
            "actors/a.md",
            &format!(
                "---\ntitle: '{quoted}'\nid: 'id of/a'\nsummary: 'Of [[b]] and *{quoted}*'\nuses:\n  \
                 - {{ entry: m, confidence: likely, sources: [s0, s1] }}\n  - {{ entry: m, denied: true, sources: [s1], note: '=1+1' }}\n\
                 aliases: [{{ name: '=cmd', by: bureau }}]\nfacts: {{ x: [{{ value: '-1', chosen: best, sources: [s0] }}, {{ value: 2 }}] }}\n---\n\
                 A text on [[m]] [@s0, p. 3].\n\n```ioc\nevil[.]example # a note [@s0]\n```\n\nSee <https://evil.example/x>.\n"
            ),
        )
        .file("actors/b.md", "---\ntitle: B\nwithdrawn: { date: 2025-01-02, reason: It was wrong. }\n---\n")
        .file(
            "malware/m.md",
            "---\ntitle: M\ntypes: [wiper]\nfirst_seen: 2016\n---\n",
        )
        .file(
            "infrastructure/i.md",
            "---\ntitle: bad[.]example\nfirst_seen: { value: 2016-02, sources: [s0] }\n---\n",
        );
    for (at, date) in dates.iter().enumerate() {
        let types = [
            "report",
            "news",
            "advisory",
            "court-record",
            "sanction",
            "blog",
            "dataset",
            "interview",
            "other",
        ];
        let sort = types[at % types.len()];
        project = project.file(
            &format!("sources/s{at}.md"),
            &format!(
                "---\ntitle: '{at} {quoted}'\npublisher: '{quoted}'\nauthors: ['Jane Doe', 'Search and Rescue', '{quoted}']\n\
                 date: {date}\ntype: {sort}\nurl: https://news.example/{at}/a--b?a=b_c%20d\narchived: https://archive.example/{at}\n\
                 accessed: 2026-01-02\nlanguage: ko\ngrade: B2\ntags: [one, 'two words']\nexternal_ids: {{ doi: 10.1000/x_y }}\n\
                 summary: '{quoted}'\n---\n"
            ),
        );
    }
    project.file(
        "sources/amber.md",
        "---\ntitle: An amber one\ntlp: amber\npublisher: bureau\nurl: https://evil.example/y\n---\n",
    )
}

fn exported(project: &Project, tlp: Tlp, form: Format, of: &[&str]) -> String {
    with(project, tlp, |subject| {
        let of: Vec<PageId> = { subject.site.release.iter() }
            .filter(|(_, it)| of.contains(&it.slug.as_str()))
            .map(|(id, _)| id)
            .collect();
        let subject = Subject {
            of: (!of.is_empty()).then_some(of.as_slice()),
            ..subject
        };
        let bytes = export::bytes(form, &subject);
        assert_eq!(bytes, export::bytes(form, &subject), "the same twice");
        String::from_utf8(bytes).expect("text")
    })
}

fn with<T>(project: &Project, tlp: Tlp, ask: impl FnOnce(Subject<'_>) -> T) -> T {
    let project = project.clone().audience(tlp);
    let run = project.run();
    let Some(built) = &run.site else {
        panic!("{}", project.report(&run.problems));
    };
    let site: &Site = &built.site;
    let config = project.config();
    ask(Subject::of(site, &config))
}

#[test]
fn a_program_exports_what_the_command_does() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/colonial-pipeline");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
    let command = command.args(["--root", root, "export", "json", "--today", "2026-01-01"]);
    let given = command.output().expect("it runs");
    let project = Project::load(Path::new(root));
    let made = with(&project, Tlp::Clear, |subject| {
        export::bytes(Format::Json, &subject)
    });
    assert!(given.status.success() && given.stdout == made);
}

#[test]
fn json_fits_its_schema() {
    let schema = export::schema(Format::Json).expect("a schema");
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    for (name, project) in projects() {
        let text = exported(&project, Tlp::Amber, Format::Json, &[]);
        let export = serde_json::from_str(&text).expect("JSON");
        let wrong: Vec<String> = validator
            .iter_errors(&export)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
    }
}

#[test]
fn json_says_what_the_dossier_says() {
    let text = exported(&hostile(), Tlp::Clear, Format::Json, &["a"]);
    let export: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let entries = export["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), 1);
    let entry = &entries[0];
    assert_eq!(entry["id"], "id of/a");
    assert_eq!(entry["title"], HOSTILE);
    let summary = entry["summary"].as_str().expect("a text");
    assert!(summary.starts_with("Of B and R&D"), "{summary}");
    let text = entry["text"].as_str().expect("a text");
    assert_eq!(text, "A text on M.\n\nSee hxxps://evil[.]example/x.");
    let lines = &entry["indicators"][0];
    assert_eq!(
        (&lines["value"], &lines["defanged"], &lines["sources"][0]),
        (
            &"evil.example".into(),
            &"evil[.]example".into(),
            &"sources/s0".into()
        )
    );
    let denied: Vec<bool> = { entry["statements"].as_array().expect("a list").iter() }
        .filter_map(|it| it["relation"]["denied"].as_bool())
        .collect();
    assert_eq!(denied, [false, true]);
    assert_eq!(entry["cites"][1]["at"], "p. 3");
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    for form in [Format::Csv, Format::IndicatorsCsv, Format::StixPatterns] {
        let text = exported(&hostile(), Tlp::Clear, form, &[]);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let mut count = 0;
        for row in rows.records() {
            for cell in &row.expect("a row") {
                count += 1;
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
        assert!(count > 15);
    }
    let text = exported(&hostile(), Tlp::Clear, Format::IndicatorsTxt, &[]);
    assert_eq!(text, "# TLP:CLEAR\n\n# Domain\nbad.example\nevil.example\n");
}

/// Lines of every sort: with a last day and without, marked, on the wire and on a host, given by two entries.
fn indicators() -> Project {
    let mut project = Project::default();
    let settings = format!("{CONFIG}\n[exports]\nindicators_expire = 90\n");
    project.inputs.config = Some(TextFile::new("dossier.toml", settings));
    project
        .file(
            "actors/a.md",
            "---\ntitle: 'A \"b\"; c'\n---\n```ioc\nevil[.]example # C2 (until: 2026-12-31) [@s]\n\
             hxxps://evil[.]example/a;b [@s]\n198[.]51[.]100[.]7:8443\n*.evil[.]example\nmutex: Global\\x\n\
             amber[.]example # (until: 2027-01-01) (TLP:AMBER)\nd41d8cd98f00b204e9800998ecf8427e - x.exe\n```\n",
        )
        .file("incidents/i.md", "---\ntitle: I\nstatus: confirmed\n---\n```ioc\nevil[.]example [@s]\n```\n")
        .file("infrastructure/j.md", "---\ntitle: bad[.]example\nlast_seen: { value: 2016-02, sources: [s] }\n---\n")
        .file(
            "sources/s.md",
            "---\ntitle: S\npublisher: P\ndate: 2026-01\nurl: https://news.example/s\ngrade: B2\nseen: full\n---\n",
        )
}

#[test]
fn a_list_for_machines_has_the_day_until_which_a_value_counts_and_who_says_so() {
    let all = |form| exported(&indicators(), Tlp::Clear, form, &[]);
    assert_eq!(
        all(Format::Hosts),
        "# TLP:CLEAR\n\
         0.0.0.0 bad.example  # last seen 2016-02-29; infrastructure/j\n\
         0.0.0.0 evil.example  # until 2026-12-31; actors/a, incidents/i; sources: sources/s\n"
            .replace("# last seen", "# until 2016-05-29; last seen")
    );
    let amber = exported(&indicators(), Tlp::Amber, Format::Hosts, &[]);
    assert!(
        amber.starts_with("# TLP:AMBER\n0.0.0.0 amber.example  # until 2027-01-01; actors/a\n"),
        "{amber}"
    );
    let rules = all(Format::Suricata);
    let rule = "alert http $HOME_NET any -> any any (msg:\"URL in A 'b', c\"; flow:established,to_server; http.host; \
                content:\"evil.example\"; bsize:12; http.uri.raw; content:\"/a|3B|b\"; bsize:4; \
                reference:url,example.org/t/actors/a/; reference:url,news.example/s; \
                metadata:until 2026-05-01, tlp clear, entry actors/a, source sources/s; sid:";
    assert!(rules.contains(rule), "{rules}");
    // What is not seen on the wire has no rule.
    assert_eq!(rules.lines().count(), 1 + 1 + 2 * 3 + 1, "{rules}");
    let numbers: BTreeSet<&str> = { rules.lines() }
        .filter_map(|line| Some(line.split_once("sid:")?.1.split_once(';')?.0))
        .collect();
    assert_eq!(numbers.len(), rules.lines().count() - 1);
    let patterns = all(Format::StixPatterns);
    let row = "\n[domain-name:value = 'evil.example'],Domain,evil.example,2026-12-31,actors/a incidents/i,";
    assert!(patterns.contains(row), "{patterns}");
    let csv = all(Format::IndicatorsCsv);
    assert!(csv.contains(",2026-12-31,C2,actors/a,"), "{csv}");
    let files = with(&indicators(), Tlp::Clear, |it| {
        export::files(Folder::IndicatorLists, &it)
    });
    let names: Vec<&str> = files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "domain.txt",
            "host-and-port.txt",
            "md5.txt",
            "mutex.txt",
            "url.txt"
        ]
    );
    assert!(
        names
            .iter()
            .all(|name| Folder::IndicatorLists.has_file(name))
    );
    let domains = String::from_utf8_lossy(&files[0].bytes);
    let values: Vec<&str> = domains.lines().filter(|it| !it.starts_with('#')).collect();
    assert_eq!(values, ["*.evil.example", "bad.example", "evil.example"]);
    assert!(
        domains.contains(
            "# until 2026-12-31; actors/a, incidents/i; sources: sources/s\nevil.example\n"
        ),
        "{domains}"
    );
}

#[test]
fn every_edge_of_a_graph_has_both_ends() {
    for (name, project) in projects() {
        let relations = with(&project, Tlp::Amber, |subject| {
            let entries = subject.site.release.iter();
            entries
                .map(|(_, it)| it.statements.relations().count())
                .sum::<usize>()
        });
        for form in [Format::Graphml, Format::Gexf] {
            let text = exported(&project, Tlp::Amber, form, &[]);
            let ends = sound(&text);
            assert_eq!(ends, relations, "{name}, {form:?}");
        }
    }
    let text = exported(&hostile(), Tlp::Clear, Format::Graphml, &["a"]);
    assert_eq!((sound(&text), text.matches("<node ").count()), (2, 2));
}

/// How many edges there are in a graph in which nothing is twice or leads nowhere.
fn sound(text: &str) -> usize {
    let document = roxmltree::Document::parse(text).expect("well-formed");
    let of = |name: &'static str| {
        let all = document.descendants();
        all.filter(move |it| it.has_tag_name(name) || it.tag_name().name() == name)
    };
    let ids = |name| -> Vec<&str> { of(name).filter_map(|it| it.attribute("id")).collect() };
    let nodes: BTreeSet<&str> = ids("node").into_iter().collect();
    assert_eq!(nodes.len(), of("node").count());
    let edges: BTreeSet<&str> = ids("edge").into_iter().collect();
    assert_eq!(edges.len(), of("edge").count());
    for edge in of("edge") {
        for end in ["source", "target"] {
            let end = edge.attribute(end).expect("an end");
            assert!(nodes.contains(end), "{end}");
        }
    }
    edges.len()
}

fn text_of(entry: &Incoming, key: &str) -> Option<String> {
    let found = entry.values.iter().find(|(name, _)| name == key)?;
    match &found.1 {
        Value::Text(text) => Some(text.clone()),
        Value::List(items) => {
            let items = items.iter().map(|it| match it {
                Value::Text(text) => text.clone(),
                other => format!("{other:?}"),
            });
            Some(items.collect::<Vec<_>>().join("|"))
        }
        other => Some(format!("{other:?}")),
    }
}

/// What our own importer makes of a bibliography is what was in the dossier.
#[test]
fn bibliographies_are_read_back_to_the_same() {
    type Read = fn(&str) -> Import;
    let forms: [(Format, Read); 3] = [
        (Format::CslJson, |text| {
            exchange::bibliography::csl::read(text).expect("CSL")
        }),
        (Format::Bibtex, |text| {
            exchange::bibliography::bibtex::read(text).expect("BibTeX")
        }),
        (Format::Ris, |text| {
            exchange::bibliography::ris::read(text).expect("RIS")
        }),
    ];
    let mut wrong = Vec::new();
    for (name, project) in projects() {
        for (form, read) in forms {
            let import = read(&exported(&project, Tlp::Amber, form, &[]));
            with(&project, Tlp::Amber, |subject| {
                let release = &subject.site.release;
                let sources = release.iter().filter(|(_, it)| it.kind == Kind::Source);
                let mut count = 0;
                for (_, source) in sources {
                    count += 1;
                    let slug = &source.slug;
                    let Some(back) = import.entries.iter().find(|it| it.origin == *slug) else {
                        wrong.push(format!("{name}, {form:?}: {slug} is not there"));
                        continue;
                    };
                    let mut same = |what: &str, was: Option<String>, is: Option<String>| {
                        if was != is {
                            wrong
                                .push(format!("{name}, {form:?}, {slug}: {what}: {was:?}, {is:?}"));
                        }
                    };
                    let evidence = source.evidence().expect("a source");
                    let one_line =
                        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    same(
                        "title",
                        Some(one_line(&source.title)),
                        Some(back.title.clone()),
                    );
                    let live = |url: &Option<
                        dossier::model::Located<dossier::model::address::Outside>,
                    >| {
                        let url = url.as_ref().map(|it| it.value.as_str().to_owned());
                        url.filter(|it| it.starts_with("http"))
                    };
                    same("url", live(&evidence.url), text_of(back, "url"));
                    if form != Format::Ris {
                        same(
                            "archived",
                            live(&evidence.archived),
                            text_of(back, "archived"),
                        );
                    }
                    same("type", evidence.r#type.clone(), text_of(back, "type"));
                    same(
                        "language",
                        evidence.language.clone(),
                        text_of(back, "language"),
                    );
                    let day = evidence.accessed.map(|day| day.to_string());
                    same("accessed", day, text_of(back, "accessed"));
                    let list = |list: &[dossier::model::Marked<String>]| {
                        let list: Vec<&str> = list.iter().map(|it| it.value.as_str()).collect();
                        (!list.is_empty()).then(|| list.join("|"))
                    };
                    same("authors", list(&source.authors), text_of(back, "authors"));
                    same("tags", list(&source.tags), text_of(back, "tags"));
                    let publisher = source.publisher.as_ref().map(|it| match &it.value {
                        dossier::model::Named::Entry(id) => release.page(*id).title.clone(),
                        dossier::model::Named::Text(text) => text.clone(),
                    });
                    same("publisher", publisher, text_of(back, "publisher"));
                    let date = text_of(back, "date").and_then(|it| Date::from_text(&it).ok());
                    let told = |date: Option<Date>| date.map(|it| it.to_string());
                    // What a form cannot say is told by the year.
                    let exact = source.date.is_none_or(|date| match form {
                        Format::CslJson => date == date.without_time(),
                        _ => {
                            let plain = date.datetime().is_some() && date == date.without_time();
                            plain
                                || form == Format::Bibtex && !date.to_string().contains(['q', 'e'])
                        }
                    });
                    match exact {
                        true => same("date", told(source.date), told(date)),
                        false => same(
                            "year",
                            source.date.map(|it| it.year().to_string()),
                            date.map(|it| it.year().to_string()),
                        ),
                    }
                    if source.tlp > Tlp::Clear {
                        same(
                            "tlp",
                            Some(source.tlp.to_string()),
                            back.tlp.map(|it| it.to_string()),
                        );
                    }
                }
                assert!(count > 3);
                assert_eq!(count, import.entries.len(), "{name}, {form:?}");
            });
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of an entry the sources are those that it cites.
#[test]
fn a_bibliography_of_an_entry_has_what_it_cites() {
    let text = exported(&hostile(), Tlp::Clear, Format::Bibtex, &["a"]);
    let keys: Vec<&str> = { text.lines() }
        .filter_map(|line| line.strip_prefix('@')?.split_once('{')?.1.strip_suffix(','))
        .collect();
    assert_eq!(keys, ["s0", "s1"]);
}

#[test]
fn a_layer_has_what_is_used_and_is_read_back() {
    let project = Project::load(Path::new(env!("CARGO_MANIFEST_DIR")));
    let text = exported(&project, Tlp::Clear, Format::Navigator, &["apt38"]);
    let layer: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(layer["domain"], "enterprise-attack");
    assert_eq!(layer["versions"]["layer"], "4.5");
    assert_eq!(layer["versions"]["attack"], "18");
    let techniques = layer["techniques"].as_array().expect("a list");
    let ids: BTreeSet<&str> = techniques
        .iter()
        .filter_map(|it| it["techniqueID"].as_str())
        .collect();
    assert_eq!(techniques.len(), 12);
    assert_eq!(ids.len(), 12);
    assert!(ids.contains("T1565.002"), "{ids:?}");
    let import = exchange::navigator(&text, &exchange::Markings::default()).expect("a layer");
    let read: BTreeSet<String> = { import.entries.iter() }
        .filter(|it| it.kind == Kind::Technique)
        .map(|it| it.title.clone())
        .collect();
    assert_eq!(read, ids.iter().map(|it| (*it).to_owned()).collect());
}

#[test]
fn a_layer_is_silent_on_what_is_denied_and_bears_the_highest_marking() {
    let front = |front: &str| format!("---\n{front}\n---\n");
    let technique = |id: &str| {
        front(&format!(
            "title: T\nexternal_ids: {{ attack: {id} }}\ntactics: [impact]"
        ))
    };
    let project = Project::default()
        .file("techniques/one.md", &technique("T1485"))
        .file("techniques/two.md", &technique("T1486"))
        .file("techniques/plant.md", &technique("T0880"))
        .file(
            "actors/a.md",
            &front(
                "title: A\nuses: [{ entry: one, tlp: amber }, { entry: two, denied: true }, plant]",
            ),
        )
        .file("actors/b.md", &front("title: B\nuses: [plant, one]"));
    let of = |tlp: Tlp| -> serde_json::Value {
        let text = exported(&project, tlp, Format::Navigator, &[]);
        serde_json::from_str(&text).expect("JSON")
    };
    let amber = of(Tlp::Amber);
    let domains: Vec<&str> = { amber.as_array().expect("two layers").iter() }
        .filter_map(|it| it["domain"].as_str())
        .collect();
    assert_eq!(domains, ["enterprise-attack", "ics-attack"]);
    assert_eq!(amber[0]["techniques"].as_array().map(Vec::len), Some(1));
    assert_eq!(amber[0]["techniques"][0]["score"], 2);
    assert_eq!(amber[0]["metadata"][0]["value"], "TLP:AMBER");
    assert_eq!(amber[1]["metadata"][0]["value"], "TLP:CLEAR");
    let clear = of(Tlp::Clear);
    assert_eq!(clear[0]["techniques"][0]["score"], 1);
    assert_eq!(clear[0]["metadata"][0]["value"], "TLP:CLEAR");
}
