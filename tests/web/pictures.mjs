/**
 * The pictures of the manual (`docs/pictures/`), taken anew; no test runs this.
 *
 *     node pictures.mjs SITE FOLDER [NAME]
 *
 * SITE is the sample, built with `--base-url http://dossier.test/case/`, and, for `marking`, with the example "Marks
 * in a text" of the page on markings for the audience AMBER+STRICT. Each picture is a piece of a page in light
 * colours; `pngquant` makes it small.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { openSite } from "./lib/browser.mjs";
import { readSite } from "./lib/site.mjs";

const [dir, folder, only] = process.argv.slice(2);
if (!dir || !folder) {
  console.error("usage: node pictures.mjs SITE FOLDER [NAME]");
  process.exit(2);
}

/** Each with its page, the elements that it shows together, how wide the window is, and how high it may get. */
const PICTURES = {
  incident: ["incidents/2015-tpbank/index.html", [".title-block", ".infobox"], 1180, 640],
  relations: ["actors/apt38/index.html", ["#page-relations ~ h3", "#page-relations ~ ul"], 1180, 560],
  drawing: ["actors/apt38/index.html", ["#page-relations + .drawing .wide"], 1180, 760],
  timeline: ["actors/apt38/index.html", [".timed .wide", ".timed figcaption"], 1180, 400],
  map: ["map/index.html", [".drawing .wide"], 1180, 700],
  chart: ["incidents/2016-bangladesh-bank/index.html", [".prose figure.drawing"], 1180, 300],
  flow: ["incidents/2016-bangladesh-bank/index.html", ["#page-flow + .drawing"], 1180, 300],
  money: ["incidents/2016-bangladesh-bank/index.html", ["#page-money + .drawing"], 1180, 500],
  names: ["names/by/producer/index.html", ["main table"], 1180, 620],
  origins: ["actors/apt38/index.html", ["#page-origins ~ .drawing"], 1180, 420],
  compare: ["compare/apt38/lazarus-group/index.html", [".compare:nth-of-type(-n + 3)"], 1180, 560],
  graph: ["graph/index.html", [".drawing .wide"], 1280, 1100],
  techniques: ["actors/apt38/index.html", ["#page-relations ~ .drawing ~ .drawing:not(:has(.world)) .wide"], 1180, 760],
  source: ["sources/reuters-2016-governor/index.html", [".title-block", ".content"], 1180, 820],
  dissent: ["incidents/2016-bangladesh-bank/index.html", ["#page-figures", "#page-figures ~ *"], 1180, 560],
  indicators: ["incidents/2016-bangladesh-bank/index.html", ["#indicators", "#indicators ~ div.table"], 1180, 420],
  marking: ["notes/example-marks/index.html", [".strip-head", ".title-block", ".content"], 1180, 760],
  changes: ["actors/apt38/index.html", ["#page-changes", "#page-changes ~ *"], 1180, 300],
};

mkdirSync(folder, { recursive: true });
const site = readSite(resolve(dir), "http://dossier.test/case/");
const { browser, close } = await openSite(site);
for (const [name, [path, selectors, width, most]] of Object.entries(PICTURES)) {
  const page = site.pages.find((it) => it.path === path);
  if (!page || (only && only !== name)) continue;
  const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: "light" });
  await tab.goto(page.url.href);
  const boxes = await tab.evaluate((selectors) => selectors.flatMap((selector) =>
    [...document.querySelectorAll(selector)].map((it) => {
      const { left, top, right, bottom } = it.getBoundingClientRect();
      return { left, top: top + scrollY, right, bottom: bottom + scrollY };
    })), selectors);
  const edge = 16;
  const x = Math.max(0, Math.min(...boxes.map((it) => it.left)) - edge);
  const y = Math.max(0, Math.min(...boxes.map((it) => it.top)) - edge);
  const right = Math.min(width, Math.max(...boxes.map((it) => it.right)) + edge);
  const bottom = Math.min(Math.max(...boxes.map((it) => it.bottom)) + edge, y + most);
  const file = join(folder, `${name}.png`);
  await tab.screenshot({ path: file, fullPage: true, clip: { x, y, width: right - x, height: bottom - y } });
  execFileSync("pngquant", ["--force", "--strip", "--output", file, "64", file]);
  console.log(name, `${Math.round(statSync(file).size / 1024)} kB`);
  await tab.close();
}
await close();
