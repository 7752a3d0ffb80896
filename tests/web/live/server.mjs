/** Browsers and the server, as they come and go. */
import { equal, match, ok } from "node:assert/strict";
import { ENTRY, PAGE } from "./project.mjs";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** What a browser says while the server is away. */
const AWAY = [/ERR_CONNECTION_REFUSED/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/];

/** Without windows no tab is ever in the background, so that is played. */
function look(page, state) {
  return page.evaluate((is) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => is });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

export const tests = {
  "two browsers are both brought up to date": async ({ project, tab }) => {
    const dossier = project();
    const url = await dossier.start();
    const [one, two, index] = [await tab(new URL(PAGE, url).href), await tab(new URL(PAGE, url).href), await tab(new URL("/actors/", url).href)];
    dossier.edit(ENTRY, "title: Harbour Lynx", "title: Harbour Cat");
    await Promise.all([one.patched(), two.patched(), index.patched()]);
    const out = dossier.build();
    for (const [page, path] of [[one, PAGE], [two, PAGE], [index, "/actors/"]]) equal(await page.differs(dossier.built(path, out)), undefined);
  },

  "a server that is killed and started again brings its pages up to date": async ({ project, tab }) => {
    const dossier = project();
    const url = await dossier.start();
    const page = await tab(new URL(PAGE, url).href);
    page.allowed.push(...AWAY);
    await page.eval(() => (window.sameDocument = true));
    await dossier.kill();
    dossier.edit(ENTRY, "## Story", "## The story");
    dossier.override("assets/css/dossier.css", "body { margin: 0;", "body { margin: 0; outline: 3px solid rgb(1, 2, 3);");
    await page.until(() => window.streams > 2);
    await dossier.start();
    await page.until(() => document.querySelector("main").textContent.includes("The story"));
    await page.until(() => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)");
    ok(await page.eval(() => window.sameDocument), "it was not loaded anew");
    equal(await page.differs(dossier.built(PAGE)), undefined);
    // And the next save is seen as before.
    const times = await page.eval(() => window.patches.length);
    dossier.edit(ENTRY, "## The story", "## A story");
    await page.patched(times + 1);
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "a reader is told when the server stays away": async ({ project, tab }) => {
    const dossier = project();
    const page = await tab(new URL(PAGE, await dossier.start()).href);
    page.allowed.push(...AWAY);
    await dossier.kill();
    await page.overlay(".tab").waitFor({ state: "visible", timeout: 10_000 });
    match(await page.overlay(".tab").textContent(), /does not answer/);
    await dossier.start();
    await page.overlay(".tab").waitFor({ state: "hidden" });
  },

  "with --follow the browser goes to the entry that was saved": async ({ project, tab }) => {
    const dossier = project();
    const url = await dossier.start("--follow");
    const page = await tab(url);
    dossier.edit(ENTRY, "## Story", "## The story");
    await page.page.waitForURL(new URL(PAGE, url).href);
    await page.connected();
    dossier.edit("content/tools/quayside.md", "title: ", "title: The ");
    await page.page.waitForURL(new URL("/tools/quayside/", url).href);
    await page.connected();
    await page.eval(() => (window.sameDocument = true));
    dossier.edit("content/tools/quayside.md", "title: The ", "title: ");
    await page.patched();
    ok(await page.eval(() => window.sameDocument), "where it is already, it stays");
    await page.page.goBack();
    equal(page.page.url(), new URL(PAGE, url).href);
  },

  "a site below a path is served there": async ({ project, tab }) => {
    const dossier = project();
    dossier.edit("dossier.toml", 'base_url = "https://example.org/"', 'base_url = "https://example.org/lynx/"');
    const url = await dossier.start();
    const page = await tab(new URL(`/lynx${PAGE}`, url).href);
    dossier.edit(ENTRY, "## Story", "## The story");
    await page.patched();
    equal(await page.differs(dossier.built(PAGE)), undefined);
    dossier.override("assets/css/dossier.css", "body { margin: 0;", "body { margin: 0; outline: 3px solid rgb(1, 2, 3);");
    await page.until(() => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)");
  },

  "a save while the page is loading is not missed": async ({ project, tab }) => {
    const dossier = project();
    const page = await tab(new URL(PAGE, await dossier.start()).href);
    for (let i = 0; i < 5; i += 1) {
      const loading = page.page.reload();
      dossier.edit(ENTRY, /## Story.*/, `## Story ${i}`);
      await loading;
      await page.until((n) => document.querySelector("main").textContent.includes(`Story ${n}`), i);
    }
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "a tab that comes back from the history is brought up to date": async ({ project, tab }) => {
    const dossier = project();
    const url = await dossier.start();
    const page = await tab(new URL(PAGE, url).href);
    await page.go(new URL("/sources/", url).href);
    dossier.edit(ENTRY, "## Story", "## The story");
    await pause(300);
    await page.page.goBack();
    await page.until(() => document.querySelector("main").textContent.includes("The story"));
    dossier.edit(ENTRY, "## The story", "## A story");
    await page.until(() => document.querySelector("main").textContent.includes("A story"));
  },

  "a tab in the background goes on": async ({ project, tab }) => {
    const dossier = project();
    const page = await tab(new URL(PAGE, await dossier.start()).href);
    await look(page.page, "hidden");
    dossier.edit(ENTRY, "## Story", "## The story");
    await page.patched();
  },

  "many tabs leave the browser free to load another page": async ({ project, tab }) => {
    const dossier = project();
    const url = await dossier.start();
    const first = await tab(new URL(PAGE, url).href);
    let last = first.page;
    for (let i = 0; i < 9; i += 1) {
      await look(last, "hidden");
      // In one context, so that they share the browser's connections to the host.
      last = await first.page.context().newPage();
      await last.goto(new URL("/sources/", url).href, { timeout: 10_000 });
      await last.waitForFunction(() => window.heard.includes("problems"));
    }
    await look(last, "hidden");
    await look(first.page, "visible");
    dossier.edit(ENTRY, "## Story", "## The story");
    await first.until(() => document.querySelector("main").textContent.includes("The story"));
    await look(last, "visible");
    dossier.edit("content/sources/northwind-2024.md", "title: ", "title: Anew, ");
    await last.waitForFunction(() => document.body.textContent.includes("Anew, "));
  },
};
