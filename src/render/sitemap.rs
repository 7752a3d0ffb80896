//! `sitemap.xml` (sitemaps.org protocol 0.9, split at 50,000 addresses) and `robots.txt`.

use super::Renderer;
use super::escape::{Place, escaped};
use super::views::reads::Reads;
use crate::config::Config;
use crate::model::Tlp;
use crate::plan::{PER_SITEMAP, Page, Sitemap, address};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes a sitemap, a part of one, or the index of its parts. They are the largest files of a site by
/// far, so they are written nowhere but where they are wanted.
pub(super) fn write(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    part: Sitemap,
    buffer: &mut Vec<u8>,
) {
    put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", buffer);
    match part {
        Sitemap::Parts(parts) => {
            put(&format!("<sitemapindex xmlns=\"{NAMESPACE}\">\n"), buffer);
            for number in 1..=parts {
                let url = address::absolute(renderer.config, &format!("sitemap-{number}.xml"));
                let sitemap = format!(
                    "<sitemap><loc>{}</loc></sitemap>\n",
                    escaped(&url, Place::Xml)
                );
                put(&sitemap, buffer);
            }
            put("</sitemapindex>\n", buffer);
        }
        Sitemap::Whole => urls(renderer, reads, 0, buffer),
        Sitemap::Part(number) => urls(
            renderer,
            reads,
            (number as usize).saturating_sub(1) * PER_SITEMAP,
            buffer,
        ),
    }
}

fn urls(renderer: &Renderer<'_>, reads: &Reads<'_>, skip: usize, buffer: &mut Vec<u8>) {
    put(&format!("<urlset xmlns=\"{NAMESPACE}\">\n"), buffer);
    let listed = reads.routes().iter().filter(|route| route.is_listed());
    for route in listed.skip(skip).take(PER_SITEMAP) {
        let url = address::absolute(renderer.config, &route.address);
        put("<url><loc>", buffer);
        put(&escaped(&url, Place::Xml), buffer);
        put("</loc>", buffer);
        if let Some(Page::Entry(id)) = route.page()
            && let Some(day) = reads.changed(*id)
        {
            put(&format!("<lastmod>{day}</lastmod>"), buffer);
        }
        put("</url>\n", buffer);
    }
    put("</urlset>\n", buffer);
}

fn put(text: &str, buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(text.as_bytes());
}

/// Writes `robots.txt`: everything may be read, and where the sitemap is. Of a site that is not for everybody nothing
/// may: a search engine that got in would hand it on.
pub(super) fn robots(config: &Config, audience: Tlp, buffer: &mut Vec<u8>) {
    if audience > Tlp::Clear {
        buffer.extend_from_slice(b"User-agent: *\nDisallow: /\n");
        return;
    }
    let sitemap = address::absolute(config, "sitemap.xml");
    buffer.extend_from_slice(format!("User-agent: *\nAllow: /\nSitemap: {sitemap}\n").as_bytes());
}
