//! Source grading: the Admiralty (NATO) system, AJP-2.1.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How reliable a source or its publisher is: a letter, A to F.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reliability(u8);

/// A grade such as `B2`: reliability of the source, credibility of the information. Without a letter, `2`, the source
/// is as reliable as its publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grade {
    reliability: Option<Reliability>,
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

impl Reliability {
    /// Reads a letter, without regard to case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Reliability> {
        match text.trim().as_bytes() {
            [letter] => Reliability::of(*letter),
            _ => None,
        }
    }

    fn of(letter: u8) -> Option<Reliability> {
        let letter = letter.to_ascii_uppercase();
        matches!(letter, b'A'..=b'F').then(|| Reliability(letter - b'A'))
    }

    /// The letter, A to F.
    #[must_use]
    pub fn letter(self) -> u8 {
        b'A' + self.0.min(5)
    }

    /// What the letter means: `usually reliable`.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        RELIABILITY[usize::from(self.0.min(5))]
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", char::from(self.letter()))
    }
}

impl Grade {
    /// Reads a grade: one of A–F, which may be left out, and one of 1–6, written together, without regard to case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Grade> {
        let (reliability, digit) = match *text.trim().as_bytes() {
            [digit] => (None, digit),
            [letter, digit] => (Some(Reliability::of(letter)?), digit),
            _ => return None,
        };
        matches!(digit, b'1'..=b'6').then(|| Grade {
            reliability,
            credibility: digit - b'1',
        })
    }

    /// How reliable the source is, where that is known.
    #[must_use]
    pub fn reliability(self) -> Option<Reliability> {
        self.reliability
    }

    /// The same grade of a source that is so reliable.
    #[must_use]
    pub fn of_reliability(self, reliability: Reliability) -> Grade {
        Grade {
            reliability: Some(reliability),
            ..self
        }
    }

    /// The digit, 1 to 6.
    #[must_use]
    pub fn digit(self) -> u8 {
        b'1' + self.credibility.min(5)
    }

    /// What the digit means: `probably true`.
    #[must_use]
    pub fn credibility(self) -> &'static str {
        CREDIBILITY[usize::from(self.credibility.min(5))]
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reliability) = self.reliability {
            reliability.fmt(f)?;
        }
        write!(f, "{}", char::from(self.digit()))
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
            (
                grade.reliability().map(Reliability::meaning),
                grade.credibility()
            ),
            (Some("usually reliable"), "probably true")
        );
        let half = Grade::from_text("2").expect("a grade");
        assert_eq!((half.to_string().as_str(), half.reliability()), ("2", None));
        let letter = Reliability::from_text("b").expect("a letter");
        assert_eq!(half.of_reliability(letter), grade);
        for wrong in ["", "B", "7", "B7", "G1", "B22", "2B"] {
            assert_eq!(Grade::from_text(wrong), None, "{wrong}");
        }
    }
}
