//! The table: every key at the top of front matter but the relations, in the order of the contract, with how
//! it is read into an entry. Facts stand in an entry in this order.

use super::{Assembly, Row, Written};
use crate::diag::Code;
use crate::model::addressed::kept_name;
use crate::model::{Details, IncidentStatus, Kind, Located, Marked, Sector, Seen, tactic};
use crate::parse::front::data::data;
use crate::parse::front::form::Form;
use crate::parse::front::reader::Reader;
use crate::parse::front::shapes::{
    AFFECTED, ALIAS, CHANGE, EVENT, JUDGEMENT, LEGAL, LOSS, MOTIVES, NOTICE, ORGANISATION_TYPES,
    PLACE_TYPES, SEEN, SNAPSHOT, SOURCE_TYPES,
};
use crate::parse::front::tree::Value;
use Kind::{
    Actor, Campaign, Incident, Infrastructure, Malware, Note, Organisation, Person, Place, Source,
    Technique, Tool, Vulnerability,
};
use std::borrow::Cow;

const ALL: &[Kind] = &Kind::ALL;

/// The kinds that act over a time.
const ACTIVE: &[Kind] = &[Actor, Campaign, Malware, Tool, Infrastructure];

/// Reads a value into a field of the head.
macro_rules! head {
    ($field:ident = $read:ident) => {
        |reader, it, to| to.head().$field = reader.$read(it.name(), it.node)
    };
}

/// Reads a value into what only a kind has, or a few.
macro_rules! detail {
    ($kind:pat => $field:ident = $read:ident) => {
        |reader, it, to| {
            let value = reader.$read(it.name(), it.node);
            if let $kind = &mut to.head().details {
                *$field = value;
            }
        }
    };
}

/// The same of a source.
macro_rules! evidence {
    ($field:ident = $read:ident) => {
        |reader, it, to| {
            let value = reader.$read(it.name(), it.node);
            if let Details::Source(evidence) = &mut to.head().details {
                evidence.$field = value;
            }
        }
    };
}

/// Reads a list of maps, each a statement.
macro_rules! statements {
    ($read:ident) => {
        |reader, it, to| {
            let statements = reader.$read(it.name(), it.node);
            to.says(it, statements);
        }
    };
}

/// Every key but the relations.
pub static ROWS: &[Row] = &[
    Row::new("title", ALL, Form::Text, "the name or headline", |reader, it, to| {
        if let Some(title) = reader.line(it.name(), it.node, None) {
            let kept = kept_name(to.entry.kind, &title);
            to.head().title = kept.unwrap_or(title);
        }
    })
    .required("Untitled")
    .example("APT38"),
    Row::new("id", ALL, Form::Text, "a permanent name, unique in the dossier", |reader, it, to| {
        if let Some(id) = reader.line(it.name(), it.node, None) {
            reader.id_span = Some(it.node.span);
            to.head().id = id;
        }
    })
    .more("`kind folder/slug` unless given; give one before a file is renamed, and links and feeds go on.")
    .example("actors/apt38"),
    Row::new("summary", ALL, Form::Text, "one sentence", |reader, it, to| {
        to.entry.summary = reader.marked_sentence(it.name(), it.node);
    })
    .more("Stands on the entry's page, in indexes and feeds.")
    .example("A group that robs banks for the North Korean state."),
    Row::new("aliases", ALL, Form::Many(&ALIAS), "other names", statements!(aliases))
        .more("Who uses a name, and whether it means the same, part of it or overlaps, makes it a statement with sources of its own."),
    Row::new("date", ALL, Form::Date, "when it happened or was published", head!(date = date)),
    Row::new("tags", ALL, Form::Texts, "words to group entries by", head!(tags = tags))
        .example("[banks, swift]"),
    // Read before everything else.
    Row::new("tlp", ALL, Form::Tlp, "the marking", |_, _, _| {})
        .withholds()
        .more("Who may see the entry (TLP 2.0). Without it `default_tlp` of dossier.toml holds. No part of an entry is marked lower."),
    Row::new("sources", ALL, Form::Cites, "what the entry rests on as a whole", |reader, it, to| {
        to.entry.sources = reader.cites(it.name(), it.node);
    })
    .more("Statements have sources of their own; these are for the rest."),
    Row::new("authors", ALL, Form::Texts, "who wrote it", head!(authors = texts))
        .more("The dossier's authors unless given. Of a source its own authors, by whom it is cited.")
        .example("[A. Analyst]"),
    Row::new("rights", ALL, Form::Texts, "whose it is and on what terms", head!(rights = texts))
        .more("A notice of copyright, a licence: shown at the foot of the entry. An import keeps what came with its objects.")
        .example("[© 2025 Example Labs. Reproduced with permission.]"),
    Row::new("lang", ALL, Form::Language, "the language of the entry", head!(lang = language))
        .more("Where it differs from that of the dossier."),
    Row::new("draft", ALL, Form::Bool, "withheld until it is asked for", |reader, it, to| {
        // What cannot be read withholds: it fails closed.
        to.head().draft |= reader.bool(it.name(), it.node).unwrap_or(true);
    })
    .withholds()
    .more("`--drafts` shows it."),
    Row::new("publish", ALL, Form::Day, "withheld before that day", |reader, it, to| {
        let day = reader.day(it.name(), it.node);
        to.head().publish = day;
        to.head().draft |= day.is_none();
    })
    .withholds(),
    Row::new("updated", ALL, Form::Day, "last revised", head!(updated = day)),
    Row::new("changes", ALL, Form::Many(&CHANGE), "what was changed", |reader, it, to| {
        to.entry.changes = reader.changes(it.name(), it.node);
    })
    .more("Readers are told of it on the page and in feeds; a correction says so."),
    Row::new("withdrawn", ALL, Form::One(&NOTICE), "taken back, with the reason", |reader, it, to| {
        let notice = reader.notice(it.name(), it.node);
        to.head().draft |= notice.is_none();
        to.entry.withdrawn = notice;
    })
    .withholds()
    .more("The page keeps its title, its place and the notice, and nothing else."),
    Row::new("redirect_from", ALL, Form::Paths, "site paths of former pages", head!(redirect_from = paths)),
    Row::new("external_ids", ALL, Form::Ids, "names in other catalogues", head!(external_ids = ids))
        .more("`attack` and `cve` lead to the catalogues; `misp` and `stix` are for exports."),
    Row::new("first_seen", ACTIVE, Form::Fact(&Form::Date), "first known activity", fact),
    Row::new("last_seen", ACTIVE, Form::Fact(&Form::Date), "last known activity", fact),
    Row::new("motive", &[Actor], Form::Fact(&Form::Words(MOTIVES)), "what drives the actor", fact),
    Row::new("dates", &[Incident], Form::Fact(&Form::Date), "when it happened, where sources differ", fact)
        .more("Where they agree, `date`."),
    Row::new("disclosed", &[Incident], Form::Fact(&Form::Date), "when it became known", fact),
    Row::new("loss", &[Incident], Form::One(&LOSS), "what was lost", |reader, it, to| {
        let sums = reader.facts_within(it.name(), it.node, &LOSS);
        to.says(it, sums);
    }),
    Row::new("affected", &[Incident], Form::One(&AFFECTED), "whom and what it hit, counted", |reader, it, to| {
        let counts = reader.facts_within(it.name(), it.node, &AFFECTED);
        to.says(it, counts);
    }),
    Row::new("facts", ALL, Form::Facts, "further sourced values", |reader, it, to| {
        let facts = reader.free_facts(it.node);
        to.says(it, facts);
    })
    .more("Names are free; a value may be long, with sources and a marking, or a list of values of which one is `chosen`."),
    Row::new("extra", ALL, Form::Anything, "anything for templates", |reader, it, to| {
        match it.node.value {
            Value::Map(_) => {
                reader.free_names(it.name(), it.node);
                let data = reader.unescaped(data(it.node));
                to.head().extra = Some(data);
            }
            Value::Scalar(_) | Value::List(_) => reader.wrong_type(it.name(), it.node, it.row.form),
        }
    }),
    Row::new("sophistication", &[Actor], Form::Text, "how capable the actor is",
        detail!(Details::Actor { sophistication } => sophistication = marked_text))
    .example("expert"),
    Row::new("status", &[Incident], Form::Word(IncidentStatus::WORDS), "how far it is established", |reader, it, to| {
        let word = reader.word_text(it.name(), it.node, IncidentStatus::WORDS);
        if let Details::Incident { status } = &mut to.head().details {
            *status = word.and_then(|word| IncidentStatus::from_word(&word));
        }
    }),
    Row::new("events", &[Incident], Form::Many(&EVENT), "what happened in its course", statements!(events)),
    Row::new("platforms", &[Malware, Tool], Form::Texts, "systems that it runs on",
        detail!(Details::Malware { platforms, .. } | Details::Tool { platforms, .. } => platforms = texts))
    .example("[Windows]"),
    Row::new("types", &[Malware, Tool], Form::Texts, "what sort of software it is",
        detail!(Details::Malware { types, .. } | Details::Tool { types, .. } => types = texts))
    .example("[backdoor]"),
    Row::new("types", &[Infrastructure], Form::Texts, "what the infrastructure serves",
        detail!(Details::Infrastructure { types } => types = texts))
    .more("Free words; those of STIX are amplification, anonymization, botnet, command-and-control, control-system, exfiltration, firewall, hosting-malware, hosting-target-lists, phishing, reconnaissance, routers-switches, staging, workstation and unknown.")
    .example("[command-and-control]"),
    Row::new("is_family", &[Malware], Form::Bool, "a family, not one sample", |reader, it, to| {
        let family = reader.bool(it.name(), it.node).unwrap_or(true);
        if let Details::Malware { is_family, .. } = &mut to.head().details {
            *is_family = family;
        }
    }),
    Row::new("tactics", &[Technique], Form::Texts, "what the technique serves",
        detail!(Details::Technique { tactics } => tactics = tactics))
    .more("Names, or ids of ATT&CK, which are shown with their names. The technique's id stands under `external_ids`: `{ attack: T1486 }`.")
    .example("[TA0040]"),
    Row::new("cvss", &[Vulnerability], Form::Text, "the CVSS score or vector",
        detail!(Details::Vulnerability { cvss } => cvss = marked_line))
    .example("9.8"),
    Row::new("nationality", &[Person], Form::Text, "the person's nationality",
        detail!(Details::Person { nationality } => nationality = marked_line))
    .example("North Korean"),
    Row::new("legal", &[Person], Form::Many(&LEGAL), "where the person stands before the law", statements!(legal))
        .more("The last step stands beside the name wherever it is said."),
    Row::new("type", &[Organisation], Form::Word(ORGANISATION_TYPES), "what sort of organisation",
        detail!(Details::Organisation { r#type: it, .. } => it = organisation_type)),
    Row::new("sector", &[Organisation], Form::Words(Sector::WORDS), "what it works in",
        detail!(Details::Organisation { sectors, .. } => sectors = sectors))
    .more("The industry sectors of STIX 2.1."),
    Row::new("reliability", &[Organisation], Form::Fact(&Form::Reliability), "how reliable it is as a publisher", fact)
    .more("The letter of the Admiralty code, A to F. Sources of which the `grade` is a digit alone have it from here."),
    Row::new("country", &[Organisation], Form::Ref, "the place where it is at home", |reader, it, to| {
        let place = reader.reference(it.name(), it.node);
        to.entry.country = place.map(|value| Located {
            span: value.span,
            value,
        });
    })
    .example("bangladesh"),
    Row::new("type", &[Place], Form::Word(PLACE_TYPES), "what sort of place",
        detail!(Details::Place { r#type: it, .. } => it = place_type)),
    Row::new("code", &[Place], Form::Country, "the ISO 3166 code",
        detail!(Details::Place { code, .. } => code = country_code)),
    Row::new("lat", &[Place], Form::Degrees(90), "degrees north",
        detail!(Details::Place { lat, .. } => lat = latitude)),
    Row::new("lon", &[Place], Form::Degrees(180), "degrees east",
        detail!(Details::Place { lon, .. } => lon = longitude))
    .example("90.4125"),
    Row::new("judgements", &[Note], Form::Many(&JUDGEMENT), "what the analysts judge", statements!(judgements)),
    Row::new("key", &[Note], Form::Bool, "shown on the home page", |reader, it, to| {
        let shown = reader.bool(it.name(), it.node).unwrap_or(false);
        if let Details::Note { key } = &mut to.head().details {
            *key = shown;
        }
    })
    .more("The judgements of the first such note stand there."),
    Row::new("publisher", &[Source], Form::Named, "who published it", |reader, it, to| {
        to.entry.publisher = reader.named(it.name(), it.node, None).map(|value| Located {
            value,
            span: it.node.span,
        });
    })
    .required("Unknown")
    .more("The slug of an entry, `organisations/reuters` or `reuters`, or free text; a title or another name is text.")
    .example("reuters"),
    Row::new("accessed", &[Source], Form::Day, "when it was read", evidence!(accessed = day)),
    Row::new("url", &[Source], Form::Url, "its address", evidence!(url = url))
        .more("Written live; where it is an indicator it is shown defanged."),
    Row::new("archived", &[Source], Form::Url, "the address of an archived copy", evidence!(archived = url)),
    Row::new("grade", &[Source], Form::Grade, "reliability and credibility", evidence!(grade = grade))
        .more("The Admiralty code: A to F for the source, 1 to 6 for what it says. The digit alone takes the letter of the publisher's entry."),
    Row::new("type", &[Source], Form::Word(SOURCE_TYPES), "what sort of text", evidence!(r#type = source_type)),
    Row::new("seen", &[Source], Form::Word(SEEN), "how much of its text was seen", evidence!(seen = seen))
        .more("`reference` means that only another text names it: no claim may rest on it alone."),
    Row::new("language", &[Source], Form::Language, "the language that it is written in", evidence!(language = language)),
    Row::new("snapshot", &[Source], Form::One(&SNAPSHOT), "a kept copy", evidence!(snapshot = snapshot))
        .more("A file below content/sources/snapshots/, held to its hash; published only where that is said."),
    Row::new("retracted", &[Source], Form::One(&NOTICE), "taken back by its publisher", |reader, it, to| {
        to.entry.retracted = reader.notice(it.name(), it.node);
    }),
];

/// A fact of its own: one value, or several where sources differ.
fn fact(reader: &mut Reader<'_>, it: &Written<'_>, to: &mut Assembly<'_>) {
    if let Form::Fact(form) = it.row.form {
        let values = reader.fact(Cow::Borrowed(it.name()), it.key, it.node, *form);
        to.says(it, values);
    }
}

impl Reader<'_> {
    fn organisation_type(&mut self, name: &str, node: &super::Node<'_>) -> Option<String> {
        self.word_text(name, node, ORGANISATION_TYPES)
    }

    /// What an organisation works in, each once.
    fn sectors(&mut self, name: &str, node: &super::Node<'_>) -> Vec<Sector> {
        let mut sectors = Vec::new();
        for item in node.each() {
            let word = self.word_text(name, item, Sector::WORDS);
            let sector = word.and_then(|word| Sector::from_word(&word));
            sectors.extend(sector.filter(|it| !sectors.contains(it)));
        }
        sectors
    }

    /// Names of tactics, or ids as ATT&CK writes them.
    fn tactics(&mut self, name: &str, node: &super::Node<'_>) -> Vec<Marked<String>> {
        for item in node.each() {
            let id = item.text().and_then(|text| tactic::id(text.trim()));
            if let Some(id) = id.filter(|id| tactic::name(id).is_none()) {
                let message = format!("ATT&CK has no tactic `{id}`");
                let help =
                    "write an id of one of its matrices, `TA0040`, or the name of the tactic";
                self.report(Code::UnknownTactic, item.span, message, help);
            }
        }
        let mut tactics = self.texts(name, node);
        for tactic in &mut tactics {
            tactic.value = tactic::id(&tactic.value).unwrap_or_else(|| tactic.value.clone());
        }
        tactics
    }

    fn place_type(&mut self, name: &str, node: &super::Node<'_>) -> Option<String> {
        self.word_text(name, node, PLACE_TYPES)
    }

    fn source_type(&mut self, name: &str, node: &super::Node<'_>) -> Option<String> {
        self.word_text(name, node, SOURCE_TYPES)
    }

    fn latitude(&mut self, name: &str, node: &super::Node<'_>) -> Option<String> {
        self.degrees(name, node, 90)
    }

    fn longitude(&mut self, name: &str, node: &super::Node<'_>) -> Option<String> {
        self.degrees(name, node, 180)
    }

    fn seen(&mut self, name: &str, node: &super::Node<'_>) -> Option<Seen> {
        match self.word(name, node, SEEN)? {
            0 => Some(Seen::Full),
            1 => Some(Seen::Excerpt),
            2 => Some(Seen::Reference),
            _ => None,
        }
    }
}
