//! Words, their files, and what they say of dates, money and counts.

use super::*;
use crate::model::{Date, Money};
use std::collections::BTreeSet;

fn spoken(tag: &str) -> Arc<Language> {
    Languages::of(&BTreeMap::new(), tag).value.spoken_at(0)
}

fn own(tag: &str, text: &str) -> BTreeMap<String, Arc<[u8]>> {
    let path = format!("words/{tag}.toml");
    BTreeMap::from([(path, Arc::from(text.as_bytes()))])
}

fn problems(tag: &str, text: &str) -> Vec<(Code, String)> {
    let problems = Languages::of(&own(tag, text), "en").problems.into_iter();
    problems
        .map(|problem| (problem.code, problem.message))
        .collect()
}

/// The keys that the default templates name.
fn in_templates() -> BTreeSet<String> {
    crate::render::theme::words_of_templates()
}

#[test]
fn every_word_of_the_program_stands_in_english_and_every_english_word_is_said() {
    let english = Language::english();
    for word in Word::ALL {
        assert!(
            english.keyed(word.key()).is_some(),
            "`{}` is missing",
            word.key()
        );
    }
    let mut said: BTreeSet<String> = Word::ALL.iter().map(|it| it.key().to_owned()).collect();
    said.extend(in_templates());
    let unsaid: Vec<&str> = english.keys().filter(|key| !said.contains(*key)).collect();
    assert!(unsaid.is_empty(), "said nowhere: {unsaid:?}");
    let source = sources();
    let unsaid: Vec<&Word> = Word::ALL
        .iter()
        .filter(|word| !source.contains(&format!("{word:?}")))
        .collect();
    assert!(unsaid.is_empty(), "said nowhere: {unsaid:?}");
}

/// The text of all of `render`, but for the list of words.
fn sources() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let files = walkdir::WalkDir::new(folder).into_iter();
    let files = files.map(|file| file.expect("a file").into_path());
    let files = files.filter(|path| path.is_file() && !path.ends_with("language/word.rs"));
    files
        .map(|path| std::fs::read_to_string(path).expect("a source"))
        .collect()
}

#[test]
fn files_of_words_are_sound() {
    for tag in file::TAGS {
        assert_eq!(problems(tag, file::default(tag)), [], "{tag}");
    }
    let [english, german] = ["en", "de"].map(|tag| File::of(file::default(tag)).value);
    assert!(german.complete);
    for (key, entry) in &english.words {
        let (mut english, german) = (entry.text.holes(), german.words.get(key));
        let german = german.map_or(Vec::new(), |entry| entry.text.holes());
        english.retain(|hole| !german.contains(hole));
        // A noun stands in one of two cases.
        english.retain(|hole| *hole != "noun");
        assert!(english.is_empty(), "{key} loses {english:?} in German");
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    assert_eq!(
        problems("en", "[frame]\nfeeed = \"x\"\n"),
        [(
            Code::UnknownWord,
            "there is no word `frame.feeed`: it is said nowhere".to_owned()
        )]
    );
    for wrong in [
        "[remark]\nafter = \"{who}\"",
        "[remark]\nafter = \"{\"",
        "[remark]\nafter = 1",
        "[entry]\nsources = { one = \"x\" }",
        "[entry]\nsources = { other = \"x\", mono = \"y\" }",
        "complete = 1",
        "[",
    ] {
        let found = problems("en", wrong);
        assert!(
            matches!(*found, [(Code::BadWords, _)]),
            "{wrong}: {found:?}"
        );
    }
    let missing = problems("sv", "complete = true\n[frame]\nfeed = \"Flöde\"\n");
    assert!(matches!(*missing, [(Code::MissingWord, _)]), "{missing:?}");
    assert_eq!(problems("sv", "[frame]\nfeed = \"Flöde\"\n"), []);
}

#[test]
fn a_language_without_a_file_is_a_warning() {
    let unspoken = |tag| Languages::of(&BTreeMap::new(), tag).value.unspoken(None);
    assert!(unspoken("sv").is_some());
    for tag in ["en", "de", "de-AT", "EN-gb", "fr"] {
        assert!(unspoken(tag).is_none(), "{tag}");
    }
}

#[test]
fn plurals_follow_the_language() {
    let counted = |language: &Language, count| {
        let mut out = String::new();
        language.counted(Word::EntrySources, count, &mut out);
        out
    };
    let [en, de, fr] = ["en", "de", "fr"].map(spoken);
    let table = [
        (0, "0 sources", "0 Quellen", "0 source"),
        (1, "1 source", "1 Quelle", "1 source"),
        (2, "2 sources", "2 Quellen", "2 sources"),
        (
            1_000_000,
            "1000000 sources",
            "1000000 Quellen",
            "1000000 sources",
        ),
    ];
    for (count, english, german, french) in table {
        assert_eq!(counted(&en, count), english);
        assert_eq!(counted(&de, count), german);
        assert_eq!(counted(&fr, count), french);
    }
    let polish = "[entry]\nsources = { one = \"{count} źródło\", few = \"{count} źródła\", many = \"{count} źródeł\", other = \"{count} źródła\" }";
    let polish = Languages::of(&own("pl", polish), "pl").value.spoken_at(0);
    let counts = [1, 3, 5, 22, 112].map(|count| counted(&polish, count));
    assert_eq!(
        counts,
        [
            "1 źródło",
            "3 źródła",
            "5 źródeł",
            "22 źródła",
            "112 źródeł"
        ]
    );
}

#[test]
fn english_dates_and_money_are_those_of_writers() {
    let english = Language::english();
    for text in [
        "2016",
        "2016-02",
        "2016-02-04",
        "2015-Q4",
        "about late 2015",
        "mid 2016-02",
        "early 2018",
        "2016-02-04/2016-02-05",
        "2016-02-04/2016-03-05",
        "2015-12-30/2016-01-02",
        "2016/2018",
        "2016-02/2016-05",
        "2014-02/..",
        "../2014",
        "about 2014/late 2015",
        "2016-02-04T20:36+06:00",
        "2016-02-05T02:00:07+06:00/2016-02-05T04:00:07-03:30",
        "2016-02-04T20:36Z/..",
    ] {
        let date = Date::from_text(text).expect("a date");
        assert_eq!(english.date(&date), date.to_string(), "{text}");
    }
    for text in [
        "0 USD",
        "about 12m USD",
        "80m to 81m USD",
        "94.42 crore INR",
        "up to 500k USD",
        "1.1bn USD",
        "1,234,567 EUR",
        "1,23,45,678 INR",
        "1234567.50 EUR",
        "9999 EUR",
        "3 lakh INR",
        "75 BTC",
        "80k to 1.5m USDT",
        "about 0.0125 BTC",
    ] {
        let money = Money::from_text(text).expect("money");
        assert_eq!(english.money(&money), money.to_string(), "{text}");
    }
}

#[test]
fn french_dates_are_idiomatic() {
    let french = spoken("fr");
    let date = |text: &str| {
        let date = french.date(&Date::from_text(text).expect("a date"));
        date.replace(['\u{a0}', '\u{202f}'], " ")
    };
    assert_eq!(date("2016-08-04/2016-08-05"), "4–5 août 2016");
    assert_eq!(date("mid 2016-02"), "mi-février 2016");
    assert_eq!(
        date("2016-02-04T20:36+06:00"),
        "4 février 2016 à 20 h 36 (UTC+6 ; 14 h 36 UTC)"
    );
}

#[test]
fn german_dates_and_money_are_idiomatic() {
    let german = spoken("de");
    let date = |text: &str| german.date(&Date::from_text(text).expect("a date"));
    assert_eq!(date("2016-02-04"), "4. Februar 2016");
    assert_eq!(date("2016-02-04/2016-02-05"), "4.–5. Februar 2016");
    assert_eq!(date("2016-02-04/2016-03-05"), "4. Februar – 5. März 2016");
    assert_eq!(date("about late 2015"), "etwa Ende 2015");
    assert_eq!(date("mid 2016-02"), "Mitte Februar 2016");
    assert_eq!(date("2015-Q4"), "4. Quartal 2015");
    assert_eq!(date("2014-02/.."), "seit Februar 2014");
    assert_eq!(
        date("2016-02-05T02:00+06:00"),
        "5. Februar 2016, 02:00\u{a0}Uhr (UTC+6; 4. Februar 2016, 20:00\u{a0}Uhr UTC)"
    );
    let money = |text: &str| {
        let money = german.money(&Money::from_text(text).expect("money"));
        money.replace('\u{a0}', " ")
    };
    assert_eq!(money("about 12.2m USD"), "etwa 12,2 Mio. USD");
    assert_eq!(money("80k to 1m USD"), "80 Tsd.–1 Mio. USD");
    assert_eq!(money("1234567.50 EUR"), "1.234.567,50 EUR");
    assert_eq!(money("about 1.5m USDT"), "etwa 1,5 Mio. USDT");
    assert_eq!(money("80k to 1m TRX"), "80 Tsd.–1 Mio. TRX");
}

#[test]
fn a_page_speaks_a_complete_language_and_else_that_of_the_dossier() {
    let languages = Languages::of(&BTreeMap::new(), "en").value;
    let skip = |tag| languages.of_page(tag).say(Word::SectionCited).to_owned();
    assert_eq!(skip("de"), "Was sich darauf stützt");
    assert_eq!(skip("de-CH"), "Was sich darauf stützt");
    assert_eq!(skip("fr"), "What rests on it");
    assert_eq!(skip("sv"), "What rests on it");
    let german = Languages::of(&BTreeMap::new(), "de").value;
    assert_eq!(
        german.of_page("sv").say(Word::SectionCited),
        "Was sich darauf stützt"
    );
    assert_eq!(
        german.of_page("en").say(Word::SectionCited),
        "What rests on it"
    );
}
