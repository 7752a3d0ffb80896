//! What the labels of a plain text are taken for.

use super::*;

/// What was read: the mark before `|`, the labels without brackets after `~`, or what is wrong.
fn shown(text: &str) -> String {
    assert!(possible(text), "{text}");
    let read = read(text);
    if let Some(fault) = read.fault {
        return format!("! {} [{}]", fault.message, &text[fault.range]);
    }
    let name = |(tlp, _): &(Tlp, Range<usize>)| tlp.name();
    format!(
        "{}|{}{}",
        read.mark.as_ref().map_or("", name),
        read.shown,
        (read.bare.as_ref()).map_or(String::new(), |bare| format!("~{}", name(bare)))
    )
}

#[test]
fn a_mark_at_the_head_is_taken_off() {
    for (text, expected) in [
        ("(TLP:AMBER) Said.", "amber|Said."),
        ("  (TLP:AMBER)Said.", "amber|Said."),
        ("\u{FEFF}(TLP:AMBER+STRICT)\n Said.", "amber+strict|Said."),
        ("[TLP:RED] Said.", "red|Said."),
        ("{tlp:clear} Said.", "clear|Said."),
        ("【TLP:AMBER】Said.", "amber|Said."),
        ("（ＴＬＰ：ＡＭＢＥＲ） Said.", "amber|Said."),
        ("（TLP:AMBER) Said.", "amber|Said."),
        ("⸨ТLР:АМВЕR⸩ Said.", "amber|Said."),
        ("(T\u{200B}LP:AMBER) Said.", "amber|Said."),
        ("(TLP:\nAMBER) Said.", "amber|Said."),
        ("**(TLP:AMBER)** Said.", "amber|Said."),
        ("__(TLP:AMBER)__ Said.", "amber|Said."),
        ("**(TLP:AMBER) Said** so.", "amber|**Said** so."),
        ("(TLP:GREEN) As `TLP:RED`.", "green|As `TLP:RED`."),
        ("(TLP:GREEN) As TLP:RED.", "green|As TLP:RED.~red"),
        ("(TLP:GREEN) As TLP\\:RED.", "green|As TLP:RED."),
        ("(TLP:GREEN) (TLP) is it.", "green|(TLP) is it."),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn a_label_without_brackets_keeps_its_level() {
    for (text, expected) in [
        ("TLP:AMBER Said.", "|TLP:AMBER Said.~amber"),
        ("TLP: Green, then TLP RED", "|TLP: Green, then TLP RED~red"),
        ("**TLP:RED** it", "|**TLP:RED** it~red"),
        ("TL**P:RED** it", "|TL**P:RED** it~red"),
        ("TLP:`RED` it", "|TLP:`RED` it~red"),
        ("TLP:BLACK it", "|TLP:BLACK it~red"),
        ("TLP:WHITE it", "|TLP:WHITE it~clear"),
        ("(TLP) AMBER", "|(TLP) AMBER~amber"),
        ("(marked TLP:AMBER)", "|(marked TLP:AMBER)~amber"),
        ("TLP\\\\:AMBER", "|TLP\\\\:AMBER~amber"),
        // Where the markup is seen through.
        ("TLP:<b>AMBER</b> it", "|TLP:<b>AMBER</b> it~amber"),
        ("TLP<br>&#82;ED it", "|TLP<br>&#82;ED it~red"),
        ("TLP&nbsp;AMBER it", "|TLP&nbsp;AMBER it~amber"),
        (
            "x TLP:[[sources/a|RED]] it",
            "|x TLP:[[sources/a|RED]] it~red",
        ),
        ("T<i>L</i>P:RED it", "|T<i>L</i>P:RED it~red"),
        (
            "[TLP](https://a.example) Standard",
            "|[TLP](https://a.example) Standard",
        ),
        // Signs before it.
        ("@tlp amber it", "|@tlp amber it~amber"),
        ("x of @tlp amber", "|x of @tlp amber"),
        ("T\\LP:AMBER", "|T\\LP:AMBER~amber"),
        ("`TLP`:AMBER", "|`TLP`:AMBER~amber"),
        ("`TLP:AMBER", "|`TLP:AMBER~amber"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn words_code_and_what_is_escaped_are_text() {
    for (text, expected) in [
        ("The (TLP) standard", "|The (TLP) standard"),
        ("(TLP) version 2", "|(TLP) version 2"),
        ("the TLP standard", "|the TLP standard"),
        ("report-tlp-amber.pdf", "|report-tlp-amber.pdf"),
        (
            "`TLP:AMBER` and ``(TLP:RED)``",
            "|`TLP:AMBER` and ``(TLP:RED)``",
        ),
        ("`it's \"TLP:AMBER\"` here", "|`it's \"TLP:AMBER\"` here"),
        ("\\(TLP:AMBER) Said", "|(TLP:AMBER) Said"),
        ("As \\(TLP:AMBER\\) says", "|As (TLP:AMBER) says"),
        ("As \\[TLP:AMBER] says", "|As [TLP:AMBER] says"),
        ("(TLP\\:AMBER) says", "|(TLP:AMBER) says"),
        ("TLP\\:AMBER and C:\\x \\* y", "|TLP:AMBER and C:\\x \\* y"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn whatever_else_holds_a_label_is_a_fault() {
    for (text, expected) in [
        (
            "Said (TLP:AMBER).",
            "! a mark where none may stand [(TLP:AMBER)]",
        ),
        (
            "(TLP:AMBER) (TLP:RED) x",
            "! a mark where none may stand [(TLP:RED)]",
        ),
        (
            "*(TLP:AMBER)* x",
            "! a mark where none may stand [(TLP:AMBER)]",
        ),
        (
            "\"(TLP:AMBER)\" x",
            "! a mark where none may stand [(TLP:AMBER)]",
        ),
        (
            "((TLP:AMBER)) x",
            "! a mark where none may stand [(TLP:AMBER)]",
        ),
        (
            "\\\\(TLP:AMBER) x",
            "! a mark where none may stand [(TLP:AMBER)]",
        ),
        (
            "x`y` (TLP:AMBER)",
            "! a mark where none may stand [(TLP:AMBER)]",
        ),
        (
            "(TLP: AMBER) x",
            "! a mark that cannot be read [(TLP: AMBER)]",
        ),
        ("(TLP:AMBR) x", "! a mark that cannot be read [(TLP:AMBR)]"),
        (
            "(TLP:WHITE) x",
            "! a mark that cannot be read [(TLP:WHITE)]",
        ),
        (
            "(**TLP:AMBER**) x",
            "! a mark that cannot be read [(**TLP:AMBER**)]",
        ),
        (
            "(TLP:AMBER, draft) x",
            "! a mark that cannot be read [(TLP:AMBER, draft)]",
        ),
        (
            "{tlp=amber} x",
            "! a mark that cannot be read [{tlp=amber}]",
        ),
        (
            "(TLP Standard) x",
            "! a mark that cannot be read [(TLP Standard)]",
        ),
        (
            "[TLP:AMBER](x) y",
            "! a mark that cannot be read [[TLP:AMBER]]",
        ),
        (
            "A title {tlp=amber}",
            "! brackets that hold a label but are no mark [{tlp=amber}]",
        ),
        (
            "(TLP:AMBER Said",
            "! a mark that is not closed [(TLP:AMBER]",
        ),
        (
            "(TLP:AMBER] Said",
            "! a mark that is not closed [(TLP:AMBER]",
        ),
        (
            "TLP:AMBER) Said",
            "! a mark without its opening bracket [TLP:AMBER]",
        ),
        (
            "“TLP:AMBER” Said",
            "! a label in quotation marks [TLP:AMBER]",
        ),
        (
            "Said 'tlp:clear'",
            "! a label in quotation marks [tlp:clear]",
        ),
        ("(TLP:AMBER)", "! a mark without a text [(TLP:AMBER)]"),
        ("**(TLP:AMBER)** ", "! a mark without a text [(TLP:AMBER)]"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn long_texts_are_read_in_time() {
    for piece in [
        "(TLP:A ",
        "`TLP:RED ",
        "\\(TLP:RED) ",
        "``TLP:RED`",
        "(((((",
    ] {
        let text = format!("{}TLP", piece.repeat(20_000));
        let _ = read(&text);
    }
}
