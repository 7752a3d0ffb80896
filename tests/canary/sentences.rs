//! Sentences of front matter with markup in them: marked ones, and open ones that name what is withheld.

use super::{LEVELS, Level, Planter, head, level_number, word};
use dossier::model::Tlp;
use std::fmt::Write as _;

/// A marked sentence with everything that is read in one.
fn marked(at: &mut Planter, place: &str, tlp: Tlp) -> String {
    let level = Level::Marked(tlp);
    let unseen = at.w(&format!("unseen{place}"), Level::Never);
    let mut w = |part: &str| at.w(&format!("said{part}{place}"), level);
    format!(
        "'{}<!-- {unseen} -->Some *{}*, `{}`, %% {unseen} %% [[hoplight]], [[utopia|{}]] [@open, {}]'",
        head(tlp),
        w("styled"),
        w("code"),
        w("words"),
        w("at"),
    )
}

/// Open entries whose sentences are marked.
pub(super) fn plant(at: &mut Planter) {
    for tlp in Tlp::ALL {
        let level = Level::Marked(tlp);
        let summary = match at.writes(level) {
            true => format!("summary: {}\n", marked(at, "summary", tlp)),
            false => String::new(),
        };
        at.file(
            format!("tools/said-{}.md", tlp as u8),
            format!("---\ntitle: A tool {}\n{summary}---\n", tlp as u8),
        );
    }
    let list = |at: &mut Planter, place: &str, item: &str| {
        at.parts(|at, tlp, _| {
            let day = (tlp as u8 + 1).to_string();
            let item = item.replace("DAY", &day);
            format!("  - {}\n", item.replace("TEXT", &marked(at, place, tlp)))
        })
    };
    let changes = list(at, "change", "{ date: 2025-09-0DAY, what: TEXT }");
    let notes = list(
        at,
        "note",
        "{ entry: hoplight, note: TEXT, sources: [open] }",
    );
    let events = list(
        at,
        "event",
        "{ date: 2016-04-0DAY, what: TEXT, sources: [open] }",
    );
    let judgements = list(at, "judgement", "{ text: TEXT, sources: [open] }");
    let mut facts = at.parts(|at, tlp, _| {
        let text = marked(at, "remark", tlp);
        format!("  said{}: {{ value: 1, note: {text} }}\n", tlp as u8)
    });
    for tlp in Tlp::ALL {
        let _ = writeln!(facts, "  why{}:\n    - {{ value: 0 }}", tlp as u8);
        if at.writes(Level::Marked(tlp)) {
            let text = marked(at, "chosen", tlp);
            let _ = writeln!(facts, "    - {{ value: 1, chosen: {text} }}");
        }
    }
    at.file(
        "incidents/said.md",
        format!(
            "---\ntitle: Said\ndate: 2016-04\nrelated_to:\n{notes}facts:\n{facts}events:\n{events}changes:\n{changes}---\n"
        ),
    );
    at.file(
        "notes/said.md",
        format!("---\ntitle: Judged\nkey: true\njudgements:\n{judgements}---\n"),
    );
}

/// Open sentences that lead to what is withheld, in every way and every place.
pub(super) fn name_withheld(at: &mut Planter) {
    for level in LEVELS {
        let n = level_number(level);
        let entry = |place: &str| word(place, level);
        let marked = match level {
            Level::Marked(_) => format!(
                ", [[{}]], [[texts#{} section]], [[texts#{}|words]]",
                entry("hostalias"),
                entry("section"),
                entry("sectionid")
            ),
            _ => String::new(),
        };
        let mut said = |place: &str| {
            let unseen = at.w(&format!("unseennamed{place}"), Level::Never);
            format!(
                "'[Of](https://example.org/t/actors/{}/) [[{}]]%%{unseen}%%, [[{} and more]], [[{}#{} heading]], *[[{}|open words]]*, [open](../actors/{}/{}.md){marked} [@{}, {}]<!-- {unseen} -->'",
                entry("slugactor"),
                entry("slugactor"),
                entry("titleactor"),
                entry("slugactor"),
                entry("headingactor"),
                entry("aliasactor"),
                entry("folderactor"),
                entry("slugactor"),
                entry("slugsource"),
                at.w(&format!("named{place}"), level),
            )
        };
        let unread = word("yamlcomment", Level::Never);
        let incident = format!(
            "# {unread}\ntitle: Naming {n} # {unread}\ndate: 2016-05\nsummary: {}\n\
             attributed_to: [{{ entry: actors/cluster, sources: [open], note: {} }}]\n\
             events: [{{ date: 2016-05-01, what: {}, sources: [open, {}] }}]\n\
             facts: {{ one: {{ value: 1, note: {} }}, two: [{{ value: 1 }}, {{ value: 2, chosen: {} }}] }}\n\
             changes: [{{ date: 2025-08-01, what: {} }}]\n",
            said("summary"),
            said("relation"),
            said("event"),
            entry("slugsource"),
            said("remark"),
            said("chosen"),
            said("change"),
        );
        let note = format!(
            "title: Judging {n}\nkey: true\njudgements: [{{ text: {} }}]\n",
            said("judgement")
        );
        let source = format!(
            "title: Retracted {n}\npublisher: bureau\nretracted: {{ date: 2025, reason: {} }}\n",
            said("retracted")
        );
        let withdrawn = format!(
            "title: Withdrawn {n}\nwithdrawn: {{ date: 2025, reason: {} }}\n",
            said("withdrawn")
        );
        for (path, front) in [
            ("incidents/naming", incident),
            ("notes/judging", note),
            ("sources/retracted", source),
            ("tools/withdrawn", withdrawn),
        ] {
            at.file(format!("{path}-{n}.md"), format!("---\n{front}---\n"));
        }
    }
}
