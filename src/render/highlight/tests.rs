//! Tests of the whole module, over the one door [`highlight`].
//!
//! In expectations `⟨k rule⟩` stands for `<span class="hl-k">rule</span>`.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Class, LANGUAGES, Language, highlight, known};

fn html(lang: &str, code: &str) -> String {
    let mut out = String::new();
    assert!(highlight(lang, code, &mut out), "{lang} is not known");
    out
}

#[track_caller]
fn check(lang: &str, code: &str, expected: &str) {
    let short = html(lang, code)
        .replace("</span>", "⟩")
        .replace("<span class=\"hl-", "⟨")
        .replace("\">", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    assert_eq!(short, expected, "\n{short}\n");
}

/// What a reader sees of the HTML; fails where a tag is none of ours, a span is
/// left open, nested or crosses a line end.
fn text_of(html: &str) -> Result<String, String> {
    let (mut text, mut open, mut rest) = (String::new(), false, html);
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        if let Some(class) = rest.strip_prefix("<span class=\"hl-") {
            let letter = class.strip_suffix(class.get(1..).unwrap_or_default());
            if open || letter.is_none_or(|l| !"kscntfvopabdim".contains(l)) {
                return Err(format!("nested or unknown span at {rest:?}"));
            }
            (open, len) = (true, "<span class=\"hl-k\">".len());
        } else if rest.starts_with("</span>") {
            if !open {
                return Err(format!("nothing to close at {rest:?}"));
            }
            (open, len) = (false, "</span>".len());
        } else if c == '&' {
            let (name, _) = rest.split_once(';').ok_or("open entity")?;
            len = name.len() + 1;
            text.push_str(match name {
                "&amp" => "&",
                "&lt" => "<",
                "&gt" => ">",
                other => return Err(format!("entity {other}")),
            });
        } else if c == '<' || c == '>' || (c == '\n' && open) {
            return Err(format!("{c:?} at {rest:?}"));
        } else {
            text.push(c);
        }
        rest = rest.get(len..).ok_or("cut short")?;
    }
    if open {
        Err("span left open".into())
    } else {
        Ok(text)
    }
}

/// One name of each language.
fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES
        .iter()
        .filter_map(|(names, _)| names.split(' ').next())
}

/// Pieces that open, close or confuse something in some language.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\"", "'", "`", "```", "\"\"\"", "\\", "\\x4", "$", "${", "a${", "$a", "%A%", "#", "//", "/*",
    "*/", "<!--", "-->", "<", "</script", "<script>", ">", "&", "&lt;", "{", "}", "[", "]", "[[",
    "](", "(", ")", ":", ": ", "::", ";", ",", "=", "= {", "=/[", "|", "\n|", "-", "- ", "--",
    "---\n", "\n", "\r\n", "\t", " ", "a", "Rem ", "rule ", "alert ", "content:\"", "|0d",
    "pcre:\"/", "metadata:", "detection:\n a|re: ", "condition: ", "key: |\n  x", "<<EOF\n", "EOF",
    "<<'E", "1", "0x", "1e+", "1.", "é", "\u{1F600}", "\0", "r#\"", "'a", "@", "@\"\n", "!", "~",
    "?", "#[", "<?",
];

proptest! {
    #[test]
    fn text_comes_back_whole_and_spans_are_balanced(
        pieces in prop::collection::vec(
            prop_oneof![
                prop::sample::select(PIECES).prop_map(str::to_owned),
                "\\PC{0,3}",
                "[a-zA-Z0-9_.$]{1,6}",
            ],
            0..40,
        ),
    ) {
        let code = pieces.concat();
        let kept = |c: &char| !c.is_control() || matches!(c, '\t' | '\n');
        let shown: String = code.chars().filter(kept).collect();
        for name in names() {
            let html = html(name, &code);
            prop_assert_eq!(text_of(&html), Ok(shown.clone()), "{}: {}", name, html);
        }
    }
}

/// Colours a line of `len` bytes of each piece in every `turn`th language, the
/// languages taking turns. A scanner that looks ahead at every token would need
/// seconds to minutes for one of them, a linear one needs milliseconds.
fn time_long_lines(pieces: &[&str], len: usize, turn: usize) {
    for (at, piece) in pieces.iter().enumerate() {
        let piece = piece.replace(['\n', '\r'], " ");
        let line = piece.repeat(len / piece.len());
        for name in names().skip(at % turn).step_by(turn) {
            // The best of a few tries: the machine may be busy with something else, the scanner not.
            let took = (0..5).map(|_| {
                let begun = Instant::now();
                html(name, &line);
                begun.elapsed()
            });
            let fast = took.into_iter().any(|took| took < Duration::from_secs(1));
            assert!(fast, "{name}: {piece:?} takes more than a second");
        }
    }
}

#[test]
fn time_is_linear_on_a_long_line() {
    let pieces = ["- [] ", "[a,", "a${", "``` ", ") ", "a: ", "$a ", "<<a"];
    time_long_lines(&pieces, 100_000, 3);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "a minute without optimisation")]
fn time_is_linear_on_any_line_of_a_megabyte() {
    time_long_lines(PIECES, 1_000_000, 1);
}

#[test]
fn an_unknown_language_writes_nothing() {
    let mut out = String::from("before");
    assert!(!highlight("klingon", "x", &mut out));
    assert!(!highlight("", "x", &mut out));
    assert_eq!(out, "before");
    assert!(!known("klingon") && !known("") && !known("yara yar"));
    assert!(known("YARA") && known("yml") && known("C++") && known("text"));
}

#[test]
fn no_name_stands_for_two_languages() {
    let mut all: Vec<_> = LANGUAGES
        .iter()
        .flat_map(|(names, _)| names.split(' '))
        .collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn word_lists_can_be_found_in() {
    for (names, language) in LANGUAGES {
        let Language::Table(table) = language else {
            continue;
        };
        for (word, class) in &table.words {
            assert_ne!(*class, Class::Plain, "{names}: {word:?} has no label");
            assert!(!word.ends_with(':'), "{names}: {word:?} is no label");
            assert!(
                !table.fold || *word == word.to_lowercase(),
                "{names}: {word:?}"
            );
        }
        for pair in table.words.windows(2) {
            let word = |at: usize| pair.get(at).map(|(word, _)| word);
            assert!(word(0) < word(1), "{names}: {pair:?} twice");
        }
    }
}

#[test]
fn plain_text_is_only_escaped() {
    assert_eq!(
        html("text", "a < b && \"c\" > 'd'\n"),
        "a &lt; b &amp;&amp; \"c\" &gt; 'd'\n"
    );
}

#[test]
fn a_span_ends_with_its_line() {
    assert_eq!(
        html("c", "/* a\n   b */"),
        "<span class=\"hl-c\">/* a</span>\n<span class=\"hl-c\">   b */</span>"
    );
}

#[test]
fn yara() {
    check(
        "yara",
        r#"import "pe"

/* See AR19-100A */
private rule HOPLIGHT_Proxy : apt lazarus
{
    meta:
        date = "2019-04-10"
        score = 80
    strings:
        $mz = { 4D 5A ?? 0? [4-6] ( 90 | ~91 ) } // header
        $url = "http://\x41/\"q" ascii wide nocase
        $re = /cmd\.exe [a-z]{2,4}(foo|bar)?/is fullword
        $c1 = "c" xor(0x01-0xff)
    condition:
        uint16(0) == 0x5A4D and filesize < 200KB and
        (2 of ($c*) or #url > 3 or @mz[1] == 0x10 or !re[1] > 4) and
        for any i in (1..#c1) : ( @c1[i] > 10 ) and
        pe.imphash() == "d41d" and $url matches /x/
}
"#,
        r#"⟨m import⟩ ⟨s "pe"⟩

⟨c /* See AR19-100A */⟩
⟨k private⟩ ⟨k rule⟩ ⟨t HOPLIGHT_Proxy⟩ ⟨p :⟩ ⟨m apt lazarus⟩
⟨p {⟩
    ⟨k meta⟩⟨p :⟩
        ⟨a date⟩ ⟨o =⟩ ⟨s "2019-04-10"⟩
        ⟨a score⟩ ⟨o =⟩ ⟨n 80⟩
    ⟨k strings⟩⟨p :⟩
        ⟨v $mz⟩ ⟨o =⟩ ⟨p {⟩ ⟨n 4D 5A ⟩⟨b ??⟩ ⟨n 0⟩⟨b ?⟩ ⟨o [4-6]⟩ ⟨p (⟩ ⟨n 90 ⟩⟨o |⟩ ⟨o ~⟩⟨n 91 ⟩⟨p )⟩ ⟨p }⟩ ⟨c // header⟩
        ⟨v $url⟩ ⟨o =⟩ ⟨s "http://⟩⟨b \x41⟩⟨s /⟩⟨b \"⟩⟨s q"⟩ ⟨a ascii⟩ ⟨a wide⟩ ⟨a nocase⟩
        ⟨v $re⟩ ⟨o =⟩ ⟨s /cmd⟩⟨b \.⟩⟨s exe ⟩⟨t [a-z]⟩⟨o {2,4}⟩⟨k (⟩⟨s foo⟩⟨k |⟩⟨s bar⟩⟨k )⟩⟨o ?⟩⟨s /⟩⟨b is⟩ ⟨a fullword⟩
        ⟨v $c1⟩ ⟨o =⟩ ⟨s "c"⟩ ⟨a xor⟩⟨p (⟩⟨n 0x01⟩⟨o -⟩⟨n 0xff⟩⟨p )⟩
    ⟨k condition⟩⟨p :⟩
        ⟨f uint16⟩⟨p (⟩⟨n 0⟩⟨p )⟩ ⟨o ==⟩ ⟨n 0x5A4D⟩ ⟨k and⟩ ⟨b filesize⟩ ⟨o <⟩ ⟨n 200KB⟩ ⟨k and⟩
        ⟨p (⟩⟨n 2⟩ ⟨k of⟩ ⟨p (⟩⟨v $c*⟩⟨p )⟩ ⟨k or⟩ ⟨v #url⟩ ⟨o >⟩ ⟨n 3⟩ ⟨k or⟩ ⟨v @mz⟩⟨p [⟩⟨n 1⟩⟨p ]⟩ ⟨o ==⟩ ⟨n 0x10⟩ ⟨k or⟩ ⟨v !re⟩⟨p [⟩⟨n 1⟩⟨p ]⟩ ⟨o >⟩ ⟨n 4⟩⟨p )⟩ ⟨k and⟩
        ⟨k for⟩ ⟨k any⟩ i ⟨k in⟩ ⟨p (⟩⟨n 1⟩⟨p ..⟩⟨v #c1⟩⟨p )⟩ ⟨p :⟩ ⟨p (⟩ ⟨v @c1⟩⟨p [⟩i⟨p ]⟩ ⟨o >⟩ ⟨n 10⟩ ⟨p )⟩ ⟨k and⟩
        ⟨t pe⟩⟨p .⟩⟨f imphash⟩⟨p ()⟩ ⟨o ==⟩ ⟨s "d41d"⟩ ⟨k and⟩ ⟨v $url⟩ ⟨k matches⟩ ⟨s /x/⟩
⟨p }⟩
"#,
    );
}

#[test]
fn sigma() {
    check(
        "sigma",
        r#"title: Rundll32 Without Arguments # by analyst
id: 1775e15e-b61b-4d14-a1a3-80981298085a
status: experimental
references:
    - https://attack.mitre.org/software/S0376/
date: 2024-01-15
tags:
    - attack.t1218.011
logsource:
    category: process_creation
detection:
    selection_img:
        - Image|endswith: '\rundll32.exe'
        - OriginalFileName: 'RUNDLL32.EXE'
    selection_cli:
        CommandLine|contains|all:
            - ' -s *'
            - "http\\"
        CommandLine|re: '^.*\s[a-z]{2,}$'
        EventID: 4688
        DestinationIp|cidr: 10.0.0.0/8
        ParentImage: null
    filter_main: { User|contains: [ 'SYSTEM', 'a?b' ] }
    condition: (all of selection_*) and not 1 of filter_* | count() by Host > 5
falsepositives:
    - Unknown
level: high
"#,
        r#"⟨k title⟩⟨p :⟩ ⟨s Rundll32 Without Arguments⟩ ⟨c # by analyst⟩
⟨k id⟩⟨p :⟩ ⟨s 1775e15e-b61b-4d14-a1a3-80981298085a⟩
⟨k status⟩⟨p :⟩ ⟨b experimental⟩
⟨k references⟩⟨p :⟩
    ⟨p -⟩ ⟨s https://attack.mitre.org/software/S0376/⟩
⟨k date⟩⟨p :⟩ ⟨n 2024-01-15⟩
⟨k tags⟩⟨p :⟩
    ⟨p -⟩ ⟨m attack.t1218.011⟩
⟨k logsource⟩⟨p :⟩
    ⟨a category⟩⟨p :⟩ ⟨t process_creation⟩
⟨k detection⟩⟨p :⟩
    ⟨v selection_img⟩⟨p :⟩
        ⟨p -⟩ ⟨a Image⟩⟨o |⟩⟨f endswith⟩⟨p :⟩ ⟨s '\rundll32.exe'⟩
        ⟨p -⟩ ⟨a OriginalFileName⟩⟨p :⟩ ⟨s 'RUNDLL32.EXE'⟩
    ⟨v selection_cli⟩⟨p :⟩
        ⟨a CommandLine⟩⟨o |⟩⟨f contains⟩⟨o |⟩⟨f all⟩⟨p :⟩
            ⟨p -⟩ ⟨s ' -s ⟩⟨o *⟩⟨s '⟩
            ⟨p -⟩ ⟨s "http\\"⟩
        ⟨a CommandLine⟩⟨o |⟩⟨f re⟩⟨p :⟩ ⟨s '⟩⟨k ^⟩⟨o .*⟩⟨b \s⟩⟨t [a-z]⟩⟨o {2,}⟩⟨k $⟩⟨s '⟩
        ⟨a EventID⟩⟨p :⟩ ⟨n 4688⟩
        ⟨a DestinationIp⟩⟨o |⟩⟨f cidr⟩⟨p :⟩ ⟨n 10.0.0.0/8⟩
        ⟨a ParentImage⟩⟨p :⟩ ⟨b null⟩
    ⟨v filter_main⟩⟨p :⟩ ⟨p {⟩ ⟨a User⟩⟨o |⟩⟨f contains⟩⟨p :⟩ ⟨p [⟩ ⟨s 'SYSTEM'⟩⟨p ,⟩ ⟨s 'a⟩⟨o ?⟩⟨s b'⟩ ⟨p ]⟩ ⟨p }⟩
    ⟨k condition⟩⟨p :⟩ ⟨p (⟩⟨k all⟩ ⟨k of⟩ ⟨v selection_*⟩⟨p )⟩ ⟨k and⟩ ⟨k not⟩ ⟨n 1⟩ ⟨k of⟩ ⟨v filter_*⟩ ⟨o |⟩ ⟨f count⟩⟨p ()⟩ ⟨k by⟩ ⟨v Host⟩ ⟨o >⟩ ⟨n 5⟩
⟨k falsepositives⟩⟨p :⟩
    ⟨p -⟩ ⟨s Unknown⟩
⟨k level⟩⟨p :⟩ ⟨b high⟩
"#,
    );
}

#[test]
fn sigma_condition_over_lines() {
    check(
        "sigma",
        "detection:\n  a:\n    x: '*'\n  condition: >\n    a and\n    not b\n",
        "⟨k detection⟩⟨p :⟩\n  ⟨v a⟩⟨p :⟩\n    ⟨a x⟩⟨p :⟩ ⟨s '⟩⟨o *⟩⟨s '⟩\n  ⟨k condition⟩⟨p :⟩ ⟨o >⟩\n    ⟨v a⟩ ⟨k and⟩\n    ⟨k not⟩ ⟨v b⟩\n",
    );
}

#[test]
fn suricata() {
    check(
        "suricata",
        r#"# HOPLIGHT
alert http [$HOME_NET,!10.0.0.0/8] any -> $EXTERNAL_NET [80,8080:] (msg:"ET MALWARE CnC | beacon"; \
    flow:established,to_server; http.uri; content:"/a.php?id="; fast_pattern; \
    content:!"|0d 0a|Referer\;"; nocase; pcre:"/^\/[a-z]{3,}\.php$/Ui"; dsize:>100; \
    byte_test:4,>,1000,20,relative; threshold:type limit, track by_src, count 1, seconds 60; \
    flowbits:set,ET.hop; reference:url,us-cert.cisa.gov/ncas/ar19-100a; \
    classtype:trojan-activity; sid:2030001; rev:2; metadata:created_at 2019_04_10, tag MALWARE;)
#alert tcp any any -> any 443 (msg:"x"; sid:1;)
"#,
        r#"⟨c # HOPLIGHT⟩
⟨k alert⟩ ⟨t http⟩ ⟨p [⟩⟨v $HOME_NET⟩⟨p ,⟩⟨o !⟩⟨n 10.0.0.0/8⟩⟨p ]⟩ ⟨b any⟩ ⟨o ->⟩ ⟨v $EXTERNAL_NET⟩ ⟨p [⟩⟨n 80⟩⟨p ,⟩⟨n 8080⟩⟨p :]⟩ ⟨p (⟩⟨a msg⟩⟨p :⟩⟨s "ET MALWARE CnC | beacon"⟩⟨p ;⟩ ⟨o \⟩
    ⟨k flow⟩⟨p :⟩⟨b established⟩⟨p ,⟩⟨b to_server⟩⟨p ;⟩ ⟨t http.uri⟩⟨p ;⟩ ⟨k content⟩⟨p :⟩⟨s "/a.php?id="⟩⟨p ;⟩ ⟨f fast_pattern⟩⟨p ;⟩ ⟨o \⟩
    ⟨k content⟩⟨p :⟩⟨o !⟩⟨s "⟩⟨n |0d 0a|⟩⟨s Referer⟩⟨b \;⟩⟨s "⟩⟨p ;⟩ ⟨f nocase⟩⟨p ;⟩ ⟨k pcre⟩⟨p :⟩⟨s "/⟩⟨k ^⟩⟨b \/⟩⟨t [a-z]⟩⟨o {3,}⟩⟨b \.⟩⟨s php⟩⟨k $⟩⟨s /⟩⟨b Ui⟩⟨s "⟩⟨p ;⟩ ⟨k dsize⟩⟨p :⟩⟨o >⟩⟨n 100⟩⟨p ;⟩ ⟨o \⟩
    ⟨k byte_test⟩⟨p :⟩⟨n 4⟩⟨p ,⟩⟨o >⟩⟨p ,⟩⟨n 1000⟩⟨p ,⟩⟨n 20⟩⟨p ,⟩⟨b relative⟩⟨p ;⟩ ⟨k threshold⟩⟨p :⟩⟨a type⟩ ⟨b limit⟩⟨p ,⟩ ⟨a track⟩ ⟨b by_src⟩⟨p ,⟩ ⟨a count⟩ ⟨n 1⟩⟨p ,⟩ ⟨a seconds⟩ ⟨n 60⟩⟨p ;⟩ ⟨o \⟩
    ⟨k flowbits⟩⟨p :⟩⟨b set⟩⟨p ,⟩⟨v ET.hop⟩⟨p ;⟩ ⟨a reference⟩⟨p :⟩⟨b url⟩⟨p ,⟩⟨s us-cert.cisa.gov/ncas/ar19-100a⟩⟨p ;⟩ ⟨o \⟩
    ⟨a classtype⟩⟨p :⟩⟨b trojan-activity⟩⟨p ;⟩ ⟨a sid⟩⟨p :⟩⟨n 2030001⟩⟨p ;⟩ ⟨a rev⟩⟨p :⟩⟨n 2⟩⟨p ;⟩ ⟨a metadata⟩⟨p :⟩⟨a created_at⟩ ⟨s 2019_04_10⟩⟨p ,⟩ ⟨a tag⟩ ⟨s MALWARE⟩⟨p ;)⟩
⟨c #alert tcp any any -> any 443 (msg:"x"; sid:1;)⟩
"#,
    );
}

#[test]
fn snort_3_and_fragments() {
    check(
        "snort",
        r#"alert tcp any any <> any any (
  msg:"Snort 3";
  content:"foo",nocase,depth 5; sid:1; rev:1)
dns.query; content:".evil.test"; endswith;
"#,
        r#"⟨k alert⟩ ⟨t tcp⟩ ⟨b any⟩ ⟨b any⟩ ⟨o <>⟩ ⟨b any⟩ ⟨b any⟩ ⟨p (⟩
  ⟨a msg⟩⟨p :⟩⟨s "Snort 3"⟩⟨p ;⟩
  ⟨k content⟩⟨p :⟩⟨s "foo"⟩⟨p ,⟩⟨f nocase⟩⟨p ,⟩⟨f depth⟩ ⟨n 5⟩⟨p ;⟩ ⟨a sid⟩⟨p :⟩⟨n 1⟩⟨p ;⟩ ⟨a rev⟩⟨p :⟩⟨n 1⟩⟨p )⟩
⟨t dns.query⟩⟨p ;⟩ ⟨k content⟩⟨p :⟩⟨s ".evil.test"⟩⟨p ;⟩ ⟨f endswith⟩⟨p ;⟩
"#,
    );
}

#[test]
fn a_word_after_a_comment_is_still_a_keyword() {
    check(
        "python",
        "# Done.\nreturn x.return",
        "⟨c # Done.⟩\n⟨k return⟩ x⟨p .⟩return",
    );
}

#[test]
fn yaml() {
    check(
        "yaml",
        "a: &x\n  - b: \"q\\n\" # d\n  - {k: v, url: http://a.b}\ntext: |\n  not: a key\nother: *x\n",
        "⟨a a⟩⟨p :⟩ ⟨v &x⟩\n  ⟨p -⟩ ⟨a b⟩⟨p :⟩ ⟨s \"q⟩⟨b \\n⟩⟨s \"⟩ ⟨c # d⟩\n  ⟨p -⟩ ⟨p {⟩⟨a k⟩⟨p :⟩ ⟨s v⟩⟨p ,⟩ ⟨a url⟩⟨p :⟩ ⟨s http://a.b⟩⟨p }⟩\n⟨a text⟩⟨p :⟩ ⟨o |⟩\n⟨s   not: a key⟩\n⟨a other⟩⟨p :⟩ ⟨v *x⟩\n",
    );
}

#[test]
fn shells() {
    check(
        "bash",
        "curl -sS \"https://$HOST/x\" | sh && echo $? # run\ncat <<EOF\nhi\nEOF\n",
        "⟨f curl⟩ ⟨a -sS⟩ ⟨s \"https://⟩⟨v $HOST⟩⟨s /x\"⟩ ⟨o |⟩ ⟨f sh⟩ ⟨o &&⟩ ⟨f echo⟩ ⟨v $?⟩ ⟨c # run⟩\n⟨f cat⟩ ⟨o <<⟩⟨b EOF⟩\n⟨s hi⟩\n⟨b EOF⟩\n",
    );
    check(
        "powershell",
        "$c = New-Object Net.WebClient; if ($c -eq $null) { exit }",
        "⟨v $c⟩ ⟨o =⟩ ⟨f New-Object⟩ Net⟨p .⟩WebClient⟨p ;⟩ ⟨k if⟩ ⟨p (⟩⟨v $c⟩ ⟨o -eq⟩ ⟨b $null⟩⟨p )⟩ ⟨p {⟩ ⟨k exit⟩ ⟨p }⟩",
    );
    check(
        "console",
        "$ whoami\nroot\nC:\\>net user\n",
        "⟨m $ ⟩⟨f whoami⟩\nroot\n⟨m C:\\>⟩⟨f net⟩ user\n",
    );
}

#[test]
fn markup() {
    check(
        "html",
        "<p class=\"a\">x &amp; y</p><script>let a = 1</script>",
        "⟨p <⟩⟨k p⟩ ⟨a class⟩⟨o =⟩⟨s \"a\"⟩⟨p >⟩x ⟨b &amp;⟩ y⟨p </⟩⟨k p⟩⟨p ><⟩⟨k script⟩⟨p >⟩⟨k let⟩ a ⟨o =⟩ ⟨n 1⟩⟨p </⟩⟨k script⟩⟨p >⟩",
    );
    check(
        "markdown",
        "# T\n(TLP:RED) `c` [[x]] [@s]\n```yara\nrule a\n```\n",
        "⟨k # T⟩\n⟨m (TLP:RED)⟩ ⟨s `c`⟩ ⟨f [[x]]⟩ ⟨v [@s]⟩\n⟨m ```yara⟩\n⟨s rule a⟩\n⟨m ```⟩\n",
    );
}

#[test]
fn lines() {
    check(
        "diff",
        "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n",
        "⟨m --- a⟩\n⟨m +++ b⟩\n⟨m @@ -1 +1 @@⟩\n⟨d -old⟩\n⟨i +new⟩\n same\n",
    );
    check(
        "http",
        "GET /x HTTP/1.1\nHost: a.test\n\n{\"a\": 1}",
        "⟨k GET⟩ ⟨s /x⟩ ⟨t HTTP/1.1⟩\n⟨a Host⟩⟨p :⟩ ⟨s a.test⟩\n\n⟨p {⟩⟨a \"a\"⟩⟨p :⟩ ⟨n 1⟩⟨p }⟩",
    );
}

#[test]
fn queries() {
    check(
        "kql",
        "DeviceEvents | where Name has @\"c:\\\" and ago(7d) > 1",
        "⟨t DeviceEvents⟩ ⟨o |⟩ ⟨k where⟩ Name ⟨k has⟩ ⟨s @\"c:\\\"⟩ ⟨k and⟩ ⟨f ago⟩⟨p (⟩⟨n 7d⟩⟨p )⟩ ⟨o >⟩ ⟨n 1⟩",
    );
    check(
        "spl",
        "index=main | stats count(x) as n by host",
        "⟨a index⟩⟨o =⟩main ⟨o |⟩ ⟨k stats⟩ ⟨f count⟩⟨p (⟩x⟨p )⟩ ⟨k as⟩ n ⟨k by⟩ host",
    );
}

#[test]
fn programs() {
    check(
        "rust",
        "#[test]\nfn f<'a>(c: &'a str) { g('x', \"\\n\", 1.5e-3) } // c",
        "⟨m #[test]⟩\n⟨k fn⟩ f⟨o <⟩⟨m 'a⟩⟨o >⟩⟨p (⟩c⟨p :⟩ ⟨o &⟩⟨m 'a⟩ ⟨t str⟩⟨p )⟩ ⟨p {⟩ ⟨f g⟩⟨p (⟩⟨s 'x'⟩⟨p ,⟩ ⟨s \"⟩⟨b \\n⟩⟨s \"⟩⟨p ,⟩ ⟨n 1.5e-3⟩⟨p )⟩ ⟨p }⟩ ⟨c // c⟩",
    );
    check(
        "js",
        "const r = /a[b]\\/c/g, q = a / b; f(`x ${y}`);",
        "⟨k const⟩ r ⟨o =⟩ ⟨s /a⟩⟨t [b]⟩⟨b \\/⟩⟨s c/⟩⟨b g⟩⟨p ,⟩ q ⟨o =⟩ a ⟨o /⟩ b⟨p ;⟩ ⟨f f⟩⟨p (⟩⟨s `x ⟩⟨v ${y}⟩⟨s `⟩⟨p );⟩",
    );
    check(
        "json",
        "{\"a\": [1, true, \"\\u00e9\"]}",
        "⟨p {⟩⟨a \"a\"⟩⟨p :⟩ ⟨p [⟩⟨n 1⟩⟨p ,⟩ ⟨b true⟩⟨p ,⟩ ⟨s \"⟩⟨b \\u00e9⟩⟨s \"⟩⟨p ]}⟩",
    );
}
