//! Which kind of entry the clusters of a galaxy are.
//!
//! Takes the type of a galaxy; gives a kind, or none where no kind is what its clusters are: sectors, measures, levels.

use crate::model::Kind;

/// The types that are known, by kind.
const TYPES: &[(Kind, &[&str])] = &[
    (
        Kind::Actor,
        &[
            "threat-actor",
            "360net-threat-actor",
            "groups",
            "microsoft-activity-group",
            "mitre-enterprise-attack-intrusion-set",
            "mitre-ics-groups",
            "mitre-intrusion-set",
            "mitre-mobile-attack-intrusion-set",
            "mitre-pre-attack-intrusion-set",
        ],
    ),
    (Kind::Campaign, &["campaigns", "mitre-campaign"]),
    (
        Kind::Malware,
        &[
            "android",
            "backdoor",
            "banker",
            "botnet",
            "cryptominers",
            "malpedia",
            "mitre-enterprise-attack-malware",
            "mitre-ics-software",
            "mitre-malware",
            "mitre-mobile-attack-malware",
            "ransomware",
            "rat",
            "stalkerware",
            "stealer",
            "wiper",
        ],
    ),
    (
        Kind::Tool,
        &[
            "exploit-kit",
            "mitre-enterprise-attack-tool",
            "mitre-mobile-attack-tool",
            "mitre-tool",
            "rmm-tool",
            "software",
            "tds",
            "tool",
        ],
    ),
    (
        Kind::Technique,
        &[
            "atrm",
            "cloud-security",
            "disarm-techniques",
            "mitre-atlas-attack-pattern",
            "mitre-attack-pattern",
            "mitre-enterprise-attack-attack-pattern",
            "mitre-ics-techniques",
            "mitre-mobile-attack-attack-pattern",
            "mitre-pre-attack-attack-pattern",
            "sparta-techniques",
            "technique",
        ],
    ),
    (Kind::Vulnerability, &["branded-vulnerability"]),
    (
        Kind::Organisation,
        &[
            "china-defence-universities",
            "intelligence-agency",
            "producer",
            "software-vendor",
            "surveillance-vendor",
        ],
    ),
    (Kind::Place, &["country", "region", "target-information"]),
];

/// The kind of the clusters of a galaxy of a type.
pub(in crate::exchange::misp) fn of_type(galaxy: &str) -> Option<Kind> {
    let mut types = TYPES.iter();
    let (kind, _) = types.find(|(_, types)| types.contains(&galaxy))?;
    Some(*kind)
}

/// All types that are known, as a message names them.
pub(super) fn known() -> String {
    let all: Vec<&str> = TYPES
        .iter()
        .flat_map(|(_, types)| *types)
        .copied()
        .collect();
    all.join(", ")
}

/// Whether an id is one of ATT&CK that such an entry may have.
pub(in crate::exchange::misp) fn is_attack_id(kind: Kind, id: &str) -> bool {
    let letter = match kind {
        Kind::Actor => 'G',
        Kind::Campaign => 'C',
        Kind::Malware | Kind::Tool => 'S',
        Kind::Technique => 'T',
        Kind::Incident
        | Kind::Source
        | Kind::Vulnerability
        | Kind::Person
        | Kind::Organisation
        | Kind::Place
        | Kind::Infrastructure
        | Kind::Note
        | Kind::Page => return false,
    };
    let Some(number) = id.strip_prefix(letter) else {
        return false;
    };
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match number.split_once('.') {
        Some((number, part)) => kind == Kind::Technique && digits(number, 4) && digits(part, 3),
        None => digits(number, 4),
    }
}
