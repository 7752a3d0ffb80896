//! What is typed and printed in the manual: `$ dossier …`, `$ cd FOLDER`, `$ cat FILE`, `$ ls`, and so on, followed by
//! what is printed. A line `…` stands for any lines.

use super::examples::full;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A folder in which commands are run.
pub struct Shell {
    _folder: TempDir,
    pub here: PathBuf,
}

impl Shell {
    /// Begins in an empty folder, or in one with the sample.
    pub fn start(from_nothing: bool) -> Shell {
        let folder = tempfile::tempdir().unwrap();
        let here = fs::canonicalize(folder.path()).unwrap();
        if !from_nothing {
            let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
            fs::copy(sample.join("dossier.toml"), here.join("dossier.toml")).unwrap();
            copy(&sample.join("content"), &here.join("content"));
        }
        Shell {
            _folder: folder,
            here,
        }
    }

    /// Writes a file of an example.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.here.join(full(path));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the commands of a transcript.
    ///
    /// # Errors
    /// What the transcript would have to be.
    pub fn follow(&mut self, transcript: &str) -> Result<(), String> {
        let mut found = String::new();
        for line in transcript.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                found.push_str(&format!("{line}\n{}", self.run(command)));
            }
        }
        let same = fits(
            &timeless(transcript).lines().collect::<Vec<_>>(),
            &timeless(&found).lines().collect::<Vec<_>>(),
        );
        if same { Ok(()) } else { Err(found) }
    }

    fn run(&mut self, command: &str) -> String {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.here = self.here.join(folder);
            assert!(self.here.is_dir(), "there is no {folder}");
            return String::new();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_dossier")).parent().unwrap();
        let path = std::env::var("PATH").unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(&self.here)
            .env("PATH", format!("{}:{path}", program.display()))
            // 31 December 2026.
            .env("SOURCE_DATE_EPOCH", "1798675200")
            .env("COLUMNS", "100")
            .env("LC_ALL", "C")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("GITHUB_WORKSPACE")
            .output()
            .unwrap();
        String::from_utf8(output.stdout)
            .unwrap()
            .replace(self.here.to_str().unwrap(), ".")
    }
}

/// Whether lines are those of a pattern, in which `…` stands for any.
fn fits(pattern: &[&str], lines: &[&str]) -> bool {
    match (pattern.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"…", rest)), _) => (0..=lines.len()).any(|from| fits(rest, &lines[from..])),
        (Some((one, rest)), Some((other, others))) => one == other && fits(rest, others),
        _ => false,
    }
}

/// A text without what differs from run to run, its times, or as the sample grows, its counts.
fn timeless(text: &str) -> String {
    let is_counted = |word: &str| matches!(word, "s" | "pages" | "entries" | "files");
    let lines = text.lines().map(|line| {
        let mut words: Vec<&str> = line.split(' ').collect();
        for at in 1..words.len() {
            if is_counted(words[at]) && words[at - 1].parse::<f64>().is_ok() {
                words[at - 1] = "_";
            }
        }
        words.join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
