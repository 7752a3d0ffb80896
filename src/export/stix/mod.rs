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
use self::indicators::Indicated;
use self::object::Begun;
use self::scope::Identities;
use self::shown::Shown;
use self::vocabulary::Type;
use crate::config::Config;
use crate::model::{PageId, Tlp};
use crate::plan::Site;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{self, Write};
use std::sync::Arc;

/// The JSON Schema of the extension.
pub const SCHEMA: &str = include_str!("extension.schema.json");

/// All objects of a site, of which bundles of some of its entries are made. They are held as they are written.
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

    fn known(&self) -> Known<'_> {
        let Done { object, shown } = self;
        Known {
            id: Cow::Borrowed(&object.id),
            modified: object.modified.as_deref().map(Cow::Borrowed),
            shown: Cow::Borrowed(shown),
        }
    }
}

impl Everything {
    /// That of a site.
    #[must_use]
    pub fn of(site: &Site, config: &Config) -> Everything {
        let scope = &Scope::of(site, config);
        let pages = pages(scope);
        let made = pages.par_iter().map(|&id| made(scope, id));
        let (entries, indicators): (Vec<Option<Made>>, Vec<_>) = made.unzip();
        let tlps: Vec<Option<Tlp>> = { entries.iter() }
            .map(|made| Some(made.as_ref()?.shown.tlp))
            .collect();
        // Each is written as soon as the markings of both its ends are known, and takes less room from then on.
        let relationships: Vec<_> = { pages.par_iter() }
            .flat_map_iter(|&id| {
                let of_page = relationships(scope, &tlps, id).into_iter();
                of_page.map(move |(made, target)| (Done::of(made), [id, target]))
            })
            .collect();
        let indicators = pages.iter().zip(indicators).flat_map(|(&id, of_page)| {
            let of_page = indicated(&tlps, id, of_page).into_iter();
            of_page.map(move |it| (Done::of(it.indicator), Written::of(&it.relationship), id))
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
        let known: Vec<Option<Known<'_>>> = { entries.iter() }
            .map(|made| Some(Known::of(made.as_ref()?)))
            .collect();
        let about = about(
            scope,
            &known,
            relationships
                .iter()
                .map(|(done, ends)| (done.known(), *ends)),
            indicators.iter().map(|(done, _, id)| (done.known(), *id)),
        );
        drop(known);
        let entries = pages.par_iter().zip(entries).map(|(&id, made)| {
            let mut made = made?;
            finish(scope, &about, id, &mut made);
            Some(Done::of(made))
        });
        Everything {
            identities: Arc::clone(&scope.identities),
            entries: entries.collect(),
            relationships,
            related,
            indicators,
            terms: all_terms(scope),
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
        let entries = (0..).map(PageId).zip(&self.entries);
        let entries = entries.filter_map(|(id, made)| Some((id, &made.as_ref()?.object)));
        let relationships = self.relationships.iter();
        let relationships = relationships.map(|(made, [from, _])| (*from, &made.object));
        let indicators = self.indicators.iter();
        let indicators = indicators.flat_map(|(made, it, id)| [(*id, &made.object), (*id, it)]);
        let objects = entries.chain(relationships).chain(indicators);
        bundled(&scope, &self.terms, &[], objects.collect())
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
                objects.extend([(id, &made.object), (id, relationship)]);
            }
        }
        for at in related {
            if let Some((made, ends)) = self.relationships.get(at as usize) {
                pages.extend(ends);
                pages.extend(&made.shown.cited);
                objects.push((ends[0], &made.object));
            }
        }
        let entries = pages.into_iter();
        objects.extend(entries.filter_map(|id| Some((id, &self.entry(id)?.object))));
        bundled(&scope, &self.terms, of, objects)
    }

    fn entry(&self, id: PageId) -> Option<&Done> {
        self.entries.get(id.0 as usize)?.as_ref()
    }
}

/// Writes the bundle of a site. Its objects are made twice: for what has to be known of all before one can be written, and then, some
/// at a time, to be written. So no more is held of them than that.
///
/// # Errors
/// Where `out` does not take it.
pub fn write(site: &Site, config: &Config, out: &mut dyn Write) -> io::Result<()> {
    /// How many pages have their objects held at a time.
    const SOME: usize = 128;
    let scope = &Scope::of(site, config);
    let Account {
        tlps,
        about,
        borne,
        mut kinds,
    } = Account::of(scope);
    let pages = pages(scope);
    let others = others(scope, &all_terms(scope), borne);
    kinds.extend(others.iter().map(|it| it.kind));
    let mut bundle = Begun::with(&bundle_id(scope, &[]), out)?;
    for kind in kinds {
        for some in pages.chunks(SOME) {
            let objects = |&id: &PageId| objects(scope, (&tlps, &about), kind, id);
            let objects: Vec<Vec<Written>> = some.par_iter().map(objects).collect();
            for object in objects.iter().flatten() {
                bundle.add(object)?;
            }
        }
        for other in others.iter().filter(|it| it.kind == kind) {
            bundle.add(&Written::of(other))?;
        }
    }
    bundle.end()
}

/// The objects of a type that a page makes.
fn objects(
    scope: &Scope<'_>,
    (tlps, about): (&[Option<Tlp>], &HashMap<PageId, About>),
    kind: &str,
    id: PageId,
) -> Vec<Written> {
    let indicated = || indicated(tlps, id, indicators::of(scope, id).0).into_iter();
    match kind {
        "indicator" => {
            let indicators = indicated().map(|it| Written::of(&it.indicator.object));
            indicators.collect()
        }
        "relationship" => {
            let relationships = relationships(scope, tlps, id).into_iter();
            let relationships = relationships.map(|(made, _)| Written::of(&made.object));
            let of_indicators = indicated().map(|it| Written::of(&it.relationship));
            relationships.chain(of_indicators).collect()
        }
        _ if scope.object(id).is_some_and(|(it, _)| it.name() == kind) => {
            let entry = made(scope, id).0.into_iter();
            let finished = entry.map(|mut made| {
                finish(scope, about, id, &mut made);
                Written::of(&made.object)
            });
            finished.collect()
        }
        _ => Vec::new(),
    }
}

/// What has to be known of all objects before one of them can be written.
struct Account {
    /// Of every page, the marking of its object.
    tlps: Vec<Option<Tlp>>,
    about: HashMap<PageId, About>,
    /// The definitions of markings that objects of pages bear.
    borne: HashSet<String>,
    /// The types of objects that pages make.
    kinds: BTreeSet<&'static str>,
}

impl Account {
    fn of(scope: &Scope<'_>) -> Account {
        let pages = pages(scope);
        let known = pages.par_iter().map(|&id| {
            let (entry, indicators) = made(scope, id);
            let known = |made: Made| Known::of(&made).kept();
            let indicators = indicators.into_iter().map(|it| known(it.indicator));
            (entry.map(known), indicators.collect())
        });
        let (entries, indicators): (Vec<Option<Known<'_>>>, Vec<Vec<_>>) = known.unzip();
        let tlps: Vec<Option<Tlp>> = { entries.iter() }
            .map(|known| Some(known.as_ref()?.shown.tlp))
            .collect();
        let relationships: Vec<(Known<'_>, [PageId; 2])> = { pages.par_iter() }
            .flat_map_iter(|&id| {
                let of_page = relationships(scope, &tlps, id).into_iter();
                of_page.map(move |(made, target)| (Known::of(&made).kept(), [id, target]))
            })
            .collect();
        let mut levels: BTreeSet<Tlp> = tlps.iter().flatten().copied().collect();
        levels.extend(relationships.iter().map(|(known, _)| known.shown.tlp));
        let mut kinds: BTreeSet<&'static str> = { pages.iter() }
            .filter_map(|&id| Some(scope.object(id)?.0.name()))
            .collect();
        for (at, known) in indicators
            .iter()
            .enumerate()
            .filter(|(_, it)| !it.is_empty())
        {
            kinds.extend(["indicator", "relationship"]);
            let own = known.iter().map(|it| it.shown.tlp);
            levels.extend(own.clone());
            levels.extend(own.map(|tlp| tlp.max(tlps[at].unwrap_or_default())));
        }
        if !relationships.is_empty() {
            kinds.insert("relationship");
        }
        let levels = levels.into_iter().map(|tlp| marking::id(tlp).to_owned());
        let terms = pages.iter().flat_map(|&id| terms(scope, id));
        let borne = levels.chain(terms.map(|it| it.id)).collect();
        let indicators = pages.iter().zip(indicators);
        let indicators = indicators.flat_map(|(&id, of)| of.into_iter().map(move |it| (it, id)));
        let about = about(scope, &entries, relationships.into_iter(), indicators);
        Account {
            tlps,
            about,
            borne,
            kinds,
        }
    }
}

/// What others have to know of an object.
struct Known<'a> {
    id: Cow<'a, str>,
    modified: Option<Cow<'a, str>>,
    shown: Cow<'a, Shown>,
}

impl<'a> Known<'a> {
    fn of(made: &'a Made) -> Known<'a> {
        let Made { object, shown } = made;
        Known {
            id: Cow::Borrowed(&object.id),
            modified: object.modified.as_deref().map(Cow::Borrowed),
            shown: Cow::Borrowed(shown),
        }
    }

    /// The same without the object.
    fn kept(self) -> Known<'static> {
        let Known {
            id,
            modified,
            shown,
        } = self;
        Known {
            id: Cow::Owned(id.into_owned()),
            modified: modified.map(|it| Cow::Owned(it.into_owned())),
            shown: Cow::Owned(shown.into_owned()),
        }
    }
}

/// What a report or a note is about, and when that changed last.
#[derive(Default)]
struct About {
    objects: BTreeSet<String>,
    changed: String,
}

fn pages(scope: &Scope<'_>) -> Vec<PageId> {
    scope.site.release.iter().map(|(id, _)| id).collect()
}

/// The object of an entry, and its indicators; those without a pattern stand in its extension.
fn made(scope: &Scope<'_>, id: PageId) -> (Option<Made>, Vec<Indicated>) {
    let mut made = entry::of(scope, id);
    let (indicators, without) = indicators::of(scope, id);
    if let Some(made) = &mut made {
        for (line, shown) in without {
            made.shown.mark(Some(shown.tlp));
            if let Some(Extension::Own(own)) = made.object.extensions.get_mut(ids::EXTENSION) {
                own.indicators.push(line);
            }
        }
    }
    (made, indicators)
}

/// The relationships that an entry states, which bear what both their ends do, each with the page at its other end.
fn relationships(scope: &Scope<'_>, tlps: &[Option<Tlp>], id: PageId) -> Vec<(Made, PageId)> {
    let mut of_page = relations::of(scope, id);
    for (made, target) in &mut of_page {
        for end in [id, *target] {
            made.shown.mark(tlps.get(end.0 as usize).copied().flatten());
        }
        bear(&mut made.object, made.shown.tlp);
    }
    of_page
}

/// The indicators of an entry with their markings.
fn indicated(tlps: &[Option<Tlp>], id: PageId, mut of_page: Vec<Indicated>) -> Vec<Indicated> {
    let entry = tlps.get(id.0 as usize).copied().flatten();
    for it in &mut of_page {
        let own = it.indicator.shown.tlp;
        bear(&mut it.indicator.object, own);
        bear(&mut it.relationship, own.max(entry.unwrap_or_default()));
    }
    of_page
}

/// Of what reports and notes are: of a report whatever cites it, of a note whatever it relates to or names. What is
/// marked higher is left out, as it is for those who may not see it.
fn about<'k>(
    scope: &Scope<'_>,
    entries: &[Option<Known<'_>>],
    relationships: impl Iterator<Item = (Known<'k>, [PageId; 2])>,
    indicators: impl Iterator<Item = (Known<'k>, PageId)>,
) -> HashMap<PageId, About> {
    let mut about: HashMap<PageId, About> = HashMap::new();
    let entry = |id: PageId| entries.get(id.0 as usize)?.as_ref();
    let tlp = |id: PageId| entry(id).map(|known| known.shown.tlp);
    let mut add = |of: PageId, known: &Known<'_>| {
        if Some(known.shown.tlp) <= tlp(of) {
            let about = about.entry(of).or_default();
            about.objects.insert(known.id.as_ref().to_owned());
            let modified = known.modified.as_deref().unwrap_or_default();
            if *modified > *about.changed {
                modified.clone_into(&mut about.changed);
            }
        }
    };
    let is_note = |id: PageId| {
        let object = scope.object(id);
        object.is_some_and(|(kind, _)| kind == Type::Note)
    };
    for (id, known) in (0..).map(PageId).zip(entries) {
        let Some(known) = known else { continue };
        for &source in known.shown.cited.iter().filter(|source| **source != id) {
            add(source, known);
        }
        if is_note(id) {
            for named in named(scope, id).into_iter().filter_map(entry) {
                add(id, named);
            }
        }
    }
    for (known, [from, target]) in relationships {
        for &source in &known.shown.cited {
            add(source, &known);
        }
        if let Some(target) = entry(target).filter(|_| is_note(from))
            && Some(known.shown.tlp) <= tlp(from)
        {
            add(from, target);
        }
    }
    for (known, id) in indicators {
        for &source in known.shown.cited.iter().chain(is_note(id).then_some(&id)) {
            add(source, &known);
        }
    }
    about
}

/// Gives the object of an entry what only is known when all are: what it is about, and its markings.
fn finish(scope: &Scope<'_>, about: &HashMap<PageId, About>, id: PageId, made: &mut Made) {
    let Made { object, shown } = made;
    let kind = scope.object(id).map(|(kind, _)| kind);
    if matches!(kind, Some(Type::Note | Type::Report)) {
        let about = about.get(&id);
        let objects = about.map_or_else(Vec::new, |it| it.objects.iter().cloned().collect());
        object.object_refs = match objects.is_empty() {
            false => objects,
            // It has to be about something: that of who keeps the record.
            true => vec![scope.dossier().to_owned()],
        };
        // What it is about is part of it.
        if let Some(last) = about.map(|it| &it.changed)
            && object.modified.as_ref().is_some_and(|own| own < last)
        {
            object.modified = Some(last.clone());
        }
    }
    bear(object, shown.tlp);
    let terms = terms(scope, id).into_iter().map(|it| it.id);
    object.object_marking_refs.extend(terms);
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

/// The terms of all entries, by their ids.
fn all_terms(scope: &Scope<'_>) -> BTreeMap<String, Object> {
    let terms = pages(scope).into_iter().flat_map(|id| terms(scope, id));
    terms.map(|it| (it.id.clone(), it)).collect()
}

/// A bundle of objects, each with the page that makes it, and of what they need; `of` are the entries that it is of, where it is not of
/// all.
fn bundled<'a>(
    scope: &Scope<'_>,
    terms: &BTreeMap<String, Object>,
    of: &[PageId],
    mut objects: Vec<(PageId, &'a Written)>,
) -> Bundle<'a> {
    let borne = objects.iter().flat_map(|(_, object)| &object.marked);
    let others = others(scope, terms, borne.cloned().collect());
    objects.sort_by_key(|(page, object)| (object.kind, *page));
    let objects = objects.into_iter().map(|(_, it)| Cow::Borrowed(it));
    let others = others.iter().map(|it| Cow::Owned(Written::of(it)));
    let mut objects: Vec<Cow<'a, Written>> = objects.chain(others).collect();
    objects.sort_by_key(|object| object.kind);
    Bundle::new(bundle_id(scope, of), objects)
}

fn bundle_id(scope: &Scope<'_>, of: &[PageId]) -> String {
    let mut name = vec![scope.config.base_url.as_str(), "bundle"];
    name.extend(of.iter().map(|&id| scope.page(id).id.as_str()));
    ids::made("bundle", &name)
}

/// What no page makes: the dossier itself, the definitions of the markings that are borne, and of the extension.
fn others(
    scope: &Scope<'_>,
    terms: &BTreeMap<String, Object>,
    mut borne: HashSet<String>,
) -> Vec<Object> {
    let dossier = dossier(scope);
    borne.extend(dossier.object_marking_refs.clone());
    let mut others = vec![dossier];
    others.extend(markings(terms, &borne));
    others.extend(extension::definition());
    others
}

/// The definitions of the markings that objects bear.
fn markings(terms: &BTreeMap<String, Object>, borne: &HashSet<String>) -> Vec<Object> {
    let levels = Tlp::ALL.into_iter().map(marking::level);
    let levels = levels.filter(|level| borne.contains(&level.id));
    let terms = borne.iter().filter_map(|id| terms.get(id)).cloned();
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
