//! Attacks, and drawings as programs export them.

use super::*;

/// A drawing with that in it.
fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" xmlns:h=\"http://www.w3.org/1999/xhtml\" \
         xmlns:ev=\"http://www.w3.org/2001/xml-events\" xmlns:xi=\"http://www.w3.org/2001/XInclude\">{inner}</svg>"
    )
}

fn cleaned(text: &str) -> (String, Vec<String>) {
    let clean = clean(text.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}\n{text}"));
    let dropped = clean.dropped.into_iter().map(|it| it.what).collect();
    (String::from_utf8(clean.bytes).expect("UTF-8"), dropped)
}

/// What is inside the root of a drawing that was cleaned.
fn inner(text: &str) -> String {
    let (out, _) = cleaned(&svg(text));
    let start = out.find('>').map_or(0, |at| at + 1);
    out[start..]
        .trim_end()
        .trim_end_matches("</svg>")
        .to_owned()
}

/// In each of these `evil` would run or load.
const ATTACKS: &[&str] = &[
    // scripts
    "<script>evil()</script>",
    "<script><![CDATA[evil()]]></script>",
    "<script href=\"https://evil.invalid/x.js\"/>",
    "<script xlink:href=\"data:text/javascript,evil()\"/>",
    "<script type=\"application/ecmascript\">evil()</script>",
    "<h:script>evil()</h:script>",
    "<g><g><script>evil()</script></g></g>",
    "<defs><script>evil()</script></defs>",
    "<title><script>evil()</script></title>",
    "<desc><h:script>evil()</h:script></desc>",
    "<text><tspan><script>evil()</script></tspan></text>",
    "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">evil()</x:script>",
    "<script xmlns=\"http://www.w3.org/1999/xhtml\">evil()</script>",
    "<handler xmlns:ev=\"http://www.w3.org/2001/xml-events\" ev:event=\"load\">evil()</handler>",
    "<ev:listener event=\"load\" handler=\"#evil\"/>",
    "<handler type=\"text/javascript\">evil()</handler>",
    // handlers
    "<rect onload=\"evil()\"/>",
    "<rect onclick=\"evil()\"/>",
    "<rect ONLOAD=\"evil()\"/>",
    "<rect onLoad=\"evil()\"/>",
    "<rect onfocusin=\"evil()\" tabindex=\"0\"/>",
    "<rect onnew-event-of-2030=\"evil()\"/>",
    "<svg onload=\"evil()\"/>",
    "<g xmlns=\"http://www.w3.org/2000/svg\" onmouseover=\"evil()\"/>",
    "<animate onbegin=\"evil()\" attributeName=\"x\" dur=\"1s\"/>",
    "<animate onend=\"evil()\" attributeName=\"x\" dur=\"1s\"/>",
    "<set onrepeat=\"evil()\" attributeName=\"x\"/>",
    "<image href=\"#x\" onerror=\"evil()\"/>",
    "<text ev:onload=\"evil()\">a</text>",
    "<style onload=\"evil()\">a{}</style>",
    // foreign objects and other languages
    "<foreignObject><h:iframe src=\"javascript:evil()\"/></foreignObject>",
    "<foreignObject><h:body onload=\"evil()\"/></foreignObject>",
    "<foreignobject><h:p>evil</h:p></foreignobject>",
    "<switch><foreignObject><h:form action=\"https://evil.invalid/\"/></foreignObject></switch>",
    "<iframe src=\"javascript:evil()\"/>",
    "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"javascript:evil()\"/>",
    "<embed src=\"evil.swf\"/>",
    "<object data=\"evil.html\"/>",
    "<audio src=\"https://evil.invalid/x.mp3\"/>",
    "<video><source src=\"https://evil.invalid/x\"/></video>",
    "<h:img src=\"x\" onerror=\"evil()\"/>",
    "<h:base href=\"https://evil.invalid/\"/>",
    "<h:meta http-equiv=\"refresh\" content=\"0;url=https://evil.invalid/\"/>",
    "<h:link rel=\"stylesheet\" href=\"https://evil.invalid/\"/>",
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" href=\"javascript:evil()\"/>",
    "<maction xmlns=\"http://www.w3.org/1998/Math/MathML\" actiontype=\"statusline#https://evil.invalid\"/>",
    "<xi:include href=\"evil.xml\"/>",
    "<xi:include href=\"/etc/passwd\" parse=\"text\"><xi:fallback>evil</xi:fallback></xi:include>",
    "<evil/>",
    // addresses
    "<a href=\"javascript:evil()\"><text>a</text></a>",
    "<a xlink:href=\"javascript:evil()\"><text>a</text></a>",
    "<a xlink:href=\"java&#10;script:evil()\"><text>a</text></a>",
    "<a href=\"JAVASCRIPT:evil()\"/>",
    "<a href=\" &#9;javascript:evil()\"/>",
    "<a href=\"&#x6A;avascript:evil()\"/>",
    "<a href=\"data:text/html,evil\"/>",
    "<a href=\"vbscript:evil\"/>",
    "<a href=\"https://evil.invalid/\"/>",
    "<a href=\"//evil.invalid/\"/>",
    "<a href=\"evil.html\"/>",
    "<a href=\"?evil\"/>",
    "<a xml:base=\"javascript:evil()//\" href=\"#\"/>",
    "<g xml:base=\"https://evil.invalid/\"><use href=\"#a\"/></g>",
    "<a href=\"#x\" ping=\"https://evil.invalid/\"/>",
    "<a foo:href=\"evil\" xmlns:foo=\"http://www.w3.org/1999/xlink\"/>",
    "<use href=\"https://evil.invalid/x.svg#a\"/>",
    "<use xlink:href=\"evil.svg#a\"/>",
    "<use href=\"data:image/svg+xml;base64,ZXZpbA==#evil\"/>",
    "<use xlink:href=\"data:image/svg+xml,&lt;svg id='evil' onload='evil()'/&gt;#evil\"/>",
    "<image href=\"https://evil.invalid/x.png\"/>",
    "<image xlink:href=\"//evil.invalid/x.png\"/>",
    "<image href=\"evil.png\"/>",
    "<image href=\"data:text/html;base64,evil\"/>",
    "<image href=\"data:image/png,evil\"/>",
    "<image href=\"data:image/svg+xml,evil\"/>",
    "<image href=\"data:application/xml;base64,evil\"/>",
    "<image href=\"data:image/png;base64,x&quot; onload=&quot;evil()\"/>",
    "<image src=\"https://evil.invalid/x.png\"/>",
    "<feImage href=\"https://evil.invalid/x.png\"/>",
    "<linearGradient href=\"https://evil.invalid/x#a\"/>",
    "<textPath href=\"evil.svg#a\">a</textPath>",
    "<mpath xlink:href=\"evil.svg#a\"/>",
    "<tref xlink:href=\"evil.svg#a\"/>",
    "<font-face-src><font-face-uri xlink:href=\"https://evil.invalid/f\"/></font-face-src>",
    "<cursor xlink:href=\"https://evil.invalid/c\"/>",
    "<color-profile xlink:href=\"https://evil.invalid/p\"/>",
    // animations
    "<a><set attributeName=\"href\" to=\"javascript:evil()\"/></a>",
    "<a><set attributeName=\"xlink:href\" to=\"javascript:evil()\"/></a>",
    "<a><animate attributeName=\"href\" values=\"javascript:evil();javascript:evil()\" dur=\"1s\"/></a>",
    "<a><animate attributeName=\" xlink:href \" from=\"javascript:evil()\" to=\"#\" begin=\"0s\"/></a>",
    "<rect><set attributeName=\"onload\" to=\"evil()\"/></rect>",
    "<rect><set attributeName=\"onmouseover\" to=\"evil()\"/></rect>",
    "<rect><set attributeName=\"style\" to=\"fill:url(https://evil.invalid/)\"/></rect>",
    "<rect><set to=\"evil()\"/></rect>",
    "<script><animate attributeName=\"href\" to=\"data:,evil()\"/></script>",
    "<rect><animate attributeName=\"fill\" values=\"url(https://evil.invalid/);red\"/></rect>",
    "<rect><set attributeName=\"filter\" to=\"url('https://evil.invalid/#a')\"/></rect>",
    "<image><set attributeName=\"src\" to=\"https://evil.invalid/\"/></image>",
    "<animateColor attributeName=\"xlink:href\" to=\"javascript:evil()\"/>",
    "<animateTransform attributeName=\"href\" to=\"javascript:evil()\"/>",
    // style
    "<style>@import 'https://evil.invalid/x.css';</style>",
    "<style>@import url(https://evil.invalid/x.css);</style>",
    "<style>@IMPORT \"evil.css\";</style>",
    "<style>@\\69mport \"evil.css\";</style>",
    "<style>@\\000069 mport \"evil.css\";</style>",
    "<style>@im\\port \"evil.css\";</style>",
    "<style>/*x*/@import/**/url(evil.css);</style>",
    "<style>@import url(//evil.invalid) screen and (orientation:landscape);a{}</style>",
    "<style>a{fill:url(https://evil.invalid/)}</style>",
    "<style>a{fill:url( 'https://evil.invalid/' )}</style>",
    "<style>a{fill:URL(\"//evil.invalid/\")}</style>",
    "<style>a{fill:\\75rl(https://evil.invalid/)}</style>",
    "<style>a{fill:u\\72 l('evil')}</style>",
    "<style>a{fill:ur\\l(evil)}</style>",
    "<style>a{fill:url(\\68ttps://evil.invalid/)}</style>",
    "<style>a{background:image-set('https://evil.invalid/x' 1x)}</style>",
    "<style>a{background:-webkit-image-set(url(evil) 1x)}</style>",
    "<style>a{background:image('evil.png')}</style>",
    "<style>a{background:cross-fade(url(evil.png), red)}</style>",
    "<style>a{content:src('evil')}</style>",
    "<style>a{width:expression(evil())}</style>",
    "<style>a{-moz-binding:url(https://evil.invalid/#x)}</style>",
    "<style>a{behavior:url(evil.htc)}</style>",
    "<style>a{--x:url(https://evil.invalid/);fill:var(--x)}</style>",
    "<style>@font-face{font-family:x;src:url(https://evil.invalid/f.woff)}</style>",
    "<style>@font-face{font-family:x;src:url(data:text/html;base64,evil)}</style>",
    "<style>@-moz-document url(https://evil.invalid/){a{}}</style>",
    "<style>@unknown evil;</style>",
    "<style>a{fill:red} 'open\n evil</style>",
    "<style>a{fill:url(evil</style>",
    "<style>a{fill:url(x\n'evil')}</style>",
    "<style>a{fill:attr(data-x url, 'evil')}</style>",
    "<style><![CDATA[@import 'evil.css';]]></style>",
    "<style>@imp<!-- x -->ort 'evil.css';</style>",
    "<style>@import 'evil.css'<g/>;</style>",
    "<style><h:script>evil()</h:script></style>",
    "<rect style=\"fill:url(https://evil.invalid/)\"/>",
    "<rect style=\"fill:url(&#34;https://evil.invalid/&#34;)\"/>",
    "<rect style=\"background-image:url(javascript:evil())\"/>",
    "<rect style=\"@import 'evil'\"/>",
    "<rect fill=\"url(https://evil.invalid/#a)\"/>",
    "<rect fill=\"\\75rl(//evil.invalid)\"/>",
    "<rect filter=\"url(evil.svg#a)\"/>",
    "<rect mask=\"url('evil.svg#a')\"/>",
    "<rect clip-path=\"url(evil.svg#a)\"/>",
    "<path marker-end=\"url(evil.svg#a)\"/>",
    "<rect cursor=\"url(https://evil.invalid/), auto\"/>",
    // XML
    "<?xml-stylesheet href=\"evil.xsl\" type=\"text/xsl\"?>",
    "<g><?xml-stylesheet href=\"javascript:evil()\"?></g>",
];

#[test]
fn nothing_that_acts_or_loads_comes_out() {
    for attack in ATTACKS {
        let (out, dropped) = cleaned(&svg(attack));
        assert!(
            !out.to_ascii_lowercase().contains("evil"),
            "{attack}\n{out}"
        );
        assert!(!dropped.is_empty(), "{attack}\n{out}\nwent without a word");
        let (again, lost) = cleaned(&out);
        assert_eq!((again, lost), (out, Vec::new()), "{attack}");
    }
}

/// Of these nothing is lost that a reader would see.
#[test]
fn what_editors_note_goes_without_a_word() {
    for (text, expected) in [
        ("<!-- evil --><g/>", "<g/>"),
        ("<metadata><x xmlns=\"urn:x\">evil</x></metadata>", ""),
        (
            "<s:namedview xmlns:s=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\"><g/></s:namedview>",
            "",
        ),
        (
            "<g xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:label=\"evil\" data-x=\"evil\"/>",
            "<g/>",
        ),
        ("<g content=\"evil\" unknown=\"evil\"/>", "<g/>"),
        ("<?php evil ?><g/>", "<g/>"),
        (
            "<style>@charset \"utf-8\";@namespace h url(http://www.w3.org/1999/xhtml);a{}</style>",
            "<style>a{}</style>",
        ),
        (
            "<text>a &lt;script&gt; &amp; b</text>",
            "<text>a &lt;script&gt; &amp; b</text>",
        ),
        (
            "<text><![CDATA[<script>]]></text>",
            "<text>&lt;script&gt;</text>",
        ),
        (
            "<text aria-label='&#34;&#10;x'>a</text>",
            "<text aria-label=\"&quot;&#10;x\">a</text>",
        ),
    ] {
        let (_, dropped) = cleaned(&svg(text));
        assert_eq!(inner(text), expected, "{text}");
        assert_eq!(dropped, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_draws_stays_as_it_is() {
    for text in [
        "<defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs><rect fill=\"url(#a)\"/>",
        "<symbol id=\"s\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1\"/></symbol><use href=\"#s\" x=\"1\"/>",
        "<use xlink:href=\"#m0a1b2\" x=\"12\" style=\"stroke: #1f77b4; stroke-width: 0.8\"/>",
        "<image width=\"1\" height=\"1\" xlink:href=\"data:image/png;base64,iVBORw0KGgo=\"/>",
        "<image href=\"data:image/jpeg;base64,/9j/4AAQ+A==\"/>",
        "<style>*{stroke-linejoin: round; stroke-linecap: butt}</style>",
        "<style>#m .node rect,#m g&gt;path{fill:#ECECFF;stroke:hsl(259.6, 59%, 87%);filter:drop-shadow( 1px 2px 2px rgba(185,185,185,1))}</style>",
        "<style>@media (prefers-color-scheme: dark) and (min-width: 3em){a{fill:color-mix(in srgb, red, #000)}}</style>",
        "<style>@keyframes dash{to{stroke-dashoffset:0;}}#m{animation:dash 1s cubic-bezier(0.1, 0.7, 1, 0.1)}</style>",
        "<style>@font-face{font-family:\"x\";src:local('x'), url(data:font/woff2;base64,d09GMg==) format(\"woff2\")}</style>",
        "<style>.sm\\:x{fill:none} a::before{content:\"\\201C (url)\"} :root{--c:#333} b{fill:var(--c)}</style>",
        "<g font-family=\"'Helvetica Neue', Arial, sans-serif\" transform=\"rotate(45 1 2) matrix(1,0,0,1,0,0)\"/>",
        "<filter id=\"f\"><feGaussianBlur in=\"SourceAlpha\" stdDeviation=\"2\"/><feMerge><feMergeNode/></feMerge></filter>",
        "<path marker-end=\"url(#arrow)\" clip-path=\"url(#c)\" mask=\"url(#m)\" d=\"M0,0 C1 2 3 4 5 6z\"/>",
        "<a><text text-anchor=\"middle\" x=\"27\" y=\"-14.3\" font-family=\"Times,serif\" font-size=\"14.00\">a</text></a>",
        "<switch><g requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\"/><text>b</text></switch>",
        "<circle r=\"1\"><animate attributeName=\"r\" values=\"1;2;1\" dur=\"2s\" repeatCount=\"indefinite\"/></circle>",
        "<g><animateTransform attributeName=\"transform\" type=\"rotate\" from=\"0\" to=\"360\" dur=\"1s\"/></g>",
        "<rect fill=\"rgb(0% 50% 3%)\" stroke=\"currentColor\" style=\"fill:url(#a) none;mix-blend-mode:multiply\"/>",
        "<text xml:space=\"preserve\">  a  <tspan dy=\"1em\">it's 5 &lt; 6</tspan>\n</text>",
        "<title>Flow</title><desc id=\"d\">Of “951” millions</desc>",
    ] {
        let (_, dropped) = cleaned(&svg(text));
        assert_eq!(inner(text), text);
        assert_eq!(dropped, Vec::<String>::new(), "{text}");
    }
    let (out, dropped) = cleaned(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- Created with Inkscape -->\n\
         <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n\
         <svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\" version=\"1.1\"><svg:g/></svg:svg>\n",
    );
    let plain = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"><g/></svg>\n";
    assert_eq!((out.as_str(), dropped), (plain, Vec::new()));
}

#[test]
fn comments_in_style_keep_words_apart() {
    assert_eq!(
        inner("<style>/* evil */ur/**/l(x) a/*x*/.b{}</style>"),
        "<style>/**/ur/**/none a/**/.b{}</style>"
    );
    assert_eq!(
        inner("<style>/*/ a{} /**/b{}</style>"),
        "<style>/**/b{}</style>"
    );
}

#[test]
fn drawings_within_drawings_are_cleaned_too() {
    let icon = |text: &str| {
        svg(text)
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace('"', "'")
            .replace('#', "%23")
    };
    let text = format!(
        "<image href=\"data:image/svg+xml;utf8,{}\"/>",
        icon("<g id='a' onload='evil()'/>")
    );
    let (out, dropped) = cleaned(&svg(&text));
    assert_eq!(dropped, ["`onload` of a picture in it"]);
    let data = out
        .split('"')
        .find(|part| part.starts_with("data:"))
        .expect("data");
    let within = data::drawing(data).expect("a drawing");
    let within = String::from_utf8(within).expect("UTF-8");
    assert!(
        within.contains("<g id=\"a\"/>") && !within.contains("evil"),
        "{within}"
    );
    // Three deep is too deep.
    let mut text = "<g/>".to_owned();
    for _ in 0..3 {
        let bytes = svg(&text);
        text = format!("<image href=\"{}\"/>", data::of_drawing(bytes.as_bytes()));
    }
    let (out, dropped) = cleaned(&svg(&text));
    assert_eq!(dropped.len(), 1, "{out}");
}

#[test]
fn what_cannot_be_read_is_a_fault() {
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    let open = "<g>".repeat(1_000_000);
    for (text, reason) in [
        ("".to_owned(), "is no well-formed XML"),
        ("x".to_owned(), "is no well-formed XML"),
        ("<svg/>".to_owned(), "does not begin with an `svg` element"),
        ("<svg onload=\"evil()\"/>".to_owned(), "does not begin with"),
        (
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>".to_owned(),
            "does not begin with",
        ),
        (
            format!("<html><svg xmlns=\"{SVG}\"/></html>"),
            "does not begin with",
        ),
        (
            format!(
                "<x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"><svg xmlns=\"{SVG}\"/></x:stylesheet>"
            ),
            "does not begin",
        ),
        (format!("<g xmlns=\"{SVG}\"/>"), "does not begin with"),
        (svg("<g>"), "is no well-formed XML"),
        (svg("<g></a>"), "is no well-formed XML"),
        (svg("<g a=1/>"), "is no well-formed XML"),
        (svg("<g onload=evil()"), "is no well-formed XML"),
        (svg("<g id=\"a\" id=\"b\"/>"), "is no well-formed XML"),
        (svg("<u:g/>"), "is no well-formed XML"),
        (svg("&evil;"), "is no well-formed XML"),
        (
            svg("<a href=\"&#1;javascript:evil()\"/>"),
            "is no well-formed XML",
        ),
        (svg("&#0;"), "is no well-formed XML"),
        (svg("\u{1}"), "is no well-formed XML"),
        (svg("<!-- open"), "is no well-formed XML"),
        (svg("<![CDATA[ open"), "is no well-formed XML"),
        (
            svg("") + "<script xmlns=\"http://www.w3.org/1999/xhtml\">evil()</script>",
            "is no well-formed XML",
        ),
        (
            svg("<!DOCTYPE x [<!ENTITY e \"evil\">]>"),
            "is no well-formed XML",
        ),
        (
            format!(
                "<!DOCTYPE svg [<!ENTITY e '<script>evil()</script>'>]>{}",
                svg("&e;")
            ),
            "declares entities",
        ),
        (
            format!(
                "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{}",
                svg("&e;")
            ),
            "declares entities",
        ),
        (
            format!(
                "<!DOCTYPE svg [<!ATTLIST g onload CDATA 'evil()'>]>{}",
                svg("<g/>")
            ),
            "declares entities",
        ),
        (
            format!("<?x ?><!-- [ --><!DOCTYPE svg SYSTEM 'a[>' [ ]>{}", svg("")),
            "declares entities",
        ),
        (
            format!("<!DOCTYPE svg SYSTEM \"x{}", svg("")),
            "has a document type",
        ),
        (
            format!("<!DOCTYPE svg><!DOCTYPE svg>{}", svg("")),
            "is no well-formed XML",
        ),
        (
            format!("<!doctype svg>{}", svg("")),
            "is no well-formed XML",
        ),
        (svg(&deep), "has elements more than 256 deep"),
        (svg(&open), "has elements more than 256 deep"),
    ] {
        let start: String = text.chars().take(200).collect();
        let found = clean(text.as_bytes());
        let fault = found.expect_err(&start);
        assert!(fault.reason.starts_with(reason), "{start}\n{fault:?}");
    }
    for bytes in [
        &b"<svg\xff/>"[..],
        b"\xff\xfe<\0s\0v\0g\0",
        b"\x1f\x8b\x08\0",
    ] {
        assert_eq!(
            clean(bytes).map_err(|fault| fault.reason),
            Err("is not UTF-8".to_owned())
        );
    }
}

#[test]
fn a_fault_has_its_line() {
    let fault = clean(svg("\n<g>\n</a>").as_bytes()).expect_err("a fault");
    assert!(fault.reason.ends_with("in line 3"), "{fault:?}");
    assert!(fault.at.is_some());
}

#[test]
fn any_bytes_are_read_without_a_panic() {
    let seed = [ATTACKS.concat(), svg("<style>a{fill:url('#a')}</style>")].concat();
    let bytes = seed.as_bytes();
    for at in (0..bytes.len()).step_by(7) {
        let _ = clean(svg(&String::from_utf8_lossy(&bytes[at..])).as_bytes());
        let _ = clean(&bytes[..at]);
        let text = String::from_utf8_lossy(bytes.get(at..at + 40).unwrap_or_default());
        let _ = css::filter(&text);
    }
}
