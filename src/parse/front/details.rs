//! What only one kind of entry has.

use super::form::Form;
use super::keys::{Field, Row};
use super::reader::Reader;
use super::shapes::{SEEN as SEEN_WORDS, SNAPSHOT};
use super::tree::Node;
use crate::diag::Code;
use crate::model::{Details, Entry, Evidence, IncidentStatus, Located, RawRef, Seen, Snapshot};

impl Reader<'_> {
    /// Reads a key that only one kind or a few have into the details.
    pub fn detail(&mut self, row: &Row, node: &Node<'_>, entry: &mut Entry<RawRef>) {
        let name = row.key;
        match row.field {
            Field::Publisher => {
                entry.publisher = self.named(name, node, None).map(|value| Located {
                    value,
                    span: node.span,
                });
            }
            Field::Retracted => entry.retracted = self.notice(name, node),
            Field::Country => {
                entry.country = self.reference(name, node).map(|value| Located {
                    span: value.span,
                    value,
                });
            }
            _ => self.of_kind(row, node, &mut entry.head_mut().details),
        }
    }

    fn of_kind(&mut self, row: &Row, node: &Node<'_>, details: &mut Details) {
        let name = row.key;
        match (details, row.field) {
            (Details::Source(evidence), _) => self.evidence(row, node, evidence),
            (Details::Actor { sophistication }, _) => {
                *sophistication = self.marked_text(name, node)
            }
            (Details::Incident { status }, _) => {
                let word = self.word_text(name, node, IncidentStatus::WORDS);
                *status = word.and_then(|word| IncidentStatus::from_word(&word));
            }
            (
                Details::Malware { platforms, .. } | Details::Tool { platforms, .. },
                Field::Platforms,
            ) => *platforms = self.texts(name, node),
            (Details::Malware { types, .. } | Details::Tool { types, .. }, Field::Types) => {
                *types = self.texts(name, node);
            }
            (Details::Malware { is_family, .. }, Field::IsFamily) => {
                *is_family = self.bool(name, node).unwrap_or(true);
            }
            (Details::Technique { tactics }, _) => *tactics = self.texts(name, node),
            (Details::Vulnerability { cvss }, _) => *cvss = self.marked_line(name, node),
            (Details::Person { nationality }, _) => *nationality = self.marked_line(name, node),
            (
                Details::Organisation { r#type } | Details::Place { r#type, .. },
                Field::OrganisationType | Field::PlaceType,
            ) => *r#type = self.word_of(row, node),
            (Details::Place { code, .. }, Field::Code) => *code = self.country_code(name, node),
            (Details::Place { lat, .. }, Field::Lat) => *lat = self.degrees(name, node, 90),
            (Details::Place { lon, .. }, Field::Lon) => *lon = self.degrees(name, node, 180),
            (Details::Note { key }, _) => *key = self.bool(name, node).unwrap_or(false),
            // The table gives no other key to these kinds; a test reads every one of them.
            _ => {}
        }
    }

    /// One of the words that the table gives for the key.
    fn word_of(&mut self, row: &Row, node: &Node<'_>) -> Option<String> {
        match row.form {
            Form::Word(words) => self.word_text(row.key, node, words),
            _ => None,
        }
    }

    fn evidence(&mut self, row: &Row, node: &Node<'_>, evidence: &mut Evidence) {
        let name = row.key;
        match row.field {
            Field::Accessed => evidence.accessed = self.day(name, node),
            Field::Url => evidence.url = self.url(name, node),
            Field::Archived => evidence.archived = self.url(name, node),
            Field::Grade => evidence.grade = self.grade(name, node),
            Field::SourceType => evidence.r#type = self.word_of(row, node),
            Field::Seen => {
                evidence.seen = match self.word(name, node, SEEN_WORDS) {
                    Some(0) => Some(Seen::Full),
                    Some(1) => Some(Seen::Excerpt),
                    Some(2) => Some(Seen::Reference),
                    _ => None,
                };
            }
            Field::Language => evidence.language = self.language(name, node),
            Field::Snapshot => evidence.snapshot = self.snapshot(name, node),
            _ => {}
        }
    }

    fn snapshot(&mut self, name: &str, node: &Node<'_>) -> Option<Snapshot> {
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
