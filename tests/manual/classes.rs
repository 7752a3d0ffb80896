//! The classes that the program writes itself are an interface to whoever styles a site: the page of classes lists
//! each that it writes, and none that it does not.

use super::page::{folder, parser};
use super::support::Project;
use dossier::model::Tlp;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What the sample has not.
const MORE: &str = "---
title: Every sort of block
tlp: amber
facts:
  seats: { value: 3, tlp: amber+strict, sources: [reuters-2016-fine] }
---
## A section {tlp=red}

(TLP:RED) A paragraph[^note] with ==a highlight== and `code`, [@reuters-2016-fine; @guardian-2016, p. 2].

[^note]: A footnote.

> [!WARNING] A title
> An alert.

- [ ] open
- [x] done

| left | right | centre |
|---|---:|:---:|
| a | 1 | b |

```ioc tlp=red
198[.]51[.]100[.]7  # an address [@reuters-2016-fine]
```

```json
{ \"a\": [1, null, \"b\"] }
```

[[apt38]] and [elsewhere](https://example.org/).
";

/// A date that is only about right, and a denial.
const ABOUT: &str = "---
title: About then
date: about 2014
attributed_to:
  - { entry: apt38, denied: true, sources: [reuters-2016-fine] }
---
";

#[test]
fn the_page_of_classes_has_every_class_that_the_program_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::load(root)
        .file("notes/every-sort.md", MORE)
        .file("incidents/about.md", ABOUT);
    let site = project.audience(Tlp::Red).site();
    let theirs = classes_of_templates(&root.join("templates"));
    let mut written = BTreeSet::new();
    for (path, bytes) in &site {
        if path.ends_with(".html") {
            let text = String::from_utf8_lossy(bytes);
            written.extend(classes(&text).filter(|class| !theirs.contains(class)));
        }
    }
    let text = fs::read_to_string(folder().join("adapt/classes.md")).unwrap();
    let described = described(&text);
    let families = ["k-", "tlp-", "p-", "alert-", "hl-", "language-"];
    let known = |class: &String| {
        let family = families.iter().find(|family| class.starts_with(**family));
        described.contains(class) || family.is_some_and(|it| described.contains(&format!("{it}…")))
    };
    let missing: Vec<&String> = written.iter().filter(|class| !known(class)).collect();
    assert!(missing.is_empty(), "not described: {missing:?}");
    let is_written = |class: &String| match class.strip_suffix('…') {
        Some(family) => written.iter().any(|it| it.starts_with(family)),
        None => written.contains(class) || theirs.contains(class),
    };
    let lost: Vec<&String> = described.iter().filter(|it| !is_written(it)).collect();
    assert!(lost.is_empty(), "described and not written: {lost:?}");
}

/// The classes in the attributes of a page.
fn classes(html: &str) -> impl Iterator<Item = String> {
    let values = html.split(" class=\"").skip(1);
    let values = values.filter_map(|rest| rest.split('"').next());
    values.flat_map(|value| value.split_whitespace().map(str::to_owned))
}

/// The classes that stand in templates in full.
fn classes_of_templates(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(classes_of_templates(&path));
        } else if path.extension().is_some_and(|ending| ending == "html") {
            found.extend(classes(&fs::read_to_string(path).unwrap()));
        }
    }
    found
}

/// The code in the first cells of the page's tables.
fn described(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut cell = 0;
    let mut head = false;
    for event in parser(text) {
        match event {
            Event::Start(Tag::TableHead) => head = true,
            Event::End(TagEnd::TableHead) => head = false,
            Event::Start(Tag::TableRow) => cell = 0,
            Event::End(TagEnd::TableCell) => cell += 1,
            Event::Code(code) if cell == 0 && !head => drop(found.insert(code.to_string())),
            _ => {}
        }
    }
    found
}
