//! Entries and what they say of each other as a graph, for programs that draw and reckon.
//!
//! Each entry is a node, each relation a directed edge with all that it says. Of some entries the graph has those that
//! they are related with, too, so that no edge has one end.

use super::said::{Said, Sort, When, above_clear, statements};
use super::xml::{escape, token};
use super::{Subject, marking};
use crate::model::{Entry, PageId};
use crate::plan::address;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What is told of a node or an edge: its name, and its type in both forms.
struct Column {
    name: &'static str,
    r#type: &'static str,
}

const fn column(name: &'static str, r#type: &'static str) -> Column {
    Column { name, r#type }
}

const OF_NODES: [Column; 9] = [
    column("id", "string"),
    column("kind", "string"),
    column("title", "string"),
    column("url", "string"),
    column("tlp", "string"),
    column("date", "string"),
    column("earliest", "string"),
    column("latest", "string"),
    column("summary", "string"),
];

const OF_EDGES: [Column; 23] = [
    column("verb", "string"),
    column("says", "string"),
    column("statement", "string"),
    column("denied", "boolean"),
    column("own", "string"),
    column("amount", "string"),
    column("low", "double"),
    column("high", "double"),
    column("currency", "string"),
    column("came_from", "string"),
    column("confidence", "string"),
    column("confidence_low", "int"),
    column("confidence_high", "int"),
    column("since", "string"),
    column("since_earliest", "string"),
    column("since_latest", "string"),
    column("until", "string"),
    column("until_earliest", "string"),
    column("until_latest", "string"),
    column("note", "string"),
    column("sources", "string"),
    column("source_count", "int"),
    column("tlp", "string"),
];

struct Node {
    token: String,
    title: String,
    /// In the order of the columns.
    told: Vec<Option<String>>,
}

struct Edge {
    token: String,
    from: String,
    to: String,
    verb: &'static str,
    told: Vec<Option<String>>,
}

/// The entries of the graph: those that are asked for, and what they are related with.
fn nodes(subject: &Subject<'_>) -> BTreeSet<PageId> {
    let mut nodes: BTreeSet<PageId> = subject.ids().into_iter().collect();
    if subject.of.is_some() {
        for (_, entry) in subject.entries() {
            nodes.extend(entry.statements.relations().map(|it| it.what.target));
        }
    }
    nodes
}

fn node(subject: &Subject<'_>, entry: &Entry<PageId>) -> Node {
    let release = subject.release();
    let when = entry.when().as_ref().map(When::of);
    let (text, earliest, latest) = apart(when);
    let summary = entry.summary.as_ref();
    let summary = summary.map(|it| super::text::sentence(release, &it.value));
    let own = marking::node(release, entry);
    Node {
        token: token(&entry.id),
        title: entry.title.clone(),
        told: vec![
            Some(entry.id.clone()),
            Some(entry.kind.name().to_owned()),
            Some(entry.title.clone()),
            Some(address::absolute(subject.config, &entry.route())),
            Some(own.name().to_owned()),
            text,
            earliest,
            latest,
            summary,
        ],
    }
}

fn edge(entry: &Entry<PageId>, said: Said<'_>) -> Option<Edge> {
    let Said {
        statement,
        says,
        what,
        confidence,
        when,
        note,
        tlp,
        sources,
    } = said;
    let Sort::Relation {
        verb,
        target,
        denied,
        until,
        own,
        amount,
        low,
        high,
        currency,
        came_from,
    } = what
    else {
        return None;
    };
    let (since, since_earliest, since_latest) = apart(when);
    let (until, until_earliest, until_latest) = apart(until);
    let names: Vec<&str> = sources.iter().map(|it| it.source).collect();
    let from = token(&entry.id);
    Some(Edge {
        token: format!("{from}--{}", token(&statement)),
        to: token(target),
        from,
        verb,
        told: vec![
            Some(verb.to_owned()),
            Some(says),
            Some(statement),
            Some(denied.to_string()),
            own,
            amount,
            low,
            high,
            currency.map(str::to_owned),
            came_from.map(str::to_owned),
            confidence.map(|it| it.words.to_owned()),
            confidence.map(|it| it.low.to_string()),
            confidence.map(|it| it.high.to_string()),
            since,
            since_earliest,
            since_latest,
            until,
            until_earliest,
            until_latest,
            note,
            Some(names.join(" ")).filter(|it| !it.is_empty()),
            Some(names.len().to_string()),
            Some(tlp.to_owned()),
        ],
    })
}

fn apart(when: Option<When>) -> (Option<String>, Option<String>, Option<String>) {
    match when {
        Some(When {
            text,
            earliest,
            latest,
        }) => (Some(text), earliest, latest),
        None => (None, None, None),
    }
}

fn edges<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Edge> + use<'a> {
    let release = subject.release();
    let entries = subject.entries();
    entries
        .flat_map(move |(_, entry)| statements(release, entry).filter_map(|said| edge(entry, said)))
}

/// What a graph is called: the dossier, and the marking where not everyone may see it.
fn description(subject: &Subject<'_>) -> String {
    let title = &subject.config.title;
    let shown = nodes(subject).into_iter();
    let release = subject.release();
    let shown = shown
        .map(|id| marking::node(release, release.page(id)))
        .max();
    match above_clear(marking::whole(subject).max(shown.unwrap_or_default())) {
        Some(tlp) => format!("{title} ({})", tlp.label()),
        None => title.clone(),
    }
}

/// As GraphML, which yEd, Cytoscape, Gephi and NetworkX read.
pub(super) fn graphml(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
    )?;
    writeln!(out, "<desc>{}</desc>", escape(&description(subject)))?;
    for (of, columns) in [("node", &OF_NODES[..]), ("edge", &OF_EDGES[..])] {
        for Column { name, r#type } in columns {
            writeln!(
                out,
                "<key id=\"{of}.{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{type}\"/>"
            )?;
        }
    }
    writeln!(out, "<graph id=\"dossier\" edgedefault=\"directed\">")?;
    let release = subject.release();
    for id in nodes(subject) {
        let node = node(subject, release.page(id));
        writeln!(out, "<node id=\"{}\">", node.token)?;
        data(out, "node", &OF_NODES, &node.told)?;
        writeln!(out, "</node>")?;
    }
    for edge in edges(subject) {
        let Edge {
            token,
            from,
            to,
            verb: _,
            told,
        } = edge;
        writeln!(
            out,
            "<edge id=\"{token}\" source=\"{from}\" target=\"{to}\">"
        )?;
        data(out, "edge", &OF_EDGES, &told)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

fn data(
    out: &mut dyn Write,
    of: &str,
    columns: &[Column],
    told: &[Option<String>],
) -> io::Result<()> {
    for (Column { name, .. }, value) in columns.iter().zip(told) {
        if let Some(value) = value {
            writeln!(out, "<data key=\"{of}.{name}\">{}</data>", escape(value))?;
        }
    }
    Ok(())
}

/// As GEXF 1.3, which Gephi writes itself.
pub(super) fn gexf(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(
        out,
        "<meta>\n<description>{}</description>\n</meta>",
        escape(&description(subject))
    )?;
    writeln!(out, "<graph defaultedgetype=\"directed\" mode=\"static\">")?;
    for (of, columns) in [("node", &OF_NODES[..]), ("edge", &OF_EDGES[..])] {
        writeln!(out, "<attributes class=\"{of}\">")?;
        for Column { name, r#type } in columns {
            let known = match *r#type {
                "int" => "integer",
                other => other,
            };
            writeln!(
                out,
                "<attribute id=\"{of}.{name}\" title=\"{name}\" type=\"{known}\"/>"
            )?;
        }
        writeln!(out, "</attributes>")?;
    }
    let release = subject.release();
    writeln!(out, "<nodes>")?;
    for id in nodes(subject) {
        let node = node(subject, release.page(id));
        let label = escape(&node.title);
        writeln!(out, "<node id=\"{}\" label=\"{label}\">", node.token)?;
        values(out, "node", &OF_NODES, &node.told)?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for edge in edges(subject) {
        let Edge {
            token,
            from,
            to,
            verb,
            told,
        } = edge;
        writeln!(
            out,
            "<edge id=\"{token}\" source=\"{from}\" target=\"{to}\" type=\"directed\" kind=\"{verb}\" label=\"{verb}\">"
        )?;
        values(out, "edge", &OF_EDGES, &told)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

fn values(
    out: &mut dyn Write,
    of: &str,
    columns: &[Column],
    told: &[Option<String>],
) -> io::Result<()> {
    writeln!(out, "<attvalues>")?;
    for (Column { name, .. }, value) in columns.iter().zip(told) {
        if let Some(value) = value {
            writeln!(
                out,
                "<attvalue for=\"{of}.{name}\" value=\"{}\"/>",
                escape(value)
            )?;
        }
    }
    writeln!(out, "</attvalues>")
}
