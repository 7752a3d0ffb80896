//! The tactics of MITRE ATT&CK, by id: Enterprise, Mobile, ICS.
//!
//! Names and ids are ATT&CK's, version 18, and of version 19 Defense Impairment (TA0112). © The MITRE Corporation. This
//! work is reproduced and distributed with the permission of The MITRE Corporation.

/// Ids with names, by id: the same name stands in several matrices.
const TACTICS: &[(&str, &str)] = &[
    ("TA0001", "Initial Access"),
    ("TA0002", "Execution"),
    ("TA0003", "Persistence"),
    ("TA0004", "Privilege Escalation"),
    ("TA0005", "Defense Evasion"),
    ("TA0006", "Credential Access"),
    ("TA0007", "Discovery"),
    ("TA0008", "Lateral Movement"),
    ("TA0009", "Collection"),
    ("TA0010", "Exfiltration"),
    ("TA0011", "Command and Control"),
    ("TA0027", "Initial Access"),
    ("TA0028", "Persistence"),
    ("TA0029", "Privilege Escalation"),
    ("TA0030", "Defense Evasion"),
    ("TA0031", "Credential Access"),
    ("TA0032", "Discovery"),
    ("TA0033", "Lateral Movement"),
    ("TA0034", "Impact"),
    ("TA0035", "Collection"),
    ("TA0036", "Exfiltration"),
    ("TA0037", "Command and Control"),
    ("TA0040", "Impact"),
    ("TA0041", "Execution"),
    ("TA0042", "Resource Development"),
    ("TA0043", "Reconnaissance"),
    ("TA0100", "Collection"),
    ("TA0101", "Command and Control"),
    ("TA0102", "Discovery"),
    ("TA0103", "Evasion"),
    ("TA0104", "Execution"),
    ("TA0105", "Impact"),
    ("TA0106", "Impair Process Control"),
    ("TA0107", "Inhibit Response Function"),
    ("TA0108", "Initial Access"),
    ("TA0109", "Lateral Movement"),
    ("TA0110", "Persistence"),
    ("TA0111", "Privilege Escalation"),
    ("TA0112", "Defense Impairment"),
];

/// The name of a tactic whose id is known.
#[must_use]
pub fn name(id: &str) -> Option<&'static str> {
    let at = TACTICS.binary_search_by_key(&id, |(id, _)| id).ok()?;
    TACTICS.get(at).map(|(_, name)| *name)
}

/// The id that a text is in whatever case, known or not: `TA` and figures.
#[must_use]
pub fn id(text: &str) -> Option<String> {
    let (letters, figures) = text.split_at_checked(2)?;
    let is = letters.eq_ignore_ascii_case("TA")
        && !figures.is_empty()
        && figures.bytes().all(|byte| byte.is_ascii_digit());
    is.then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_in_order_and_have_names() {
        assert!(TACTICS.is_sorted_by(|(one, _), (other, _)| one < other));
        assert!(
            TACTICS
                .iter()
                .all(|(id, _)| super::id(id).as_deref() == Some(*id))
        );
        assert_eq!(name("TA0040"), Some("Impact"));
        assert_eq!(name("TA0107"), Some("Inhibit Response Function"));
        assert_eq!(name("TA9999"), None);
    }

    #[test]
    fn what_has_the_look_of_an_id_is_told_from_a_name() {
        assert_eq!(id("ta0040").as_deref(), Some("TA0040"));
        assert_eq!(id("TA99999").as_deref(), Some("TA99999"));
        for name in ["Impact", "TA", "TAX", "T1486", "tactics", "T", "é1"] {
            assert_eq!(id(name), None, "{name}");
        }
    }
}
