//! Patterns of indicators become lines of `ioc` blocks, where they are as simple as that.
//!
//! A pattern that only compares values with `=`, joined by `OR`, is one line for each; any other is a block of code. They stand
//! in the entry that the indicator indicates, each block with its own marking, else in a note of the import. Sightings are counted on
//! the lines of their indicators, and what was observed is a line of its own ([`super::observed`]).

use super::bundle::{Bundle, Object};
use super::marked::Marked;
use super::observed::{self, Sightings};
use super::{own, text_of, texts_of};
use crate::exchange::{Import, Incoming, Markings, Piece, Why};
use crate::model::{Day, Indicator, Kind, Tlp};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The blocks of one entry: by language and marking, their lines.
pub(super) type Blocks = BTreeMap<(Option<Tlp>, String), Vec<String>>;

/// Adds the indicators; gives the ids of the objects that were carried.
pub(super) fn add(bundle: &Bundle, markings: &Markings, import: &mut Import) -> HashSet<String> {
    let indicated = indicated(bundle, markings);
    let sightings = Sightings::of(bundle, markings);
    let mut carried = HashSet::new();
    let mut blocks: BTreeMap<String, Blocks> = BTreeMap::new();
    for object in bundle
        .all()
        .filter(|object| object.kind() == "indicator" && !object.is_gone())
    {
        let marked = Marked::of(object, bundle, markings);
        marked.tell(object, &mut import.losses);
        let Indicated { about, via, tlp } = indicated.get(object.id()).cloned().unwrap_or_default();
        let tlp = marked.tlp.max(tlp);
        let seen = sightings.seen(object, tlp);
        let Some((language, lines)) = lines(object, seen.words) else {
            continue;
        };
        if language == "ioc" {
            for id in seen.ids {
                import.losses.note(Why::Changed, "sighting", &id);
                carried.insert(id);
            }
        }
        if language != "ioc" {
            import
                .losses
                .note(Why::Changed, "indicator.pattern", object.id());
        }
        let all = blocks.entry(about).or_default();
        all.entry((tlp, language)).or_default().extend(lines);
        carried.insert(object.id().to_owned());
        carried.extend(via);
    }
    let about = |id: &str| match bundle.kind(id) {
        Some(_) => id.to_owned(),
        None => indicated
            .get(id)
            .map_or_else(String::new, |it| it.about.clone()),
    };
    for seen in observed::all(bundle, markings, &sightings) {
        for object in seen.ids.iter().filter_map(|id| bundle.get(id)) {
            let losses = &mut import.losses;
            Marked::of(object, bundle, markings).tell(object, losses);
            losses.note(Why::Changed, object.kind(), object.id());
        }
        carried.extend(seen.ids);
        let blocks = blocks.entry(about(&seen.of)).or_default();
        let block = blocks.entry((seen.tlp, "ioc".to_owned())).or_default();
        block.extend(seen.lines);
    }
    let at = import.entries.iter().enumerate();
    let at: HashMap<String, usize> = at.map(|(at, it)| (it.origin.clone(), at)).collect();
    for (about, blocks) in blocks {
        place(at.get(&about).copied(), blocks, import);
    }
    carried
}

/// What an indicator indicates.
#[derive(Debug, Clone, Default)]
struct Indicated {
    /// The entry.
    about: String,
    /// The relationships that say so.
    via: Vec<String>,
    /// Their marking: that it stands there tells of it.
    tlp: Option<Tlp>,
}

fn indicated(bundle: &Bundle, markings: &Markings) -> HashMap<String, Indicated> {
    let mut found: HashMap<String, Indicated> = HashMap::new();
    for object in bundle
        .all()
        .filter(|object| object.kind() == "relationship" && !object.is_gone())
    {
        let text = |name: &str| text_of(&object, name).unwrap_or("").to_owned();
        let (from, to) = (text("source_ref"), text("target_ref"));
        let of_own = bundle.get(&from).is_some_and(|it| own::of(it).is_some());
        let verb = text("relationship_type");
        let indicates = verb == "indicates" || (of_own && verb == "related-to");
        if !indicates || bundle.kind(&to).is_none() {
            continue;
        }
        let own = found.entry(from).or_default();
        if own.about.is_empty() {
            own.about = to;
            own.via.push(object.id().to_owned());
            own.tlp = Marked::of(object, bundle, markings).tlp;
        }
    }
    found
}

/// The language of the block of a pattern, and its lines.
fn lines(object: Object<'_>, seen: Option<String>) -> Option<(String, Vec<String>)> {
    let pattern = text_of(&object, "pattern")?;
    let language = text_of(&object, "pattern_type").unwrap_or("stix");
    if language == "stix"
        && let Some(values) = values(pattern)
    {
        let note = note(object);
        let parts = [Some(note).filter(|it| !it.is_empty()), seen];
        let note = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let indicators = values.iter().map(|value| Indicator::from_text(value));
        let indicators: Option<Vec<Indicator>> = indicators.collect();
        if let Some(indicators) = indicators {
            let until = until(object).map(|day| format!("(until: {day})"));
            let behind = [Some(note).filter(|it| !it.is_empty()), until];
            let behind = behind.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let line = |it: &Indicator| match behind.is_empty() {
                true => it.defanged(),
                false => format!("{}  # {behind}", it.defanged()),
            };
            return Some(("ioc".to_owned(), indicators.iter().map(line).collect()));
        }
    }
    let language: String = language
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    Some((
        language.to_lowercase(),
        pattern.lines().map(str::to_owned).collect(),
    ))
}

/// What is said of an indicator, without what a line of a block reads as more than words.
fn note(object: Object<'_>) -> String {
    if let Some(own) = own::statement(object) {
        return without_markup(own["note"].as_str().unwrap_or(""));
    }
    let name = text_of(&object, "name")
        .or_else(|| text_of(&object, "description"))
        .unwrap_or("");
    let types = texts_of(&object, "indicator_types").join(", ");
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        [name.to_owned(), types]
            .into_iter()
            .filter(|part| !part.is_empty()),
    );
    let from = text_of(&object, "valid_from").map(super::entries::day);
    parts.extend(from.map(|from| format!("from {from}")));
    without_markup(&parts.join("; "))
}

/// The last day on which it is to be looked for: of what this program made, the one that its writer named.
fn until(object: Object<'_>) -> Option<Day> {
    let day = match own::statement(object) {
        Some(own) => own["until"].as_str()?,
        None => &super::entries::day(text_of(&object, "valid_until")?),
    };
    day.parse().ok()
}

/// Words without what a line of a block reads as more than words.
fn without_markup(note: &str) -> String {
    let plain = |c: &char| {
        !matches!(
            c,
            '#' | '[' | ']' | '@' | '<' | '>' | '`' | '\\' | '{' | '}' | '|'
        )
    };
    let words: String = note.chars().filter(plain).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The values of a pattern that only compares with `=`, joined by `OR`: `[ipv4-addr:value = '198.51.100.1']`.
fn values(pattern: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut rest = pattern.trim();
    loop {
        rest = rest.trim_start_matches(['[', '(', ' ']);
        let (path, behind) = rest.split_once('=')?;
        let plain = |c: char| c.is_alphanumeric() || ":._-'\" ".contains(c);
        // Where another sign stands before the equals sign, it is another comparison.
        if !path.trim().chars().all(plain) || path.contains(" NOT") {
            return None;
        }
        let (value, behind) = quoted(behind.trim_start())?;
        values.push(value);
        rest = behind.trim_start_matches([']', ')', ' ']);
        if rest.is_empty() {
            return Some(values);
        }
        rest = rest.strip_prefix("OR")?.trim_start();
    }
}

/// A text in single quotation marks, and what stands behind it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix('\'')?;
    let mut value = String::new();
    let mut letters = rest.char_indices();
    while let Some((at, c)) = letters.next() {
        match c {
            '\'' => return Some((value, rest.get(at + 1..)?)),
            '\\' => value.push(letters.next()?.1),
            c => value.push(c),
        }
    }
    None
}

/// Puts blocks below an entry, or in a note of their own.
fn place(at: Option<usize>, blocks: Blocks, import: &mut Import) {
    let at = at.unwrap_or_else(|| {
        let note = Incoming::new("indicators", Kind::Note, "Indicators");
        import.entries.push(note);
        import.entries.len() - 1
    });
    let Some(entry) = import.entries.get_mut(at) else {
        return;
    };
    if entry.origin != "indicators" {
        entry.body.0.push(Piece::Heading("Indicators".to_owned()));
    }
    for ((tlp, language), mut lines) in blocks {
        if language == "ioc" {
            lines.dedup();
        }
        entry.body.0.push(Piece::Fence {
            language,
            text: lines.join("\n"),
            tlp,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_patterns_are_values() {
        for (pattern, expected) in [
            (
                "[ipv4-addr:value = '198.51.100.1']",
                Some(vec!["198.51.100.1"]),
            ),
            (
                "[url:value = 'http://x.example/'] OR [domain-name:value = 'x.example']",
                Some(vec!["http://x.example/", "x.example"]),
            ),
            (
                "[file:hashes.'SHA-256' = 'ab' OR file:hashes.MD5 = 'cd']",
                Some(vec!["ab", "cd"]),
            ),
            ("[a:b = 'it\\'s']", Some(vec!["it's"])),
            ("[a:b = '1' AND c:d = '2']", None),
            ("[a:b != '1']", None),
            ("[a:b LIKE '1%']", None),
            ("[a:b = 1]", None),
            ("", None),
        ] {
            let expected =
                expected.map(|all| all.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(values(pattern), expected, "{pattern}");
        }
    }
}
