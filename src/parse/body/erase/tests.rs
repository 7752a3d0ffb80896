//! A text without its marked parts, as a writer would have left it.

use super::*;

/// The text without what stands between `‹` and `›`, as blocks.
fn without_blocks(marked: &str) -> String {
    let mut text = String::new();
    let mut parts = Vec::new();
    let mut open = Vec::new();
    for c in marked.chars() {
        match c {
            '‹' => open.push(text.len()),
            '›' => parts.extend(open.pop().map(|start| Part::Block(start..text.len()))),
            c => text.push(c),
        }
    }
    without(&text, 0, &parts, &[], true).text
}

#[test]
fn blocks_go_with_the_blank_lines_that_were_theirs() {
    let table = [
        ("a\n\n‹b›\n\nc\n", "a\n\nc\n"),
        ("‹a›\n\nb\n", "b\n"),
        ("a\n\n‹b›\n", "a\n"),
        ("a\n\n‹b›", "a\n"),
        ("# h\n‹b›\n\nc\n", "# h\n\nc\n"),
        ("a\n- ‹b›\n\nc\n", "a\n\nc\n"),
        // Items: what stays is as loose or tight as it is without them.
        ("- a\n‹- b›\n- c\n", "- a\n- c\n"),
        ("- a\n\n‹- b›\n\n- c\n", "- a\n\n- c\n"),
        ("- a\n- b\n\n‹- c›\n\n- d\n", "- a\n- b\n- d\n"),
        ("- a\n‹- b›\n\n- c\n", "- a\n- c\n"),
        ("- a\n- b\n\n‹- c›\n", "- a\n- b\n"),
        ("- a\n\n  ‹b›\n- c\n", "- a\n- c\n"),
        ("- a\n\n  ‹b›\n\n  c\n- d\n", "- a\n\n  c\n- d\n"),
        ("- ‹```x\n  y\n  ```›\n\n  next\n", "- next\n"),
        ("- ‹```x\n  y\n  ```›\n- b\n", "- b\n"),
        ("- a\n  - ‹b›\n- c\n", "- a\n- c\n"),
        // Quotes.
        ("> a\n>\n> ‹b›\n>\n> c\n", "> a\n>\n> c\n"),
        ("> a\n>\n> ‹b›\n\nd\n", "> a\n\nd\n"),
        ("a\n\n> ‹b\n> c›\n\nd\n", "a\n\nd\n"),
        // Neighbours without blank lines.
        ("a\n‹```x\n```›\n---\n", "a\n\n---\n"),
        ("a\n‹```x\n```›\n    b\n", "a\n\n    b\n"),
        ("a\n‹```x\n```›\n2. b\n", "a\n\n2. b\n"),
        ("|a|\n|-|\n‹```x\n```›\n|b|\n", "|a|\n|-|\n\n|b|\n"),
        ("- a\n‹```x\n```›\nb\n", "- a\n\nb\n"),
        ("- a\n  ‹```x\n  ```›\nb\n", "- a\n\nb\n"),
        ("- a\n  ‹```x\n  ```›\n- b\n", "- a\n- b\n"),
        ("- a\n  ‹```x\n  ```›\n  b\n", "- a\n\n  b\n"),
        ("- a\n  ‹```x\n  ```›\n  - b\n", "- a\n  - b\n"),
        ("- - a\n    ‹```x\n    ```›\n  - b\n", "- - a\n  - b\n"),
        ("> a\n> ‹```x\n> ```›\nb\n", "> a\n\nb\n"),
        ("> a\n> ‹```x\n> ```›\n\nb\n", "> a\n\nb\n"),
        ("> a\n> ‹```x\n> ```›\n> ---\n", "> a\n>\n> ---\n"),
        ("> - a\n>   ‹```x\n>   ```›\n> b\n", "> - a\n>\n> b\n"),
        ("- a\n  ‹```x\n  ```›\n> b\n", "- a\n\n> b\n"),
        ("[^a]: b\n‹```x\n```›\nc[^a]\n", "[^a]: b\n\nc[^a]\n"),
        ("[a]: /b\n‹```x\n```›\n\"c\"\n", "[a]: /b\n\n\"c\"\n"),
        ("a\n‹```x\n```›\n[b]: /c\n", "a\n\n[b]: /c\n"),
        ("a\n‹```x\n```›\n\n---\n", "a\n\n---\n"),
        // Numbers of lists.
        ("‹1. a›\n2. b\n3. c\n", "1. b\n3. c\n"),
        ("‹9. a›\n10. b\n    c\n", "9.  b\n    c\n"),
        ("text\n‹1. a›\n2. b\n", "text\n1. b\n"),
        // Sections go with the definitions of links in them.
        (
            "a [r]\n\n‹# b\n\nc\n\n[r]: http://x›\n\n# d\n",
            "a [r]\n\n# d\n",
        ),
        ("‹(X)\n\n[r]: http://x\n\nb›\n\nc\n", "c\n"),
        ("T\n: a\n‹: b›\n", "T\n: a\n"),
        ("T\n: a\n‹: b›\n\nU\n: c\n", "T\n: a\n\nU\n: c\n"),
        ("T\n‹: a›\n\nU\n: c\n", "U\n: c\n"),
        ("x\n\nT\n‹: a›\n\ny\n", "x\n\ny\n"),
    ];
    for (marked, expected) in table {
        assert_eq!(without_blocks(marked), expected, "{marked}");
    }
}

#[test]
fn footnotes_go_with_what_refers_to_them_and_the_other_way_round() {
    let table = [
        ("a[^1] b\n\n‹[^1]: x›\n", "a[^1] b\n"),
        // What stays is left as it is written: references are left out once it is read.
        ("a [^1] b [^1].\n\n‹[^1]: x›\n", "a [^1] b [^1].\n"),
        (
            "a [^1][^2] b\n\n‹[^1]: x›\n\n[^2]: y\n",
            "a [^1][^2] b\n\n[^2]: y\n",
        ),
        ("‹a[^1]›\n\nb\n\n[^1]: x\n", "b\n"),
        (
            "‹a[^1]›\n\nb[^2]\n\n[^1]: x[^3]\n\n[^2]: y\n\n[^3]: z\n",
            "b[^2]\n\n[^2]: y\n",
        ),
        ("a\n[^1]\nb\n\n‹[^1]: x›\n", "a\n[^1]\nb\n"),
        // What holds nothing else goes, and what leads to that.
        ("a\n\n**[^1]**\n\nb\n\n‹[^1]: x›\n", "a\n\nb\n"),
        ("# [^1]\n\nb\n\n‹[^1]: x›\n", "b\n"),
        ("- [ ] [^1]\n- b\n\n‹[^1]: x›\n", "- b\n"),
        ("T\n: [^1]\n: b\n\n‹[^1]: x›\n", "T\n: b\n"),
        (
            "a[^2]\n\n- [^2]\n- b\n\n[^2]: [^1]\n\n‹[^1]: x›\n",
            "a[^2]\n\n- b\n",
        ),
    ];
    for (marked, expected) in table {
        assert_eq!(without_blocks(marked), expected, "{marked}");
    }
}

#[test]
fn lines_of_indicators_go_and_a_block_of_which_none_stays() {
    let text = "a\n\n```ioc\n# c\n1.1.1.1\n2.2.2.2\n```\n\nb\n";
    let line = |word: &str| {
        let at = text.find(word).unwrap_or(0);
        Part::Line(at..at + word.len())
    };
    let one = without(text, 0, &[line("1.1.1.1")], &[], true);
    assert_eq!(one.text, "a\n\n```ioc\n# c\n2.2.2.2\n```\n\nb\n");
    let both = without(text, 0, &[line("1.1.1.1"), line("2.2.2.2")], &[], true);
    assert_eq!(both.text, "a\n\nb\n");
}

#[test]
fn the_way_back_leads_to_the_bytes_of_the_file() {
    let text = "a\n\nbb\n\nccc\n\ndd\n";
    let parts = [Part::Block(3..5)];
    let reduced = without(text, 0, &parts, &[], true);
    for (at, byte) in reduced.text.bytes().enumerate() {
        assert_eq!(text.as_bytes()[reduced.map.back(at)], byte, "{at}");
    }
    let at = reduced.text.find("ccc").unwrap_or(0);
    let further = without(&reduced.text, 0, &[Part::Block(at..at + 3)], &[], true);
    let map = reduced.map.then(&further.map);
    for (at, byte) in further.text.bytes().enumerate() {
        assert_eq!(text.as_bytes()[map.back(at)], byte, "{at}");
    }
    assert_eq!(further.text, "a\n\ndd\n");
}
