//! What pages tell programs of themselves: cards of social sites (Open Graph), reference managers (the tags of Highwire, as
//! Zotero's translator of embedded metadata reads them), search engines (schema.org in JSON-LD).
//!
//! Takes values that the views chose; gives elements for the head of a page. Such programs know no markings, so that nothing
//! that is marked may be given here: the views see to that.

use super::{Html, markup};
use serde::Serialize;

/// The page of an entry, or the home page.
#[derive(Debug)]
pub(super) struct Metadata<'a> {
    /// Its address.
    pub url: &'a str,
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// The language of the page.
    pub language: &'a str,
    /// The dossier, with its address.
    pub site: (&'a str, &'a str),
    /// When it was changed last.
    pub modified: Option<String>,
    pub authors: Vec<&'a str>,
    /// The work that is to be cited by whoever cites the page.
    pub work: Option<Cited<'a>>,
    /// What it is about.
    pub about: Option<About<'a>>,
    /// What it says of claims on which sources differ.
    pub reviews: Vec<Review>,
}

/// A work as reference managers take it.
#[derive(Debug)]
pub(super) struct Cited<'a> {
    pub title: &'a str,
    pub authors: Vec<&'a str>,
    pub publisher: &'a str,
    /// As far as it is exact: `2016-02`.
    pub date: Option<String>,
    pub url: Option<&'a str>,
    pub language: Option<&'a str>,
}

/// A thing that a page is about (schema.org).
#[derive(Debug, Serialize)]
pub(super) struct About<'a> {
    #[serde(rename = "@type")]
    pub sort: &'static str,
    pub name: &'a str,
    #[serde(rename = "alternateName", skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<&'a str>,
    /// Its ids in catalogues: `attack:G0082`.
    #[serde(rename = "identifier", skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// Where else it has a page.
    #[serde(rename = "sameAs", skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<String>,
    #[serde(rename = "startDate", skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    #[serde(rename = "endDate", skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(rename = "publisher", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<&'a str>,
    #[serde(rename = "url", skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
}

/// What a page says of a claim (`ClaimReview` of schema.org).
#[derive(Debug, Serialize)]
pub(super) struct Review {
    #[serde(rename = "@type")]
    sort: &'static str,
    url: String,
    #[serde(rename = "claimReviewed")]
    claim: String,
    #[serde(rename = "itemReviewed")]
    item: Claim,
    #[serde(rename = "reviewRating")]
    rating: Rating,
}

#[derive(Debug, Serialize)]
struct Claim {
    #[serde(rename = "@type")]
    sort: &'static str,
    /// The pages of the sources that make it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    appearance: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Rating {
    #[serde(rename = "@type")]
    sort: &'static str,
    /// In words; a dossier gives no marks for truth.
    #[serde(rename = "alternateName")]
    words: String,
}

impl Review {
    /// A claim in words, what is said of it, where, and the pages of the sources that make it.
    pub(super) fn of(claim: String, words: &str, url: String, appearance: Vec<String>) -> Review {
        Review {
            sort: "ClaimReview",
            url,
            claim,
            item: Claim {
                sort: "Claim",
                appearance,
            },
            rating: Rating {
                sort: "Rating",
                words: words.to_owned(),
            },
        }
    }
}

/// A page in JSON-LD.
#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    nodes: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Page(Page<'a>),
    Review(&'a Review),
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@type")]
    sort: &'static str,
    url: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    author: &'a [&'a str],
    #[serde(rename = "isPartOf", skip_serializing_if = "Option::is_none")]
    part_of: Option<Site<'a>>,
    #[serde(rename = "mainEntity", skip_serializing_if = "Option::is_none")]
    about: Option<&'a About<'a>>,
}

#[derive(Serialize)]
struct Site<'a> {
    #[serde(rename = "@type")]
    sort: &'static str,
    name: &'a str,
    url: &'a str,
}

/// The elements, each on a line.
pub(super) fn elements(metadata: &Metadata<'_>) -> Html {
    let mut html = Html(String::with_capacity(2048));
    let out = &mut html.0;
    property("og:type", "website", out);
    property("og:title", metadata.title, out);
    property("og:url", metadata.url, out);
    property("og:site_name", metadata.site.0, out);
    if let Some(description) = metadata.description {
        property("og:description", description, out);
    }
    property("og:locale", &metadata.language.replace('-', "_"), out);
    if let Some(work) = &metadata.work {
        cited(work, out);
    }
    out.push_str("<script type=\"application/ld+json\">");
    json(metadata, out);
    out.push_str("</script>\n");
    html
}

/// The tags of Highwire.
fn cited(work: &Cited<'_>, out: &mut String) {
    let Cited {
        title,
        authors,
        publisher,
        date,
        url,
        language,
    } = work;
    named("citation_title", title, out);
    for author in authors {
        // A semicolon would part it.
        named("citation_author", &author.replace(';', ","), out);
    }
    if !publisher.is_empty() {
        named("citation_publisher", publisher, out);
    }
    if let Some(date) = date {
        named("citation_date", &date.replace('-', "/"), out);
    }
    if let Some(url) = url {
        named("citation_public_url", url, out);
    }
    if let Some(language) = language {
        named("citation_language", language, out);
    }
}

fn json(metadata: &Metadata<'_>, out: &mut String) {
    let Metadata {
        url,
        title,
        description,
        language,
        site: (site, root),
        modified,
        authors,
        work: _,
        about,
        reviews,
    } = metadata;
    let is_home = url == root;
    let page = Page {
        sort: if is_home { "WebSite" } else { "WebPage" },
        url,
        name: title,
        description: *description,
        language,
        modified: modified.as_deref(),
        author: authors,
        part_of: (!is_home).then_some(Site {
            sort: "WebSite",
            name: site,
            url: root,
        }),
        about: about.as_ref(),
    };
    let pages = [Node::Page(page)].into_iter();
    let graph = Graph {
        context: "https://schema.org",
        nodes: pages.chain(reviews.iter().map(Node::Review)).collect(),
    };
    // Nothing in it ends the element or begins a comment.
    for sign in serde_json::to_string(&graph).unwrap_or_default().chars() {
        match sign {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            sign => out.push(sign),
        }
    }
}

fn property(name: &str, content: &str, out: &mut String) {
    meta("property", name, content, out);
}

fn named(name: &str, content: &str, out: &mut String) {
    meta("name", name, content, out);
}

fn meta(by: &str, name: &str, content: &str, out: &mut String) {
    out.push_str("<meta ");
    out.push_str(by);
    out.push_str("=\"");
    out.push_str(name);
    out.push_str("\" content=\"");
    markup::text(content, out);
    out.push_str("\">\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "</script><!-- \"R&D\" 'x' \u{2028}\\ \u{7}; Ünlü";

    #[test]
    fn whatever_the_words_are_they_stay_within_their_elements_and_are_read_back() {
        let html = elements(&Metadata {
            url: "https://example.org/x/a/",
            title: HOSTILE,
            description: Some(HOSTILE),
            language: "pt-BR",
            site: (HOSTILE, "https://example.org/x/"),
            modified: None,
            authors: vec![HOSTILE],
            work: Some(Cited {
                title: HOSTILE,
                authors: vec![HOSTILE],
                publisher: "",
                date: Some("2016-02".to_owned()),
                url: None,
                language: None,
            }),
            about: None,
            reviews: vec![Review::of(
                HOSTILE.to_owned(),
                HOSTILE,
                String::new(),
                Vec::new(),
            )],
        });
        assert_eq!(html.0.matches("</script>").count(), 1);
        assert!(!html.0.contains("<!--"));
        assert!(
            html.0
                .contains("<meta property=\"og:locale\" content=\"pt_BR\">")
        );
        assert!(
            html.0
                .contains("<meta name=\"citation_date\" content=\"2016/02\">")
        );
        assert!(!html.0.contains("citation_publisher"));
        let (_, json) = html.0.split_once("ld+json\">").unwrap();
        let (json, _) = json.split_once("</script>").unwrap();
        let read: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(read["@graph"][0]["name"], HOSTILE);
        assert_eq!(read["@graph"][0]["isPartOf"]["name"], HOSTILE);
        assert_eq!(read["@graph"][1]["claimReviewed"], HOSTILE);
        assert_eq!(read["@graph"][1]["reviewRating"]["alternateName"], HOSTILE);
    }
}
