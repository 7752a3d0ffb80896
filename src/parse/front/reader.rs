//! What every typed reader does: name what is wrong with a value and go on.
//!
//! A [`Reader`] collects the problems of one front matter. Its methods take a key's name and a node
//! and give a value, or report and give nothing; none stops at the first problem. They stand in
//! [`super::values`], [`super::refs`], [`super::facts`] and [`super::relations`].

use super::form::{Form, Shape};
use super::keys;
use super::tree::{Key, Node, Value};
use super::withholding;
use crate::diag::{Advice, Code, Diagnostic, TextEdit, nearest};
use crate::model::{Markings, Tlp};
use crate::parse::label;
use crate::text::{Place, Span, TextFile};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Reads the values of one front matter and collects its problems.
pub struct Reader<'p> {
    /// The file.
    pub path: &'p Arc<str>,
    /// Its text.
    pub text: &'p str,
    /// Where its front matter is written; all of it until that is known.
    pub front: Range<usize>,
    /// The entry's marking, below which no part of it may be marked; CLEAR where it cannot be read,
    /// so that nothing is reported that only follows from that.
    pub floor: Tlp,
    /// Where that marking stands; `None` for the dossier's default.
    pub floor_span: Option<Span>,
    /// Where the entry's id stands, if it does.
    pub id_span: Option<Span>,
    /// Whether something may have been meant to be the entry's marking and cannot be read as one.
    pub unread_marking: bool,
    /// What the settings say of marks, and of reading.
    pub markings: &'p Markings,
    /// The marking of the whole; RED where it cannot be read.
    pub around: Tlp,
    /// What may hold a label and was not read yet: see [`super::marks`].
    pub labelled: HashSet<usize>,
    /// What may hold a comment and was not read yet: see [`super::comments`].
    pub commented: HashSet<usize>,
    /// A label stands where no marking can be borne: the whole counts as RED.
    pub withheld: bool,
    /// What was met.
    pub problems: Vec<Diagnostic>,
}

/// A map whose keys were checked against a [`Shape`].
pub struct Fields<'n> {
    entries: &'n [(Key<'n>, Node<'n>)],
    /// `tlp` stands without a value, or a key that was perhaps meant to withhold.
    pub unread_tlp: bool,
}

impl<'n> Fields<'n> {
    /// The value of a key; `None` where it is absent or empty (which is then reported already).
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'n Node<'n>> {
        self.entry(key).map(|(_, node)| node)
    }

    /// A key with its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<(&'n Key<'n>, &'n Node<'n>)> {
        let found = self.entries.iter().find(|(own, _)| own.text == key);
        found
            .filter(|(_, node)| !node.is_empty())
            .map(|(key, node)| (key, node))
    }
}

impl<'p> Reader<'p> {
    /// A reader for a file, with the marking that the entry has so far.
    #[must_use]
    pub fn new(file: &'p TextFile, markings: &'p Markings) -> Self {
        let floor = markings.default;
        Self {
            markings,
            path: &file.path,
            text: &file.text,
            front: 0..file.text.len(),
            floor,
            floor_span: None,
            id_span: None,
            unread_marking: false,
            around: floor,
            labelled: HashSet::new(),
            commented: HashSet::new(),
            withheld: false,
            problems: Vec::new(),
        }
    }

    /// Reports a problem with a way out.
    pub fn report(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Advice>,
    ) {
        let mut help: Advice = help.into();
        help.words = shortened(help.words);
        let message = shortened(message.into());
        let problem = Diagnostic::at(code, self.path, span, message).help(help);
        self.problems.push(problem);
    }

    /// Reads something that withholds: no problem of it can be turned off.
    pub fn firmly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.problems.len();
        let value = read(self);
        self.firm_since(before);
        value
    }

    /// Makes every problem after the first `before` one that cannot be turned off.
    pub fn firm_since(&mut self, before: usize) {
        for problem in self.problems.iter_mut().skip(before) {
            // What was left out of a reason says nothing of what withholds.
            if problem.code != Code::DroppedComment {
                problem.make_firm();
            }
        }
    }

    /// Reports a name in a map of free names that would withhold as a key of its own.
    pub fn free_name(&mut self, map: &str, key: &Key<'_>, node: &Node<'_>) -> bool {
        let marks = || withholding::marks(&key.text, node).then_some("tlp");
        let Some(meant) = withholding::named(&key.text).or_else(marks) else {
            return true;
        };
        // A label is read as one (`marks`), and one that is written to be none is none.
        if label::text::speaks(&key.text) {
            return true;
        }
        let message = format!("`{}` within `{map}` withholds nothing", key.text);
        let value = if meant == "tlp" { "amber" } else { "…" };
        let mut help = format!(
            "write `{meant}: {value}` at the top of the front matter, or choose another name"
        );
        let mut code = Code::UnknownKey;
        if meant == "tlp" {
            code = Code::BadMarking;
            self.unread_marking = true;
            if map == "facts" {
                help.push_str("; a single fact is marked as `{ value: …, tlp: amber }`");
            }
        }
        self.firmly(|reader| reader.report(code, key.span, message, help));
        false
    }

    /// Reports a value of another type than the key takes.
    pub fn wrong_type(&mut self, name: &str, node: &Node<'_>, form: Form) {
        if let Some(meant) = withholding::within(node) {
            self.unread_marking |= meant == "tlp";
            return self.firmly(|reader| reader.report_type(name, node, form));
        }
        self.report_type(name, node, form);
    }

    fn report_type(&mut self, name: &str, node: &Node<'_>, form: Form) {
        let message = format!("`{name}` takes {}, not {}", form.takes(), node.found());
        let help = format!("write it as `{name}: {}`", form.example());
        self.report(Code::WrongType, node.span, message, help);
    }

    /// Reports a key without a value.
    pub fn no_value(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` has no value");
        let help = "write a value, or delete it";
        self.report(Code::WrongType, span, message, help);
    }

    /// Reports a word that is not one of those allowed.
    pub fn not_one_of(&mut self, code: Code, name: &str, node: &Node<'_>, words: &[&str]) {
        let word = node.text().unwrap_or("").trim();
        let list = words.join(", ");
        let help = match nearest(word, words.iter().copied()) {
            Some(near) => Advice::from(format!("did you mean `{}`? (it takes: {list})", near.word))
                .edited(near.is_slip(), self.instead(node, near.word)),
            None => format!("it takes: {list}").into(),
        };
        let message = format!("`{word}` is not a value of `{name}`");
        match withholding::by_word(word) {
            Some(_) => self.firmly(|reader| reader.report(code, node.span, message, help)),
            None => self.report(code, node.span, message, help),
        }
    }

    /// The trimmed text of a scalar; reports a list, a map, nothing, or a label in it.
    pub fn scalar<'n>(&mut self, name: &str, node: &'n Node<'_>, form: Form) -> Option<&'n str> {
        let text = self.printed(name, node, form)?;
        // What else than one of a few forms it has is told by who reads it.
        self.may_hold_comment(node);
        self.holds_none(name, node, text, form).then(|| text.trim())
    }

    /// The text of a scalar, whatever labels it holds; reports a list, a map or nothing.
    pub fn printed<'n>(&mut self, name: &str, node: &'n Node<'_>, form: Form) -> Option<&'n str> {
        if node.is_empty() {
            self.no_value(name, node.span);
            return None;
        }
        let Some(text) = node.text() else {
            self.wrong_type(name, node, form);
            return None;
        };
        self.printable(name, node, text, node.span).then_some(text)
    }

    /// Reports signs that no page and no feed can carry in the text of a key or value. What is to be said of a comment
    /// in it can be said when they are gone, which may part it.
    pub fn printable<T>(&mut self, name: &str, it: &T, text: &str, span: Span) -> bool {
        let bad = |c: char| {
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
                || matches!(c, '\u{fffe}' | '\u{ffff}')
        };
        let usual = |all: bool, byte: u8| all & matches!(byte, b' '..=b'~');
        if text.bytes().fold(true, usual) {
            return true;
        }
        let Some(found) = text.chars().find(|c| bad(*c)) else {
            return true;
        };
        self.may_hold_comment(it);
        let message = format!(
            "`{name}` holds the control character U+{:04X}",
            u32::from(found)
        );
        let edit = TextEdit::within(self.path, span, found, "");
        let help = Advice::from("delete it").safely([edit]);
        self.report(Code::BadValue, span, message, help);
        false
    }

    /// The fields of a map. Reports what is no map, unknown keys, and required keys that are absent.
    pub fn fields<'n>(
        &mut self,
        name: &str,
        node: &'n Node<'n>,
        shape: &'static Shape,
    ) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            if node.is_empty() {
                self.no_value(name, node.span);
            } else {
                self.wrong_type(name, node, Form::One(shape));
            }
            return None;
        };
        let (meant, withholds) = self.check_keys(entries, shape);
        for inner in shape.keys.iter().filter(|inner| inner.required) {
            // An unknown key was perhaps meant to be this one: that is said already.
            let said = meant
                .iter()
                .any(|near| near.is_none_or(|near| near == inner.key));
            if !said && !entries.iter().any(|(key, _)| key.text == inner.key) {
                let message = format!("{} needs the key `{}`", shape.what, inner.key);
                let help = format!("write it as `{name}: {}`", shape.example);
                self.report(Code::MissingKey, node.span, message, help);
            }
        }
        Some(Fields {
            entries,
            unread_tlp: withholds
                || (entries.iter()).any(|(key, node)| key.text == "tlp" && node.is_empty()),
        })
    }

    /// Reports keys that a shape lacks and keys without a value. Gives what each of the unknown ones
    /// was perhaps meant to be, and whether one was perhaps meant to withhold.
    fn check_keys(
        &mut self,
        entries: &[(Key<'_>, Node<'_>)],
        shape: &'static Shape,
    ) -> (Vec<Option<&'static str>>, bool) {
        let names = shape.keys.iter().map(|inner| inner.key);
        let mut meant = Vec::new();
        let mut withholds = false;
        for (at, (key, node)) in entries.iter().enumerate() {
            if names.clone().any(|name| name == key.text) {
                if node.is_empty() && withholding::KEYS.contains(&key.text.as_ref()) {
                    self.firmly(|reader| reader.no_value(&key.text, key.span));
                } else if node.is_empty() {
                    self.no_value(&key.text, key.span);
                }
                continue;
            }
            let near = keys::nearest(&key.text, names.clone());
            let list = names.clone().collect::<Vec<_>>().join(", ");
            let help = match near {
                Some(near) => {
                    let taken = entries.iter().any(|(other, _)| other.text == near);
                    let sure = keys::is_sure(&key.text, near, names.clone());
                    Advice::from(format!("did you mean `{near}`? (it has: {list})"))
                        .edited(sure, self.key_instead(key, near).filter(|_| !taken))
                }
                None => match at.checked_sub(1).and_then(|before| entries.get(before)) {
                    Some((before, _)) if node.is_empty() && self.is_cut_by_comma(before, key) => {
                        format!(
                            "the comma ended the value of `{}`: put all of that in quotation marks",
                            before.text
                        )
                        .into()
                    }
                    _ => format!("it has: {list}").into(),
                },
            };
            let message = format!("{} has no key `{}`", shape.what, key.text);
            if withholding::meant(&key.text, node).is_some() {
                withholds = true;
                self.firmly(|reader| reader.report(Code::UnknownKey, key.span, message, help));
            } else {
                self.report(Code::UnknownKey, key.span, message, help);
            }
            meant.push(near);
        }
        (meant, withholds)
    }

    /// Whether nothing but a value and a comma lies between two keys: within braces a comma ends a value.
    fn is_cut_by_comma(&self, before: &Key<'_>, key: &Key<'_>) -> bool {
        let between = self
            .text
            .get(before.span.end as usize..key.span.start as usize);
        between.is_some_and(|text| text.trim_end().ends_with(',') && !text.contains('\n'))
    }

    /// The marking of a part of the entry. One that cannot be read counts as RED: it fails closed.
    pub fn mark(&mut self, fields: &Fields<'_>) -> Option<Tlp> {
        let Some(node) = fields.get("tlp") else {
            return fields.unread_tlp.then_some(Tlp::Red);
        };
        let Some(tlp) = self.firmly(|reader| reader.tlp(node)) else {
            return Some(Tlp::Red);
        };
        self.not_lower(tlp, node.span);
        Some(tlp)
    }

    /// Reports a marking that is lower than that of the entry.
    pub fn not_lower(&mut self, tlp: Tlp, span: Span) {
        if tlp < self.floor {
            let message = format!(
                "{} stands within an entry that is {}",
                tlp.label(),
                self.floor.label()
            );
            let mut problem = Diagnostic::at(Code::LowerMarking, self.path, span, message);
            problem = match self.floor_span {
                Some(around) => problem
                    .also(Place::new(self.path, around), "the entry's marking")
                    .help("a part is marked as its entry or higher; delete the lower marking"),
                None => problem.help(
                    "the entry has no marking of its own, so that `default_tlp` of dossier.toml holds; delete the lower marking, or mark the entry",
                ),
            };
            self.problems.push(problem);
        }
    }
}

/// A sentence that quotes at most a line or two of what was written.
fn shortened(mut sentence: String) -> String {
    const MOST: usize = 600;
    if sentence.len() > MOST {
        let ends = |from: usize| (0..=from).rev().find(|at| sentence.is_char_boundary(*at));
        let head = ends(MOST / 2).unwrap_or(0);
        let tail = ends(sentence.len() - MOST / 4).unwrap_or(sentence.len());
        sentence.replace_range(head..tail, " … ");
    }
    sentence
}
