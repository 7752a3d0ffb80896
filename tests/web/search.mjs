/**
 * The search of a finished site, as a reader uses it: by keyboard and pointer, in Chromium and Firefox, served and from a
 * folder; and what readers take away with a click. What is asked comes from the list of all names, and from mistakes made in them.
 *
 *     node search.mjs SITE --base-url http://dossier.test/case/
 */
import axe from "axe-core";
import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ask, dice } from "./lib/asking.mjs";
import { chromiumPath, launch, openSite, within } from "./lib/browser.mjs";
import { firefoxPath, openInFirefox } from "./lib/firefox.mjs";
import { options, Tally } from "./lib/report.mjs";
import { elements, readSite, text } from "./lib/site.mjs";

/** Names that are asked for, at most, evenly taken from all. */
const ASKED = 200;
/** Of names as they are written the mean reciprocal rank is at least this; of those with mistakes so many are found. */
const RANK = 0.95;
const ONE_MISTAKE = 0.98;
const TWO_MISTAKES = 0.8;
/** Of three words out of the text of a page the mean reciprocal rank is at least this. */
const RANK_OF_WORDS = 0.7;
const FIELD = ".masthead .find input";

const { _: [dir], "base-url": base = "http://dossier.test/case/" } = options();
if (!dir || !existsSync(dir)) {
  console.error("usage: node search.mjs SITE --base-url URL");
  process.exit(2);
}
const site = readSite(resolve(dir), base);
const tally = new Tally();
const names = listed(site);

if (!chromiumPath()) tally.skip("search", "no Chromium (Debian: chromium)");
else {
  await tally.step("search by name", () => inChromium(byName));
  await tally.step("search in texts", () => inChromium(inTexts));
  await tally.step("search by hand", () => inChromium(byHand));
  await tally.step("search from a folder", fromFolder);
  await tally.step("copying", () => inChromium(copying));
  await tally.step("what is new", () => inChromium(sinceLastVisit));
}
if (!firefoxPath()) tally.skip("search in Firefox", "no Firefox (Debian: firefox-esr)");
else await tally.step("search in Firefox", inFirefox);
tally.close();

/** Every name of the list of all names, with the paths of the pages that bear it. */
function listed(site) {
  const names = new Map();
  for (const page of site.pages.filter(({ path }) => /^names\/(page\/\d+\/)?index\.html$/.test(path))) {
    for (const row of elements(page.document).filter((el) => el.nodeName === "tr")) {
      const [name, means] = row.childNodes.filter((el) => el.nodeName === "td");
      if (!means) continue;
      const link = elements(row).find((el) => el.nodeName === "a");
      const href = link.attrs.find(({ name }) => name === "href").value;
      const written = text(elements(name).find((el) => el.attrs?.some(({ value }) => /\bentry\b/.test(value)))).trim();
      names.set(written, [...(names.get(written) ?? []), new URL(href, page.url).href]);
    }
  }
  return names;
}

/** Of every entry with a text its address and three words out of one paragraph, the rarest first. */
function told(site) {
  const isOwn = (el) => {
    for (let up = el.parentNode; up; up = up.parentNode) {
      if (up.attrs?.some(({ name, value }) => (name === "class" && /\b(sidenote|summary)\b/.test(value)) || (name === "aria-labelledby" && /^page-(cite|cited|mentions|record|references|relations)$/.test(value)))) return false;
      if (up.nodeName === "main") return true;
    }
    return false;
  };
  const entries = site.pages.filter(({ path }) => /^(?!names|tags|search)[a-z]+\/(?!by-)[a-z0-9-]+\/index\.html$/.test(path));
  const texts = entries.map((page) => elements(page.document).filter((el) => el.nodeName === "p" && isOwn(el)).map((el) => new Set(text(el).toLowerCase().match(/(?<![\p{L}\p{M}\p{N}’'.-])[a-z]{5,}(?![\p{L}\p{M}\p{N}’'.-])/gu))));
  const pages = new Map();
  for (const paragraphs of texts) for (const word of new Set(paragraphs.flatMap((it) => [...it]))) pages.set(word, (pages.get(word) ?? 0) + 1);
  return entries.flatMap((page, at) => {
    const words = [...(texts[at].sort((one, other) => other.size - one.size)[0] ?? [])].sort((one, other) => pages.get(one) - pages.get(other) || (one < other ? -1 : 1));
    return words.length < 12 ? [] : [[page.url.href, [words[0], words[3], words[6]].join(" ")]];
  });
}

/** Runs the parts of a test on a tab that sees the served site; each part's error is a problem. */
async function inChromium(parts) {
  const { browser, close } = await openSite(site);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const tab = await context.newPage();
    const said = [];
    tab.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
    tab.on("pageerror", (error) => said.push(error.stack));
    const result = await run(parts(tab));
    result.problems.push(...said.map((what) => ({ where: "console", what })));
    return result;
  } finally {
    await close();
  }
}

/** The parts of a test by title, one after the other. */
async function run(parts) {
  const [problems, notes] = [[], []];
  for (const [title, part] of Object.entries(parts)) {
    await within(180, part(notes)).catch((error) => problems.push({ where: title, what: error.stack }));
  }
  return { tested: Object.keys(parts), problems, notes };
}

/** What is found for a text: the addresses, best first. */
async function answer(tab, text) {
  return (await tab.evaluate(ask, text)).hrefs;
}

/** A word with a letter left out, doubled, changed, or two swapped; never the first, and no digit. */
function mistake(word, roll) {
  const at = 1 + roll(word.length - 2);
  const letter = "abcdefghijklmnopqrstuvwxyz"[roll(26)];
  return [
    () => word.slice(0, at) + word.slice(at + 1),
    () => word.slice(0, at) + letter + word.slice(at),
    () => word.slice(0, at) + letter + word.slice(at + 1),
    () => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
  ][roll(4)]();
}

/** A name with mistakes in a word of six letters or more; undefined if it has none. */
function mistaken(name, times, roll) {
  const words = name.match(/\p{L}{6,}/gu);
  if (!words) return undefined;
  const word = words[roll(words.length)];
  let wrong = word;
  for (let time = 0; time < times; time += 1) wrong = mistake(wrong, roll);
  return name.replace(word, wrong);
}

function byName(tab) {
  const step = Math.max(1, Math.floor(names.size / ASKED));
  const asked = [...names].filter((_, at) => at % step === 0);
  const rankOf = async (text, hrefs) => {
    const found = await answer(tab, text);
    const at = found.findIndex((href) => hrefs.includes(href));
    return at < 0 ? 0 : 1 / (at + 1);
  };
  const mean = (ranks) => ranks.reduce((sum, it) => sum + it, 0) / ranks.length;
  const withMistakes = async (times, least, notes) => {
    const roll = dice(times);
    const [ranks, missed] = [[], []];
    for (const [name, hrefs] of asked) {
      const text = mistaken(name, times, roll);
      if (!text) continue;
      const rank = await rankOf(text, hrefs);
      ranks.push(rank > 0 ? 1 : 0);
      if (rank === 0) missed.push(text);
    }
    notes.push(`with ${times} mistakes ${(mean(ranks) * 100).toFixed(1)} % of ${ranks.length} are found; not: ${missed.slice(0, 8).join(" | ")}`);
    assert.ok(ranks.length > 20 && mean(ranks) >= least, `${mean(ranks)} of ${ranks.length}; not ${missed.join(" | ")}`);
  };
  return {
    "names as they are written": async (notes) => {
      await tab.goto(site.base.href);
      const ranks = [];
      const low = [];
      const started = performance.now();
      for (const [name, hrefs] of asked) {
        ranks.push(await rankOf(name, hrefs));
        if (ranks.at(-1) < 1) low.push(name);
      }
      const each = (performance.now() - started) / asked.length;
      notes.push(`mean reciprocal rank of ${ranks.length} names: ${mean(ranks).toFixed(3)}, ${each.toFixed(1)} ms each; not first: ${low.slice(0, 12).join(" | ")}`);
      assert.ok(ranks.length > 20 && mean(ranks) >= RANK, `${mean(ranks)}; not first: ${low.join(" | ")}`);
    },
    "names without case, signs and accents": async () => {
      for (const [name, hrefs] of asked.filter((_, at) => at % 5 === 0)) {
        const plain = name.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, " ");
        assert.ok((await rankOf(plain, hrefs)) > 0, plain);
      }
    },
    "one mistake": (notes) => withMistakes(1, ONE_MISTAKE, notes),
    "two mistakes": (notes) => withMistakes(2, TWO_MISTAKES, notes),
    "nothing is found for what is no name": async () => {
      assert.deepEqual(await answer(tab, "xqzvwkjh"), []);
      assert.equal(await tab.locator("#page-found").isVisible(), false);
    },
  };
}

function inTexts(tab) {
  const asked = told(site);
  const results = async (text) => {
    await tab.goto(new URL(`search/?q=${encodeURIComponent(text)}`, site.base).href);
    await tab.locator("#page-found li").first().waitFor({ timeout: 5000 });
    return tab.$$eval("#page-found a", (all) => all.map((a) => a.href.replace(/#.*$/, "")));
  };
  return {
    "words out of a text lead to it": async (notes) => {
      await tab.goto(site.base.href);
      const ranks = [];
      const low = [];
      for (const [url, words] of asked) {
        const at = (await answer(tab, words)).indexOf(url);
        ranks.push(at < 0 ? 0 : 1 / (at + 1));
        if (at !== 0) low.push(`${words} (${at + 1})`);
      }
      const mean = ranks.reduce((sum, it) => sum + it, 0) / ranks.length;
      notes.push(`mean reciprocal rank of ${ranks.length} times three words: ${mean.toFixed(3)}; not first: ${low.slice(0, 8).join(" | ")}`);
      assert.ok(ranks.length > 20 && mean >= RANK_OF_WORDS, `${mean} of ${ranks.length}; ${low.join(" | ")}`);
    },
    "words are found in their forms": async () => {
      for (const [one, other] of [["wiper", "wipers"], ["laundering", "laundered"], ["sanction", "sanctions"]]) {
        assert.deepEqual(new Set(await results(`${one} `)), new Set(await results(`${other} `)), one);
      }
    },
    "a result leads to the section in which the words stand, and shows them": async () => {
      await results("wiper distraction Bancomext");
      const link = tab.locator("#page-found a[href*='#']").first();
      await link.waitFor({ timeout: 5000 });
      const marked = link.locator("mark");
      const { hash } = new URL(await link.evaluate((a) => a.href));
      assert.ok(hash.length > 1 && (await marked.count()) >= 2);
      await link.click();
      await tab.waitForURL((url) => url.hash === hash);
      assert.ok(await tab.evaluate((id) => document.getElementById(id) !== null, decodeURIComponent(hash.slice(1))));
    },
    "a phrase stands as it is, and what is behind a minus nowhere": async () => {
      const both = await results("money laundering");
      const phrase = await results('"money laundering"');
      assert.ok(phrase.length > 0 && phrase.length <= both.length);
      assert.ok(phrase.every((href) => both.includes(href)));
      const without = await results("sanctions -lazarus");
      const all = await results("sanctions");
      assert.ok(without.length > 0 && without.length < all.length);
      const page = (href) => site.pages.find(({ url }) => url.href === href.replace(/#.*$/, ""));
      for (const href of without) assert.doesNotMatch(text(elements(page(href).document).find((el) => el.nodeName === "h1")), /lazarus/i);
    },
    "what was found is narrowed down, and the address says by what": async () => {
      const all = await results("bank");
      const { pathname } = new URL(site.base);
      const incidents = all.filter((href) => href.includes(`${pathname}incidents/`));
      const button = tab.locator(".filters button[value='kind incident']");
      assert.equal(await button.locator("span").textContent(), String(incidents.length));
      await button.click();
      await tab.waitForURL((url) => url.searchParams.get("kind") === "incident");
      assert.deepEqual(await tab.$$eval("#page-found a", (all) => all.map((a) => a.href.replace(/#.*$/, ""))), incidents);
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      assert.equal(await tab.evaluate(() => document.activeElement.value), "kind incident", "the focus stays");
      await tab.reload();
      await tab.locator("#page-found li").first().waitFor({ timeout: 5000 });
      assert.equal(await tab.locator("#page-found li").count(), incidents.length);
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      await button.click();
      await tab.waitForURL((url) => !url.searchParams.has("kind"));
    },
    "nothing moves when places are shown": async () => {
      await tab.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((it) => (window.moved += it.value))).observe({ type: "layout-shift", buffered: true });
      });
      await results("wiper distraction Bancomext");
      await tab.waitForTimeout(1500);
      assert.ok((await tab.evaluate(() => window.moved)) <= 0.01, String(await tab.evaluate(() => window.moved)));
    },
  };
}

function byHand(tab) {
  const [name, [href]] = [...names].find(([name, hrefs]) => /^\p{L}{7,}$/u.test(name) && hrefs.length === 1);
  const begun = name.slice(0, -1);
  const found = () => tab.locator("#page-found [role=option]").first().waitFor({ timeout: 5000 });
  return {
    "opened by a key, typed, chosen, and gone back from": async () => {
      await tab.goto(site.base.href);
      await tab.keyboard.press("/");
      assert.equal(await tab.evaluate(() => document.activeElement.name), "q");
      await tab.keyboard.type(begun, { delay: 20 });
      await found();
      const first = tab.locator("#page-found [role=option]").first();
      assert.equal(await first.getAttribute("aria-selected"), "true");
      assert.equal(await tab.locator(FIELD).getAttribute("aria-activedescendant"), await first.getAttribute("id"));
      assert.equal(await tab.locator(FIELD).getAttribute("aria-expanded"), "true");
      assert.equal(await first.getAttribute("data-href"), href);
      assert.ok((await first.textContent()).startsWith(name), "the name that matched comes first");
      await tab.keyboard.press("Enter");
      await tab.waitForURL(href);
      await tab.goBack();
      assert.equal(tab.url(), site.base.href);
    },
    "arrows move, escape closes, and the field keeps the focus": async () => {
      await tab.goto(href);
      await tab.keyboard.press("Control+k");
      await tab.keyboard.type("a");
      await found();
      const count = await tab.locator("#page-found [role=option]").count();
      await tab.keyboard.press("ArrowUp");
      assert.equal(await tab.locator(FIELD).getAttribute("aria-activedescendant"), `page-found-${count - 1}`);
      await tab.keyboard.press("ArrowDown");
      assert.equal(await tab.locator(FIELD).getAttribute("aria-activedescendant"), "page-found-0");
      await tab.keyboard.press("Escape");
      assert.equal(await tab.locator("#page-found").isVisible(), false);
      assert.equal(await tab.locator(FIELD).getAttribute("aria-expanded"), "false");
      assert.equal(await tab.evaluate(() => document.activeElement.name), "q");
    },
    "chosen with a pointer": async () => {
      await tab.goto(site.base.href);
      await tab.click(FIELD);
      await tab.keyboard.type(name);
      await found();
      await tab.locator("#page-found [role=option]").first().click();
      await tab.waitForURL(href);
    },
    "no axe finding with results open, and nothing moves": async () => {
      for (const colorScheme of ["light", "dark"]) {
        await tab.emulateMedia({ colorScheme });
        await tab.goto(href);
        await tab.evaluate(() => {
          window.moved = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((it) => (window.moved += it.value))).observe({ type: "layout-shift", buffered: true });
        });
        await tab.click(FIELD);
        await tab.keyboard.type(begun);
        await found();
        await tab.evaluate(axe.source);
        const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        assert.ok((await tab.evaluate(() => window.moved)) <= 0.01);
      }
    },
    "a page of results that can be linked, reloaded and gone back to": async () => {
      const url = new URL(`search/?q=${encodeURIComponent(name)}`, site.base).href;
      await tab.goto(url);
      const first = tab.locator("#page-found a").first();
      await first.waitFor();
      assert.equal(await first.evaluate((a) => a.href), href);
      await tab.locator(".find.wide input").fill(begun);
      await tab.waitForURL((url) => url.searchParams.get("q") === begun);
      await tab.locator("#page-found a").first().click();
      await tab.waitForURL(href);
      await tab.goBack();
      await tab.locator("#page-found a").first().waitFor();
      assert.equal(new URL(tab.url()).searchParams.get("q"), begun);
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    },
    "a preview of what a link leads to, by pointer and by keyboard": async () => {
      await tab.emulateMedia({ colorScheme: "light" });
      await tab.goto(new URL("names/", site.base).href);
      const link = tab.locator("table.names a.entry").first();
      const title = await link.textContent();
      await tab.evaluate(() => {
        window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((it) => (window.moved += it.value))).observe({ type: "layout-shift", buffered: true });
      });
      await link.hover();
      const preview = tab.locator("#page-preview");
      await preview.waitFor({ timeout: 5000 });
      assert.ok((await preview.textContent()).includes(title), "it says of what");
      assert.equal(await link.getAttribute("aria-describedby"), "page-preview");
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      await tab.keyboard.press("Escape");
      assert.equal(await preview.count(), 0);
      await tab.mouse.move(2, 2);
      await tab.keyboard.press("Tab");
      await link.focus();
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Shift+Tab");
      await preview.waitFor({ timeout: 5000 });
      assert.ok((await tab.evaluate(() => window.moved)) <= 0.01);
      await tab.evaluate(() => document.activeElement.blur());
      assert.equal(await preview.count(), 0);
    },
    "a preview of what a citation leads to, which a click keeps": async () => {
      await tab.setViewportSize({ width: 1000, height: 900 });
      const cited = site.pages.find(({ document }) => elements(document).some((el) => el.attrs?.some(({ name, value }) => name === "class" && value === "cite")));
      await tab.goto(cited.url.href);
      const mark = tab.locator("main .prose a.cite").first();
      await mark.scrollIntoViewIfNeeded();
      await mark.hover();
      const preview = tab.locator("#page-preview");
      await preview.waitFor({ timeout: 5000 });
      const line = await tab.evaluate((id) => document.getElementById(id).querySelector(".ref-title").textContent, (await mark.getAttribute("href")).slice(1));
      assert.ok((await preview.textContent()).includes(line), "it tells the source");
      await preview.click({ position: { x: 3, y: 3 } });
      await tab.mouse.move(2, 2);
      await tab.waitForTimeout(600);
      assert.equal(await preview.count(), 1, "it is kept");
      await tab.keyboard.press("Escape");
      assert.equal(await preview.count(), 0);
      await tab.setViewportSize({ width: 1280, height: 900 });
    },
    "on a phone a key leads to the page of the search": async () => {
      await tab.setViewportSize({ width: 390, height: 844 });
      await tab.goto(href);
      assert.equal(await tab.locator(FIELD).isVisible(), false);
      await tab.keyboard.press("/");
      await tab.waitForURL(/\/search\//);
      assert.equal(await tab.evaluate(() => document.activeElement.name), "q");
      await tab.setViewportSize({ width: 1280, height: 900 });
    },
    "without scripts a link leads to every name": async () => {
      const context = await tab.context().browser().newContext({ javaScriptEnabled: false });
      const plain = await context.newPage();
      await plain.goto(href);
      assert.equal(await plain.locator(FIELD).isVisible(), false);
      await plain.locator(".masthead .find a").click();
      await plain.waitForURL(/\/search\/#page-search$/);
      await plain.locator(".letters a").first().click();
      await plain.waitForURL(/\/names\//);
      await context.close();
    },
  };
}

function copying(tab) {
  const open = async (path) => {
    await tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    // The test's address is no secure one, where nothing but the older way copies: what it is given is what counts.
    await tab.addInitScript(() => {
      document.execCommand = () => (window.copied = document.activeElement.value);
    });
    await tab.goto(new URL(path, site.base).href);
  };
  return {
    "a citation of the page": async () => {
      const page = site.pages.find(({ path }) => /^incidents\/2/.test(path));
      await open(page.url.pathname.slice(site.base.pathname.length));
      await tab.locator(".how-to-cite summary").click();
      for (const [nth, shown] of (await tab.locator(".how-to-cite .copy").all()).entries()) {
        await tab.locator(".how-to-cite .to-copy").nth(nth).click();
        assert.equal(await tab.evaluate(() => window.copied), await shown.textContent());
      }
      const [csl] = JSON.parse(await tab.evaluate(() => window.copied));
      assert.equal(csl.URL, page.url.href);
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate(() => window.axe.run(".how-to-cite", { preload: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    },
    "a link to a passage, which leads there": async () => {
      const page = site.pages.find(({ path }) => path === "actors/apt38/index.html");
      await open(page.url.pathname.slice(site.base.pathname.length));
      const passage = tab.locator(".prose > ol > li").nth(1);
      await passage.hover();
      assert.equal(await tab.locator(".of-passage").count(), 1, "one button, wherever it stands");
      await passage.locator(".of-passage").click();
      const copied = await tab.evaluate(() => window.copied);
      const [, heading, words] = copied.match(/#(.*):~:text=(.*)$/);
      assert.equal(copied.replace(/#.*/, ""), page.url.href);
      assert.ok((await passage.textContent()).startsWith(decodeURIComponent(words)));
      assert.equal(await tab.locator(`[id="${heading}"]`).count(), 1);
      await tab.goto("about:blank");
      await tab.goto(copied);
      await tab.waitForFunction(() => scrollY > 0);
      assert.ok(await passage.evaluate((it) => it.getBoundingClientRect().top >= 0 && it.getBoundingClientRect().top < innerHeight));
      // By keyboard, too: the button is the last stop of the passage that has the focus.
      await tab.locator(".prose > p .cite").first().focus();
      assert.equal(await tab.locator(".prose > p .of-passage").count(), 1);
    },
    "an indicator in its live form, which stands nowhere on the page": async () => {
      const page = site.pages.find(({ document }) => elements(document).some((el) => el.attrs?.some(({ name, value }) => name === "class" && value === "ioc")));
      await open(page.url.pathname.slice(site.base.pathname.length));
      const shown = tab.locator("table.ioc td > code").first();
      await shown.evaluate((code) => (code.textContent = "hxxps://a[.]b[.]example:8080/x[.]html?y=[:]"));
      await tab.locator("table.ioc .to-copy").first().click();
      assert.equal(await tab.evaluate(() => window.copied), "https://a.b.example:8080/x[.]html?y=[:]");
      for (const [defanged, live] of [["me[@]a[.]example", "me@a.example"], ["2001[:]db8[:][:]1", "2001:db8::1"], ["fxp://a[.]example/", "ftp://a.example/"], ["ssh[:]//a[.]example", "ssh://a.example"], ["d41d8cd9", "d41d8cd9"]]) {
        await shown.evaluate((code, text) => (code.textContent = text), defanged);
        await tab.locator("table.ioc .to-copy").first().click();
        assert.equal(await tab.evaluate(() => window.copied), live);
      }
    },
  };
}

/** The same pages as files: data come as scripts there, too. */
async function fromFolder() {
  const browser = await launch();
  try {
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const [name, [href]] = [...names].find(([name, hrefs]) => /^\p{L}{7,}$/u.test(name) && hrefs.length === 1);
    const folder = pathToFileURL(`${site.dir}/`).href;
    return await run({
      "a name is found": async () => {
        await tab.goto(new URL("index.html", folder).href);
        assert.equal((await answer(tab, name))[0], href.replace(site.base.href, folder));
      },
      "words of a text are found": async () => {
        const [url, words] = told(site)[0];
        assert.ok((await answer(tab, words)).includes(url.replace(site.base.href, folder)), words);
      },
      "the home page says what is new": async () => {
        await tab.goto(new URL("index.html", folder).href);
        await tab.waitForSelector("#page-since:not([hidden])");
        assert.ok(await tab.textContent("#page-since p"));
      },
    });
  } finally {
    await browser.close();
  }
}

/** What the home page says of what is new since the last visit. */
function sinceLastVisit(tab) {
  const region = "#page-since";
  const home = async () => {
    await tab.goto(site.base.href);
    await tab.waitForSelector(`${region}:not([hidden])`);
    return tab.evaluate(() => ({
      said: document.querySelector("#page-since p").textContent,
      lines: [...document.querySelectorAll("#page-since li")].map((line) => line.innerText.replace(/\s+/g, " ")),
      links: [...document.querySelectorAll("#page-since li a")].map((link) => link.href),
    }));
  };
  /** Lets an hour go by, and makes of what was seen something else. */
  const since = (make) => tab.evaluate(`(() => {
    const key = Object.keys(localStorage).find((it) => it.startsWith("dossier-since "));
    const kept = JSON.parse(localStorage.getItem(key));
    const make = ${make};
    localStorage.setItem(key, JSON.stringify({ ...kept, seen: make(kept.seen), at: 0 }));
  })()`);
  return {
    "at the first visit nothing is new": async () => {
      const first = await home();
      assert.ok(first.said.length > 0);
      assert.deepEqual(first.lines, []);
      assert.deepEqual((await home()).lines, [], "nor a moment later");
    },
    "what was not there, and what was another": async () => {
      await since((seen) => `${seen.slice(11, -5)}#####`);
      const { lines, links } = await home();
      assert.equal(lines.length, 2);
      assert.equal(new Set(links).size, 2);
      const paths = new Set(site.pages.map(({ url }) => url.href ?? url));
      for (const link of links) assert.ok(paths.has(link), link);
      assert.deepEqual((await home()).lines, lines, "a visit lasts");
      await since((seen) => seen);
      assert.deepEqual((await home()).lines, [], "and ends");
    },
    "of many, some": async () => {
      await since(() => "#".repeat(11));
      const { said, lines } = await home();
      assert.equal(lines.length, 12);
      assert.ok(said.length > 0);
    },
    "it can be switched off, and on": async () => {
      await tab.click(`${region} button`);
      await tab.waitForFunction(() => document.querySelector("#page-since ul").hidden);
      assert.deepEqual((await home()).lines, []);
      assert.equal(await tab.evaluate(() => JSON.stringify(Object.values(localStorage)).includes("seen")), false, "nothing is kept");
      await tab.click(`${region} button`);
      await tab.waitForFunction(() => document.querySelector("#page-since p").textContent);
    },
    "where nothing may be kept nothing is said": async () => {
      await tab.addInitScript(() => Object.defineProperty(self, "localStorage", { get: () => { throw new DOMException("refused", "SecurityError"); } }));
      await tab.goto(site.base.href);
      await tab.waitForLoadState("networkidle");
      assert.equal(await tab.isHidden(region), true);
    },
  };
}

async function inFirefox() {
  const { browser, close } = await openInFirefox(site);
  try {
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1280, height: 900 });
    const [name, [href]] = [...names].find(([name, hrefs]) => /^\p{L}{7,}$/u.test(name) && hrefs.length === 1);
    const said = [];
    tab.on("console", (message) => ["error", "warn"].includes(message.type()) && said.push(message.text()));
    tab.on("pageerror", (error) => said.push(error.message));
    const result = await run({
      "typed and chosen": async () => {
        await tab.goto(site.base.href);
        await tab.keyboard.press("/");
        await tab.keyboard.type(name.slice(0, -1));
        await tab.waitForSelector("#page-found [role=option]");
        await Promise.all([tab.waitForNavigation(), tab.keyboard.press("Enter")]);
        assert.equal(tab.url(), href);
      },
      "from a folder": async () => {
        const folder = pathToFileURL(`${site.dir}/`).href;
        await tab.goto(new URL("index.html", folder).href);
        assert.equal((await answer(tab, name))[0], href.replace(site.base.href, folder));
        const [url, words] = told(site)[0];
        assert.ok((await answer(tab, words)).includes(url.replace(site.base.href, folder)), words);
      },
    });
    result.problems.push(...said.map((what) => ({ where: "console", what })));
    return result;
  } finally {
    await close();
  }
}
