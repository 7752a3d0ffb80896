//! The manual under `docs/` is true: its examples are run, its links lead somewhere, and what is made from the
//! program is as the program has it.
//!
//! `UPDATE=1 cargo nextest run --test manual` writes what is made (the pages of keys, commands, problems and values
//! of templates, the table of relations, what commands print); read the difference before you commit it.
//! What the words behind the fence of an example mean says `manual/examples.rs`.

mod support;

#[path = "manual/classes.rs"]
mod classes;

#[path = "manual/examples.rs"]
mod examples;

#[path = "manual/generated.rs"]
mod generated;

#[path = "manual/links.rs"]
mod links;

#[path = "manual/page.rs"]
mod page;

#[path = "manual/settings.rs"]
mod settings;

#[path = "manual/shapes.rs"]
mod shapes;

#[path = "manual/transcript.rs"]
mod transcript;
