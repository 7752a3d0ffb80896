/**
 * The page of everything that is connected, as a reader explores it: by keyboard and pointer, in Chromium and Firefox, served
 * and from a folder, and without scripts. Entries and connections come from the table of the page.
 *
 *     node graph.mjs SITE --base-url http://dossier.test/case/
 */
import axe from "axe-core";
import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromiumPath, launch, openSite, within } from "./lib/browser.mjs";
import { firefoxPath, openInFirefox } from "./lib/firefox.mjs";
import { options, Tally } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";

const { _: [dir], "base-url": base = "http://dossier.test/case/" } = options();
if (!dir || !existsSync(dir)) {
  console.error("usage: node graph.mjs SITE --base-url URL");
  process.exit(2);
}
const site = readSite(resolve(dir), base);
const page = new URL("graph/", site.base).href;
const CANVAS = ".explorer canvas";
/** What is picked. */
const PICKED = ".explorer [aria-pressed=true]";
/** What a browser says of a test that looks at what is drawn. */
const READ = /willReadFrequently/;
const tally = new Tally();

if (!chromiumPath()) tally.skip("exploring", "no Chromium (Debian: chromium)");
else {
  await tally.step("exploring", inChromium);
  await tally.step("exploring from a folder", fromFolder);
}
if (!firefoxPath()) tally.skip("exploring in Firefox", "no Firefox (Debian: firefox-esr)");
else await tally.step("exploring in Firefox", inFirefox);
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
  tab.on("console", (message) => ["error", "warning", "warn"].includes(message.type()) && !READ.test(message.text()) && said.push(message.text()));
  tab.on("pageerror", (error) => said.push(error.stack));
  return said;
}

/** Whether anything is drawn, and how it differs from what was drawn before. */
function pixels() {
  const canvas = document.querySelector(".explorer canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum = (Math.imul(sum, 31) + data[at] + data[at + 1] * 3 + data[at + 3] * 7) | 0;
  return sum;
}

async function axed(tab) {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
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
    await tab.locator(CANVAS).waitFor();
    await tab.waitForFunction(() => document.querySelector(".explorer canvas").width > 300);
  };
  const state = async (key, is) => tab.waitForFunction(([key, is]) => new URLSearchParams(location.hash.slice(1)).get(key) === is, [key, is]);
  const name = (nth) => tab.locator("table.graph tbody tr td:first-child a").nth(nth).textContent();
  const pick = async (label, text) => {
    const field = tab.getByRole("combobox", { name: label });
    await field.fill(text);
    await tab.getByRole("listbox", { name: label }).getByRole("option").first().waitFor();
    await field.press("Enter");
  };
  const details = (nth) => tab.locator(".explorer summary").nth(nth).click();
  const card = tab.locator(".explorer .told");
  return {
    "it stands where the drawing stood, which paper keeps": async () => {
      await open();
      assert.equal(await tab.locator("figure.drawing").isVisible(), false);
      assert.equal(await tab.locator("table.graph").isVisible(), true);
      assert.notEqual(await tab.evaluate(pixels), 0);
      await tab.emulateMedia({ media: "print" });
      assert.equal(await tab.locator("figure.drawing").isVisible(), true);
      assert.equal(await tab.locator(CANVAS).isVisible(), false);
      await tab.emulateMedia({ media: "screen" });
    },
    "an entry is found, shown in its place, and told in words": async () => {
      await open();
      const [before, first] = [await tab.evaluate(pixels), await name(0)];
      await pick("Find an entry", first.slice(0, -1).toUpperCase());
      await card.waitFor();
      assert.ok((await card.textContent()).startsWith("×" + first), await card.textContent());
      const count = await tab.locator("table.graph tbody tr").first().locator(".num").textContent();
      assert.ok((await card.textContent()).includes(`Connected with ${count}`));
      assert.notEqual(await tab.evaluate(pixels), before);
      // Where it is drawn, a click goes to it again once it was let go.
      const wanted = await card.locator("b a").getAttribute("href");
      await tab.keyboard.press("Tab");
      await tab.waitForFunction(() => location.hash.includes("entry="));
      assert.ok(site.pages.some(({ url }) => url.href === wanted), wanted);
      await card.getByRole("button", { name: "Close" }).click();
      assert.equal(await card.isVisible(), false);
      const { width, height } = await tab.locator(CANVAS).boundingBox();
      await tab.locator(CANVAS).click({ position: { x: width / 2 - 160, y: height / 2 } });
      await card.waitFor();
      assert.equal(await card.locator("b a").textContent(), first);
    },
    "who is pointed at is told, and no longer when the pointer goes on": async () => {
      const { width, height } = await tab.locator(CANVAS).boundingBox();
      await tab.locator(CANVAS).focus();
      await tab.keyboard.press("Escape");
      assert.equal(await card.isVisible(), false);
      await tab.locator(CANVAS).hover({ position: { x: width / 2 - 160, y: height / 2 } });
      await card.waitFor();
      assert.equal(await card.locator("li").count(), 0);
      await tab.mouse.move(1, 1);
      await card.waitFor({ state: "hidden" });
    },
    "a name that nobody bears": async () => {
      await open();
      await tab.getByRole("combobox", { name: "Find an entry" }).fill("qqqqqqq");
      assert.equal(await tab.getByRole("option").first().getAttribute("aria-disabled"), "true");
      await tab.keyboard.press("Enter");
      assert.equal(await card.isVisible(), false);
    },
    "a kind is picked, and the rest is hidden": async () => {
      await open();
      const whole = await tab.evaluate(pixels);
      const [, all] = (await tab.locator(".explorer > p.quiet").textContent()).match(/of (\d+)/);
      await details(0);
      const kind = tab.getByRole("button", { name: "Malware", exact: true });
      await kind.click();
      assert.equal(await kind.getAttribute("aria-pressed"), "true");
      const [, shown] = (await tab.locator(".explorer > p.quiet").textContent()).match(/^(\d+)/);
      assert.ok(Number(shown) > 0 && Number(shown) < Number(all), `${shown} of ${all}`);
      await tab.waitForFunction(() => location.hash.includes("kind=malware"));
      assert.notEqual(await tab.evaluate(pixels), whole);
      await kind.click();
      assert.ok((await tab.locator(".explorer > p.quiet").textContent()).startsWith(`${all} of ${all}`));
    },
    "by verb, by probability, and by year": async () => {
      await open();
      await details(0);
      const shown = async () => Number((await tab.locator(".explorer > p.quiet").textContent()).match(/^(\d+)/)[1]);
      const all = await shown();
      const verb = tab.getByRole("button", { name: "… uses …" });
      await verb.click();
      const users = await shown();
      assert.ok(users > 1 && users < all);
      await verb.click();
      await tab.getByLabel("At least").selectOption({ index: 5 });
      const likely = await shown();
      assert.ok(likely > 1 && likely <= all);
      await tab.getByLabel("At least").selectOption({ index: 0 });
      await tab.getByLabel("From year").fill("2016");
      await tab.getByLabel("to year").fill("2016");
      await tab.keyboard.press("Enter");
      const then = await shown();
      assert.ok(then > 1 && then < all);
      await state("since", "2016");
    },
    "the shortest ways between two are told and drawn": async () => {
      await open();
      const before = await tab.evaluate(pixels);
      await details(1);
      const [one, other] = [await name(0), await name(5)];
      await pick("From", one);
      await pick("To", other);
      const ways = tab.locator(".explorer .ways > li");
      await ways.first().waitFor();
      const links = await ways.first().locator("a").allTextContents();
      assert.ok(links.includes(one) && links.includes(other), links.join());
      assert.notEqual(await tab.evaluate(pixels), before);
      await tab.waitForFunction(() => location.hash.includes("way="));
    },
    "what is picked stands in the address, and is gone back to": async () => {
      await open();
      await details(0);
      await tab.getByRole("button", { name: "Malware", exact: true }).click();
      await tab.waitForFunction(() => location.hash.includes("kind=malware"));
      await tab.getByRole("button", { name: "Tools", exact: true }).click();
      await tab.waitForFunction(() => location.hash.includes("tool"));
      const [hash, told] = [await tab.evaluate(() => location.hash), await tab.locator(".explorer > p.quiet").textContent()];
      await open();
      const whole = await tab.evaluate(pixels);
      await open(hash);
      assert.equal(await tab.locator(".explorer > p.quiet").textContent(), told);
      assert.notEqual(await tab.evaluate(pixels), whole);
      assert.equal(await tab.locator(PICKED).count(), 2);
      await tab.getByRole("button", { name: "Tools", exact: true }).click();
      await tab.waitForFunction(() => !location.hash.includes("tool"));
      await tab.goBack();
      await tab.waitForFunction(() => document.querySelectorAll(".explorer [aria-pressed=true]").length === 2);
      await tab.locator("a.skip").evaluate((link) => link.click());
      assert.equal(await tab.locator(PICKED).count(), 2, "a place on the page says nothing of it");
    },
    "by keyboard alone": async () => {
      await open();
      await tab.locator(CANVAS).focus();
      let last = await tab.evaluate(pixels);
      for (const key of ["ArrowLeft", "ArrowDown", "+", "-", "0"]) {
        await tab.keyboard.press(key);
        await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const now = await tab.evaluate(pixels);
        assert.notEqual(now, last, key);
        last = now;
      }
      await tab.keyboard.press("Enter");
      const first = await card.locator("b a").textContent();
      await tab.keyboard.press("Enter");
      assert.notEqual(await card.locator("b a").textContent(), first);
      await tab.keyboard.press("Shift+Enter");
      assert.equal(await card.locator("b a").textContent(), first);
      await tab.keyboard.press("Escape");
      assert.equal(await card.isVisible(), false);
      await tab.keyboard.press("Tab");
      assert.notEqual(await tab.evaluate(() => document.activeElement.nodeName), "CANVAS");
    },
    "a drag moves it, the wheel with Ctrl enlarges it, and alone moves the page": async () => {
      await open();
      const box = await tab.locator(CANVAS).boundingBox();
      const [x, y] = [box.x + 40, box.y + 40];
      const frame = () => tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const first = await tab.evaluate(pixels);
      await tab.mouse.move(x, y);
      await tab.mouse.down();
      await tab.mouse.move(x + 90, y + 50, { steps: 4 });
      await tab.mouse.up();
      await frame();
      const dragged = await tab.evaluate(pixels);
      assert.notEqual(dragged, first);
      await tab.mouse.wheel(0, 200);
      await tab.waitForFunction(() => scrollY > 0);
      assert.equal(await tab.evaluate(pixels), dragged);
      await tab.keyboard.down("Control");
      await tab.mouse.wheel(0, -200);
      await tab.keyboard.up("Control");
      await frame();
      assert.notEqual(await tab.evaluate(pixels), dragged);
    },
    "it is dark where the page is, and drawn in the colours of the system": async () => {
      await open();
      const light = await tab.evaluate(pixels);
      await tab.emulateMedia({ colorScheme: "dark" });
      await tab.waitForTimeout(100);
      const dark = await tab.evaluate(pixels);
      assert.notEqual(dark, light);
      await tab.emulateMedia({ forcedColors: "active" });
      await tab.waitForTimeout(100);
      assert.notEqual(await tab.evaluate(pixels), dark);
      await tab.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    },
    "accessible, on a phone, too, and no wider than it": async () => {
      await open();
      await details(0);
      await details(1);
      await pick("Find an entry", await name(0));
      await axed(tab);
      await tab.setViewportSize({ width: 390, height: 844 });
      await axed(tab);
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 390);
      await tab.setViewportSize({ width: 1280, height: 900 });
    },
    "of very many it is told how many are near to each other, and a click opens them": async () => {
      await tab.route("**/graph/data.js", async (route) => {
        const text = readFileSync(join(site.dir, "graph/data.js"), "utf8");
        const data = JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
        const times = Math.ceil(2500 / data.names.length);
        for (const key of ["names", "slugs"]) data[key] = Array.from({ length: times }, () => data[key]).flat();
        data.nodes = data.nodes.repeat(times);
        await route.fulfill({ contentType: "text/javascript", body: `dossierGraph(${JSON.stringify(data)});` });
      });
      await open();
      await tab.unroute("**/graph/data.js");
      const box = await tab.locator(CANVAS).boundingBox();
      const group = await (async () => {
        for (let y = 30; y < box.height; y += 30) for (let x = box.width / 4; x < (3 * box.width) / 4; x += 30) {
          await tab.mouse.move(box.x + x, box.y + y);
          if (/^[\d,]+ entries$/.test(await card.textContent())) return { x, y };
        }
        return undefined;
      })();
      assert.ok(group, "there is one");
      const scale = () => tab.evaluate(() => Number(new URLSearchParams(location.hash.slice(1)).get("at")?.split(",")[2]));
      await tab.keyboard.press("Tab");
      await tab.getByRole("button", { name: "Show all" }).click();
      await tab.waitForFunction(() => location.hash.includes("at="));
      const before = await scale();
      await tab.locator(CANVAS).click({ position: group });
      await tab.waitForFunction((before) => Number(new URLSearchParams(location.hash.slice(1)).get("at").split(",")[2]) > 2 * before, before);
    },
    "without scripts the drawing stays": async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const plain = await context.newPage();
      await plain.goto(page);
      assert.equal(await plain.locator(".explorer").count(), 0);
      assert.equal(await plain.locator("figure.drawing").isVisible(), true);
      await context.close();
    },
  };
}

/** The same page as a file: data come as a script there, too, and the address holds what is picked. */
async function fromFolder() {
  const browser = await launch();
  try {
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const file = new URL("graph/index.html", pathToFileURL(`${site.dir}/`)).href;
    return await run({
      "it can be explored": async () => {
        await tab.goto(file);
        await tab.locator(CANVAS).waitFor();
        await tab.getByRole("button", { name: "Zoom in" }).click();
        await tab.waitForFunction(() => location.hash.includes("at="));
      },
      "what is picked stands in the address": async () => {
        await tab.goto(`${file}#kind=malware`);
        await tab.waitForFunction(() => document.querySelectorAll(".explorer [aria-pressed=true]").length === 1);
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
    return await run({
      "it can be explored": async () => {
        await tab.goto(page);
        await tab.waitForSelector(CANVAS);
        await tab.waitForFunction(() => document.querySelector(".explorer canvas").width > 300);
        const before = await tab.evaluate(pixels);
        await tab.focus(CANVAS);
        await tab.keyboard.press("Enter");
        await tab.waitForFunction(() => document.querySelector(".explorer .told b a"));
        assert.notEqual(await tab.evaluate(pixels), before);
        await tab.waitForFunction(() => location.hash.includes("entry="));
      },
    }, said);
  } finally {
    await close();
  }
}
