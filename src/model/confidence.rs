//! Words of estimative probability (ICD 203, section D.6.e.2.a).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A likelihood, written in one of the two rows of terms that ICD 203 allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Confidence {
    /// Which of the seven ranges, 0 (almost no chance) to 6 (almost certain).
    rank: u8,
    /// Which row of terms: 0 "likely", 1 "probable".
    row: u8,
}

/// The seven ranges: the two terms, and the bounds in per cent.
const TERMS: [([&str; 2], u8, u8); 7] = [
    (["almost no chance", "remote"], 1, 5),
    (["very unlikely", "highly improbable"], 5, 20),
    (["unlikely", "improbable"], 20, 45),
    (["roughly even chance", "roughly even odds"], 45, 55),
    (["likely", "probable"], 55, 80),
    (["very likely", "highly probable"], 80, 95),
    (["almost certain", "nearly certain"], 95, 99),
];

/// The values of the DNI scale (STIX 2.1, appendix A) for the seven ranges.
const STIX: [u8; 7] = [5, 15, 30, 50, 70, 85, 95];

impl Confidence {
    /// Reads a term, without regard to case.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Confidence> {
        let words = words.trim().to_lowercase();
        (0u8..).zip(TERMS).find_map(|(rank, (terms, _, _))| {
            (0u8..)
                .zip(terms)
                .find(|&(_, term)| term == words)
                .map(|(row, _)| Confidence { rank, row })
        })
    }

    /// Every term of both rows, least likely first.
    pub fn all_words() -> impl Iterator<Item = &'static str> {
        TERMS.into_iter().flat_map(|(terms, _, _)| terms)
    }

    /// Every one, least likely first, of each range those of both rows.
    pub fn all() -> impl Iterator<Item = Confidence> {
        (0..7).flat_map(|rank| [0, 1].map(|row| Confidence { rank, row }))
    }

    fn terms(self) -> ([&'static str; 2], u8, u8) {
        TERMS
            .get(usize::from(self.rank))
            .copied()
            .unwrap_or(TERMS[3])
    }

    /// The term as written.
    #[must_use]
    pub fn words(self) -> &'static str {
        let (terms, _, _) = self.terms();
        terms[usize::from(self.row.min(1))]
    }

    /// The range in per cent, both bounds.
    #[must_use]
    pub fn range(self) -> (u8, u8) {
        let (_, low, high) = self.terms();
        (low, high)
    }

    /// Which of the seven ranges, 0 to 6.
    #[must_use]
    pub fn rank(self) -> u8 {
        self.rank
    }

    /// Which of the two rows of terms the word is from (0 or 1): one entry keeps to one row.
    #[must_use]
    pub fn row(self) -> u8 {
        self.row
    }

    /// The confidence value for STIX 2.1 (DNI scale).
    #[must_use]
    pub fn stix(self) -> u8 {
        STIX.get(usize::from(self.rank)).copied().unwrap_or(50)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_reads_back_with_its_range() {
        for words in Confidence::all_words() {
            assert_eq!(
                Confidence::from_words(words).map(Confidence::words),
                Some(words)
            );
        }
        let likely = Confidence::from_words("Likely").expect("a term");
        assert_eq!(
            (likely.range(), likely.row(), likely.stix()),
            ((55, 80), 0, 70)
        );
        assert_eq!(Confidence::from_words("probably"), None);
    }
}
