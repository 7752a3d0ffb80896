//! Texts: the released body of an entry as Markdown, sentences as plain text.
//!
//! Citations are written as ATT&CK does, `(Citation: name)`, by the name that the source has among the references of the object;
//! links to entries lead to their pages. Lines of indicators and lists are left out: the former are objects of their own, what
//! a list shows stands elsewhere. Raw HTML is left out, its words stay. Addresses that are indicators stay defanged.

use super::references;
use super::scope::Scope;
use super::shown::Shown;
use crate::export::text::one_line;
use crate::model::body::{Block, Body, Event, Tag, Target, end_of};
use crate::model::indicator::defang;
use crate::model::{Fragment, PageId, Prose, Words};

/// What stands for what is withheld.
const WITHHELD: &str = "withheld";

/// A sentence as plain text, without its citations, which are noted.
pub(super) fn plain(scope: &Scope<'_>, words: &Words<PageId>, shown: &mut Shown) -> String {
    match words {
        Words::Plain(text) => text.to_string(),
        Words::Styled(prose) => {
            let mut writer = Writer::new(scope, prose, shown, false);
            writer.run(usize::MAX);
            one_line(&writer.out)
        }
    }
}

/// A text as Markdown.
pub(super) fn markdown(scope: &Scope<'_>, prose: &Prose<PageId>, shown: &mut Shown) -> String {
    // What is cited in a line of indicators is cited by the object of that line, too.
    shown.cite(scope, &prose.cites);
    for mark in &prose.body.marks {
        shown.mark(Some(mark.tlp));
    }
    let mut writer = Writer::new(scope, prose, shown, true);
    writer.run(usize::MAX);
    writer.out.trim().to_owned()
}

/// Whether something is written within a line.
fn is_written(event: Event) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::Cite { .. }
        | Event::FootnoteRef(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Task(_) => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link(_) | Tag::Image(_)
        ),
        Event::End(_) | Event::Html(_) | Event::Rule | Event::Indicators { .. } => false,
    }
}

struct Writer<'w, 's> {
    scope: &'w Scope<'s>,
    prose: &'w Prose<PageId>,
    body: &'w Body,
    shown: &'w mut Shown,
    /// Whether Markdown is written, or plain text.
    marked: bool,
    /// Whether it is the words of a heading that a link names.
    nested: bool,
    out: String,
    /// What stands before every line of what is open: of quotes, items, notes.
    indent: Vec<String>,
    /// The numbers of the lists that are open.
    lists: Vec<Option<u64>>,
    at: usize,
    /// Whether nothing has been written yet since something was opened.
    fresh: bool,
    /// How many cells the head of a table has.
    columns: usize,
    /// Where the links that are open lead.
    links: Vec<Option<String>>,
}

impl<'w, 's> Writer<'w, 's> {
    fn new(
        scope: &'w Scope<'s>,
        prose: &'w Prose<PageId>,
        shown: &'w mut Shown,
        marked: bool,
    ) -> Writer<'w, 's> {
        Writer {
            scope,
            prose,
            body: &prose.body,
            shown,
            marked,
            nested: false,
            out: String::new(),
            indent: Vec::new(),
            lists: Vec::new(),
            at: 0,
            fresh: true,
            columns: 0,
            links: Vec::new(),
        }
    }

    fn run(&mut self, end: usize) {
        let body = self.body;
        while let Some(event) = body.events.get(self.at).filter(|_| self.at < end) {
            self.at += 1;
            self.event(*event);
        }
    }

    fn event(&mut self, event: Event) {
        if is_written(event) {
            self.fresh = false;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(slice) => {
                let text = self.body.slice(slice);
                match self.marked {
                    true => self.escaped(text),
                    false => self.out.push_str(text),
                }
            }
            Event::Code(slice) => {
                let text = self.body.slice(slice);
                match self.marked {
                    true => self.code(text),
                    false => self.out.push_str(text),
                }
            }
            // Tags are no words; what stands between them is text.
            Event::Html(_) => {}
            Event::Cite { first, count } => self.cite(first, count),
            Event::FootnoteRef(note) => {
                if self.marked {
                    self.out.push_str(&format!("[^{}]", note + 1));
                }
            }
            Event::SoftBreak => self.line(),
            Event::HardBreak => {
                if self.marked {
                    self.out.push('\\');
                }
                self.line();
            }
            Event::Rule => {
                self.block();
                self.out.push_str("---");
            }
            Event::Task(done) => self.out.push_str(if done { "[x] " } else { "[ ] " }),
            Event::Indicators { .. } => {}
        }
    }

    /// Begins a block: an empty line, and what stands before the lines of what is open; nothing where that has just begun.
    fn block(&mut self) {
        if std::mem::take(&mut self.fresh) {
            return;
        }
        let kept = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(kept);
        let indent = self.indent.concat();
        self.out
            .push_str(&format!("\n{}\n{indent}", indent.trim_end()));
    }

    /// Opens what stands before every line within it.
    fn open(&mut self, marker: &str, indent: String) {
        self.out.push_str(marker);
        self.indent.push(indent);
        self.fresh = true;
    }

    fn line(&mut self) {
        if !self.marked {
            self.out.push(' ');
            return;
        }
        self.out.push('\n');
        let indent = self.indent.concat();
        self.out.push_str(&indent);
    }

    fn start(&mut self, tag: Tag) {
        if !self.marked {
            return self.start_plain(tag);
        }
        match tag {
            Tag::Paragraph { .. } | Tag::AlertTitle { .. } | Tag::DefinitionTitle { .. } => {
                self.block();
            }
            Tag::Heading(at) => {
                self.block();
                let level = self.body.headings.get(at as usize).map_or(2, |it| it.level);
                self.out.push_str(&"#".repeat(usize::from(level)));
                self.out.push(' ');
            }
            Tag::Quote(_) => {
                self.block();
                self.open("> ", "> ".to_owned());
            }
            Tag::CodeBlock(at) => self.code_block(at),
            Tag::List { start } => {
                if self.lists.is_empty() {
                    self.block();
                    self.fresh = true;
                }
                self.lists.push(start.map(u64::from));
            }
            Tag::Item { .. } => self.item(),
            Tag::Footnote(at) => {
                self.block();
                self.open(&format!("[^{}]: ", at + 1), "    ".to_owned());
            }
            Tag::Definition { .. } => {
                self.line();
                self.open(": ", "  ".to_owned());
            }
            Tag::Table { .. } => self.block(),
            Tag::TableHead => {
                self.columns = 0;
                self.out.push('|');
            }
            Tag::TableRow { .. } => {
                self.line();
                self.out.push('|');
            }
            Tag::TableCell(_) => {
                self.columns += 1;
                self.out.push(' ');
            }
            Tag::Emphasis => self.out.push('*'),
            Tag::Strong => self.out.push_str("**"),
            Tag::Strikethrough => self.out.push_str("~~"),
            // Of a picture there are its words: the file is no part of the bundle.
            Tag::Link(at) | Tag::Image(at) => self.link(at),
            Tag::Highlight | Tag::HtmlBlock | Tag::Marked(_) | Tag::DefinitionList => {}
        }
    }

    fn end(&mut self, tag: Tag) {
        if !self.marked {
            return;
        }
        match tag {
            Tag::Quote(_) | Tag::Footnote(_) | Tag::Definition { .. } | Tag::Item { .. } => {
                self.indent.pop();
            }
            Tag::List { .. } => {
                self.lists.pop();
            }
            Tag::TableCell(_) => self.out.push_str(" |"),
            Tag::TableHead => {
                let columns = self.columns;
                self.line();
                self.out.push('|');
                self.out.push_str(&" --- |".repeat(columns));
            }
            Tag::Emphasis => self.out.push('*'),
            Tag::Strong => self.out.push_str("**"),
            Tag::Strikethrough => self.out.push_str("~~"),
            Tag::Link(_) | Tag::Image(_) => {
                if let Some(Some(address)) = self.links.pop() {
                    self.out.push_str("](");
                    self.out.push_str(&address);
                    self.out.push(')');
                }
            }
            Tag::Paragraph { .. }
            | Tag::Heading(_)
            | Tag::AlertTitle { .. }
            | Tag::CodeBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionTitle { .. }
            | Tag::Table { .. }
            | Tag::TableRow { .. }
            | Tag::HtmlBlock
            | Tag::Highlight
            | Tag::Marked(_) => {}
        }
    }

    /// In a sentence, only links and pictures are more than their words.
    fn start_plain(&mut self, tag: Tag) {
        let (Tag::Link(at) | Tag::Image(at)) = tag else {
            return;
        };
        self.note(at);
        if let Some(words) = self.words(at) {
            self.out.push_str(&words);
            self.at = end_of(&self.body.events, self.at);
        }
    }

    fn item(&mut self) {
        if !self.fresh {
            let kept = self.out.trim_end_matches([' ', '\n']).len();
            self.out.truncate(kept);
            self.line();
        }
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            Some(None) | None => "- ".to_owned(),
        };
        self.open(&marker, " ".repeat(marker.len()));
    }

    fn code_block(&mut self, at: u32) {
        let Some(code) = self.body.code.get(at as usize) else {
            return;
        };
        let Some(said) = code.said() else {
            self.at = end_of(&self.body.events, self.at);
            return;
        };
        self.block();
        let longest = said.split(|c| c != '`').map(str::len).max();
        let ticks = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        let lines: Vec<String> = [format!("{ticks}{}", code.lang)]
            .into_iter()
            .chain(said.trim_end_matches('\n').split('\n').map(str::to_owned))
            .chain([ticks])
            .collect();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.line();
            }
            self.out.push_str(line);
        }
        if let Block::Chart(_) = code.is {
            // Its caption.
            self.block();
        }
    }

    fn code(&mut self, text: &str) {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let ticks = "`".repeat(longest + 1);
        let space = if text.starts_with('`') || text.ends_with('`') {
            " "
        } else {
            ""
        };
        self.out
            .push_str(&format!("{ticks}{space}{text}{space}{ticks}"));
    }

    fn cite(&mut self, first: u32, count: u32) {
        let from = first as usize;
        let cites = self.prose.cites.get(from..from + count as usize);
        let cites = cites.unwrap_or(&[]);
        self.shown.cite(self.scope, cites);
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        if !self.marked {
            return;
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push(' ');
        }
        for source in cites.iter().filter_map(|cite| cite.source) {
            let name = references::name(self.scope.page(source));
            self.out.push_str(&format!("(Citation: {name})"));
        }
    }

    /// Notes whom a link names.
    fn note(&mut self, at: u32) {
        if let Some(Target::Entry(id, _)) = self.prose.targets.get(at as usize) {
            self.shown.name(self.scope, *id);
        }
    }

    /// The words that stand for those of a link, where its own are only the name or address that it leads to.
    fn words(&mut self, at: u32) -> Option<String> {
        let bare = self.body.links.get(at as usize).is_some_and(|it| it.bare);
        match self.prose.targets.get(at as usize)? {
            Target::Entry(id, _) if bare => Some(self.shown.name(self.scope, *id).to_owned()),
            Target::Withheld if bare => Some(WITHHELD.to_owned()),
            Target::Defanged(address) if bare => Some(defang(address)),
            Target::Own(Some(Fragment::Heading(at))) if bare => Some(self.heading(*at)),
            Target::Entry(..)
            | Target::Home
            | Target::Index(_)
            | Target::Own(_)
            | Target::File(_)
            | Target::External(_)
            | Target::Defanged(_)
            | Target::Withheld
            | Target::Broken => None,
        }
    }

    /// The words of a heading of the same text, which may name others. One that names another is not followed.
    fn heading(&mut self, at: u32) -> String {
        let events = &self.body.events;
        let begins = |event: &Event| matches!(*event, Event::Start(Tag::Heading(it)) if it == at);
        let start = events.iter().position(begins).filter(|_| !self.nested);
        let Some(start) = start.map(|start| start + 1) else {
            return String::new();
        };
        let end = end_of(events, start);
        let mut writer = Writer::new(self.scope, self.prose, self.shown, false);
        writer.nested = true;
        writer.at = start;
        writer.run(end);
        one_line(&writer.out)
    }

    fn link(&mut self, at: u32) {
        self.note(at);
        let address = match self.prose.targets.get(at as usize) {
            Some(Target::Entry(id, _)) => Some(self.scope.address(self.scope.page(*id))),
            Some(Target::External(address)) => Some(address.to_string()),
            Some(
                Target::Home
                | Target::Index(_)
                | Target::Own(_)
                | Target::File(_)
                | Target::Defanged(_)
                | Target::Withheld
                | Target::Broken,
            )
            | None => None,
        };
        let words = self.words(at);
        if address.is_some() {
            self.out.push('[');
        }
        match words {
            Some(words) => {
                match self.prose.targets.get(at as usize) {
                    Some(Target::Defanged(_)) => self.code(&words),
                    _ => self.escaped(&words),
                }
                self.at = end_of(&self.body.events, self.at);
            }
            None => {
                // A link without words shows where it leads.
                if let (Some(Event::End(_)), Some(address)) =
                    (self.body.events.get(self.at), address.as_deref())
                {
                    self.out.push_str(address);
                }
            }
        }
        self.links.push(address);
    }

    /// Text in which nothing reads as more than text.
    fn escaped(&mut self, text: &str) {
        let mut before = self.out.chars().last().unwrap_or('\n');
        let mut letters = text.chars().peekable();
        while let Some(c) = letters.next() {
            let next = letters.peek().copied().unwrap_or(' ');
            let inner = before.is_alphanumeric() && next.is_alphanumeric();
            let escape = match c {
                '*' | '`' | '\\' => true,
                '_' => !inner,
                '[' => matches!(next, '[' | '@' | '^' | '!'),
                ']' => next == '(',
                '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
                '|' => true,
                '~' => next == '~',
                '#' | '>' | '+' | '-' => before == '\n' && next == ' ',
                _ => false,
            };
            if escape {
                self.out.push('\\');
            }
            self.out.push(c);
            before = c;
        }
    }
}
