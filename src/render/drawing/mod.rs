//! Drawings: what a page tells, as shapes and words at places.
//!
//! Takes values of [`super::account`] in words that the views chose; gives a [`Scene`], and of that SVG. A scene is made of
//! numbers without fractions, and the room that words take is reckoned from tables, so that a drawing is the same on
//! every machine. It has classes and no colours: those are the style sheet's. Never decides what is told.

pub(super) mod around;

pub(super) mod chart;

pub(super) mod columns;

pub(super) mod flow;

pub(super) mod graph;

#[cfg(test)]
mod legible;

pub(super) mod money;

pub(super) mod origins;

mod svg;

pub(super) mod techniques;

pub(super) mod timeline;

mod width;

pub(super) mod world;

use crate::model::Kind;

/// A drawing, in units of a pixel of CSS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scene<'a> {
    width: i32,
    height: i32,
    /// What it shows, for those who do not see it.
    label: &'a str,
    marks: Vec<Mark<'a>>,
}

/// A place: from the left, and from above.
type Point = (i32, i32);

/// A thing that is drawn; later ones lie above.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark<'a> {
    /// A straight line.
    Line {
        from: Point,
        to: Point,
        stroke: Stroke,
    },
    /// A line from a thing to its name, which lies upon what is drawn before it.
    Leader { from: Point, to: Point },
    /// A line that leaves and arrives level.
    Curve { from: Point, to: Point },
    /// The head of an arrow, by where it points to.
    Head { at: Point, to: Side },
    /// A point that stands for an entry; a hollow one for what is denied.
    Dot { at: Point, kind: Kind, hollow: bool },
    /// The same among many, larger for one that counts more.
    Point { at: Point, kind: Kind, radius: i32 },
    /// Land that nothing is told of, as a path.
    Land(String),
    /// A country, as a path in halves of a pixel.
    Area {
        path: String,
        /// How much it counts among the others, 0 to 3.
        weight: u8,
        /// Whether somebody comes from there.
        origin: bool,
        /// What is told to those who point at it.
        told: &'a str,
    },
    /// What words stand in.
    Field(Field),
    /// A stretch that stands for one, from the middle of its beginning.
    Bar {
        from: Point,
        to: i32,
        kind: Kind,
        look: Look,
    },
    /// A column, from its upper left corner.
    Column {
        at: Point,
        width: i32,
        height: i32,
        kind: Kind,
    },
    /// What leads from a stop to another, by its upper ends.
    Band {
        from: Point,
        to: Point,
        breadth: i32,
    },
    /// Words in lines below each other; the place is that of the first.
    Words {
        at: Point,
        end: Side,
        role: Role,
        lines: Vec<String>,
        link: Option<Link<'a>>,
        /// What is remarked on them: behind the last line, or below it.
        remark: Option<Remark>,
    },
}

impl Mark<'_> {
    /// A line of words that lead nowhere.
    fn line(at: Point, end: Side, role: Role, text: String) -> Self {
        Mark::Words {
            at,
            end,
            role,
            lines: vec![text],
            link: None,
            remark: None,
        }
    }
}

/// A field with words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Field {
    /// Its upper left corner.
    at: Point,
    /// How wide and how tall it is.
    size: Point,
    /// How much it counts among the others, 0 to 3.
    weight: u8,
    /// Whether what it tells is denied.
    broken: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stroke {
    Whole,
    /// Of what is denied.
    Broken,
    /// Of a scale, behind everything else.
    Faint,
}

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// All the while.
    Whole,
    /// Somewhere within.
    Vague,
    /// Somewhere within, and nobody knows how far that goes.
    About,
    /// All the while, as is denied.
    Hollow,
    /// What others say.
    Other,
}

/// Where words lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link<'a> {
    href: &'a str,
    /// The whole of what is there, of which lines may hold less.
    name: &'a str,
    /// What is told to those who point at it, or hear it, where that is more than the name.
    told: Option<&'a str>,
}

/// What is remarked on words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Remark {
    text: String,
    below: bool,
}

/// From a line of words to the next.
const LINE: i32 = 18;

/// A side of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Middle,
}

/// What words are in a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// What the whole is about.
    Subject,
    /// What stands over others.
    Heading,
    /// The name of an entry.
    Name,
    /// The same among many.
    Label,
    /// The same in a field.
    Cell,
    /// How much is not drawn.
    Rest,
    /// What is said behind a name.
    Remark,
    /// What divides a scale.
    Scale,
    /// How many there are.
    Count,
}

impl Role {
    /// The size of its letters.
    const fn size(self) -> i32 {
        match self {
            Role::Subject => 17,
            Role::Heading => 12,
            Role::Name => 14,
            Role::Cell => 13,
            Role::Rest | Role::Remark | Role::Scale | Role::Count | Role::Label => 12,
        }
    }
}
