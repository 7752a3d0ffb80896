//! The relation table: which verbs there are, between which kinds, and how they read.
//!
//! The table is this program's own and governs writing; STIX's table governs export alone. In front
//! matter verbs are `snake_case`, in STIX `kebab-case`.

use super::Kind;
use Kind::{
    Actor, Campaign, Incident, Infrastructure, Malware, Organisation, Person, Place, Source,
    Technique, Tool, Vulnerability,
};
use serde::{Deserialize, Serialize};

/// A relation's verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each reads as itself; see `Verb::phrase`")]
pub enum Verb {
    AttributedTo,
    PartOf,
    MemberOf,
    EmployedBy,
    Uses,
    Hosts,
    Controls,
    CommunicatesWith,
    Owns,
    Targets,
    Exploits,
    RoutedThrough,
    OriginatesFrom,
    LocatedAt,
    AuthoredBy,
    VariantOf,
    Drops,
    Downloads,
    Impersonates,
    InvestigatedBy,
    DerivedFrom,
    DuplicateOf,
    RelatedTo,
}

/// What a relation says in words of the writer's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnWords {
    /// What the relation is, where the table has no verb for it.
    Verb,
    /// As what somebody is where he is.
    Role,
}

impl OwnWords {
    /// All.
    pub const ALL: [OwnWords; 2] = [OwnWords::Verb, OwnWords::Role];

    /// The key in the long form of a relation.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            OwnWords::Verb => "verb",
            OwnWords::Role => "role",
        }
    }
}

/// A row of the table.
struct Row {
    key: &'static str,
    from: &'static [Kind],
    to: &'static [Kind],
    phrase: &'static str,
    inverse: &'static str,
    claim: bool,
}

const ANY: &[Kind] = &Kind::ALL;

impl Verb {
    /// Every verb, in the order in which relations are shown.
    pub const ALL: [Verb; 23] = [
        Verb::AttributedTo,
        Verb::PartOf,
        Verb::MemberOf,
        Verb::EmployedBy,
        Verb::Uses,
        Verb::Hosts,
        Verb::Controls,
        Verb::CommunicatesWith,
        Verb::Owns,
        Verb::Targets,
        Verb::Exploits,
        Verb::RoutedThrough,
        Verb::OriginatesFrom,
        Verb::LocatedAt,
        Verb::AuthoredBy,
        Verb::VariantOf,
        Verb::Drops,
        Verb::Downloads,
        Verb::Impersonates,
        Verb::InvestigatedBy,
        Verb::DerivedFrom,
        Verb::DuplicateOf,
        Verb::RelatedTo,
    ];

    const fn row(self) -> Row {
        const fn row(
            key: &'static str,
            from: &'static [Kind],
            to: &'static [Kind],
            phrase: &'static str,
            inverse: &'static str,
            claim: bool,
        ) -> Row {
            Row {
                key,
                from,
                to,
                phrase,
                inverse,
                claim,
            }
        }
        match self {
            Verb::AttributedTo => row(
                "attributed_to",
                &[Actor, Campaign, Incident, Malware],
                &[Actor, Person, Organisation],
                "is attributed to",
                "is held responsible for",
                true,
            ),
            Verb::PartOf => row(
                "part_of",
                &[
                    Actor,
                    Campaign,
                    Incident,
                    Malware,
                    Infrastructure,
                    Technique,
                    Organisation,
                    Place,
                ],
                &[
                    Actor,
                    Campaign,
                    Incident,
                    Malware,
                    Infrastructure,
                    Technique,
                    Organisation,
                    Place,
                ],
                "is part of",
                "includes",
                false,
            ),
            Verb::MemberOf => row(
                "member_of",
                &[Person],
                &[Actor, Organisation],
                "is a member of",
                "has as member",
                true,
            ),
            Verb::EmployedBy => row(
                "employed_by",
                &[Person],
                &[Organisation],
                "is employed by",
                "employs",
                true,
            ),
            Verb::Uses => row(
                "uses",
                &[
                    Actor,
                    Campaign,
                    Incident,
                    Malware,
                    Tool,
                    Infrastructure,
                    Person,
                ],
                &[Malware, Tool, Infrastructure, Technique],
                "uses",
                "is used by",
                true,
            ),
            Verb::Hosts => row(
                "hosts",
                &[Actor, Infrastructure, Person],
                &[Malware, Tool, Infrastructure],
                "hosts",
                "is hosted by",
                true,
            ),
            Verb::Controls => row(
                "controls",
                &[Actor, Malware, Infrastructure, Person],
                &[Malware, Infrastructure],
                "controls",
                "is controlled by",
                true,
            ),
            Verb::CommunicatesWith => row(
                "communicates_with",
                &[Malware, Tool, Infrastructure],
                &[Infrastructure],
                "communicates with",
                "communicates with",
                true,
            ),
            Verb::Owns => row(
                "owns",
                &[Actor, Person, Organisation],
                &[Infrastructure],
                "owns",
                "is owned by",
                true,
            ),
            Verb::Targets => row(
                "targets",
                &[Actor, Campaign, Incident, Malware, Tool, Person],
                &[Organisation, Person, Place, Infrastructure, Vulnerability],
                "targets",
                "is targeted by",
                true,
            ),
            Verb::Exploits => row(
                "exploits",
                &[Actor, Campaign, Incident, Malware, Tool],
                &[Vulnerability],
                "exploits",
                "is exploited by",
                true,
            ),
            Verb::RoutedThrough => row(
                "routed_through",
                &[Incident],
                &[Organisation, Place, Infrastructure],
                "was routed through",
                "carried money or traffic of",
                true,
            ),
            Verb::OriginatesFrom => row(
                "originates_from",
                &[Actor, Campaign, Malware],
                &[Place],
                "originates from",
                "is the origin of",
                true,
            ),
            Verb::LocatedAt => row(
                "located_at",
                &[Incident, Infrastructure, Organisation, Person],
                &[Place],
                "is located at",
                "is the place of",
                false,
            ),
            Verb::AuthoredBy => row(
                "authored_by",
                &[Malware, Tool],
                &[Actor, Person, Organisation],
                "was written by",
                "wrote",
                true,
            ),
            Verb::VariantOf => row(
                "variant_of",
                &[Malware, Tool],
                &[Malware, Tool],
                "is a variant of",
                "has variant",
                false,
            ),
            Verb::Drops => row(
                "drops",
                &[Malware, Tool],
                &[Malware, Tool],
                "drops",
                "is dropped by",
                false,
            ),
            Verb::Downloads => row(
                "downloads",
                &[Malware, Tool],
                &[Malware, Tool],
                "downloads",
                "is downloaded by",
                false,
            ),
            Verb::Impersonates => row(
                "impersonates",
                &[Actor, Person, Campaign],
                &[Organisation, Person],
                "impersonates",
                "is impersonated by",
                true,
            ),
            Verb::InvestigatedBy => row(
                "investigated_by",
                &[Incident, Actor, Person],
                &[Organisation, Person],
                "was investigated by",
                "investigated",
                false,
            ),
            Verb::DerivedFrom => row(
                "derived_from",
                &[Source],
                &[Source],
                "derives from",
                "is the basis of",
                false,
            ),
            Verb::DuplicateOf => row(
                "duplicate_of",
                ANY,
                ANY,
                "is a duplicate of",
                "has duplicate",
                false,
            ),
            Verb::RelatedTo => row(
                "related_to",
                ANY,
                ANY,
                "is related to",
                "is related to",
                false,
            ),
        }
    }

    /// The key in front matter: `attributed_to`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.row().key
    }

    /// How it reads from the entry that states it: `is attributed to`.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        self.row().phrase
    }

    /// How it reads from the other end: `is held responsible for`.
    #[must_use]
    pub const fn inverse(self) -> &'static str {
        self.row().inverse
    }

    /// Whether it is a claim, which needs a source.
    #[must_use]
    pub const fn is_claim(self) -> bool {
        self.row().claim
    }

    /// The verb of a front matter key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.key() == key)
    }

    /// What the long form says of it in words of the writer's own, if it takes any.
    #[must_use]
    pub const fn own_words(self) -> Option<OwnWords> {
        match self {
            Verb::RelatedTo => Some(OwnWords::Verb),
            Verb::MemberOf | Verb::EmployedBy => Some(OwnWords::Role),
            Verb::AttributedTo
            | Verb::PartOf
            | Verb::Uses
            | Verb::Hosts
            | Verb::Controls
            | Verb::CommunicatesWith
            | Verb::Owns
            | Verb::Targets
            | Verb::Exploits
            | Verb::RoutedThrough
            | Verb::OriginatesFrom
            | Verb::LocatedAt
            | Verb::AuthoredBy
            | Verb::VariantOf
            | Verb::Drops
            | Verb::Downloads
            | Verb::Impersonates
            | Verb::InvestigatedBy
            | Verb::DerivedFrom
            | Verb::DuplicateOf => None,
        }
    }

    /// Whether the long form says how much money went that way, and from where.
    #[must_use]
    pub const fn carries_money(self) -> bool {
        matches!(self, Verb::RoutedThrough)
    }

    /// Whether entries of `kind` may state it.
    #[must_use]
    pub fn allowed_from(self, kind: Kind) -> bool {
        self.row().from.contains(&kind)
    }

    /// The kinds that an entry of kind `from` may name with it; empty where it may not state it.
    #[must_use]
    pub fn allowed_to(self, from: Kind) -> Vec<Kind> {
        if !self.allowed_from(from) {
            return Vec::new();
        }
        match (self, from) {
            (Verb::PartOf, Actor) => vec![Actor, Organisation],
            (Verb::PartOf, Incident) => vec![Campaign, Incident],
            (Verb::PartOf | Verb::DuplicateOf, same) => vec![same],
            // As in STIX: malware uses a server, a server no malware.
            (Verb::Uses, Infrastructure) => vec![Infrastructure],
            _ => self.row().to.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_narrows_part_of_and_duplicate_of() {
        assert_eq!(Verb::PartOf.allowed_to(Actor), [Actor, Organisation]);
        assert_eq!(Verb::PartOf.allowed_to(Incident), [Campaign, Incident]);
        assert_eq!(Verb::PartOf.allowed_to(Place), [Place]);
        assert_eq!(Verb::DuplicateOf.allowed_to(Source), [Source]);
        assert_eq!(Verb::Uses.allowed_to(Infrastructure), [Infrastructure]);
        assert!(Verb::Uses.allowed_to(Place).is_empty());
    }

    #[test]
    fn keys_read_back() {
        for verb in Verb::ALL {
            assert_eq!(Verb::from_key(verb.key()), Some(verb));
        }
    }
}
