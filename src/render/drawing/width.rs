//! How wide words are, without a font.
//!
//! Takes a text and the size of its letters; gives the room that it takes in the widest of the faces that the style names
//! (the advances of DejaVu Sans, in hundredths of the size), with 15 % to spare for those that nobody knows.

use unicode_segmentation::UnicodeSegmentation as _;

/// How wide a text is, rounded up.
pub(super) fn width(text: &str, size: i32) -> i32 {
    let hundredths: i32 = match text.is_ascii() {
        // Most are, and looking for what is seen as one sign takes fifty times as long.
        true => text.bytes().map(|letter| ASCII[usize::from(letter)]).sum(),
        false => text.graphemes(true).map(of_sign).sum(),
    };
    (hundredths * size * 115 + 9_999) / 10_000
}

/// The advance of what is seen as one sign: signs above and below a letter take no room of their own.
fn of_sign(sign: &str) -> i32 {
    sign.chars().next().map_or(0, advance)
}

const ASCII: [i32; 128] = {
    let mut all = [0; 128];
    let mut letter: u8 = 0;
    while letter < 128 {
        all[letter as usize] = advance(letter as char);
        letter += 1;
    }
    all
};

const fn advance(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | 'I' | '|' => 31,
        ' ' | '.' | ',' | ':' | ';' | '·' => 34,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '!' => 42,
        'c' | 's' | 'z' | 'k' | 'J' => 58,
        'm' | 'M' | 'W' | '@' | '%' | '—' | '…' => 100,
        'w' | 'O' | 'Q' | '&' | '+' | '<' | '>' | '=' | '~' => 84,
        'A'..='Z' => 76,
        'a'..='z' | '0'..='9' => 64,
        // Of Latin, Greek, Cyrillic and their neighbours few are wider.
        '\u{20}'..='\u{6ff}' => 80,
        _ => 110,
    }
}

/// The most lines of a name.
const MOST: usize = 3;

/// A text in lines of no more than a width: what is longer than three ends in an ellipsis. A word that is longer than a
/// line goes on in the next.
pub(super) fn lines(text: &str, size: i32, room: i32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while lines.len() + 1 < MOST && width(rest, size) > room {
        let fits = |end: &usize| rest.get(..*end).is_some_and(|it| width(it, size) <= room);
        let words = rest.match_indices(' ').map(|(at, _)| at);
        let signs = rest.grapheme_indices(true).map(|(at, _)| at);
        let end = words.take_while(fits).last();
        let end = end.or_else(|| signs.take_while(fits).last()).unwrap_or(0);
        let (line, behind) = rest.split_at_checked(end).unwrap_or(("", rest));
        lines.push(line.to_owned());
        rest = behind.trim_start();
    }
    lines.push(cut(rest, size, room));
    lines
}

/// As many words of a text as have room, and an ellipsis where those are not all; nothing where not one has.
pub(super) fn words(text: &str, size: i32, room: i32) -> Option<String> {
    if width(text, size) <= room {
        return Some(text.to_owned());
    }
    let room = room - width("…", size);
    let fits = |end: &usize| text.get(..*end).is_some_and(|it| width(it, size) <= room);
    let words = text.match_indices(' ').map(|(at, _)| at);
    let end = words.take_while(fits).last()?;
    let words = text.get(..end)?.trim_end_matches([' ', '·']);
    (!words.is_empty()).then(|| format!("{words}…"))
}

/// As much of a text as has room, and an ellipsis where that is not all.
pub(super) fn cut(text: &str, size: i32, room: i32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - width("…", size);
    let fits = |end: &usize| text.get(..*end).is_some_and(|it| width(it, size) <= room);
    let signs = text.grapheme_indices(true).map(|(at, _)| at);
    let end = signs.take_while(fits).last().unwrap_or(0);
    format!("{}…", text.get(..end).unwrap_or("").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_wide_alone_as_among_others() {
        let of_signs = |text: &str| text.graphemes(true).map(of_sign).sum::<i32>();
        let all: String = (' '..='~').collect();
        assert_eq!(width(&all, 100), (of_signs(&all) * 115 + 99) / 100);
        assert_eq!(
            width(&format!("{all}é"), 100),
            ((of_signs(&all) + 80) * 115 + 99) / 100
        );
    }

    #[test]
    fn wider_letters_take_more_room() {
        assert_eq!(width("", 14), 0);
        assert!(width("mill", 14) < width("mmmm", 14));
        assert_eq!(
            width("é", 14),
            width("e\u{301}", 14) + width("é", 14) - width("e", 14)
        );
        assert_eq!(width("👩‍💻", 10), width("中", 10));
    }

    #[test]
    fn names_stand_in_three_lines_at_most() {
        assert_eq!(lines("APT38", 14, 200), ["APT38"]);
        let long = lines("The Bangladesh Bank heist of February 2016", 14, 200);
        assert_eq!(long.len(), 2);
        assert_eq!(long.join(" "), "The Bangladesh Bank heist of February 2016");
        let longer = lines(&"word ".repeat(40), 14, 200);
        assert_eq!(longer.len(), 3);
        assert!(longer[2].ends_with('…'), "{longer:?}");
        for line in lines(&"m".repeat(300), 14, 200).iter().chain(&longer) {
            assert!(width(line, 14) <= 200, "{line}");
        }
        assert_eq!(lines("", 14, 200), [""]);
    }
}
