//! A pipeline that takes up what an earlier process left gives the site of a first run, and what it says
//! that edits of entries do not reach is what it was: on lists of more than a hundred, above CLEAR, and
//! wherever else a page shows something of another.

mod support;

use dossier::model::{Format, Tlp};
use dossier::pipeline::tables::Tables;
use dossier::pipeline::{Built, Pipeline};
use dossier::render::views::Reach;
use dossier::render::{Content, Facet};
use dossier::text::TextFile;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use support::Project;
use support::edits::Dice;

/// Enough that lists have a second page.
const MANY: usize = 104;

const STEPS: usize = 24;

type Site = BTreeMap<String, Vec<u8>>;

fn wide(audience: Tlp) -> Project {
    let mut project = Project::default()
        .exporting(&[Format::CslJson], &[Format::Json])
        .file(
            "actors/apt38.md",
            "---\ntitle: APT38\naliases: [{ name: The Shared Name, sources: [report] }]\ntags: [heist]\n---\nA group [@report]. See [[beagle|that group]].\n\n",
        )
        .file(
            "actors/beagle.md",
            "---\ntitle: Beagle\naliases: [{ name: The Shared Name, sources: [other] }]\ntags: [heist]\ntlp: green\nrelated_to: [{ entry: apt38, sources: [report] }]\n---\nAnother [@other].\n\n",
        )
        .stub("sources/report.md", "A report")
        .stub("sources/other.md", "Another report")
        .file(
            "notes/asked.md",
            "---\ntitle: What is asked\n---\n```list\ntag:bank or (related_to:beagle date>2013) or words -mentions:apt38\n```\n\n",
        )
        .file(
            "notes/drawn.md",
            "---\ntitle: What is drawn\n---\n```graph of=apt38 depth=2\n```\n\n```timeline of=apt38\n```\n\n```names of=beagle\n```\n\n```losses\n```\n\n```map of=apt38\n```\n\n```matrix\n```\n\n```compare of=apt38,beagle\n```\n\n",
        )
        .file("places/arcadia.md", "---\ntitle: Arcadia\ntype: country\n---\n\n")
        .file("places/utopia.md", "---\ntitle: Utopia\ntype: country\n---\n\n")
        .file("organisations/ministry.md", "---\ntitle: The ministry\ncountry: utopia\ntlp: green\n---\n\n")
        // Which lists there are stands on every page, and is no facet: a first sector is for whoever compares what all pages share.
        .file("organisations/grid.md", "---\ntitle: The grid\nsector: energy\n---\n\n")
        .file("sources/secret.md", "---\ntitle: A secret report\npublisher: Somebody\ntlp: amber\n---\n");
    for number in 0..MANY {
        let tags = if number % 3 == 0 {
            "tags: [heist]\n"
        } else {
            ""
        };
        let note = format!(
            "---\ntitle: Note {number:03}\n{tags}related_to: [{{ entry: apt38, sources: [report, other] }}]\n---\nNote {number} names [[apt38]] [@report].\n\n"
        );
        let incident = format!(
            "---\ntitle: Incident {number:03}\ndate: 2016\n{tags}attributed_to: [{{ entry: apt38, sources: [report] }}]\nevents: [{{ date: 2016-02-04, what: Money left, sources: [report] }}]\n---\nIt began [@report].\n\n## How\n\nSo it went [@report].\n\n"
        );
        project = project
            .file(&format!("notes/note-{number:03}.md"), &note)
            .file(&format!("incidents/incident-{number:03}.md"), &incident);
    }
    for number in 0..MANY {
        let bank = format!("---\ntitle: Bank {number:03}\ncountry: utopia\n---\n\n");
        project = project.file(&format!("organisations/bank-{number:03}.md"), &bank);
    }
    project.audience(audience)
}

/// Drawings that a text places.
const FENCES: &[&str] = &[
    "graph of=apt38",
    "graph of=beagle depth=3",
    "timeline of=apt38",
    "matrix of=beagle",
    "losses of=apt38",
    "map of=beagle",
    "names of=apt38,beagle",
    "compare of=beagle,apt38",
];

/// Another title, summary, name, date, marking, tag or relation.
fn redress(front: &str, path: &str, dice: &mut Dice) -> String {
    let source = path.contains("/sources/");
    let number = dice.roll(MANY);
    let lines: Vec<&str> = front.lines().collect();
    let without = |key: &str| -> String {
        let tables = lines.iter().filter(|line| !line.starts_with(key));
        tables.map(|line| format!("{line}\n")).collect()
    };
    let with = |key: &str, value: String| format!("{}{key}{value}\n", without(key));
    let entry = |dice: &mut Dice| match dice.roll(3) {
        0 => "apt38".to_owned(),
        1 => "beagle".to_owned(),
        _ => format!("note-{number:03}"),
    };
    let front = match dice.roll(12) {
        0 => with("title: ", format!("Note {:03}", dice.roll(MANY))),
        1 => with("title: ", format!("Another {number}")),
        2 => with("title: ", "The Shared Name".to_owned()),
        3 => {
            let to = entry(dice);
            with("summary: ", format!("'Of [[{to}]] and {number}.'"))
        }
        4 => with("summary: ", format!("'(TLP:AMBER) Of {number}.'")),
        5 => with(
            "aliases: ",
            format!("[{{ name: Name {}, by: beagle }}]", dice.roll(8)),
        ),
        6 => with(
            "aliases: ",
            "[The Shared Name, Note 007, 'A (b)']".to_owned(),
        ),
        7 => with(
            "tags: ",
            dice.pick(&["[heist]", "[Heist, bank]", "['(TLP:AMBER) bank']"])
                .to_owned(),
        ),
        8 => with("updated: ", format!("20{}-05-06", 10 + dice.roll(9))),
        9 if !source => {
            let to = entry(dice);
            with(
                "related_to: ",
                format!(
                    "[{{ entry: {to}, sources: [other], tlp: green, note: 'As [[{to}]] says' }}]"
                ),
            )
        }
        9 => with(
            "derived_from: ",
            dice.pick(&["[report]", "[other]"]).to_owned(),
        ),
        10 if path.contains("/organisations/") => match dice.chance(50) {
            true => with("country: ", dice.pick(&["utopia", "arcadia"]).to_owned()),
            false => with(
                "sector: ",
                dice.pick(&["energy", "[energy, water]"]).to_owned(),
            ),
        },
        10 => with("date: ", format!("20{}", 10 + dice.roll(9))),
        _ => {
            let key = dice.pick(&["summary: ", "aliases: ", "tags: ", "related_to: ", "date: "]);
            without(key)
        }
    };
    front.trim_end().to_owned()
}

/// One paragraph more, less, or another; or something else of its front matter.
fn reword(project: &mut Project, dice: &mut Dice) -> String {
    // To few of them nearly all of the others lead.
    let hubs = ["apt38.md", "beagle.md", "report.md", "other.md"];
    let hub = dice.pick(&hubs);
    let files = &project.inputs.entries;
    let at = match dice.chance(30) {
        true => files
            .iter()
            .position(|file| file.path.ends_with(hub))
            .unwrap(),
        false => dice.roll(files.len()),
    };
    let file = project.inputs.entries[at].clone();
    let (front, body) = file.text.split_once("\n---\n").unwrap();
    if dice.chance(60) {
        let front = redress(front, &file.path, dice);
        let text = format!("{front}\n---\n{body}");
        project.inputs.entries[at] = TextFile::new(&*file.path, text.clone());
        return format!("{}: {front}", file.path);
    }
    let mut pieces: Vec<String> = body.split_inclusive("\n\n").map(str::to_owned).collect();
    let number = dice.roll(MANY);
    let new = match dice.roll(19) {
        1 => "It was [[apt38]] again.\n\n".to_owned(),
        2 => format!("Compare [[note-{number:03}]] and [[beagle|that group]].\n\n"),
        3 => "More of it [@report, p. 7].\n\n".to_owned(),
        4 => "Another view [@other], and [@report].\n\n".to_owned(),
        5 => "(TLP:AMBER) Held back, of [[beagle|that group]] [@other].\n\n".to_owned(),
        6 => "So it is said [@secret].\n\n".to_owned(),
        7 => format!("As in [the case](../incidents/incident-{number:03}.md).\n\n"),
        8 => String::new(),
        9 => format!("![[incident-{number:03}#How]]\n\n"),
        10 => format!("![[incident-{:03}#How]]\n\n", dice.roll(4)),
        11 => format!("![[{}]]\n\n", dice.pick(&["apt38", "beagle"])),
        12 => format!("```{}\n```\n\n", dice.pick(FENCES)),
        _ => format!("Some words of number {number}.\n\n"),
    };
    let place = dice.roll(pieces.len() + 1);
    if dice.chance(25) && place < pieces.len() {
        pieces.remove(place);
    }
    pieces.insert(place.min(pieces.len()), new);
    let text = format!("{front}\n---\n{}", pieces.concat());
    project.inputs.entries[at] = TextFile::new(&*file.path, text);
    file.path.to_string()
}

struct Base {
    files: Vec<TextFile>,
    tables: Vec<u8>,
    /// What each file was made of.
    facets: Vec<Box<[Facet]>>,
    site: Site,
}

fn base(project: &Project) -> Base {
    let mut pipeline = Pipeline::once_for_later();
    let run = project.run_again(&mut pipeline);
    let built = run.site.as_ref();
    let built = built.unwrap_or_else(|| panic!("{}", project.report(&run.problems)));
    let tables = pipeline.tables(built).expect("something is left");
    let mut buffer = Vec::new();
    let facets = (0..built.paths().len()).map(|index| {
        let (_, noted) = built.make_noted(index, &mut buffer).expect("a file");
        noted.facets
    });
    Base {
        files: project.inputs.entries.clone(),
        tables: postcard::to_allocvec(&tables).unwrap(),
        facets: facets.collect(),
        site: project.site(),
    }
}

/// A site that was taken up, and found to be right.
struct Taken {
    built: Arc<Built>,
    before: Arc<Built>,
    anew: Site,
    reached: Vec<bool>,
}

/// The sort of a facet.
fn sort(facet: Facet) -> String {
    let whole = format!("{facet:?}");
    whole.split('(').next().unwrap_or(&whole).to_owned()
}

fn compare(project: &Project, base: &Base, story: &[String]) -> Taken {
    let first = project.run();
    let said = project.report(&first.problems);
    let anew = project.made(first).expect("a site");
    let tables: Tables = postcard::from_bytes(&base.tables).unwrap();
    let edited = tables.edited(&project.inputs.entries).unwrap();
    let former = edited.iter().map(|it| (*it, base.files[it.at].clone()));
    let (config, today) = (project.config(), project.options.today);
    let taken = Pipeline::taking_up(tables, &project.inputs, former.collect(), &config, today);
    let (mut pipeline, before) = taken.expect("only entries changed");
    let run = project.run_again(&mut pipeline);
    assert_eq!(project.report(&run.problems), said, "after {story:?}");
    let built = run
        .site
        .unwrap_or_else(|| panic!("a site after {story:?}: {:?}", run.problems));
    let reached = built.reached(&before, &base.facets);
    let reached = reached.unwrap_or_else(|| panic!("nothing is known after {story:?}"));
    let reached: Vec<bool> = reached.into_iter().map(|it| it != Reach::Not).collect();
    let paths: Vec<&String> = built.paths().iter().collect();
    assert_eq!(paths, anew.keys().collect::<Vec<_>>(), "after {story:?}");
    let mut buffer = Vec::new();
    for (index, path) in built.paths().iter().enumerate() {
        if reached[index] {
            let made = built.make(index, &mut buffer).unwrap();
            assert!(
                made != Content::Bytes || buffer == anew[path],
                "{path} is made as another, after {story:?}"
            );
        } else {
            let same = base.site.get(path) == anew.get(path);
            assert!(same, "{path} is not reached, after {story:?}");
        }
    }
    Taken {
        built,
        before,
        anew,
        reached,
    }
}

impl Taken {
    /// The sorts of facets without which a file would have been taken for what it was.
    fn needed(&self, base: &Base) -> BTreeSet<String> {
        let sorts: BTreeSet<String> = base.facets.iter().flatten().map(|it| sort(*it)).collect();
        let missed = |left_out: &String| {
            let others = |facets: &[Facet]| {
                let others = facets.iter().filter(|it| sort(**it) != *left_out);
                others.copied().collect()
            };
            let facets: Vec<Box<[Facet]>> = base.facets.iter().map(|it| others(it)).collect();
            let reached = self.built.reached(&self.before, &facets);
            let mut files = self
                .built
                .paths()
                .iter()
                .zip(reached.expect("what is reached"));
            files.any(|(path, reached)| {
                reached == Reach::Not && base.site.get(path) != self.anew.get(path)
            })
        };
        sorts.into_iter().filter(missed).collect()
    }
}

fn sequence(audience: Tlp, seed: u64) {
    let mut project = wide(audience);
    let base = base(&project);
    let mut dice = Dice(seed);
    let mut story = Vec::new();
    let mut shares = Vec::new();
    for _ in 0..STEPS {
        for _ in 0..1 + dice.roll(2) {
            let before = project.inputs.entries.clone();
            let told = reword(&mut project, &mut dice);
            // A writer mends what is an error first.
            if project.run().site.is_some() {
                story.push(told);
            } else {
                project.inputs.entries = before;
            }
        }
        let reached = compare(&project, &base, &story).reached;
        let count = reached.iter().filter(|it| **it).count();
        shares.push(count * 100 / reached.len());
        // Few edits at a time reach little.
        if dice.chance(60) {
            project.inputs.entries.clone_from(&base.files);
            story.clear();
        }
    }
    let small = shares.iter().filter(|share| **share < 10).count();
    assert!(small * 3 > shares.len(), "{audience}: {shares:?}");
}

#[test]
fn what_edits_do_not_reach_is_what_it_was() {
    std::thread::scope(|scope| {
        for (audience, seed) in [(Tlp::Clear, 1), (Tlp::Clear, 2), (Tlp::Amber, 3)] {
            scope.spawn(move || sequence(audience, seed));
        }
    });
}

/// Puts other words into an entry's text.
fn replace(project: &mut Project, path: &str, from: &str, to: &str) {
    let files = &mut project.inputs.entries;
    let file = files
        .iter_mut()
        .find(|file| file.path.ends_with(path))
        .unwrap();
    assert!(file.text.contains(from), "{}", file.text);
    *file = TextFile::new(&*file.path.clone(), file.text.replacen(from, to, 1));
}

#[test]
fn an_edit_that_moves_the_marks_of_a_relation_reaches_its_other_end() {
    for path in ["note-103.md", "incident-103.md"] {
        let mut project = wide(Tlp::Clear);
        let base = base(&project);
        replace(
            &mut project,
            path,
            "[@report].",
            "[@report].\n\nAnd [@report].",
        );
        compare(&project, &base, &[path.to_owned()]);
    }
}

fn listed() -> Project {
    Project::default()
        .exporting(&[], &[Format::Navigator, Format::Json])
        .file(
            "actors/crew.md",
            "---\ntitle: Crew\nuses: [{ entry: wipe, sources: [report] }]\n---\n",
        )
        .file(
            "techniques/wipe.md",
            "---\ntitle: Wipe\nexternal_ids: { attack: T1561 }\ntactics: [impact]\n---\n",
        )
        .file(
            "incidents/heist.md",
            "---\ntitle: Heist\nattributed_to: [{ entry: crew }]\ntargets: [{ entry: one, sources: [report] }, \
             { entry: two, sources: [report] }, { entry: three, sources: [report] }, { entry: four, sources: [report] }]\n---\n",
        )
        .stub("organisations/one.md", "One")
        .stub("organisations/two.md", "Two")
        .stub("organisations/three.md", "Three")
        .stub("organisations/four.md", "Four")
        .stub("organisations/five.md", "Five")
        .file("places/manila.md", "---\ntitle: Manila\ntype: city\n---\n")
        .file("places/chile.md", "---\ntitle: Chile\ntype: country\n---\n")
        .file(
            "sources/report.md",
            "---\ntitle: A report\npublisher: Reuters\ndate: 2016-02-04\nderived_from: [other]\n---\n",
        )
        .file(
            "sources/other.md",
            "---\ntitle: Another\npublisher: Reuters\ndate: 2016-02-05\n---\n",
        )
}

#[test]
fn what_lists_say_of_others_is_reached() {
    let base = base(&listed());
    for (path, from, to) in [
        ("wipe.md", "[impact]", "[collection]"),
        ("wipe.md", "T1561", "T1562"),
        ("crew.md", "entry: wipe,", "entry: wipe, note: Often,"),
        ("crew.md", "title: Crew", "title: The crew"),
        ("chile.md", "country", "city"),
        // One more is too many for the infobox, where its page, the sources' and the actor's lead to.
        (
            "heist.md",
            "targets: [",
            "targets: [{ entry: five, sources: [report] }, ",
        ),
        (
            "heist.md",
            "{ entry: crew }",
            "{ entry: crew }, { entry: one }, { entry: two }, { entry: three }, { entry: four }",
        ),
        // Both of one day: they are told by their titles. The other may have it all to itself.
        ("other.md", "2016-02-05", "2016-02-04"),
        ("other.md", "2016-02-05", "2017-02-05"),
    ] {
        let mut edited = listed();
        replace(&mut edited, path, from, to);
        compare(&edited, &base, &[format!("{path}: {from} became {to}")]);
    }
}

fn showing(audience: Tlp) -> Project {
    Project::default()
        .file(
            "index.md",
            "---\ntitle: Here\n---\n![[crew#Part]]\n\nIt is so [@other].\n",
        )
        .file(
            "actors/crew.md",
            "---\ntitle: Crew\nsummary: A crew.\n---\n## Part\n\nWords [@report] of [[dog]] [@other].\n\n## Else\n\nMore [@third].\n",
        )
        .file("actors/dog.md", "---\ntitle: Dog\n---\n")
        .file(
            "notes/note.md",
            "---\ntitle: A note\nsources: [third]\n---\nOwn [@other].\n\n![[crew#Part]]\n\nOwn [@other] and [@report].\n",
        )
        .file("notes/card.md", "---\ntitle: A card\n---\n![[crew]]\n")
        .stub("sources/report.md", "A report")
        .stub("sources/other.md", "Another report")
        .stub("sources/third.md", "A third report")
        .audience(audience)
}

#[test]
fn what_is_shown_of_another_is_reached() {
    for audience in [Tlp::Clear, Tlp::Amber] {
        let base = base(&showing(audience));
        for (path, from, to) in [
            ("crew.md", "Words", "Other words"),
            // Numbers, and which citation of its source each is, move on the pages that show it.
            ("crew.md", "Words [@report]", "Words"),
            ("crew.md", "Words [@report]", "Words [@other]"),
            ("crew.md", "Words", "Words [@third]"),
            ("crew.md", "Words", "(TLP:GREEN) Words"),
            ("crew.md", "A crew", "The crew"),
            ("dog.md", "title: Dog", "title: The dog"),
            ("report.md", "title: A", "title: The"),
            ("note.md", "![[crew#Part]]", "![[crew]]"),
            ("card.md", "![[crew]]", "![[crew#Part]]"),
        ] {
            let mut edited = showing(audience);
            replace(&mut edited, path, from, to);
            compare(&edited, &base, &[format!("{path}: {from} became {to}")]);
        }
    }
}

#[test]
fn an_edit_that_makes_a_list_longer_than_a_page_reaches_the_sitemap() {
    let mut project = Project::default().stub("sources/report.md", "A report");
    for number in 0..=100 {
        let cite = if number < 100 { " [@report]" } else { "" };
        let text = format!("---\ntitle: Note {number:03}\n---\nIt was so{cite}.\n");
        project = project.file(&format!("notes/note-{number:03}.md"), &text);
    }
    let base = base(&project);
    replace(&mut project, "note-100.md", "so.", "so [@report].");
    compare(&project, &base, &["longer".to_owned()]);
}

#[test]
fn what_changes_the_tables_is_not_taken_up() {
    let edits: [(&str, &str); 5] = [
        ("title: Note 001", "title: Another\nid: another"),
        ("title: Note 001", "title: Note 001\ntlp: amber"),
        ("title: Note 001", "title: Note 001\ndraft: true"),
        (
            "---\nNote",
            "---\n```ioc\nevil[.]example[.]net\n```\n\nNote",
        ),
        ("title: Note 001", "title: ["),
    ];
    let project = wide(Tlp::Clear);
    let base = base(&project);
    for (from, to) in edits {
        let mut project = wide(Tlp::Clear);
        replace(&mut project, "note-001.md", from, to);
        let tables: Tables = postcard::from_bytes(&base.tables).unwrap();
        let edited = tables.edited(&project.inputs.entries).unwrap();
        assert_eq!(edited.len(), 1);
        let former = edited.iter().map(|it| (*it, base.files[it.at].clone()));
        let (config, today) = (project.config(), project.options.today);
        let taken = Pipeline::taking_up(tables, &project.inputs, former.collect(), &config, today);
        assert!(taken.is_none(), "{to}");
    }
}

/// A dossier in which every facet of one entry shows on the page of another.
fn connected(audience: Tlp) -> Project {
    let front = |front: &str, body: &str| format!("---\n{front}\n---\n{body}\n");
    let mut project = Project::default()
        .exporting(
            &[Format::CslJson],
            &[Format::CslJson, Format::Json, Format::Gexf],
        )
        .file("index.md", &front("title: Here", "It is so of [[beagle]] [@copy]."))
        .file(
            "actors/apt38.md",
            &front(
                "title: APT38\naliases: [{ name: Night Heron, sources: [report] }]\ntags: [heist]\nupdated: 2020-01-01",
                "A group [@report] [@first].",
            ),
        )
        .file(
            "actors/beagle.md",
            &front(
                "title: Beagle\nredirect_from: [old/beagle/]\naliases: [Shared]\ntags: [bank]",
                "## Part two\n\nAnother. See [[beagle]].",
            ),
        )
        .file("actors/cat.md", &front("title: Cat\nsummary: Not [[beagle]].\nupdated: 2020-02-02\naliases: [Old Name, Shared]\nrelated_to: [{ entry: dog, sources: [only] }]", "It is not [[note]]."))
        .file("actors/dog.md", &front("title: Dog", "It is not [[beagle#Part two]]."))
        .file("actors/eel.md", &front("title: Eel\naliases: [{ name: Moray, by: One, sources: [only] }, { name: Conger, by: Two, sources: [only] }]", "```list\nkind:source grade:B2\n```"))
        .file("actors/fox.md", &front("title: Fox\noriginates_from: [bolivia]\ntargets: [bank, mint]", ""))
        .file(
            "notes/note.md",
            &front("title: A note\nrelated_to: [apt38]", "As [[beagle]] and [[cat]] [@report]."),
        )
        .file("organisations/bank.md", &front("title: The bank\ncountry: peru", ""))
        .file("actors/gnu.md", &front("title: Gnu\ntargets: [guild]\nuses: [rat]", ""))
        .file("organisations/guild.md", &front("title: The guild", ""))
        .file("malware/rat.md", &front("title: Rat", ""))
        .file("organisations/guard.md", &front("title: The guard\ntlp: green", ""))
        .file("organisations/ministry.md", &front("title: The ministry\ncountry: chile", ""))
        .file("organisations/mint.md", &front("title: The mint\ncountry: chile", ""))
        .file("places/bolivia.md", &front("title: Bolivia\ntype: country", ""))
        .file("places/chile.md", &front("title: Chile\ntype: country", ""))
        .file("places/peru.md", &front("title: Peru\ntype: country", ""))
        .file("sources/first.md", &front("title: The first report\npublisher: One", ""))
        .stub("sources/only.md", "The only report")
        .file("sources/copy.md", &front("title: A copy\npublisher: Two", ""))
        .file("sources/report.md", &front("title: A report\npublisher: Three\nderived_from: [copy]", ""));
    for number in 0..MANY {
        let year = 1900 + number;
        let loss = match number {
            7 => "\nloss: { attempted: { value: 5m USD, sources: [copy] } }",
            _ => "",
        };
        let front = front(
            &format!(
                "title: Incident {number:03}\ndate: {year}\nevents: [{{ date: {year}, what: Money, sources: [copy] }}]{loss}"
            ),
            "It was so [@copy].",
        );
        project = project.file(&format!("incidents/incident-{number:03}.md"), &front);
    }
    project.audience(audience)
}

/// An edit for which a sort of facet is needed: the file, and what is put in the place of what.
type Needing = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const NEEDING: &[Needing] = &[
    ("Entry", &[("apt38.md", "A group", "The group")]),
    (
        "Name",
        &[("beagle.md", "title: Beagle", "title: The beagle")],
    ),
    (
        "Called",
        &[("beagle.md", "title: Beagle", "title: The beagle")],
    ),
    (
        "Called",
        &[(
            "guild.md",
            "title: The guild",
            "title: The guild\ntlp: amber",
        )],
    ),
    (
        "Feed",
        &[("apt38.md", "title: APT38", "title: APT38\nsummary: A crew.")],
    ),
    (
        "Name",
        &[("beagle.md", "title: Beagle", "title: Beagle\ntlp: amber")],
    ),
    (
        "Places",
        &[(
            "beagle.md",
            "## Part two",
            "<i id=\"part-two\">So</i>\n\n## Part two",
        )],
    ),
    ("Card", &[("apt38.md", "title: APT38", "title: APT 38")]),
    (
        "Source",
        &[("report.md", "title: A report", "title: A report\ngrade: B2")],
    ),
    (
        "Entries",
        &[("first.md", "publisher: One", "publisher: One\ngrade: B2")],
    ),
    ("Mention", &[("dog.md", "It is not", "It is never")]),
    (
        "Relations",
        &[(
            "note.md",
            "[apt38]",
            "[{ entry: apt38, confidence: likely }]",
        )],
    ),
    ("Citation", &[("dog.md", "title: Dog", "title: The dog")]),
    (
        "Citation",
        &[("apt38.md", "A group [@report]", "The group [@report]")],
    ),
    ("Incoming", &[("note.md", "[apt38]", "[apt38, dog]")]),
    (
        "Mentions",
        &[("dog.md", "It is not", "It is not [[cat]], not")],
    ),
    ("Citing", &[("dog.md", "It is not", "It is [@first] not")]),
    (
        "IntroQuotes",
        &[("beagle.md", "title: Beagle", "title: The beagle")],
    ),
    (
        "Pairs",
        &[(
            "dog.md",
            "title: Dog",
            "title: Dog\ntargets: [bank, guild]\nuses: [rat]",
        )],
    ),
    (
        "Web",
        &[("dog.md", "title: Dog", "title: Dog\nrelated_to: [beagle]")],
    ),
    // What nobody else shows of it: how likely it is.
    (
        "Web",
        &[(
            "note.md",
            "[apt38]",
            "[{ entry: apt38, confidence: likely }]",
        )],
    ),
    (
        "Map",
        &[(
            "dog.md",
            "title: Dog",
            "title: Dog\noriginates_from: [peru]",
        )],
    ),
    (
        "Seat",
        &[("bolivia.md", "type: country", "type: country\ncode: BR")],
    ),
    (
        "Money",
        &[("incident-007.md", "value: 5m USD", "value: 6m USD")],
    ),
    (
        "Rows",
        &[(
            "incident-103.md",
            "title: Incident 103",
            "title: An incident",
        )],
    ),
    // It stays the first, and the letters on the second page are those of both.
    (
        "Marks",
        &[("incident-000.md", "title: Incident 000", "title: Heist 000")],
    ),
    // Its new neighbours showed nothing of it before.
    (
        "Neighbours",
        &[("incident-050.md", "date: 1950", "date: 1970")],
    ),
    // It comes to a page that showed nothing of it.
    (
        "Chronicle",
        &[(
            "incident-050.md",
            "date: 1950\nevents",
            "date: 2001\nevents",
        )],
    ),
    (
        "Events",
        &[("incident-001.md", "what: Money", "what: More money")],
    ),
    (
        "Named",
        &[(
            "dog.md",
            "title: Dog",
            "title: Dog\naliases: [Notes of old]",
        )],
    ),
    (
        "NamedMarks",
        &[("dog.md", "title: Dog", "title: Dog\naliases: [Zebra]")],
    ),
    (
        "Register",
        &[("dog.md", "title: Dog", "title: Dog\naliases: [Zebra]")],
    ),
    (
        "Attributes",
        &[("first.md", "publisher: One", "publisher: One\ndate: 2019")],
    ),
    (
        "Producers",
        &[(
            "dog.md",
            "title: Dog",
            "title: Dog\naliases: [{ name: Hound, by: Two }]",
        )],
    ),
    ("Revisions", &[("apt38.md", "A group", "A gang")]),
    ("Postings", &[("apt38.md", "A group", "A gang")]),
    ("Tagged", &[("beagle.md", "[bank]", "[heist]")]),
    ("Tags", &[("beagle.md", "[bank]", "[Bank]")]),
    ("Shelf", &[("ministry.md", "chile", "peru")]),
    (
        "Shelf",
        &[("mint.md", "title: The mint", "title: The mint\ntlp: green")],
    ),
    ("Shelves", &[("ministry.md", "chile", "peru")]),
    (
        "Shelves",
        &[("mint.md", "title: The mint", "title: The mint\ntlp: amber")],
    ),
    ("Shelved", &[("ministry.md", "chile", "bolivia")]),
    (
        "Contested",
        &[("dog.md", "title: Dog", "title: Dog\naliases: [shared]")],
    ),
    (
        "AllContested",
        &[(
            "guild.md",
            "title: The guild",
            "title: The guild\naliases: [Night Heron]",
        )],
    ),
    (
        "Overview",
        &[("first.md", "title: The", "grade: B2\ntitle: The")],
    ),
    (
        "Latest",
        &[("dog.md", "title: Dog", "title: Dog\nupdated: 2021-01-01")],
    ),
    ("Days", &[("apt38.md", "2020-01-01", "2021-01-01")]),
    (
        "Routes",
        &[("dog.md", "title: Dog", "title: Dog\ntags: [new]")],
    ),
];

#[test]
fn a_facet_that_is_not_noted_is_missed() {
    let [clear, amber] = [Tlp::Clear, Tlp::Amber].map(|audience| base(&connected(audience)));
    let sorts: BTreeSet<String> = amber.facets.iter().flatten().map(|it| sort(*it)).collect();
    // What an introduction leads to changes together with the name of what it led to.
    let tried = NEEDING.iter().map(|(sort, _)| *sort).chain(["Intros"]);
    let tried: BTreeSet<String> = tried.map(str::to_owned).collect();
    assert_eq!(sorts, tried);
    for (sort, edits) in NEEDING {
        // For those who see nothing marked, markings need not be looked at.
        let marks = edits.iter().any(|(_, _, to)| to.contains("tlp:"));
        let (audience, base) = match marks {
            true => (Tlp::Amber, &amber),
            false => (Tlp::Clear, &clear),
        };
        let mut project = connected(audience);
        for (path, from, to) in *edits {
            replace(&mut project, path, from, to);
        }
        let needed = compare(&project, base, &[format!("{edits:?}")]).needed(base);
        assert!(needed.contains(*sort), "{sort} is not among {needed:?}");
    }
}
