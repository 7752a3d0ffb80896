//! Paths of the files of a site: what is wrong with one by itself, and which are one on some disks.
//!
//! A path is relative to the site's root, with `/` between its parts. A site must be able to lie on any
//! disk and behind any server: what Windows or macOS would refuse is wrong on Linux, too.

use crate::diag::{Code, Diagnostic};
use crate::text::Place;
use std::borrow::Cow;
use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The longest name of a file or folder, in bytes, that file systems take.
pub const LONGEST_PART: usize = 255;

/// The longest path, in bytes: macOS takes 1,024 for a whole path, and the site lies in a folder.
pub const LONGEST: usize = 768;

/// The path of a Markdown file without its ending (`.md` or `.markdown`, in whatever case); nothing of what
/// is none.
#[must_use]
pub fn markdown(path: &str) -> Option<&str> {
    let stem = [".md", ".markdown"].into_iter().find_map(|ending| {
        let (stem, last) = path.split_at_checked(path.len().checked_sub(ending.len())?)?;
        last.eq_ignore_ascii_case(ending).then_some(stem)
    });
    stem.filter(|stem| !stem.is_empty() && !stem.ends_with('/'))
}

/// The file that holds an address: `actors/apt38/` is `actors/apt38/index.html`.
#[must_use]
pub fn file(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address.to_owned()
    }
}

/// What is wrong with the path of a file that a writer asks for.
#[must_use]
pub fn unfit(path: &str, place: Place) -> Option<Diagnostic> {
    let wrong = fault(path)?;
    let shown = shortened(path);
    let message = format!("`{shown}` cannot be a file of the site: {wrong}");
    let help = "rename the file, and what leads to it";
    Some(Diagnostic::new(Code::BadPath, place, message).help(help))
}

/// What is wrong with a path, on the site, of a file that a writer gives as it is: it may be one that a server
/// looks for (`.well-known/security.txt`, `_headers`).
#[must_use]
pub fn unfit_static(path: &str, place: Place) -> Option<Diagnostic> {
    let wrong = path.split('/').find_map(name_fault);
    let root = path.split('/').next().unwrap_or(path);
    let wrong = wrong.or_else(|| {
        let live = root.eq_ignore_ascii_case("_dossier");
        live.then(|| format!("`{root}` belongs to the live server"))
    });
    let wrong = wrong
        .or_else(|| part_of_sitemap(root))
        .or_else(|| too_long(path))?;
    let shown = shortened(path);
    let message = format!("`{shown}` cannot be a file of the site: {wrong}");
    Some(Diagnostic::new(Code::BadPath, place, message).help("rename the file"))
}

/// What is wrong with a name after which the folder of its page is called.
#[must_use]
pub fn unfit_name(folder: &str, name: &str, place: Place) -> Option<Diagnostic> {
    let wrong = part_fault(folder)?;
    let shown = shortened(name);
    let message = format!("`{shown}` cannot have a page: {wrong}");
    let help = "the address of the page is made of the name: write that in another way";
    Some(Diagnostic::new(Code::BadPath, place, message).help(help))
}

/// Why a path cannot be one of a site, in words that begin with what it is; nothing where it can.
#[must_use]
pub fn fault(path: &str) -> Option<String> {
    let fault = path.split('/').find_map(part_fault);
    fault
        .or_else(|| root_fault(path))
        .or_else(|| too_long(path))
}

fn too_long(path: &str) -> Option<String> {
    let length = path.len();
    (length > LONGEST).then(|| {
        format!("it is {length} bytes long, and {LONGEST} are as many as every disk takes")
    })
}

/// What is wrong with the name of a file or folder wherever it lies.
#[must_use]
pub fn part_fault(part: &str) -> Option<String> {
    // Nearly every one is a slug, and longer than the name of a device.
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if (5..=LONGEST_PART).contains(&part.len()) && part.bytes().all(plain) {
        return None;
    }
    if part.starts_with('.') && !matches!(part, "." | "..") {
        let part = shortened(part);
        return Some(format!(
            "names that begin with a dot, such as `{part}`, belong to programs and servers"
        ));
    }
    if part.eq_ignore_ascii_case("web.config") {
        return Some(format!("`{part}` holds the settings of a server"));
    }
    name_fault(part)
}

/// Why some disk cannot hold a file or folder of that name.
fn name_fault(part: &str) -> Option<String> {
    if part.is_empty() {
        return Some("it has an empty part".to_owned());
    }
    if matches!(part, "." | "..") {
        return Some("it climbs out of its folder".to_owned());
    }
    if part.contains(|c: char| c.is_control() || matches!(c, '\\' | '\u{fffe}' | '\u{ffff}')) {
        return Some("it holds a sign that no path may hold".to_owned());
    }
    if let Some(sign) = part.chars().find(|c| ":*?\"<>|".contains(*c)) {
        return Some(format!("it holds `{sign}`, which Windows takes in no name"));
    }
    if part.ends_with(['.', ' ']) {
        return Some("Windows takes no name that ends with a dot or a space".to_owned());
    }
    if is_device(part) {
        return Some(format!("`{part}` is the name of a device on Windows"));
    }
    (part.len() > LONGEST_PART).then(|| {
        let length = part.len();
        format!("a part of it is {length} bytes long, and file systems take {LONGEST_PART}")
    })
}

/// What is wrong with the name of a file or folder only at the site's root.
fn root_fault(path: &str) -> Option<String> {
    let root = path.split('/').next().unwrap_or(path);
    // `_dossier/` is the live server's; `_headers`, `_redirects`, `_worker.js` are settings of hosts, and
    // GitHub Pages leaves such names out.
    if root.starts_with('_') {
        let root = shortened(root);
        return Some(format!(
            "names that begin with `_`, such as `{root}`, belong to servers at the site's root"
        ));
    }
    part_of_sitemap(root)
}

fn part_of_sitemap(root: &str) -> Option<String> {
    let folded = root.to_ascii_lowercase();
    let part = folded.strip_prefix("sitemap-")?.strip_suffix(".xml")?;
    let numbered = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    numbered.then(|| format!("`{root}` is a part of the sitemap as soon as there are many pages"))
}

/// Whether Windows reads a name as that of a device, whatever ending it has.
fn is_device(part: &str) -> bool {
    let name = part.split('.').next().unwrap_or(part).trim_end_matches(' ');
    let name = name.to_ascii_lowercase();
    let numbered = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    let port = |number: &str| {
        let mut signs = number.chars();
        let one = signs
            .next()
            .is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c));
        one && signs.next().is_none()
    };
    matches!(
        name.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$"
    ) || numbered.is_some_and(port)
}

/// As much of a name as a sentence can quote.
fn shortened(part: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match part.char_indices().nth(MOST) {
        None => Cow::Borrowed(part),
        Some((end, _)) => Cow::Owned(format!("{}…", part.get(..end).unwrap_or(part))),
    }
}

/// A name as it is compared by disks that ignore case and composition: full case folding over NFC.
#[must_use]
pub fn as_compared(part: &str) -> Cow<'_, str> {
    if part.is_ascii() {
        return match part.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(part.to_ascii_lowercase()),
            false => Cow::Borrowed(part),
        };
    }
    let folded = UniCase::unicode(composed(part)).to_folded_case();
    // Folding may take letters apart.
    Cow::Owned(folded.nfc().collect())
}

/// A name in which a letter and its accent are one character where there is one.
#[must_use]
pub fn composed(part: &str) -> Cow<'_, str> {
    match is_nfc_quick(part.chars()) {
        IsNormalized::Yes => Cow::Borrowed(part),
        _ => Cow::Owned(part.nfc().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_lies_in_a_file() {
        assert_eq!(file(""), "index.html");
        assert_eq!(file("actors/"), "actors/index.html");
        assert_eq!(file("feed.xml"), "feed.xml");
    }

    #[test]
    fn markdown_is_told_by_its_ending() {
        for (path, stem) in [
            ("actors/apt38.md", Some("actors/apt38")),
            ("a.b.MD", Some("a.b")),
            ("a.Markdown", Some("a")),
            ("a.mdx", None),
            ("a.md.txt", None),
            ("actors/.md", None),
            ("md", None),
        ] {
            assert_eq!(markdown(path), stem, "{path}");
        }
    }

    #[test]
    fn what_some_disk_or_server_cannot_hold_is_wrong_everywhere() {
        let long = |bytes: usize| "x".repeat(bytes);
        for path in [
            "",
            "a//b",
            "a/",
            "../a",
            "a/./b",
            "a\\b",
            "a\nb",
            "a:b",
            "a/b?.html",
            "<a>",
            "a|b",
            ".htaccess",
            ".git/config",
            ".dossier-manifest",
            "a/.b/c",
            ".well-known/security.txt",
            "a./b",
            "a /b",
            "con",
            "a/NUL.html",
            "aux.tar.gz",
            "com1/x",
            "LPT¹.txt",
            "conin$",
            "Web.config",
            "a/web.config",
            "_dossier/live.js",
            "_headers",
            "sitemap-1.xml",
            "Sitemap-20.XML",
            &long(256),
            &"ä".repeat(128),
            &[&long(255)[..]; 4].join("/"),
        ] {
            assert!(fault(path).is_some(), "{path}");
        }
        for path in [
            "a/b.html",
            "a b/c",
            "com",
            "com10",
            "console/x",
            "a/_b",
            "sitemap.xml",
            "sitemap-a.xml",
            "a/sitemap-1.xml",
            "北/x.png",
            "a/..b".trim_end_matches("..b"),
            &long(255),
        ] {
            let path = path.trim_end_matches('/');
            assert_eq!(fault(path), None, "{path}");
        }
    }

    #[test]
    fn names_are_one_that_differ_in_case_or_composition() {
        for (one, other) in [
            ("Chart.PNG", "chart.png"),
            ("café", "CAFE\u{301}"),
            ("Straße", "STRASSE"),
            ("ΣΑΣ", "σας"),
            ("ﬁle", "FILE"),
            ("\u{212b}", "å"),
        ] {
            assert_eq!(as_compared(one), as_compared(other), "{one} {other}");
        }
        assert_ne!(as_compared("cafe"), as_compared("café"));
    }
}
