//! Marks: what they hold for, and that nothing that looks like one is passed over.

use super::*;

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
        ("> (TLP:AMBER) ![](a.svg)", "AMBER(q(p(img:a.svg:())))"),
        (
            "- (TLP:AMBER) ![](a.svg)\n- b",
            "ul(AMBER(li(img:a.svg:()))li(b))",
        ),
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
        ("[TLP:AMBER] a", "AMBER(p(a))"),
        ("（TLP:AMBER） a", "AMBER(p(a))"),
        ("【ＴＬＰ：ＡＭＢＥＲ】a", "AMBER(p(a))"),
        ("- 〔TLP:RED〕 a\n- b", "ul(RED(li(a))li(b))"),
        ("(TLP:\nAMBER) a", "AMBER(p(a))"),
        ("(TLР:АМBER) a", "AMBER(p(a))"),
        ("\u{200B}(T\u{AD}LP:AMBER) a", "AMBER(p(\u{200B}a))"),
        ("-\t(TLP:AMBER) a", "ul(AMBER(li(a)))"),
        ("(TLP:AMBER)\u{200B}\n\na", "AMBER(p(\u{200B}))AMBER(p(a))"),
        (
            "(TLP:AMBER)\n\n<div>\n\na\n\n</div>\n\nb",
            "AMBER(html(«<div>»)p(a)html(«</div>»))p(b)",
        ),
        (
            "(TLP:AMBER)\n\n<div>\n\n# A {tlp=red}\n\n</div>\n\nb\n\n# C",
            "AMBER(html(«<div>»))RED(AMBER(h1:A(A)html(«</div>»))p(b))h1:C(C)",
        ),
        (
            "# A {tlp=red}\n\n(TLP:RED)\n\n<div>\n\n# B\n\n</div>\n\nc",
            "RED(h1:A(A)RED(html(«<div>»)))RED(h1:B(B)html(«</div>»))p(c)",
        ),
        (
            "(TLP:AMBER)\n\n<img src=\"x\"> <br> <b>a</b>\n\nb",
            "AMBER(p(img:x:() «<br>» «<b>»a«</b>»))p(b)",
        ),
        (
            "a (see the tlp) (TLP) outlplay @ztlp",
            "p(a (see the tlp) (TLP) outlplay @ztlp)",
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
fn labels_are_read_with_tags_as_nothing_and_as_ends_of_words() {
    for text in [
        "**TLP:AMBER**<br>Partners only",
        "A report<br>TLP:AMBER. Partners only",
        "Status**TLP:AMBER** a",
        "**TLP:AMBER**Text",
        "![a](b.svg)TLP:AMBER",
        "a[^1]TLP:AMBER\n\n[^1]: b",
        "a [@x]TLP:AMBER",
        "TLP:AMBER[[x]]",
        "`a`TLP:AMBER",
        "TLP:AMBER`a`",
        "T**L**P:AMBER",
        "TL<b>P:AM</b>BER",
        "a\u{200B}TLP:AMBER",
        "a<br>TPL:AMBER",
        "a<br>tlp amber",
        "a<!-- -->TLP:AMBER",
        // Code that holds a part of it quotes nothing.
        "**TLP:** `AMBER`",
        "`TLP`: AMBER",
        "`TLP:` `AMBER`",
        // Escapes of other signs are none.
        "TLP:AMBER\\+STRICT",
        "TLP\\-AMBER",
        "TLP\\_AMBER",
        // What stands behind an address.
        "https://a.example<br>TLP:AMBER",
        "https://a.example/b,TLP:AMBER",
        "来源：https://a.example/b，TLP:AMBER",
        "<https://a.example>**TLP:AMBER** b",
    ] {
        let told = label_problems(text);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
    }
    for text in [
        "`TLP:AMBER` and `see TLP:RED`",
        "a (`TLP:AMBER`, for partners)",
        "TLP\\:AMBER \\(TLP:AMBER) \\(TLP:AMBER\\)",
        "https://a.example/reports/TLP:AMBER https://a.example/?level=TLP:AMBER",
        "**TLP**s and the **T**he**LP**",
    ] {
        assert_eq!(label_problems(text), Vec::<String>::new(), "{text}");
    }
}

/// What is said of the labels of a text in an entry that is open.
fn label_problems(text: &str) -> Vec<String> {
    let problems = read_within(text, Tlp::Clear).problems.into_iter();
    let marks = problems.filter(|problem| problem.code == crate::diag::Code::BadMarking);
    marks.map(|problem| problem.message).collect()
}

#[test]
fn references_to_withheld_footnotes_leave_nothing() {
    let table = [
        ("a[^x] b", "a b"),
        ("a [^x] b [^x].", "a b."),
        ("a [^x] [^x] b", "a b"),
        ("**a [^x]** b", "**a** b"),
        ("a ~~[^x]~~ b **[^x] c**", "a b **c**"),
        ("a\\\n[^x]", "a"),
        ("a\n[^x]\nb", "a\nb"),
        ("`a` [^x] `b`", "`a` `b`"),
        ("*a* [^x] (b)", "*a* (b)"),
        ("a [@s] [^x] [@t]", "a [@s] [@t]"),
        ("- [x] [^x] b\n- c", "- [x] b\n- c"),
        ("> a\n> [^x]\n\nb", "> a\n\nb"),
        ("[^x] - a", "\\- a"),
        ("a\n[^x] ---", "a\n\\---"),
        ("[^x] 1. a", "1\\. a"),
    ];
    for (text, left) in table {
        let whole = read_within(&format!("{text}\n\n[^x]: (TLP:AMBER) y"), Tlp::Clear);
        let edition = &whole.value.editions[0];
        let found = RawProse {
            body: (*edition.body).clone(),
            cites: edition.cites.clone(),
            editions: Vec::new(),
        };
        assert_eq!(short(&found), short(&read(left).value), "{text}");
    }
}

#[test]
fn marks_fail_closed() {
    let table: &[(&str, &str, &[&str])] = &[
        (
            "```\na\n\n(TLP:AMBER) b",
            "RED(pre::a\n\n(TLP:AMBER) b())",
            &["bad-marking ```"],
        ),
        (
            "> ~~~\n> a\n> ```\n> ## B {tlp=amber}\n\nc",
            "q(RED(pre::a\n```\n## B {tlp=amber}()))p(c)",
            &["bad-marking ~~~"],
        ),
        (
            "a `b\n(TLP:AMBER) c`",
            "RED(p(a `b (TLP:AMBER) c`))",
            &["bad-marking `b\n(TLP:AMBER) c`"],
        ),
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
            "“TLP:AMBER” a",
            "RED(p(“TLP:AMBER” a))",
            &["bad-marking TLP:AMBER"],
        ),
        (
            "a \"TLP:CLEAR\"",
            "RED(p(a \"TLP:CLEAR\"))",
            &["bad-marking TLP:CLEAR"],
        ),
        (
            "a 【TLP:AMBER】",
            "RED(p(a 【TLP:AMBER】))",
            &["bad-marking 【TLP:AMBER】"],
        ),
        (
            "(TP:AMBER) a",
            "RED(p((TP:AMBER) a))",
            &["bad-marking (TP:AMBER)"],
        ),
        (
            "(T<b>L</b>P:AMBER) a",
            "RED(p((T«<b>»L«</b>»P:AMBER) a))",
            &["bad-marking (T<b>L</b>P:AMBER)"],
        ),
        (
            "(T\\LP:AMBER) a",
            "RED(p((T\\LP:AMBER) a))",
            &["bad-marking (T\\LP:AMBER)"],
        ),
        (
            "(`TLP:AMBER`) a",
            "RED(p((`TLP:AMBER`) a))",
            &["bad-marking (`TLP:AMBER`)"],
        ),
        (
            "<!-- (TLP:AMBER) --> a",
            "RED(html(«a»))",
            &["bad-marking <!-- (TLP:AMBER) --> a"],
        ),
        (
            "<!-- (TLP:AMBER) -->\n\na",
            "RED(p(a))",
            &["bad-marking <!-- (TLP:AMBER) -->"],
        ),
        (
            "(TLP:AMBER)\n\n<div>\n\na",
            "AMBER(html(«<div>»)p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "a\n\n\t(TLP:AMBER) b",
            "p(a)RED(pre::(TLP:AMBER) b())",
            &["bad-marking (TLP:AMBER) b"],
        ),
        (
            "(TLP Standard) a",
            "RED(p((TLP Standard) a))",
            &["bad-marking (TLP Standard)"],
        ),
        (
            "**(TLP:AMBER)**:\n\na",
            "AMBER(p(:))AMBER(p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "(TLP:AMBER)<br>\n\na",
            "AMBER(p(«<br>»))AMBER(p(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "- (TLP:AMBER)\n- a",
            "ul(AMBER(li())li(a))",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "> (TLP:AMBER)\n\na",
            "AMBER(q())p(a)",
            &["bad-marking (TLP:AMBER)"],
        ),
        (
            "a [@s, p. 2 (TLP:AMBER)]",
            "RED(p(a‹s|p. 2 (TLP:AMBER)›))",
            &["bad-marking [@s, p. 2 (TLP:AMBER)]"],
        ),
        (
            "[a](https://a.example (TLP:AMBER))",
            "RED(p(a:https://a.example:(a)))",
            &["bad-marking [a](https://a.example (TLP:AMBER))"],
        ),
        (
            "a\n\n    - (TLP:AMBER) b",
            "p(a)RED(pre::- (TLP:AMBER) b())",
            &["bad-marking - (TLP:AMBER) b"],
        ),
        (
            "```txt\na\n```txt tlp=red\nb\n```",
            "RED(pre:txt:a\n```txt tlp=red\nb())",
            &["bad-marking ```txt"],
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
    ];
    for (text, expected) in table {
        check(text, expected, &[]);
    }
    check(
        "(TLP:AMBER) a\n\n[^1]: x",
        "AMBER(p(a))fn:1(p(x))",
        &["lost-footnote [^1]"],
    );
}

#[test]
fn labels_without_brackets_are_compared_with_what_holds() {
    let faults = |text: &str, around: Tlp| -> Vec<String> {
        let found = parse(
            &"content/actors/x.md".into(),
            text,
            0,
            around,
            &Markings::default(),
        );
        problems(text, &found)
    };
    for text in [
        "TLP:AMBER a",
        "a **TLP:AMBER** b",
        "**TLP:** AMBER",
        "# Title TLP:AMBER",
        "|a|\n|-|\n|TLP:AMBER|",
        "| TLP | AMBER |\n|-|-|\n| a | b |",
        "TLP\n: AMBER",
        "TLP level\n: AMBER",
        "# Traffic Light Protocol\n\nAMBER",
        "TLP:\n\n<b>AMBER</b>",
        "| a | b |\n|-|-|\n| TLP level | AMBER (partners) |",
        "| a | TLP |\n|-|-|\n| b | Amber; partners |",
        "| a | TLP |\n|-|-|\n| b | <b>AMBER</b> |",
        "| a | TLP |\n|-|-|\n| b | rouge |",
        "| a | TLP |\n|-|-|\n| b | A |",
        "| a | Traffic light |\n|-|-|\n| b | AMBER |",
        "# TLP\n\nAmber",
        "- TLP: AMBER",
        "[TLP:AMBER](https://a.example)",
        "[[TLP:AMBER]]",
        "<p>TLP:AMBER</p>",
        "a <!-- TLP:AMBER -->",
        "![a](b.svg \"TLP:AMBER\")",
        "1.1.1.1\n\n```ioc\n1.1.1.1 # TLP:AMBER\n```",
        "(TLP:GREEN) a TLP:AMBER",
        "TLP:ORANGE",
        "| a | TLP |\n|-|-|\n| b | RED |",
        "🅃🄻🄿:AMBER",
    ] {
        let found = faults(text, Tlp::Clear);
        let marking = found.iter().filter(|it| it.starts_with("bad-marking"));
        assert_eq!(marking.count(), 1, "{text}: {found:?}");
    }
    for (text, around) in [
        ("TLP:AMBER a", Tlp::Amber),
        ("(TLP:AMBER) a TLP:AMBER", Tlp::Clear),
        ("# A {tlp=red}\n\n- TLP:AMBER", Tlp::Clear),
        ("`TLP:AMBER` and TLP\\:AMBER and \\(TLP:AMBER)", Tlp::Clear),
        ("```\nx\nit said TLP:AMBER\n```", Tlp::Clear),
        ("TLP:CLEAR", Tlp::Clear),
        ("<https://first.example/tlp/red/>", Tlp::Clear),
        ("the TLP. Red teams of TLP markings", Tlp::Clear),
    ] {
        let found = faults(text, around);
        assert_eq!(found, Vec::<String>::new(), "{text}");
    }
    // It may be quoted, or be meant.
    let found = faults("```\nTLP:AMBER\n```", Tlp::Clear);
    assert_eq!(found, ["label-in-code ```"]);
}

#[test]
fn marks_lower_than_their_entry_are_reported() {
    let text = "(TLP:GREEN) a\n\n(TLP:RED) b\n\n```ioc\n192.0.2.1 # (TLP:CLEAR)\n```\n";
    let body = read(text).value.body;
    let found = lower_marks(&"x".into(), &body, Tlp::Amber);
    let places: Vec<&str> = found
        .iter()
        .filter_map(|it| Some(it.place.span?.of(text)))
        .collect();
    assert_eq!(places, ["(TLP:GREEN)", "192.0.2.1 # (TLP:CLEAR)"]);
    assert!(lower_marks(&"x".into(), &body, Tlp::Clear).is_empty());
}
