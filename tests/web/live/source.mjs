/** With Alt held, a click leads from the page to the line in its file. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { ENTRY, PAGE } from "./project.mjs";

const EDITOR = `\n[serve]\neditor = "sh -c 'printf \\"%s\\\\n\\" \\"$@\\" > opened' sh {file} {line} {column}"\n`;

async function begin({ project, tab }, how = {}) {
  const dossier = project(how);
  dossier.write("dossier.toml", dossier.read("dossier.toml") + EDITOR);
  const url = await dossier.start();
  return { dossier, url, page: await tab(new URL(PAGE, url).href) };
}

/** Clicks with Alt; gives the file and the line that the editor was asked for. */
async function clicked(dossier, page, locator) {
  if (existsSync(dossier.path("opened"))) dossier.remove("opened");
  await locator.click({ modifiers: ["Alt"] });
  for (let i = 0; i < 100; i += 1) {
    const said = existsSync(dossier.path("opened")) ? readFileSync(dossier.path("opened"), "utf8") : "";
    if (said.split("\n").length === 4) {
      const [file, line] = said.split("\n");
      return [file.slice(file.indexOf("content/")), Number(line)];
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("the editor was not started");
}

const lineOf = (dossier, words) => dossier.read(ENTRY).split("\n").findIndex((line) => line.includes(words)) + 1;

export const tests = {
  "a click leads to the line of paragraph, list item, heading, quotation and code": async (world) => {
    const { dossier, page } = await begin(world);
    for (const [selector, words] of [
      [".prose > p >> nth=0", "Harbour Lynx steals payrolls"],
      [".prose li >> nth=1", "Account numbers are exchanged"],
      [".prose h2 >> nth=0", "## How it works"],
      [".prose .alert p:not(.alert-title)", "Everything here is invented"],
      ["text=Paragraph 31 tells", "Paragraph 31 tells"],
    ]) {
      deepEqual(await clicked(dossier, page, page.page.locator(selector)), [ENTRY, lineOf(dossier, words)], selector);
    }
  },

  "a link is not followed while Alt is held": async (world) => {
    const { dossier, url, page } = await begin(world);
    const link = page.page.locator(".prose a[href*='2024-northwind']").first();
    const [, line] = await clicked(dossier, page, link);
    ok(line === lineOf(dossier, "Harbour Lynx steals payrolls") || line === lineOf(dossier, "[[2024-northwind-payroll]]"));
    equal(page.page.url(), new URL(PAGE, url).href);
  },

  "outside the text it leads to the beginning of the file": async (world) => {
    const { dossier, page } = await begin(world);
    deepEqual(await clicked(dossier, page, page.page.locator("h1")), [ENTRY, 1]);
  },

  "it finds its line after a change, and beside what a script has added": async (world) => {
    const { dossier, page } = await begin(world, { scripted: true });
    await page.eval(() => document.querySelector(".prose").prepend(document.createElement("div"), document.createElement("p")));
    dossier.edit(ENTRY, "Harbour Lynx steals", "First another paragraph.\n\nHarbour Lynx steals");
    await page.patched();
    deepEqual(await clicked(dossier, page, page.page.locator("text=Paragraph 31 tells")), [ENTRY, lineOf(dossier, "Paragraph 31 tells")]);
  },

  "a quiet rule shows what would be opened, while Alt is down": async (world) => {
    const { page } = await begin(world);
    await page.watch();
    await page.page.keyboard.down("Alt");
    await page.page.locator(".prose p").first().hover();
    await page.overlay(".frame").waitFor({ state: "visible" });
    await page.page.keyboard.up("Alt");
    await page.overlay(".frame").waitFor({ state: "hidden" });
    deepEqual(await page.changes(), [], "the page itself is not touched");
  },

  "a page without a file says so": async (world) => {
    const { url, page } = await begin(world);
    page.allowed.push(/status of 404/);
    await page.go(new URL("/tags/", url).href);
    await page.page.locator("h1").click({ modifiers: ["Alt"] });
    await page.overlay(".words").waitFor({ state: "visible" });
    match(await page.overlay(".words").textContent(), /No file/);
    await page.page.keyboard.press("Escape");
    await page.overlay(".words").waitFor({ state: "hidden" });
  },
};
