use super::Anchor;
use super::build::{Build, item, paragraph, written};
use crate::model::Tlp;
use crate::model::body::{Alert, Align, Event, Tag};

fn to(href: &str) -> Anchor {
    Anchor::To {
        href: href.to_owned(),
        words: None,
    }
}

#[test]
fn first_look() {
    let out = written(|text| {
        text.heading(2, "A & B");
        text.within(paragraph(), |text| {
            text.text("One ");
            text.cite(&[1, 2]);
            text.text(". Two ");
            text.cite(&[1, 0]);
            text.text(".");
        });
    });
    println!("{out}");
}
