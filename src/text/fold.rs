//! Letters as a reader sees them: what looks like ASCII becomes ASCII, what cannot be seen goes.
//!
//! Takes text; gives one byte for each sign that is seen, with the place that it comes from. Compatibility
//! forms are composed (NFKC, Unicode Standard Annex 15), letters of other scripts that look like Latin ones
//! become these (Unicode Technical Standard 39, and more for the letters of labels), marks over letters
//! and signs without width go. Never allocates for text that holds nothing of the sort.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// A letter or digit that looks like none of ASCII.
pub(crate) const LETTER: u8 = 0x80;
/// A sign that is neither letter, digit nor one of ASCII.
pub(crate) const SIGN: u8 = 0x81;
/// Every sign that opens or closes a quotation.
pub(crate) const QUOTE: u8 = b'"';
/// Coloured dots and hearts, lowest marking first.
pub(crate) const DOTS: [u8; 4] = [0x90, 0x91, 0x92, 0x93];

/// Whether a sign has no width: Default_Ignorable_Code_Point, and marks over other signs.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{20D0}'..='\u{20FF}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || (c.is_control() && !c.is_whitespace())
}

/// The bytes that a sign is seen as, handed to `push`; none where it is not seen.
pub(crate) fn seen(c: char, push: &mut impl FnMut(u8)) {
    if c.is_ascii() {
        if !c.is_control() || c.is_whitespace() {
            push(ascii(c));
        }
        return;
    }
    if is_unseen(c) {
        return;
    }
    if let Some(byte) = alike(c) {
        return push(byte);
    }
    // Letters of most other scripts have no form that looks like Latin.
    if is_remote(c) {
        return push(LETTER);
    }
    for c in std::iter::once(c).nfkd() {
        match alike(c) {
            Some(byte) => push(byte),
            None if c.is_ascii() => push(ascii(c)),
            None if is_unseen(c) => {}
            None if c.is_whitespace() => push(b' '),
            None if c.is_alphanumeric() => push(confusable(c).unwrap_or(LETTER)),
            None => push(SIGN),
        }
    }
}

/// A text as it is seen, where that is another one than what is written, in letters of the case that they had; what looks like none
/// of ASCII stays as it is.
pub(crate) fn otherwise(text: &str) -> Option<String> {
    let hides = |c: char| {
        !c.is_ascii()
            && (c.is_alphanumeric() || is_unseen(c) || alike(c).is_some_and(|it| it == b'+'))
    };
    if text.is_ascii() || !text.contains(hides) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let start = out.len();
        let mut plain = true;
        seen(c, &mut |byte| {
            plain &= byte.is_ascii();
            out.push(match c.is_uppercase() {
                true => byte.to_ascii_uppercase().into(),
                false => byte.into(),
            });
        });
        if !plain {
            out.truncate(start);
            out.push(c);
        }
    }
    (out != text).then_some(out)
}

/// Scripts in which nothing looks like a label, which is most of what is not Latin: asked of every sign.
fn is_remote(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5CF}' | '\u{620}'..='\u{10FF}' | '\u{3040}'..='\u{318F}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' | '\u{20000}'..='\u{3FFFF}')
        && c.is_alphanumeric()
}

/// The letter of ASCII with which Unicode lists another one as confusable (Technical Standard 39).
fn confusable(c: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let mut skeleton = skeleton(c.encode_utf8(&mut buffer));
    let first = skeleton.next().filter(char::is_ascii_alphabetic)?;
    // Marks over it are not seen.
    skeleton.all(is_unseen).then(|| ascii(first))
}

fn ascii(c: char) -> u8 {
    match c {
        '\'' | '"' | '`' => QUOTE,
        c if c.is_whitespace() && c != '\n' => b' ',
        c => u8::try_from(c).unwrap_or(SIGN).to_ascii_lowercase(),
    }
}

/// The letter or sign of ASCII that another one looks like.
fn alike(c: char) -> Option<u8> {
    let code = u32::from(c);
    // Letters in circles and squares that have no compatibility form, and those that flags are made of.
    for first in [0x1F150, 0x1F170, 0x1F1E6] {
        if let Some(at) = code.checked_sub(first).filter(|at| *at < 26) {
            return u8::try_from(at).ok().map(|at| b'a' + at);
        }
    }
    Some(match c {
        'т' | 'Т' | 'Ꮖ' | 'Ʇ' | 'Ʈ' | 'Ⱦ' | 'τ' | 'Τ' | 'Ꭲ' | 'ᴛ' | 'Ⲧ' | 'ⲧ' | 'ꓔ' | 'ƭ' | 'Ƭ'
        | 'ŧ' | 'Ŧ' | 'ț' | '┬' | '⊤' | '⟙' | '丅' => b't',
        'ӏ' | 'Ӏ' | 'Ƚ' | 'Ɫ' | 'Ꝇ' | 'ꝇ' | 'Ⱡ' | '𐌋' | 'ʟ' | 'Ꮮ' | 'ꓡ' | 'ǀ' | 'ł' | 'Ł' | 'ⵏ'
        | 'ן' | 'ᛁ' | 'ɫ' | 'ƚ' | '∟' | '└' | '│' | '∣' | 'Ⳑ' | 'ⳑ' => b'l',
        'р' | 'Р' | 'Ƥ' | 'Ᵽ' | 'Ꝑ' | 'ꝑ' | 'Ꝓ' | 'ρ' | 'Ρ' | 'ϱ' | 'Ꮲ' | 'ᴘ' | 'Ⲣ' | 'ⲣ' | 'ꓑ'
        | 'ƿ' | 'þ' | 'Þ' | 'ᑭ' | 'ᵽ' | 'ƥ' => b'p',
        'а' | 'А' | 'α' | 'Α' | 'ɑ' | 'ᴀ' | 'Ꭺ' | 'ꓮ' | 'ⲁ' | 'Ⲁ' | 'Λ' | 'л' | 'Л' | '∀' | 'ɐ'
        | 'æ' | 'Æ' => b'a',
        'м' | 'М' | 'Μ' | 'μ' | 'µ' | 'ᴍ' | 'Ꮇ' | 'ꓟ' | 'Ⲙ' | 'ⲙ' | 'ϻ' | 'Ϻ' | 'ɱ' => {
            b'm'
        }
        'в' | 'В' | 'Β' | 'β' | 'ʙ' | 'Ᏼ' | 'ꓐ' | 'Ь' | 'ь' | 'ß' | 'Ꮟ' | 'ᖯ' | 'Ⲃ' | 'ⲃ' => {
            b'b'
        }
        'е' | 'Е' | 'Ε' | 'ε' | 'є' | 'Є' | 'ᴇ' | 'Ꭼ' | 'ꓰ' | 'ҽ' | '℮' | 'ё' | 'Ё' | 'ɛ' | 'э'
        | 'Σ' | '∃' => b'e',
        'ʀ' | 'Ꭱ' | 'Ꮢ' | 'ꓣ' | 'г' | 'ᴦ' | 'ꭇ' | 'ᖇ' | 'я' | 'Я' | 'ɹ' | 'Ʀ' => {
            b'r'
        }
        'ɢ' | 'Ԍ' | 'ԍ' | 'Ꮐ' | 'ꓖ' | 'ɡ' | 'ց' => b'g',
        'ɴ' | 'Ν' | 'ν' | 'ꓠ' | 'ո' | 'п' | 'П' | 'η' | 'и' | 'И' | 'Ⲛ' | 'ⲛ' => {
            b'n'
        }
        'с' | 'С' | 'ϲ' | 'Ϲ' | 'ᴄ' | 'Ꮯ' | 'ꓚ' | 'Ⲥ' | 'ⲥ' | '¢' => b'c',
        'ԁ' | 'Ԁ' | 'Ꭰ' | 'ꓓ' | 'ᴅ' | 'ɗ' | 'đ' | 'Đ' | 'ժ' | 'ð' | 'Ð' => b'd',
        'ѕ' | 'Ѕ' | 'ꜱ' | 'Ꮪ' | 'ꓢ' | 'ʂ' | 'ƨ' => b's',
        'і' | 'І' | 'ι' | 'Ι' | 'ı' | 'Ꭵ' | 'ꓲ' | 'ɪ' | 'ї' | 'Ї' => b'i',
        'ԝ' | 'Ԝ' | 'ᴡ' | 'Ꮃ' | 'ꓪ' | 'ω' | 'ш' | 'Ш' | 'щ' => b'w',
        'һ' | 'Һ' | 'Н' | 'н' | 'Η' | 'ʜ' | 'Ꮋ' | 'ꓧ' | 'հ' => b'h',
        '∶' | '꞉' | '׃' | '։' | 'ː' | '˸' | '⁚' | 'ꓽ' | '：' | '﹕' | '︓' | '܃' => {
            b':'
        }
        '➕' | '＋' | '﹢' | '⁺' | '✚' | '✛' => b'+',
        '‐'..='―' | '−' | '－' | '﹣' | '﹘' | '⁃' | '⸺' | '⸻' => b'-',
        '‘'..='‟'
        | '«'
        | '»'
        | '‹'
        | '›'
        | '❛'..='❠'
        | '〝'..='〟'
        | '⹂'
        | '＂'
        | '＇'
        | '′'..='‶' => QUOTE,
        '⚪' | '⬜' | '🤍' | '◻' | '◽' => DOTS[0],
        '🟢' | '🟩' | '💚' | '✅' => DOTS[1],
        '🟠' | '🟧' | '🧡' | '🟡' | '🟨' | '💛' | '🔶' | '🔸' => DOTS[2],
        '🔴' | '🟥' | '❤' | '♥' | '⛔' | '🚫' | '🛑' => DOTS[3],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            seen(c, &mut |byte| {
                out.push(if byte < 0x80 { char::from(byte) } else { '?' })
            });
        }
        out
    }

    #[test]
    fn what_is_seen_keeps_its_case() {
        for (text, is) in [
            ("ΑMBER", "AMBER"),
            ("R\u{200b}ED", "RED"),
            ("ＲＥＤ ｒｅｄ", "RED red"),
            ("AMBER＋STRICT", "AMBER+STRICT"),
            ("SECRЕT – 機密", "SECRET - 機密"),
        ] {
            assert_eq!(otherwise(text).as_deref(), Some(is), "{text}");
        }
        for text in ["RED", "“RED” – only", "機密"] {
            assert_eq!(otherwise(text), None, "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_label_becomes_one() {
        for text in [
            "TLP:AMBER",
            "ＴＬＰ：ＡＭＢＥＲ",
            "ТLР:АМВЕR",
            "T\u{200B}L\u{AD}P\u{FE0F}:\u{2060}AMBER",
            "𝐓𝐋𝐏:𝒜𝓜𝕭𝔈𝖱",
            "ⓉⓁⓅ:🄰🄼🄱🄴🅁",
            "🅃🄻🄿:🅰🅼🅱🅴🆁",
            "T\u{336}L\u{336}P\u{336}:ÁMBÉR",
            "ᴛʟᴘ:ᴀᴍʙᴇʀ",
            "𐌕𐐛𐊕:AMBER",
            "\u{202E}TLP:AMBER\u{202C}",
        ] {
            assert_eq!(folded(text), "tlp:amber", "{text}");
        }
        assert_eq!(
            folded("Zażółć “word” – 한국어 語"),
            "zazolc \"word\" - ??? ?"
        );
    }
}
