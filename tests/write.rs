//! Builds that are killed: a child process publishes without end and is killed at random instants, half of
//! the time just after it began to put a site in place.
//!
//! The sites change audience, raise marks within one, and let files and folders come, go and change places,
//! always in the same output. Whatever a kill leaves there is a part of one site, all of it with a swap: no
//! file, no name and no line of the manifest of another. The next build leaves, byte for byte, what a build
//! from nothing does.
//!
//! `DOSSIER_KILLS` asks for more kills than the default.

#![allow(
    clippy::disallowed_methods,
    reason = "the test starts, kills and looks after processes"
)]

use dossier::model::Tlp;
use dossier::write::{Made, Publication, publish};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

const FOLDER: &str = "DOSSIER_TEST_KILLED_IN";
const FIRST: &str = "DOSSIER_TEST_FIRST_SITE";
const SWAP: &str = "DOSSIER_TEST_SWAP";
const MANIFEST: &str = ".dossier-manifest";

/// How often a child is killed, for each way to put a site in place; by default no longer than a while.
struct Kills {
    most: usize,
    until: Option<Instant>,
}

impl Kills {
    /// As many as are asked for, or as many as a slow machine does in a while.
    fn asked() -> Self {
        let asked = std::env::var("DOSSIER_KILLS").ok();
        match asked.map(|asked| asked.parse().expect("a number")) {
            Some(most) => Kills { most, until: None },
            None => Kills {
                most: 200,
                until: Some(Instant::now() + Duration::from_secs(40)),
            },
        }
    }

    fn goes_on(&self, done: usize) -> bool {
        done < self.most && self.until.is_none_or(|until| Instant::now() < until)
    }
}

/// Files, by path.
type Files = BTreeMap<String, String>;

/// A site as it is published at some time.
struct Site {
    audience: Tlp,
    files: Files,
}

/// The sites that are published one after the other, over and over. Of two neighbours each either has
/// another audience than the other, or withholds what it shows.
static SITES: LazyLock<Vec<Site>> = LazyLock::new(|| {
    let sites = [
        ("first-amber", Tlp::Amber, 0),
        ("first-clear", Tlp::Clear, 0),
        ("marked-since", Tlp::Clear, 1),
        ("second-amber", Tlp::Amber, 2),
        ("second-clear", Tlp::Clear, 1),
        ("third-clear", Tlp::Clear, 1),
    ];
    let site = |(name, audience, shape)| Site {
        audience,
        files: files(name, shape),
    };
    sites.into_iter().map(site).collect()
});

/// The files of a site: some are the same in all, some stay but say its name, some are its own, and their
/// folders with them; folders and files change places.
fn files(name: &str, shape: usize) -> Files {
    let same = (0..60).map(|n| (format!("same-{n}/index.html"), text("all", n)));
    let changed = (0..60).map(|n| (format!("entry-{n}/index.html"), text(name, n)));
    let own = (0..20).map(|n| (format!("own/{name}-{n}/index.html"), text(name, n)));
    let place = ["change", "change/a/b", "change/a"][shape];
    let change = (place.to_owned(), text(name, 0));
    same.chain(changed).chain(own).chain([change]).collect()
}

/// A text that shows whether it is whole.
fn text(name: &str, n: usize) -> String {
    format!(
        "start {name} {n}\n{}end {name} {n}\n",
        "filling\n".repeat(400)
    )
}

fn build(root: &Path, site: &Site, swap: bool) {
    let paths: Vec<String> = site.files.keys().cloned().collect();
    let texts: Vec<&String> = site.files.values().collect();
    let make = |index: usize, buffer: &mut Vec<u8>| {
        buffer.extend_from_slice(texts[index].as_bytes());
        Ok(Made::Bytes)
    };
    let publication = Publication {
        audience: site.audience,
        paths: &paths,
        make: &make,
        known: None,
        swap,
    };
    publish(&root.join("public"), root, &publication, &|_| {}).unwrap();
}

/// Not a test of its own: the process that the tests start and kill.
#[test]
#[ignore = "runs without end; started by another test"]
fn publish_without_end() {
    let Some(root) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let swap = std::env::var_os(SWAP).is_some();
    let first = std::env::var(FIRST).unwrap().parse().unwrap();
    for turn in first..usize::MAX {
        build(&root, &SITES[turn % SITES.len()], swap);
    }
}

fn publisher(root: &Path, first: usize, swap: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "publish_without_end", "--ignored", "--quiet"])
        .env(FOLDER, root)
        .env(FIRST, first.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if swap {
        command.env(SWAP, "");
    }
    command.spawn().unwrap()
}

/// Kills a child at some instant: any, or one shortly after the manifest was replaced.
fn kill(mut child: Child, out: &Path, turn: usize) {
    let some = (turn * 7_919 + child.id() as usize * 104_729) % 1_000_000;
    let micros = |upto: usize| Duration::from_micros((some % upto) as u64);
    if turn.is_multiple_of(2) {
        std::thread::sleep(Duration::from_millis(3) + micros(50_000));
    } else {
        let manifest = out.join(MANIFEST);
        let seen = || fs::metadata(&manifest).and_then(|it| it.modified()).ok();
        let (before, start) = (seen(), Instant::now());
        while seen() == before && start.elapsed() < Duration::from_millis(200) {}
        std::thread::sleep(micros(4_000));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

struct Place {
    dir: tempfile::TempDir,
    out: PathBuf,
}

impl Place {
    fn new() -> Self {
        // In memory where there is such a folder: a kill takes no heed of disks, and these are slow to sync.
        let memory = Path::new("/dev/shm");
        let dir = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        let dir = dir.unwrap();
        fs::create_dir(dir.path().join("content")).unwrap();
        let out = dir.path().join("public");
        Place { dir, out }
    }

    /// What lies in the output, but for the manifest and what is not ours; and the names of the folders.
    fn found(&self) -> (Files, Vec<String>) {
        let (mut files, mut folders) = (Files::new(), Vec::new());
        for entry in walkdir::WalkDir::new(&self.out)
            .min_depth(1)
            .sort_by_file_name()
        {
            let Ok(entry) = entry else { continue };
            let path = entry.path().strip_prefix(&self.out).unwrap();
            let path = path.to_str().unwrap().to_owned();
            if entry.file_type().is_dir() {
                folders.push(path);
            } else if !path.starts_with('.') {
                files.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
        (files, folders)
    }

    fn manifest(&self) -> String {
        fs::read_to_string(self.out.join(MANIFEST)).unwrap_or_default()
    }

    /// Checks what a kill left; says whether it is a part of a site and no whole one. `had` where there was
    /// one before, `in_order` where it is known that the sites came one after the other.
    #[track_caller]
    fn is_of_one_site(&self, swap: bool, had: bool, in_order: bool) -> bool {
        let (found, folders) = self.found();
        let is_part = |site: &Site| {
            found
                .iter()
                .all(|it| site.files.get_key_value(it.0) == Some(it))
        };
        let sites: Vec<usize> = (0..SITES.len()).filter(|n| is_part(&SITES[*n])).collect();
        let heads = || {
            let head = |(path, text): (&String, &String)| {
                (path.clone(), text.lines().next().map(str::to_owned))
            };
            found.iter().map(head).collect::<Vec<_>>()
        };
        assert!(!sites.is_empty(), "files of several sites: {:#?}", heads());
        let is_whole = sites.iter().any(|site| SITES[*site].files == found);
        assert!(
            is_whole || !swap || (found.is_empty() && !had),
            "a part: {:#?}",
            heads()
        );
        // Where something of one site alone lies, nothing may tell of another; but a manifest may name what
        // is to come before anything of the old site goes.
        if let [site] = sites[..] {
            let manifest = self.manifest();
            for (other, name) in SITES.iter().map(name).enumerate().filter(|it| it.0 != site) {
                let tells = |text: &String| text.contains(name);
                assert!(!folders.iter().any(tells), "a folder of {name}");
                let to_come = !swap && (!in_order || other == (site + 1) % SITES.len());
                assert!(to_come || !tells(&manifest), "the manifest tells of {name}");
            }
        }
        !is_whole
    }

    /// The next build leaves exactly its own site, as a build from nothing does.
    #[track_caller]
    fn heals(&self, site: usize, nothing: &Place, swap: bool) {
        build(self.dir.path(), &SITES[site], swap);
        assert!(
            self.found() == nothing.found(),
            "the output is exactly the site"
        );
        assert_eq!(self.manifest(), nothing.manifest());
        let mut beside: Vec<_> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        beside.sort();
        assert_eq!(beside, ["content", "public"]);
    }
}

/// The word that all that is a site's own holds, and nothing else.
fn name(site: &Site) -> &str {
    let own = site.files.keys().find_map(|path| path.strip_prefix("own/"));
    own.unwrap().rsplit_once('-').unwrap().0
}

/// Kills builds of one site over another, over and over; gives how many kills there were and how many left
/// a part of a site.
fn killed(swap: bool) -> (usize, usize) {
    let from_nothing: Vec<Place> = SITES.iter().map(from_nothing).collect();
    let place = Place::new();
    let kills = Kills::asked();
    let (mut parts, mut published) = (0, 0);
    let (mut next, mut in_order) = (0, true);
    let mut turn = 0;
    while kills.goes_on(turn) {
        // Sometimes in a new output, and sometimes in one that holds what is not ours.
        if turn % 20 == 0 {
            let _ = fs::remove_dir_all(&place.out);
        }
        if turn % 40 == 20 {
            fs::create_dir(&place.out).unwrap();
            if !swap {
                fs::write(place.out.join(".gitignore"), "mine\n").unwrap();
            }
        }
        let had = place.out.join(MANIFEST).exists();
        kill(publisher(place.dir.path(), next, swap), &place.out, turn);
        parts += usize::from(place.is_of_one_site(swap, had, in_order));
        published += usize::from(place.out.join(MANIFEST).exists());
        // Sometimes the next child has to go on from what this one left.
        in_order = turn % 4 != 3;
        if in_order {
            let site = turn % SITES.len();
            place.heals(site, &from_nothing[site], swap);
            next = site + 1;
        }
        if !swap && turn % 40 > 20 {
            let mine = fs::read_to_string(place.out.join(".gitignore"));
            assert_eq!(mine.unwrap(), "mine\n");
        }
        turn += 1;
    }
    assert!(
        published > turn / 2,
        "the kills came too early to mean anything"
    );
    println!("{turn} kills, {parts} of which left a part of a site");
    (turn, parts)
}

/// A site that was built into a new folder.
fn from_nothing(site: &Site) -> Place {
    let place = Place::new();
    build(place.dir.path(), site, false);
    place
}

#[test]
fn a_kill_leaves_a_part_of_one_site() {
    let (kills, parts) = killed(false);
    assert!(
        parts > kills / 40,
        "only {parts} of {kills} kills came while files were put in place"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_kill_leaves_a_whole_site_where_it_is_swapped() {
    killed(true);
}
