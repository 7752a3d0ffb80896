//! `dossier serve` on the wire: the real program, spoken to in bytes.

mod live;

mod proxy;

mod refusals;

mod site;

mod slow;

mod wire;

#[path = "../support/mod.rs"]
mod support;
