//! Whatever a text holds, the page stays whole.

use super::to;
use crate::model::Tlp;
use crate::model::body::{Alert, Align, Event, Tag};
use crate::render::html::build::{Build, item, paragraph};
use crate::render::html::{Anchor, Lines, outline, sentences};
use proptest::prelude::*;

/// A step of building a text.
#[derive(Debug, Clone)]
enum Step {
    Open(u8),
    Close,
    Text(String),
    Html(String),
    Leaf(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let fragment = prop_oneof![
        Just("<b>"),
        Just("</b>"),
        Just("<div>"),
        Just("</div>"),
        Just("</p>"),
        Just("<table>"),
        Just("<td x='"),
        Just("<tr>"),
        Just("</section>"),
        Just("<!--"),
        Just("-->"),
        Just("<script>"),
        Just("</script>"),
        Just("<a href=javascript:x onclick=y>"),
        Just("<a href=\"x\" style='z'>"),
        Just("</a>"),
        Just("<img src=x onerror=y>"),
        Just("<textarea>"),
        Just("<li>"),
        Just("<ul>"),
        Just("\"'>"),
        Just(" on=\"x\" style=\"y\""),
        Just("&lt;script&gt;"),
        Just("<details><summary>"),
        Just("<svg/onload=x>"),
        Just("<plaintext>"),
        Just("x"),
    ];
    let html = prop::collection::vec(fragment, 1..4).prop_map(|parts| parts.concat());
    let step = prop_oneof![
        4 => (0u8..26).prop_map(Step::Open),
        4 => Just(Step::Close),
        2 => "[ a-z.<>&\"']{0,12}".prop_map(Step::Text),
        2 => html.prop_map(Step::Html),
        2 => (0u8..10).prop_map(Step::Leaf),
    ];
    prop::collection::vec(step, 0..60)
}

fn tag(text: &mut Build, number: u8) -> Tag {
    match number {
        0 | 1 => paragraph(),
        2 => Tag::Heading(text.new_heading(2 + number % 3, "h")),
        3 => Tag::Quote(None),
        4 => Tag::Quote(Some(Alert::Tip)),
        5 => Tag::List { start: None },
        6 => Tag::List { start: Some(1) },
        7 | 8 => item(),
        9 => Tag::Footnote(text.footnote()),
        10 => Tag::DefinitionList,
        11 => Tag::DefinitionTitle { at: 0 },
        12 => Tag::Definition { at: 0 },
        13 => Tag::Table { at: 0 },
        14 => Tag::TableHead,
        15 => Tag::TableRow { at: 0 },
        16 => Tag::TableCell(Align::Right),
        17 => Tag::HtmlBlock,
        18 => Tag::Emphasis,
        19 => Tag::Strong,
        20 => Tag::Link(text.new_link(to("x"), false, false)),
        21 => Tag::Link(text.new_link(Anchor::Defanged("a[.]b".to_owned()), false, false)),
        22 => Tag::Image(text.new_link(to("x.png"), false, true)),
        _ => text.mark(Tlp::Green),
    }
}

fn leaf(text: &mut Build, number: u8) {
    match number {
        0 => text.event(Event::SoftBreak),
        1 => text.event(Event::HardBreak),
        2 => text.event(Event::Rule),
        3 => text.event(Event::Task(true)),
        4 => text.cite(&[1, 0, 2]),
        5 => text.event(Event::FootnoteRef(0)),
        6 => text.event(Event::FootnoteRef(1)),
        7 => text.indicators(&[("192.0.2.1", "<n>", &[1], None)]),
        8 => text.code("yara", "rule <x> { }"),
        _ => text.image(to("y.svg"), "some three words"),
    }
}

fn text(steps: &[Step], balanced: bool) -> Build {
    let mut text = Build::default();
    let mut open = Vec::new();
    for step in steps {
        match step {
            Step::Open(number) => {
                let tag = tag(&mut text, *number);
                text.event(Event::Start(tag));
                open.push(tag);
            }
            Step::Close => {
                if let Some(tag) = open.pop().or((!balanced).then(paragraph)) {
                    text.event(Event::End(tag));
                }
            }
            Step::Text(words) => text.text(words),
            Step::Html(html) => text.html(html),
            Step::Leaf(number) => leaf(&mut text, *number),
        }
    }
    while balanced && let Some(tag) = open.pop() {
        text.event(Event::End(tag));
    }
    text
}

/// The tags of a page without their attributes, if these are in order.
fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').ok_or("a tag without an end")?;
        let inner = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = inner.strip_prefix('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> ends {last:?} in {html}"));
            }
            continue;
        }
        let name = inner.split(' ').next().unwrap_or("");
        let attributes = &inner[name.len()..];
        let bad = attributes.split('"').step_by(2).any(|outside| {
            let names = outside.split([' ', '=']).filter(|name| !name.is_empty());
            names
                .clone()
                .any(|name| name.starts_with("on") || name == "style")
        });
        if bad || ["script", "style", "textarea", "svg", "plaintext"].contains(&name) {
            return Err(format!("<{inner}> in {html}"));
        }
        if name == "a" && open.contains(&"a") {
            return Err(format!("a link in a link in {html}"));
        }
        if !["br", "hr", "img", "input", "wbr", "col"].contains(&name) {
            open.push(name);
        }
    }
    if !open.is_empty() || html.contains("href=\"javascript") {
        return Err(format!("{open:?} left open in {html}"));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_well_nested(steps in steps(), balanced: bool) {
        let text = text(&steps, balanced);
        if let Err(problem) = check(&text.write()) {
            return Err(TestCaseError::fail(problem));
        }
    }

    #[test]
    fn lines_change_nothing_else(steps in steps(), balanced: bool) {
        let text = text(&steps, balanced);
        let with = text.write_with(Some(&Lines::of("")));
        prop_assert_eq!(with.replace(" data-line=\"1\"", ""), text.write());
        if let Err(problem) = check(&with) {
            return Err(TestCaseError::fail(problem));
        }
    }

    #[test]
    fn any_text_has_an_outline_and_sentences(steps in steps(), balanced: bool) {
        let text = text(&steps, balanced);
        let lines = outline(&text.body);
        prop_assert!(lines.iter().all(|&(depth, _)| depth == 1 || depth == 2));
        let found = sentences(&text.body, &|link| (link % 3 == 0).then(|| "w".to_owned()));
        prop_assert_eq!(found.links.len(), text.body.links.len());
        prop_assert!(found.cites.len() >= text.marks.len());
        let links = (0..).zip(&found.links).map(|(at, _)| found.link(at));
        let cites = (0..).zip(&found.cites).map(|(at, _)| found.cite(at));
        for sentence in links.chain(cites) {
            prop_assert!(sentence.chars().count() <= 300);
        }
    }
}
