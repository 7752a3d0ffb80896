//! Defanging undone: a text with `[.]`, `hxxp`, `[at]` and their relatives → what a machine would use. Knows
//! no types: a text that holds none of these comes back as it is.

/// The text with the usual ways of defanging undone.
pub(super) fn refang(text: &str) -> String {
    let mut out = unbracket(text);
    const SIGNS: [(&str, &str); 9] = [
        ("[.", "."),
        (".]", "."),
        ("\\.", "."),
        ("．", "."),
        ("。", "."),
        ("｡", "."),
        ("․", "."),
        ("＠", "@"),
        ("：", ":"),
    ];
    for (written, plain) in SIGNS {
        if out.contains(written) {
            out = out.replace(written, plain);
        }
    }
    if out.contains(' ') {
        out = spelt_out(&out);
    }
    let out = scheme(&out).unwrap_or(out);
    match out.contains("://") {
        true => unwrap_letters(out),
        false => out,
    }
}

/// `https://ev[i]l.example`: a letter in brackets, in the host only.
fn unwrap_letters(url: String) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url;
    };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if !host.contains('[') || host.contains(':') {
        return url;
    }
    let mut whole = host.to_owned();
    for letter in 'a'..='z' {
        whole = whole.replace(&format!("[{letter}]"), letter.encode_utf8(&mut [0; 4]));
    }
    format!("{scheme}://{whole}{path}")
}

/// The text without what has no width: in an address, that can only be there to hide or to break it.
pub(super) fn visible(text: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
    text.chars().filter(|&c| !unseen(c)).collect()
}

/// `evil[.]example`, `evil [dot] example`, `hxxp[://]evil`, `user(at)evil`, `evil[.com]`.
fn unbracket(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '(', '{', '<']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut signs = from.chars();
        let close = match signs.next() {
            Some('[') => ']',
            Some('(') => ')',
            Some('{') => '}',
            _ => '>',
        };
        let inside = signs.as_str();
        // No sign of an address holds a bracket: to look further would take long where many are open.
        let found = inside
            .find([close, '[', '(', '{', '<'])
            .filter(|&end| inside[end..].starts_with(close))
            .map(|end| (&inside[..end], &inside[end + 1..]))
            .and_then(|(inner, after)| Some((meant(inner)?, after)));
        match found {
            Some((sign, after)) => {
                let joins = matches!(sign, "." | "@");
                if joins {
                    out.truncate(out.trim_end().len());
                }
                out.push_str(sign);
                rest = if joins { after.trim_start() } else { after };
                // `evil[.].example`: the dot was put in, not wrapped.
                rest = rest
                    .strip_prefix('.')
                    .filter(|_| sign == ".")
                    .unwrap_or(rest);
            }
            None => {
                out.push_str(&from[..1]);
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands between brackets, where it is a sign of an address.
fn meant(inner: &str) -> Option<&str> {
    let inner = inner.trim();
    let is = |words: &[&str]| words.iter().any(|word| inner.eq_ignore_ascii_case(word));
    if is(&[".", ",", "dot", "d", "。"]) {
        return Some(".");
    }
    if is(&["@", "at", "_at_"]) {
        return Some("@");
    }
    if is(&[
        ":", "::", "://", ":/", "/", "//", "-", "www", "www.", "http", "https", "hxxp", "hxxps",
        "ftp", "http://", "https://", "hxxp://", "hxxps://",
    ]) {
        return Some(inner);
    }
    // `evil[.com]`, `evil[example.]com`.
    let labels = inner
        .strip_prefix('.')
        .or_else(|| inner.strip_suffix('.'))?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    labels.chars().all(fits).then_some(inner)
}

/// `user at evil dot example`, `evil . example`; `at` counts only beside `dot`.
fn spelt_out(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let dotted = lower.contains(" dot ");
    if !dotted && !text.contains(" . ") {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let mut out = String::with_capacity(text.len());
    let mut joined = true;
    for word in words {
        let sign = match word.to_ascii_lowercase().as_str() {
            "dot" | "." => Some("."),
            "at" | "@" if dotted => Some("@"),
            _ => None,
        };
        if sign.is_none() && !joined {
            out.push(' ');
        }
        out.push_str(sign.unwrap_or(word));
        joined = sign.is_some();
    }
    out
}

/// The text with a scheme that browsers know, where it begins with one that is defanged: `hxxp`, `h**p`,
/// `htxp`, `h[tt]ps`, `meow`, `fxp`; `:\\`, `:/` and a missing colon after one of these are mended too.
fn scheme(text: &str) -> Option<String> {
    let end = text.find([':', '/', '\\'])?;
    let (written, rest) = text.split_at(end);
    let name: String = written
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | '(' | ')' | '{' | '}'))
        .collect::<String>()
        .to_ascii_lowercase();
    let plain = plain_scheme(&name)?;
    let after = rest.strip_prefix(':').unwrap_or(rest);
    let slashes = after.len() - after.trim_start_matches(['/', '\\']).len();
    let colon = after.len() < rest.len();
    if slashes == 0 || (!colon && slashes < 2) {
        return None;
    }
    let address = &after[slashes..];
    // Where the slashes lean back, all of them were turned.
    let turned = after.starts_with('\\') || plain == "file";
    let address = match turned {
        true => address.replace('\\', "/"),
        false => address.to_owned(),
    };
    Some(format!("{plain}://{address}"))
}

fn plain_scheme(name: &str) -> Option<&'static str> {
    let defaced = |middle: &str| {
        (1..=3).contains(&middle.chars().count())
            && middle.chars().all(|c| "tx*_#+-^?!".contains(c))
    };
    let within = |start: &str, end: &str| {
        name.strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(defaced)
    };
    if within("h", "p") || matches!(name, "meow" | "ttp" | "xxp") {
        Some("http")
    } else if within("h", "ps") || matches!(name, "meows" | "ttps" | "xxps") {
        Some("https")
    } else if within("f", "p") {
        Some("ftp")
    } else if within("f", "ps") {
        Some("ftps")
    } else if name == "file" {
        Some("file")
    } else {
        None
    }
}
