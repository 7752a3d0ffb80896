/**
 * The site in a real browser, on a phone's width: from a server with and
 * without JavaScript, and straight from the disk.
 *
 * Seen here and nowhere else: what the policy stops, what fails to load, what
 * asks another host, what pushes the page sideways, whether a reader with a
 * keyboard gets along, and whether both colour schemes can be read.
 */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { chromiumPath, openSite, sideBySide, within } from "../lib/browser.mjs";
import { focused, hiddenFocus, lowContrast, overflow } from "../lib/inpage.mjs";
import { fileAt, sample } from "../lib/site.mjs";

/** Below this many pages all are visited, above it a sample of each kind. */
const PAGES = 200;
const PHONE = { width: 390, height: 844 };

/** The three ways a reader may have the page. */
const WAYS = [
  { name: "served", javaScriptEnabled: true },
  { name: "without JavaScript", javaScriptEnabled: false },
  { name: "from the disk", javaScriptEnabled: true, fromDisk: true },
];

/**
 * @param options.onlyPage path of the one page to visit, for the self-test
 * @returns {Promise<import("../lib/report.mjs").Result>}
 */
export async function checkInBrowser(site, { onlyPage } = {}) {
  if (!chromiumPath()) return { skipped: "no Chromium (Debian: chromium)" };
  const pages = onlyPage ? site.pages.filter((page) => page.path === onlyPage) : sample(site.pages, PAGES);
  const { browser, close } = await openSite(site);
  const tested = [];
  const problems = [];
  try {
    for (const way of WAYS) {
      const context = await browser.newContext({
        viewport: PHONE,
        javaScriptEnabled: way.javaScriptEnabled,
        reducedMotion: "reduce",
        // A worker would outlive its page and be blamed on the next one.
        serviceWorkers: "block",
      });
      // Nobody meets the 404 page on a disk, and its addresses are a server's. A stub leads to a folder
      // there, which the browser lists in a page of its own: nothing of the site is left to look at.
      const there = pages.filter((p) => !(way.fromDisk && (p.notFound || p.redirect)));
      const gaveUp = (error) => [`the browser gave up: ${error.message.split("\n")[0]}`];
      const found = await sideBySide(there, (page) => within(30, visit(context, site, page, way)).catch(gaveUp));
      for (const [at, page] of there.entries()) {
        const name = `${page.path} (${way.name})`;
        tested.push(name);
        problems.push(...[...new Set(found[at])].map((what) => ({ where: name, what })));
      }
      await context.close();
    }
    tested.push("an address that does not exist");
    problems.push(...(await visitNowhere(browser, site)).map((what) => ({ where: "an address that does not exist", what })));
  } finally {
    await close();
  }
  return { tested, problems };
}

/** Opens one page one way; returns what is wrong with it. */
async function visit(context, site, page, way) {
  const tab = await context.newPage();
  try {
    const heard = listen(tab, site, way);
    const address = way.fromDisk ? pathToFileURL(join(site.dir, page.path)).href : page.url.href;
    // A stub is left before it has loaded.
    await tab.goto(address, { waitUntil: page.redirect ? "commit" : "load" });
    if (page.redirect) return [...(await arrival(tab, site, page)), ...heard];
    const seen = await look(tab, way);
    return [...seen, ...heard];
  } finally {
    await tab.close();
  }
}

/** Collects what the browser complains of, and every request that leaves the site. */
function listen(tab, site, way) {
  const heard = [];
  const home = way.fromDisk ? pathToFileURL(`${site.dir}/`).href : site.base.href;
  tab.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) heard.push(`console: ${message.text().slice(0, 200)}`);
  });
  tab.on("pageerror", (error) => heard.push(`script error: ${error.message}`));
  tab.on("requestfailed", (request) => heard.push(`could not load ${request.url()}: ${request.failure()?.errorText}`));
  tab.on("response", (response) => {
    if (response.status() >= 400) heard.push(`answered ${response.status()}: ${response.url()}`);
  });
  tab.on("request", (request) => {
    if (!request.url().startsWith(home)) heard.push(`asks elsewhere: ${request.url()}`);
  });
  return heard;
}

/** A redirect stub has to bring the reader to a page of the site. */
async function arrival(tab, site, page) {
  await tab.waitForURL((url) => url.href !== page.url.href, { timeout: 5000 }).catch(() => {});
  const url = new URL(tab.url());
  const landed = url.href !== page.url.href && fileAt(site, url);
  return landed ? [] : [`the redirect ends at ${url.href}`];
}

/** What can be seen on an open page. */
async function look(tab, way) {
  const problems = [];
  for (const tag of ["main", "h1"]) {
    const visible = await tab.locator(tag).filter({ visible: true }).count();
    if (visible !== 1) problems.push(`${visible} visible ${tag} elements, one expected`);
  }
  const sheets = await tab.evaluate(() => document.styleSheets.length);
  if (sheets === 0) problems.push("no stylesheet was applied");
  const wide = await tab.evaluate(overflow);
  if (wide) problems.push(`scrolls sideways: ${wide}`);
  if (way.fromDisk) return problems;

  for (const colorScheme of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme });
    problems.push(...(await tab.evaluate(lowContrast)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return [...problems, ...(await tabThrough(tab))];
}

/** The keyboard: the first stop is the skip link, it skips, and every stop can be seen. */
async function tabThrough(tab) {
  const problems = [];
  await tab.keyboard.press("Tab");
  const skip = await tab.evaluate(focused);
  if (!skip?.href?.startsWith("#")) return [`the first Tab reaches ${skip?.name ?? "nothing"}, not a skip link`];
  if (!skip.inWindow) problems.push("the skip link has the focus and is not shown");
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  const after = await tab.evaluate(focused);
  // With nothing to focus in the text, Tab leaves the page or begins again: that is skipping too.
  if (after?.beforeMain && after.name !== skip.name) problems.push(`the skip link does not skip: next comes ${after.name}`);
  // Last, because it moves the place that Tab starts from.
  return [...problems, ...(await tab.evaluate(hiddenFocus)).map((name) => `one cannot see the focus on ${name}`)];
}

/** A wrong address, some folders deep: status 404, the site's own page, fully dressed. */
async function visitNowhere(browser, site) {
  const tab = await browser.newPage({ viewport: PHONE });
  const problems = [];
  const wrong = new URL("no/such/page/", site.base).href;
  tab.on("requestfailed", (request) => problems.push(`could not load ${request.url()}`));
  tab.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== wrong) problems.push(`answered ${response.status()}: ${response.url()}`);
  });
  await tab.goto(wrong);
  if ((await tab.locator("main").count()) !== 1) problems.push("is not answered by the site's own 404 page");
  if ((await tab.evaluate(() => document.styleSheets.length)) === 0) problems.push("has no stylesheet");
  await tab.close();
  return problems;
}
