//! What reads as a label, and what does not.

use super::*;
use rayon::prelude::*;

/// The labels of a text: what they cover, what they say; `+` where they need no brackets.
fn shown(text: &str) -> Vec<String> {
    find(text)
        .into_iter()
        .map(|label| {
            let reading = match label.reading {
                Reading::Colour(tlp) => tlp.name().to_owned(),
                Reading::White => "white".to_owned(),
                Reading::Unknown => "?".to_owned(),
            };
            let plain = if label.plain { "+" } else { "" };
            let quoted = if label.quoted { "q" } else { "" };
            format!("{}={reading}{plain}{quoted}", &text[label.range])
        })
        .collect()
}

#[test]
fn labels_are_found() {
    let table: &[(&str, &[&str])] = &[
        ("TLP:AMBER", &["TLP:AMBER=amber+"]),
        ("tlp:amber+strict x", &["tlp:amber+strict=amber+strict+"]),
        ("TLP: Amber Strict", &["TLP: Amber Strict=amber+strict+"]),
        ("TLP AMBER", &["TLP AMBER=amber+"]),
        ("TLP – RED", &["TLP – RED=red+"]),
        ("TLP=RED, TLP/GREEN", &["TLP=RED=red+", "TLP/GREEN=green+"]),
        ("TLPAMBER", &["TLPAMBER=amber+"]),
        ("TLP:CLEAR/RED", &["TLP:CLEAR/RED=red+"]),
        (
            "TLP:CLEAR AMBER+STRICT",
            &["TLP:CLEAR AMBER+STRICT=amber+strict+"],
        ),
        ("TLP:RED+CLEAR", &["TLP:RED+CLEAR=red+"]),
        ("TLP:CLEAR. RED", &["TLP:CLEAR=clear+"]),
        ("TLP:CLEAR red teams", &["TLP:CLEAR=clear+"]),
        ("TLP:CLEAR) RED", &["TLP:CLEAR=clear+"]),
        ("TLP 2.0: AMBER", &["TLP 2.0: AMBER=amber+"]),
        ("TLP level: amber", &["TLP level: amber=amber+"]),
        ("ＴＬＰ：ＡＭＢＥＲ", &["ＴＬＰ：ＡＭＢＥＲ=amber+"]),
        ("ТLР:АМВЕR", &["ТLР:АМВЕR=amber+"]),
        (
            "T\u{200B}LP:AM\u{AD}BER",
            &["T\u{200B}LP:AM\u{AD}BER=amber+"],
        ),
        ("TL\nP:AM\nBER", &["TL\nP:AM\nBER=amber+"]),
        ("T\\L\\P:AMBER", &["T\\L\\P:AMBER=amber+"]),
        ("T.L.P.: AMBER", &["T.L.P.: AMBER=amber+"]),
        ("T L P : A M B E R", &["T L P : A M B E R=amber+"]),
        ("TP:AMBER TLO:RED", &["TP:AMBER=amber+", "TLO:RED=red+"]),
        (
            "TLP:AMBRE TLP:GREN",
            &["TLP:AMBRE=amber+", "TLP:GREN=green+"],
        ),
        ("TLP:BLACK", &["TLP:BLACK=?+"]),
        (
            "TLP:ROT und TLP:琥珀色",
            &["TLP:ROT=red+", "TLP:琥珀色=amber+"],
        ),
        ("TLP:🟠 TLP 🔴", &["TLP:🟠=amber+", "TLP 🔴=red+"]),
        ("TLP:WHITE", &["TLP:WHITE=white+"]),
        ("이 문서는 TLP:AMBER입니다", &["TLP:AMBER=amber+"]),
        ("标记为TLP:RED级", &["TLP:RED=red+"]),
        (
            "“TLP:AMBER” and \"TLP:RED\"",
            &["TLP:AMBER=amber+q", "TLP:RED=red+q"],
        ),
        (
            "(TLP2:AMBER) TLPv2.0 RED",
            &["TLP2:AMBER=amber+", "TLPv2.0 RED=red+"],
        ),
        ("TLP:              RED", &["TLP:              RED=red+"]),
        ("(PTL:RED) (TLPP:RED)", &["PTL:RED=red+", "TLPP:RED=red+"]),
        (
            "Traffic Light Protocol: AMBER",
            &["Traffic Light Protocol: AMBER=amber+"],
        ),
        ("(traffic-light: amber)", &["traffic-light: amber=amber+"]),
        ("#tlp-red", &["tlp-red=red+"]),
        ("note\u{200B}TLP:RED", &["TLP:RED=red+"]),
        ("TLP:RED\u{200B}x", &["TLP:RED=red+"]),
        ("¹TLP:RED", &["¹TLP:RED=red+"]),
        ("note¹TLP:RED", &["TLP:RED=red+"]),
        ("2024TLP:RED", &["TLP:RED=red+"]),
        ("TLP:BLACK\u{1}Partners", &["TLP:BLACK=?+"]),
        ("TLP\u{1}AMBER\u{1}2016", &["TLP\u{1}AMBER=amber+"]),
        // Other separators, other words for a colour, words between.
        ("（TPL：AMBER）", &["TPL：AMBER=amber+"]),
        (
            "TLP (amber) TLP [red]",
            &["TLP (amber=amber+", "TLP [red=red+"],
        ),
        (
            "#tlp/amber TLP → red",
            &["tlp/amber=amber+", "TLP → red=red+"],
        ),
        ("TLP, amber", &["TLP, amber=amber+"]),
        ("TLP: Roja", &["TLP: Roja=red+"]),
        ("TLP:红色报告", &["TLP:红色报告=?+"]),
        ("TLP:A", &["TLP:A=?+"]),
        ("TLP: Intern", &["TLP: Intern=?+"]),
        ("TLP level: rouge", &["TLP level: rouge=red+"]),
        ("TLP version 2.0: AMBER", &["TLP version 2.0: AMBER=amber+"]),
        (
            "TLP (Traffic Light Protocol): AMBER",
            &["TLP (Traffic Light Protocol): AMBER=amber+"],
        ),
        (
            "Traffic Light Protocol (TLP) classification: AMBER",
            &["Traffic Light Protocol (TLP) classification: AMBER=amber+"],
        ),
        ("TLP designation AMBER", &["TLP designation AMBER=amber+"]),
        ("AMBER TLP x", &["TLP=amber+"]),
        ("RED (TLP)", &["TLP=red+"]),
        ("TrafficLight:RED", &["TrafficLight:RED=red+"]),
        (
            "Ｔｒａｆｆｉｃ Ｌｉｇｈｔ：ＡＭＢＥＲ",
            &["Ｔｒａｆｆｉｃ Ｌｉｇｈｔ：ＡＭＢＥＲ=amber+"],
        ),
        ("(TLP Standard)", &["TLP Standard=?"]),
        ("tlp-levels", &["tlp-levels=?"]),
        ("TLP Amber Report", &["TLP Amber=amber+"]),
        ("traffic light: red", &["traffic light: red=red+"]),
        ("A traffic light: red.", &["traffic light: red=red"]),
        ("as TLP. Red teams", &["TLP. Red=red"]),
        (
            "TLPv2AMBER TLP20RED",
            &["TLPv2AMBER=amber+", "TLP20RED=red+"],
        ),
        // Words and numbers that are no colour.
        ("TLP:internal x", &["TLP:internal=?+"]),
        ("**TLP:** internal", &["TLP:** internal=?+"]),
        ("TLP: internal x", &["TLP: internal=?+"]),
        (
            "TLP:crvena TLP:sárga",
            &["TLP:crvena=red+", "TLP:sárga=amber+"],
        ),
        ("(TLP:3) TLP=2", &["TLP:3=?+", "TLP=2=?+"]),
        ("TLP:CLEAR+STRICT", &["TLP:CLEAR+STRICT=?+"]),
        ("TLP:UNCLEAR", &["TLP:UNCLEAR=?+"]),
        ("TLP: Internal use only", &["TLP: Internal=?+"]),
        ("TLP: CLEAR [x] AMBER", &["TLP: CLEAR [x] AMBER=amber+"]),
        ("(TLP level amber)", &["TLP level amber=amber"]),
        ("TLP level – amber x", &["TLP level – amber=amber+"]),
        ("(LTP:AMBER) PLT:RED", &["LTP:AMBER=amber+", "PLT:RED=red+"]),
        (
            "(AMBER, TLP) (amber tlp 2.0)",
            &["TLP=amber+", "tlp=amber+"],
        ),
        ("x Amber/TLP x", &["TLP=amber+"]),
        // The colour before the name.
        ("🔴 TLP", &["TLP=red+"]),
        ("x (🟠 TLP) y", &["TLP=amber+"]),
        ("x AMBER+STRICT (TLP)", &["TLP=amber+strict+"]),
        ("x RED/TLP", &["TLP=red+"]),
        ("Green TLP", &["TLP=green+"]),
        ("x ROT TLP", &["TLP=red+"]),
        ("这是红色TLP报告", &["TLP=red+"]),
        ("赤（TLP）", &["TLP=red+"]),
        // Other languages.
        ("TLP红色", &["TLP红色=red+"]),
        ("TLP等级：红色", &["TLP等级：红色=red+"]),
        ("TLP 等级 红色", &["TLP 等级 红色=red+"]),
        ("TLP-Stufe gelb", &["TLP-Stufe gelb=amber+"]),
        (
            "Traffic Light Protocol: rouge",
            &["Traffic Light Protocol: rouge=red+"],
        ),
        (
            "Ampelprotokoll (TLP): Rot",
            &["Ampelprotokoll (TLP): Rot=red+"],
        ),
        (
            "nach Ampel-Protokoll: Grün",
            &["Ampel-Protokoll: Grün=green+"],
        ),
        (
            "Protocolo de Semáforo: ROJO",
            &["Protocolo de Semáforo: ROJO=red+"],
        ),
        (
            "Protocole des feux tricolores : rouge",
            &["Protocole des feux tricolores : rouge=red+"],
        ),
        ("TLP-RED.So it is", &["TLP-RED=red+"]),
        ("TLP-RED.pdfx", &["TLP-RED=red+"]),
        ("Ampelprotokoll ROT", &["Ampelprotokoll ROT=red+"]),
        (
            "Ampelprotokoll (TLP), Rot",
            &["Ampelprotokoll (TLP), Rot=red+"],
        ),
        (
            "Ampelprotokoll: rot für alle",
            &["Ampelprotokoll: rot=red+"],
        ),
        (
            "Ampelprotokoll, Stufe Gelb",
            &["Ampelprotokoll, Stufe Gelb=amber+"],
        ),
        (
            "Protocole des feux tricolores ROUGE",
            &["Protocole des feux tricolores ROUGE=red+"],
        ),
        (
            "protocolo semáforo – rojo",
            &["protocolo semáforo – rojo=red+"],
        ),
        (
            "Verkeerslichtprotocol rood.",
            &["Verkeerslichtprotocol rood=red+"],
        ),
        (
            "根据交通灯协议（TLP）：红色",
            &["交通灯协议（TLP）：红色=red+"],
        ),
        ("信号機プロトコル：赤", &["信号機プロトコル：赤=red+"]),
        (
            "Протокол светофора: красный",
            &["Протокол светофора: красный=red+"],
        ),
        ("Светофор: красный", &["Светофор: красный=red+"]),
    ];
    for (text, expected) in table {
        assert!(possible(text), "{text}");
        assert_eq!(shown(text), *expected, "{text}");
    }
}

#[test]
fn words_are_no_labels() {
    for text in [
        "(TLP)",
        "(TLP), as it is called",
        "TLP",
        "the TLP.",
        "TLP 2.0",
        "outlplay",
        "@ztlp",
        "tlphelper:red",
        "[@tlp-2]",
        "a note at p. 12: amber",
        "at LP records: green",
        "Tip of it",
        "tl;dr: red",
        "the TLP standard",
        "(TLP and PAP)",
        "TTP: RED",
        "(TLS: clear) (DLP: clear, no alerts) DLP: RED NLP: AMBER",
        "(tp: green, fp: red)",
        "(tlp: see above)",
        "TLP: WHY",
        "TLP: the Traffic Light Protocol",
        "TLP：交通灯协议",
        "(TLP, red teams)",
        "TLP Red Dragon, a tension-leg platform (TLP) Red Hawk",
        "TLP has four labels: RED, AMBER, GREEN",
        "RED TLP labels",
        "They use red (TLP) and ✅ TLP",
        "the TLP red team, our tlp-red teams",
        "Traffic Light Protocol, as FIRST has it",
        "TLPv2ambergris",
        "网红TLP",
        "TLP协议",
        "交通灯协议有红色、黄色",
        "街上的交通灯：红色",
        "На улице светофор: красный.",
        "Das Ampelprotokoll kennt Rot, Gelb und Grün.",
        "Das Ampelprotokoll. Rot ist die höchste Stufe.",
        "nach dem Ampelprotokoll rot markierte Berichte",
        "the protocol of the valo: red",
        "TLP-AMBER_hosts.xlsm and TLP-RED.PPT",
        "T. L. Pamber spoke",
        "A.T.L.P. Red",
        "LTP: RED, ltp:green, LPT: AMBER",
        "levels RED, AMBER, TLP",
    ] {
        assert_eq!(shown(text), Vec::<String>::new(), "{text}");
    }
    for text in [
        "https://first.org/tlp/amber/",
        "report-tlp-amber.pdf",
        "#tlp-amber-list",
        "TLP:ssä ja TLP:n mukaan",
        "tlp:string tlp=args",
    ] {
        assert!(find(text).iter().all(|label| !label.plain), "{text}");
    }
}

#[test]
fn sentences_say_markings() {
    for (text, level) in [
        ("TLP is at least amber", "amber"),
        ("The TLP of this report is amber.", "amber"),
        ("TLP was raised to AMBER", "amber"),
        ("TLP en rojo", "red"),
        ("TLP auf Rot", "red"),
        ("TLP为红色", "red"),
        ("TLPは赤", "red"),
        ("TLP를 적색으로", "red"),
        ("TLP级别为红色", "red"),
        ("TLP:CLEAR, then AMBER", "amber"),
        ("TLP:CLEAR or RED", "red"),
        ("TLP:CLEAR; RED", "red"),
        ("TLP:GREEN until May, then AMBER", "amber"),
        ("TLP:CLEAR then amber", "amber"),
        ("RED:TLP", "red"),
        ("red:tlp", "red"),
        ("marked as amber under TLP", "amber"),
        ("AMBER as per the TLP", "amber"),
        ("(RED under TLP 2.0)", "red"),
        ("Sharing: Amber (as per TLP)", "amber"),
        ("TLP not below amber", "amber"),
        ("AMBER+STRICT under TLP", "amber+strict"),
        ("tlp: 3", "red"),
    ] {
        assert!(possible(text), "{text}");
        let labels = find(text);
        let plain = labels.iter().filter(|label| label.plain);
        let highest = plain.map(|label| label.reading.level()).max();
        assert_eq!(highest.map(Tlp::name), Some(level), "{text}");
    }
}

#[test]
fn sentences_about_the_protocol_say_none() {
    for text in [
        "The Traffic Light Protocol (TLP) was created by FIRST.",
        "TLP has four colours.",
        "TLP has four labels: RED, AMBER, GREEN and CLEAR.",
        "We use TLP 2.0.",
        "We follow the TLP in all our reports.",
        "In TLP, amber limits sharing to the organisation and its clients.",
        "TLP 2.0 replaced WHITE by CLEAR.",
        "Under TLP, red means for named recipients only.",
        "What is TLP and how does it work?",
        "TLP is a set of designations.",
        "TLP is not a classification scheme.",
        "TLP is maintained by FIRST.",
        "See the TLP page of FIRST.",
        "TLP labels are written in capitals.",
        "The TLP was updated in August 2022.",
        "When the TLP is red, destroy the copy.",
        "TLP is red, amber, green or clear.",
        "The TLP is one of RED, AMBER, GREEN and CLEAR.",
        "The colours of the TLP are red, amber, green and clear.",
        "TLP is clear about who may read a report.",
        "TLP is the green light for sharing.",
        "TLP is used by red teams and blue teams.",
        "TLP in red teaming is rarely used.",
        "The TLP of a report tells who may see it.",
        "The TLP level of a report is set by its source.",
        "The TLP marking should be shown in the header.",
        "TLP does not override legal duties.",
        "TLP: see FIRST.",
        "Red, amber and green are colours of the TLP.",
        "TLP, amber lights and traffic rules.",
        "TLP for dummies.",
        "Amber is the second highest label of TLP.",
        "RED and AMBER in the TLP are restricted.",
        "RED in the TLP means not for disclosure.",
        "AMBER in TLP allows sharing on a need-to-know basis.",
        "TLP 1.0 had WHITE instead of CLEAR.",
        "A TLP label has no expiry.",
        "Our TLP policy is described elsewhere.",
        "TLP stands for Traffic Light Protocol.",
        "TLP is set by the source.",
        "TLP was raised by the author.",
        "TLP designations are never translated.",
        "Who sets the TLP?",
        "The TLP is optional in MISP.",
        "The TLP at the top of the page says who may read it.",
        "TLP has been adopted by CISA.",
        "TLP and PAP are not the same.",
        "TLP exists to make sharing easier.",
        "The TLP is not limited to reports.",
        "TLP, the Traffic Light Protocol, is old.",
        "Tehreek-e-Labbaik Pakistan (TLP) held a rally.",
        "TLP leaders were arrested in the red zone.",
        "The TLP is to be written first.",
        "TLP must be respected.",
        "TLP should be explained to readers.",
        "The TLP of this page is the lowest.",
        "The TLP of the source was kept.",
        "The TLP is shown in green on black.",
        "TLP is easy: four colours, four rules.",
        "Note that TLP in the header is decorative.",
        "TLP was first used by the NISCC.",
        "The tool tlp saves power on laptops; tlp is set to battery mode.",
        "sudo tlp start; tlp-stat shows a green state.",
        "TLP is shared as a taxonomy of MISP.",
        "The TLP is still unknown.",
        "TLP is now at version 2.0.",
        "TLP as a badge in red or amber on each page.",
        "Without a TLP the report is clear.",
        "TLP is a must.",
        "TLP will be added later.",
        "TLP 是交通灯协议的缩写。",
        "TLP是一种协议。",
        "TLPは交通信号プロトコルです。",
        "TLP는 트래픽 라이트 프로토콜이다.",
        "TLP为红色的信息不得转发。",
        "El TLP es un protocolo de FIRST.",
        "Le TLP est un protocole en quatre couleurs.",
        "Das TLP ist ein Protokoll in vier Farben.",
        "Das TLP ist in Deutschland üblich.",
        "Il TLP è usato nei CERT.",
        "TLP is defined in RFC-like prose by FIRST; amber is its middle.",
        "TLP:CLEAR is the lowest label.",
        "TLP:CLEAR reports may go on the web.",
        "TLP:CLEAR, which replaced WHITE, is public.",
        "TLP:CLEAR and other labels.",
        "TLP:CLEAR, or no label at all.",
        "TLP:CLEAR. The RED APOLLO group.",
        "TLP:CLEAR on RED APOLLO and others",
        "TLP:CLEAR then red teams came.",
        "Source: TLP:CLEAR, Red Canary",
        "TLP:CLEAR, by Red Hat",
        "TLP:CLEAR - Operation RED Dawn",
    ] {
        let labels = find(text);
        let above = labels
            .iter()
            .find(|label| label.plain && label.reading.level() > Tlp::Clear);
        assert_eq!(above, None, "{text}");
    }
}

#[test]
fn a_mark_is_read_in_any_form_of_letters_and_without_markup() {
    for label in [
        "TLP:AMBER",
        "tlp:Amber",
        "ＴＬＰ：ＡＭＢＥＲ",
        "ТLР:АМВЕR",
        "TLP:\nAMBER",
        "T\u{200B}LP:AMBER",
    ] {
        assert_eq!(exact(label), Some(Tlp::Amber), "{label}");
    }
    for label in [
        "TLP: AMBER",
        "T\u{1}LP:AMBER",
        "TLP\\:AMBER",
        "TLP:AMBR",
        "TLP:WHITE",
        "AMBER",
        "TLP:",
    ] {
        assert_eq!(exact(label), None, "{label}");
    }
}

#[test]
fn what_is_long_ends_soon() {
    let pieces = [
        "tlp.",
        "tlp.red",
        "marking-definition--",
        "`TLP:RED` ",
        "tlp\\",
        "red TLP ",
        "TLP<b>",
        "[[a|TLP]]",
        "&#84;LP:<",
        "<a \"",
        "<!-- ",
    ];
    pieces.into_par_iter().for_each(|piece| {
        let text = piece.repeat(250_000 / piece.len());
        #[allow(clippy::disallowed_methods, reason = "a test of the time it takes")]
        let begun = std::time::Instant::now();
        let _ = (in_file(&text).count(), text::count(&text));
        let took = begun.elapsed();
        assert!(took.as_secs() < 20, "{piece} takes {took:?}");
    });
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    /// A text with a label in it is always looked at closely, whatever stands around.
    #[test]
    fn no_label_is_overlooked(before in "[a-z ,.éр]{0,40}", after in "[a-z ,.éр]{0,40}") {
        for label in ["TLP:RED", "(TLP:\u{200b}AMBER)", "Traffic Light Protocol: red", "T L P : GREEN", "tpl: amber"] {
            let text = format!("{before} {label} {after}");
            proptest::prop_assert!(possible(&text) || find(&text).is_empty(), "{}", text);
        }
    }
}
