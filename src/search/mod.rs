//! What a search for a name looks in.
//!
//! Takes the [`Register`](crate::plan::Register) of a site; gives, word by word, who bears names that hold it
//! ([`Names`]), and the texts of the files in which a browser finds that ([`data`]). A name is found by its words
//! ([`words`]), which are the same in whatever signs, accents and case they are written, so that a defanged indicator and
//! a live one, `APT-38` and `apt 38` are one. The script of the theme, `assets/js/search.js`, cuts words by the same
//! rules and reads these files; a test holds the two together. Knows nothing of pages and their markings: what an audience
//! may not see is in no register.

pub mod data;

mod names;

pub use crate::model::searched::words;
pub use names::{Bearer, Names};
