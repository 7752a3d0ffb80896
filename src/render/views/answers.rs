//! What stands in place of the lists that a text asks for.
//!
//! Takes a text; gives for each of its fences ```` ```list ```` the rows of the entries that fit, of those that the audience
//! may see. Which they are hangs on all that any entry says, so that is what the page reads.

use super::At;
use crate::model::body::LIST;
use crate::model::{PageId, Prose, Tlp};
use crate::plan::PER_PAGE;
use crate::query::parse;
use crate::render::language::Word;
use crate::render::markup;

/// The rows of a table for each block of code that is a list; empty where there is none.
pub(super) fn of(at: &At<'_>, prose: &Prose<PageId>) -> Vec<Option<String>> {
    let code = &prose.body.code;
    if code.iter().all(|code| code.lang != LIST) {
        return Vec::new();
    }
    let answers = code.iter().map(|code| {
        if code.lang != LIST {
            return None;
        }
        // What cannot be read is reported, and shows nothing.
        let query = parse(code.text.trim_end()).ok()?;
        Some(rows(at, &at.reads.answer(&query)))
    });
    answers.collect()
}

fn rows(at: &At<'_>, found: &[PageId]) -> String {
    let mut html = String::with_capacity(found.len().min(PER_PAGE) * 192);
    let out = &mut html;
    for &id in found.iter().take(PER_PAGE) {
        let (entry, told) = (at.card(id), at.told(id));
        out.push_str("<tr><th scope=\"row\">");
        markup::link(&at.root, &entry.link, out);
        let tlp = at.reads.tlp(id);
        if tlp > Tlp::Clear {
            out.push(' ');
            markup::tlp(tlp, out);
        }
        out.push_str("</th><td>");
        markup::text(&told.label, out);
        out.push_str("</td><td>");
        if let Some(when) = &told.when {
            markup::text(when, out);
        }
        out.push_str("</td></tr>\n");
    }
    let more = found.len().saturating_sub(PER_PAGE);
    if more > 0 {
        out.push_str("<tr><td colspan=\"3\">");
        let count = super::cites::count(more);
        at.language.counted(Word::RemarkMore, count, out);
        out.push_str("</td></tr>\n");
    }
    if found.is_empty() {
        out.push_str("<tr><td>–</td></tr>\n");
    }
    html
}
