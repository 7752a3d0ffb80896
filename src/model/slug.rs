//! Slugs: `[a-z0-9]+(-[a-z0-9]+)*`, the names of entries' files.

use super::body;
use unicode_normalization::UnicodeNormalization as _;

/// A slug, `[a-z0-9]+(-[a-z0-9]+)*`, that reads like the title; empty where no letter of it is known.
#[must_use]
pub fn slugify(title: &str) -> String {
    let mut slug = String::new();
    // Decomposed, accents are characters of their own and Korean syllables are their letters.
    for c in title
        .replace('&', " and ")
        .nfkd()
        .flat_map(char::to_lowercase)
    {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            // Accents; the apostrophe of `Lazarus's`.
            '\u{300}'..='\u{36f}' | '\'' | '’' | 'ь' | 'ъ' => {}
            c => match latin(c) {
                Some(letters) => slug.push_str(letters),
                None if slug.ends_with('-') || slug.is_empty() => {}
                None => slug.push('-'),
            },
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The last part of a tag's address. It is what [`body::anchor`] gives, but for signs that turn a word into another:
/// `C#`, `C++`, `.NET` and `50%` are `c-sharp`, `c-plus-plus`, `dot-net` and `50-percent`. It depends on the tag
/// alone, so that it stays whatever other tags there are.
#[must_use]
pub fn tag(name: &str) -> String {
    if !name.bytes().any(|byte| b"#+%*.".contains(&byte)) {
        return body::anchor(name);
    }
    let signs: Vec<char> = name.chars().collect();
    let at = |at: usize| signs.get(at).copied().unwrap_or(' ');
    let mut spelled = String::with_capacity(name.len() + 16);
    for (here, &c) in signs.iter().enumerate() {
        let before = at(here.wrapping_sub(1));
        // `C#` and `C++17`, but not `#6` and `A+B`.
        let follows = before.is_alphanumeric() || matches!(before, '#' | '+' | '*');
        let after = at(here + 1);
        let ends = !after.is_alphanumeric() || before == c;
        let word = match c {
            '#' if follows && ends => "sharp",
            '+' if follows && (ends || after == '+') => "plus",
            '*' if follows && ends => "star",
            '%' if before.is_numeric() => "percent",
            '.' if !before.is_alphanumeric() && after.is_alphanumeric() => "dot",
            _ => {
                spelled.push(c);
                continue;
            }
        };
        spelled.push(' ');
        spelled.push_str(word);
        spelled.push(' ');
    }
    body::anchor(&spelled)
}

/// Whether a text is a slug already.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Letters that do not decompose to Latin ones: of Latin alphabets, Cyrillic, Greek, and Korean by the
/// Revised Romanization (letter by letter).
fn latin(c: char) -> Option<&'static str> {
    const KOREAN_FIRST: [&str; 19] = [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
        "p", "h",
    ];
    const KOREAN_VOWEL: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
        "we", "wi", "yu", "eu", "ui", "i",
    ];
    const KOREAN_LAST: [&str; 27] = [
        "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
        "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let from = |table: &'static [&'static str], first: u32| {
        let at = u32::from(c).checked_sub(first)?;
        table.get(usize::try_from(at).ok()?).copied()
    };
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'а' | 'α' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'д' | 'δ' => "d",
        'е' | 'э' | 'ё' | 'ε' => "e",
        'є' => "ie",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'и' | 'й' | 'і' | 'ї' | 'η' | 'ι' => "i",
        'к' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'у' | 'υ' => "u",
        'ф' | 'φ' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "iu",
        'я' => "ia",
        'θ' => "th",
        'ξ' => "x",
        'χ' => "ch",
        'ψ' => "ps",
        '\u{1100}'..='\u{1112}' => return from(&KOREAN_FIRST, 0x1100),
        '\u{1161}'..='\u{1175}' => return from(&KOREAN_VOWEL, 0x1161),
        '\u{11a8}'..='\u{11c2}' => return from(&KOREAN_LAST, 0x11a8),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_make_another_word_are_spelled_in_the_address_of_a_tag() {
        for (name, slug) in [
            ("c", "c"),
            ("C#", "c-sharp"),
            ("C++", "c-plus-plus"),
            ("C++17", "c-plus-plus-17"),
            ("F*", "f-star"),
            (".NET", "dot-net"),
            ("ASP.NET", "asp-net"),
            ("node.js", "node-js"),
            ("50%", "50-percent"),
            ("#infosec", "infosec"),
            ("Group #6", "group-6"),
            ("A+B", "a-b"),
            ("R&D", "r-d"),
            ("café crème", "café-crème"),
            ("日本", "日本"),
            ("Disney+", "disney-plus"),
        ] {
            assert_eq!(tag(name), slug, "{name}");
        }
    }

    #[test]
    fn titles_become_slugs() {
        for (title, expected) in [
            ("APT38", "apt38"),
            ("Bangladesh Bank heist (2016)", "bangladesh-bank-heist-2016"),
            ("  Łódź – Straße & Søn’s ", "lodz-strasse-and-sons"),
            ("Банк России", "bank-rossii"),
            ("평양", "pyeongyang"),
            ("라자루스 그룹", "rajaruseu-geurup"),
            ("Ένωση", "enosi"),
            ("北京", ""),
            ("Año -- Größe №5", "ano-grosse-no5"),
            ("People's Liberation Army", "peoples-liberation-army"),
            ("Пугачёв", "pugachev"),
            ("Объект", "obekt"),
            ("---", ""),
            ("Ａ１", "a1"),
        ] {
            let found = slugify(title);
            assert_eq!(found, expected, "{title}");
            assert!(found.is_empty() || is_slug(&found));
        }
    }

    #[test]
    fn only_slugs_are_slugs() {
        for wrong in ["", "-a", "a-", "a--b", "A", "a b", "a_b", "é"] {
            assert!(!is_slug(wrong), "{wrong}");
        }
        assert!(is_slug("2016-bangladesh-bank"));
    }
}
