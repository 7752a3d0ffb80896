//! `ioc` blocks.

use super::*;

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
