//! `[theme]`: how the default theme is made one's own.

use super::value::{Mends, quoted, span};
use super::{Reader, Value, in_order};
use crate::config::look::{Accent, Colour, Fonts, GROUNDS, Look, READABLE};
use crate::model::Located;
use toml::de::DeValue;

const KEYS: &[&str] = &["accent", "logo", "css", "fonts"];

const COLOUR: &str = "write it as in CSS, `\"#1a4a80\"`; `{ light = \"#1a4a80\", dark = \"#a3c5ee\" }` gives one for each ground";

impl Reader<'_> {
    /// The table.
    pub(super) fn theme(&mut self, value: &Value<'_>) -> Option<Look> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut look = Look::default();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "accent" => self.set(&mut look.accent, value, |it, value| {
                    it.accent(value).map(Some)
                }),
                "logo" => self.set(&mut look.logo, value, |it, value| {
                    it.asset(value, &[".svg", ".png", ".webp", ".jpg", ".jpeg", ".avif"])
                        .map(Some)
                }),
                "css" => self.set(&mut look.css, value, |it, value| {
                    it.asset(value, &[".css"]).map(Some)
                }),
                "fonts" => self.set(&mut look.fonts, value, Self::fonts),
                unknown => self.unknown_key(("theme", table), unknown, key.span(), KEYS),
            }
        }
        Some(look)
    }

    fn fonts(&mut self, value: &Value<'_>) -> Option<Fonts> {
        let words = &["system", "serif", "sans"];
        self.word(
            value,
            "choice of fonts",
            words,
            Mends::Asked,
            |word| match word {
                "system" => Some(Fonts::System),
                "serif" => Some(Fonts::Serif),
                "sans" => Some(Fonts::Sans),
                _ => None,
            },
        )
    }

    /// One colour, or one for each ground.
    fn accent(&mut self, value: &Value<'_>) -> Option<Accent> {
        let DeValue::Table(table) = value.get_ref() else {
            let colour = self.colour(value)?;
            return match Accent::of(colour) {
                Ok(accent) => Some(accent),
                Err(darker) => {
                    let message = format!("`{colour}` is too pale to be read on the light ground");
                    let dark = colour.until(GROUNDS.1, 255);
                    let help = format!(
                        "write `\"{darker}\"`, or keep it on the dark ground alone: `{{ light = \"{darker}\", dark = \"{dark}\" }}`"
                    );
                    self.bad(value, message, Some(help.into()));
                    None
                }
            };
        };
        let (mut light, mut dark) = (None, None);
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "light" => light = self.readable(value, GROUNDS.0, "light", 0),
                "dark" => dark = self.readable(value, GROUNDS.1, "dark", 255),
                unknown => self.unknown_key(
                    ("theme.accent", table),
                    unknown,
                    key.span(),
                    &["light", "dark"],
                ),
            }
        }
        for name in ["light", "dark"] {
            if table.get(name).is_none() {
                let message = format!("the accent has no colour for the {name} ground");
                self.bad(value, message, Some(COLOUR.into()));
            }
        }
        Some(Accent {
            light: light?,
            dark: dark?,
        })
    }

    /// A colour that can be read on a ground.
    fn readable(
        &mut self,
        value: &Value<'_>,
        ground: Colour,
        name: &str,
        end: u8,
    ) -> Option<Colour> {
        let colour = self.colour(value)?;
        if colour.contrast(ground) >= READABLE {
            return Some(colour);
        }
        let message = format!("`{colour}` cannot be read on the {name} ground");
        let help = format!("write `\"{}\"`, which can", colour.until(ground, end));
        self.bad(value, message, Some(help.into()));
        None
    }

    fn colour(&mut self, value: &Value<'_>) -> Option<Colour> {
        let text = self.text(value)?;
        let colour = Colour::from_text(text.trim());
        if colour.is_none() {
            let message = format!("`{}` is no colour", text.escape_debug());
            self.bad(value, message, Some(COLOUR.into()));
        }
        colour
    }

    /// The path of a file below `templates/assets/`.
    fn asset(&mut self, value: &Value<'_>, endings: &[&str]) -> Option<Located<String>> {
        let text = self.text(value)?;
        let odd = |c: char| c.is_control() || "\\*?<>|\":#%".contains(c);
        let folders = ["templates/assets/", "assets/", "templates/"];
        let rest = folders.iter().find_map(|folder| text.strip_prefix(folder));
        let lower = text.to_lowercase();
        let (message, help) = if let Some(rest) = rest {
            let message = format!("`{text}` names a folder that is left out");
            (
                message,
                format!("write `\"{rest}\"`: it lies in templates/assets/"),
            )
        } else if text.contains(odd)
            || text
                .split('/')
                .any(|part| part.trim() != part || matches!(part, "" | "." | ".."))
        {
            let message = format!(
                "`{}` is no path below templates/assets/",
                text.escape_debug()
            );
            (
                message,
                format!(
                    "write the name of a file in templates/assets/, `\"own{}\"`",
                    endings[0]
                ),
            )
        } else if !endings.iter().any(|ending| lower.ends_with(ending)) {
            let message = format!("`{text}` has another ending than {}", quoted(endings));
            (
                message,
                "name a file of that sort, which lies in templates/assets/".to_owned(),
            )
        } else {
            return Some(Located {
                value: text.to_owned(),
                span: span(value.span()),
            });
        };
        self.bad(value, message, Some(help.into()));
        None
    }
}
