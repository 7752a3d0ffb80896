//! Outputs that are exchanged as a whole.

use super::bench::{Bench, Files};
use super::counts;
use crate::model::Tlp;
use crate::write::{Failure, aside, manifest};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

/// A site after another, with the same report and the same bytes as file by file.
#[test]
fn a_swapped_site_is_as_any_other() {
    let (swapping, plain) = (Bench::swapping(), Bench::new());
    let sites: [(Tlp, Files<'_>); 7] = [
        (
            Tlp::Clear,
            &[("index.html", "home"), ("a/index.html", "a"), ("x", "x")],
        ),
        (
            Tlp::Clear,
            &[("index.html", "home"), ("a/index.html", "a"), ("x", "x")],
        ),
        (
            Tlp::Clear,
            &[("index.html", "HOME"), ("a/index.html", "a"), ("x/y", "x")],
        ),
        (
            Tlp::Amber,
            &[("index.html", "home"), ("secret/index.html", "CANARY")],
        ),
        (Tlp::Clear, &[("index.html", "home"), ("s.css", "")]),
        (Tlp::Clear, &[("index.html", "home")]),
        (Tlp::Clear, &[]),
    ];
    for (audience, files) in sites {
        let there = swapping.publish_for(audience, files).unwrap();
        let here = plain.publish_for(audience, files).unwrap();
        assert_eq!(counts(&there), counts(&here));
        assert_eq!((there.replaced, there.cleaned), (here.replaced, false));
        swapping.holds(files);
        let manifest = |bench: &Bench| fs::read(bench.out().join(manifest::NAME)).unwrap();
        assert_eq!(manifest(&swapping), manifest(&plain));
    }
}

/// One that stays is not copied, and need not be read by the build after.
#[test]
fn what_is_the_same_is_linked_and_trusted() {
    let bench = Bench::swapping();
    let file = || fs::metadata(bench.out().join("same")).unwrap();
    bench.publish(&[("a", "a"), ("same", "same")]);
    let (before, folder) = (file().ino(), fs::metadata(bench.out()).unwrap().ino());
    bench.publish(&[("a", "b"), ("same", "same")]);
    assert_eq!((file().ino(), file().nlink()), (before, 1));
    assert_ne!(fs::metadata(bench.out()).unwrap().ino(), folder);
    let manifest = manifest::read(&bench.out()).ok().flatten().unwrap();
    assert!(manifest::stamp(&file()) <= manifest.stamp);
    // Whoever opened the old file has it still as it was: no build writes into a file that is there.
    let kept = bench.dir.path().join("kept");
    fs::hard_link(bench.out().join("same"), &kept).unwrap();
    bench.publish(&[("a", "b"), ("same", "NEW")]);
    assert_eq!(fs::read_to_string(kept).unwrap(), "same");
}

#[test]
fn an_output_that_is_there_keeps_its_mode() {
    let bench = Bench::swapping();
    fs::create_dir(bench.out()).unwrap();
    let mode = || fs::metadata(bench.out()).unwrap().permissions().mode() & 0o7777;
    for wanted in [0o750, 0o2755, 0o711] {
        fs::set_permissions(bench.out(), fs::Permissions::from_mode(wanted)).unwrap();
        bench.publish(&[("index.html", &wanted.to_string())]);
        assert_eq!(mode(), wanted);
    }
}

/// The whole folder is exchanged: what is not ours would go with it.
#[test]
fn what_is_not_ours_is_refused() {
    let bench = Bench::swapping();
    bench.put(".gitignore", "*");
    let why = bench.refused(&[("index.html", "x")]);
    assert!(
        why.contains(".gitignore` is not written by dossier"),
        "{why}"
    );
    fs::remove_file(bench.out().join(".gitignore")).unwrap();
    bench.publish(&[("a/index.html", "a"), ("index.html", "x")]);
    bench.put("a/mine.txt", "mine");
    let why = bench.refused(&[("index.html", "y")]);
    assert!(why.contains("a/mine.txt` is not written"), "{why}");
    fs::remove_file(bench.out().join("a/mine.txt")).unwrap();
    fs::remove_file(bench.out().join("a/index.html")).unwrap();
    std::os::unix::fs::symlink("../index.html", bench.out().join("a/index.html")).unwrap();
    assert!(
        bench
            .refused(&[("index.html", "y")])
            .contains("a/index.html` is not")
    );
    fs::remove_file(bench.out().join("a/index.html")).unwrap();
    fs::create_dir(bench.out().join("a/of no one")).unwrap();
    bench.publish(&[("index.html", "y")]);
    bench.holds(&[("index.html", "y")]);
}

/// A build was killed after it had exchanged the folders; meanwhile something came into the old one.
#[test]
fn an_old_site_beside_is_removed_but_not_what_came_into_it() {
    let bench = Bench::swapping();
    bench.publish_for(Tlp::Amber, &[("a/b", "CANARY")]).unwrap();
    let old = bench.dir.path().join(".dossier-public.staging-7.site");
    fs::rename(bench.out(), &old).unwrap();
    fs::write(old.join("a/mine.txt"), "mine").unwrap();
    let publish = || bench.publish_for(Tlp::Clear, &[("index.html", "x")]);
    let why = match publish() {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(
        why.contains("a/mine.txt` is not written by dossier"),
        "{why}"
    );
    fs::remove_file(old.join("a/mine.txt")).unwrap();
    let report = publish().unwrap();
    assert!(report.cleaned);
    bench.holds(&[("index.html", "x")]);
}

/// What a build that goes file by file left when it was killed is exchanged like all else.
#[test]
fn half_a_site_is_exchanged_for_a_whole_one() {
    let bench = Bench::swapping();
    bench.put("old/index.html", "CANARY");
    bench.put("index.html", "home");
    let audiences = BTreeSet::from([Tlp::Amber, Tlp::Clear]);
    let names = ["index.html", "new", "old/index.html"].map(|name| (name, None));
    let bytes = manifest::bytes(&audiences, false, names.into_iter());
    fs::write(bench.out().join(manifest::NAME), bytes).unwrap();
    let report = bench.publish(&[("index.html", "home"), ("new", "new")]);
    assert!(report.cleaned && report.replaced == audiences);
    bench.holds(&[("index.html", "home"), ("new", "new")]);
}

/// Another output's lock or staging folder is not this one's, however alike their names.
#[test]
fn names_of_other_outputs_are_left_alone() {
    let bench = Bench::swapping();
    let other = bench.dir.path().join(".dossier-public.staging-x.lock");
    fs::write(&other, "").unwrap();
    let (aside, _lock) = aside::take(&bench.out(), &|_| {}).unwrap();
    assert!(!aside.clear(&bench.out()).unwrap());
    assert!(other.exists());
}
