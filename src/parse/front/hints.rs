//! Guesses at what a writer meant: pure functions from what was written to what would be right.

mod times;

pub use times::without_zone;

use crate::diag::nearest;
use crate::model::{Confidence, Count, Date, Money, money};

/// What was probably meant by a text; always one that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The text as it would be right.
    pub text: String,
    /// Whether it has one reading alone and this one says all of it, so that nobody needs to be asked.
    pub sure: bool,
}

const MONTHS: [&str; 12] = [
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

/// The date that was probably meant by a text that is none.
#[must_use]
pub fn date(text: &str) -> Option<Meant> {
    times::meant(text).or_else(|| day(text))
}

/// The same where no time of day can be meant.
#[must_use]
pub fn day(text: &str) -> Option<Meant> {
    let folded = text.trim().to_lowercase();
    let found = in_words(&folded)
        .or_else(|| in_figures(&folded))
        .or_else(|| quarter(&folded))
        .or_else(|| period(&folded));
    let (text, sure) = found?;
    let date = Date::from_text(&text).ok()?;
    Some(Meant {
        sure: sure && !date.ends_before_it_starts(),
        text,
    })
}

/// A number in plain figures.
fn number(text: &str) -> Option<u16> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// `4 Feb 2016`, `February 2016`, `circa 2016`, `mid-2016`.
fn in_words(text: &str) -> Option<(String, bool)> {
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
        // Of a period it is not told whether both ends are meant.
        let sure = !word.contains('/');
        if let Some(year) = word.strip_prefix('~').filter(|_| before.is_empty()) {
            return Some((format!("about {year}"), sure));
        }
        let part = word
            .split_once('-')
            .filter(|(part, _)| matches!(*part, "early" | "mid" | "late"));
        let found = match part {
            Some((part, rest)) => format!("{before}{part} {rest}"),
            None if before.is_empty() => return None,
            None => format!("{before}{word}"),
        };
        return Some((found, sure));
    }
    let (mut year, mut month, mut day) = (None, None, None);
    let (mut order, mut exact) = (String::new(), true);
    for word in words {
        let named = (1..)
            .zip(MONTHS)
            .find(|(_, name)| word.get(..3) == name.get(..3));
        let figure = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        let ending = word.get(figure.len()..).unwrap_or("");
        // Two of one kind are two dates, of which none is the one that was meant.
        let (part, twice) = if let Some((number, name)) = named {
            exact &= word.len() == 3 || word == name || word == "sept";
            ('m', month.replace(number).is_some())
        } else if figure.len() == 4 {
            exact &= ending.is_empty();
            ('y', year.replace(number(figure)?).is_some())
        } else {
            exact &= matches!(ending, "" | "st" | "nd" | "rd" | "th");
            ('d', day.replace(number(figure)?).is_some())
        };
        if twice {
            return None;
        }
        order.push(part);
    }
    let (year, month) = (year?, month?);
    let sure = exact && ["dmy", "mdy", "ymd", "my", "ym"].contains(&order.as_str());
    let found = match day {
        Some(day) => format!("{before}{year:04}-{month:02}-{day:02}"),
        None => format!("{before}{year:04}-{month:02}"),
    };
    Some((found, sure))
}

/// `2016/2/4`, `2016-2-4`, `04.02.2016`, `2016-02-04T10:00`. What is as often read in another way, such as
/// `04/02/2016`, is left to the writer.
fn in_figures(text: &str) -> Option<(String, bool)> {
    let (day, time) = text.split_once(['t', ' ']).unwrap_or((text, ""));
    // What is no time of day says more than the date.
    let is_time = |c: char| c.is_ascii_digit() || ":.+-z ".contains(c);
    let timed = time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
    if !(time.is_empty() || timed && time.chars().all(is_time)) {
        return None;
    }
    let dotted = day.contains('.');
    let mut signs = day.matches(['-', '/', '.']);
    let one_sign = signs.next().is_some_and(|sign| signs.all(|it| it == sign));
    let sure = time.is_empty() && one_sign;
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        // A month, or the last figures of another year: `2011/12`, `2014-5`.
        [year, month] if year.len() == 4 => Some((
            format!("{year}-{:02}", number(month).filter(|month| *month <= 12)?),
            false,
        )),
        [year, month, day] if year.len() == 4 => Some((
            format!("{year}-{:02}-{:02}", number(month)?, number(day)?),
            sure,
        )),
        [day, month, year] if year.len() == 4 && dotted => {
            let (day, month) = (number(day)?, number(month)?);
            // Some put the month first with dots, too.
            let sure = sure && (day > 12 || day == month);
            Some((format!("{year}-{month:02}-{day:02}"), sure))
        }
        _ => None,
    }
}

/// `Q4 2015`, `2015q4`, `2015 Q4`.
fn quarter(text: &str) -> Option<(String, bool)> {
    let (before, after) = text.split_once('q')?;
    let before = before.trim_end_matches(['-', ' ']);
    let (quarter, rest) = after.split_at_checked(1)?;
    let rest = rest.trim_start_matches(['-', ' ']);
    // What stands on both sides is more than a quarter: `2016-Q1/Q3`.
    let year = match (before, rest) {
        ("", year) | (year, "") => year,
        _ => return None,
    };
    Some((format!("{year}-Q{quarter}"), true))
}

/// `2016 - 2018`, `2016 to 2018`, `2016–2018`, `since 2016`, `until 2018`.
fn period(text: &str) -> Option<(String, bool)> {
    for (word, open_end) in [
        ("since ", true),
        ("from ", true),
        ("until ", false),
        ("to ", false),
    ] {
        if let Some(rest) = text.strip_prefix(word)
            && Date::from_text(rest).is_ok()
        {
            let found = match open_end {
                true => format!("{rest}/.."),
                false => format!("../{rest}"),
            };
            return Some((found, true));
        }
    }
    let (from, to) = [" to ", " - ", "–", "—", "..", "~", "～", "〜", "-"]
        .into_iter()
        .find_map(|sign| text.split_once(sign))?;
    Some((format!("{}/{}", from.trim(), to.trim()), true))
}

/// What coins are called beside their codes.
const COINS: [(&str, &str); 9] = [
    ("xbt", "BTC"),
    ("bitcoin", "BTC"),
    ("bitcoins", "BTC"),
    ("ether", "ETH"),
    ("ethereum", "ETH"),
    ("monero", "XMR"),
    ("tether", "USDT"),
    ("tron", "TRX"),
    ("trons", "TRX"),
];

/// The amount that was probably meant by a text that is none.
#[must_use]
pub fn money(text: &str) -> Option<Meant> {
    by_sign(text).or_else(|| by_code(text))
}

/// `75 btc`, `75 bitcoins`, `75 USTD`.
fn by_code(text: &str) -> Option<Meant> {
    let (amount, code) = text.trim().rsplit_once(char::is_whitespace)?;
    let folded = code.to_lowercase();
    let known = COINS.iter().find(|(name, _)| *name == folded);
    let known = (known.map(|(_, code)| *code))
        .or_else(|| money::codes().find(|known| known.eq_ignore_ascii_case(code)));
    let alike = money::codes().filter(|it| it.len() == code.len());
    let near = || nearest(code, alike).filter(|near| near.is_sure());
    let meant = known.or_else(|| near().map(|near| near.word))?;
    let text = format!("{} {meant}", amount.trim_end());
    let reads = Money::from_text(&text).is_ok();
    reads.then_some(Meant {
        text,
        sure: known.is_some(),
    })
}

/// `$81 million`, `USD 81m`.
fn by_sign(text: &str) -> Option<Meant> {
    let mut amount = text.trim().to_owned();
    let mut found = None;
    for (sign, currency) in [
        ("US$", "USD"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("₹", "INR"),
        ("₿", "BTC"),
        ("BTC", "BTC"),
        ("ETH", "ETH"),
        ("XMR", "XMR"),
        ("USDT", "USDT"),
        ("TRX", "TRX"),
        ("USD", "USD"),
        ("EUR", "EUR"),
        ("GBP", "GBP"),
    ] {
        if amount.contains(sign) {
            amount = amount.replacen(sign, "", 1);
            found = Some((sign, currency));
            break;
        }
    }
    let (sign, code) = found?;
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
    let amount = words.join(" ").replace(" m", "m").replace(" bn", "bn");
    // `$` is that of many countries, and `1.500` is a thousand and a half in some.
    let grouped = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count() == 3;
    let sure = sign != "$" && !amount.split('.').skip(1).any(grouped);
    let text = format!("{amount} {code}");
    let reads = Money::from_text(&text).is_ok();
    reads.then_some(Meant { text, sure })
}

/// The count that was probably meant by a text that is none: `more than 1.3 million people`.
#[must_use]
pub fn count(text: &str) -> Option<Meant> {
    let mut count = text.trim().to_lowercase();
    for (word, means) in [
        ("approximately", "about"),
        ("around", "about"),
        ("more than", "over"),
        ("less than", "under"),
        ("fewer than", "under"),
        (" billion", "bn"),
        (" million", "m"),
        (" thousand", "k"),
        ("–", " to "),
        ("-", " to "),
    ] {
        count = count.replace(word, means);
    }
    let sure = Count::from_text(&count).is_ok();
    // What is counted may stand behind it.
    let without = |text: &str| text.rsplit_once(' ').map(|(before, _)| before.to_owned());
    let count = match sure {
        true => count,
        false => without(&count)?,
    };
    let reads = Count::from_text(&count).is_ok();
    reads.then_some(Meant { text: count, sure })
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
    use super::Meant;

    /// The guess at a text; behind a question mark where it is not sure.
    fn told(meant: Option<Meant>) -> String {
        let shown = |it: Meant| format!("{}{}", if it.sure { "" } else { "?" }, it.text);
        meant.map_or_else(String::new, shown)
    }

    #[test]
    fn dates_are_guessed_and_sure_only_where_one_reading_is_left() {
        for (written, meant) in [
            ("4 February 2016", "2016-02-04"),
            ("Feb 4th, 2016", "2016-02-04"),
            ("2016, Feb 4", "2016-02-04"),
            ("Sept. 2018", "2018-09"),
            ("Feb 2016, 4", "?2016-02-04"),
            ("Febuary 2016", "?2016-02"),
            ("marketing 2016", "?2016-03"),
            ("Feb-Mar 2016", "?2016-02"),
            ("Feb/Mar 2016", "?2016-02"),
            ("Feb–Mar 2016", "?2016-02"),
            ("Feb 2010s", "?2010-02"),
            ("4-5 Feb 2016", ""),
            ("Feb +4 2016", ""),
            ("2016/2/4", "2016-02-04"),
            ("2016-2-4", "2016-02-04"),
            ("2016-2/4", "?2016-02-04"),
            ("2016-2", "?2016-02"),
            ("2016/7", "?2016-07"),
            ("2014-5", "?2014-05"),
            ("2011/12", "?2011-12"),
            ("2016.02", "?2016-02"),
            ("24.02.2016", "2016-02-24"),
            ("04.04.2016", "2016-04-04"),
            ("04.02.2016", "?2016-02-04"),
            ("04/02/2016", ""),
            ("2016-02-04T10:00 UTC", "2016-02-04T10:00Z"),
            ("2016-2-4 9:05:00 gmt+6", "2016-02-04T09:05:00+06:00"),
            ("2016-02-04t10:00−0330", "2016-02-04T10:00-03:30"),
            ("2016-02-04T10:00:12.5z", "?2016-02-04T10:00:12Z"),
            (
                "2016-02-04T10:00z/2016-02-04T11:00Z",
                "2016-02-04T10:00Z/2016-02-04T11:00Z",
            ),
            ("04.02.2016 10:00Z", "?2016-02-04T10:00Z"),
            ("2016-02-04T10:00 EST", ""),
            ("2016-02-04T25:00Z", "?2016-02-04"),
            ("2016-02-04 10:00", "?2016-02-04"),
            ("circa 2016", "about 2016"),
            ("c. 2016-02", "about 2016-02"),
            ("circa 2016/2017", "?about 2016/2017"),
            ("~2016", "about 2016"),
            ("early ~2016", ""),
            ("mid-2016", "mid 2016"),
            ("Early 2016", "early 2016"),
            ("early Feb 2016", "early 2016-02"),
            ("Q4 2015", "2015-Q4"),
            ("2015q4", "2015-Q4"),
            ("2015 Q4", "2015-Q4"),
            ("2016-Q1/Q3", ""),
            ("2016 Q1-Q3", ""),
            ("2016 Q1 or later", ""),
            ("2016-2018", "2016/2018"),
            ("2018-2016", "?2018/2016"),
            ("2016 to 2018-03", "2016/2018-03"),
            ("since 2014", "2014/.."),
            ("until 2014", "../2014"),
            ("2016-02 ~ 2016-03", "2016-02/2016-03"),
            ("2016～2017", "2016/2017"),
            ("2016-02-04 or later", ""),
            ("4 Feb 2016 or later", ""),
            ("2016-02 or 2016-03", ""),
            ("4 Feb 2016, 5 Mar 2017", ""),
            ("4 Feb, 5 Feb 2016", ""),
            ("soon", ""),
            ("", ""),
            ("2016-02-30", ""),
        ] {
            assert_eq!(told(super::date(written)), meant, "{written}");
        }
        assert_eq!(told(super::day("2016-02-04T10:00:00Z")), "?2016-02-04");
        let utc = |text: &str| super::without_zone(text).unwrap_or_default();
        assert_eq!(utc("2016-02-04T10:00"), "2016-02-04T10:00Z");
        assert_eq!(
            utc("2016-02-04 10:00/2016-02-05"),
            "2016-02-04 10:00Z/2016-02-05"
        );
        assert_eq!(utc("../2016-02-04T10:00:30"), "../2016-02-04T10:00:30Z");
        for none in ["2016-02-04T10:00Z", "2016", "soon", "2016-02-04T25:00", "/"] {
            assert_eq!(utc(none), "", "{none}");
        }
    }

    #[test]
    fn counts_are_guessed_and_what_is_counted_is_left_to_the_key() {
        for (written, meant) in [
            ("more than 1.3 million", "over 1.3m"),
            ("approximately 80-90", "about 80 to 90"),
            ("1200 people", "?1200"),
            ("fewer than 12 thousand records", "?under 12k"),
            ("1.5", ""),
            ("many", ""),
        ] {
            assert_eq!(told(super::count(written)), meant, "{written}");
        }
    }

    #[test]
    fn money_is_guessed_from_signs_and_words() {
        for (written, meant) in [
            ("US$81 million", "81m USD"),
            ("$81 million", "?81m USD"),
            ("USD 81m", "81m USD"),
            ("€1.5 billion", "1.5bn EUR"),
            ("€1,5 billion", ""),
            ("€1,500 million", "1,500m EUR"),
            ("€1.500 million", "?1.500m EUR"),
            ("₹12,34,567", "12,34,567 INR"),
            ("€0,75m", ""),
            ("more than $12m", "?over 12m USD"),
            ("approximately £12m", "about 12m GBP"),
            ("€80-81 million", "80 to 81m EUR"),
            ("€80,5-81,5 million", ""),
            ("₿75", "75 BTC"),
            ("BTC 1.5 million", "1.5m BTC"),
            ("75 btc", "75 BTC"),
            ("about 75 bitcoins", "about 75 BTC"),
            ("1.2m usd", "1.2m USD"),
            ("75 USTD", "?75 USDT"),
            ("75 QQQ", ""),
            ("81m", ""),
            ("much", ""),
        ] {
            assert_eq!(told(super::money(written)), meant, "{written}");
        }
    }
}
