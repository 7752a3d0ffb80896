//! What is changed is read back, and all else stays to the byte.

use super::super::split::{Split, split};
use super::*;
use crate::text::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// The text with the edits in it.
fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.with);
    }
    text
}

fn file(text: &str) -> TextFile {
    TextFile::new("content/actors/x.md", text)
}

/// A front matter after changes.
#[track_caller]
fn after(front: &str, changes: &[Edit]) -> String {
    let fence = if front.contains(" = ") { "+++" } else { "---" };
    let text = format!("{fence}\n{front}{fence}\nText # here.\n");
    let edits = edits(&file(&text), Kind::Actor, changes).expect("it can be changed");
    let new = applied(&text, &edits);
    let again = super::edits(&file(&new), Kind::Actor, changes);
    assert_eq!(
        again,
        Some(Vec::new()),
        "a second time there is nothing to do:\n{new}"
    );
    let new = new.strip_prefix(&format!("{fence}\n")).unwrap();
    new.strip_suffix(&format!("{fence}\nText # here.\n"))
        .unwrap()
        .to_owned()
}

fn text(text: &str) -> Given {
    Given::from(text)
}

fn list(items: &[&str]) -> Given {
    Given::List(items.iter().map(|it| text(it)).collect())
}

fn map(entries: &[(&str, &str)]) -> Given {
    let entries = entries.iter();
    Given::Map(
        entries
            .map(|(key, it)| ((*key).to_owned(), text(it)))
            .collect(),
    )
}

fn set(key: &str, value: Given) -> [Edit; 1] {
    [Edit::Set(key.to_owned(), value)]
}

#[test]
fn a_value_is_set_where_it_stands() {
    for (front, value, expected) in [
        ("# a\ntitle:   Old # b\n", "New", "# a\ntitle:   New # b\n"),
        ("title: 'Old' # b\n", "It's", "title: 'It''s' # b\n"),
        ("title: \"Old\"\n", "New", "title: \"New\"\n"),
        ("title: Old\n", "A: b", "title: \"A: b\"\n"),
        ("title: Old\n", "say: \"b\"", "title: 'say: \"b\"'\n"),
        ("title: Old\n", "say \"b\"", "title: say \"b\"\n"),
        ("title: Old\n", "2016", "title: \"2016\"\n"),
        ("title: Old\n", "No", "title: \"No\"\n"),
        ("title: Old\n", "a\nb", "title: \"a\\nb\"\n"),
        (
            "title: Old\n  more # b\n# c\ntags: [a]\n",
            "New",
            "# b\ntitle: New\n# c\ntags: [a]\n",
        ),
        (
            "title: |\n  Old # text\n\n# c\ntags: [a]\n",
            "New",
            "title: New\n\n# c\ntags: [a]\n",
        ),
        (
            "title: # b\n# c\ntags: [a]\n",
            "New",
            "title: New # b\n# c\ntags: [a]\n",
        ),
        ("title: # b\n", "New", "title: New # b\n"),
        ("title:\n", "New", "title: New\n"),
        (
            "'title': [a, # b\n  c] # d\n",
            "New",
            "# d\n'title': New # b\n",
        ),
        ("title = \"Old\" # b\n", "New", "title = \"New\" # b\n"),
        ("title = 'Old'\n", "It's", "title = \"It's\"\n"),
        (
            "title = \"\"\"Old\n# a\n\"\"\" # b\n",
            "New",
            "# b\ntitle = \"New\"\n",
        ),
    ] {
        assert_eq!(
            after(front, &set("title", text(value))),
            expected,
            "{front}"
        );
    }
}

#[test]
fn a_key_is_put_where_the_table_orders_it() {
    for (front, key, value, expected) in [
        ("", "title", text("A"), "title: A\n"),
        ("# a\n", "title", text("A"), "title: A\n# a\n"),
        ("tags: [a]\n", "title", text("A"), "title: A\ntags: [a]\n"),
        (
            "title: A # a\n# b\ntlp: red\nuses: [b]\n",
            "summary",
            text("B."),
            "title: A # a\nsummary: B.\n# b\ntlp: red\nuses: [b]\n",
        ),
        (
            "title: A\naliases:\n  - B # b\n\n# c\nuses: [d]\n",
            "tags",
            list(&["e", "f"]),
            "title: A\naliases:\n  - B # b\ntags: [e, f]\n\n# c\nuses: [d]\n",
        ),
        (
            "title: A\n",
            "aliases",
            Given::List(vec![map(&[("name", "B, c"), ("by", "d")])]),
            "title: A\naliases:\n  - { name: \"B, c\", by: d }\n",
        ),
        (
            "title: A\nuses: [b]\n",
            "external_ids",
            map(&[("attack", "G0082")]),
            "title: A\nexternal_ids: { attack: G0082 }\nuses: [b]\n",
        ),
        (
            "title: A\n",
            "draft",
            text("true"),
            "title: A\ndraft: true\n",
        ),
        (
            "title: A\n",
            "first_seen",
            text("2014"),
            "title: A\nfirst_seen: 2014\n",
        ),
        (
            "title = \"A\"\n[facts]\na = \"b\"\n",
            "tags",
            list(&["e"]),
            "title = \"A\"\ntags = [\"e\"]\n[facts]\na = \"b\"\n",
        ),
        (
            "[facts]\na = \"b\"\n",
            "uses",
            list(&["e"]),
            "uses = [\"e\"]\n[facts]\na = \"b\"\n",
        ),
        (
            "title = \"A\"\n",
            "draft",
            text("true"),
            "title = \"A\"\ndraft = true\n",
        ),
        (
            "title = \"A\"\n",
            "first_seen",
            text("2014-02"),
            "title = \"A\"\nfirst_seen = \"2014-02\"\n",
        ),
    ] {
        assert_eq!(after(front, &set(key, value)), expected, "{front}");
    }
}

#[test]
fn an_item_comes_to_a_list_or_goes() {
    let append = |item| vec![Edit::Append("aliases".to_owned(), item)];
    for (front, expected) in [
        ("title: A\n", "title: A\naliases: [X]\n"),
        ("aliases: B # c\n", "aliases: [B, X] # c\n"),
        ("aliases: [B, 'C'] # c\n", "aliases: [B, 'C', X] # c\n"),
        ("aliases: [B, ]\n", "aliases: [B, X, ]\n"),
        ("aliases: []\n", "aliases: [X]\n"),
        (
            "aliases: # a\n  - B\n  - 'C' # c\n# d\n\ntags: [e]\n",
            "aliases: # a\n  - B\n  - 'C' # c\n  - X\n# d\n\ntags: [e]\n",
        ),
        (
            "aliases:\n- B\n- name: C\n  by: D\n",
            "aliases:\n- B\n- name: C\n  by: D\n- X\n",
        ),
        ("aliases:\n-\n  name: C\n", "aliases:\n-\n  name: C\n- X\n"),
        (
            "aliases: [\n  B, # b\n  C # c\n]\n",
            "aliases: [\n  B, # b\n  C, # c\n  X\n]\n",
        ),
        (
            "aliases:\n  name: C # c\n  by: D\n",
            "# c\naliases:\n  - { name: C, by: D }\n  - X\n",
        ),
        (
            "aliases: { name: C }\n",
            "aliases:\n  - { name: C }\n  - X\n",
        ),
        ("aliases = [\"B\"]\n", "aliases = [\"B\", \"X\"]\n"),
        (
            "aliases = [\n  \"B\", # b\n]\n",
            "aliases = [\n  \"B\", # b\n  \"X\",\n]\n",
        ),
    ] {
        assert_eq!(after(front, &append(text("X"))), expected, "{front}");
    }
    let drop = |front: &str, at| {
        let text = format!("---\n{front}---\n");
        let changes = [Edit::Drop("aliases".to_owned(), at)];
        let edits = edits(&file(&text), Kind::Actor, &changes).unwrap();
        applied(&text, &edits).replace("---\n", "")
    };
    for (front, at, expected) in [
        ("aliases: [B, C, 'D'] # c\n", 1, "aliases: [B, 'D'] # c\n"),
        ("aliases: [B, C]\n", 0, "aliases: [C]\n"),
        ("aliases: [B]\ntags: [a]\n", 0, "tags: [a]\n"),
        ("aliases: [B]\n", 7, "aliases: [B]\n"),
        (
            "aliases:\n  - B\n  - C # c\n  # d\n  - D\n",
            1,
            "aliases:\n  - B\n  # c\n  # d\n  - D\n",
        ),
        (
            "aliases:\n  - B\n  - name: C\n    by: D\n",
            1,
            "aliases:\n  - B\n",
        ),
        (
            "aliases: [\n  B, # b\n  C # c\n]\n",
            1,
            "aliases: [\n  B, # b\n  # c\n]\n",
        ),
    ] {
        assert_eq!(drop(front, at), expected, "{front}");
    }
}

#[test]
fn a_key_goes_or_has_another_name_and_comments_stay() {
    let remove = [Edit::Remove("tags".to_owned())];
    for (front, expected) in [
        (
            "title: A\n# a\ntags: [b] # c\n# d\nuses: [e]\n",
            "title: A\n# a\n# c\n# d\nuses: [e]\n",
        ),
        (
            "title: A\ntags:\n  # a\n  - b\n\nuses: [e]\n",
            "title: A\n# a\n\nuses: [e]\n",
        ),
        (
            "title = \"A\"\ntags = [\n\"b\", # c\n]\n",
            "title = \"A\"\n# c\n",
        ),
    ] {
        assert_eq!(after(front, &remove), expected, "{front}");
    }
    let rename = [Edit::Rename("titel".to_owned(), "title".to_owned())];
    assert_eq!(after("titel : A # a\n", &rename), "title : A # a\n");
    assert_eq!(after("\"titel\" = \"A\"\n", &rename), "title = \"A\"\n");
}

#[test]
fn what_cannot_be_changed_by_itself_is_left() {
    for front in [
        "title: &a A\nsummary: *a\n",
        "{ title: A }\n",
        "title: A\ntitle: B\n",
        "title: A: B\n",
        "- title\n",
    ] {
        let text = format!("---\n{front}---\n");
        let set = set("title", Given::from("X"));
        assert_eq!(edits(&file(&text), Kind::Actor, &set), None, "{front}");
    }
    let rename = [Edit::Rename("titel".to_owned(), "title".to_owned())];
    let text = file("---\ntitel: A\ntitle: B\n---\n");
    assert_eq!(edits(&text, Kind::Actor, &rename), None);
    assert_eq!(
        edits(
            &file("Text.\n"),
            Kind::Actor,
            &set("title", Given::from("X"))
        ),
        None
    );
}

#[test]
fn edits_touch_only_the_lines_concerned() {
    let text = file("\u{feff}---\r\ntitle: A # a\r\ntags: [b]\r\n---\r\nText.\r\n");
    let changes = [
        Edit::Append("tags".to_owned(), "c".into()),
        Edit::Set("summary".to_owned(), "S.".into()),
        Edit::Set("aliases".to_owned(), list(&["B"])),
    ];
    let edits = edits(&text, Kind::Actor, &changes).unwrap();
    let told: Vec<(Span, &str)> = edits.iter().map(|it| (it.span, &*it.with)).collect();
    assert_eq!(
        told,
        [
            (Span::new(22, 22), "summary: S.\r\naliases: [B]\r\n"),
            (Span::new(30, 30), ", c")
        ]
    );
}

#[test]
fn a_whole_front_matter_is_written_in_the_order_of_the_table() {
    let values = [
        ("uses", list(&["hoplight"])),
        ("first_seen", map(&[("value", "2014"), ("note", "2016")])),
        (
            "aliases",
            Given::List(vec![text("B"), map(&[("name", "No")])]),
        ),
        ("title", text("A: b")),
    ];
    let values = values.map(|(key, value)| (key.to_owned(), value)).to_vec();
    assert_eq!(
        whole(Kind::Actor, values),
        "---\ntitle: \"A: b\"\naliases:\n  - B\n  - { name: \"No\" }\nfirst_seen: { value: 2014, note: \"2016\" }\nuses: [hoplight]\n---\n"
    );
}

/// Values as writers write them in YAML and TOML; `#` is where a comment may stand.
const YAML: &[&str] = &[
    " APT38#",
    "   a b #",
    " 'it''s # no' #",
    " \"a\\nb # no\"#",
    " |\n  Some # no\n\n  # no\n",
    " |- #\n    Some # no\n",
    " >-\n  Some\n  # no\n\n",
    "\n  below #",
    " é\n  北 #",
    " [é, 北] #",
    "\n  - é\n  - 'ü' #\n",
    " more\n  lines #",
    " a\u{2}b #",
    "#",
    " ~ #",
    " 2016-02-04 #",
    " [] #",
    " [a, 'b', \"c\"] #",
    " [a, { name: b, by: c }, ] #",
    " [ #\n  a, #\n  b #\n  ] #",
    " [a,\n  b, #\n  c]\n",
    " #\n  - a #\n  #\n  - { name: b, by: c }#\n  - name: d #\n    by: e\n",
    "\n- a\n-   'b' #\n#\n- c\n",
    "\n  -\n    name: a #\n  - b\n",
    " { value: 5, sources: [a] } #",
    " #\n  value: 5 #\n  sources:\n    - a #\n    - b\n",
    "\n  attempted: 5\n  actual: #",
];

const TOML: &[&str] = &[
    " = \"APT38\" #",
    "= 'it # no'#",
    " = \"\"\"\nSome # no\n\"\"\" #",
    " = 2016-02-04#",
    " = true #",
    " = [] #",
    " = [\"a\", 'b'] #",
    " = [ #\n  \"a\", #\n  #\n  \"b\", #\n] #",
    " = [\n  \"a\", #\n  { name = \"b\" } #\n] #",
    " = { value = 5, sources = [\"a\"] } #",
];

/// A front matter: each key with its lines, after each perhaps an empty line or a comment of its own.
#[derive(Debug, Clone)]
struct Made {
    format: Format,
    eol: &'static str,
    keys: Vec<(&'static str, String, String)>,
}

const GAPS: [&str; 5] = ["", "", "\n", "#\n", "\n#\n#\n\n"];

fn made() -> impl Strategy<Value = Made> {
    let keys: Vec<&str> = keys::of_kind(Kind::Actor)
        .chain(["other", "an-other"])
        .collect();
    let format = select(vec![Format::Yaml, Format::Toml]);
    let chosen = subsequence(keys, 0..8).prop_shuffle();
    let looks = vec((any::<Index>(), any::<bool>(), select(&GAPS[..])), 8);
    (format, select(vec!["\n", "\r\n"]), chosen, looks).prop_map(|(format, eol, chosen, looks)| {
        let mut comments = 0;
        let values = if format == Format::Yaml { YAML } else { TOML };
        let mut written = |text: &str, commented: bool| {
            let mut lines = String::new();
            for piece in text.replace("# no", "\u{1}").split_inclusive('#') {
                lines.push_str(piece.trim_end_matches('#'));
                if piece.ends_with('#') && commented {
                    comments += 1;
                    lines.push_str(&format!(" # c{comments}."));
                }
            }
            lines
                .replace('\u{1}', "# no")
                .replace('\u{2}', "#")
                .replace('\n', eol)
        };
        let keys = chosen
            .into_iter()
            .zip(looks)
            .map(|(key, (look, commented, gap))| {
                let sign = if format == Format::Yaml { ":" } else { "" };
                let end = if look.get(values).ends_with('\n') {
                    ""
                } else {
                    "\n"
                };
                let lines = written(&format!("{key}{sign}{}{end}", look.get(values)), commented);
                (key, lines, written(gap, commented))
            });
        Made {
            format,
            eol,
            keys: keys.collect(),
        }
    })
}

impl Made {
    fn text(&self) -> String {
        let (fence, eol) = (self.format.fence(), self.eol);
        let keys = self
            .keys
            .iter()
            .map(|(_, lines, gap)| format!("{lines}{gap}"));
        let keys: String = keys.collect();
        format!("{fence}{eol}{keys}{fence}{eol}Text # here.{eol}")
    }
}

fn any_text() -> impl Strategy<Value = String> {
    const SIGNS: [&str; 32] = [
        "a", "B", "é", "北", " ", "  ", ": ", ":", " #", "#", "- ", "-", ", ", "[", "]", "{", "}",
        "'", "\"", "\\", "|", ">", "&", "*", "!", "%", "@", "`", "~", "\n", "\t", "1",
    ];
    prop_oneof![
        3 => vec(select(&SIGNS[..]), 0..6).prop_map(|signs| signs.concat()),
        1 => any::<String>(),
        1 => select(vec!["true", "No", "~", "null", "2016", "0x1F", "...", "---", "=", "<<", "\u{feff}", "\u{85}a", "\u{2028}", "\0", "\r", "\u{7f}", "a -"]).prop_map(str::to_owned),
    ]
}

fn any_given() -> impl Strategy<Value = Given> {
    let single = || any_text().prop_map(Given::Text);
    let entry = || {
        (
            select(vec!["name", "by", "value", "no", "é: ", "1"]),
            single(),
        )
    };
    let map = move || {
        let entries = vec(entry(), 1..4);
        entries.prop_map(|mut entries| {
            entries.sort_by_key(|(key, _)| *key);
            entries.dedup_by_key(|(key, _)| *key);
            Given::Map(
                entries
                    .into_iter()
                    .map(|(key, it)| (key.to_owned(), it))
                    .collect(),
            )
        })
    };
    let item = prop_oneof![3 => single(), 1 => map()];
    prop_oneof![3 => single(), 1 => map(), 2 => vec(item, 0..4).prop_map(Given::List)]
}

/// What a front matter holds, by key.
fn held(text: &str) -> Vec<(String, Given)> {
    let Split::Found { format, front, .. } = split(text) else {
        panic!("no front matter: {text:?}");
    };
    let mut problems = Vec::new();
    let path = "x.md".into();
    let tree = match format {
        Format::Yaml => crate::parse::front::yaml::read(&path, text, front, &mut problems),
        Format::Toml => crate::parse::front::toml::read(&path, text, &front, &mut problems),
    };
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    match Given::of(&tree.unwrap()) {
        Given::Map(entries) => entries,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_long_is_changed_soon() {
    let begun = std::time::Instant::now();
    let items: Vec<String> = (0..9000).map(|at| format!("n{at}")).collect();
    let comments = "# c\n".repeat(30_000);
    let lines = items
        .iter()
        .map(|it| format!("  - {it}\n"))
        .collect::<String>();
    let front = format!("---\ntitle: A\ndate:\n{comments}aliases:\n{lines}---\n");
    let few = items.iter().map(|it| text(it)).step_by(2).collect();
    for edit in [
        Edit::Set("date".to_owned(), "2016".into()),
        Edit::Set("aliases".to_owned(), Given::List(few)),
        Edit::Append("aliases".to_owned(), "x".into()),
        Edit::Remove("aliases".to_owned()),
    ] {
        assert!(edits(&file(&front), Kind::Actor, &[edit]).is_some());
    }
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn whatever_stands_there_no_edit_panics(front in vec(select(YAML), 0..6), any in any_text(), key in any_text()) {
        for fence in ["---", "+++"] {
            let text = format!("{fence}\ntitle{}{any}\n{key}: x\n{fence}\n", front.concat());
            for edit in [
                Edit::Set("title".to_owned(), text.as_str().into()),
                Edit::Append(key.clone(), "x".into()),
                Edit::Drop("title".to_owned(), 1),
                Edit::Remove(key.clone()),
                Edit::Rename("title".to_owned(), key.clone()),
            ] {
                let edits = edits(&file(&text), Kind::Actor, &[edit]);
                if let Some(edits) = edits {
                    applied(&text, &edits);
                }
            }
        }
    }
}

/// The texts in a value, in whatever quotes.
fn bare(given: &Given) -> Given {
    match given {
        Given::Text(text) | Given::Bare(text) => Given::Text(text.clone()),
        Given::List(items) => Given::List(items.iter().map(bare).collect()),
        Given::Map(entries) => {
            let entries = entries.iter();
            Given::Map(entries.map(|(key, it)| (key.clone(), bare(it))).collect())
        }
    }
}

fn comments(text: &str) -> Vec<&str> {
    let mut all: Vec<&str> = text
        .split("# c")
        .skip(1)
        .map(|it| it.split('.').next().unwrap())
        .collect();
    all.sort_unstable();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_set_is_read_and_all_else_stays(
        made in made(), key in select(keys::of_kind(Kind::Actor).chain(["other"]).collect::<Vec<_>>()),
        given in any_given(), way in 0..5usize, at in 0..4usize,
    ) {
        let text = made.text();
        let before = held(&text);
        let old = before.iter().find(|(own, _)| own == key).map(|(_, old)| old.clone());
        let each = match &old {
            Some(Given::List(items)) => items.clone(),
            Some(Given::Bare(text)) if text.trim().is_empty() || text == "~" => Vec::new(),
            Some(other) => vec![other.clone()],
            None => Vec::new(),
        };
        let name = key.to_owned();
        let (edit, wanted) = match way {
            0 | 1 => (Edit::Set(name, given.clone()), Some(given)),
            2 => {
                let known = each.iter().any(|item| bare(item) == bare(&given));
                let items = each.iter().cloned().chain((!known).then_some(given.clone()));
                let wanted = if known { old.clone() } else { Some(Given::List(items.collect())) };
                (Edit::Append(name, given), wanted)
            }
            3 => {
                let mut left = each.clone();
                if at < left.len() {
                    left.remove(at);
                }
                let wanted = if left.len() == each.len() { old.clone() } else { Some(Given::List(left)) };
                (Edit::Drop(name, at), wanted.filter(|it| *it != Given::List(Vec::new()) || each.is_empty()))
            }
            _ => (Edit::Remove(name), None),
        };
        let edits = |text: &str| super::edits(&file(text), Kind::Actor, std::slice::from_ref(&edit));
        let Some(made_edits) = edits(&text) else {
            panic!("{edit:?} cannot be made in\n{text}");
        };
        let new = applied(&text, &made_edits);
        let after = held(&new);
        let is = after.iter().find(|(own, _)| own == key).map(|(_, it)| bare(it));
        prop_assert_eq!(is, wanted.as_ref().map(bare), "\n{}", new);
        let others = |all: &[(String, Given)]| {
            all.iter().filter(|(own, _)| own != key).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&after), others(&before), "\n{}", new);
        prop_assert_eq!(comments(&new), comments(&text), "\n{}", new);
        for (_, lines, _) in made.keys.iter().filter(|(own, ..)| *own != key) {
            let lines = lines.trim_end();
            prop_assert!(new.contains(lines), "{lines:?} is not in\n{new}");
        }
        let end = text.rfind(made.format.fence()).unwrap();
        prop_assert!(new.ends_with(&text[end..]));
        prop_assert!(made.eol == "\n" || !new.replace("\r\n", "").contains(['\n', '\r']), "{new:?}");
        if way != 3 {
            prop_assert_eq!(edits(&new), Some(Vec::new()), "\n{}", new);
        }
    }
}
