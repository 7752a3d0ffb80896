//! "Did you mean": the nearest of the words that would have been right.

/// The candidate nearest to `word`, when it is near enough to be meant (Damerau–Levenshtein
/// distance of at most a third of the word's length, at least one).
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        // The distance is at least the difference in length: this spares most of the work, and all
        // of it for words of absurd length.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|&(distance, _)| distance <= limit)
        .min_by(|a, b| a.cmp(b))
        .map(|(_, candidate)| candidate)
}

/// The sentence ``did you mean `x`?`` where something is near enough.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    closest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let keys = ["title", "targets", "tags", "tlp"];
        assert_eq!(closest("titel", keys), Some("title"));
        assert_eq!(closest("tag", keys), Some("tags"));
        assert_eq!(closest("colour", keys), None);
    }
}
