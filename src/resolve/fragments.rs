//! What to say of a fragment that names no place.
//!
//! Takes the whole text of a file and what stands after `#`; gives the name that was perhaps meant, or what names
//! there are.

use crate::diag::{Near, closest, nearest};
use crate::model::Body;
use crate::model::ids;

/// How many places are named at most.
const NAMED: usize = 12;

/// With how many names the fragments of one text are compared at most: thousands may lead nowhere, and there may be
/// thousands of places.
pub(super) const COMPARED: usize = 20_000;

/// What to write in place of a fragment that names nothing, as it fits where it stands: words in a wikilink
/// (`in_words`), an id in the address of a link. Gives the name that was perhaps meant, and whether surely, beside
/// the sentence. `left` is how many names may still be compared.
pub(super) fn advice(
    body: &Body,
    fragment: &str,
    in_words: bool,
    left: &mut usize,
) -> (Option<(String, bool)>, String) {
    let looked = (*left).max(NAMED);
    let headings = &body.headings[..body.headings.len().min(looked)];
    let github = ids::on_github(body, looked);
    let count = body.headings.len() + body.ids.len();
    *left = left.saturating_sub(count);
    let headings = headings.iter().zip(&github).map(|(heading, id)| {
        let id = heading.id.as_deref().unwrap_or(id);
        let fits = in_words && !heading.text.contains(['[', ']', '|', '#']);
        (if fits { &heading.text } else { id }, heading.text.as_str())
    });
    let raw = body.ids.iter().map(|raw| (&*raw.id, &*raw.id));
    let mut names: Vec<(&str, &str)> = headings.chain(raw).take(looked).collect();
    let beyond = count - names.len();
    names.retain(|(name, _)| !name.is_empty());
    let all = || names.iter().map(|(name, _)| *name);
    if names.is_empty() {
        let words = "the page has no headings: leave the `#…` out";
        return (None, words.to_owned());
    }
    let by_text = || {
        let near = closest(fragment, names.iter().map(|(_, text)| *text))?;
        names
            .iter()
            .find(|(_, text)| *text == near)
            .map(|(name, _)| *name)
    };
    let id = ids::github(fragment);
    let found = |near: Near<'_>| (near.word.to_owned(), near.is_slip());
    if let Some((near, sure)) = nearest(fragment, all())
        .or_else(|| nearest(&id, all()))
        .map(found)
        .or_else(|| by_text().map(|near| (near.to_owned(), false)))
    {
        let words = format!("did you mean `#{near}`?");
        return (Some((near, sure)), words);
    }
    let mut listed: Vec<String> = all().take(NAMED).map(|name| format!("`#{name}`")).collect();
    let more = (names.len() + beyond).saturating_sub(NAMED);
    if more > 0 {
        listed.push(format!("{more} more"));
    }
    (None, format!("there are: {}", listed.join(", ")))
}
