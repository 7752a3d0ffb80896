//! Addresses outside the site: the one reader of all of them.
//!
//! Takes a text; gives an [`Address`] that a page may link, or a [`Refusal`] that says why not. What a
//! reader sees of an address is where it leads: there is no name before the host, no character that
//! cannot be seen, no host in a form that browsers turn into another one, and a host that looks like
//! another is written in ASCII (punycode). Never resolves anything, never asks the network.

use crate::text::percent_decode;
use std::fmt;
use std::net::Ipv6Addr;
use std::ops::Deref;
use unicode_normalization::UnicodeNormalization;
use unicode_security::{GeneralSecurityProfile, MixedScript, skeleton};
use url::{Host, Url};

/// The longest address that is taken (RFC 9110 asks programs for no more).
const LONGEST: usize = 8000;

/// An address elsewhere that a page may link: `https:`, `http:` or `mailto:`, the scheme in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Box<str>);

/// An address as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Outside {
    /// It may be linked.
    Live(Address),
    /// It names a page of the site itself, or a file beside one, by this path below the root: a link within the
    /// dossier, and none behind the door.
    Own(Address, Box<str>),
    /// It is an indicator of the dossier: its text, defanged, which is no link.
    Defanged(String),
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Longer than what every program has to accept.
    Long,
    /// Control characters, characters without width, or ones that reverse the direction of text.
    Hidden,
    /// A space, a quotation mark, an angle bracket.
    Blank,
    /// Another scheme, or none.
    Scheme,
    /// `https:` without two slashes.
    Slashes,
    /// Nothing where the host should be.
    NoHost,
    /// `name@` before the host.
    User,
    /// A backslash before the query.
    Backslash,
    /// `%` in the host.
    Percent,
    /// Not a host.
    Host,
    /// An IPv4 address in a form other than four numbers.
    Numbers,
    /// A host in characters that stand for others.
    Mapped,
    /// Not a port.
    Port,
    /// A `mailto:` that names nobody.
    Mail,
}

impl Refusal {
    /// The reason, in words that complete a problem.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Refusal::Long => "it is longer than 8000 bytes, which not every browser takes",
            Refusal::Hidden => "it holds characters that cannot be seen",
            Refusal::Blank => {
                "it holds a space, a quotation mark or an angle bracket: write `%20`, `%22`, `%3C`, `%3E`"
            }
            Refusal::Scheme => "only `https:`, `http:` and `mailto:` may be linked",
            Refusal::Slashes => "after the scheme stand two slashes and a host",
            Refusal::NoHost => "it names no host",
            Refusal::User => "a name before the host hides where it leads",
            Refusal::Backslash => "browsers read `\\` as `/`: write `/`, or `%5C` if you mean it",
            Refusal::Percent => "`%` in the host hides where it leads: write the host plainly",
            Refusal::Host => {
                "its host is none: labels of letters, digits and hyphens with single dots between them"
            }
            Refusal::Numbers => {
                "browsers read its host as an IP address: write that as four numbers, `192.0.2.1`"
            }
            Refusal::Mapped => {
                "its host is written in characters that browsers turn into others: write the host that they lead to"
            }
            Refusal::Port => "after `:` stands the number of a port, from 1 to 65535",
            Refusal::Mail => "after `mailto:` stands an e-mail address: a name, one `@`, a host",
        }
    }
}

impl Address {
    /// Reads an address that the text of an entry may link.
    ///
    /// # Errors
    /// Why it may not be linked.
    pub fn read(text: &str) -> Result<Address, Refusal> {
        match text.split_once(':') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => {
                plain(text)?;
                mail(rest)
            }
            _ => Address::web(text),
        }
    }

    /// Reads the address of a page: `https:` or `http:`.
    ///
    /// # Errors
    /// Why it may not be linked.
    pub fn web(text: &str) -> Result<Address, Refusal> {
        plain(text)?;
        let (scheme, rest) = text.split_once(':').ok_or(Refusal::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err(Refusal::Scheme);
        }
        let rest = rest.strip_prefix("//").ok_or(Refusal::Slashes)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let path = rest.split(['?', '#']).next().unwrap_or(rest);
        if authority.contains('@') {
            return Err(Refusal::User);
        }
        if authority.contains('\\') || path.contains('\\') {
            return Err(Refusal::Backslash);
        }
        let (name, port) = split_port(authority)?;
        // Every parser reads such a host, with ASCII after it, in the same way.
        if text.is_ascii() && is_simple(name) {
            return Ok(Address(format!("{scheme}://{name}{port}{rest}").into()));
        }
        let address = format!("{scheme}://{}{port}{rest}", host(name)?);
        // The parser that browsers follow has the last word.
        match Url::parse(&address) {
            Ok(parsed) if parsed.has_host() && parsed.username().is_empty() => {
                Ok(Address(address.into()))
            }
            _ => Err(Refusal::Host),
        }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Outside {
    /// Its text, defanged or not.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Outside::Live(address) | Outside::Own(address, _) => address,
            Outside::Defanged(text) => text,
        }
    }
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Control characters, and those that have no width, only fill space or reverse the direction of text (Unicode's
/// default ignorable ones, and blanks that are no space).
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// What every address has to be as a text.
fn plain(text: &str) -> Result<(), Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::Long);
    }
    let usual = |byte: u8| byte.is_ascii_graphic() && !b"<>\"`".contains(&byte);
    if text.bytes().all(usual) {
        return Ok(());
    }
    if text.chars().any(is_hidden) {
        return Err(Refusal::Hidden);
    }
    let blank = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`');
    match text.contains(blank) {
        true => Err(Refusal::Blank),
        false => Ok(()),
    }
}

fn mail(rest: &str) -> Result<Address, Refusal> {
    let to = percent_decode(rest.split(['?', '#']).next().unwrap_or(rest));
    if percent_decode(rest).chars().any(is_hidden) {
        return Err(Refusal::Hidden);
    }
    let sound = to.split(',').all(|to| {
        let Some((name, at)) = to.split_once('@') else {
            return false;
        };
        let odd = |c: char| c.is_whitespace() || "<>\"\\:;()[]".contains(c);
        !name.is_empty() && !name.contains(odd) && host(at).as_deref() == Ok(at)
    });
    match sound {
        true => Ok(Address(format!("mailto:{rest}").into())),
        false => Err(Refusal::Mail),
    }
}

/// A host and its port, the port with its colon.
fn split_port(authority: &str) -> Result<(&str, &str), Refusal> {
    let end = match authority.find(']') {
        Some(end) if authority.starts_with('[') => end + 1,
        None if authority.starts_with('[') => return Err(Refusal::Host),
        _ => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(end);
    if host.is_empty() {
        return Err(Refusal::NoHost);
    }
    let Some(number) = port.strip_prefix(':') else {
        return if port.is_empty() {
            Ok((host, ""))
        } else {
            Err(Refusal::Host)
        };
    };
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    match number.parse::<u16>() {
        Ok(1..) if digits => Ok((host, port)),
        _ => Err(Refusal::Port),
    }
}

/// A host as it is shown: as written, or in ASCII where it could be taken for another one.
fn host(written: &str) -> Result<String, Refusal> {
    if written.is_empty() {
        return Err(Refusal::NoHost);
    }
    if let Some(ip) = written.strip_prefix('[') {
        let ip = ip.strip_suffix(']').ok_or(Refusal::Host)?;
        return match ip.parse::<Ipv6Addr>() {
            Ok(_) => Ok(written.to_owned()),
            Err(_) => Err(Refusal::Host),
        };
    }
    if written.contains('%') {
        return Err(Refusal::Percent);
    }
    let lower = written.to_lowercase();
    if lower.contains('\u{3002}') || !lower.nfkc().eq(lower.chars()) {
        return Err(Refusal::Mapped);
    }
    let ascii = match Host::parse(written) {
        Ok(Host::Domain(domain)) => domain,
        Ok(Host::Ipv4(ip)) if ip.to_string() == written => return Ok(written.to_owned()),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(Refusal::Numbers),
        Err(_) => return Err(Refusal::Host),
    };
    let name = ascii.strip_suffix('.').unwrap_or(&ascii);
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err(Refusal::Host);
    }
    let clear = written.is_ascii() || lower.split('.').all(is_clear);
    Ok(if clear { written.to_owned() } else { ascii })
}

/// Whether a host is no more than labels of ASCII, of which none is punycode and the last cannot be a number.
fn is_simple(host: &str) -> bool {
    let mut labels = host.split('.');
    let last = host.rsplit('.').next().unwrap_or(host);
    let coded = |label: &str| {
        let head = label.as_bytes().get(..4);
        head.is_some_and(|head| head.eq_ignore_ascii_case(b"xn--"))
    };
    host.len() <= 253
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
        && labels.all(|label| is_label(label) && !coded(label))
}

/// By the book, names with an underscore are no hosts, yet they exist.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Whether a label is what it looks like: of one script, of letters in use, and not one that is drawn
/// like another in ASCII (Unicode's tables of confusables).
fn is_clear(label: &str) -> bool {
    label.is_ascii()
        || label.is_single_script()
            && label
                .chars()
                .all(GeneralSecurityProfile::identifier_allowed)
            && !skeleton(label).all(|c| c.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_linked() {
        for (text, shown) in [
            ("https://a.example", ""),
            ("http://a.example:8080/x?y=z@w#f", ""),
            ("HTTPS://A.example/x", "https://A.example/x"),
            ("https://medium.example/@user", ""),
            (
                "https://web.archive.example/web/2016/https://a.example/x",
                "",
            ),
            ("https://a.example./x", ""),
            ("https://my_bucket.a.example/", ""),
            ("https://192.0.2.1:8443/", ""),
            ("https://[2001:db8::1]/x", ""),
            ("https://[::ffff:192.0.2.1]:80/", ""),
            ("http://localhost:4000/", ""),
            ("https://a.example/?q=a\\b", ""),
            ("https://a.example/a%2Fb%00", ""),
            ("https://münchen.example/straße", ""),
            ("https://пример.испытание/путь", ""),
            ("https://北朝鮮.example/", ""),
            ("https://xn--80ak6aa92e.com/", ""),
            // Cyrillic that is drawn like `apple`; Latin with one Cyrillic letter.
            ("https://аррӏе.com/x", "https://xn--80ak6aa92e.com/x"),
            ("https://pаypal.com/", "https://xn--pypal-4ve.com/"),
            ("mailto:me@a.example?subject=a%20b", ""),
            (
                "MailTo:me@a.example,you@b.example",
                "mailto:me@a.example,you@b.example",
            ),
        ] {
            let shown = if shown.is_empty() { text } else { shown };
            assert_eq!(Address::read(text).as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn what_may_not() {
        use Refusal::*;
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        let label = format!("https://{}.example/", "x".repeat(64));
        for (text, why) in [
            ("", Scheme),
            ("a.example", Scheme),
            ("//a.example", Scheme),
            ("ftp://a.example/", Scheme),
            ("javascript:alert(1)", Scheme),
            ("blob:https://a.example/x", Scheme),
            ("view-source:https://a.example/", Scheme),
            ("java\tscript:alert(1)", Hidden),
            ("https:a.example", Slashes),
            ("https:/a.example", Slashes),
            ("https:\\\\a.example", Slashes),
            ("https:/\\a.example", Slashes),
            ("https://", NoHost),
            ("https:///a.example", NoHost),
            ("https://:80/", NoHost),
            ("https://?a.example", NoHost),
            ("https://known.example@evil.example/", User),
            ("https://a:b@evil.example/", User),
            ("https://@evil.example/", User),
            ("https://known.example\\@evil.example/", User),
            ("https://known.example\\.evil.example/", Backslash),
            ("https://\\a.example", Backslash),
            ("https://a.example/x\\y", Backslash),
            ("https://known.example%2F@evil.example", User),
            ("https://known.example%2F.evil.example/", Percent),
            ("https://known.example%00.evil.example/", Percent),
            ("https://%65vil.example/", Percent),
            ("https://[fe80::1%25eth0]/", Host),
            ("https://a..example/", Host),
            ("https://.a.example/", Host),
            ("https://a.example../", Host),
            ("https://.", Host),
            ("https://-a.example/", Host),
            ("https://a-.example/", Host),
            ("https://a!b.example/", Host),
            ("https://known.example;evil.example/", Host),
            ("https://known.example&evil.example/", Host),
            ("https://xn--a/", Host),
            (&label, Host),
            ("https://[::1", Host),
            ("https://::1]/", NoHost),
            ("https://[::1]x/", Host),
            ("https://[1.2.3.4]/", Host),
            ("https://256.1.1.1/", Host),
            ("https://1.2.3.4.5/", Host),
            ("https://2130706433/", Numbers),
            ("https://0x7f.1/", Numbers),
            ("https://127.1/", Numbers),
            ("https://0177.0.0.1/", Numbers),
            ("https://192.0.2.1./", Numbers),
            ("https://１２７.0.0.1/", Mapped),
            ("https://ｇood.example/", Mapped),
            ("https://known。example/", Mapped),
            ("https://known．example/", Mapped),
            ("https://goo℀le.example/", Mapped),
            ("https://a.example:x/", Port),
            ("https://a.example:/", Port),
            ("https://a.example:0/", Port),
            ("https://a.example:65536/", Port),
            ("https://a.example:+80/", Port),
            ("https://a.example:80:80/", Port),
            ("https://a.example/\u{202E}gpj.exe", Hidden),
            ("https://a\u{200B}.example/", Hidden),
            ("https://a.example\u{AD}/", Hidden),
            ("https://a.example/\u{3164}", Hidden),
            ("https://a.example/\u{E0041}", Hidden),
            ("https://a.example/\0", Hidden),
            ("https://a.example/\nx", Hidden),
            ("https://a.example/a b", Blank),
            ("https://a.example/\u{A0}", Blank),
            (" https://a.example/", Blank),
            ("https://a.example/\"x", Blank),
            ("https://a.example/<x>", Blank),
            (&long, Long),
            ("mailto:", Mail),
            ("mailto:x", Mail),
            ("mailto:@a.example", Mail),
            ("mailto:a@b@evil.example", Mail),
            ("mailto:a@b..example", Mail),
            ("mailto:?to=a@b.example", Mail),
            ("mailto:a%0A@b.example", Hidden),
            ("mailto:a@b.example?subject=x%0D%0ABcc:c@d.example", Hidden),
        ] {
            assert_eq!(Address::read(text), Err(why), "{text:?}");
        }
        assert_eq!(Address::web("mailto:me@a.example"), Err(Scheme));
    }
}
