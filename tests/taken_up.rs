//! A pipeline that takes up what an earlier process left gives the site of a first run, and what it says
//! that edits of texts do not reach is what it was: on lists of more than a hundred, above CLEAR, and
//! wherever else a page shows something of another.

mod support;

use dossier::model::Tlp;
use dossier::pipeline::Pipeline;
use dossier::pipeline::kept::Kept;
use dossier::render::{Content, Facet};
use dossier::text::TextFile;
use std::collections::BTreeMap;
use support::Project;
use support::edits::Dice;

/// Enough that lists have a second page.
const MANY: usize = 104;

const STEPS: usize = 40;

type Site = BTreeMap<String, Vec<u8>>;

fn wide(audience: Tlp) -> Project {
    let mut project = Project::default()
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
            "---\ntitle: Incident {number:03}\ndate: 2016\n{tags}attributed_to: [{{ entry: apt38, sources: [report] }}]\nevents: [{{ date: 2016-02-04, what: Money left, sources: [report] }}]\n---\nIt began [@report].\n\n"
        );
        project = project
            .file(&format!("notes/note-{number:03}.md"), &note)
            .file(&format!("incidents/incident-{number:03}.md"), &incident);
    }
    project.audience(audience)
}

/// One paragraph more, less, or another.
fn reword(project: &mut Project, dice: &mut Dice) -> String {
    let at = dice.roll(project.inputs.entries.len());
    let file = project.inputs.entries[at].clone();
    let (front, body) = file.text.split_once("\n---\n").unwrap();
    let mut pieces: Vec<String> = body.split_inclusive("\n\n").map(str::to_owned).collect();
    let number = dice.roll(MANY);
    let new = match dice.roll(14) {
        1 => "It was [[apt38]] again.\n\n".to_owned(),
        2 => format!("Compare [[note-{number:03}]] and [[beagle|that group]].\n\n"),
        3 => "More of it [@report, p. 7].\n\n".to_owned(),
        4 => "Another view [@other], and [@report].\n\n".to_owned(),
        5 => "(TLP:AMBER) Held back, of [[beagle|that group]] [@other].\n\n".to_owned(),
        6 => "So it is said [@secret].\n\n".to_owned(),
        7 => format!("As in [the case](../incidents/incident-{number:03}.md).\n\n"),
        8 => String::new(),
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
    kept: Vec<u8>,
    /// What each file was made of.
    facets: Vec<Box<[Facet]>>,
    site: Site,
}

fn base(project: &Project) -> Base {
    let mut pipeline = Pipeline::once_for_later();
    let run = project.run_again(&mut pipeline);
    let built = run.site.as_ref().expect("a site");
    let kept = pipeline.kept(built).expect("something is left");
    let mut buffer = Vec::new();
    let facets = (0..built.paths().len()).map(|index| {
        let (_, noted) = built.make_noted(index, &mut buffer).expect("a file");
        noted.facets
    });
    Base {
        files: project.inputs.entries.clone(),
        kept: postcard::to_allocvec(&kept).unwrap(),
        facets: facets.collect(),
        site: project.site(),
    }
}

/// How many files there are, and how many of them were reached, if that is known.
fn compare(project: &Project, base: &Base, story: &[String]) -> (usize, Option<usize>) {
    let anew = project.site();
    let kept: Kept = postcard::from_bytes(&base.kept).unwrap();
    let edited = kept.edited(&project.inputs.entries).unwrap();
    let former = edited.iter().map(|it| (*it, base.files[it.at].clone()));
    let (config, today) = (project.config(), project.options.today);
    let taken = Pipeline::taking_up(kept, &project.inputs, former.collect(), &config, today);
    let (mut pipeline, before) = taken.expect("only texts changed");
    let built = project.run_again(&mut pipeline).site.expect("a site");
    let known = built.reached(&before, &base.facets);
    let all = vec![true; built.paths().len()];
    let reached = known.as_ref().unwrap_or(&all);
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
    let count = known.map(|known| known.iter().filter(|it| **it).count());
    (all.len(), count)
}

fn sequence(audience: Tlp, seed: u64) {
    let mut project = wide(audience);
    let base = base(&project);
    let mut dice = Dice(seed);
    let mut story = Vec::new();
    let mut shares = Vec::new();
    for _ in 0..STEPS {
        for _ in 0..1 + dice.roll(2) {
            story.push(reword(&mut project, &mut dice));
        }
        let (files, reached) = compare(&project, &base, &story);
        shares.extend(reached.map(|reached| reached * 100 / files));
        // Few edits at a time reach little.
        if dice.chance(60) {
            project.inputs.entries.clone_from(&base.files);
            story.clear();
        }
    }
    // Above CLEAR it is said only of edits that bear on no marking.
    let known = if audience == Tlp::Clear {
        STEPS
    } else {
        STEPS / 8
    };
    assert!(shares.len() >= known, "{audience}: {shares:?}");
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
fn more_than_texts_is_not_taken_up() {
    let edits: [(&str, &str); 4] = [
        ("title: Note 001", "title: Another"),
        ("---\nNote", "---\n## A heading\n\nNote"),
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
        let kept: Kept = postcard::from_bytes(&base.kept).unwrap();
        let edited = kept.edited(&project.inputs.entries).unwrap();
        assert_eq!(edited.len(), 1);
        let former = edited.iter().map(|it| (*it, base.files[it.at].clone()));
        let (config, today) = (project.config(), project.options.today);
        let taken = Pipeline::taking_up(kept, &project.inputs, former.collect(), &config, today);
        assert!(taken.is_none(), "{to}");
    }
}
