//! What templates see, as the comments of `src/render/views/shape.rs` have it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

struct Shape {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

/// The part of the page with a table for each shape.
pub fn tables() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/views/shape.rs");
    let shapes = shapes(&fs::read_to_string(source).unwrap());
    let mut out = String::new();
    for shape in &shapes {
        let _ = writeln!(out, "### {}\n\n{}\n", shape.name, plain(&shape.about));
        if shape.fields.is_empty() {
            continue;
        }
        out.push_str("| key | holds | |\n|---|---|---|\n");
        for (name, r#type, about) in &shape.fields {
            let holds = holds(r#type, &shapes);
            let _ = writeln!(out, "| `{name}` | {holds} | {} |", plain(about));
        }
        out.push('\n');
    }
    out
}

fn shapes(source: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut about = String::new();
    let mut open = false;
    for line in source.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("/// ") {
            about = format!("{about} {words}").trim().to_owned();
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', ' ', '(']).next().unwrap();
            open = rest.ends_with('{');
            shapes.push(Shape {
                name: name.to_owned(),
                about: std::mem::take(&mut about),
                fields: Vec::new(),
            });
        } else if let Some(rest) = line.strip_prefix("pub ").filter(|_| open) {
            let (name, r#type) = rest.trim_end_matches(',').split_once(": ").unwrap();
            let field = (
                name.to_owned(),
                r#type.to_owned(),
                std::mem::take(&mut about),
            );
            shapes.last_mut().unwrap().fields.push(field);
        } else if line == "}" {
            open = false;
            about.clear();
        }
    }
    shapes
}

/// What a type is to whoever writes a template.
fn holds(r#type: &str, shapes: &[Shape]) -> String {
    let inner = |name: &str| {
        let inner = r#type.strip_prefix(name)?.strip_prefix('<')?;
        inner.strip_suffix('>')
    };
    if let Some(inner) = inner("Option") {
        return format!("{} or none", holds(inner, shapes));
    }
    if let Some(inner) = inner("Arc") {
        return holds(inner, shapes);
    }
    if let Some(inner) = inner("Vec") {
        return format!("list of {}", holds(inner, shapes));
    }
    let bare = r#type.trim_start_matches('&');
    let bare = bare
        .strip_prefix("'a ")
        .or(bare.strip_prefix("'static "))
        .unwrap_or(bare);
    let bare = bare.split('<').next().unwrap();
    match bare {
        "str" | "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "u32" | "usize" => "number".to_owned(),
        "Html" => "ready HTML".to_owned(),
        "Share" => "per cent, with two decimals".to_owned(),
        name => {
            assert!(shapes.iter().any(|shape| shape.name == name), "{name}");
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

/// A comment as words of a page: without the links of rustdoc, and fit for a table.
fn plain(about: &str) -> String {
    about
        .replace("[`", "`")
        .replace("`]", "`")
        .replace('|', "\\|")
}
