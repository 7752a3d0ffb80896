use super::*;
#[test]
fn dump() {
    let cases: &[(Kind, &str)] = &[
        (Kind::Actor, "titel: X\n"),
        (Kind::Actor, "name: X\nalias: b\n"),
        (
            Kind::Actor,
            "title: X\ndisclosed: 2016\npublisher: x\nvariant_of: y\nlocated_at: z\ncolour: red\nslug: x\nkind: y\nfirst-seen: 2016\n",
        ),
        (
            Kind::Actor,
            "title: [a]\nsummary: {a: b}\ntags: {a: b}\naliases: [[x]]\n",
        ),
        (
            Kind::Actor,
            "title: X\nfirst_seen: soon\nlast_seen: 2018/2016\nmotive: finacial\n",
        ),
        (Kind::Actor, "title: X\nfirst_seen: [2014, 2015]\n"),
        (
            Kind::Actor,
            "title: X\nfirst_seen:\n  - {value: 2014, chosen: a}\n  - {value: 2015, chosen: true}\n",
        ),
        (
            Kind::Actor,
            "title: X\nuses:\n - {entry: a, confidence: high, start: 2018, end: 2016, denied: yes, tlp: WHITE}\n - {entrie: a}\n - {confidence: likeli}\n - '@b'\n - actors/x.md\n - ''\n",
        ),
        (
            Kind::Actor,
            "title: X\ntlp: amber\naliases:\n - {name: a, tlp: green}\nfirst_seen: {value: 2016, tlp: clear}\n",
        ),
        (Kind::Actor, "title: X\ntlp: ambre\n"),
        (Kind::Actor, "title: X\ntpl: amber\n"),
        (Kind::Incident, "title: X\nloss: 81m USD\n"),
        (
            Kind::Incident,
            "title: X\nloss: {attempted: $81 million, actual: 81m, lost: 3 USD, recovered: {text: tens, currency: XX}, frozen: {text: tens, currency: USD}}\n",
        ),
        (
            Kind::Incident,
            "title: X\nstatus: confirm\nevents: [{date: 2016}, {what: x, date: 4 Feb 2016}]\n",
        ),
        (Kind::Source, "title: X\n"),
        (
            Kind::Source,
            "title: X\npublisher: Reuters\nurl: javascript:alert(1)\narchived: www.x.org\ngrade: B9\ntype: book\nseen: no\nlanguage: en_GB\naccessed: 2016\nsnapshot: {file: ../x, sha256: abc}\nretracted: {date: 2016}\n",
        ),
        (
            Kind::Note,
            "title: X\nkey: 'true'\njudgements: [{text: a, confidence: sure}]\n",
        ),
        (
            Kind::Place,
            "title: X\nlat: 91\nlon: x\ncode: no\ntype: town\n",
        ),
        (Kind::Person, "title: X\nlegal: chargd\nattributed_to: x\n"),
        (
            Kind::Note,
            "title: X\nredirect_from: [../x, 'https://a.b', //x, /a?b, '/', /ok/]\nchanges: {date: 2016, what: x}\nwithdrawn: yes\nexternal_ids: G0082\nextra: 1\nfacts: [a]\n",
        ),
        (
            Kind::Note,
            "title: X\nfacts: {motive: x, days: [1, 2]}\nsources: ['a, p. 12', {sorce: a}, [[b]]]\ndraft: yes\npublish: 2016\n",
        ),
        (Kind::Note, "title: \"a\\x01\"\nlang: English\n"),
    ];
    for (kind, front) in cases {
        println!("{kind} {front:?}");
        for line in shown(&yaml(*kind, front)) {
            println!("    {line}");
        }
    }
}
