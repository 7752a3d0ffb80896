//! `sitemap.xml` (sitemaps.org protocol 0.9, split at 50,000 addresses) and `robots.txt`.

use super::Renderer;
use super::feed::escape;
use crate::config::Config;
use crate::model::PageId;
use crate::plan::{PER_SITEMAP, Page, Sitemap, address};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes a sitemap, a part of one, or the index of its parts.
pub fn write(renderer: &Renderer<'_>, part: Sitemap, buffer: &mut Vec<u8>) {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    match part {
        Sitemap::Parts(parts) => {
            out.push_str(&format!("<sitemapindex xmlns=\"{NAMESPACE}\">\n"));
            for number in 1..=parts {
                let url = address::absolute(renderer.config, &format!("sitemap-{number}.xml"));
                out.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&url)));
            }
            out.push_str("</sitemapindex>\n");
        }
        Sitemap::Whole => urls(renderer, 0, &mut out),
        Sitemap::Part(number) => urls(
            renderer,
            (number as usize).saturating_sub(1) * PER_SITEMAP,
            &mut out,
        ),
    }
    buffer.extend_from_slice(out.as_bytes());
}

fn urls(renderer: &Renderer<'_>, skip: usize, out: &mut String) {
    out.push_str(&format!("<urlset xmlns=\"{NAMESPACE}\">\n"));
    let listed = renderer
        .site
        .routes
        .iter()
        .filter(|route| route.page.is_listed());
    for route in listed.skip(skip).take(PER_SITEMAP) {
        let url = address::absolute(renderer.config, &route.address);
        out.push_str(&format!("<url><loc>{}</loc>", escape(&url)));
        if let Page::Entry(id) = route.page
            && let Some(day) = changed(renderer, id)
        {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
}

fn changed(renderer: &Renderer<'_>, id: PageId) -> Option<crate::model::Day> {
    renderer.site.release.page(id).last_changed()
}

/// Writes `robots.txt`: everything may be read, and where the sitemap is.
pub fn robots(config: &Config, buffer: &mut Vec<u8>) {
    let sitemap = address::absolute(config, "sitemap.xml");
    buffer.extend_from_slice(format!("User-agent: *\nAllow: /\nSitemap: {sitemap}\n").as_bytes());
}
