/**
 * The example themes, and the choice of light and dark: built by the program itself, looked at in Chromium.
 *
 *     node themes.mjs BINARY
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromiumPath, openSite } from "./lib/browser.mjs";
import { overflow } from "./lib/inpage.mjs";
import { options, Tally } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const THEMES = join(ROOT, "examples/themes");
const BASE = "http://dossier.test/case/";
/** A page of each sort that themes write rules for. */
const PAGES = ["", "incidents/", "incidents/2015-tpbank/", "sources/reuters-2016-governor/"];
const VIEWS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 390 },
];

const { _: [binary] } = options();
if (!binary) {
  console.error("usage: node themes.mjs BINARY");
  process.exit(2);
}
const tally = new Tally();
const folder = mkdtempSync(join(tmpdir(), "themes-"));
if (!chromiumPath()) tally.skip("themes", "no Chromium (Debian: chromium)");
else if (!existsSync(binary)) tally.add("themes", { problems: [{ where: binary, what: "there is no such program" }] }, 0);
else {
  for (const { name } of readdirSync(THEMES, { withFileTypes: true }).filter((it) => it.isDirectory())) {
    await tally.step(`theme ${name}`, () => looked(name));
  }
  await tally.step("light and dark", chosen);
}
rmSync(folder, { recursive: true });
tally.close();

/** The sample with more settings; gives its output folder. */
function built(name, settings, templates) {
  const project = join(folder, name);
  cpSync(join(ROOT, "content"), join(project, "content"), { recursive: true });
  if (templates) cpSync(templates, join(project, "templates"), { recursive: true });
  const own = readFileSync(join(ROOT, "dossier.toml"), "utf8");
  // Keys of the top stand before the first table.
  writeFileSync(join(project, "dossier.toml"), settings.startsWith("[") ? `${own}\n${settings}` : `${settings}\n${own}`);
  const out = join(project, "site");
  execFileSync(resolve(binary), ["--root", project, "build", "--strict", "--quiet", "--base-url", BASE, "--out", out]);
  return out;
}

/** Pages of a theme: nothing that axe finds, none wider than the window, its stylesheet in force. */
async function looked(name) {
  const settings = readFileSync(join(THEMES, name, "theme.toml"), "utf8");
  const site = readSite(built(name, settings, join(THEMES, name, "templates")), BASE);
  const { browser, close } = await openSite(site);
  const [tested, problems] = [[], []];
  try {
    const tab = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
    for (const path of PAGES) {
      await tab.goto(BASE + path);
      await tab.evaluate(axe.source);
      for (const { colorScheme, width } of VIEWS) {
        const where = `${path || "home"} (${colorScheme}, ${width} px)`;
        tested.push(where);
        await tab.emulateMedia({ colorScheme });
        await tab.setViewportSize({ width, height: 900 });
        const { violations } = await tab.evaluate(() => axe.run(document, { preload: false, resultTypes: ["violations"] }));
        for (const { id, help, nodes } of violations) problems.push({ where, what: `${id}: ${help}; first: ${nodes[0].html}` });
        const wide = await tab.evaluate(overflow);
        if (wide) problems.push({ where, what: wide });
      }
      const rules = await tab.evaluate((css) => [...document.styleSheets].find((it) => it.href.endsWith(css))?.cssRules.length, `/${name}.css`);
      if (!rules) problems.push({ where: tested.at(-1), what: "the theme's stylesheet is not in force" });
    }
  } finally {
    await close();
  }
  return { tested, problems };
}

/** What a reader chooses holds on the next page before anything is drawn, from a folder too, and is not offered without scripts. */
async function chosen() {
  const tests = {};
  const problems = [];
  const expect = (where, fact, what) => {
    tests[where] = true;
    if (!fact) problems.push({ where, what });
  };
  const served = readSite(built("served", ""), BASE);
  const lying = built("lying", 'links = "file"');
  const { browser, close } = await openSite(served);
  try {
    const starts = { served: BASE, "from a folder": pathToFileURL(join(lying, "index.html")).href };
    for (const [how, start] of Object.entries(starts)) {
      const context = await browser.newContext({ colorScheme: "light" });
      const tab = await context.newPage();
      // Notes what holds when the body begins, before it is drawn.
      await tab.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.first = document.documentElement.dataset.theme ?? "system";
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
      });
      const ground = () => tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const pressed = () => tab.locator(".looks [aria-pressed=true]").allInnerTexts();
      await tab.goto(start);
      const light = await ground();
      expect(`${how}: as the system has it`, (await pressed()).join() === "System", `pressed is ${await pressed()}`);
      await tab.getByRole("button", { name: "Dark" }).click();
      const dark = await ground();
      expect(`${how}: dark when chosen`, dark !== light, `the ground stays ${light}`);
      await tab.locator("main a[href*='incidents/']").first().click();
      await tab.waitForLoadState();
      expect(`${how}: dark on the next page`, (await ground()) === dark, `the ground is ${await ground()}`);
      const first = await tab.evaluate(() => window.first);
      expect(`${how}: without a flash`, first === "dark", `the body began as ${first}`);
      await tab.emulateMedia({ media: "print" });
      expect(`${how}: light on paper`, (await ground()) === "rgb(255, 255, 255)", `the ground is ${await ground()}`);
      await tab.emulateMedia({ media: "screen" });
      await tab.getByRole("button", { name: "System" }).click();
      await tab.reload();
      expect(`${how}: back to the system`, (await ground()) === light, `the ground is ${await ground()}`);
      await context.close();
    }
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(BASE);
    expect("without scripts nothing is offered", !(await tab.locator(".looks").isVisible()), "the choice is shown");
  } finally {
    await close();
  }
  return { tested: Object.keys(tests), problems };
}
