//! Any text is read: whatever its size, depth and nonsense.

use super::*;
use rayon::prelude::*;

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
        "![[a]]\n".repeat(100_000),
        "![[a]]\n\nx ![[a]]\n\n".repeat(50_000),
        "TLP:RED ".repeat(100_000),
        "TLP:WHITE ".repeat(100_000),
        "TLP:RED/".repeat(100_000),
        "1. (TLP:AMBER) x\n  - y\n".repeat(20_000),
        "- (TLP:AMBER) x\n\n```\ny\n```\n\n".repeat(20_000),
        "(TLP:AMBER)\n\n[^1]\n\n(TLP:AMBER) <b>x\n\n".repeat(20_000),
        "(TLP:GREEN)\n\n- (TLP:AMBER) x\n\n".repeat(20_000),
        "x\n```py tlp=amber\ny\n```\n".repeat(20_000),
        "## A {tlp=amber}\n\nx\n---\n# c\n".repeat(20_000),
        "红TLP红".repeat(30_000),
        "红AMBER红TLP".repeat(20_000),
        "红TrafficLight红".repeat(20_000),
        "交通灯协议".repeat(20_000),
        "tlp-red.".repeat(30_000),
        "TLP ".repeat(300_000),
        "\"TLP\" ".repeat(300_000),
        "<tlp ".repeat(300_000),
        "`tlp` ".repeat(300_000),
        "tlp-".repeat(300_000),
        "x.tlp-red ".repeat(100_000),
        "<Ab> ".repeat(50_000),
        "<b id=tlp.x ".repeat(20_000),
        "|a".repeat(1000) + "\n" + &"|-".repeat(1000) + "\n" + &"|[@a]\n".repeat(2000),
    ];
    texts.into_par_iter().for_each(|text| {
        #[allow(clippy::disallowed_methods, reason = "a test of the time it takes")]
        let begun = std::time::Instant::now();
        let found = read(&text);
        balanced(&found.value.body);
        let took = begun.elapsed();
        // Unoptimised, on a busy machine; a release build takes a tenth.
        assert!(
            took.as_secs() < 20,
            "{} takes {took:?}",
            text.chars().take(20).collect::<String>()
        );
    });
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
    fn what_is_marked_stays_marked(inner in fragments()) {
        let inner = inner.replace('#', "").replace("---", "").replace("<!--", "");
        let text = format!("# A {{tlp=red}}\n\ncanary {inner} canary\n\n");
        let marks = read(&text);
        let mut depth = 0;
        for event in &marks.value.body.events {
            match *event {
                Event::Start(Tag::Marked(_)) => depth += 1,
                Event::End(Tag::Marked(_)) => depth -= 1,
                Event::Text(slice) | Event::Code(slice) | Event::Html(slice) => {
                    proptest::prop_assert!(depth > 0, "{} in {text}", marks.value.body.slice(slice));
                }
                _ => {}
            }
        }
    }
}
