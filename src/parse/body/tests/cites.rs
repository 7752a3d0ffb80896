//! Citations: where they are read, and what is nearly one.

use super::*;

#[test]
fn citations_are_read_where_they_may_stand() {
    let table: &[(&str, &str, &[&str])] = &[
        ("a [@x].", "p(a‹x›.)", &[]),
        ("a [@x, p. 12; @y]", "p(a‹x|p. 12›‹y›)", &[]),
        ("a [@x] [@y][@z] b", "p(a‹x›‹y›‹z› b)", &[]),
        (
            "a [@x][^n][@y] b\n\n[^n]: c",
            "p(a‹x›^n‹y› b)fn:n(p(c))",
            &[],
        ),
        ("a. [@x] B", "p(a.‹x› B)", &[]),
        ("a\n[@x,\n  p. 1] b", "p(a‹x|p. 1› b)", &[]),
        ("**a** [@x]", "p(b(a)‹x›)", &[]),
        (
            "`c` [@x] <b>[@y]</b> `d`",
            "p(`c`‹x› «<b>»‹y›«</b>» `d`)",
            &[],
        ),
        (
            "# A [@x]\n\n|a [@y]|\n|-|\n- b[@z]",
            "h1:A(A‹x›)table(th(td(a‹y›)))ul(li(b‹z›))",
            &[],
        ),
        ("me[@]evil[.]example", "p(me[@]evil[.]example)", &[]),
        ("\\[@x] \\\\[@y]", "p([@x] \\‹y›)", &[]),
        ("`[@x]`", "p(`[@x]`)", &[]),
        ("    [@x]", "pre::[@x]()", &[]),
        (
            "[a [@x]](u) ![b [@x]](v.svg)",
            "p(a:u:(a [@x]) img:v.svg:(b [@x]))",
            &[],
        ),
        ("(a [@x])", "p((a‹x›))", &[]),
        (
            "a@b.example [c](d) @e",
            "p(a°:mailto:a@b.example:(a@b.example) a:d:(c) @e)",
            &[],
        ),
        (
            "a [@x p. 12] b",
            "p(a [@x p. 12] b)",
            &["bad-citation [@x p. 12]"],
        ),
        (
            "a [@x, *p*] b",
            "p(a [@x, em(p)] b)",
            &["bad-citation [@x, *p*]"],
        ),
        ("[@x; y]", "p([@x; y])", &["bad-citation [@x; y]"]),
        ("a [@x b", "p(a [@x b)", &["bad-citation [@x"]),
        ("[see @x]", "p([see @x])", &["bad-citation [see @x]"]),
        (
            "[@x](https://a.example)",
            "p(a:https://a.example:(@x))",
            &[],
        ),
        ("[@x](a b)", "p([@x](a b))", &["bad-citation [@x]("]),
        (
            "[@x]: https://a.example",
            "",
            &["bad-citation [@x]: https://a.example"],
        ),
        ("a [@x]: b", "p(a‹x›: b)", &[]),
        ("[@x]: b c", "p([@x]: b c)", &["bad-citation [@x]:"]),
        ("[[@x]]", "p(a°:[[@x]]:(@x))", &["bad-citation [[@x]]"]),
        ("[@x, [y]]", "p([@x, [y]])", &["bad-citation [@x, [y]]"]),
        ("[@a, @b]", "p([@a, @b])", &["bad-citation [@a, @b]"]),
    ];
    for (text, expected, problems) in table {
        check(text, expected, problems);
    }
}

#[test]
fn citations_know_their_place() {
    let text = "---\n---\n> ünd [@a-1, p. 2;\n> @b] x";
    let found = parse(&"x".into(), text, 8, Tlp::Clear, &Markings::default());
    let cites = &found.value.cites;
    let places: Vec<&str> = cites.iter().map(|it| it.span.of(text)).collect();
    assert_eq!(places, ["@a-1, p. 2", "@b"]);
    let names = cites.iter().filter_map(|it| it.source.as_ref());
    let names: Vec<&str> = names.map(|it| it.span.of(text)).collect();
    assert_eq!(names, ["a-1", "b"]);
}
