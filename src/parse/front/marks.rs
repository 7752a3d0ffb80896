//! Marks and labels in the texts of a front matter.
//!
//! Takes the tree before anything else is read of it and remembers every text, keys among them, that may
//! hold a label. A text that is part of a [`Marking`] gives that statement its mark; one that can bear no
//! marking of its own may hold no label, or the whole entry counts as RED. What no reader took up by the
//! end is held to hold none either ([`Reader::leftover_labels`]), so that no text escapes, whatever key it
//! stands under.

use super::comments::{self, Kind};
use super::form::Form;
use super::reader::{Fields, Reader};
use super::tree::{Key, Node, Value};
use crate::diag::{Code, Diagnostic};
use crate::model::{Data, Located, Marked, Tlp};
use crate::parse::body::autolink;
use crate::parse::label::text::{Text, possible, read};
use crate::parse::label::{Reading, in_id, in_name, marks_text, possible_in_values, stix};
use crate::text::{Place, Span};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The marking of one statement, gathered while its texts are read.
#[derive(Debug, Default)]
pub struct Marking {
    /// What its `tlp` says.
    tlp: Option<Tlp>,
    /// Where that stands, if it could be read.
    tlp_span: Option<Span>,
    /// The mark at the head of one of its texts.
    mark: Option<(Tlp, Span)>,
    /// The highest label without brackets, and how it is written.
    bare: Option<(Tlp, Span, String)>,
    /// A label in it is no mark: it counts as RED.
    unread: bool,
}

/// Whether what can bear no marking may be any words.
enum Words {
    Free,
    /// A date, a slug, one of a few words.
    Closed,
}

impl Reader<'_> {
    /// Remembers what may hold labels.
    pub fn find_labels(&mut self, root: &Node<'_>) {
        let (start, written) = (self.front.start, self.text.get(self.front.clone()));
        let own = match &root.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| key.text == "tlp"),
            _ => None,
        };
        let own = own.map_or(0..0, |(key, _)| {
            let from_start = |at: u32| (at as usize).saturating_sub(start);
            from_start(key.span.start)..from_start(key.span.end)
        });
        let labels = written
            .is_none_or(|written| possible_in_values(written, &own) || stix::possible(written));
        self.remember(root, labels);
        self.own_addresses(root);
    }

    /// The same of a part; `labels` tells whether any stand in the front matter at all.
    fn remember(&mut self, node: &Node<'_>, labels: bool) {
        match &node.value {
            Value::Scalar(scalar) => {
                if labels && (possible(&scalar.text) || stix::possible(&scalar.text)) {
                    self.labelled.insert(place(node));
                }
                if marks_text(&scalar.text, &self.markings.others) {
                    self.other_marking(node.span);
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.remember(item, labels)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    if labels && key.text != "tlp" && possible(&key.text) {
                        self.labelled.insert(place(key));
                    }
                    self.remember_of(&key.text, node, labels);
                }
            }
        }
    }

    /// The same of what stands behind a key.
    fn remember_of(&mut self, key: &str, node: &Node<'_>, labels: bool) {
        let Value::Scalar(scalar) = &node.value else {
            return self.remember(node, labels);
        };
        match key {
            // What stands there is read as a marking.
            "tlp" if labels && (possible(&scalar.text) || stix::possible(&scalar.text)) => {
                self.labelled.insert(place(node));
            }
            "tlp" => {}
            "title" if self.markings.others.ends_marked(&scalar.text) => {
                if !marks_text(&scalar.text, &self.markings.others) {
                    self.other_marking(node.span);
                }
                self.remember(node, labels);
            }
            _ => self.remember(node, labels),
        }
    }

    /// Addresses of pages of the site itself among words, where no link asks who may see the page: the whole
    /// counts as RED.
    fn own_addresses(&mut self, node: &Node<'_>) {
        let scalar = match &node.value {
            Value::Scalar(scalar) => scalar,
            Value::List(items) => return items.iter().for_each(|item| self.own_addresses(item)),
            Value::Map(entries) => {
                // Sources have readers of their own for where they are.
                let words = entries
                    .iter()
                    .filter(|(key, _)| !matches!(&*key.text, "url" | "archived"));
                return words.for_each(|(_, node)| self.own_addresses(node));
            }
        };
        let own = |address: &String| {
            let own = self.markings.path_of_entry(address);
            own.or_else(|| self.markings.entry_within(address))
                .is_some()
        };
        let Some(address) = autolink::bare(&scalar.text).find(own) else {
            return;
        };
        self.withheld = true;
        let message = format!("`{address}` is an address of this site, and no link");
        let help = "write a link, `[[notes/example]]`, where a sentence stands, and leave it out elsewhere: an address in words would be shown to whoever may not see the page";
        self.report(Code::UnsafeLink, node.span, message, help);
    }

    /// A mark of another scheme: it says nothing here, and the whole counts as RED.
    fn other_marking(&mut self, span: Span) {
        self.withheld = true;
        let message = "a mark of a scheme other than TLP 2.0, which means nothing here";
        let help = "mark the statement or the entry by TLP, `(TLP:AMBER) …` or `tlp: amber`; `other_markings` of dossier.toml lists the words";
        self.report(Code::OtherMarking, span, message, help);
    }

    /// Reports the labels in all that no reader took up: unknown keys and their values, `extra`, values of
    /// another type than their key takes.
    pub fn leftover_labels(&mut self, name: &str, node: &Node<'_>) {
        if self.labelled.is_empty() {
            return;
        }
        match &node.value {
            Value::Scalar(scalar) => {
                if self.take_up(node) {
                    self.bears_none(name, &read(&scalar.text), node.span, Words::Free);
                }
            }
            Value::List(items) => {
                for item in items {
                    self.leftover_labels(name, item);
                }
            }
            Value::Map(entries) => {
                for (key, node) in entries {
                    self.key(key);
                    self.leftover_labels(&key.text, node);
                }
            }
        }
    }

    /// What may hold a label and was not read yet.
    fn take_up<T>(&mut self, it: &T) -> bool {
        !self.labelled.is_empty() && self.labelled.remove(&place(it))
    }

    /// A statement of which `tlp`, if it stands, is read already.
    pub fn own_marking(&mut self, fields: &Fields<'_>) -> Marking {
        let tlp = self.mark(fields);
        let node = fields.get("tlp");
        let sound = node.filter(|node| node.text().and_then(Tlp::from_name).is_some());
        Marking {
            tlp,
            tlp_span: sound.map(|node| node.span),
            ..Marking::default()
        }
    }

    /// The words of a text, which give their mark to the statement `of` which they are part; none where
    /// they can bear no marking of their own.
    pub fn words<'n>(
        &mut self,
        name: &str,
        node: &'n Node<'_>,
        form: Form,
        of: Option<&mut Marking>,
    ) -> Option<Cow<'n, str>> {
        self.words_of(name, node, form, Kind::Plain, of)
    }

    /// The same of a text of either kind.
    pub(super) fn words_of<'n>(
        &mut self,
        name: &str,
        node: &'n Node<'_>,
        form: Form,
        kind: Kind,
        mut of: Option<&mut Marking>,
    ) -> Option<Cow<'n, str>> {
        let text = self.printed(name, node, form)?;
        let text = self.uncommented(name, node, text, kind, of.as_deref_mut());
        let labelled = self.take_up(node);
        let words = match text {
            Cow::Borrowed(text) if !labelled || (matches!(form, Form::Named) && is_name(text)) => {
                Cow::Borrowed(text.trim())
            }
            Cow::Borrowed(text) => self.without_labels(name, node, text, of),
            // What a comment parted may be a label.
            Cow::Owned(text) if possible(&text) => {
                let words = self.without_labels(name, node, &text, of);
                Cow::Owned(words.into_owned())
            }
            Cow::Owned(text) if text.trim().is_empty() => {
                self.no_value(name, node.span);
                return None;
            }
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        Some(words)
    }

    /// The words of a text without its mark.
    fn without_labels<'t>(
        &mut self,
        name: &str,
        node: &Node<'_>,
        text: &'t str,
        of: Option<&mut Marking>,
    ) -> Cow<'t, str> {
        let read = read(text);
        match of {
            Some(statement) => self.hears(statement, node, text, &read),
            None => {
                self.bears_none(name, &read, node.span, Words::Free);
            }
        }
        match read.shown {
            Cow::Borrowed(shown) => Cow::Borrowed(shown.trim()),
            Cow::Owned(shown) => Cow::Owned(shown.trim().to_owned()),
        }
    }

    /// A name that stands before a colon, without the backslashes of labels that are none.
    pub fn key<'n>(&mut self, key: &'n Key<'_>) -> Cow<'n, str> {
        let text = self.uncommented_key(key);
        if !self.take_up(key) && matches!(text, Cow::Borrowed(_)) {
            return text;
        }
        let read = read(&text);
        self.bears_none(&key.text, &read, key.span, Words::Free);
        Cow::Owned(read.shown.into_owned())
    }

    /// Whether a value that is no free text holds no label.
    pub fn holds_none(&mut self, name: &str, node: &Node<'_>, text: &str, form: Form) -> bool {
        if !self.take_up(node) {
            return true;
        }
        // A marking is read as one; a slug is a name.
        let apart = match form {
            Form::Tlp => true,
            Form::Ref | Form::Named => is_name(text),
            _ => false,
        };
        apart || self.bears_none(name, &read(text), node.span, Words::Closed)
    }

    /// What a statement's text says of its marking.
    fn hears(&mut self, statement: &mut Marking, node: &Node<'_>, text: &str, read: &Text<'_>) {
        if let Some(fault) = &read.fault {
            let span = self.span_within(node, text, &fault.range);
            self.report(Code::BadMarking, span, fault.message, fault.help.as_str());
            statement.unread = true;
            return;
        }
        if let Some((tlp, range)) = &read.mark {
            let new = (*tlp, self.span_within(node, text, range));
            let before = statement.mark.filter(|(before, _)| before != tlp);
            if let Some((_, other)) = before {
                // Texts are not read in the order in which they stand.
                let ahead = other.start < new.1.start;
                let (first, second) = if ahead {
                    (other, new.1)
                } else {
                    (new.1, other)
                };
                let message = "two marks on one thing";
                let problem = Diagnostic::at(Code::BadMarking, self.path, second, message)
                    .also(Place::new(self.path, first), "the other one")
                    .help("keep the one that is meant; the higher holds");
                self.problems.push(problem);
            }
            statement.mark =
                Some(before.map_or(new, |before| if before.0 > new.0 { before } else { new }));
        }
        if let Some((tlp, range)) = &read.bare
            && statement.bare.as_ref().is_none_or(|(bare, ..)| bare < tlp)
        {
            let written = text.get(range.clone()).unwrap_or("").to_owned();
            statement.bare = Some((*tlp, self.span_within(node, text, range), written));
        }
    }

    /// A label in a statement, or in what is none, cannot be read as a mark: it counts as RED.
    pub(super) fn cannot_be_read(&mut self, of: Option<&mut Marking>) {
        match of {
            Some(statement) => statement.unread = true,
            None => self.withheld = true,
        }
    }

    /// The place of a part of a text; of all of it where the file has it in other letters.
    pub(super) fn span_within(&self, node: &Node<'_>, text: &str, range: &Range<usize>) -> Span {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let written = |quotes: usize| self.text.get(start + quotes..end.checked_sub(quotes)?);
        let quotes = [0, 1]
            .into_iter()
            .find(|&quotes| written(quotes) == Some(text));
        quotes.map_or(node.span, |quotes| {
            let start = start + quotes;
            Span::new(start + range.start, start + range.end)
        })
    }

    /// The marking of a statement whose texts are all read.
    pub fn marked(&mut self, statement: Marking) -> Option<Tlp> {
        let Marking {
            tlp,
            tlp_span,
            mark,
            bare,
            unread,
        } = statement;
        if unread {
            return Some(Tlp::Red);
        }
        if let Some((mark, span)) = mark {
            match (tlp, tlp_span) {
                (Some(tlp), Some(around)) if mark < tlp => {
                    self.lower_than_own(mark, span, tlp, around)
                }
                (None, _) => self.not_lower(mark, span),
                _ => {}
            }
        }
        let tlp = tlp.max(mark.map(|(mark, _)| mark));
        let around = tlp.unwrap_or_default().max(self.around);
        let Some((level, span, written)) = bare.filter(|(level, ..)| *level > around) else {
            return tlp;
        };
        let message = format!("`{written}` stands in a text that is {}", around.label());
        let help = format!(
            "mark the text, `({}) …`, or the whole, `tlp: {level}`; where only the words are meant, {WORDS}",
            level.label()
        );
        self.report(Code::BadMarking, span, message, help);
        Some(level)
    }

    fn lower_than_own(&mut self, mark: Tlp, span: Span, own: Tlp, around: Span) {
        let message = format!(
            "{} inside {}: the higher marking holds",
            mark.label(),
            own.label()
        );
        let problem = Diagnostic::at(Code::LowerMarking, self.path, span, message)
            .label("has no effect here")
            .also(Place::new(self.path, around), "the statement's marking")
            .help("take the mark away, or lower the `tlp` of the statement");
        self.problems.push(problem);
    }

    /// Whether a text that can bear no marking of its own holds no label either; one that does is reported,
    /// and the whole entry counts as RED.
    fn bears_none(&mut self, name: &str, read: &Text<'_>, span: Span, words: Words) -> bool {
        let bare = read.bare.as_ref().map(|(level, _)| *level);
        let level = (read.fault.as_ref().map(|fault| fault.level))
            .or_else(|| read.mark.as_ref().map(|(tlp, _)| *tlp))
            .or_else(|| bare.filter(|level| *level > self.around));
        let Some(level) = level else {
            return true;
        };
        self.withheld = true;
        let help = if level > self.around {
            format!("mark the whole, `tlp: {level}` in a line of its own, or leave this out")
        } else {
            "take the label away: the whole is marked as high".to_owned()
        };
        let help = match words {
            Words::Free => format!("{help}; where only the words are meant, {WORDS}"),
            Words::Closed => {
                format!("{help}; a statement with a `tlp` of its own is marked by that")
            }
        };
        let message = format!("`{name}` holds a label and can bear no marking of its own");
        self.report(Code::BadMarking, span, message, help);
        false
    }

    /// One text, with a marking of its own.
    pub fn marked_text(&mut self, name: &str, node: &Node<'_>) -> Option<Marked<String>> {
        let mut statement = Marking::default();
        let value = self.text(name, node, Some(&mut statement))?;
        let tlp = self.marked(statement);
        Some(Marked { value, tlp })
    }

    /// One text of one line, with a marking of its own.
    pub fn marked_line(&mut self, name: &str, node: &Node<'_>) -> Option<Marked<String>> {
        let mut statement = Marking::default();
        let value = self.line(name, node, Some(&mut statement))?;
        let tlp = self.marked(statement);
        Some(Marked { value, tlp })
    }

    /// What a text that is a name, such as a tag, says of its marking: `marking/tlp/red`.
    fn hears_name(&self, statement: &mut Marking, node: &Node<'_>) {
        // What is written to be no label is no name.
        let name = node.text().filter(|text| !text.contains(['\\', '`']));
        if let Some(name) = name
            && let Some(level) = in_name(name).max(in_id(name).map(Reading::level))
            && statement
                .bare
                .as_ref()
                .is_none_or(|(bare, ..)| *bare < level)
        {
            statement.bare = Some((level, node.span, name.to_owned()));
        }
    }

    /// Several texts, each with a marking of its own, and each once for whoever may see it.
    pub fn texts(&mut self, name: &str, node: &Node<'_>) -> Vec<Marked<String>> {
        let texts = self.located_texts(name, node).into_iter();
        texts.map(|text| text.value).collect()
    }

    /// The same, with their places.
    pub fn located_texts(&mut self, name: &str, node: &Node<'_>) -> Vec<Located<Marked<String>>> {
        let mut lowest: HashMap<String, Option<Tlp>> = HashMap::new();
        let mut texts: Vec<Located<Marked<String>>> = Vec::new();
        self.label_in_two(name, node);
        for item in node.each() {
            let mut statement = Marking::default();
            if self.labelled.contains(&place(item)) {
                self.hears_name(&mut statement, item);
            }
            let words = self.words(name, item, Form::Texts, Some(&mut statement));
            let tlp = self.marked(statement);
            let Some(text) = words else { continue };
            // Few are compared, many are looked up.
            let known = match texts.len() {
                0..FEW => (texts.iter().rev())
                    .find(|known| known.value.value == text)
                    .map(|known| known.value.tlp),
                FEW => {
                    let known = texts
                        .iter()
                        .map(|it| (it.value.value.clone(), it.value.tlp));
                    lowest = known.collect();
                    lowest.get(text.as_ref()).copied()
                }
                _ => lowest.get(text.as_ref()).copied(),
            };
            if known.is_some_and(|known| known <= tlp) {
                continue;
            }
            let value = text.into_owned();
            if texts.len() >= FEW {
                lowest.insert(value.clone(), tlp);
            }
            texts.push(Located {
                value: Marked { value, tlp },
                span: item.span,
            });
        }
        texts
    }

    /// Reports a label of which the name and the colour are two texts of a list: `[tlp, amber]`.
    fn label_in_two(&mut self, name: &str, node: &Node<'_>) {
        let texts = || node.each().iter().filter_map(Node::text);
        if !texts().any(|text| text.trim().eq_ignore_ascii_case("tlp")) {
            return;
        }
        let levels = texts().filter_map(|text| Tlp::from_name(&text.trim().to_lowercase()));
        let Some(level) = levels.max().filter(|level| *level > self.around) else {
            return;
        };
        self.withheld = true;
        let message = format!("the words of a label stand apart in `{name}`, and mark nothing");
        let help =
            format!("mark the whole, `tlp: {level}` in a line of its own, or leave them out");
        self.report(Code::BadMarking, node.span, message, help);
    }

    /// `extra` as templates get it: labels and comments that are written not to be any lose their backslashes.
    pub fn unescaped(&self, data: Data) -> Data {
        let shown = |text: String| {
            let text = comments::unescaped(text);
            match possible(&text) {
                true => read(&text).shown.into_owned(),
                false => text,
            }
        };
        match data {
            _ if self.labelled.is_empty() && self.commented.is_empty() => data,
            Data::Text(text) => Data::Text(shown(text)),
            Data::List(items) => {
                Data::List(items.into_iter().map(|it| self.unescaped(it)).collect())
            }
            Data::Map(entries) => {
                let entries = entries.into_iter();
                Data::Map(
                    entries
                        .map(|(key, it)| (shown(key), self.unescaped(it)))
                        .collect(),
                )
            }
            Data::Null | Data::Bool(_) | Data::Integer(_) | Data::Float(_) => data,
        }
    }
}

/// So many texts of one list are compared with each other.
const FEW: usize = 16;

/// How the words of a label are written where they are no label.
const WORDS: &str = "write `TLP\\:…`, or quote them as code: `` `TLP:…` ``";

/// What tells a node from all others of a tree while it stands.
pub(super) fn place<T>(it: &T) -> usize {
    std::ptr::from_ref(it).addr()
}

/// Whether a text has the look of a slug or of a path: a name, not something that is said.
fn is_name(text: &str) -> bool {
    let signs =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/".contains(&byte);
    text.trim().bytes().all(signs)
}
