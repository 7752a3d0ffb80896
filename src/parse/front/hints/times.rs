//! Times of day in other forms, and times that lack their zone.

use super::{Meant, in_figures, number};
use crate::model::Date;

/// The time, or the period of times, that was probably meant: `2016-02-04T20:36 UTC`, `2016-02-04 20:36 +0600`.
pub(super) fn meant(text: &str) -> Option<Meant> {
    let (text, sure) = time(text).or_else(|| {
        let (from, to) = text.split_once('/')?;
        let ends = [from, to].map(|end| match Date::from_text(end) {
            Ok(_) => Some((end.trim().to_owned(), true)),
            Err(_) => time(end),
        });
        let [(from, first), (to, last)] = [ends[0].clone()?, ends[1].clone()?];
        Some((format!("{from}/{to}"), first && last))
    })?;
    let date = Date::from_text(&text).ok()?;
    Some(Meant {
        sure: sure && !date.ends_before_it_starts(),
        text,
    })
}

/// What a text would be if its times were in UTC, where nothing else keeps it from being a date.
#[must_use]
pub fn without_zone(text: &str) -> Option<String> {
    if Date::from_text(text).is_ok() {
        return None;
    }
    let ends = text.split('/').map(|end| {
        let end = end.trim();
        match end == ".." || Date::from_text(end).is_ok() {
            true => end.to_owned(),
            false => format!("{end}Z"),
        }
    });
    let utc = ends.collect::<Vec<_>>().join("/");
    Date::from_text(&utc).is_ok().then_some(utc)
}

/// One time in another form, with its zone; and whether nothing else can have been meant.
fn time(text: &str) -> Option<(String, bool)> {
    let folded = text.trim().to_lowercase();
    let (day, clock) = folded.split_once(['t', ' '])?;
    let (day, exact) = in_figures(day)?;
    let clock = clock.trim();
    let end = clock.find(|c: char| !c.is_ascii_digit() && c != ':');
    let (clock, zone) = clock.split_at(end?);
    let parts: Vec<String> = clock
        .split(':')
        .map(|part| Some(format!("{:02}", number(part)?)))
        .collect::<Option<_>>()?;
    let fraction = zone.strip_prefix('.');
    let zone = fraction.map_or(zone, |rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit())
    });
    let zone = self::zone(zone.trim())?;
    let clock = parts.join(":");
    Some((format!("{day}T{clock}{zone}"), exact && fraction.is_none()))
}

/// `UTC`, `+0600`, `GMT+6`.
fn zone(text: &str) -> Option<String> {
    let known = ["utc", "gmt"].into_iter();
    let named = known.clone().any(|name| name == text);
    if text == "z" || named {
        return Some("Z".to_owned());
    }
    let mut rest = known.filter_map(|name| text.strip_prefix(name));
    let rest = rest.next().unwrap_or(text).trim_start();
    let (sign, figures) = match rest.chars().next()? {
        '+' => ('+', rest.get(1..)?),
        '-' => ('-', rest.get(1..)?),
        '−' => ('-', rest.get('−'.len_utf8()..)?),
        _ => return None,
    };
    let (hours, minutes) = match (figures.split_once(':'), figures.len()) {
        (Some(parts), _) => parts,
        (None, 4) => figures.split_at(2),
        (None, _) => (figures, "0"),
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}
