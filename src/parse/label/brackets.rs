//! Brackets of every script.
//!
//! The pairs of Unicode's categories Ps and Pe, quotation marks left out: those of the Bidi_Paired_Bracket
//! property, the forms for vertical writing, and the corner brackets of East Asian typography.

/// How many kinds of brackets there are.
pub(crate) const KINDS: usize = PAIRS.len();

/// The opening and the closing brackets of each kind; the first three are those of ASCII, of which other
/// forms are variants.
const PAIRS: [(&str, &str); 43] = [
    ("(（⁽₍︵﹙⸨｟⦅", ")）⁾₎︶﹚⸩｠⦆"),
    ("[［﹇", "]］﹈"),
    ("{｛︷﹛", "}｝︸﹜"),
    ("【︻", "】︼"),
    ("〔︹﹝", "〕︺﹞"),
    ("〖︗", "〗︘"),
    ("〘", "〙"),
    ("〚", "〛"),
    ("「﹁｢", "」﹂｣"),
    ("『﹃", "』﹄"),
    ("〈︿\u{2329}", "〉﹀\u{232A}"),
    ("《︽", "》︾"),
    ("⟨", "⟩"),
    ("⟪", "⟫"),
    ("⟦", "⟧"),
    ("⟬", "⟭"),
    ("⟮", "⟯"),
    ("⟅", "⟆"),
    ("⁅", "⁆"),
    ("⌈", "⌉"),
    ("⌊", "⌋"),
    ("❨", "❩"),
    ("❪", "❫"),
    ("❬", "❭"),
    ("❮", "❯"),
    ("❰", "❱"),
    ("❲", "❳"),
    ("❴", "❵"),
    ("⦃", "⦄"),
    ("⦇", "⦈"),
    ("⦉", "⦊"),
    ("⦋⦍⦏", "⦌⦎⦐"),
    ("⦑", "⦒"),
    ("⦓⦕", "⦔⦖"),
    ("⦗", "⦘"),
    ("⧘⧚", "⧙⧛"),
    ("⧼", "⧽"),
    ("⸢", "⸣"),
    ("⸤", "⸥"),
    ("⸦", "⸧"),
    ("﴿", "﴾"),
    ("༺༼᚛", "༻༽᚜"),
    ("⹕⹗⹙⹛", "⹖⹘⹚⹜"),
];

/// Which kind of bracket a sign is, and whether it opens.
pub(crate) fn bracket(c: char) -> Option<(usize, bool)> {
    match c {
        '(' => Some((0, true)),
        ')' => Some((0, false)),
        '[' => Some((1, true)),
        ']' => Some((1, false)),
        '{' => Some((2, true)),
        '}' => Some((2, false)),
        c if c.is_ascii() || !may_be(c) => None,
        c => PAIRS.iter().enumerate().find_map(|(kind, (open, close))| {
            let opens = open.contains(c);
            (opens || close.contains(c)).then_some((kind, opens))
        }),
    }
}

/// The blocks in which brackets lie.
fn may_be(c: char) -> bool {
    matches!(c, '\u{F3A}'..='\u{F3D}' | '\u{169B}' | '\u{169C}' | '\u{2045}'..='\u{208E}' | '\u{2308}'..='\u{232A}'
        | '\u{2768}'..='\u{2775}' | '\u{27C5}'..='\u{29FD}' | '\u{2E22}'..='\u{2E5C}' | '\u{3008}'..='\u{301B}'
        | '\u{FD3E}'..='\u{FD3F}' | '\u{FE17}'..='\u{FE5E}' | '\u{FF08}'..='\u{FF63}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bracket_of_the_table_is_found_and_none_is_of_two_kinds() {
        let mut known = std::collections::HashSet::new();
        for (kind, (open, close)) in PAIRS.iter().enumerate() {
            assert_eq!(open.chars().count(), close.chars().count(), "{open}");
            for (c, opens) in
                (open.chars().map(|c| (c, true))).chain(close.chars().map(|c| (c, false)))
            {
                assert_eq!(bracket(c), Some((kind, opens)), "{c}");
                assert!(known.insert(c), "{c} stands twice");
            }
        }
        assert_eq!(bracket('“'), None);
        assert_eq!(bracket('語'), None);
    }
}
