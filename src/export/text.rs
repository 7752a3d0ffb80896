//! Texts without their marks, as they are read on a page.
//!
//! Takes a released text; gives plain words. A link that shows what it names says so as the page does: the title of
//! an entry, an indicator defanged, "withheld". Indicators of fences are left out: they have a place of their own. So
//! is what a list asks and a drawing is of, which is no text.

use super::pages::Pages;
use crate::model::body::{Block, Code, Event, Tag, Target, end_of};
use crate::model::indicator::defang;
use crate::model::{PageId, Prose, Words};

/// What stands for a place on the same page, whose heading may name what is marked higher.
const HERE: &str = "this page";

/// What stands for a name that the audience may not see.
const WITHHELD: &str = "withheld";

/// A sentence.
pub(super) fn sentence(release: Pages<'_>, words: &Words<PageId>) -> String {
    match words {
        Words::Plain(text) => one_line(text),
        Words::Styled(prose) => one_line(&body(release, prose)),
    }
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text, its blocks apart by empty lines.
pub(super) fn body(release: Pages<'_>, prose: &Prose<PageId>) -> String {
    let body = &prose.body;
    let mut text = String::with_capacity(body.text.len());
    let mut at = 0;
    while let Some(event) = body.events.get(at) {
        match *event {
            Event::Text(slice) | Event::Code(slice) => text.push_str(body.slice(slice)),
            Event::SoftBreak | Event::Task(_) => text.push(' '),
            Event::HardBreak => text.push('\n'),
            // A mark of a citation takes the space before it along.
            Event::Cite { .. } | Event::FootnoteRef(_) => {
                let end = text.trim_end_matches(' ').len();
                text.truncate(end);
            }
            // Tags are no words; what stands between them is text.
            Event::Html(_) => {}
            Event::Rule | Event::Indicators { .. } => end(&mut text),
            Event::Start(Tag::Link(link) | Tag::Image(link)) => {
                let bare = body.links.get(link as usize).is_some_and(|it| it.bare);
                let shown = prose.targets.get(link as usize);
                let shown = shown.and_then(|to| in_place(release, to, bare));
                let last = end_of(&body.events, at + 1);
                let words = body.events.get(at + 1..last).unwrap_or(&[]);
                let empty = !words
                    .iter()
                    .any(|it| matches!(it, Event::Text(_) | Event::Code(_)));
                if let Some(shown) = shown.filter(|_| bare || empty) {
                    text.push_str(&shown);
                    at = last;
                }
            }
            Event::Start(tag) | Event::End(tag) => match tag {
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Highlight
                | Tag::Link(_)
                | Tag::Marked(_) => {}
                Tag::Image(image) => {
                    if let Some(image) = body.links.get(image as usize)
                        && !image.title.is_empty()
                    {
                        text.push(' ');
                        text.push_str(&image.title);
                    }
                }
                Tag::CodeBlock(code) => {
                    end(&mut text);
                    if matches!(event, Event::Start(_)) {
                        let code = body.code.get(code as usize);
                        if let Some(said) = code.and_then(Code::said) {
                            text.push_str(said);
                            end(&mut text);
                        }
                        // Of a chart the caption stands behind its numbers.
                        if !code.is_some_and(|code| matches!(code.is, Block::Chart(_))) {
                            at = end_of(&body.events, at + 1);
                        }
                    }
                }
                Tag::TableCell(_) => {
                    if matches!(event, Event::End(_)) {
                        text.push('\t');
                    }
                }
                Tag::TableRow { .. } | Tag::TableHead | Tag::Item { .. } => line(&mut text),
                Tag::Paragraph { .. }
                | Tag::Heading(_)
                | Tag::Quote(_)
                | Tag::AlertTitle { .. }
                | Tag::List { .. }
                | Tag::Footnote(_)
                | Tag::DefinitionList
                | Tag::DefinitionTitle { .. }
                | Tag::Definition { .. }
                | Tag::Table { .. }
                | Tag::HtmlBlock => end(&mut text),
            },
        }
        at += 1;
    }
    text.trim().to_owned()
}

/// What a page shows in the place of a link without words of its own.
fn in_place(release: Pages<'_>, target: &Target<PageId>, bare: bool) -> Option<String> {
    match target {
        Target::Entry(id, _) if bare => Some(release.called(*id).title.to_owned()),
        Target::Defanged(address) => Some(defang(address)),
        Target::Withheld => Some(WITHHELD.to_owned()),
        Target::Own(_) if bare => Some(HERE.to_owned()),
        Target::Entry(..)
        | Target::Home
        | Target::Index(_)
        | Target::Own(_)
        | Target::File(_)
        | Target::External(_)
        | Target::Broken => None,
    }
}

/// Ends a block.
fn end(text: &mut String) {
    let end = text.trim_end().len();
    text.truncate(end);
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}

/// Ends a line, unless one was ended.
fn line(text: &mut String) {
    let end = text.trim_end_matches([' ', '\t']).len();
    text.truncate(end);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
