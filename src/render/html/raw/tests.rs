//! What writers may type, what is let through of it, and what is not.

use crate::model::Tlp;
use crate::model::body::Tag;
use crate::render::html::Anchor;
use crate::render::html::build::{Build, paragraph, written};

/// Raw HTML as a block of its own.
fn block(html: &str) -> String {
    written(|text| text.html_block(html))
}

/// Raw HTML within a paragraph.
fn inline(html: &str) -> String {
    let out = written(|text| text.within(paragraph(), |text| text.html(html)));
    let inner = out
        .strip_prefix("<p>")
        .and_then(|out| out.strip_suffix("</p>\n"));
    inner.unwrap().to_owned()
}

#[test]
fn what_is_let_through() {
    let table = [
        (
            "<b>a</b> &amp; <i title='x \"y\"'>b</i>",
            "<b>a</b> &amp; <i title=\"x &quot;y&quot;\">b</i>",
        ),
        ("a<br/>b<wbr>c", "a<br>b<wbr>c"),
        ("a</br>b</p>c", "a<br>b<br>c"),
        (
            "H<sub>2</sub>O&nbsp;&copy; &lt;b&gt; &bogus; &",
            "H<sub>2</sub>O&nbsp;© &lt;b&gt; &amp;bogus; &amp;",
        ),
        ("<kbd class=x id=y style='z'>a</kbd>", "<kbd>a</kbd>"),
        (
            "<a href=\"../x/?a=1&b=2\">a</a>",
            "<a href=\"../x/?a=1&amp;b=2\" rel=\"noopener noreferrer\">a</a>",
        ),
        (
            "<A HREF=mailto:a@b.example>a</A>",
            "<a href=\"mailto:a@b.example\" rel=\"noopener noreferrer\">a</a>",
        ),
        (
            "<abbr title=Bank onclick=x()>B</abbr>",
            "<abbr title=\"Bank\">B</abbr>",
        ),
        ("<!-- secret -->a<!-- more", "a"),
        ("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
        ("<div>a</div>", "a"),
        ("<font color=red>a</font><center>b</center>", "ab"),
    ];
    for (html, expected) in table {
        assert_eq!(inline(html), expected, "{html}");
    }
}

#[test]
fn blocks_nest_as_they_must() {
    let table = [
        (
            "<details open><summary>a</summary><p>b</details>",
            "<details open=\"\"><summary>a</summary><p>b</p></details>",
        ),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<table><tr><td colspan=2>a<td>b<tr><th>c</table>",
            "<table><tr><td colspan=\"2\">a</td><td>b</td></tr><tr><th>c</th></tr></table>",
        ),
        ("<td>a</td><li>b</li>", "ab"),
        ("<b><p>a</b></p>b", "<b></b><p>a</p>b"),
        ("<b><i>a</b>c</i>", "<b><i>a</i></b>c"),
        ("<table>x<tr><td>y", "<table></table>xy"),
        ("</div></section></p>a", "a"),
        ("<ul><ul><li>a", "<ul></ul><ul><li>a</li></ul>"),
        ("<h1>a</h1><h2>b</h2>", "a<h2>b</h2>"),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
    ];
    for (html, expected) in table {
        assert_eq!(block(html), expected, "{html}");
    }
}

#[test]
fn nasty() {
    let table = [
        ("<script>alert(1)</script>a", "a"),
        ("<scr<script>ipt>alert(1)</script>", "&lt;scr"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<svg onload=alert(1)><a href=javascript:x>a</svg>b", "b"),
        ("<math><mi//xlink:href='javascript:x'>a</math>b", "b"),
        ("<iframe src=javascript:x>a</iframe>b", "b"),
        (
            "<form action=x><input type=password><button>b</button></form>",
            "b",
        ),
        ("<a href=javascript:alert(1)>a</a>", "a"),
        ("<a href='java\tscript:alert(1)'>a</a>", "a"),
        ("<a href='&#x6a;avascript&colon;alert(1)'>a</a>", "a"),
        ("<a href=' \u{1}javascript:alert(1)'>a</a>", "a"),
        ("<a href=data:text/html,x>a</a>", "a"),
        ("<a href=vbscript:x>a</a>", "a"),
        ("<a href=//evil.example>a</a>", "a"),
        ("<a href='/\\evil.example'>a</a>", "a"),
        ("<a href='\\\\evil.example'>a</a>", "a"),
        ("<a href='/\t/evil.example'>a</a>", "a"),
        ("<a href='&Tab;//evil.example'>a</a>", "a"),
        ("<a name=x>a</a>", "a"),
        ("<a href='https://known.example@evil.example/'>a</a>", "a"),
        ("<a href='https:evil.example'>a</a>", "a"),
        ("<a href='https:/evil.example'>a</a>", "a"),
        ("<a href='https:\\\\evil.example'>a</a>", "a"),
        ("<a href='https://a..example/'>a</a>", "a"),
        ("<a href='https://known.example%2F@evil.example'>a</a>", "a"),
        ("<a href='https://a.example/&#x202E;gpj.exe'>a</a>", "a"),
        ("<a href='x&#x202E;gpj.exe'>a</a>", "a"),
        ("<a href='mailto:a@b@evil.example'>a</a>", "a"),
        (
            "<a href='https://a.example/?b=1&amp;c=\"d'>a</a>",
            "<a href=\"https://a.example/?b=1&amp;c=&quot;d\" rel=\"noopener noreferrer\">a</a>",
        ),
        ("<b onmouseover=alert(1) onclick='x'>a</b>", "<b>a</b>"),
        (
            "<b style=\"background:url(javascript:x)\">a</b>",
            "<b>a</b>",
        ),
        ("<b/onclick=x>a</b>", "<b>a</b>"),
        (
            "<b title='\"><script>alert(1)</script>'>a</b>",
            "<b title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">a</b>",
        ),
        (
            "<b title=a\"><script>x</script>b</b>",
            "<b title=\"a&quot;\">b</b>",
        ),
        (
            "<b title=`<script>`>a</b>",
            "<b title=\"`&lt;script\">`&gt;a</b>",
        ),
        (
            "<style>@import 'x'</style><link rel=stylesheet href=x><base href=//x><meta http-equiv=refresh>",
            "",
        ),
        ("<textarea><b>a</textarea></b>", "<b>a</b>"),
        ("<plaintext>a", "a"),
        ("<noscript><p title='</noscript><img src=x onerror=x>'>", ""),
        (
            "<a href='x'><a href='y'>b</a>c</a>",
            "<a href=\"x\" rel=\"noopener noreferrer\">b</a>c",
        ),
        ("<b <i>a</i>", "<b>a</b>"),
    ];
    for (html, expected) in table {
        assert_eq!(inline(html), expected, "{html}");
    }
}

#[test]
fn what_is_typed_stays_within_the_element_around_it() {
    let out = written(|text| {
        let mark = text.mark(Tlp::Amber);
        text.within(mark, |text| {
            text.html_block("</div></div></section><div><table><tr><!-- <textarea>");
            text.paragraph("inside");
            text.html_block("</p></table></div></div>");
            text.html_block("<blockquote><b>");
        });
        text.paragraph("outside");
    });
    assert_eq!(
        out,
        "<div class=\"portion\"><span class=\"tlp tlp-amber\">TLP:AMBER</span>\
         <div><table><tr></tr></table><p>inside</p>\n</div>\
         <blockquote><b></b></blockquote></div>\n<p>outside</p>\n"
    );
}

#[test]
fn links_never_nest() {
    let to = || Anchor::To {
        href: "x".to_owned(),
        words: None,
    };
    let out = written(|text| {
        text.within(paragraph(), |text| {
            text.html("<a href=y>");
            text.link(to(), "a");
            text.cite(&[1]);
            text.html("</a>");
            let at = text.new_link(to(), false, false);
            text.within(Tag::Link(at), |text| {
                text.html("<a href=y>");
                text.text("b");
            });
        });
    });
    assert_eq!(
        out,
        "<p><a href=\"y\" rel=\"noopener noreferrer\">a<span class=\"cite\" id=\"cite-s1-0\">1</span></a>\
         <a href=\"x\">b</a></p>\n"
    );
}

#[test]
fn a_tag_may_reach_over_lines() {
    let out = written(|text| {
        text.within(Tag::HtmlBlock, |text| {
            text.html("<div\n");
            text.html("title=a\n");
            text.html(">b</div>");
        });
    });
    assert_eq!(out, "<div title=\"a\">b</div>");
}

#[test]
fn trusted_html_passes() {
    let mut text = Build {
        trust_html: true,
        ..Build::default()
    };
    text.html_block("<svg class=x></svg>");
    assert_eq!(text.write(), "<svg class=x></svg>");
}

#[test]
fn much_of_it_takes_no_time() {
    for piece in [
        "<b>",
        "</b>",
        "<b></i>",
        "<table><td>",
        "<ul><li>",
        "<a href=x>",
        "&amp;",
        "<a ",
    ] {
        let html = piece.repeat(5_000);
        let out = block(&html);
        assert!(out.len() < 40 * html.len(), "{piece}");
    }
}
