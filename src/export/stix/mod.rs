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
pub use object::{Bundle, Core, Extension, Object, Phase, Reference, Terms, Written};
pub(super) use scope::Scope;

use self::entry::Made;
use self::scope::Identities;
use self::shown::Shown;
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

/// All objects of a site, of which bundles are made. They are held as they are written.
#[derive(Debug)]
pub struct Everything {
    identities: Arc<Identities>,
    /// Of every page, its object.
    entries: Vec<Option<Done>>,
    /// The relationships, each with the pages at its ends.
    relationships: Vec<(Done, [PageId; 2])>,
    /// Of every page, the places of its relationships in that list.
    related: Vec<Vec<u32>>,
    /// The indicators, each with its page, by page.
    indicators: Vec<(Done, Written, PageId)>,
    /// The terms under which entries are given on, by their ids.
    terms: BTreeMap<String, Object>,
}

/// An object that is made, with what it shows.
#[derive(Debug)]
struct Done {
    object: Written,
    shown: Shown,
}

impl Done {
    fn of(made: Made) -> Done {
        let Made { object, shown } = made;
        Done {
            object: Written::of(&object),
            shown,
        }
    }
}

impl Everything {
    /// That of a site.
    #[must_use]
    pub fn of(site: &Site, config: &Config) -> Everything {
        let scope = &Scope::of(site, config);
        let pages: Vec<PageId> = scope.site.release.iter().map(|(id, _)| id).collect();
        let entries = pages.par_iter().map(|&id| {
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
            (made, indicators)
        });
        let (mut entries, indicators): (Vec<Option<Made>>, Vec<_>) = entries.unzip();
        let tlp = |id: PageId| Some(entries.get(id.0 as usize)?.as_ref()?.shown.tlp);
        // Each is written as soon as the markings of both its ends are known, and takes less room from then on.
        let relationships: Vec<_> = { pages.par_iter() }
            .flat_map_iter(|&id| {
                let of_page = relations::of(scope, id).into_iter();
                of_page.map(move |(mut made, target)| {
                    let ends = [id, target];
                    for end in ends {
                        made.shown.mark(tlp(end));
                    }
                    bear(&mut made.object, made.shown.tlp);
                    (Done::of(made), ends)
                })
            })
            .collect();
        let indicators = pages.iter().zip(indicators).flat_map(|(&id, of_page)| {
            of_page.into_iter().map(move |mut it| {
                let own = it.indicator.shown.tlp;
                bear(&mut it.indicator.object, own);
                bear(&mut it.relationship, own.max(tlp(id).unwrap_or_default()));
                (Done::of(it.indicator), Written::of(&it.relationship), id)
            })
        });
        let indicators: Vec<_> = indicators.collect();
        let mut related = vec![Vec::new(); entries.len()];
        for (at, (_, ends)) in (0..).zip(&relationships) {
            for end in ends {
                if let Some(of) = related.get_mut(end.0 as usize) {
                    of.push(at);
                }
            }
        }
        refer(scope, &mut entries, &relationships, &indicators);
        let mut all = BTreeMap::new();
        for (&id, made) in pages.iter().zip(&mut entries) {
            if let Some(made) = made {
                bear(&mut made.object, made.shown.tlp);
                let terms = terms(scope, id);
                let refs = terms.iter().map(|it| it.id.clone());
                made.object.object_marking_refs.extend(refs);
                all.extend(terms.into_iter().map(|it| (it.id.clone(), it)));
            }
        }
        let entries = entries.into_par_iter().map(|made| made.map(Done::of));
        Everything {
            identities: Arc::clone(&scope.identities),
            entries: entries.collect(),
            relationships,
            related,
            indicators,
            terms: all,
        }
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

    fn entry(&self, id: PageId) -> Option<&Done> {
        self.entries.get(id.0 as usize)?.as_ref()
    }
}

/// Says of what reports and notes are: of a report whatever cites it, of a note whatever it relates to or names. What is
/// marked higher is left out, as it is for those who may not see it.
fn refer(
    scope: &Scope<'_>,
    entries: &mut [Option<Made>],
    relationships: &[(Done, [PageId; 2])],
    indicators: &[(Done, Written, PageId)],
) {
    let mut about: HashMap<PageId, BTreeSet<String>> = HashMap::new();
    let mut changed: HashMap<PageId, String> = HashMap::new();
    let entry = |id: PageId| entries.get(id.0 as usize)?.as_ref();
    let tlp = |id: PageId| entry(id).map(|made| made.shown.tlp);
    let mut add = |of: PageId, object: &str, modified: Option<&str>, shown: &Shown| {
        if Some(shown.tlp) <= tlp(of) {
            about.entry(of).or_default().insert(object.to_owned());
            let modified = modified.unwrap_or_default();
            let last = changed.entry(of).or_default();
            if *modified > **last {
                modified.clone_into(last);
            }
        }
    };
    let is_note = |id: PageId| {
        let object = scope.object(id);
        object.is_some_and(|(kind, _)| kind == Type::Note)
    };
    for (id, made) in (0..).map(PageId).zip(&*entries) {
        let Some(Made { object, shown }) = made else {
            continue;
        };
        for &source in shown.cited.iter().filter(|source| **source != id) {
            add(source, &object.id, object.modified.as_deref(), shown);
        }
        if is_note(id) {
            for Made { object, shown } in named(scope, id).into_iter().filter_map(entry) {
                add(id, &object.id, object.modified.as_deref(), shown);
            }
        }
    }
    for (Done { object, shown }, [from, target]) in relationships {
        for &source in &shown.cited {
            add(source, &object.id, object.modified.as_deref(), shown);
        }
        if let Some(target) = entry(*target).filter(|_| is_note(*from))
            && Some(shown.tlp) <= tlp(*from)
        {
            let Made { object, shown } = target;
            add(*from, &object.id, object.modified.as_deref(), shown);
        }
    }
    for (Done { object, shown }, _, id) in indicators {
        for &source in shown.cited.iter().chain(is_note(*id).then_some(id)) {
            add(source, &object.id, object.modified.as_deref(), shown);
        }
    }
    for (id, made) in (0..).map(PageId).zip(entries) {
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
    use crate::model::{Named, Statement, What};
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
    let came_from = page.statements.iter().filter_map(Statement::came_from);
    let publisher = page.publisher.as_ref().and_then(|it| by(&it.value));
    led.chain(came_from).chain(publisher).collect()
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
    mut objects: Vec<Cow<'a, Written>>,
) -> Bundle<'a> {
    let written = |object: &Object| Cow::Owned(Written::of(object));
    objects.push(written(&dossier(scope)));
    // The dossier itself bears that of everybody.
    let markings = markings(terms, &objects).into_iter();
    let definitions = markings.chain(extension::definition());
    objects.extend(definitions.map(|it| written(&it)));
    objects.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
    let mut name = vec![scope.config.base_url.as_str(), "bundle"];
    name.extend(of.iter().map(|&id| scope.page(id).id.as_str()));
    Bundle::new(ids::made("bundle", &name), objects)
}

/// The definitions of the markings that objects bear.
fn markings(terms: &BTreeMap<String, Object>, objects: &[Cow<'_, Written>]) -> Vec<Object> {
    let borne: HashSet<&String> = (objects.iter()).flat_map(|object| &object.marked).collect();
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
