//! EDGE: the live site.

pub mod watch;
