//! Labels that mark nothing: without brackets, in rows and columns, and words of other schemes.
//!
//! Takes the text of one block; notes the labels, to be compared with the marking of where they stand, and
//! reports what was meant to be a mark and can be none.

use super::super::label::{self, Awaits, Label, Reading};
use super::flat::Flat;
use super::mark::{self, Bare, Found, How};
use super::walk::Walk;
use crate::diag::Code;
use crate::model::Tlp;
use crate::model::body::{Event, Tag};
use crate::text::Span;
use memchr::{memchr, memchr3};
use std::borrow::Cow;

/// Longer braces hold no ids and classes.
const LONGEST_BRACES: usize = 120;

/// What stands in a column of which the head names the protocol, or markings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    /// Labels and nothing else.
    Labels,
    /// Perhaps a label.
    Other,
    /// Markings, of whatever scheme: of TLP a colour alone.
    Schemes,
}

impl Heads {
    pub(super) fn of(head: &str) -> Heads {
        match label::names_level(head) {
            true => Heads::Labels,
            false => Heads::Other,
        }
    }
}

impl Walk<'_> {
    /// A label that no brackets hold: noted, to be compared with the marking of where it stands. In
    /// quotation marks, or with a bracket that nothing opens, it was meant to be a mark.
    pub(super) fn bare(&mut self, flat: &Flat, label: &Label) -> Option<Found> {
        if !(label.plain || flat.is_in_fence(label))
            || label.coded
            || flat.is_escaped(label)
            || flat.is_in_address(label)
        {
            return None;
        }
        let span = self.span(flat, label.range.clone());
        let written = flat.text.get(label.range.clone()).unwrap_or("");
        let close = flat
            .text
            .get(label.range.end..)
            .and_then(|it| it.chars().next());
        if Some(label.range.start) == flat.head
            && close
                .and_then(label::bracket)
                .is_some_and(|(_, opens)| !opens)
            && mark::read_label(written).is_ok()
        {
            let end = label.range.end + close.map_or(0, char::len_utf8);
            let span = self.span(flat, label.range.start..end);
            let help = format!("write `({})`", written.to_ascii_uppercase());
            return Some(self.bad_mark(span, "a mark without its opening parenthesis", help));
        }
        if label.quoted && label.reading != Reading::Unknown {
            let help = format!(
                "write `({})` for a mark; quote a label as code, or write `TLP\\:…`",
                label.reading.level().label()
            );
            return Some(self.bad_mark(span, "a label in quotation marks", help));
        }
        if label.reading == Reading::White && flat.is_alone(&label.range) {
            let help = "TLP:WHITE is a label of TLP 1; since TLP 2.0 it is TLP:CLEAR: write `(TLP:CLEAR)`, or delete it".to_owned();
            return Some(self.bad_mark(span, "a label that marks nothing", help));
        }
        self.bare.push(Bare {
            reading: label.reading,
            span,
            how: How::Words,
        });
        None
    }

    /// A name that may say a marking.
    pub(super) fn label_in_name(&mut self, name: &str, span: Span) {
        if let Some(tlp) = label::in_name(name) {
            self.bare.push(Bare {
                reading: Reading::Colour(tlp),
                span,
                how: How::Name,
            });
        }
    }

    /// Classes in braces, as other tools take them: `[x]{.tlp-3}`, `{: .tlp_a }`, `{data-tlp=2}`.
    pub(super) fn label_in_braces(&mut self) {
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        if !label::holds_tlp(text) {
            return;
        }
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let slices = events.iter().filter_map(|event| match event {
            Event::Text(slice) => Some(*slice),
            _ => None,
        });
        let groups = slices.flat_map(|slice| {
            let text = self.body.slice(slice);
            text.match_indices('{').filter_map(move |(at, _)| {
                let near = text
                    .as_bytes()
                    .get(at + 1..text.len().min(at + LONGEST_BRACES))?;
                let inner = text.get(at + 1..at + 1 + memchr(b'}', near)?)?;
                Some((slice.start as usize + at, inner))
            })
        });
        let groups = groups.filter(|(at, _)| !self.is_escaped(*at));
        let words = groups.flat_map(|(_, inner)| inner.split_whitespace());
        let readings = words.filter_map(|word| match word.split_once('=') {
            Some((key, value)) => label::in_attribute(key, value.trim_matches(['"', '\''])),
            None if word.starts_with('#') => label::in_id(word),
            None => word
                .starts_with('.')
                .then(|| label::in_class(word))
                .flatten(),
        });
        let highest = readings.max_by_key(|reading| reading.level());
        let span = Span::new(self.run.from, self.run.seen.max(self.run.from));
        self.bare.extend(highest.map(|reading| Bare {
            reading,
            span,
            how: How::Name,
        }));
    }

    /// Labels in what Markdown does not show.
    pub(super) fn label_beside(&mut self, text: &str, span: Span) {
        let labels = label::all(text).map(|(label, _)| label.reading);
        if let Some(reading) = labels.max_by_key(|reading| reading.level()) {
            self.bare.push(Bare {
                reading,
                span,
                how: How::Words,
            });
        }
    }

    /// Labels in cells that Markdown drops: what they were to mark is shown all the same.
    pub(super) fn labels_lost(&mut self, cells: &str, span: Span) {
        if let Some(level) = label::text::highest(cells) {
            self.bare.push(Bare {
                reading: Reading::Colour(level),
                span,
                how: How::Words,
            });
        }
        self.label_in_tags(cells, span);
        // A bar that tears a cell in two moves the colour of its row out of the table.
        let heads = self.tlp_columns.last().map(|(_, heads)| *heads);
        let parts = cells.split('|').map(str::trim);
        for cell in parts.filter(|cell| !cell.is_empty()) {
            let reading = heads.and_then(|heads| in_column(cell, Some(heads)));
            self.bare.extend(
                reading
                    .filter(|it| *it != Reading::Unknown)
                    .map(|reading| Bare {
                        reading,
                        span,
                        how: How::Words,
                    }),
            );
            let others = &self.markings.others;
            if others.names(cell)
                || others.is_headed(cell)
                || label::is_headed_by(cell, |it| others.names_portion(it))
            {
                let found = self.other_mark(span);
                self.mark_frame(self.frames.len().saturating_sub(1), found);
            }
            self.note_row(cell, span);
        }
    }

    /// A colour in a column that the head of the table calls by the name of TLP is a label.
    pub(super) fn note_column(&mut self) {
        let Some(Tag::TableCell(_)) = self.top().tag else {
            return;
        };
        let column = self.column.saturating_sub(1);
        let mut columns = self.tlp_columns.iter();
        let heads = columns.find(|(at, _)| *at == column).map(|it| it.1);
        if !self.in_head && heads.is_none() {
            return;
        }
        let words = self.words_of_run();
        let text = words.trim();
        if self.in_head && self.markings.others.heads(text) {
            self.tlp_columns.push((column, Heads::Schemes));
        } else if heads == Some(Heads::Schemes) {
            if self.markings.others.is_marking_below(text) {
                let span = Span::new(self.run.from, self.run.seen.max(self.run.from));
                let found = self.other_mark(span);
                self.mark_frame(self.frames.len().saturating_sub(1), found);
            }
        } else if self.in_head {
            if label::heads_tlp(text) && !self.is_told_of(text) {
                self.tlp_columns.push((column, Heads::of(text)));
            }
        } else if let Some(reading) = in_column(text, heads) {
            let span = Span::new(self.run.from, self.run.seen.max(self.run.from));
            self.bare.push(Bare {
                reading,
                span,
                how: How::Words,
            });
        }
    }

    /// A mark of another scheme, at the head of the run or alone in a line of it.
    pub(super) fn other_marking(&mut self) -> Option<Found> {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        let others = &self.markings.others;
        let portion = || self.has_portion(events, text);
        let line = || self.has_line_of(events, text);
        // `Classification` in a cell or a term, and a colour in the next.
        let answers = self.scheme_awaits && others.is_colour(text);
        let titled = || {
            let heading = matches!(self.top_tag(), Some(Tag::Heading(_)));
            heading && !ends_with_code(events) && others.ends_marked(text)
        };
        let strict = || {
            let said = |event: &Event| match event {
                Event::Text(slice) => others.says_strict(self.body.slice(*slice)),
                _ => false,
            };
            // Behind the name of the protocol it is a label of it.
            self.awaits == Awaits::Nothing
                && memchr(b'+', text.as_bytes()).is_some()
                && events.iter().any(said)
        };
        let marked = answers || portion() || line() || titled() || strict();
        self.scheme_awaits = others.heads(text);
        if !marked {
            return None;
        }
        let span = Span::new(self.run.from, self.run.seen.max(self.run.from));
        Some(self.other_mark(span))
    }

    /// Whether brackets in a line of the run hold such a mark. Lines that Markdown joins are one.
    fn has_portion(&self, events: &[Event], text: &str) -> bool {
        // Asked of every run.
        let signs = memchr3(b'(', b'[', b'{', text.as_bytes()).is_some();
        if !signs && (text.is_ascii() || !text.contains(|c: char| label::bracket(c).is_some())) {
            return false;
        }
        let in_cell = matches!(self.top_tag(), Some(Tag::TableCell(_)));
        let marks = |words: &str, places: &[(usize, usize)]| {
            let literal = |at: usize| {
                let before = places.partition_point(|(start, _)| *start <= at);
                let place = before.checked_sub(1).and_then(|it| places.get(it));
                place.is_some_and(|(start, from)| self.is_escaped(from + at - start))
            };
            label::holds_portion(words, &self.markings.others, in_cell, literal)
        };
        let mut line = String::new();
        // Where its parts begin, and where in the text of the body.
        let mut places: Vec<(usize, usize)> = Vec::new();
        for event in events {
            match *event {
                Event::Text(slice) => {
                    places.push((line.len(), slice.start as usize));
                    line.push_str(self.body.slice(slice));
                }
                Event::Code(_) | Event::Rule => line.push(label::CODE),
                Event::SoftBreak => line.push(' '),
                Event::HardBreak => {
                    if marks(&line, &places) {
                        return true;
                    }
                    line.clear();
                    places.clear();
                }
                Event::Html(slice) if is_break(self.body.slice(slice)) => {
                    if marks(&line, &places) {
                        return true;
                    }
                    line.clear();
                    places.clear();
                }
                Event::Html(_)
                | Event::Start(_)
                | Event::End(_)
                | Event::Task(_)
                | Event::Cite { .. }
                | Event::FootnoteRef(_)
                | Event::Indicators { .. } => {}
            }
        }
        marks(&line, &places)
    }

    /// Whether a backslash stands before a sign, by its place in the text of the body.
    fn is_escaped(&self, at: usize) -> bool {
        let pieces = &self.run.pieces;
        let piece = pieces.binary_search_by_key(&at, |piece| piece.at);
        piece.is_ok_and(|piece| pieces[piece].escaped)
    }

    /// What stands behind the mark of the run and adds to it by another scheme: `(TLP:CLEAR) PAP:RED …`.
    pub(super) fn added_to_mark(&mut self) -> Option<Found> {
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        if !self.markings.others.adds_to_mark(text) {
            return None;
        }
        let span = Span::new(self.run.from, self.run.seen.max(self.run.from));
        Some(self.other_mark(span))
    }

    /// Reports a mark of another scheme; it counts as TLP:RED.
    pub(super) fn other_mark(&mut self, span: Span) -> Found {
        self.problems.report(
            Code::OtherMarking,
            span,
            "a mark of a scheme other than TLP 2.0, which means nothing here",
            "mark it by TLP: `(TLP:AMBER)` at the start of the paragraph, `tlp: amber` in the front matter; where the words are only spoken of, quote them as code; `other_markings` of dossier.toml lists them",
        );
        self.new_mark(Tlp::Red, span, true)
    }

    /// Whether a colour alone in a line of the run marks: not in what may be a list or a table of colours.
    fn may_be_alone(&self) -> bool {
        self.frames.iter().all(|frame| match frame.tag {
            Some(
                Tag::Item { .. }
                | Tag::Definition { .. }
                | Tag::DefinitionTitle { .. }
                | Tag::TableCell(_),
            ) => false,
            Some(_) | None => true,
        })
    }

    fn top_tag(&self) -> Option<Tag> {
        self.frames.last().and_then(|frame| frame.tag)
    }

    /// Whether a line of the run is nothing but such a mark.
    fn has_line_of(&self, events: &[Event], text: &str) -> bool {
        // Most runs are one line: a long one, or a few words.
        let broken = |event: &Event| match event {
            Event::SoftBreak | Event::HardBreak => true,
            Event::Html(slice) => is_break(self.body.slice(*slice)),
            _ => false,
        };
        // Behind the name of the protocol a colour is a label of it.
        let alone = self.awaits == Awaits::Nothing && self.may_be_alone();
        let marks = |line: &str| {
            let others = &self.markings.others;
            others.names(line) && !self.is_told_of(line)
                || others.is_headed(line)
                || others.leads(line)
                || alone && others.is_colour(line)
        };
        if !self.run.html
            && !events.iter().any(broken)
            && !marks(&visible(text.get(..80).unwrap_or(text)))
        {
            return false;
        }
        let mut line = String::new();
        let mut plain = true;
        for event in events.iter().chain([&Event::SoftBreak]) {
            match *event {
                Event::SoftBreak | Event::HardBreak => {
                    if plain && marks(&visible(&line)) {
                        return true;
                    }
                    line.clear();
                    plain = true;
                }
                Event::Text(slice) if line.len() <= 80 => line.push_str(self.body.slice(slice)),
                Event::Text(_) => plain = false,
                Event::Html(slice) if is_break(self.body.slice(slice)) => {
                    if plain && marks(&visible(&line)) {
                        return true;
                    }
                    line.clear();
                    plain = true;
                }
                Event::Start(_) | Event::End(_) | Event::Html(_) | Event::Task(_) => {}
                Event::Code(_)
                | Event::Cite { .. }
                | Event::FootnoteRef(_)
                | Event::Rule
                | Event::Indicators { .. } => plain = false,
            }
        }
        false
    }

    /// Whether the next cell, or the definition, tells of the word that the run is, or the run of the one before:
    /// `| CUI | an acronym |`.
    fn is_told_of(&self, text: &str) -> bool {
        let others = &self.markings.others;
        let parts = |c: char| c.is_whitespace() || "|:*_`".contains(c);
        let behind = self.file.get(self.run.seen..).unwrap_or("");
        let before = self.file.get(..self.run.from).unwrap_or("");
        // A definition stands in the next line, a cell in the same.
        let next = match self.top_tag() {
            Some(Tag::TableCell(_) | Tag::DefinitionTitle { .. }) => {
                behind.trim_start_matches(parts)
            }
            Some(_) | None => "",
        };
        let next = next.split(['|', '\n']).next().unwrap_or("");
        let joined = before.trim_end().ends_with(['|', ':']);
        let last = before.trim_end_matches(parts).rsplit(['|', '\n']).next();
        let last = last.filter(|_| joined).unwrap_or("").trim_matches(parts);
        others.is_told_of(text, next) || others.is_told_of(last, text)
    }

    /// The words of the run, for its rows and columns: without tags.
    fn words_of_run(&self) -> Cow<'_, str> {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let broken = |event: &Event| matches!(event, Event::SoftBreak | Event::HardBreak);
        if !self.run.html && !events.iter().any(broken) {
            return self.body.text.get(self.run.text..).unwrap_or("").into();
        }
        let words = events.iter().filter_map(|event| match event {
            Event::Text(slice) | Event::Code(slice) => Some(self.body.slice(*slice)),
            Event::SoftBreak | Event::HardBreak => Some("\n"),
            _ => None,
        });
        words.collect()
    }

    /// The run is done: a text of its own, which the last one and the next may be read with.
    pub(super) fn note_run(&mut self, labels: bool) {
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        // What is shorter than a label is not looked at for one.
        let short =
            || text.len() < 8 && text.bytes().any(|byte| byte | 0x20 == b'p' || byte >= 0x80);
        if labels || self.awaits != Awaits::Nothing || short() {
            let from = self.run.pieces.first().map_or(self.run.seen, |it| it.from);
            let span = Span::new(from, self.run.seen.max(from));
            let words = self.words_of_run().into_owned();
            self.note_row(&words, span);
        }
    }

    /// `TLP` in a cell, a term or a heading of its own, and a colour alone in the next; `TLP:` at the end of a
    /// block, and a colour at the head of the next: labels as well.
    pub(super) fn note_row(&mut self, text: &str, span: Span) {
        let text = text.trim();
        let line = text.lines().next().unwrap_or("");
        // Of those that are to be chosen from, the next may be the one.
        if self.is_left_out() && self.awaits.answered(line).is_some() {
            return;
        }
        let awaits = std::mem::replace(&mut self.awaits, Awaits::of(text));
        if let Some(reading) = awaits.answered(line) {
            self.bare.push(Bare {
                reading,
                span,
                how: How::Words,
            });
        }
    }

    /// Whether the run is not ticked, or struck out.
    fn is_left_out(&self) -> bool {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let first = events
            .iter()
            .find(|event| !matches!(event, Event::Start(Tag::Strong | Tag::Emphasis)));
        matches!(
            first,
            Some(Event::Task(false) | Event::Start(Tag::Strikethrough))
        )
    }
}

/// What a cell says in a column of which the head names the protocol.
pub(super) fn in_column(text: &str, heads: Option<Heads>) -> Option<Reading> {
    let labels = heads == Some(Heads::Labels);
    if text.len() >= 80 {
        return None;
    }
    let colour = || match text.len() < 40 {
        true => label::colour_in_column(text),
        false => None,
    };
    let ticked = label::ticked(text);
    let with_words = || labels.then(|| label::colour_with_words(text)).flatten();
    let unread = || labels && text.len() < 40 && label::may_be_colour(text);
    // A letter alone may be anything.
    let letter = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let short = || match labels && text.len() < 8 && !letter {
        true => label::readable_under_name(text),
        false => None,
    };
    let read = ticked.or_else(colour).or_else(short).or_else(with_words);
    read.or_else(|| unread().then_some(Reading::Unknown))
}

/// Whether nothing stands behind code: what is quoted marks nothing.
fn ends_with_code(events: &[Event]) -> bool {
    let last = events.iter().rfind(|event| !matches!(event, Event::End(_)));
    matches!(last, Some(Event::Code(_)))
}

/// A text without signs that have no width; marks over letters stay.
fn visible(text: &str) -> Cow<'_, str> {
    let unseen = |c: char| label::is_unseen(c) && !('\u{300}'..='\u{36F}').contains(&c);
    match !text.is_ascii() && text.contains(unseen) {
        true => text.replace(unseen, "").into(),
        false => text.into(),
    }
}

/// Whether a tag breaks the line.
fn is_break(html: &str) -> bool {
    let name = html.get(..3).unwrap_or("");
    name.eq_ignore_ascii_case("<br")
}
