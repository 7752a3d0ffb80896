//! What references become.

use super::{bibtex, csl, ris};
use crate::exchange::{Import, Incoming, Piece, Value, Why};
use crate::model::{Kind, Tlp};
use proptest::prelude::*;

/// An entry as its title, its values and its text, a line each.
fn shown(entry: &Incoming) -> String {
    assert_eq!(entry.kind, Kind::Source);
    let mut lines = vec![format!(
        "{} | {} | {}",
        entry.origin, entry.name, entry.title
    )];
    for (key, value) in &entry.values {
        lines.push(format!("{key}: {}", flat(value)));
    }
    for piece in &entry.body.0 {
        lines.push(match piece {
            Piece::Words(text) => text.clone(),
            Piece::Heading(text) => format!("## {text}"),
            other => format!("{other:?}"),
        });
    }
    lines.join("\n")
}

fn flat(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flat).collect();
            format!("[{}]", items.join("; "))
        }
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| format!("{name}: {}", flat(value)));
            let entries: Vec<String> = entries.collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other @ (Value::Bare(_) | Value::Prose(_) | Value::Entry(_)) => format!("{other:?}"),
    }
}

fn only(import: &Import) -> &Incoming {
    assert_eq!(import.entries.len(), 1);
    &import.entries[0]
}

/// What became of properties, in words.
fn told(import: &Import) -> Vec<String> {
    let losses = import.losses.iter();
    losses
        .map(|loss| {
            format!(
                "{} {} {} ({})",
                loss.why.name(),
                loss.property,
                loss.count,
                loss.example
            )
        })
        .collect()
}

#[test]
fn a_report_of_bibtex() {
    let import = bibtex::read(
        r"% Kept by the desk.
@string{dept = {Department of the Treasury}}
@techreport{treasuryLazarus2019,
  title       = {Treasury Sanctions {North Korean} State-Sponsored Malicious Cyber Groups},
  author      = {{Office of Foreign Assets Control} and M{\'u}ller, J{\'o}zsef},
  institution = {U.S. } # dept,
  year        = 2019, month = sep, day = 13,
  url         = {https://home.treasury.gov/news/press-releases/sm774},
  urldate     = {2020-01-31},
  type        = {Press Release},
  number      = {sm774},
  keywords    = {sanctions, Lazarus, sanctions},
  langid      = {american},
  abstract    = {It \emph{designates} three groups.},
  file        = {/home/somebody/papers/sm774.pdf},
}",
    )
    .expect("BibTeX");
    assert_eq!(
        shown(only(&import)),
        "treasuryLazarus2019 | treasury Lazarus 2019 | Treasury Sanctions North Korean State-Sponsored Malicious Cyber Groups
date: 2019-09-13
tags: [sanctions; Lazarus]
authors: [Office of Foreign Assets Control; József Múller]
extra: { type: techreport, number: sm774 }
publisher: U.S. Department of the Treasury
accessed: 2020-01-31
url: https://home.treasury.gov/news/press-releases/sm774
type: news
language: en-US
## Abstract
It designates three groups."
    );
    assert_eq!(
        told(&import),
        [
            "lost @techreport.file 1 (treasuryLazarus2019)",
            "changed @techreport.abstract 1 (treasuryLazarus2019)",
            "comment text between entries 1 (line 1)",
        ]
    );
    assert_eq!(only(&import).apart, ["2019"]);
}

#[test]
fn fields_of_bibtex_come_from_what_an_entry_is_part_of() {
    let import = bibtex::read(
        "@inproceedings{a, title={A talk}, crossref={p}}
         @proceedings{p, title={Proceedings of the day}, year={2018}, publisher={ACM}}
         @misc{b, title={Round}, crossref={c}}
         @misc{c, title={And round}, crossref={b}}
         @misc{d, title={Nowhere}, crossref={nobody}}",
    )
    .expect("BibTeX");
    let talk = import.entries.first().expect("an entry");
    assert_eq!(talk.value("publisher"), Some(&Value::from("ACM")));
    assert_eq!(import.entries.len(), 5);
    assert_eq!(told(&import), ["leads-nowhere @misc.crossref 2 (b)"]);
}

#[test]
fn a_broken_entry_of_bibtex_is_told_and_the_others_are_read() {
    let import = bibtex::read(
        "@misc{a, title={One of $81m}}
@misc{b, title={Two
@misc{c, title={Three} year=2000}
@misc{d, title={Four}, note={\\emph{c \\} d}}, year=undefined}
@misc(e, title={Five})
@misc{d, title={Four again}}
@misc{d, title={Four again}}
@misc{f, note={no title}}",
    )
    .expect("BibTeX");
    let titles: Vec<(&str, &str)> = import
        .entries
        .iter()
        .map(|entry| (&*entry.origin, &*entry.title))
        .collect();
    assert_eq!(
        titles,
        [
            ("a", "One of $81m"),
            ("d", "Four"),
            ("d-2", "Four again"),
            ("d-3", "Four again")
        ]
    );
    assert_eq!(
        told(&import),
        [
            "lost @misc without a title 1 (f)",
            "lost @misc.note 1 (d)",
            "lost entry that cannot be read 3 (line 2)",
            "changed @misc.key 2 (d)",
            "changed @misc.year 2 (d)",
        ]
    );
    let fault = bibtex::read("\n@misc{a, title={One").expect_err("a fault");
    assert_eq!(
        (fault.line, &*fault.message),
        (Some(2), "no entry can be read: a brace is not closed")
    );
    assert!(bibtex::read("TY  - RPRT").is_err());
}

#[test]
fn strings_of_bibtex_that_name_themselves_are_text() {
    let mut text = "@string{a = a # a}\n@string{b0 = {lol}}\n".to_owned();
    for at in 0..40 {
        text.push_str(&format!("@string{{b{} = b{at} # b{at}}}\n", at + 1));
    }
    text.push_str("@misc{x, title=a, note=b40}");
    let import = bibtex::read(&text).expect("BibTeX");
    assert_eq!(only(&import).title, "aa");
}

#[test]
fn partial_dates_and_those_that_cannot_be_read() {
    let date = |fields: &str| {
        let import = bibtex::read(&format!("@misc{{k, title={{T}}, {fields}}}")).expect("BibTeX");
        let entry = only(&import);
        let date = entry.value("date").map(flat).unwrap_or_default();
        let extra = entry.value("extra").map(flat).unwrap_or_default();
        (date, extra, told(&import).join(" "))
    };
    let plain = |text: &str| (text.to_owned(), "{ type: misc }".to_owned(), String::new());
    assert_eq!(date("year=2016"), plain("2016"));
    assert_eq!(date("year=2016, month={February}"), plain("2016-02"));
    assert_eq!(date("year=2016, month={4~Feb}"), plain("2016-02-04"));
    assert_eq!(date("date={2016-02/2016-05}"), plain("2016-02/2016-05"));
    assert_eq!(date("date={2016-02/}"), plain("2016-02/.."));
    assert_eq!(date("date={2016~}"), plain("about 2016"));
    let unread = |text: &str| {
        let extra = format!("{{ type: misc, {text} }}");
        let told = format!(
            "changed @misc.{} 1 (k)",
            text.split(':').next().expect("a name")
        );
        (String::new(), extra, told)
    };
    assert_eq!(date("year={in press}"), unread("year: in press"));
    assert_eq!(date("date={04/02/2016}"), unread("date: 04/02/2016"));
}

#[test]
fn addresses_names_and_publishers() {
    let import = bibtex::read(
        r"@misc{2VXJ8K3Q, title={One}, doi={https://doi.org/10.1000/A<b>}, note={Accessed: 31 January 2020.}}
@misc{b2, title={Two}, howpublished={\url{https://www.example.org/x~y}}, isbn={978-3-16-148410-0}}
@misc{b3, title={Three}, url={ftp://example.org/$a}, archiveurl={https://web.archive.org/web/2016/https://example.org/}}",
    )
    .expect("BibTeX");
    let shown: Vec<String> = import.entries.iter().map(shown).collect();
    assert_eq!(
        shown.join("\n"),
        "2VXJ8K3Q | One | One
external_ids: { doi: 10.1000/A<b> }
extra: { type: misc }
publisher: Unknown
accessed: 2020-01-31
url: https://doi.org/10.1000/A%3Cb%3E
b2 | Two | Two
external_ids: { isbn: 978-3-16-148410-0 }
extra: { type: misc }
publisher: example.org
url: https://www.example.org/x~y
b3 | Three | Three
extra: { type: misc, url: ftp://example.org/$a }
publisher: Unknown
archived: https://web.archive.org/web/2016/https://example.org/"
    );
}

#[test]
fn nothing_fails_open() {
    for (field, level) in [
        ("tlp={amber}", Tlp::Amber),
        ("tlp={TLP:WHITE}", Tlp::Clear),
        ("tlp={purple}", Tlp::Red),
        ("tlp-level={}", Tlp::Red),
        ("classification={red}", Tlp::Red),
        ("draft={no}", Tlp::Red),
    ] {
        let import = bibtex::read(&format!("@misc{{k, title={{T}}, {field}}}")).expect("BibTeX");
        assert_eq!(only(&import).tlp, Some(level), "{field}");
        let extra = only(&import).value("extra").map(flat);
        assert_eq!(extra.as_deref(), Some("{ type: misc }"), "{field}");
    }
    let import =
        csl::read(r#"[{"id": 1, "title": "T", "custom": {"a": {"TLP": "clear"}}}]"#).expect("CSL");
    assert_eq!(only(&import).tlp, Some(Tlp::Red));
    assert!(import.losses.iter().any(|loss| loss.why == Why::Withheld));
}

#[test]
fn an_article_of_csl() {
    let import = csl::read(
        r#"[{
          "id": "http://zotero.org/users/1/items/ABCDEFGH", "citation-key": "zetter2016",
          "type": "article-magazine", "title": "That Insane, $81M <i>Bangladesh</i> Bank Heist? a < b",
          "container-title": "Wired", "publisher": "Condé Nast",
          "author": [{"family": "Zetter", "given": "Kim"}, {"literal": "WIRED Staff"},
                     {"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"}],
          "issued": {"date-parts": [[2016, "5", 17]]}, "accessed": {"date-parts": [[2026, 1]]},
          "URL": "https://www.wired.com/2016/05/insane-81m-bangladesh-bank-heist-heres-know/",
          "language": "en_US", "keyword": "swift, banks", "abstract": "<jats:p>One.</jats:p><jats:p>Two.</jats:p>",
          "volume": 24, "editor": [{"family": "Doe", "given": "J."}], "note": "Read it."
        }]"#,
    )
    .expect("CSL");
    assert_eq!(
        shown(only(&import)),
        "zetter2016 | zetter 2016 | That Insane, $81M Bangladesh Bank Heist? a < b
date: 2016-05-17
tags: [swift; banks]
authors: [Kim Zetter; WIRED Staff; L. van Beethoven]
extra: { type: article-magazine, volume: 24, editor: J. Doe, accessed: 2026-1, publisher: Condé Nast }
publisher: Wired
url: https://www.wired.com/2016/05/insane-81m-bangladesh-bank-heist-heres-know/
type: news
language: en-US
Read it.
## Abstract
One.

Two."
    );
    assert_eq!(
        told(&import),
        [
            "changed article-magazine.abstract 1 (zetter2016)",
            "changed article-magazine.accessed 1 (zetter2016)",
            "changed article-magazine.title 1 (zetter2016)",
        ]
    );
}

#[test]
fn csl_that_is_none() {
    let import = csl::read(
        r#"{"items": [{"id": "a", "title": "A"}, 3, {"id": "b"}, {"id": "c", "author": 1}]}"#,
    );
    let import = import.expect("CSL");
    assert_eq!(only(&import).origin, "a");
    assert_eq!(
        told(&import),
        [
            "lost item that cannot be read 2 (item 2)",
            "lost item without a title 1 (b)"
        ]
    );
    let fault = csl::read("[\n{]").expect_err("a fault");
    assert_eq!(fault.line, Some(2));
    assert!(csl::read("3").is_err());
}

#[test]
fn a_record_of_ris() {
    let import = ris::read(
        "\u{feff}TY  - NEWS
TI  - The incredible story of the
      billion-dollar heist
AU  - Corkery, Michael
AU  - Staff
T2  - The New York Times
PY  - 2016
DA  - 2016/04/30/Saturday
UR  - https://www.nytimes.com/2016/05/01/x.html; https://example.org/copy
L1  - file:///home/somebody/x.pdf
SN  - 0362-4331
SP  - 1
EP  - 5
KW  - swift
KW  - banks
Y2  - 2026/01/31/
AB  - First.

Second.
M3  - newspaper article
LA  - English
ER  -

TY  - BOOK
T1  - Untold
ER  - ",
    )
    .expect("RIS");
    let shown: Vec<String> = import.entries.iter().map(shown).collect();
    assert_eq!(
        shown.join("\n"),
        "the-incredible-story-of-the-billion-dollar-heist-2016 | The incredible story of the billion-dollar heist | The incredible story of the billion-dollar heist
date: 2016-04-30
tags: [swift; banks]
authors: [Michael Corkery; Staff]
external_ids: { issn: 0362-4331 }
extra: { pages: 1–5, type: NEWS, urls: https://example.org/copy }
publisher: The New York Times
accessed: 2026-01-31
url: https://www.nytimes.com/2016/05/01/x.html
type: news
language: en
## Abstract
First.

Second.
untold | Untold | Untold
extra: { type: BOOK }
publisher: Unknown
type: other"
    );
    assert_eq!(
        told(&import),
        [
            "lost NEWS.L1 1 (the-incredible-story-of-the-billion-dollar-heist-2016)",
            "changed NEWS.DA 1 (the-incredible-story-of-the-billion-dollar-heist-2016)",
        ]
    );
    assert!(ris::read("@misc{a}").is_err());
}

/// The marking of the entry `a` in a file of BibTeX, and whether anything tells of it.
fn marked(text: &str) -> (Option<Tlp>, bool) {
    let import = bibtex::read(text).expect("BibTeX");
    let mut entries = import.entries.iter();
    let entry = entries.find(|entry| entry.origin == "a").expect("a");
    let told = |why| why == Why::Withheld || why == Why::Raised;
    (entry.tlp, import.losses.iter().any(|loss| told(loss.why)))
}

#[test]
fn of_a_field_of_bibtex_that_is_repeated_all_count() {
    for (fields, level) in [
        ("tlp={clear}, tlp={red}", Tlp::Red),
        ("tlp={red}, TLP={clear}", Tlp::Red),
        ("tlp={green}, tlp={amber}, tlp={clear}", Tlp::Amber),
        ("tlp={clear}, tlp={purple}", Tlp::Red),
        ("tlp={clear}, marking={x}", Tlp::Red),
        ("classification={clear}, classification={hush}", Tlp::Red),
        ("tlp={clear}, note={x}, note={TLP:AMBER}", Tlp::Amber),
        // Fields that have no place, and those that the parser cannot take.
        ("tlp={clear}, groups={TLP:RED}", Tlp::Red),
        ("tlp={clear}, date={TLP:RED}", Tlp::Red),
        ("tlp={\\emph{green \\} d}}", Tlp::Red),
    ] {
        let text = format!("@misc{{a, title={{T}}, {fields}}}");
        assert_eq!(marked(&text).0, Some(level), "{fields}");
    }
}

#[test]
fn a_part_of_bibtex_is_marked_as_the_whole_is() {
    for (text, level) in [
        (
            "@inbook{a, title={T}, crossref={p}} @book{p, title={P}, tlp={red}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, xdata={y, x}} @xdata{x, tlp={amber}}",
            Tlp::Amber,
        ),
        (
            "@misc{a, title={T}, xdata={x}} @xdata{x, tlp={hush}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, xdata={x}} @xdata{x, marking={hush}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, crossref={b}, tlp={green}} @misc{b, title={B}, crossref={c}} @book{c, title={C}, tlp={amber}}",
            Tlp::Amber,
        ),
        (
            "@misc{a, title={T}, crossref={b}} @misc{b, title={B}, crossref={a}, tlp={red}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, crossref={{p}}} @book{p, title={P}, tlp={red}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, crossref={\\emph{p}}} @book{p, title={P}, tlp={red}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, crossref={q}} @book{p, ids={q}, title={P}, tlp={red}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}, crossref={p}} @book{p, title={P}, note={TLP:AMBER}}",
            Tlp::Amber,
        ),
        (
            "@misc{a, title={T}, crossref={p}}\n@book{p, title={P} tlp={red}}",
            Tlp::Red,
        ),
        (
            "@misc{a, title={T}} @set{s, entryset={a,b}, tlp={red}}",
            Tlp::Red,
        ),
        ("% TLP:AMBER\n@misc{a, title={T}}", Tlp::Amber),
        ("@misc{a, title={T}}\n% classification: secret", Tlp::Red),
        ("@comment{TLP:AMBER} @misc{a, title={T}}", Tlp::Amber),
        (
            "@misc{a, title={T}} @misc{a, title={T}, tlp={red}}",
            Tlp::Red,
        ),
    ] {
        assert_eq!(marked(text), (Some(level), true), "{text}");
    }
    for text in [
        "@misc{a, title={T}, crossref={p}} @book{p, title={P}} @book{q, title={Q}, tlp={red}}",
        "@misc{a, title={T}} @misc{b, title={B}, crossref={a}, tlp={red}}",
        "@misc{a, title={T}, crossref={nobody}}",
    ] {
        assert_eq!(marked(text).0, None, "{text}");
    }
}

#[test]
fn names_that_mean_a_marking_withhold_whatever_they_say() {
    for field in [
        "classification={secret}",
        "marking={x}",
        "sensitivity={hi}",
        "handling={}",
        "Protective-Marking={official}",
        "private={true}",
        "embargo={2030-01-01}",
        "note={Read it.\n\nClassification: secret}",
    ] {
        let text = format!("@misc{{a, title={{T}}, {field}}}");
        assert_eq!(marked(&text), (Some(Tlp::Red), true), "{field}");
    }
    for field in [
        "private={false}",
        "pubdate={2016-05}",
        "volume={3}",
        "note={Access: by the library}",
    ] {
        let text = format!("@misc{{a, title={{T}}, {field}}}");
        assert_eq!(marked(&text), (None, false), "{field}");
    }
    for (fields, level) in [
        (r#""classification": "secret""#, Tlp::Red),
        (r#""sensitivity": 3"#, Tlp::Red),
        (r#""handling": null"#, Tlp::Red),
        (r#""marking": ["TLP:AMBER"]"#, Tlp::Red),
        (
            r#""custom": {"a": [{"classification": "secret"}]}"#,
            Tlp::Red,
        ),
        (r#""custom": {"private": true}"#, Tlp::Red),
        (r#""editor": [{"family": "F", "tlp": "amber"}]"#, Tlp::Amber),
        (r#""author": [{"family": "F", "handling": "x"}]"#, Tlp::Red),
        (
            r#""issued": {"date-parts": [[2016]], "literal": "TLP:AMBER"}"#,
            Tlp::Amber,
        ),
        (r#""tlp": "red", "tlp": "clear""#, Tlp::Red),
        (r#""note": "Marking: hush""#, Tlp::Red),
    ] {
        let import = csl::read(&format!(r#"[{{"id": "a", "title": "T", {fields}}}]"#));
        let import = import.expect("CSL");
        assert_eq!(only(&import).tlp, Some(level), "{fields}");
    }
    let file = r#"{"tlp": "amber", "items": [{"id": "a", "title": "T"}]}"#;
    assert_eq!(only(&csl::read(file).expect("CSL")).tlp, Some(Tlp::Amber));
    for (record, level) in [
        ("U1  - Classification: secret", Tlp::Red),
        ("L1  - TLP:AMBER/x.pdf", Tlp::Amber),
        ("N1  - Handling: eyes only", Tlp::Red),
        ("XX  - TLP:GREEN", Tlp::Green),
    ] {
        let text = format!("TY  - RPRT\nTI  - T\n{record}\nER  - \n");
        let import = ris::read(&text).expect("RIS");
        assert_eq!(only(&import).tlp, Some(level), "{record}");
    }
    let import = ris::read("TLP:AMBER\nTY  - RPRT\nTI  - T\nER  - \n").expect("RIS");
    assert_eq!(only(&import).tlp, Some(Tlp::Amber));
}

#[test]
fn a_key_that_holds_a_label_marks() {
    for key in ["TLP:RED", "tlp-red", "reportTLPRed2019"] {
        let bibtex = bibtex::read(&format!("@misc{{{key}, title={{T}}}}")).expect("BibTeX");
        let csl = csl::read(&format!(r#"[{{"id": "{key}", "title": "T"}}]"#)).expect("CSL");
        let ris = format!("TY  - RPRT\nID  - {key}\nTI  - T\nER  - \n");
        let ris = ris::read(&ris).expect("RIS");
        for import in [bibtex, csl, ris] {
            assert_eq!(only(&import).tlp, Some(Tlp::Red), "{key}");
            let told = told(&import).join("\n");
            assert!(told.contains("raised"), "{key}: {told}");
        }
    }
    let other = r#"[{"id": "TLP:RED", "citation-key": "b", "title": "T"}]"#;
    assert_eq!(only(&csl::read(other).expect("CSL")).tlp, Some(Tlp::Red));
}

#[test]
fn a_publisher_of_whom_nothing_can_be_read_is_none() {
    for (publishers, expected) in [
        (r##""publisher": "# heading {tlp=red}""##, "Unknown"),
        (r#""publisher": "%% %%""#, "Unknown"),
        (r#""publisher": "<!-- x -->""#, "Unknown"),
        (r#""publisher": "\u0007 \ufeff""#, "Unknown"),
        (
            r#""container-title": "{{ x }} <!-- x -->", "publisher": "ACM""#,
            "ACM",
        ),
        (r#""publisher": "Wiley & Sons: Sons""#, "Wiley & Sons: Sons"),
    ] {
        let import = csl::read(&format!(r#"[{{"id": "k", "title": "T", {publishers}}}]"#));
        let import = import.expect("CSL");
        let publisher = only(&import).value("publisher").cloned();
        assert_eq!(publisher, Some(expected.into()), "{publishers}");
        // What else it says is not lost with it.
        let extra = only(&import).value("extra").map(flat);
        assert_eq!(extra.as_deref(), Some("{ type: item }"), "{publishers}");
    }
}

/// Whatever comes, every entry has a name of its own.
fn sound(import: &Import) -> Result<(), TestCaseError> {
    let mut origins: Vec<&str> = import.entries.iter().map(|entry| &*entry.origin).collect();
    let all = origins.len();
    origins.sort_unstable();
    origins.dedup();
    prop_assert_eq!(origins.len(), all);
    for entry in &import.entries {
        prop_assert!(!entry.title.is_empty());
        prop_assert!(entry.value("publisher").is_some());
    }
    Ok(())
}

/// Pieces of which a file may be made.
fn pieces(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = prop_oneof![4 => prop::sample::select(words).prop_map(str::to_owned), 1 => ".{0,4}"];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

const BIBTEX: &[&str] = &[
    "@misc{",
    "a",
    "b",
    ",",
    "\n@string{",
    "=",
    "{",
    "}",
    "\"",
    "title={T}",
    "\\",
    "\\'",
    "$",
    "#",
    "crossref={a}",
    "xdata={a,b}",
    "ids={a}",
    "author={A, B, C and {D} and x=y}",
    "date={2016-02/}",
    "year=2016",
    "month=feb",
    "%",
    "\n",
    " ",
    "\\emph{",
    "--",
    "@comment{",
    "~",
    "é",
    "tlp={x}",
    "title=a",
    "keywords={,;}",
    "doi={10.1/x}",
    "(",
    ")",
    "@xdata{b,",
];

const RIS: &[&str] = &[
    "TY  - RPRT\n",
    "ER  -\n",
    "TI  - T\n",
    "AU  - A, B\n",
    "DA  - 2016/02/04/\n",
    "PY  - ",
    "\n",
    "  - ",
    "UR  - https://example.org/\n",
    "é",
    "AB  - x\n",
    "SN  - 12345678\n",
    "ID  - a\n",
    "XX - y\n",
    "L1  - ",
    "M3  - ",
];

proptest! {
    #[test]
    fn no_text_brings_bibtex_down(text in pieces(BIBTEX)) {
        if let Ok(import) = bibtex::read(&text) {
            sound(&import)?;
        }
    }

    #[test]
    fn no_text_brings_ris_down(text in pieces(RIS)) {
        if let Ok(import) = ris::read(&text) {
            sound(&import)?;
        }
    }

    #[test]
    fn no_json_brings_csl_down(values in prop::collection::vec((
        prop::sample::select(&["id", "title", "type", "author", "issued", "URL", "DOI", "x", "tlp", "abstract", "note", "keyword"][..]),
        prop::sample::select(&["\"a\"", "1", "null", "[]", "[1]", "{}", "[{\"family\": \"F\"}]", "{\"date-parts\": [[2016, 2]]}",
            "{\"date-parts\": [[]], \"circa\": true}", "\"<i>x</\"", "[[[]]]", "true", "\"10.1/é\""][..]),
    ), 0..10)) {
        let fields: Vec<String> = values.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
        if let Ok(import) = csl::read(&format!("[{{{}}}]", fields.join(", "))) {
            sound(&import)?;
        }
    }
}

/// What is large or deep takes no time out of proportion, and no stack.
#[test]
fn large_files_are_read() {
    let mut chain = String::new();
    for at in 0..3000 {
        chain.push_str(&format!(
            "@misc{{k{at}, title={{T}}, crossref={{k{}}}, xdata={{k{},k{}}}}}\n",
            at + 1,
            at + 1,
            at + 2
        ));
    }
    let import = bibtex::read(&chain).expect("BibTeX");
    assert_eq!(import.entries.len(), 3000);
    let same = "@misc{a, title={T}, crossref={a}}\n".repeat(20_000);
    let import = bibtex::read(&format!("{same}@misc{{a, title={{U}}, tlp={{amber}}}}"));
    let import = import.expect("BibTeX");
    assert!(
        import
            .entries
            .iter()
            .all(|entry| entry.tlp == Some(Tlp::Amber))
    );
    let twice = format!(
        "[{{\"title\": \"T\"{}}}]",
        ", \"tlp\": \"red\"".repeat(50_000)
    );
    assert_eq!(only(&csl::read(&twice).expect("CSL")).tlp, Some(Tlp::Red));
    let deep = format!(
        "@misc{{a, title={{T}}, note={{{}x{}}}}}",
        "\\emph{".repeat(50_000),
        "}".repeat(50_000)
    );
    assert_eq!(only(&bibtex::read(&deep).expect("BibTeX")).title, "T");
    let open = "@misc{a, title={T\n".repeat(50_000);
    assert!(bibtex::read(&open).is_err());
    let nested = format!(
        "[{{\"title\": \"T\", \"x\": {}{}}}]",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    assert!(csl::read(&nested).is_err());
    let same = "TY  - RPRT\nTI  - T\nN1  - ".to_owned();
    let same: String = (0..20_000)
        .map(|at| format!("{same}{at}\nER  -\n"))
        .collect();
    assert_eq!(ris::read(&same).expect("RIS").entries.len(), 20_000);
}
