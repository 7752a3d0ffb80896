/** Tabs of a real browser on the page that is served, and what they show. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

export class Tab {
  /** What went wrong in the page: nothing may. */
  faults = [];
  /** Faults that a test brings about, such as a server that is away. */
  allowed = [];

  constructor(page) {
    this.page = page;
  }

  /**
   * Opens a page and waits until it is connected.
   * @param options.client a folder to take the live script from, instead of the program
   */
  static async open(browser, url, { client, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options });
    const tab = new Tab(await context.newPage());
    const note = (what) => tab.allowed.some((pattern) => pattern.test(what)) || tab.faults.push(what);
    tab.page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(message.text()));
    tab.page.on("pageerror", (error) => note(error.stack));
    if (client) {
      await context.route(/\/_dossier\/[a-z]+\.(js|css)$/, (route) => {
        const name = basename(new URL(route.request().url()).pathname);
        const contentType = name.endsWith(".js") ? "text/javascript" : "text/css";
        return route.fulfill({ body: readFileSync(join(client, name)), contentType });
      });
    }
    await context.addInitScript(install);
    await tab.go(url);
    return tab;
  }

  async go(url) {
    const response = await this.page.goto(url);
    await this.connected();
    return response;
  }

  /** Waits until the server has said hello. */
  async connected() {
    await this.until(() => window.heard.includes("problems"));
  }

  /** Waits until `condition` is true in the page. */
  async until(condition, argument, timeout = 5000) {
    await this.page.waitForFunction(condition, argument, { polling: 10, timeout }).catch((error) => {
      throw new Error(`waited in vain for ${condition}: ${error.message.split("\n")[0]}`);
    });
  }

  /** Waits until the page or a stylesheet has been changed `times` in all since it was loaded. */
  patched(times = 1) {
    return this.until((wanted) => window.patches.length >= wanted, times);
  }

  eval(what, argument) {
    return this.page.evaluate(what, argument);
  }

  /** In the overlay's shadow root; Playwright's selectors see through it. */
  overlay(selector) {
    return this.page.locator(`dossier-overlay ${selector}`);
  }

  /** Records from now on whatever changes in the page; `changes()` tells. */
  watch() {
    return this.eval(() => {
      window.changes = [];
      const name = (node) => node.nodeName.toLowerCase() + (node.id ? `#${node.id}` : "");
      new MutationObserver((records) => window.changes.push(...records.map((record) => `${record.type} of ${name(record.target)}`)))
        .observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    });
  }

  changes() {
    return this.eval(() => window.changes);
  }

  /** How the page differs from the bytes of a clean build; undefined if it does not. */
  differs(html) {
    return this.eval(differs, html);
  }

  async close() {
    await this.page.context().close();
  }
}

/** Runs in every page before its own scripts: what they and the server say is noted. */
function install() {
  window.patches = [];
  window.heard = [];
  window.violations = [];
  document.addEventListener("dossier:patched", (event) => window.patches.push(event.detail.generation));
  document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  const Real = window.EventSource;
  window.EventSource = class extends Real {
    constructor(...args) {
      super(...args);
      window.streams = (window.streams ?? 0) + 1;
      for (const name of ["hello", "page", "styles", "assets", "problems", "follow"]) {
        this.addEventListener(name, () => setTimeout(() => window.heard.push(name)));
      }
    }
  };
}

/** Runs in the page: its elements without the live server's own, beside those of the bytes. */
function differs(html) {
  const live = document.documentElement.cloneNode(true);
  live.querySelector("dossier-overlay")?.remove();
  const script = live.querySelector('script[src="/_dossier/live.js"]');
  if (!script) return "no live script";
  script.nextSibling.remove();
  script.remove();
  for (const element of live.querySelectorAll("[href*='?live='], [src*='?live=']")) {
    for (const name of ["href", "src"]) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, value.replace(/\?live=[\w-]+/, ""));
    }
  }
  // Buttons that copy are made by a script of the page's own (copy.js), too.
  for (const button of live.querySelectorAll(".to-copy")) button.remove();
  live.normalize();
  const clean = new DOMParser().parseFromString(html, "text/html").documentElement;
  // The switch of light and dark is made by a script of the page's own (look.js), and no change may unmake it.
  for (const looks of clean.querySelectorAll(".looks")) {
    looks.hidden = false;
    for (const button of looks.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === (document.documentElement.dataset.theme ?? "system")));
    }
  }
  // So is what is new since the last visit (since.js): at a first one, as here, it says so and lists nothing.
  const since = clean.querySelector("#page-since");
  if (since) {
    const [text, list] = since.querySelectorAll("p, ul");
    since.hidden = false;
    text.textContent = text.dataset.first;
    list.hidden = true;
  }
  const [is, wanted] = [live.outerHTML, clean.outerHTML];
  if (is === wanted) return undefined;
  let at = 0;
  while (is[at] === wanted[at]) at += 1;
  return `at ${at}: ${JSON.stringify(is.slice(Math.max(0, at - 60), at + 80))} should be ${JSON.stringify(wanted.slice(Math.max(0, at - 60), at + 80))}`;
}
