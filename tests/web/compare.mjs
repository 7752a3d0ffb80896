/**
 * Actors of a reader's choice beside each other: as on the pages of two, by keyboard and pointer, from an address and back, in
 * Chromium and Firefox, served and from a folder, and without scripts. Pairs come from the list of the page.
 *
 *     node compare.mjs SITE --base-url http://dossier.test/case/
 */
import axe from "axe-core";
import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromiumPath, launch, openSite, within } from "./lib/browser.mjs";
import { firefoxPath, openInFirefox } from "./lib/firefox.mjs";
import { options, Tally } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";

const { _: [dir], "base-url": base = "http://dossier.test/case/" } = options();
if (!dir || !existsSync(dir)) {
  console.error("usage: node compare.mjs SITE --base-url URL");
  process.exit(2);
}
const site = readSite(resolve(dir), base);
const page = new URL("compare/", site.base).href;
const SECTIONS = "section.compare";
const tally = new Tally();

if (!chromiumPath()) tally.skip("comparing", "no Chromium (Debian: chromium)");
else {
  await tally.step("comparing", inChromium);
  await tally.step("comparing from a folder", fromFolder);
}
if (!firefoxPath()) tally.skip("comparing in Firefox", "no Firefox (Debian: firefox-esr)");
else await tally.step("comparing in Firefox", inFirefox);
tally.close();

/** The parts of a test by title, one after the other; what the console says is a problem, too. */
async function run(parts, said) {
  const problems = [];
  for (const [title, part] of Object.entries(parts)) {
    await within(60, part()).catch((error) => problems.push({ where: title, what: error.stack }));
  }
  problems.push(...said.map((what) => ({ where: "console", what })));
  return { tested: Object.keys(parts), problems };
}

/** What a tab says that it should not. */
function heard(tab) {
  const said = [];
  tab.on("console", (message) => ["error", "warning", "warn"].includes(message.type()) && said.push(message.text()));
  tab.on("pageerror", (error) => said.push(error.stack));
  return said;
}

async function axed(tab) {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

/** All that a comparison says, word for word, and where its links lead. */
function compared() {
  const words = (element) => element?.textContent.replace(/\s+/g, " ").trim();
  const links = (element) => Array.from(element.querySelectorAll("a:not(.anchor)"), (link) => link.href);
  return Array.from(document.querySelectorAll("section.compare"), (section) => ({
    heading: section.querySelector("h2").firstChild.textContent.trim(),
    rows: Array.from(section.querySelectorAll("tr"), (row) => Array.from(row.cells, words)),
    apart: Array.from(section.querySelectorAll("details"), (apart) => [words(apart.querySelector("summary")), ...Array.from(apart.querySelectorAll("li"), words)]),
    links: links(section),
  }));
}

async function inChromium() {
  const { browser, close } = await openSite(site);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", colorScheme: "light" });
    const tab = await context.newPage();
    return await run(parts(tab, browser), heard(tab));
  } finally {
    await close();
  }
}

function parts(tab, browser) {
  const open = async (hash = "") => {
    await tab.goto("about:blank");
    await tab.goto(page + hash);
    await tab.locator(".chooser select").waitFor();
  };
  const columns = async (count) => tab.waitForFunction((count) => document.querySelector("section.compare thead tr")?.cells.length === count + 1, count);
  const chips = () => tab.locator(".chooser .chips a").allTextContents();
  const hash = () => tab.evaluate(() => location.hash);
  const choose = async (nth) => {
    await tab.locator(".chooser select").selectOption({ index: nth });
    await tab.getByRole("button", { name: "Add", exact: true }).click();
  };
  const pairs = () => tab.locator("table.index tbody tr").evaluateAll((rows) => rows.map((row) => ({ of: row.id, href: row.querySelector("a").href })));
  return {
    "nothing is compared until two are chosen": async () => {
      await open();
      assert.equal(await tab.locator(SECTIONS).count(), 0);
      await choose(1);
      assert.equal((await chips()).length, 1);
      assert.equal(await tab.locator(SECTIONS).count(), 0);
      await choose(1);
      await columns(2);
      assert.equal((await chips()).length, 2);
    },
    "two say what their page says": async () => {
      await open();
      const all = (await pairs()).slice(0, 6);
      assert.ok(all.length > 1);
      for (const { of, href } of all) {
        await tab.goto(href);
        const still = await tab.evaluate(compared);
        assert.ok(still.length > 1, href);
        await open(`#${of}`);
        await columns(2);
        assert.deepEqual(await tab.evaluate(compared), still, href);
      }
    },
    "the page of two leads there with both": async () => {
      const [{ of, href }] = await pairs();
      await tab.goto(href);
      await tab.getByRole("link", { name: "Compare with others" }).click();
      await columns(2);
      assert.equal(await hash(), `#${of}`);
    },
    "a third is chosen, stands in the address, is gone back from and forth to": async () => {
      const [{ of }] = await pairs();
      const before = await tab.evaluate(compared);
      await choose(1);
      await columns(3);
      assert.deepEqual((await hash()).split(",").slice(0, 2).join(), `#${of}`);
      const three = await tab.evaluate(compared);
      assert.ok(three.every(({ rows }) => rows.every((cells) => cells.length === 4 || cells.length === 1)), "a cell for each");
      const link = await tab.evaluate(() => location.href);
      await tab.goBack();
      await columns(2);
      assert.deepEqual(await tab.evaluate(compared), before);
      await tab.goForward();
      await columns(3);
      await tab.goto("about:blank");
      await tab.goto(link);
      await columns(3);
      assert.deepEqual(await tab.evaluate(compared), three);
      await tab.locator("a.skip").evaluate((it) => it.click());
      assert.equal((await chips()).length, 3, "a place on the page says nothing of it");
    },
    "four at most, and one is left out again": async () => {
      const names = await tab.locator(".chooser option").count();
      if (names > 1) {
        await choose(1);
        await columns(4);
        assert.equal(await tab.locator(".chooser select").isDisabled(), true);
      }
      const [first, ...others] = await chips();
      await tab.getByRole("button", { name: `Leave out ${first}` }).click();
      await columns(others.length);
      assert.deepEqual(await chips(), others);
      assert.equal(await tab.locator(".chooser select").isDisabled(), false);
    },
    "an address of nobody, of one twice and of too many": async () => {
      await open("#of=nobody,nobody-else");
      assert.deepEqual(await chips(), []);
      const slugs = new Set((await pairs()).flatMap(({ of }) => of.slice(3).split(",")));
      const [one] = slugs;
      await open(`#of=${one},${one},nobody`);
      assert.equal((await chips()).length, 1);
      if (slugs.size > 4) {
        await open(`#of=${[...slugs].join(",")}`);
        await columns(4);
      }
    },
    "by keyboard alone": async () => {
      await open();
      await tab.locator(".chooser select").focus();
      await tab.keyboard.press("ArrowDown");
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Enter");
      assert.equal((await chips()).length, 1);
      assert.equal(await tab.evaluate(() => document.activeElement.nodeName), "SELECT");
      await tab.keyboard.press("ArrowDown");
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Enter");
      await columns(2);
      await tab.keyboard.press("Shift+Tab");
      assert.ok((await tab.evaluate(() => document.activeElement.ariaLabel)).startsWith("Leave out "));
      await tab.keyboard.press("Enter");
      await tab.waitForFunction(() => document.querySelectorAll("section.compare").length === 0);
      assert.equal(await tab.evaluate(() => document.activeElement.nodeName), "SELECT");
    },
    "accessible, dark, on a phone as cards, no wider than it, and on paper": async () => {
      const [{ of }] = await pairs();
      await open(`#${of}`);
      await columns(2);
      await choose(1);
      await columns(3);
      await axed(tab);
      await tab.emulateMedia({ colorScheme: "dark" });
      await axed(tab);
      await tab.setViewportSize({ width: 390, height: 844 });
      await axed(tab);
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 390);
      const cells = await tab.locator(`${SECTIONS} tbody tr:has(td)`).first().locator("td").evaluateAll((cells) => cells.map((cell) => {
        const { left, top } = cell.getBoundingClientRect();
        return { left, top, words: cell.innerText };
      }));
      const names = await chips();
      cells.forEach(({ left, top, words }, nth) => {
        assert.ok(words.startsWith(names[nth]), words);
        if (nth > 0) assert.ok(left === cells[0].left && top > cells[nth - 1].top, "below each other");
      });
      await tab.setViewportSize({ width: 1280, height: 900 });
      assert.equal(await tab.locator(`${SECTIONS} .unit`).first().isVisible(), false);
      await tab.emulateMedia({ media: "print", colorScheme: "light" });
      assert.equal(await tab.locator(".chooser").isVisible(), false);
      assert.equal(await tab.locator(SECTIONS).first().isVisible(), true);
      await tab.emulateMedia({ media: "screen" });
    },
    "without scripts the pairs stay, and the page of two leads to its row": async () => {
      const [{ of, href }] = await pairs();
      const context = await browser.newContext({ javaScriptEnabled: false });
      const plain = await context.newPage();
      await plain.goto(href);
      await plain.getByRole("link", { name: "Compare with others" }).click();
      assert.equal(await plain.locator(".chooser").count(), 0);
      assert.ok(plain.url().endsWith(`#${of}`));
      assert.equal(await plain.locator("table.index tr:target").count(), 1);
      await context.close();
    },
  };
}

/** The same page as a file: data come as scripts there, too, and the address holds who is chosen. */
async function fromFolder() {
  const browser = await launch();
  try {
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const file = new URL("compare/index.html", pathToFileURL(`${site.dir}/`)).href;
    return await run({
      "three are chosen, and come back from the address": async () => {
        await tab.goto(file);
        for (const count of [1, 2, 3]) {
          await tab.locator(".chooser select").selectOption({ index: 1 });
          await tab.getByRole("button", { name: "Add", exact: true }).click();
          await tab.waitForFunction((count) => document.querySelectorAll(".chooser .chips li").length === count, count);
        }
        await tab.waitForFunction(() => document.querySelector("section.compare thead tr")?.cells.length === 4);
        const link = await tab.evaluate(() => location.href);
        await tab.goto("about:blank");
        await tab.goto(link);
        await tab.waitForFunction(() => document.querySelector("section.compare thead tr")?.cells.length === 4);
      },
    }, heard(tab));
  } finally {
    await browser.close();
  }
}

async function inFirefox() {
  const { browser, close } = await openInFirefox(site);
  try {
    const tab = await browser.newPage();
    const said = heard(tab);
    await tab.setViewport({ width: 1280, height: 900 });
    const columns = (count) => tab.waitForFunction((count) => document.querySelector("section.compare thead tr")?.cells.length === count + 1, {}, count);
    return await run({
      "two are chosen, stand in the address, and are gone back from": async () => {
        await tab.goto(page);
        await tab.waitForSelector(".chooser select");
        for (const count of [1, 2]) {
          const value = await tab.evaluate(() => document.querySelector(".chooser option:nth-child(2)").value);
          await tab.select(".chooser select", value);
          await tab.click(".chooser [type=submit]");
          await tab.waitForFunction((count) => document.querySelectorAll(".chooser .chips li").length === count, {}, count);
        }
        await columns(2);
        assert.ok((await tab.evaluate(() => location.hash)).startsWith("#of="));
        await tab.goBack();
        await tab.waitForFunction(() => document.querySelectorAll("section.compare").length === 0 && document.querySelectorAll(".chooser .chips li").length === 1);
      },
    }, said);
  } finally {
    await close();
  }
}
