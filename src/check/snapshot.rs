//! A kept snapshot is there and has the SHA-256 that the entry says.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Entry, EntryId, path};
use crate::text::Place;

/// Where kept snapshots lie, below `content/`.
pub const FOLDER: &str = "sources/snapshots/";

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    let Some(snapshot) = entry
        .evidence()
        .and_then(|evidence| evidence.snapshot.as_ref())
    else {
        return;
    };
    let name = &snapshot.file.value;
    if snapshot.publish {
        let place = Place::new(&entry.path, snapshot.file.span);
        problems.extend(path::unfit(&format!("{FOLDER}{name}"), place));
    }
    let Some(file) = around.files.get(&format!("{FOLDER}{name}")) else {
        // Only where one is missing all of them are gone through.
        let same = |file: &&String| {
            let other = file.strip_prefix(FOLDER);
            other.is_some_and(|other| path::composed(other) == path::composed(name))
        };
        if let Some(other) = around.files.keys().find(same) {
            let message = format!(
                "the snapshot `{name}` has other code points on the disk: there its accents are {}",
                match path::composed(other) == *other {
                    true => "one character with their letters",
                    false => "characters of their own",
                }
            );
            problems.push(
                Diagnostic::at(
                    Code::SnapshotMismatch,
                    &entry.path,
                    snapshot.file.span,
                    message,
                )
                .help(
                    "copy the name of the file from the disk, or rename the file to ASCII letters",
                ),
            );
            return;
        }
        problems.push(
            Diagnostic::at(
                Code::SnapshotMismatch,
                &entry.path,
                snapshot.file.span,
                format!("there is no snapshot `{name}`"),
            )
            .help(format!(
                "put the file into content/{FOLDER}, or mend the name"
            )),
        );
        return;
    };
    if file
        .sha256
        .as_ref()
        .is_some_and(|actual| *actual != snapshot.sha256.value)
    {
        problems.push(
            Diagnostic::at(
                Code::SnapshotMismatch,
                &entry.path,
                snapshot.sha256.span,
                format!("the snapshot `{name}` has another SHA-256"),
            )
            .label(format!(
                "the file's is {}",
                file.sha256.as_deref().unwrap_or("")
            ))
            .help("a snapshot never changes: restore the file, or take a new one under a new name"),
        );
    }
}
