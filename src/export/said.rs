//! What entries say, as values that every form starts from.
//!
//! Takes a statement of a release; gives its parts as plain text, with the ids of the entries that it names. The names
//! of the fields are those of the JSON of exports, and stable.

use super::marking;
use super::pages::Pages;
use super::text::sentence;
use crate::model::relation::OwnWords;
use crate::model::{
    Alias, Cite, Confidence, Count, Date, Entry, Event, Legal, Money, Named, Overlap, PageId,
    Relation, Statement, StatementId, Tlp, Transfer, Value, Version, What,
};
use serde::Serialize;

/// A statement.
#[derive(Debug, Serialize)]
pub(super) struct Said<'a> {
    /// Its address within the entry.
    pub(super) statement: String,
    /// What it says, as a sentence.
    pub(super) says: String,
    /// What it says in parts, under the name of its sort.
    #[serde(flatten)]
    pub(super) what: Sort<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confidence: Option<Likely>,
    /// When it held; of a relation since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    /// The highest of its own, of its entry and of those that it names.
    pub(super) tlp: &'static str,
    pub(super) sources: Vec<Cited<'a>>,
}

/// What a statement says.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sort<'a> {
    Fact {
        /// Its name: `first_seen`, `loss.actual`.
        name: &'a str,
        value: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<When>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        words: Vec<&'a str>,
        /// The bounds of an amount or a count, as decimal figures.
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<&'a str>,
        /// Whether the entry gives other values, too.
        #[serde(skip_serializing_if = "is_false")]
        one_of_several: bool,
        /// Why it is the one that the dossier goes by.
        #[serde(skip_serializing_if = "Option::is_none")]
        chosen: Option<String>,
    },
    Judgement {
        text: String,
    },
    Legal {
        status: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<By<'a>>,
    },
    Event {
        date: When,
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<&'a str>,
    },
    Relation {
        verb: &'static str,
        /// The id of the entry that it is about.
        target: &'a str,
        denied: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<When>,
        /// What it says in words of the writer's own.
        #[serde(skip_serializing_if = "Option::is_none")]
        own: Option<String>,
        /// How much money went that way.
        #[serde(skip_serializing_if = "Option::is_none")]
        amount: Option<String>,
        /// Its bounds, as decimal figures.
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<&'a str>,
        /// The id of the entry that it came from.
        #[serde(skip_serializing_if = "Option::is_none")]
        came_from: Option<&'a str>,
    },
    Alias {
        name: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<By<'a>>,
        overlap: &'static str,
    },
}

impl Sort<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Sort::Fact { .. } => "fact",
            Sort::Judgement { .. } => "judgement",
            Sort::Legal { .. } => "legal",
            Sort::Event { .. } => "event",
            Sort::Relation { .. } => "relation",
            Sort::Alias { .. } => "alias",
        }
    }
}

/// Somebody, who may have an entry.
#[derive(Debug, Serialize)]
pub(super) struct By<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entry: Option<&'a str>,
}

/// A date as the page prints it, and the first and the last day or time that it may mean.
#[derive(Debug, Clone, Serialize)]
pub(super) struct When {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) latest: Option<String>,
}

/// A likelihood: the word, its range in per cent, and the value that STIX has for it.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Likely {
    pub(super) words: &'static str,
    pub(super) low: u8,
    pub(super) high: u8,
    pub(super) stix: u8,
}

/// A source, by its id, and the place in it.
#[derive(Debug, Serialize)]
pub(super) struct Cited<'a> {
    pub(super) source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<&'a str>,
    /// The marking of the source.
    pub(super) tlp: &'static str,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
pub(super) fn is_false(it: &bool) -> bool {
    !it
}

impl When {
    pub(super) fn of(date: &Date) -> When {
        let [earliest, latest] = date.bounds();
        When {
            text: unbroken(&date.to_string()),
            earliest,
            latest,
        }
    }
}

impl Likely {
    fn of(confidence: Confidence) -> Likely {
        let (low, high) = confidence.range();
        Likely {
            words: confidence.words(),
            low,
            high,
            stix: confidence.stix(),
        }
    }
}

/// A page keeps an amount on one line; here nothing is broken.
fn unbroken(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Every statement of an entry.
pub(super) fn statements<'a>(
    release: Pages<'a>,
    entry: &'a Entry<PageId>,
) -> impl Iterator<Item = Said<'a>> {
    let addresses = entry.statements.addresses(|to| release.called(*to).slug);
    let ids = entry.statements.ids();
    ids.zip(addresses)
        .map(move |((id, statement), address)| said(release, entry, (id, statement), address))
}

fn said<'a>(
    release: Pages<'a>,
    entry: &'a Entry<PageId>,
    (id, statement): (StatementId, &'a Statement<PageId>),
    address: String,
) -> Said<'a> {
    let Statement {
        what,
        sources,
        // The highest of all is told.
        tlp: _,
        confidence,
        when,
        note,
        span: _,
    } = statement;
    Said {
        statement: address,
        says: says(release, statement),
        what: sort(release, entry, id, what),
        confidence: confidence.map(Likely::of),
        when: when.as_ref().map(When::of),
        note: note.as_ref().map(|it| sentence(release, it)),
        tlp: marking::statement(release, entry, statement).name(),
        sources: cited(release, sources),
    }
}

/// Who says so; of a source that the audience may not see there is nothing.
pub(super) fn cited<'a>(release: Pages<'a>, cites: &'a [Cite<PageId>]) -> Vec<Cited<'a>> {
    let cites = cites.iter().filter_map(
        |Cite {
             source,
             at,
             span: _,
         }| {
            let source = release.called((*source)?);
            Some(Cited {
                source: source.id,
                at: at.as_deref(),
                tlp: source.tlp.name(),
            })
        },
    );
    cites.collect()
}

pub(super) fn by<'a>(release: Pages<'a>, named: &'a Named<PageId>) -> By<'a> {
    match named {
        Named::Entry(id) => {
            let entry = release.called(*id);
            By {
                name: entry.title,
                entry: Some(entry.id),
            }
        }
        Named::Text(name) => By { name, entry: None },
    }
}

fn sort<'a>(
    release: Pages<'a>,
    entry: &'a Entry<PageId>,
    id: StatementId,
    what: &'a What<PageId>,
) -> Sort<'a> {
    match what {
        What::Fact(Version {
            of,
            key: _,
            value,
            chosen,
        }) => {
            let several = entry.statements.is_one_of_several(id);
            let bounds = match value {
                Value::Money(money) => money.bounds(),
                Value::Count(count) => Some(Count::bounds(count)),
                Value::Text(_) | Value::List(_) | Value::Date(_) | Value::Reliability(_) => None,
            };
            Sort::Fact {
                name: of,
                value: unbroken(&value.to_string()),
                date: match value {
                    Value::Date(date) => Some(When::of(date)),
                    Value::Text(_)
                    | Value::List(_)
                    | Value::Money(_)
                    | Value::Count(_)
                    | Value::Reliability(_) => None,
                },
                words: match value {
                    Value::List(words) => words.iter().map(String::as_str).collect(),
                    Value::Text(_)
                    | Value::Date(_)
                    | Value::Money(_)
                    | Value::Count(_)
                    | Value::Reliability(_) => Vec::new(),
                },
                low: bounds.map(|(low, _)| decimal(low)),
                high: bounds.map(|(_, high)| decimal(high)),
                currency: match value {
                    Value::Money(money) => {
                        let Money { currency, .. } = &**money;
                        Some(currency)
                    }
                    Value::Text(_)
                    | Value::List(_)
                    | Value::Date(_)
                    | Value::Count(_)
                    | Value::Reliability(_) => None,
                },
                one_of_several: several,
                // Why the only one is chosen no page tells.
                chosen: (chosen.as_ref().filter(|_| several)).map(|it| sentence(release, it)),
            }
        }
        What::Judgement(words) => Sort::Judgement {
            text: sentence(release, words),
        },
        What::Legal(Legal { status, by }) => Sort::Legal {
            status: status.word(),
            by: by.as_ref().map(|it| self::by(release, it)),
        },
        What::Event(Event { date, what, place }) => Sort::Event {
            date: When::of(date),
            text: sentence(release, what),
            place: place.map(|it| release.called(it).id),
        },
        What::Relation(Relation {
            verb,
            target,
            until,
            denied,
            own,
            transfer,
        }) => {
            let (amount, from) = match transfer.as_deref() {
                Some(Transfer { amount, from }) => (amount.as_ref(), *from),
                None => (None, None),
            };
            let bounds = amount.and_then(Money::bounds);
            Sort::Relation {
                verb: verb.key(),
                target: release.called(*target).id,
                denied: *denied,
                until: until.as_ref().map(When::of),
                own: own.as_ref().map(|it| sentence(release, it)),
                amount: amount.map(|it| unbroken(&it.to_string())),
                low: bounds.map(|(low, _)| decimal(low)),
                high: bounds.map(|(_, high)| decimal(high)),
                currency: amount.map(|it| it.currency.as_str()),
                came_from: from.map(|it| release.called(it).id),
            }
        }
        What::Alias(Alias { name, by, overlap }) => Sort::Alias {
            name,
            by: by.as_ref().map(|it| self::by(release, it)),
            overlap: match overlap {
                Overlap::Equal => "equal",
                Overlap::Overlaps => "overlaps",
                Overlap::PartOf => "part-of",
            },
        },
    }
}

/// An amount of hundred-millionths as a decimal figure.
fn decimal(parts: u128) -> String {
    let (whole, rest) = (parts / 100_000_000, parts % 100_000_000);
    match rest {
        0 => whole.to_string(),
        rest => format!("{whole}.{rest:08}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// What a statement says, in words.
pub(super) fn says(release: Pages<'_>, statement: &Statement<PageId>) -> String {
    let by = |by: &Option<Named<PageId>>| match by {
        Some(Named::Entry(by)) => format!(", {}", release.called(*by).title),
        Some(Named::Text(text)) => format!(", {text}"),
        None => String::new(),
    };
    let plain = |words| sentence(release, words);
    match &statement.what {
        What::Fact(version) => {
            format!("{}: {}", version.of, unbroken(&version.value.to_string()))
        }
        What::Judgement(words) => plain(words),
        What::Legal(legal) => {
            let date = statement.when.map(|date| format!(", {date}"));
            let date = date.unwrap_or_default();
            format!("{}{date}{}", legal.status.word(), by(&legal.by))
        }
        What::Event(event) => format!("{}: {}", event.date, plain(&event.what)),
        What::Relation(relation) => {
            let target = release.called(relation.target).title;
            let denied = match relation.denied {
                true => ", which is denied",
                false => "",
            };
            let phrase = relation.verb.phrase();
            let (amount, from) = transferred(release, relation);
            let amount = amount.map_or_else(String::new, |it| format!(", {it}"));
            let from = from.map_or_else(String::new, |it| format!(" from {it}"));
            let denied = format!("{amount}{from}{denied}");
            match (relation.verb.own_words(), &relation.own) {
                (Some(OwnWords::Verb), Some(own)) => {
                    format!("related: {}: {target}{denied}", plain(own))
                }
                (Some(OwnWords::Role), Some(own)) => {
                    format!("{phrase} {target} ({}){denied}", plain(own))
                }
                (_, _) => format!("{phrase} {target}{denied}"),
            }
        }
        What::Alias(alias) => format!("is called {}{}", alias.name, by(&alias.by)),
    }
}

/// How much went the way that a relation tells of, and from where.
fn transferred<'a>(
    release: Pages<'a>,
    relation: &Relation<PageId>,
) -> (Option<String>, Option<&'a str>) {
    match relation.transfer.as_deref() {
        Some(Transfer { amount, from }) => (
            amount.as_ref().map(|it| unbroken(&it.to_string())),
            from.map(|it| release.called(it).title),
        ),
        None => (None, None),
    }
}

/// A marking where it is above what everyone may see.
pub(super) fn above_clear(tlp: Tlp) -> Option<Tlp> {
    (tlp > Tlp::Clear).then_some(tlp)
}
