//! What a query finds: among all entries, as their writer sees them, and behind the door.
//!
//! And for any text: a query, which is read again as it is printed, or problems with places in it; never a panic.

mod support;

use dossier::model::{Entry, PageId, Tlp};
use dossier::pipeline::{Built, Pipeline};
use dossier::query::{Asked, Query, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};
use std::sync::Arc;
use support::Project;

fn read(text: &str) -> Query {
    parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"))
}

/// A dossier in which every form stands once.
fn project() -> Project {
    Project::default()
        .file(
            "actors/apt38.md",
            "---\ntitle: APT38\nsummary: Robs *banks*.\n\
             aliases:\n  - { name: Bluenoroff, by: kaspersky, sources: [report] }\n  - { name: Étoile, by: Somebody }\n\
             external_ids: { attack: G0082 }\nmotive: [financial, espionage]\nfirst_seen: { value: 2014-02, sources: [report] }\n\
             facts:\n  days_inside: { value: at least 155, sources: [report] }\n  taken: { value: over 100m USD, sources: [report] }\n\
             attributed_to:\n  - { entry: state, confidence: very likely, sources: [report] }\n  - { entry: unit, confidence: unlikely, sources: [leak] }\n\
             targets: { entry: bank, denied: true, sources: [report] }\ntags: [Swift, cash]\n---\n\
             It writes wi**per**s [@report].\n\n## Names\n\nSee [[other]].\n",
        )
        .file(
            "incidents/heist.md",
            "---\ntitle: The heist\ndates:\n  - { value: 2016-02-04/2016-02-05, sources: [report], chosen: the bank says so }\n  - { value: late 2015, sources: [leak] }\n\
             status: confirmed\nloss:\n  actual:\n    - { value: 81m USD, sources: [report], chosen: the court says so }\n    - { value: over 101m USD, sources: [leak] }\n  attempted: { value: 80m to 951m EUR, sources: [report] }\n\
             attributed_to: { entry: apt38, confidence: likely, sources: [report] }\ntargets: { entry: bank, sources: [report] }\n\
             events: { date: 2016-02-04, what: Orders are sent., place: dhaka, sources: [report] }\n---\nMoney left.\n",
        )
        .file("incidents/other.md", "---\ntitle: Other\ndate: 2018\nstatus: blocked\nloss: { demanded: 5m USD, paid: 1m USD, seized: 900k USD }\naffected: { people: over 1000, systems: 80 to 90, records: 1.3m }\ntlp: amber\n---\nA wiper.\n")
        .file("organisations/bank.md", "---\ntitle: The Bank\ntype: bank\ncountry: bangladesh\n---\n")
        .file("organisations/kaspersky.md", "---\ntitle: Kaspersky\n---\n")
        .file("organisations/agency.md", "---\ntitle: Agency\nreliability: { value: C, tlp: amber }\n---\n")
        .file("sources/wire.md", "---\ntitle: A wire\npublisher: agency\ngrade: 3\n---\n")
        .file("organisations/state.md", "---\ntitle: The State\n---\n")
        .file("organisations/unit.md", "---\ntitle: Unit\ntlp: red\n---\n")
        .file("places/bangladesh.md", "---\ntitle: Bangladesh\ntype: country\n---\n")
        .file("places/dhaka.md", "---\ntitle: Dhaka\ntype: city\nlat: 23.7\npart_of: bangladesh\n---\n")
        .file("notes/draft.md", "---\ntitle: Draft\ndraft: true\n---\n")
        .file("sources/leak.md", "---\ntitle: A leak\npublisher: Somebody else\ngrade: F6\nseen: excerpt\n---\n")
        .file("sources/report.md", "---\ntitle: A report\npublisher: kaspersky\ngrade: B2\nurl: https://example.net/report\n---\n")
}

/// The slugs of what a writer finds.
fn found(text: &str) -> String {
    let mut project = project();
    project.options.audience = Tlp::Red;
    project.options.drafts = true;
    let mut pipeline = Pipeline::new();
    let _ = project.run_again(&mut pipeline);
    let (listing, _) = pipeline.listing_of(&read(text));
    let slugs = listing.iter().map(|it| it.slug.as_str());
    slugs.collect::<Vec<_>>().join(" ")
}

fn built(audience: Tlp) -> Arc<Built> {
    let run = project().audience(audience).run();
    run.site.unwrap_or_else(|| panic!("{:#?}", run.problems))
}

fn pages(built: &Built) -> Vec<(PageId, &Entry<PageId>)> {
    built.site.release.iter().collect()
}

/// The addresses of the statements that an audience finds.
fn statements(audience: Tlp, text: &str) -> String {
    let built = built(audience);
    let entries = pages(&built);
    let asked = Asked::of(&read(text), &entries);
    let mut found = Vec::new();
    for (id, entry) in &entries {
        let slug = |to: &PageId| built.site.release.page(*to).slug.as_str();
        let addresses = entry.statements.addresses(slug);
        let fit = asked.statements(*id, entry).into_iter();
        found.extend(fit.map(|(id, _)| addresses[id.index as usize].clone()));
    }
    found.join(" ")
}

#[test]
fn a_writer_finds_whatever_its_marking() {
    for (query, slugs) in [
        (
            "kind:incident actor:apt38 loss.actual>10m USD date:2016/2018 money",
            "heist",
        ),
        // Words: of texts, names and sentences, without case, accents and what is marked up.
        ("wiper", "apt38 other"),
        ("\"wiper\"", "other"),
        ("\"WIPERS it\"", ""),
        ("\"it writes wipers\"", "apt38"),
        ("etoile", "apt38"),
        ("\"orders are sent\"", "heist"),
        ("\"the court says so\"", "heist"),
        ("text:wiper", "apt38 other"),
        ("title:heist", "heist"),
        ("summary:\"robs banks\"", "apt38"),
        // Names as a whole.
        ("slug:apt38,heist", "apt38 heist"),
        ("slug:apt", ""),
        ("id:incidents/heist", "heist"),
        ("tag:swift", "apt38"),
        ("attack:g0082 external_ids:G0082 has:external_ids", "apt38"),
        ("alias:bluenoroff aliases.by:kaspersky", "apt38"),
        ("aliases.by:somebody", "apt38"),
        // Kinds, words, markings, drafts.
        ("kind:places", "bangladesh dhaka"),
        ("status:blocked", "other"),
        ("type:country", "bangladesh"),
        ("motive:espionage", "apt38"),
        ("tlp>clear", "other unit"),
        ("tlp:red", "unit"),
        ("has:draft", "draft"),
        ("kind:note draft:false", ""),
        // Dates: where they may be so.
        ("kind:incident date:2016", "heist"),
        ("date:2018-05", "other"),
        ("date>2018-05 kind:incident", "other"),
        ("date>=2019 kind:incident", ""),
        ("date:2017/..", "other"),
        ("dates:2015-12", "heist"),
        ("first_seen<2015", "apt38"),
        ("kind:incident -date<=2016", "other"),
        // Money: of one currency, by figure.
        ("loss.actual>81m USD", "heist"),
        ("loss.actual>101m USD", "heist"),
        ("loss.actual>102m USD", ""),
        ("loss.actual<81m USD", ""),
        ("loss.actual>1 EUR", ""),
        ("loss.attempted:900m EUR", "heist"),
        ("loss.attempted>950m EUR loss.attempted<81m EUR", "heist"),
        ("has:loss", "heist other"),
        ("loss.frozen:*", ""),
        ("loss.demanded>4m USD loss.paid<2m USD", "other"),
        ("has:loss.seized", "other"),
        // Counts: by figure, too.
        ("affected.people>1000", "other"),
        ("affected.people>1001", ""),
        ("affected.systems:85", "other"),
        ("affected.systems>89 affected.systems<81", "other"),
        ("affected.records>=1.3 m kind:incident", "other"),
        ("has:affected", "other"),
        ("affected.organisations:*", ""),
        // Facts of one's own.
        ("facts.days_inside>100", "apt38"),
        ("facts.days_inside>200", ""),
        ("facts.taken>100m USD", "apt38"),
        ("has:facts.taken", "apt38"),
        ("lat>20", "dhaka"),
        // How likely: in either row of terms.
        ("confidence>=highly probable", "apt38"),
        ("confidence:probable", "heist"),
        // Grades: what cannot be judged is neither better nor worse.
        ("reliability>=B", "report"),
        ("reliability<B", "agency"),
        ("grade:f6", "leak"),
        ("credibility>3", "report"),
        ("seen:excerpt", "leak"),
        ("publisher:kaspersky", "report"),
        ("publisher:somebody", "leak"),
        ("url:example.net", "report"),
        // Relations; what is denied is not said.
        ("attributed_to:state", "apt38"),
        ("attributed_to:\"the state\"", "apt38"),
        ("attributed_to:actors/apt38", "heist"),
        ("targets:bank", "heist"),
        ("denied:bank", "apt38"),
        ("targets:(country:bangladesh)", "heist"),
        ("attributed_to:(attributed_to:state)", "heist"),
        ("has:attributed_to", "apt38 heist"),
        ("actor:apt38", "heist state unit leak report"),
        ("incident:heist", "apt38 bank dhaka leak report"),
        ("place:dhaka", "heist bangladesh"),
        ("kind:actor -incident:*", ""),
        ("cites:leak", "apt38 heist"),
        ("source:leak", "apt38 heist"),
        ("mentions:other", "apt38"),
        // One statement for which all holds.
        ("attributed_to:unit confidence>=likely", "apt38"),
        ("says(attributed_to:unit confidence>=likely)", ""),
        ("says(loss.actual:* sources:leak)", "heist"),
        ("says(loss.actual>81m USD chosen:true)", ""),
        ("kind:incident -(date:2016 or date:2018)", ""),
        ("kind:actor or kind:incident status:blocked", "apt38 other"),
    ] {
        assert_eq!(found(query), slugs, "{query}");
    }
}

#[test]
fn behind_the_door_nothing_is_known_of_what_is_withheld() {
    let found = |audience, text: &str| {
        let built = built(audience);
        let entries = pages(&built);
        let asked = Asked::of(&read(text), &entries);
        let fit = entries.iter().filter(|(id, it)| asked.holds(*id, it));
        let fit: Vec<&str> = fit.map(|(_, it)| it.slug.as_str()).collect();
        let near = asked.unnamed.into_iter().map(|it| it.near);
        (fit.join(" "), near.collect::<Vec<_>>())
    };
    let none = |slugs: &str| (slugs.to_owned(), Vec::new());
    assert_eq!(found(Tlp::Clear, "wiper"), none("apt38"));
    assert_eq!(found(Tlp::Amber, "wiper"), none("apt38 other"));
    assert_eq!(found(Tlp::Clear, "kind:incident mentions:*"), none(""));
    assert_eq!(found(Tlp::Clear, "has:mentions"), none(""));
    assert_eq!(found(Tlp::Amber, "has:mentions"), none("apt38"));
    // Nor is it suggested.
    assert_eq!(
        found(Tlp::Red, "attributed_to:unti").1,
        [Some("Unit".to_owned())]
    );
    assert_eq!(found(Tlp::Clear, "attributed_to:unti").1, [None]);
    assert_eq!(
        found(Tlp::Clear, "attributed_to:unit"),
        (String::new(), vec![None])
    );
    assert_eq!(found(Tlp::Red, "attributed_to:unit"), none("apt38"));
    assert_eq!(found(Tlp::Clear, "confidence:unlikely"), none(""));
    assert_eq!(found(Tlp::Clear, "has:draft"), none(""));
    // A source has the letter of its publisher where both may be seen.
    assert_eq!(found(Tlp::Clear, "kind:source reliability:C"), none(""));
    assert_eq!(found(Tlp::Amber, "kind:source reliability:C"), none("wire"));
    assert_eq!(found(Tlp::Clear, "credibility:3"), none("wire"));
}

#[test]
fn of_statements_those_are_found_that_fit_themselves() {
    for (query, addresses) in [
        ("kind:actor confidence>=likely", "attributed_to:state"),
        (
            "loss.actual:* chosen:true",
            "facts.loss.actual:usd-81-million",
        ),
        (
            "kind:incident sources:leak",
            "facts.dates:late-2015 facts.loss.actual:over-usd-101-million",
        ),
        ("tlp:red", "attributed_to:unit"),
        ("cites:report kind:actor has:aliases", "aliases:bluenoroff"),
        ("wiper", ""),
        ("orders", "events:4-february-2016:orders-are-sent"),
        (
            "actor:apt38 has:events",
            "events:4-february-2016:orders-are-sent",
        ),
        ("kind:incident -has:sources", ""),
    ] {
        let audience = if query == "tlp:red" {
            Tlp::Red
        } else {
            Tlp::Clear
        };
        assert_eq!(statements(audience, query), addresses, "{query}");
    }
}

/// Pieces that mean something, so that random texts get far.
const PIECES: &[&str] = &[
    "kind",
    "actor",
    "loss.actual",
    "date",
    "tlp",
    "confidence",
    "facts.x",
    "says",
    "has",
    "grade",
    "targets",
    "title",
    ":",
    ">",
    ">=",
    "<",
    "!=",
    "=",
    "(",
    ")",
    "\"",
    "\\",
    "-",
    ",",
    "*",
    " ",
    "or",
    " or ",
    " and ",
    " not ",
    "10m USD",
    "2016",
    "/",
    "..",
    "very likely",
    "amber",
    "wiper",
    "é",
    "\u{0}",
    "…",
    "B2",
];

proptest! {
    #![proptest_config(Config {
        cases: 2000,
        rng_seed: RngSeed::Fixed(38),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn any_text_is_a_query_or_has_problems_with_places(
        pieces in vec(prop_oneof![9 => select(PIECES).prop_map(str::to_owned), 1 => ".{0,4}"], 0..14),
    ) {
        let text = pieces.concat();
        match parse(&text) {
            Ok(query) => {
                let printed = query.to_string();
                prop_assert_eq!(parse(&printed), Ok(query), "{} → {}", text, printed);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(text.get(problem.span.range()).is_some(), "{text}: {problem:?}");
                    prop_assert!(!problem.message.is_empty());
                }
            }
        }
    }
}

#[test]
fn infrastructure_is_asked_for_by_its_address_in_either_form() {
    let mut project = Project::default()
        .file(
            "infrastructure/panel.md",
            "---\ntitle: panel.example\naliases: ['https://gate.example/in']\n---\n",
        )
        .file(
            "notes/n.md",
            "---\ntitle: N\n---\nSeen at [[panel.example]].\n",
        );
    let mut pipeline = Pipeline::new();
    let _ = project.run_again(&mut pipeline);
    for query in [
        "title:panel.example",
        "title:panel[.]example",
        "mentions:panel.example",
        "mentions:\"panel[.]example\"",
        "mentions:\"https://gate.example/in\"",
    ] {
        let (listing, _) = pipeline.listing_of(&read(query));
        let expected = if query.starts_with("title") {
            "panel"
        } else {
            "n"
        };
        let slugs: Vec<&str> = listing.iter().map(|row| row.slug.as_str()).collect();
        assert_eq!(slugs, [expected], "{query}");
    }
    // A search finds it, and nothing that is published holds it in its live form.
    project.options.audience = Tlp::Clear;
    let run = project.run();
    let site = &run.site.as_ref().expect("a site").site;
    let lookup = dossier::search::Lookup::of("en", None);
    for asked in ["panel.example", "panel[.]example", "hxxps://gate[.]example"] {
        let hits = lookup.find(site, asked);
        let titles = hits
            .iter()
            .map(|hit| site.release.page(hit.page).slug.as_str());
        assert_eq!(
            titles.collect::<Vec<_>>().first(),
            Some(&"panel"),
            "{asked}"
        );
    }
    for (path, bytes) in project.site() {
        let text = String::from_utf8_lossy(&bytes);
        for live in ["panel.example", "gate.example"] {
            assert!(!text.contains(live), "{path}");
        }
    }
}

#[test]
fn times_are_compared_as_instants_and_days_hold_the_times_that_are_written_on_them() {
    let dated = [
        ("a", "2016-02-05T02:00+06:00"),
        ("b", "2016-02-04 20:00:30Z"),
        ("c", "2016-02-05"),
        ("d", "2016-02-04T23:59Z/2016-02-05T10:00Z"),
    ];
    let project = dated
        .iter()
        .fold(Project::default(), |project, (slug, date)| {
            let text = format!("---\ntitle: {slug}\ndate: {date}\n---\n");
            project.file(&format!("incidents/{slug}.md"), &text)
        });
    let mut pipeline = Pipeline::new();
    let _ = project.run_again(&mut pipeline);
    for (query, expected) in [
        ("date:2016-02-04", "b d"),
        ("date:2016-02-05", "a c d"),
        ("date:2016-02", "a b c d"),
        // Of a day alone any time may be meant.
        ("date:2016-02-04T20:00Z", "a b"),
        ("date:2016-02-05T02:00+06:00", "a b c"),
        ("date:2016-02-04 20:00Z kind:incident", "a b"),
        ("date:\"2016-02-04 20:00Z\"", "a b"),
        ("date:2016-02-04T20:00:30Z", "a b"),
        ("date:2016-02-04T20:00:31Z/2016-02-05T00:00Z", "a c d"),
        ("date>2016-02-04T20:00:30Z", "a c d"),
        ("date<2016-02-04T20:00:30Z", "a"),
        ("date>=2016-02-05T06:00+06:00", "c d"),
        ("date>2016-02-04", "a c d"),
    ] {
        let (listing, _) = pipeline.listing_of(&read(query));
        let slugs: Vec<&str> = listing.iter().map(|row| row.slug.as_str()).collect();
        assert_eq!(slugs.join(" "), expected, "{query}");
        let printed = read(query).to_string();
        assert_eq!(read(&printed), read(query), "{printed}");
    }
    for query in ["date:2016-02-04T20:00", "date:2016-02-04 20:00 x"] {
        let problems = parse(query).expect_err("a time without a zone");
        assert!(problems[0].message.contains("without a zone"), "{query}");
    }
}
