//! An entry becomes an object: what STIX has a property for stands there, all else in this program's extension.

use super::extension::{self, Changed, Detail, Kept, Own};
use super::object::{Core, Extension, Object, Phase, Reference};
use super::scope::Scope;
use super::shown::Shown;
use super::vocabulary::{self, Type};
use super::{ids, place, references, text, time};
use crate::model::{
    Affected, Change, Day, Details, Entry, Evidence, Head, Kind, Marked, Overlap, PageId, Seen,
    Statement, Value, What, tactic,
};

/// An object, with what it shows.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) object: Object,
    pub(super) shown: Shown,
}

/// When the record of an entry was made and last changed: the day of its publication, else the beginning of time, and the day of
/// the last change that is told of. Never the clock's, never a date of what the entry is about.
pub(super) fn recorded(page: &Entry<PageId>) -> (String, String) {
    let created = page.publish.map(time::of_day);
    let created = created.unwrap_or_else(|| ids::BEGINNING.to_owned());
    let modified = page.last_changed().map(time::of_day);
    let modified = modified.filter(|modified| *modified > created);
    (created.clone(), modified.unwrap_or(created))
}

/// The object of an entry; none of a page about the dossier.
pub(super) fn of(scope: &Scope<'_>, id: PageId) -> Option<Made> {
    let page = scope.page(id);
    let (kind, object) = scope.object(id)?;
    let (created, modified) = recorded(page);
    let mut made = Making {
        scope,
        page,
        kind,
        own: Own::bare(),
        object: Object::bare(kind.name(), object.to_owned(), &created),
        shown: Shown::of(page.tlp),
    };
    made.object.modified = Some(modified);
    made.object.created_by_ref = Some(scope.dossier().to_owned());
    made.make();
    Some(made.done(id))
}

struct Making<'m, 's> {
    scope: &'m Scope<'s>,
    page: &'m Entry<PageId>,
    kind: Type,
    own: Own,
    object: Object,
    shown: Shown,
}

impl Making<'_, '_> {
    fn make(&mut self) {
        let Entry {
            head,
            summary,
            statements,
            sources,
            changes,
            withdrawn,
            publisher,
            retracted,
            // A relationship of its own.
            country: _,
            prose,
        } = self.page;
        let scope = self.scope;
        let said = summary.as_ref().map(|summary| {
            let words = self.shown.value(summary);
            text::plain(scope, words, &mut self.shown)
        });
        let body = text::markdown(scope, prose, &mut self.shown);
        self.head(head);
        self.statements(statements);
        self.shown.cite(scope, sources);
        self.own.sources = extension::cited(scope, sources);
        for Change {
            date,
            what,
            correction,
            tlp,
            span: _,
        } in changes
        {
            self.shown.mark(*tlp);
            self.own.changes.push(Changed {
                date: date.to_string(),
                what: text::plain(scope, what, &mut self.shown),
                correction: *correction,
            });
        }
        if let Some(notice) = withdrawn {
            self.object.revoked = true;
            self.own.withdrawn = Some(extension::taken(scope, notice, &mut self.shown));
        }
        if let Some(notice) = retracted {
            self.own.retracted = Some(extension::taken(scope, notice, &mut self.shown));
        }
        if let Some(publisher) = publisher {
            self.own.publisher = Some(extension::named(scope, &publisher.value, &mut self.shown));
        }
        let whole = match (&said, body.is_empty()) {
            (Some(summary), true) => summary.clone(),
            (Some(summary), false) => format!("{summary}\n\n{body}"),
            (None, _) => body,
        };
        self.own.summary = said;
        let whole = Some(whole).filter(|text| !text.is_empty());
        match self.kind {
            Type::Note => {
                let title = self.page.title.clone();
                self.object.content = Some(whole.unwrap_or_else(|| title.clone()));
                self.object.title = Some(title);
            }
            _ => {
                self.object.name = Some(self.page.title.clone());
                self.object.description = whole;
            }
        }
    }

    fn head(&mut self, head: &Head) {
        let Head {
            kind,
            slug: _,
            path: _,
            id,
            title: _,
            date,
            tags,
            tlp: _,
            authors,
            // Markings of their own: `rights` below.
            rights: _,
            lang,
            // Whoever sees it sees it.
            draft: _,
            publish: _,
            updated: _,
            // Of the site.
            redirect_from: _,
            external_ids,
            details,
            extra,
        } = head;
        self.own.kind = Some(kind.name());
        self.own.id = Some(id.clone());
        self.own.page = Some(self.scope.address(self.page));
        if let Some(date) = date {
            self.own.text("date", time::written(date));
        }
        for tag in tags {
            let tag = self.shown.value(tag).clone();
            if !self.object.labels.contains(&tag) {
                self.object.labels.push(tag);
            }
        }
        let authors = self.all(authors);
        match self.kind {
            Type::Note => self.object.authors = authors,
            _ => self.own.many("authors", authors),
        }
        self.object.lang.clone_from(lang);
        for (name, id) in external_ids {
            let value = self.shown.value(id).clone();
            if !(name == "stix" && value == self.object.id) {
                self.object
                    .external_references
                    .push(catalogued(name, value));
            }
        }
        self.details(details);
        self.own.extra = extra.as_ref().map(extension::extra);
    }

    fn all(&mut self, values: &[Marked<String>]) -> Vec<String> {
        let values = values.iter().map(|it| self.shown.value(it).clone());
        values.collect()
    }

    fn one(&mut self, value: Option<&Marked<String>>) -> Option<String> {
        value.map(|it| self.shown.value(it).clone())
    }

    fn details(&mut self, details: &Details) {
        match details {
            Details::Actor { sophistication } => {
                if let Some(word) = self.one(sophistication.as_ref()) {
                    if self.kind == Type::ThreatActor {
                        self.object.sophistication = vocabulary::sophistication(&word);
                    }
                    self.own.text("sophistication", word);
                }
            }
            Details::Campaign | Details::Page => {}
            Details::Incident { status } => {
                if let Some(status) = status {
                    let core = Core {
                        extension_type: "property-extension",
                        determination: vocabulary::determination(*status),
                        // It has to be said, and a dossier does not know: nobody who reads this is to work on it.
                        investigation_status: "closed",
                        impacted_entity_counts: Default::default(),
                    };
                    let core = Extension::Incident(core);
                    self.object.extensions.insert(ids::INCIDENT, core);
                }
            }
            Details::Malware {
                platforms,
                types,
                is_family,
            } => {
                self.object.is_family = Some(*is_family);
                let types = self.all(types);
                self.object.malware_types = vocabulary::malware_types(&types);
                self.own.many("types", types);
                let platforms = self.all(platforms);
                self.own.many("platforms", platforms);
            }
            Details::Tool { platforms, types } => {
                let types = self.all(types);
                self.object.tool_types = vocabulary::tool_types(&types);
                self.own.many("types", types);
                let platforms = self.all(platforms);
                self.own.many("platforms", platforms);
            }
            Details::Infrastructure { types } => {
                let types = self.all(types);
                self.object.infrastructure_types = vocabulary::infrastructure_types(&types);
                self.own.many("types", types);
            }
            Details::Technique { tactics } => {
                let tactics = self.all(tactics);
                self.object.kill_chain_phases = tactics.iter().filter_map(|it| phase(it)).collect();
                self.own.many("tactics", tactics);
            }
            Details::Vulnerability { cvss } => {
                if let Some(score) = self.one(cvss.as_ref()) {
                    self.own.text("cvss", score);
                }
            }
            Details::Person { nationality } => {
                self.object.identity_class = Some("individual");
                if let Some(nationality) = self.one(nationality.as_ref()) {
                    self.own.text("nationality", nationality);
                }
            }
            Details::Organisation {
                r#type: sort,
                sectors,
            } => {
                self.object.identity_class = Some("organization");
                self.object.sectors = sectors.iter().map(|it| it.word()).collect();
                if let Some(sort) = sort {
                    self.own.text("type", sort);
                }
            }
            Details::Place {
                r#type: sort,
                code,
                lat,
                lon,
            } => {
                let said = [("type", sort), ("code", code), ("lat", lat), ("lon", lon)];
                for (key, value) in said {
                    if let Some(value) = value {
                        self.own.text(key, value);
                    }
                }
                let scope = self.scope;
                place::put(scope, self.page, &mut self.object, &mut self.shown);
            }
            Details::Note { key } => {
                if *key {
                    self.own.details.insert("key", Detail::Flag(true));
                }
            }
            Details::Source(evidence) => self.evidence(evidence),
        }
    }

    fn evidence(&mut self, evidence: &Evidence) {
        let Evidence {
            accessed,
            url,
            archived,
            grade,
            lent,
            r#type: sort,
            seen,
            language,
            snapshot,
        } = evidence;
        let day = |day: &Option<Day>| day.map(|day| day.to_string());
        let texts = [
            ("accessed", day(accessed)),
            ("url", url.as_ref().map(|it| it.value.as_str().to_owned())),
            (
                "archived",
                archived.as_ref().map(|it| it.value.as_str().to_owned()),
            ),
            ("grade", grade.map(|grade| grade.to_string())),
            ("type", sort.clone()),
            ("language", language.clone()),
            (
                "seen",
                seen.map(|seen| {
                    let word = match seen {
                        Seen::Full => "full",
                        Seen::Excerpt => "excerpt",
                        Seen::Reference => "reference",
                    };
                    word.to_owned()
                }),
            ),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                self.own.text(key, text);
            }
        }
        self.shown.mark(*lent);
        self.object.confidence = grade.and_then(|grade| match grade.digit() {
            b'1' => Some(90),
            b'2' => Some(70),
            b'3' => Some(50),
            b'4' => Some(30),
            b'5' => Some(10),
            // That it cannot be judged is no confidence.
            _ => None,
        });
        self.own.snapshot = snapshot.as_ref().map(|it| Kept {
            sha256: it.sha256.value.clone(),
            taken: day(&it.taken),
        });
        let published = self.page.date.as_ref().map(time::first);
        let published = published.or_else(|| accessed.map(time::of_day));
        let created = self.object.created.clone();
        self.object.published = Some(published.unwrap_or(created));
    }

    fn statements(&mut self, statements: &crate::model::Statements<PageId>) {
        let addresses = self.scope.addresses(self.page);
        for ((id, statement), address) in statements.ids().zip(&addresses) {
            if let What::Relation(relation) = &statement.what
                && !relation.denied
                && self.scope.object(relation.target).is_some()
            {
                continue;
            }
            let several = statements.is_one_of_several(id);
            let claim = extension::claim(self.scope, statement, address, several, &mut self.shown);
            self.own.statements.push(claim);
            self.said(statement);
        }
        if self.kind.is_seen() {
            let seen = |name: &str| match statements.fact(name)?.leading()?.what.value {
                Value::Date(date) => Some(date),
                Value::Text(_)
                | Value::List(_)
                | Value::Money(_)
                | Value::Count(_)
                | Value::Reliability(_) => None,
            };
            self.object.first_seen = seen("first_seen").as_ref().map(time::first);
            let last = seen("last_seen").as_ref().and_then(time::last);
            let first = self.object.first_seen.clone();
            // It may not lie before the first.
            let fits = |last: &String| first.as_ref().is_none_or(|first| last >= first);
            self.object.last_seen = last.filter(fits);
        }
        if matches!(self.kind, Type::IntrusionSet | Type::ThreatActor)
            && let Some(leading) = statements.fact("motive").and_then(|fact| fact.leading())
            && let Value::List(words) = &leading.what.value
        {
            let mut motives = words.iter().filter_map(|it| vocabulary::motivation(it));
            self.object.primary_motivation = motives.next();
            self.object.secondary_motivations = motives.collect();
        }
    }

    /// What of a statement STIX has a property for.
    fn said(&mut self, statement: &Statement<PageId>) {
        match &statement.what {
            // A name for something else in part would be taken for one of the same.
            What::Alias(alias) if alias.overlap == Overlap::Equal => {
                let known = self.object.aliases.contains(&alias.name);
                if self.kind.has_aliases() && !known && alias.name != self.page.title {
                    self.object.aliases.push(alias.name.clone());
                }
            }
            What::Fact(version) => match &version.value {
                Value::Money(money) => {
                    let when = statement.when.as_ref();
                    let impact = extension::impact(&version.of, money, when);
                    self.own.impacts.extend(impact);
                }
                Value::Count(count) => self.affected(&version.of, extension::count(count)),
                Value::Text(_) | Value::List(_) | Value::Date(_) | Value::Reliability(_) => {}
            },
            What::Alias(_)
            | What::Judgement(_)
            | What::Legal(_)
            | What::Event(_)
            | What::Relation(_) => {}
        }
    }

    /// How many the incident hit, in the words of the extension; the first of several figures.
    fn affected(&mut self, of: &str, count: Option<u64>) {
        let word = of.strip_prefix("affected.").and_then(Affected::from_word);
        let entity = match word {
            Some(Affected::People) => "individual",
            Some(Affected::Systems) => "system",
            Some(Affected::Organisations) => "organization",
            Some(Affected::Records) | None => return,
        };
        if let Some(Extension::Incident(core)) = self.object.extensions.get_mut(ids::INCIDENT)
            && let Some(count) = count
        {
            core.impacted_entity_counts.entry(entity).or_insert(count);
        }
    }

    fn done(mut self, id: PageId) -> Made {
        let mut references = std::mem::take(&mut self.object.external_references);
        let own = match self.page.kind {
            Kind::Source => references::one(self.scope, id, &mut self.shown),
            _ => Reference {
                source_name: self.scope.config.title.clone(),
                url: self.own.page.clone(),
                ..Reference::default()
            },
        };
        let mut all = vec![own];
        all.append(&mut references);
        all.extend(references::all(self.scope, &mut self.shown));
        self.object.external_references = all;
        for right in &self.page.rights {
            self.shown.mark(right.tlp);
        }
        let mut object = self.object;
        self.own.put(&mut object);
        Made {
            object,
            shown: self.shown,
        }
    }
}

/// An id in another catalogue as a reference.
fn catalogued(name: &str, id: String) -> Reference {
    let of_pattern = |prefix: &str| {
        let rest = id.strip_prefix(prefix);
        rest.is_some_and(|rest| {
            rest.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
        })
    };
    let (source, url) = match name {
        "attack" => ("mitre-attack", attack(&id)),
        "cve" if of_pattern("CVE-") => (
            "cve",
            Some(format!("https://www.cve.org/CVERecord?id={id}")),
        ),
        "capec" if of_pattern("CAPEC-") => ("capec", None),
        // The validator holds these names to the form of their ids.
        "cve" | "capec" => ("catalogue", None),
        other => (other, None),
    };
    Reference {
        source_name: source.to_owned(),
        external_id: Some(id),
        url,
        ..Reference::default()
    }
}

/// The page of an object of ATT&CK.
fn attack(id: &str) -> Option<String> {
    let folder = match id.split_at_checked(1)? {
        ("G", _) => "groups",
        ("S", _) => "software",
        ("C", _) => "campaigns",
        ("T", rest) if !rest.starts_with('A') => "techniques",
        _ => return None,
    };
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    plain.then(|| {
        let path = id.replace('.', "/");
        format!("https://attack.mitre.org/{folder}/{path}")
    })
}

/// A tactic as a phase of the kill chain of its matrix, by its short name.
fn phase(written: &str) -> Option<Phase> {
    let id = tactic::id(written);
    let name = id.as_deref().and_then(tactic::name).unwrap_or(written);
    let short = name.to_lowercase().replace(' ', "-");
    let number = id
        .as_deref()
        .and_then(|id| id.get(2..)?.parse::<u32>().ok());
    let chain = match number {
        Some(27..=39 | 41) if id.as_deref().is_some_and(is_mobile) => "mitre-mobile-attack",
        Some(100..) => "mitre-ics-attack",
        Some(_) | None => "mitre-attack",
    };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    (!short.is_empty() && short.bytes().all(plain)).then_some(Phase {
        kill_chain_name: chain,
        phase_name: short,
    })
}

/// Whether a tactic stands in the matrix for mobile devices.
fn is_mobile(id: &str) -> bool {
    ("TA0027"..="TA0039").contains(&id) || id == "TA0041"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tactics_are_phases_by_their_short_names() {
        let say = |text: &str| phase(text).map(|it| (it.kill_chain_name, it.phase_name));
        assert_eq!(
            say("TA0011"),
            Some(("mitre-attack", "command-and-control".to_owned()))
        );
        assert_eq!(
            say("Impair Process Control"),
            Some(("mitre-attack", "impair-process-control".to_owned()))
        );
        assert_eq!(
            say("TA0106"),
            Some(("mitre-ics-attack", "impair-process-control".to_owned()))
        );
        assert_eq!(
            say("TA0034"),
            Some(("mitre-mobile-attack", "impact".to_owned()))
        );
        assert_eq!(say("TA9999999"), None);
    }
}
