//! The forms that values of front matter have, and how a message names them.

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Free text.
    Text,
    /// Several texts; one may stand without brackets.
    Texts,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// Several of a few words.
    Words(&'static [&'static str]),
    /// A language tag.
    Language,
    /// A decimal number up to a bound on either side of zero.
    Degrees(u8),
    /// An ISO 3166 code.
    Country,
    /// A date or a period.
    Date,
    /// A full day.
    Day,
    /// `true` or `false`.
    Bool,
    /// A marking.
    Tlp,
    /// A word of estimative probability.
    Confidence,
    /// An amount of money.
    Money,
    /// How many there are.
    Count,
    /// An Admiralty grade, with its letter or without.
    Grade,
    /// Its letter.
    Reliability,
    /// An address with `https:` or `http:`.
    Url,
    /// The name of a file in a folder that is known.
    File,
    /// A SHA-256.
    Sha256,
    /// A reference to another entry.
    Ref,
    /// A reference or free text.
    Named,
    /// Several citations; one may stand without brackets.
    Cites,
    /// Several site paths; one may stand without brackets.
    Paths,
    /// A map of names to texts.
    Ids,
    /// A value that sources may disagree on.
    Fact(&'static Form),
    /// A map of free names to facts of text.
    Facts,
    /// One map of that shape.
    One(&'static Shape),
    /// Several maps of that shape; one may stand without brackets.
    Many(&'static Shape),
    /// Anything, for templates.
    Anything,
}

/// A map with known keys.
#[derive(Debug)]
pub struct Shape {
    /// What it describes, with its article: `an alias`.
    pub what: &'static str,
    /// Its keys.
    pub keys: &'static [Inner],
    /// Whether a single value may stand in its place, and for which key.
    pub short: Option<&'static str>,
    /// How it is written.
    pub example: &'static str,
}

/// A key of a map.
#[derive(Debug, Clone, Copy)]
pub struct Inner {
    /// Its name.
    pub key: &'static str,
    /// What it takes.
    pub form: Form,
    /// What it says, a few words.
    pub about: &'static str,
    /// Whether it must stand.
    pub required: bool,
}

impl Shape {
    /// Its keys that hold facts, as those of `loss` do.
    pub fn facts(&self) -> impl Iterator<Item = &'static Inner> + use<> {
        let keys = self.keys.iter();
        keys.filter(|inner| matches!(inner.form, Form::Fact(_)))
    }
}

impl Form {
    /// What it takes, to be said in a message.
    #[must_use]
    pub fn takes(self) -> &'static str {
        match self {
            Form::Text | Form::Language | Form::Grade | Form::Tlp | Form::Confidence => "text",
            Form::Texts => "text or a list of texts",
            Form::Word(_) | Form::File | Form::Country => "one word",
            Form::Words(_) => "a word or a list of words",
            Form::Degrees(_) => "a number",
            Form::Date => "a date",
            Form::Day => "a full day",
            Form::Bool => "true or false",
            Form::Money => "an amount of money",
            Form::Count => "a whole number",
            Form::Reliability => "a letter",
            Form::Url => "an address",
            Form::Sha256 => "64 hexadecimal digits",
            Form::Ref => "a slug",
            Form::Named => "a slug or text",
            Form::Cites => "sources",
            Form::Paths => "site paths",
            Form::Ids => "names with texts",
            Form::Fact(form) => form.takes(),
            Form::Facts => "names with values",
            Form::One(_) | Form::Many(_) | Form::Anything => "keys with values",
        }
    }

    /// Whether several values may stand, each a thing of its own.
    #[must_use]
    pub fn is_several(self) -> bool {
        match self {
            Form::Texts | Form::Words(_) | Form::Cites | Form::Paths | Form::Many(_) => true,
            Form::Text
            | Form::Word(_)
            | Form::Language
            | Form::Degrees(_)
            | Form::Country
            | Form::Date
            | Form::Day
            | Form::Bool
            | Form::Tlp
            | Form::Confidence
            | Form::Money
            | Form::Count
            | Form::Grade
            | Form::Reliability
            | Form::Url
            | Form::File
            | Form::Sha256
            | Form::Ref
            | Form::Named
            | Form::Ids
            | Form::Fact(_)
            | Form::Facts
            | Form::One(_)
            | Form::Anything => false,
        }
    }

    /// How such a value is written.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Form::Text => "some words",
            Form::Texts => "[one, two]",
            Form::Word(words) | Form::Words(words) => words.first().copied().unwrap_or(""),
            Form::Language => "en-GB",
            Form::Degrees(_) => "23.7231",
            Form::Country => "KP",
            Form::Date => "2016-02-04",
            Form::Day => "2026-01-31",
            Form::Bool => "true",
            Form::Tlp => "amber",
            Form::Confidence => "very likely",
            Form::Money => "81m USD",
            Form::Count => "about 12k",
            Form::Grade => "B2",
            Form::Reliability => "B",
            Form::Url => "https://example.org/report",
            Form::File => "report.pdf",
            Form::Sha256 => "the output of sha256sum",
            Form::Ref | Form::Named => "bangladesh-bank",
            Form::Cites => "[reuters-2016, treasury-2019]",
            Form::Paths => "[/actors/old-name/]",
            Form::Ids => "{ attack: G0082 }",
            Form::Fact(form) => form.example(),
            Form::Facts => "{ days_inside: 155 }",
            Form::One(shape) | Form::Many(shape) => shape.example,
            Form::Anything => "{ colour: red }",
        }
    }
}
