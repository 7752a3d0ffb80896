/**
 * How a search does on a site of any size: in Chromium and Firefox, served and from a folder.
 *
 *     node benches/search.mjs SITE --base-url http://dossier.test/ [--queries 200]
 *
 * Asks for names, names with a mistake, and the three rarest words of a text, drawn from the site's own pages by dice that fall
 * alike every time. Tells how often what was meant comes first (mean reciprocal rank; of mistakes the share that is found),
 * how many bytes of data a query loads (as the files are, uncompressed), and how long the answer takes.
 * Needs the modules and browsers of tests/web (scripts/test installs them).
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, openSite } from "../tests/web/lib/browser.mjs";
import { openInFirefox } from "../tests/web/lib/firefox.mjs";
import { options } from "../tests/web/lib/report.mjs";
import { ask, dice } from "../tests/web/lib/asking.mjs";

const { _: [dir], "base-url": base = "http://dossier.test/", queries = "200" } = options();
if (!dir || !existsSync(join(dir, "search"))) {
  console.error("usage: node benches/search.mjs SITE --base-url URL [--queries N]");
  process.exit(2);
}
const site = { dir: resolve(dir), base: new URL(base) };
const count = Number(queries);

/** What is told of every page, in the order of the pages. */
function pages() {
  const parts = readdirSync(join(site.dir, "search")).filter((name) => name.startsWith("cards-"));
  const numbered = parts.map((name) => [Number(name.match(/\d+/)[0]), name]).sort(([one], [other]) => one - other);
  return numbered.flatMap(([, name]) => {
    const text = readFileSync(join(site.dir, "search", name), "utf8");
    return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
  });
}

/** In how many pages each term stands. */
function held() {
  const terms = new Map();
  for (const name of readdirSync(join(site.dir, "search")).filter((name) => name.startsWith("text-"))) {
    const text = readFileSync(join(site.dir, "search", name), "utf8");
    for (const line of JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")"))).split("\n")) {
      const [term, written] = line.split(" ");
      if (written) terms.set(term, written === "*" ? Infinity : written.match(/[g-z0-9_-]/g).length);
    }
  }
  return terms;
}

/** The questions, each with the pages that are meant. */
function drawn() {
  const roll = dice(1);
  const all = pages();
  const bearers = new Map();
  for (const [path, title, , , , names] of all) for (const name of [title, ...names.map(([it]) => it)]) bearers.set(name, [...(bearers.get(name) ?? []), path]);
  const pick = () => all[roll(all.length)];
  const named = () => {
    const [, title, , , , names] = pick();
    const name = [title, ...names.map(([it]) => it)][roll(1 + names.length)];
    return { text: name, paths: bearers.get(name) };
  };
  const mistaken = () => {
    for (;;) {
      const { text, paths } = named();
      const words = text.match(/\p{L}{6,}/gu);
      if (!words) continue;
      const word = words[roll(words.length)];
      const at = 1 + roll(word.length - 2);
      const wrong = [word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)][roll(2)];
      return { text: text.replace(word, wrong), paths };
    }
  };
  const terms = held();
  const said = () => {
    for (;;) {
      const [path] = pick();
      const html = readFileSync(join(site.dir, path, "index.html"), "utf8");
      const text = html.slice(html.indexOf("<main")).match(/<p>(.*?)<\/p>/gs)?.join(" ").replace(/<span class="sidenote".*?<\/span><\/span>/gs, " ").replace(/<[^>]*>/g, " ") ?? "";
      // Those that are as they stand in the index, so that nothing is said here of endings.
      const words = [...new Set(text.match(/\b[a-z]{4,}\b/g))].filter((word) => terms.has(word));
      if (words.length < 12) continue;
      words.sort((one, other) => terms.get(one) - terms.get(other) || (one < other ? -1 : 1));
      return { text: words.slice(0, 3).join(" "), paths: [path] };
    }
  };
  const times = (part, make) => Array.from({ length: Math.round(count * part) }, make);
  return { names: times(0.4, named), mistakes: times(0.3, mistaken), words: times(0.3, said) };
}

const sorted = (all) => [...all].sort((one, other) => one - other);
const at = (all, share) => sorted(all)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
const mean = (all) => all.reduce((sum, it) => sum + it, 0) / all.length;
const kB = (bytes) => Math.round(bytes / 1000);

/** Asks all questions; each visit begins anew with one of them. */
async function asked(title, visit, root) {
  const questions = drawn();
  const size = (url) => statSync(join(site.dir, "search", url.replace(/.*\//, ""))).size;
  const [firsts, laters, times, ranks] = [[], [], [], {}];
  for (const [sort, list] of Object.entries(questions)) {
    ranks[sort] = [];
    let tab;
    for (const [nth, { text, paths }] of list.entries()) {
      const begins = nth % 10 === 0;
      if (begins) tab = await visit();
      const { hrefs, took, loaded } = await tab.evaluate(ask, text);
      const rank = hrefs.findIndex((href) => paths.some((path) => href === new URL(path, root).href));
      ranks[sort].push(rank < 0 ? 0 : 1 / (rank + 1));
      (begins ? firsts : laters).push(loaded.reduce((sum, url) => sum + size(url), 0));
      if (!begins) times.push(took);
    }
  }
  console.log(
    `| ${title} | ${mean(ranks.names).toFixed(3)} | ${(mean(ranks.mistakes.map((it) => (it > 0 ? 1 : 0))) * 100).toFixed(1)} % | ${mean(ranks.words).toFixed(3)} | ` +
      // A browser tells nothing of what it loads from a folder; it is the same.
      `${root.startsWith("file:") ? "as served | as served" : `${kB(at(firsts, 0.5))} / ${kB(Math.max(...firsts))} | ${kB(at(laters, 0.5))} / ${kB(at(laters, 0.95))}`} | ${at(times, 0.5).toFixed(0)} / ${at(times, 0.95).toFixed(0)} |`,
  );
}

console.log("| | names, MRR | one mistake, found | words, MRR | first query kB, median / most | later kB, median / 95 % | ms, median / 95 % |");
console.log("|---|--:|--:|--:|--:|--:|--:|");
const folder = pathToFileURL(`${site.dir}/`).href;
const { browser, close } = await openSite(site);
const fresh = async (browser, address) => {
  const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await tab.goto(address);
  return tab;
};
await asked("Chromium, served", () => fresh(browser, site.base.href), site.base.href);
await close();
const alone = await launch();
await asked("Chromium, from a folder", () => fresh(alone, new URL("index.html", folder).href), folder);
await alone.close();
const firefox = await openInFirefox(site);
const open = async (address) => {
  const tab = await (await firefox.browser.createBrowserContext()).newPage();
  await tab.setViewport({ width: 1280, height: 900 });
  await tab.goto(address);
  return tab;
};
await asked("Firefox, served", () => open(site.base.href), site.base.href);
await asked("Firefox, from a folder", () => open(new URL("index.html", folder).href), folder);
await firefox.close();
