//! The templates and assets of a project serve every audience: none of them says a marking above CLEAR.
//!
//! A label that a template prints of an entry comes from a variable. Names of classes and properties
//! (`tlp-amber`), and texts that are a label and nothing else, in a style (`content: "TLP:AMBER"`) or in a
//! condition, are how a theme shows labels.

use crate::diag::{Code, Diagnostic};
use crate::load::{FileInfo, Words};
use crate::model::Tlp;
use crate::parse::statics::{Above, above_in, above_where, in_name};
use crate::text::Place;
use memchr::{memchr2_iter, memmem};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The first label above CLEAR in each file, by its path below `templates/`.
#[must_use]
pub fn theme(files: &BTreeMap<String, Arc<[u8]>>) -> Vec<Diagnostic> {
    let labelled = files.iter().filter_map(|(path, bytes)| {
        let info = FileInfo::of(path, bytes);
        let above = match info.words.get() {
            Words::Within(_) | Words::None => above_in(path, info.words.get(), Tlp::Clear),
            Words::Text(_) | Words::TooLong | Words::Changed => in_text(bytes, path),
        };
        // Names of stylesheets and templates are those of a theme, which has labels to show.
        let named = || {
            let tlp = in_name(path).filter(|level| *level > Tlp::Clear)?;
            (!path.ends_with(".css") && !path.ends_with(".html")).then(|| Above {
                tlp: Some(tlp),
                written: path.clone(),
                span: None,
            })
        };
        Some((path, above.or_else(named)?))
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

/// The first label that a text of the theme says.
fn in_text(bytes: &[u8], path: &str) -> Option<Above> {
    let is_style = path.ends_with(".css");
    let signs = OnceCell::new();
    above_where(bytes, Tlp::Clear, |text, range| {
        let signs = signs.get_or_init(|| Signs::of(text));
        says(text, range, is_style, signs)
    })
}

/// Whether a label is said to a reader, and is no part of how labels are shown.
fn says(text: &str, range: Range<usize>, is_style: bool, signs: &Signs) -> bool {
    let (Some(before), Some(written), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return true;
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
    let at = range.start;
    let quoted = |open| signs.quotes_between(open, at) % 2 == 1;
    match (signs.statements.open_at(at), signs.prints.open_at(at)) {
        (Some(open), _) => quoted(open) && !whole,
        (None, Some(open)) => quoted(open),
        (None, None) => {
            let in_tag = signs.tags.open_at(at).is_some();
            !(is_name && in_tag && signs.comments.open_at(at).is_none())
        }
    }
}

/// Where the signs of a template stand, found once for all of its labels.
struct Signs {
    statements: Pair,
    prints: Pair,
    tags: Pair,
    comments: Pair,
    quotes: Vec<usize>,
}

impl Signs {
    fn of(text: &str) -> Signs {
        Signs {
            statements: Pair::of(text, "{%", "%}"),
            prints: Pair::of(text, "{{", "}}"),
            tags: Pair::of(text, "<", ">"),
            comments: Pair::of(text, "<!--", "-->"),
            quotes: memchr2_iter(b'"', b'\'', text.as_bytes()).collect(),
        }
    }

    fn quotes_between(&self, from: usize, to: usize) -> usize {
        let before = |at: usize| self.quotes.partition_point(|quote| *quote < at);
        before(to) - before(from)
    }
}

/// Where two signs that belong together end.
struct Pair {
    open: Vec<usize>,
    close: Vec<usize>,
}

impl Pair {
    fn of(text: &str, open: &str, close: &str) -> Pair {
        let ends = |sign: &str| {
            let found = memmem::find_iter(text.as_bytes(), sign);
            found.map(|at| at + sign.len()).collect()
        };
        Pair {
            open: ends(open),
            close: ends(close),
        }
    }

    /// The end of the sign that is open at a place.
    fn open_at(&self, at: usize) -> Option<usize> {
        let last = |ends: &[usize]| {
            let before = ends.partition_point(|end| *end <= at);
            before.checked_sub(1).and_then(|it| ends.get(it)).copied()
        };
        last(&self.open).filter(|open| last(&self.close) < Some(*open))
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
        assert_eq!(labels("assets/report_TLP_RED.txt", "x"), 1);
        assert_eq!(labels("assets/css/tlp-red.css", "x"), 0);
    }

    #[test]
    fn pictures_and_fonts_are_searched_for_rows_of_signs() {
        let found = |bytes: &[u8]| {
            theme(&BTreeMap::from([("assets/x.png".to_owned(), bytes.into())])).len()
        };
        assert_eq!(found(b"\x89PNG\x01tEXtComment\0TLP:RED\xff"), 1);
        assert_eq!(found(b"\x89PNG\x01\xffTLP:ZQ\xff TLP\x01\x02RED"), 0);
    }

    #[test]
    fn many_labels_that_are_no_statement_end_soon() {
        for piece in ["{% if a == \"TLP:RED\" %}", "<i class=tlp-red>"] {
            let text = piece.repeat(2_000_000 / piece.len());
            #[allow(clippy::disallowed_methods, reason = "a test of the time it takes")]
            let begun = std::time::Instant::now();
            assert_eq!(labels("x.html", &text), 0);
            let took = begun.elapsed();
            assert!(took.as_secs() < 10, "{piece} takes {took:?}");
        }
        let text = format!("{{% {} %}}", "a == \"TLP:RED\" or ".repeat(50_000));
        assert_eq!(labels("x.html", &text), 0);
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
