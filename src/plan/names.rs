//! Names that more than one released page claims.

use super::{Edit, Site};
use crate::model::name::spelt;
use crate::model::{Details, Entry, Named, PageId, body};
use crate::release::Release;
use crate::resolve::fold;
use crate::shared_list::exact;
use crate::text::hash;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A contested name and who claims it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contested {
    /// The name, as the first that claims it writes it.
    pub name: String,
    /// The last part of its address: `/names/<slug>/`.
    pub slug: String,
    /// The pages, by kind and slug.
    pub pages: Vec<PageId>,
}

impl Site {
    /// A contested name, if it is one, and its index into [`Site::contested`]. Whoever bears it is among
    /// its pages.
    #[must_use]
    pub fn contested(&self, name: &str) -> Option<(u32, &Contested)> {
        // There are few in most dossiers, and none in many.
        if self.contested.is_empty() {
            return None;
        }
        let folded = fold(name);
        let by_name = |it: &Contested| fold(&it.name).cmp(&folded);
        let at = self.contested.binary_search_by(by_name).ok()?;
        Some((u32::try_from(at).ok()?, self.contested.get(at)?))
    }
}

/// What names are sorted by: folded, letters without their accents, numbers by what they count, a leading article aside,
/// and signs before the first letter or digit, so that names that begin with one letter stand together.
pub(crate) fn sort_key(name: &str) -> String {
    let folded = plain_letters(fold(name));
    let signs = |c: char| !c.is_alphanumeric();
    let key = folded.trim_start_matches(signs);
    let articles = ["the ", "an ", "a "].into_iter();
    let rest = articles
        .filter_map(|article| key.strip_prefix(article))
        .next();
    let rest = rest.unwrap_or(key).trim_start_matches(signs);
    // Some are nothing but an article.
    counted(if rest.is_empty() { key } else { rest })
}

/// A key in which numbers are all as wide, so that APT2 stands before APT10.
fn counted(key: &str) -> String {
    const WIDTH: usize = 9;
    let mut counted = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit());
        let (number, after) = from.split_at(end.unwrap_or(from.len()));
        counted.push_str(before);
        counted.extend(std::iter::repeat_n('0', WIDTH.saturating_sub(number.len())));
        counted.push_str(number);
        rest = after;
    }
    counted.push_str(rest);
    counted
}

/// A folded name with the letters that accented ones, and those that are one beside another, stand among in a list
/// (the first level of the Unicode Collation Algorithm, as far as Latin letters go).
fn plain_letters(folded: String) -> String {
    if folded.is_ascii() {
        return folded;
    }
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        if let Some(letters) = spelt(c) {
            plain.push_str(letters);
            continue;
        }
        match c {
            // Latin and Greek, in whatever form (ſ, ﬁ, Ａ); elsewhere a mark may make another letter (й).
            'à'..='\u{24f}'
            | '\u{370}'..='\u{3ff}'
            | '\u{1e00}'..='\u{1fff}'
            | '\u{fb00}'..='\u{fb06}'
            | '\u{ff01}'..='\u{ff5e}' => {
                let letters = std::iter::once(c).nfkd();
                plain.extend(letters.filter(|c| !is_combining_mark(*c)));
            }
            c => plain.push(c),
        }
    }
    plain
}

/// What an index by name is sorted by: the title; of a source, as in a bibliography, who published
/// it, and when; of a place what sort of place it is.
pub(super) fn index_key(release: &Release, id: PageId) -> (String, i16, String) {
    let page = release.page(id);
    let title = sort_key(&page.title);
    match &page.details {
        Details::Source(_) => {
            let publisher = match page.publisher.as_ref().map(|it| &it.value) {
                Some(Named::Text(text)) => sort_key(text),
                Some(Named::Entry(publisher)) => sort_key(&release.page(*publisher).title),
                None => title.clone(),
            };
            (publisher, page.date.map_or(0, |date| date.year()), title)
        }
        Details::Place { r#type, .. } => match r#type {
            Some(sort) => (sort.clone(), 0, title),
            // Last, whatever the others are called.
            None => (char::MAX.to_string(), 0, title),
        },
        _ => (title, 0, String::new()),
    }
}

/// The title and the other names of a page.
pub fn spoken(page: &Entry<PageId>) -> impl DoubleEndedIterator<Item = &str> {
    let aliases = page.statements.aliases().map(|it| it.what.name.as_str());
    std::iter::once(page.title.as_str()).chain(aliases)
}

/// The names that pages bear, as hashes of what they are when folded, in order: what tells which pages may
/// contest a name without a look at any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken(Vec<(u64, PageId)>);

impl Spoken {
    pub(super) fn of(release: &Release) -> Spoken {
        let pages = release.pages.par_iter().enumerate();
        let rows = pages.flat_map_iter(|(at, page)| {
            let id = PageId(u32::try_from(at).unwrap_or(u32::MAX));
            hashes(page).map(move |hash| (hash, id))
        });
        let mut rows: Vec<(u64, PageId)> = rows.collect();
        rows.par_sort_unstable();
        rows.dedup();
        Spoken(exact(rows))
    }

    /// What an edit changed of it, if anything.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Spoken> {
        let rows = |release: &Release| -> BTreeSet<(u64, PageId)> {
            let edited = edit.pages.iter();
            let rows = edited.flat_map(|&id| hashes(release.page(id)).map(move |hash| (hash, id)));
            rows.collect()
        };
        let (was, is) = (rows(before), rows(now));
        (was != is).then(|| {
            let mut all = self.0.clone();
            all.retain(|row| !was.contains(row));
            for row in is {
                let at = all.partition_point(|other| *other < row);
                all.insert(at, row);
            }
            Spoken(all)
        })
    }

    /// The pages that bear a name that another may bear, too.
    fn sharing(&self) -> BTreeSet<PageId> {
        let same = self.0.chunk_by(|one, other| one.0 == other.0);
        let shared = same.filter(|rows| rows.len() > 1).flatten();
        shared.map(|&(_, id)| id).collect()
    }
}

fn hashes(page: &Entry<PageId>) -> impl Iterator<Item = u64> {
    spoken(page).map(|name| hash(fold(name).as_bytes()))
}

/// The titles and aliases that more than one page has, by name.
pub(super) fn contested(release: &Release, names: &Spoken) -> Vec<Contested> {
    let mut claims: BTreeMap<String, (&str, Vec<PageId>)> = BTreeMap::new();
    for id in names.sharing() {
        for name in spoken(release.page(id)) {
            let (_, pages) = claims
                .entry(fold(name))
                .or_insert_with(|| (name, Vec::new()));
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    let mut taken = HashSet::new();
    // The last number that was tried of each: names that differ in nothing but signs have one beginning.
    let mut numbers: HashMap<String, u32> = HashMap::new();
    claims
        .into_values()
        .filter(|(_, pages)| pages.len() > 1)
        .map(|(name, pages)| {
            let base = body::anchor(name);
            let mut slug = base.clone();
            while !taken.insert(slug.clone()) {
                let number = numbers.entry(base.clone()).or_insert(1);
                *number += 1;
                slug = format!("{base}-{number}");
            }
            Contested {
                name: name.to_owned(),
                slug,
                pages,
            }
        })
        .collect()
}
