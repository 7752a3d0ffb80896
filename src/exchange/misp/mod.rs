//! What MISP shares: galaxies of names, and events with what was seen.
//!
//! Takes the text of a JSON file; gives entries to be. [`galaxy()`] reads clusters of a galaxy, [`event()`] events.
//! Neither asks a server, and neither takes a marking that it does not know for one that is open.

mod event;

mod galaxy;

mod json;

mod marks;

pub use event::event;
pub use galaxy::galaxy;
