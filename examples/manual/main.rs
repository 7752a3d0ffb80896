//! Writes the manual as a dossier, to be built as a site.
//!
//! ```text
//! cargo run --example manual -- /tmp/manual
//! dossier --root /tmp/manual build
//! ```
//!
//! Each file below `docs/` becomes a page about the dossier, `README.md` the home page. The headings on top become
//! titles. The manual speaks of markings, which in a dossier only code may do without marking anything: outside of code
//! their colons are escaped. What does not show in print (an escape character in an example) is shown by its picture.

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

const SETTINGS: &str = r#"title = "The dossier manual"
base_url = "https://example.org/dossier/"
default_tlp = "clear"
description = "How to write, publish and adapt an intelligence dossier."

[severity]
# It tells of labels, in YAML above all.
label-in-code = "off"

[text]
smart_punctuation = true

[navigation]
"First dossier" = "pages/first-dossier/"
Keys = "pages/keys/"
Configuration = "pages/configuration/"
Commands = "pages/commands/"
Problems = "pages/problems/"
"#;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [out] = arguments.as_slice() else {
        eprintln!("usage: manual FOLDER");
        process::exit(2);
    };
    if let Err(error) = write(Path::new(out)) {
        eprintln!("error: {error}");
        process::exit(1);
    }
}

fn write(out: &Path) -> io::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    put(&out.join("dossier.toml"), SETTINGS.as_bytes())?;
    for path in files(&docs)? {
        let below = path.strip_prefix(&docs).unwrap_or(&path);
        let name = below.to_string_lossy().replace('\\', "/");
        let pages = out.join("content").join("pages");
        match name.as_str() {
            // Those are for others who make a site of it.
            "SUMMARY.md" | "book.toml" => {}
            "README.md" => {
                let text = fs::read_to_string(&path)?;
                put(&out.join("content/index.md"), page(&text, "").as_bytes())?;
            }
            name if name.ends_with(".md") => {
                let text = fs::read_to_string(&path)?;
                put(&pages.join(below), page(&text, "../").as_bytes())?;
            }
            _ => put(&pages.join(below), &fs::read(&path)?)?,
        }
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Every file below a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => files.extend(self::files(&path)?),
            false => files.push(path),
        }
    }
    Ok(files)
}

/// A file of the manual as a page; `up` leads from its folder to that of the manual.
fn page(text: &str, up: &str) -> String {
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let title = title.trim_start_matches("# ").replace('"', "\\\"");
    let mut out = format!("---\ntitle: \"{title}\"\n---\n");
    let mut fence: Option<&str> = None;
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let ticks = trimmed.len() - trimmed.trim_start_matches('`').len();
        match fence {
            Some(open) if trimmed.trim_end() == open => fence = None,
            None if ticks >= 3 => fence = trimmed.get(..ticks),
            Some(_) => {}
            None => {
                out.push_str(&prose(line, up));
                continue;
            }
        }
        out.push_str(&printed(line));
    }
    out
}

/// A line outside of fences: its links lead within the dossier, and labels in it are words.
fn prose(line: &str, up: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // What stands between two backticks is code.
    let mut parts = line.split('`').enumerate().peekable();
    while let Some((at, part)) = parts.next() {
        if at > 0 {
            out.push('`');
        }
        if at % 2 == 1 {
            out.push_str(&printed(part));
            continue;
        }
        out.push_str(&words(part, up));
        let next = parts.peek().map_or("", |(_, code)| code).to_lowercase();
        if out.ends_with('(') && next.contains("tlp") || next.is_empty() && out.ends_with('(') {
            out.pop();
            out.push_str("\\(");
        }
    }
    out
}

fn words(text: &str, up: &str) -> String {
    let mut text = text.to_owned();
    for label in ["TLP:", "TLP-", "TLP 2.0:"] {
        let (name, sign) = label.split_at(label.len() - 1);
        text = text.replace(label, &format!("{name}\\{sign}"));
    }
    match up {
        // The home page lies beside the folder of pages.
        "" => text
            .replace("](", "](pages/")
            .replace("](pages/http", "](http")
            .replace("](pages/#", "](#"),
        _ => text.replace(&format!("]({up}README.md"), "](../../index.md"),
    }
}

/// Control characters by their pictures.
fn printed(text: &str) -> String {
    let picture = |c: char| match c {
        '\n' | '\r' | '\t' => c,
        c if c.is_ascii_control() => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        c => c,
    };
    text.chars().map(picture).collect()
}
