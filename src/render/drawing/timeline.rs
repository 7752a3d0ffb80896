//! When something was: acts on a scale of years, months or days.
//!
//! Takes acts in order of time with what their dates may mean; gives two drawings of the same, one for pages that are wide and
//! one for those that are narrow. A day is a point; what lasted is a bar; what is vague is an outline exactly as wide as
//! what it may mean, but never less wide than a point; what others say of the same stands below it, once more and less high.
//! Names stand beside their signs, or above them, and never upon each other. Never draws more rows than a page bears:
//! it counts what is left.

use super::width::{cut, width};
use super::{Link, Look, Mark, Point, Remark, Role, Scene, Side, Stroke, svg};
use crate::model::Kind;
use crate::render::account::time::{Minute, Reach, Room, Scale, Window};

/// What is drawn.
pub(in crate::render) struct Timeline<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    pub(in crate::render) scale: Scale,
    /// The divisions of the scale in words: those that a wide drawing has room for, and those that a narrow one has.
    pub(in crate::render) ticks: [Vec<(Minute, String)>; 2],
    pub(in crate::render) lanes: Vec<Lane<'a>>,
    /// How many more there are, in words.
    pub(in crate::render) rest: &'a dyn Fn(usize) -> String,
}

/// Acts that stand together.
#[derive(Debug)]
pub(in crate::render) struct Lane<'a> {
    /// What they have in common, and the way to its page.
    pub(in crate::render) heading: Option<(&'a str, Option<String>)>,
    /// In order of time.
    pub(in crate::render) acts: Vec<Act<'a>>,
}

/// An act.
#[derive(Debug)]
pub(in crate::render) struct Act<'a> {
    pub(in crate::render) name: &'a str,
    /// The way to its page.
    pub(in crate::render) href: String,
    /// What is told to those who point at it: its name, and when it was.
    pub(in crate::render) told: String,
    /// What is to be said of it beside its name.
    pub(in crate::render) remark: Option<String>,
    pub(in crate::render) kind: Kind,
    /// Whether it is denied that it belongs here.
    pub(in crate::render) denied: bool,
    /// What its date may mean.
    pub(in crate::render) reach: Reach,
    /// What the dates may mean that others have.
    pub(in crate::render) others: Vec<Reach>,
}

/// How many divisions there is room for.
pub(in crate::render) const ROOM: [Room; 2] = [
    Room {
        years: 14,
        months: 7,
        days: 5,
    },
    Room {
        years: 7,
        months: 3,
        days: 2,
    },
];

/// The room of a drawing.
struct Frame {
    width: i32,
    /// The most of a name that is written.
    name: i32,
    rows: usize,
}

const WIDE: Frame = Frame {
    width: 720,
    name: 400,
    rows: 60,
};
const NARROW: Frame = Frame {
    width: 350,
    name: 350,
    rows: 120,
};

/// From an edge to what is nearest to it, so that a point has room there.
const EDGE: i32 = 6;
/// From a row to the next.
const ROW: i32 = 21;
/// Where the first row begins.
const TOP: i32 = 26;
/// The room of a heading.
const HEADING: i32 = 28;
/// How wide a point is.
const POINT: i32 = 8;
/// From a sign to its name, and from one act to the next.
const GAP: i32 = 7;
/// How far below the sign of an act stands what others say.
const BELOW: i32 = 8;
/// What is less wide is not seen.
const SEEN: i32 = 3;

/// Writes both drawings.
pub(in crate::render) fn write(timeline: &Timeline<'_>, out: &mut String) {
    let [wide, narrow] = &timeline.ticks;
    svg::write(&scene(timeline, &WIDE, wide), "wide", out);
    svg::write(&scene(timeline, &NARROW, narrow), "narrow", out);
}

fn scene<'a>(timeline: &'a Timeline<'a>, frame: &Frame, ticks: &[(Minute, String)]) -> Scene<'a> {
    let line = Line {
        scale: timeline.scale,
        width: frame.width,
    };
    let mut marks = Vec::new();
    let mut top = TOP;
    let (mut used, mut rest) = (0, 0);
    for lane in &timeline.lanes {
        if used >= frame.rows {
            rest += lane.acts.len();
            continue;
        }
        if let Some((heading, href)) = &lane.heading {
            marks.push(Mark::Words {
                at: (EDGE - 4, top + 20),
                end: Side::Left,
                role: Role::Heading,
                lines: vec![cut(heading, Role::Heading.size(), frame.width)],
                link: href.as_ref().map(|href| Link {
                    href,
                    name: heading,
                    told: None,
                }),
                remark: None,
            });
            top += HEADING;
        }
        let mut rows = Rows::new(frame.rows - used);
        for act in &lane.acts {
            if !place(act, &line, frame, (top, &mut rows), &mut marks) {
                rest += 1;
            }
        }
        used += rows.taken.len();
        top += tall(rows.taken.len()) + 2;
    }
    let mut all = line.divisions(ticks, top);
    all.append(&mut marks);
    if rest > 0 {
        top += ROW;
        all.push(words(
            (EDGE - 4, top - 6),
            Role::Rest,
            (timeline.rest)(rest),
        ));
    }
    Scene {
        width: frame.width,
        height: top,
        label: &timeline.label,
        marks: all,
    }
}

/// Puts an act into the first row that has room for it; tells whether one has.
fn place<'a>(
    act: &'a Act<'a>,
    line: &Line,
    frame: &Frame,
    (top, rows): (i32, &mut Rows),
    marks: &mut Vec<Mark<'a>>,
) -> bool {
    let (left, right) = line.signs(act, 0, &mut Vec::new());
    let behind = act.remark.as_deref().map_or(0, |remark| {
        width(" · ", Role::Remark.size()) + width(remark, Role::Remark.size())
    });
    let name = cut(act.name, Role::Name.size(), frame.name - behind);
    let wide = width(&name, Role::Name.size()) + behind;
    let (beside, from) = if right + GAP + wide <= line.width {
        (true, right + GAP)
    } else if left - GAP - wide >= 0 {
        (true, left - GAP - wide)
    } else {
        (false, left.min(line.width - wide).max(0))
    };
    let to = from + wide;
    let row = match beside {
        true => rows.take(&[(left.min(from), right.max(to))]),
        false => rows.take(&[(from, to), (left, right)]),
    };
    let Some(row) = row else {
        return false;
    };
    let level = |row: usize| top + tall(row) + ROW / 2;
    let sign = if beside { row } else { row + 1 };
    line.signs(act, level(sign), marks);
    // Words before a sign end at it, wherever their letters are less wide than they are reckoned.
    let (x, end) = match beside && from < left {
        true => (to, Side::Right),
        false => (from, Side::Left),
    };
    marks.push(Mark::Words {
        at: (x, level(row) + 5),
        end,
        role: Role::Name,
        lines: vec![name],
        link: Some(Link {
            href: &act.href,
            name: act.name,
            told: Some(&act.told),
        }),
        remark: act.remark.clone().map(|text| Remark { text, below: false }),
    });
    true
}

/// The rows of a lane, with what is taken of each.
struct Rows {
    most: usize,
    taken: Vec<Vec<(i32, i32)>>,
}

impl Rows {
    fn new(most: usize) -> Rows {
        Rows {
            most,
            taken: Vec::new(),
        }
    }

    fn is_free(&self, row: usize, (from, to): (i32, i32)) -> bool {
        let taken = self.taken.get(row).map_or(&[][..], Vec::as_slice);
        taken
            .iter()
            .all(|&(a, b)| to + GAP * 2 <= a || b + GAP * 2 <= from)
    }

    /// Takes the first rows below each other that have room for what is to stand in them; gives the upper one.
    fn take(&mut self, stretches: &[(i32, i32)]) -> Option<usize> {
        let last = self.most.checked_sub(stretches.len())?;
        let fits = |row: &usize| {
            (*row..)
                .zip(stretches)
                .all(|(row, it)| self.is_free(row, *it))
        };
        let first = (0..=last).find(fits)?;
        for (row, stretch) in (first..).zip(stretches) {
            while self.taken.len() <= row {
                self.taken.push(Vec::new());
            }
            if let Some(taken) = self.taken.get_mut(row) {
                taken.push(*stretch);
            }
        }
        Some(first)
    }
}

/// The height of so many rows.
fn tall(rows: usize) -> i32 {
    ROW * i32::try_from(rows).unwrap_or(i32::MAX / ROW / 2)
}

/// A scale on a drawing.
struct Line {
    scale: Scale,
    width: i32,
}

impl Line {
    /// Where a minute is.
    fn at(&self, minute: Minute) -> i32 {
        let Scale { from, to, .. } = self.scale;
        let room = Minute::from(self.width - 2 * EDGE);
        let at = (minute - from).clamp(0, to - from) * room / (to - from).max(1);
        EDGE + i32::try_from(at).unwrap_or(0)
    }

    fn window(&self, window: &Window) -> (i32, i32) {
        (self.at(window.from), self.at(window.to))
    }

    /// A stretch that is at least as wide as a point, within the drawing.
    fn seen(&self, (from, to): (i32, i32)) -> (i32, i32) {
        if to - from >= POINT {
            return (from, to);
        }
        let from =
            ((from + to) / 2 - POINT / 2).clamp(EDGE - POINT / 2, self.width - EDGE - POINT / 2);
        (from, from + POINT)
    }

    /// The divisions of the scale, from the top to the bottom, and what they are called.
    fn divisions<'a>(&self, ticks: &[(Minute, String)], bottom: i32) -> Vec<Mark<'a>> {
        let mut marks = Vec::new();
        let mut end = 0;
        for (minute, text) in ticks {
            let x = self.at(*minute);
            marks.push(Mark::Line {
                from: (x, 2),
                to: (x, bottom),
                stroke: Stroke::Faint,
            });
            let until = x + 4 + width(text, Role::Scale.size());
            if x >= end && until <= self.width {
                marks.push(words((x + 4, 13), Role::Scale, text.clone()));
                end = until + 4;
            }
        }
        let last = self.at(self.scale.to);
        marks.push(Mark::Line {
            from: (last, 2),
            to: (last, bottom),
            stroke: Stroke::Faint,
        });
        marks.push(Mark::Line {
            from: (self.at(self.scale.from), 20),
            to: (last, 20),
            stroke: Stroke::Faint,
        });
        marks
    }

    /// Draws the signs of an act at a level; gives where they begin and end.
    fn signs<'a>(&self, act: &Act<'_>, y: i32, marks: &mut Vec<Mark<'a>>) -> (i32, i32) {
        let (mut left, mut right) = self.sign(act, y, marks);
        let (first, last) = (left, right);
        let y = y + BELOW;
        for other in &act.others {
            let (from, to) = other.bounds();
            let (from, to) = (self.at(from), self.at(to));
            // Half as wide as a point, as it is half as high.
            let (from, to) = match to - from < POINT / 2 {
                true => ((from + to) / 2 - POINT / 4, (from + to) / 2 + POINT / 4),
                false => (from, to),
            };
            let between = match (last < from, to < first) {
                (true, _) => Some((last - POINT / 2, from)),
                (false, true) => Some((to, first + POINT / 2)),
                (false, false) => None,
            };
            if let Some((from, to)) = between {
                marks.push(Mark::Line {
                    from: (from, y),
                    to: (to, y),
                    stroke: Stroke::Broken,
                });
            }
            marks.push(Mark::Bar {
                from: (from, y),
                to,
                kind: act.kind,
                look: Look::Other,
            });
            left = left.min(from);
            right = right.max(to);
        }
        (left, right)
    }

    /// The sign of its date.
    fn sign<'a>(&self, act: &Act<'_>, y: i32, marks: &mut Vec<Mark<'a>>) -> (i32, i32) {
        match &act.reach {
            Reach::Within(window) => self.within(act, window, y, marks),
            Reach::Through(first, last) => {
                let (from, to) = (self.at(first.from), self.at(last.to));
                if first.exact && last.exact && to - from <= POINT {
                    return self.dot(act, (from + to) / 2, y, marks);
                }
                let (from, to) = self.seen((from, to));
                let mut bar = |from: i32, to: i32, look: Look| {
                    marks.push(Mark::Bar {
                        from: (from, y),
                        to,
                        kind: act.kind,
                        look,
                    });
                };
                if act.denied {
                    bar(from, to, Look::Hollow);
                    return (from, to);
                }
                // That it went on is known from the last that its beginning may be until the first that its end may be.
                let known =
                    |exact: bool, at: i32, edge: i32| match exact || (at - edge).abs() < SEEN {
                        true => edge,
                        false => at,
                    };
                let begin = known(first.exact, self.at(first.to), from);
                let end = known(last.exact, self.at(last.from), to);
                if begin >= end {
                    bar(from, to, Look::Vague);
                    return (from, to);
                }
                if from < begin || end < to {
                    bar(from, to, Look::Vague);
                }
                bar(begin, end, Look::Whole);
                (from, to)
            }
            Reach::Since(window) => {
                let (from, begin) = self.window(window);
                let end = self.width - 1;
                self.open((from.max(begin - 1), end - 4), (end, Side::Right), y, marks);
                let (from, to) = self.within(act, window, y, marks);
                (from, to.max(end))
            }
            Reach::Until(window) => {
                let (begin, to) = self.window(window);
                self.open((5, begin.min(to)), (1, Side::Left), y, marks);
                let (from, to) = self.within(act, window, y, marks);
                (from.min(1), to)
            }
        }
    }

    /// An arrow to an end of the drawing.
    fn open<'a>(
        &self,
        (from, to): (i32, i32),
        (head, side): (i32, Side),
        y: i32,
        marks: &mut Vec<Mark<'a>>,
    ) {
        marks.push(Mark::Line {
            from: (from, y),
            to: (to, y),
            stroke: Stroke::Whole,
        });
        marks.push(Mark::Head {
            at: (head, y),
            to: side,
        });
    }

    fn within<'a>(
        &self,
        act: &Act<'_>,
        window: &Window,
        y: i32,
        marks: &mut Vec<Mark<'a>>,
    ) -> (i32, i32) {
        let (from, to) = self.window(window);
        if window.exact && to - from <= POINT {
            return self.dot(act, (from + to) / 2, y, marks);
        }
        let (from, to) = self.seen((from, to));
        marks.push(Mark::Bar {
            from: (from, y),
            to,
            kind: act.kind,
            look: match (window.about, act.denied) {
                (true, _) => Look::About,
                (false, true) => Look::Hollow,
                (false, false) => Look::Vague,
            },
        });
        (from, to)
    }

    fn dot<'a>(&self, act: &Act<'_>, x: i32, y: i32, marks: &mut Vec<Mark<'a>>) -> (i32, i32) {
        marks.push(Mark::Dot {
            at: (x, y),
            kind: act.kind,
            hollow: act.denied,
        });
        (x - POINT / 2, x + POINT / 2)
    }
}

fn words<'a>(at: Point, role: Role, text: String) -> Mark<'a> {
    Mark::Words {
        at,
        end: Side::Left,
        role,
        lines: vec![text],
        link: None,
        remark: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;
    use crate::model::Date;
    use proptest::prelude::*;

    fn reach(text: &str) -> Reach {
        Reach::of(&Date::from_text(text).unwrap(), None)
    }

    fn act<'a>(name: &'a str, date: &str, others: &[&str]) -> Act<'a> {
        Act {
            name,
            href: "../a/".to_owned(),
            told: name.to_owned(),
            remark: (!others.is_empty()).then(|| "sources differ".to_owned()),
            kind: Kind::Incident,
            denied: false,
            reach: reach(date),
            others: others.iter().map(|date| reach(date)).collect(),
        }
    }

    fn drawn(acts: Vec<Act<'_>>, frame: &Frame, see: &mut dyn FnMut(&Scene<'_>)) {
        let scale = Scale::of(acts.iter().flat_map(|act| {
            let others = act.others.iter().copied();
            others.chain([act.reach])
        }));
        let scale = scale.unwrap();
        let said = |room: Room| -> Vec<(Minute, String)> {
            let ticks = scale.ticks(room).into_iter();
            ticks.map(|(at, date)| (at, date.to_string())).collect()
        };
        let timeline = Timeline {
            label: String::new(),
            scale,
            ticks: ROOM.map(said),
            lanes: vec![Lane {
                heading: None,
                acts,
            }],
            rest: &|count| format!("and {count} more"),
        };
        see(&scene(&timeline, frame, &timeline.ticks[0]));
    }

    /// Bars as places from the left, with what they are, and where points are.
    fn signs(acts: Vec<Act<'_>>) -> (Vec<(i32, i32, Look)>, Vec<i32>) {
        let (mut bars, mut dots) = (Vec::new(), Vec::new());
        drawn(acts, &WIDE, &mut |scene| {
            for mark in &scene.marks {
                match mark {
                    Mark::Bar { from, to, look, .. } => bars.push((from.0, *to, *look)),
                    Mark::Dot { at, .. } => dots.push(at.0),
                    Mark::Line { .. }
                    | Mark::Leader { .. }
                    | Mark::Curve { .. }
                    | Mark::Head { .. }
                    | Mark::Column { .. }
                    | Mark::Band { .. }
                    | Mark::Point { .. }
                    | Mark::Field(_)
                    | Mark::Land(_)
                    | Mark::Area { .. }
                    | Mark::Words { .. } => {}
                }
            }
        });
        (bars, dots)
    }

    #[test]
    fn what_is_vague_is_as_wide_as_what_it_may_mean() {
        let acts = vec![
            act("all", "2010/2019", &[]),
            act("year", "2012", &[]),
            act("day", "2013-01-01", &[]),
            act("about", "about 2014", &[]),
            act("month", "2015-06", &[]),
            act("days", "2016-01-01/2016-12-31", &[]),
            act("months", "2017-01/2017-12", &[]),
        ];
        let (bars, dots) = signs(acts);
        // Ten years on 708.
        let year = |nth: i32| EDGE + nth * 708 / 10;
        let near = |(a, b, look): (i32, i32, Look), (c, d, other): (i32, i32, Look)| {
            (a - c).abs() <= 1 && (b - d).abs() <= 1 && look == other
        };
        let expected = [
            (year(0), year(10), Look::Vague),
            (year(1), year(9), Look::Whole),
            (year(2), year(3), Look::Vague),
            (year(4), year(5), Look::About),
            (year(5) + 29, year(5) + 37, Look::Vague),
            (year(6), year(7), Look::Whole),
            (year(7), year(8), Look::Vague),
            (year(7) + 6, year(8) - 6, Look::Whole),
        ];
        assert_eq!(bars.len(), expected.len(), "{bars:?}");
        for (bar, expected) in bars.into_iter().zip(expected) {
            assert!(near(bar, expected), "{bar:?} is not {expected:?}");
        }
        assert_eq!(dots, [year(3)]);
    }

    #[test]
    fn what_others_say_stands_below_and_is_less_high() {
        let (bars, dots) = signs(vec![
            act("a", "2015-12-08", &["2015-Q3", "2016-01-09"]),
            act("b", "2011", &[]),
        ]);
        let others = bars.iter().filter(|(.., look)| *look == Look::Other);
        assert_eq!(others.count(), 2);
        assert_eq!(dots.len(), 1);
    }

    #[test]
    fn times_of_a_day_stand_in_order() {
        let acts = ["2016-02-04T20:36+06:00", "2016-02-04T15:00Z", "2016-02-05"];
        let (bars, dots) = signs(acts.iter().map(|date| act("it", date, &[])).collect());
        assert!(dots[0] < dots[1], "{dots:?}");
        // Where a day is wide, it is no point.
        assert_eq!(bars.len(), 1);
        assert!(bars[0].0 > dots[1]);
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let frame = Frame { rows: 3, ..WIDE };
        let acts = (0..9).map(|_| act("The same day", "2016-02-04", &[]));
        let mut acts: Vec<Act<'_>> = acts.collect();
        acts.push(act("Another", "2019", &[]));
        drawn(acts, &frame, &mut |scene| {
            let said = scene.marks.iter().filter_map(|mark| match mark {
                Mark::Words { lines, .. } => lines.first().cloned(),
                _ => None,
            });
            let said: Vec<String> = said.collect();
            assert_eq!(said.last().map(String::as_str), Some("and 6 more"));
        });
    }

    fn any_date() -> impl Strategy<Value = String> {
        let moment = || {
            let year = prop_oneof![1980_i16..2030, 1_i16..9999];
            (year, 1_i8..13, 1_i8..29, 0..6).prop_map(|(year, month, day, form)| match form {
                0 => format!("{year:04}"),
                1 => format!("about {year:04}"),
                2 => format!("{year:04}-{month:02}"),
                3 => format!("{year:04}-Q2"),
                4 => format!("{year:04}-{month:02}-{day:02}T23:59-06:00"),
                _ => format!("{year:04}-{month:02}-{day:02}"),
            })
        };
        (moment(), moment(), 0..6).prop_map(|(one, other, form)| match form {
            0 => format!("{one}/{other}"),
            1 => format!("{one}/.."),
            2 => format!("../{one}"),
            _ => one,
        })
    }

    proptest! {
        #[test]
        fn whatever_the_dates_are_it_is_legible(
            acts in prop::collection::vec(
                ("(\\PC{0,80}|[a-z0-9.]{0,90})", any_date(), prop::collection::vec(any_date(), 0..3), any::<bool>()),
                1..60,
            ),
        ) {
            for frame in [WIDE, NARROW] {
                let acts = acts.iter().map(|(name, date, others, denied)| Act {
                    denied: *denied,
                    ..act(name, date, &others.iter().map(String::as_str).collect::<Vec<_>>())
                });
                let mut legible = Ok(());
                drawn(acts.collect(), &frame, &mut |scene| legible = is_legible(scene));
                prop_assert!(legible.is_ok(), "{legible:?}");
            }
        }
    }
}
