//! What stands on a page in the place of blocks of code that ask for something: lists, and drawings with their tables.
//!
//! Takes a text; gives for each of its blocks what is shown there, ready, or nothing. What a drawing is of, the links within
//! its block name: what is withheld leads nowhere, and nothing of it is drawn. Never draws what the page of an entry, or one
//! of the whole, would not.

use super::shape::{Drawing, Group, MapGroup};
use super::{
    At, answers, cites, compare, drawn, entry, graph, lists, map, marking, matrix, money, shell,
    timeline,
};
use crate::model::body::{Block, Drawing as Drawn, Target};
use crate::model::chart::{self, Chart};
use crate::model::money::Figure;
use crate::model::{Kind, PageId, Prose, Verb};
use crate::plan::graph::Origin;
use crate::plan::{chronicle_address, compare_address, graph_address, losses, names_address};
use crate::render::account::connections::{self, Stated};
use crate::render::account::money::{self as sums, Scale};
use crate::render::account::{techniques, web};
use crate::render::drawing::chart as drawing;
use crate::render::html::Placed;
use crate::render::language::{Word, names};
use crate::render::markup;
use std::collections::BTreeSet;

/// What stands in the place of each block of code of a text; empty where nothing does.
pub(super) fn of(at: &At<'_>, origin: Origin, prose: &Prose<PageId>) -> Vec<Option<Placed>> {
    let code = &prose.body.code;
    if code.iter().all(|code| code.is == Block::Text) {
        return Vec::new();
    }
    let list = |text: &str| answers::of(at, text).map(Placed::Rows);
    let placed = code.iter().map(|code| match code.is {
        Block::List => list(&code.text),
        Block::Chart(look) => chart(at, look, &code.text),
        Block::Text | Block::Drawing(_) => None,
    });
    let mut placed: Vec<Option<Placed>> = placed.collect();
    for it in prose.body.drawings() {
        let targets = it
            .of
            .iter()
            .filter_map(|at| prose.targets.get(*at as usize));
        let mut known = BTreeSet::new();
        let ids = targets.filter_map(|target| match target {
            Target::Entry(id, _) => Some(*id).filter(|id| known.insert(*id)),
            Target::Home
            | Target::Index(_)
            | Target::Own(_)
            | Target::File(_)
            | Target::External(_)
            | Target::Defanged(_)
            | Target::Withheld
            | Target::Broken => None,
        });
        let ids: Vec<PageId> = ids.collect();
        let own = match origin {
            Origin::Page(id) if !it.drawing.is_whole_on(at.reads.kind(id)) => Some(id),
            Origin::Page(_) | Origin::Intro(_) => None,
        };
        let mut out = String::new();
        match (it.of.is_empty(), own) {
            (true, None) => whole(at, it.drawing, &mut out),
            (true, Some(id)) => of_one(at, it.drawing, id, &mut out),
            (false, _) if it.drawing == Drawn::Losses => of_losses(at, &ids, &mut out),
            (false, _) if it.drawing == Drawn::Compare => compare::placed(at, &ids, &mut out),
            (false, _) => {
                for id in ids {
                    of_one(at, it.drawing, id, &mut out);
                }
            }
        }
        if let Some(slot) = placed.get_mut(it.code as usize) {
            *slot = Some(Placed::Drawn(out));
        }
    }
    placed
}

/// Draws a writer's own numbers; what cannot be read was reported.
fn chart(at: &At<'_>, look: chart::Look, text: &str) -> Option<Placed> {
    let told = Chart::from_text(text).ok()?;
    let written = |figure: &Figure| at.language.figure(&figure.written);
    let label = told.heads.join(", ");
    let scale = Scale::linear(told.figures().map(|it| it.parts));
    let said = |room| {
        let ticks = scale.ticks(room).into_iter();
        let said = |parts| (parts, written(&Figure::of(parts)));
        ticks.map(said).collect()
    };
    let row = |row: &chart::Row<'_>| {
        let figures = row.figures.iter();
        let said = |it: &Option<Figure>| it.as_ref().map(|it| (it.parts, written(it)));
        figures.map(said).collect()
    };
    let drawing = drawing::Chart {
        label: label.clone(),
        look,
        series: told.heads.iter().skip(1).copied().collect(),
        scale,
        ticks: drawing::ROOM.map(said),
        rows: (told.rows.iter())
            .map(|it| drawing::Row {
                name: it.name,
                figures: row(it),
            })
            .collect(),
    };
    let mut drawn = String::new();
    drawing::write(&drawing, &mut drawn);
    let mut rows = String::new();
    for row in &told.rows {
        rows.push_str("\n<tr><th scope=\"row\">");
        markup::text(row.name, &mut rows);
        rows.push_str("</th>");
        for figure in &row.figures {
            rows.push_str("<td>");
            let figure = figure.as_ref().map_or_else(String::new, written);
            markup::text(&figure, &mut rows);
            rows.push_str("</td>");
        }
        rows.push_str("</tr>");
    }
    let mut table = String::new();
    as_table(at, &label, true, &told.heads, &rows, &mut table);
    Some(Placed::Captioned { drawn, table })
}

/// Draws something of an entry, unless it is withdrawn or of a kind of which that is not drawn.
fn of_one(at: &At<'_>, drawing: Drawn, id: PageId, out: &mut String) {
    if !drawing.is_of(at.reads.kind(id)) || at.reads.page(id).withdrawn.is_some() {
        return;
    }
    let title = at.reads.name(id).title();
    match drawing {
        Drawn::Graph(0 | 1) => {
            let told = at.language.with(Word::PlacedAround, title);
            let related = at.reads.related(id);
            let drawn = drawn::around(at, id, &related);
            let table = Table::of(&[], |out| ties(at, id, out));
            figure(at, "", &told, drawn, &table, out);
        }
        Drawn::Graph(steps) => {
            let web = web::of(&at.reads);
            let (near, count) = web.near(id, usize::from(steps), drawn::MOST);
            let steps = steps.to_string();
            let holes = [("title", title), ("steps", &*steps)];
            let told = at.language.with_all(Word::PlacedGraph, &holes);
            let drawing =
                (at.config.drawings.graph && near.nodes.len() > drawn::LEAST).then(|| {
                    let caption = drawn::some(at, Word::GraphShown, near.nodes.len(), count);
                    graph::near(at, &near, told.clone(), caption)
                });
            let heads = [Word::GraphEntry, Word::GraphKind, Word::GraphCount];
            let table = Table::of(&heads, |out| graph::rows_near(at, &near, out));
            figure(at, "k-graph", &told, drawing, &table, out);
        }
        Drawn::Timeline => {
            let told = at.language.with(Word::PlacedTimeline, title);
            let acts = at.reads.timeline(id);
            let drawing = drawn::acts(at, id, &acts);
            let shown = acts.get(..drawn::ACTS).unwrap_or(&acts);
            let table = Table::of(&[], |out| {
                for act in timeline::acts(at, id, shown) {
                    row_of_act(&[&act.when.0, &act.link.0, &act.bits.0], out);
                }
                let path = format!("{}#page-timeline", at.card(id).path());
                rest(at, acts.len() - shown.len(), &path, out);
            });
            figure(at, "timed", &told, drawing, &table, out);
        }
        Drawn::Matrix => {
            let told = at.language.with(Word::PlacedMatrix, title);
            let own = at.reads.page(id).statements.relations();
            let own = own.filter(|it| {
                it.what.verb == Verb::Uses && at.reads.kind(it.what.target) == Kind::Technique
            });
            let own: Vec<Stated<'_>> = own.collect();
            let drawing = drawn::techniques(at, id, &own);
            let grid = techniques::used(&at.reads, &at.config.attack, id, &own);
            let table = Table::grouped(&MATRIX, matrix::groups(at, &grid));
            figure(at, "", &told, drawing, &table, out);
        }
        Drawn::Losses => {
            of_losses(at, &[id], out);
        }
        Drawn::Map => {
            let told = at.language.with(Word::PlacedMap, title);
            let (drawing, groups) = map::placed(at, id);
            figure(at, "", &told, drawing, &Table::of_places(groups), out);
        }
        // It takes two.
        Drawn::Compare => {}
        Drawn::Names => {
            let told = at.language.with(Word::PlacedNames, title);
            let heads = [
                Word::NamesName,
                Word::NamesUsedBy,
                Word::NamesMeans,
                Word::NamesSaidIn,
            ];
            let table = Table::of(&heads, |out| names_of(at, id, out));
            figure(at, "", &told, None, &table, out);
        }
    }
}

/// What incidents say of money: those named, and those that are attributed to whoever is named or part of it.
fn of_losses(at: &At<'_>, ids: &[PageId], out: &mut String) {
    let mut known = BTreeSet::new();
    let mut incidents = Vec::new();
    for &id in ids {
        if !Drawn::Losses.is_of(at.reads.kind(id)) || at.reads.unshown(id).withdrawn.is_some() {
            continue;
        }
        let acts = match at.reads.kind(id) {
            Kind::Incident => vec![id],
            _ => {
                let acts = at.reads.timeline(id).into_iter();
                let held =
                    acts.filter(|act| at.reads.relation(act).is_some_and(|it| !it.what.denied));
                held.map(|act| act.from).collect()
            }
        };
        for act in acts.into_iter().filter(|act| known.insert(*act)) {
            let page = at.reads.page(act);
            incidents.extend(sums::of(act, page.when(), losses(page)));
        }
    }
    if ids.is_empty() {
        return;
    }
    // Each of several stands in the drawing.
    let told = match ids {
        [one] => {
            let title = at.reads.name(*one).title();
            at.language.with(Word::PlacedLosses, title)
        }
        _ => at.language.say(Word::PlacedMoney).to_owned(),
    };
    all_losses(at, &told, &incidents, out);
}

fn all_losses(at: &At<'_>, told: &str, incidents: &[sums::Incident<'_>], out: &mut String) {
    let currencies = sums::currencies(incidents).into_iter();
    let drawings = currencies.filter_map(|code| {
        let drawn = drawn::money::of_all(at, incidents, code)?;
        Some((format!("{told} ({code})"), drawn))
    });
    let mut drawings: Vec<(String, Drawing)> = drawings.collect();
    let latest = incidents.len().saturating_sub(drawn::ACTS);
    let shown = incidents.get(latest..).unwrap_or(&[]);
    let heads = [Word::MoneyWhat, Word::MoneyAmount, Word::MoneySources];
    let rates = at.reads.rates(&at.config.money);
    let groups = shown.iter().map(|it| money::group(at, it, &rates));
    let table = Table {
        heads: heads.to_vec(),
        rows: groups.map(|group| group.rows.0).collect(),
    };
    // The table of all stands behind the last.
    let last = drawings.pop();
    for (told, drawn) in &drawings {
        picture("k-incident", told, drawn, out);
    }
    let (told, last) = match last {
        Some((told, drawn)) => (told, Some(drawn)),
        None => (told.to_owned(), None),
    };
    figure(at, "k-incident", &told, last, &table, out);
}

/// Draws something of the whole dossier; of what has a page of its own that no text could hold, the way there.
fn whole(at: &At<'_>, drawing: Drawn, out: &mut String) {
    match drawing {
        Drawn::Graph(_) if at.reads.connects() => way(at, graph_address(), Word::GraphTitle, out),
        Drawn::Graph(_) => {}
        Drawn::Names => way(at, &names_address(1), Word::NamesAll, out),
        Drawn::Compare if at.reads.pairs().is_empty() => {}
        Drawn::Compare => way(at, compare_address(), Word::CompareTitle, out),
        Drawn::Timeline => {
            let chronicle = at.reads.chronicle();
            let acts = chronicle.acts().all();
            let shown = acts.get(..drawn::ACTS).unwrap_or(acts);
            let table = Table::of(&[], |out| {
                for act in shown {
                    let (_, when) = at.reads.dated(act.page);
                    let when = when.map(|it| at.language.date(&it)).unwrap_or_default();
                    let mut told = [String::new(), String::new(), String::new()];
                    markup::text(&when, &mut told[0]);
                    at.link(act.page, &mut told[1]);
                    if let Some(tlp) = shell::raised(Some(at.reads.tlp(act.page))) {
                        markup::tlp(tlp, &mut told[2]);
                    }
                    row_of_act(&[&told[0], &told[1], &told[2]], out);
                }
                let path = at.path(&chronicle_address(1));
                rest(at, acts.len() - shown.len(), &path, out);
            });
            let told = at.language.say(Word::TimelineAll);
            figure(
                at,
                "timed",
                told,
                drawn::chronicle(at, chronicle),
                &table,
                out,
            );
        }
        Drawn::Matrix => {
            let grid = techniques::all(&at.reads, &at.config.attack);
            let drawing = drawn::all_techniques(at, &grid);
            let table = Table::grouped(&MATRIX, matrix::groups(at, &grid));
            let told = at.language.say(Word::MatrixTitle);
            figure(at, "", told, drawing, &table, out);
        }
        Drawn::Losses => {
            let told = at.language.say(Word::MoneyTitle);
            all_losses(at, told, &sums::all(&at.reads), out);
        }
        Drawn::Map => {
            let (drawing, groups) = map::of_all(at);
            let told = at.language.say(Word::PlacedWhere);
            figure(at, "", told, drawing, &Table::of_places(groups), out);
        }
    }
}

/// Writes the way to a page of the whole.
fn way(at: &At<'_>, address: &str, title: Word, out: &mut String) {
    out.push_str("<p>");
    let tail = markup::tail(&at.path(address), at.language.say(title));
    markup::link(&at.root, &tail, out);
    out.push_str("</p>\n");
}

const MATRIX: [Word; 3] = [Word::MatrixId, Word::MatrixTechnique, Word::MatrixUsedBy];

/// The same as a drawing, in words.
struct Table {
    heads: Vec<Word>,
    /// Rows, ready.
    rows: String,
}

impl Table {
    fn of(heads: &[Word], write: impl FnOnce(&mut String)) -> Table {
        let mut rows = String::new();
        write(&mut rows);
        Table {
            heads: heads.to_vec(),
            rows,
        }
    }

    fn grouped(heads: &[Word], groups: Vec<Group>) -> Table {
        Table::of(heads, |out| {
            for group in groups {
                heading(heads.len(), |out| markup::text(&group.heading, out), out);
                out.push_str(&group.rows.0);
            }
        })
    }

    fn of_places(groups: Vec<MapGroup>) -> Table {
        let heads = [Word::MapAs, Word::MapCount, Word::MapWho];
        Table::of(&heads, |out| {
            for group in groups {
                heading(heads.len(), |out| out.push_str(&group.heading.0), out);
                out.push_str(&group.rows.0);
            }
        })
    }
}

/// Writes what stands over rows.
fn heading(columns: usize, write: impl FnOnce(&mut String), out: &mut String) {
    out.push_str("\n<tr class=\"letter\"><th colspan=\"");
    markup::number(cites::count(columns), out);
    out.push_str("\">");
    write(out);
    out.push_str("</th></tr>");
}

/// Writes when, what, and what is to be said of it.
fn row_of_act([when, what, bits]: &[&str; 3], out: &mut String) {
    out.push_str("\n<tr><td>");
    out.push_str(when);
    out.push_str("</td><th scope=\"row\">");
    out.push_str(what);
    out.push_str("</th><td class=\"bits\">");
    out.push_str(bits);
    out.push_str("</td></tr>");
}

/// Writes how many more there are, and where.
fn rest(at: &At<'_>, count: usize, path: &str, out: &mut String) {
    if count > 0 {
        out.push_str("\n<tr><td colspan=\"3\">");
        let words = at.language.with(Word::DrawingRest, &count.to_string());
        markup::link(&at.root, &markup::tail(path, &words), out);
        out.push_str("</td></tr>");
    }
}

/// Writes a drawing with its table: folded behind it, open where nothing is drawn.
fn figure(
    at: &At<'_>,
    class: &str,
    told: &str,
    drawing: Option<Drawing>,
    table: &Table,
    out: &mut String,
) {
    if let Some(drawing) = &drawing {
        picture(class, told, drawing, out);
    }
    let heads = table.heads.iter().map(|head| at.language.say(*head));
    let heads: Vec<&str> = heads.collect();
    as_table(at, told, drawing.is_some(), &heads, &table.rows, out);
}

/// Writes a table: folded behind what is drawn, and with a caption where nothing is.
fn as_table(at: &At<'_>, told: &str, is_drawn: bool, heads: &[&str], rows: &str, out: &mut String) {
    if is_drawn {
        out.push_str("<details class=\"as-table\"><summary>");
        at.language.html(Word::PlacedTable, out);
        out.push_str("</summary>");
    }
    out.push_str("<div class=\"table\" role=\"region\" aria-label=\"");
    markup::text(told, out);
    out.push_str("\" tabindex=\"0\"><table>");
    if !is_drawn {
        out.push_str("<caption>");
        markup::text(told, out);
        out.push_str("</caption>");
    }
    if !heads.is_empty() && !rows.is_empty() {
        out.push_str("<thead><tr>");
        for head in heads {
            out.push_str("<th scope=\"col\">");
            markup::text(head, out);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead>");
    }
    out.push_str("\n<tbody>");
    match rows.is_empty() {
        true => out.push_str("<tr><td>–</td></tr>"),
        false => out.push_str(rows),
    }
    out.push_str("\n</tbody></table></div>\n");
    if is_drawn {
        out.push_str("</details>\n");
    }
}

fn picture(class: &str, told: &str, drawing: &Drawing, out: &mut String) {
    out.push_str("<figure class=\"drawing");
    if !class.is_empty() {
        out.push(' ');
        out.push_str(class);
    }
    out.push_str("\">");
    out.push_str(&drawing.drawn.0);
    out.push_str("<figcaption><strong>");
    markup::text(told, out);
    out.push_str("</strong>");
    if let Some(caption) = &drawing.caption {
        out.push_str(" · ");
        markup::text(caption, out);
    }
    out.push_str("</figcaption></figure>\n");
}

/// Writes what an entry is connected with, as far as it is drawn.
fn ties(at: &At<'_>, id: PageId, out: &mut String) {
    let related = at.reads.related(id);
    let around = connections::around(&at.reads, id, &related, drawn::MOST);
    for branch in &around.branches {
        let said = lists::said(at, branch.said(), branch.kind, branch.count);
        heading(2, |out| markup::text(&said, out), out);
        for tie in &branch.ties {
            out.push_str("\n<tr><th scope=\"row\">");
            at.link(tie.to, out);
            out.push_str("</th><td class=\"bits\">");
            if tie.relation.what.denied {
                markup::denied(at.language, out);
            } else if let Some(sure) = tie.relation.confidence {
                markup::bit(out, |out| markup::sure(at.language, sure, out));
            }
            let tlp = marking::beside(&at.reads, id, tie.from, &tie.relation);
            if let Some(tlp) = shell::raised(tlp) {
                markup::bit(out, |out| markup::tlp(tlp, out));
            }
            if cites::distinct(&tie.relation.sources) > 0 {
                markup::bit(out, |out| cites::stated(at, tie.from, &tie.relation, out));
            }
            out.push_str("</td></tr>");
        }
        let more = branch.count - branch.ties.len();
        if more > 0 {
            out.push_str("\n<tr><td colspan=\"2\">");
            markup::text(&at.language.with(Word::DrawingRest, &more.to_string()), out);
            out.push_str("</td></tr>");
        }
    }
}

/// Writes the names of an entry, with who uses them, how far they mean the same, and where that is said.
fn names_of(at: &At<'_>, id: PageId, out: &mut String) {
    for alias in at.reads.page(id).statements.aliases() {
        out.push_str("\n<tr><th scope=\"row\">");
        markup::text(&alias.what.name, out);
        if let Some(tlp) = shell::raised(alias.tlp) {
            out.push(' ');
            markup::tlp(tlp, out);
        }
        out.push_str("</th><td>");
        out.push_str(&entry::named(at, alias.what.by.as_ref()).0);
        out.push_str("</td><td>");
        at.language.html(names::overlap(alias.what.overlap), out);
        if let Some(path) = entry::contested(at, &alias.what.name) {
            out.push_str(", ");
            let tail = markup::tail(&path, at.language.say(Word::NamesContested));
            markup::link(&at.root, &tail, out);
        }
        out.push_str("</td><td>");
        money::sources(at, &alias.sources, out);
        out.push_str("</td></tr>");
    }
}
