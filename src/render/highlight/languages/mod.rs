//! The languages that a table describes: data only, and the few forms that a
//! table cannot say (`extra`). Word lists are for colour, not for checking: they
//! hold what readers meet, not every reserved word of every version.

pub(super) mod formats;
pub(super) mod programs;
pub(super) mod queries;
pub(super) mod shells;
