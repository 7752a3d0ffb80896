//! The front matter: what every entry has, then what its kind adds.

use super::Kind::{
    Actor, Incident, Malware, Note, Organisation, Person, Place, Source, Technique, Tool,
};
use super::entry::{Writer, put};
use super::{Corpus, Kind, words};
use std::collections::BTreeSet;
use std::fmt::Write as _;

impl Writer<'_> {
    pub(crate) fn front_matter(&mut self) {
        put!(self, "---");
        let title = self.id.title();
        put!(self, "title: {title}");
        let summary = self.rng.sentence();
        put!(self, "summary: \"{summary}\"");
        match self.id.kind {
            Incident => self.incident(),
            Source => self.source(),
            Actor => self.actor(),
            Note => self.note(),
            Organisation => self.organisation(),
            Malware => self.malware(),
            Technique => self.technique(),
            Person => self.person(),
            Tool => self.tool(),
            Place => self.place(),
        }
        let tags: BTreeSet<&str> = (0..3).map(|_| self.rng.pick(words::TAGS)).collect();
        let tags: Vec<&str> = tags.into_iter().collect();
        put!(self, "tags: [{}]", tags.join(", "));
        if self.id.kind != Source {
            let sources = self.cites(2);
            put!(self, "sources: {sources}");
        }
        if self.rng.below(7) == 0 {
            put!(self, "changes:");
            put!(
                self,
                "  - {{ date: 2025-03-11, what: figures checked, kind: correction }}"
            );
            put!(self, "  - {{ date: 2025-01-20, what: first published }}");
            put!(self, "updated: 2025-03-11");
        }
        put!(self, "---");
    }

    fn actor(&mut self) {
        let index = self.id.index;
        let cites = self.cites(1);
        put!(self, "aliases:");
        put!(self, "  - UNC{}", 1000 + index);
        put!(
            self,
            "  - {{ name: Cluster {index:04}, by: The Vantage desk, relation: overlaps, sources: {cites} }}"
        );
        if index < 9000 {
            put!(self, "external_ids: {{ attack: G{:04} }}", 1000 + index);
        }
        let year = self.rng.between(2009, 2016);
        let (first, second) = (self.cites(1), self.cites(2));
        if self.rng.below(3) == 0 {
            put!(self, "first_seen:");
            put!(
                self,
                "  - {{ value: {year}-02, sources: {first}, chosen: the only record that names a month }}"
            );
            put!(
                self,
                "  - {{ value: about {}, sources: {second} }}",
                year + 1
            );
        } else {
            put!(self, "first_seen: {{ value: {year}, sources: {first} }}");
        }
        let last = self.rng.between(2018, 2024);
        put!(
            self,
            "last_seen: {{ value: late {last}, sources: {second} }}"
        );
        let motive = self.rng.pick(&["financial", "espionage", "sabotage"]);
        put!(self, "motive: {{ value: [{motive}], sources: {first} }}");
        let days = self.rng.between(20, 400);
        put!(self, "facts:");
        put!(self, "  days_inside:");
        put!(
            self,
            "    - {{ value: {days}, sources: {first}, chosen: counted from the first log line }}"
        );
        put!(
            self,
            "    - {{ value: about {}, sources: {second}, note: an average }}",
            days + 30
        );
        self.relation("attributed_to", &[Organisation, Person], 1, true);
        self.relation("uses", &[Malware, Tool, Technique], 4, false);
        self.relation("targets", &[Organisation, Place], 2, false);
        self.relation("originates_from", &[Place], 1, true);
        self.part_of(3);
    }

    fn incident(&mut self) {
        let year = self.rng.between(2010, 2024);
        let month = self.rng.between(1, 12);
        let day = self.rng.between(1, 20);
        let date = match self.rng.below(5) {
            0 => format!("{year}-{month:02}"),
            1 => format!("{year}-Q{}", 1 + (month - 1) / 3),
            2 => format!(
                "{year}-{month:02}-{day:02}/{year}-{month:02}-{:02}",
                day + 3
            ),
            3 => format!("about {year}-{month:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        };
        put!(self, "date: {date}");
        let status = self
            .rng
            .pick(&["confirmed", "confirmed", "blocked", "suspected"]);
        put!(self, "status: {status}");
        let (first, second) = (self.cites(1), self.cites(2));
        let taken = self.rng.between(2, 90);
        put!(self, "loss:");
        put!(
            self,
            "  attempted: {{ value: about {}m USD, sources: {first} }}",
            taken * 3
        );
        put!(self, "  actual:");
        put!(
            self,
            "    - {{ value: {taken}m USD, sources: {first}, chosen: the sum in the later and fuller record }}"
        );
        put!(
            self,
            "    - {{ value: {taken}m to {}m USD, sources: {second} }}",
            taken + 4
        );
        put!(self, "events:");
        for step in 0..3 {
            let what = self.rng.pick(words::EVENTS);
            let cites = self.cites(1);
            put!(
                self,
                "  - {{ date: {year}-{month:02}-{:02}, what: \"{what}\", sources: {cites} }}",
                day + step
            );
        }
        self.relation("attributed_to", &[Actor], 1, true);
        self.relation("targets", &[Organisation], 2, false);
        self.relation("uses", &[Malware, Tool, Technique], 3, false);
        self.relation("routed_through", &[Organisation, Place], 1, false);
        self.relation("located_at", &[Place], 1, false);
    }

    fn source(&mut self) {
        let slug = self.id.slug();
        let publisher = self.corpus.draw(&mut self.rng, &[Organisation], 1, self.id);
        match publisher.first() {
            Some(organisation) if self.id.index.is_multiple_of(2) => {
                put!(self, "publisher: {}", organisation.slug());
            }
            _ => put!(self, "publisher: The Vantage desk"),
        }
        let (year, month, day) = (
            self.rng.between(2012, 2024),
            self.rng.between(1, 12),
            self.rng.between(1, 28),
        );
        put!(self, "date: {year}-{month:02}-{day:02}");
        put!(self, "accessed: 2025-01-{day:02}");
        put!(self, "url: https://records.example/{year}/{slug}");
        put!(
            self,
            "archived: https://archive.example/{year}{month:02}{day:02}/{slug}"
        );
        let (grade, kind) = (
            self.rng.pick(&["A1", "B2", "B2", "B3", "C3"]),
            self.rng
                .pick(&["report", "news", "advisory", "court-record"]),
        );
        let seen = self.rng.pick(&["full", "full", "excerpt"]);
        put!(self, "grade: {grade}");
        put!(self, "type: {kind}");
        put!(self, "seen: {seen}");
        put!(self, "language: en");
        put!(self, "authors: [A. Writer, B. Reader]");
        if self.rng.below(5) == 0
            && let Some(origin) = Corpus::earlier(&mut self.rng, self.id)
        {
            put!(self, "derived_from: [{}]", origin.slug());
        }
    }

    fn note(&mut self) {
        let year = self.rng.between(2015, 2024);
        put!(self, "date: {year}-06");
        if self.id.index < 3 {
            put!(self, "key: true");
        }
        put!(self, "judgements:");
        for _ in 0..2 {
            let (text, confidence, cites) = (self.rng.sentence(), self.confidence(), self.cites(2));
            put!(
                self,
                "  - {{ text: \"{text}\", confidence: {confidence}, sources: {cites} }}"
            );
        }
        self.relation("related_to", &[Actor, Incident], 3, false);
    }

    fn organisation(&mut self) {
        let kind = self.rng.pick(&["bank", "exchange", "company", "media"]);
        put!(self, "type: {kind}");
        if let Some(place) = self
            .corpus
            .draw(&mut self.rng, &[Place], 1, self.id)
            .first()
        {
            put!(self, "country: {}", place.slug());
        }
        self.relation("located_at", &[Place], 1, false);
        self.part_of(4);
    }

    fn malware(&mut self) {
        let index = self.id.index;
        put!(self, "aliases: [Family {index:04}]");
        put!(self, "is_family: true");
        put!(self, "platforms: [Windows, Linux]");
        put!(self, "types: [backdoor, wiper]");
        let (year, cites) = (self.rng.between(2010, 2022), self.cites(1));
        put!(self, "first_seen: {{ value: {year}, sources: {cites} }}");
        self.relation("authored_by", &[Actor], 1, true);
        self.relation("uses", &[Technique], 2, false);
        self.relation("drops", &[Tool], 1, false);
        if let Some(base) = Corpus::earlier(&mut self.rng, self.id) {
            put!(self, "variant_of: [{}]", base.slug());
        }
    }

    fn tool(&mut self) {
        put!(self, "platforms: [Windows]");
        put!(self, "types: [credential-exploitation]");
        self.relation("uses", &[Technique], 2, false);
    }

    fn technique(&mut self) {
        let tactic = self
            .rng
            .pick(&["initial-access", "execution", "exfiltration", "impact"]);
        let index = self.id.index;
        put!(self, "tactics: [{tactic}]");
        put!(
            self,
            "external_ids: {{ attack: T{:04}.{:03} }}",
            1000 + index / 999,
            1 + index % 999
        );
    }

    fn person(&mut self) {
        let (year, cites) = (self.rng.between(2014, 2024), self.cites(1));
        let status = self.rng.pick(&["alleged", "charged", "sanctioned"]);
        put!(self, "nationality: unknown");
        put!(self, "legal:");
        put!(
            self,
            "  - {{ status: {status}, date: {year}-09, by: a district court, sources: {cites} }}"
        );
        self.relation("member_of", &[Actor, Organisation], 1, true);
    }

    fn place(&mut self) {
        let kind = self.rng.pick(&["country", "region", "city"]);
        let (lat, lon) = (self.rng.between(0, 60), self.rng.between(0, 170));
        put!(self, "type: {kind}");
        put!(self, "lat: {lat}.5");
        put!(self, "lon: {lon}.25");
    }

    /// A relation with up to `wanted` ends, every one sourced.
    fn relation(&mut self, verb: &str, kinds: &[Kind], wanted: usize, judged: bool) {
        let ends = self.corpus.draw(&mut self.rng, kinds, wanted, self.id);
        if ends.is_empty() {
            return;
        }
        put!(self, "{verb}:");
        for end in ends {
            let cites = self.cites(1);
            let confidence = if judged {
                format!("confidence: {}, ", self.confidence())
            } else {
                String::new()
            };
            put!(
                self,
                "  - {{ entry: {}, {confidence}sources: {cites} }}",
                end.slug()
            );
        }
    }

    /// One in `of` belongs to an entry of its own kind that came before it.
    fn part_of(&mut self, of: usize) {
        if self.rng.below(of) == 0
            && let Some(whole) = Corpus::earlier(&mut self.rng, self.id)
        {
            put!(self, "part_of: [{}]", whole.slug());
        }
    }

    /// One row of the words of probability alone: an entry must not mix the two.
    fn confidence(&mut self) -> &'static str {
        self.rng.pick(&[
            "unlikely",
            "roughly even chance",
            "likely",
            "very likely",
            "almost certain",
        ])
    }
}
