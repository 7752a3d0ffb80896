//! What can be read of a front matter that is broken, by its lines alone.

use crate::model::Tlp;

/// What the lines of a broken front matter still tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Its title.
    pub title: Option<String>,
    /// Its marking. RED where a marking stands in it that cannot be told: it fails closed.
    pub tlp: Option<Tlp>,
}

/// Reads what can be read of a broken front matter: lines at the margin that stand for themselves.
#[must_use]
pub fn save(front: &str) -> Saved {
    let line_value = |name: &str| {
        front.lines().find_map(|line| {
            let rest = line.strip_prefix(name)?.trim_start();
            let value = rest
                .strip_prefix(':')
                .or_else(|| rest.strip_prefix('='))?
                .trim();
            let bare = value.trim_matches(['"', '\'']).trim();
            (!bare.is_empty()).then(|| bare.to_owned())
        })
    };
    let tlp = line_value("tlp").and_then(|word| Tlp::from_name(&word));
    let mentioned = front.to_ascii_lowercase().contains("tlp");
    Saved {
        title: line_value("title"),
        tlp: tlp.or_else(|| mentioned.then_some(Tlp::Red)),
    }
}
