/** Starts Debian's Firefox so that it reaches one host only: the site under test. */
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { serve } from "./server.mjs";

/** Where Firefox may be; `FIREFOX` names another. */
const PLACES = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** Path of the browser, or undefined. */
export function firefoxPath() {
  return PLACES.find((path) => path && existsSync(path));
}

/**
 * Serves the site and opens a browser that sees it at its own base URL: the server is the browser's proxy for every
 * address, so that no request leaves the machine.
 */
export async function openInFirefox(site) {
  const server = await serve(site.dir, site.base.pathname);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefoxPath(),
    headless: true,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": server.port,
      "network.proxy.allow_hijacking_localhost": true,
      // Nothing waits for an animation.
      "ui.prefersReducedMotion": 1,
    },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
