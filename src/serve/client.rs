//! The files that belong to the server, embedded in the program: the live script and what it needs.

use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "src/serve/client/"]
struct Client;

/// A file by its name.
pub(super) fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Some(Client::get(name)?.data)
}
