//! `[attachments]`: which files are published as they are.

use super::value::span;
use super::{Reader, Value, in_order};
use crate::attachment::Trust;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::Located;
use toml::de::DeValue;

const HELP: &str = "write the path of a file below content/, `sources/snapshots/notice.html`, or of a \
                    folder with a slash at its end, `figures/`";

impl Reader<'_> {
    /// The table; its only key is `trust`.
    pub(super) fn attachments(&mut self, value: &Value<'_>) -> Option<Trust> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut trust = Trust::default();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "trust" => self.set(&mut trust, value, Self::trusted),
                unknown => {
                    let help = did_you_mean(unknown, ["trust"]);
                    self.problems.push(
                        Diagnostic::at(
                            Code::ConfigUnknownKey,
                            &self.file.path,
                            span(key.span()),
                            format!("`[attachments]` has no key `{unknown}`"),
                        )
                        .help(help.unwrap_or_else(|| "its key is `trust`".to_owned())),
                    );
                }
            }
        }
        Some(trust)
    }

    fn trusted(&mut self, value: &Value<'_>) -> Option<Trust> {
        let items = match value.get_ref() {
            DeValue::String(_) => std::slice::from_ref(value),
            DeValue::Array(items) => items,
            _ => {
                self.wrong_type(value, "a list of text");
                return None;
            }
        };
        let names = items.iter().filter_map(|item| self.path(item)).collect();
        Some(Trust::new(names))
    }

    /// The path of a file or folder below `content/`.
    fn path(&mut self, value: &Value<'_>) -> Option<Located<String>> {
        let text = self.text(value)?;
        let folder = text.strip_suffix('/').unwrap_or(text);
        let odd = |c: char| c.is_control() || "\\*?<>|\"".contains(c);
        let problem = if folder.is_empty() {
            "all of content/ cannot be trusted at once".to_owned()
        } else if text.starts_with("content/") {
            format!("`{text}` begins with `content/`, which is left out")
        } else if text.contains(odd)
            || folder
                .split('/')
                .any(|part| part.trim() != part || matches!(part, "" | "." | ".."))
        {
            format!("`{}` is no path below content/", text.escape_debug())
        } else {
            return Some(Located {
                value: text.to_owned(),
                span: span(value.span()),
            });
        };
        self.bad(value, problem, Some(HELP.into()));
        None
    }
}
