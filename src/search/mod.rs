//! What a search looks in, and what it finds.
//!
//! Takes the [`Register`](crate::plan::Register) of a site and the texts of its release; gives, word by word, who bears names
//! that hold it ([`Names`]) and in which pages it stands ([`Postings`]), what a question finds there ([`Lookup`]), and the
//! texts of the files in which a browser finds the same ([`data`]). A name is found by its words ([`words`]), which are the
//! same in whatever signs, accents and case they are written, so that a defanged indicator and a live one, `APT-38` and
//! `apt 38` are one; a word of a text whatever it ends in ([`Endings`]). The script of the theme, `assets/js/search.js`, cuts
//! words and ranks by the same rules; tests hold the two together. Never looks at what it was not given: what an audience may
//! not see is in no release.

pub mod data;

mod endings;

mod find;

mod lookup;

mod names;

mod postings;

mod said;

pub use crate::model::searched::words;
pub use endings::Endings;
pub use find::Hit;
pub use lookup::Lookup;
pub use names::{Bearer, Names};
pub use postings::Postings;

/// What a function of the theme's script says of each of some texts. Needs Node: where there is none, nothing, and the
/// browser tests hold the script to the same.
#[cfg(test)]
fn script(function: &str, texts: &[&str]) -> Option<Vec<String>> {
    let script = include_str!("../../templates/assets/js/search.js");
    let part = |name: &str| {
        let start = script
            .find(&format!("// {name}:begin"))
            .expect("its beginning");
        let end = script.find(&format!("// {name}:end")).expect("its end");
        &script[start..end]
    };
    let texts = serde_json::to_string(texts).expect("JSON");
    let run = format!(
        "{}\n{}\nfor (const text of {texts}) console.log(({function})(text));",
        part("words"),
        part("terms")
    );
    let node = std::process::Command::new("node");
    let node = { node }.arg("-e").arg(run).output().ok()?;
    let errors = String::from_utf8_lossy(&node.stderr);
    assert!(node.status.success(), "{errors}");
    let said = String::from_utf8_lossy(&node.stdout);
    Some(said.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::script;
    use crate::model::searched::tests::TEXTS;

    #[test]
    fn the_script_cuts_the_same_words() {
        let texts: Vec<&str> = TEXTS.iter().map(|(text, _)| *text).collect();
        let Some(said) = script("text => words(text).join(' ')", &texts) else {
            return;
        };
        let found: Vec<&str> = TEXTS.iter().map(|(_, found)| *found).collect();
        assert_eq!(said, found);
    }
}
