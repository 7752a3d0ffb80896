//! The maps that stand within front matter, and the words that some keys take.

use super::form::{Form, Inner, Shape};
use crate::model::relation::OwnWords;
use crate::model::{Affected, LegalStatus, Loss, Verb};

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

const fn must(key: &'static str, form: Form, about: &'static str) -> Inner {
    Inner {
        key,
        form,
        about,
        required: true,
    }
}

const fn may(key: &'static str, form: Form, about: &'static str) -> Inner {
    Inner {
        key,
        form,
        about,
        required: false,
    }
}

const fn sum(of: Loss, about: &'static str) -> Inner {
    may(of.word(), Form::Fact(&Form::Money), about)
}

const fn number(of: Affected, about: &'static str) -> Inner {
    may(of.word(), Form::Fact(&Form::Count), about)
}

/// A name that somebody uses.
pub const ALIAS: Shape = Shape {
    what: "an alias",
    keys: &[
        must("name", Form::Text, "the name"),
        may("by", Form::Named, "who uses it"),
        may(
            "relation",
            Form::Word(OVERLAPS),
            "how what it names relates to the entry",
        ),
        may("sources", Form::Cites, "who says so"),
        may("tlp", Form::Tlp, "its own marking"),
    ],
    short: Some("name"),
    example: "{ name: Stardust Chollima, by: crowdstrike, relation: overlaps }",
};

/// A change that readers are told of.
pub const CHANGE: Shape = Shape {
    what: "a change",
    keys: &[
        must("date", Form::Day, "when"),
        must("what", Form::Text, "what was changed, one sentence"),
        may("kind", Form::Word(CHANGE_KINDS), "a correction of an error"),
        may("tlp", Form::Tlp, "its own marking"),
    ],
    short: None,
    example: "{ date: 2026-01-31, what: the sum corrected, kind: correction }",
};

/// A day and a reason.
pub const NOTICE: Shape = Shape {
    what: "a notice",
    keys: &[
        must("date", Form::Date, "when"),
        must("reason", Form::Text, "why, one sentence"),
    ],
    short: None,
    example: "{ date: 2026-01-31, reason: the report was forged }",
};

/// What an incident cost.
pub const LOSS: Shape = Shape {
    what: "a loss",
    keys: &[
        sum(Loss::Attempted, "what was tried for"),
        sum(Loss::Demanded, "what was asked for, as a ransom"),
        sum(Loss::Paid, "what was paid of that"),
        sum(Loss::Actual, "what was lost"),
        sum(Loss::Recovered, "what came back"),
        sum(Loss::Frozen, "what was stopped on its way"),
        sum(Loss::Seized, "what an authority took from whoever had it"),
    ],
    short: None,
    example: "{ attempted: 951m USD, actual: 81m USD }",
};

/// What an incident hit, counted.
pub const AFFECTED: Shape = Shape {
    what: "what is affected",
    keys: &[
        number(Affected::People, "whose data or lives it touched"),
        number(Affected::Records, "how many records were taken or lost"),
        number(Affected::Systems, "how many machines it hit"),
        number(Affected::Organisations, "how many organisations it hit"),
    ],
    short: None,
    example: "{ people: over 1.3m, systems: 900 }",
};

/// Something that happened in the course of an incident.
pub const EVENT: Shape = Shape {
    what: "an event",
    keys: &[
        must("date", Form::Date, "when"),
        must("what", Form::Text, "what happened, one sentence"),
        may("sources", Form::Cites, "who says so"),
        may("place", Form::Ref, "where"),
        may("tlp", Form::Tlp, "its own marking"),
    ],
    short: None,
    example: "{ date: 2016-02-04, what: the first orders are sent, sources: [reuters-2016] }",
};

/// Where a person stands before the law.
pub const LEGAL: Shape = Shape {
    what: "a legal status",
    keys: &[
        must("status", Form::Word(LegalStatus::WORDS), "the status"),
        may("date", Form::Date, "since when"),
        may("by", Form::Named, "by whom: a court, an authority"),
        may("sources", Form::Cites, "who says so"),
        may("tlp", Form::Tlp, "its own marking"),
    ],
    short: Some("status"),
    example: "{ status: charged, date: 2018-09-06, by: doj, sources: [doj-2018] }",
};

/// A judgement of the analysts'.
pub const JUDGEMENT: Shape = Shape {
    what: "a judgement",
    keys: &[
        must("text", Form::Text, "what is judged, one sentence"),
        may(
            "confidence",
            Form::Confidence,
            "how likely it is held (ICD 203)",
        ),
        may("sources", Form::Cites, "what it rests on"),
        may("tlp", Form::Tlp, "its own marking"),
    ],
    short: None,
    example: "{ text: The same group did both, confidence: likely, sources: [swift-2016] }",
};

/// A kept copy of a source.
pub const SNAPSHOT: Shape = Shape {
    what: "a snapshot",
    keys: &[
        must(
            "file",
            Form::File,
            "its name below content/sources/snapshots/",
        ),
        must("sha256", Form::Sha256, "its hash"),
        may("taken", Form::Day, "when it was taken"),
        may("publish", Form::Bool, "whether the copy is published"),
    ],
    short: None,
    example: "{ file: reuters-2016.pdf, sha256: 64 hexadecimal digits, taken: 2026-01-31 }",
};

/// The keys of a relation, and those that only some verbs have.
macro_rules! relation_keys {
    ($($own:expr),*) => {
        &[
            must("entry", Form::Ref, "of whom"),
            $($own,)*
            may("confidence", Form::Confidence, "how likely it is held (ICD 203)"),
            may("sources", Form::Cites, "who says so"),
            may("start", Form::Date, "since when"),
            may("end", Form::Date, "until when"),
            may("denied", Form::Bool, "the source denies it"),
            may("tlp", Form::Tlp, "its own marking"),
            may("note", Form::Text, "a remark, one sentence"),
        ]
    };
}

const VERB: Inner = may(
    "verb",
    Form::Text,
    "what the relation is, where there is no verb for it",
);
const ROLE: Inner = may("role", Form::Text, "as what");

const AMOUNT: Inner = may("amount", Form::Money, "how much money went there");
const FROM: Inner = may(
    "from",
    Form::Ref,
    "where it came from, if not from the victim",
);

/// A relation in its long form.
static RELATION: Shape = Shape {
    what: "a relation",
    keys: relation_keys!(),
    short: Some("entry"),
    example: "{ entry: apt38, confidence: likely, sources: [mandiant-2018] }",
};

static RELATED: Shape = Shape {
    keys: relation_keys!(VERB),
    example: "{ entry: apt38, verb: sells access to, sources: [mandiant-2018] }",
    ..RELATION_IN_SHORT
};

static IN_A_ROLE: Shape = Shape {
    keys: relation_keys!(ROLE),
    example: "{ entry: apt38, role: programmer, sources: [mandiant-2018] }",
    ..RELATION_IN_SHORT
};

static CARRYING: Shape = Shape {
    keys: relation_keys!(AMOUNT, FROM),
    example: "{ entry: rizal-commercial-banking-corporation, amount: 81m USD, sources: [reuters-2016] }",
    ..RELATION_IN_SHORT
};

/// With every key that a relation of whatever verb has: for one that has a key of another verb's.
pub static RELATION_OF_ANY: Shape = Shape {
    keys: relation_keys!(VERB, ROLE, AMOUNT, FROM),
    example: "{ entry: apt38, confidence: likely, sources: [mandiant-2018] }",
    ..RELATION_IN_SHORT
};

const RELATION_IN_SHORT: Shape = Shape {
    what: "a relation",
    keys: &[],
    short: Some("entry"),
    example: "",
};

/// A relation of a verb in its long form.
#[must_use]
pub fn relation(verb: Verb) -> &'static Shape {
    match verb.own_words() {
        None if verb.carries_money() => &CARRYING,
        None => &RELATION,
        Some(OwnWords::Verb) => &RELATED,
        Some(OwnWords::Role) => &IN_A_ROLE,
    }
}

/// A value of a fact in its long form; the form of `value` is the fact's.
pub const VERSION: Shape = Shape {
    what: "a sourced value",
    keys: &[
        must("value", Form::Anything, "the value"),
        may("sources", Form::Cites, "who states it"),
        may("tlp", Form::Tlp, "its own marking"),
        may("note", Form::Text, "a remark, one sentence"),
        may("as_of", Form::Date, "when it held"),
        may(
            "chosen",
            Form::Text,
            "why the dossier goes by this one, where sources differ",
        ),
    ],
    short: Some("value"),
    example: "{ value: 81m USD, sources: [reuters-2016] }",
};

/// A citation in its long form.
pub const CITE: Shape = Shape {
    what: "a citation",
    keys: &[
        must("source", Form::Ref, "the source"),
        may("at", Form::Text, "where in it"),
    ],
    short: Some("source"),
    example: "{ source: mandiant-2018, at: p. 12 }",
};

/// Money in words.
pub const WORDS_OF_MONEY: Shape = Shape {
    what: "an amount in words",
    keys: &[
        must("text", Form::Text, "the amount in words"),
        must("currency", Form::Text, "the currency (ISO 4217), or a coin"),
    ],
    short: None,
    example: "{ text: tens of millions, currency: USD }",
};

/// What the text of a home or index page may say of itself.
pub const INTRO: Shape = Shape {
    what: "an index page",
    keys: &[
        may("title", Form::Text, "a title other than the usual one"),
        may("summary", Form::Text, "one sentence"),
        may("tlp", Form::Tlp, "the marking"),
    ],
    short: None,
    example: "",
};
