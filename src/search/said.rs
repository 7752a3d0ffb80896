//! What an entry says, text by text, each with how much a word in it counts.

use crate::model::searched::each_block;
use crate::model::tactic;
use crate::model::{
    Body, Change, Details, Entry, Evidence, Head, Named, Notice, PageId, Value, What, Words,
};

/// What a word counts in a title.
const TITLE: u32 = 6;
const NAME: u32 = 4;
const SUMMARY: u32 = 3;
const HEADING: u32 = 3;
const STATEMENT: u32 = 2;
const TEXT: u32 = 1;

/// Shows every text of an entry that a reader finds on its page, but for what is said there of others. Between two texts
/// a word ends.
pub(super) fn each(entry: &Entry<PageId>, show: &mut impl FnMut(u32, &str)) {
    let Entry {
        head,
        summary,
        statements,
        sources: _,
        changes,
        withdrawn,
        publisher,
        retracted,
        country: _,
        prose,
    } = entry;
    self::head(head, show);
    if let Some(summary) = summary {
        words(&summary.value, SUMMARY, show);
    }
    for statement in statements.iter() {
        match &statement.what {
            What::Fact(version) => {
                value(&version.value, show);
                if let Some(why) = &version.chosen {
                    words(why, TEXT, show);
                }
            }
            What::Judgement(judgement) => words(judgement, SUMMARY, show),
            What::Event(event) => words(&event.what, STATEMENT, show),
            What::Alias(alias) => {
                show(NAME, &alias.name);
                named(alias.by.as_ref(), show);
            }
            What::Legal(legal) => {
                show(STATEMENT, legal.status.word());
                named(legal.by.as_ref(), show);
            }
            // What it names has a page of its own.
            What::Relation(relation) => {
                if let Some(own) = &relation.own {
                    words(own, STATEMENT, show);
                }
            }
        }
        if let Some(note) = &statement.note {
            words(note, STATEMENT, show);
        }
    }
    for Change { what, .. } in changes {
        words(what, TEXT, show);
    }
    for Notice { reason, .. } in withdrawn.iter().chain(retracted) {
        words(reason, STATEMENT, show);
    }
    named(publisher.as_ref().map(|it| &it.value), show);
    body(&prose.body, TEXT, show);
}

fn head(head: &Head, show: &mut impl FnMut(u32, &str)) {
    let Head {
        title,
        tags,
        authors,
        external_ids,
        details,
        kind: _,
        slug: _,
        path: _,
        id: _,
        date: _,
        tlp: _,
        lang: _,
        // Of the terms, not of the matter.
        rights: _,
        draft: _,
        publish: _,
        updated: _,
        redirect_from: _,
        extra: _,
    } = head;
    show(TITLE, title);
    let ids = external_ids.iter().map(|(_, id)| id);
    for id in ids {
        show(NAME, &id.value);
    }
    for tag in tags {
        show(STATEMENT, &tag.value);
    }
    for author in authors {
        show(TEXT, &author.value);
    }
    match details {
        Details::Actor {
            sophistication: word,
        }
        | Details::Person { nationality: word } => {
            word.iter().for_each(|word| show(TEXT, &word.value));
        }
        Details::Malware {
            platforms,
            types,
            is_family: _,
        }
        | Details::Tool { platforms, types } => {
            { platforms.iter().chain(types) }.for_each(|word| show(TEXT, &word.value));
        }
        Details::Infrastructure { types } => types.iter().for_each(|it| show(TEXT, &it.value)),
        Details::Technique { tactics } => tactics.iter().for_each(|it| {
            show(TEXT, &it.value);
            tactic::name(&it.value)
                .iter()
                .for_each(|name| show(TEXT, name));
        }),
        Details::Organisation {
            r#type: sort,
            sectors,
        } => {
            sort.iter().for_each(|sort| show(TEXT, sort));
            sectors.iter().for_each(|it| show(TEXT, it.word()));
        }
        Details::Place {
            r#type: sort,
            code: _,
            lat: _,
            lon: _,
        } => sort.iter().for_each(|sort| show(TEXT, sort)),
        Details::Source(evidence) => {
            let Evidence {
                url,
                r#type: sort,
                accessed: _,
                archived: _,
                grade: _,
                lent: _,
                seen: _,
                language: _,
                snapshot: _,
            } = &**evidence;
            url.iter().for_each(|url| show(TEXT, url.value.as_str()));
            sort.iter().for_each(|sort| show(TEXT, sort));
        }
        Details::Incident { status } => {
            { status.iter() }.for_each(|status| show(TEXT, status.word()));
        }
        // A score and yes or no are nothing that somebody looks for.
        Details::Campaign
        | Details::Page
        | Details::Vulnerability { cvss: _ }
        | Details::Note { key: _ } => {}
    }
}

fn named(named: Option<&Named<PageId>>, show: &mut impl FnMut(u32, &str)) {
    match named {
        Some(Named::Text(text)) => show(STATEMENT, text),
        // It has a page of its own.
        Some(Named::Entry(_)) | None => {}
    }
}

fn value(value: &Value, show: &mut impl FnMut(u32, &str)) {
    match value {
        Value::Text(text) => show(STATEMENT, text),
        Value::List(list) => list.iter().for_each(|word| show(STATEMENT, word)),
        // As its writer wrote it, whatever form the page gives it.
        Value::Date(date) => show(TEXT, &date.to_string()),
        Value::Money(money) => show(TEXT, &money.to_string()),
        Value::Count(count) => show(TEXT, &count.to_string()),
        // A letter is no word.
        Value::Reliability(_) => {}
    }
}

fn words(words: &Words<PageId>, weight: u32, show: &mut impl FnMut(u32, &str)) {
    match words {
        Words::Plain(text) => show(weight, text),
        Words::Styled(prose) => body(&prose.body, weight, show),
    }
}

fn body(body: &Body, weight: u32, show: &mut impl FnMut(u32, &str)) {
    each_block(body, &mut |heading, text| {
        show(if heading { HEADING } else { weight }, text)
    });
}
