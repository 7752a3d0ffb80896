//! Labels beside the keys and values of a front matter: in its comments, and in the tags and anchors of YAML.
//!
//! Takes a tree and the text that it was read of; gives the labels above a marking that stand in no key and in
//! no value. Nothing of them is published, but whoever wrote one takes what stands by it for marked. There is
//! nothing that quotes a label there.

use super::reader::Reader;
use super::toml;
use super::tree::{Node, Scalar, Value};
use crate::diag::Code;
use crate::model::{Schemes, Tlp};
use crate::parse::label::{self, Reading};
use crate::text::{Span, TextFile};
use memchr::{memchr, memchr3};
use std::ops::Range;

/// A label that marks nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct Beside {
    /// The marking that it must be taken for.
    pub level: Tlp,
    /// As it is written, in one line.
    pub written: String,
    /// Where it stands.
    pub span: Span,
    /// What it stands in.
    pub within: &'static str,
}

/// The first label above a marking in each stretch between keys and values.
#[must_use]
pub fn labels(text: &str, front: Range<usize>, root: &Node<'_>, above: Tlp) -> Vec<Beside> {
    let written = text.get(front.clone()).unwrap_or("");
    // Comments, tags and anchors begin so.
    if memchr3(b'#', b'!', b'&', written.as_bytes()).is_none() || !label::possible(written) {
        return Vec::new();
    }
    let gaps = gaps(text, front, root).into_iter();
    let labels = gaps.filter_map(|gap| first(text.get(gap.clone())?, gap.start, above));
    labels.collect()
}

/// The same of the settings of a dossier, which are for every audience.
#[must_use]
pub fn labels_in_settings(file: &TextFile) -> Vec<Beside> {
    let whole = 0..file.text.len();
    // What is wrong with them is told by whoever reads them.
    let tree = toml::read(&file.path, &file.text, &whole, &mut Vec::new());
    tree.map_or_else(Vec::new, |tree| {
        labels(&file.text, whole, &tree, Tlp::Clear)
    })
}

/// Where keys and values stand.
fn take(text: &str, node: &Node<'_>, taken: &mut Vec<Range<usize>>) {
    let range = |span: Span| span.start as usize..span.end as usize;
    match &node.value {
        // Of no value at all the parser does not say where it stands.
        Value::Scalar(Scalar { text, quoted }) if text.is_empty() && !quoted => {}
        Value::Scalar(_) => {
            let mut range = range(node.span);
            // Behind the sign of a block there may be a comment.
            let written = text.get(range.clone()).unwrap_or("");
            if written.starts_with(['|', '>']) {
                range.start += written.find('\n').unwrap_or(written.len());
            }
            taken.push(range);
        }
        Value::List(items) => items.iter().for_each(|item| take(text, item, taken)),
        Value::Map(entries) => {
            for (key, node) in entries {
                taken.push(range(key.span));
                take(text, node, taken);
            }
        }
    }
}

/// The comments that are a mark of another scheme, or a colour, and nothing else: `# AMBER`, `# Marking: RED`.
fn other_marks(
    text: &str,
    front: Range<usize>,
    root: &Node<'_>,
    others: &Schemes,
) -> Vec<(String, Span)> {
    let written = text.get(front.clone()).unwrap_or("");
    if memchr(b'#', written.as_bytes()).is_none() || others.are_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for gap in gaps(text, front, root) {
        let mut at = gap.start;
        for line in text.get(gap).unwrap_or("").split_inclusive('\n') {
            if let Some(sign) = memchr(b'#', line.as_bytes()) {
                let comment = line
                    .get(sign..)
                    .unwrap_or("")
                    .trim_matches(['#', ' ', '\t', '\r', '\n']);
                if others.is_colour(comment) || others.names(comment) || others.is_headed(comment) {
                    let from = at + sign;
                    let end = from + line.get(sign..).unwrap_or("").trim_end().len();
                    found.push((comment.to_owned(), Span::new(from, end)));
                }
            }
            at += line.len();
        }
    }
    found
}

/// What stands between keys and values.
fn gaps(text: &str, front: Range<usize>, root: &Node<'_>) -> Vec<Range<usize>> {
    let mut taken = Vec::new();
    take(text, root, &mut taken);
    taken.sort_unstable_by_key(|range| range.start);
    taken.push(front.end..front.end);
    let mut gaps = Vec::with_capacity(taken.len());
    let mut at = front.start;
    for range in taken {
        gaps.push(at..range.start.max(at));
        at = at.max(range.end);
    }
    gaps
}

/// The first label above a marking in what stands between keys and values.
fn first(gap: &str, start: usize, above: Tlp) -> Option<Beside> {
    memchr3(b'#', b'!', b'&', gap.as_bytes())?;
    let known = |reading: Reading| reading.level() > above;
    let (label, _) = label::all(gap).find(|(label, _)| known(label.reading))?;
    let written = gap.get(label.range.clone()).unwrap_or("");
    let line = gap.get(..label.range.start).unwrap_or("").lines().last();
    let comment = line.is_some_and(|line| line.contains('#'));
    Some(Beside {
        level: label.reading.level(),
        written: written.split_whitespace().collect::<Vec<_>>().join(" "),
        span: Span::new(start + label.range.start, start + label.range.end),
        within: if comment { "a comment" } else { "an anchor" },
    })
}

impl Reader<'_> {
    /// Reports the labels beside keys and values that are above the marking of the whole: it counts as RED.
    pub fn labels_beside(&mut self, root: &Node<'_>) {
        let found = labels(self.text, self.front.clone(), root, self.around);
        // What stands over several comments is told once.
        let others = match found.is_empty() {
            true => other_marks(self.text, self.front.clone(), root, &self.markings.others),
            false => Vec::new(),
        };
        for Beside {
            level,
            written,
            span,
            within,
        } in found
        {
            self.withheld = true;
            let message = format!("`{written}` in {within} marks nothing");
            let help = format!(
                "mark what is meant: `({}) …` at the start of a text, `tlp: {level}` within a value or for the whole; where nothing is meant, delete it",
                level.label()
            );
            self.report(Code::BadMarking, span, message, help);
        }
        for (written, span) in others {
            self.withheld = true;
            let message = format!("`{written}` in a comment marks nothing");
            let help = "mark what is meant by TLP: `(TLP:AMBER) …` at the start of a text, `tlp: amber` within a value or for the whole; where nothing is meant, delete it";
            self.report(Code::OtherMarking, span, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;

    fn in_yaml(text: &str) -> Vec<(String, Span)> {
        let root = yaml::read(&"x.md".into(), text, 0..text.len(), &mut Vec::new());
        let root = root.expect("it can be read");
        let found = labels(text, 0..text.len(), &root, Tlp::Clear);
        found.into_iter().map(|it| (it.written, it.span)).collect()
    }

    #[test]
    fn labels_in_comments_tags_and_anchors_are_found() {
        for (text, written) in [
            ("title: x # TLP:AMBER\n", "TLP:AMBER"),
            ("# tlp: amber\ntitle: x\n", "tlp: amber"),
            ("title: x #TLP:AMBER\n", "TLP:AMBER"),
            ("title: x\n# TLP:\n# AMBER", "TLP: # AMBER"),
            ("a: # (TLP:RED)\n  - x\n", "TLP:RED"),
            ("a: [x, y] # TLP RED\n", "TLP RED"),
            ("a:\n  - { b: c } # TLP:RED\n", "TLP:RED"),
            ("a: | # TLP:RED\n  x\nb: c\n", "TLP:RED"),
            ("a: |\n  x\n# TLP:RED\nb: c\n", "TLP:RED"),
            ("a: \"x # y\" # TLP:RED\n", "TLP:RED"),
            ("ä: ö # TLP:RED\n", "TLP:RED"),
            ("ä: ö # TLP_RED\n", "TLP_RED"),
            ("a: &TLP_RED x\n", "TLP_RED"),
        ] {
            let found = in_yaml(text);
            assert_eq!(found.len(), 1, "{text:?}: {found:?}");
            assert_eq!(found[0].0, written, "{text:?}");
            assert_eq!(
                found[0].1.of(text).split_whitespace().collect::<String>(),
                written.replace(' ', "")
            );
        }
    }

    #[test]
    fn marks_of_other_schemes_in_comments_are_found() {
        let found = |text: &str| {
            let root = yaml::read(&"x.md".into(), text, 0..text.len(), &mut Vec::new());
            let root = root.expect("it can be read");
            other_marks(text, 0..text.len(), &root, &Schemes::default()).len()
        };
        for text in [
            "# AMBER\ntitle: x\n",
            "title: x # SECRET\n",
            "title: x\n## Marking: red\n",
            "a:\n  - b # RED\n",
        ] {
            assert_eq!(found(text), 1, "{text:?}");
        }
        for text in [
            "# the red team's notes\ntitle: x\n",
            "title: \"x # RED\"\n",
            "a: |\n  x\n  # RED\nb: c\n",
            "title: x # green\n",
        ] {
            assert_eq!(found(text), 0, "{text:?}");
        }
    }

    #[test]
    fn texts_are_no_comments() {
        for text in [
            "a: \"x # TLP:RED\"\n",
            "a: 'x # TLP:RED'\nb: c # d\n",
            "a: x#TLP:RED\n",
            "a: |\n  x\n  # TLP:RED\nb: c\n",
            "a: >-\n  x\n\n  # TLP:RED\n",
            "\"# TLP:RED\": x\n",
            "a: x # about TLP and its colours\ntlp: green\n",
            "a: x # TLP:CLEAR\n",
        ] {
            assert_eq!(in_yaml(text), [], "{text:?}");
        }
    }
}
