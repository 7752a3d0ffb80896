//! The texts of the files that a search loads.
//!
//! Each is a script that calls `dossierSearch` with what it is and a string or a list, since a page that was opened from a
//! folder can load nothing but scripts. Within strings words share beginnings and numbers are digits of sixty-four, so
//! that a file that nobody compresses is small all the same.

use super::{Bearer, Names};
use serde::Serialize;

/// The digits: a number is written in five bits each, lowest first; the first half of them are those behind which
/// another follows (as in source maps).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// How much of a name's length in words is told.
const LONGEST: u32 = 15;

/// Puts a file into a buffer: what it is, and its value.
pub fn put(what: &str, value: &impl Serialize, buffer: &mut Vec<u8>) {
    // A value that this program made can be written.
    let written = serde_json::to_string(value).unwrap_or_default();
    buffer.extend_from_slice(format!("dossierSearch(\"{what}\",{written});\n").as_bytes());
}

/// Every word of every name: a capital says how many bytes of the word before begin it, up to 25 (`AapterDol`: `apter`,
/// `aptol`). Words hold no capitals of ASCII.
#[must_use]
pub fn words(names: &Names) -> String {
    let mut all = String::new();
    let mut before = "";
    for word in names.words() {
        let shared = shared(before, word);
        all.push(char::from(b'A' + u8::try_from(shared).unwrap_or(0)));
        all.push_str(&word[shared..]);
        before = word;
    }
    all
}

/// How many bytes two words have in common at their beginning, up to 25: of a word of ASCII, which a script counts alike.
fn shared(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes());
    let same = same.take_while(|(one, other)| one == other && one.is_ascii());
    same.take(25).count()
}

/// The words of a part of the names, each with those who bear it: the pages as steps from one to the next, which of its
/// names, and how many words that has.
#[must_use]
pub fn names(names: &Names, part: u32, count: u32) -> Vec<(String, String)> {
    let written = |(word, bearers): (&str, &[Bearer])| {
        let mut all = String::new();
        let mut before = 0;
        for bearer in bearers {
            number(bearer.page.0 - before, &mut all);
            number(bearer.nth << 4 | bearer.words.min(LONGEST), &mut all);
            before = bearer.page.0;
        }
        (word.to_owned(), all)
    };
    names.part(part, count).map(written).collect()
}

fn number(mut number: u32, out: &mut String) {
    loop {
        let five = (number & 31) as usize;
        number >>= 5;
        let digit = five + if number == 0 { 32 } else { 0 };
        out.push(char::from(DIGITS[digit]));
        if number == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_of_sixty_four() {
        let written = |value| {
            let mut out = String::new();
            number(value, &mut out);
            out
        };
        assert_eq!(written(0), "g");
        assert_eq!(written(31), "_");
        assert_eq!(written(32), "Ah");
        assert_eq!(written(1025), "BAh");
    }

    #[test]
    fn words_share_their_beginnings() {
        assert_eq!(shared("apter", "aptol"), 3);
        assert_eq!(shared("яблоко", "яблоня"), 0);
        assert_eq!(shared(&"a".repeat(40), &"a".repeat(41)), 25);
    }
}
