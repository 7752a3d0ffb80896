//! The work for names grows with how many there are, and no faster: held by a count.
//!
//! What is counted is not time, which depends on the machine, but what a run of all stages and the making of
//! every page ask of the allocator, in blocks and in bytes: names are folded, compared and written in
//! memory of their own. Twice as many names may take little more than twice as much.

mod support;

use dossier::diag::{Code, Diagnostic, Fix, TextEdit};
use dossier::mend::mend;
use dossier::model::Markings;
use dossier::pipeline::Pipeline;
use dossier::text::{Span, TextFile};
use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use support::Project;

struct Counting;

static BLOCKS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BLOCKS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(layout.size() as u64, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Counts are of the whole process: one test at a time.
static TURN: Mutex<()> = Mutex::new(());

/// What something asks of the allocator: blocks and bytes.
fn counted(work: impl FnOnce()) -> [u64; 2] {
    let now = || [&BLOCKS, &BYTES].map(|count| count.load(Ordering::Relaxed));
    let before = now();
    work();
    let after = now();
    [after[0] - before[0], after[1] - before[1]]
}

/// Holds that a build, and the making of all pages, of twice as many takes little more than twice the work.
#[track_caller]
fn is_linear(project: impl Fn(usize) -> Project) {
    grows_no_faster(|count| {
        let project = project(count);
        counted(|| drop(project.try_site()))
    });
}

#[track_caller]
fn grows_no_faster(work: impl Fn(usize) -> [u64; 2]) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    const FEW: usize = 500;
    // What is made once in a process is not counted.
    work(1);
    let (few, many) = (work(FEW), work(4 * FEW));
    for (few, many, what) in [(few[0], many[0], "blocks"), (few[1], many[1], "bytes")] {
        assert!(
            many < 6 * few,
            "{FEW} take {few} {what}, four times as many take {many}"
        );
    }
}

/// An entry with aliases, of which each is made of its number.
fn entry(title: &str, count: usize, alias: impl Fn(usize) -> String) -> String {
    let mut text = format!("---\ntitle: {title}\naliases:\n");
    for at in 0..count {
        let _ = writeln!(text, "  - {}", alias(at));
    }
    text.push_str("---\nText.\n");
    text
}

fn sharing(entries: usize, count: usize, alias: impl Fn(usize) -> String + Copy) -> Project {
    (0..entries).fold(Project::default(), |project, at| {
        let text = entry(&format!("Actor {at}"), count, alias);
        project.file(&format!("actors/a{at}.md"), &text)
    })
}

#[test]
fn two_entries_that_share_all_names() {
    is_linear(|count| sharing(2, count, |at| format!("Name {at}")));
}

#[test]
fn ten_entries_that_share_all_names() {
    is_linear(|count| sharing(10, count, |at| format!("Name {at}")));
}

#[test]
fn names_with_a_source_each() {
    let alias = |at| format!("{{ name: Name {at}, by: Vendor, sources: [s] }}");
    is_linear(|count| sharing(2, count, alias).stub("sources/s.md", "S"));
}

#[test]
fn names_above_the_public_seen_by_whoever_may() {
    let alias = |at| format!("{{ name: Name {at}, tlp: amber }}");
    is_linear(|count| sharing(2, count, alias).audience(dossier::model::Tlp::Amber));
}

#[test]
fn one_entry_with_many_names() {
    is_linear(|count| sharing(1, count, |at| format!("Name {at}")));
}

#[test]
fn one_entry_that_gives_each_name_twice() {
    is_linear(|count| sharing(1, 2 * count, move |at| format!("Name {}", at % count)));
}

#[test]
fn names_of_which_the_addresses_begin_alike() {
    // Told apart by signs, of which an address has none.
    let alias = |at: usize| format!("\"A{at:b}\"").replace('0', "?").replace('1', "!");
    is_linear(|count| sharing(2, count, alias));
}

#[test]
fn many_entries_that_share_one_name() {
    is_linear(|count| sharing(count, 1, |_| "Same".to_owned()));
}

#[test]
fn many_links_to_a_name_that_many_bear() {
    is_linear(|count| {
        (0..count).fold(Project::default(), |project, at| {
            let text = format!("---\ntitle: Actor {at}\naliases: [Same]\n---\nText [[Same]].\n");
            project.file(&format!("actors/a{at}.md"), &text)
        })
    });
}

/// One entry with many names, some of them withheld, and another that links by each of the rest.
fn linked(count: usize) -> Project {
    let mut text = "---\ntitle: Other\n---\n".to_owned();
    for at in 0..count {
        let _ = writeln!(text, "See [[NAME {at}]].\n");
    }
    let names = |at| match at < count {
        true => format!("Name {at}"),
        false => format!("{{ name: Secret {at}, tlp: amber }}"),
    };
    let actor = entry("Actor", count + 1, names);
    let project = Project::default().file("actors/a.md", &actor);
    project.file("actors/b.md", &text)
}

#[test]
fn many_links_by_many_names() {
    is_linear(linked);
}

/// Entries of which one has a heading for each of a number.
fn with_headings(count: usize, text: &str) -> Project {
    let mut glossary = format!("---\ntitle: Glossary\n---\n{text}\n");
    for at in 0..count {
        let _ = write!(glossary, "## Heading {at}\n\nText.\n\n");
    }
    Project::default().file("notes/glossary.md", &glossary)
}

#[test]
fn many_links_to_many_headings() {
    for link in [
        "[a](#heading-{})",
        "[[#Heading {}]]",
        "[a](#nothing-like-{})",
    ] {
        is_linear(|count| {
            let links = (0..count).map(|at| link.replace("{}", &at.to_string()) + "\n");
            with_headings(count, &links.collect::<String>())
        });
    }
}

#[test]
fn many_entries_that_link_to_many_headings() {
    is_linear(|count| {
        (0..count).fold(with_headings(count, ""), |project, at| {
            let text = format!("---\ntitle: Note {at}\n---\nSee [[glossary#Heading {at}]].\n");
            project.file(&format!("notes/n{at}.md"), &text)
        })
    });
}

#[test]
fn many_tags_and_former_addresses() {
    is_linear(|count| {
        let mut text = "---\ntitle: Actor\ntags:\n".to_owned();
        for at in 0..count {
            let _ = writeln!(text, "  - Tag {at}");
        }
        text.push_str("redirect_from:\n");
        for at in 0..count {
            let _ = writeln!(text, "  - /Old/Page{at}.html");
        }
        text.push_str("---\n");
        Project::default().file("actors/a.md", &text)
    });
}

#[test]
fn names_that_come_and_go() {
    grows_no_faster(|count| {
        let shared = entry("Third", count, |at| format!("Other {at}"));
        let own = |of: &str| entry("Fourth", count, |at| format!("{of} {at}"));
        let mut project = linked(count)
            .file("actors/c.md", &shared)
            .file("actors/d.md", &own("Own"));
        let mut pipeline = Pipeline::new();
        drop(project.run_again(&mut pipeline));
        counted(|| {
            // Contested by another entry, by none, and as they were.
            for other in ["Other", "More", "Own"] {
                if let Some(last) = project.inputs.entries.last_mut() {
                    *last = TextFile::new("content/actors/d.md", own(other));
                }
                let run = project.run_again(&mut pipeline);
                drop(project.made(run));
            }
        })
    });
}

/// Mends a text of as many lines, of which these touch a marking.
fn mends(count: usize, touches: impl Fn(usize) -> bool) -> [u64; 2] {
    let path = Arc::from("content/notes/a.md");
    let mut text = "---\ntitle: A\n---\n".to_owned();
    let mut problems = Vec::new();
    for at in 0..count {
        let from = text.len() + 5;
        text.push_str("(TLP:RED) Words.\n\n");
        let span = match touches(at) {
            true => Span::new(from, from + 3),
            false => Span::new(from + 5, from + 10),
        };
        let mut problem = Diagnostic::at(Code::BadValue, &path, span, "made up");
        problem.fix = Some(Fix::Safe(vec![TextEdit::new(&path, span, "Xs")]));
        problems.push(problem);
    }
    counted(|| {
        drop(mend(
            &problems,
            &|_| Some(text.as_str()),
            &Markings::default(),
        ))
    })
}

#[test]
fn fixes_of_which_one_touches_a_marking() {
    grows_no_faster(|count| mends(count, |at| at == count / 2));
}

#[test]
fn fixes_that_all_touch_a_marking() {
    grows_no_faster(|count| mends(count, |_| true));
}
