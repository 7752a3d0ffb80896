//! A page's fingerprint, made without rendering it, says whether the page is the same.

mod support;

use dossier::render::language::Languages;
use dossier::render::{Content, Renderer, Theme, views};
use dossier::text::TextFile;
use dossier::{parse, plan, release, resolve};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use support::Project;

/// Every page of a site: its fingerprint and its bytes.
fn pages(project: &Project) -> BTreeMap<String, (u64, Vec<u8>)> {
    let config = project.config();
    let audience = release::Audience {
        tlp: project.options.audience,
        drafts: project.options.drafts,
        today: project.options.today,
    };
    let files = &project.inputs.files;
    let parsed = parse::all(
        &project.inputs.entries,
        &config.markings(),
        Default::default(),
    );
    let dossier = resolve::resolve(&parsed.files, files, HashSet::new(), None).dossier;
    let release = release::release(&dossier, audience, None).release;
    let own = &project.inputs.theme;
    let site = plan::plan(
        &release,
        &Theme::assets(own),
        &[],
        true,
        true,
        &std::sync::Arc::default(),
        None,
    )
    .value;
    let languages = Arc::new(Languages::of(own, &config.language).value);
    let shown = views::site(&site, &config, &languages);
    let theme = Theme::new(own, shown, Arc::clone(&languages)).value;
    let cards = views::Cards::of(&site, &config, &languages, None);
    let renderer = Renderer {
        exports: &dossier::export::Ready::default(),
        site: &site,
        config: &config,
        theme: &theme,
        cards: &cards,
    };
    let mut pages = BTreeMap::new();
    let mut buffer = Vec::new();
    for (at, route) in site.routes.iter().enumerate() {
        let Some(fingerprint) = renderer.noted(at).and_then(|noted| noted.page) else {
            continue;
        };
        assert_eq!(renderer.make(at, &mut buffer), Ok(Content::Bytes));
        pages.insert(route.path.clone(), (fingerprint.whole, buffer.clone()));
    }
    pages
}

fn sample() -> Project {
    Project::load(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// The sample with a file's text changed.
#[track_caller]
fn edited(path: &str, from: &str, to: &str) -> Project {
    let mut project = sample();
    let file = project
        .inputs
        .entries
        .iter_mut()
        .find(|file| &*file.path == path)
        .unwrap_or_else(|| panic!("{path} is in the sample"));
    assert!(file.text.contains(from), "{path} holds {from:?}");
    *file = TextFile::new(path, file.text.replacen(from, to, 1));
    project
}

#[test]
fn the_same_fingerprint_means_the_same_page() {
    let before = pages(&sample());
    let edits = [
        (
            "content/actors/apt38.md",
            "title: ",
            "title: The so-called ",
        ),
        (
            "content/actors/apt38.md",
            "\n---\n",
            "\n---\n\nA paragraph more.\n",
        ),
        (
            "content/sources/fireeye-2018-blog.md",
            "title: \"",
            "title: \"On ",
        ),
        (
            "content/actors/apt38.md",
            "title: ",
            "extra: { a: 1 }\ntitle: ",
        ),
    ];
    for (path, from, to) in edits {
        let after = pages(&edited(path, from, to));
        let mut changed = 0;
        for (page, (fingerprint, bytes)) in &after {
            let Some((old, old_bytes)) = before.get(page) else {
                continue;
            };
            // An edit of `extra` shows on no page of the default theme, but may on one of another.
            let shown = !to.contains("extra");
            assert!(
                old != fingerprint || old_bytes == bytes,
                "{page} after {to:?}"
            );
            assert!(
                !shown || old == fingerprint || old_bytes != bytes,
                "{page} after {to:?} is the same"
            );
            changed += usize::from(old != fingerprint);
        }
        assert!(
            (1..before.len()).contains(&changed),
            "{changed} after {to:?}"
        );
    }
}

#[test]
fn every_page_has_a_fingerprint_of_its_own() {
    let pages = pages(&sample());
    let different: HashSet<u64> = pages
        .values()
        .map(|(fingerprint, _)| *fingerprint)
        .collect();
    assert_eq!(different.len(), pages.len());
}
