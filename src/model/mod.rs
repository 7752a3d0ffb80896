//! What a dossier is made of: plain data, no behaviour beyond reading and showing values.
//!
//! An [`Entry`] is generic over how it names other entries, so that one definition serves three
//! stages and a value of one stage cannot be used in another:
//! [`RawRef`] (as written, [`crate::parse`]), [`EntryId`] (resolved, [`crate::resolve`]) and
//! [`PageId`] (released, everything after [`crate::release`]).

pub mod address;

pub mod addressed;

pub mod body;

pub mod chart;

pub(crate) mod colour;

pub mod confidence;

pub mod count;

pub mod country;

pub mod date;

pub mod embed;

pub mod entry;

pub mod family;

pub mod format;

pub mod grade;

pub mod html;

pub mod ids;

pub mod indicator;

pub mod kind;

pub mod lang;

pub mod marking;

pub mod money;

pub mod name;

pub mod own;

pub mod path;

pub mod places;

pub mod rate;

pub mod relation;

pub mod scheme;

pub mod searched;

pub mod slug;

pub mod stage;

pub mod statement;

pub mod statements;

pub mod statics;

pub mod tactic;

pub mod words;

pub use address::Address;
pub use body::Body;
pub use confidence::Confidence;
pub use count::Count;
pub use date::{Date, Day};
pub use embed::{Embed, Section};
pub use entry::*;
pub use family::Family;
pub use format::Format;
pub use grade::{Grade, Reliability};
pub use ids::{Fragment, Ids};
pub use indicator::Indicator;
pub use kind::Kind;
pub use marking::Tlp;
pub use money::Money;
pub use own::{OwnPath, is_of_lists, may_be_entry, page_path, picks};
pub use places::Places;
pub use relation::Verb;
pub use scheme::{Markings, Schemes};
pub use statement::*;
pub use statements::{Fact, Said, Statements};
pub use words::{Spot, Words};
