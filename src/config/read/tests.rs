//! What `dossier.toml` may say, and how each mistake is reported.

use super::*;

const REQUIRED: &str = "title = 'T'\nbase_url = 'https://example.org/x'\ndefault_tlp = 'clear'\n";

/// The configuration and the problems as `line:column code message / help`.
fn read_text(text: &str) -> (Config, Vec<String>) {
    let file = TextFile::new("dossier.toml", text);
    let mut outcome = read(Some(&file));
    crate::diag::sort(&mut outcome.problems);
    let shown = outcome.problems.iter().map(|problem| {
        let at = problem.place.span.map_or("-".to_owned(), |span| {
            let (line, column) = crate::text::line_column(text, span.start);
            format!("{line}:{column} {}", span.of(text))
        });
        let help = problem.help.as_deref().unwrap_or("");
        format!("{at} {} {} / {help}", problem.code.name(), problem.message)
    });
    let shown = shown.collect();
    (outcome.value, shown)
}

/// The problems of `text` after the required keys.
fn problems_of(text: &str) -> Vec<String> {
    read_text(&format!("{REQUIRED}{text}")).1
}

#[test]
fn a_full_file_is_read_in_its_own_order() {
    let (config, problems) = read_text(
        "\u{feff}title = 'APT38'\r\nbase_url = 'http://example.org'\ndefault_tlp = 'TLP:AMBER'\n\
         language = 'pt-BR'\nauthors = ['A', 'B']\ndescription = 'd'\ndefault_audience = 'green'\n\
         links = 'file'\ntrust_html = true\n\
         [navigation]\nSources = 'sources/'\nActors = 'actors'\nTags = '/tags/'\nHome = '/'\n\
         ATT = 'https://attack.mitre.org/'\n\
         [severity]\nunsourced-claim = 'error'\nmissing-anchor = 'off'\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.base_url, "http://example.org/");
    assert_eq!(config.default_tlp, Tlp::Amber);
    assert_eq!(config.authors, ["A", "B"]);
    assert_eq!(config.links, LinkStyle::File);
    let labels: Vec<_> = config.navigation.iter().map(|item| &*item.label).collect();
    assert_eq!(labels, ["Sources", "Actors", "Tags", "Home", "ATT"]);
    assert_eq!(config.navigation[0].to, NavTarget::Index(Kind::Source));
    assert_eq!(config.navigation[2].to, NavTarget::Path("tags/".to_owned()));
    assert_eq!(config.navigation[3].to, NavTarget::Path(String::new()));
    assert_eq!(
        config.severity.get(&Code::UnsourcedClaim),
        Some(&Some(Severity::Error))
    );
    assert_eq!(config.severity.get(&Code::MissingAnchor), Some(&None));
}

#[test]
fn what_is_required_is_missed_unless_the_file_is_broken() {
    assert_eq!(read_text("").1.len(), 3);
    let (config, problems) = read_text("title = = 'x'\nlanguage = 'de'\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("1:9 = config-syntax"),
        "{problems:?}"
    );
    assert_eq!(config.language, "de", "what could be read was read");
    assert_eq!(config.default_tlp, Tlp::Red, "unread is closed");
}

#[test]
fn no_file_is_one_problem_with_a_way_out() {
    let outcome = read(None);
    assert_eq!(outcome.problems.len(), 1);
    assert!(
        outcome.problems[0]
            .help
            .as_ref()
            .is_some_and(|help| help.contains("dossier init"))
    );
}

#[test]
fn unknown_keys_are_errors_with_a_suggestion() {
    assert_eq!(
        problems_of("langage = 'en'\n"),
        [
            "4:1 langage config-unknown-key `dossier.toml` has no key `langage` / did you mean `language`?"
        ]
    );
    assert_eq!(
        problems_of("[severity]\nunsourced-claims = 'off'\n"),
        [
            "5:1 unsourced-claims config-unknown-key there is no diagnostic `unsourced-claims` / \
          did you mean `unsourced-claim`?"
        ]
    );
}

#[test]
fn every_bad_value_is_reported_at_its_place() {
    let (_, problems) = read_text(
        "title = 3\nbase_url = 'example.org'\ndefault_tlp = 'white'\nlinks = 'files'\n\
         trust_html = 'yes'\nlanguage = 'english'\n",
    );
    let starts = [
        "1:9 3 config-value expected text, found a number / text stands in quotation marks",
        "2:12 'example.org' config-value the base URL cannot be used",
        "3:15 'white' config-value `white` is no TLP marking / one of `clear`",
        "4:9 'files' config-value `files` is no way to write links / did you mean `file`?",
        "5:14 'yes' config-value expected `true` or `false`, found text / ",
        "6:12 'english' config-value `english` is no language tag",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem}\n{start}");
    }
}

#[test]
fn what_guards_markings_cannot_be_turned_off() {
    for code in FIXED {
        let name = code.name();
        assert_eq!(
            problems_of(&format!("[severity]\n{name} = 'off'\n")).len(),
            1
        );
        assert_eq!(
            problems_of(&format!("[severity]\n{name} = 'warning'\n")).len(),
            1
        );
        assert_eq!(
            problems_of(&format!("[severity]\n{name} = 'error'\n")).len(),
            0
        );
    }
}

#[test]
fn navigation_leads_within_the_site_or_to_http() {
    for bad in [
        "javascript:alert(1)",
        "../x",
        "//evil.example/",
        "a b",
        "",
        "C:\\x",
        "https://known.example@evil.example/",
        "https:/a.example",
        "HTTPS:a.example",
        "https://a..example/",
        "mailto:me@a.example",
    ] {
        let problems = problems_of(&format!("[navigation]\nX = '{bad}'\n"));
        assert_eq!(problems.len(), 1, "{bad}: {problems:?}");
    }
    assert!(problems_of("[navigation]\nX = 'actor s'\n")[0].contains("did you mean `actors`?"));
}

#[test]
fn trusted_attachments_are_paths_below_content() {
    let (config, problems) = read_text(&format!(
        "{REQUIRED}[attachments]\ntrust = ['notes/a.html', 'figures/']\n"
    ));
    assert_eq!(problems, Vec::<String>::new());
    assert!(config.trusted_files.name("notes/a.html").is_some());
    assert!(config.trusted_files.name("figures/x/y.svg").is_some());
    assert!(config.trusted_files.name("notes/b.html").is_none());
    for bad in [
        "",
        "/",
        "./",
        "/notes/a.html",
        "../a.html",
        "notes/../a.html",
        "notes//a.html",
        "*.html",
        "notes\\\\a.html",
        "content/notes/a.html",
        " notes/a.html",
        "./notes/a.html",
    ] {
        let problems = problems_of(&format!("[attachments]\ntrust = [\"{bad}\"]\n"));
        assert_eq!(problems.len(), 1, "{bad}: {problems:?}");
        assert!(problems[0].contains(" config-value "), "{problems:?}");
    }
    assert!(problems_of("[attachments]\ntrust_html = true\n")[0].contains("its key is `trust`"));
    assert!(problems_of("[attachments]\ntrust = true\n")[0].contains("expected a list of text"));
    assert!(problems_of("attachments = 'x'\n")[0].contains("expected a table"));
}

#[test]
fn base_urls_are_made_absolute_and_closed() {
    assert_eq!(
        base_url("https://e.org/a").as_deref(),
        Ok("https://e.org/a/")
    );
    assert_eq!(
        base_url("http://localhost:4000").as_deref(),
        Ok("http://localhost:4000/")
    );
    for bad in [
        "",
        "e.org",
        "ftp://e.org",
        "https://",
        "https:///x",
        "https://e.org/?q",
        "https://e.org/a/../b",
        "https://e.org/a b",
        "https://u@e.org/",
        "https://e..org/",
        "https://e.org:x/",
        "https://%65.org/",
        "https://2130706433/",
        "https://e\u{200B}.org/",
        "//e.org",
    ] {
        assert!(base_url(bad).is_err(), "{bad}");
    }
}

#[test]
fn the_editor_is_a_command_with_the_place_of_a_file() {
    let (config, problems) = read_text(&format!(
        "{REQUIRED}[serve]\neditor = 'code --goto \"{{file}}\":{{line}}'\n"
    ));
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.editor.unwrap(), ["code", "--goto", "{file}:{line}"]);
    assert_eq!(read_text(REQUIRED).0.editor, None);
    let table = [
        ("''", "the command is empty"),
        ("'code'", "the command has no `{file}`"),
        (
            "'code {file} {row}'",
            "in `{row}` only `{file}`, `{line}`, `{column}` can be filled in",
        ),
        ("'{file}'", "the command does not begin with a program"),
        (
            "'code \"{file}'",
            "a quotation mark in the command is not closed",
        ),
        ("true", "expected text, found `true` or `false`"),
    ];
    for (value, expected) in table {
        let problems = problems_of(&format!("[serve]\neditor = {value}\n"));
        assert_eq!(problems.len(), 1, "{value}: {problems:?}");
        assert!(problems[0].contains(" config-value "), "{problems:?}");
        assert!(problems[0].contains(expected), "{problems:?}");
    }
    let problems = problems_of("[serve]\neditr = 'x'\n");
    assert!(
        problems[0].contains("`[serve]` has no key `editr` / did you mean `editor`?"),
        "{problems:?}"
    );
    assert!(problems_of("serve = 4000\n")[0].contains("expected a table"));
}

#[test]
fn a_problem_about_withholding_is_raised_but_never_lowered() {
    let path: std::sync::Arc<str> = "content/notes/n.md".into();
    let problem = || Diagnostic::at(Code::UnknownKey, &path, Span::new(0, 1), "a key");
    let weighed = |setting: &str| {
        let (config, problems) = read_text(&format!("{REQUIRED}[severity]\n{setting}\n"));
        assert_eq!(problems, Vec::<String>::new(), "{setting}");
        let mut both = vec![problem(), problem().firm()];
        config.weigh(&mut both, false);
        both.into_iter()
            .map(|problem| (problem.firm, problem.severity))
            .collect::<Vec<_>>()
    };
    use Severity::{Error, Warning};
    assert_eq!(weighed("unknown-key = 'off'"), [(true, Error)]);
    assert_eq!(
        weighed("unknown-key = 'warning'"),
        [(false, Warning), (true, Error)]
    );
    assert_eq!(
        weighed("unknown-key = 'error'"),
        [(false, Error), (true, Error)]
    );
}

#[test]
fn a_marking_of_the_dossier_is_its_default() {
    assert_eq!(
        problems_of("TLP = 'amber'\n"),
        [
            "4:1 TLP config-unknown-key `dossier.toml` has no key `TLP` / did you mean `default_tlp`, which stands here already?"
        ]
    );
}

#[test]
fn punctuation_is_set_only_where_that_is_asked_for() {
    let read = |text: &str| read_text(&format!("{REQUIRED}{text}"));
    assert!(!read("").0.smart_punctuation);
    let (config, problems) = read("[text]\nsmart_punctuation = true\n");
    assert_eq!(problems, Vec::<String>::new());
    assert!(config.smart_punctuation);
    let (config, problems) = read("[text]\nsmart_punctation = true\n");
    assert!(!config.smart_punctuation);
    assert_eq!(
        problems,
        [
            "5:1 smart_punctation config-unknown-key `[text]` has no key `smart_punctation` / did you mean `smart_punctuation`?"
        ]
    );
}

#[test]
fn the_output_is_swapped_only_where_that_is_asked_for() {
    let read = |text: &str| read_text(&format!("{REQUIRED}{text}"));
    assert!(!read("").0.swap);
    assert!(!read("[output]\n").0.swap);
    let (config, problems) = read("[output]\nswap = true\n");
    assert_eq!(problems, Vec::<String>::new());
    assert!(config.swap);
    assert!(!read("[output]\nswap = false\n").0.swap);
    for (text, expected) in [
        (
            "[output]\nswapp = true\n",
            "`[output]` has no key `swapp` / did you mean `swap`?",
        ),
        (
            "[output]\nfolder = 'x'\n",
            "`[output]` has no key `folder` / its key is `swap`",
        ),
        (
            "[output]\nswap = 'true'\n",
            "expected `true` or `false`, found text",
        ),
        (
            "[output]\nswap = 1\n",
            "expected `true` or `false`, found a number",
        ),
        (
            "output = true\n",
            "expected a table, found `true` or `false`",
        ),
        ("swap = true\n", "`dossier.toml` has no key `swap`"),
        (
            "[outputs]\nswap = true\n",
            "has no key `outputs` / did you mean `output`?",
        ),
    ] {
        let (config, problems) = read(text);
        assert!(!config.swap, "{text}");
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert!(problems[0].contains(expected), "{text}: {problems:?}");
    }
}

#[test]
fn tactics_come_from_a_version_and_from_matrices_of_ones_own() {
    let of = |text: &str| read_text(&format!("{REQUIRED}[attack]\n{text}")).0.attack;
    assert_eq!(of("").version, "18");
    for text in ["version = 19", "version = '19'", "version = '19.1'"] {
        assert_eq!(of(text).name("TA0112"), Some("Defense Impairment"));
        assert_eq!(of(text).version, "19", "{text}");
    }
    let own = of("matrices = [{ name = 'Fraud', tactics = ['TA9001 Cash-out', 'Laundering'] }]");
    let names = own.matrices.iter().map(|it| it.name.as_str());
    let names: Vec<&str> = names.collect();
    assert_eq!(
        names,
        [
            "Fraud",
            "Enterprise ATT&CK",
            "Mobile ATT&CK",
            "ATT&CK for ICS"
        ]
    );
    assert_eq!(own.find("cash out", None), Some((0, 0)));
    assert_eq!(own.find("TA9001", None), Some((0, 0)));
    assert_eq!(own.find("laundering", None), Some((0, 1)));
    assert_eq!(
        problems_of(
            "[attack]\nversion = 7\nmatrices = [{ name = 'F' }, 3, { name = 'F', tactics = 1 }]\n"
        ),
        [
            "5:11 7 config-value the tactics of ATT&CK 7 are not known / known are `18`, `19`; name the tactics of another under `matrices`",
            "6:13 { name = 'F' } config-value a matrix has a `name` and `tactics`, in order / write `{ name = \"Fraud\", tactics = [\"Cash-out\"] }`",
            "6:29 3 config-value expected a table with `name` and `tactics`, found a number / ",
            "6:56 1 config-value expected a list of text, found a number / text stands in quotation marks",
        ]
    );
}

#[test]
fn rates_are_read_as_they_are_written() {
    let (config, problems) = read_text(&format!(
        "{REQUIRED}[money]\ninto = 'USD'\n[[money.rates]]\nof = 'EUR'\nis = 1.10\non = 2024-03-01\nsource = 'ecb'\n\
         [[money.rates]]\nof = 'BTC'\nis = '61000'\non = '2024-03-01'\nsource = 'exchange'\n"
    ));
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.money.into, "USD");
    let rates = config.money.rates.iter();
    let rates: Vec<_> = rates
        .map(|it| {
            (
                &*it.of,
                &*it.is.written,
                it.on.sort_day().to_string(),
                &*it.source,
            )
        })
        .collect();
    assert_eq!(
        rates,
        [
            ("EUR", "1.10", "2024-03-01".to_owned(), "ecb"),
            ("BTC", "61000", "2024-03-01".to_owned(), "exchange"),
        ]
    );
}
