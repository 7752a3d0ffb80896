//! The sample dossier of this repository builds without a problem, and the scanner of
//! `tests/support/html.rs` finds no fault in its site, however its links are written.

mod support;

use dossier::text::TextFile;
use std::path::Path;
use support::{Project, html};

#[test]
fn the_sample_has_no_problems_and_no_broken_links() {
    let mut project = Project::load(Path::new(env!("CARGO_MANIFEST_DIR")));
    let run = project.run();
    assert!(
        run.problems.is_empty(),
        "\n{}",
        project.report(&run.problems)
    );
    let configuration = project
        .inputs
        .config
        .clone()
        .expect("the sample has a configuration");
    for style in ["directory", "file"] {
        let mut text = configuration
            .text
            .lines()
            .filter(|line| !line.starts_with("links"))
            .collect::<Vec<_>>()
            .join("\n");
        text.insert_str(0, &format!("links = \"{style}\"\n"));
        project.inputs.config = Some(TextFile::new("dossier.toml", text));
        let site = project.site();
        assert!(site.len() > 200, "{} files", site.len());
        let faults = html::faults(&site, &project.config().base_url);
        assert!(faults.is_empty(), "links = {style}:\n{}", faults.join("\n"));
    }
}

#[test]
fn the_second_sample_has_no_problems_and_no_broken_links() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/colonial-pipeline");
    let project = Project::load(&root);
    let run = project.run();
    assert!(
        run.problems.is_empty(),
        "\n{}",
        project.report(&run.problems)
    );
    let site = project.site();
    let faults = html::faults(&site, &project.config().base_url);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // The wallet and the domains are shown, and lead nowhere.
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let incident = page("incidents/2021-colonial-pipeline/index.html");
    assert!(incident.contains("75\u{a0}BTC") && incident.contains("63.7\u{a0}BTC"));
    assert!(incident.contains("2021-05-07T05:55-04:00"));
    assert!(page("infrastructure/baroquetees-com/index.html").contains("baroquetees[.]com"));
}
