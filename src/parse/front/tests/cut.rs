//! Values that YAML ends at a `#`.

use super::*;

const SAID: &str = "YAML ends the value at ` #`: what follows is a comment";

fn told(place: &str, quoted: &str) -> String {
    format!(
        "cut-value {place} {SAID} → write it in quotes, `{quoted}`; a comment has a space after its `#`"
    )
}

#[test]
fn what_a_sign_cuts_off_is_told_with_the_value_in_quotes() {
    for (front, place, quoted) in [
        ("title: Group #6\n", "2:8", "\"Group #6\""),
        ("title: Group #6 # so named\n", "2:8", "\"Group #6\""),
        ("title: Ö \\d \"x\" #6\n", "2:8", r#""Ö \\d \"x\" #6""#),
        ("title: X\naliases:\n  - Team #1\n", "4:5", "\"Team #1\""),
        (
            "title: X\nextra: { tint: dark #fff\n  }\n",
            "3:16",
            "\"dark #fff\"",
        ),
        ("title: X\nextra:\n  tint: #fff\n", "4:9", "\"#fff\""),
        (
            "title: X\r\nsummary: See issue #4\r\n",
            "3:10",
            "\"See issue #4\"",
        ),
    ] {
        check(Kind::Actor, front, &[&told(place, quoted)]);
        // Pasted where it stands, the quoted value mends it.
        let meant: String = serde_json::from_str(quoted).unwrap();
        check(Kind::Actor, &front.replacen(&meant, quoted, 1), &[]);
    }
}

#[test]
fn comments_are_comments_as_ever() {
    for front in [
        "title: Group # six\n",
        "# title\ntitle: Group ####\n#x\n",
        "title: Group#6\n",
        "title: \"Group #6\" #six\n",
        "title: 'Group' # 6\n",
        "title: X\naliases: [a, b] #c\n",
        "title: X\nsummary: >\n  See issue #4\n",
    ] {
        check(Kind::Actor, front, &[]);
    }
}

#[test]
fn a_sign_that_opens_brackets_hides_their_end() {
    let said = format!("front-matter-syntax 3:16 {SAID}, and so is the closing bracket");
    for (front, quoted) in [
        (
            "title: X\naliases: [Team #1, Unit #2]\nsummary: y\n",
            "Team #1",
        ),
        ("title: X\naliases: [Team #1, Unit #2]\n", "Team #1"),
    ] {
        let expected = format!("{said} → write the value in quotes, `\"{quoted}\"`");
        check(Kind::Actor, front, &[&expected]);
    }
    let mended = "title: X\naliases: [\"Team #1\", \"Unit #2\"]\nsummary: y\n";
    check(Kind::Actor, mended, &[]);
}
