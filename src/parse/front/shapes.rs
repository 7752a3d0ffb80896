//! The maps that stand within front matter, and the words that some keys take.

use super::form::{Form, Inner, Shape};
use crate::model::LegalStatus;

/// What drives an actor.
pub const MOTIVES: &[&str] = &["financial", "espionage", "sabotage", "influence", "other"];
/// How much of a source was seen, in the order of [`crate::model::Seen`].
pub const SEEN: &[&str] = &["full", "excerpt", "reference"];
/// How an alias relates to its entry, in the order of [`crate::model::Overlap`].
pub const OVERLAPS: &[&str] = &["equal", "overlaps", "part-of"];
/// What a change may be beyond a change.
pub const CHANGE_KINDS: &[&str] = &["correction"];
/// The words of `type`.
pub const ORGANISATION_TYPES: &[&str] = &[
    "government",
    "military",
    "company",
    "bank",
    "exchange",
    "media",
    "law-enforcement",
    "other",
];
/// The words of `type`.
pub const PLACE_TYPES: &[&str] = &["country", "region", "city"];
/// The words of `type`.
pub const SOURCE_TYPES: &[&str] = &[
    "report",
    "news",
    "advisory",
    "court-record",
    "sanction",
    "blog",
    "dataset",
    "interview",
    "other",
];

const fn must(key: &'static str, form: Form) -> Inner {
    Inner {
        key,
        form,
        required: true,
    }
}

const fn may(key: &'static str, form: Form) -> Inner {
    Inner {
        key,
        form,
        required: false,
    }
}

/// A name that somebody uses.
pub const ALIAS: Shape = Shape {
    what: "an alias",
    keys: &[
        must("name", Form::Text),
        may("by", Form::Named),
        may("relation", Form::Word(OVERLAPS)),
        may("sources", Form::Cites),
        may("tlp", Form::Tlp),
    ],
    short: Some("name"),
    example: "{ name: Stardust Chollima, by: crowdstrike, relation: overlaps }",
};

/// A change that readers are told of.
pub const CHANGE: Shape = Shape {
    what: "a change",
    keys: &[
        must("date", Form::Day),
        must("what", Form::Text),
        may("kind", Form::Word(CHANGE_KINDS)),
        may("tlp", Form::Tlp),
    ],
    short: None,
    example: "{ date: 2026-01-31, what: the sum corrected, kind: correction }",
};

/// A day and a reason.
pub const NOTICE: Shape = Shape {
    what: "a notice",
    keys: &[must("date", Form::Date), must("reason", Form::Text)],
    short: None,
    example: "{ date: 2026-01-31, reason: the report was forged }",
};

/// What an incident cost.
pub const LOSS: Shape = Shape {
    what: "a loss",
    keys: &[
        may("attempted", Form::Fact(&Form::Money)),
        may("actual", Form::Fact(&Form::Money)),
        may("recovered", Form::Fact(&Form::Money)),
        may("frozen", Form::Fact(&Form::Money)),
    ],
    short: None,
    example: "{ attempted: 951m USD, actual: 81m USD }",
};

/// Something that happened in the course of an incident.
pub const EVENT: Shape = Shape {
    what: "an event",
    keys: &[
        must("date", Form::Date),
        must("what", Form::Text),
        may("sources", Form::Cites),
        may("place", Form::Ref),
        may("tlp", Form::Tlp),
    ],
    short: None,
    example: "{ date: 2016-02-04, what: the first orders are sent, sources: [reuters-2016] }",
};

/// Where a person stands before the law.
pub const LEGAL: Shape = Shape {
    what: "a legal status",
    keys: &[
        must("status", Form::Word(LegalStatus::WORDS)),
        may("date", Form::Date),
        may("by", Form::Named),
        may("sources", Form::Cites),
        may("tlp", Form::Tlp),
    ],
    short: Some("status"),
    example: "{ status: charged, date: 2018-09-06, by: doj, sources: [doj-2018] }",
};

/// A judgement of the analysts'.
pub const JUDGEMENT: Shape = Shape {
    what: "a judgement",
    keys: &[
        must("text", Form::Text),
        may("confidence", Form::Confidence),
        may("sources", Form::Cites),
        may("tlp", Form::Tlp),
    ],
    short: None,
    example: "{ text: The same group did both, confidence: likely, sources: [swift-2016] }",
};

/// A kept copy of a source.
pub const SNAPSHOT: Shape = Shape {
    what: "a snapshot",
    keys: &[
        must("file", Form::File),
        must("sha256", Form::Sha256),
        may("taken", Form::Day),
        may("publish", Form::Bool),
    ],
    short: None,
    example: "{ file: reuters-2016.pdf, sha256: 64 hexadecimal digits, taken: 2026-01-31 }",
};

/// A relation in its long form.
pub const RELATION: Shape = Shape {
    what: "a relation",
    keys: &[
        must("entry", Form::Ref),
        may("confidence", Form::Confidence),
        may("sources", Form::Cites),
        may("start", Form::Date),
        may("end", Form::Date),
        may("denied", Form::Bool),
        may("tlp", Form::Tlp),
        may("note", Form::Text),
    ],
    short: Some("entry"),
    example: "{ entry: apt38, confidence: likely, sources: [mandiant-2018] }",
};

/// A value of a fact in its long form; the form of `value` is the fact's.
pub const VERSION: Shape = Shape {
    what: "a sourced value",
    keys: &[
        must("value", Form::Anything),
        may("sources", Form::Cites),
        may("tlp", Form::Tlp),
        may("note", Form::Text),
        may("as_of", Form::Date),
        may("chosen", Form::Text),
    ],
    short: Some("value"),
    example: "{ value: 81m USD, sources: [reuters-2016] }",
};

/// A citation in its long form.
pub const CITE: Shape = Shape {
    what: "a citation",
    keys: &[must("source", Form::Ref), may("at", Form::Text)],
    short: Some("source"),
    example: "{ source: mandiant-2018, at: p. 12 }",
};

/// Money in words.
pub const WORDS_OF_MONEY: Shape = Shape {
    what: "an amount in words",
    keys: &[must("text", Form::Text), must("currency", Form::Text)],
    short: None,
    example: "{ text: tens of millions, currency: USD }",
};

/// What the text of a home or index page may say of itself.
pub const INTRO: Shape = Shape {
    what: "an index page",
    keys: &[
        may("title", Form::Text),
        may("summary", Form::Text),
        may("tlp", Form::Tlp),
    ],
    short: None,
    example: "",
};
