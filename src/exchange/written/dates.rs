//! Dates, of numbers or with the month in letters.

use crate::model::{Date, Day};

/// A date as front matter has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) struct Written {
    /// The date.
    pub(in crate::exchange) text: String,
    /// Whether it says all that was written; a time of day, a season or a doubt is not said.
    pub(in crate::exchange) whole: bool,
}

/// A date: as front matter has it, `2016-2-4`, `2016/02/04`, `20160204`, `4 Feb 2016`, `Feb. 4, 2016`, `February 2016`, a time
/// after it, or two of them with a slash between; `13/02/2016`, as only one of its numbers can be a month.
pub(in crate::exchange) fn date(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    if Date::from_text(text).is_ok_and(|date| !date.ends_before_it_starts()) {
        return Some(whole(text.to_owned()));
    }
    if let Some(moment) = moment(text) {
        return Some(moment);
    }
    // EDTF leaves an open end empty.
    let (from, to) = text.split_once('/')?;
    let end = |text: &str| match text.trim() {
        "" | ".." => Some(whole("..".to_owned())),
        text => moment(text),
    };
    let (from, to) = (end(from)?, end(to)?);
    let all = Written {
        text: format!("{}/{}", from.text, to.text),
        whole: from.whole && to.whole,
    };
    let date = Date::from_text(&all.text).ok()?;
    (!date.ends_before_it_starts()).then_some(all)
}

/// A full day.
pub(in crate::exchange) fn day(text: &str) -> Option<Written> {
    // Of a time of a day the day is left.
    let mut days = [date(text), moment(text)].into_iter().flatten();
    days.find(|date| is_day(&date.text))
}

/// Whether a date is one full day and nothing else.
pub(in crate::exchange) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Day>().is_ok()
}

fn whole(text: String) -> Written {
    Written { text, whole: true }
}

/// One date, without a slash between two.
fn moment(text: &str) -> Option<Written> {
    let (text, timeless) = without_time(text.trim());
    let (text, doubted) = match text.strip_suffix(['?', '%']) {
        Some(text) => (text, true),
        None => (text, false),
    };
    let about = doubted || text.ends_with('~');
    let text = text.trim_end_matches('~').trim();
    let (date, said) = numbers(text).or_else(|| words(text))?;
    let text = match about {
        true => format!("about {date}"),
        false => date,
    };
    Date::from_text(&text).ok()?;
    Some(Written {
        text,
        whole: timeless && !doubted && said,
    })
}

/// A date without the time of day behind it, and whether there was none; midnight is what spreadsheets add by themselves.
fn without_time(text: &str) -> (&str, bool) {
    let Some((date, time)) = text.split_once(['T', ' ']) else {
        return (text, true);
    };
    let clock = |c: char| c.is_ascii_digit() || ":.+-Z ".contains(c);
    let is_time = time.get(1..3).is_some_and(|head| head.contains(':')) && time.chars().all(clock)
        || time.len() > 4
            && time.contains(':')
            && (time.trim_end_matches(['A', 'P', 'M', 'a', 'p', 'm']))
                .chars()
                .all(clock);
    match is_time {
        true => {
            let digits = |c: char| c.is_ascii_digit() && c != '0';
            (date, !time.contains(digits))
        }
        false => (text, true),
    }
}

/// A date of numbers alone, and whether all of it is said.
fn numbers(text: &str) -> Option<(String, bool)> {
    let number = |part: &str| -> Option<u16> {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (1..=4).contains(&part.len())).then(|| part.parse().ok())?
    };
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((
            format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?),
            true,
        ));
    }
    let sign = text.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = match sign {
        Some(sign @ ('-' | '/' | '.')) => text.split(sign).collect(),
        Some(_) => return None,
        None => vec![text],
    };
    let is_year = |part: &str| part.len() == 4;
    match parts.as_slice() {
        [year] if is_year(year) => Some(((*year).to_owned(), true)),
        // Seasons of EDTF: which months they are depends on the hemisphere.
        [year, season @ ("21" | "22" | "23" | "24")] if is_year(year) => {
            number(season)?;
            Some(((*year).to_owned(), false))
        }
        [year, month] if is_year(year) => Some((format!("{year}-{:02}", number(month)?), true)),
        [month, year] if is_year(year) => Some((format!("{year}-{:02}", number(month)?), true)),
        [year, month, day] if is_year(year) => {
            let (month, day) = (number(month)?, number(day)?);
            Some((format!("{year}-{month:02}-{day:02}"), true))
        }
        [one, other, year] if is_year(year) => {
            let (one, other) = (number(one)?, number(other)?);
            let (day, month) = match (one, other) {
                (13.., 1..=12) => (one, other),
                (1..=12, 13..) => (other, one),
                (one, other) if one == other => (one, other),
                _ => return None,
            };
            Some((format!("{year}-{month:02}-{day:02}"), true))
        }
        _ => None,
    }
}

/// A date with the month in letters, in English, German or French, and whether all of it is said.
fn words(text: &str) -> Option<(String, bool)> {
    let mut parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.' | '/'))
        .filter(|part| !part.is_empty() && *part != "of")
        .collect();
    // A weekday says nothing more.
    if parts.len() == 4 && parts.first().is_some_and(|part| is_weekday(part)) {
        parts.remove(0);
    }
    let named = parts.iter().position(|part| month(part).is_some())?;
    let month = month(parts.remove(named))?;
    let day = |part: &str| -> Option<u8> {
        let part = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (1..=2).contains(&part.len())).then(|| part.parse().ok())?
    };
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year] if is_year(year) => Some((format!("{year}-{month:02}"), true)),
        [one, year] if is_year(year) => Some((format!("{year}-{month:02}-{:02}", day(one)?), true)),
        [year, one] if is_year(year) => Some((format!("{year}-{month:02}-{:02}", day(one)?), true)),
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    word.is_ascii() && word.len() >= 3 && days.iter().any(|day| word.starts_with(day))
}

/// The month of a name or of its first letters.
pub(in crate::exchange) fn month(word: &str) -> Option<u8> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar", "jänner", "janvier"],
        &["february", "februar", "février"],
        &["march", "märz", "mars"],
        &["april", "avril"],
        &["may", "mai"],
        &["june", "juni", "juin"],
        &["july", "juli", "juillet"],
        &["august", "août"],
        &["september", "septembre"],
        &["october", "oktober", "octobre"],
        &["november", "novembre"],
        &["december", "dezember", "décembre"],
    ];
    let word = word.trim_end_matches('.').to_lowercase();
    let short = |name: &&str| {
        let letters = word.chars().count();
        letters >= 3 && name.starts_with(&word) || word == "sept" && name.starts_with("sept")
    };
    let mut found = (1u8..)
        .zip(NAMES)
        .filter(|(_, names)| names.iter().any(short));
    let (number, _) = found.next()?;
    // `jui` is two months of French.
    found.next().is_none().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> Option<String> {
        date(text).map(|date| date.text)
    }

    #[test]
    fn dates_that_can_be_read_in_one_way_are() {
        for (text, read) in [
            ("2016", "2016"),
            ("2015-Q4", "2015-Q4"),
            ("about 2016-02", "about 2016-02"),
            ("2016-02-04/2016-02-05", "2016-02-04/2016-02-05"),
            ("2016-2-4", "2016-02-04"),
            ("2016/02/04", "2016-02-04"),
            ("2016/02", "2016-02"),
            ("2016.2.4", "2016-02-04"),
            ("20160204", "2016-02-04"),
            ("02/2016", "2016-02"),
            ("4 Feb 2016", "2016-02-04"),
            ("04-Feb-2016", "2016-02-04"),
            ("Feb. 4, 2016", "2016-02-04"),
            ("Thursday, February 4th, 2016", "2016-02-04"),
            ("4. Februar 2016", "2016-02-04"),
            ("5 août 2016", "2016-08-05"),
            ("Sept 2016", "2016-09"),
            ("2016 February", "2016-02"),
            ("13/02/2016", "2016-02-13"),
            ("02/13/2016", "2016-02-13"),
            ("02/02/2016", "2016-02-02"),
            ("2016-02-04 00:00:00", "2016-02-04"),
            ("2016-02-04T12:30:00Z", "2016-02-04T12:30:00Z"),
            ("2016-02-04T12:30:00", "2016-02-04"),
            ("2016-02~", "about 2016-02"),
            ("2016-02-04/", "2016-02-04/.."),
            ("/2016", "../2016"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_is_not() {
        for text in [
            "04/02/2016",
            "4.2.2016",
            "04-02-2016",
            "4/2/16",
            "Feb-16",
            "4 Feb 16",
            "2016-13",
            "2016-02-30",
            "42404",
            "31 Feb 2016",
            "soon",
            "",
            "/",
            "199X",
            "2016/2015",
            "jui 2016",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_of_a_date_is_told() {
        let is_whole = |text: &str| date(text).map(|date| date.whole);
        assert_eq!(is_whole("2016-02-04T12:30:00Z"), Some(true));
        assert_eq!(is_whole("2016-02-04T12:30:00"), Some(false));
        assert_eq!(is_whole("2016-02-04 00:00"), Some(true));
        assert_eq!(is_whole("2016-21"), Some(false));
        assert_eq!(is_whole("2016?"), Some(false));
        assert_eq!(is_whole("2016~"), Some(true));
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_read_by_the_contract(text in "[0-9a-zA-Z$€£ .,/~?%:'-]{0,24}|.{0,20}") {
            if let Some(date) = date(&text) {
                prop_assert!(Date::from_text(&date.text).is_ok());
            }
        }
    }
}
