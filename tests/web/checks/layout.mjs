/**
 * Where things lie on the page, in windows from a phone's to a desk's, and on paper.
 *
 * Notes stand at their lines, the text begins on a phone's first screen, a citation opens where the reader is, the
 * keyboard comes to the text before what is told at a glance, nothing pushes the page sideways, and each sheet says
 * what it is of.
 */
import { chromiumPath, openSite, within } from "../lib/browser.mjs";
import { farNotes, firstText, overflow, sheetHead, stopsBeforeText, toReference } from "../lib/inpage.mjs";
import { sample } from "../lib/site.mjs";

/** Above this many pages, a sample of each kind. */
const PAGES = 60;
const PHONE = { width: 390, height: 844 };
/** Beside the phone's. */
const WIDTHS = [320, 1024, 1280, 1600];
/** At these notes stand in the margin, and so far from their lines at most, in pixels. */
const WITH_NOTES = [1280, 1600];
const FAR = 40;
/** So many stops of the keyboard may come between the skip link and the text. */
const STOPS = 5;

/**
 * @param options.onlyPage path of the one page to visit, for the self-test
 * @returns {Promise<import("../lib/report.mjs").Result>}
 */
export async function checkLayout(site, { onlyPage } = {}) {
  if (!chromiumPath()) return { skipped: "no Chromium (Debian: chromium)" };
  const all = site.pages.filter((page) => !page.redirect);
  const pages = onlyPage ? all.filter((page) => page.path === onlyPage) : sample(all, PAGES);
  const { browser, close } = await openSite(site);
  const tested = [];
  const problems = [];
  try {
    const tab = await browser.newPage({ reducedMotion: "reduce" });
    for (const page of pages) {
      tested.push(page.path);
      const found = await within(60, look(tab, page));
      problems.push(...found.map((what) => ({ where: page.path, what })));
    }
  } finally {
    await close();
  }
  return { tested, problems };
}

async function look(tab, page) {
  const problems = [];
  await tab.setViewportSize(PHONE);
  await tab.goto(page.url.href);
  const text = await tab.evaluate(firstText);
  if (text > PHONE.height) problems.push(`the text begins ${text} px down on a phone`);
  problems.push(...(await openReference(tab)));

  await tab.goto(page.url.href);
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 900 });
    const wide = await tab.evaluate(overflow);
    if (wide) problems.push(`scrolls sideways: ${wide}`);
    if (!WITH_NOTES.includes(width)) continue;
    for (const { number, far } of await tab.evaluate(farNotes, FAR)) problems.push(`at ${width} px note ${number} is ${far} px from its line`);
  }
  const stops = await tab.evaluate(stopsBeforeText);
  if (stops > STOPS) problems.push(`${stops} stops of an aside come before the text`);

  await tab.emulateMedia({ media: "print" });
  const head = await tab.evaluate(sheetHead);
  if (head) problems.push(head);
  await tab.emulateMedia({ media: "screen" });
  return problems;
}

/** On a phone a citation's reference comes to the reader, who stays where they are. */
async function openReference(tab) {
  const before = await tab.evaluate(toReference, true);
  if (!before) return [];
  await tab.mouse.click(before.x, before.y);
  const after = await tab.evaluate(toReference, false);
  if (after.scrolled !== before.scrolled) return [`a citation jumps ${Math.round(after.scrolled - before.scrolled)} px`];
  return after.shown ? [] : ["a citation does not show its reference"];
}
