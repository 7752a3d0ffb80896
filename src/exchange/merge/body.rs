//! Three versions of the text below a front matter, merged block by block.
//!
//! A block is what stands between blank lines; a block of code is one, whatever stands in it. What only one side changed
//! is taken; where both changed the same blocks, those of people stay, and the others stand behind them in a comment.

use crate::parse::imported::COMMENT;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// The text.
    pub text: String,
    /// The blocks of the import that are not in it but in a comment, each place one.
    pub conflicts: Vec<String>,
}

/// Merges three texts.
pub(crate) fn bodies(base: &str, incoming: &str, local: &str) -> Body {
    let whole = |text: &str| Body {
        text: text.to_owned(),
        conflicts: Vec::new(),
    };
    let is = |one: &str, other: &str| one.trim() == other.trim();
    if is(incoming, base) || is(incoming, local) {
        return whole(local);
    }
    if is(local, base) {
        return whole(incoming);
    }
    let [base, incoming, local] = [base, incoming, local].map(blocks);
    let mut merged = Body {
        text: String::new(),
        conflicts: Vec::new(),
    };
    let mut at = Places::default();
    for anchor in anchors(&base, &incoming, &local) {
        chunk(&at, &anchor, [&base, &incoming, &local], &mut merged);
        push(&mut merged.text, &local[anchor.local..=anchor.local]);
        at = Places {
            base: anchor.base + 1,
            incoming: anchor.incoming + 1,
            local: anchor.local + 1,
        };
    }
    let end = Places {
        base: base.len(),
        incoming: incoming.len(),
        local: local.len(),
    };
    chunk(&at, &end, [&base, &incoming, &local], &mut merged);
    merged
}

/// A place in each of the three.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    base: usize,
    incoming: usize,
    local: usize,
}

/// The blocks that all three have, in order.
fn anchors(base: &[&str], incoming: &[&str], local: &[&str]) -> Vec<Places> {
    let same_as_base = |other: &[&str]| {
        let mut same = vec![None; base.len()];
        for op in capture_diff_slices(Algorithm::Myers, base, other) {
            if let DiffOp::Equal {
                old_index,
                new_index,
                len,
            } = op
            {
                for step in 0..len {
                    same[old_index + step] = Some(new_index + step);
                }
            }
        }
        same
    };
    let (theirs, ours) = (same_as_base(incoming), same_as_base(local));
    let both = theirs.into_iter().zip(ours).enumerate();
    both.filter_map(|(base, (incoming, local))| {
        Some(Places {
            base,
            incoming: incoming?,
            local: local?,
        })
    })
    .collect()
}

/// What stands between two blocks that all have.
fn chunk(from: &Places, to: &Places, [base, incoming, local]: [&[&str]; 3], merged: &mut Body) {
    let base = &base[from.base..to.base];
    let incoming = &incoming[from.incoming..to.incoming];
    let local = &local[from.local..to.local];
    if incoming == base || incoming == local {
        push(&mut merged.text, local);
    } else if local == base {
        push(&mut merged.text, incoming);
    } else if base.len() == incoming.len() && base.len() == local.len() && base.len() > 1 {
        // Each side changed some of the same number: one behind the other.
        for at in 0..base.len() {
            let one = |blocks: &[&str]| {
                blocks
                    .get(at)
                    .map_or(String::new(), |block| (*block).to_owned())
            };
            let [base, incoming, local] = [one(base), one(incoming), one(local)];
            let all = Places {
                base: 1,
                incoming: 1,
                local: 1,
            };
            chunk(
                &Places::default(),
                &all,
                [&[&base], &[&incoming], &[&local]],
                merged,
            );
        }
    } else {
        push(&mut merged.text, local);
        let text = incoming.join("\n\n");
        // Nothing in it ends the comment.
        let quiet = text.replace("--", "- -");
        push(&mut merged.text, &[&format!("{COMMENT}{quiet} -->")]);
        merged.conflicts.push(text);
    }
}

fn push(text: &mut String, blocks: &[&str]) {
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(block);
        text.push('\n');
    }
}

/// The blocks of a text, without the blank lines around.
pub(crate) fn blocks(text: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let (mut start, mut end, mut at) = (0, 0, 0);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        match fence {
            Some(open) if words.starts_with(open) && words.trim_matches(['`', '~']).is_empty() => {
                fence = None
            }
            Some(_) => {}
            None => fence = opening(words),
        }
        if words.is_empty() && fence.is_none() {
            blocks.extend(text.get(start..end).filter(|block| !block.is_empty()));
            start = at + line.len();
            end = start;
        } else {
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    blocks.extend(text.get(start..end).filter(|block| !block.is_empty()));
    blocks
}

fn opening(line: &str) -> Option<&str> {
    ["`", "~"].into_iter().find_map(|sign| {
        let length = line.len() - line.trim_start_matches(sign).len();
        (length >= 3).then(|| &line[..length])
    })
}
