//! Names and beginnings of files, and what is made of them.

use super::*;
use crate::text::Span;

fn shown(path: &str, bytes: &[u8]) -> String {
    match Form::of(path, bytes) {
        Form::Passive => "passive".to_owned(),
        Form::Drawing(_) => "drawing".to_owned(),
        Form::Active(Active::Ending(ending)) => format!(".{ending}"),
        Form::Active(Active::Markup) => "markup".to_owned(),
        Form::Active(Active::LargeDrawing) => "large".to_owned(),
    }
}

#[test]
fn names_tell() {
    for (path, form) in [
        ("a/report.pdf", "passive"),
        ("a/X.PNG", "passive"),
        ("a/page.html.txt", "passive"),
        ("a/x.tar.gz", "passive"),
        ("a/dump.json.xz", "passive"),
        ("a/flow.svg", "drawing"),
        ("a/FLOW.SVG", "drawing"),
        ("a.html/flow.svg", "drawing"),
        ("a/x.html", ".html"),
        ("a/x.HtM", ".htm"),
        ("a/x.xhtml", ".xhtml"),
        ("a/x.xht", ".xht"),
        ("a/x.xml", ".xml"),
        ("a/x.xsl", ".xsl"),
        ("a/x.rss", ".rss"),
        ("a/x.svgz", ".svgz"),
        ("a/x.svg.gz", ".svg"),
        ("a/x.html.gz", ".html"),
        ("a/x.html.br", ".html"),
        ("a/x.mhtml", ".mhtml"),
        ("a/x.eml", ".eml"),
        ("a/x.js", ".js"),
        ("a/x.mjs", ".mjs"),
        ("a/x.wasm", ".wasm"),
        ("a/x.swf", ".swf"),
        ("a/x.hta", ".hta"),
        ("a/x.shtml", ".shtml"),
        ("a/x.php", ".php"),
        // Some servers go by the nearest ending that they know.
        ("a/x.html.yar", ".html"),
        ("a/x.html.", ".html"),
        ("a/x.svg.bak", ".svg"),
        ("a/x.txt.bak", "passive"),
        ("a/x.yar", "passive"),
        ("a/html", "passive"),
        ("a.html/x", "passive"),
    ] {
        assert_eq!(shown(path, b"rule x"), form, "{path}");
    }
}

#[test]
fn where_the_name_does_not_tell_the_beginning_does() {
    let utf16: Vec<u8> = "\u{feff}<html>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        &b"<html>"[..],
        b"  \r\n\t<!DOCTYPE html>",
        b"\xef\xbb\xbf<?xml version='1.0'?>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        b"<!-- a --><script>",
        b"</x><script>",
        b"\0\0\0<\0\0\0s\0\0\0c",
        b"\x0c<p>",
        &utf16,
    ] {
        for name in ["a/x", "a/x.yar", "a/LICENSE", "a/x.unknown", "a/x.txt.bak"] {
            assert_eq!(shown(name, bytes), "markup", "{name} {bytes:?}");
        }
        for name in ["a/x.txt", "a/x.png", "a/x.json"] {
            assert_eq!(shown(name, bytes), "passive", "{name}");
        }
    }
    for bytes in [
        &b""[..],
        b"rule x { strings: $a = \"<html>\" }",
        b"< 5",
        b"MZ\x90\0",
        b"<",
        b"#!/bin/sh",
        b"{}",
    ] {
        assert_eq!(shown("a/x.yar", bytes), "passive", "{bytes:?}");
    }
}

#[test]
fn trust_names_files_and_folders() {
    let trust = Trust::new(
        ["a/x.html", "b/"]
            .map(|name| Located {
                value: name.to_owned(),
                span: Span::default(),
            })
            .into(),
    );
    for (path, bytes, treatment) in [
        ("a/x.html", "", "copy"),
        ("a/x.html.html", "", "refuse"),
        ("a/X.html", "", "refuse"),
        ("a/y.html", "", "refuse"),
        ("b/c/y.html", "", "copy"),
        ("b/c/y.svg", "", "copy"),
        ("bb/y.svg", "", "clean"),
        ("b.html", "", "refuse"),
        ("c/y", "<p>", "refuse"),
        ("b/y", "<p>", "copy"),
        ("c/y.png", "<p>", "copy"),
    ] {
        let form = Form::of(path, bytes.as_bytes());
        let found = match treat(path, &form, &trust) {
            Treatment::Copy => "copy",
            Treatment::Clean(_) => "clean",
            Treatment::Refuse(_) => "refuse",
        };
        assert_eq!(found, treatment, "{path}");
    }
}

#[test]
fn a_drawing_too_large_is_not_taken() {
    let large = usize::try_from(LARGEST_DRAWING).unwrap_or(usize::MAX);
    let bytes = vec![b' '; large + 1];
    assert_eq!(shown("a.svg", &bytes), "large");
    assert_eq!(shown("a.svg", &bytes[1..]), "drawing");
}
