//! The strings of a PDF that are not written as they read: in hexadecimal digits, with octal escapes, in UTF-16.
//!
//! Takes the words of such a file, or all of it; gives these strings as they read (PDF 32000-1, 7.3.4). What stands
//! in compressed streams is not seen.

/// No title is longer.
const LONGEST: usize = 4000;

/// Whether a file is one, or one of PostScript, which has the same strings.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    [b"%PDF".as_slice(), b"%FDF", b"%!PS"]
        .iter()
        .any(|sign| head.windows(4).any(|it| it == *sign))
}

/// Its strings that are written otherwise than they read.
pub(super) fn strings(bytes: &[u8]) -> Vec<String> {
    let mut strings = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'<', b'\\', bytes.get(at..).unwrap_or(&[])) {
        let start = at + found;
        let rest = bytes
            .get(start..bytes.len().min(start + LONGEST))
            .unwrap_or(&[]);
        let (read, end) = match rest.first() {
            Some(b'<') => {
                let (read, length) = hexadecimal(rest);
                (read, start + length)
            }
            _ => {
                let before = bytes.get(at..start).unwrap_or(&[]);
                let open = before.iter().rposition(|byte| *byte == b'(');
                let open = open.map_or(start, |open| at + open + 1);
                let (read, length) = literal(
                    bytes
                        .get(open..bytes.len().min(start + LONGEST))
                        .unwrap_or(&[]),
                );
                (read, open + length)
            }
        };
        strings.extend(read.map(|bytes| text(&bytes)));
        at = end.max(start + 1);
    }
    strings
}

/// `<FEFF0054>`, and how much of it was read.
fn hexadecimal(bytes: &[u8]) -> (Option<Vec<u8>>, usize) {
    let mut digits = Vec::new();
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            byte if byte.is_ascii_hexdigit() => digits.push(*byte),
            byte if byte.is_ascii_whitespace() => {}
            b'>' if digits.len() > 6 => return (Some(pairs(&digits)), at),
            _ => return (None, at),
        }
    }
    (None, bytes.len())
}

fn pairs(digits: &[u8]) -> Vec<u8> {
    let value = |digit: &u8| {
        char::from(*digit)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
            .unwrap_or(0)
    };
    let pair = |pair: &[u8]| pair.first().map_or(0, value) * 16 + pair.get(1).map_or(0, value);
    digits.chunks(2).map(pair).collect()
}

/// What goes on from an octal escape to the end of its string.
fn literal(bytes: &[u8]) -> (Option<Vec<u8>>, usize) {
    let mut read = Vec::new();
    let mut escaped = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..bytes.len().min(at + 4)).unwrap_or(&[]);
        let octal = digits
            .iter()
            .take_while(|it| (b'0'..=b'7').contains(it))
            .count();
        match byte {
            b'\\' if octal > 0 => {
                let digits = digits.get(..octal).unwrap_or(&[]);
                let value = digits
                    .iter()
                    .fold(0u32, |value, digit| value * 8 + u32::from(digit - b'0'));
                read.push(u8::try_from(value & 0xff).unwrap_or(0));
                escaped = true;
                at += octal;
            }
            b'\\' => {
                read.extend(bytes.get(at + 1));
                at += 1;
            }
            b')' | 0 => break,
            byte => read.push(*byte),
        }
        at += 1;
    }
    (escaped.then_some(read), at)
}

/// The text of a string: UTF-16 where it says so, or where every other byte is nothing.
fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        _ => String::from_utf8_lossy(bytes).replace('\0', ""),
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|it| it.unwrap_or('\u{fffd}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_however_they_are_written() {
        for (written, read) in [
            ("/Title <FEFF0054004C0050003A005200450044>", Some("TLP:RED")),
            ("/Title <544c503a\n524544>", Some("TLP:RED")),
            (
                "/Title (\\376\\377\\000T\\000L\\000P\\000:\\000R\\000E\\000D)",
                Some("TLP:RED"),
            ),
            ("/Title (TLP\\072RED)", Some("TLP:RED")),
            ("<< /Type /Catalog >> <00> (a\\(b) <zz>", None),
        ] {
            let found = strings(written.as_bytes());
            assert_eq!(found.first().map(String::as_str), read, "{written}");
        }
    }
}
