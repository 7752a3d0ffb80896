//! A parsed Markdown text: a flat list of events with side tables, free of the file it came from.
//!
//! [`crate::parse`] makes it, [`crate::release`] makes a copy that lacks what is withheld (or hands
//! the same one on where nothing is), [`crate::render`] writes it as HTML. All its text lies in one
//! buffer of its own that holds nothing but text that is shown, so that a released body has no way
//! to reach the rest of the file.

use super::ids::RESERVED_PREFIXES;
use super::{Address, Day, Fragment, Indicator, Kind, Tlp, Verb};
use crate::shared_list::exact;
use crate::text::Span;
use std::ops::RangeInclusive;

/// A parsed Markdown text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Body {
    /// All text of the events, one after the other; [`Slice`]s index it.
    pub text: String,
    /// The text's structure, depth first; every [`Event::Start`] has its [`Event::End`].
    pub events: Vec<Event>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Of headings that read otherwise where wikilinks, citations and marks are words, their index and how: GitHub
    /// makes their ids of that. Empty behind `release` where anything is withheld.
    pub words_of_headings: Vec<(u32, Box<str>)>,
    /// Ids that raw HTML gives, each once, in order.
    pub ids: Vec<RawId>,
    /// Links and images, in order of their start.
    pub links: Vec<Link>,
    /// Fenced and indented code.
    pub code: Vec<Code>,
    /// Lines of `ioc` blocks.
    pub indicators: Vec<IndicatorLine>,
    /// Marked sections, portions and fences.
    pub marks: Vec<Mark>,
    /// Names of footnotes, as written (not shown: they are lettered when rendered).
    pub footnotes: Vec<String>,
    /// Whether any [`Event::Html`] stands in it, so that it must be sanitised.
    pub has_html: bool,
}

/// A range of [`Body::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Slice {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// One step through a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Something begins.
    Start(Tag),
    /// It ends; the same tag as its start.
    End(Tag),
    /// Text, entities and escapes already replaced.
    Text(Slice),
    /// Code within a line.
    Code(Slice),
    /// Raw HTML, as written, block or inline.
    Html(Slice),
    /// A citation mark: `count` citations from `first` on in [`super::Prose::cites`].
    Cite {
        /// Index of the first.
        first: u32,
        /// How many stand in the brackets, at least one.
        count: u32,
    },
    /// A reference to [`Body::footnotes`].
    FootnoteRef(u32),
    /// A line break in the file.
    SoftBreak,
    /// A line break on the page.
    HardBreak,
    /// A thematic break.
    Rule,
    /// A task's box, ticked or not.
    Task(bool),
    /// Indicator lines: `count` from `first` on in [`Body::indicators`].
    Indicators {
        /// Index of the first.
        first: u32,
        /// How many.
        count: u32,
    },
}

/// What begins or ends. Block tags carry `at`, the byte in the file where the block begins, for
/// click-to-source; it is not part of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named as in HTML and pulldown-cmark")]
pub enum Tag {
    Paragraph {
        at: u32,
    },
    /// Index into [`Body::headings`].
    Heading(u32),
    Quote(Option<Alert>),
    /// The title of an alert, first in it; where there is none, its kind is shown.
    AlertTitle {
        at: u32,
    },
    /// Index into [`Body::code`]; the text is in the table. The only events within are links that nobody reads: to what
    /// is drawn there.
    CodeBlock(u32),
    /// `start` of an ordered list; `None` for a bulleted one.
    List {
        start: Option<u32>,
    },
    Item {
        at: u32,
    },
    /// Index into [`Body::footnotes`].
    Footnote(u32),
    DefinitionList,
    DefinitionTitle {
        at: u32,
    },
    Definition {
        at: u32,
    },
    Table {
        at: u32,
    },
    TableHead,
    TableRow {
        at: u32,
    },
    TableCell(Align),
    /// A run of raw block HTML.
    HtmlBlock,
    Emphasis,
    Strong,
    Strikethrough,
    Highlight,
    /// Index into [`Body::links`].
    Link(u32),
    /// Index into [`Body::links`]; the events within are the alternative text.
    Image(u32),
    /// Index into [`Body::marks`]: all within bears that marking.
    Marked(u32),
}

/// GFM alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of GFM")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// How a table's cell is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "named by themselves")]
pub enum Align {
    #[default]
    None,
    Left,
    Center,
    Right,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its plain text, without markings and citations.
    pub text: String,
    /// `{#id}`.
    pub id: Option<String>,
    /// `{.class}`.
    pub classes: Vec<String>,
    /// Where it stands in the file.
    pub span: Span,
}

/// An id that raw HTML gives: `<a id="x">`, `<a name="x">`, `<h2 id="x">`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RawId {
    /// As written.
    pub id: Box<str>,
    /// Where its tag stands in the file.
    pub span: Span,
}

/// A link or an image, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// What it names.
    pub to: Destination,
    /// Whether the words shown are the destination itself, not the writer's: `[[slug]]`, `<url>`.
    pub bare: bool,
    /// Whether it is an image (or an embedded file).
    pub image: bool,
    /// Whether the entry that it names is shown in its place: `![[x]]`, alone in a paragraph or an item. Where
    /// that cannot be, it is a link like any other.
    pub embed: bool,
    /// An image's title, its caption; empty where there is none, and for links.
    pub title: Box<str>,
    /// How large an image is shown, where that is written.
    pub size: Size,
    /// Where it stands in the file.
    pub span: Span,
}

/// How large an image is shown, in CSS pixels; the browser takes from the picture what is not written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Its width.
    pub width: Option<u16>,
    /// Its height.
    pub height: Option<u16>,
}

impl Link {
    /// The name by which a wikilink leads to an entry, or to a place in it. A name that holds `#` leads to no
    /// place; where both may have been meant, it is the longer.
    #[must_use]
    pub fn entry_name(&self, to_place: bool) -> Option<&str> {
        match &self.to {
            Destination::Wiki {
                name,
                whole,
                barred,
                ..
            } => {
                let barred = barred.as_deref().filter(|_| self.bare);
                let whole = whole.as_deref().filter(|_| !to_place);
                Some(barred.or(whole).unwrap_or(name))
            }
            Destination::Drawn(name) => Some(name),
            Destination::Relative { .. }
            | Destination::External(_)
            | Destination::Site { .. }
            | Destination::Refused => None,
        }
    }
}

/// What a link names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Destination {
    /// `[[name#fragment]]`; an empty name is this page.
    Wiki {
        /// Slug, title, alias, id or `kind folder/slug`.
        name: Box<str>,
        /// Heading text or id.
        fragment: Option<Box<str>>,
        /// The whole of it, where there is a fragment: a name may hold `#`, and one that exists takes precedence.
        whole: Option<Box<str>>,
        /// The whole of it with its words, where a bar separates them: a name may hold a bar too. Where that was
        /// meant, the link is [bare](Link::bare).
        barred: Option<Box<str>>,
    },
    /// A relative path, percent-decoded, as written (`../incidents/x.md`, `figure.svg`), perhaps
    /// with a fragment. An empty path is this page.
    Relative {
        /// The path, without query.
        path: Box<str>,
        /// The id after `#`.
        fragment: Option<Box<str>>,
    },
    /// An address with a scheme that may be linked: `https:`, `http:`, `mailto:`.
    External(Address),
    /// An address of the site itself that is none of an entry, unless it is a former one.
    Site {
        /// The address.
        address: Address,
        /// What it names below the root, as [`super::page_path`] gives it.
        path: Box<str>,
    },
    /// An address that must not be linked (`javascript:`, `data:`, `//host` …); already reported.
    Refused,
    /// The name of an entry of which something is drawn, as a wikilink has it.
    Drawn(Box<str>),
}

/// What a link leads to, once names are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target<R> {
    /// An entry's page, perhaps a place in its body.
    Entry(R, Option<Fragment>),
    /// The home page.
    Home,
    /// The index page of a kind.
    Index(Kind),
    /// This page, perhaps a place in its body.
    Own(Option<Fragment>),
    /// A file of the project that is copied to the site, by its path below `content/`.
    File(Box<str>),
    /// An address elsewhere.
    External(Address),
    /// An address that is a known indicator: shown defanged, never linked.
    Defanged(Address),
    /// An entry that the audience may not see: shown in the writer's words, or as "withheld".
    Withheld,
    /// Leads nowhere; already reported.
    Broken,
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// The language of the info string, lower case; empty when there is none.
    pub lang: String,
    /// The code.
    pub text: String,
    /// What stands in its place on the page.
    pub is: Block,
    /// The byte in the file where the block begins, for click-to-source.
    pub at: u32,
    /// The byte in the file where its text begins, if it stands there in one piece.
    pub from: Option<u32>,
}

impl Code {
    /// The text, where that is what the page says; what a list asks and a drawing is of is not said.
    #[must_use]
    pub fn said(&self) -> Option<&str> {
        match self.is {
            Block::Text | Block::Chart(_) => Some(&self.text),
            Block::List | Block::Drawing(_) => None,
        }
    }
}

/// What stands on the page in the place of a block of code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Block {
    /// The code itself.
    #[default]
    Text,
    /// The answer to a query, which is the text.
    List,
    /// A drawing. What it is of, the links within the block name.
    Drawing(Drawing),
    /// Numbers of the writer's own, which are the text, drawn ([`super::chart`]). What stands within the block is the caption.
    Chart(super::chart::Look),
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drawing {
    /// What is connected with entries, in so many steps.
    Graph(u8),
    /// Acts in time.
    Timeline,
    /// Techniques under their tactics.
    Matrix,
    /// What incidents say of money.
    Losses,
    /// Who is where.
    Map,
    /// Who calls them what: a table.
    Names,
    /// Actors beside each other: a table.
    Compare,
}

impl Drawing {
    /// The languages of fences that place one.
    pub const WORDS: [(&str, Drawing); 7] = [
        ("graph", Drawing::Graph(1)),
        ("timeline", Drawing::Timeline),
        ("matrix", Drawing::Matrix),
        ("losses", Drawing::Losses),
        ("map", Drawing::Map),
        ("names", Drawing::Names),
        ("compare", Drawing::Compare),
    ];

    /// The language of its fence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Drawing::Graph(_) => "graph",
            Drawing::Timeline => "timeline",
            Drawing::Matrix => "matrix",
            Drawing::Losses => "losses",
            Drawing::Map => "map",
            Drawing::Names => "names",
            Drawing::Compare => "compare",
        }
    }

    /// Whether there is something of it to be drawn of an entry of a kind.
    #[must_use]
    pub fn is_of(self, kind: Kind) -> bool {
        match self {
            Drawing::Graph(_) | Drawing::Names => kind.is_of_entries(),
            Drawing::Timeline => matches!(
                kind,
                Kind::Actor | Kind::Campaign | Kind::Person | Kind::Organisation | Kind::Place
            ),
            Drawing::Matrix => Verb::Uses.allowed_from(kind),
            Drawing::Losses => matches!(kind, Kind::Incident | Kind::Actor | Kind::Campaign),
            Drawing::Map => matches!(kind, Kind::Actor | Kind::Campaign | Kind::Incident),
            Drawing::Compare => kind == Kind::Actor,
        }
    }

    /// Of how many entries one fence draws something.
    #[must_use]
    pub fn of_how_many(self) -> RangeInclusive<usize> {
        match self {
            Drawing::Graph(_)
            | Drawing::Timeline
            | Drawing::Matrix
            | Drawing::Losses
            | Drawing::Map
            | Drawing::Names => 1..=12,
            Drawing::Compare => 2..=4,
        }
    }

    /// Whether it shows the whole dossier on the page of an entry of a kind, where no name stands behind it: a note tells of
    /// others, not of itself.
    #[must_use]
    pub fn is_whole_on(self, kind: Kind) -> bool {
        kind == Kind::Note || !kind.is_of_entries()
    }
}

/// A drawing in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its row in [`Body::code`].
    pub code: u32,
    /// What is drawn.
    pub drawing: Drawing,
    /// Those of [`Body::links`] that name what it is of.
    pub of: Vec<u32>,
}

/// A line of an `ioc` block.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndicatorLine {
    /// The indicator.
    pub indicator: Indicator,
    /// The file of which it is the hash, where both stand on the line.
    pub file: Option<Indicator>,
    /// What stands after `#`, without marking and citations.
    pub note: String,
    /// The last day on which it is to be looked for, as its writer says.
    pub until: Option<Day>,
    /// Its citations: `count` from `first` on in [`super::Prose::cites`].
    pub first: u32,
    /// How many citations.
    pub count: u32,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A marking on a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The marking.
    pub tlp: Tlp,
    /// Where the mark stands in the file.
    pub span: Span,
}

impl Body {
    /// A body without spare capacity, which would be a third of it: it lives long.
    #[must_use]
    pub fn fitted(self) -> Body {
        Body {
            text: self.text.as_str().to_owned(),
            events: exact(self.events),
            headings: exact(self.headings),
            words_of_headings: exact(self.words_of_headings),
            ids: exact(self.ids),
            links: exact(self.links),
            code: exact(self.code),
            indicators: exact(self.indicators),
            marks: exact(self.marks),
            footnotes: exact(self.footnotes),
            has_html: self.has_html,
        }
    }

    /// The citation mark that follows the event before `at` behind the same words: nothing but punctuation,
    /// emphasis and footnotes may stand between. Its citations, and the place after it.
    #[must_use]
    pub fn neighbouring_cite(&self, at: usize) -> Option<(u32, u32, usize)> {
        let events = self.events.iter().enumerate().skip(at);
        for (at, event) in events {
            match *event {
                Event::Cite { first, count } => return Some((first, count, at + 1)),
                Event::Text(slice) if !self.slice(slice).contains(char::is_alphanumeric) => {}
                Event::SoftBreak
                | Event::FootnoteRef(_)
                | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Highlight)
                | Event::End(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Highlight) => {
                }
                Event::Start(_)
                | Event::End(_)
                | Event::Text(_)
                | Event::Code(_)
                | Event::Html(_)
                | Event::HardBreak
                | Event::Rule
                | Event::Task(_)
                | Event::Indicators { .. } => return None,
            }
        }
        None
    }

    /// The drawings of a text, in order.
    #[must_use]
    pub fn drawings(&self) -> Vec<Placed> {
        let is_drawn = |code: &Code| matches!(code.is, Block::Drawing(_));
        let mut placed: Vec<Placed> = Vec::new();
        if !self.code.iter().any(is_drawn) {
            return placed;
        }
        let mut open = false;
        for event in &self.events {
            match *event {
                Event::Start(Tag::CodeBlock(code)) => {
                    let is = self.code.get(code as usize).map(|code| code.is);
                    if let Some(Block::Drawing(drawing)) = is {
                        open = true;
                        let of = Vec::new();
                        placed.push(Placed { code, drawing, of });
                    }
                }
                Event::End(Tag::CodeBlock(_)) => open = false,
                Event::Start(Tag::Link(link)) if open => {
                    if let Some(last) = placed.last_mut() {
                        last.of.push(link);
                    }
                }
                _ => {}
            }
        }
        placed
    }

    /// The text of a slice; empty where it does not fit.
    #[must_use]
    pub fn slice(&self, slice: Slice) -> &str {
        self.text
            .get(slice.start as usize..slice.end as usize)
            .unwrap_or("")
    }
}

/// The index of the [`Event::End`] of an element whose content begins at `from`.
#[must_use]
pub fn end_of(events: &[Event], from: usize) -> usize {
    let mut depth = 0u32;
    for (at, event) in events.iter().enumerate().skip(from) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return at,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}

/// A text as an id: letters, digits and `_` of any script in lower case, the rest hyphens.
#[must_use]
pub fn anchor(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    let mut take = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => id.push(c),
        _ if id.is_empty() || id.ends_with('-') => {}
        _ => id.push('-'),
    };
    for c in text.chars() {
        match c.is_ascii() {
            true => take(c.to_ascii_lowercase()),
            false => c.to_lowercase().for_each(&mut take),
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    let reserved = RESERVED_PREFIXES
        .iter()
        .any(|prefix| id.starts_with(prefix));
    if id.is_empty() {
        "section".to_owned()
    } else if reserved {
        format!("section-{id}")
    } else {
        id
    }
}
