/**
 * An output folder as the checks see it: its files, its parsed pages, and the
 * way from an address to a file. Nothing here comes from the generator: what
 * it says about its own links is what the checks are there to doubt.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parse } from "parse5";

/**
 * @typedef {object} Page
 * @property {string} path      below the output folder, with `/`
 * @property {URL} url          the address that a reader knows it by
 * @property {string} kind      its first folder, or "top": what sampling groups by
 * @property {number} size      characters of source
 * @property {object} document  parse5's tree, with places
 * @property {boolean} redirect a stub that sends the reader on
 * @property {boolean} notFound the page that a server shows at any address
 */

/** Reads `dir` as the site that will live at `base` (an address that ends in `/`). */
export function readSite(dir, base) {
  const baseUrl = new URL(base.endsWith("/") ? base : `${base}/`);
  const files = new Set(listFiles(dir));
  const read = (path) => readFileSync(join(dir, path), "utf8");
  const pages = [...files]
    .filter((path) => path.endsWith(".html"))
    .sort()
    .map((path) => readPage(path, read(path), baseUrl));
  return { dir, base: baseUrl, files, pages, read };
}

/** Paths of all files below `dir`, relative, with `/`; the tool's own dot files are no part of the site. */
function listFiles(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dir.length).replaceAll("\\", "/"))
    .map((path) => path.replace(/^\/+/, ""))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")));
}

function readPage(path, source, base) {
  const document = parse(source, { sourceCodeLocationInfo: true });
  const redirect = elements(document).some((el) => httpEquiv(el) === "refresh");
  return {
    path,
    url: new URL(encodeURI(path.replace(/(^|\/)index\.html$/, "$1")), base),
    kind: path.includes("/") ? path.split("/")[0] : "top",
    size: source.length,
    document,
    redirect,
    notFound: path === "404.html",
  };
}

/** Every element below `node`, in document order; templates' contents too. */
export function elements(node) {
  const found = [];
  const stack = [node];
  while (stack.length > 0) {
    const next = stack.pop();
    if (next.tagName) found.push(next);
    const children = [...(next.childNodes ?? []), ...(next.content ? [next.content] : [])];
    stack.push(...children.reverse());
  }
  return found;
}

/** The value of an attribute, or undefined. parse5 splits `xlink:href`; the prefix is put back. */
export function attr(element, name) {
  return element.attrs.find((a) => (a.prefix ? `${a.prefix}:${a.name}` : a.name) === name)?.value;
}

/** `http-equiv` of a meta element, in lower case. */
export function httpEquiv(element) {
  return element.tagName === "meta" ? attr(element, "http-equiv")?.toLowerCase() : undefined;
}

/** The text inside an element. */
export function text(node) {
  return (node.childNodes ?? []).map((child) => child.value ?? text(child)).join("");
}

/** Line of an element in its file. */
export function line(element) {
  return element.sourceCodeLocation?.startLine ?? 0;
}

/**
 * The file that a server would answer `url` with, or undefined. A folder is
 * answered by its index.html, and only with the slash: a redirect to add it is
 * not something that every host does.
 */
export function fileAt(site, url) {
  if (url.host !== site.base.host || !url.pathname.startsWith(site.base.pathname)) return undefined;
  let path;
  try {
    path = decodeURIComponent(url.pathname.slice(site.base.pathname.length));
  } catch {
    return undefined;
  }
  if (path === "" || path.endsWith("/")) path = posix.join(path, "index.html");
  return site.files.has(path) ? path : undefined;
}

/**
 * At most `limit` pages that stand for all: every kind gets an equal share, the
 * longest and the shortest page of a kind first, the rest evenly between.
 */
export function sample(pages, limit) {
  if (pages.length <= limit) return pages;
  const kinds = groupBy(pages, (page) => page.kind);
  const share = Math.max(2, Math.floor(limit / kinds.size));
  return [...kinds.values()].flatMap((group) => {
    const sorted = [...group].sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
    if (sorted.length <= share) return sorted;
    return Array.from({ length: share }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (share - 1))]);
  });
}

/** The page of each kind on which most can go wrong, the home page and the 404 page. */
export function onePerKind(pages) {
  const longest = new Map();
  for (const page of pages) {
    if (page.redirect) continue;
    const kind = page.kind === "top" ? page.path : page.kind;
    if (!longest.has(kind) || longest.get(kind).size < page.size) longest.set(kind, page);
  }
  return [...longest.values()];
}

/** `Map.groupBy`, which Node 20 does not have. */
function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
