//! Blocks, lines, links and images as HTML.

mod any;
mod marked;

use super::Anchor;
use super::build::{Build, item, paragraph, written};
use crate::model::body::{Alert, Align, Event, Tag};

pub(super) fn to(href: &str) -> Anchor {
    Anchor::To {
        href: href.to_owned(),
        words: None,
    }
}

fn out(href: &str) -> Anchor {
    Anchor::Out {
        href: href.to_owned(),
    }
}

fn titled(href: &str, words: &str) -> Anchor {
    Anchor::To {
        href: href.to_owned(),
        words: Some(words.to_owned()),
    }
}

/// What stands within a paragraph.
fn line(build: impl FnOnce(&mut Build)) -> String {
    let out = written(|text| text.within(paragraph(), build));
    let inner = out
        .strip_prefix("<p>")
        .and_then(|out| out.strip_suffix("</p>\n"));
    inner.map_or(out.clone(), str::to_owned)
}

#[test]
fn headings_begin_at_two_and_lead_to_themselves() {
    let out = written(|text| {
        text.heading(1, "A & B");
        text.heading(3, "C");
        let at = text.new_heading(1, "D");
        text.body.headings[2].classes = vec!["wide".to_owned(), "x\"y".to_owned()];
        text.within(Tag::Heading(at), |text| {
            text.text("D");
            text.cite(&[1]);
        });
    });
    let anchor = |id: &str| {
        format!(" <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a>")
    };
    let expected = format!(
        "<h2 id=\"a--b\">A &amp; B{}</h2>\n<h3 id=\"c\">C{}</h3>\n\
         <h2 id=\"d\" class=\"wide x&quot;y\">D<a class=\"cite\" id=\"cite-s1-0\" href=\"#ref-1\" aria-label=\"source 1\">1</a>{}</h2>\n",
        anchor("a--b"),
        anchor("c"),
        anchor("d"),
    );
    assert_eq!(out, expected);
}

#[test]
fn lines() {
    let out = line(|text| {
        text.within(Tag::Emphasis, |text| text.text("a"));
        text.within(Tag::Strong, |text| text.text("b"));
        text.within(Tag::Strikethrough, |text| text.text("<c>"));
        let code = text.slice("x < y");
        text.event(Event::Code(code));
        text.event(Event::SoftBreak);
        text.text("d");
        text.event(Event::HardBreak);
        text.text("e");
    });
    assert_eq!(
        out,
        "<em>a</em><strong>b</strong><del>&lt;c&gt;</del><code>x &lt; y</code>\nd<br>\ne"
    );
}

#[test]
fn links() {
    let table = [
        (to("../x/#y"), "w", "<a href=\"../x/#y\">w</a>"),
        (to("#main"), "", "<a href=\"#main\">#main</a>"),
        (
            titled("../x/", "X & Y"),
            "x",
            "<a href=\"../x/\">X &amp; Y</a>",
        ),
        (
            out("https://a.example/?a&b"),
            "w",
            "<a href=\"https://a.example/?a&amp;b\" rel=\"noopener noreferrer\">w</a>",
        ),
        (Anchor::Plain, "w", "w"),
        (to("javascript:alert(1)"), "w", "w"),
        (to("//evil.example"), "w", "w"),
        (out("javascript:alert(1)"), "w", "w"),
        (
            Anchor::Defanged("hxxps://evil[.]example/".to_owned()),
            "https://evil.example",
            "<code class=\"mono defanged\">hxxps://evil[.]example/</code>",
        ),
        (
            Anchor::Defanged("hxxps://evil[.]example/".to_owned()),
            "the panel",
            "the panel <code class=\"mono defanged\">hxxps://evil[.]example/</code>",
        ),
    ];
    for (anchor, words, expected) in table {
        assert_eq!(
            line(|text| {
                let at = text.new_link(anchor, false, false);
                text.within(Tag::Link(at), |text| {
                    if !words.is_empty() {
                        text.text(words);
                    }
                });
            }),
            expected
        );
    }
}

#[test]
fn links_never_nest() {
    let out = line(|text| {
        let outer = text.new_link(to("a"), false, false);
        text.within(Tag::Link(outer), |text| {
            text.link(to("b"), "b");
            text.link(titled("c", "C"), "c");
            text.image(to("x.pdf"), "x");
            text.image(to("x.png"), "p");
            text.cite(&[1]);
        });
    });
    assert_eq!(
        out,
        "<a href=\"a\">bCx<img src=\"x.png\" alt=\"p\">\
         <span class=\"cite\" id=\"cite-s1-0\">1</span></a>"
    );
}

#[test]
fn images_and_figures() {
    let alone = |anchor: Anchor, words: &str| line(|text| text.image(anchor, words));
    let img = "<img src=\"f.svg\" alt=\"A “b” of c\">";
    let open = format!("<a href=\"f.svg\">{img}</a>");
    assert_eq!(
        alone(to("f.svg"), "A “b” of c"),
        format!("<figure>{open}<figcaption>A “b” of c</figcaption></figure>\n")
    );
    assert_eq!(
        alone(to("f.svg"), "Logo"),
        "<figure><a href=\"f.svg\"><img src=\"f.svg\" alt=\"Logo\"></a></figure>\n"
    );
    assert_eq!(
        alone(to("f.svg"), ""),
        "<figure><a href=\"f.svg\" aria-label=\"Open the picture\"><img src=\"f.svg\" alt=\"\"></a></figure>\n"
    );
    assert_eq!(
        alone(to("f.pdf"), "The <report>"),
        "<a href=\"f.pdf\">The &lt;report&gt;</a>"
    );
    assert_eq!(alone(to("f.pdf"), ""), "<a href=\"f.pdf\">f.pdf</a>");
    assert_eq!(alone(Anchor::Plain, "words"), "words");
    assert_eq!(
        alone(out("https://a.example/x.png"), "x"),
        "<a href=\"https://a.example/x.png\" rel=\"noopener noreferrer\">x</a>"
    );
    let sourced = line(|text| {
        text.image(to("f.svg"), "A “b” of c");
        text.text(" ");
        text.cite(&[1]);
    });
    assert_eq!(
        sourced,
        format!(
            "<figure>{open}<figcaption>A “b” of c<a class=\"cite\" id=\"cite-s1-0\" href=\"#ref-1\" \
             aria-label=\"source 1\">1</a></figcaption></figure>\n"
        )
    );
    let titled = line(|text| {
        text.image(to("f.svg"), "A “b” of c");
        text.body.links[0].title = "Title & so".into();
    });
    assert_eq!(
        titled,
        format!("<figure>{open}<figcaption>Title &amp; so</figcaption></figure>\n")
    );
    let within = line(|text| {
        text.text("see ");
        text.image(to("f.svg"), "A “b” of c");
    });
    assert_eq!(within, format!("see {img}"));
}

#[test]
fn lists() {
    let out = written(|text| {
        text.within(Tag::List { start: Some(3) }, |text| {
            text.within(item(), |text| {
                text.text("a");
                text.within(Tag::List { start: None }, |text| {
                    text.within(item(), |text| {
                        text.event(Event::Task(true));
                        text.text("b");
                    });
                    text.within(item(), |text| {
                        text.event(Event::Task(false));
                        text.text("c");
                    });
                });
            });
            text.within(item(), |text| text.paragraph("d"));
        });
    });
    assert_eq!(
        out,
        "<ol start=\"3\">\n<li>a<ul class=\"tasks\">\n\
         <li><input type=\"checkbox\" disabled checked aria-label=\"done\"> b</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"open\"> c</li>\n\
         </ul>\n</li>\n<li><p>d</p>\n</li>\n</ol>\n"
    );
}

#[test]
fn quotes_terms_rules() {
    let out = written(|text| {
        text.within(Tag::Quote(None), |text| text.paragraph("a"));
        text.within(Tag::Quote(Some(Alert::Caution)), |text| text.paragraph("b"));
        text.within(Tag::DefinitionList, |text| {
            text.within(Tag::DefinitionTitle { at: 0 }, |text| {
                text.text("c");
                text.cite(&[0]);
            });
            text.within(Tag::Definition { at: 0 }, |text| text.text("d"));
        });
        text.event(Event::Rule);
    });
    assert_eq!(
        out,
        "<blockquote><p>a</p>\n</blockquote>\n\
         <aside class=\"alert alert-caution\"><p class=\"alert-title\">Caution</p><p>b</p>\n</aside>\n\
         <dl>\n<dt>c <span class=\"cite withheld\">source withheld</span></dt>\n<dd>d</dd>\n</dl>\n<hr>\n"
    );
}

#[test]
fn code() {
    let out = written(|text| {
        text.code("", "a < b\n");
        text.code("json", "1\n");
        text.code("mermaid", "<x>\n\n");
        text.code("a b\"", "y");
    });
    assert_eq!(
        out,
        "<pre tabindex=\"0\"><code>a &lt; b</code></pre>\n\
         <div><p class=\"code-title\">JSON</p><pre class=\"code\" tabindex=\"0\"><code class=\"language-json\">\
         <span class=\"hl-n\">1</span></code></pre></div>\n\
         <div><p class=\"code-title\">mermaid</p><pre class=\"code\" tabindex=\"0\"><code class=\"language-mermaid\">\
         &lt;x&gt;\n</code></pre></div>\n\
         <div><p class=\"code-title\">a b&quot;</p><pre class=\"code\" tabindex=\"0\"><code>y</code></pre></div>\n"
    );
}

#[test]
fn tables() {
    let out = written(|text| {
        text.heading(2, "Ready & so");
        text.within(Tag::Table { at: 0 }, |text| {
            text.within(Tag::TableHead, |text| {
                text.within(Tag::TableCell(Align::None), |_| {});
                text.within(Tag::TableCell(Align::Right), |text| text.text("Lost"));
            });
            text.within(Tag::TableRow { at: 0 }, |text| {
                text.within(Tag::TableCell(Align::Center), |text| {
                    text.text("a");
                    text.cite(&[1]);
                });
                text.within(Tag::TableCell(Align::Right), |text| {
                    text.html("<ul><li>x</ul>");
                });
            });
        });
    });
    let (_, table) = out.split_once("</h2>\n").unwrap();
    assert_eq!(
        table,
        "<div class=\"table\" role=\"region\" aria-label=\"Table 1: Ready &amp; so\" tabindex=\"0\"><table>\n\
         <thead><tr><td></td><th class=\"right\">Lost</th></tr></thead>\n\
         <tbody><tr><td class=\"center\">a<a class=\"cite\" id=\"cite-s1-0\" href=\"#ref-1\" aria-label=\"source 1\">1</a></td>\
         <td class=\"right\"><ul><li>x</li></ul></td></tr>\n</tbody></table></div>\n"
    );
}
