//! Amounts of money.

use crate::model::Money;

/// An amount: as front matter has it, `$81,000,000`, `US$ 81 million`, `81.000.000,00 €`, `~ £1.2bn`, or a bare number where the
/// `currency` is known from elsewhere.
pub(in crate::exchange) fn money(text: &str, currency: Option<&str>) -> Option<String> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    // Of `81.000 EUR` the contract would read 81, and its writer perhaps meant as many thousands.
    if !may_be_thousands(text) && Money::from_text(text).is_ok() {
        return Some(text.to_owned());
    }
    let (about, rest) = qualifier(text);
    let (code, rest) = match unit(rest) {
        Some((code, rest)) => (code, rest),
        None => (currency?, rest.to_owned()),
    };
    let amount = amount(rest.trim())?;
    let written = match about {
        "" => format!("{amount} {code}"),
        about => format!("{about} {amount} {code}"),
    };
    Money::from_text(&written).ok().map(|_| written)
}

/// Whether a dot with three digits after it may part thousands.
fn may_be_thousands(text: &str) -> bool {
    text.match_indices('.').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or("");
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let scaled = rest.get(digits..).unwrap_or("").trim_start();
        let scales = ["k", "m", "b", "lakh", "crore", "th"];
        digits == 3
            && !scales
                .iter()
                .any(|scale| scaled.to_lowercase().starts_with(scale))
    })
}

fn qualifier(text: &str) -> (&'static str, &str) {
    const WORDS: [(&str, &str); 12] = [
        ("about ", "about"),
        ("approximately ", "about"),
        ("approx. ", "about"),
        ("approx ", "about"),
        ("circa ", "about"),
        ("ca. ", "about"),
        ("~", "about"),
        ("over ", "over"),
        ("more than ", "over"),
        ("at least ", "at least"),
        ("under ", "under"),
        ("up to ", "up to"),
    ];
    for (word, means) in WORDS {
        let head = text.get(..word.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            return (means, text.get(word.len()..).unwrap_or("").trim_start());
        }
    }
    ("", text)
}

/// The currency that a sign or a code at either end names, and what stands beside it.
fn unit(text: &str) -> Option<(&str, String)> {
    // Of signs that several currencies have only the dollar is read, as it is without letters that of the United States.
    const SIGNS: [(&str, &str); 10] = [
        ("US$", "USD"),
        ("A$", "AUD"),
        ("C$", "CAD"),
        ("HK$", "HKD"),
        ("S$", "SGD"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("₹", "INR"),
        ("₩", "KRW"),
    ];
    for (sign, code) in SIGNS {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
        if let Some(rest) = rest {
            // `US$81m USD` names it twice, and so does `$81m USD`.
            let rest = rest.trim();
            return Some((code, rest.strip_suffix(code).unwrap_or(rest).to_owned()));
        }
    }
    let code = |code: &str| code.len() == 3 && Money::from_text(&format!("1 {code}")).is_ok();
    let head = text.get(..3).filter(|head| code(head));
    if let Some(head) = head {
        return Some((head, text.get(3..).unwrap_or("").to_owned()));
    }
    let at = text.len().checked_sub(3)?;
    let tail = text.get(at..).filter(|tail| code(tail))?;
    Some((tail, text.get(..at).unwrap_or("").to_owned()))
}

/// A figure and its scale as the contract has them.
fn amount(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\'' | ' '));
    let (figure, scale) = text.split_at(end.unwrap_or(text.len()));
    let scale = match scale.trim().to_lowercase().as_str() {
        "" => "",
        "k" | "thousand" | "tsd" | "tsd." => "k",
        "m" | "mn" | "mio" | "mio." | "million" | "millions" | "mln" => "m",
        "b" | "bn" | "billion" | "billions" | "mrd" | "mrd." => "bn",
        "lakh" => " lakh",
        "crore" => " crore",
        _ => return None,
    };
    let figure = figure.trim();
    let is_bare = scale.is_empty() && !figure.contains(',');
    if is_bare && may_be_thousands(figure) && figure.matches('.').count() == 1 {
        return None;
    }
    let plain = plain_figure(figure)?;
    Some(format!("{plain}{scale}"))
}

/// A figure without marks between its thousands, and with a dot before its decimals.
fn plain_figure(figure: &str) -> Option<String> {
    let dots = figure.matches('.').count();
    let commas = figure.matches(',').count();
    let last = |sign: char| figure.rfind(sign);
    // The decimals stand behind the last of both.
    let (parts, decimals) = match (dots, commas) {
        (0 | 1, _) if commas == 0 || last('.') > last(',') || dots == 0 => (',', '.'),
        (2.., 0 | 1) | (1, 1) if commas == 0 || last(',') > last('.') => ('.', ','),
        _ => return None,
    };
    let (whole, rest) = figure.split_once(decimals).unwrap_or((figure, ""));
    let is_part = |c: char| c == parts || matches!(c, '\'' | ' ');
    let mut groups = whole.split(is_part);
    let first = groups.next()?;
    let mut groups = groups.peekable();
    // What is grouped otherwise than in threes, or as in India, is no figure that is understood.
    let grouped = groups.peek().is_some();
    let sizes: Vec<usize> = groups.map(str::len).collect();
    let indian = || sizes.iter().rev().skip(1).all(|size| *size == 2);
    let threes = sizes.iter().all(|size| *size == 3);
    let sound = !grouped
        || (1..=3).contains(&first.len())
            && (threes || parts == ',' && sizes.last() == Some(&3) && indian());
    let digits: String = whole.chars().filter(|c| !is_part(*c)).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (sound && !digits.is_empty() && is_number(&digits) && is_number(rest)).then(|| match rest {
        "" => digits.clone(),
        rest => format!("{digits}.{rest}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_that_can_be_read_in_one_way_are() {
        for (text, read) in [
            ("81m USD", "81m USD"),
            ("1,234,567 EUR", "1,234,567 EUR"),
            ("$81,000,000", "81000000 USD"),
            ("$81,000,000.50", "81000000.50 USD"),
            ("US$ 81 million", "81m USD"),
            ("$81m USD", "81m USD"),
            ("USD 81,000,000", "81000000 USD"),
            ("81.000.000,00 €", "81000000.00 EUR"),
            ("1.234,56 €", "1234.56 EUR"),
            ("~ £1.2bn", "about 1.2bn GBP"),
            ("at least $10K", "at least 10k USD"),
            ("₹1,23,45,678", "12345678 INR"),
            ("94.42 crore INR", "94.42 crore INR"),
            ("1.125m USD", "1.125m USD"),
            ("CHF 1'500'000", "1500000 CHF"),
        ] {
            assert_eq!(money(text, None).as_deref(), Some(read), "{text}");
        }
        assert_eq!(
            money("81,000,000", Some("USD")).as_deref(),
            Some("81000000 USD")
        );
        assert_eq!(money("€5", Some("USD")).as_deref(), Some("5 EUR"));
    }

    #[test]
    fn what_can_be_read_in_two_or_none_is_no_amount() {
        for text in [
            "81.000 EUR",
            "81,00 €",
            "81000000",
            "¥500",
            "-3 USD",
            "$1,2",
            "$",
            "many USD",
            "",
            "$1.2.3",
            "1,234,56 USD",
            "$12,34,56",
            "1.5 zillion USD",
        ] {
            assert_eq!(money(text, None), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_read_by_the_contract(text in "[0-9a-zA-Z$€£ .,~'-]{0,24}|.{0,20}") {
            if let Some(money) = money(&text, Some("USD")) {
                prop_assert!(Money::from_text(&money).is_ok());
            }
        }
    }
}
