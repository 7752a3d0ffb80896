//! What can be read of a front matter that is broken, by its lines alone.

use super::withholding::compact;
use crate::model::Tlp;

/// What the lines of a broken front matter still tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Its title.
    pub title: Option<String>,
    /// Its marking. RED where a marking stands in it that cannot be told: it fails closed.
    pub tlp: Option<Tlp>,
}

/// Reads what can be read of a broken front matter: lines at the margin that stand for themselves. Whether
/// it is a draft, is for a later day or was withdrawn is never told by them: it counts as a draft.
#[must_use]
pub fn save(front: &str) -> Saved {
    let markings = front.lines().filter_map(line);
    let markings = markings.filter(|(key, _)| compact(key) == "tlp");
    // Of several the highest holds, and one that is none is RED.
    let tlp = markings.map(|(_, value)| Tlp::from_name(value).unwrap_or(Tlp::Red));
    let mentioned = compact(front).contains("tlp");
    let title = front.lines().filter_map(line);
    let mut title = title.filter(|(key, value)| *key == "title" && !value.is_empty());
    Saved {
        title: title.next().map(|(_, value)| value.to_owned()),
        tlp: tlp.max().or_else(|| mentioned.then_some(Tlp::Red)),
    }
}

/// The key and the value of a line at the margin, without quotation marks.
fn line<'a>(line: &'a str) -> Option<(&'a str, &'a str)> {
    let (key, value) = line.split_once([':', '='])?;
    if key.starts_with(char::is_whitespace) {
        return None;
    }
    let unquoted = |text: &'a str| text.trim().trim_matches(['"', '\'']).trim();
    Some((unquoted(key), unquoted(value)))
}
