//! Sentences in blocks of every sort.

use super::{Sentences, sentences};
use crate::model::body::{Align, Event, Tag};
use crate::render::html::Anchor;
use crate::render::html::build::{Build, item, paragraph};

fn read(build: impl FnOnce(&mut Build)) -> Sentences {
    let mut text = Build::default();
    build(&mut text);
    sentences(&text.body, &|link| (link == 7).then(|| "T".to_owned()))
}

fn links(found: &Sentences) -> Vec<&str> {
    let all = (0..).zip(&found.links);
    all.map(|(at, _)| found.link(at)).collect()
}

fn cites(found: &Sentences) -> Vec<&str> {
    let all = (0..).zip(&found.cites);
    all.map(|(at, _)| found.cite(at)).collect()
}

fn link(text: &mut Build, words: &str) {
    text.link(Anchor::Plain, words);
}

#[test]
fn a_citation_belongs_to_the_sentence_before_it() {
    let found = read(|text| {
        text.within(paragraph(), |text| {
            text.text("One happened ");
            text.cite(&[1]);
            text.text(". Two did. ");
            text.cite(&[2, 3]);
            text.text(" Three ");
            text.cite(&[4]);
            text.event(Event::SoftBreak);
            text.text("and four.");
        });
    });
    assert_eq!(
        cites(&found),
        ["One happened.", "Two did.", "Two did.", "Three and four."]
    );
}

#[test]
fn links_stand_in_their_sentences() {
    let found = read(|text| {
        text.within(paragraph(), |text| {
            text.text("First. The ");
            link(text, "group");
            text.text(" used ");
            text.within(Tag::Strong, |text| link(text, "J. Doe’s. tool"));
            text.text(". Last.");
        });
        for _ in 0..4 {
            text.new_link(Anchor::Plain, false, false);
        }
        text.within(paragraph(), |text| link(text, "Alone"));
        text.within(paragraph(), |text| {
            text.text("So ");
            link(text, "slug");
            text.text(" is.");
        });
    });
    let both = "The group used J. Doe’s. tool.";
    assert_eq!(
        links(&found),
        [both, both, "", "", "", "", "Alone", "So T is."]
    );
    assert_eq!(found.text, format!("{both}AloneSo T is."), "each once");
}

#[test]
fn blocks_divide_and_rows_stay_whole() {
    let found = read(|text| {
        text.within(Tag::List { start: None }, |text| {
            text.within(item(), |text| {
                text.event(Event::Task(true));
                text.text("outer ");
                text.cite(&[1]);
                text.within(Tag::List { start: None }, |text| {
                    text.within(item(), |text| {
                        text.text("inner");
                        text.cite(&[2]);
                    });
                });
            });
        });
        let at = text.new_heading(2, "x");
        text.within(Tag::Heading(at), |text| {
            text.text("A title");
            text.cite(&[3]);
        });
        text.within(Tag::Table { at: 0 }, |text| {
            text.within(Tag::TableRow { at: 0 }, |text| {
                text.within(Tag::TableCell(Align::None), |text| {
                    text.text("One. Two.");
                    text.cite(&[4]);
                });
                text.within(Tag::TableCell(Align::None), |text| text.text("$81m"));
            });
        });
        text.indicators(&[
            ("evil.example", "first contact", &[5], None),
            ("192.0.2.1", "", &[6], None),
        ]);
        text.within(paragraph(), |text| text.cite(&[7]));
    });
    assert_eq!(
        cites(&found),
        [
            "outer",
            "inner",
            "A title",
            "One. Two. · $81m",
            "evil[.]example: first contact",
            "192[.]0[.]2[.]1",
            ""
        ]
    );
}

#[test]
fn nothing_to_find() {
    assert_eq!(read(|text| text.paragraph("Plain.")), Sentences::default());
}
