/**
 * Stylesheets and pictures whose bytes changed, taken anew without touching the page around them.
 *
 * Takes paths as the server names them. An address is asked for again under a query of its own, because
 * a browser answers an address that it already shows from memory. To a patch these queries are what
 * scripts have made of the page (changes.js): they stay.
 */

/** Every file of the site, where it is not known which have changed. */
export const ALL = { includes: (path) => path !== "" };

/** Replaces the stylesheets at `paths`, each once the new one is there; resolves to whether there were any. */
export async function swapStyles(paths) {
  const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
  // The last link of an address: earlier ones are on their way out.
  const current = new Map(links.map((link) => [pathOf(link.href), link]));
  const swaps = [...current].filter(([path, link]) => paths.includes(path) || imports(link.sheet, paths));
  await Promise.all(swaps.map(([path, link]) => swap(link, links.filter((other) => pathOf(other.href) === path))));
  return swaps.length > 0;
}

function swap(link, before) {
  const next = link.cloneNode();
  next.setAttribute("href", again(link.getAttribute("href")));
  return new Promise((resolve) => {
    next.onload = next.onerror = () => {
      for (const old of before) old.remove();
      resolve();
    };
    link.after(next);
  });
}

/** Whether a stylesheet imports, directly or not, one of the paths. */
function imports(sheet, paths) {
  if (!sheet) return false;
  return [...sheet.cssRules].some((rule) => rule instanceof CSSImportRule && rule.styleSheet
    && (paths.includes(pathOf(rule.styleSheet.href)) || imports(rule.styleSheet, paths)));
}

/** What may show a file, and the attributes that name it. */
const SHOWN = {
  "img, source, video, audio, iframe, embed, track, input[type=image]": ["src", "srcset", "poster"],
  'link[rel~="icon"], image, use': ["href"],
  object: ["data"],
};

/** Asks anew for whatever of the page shows one of the files at `paths`. */
export function refreshAssets(paths) {
  for (const [selector, names] of Object.entries(SHOWN)) {
    for (const element of document.querySelectorAll(selector)) {
      for (const name of names) {
        const value = element.getAttribute(name);
        if (value === null) continue;
        const next = value.replace(/[^\s,]+/g, (address) => (paths.includes(pathOf(address)) ? again(address) : address));
        if (next !== value) element.setAttribute(name, next);
      }
    }
  }
}

/** The path of an address of this server, or nothing. */
function pathOf(address) {
  const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
  return url?.origin === location.origin ? url.pathname : "";
}

let count = 0;

/** The same address, as one that the browser has not seen. */
function again(address) {
  const [rest, hash] = address.split("#");
  count += 1;
  return `${rest.split("?")[0]}?live=${Date.now().toString(36)}-${count}${hash === undefined ? "" : `#${hash}`}`;
}
