//! Labels in a plain text: the mark at its head, and whatever else reads as one.
//!
//! Takes a text in which no Markdown is read; gives it as it is to be shown, its mark, and the first label
//! that is neither a mark, quoted as code nor written `\(TLP:AMBER)` or `TLP\:AMBER`. Never decides whether
//! the text may bear a mark, nor what a label without brackets is measured by: that is for [`crate::parse::front`].

use super::{Label, Reading, Seen, bracket, counts, exact, find, is_unseen, stix, through};
use crate::model::Tlp;
use std::borrow::Cow;
use std::ops::Range;

/// A plain text and the labels in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Text<'t> {
    /// Without its mark, and without the backslashes that say that a label is none.
    pub(crate) shown: Cow<'t, str>,
    /// The mark at its head, and its bytes.
    pub(crate) mark: Option<(Tlp, Range<usize>)>,
    /// The highest of the labels without brackets, and its bytes.
    pub(crate) bare: Option<(Tlp, Range<usize>)>,
    /// What is wrong with the labels in it.
    pub(crate) fault: Option<Fault>,
}

/// A label that is no mark, or a mark of nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// What is wrong.
    pub(crate) message: &'static str,
    /// The way out.
    pub(crate) help: String,
    /// The marking that it asks for.
    pub(crate) level: Tlp,
}

/// Whether labels may stand in a text, also where its markup is seen through.
pub(crate) fn possible(text: &str) -> bool {
    super::possible(text) || through::of(text).is_some_and(|it| super::possible(&it.text))
}

/// Reads a text of which [`possible`] says that it may hold labels.
pub(crate) fn read(text: &str) -> Text<'_> {
    let signs = Signs::of(text);
    let mut read = Text {
        shown: Cow::Borrowed(text),
        mark: None,
        bare: None,
        fault: None,
    };
    let mut slashes = Vec::new();
    for label in signs.labels(text) {
        if let Some(code) = signs.code_around(&label.range) {
            if let Some(fault) = signs.coded_mark(text, &code, &label) {
                read.fault = Some(fault);
                return read;
            }
            continue;
        }
        if let Some(slash) = escape_within(text, &label) {
            slashes.push(slash);
            continue;
        }
        match signs.bracket_before(text, &label) {
            Some((open, Some(slash))) => {
                slashes.push(slash);
                slashes.extend(signs.escaped_close(text, open, label.range.end));
            }
            Some((open, None)) => match signs.mark(text, open, &label) {
                Ok(mark) if read.mark.is_none() => read.mark = Some(mark),
                // The same one, found twice.
                Ok(_) => {}
                // "The report (TLP:CLEAR) is on the site": whoever sees the text may see it.
                Err(_) if label.reading == Reading::Colour(Tlp::Clear) => {}
                Err(fault) => {
                    read.fault = Some(fault);
                    return read;
                }
            },
            None => {
                if let Some(fault) = signs.fault_without_brackets(text, &label) {
                    read.fault = Some(fault);
                    return read;
                }
                let level = label.reading.level();
                if label.plain && read.bare.as_ref().is_none_or(|(bare, _)| *bare < level) {
                    read.bare = Some((level, label.range));
                }
            }
        }
    }
    slashes.sort_unstable();
    slashes.dedup();
    read.shown = signs.shown(text, read.mark.as_ref().map(|(_, range)| range), &slashes);
    if let Some((tlp, range)) = &read.mark
        && read
            .shown
            .chars()
            .all(|c| c.is_whitespace() || is_unseen(c) || matches!(c, '*' | '_'))
    {
        read.fault = Some(Fault {
            range: range.clone(),
            message: "a mark without a text",
            help: "write the text that it is for behind it, or delete it".to_owned(),
            level: *tlp,
        });
    }
    read
}

/// How many labels stand in a text, but for those that are quoted as code.
pub(crate) fn count(text: &str) -> usize {
    if !possible(text) {
        return 0;
    }
    let signs = Signs::of(text);
    let labels = signs.labels(text).into_iter();
    labels
        .filter(|label| !signs.is_code(&label.range) && counts(text, label).is_some())
        .count()
}

/// The highest marking that a text says of itself in any way, but for labels that are quoted as code or written
/// to be none.
pub(crate) fn highest(text: &str) -> Option<Tlp> {
    if !possible(text) && !stix::possible(text) {
        return None;
    }
    let signs = Signs::of(text);
    let labels = signs.labels(text).into_iter();
    let counting = labels.filter(|label| match signs.code_around(&label.range) {
        Some(code) => signs.coded_mark(text, &code, label).is_some(),
        None => {
            let bracket = signs.bracket_before(text, label);
            let escaped = bracket.is_some_and(|(_, slash)| slash.is_some());
            !escaped && escape_within(text, label).is_none() && counts(text, label).is_some()
        }
    });
    counting.map(|label| label.reading.level()).max()
}

/// Whether a text holds a label, or one that is written not to be any.
pub(crate) fn speaks(text: &str) -> bool {
    if !possible(text) {
        return false;
    }
    let read = read(text);
    read.fault.is_some() || read.mark.is_some() || read.bare.is_some() || read.shown != text
}

/// What stands in a text beside its words.
struct Signs {
    /// Inline code, its backticks included.
    code: Vec<Range<usize>>,
    /// Where a mark may stand.
    head: usize,
    /// Signs of bold type before it.
    bold: Option<&'static str>,
}

impl Signs {
    fn of(text: &str) -> Signs {
        let seen = text.find(|c: char| !c.is_whitespace() && !is_unseen(c));
        let first = seen.unwrap_or(text.len());
        let rest = text.get(first..).unwrap_or("");
        let bold = ["**", "__"].into_iter().find(|sign| rest.starts_with(sign));
        let after = bold
            .and_then(|sign| rest.strip_prefix(sign))
            .unwrap_or(rest);
        let unseen = after.trim_start_matches(is_unseen);
        Signs {
            code: code(text),
            head: text.len() - unseen.len(),
            bold,
        }
    }

    /// Every label, also those that only the signs of code and of bold type keep apart.
    fn labels(&self, text: &str) -> Vec<Label> {
        let mut labels = find(text);
        labels.extend(stix::find(text));
        if text.contains(['`', '*']) {
            let mut seen = Seen::default();
            for (at, part) in parts(text) {
                seen.push(part, at);
            }
            labels.extend(seen.labels(text));
        }
        let through = through::of(text);
        labels.extend(through.iter().flat_map(through::Through::labels));
        if labels.len() > 1 {
            labels.sort_by_key(|label| label.range.start);
            labels.dedup();
        }
        labels
    }

    fn is_code(&self, range: &Range<usize>) -> bool {
        self.code_around(range).is_some()
    }

    fn code_around(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let before = self.code.partition_point(|code| code.start <= range.start);
        let code = before.checked_sub(1).and_then(|at| self.code.get(at))?;
        (range.end <= code.end).then(|| code.clone())
    }

    /// Brackets that hold nothing but code, which is a label, or begin with it where a mark may stand: code is
    /// not seen in them.
    fn coded_mark(&self, text: &str, code: &Range<usize>, label: &Label) -> Option<Fault> {
        let blank = |c: char| c.is_whitespace() || is_unseen(c);
        let before = text.get(..code.start)?.trim_end_matches(blank);
        let opened = before.chars().next_back().and_then(bracket);
        let closed = text.get(code.end..)?.trim_start_matches(blank);
        let closed = closed.chars().next().and_then(bracket);
        let (kind, true) = opened? else {
            return None;
        };
        let last = before.chars().next_back()?;
        let open = before.len() - last.len_utf8();
        let escaped = slash_before(text, open).is_some();
        let holds = closed == Some((kind, false)) || open == self.head;
        (holds && !escaped).then(|| Fault {
            range: code.clone(),
            message: "a mark that cannot be read",
            help: format!("{}; {}", written(label.reading), literally(last)),
            level: label.reading.level(),
        })
    }

    /// The opening bracket that nothing but signs stand between and a place, and the backslash that says
    /// that it is none.
    fn bracket_before(&self, text: &str, label: &Label) -> Option<(usize, Option<usize>)> {
        let before = text.get(..label.range.start)?.char_indices().rev();
        let (open, c) = before
            .take_while(|(_, c)| !c.is_alphanumeric())
            .find(|(_, c)| bracket(*c).is_some())?;
        let (kind, opens) = bracket(c)?;
        // `(TLP) standard`: only the word stands in it.
        let within = text.get(label.range.clone())?.chars();
        let closes = within.filter_map(bracket).any(|it| it == (kind, false));
        let sound = opens && !closes && !self.is_code(&(open..open + c.len_utf8()));
        sound.then(|| (open, slash_before(text, open).filter(|_| c.is_ascii())))
    }

    /// The backslash before the bracket that closes an escaped one right behind its label.
    fn escaped_close(&self, text: &str, open: usize, label_end: usize) -> Option<usize> {
        let (kind, _) = bracket(text.get(open..)?.chars().next()?)?;
        let close = text.get(label_end..)?.strip_prefix('\\')?.chars().next()?;
        (close.is_ascii() && bracket(close) == Some((kind, false))).then_some(label_end)
    }

    /// Reads a label that an opening bracket stands before.
    fn mark(&self, text: &str, open: usize, label: &Label) -> Result<(Tlp, Range<usize>), Fault> {
        let fault = |range: Range<usize>, message, help: String| {
            Err(Fault {
                range,
                message,
                help,
                level: label.reading.level(),
            })
        };
        let rest = text.get(open..).unwrap_or("");
        let first = rest.chars().next().unwrap_or('(');
        let kind = bracket(first).map(|(kind, _)| (kind, false));
        let behind = text.get(label.range.end..).unwrap_or("");
        let close = behind
            .char_indices()
            .map(|(at, c)| (label.range.end + at, c))
            .find(|&(at, c)| bracket(c) == kind && !self.is_code(&(at..at + 1)));
        let Some((close, last)) = close else {
            let help = format!("close it: {}", written(label.reading));
            return fault(open..label.range.end, "a mark that is not closed", help);
        };
        let range = open..close + last.len_utf8();
        let content = text.get(open + first.len_utf8()..close).unwrap_or("");
        let read = exact(content);
        if open != self.head {
            return match read {
                Some(_) => fault(
                    range,
                    "a mark where none may stand",
                    help_for_place(text, open),
                ),
                None => {
                    let help = format!("{}; {}", written(label.reading), literally(first));
                    fault(range, "brackets that hold a label but are no mark", help)
                }
            };
        }
        let after = text.get(range.end..).unwrap_or("");
        let links = first == '[' && after.starts_with(['(', '[']);
        match read {
            Some(tlp) if !links => Ok((tlp, range)),
            _ => {
                let help = format!("{}; {}", written(label.reading), literally(first));
                fault(range, "a mark that cannot be read", help)
            }
        }
    }

    /// A label in quotation marks, or without its opening bracket.
    fn fault_without_brackets(&self, text: &str, label: &Label) -> Option<Fault> {
        let says = label.plain || label.reading != Reading::Unknown;
        if label.quoted && says {
            return Some(Fault {
                range: label.range.clone(),
                message: "a label in quotation marks",
                help: format!(
                    "{}, without them; or quote it as code, `{}`",
                    written(label.reading),
                    text.get(label.range.clone()).unwrap_or("TLP:AMBER")
                ),
                level: label.reading.level(),
            });
        }
        let after = text.get(label.range.end..)?.chars().next();
        let closes = after.and_then(bracket).is_some_and(|(_, opens)| !opens);
        let unopened = label.range.start == self.head && closes && says;
        unopened.then(|| Fault {
            range: label.range.clone(),
            message: "a mark without its opening bracket",
            help: written(label.reading),
            level: label.reading.level(),
        })
    }

    /// The text without its mark and without some backslashes.
    fn shown<'t>(
        &self,
        text: &'t str,
        mark: Option<&Range<usize>>,
        slashes: &[usize],
    ) -> Cow<'t, str> {
        let mut start = 0;
        let mut shown = Cow::Borrowed("");
        if let Some(mark) = mark {
            let rest = text.get(mark.end..).unwrap_or("");
            let blank = |c: char| c.is_whitespace() || is_unseen(c);
            match self.bold {
                Some(sign) => match rest.trim_start_matches(is_unseen).strip_prefix(sign) {
                    Some(rest) => start = text.len() - rest.trim_start_matches(blank).len(),
                    None => {
                        shown = Cow::Borrowed(sign);
                        start = text.len() - rest.trim_start_matches(blank).len();
                    }
                },
                None => start = text.len() - rest.trim_start_matches(blank).len(),
            }
        }
        for &slash in slashes {
            if slash >= start {
                shown += text.get(start..slash).unwrap_or("");
                start = slash + 1;
            }
        }
        shown += text.get(start..).unwrap_or("");
        shown
    }
}

/// The parts of a text between the signs of code and of bold type, with their places.
fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['`', '*']).map(move |part| {
        let start = at;
        at += part.len();
        (start, part.trim_end_matches(['`', '*']))
    })
}

/// Inline code (CommonMark 0.31, 6.1): backticks, and as many of them again.
pub(crate) fn code(text: &str) -> Vec<Range<usize>> {
    if !text.contains('`') {
        return Vec::new();
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut code = Vec::new();
    let mut next = 0;
    while let Some(run) = runs.get(next) {
        next += 1;
        // A backslash takes the first of them; within code it is nothing but itself.
        let start = run.start + usize::from(slash_before(text, run.start).is_some());
        let closes = |other: &Range<usize>| start < run.end && other.len() == run.end - start;
        if let Some(after) = runs
            .get(next..)
            .and_then(|rest| rest.iter().position(closes))
        {
            next += after + 1;
            code.extend(runs.get(next - 1).map(|close| start..close.end));
        }
    }
    code
}

/// The backslash that stands before a place, if it is not itself behind one.
pub(crate) fn slash_before(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let count = before.len() - before.trim_end_matches('\\').len();
    (count % 2 == 1).then(|| at - 1)
}

/// The backslash before the colon of a label, ahead of its colour.
fn escape_within(text: &str, label: &Label) -> Option<usize> {
    let written = text.get(label.range.clone())?;
    let at = written.find("\\:")?;
    let coloured = find(&written[..at])
        .iter()
        .any(|label| label.reading != Reading::Unknown);
    slash_before(text, label.range.start + at + 1).filter(|_| !coloured)
}

/// How a mark is written that says the same.
fn written(reading: Reading) -> String {
    match reading {
        Reading::Colour(tlp) => format!("write `({})` at the start of the text", tlp.label()),
        Reading::White => "TLP:WHITE is a label of TLP 1; since TLP 2.0 it is TLP:CLEAR".to_owned(),
        Reading::Unknown => {
            let all = Tlp::ALL.map(|tlp| format!("`({})`", tlp.label()));
            format!("a mark is one of {}", all.join(", "))
        }
    }
}

/// How the words of a label are written.
fn literally(bracket: char) -> String {
    if bracket.is_ascii() {
        format!("write `\\{bracket}` where no mark is meant")
    } else {
        "write `TLP\\:` where only the words are meant".to_owned()
    }
}

fn help_for_place(text: &str, open: usize) -> String {
    let first = text.get(open..).and_then(|rest| rest.chars().next());
    format!(
        "a mark stands at the start of the text, and is for all of it; {}",
        literally(first.unwrap_or('('))
    )
}

#[cfg(test)]
mod tests;
