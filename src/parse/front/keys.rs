//! The keys of front matter: one table of what may stand where, and in which form.
//!
//! The reader takes its checks and suggestions from here, and a JSON Schema can be made of it. The
//! relations are not repeated: [`crate::model::Verb`] is their table.

use super::form::Form;
use super::shapes::{
    ALIAS, CHANGE, EVENT, JUDGEMENT, LEGAL, LOSS, MOTIVES, NOTICE, ORGANISATION_TYPES, PLACE_TYPES,
    SEEN, SNAPSHOT, SOURCE_TYPES,
};
use crate::model::{IncidentStatus, Kind, Verb};
use Kind::{
    Actor, Campaign, Incident, Malware, Note, Organisation, Person, Place, Source, Technique, Tool,
    Vulnerability,
};

/// A row of the table: a key at the top of front matter.
#[derive(Debug)]
pub struct Row {
    /// What it is to the reader.
    pub field: Field,
    /// Its name.
    pub key: &'static str,
    /// The kinds that have it.
    pub kinds: &'static [Kind],
    /// What it takes.
    pub form: Form,
    /// Whether it must stand.
    pub required: bool,
    /// What it says, a few words.
    pub about: &'static str,
}

const ALL: &[Kind] = &Kind::ALL;

/// The kinds that act over a time.
const ACTIVE: &[Kind] = &[Actor, Campaign, Malware, Tool];

macro_rules! rows {
    ($($field:ident $key:literal $kinds:expr, $form:expr, $required:expr, $about:literal;)*) => {
        /// A key at the top of front matter, as the reader tells them apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $(#[doc = $about] $field,)*
        }

        /// Every key but the relations, facts in the order of [`crate::model::Entry::facts`].
        pub const ROWS: &[Row] = &[$(Row {
            field: Field::$field,
            key: $key,
            kinds: $kinds,
            form: $form,
            required: $required,
            about: $about,
        },)*];
    };
}

rows! {
    Title "title" ALL, Form::Text, true, "the name or headline";
    Id "id" ALL, Form::Text, false, "a permanent name, unique in the dossier";
    Summary "summary" ALL, Form::Text, false, "one sentence";
    Aliases "aliases" ALL, Form::Many(&ALIAS), false, "other names";
    Date "date" ALL, Form::Date, false, "when it happened or was published";
    Tags "tags" ALL, Form::Texts, false, "words to group entries by";
    Tlp "tlp" ALL, Form::Tlp, false, "the marking";
    Sources "sources" ALL, Form::Cites, false, "what the entry rests on as a whole";
    Authors "authors" ALL, Form::Texts, false, "who wrote it";
    Lang "lang" ALL, Form::Language, false, "the language of the entry";
    Draft "draft" ALL, Form::Bool, false, "withheld until it is asked for";
    Publish "publish" ALL, Form::Day, false, "withheld before that day";
    Updated "updated" ALL, Form::Day, false, "last revised";
    Changes "changes" ALL, Form::Many(&CHANGE), false, "what was changed";
    Withdrawn "withdrawn" ALL, Form::One(&NOTICE), false, "taken back, with the reason";
    RedirectFrom "redirect_from" ALL, Form::Paths, false, "site paths of former pages";
    ExternalIds "external_ids" ALL, Form::Ids, false, "names in other catalogues";
    FirstSeen "first_seen" ACTIVE, Form::Fact(&Form::Date), false, "first known activity";
    LastSeen "last_seen" ACTIVE, Form::Fact(&Form::Date), false, "last known activity";
    Motive "motive" &[Actor], Form::Fact(&Form::Words(MOTIVES)), false, "what drives the actor";
    Dates "dates" &[Incident], Form::Fact(&Form::Date), false, "when it happened, where sources differ";
    Disclosed "disclosed" &[Incident], Form::Fact(&Form::Date), false, "when it became known";
    Loss "loss" &[Incident], Form::One(&LOSS), false, "what was lost";
    Facts "facts" ALL, Form::Facts, false, "further sourced values";
    Extra "extra" ALL, Form::Anything, false, "anything for templates";
    Sophistication "sophistication" &[Actor], Form::Text, false, "how capable the actor is";
    Status "status" &[Incident], Form::Word(IncidentStatus::WORDS), false, "how far it is established";
    Events "events" &[Incident], Form::Many(&EVENT), false, "what happened in its course";
    Platforms "platforms" &[Malware, Tool], Form::Texts, false, "systems that it runs on";
    Types "types" &[Malware, Tool], Form::Texts, false, "what sort of software it is";
    IsFamily "is_family" &[Malware], Form::Bool, false, "a family, not one sample";
    Tactics "tactics" &[Technique], Form::Texts, false, "what the technique serves";
    Cvss "cvss" &[Vulnerability], Form::Text, false, "the CVSS score or vector";
    Nationality "nationality" &[Person], Form::Text, false, "the person's nationality";
    Legal "legal" &[Person], Form::Many(&LEGAL), false, "where the person stands before the law";
    OrganisationType "type" &[Organisation], Form::Word(ORGANISATION_TYPES), false, "what sort of organisation";
    Country "country" &[Organisation], Form::Ref, false, "the place where it is at home";
    PlaceType "type" &[Place], Form::Word(PLACE_TYPES), false, "what sort of place";
    Code "code" &[Place], Form::Country, false, "the ISO 3166 code";
    Lat "lat" &[Place], Form::Degrees(90), false, "degrees north";
    Lon "lon" &[Place], Form::Degrees(180), false, "degrees east";
    Judgements "judgements" &[Note], Form::Many(&JUDGEMENT), false, "what the analysts judge";
    Key "key" &[Note], Form::Bool, false, "shown on the home page";
    Publisher "publisher" &[Source], Form::Named, true, "who published it";
    Accessed "accessed" &[Source], Form::Day, false, "when it was read";
    Url "url" &[Source], Form::Url, false, "its address";
    Archived "archived" &[Source], Form::Url, false, "the address of an archived copy";
    Grade "grade" &[Source], Form::Grade, false, "reliability and credibility";
    SourceType "type" &[Source], Form::Word(SOURCE_TYPES), false, "what sort of text";
    Seen "seen" &[Source], Form::Word(SEEN), false, "how much of its text was seen";
    Language "language" &[Source], Form::Language, false, "the language that it is written in";
    Snapshot "snapshot" &[Source], Form::One(&SNAPSHOT), false, "a kept copy";
    Retracted "retracted" &[Source], Form::One(&NOTICE), false, "taken back by its publisher";
}

impl Field {
    /// Whether it decides who sees the entry, and how much of it.
    #[must_use]
    pub fn withholds(self) -> bool {
        matches!(
            self,
            Field::Tlp | Field::Draft | Field::Publish | Field::Withdrawn
        )
    }
}

/// The row of a key for a kind.
#[must_use]
pub fn row(kind: Kind, key: &str) -> Option<&'static Row> {
    ROWS.iter()
        .find(|row| row.key == key && row.kinds.contains(&kind))
}

/// Every key that an entry of a kind may have, relations included.
pub fn of_kind(kind: Kind) -> impl Iterator<Item = &'static str> + Clone {
    let own = ROWS.iter().filter(move |row| row.kinds.contains(&kind));
    let verbs = Verb::ALL.into_iter();
    own.map(|row| row.key).chain(
        verbs
            .filter(move |verb| verb.allowed_from(kind))
            .map(Verb::key),
    )
}

/// The kinds that have a key which another kind lacks; empty for a key that nobody has.
#[must_use]
pub fn kinds_with(key: &str) -> Vec<Kind> {
    let has = |kind: &Kind| row(*kind, key).is_some();
    Kind::ALL.into_iter().filter(has).collect()
}

/// Words that writers bring from elsewhere, and the key that they mean here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("name", "title"),
    ("headline", "title"),
    ("description", "summary"),
    ("abstract", "summary"),
    ("alias", "aliases"),
    ("aka", "aliases"),
    ("category", "tags"),
    ("categories", "tags"),
    ("keywords", "tags"),
    ("marking", "tlp"),
    ("classification", "tlp"),
    ("references", "sources"),
    ("source", "sources"),
    ("author", "authors"),
    ("modified", "updated"),
    ("lastmod", "updated"),
    ("published", "date"),
    ("created", "date"),
    ("link", "url"),
    ("retrieved", "accessed"),
    ("victims", "targets"),
    ("attribution", "attributed_to"),
    ("motivation", "motive"),
];

/// Whether one key is the plural of the other.
#[must_use]
pub fn differ_in_number(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Whether an unknown key can have been meant to be that one alone, told by its letters.
#[must_use]
pub fn is_sure<'a>(key: &str, meant: &str, allowed: impl Iterator<Item = &'a str>) -> bool {
    let folded = key.to_lowercase().replace('-', "_");
    let near = crate::diag::nearest(&folded, allowed);
    differ_in_number(&folded, meant) || near.is_some_and(|it| it.word == meant && it.is_sure())
}

/// The key that an unknown one was perhaps meant to be, among those that `allowed` names.
#[must_use]
pub fn nearest<'a>(key: &str, allowed: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let folded = key.to_lowercase().replace('-', "_");
    let meant = ELSEWHERE
        .iter()
        .find(|(word, _)| *word == folded)
        .and_then(|(_, means)| allowed.clone().find(|key| key == means));
    meant.or_else(|| crate::diag::closest(&folded, allowed))
}
