//! Bodies as short notation: `p(…)` a paragraph, `AMBER(…)` a marked region, `‹a|p. 12›` a citation.

mod cites;

mod embeds;

mod indicators;

mod marks;

mod robust;

use super::*;
use crate::model::body::{Destination, Event, Tag};

fn read(text: &str) -> Outcome<RawProse> {
    read_within(text, Tlp::Red)
}

fn read_within(text: &str, around: Tlp) -> Outcome<RawProse> {
    let path = "content/actors/x.md".into();
    parse(&path, text, 0, around, &Markings::default())
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
                    let until = line.until.map(|it| format!(" until {it}"));
                    out.push_str(&format!(
                        "{{{}{}#{}{}{tlp}",
                        line.indicator.defanged(),
                        line.file
                            .as_ref()
                            .map_or(String::new(), |it| format!("+{}", it.value)),
                        line.note,
                        until.unwrap_or_default()
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
        Tag::AlertTitle { .. } => "title".to_owned(),
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
        Tag::Highlight => "mark".to_owned(),
        Tag::Link(at) | Tag::Image(at) => {
            let link = &body.links[at as usize];
            let to = match &link.to {
                Destination::Wiki { name, fragment, .. } => {
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
                Destination::External(url) | Destination::Site { address: url, .. } => {
                    url.to_string()
                }
                Destination::Drawn(name) => format!("drawn {name}"),
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
        ("***", "---"),
        (
            "<div>\nx <!-- y --></div>\n\na<!-- b --> <b>c</b>",
            "html(«<div>\nx </div>»)p(a«» «<b>»c«</b>»)",
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
    check(
        "a[^1] b[^2] c[^3]\n\n[^1]: x\n[^3]: y\n[^1]: z",
        "p(a^1 b[^2] c^3)fn:1(p(x))fn:3(p(y))fn:1(p(z))",
        &["lost-footnote [^2]", "lost-footnote [^1]"],
    );
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
            &["linked-embed ![[apt38]]"],
        ),
        (
            "![[apt38]]\n![[a#b|c]]",
            "p(a°:[[apt38]]:(apt38))p(a:[[a#b]]:(c))",
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
fn what_is_cut_from_the_text_is_not_kept() {
    let found = read("(TLP:AMBER) **a** [@secret] `b` <!-- hidden --> c");
    assert_eq!(found.value.body.text, "a b  c");
}
