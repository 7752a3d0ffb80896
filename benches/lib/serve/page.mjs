/** Chromium with a page that tells when something that was awaited has come. */
import { now } from "./clock.mjs";

const tests = new URL("../../../tests/web/", import.meta.url);
export const { launch } = await import(new URL("lib/browser.mjs", tests));

const LATE = 30_000;

/** Opens an address whose page watches itself, and waits until it hears from the server. */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  await page.addInitScript(watch);
  const heard = page.waitForResponse((response) => response.url().includes("/_dossier/events"));
  await page.goto(url);
  await heard;
  return new Watched(page);
}

/** In the page: notes when a text stands in it, or a custom property has a value. */
function watch() {
  const awaited = { selector: "", text: "", property: "", seen: 0, loads: 0 };
  window.awaited = awaited;
  const look = () => {
    if (!awaited.text || awaited.seen) return;
    const found = awaited.property
      ? getComputedStyle(document.documentElement).getPropertyValue(awaited.property).trim() === awaited.text
      : document.querySelector(awaited.selector)?.textContent.includes(awaited.text);
    if (found) awaited.seen = performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  // A stylesheet applies when it has loaded, which is no change in the document.
  document.addEventListener("load", look, true);
}

class Watched {
  constructor(page) {
    this.page = page;
  }

  /** How far the page's clock is ahead of ours, in ms, by the quickest of some exchanges. */
  async ahead() {
    let best = { round: Infinity, ahead: 0 };
    for (let at = 0; at < 20; at++) {
      const sent = now();
      const there = await this.page.evaluate(() => performance.timeOrigin + performance.now());
      const round = now() - sent;
      if (round < best.round) best = { round, ahead: there - (sent + round / 2) };
    }
    return best.ahead;
  }

  /** Does what `save` does (it gives the time when it was done), and waits for the change: ms, or null. */
  async until(awaited, save, ahead = 0) {
    await this.page.evaluate((wanted) => Object.assign(window.awaited, { selector: "", property: "", seen: 0 }, wanted), awaited);
    const saved = save();
    try {
      const seen = await this.page.waitForFunction(() => window.awaited.seen, undefined, { polling: 10, timeout: LATE });
      return { saved, seen: (await seen.jsonValue()) - ahead };
    } catch (error) {
      if (error.name !== "TimeoutError") throw error;
      return { saved, seen: null };
    }
  }
}
