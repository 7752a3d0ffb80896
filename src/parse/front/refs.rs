//! Readers of what names other entries, and of names, paths and ids.

use super::form::Form;
use super::marks::Marking;
use super::reader::Reader;
use super::shapes::{ALIAS, CITE, OVERLAPS};
use super::tree::{Node, Value};
use crate::diag::{Advice, Code, TextEdit};
use crate::model::slug::{is_slug, slugify};
use crate::model::{Alias, Cite, Kind, Located, Marked, Named, Overlap, RawRef, Statement, What};
use crate::model::{path, slug};
use crate::text::Place;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

impl Reader<'_> {
    /// A reference: slug, `kind folder/slug` or id.
    pub fn reference(&mut self, name: &str, node: &Node<'_>) -> Option<RawRef> {
        if let Some(linked) = wikilink(node) {
            let meant = as_reference(linked);
            let help = Advice::from(format!("write `{meant}`"))
                .edited(is_all(linked), self.text_instead(node.span, &meant));
            let message = format!("`{name}` takes the bare slug, without brackets");
            self.report(Code::BadValue, node.span, message, help);
            return None;
        }
        let text = self.scalar(name, node, Form::Ref)?;
        self.sound_reference(name, text, node).then(|| RawRef {
            name: text.into(),
            span: node.span,
        })
    }

    /// Reports what is written as in prose or as a path instead of as a reference.
    fn sound_reference(&mut self, name: &str, text: &str, node: &Node<'_>) -> bool {
        let (message, meant) = if let Some(cited) = text.strip_prefix('@') {
            let form = "is how prose cites";
            (
                format!("`{text}` {form}; `{name}` takes the bare slug"),
                cited,
            )
        } else if text.starts_with("[@") || text.starts_with("[[") {
            let bare = text.trim_matches(['[', ']', '@']);
            let form = "is how prose is written";
            (
                format!("`{text}` {form}; `{name}` takes the bare slug"),
                bare,
            )
        } else if let Some(path) = path::markdown(text) {
            (format!("`{text}` is a path; `{name}` takes the slug"), path)
        } else {
            return true;
        };
        let better = as_reference(meant);
        let help = Advice::from(format!("write `{better}`"))
            .edited(is_all(meant), self.instead(node, &better));
        self.report(Code::BadValue, node.span, message, help);
        false
    }

    /// A reference, or free text where there is no entry. What has the look of a slug counts as a
    /// reference; whether there is such an entry is for `resolve` to say.
    pub fn named(
        &mut self,
        name: &str,
        node: &Node<'_>,
        of: Option<&mut Marking>,
    ) -> Option<Named<RawRef>> {
        if wikilink(node).is_some() {
            return self.reference(name, node).map(Named::Entry);
        }
        let text = self.words(name, node, Form::Named, of)?;
        let text = text.as_ref();
        if !self.sound_reference(name, text, node) {
            return None;
        }
        let slug = text.split_once('/').map_or(text, |(folder, slug)| {
            Kind::from_folder(folder).map_or(text, |_| slug)
        });
        Some(if is_slug(slug) {
            Named::Entry(RawRef {
                name: text.into(),
                span: node.span,
            })
        } else {
            Named::Text(text.split_whitespace().collect::<Vec<_>>().join(" "))
        })
    }

    /// Citations: references to sources, each perhaps with the place in it.
    pub fn cites(&mut self, name: &str, node: &Node<'_>) -> Vec<Cite<RawRef>> {
        let items = node.each();
        let mut cites = Vec::with_capacity(items.len());
        for item in items {
            cites.extend(self.cite(name, item));
        }
        cites
    }

    fn cite(&mut self, name: &str, node: &Node<'_>) -> Option<Cite<RawRef>> {
        let (source, at) = if let Value::Map(_) = node.value {
            let fields = self.fields(name, node, &CITE)?;
            let at = fields
                .get("at")
                .and_then(|node| self.line("at", node, None));
            (self.reference("source", fields.get("source")?)?, at)
        } else {
            if let Some((slug, place)) = node.text().and_then(|text| text.split_once(',')) {
                let (slug, place) = (
                    as_reference(slug.trim_matches(['[', '@', ' '])),
                    place.trim(),
                );
                let place = place.trim_end_matches(']');
                let message = format!("`{name}` takes a source, and a place in it only in a map");
                let whole = format!("{{ source: {slug}, at: \"{place}\" }}");
                let plain = is_slug(slug.rsplit('/').next().unwrap_or("")) && !place.is_empty();
                let plain = plain && !place.contains(['"', '\\', '[', ';']) && !self.is_toml();
                let edit = plain.then(|| TextEdit::new(self.path, node.span, whole.as_str()));
                let help = Advice::from(format!("write `{whole}`")).safely(edit);
                self.report(Code::BadValue, node.span, message, help);
                return None;
            }
            (self.reference(name, node)?, None)
        };
        Some(Cite {
            source: Some(source),
            at: at.map(Into::into),
            span: node.span,
        })
    }

    /// Other names of the subject.
    pub fn aliases(&mut self, name: &str, node: &Node<'_>) -> Vec<Statement<RawRef>> {
        let items = node.each().iter();
        items.filter_map(|item| self.alias(name, item)).collect()
    }

    fn alias(&mut self, name: &str, node: &Node<'_>) -> Option<Statement<RawRef>> {
        let mut alias = Alias {
            name: String::new(),
            by: None,
            overlap: Overlap::Equal,
        };
        if !matches!(node.value, Value::Map(_)) {
            let mut statement = Marking::default();
            alias.name = self.line(name, node, Some(&mut statement))?;
            return Some(Statement {
                tlp: self.marked(statement),
                ..Statement::bare(What::Alias(alias), node.span)
            });
        }
        let fields = self.fields(name, node, &ALIAS)?;
        let mut statement = self.own_marking(&fields);
        if let Some(node) = fields.get("by") {
            alias.by = self.named("by", node, Some(&mut statement));
        }
        if let Some(node) = fields.get("relation") {
            alias.overlap = match self.word("relation", node, OVERLAPS) {
                Some(1) => Overlap::Overlaps,
                Some(2) => Overlap::PartOf,
                _ => Overlap::Equal,
            };
        }
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        alias.name = self.line("name", fields.get("name")?, Some(&mut statement))?;
        Some(Statement {
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            ..Statement::bare(What::Alias(alias), node.span)
        })
    }

    /// Addresses of former pages below the site's root.
    pub fn paths(&mut self, name: &str, node: &Node<'_>) -> Vec<Located<String>> {
        let mut paths = Vec::new();
        for item in node.each() {
            let Some(text) = self.scalar(name, item, Form::Paths) else {
                continue;
            };
            match former(text) {
                Ok(value) => paths.push(Located {
                    value,
                    span: item.span,
                }),
                Err(wrong) => {
                    let message = format!("`{text}` cannot be a former address: {wrong}");
                    let help = "write the path below the site's root: `/actors/old-name/`";
                    self.report(Code::BadRedirect, item.span, message, help);
                }
            }
        }
        paths
    }

    /// Tags: texts of which each makes an address.
    pub fn tags(&mut self, name: &str, node: &Node<'_>) -> Vec<Marked<String>> {
        let mut tags = Vec::new();
        for Located { value: tag, span } in self.located_texts(name, node) {
            let folder = slug::tag(&tag.value);
            match path::unfit_name(&folder, &tag.value, Place::new(self.path, span)) {
                Some(problem) => self.problems.push(problem),
                None => tags.push(tag),
            }
        }
        tags
    }

    /// A map of names to texts.
    pub fn ids(&mut self, name: &str, node: &Node<'_>) -> Vec<(String, Marked<String>)> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(name, node, Form::Ids);
            return Vec::new();
        };
        let mut ids = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            if !self.free_name(name, key, node) {
                continue;
            }
            if node.is_empty() {
                self.no_value(&key.text, key.span);
            } else if self.printable(name, key, &key.text, key.span)
                && let Some(id) = self.marked_line(&key.text, node)
            {
                ids.push((self.key(key).into_owned(), id));
            }
        }
        ids
    }
}

/// What stands between the brackets of an unquoted `[[x]]`, which YAML reads as a list in a list.
/// A list of one value is taken for half of it, since `each` has taken the other half off.
fn wikilink<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let Value::List(items) = &node.value else {
        return None;
    };
    match items.as_slice() {
        [only] => only.text().or_else(|| wikilink(only)),
        _ => None,
    }
}

/// Whether a reference that [`as_reference`] makes of a text says all of it: no heading, no words of its own.
fn is_all(text: &str) -> bool {
    !text.contains(['|', '#', ',', ';'])
}

/// The reference that a wikilink, a citation or a path was meant to be.
fn as_reference(text: &str) -> String {
    let name = text.split(['|', '#', ',']).next().unwrap_or("").trim();
    let name = name.trim_start_matches(['.', '/']);
    let slug = |part: &str| {
        let slug = slugify(part);
        if slug.is_empty() {
            part.to_owned()
        } else {
            slug
        }
    };
    match name.rsplit_once('/') {
        Some((folder, last)) => {
            let folder = folder.rsplit('/').next().unwrap_or(folder);
            format!("{}/{}", slug(folder), slug(last))
        }
        None => slug(name),
    }
}

/// The address of a former page, as servers look for its file; or why there cannot be one.
fn former(text: &str) -> Result<String, Cow<'static, str>> {
    if let Some(wrong) = no_path(text) {
        return Err(wrong.into());
    }
    let path = text.strip_prefix('/').unwrap_or(text);
    let decoded = percent_decode_str(path).decode_utf8();
    let mut address = decoded
        .map_err(|_| "its escapes are not UTF-8 text")?
        .into_owned();
    // A file without an ending would be offered as a download; servers lead from `/old` to `/old/`.
    let name = address.rsplit('/').next().unwrap_or("");
    if !name.is_empty() && !name.contains('.') {
        address.push('/');
    }
    match path::fault(&path::file(&address)) {
        Some(wrong) => Err(wrong.into()),
        None => Ok(address),
    }
}

/// Why a text cannot be a path of the site.
fn no_path(text: &str) -> Option<&'static str> {
    let folded = text.to_ascii_lowercase().replace("%2e", ".");
    let path = folded.strip_prefix('/').unwrap_or(&folded);
    let first = path.split('/').next().unwrap_or("");
    if text.chars().any(crate::model::address::is_hidden) {
        Some("it holds a sign that cannot be seen")
    } else if text.starts_with("//") || first.contains(':') {
        Some("it leads to another host")
    } else if path.split('/').any(|part| part == ".." || part == ".") {
        Some("it climbs out of its folder")
    } else if path.is_empty() {
        Some("it is the home page")
    } else if path.contains("//") {
        Some("it has an empty part")
    } else if text.contains(['?', '#']) {
        Some("a redirect takes no query and no fragment")
    } else if text.contains('\\')
        || folded.contains("%2f")
        || folded.contains("%5c")
        || folded.contains("%00")
        || text.chars().any(|c| c.is_control() || c.is_whitespace())
    {
        Some("it holds a sign that no path may hold")
    } else {
        None
    }
}
