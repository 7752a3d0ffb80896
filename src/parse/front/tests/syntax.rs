use super::*;
#[test]
fn dump() {
    for front in [
        "title: A: B\ndate: 2016\n",
        "title\ndate: 2016\n",
        "date: 2016\ntitle\ntags: 1\n",
        "title:A\ntags: 1\n",
        "title: X\nuses: [@x]\n",
        "title: X\nuses: @x\n",
        "title: X\nuses: [[a]], [[b|c]]\n",
        "title: X\nuses: [[Kill Disk]]\n",
        "title: X\nuses:\n\t- a\n",
        "title: X\nuses:\n\tb: c\n",
        "title: 'It's'\ntags: 1\n",
        "title: \"open\ntags: 1\n",
        "title: A\ntags: [x, y\nlang: 1\n",
        "title: A\nloss: {x: y\nb: 1\n",
        "title: *b*\n",
        "title: `x`\n",
        "title: [x] y\n",
        "title: \"A\" b\nc: 1\n",
        "title: 1\n b: 2\n",
        "title: a\nloss:\n  attempted: 1\n frozen: 2\n",
        "title = 1\n",
        "title: %x\n",
        "title: !x y\n",
        "- a\n- b\n",
        "title: - b\n",
        "title: X\n...\nc: d\n",
        "title: x\n\tb: y\n",
        "title: x\ntags: [x,\n\ty]\n",
        "title: x\nuses: {entry: x confidence: y}\n",
        "- a\ntitle: c\n",
        "title: b\n- c\n",
        "title: \"a\\q\"\n",
        "title: x]\ntags: [a]]\n",
        "title: http://x\ntags\n",
        "title:\ntags:\n",
        "title: é: B\n",
        "? [a]\n: b\n",
        "title: x\nuses: *a\n",
        "title: x\nuses:\n  - hoplight:\n    sources: [a]\n",
        "title: x\nsummary: |\nfoo\n",
        "title: x\n  - b\n",
        "title: \u{1}\n",
        "title: a\ntitle: b\n",
        "<<: *a\n",
        "title: 'it'\nsummary: He said: \"x\"\n",
        "title: x\nsources: [a, , b]\n",
    ] {
        println!("{front:?}");
        for line in shown(&yaml(Kind::Actor, front)) {
            println!("    {line}");
        }
    }
}
#[test]
fn dump_toml() {
    for front in [
        "title = \"a\"\ntitle = \"b\"\n",
        "title: a\n",
        "title = a\n",
        "title = \"a\"\nuses = [[b]]\n",
        "title = \"a\"\nuses = [[\"b\"]]\n",
        "title = \"a\"\ndate = 2016-02-04\ndraft = yes\n",
        "title = \"a\"\ndate = 2016\n[loss]\nactual = \"81m USD\"\n[loss.attempted]\nvalue = \"951m USD\"\nsources = [\"b\"]\n[[events]]\ndate = 2016-02-04\nwhat = \"x\"\n[[events]]\nwhat = \"y\"\n",
        "a = [",
        "title = \"a\n",
        "[loss]\nactual=\"1 USD\"\n[loss]\nactual=\"2 USD\"\n",
    ] {
        let file = TextFile::new("content/incidents/x.md", format!("+++\n{front}+++\n"));
        println!("{front:?}");
        for line in shown(&file) {
            println!("    {line}");
        }
    }
}
