//! Edits as writers make them, of every kind, drawn by a seed: for the tests that compare what is redone
//! after an edit with what is done from the start.

use super::{CONFIG, Project};
use dossier::load::FileInfo;
use dossier::text::TextFile;

/// A generator of numbers (SplitMix64): small, and the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll(from.len())]
    }

    /// Whether something of that many per cent happens.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }
}

const FOLDERS: &[&str] = &[
    "actors",
    "incidents",
    "sources",
    "organisations",
    "people",
    "places",
    "notes",
    "malware",
    "infrastructure",
    "campaigns",
    "pages",
];

/// What is in a file that is no text.
pub const STATIC: &[u8] = b"\x89PNG\0\0";

/// Few names for many files, so that edits meet each other.
const SLUGS: &[&str] = &["alpha", "beta", "gamma", "delta", "kappa"];

const TITLES: &[&str] = &[
    "Alpha",
    "Beta",
    "Heron",
    "Night Heron",
    "The Omega",
    "gamma",
    "Zeta Bank",
    "panel.example.org",
];

const ALIASES: &[&str] = &["Heron 7", "Blue Omega", "Lambda", "Zeta", "delta two"];

const TLPS: &[&str] = &["clear", "green", "amber", "red"];

/// A name as links and references may write it, right or wrong.
fn name(dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => format!("{}/{}", dice.pick(FOLDERS), dice.pick(SLUGS)),
        1 if dice.chance(50) => (*dice.pick(TITLES)).to_owned(),
        1 => (*dice.pick(ALIASES)).to_owned(),
        2 => "nobody".to_owned(),
        _ => (*dice.pick(SLUGS)).to_owned(),
    }
}

/// An address that may be an indicator; seldom one that is so only for few, which is an error.
fn address(dice: &mut Dice) -> &'static str {
    match dice.roll(40) {
        0 => "http://198.51.100.7/x",
        1..20 => "https://evil.example.net/x",
        _ => "https://example.net/x",
    }
}

fn source(dice: &mut Dice) -> &'static str {
    dice.pick(SLUGS)
}

/// Marks as they stand at the head of a text.
const MARKS: [&str; 2] = ["(TLP:AMBER) ", "【TLP:RED】"];

/// A mark at the head of a text, or none.
fn head(dice: &mut Dice) -> &'static str {
    dice.pick(&["", "", "", MARKS[0], MARKS[1]])
}

/// What is marked up at the end of a sentence, if anything is.
fn said(dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => format!(", as [[{}]] *was*", name(dice)),
        1 => format!(" [@{}, p. 2]", source(dice)),
        2 => format!(", *[[{}|so]]*", dice.pick(SLUGS)),
        _ => String::new(),
    }
}

/// A front matter of which one text is marked that was not, or the other way round.
fn remarked(dice: &mut Dice, front: &str) -> String {
    let texts = ["summary: ", "tags: [", "aliases: [{ name: "];
    let known: Vec<&str> = texts.into_iter().filter(|it| front.contains(it)).collect();
    if known.is_empty() {
        let (fence, rest) = front.split_at(4);
        return format!("{fence}summary: {}About it.\n{rest}", dice.pick(&MARKS));
    }
    let key = dice.pick(&known);
    let marked = MARKS.map(|mark| format!("{key}{mark}"));
    match marked.iter().find(|marked| front.contains(marked.as_str())) {
        Some(marked) => front.replacen(marked, key, 1),
        None => front.replacen(key, &format!("{key}{}", dice.pick(&MARKS)), 1),
    }
}

/// What a relation says in words of its own, where its verb takes some and it says any.
fn own_words(dice: &mut Dice, verb: &str) -> String {
    let key = match verb {
        "related_to" => "verb",
        "member_of" | "employed_by" => "role",
        _ => return String::new(),
    };
    if dice.chance(85) {
        return String::new();
    }
    format!(", {key}: '{}sold it{}'", head(dice), said(dice))
}

fn front_matter(dice: &mut Dice, folder: &str) -> String {
    let mut text = format!("title: {}\n", dice.pick(TITLES));
    if dice.roll(9) == 0 {
        text.push_str(&format!("rights: {}© somebody\n", head(dice)));
    }
    if folder == "sources" {
        text.push_str(match dice.roll(6) {
            0 => "publisher: alpha\n",
            3 => "publisher: alpha\ngrade: 2\n",
            4 => "publisher: beta\ngrade: 3\n",
            1 => "publisher: Somebody\n",
            2 => "publisher: Somebody\ngrade: C3\n",
            _ => "publisher: beta\ngrade: B2\n",
        });
        if dice.chance(20) {
            text.push_str("seen: reference\n");
        }
        if dice.chance(20) {
            text.push_str(&format!("derived_from: [{}]\n", source(dice)));
        }
        if dice.chance(15) {
            text.push_str(&format!("url: {}\n", address(dice)));
        }
        if dice.chance(10) {
            text.push_str("retracted: { date: 2020-01-01, reason: wrong }\n");
        }
    }
    if dice.chance(50) {
        let year = 2010 + dice.roll(8);
        let date = match dice.roll(3) {
            0 => format!("{year}-01-01T0{}:30+06:00", dice.roll(10)),
            1 => format!("{year}-12-31 2{}:00-03:00", dice.roll(4)),
            _ => year.to_string(),
        };
        text.push_str(&format!("date: {date}\n"));
    }
    if dice.chance(30) {
        text.push_str(&format!("tlp: {}\n", dice.pick(TLPS)));
    }
    if dice.chance(30) {
        let (alias, source, tlp) = (dice.pick(ALIASES), source(dice), dice.pick(TLPS));
        text.push_str(&format!(
            "aliases: [{{ name: {alias}, sources: [{source}], tlp: {tlp} }}]\n"
        ));
    }
    if dice.chance(30) {
        let (mark, tag) = (head(dice), dice.pick(&["swift", "banks", "Banks"]));
        text.push_str(&format!("tags: [{mark}{tag}]\n"));
    }
    if dice.chance(20) {
        let (mark, title) = (head(dice), dice.pick(TITLES));
        let more = said(dice);
        text.push_str(&format!("summary: {mark}About {title}{more}.\n"));
    }
    if dice.chance(10) {
        text.push_str("draft: true\n");
    }
    if dice.chance(15) {
        text.push_str(&format!(
            "lang: {}\n",
            dice.pick(&["de", "de-AT", "fr", "xx"])
        ));
    }
    if dice.chance(6) {
        text.push_str(&format!("publish: 2026-01-0{}\n", 1 + dice.roll(4)));
    }
    if dice.chance(8) {
        text.push_str("withdrawn: { date: 2020-01-01, reason: wrong }\n");
    }
    if dice.chance(10) {
        text.push_str(&format!(
            "redirect_from: [old/{folder}/{}/]\n",
            dice.pick(SLUGS)
        ));
    }
    if dice.chance(8) {
        text.push_str(&format!("id: {folder}-{}\n", dice.roll(20)));
    }
    if dice.chance(15) {
        text.push_str("updated: 2021-03-04\n");
    }
    if dice.chance(20) {
        let (year, tlp) = (2019 + dice.roll(4), dice.pick(TLPS));
        text.push_str(&format!(
            "changes: {{ date: {year}-05-06, what: 'Said anew{}', tlp: {tlp} }}\n",
            said(dice)
        ));
    }
    if folder == "notes" && dice.chance(50) {
        let (source, tlp, key) = (source(dice), dice.pick(TLPS), dice.chance(60));
        text.push_str(&format!(
            "judgements: [{{ text: 'So it was{}', confidence: likely, sources: [{source}], tlp: {tlp} }}]\nkey: {key}\n",
            said(dice)
        ));
    }
    if folder == "organisations" {
        let tlp = dice.pick(&["clear", "clear", "amber", "red"]);
        text.push_str(match dice.roll(4) {
            0 => "sector: [energy, water]\n",
            1 => "reliability: B\n",
            _ => "",
        });
        if !text.contains("reliability:") && dice.chance(50) {
            text.push_str(&format!("reliability: {{ value: C, tlp: {tlp} }}\n"));
        }
    }
    let relations: &[&str] = match folder {
        "actors" | "campaigns" => &["attributed_to", "uses", "targets", "related_to"],
        "incidents" => &[
            "attributed_to",
            "targets",
            "part_of",
            "related_to",
            "located_at",
        ],
        "people" => &["member_of", "employed_by", "uses", "related_to"],
        _ => &["related_to"],
    };
    for _ in 0..dice.roll(3) {
        let (verb, to, source) = (dice.pick(relations), dice.pick(SLUGS), source(dice));
        let tlp = dice.pick(&["clear", "clear", "amber"]);
        let folder = dice.pick(FOLDERS);
        if !text.contains(&format!("{verb}:")) {
            let own = own_words(dice, verb);
            text.push_str(&format!(
                "{verb}: [{{ entry: {folder}/{to}, sources: [{source}], confidence: likely, tlp: {tlp}{own} }}]\n"
            ));
        }
    }
    if folder == "incidents" && dice.chance(15) {
        let (one, other) = (dice.pick(SLUGS), dice.pick(SLUGS));
        let (amount, tlp) = (dice.roll(9) + 1, dice.pick(TLPS));
        text.push_str(&format!(
            "routed_through:\n  - {{ entry: organisations/{one}, amount: 9m USD, sources: [alpha] }}\n  \
             - {{ entry: places/{other}, amount: {amount}m USD, from: organisations/{one}, sources: [alpha], tlp: {tlp} }}\n"
        ));
    }
    if folder == "people" && dice.chance(50) {
        text.push_str("legal: [{ status: charged, date: 2018, by: alpha, sources: [alpha] }]\n");
    }
    if dice.chance(20) {
        let source = source(dice);
        text.push_str(&format!(
            "facts: {{ days_inside: [{{ value: 3, sources: [{source}], chosen: said }}, {{ value: 4, tlp: amber }}] }}\n"
        ));
    }
    text
}

fn body(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.roll(6) {
        text.push_str(&piece(dice));
        text.push('\n');
    }
    text
}

/// A body of which one paragraph came, went or is another: the headings and indicators stay.
fn reworded(dice: &mut Dice, body: &str) -> String {
    let loud = |piece: &str| piece.starts_with('#') || piece.contains("```ioc");
    let mut pieces: Vec<String> = body.split_inclusive("\n\n").map(str::to_owned).collect();
    let at = dice.roll(pieces.len() + 1);
    if dice.chance(60) && pieces.get(at).is_some_and(|piece| !loud(piece)) {
        pieces.remove(at);
    }
    if dice.chance(75) {
        let new = piece(dice);
        if !loud(&new) {
            pieces.insert(at.min(pieces.len()), new + "\n");
        }
    }
    pieces.concat()
}

/// What a fence draws: of the whole, of the page on which it stands, or of others; seldom of some of which it is not drawn.
fn drawing(dice: &mut Dice) -> String {
    let any = |dice: &mut Dice| format!("{}/{}", dice.pick(FOLDERS), dice.pick(SLUGS));
    let acting = |dice: &mut Dice| {
        let folder = dice.pick(&["actors", "campaigns", "incidents"]);
        format!("{folder}/{}", dice.pick(SLUGS))
    };
    let marked = dice.pick(&["", "", "", " tlp=amber"]);
    let fence = match dice.roll(9) {
        0 => format!("graph of={} depth={}", any(dice), 1 + dice.roll(3)),
        1 => format!("graph of={},{}", any(dice), any(dice)),
        2 => format!("names of={}", any(dice)),
        3 => format!("timeline of=actors/{}", dice.pick(SLUGS)),
        4 => format!("matrix of=actors/{}", dice.pick(SLUGS)),
        5 => format!("losses of={},{}", acting(dice), acting(dice)),
        6 => format!("map of={}", acting(dice)),
        7 => {
            let mut of: Vec<String> = (0..2 + dice.roll(2))
                .map(|_| format!("actors/{}", dice.pick(SLUGS)))
                .collect();
            of.dedup();
            format!("compare of={}", of.join(","))
        }
        _ => {
            let all = [
                "graph", "timeline", "matrix", "losses", "map", "names", "compare",
            ];
            dice.pick(&all).to_owned()
        }
    };
    fence + marked
}

fn piece(dice: &mut Dice) -> String {
    match dice.roll(23) {
        0 => format!("## About {}\n", dice.pick(TITLES)),
        1 => format!("## On [[{}]]\n", name(dice)),
        2 => format!("See [[{}]] and [[{}|that]].\n", name(dice), name(dice)),
        3 => format!("As [[{}#About {}]] says.\n", name(dice), dice.pick(TITLES)),
        4 => format!(
            "It was so [@{}], and thus [@{}, p. 3].\n",
            source(dice),
            source(dice)
        ),
        5 => format!(
            "(TLP:AMBER) Withheld [[{}]] [@{}].\n",
            name(dice),
            source(dice)
        ),
        6 => format!("## Marked {{tlp=amber}}\n\nOf [[{}]].\n", name(dice)),
        7 => "```ioc\nevil[.]example[.]net # seen [@alpha]\n198.51.100.7 # too (TLP:AMBER)\n```\n"
            .to_owned(),
        8 => format!("A [link]({}) out.\n", address(dice)),
        9 => format!("A [file](../incidents/{}.png).\n", dice.pick(SLUGS)),
        10 => format!(
            "To [it](../{}/{}.md).\n",
            dice.pick(FOLDERS),
            dice.pick(SLUGS)
        ),
        11 => format!("[[#{}]]\n", dice.pick(TITLES)),
        12 => format!("![[{}]]\n", name(dice)),
        13 => format!(
            "![[{}#About {}]]\n![[{}]]\n",
            dice.pick(SLUGS),
            dice.pick(TITLES),
            name(dice)
        ),
        14 => format!("> ![[{}#Marked]]\n", dice.pick(SLUGS)),
        15 => format!(
            "At [its former address](https://example.org/t/old/{}/{}/).\n",
            dice.pick(FOLDERS),
            dice.pick(SLUGS)
        ),
        17 => format!(
            "```list\n{}\n```\n",
            dice.pick(&[
                "words -cites:alpha",
                "actor:* or has:tags",
                "mentions:* tlp>=clear"
            ])
        ),
        18 => format!(
            "```csv chart=line source={} title=\"Of number {}\"\nYear, Sum\n2015, {}\n2016, 7\n```\n",
            source(dice),
            dice.roll(50),
            dice.roll(9)
        ),
        19 | 20 => format!("```{}\n```\n", drawing(dice)),
        16 => "Some words, <b>bold</b> and *less*.\n".to_owned(),
        _ => format!("{} words of number {}.\n", dice.pick(TITLES), dice.roll(50)),
    }
}

fn entry(dice: &mut Dice, folder: &str) -> String {
    let front = front_matter(dice, folder);
    format!("---\n{front}---\n{}", body(dice))
}

/// Where the body of a file begins.
fn split(text: &str) -> (&str, &str) {
    let end = text
        .get(4..)
        .and_then(|rest| rest.find("---\n"))
        .map_or(0, |at| at + 8);
    text.split_at(end)
}

fn put(project: &mut Project, path: String, text: String) {
    let entries = &mut project.inputs.entries;
    let file = TextFile::new(path, text);
    match entries.binary_search_by(|known| known.path.cmp(&file.path)) {
        Ok(at) => entries[at] = file,
        Err(at) => entries.insert(at, file),
    }
}

/// One edit, as a writer would make it; gives its name for the report of a failure.
pub fn edit(project: &mut Project, dice: &mut Dice) -> &'static str {
    // Rather mended soon than left, or few edits would end in a site.
    if dice.chance(20) && mend(project, dice) {
        return "mended";
    }
    let count = project.inputs.entries.len();
    let at = dice.roll(count.max(1));
    let kind = dice.roll(20);
    if kind >= 17 || count == 0 {
        let folder = dice.pick(FOLDERS);
        let path = format!("content/{folder}/{}.md", dice.pick(SLUGS));
        let text = entry(dice, folder);
        put(project, path, text);
        return "file made";
    }
    let file = project.inputs.entries[at].clone();
    let (path, text) = (file.path.to_string(), file.text.to_string());
    let folder = path.split('/').nth(1);
    // The text of the home page lies in no folder: it may become a note.
    let folder = folder.filter(|folder| FOLDERS.contains(folder));
    let folder = folder.unwrap_or("notes").to_owned();
    match kind {
        0..=5 => {
            let (front, former) = split(&text);
            let body = if dice.chance(60) {
                reworded(dice, former)
            } else {
                body(dice)
            };
            put(project, path, format!("{front}{body}"));
            "body"
        }
        6 => {
            let (front, body) = split(&text);
            if front.len() < 8 {
                return "nothing";
            }
            let text = format!("{}{body}", remarked(dice, front));
            put(project, path, text);
            "mark in the front matter"
        }
        7..=8 => {
            let front = front_matter(dice, &folder);
            let body = split(&text).1.to_owned();
            put(project, path, format!("---\n{front}---\n{body}"));
            "front matter"
        }
        9 => {
            let title = format!("title: {}\n", dice.pick(TITLES));
            let rest = text
                .split_once('\n')
                .and_then(|(_, rest)| rest.split_once('\n'));
            let rest = rest.map_or(String::new(), |(_, rest)| rest.to_owned());
            put(project, path, format!("---\n{title}{rest}"));
            "title"
        }
        10 => {
            project.inputs.entries.remove(at);
            "file removed"
        }
        // The text of the home page lies in no folder.
        11 if !folder.ends_with(".md") => {
            project.inputs.entries.remove(at);
            put(
                project,
                format!("content/{folder}/{}.md", dice.pick(SLUGS)),
                text,
            );
            "renamed"
        }
        12 => {
            if mend(project, dice) {
                return "mended";
            }
            let broken = dice.pick(&[
                "---\ntitle: [\n---\n",
                "no front matter",
                "---\nname: x\n---\n",
            ]);
            put(project, path, (*broken).to_owned());
            "broken"
        }
        13 if dice.chance(50) => {
            let picture = format!("incidents/{}.png", dice.pick(SLUGS));
            if project.inputs.files.remove(&picture).is_none() {
                let info = FileInfo::of(&picture, b"");
                project.inputs.files.insert(picture, info);
            }
            "attachment"
        }
        13 => {
            let folder = dice.pick(&["static", "static", "static-amber"]);
            let path = format!("{folder}/{}", dice.pick(&["CNAME", "p.png", "x/y.txt"]));
            let bytes: &[u8] = match path.ends_with(".png") {
                true => STATIC,
                false if dice.chance(10) => b"TLP:AMBER",
                false => dice.pick(&["one", "two"]).as_bytes(),
            };
            match dice.chance(40) {
                true => drop(project.inputs.statics.remove(&path)),
                false => {
                    let file = FileInfo::of(&path, bytes);
                    project.inputs.statics.insert(path, file);
                }
            }
            "static file"
        }
        14 => {
            let theme = &mut project.inputs.theme;
            let name = dice.pick(&[
                "404.html",
                "note.html",
                "assets/css/dossier.css",
                "assets/js/x.js",
            ]);
            if theme.remove(name).is_none() {
                let text: &[u8] = if dice.chance(20) {
                    b"{% if %}"
                } else {
                    b"<p>{{ page.title }}</p>"
                };
                theme.insert((*name).to_owned(), text.into());
            }
            "theme"
        }
        15 => {
            let more = dice.pick(&["", "links = \"file\"\n", "language = \"de\"\n"]);
            let navigation =
                dice.pick(&["", "", "[navigation]\nX = \"actors/alpha\"\nT = \"tags\"\n"]);
            let tlp = dice.pick(&["clear", "clear", "amber"]);
            let text = CONFIG.replace(
                "default_tlp = \"clear\"",
                &format!("default_tlp = \"{tlp}\""),
            );
            let exports = dice.pick(&["", EXPORTS]);
            let text = format!("{text}{more}{navigation}{exports}{SEVERITY}");
            project.inputs.config = Some(TextFile::new("dossier.toml", text));
            "configuration"
        }
        _ => {
            let of = dice.pick(&["", "actors/", "notes/"]);
            let text = format!("---\ntitle: Intro\n---\n{}", body(dice));
            put(project, format!("content/{of}index.md"), text);
            "introduction"
        }
    }
}

/// Mends a file that an earlier edit broke, if there is one.
fn mend(project: &mut Project, dice: &mut Dice) -> bool {
    let Some((path, folder)) = broken(project) else {
        return false;
    };
    let text = entry(dice, &folder);
    put(project, path, text);
    true
}

/// A file that an earlier edit broke.
fn broken(project: &Project) -> Option<(String, String)> {
    let entries = project.inputs.entries.iter();
    let is_broken = |text: &str| {
        let (front, _) = split(text);
        !front.contains("title: ") || front.contains("title: [\n")
    };
    let found = entries.into_iter().find(|file| is_broken(&file.text))?;
    let folder = found.path.split('/').nth(1)?;
    Some((found.path.to_string(), folder.to_owned()))
}

/// Names that lead nowhere would stop most sites: here they are warnings, so that pages are compared.
const SEVERITY: &str = "[severity]\nunresolved-link = \"warning\"\nunknown-entry = \"warning\"\n\
    unknown-source = \"warning\"\nambiguous-link = \"warning\"\nmissing-anchor = \"warning\"\n\
    missing-file = \"warning\"\nrelation-not-allowed = \"warning\"\nlower-marking = \"warning\"\n\
    duplicate-alias = \"warning\"\nbad-drawing = \"warning\"\n";

/// What is given on of all entries, and beside each.
const EXPORTS: &str = "[exports]\nwhole = [\"json\"]\nentries = [\"csl-json\"]\n";

/// A project without entries.
pub fn lenient() -> Project {
    let mut project = Project::default();
    project.inputs.config = Some(TextFile::new(
        "dossier.toml",
        format!("{CONFIG}{EXPORTS}{SEVERITY}"),
    ));
    project
}

/// Puts the first entries in.
pub fn settle(project: &mut Project, dice: &mut Dice) {
    for folder in FOLDERS {
        for slug in SLUGS.iter().take(3) {
            let text = entry(dice, folder);
            put(project, format!("content/{folder}/{slug}.md"), text);
        }
    }
}
