//! Sentences of the field, as they are divided. A bar stands where one ends.

use super::Bounds;

/// Divides a text and shows where.
fn divided(text: &str) -> String {
    let bounds = Bounds::of(text, false);
    let mut start = 0;
    let sentences = bounds.ends.iter().map(|&end| {
        let sentence = &text[std::mem::replace(&mut start, end)..end];
        sentence.trim()
    });
    sentences.collect::<Vec<_>>().join(" | ")
}

fn hold(expected: &[&str]) {
    for expected in expected {
        assert_eq!(divided(&expected.replace(" | ", " ")), *expected);
    }
}

#[test]
fn plain_sentences_end_where_they_end() {
    hold(&[
        "One. | Two! | Three?",
        "“Stop.” | He left.",
        "It cost 81.5 million. | Then 1.2.",
        "The group was named in 2014. | Kim Jong Un denied it.",
        "It runs install.sh. | Kim wrote it.",
        "The domain is evil.example. | Kim registered it.",
        "They said no. | Nothing came of it.",
        "They got the loot. | Bangladesh Bank lost it (see p. 12). | Kim fled.",
        "It waited a sec. | Then it ran.",
        "It rose with the sun. | Kim slept.",
        "The chain is shown in Fig. 3. | Kim drew it.",
        "The heist is on p. 12. | Park wrote it.",
        "Version 2.1. | Kim shipped it.",
    ]);
    let apart = divided("銀行が襲われた。金は消えた。");
    assert_eq!(apart, "銀行が襲われた。 | 金は消えた。");
}

#[test]
fn titles_and_ranks_stand_before_names() {
    hold(&[
        "Mr. Park wrote it. | So did Dr. Kim.",
        "Gen. So Hong Chan and Col. An signed. | Lt. Gen. Kim did not.",
        "Adm. Rogers told Sen. Warner. | Rep. In Jae-geun heard it.",
        "It named ex-Gov. Park and vice-Adm. Choe. | Both denied it.",
        "Asst. Atty. Gen. John Demers announced it. | FBI Dep. Dir. Bowdich spoke.",
        "Lt.Col. Kim led Lab 110. | Maj.Gen. Jang did not.",
        "Messrs. Jon and Kim sat in Ft. Meade. | Mt. Paektu is far.",
    ]);
}

#[test]
fn what_is_inserted_goes_on() {
    hold(&[
        "Lazarus, a.k.a. Hidden Cobra, struck. | It struck again.",
        "Scattered Spider, A.K.A. The Com, is loose. | It is young.",
        "Chosun Expo (f.k.a. Korea Expo) hired him. | He left.",
        "Some tools, e.g. Mimikatz, are public. | Others, i.e. HOPLIGHT, are not.",
        "Compare cf. Mandiant 2018. | It differs.",
        "The case Kim v. The State ended. | Lazarus vs. Interpol did not.",
        "They took approx. USD 81m. | It was ca. 2016.",
        "Incl. North Korea, six states did. | Esp. Iran gained.",
    ]);
}

#[test]
fn references_and_numbers() {
    hold(&[
        "Document No. 5 says so. | No. | Nothing.",
        "See p. 12 and Fig. IV here. | Yes.",
        "See Fig. A, vol. II and App. C here. | Kim drew it.",
        "As vol. Three says, it was Art. 5 and Sec. 4. | Ch. V differs.",
        "In Case No. MJ18-1479 and Dkt. No. CR-20-00614 he is charged. | Park fled.",
        "Nos. 12 and 13 hold. | UNSC res. 2094, para. 4 does.",
        "It is in pp. 3–9, para. B and nr. 7. | Kim agrees.",
        "They paid no. #4 and doc. 18. | He said no. | Kim agreed.",
        "Under 18 U.S.C. § 1030 he is charged. | Park fled.",
    ]);
}

#[test]
fn initials_and_states() {
    hold(&[
        "The U.S. Treasury acted. | It did.",
        "It fled the U.S. | The bank paid.",
        "Non-U.S. Banks paid, U.S./U.K. Banks did not. | All knew.",
        "J. R. Smith spoke. | J.P. Morgan paid.",
        "Paul M. Nakasone spoke. | Rod J. Rosenstein wrote.",
        "The U.N. Panel of Experts met in Washington, D.C. Kim did not.",
        "The C.D. Cal. Court and the S.D.N.Y. Court agree. | They rarely do.",
        "S.p.A. Rossi and Sp. z o.o. Nowak paid. | Both lost.",
        "He holds a Ph.D. Nobody asked. | Some wondered.",
        "Он из т. н. Бюро 121. | Да.",
    ]);
}

#[test]
fn names_of_companies_and_places() {
    hold(&[
        "Chosun Expo Corp. Ltd. paid. | This is so.",
        "Bithumb Co. Ltd. Korea was robbed. | It was insured.",
        "Sony Pictures Entertainment Inc. Culver City was hit. | It hurt.",
        "It went to Dandong Hongxiang Co. | The money vanished.",
        "Kim et al. Korea University found it. | They published.",
        "It took keys, seeds, etc. Kim sold them. | He fled.",
        "The servers stood at 5 Main St. Palo Alto, Calif. Stanford is near. | It noticed.",
        "Yahoo! Messenger was used. | It worked.",
        "Park Jin Hyok Jr. Kim’s friend fled. | He was seen.",
    ]);
}

#[test]
fn times_and_measures() {
    hold(&[
        "At 10 a.m. Dhaka time it began. | It ended at 8 p.m. | The bank was shut.",
        "On Thurs. Feb. 4 it began. | By Sun. Feb. 7 it was over.",
        "It began in Dec. Pyongyang knew. | It ended in Jan. | The loot was gone.",
        "They asked for 951 mln. USD and got 81 bn. Won. | Few noticed.",
        "It took 5 min. Kim watched. | He smiled.",
        "Am 3. Mai 2016 kam es dazu. | Im 19. Jahrhundert nicht.",
        "On 4. February 2016 it began. | It ended.",
        "Das Kommando des 3. Büros befahl es. | Kim gehorchte.",
    ]);
}

#[test]
fn heads_of_lists_and_sections() {
    hold(&[
        "1. Kim logs in. | 2. Park transfers.",
        "Figure 3. The chain.",
        "Fig. 3. The chain. | It is long.",
        "4.2. Findings are thin. | More is needed.",
        "IV. Attribution is firm. | It rests on code.",
        "A. Tools are shared. | B. Targets differ.",
        "Tools are shared. (b). Targets differ. | So do times.",
        "The steps are: 1. Kim logs in.",
        "Count 1. Conspiracy. | Count 2. Wire fraud.",
    ]);
}

#[test]
fn ellipses() {
    hold(&[
        "“The group ... Lazarus, it is ... North Korean.” | He left.",
        "It took [...] Bitcoin and (...) Ether. | Both fell.",
        "It fell. | [...] Then it rose.",
        "It waited... | Then it struck.",
        "It was … Kim. | He fled.",
    ]);
}

#[test]
fn questions_and_quotation_marks() {
    hold(&[
        "“Who did it?” he asked. | Nobody knew.",
        "“Who did it?” Kim asked. | “Stop!” the note read.",
        "“Why?” | The bank paid.",
        "“Stop!” | He left.",
        "In 2014 (?) Kim joined. | He left (!) Pyongyang.",
        "The so-called “Dr. Evil” and “Evil Inc.” Kim wrote to paid. | Both lost.",
        "It calls https://x.example/?Id=5 at dawn. | It ends.",
        "It lists “a.k.a.” Names. | They match.",
        "It paid.[3] Kim fled. | He hid.",
    ]);
}
