//! One entry: every reference in it becomes an [`EntryId`] or a problem.
//!
//! Every field is destructured, so that a new one fails to compile until it is resolved.

use super::{Scope, links};
use crate::diag::{Code, Diagnostic, closest};
use crate::model::{
    Alias, Cite, Details, Entry, EntryId, Event, Evidence, Fact, Intro, Judgement, Kind, Legal,
    Located, Named, Prose, RawRef, Relation, Verb, Version,
};
use std::sync::Arc;

/// Resolves one entry.
pub(super) fn resolve(
    entry: Entry<RawRef>,
    scope: &Scope<'_>,
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
        path: &path,
        problems,
    };
    Entry {
        kind,
        aliases: aliases.into_iter().map(|alias| at.alias(alias)).collect(),
        sources: at.cites(sources),
        facts: facts.into_iter().map(|fact| at.fact(fact)).collect(),
        relations: relations
            .into_iter()
            .filter_map(|relation| at.relation(kind, relation))
            .collect(),
        details: at.details(details),
        prose: at.prose(prose),
        slug,
        id,
        title,
        summary,
        date,
        tags,
        tlp,
        authors,
        lang,
        draft,
        publish,
        updated,
        changes,
        withdrawn,
        redirect_from,
        external_ids,
        extra,
        path,
    }
}

/// Resolves the text of an index page.
pub(super) fn resolve_intro(
    intro: Intro<RawRef>,
    scope: &Scope<'_>,
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
    let prose = Resolver {
        scope,
        path: &path,
        problems,
    }
    .prose(prose);
    Intro {
        of,
        path,
        title,
        summary,
        tlp,
        prose,
    }
}

/// What resolving needs, for one file.
struct Resolver<'a> {
    scope: &'a Scope<'a>,
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
        let handles = self.scope.names.handles_of(kinds);
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

    fn cites(&mut self, cites: Vec<Cite<RawRef>>) -> Vec<Cite<EntryId>> {
        cites
            .into_iter()
            .filter_map(|cite| self.cite(cite))
            .collect()
    }

    fn cite(&mut self, cite: Cite<RawRef>) -> Option<Cite<EntryId>> {
        let Cite { source, at, span } = cite;
        let source = self.entry_of(&source?, &[Kind::Source])?;
        Some(Cite {
            source: Some(source),
            at,
            span,
        })
    }

    fn alias(&mut self, alias: Alias<RawRef>) -> Alias<EntryId> {
        let Alias {
            name,
            by,
            overlap,
            sources,
            tlp,
            span,
        } = alias;
        Alias {
            name,
            by: by.map(|by| self.named(by)),
            overlap,
            sources: self.cites(sources),
            tlp,
            span,
        }
    }

    /// "Organisation ref or text": what is no organisation's name is text.
    fn named(&mut self, named: Named<RawRef>) -> Named<EntryId> {
        match named {
            Named::Text(text) => Named::Text(text),
            Named::Entry(raw) => match self
                .scope
                .names
                .referents(&raw.name, &[Kind::Organisation])
                .first()
            {
                Some(&id) => Named::Entry(id),
                None => Named::Text(raw.name),
            },
        }
    }

    fn fact(&mut self, fact: Fact<RawRef>) -> Fact<EntryId> {
        let Fact {
            name,
            versions,
            span,
        } = fact;
        let versions = versions
            .into_iter()
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
                    value,
                    sources: self.cites(sources),
                    tlp,
                    note,
                    as_of,
                    chosen,
                    span,
                }
            })
            .collect();
        Fact {
            name,
            versions,
            span,
        }
    }

    fn relation(&mut self, from: Kind, relation: Relation<RawRef>) -> Option<Relation<EntryId>> {
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
        let target = self.related(from, verb, &target)?;
        Some(Relation {
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
        })
    }

    /// The target of a relation, which the relation table may not allow.
    fn related(&mut self, from: Kind, verb: Verb, raw: &RawRef) -> Option<EntryId> {
        let kinds = verb.allowed_to(from);
        let [other] = self.scope.names.any_referents(&raw.name) else {
            return self.entry_of(raw, &kinds);
        };
        let to = self.scope.heads[other.0 as usize].kind;
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
                self.scope.heads[other.0 as usize].title
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

    fn details(&mut self, details: Details<RawRef>) -> Details<EntryId> {
        match details {
            Details::Actor { sophistication } => Details::Actor { sophistication },
            Details::Campaign => Details::Campaign,
            Details::Incident { status, events } => Details::Incident {
                status,
                events: events.into_iter().map(|event| self.event(event)).collect(),
            },
            Details::Malware {
                platforms,
                types,
                is_family,
            } => Details::Malware {
                platforms,
                types,
                is_family,
            },
            Details::Tool { platforms, types } => Details::Tool { platforms, types },
            Details::Technique { tactics } => Details::Technique { tactics },
            Details::Vulnerability { cvss } => Details::Vulnerability { cvss },
            Details::Person { nationality, legal } => Details::Person {
                nationality,
                legal: legal.into_iter().map(|legal| self.legal(legal)).collect(),
            },
            Details::Organisation { r#type, country } => Details::Organisation {
                r#type,
                country: country.and_then(|country| self.entry_of(&country, &[Kind::Place])),
            },
            Details::Place {
                r#type,
                code,
                lat,
                lon,
            } => Details::Place {
                r#type,
                code,
                lat,
                lon,
            },
            Details::Note { judgements, key } => Details::Note {
                judgements: judgements
                    .into_iter()
                    .map(|it| self.judgement(it))
                    .collect(),
                key,
            },
            Details::Source(evidence) => Details::Source(Box::new(self.evidence(*evidence))),
        }
    }

    fn event(&mut self, event: Event<RawRef>) -> Event<EntryId> {
        let Event {
            date,
            what,
            place,
            sources,
            tlp,
            span,
        } = event;
        let place = place.and_then(|place| self.entry_of(&place, &[Kind::Place]));
        Event {
            date,
            what,
            place,
            sources: self.cites(sources),
            tlp,
            span,
        }
    }

    fn legal(&mut self, legal: Legal<RawRef>) -> Legal<EntryId> {
        let Legal {
            status,
            date,
            by,
            sources,
            tlp,
            span,
        } = legal;
        Legal {
            status,
            date,
            by: by.map(|by| self.named(by)),
            sources: self.cites(sources),
            tlp,
            span,
        }
    }

    fn judgement(&mut self, judgement: Judgement<RawRef>) -> Judgement<EntryId> {
        let Judgement {
            text,
            confidence,
            sources,
            tlp,
            span,
        } = judgement;
        Judgement {
            text,
            confidence,
            sources: self.cites(sources),
            tlp,
            span,
        }
    }

    fn evidence(&mut self, evidence: Evidence<RawRef>) -> Evidence<EntryId> {
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
        let publisher = self.named(publisher);
        Evidence {
            publisher,
            accessed,
            url: url.map(|url| self.address(url)),
            archived: archived.map(|url| self.address(url)),
            grade,
            r#type,
            seen,
            language,
            snapshot,
            retracted,
        }
    }

    /// An address as it may be shown: defanged, and so no link, where it is an indicator.
    fn address(&self, url: Located<String>) -> Located<String> {
        match links::is_indicator(&url.value, self.scope) {
            true => Located {
                value: crate::model::indicator::defang(&url.value),
                span: url.span,
            },
            false => url,
        }
    }

    fn prose(&mut self, prose: Prose<RawRef>) -> Prose<EntryId> {
        let Prose {
            body,
            targets: _,
            cites,
        } = prose;
        // Events name citations by index, so that a citation that leads nowhere keeps its place.
        let cites = cites
            .into_iter()
            .map(|cite| {
                let (at, span) = (cite.at.clone(), cite.span);
                self.cite(cite).unwrap_or(Cite {
                    source: None,
                    at,
                    span,
                })
            })
            .collect();
        let targets = links::targets(&body, self.path, self.scope, self.problems);
        Prose {
            body,
            targets,
            cites,
        }
    }
}

impl Scope<'_> {
    /// `kind folder/slug`, which always works as a name.
    pub(super) fn long_name(&self, id: EntryId) -> String {
        let head = &self.heads[id.0 as usize];
        let file = head.path.rsplit('/').next().unwrap_or(&head.path);
        format!("{}/{}", head.kind.folder(), file.trim_end_matches(".md"))
    }

    /// Whether the name is that of a file that could not be read.
    pub(super) fn is_lost(&self, name: &str, kinds: &[Kind]) -> bool {
        let name = super::fold(name);
        self.lost.contains(&name)
            || kinds
                .iter()
                .any(|kind| self.lost.contains(&format!("{}/{name}", kind.folder())))
    }
}
