//! What only one kind of entry has.

use super::form::Form;
use super::keys::{Field, Row};
use super::reader::Reader;
use super::shapes::{EVENT, JUDGEMENT, LEGAL, SEEN as SEEN_WORDS, SNAPSHOT};
use super::tree::{Node, Value};
use crate::diag::Code;
use crate::model::{
    Details, Event, Evidence, IncidentStatus, Judgement, Legal, LegalStatus, Located, RawRef, Seen,
    Snapshot,
};

impl Reader<'_> {
    /// Reads a key that only one kind or a few have into the details.
    pub fn detail(&mut self, row: &Row, node: &Node<'_>, details: &mut Details<RawRef>) {
        let name = row.key;
        match (details, row.field) {
            (Details::Source(evidence), _) => self.evidence(row, node, evidence),
            (Details::Actor { sophistication }, _) => {
                *sophistication = self.marked_text(name, node)
            }
            (Details::Incident { status, .. }, Field::Status) => {
                let word = self.word_text(name, node, IncidentStatus::WORDS);
                *status = word.and_then(|word| IncidentStatus::from_word(&word));
            }
            (Details::Incident { events, .. }, Field::Events) => {
                for item in node.each() {
                    events.extend(self.event(name, item));
                }
                events.sort_by_key(|event| event.date.sort_day());
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
            (Details::Person { nationality, .. }, Field::Nationality) => {
                *nationality = self.marked_line(name, node);
            }
            (Details::Person { legal, .. }, Field::Legal) => {
                for item in node.each() {
                    legal.extend(self.legal(name, item));
                }
                legal.sort_by_key(|legal| legal.date.map(|date| date.sort_day()));
            }
            (Details::Organisation { country, .. }, Field::Country) => {
                *country = self.reference(name, node).map(|value| Located {
                    span: value.span,
                    value,
                });
            }
            (
                Details::Organisation { r#type, .. } | Details::Place { r#type, .. },
                Field::OrganisationType | Field::PlaceType,
            ) => *r#type = self.word_of(row, node),
            (Details::Place { code, .. }, Field::Code) => *code = self.country_code(name, node),
            (Details::Place { lat, .. }, Field::Lat) => *lat = self.degrees(name, node, 90),
            (Details::Place { lon, .. }, Field::Lon) => *lon = self.degrees(name, node, 180),
            (Details::Note { judgements, .. }, Field::Judgements) => {
                for item in node.each() {
                    judgements.extend(self.judgement(name, item));
                }
            }
            (Details::Note { key, .. }, Field::Key) => {
                *key = self.bool(name, node).unwrap_or(false);
            }
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

    fn evidence(&mut self, row: &Row, node: &Node<'_>, evidence: &mut Evidence<RawRef>) {
        let name = row.key;
        match row.field {
            Field::Publisher => {
                evidence.publisher = self.named(name, node, None).map(|value| Located {
                    value,
                    span: node.span,
                });
            }
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
            Field::Retracted => evidence.retracted = self.notice(name, node),
            _ => {}
        }
    }

    fn event(&mut self, name: &str, node: &Node<'_>) -> Option<Event<RawRef>> {
        let fields = self.fields(name, node, &EVENT)?;
        let mut statement = self.statement(&fields);
        let date = fields.get("date").and_then(|node| self.date("date", node));
        let what = fields
            .get("what")
            .and_then(|node| self.sentence("what", node, Some(&mut statement)));
        let place = fields
            .get("place")
            .and_then(|node| self.reference("place", node));
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        Some(Event {
            date: date?,
            what: what?,
            place,
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            span: node.span,
        })
    }

    fn legal(&mut self, name: &str, node: &Node<'_>) -> Option<Legal<RawRef>> {
        let mut legal = Legal {
            status: LegalStatus::Alleged,
            date: None,
            by: None,
            sources: Vec::new(),
            tlp: None,
            span: node.span,
        };
        if !matches!(node.value, Value::Map(_)) {
            legal.status = self.legal_status(name, node)?;
            return Some(legal);
        }
        let fields = self.fields(name, node, &LEGAL)?;
        let mut statement = self.statement(&fields);
        legal.date = fields.get("date").and_then(|node| self.date("date", node));
        legal.by = fields
            .get("by")
            .and_then(|node| self.named("by", node, Some(&mut statement)));
        legal.tlp = self.marked(statement);
        if let Some(node) = fields.get("sources") {
            legal.sources = self.cites("sources", node);
        }
        legal.status = self.legal_status("status", fields.get("status")?)?;
        Some(legal)
    }

    fn legal_status(&mut self, name: &str, node: &Node<'_>) -> Option<LegalStatus> {
        let word = self.word_text(name, node, LegalStatus::WORDS)?;
        LegalStatus::from_word(&word)
    }

    fn judgement(&mut self, name: &str, node: &Node<'_>) -> Option<Judgement<RawRef>> {
        let fields = self.fields(name, node, &JUDGEMENT)?;
        let mut statement = self.statement(&fields);
        let confidence = fields
            .get("confidence")
            .and_then(|node| self.confidence("confidence", node));
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        Some(Judgement {
            text: self.sentence("text", fields.get("text")?, Some(&mut statement))?,
            confidence,
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            span: node.span,
        })
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
