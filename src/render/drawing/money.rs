//! Amounts of money beside each other: what incidents say of one currency, on one scale.
//!
//! Takes amounts under their incidents, each with its name and itself in words; gives two drawings of the same: with words
//! before and behind signs for pages that are wide, above them for those that are narrow. A point is a figure, a stretch is
//! what an amount may mean, a thin line reaches from the least to the most that is stated. What is filled is what the dossier goes
//! by. Never draws words, nor two currencies.

use super::width::{cut, width};
use super::{LINE, Link, Look, Mark, Remark, Role, Scene, Side, Stroke, svg};
use crate::model::Kind;
use crate::render::account::money::{Reach, Scale};

/// What is drawn.
pub(in crate::render) struct Amounts<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    pub(in crate::render) scale: Scale,
    /// What divides the scale, in words: for a wide drawing, and for a narrow one.
    pub(in crate::render) ticks: [Vec<(u128, String)>; 2],
    pub(in crate::render) lanes: Vec<Lane<'a>>,
}

/// What stands together: the amounts of an incident.
#[derive(Debug)]
pub(in crate::render) struct Lane<'a> {
    /// The incident; none on its own page.
    pub(in crate::render) heading: Option<Heading<'a>>,
    pub(in crate::render) rows: Vec<Row>,
}

/// An incident over its amounts.
#[derive(Debug)]
pub(in crate::render) struct Heading<'a> {
    pub(in crate::render) name: &'a str,
    pub(in crate::render) href: String,
    /// Its marking, which stands behind its name.
    pub(in crate::render) marking: Option<String>,
    /// When it was, which stands there if there is room.
    pub(in crate::render) when: Option<String>,
}

/// What became of some money.
#[derive(Debug)]
pub(in crate::render) struct Row {
    /// What it is: `lost`.
    pub(in crate::render) name: String,
    /// How much, in words.
    pub(in crate::render) text: String,
    /// What is stated, never nothing.
    pub(in crate::render) signs: Vec<Sign>,
}

/// An amount that is stated.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Sign {
    pub(in crate::render) reach: Reach,
    /// Whether the dossier goes by it.
    pub(in crate::render) chosen: bool,
}

/// How many divisions there is room for.
pub(in crate::render) const ROOM: [u128; 2] = [5, 3];

/// The widths of both drawings.
const WIDTHS: [i32; 2] = [720, 350];
/// From an edge to what is nearest to it, so that a point and an arrow have room there.
const EDGE: i32 = 16;
/// Where the first lane begins.
const TOP: i32 = 24;
/// From a row to the next.
const ROW: i32 = 22;
/// The room of a heading.
const HEADING: i32 = 30;
/// The most that a name and an amount take beside the line.
const MOST: (i32, i32) = (170, 240);
/// What is less wide is not seen.
const SEEN: i32 = 8;
/// How far behind a point an arrow ends.
const ARROW: i32 = 14;

/// The line on which amounts lie.
struct Line {
    scale: Scale,
    from: i32,
    length: i32,
}

impl Line {
    fn at(&self, parts: u128) -> i32 {
        self.from + self.scale.place(parts, self.length)
    }
}

/// Writes both drawings.
pub(in crate::render) fn write(amounts: &Amounts<'_>, out: &mut String) {
    svg::write(&wide(amounts), "wide", out);
    svg::write(&narrow(amounts), "narrow", out);
}

fn wide<'a>(amounts: &'a Amounts<'a>) -> Scene<'a> {
    let rows = || amounts.lanes.iter().flat_map(|lane| &lane.rows);
    let size = Role::Label.size();
    let names = rows().map(|row| width(&row.name, size)).max();
    let texts = rows().map(|row| width(&row.text, size)).max();
    let (before, behind) = (
        names.unwrap_or(0).min(MOST.0) + 12,
        texts.unwrap_or(0).min(MOST.1) + ARROW + 10,
    );
    let line = Line {
        scale: amounts.scale,
        from: before + EDGE,
        length: WIDTHS[0] - before - behind - EDGE,
    };
    let place = |row: &'a Row, top: i32, marks: &mut Vec<Mark<'a>>| {
        let level = top + ROW / 2;
        signs(row, &line, level, marks);
        marks.push(Mark::line(
            (before - 8, level + 4),
            Side::Right,
            Role::Label,
            cut(&row.name, size, MOST.0),
        ));
        let from = WIDTHS[0] - behind + ARROW + 8;
        marks.push(Mark::line(
            (from, level + 4),
            Side::Left,
            Role::Label,
            cut(&row.text, size, MOST.1),
        ));
        ROW
    };
    scene(amounts, &line, 0, place)
}

fn narrow<'a>(amounts: &'a Amounts<'a>) -> Scene<'a> {
    let size = Role::Label.size();
    let line = Line {
        scale: amounts.scale,
        from: EDGE,
        length: WIDTHS[1] - EDGE - ARROW - 2,
    };
    let place = |row: &'a Row, top: i32, marks: &mut Vec<Mark<'a>>| {
        let text = format!("{}: {}", row.name, row.text);
        marks.push(Mark::line(
            (2, top + 15),
            Side::Left,
            Role::Label,
            cut(&text, size, WIDTHS[1] - 6),
        ));
        signs(row, &line, top + LINE + 8, marks);
        LINE + ROW - 4
    };
    scene(amounts, &line, 1, place)
}

/// A drawing of one width; `place` puts a row where it is to begin, and says how high it is.
fn scene<'a>(
    amounts: &'a Amounts<'a>,
    line: &Line,
    which: usize,
    place: impl Fn(&'a Row, i32, &mut Vec<Mark<'a>>) -> i32,
) -> Scene<'a> {
    let width = WIDTHS[which];
    let mut marks = Vec::new();
    let mut top = TOP;
    for lane in &amounts.lanes {
        if let Some(heading) = &lane.heading {
            marks.push(heading_of(heading, (2, top + 20), width - 6));
            top += HEADING;
        }
        for row in &lane.rows {
            top += place(row, top, &mut marks);
        }
        top += 4;
    }
    let mut all = divisions(line, &amounts.ticks[which], (top, width));
    all.append(&mut marks);
    Scene {
        width,
        height: top,
        label: &amounts.label,
        marks: all,
    }
}

fn heading_of<'a>(heading: &'a Heading<'a>, at: (i32, i32), room: i32) -> Mark<'a> {
    let size = Role::Name.size();
    let wide = |remark: Option<&String>| {
        let said = |it: &String| width(" · ", Role::Remark.size()) + width(it, Role::Remark.size());
        remark.map_or(0, said)
    };
    let both = [&heading.marking, &heading.when].into_iter().flatten();
    let both: Vec<&str> = both.map(String::as_str).collect();
    let both = Some(both.join(" · ")).filter(|it| !it.is_empty());
    let fits = width(heading.name, size) + wide(both.as_ref()) <= room;
    let remark = if fits { both } else { heading.marking.clone() };
    Mark::Words {
        at,
        end: Side::Left,
        role: Role::Name,
        lines: vec![cut(heading.name, size, room - wide(remark.as_ref()))],
        link: Some(Link {
            href: &heading.href,
            name: heading.name,
            told: None,
        }),
        remark: remark.map(|text| Remark { text, below: false }),
    }
}

/// The lines that divide a scale, with their words as far as these have room.
fn divisions<'a>(
    line: &Line,
    ticks: &[(u128, String)],
    (bottom, width_of_all): (i32, i32),
) -> Vec<Mark<'a>> {
    let mut marks = Vec::new();
    let mut taken = 0;
    for (parts, text) in ticks {
        let x = line.at(*parts);
        marks.push(Mark::Line {
            from: (x, TOP - 4),
            to: (x, bottom),
            stroke: Stroke::Faint,
        });
        let wide = width(text, Role::Scale.size()) + 2;
        let from = (x - wide / 2).min(width_of_all - wide).max(0);
        if marks.len() == 1 || from >= taken {
            marks.push(Mark::line(
                (from, TOP - 10),
                Side::Left,
                Role::Scale,
                text.clone(),
            ));
            taken = from + wide + 8;
        }
    }
    marks
}

/// The signs of a row: what all of them span, those of others, and above them the chosen one.
fn signs(row: &Row, line: &Line, level: i32, marks: &mut Vec<Mark<'_>>) {
    let kind = Kind::Incident;
    let reaches = || row.signs.iter().map(|sign| sign.reach);
    let least = reaches().map(|it| line.at(it.from())).min().unwrap_or(0);
    let most = reaches().map(|it| line.at(it.high)).max().unwrap_or(0);
    if row.signs.len() > 1 && most > least {
        marks.push(Mark::Bar {
            from: (least, level),
            to: most,
            kind,
            look: Look::Other,
        });
    }
    let (chosen, others): (Vec<&Sign>, Vec<&Sign>) = row.signs.iter().partition(|it| it.chosen);
    for sign in others.into_iter().chain(chosen) {
        let (from, to) = (line.at(sign.reach.from()), line.at(sign.reach.high));
        marks.push(match to - from >= SEEN {
            true => Mark::Bar {
                from: (from, level),
                to,
                kind,
                look: if sign.chosen {
                    Look::Whole
                } else {
                    Look::Vague
                },
            },
            false => Mark::Dot {
                at: (to, level),
                kind,
                hollow: !sign.chosen,
            },
        });
        if sign.reach.open {
            arrow((to, level), Side::Right, marks);
        }
        if sign.reach.below {
            arrow((from, level), Side::Left, marks);
        }
    }
}

/// An arrow that leads on from a point.
fn arrow((x, level): (i32, i32), to: Side, marks: &mut Vec<Mark<'_>>) {
    let way = match to {
        Side::Left => -1,
        Side::Right | Side::Middle => 1,
    };
    marks.push(Mark::Line {
        from: (x + way * 4, level),
        to: (x + way * (ARROW - 2), level),
        stroke: Stroke::Whole,
    });
    marks.push(Mark::Head {
        at: (x + way * ARROW, level),
        to,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Money;
    use crate::render::drawing::legible::is_legible;

    fn amounts<'a>(name: &'a str, texts: &[(&str, &[&str])]) -> Amounts<'a> {
        let reach = |text: &&str| Reach::of(&Money::from_text(text).unwrap()).unwrap();
        let all = texts.iter().flat_map(|(_, texts)| texts.iter().map(reach));
        let scale = Scale::of(all.collect::<Vec<_>>().into_iter()).unwrap();
        let rows = texts.iter().map(|(name, texts)| Row {
            name: (*name).to_owned(),
            text: texts.first().map_or("", |text| *text).to_owned(),
            signs: (texts.iter().enumerate())
                .map(|(nth, text)| Sign {
                    reach: reach(text),
                    chosen: nth == 0,
                })
                .collect(),
        });
        let said = |room| {
            let ticks = scale.ticks(room).into_iter();
            let said = |parts| Money::reckoned((parts, parts), "USD").to_string();
            ticks.map(|parts| (parts, said(parts))).collect()
        };
        Amounts {
            label: String::new(),
            scale,
            ticks: ROOM.map(said),
            lanes: vec![Lane {
                heading: Some(Heading {
                    name,
                    href: "#".to_owned(),
                    marking: Some("TLP:GREEN".to_owned()),
                    when: Some("February 2016".to_owned()),
                }),
                rows: rows.collect(),
            }],
        }
    }

    #[test]
    fn amounts_can_be_read_whatever_they_are() {
        let long =
            "The very long name of an incident of which everybody spoke at the time and for years";
        for texts in [
            &[
                ("attempted", &["951m USD", "over 1bn USD"][..]),
                ("lost", &["81m USD", "80m to 101m USD"]),
            ][..],
            &[(
                "lost",
                &["0 USD", "0.00000001 USD", "12345678901234567890bn USD"],
            )],
            &[(
                "a name that is as long as no other name of what became of money",
                &["up to 5 USD"],
            )],
            &[("lost", &["over 5 USD"]), ("recovered", &["0 USD"])],
            &[
                ("lost", &["7,654,321.12 USD"]),
                ("recovered", &["7,654,320.01 USD"]),
            ],
        ] {
            let amounts = amounts(long, texts);
            for scene in [wide(&amounts), narrow(&amounts)] {
                assert_eq!(is_legible(&scene), Ok(()), "{texts:?}");
            }
        }
    }

    #[test]
    fn the_chosen_value_is_filled_and_lies_above_the_others() {
        let amounts = amounts("A", &[("lost", &["81m USD", "101m USD", "over 90m USD"])]);
        let scene = wide(&amounts);
        let dots = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Dot { hollow, .. } => Some(*hollow),
            _ => None,
        });
        assert_eq!(dots.collect::<Vec<_>>(), [true, true, false]);
        let spread = |mark: &&Mark<'_>| {
            matches!(
                mark,
                Mark::Bar {
                    look: Look::Other,
                    ..
                }
            )
        };
        assert_eq!(scene.marks.iter().filter(spread).count(), 1);
        let heads = |mark: &&Mark<'_>| matches!(mark, Mark::Head { .. });
        assert_eq!(scene.marks.iter().filter(heads).count(), 1);
    }
}
