//! A scene as SVG within a page.
//!
//! Takes a [`Scene`]; writes elements with classes and places, and neither styles nor ids: those of the page stand above it.

use super::{Field, LINE, Link, Look, Mark, Point, Remark, Role, Scene, Side, Stroke};
use crate::model::Kind;
use crate::render::markup;

/// Writes a drawing; `class` says for which width it is.
pub(super) fn write(scene: &Scene<'_>, class: &str, out: &mut String) {
    out.push_str("<svg class=\"");
    out.push_str(class);
    out.push_str("\" viewBox=\"0 0 ");
    number(scene.width, out);
    out.push(' ');
    number(scene.height, out);
    out.push('"');
    measure("width", scene.width, out);
    measure("height", scene.height, out);
    out.push_str(" role=\"group\"");
    attribute("aria-label", scene.label, out);
    out.push('>');
    strokes(scene, out);
    for mark in &scene.marks {
        match mark {
            Mark::Dot { at, kind, hollow } => dot(*at, *kind, *hollow, out),
            Mark::Point { at, kind, radius } => point_of(*at, *kind, *radius, out),
            Mark::Field(it) => field(it, out),
            Mark::Land(path) => land(path, out),
            Mark::Area {
                path,
                weight,
                origin,
                told,
            } => area(path, (*weight, *origin), told, out),
            Mark::Leader { from, to } => leader(*from, *to, out),
            Mark::Bar {
                from,
                to,
                kind,
                look,
            } => bar(*from, *to, *kind, *look, out),
            Mark::Column {
                at,
                width,
                height,
                kind,
            } => block(*at, (*width, *height), (*kind, ""), out),
            Mark::Band { from, to, breadth } => band(*from, *to, *breadth, out),
            Mark::Words {
                at,
                end,
                role,
                lines,
                link,
                remark,
            } => match link {
                Some(link) => linked((*at, *end, *role), lines, link, remark.as_ref(), out),
                None => said((*at, *end, *role), lines, out),
            },
            Mark::Line { .. } | Mark::Curve { .. } | Mark::Head { .. } => {}
        }
    }
    out.push_str("</svg>");
}

/// All lines of one look are one path.
fn strokes(scene: &Scene<'_>, out: &mut String) {
    let (mut whole, mut broken, mut heads) = (String::new(), String::new(), String::new());
    let mut faint = String::new();
    for mark in &scene.marks {
        match mark {
            Mark::Line { from, to, stroke } => {
                let path = match stroke {
                    Stroke::Whole => &mut whole,
                    Stroke::Broken => &mut broken,
                    Stroke::Faint => &mut faint,
                };
                line(*from, *to, path);
            }
            Mark::Curve { from, to } => curve(*from, *to, &mut whole),
            Mark::Head { at, to } => head(*at, *to, &mut heads),
            Mark::Dot { .. }
            | Mark::Point { .. }
            | Mark::Leader { .. }
            | Mark::Bar { .. }
            | Mark::Column { .. }
            | Mark::Band { .. }
            | Mark::Land(_)
            | Mark::Area { .. }
            | Mark::Field(_)
            | Mark::Words { .. } => {}
        }
    }
    let paths = [
        (faint, "\" class=\"scale\"/>"),
        (whole, "\"/>"),
        (broken, "\" class=\"broken\"/>"),
        (heads, "\" class=\"head\"/>"),
    ];
    for (path, end) in paths {
        if !path.is_empty() {
            out.push_str("<path d=\"");
            out.push_str(&path);
            out.push_str(end);
        }
    }
}

/// A line of its own, upon what is drawn before it.
fn leader(from: Point, to: Point, out: &mut String) {
    let mut path = String::new();
    line(from, to, &mut path);
    out.push_str("<path class=\"leader\" d=\"");
    out.push_str(&path);
    out.push_str("\"/>");
}

fn line(from: Point, to: Point, path: &mut String) {
    path.push('M');
    point(from, path);
    match (from.0 == to.0, from.1 == to.1) {
        (true, _) => {
            path.push('V');
            number(to.1, path);
        }
        (false, true) => {
            path.push('H');
            number(to.0, path);
        }
        (false, false) => {
            path.push('L');
            point(to, path);
        }
    }
}

fn curve(from: Point, to: Point, path: &mut String) {
    let middle = (from.0 + to.0) / 2;
    path.push('M');
    point(from, path);
    path.push('C');
    point((middle, from.1), path);
    path.push(' ');
    point((middle, to.1), path);
    path.push(' ');
    point(to, path);
}

fn band(from: Point, to: Point, breadth: i32, out: &mut String) {
    let below = |(x, y): Point| (x, y + breadth);
    let (mut above, mut back) = (String::new(), String::new());
    curve(from, to, &mut above);
    curve(below(to), below(from), &mut back);
    out.push_str("<path class=\"band\" d=\"");
    out.push_str(&above);
    out.push('L');
    out.push_str(back.trim_start_matches('M'));
    out.push_str("Z\"/>");
}

fn head(at: Point, to: Side, path: &mut String) {
    path.push('M');
    point(at, path);
    path.push_str(match to {
        Side::Right | Side::Middle => "l-6-4v8z",
        Side::Left => "l6-4v8z",
    });
}

fn dot(at: Point, kind: Kind, hollow: bool, out: &mut String) {
    out.push_str("<circle class=\"k-");
    out.push_str(kind.name());
    out.push_str(if hollow { " hollow\"" } else { "\"" });
    measure("cx", at.0, out);
    measure("cy", at.1, out);
    out.push_str(" r=\"4\"/>");
}

fn point_of(at: Point, kind: Kind, radius: i32, out: &mut String) {
    out.push_str("<circle class=\"k-");
    out.push_str(kind.name());
    out.push('"');
    measure("cx", at.0, out);
    measure("cy", at.1, out);
    measure("r", radius, out);
    out.push_str("/>");
}

/// Its numbers are halves of a pixel, so that borders are finer than the rest.
fn area(path: &str, (weight, origin): (u8, bool), told: &str, out: &mut String) {
    out.push_str("<path class=\"land w");
    number(i32::from(weight), out);
    out.push_str(if origin { " origin\"" } else { "\"" });
    out.push_str(" transform=\"scale(.5)\" d=\"");
    out.push_str(path);
    out.push_str("\"><title>");
    markup::text(told, out);
    out.push_str("</title></path>");
}

fn land(path: &str, out: &mut String) {
    out.push_str("<path class=\"land\" d=\"");
    out.push_str(path);
    out.push_str("\"/>");
}

fn field(field: &Field, out: &mut String) {
    let Field {
        at,
        size,
        weight,
        broken,
    } = *field;
    out.push_str("<rect class=\"w");
    number(i32::from(weight), out);
    out.push_str(if broken { " broken\"" } else { "\"" });
    measure("x", at.0, out);
    measure("y", at.1, out);
    measure("width", size.0, out);
    measure("height", size.1, out);
    out.push_str(" rx=\"2\"/>");
}

/// How high a stretch is; what others say is half as high.
const HIGH: i32 = 8;

fn bar((x, y): Point, to: i32, kind: Kind, look: Look, out: &mut String) {
    let high = if look == Look::Other { HIGH / 2 } else { HIGH };
    let class = match look {
        Look::Whole => "",
        Look::Vague => " vague",
        Look::About => " about",
        Look::Hollow => " hollow",
        Look::Other => " other",
    };
    if look == Look::About {
        // It has no ends.
        let mut path = String::new();
        line((x, y - high / 2), (to, y - high / 2), &mut path);
        line((x, y + high / 2), (to, y + high / 2), &mut path);
        out.push_str("<path d=\"");
        out.push_str(&path);
        out.push_str("\" class=\"k-");
        out.push_str(kind.name());
        out.push_str(class);
        out.push_str("\"/>");
        return;
    }
    block((x, y - high / 2), (to - x, high), (kind, class), out);
}

fn block(
    (x, y): Point,
    (width, height): (i32, i32),
    (kind, class): (Kind, &str),
    out: &mut String,
) {
    out.push_str("<rect class=\"k-");
    out.push_str(kind.name());
    out.push_str(class);
    out.push('"');
    measure("x", x, out);
    measure("y", y, out);
    measure("width", width, out);
    measure("height", height, out);
    out.push_str(" rx=\"2\"/>");
}

/// Opens a line of words. Every one has the same attributes in the same order, so that an open page that is brought up to
/// date is the same as one that is loaded.
fn open(((x, y), end, role): (Point, Side, Role), out: &mut String) {
    out.push_str("<text");
    measure("x", x, out);
    measure("y", y, out);
    out.push_str(match role {
        Role::Subject => " class=\"subject",
        Role::Heading => " class=\"heading",
        Role::Name => " class=\"leaf",
        Role::Cell => " class=\"cell",
        Role::Label => " class=\"label",
        Role::Rest => " class=\"rest",
        Role::Remark => " class=\"remark",
        Role::Scale => " class=\"scale",
        Role::Count => " class=\"count",
    });
    out.push_str(match end {
        // Where they begin.
        Side::Left => "\">",
        Side::Middle => " middle\">",
        Side::Right => " end\">",
    });
}

/// Words that lead nowhere: each line by itself.
fn said(((x, y), end, role): (Point, Side, Role), lines: &[String], out: &mut String) {
    for (nth, line) in (0..).zip(lines) {
        open(((x, y + LINE * nth), end, role), out);
        markup::text(line, out);
        out.push_str("</text>");
    }
}

/// A link, over all of its lines, and what is remarked on it.
fn linked(
    ((x, y), end, role): (Point, Side, Role),
    lines: &[String],
    link: &Link<'_>,
    remark: Option<&Remark>,
    out: &mut String,
) {
    let behind = remark.filter(|remark| !remark.below);
    out.push_str("<a");
    attribute("href", link.href, out);
    out.push('>');
    let is_cut = lines.last().is_some_and(|line| line.ends_with('…')) && !link.name.ends_with('…');
    if let Some(told) = link.told.or(is_cut.then_some(link.name)) {
        out.push_str("<title>");
        markup::text(told, out);
        out.push_str("</title>");
    }
    let mut rest = link.name;
    for (nth, line) in (1..).zip(lines) {
        // It is not seen, but heard.
        if nth > 1 && rest.starts_with(' ') {
            out.push(' ');
        }
        rest = rest.trim_start().strip_prefix(line.as_str()).unwrap_or("");
        open(((x, y + LINE * (nth - 1)), end, role), out);
        markup::text(line, out);
        if let Some(remark) = behind.filter(|_| usize::try_from(nth) == Ok(lines.len())) {
            out.push_str("<tspan class=\"remark\">");
            out.push_str(BETWEEN);
            markup::text(&remark.text, out);
            out.push_str("</tspan>");
        }
        out.push_str("</text>");
    }
    out.push_str("</a>");
    if let Some(remark) = remark.filter(|remark| remark.below) {
        let below = i32::try_from(lines.len()).unwrap_or(0) * LINE;
        open(((x, y + below), end, Role::Remark), out);
        markup::text(&remark.text, out);
        out.push_str("</text>");
    }
}

/// What stands between a name and a remark on the same line.
const BETWEEN: &str = " · ";

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    markup::text(value, out);
    out.push('"');
}

fn measure(name: &str, value: i32, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    number(value, out);
    out.push('"');
}

fn point((x, y): (i32, i32), out: &mut String) {
    number(x, out);
    out.push(' ');
    number(y, out);
}

fn number(number: i32, out: &mut String) {
    if number < 0 {
        out.push('-');
    }
    markup::number(number.unsigned_abs(), out);
}
