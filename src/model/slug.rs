//! Slugs: `[a-z0-9]+(-[a-z0-9]+)*`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Whether a text is a slug.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The nearest slug to a name, transliterated: `Año Größe №5` → `ano-grosse-no5`. Empty where
/// nothing in it has a Latin spelling that is known here.
#[must_use]
pub fn slugify(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)) {
        // An apostrophe binds: "People's" is one word.
        if matches!(c, '\'' | '’' | 'ʼ') {
            continue;
        }
        let mut buffer = [0; 4];
        let lower = c.to_lowercase().next().unwrap_or(c);
        let part: &str = if lower.is_ascii_alphanumeric() {
            lower.encode_utf8(&mut buffer)
        } else {
            latin(lower)
        };
        if part.is_empty() {
            // Hard and soft signs are silent; everything else without a spelling parts words.
            gap |= !matches!(lower, 'ъ' | 'ь');
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        slug.push_str(part);
    }
    slug
}

/// The Latin spelling of a lower-case letter that decomposition leaves as it is.
fn latin(letter: char) -> &'static str {
    match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        // Cyrillic, after the BGN/PCGN romanisation without its apostrophes.
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        // Greek.
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' | 'η' => "e",
        'ζ' => "z",
        'θ' => "th",
        'ι' => "i",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("APT38", "apt38"),
            ("Bangladesh Bank heist", "bangladesh-bank-heist"),
            ("  Año -- Größe №5! ", "ano-grosse-no5"),
            ("People's Liberation Army", "peoples-liberation-army"),
            ("Łódź & Sørensen", "lodz-sorensen"),
            ("Пугачёв", "pugachev"),
            ("Объект", "obekt"),
            ("北", ""),
            ("___", ""),
        ] {
            assert_eq!(slugify(name), slug, "{name}");
            assert!(slug.is_empty() || is_slug(slug), "{slug}");
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
