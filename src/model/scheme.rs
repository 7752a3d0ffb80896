//! Words of other marking schemes, which look as if they marked a text, and do not.
//!
//! Takes words (`dossier.toml`, `other_markings`); tells whether a line, or what brackets hold, is one of them. The
//! colours of TLP are among them, since one alone, `(AMBER)`, is how many mark: as words of the language they count
//! in capitals only, and where nothing else is said.
//! National and company schemes cannot be ordered against TLP, so none is read as a marking; to pass over one in
//! silence would publish what its writer meant to keep.

mod talk;

use super::colour::translated;
use super::{OwnPath, Tlp, own};
use crate::diag::{Code, Diagnostic, Severity};
use crate::text::fold;
use memchr::memchr;
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Words that are looked for unless a dossier names its own.
pub const USUAL: &[&str] = &[
    "TOP SECRET",
    "SECRET",
    "CONFIDENTIAL",
    "RESTRICTED",
    "OFFICIAL",
    "OFFICIAL-SENSITIVE",
    "PROTECTED",
    "NOFORN",
    "FOUO",
    "PAP:RED",
    "PAP:AMBER",
    "PAP:GREEN",
    "RED",
    "AMBER",
    "AMBER+STRICT",
    "FOR OFFICIAL USE ONLY",
    "CUI",
    "LAW ENFORCEMENT SENSITIVE",
    "INTERNAL USE ONLY",
    "NOT FOR PUBLIC RELEASE",
    "COMMERCIAL IN CONFIDENCE",
    "COSMIC TOP SECRET",
    "NATO SECRET",
    "NATO CONFIDENTIAL",
    "NATO RESTRICTED",
    "NATO UNCLASSIFIED",
    "EU RESTRICTED",
    "RESTREINT UE",
    "VS-NfD",
    "VS-NUR FÜR DEN DIENSTGEBRAUCH",
    "VS-VERTRAULICH",
    "STRENG GEHEIM",
    "GEHEIM",
    "VERTRAULICH",
    "DIFFUSION RESTREINTE",
    "CONFIDENTIEL DÉFENSE",
    "SECRET DÉFENSE",
    "TRÈS SECRET",
    "CONFIDENCIAL",
    "CONFIDENTIEL",
    "EYES ONLY",
    "NUR FÜR DEN DIENSTGEBRAUCH",
    "POUFNE",
    "PRIVATE AND CONFIDENTIAL",
    "SECRETO",
    "SEGRETO",
    "STRENG VERTRAULICH",
    "STRICTEMENT CONFIDENTIEL",
    "STRICTLY CONFIDENTIAL",
    "TAJNE",
    "VERTROUWELIJK",
    "RISERVATO",
    "RESERVADO",
    "DIFUSIÓN LIMITADA",
    "СЕКРЕТНО",
    "ДСП",
    "机密",
    "秘密",
    "绝密",
    "極秘",
    "社外秘",
    "取扱注意",
    "대외비",
    "기밀",
];

/// Words before a colon or a dash that say that what follows is a marking: `Classification: AMBER`.
const HEADS: [&str; 64] = [
    "AUDIENCE",
    "CAVEAT",
    "CLASIFICACIÓN",
    "CLASSIFICATIE",
    "CLASSIFICATION",
    "CLASSIFICATION LEVEL",
    "CLASSIFICAZIONE",
    "CLASSIFICAÇÃO",
    "CLASSIFIED",
    "CLASSIFIED AS",
    "CONFIDENTIALITY",
    "CONFIDENTIALITÉ",
    "DIFFUSION",
    "DIFFUSIONE",
    "DIFUSIÓN",
    "DISSEMINATION",
    "DISSEMINATION CONTROL",
    "DISSEMINATION CONTROLS",
    "DISTRIBUTION",
    "DOCUMENT CLASSIFICATION",
    "DOCUMENT MARKING",
    "EINSTUFUNG",
    "FREIGABE",
    "GEHEIMHALTUNGSGRAD",
    "HANDLING",
    "HANDLING CAVEAT",
    "HANDLING INSTRUCTIONS",
    "INFORMATION CLASSIFICATION",
    "KENNZEICHNUNG",
    "KLASSIFIKATION",
    "KLASSIFIZIERUNG",
    "KLAUZULA",
    "MARKED",
    "MARKED AS",
    "MARKING",
    "MARKINGS",
    "MARQUAGE",
    "MENTION",
    "MENTION DE PROTECTION",
    "NIVEAU DE CLASSIFICATION",
    "NIVEAU DE DIFFUSION",
    "PAP",
    "PORTION MARKING",
    "PROTECTIVE MARKING",
    "RELEASABILITY",
    "RESTRICTION",
    "RESTRICTIONS",
    "RUBRICERING",
    "SECURITY CLASSIFICATION",
    "SENSITIVITY",
    "SENSITIVITY LEVEL",
    "SHARING",
    "SHARING LEVEL",
    "SHARING RESTRICTION",
    "SHARING RESTRICTIONS",
    "SPERRVERMERK",
    "VERSCHLUSSGRAD",
    "VERSCHLUSSSACHE",
    "VERTEILER",
    "VERTRAULICHKEIT",
    "VERTRAULICHKEITSSTUFE",
    "WEITERGABE",
    "ГРИФ",
    "КЛАССИФИКАЦИЯ",
];

/// Words behind a colour that say for whom or how long it holds: `(AMBER until 2027)`. Before any other word a colour
/// may be part of a name: `(RED team)`.
const RESTRICTING: [&str; 20] = [
    "and",
    "be",
    "bis",
    "do",
    "embargo",
    "eyes",
    "for",
    "from",
    "if",
    "internal",
    "named",
    "no",
    "not",
    "nur",
    "only",
    "partners",
    "recipients",
    "till",
    "to",
    "until",
];

/// The colours of TLP that are above what everybody may see.
const COLOURS: [&str; 3] = ["RED", "AMBER", "AMBER STRICT"];

/// Longer texts are no marking.
const LONGEST: usize = 60;

/// No colour has more bytes, in whatever language.
const LONGEST_COLOUR: usize = 24;

/// What may stand around a marking in a cell.
const AROUND_CELL: &[char] = &[
    ' ', '\t', '\n', '\u{a0}', '*', '_', '#', '(', ')', '[', ']', '{', '}', '.', ',', ';',
];

/// How a dossier marks, and what else of its settings decides how a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markings {
    /// How entries without a marking are treated.
    pub default: Tlp,
    /// The words of other schemes that may mark nothing.
    pub others: Arc<Schemes>,
    /// Whether raw HTML in Markdown is passed on as it is.
    pub trust_html: bool,
    /// The address of the site's root, if it has one.
    pub site: Option<Arc<Url>>,
    /// Codes that the configuration lowers: of their problems only the firm ones are still errors.
    pub lowered: Arc<BTreeSet<Code>>,
}

impl From<Tlp> for Markings {
    fn from(default: Tlp) -> Markings {
        Markings {
            default,
            others: Arc::default(),
            trust_html: false,
            site: None,
            lowered: Arc::default(),
        }
    }
}

impl Markings {
    /// Whether any of these problems keeps the site from being made.
    #[must_use]
    pub fn are_broken_by(&self, problems: &[Diagnostic]) -> bool {
        let breaks = |it: &Diagnostic| it.firm || !self.lowered.contains(&it.code);
        problems
            .iter()
            .any(|it| it.severity == Severity::Error && breaks(it))
    }

    /// What an address of the site itself names, if that may be an entry: one that may be withheld.
    #[must_use]
    pub fn path_of_entry(&self, address: &str) -> Option<OwnPath> {
        own::path_of_entry(self.site.as_deref()?, address)
    }

    /// What an address of the site itself names, whatever it is: a former address may be any.
    #[must_use]
    pub fn path_below(&self, address: &str) -> Option<OwnPath> {
        own::path_below(self.site.as_deref()?, address)
    }

    /// What an address elsewhere holds of the site's own, if that may be an entry: its copy in an archive, for example.
    #[must_use]
    pub fn entry_within(&self, address: &str) -> Option<OwnPath> {
        own::entry_within(self.site.as_deref()?, address)
    }
}

/// The words of other schemes, as they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schemes {
    words: BTreeSet<String>,
    /// The two letters with which they begin, as bits: these rule most texts out.
    heads: [u32; 26],
    /// Whether any begins with a digit.
    numbered: bool,
}

impl Default for Schemes {
    fn default() -> Self {
        Schemes::of(USUAL)
    }
}

impl Schemes {
    /// Schemes of these words.
    #[must_use]
    pub fn of<S: AsRef<str>>(words: &[S]) -> Schemes {
        let words = words.iter().map(|word| folded(word.as_ref()));
        let words: BTreeSet<String> = words.filter(|word| !word.is_empty()).collect();
        let mut heads = [0; 26];
        for head in words.iter().filter_map(|word| word.as_bytes().get(..2)) {
            if let [Some(first), Some(second)] = [letter(head[0]), letter(head[1])] {
                heads[first] |= 1 << second;
            }
        }
        let first = |word: &String| word.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let numbered = words.iter().any(first);
        Schemes {
            words,
            heads,
            numbered,
        }
    }

    /// Whether a dossier looks for none.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a text is such a marking and nothing else: one of the words, or several between slashes
    /// (`SECRET//NOFORN`). A single word counts in capitals alone: a heading "Secret" is a word.
    #[must_use]
    pub fn names(&self, text: &str) -> bool {
        as_seen(text, |text| self.names_as_written(text))
    }

    fn names_as_written(&self, text: &str) -> bool {
        if text.len() > LONGEST || self.words.is_empty() {
            return false;
        }
        // `TLP:CLEAR PAP:AMBER`
        let text = match text
            .get(..4)
            .is_some_and(|head| head.eq_ignore_ascii_case("tlp:"))
        {
            true => text
                .trim_start()
                .split_once([' ', '/', ',', ';', '|'])
                .map_or("", |(_, rest)| rest),
            false => text,
        };
        if !self.may_begin(text) && !text.as_bytes().contains(&b'/') {
            return false;
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_#/-–—=|:.".contains(c));
        if text.trim().is_empty() {
            return false;
        }
        let mut parts = text
            .split("//")
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.any(|part| {
            let small = part.chars().any(char::is_lowercase);
            let several = part.contains([' ', '-', '_', '/', '\u{a0}']);
            if small && !several || !self.may_begin(part) {
                return false;
            }
            let word = folded(part);
            !COLOURS.contains(&&*word) && self.words.contains(&word)
        })
    }

    /// Whether a text is a colour in capitals and nothing else.
    #[must_use]
    pub fn is_colour(&self, text: &str) -> bool {
        as_seen(text, |text| self.is_colour_as_written(text))
    }

    fn is_colour_as_written(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_#/-–—=|.".contains(c));
        let capitals = |c: char| c.is_ascii_uppercase() || matches!(c, '+' | ' ' | '-');
        // Asked of every line.
        if !text.starts_with(['R', 'A']) || text.len() > 16 || !text.chars().all(capitals) {
            return false;
        }
        let word = folded(text);
        COLOURS.contains(&&*word) && self.words.contains(&word)
    }

    /// Whether a text is what stands before a marking: `Classification`.
    #[must_use]
    pub fn heads(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_#:-=".contains(c));
        let is = |head: &&str| head.eq_ignore_ascii_case(text);
        let abroad = || !text.is_ascii() && HEADS.contains(&&*folded(text));
        text.len() < 40 && !self.words.is_empty() && (HEADS.iter().any(is) || abroad())
    }

    /// Whether a line begins with a word that heads markings, and a colour behind it: `Marking: AMBER`,
    /// `Classification – red`. Small letters count where the colour is all that follows.
    #[must_use]
    pub fn is_headed(&self, line: &str) -> bool {
        as_seen(line, |line| self.is_headed_as_written(line))
    }

    fn is_headed_as_written(&self, line: &str) -> bool {
        // Asked of every line.
        let Some(at) = line.find([':', '：', '=', '-', '–', '—', '/', '_', '.']) else {
            // `CLASSIFICATION RED`
            let words = line.trim().rsplit_once(' ');
            return words.is_some_and(|(head, colour)| {
                line.len() <= LONGEST && self.is_colour_in_brackets(colour) && self.heads(head)
            });
        };
        // Where dashes join the words of a name, `pap-red`, the name is nothing else.
        let (head, rest) = line.split_at(at);
        let sign = rest.chars().next().map_or(0, char::len_utf8);
        let (sign, rest) = rest.split_at(sign);
        let names = !matches!(sign, ":" | "：" | "=") && !head.ends_with(char::is_whitespace);
        if !self.heads(head) || names && line.contains(char::is_whitespace) {
            return false;
        }
        let trimmed = |c: char| c.is_whitespace() || "*_([:=".contains(c);
        let rest = rest.trim_start_matches(trimmed);
        let alone = rest.trim_end_matches(|c: char| c.is_whitespace() || "*_)].;,!".contains(c));
        let colour: String = rest.chars().take_while(|c| c.is_uppercase()).collect();
        // A whole sentence, or behind a head that heads nothing else.
        let ends = rest
            .strip_prefix(&*colour)
            .is_some_and(|it| it.starts_with('.'));
        let is_pap = head
            .trim_matches(|c| "*_# ".contains(c))
            .eq_ignore_ascii_case("pap");
        // A name in other languages may be anything: `distribution-orange`.
        (self.is_level(alone) && (!names || COLOURS.contains(&&*folded(alone))))
            || !names
                && (self.is_coloured_as_written(rest)
                    || self.names_as_written(alone)
                    || self.words.contains(&folded(alone))
                    || self.is_level(&colour) && (is_pap || ends))
    }

    /// Whether a text is a colour above what everybody may see and nothing else, in whatever letters: where a head says
    /// that a marking follows.
    #[must_use]
    pub fn is_colour_below(&self, text: &str) -> bool {
        as_seen(text, |text| self.is_colour_below_as_written(text))
    }

    fn is_colour_below_as_written(&self, text: &str) -> bool {
        self.is_level(text.trim_matches(AROUND_CELL))
    }

    /// Whether a cell below a head of markings is one, of whatever scheme.
    #[must_use]
    pub fn is_marking_below(&self, cell: &str) -> bool {
        let word = || folded(cell.trim_matches(AROUND_CELL));
        self.is_colour_below(cell)
            || self.names(cell)
            || cell.len() <= LONGEST && self.words.contains(&word())
    }

    /// Whether a line begins with such a word and a colon or a dash: `SECRET: …`, `SECRET – …`. A colour there may be spoken of, and so is a word
    /// of which the rest tells what it is.
    #[must_use]
    pub fn leads(&self, line: &str) -> bool {
        let told = || {
            let head = self.head_of(line);
            head.is_some_and(|head| self.is_told_of(head, line.get(head.len()..).unwrap_or("")))
        };
        as_seen(line, |line| self.leads_as_written(line)) && !told()
    }

    fn leads_as_written(&self, line: &str) -> bool {
        // What follows an address is no text.
        let apart = |head: &str| !line.get(head.len()..).unwrap_or("").starts_with("://");
        let head = self.head_of(line);
        head.is_some_and(|head| apart(head) && self.names_as_written(head))
    }

    /// What stands before the colon of a line, or before its dash.
    fn head_of<'t>(&self, line: &'t str) -> Option<&'t str> {
        let bytes = line.as_bytes();
        let colon = memchr(b':', bytes.get(..LONGEST).unwrap_or(bytes));
        let head = colon.and_then(|colon| line.get(..colon));
        head.or_else(|| {
            let mut dashes = [" – ", " — ", " - "].into_iter();
            let near = (LONGEST..).find_map(|end| line.get(..end.min(line.len())))?;
            let parts = dashes.find_map(|dash| near.split_once(dash));
            parts.filter(|_| self.may_begin(near)).map(|(head, _)| head)
        })
    }

    /// Whether what stands behind a mark adds to it: `(TLP:CLEAR) PAP:RED …`, `(TLP:CLEAR)//NOFORN …`,
    /// `(TLP:AMBER)+STRICT`.
    #[must_use]
    pub fn adds_to_mark(&self, behind: &str) -> bool {
        as_seen(behind, |behind| self.adds_to_mark_as_written(behind))
    }

    fn adds_to_mark_as_written(&self, behind: &str) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let joined = |sign: char| {
            behind
                .strip_prefix(sign)
                .is_some_and(|rest| !rest.starts_with(char::is_whitespace))
        };
        let word = |text: &str| -> String {
            let text =
                text.trim_start_matches(|c: char| c.is_whitespace() || "/+-–,;|".contains(c));
            text.chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '+'))
                .collect()
        };
        let first = word(behind);
        let signed = joined('/') || joined('+');
        let plain = first.trim_end_matches([':', '-', '+']);
        signed && (self.names_as_written(plain) || self.is_colour_as_written(plain) || plain.eq_ignore_ascii_case("strict"))
            // A word of one scheme behind that of another.
            || plain.contains(':') && (self.names_as_written(plain) || self.is_headed_as_written(plain))
    }

    /// Whether a text is a colour above what everybody may see, in whatever letters and language.
    fn is_level(&self, text: &str) -> bool {
        if text.len() > LONGEST_COLOUR {
            return false;
        }
        let word = folded(text);
        let looked_for = |colour: &str| self.words.contains(colour);
        // Who translates AMBER may well translate STRICT: `GELB+STRIKT`.
        let plain = word.strip_suffix(" STRIKT");
        let word = plain.unwrap_or(&word);
        match COLOURS.iter().find(|colour| **colour == word) {
            Some(colour) => looked_for(colour),
            // One sign of a script without capitals may be a name.
            None if word.chars().nth(1).is_none() => false,
            None => match translated(word) {
                Some(Tlp::Red) => looked_for("RED"),
                Some(Tlp::Amber | Tlp::AmberStrict) => looked_for("AMBER"),
                Some(Tlp::Green | Tlp::Clear) | None => false,
            },
        }
    }

    /// Whether brackets hold a colour in capitals and nothing else, in whatever language.
    #[must_use]
    pub fn is_colour_in_brackets(&self, text: &str) -> bool {
        let alone = |text: &str| {
            let text = text.trim();
            !text.chars().any(char::is_lowercase) && self.is_level(text)
        };
        self.is_colour(text) || as_seen(text, alone)
    }

    /// Whether what a text ends with in brackets is such a colour, and no acronym of the words before it: "the Radio
    /// Equipment Directive (RED)".
    #[must_use]
    pub fn ends_with_colour(&self, before: &str, words: &str) -> bool {
        self.is_colour_in_brackets(words) && !talk::ends_spelt_out(before, words)
    }

    /// Whether what stands behind a word tells of the word: `CUI | Controlled Unclassified Information`.
    #[must_use]
    pub fn is_told_of(&self, word: &str, behind: &str) -> bool {
        talk::tells_of(word, behind)
    }

    /// Whether a text begins with a colour in capitals that marks: it ends there, a sign follows, or words that say for
    /// whom it is.
    #[must_use]
    pub fn is_coloured(&self, text: &str) -> bool {
        as_seen(text, |text| self.is_coloured_as_written(text))
    }

    fn is_coloured_as_written(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || "*_#".contains(c));
        let word = |text: &str| -> usize {
            let end = text.find(|c: char| !c.is_alphanumeric());
            end.unwrap_or(text.len())
        };
        let (colour, mut rest) = text.split_at(word(text));
        let joins = |c: char| matches!(c, '+' | '-' | ' ' | '_');
        let strict = rest.trim_start_matches(joins).strip_prefix("STRICT");
        match (colour, strict) {
            ("AMBER", Some(behind)) if self.words.contains("AMBER STRICT") => rest = behind,
            _ if !colour.chars().any(char::is_lowercase) && self.is_level(colour) => {}
            _ => return false,
        }
        let signs =
            |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '–' | '—' | '…');
        let next = rest.trim_start_matches(signs);
        let next = next.get(..word(next)).unwrap_or("");
        // "RED-1" is a name.
        let joined = rest
            .strip_prefix('-')
            .is_some_and(|it| it.starts_with(char::is_alphanumeric));
        let sign = !joined
            && rest
                .trim_start()
                .starts_with([',', ';', ':', '-', '–', '—', '|', ')', ']']);
        // A list of colours, or of what they stand for, is none.
        let capitals =
            !next.is_empty() && !next.chars().any(|c| c.is_lowercase() || c.is_ascii_digit());
        next.is_empty() || sign && !capitals || RESTRICTING.contains(&next) || next == "ONLY"
    }

    /// Whether `AMBER+STRICT` stands anywhere in a text, in whatever letters, which means nothing else; not behind the
    /// name of the protocol.
    #[must_use]
    pub fn says_strict(&self, text: &str) -> bool {
        as_seen(text, |text| self.says_strict_as_written(text))
    }

    fn says_strict_as_written(&self, text: &str) -> bool {
        let mut signs = text.match_indices('+');
        signs.any(|(at, _)| {
            let (before, behind) = (text.get(..at), text.get(at + 1..));
            let (before, behind) = (
                before.unwrap_or("").trim_end(),
                behind.unwrap_or("").trim_start(),
            );
            let amber = before.len().checked_sub("AMBER".len());
            let amber = amber.filter(|&at| is_word(before.get(at..), "AMBER"));
            let before = amber.and_then(|at| before.get(..at));
            let strict = "STRICT".len();
            let behind = behind
                .get(strict..)
                .filter(|_| is_word(behind.get(..strict), "STRICT"));
            let (Some(before), Some(behind)) = (before, behind) else {
                return false;
            };
            let sign = |c: char| c.is_whitespace() || matches!(c, ':' | '=' | '-' | '_' | '/');
            let head = before.trim_end_matches(sign).to_ascii_lowercase();
            let named = head.ends_with("tlp") || head.ends_with("protocol");
            !before.ends_with(char::is_alphanumeric)
                && !named
                && !behind.starts_with(char::is_alphanumeric)
                && self.words.contains("AMBER STRICT")
        })
    }

    /// Whether a title or a heading ends with a colour in brackets or behind a dash: `Findings (RED)`,
    /// `Report – AMBER`, `Title {red}`.
    #[must_use]
    pub fn ends_marked(&self, title: &str) -> bool {
        as_seen(title, |title| self.ends_marked_as_written(title))
    }

    fn ends_marked_as_written(&self, title: &str) -> bool {
        let title = title.trim_end_matches(|c: char| c.is_whitespace() || "*_#".contains(c));
        // Asked of every title.
        let Some(last) = title
            .chars()
            .next_back()
            .filter(|last| !last.is_lowercase())
        else {
            return false;
        };
        if let Some(open) = [
            ('(', ')'),
            ('[', ']'),
            ('{', '}'),
            ('（', '）'),
            ('【', '】'),
        ]
        .into_iter()
        .find(|(_, close)| *close == last)
        {
            let parts = title
                .strip_suffix(open.1)
                .and_then(|it| it.rsplit_once(open.0));
            let braces = open.0 == '{';
            return parts.is_some_and(|(before, inner)| match braces {
                true => self.is_level(inner),
                false => self.ends_with_colour(before, inner) || self.names_as_written(inner),
            });
        }
        let parted = title.rsplit_once([':', '–', '—', '|']);
        // A label of the protocol is read by others.
        let label = |head: &str| head.trim_end().to_ascii_lowercase().ends_with("tlp");
        parted
            .or_else(|| title.rsplit_once(" - "))
            .is_some_and(|(head, behind)| {
                (self.is_colour_as_written(behind) || self.names_as_written(behind)) && !label(head)
            })
    }

    /// Whether a text may begin with one of the words: told by two letters of ASCII.
    fn may_begin(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let first = bytes
            .iter()
            .position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        let Some(head) = first.and_then(|first| bytes.get(first..)) else {
            return false;
        };
        match head {
            [first, ..] if first.is_ascii_digit() => self.numbered,
            [first, second, ..] => match [letter(*first), letter(*second)] {
                [Some(first), Some(second)] => self.heads[first] & 1 << second != 0,
                // Other characters rule nothing out.
                _ => true,
            },
            _ => true,
        }
    }

    /// The same of what the brackets at the head of a text hold: portion marks of the United States are
    /// known by their slashes, `(S//NF)`.
    #[must_use]
    pub fn names_portion(&self, text: &str) -> bool {
        as_seen(text, |text| self.names_portion_as_written(text))
    }

    fn names_portion_as_written(&self, text: &str) -> bool {
        let parted = text.len() <= LONGEST
            && text.contains("//")
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || " /,-".contains(c));
        !self.words.is_empty()
            && (parted
                || self.names_as_written(text)
                || self.is_colour_as_written(text)
                || self.is_coloured_as_written(text)
                || self.is_headed_as_written(text))
    }
}

/// Whether something holds of a text, or of the text as it is seen.
fn as_seen(text: &str, holds: impl Fn(&str) -> bool) -> bool {
    holds(text) || fold::otherwise(text).is_some_and(|text| holds(&text))
}

fn is_word(text: Option<&str>, word: &str) -> bool {
    text.is_some_and(|text| text.eq_ignore_ascii_case(word))
}

/// The place of a letter of ASCII in the alphabet.
fn letter(byte: u8) -> Option<usize> {
    let small = byte.to_ascii_lowercase();
    small
        .is_ascii_lowercase()
        .then(|| usize::from(small - b'a'))
}

/// A word as it is compared: compatibility forms composed, capitals, one space for whatever joins its parts.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut take = |c: char| match c {
        c if c.is_alphanumeric() => folded.push(c),
        _ if folded.is_empty() || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    };
    match word.is_ascii() {
        true => word.chars().for_each(|c| take(c.to_ascii_uppercase())),
        false => word.nfkc().flat_map(char::to_uppercase).for_each(take),
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_schemes_are_known() {
        let schemes = Schemes::default();
        for text in [
            "//SECRET",
            "SECRET//NOFORN",
            "**VS-NfD**",
            "VS – NfD",
            "OFFICIAL-SENSITIVE",
            "Official: Sensitive",
            "For official use only",
            "ＳＥＣＲＥＴ",
            "机密",
            "Confidentiel Défense",
        ] {
            assert!(schemes.names(text), "{text}");
        }
        for text in [
            "Secret",
            "The secret of it",
            "Confidential sources",
            "",
            "---",
            "protected",
        ] {
            assert!(!schemes.names(text), "{text}");
        }
        assert!(schemes.names_portion("S//NF") && schemes.names_portion("SECRET"));
        assert!(!schemes.names_portion("2016/02") && !schemes.names_portion("A/B"));
        assert!(!Schemes::of::<&str>(&[]).names("SECRET"));
        assert!(schemes.names("TLP:CLEAR PAP:AMBER") && !schemes.names("TLP:CLEAR"));
    }

    #[test]
    fn colours_alone_are_marks_in_capitals() {
        let schemes = Schemes::default();
        for text in [
            "AMBER",
            "**RED**",
            "AMBER+STRICT",
            "AMBER + STRICT",
            "--- RED ---",
        ] {
            assert!(
                schemes.is_colour(text) && schemes.names_portion(text),
                "{text}"
            );
            assert!(!schemes.names(text), "{text}");
        }
        for text in [
            "Amber", "red", "A", "GREEN", "CLEAR", "WHITE", "RED TEAM", "RED:", "REDACTED",
        ] {
            assert!(!schemes.is_colour(text), "{text}");
        }
        for text in [
            "Marking: AMBER",
            "**Classification:** RED",
            "HANDLING: AMBER+STRICT, do not forward",
            "Protective marking = RED",
            "Sharing：AMBER",
            "PAP:RED, no scans",
            "Marking: amber",
            "Classification – RED",
            "classification: red.",
            "Security classification = Amber+Strict",
            "pap-red",
            "marking/red",
            "classification_amber",
            "Handling: RED for named recipients",
            "Classification: SECRET",
            "**Marking:** VS-NfD",
            "Classification: Confidential",
            "Information classification: RED",
            "Classification: RED. For partners.",
            "PAP:RED words",
            "Mаrking: RED",
            "Marking: ＡＭＢＥＲ",
        ] {
            assert!(schemes.is_headed(text), "{text}");
        }
        for text in [
            "Marking: GREEN",
            "Handling: REDIRECTED",
            "Handling: RED team members",
            "Distribution: RED HAT Linux",
            "Classification: RED GIANT",
            "Sharing-red economy",
            "handling-restricted",
            "sharing_secret",
            "pap-reduced",
            "red-marking",
            "Sensitivity: red blood cells",
            "Colour: RED",
            "The marking: AMBER",
            "Marking: the AMBER one",
        ] {
            assert!(!schemes.is_headed(text), "{text}");
        }
        for text in [
            "AMBER until 2027",
            "RED - partners only",
            "AMBER+STRICT, no onward sharing",
            "RED: eyes only",
            "RED ONLY",
            "R\u{200b}ED",
            "ΑMBER, for partners",
        ] {
            assert!(
                schemes.is_coloured(text) && schemes.names_portion(text),
                "{text}"
            );
        }
        for text in [
            "RED TEAM",
            "RED team",
            "RED Hat",
            "AMBER alert",
            "RED, AMBER, GREEN",
            "RED/BLUE exercise",
            "RED 2014/53/EU",
            "RED II",
            "AMBER GROUP",
            "REDACTED",
        ] {
            assert!(!schemes.is_coloured(text), "{text}");
        }
        for text in [
            "said at AMBER+STRICT level",
            "AMBER + STRICT",
            "(AMBER+STRICT)",
            "(amber+strict) x",
            "Level: AMBER+STRICT",
            "Level:AMBER+STRICT",
            "(Restriction = AMBER+STRICT) x",
            "AMBER＋STRICT",
            "АMBER+STRICT",
            "AMBER+\u{200b}STRICT",
        ] {
            assert!(schemes.says_strict(text), "{text}");
        }
        for text in [
            "TLP:AMBER+STRICT",
            "TLP: AMBER+STRICT",
            "Traffic Light Protocol: AMBER+STRICT",
            "AMBER+STRICTER",
            "A+B",
        ] {
            assert!(!schemes.says_strict(text), "{text}");
        }
        for text in [
            "Findings (RED)",
            "Report – AMBER",
            "Report - AMBER+STRICT",
            "Title {red}",
            "What is known: RED",
            "**A** [AMBER]",
            "Findings (SECRET)",
            "Findings – VS-NfD",
        ] {
            assert!(schemes.ends_marked(text), "{text}");
        }
        for text in [
            "Code RED",
            "Findings (red)",
            "The Radio Equipment Directive (RED II)",
            "Amber",
            "Red",
            "x (GREEN)",
            "A-RED",
            "Light-RED",
            "Title TLP:AMBER",
        ] {
            assert!(!schemes.ends_marked(text), "{text}");
        }
        for text in ["SECRET: x", "SECRET//NOFORN: x", "VS-NfD: x"] {
            assert!(schemes.leads(text), "{text}");
        }
        for text in ["RED: x", "Secret: x", "https://x", "A SECRET: x"] {
            assert!(!schemes.leads(text), "{text}");
        }
        for text in [
            " PAP:RED x",
            "//NOFORN x",
            "+STRICT x",
            "/RED",
            " PAP:AMBER",
            "//SECRET",
        ] {
            assert!(schemes.adds_to_mark(text), "{text}");
        }
        for text in [
            " RED team",
            "RED team",
            "AMBER alerts",
            " The bank",
            "",
            " / or",
            " + more",
            "Red",
            " Note: x",
            " A: b",
            " https://x",
            " 10:30",
        ] {
            assert!(!schemes.adds_to_mark(text), "{text}");
        }
        assert!(
            schemes.is_colour_below("amber")
                && schemes.is_colour_below(" Red ")
                && schemes.is_colour_below("(AMBER+STRICT)")
        );
        assert!(
            !schemes.is_colour_below("reddish")
                && !schemes.is_colour_below("green")
                && !schemes.is_colour_below("red team")
        );
        let none = Schemes::of::<&str>(&[]);
        assert!(
            !none.says_strict("AMBER+STRICT")
                && !none.ends_marked("x (RED)")
                && !none.is_coloured("RED")
        );
        assert!(!none.is_colour("AMBER") && !none.is_headed("Marking: AMBER"));
        assert!(!Schemes::of(&["SECRET"]).is_headed("Marking: AMBER"));
    }
}
