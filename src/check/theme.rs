//! The templates and assets of a project serve every audience: none of them says a marking above CLEAR.
//!
//! A label that a template prints of an entry comes from a variable. Names of classes and properties
//! (`tlp-amber`), and texts that are a label and nothing else, in a style (`content: "TLP:AMBER"`) or in a
//! condition, are how a theme shows labels.

use crate::diag::{Code, Diagnostic};
use crate::model::Tlp;
use crate::parse::statics::above_where;
use crate::text::Place;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The first label above CLEAR in each file, by its path below `templates/`.
#[must_use]
pub fn theme(files: &BTreeMap<String, Arc<[u8]>>) -> Vec<Diagnostic> {
    let labelled = files.iter().filter_map(|(path, bytes)| {
        let is_style = path.ends_with(".css");
        let says = |text: &str, range: Range<usize>| says(text, range, is_style);
        let above = above_where(bytes, Tlp::Clear, says)?;
        Some((path, above))
    });
    let problems = labelled.map(|(path, above)| {
        let place = Place {
            path: format!("templates/{path}").into(),
            span: above.span,
        };
        let message = format!("`{}` stands in what serves every audience", above.written);
        Diagnostic::new(Code::MarkedFile, place, message)
            .help("take it out: what is not for everyone stands in an entry, which is marked by `tlp:`; the label of a page is `{{ page.tlp.label }}`")
            .firm()
    });
    problems.collect()
}

/// Whether a label is said to a reader, and is no part of how labels are shown.
fn says(text: &str, range: Range<usize>, is_style: bool) -> bool {
    let (Some(before), Some(written), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return true;
    };
    let within = |open: &str, close: &str| {
        let opened = before.rfind(open)?;
        let inside = before.rfind(close).is_none_or(|closed| closed < opened);
        before.get(opened..).filter(|_| inside)
    };
    // What is printed is told by a variable.
    if written.contains("{{") {
        return false;
    }
    let sign = before.chars().next_back();
    let whole = sign.is_some_and(|sign| matches!(sign, '"' | '\'') && after.starts_with(sign));
    let small = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | '_');
    let is_name = written.chars().all(small);
    if is_style {
        let joined = !before.ends_with(char::is_whitespace) && !before.ends_with('*');
        return !(whole || is_name && joined);
    }
    let quotes = |code: &str| code.matches(['"', '\'']).count() % 2 == 1;
    match (within("{%", "%}"), within("{{", "}}")) {
        (Some(code), _) => quotes(code) && !whole,
        (None, Some(code)) => quotes(code),
        (None, None) => !(is_name && within("<", ">").is_some() && within("<!--", "-->").is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn labels(path: &str, text: &str) -> usize {
        theme(&BTreeMap::from([(path.to_owned(), text.as_bytes().into())])).len()
    }

    #[test]
    fn what_a_template_says_counts() {
        for text in [
            "<p>TLP:AMBER</p>",
            "{# TLP:AMBER: for partners #}",
            "<!-- tlp-red -->",
            "<p>(TLP:RED) x</p>",
            "{{ \"TLP:RED\" }} x",
            "<p title=\"TLP:RED: x\">",
            "{% if a %}TLP RED{% endif %}",
        ] {
            assert_eq!(labels("entry.html", text), 1, "{text}");
        }
        for text in [
            "<p class=\"tlp tlp-amber\">",
            "TLP:{{ page.tlp.name }}",
            "TLP: {{ red }}",
            "{% if page.tlp.label == \"TLP:AMBER\" %}",
            "{% set tlp_red = 1 %}{{ page.tlp_red }}",
            "{{ page.tlp.label }} TLP:CLEAR",
        ] {
            assert_eq!(labels("entry.html", text), 0, "{text}");
        }
        assert_eq!(labels("assets/x.css", "/* TLP:RED */"), 1);
        assert_eq!(
            labels("assets/x.css", "a::after { content: 'TLP:RED: x' }"),
            1
        );
        let style =
            ".tlp-red, #tlp_red { --tlp-red: red; content: \"TLP:RED\" } [class=tlp-red] {}";
        assert_eq!(labels("assets/x.css", style), 0);
        assert_eq!(labels("assets/x.txt", "TLP:AMBER\n"), 1);
    }

    #[test]
    fn the_default_theme_says_none() {
        fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Arc<[u8]>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
                match entry.path().is_dir() {
                    true => read(&entry.path(), &format!("{name}/"), files),
                    false => {
                        files.insert(name, fs::read(entry.path()).unwrap().into());
                    }
                }
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut files = BTreeMap::new();
        read(&root, "", &mut files);
        assert!(files.len() > 20);
        assert_eq!(theme(&files), []);
    }
}
