//! Guesses at what a writer meant: pure functions from what was written to what would be right.

use crate::model::{Confidence, Date, Money};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The date that was probably meant by a text that is none; always one that can be read.
#[must_use]
pub fn date(text: &str) -> Option<String> {
    let folded = text.trim().to_lowercase();
    let found = in_words(&folded)
        .or_else(|| in_figures(&folded))
        .or_else(|| quarter(&folded))
        .or_else(|| period(&folded))?;
    Date::from_text(&found).is_ok().then_some(found)
}

/// `4 Feb 2016`, `February 2016`, `circa 2016`, `mid-2016`.
fn in_words(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text
        .split([' ', ',', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let mut before = String::new();
    loop {
        match *words.first()? {
            "c" | "ca" | "circa" | "approximately" | "around" | "about" => {
                before.push_str("about ");
            }
            part @ ("early" | "mid" | "late") => {
                before.push_str(part);
                before.push(' ');
            }
            _ => break,
        }
        words.remove(0);
    }
    if let [word] = words.as_slice() {
        if let Some(year) = word.strip_prefix('~') {
            return Some(format!("about {year}"));
        }
        let part = word
            .split_once('-')
            .filter(|(part, _)| matches!(*part, "early" | "mid" | "late"));
        return match part {
            Some((part, rest)) => Some(format!("{before}{part} {rest}")),
            None => (!before.is_empty()).then(|| format!("{before}{word}")),
        };
    }
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words {
        let named = (1..)
            .zip(MONTHS)
            .find(|(_, name)| word.len() >= 3 && word.starts_with(name));
        let figure = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        // Two of one kind are two dates, of which none is the one that was meant.
        let twice = if let Some((number, _)) = named {
            month.replace(number).is_some()
        } else if figure.len() == 4 {
            year.replace(figure.parse::<u16>().ok()?).is_some()
        } else {
            day.replace(figure.parse::<u8>().ok()?).is_some()
        };
        if twice {
            return None;
        }
    }
    let (year, month) = (year?, month?);
    Some(match day {
        Some(day) => format!("{before}{year:04}-{month:02}-{day:02}"),
        None => format!("{before}{year:04}-{month:02}"),
    })
}

/// `2016/2/4`, `2016-2-4`, `04.02.2016`, `2016-02-04T10:00`. What may be read in two ways, such as
/// `04/02/2016`, is left to the writer.
fn in_figures(text: &str) -> Option<String> {
    let (day, time) = text.split_once(['t', ' ']).unwrap_or((text, ""));
    // What is no time of day says more than the date.
    let is_time = |c: char| c.is_ascii_digit() || ":.+-z ".contains(c);
    let timed = time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
    if !(time.is_empty() || timed && time.chars().all(is_time)) {
        return None;
    }
    let dotted = day.contains('.');
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let number = |part: &str| part.parse::<u16>().ok();
    match parts.as_slice() {
        [year, month] if year.len() == 4 => Some(format!(
            "{year}-{:02}",
            number(month).filter(|month| *month <= 12)?
        )),
        [year, month, day] if year.len() == 4 => {
            Some(format!("{year}-{:02}-{:02}", number(month)?, number(day)?))
        }
        [day, month, year] if year.len() == 4 && dotted => {
            Some(format!("{year}-{:02}-{:02}", number(month)?, number(day)?))
        }
        _ => None,
    }
}

/// `Q4 2015`, `2015q4`, `2015 Q4`.
fn quarter(text: &str) -> Option<String> {
    let (before, after) = text.split_once('q')?;
    let before = before.trim_end_matches(['-', ' ']);
    let (quarter, rest) = after.split_at_checked(1)?;
    let year = if before.is_empty() {
        rest.trim_start_matches(['-', ' '])
    } else {
        before
    };
    Some(format!("{year}-Q{quarter}"))
}

/// `2016 - 2018`, `2016 to 2018`, `2016–2018`, `since 2016`, `until 2018`.
fn period(text: &str) -> Option<String> {
    for (word, open_end) in [
        ("since ", true),
        ("from ", true),
        ("until ", false),
        ("to ", false),
    ] {
        if let Some(rest) = text.strip_prefix(word)
            && Date::from_text(rest).is_ok()
        {
            return Some(if open_end {
                format!("{rest}/..")
            } else {
                format!("../{rest}")
            });
        }
    }
    let (from, to) = [" to ", " - ", "–", "—", "..", "~", "～", "〜", "-"]
        .into_iter()
        .find_map(|sign| text.split_once(sign))?;
    Some(format!("{}/{}", from.trim(), to.trim()))
}

/// Whether a date that [`date`] told from a text says all that the text does: no word in it is unknown, and no
/// time of day is lost.
#[must_use]
pub fn is_sure_date(text: &str) -> bool {
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const OTHERS: [&str; 19] = [
        "sept",
        "st",
        "nd",
        "rd",
        "th",
        "q",
        "c",
        "ca",
        "circa",
        "around",
        "about",
        "approximately",
        "early",
        "mid",
        "late",
        "to",
        "from",
        "since",
        "until",
    ];
    let folded = text.to_lowercase();
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    let known = |word: &str| {
        word.is_empty()
            || [&MONTHS[..], &FULL, &OTHERS]
                .iter()
                .any(|all| all.contains(&word))
    };
    !text.contains(':') && words.all(known)
}

/// Whether the currency of an amount that [`money`] told from a text stands in it: `$` is that of many countries.
#[must_use]
pub fn is_sure_money(text: &str) -> bool {
    !text.contains('$') || text.contains("US$")
}

/// The amount that was probably meant by a text that is none; always one that can be read.
#[must_use]
pub fn money(text: &str) -> Option<String> {
    let mut amount = text.trim().to_owned();
    let mut code = None;
    for (sign, currency) in [
        ("US$", "USD"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("₹", "INR"),
        ("USD", "USD"),
        ("EUR", "EUR"),
        ("GBP", "GBP"),
    ] {
        if amount.contains(sign) {
            amount = amount.replacen(sign, "", 1);
            code = Some(currency);
            break;
        }
    }
    let code = code?;
    let mut amount = amount.to_lowercase();
    for (word, means) in [
        ("approximately", "about"),
        ("more than", "over"),
        ("billion", "bn"),
        ("million", "m"),
        ("thousand", "k"),
        ("mn", "m"),
        ("–", " to "),
        ("-", " to "),
    ] {
        amount = amount.replace(word, means);
    }
    if amount.ends_with('b') {
        amount.push('n');
    }
    let words: Vec<&str> = amount.split_whitespace().collect();
    let found = format!(
        "{} {code}",
        words.join(" ").replace(" m", "m").replace(" bn", "bn")
    );
    Money::from_text(&found).is_ok().then_some(found)
}

/// The term that was probably meant by a word that is none.
#[must_use]
pub fn confidence(text: &str) -> Option<&'static str> {
    let folded = text.trim().to_lowercase().replace(['_', '-'], " ");
    let meant = match folded.as_str() {
        "almost certainly" | "certain" => Some("almost certain"),
        "probably" => Some("probable"),
        "even" | "even chance" | "about even" => Some("roughly even chance"),
        _ => None,
    };
    meant
        .or_else(|| Confidence::all_words().find(|term| *term == folded))
        .or_else(|| crate::diag::closest(&folded, Confidence::all_words()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_guessed_only_where_one_reading_is_left() {
        for (written, meant) in [
            ("4 February 2016", Some("2016-02-04")),
            ("Feb 4th, 2016", Some("2016-02-04")),
            ("Sept. 2018", Some("2018-09")),
            ("2016/2/4", Some("2016-02-04")),
            ("2016-2", Some("2016-02")),
            ("04.02.2016", Some("2016-02-04")),
            ("04/02/2016", None),
            ("2016-02-04T10:00:00Z", Some("2016-02-04")),
            ("circa 2016", Some("about 2016")),
            ("~2016", Some("about 2016")),
            ("mid-2016", Some("mid 2016")),
            ("Early 2016", Some("early 2016")),
            ("Q4 2015", Some("2015-Q4")),
            ("2015q4", Some("2015-Q4")),
            ("2016-2018", Some("2016/2018")),
            ("2016 to 2018-03", Some("2016/2018-03")),
            ("since 2014", Some("2014/..")),
            ("2016-02 ~ 2016-03", Some("2016-02/2016-03")),
            ("2016～2017", Some("2016/2017")),
            ("2016-02-04 10:00", Some("2016-02-04")),
            ("2016-02-04 or later", None),
            ("2016-02 or 2016-03", None),
            ("4 Feb 2016, 5 Mar 2017", None),
            ("4 Feb, 5 Feb 2016", None),
            ("soon", None),
            ("", None),
            ("2016-02-30", None),
        ] {
            assert_eq!(super::date(written).as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn a_date_is_sure_where_it_says_all_that_was_written() {
        for (written, sure) in [
            ("4 February 2016", true),
            ("Feb 4th, 2016", true),
            ("Sept. 2018", true),
            ("2016/2/4", true),
            ("Q4 2015", true),
            ("since 2014", true),
            ("marketing 2016", false),
            ("4 Feb 2016 or later", false),
            ("2016-02-04T10:00:00Z", false),
            ("2016-02-04 10:00", false),
        ] {
            assert_eq!(super::is_sure_date(written), sure, "{written}");
        }
        assert!(super::is_sure_money("US$81 million") && super::is_sure_money("€1.5 billion"));
        assert!(!super::is_sure_money("$81 million"));
    }

    #[test]
    fn money_is_guessed_from_signs_and_words() {
        for (written, meant) in [
            ("$81 million", Some("81m USD")),
            ("USD 81m", Some("81m USD")),
            ("€1.5 billion", Some("1.5bn EUR")),
            ("more than $12m", Some("over 12m USD")),
            ("$80-81 million", Some("80 to 81m USD")),
            ("81m", None),
            ("much", None),
        ] {
            assert_eq!(super::money(written).as_deref(), meant, "{written}");
        }
    }
}
