//! Entries that are called by an address: infrastructure of which the title, or another name, is a domain, an IP
//! address, a URL or an e-mail address.
//!
//! Such a name is kept defanged from the moment at which it is read, so that nothing can show it otherwise, and is an
//! indicator of the dossier. It is found in its live form, too.

use super::{Entry, Indicator, Kind, Tlp};

/// The address that a name of an entry of a kind is.
#[must_use]
pub fn address_of(kind: Kind, name: &str) -> Option<Indicator> {
    let named = is_named_by_addresses(kind).then(|| Indicator::of_name(name));
    named.flatten()
}

/// A name as it is kept where it is not kept as it is written: defanged.
#[must_use]
pub fn kept_name(kind: Kind, name: &str) -> Option<String> {
    address_of(kind, name).map(|found| found.defanged())
}

/// Whether the names of a kind may be addresses.
const fn is_named_by_addresses(kind: Kind) -> bool {
    match kind {
        Kind::Infrastructure => true,
        Kind::Actor
        | Kind::Campaign
        | Kind::Incident
        | Kind::Malware
        | Kind::Tool
        | Kind::Technique
        | Kind::Vulnerability
        | Kind::Person
        | Kind::Organisation
        | Kind::Place
        | Kind::Note
        | Kind::Source
        | Kind::Page => false,
    }
}

impl<R> Entry<R> {
    /// The address that the title is.
    #[must_use]
    pub fn address(&self) -> Option<Indicator> {
        address_of(self.kind, &self.title)
    }

    /// The addresses that the title and the other names are, of these names those with a marking that `passes`.
    pub fn addresses(
        &self,
        passes: impl Fn(Option<Tlp>) -> bool,
    ) -> impl Iterator<Item = Indicator> {
        let named = is_named_by_addresses(self.kind);
        let aliases = named.then(|| self.statements.aliases());
        let seen = aliases.into_iter().flatten();
        let seen = seen.filter(move |it| passes(it.tlp));
        let others = seen.filter_map(|it| Indicator::of_name(&it.what.name));
        self.address().into_iter().chain(others)
    }
}
