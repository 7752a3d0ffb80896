//! Texts and words as they are looked for: by the search of a site, and by queries.

use crate::model::body::{Body, Code, Event, Tag};
use crate::model::name::spelt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text: runs of letters and digits, in lower case, of compatibility forms the plain ones, without accents.
/// Where letters of East Asia meet others a word ends, too.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, &mut String::new(), |word| words.push(word.to_owned()));
    words
}

/// The same, one after the other; `word` is room for one.
pub(crate) fn each_word(text: &str, word: &mut String, mut take: impl FnMut(&str)) {
    // What is ASCII and neither letter nor digit ends a word, whatever stands around it.
    let bytes = text.as_bytes();
    let ends = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let mut start = 0;
    while start < bytes.len() {
        let (mut at, mut plain, mut capital) = (start, true, false);
        while let Some(byte) = bytes.get(at)
            && !ends(byte)
        {
            plain &= byte.is_ascii();
            capital |= byte.is_ascii_uppercase();
            at += 1;
        }
        let run = text.get(start..at).unwrap_or("");
        start = at + 1;
        if !plain {
            each_of_run(run, word, &mut take);
        } else if capital {
            word.clear();
            word.push_str(run);
            word.make_ascii_lowercase();
            close(word, &mut take);
        } else {
            close(run, &mut take);
        }
    }
}

/// The words of a text in which anything may stand.
fn each_of_run(run: &str, word: &mut String, take: &mut impl FnMut(&str)) {
    word.clear();
    let mut eastern = false;
    let letters = { run.nfkd() }
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    for c in letters {
        if !c.is_alphanumeric() {
            close(word, take);
            word.clear();
            continue;
        }
        if is_eastern(c) != eastern {
            close(word, take);
            word.clear();
            eastern = !eastern;
        }
        // The letters that have no accent to lose, and the one that looks otherwise at the end of a word.
        match (spelt(c), c) {
            (Some(letters), _) => word.push_str(letters),
            (None, 'ς') => word.push('σ'),
            (None, c) => word.push(c),
        }
    }
    close(word, take);
    word.clear();
}

fn close(word: &str, take: &mut impl FnMut(&str)) {
    match word {
        "" => {}
        // What a defanged address begins with.
        "hxxp" => take("http"),
        "hxxps" => take("https"),
        word => take(word),
    }
}

/// Letters of scripts that put no space between words. Hangul, which does, is among them, since here it stands decomposed.
pub(crate) fn is_eastern(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Shows the text of a body as it is read, block by block, and of each whether it is a heading. What is marked up within a
/// word does not part it. What a list asks is not what is said, and may name what is withheld; so may what a drawing is of.
pub(crate) fn each_block(body: &Body, show: &mut dyn FnMut(bool, &str)) {
    let mut text = String::new();
    let mut heading = false;
    for event in &body.events {
        match *event {
            Event::Text(slice) | Event::Code(slice) => text.push_str(body.slice(slice)),
            Event::SoftBreak | Event::HardBreak | Event::Task(_) => text.push(' '),
            // A mark of a citation takes the space before it along.
            Event::Cite { .. } | Event::FootnoteRef(_) => text.truncate(text.trim_end().len()),
            // Tags are no words; what stands between them is text.
            Event::Html(_) => {}
            Event::Rule => end(&mut text, heading, show),
            Event::Start(tag) | Event::End(tag) => match tag {
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Highlight
                | Tag::Link(_)
                | Tag::Marked(_) => {}
                Tag::Image(at) => {
                    text.push(' ');
                    if let (Event::End(_), Some(image)) = (event, body.links.get(at as usize)) {
                        text.push_str(&image.title);
                        text.push(' ');
                    }
                }
                Tag::Heading(_) => {
                    end(&mut text, heading, show);
                    heading = matches!(event, Event::Start(_));
                }
                Tag::CodeBlock(at) => {
                    end(&mut text, heading, show);
                    let code = body.code.get(at as usize);
                    if let (Event::Start(_), Some(said)) = (event, code.and_then(Code::said)) {
                        show(heading, said);
                    }
                }
                Tag::Paragraph { .. }
                | Tag::Quote(_)
                | Tag::AlertTitle { .. }
                | Tag::List { .. }
                | Tag::Item { .. }
                | Tag::Footnote(_)
                | Tag::DefinitionList
                | Tag::DefinitionTitle { .. }
                | Tag::Definition { .. }
                | Tag::Table { .. }
                | Tag::TableHead
                | Tag::TableRow { .. }
                | Tag::TableCell(_)
                | Tag::HtmlBlock => end(&mut text, heading, show),
            },
            Event::Indicators { first, count } => {
                end(&mut text, heading, show);
                let lines = body.indicators.iter().skip(first as usize);
                for line in lines.take(count as usize) {
                    let file = line.file.as_ref().map_or("", |file| &file.value);
                    let said = [line.indicator.value.as_str(), file, &line.note];
                    show(heading, &said.join(" "));
                }
            }
        }
    }
    end(&mut text, heading, show);
}

fn end(text: &mut String, heading: bool, show: &mut dyn FnMut(bool, &str)) {
    if !text.is_empty() {
        show(heading, text);
        text.clear();
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::words;

    /// Texts, with the words that both the program and the script find in them.
    pub(crate) const TEXTS: &[(&str, &str)] = &[
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
        ("ラザルス・グループ", "ラサルス クルーフ"),
        ("ราคา฿5 ⺀", "ราคา 5"),
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
}
