/**
 * Atom feeds and sitemaps: well-formed, with what their formats require, and,
 * given a second build of the same content, with the same ids and dates.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileAt } from "../lib/site.mjs";
import { children, readXml } from "../lib/xml.mjs";

const ATOM = "http://www.w3.org/2005/Atom";
const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
/** RFC 3339 with a zone, as Atom wants it. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** What a sitemap allows besides: a year, a month or a day. */
const DAY = /^\d{4}(-\d\d(-\d\d)?)?$/;

/**
 * @param again folder of a second build, if there is one
 * @returns {import("../lib/report.mjs").Result}
 */
export function checkFeeds(site, again) {
  const files = [...site.files].filter((path) => path.endsWith(".xml")).sort();
  const problems = [];
  let feeds = 0;
  let sitemaps = 0;
  for (const path of files) {
    const { elements, faults } = readXml(site.read(path));
    const say = (what) => problems.push({ where: path, what });
    faults.forEach((fault) => say(`not well-formed: ${fault}`));
    const root = elements[0];
    if (!root) continue;
    if (root.local === "feed") {
      feeds += 1;
      checkFeed(root, say);
      if (again) checkStable(elements, join(again, path), say);
    } else if (root.local === "urlset" || root.local === "sitemapindex") {
      sitemaps += 1;
      checkSitemap(site, root, say);
    }
  }
  for (const path of [...site.files].filter((path) => /(^|\/)feed\.json$/.test(path)).sort()) {
    files.push(path);
    checkJsonFeed(site.read(path), (what) => problems.push({ where: path, what }));
  }
  if (feeds === 0) problems.push({ where: "feeds", what: "no Atom feed" });
  if (sitemaps === 0) problems.push({ where: "sitemap.xml", what: "no sitemap" });
  if (!site.files.has("robots.txt")) problems.push({ where: "robots.txt", what: "is missing" });
  return { tested: files, problems };
}

/** What JSON Feed 1.1 requires, and the same ids as everywhere. */
function checkJsonFeed(text, say) {
  let feed;
  try {
    feed = JSON.parse(text);
  } catch (error) {
    return say(`no JSON: ${error.message}`);
  }
  if (feed.version !== "https://jsonfeed.org/version/1.1") say(`version ${feed.version}`);
  if (!feed.title) say("no title");
  for (const name of ["home_page_url", "feed_url"]) if (!URL.canParse(feed[name])) say(`${name} is "${feed[name]}"`);
  const ids = new Set();
  if (!Array.isArray(feed.items)) return say("no items");
  for (const item of feed.items) {
    if (typeof item.id !== "string" || ids.has(item.id)) say(`an item has the id "${item.id}"`);
    ids.add(item.id);
    if (!item.content_text) say(`${item.id} says nothing`);
    if (!URL.canParse(item.url)) say(`${item.id} is at "${item.url}"`);
    if (!INSTANT.test(item.date_modified)) say(`${item.id} is of "${item.date_modified}"`);
  }
}

function checkFeed(feed, say) {
  if (feed.namespace !== ATOM) say(`a feed in namespace "${feed.namespace}"`);
  requireOnce(feed, "the feed", say);
  const self = children(feed, "link").filter((link) => link.attributes.rel === "self");
  if (self.length !== 1) say(`${self.length} links rel="self", one expected`);

  const entries = children(feed, "entry");
  const ids = new Set();
  for (const entry of entries) {
    const id = children(entry, "id")[0]?.text.trim();
    const name = `entry ${id ?? "without id"}`;
    requireOnce(entry, name, say);
    if (ids.has(id)) say(`two entries have the id ${id}`);
    ids.add(id);
    const authors = [...children(entry, "author"), ...children(feed, "author")];
    if (!authors.some((author) => children(author, "name")[0]?.text.trim())) say(`${name} has no author, nor has the feed`);
    const alternate = children(entry, "link").some((link) => (link.attributes.rel ?? "alternate") === "alternate");
    if (!alternate && children(entry, "content").length === 0) say(`${name} has neither a link nor content`);
  }
  // The feed is as new as its newest entry: readers skip a feed that claims to be older.
  const time = (parent) => Date.parse(children(parent, "updated")[0]?.text.trim() ?? "");
  const newest = Math.max(...entries.map(time));
  if (entries.length > 0 && time(feed) < newest) say("the feed says it is older than its newest entry");
}

/** `id`, `title` and `updated` stand once each, in a form that readers take. */
function requireOnce(parent, name, say) {
  for (const tag of ["id", "title", "updated"]) {
    const found = children(parent, tag);
    const value = found[0]?.text.trim() ?? "";
    if (found.length !== 1 || value === "") say(`${name} has ${found.length ? "an empty or repeated" : "no"} ${tag}`);
    else if (tag === "updated" && !(INSTANT.test(value) && Date.parse(value))) say(`${name} has the date ${value}, which is no RFC 3339 instant`);
    else if (tag === "id" && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(value)) say(`${name} has the id ${value}, which is no absolute IRI`);
  }
}

/** Two builds of the same content give the same ids and dates, so that no reader sees old news as new. */
function checkStable(elements, other, say) {
  if (!existsSync(other)) return say("is missing from the second build");
  const second = readXml(readFileSync(other, "utf8")).elements;
  const stamps = (all) => all.filter((el) => el.local === "id" || el.local === "updated").map((el) => el.text.trim()).join(" ");
  if (stamps(elements) !== stamps(second)) say("ids or dates differ in a second build of the same content");
}

function checkSitemap(site, root, say) {
  if (root.namespace !== SITEMAP) say(`a sitemap in namespace "${root.namespace}"`);
  const entries = children(root, root.local === "urlset" ? "url" : "sitemap");
  if (entries.length === 0) say("is empty");
  if (entries.length > 50_000) say(`has ${entries.length} addresses; 50,000 is the most`);
  const byPath = new Map(site.pages.map((page) => [page.path, page]));
  const seen = new Set();
  for (const entry of entries) {
    const loc = children(entry, "loc")[0]?.text.trim() ?? "";
    const modified = children(entry, "lastmod")[0]?.text.trim();
    if (!URL.canParse(loc)) {
      say(`"${loc}" is no absolute address`);
      continue;
    }
    if (seen.has(loc)) say(`lists ${loc} twice`);
    seen.add(loc);
    if (modified && !INSTANT.test(modified) && !DAY.test(modified)) say(`${loc} has the date ${modified}`);
    const page = byPath.get(fileAt(site, new URL(loc)));
    if (page?.redirect || page?.notFound) say(`lists ${loc}, which is a ${page.redirect ? "redirect" : "404 page"}`);
  }
}
