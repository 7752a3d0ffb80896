//! What an entry says under which key.
//!
//! One walk over an entry and one over a statement, each field destructured: a new one fails to compile until it is
//! decided under which key it is asked for. The names are those of front matter.

use crate::model::body::Target;
use crate::model::{
    Alias, Change, Cite, Confidence, Count, Date, Details, Entry, Event, Evidence, Grade, Head,
    Kind, Legal, Marked, Money, Named, Notice, Overlap, Part, Prose, Relation, Reliability, Seen,
    Snapshot, Spot, Statement, StatementId, Tlp, Transfer, Value, Version, What, Words, tactic,
};
use crate::parse::front::keys;

/// A value of an entry.
#[derive(Debug)]
pub(super) enum Told<'e, R> {
    /// A kind of entry.
    Kind(Kind),
    /// A text, a word, a number as written.
    Text(&'e str),
    /// A sentence.
    Sentence(&'e Words<R>),
    /// A text with its marks.
    Prose(&'e Prose<R>),
    /// A date or a period.
    Date(Date),
    /// An amount of money.
    Money(&'e Money),
    /// How many there are.
    Count(&'e Count),
    /// Yes or no.
    Bool(bool),
    /// A marking.
    Tlp(Tlp),
    /// How likely something is held.
    Confidence(Confidence),
    /// A grade.
    Grade(Grade),
    /// Its letter.
    Reliability(Reliability),
    /// An entry that it names.
    Entry(&'e R),
}

/// Takes what stands under a key, and under a key within it.
pub(super) type Tell<'t, 'e, R> = &'t mut dyn FnMut(&str, &str, Told<'e, R>);

/// All that an entry says beside its statements and its marking.
pub(super) fn entry<'e, R>(entry: &'e Entry<R>, tell: Tell<'_, 'e, R>) {
    let Entry {
        head,
        summary,
        statements: _,
        sources,
        changes,
        withdrawn,
        publisher,
        retracted,
        country,
        prose,
    } = entry;
    self::head(head, tell);
    if let Some(Marked { value, tlp: _ }) = summary {
        tell("summary", "", Told::Sentence(value));
    }
    // That of lists, which may stand under another key.
    if let Some(date) = entry.when() {
        tell("date", "", Told::Date(date));
    }
    if let Some(day) = entry.last_changed() {
        tell("updated", "", Told::Date(day_as_date(day)));
    }
    cites("sources", sources, tell);
    cites("cites", sources, tell);
    for change in changes {
        let Change {
            date,
            what,
            correction,
            tlp: _,
            span: _,
        } = change;
        tell("changes", "date", Told::Date(day_as_date(*date)));
        tell("changes", "what", Told::Sentence(what));
        if *correction {
            tell("changes", "kind", Told::Text("correction"));
        }
    }
    for (key, notice) in [("withdrawn", withdrawn), ("retracted", retracted)] {
        if let Some(Notice { date, reason }) = notice {
            tell(key, "date", Told::Date(*date));
            tell(key, "reason", Told::Sentence(reason));
        }
    }
    named(
        "publisher",
        "",
        publisher.as_ref().map(|it| &it.value),
        tell,
    );
    if let Some(country) = country {
        tell("country", "", Told::Entry(&country.value));
    }
    tell("text", "", Told::Prose(prose));
    for (spot, text) in entry.texts() {
        match spot {
            Spot::Statement(..) => {}
            Spot::Withdrawn | Spot::Retracted | Spot::Summary | Spot::Body | Spot::Change(_) => {
                leads(text, tell);
            }
        }
    }
}

fn head<'e, R>(head: &'e Head, tell: Tell<'_, 'e, R>) {
    let Head {
        kind,
        slug,
        // Where it was read is no matter of what it says.
        path: _,
        id,
        title,
        // Told above, as lists have it.
        date: _,
        tags,
        // That of a statement may be its own.
        tlp: _,
        authors,
        rights,
        lang,
        draft,
        publish,
        updated: _,
        redirect_from,
        external_ids,
        details,
        // For templates.
        extra: _,
    } = head;
    tell("kind", "", Told::Kind(*kind));
    tell("slug", "", Told::Text(slug));
    tell("id", "", Told::Text(id));
    tell("title", "", Told::Text(title));
    marked("tags", tags, tell);
    marked("authors", authors, tell);
    marked("rights", rights, tell);
    text("lang", lang.as_deref(), tell);
    tell("draft", "", Told::Bool(*draft));
    day("publish", "", *publish, tell);
    for path in redirect_from {
        tell("redirect_from", "", Told::Text(&path.value));
    }
    for (catalogue, id) in external_ids {
        tell("external_ids", catalogue, Told::Text(&id.value));
    }
    self::details(details, tell);
}

fn details<'e, R>(details: &'e Details, tell: Tell<'_, 'e, R>) {
    match details {
        Details::Campaign | Details::Page => {}
        Details::Actor { sophistication } => marked("sophistication", sophistication, tell),
        Details::Incident { status } => text("status", status.map(|it| it.word()), tell),
        Details::Malware {
            platforms,
            types,
            is_family,
        } => {
            marked("platforms", platforms, tell);
            marked("types", types, tell);
            tell("is_family", "", Told::Bool(*is_family));
        }
        Details::Tool { platforms, types } => {
            marked("platforms", platforms, tell);
            marked("types", types, tell);
        }
        Details::Infrastructure { types } => marked("types", types, tell),
        Details::Technique { tactics } => {
            marked("tactics", tactics, tell);
            // An id is asked for by its name, too.
            for name in tactics.iter().filter_map(|it| tactic::name(&it.value)) {
                tell("tactics", "", Told::Text(name));
            }
        }
        Details::Vulnerability { cvss } => marked("cvss", cvss, tell),
        Details::Person { nationality } => marked("nationality", nationality, tell),
        Details::Organisation { r#type, sectors } => {
            text("type", r#type.as_deref(), tell);
            for sector in sectors {
                tell("sector", "", Told::Text(sector.word()));
            }
        }
        Details::Place {
            r#type,
            code,
            lat,
            lon,
        } => {
            text("type", r#type.as_deref(), tell);
            text("code", code.as_deref(), tell);
            text("lat", lat.as_deref(), tell);
            text("lon", lon.as_deref(), tell);
        }
        Details::Note { key } => tell("key", "", Told::Bool(*key)),
        Details::Source(evidence) => self::evidence(evidence, tell),
    }
}

fn evidence<'e, R>(evidence: &'e Evidence, tell: Tell<'_, 'e, R>) {
    let Evidence {
        accessed,
        url,
        archived,
        grade,
        // A marking is told of the whole.
        lent: _,
        r#type,
        seen,
        language,
        snapshot,
    } = evidence;
    day("accessed", "", *accessed, tell);
    text("url", url.as_ref().map(|it| it.value.as_str()), tell);
    text(
        "archived",
        archived.as_ref().map(|it| it.value.as_str()),
        tell,
    );
    if let Some(grade) = grade {
        tell("grade", "", Told::Grade(*grade));
        if let Some(letter) = grade.reliability() {
            tell("reliability", "", Told::Reliability(letter));
        }
        tell("credibility", "", Told::Grade(*grade));
    }
    text("type", r#type.as_deref(), tell);
    text("seen", seen.map(seen_word), tell);
    text("language", language.as_deref(), tell);
    if let Some(snapshot) = snapshot {
        let Snapshot {
            file,
            sha256,
            taken,
            publish,
        } = snapshot;
        tell("snapshot", "file", Told::Text(&file.value));
        tell("snapshot", "sha256", Told::Text(&sha256.value));
        day("snapshot", "taken", *taken, tell);
        tell("snapshot", "publish", Told::Bool(*publish));
    }
}

fn seen_word(seen: Seen) -> &'static str {
    match seen {
        Seen::Full => "full",
        Seen::Excerpt => "excerpt",
        Seen::Reference => "reference",
    }
}

/// All that a statement of an entry says but its marking.
pub(super) fn statement<'e, R>(
    of: &'e Entry<R>,
    id: StatementId,
    statement: &'e Statement<R>,
    tell: Tell<'_, 'e, R>,
) {
    let Statement {
        what,
        sources,
        tlp: _,
        confidence,
        when,
        note,
        span: _,
    } = statement;
    match what {
        What::Fact(version) => {
            let Version {
                of: name,
                key: _,
                value,
                chosen,
            } = version;
            let (key, inner) = fact(name);
            match value {
                Value::Text(text) => tell(key, inner, Told::Text(text)),
                Value::List(words) => {
                    for word in words {
                        tell(key, inner, Told::Text(word));
                    }
                }
                Value::Date(date) => tell(key, inner, Told::Date(*date)),
                Value::Money(money) => tell(key, inner, Told::Money(money)),
                Value::Count(count) => tell(key, inner, Told::Count(count)),
                Value::Reliability(letter) => tell(key, inner, Told::Reliability(*letter)),
            }
            let alone = !of.statements.is_one_of_several(id);
            tell("chosen", "", Told::Bool(alone || chosen.is_some()));
            date("as_of", "", *when, tell);
        }
        What::Judgement(words) => {
            tell("judgements", "text", Told::Sentence(words));
        }
        What::Legal(legal) => {
            let Legal { status, by } = legal;
            tell("legal", "status", Told::Text(status.word()));
            date("legal", "date", *when, tell);
            named("legal", "by", by.as_ref(), tell);
        }
        What::Event(event) => {
            let Event { date, what, place } = event;
            tell("events", "date", Told::Date(*date));
            tell("events", "what", Told::Sentence(what));
            if let Some(place) = place {
                tell("events", "place", Told::Entry(place));
            }
        }
        What::Relation(relation) => {
            let Relation {
                verb,
                target,
                until,
                denied,
                own,
                transfer,
            } = relation;
            // What a source denies is not what the entry says.
            let key = if *denied { "denied" } else { verb.key() };
            tell(key, "", Told::Entry(target));
            date("start", "", *when, tell);
            date("end", "", *until, tell);
            if let Some((own, words)) = verb.own_words().zip(own.as_ref()) {
                tell(own.key(), "", Told::Sentence(words));
            }
            if let Some(Transfer { amount, from }) = transfer.as_deref() {
                if let Some(amount) = amount {
                    tell("amount", "", Told::Money(amount));
                }
                if let Some(from) = from {
                    tell("from", "", Told::Entry(from));
                }
            }
        }
        What::Alias(alias) => {
            let Alias { name, by, overlap } = alias;
            tell("aliases", "name", Told::Text(name));
            named("aliases", "by", by.as_ref(), tell);
            tell("aliases", "relation", Told::Text(overlap_word(*overlap)));
        }
    }
    cites("sources", sources, tell);
    cites("cites", sources, tell);
    if let Some(sure) = confidence {
        tell("confidence", "", Told::Confidence(*sure));
    }
    if let Some(note) = note {
        // Under no key of its own: `note` is a kind. Found by its words.
        tell("", "", Told::Sentence(note));
    }
    for part in Part::ALL {
        let words = statement.part(part);
        if let (Part::Chosen, Some(words)) = (part, words) {
            tell("", "", Told::Sentence(words));
        }
        if let Some(text) = words.and_then(Words::styled) {
            leads(text, tell);
        }
    }
}

/// The key of a fact, and its name within it.
fn fact(name: &str) -> (&str, &str) {
    match keys::fact(name) {
        Some(place) => place,
        None => ("facts", name),
    }
}

fn overlap_word(overlap: Overlap) -> &'static str {
    match overlap {
        Overlap::Equal => "equal",
        Overlap::Overlaps => "overlaps",
        Overlap::PartOf => "part-of",
    }
}

/// What a text cites, and the entries that its links lead to.
fn leads<'e, R>(text: &'e Prose<R>, tell: Tell<'_, 'e, R>) {
    cites("cites", &text.cites, tell);
    for target in &text.targets {
        match target {
            Target::Entry(to, _) => tell("mentions", "", Told::Entry(to)),
            Target::Home
            | Target::Index(_)
            | Target::Own(_)
            | Target::File(_)
            | Target::External(_)
            | Target::Defanged(_)
            | Target::Withheld
            | Target::Broken => {}
        }
    }
}

fn cites<'e, R>(key: &str, cites: &'e [Cite<R>], tell: Tell<'_, 'e, R>) {
    for source in cites.iter().filter_map(|cite| cite.source.as_ref()) {
        tell(key, "", Told::Entry(source));
    }
}

fn marked<'e, R>(
    key: &str,
    all: impl IntoIterator<Item = &'e Marked<String>>,
    tell: Tell<'_, 'e, R>,
) {
    for Marked { value, tlp: _ } in all {
        tell(key, "", Told::Text(value));
    }
}

fn text<'e, R>(key: &str, text: Option<&'e str>, tell: Tell<'_, 'e, R>) {
    if let Some(text) = text {
        tell(key, "", Told::Text(text));
    }
}

fn date<'e, R>(key: &str, inner: &str, date: Option<Date>, tell: Tell<'_, 'e, R>) {
    if let Some(date) = date {
        tell(key, inner, Told::Date(date));
    }
}

fn day<'e, R>(key: &str, inner: &str, day: Option<crate::model::Day>, tell: Tell<'_, 'e, R>) {
    date(key, inner, day.map(day_as_date), tell);
}

fn named<'e, R>(key: &str, inner: &str, by: Option<&'e Named<R>>, tell: Tell<'_, 'e, R>) {
    match by {
        Some(Named::Entry(entry)) => tell(key, inner, Told::Entry(entry)),
        Some(Named::Text(text)) => tell(key, inner, Told::Text(text)),
        None => {}
    }
}

fn day_as_date(day: crate::model::Day) -> Date {
    use crate::model::date::{Moment, Unit};
    Date::At(Moment {
        about: false,
        part: None,
        unit: Unit::Day(day),
    })
}
