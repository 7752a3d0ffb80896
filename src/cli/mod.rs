//! EDGE
#![allow(clippy::disallowed_methods, reason = "x")]
mod report;
