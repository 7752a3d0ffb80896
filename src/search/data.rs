//! The texts of the files that a search loads.
//!
//! Each is a script that calls `dossierSearch` with what it is and a string or a list, since a page that was opened from a
//! folder can load nothing but scripts. Within strings words share beginnings and numbers are digits of sixty-four, so
//! that a file that nobody compresses is small all the same.

use super::{Bearer, Names};
use crate::model::PageId;
use serde::Serialize;
use std::borrow::Cow;

/// The digits: a number is written in five bits each, lowest first; the first half of them are those behind which
/// another follows (as in source maps).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// From how many pages on a dossier is large.
const LARGE: u32 = 1000;

/// How much of a name's length in words is told.
pub(super) const LONGEST: u32 = 15;

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

/// Writes a number in digits of sixty-four, of which the last is one of the second half.
pub fn number(mut number: u32, out: &mut String) {
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

/// The part of `count`, a power of two, in which a word is: by FNV-1a of 32 bits over UTF-8, which a script reckons, too.
pub(super) fn part_of(word: &str, count: u32) -> u32 {
    let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // Its low bits alone are poor ones.
    (hash ^ hash >> 16) & (count - 1)
}

/// Writes that a term stands in a page: how many pages lie between it and the one before, and its impact there, as one
/// number, so that a word that stands everywhere costs a digit a page.
pub(super) fn posting(skipped: u32, impact: u32, out: &mut String) {
    number(skipped << 5 | impact, out);
}

/// Pages, by id: how many lie between each and the one before.
#[must_use]
pub fn pages(pages: &[PageId]) -> String {
    let (mut written, mut next) = (String::new(), 0);
    for page in pages {
        number(page.0 - next, &mut written);
        next = page.0 + 1;
    }
    written
}

/// Whether a word that stands in so many of all pages tells one from another.
pub(super) fn tells(held: usize, pages: u32) -> bool {
    pages < LARGE || held * 2 <= pages as usize
}

/// The lines of a part of the words of texts without what tells nothing: in a large dossier a word that stands in more
/// than half of the pages has a star for them.
#[must_use]
pub fn telling(lines: &str, pages: u32) -> Cow<'_, str> {
    if pages < LARGE {
        return Cow::Borrowed(lines);
    }
    let mut all = String::with_capacity(lines.len());
    for line in lines.lines() {
        let (term, written) = line.split_once(' ').unwrap_or((line, ""));
        all.push_str(term);
        all.push(' ');
        all.push_str(if tells(held(written), pages) {
            written
        } else {
            "*"
        });
        all.push('\n');
    }
    Cow::Owned(all)
}

/// What a digit is worth.
fn value(digit: u8) -> u32 {
    u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        // There is no other.
        _ => 63,
    })
}

/// In how many pages a term stands: each ends with a digit of the second half.
pub(super) fn held(written: &str) -> usize {
    written.bytes().filter(|digit| value(*digit) > 31).count()
}

/// The pages of a term, each with its impact.
pub(super) fn postings(written: &str) -> Vec<(PageId, u32)> {
    let mut found = Vec::new();
    let (mut number, mut shift, mut next) = (0_u32, 0, 0_u32);
    for digit in written.bytes() {
        let five = value(digit);
        number |= (five & 31) << shift;
        shift += 5;
        if five > 31 {
            let page = next + (number >> 5);
            found.push((PageId(page), number & 31));
            (number, shift, next) = (0, 0, page + 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_one_part() {
        // Its hash, reckoned by another hand, is 31cf9ac3; tests/search.rs holds the script to the same files.
        assert_eq!(part_of("apt38", 1), 0);
        assert_eq!(part_of("apt38", 16), 0xc);
        let parts: Vec<u32> = (0..64).map(|at| part_of(&format!("word{at}"), 8)).collect();
        assert!((0..8).all(|part| parts.contains(&part)), "{parts:?}");
    }

    #[test]
    fn pages_are_read_as_they_were_written() {
        let pages = [(0, 31), (1, 0), (40, 7), (100_000, 12)];
        let (mut written, mut next) = (String::new(), 0);
        for (page, impact) in pages {
            posting(page - next, impact, &mut written);
            next = page + 1;
        }
        let pages = pages.map(|(page, impact)| (PageId(page), impact));
        assert_eq!(postings(&written), pages);
    }

    #[test]
    fn a_digit_is_worth_its_place() {
        for (place, digit) in (0..).zip(DIGITS) {
            assert_eq!(value(*digit), place);
        }
    }

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
