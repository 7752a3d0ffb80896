//! Dates and amounts of money as spreadsheets and bibliographies write them.
//!
//! Takes a text; gives the same as front matter has it, or nothing where it can be read in more than one way: which of
//! two numbers is the month, whether a dot parts thousands or decimals. Never guesses.

mod dates;

mod money;

pub(super) use dates::{Written, date, day};
pub(super) use money::money;
