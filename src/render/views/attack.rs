//! Addresses of entries in public catalogues, made from their ids.

use crate::model::tactic::{self, Attack};

/// The page of an ATT&CK object: groups, software, campaigns, tactics, techniques and
/// sub-techniques. None of what is no such id.
pub(super) fn url(id: &str) -> Option<String> {
    if let Some((technique, part)) = tactic::technique(id) {
        let part = part.map(|part| format!("{part}/")).unwrap_or_default();
        return Some(format!(
            "https://attack.mitre.org/techniques/{technique}/{part}"
        ));
    }
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let folder = match id.split_at_checked(1)? {
        ("G", rest) if digits(rest, 4) => "groups",
        ("S", rest) if digits(rest, 4) => "software",
        ("C", rest) if digits(rest, 4) => "campaigns",
        ("T", rest) if rest.strip_prefix('A').is_some_and(|rest| digits(rest, 4)) => "tactics",
        _ => return None,
    };
    Some(format!("https://attack.mitre.org/{folder}/{id}/"))
}

/// A tactic in words: `Impact (TA0040)`, or as it is written where it is no id that is known.
pub(super) fn tactic(attack: &Attack, written: &str) -> String {
    match attack.name(written) {
        Some(name) => format!("{name} ({written})"),
        None => written.replace('-', " "),
    }
}

/// The page of a vulnerability in the CVE list.
pub(super) fn cve_url(id: &str) -> Option<String> {
    let (year, number) = id.strip_prefix("CVE-")?.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (year.len() == 4 && digits(year) && digits(number))
        .then(|| format!("https://www.cve.org/CVERecord?id={id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_to_their_pages_and_other_words_nowhere() {
        assert_eq!(
            url("G0082").as_deref(),
            Some("https://attack.mitre.org/groups/G0082/")
        );
        assert_eq!(
            url("T1059.001").as_deref(),
            Some("https://attack.mitre.org/techniques/T1059/001/")
        );
        assert_eq!(
            url("TA0040").as_deref(),
            Some("https://attack.mitre.org/tactics/TA0040/")
        );
        for wrong in ["", "G82", "T10", "X0001", "T1059.1", "../x"] {
            assert_eq!(url(wrong), None, "{wrong}");
        }
        assert!(cve_url("CVE-2018-4878").is_some());
        assert_eq!(cve_url("CVE-18-x"), None);
    }
}
