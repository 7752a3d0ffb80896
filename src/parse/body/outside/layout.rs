//! How blocks stand to each other in the file: columns, and blank lines between.

/// The column at which a block begins: its first sign that is no space, of any kind.
pub(super) fn column(file: &str, at: u32) -> usize {
    let text = file.get(at as usize..).unwrap_or("");
    let blank = text.len() - without_spaces(text).len();
    let before = file.get(..at as usize + blank).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let signs = before.get(line..).unwrap_or("").chars();
    signs.fold(0, |column, c| match c {
        '\t' => (column / 4 + 1) * 4,
        _ => column + 1,
    })
}

/// A text without the spaces with which it begins, those that are written as references among them.
fn without_spaces(text: &str) -> &str {
    const WRITTEN: [&str; 3] = ["&nbsp;", "&ensp;", "&emsp;"];
    let mut rest = text;
    loop {
        let text = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        let text = WRITTEN
            .iter()
            .fold(text, |text, it| text.trim_start_matches(it));
        if text.len() == rest.len() {
            return text;
        }
        rest = text;
    }
}

/// Whether a blank line stands before a place.
pub(super) fn is_parted(file: &str, at: u32) -> bool {
    let before = file.get(..at as usize).unwrap_or("");
    let blank = |c: &char| c.is_whitespace() || *c == '>';
    let breaks = before.chars().rev().take_while(blank);
    breaks.filter(|c| *c == '\n').nth(1).is_some()
}

/// The same behind a quote, of which a blank line bears the sign.
pub(super) fn is_parted_from_quote(file: &str, at: u32) -> bool {
    let before = file.get(..at as usize).unwrap_or("");
    let signs = |line: &str| {
        let signs = line.chars().take_while(|c| c.is_whitespace() || *c == '>');
        signs.filter(|c| *c == '>').count()
    };
    let mut lines = before.rsplit('\n').map(signs);
    let here = lines.next();
    lines.next().is_none_or(|above| Some(above) <= here) && is_parted(file, at)
}
