//! `[theme]`: how the default theme is made a dossier's own without a template.
//!
//! Takes the settings; gives the files that they add to the theme's. Which colours can be read on the theme's
//! two grounds is reckoned here (WCAG 2.2, contrast ratio); nothing is read from disk.

use crate::model::Located;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The stylesheet that is made of the settings, below `templates/` and below the site's root.
pub const STYLESHEET: &str = "assets/css/look.css";

/// The grounds of the default theme on which links stand, the least favourable for each: the darkest of the light
/// ones, the lightest of the dark ones. `render::theme` holds them to the stylesheet by a test.
pub const GROUNDS: (Colour, Colour) = (Colour(0xf5, 0xf1, 0xe9), Colour(0x25, 0x26, 0x2a));

/// What text asks of its ground (WCAG 2.2, 1.4.3, level AA).
pub const READABLE: f64 = 4.5;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The colour of links and of what has the focus.
    pub accent: Option<Accent>,
    /// A picture beside the dossier's title, by its path below `templates/assets/`.
    pub logo: Option<Located<String>>,
    /// A stylesheet behind the default one, by its path below `templates/assets/`.
    pub css: Option<Located<String>>,
    /// Which of the system's fonts are used for what.
    pub fonts: Fonts,
}

/// A colour for each ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Accent {
    pub light: Colour,
    pub dark: Colour,
}

/// A colour in sRGB: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Which of the system's fonts are used for what; none is ever loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fonts {
    /// Serifs for what is read, sans serif for data and the frame.
    #[default]
    System,
    /// Serifs everywhere.
    Serif,
    /// Sans serif everywhere.
    Sans,
}

impl Look {
    /// A project's own files of the theme with what the settings add. A file of the same name stands for what is made.
    #[must_use]
    pub fn added_to(&self, own: &BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Arc<[u8]>> {
        let mut files = own.clone();
        if let Some(css) = self.stylesheet() {
            let made = || css.into_bytes().into();
            files.entry(STYLESHEET.to_owned()).or_insert_with(made);
        }
        files
    }

    /// The stylesheets behind the default one, in their order, by their paths below the site's root.
    pub fn stylesheets(&self) -> impl Iterator<Item = String> {
        let made = self.stylesheet().map(|_| STYLESHEET.to_owned());
        let own = self.css.as_ref().map(|it| published(&it.value));
        made.into_iter().chain(own)
    }

    /// The files that the settings name, by their paths below `templates/assets/`.
    pub fn named(&self) -> impl Iterator<Item = &Located<String>> {
        self.logo.iter().chain(&self.css)
    }

    /// The rules that the settings come to.
    fn stylesheet(&self) -> Option<String> {
        // On paper links are black.
        let accent = self.accent.map(|Accent { light, dark }| {
            format!(
                "@media screen {{\n  :root {{\n    --link: light-dark({light}, {dark});\n    --link-rule: color-mix(in srgb, var(--link) 45%, var(--paper));\n  }}\n}}\n"
            )
        });
        let fonts = match self.fonts {
            Fonts::System => None,
            Fonts::Serif => Some(":root { --sans: var(--serif); }\n"),
            Fonts::Sans => Some(":root { --serif: var(--sans); }\n"),
        };
        let rules = [accent.as_deref(), fonts];
        let rules: String = rules.into_iter().flatten().collect();
        (!rules.is_empty()).then(|| format!("/* Made of [theme] in dossier.toml. */\n{rules}"))
    }
}

/// The path below the site's root of a file below `templates/assets/`.
#[must_use]
pub fn published(asset: &str) -> String {
    format!("assets/{asset}")
}

impl Accent {
    /// One colour for both grounds: on the dark one it is made lighter until it can be read there.
    ///
    /// # Errors
    /// Where it cannot be read on the light ground: the nearest darker one that can.
    pub fn of(colour: Colour) -> Result<Accent, Colour> {
        let (light, dark) = GROUNDS;
        let readable = colour.until(light, 0);
        if readable != colour {
            return Err(readable);
        }
        Ok(Accent {
            light: colour,
            dark: colour.until(dark, 255),
        })
    }
}

impl Colour {
    /// Reads `#1a4a80` or `#abc`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let of = |at: usize, len: usize| u8::from_str_radix(digits.get(at..at + len)?, 16).ok();
        match digits.len() {
            6 if all => Some(Colour(of(0, 2)?, of(2, 2)?, of(4, 2)?)),
            3 if all => Some(Colour(of(0, 1)? * 17, of(1, 1)? * 17, of(2, 1)? * 17)),
            _ => None,
        }
    }

    /// The first of a hundred steps from it to black (0) or white (255) that can be read on a ground.
    #[must_use]
    pub fn until(self, ground: Colour, end: u8) -> Colour {
        let mixed = |from: u8, step: u16| {
            let (from, end) = (u16::from(from), u16::from(end));
            // Between two bytes lies a byte.
            u8::try_from((from * (100 - step) + end * step + 50) / 100).unwrap_or(u8::MAX)
        };
        let at = |step| {
            Colour(
                mixed(self.0, step),
                mixed(self.1, step),
                mixed(self.2, step),
            )
        };
        let mut steps = (0..=100).map(at);
        steps
            .find(|colour| colour.contrast(ground) >= READABLE)
            .unwrap_or(Colour(end, end, end))
    }

    /// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            match share <= 0.04045 {
                true => share / 12.92,
                false => ((share + 0.055) / 1.055).powf(2.4),
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::from_text(text).unwrap()
    }

    #[test]
    fn colours_are_read_as_in_css() {
        assert_eq!(colour("#1a4A80"), Colour(0x1a, 0x4a, 0x80));
        assert_eq!(colour("#abc"), Colour(0xaa, 0xbb, 0xcc));
        for text in [
            "", "#", "1a4a80", "#12345", "#12é4", "#gggggg", "red", "#+1+1+1",
        ] {
            assert_eq!(Colour::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (colour("#000"), colour("#fff"));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // A pair that is known to miss 4.5 by little.
        let grey = colour("#777").contrast(white);
        assert!((4.47..4.49).contains(&grey), "{grey}");
    }

    #[test]
    fn one_colour_is_readable_on_both_grounds_or_refused_with_one_that_is() {
        let navy = Accent::of(colour("#1a4a80")).unwrap();
        assert_eq!(navy.light, colour("#1a4a80"));
        assert!(navy.dark.contrast(GROUNDS.1) >= READABLE);
        let yellow = colour("#ffcc00");
        let darker = Accent::of(yellow).unwrap_err();
        assert!(darker.contrast(GROUNDS.0) >= READABLE);
        assert!(Accent::of(darker).is_ok());
    }

    #[test]
    fn without_settings_nothing_is_added() {
        let none = Look::default();
        assert!(none.added_to(&BTreeMap::new()).is_empty());
        assert_eq!(none.stylesheets().count(), 0);
    }
}
