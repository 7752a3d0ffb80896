//! Words of marking schemes that are spoken of: "CUI: an acronym", "Top Secret: a film".
//!
//! Takes such a word and what stands behind it; tells whether that says what the word stands for, or what sort of
//! thing it is. Whatever else stands there is marked by the word, and so it is never told by what it lacks.

/// Works that are called by such words.
const WORKS: [&str; 34] = [
    "album",
    "band",
    "biography",
    "buch",
    "comedy",
    "comic",
    "documentary",
    "dokumentation",
    "drama",
    "exhibition",
    "fernsehserie",
    "film",
    "game",
    "livre",
    "magazine",
    "memoir",
    "miniseries",
    "movie",
    "musical",
    "newspaper",
    "novel",
    "play",
    "podcast",
    "roman",
    "serie",
    "series",
    "série",
    "show",
    "sitcom",
    "song",
    "spiel",
    "tabloid",
    "thriller",
    "videogame",
];

/// What such words are.
const TERMS: [&str; 19] = [
    "abbreviation",
    "abkürzung",
    "abréviation",
    "acronym",
    "acronyme",
    "akronym",
    "category",
    "caveat",
    "classification",
    "einstufung",
    "initialism",
    "kategorie",
    "label",
    "level",
    "marking",
    "niveau",
    "stufe",
    "term",
    "word",
];

/// Words before a sort.
const ARTICLES: [&str; 6] = ["a", "an", "ein", "eine", "un", "une"];

/// Words behind a term, or a work, that tell more of it.
const BEHIND: [&str; 14] = [
    "about", "aus", "by", "d", "de", "des", "du", "for", "from", "für", "in", "of", "that", "von",
];

/// Words that an acronym passes over.
const PASSED: [&str; 12] = [
    "and",
    "de",
    "den",
    "der",
    "die",
    "for",
    "für",
    "of",
    "releasable",
    "the",
    "to",
    "und",
];

/// As many words stand at most between an article and a sort.
const MOST_BETWEEN: usize = 2;

/// Whether a text tells what a word is that stands before it, or what its letters stand for.
pub(super) fn tells_of(word: &str, text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words(text).take(16).collect();
    is_sort(word, &words, text) || is_spelt_out(word, &words)
}

/// "a film", "an American film of 1984", "acronym": nothing may go on behind it that could be told of such a thing,
/// "SECRET: a film of the meeting was handed over".
fn is_sort(word: &str, words: &[&str], text: &str) -> bool {
    let at = |at: usize| {
        words
            .get(at)
            .map(|it| it.to_lowercase())
            .unwrap_or_default()
    };
    let article = ARTICLES.contains(&&*at(0));
    let most = if article { 1 + MOST_BETWEEN } else { 0 };
    let is = |sorts: &[&str]| (usize::from(article)..=most).rfind(|it| sorts.contains(&&*at(*it)));
    let (term, work) = (is(&TERMS), is(&WORKS));
    let Some(sort) = term.or(work) else {
        return false;
    };
    let end = words.get(sort).and_then(|it| end_of(it, text));
    let rest = end.and_then(|end| text.get(end..)).unwrap_or("");
    let ends = !rest.trim_start().starts_with(char::is_alphanumeric);
    let dated = || at(sort + 2).starts_with(|c: char| c.is_ascii_digit());
    // A title is seldom in capitals, a mark nearly always.
    let free = term.is_some() || word.contains(char::is_lowercase);
    ends || BEHIND.contains(&&*at(sort + 1)) && (free || dated())
}

/// Where a word ends that is part of a text.
fn end_of(word: &str, text: &str) -> Option<usize> {
    (word.as_ptr().addr() + word.len()).checked_sub(text.as_ptr().addr())
}

/// "Controlled Unclassified Information": the letters of an acronym begin three words at least, one after the other.
fn is_spelt_out(word: &str, words: &[&str]) -> bool {
    let letters: Vec<char> = word
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    (3..=6).contains(&letters.len()) && spell(&letters, words, 0)
}

/// Whether the words spell the letters from here on, of which `taken` words have spelt some.
fn spell(letters: &[char], words: &[&str], taken: usize) -> bool {
    if letters.is_empty() {
        return taken >= 3;
    }
    let Some((word, rest)) = words.split_first() else {
        return false;
    };
    let lower = word.to_lowercase();
    if !lower.starts_with(letters[0]) {
        return taken > 0 && PASSED.contains(&&*lower) && spell(letters, rest, taken);
    }
    // A word may give more than one: "NOt releasable to FORN…", "VerschlussSache".
    let mut signs = lower.chars().skip(1);
    let mut most = 1;
    while let Some(letter) = letters.get(most)
        && signs.any(|c| c == *letter)
    {
        most += 1;
    }
    (1..=most).any(|count| spell(&letters[count..], rest, taken + 1))
        || taken > 0 && PASSED.contains(&&*lower) && spell(letters, rest, taken)
}

/// Whether the last words of a text are those of an acronym that stands behind it: "Radio Equipment Directive (RED)".
pub(super) fn ends_spelt_out(text: &str, acronym: &str) -> bool {
    let mut letters = acronym.chars().rev().flat_map(char::to_lowercase);
    let last: Vec<&str> = words(text).collect();
    let mut last = last.iter().rev();
    letters.all(|letter| {
        last.next()
            .is_some_and(|word| word.to_lowercase().starts_with(letter))
    })
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_is_and_stands_for_is_told_from_what_it_marks() {
        for (word, text) in [
            ("CUI", "an acronym"),
            ("CUI", "Controlled Unclassified Information"),
            (
                "CUI",
                "controlled unclassified information, of the United States",
            ),
            ("CUI", "a category of information"),
            ("FOUO", "For Official Use Only"),
            ("NOFORN", "not releasable to foreign nationals"),
            ("NOFORN", "no foreign nationals"),
            ("VS-NfD", "Verschlusssache – Nur für den Dienstgebrauch"),
            ("VS-NfD", "Abkürzung"),
            ("ДСП", "для служебного пользования"),
            ("Top Secret", "a film"),
            ("TOP SECRET", "a film of 1984"),
            ("Top Secret", "a 1984 comedy film"),
            ("SECRET", "a band"),
            ("Top Secret", "a film by Zucker"),
            ("GEHEIM", "eine Fernsehserie"),
        ] {
            assert!(tells_of(word, text), "{word}: {text}");
        }
        for (word, text) in [
            ("CUI", "the bank was told"),
            ("CUI", "a bank was told"),
            ("CUI", ""),
            ("SECRET", "a film crew was recruited"),
            ("SECRET", "the film was found"),
            ("SECRET", "a partner told us of the film"),
            ("SECRET", "a film of the meeting was handed over"),
            ("SECRET", "game servers of the actor"),
        ] {
            assert!(!tells_of(word, text), "{word}: {text}");
        }
        assert!(ends_spelt_out(
            "It complies with the Radio Equipment Directive ",
            "RED"
        ));
        assert!(!ends_spelt_out("It complies with the directive ", "RED"));
    }
}
