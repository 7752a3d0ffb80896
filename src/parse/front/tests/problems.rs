//! Values that are not what their keys take.

use super::check;
use crate::model::Kind;

#[test]
fn keys_are_suggested_among_those_of_the_kind() {
    check(
        Kind::Actor,
        "titel: X\n",
        &["unknown-key 2:1 actor entries have no key `titel` → did you mean `title`?"],
    );
    check(
        Kind::Actor,
        "name: X\nalias: b\n",
        &[
            "unknown-key 2:1 actor entries have no key `name` → did you mean `title`?",
            "unknown-key 3:1 actor entries have no key `alias` → did you mean `aliases`?",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nfirst-seen: 2016\ndisclosed: 2016\ncolour: red\nslug: x\nkind: y\n",
        &[
            "unknown-key 3:1 actor entries have no key `first-seen` → did you mean `first_seen`?",
            "unknown-key 4:1 actor entries have no key `disclosed` → only these have it: incidents",
            "unknown-key 5:1 actor entries have no key `colour` → actor entries have, beside the keys of every kind, `first_seen`, `last_seen`, `motive`, `sophistication`, `attributed_to`, `part_of`, `uses`, `hosts`, `controls`, `owns`, `targets`, `exploits`, `originates_from`, `impersonates`, `investigated_by`; values for templates stand under `extra`, further sourced values under `facts`; `dossier keys actor` lists all",
            "unknown-key 6:1 actor entries have no key `slug` → the name of the file is the slug",
            "unknown-key 7:1 actor entries have no key `kind` → the folder gives the kind",
        ],
    );
    // Organisations have a `type`, malware has `types`.
    check(
        Kind::Malware,
        "title: X\ntype: rat\n",
        &["unknown-key 3:1 malware entries have no key `type` → did you mean `types`?"],
    );
    check(
        Kind::Source,
        "title: X\n",
        &[
            "missing-key 2:1 source entries need the key `publisher` → add `publisher:`, who published it",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nuses:\n  - { entrie: a }\n  - { confidence: likely }\n  - hoplight:\n",
        &[
            "unknown-key 4:7 a relation has no key `entrie` → did you mean `entry`? (it has: entry, confidence, sources, start, end, denied, tlp, note)",
            "missing-key 5:5 a relation needs the key `entry` → write it as `uses: { entry: apt38, confidence: likely, sources: [mandiant-2018] }`",
            "unknown-key 6:5 a relation has no key `hoplight` → it has: entry, confidence, sources, start, end, denied, tlp, note",
        ],
    );
}

#[test]
fn relations_belong_to_kinds() {
    check(
        Kind::Actor,
        "title: X\nlocated_at: z\nvariant_of: y\n",
        &[
            "relation-not-allowed 3:1 actor entries cannot state `located_at` → from actors these lead to places: `targets`, `originates_from`, `related_to`; `located_at` is stated by incidents, infrastructure, people, organisations",
            "relation-not-allowed 4:1 actor entries cannot state `variant_of` → from actors these lead to malware, tools: `uses`, `hosts`, `controls`, `related_to`; `variant_of` is stated by malware, tools",
        ],
    );
    check(
        Kind::Person,
        "title: X\nattributed_to: x\n",
        &[
            "relation-not-allowed 3:1 person entries cannot state `attributed_to` → from people these lead to actors, people, organisations: `member_of`, `employed_by`, `targets`, `impersonates`, `investigated_by`, `related_to`; `attributed_to` is stated by actors, campaigns, incidents, malware",
        ],
    );
}

#[test]
fn types_are_told_apart() {
    check(
        Kind::Actor,
        "title: [a]\nsummary: {a: b}\ntags: {a: b}\naliases: [[x]]\n",
        &[
            "wrong-type 2:8 `title` takes text, not a list → write it as `title: some words`",
            "wrong-type 3:10 `summary` takes text, not keys with values → write it as `summary: some words`",
            "wrong-type 4:7 `tags` takes text or a list of texts, not keys with values → write it as `tags: [one, two]`",
            "wrong-type 5:11 `aliases` takes text, not a list → write it as `aliases: some words`",
        ],
    );
    check(
        Kind::Incident,
        "title: X\nloss: 81m USD\nevents: x\n",
        &[
            "wrong-type 3:7 `loss` takes keys with values, not a single value → write it as `loss: { attempted: 951m USD, actual: 81m USD }`",
            "wrong-type 4:9 `events` takes keys with values, not a single value → write it as `events: { date: 2016-02-04, what: the first orders are sent, sources: [reuters-2016] }`",
        ],
    );
    check(
        Kind::Note,
        "title: X\nwithdrawn: yes\nexternal_ids: G0082\nextra: 1\nfacts: [a]\ndraft: yes\nkey: 'true'\n",
        &[
            "wrong-type 3:12 `withdrawn` takes keys with values, not a single value → write it as `withdrawn: { date: 2026-01-31, reason: the report was forged }`",
            "wrong-type 4:15 `external_ids` takes names with texts, not a single value → write it as `external_ids: { attack: G0082 }`",
            "wrong-type 5:8 `extra` takes keys with values, not a single value → write it as `extra: { colour: red }`",
            "wrong-type 6:8 `facts` takes names with values, not a list → write it as `facts: { days_inside: 155 }`",
            "wrong-type 7:8 `draft` takes true or false, not `yes` → write `true`, without quotes",
            "wrong-type 8:6 `key` takes true or false, not `true` → write `true`, without quotes",
        ],
    );
}

#[test]
fn dates_are_read_or_guessed() {
    check(
        Kind::Actor,
        "title: X\nfirst_seen: soon\nlast_seen: 2018/2016\ndate: 4 Feb 2016\nupdated: 2016\n",
        &[
            "bad-date 3:13 `soon` is not a date → the forms are 2016, 2016-02, 2016-02-04, 2016-02-04T20:36+06:00, 2015-Q4, `early 2016`, `about 2016-02`, 2016-02-04/2016-02-05, 2014/.. and ../2018",
            "end-before-start 4:12 the period `2018/2016` ends before it starts → put the earlier date first",
            "bad-date 5:7 `4 Feb 2016` is not a date → write `2016-02-04`",
            "bad-date 6:10 `updated` takes a full day, and `2016` is none → write year, month and day: `2026-01-31`",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nuses: { entry: a, start: 2018, end: 2016 }\n",
        &[
            "end-before-start 3:37 the relation ends before it starts [3:26 it starts here] → put the earlier date under `start`",
        ],
    );
}

#[test]
fn money_is_read_or_guessed() {
    check(
        Kind::Incident,
        "title: X\nloss:\n  attempted: $81 million\n  actual: 81m\n  lost: 3 USD\n  recovered: { text: tens, currency: XX }\n",
        &[
            "bad-money 4:14 `million` is not a currency code of ISO 4217, such as USD, EUR or INR, nor a coin: BTC, ETH, XMR, USDT, TRX → write `81m USD`",
            "bad-money 5:11 `81m` has no currency → write an amount and a currency, `81m USD` or `about 94.42 crore INR`, or `{ text: tens of millions, currency: USD }` where there is no figure",
            "unknown-key 6:3 a loss has no key `lost` → it has: attempted, demanded, paid, actual, recovered, frozen, seized",
            "bad-money 7:38 `XX` is not a currency code of ISO 4217, such as USD, EUR or INR, nor a coin: BTC, ETH, XMR, USDT, TRX → write an amount and a currency, `81m USD` or `about 94.42 crore INR`, or `{ text: tens of millions, currency: USD }` where there is no figure",
        ],
    );
}

#[test]
fn words_are_checked() {
    check(
        Kind::Actor,
        "title: X\nmotive: finacial\nuses: { entry: a, confidence: likeli }\n",
        &[
            "bad-value 3:9 `finacial` is not a value of `motive` → did you mean `financial`? (it takes: financial, espionage, sabotage, influence, other)",
            "bad-value 4:31 `likeli` is not a word of estimative probability → did you mean `likely`? (the terms are: almost no chance, remote, very unlikely, highly improbable, unlikely, improbable, roughly even chance, roughly even odds, likely, probable, very likely, highly probable, almost certain, nearly certain)",
        ],
    );
    check(
        Kind::Incident,
        "title: X\nstatus: confirm\n",
        &[
            "bad-value 3:9 `confirm` is not a value of `status` → did you mean `confirmed`? (it takes: confirmed, blocked, failed-attempt, suspected, false-positive)",
        ],
    );
    check(
        Kind::Person,
        "title: X\nlegal: chargd\n",
        &[
            "bad-value 3:8 `chargd` is not a value of `legal` → did you mean `charged`? (it takes: alleged, charged, convicted, acquitted, sanctioned)",
        ],
    );
    check(
        Kind::Place,
        "title: X\nlat: 91\nlon: x\ncode: no\ntype: town\n",
        &[
            "bad-value 3:6 `lat` takes degrees from -90 to 90, not `91` → write a decimal number, south and west with a minus: `-12.0464`",
            "bad-value 4:6 `lon` takes degrees from -180 to 180, not `x` → write a decimal number, south and west with a minus: `-12.0464`",
            "bad-value 5:7 `no` is not a code of ISO 3166 → write two capitals, `KP`, or those of a part of a country, `US-NY`",
            "bad-value 6:7 `town` is not a value of `type` → it takes: country, region, city",
        ],
    );
    check(
        Kind::Note,
        "title: X\nlang: en_GB\njudgements: { text: a, confidence: high }\n",
        &[
            "bad-value 3:7 `en_GB` is not a language tag → write `en-GB`",
            "bad-value 4:36 `high` is not a word of estimative probability → the terms are: almost no chance, remote, very unlikely, highly improbable, unlikely, improbable, roughly even chance, roughly even odds, likely, probable, very likely, highly probable, almost certain, nearly certain",
        ],
    );
    check(
        Kind::Note,
        "title: \"a\\x01\"\n",
        &["bad-value 2:8 `title` holds the control character U+0001 → delete it"],
    );
    // Nothing is told of a comment that is seen when the sign is gone.
    check(
        Kind::Note,
        "title: X\nsummary: \"a\\x01 %% b %%\"\ntags: [\"c\\x01 <!-- d -->\"]\nextra: { x: y }\nexternal_ids: { \"e\\x01 %% f %%\": g }\n",
        &[
            "bad-value 3:10 `summary` holds the control character U+0001 → delete it",
            "bad-value 4:8 `tags` holds the control character U+0001 → delete it",
            "bad-value 6:17 `external_ids` holds the control character U+0001 → delete it",
        ],
    );
}

#[test]
fn sources_are_checked() {
    check(
        Kind::Source,
        "title: X\npublisher: Reuters\ngrade: B9\ntype: book\nseen: no\nsnapshot: { file: ../x, sha256: abc }\nretracted: { date: 2016 }\n",
        &[
            "bad-value 4:8 `B9` is not an Admiralty grade → write a letter A to F for the source and a digit 1 to 6 for what it says, `B2`, or the digit alone where the publisher's entry says how reliable it is",
            "bad-value 5:7 `book` is not a value of `type` → it takes: report, news, advisory, court-record, sanction, blog, dataset, interview, other",
            "bad-value 6:7 `no` is not a value of `seen` → it takes: full, excerpt, reference",
            "bad-value 7:19 `../x` is not a file below content/sources/snapshots/ → put the file into that folder and write its name: `file: x`",
            "bad-value 7:33 `sha256` takes 64 hexadecimal digits → copy the output of `sha256sum FILE` or of `shasum -a 256 FILE`",
            "missing-key 8:12 a notice needs the key `reason` → write it as `retracted: { date: 2026-01-31, reason: the report was forged }`",
        ],
    );
    check(
        Kind::Source,
        "title: X\npublisher: Reuters\nurl: javascript:alert(1)\narchived: www.x.org\n",
        &[
            "unsafe-link 4:6 `url` takes an address with https: or http:, not `javascript:alert(1)` → write the whole address, without spaces: `https://example.org/report`",
            "unsafe-link 5:11 `archived` takes an address with https: or http:, not `www.x.org` → write `https://www.x.org`",
        ],
    );
    check(
        Kind::Source,
        "title: X\npublisher: Reuters\nurl: https://\narchived: hxxps://x.org/a\n",
        &[
            "unsafe-link 4:6 `url` takes an address with https: or http:, not `https://` → write the whole address, without spaces: `https://example.org/report`",
            "unsafe-link 5:11 `archived` takes an address with https: or http:, not `hxxps://x.org/a` → the address of a source is written live: `https://…`",
        ],
    );
}

#[test]
fn citations_are_checked() {
    check(
        Kind::Note,
        "title: X\nsources: ['a, p. 12', { sorce: a }, [[b]], '@c', sources/d.md]\n",
        &[
            "bad-value 3:11 `sources` takes a source, and a place in it only in a map → write `{ source: a, at: \"p. 12\" }`",
            "unknown-key 3:25 a citation has no key `sorce` → did you mean `source`? (it has: source, at)",
            "bad-value 3:37 `sources` takes the bare slug, without brackets → write `b`",
            "bad-value 3:44 `@c` is how prose cites; `sources` takes the bare slug → write `c`",
            "bad-value 3:50 `sources/d.md` is a path; `sources` takes the slug → write `sources/d`",
        ],
    );
}

#[test]
fn facts_need_one_chosen_value() {
    check(
        Kind::Actor,
        "title: X\nfirst_seen: [2014, 2015]\n",
        &[
            "no-chosen-value 3:1 `first_seen` has 2 values and none is chosen → add `chosen: why this one` to the value that the dossier goes by",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nfirst_seen:\n  - { value: 2014, chosen: a }\n  - { value: 2015, chosen: true }\n",
        &[
            "no-chosen-value 5:5 `first_seen` has more than one chosen value [4:5 chosen here] → leave `chosen` on the one value that the dossier goes by",
            "bad-value 5:28 `chosen` says why the value is chosen → write the reason: `chosen: the amount that the court established`",
        ],
    );
    check(
        Kind::Note,
        "title: X\nfacts: { motive: x, days: [1, 2] }\n",
        &[
            "unknown-key 3:10 `motive` is a key of its own → write it at the top of the front matter, outside of `facts`",
            "no-chosen-value 3:21 `days` has 2 values and none is chosen → add `chosen: why this one` to the value that the dossier goes by",
        ],
    );
}

#[test]
fn markings_are_checked() {
    check(
        Kind::Actor,
        "title: X\ntlp: WHITE\n",
        &[
            "bad-marking 3:6 `WHITE` is not a marking of TLP 2.0 → TLP 2.0 calls it CLEAR: write `clear`",
        ],
    );
    check(
        Kind::Actor,
        "title: X\ntlp: ambre\naliases: { name: a, tlp: green }\n",
        &[
            "bad-marking 3:6 `ambre` is not a marking of TLP 2.0 → did you mean `amber`? (the markings are: clear, green, amber, amber+strict, red)",
        ],
    );
    check(
        Kind::Actor,
        "title: X\ntlp: amber\naliases: { name: a, tlp: green }\nfirst_seen: { value: 2016, tlp: clear }\nuses: { entry: a, tlp: red }\n",
        &[
            "lower-marking 4:26 TLP:GREEN stands within an entry that is TLP:AMBER [3:6 the entry's marking] → a part is marked as its entry or higher; delete the lower marking",
            "lower-marking 5:33 TLP:CLEAR stands within an entry that is TLP:AMBER [3:6 the entry's marking] → a part is marked as its entry or higher; delete the lower marking",
        ],
    );
}

#[test]
fn former_addresses_are_paths_of_the_site() {
    check(
        Kind::Note,
        "title: X\nredirect_from: [../x, 'https://a.b', //x, /a?b, '/', /a/%2e%2e/b, 'a b', /ok/]\n",
        &[
            "bad-redirect 3:17 `../x` cannot be a former address: it climbs out of its folder → write the path below the site's root: `/actors/old-name/`",
            "bad-redirect 3:23 `https://a.b` cannot be a former address: it leads to another host → write the path below the site's root: `/actors/old-name/`",
            "bad-redirect 3:38 `//x` cannot be a former address: it leads to another host → write the path below the site's root: `/actors/old-name/`",
            "bad-redirect 3:43 `/a?b` cannot be a former address: a redirect takes no query and no fragment → write the path below the site's root: `/actors/old-name/`",
            "bad-redirect 3:49 `/` cannot be a former address: it is the home page → write the path below the site's root: `/actors/old-name/`",
            "bad-redirect 3:54 `/a/%2e%2e/b` cannot be a former address: it climbs out of its folder → write the path below the site's root: `/actors/old-name/`",
            "bad-redirect 3:67 `a b` cannot be a former address: it holds a sign that no path may hold → write the path below the site's root: `/actors/old-name/`",
        ],
    );
}
