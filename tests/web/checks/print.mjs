/**
 * The pages on paper, from Chromium and from Firefox: each sheet says of which page it is, and no word of the text is cut.
 *
 * A page of each kind, printed to A4. The words that a reader of the sheets should find are those that Chromium lays
 * out for print; the sheets are read by `pdftotext`.
 */
import { execFileSync } from "node:child_process";
import { chromiumPath, openSite, within } from "../lib/browser.mjs";
import { firefoxPath, openInFirefox } from "../lib/firefox.mjs";
import { onePerKind } from "../lib/site.mjs";

/**
 * @param options.onlyPage path of the one page to print, for the self-test
 * @returns {Promise<import("../lib/report.mjs").Result>}
 */
export async function checkPrint(site, { onlyPage } = {}) {
  if (!chromiumPath() || !firefoxPath()) return { skipped: "no Chromium or no Firefox (Debian: chromium, firefox-esr)" };
  if (!hasPdftotext()) return { skipped: "no pdftotext (Debian: poppler-utils)" };
  const pages = onlyPage ? site.pages.filter((page) => page.path === onlyPage) : onePerKind(site.pages);
  const chromium = await openSite(site);
  const firefox = await openInFirefox(site);
  const tested = [];
  const problems = [];
  try {
    const tab = await chromium.browser.newPage();
    const other = await firefox.browser.newPage();
    for (const page of pages) {
      tested.push(page.path);
      await tab.goto(page.url.href);
      await tab.emulateMedia({ media: "print" });
      const { words, head } = await tab.evaluate(printed);
      await tab.emulateMedia({ media: null });
      const inFirefox = async () => {
        await other.goto(page.url.href);
        return within(60, other.pdf({ format: "A4" }));
      };
      const [one, two] = await Promise.all([within(60, tab.pdf({ format: "A4", preferCSSPageSize: true })), inFirefox()]);
      const sheets = [
        ["Chromium", one],
        ["Firefox", two],
      ];
      for (const [browser, pdf] of sheets) {
        problems.push(...faults(read(pdf), words, head).map((what) => ({ where: page.path, what: `${browser}: ${what}` })));
      }
    }
  } finally {
    await chromium.close();
    await firefox.close();
  }
  return { tested, problems };
}

function hasPdftotext() {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The text of each sheet. */
function read(pdf) {
  const text = execFileSync("pdftotext", ["-enc", "UTF-8", "-", "-"], { input: Buffer.from(pdf), maxBuffer: 1 << 28 });
  return text.toString("utf8").split("\f").slice(0, -1);
}

function faults(sheets, words, head) {
  const problems = [];
  // Lines break within addresses, and words at hyphens; labels stand in capitals.
  const joined = (text) => text.normalize("NFKC").replace(/[\s\u00AD\u200B-]+/g, "").toLowerCase();
  sheets.forEach((sheet, at) => {
    const missing = head.filter((part) => !joined(sheet).includes(joined(part)));
    if (missing.length) problems.push(`sheet ${at + 1} of ${sheets.length} does not say ${missing.map((it) => `"${it}"`).join(", ")}`);
  });
  const all = joined(sheets.join("\n"));
  const cut = words.filter((word) => !all.includes(joined(word)));
  if (cut.length) problems.push(`${cut.length} words are not on paper: ${cut.slice(0, 8).join(", ")}`);
  return problems;
}

/** Inside the page, as laid out for print: the words of its text, and what the head of each sheet has to say. */
function printed() {
  const words = new Set();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    const box = el.getBoundingClientRect();
    // One pixel and less is how text for screen readers alone is hidden; text in drawings is drawn.
    if (el.closest("svg, title") || !el.checkVisibility({ visibilityProperty: true }) || box.width <= 1 || box.height <= 1) continue;
    // Scripts whose signs change places are not read back from sheets as they were.
    for (const word of walker.currentNode.data.match(/[\p{Script=Latin}\p{N}]{3,}/gu) ?? []) words.add(word);
  }
  const head = [document.querySelector("link[rel=canonical]")?.href, document.querySelector("body > header .sheet > .tlp")?.innerText];
  return { words: [...words], head: head.filter(Boolean) };
}
