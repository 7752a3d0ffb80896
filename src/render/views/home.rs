//! The home page: in one screen what the dossier is about, what it holds for true, and what is new.

use super::shape::{GradeCount, HomeView, Link, Newest, Shown, Sourcing, Step};
use super::{At, cites, entry, metadata, prose};
use crate::model::Kind;
use crate::plan::{
    DATA, compare_address, graph_address, map_address, matrix_address, money_address,
};
use crate::render::language::{Word, names};
use crate::render::{Html, markup};

/// The view of the home page.
pub(super) fn view<'a>(at: &At<'a>) -> HomeView<'a> {
    let config = at.config;
    let intro = prose::introduction(at, None);
    let overview = at.reads.overview();
    HomeView {
        metadata: metadata::home(at),
        heading: intro.title.unwrap_or(&config.title),
        summary: intro.summary.or_else(|| {
            let told = config.description.as_deref()?;
            Some(Html::of(|out| markup::text(told, out)))
        }),
        body: intro.body,
        references: intro.references,
        judgements: (overview.key).map_or_else(Vec::new, |id| entry::judgements(at, id, false)),
        reasoning: overview.key.map(|id| at.told(id)),
        main: (overview.main.iter())
            .map(|&id| Shown {
                link: at.link_to(id),
                card: at.told(id),
            })
            .collect(),
        newest: newest(at),
        sourcing: Sourcing {
            statements: cites::count(overview.statements),
            sources: cites::count(overview.sources()),
            independent: cites::count(overview.independent()),
        },
        unseen: overview.unseen,
        grades: grades(at),
        overviews: overviews(at),
        indexes: (at.reads.indexes())
            .map(|(kind, count)| Link {
                text: at.language.say(names::kind(kind).heading),
                path: at.path(&format!("{}/", kind.folder())),
                count: cites::count(count),
            })
            .collect(),
    }
}

/// The pages that show the dossier as a whole.
fn overviews(at: &At<'_>) -> Vec<Step> {
    let techniques = at.reads.all_of(Kind::Technique).next().is_some();
    let money = money_address(1);
    let all = [
        (at.reads.connects(), Word::GraphTitle, graph_address()),
        (at.reads.is_anywhere(), Word::MapTitle, map_address()),
        (techniques, Word::MatrixTitle, matrix_address()),
        (at.reads.tells_of_money(), Word::MoneyTitle, &money),
        (
            !at.reads.pairs().is_empty(),
            Word::CompareTitle,
            compare_address(),
        ),
        (at.config.exports.any(), Word::DataTitle, DATA),
    ];
    let there = all.into_iter().filter(|(is, ..)| *is);
    there
        .map(|(_, word, address)| Step {
            text: at.language.say(word).to_owned(),
            path: Some(at.path(address)),
        })
        .collect()
}

/// What changed last, as far as it is told.
fn newest<'a>(at: &At<'a>) -> Vec<Newest<'a>> {
    let newest = at.reads.overview().newest.iter();
    newest
        .map(|&(day, id)| {
            let verb = match at.reads.on_day(id, day) {
                (true, ..) => Word::HomeWithdrawn,
                (_, Some(change), _) if change.correction => Word::HomeCorrected,
                (_, Some(_), _) => Word::HomeChanged,
                (_, None, true) => Word::HomePublished,
                (_, None, false) => Word::HomeUpdated,
            };
            Newest {
                link: at.link_to(id),
                card: at.told(id),
                what: at.language.with(verb, &at.language.day(day)),
            }
        })
        .collect()
}

/// Sources by the letter of their grade, A to F.
fn grades(at: &At<'_>) -> Vec<GradeCount> {
    let mut counts: Vec<GradeCount> = Vec::new();
    // They stand by letter.
    for (grade, &count) in &at.reads.overview().grades {
        let Some(reliability) = grade.reliability() else {
            continue;
        };
        let letter = reliability.to_string();
        match counts.last_mut() {
            Some(last) if last.letter == letter => last.count += count,
            _ => counts.push(GradeCount {
                letter,
                meaning: at.language.shared(names::reliability(reliability)),
                count,
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
