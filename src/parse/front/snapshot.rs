//! What is kept of a source: a file of the project, held to its hash.

use super::form::Form;
use super::reader::Reader;
use super::shapes::SNAPSHOT;
use super::tree::Node;
use crate::diag::Code;
use crate::model::{Located, Snapshot};

impl Reader<'_> {
    /// A kept copy.
    pub fn snapshot(&mut self, name: &str, node: &Node<'_>) -> Option<Snapshot> {
        let fields = self.fields(name, node, &SNAPSHOT)?;
        let file = fields.get("file").and_then(|node| self.file("file", node));
        let sha256 = fields
            .get("sha256")
            .and_then(|node| self.sha256("sha256", node));
        let taken = fields.get("taken").and_then(|node| self.day("taken", node));
        let publish = fields
            .get("publish")
            .and_then(|node| self.bool("publish", node));
        Some(Snapshot {
            file: file?,
            sha256: sha256?,
            taken,
            publish: publish.unwrap_or(false),
        })
    }

    /// The name of a file below a folder that is known.
    fn file(&mut self, name: &str, node: &Node<'_>) -> Option<Located<String>> {
        let text = self.scalar(name, node, Form::File)?;
        let parts = text.split('/');
        let climbs = parts.clone().any(|part| matches!(part, "" | "." | ".."));
        if climbs || text.contains(['\\', ':']) || text.chars().any(char::is_control) {
            let message = format!("`{text}` is not a file below content/sources/snapshots/");
            let last = text.rsplit(['/', '\\']).next().unwrap_or("");
            let help =
                format!("put the file into that folder and write its name: `{name}: {last}`");
            self.report(Code::BadValue, node.span, message, help);
            return None;
        }
        Some(Located {
            value: text.to_owned(),
            span: node.span,
        })
    }

    /// A SHA-256, in lower case.
    fn sha256(&mut self, name: &str, node: &Node<'_>) -> Option<Located<String>> {
        let text = self.scalar(name, node, Form::Sha256)?;
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let message = format!("`{name}` takes 64 hexadecimal digits");
            let help = "copy the output of `sha256sum FILE` or of `shasum -a 256 FILE`";
            self.report(Code::BadValue, node.span, message, help);
            return None;
        }
        Some(Located {
            value: text.to_ascii_lowercase(),
            span: node.span,
        })
    }
}
