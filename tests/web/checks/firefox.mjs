/**
 * The pages in Firefox: what `layout.mjs` measures in Chromium, and that nothing fails or offends against the policy.
 *
 * A page of each kind and the home page: browsers differ by rules of style, not by entries.
 */
import { within } from "../lib/browser.mjs";
import { firefoxPath, openInFirefox } from "../lib/firefox.mjs";
import { farNotes, firstText, overflow, toReference } from "../lib/inpage.mjs";
import { onePerKind } from "../lib/site.mjs";

const PHONE = { width: 390, height: 844 };
const WIDTHS = [320, 1024, 1280, 1600];
/** At these notes stand in the margin, and so far from their lines at most, in pixels. */
const WITH_NOTES = [1280, 1600];
const FAR = 40;

/**
 * @param options.onlyPage path of the one page to visit, for the self-test
 * @returns {Promise<import("../lib/report.mjs").Result>}
 */
export async function checkInFirefox(site, { onlyPage } = {}) {
  if (!firefoxPath()) return { skipped: "no Firefox (Debian: firefox-esr)" };
  const pages = onlyPage ? site.pages.filter((page) => page.path === onlyPage) : onePerKind(site.pages);
  const { browser, close } = await openInFirefox(site);
  const tested = [];
  const problems = [];
  try {
    const tab = await browser.newPage();
    let said = [];
    tab.on("console", (message) => ["error", "warn"].includes(message.type()) && said.push(message.text()));
    tab.on("pageerror", (error) => said.push(error.message));
    tab.on("requestfailed", (request) => said.push(`${request.url()}: ${request.failure()?.errorText}`));
    for (const page of pages) {
      tested.push(page.path);
      said = [];
      const found = await within(60, look(tab, page));
      problems.push(...[...found, ...said].map((what) => ({ where: page.path, what })));
    }
  } finally {
    await close();
  }
  return { tested, problems };
}

async function look(tab, page) {
  const problems = [];
  await tab.setViewport(PHONE);
  await tab.goto(page.url.href);
  const text = await tab.evaluate(firstText);
  if (text > PHONE.height) problems.push(`the text begins ${text} px down on a phone`);
  const before = await tab.evaluate(toReference, true);
  if (before) {
    await tab.mouse.click(before.x, before.y);
    // The page gets its target in its own time.
    await tab.waitForFunction(() => document.querySelector(":target"), { timeout: 2000 }).catch(() => undefined);
    const after = await tab.evaluate(toReference, false);
    if (after.scrolled !== before.scrolled) problems.push(`a citation jumps ${Math.round(after.scrolled - before.scrolled)} px`);
    if (!after.shown) problems.push("a citation does not show its reference");
    await tab.goto(page.url.href);
  }
  for (const width of WIDTHS) {
    await tab.setViewport({ width, height: 900 });
    const wide = await tab.evaluate(overflow);
    if (wide) problems.push(`scrolls sideways: ${wide}`);
    if (!WITH_NOTES.includes(width)) continue;
    for (const { number, far } of await tab.evaluate(farNotes, FAR)) problems.push(`at ${width} px note ${number} is ${far} px from its line`);
  }
  return problems;
}
