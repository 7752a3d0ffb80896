//! Bodies as short notation: `p(…)` a paragraph, `AMBER(…)` a marked region, `‹a|p. 12›` a citation.

use super::*;
use crate::model::body::{Destination, Event, Tag};

fn read(text: &str) -> Outcome<RawProse> {
    parse(&"content/actors/x.md".into(), text, 0)
}

/// The body in short.
fn short(prose: &RawProse) -> String {
    let body = &prose.body;
    let mut out = String::new();
    let cites = |out: &mut String, first: u32, count: u32| {
        for cite in &prose.cites[first as usize..(first + count) as usize] {
            let name = cite.source.as_ref().map_or("?", |it| &it.name);
            let at = cite
                .at
                .as_ref()
                .map(|at| format!("|{at}"))
                .unwrap_or_default();
            out.push_str(&format!("‹{name}{at}›"));
        }
    };
    for event in &body.events {
        match *event {
            Event::Start(tag) => out.push_str(&format!("{}(", name(body, tag))),
            Event::End(_) => out.push(')'),
            Event::Text(slice) => out.push_str(body.slice(slice)),
            Event::Code(slice) => out.push_str(&format!("`{}`", body.slice(slice))),
            Event::Html(slice) => out.push_str(&format!("«{}»", body.slice(slice).trim())),
            Event::Cite { first, count } => cites(&mut out, first, count),
            Event::FootnoteRef(at) => out.push_str(&format!("^{}", body.footnotes[at as usize])),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('/'),
            Event::Rule => out.push_str("---"),
            Event::Task(done) => out.push_str(if done { "☑" } else { "☐" }),
            Event::Indicators { first, count } => {
                for line in &body.indicators[first as usize..(first + count) as usize] {
                    let tlp = line.tlp.map(|it| format!(" {it}")).unwrap_or_default();
                    out.push_str(&format!(
                        "{{{}#{}{tlp}",
                        line.indicator.defanged(),
                        line.note
                    ));
                    cites(&mut out, line.first, line.count);
                    out.push('}');
                }
            }
        }
    }
    out
}

fn name(body: &Body, tag: Tag) -> String {
    match tag {
        Tag::Paragraph { .. } => "p".to_owned(),
        Tag::Heading(at) => {
            let heading = &body.headings[at as usize];
            format!("h{}:{}", heading.level, heading.text)
        }
        Tag::Quote(None) => "q".to_owned(),
        Tag::Quote(Some(alert)) => format!("{alert:?}").to_lowercase(),
        Tag::CodeBlock(at) => {
            let code = &body.code[at as usize];
            format!("pre:{}:{}", code.lang, code.text.trim_end())
        }
        Tag::List { start: None } => "ul".to_owned(),
        Tag::List { .. } => "ol".to_owned(),
        Tag::Item { .. } => "li".to_owned(),
        Tag::Footnote(at) => format!("fn:{}", body.footnotes[at as usize]),
        Tag::DefinitionList => "dl".to_owned(),
        Tag::DefinitionTitle { .. } => "dt".to_owned(),
        Tag::Definition { .. } => "dd".to_owned(),
        Tag::Table { .. } => "table".to_owned(),
        Tag::TableHead => "th".to_owned(),
        Tag::TableRow { .. } => "tr".to_owned(),
        Tag::TableCell(_) => "td".to_owned(),
        Tag::HtmlBlock => "html".to_owned(),
        Tag::Emphasis => "em".to_owned(),
        Tag::Strong => "b".to_owned(),
        Tag::Strikethrough => "s".to_owned(),
        Tag::Link(at) | Tag::Image(at) => {
            let link = &body.links[at as usize];
            let to = match &link.to {
                Destination::Wiki { name, fragment } => {
                    format!(
                        "[[{name}{}]]",
                        fragment
                            .as_ref()
                            .map(|it| format!("#{it}"))
                            .unwrap_or_default()
                    )
                }
                Destination::Relative { path, fragment } => {
                    format!(
                        "{path}{}",
                        fragment
                            .as_ref()
                            .map(|it| format!("#{it}"))
                            .unwrap_or_default()
                    )
                }
                Destination::External(url) => url.clone(),
                Destination::Refused => "!".to_owned(),
            };
            let kind = if matches!(tag, Tag::Image(_)) {
                "img"
            } else {
                "a"
            };
            format!("{kind}{}:{to}:", if link.bare { "°" } else { "" })
        }
        Tag::Marked(at) => body.marks[at as usize].tlp.label()[4..].to_owned(),
    }
}

/// Every problem as `code:line:column "marked text"`.
fn problems(text: &str, found: &Outcome<RawProse>) -> Vec<String> {
    let mut list = found.problems.clone();
    crate::diag::sort(&mut list);
    list.iter()
        .map(|it| {
            let span = it.place.span.unwrap_or_default();
            format!("{} {}", it.code.name(), span.of(text))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &str, expected_problems: &[&str]) {
    let found = read(text);
    assert_eq!(short(&found.value), expected, "{text}");
    assert_eq!(problems(text, &found), expected_problems, "{text}");
    balanced(&found.value.body);
}

fn balanced(body: &Body) {
    let mut open = Vec::new();
    for event in &body.events {
        match *event {
            Event::Start(tag) => open.push(tag),
            Event::End(tag) => assert_eq!(open.pop(), Some(tag)),
            Event::Text(slice) | Event::Code(slice) | Event::Html(slice) => {
                assert!(
                    body.text
                        .get(slice.start as usize..slice.end as usize)
                        .is_some()
                );
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
}

#[test]
fn markdown_is_read() {
    let table = [
        ("a *b* **c** ~~d~~ `e`", "p(a em(b) b(c) s(d) `e`)"),
        ("# T {#id .c}\ntext", "h1:T(T)p(text)"),
        ("a  \nb\nc", "p(a/b c)"),
        ("> [!NOTE]\n> a", "note(p(a))"),
        ("- [x] a\n- [ ] b", "ul(li(☑a)li(☐b))"),
        ("3. a\n\n4. b", "ol(li(p(a))li(p(b)))"),
        ("a\n: b\n: c", "dl(dt(a)dd(b)dd(c))"),
        (
            "|a|b|\n|-|-|\n|c|`d\\|e`|",
            "table(th(td(a)td(b))tr(td(c)td(`d|e`)))",
        ),
        ("```YARA title=x\nrule\n```", "pre:yara:rule()"),
        ("    indented", "pre::indented()"),
        (
            "a[^1] b[^2] c[^3]\n\n[^1]: x\n[^3]: y\n[^1]: z",
            "p(a^1 b[^2] c^3)fn:1(p(x))fn:3(p(y))fn:1(p(z))",
        ),
        ("***", "---"),
        (
            "<div>\nx <!-- y --></div>\n\na<!-- b --> <b>c</b>",
            "html(«<div>\nx </div>»)p(a «<b>»c«</b>»)",
        ),
        ("<!-- alone -->", ""),
        (
            "$81m ($20m more) x_1 H~2~O \"q\"",
            "p($81m ($20m more) x_1 H~2~O \"q\")",
        ),
        ("a\r\nb", "p(a b)"),
    ];
    for (text, expected) in table {
        check(text, expected, &[]);
    }
}

#[test]
fn links_are_classified() {
    let table: &[(&str, &str, &[&str])] = &[
        ("[[apt38]]", "p(a°:[[apt38]]:(apt38))", &[]),
        ("[[apt38|the group]]", "p(a:[[apt38]]:(the group))", &[]),
        ("[[apt38|apt38]]", "p(a°:[[apt38]]:(apt38))", &[]),
        ("[[apt38|]]", "p(a°:[[apt38]]:())", &[]),
        (
            "[[a b#c d]] [[#x]]",
            "p(a°:[[a b#c d]]:(a b#c d) a°:[[#x]]:(#x))",
            &[],
        ),
        (
            "|x|\n|-|\n|[[a\\|b]]|",
            "table(th(td(x))tr(td(a:[[a]]:(b))))",
            &[],
        ),
        (
            "![[x.svg]] ![[apt38]]",
            "p(img°:x.svg:(x.svg) a°:[[apt38]]:(apt38))",
            &[],
        ),
        ("![alt](x.svg \"T\")", "p(img:x.svg:(alt))", &[]),
        ("[t](../a/b%20c.md#d)", "p(a:../a/b c.md#d:(t))", &[]),
        (
            "<https://a.example> <me@a.example>",
            "p(a°:https://a.example:(https://a.example) a°:mailto:me@a.example:(me@a.example))",
            &[],
        ),
        (
            "[https://a.example](https://a.example)",
            "p(a°:https://a.example:(https://a.example))",
            &[],
        ),
        (
            "[x](javascript:alert(1))",
            "p(a:!:(x))",
            &["unsafe-link [x](javascript:alert(1))"],
        ),
        (
            "[x](java&#115;cript:a)",
            "p(a:!:(x))",
            &["unsafe-link [x](java&#115;cript:a)"],
        ),
        (
            "[x](&Tab;//a.example)",
            "p(a:!:(x))",
            &["unsafe-link [x](&Tab;//a.example)"],
        ),
        (
            "![x](https://a.example/x.png)",
            "p(img:!:(x))",
            &["unsafe-link ![x](https://a.example/x.png)"],
        ),
        (
            "<ftp://a.example>",
            "p(a°:!:(ftp://a.example))",
            &["unsafe-link <ftp://a.example>"],
        ),
    ];
    for (text, expected, problems) in table {
        check(text, expected, problems);
    }
}

#[test]
fn citations_are_read_where_they_may_stand() {
    let table: &[(&str, &str, &[&str])] = &[
        ("a [@x].", "p(a‹x›.)", &[]),
        ("a [@x, p. 12; @y]", "p(a‹x|p. 12›‹y›)", &[]),
        ("a [@x] [@y][@z] b", "p(a‹x›‹y›‹z› b)", &[]),
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
        ("a@b.example [c](d) @e", "p(a@b.example a:d:(c) @e)", &[]),
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
            &["bad-citation [@x](https://a.example)"],
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
    let found = parse(&"x".into(), text, 8);
    let cites = &found.value.cites;
    let places: Vec<&str> = cites.iter().map(|it| it.span.of(text)).collect();
    assert_eq!(places, ["@a-1, p. 2", "@b"]);
    let names = cites.iter().filter_map(|it| it.source.as_ref());
    let names: Vec<&str> = names.map(|it| it.span.of(text)).collect();
    assert_eq!(names, ["a-1", "b"]);
}

#[test]
fn marks_hold_what_they_stand_before() {
    let table = [
        ("(TLP:AMBER) a\nb\n\nc", "AMBER(p(a b))p(c)"),
        ("**(TLP:AMBER)** a", "AMBER(p(a))"),
        ("**(TLP:AMBER) a** b", "AMBER(p(b(a) b))"),
        ("(tlp:amber+strict)\na", "AMBER+STRICT(p(a))"),
        ("&#40;TLP:AMBER) a", "AMBER(p(a))"),
        ("(TLP:AMBER) a [@x]", "AMBER(p(a‹x›))"),
        (
            "- (TLP:AMBER) a\n  - b\n- c",
            "ul(AMBER(li(aul(li(b))))li(c))",
        ),
        (
            "- a\n- (TLP:AMBER) b\n\n  c",
            "ul(li(p(a))AMBER(li(p(b)p(c))))",
        ),
        (
            "- [ ] (TLP:AMBER) a\n- [x] **(TLP:RED)** b",
            "ul(AMBER(li(☐a))RED(li(☑b)))",
        ),
        ("- a\n\n  (TLP:AMBER) b", "ul(li(p(a)AMBER(p(b))))"),
        ("> (TLP:AMBER) a\n>\n> b", "AMBER(q(p(a)p(b)))"),
        ("> - (TLP:AMBER) a\n> - b", "AMBER(q(ul(li(a)li(b))))"),
        ("> [!WARNING]\n> (TLP:AMBER) a", "AMBER(warning(p(a)))"),
        ("a\n: (TLP:AMBER) b\n: c", "dl(dt(a)AMBER(dd(b))dd(c))"),
        (
            "a[^1]\n\n[^1]: (TLP:AMBER) x\n\n    y",
            "p(a^1)AMBER(fn:1(p(x)p(y)))",
        ),
        (
            "(TLP:AMBER)\n\n|a|\n|-|\n\nb",
            "AMBER(table(th(td(a))))p(b)",
        ),
        (
            "(TLP:AMBER)\n\n<!-- c -->\n\n- a\n- b",
            "AMBER(ul(li(a)li(b)))",
        ),
        (
            "(TLP:AMBER)\n\n![a](b.svg)\n\nc",
            "AMBER(p(img:b.svg:(a)))p(c)",
        ),
        ("(TLP:AMBER)\n\n(TLP:RED) a\n\nb", "AMBER(RED(p(a)))p(b)"),
        ("> (TLP:AMBER)\n>\n> a\n\nb", "AMBER(q(p(a)))p(b)"),
        (
            "- a\n\n  (TLP:AMBER)\n\n  ```\n  x\n  ```",
            "ul(li(p(a)AMBER(pre::x())))",
        ),
        ("```x tlp=amber\ny\n```", "AMBER(pre:x:y())"),
        ("```tlp=amber\ny\n```", "AMBER(pre::y())"),
        (
            "# A {tlp=amber}\na\n## B\nb\n# C\nc",
            "AMBER(h1:A(A)p(a)h2:B(B)p(b))h1:C(C)p(c)",
        ),
        (
            "## (TLP:AMBER) A\na\n### B {tlp=red}\nb\n### C\n## D",
            "AMBER(h2:A(A)p(a)RED(h3:B(B)p(b))h3:C(C))h2:D(D)",
        ),
        ("> # A {tlp=amber}\n> a\n\nb", "q(AMBER(h1:A(A)p(a)))p(b)"),
        (
            "A {tlp=amber}\n===\na[^1]\n\n[^1]: x",
            "AMBER(h1:A(A)p(a^1)fn:1(p(x)))",
        ),
        (
            "\\(TLP:AMBER) `(TLP:RED)` [TLP](https://first.example/tlp)",
            "p((TLP:AMBER) `(TLP:RED)` a:https://first.example/tlp:(TLP))",
        ),
        (
            "TLP:AMBER is a label (of four) [@tlp-2, the tlp].",
            "p(TLP:AMBER is a label (of four)‹tlp-2|the tlp›.)",
        ),
    ];
    for (text, expected) in table {
        check(text, expected, &[]);
    }
}

#[test]
fn marks_fail_closed() {
    let table: &[(&str, &str, &[&str])] = &[
        (
            "(TLP:AMBR) a",
            "RED(p((TLP:AMBR) a))",
            &["bad-marking (TLP:AMBR)"],
        ),
        (
            "(TLP:WHITE) a",
            "RED(p((TLP:WHITE) a))",
            &["bad-marking (TLP:WHITE)"],
        ),
        (
            "(TLP: AMBER) a",
            "RED(p((TLP: AMBER) a))",
            &["bad-marking (TLP: AMBER)"],
        ),
        (
            "[TLP:AMBER] a",
            "RED(p([TLP:AMBER] a))",
            &["bad-marking [TLP:AMBER]"],
        ),
        (
            "（TLP:AMBER） a",
            "RED(p(（TLP:AMBER） a))",
            &["bad-marking （TLP:AMBER）"],
        ),
        (
            "a {tlp=amber}",
            "RED(p(a {tlp=amber}))",
            &["bad-marking {tlp=amber}"],
        ),
        (
            "a (TLP:AMBER) b\n\nc",
            "RED(p(a (TLP:AMBER) b))p(c)",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "a (see the tlp)",
            "RED(p(a (see the tlp)))",
            &["bad-marking (see the tlp)"],
        ),
        (
            "*(TLP:AMBER)* a",
            "RED(p(em((TLP:AMBER)) a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "(**TLP:AMBER**) a",
            "RED(p((b(TLP:AMBER)) a))",
            &["bad-marking (**TLP:AMBER**)"],
        ),
        (
            "(T*L*P:AMBER) a",
            "RED(p((Tem(L)P:AMBER) a))",
            &["bad-marking (T*L*P:AMBER)"],
        ),
        (
            "(TLP:AMBER a",
            "RED(p((TLP:AMBER a))",
            &["bad-marking (TLP:AMBER"],
        ),
        (
            "TLP:AMBER) a",
            "RED(p(TLP:AMBER) a))",
            &["bad-marking TLP:AMBER)"],
        ),
        (
            "[(TLP:AMBER) a](b.md)",
            "RED(p(a:b.md:((TLP:AMBER) a)))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "![(TLP:AMBER) a](b.svg)",
            "RED(p(img:b.svg:((TLP:AMBER) a)))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "x ![a](b.svg \"(TLP:AMBER)\")",
            "RED(p(x img:b.svg:(a)))",
            &["bad-marking ![a](b.svg \"(TLP:AMBER)\")"],
        ),
        (
            "(TLP:AMBER) (TLP:RED) a",
            "RED(p((TLP:RED) a))",
            &["bad-marking (TLP:RED)"],
        ),
        (
            "|a|\n|-|\n|(TLP:AMBER) b|",
            "RED(table(th(td(a))tr(td((TLP:AMBER) b))))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "(TLP:AMBER) a\n: b",
            "RED(dl(dt((TLP:AMBER) a)dd(b)))",
            &["bad-marking (TLP:AMBER)"],
        ),
        ("a\n\n(TLP:AMBER)", "p(a)", &["bad-marking (TLP:AMBER)"]),
        (
            "(TLP:AMBER)\n\n---\n\na",
            "---p(a)",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "(TLP:AMBER)\n\n(TLP:RED)\n\na",
            "RED(p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "(TLP:AMBER)\n\n# A\na",
            "AMBER(h1:A(A)p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "# A (TLP:AMBER)\na",
            "RED(h1:A (TLP:AMBER)(A (TLP:AMBER))p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "# A {tlp=ambr}\na",
            "RED(h1:A(A)p(a))",
            &["bad-marking tlp"],
        ),
        (
            "# A {.tlp-amber}\na",
            "RED(h1:A(A)p(a))",
            &["bad-marking tlp-amber"],
        ),
        (
            "# A {x=1 #ref-2}\na",
            "h1:A(A)p(a)",
            &["bad-attribute x", "bad-attribute ref-2"],
        ),
        (
            "# (TLP:AMBER) A {tlp=red}\na",
            "RED(h1:A(A)p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "```x {tlp=amber}\ny\n```",
            "RED(pre:x:y())",
            &["bad-marking {tlp=amber}"],
        ),
        (
            "```x tlp:amber\ny\n```",
            "RED(pre:x:y())",
            &["bad-marking tlp:amber"],
        ),
        (
            "<p>(TLP:AMBER) a</p>",
            "RED(html(«<p>(TLP:AMBER) a</p>»))",
            &["bad-marking <p>(TLP:AMBER) a</p>"],
        ),
        (
            "a <i title=\"(TLP:AMBER)\">b</i>",
            "RED(p(a «<i title=\"(TLP:AMBER)\">»b«</i>»))",
            &["bad-marking <i title=\"(TLP:AMBER)\">"],
        ),
        (
            "<b>(TLP:AMBER)</b> a",
            "RED(p(«<b>»(TLP:AMBER)«</b>» a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "# A {tlp=red}\n(TLP:AMBER) a",
            "RED(h1:A(A)AMBER(p(a)))",
            &["lower-marking (TLP:AMBER)"],
        ),
        (
            "- a\n  (TLP:AMBER)",
            "ul(RED(li(a (TLP:AMBER))))",
            &["bad-marking (TLP:AMBER)"],
        ),
    ];
    for (text, expected, problems) in table {
        let found = read(text);
        assert_eq!(short(&found.value), *expected, "{text}");
        let codes = self::problems(text, &found);
        assert_eq!(
            codes.iter().map(|it| it.trim_end()).collect::<Vec<_>>(),
            *problems,
            "{text}"
        );
        balanced(&found.value.body);
    }
}

#[test]
fn a_footnote_is_marked_as_high_as_what_refers_to_it() {
    let table = [
        (
            "(TLP:AMBER) a[^1]\n\nb\n\n[^1]: x",
            "AMBER(p(a^1))p(b)AMBER(fn:1(p(x)))",
        ),
        (
            "(TLP:AMBER) a[^1]\n\nb[^1]\n\n[^1]: x",
            "AMBER(p(a^1))p(b^1)fn:1(p(x))",
        ),
        (
            "(TLP:RED) a[^1]\n\n(TLP:AMBER) b[^1]\n\n[^1]: x",
            "RED(p(a^1))AMBER(p(b^1))AMBER(fn:1(p(x)))",
        ),
        (
            "(TLP:AMBER) a[^1]\n\n[^1]: x[^2]\n[^2]: y",
            "AMBER(p(a^1))AMBER(fn:1(p(x^2)))AMBER(fn:2(p(y)))",
        ),
        (
            "(TLP:AMBER) a[^1]\n\n[^1]: (TLP:RED) x",
            "AMBER(p(a^1))RED(fn:1(p(x)))",
        ),
        ("(TLP:AMBER) a\n\n[^1]: x", "AMBER(p(a))fn:1(p(x))"),
    ];
    for (text, expected) in table {
        check(text, expected, &[]);
    }
}

#[test]
fn indicator_blocks_are_read() {
    let table: &[(&str, &str, &[&str])] = &[
        (
            "```ioc\n# none\n\n192.0.2.1\n  evil[.]example  # seen in 2016 (TLP:AMBER) [@x, p. 2]\n```",
            "{192[.]0[.]2[.]1#}{evil[.]example#seen in 2016 amber‹x|p. 2›}",
            &[],
        ),
        (
            "```ioc tlp=amber\nhxxp://evil[.]example/#a [@x] (TLP:RED)\n```",
            "AMBER({hxxp://evil[.]example/#a# red‹x›})",
            &[],
        ),
        (
            "> ```ioc\n> me[@]evil[.]example # a [@]\n> ```",
            "q({me[@]evil[.]example#a [@]})",
            &[],
        ),
        (
            "```ioc\nnothing\n192.0.2.1\n```",
            "{192[.]0[.]2[.]1#}",
            &["bad-indicator nothing"],
        ),
        (
            "```ioc\n192.0.2.1 seen\n```",
            "{192[.]0[.]2[.]1#seen}",
            &["bad-indicator seen"],
        ),
        (
            "```ioc\n192.0.2.1 # (TLP:AMBER) seen\n```",
            "{192[.]0[.]2[.]1#(TLP:AMBER) seen red}",
            &["bad-marking (TLP:AMBER) seen"],
        ),
        (
            "```ioc\n192.0.2.1 # a (TLP:WHITE)\n```",
            "{192[.]0[.]2[.]1#a red}",
            &["bad-marking a (TLP:WHITE)"],
        ),
        (
            "```ioc\n# (TLP:AMBER)\n192.0.2.1\n```",
            "{192[.]0[.]2[.]1#}",
            &["bad-marking # (TLP:AMBER)"],
        ),
        (
            "```ioc\n192.0.2.1 # [@x\n```",
            "{192[.]0[.]2[.]1#}",
            &["bad-citation [@x"],
        ),
        (
            "```ioc tlp=red\n192.0.2.1 # (TLP:AMBER)\n```",
            "RED({192[.]0[.]2[.]1# amber})",
            &["lower-marking 192.0.2.1 # (TLP:AMBER)"],
        ),
        ("```ioc\n```", "", &[]),
    ];
    for (text, expected, problems) in table {
        let found = read(text);
        assert_eq!(short(&found.value), *expected, "{text}");
        let codes = self::problems(text, &found);
        assert_eq!(
            codes
                .iter()
                .map(|it| it.trim())
                .collect::<Vec<_>>()
                .join("|")
                .replace("  ", " "),
            problems.join("|"),
            "{text}"
        );
        balanced(&found.value.body);
    }
}

#[test]
fn what_is_cut_from_the_text_is_not_kept() {
    let found = read("(TLP:AMBER) **a** [@secret] `b` <!-- hidden --> c");
    assert_eq!(found.value.body.text, "a b  c");
}

#[test]
fn huge_and_deep_texts_end_soon() {
    let nested = |open: &str, close: &str, n: usize| open.repeat(n) + "x" + &close.repeat(n);
    let texts = [
        "[".repeat(1_000_000),
        "[@".repeat(500_000),
        "[@a".repeat(300_000),
        "(TLP:".repeat(200_000),
        "[".repeat(500_000) + &"]".repeat(500_000) + "@ tlp",
        "([{tlp @a".repeat(100_000),
        "(".repeat(300_000) + "tlp [@a" + &"]".repeat(300_000),
        ">".repeat(1_000_000),
        "*".repeat(1_000_000),
        "- ".repeat(500_000),
        nested("**a ", " b**", 100_000),
        nested("[a", "](b)", 100_000),
        "x".repeat(4 << 20),
        "y".repeat(50 << 20),
        "# A {tlp=amber}\n".repeat(50_000),
        "(TLP:AMBER) a[^1]\n\n[^1]: x[^1]\n\n".repeat(20_000),
        "[[a]] [@b] ".repeat(100_000),
        "|a".repeat(1000) + "\n" + &"|-".repeat(1000) + "\n" + &"|[@a]\n".repeat(2000),
    ];
    for text in texts {
        let begun = std::time::Instant::now();
        let found = read(&text);
        balanced(&found.value.body);
        let took = begun.elapsed();
        // Unoptimised, on a busy machine; a release build takes a tenth.
        assert!(took.as_secs() < 20, "{} takes {took:?}", &text[..20]);
    }
    let deep = read(&"> ".repeat(2000));
    assert!(deep.problems.iter().any(|it| it.code == Code::TooDeep));
    assert!(
        read(&"y".repeat(5 << 20))
            .problems
            .iter()
            .any(|it| it.code == Code::FileTooLarge)
    );
}

/// Pieces that meet in ways nobody would write.
fn fragments() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let piece = prop_oneof![
        Just("(TLP:AMBER) "),
        Just("(TLP:RED)"),
        Just("(TLP:x)"),
        Just("**(TLP:GREEN)** "),
        Just("\n"),
        Just("\n\n"),
        Just("# "),
        Just("## "),
        Just(" {tlp=amber}\n"),
        Just("- "),
        Just("  "),
        Just("    "),
        Just("> "),
        Just("> [!NOTE]\n"),
        Just("1. "),
        Just("- [ ] "),
        Just("[@a, p. 1]"),
        Just("[@"),
        Just("]"),
        Just("["),
        Just("[^1]"),
        Just("[^1]: "),
        Just("[^2]: "),
        Just("|a|b|\n|-|-|\n|"),
        Just("|"),
        Just("\\"),
        Just("*"),
        Just("**"),
        Just("`"),
        Just("```ioc\n"),
        Just("```\n"),
        Just("192.0.2.1 # x (TLP:RED) [@b]\n"),
        Just("<b>"),
        Just("</b>"),
        Just("<!-- "),
        Just(" -->"),
        Just("<div>\n"),
        Just("[[a|"),
        Just("]]"),
        Just("[x](y)"),
        Just("![x](y.svg)"),
        Just("word"),
        Just("ü"),
        Just(": "),
        Just("term\n: "),
        Just("---\n"),
        Just("&#40;"),
        Just("~~"),
        Just("\r\n"),
        Just("\t"),
        Just("\0"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,200}") {
        balanced(&read(&text).value.body);
    }

    #[test]
    fn any_markdown_is_read_and_balanced(text in fragments()) {
        let found = read(&text);
        balanced(&found.value.body);
        for cite in &found.value.cites {
            proptest::prop_assert!(cite.span.of(&text).starts_with('@'), "{:?}", cite.span.of(&text));
        }
    }

    /// A word within a marked section is never outside of its region.
    #[test]
    fn what_is_marked_stays_marked(inner in fragments(), after in fragments()) {
        let inner = inner.replace('#', "").replace("---", "").replace("<!--", "");
        let text = format!("# A {{tlp=red}}\n\ncanary {inner} canary\n\n");
        let marks = read(&text);
        let mut depth = 0;
        for event in &marks.value.body.events {
            match *event {
                Event::Start(Tag::Marked(_)) => depth += 1,
                Event::End(Tag::Marked(_)) => depth -= 1,
                Event::Text(slice) | Event::Code(slice) => {
                    proptest::prop_assert!(depth > 0, "{} in {text}", marks.value.body.slice(slice));
                }
                _ => {}
            }
        }
        let _ = after;
    }
}
