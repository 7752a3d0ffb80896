//! Citations, footnotes, indicators, markings.

use super::to;
use crate::model::Tlp;
use crate::model::body::{Align, Event, Tag};
use crate::render::html::build::{item, paragraph, written};

const AMBER: &str = "<span class=\"tlp tlp-amber\">TLP:AMBER</span>";

fn mark(number: u32, nth: u32, next: bool) -> String {
    let class = if next { "cite next" } else { "cite" };
    format!(
        "<a class=\"{class}\" id=\"cite-s{number}-{nth}\" href=\"#ref-{number}\" aria-label=\"source {number}\">{number}</a>"
    )
}

fn note(number: u32) -> String {
    format!("<span class=\"sidenote\" role=\"note\">N{number}</span>")
}

#[test]
fn notes_follow_their_marks_once_a_screen() {
    let out = written(|text| {
        text.within(paragraph(), |text| {
            text.text("a ");
            text.cite(&[1, 2]);
            text.text(". b");
            text.event(Event::SoftBreak);
            text.cite(&[1, 0, 0]);
            text.text(".");
        });
        text.within(paragraph(), |text| {
            text.text("c");
            text.cite(&[0]);
            text.cite(&[2]);
        });
        text.paragraph(&"far ".repeat(400));
        text.within(paragraph(), |text| text.cite(&[2]));
    });
    let out = out.replace(&"far ".repeat(400), "far");
    assert_eq!(
        out,
        format!(
            "<p>a{}{}{}{}. b{}<span class=\"cite withheld next\">source withheld</span>.</p>\n\
             <p>c <span class=\"cite withheld\">source withheld</span>{}</p>\n<p>far</p>\n<p>{}{}</p>\n",
            mark(1, 0, false),
            mark(2, 1, true),
            note(1),
            note(2),
            mark(1, 2, false),
            mark(2, 6, false),
            mark(2, 7, false),
            note(2),
        )
    );
}

#[test]
fn no_notes_where_there_is_no_margin() {
    let out = written(|text| {
        let heading = text.new_heading(2, "h");
        text.within(Tag::Heading(heading), |text| text.cite(&[1]));
        text.within(Tag::Table { at: 0 }, |text| {
            text.within(Tag::TableRow { at: 0 }, |text| {
                text.within(Tag::TableCell(Align::None), |text| text.cite(&[2]));
            });
        });
        text.within(Tag::DefinitionTitle { at: 0 }, |text| text.cite(&[3]));
        let foot = text.footnote();
        text.within(Tag::Footnote(foot), |text| {
            text.within(paragraph(), |text| text.cite(&[4]));
        });
        text.within(paragraph(), |text| text.event(Event::FootnoteRef(foot)));
    });
    assert_eq!(out.matches("class=\"cite\"").count(), 4);
    assert!(!out.contains("sidenote"));
}

#[test]
fn footnotes_are_lettered_as_they_are_referred_to() {
    let out = written(|text| {
        let notes: Vec<u32> = (0..4).map(|_| text.footnote()).collect();
        let amber = text.mark(Tlp::Amber);
        text.within(Tag::Footnote(notes[0]), |text| {
            text.paragraph("second");
            text.within(paragraph(), |text| text.event(Event::FootnoteRef(notes[3])));
        });
        text.within(Tag::Footnote(notes[1]), |text| text.paragraph("nobody’s"));
        text.within(amber, |text| {
            text.within(Tag::Footnote(notes[2]), |text| text.paragraph("first"));
        });
        text.within(paragraph(), |text| {
            text.text("x ");
            for note in [2, 0, 2, 9] {
                text.event(Event::FootnoteRef(note));
            }
        });
        text.within(Tag::Footnote(notes[3]), |text| text.paragraph("third"));
    });
    let back = |id: &str, label: &str| {
        format!(" <a href=\"#fnref-{id}\" aria-label=\"back to {label}\">↑</a>")
    };
    let reference = |id: &str, letter: &str| {
        format!(
            "<a class=\"footnote-ref\" id=\"fnref-{id}\" href=\"#fn-{letter}\" aria-label=\"footnote {letter}\">{letter}</a>"
        )
    };
    assert_eq!(
        out,
        format!(
            "<p>x{}{}{}</p>\n<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n\
             <li id=\"fn-a\">{AMBER} first{}{}</li>\n\
             <li id=\"fn-b\"><p>second</p>\n<p>{}{}</p></li>\n\
             <li id=\"fn-c\">third{}</li>\n</ol></section>\n",
            reference("a", "a"),
            reference("b", "b"),
            reference("a-2", "a"),
            back("a", "place 1"),
            back("a-2", "place 2"),
            reference("c", "c"),
            back("b", "the text"),
            back("c", "the text"),
        )
    );
}

#[test]
fn indicators() {
    let out = written(|text| {
        text.indicators(&[
            (
                "hxxps://evil[.]example/a?b&c",
                "first <contact>",
                &[1],
                Some(Tlp::Amber),
            ),
            ("192.0.2.41", "", &[], None),
        ]);
        text.indicators(&[("CVE-2021-44228", "", &[], None)]);
    });
    assert_eq!(
        out,
        format!(
            "<div class=\"table\" role=\"region\" aria-label=\"Indicators\" tabindex=\"0\"><table class=\"ioc\">\
             <caption>Indicators, defanged</caption><thead><tr><th>Type</th><th>Value</th><th>Note</th><th>Sources</th></tr></thead>\n\
             <tbody><tr><td>URL</td><td><code>hxxps://evil[.]example/a?b&amp;c</code></td><td>first &lt;contact&gt; {AMBER}</td>\
             <td class=\"cites\">{}</td></tr>\n\
             <tr><td>IPv4</td><td><code>192[.]0[.]2[.]41</code></td><td></td><td class=\"cites\"></td></tr>\n\
             </tbody></table></div>\n\
             <div class=\"table\" role=\"region\" aria-label=\"Indicators 2\" tabindex=\"0\"><table class=\"ioc\">\
             <caption>Indicators, defanged</caption><thead><tr><th>Type</th><th>Value</th></tr></thead>\n\
             <tbody><tr><td>CVE</td><td><code>CVE-2021-44228</code></td></tr>\n</tbody></table></div>\n",
            mark(1, 0, false),
        )
    );
}

#[test]
fn marked_parts_show_their_label() {
    let out = written(|text| {
        let amber = text.mark(Tlp::Amber);
        let strict = text.mark(Tlp::AmberStrict);
        text.within(amber, |text| text.paragraph("block"));
        text.within(strict, |text| {
            text.heading(2, "Section");
            text.paragraph("in it");
        });
        text.within(Tag::List { start: None }, |text| {
            text.within(amber, |text| {
                text.within(item(), |text| text.text("item"));
            });
        });
        text.within(amber, |text| {
            let foot = text.footnote();
            text.within(Tag::Footnote(foot), |text| text.paragraph("gone"));
        });
    });
    let strict = "<span class=\"tlp tlp-amber-strict\">TLP:AMBER+STRICT</span>";
    assert_eq!(
        out,
        format!(
            "<div class=\"portion\">{AMBER}<p>block</p>\n</div>\n\
             <section class=\"portion\"><h2 id=\"section\">Section {strict} \
             <a class=\"anchor\" href=\"#section\" aria-label=\"Link to this section\">#</a></h2>\n<p>in it</p>\n</section>\n\
             <ul>\n<li>{AMBER} item</li>\n</ul>\n"
        )
    );
}

#[test]
fn marked_rows_and_terms_show_their_label() {
    let out = written(|text| {
        let amber = text.mark(Tlp::Amber);
        text.within(Tag::Table { at: 0 }, |text| {
            text.within(amber, |text| {
                text.within(Tag::TableRow { at: 0 }, |text| {
                    text.within(Tag::TableCell(Align::None), |text| text.text("a"));
                    text.within(Tag::TableCell(Align::None), |text| text.text("b"));
                });
            });
        });
        text.within(Tag::DefinitionList, |text| {
            text.within(amber, |text| {
                text.within(Tag::Definition { at: 0 }, |text| text.text("c"));
            });
        });
        text.within(paragraph(), |text| {
            text.within(amber, |text| text.link(to("x"), "d"));
        });
    });
    assert!(out.contains(&format!("<tr><td>{AMBER} a</td><td>b</td></tr>")));
    assert!(out.contains(&format!("<dd>{AMBER} c</dd>")));
    assert!(out.contains(&format!("<p><span>{AMBER} <a href=\"x\">d</a></span></p>")));
}
