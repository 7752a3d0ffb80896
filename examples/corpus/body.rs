//! The text below the front matter.

use super::entry::{Writer, put};
use super::{Id, KINDS, Kind, Kind::Source, words};
use std::fmt::Write as _;

const SENTENCES: usize = 18;
const LINKS: usize = 8;

impl Writer<'_> {
    /// 18 sentences, which come to about 400 words, with links and citations spread over them; then
    /// what some entries have besides.
    pub(crate) fn body(&mut self) {
        let table = self.rng.below(4) == 0;
        let footnote = self.rng.below(5) == 0;
        let indicators = self.rng.below(5) == 0;
        let mut links = self.mentions(&KINDS[..8], LINKS);
        let in_table = if table { links.pop() } else { None };
        let citations = self.rng.between(3, 5);
        let mut sources = self.mentions(&[Source], citations);

        let mut headings = words::HEADINGS.iter();
        for at in 0..SENTENCES {
            if at % 6 == 0
                && at > 0
                && let Some(heading) = headings.next()
            {
                let _ = write!(self.out, "\n\n## {heading}\n\n");
            } else if at > 0 {
                let between = if at % 3 == 0 { "\n\n" } else { " " };
                self.out.push_str(between);
            }
            // Every second sentence has room for one of 8 links, every third for one of 5 citations.
            let link = if at % 2 == 1 { links.pop() } else { None };
            let source = if at % 3 == 2 { sources.pop() } else { None };
            let sentence = self.sentence(link, source);
            self.out.push_str(&sentence);
            if footnote && at == 4 {
                self.out.push_str("[^1]");
            }
        }
        self.out.push('\n');
        if let Some(id) = in_table {
            self.table(id);
        }
        if indicators {
            self.indicators();
        }
        if footnote {
            put!(self, "");
            put!(
                self,
                "[^1]: The two records count the days from different events."
            );
        }
    }

    /// Exactly `wanted` entries to mention; in a small dossier some come twice.
    fn mentions(&mut self, kinds: &[Kind], wanted: usize) -> Vec<Id> {
        let drawn = self.corpus.draw(&mut self.rng, kinds, wanted, self.id);
        drawn.into_iter().cycle().take(wanted).collect()
    }

    /// In a table the bar of a link is escaped.
    fn table(&mut self, id: Id) {
        put!(self, "");
        put!(self, "| Step | Seen in | Days |");
        put!(self, "|---|---|--:|");
        put!(
            self,
            "| Entry | [[{}\\|{}]] | 12 |",
            id.slug(),
            id.kind.noun()
        );
        put!(self, "| Movement | the same hosts | 40 |");
        put!(self, "| Transfer | one weekend | 2 |");
    }

    /// A sentence, with a link or a citation or both worked in.
    fn sentence(&mut self, link: Option<Id>, source: Option<Id>) -> String {
        let mut sentence = match link {
            None => self.rng.sentence(),
            Some(id) => {
                let link = match self.rng.below(3) {
                    0 => format!("[[{}|{}]]", id.slug(), id.kind.noun()),
                    1 => format!("[[{}|{}]]", id.slug(), id.title()),
                    _ => format!("[[{}]]", id.slug()),
                };
                self.rng.linking(&link)
            }
        };
        if let Some(source) = source {
            let locator = match self.rng.below(3) {
                0 => format!(", p. {}", self.rng.between(1, 60)),
                _ => String::new(),
            };
            sentence.insert_str(
                sentence.len() - 1,
                &format!(" [@{}{locator}]", source.slug()),
            );
        }
        sentence
    }

    fn indicators(&mut self) {
        let (host, tail, hash) = (
            self.rng.pick(words::BEASTS),
            self.rng.between(2, 250),
            self.rng.hex(64),
        );
        let source = self.cites(1);
        let name = host.to_lowercase();
        let number = self.id.index;
        put!(self, "");
        put!(self, "```ioc");
        put!(self, "203.0.113[.]{tail}  # second stage");
        put!(
            self,
            "{name}-{number}[.]update[.]test  # beacon [@{}]",
            source.trim_matches(['[', ']'])
        );
        put!(self, "hxxps://{name}-{number}[.]update[.]test/a/{tail}");
        put!(self, "{hash}  # loader");
        put!(self, "```");
    }
}
