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
        (
            "```ioc\n192.0.2.1 # a (until: 2026-12-31) b (TLP:AMBER) [@x]\n192.0.2.2 (until:2026-01-01)\n```",
            "{192[.]0[.]2[.]1#a b until 2026-12-31 amber‹x›}{192[.]0[.]2[.]2# until 2026-01-01}",
            &[],
        ),
        (
            "```ioc\n192.0.2.1 # (until: 2026)\n```",
            "{192[.]0[.]2[.]1#(until: 2026)}",
            &["bad-indicator (until: 2026)"],
        ),
        (
            "```ioc\n192.0.2.1 # (until: 2026-01-01) (until: 2026-01-02)\n```",
            "{192[.]0[.]2[.]1#(until: 2026-01-02) until 2026-01-01}",
            &["bad-indicator (until: 2026-01-01) (until: 2026-01-02)"],
        ),
        (
            "```ioc\n192.0.2.1 # a (until: TLP:AMBER)\n```",
            "{192[.]0[.]2[.]1#a red}",
            &[
                "bad-marking a (until: TLP:AMBER)",
                "bad-indicator a (until: TLP:AMBER)",
            ],
        ),
        (
            "```ioc\n- evil[.]example - a server (TLP:AMBER) [@x]\nevil[.]example | b # c\nCVE-2017-0144 (Eternal)\n```",
            "{evil[.]example#a server amber‹x›}{evil[.]example#b # c}{CVE-2017-0144#(Eternal)}",
            &[],
        ),
        (
            "```ioc\nd41d8cd98f00b204e9800998ecf8427e - x.exe # dropped [@x]\nMD5: d41d8cd98f00b204e9800998ecf8427e  x.sh\nx.dll: d41d8cd98f00b204e9800998ecf8427e\n\"a b.exe\" - d41d8cd98f00b204e9800998ecf8427e\nd41d8cd98f00b204e9800998ecf8427e *x.exe\n```",
            "{d41d8cd98f00b204e9800998ecf8427e+x.exe#dropped‹x›}{d41d8cd98f00b204e9800998ecf8427e+x.sh#}{d41d8cd98f00b204e9800998ecf8427e+x.dll#}{d41d8cd98f00b204e9800998ecf8427e+a b.exe#}{d41d8cd98f00b204e9800998ecf8427e+x.exe#}",
            &[],
        ),
        (
            "```ioc\nmutex: a b # c (TLP:AMBER)\nuser-agent: Mine/1 (x; y) [@x]\nmutex: a (TLP:RED) b\n```",
            "{a b#c amber}{Mine/1 (x; y)#‹x›}{a#(TLP:RED) b red}",
            &["bad-marking (TLP:RED) b"],
        ),
        (
            "```ioc\nmutex: aTLP:RED\nmutex: a(TLP:RED)\n```",
            "{aTLP:RED#}{a(TLP:RED)# red}",
            &["bad-marking mutex: a(TLP:RED)"],
        ),
        (
            "```ioc\nevil[.]example - 192.0.2.1\nevil[.]example,192.0.2.1\nmd5: d41d8cd98f00b204e9800998ecf8427e seen\n```",
            "{evil[.]example#192.0.2.1}{d41d8cd98f00b204e9800998ecf8427e#seen}",
            &[
                "bad-indicator 192.0.2.1",
                "bad-indicator evil[.]example,192.0.2.1",
                "bad-indicator seen",
            ],
        ),
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
