/**
 * Screenshots for whoever works on the theme; no test runs this.
 *
 *     node shots.mjs SITE FOLDER [--base-url URL] [page …]
 *
 * Each page (`actors/apt38/index.html`, by default the longest of each kind) is
 * taken at four widths in light and dark, whole, and printed to a PDF.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { openSite } from "./lib/browser.mjs";
import { options } from "./lib/report.mjs";
import { onePerKind, readSite } from "./lib/site.mjs";

const WIDTHS = [390, 1024, 1280, 1600];

const { _: [dir, folder, ...wanted], "base-url": base = "http://dossier.test/case/" } = options();
if (!dir || !folder) {
  console.error("usage: node shots.mjs SITE FOLDER [--base-url URL] [page …]");
  process.exit(2);
}
const site = readSite(resolve(dir), base);
const pages = wanted.length ? site.pages.filter((page) => wanted.includes(page.path)) : onePerKind(site.pages);
mkdirSync(folder, { recursive: true });

const { browser, close } = await openSite(site);
for (const page of pages) {
  const name = page.path.replace(/\/?index\.html$|\.html$/, "").replaceAll("/", "_") || "home";
  for (const width of WIDTHS) {
    for (const colorScheme of ["light", "dark"]) {
      const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await tab.goto(page.url.href);
      await tab.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      if (width === WIDTHS[0] && colorScheme === "light") {
        await tab.pdf({ path: join(folder, `${name}.pdf`), format: "A4", preferCSSPageSize: true });
      }
      await tab.close();
    }
  }
  console.log(name);
}
await close();
