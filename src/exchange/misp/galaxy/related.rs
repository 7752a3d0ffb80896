//! What a cluster says of another one.
//!
//! Takes the type of a relation of MISP and the kind of both ends; gives the relation that the table allows, in the
//! direction that it has there, else `related_to` with MISP's word for it.

use crate::model::{Kind, Verb};

/// A relation as an entry states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    /// The verb.
    pub(super) verb: Verb,
    /// Whether the other one states it.
    pub(super) turned: bool,
    /// What `related_to` means.
    pub(super) word: Option<String>,
}

/// The relation of a type.
pub(super) fn stated(word: &str, kind: Kind) -> Stated {
    let allowed = |verb: Verb| verb.allowed_to(kind).contains(&kind);
    match meaning(word).filter(|&(verb, _)| allowed(verb)) {
        Some((verb, turned)) => Stated {
            verb,
            turned,
            word: None,
        },
        None => Stated {
            verb: Verb::RelatedTo,
            turned: false,
            word: (word != "related-to").then(|| word.to_owned()),
        },
    }
}

/// The verb of a type, and whether it reads from the other end.
fn meaning(word: &str) -> Option<(Verb, bool)> {
    let (verb, turned) = match word {
        "uses" | "deploys" => (Verb::Uses, false),
        "used-by" | "deployed-by" => (Verb::Uses, true),
        "targets" => (Verb::Targets, false),
        "targeted-by" => (Verb::Targets, true),
        "exploits" => (Verb::Exploits, false),
        "exploited-by" => (Verb::Exploits, true),
        "attributed-to" => (Verb::AttributedTo, false),
        "part-of" | "subtechnique-of" | "subset-of" | "subsumed-by" => (Verb::PartOf, false),
        "includes" | "subsumes" => (Verb::PartOf, true),
        "member-of" => (Verb::MemberOf, false),
        "variant-of" => (Verb::VariantOf, false),
        "drops" => (Verb::Drops, false),
        "dropped-by" => (Verb::Drops, true),
        "downloads" => (Verb::Downloads, false),
        "downloaded-by" => (Verb::Downloads, true),
        "authored-by" | "created-by" | "developed-by" => (Verb::AuthoredBy, false),
        "impersonates" => (Verb::Impersonates, false),
        "originates-from" => (Verb::OriginatesFrom, false),
        "located-at" => (Verb::LocatedAt, false),
        // What is the same elsewhere is no second entry here; `similar` claims less than that.
        "duplicate-of" => (Verb::DuplicateOf, false),
        _ => return None,
    };
    Some((verb, turned))
}
