//! The home page: in one screen what the dossier is about, what it holds for true, and what is new.

use super::shape::{GradeCount, HomeView, Link, Newest, Shown};
use super::{At, cites, entry, prose};
use crate::model::date::day_in_words;
use crate::model::{Day, Details, Kind, PageId, Seen};
use std::cmp::Reverse;

const MAIN_ACTORS: usize = 3;
const MAIN_INCIDENTS: usize = 5;
const NEWEST: usize = 6;

/// The view of the home page.
pub(super) fn view<'a>(at: &At<'a>) -> HomeView<'a> {
    let site = at.site();
    let config = at.renderer.config;
    let intro = site.release.intros.iter().find(|intro| intro.of.is_none());
    let (body, references) = prose::intro(at, None);
    let key = site.release.iter().find(|(_, page)| {
        page.withdrawn.is_none() && matches!(page.details, Details::Note { key: true, .. })
    });
    let main = most_connected(at, Kind::Actor, MAIN_ACTORS)
        .into_iter()
        .chain(most_connected(at, Kind::Incident, MAIN_INCIDENTS));
    HomeView {
        heading: intro
            .and_then(|intro| intro.title.as_deref())
            .unwrap_or(&config.title),
        summary: intro
            .and_then(|intro| intro.summary.as_deref())
            .or(config.description.as_deref()),
        body,
        references,
        judgements: key.map_or_else(Vec::new, |(id, _)| entry::judgements(at, id, false)),
        reasoning: key.map(|(id, _)| &at.cards().entry(id).card),
        main: main
            .map(|id| Shown {
                link: at.link_to(id),
                card: &at.cards().entry(id).card,
            })
            .collect(),
        newest: newest(at),
        sourcing: sourcing(at),
        unseen: cites::count(
            site.release
                .pages
                .iter()
                .filter(|page| {
                    page.evidence()
                        .is_some_and(|evidence| evidence.seen == Seen::Reference)
                })
                .count(),
        ),
        grades: grades(at),
        indexes: site
            .indexes
            .iter()
            .map(|index| Link {
                text: index.kind.heading(),
                path: at.path(&format!("{}/", index.kind.folder())),
                count: cites::count(index.by_name.len()),
            })
            .collect(),
    }
}

/// The entries of a kind that most leads to and from.
fn most_connected(at: &At<'_>, kind: Kind, most: usize) -> Vec<PageId> {
    let site = at.site();
    let mut ids = site
        .index(kind)
        .map_or_else(Vec::new, |index| index.by_name.clone());
    ids.retain(|&id| site.release.page(id).withdrawn.is_none());
    ids.sort_by_cached_key(|&id| {
        let links = site.graph.incoming(id).len() + site.graph.mention_groups(id).count();
        Reverse(links + site.release.page(id).relations.len())
    });
    ids.truncate(most);
    ids
}

/// What changed last, as far as it is told.
fn newest<'a>(at: &At<'a>) -> Vec<Newest<'a>> {
    let release = &at.site().release;
    let mut changed: Vec<(Day, PageId)> = release
        .iter()
        .filter_map(|(id, page)| Some((page.last_changed()?, id)))
        .collect();
    changed.sort_by_key(|&(day, id)| (Reverse(day), id));
    changed
        .into_iter()
        .take(NEWEST)
        .map(|(day, id)| {
            let page = release.page(id);
            let told = page.changes.iter().find(|change| change.date == day);
            let verb = match told {
                _ if page
                    .withdrawn
                    .as_ref()
                    .is_some_and(|notice| notice.date.sort_day() == day) =>
                {
                    "withdrawn"
                }
                Some(change) if change.correction => "corrected",
                Some(_) => "changed",
                None if page.publish == Some(day) => "published",
                None => "updated",
            };
            Newest {
                link: at.link_to(id),
                card: &at.cards().entry(id).card,
                what: format!("{verb} {}", day_in_words(day)),
            }
        })
        .collect()
}

fn sourcing(at: &At<'_>) -> super::shape::Sourcing {
    let site = at.site();
    let sources = site
        .release
        .iter()
        .filter(|(id, _)| !site.graph.citing[id.0 as usize].is_empty());
    let cited: Vec<PageId> = sources
        .filter(|(_, page)| page.kind == Kind::Source)
        .map(|(id, _)| id)
        .collect();
    let statements = site
        .release
        .iter()
        .map(|(id, _)| cites::sourcing(site, id).statements)
        .sum();
    super::shape::Sourcing {
        statements,
        sources: cites::count(cited.len()),
        independent: cites::count(cites::independent(site, cited.into_iter())),
    }
}

/// Sources by the letter of their grade, A to F.
fn grades(at: &At<'_>) -> Vec<GradeCount> {
    let mut counts: Vec<GradeCount> = Vec::new();
    let mut graded: Vec<crate::model::Grade> = at
        .site()
        .release
        .pages
        .iter()
        .filter_map(|page| page.evidence().and_then(|evidence| evidence.grade))
        .collect();
    graded.sort_by_key(ToString::to_string);
    for grade in graded {
        let letter = grade.to_string()[..1].to_owned();
        match counts.last_mut() {
            Some(count) if count.letter == letter => count.count += 1,
            _ => counts.push(GradeCount {
                letter,
                meaning: grade.reliability(),
                count: 1,
                share: 0,
            }),
        }
    }
    let greatest = counts.iter().map(|count| count.count).max().unwrap_or(1);
    for count in &mut counts {
        count.share = count.count * 100 / greatest;
    }
    counts
}
