//! Tactics, and the matrices that put them in order.
//!
//! Those of MITRE ATT&CK (Enterprise, Mobile, ICS) are data, `tactic/attack.txt`, by version; a dossier may bring matrices of
//! its own. Takes what writers call a tactic (`impact`, `Impact`, `TA0040`); tells where it stands. Knows no technique.

/// The matrices that are known, with their tactics in order.
const KNOWN: &str = include_str!("tactic/attack.txt");

/// The version of ATT&CK where a dossier names none.
pub const VERSION: &str = "18";

/// Tactics in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Matrix {
    /// What tools call it (`enterprise-attack`); that of a dossier's own, its name.
    pub domain: String,
    /// What readers call it.
    pub name: String,
    /// Whether it is the dossier's own, and not one of ATT&CK.
    pub own: bool,
    /// Its tactics, in order.
    pub tactics: Vec<Tactic>,
}

/// What an adversary is after.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tactic {
    /// `TA0040`; of a dossier's own perhaps none.
    pub id: Option<String>,
    /// `Impact`.
    pub name: String,
}

/// The matrices that a dossier goes by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attack {
    /// The version of ATT&CK.
    pub version: String,
    /// Those of the dossier's own, then those of ATT&CK.
    pub matrices: Vec<Matrix>,
}

impl Default for Attack {
    fn default() -> Attack {
        Attack {
            version: VERSION.to_owned(),
            matrices: matrices(VERSION),
        }
    }
}

/// The place of a tactic: of its matrix, and in it.
pub type Cell = (usize, usize);

impl Attack {
    /// Where a tactic stands that a technique is said to serve, by its id, or by its name in any case and with any signs
    /// between the words. Several matrices have tactics of the same names. Those of the dossier's own come first; of those
    /// of ATT&CK a name means one for ICS where the id of the technique is of these (`T0…`), else one of Enterprise, and one of
    /// ICS that Enterprise has not. One of Mobile is named by its id: the ids of techniques do not tell it from Enterprise.
    #[must_use]
    pub fn find(&self, written: &str, technique: Option<&str>) -> Option<Cell> {
        let id = id(written);
        let name = folded(written);
        let is = |tactic: &Tactic| match (&id, &tactic.id) {
            (Some(id), Some(own)) => id.eq_ignore_ascii_case(own),
            (Some(_), None) => false,
            (None, _) => folded(&tactic.name) == name,
        };
        let is_ics = technique.is_some_and(|id| id.starts_with("T0"));
        let rank = |matrix: &Matrix| match (matrix.own, &*matrix.domain) {
            (true, _) => Some(0),
            (false, "ics-attack") => Some(if is_ics { 1 } else { 3 }),
            (false, "mobile-attack") if id.is_none() => None,
            (false, _) => Some(2),
        };
        let places = self.matrices.iter().enumerate().filter_map(|(at, matrix)| {
            let tactic = matrix.tactics.iter().position(is)?;
            Some((rank(matrix)?, (at, tactic)))
        });
        places.min().map(|(_, cell)| cell)
    }

    /// The tactic at a place.
    #[must_use]
    pub fn tactic(&self, (matrix, tactic): Cell) -> Option<&Tactic> {
        self.matrices.get(matrix)?.tactics.get(tactic)
    }

    /// The name of the tactic that bears an id.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<&str> {
        let tactics = self.matrices.iter().flat_map(|matrix| &matrix.tactics);
        let mut own = tactics.filter(|it| it.id.as_deref() == Some(id));
        own.next().map_or_else(|| name(id), |it| Some(&it.name))
    }
}

/// A name without what people write in different ways: `command-and-control`, `Command & Control`.
fn folded(name: &str) -> String {
    let words = name.split(|sign: char| !sign.is_alphanumeric() && sign != '&');
    let words = words.filter(|word| !word.is_empty());
    let words = words.map(|word| match word {
        "&" => "and".to_owned(),
        _ => word.to_lowercase(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The versions that are known, each once, in the order of the data.
pub fn versions() -> impl Iterator<Item = &'static str> {
    lines().filter_map(|line| match line {
        Line::Matrix("enterprise-attack", version, _) => Some(version),
        Line::Matrix(..) | Line::Tactic(..) => None,
    })
}

/// The matrices of a version; none of one that is not known.
#[must_use]
pub fn matrices(version: &str) -> Vec<Matrix> {
    let mut matrices: Vec<Matrix> = Vec::new();
    let mut open = false;
    for line in lines() {
        match line {
            Line::Matrix(domain, of, name) => {
                open = of == version;
                if open {
                    matrices.push(Matrix {
                        domain: domain.to_owned(),
                        name: name.to_owned(),
                        own: false,
                        tactics: Vec::new(),
                    });
                }
            }
            Line::Tactic(id, name) => {
                if let Some(matrix) = matrices.last_mut().filter(|_| open) {
                    matrix.tactics.push(Tactic {
                        id: Some(id.to_owned()),
                        name: name.to_owned(),
                    });
                }
            }
        }
    }
    matrices
}

/// The name of a tactic whose id is known, in the first version that has it.
#[must_use]
pub fn name(id: &str) -> Option<&'static str> {
    lines().find_map(|line| match line {
        Line::Tactic(own, name) if own == id => Some(name),
        Line::Tactic(..) | Line::Matrix(..) => None,
    })
}

/// A line of the data.
enum Line {
    /// Domain, version, name.
    Matrix(&'static str, &'static str, &'static str),
    /// Id, name.
    Tactic(&'static str, &'static str),
}

fn lines() -> impl Iterator<Item = Line> {
    let lines = KNOWN.lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let (first, rest) = line.split_once(' ')?;
        if id(first).is_some() {
            return Some(Line::Tactic(first, rest));
        }
        let (version, name) = rest.split_once(' ')?;
        Some(Line::Matrix(first, version, name))
    })
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

/// The technique and, of a part of one, the part that an id of ATT&CK names: `T1059.001`. None of what is no such id.
#[must_use]
pub fn technique(id: &str) -> Option<(&str, Option<&str>)> {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    let (of, part) = match id.split_once('.') {
        Some((of, part)) => (of, Some(part)),
        None => (id, None),
    };
    let is = digits(of.strip_prefix('T')?, 4) && part.is_none_or(|part| digits(part, 3));
    is.then_some((of, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_three_matrices_whose_tactics_stand_once() {
        assert_eq!(versions().collect::<Vec<_>>(), ["18", "19"]);
        for version in versions() {
            let matrices = matrices(version);
            let domains = ["enterprise-attack", "mobile-attack", "ics-attack"];
            let found: Vec<&str> = matrices.iter().map(|it| it.domain.as_str()).collect();
            assert_eq!(found, domains);
            let tactics = || matrices.iter().flat_map(|it| &it.tactics);
            let mut ids: Vec<_> = tactics().map(|it| &it.id).collect();
            let count = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), count);
            assert!(tactics().all(|it| it.id.as_deref().and_then(id) == it.id));
        }
        assert!(matrices("7").is_empty());
    }

    #[test]
    fn ids_have_names() {
        assert_eq!(name("TA0040"), Some("Impact"));
        assert_eq!(name("TA0107"), Some("Inhibit Response Function"));
        assert_eq!(name("TA0112"), Some("Defense Impairment"));
        assert_eq!(name("TA9999"), None);
        assert_eq!(Attack::default().name("TA0005"), Some("Defense Evasion"));
        let newer = Attack {
            version: "19".to_owned(),
            matrices: matrices("19"),
        };
        assert_eq!(newer.name("TA0005"), Some("Stealth"));
        assert_eq!(newer.find("defense-evasion", Some("T1070")), None);
        assert_eq!(newer.find("TA0030", Some("T1406")), Some((1, 4)));
        assert_eq!(newer.find("stealth", Some("T1070")), Some((0, 6)));
    }

    #[test]
    fn a_tactic_is_found_however_it_is_written() {
        let attack = Attack::default();
        for written in [
            "command-and-control",
            "Command and Control",
            "COMMAND & CONTROL",
            "command_and_control",
            "TA0011",
            "ta0011",
        ] {
            let cell = attack.find(written, Some("T1071"));
            let id = cell.and_then(|cell| attack.tactic(cell)?.id.as_deref());
            assert_eq!(id, Some("TA0011"), "{written}");
        }
        assert_eq!(attack.find("impact", Some("T0828")), Some((2, 11)));
        assert_eq!(attack.find("impact", None), Some((0, 13)));
        assert_eq!(attack.find("inhibit response function", None), Some((2, 9)));
        assert_eq!(attack.find("money laundering", None), None);
        assert_eq!(attack.find("", None), None);
    }

    #[test]
    fn techniques_are_told_from_other_ids() {
        assert_eq!(technique("T1059"), Some(("T1059", None)));
        assert_eq!(technique("T1059.001"), Some(("T1059", Some("001"))));
        for wrong in [
            "", "T", "TA0040", "T105", "T10590", "T1059.1", "T1059.", "t1059", "G0082",
        ] {
            assert_eq!(technique(wrong), None, "{wrong}");
        }
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
