//! Markup of other tools that means nothing here: it stays as text, and the writer is told once a file.
//!
//! Looks at the text of a run for shortcodes of Hugo, tags of Liquid, attributes of kramdown, imports and components of MDX,
//! admonitions of Docusaurus and MkDocs, and queries and block ids of Obsidian; code is no such text. Takes nothing away.

use super::super::label;
use super::mark::{Bare, How};
use super::walk::{Walk, place};
use crate::diag::Code;
use crate::model::body::Event;
use crate::text::Span;
use memchr::{memchr_iter, memchr3, memmem};
use std::ops::Range;

/// How far the end of a tag is looked for.
const LONGEST_TAG: usize = 300;

/// A form of markup that means nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Shortcode,
    Liquid,
    Attributes,
    Import,
    Component,
    Admonition,
    Query,
    BlockId,
    Callout,
}

impl Form {
    /// What it is, and the way out.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Form::Shortcode => (
                "a shortcode of Hugo, which means nothing here: it stands on the page as text",
                "write what it would have put there (a picture `![…](…)`, a callout `> [!NOTE]`, a link `[[…]]`), or quote it as code",
            ),
            Form::Liquid => (
                "a tag of Liquid, which means nothing here: it stands on the page as text, and what leads to such an address is no link",
                "write what it would have put there (a picture `![…](…)`, a link `[[…]]`), or quote it as code",
            ),
            Form::Admonition => (
                "an admonition of another tool, which means nothing here: it stands on the page as text",
                "write a callout: `> [!NOTE]`, and its text below it in lines that begin with `>`",
            ),
            Form::Attributes => (
                "attributes of kramdown, which mean nothing here: they stand on the page as text",
                "delete them; a heading may have an id, `## Title {#id}`; where they are meant to be read, quote them as code",
            ),
            Form::Import => (
                "an import of MDX, which means nothing here: it stands on the page as text",
                "delete it, and write in Markdown what the component would show; quote it as code where it is meant to be read",
            ),
            Form::Component => (
                "a component of JSX, which means nothing here: it stands on the page as text",
                "delete its tags, and write in Markdown what it would show; quote it as code where it is meant to be read",
            ),
            Form::Query => (
                "a query of Dataview, which is not run: it stands on the page as it is written",
                "write down what it finds; relations list themselves on the pages of both ends, and tags have pages of their own",
            ),
            Form::BlockId => (
                "a block id of Obsidian, which means nothing here: it stands on the page as text",
                "delete it; a link leads to a heading, `[[page#Heading]]`, or to an id in raw HTML",
            ),
            Form::Callout => (
                "a callout of a kind that is not known: it stands on the page as a quote",
                "the kinds are those of GitHub (`[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`, `[!CAUTION]`) and of Obsidian (`[!info]`, `[!danger]` …)",
            ),
        }
    }
}

impl Walk<'_> {
    /// Tells of a foreign form where it stands first.
    pub(super) fn foreign(&mut self, form: Form, range: Range<usize>) {
        if self.foreign.contains(&form) {
            return;
        }
        self.foreign.push(form);
        let (message, help) = form.words();
        let span = Span::new(range.start, range.end);
        self.problems
            .report(Code::ForeignMarkup, span, message, help);
    }

    /// Looks for foreign forms in the run that is being closed.
    pub(super) fn foreign_in_run(&mut self) {
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        // Behind a text the first of three colons makes a definition.
        if text.starts_with("::") || text.starts_with("!!!") || text.starts_with("???") {
            self.colour_of_block();
            self.admonition();
        }
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        let begins = text.starts_with("import ") || text.starts_with("export ");
        if !begins && memchr3(b'{', b'^', b'<', text.as_bytes()).is_none() {
            return;
        }
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let texts = events.iter().filter_map(|event| match event {
            Event::Text(slice) => Some(slice.start as usize..slice.end as usize),
            _ => None,
        });
        let mut found: Vec<(Form, Range<usize>)> = Vec::new();
        for range in texts {
            let text = self.body.text.get(range.clone()).unwrap_or("");
            let mut note = |form, at: Range<usize>| {
                let from = place(&self.run.pieces, range.start + at.start);
                found.push((form, from..from + at.len()));
            };
            for open in ["{{<", "{{%"] {
                if let Some(at) = memmem::find(text.as_bytes(), open.as_bytes()) {
                    note(Form::Shortcode, at..at + open.len());
                }
            }
            // Where an element follows at once, it ends the text.
            if text.ends_with("{{") {
                note(Form::Shortcode, text.len() - 2..text.len());
            }
            if let Some(at) = liquid(text) {
                note(Form::Liquid, at);
            }
            if let Some(at) = kramdown(text) {
                note(Form::Attributes, at);
            }
            let escaped = |at: usize| {
                let from = place(&self.run.pieces, range.start + at);
                self.file.get(..from).is_some_and(|it| it.ends_with('\\'))
            };
            if let Some(at) = components(text).find(|at| !escaped(at.start)) {
                let from = place(&self.run.pieces, range.start + at.start);
                found.push((Form::Component, from..from + at.len()));
            }
        }
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        if begins && is_import(text) {
            let end = text.find('\n').unwrap_or(text.len());
            found.push((Form::Import, self.run.from..self.run.from + end));
        }
        if let Some(id) = block_id(text)
            && matches!(events.last(), Some(Event::Text(_)))
        {
            let from = place(&self.run.pieces, self.run.text + id.start);
            found.push((Form::BlockId, from..from + id.len()));
        }
        for (form, range) in found {
            self.foreign(form, range);
        }
    }

    /// `::: amber`, `!!! amber "TLP"`: the kind of a block is a colour, which is somebody's way to write a label.
    fn colour_of_block(&mut self) {
        let from = self.run.from;
        let written = self.file.get(from..).unwrap_or("");
        let line = written.lines().next().unwrap_or("");
        // What stands behind the kind is a title: `::: warning Red Team exercise`.
        let kind = line.trim_start_matches([':', '!', '?', '+', ' ', '\t']);
        let classes = kind.split_once('{').map_or("", |(_, classes)| classes);
        let classes = classes.split([' ', '\t', '}']);
        let classes = classes.filter_map(|class| class.strip_prefix('.'));
        let mut words = kind.split([' ', '\t', '{']).take(1).chain(classes);
        let is = |word: &&str| label::colour(word).is_some();
        let short = kind
            .split([' ', '\t', '{', '}'])
            .filter_map(label::in_class);
        let short = short.max_by_key(|reading| reading.level());
        self.bare.extend(short.map(|reading| Bare {
            reading,
            span: Span::new(from, from + line.len()),
            how: How::Name,
        }));
        if let Some(word) = words.find(is) {
            let words = format!("TLP:{word}");
            let span = Span::new(from, from + line.len());
            self.label_beside(&words, span);
        }
    }

    /// `:::note`, `::: warning Title`, `!!! note "Title"`: a block of another tool.
    fn admonition(&mut self) {
        let from = self.run.from;
        let line = self.file.get(from..).and_then(|it| it.lines().next());
        let line = line.unwrap_or("").trim_end();
        let kind = line.trim_start_matches([':', '!', '?', '+']);
        let signs = line.len() - kind.len();
        let (name, title) = match kind.trim_start().split_once([' ', '\t', '[', '{']) {
            Some((name, title)) => (name, title.trim()),
            None => (kind.trim(), ""),
        };
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        // In words a title stands in quotation marks: `??? is not known`.
        let fits = line.starts_with(':') || title.is_empty() || title.starts_with('"');
        if is_name && fits && signs >= 2 {
            self.foreign(Form::Admonition, from..from + line.len());
        }
    }

    /// `` `= this.file.name` ``
    pub(super) fn inline_query(&mut self) {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let query = events.iter().any(|event| match event {
            Event::Code(slice) => {
                let code = self.body.slice(*slice);
                code.starts_with("= this.")
                    || code.starts_with("$= dv.")
                    || code.starts_with("$=dv.")
            }
            _ => false,
        });
        if query {
            self.foreign(Form::Query, self.run.from..self.run.seen.max(self.run.from));
        }
    }
}

/// `{% include x %}`, `{{ page.title }}`, `{{ x | filter }}`. `{{7*7}}` and `{{template}}` are words.
fn liquid(text: &str) -> Option<Range<usize>> {
    let opens = memchr_iter(b'{', text.as_bytes());
    let mut found = opens.filter_map(|at| {
        let rest = text.get(at..)?;
        // `{{% x %}}` is a shortcode.
        if text.get(..at)?.ends_with('{') {
            return None;
        }
        let close = match rest.as_bytes().get(1) {
            Some(b'%') => "%}",
            Some(b'{') => "}}",
            _ => return None,
        };
        let inner = rest.get(2..)?;
        let end = memmem::find(
            inner.as_bytes().get(..LONGEST_TAG.min(inner.len()))?,
            close.as_bytes(),
        );
        let inner = inner.get(..end?)?;
        let words = inner.trim_matches(['-', ' ']);
        let begins = words.starts_with(|c: char| c.is_ascii_lowercase());
        let of_object = words.split(['|', ' ']).next().is_some_and(|word| {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
            word.contains('.') && word.chars().all(fits)
        });
        let means = begins
            && !inner.contains('\n')
            && (close == "%}" || of_object || words.contains(" | "));
        means.then(|| at..at + 4 + inner.len())
    });
    found.next()
}

/// Whether an address is made by Liquid: no file is called so.
pub(super) fn holds_liquid(address: &str) -> bool {
    memmem::find(address.as_bytes(), b"{{").is_some()
        || memmem::find(address.as_bytes(), b"{%").is_some()
}

/// `{: .class}`, `{:.class}`, `{:toc}`
fn kramdown(text: &str) -> Option<Range<usize>> {
    let at = memmem::find(text.as_bytes(), b"{:")?;
    let inner = text.get(at + 2..)?;
    let close = inner.find('}')?;
    let within = inner.get(..close)?.trim_start();
    let named = within.starts_with(['.', '#']) || within.contains('=') || within == "toc";
    named.then(|| at..at + 2 + close + 1)
}

/// `<Component prop={x} />`, `<Note type="info">`, `<Tabs>…</Tabs>`: a tag with a value in braces, or one with the
/// name of a component that has attributes, closes itself, or has an end tag. `<REDACTED>` and `List<String>` are
/// words.
fn components(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut closing = memmem::find_iter(text.as_bytes(), "</").peekable();
    memchr_iter(b'<', text.as_bytes()).filter_map(move |at| {
        let rest = text.get(at + 1..)?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let length = rest.find(|c| !is_name(c))?;
        let (name, inside) = rest.split_at(length);
        let tag = inside.get(..inside.find(['>', '<', '\n']).unwrap_or(inside.len()))?;
        let named = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.contains(|c: char| c.is_ascii_lowercase());
        let any = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let apart = tag.is_empty() || tag.starts_with([' ', '/']);
        let mut ends = || {
            while closing.next_if(|end| *end <= at).is_some() {}
            let end = closing.peek().and_then(|end| text.get(end + 2..));
            end.is_some_and(|end| end.starts_with(name))
        };
        let is = apart
            && (any && tag.contains("={")
                || named && (tag.contains("=\"") || tag.ends_with('/') || ends()));
        is.then(|| at..at + 1 + length)
    })
}

/// `import X from "…"`, `export const x = …`
fn is_import(text: &str) -> bool {
    let line = text.split('\n').next().unwrap_or("").trim_end();
    let quoted = line.ends_with(['"', '\'', ';']);
    line.starts_with("import ")
        && quoted
        && (line.contains(" from ") || line["import ".len()..].starts_with(['"', '\'']))
        || ["export const ", "export default ", "export function "]
            .iter()
            .any(|start| line.starts_with(start))
}

/// `^id` at the end of a block, or alone in it.
fn block_id(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end();
    let at = text.rfind('^')?;
    let id = text.get(at + 1..)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let apart = text
        .get(..at)?
        .chars()
        .next_back()
        .is_none_or(char::is_whitespace);
    // `^2` is a power, `^` a caret.
    let named = id.len() > 1 && id.chars().all(fits);
    (apart && named).then_some(at..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_ids_are_told_from_words() {
        for text in ["x {: .note}", "{:.x}", "{:toc}", "a {: #id key=\"v\"} b"] {
            assert!(kramdown(text).is_some(), "{text}");
        }
        for text in ["{: }", "{\"a\": 1}", "{:", "f{:>10}", "{:x}"] {
            assert!(kramdown(text).is_none(), "{text}");
        }
        for text in ["x ^abc123", "^quote-of-kim", "words ^37066d "] {
            assert!(block_id(text).is_some(), "{text}");
        }
        for text in ["x^abc", "2 ^8", "a ^b c", "^", "x ^", "regex ^[a-z]"] {
            assert!(block_id(text).is_none(), "{text}");
        }
    }

    #[test]
    fn components_are_told_from_words_in_brackets() {
        for text in [
            "a <Component prop={x} /> b",
            "<Note type=\"info\">",
            "<Foo.Bar />",
            "<Badge>new</Badge>",
            "<my-map at={here}>",
            "List<String> and <Map/>",
        ] {
            assert_eq!(components(text).count(), 1, "{text}");
        }
        for text in [
            "<REDACTED>",
            "List<String>",
            "<Victim-Host>",
            "<victim name>",
            "a < b = {c}",
            "<T",
            "<BR/>",
            "\\\\<host>\\share",
            "<Name> and <Other>",
            "<>x</>",
        ] {
            assert_eq!(components(text).count(), 0, "{text}");
        }
    }

    #[test]
    fn imports_are_told_from_sentences() {
        for text in [
            "import X from './x.js'",
            "import \"x\";",
            "export const a = 1",
        ] {
            assert!(is_import(text), "{text}");
        }
        for text in ["import taxes rose from 2016 on.", "export controls"] {
            assert!(!is_import(text), "{text}");
        }
    }
}
