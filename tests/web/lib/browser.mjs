/** Starts Debian's Chromium so that it reaches one host only: the site under test. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

/** Where Chromium may be; `CHROMIUM` names another. */
const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser, or undefined. */
export function chromiumPath() {
  return PLACES.find((path) => path && existsSync(path));
}

/** Starts Chromium; `hosts` says which names lead where: by default none but this machine. `settings` are more arguments. */
export function launch(hosts = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", settings = []) {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      `--host-resolver-rules=${hosts}`,
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      // Containers and CI run as root, where Chromium's own sandbox cannot start.
      "--no-sandbox",
      ...settings,
    ],
  });
}

/**
 * Serves the site and opens a browser that sees it at its own base URL: the
 * base's host is mapped to the server, every other host to nothing. So absolute
 * addresses (the 404 page's) are tested as a reader would meet them, and no
 * request leaves the machine.
 */
export async function openSite(site, settings = []) {
  if (site.base.protocol !== "http:") throw new Error("the browser needs a site built for an http:// base URL");
  const server = await serve(site.dir, site.base.pathname);
  const host = site.base.hostname;
  const browser = await launch(`MAP ${host}:${site.base.port || 80} 127.0.0.1:${server.port}, MAP * ~NOTFOUND`, settings);
  return {
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** What `each` gives of every item, in their order; two are in hand at a time, each in a tab and so a process of its own. */
export async function sideBySide(items, each) {
  const given = Array(items.length);
  const waiting = items.entries();
  const hand = async () => {
    for (const [at, item] of waiting) given[at] = await each(item);
  };
  await Promise.all([hand(), hand()]);
  return given;
}

/** `promise`, or an error once the time is up: not every call to the browser has a limit of its own. */
export function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
