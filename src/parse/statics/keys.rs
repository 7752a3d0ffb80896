//! Markings that a text says in two pieces beside JSON and columns: a key and its value in a line (`tlp: A`), a tag
//! and its attributes or words (`<marking xsi:type="tlpMarking:…" color="AMBER"/>`, `<key>TLP</key><string>A</string>`).
//!
//! Takes a text, and whether it is one of data, in which whatever stands under the name is a value; gives what it
//! says, in its order. Never reads the format as a whole: what stands in a line or a tag is enough.

use super::label::{self, Reading};

/// Longer lines and tags hold no such value.
const LONGEST: usize = 400;

/// What the lines of a text say: each with its words.
pub(super) fn in_lines(text: &str, data: bool) -> Vec<(Reading, String)> {
    let mut found = Vec::new();
    // A key that has nothing behind it waits for the next line.
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if std::mem::take(&mut open) {
            say(line.trim_start_matches(['-', ' ']), data, &mut found);
        }
        // `{tlp: A, x: y}` in one line, behind a key perhaps
        if let Some((_, flow)) = line
            .split_once('{')
            .filter(|_| data && line.len() < LONGEST)
        {
            let members = flow.split([',', '{', '}']);
            let members = members.filter_map(|member| member.split_once([':', '=']));
            members.for_each(|(key, value)| {
                if label::is_name_of_level(key.trim().trim_matches(['"', '\''])) {
                    say(value, data, &mut found);
                }
            });
        }
        let Some((key, value)) = line.split_once([':', '=']).filter(|_| line.len() < LONGEST)
        else {
            continue;
        };
        let key = key.trim_start_matches(['-', ' ', '\t', '{', ',']);
        let key = key.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        if !label::is_name_of_level(key) {
            continue;
        }
        match value.trim() {
            "" | "|" | ">" | ">-" | "|-" => open = true,
            value => say(value, data, &mut found),
        }
    }
    found
}

/// What one value says.
fn say(value: &str, data: bool, found: &mut Vec<(Reading, String)>) {
    let value = value.split(" #").next().unwrap_or(value).trim();
    // Tags and anchors of YAML
    let value = match value.split_once(' ') {
        Some((head, rest)) if data && head.starts_with(['!', '&']) => rest,
        _ => value,
    };
    for value in value.trim_matches(['[', ']']).split(',') {
        let sign =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '}' | '{' | '[' | ']');
        let value = value.trim_matches(sign);
        let reading = match data {
            true => label::under_name(value),
            // In running text one word is a value, a sentence is none.
            false if value.contains(char::is_whitespace) => None,
            false => label::readable_under_name(value),
        };
        found.extend(reading.map(|reading| (reading, value.to_owned())));
    }
}

/// What the tags of a text say.
pub(super) fn in_tags(text: &str, data: bool) -> Vec<(Reading, String)> {
    let mut found = Vec::new();
    // The words of the last element, if they name the protocol as a key does.
    let mut keyed = false;
    for piece in text.split('<').skip(1) {
        let Some((tag, words)) = piece.split_once('>').filter(|(tag, _)| tag.len() < LONGEST)
        else {
            continue;
        };
        let name = tag
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or("");
        let words = words.trim();
        if tag.starts_with(['/', '!', '?']) {
            continue;
        }
        found.extend(label::in_tag(name, tag.get(name.len()..).unwrap_or("")));
        if words.is_empty() || words.len() >= LONGEST {
            continue;
        }
        if label::is_name_of_level(name) || std::mem::take(&mut keyed) {
            let reading = if data {
                label::under_name(words)
            } else {
                label::readable_under_name(words)
            };
            found.extend(reading.map(|reading| (reading, words.to_owned())));
        }
        let key = ["key", "name", "dt", "term"]
            .iter()
            .any(|it| name.eq_ignore_ascii_case(it));
        keyed = key && label::is_name_of_level(words);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tlp;

    fn highest(found: Vec<(Reading, String)>) -> Option<Tlp> {
        found.into_iter().map(|(reading, _)| reading.level()).max()
    }

    #[test]
    fn lines_say_markings() {
        for (text, data, is) in [
            ("tlp: A", true, Some(Tlp::Amber)),
            ("- tlp: 2 # comment", true, Some(Tlp::Amber)),
            ("\"TLP\" = \"amb\";", false, Some(Tlp::Amber)),
            ("tlp:\n  - r\n", true, Some(Tlp::Red)),
            ("tlp: [g, a]", true, Some(Tlp::Amber)),
            ("tlp_level: intern", true, Some(Tlp::Red)),
            ("meta_tlp = clear", true, Some(Tlp::Clear)),
            ("tlp: intern", false, None),
            ("TLP: a set of labels", false, None),
            ("tlp: str = x", false, None),
            ("x: {y: z, tlp: A}", true, Some(Tlp::Amber)),
            ("tlp: !!str intern", true, Some(Tlp::Red)),
            ("tulip: A", true, None),
            ("tlp: none", true, None),
        ] {
            assert_eq!(highest(in_lines(text, data)), is, "{text}");
        }
    }

    #[test]
    fn tags_say_markings() {
        for (text, data, is) in [
            (
                "<marking:Marking_Structure xsi:type='tlpMarking:TLPMarkingStructureType' color=\"AMBER\"/>",
                true,
                Some(Tlp::Amber),
            ),
            (
                "<tlpMarking:Structure color=\"RED\"/>",
                false,
                Some(Tlp::Red),
            ),
            ("<tlp>amb</tlp>", true, Some(Tlp::Amber)),
            ("<report tlp=\"2\">", true, Some(Tlp::Amber)),
            ("<key>TLP</key>\n<string>A</string>", true, Some(Tlp::Amber)),
            (
                "<key>TLP</key>\n<string>intern</string>",
                true,
                Some(Tlp::Red),
            ),
            (
                "<meta content=\"amber\" name=\"tlp\">",
                false,
                Some(Tlp::Amber),
            ),
            ("<th>TLP</th><th>A</th>", false, None),
            ("<p class=\"tlp\" color=\"red\">", false, Some(Tlp::Red)),
            ("<p color=\"red\">TLP</p>", true, None),
            ("1 < 2 > tlp=3", true, None),
        ] {
            assert_eq!(highest(in_tags(text, data)), is, "{text}");
        }
    }
}
