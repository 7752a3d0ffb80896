//! YAML 1.2 becomes a tree.
//!
//! Takes the lines between the fences; gives a [`Node`], or one problem where they cannot be read.
//! Expands aliases within the budgets of [`super::tree`], so that an alias bomb ends in a clear
//! error at once. Never interprets a scalar. What [`plain`] can read does not come to the parser.

use super::plain;
use super::syntax;
use super::tree::{self, Key, MAX_DEPTH, MAX_NODES, Node, Value};
use crate::diag::{Code, Diagnostic};
use crate::text::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::ops::Range;
use std::sync::Arc;

/// Reads the YAML in `front` of `text`. `None` where it cannot be read: then the one problem that
/// says why is the last of `problems`.
pub fn read<'a>(
    path: &Arc<str>,
    text: &'a str,
    front: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node<'a>> {
    plain::read(text, front.clone()).or_else(|| parsed(path, text, front, problems))
}

/// As [`read`], by the parser, whatever stands there.
pub(super) fn parsed<'a>(
    path: &Arc<str>,
    text: &'a str,
    front: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node<'a>> {
    let yaml = text.get(front.clone()).unwrap_or("");
    let mut builder = Builder {
        path,
        text,
        offsets: Offsets::new(yaml, front.start),
        stack: Vec::new(),
        anchors: Vec::new(),
        nodes: 0,
        root: None,
        problems,
    };
    let mut parser = Parser::new_from_str(yaml);
    while let Some(step) = parser.next_event() {
        let done = match step {
            Ok((event, span)) => {
                let span = builder.offsets.span(span);
                builder.event(event, span)
            }
            Err(error) => {
                let at = builder.offsets.byte(error.marker().index());
                Err(Box::new(syntax::yaml(path, text, &front, at, error.info())))
            }
        };
        if let Err(problem) = done {
            builder.problems.push(*problem);
            return None;
        }
    }
    let empty = Node {
        value: Value::Map(Vec::new()),
        span: Span::new(front.start, front.start),
    };
    Some(builder.root.unwrap_or(empty))
}

/// From the parser's character counts to bytes of the whole file.
struct Offsets {
    base: usize,
    /// The byte offset of every character; empty where all are ASCII and the two counts agree.
    bytes: Vec<u32>,
    length: usize,
}

impl Offsets {
    fn new(yaml: &str, base: usize) -> Self {
        let bytes = if yaml.is_ascii() {
            Vec::new()
        } else {
            yaml.char_indices()
                .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
                .collect()
        };
        Self {
            base,
            bytes,
            length: yaml.len(),
        }
    }

    fn byte(&self, index: usize) -> usize {
        let within = if self.bytes.is_empty() {
            index.min(self.length)
        } else {
            self.bytes.get(index).map_or(self.length, |&at| at as usize)
        };
        self.base + within
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }
}

/// A list or a map that is still open.
struct Open<'a> {
    value: Value<'a>,
    /// The key that waits for its value.
    key: Option<Key<'a>>,
    start: usize,
    anchor: usize,
    /// How many nodes there were when it began.
    before: usize,
}

/// A node that an alias may repeat.
struct Anchored<'a> {
    id: usize,
    node: Node<'a>,
    nodes: usize,
    depth: usize,
}

struct Builder<'a, 'p> {
    path: &'p Arc<str>,
    text: &'a str,
    offsets: Offsets,
    stack: Vec<Open<'a>>,
    anchors: Vec<Anchored<'a>>,
    nodes: usize,
    root: Option<Node<'a>>,
    problems: &'p mut Vec<Diagnostic>,
}

impl<'a> Builder<'a, '_> {
    fn event(&mut self, event: Event<'a>, span: Span) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quoted = style != ScalarStyle::Plain || self.tag(tag.as_deref(), span)?;
                self.count(1, span)?;
                let node = Node::scalar(text, quoted, self.written(style, span));
                self.anchor(anchor, &node, 1);
                self.put(node)
            }
            Event::SequenceStart(anchor, tag) => {
                self.tag(tag.as_deref(), span)?;
                self.open(Value::List(Vec::new()), anchor, span)
            }
            Event::MappingStart(anchor, tag) => {
                self.tag(tag.as_deref(), span)?;
                self.open(Value::Map(Vec::new()), anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => self.alias(id, span),
            Event::DocumentStart(_) if self.root.is_some() => Err(self.wrong(
                span,
                "the front matter goes on after `...`",
                "front matter is one document; delete the line `...`",
            )),
            _ => Ok(()),
        }
    }

    /// Whether the tag says that the value is text; tags other than YAML's own are refused.
    fn tag(&self, tag: Option<&Tag>, span: Span) -> Result<bool, Box<Diagnostic>> {
        match tag {
            None => Ok(false),
            Some(tag) if tag.is_yaml_core_schema() => Ok(tag.suffix == "str"),
            Some(tag) => Err(self.wrong(
                span,
                format!("YAML reads `{tag}` as a tag, which means nothing here"),
                "put the value in quotes",
            )),
        }
    }

    fn open(&mut self, value: Value<'a>, anchor: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(self.too_deep(span));
        }
        let before = self.nodes;
        self.count(1, span)?;
        self.stack.push(Open {
            value,
            key: None,
            start: span.start as usize,
            anchor,
            before,
        });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some(mut open) = self.stack.pop() else {
            return Ok(());
        };
        let mut last = None;
        match &mut open.value {
            Value::Map(entries) => {
                last = entries.last().map(|(_, node)| node.span.end);
                tree::drop_duplicates(entries, self.path, self.problems);
            }
            Value::List(items) => last = items.last().map(|node| node.span.end),
            Value::Scalar(_) => {}
        }
        // A bracket ends where it is closed; a block ends with its last value, whereas the parser
        // says that it ends where the next thing begins.
        let closed = span.of(self.text).starts_with([']', '}']);
        let end = if closed {
            span.start as usize + 1
        } else {
            last.map_or(open.start, |end| end as usize)
        };
        let node = Node {
            value: open.value,
            span: Span::new(open.start, end),
        };
        self.anchor(open.anchor, &node, self.nodes - open.before);
        self.put(node)
    }

    fn anchor(&mut self, id: usize, node: &Node<'a>, nodes: usize) {
        if id > 0 {
            self.anchors.push(Anchored {
                id,
                node: node.clone(),
                nodes,
                depth: depth(node),
            });
        }
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some(at) = self.anchors.iter().position(|anchored| anchored.id == id) else {
            return Err(self.wrong(
                span,
                "this alias stands within what it repeats",
                "write the value out",
            ));
        };
        // The budgets are looked at before anything is copied.
        let (nodes, depth) = match self.anchors.get(at) {
            Some(anchored) => (anchored.nodes, anchored.depth),
            None => (0, 0),
        };
        self.count(nodes, span)?;
        if depth + self.stack.len() > MAX_DEPTH {
            return Err(self.too_deep(span));
        }
        let copy = self.anchors.get(at).map(|anchored| anchored.node.clone());
        copy.map_or(Ok(()), |node| self.put(node))
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        self.nodes += nodes;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        Err(self.wrong(
            span,
            format!("the front matter has more than {MAX_NODES} values, aliases counted each time"),
            "write less here; long lists belong in the text",
        ))
    }

    fn put(&mut self, node: Node<'a>) -> Result<(), Box<Diagnostic>> {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(open) => match &mut open.value {
                Value::List(items) => items.push(node),
                Value::Map(entries) => match open.key.take() {
                    Some(key) => entries.push((key, node)),
                    None => match node.value {
                        Value::Scalar(scalar) => {
                            open.key = Some(Key {
                                text: scalar.text,
                                span: node.span,
                            });
                        }
                        _ => {
                            return Err(self.wrong(
                                node.span,
                                "a key must be a word, not a list or a map",
                                "put the value in quotes if it begins with a bracket or a brace",
                            ));
                        }
                    },
                },
                Value::Scalar(_) => {}
            },
        }
        Ok(())
    }

    /// The span without what the parser counts to a scalar: its anchor, the white space behind it, and a
    /// comment behind quotation marks.
    fn written(&self, style: ScalarStyle, span: Span) -> Span {
        let text = span.of(self.text);
        let before = properties(text);
        let (start, text) = (
            span.start as usize + before,
            text.get(before..).unwrap_or(""),
        );
        let quote = match style {
            ScalarStyle::SingleQuoted => Some(b'\''),
            ScalarStyle::DoubleQuoted => Some(b'"'),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => None,
        };
        let length = quote.and_then(|quote| quoted_length(text.as_bytes(), quote));
        let length = length.unwrap_or(text.trim_end().len());
        Span::new(start, start + length)
    }

    fn too_deep(&self, span: Span) -> Box<Diagnostic> {
        self.wrong(
            span,
            format!("the front matter nests deeper than {MAX_DEPTH} levels"),
            "write the value flatter",
        )
    }

    fn wrong(&self, span: Span, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::at(Code::FrontMatterSyntax, self.path, span, message).help(help))
    }
}

/// How many bytes the anchor and the tag of a value have with which others begin, and what parts them from it.
fn properties(text: &str) -> usize {
    let mut rest = text;
    while rest.starts_with(['&', '!']) {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest.get(word..).unwrap_or("").trim_start();
        while rest.starts_with('#') {
            let line = rest.find('\n').unwrap_or(rest.len());
            rest = rest.get(line..).unwrap_or("").trim_start();
        }
    }
    text.len() - rest.len()
}

/// How many bytes a text in quotes has with which others begin; two single ones are a sign of it, and what
/// stands behind a backslash in double ones.
fn quoted_length(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// How many lists and maps nest in a node, itself included.
fn depth(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(_) => 0,
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries) => {
            1 + entries
                .iter()
                .map(|(_, node)| depth(node))
                .max()
                .unwrap_or(0)
        }
    }
}
