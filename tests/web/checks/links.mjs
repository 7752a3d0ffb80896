/**
 * The independent link checker: every address in every page, stylesheet,
 * drawing, feed and sitemap, resolved against the files on disk, fragments
 * included.
 *
 * - An address below the base URL must lead to a file, its fragment to an id.
 * - What a page loads comes from the site itself, never from another host.
 * - A link to elsewhere is http(s) or mail, and gives nothing away (`rel`).
 * - 404.html is shown at any depth, so nothing in it may be relative.
 */
import { attr, elements, fileAt, httpEquiv, line } from "../lib/site.mjs";
import { readXml } from "../lib/xml.mjs";

/** @returns {import("../lib/report.mjs").Result} */
export function checkLinks(site) {
  const ids = new Map(site.pages.map((page) => [page.path, idsOf(page.document)]));
  const sources = [...pageSources(site), ...fileSources(site)];
  const problems = sources.flatMap((source) =>
    source.references.flatMap((reference) => {
      const what = problemOf(site, ids, source, reference);
      return what ? [{ where: reference.line ? `${source.path}:${reference.line}` : source.path, what }] : [];
    }),
  );
  return { tested: sources.map((source) => source.path), problems };
}

/** What is wrong with one reference, or undefined. */
function problemOf(site, ids, source, { href, loads, rel, own }) {
  let url;
  try {
    url = new URL(href.trim(), source.url);
  } catch {
    return `not an address: ${href}`;
  }
  if (source.anywhere && isRelative(href)) return `relative, but the page is shown at any depth: ${href}`;
  if (url.protocol === "javascript:" || url.protocol === "vbscript:") return `runs a script: ${href}`;
  const inside = url.host === site.base.host && /^https?:$/.test(url.protocol);
  if (!inside) {
    if (loads) return `loads from elsewhere: ${href}`;
    if (own) return `outside the base URL: ${href}`;
    if (!/^(https?|mailto):$/.test(url.protocol)) return `a link of kind ${url.protocol} ${href}`;
    const gives = ["noopener", "noreferrer"].filter((word) => !(rel ?? "").split(/\s+/).includes(word));
    return rel !== undefined && url.protocol !== "mailto:" && gives.length
      ? `a link to elsewhere without rel="${gives.join(" ")}": ${href}`
      : undefined;
  }
  if (url.protocol !== site.base.protocol) return `another scheme than the base URL: ${href}`;
  const file = fileAt(site, url);
  if (!file) return `leads nowhere: ${href}`;
  const fragment = fragmentOf(url);
  if (fragment && ids.has(file) && !ids.get(file).has(fragment)) return `no such place on ${file}: ${href}`;
  return undefined;
}

/** The id that a fragment asks for; "" for none, for the top and for a text fragment. */
function fragmentOf(url) {
  const raw = url.hash.slice(1).split(":~:")[0];
  if (raw === "" || raw === "top") return "";
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

function isRelative(href) {
  return !/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(href.trim());
}

function idsOf(document) {
  return new Set(
    elements(document).flatMap((el) => [attr(el, "id"), el.tagName === "a" ? attr(el, "name") : undefined]).filter(Boolean),
  );
}

/** Each page with the references in it. */
function pageSources(site) {
  return site.pages.map((page) => ({
    path: page.path,
    url: page.url,
    anywhere: page.notFound,
    references: elements(page.document).flatMap((el) => referencesOf(el).map((found) => ({ line: line(el), ...found }))),
  }));
}

/** `link rel` words that only point; every other one makes the browser load something. */
const POINTS = new Set(["canonical", "alternate", "prev", "next", "author", "license", "help", "search", "up", "home", "me", "self", "first", "last", "index", "describedby", "cite-as"]);

/** Attributes of an element that hold addresses. */
function referencesOf(el) {
  const found = [];
  const add = (href, more = {}) => href !== undefined && found.push({ href, ...more });
  switch (el.tagName) {
    case "a":
    case "area":
      // An empty rel is written down so that a missing one is told from "not asked".
      add(attr(el, "href") ?? attr(el, "xlink:href"), { rel: attr(el, "rel") ?? "" });
      break;
    case "link": {
      const words = (attr(el, "rel") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const loads = !words.length || words.some((word) => !POINTS.has(word));
      add(attr(el, "href"), { loads, own: words.includes("canonical") });
      break;
    }
    case "meta":
      if (httpEquiv(el) === "refresh") add(/url\s*=\s*['"]?([^'"]*)/i.exec(attr(el, "content") ?? "")?.[1] ?? "");
      if (/^(og:url|og:image|twitter:image)$/.test(attr(el, "property") ?? attr(el, "name") ?? "")) add(attr(el, "content"), { own: true });
      break;
    case "form":
      add(attr(el, "action"), { loads: true });
      break;
    case "use":
    case "image":
      add(attr(el, "href") ?? attr(el, "xlink:href"), { loads: true });
      break;
    case "object":
      add(attr(el, "data"), { loads: true });
      break;
    case "blockquote":
    case "q":
    case "ins":
    case "del":
      add(attr(el, "cite"));
      break;
    default:
      add(attr(el, "src"), { loads: true });
      add(attr(el, "poster"), { loads: true });
  }
  for (const name of ["srcset", "imagesrcset"]) {
    for (const candidate of (attr(el, name) ?? "").split(/,\s+/).filter(Boolean)) add(candidate.trim().split(/\s+/)[0], { loads: true });
  }
  if (el.tagName === "button" || el.tagName === "input") add(attr(el, "formaction"), { loads: true });
  return found;
}

/** Stylesheets, drawings, feeds, sitemaps and robots.txt, with their references. */
function fileSources(site) {
  const readers = [
    [/\.css$/, cssReferences],
    [/\.svg$/, (source) => xmlReferences(source, /^(href|xlink:href|src)$/, { loads: true })],
    [/\.xml$/, feedReferences],
    [/^robots\.txt$/, (source) => [...source.matchAll(/^sitemap:\s*(\S+)/gim)].map(([, href]) => ({ href, own: true }))],
  ];
  return [...site.files].sort().flatMap((path) => {
    const reader = readers.find(([pattern]) => pattern.test(path))?.[1];
    if (!reader) return [];
    return [{ path, url: new URL(encodeURI(path), site.base), references: reader(site.read(path)) }];
  });
}

function cssReferences(source) {
  const bare = source.replace(/\/\*[\s\S]*?\*\//g, "");
  const found = [...bare.matchAll(/url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3/g)];
  return found.map((match) => ({ href: match[2] ?? match[4], loads: true }));
}

/** Addresses in attributes of an XML file. One that cannot be read is feeds.mjs's to report. */
function xmlReferences(source, names, more) {
  return readXml(source).elements.flatMap((el) =>
    Object.entries(el.attributes).filter(([name]) => names.test(name)).map(([, href]) => ({ href, ...more })),
  );
}

/** Addresses that a feed or a sitemap gives out: the site's own, and absolute. */
function feedReferences(source) {
  return readXml(source).elements.flatMap((el) => {
    if (el.local === "loc") return [{ href: el.text.trim(), own: true }];
    const rel = el.attributes.rel ?? "alternate";
    if (el.local === "link" && el.attributes.href) return [{ href: el.attributes.href, own: ["self", "alternate"].includes(rel) }];
    return [];
  });
}
