//! Words as a search compares them: that of a site for names, and a query for texts.

use crate::model::name::spelt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text: runs of letters and digits, in lower case, of compatibility forms the plain ones, without accents.
/// Where letters of East Asia meet others a word ends, too.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut eastern = false;
    let mut take = |c: char| {
        if !c.is_alphanumeric() {
            close(&mut word, &mut words);
            return;
        }
        if is_eastern(c) != eastern {
            close(&mut word, &mut words);
            eastern = !eastern;
        }
        // The letters that have no accent to lose, and the one that looks otherwise at the end of a word.
        match (spelt(c), c) {
            (Some(letters), _) => word.push_str(letters),
            (None, 'ς') => word.push('σ'),
            (None, c) => word.push(c),
        }
    };
    match text.is_ascii() {
        true => text.chars().for_each(|c| take(c.to_ascii_lowercase())),
        false => text
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .for_each(take),
    }
    close(&mut word, &mut words);
    // What a defanged address begins with.
    for word in &mut words {
        match word.as_str() {
            "hxxp" => "http".clone_into(word),
            "hxxps" => "https".clone_into(word),
            _ => {}
        }
    }
    words
}

fn close(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Letters of scripts that put no space between words. Hangul, which does, is among them, since here it stands decomposed.
fn is_eastern(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::words;
    use std::process::Command;

    /// Texts, with the words that both the program and the script find in them.
    const TEXTS: &[(&str, &str)] = &[
        ("APT38", "apt38"),
        ("APT-38 (a.k.a. “Lazarus”)", "apt 38 a k a lazarus"),
        ("evil[.]example[.]com", "evil example com"),
        ("hxxps://evil.example", "https evil example"),
        ("CVE-2016-1019", "cve 2016 1019"),
        ("T1059.001", "t1059 001"),
        (
            "Ångström, Straße, Œuvre, Łódź",
            "angstrom strasse oeuvre lodz",
        ),
        ("ＡＰＴ３８", "apt38"),
        ("ΛΆΖΑΡΟΣ", "λαζαροσ"),
        ("Лазарь Йод", "лазарь иод"),
        ("北朝鮮APT37グループ", "北朝鮮 apt37 クルーフ"),
        ("İstanbul ısı", "istanbul isi"),
        ("a_b", "a b"),
        ("½ ² ①", "1 2 2 1"),
        ("", ""),
    ];

    #[test]
    fn words_are_runs_of_letters_and_digits_without_accents() {
        for (text, found) in TEXTS {
            assert_eq!(words(text).join(" "), *found, "{text}");
        }
    }

    /// Needs Node: where there is none, the browser tests hold the script to the same.
    #[test]
    fn the_script_cuts_the_same_words() {
        let script = include_str!("../../templates/assets/js/search.js");
        let start = script.find("// words:begin").expect("its beginning");
        let end = script.find("// words:end").expect("its end");
        let texts: Vec<&str> = TEXTS.iter().map(|(text, _)| *text).collect();
        let texts = serde_json::to_string(&texts).expect("JSON");
        let run = format!(
            "{}\nfor (const text of {texts}) console.log(words(text).join(' '));",
            &script[start..end]
        );
        let Ok(node) = Command::new("node").arg("-e").arg(run).output() else {
            return;
        };
        let said = String::from_utf8_lossy(&node.stdout);
        let found: Vec<&str> = TEXTS.iter().map(|(_, found)| *found).collect();
        assert_eq!(
            said.lines().collect::<Vec<_>>(),
            found,
            "{}",
            String::from_utf8_lossy(&node.stderr)
        );
    }
}
