//! Dates: as timestamps with how exact they are, and as the grammar of front matter has them.
//!
//! STIX has instants. The first of those that a date may mean stands for it, and beside it, where there is a place for that,
//! how exact it is; the date itself stands in this program's extension.

use crate::model::Day;
use crate::model::date::{Date, Moment, Part, Unit};

/// A day as a timestamp: its first instant.
pub(super) fn of_day(day: Day) -> String {
    format!("{day}T00:00:00.000Z")
}

/// The first instant that a date may mean, or of one without a start the last day.
pub(super) fn first(date: &Date) -> String {
    match date {
        Date::At(moment) | Date::Between(moment, _) | Date::From(moment) => first_of(moment),
        Date::Until(moment) => last_of(moment),
    }
}

/// The last day that a date may mean, as its first instant; none where the end is open.
pub(super) fn last(date: &Date) -> Option<String> {
    match date {
        Date::At(moment) | Date::Between(_, moment) | Date::Until(moment) => Some(last_of(moment)),
        Date::From(_) => None,
    }
}

fn first_of(moment: &Moment) -> String {
    exact(moment).unwrap_or_else(|| of_day(moment.first_day()))
}

fn last_of(moment: &Moment) -> String {
    exact(moment).unwrap_or_else(|| of_day(moment.last_day()))
}

/// The timestamp of a time of a day.
fn exact(moment: &Moment) -> Option<String> {
    let Unit::Time(time) = moment.unit else {
        return None;
    };
    let utc = time.in_utc();
    let (day, hour, minute) = (utc.day, utc.hour, utc.minute);
    let second = utc.second.unwrap_or(0);
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}.000Z"))
}

/// When something began and ended, and how exact either is, in the words of the incident extensions.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: Option<(String, &'static str)>,
    pub(super) end: Option<(String, &'static str)>,
}

/// The span of a date. The end of one that names a single moment says nothing more than its start.
pub(super) fn span(date: &Date) -> Span {
    let at = |moment: &Moment| (first_of(moment), fidelity(moment));
    let (start, end) = match date {
        Date::At(moment) | Date::From(moment) => (Some(at(moment)), None),
        Date::Between(from, to) => (Some(at(from)), Some((last_of(to), fidelity(to)))),
        Date::Until(moment) => (None, Some((last_of(moment), fidelity(moment)))),
    };
    // The end has to be later than the start.
    let end = end.filter(|(end, _)| start.as_ref().is_none_or(|(start, _)| end > start));
    Span { start, end }
}

/// How exact a moment is: what it says no word has is said by the next coarser one.
fn fidelity(moment: &Moment) -> &'static str {
    match (moment.unit, moment.part) {
        (Unit::Year(_) | Unit::Quarter(..), _) => "year",
        (Unit::Month(..), _) => "month",
        (Unit::Day(_), _) => "day",
        (Unit::Time(time), _) if time.second.is_some() => "second",
        (Unit::Time(_), _) => "minute",
    }
}

/// A date as it is written in front matter.
pub(super) fn written(date: &Date) -> String {
    match date {
        Date::At(moment) => moment_written(moment),
        Date::Between(from, to) => format!("{}/{}", moment_written(from), moment_written(to)),
        Date::From(moment) => format!("{}/..", moment_written(moment)),
        Date::Until(moment) => format!("../{}", moment_written(moment)),
    }
}

fn moment_written(moment: &Moment) -> String {
    let Moment { about, part, unit } = moment;
    let about = if *about { "about " } else { "" };
    let part = match part {
        Some(Part::Early) => "early ",
        Some(Part::Mid) => "mid ",
        Some(Part::Late) => "late ",
        None => "",
    };
    let unit = match unit {
        Unit::Year(year) => format!("{year:04}"),
        Unit::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        Unit::Month(year, month) => format!("{year:04}-{month:02}"),
        Unit::Day(day) => day.to_string(),
        Unit::Time(time) => time.iso(),
    };
    format!("{about}{part}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_it_is_read() {
        for text in [
            "2016",
            "2015-Q4",
            "early 2016-03",
            "about late 2015",
            "2016-02-04/2016-02-05",
            "2014-02/..",
            "../2018",
            "2016-02-04T20:36+06:00",
        ] {
            let date = Date::from_text(text).expect("a date");
            assert_eq!(written(&date), text);
        }
    }

    #[test]
    fn a_partial_date_says_how_exact_it_is() {
        let say = |text: &str| span(&Date::from_text(text).expect("a date"));
        let start = |text: &str| say(text).start.expect("a start");
        assert_eq!(
            start("2016"),
            ("2016-01-01T00:00:00.000Z".to_owned(), "year")
        );
        assert_eq!(
            start("late 2016-03"),
            ("2016-03-21T00:00:00.000Z".to_owned(), "month")
        );
        assert_eq!(
            start("2016-02-04T20:36+06:00"),
            ("2016-02-04T14:36:00.000Z".to_owned(), "minute")
        );
        assert_eq!(
            say("2016-02-04/2016-02-05").end,
            Some(("2016-02-05T00:00:00.000Z".to_owned(), "day"))
        );
        assert_eq!(say("2016-02-04/2016-02-04").end, None);
        assert_eq!(say("../2018").start, None);
    }
}
