//! `opensearch.xml` (OpenSearch 1.1): how a browser takes the search of the site among its own.

use super::Renderer;
use super::escape::{Place, escaped};
use crate::config::LinkStyle;
use crate::plan::address;

/// The specification gives the short name so many characters, the long one so many more.
const SHORT: usize = 16;
const LONG: usize = 48;

/// Writes it.
pub(super) fn write(renderer: &Renderer<'_>, buffer: &mut Vec<u8>) {
    let config = renderer.config;
    let page = match config.links {
        LinkStyle::Directory => "search/",
        LinkStyle::File => "search/index.html",
    };
    let url = address::absolute(config, page);
    let title = &config.title;
    let about = config.description.as_deref().unwrap_or(title);
    let text = |text: &str| escaped(text, Place::Xml);
    let written = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n\
         <LongName>{}</LongName>\n\
         <Description>{}</Description>\n\
         <Language>{}</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n",
        text(beginning(title, SHORT)),
        text(beginning(title, LONG)),
        text(beginning(about, 1024)),
        text(&config.language),
        text(&url),
    );
    buffer.extend_from_slice(written.as_bytes());
}

/// The first words of a text, as many as fit into so many characters; at least one letter of it.
fn beginning(text: &str, most: usize) -> &str {
    let text = text.trim();
    let end = match text.char_indices().nth(most) {
        None => return text,
        Some((end, _)) => end,
    };
    let fits = text.get(..end).unwrap_or(text);
    let before = text.get(end..).unwrap_or("");
    if before.starts_with(char::is_whitespace) {
        return fits.trim_end();
    }
    match fits.rsplit_once(char::is_whitespace) {
        Some((words, _)) if !words.trim().is_empty() => words.trim_end(),
        _ => fits,
    }
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_name_is_cut_between_words() {
        assert_eq!(beginning("The APT38 Dossier", 16), "The APT38");
        assert_eq!(beginning("The APT38 Files", 16), "The APT38 Files");
        assert_eq!(beginning("Bankraubforschung", 16), "Bankraubforschun");
        assert_eq!(
            beginning("The APT38 Archive of it", 17),
            "The APT38 Archive"
        );
        assert_eq!(beginning("", 16), "");
    }
}
