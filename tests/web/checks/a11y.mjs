/**
 * axe-core's rules on a sample of pages in both colour schemes and at two widths, with
 * those of WCAG 2.2: serious and
 * critical findings fail, lesser ones are printed.
 */
import axe from "axe-core";
import { chromiumPath, openSite, within } from "../lib/browser.mjs";
import { sample } from "../lib/site.mjs";

/** axe looks at templates more than at contents: some pages of each kind tell. */
const PAGES = 60;

/** So many pages are looked at side by side. */
const TABS = 2;

/** What is the same in light and dark needs no second look on a phone. */
const VIEWS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 390 },
];
const RUN = {
  // It would fetch stylesheets, which the policy rightly allows from nowhere else.
  preload: false,
  resultTypes: ["violations"],
  // WCAG 2.2, which axe leaves out by itself.
  rules: { "target-size": { enabled: true } },
};

/** @returns {Promise<import("../lib/report.mjs").Result>} */
export async function checkAccessibility(site) {
  if (!chromiumPath()) return { skipped: "no Chromium (Debian: chromium)" };
  const pages = sample(site.pages.filter((page) => !page.redirect), PAGES);
  const { browser, close } = await openSite(site);
  const tested = [];
  const problems = [];
  const lesser = new Map();
  /** The pages that one tab takes, one after the other, until there are none. */
  const look = async (waiting) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const tab = await context.newPage();
    for (const { page, found } of waiting) {
      await tab.goto(page.url.href);
      await tab.evaluate(axe.source);
      for (const { colorScheme, width } of VIEWS) {
        const name = `${page.path} (${colorScheme}, ${width} px)`;
        await tab.emulateMedia({ colorScheme });
        await tab.setViewportSize({ width, height: 900 });
        const { violations } = await within(60, tab.evaluate((how) => window.axe.run(document, how), RUN));
        found.push({ name, violations });
      }
    }
  };
  const looks = pages.map((page) => ({ page, found: [] }));
  try {
    // Each tab is a process of its own; both take from the one list, which is told in its order.
    const waiting = looks.values();
    await Promise.all(Array.from({ length: TABS }, () => look(waiting)));
    for (const { name, violations } of looks.flatMap(({ found }) => found)) {
      tested.push(name);
      for (const { id, impact, help, nodes } of violations) {
        const what = `${id} (${impact}): ${help}; ${nodes.length} ×, first: ${nodes[0].html.slice(0, 120)}`;
        if (impact === "serious" || impact === "critical") problems.push({ where: name, what });
        else lesser.set(`${id}: ${help}`, [...(lesser.get(`${id}: ${help}`) ?? []), name]);
      }
    }
  } finally {
    await close();
  }
  const notes = [...lesser].map(([what, places]) => `${what} (${places.length} ×, first on ${places[0]})`);
  return { tested, problems, notes };
}
