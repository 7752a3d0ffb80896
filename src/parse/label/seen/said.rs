//! Sentences that say a marking: "TLP is at least amber", "marked AMBER under TLP", "TLP:CLEAR, then AMBER".
//!
//! Takes a text as it is seen and the place of a label or of the protocol's name in it; gives the colour that is
//! said of what stands there. A sentence about the protocol says none: one that names several colours without
//! deciding, that begins with a condition, or that tells what a colour means.

use super::super::apart::is_spoken_of;
use super::super::words::{COLOURS, is_level_word, is_misspelt, is_word, translated};
use super::super::{Reading, fold};
use super::Seen;
use crate::model::Tlp;

/// So many words stand at most between the name and its colour, or between two colours.
const MOST_WORDS: usize = 8;

/// Verbs, by which something is said of a text.
const VERBS: [&[u8]; 35] = [
    b"are",
    b"became",
    b"becomes",
    b"be",
    b"been",
    b"blieb",
    b"bleibt",
    b"changed",
    b"downgraded",
    b"e",
    b"er",
    b"es",
    b"est",
    b"gilt",
    b"is",
    b"ist",
    b"jest",
    b"lowered",
    b"marked",
    b"must",
    b"raised",
    b"rated",
    b"remains",
    b"sera",
    b"set",
    b"shall",
    b"should",
    b"son",
    b"sous",
    b"stands",
    b"stays",
    b"upgraded",
    b"was",
    b"will",
    b"wird",
];

/// Words that stand beside them.
const BESIDE: [&[u8]; 62] = [
    b"a",
    b"actually",
    b"all",
    b"als",
    b"annex",
    b"as",
    b"at",
    b"auf",
    b"below",
    b"by",
    b"comme",
    b"como",
    b"currently",
    b"dabei",
    b"de",
    b"der",
    b"des",
    b"di",
    b"du",
    b"en",
    b"entry",
    b"file",
    b"for",
    b"from",
    b"has",
    b"have",
    b"here",
    b"im",
    b"in",
    b"it",
    b"least",
    b"less",
    b"lower",
    b"max",
    b"maximum",
    b"min",
    b"minimum",
    b"most",
    b"nivel",
    b"niveau",
    b"note",
    b"now",
    b"nu",
    b"on",
    b"our",
    b"pa",
    b"page",
    b"paper",
    b"still",
    b"su",
    b"sur",
    b"than",
    b"therefore",
    b"these",
    b"thus",
    b"to",
    b"under",
    b"up",
    b"upward",
    b"upwards",
    b"which",
    b"zu",
];

/// Words with which a condition begins, behind which nothing is said of this text.
const CONDITIONS: [&[u8]; 18] = [
    b"any",
    b"cuando",
    b"every",
    b"falls",
    b"if",
    b"once",
    b"quand",
    b"si",
    b"that",
    b"unless",
    b"wenn",
    b"when",
    b"whenever",
    b"where",
    b"whether",
    b"whose",
    b"with",
    b"without",
];

/// Words between a colour and the next, which is then one of the text as well.
const JOINING: [&[u8]; 22] = [
    b"and",
    b"bis",
    b"dann",
    b"et",
    b"hasta",
    b"later",
    b"luego",
    b"now",
    b"oder",
    b"or",
    b"ou",
    b"puis",
    b"then",
    b"to",
    b"und",
    b"until",
    b"up",
    b"with",
    b"y",
    b"o",
    b"e",
    b"afterwards",
];

/// Words between a colour and the name of the protocol: "AMBER under TLP".
const UNDER: [&[u8]; 17] = [
    b"according",
    b"as",
    b"by",
    b"des",
    b"du",
    b"en",
    b"gemaess",
    b"in",
    b"nach",
    b"of",
    b"on",
    b"per",
    b"segun",
    b"selon",
    b"the",
    b"to",
    b"under",
];

/// Words before a colour in small letters that the name follows: "marked as amber under TLP".
const MARKING: [&[u8]; 14] = [
    b"as",
    b"classed",
    b"classified",
    b"designated",
    b"graded",
    b"is",
    b"labeled",
    b"labelled",
    b"marked",
    b"rated",
    b"released",
    b"restricted",
    b"shared",
    b"tagged",
];

impl Seen {
    /// A colour that is said of the text behind the name of the protocol, which ends at a place.
    pub(super) fn said_behind(
        &self,
        start: usize,
        end: usize,
        text: &str,
    ) -> Option<(usize, Reading, bool)> {
        let mut at = end;
        let (mut verb, mut named, mut beside) = (false, false, false);
        let mut last: &[u8] = b"";
        for words in 0..MOST_WORDS {
            let between = self.between(at);
            let signs = self.bytes.get(between.clone())?;
            // Quotation marks and brackets do not part what is said.
            let joins = |byte: &u8| b" \n:=*_\"-'()[]>".contains(byte);
            if !signs.iter().all(joins) || between.is_empty() {
                return None;
            }
            named |= signs.iter().any(|byte| matches!(byte, b':' | b'='));
            let next = between.end;
            let colour = self.colour(next).or_else(|| self.translated(next, text));
            if let Some((colour, reading)) = colour.filter(|_| words > 0) {
                let capitals = !self.is_small(next..next + 1, text);
                let says = match capitals {
                    true => !self.is_name(colour, text),
                    false => {
                        let goes_on = self.before_small_word(colour, text);
                        // "TLP is the green light for it"
                        let light = goes_on && matches!(last, b"a" | b"an" | b"our" | b"the");
                        (verb || named || beside && !goes_on)
                            && !light
                            && !self.is_noun(colour, text)
                    }
                };
                let talk =
                    self.is_conditional(start) || self.is_choice(colour) || self.teaches(colour);
                return (says && !talk).then_some((colour, reading, true));
            }
            let end = self.word_end(next);
            let word = self.bytes.get(next..end).filter(|word| !word.is_empty())?;
            // What stands behind another name is said of that.
            if word == b"tlp" {
                return None;
            }
            // "TLP is not amber"
            let not = word == b"not" || word == b"no" || word == b"nicht";
            let after = self.between(end).end;
            let bound = self.bytes.get(after..self.word_end(after));
            let bounded = bound.is_some_and(|word| {
                [&b"below"[..], b"under", b"lower", b"less", b"unter"].contains(&word)
            });
            let (is_verb, is_beside) = (VERBS.contains(&word), BESIDE.contains(&word));
            verb |= is_verb;
            beside |= is_beside;
            if !(is_verb || is_beside || is_level_word(word) || not && bounded) {
                return None;
            }
            (at, last) = (end, word);
        }
        None
    }

    /// Whether a condition stands before a place in its sentence.
    fn is_conditional(&self, at: usize) -> bool {
        let before = self.bytes.get(at.saturating_sub(40)..at).unwrap_or(&[]);
        let stop = before
            .iter()
            .rposition(|byte| matches!(byte, b'.' | b'!' | b'?' | b'\n' | b':'));
        let before = before.get(stop.map_or(0, |at| at + 1)..).unwrap_or(&[]);
        let words = before
            .split(|byte| !is_word(*byte))
            .filter(|word| !word.is_empty());
        let words: Vec<&[u8]> = words.collect();
        let near = words.iter().rev().take(4);
        near.into_iter().any(|word| CONDITIONS.contains(word))
    }

    /// Whether two more colours follow in the sentence: all of them are spoken of.
    fn is_choice(&self, end: usize) -> bool {
        let rest = self
            .bytes
            .get(end..self.bytes.len().min(end + 60))
            .unwrap_or(&[]);
        let stop = rest
            .windows(2)
            .position(|pair| matches!(pair, [b'.' | b'!' | b'?' | b';', b' ' | b'\n']));
        let rest = rest.get(..stop.unwrap_or(rest.len())).unwrap_or(&[]);
        let words = rest.split(|byte| !is_word(*byte));
        let colour = |word: &&[u8]| COLOURS.iter().any(|(colour, _)| colour == word);
        words.filter(colour).count() >= 2
    }

    /// Whether a sentence goes on behind a colour that tells what it means.
    fn teaches(&self, end: usize) -> bool {
        matches!(self.byte(end), Some(b' ')) && is_spoken_of(self, end)
    }

    /// Whether a colour in capitals belongs to a name that goes on: "RED TEAM", "AMBER Road".
    fn is_name(&self, end: usize, text: &str) -> bool {
        let next = end + 1;
        let joined = matches!(self.byte(end), Some(b' ' | b'-'));
        joined
            && self
                .byte(next)
                .is_some_and(|byte| byte.is_ascii_alphabetic())
            && !self.is_small(next..next + 1, text)
    }

    /// Whether a colour in small letters belongs to what follows: "red teams", "red-hot", "green energy".
    fn is_noun(&self, end: usize, text: &str) -> bool {
        let joined = self.byte(end) == Some(b'-') && self.byte(end + 1).is_some_and(is_word);
        let next = end + 1;
        let word = self
            .bytes
            .get(next.min(self.bytes.len())..self.word_end(next.min(self.bytes.len())));
        let team = word.is_some_and(|word| word.starts_with(b"team"));
        joined || self.before_small_word(end, text) && team
    }

    /// The colour with which a label goes on behind words: `TLP:CLEAR, then AMBER`, `TLP:GREEN until May, AMBER after`.
    pub(super) fn next_colour(&self, end: usize, text: &str) -> Option<(usize, Reading)> {
        let mut at = end;
        let mut joining = true;
        for words in 0..5 {
            let between = self.between(at);
            let signs = self.bytes.get(between.clone())?;
            let closed = signs
                .iter()
                .any(|byte| matches!(byte, b')' | b']' | b'}' | 1));
            let breaks = signs.contains(&b'\n') && !(joining && words > 0);
            let stops = self.stops(between.clone()) && !signs.starts_with(b"; ");
            if between.is_empty() || signs.len() > 5 || closed || breaks || stops {
                return None;
            }
            let next = between.end;
            if let Some((colour, reading)) = self
                .colour(next)
                .filter(|_| words > 0 || signs.starts_with(b";"))
            {
                let capitals = !self
                    .written(next..colour, text)
                    .contains(char::is_lowercase);
                let says = match capitals {
                    true => !self.is_name(colour, text),
                    false => {
                        joining
                            && words > 0
                            && !self.before_small_word(colour, text)
                            && !self.is_noun(colour, text)
                    }
                };
                return says.then_some((colour, reading));
            }
            let last = self.word_end(next);
            let word = self.bytes.get(next..last).filter(|word| !word.is_empty())?;
            // The next label stands for itself.
            if word == b"tlp" || is_misspelt(word) {
                return None;
            }
            joining = JOINING.contains(&word) && joining;
            at = last;
        }
        None
    }

    /// A colour before the name, with words between: "AMBER under TLP", "marked as amber per the TLP".
    pub(super) fn said_before(
        &self,
        at: usize,
        done: usize,
        text: &str,
    ) -> Option<(usize, Reading, bool)> {
        let end = self.word(at, b"tlp").filter(|end| !self.goes_on(*end))?;
        let mut last = at;
        let mut bracketed = false;
        for words in 0..4 {
            let signs = self.bytes.get(..last)?.iter().rev().take(3);
            let signs = signs
                .take_while(|byte| matches!(byte, b' ' | b'\n' | b'(' | b'*'))
                .count();
            if signs == 0 {
                return None;
            }
            bracketed |= self.bytes.get(last - signs..last)?.contains(&b'(');
            let word_end = last - signs;
            let letters = self.bytes.get(..word_end)?.iter().rev().take(16);
            let start = word_end
                - letters
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
            let word = self.bytes.get(start..word_end)?;
            let strict = word == b"strict";
            let colour = COLOURS
                .iter()
                .find(|(colour, _)| *colour == word || strict && *colour == b"amber");
            if let Some((_, reading)) = colour.filter(|_| words > 0) {
                let start = if strict {
                    self.strict_before(word_end)?
                } else {
                    start
                };
                let reading = if strict {
                    Reading::Colour(Tlp::AmberStrict)
                } else {
                    *reading
                };
                let capitals = !self
                    .written(start..word_end, text)
                    .contains(char::is_lowercase);
                let before = self.bytes.get(..start)?.trim_ascii_end();
                let before = before.rsplit(|byte| !is_word(*byte)).next().unwrap_or(b"");
                // `Sharing: Amber (as per TLP)`
                let begins = self
                    .written(start..word_end, text)
                    .starts_with(char::is_uppercase);
                let sound = capitals || MARKING.contains(&before) || begins && bracketed;
                let talk =
                    self.is_conditional(start) || self.teaches(end) || self.is_choice_before(start);
                let fresh = self.begins(start) && self.at[start] >= done;
                return (sound && fresh && !talk).then_some((end, reading, true));
            }
            if !UNDER.contains(&word) {
                return None;
            }
            last = start;
        }
        None
    }

    /// Whether another colour stands directly before one: "RED and AMBER in the TLP" are spoken of.
    fn is_choice_before(&self, start: usize) -> bool {
        let before = self
            .bytes
            .get(start.saturating_sub(24)..start)
            .unwrap_or(&[]);
        let words = before.split(|byte| !is_word(*byte));
        words
            .take(64)
            .any(|word| COLOURS.iter().any(|(colour, _)| *colour == word))
    }

    /// The colour of a script without spaces behind a word that says that it is one: `TLP为红色`, `TLPは赤`, `TLP는 AMBER`.
    pub(super) fn said_in_script(&self, at: usize, text: &str) -> Option<(usize, Reading)> {
        if self.byte(at) != Some(fold::LETTER) {
            return None;
        }
        let from = *self.at.get(at)?;
        let mut rest = text.get(from..)?;
        for _ in 0..4 {
            let word = SAYING.iter().find(|word| rest.starts_with(**word));
            let Some(word) = word else { break };
            rest = rest
                .get(word.len()..)?
                .trim_start_matches([' ', '“', '「', '"']);
        }
        let place = text.len() - rest.len();
        if place == from {
            return None;
        }
        let begin = (at..self.bytes.len()).find(|&it| self.at[it] >= place)?;
        let (end, reading) = self
            .colour(begin)
            .or_else(|| self.translated(begin, text))
            .or_else(|| self.begun(begin, text))
            .or_else(|| self.lone_sign(begin, text))?;
        // What bears a colour is spoken of, "TLP为红色的信息".
        let behind = text
            .get(*self.at.get(end).unwrap_or(&text.len())..)
            .unwrap_or("");
        let talk = behind.starts_with(['的', 'の', '、'])
            || behind.starts_with("或")
            || behind.starts_with("인 ");
        (!talk).then_some((end, reading))
    }

    /// A colour that is one sign, at the end of a word: `TLPは赤です`.
    fn lone_sign(&self, at: usize, text: &str) -> Option<(usize, Reading)> {
        let rest = text.get(*self.at.get(at)?..)?;
        let sign = rest.chars().next()?;
        let tlp = translated(sign.encode_utf8(&mut [0; 4]))?;
        let behind = rest.get(sign.len_utf8()..)?;
        let ends = behind.starts_with(|c: char| !c.is_alphanumeric()) || behind.is_empty();
        let copula = ["です", "だ", "である", "级", "級", "色"]
            .iter()
            .any(|word| behind.starts_with(word));
        (ends || copula).then_some((at + 1, Reading::Colour(tlp)))
    }
}

/// Words that say what something is, in scripts without spaces, and those of levels.
const SAYING: [&str; 24] = [
    "等级为",
    "級別為",
    "级别为",
    "レベルは",
    "等级",
    "等級",
    "级别",
    "級別",
    "レベル",
    "등급은",
    "등급",
    "설정",
    "定为",
    "定為",
    "标为",
    "標為",
    "为",
    "為",
    "是",
    "は",
    "를",
    "을",
    "는",
    "은",
];
