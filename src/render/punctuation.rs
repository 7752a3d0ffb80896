//! Quotation marks and apostrophes as printers set them.
//!
//! Takes the HTML of a page and its language; gives the same with `"` and `'` between its tags set by the custom
//! of that language. Touches nothing within tags, in code, figures and what acts, nor in addresses and names of
//! files, and no mark of which it cannot tell what it is (`5'10"`): it stays as it was written. Where the custom of
//! a language is not known, all of them do.

use super::escape::plain;
use memchr::{memchr, memmem};
use std::ops::Range;

/// The marks of a language: outer and inner ones, each at the beginning and the end.
struct Marks {
    double: [&'static str; 2],
    single: [&'static str; 2],
}

const ENGLISH: Marks = Marks {
    double: ["“", "”"],
    single: ["‘", "’"],
};
const GERMAN: Marks = Marks {
    double: ["„", "“"],
    single: ["‚", "‘"],
};
const POLISH: Marks = Marks {
    double: ["„", "”"],
    single: ["‚", "’"],
};
const FRENCH: Marks = Marks {
    double: ["«\u{202f}", "\u{202f}»"],
    single: ["“", "”"],
};
const SPANISH: Marks = Marks {
    double: ["«", "»"],
    single: ["“", "”"],
};
const RUSSIAN: Marks = Marks {
    double: ["«", "»"],
    single: ["„", "“"],
};
const SWISS: Marks = Marks {
    double: ["«", "»"],
    single: ["‹", "›"],
};
const SWEDISH: Marks = Marks {
    double: ["”", "”"],
    single: ["’", "’"],
};

const APOSTROPHE: &str = "’";

fn marks(language: &str) -> Option<&'static Marks> {
    let tag = language.to_ascii_lowercase();
    Some(match tag.split('-').next().unwrap_or("") {
        "de" | "fr" | "it" if tag.ends_with("-ch") => &SWISS,
        "pt" if tag.ends_with("-br") => &ENGLISH,
        "en" | "nl" | "tr" | "ga" | "cy" | "ko" | "zh" | "hi" | "id" | "ms" | "vi" => &ENGLISH,
        "de" | "cs" | "sk" | "sl" | "bg" | "is" | "lt" | "et" => &GERMAN,
        "pl" | "ro" | "hu" | "hr" | "bs" | "sr" => &POLISH,
        "fr" => &FRENCH,
        "es" | "it" | "pt" | "ca" | "gl" | "el" | "no" | "nb" | "nn" => &SPANISH,
        "ru" | "uk" | "be" => &RUSSIAN,
        "sv" | "fi" | "da" => &SWEDISH,
        _ => return None,
    })
}

/// What a tag means for the marks around it.
enum Means {
    /// What is in it is passed on as it is.
    AsItIs,
    /// A part of a line, or a note, which interrupts it.
    Span,
    Break,
    Picture,
    /// It stands within a line: a sentence goes on around it. A comment does too, which has no name.
    Nothing,
    /// Another line begins.
    Block,
}

/// What a tag of a name means: asked some thousand times a page.
fn means(name: &[u8]) -> Means {
    match name {
        b"code" | b"pre" | b"kbd" | b"samp" | b"var" | b"svg" | b"math" | b"script" | b"style"
        | b"textarea" => Means::AsItIs,
        b"span" => Means::Span,
        b"br" | b"wbr" => Means::Break,
        b"img" => Means::Picture,
        b"" | b"a" | b"abbr" | b"b" | b"bdi" | b"bdo" | b"cite" | b"del" | b"dfn" | b"em"
        | b"i" | b"ins" | b"mark" | b"q" | b"s" | b"small" | b"strong" | b"sub" | b"sup"
        | b"time" | b"u" => Means::Nothing,
        _ => Means::Block,
    }
}

/// Sets the marks of a page.
pub(super) fn set(language: &str, page: &mut Vec<u8>) {
    let html = std::str::from_utf8(page).ok();
    if let Some(set) = html.and_then(|html| typeset(language, html)) {
        *page = set.into_bytes();
    }
}

/// The same HTML with its marks set; nothing where the language has no custom that is known.
pub(super) fn typeset(language: &str, html: &str) -> Option<String> {
    let mut setter = Setter {
        marks: marks(language)?,
        html,
        done: 0,
        out: String::with_capacity(html.len() + html.len() / 64),
        line: Line::default(),
        spans: Vec::new(),
    };
    setter.page();
    Some(setter.out)
}

/// How far a line of text is.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// The last character.
    before: char,
    /// Which quotations are open.
    double: bool,
    single: bool,
}

impl Default for Line {
    fn default() -> Line {
        Line {
            before: ' ',
            double: false,
            single: false,
        }
    }
}

struct Setter<'h> {
    marks: &'static Marks,
    html: &'h str,
    /// How far it stands in `out`: all between two marks is copied at once.
    done: usize,
    out: String,
    line: Line,
    /// Of every open `span` the line around it, if it is a note, which interrupts the line.
    spans: Vec<Option<Line>>,
}

impl Setter<'_> {
    fn page(&mut self) {
        let html = self.html;
        let mut text = 0..0;
        let mut from = 0;
        loop {
            let at = from + before_note(&html.as_bytes()[from..]);
            if let Some(last) = html[from..at].chars().next_back() {
                self.line.before = last;
            }
            from = match html.as_bytes().get(at) {
                None => break,
                Some(b'<') => {
                    text.start = self.tag(at);
                    text.start
                }
                Some(_) => {
                    if text.end <= at {
                        let length = memchr(b'<', &html.as_bytes()[at..]);
                        text.end = length.map_or(html.len(), |length| at + length);
                    }
                    self.mark(&text, at)
                }
            };
        }
        self.out.push_str(&html[self.done..]);
    }

    /// Passes by the tag at a place; gives where what follows it begins, or what follows all that is in it.
    fn tag(&mut self, at: usize) -> usize {
        let bytes = &self.html.as_bytes()[at..];
        let (tag, after) = bytes.split_at(end_of_tag(bytes));
        let begins = tag.get(1) != Some(&b'/');
        let name = tag.get(if begins { 1 } else { 2 }..).unwrap_or(&[]);
        let length = name.iter().position(|it| !it.is_ascii_alphanumeric());
        let name = &name[..length.unwrap_or(name.len())];
        let end = at + tag.len();
        match means(name) {
            Means::AsItIs if begins => {
                self.line.before = 'x';
                let within = memmem::find(after, &[b"</", name].concat());
                return end + within.unwrap_or(after.len());
            }
            Means::Span if begins => {
                let note = ["<span class=\"sidenote", "<span class=\"tip"];
                let note = note.iter().any(|note| tag.starts_with(note.as_bytes()));
                let around = note.then(|| std::mem::take(&mut self.line));
                self.spans.push(around);
            }
            Means::Span => {
                if let Some(around) = self.spans.pop().flatten() {
                    self.line = around;
                }
            }
            Means::Break => self.line.before = ' ',
            Means::Picture => self.line.before = 'x',
            Means::AsItIs | Means::Nothing => {}
            Means::Block => self.line = Line::default(),
        }
        end
    }

    /// Sets the mark at a place of a text between two tags; gives where it ends.
    fn mark(&mut self, text: &Range<usize>, at: usize) -> usize {
        let written = &self.html[at..text.end];
        let signs = ["\"", "&quot;", "&#34;", "'", "&#x27;", "&#39;"];
        let sign = signs.into_iter().find(|sign| written.starts_with(sign));
        let Some(sign) = sign else {
            self.line.before = '&';
            return at + 1;
        };
        let end = at + sign.len();
        let behind = &self.html[text.end..];
        let after = match &written[sign.len()..] {
            // An element ends behind it.
            "" if behind.is_empty() || behind.starts_with("</") => " ",
            after => after,
        };
        let double = sign.contains(['"', 'q', '4']);
        let set = match double {
            true => self.double(after),
            false => self.single(&self.html[text.start..at], after),
        };
        if let Some(set) = set {
            self.out.push_str(&self.html[self.done..at]);
            self.out.push_str(set);
            self.done = end;
        }
        let before = set.and_then(|set| set.trim().chars().next());
        self.line.before = before.unwrap_or(if double { '"' } else { '\'' });
        end
    }

    /// Whether a quotation may begin here.
    fn may_begin(&self, open: bool) -> bool {
        let Line { before, .. } = self.line;
        before.is_whitespace()
            || "([{¿¡„“‚‘«‹\"'".contains(before)
            || (!open && "—–-/”’".contains(before) && before != '’')
    }

    /// What a double mark is; nothing where that cannot be told.
    fn double(&mut self, after: &str) -> Option<&'static str> {
        let [begin, end] = self.marks.double;
        if self.may_begin(self.line.double) {
            if after.starts_with(char::is_whitespace) {
                return None;
            }
            self.line.double = true;
            return Some(begin);
        }
        std::mem::take(&mut self.line.double).then_some(end)
    }

    /// The same of a single mark, or of an apostrophe.
    fn single(&mut self, before: &str, after: &str) -> Option<&'static str> {
        let [begin, end] = self.marks.single;
        let next = after.chars().next();
        let last = self.line.before;
        if last.is_alphanumeric() {
            if next.is_some_and(char::is_alphanumeric) {
                let measure = last.is_numeric() && next.is_some_and(char::is_numeric);
                return (!measure && !is_of_a_name(before, after)).then_some(APOSTROPHE);
            }
            if std::mem::take(&mut self.line.single) {
                return Some(end);
            }
            return last.is_alphabetic().then_some(APOSTROPHE);
        }
        if self.may_begin(self.line.single) {
            return match next {
                Some(next) if next.is_whitespace() => None,
                // The nineties.
                Some(next) if next.is_numeric() && decade(after) => Some(APOSTROPHE),
                _ => {
                    self.line.single = true;
                    Some(begin)
                }
            };
        }
        // `U.S.'s`.
        if next.is_some_and(char::is_alphanumeric) {
            return Some(APOSTROPHE);
        }
        std::mem::take(&mut self.line.single).then_some(end)
    }
}

fn decade(after: &str) -> bool {
    let mut signs = after.bytes();
    let two = signs.by_ref().take(2).all(|it| it.is_ascii_digit());
    two && signs.next() == Some(b's')
}

/// Whether an apostrophe within a word is part of an address or of the name of a file.
fn is_of_a_name(before: &str, after: &str) -> bool {
    /// More than words are long; a text without a space must not cost its square.
    const FAR: usize = 200;
    let space = |byte: &u8| byte.is_ascii_whitespace();
    let before = before.as_bytes().iter().rev().take(FAR);
    let before: Vec<u8> = before.take_while(|it| !space(it)).copied().collect();
    let after = after.as_bytes().iter().take(FAR);
    let after: Vec<u8> = after.take_while(|it| !space(it)).copied().collect();
    let has = |word: &[u8], part: &[u8]| word.windows(part.len()).any(|it| it == part);
    let either = |part: u8| before.contains(&part) || after.contains(&part);
    let ending = after
        .windows(3)
        .any(|it| it[0] == b'.' && it[1..].iter().all(u8::is_ascii_alphanumeric));
    either(b'\\') || either(b'@') || has(&before, b"//:") || ending
}

/// Where a tag, or a comment, ends. An attribute goes on to the sign with which it begins.
fn end_of_tag(tag: &[u8]) -> usize {
    if tag.starts_with(b"<!--") {
        return memmem::find(tag, b"-->").map_or(tag.len(), |at| at + 3);
    }
    let mut at = 0;
    loop {
        let sign = |byte: &u8| matches!(byte, b'>' | b'"' | b'\'');
        let Some(found) = tag[at..].iter().position(sign) else {
            return tag.len();
        };
        at += found + 1;
        let quote = tag[at - 1];
        if quote == b'>' {
            return at;
        }
        match memchr(quote, &tag[at..]) {
            Some(end) => at += end + 1,
            None => return tag.len(),
        }
    }
}

/// How many bytes stand before a tag, or before what may be a mark.
fn before_note(bytes: &[u8]) -> usize {
    const NOTED: [bool; 256] = {
        let mut noted = [false; 256];
        (noted[b'<' as usize], noted[b'&' as usize]) = (true, true);
        (noted[b'"' as usize], noted[b'\'' as usize]) = (true, true);
        noted
    };
    let is = |byte| (byte == b'<') | (byte == b'&') | (byte == b'"') | (byte == b'\'');
    plain(bytes, is, |byte| NOTED[byte as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_set_by_language() {
        for (language, html, expected) in [
            (
                "en",
                "<p>\"It's the crew's 'own' tool\", he said.</p>",
                "<p>“It’s the crew’s ‘own’ tool”, he said.</p>",
            ),
            (
                "en",
                "<p>&quot;A&quot; &#x27;b&#x27; &amp; c&#39;s</p>",
                "<p>“A” ‘b’ &amp; c’s</p>",
            ),
            (
                "en",
                "<p>The hackers' tools of the '90s, 5'10\" tall, \" alone '</p>",
                "<p>The hackers’ tools of the ’90s, 5'10\" tall, \" alone '</p>",
            ),
            (
                "en",
                "<p title=\"it's\">(\"a <em>b</em>\")—\"c\"</p>",
                "<p title=\"it's\">(“a <em>b</em>”)—“c”</p>",
            ),
            (
                "en",
                "<p>\"open</p><p>\"next\"</p>",
                "<p>“open</p><p>“next”</p>",
            ),
            (
                "en",
                "<p>'<code>it's \"x\"</code>' <pre>\"</pre><svg><text>\"a\"</text></svg> <!-- \"a\" --></p>",
                "<p>‘<code>it's \"x\"</code>’ <pre>\"</pre><svg><text>\"a\"</text></svg> <!-- \"a\" --></p>",
            ),
            (
                "en",
                "<p>o'brien.pdf C:\\o'b https://x.example/o'b a@o'b.example bd.com's U.S.'s</p>",
                "<p>o'brien.pdf C:\\o'b https://x.example/o'b a@o'b.example bd.com’s U.S.’s</p>",
            ),
            (
                "en",
                "<p>\"so<span class=\"sidenote\">\"x\" <span>y</span></span>\" it is</p>",
                "<p>“so<span class=\"sidenote\">“x” <span>y</span></span>” it is</p>",
            ),
            ("de-AT", "<p>\"Es 'ist' so\"</p>", "<p>„Es ‚ist‘ so“</p>"),
            ("fr", "<p>\"l'eau\"</p>", "<p>«\u{202f}l’eau\u{202f}»</p>"),
            ("ru", "<p>\"так\"</p>", "<p>«так»</p>"),
        ] {
            assert_eq!(typeset(language, html).as_deref(), Some(expected), "{html}");
        }
        for unknown in ["ja", "ar", "", "x"] {
            assert_eq!(typeset(unknown, "<p>\"a\"</p>"), None, "{unknown}");
        }
    }

    #[test]
    fn whatever_the_page_is_it_stays_the_same_but_for_its_marks() {
        for html in [
            "<",
            "<p",
            "<p a='>",
            "&",
            "&quot",
            "</span></span>\"",
            "<!--",
            "<code>'",
            "é'é",
            "'",
            "\"\"''",
        ] {
            let set = typeset("en", html).unwrap();
            let back = set.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
            assert_eq!(back, html);
        }
    }
}
