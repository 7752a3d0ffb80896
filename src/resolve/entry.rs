//! One entry: every reference in it becomes an [`EntryId`] or a problem.
//!
//! Every field is destructured, so that a new one fails to compile until it is resolved.

use super::{Scope, fold, links};
use crate::diag::{Code, Diagnostic, closest};
use crate::model::body::Target;
use crate::model::path::markdown;
use crate::model::{
    Alias, Body, Change, Cite, Details, Edition, Entry, EntryId, Event, Evidence, Fact, Intro,
    Judgement, Kind, Legal, Located, Marked, Named, Notice, Prose, RawRef, Relation, Verb, Version,
    Words,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Resolves one entry.
pub(super) fn resolve(
    entry: &Entry<RawRef>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Entry<EntryId> {
    let Entry {
        kind,
        slug,
        path,
        id,
        title,
        summary,
        aliases,
        date,
        tags,
        tlp,
        sources,
        authors,
        lang,
        draft,
        publish,
        updated,
        changes,
        withdrawn,
        redirect_from,
        external_ids,
        facts,
        relations,
        details,
        extra,
        prose,
    } = entry;
    let mut at = Resolver {
        scope,
        path,
        problems,
    };
    at.names(entry);
    let stated = relations.iter();
    let relations = stated.filter_map(|relation| at.relation(*kind, relation));
    let relations = relations.collect();
    Entry {
        kind: *kind,
        slug: slug.clone(),
        path: Arc::clone(path),
        id: id.clone(),
        title: title.clone(),
        summary: at.summary(summary.as_ref()),
        aliases: aliases.iter().map(|alias| at.alias(alias)).collect(),
        date: *date,
        tags: tags.clone(),
        tlp: *tlp,
        sources: at.cites(sources),
        authors: authors.clone(),
        lang: lang.clone(),
        draft: *draft,
        publish: *publish,
        updated: *updated,
        changes: changes.iter().map(|change| at.change(change)).collect(),
        withdrawn: withdrawn.as_ref().map(|notice| at.notice(notice)),
        redirect_from: redirect_from.clone(),
        external_ids: external_ids.clone(),
        facts: facts.iter().map(|fact| at.fact(fact)).collect(),
        relations,
        details: at.details(details),
        extra: extra.clone(),
        prose: at.prose(prose),
    }
}

/// Resolves the text of an index page.
pub(super) fn resolve_intro(
    intro: &Intro<RawRef>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Intro<EntryId> {
    let Intro {
        of,
        path,
        title,
        summary,
        tlp,
        prose,
    } = intro;
    let mut at = Resolver {
        scope,
        path,
        problems,
    };
    Intro {
        of: *of,
        path: Arc::clone(path),
        title: title.clone(),
        summary: at.summary(summary.as_ref()),
        tlp: *tlp,
        prose: at.prose(prose),
    }
}

/// What resolving needs, for one file.
struct Resolver<'a> {
    scope: &'a Scope,
    path: &'a Arc<str>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// The one entry of the given kinds that a reference names.
    fn entry_of(&mut self, raw: &RawRef, kinds: &[Kind]) -> Option<EntryId> {
        match self.scope.names.referents(&raw.name, kinds).as_slice() {
            [one] => Some(*one),
            [] => {
                self.unknown(raw, kinds);
                None
            }
            several => {
                let choices: Vec<String> =
                    several.iter().map(|&id| self.scope.long_name(id)).collect();
                self.problems.push(
                    Diagnostic::at(
                        Code::AmbiguousLink,
                        self.path,
                        raw.span,
                        format!("`{}` may mean {}", raw.name, choices.join(" or ")),
                    )
                    .help(format!(
                        "write the kind's folder before it: `{}`",
                        choices[0]
                    )),
                );
                None
            }
        }
    }

    fn unknown(&mut self, raw: &RawRef, kinds: &[Kind]) {
        if self.scope.is_lost(&raw.name, kinds) {
            return;
        }
        let sources_only = kinds == [Kind::Source];
        let what = if sources_only { "source" } else { "entry" };
        let code = if sources_only {
            Code::UnknownSource
        } else {
            Code::UnknownEntry
        };
        let handles = self.scope.names.handles_of(&self.scope.raw, kinds);
        let elsewhere = self.scope.names.any_referents(&raw.name).first();
        let help = if let Some(&other) = elsewhere {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            format!(
                "`{}` is not one of: {}",
                self.scope.long_name(other),
                kinds.join(", ")
            )
        } else if let Some(near) = closest(&raw.name, handles) {
            format!("did you mean `{near}`?")
        } else if let [kind] = kinds {
            format!(
                "create it: `dossier new {kind} \"{}\"` writes content/{}/…",
                raw.name,
                kind.folder()
            )
        } else {
            "write the slug (the file's name) of an entry of this dossier".to_owned()
        };
        self.problems.push(
            Diagnostic::at(
                code,
                self.path,
                raw.span,
                format!("there is no {what} `{}`", raw.name),
            )
            .help(help),
        );
    }

    /// Reports a name that the entry gives twice.
    fn names(&mut self, entry: &Entry<RawRef>) {
        if entry.aliases.is_empty() {
            return;
        }
        let mut given = BTreeSet::from([fold(&entry.title)]);
        for alias in &entry.aliases {
            if !given.insert(fold(&alias.name)) {
                self.problems.push(
                    Diagnostic::at(
                        Code::DuplicateAlias,
                        self.path,
                        alias.span,
                        format!("`{}` is given twice as a name of this entry", alias.name),
                    )
                    .help("keep one; if several use the name, cite them all under `sources`"),
                );
            }
        }
    }

    fn cites(&mut self, cites: &[Cite<RawRef>]) -> Vec<Cite<EntryId>> {
        let mut resolved = Vec::with_capacity(cites.len());
        resolved.extend(cites.iter().filter_map(|cite| self.cite(cite)));
        resolved
    }

    fn cite(&mut self, cite: &Cite<RawRef>) -> Option<Cite<EntryId>> {
        let Cite { source, at, span } = cite;
        let source = self.entry_of(source.as_ref()?, &[Kind::Source])?;
        Some(Cite {
            source: Some(source),
            at: at.clone(),
            span: *span,
        })
    }

    fn alias(&mut self, alias: &Alias<RawRef>) -> Alias<EntryId> {
        let Alias {
            name,
            by,
            overlap,
            sources,
            tlp,
            span,
        } = alias;
        Alias {
            name: name.clone(),
            by: by.as_ref().map(|by| self.named(by)),
            overlap: *overlap,
            sources: self.cites(sources),
            tlp: *tlp,
            span: *span,
        }
    }

    /// "Organisation ref or text": what is no organisation's name is text.
    fn named(&mut self, named: &Named<RawRef>) -> Named<EntryId> {
        match named {
            Named::Text(text) => Named::Text(text.clone()),
            Named::Entry(raw) => match self
                .scope
                .names
                .referents(&raw.name, &[Kind::Organisation])
                .first()
            {
                Some(&id) => Named::Entry(id),
                None => Named::Text(raw.name.to_string()),
            },
        }
    }

    fn fact(&mut self, fact: &Fact<RawRef>) -> Fact<EntryId> {
        let Fact {
            name,
            versions,
            span,
        } = fact;
        let versions = versions
            .iter()
            .map(|version| {
                let Version {
                    value,
                    sources,
                    tlp,
                    note,
                    as_of,
                    chosen,
                    span,
                } = version;
                Version {
                    value: value.clone(),
                    sources: self.cites(sources),
                    tlp: *tlp,
                    note: note.as_ref().map(|note| self.words(note)),
                    as_of: *as_of,
                    chosen: chosen.as_ref().map(|chosen| self.words(chosen)),
                    span: *span,
                }
            })
            .collect();
        Fact {
            name: name.clone(),
            versions,
            span: *span,
        }
    }

    fn relation(&mut self, from: Kind, relation: &Relation<RawRef>) -> Option<Relation<EntryId>> {
        let Relation {
            verb,
            target,
            confidence,
            sources,
            start,
            end,
            denied,
            tlp,
            note,
            span,
        } = relation;
        let sources = self.cites(sources);
        let target = self.related(from, *verb, target)?;
        Some(Relation {
            verb: *verb,
            target,
            confidence: *confidence,
            sources,
            start: *start,
            end: *end,
            denied: *denied,
            tlp: *tlp,
            note: note.as_ref().map(|note| self.words(note)),
            span: *span,
        })
    }

    /// The target of a relation, which the relation table may not allow.
    fn related(&mut self, from: Kind, verb: Verb, raw: &RawRef) -> Option<EntryId> {
        let kinds = verb.allowed_to(from);
        let [other] = self.scope.names.any_referents(&raw.name) else {
            return self.entry_of(raw, &kinds);
        };
        let to = self.scope.entry(*other).kind;
        if kinds.contains(&to) {
            return Some(*other);
        }
        let allowed: Vec<&str> = Verb::ALL
            .into_iter()
            .filter(|verb| verb.allowed_to(from).contains(&to))
            .map(Verb::key)
            .collect();
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        self.problems.push(
            Diagnostic::at(
                Code::RelationNotAllowed,
                self.path,
                raw.span,
                format!("`{}` does not lead from {from} to {to}", verb.key()),
            )
            .label(format!(
                "this is the {to} “{}”",
                self.scope.entry(*other).title
            ))
            .help(format!(
                "`{}` takes: {}; from {from} to {to} there are: {}",
                verb.key(),
                kinds.join(", "),
                allowed.join(", ")
            )),
        );
        None
    }

    fn details(&mut self, details: &Details<RawRef>) -> Details<EntryId> {
        match details {
            Details::Actor { sophistication } => Details::Actor {
                sophistication: sophistication.clone(),
            },
            Details::Campaign => Details::Campaign,
            Details::Incident { status, events } => Details::Incident {
                status: *status,
                events: events.iter().map(|event| self.event(event)).collect(),
            },
            Details::Malware {
                platforms,
                types,
                is_family,
            } => Details::Malware {
                platforms: platforms.clone(),
                types: types.clone(),
                is_family: *is_family,
            },
            Details::Tool { platforms, types } => Details::Tool {
                platforms: platforms.clone(),
                types: types.clone(),
            },
            Details::Technique { tactics } => Details::Technique {
                tactics: tactics.clone(),
            },
            Details::Vulnerability { cvss } => Details::Vulnerability { cvss: cvss.clone() },
            Details::Person { nationality, legal } => Details::Person {
                nationality: nationality.clone(),
                legal: legal.iter().map(|legal| self.legal(legal)).collect(),
            },
            Details::Organisation { r#type, country } => Details::Organisation {
                r#type: r#type.clone(),
                country: country.as_ref().and_then(|country| {
                    Some(Located {
                        value: self.entry_of(&country.value, &[Kind::Place])?,
                        span: country.span,
                    })
                }),
            },
            Details::Place {
                r#type,
                code,
                lat,
                lon,
            } => Details::Place {
                r#type: r#type.clone(),
                code: code.clone(),
                lat: lat.clone(),
                lon: lon.clone(),
            },
            Details::Note { judgements, key } => Details::Note {
                judgements: judgements.iter().map(|it| self.judgement(it)).collect(),
                key: *key,
            },
            Details::Source(evidence) => Details::Source(Box::new(self.evidence(evidence))),
        }
    }

    fn event(&mut self, event: &Event<RawRef>) -> Event<EntryId> {
        let Event {
            date,
            what,
            place,
            sources,
            tlp,
            span,
        } = event;
        let place = place.as_ref();
        let place = place.and_then(|place| self.entry_of(place, &[Kind::Place]));
        Event {
            date: *date,
            what: self.words(what),
            place,
            sources: self.cites(sources),
            tlp: *tlp,
            span: *span,
        }
    }

    fn legal(&mut self, legal: &Legal<RawRef>) -> Legal<EntryId> {
        let Legal {
            status,
            date,
            by,
            sources,
            tlp,
            span,
        } = legal;
        Legal {
            status: *status,
            date: *date,
            by: by.as_ref().map(|by| self.named(by)),
            sources: self.cites(sources),
            tlp: *tlp,
            span: *span,
        }
    }

    fn judgement(&mut self, judgement: &Judgement<RawRef>) -> Judgement<EntryId> {
        let Judgement {
            text,
            confidence,
            sources,
            tlp,
            span,
        } = judgement;
        Judgement {
            text: self.words(text),
            confidence: *confidence,
            sources: self.cites(sources),
            tlp: *tlp,
            span: *span,
        }
    }

    fn evidence(&mut self, evidence: &Evidence<RawRef>) -> Evidence<EntryId> {
        let Evidence {
            publisher,
            accessed,
            url,
            archived,
            grade,
            r#type,
            seen,
            language,
            snapshot,
            retracted,
        } = evidence;
        Evidence {
            publisher: publisher.as_ref().map(|publisher| Located {
                value: self.named(&publisher.value),
                span: publisher.span,
            }),
            accessed: *accessed,
            url: url.clone(),
            archived: archived.clone(),
            grade: *grade,
            r#type: r#type.clone(),
            seen: *seen,
            language: language.clone(),
            snapshot: snapshot.clone(),
            retracted: retracted.as_ref().map(|notice| self.notice(notice)),
        }
    }

    fn summary(
        &mut self,
        summary: Option<&Marked<Words<RawRef>>>,
    ) -> Option<Marked<Words<EntryId>>> {
        let Marked { value, tlp } = summary?;
        Some(Marked {
            value: self.words(value),
            tlp: *tlp,
        })
    }

    fn change(&mut self, change: &Change<RawRef>) -> Change<EntryId> {
        let Change {
            date,
            what,
            correction,
            tlp,
            span,
        } = change;
        Change {
            date: *date,
            what: self.words(what),
            correction: *correction,
            tlp: *tlp,
            span: *span,
        }
    }

    fn notice(&mut self, notice: &Notice<RawRef>) -> Notice<EntryId> {
        let Notice { date, reason } = notice;
        Notice {
            date: *date,
            reason: self.words(reason),
        }
    }

    /// A sentence is read apart from the text below it, so that it has no headings of its own.
    fn words(&mut self, words: &Words<RawRef>) -> Words<EntryId> {
        match words {
            Words::Plain(text) => Words::Plain(text.clone()),
            Words::Styled(prose) => {
                let Prose {
                    body,
                    targets: _,
                    cites,
                    editions: _,
                } = &**prose;
                let targets = links::targets_of_words(body, self.path, self.scope, self.problems);
                Words::Styled(Box::new(Prose {
                    body: self.with_bare_names(body, &targets),
                    targets,
                    cites: self.cites_in_place(cites),
                    editions: Vec::new(),
                }))
            }
        }
    }

    fn prose(&mut self, prose: &Prose<RawRef>) -> Prose<EntryId> {
        let Prose {
            body,
            targets: _,
            cites,
            editions,
        } = prose;
        let targets = links::targets(body, self.path, self.scope, self.problems);
        let editions = editions
            .iter()
            .map(|edition| self.edition(edition, body, &targets));
        Prose {
            editions: editions.collect(),
            body: self.with_bare_names(body, &targets),
            cites: self.cites_in_place(cites),
            targets,
        }
    }

    fn edition(
        &mut self,
        edition: &Edition<RawRef>,
        whole: &Body,
        targets: &[Target<EntryId>],
    ) -> Edition<EntryId> {
        let Edition {
            up_to,
            body,
            targets: _,
            cites,
            fragments,
        } = edition;
        let targets =
            links::targets_of_edition(body, whole, targets, self.path, self.scope, self.problems);
        Edition {
            up_to: *up_to,
            body: self.with_bare_names(body, &targets),
            targets,
            cites: self.cites_in_place(cites),
            fragments: fragments.clone(),
        }
    }

    /// A body of which links that were found by a name with a bar are bare.
    fn with_bare_names(&self, body: &Arc<Body>, targets: &[Target<EntryId>]) -> Arc<Body> {
        let mut body = Arc::clone(body);
        links::bare_names(&mut body, targets, self.scope);
        body
    }

    /// Events name citations by index, so that a citation that leads nowhere keeps its place.
    fn cites_in_place(&mut self, cites: &[Cite<RawRef>]) -> Vec<Cite<EntryId>> {
        let cites = cites.iter().map(|cite| {
            self.cite(cite).unwrap_or_else(|| Cite {
                source: None,
                at: cite.at.clone(),
                span: cite.span,
            })
        });
        cites.collect()
    }
}

impl Scope {
    /// `kind folder/slug`, which always works as a name.
    pub(super) fn long_name(&self, id: EntryId) -> String {
        let head = self.entry(id);
        let file = head.path.rsplit('/').next().unwrap_or(&head.path);
        format!("{}/{}", head.kind.folder(), markdown(file).unwrap_or(file))
    }

    /// Whether the name is that of a file that could not be read.
    pub(super) fn is_lost(&self, name: &str, kinds: &[Kind]) -> bool {
        let name = fold(name);
        self.lost.contains(&name)
            || kinds
                .iter()
                .any(|kind| self.lost.contains(&format!("{}/{name}", kind.folder())))
    }
}
