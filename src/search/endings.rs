//! Which endings a word may have and still be the same word.
//!
//! A rule is data: the script gets the same steps with the index and takes them in the same way, so that neither knows
//! more than the other. They take off what inflection adds (`sanctions`, `sanctioned`), not what makes another word
//! (`attacker`). A language without rules compares words as they are.

use std::borrow::Cow;

/// Steps that are taken one after another; of each the first ending that fits, and if too little would be left of the
/// word, none. The longer endings of a step stand before the shorter.
type Steps = &'static [&'static [(&'static str, &'static str)]];

/// The rules of a language, by its subtag (BCP 47).
const LANGUAGES: &[(&str, Steps)] = &[
    (
        "de",
        &[
            &[
                ("innen", "in"),
                ("ern", ""),
                ("ers", ""),
                ("em", ""),
                ("en", ""),
                ("er", ""),
                ("es", ""),
                ("e", ""),
                ("n", ""),
                ("s", ""),
            ],
            &[("nn", "n"), ("ss", "s")],
        ],
    ),
    (
        "en",
        &[
            &[
                ("sses", "ss"),
                ("ches", "ch"),
                ("shes", "sh"),
                ("yses", "ysis"),
                ("ies", "y"),
                ("xes", "x"),
                ("is", "is"),
                ("ss", "ss"),
                ("us", "us"),
                ("s", ""),
            ],
            &[("eed", "eed"), ("ied", "y"), ("ing", ""), ("ed", "")],
            &[
                ("bb", "b"),
                ("dd", "d"),
                ("gg", "g"),
                ("ll", "l"),
                ("mm", "m"),
                ("nn", "n"),
                ("pp", "p"),
                ("rr", "r"),
                ("tt", "t"),
                ("e", ""),
            ],
        ],
    ),
    (
        "fr",
        &[
            &[("eaux", "eau"), ("aux", "al"), ("s", ""), ("x", "")],
            &[("ee", ""), ("er", ""), ("e", "")],
            &[
                ("ll", "l"),
                ("mm", "m"),
                ("nn", "n"),
                ("pp", "p"),
                ("tt", "t"),
            ],
        ],
    ),
];

/// How many letters must be left.
const LEFT: usize = 3;

/// The endings of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endings(Steps);

impl Endings {
    /// Those of a language, by its tag (`en-GB`).
    #[must_use]
    pub fn of(tag: &str) -> Endings {
        let subtag = tag.split('-').next().unwrap_or(tag);
        let found = LANGUAGES
            .iter()
            .find(|(language, _)| subtag.eq_ignore_ascii_case(language));
        Endings(found.map_or(&[], |(_, steps)| steps))
    }

    /// The steps, as the script takes them.
    #[must_use]
    pub fn steps(self) -> &'static [&'static [(&'static str, &'static str)]] {
        self.0
    }

    /// What of a word tells it from other words. What holds a digit is whole.
    #[must_use]
    pub fn stem(self, word: &str) -> Cow<'_, str> {
        let mut stem = Cow::Borrowed(word);
        if word.len() <= LEFT || word.chars().any(char::is_numeric) {
            return stem;
        }
        for step in self.0 {
            let ending = step.iter().find(|(ending, _)| stem.ends_with(ending));
            let Some((ending, instead)) = ending else {
                continue;
            };
            let left = &stem[..stem.len() - ending.len()];
            let vowel = |c: char| !c.is_ascii_lowercase() || "aeiouy".contains(c);
            if left.chars().count() >= LEFT && left.contains(vowel) && ending != instead {
                stem = Cow::Owned([left, instead].concat());
            }
        }
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_in_their_endings_are_one() {
        let alike = |tag, words: &str| {
            let endings = Endings::of(tag);
            let stems = words.split(' ').map(|word| endings.stem(word).into_owned());
            let stems: Vec<String> = stems.collect();
            assert!(
                stems.windows(2).all(|two| two[0] == two[1]),
                "{words}: {stems:?}"
            );
        };
        for words in [
            "bank banks banked banking",
            "steal steals stealing",
            "sanction sanctions sanctioned",
            "control controls controlled controlling",
            "city cities",
            "copy copies copied copying",
            "process processes processed processing",
            "base bases based",
            "wire wires wired wiring",
            "analysis analyses",
            "transfer transfers transferred transferring",
        ] {
            alike("en-GB", words);
        }
        alike("de", "bank banken");
        alike("de", "angreifer angreifern angreifers");
        alike("de", "uberweisung uberweisungen");
        alike("fr", "banque banques");
        alike("fr", "attaque attaques attaquer attaquee");
        alike("fr", "journal journaux");
        alike("fr", "reseau reseaux");
    }

    #[test]
    fn words_that_only_look_alike_are_two() {
        let english = Endings::of("en");
        for word in [
            "string", "thing", "us", "used", "virus", "apt38", "s3", "need",
        ] {
            assert_eq!(english.stem(word), word);
        }
        assert_eq!(Endings::of("xx").stem("banks"), "banks");
    }

    #[test]
    fn of_a_step_the_longer_ending_comes_first() {
        for (language, steps) in LANGUAGES {
            for step in *steps {
                let mut before = usize::MAX;
                for (ending, _) in *step {
                    assert!(ending.len() <= before, "{language}: {ending}");
                    before = ending.len();
                }
            }
        }
    }
}
