//! The folders of a project whose files are published as they are: `static/` for everybody, others from an
//! audience up.

use super::Tlp;

/// Every such folder, with the lowest audience that gets what is in it.
pub const FOLDERS: [(&str, Tlp); 6] = [
    ("static", Tlp::Clear),
    ("static-amber", Tlp::Amber),
    ("static-amber+strict", Tlp::AmberStrict),
    // Some disks and shells have no plus.
    ("static-amber-strict", Tlp::AmberStrict),
    ("static-green", Tlp::Green),
    ("static-red", Tlp::Red),
];

/// A path below a project's root that lies in such a folder: the folder, its audience, and the path below it,
/// which is that on the site.
#[must_use]
pub fn split(path: &str) -> Option<(&'static str, Tlp, &str)> {
    let (top, below) = path.split_once('/')?;
    let (folder, tlp) = FOLDERS.into_iter().find(|(folder, _)| *folder == top)?;
    Some((folder, tlp, below))
}

/// The audience that the first folder of a path below such a folder is perhaps meant for: `static/amber/x`,
/// `static/static-red/x`.
#[must_use]
pub fn meant_within(below: &str) -> Option<Tlp> {
    let (first, _) = below.split_once('/')?;
    let first = first.to_ascii_lowercase();
    let name = first.strip_prefix("static-").unwrap_or(&first);
    let tlp = Tlp::ALL.into_iter().find(|tlp| tlp.name() == name);
    tlp.or((name == "amber-strict").then_some(Tlp::AmberStrict))
}

/// Whether a name at a project's root is that of such a folder, or was perhaps meant to be.
#[must_use]
pub fn is_meant(name: &str) -> bool {
    let (prefix, rest) = (name.get(..6), name.get(6..).unwrap_or(""));
    let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
    prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case("static"))
        && !rest.starts_with(char::is_alphanumeric)
}

/// The folder for an audience.
#[must_use]
pub fn folder(tlp: Tlp) -> &'static str {
    let mut folders = FOLDERS.into_iter();
    let found = folders.find(|(_, of)| *of == tlp);
    found.map_or("static", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audience_has_a_folder_and_every_folder_an_audience() {
        for tlp in Tlp::ALL {
            let path = format!("{}/a/b.txt", folder(tlp));
            assert_eq!(split(&path), Some((folder(tlp), tlp, "a/b.txt")));
        }
        for path in [
            "static",
            "statics/a",
            "content/static/a",
            "static-ambre/a",
            "Static/a",
        ] {
            assert_eq!(split(path), None, "{path}");
        }
        for (below, is) in [
            ("amber/x.txt", Some(Tlp::Amber)),
            ("static-red/x.txt", Some(Tlp::Red)),
            ("AMBER+STRICT/x.txt", Some(Tlp::AmberStrict)),
            ("amber.txt", None),
            ("img/red/x.png", None),
            ("reddish/x.txt", None),
        ] {
            assert_eq!(meant_within(below), is, "{below}");
        }
        for (name, is) in [
            ("static-ambre", true),
            ("Static", true),
            ("statics", true),
            ("static_red", true),
            ("statically", false),
            ("statistics", false),
        ] {
            assert_eq!(is_meant(name), is, "{name}");
        }
    }
}
