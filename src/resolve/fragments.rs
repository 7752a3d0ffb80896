//! The places in a text that a fragment names, and what to say where it names none.
//!
//! Takes the whole text of a file and what stands after `#`; gives a [`Fragment`]. Names are those that work on
//! GitHub and in Obsidian: an id that the writer gave, GitHub's id of a heading, its words. What is printed
//! may be another id: see [`crate::model::ids`].

use super::fold;
use crate::diag::{Near, closest, nearest};
use crate::model::body::Heading;
use crate::model::ids::{self, Ids};
use crate::model::{Body, Fragment};

/// How many places are named at most.
const NAMED: usize = 12;

/// The place that a fragment names.
pub(super) fn find(body: &Body, fragment: &str) -> Option<Fragment> {
    let whole = by_id(body, fragment).or_else(|| by_words(body, fragment));
    // Obsidian names a heading by those that it stands below: `#Names#Former`.
    let last = || {
        let (_, last) = fragment.rsplit_once('#')?;
        by_words(body, last.trim())
    };
    whole.or_else(last)
}

fn heading(body: &Body, test: impl Fn(&Heading) -> bool) -> Option<Fragment> {
    place(body.headings.iter().position(test), Fragment::Heading)
}

fn place(at: Option<usize>, of: fn(u32) -> Fragment) -> Option<Fragment> {
    at.and_then(|at| u32::try_from(at).ok()).map(of)
}

fn by_id(body: &Body, id: &str) -> Option<Fragment> {
    let given = heading(body, |heading| heading.id.as_deref() == Some(id));
    let raw = || {
        place(
            body.ids.iter().position(|raw| *raw.id == *id),
            Fragment::Raw,
        )
    };
    let among = |ids: &[String]| place(ids.iter().position(|it| it == id), Fragment::Heading);
    given
        .or_else(raw)
        .or_else(|| among(&ids::on_github(&body.headings)))
        .or_else(|| among(&Ids::of(body).headings))
}

fn by_words(body: &Body, words: &str) -> Option<Fragment> {
    let folded = fold(words);
    heading(body, |heading| fold(&heading.text) == folded).or_else(|| {
        let id = ids::github(words);
        let all = ids::on_github(&body.headings);
        let like = all.iter().position(|it| *it == id);
        place(like.filter(|_| !id.is_empty()), Fragment::Heading)
    })
}

/// What to write in place of a fragment that names nothing, as it fits where it stands: words in a wikilink
/// (`in_words`), an id in the address of a link. Gives the name that was perhaps meant, and whether surely, beside
/// the sentence.
pub(super) fn advice(
    body: &Body,
    fragment: &str,
    in_words: bool,
) -> (Option<(String, bool)>, String) {
    let github = ids::on_github(&body.headings);
    let headings = body.headings.iter().zip(&github).map(|(heading, id)| {
        let id = heading.id.as_deref().unwrap_or(id);
        let fits = in_words && !heading.text.contains(['[', ']', '|', '#']);
        (if fits { &heading.text } else { id }, heading.text.as_str())
    });
    let raw = body.ids.iter().map(|raw| (&*raw.id, &*raw.id));
    let names: Vec<(&str, &str)> = headings
        .chain(raw)
        .filter(|(name, _)| !name.is_empty())
        .collect();
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
    let told = |near: Near<'_>| (near.word.to_owned(), near.is_slip());
    if let Some((near, sure)) = nearest(fragment, all())
        .or_else(|| nearest(&id, all()))
        .map(told)
        .or_else(|| by_text().map(|near| (near.to_owned(), false)))
    {
        let words = format!("did you mean `#{near}`?");
        return (Some((near, sure)), words);
    }
    let mut told: Vec<String> = all().take(NAMED).map(|name| format!("`#{name}`")).collect();
    if names.len() > NAMED {
        told.push(format!("{} more", names.len() - NAMED));
    }
    (None, format!("there are: {}", told.join(", ")))
}
