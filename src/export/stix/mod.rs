//! STIX 2.1: a bundle of what an audience may see, or of some entries of it.
//!
//! Takes a site, so that nothing is there that the audience may not see; gives a [`Bundle`]. Every entry becomes an object, every
//! relation a relationship, every source a report and a reference of whatever cites it. What STIX has no property for stands in
//! an extension of this program's own (`extension`), so that nothing is lost without a word. Every object bears the highest marking
//! of all that it shows. Two bundles of one site have the same bytes: ids are made of permanent ids, dates are the record's, never
//! the clock's. (STIX Version 2.1, OASIS Standard, 10 June 2021; what no reader takes is listed in `docs/export/as-stix.md`.)

mod entry;

mod extension;

mod ids;

mod indicators;

mod marking;

mod object;

pub(super) mod pattern;

mod place;

mod references;

mod relations;

mod scope;

mod shown;

pub mod taxii;

mod text;

mod time;

mod vocabulary;

pub use extension::{By, Changed, Cited, Claim, Detail, Impact, Kept, Line, Own, Taken};
pub use ids::{BEGINNING, EXTENSION, PROGRAM};
pub use object::{Bundle, Core, Extension, Object, Phase, Reference, Terms};
pub(super) use scope::Scope;

use self::entry::Made;
use self::scope::Identities;
use self::vocabulary::Type;
use crate::config::Config;
use crate::model::{PageId, Tlp};
use crate::plan::Site;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The JSON Schema of the extension.
pub const SCHEMA: &str = include_str!("extension.schema.json");

/// All objects of a site, of which bundles are made.
#[derive(Debug)]
pub struct Everything {
    identities: Arc<Identities>,
    /// Of every page, its object.
    entries: Vec<Option<Made>>,
    /// The relationships, each with the pages at its ends.
    relationships: Vec<(Made, [PageId; 2])>,
    /// Of every page, the places of its relationships in that list.
    related: Vec<Vec<u32>>,
    /// The indicators, each with its page, by page.
    indicators: Vec<(Made, Object, PageId)>,
    /// The terms under which entries are given on, by their ids.
    terms: BTreeMap<String, Object>,
}

impl Everything {
    /// That of a site.
    #[must_use]
    pub fn of(site: &Site, config: &Config) -> Everything {
        let scope = &Scope::of(site, config);
        let pages: Vec<PageId> = scope.site.release.iter().map(|(id, _)| id).collect();
        let parts: Vec<_> = { pages.par_iter() }
            .map(|&id| {
                let mut made = entry::of(scope, id);
                let (indicators, without) = indicators::of(scope, id);
                if let Some(made) = &mut made {
                    for (line, shown) in without {
                        made.shown.mark(Some(shown.tlp));
                        if let Some(Extension::Own(own)) =
                            made.object.extensions.get_mut(ids::EXTENSION)
                        {
                            own.indicators.push(line);
                        }
                    }
                }
                (made, relations::of(scope, id), indicators)
            })
            .collect();
        let mut all = Everything {
            identities: Arc::clone(&scope.identities),
            entries: Vec::with_capacity(parts.len()),
            relationships: Vec::new(),
            related: Vec::new(),
            indicators: Vec::new(),
            terms: BTreeMap::new(),
        };
        for (id, (made, relations, indicators)) in pages.into_iter().zip(parts) {
            all.entries.push(made);
            let relations = relations.into_iter();
            all.relationships
                .extend(relations.map(|(made, target)| (made, [id, target])));
            let indicators = indicators.into_iter();
            all.indicators
                .extend(indicators.map(|it| (it.indicator, it.relationship, id)));
        }
        all.related = vec![Vec::new(); all.entries.len()];
        for (at, (_, ends)) in (0..).zip(&all.relationships) {
            for end in ends {
                if let Some(of) = all.related.get_mut(end.0 as usize) {
                    of.push(at);
                }
            }
        }
        all.mark();
        all.refer(scope);
        for (id, made) in (0..).map(PageId).zip(&mut all.entries) {
            if let Some(made) = made {
                let terms = terms(scope, id);
                let refs = terms.iter().map(|it| it.id.clone());
                made.object.object_marking_refs.extend(refs);
                all.terms
                    .extend(terms.into_iter().map(|it| (it.id.clone(), it)));
            }
        }
        all
    }

    /// The bundle of the site, or of some of its entries.
    #[must_use]
    pub fn bundle(&self, site: &Site, config: &Config, of: Option<&[PageId]>) -> Bundle<'_> {
        match of {
            None => self.whole(site, config),
            Some(of) => self.some(site, config, of),
        }
    }

    fn whole(&self, site: &Site, config: &Config) -> Bundle<'_> {
        let scope = Scope::with(site, config, Arc::clone(&self.identities));
        let entries = self.entries.iter().flatten().map(|made| &made.object);
        let relationships = self.relationships.iter().map(|(made, _)| &made.object);
        let indicators = self.indicators.iter();
        let indicators = indicators.flat_map(|(made, object, _)| [&made.object, object]);
        let objects = entries.chain(relationships).chain(indicators);
        let objects = objects.map(Cow::Borrowed).collect();
        bundled(&scope, &self.terms, &[], objects)
    }

    /// The bundle of some entries: these, what they state and what is stated of them, the objects at the other ends, the sources
    /// that they cite, and the markings. An object is the same in every bundle.
    fn some(&self, site: &Site, config: &Config, of: &[PageId]) -> Bundle<'_> {
        let scope = Scope::with(site, config, Arc::clone(&self.identities));
        let mut pages: BTreeSet<PageId> = of.iter().copied().collect();
        let mut related: BTreeSet<u32> = BTreeSet::new();
        let mut objects = Vec::new();
        for &id in &pages.clone() {
            if let Some(made) = self.entry(id) {
                pages.extend(&made.shown.cited);
                pages.extend(led_to(&scope, id));
            }
            let own = self.related.get(id.0 as usize);
            related.extend(own.into_iter().flatten());
            let first = (self.indicators).partition_point(|(_, _, page)| *page < id);
            let own = { self.indicators[first..].iter() }.take_while(|(_, _, page)| *page == id);
            for (made, relationship, _) in own {
                pages.extend(&made.shown.cited);
                objects.extend([&made.object, relationship].map(Cow::Borrowed));
            }
        }
        for at in related {
            if let Some((made, ends)) = self.relationships.get(at as usize) {
                pages.extend(ends);
                pages.extend(&made.shown.cited);
                objects.push(Cow::Borrowed(&made.object));
            }
        }
        let entries = pages.into_iter().filter_map(|id| self.entry(id));
        objects.extend(entries.map(|made| Cow::Borrowed(&made.object)));
        bundled(&scope, &self.terms, of, objects)
    }

    fn entry(&self, id: PageId) -> Option<&Made> {
        self.entries.get(id.0 as usize)?.as_ref()
    }

    /// Gives every object its marking: a relationship tells of both its ends.
    fn mark(&mut self) {
        let tlp = |entries: &[Option<Made>], id: PageId| {
            let made = entries.get(id.0 as usize).and_then(Option::as_ref);
            made.map(|made| made.shown.tlp)
        };
        for (made, ends) in &mut self.relationships {
            for end in *ends {
                made.shown.mark(tlp(&self.entries, end));
            }
            bear(&mut made.object, made.shown.tlp);
        }
        for (made, relationship, id) in &mut self.indicators {
            bear(&mut made.object, made.shown.tlp);
            let highest = made
                .shown
                .tlp
                .max(tlp(&self.entries, *id).unwrap_or_default());
            bear(relationship, highest);
        }
        for made in self.entries.iter_mut().flatten() {
            bear(&mut made.object, made.shown.tlp);
        }
    }

    /// Says of what reports and notes are: of a report whatever cites it, of a note whatever it relates to or names. What is
    /// marked higher is left out, as it is for those who may not see it.
    fn refer(&mut self, scope: &Scope<'_>) {
        let mut about: HashMap<PageId, BTreeSet<String>> = HashMap::new();
        let mut changed: HashMap<PageId, String> = HashMap::new();
        let tlp = |id: PageId| self.entry(id).map(|made| made.shown.tlp);
        let mut add = |of: PageId, made: &Made| {
            if Some(made.shown.tlp) <= tlp(of) {
                about.entry(of).or_default().insert(made.object.id.clone());
                let modified = made.object.modified.clone().unwrap_or_default();
                let last = changed.entry(of).or_default();
                if modified > *last {
                    *last = modified;
                }
            }
        };
        for (id, made) in (0..).map(PageId).zip(&self.entries) {
            let Some(made) = made else { continue };
            for &source in made.shown.cited.iter().filter(|source| **source != id) {
                add(source, made);
            }
            if scope.object(id).is_some_and(|(kind, _)| kind == Type::Note) {
                for target in named(scope, id) {
                    if let Some(target) = self.entry(target) {
                        add(id, target);
                    }
                }
            }
        }
        for (made, [from, target]) in &self.relationships {
            for &source in &made.shown.cited {
                add(source, made);
            }
            let is_note = scope
                .object(*from)
                .is_some_and(|(kind, _)| kind == Type::Note);
            if let Some(target) = self.entry(*target).filter(|_| is_note)
                && Some(made.shown.tlp) <= tlp(*from)
            {
                add(*from, target);
            }
        }
        for (made, _, id) in &self.indicators {
            for &source in &made.shown.cited {
                add(source, made);
            }
            if scope
                .object(*id)
                .is_some_and(|(kind, _)| kind == Type::Note)
            {
                add(*id, made);
            }
        }
        for (id, made) in (0..).map(PageId).zip(&mut self.entries) {
            let Some(made) = made else { continue };
            let kind = scope.object(id).map(|(kind, _)| kind);
            if !matches!(kind, Some(Type::Note | Type::Report)) {
                continue;
            }
            let refs = about.remove(&id).unwrap_or_default();
            made.object.object_refs = refs.into_iter().collect();
            if made.object.object_refs.is_empty() {
                // It has to be about something: that of who keeps the record.
                made.object.object_refs = vec![scope.dossier().to_owned()];
            }
            // What it is about is part of it.
            if let Some(last) = changed.remove(&id)
                && made.object.modified.as_ref().is_some_and(|own| *own < last)
            {
                made.object.modified = Some(last);
            }
        }
    }
}

fn bear(object: &mut Object, tlp: Tlp) {
    object.object_marking_refs = vec![marking::id(tlp).to_owned()];
}

/// The entries that the text of a page names.
fn named(scope: &Scope<'_>, id: PageId) -> Vec<PageId> {
    use crate::model::body::Target;
    let texts = scope.page(id).texts();
    let targets = texts.flat_map(|(_, prose)| &prose.targets);
    let named = targets.filter_map(|target| match target {
        Target::Entry(named, _) if *named != id => Some(*named),
        Target::Entry(..)
        | Target::Home
        | Target::Index(_)
        | Target::Own(_)
        | Target::File(_)
        | Target::External(_)
        | Target::Defanged(_)
        | Target::Withheld
        | Target::Broken => None,
    });
    named.collect()
}

/// The entries that the extension of an object leads to: what is denied, places of events, publishers.
fn led_to(scope: &Scope<'_>, id: PageId) -> Vec<PageId> {
    use crate::model::{Named, What};
    let page = scope.page(id);
    let by = |named: &Named<PageId>| match named {
        Named::Entry(id) => Some(*id),
        Named::Text(_) => None,
    };
    let led = page.statements.iter().filter_map(|it| match &it.what {
        What::Relation(relation) => Some(relation.target),
        What::Event(event) => event.place,
        What::Legal(legal) => by(legal.by.as_ref()?),
        What::Alias(alias) => by(alias.by.as_ref()?),
        What::Fact(_) | What::Judgement(_) => None,
    });
    let publisher = page.publisher.as_ref().and_then(|it| by(&it.value));
    led.chain(publisher).collect()
}

/// The terms of an entry.
fn terms(scope: &Scope<'_>, id: PageId) -> Vec<Object> {
    let page = scope.page(id);
    let term = |right: &crate::model::Marked<String>| {
        let tlp = page.tlp.max(right.tlp.unwrap_or_default());
        marking::terms(&scope.config.base_url, &right.value, tlp)
    };
    page.rights.iter().map(term).collect()
}

/// A bundle of objects, with what they need; `of` are the entries that it is of, where it is not of all.
fn bundled<'a>(
    scope: &Scope<'_>,
    terms: &BTreeMap<String, Object>,
    of: &[PageId],
    mut objects: Vec<Cow<'a, Object>>,
) -> Bundle<'a> {
    objects.push(Cow::Owned(dossier(scope)));
    // The dossier itself bears that of everybody.
    let markings = markings(terms, &objects).into_iter();
    objects.extend(markings.chain(extension::definition()).map(Cow::Owned));
    objects.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
    let mut name = vec![scope.config.base_url.as_str(), "bundle"];
    name.extend(of.iter().map(|&id| scope.page(id).id.as_str()));
    Bundle::new(ids::made("bundle", &name), objects)
}

/// The definitions of the markings that objects bear.
fn markings(terms: &BTreeMap<String, Object>, objects: &[Cow<'_, Object>]) -> Vec<Object> {
    let borne: HashSet<&String> = (objects.iter())
        .flat_map(|object| &object.object_marking_refs)
        .collect();
    let levels = Tlp::ALL.into_iter().map(marking::level);
    let levels = levels.filter(|level| borne.contains(&level.id));
    let terms = borne.iter().filter_map(|id| terms.get(*id)).cloned();
    let mut defined: BTreeMap<String, Object> = terms
        .chain(levels)
        .map(|object| (object.id.clone(), object))
        .collect();
    // Terms are marked themselves.
    let above: BTreeSet<String> = (defined.values())
        .flat_map(|object| object.object_marking_refs.clone())
        .collect();
    for level in Tlp::ALL.into_iter().map(marking::level) {
        if above.contains(&level.id) {
            defined.insert(level.id.clone(), level);
        }
    }
    defined.into_values().collect()
}

/// Who keeps the record.
fn dossier(scope: &Scope<'_>) -> Object {
    let config = scope.config;
    let mut object = Object::bare("identity", scope.dossier().to_owned(), ids::BEGINNING);
    object.name = Some(config.title.clone());
    object.description.clone_from(&config.description);
    object.identity_class = Some("group");
    object.external_references = vec![Reference {
        source_name: config.title.clone(),
        url: Some(config.base_url.clone()),
        ..Reference::default()
    }];
    object.object_marking_refs = vec![marking::id(Tlp::Clear).to_owned()];
    let mut own = Own::bare();
    own.role = Some("dossier");
    own.many("authors", config.authors.clone());
    own.put(&mut object);
    object
}
