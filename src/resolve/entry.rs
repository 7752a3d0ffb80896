//! One entry: every reference in it becomes an [`EntryId`] or a problem.
//!
//! Takes entries and introductions as written; gives them with every name resolved; what leads nowhere is left out,
//! with a problem. Withholds nothing.

use super::{Scope, fold, links};
use crate::diag::{Advice, Code, Diagnostic, TextEdit, nearest};
use crate::model::body::Target;
use crate::model::path::markdown;
use crate::model::stage::{Role, Stage};
use crate::model::{
    Body, Cite, Edition, Entry, EntryId, Head, Intro, Kind, Located, Named, Prose, RawRef, Tlp,
    Verb, Words,
};
use std::sync::Arc;

/// Resolves one entry.
pub(super) fn resolve(
    entry: &Entry<RawRef>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Entry<EntryId> {
    entry.pass(&mut Resolver {
        scope,
        path: &entry.path,
        problems,
    })
}

/// Resolves the text of an index page.
pub(super) fn resolve_intro(
    intro: &Intro<RawRef>,
    scope: &Scope,
    problems: &mut Vec<Diagnostic>,
) -> Intro<EntryId> {
    intro.pass(&mut Resolver {
        scope,
        path: &intro.path,
        problems,
    })
}

/// What resolving needs, for one file.
struct Resolver<'a> {
    scope: &'a Scope,
    path: &'a Arc<str>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Stage<RawRef> for Resolver<'_> {
    type To = EntryId;

    fn sees(&self, _: Option<Tlp>) -> bool {
        true
    }

    fn head(&mut self, head: &Arc<Head>) -> Arc<Head> {
        Arc::clone(head)
    }

    fn entry(&mut self, named: &RawRef, role: Role) -> Option<EntryId> {
        match role {
            Role::Place => self.entry_of(named, &[Kind::Place]),
            Role::Target(from, verb) => self.related(from, verb, named),
        }
    }

    fn named(&mut self, named: &Named<RawRef>) -> Option<Named<EntryId>> {
        Some(self.organisation(named))
    }

    fn publisher(&mut self, named: &Located<Named<RawRef>>) -> Named<EntryId> {
        self.organisation(&named.value)
    }

    fn sources(
        &mut self,
        sources: &[Cite<RawRef>],
        _: Option<&Words<EntryId>>,
    ) -> Vec<Cite<EntryId>> {
        let mut resolved = Vec::with_capacity(sources.len());
        resolved.extend(sources.iter().filter_map(|cite| self.cite(cite)));
        resolved
    }

    fn text(&mut self, text: &Prose<RawRef>) -> Prose<EntryId> {
        let Prose {
            body,
            targets: _,
            cites,
            editions,
        } = text;
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

    /// A sentence is read apart from the text below it, so that it has no headings of its own.
    fn sentence(&mut self, sentence: &Prose<RawRef>) -> Prose<EntryId> {
        let Prose {
            body,
            targets: _,
            cites,
            editions: _,
        } = sentence;
        let targets = links::targets_of_words(body, self.path, self.scope, self.problems);
        Prose {
            body: self.with_bare_names(body, &targets),
            targets,
            cites: self.cites_in_place(cites),
            editions: Vec::new(),
        }
    }
}

impl Resolver<'_> {
    /// "Organisation ref or text": what is no organisation's name is text.
    fn organisation(&self, named: &Named<RawRef>) -> Named<EntryId> {
        let raw = match named {
            Named::Text(text) => return Named::Text(text.clone()),
            Named::Entry(raw) => raw,
        };
        let found = self.scope.names.referents(&raw.name, &[Kind::Organisation]);
        match found.first() {
            Some(&id) => Named::Entry(id),
            None => Named::Text(raw.name.to_string()),
        }
    }

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
                    .help(
                        Advice::from(format!(
                            "write the kind's folder before it: `{}`",
                            choices[0]
                        ))
                        .perhaps([self.renamed(raw, &choices[0])]),
                    ),
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
        let help: Advice = if let Some(&other) = elsewhere {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            format!(
                "`{}` is not one of: {}",
                self.scope.long_name(other),
                kinds.join(", ")
            )
            .into()
        } else if let Some(near) = nearest(&raw.name, handles) {
            let of = self.scope.names.any_referents(near.word);
            let open = matches!(of, [one] if self.scope.may_name(self.path, *one));
            Advice::from(format!("did you mean `{}`?", near.word))
                .edited(open && near.is_slip(), [self.renamed(raw, near.word)])
        } else if let [kind] = kinds {
            format!(
                "create it: `dossier new {kind} \"{}\"` writes content/{}/…",
                raw.name,
                kind.folder()
            )
            .into()
        } else {
            "write the slug (the file's name) of an entry of this dossier".into()
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

    /// The edit that writes another name for a reference, in the quotes that it has.
    fn renamed(&self, raw: &RawRef, name: &str) -> TextEdit {
        TextEdit::within(self.path, raw.span, &*raw.name, name)
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

    /// A body in which links that were found by a name with a bar are bare.
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
        self.unreadable.contains(&name)
            || kinds.iter().any(|kind| {
                self.unreadable
                    .contains(&format!("{}/{name}", kind.folder()))
            })
    }
}
