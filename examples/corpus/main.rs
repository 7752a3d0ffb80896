//! Writes a made-up dossier of any size, to measure the generator with.
//!
//! ```text
//! cargo run --release --example corpus -- 10000 /tmp/dossier-10000
//! ```
//!
//! Every entry follows from its number alone, so the same N gives the same bytes on every machine;
//! a test below holds the bytes to a known hash. The dossier keeps to the writing format and builds
//! without a warning: about 400 words an entry, eight links and three to five citations in the
//! text, relations, facts with versions, tables, footnotes and indicators. Links prefer a few
//! entries over the many, as they do in real dossiers, so that there are hubs.
//!
//! Names, addresses and figures are invented: hosts end in `.example` and `.test`, addresses come
//! from the ranges that are set aside for documentation.

use std::path::Path;
use std::{env, fs, io, process};

mod body;
mod entry;
mod front_matter;
mod rng;
// Left alone, so that a list of words stays a paragraph.
#[rustfmt::skip]
mod words;

use rng::{Rng, combine};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [count, folder] = arguments.as_slice() else {
        usage("two arguments are expected");
    };
    let Ok(count @ 20..) = count.parse::<usize>() else {
        usage("N is a number, 20 or more (fewer have no entry of some kinds)");
    };
    if let Err(error) = write(count, Path::new(folder)) {
        eprintln!("corpus: {folder}: {error}");
        process::exit(3);
    }
}

fn usage(problem: &str) -> ! {
    eprintln!("corpus: {problem}\nusage: cargo run --release --example corpus -- N DIR");
    process::exit(2);
}

/// Writes the dossier into `folder`, which must not exist or be empty: a mix of two sizes would be
/// a dossier of neither.
pub(crate) fn write(count: usize, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other("the folder is not empty"));
    }
    for kind in KINDS {
        fs::create_dir_all(folder.join("content").join(kind.folder()))?;
    }
    for (path, text) in files(count) {
        fs::write(folder.join(path), text)?;
    }
    Ok(())
}

/// Every file of a dossier of `count` entries, one at a time: path and text.
fn files(count: usize) -> impl Iterator<Item = (String, String)> {
    let corpus = Corpus::new(count);
    let fixed = [
        ("dossier.toml".to_owned(), CONFIG.to_owned()),
        ("content/index.md".to_owned(), HOME.to_owned()),
    ];
    let entries = (0..count).map(move |number| {
        let id = corpus.order[number];
        let path = format!("content/{}/{}.md", id.kind.folder(), id.slug());
        (path, entry::write(&corpus, number))
    });
    fixed.into_iter().chain(entries)
}

const CONFIG: &str = r#"title = "A made-up dossier"
base_url = "https://dossier.example/"
default_tlp = "clear"
authors = ["The desk"]
"#;

const HOME: &str = "---\ntitle: A made-up dossier\n---\nNothing in it is true. It is here to be built, and to be timed.\n";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Incident,
    Source,
    Actor,
    Note,
    Organisation,
    Malware,
    Technique,
    Person,
    Tool,
    Place,
}

use Kind::{Actor, Incident, Malware, Note, Organisation, Person, Place, Source, Technique, Tool};

const KINDS: [Kind; 10] = [
    Incident,
    Source,
    Actor,
    Note,
    Organisation,
    Malware,
    Technique,
    Person,
    Tool,
    Place,
];

impl Kind {
    /// How many of a hundred entries are of this kind.
    fn share(self) -> usize {
        match self {
            Incident => 30,
            Source => 25,
            Actor => 15,
            Note => 10,
            Organisation => 5,
            Malware | Technique => 4,
            Person => 3,
            Tool | Place => 2,
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Incident => "incidents",
            Source => "sources",
            Actor => "actors",
            Note => "notes",
            Organisation => "organisations",
            Malware => "malware",
            Technique => "techniques",
            Person => "people",
            Tool => "tools",
            Place => "places",
        }
    }

    /// How a sentence speaks of one without its name.
    fn noun(self) -> &'static str {
        match self {
            Incident => "an earlier case",
            Source => "a published record",
            Actor => "a neighbouring group",
            Note => "a note on the method",
            Organisation => "an institution of the same kind",
            Malware => "a related implant",
            Technique => "a known technique",
            Person => "a person named before",
            Tool => "a common tool",
            Place => "the same region",
        }
    }
}

/// An entry is its kind and its number within the kind; slug and title follow from the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Id {
    kind: Kind,
    index: usize,
}

impl Id {
    fn title(self) -> String {
        let Id { kind, index } = self;
        match kind {
            Incident => combine(index, words::VICTIMS, words::CASES, " "),
            Source => combine(index, words::READINGS, words::SUBJECTS, " "),
            Actor => combine(index, words::COLOURS, words::BIRDS, " "),
            Note => combine(index, words::QUESTIONS, words::MATTERS, " "),
            Organisation => combine(index, words::TREES, words::HOUSES, " "),
            Malware => combine(index, words::METALS, words::PARTS, "").to_uppercase(),
            Technique => combine(index, words::DOINGS, words::TARGETS, " "),
            Person => combine(index, words::FIRST_NAMES, words::LAST_NAMES, " "),
            Tool => combine(index, words::BEASTS, words::JOBS, ""),
            Place => combine(index, words::LANDS, words::TOWNS, " "),
        }
    }

    fn slug(self) -> String {
        let lower = self.title().to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        words.join("-")
    }
}

/// Which entries there are, in the order in which they are written.
struct Corpus {
    order: Vec<Id>,
    counts: [usize; KINDS.len()],
}

impl Corpus {
    /// Deals the kinds out evenly: the next entry is of the kind that lags most behind its share.
    fn new(count: usize) -> Self {
        let mut counts = [0_usize; KINDS.len()];
        let order = (1..=count)
            .map(|dealt| {
                // Signed, since a kind that was dealt early is ahead of its share for a while.
                let lag = |(at, kind): &(usize, Kind)| {
                    (kind.share() * dealt).cast_signed() - counts[*at].cast_signed() * 100
                };
                let (at, kind) = KINDS
                    .into_iter()
                    .enumerate()
                    .max_by_key(lag)
                    .expect("there are kinds");
                counts[at] += 1;
                Id {
                    kind,
                    index: counts[at] - 1,
                }
            })
            .collect();
        Self { order, counts }
    }

    fn count(&self, kind: Kind) -> usize {
        self.counts[KINDS
            .iter()
            .position(|it| *it == kind)
            .expect("every kind is listed")]
    }

    /// Up to `wanted` different entries of `kinds`, never `but`; low numbers come far more often.
    fn draw(&self, rng: &mut Rng, kinds: &[Kind], wanted: usize, but: Id) -> Vec<Id> {
        let mut drawn: Vec<Id> = Vec::new();
        for _ in 0..wanted * 4 {
            let kind = rng.pick(kinds);
            let count = self.count(kind);
            if count == 0 {
                continue;
            }
            // Every entry cites sources, so their preference is milder, or one would be cited by all.
            let power = if kind == Source { 2 } else { 3 };
            let id = Id {
                kind,
                index: rng.low(count, power),
            };
            if id != but && !drawn.contains(&id) {
                drawn.push(id);
            }
            if drawn.len() == wanted {
                break;
            }
        }
        drawn
    }

    /// An entry of the same kind with a lower number, so that no chain of them closes to a ring.
    fn earlier(rng: &mut Rng, id: Id) -> Option<Id> {
        (id.index > 0).then(|| Id {
            kind: id.kind,
            index: rng.low(id.index, 2),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// FNV-1a over paths and texts: enough to notice a change, with nothing to depend on.
    fn hash(count: usize) -> u64 {
        files(count)
            .flat_map(|(path, text)| [path, text])
            .flat_map(|it| it.into_bytes().into_iter().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            })
    }

    /// Measurements of different days compare only while this holds. Changing the corpus on purpose
    /// means a new value here and new measurements in benches/README.md.
    #[test]
    fn the_same_number_gives_the_same_bytes() {
        assert_eq!(hash(500), 0xae73_2d01_a6a7_79be);
    }

    #[test]
    fn shares_are_kept() {
        let corpus = Corpus::new(1000);
        for kind in KINDS {
            let wanted = kind.share() * 10;
            assert!(
                corpus.count(kind).abs_diff(wanted) <= 1,
                "{kind:?}: {}",
                corpus.count(kind)
            );
        }
    }

    #[test]
    fn names_are_unique_and_every_link_has_an_end() {
        let all: Vec<(String, String)> = files(3000).skip(2).collect();
        let slug = |path: &str| {
            path.rsplit('/')
                .next()
                .unwrap()
                .trim_end_matches(".md")
                .to_owned()
        };
        let slugs: BTreeSet<String> = all.iter().map(|(path, _)| slug(path)).collect();
        assert_eq!(slugs.len(), all.len(), "two entries share a slug");
        for (path, text) in &all {
            let links: Vec<&str> = text.split("[[").skip(1).collect();
            assert_eq!(links.len(), 8, "links of {path}");
            let cites: Vec<&str> = text.split("[@").skip(1).collect();
            assert!(cites.len() >= 3, "citations of {path}");
            for mention in links.into_iter().chain(cites) {
                let end = mention.find(['|', '\\', ']', ',']).unwrap();
                assert!(
                    slugs.contains(&mention[..end]),
                    "{path}: {}",
                    &mention[..end]
                );
            }
        }
    }

    #[test]
    fn entries_are_about_four_hundred_words_long() {
        let words = |text: &str| {
            text.splitn(3, "---\n")
                .nth(2)
                .unwrap()
                .split_whitespace()
                .count()
        };
        let total: usize = files(1000).skip(2).map(|(_, text)| words(&text)).sum();
        assert!((380..=420).contains(&(total / 1000)), "{}", total / 1000);
    }
}
