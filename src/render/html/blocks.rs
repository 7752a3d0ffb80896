//! Blocks: headings, lists, quotes, tables, code, marked parts.

use super::elements::Content::{Flow, Parts, Phrasing};
use super::escape;
use super::writer::{Frame, Kind, Writer};
use crate::model::body::{Alert, Block, Event, Tag};
use crate::render::highlight;
use crate::render::language::Word;
use std::fmt::Write as _;

/// A line's letters: about what the space around a block takes.
pub(super) const BLOCK: usize = 64;

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: Tag) {
        let from = self.out.len();
        self.begin(tag);
        self.direct(tag, from);
        self.place(tag, from);
    }

    fn begin(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph { .. } => self.paragraph(),
            Tag::Heading(at) => self.heading(at),
            Tag::Quote(alert) => self.quote(alert),
            Tag::AlertTitle { .. } => self.block(
                "<p class=\"alert-title\">",
                Frame::new("</p>\n", Phrasing).quiet(),
            ),
            Tag::CodeBlock(at) => self.code_block(at),
            Tag::List { start } => self.list(start),
            Tag::Item { .. } => self.part("<li>", Frame::new("</li>\n", Flow)),
            Tag::DefinitionList => self.block("<dl>\n", Frame::new("</dl>\n", Parts)),
            Tag::DefinitionTitle { .. } => {
                self.part("<dt>", Frame::new("</dt>\n", Phrasing).quiet());
            }
            Tag::Definition { .. } => self.part("<dd>", Frame::new("</dd>\n", Flow)),
            Tag::Footnote(_) => {
                // They stand at the end.
                self.skip();
                self.at += 1;
            }
            Tag::Table { .. } => self.table(),
            Tag::TableHead => self.table_head(),
            Tag::TableRow { .. } => self.row("<tr>", Frame::new("</tr>\n", Parts)),
            Tag::TableCell(align) => self.cell(align),
            Tag::HtmlBlock => {}
            Tag::Emphasis => self.inline("<em>", "</em>"),
            Tag::Strong => self.inline("<strong>", "</strong>"),
            Tag::Strikethrough => self.inline("<del>", "</del>"),
            Tag::Highlight => self.inline("<mark>", "</mark>"),
            Tag::Link(at) if self.embed(at) => {}
            Tag::Link(at) => self.link(at),
            Tag::Image(at) => self.image(at),
            Tag::Marked(at) => self.marked(at),
        }
    }

    pub(super) fn block(&mut self, open: &str, frame: Frame) {
        self.begin_block();
        self.come += BLOCK;
        self.out.push_str(open);
        self.push(frame);
    }

    /// An item, a term, a description: one of those that a marking's label may begin.
    fn part(&mut self, open: &str, frame: Frame) {
        self.begin_block();
        let label = self.outer_label();
        self.out.push_str(open);
        self.push(frame);
        if let Some(tlp) = label {
            self.tlp(tlp);
            self.out.push(' ');
        }
    }

    pub(super) fn inline(&mut self, open: &str, close: &'static str) {
        self.begin_inline();
        self.out.push_str(open);
        self.push(Frame::new(close, Phrasing));
    }

    fn paragraph(&mut self) {
        self.begin_block();
        self.come += BLOCK;
        if self.shows_next() {
            self.push(Frame::new("", Flow));
        } else if !self.figure() {
            self.out.push_str("<p>");
            self.push(Frame::new("</p>\n", Phrasing));
        }
    }

    fn heading(&mut self, at: u32) {
        let Some(heading) = self.body.headings.get(at as usize) else {
            return self.push(Frame::new("", Phrasing).quiet());
        };
        let apart = self.open().any(|frame| frame.apart);
        let mut levels = self.levels;
        let depth = levels.next(heading.level) + self.below;
        if !apart {
            self.levels = levels;
            self.section = Some(at);
        }
        let (open, close) = match depth {
            0 | 1 => ("<h2", "</h2>\n"),
            2 => ("<h3", "</h3>\n"),
            3 => ("<h4", "</h4>\n"),
            4 => ("<h5", "</h5>\n"),
            _ => ("<h6", "</h6>\n"),
        };
        self.begin_block();
        self.out.push_str(open);
        if let Some(id) = self.ink.ids.headings.get(at as usize) {
            self.out.push_str(" id=\"");
            escape(id, self.out);
            self.out.push('"');
        }
        for (nth, class) in heading.classes.iter().enumerate() {
            self.out.push_str(if nth == 0 { " class=\"" } else { " " });
            escape(class, self.out);
        }
        if !heading.classes.is_empty() {
            self.out.push('"');
        }
        self.out.push('>');
        self.push(Frame::new(close, Phrasing).quiet().kind(Kind::Heading(at)));
    }

    /// What follows a heading's words: the label of the section, and the link to itself.
    pub(super) fn end_heading(&mut self, at: u32) {
        if let Some(tlp) = self.label.take() {
            self.out.push(' ');
            self.tlp(tlp);
        }
        if let Some(id) = self.ink.ids.headings.get(at as usize)
            && !self.in_link()
        {
            self.out.push_str(" <a class=\"anchor\" href=\"#");
            escape(id, self.out);
            self.out.push_str("\" aria-label=\"");
            self.say(Word::FrameSectionLink);
            self.out.push_str("\">#</a>");
        }
    }

    fn quote(&mut self, alert: Option<Alert>) {
        let (class, title) = match alert {
            None => return self.block("<blockquote>", Frame::new("</blockquote>\n", Flow).apart()),
            Some(Alert::Note) => ("note", Word::TextNote),
            Some(Alert::Tip) => ("tip", Word::TextTip),
            Some(Alert::Important) => ("important", Word::TextImportant),
            Some(Alert::Warning) => ("warning", Word::TextWarning),
            Some(Alert::Caution) => ("caution", Word::TextCaution),
        };
        self.block(
            "<aside class=\"alert alert-",
            Frame::new("</aside>\n", Flow).apart(),
        );
        self.out.push_str(class);
        self.out.push_str("\">");
        let next = self.body.events.get(self.at);
        if !matches!(next, Some(Event::Start(Tag::AlertTitle { .. }))) {
            self.out.push_str("<p class=\"alert-title\">");
            self.say(title);
            self.out.push_str("</p>");
        }
    }

    fn code_block(&mut self, at: u32) {
        self.begin_block();
        let Some(code) = self.body.code.get(at as usize) else {
            return self.push(Frame::new("", Flow));
        };
        match code.is {
            Block::Text => {}
            Block::List | Block::Drawing(_) | Block::Chart(_) => return self.placed(at),
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "+#._-".contains(c);
        let named = !code.lang.is_empty() && code.lang.chars().all(is_name);
        match language(&code.lang) {
            Some(title) => {
                self.out.push_str("<div><p class=\"code-title\">");
                escape(title, self.out);
                self.out.push_str("</p><pre class=\"code\" tabindex=\"0\">");
            }
            None => self.out.push_str("<pre tabindex=\"0\">"),
        }
        if named {
            self.out.push_str("<code class=\"language-");
            self.out.push_str(&code.lang);
            self.out.push_str("\">");
        } else {
            self.out.push_str("<code>");
        }
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        self.come += BLOCK * text.lines().count();
        if !highlight::highlight(&code.lang, text, self.out) {
            escape(text, self.out);
        }
        self.out.push_str("</code></pre>");
        let titled = language(&code.lang).is_some();
        self.push(Frame::new(if titled { "</div>\n" } else { "\n" }, Flow));
    }

    fn list(&mut self, start: Option<u32>) {
        match start {
            Some(1) => self.block("<ol>\n", Frame::new("</ol>\n", Parts)),
            Some(start) => {
                self.block("<ol start=\"", Frame::new("</ol>\n", Parts));
                let _ = writeln!(self.out, "{start}\">");
            }
            None if self.tasks_follow() => {
                self.block("<ul class=\"tasks\">\n", Frame::new("</ul>\n", Parts));
            }
            None => self.block("<ul>\n", Frame::new("</ul>\n", Parts)),
        }
    }

    /// Whether the first item of the list that has just begun is a task.
    fn tasks_follow(&self) -> bool {
        let rest = self.body.events.get(self.at..).unwrap_or(&[]);
        let first = rest.iter().find(|event| {
            !matches!(
                event,
                Event::Start(Tag::Item { .. } | Tag::Paragraph { .. } | Tag::Marked(_))
            )
        });
        matches!(first, Some(Event::Task(_)))
    }

    pub(super) fn task(&mut self, done: bool) {
        let (tag, word) = match done {
            true => ("<input type=\"checkbox\" disabled checked", Word::TextDone),
            false => ("<input type=\"checkbox\" disabled", Word::TextOpen),
        };
        self.out.push_str(tag);
        self.out.push_str(" aria-label=\"");
        self.say(word);
        self.out.push_str("\"> ");
    }
}

/// A language's name as it is printed; none where there is nothing to say.
fn language(lang: &str) -> Option<&str> {
    Some(match lang {
        "" | "text" | "txt" | "plain" | "plaintext" | "none" => return None,
        "bash" | "sh" | "shell" | "zsh" => "Shell",
        "bat" | "batch" | "cmd" | "dos" => "Batch",
        "c" => "C",
        "c++" | "cc" | "cpp" | "cxx" | "hpp" => "C++",
        "c#" | "cs" | "csharp" => "C#",
        "console" | "session" | "shell-session" | "terminal" => "Terminal",
        "css" => "CSS",
        "go" | "golang" => "Go",
        "html" | "htm" | "xhtml" => "HTML",
        "http" => "HTTP",
        "ini" | "cfg" | "conf" => "INI",
        "java" => "Java",
        "javascript" | "js" | "mjs" | "node" => "JavaScript",
        "json" | "jsonc" | "json5" | "jsonl" | "ndjson" => "JSON",
        "kql" | "kusto" => "KQL",
        "markdown" | "md" => "Markdown",
        "php" => "PHP",
        "powershell" | "ps" | "ps1" | "pwsh" => "PowerShell",
        "py" | "py3" | "python" | "python3" => "Python",
        "re" | "regex" | "regexp" => "Regular expression",
        "reg" => "Registry",
        "rs" | "rust" => "Rust",
        "rules" | "suricata" => "Suricata",
        "sigma" => "Sigma",
        "snort" => "Snort",
        "spl" | "splunk" => "Splunk",
        "sql" => "SQL",
        "stix" => "STIX",
        "svg" => "SVG",
        "toml" => "TOML",
        "ts" | "typescript" => "TypeScript",
        "vb" | "vba" | "vbs" | "vbscript" => "Visual Basic",
        "xml" => "XML",
        "yaml" | "yml" => "YAML",
        "yar" | "yara" => "YARA",
        other => other,
    })
}
