//! Source grading: the Admiralty (NATO) system, AJP-2.1.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A grade such as `B2`: reliability of the source, credibility of the information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grade {
    reliability: u8,
    credibility: u8,
}

const RELIABILITY: [&str; 6] = [
    "completely reliable",
    "usually reliable",
    "fairly reliable",
    "not usually reliable",
    "unreliable",
    "reliability cannot be judged",
];

const CREDIBILITY: [&str; 6] = [
    "confirmed by other sources",
    "probably true",
    "possibly true",
    "doubtful",
    "improbable",
    "truth cannot be judged",
];

impl Grade {
    /// Reads a grade: one of A–F and one of 1–6, written together, without regard to case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Grade> {
        match text.trim().as_bytes() {
            [letter, digit @ b'1'..=b'6'] if matches!(letter.to_ascii_uppercase(), b'A'..=b'F') => {
                Some(Grade {
                    reliability: letter.to_ascii_uppercase() - b'A',
                    credibility: digit - b'1',
                })
            }
            _ => None,
        }
    }

    /// The letter, A to F.
    #[must_use]
    pub fn letter(self) -> u8 {
        b'A' + self.reliability.min(5)
    }

    /// The digit, 1 to 6.
    #[must_use]
    pub fn digit(self) -> u8 {
        b'1' + self.credibility.min(5)
    }

    /// What the letter means: `usually reliable`.
    #[must_use]
    pub fn reliability(self) -> &'static str {
        RELIABILITY[usize::from(self.reliability.min(5))]
    }

    /// What the digit means: `probably true`.
    #[must_use]
    pub fn credibility(self) -> &'static str {
        CREDIBILITY[usize::from(self.credibility.min(5))]
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            char::from(b'A' + self.reliability),
            char::from(b'1' + self.credibility)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_read_back_and_mean_what_the_table_says() {
        let grade = Grade::from_text("b2").expect("a grade");
        assert_eq!(grade.to_string(), "B2");
        assert_eq!(
            (grade.reliability(), grade.credibility()),
            ("usually reliable", "probably true")
        );
        for wrong in ["", "B", "B7", "G1", "B22", "2B"] {
            assert_eq!(Grade::from_text(wrong), None, "{wrong}");
        }
    }
}
