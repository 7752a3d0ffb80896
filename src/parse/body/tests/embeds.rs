//! Which embeds are shown, and what a section holds.

use super::read;
use crate::model::Section;
use crate::model::Tlp;
use crate::model::body::Event;

/// How many of the embeds of a text are shown, and how many are links that are told of.
fn embeds(text: &str) -> (usize, usize) {
    let read = read(text);
    let shown = read.value.body.links.iter().filter(|link| link.embed);
    let told = read
        .problems
        .iter()
        .filter(|it| it.code.name() == "linked-embed");
    (shown.count(), told.count())
}

#[test]
fn embeds_that_stand_alone_are_shown() {
    for (text, expected) in [
        ("![[x]]", (1, 0)),
        ("  ![[x#A b|words]]  ", (1, 0)),
        ("![[x.md]]", (1, 0)),
        ("![[x]]\n![[y]]  \n![[z]]", (3, 0)),
        ("(TLP:AMBER) ![[x]]", (1, 0)),
        ("(TLP:AMBER)\n\n![[x]]", (1, 0)),
        ("> ![[x]]", (1, 0)),
        ("- ![[x]]\n- y", (1, 0)),
        ("1. ![[x]]\n\n   ![[y]]", (2, 0)),
        ("Term\n: ![[x]]", (1, 0)),
        ("![[x]] ![[y]]", (0, 2)),
        ("![[x]] [@s]", (0, 1)),
        ("Some ![[x]]", (0, 1)),
        ("Some\n![[x]]", (0, 1)),
        ("**![[x]]**", (0, 1)),
        ("- [ ] ![[x]]", (0, 1)),
        ("# ![[x]]", (0, 1)),
        ("| a |\n|---|\n| ![[x]] |", (0, 1)),
        ("x[^1]\n\n[^1]: ![[x]]", (0, 1)),
        ("`![[x]]` [[x]] ![](x.md) ![[x.png]]", (0, 0)),
    ] {
        assert_eq!(embeds(text), expected, "{text}");
    }
    let many = "![[x]]\n\n".repeat(120);
    assert_eq!(embeds(&many), (100, 20));
    let nested = "> ".repeat(90) + "![[x]]";
    assert_eq!(embeds(&nested), (1, 0));
}

/// The words of a section, and the markings around it and in it.
fn section(text: &str, heading: &str) -> (String, Tlp, Tlp) {
    let body = read(text).value.body;
    let at = body.headings.iter().position(|it| it.text == heading);
    let section = Section::of(&body, u32::try_from(at.unwrap()).unwrap()).unwrap();
    let words = section.events(&body).filter_map(|event| match event {
        Event::Text(slice) => Some(body.slice(*slice)),
        _ => None,
    });
    let words: Vec<&str> = words.collect();
    (words.join(" "), section.tlp, section.highest)
}

#[test]
fn a_section_ends_where_the_next_of_its_level_begins() {
    use Tlp::{Amber, Clear, Green, Red};
    let text = "x\n\n## A\n\na\n\n### B\n\nb\n\n### C {tlp=amber}\n\nc\n\n#### D\n\nd\n\n## E {tlp=green}\n\ne[^1]\n\n\
                > ### F\n> f\n>\n> ### G\n\n(TLP:RED) r\n\n# H\n\n[^1]: n[^2]\n\n(TLP:AMBER)\n\n[^2]: m\n\n[^3]: o\n";
    for (heading, words, around, highest) in [
        ("A", "A a B b C c D d", Clear, Amber),
        ("B", "B b", Clear, Clear),
        ("C", "C c D d", Amber, Amber),
        ("D", "D d", Amber, Amber),
        ("E", "E e F f G r n m", Green, Red),
        ("F", "F f", Green, Green),
        ("G", "G", Green, Green),
        // Of the footnotes that are written in it nothing is shown; the mark around one counts nonetheless.
        ("H", "H", Clear, Amber),
    ] {
        let expected = (words.to_owned(), around, highest);
        assert_eq!(section(text, heading), expected, "{heading}");
    }
}
