//! The protocol by its name in other languages, and colours in these: `Ampelprotokoll: Rot`, `交通灯协议：红色`.
//!
//! Takes a text as it is seen and a place in it; gives where a label ends that begins there. A lamp of the
//! street is none: the name says that it is a protocol, or it begins a line and a colon stands behind it.

use super::super::words::{
    is_level_word, is_word, translated, translated_at_end, translated_at_start,
};
use super::super::{Reading, fold};
use super::Seen;
use crate::model::Tlp;

/// Its names in letters that are seen as ASCII.
const NAMES: [&[u8]; 23] = [
    b"ampelprotokoll",
    b"ampel protokoll",
    b"protocolo de semaforo",
    b"protocolo del semaforo",
    b"protocolo do semaforo",
    b"protocolo semaforo",
    b"protocolo de luz de semaforo",
    b"protocolo de luces de semaforo",
    b"protocollo a semaforo",
    b"protocollo del semaforo",
    b"protocollo semaforo",
    b"protocole de feux",
    b"protocole des feux",
    b"protocole feux",
    b"stoplichtprotocol",
    b"stoplicht protocol",
    b"verkeerslichtprotocol",
    b"verkeerslichtenprotocol",
    b"trafikljusprotokoll",
    b"trafiklysprotokol",
    b"trafikklysprotokoll",
    b"liikennevaloprotokolla",
    b"protokol swiatel",
];

/// Words with which some of them go on.
const TAILS: [&[u8]; 7] = [
    b"circulation",
    b"de",
    b"drogowych",
    b"signalisation",
    b"tlp",
    b"tricolore",
    b"tricolores",
];

/// A part of each of them, beside "prot".
const LAMPS: [&[u8]; 8] = [
    b"mpel", b"foro", b"feux", b"licht", b"lys", b"ljus", b"valo", b"wiat",
];

/// Its names in other scripts, in small letters.
const IN_SCRIPTS: [&str; 22] = [
    "交通灯协议",
    "交通燈協議",
    "交通燈號協定",
    "交通信号灯协议",
    "交通信号协议",
    "红绿灯协议",
    "紅綠燈協定",
    "紅綠燈協議",
    "信号灯协议",
    "信號燈協議",
    "信号機プロトコル",
    "トラフィックライトプロトコル",
    "トラフィック・ライト・プロトコル",
    "트래픽 라이트 프로토콜",
    "트래픽라이트프로토콜",
    "신호등 프로토콜",
    "신호등프로토콜",
    "протокол светофора",
    "протокол світлофора",
    "بروتوكول إشارة المرور",
    "بروتوكول الإشارة الضوئية",
    "פרוטוקול רמזור",
];

/// Names of the lamp.
const LAMPS_IN_SCRIPTS: [&str; 8] = [
    "交通灯",
    "交通燈",
    "交通信号灯",
    "红绿灯",
    "紅綠燈",
    "信号灯",
    "신호등",
    "светофор",
];

/// Whether one of its names stands around a "prot" in a text: looked for nearby only.
pub(crate) fn is_near(bytes: &[u8], at: usize) -> bool {
    let near = &bytes[at.saturating_sub(40)..bytes.len().min(at + 40)];
    LAMPS.iter().any(|lamp| {
        let mut parts = near.windows(lamp.len());
        parts.any(|part| part.eq_ignore_ascii_case(lamp))
    })
}

/// The name in another script with which a text begins, and whether it is that of the protocol.
pub(crate) fn name(text: &str) -> Option<(usize, bool)> {
    let first = text.chars().next()?;
    if !matches!(
        first,
        '交' | '红' | '紅' | '信' | 'ト' | '트' | '신' | 'п' | 'П' | 'с' | 'С' | 'ب' | 'פ'
    ) {
        return None;
    }
    let begins = |name: &&&str| {
        let mut letters = text.chars().flat_map(char::to_lowercase);
        name.chars().all(|c| letters.next() == Some(c))
    };
    // Small letters are as long as capitals in these scripts.
    let of = |names: &[&str]| names.iter().find(begins).map(|name| name.len());
    let protocol = of(&IN_SCRIPTS).map(|end| (end, true));
    protocol.or_else(|| of(&LAMPS_IN_SCRIPTS).map(|end| (end, false)))
}

/// Whether a word behind a name belongs to it, or speaks of a level.
fn is_of_name(word: &[u8]) -> bool {
    TAILS.contains(&word) || is_level_word(word)
}

impl Seen {
    /// A label that begins with the name of the protocol in another language.
    pub(super) fn abroad(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let rest = text.get(self.at[at]..)?;
        if rest.starts_with(|c: char| !c.is_ascii())
            && let Some((length, protocol)) = name(rest)
        {
            let place = self.at[at] + length;
            let end = (at..self.bytes.len()).find(|&it| self.at[it] >= place)?;
            let (colour, reading) = self.colour_of_lamp(end, text, protocol)?;
            let begins = protocol
                || self
                    .before(at)
                    .is_none_or(|byte| !is_word(byte) && byte != b' ');
            return begins.then_some((colour, reading, true));
        }
        let end = NAMES.iter().find_map(|name| self.phrase(at, name))?;
        let mut from = self.word_end(end);
        // "Protocole des feux tricolores (TLP) : rouge", "Ampelprotokoll ROT"
        let mut at_once = true;
        for _ in 0..3 {
            let next = self.between(from).end;
            if let Some((colour, reading)) = self.colour_of_lamp(from, text, false) {
                return Some((colour, reading, true));
            }
            if at_once && let Some((colour, reading)) = self.colour_of_lamp(from, text, true) {
                // "nach dem Ampelprotokoll rot markierte Berichte"
                let spoken =
                    self.is_small(next..next + 1, text) && self.before_small_word(colour, text);
                return (!spoken).then_some((colour, reading, true));
            }
            from = self.word_end(next);
            at_once &= self.bytes.get(next..from).is_some_and(is_of_name);
        }
        None
    }

    /// The colour behind the name: behind a colon or a bracket, or at once.
    fn colour_of_lamp(&self, end: usize, text: &str, at_once: bool) -> Option<(usize, Reading)> {
        // `交通灯协议（TLP）：红色`
        let end = self.word(self.between(end).end, b"tlp").unwrap_or(end);
        let between = self.between(end);
        let signs = self.bytes.get(between.clone())?;
        let named = signs.iter().any(|byte| matches!(byte, b':' | b'=' | b'('));
        if self.stops(between.clone()) || !(at_once || named) {
            return None;
        }
        let next = between.end;
        let colour = self.colour(next).or_else(|| self.translated(next, text));
        colour.or_else(|| self.begun(next, text))
    }

    /// The end of some words at a place, with whatever sign between them.
    fn phrase(&self, at: usize, words: &[u8]) -> Option<usize> {
        let seen = self.bytes.get(at..at + words.len())?;
        let same = |(seen, word): (&u8, &u8)| match word {
            b' ' => matches!(seen, b' ' | b'\n' | b'-'),
            word => seen == word,
        };
        seen.iter().zip(words).all(same).then_some(at + words.len())
    }

    /// A colour of a script without spaces with which a longer word begins.
    pub(super) fn begun(&self, at: usize, text: &str) -> Option<(usize, Reading)> {
        if self.byte(at) != Some(fold::LETTER) {
            return None;
        }
        let (length, tlp) = translated_at_start(text.get(self.at[at]..)?)?;
        let place = self.at[at] + length;
        let end = (at..self.bytes.len()).find(|&it| self.at[it] >= place);
        Some((end.unwrap_or(self.bytes.len()), Reading::Colour(tlp)))
    }

    /// The colour of another language that ends at a place, and where it begins.
    pub(super) fn translated_before(&self, last: usize, text: &str) -> Option<(usize, Tlp)> {
        let letters = self.bytes[..last].iter().rev().take(40);
        let letters = letters.take_while(|byte| is_word(**byte)).count();
        let start = last - letters;
        let word = self.written(start..last, text);
        if let Some(tlp) = translated(&word) {
            return Some((start, tlp));
        }
        let (length, tlp) = translated_at_end(&word)?;
        let place = self.end[last.checked_sub(1)?].checked_sub(length)?;
        let start = (start..last).find(|&it| self.at[it] >= place)?;
        Some((start, tlp))
    }
}
