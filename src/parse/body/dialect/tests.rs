//! What means something else here than in CommonMark, and what comes out of it.

use super::*;

/// The text with `·` before every character that means nothing.
fn shown(text: &str) -> String {
    let dialect = Dialect::of(text);
    let chars = dialect.text.chars();
    chars
        .map(|c| character_of(c).map_or(c.to_string(), |character| format!("·{character}")))
        .collect()
}

#[test]
fn words_in_angle_brackets_are_no_tags_unless_html_has_the_element() {
    let table = [
        ("<REDACTED> <b>x</b>", "·<REDACTED> <b>x</b>"),
        ("List<String> </none/>", "List·<String> ·</none/>"),
        ("\\\\<host>\\x \\<host>", "\\\\·<host>\\x \\<host>"),
        (
            "<https://a.example> <a@b.example>",
            "<https://a.example> <a@b.example>",
        ),
        ("[x](<my file.pdf>)", "[x](<my file.pdf>)"),
        ("[x]: <my file.pdf>", "[x]: <my file.pdf>"),
        (
            "[x](a/<b>) <c> [x]( <d e>) [x](f)<g>",
            "[x](a/<b>) ·<c> [x]( <d e>) [x](f)·<g>",
        ),
        (
            "<svg><path d=''/></svg><path>",
            "<svg><path d=''/></svg>·<path>",
        ),
        ("a < b <3 <", "a < b <3 <"),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn bars_of_wikilinks_end_no_cell() {
    let table = [
        ("|a|\n|-|\n|[[b|c]]|", "|a|\n|-|\n|[[b·|c]]|"),
        ("|[[a|b]]|\n|-|", "|[[a·|b]]|\n|-|"),
        (
            "> |a|\n> |-|\n> |[[b|c|d]]|",
            "> |a|\n> |-|\n> |[[b·|c·|d]]|",
        ),
        ("|a|\n|-|\n|[[b\\|c]]|", "|a|\n|-|\n|[[b\\|c]]|"),
        ("|a|\n|-|\n|[[ | ]]|", "|a|\n|-|\n|[[ | ]]|"),
        ("|a|\n|-|\n\n[[b|c]]", "|a|\n|-|\n\n[[b|c]]"),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn brackets_of_links_make_no_wikilinks() {
    let table = [
        ("[[1]](a) [[2]] ![[3]](b)", "[·[1·]](a) [[2]] ![·[3·]](b)"),
        ("[[1]][r] [[r]]\n\n[r]: x", "[·[1·]][r] ·[[r]·]\n\n[r]: x"),
        ("[[1]][r] [[r]](not a link)", "[[1]][r] [[r]](not a link)"),
        ("[[*1*]](a)", "[·[*1*·]](a)"),
        ("[[A [b]]] [[A [b] c|d]]", "[[A ·[b·]]] [[A ·[b·] c|d]]"),
        ("[[a [b](c)]] [[a] b [c]]", "[[a [b](c)]] [[a] b [c]]"),
        ("`[[1]](a)`", "`[[1]](a)`"),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn addresses_hold_no_emphasis() {
    let table = [
        (
            "**https://a.example/__init__/*b*.**",
            "**https://a.example/·_·_init·_·_/·*b*.**",
        ),
        (
            "[x](https://a.example/_b_) <https://a.example/_b_>",
            "[x](https://a.example/_b_) <https://a.example/_b_>",
        ),
        (
            "[x](y?https://a.example/_b_) https://a.example/_b",
            "[x](y?https://a.example/_b_) https://a.example/·_b",
        ),
        (
            "https://a.example/x *b* www.a.example/*b*c",
            "https://a.example/x *b* www.a.example/·*b·*c",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_was_written_comes_out_again() {
    let text = "|[[a|*b*]] <x>|\n|-|\n|`<y>` <z t=\"*\">|\n\n```<i>\n<j>\n```\n";
    let dialect = Dialect::of(text);
    let events: String = dialect
        .events()
        .map(|(event, _)| format!("{event:?}"))
        .collect();
    assert!(events.contains("a|*b*") && events.contains("<i>") && events.contains("<j>"));
    assert!(!holds_signs(&events) && !events.contains("\\u{"));
    let odd = "\u{2}<x>";
    assert_eq!(
        shown(odd),
        "·<<x>",
        "a text with such signs is read as it is"
    );
}
