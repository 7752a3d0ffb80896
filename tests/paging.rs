//! Lists of more than a hundred entries go on over several pages; each entry stands on exactly one of
//! them, the counts are told on the first, and what is withheld counts nowhere.

mod support;

use dossier::model::Tlp;
use dossier::pipeline::Pipeline;
use dossier::text::TextFile;
use std::collections::BTreeMap;
use support::{Project, html};

type Site = BTreeMap<String, Vec<u8>>;

/// A dossier in which `count` notes cite a source, name an actor and are related to it, and `count`
/// incidents are attributed to it; all tagged.
fn project(count: usize, marking: &str) -> Project {
    let start = Project::default()
        .stub("actors/apt38.md", "APT38")
        .stub("sources/report.md", "A report");
    (0..count).fold(start, |project, number| {
        let day = format!("{:04}-{:02}-{:02}", 1990 + number / 300, number / 25 % 12 + 1, number % 25 + 1);
        let common = format!("{marking}date: {day}\ntags: [heist]\n");
        project
            .file(
                &format!("notes/note-{number:03}.md"),
                &format!(
                    "---\ntitle: Note {number:03}\n{common}related_to: apt38\n---\nSentence {number} names [[apt38]]. Claim {number} has a source [@report].\n\nAnd another [@report, p. {number}].\n"
                ),
            )
            .file(
                &format!("incidents/incident-{number:03}.md"),
                &format!("---\ntitle: Incident {number:03}\n{common}attributed_to: [{{ entry: apt38, sources: [report] }}]\n---\n"),
            )
    })
}

fn page<'a>(site: &'a Site, path: &str) -> &'a str {
    let bytes = site
        .get(path)
        .unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// On which of some pages each of the entries `<stem>-000` … is linked to from the main part.
fn found(site: &Site, pages: &[&str], folder: &str, stem: &str, count: usize) -> Vec<Vec<usize>> {
    let mains: Vec<&str> = pages
        .iter()
        .map(|path| {
            let text = page(site, path);
            &text[text.find("<main").expect("a main")..]
        })
        .collect();
    (0..count)
        .map(|number| {
            let link = format!("{folder}/{stem}-{number:03}/");
            (0..mains.len())
                .filter(|&at| mains[at].contains(&link))
                .collect()
        })
        .collect()
}

/// Every entry stands on one page, `PER_PAGE` on each but the last, in order.
#[track_caller]
fn assert_paged(found: &[Vec<usize>], order: impl Fn(usize) -> usize) {
    for (number, pages) in found.iter().enumerate() {
        assert_eq!(*pages, [order(number) / 100], "entry {number}");
    }
}

#[test]
fn citing_places_backlinks_connections_and_timelines_go_on_over_pages() {
    let site = project(205, "").site();
    let faults = html::faults(&site, "https://example.org/t/");
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    // 205 incidents, then 205 notes cite the report, each a page; 615 statements.
    let cited: Vec<String> = (2..=5)
        .map(|number| format!("sources/report/cited/{number}/index.html"))
        .collect();
    let cited: Vec<&str> = std::iter::once("sources/report/index.html")
        .chain(cited.iter().map(String::as_str))
        .collect();
    assert_paged(
        &found(&site, &cited, "incidents", "incident", 205),
        |number| number,
    );
    assert_paged(&found(&site, &cited, "notes", "note", 205), |number| {
        205 + number
    });
    assert!(!site.contains_key("sources/report/cited/1/index.html"));
    assert!(!site.contains_key("sources/report/cited/6/index.html"));
    let first = page(&site, cited[0]);
    assert!(
        first.contains("bears 615 statements</a> on 410 pages"),
        "the counts are told"
    );
    let second = page(&site, "sources/report/cited/3/index.html");
    for sentence in [
        "Claim 7 has a source.",
        "And another.",
        "citing p. 7",
        "notes/note-007/#cite-report-2",
    ] {
        assert!(second.contains(sentence), "{sentence}");
    }
    assert!(second.contains("rel=\"prev\"") && second.contains("rel=\"next\""));
    assert!(!page(&site, cited[4]).contains("rel=\"next\""));
    assert!(!first.contains("rel=\"prev\""));

    let pages = |list: &str| {
        let further = (2..=3).map(|number| format!("actors/apt38/{list}/{number}/index.html"));
        std::iter::once("actors/apt38/index.html".to_owned())
            .chain(further)
            .collect::<Vec<_>>()
    };
    let numbers = |all: &[String], list: &str| {
        let own: Vec<String> = all
            .iter()
            .map(|path| list_of(page(&site, path), list))
            .collect();
        let site: Site = (0..)
            .zip(&own)
            .map(|(at, text): (u32, _)| (at.to_string(), format!("<main>{text}").into_bytes()))
            .collect();
        let paths: Vec<String> = site.keys().cloned().collect();
        (site, paths)
    };
    for (list, folder, stem) in [
        ("mentions", "notes", "note"),
        ("timeline", "incidents", "incident"),
    ] {
        let all = pages(list);
        let (own, paths) = numbers(&all, list);
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        assert_paged(&found(&own, &paths, folder, stem, 205), |number| number);
        assert!(
            !site.contains_key(&format!("actors/apt38/{list}/4/index.html")),
            "{list}"
        );
    }
    // Connections stand by kind and verb: the first of each, and all of them on pages of their own.
    let own = list_of(page(&site, "actors/apt38/index.html"), "connections");
    assert_eq!(own.matches("<li>").count(), 10);
    assert!(
        own.contains("is related to <span class=\"of\">notes</span> <span class=\"n\">205</span>")
    );
    assert!(own.contains("href=\"../../actors/apt38/connections/notes-related-to/\">All 205</a>"));
    let all = [
        "actors/apt38/connections/notes-related-to/index.html",
        "actors/apt38/connections/notes-related-to/2/index.html",
        "actors/apt38/connections/notes-related-to/3/index.html",
    ];
    assert_paged(&found(&site, &all, "notes", "note", 205), |number| number);
    let listed = site.keys().filter(|path| path.contains("/connections/"));
    assert_eq!(listed.count(), all.len());
    let third = page(&site, "actors/apt38/mentions/3/index.html");
    assert!(
        third.contains("Sentence 204 names APT38."),
        "the sentence around the link is quoted"
    );
}

/// The section of a list on a page; the whole of a further page.
fn list_of(text: &str, list: &str) -> String {
    let id = match list {
        "connections" => "page-relations",
        "mentions" => "page-mentions",
        _ => "page-timeline",
    };
    let Some(at) = text.find(&format!("aria-labelledby=\"{id}\"")) else {
        return text.to_owned();
    };
    let end = text[at..]
        .find("</section>")
        .map_or(text.len(), |end| at + end);
    text[at..end].to_owned()
}

#[test]
fn indexes_and_tags_go_on_over_pages_in_both_orders() {
    let count = 205;
    let site = project(count, "").site();
    let by_name = [
        "notes/index.html",
        "notes/page/2/index.html",
        "notes/page/3/index.html",
    ];
    assert_paged(&found(&site, &by_name, "notes", "note", count), |number| {
        number
    });
    // The newest first.
    let by_date = [
        "notes/by-date/index.html",
        "notes/by-date/page/2/index.html",
        "notes/by-date/page/3/index.html",
    ];
    let mut days: Vec<usize> = (0..count).collect();
    days.sort_by_key(|&number| {
        (
            std::cmp::Reverse((number / 300, number / 25 % 12, number % 25)),
            number,
        )
    });
    let place = |number: usize| {
        days.iter()
            .position(|&other| other == number)
            .expect("it stands somewhere")
    };
    assert_paged(&found(&site, &by_date, "notes", "note", count), place);
    let tagged = [
        "tags/heist/index.html",
        "tags/heist/page/2/index.html",
        "tags/heist/page/3/index.html",
        "tags/heist/page/4/index.html",
        "tags/heist/page/5/index.html",
    ];
    assert_paged(
        &found(&site, &tagged, "incidents", "incident", count),
        |number| number,
    );
    assert_paged(&found(&site, &tagged, "notes", "note", count), |number| {
        count + number
    });
    for path in [
        "notes/page/4/index.html",
        "notes/page/1/index.html",
        "tags/heist/page/6/index.html",
    ] {
        assert!(!site.contains_key(path), "{path}");
    }
    let feed = page(&site, "notes/feed.xml");
    assert_eq!(
        feed.matches("<entry>").count(),
        50,
        "a feed holds the fifty last"
    );
}

#[test]
fn the_entries_of_a_country_go_on_over_pages() {
    let mut project = Project::default().file(
        "places/utopia.md",
        "---\ntitle: Utopia\ntype: country\n---\n",
    );
    for number in 0..101 {
        let bank = format!("---\ntitle: Bank {number:03}\ncountry: utopia\n---\n");
        project = project.file(&format!("organisations/bank-{number:03}.md"), &bank);
    }
    let site = project.site();
    let (first, second) = (
        page(&site, "countries/utopia/index.html"),
        page(&site, "countries/utopia/page/2/index.html"),
    );
    assert!(first.contains("Bank 099") && !first.contains("Bank 100"));
    assert!(second.contains("Bank 100") && !second.contains("Bank 099"));
    assert!(page(&site, "sitemap.xml").contains("/countries/utopia/page/2/"));
    assert!(!site.contains_key("countries/utopia/page/3/index.html"));
    assert!(!site.contains_key("markings/index.html"), "all are alike");
}

#[test]
fn a_hundred_fit_on_one_page_and_the_withheld_count_nowhere() {
    let further = |site: &Site| {
        site.keys()
            .filter(|path| path.contains("/2/") && !path.starts_with("names/"))
            .cloned()
            .collect::<Vec<_>>()
    };
    // 50 notes and 50 incidents cite the report: a hundred.
    assert_eq!(
        further(&project(50, "").site()),
        ["tags/heist/page/2/index.html"; 0]
    );
    let one_more = project(50, "").file(
        "notes/one-more.md",
        "---\ntitle: One more\ntags: [heist]\n---\nIt cites [@report].\n",
    );
    assert_eq!(
        further(&one_more.site()),
        [
            "sources/report/cited/2/index.html",
            "tags/heist/page/2/index.html"
        ]
    );

    let marked = project(205, "tlp: amber\n");
    let clear = marked.site();
    assert_eq!(further(&clear), Vec::<String>::new());
    assert!(page(&clear, "sources/report/index.html").contains("nothing rests on it yet"));
    assert!(!clear.contains_key("tags/index.html") && !clear.contains_key("notes/index.html"));
    assert!(!further(&marked.audience(Tlp::Amber).site()).is_empty());
}

#[test]
fn a_sitemap_is_split_at_fifty_thousand_addresses() {
    let tags = |from: usize, count: usize| {
        (from..from + count)
            .map(|number| format!("t{number}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let project = (0..26).fold(Project::default(), |project, number| {
        let text = format!(
            "---\ntitle: Note {number}\ntags: [{}]\n---\n",
            tags(number * 2000, 2000)
        );
        project.file(&format!("notes/note-{number}.md"), &text)
    });
    let run = project.run();
    let built = run
        .site
        .unwrap_or_else(|| panic!("{}", project.report(&run.problems)));
    let made = |path: &str| {
        let index = built.paths().iter().position(|other| other == path)?;
        let mut buffer = Vec::new();
        built.make(index, &mut buffer).ok()?;
        String::from_utf8(buffer).ok()
    };
    let whole = made("sitemap.xml").expect("a sitemap");
    assert!(whole.contains("<sitemapindex"));
    let parts: Vec<String> = (1..=3)
        .filter_map(|number| made(&format!("sitemap-{number}.xml")))
        .collect();
    let counts: Vec<usize> = parts
        .iter()
        .map(|part| part.matches("<loc>").count())
        .collect();
    // 52,000 tags, their list, 26 notes, their index in two orders, all names, the search, the home page.
    assert_eq!(counts, [50_000, 52_000 + 1 + 26 + 2 + 2 + 1 - 50_000]);
    for number in 1..=2 {
        assert!(whole.contains(&format!(
            "<loc>https://example.org/t/sitemap-{number}.xml</loc>"
        )));
    }
}

/// An edit that takes the last from a page of a list, or puts the first on one, is seen where another page
/// was edited than the one whose list it is.
#[test]
fn a_page_of_a_list_comes_and_goes_with_an_edit_elsewhere() {
    let mut project = project(101, "");
    let mut pipeline = Pipeline::new();
    let mut further = |project: &Project| -> Vec<String> {
        let paths = |pipeline: &mut Pipeline| -> Vec<String> {
            let run = project.run_again(pipeline);
            let site = run.site.expect("a site");
            let further = site.paths().iter().filter_map(|path| {
                let below = path.strip_prefix("actors/apt38/")?;
                // Connections have pages of their own from the first on.
                match below.strip_prefix("connections/") {
                    Some(of) => {
                        assert!(of.starts_with("notes-related-to/"), "{of}");
                        (of == "notes-related-to/index.html").then(|| "connections".to_owned())
                    }
                    None => Some(below.strip_suffix("/2/index.html")?.to_owned()),
                }
            });
            further.collect()
        };
        let again = paths(&mut pipeline);
        assert_eq!(again, paths(&mut Pipeline::new()));
        again
    };
    let edit = |project: &mut Project, path: &str, from: &str, to: &str| {
        let mut entries = project.inputs.entries.iter_mut();
        let file = entries.find(|file| file.path.ends_with(path));
        let file = file.expect("the file is there");
        let text = file.text.replace(from, to);
        *file = TextFile::new(&*file.path, text);
    };
    let all = ["connections", "mentions", "timeline"];
    assert_eq!(further(&project), all);
    let attributed = "attributed_to: [{ entry: apt38, sources: [report] }]";
    let steps: [(&str, &str, &str, &[&str]); 6] = [
        (
            "notes/note-003.md",
            "related_to: apt38\n",
            "",
            &["mentions", "timeline"],
        ),
        ("notes/note-003.md", "[[apt38]]", "it", &["timeline"]),
        (
            "incidents/incident-050.md",
            attributed,
            "related_to: apt38",
            &["connections"],
        ),
        (
            "incidents/incident-050.md",
            "related_to: apt38",
            attributed,
            &["timeline"],
        ),
        (
            "notes/note-003.md",
            "title:",
            "related_to: apt38\ntitle:",
            &["connections", "timeline"],
        ),
        // What it states itself is not told again as stated of it.
        (
            "actors/apt38.md",
            "title:",
            "related_to: notes/note-007\ntitle:",
            &["timeline"],
        ),
    ];
    for (path, from, to, left) in steps {
        edit(&mut project, path, from, to);
        assert_eq!(further(&project), left, "{path}: {from} became {to}");
    }
}
