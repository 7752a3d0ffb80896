//! A project folder to publish from and into.

use super::super::*;
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

/// A project folder with an output in it, and one call to publish there.
pub(super) struct Bench {
    pub(super) dir: TempDir,
    pub(super) swap: bool,
}

pub(super) type Files<'a> = &'a [(&'a str, &'a str)];

impl Bench {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("content")).unwrap();
        Self { dir, swap: false }
    }

    /// One whose output is exchanged.
    #[cfg(target_os = "linux")]
    pub(super) fn swapping() -> Self {
        Self {
            swap: true,
            ..Self::new()
        }
    }

    pub(super) fn out(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    pub(super) fn put(&self, path: &str, text: &str) {
        let path = self.out().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn publish_for(&self, audience: Tlp, files: Files<'_>) -> Result<Report, Failure> {
        let files: BTreeMap<_, _> = files.iter().copied().collect();
        let paths: Vec<String> = files.keys().map(|path| (*path).to_owned()).collect();
        let texts: Vec<&str> = files.values().copied().collect();
        let make = |index: usize, buffer: &mut Vec<u8>| {
            assert!(buffer.is_empty());
            let text = texts[index];
            if let Some(from) = text.strip_prefix("copy:") {
                return Ok(Made::Copy(self.dir.path().join(from)));
            }
            if text == "broken" {
                let place = crate::text::Place::file(paths[index].as_str());
                let code = crate::diag::Code::TemplateError;
                return Err(vec![Diagnostic::new(code, place, "broken")]);
            }
            buffer.extend_from_slice(text.as_bytes());
            Ok(Made::Bytes)
        };
        let publication = Publication {
            audience,
            paths: &paths,
            make: &make,
            known: None,
            swap: self.swap,
        };
        publish(&self.out(), self.dir.path(), &publication, &|_| {})
    }

    #[track_caller]
    pub(super) fn publish(&self, files: Files<'_>) -> Report {
        self.publish_for(Tlp::Clear, files).unwrap()
    }

    #[track_caller]
    pub(super) fn refused(&self, files: Files<'_>) -> String {
        let before = self.files();
        match self.publish_for(Tlp::Clear, files) {
            Err(Failure::Refused(why)) => {
                assert_eq!(self.files(), before, "nothing was touched");
                why
            }
            other => panic!("{other:?}"),
        }
    }

    /// Every file and empty folder of the output but the manifest; and there is nothing beside it.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let beside: Vec<_> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.'))
            .collect();
        assert_eq!(beside, Vec::<String>::new());
        let out = self.out();
        let walked = walkdir::WalkDir::new(&out).min_depth(1).sort_by_file_name();
        let mut files: Vec<_> = walked
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| {
                !entry.file_type().is_dir() || fs::read_dir(entry.path()).unwrap().next().is_none()
            })
            .map(|entry| {
                let path = entry.path().strip_prefix(&out).unwrap();
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                (path.to_str().unwrap().to_owned(), text)
            })
            .filter(|(path, _)| path != manifest::NAME)
            .collect();
        files.sort();
        files
    }

    #[track_caller]
    pub(super) fn holds(&self, files: Files<'_>) {
        let mut expected: Vec<_> = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        expected.sort();
        assert_eq!(self.files(), expected);
    }
}
