//! What was when over the whole dossier: incidents and campaigns that have a date, oldest first.

use super::shape::{ChronicleView, Group};
use super::{At, cites, drawn, index, lists, shell, timeline};
use crate::model::{PageId, Tlp};
use crate::plan::{self, PER_PAGE, chronicle_address, first_of, page_at};
use crate::render::account::acts;
use crate::render::language::Word;
use crate::render::markup;

/// A page of it; the first has the drawing.
pub(super) fn view(at: &At<'_>, number: u32) -> ChronicleView {
    let chronicle = at.reads.chronicle();
    let rows = chronicle.acts();
    let mut groups: Vec<Group> = Vec::new();
    for (act, mark) in rows.within(first_of(number), PER_PAGE) {
        if let Some(group) = index::under(index::marked(at, mark), &mut groups) {
            row(at, act.page, &mut group.rows.0);
        }
    }
    let total = rows.all().len();
    let elsewhere = match plan::pages(total) {
        1 => Vec::new(),
        _ => { rows.firsts() }
            .map(|(mark, first)| (index::marked(at, mark), page_at(first)))
            .collect(),
    };
    ChronicleView {
        drawn: (number == 1)
            .then(|| drawn::chronicle(at, chronicle))
            .flatten(),
        jumps: index::jumps(at, &groups, elsewhere, number, &chronicle_address),
        groups,
        pages: lists::pages(at, total, number, &chronicle_address),
    }
}

fn row(at: &At<'_>, id: PageId, out: &mut String) {
    let dated = acts::dated(&at.reads, at.shared, id);
    let when = |out: &mut String| {
        let Some(dated) = &dated else {
            return;
        };
        let when = drawn::went_on(at.language, &dated.when, dated.until());
        markup::text(&when, out);
        let others = dated.times.map(|times| &times.others);
        if let Some(others) = others.filter(|others| !others.is_empty()) {
            out.push_str(" <span class=\"one\">");
            timeline::others_say(at, others, Tlp::Clear, out);
            out.push_str("</span>");
        }
    };
    let more = |out: &mut String| {
        denials(at, id, out);
        course(at, id, out);
    };
    index::row_with(at, id, (&when, &more), out);
}

/// Of whom it is denied that they did it, which what it is connected with does not say.
fn denials(at: &At<'_>, id: PageId, out: &mut String) {
    let attributions = at.reads.attributions(id);
    for denied in attributions.filter(|it| it.what.denied) {
        out.push_str(" <span class=\"one\">");
        markup::text(at.reads.name(denied.what.target).title(), out);
        out.push(' ');
        markup::denied(at.language, out);
        out.push_str("</span>");
    }
}

/// The course of an incident, for whoever asks for it.
fn course(at: &At<'_>, id: PageId, out: &mut String) {
    let events = at.reads.events(id);
    if events.is_empty() {
        return;
    }
    out.push_str(" <details class=\"course\"><summary>");
    let count = cites::count(events.len());
    at.language.counted(Word::TimelineCourse, count, out);
    out.push_str("</summary><ol>");
    for event in events {
        out.push_str("\n<li>");
        let datetime = event.date.datetime();
        markup::when(&at.language.date(&event.date), datetime.as_deref(), out);
        out.push(' ');
        markup::text(&event.what, out);
        if let Some(tlp) = shell::raised(Some(event.tlp)) {
            out.push(' ');
            markup::tlp(tlp, out);
        }
        out.push_str("</li>");
    }
    out.push_str("</ol></details>");
}
