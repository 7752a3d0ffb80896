//! What a page tells, as values: references with their numbers, connections, acts, figures.
//!
//! Takes an entry and the way to the site (`Reads` of `render::views`); gives in the order of the page what
//! there is to tell, with entries by their ids, dates as dates and places in drawings as shares of a length. Chooses
//! no words and makes no markup: pages write these values as HTML, and whatever else tells of a page (drawings, data,
//! exports, search) starts from the same.

pub(super) mod acts;

pub(super) mod connections;

pub(super) mod flow;

pub(super) mod money;

pub(super) mod origins;

pub(super) mod places;

pub(super) mod references;

mod share;

pub(super) mod techniques;

pub(super) mod time;

pub(super) mod web;

pub(super) mod work;

pub use share::Share;
