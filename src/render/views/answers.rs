//! What stands in place of the lists that a text asks for.
//!
//! Takes what stands in a fence ```` ```list ````; gives the rows of the entries that fit, of those that the audience may see. Which they are hangs on all that any entry says, so that is what the page reads.

use super::At;
use crate::model::{PageId, Tlp};
use crate::plan::PER_PAGE;
use crate::query::parse;
use crate::render::language::Word;
use crate::render::markup;

/// The rows of a table in which the answer to a query stands.
pub(super) fn of(at: &At<'_>, query: &str) -> Option<String> {
    // What cannot be read is reported, and shows nothing.
    let query = parse(query.trim_end()).ok()?;
    Some(rows(at, &at.reads.answer(&query)))
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
