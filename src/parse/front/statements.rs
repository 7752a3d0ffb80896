//! Events, steps before the law, judgements: lists of maps, each a statement with its sources.

use super::reader::Reader;
use super::shapes::{EVENT, JUDGEMENT, LEGAL};
use super::tree::{Node, Value};
use crate::model::date::Instant;
use crate::model::{Event, Legal, LegalStatus, RawRef, Statement, What};

impl Reader<'_> {
    /// What happened, in order of time.
    pub fn events(&mut self, name: &str, node: &Node<'_>) -> Vec<Statement<RawRef>> {
        let items = node.each().iter();
        let mut events: Vec<_> = items.filter_map(|item| self.event(name, item)).collect();
        events.sort_by_key(|(instant, _)| *instant);
        events.into_iter().map(|(_, event)| event).collect()
    }

    /// An event, and what to sort it by.
    fn event(&mut self, name: &str, node: &Node<'_>) -> Option<(Instant, Statement<RawRef>)> {
        let fields = self.fields(name, node, &EVENT)?;
        let mut statement = self.own_marking(&fields);
        let date = fields.get("date").and_then(|node| self.date("date", node));
        let what = fields
            .get("what")
            .and_then(|node| self.sentence("what", node, Some(&mut statement)));
        let place = fields
            .get("place")
            .and_then(|node| self.reference("place", node));
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        let (date, what) = (date?, what?);
        let event = Statement {
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            ..Statement::bare(What::Event(Event { date, what, place }), node.span)
        };
        Some((date.instant(), event))
    }

    /// Where a person stands before the law, in order of time.
    pub fn legal(&mut self, name: &str, node: &Node<'_>) -> Vec<Statement<RawRef>> {
        let items = node.each().iter();
        let mut legal: Vec<_> = items.filter_map(|item| self.step(name, item)).collect();
        legal.sort_by_key(|step| step.when.map(|date| date.instant()));
        legal
    }

    fn step(&mut self, name: &str, node: &Node<'_>) -> Option<Statement<RawRef>> {
        let step = |status, by| What::Legal(Legal { status, by });
        if !matches!(node.value, Value::Map(_)) {
            let status = self.legal_status(name, node)?;
            return Some(Statement::bare(step(status, None), node.span));
        }
        let fields = self.fields(name, node, &LEGAL)?;
        let mut statement = self.own_marking(&fields);
        let when = fields.get("date").and_then(|node| self.date("date", node));
        let by = fields
            .get("by")
            .and_then(|node| self.named("by", node, Some(&mut statement)));
        let tlp = self.marked(statement);
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        let status = self.legal_status("status", fields.get("status")?)?;
        Some(Statement {
            when,
            tlp,
            sources: sources.unwrap_or_default(),
            ..Statement::bare(step(status, by), node.span)
        })
    }

    fn legal_status(&mut self, name: &str, node: &Node<'_>) -> Option<LegalStatus> {
        let word = self.word_text(name, node, LegalStatus::WORDS)?;
        LegalStatus::from_word(&word)
    }

    /// What the analysts judge.
    pub fn judgements(&mut self, name: &str, node: &Node<'_>) -> Vec<Statement<RawRef>> {
        let items = node.each().iter();
        items
            .filter_map(|item| self.judgement(name, item))
            .collect()
    }

    fn judgement(&mut self, name: &str, node: &Node<'_>) -> Option<Statement<RawRef>> {
        let fields = self.fields(name, node, &JUDGEMENT)?;
        let mut statement = self.own_marking(&fields);
        let confidence = fields
            .get("confidence")
            .and_then(|node| self.confidence("confidence", node));
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        let text = self.sentence("text", fields.get("text")?, Some(&mut statement))?;
        Some(Statement {
            confidence,
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            ..Statement::bare(What::Judgement(text), node.span)
        })
    }
}
