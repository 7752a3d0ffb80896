//! The words of STIX 2.1: types, which relationships the specification has between them, vocabularies.
//!
//! What the specification has no word for is said in this program's extension, never in a property that has a vocabulary.

use crate::model::relation::Verb;
use crate::model::{IncidentStatus, Kind};

/// The type of an object that an entry becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Type {
    AttackPattern,
    Campaign,
    Identity,
    Incident,
    Infrastructure,
    IntrusionSet,
    Location,
    Malware,
    Note,
    Report,
    ThreatActor,
    Tool,
    Vulnerability,
}

impl Type {
    /// The type of a kind; none of a page about the dossier.
    pub(super) fn of(kind: Kind) -> Option<Type> {
        Some(match kind {
            Kind::Actor => Type::IntrusionSet,
            Kind::Campaign => Type::Campaign,
            Kind::Incident => Type::Incident,
            Kind::Malware => Type::Malware,
            Kind::Tool => Type::Tool,
            Kind::Infrastructure => Type::Infrastructure,
            Kind::Technique => Type::AttackPattern,
            Kind::Vulnerability => Type::Vulnerability,
            Kind::Person | Kind::Organisation => Type::Identity,
            Kind::Place => Type::Location,
            Kind::Note => Type::Note,
            Kind::Source => Type::Report,
            Kind::Page => return None,
        })
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Type::AttackPattern => "attack-pattern",
            Type::Campaign => "campaign",
            Type::Identity => "identity",
            Type::Incident => "incident",
            Type::Infrastructure => "infrastructure",
            Type::IntrusionSet => "intrusion-set",
            Type::Location => "location",
            Type::Malware => "malware",
            Type::Note => "note",
            Type::Report => "report",
            Type::ThreatActor => "threat-actor",
            Type::Tool => "tool",
            Type::Vulnerability => "vulnerability",
        }
    }

    /// Whether it has the property `aliases`.
    pub(super) const fn has_aliases(self) -> bool {
        match self {
            Type::AttackPattern
            | Type::Campaign
            | Type::Infrastructure
            | Type::IntrusionSet
            | Type::Malware
            | Type::ThreatActor
            | Type::Tool => true,
            Type::Identity
            | Type::Incident
            | Type::Location
            | Type::Note
            | Type::Report
            | Type::Vulnerability => false,
        }
    }

    /// Whether it has the properties `first_seen` and `last_seen`.
    pub(super) const fn is_seen(self) -> bool {
        match self {
            Type::Campaign
            | Type::Infrastructure
            | Type::IntrusionSet
            | Type::Malware
            | Type::ThreatActor => true,
            Type::AttackPattern
            | Type::Identity
            | Type::Incident
            | Type::Location
            | Type::Note
            | Type::Report
            | Type::Tool
            | Type::Vulnerability => false,
        }
    }

    /// Whether an indicator may indicate it.
    pub(super) const fn is_indicated(self) -> bool {
        match self {
            Type::AttackPattern
            | Type::Campaign
            | Type::Infrastructure
            | Type::IntrusionSet
            | Type::Malware
            | Type::ThreatActor
            | Type::Tool => true,
            Type::Identity
            | Type::Incident
            | Type::Location
            | Type::Note
            | Type::Report
            | Type::Vulnerability => false,
        }
    }
}

/// What every pair of objects may be to each other.
pub(super) const RELATED: &str = "related-to";

/// The relationship that the specification has for a verb between two types (STIX 2.1, section 4 and appendix B). Where it has
/// none, it is `related-to`.
pub(super) fn relationship(verb: Verb, from: Type, to: Type) -> &'static str {
    use Type::{
        AttackPattern, Campaign, Identity, Infrastructure, IntrusionSet, Location, Malware,
        ThreatActor, Tool, Vulnerability,
    };
    let acts = matches!(from, IntrusionSet | ThreatActor | Campaign);
    let (name, allowed) = match verb {
        Verb::AttributedTo => (
            "attributed-to",
            matches!(
                (from, to),
                (Campaign, IntrusionSet | ThreatActor)
                    | (IntrusionSet, ThreatActor)
                    | (ThreatActor, Identity)
            ),
        ),
        Verb::Uses => (
            "uses",
            match from {
                IntrusionSet | ThreatActor | Campaign | Malware => {
                    matches!(to, AttackPattern | Infrastructure | Malware | Tool)
                }
                Tool | Infrastructure => to == Infrastructure,
                AttackPattern => matches!(to, Malware | Tool),
                _ => false,
            },
        ),
        Verb::Hosts => (
            "hosts",
            match from {
                IntrusionSet | ThreatActor => to == Infrastructure,
                Infrastructure => matches!(to, Malware | Tool),
                _ => false,
            },
        ),
        Verb::Controls => (
            "controls",
            match from {
                Malware => to == Malware,
                Infrastructure => matches!(to, Infrastructure | Malware),
                _ => false,
            },
        ),
        Verb::CommunicatesWith => (
            "communicates-with",
            (from, to) == (Infrastructure, Infrastructure),
        ),
        Verb::Owns => (
            "owns",
            matches!(from, IntrusionSet | ThreatActor) && to == Infrastructure,
        ),
        Verb::Targets => (
            "targets",
            match from {
                IntrusionSet | ThreatActor | Campaign => {
                    matches!(to, Identity | Location | Vulnerability)
                }
                Malware => matches!(to, Identity | Infrastructure | Location),
                Tool => matches!(to, Identity | Infrastructure | Location | Vulnerability),
                _ => false,
            },
        ),
        // Who targets a vulnerability uses exploits of it, as the specification says.
        Verb::Exploits if to == Vulnerability && (acts || from == Tool) => ("targets", true),
        Verb::Exploits => ("exploits", (from, to) == (Malware, Vulnerability)),
        Verb::OriginatesFrom => (
            "originates-from",
            matches!(from, IntrusionSet | Campaign | Malware) && to == Location,
        ),
        Verb::LocatedAt => (
            "located-at",
            matches!(from, Identity | Infrastructure | ThreatActor) && to == Location,
        ),
        Verb::AuthoredBy => (
            "authored-by",
            from == Malware && matches!(to, IntrusionSet | ThreatActor),
        ),
        Verb::VariantOf => ("variant-of", (from, to) == (Malware, Malware)),
        Verb::Drops => (
            "drops",
            matches!((from, to), (Malware, Malware | Tool) | (Tool, Malware)),
        ),
        Verb::Downloads => ("downloads", from == Malware && matches!(to, Malware | Tool)),
        Verb::Impersonates => ("impersonates", (from, to) == (ThreatActor, Identity)),
        Verb::DerivedFrom => ("derived-from", true),
        Verb::DuplicateOf => ("duplicate-of", true),
        Verb::PartOf
        | Verb::MemberOf
        | Verb::EmployedBy
        | Verb::RoutedThrough
        | Verb::InvestigatedBy
        | Verb::RelatedTo => (RELATED, true),
    };
    if allowed { name } else { RELATED }
}

/// `malware-type-ov`
const MALWARE_TYPES: &[&str] = &[
    "adware",
    "backdoor",
    "bot",
    "bootkit",
    "ddos",
    "downloader",
    "dropper",
    "exploit-kit",
    "keylogger",
    "ransomware",
    "remote-access-trojan",
    "resource-exploitation",
    "rogue-security-software",
    "rootkit",
    "screen-capture",
    "spyware",
    "trojan",
    "unknown",
    "virus",
    "webshell",
    "wiper",
    "worm",
];

/// `tool-type-ov`
const TOOL_TYPES: &[&str] = &[
    "denial-of-service",
    "exploitation",
    "information-gathering",
    "network-capture",
    "credential-exploitation",
    "remote-access",
    "vulnerability-scanning",
    "unknown",
];

/// `infrastructure-type-ov`
const INFRASTRUCTURE_TYPES: &[&str] = &[
    "amplification",
    "anonymization",
    "botnet",
    "command-and-control",
    "control-system",
    "exfiltration",
    "firewall",
    "hosting-malware",
    "hosting-target-lists",
    "phishing",
    "reconnaissance",
    "routers-switches",
    "staging",
    "workstation",
    "unknown",
];

/// `threat-actor-sophistication-ov`
const SOPHISTICATION: &[&str] = &[
    "none",
    "minimal",
    "intermediate",
    "advanced",
    "expert",
    "innovator",
    "strategic",
];

/// `region-ov`
const REGIONS: &[&str] = &[
    "africa",
    "eastern-africa",
    "middle-africa",
    "northern-africa",
    "southern-africa",
    "western-africa",
    "americas",
    "latin-america-caribbean",
    "south-america",
    "caribbean",
    "central-america",
    "northern-america",
    "asia",
    "central-asia",
    "eastern-asia",
    "southern-asia",
    "south-eastern-asia",
    "western-asia",
    "europe",
    "eastern-europe",
    "northern-europe",
    "southern-europe",
    "western-europe",
    "oceania",
    "australia-new-zealand",
    "melanesia",
    "micronesia",
    "polynesia",
    "antarctica",
];

/// Other names of regions, as people write them.
const OTHER_REGIONS: &[(&str, &str)] = &[
    ("america", "americas"),
    ("central-europe", "eastern-europe"),
    ("east-africa", "eastern-africa"),
    ("east-asia", "eastern-asia"),
    ("latin-america", "latin-america-caribbean"),
    ("latin-america-and-the-caribbean", "latin-america-caribbean"),
    ("middle-east", "western-asia"),
    ("near-east", "western-asia"),
    ("north-africa", "northern-africa"),
    ("north-america", "northern-america"),
    ("pacific", "oceania"),
    ("south-asia", "southern-asia"),
    ("south-east-asia", "south-eastern-asia"),
    ("southeast-asia", "south-eastern-asia"),
    ("southern-america", "south-america"),
    ("the-caribbean", "caribbean"),
    ("west-africa", "western-africa"),
];

/// The words of a list that a vocabulary has.
fn known(words: &[String], vocabulary: &[&str]) -> Vec<String> {
    let known = |word: &&String| vocabulary.contains(&word.as_str());
    words.iter().filter(known).cloned().collect()
}

pub(super) fn malware_types(words: &[String]) -> Vec<String> {
    known(words, MALWARE_TYPES)
}

pub(super) fn tool_types(words: &[String]) -> Vec<String> {
    known(words, TOOL_TYPES)
}

pub(super) fn infrastructure_types(words: &[String]) -> Vec<String> {
    known(words, INFRASTRUCTURE_TYPES)
}

pub(super) fn sophistication(word: &str) -> Option<String> {
    SOPHISTICATION.contains(&word).then(|| word.to_owned())
}

/// The region of a name, if the vocabulary has it.
pub(super) fn region(name: &str) -> Option<&'static str> {
    let own = REGIONS.iter().find(|region| **region == name);
    own.copied().or_else(|| {
        let other = OTHER_REGIONS.iter().find(|(other, _)| *other == name);
        other.map(|(_, region)| *region)
    })
}

/// A motive in `attack-motivation-ov`, the other way round than it is imported; none of one that the vocabulary lacks.
pub(super) fn motivation(word: &str) -> Option<&'static str> {
    Some(match word {
        "financial" => "personal-gain",
        "espionage" => "organizational-gain",
        "sabotage" => "dominance",
        "influence" => "ideology",
        _ => return None,
    })
}

/// How an incident is determined: both have the same words.
pub(super) fn determination(status: IncidentStatus) -> &'static str {
    status.word()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_that_the_specification_lacks_between_two_types_is_the_common_one() {
        let say = relationship;
        assert_eq!(say(Verb::Uses, Type::IntrusionSet, Type::Malware), "uses");
        assert_eq!(say(Verb::Uses, Type::Incident, Type::Malware), RELATED);
        assert_eq!(
            say(Verb::AttributedTo, Type::IntrusionSet, Type::Identity),
            RELATED
        );
        assert_eq!(
            say(Verb::AttributedTo, Type::ThreatActor, Type::Identity),
            "attributed-to"
        );
        assert_eq!(
            say(Verb::Exploits, Type::IntrusionSet, Type::Vulnerability),
            "targets"
        );
        assert_eq!(
            say(Verb::Exploits, Type::Incident, Type::Vulnerability),
            RELATED
        );
        assert_eq!(
            say(Verb::DerivedFrom, Type::Report, Type::Report),
            "derived-from"
        );
    }

    #[test]
    fn other_names_of_regions_lead_to_regions() {
        for (_, region) in OTHER_REGIONS {
            assert!(REGIONS.contains(region), "{region}");
        }
        assert_eq!(region("south-east-asia"), Some("south-eastern-asia"));
        assert_eq!(region("utopia"), None);
    }
}
