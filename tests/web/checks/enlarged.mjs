/**
 * Pages with text twice as large, as readers set it in their browser, and in the colours of a high-contrast theme:
 * nothing pushes a page sideways (WCAG 2.2, 1.4.4 and 1.4.10), and what is read is told from the rest without colours of
 * our own.
 */
import { chromiumPath, openSite, within } from "../lib/browser.mjs";
import { overflow } from "../lib/inpage.mjs";
import { sample } from "../lib/site.mjs";

const PAGES = 40;
/** The default is 16. */
const DOUBLED = "--blink-settings=defaultFontSize=32";
const WIDTHS = [640, 1280];

/** @returns {Promise<import("../lib/report.mjs").Result>} */
export async function checkEnlarged(site, { onlyPage } = {}) {
  if (!chromiumPath()) return { skipped: "no Chromium (Debian: chromium)" };
  const all = site.pages.filter((page) => !page.redirect);
  const pages = onlyPage ? all.filter((page) => page.path === onlyPage) : sample(all, PAGES);
  const { browser, close } = await openSite(site, [DOUBLED]);
  const [tested, problems] = [[], []];
  try {
    const context = await browser.newContext({ reducedMotion: "reduce", forcedColors: "active" });
    const tab = await context.newPage();
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
  await tab.goto(page.url.href);
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 900 });
    const wide = await tab.evaluate(overflow);
    if (wide) problems.push(`with text twice as large scrolls sideways: ${wide}`);
  }
  // Twice as wide again: the contents stand beside the text.
  await tab.setViewportSize({ width: 2720, height: 1800 });
  if (await tab.evaluate(readAlike)) problems.push("in forced colours the section that is read looks like the others");
  return problems;
}

/** Whether the section that is read differs from the next in nothing that forced colours leave. Runs in the page. */
async function readAlike() {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const read = document.querySelector(".toc a[data-read]");
  const other = document.querySelector(".toc a:not([data-read])");
  if (!read || !other) return false;
  const look = (el) => {
    const { fontWeight, textDecorationLine, borderInlineStartColor, borderInlineStartStyle } = getComputedStyle(el);
    return [fontWeight, textDecorationLine, borderInlineStartColor, borderInlineStartStyle].join();
  };
  return look(read) === look(other);
}
