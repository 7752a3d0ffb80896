/** Problems stand over the page as in the terminal, lead to the editor, and go when they are mended. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import axe from "axe-core";
import { ENTRY, PAGE } from "./project.mjs";

/** A command that writes what it was called with into a file of the project. */
const EDITOR = `\n[serve]\neditor = "sh -c 'printf \\"%s\\\\n\\" \\"$@\\" > opened' sh {file} {line} {column}"\n`;

async function begin({ project, tab }, { editor = true, path = PAGE, ...how } = {}) {
  const dossier = project();
  if (editor) dossier.write("dossier.toml", dossier.read("dossier.toml") + EDITOR);
  const url = await dossier.start();
  return { dossier, url, page: await tab(new URL(path, url).href, how) };
}

const breakIt = (dossier) => dossier.edit(ENTRY, "first_seen:", "frist_seen:");
const mendIt = (dossier) => dossier.edit(ENTRY, "frist_seen:", "first_seen:");

/** What the editor was called with, once it was. */
async function opened(dossier) {
  for (let i = 0; i < 100; i += 1) {
    const said = existsSync(dossier.path("opened")) ? readFileSync(dossier.path("opened"), "utf8") : "";
    if (said.endsWith("\n") && said.split("\n").length === 4) return said.trim().split("\n");
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("the editor was not started");
}

const shown = (page) => page.overlay(".sheet[role=dialog]").waitFor({ state: "visible" });
const hidden = (page) => page.overlay(".sheet[role=dialog]").waitFor({ state: "hidden" });

export const tests = {
  "an error appears over the last good page, and goes by itself when it is mended": async (world) => {
    const { dossier, page } = await begin(world);
    await page.eval(() => (window.kept = document.querySelector(".prose p")));
    breakIt(dossier);
    await shown(page);
    equal(await page.overlay("h2").textContent(), "1 error");
    match(await page.overlay(".stale").textContent(), /last good/);
    const text = await page.overlay("article").innerText();
    for (const part of ["error", "unknown-key", "frist_seen", `${ENTRY}:8:1`, "help"]) ok(text.toLowerCase().includes(part), `${part} in ${text}`);
    equal(await page.overlay("mark").textContent(), "frist_seen");
    equal(await page.overlay(".marked .number").textContent(), "8");
    ok(await page.eval(() => window.kept.isConnected));
    mendIt(dossier);
    await hidden(page);
    equal(await page.overlay(".tab").isVisible(), false);
  },

  "with the errors mended the sheet goes, though a warning stays": async (world) => {
    const { dossier, page } = await begin(world);
    dossier.edit(ENTRY, "first_seen:", "impersonates: [northwind-freight]\nfirst_seen:");
    await page.overlay(".tab").waitFor({ state: "visible" });
    breakIt(dossier);
    await shown(page);
    mendIt(dossier);
    await hidden(page);
    match(await page.overlay(".tab").textContent(), /^1 warning$/);
    await page.overlay(".tab").click();
    await shown(page);
    equal(await page.overlay("h2").textContent(), "1 warning");
  },

  "all problems are listed, the warnings too": async (world) => {
    const { dossier, page } = await begin(world);
    breakIt(dossier);
    dossier.edit("content/notes/who-was-it.md", "key: true", "kee: true");
    dossier.edit("content/index.md", /$/, "\nSee [[nobody]].\n");
    await page.until(() => document.querySelector("dossier-overlay").shadowRoot.querySelectorAll("article").length >= 3);
    const terminal = dossier.said;
    for (const place of await page.overlay(".place").allTextContents()) ok(terminal.includes(place), `${place} in ${terminal}`);
    const heading = await page.overlay("h2").textContent();
    const articles = await page.overlay("article").count();
    equal(heading.match(/\d+/g).reduce((sum, n) => sum + Number(n), 0), articles);
  },

  "a click on a place, and Enter, open the editor there": async (world) => {
    const { dossier, page } = await begin(world);
    breakIt(dossier);
    await shown(page);
    await page.overlay(".place").click();
    const [file, line, column] = await opened(dossier);
    ok(file.endsWith(`/${ENTRY}`), file);
    deepEqual([line, column], ["8", "1"]);
    dossier.remove("opened");
    await page.overlay(".place").focus();
    await page.page.keyboard.press("Enter");
    deepEqual((await opened(dossier)).slice(1), ["8", "1"]);
  },

  "without an editor the overlay says how to name one": async (world) => {
    const { dossier, page } = await begin(world, { editor: false });
    page.allowed.push(/status of 409/);
    breakIt(dossier);
    await shown(page);
    await page.overlay(".place").click();
    await page.overlay(".answer").getByText("editor =").waitFor();
    match(await page.overlay(".answer").textContent(), /code --goto \{file\}:\{line\}:\{column\}/);
  },

  "the overlay is put aside with Escape and with its button, and the tab brings it back": async (world) => {
    const { dossier, page } = await begin(world);
    await page.page.focus(".masthead .site");
    breakIt(dossier);
    await shown(page);
    equal(await page.eval(() => document.activeElement.localName), "dossier-overlay", "the focus goes in");
    await page.page.keyboard.press("Escape");
    await hidden(page);
    equal(await page.overlay(".tab").textContent(), "1 error");
    equal(await page.eval(() => document.activeElement.className), "site", "the focus comes back");
    // The same error does not open it again; another one does.
    dossier.edit(ENTRY, "## Story", "## The story");
    await new Promise((done) => setTimeout(done, 400));
    equal(await page.overlay(".sheet[role=dialog]").isVisible(), false);
    dossier.edit("content/notes/who-was-it.md", "key: true", "kee: true");
    await shown(page);
    equal(await page.overlay("h2").textContent(), "2 errors");
    await page.overlay(".sheet[role=dialog] .aside").click();
    await hidden(page);
    await page.overlay(".tab").click();
    await shown(page);
    mendIt(dossier);
    dossier.edit("content/notes/who-was-it.md", "kee: true", "key: true");
    await hidden(page);
    equal(await page.overlay(".tab").isVisible(), false);
  },

  "warnings alone only show the tab": async (world) => {
    const { dossier, page } = await begin(world);
    dossier.edit("dossier.toml", "# [severity]", "[severity]\nunknown-key = \"warning\"\n#");
    breakIt(dossier);
    await page.overlay(".tab").waitFor({ state: "visible" });
    equal(await page.overlay(".tab").textContent(), "1 warning");
    equal(await page.overlay(".sheet[role=dialog]").isVisible(), false);
    await page.overlay(".tab").click();
    await shown(page);
    equal(await page.overlay(".stale").textContent(), "");
    mendIt(dossier);
    await hidden(page);
  },

  "the focus stays where something is being written": async (world) => {
    const { dossier, page } = await begin(world, { path: "/" });
    await page.eval(() => document.querySelector("main").append(Object.assign(document.createElement("textarea"), { id: "own" })));
    await page.page.fill("#own", "half a sen");
    breakIt(dossier);
    await shown(page);
    await page.page.keyboard.type("tence");
    equal(await page.eval(() => document.querySelector("#own").value), "half a sentence");
    mendIt(dossier);
    await hidden(page);
    equal(await page.eval(() => document.activeElement.id), "own");
  },

  "what is shown is text, whatever it holds": async (world) => {
    const { dossier, page } = await begin(world);
    await page.eval(() => (window.hacked = false));
    dossier.edit(ENTRY, "first_seen:", '"<img src=x onerror=window.hacked=true><script>window.hacked=true</script>": "<b>bold</b>"\nfirst_seen:');
    await shown(page);
    ok((await page.overlay("article").innerText()).includes("<img src=x onerror"));
    deepEqual(await page.eval(() => {
      const root = document.querySelector("dossier-overlay").shadowRoot;
      return [root.querySelectorAll("img, script, b").length, window.hacked];
    }), [0, false]);
  },

  "a fault in a template shows the template and what was being made": async (world) => {
    const { dossier, page } = await begin(world);
    dossier.override("entry.html", "<div class=\"prose\">", "<div class=\"prose\">{{ page.nothing.at.all }}");
    await shown(page);
    const places = await page.overlay(".place").allTextContents();
    ok(places.some((place) => place.startsWith("templates/entry.html:")), places.join());
    ok(places.some((place) => place.startsWith(ENTRY)), places.join());
    ok(await page.eval(() => document.querySelector(".prose p") !== null), "the last good page stays");
    await page.overlay(".place").getByText("templates/entry.html").click();
    ok((await opened(dossier))[0].endsWith("/templates/entry.html"));
    dossier.edit("templates/entry.html", "{{ page.nothing.at.all }}", "");
    await hidden(page);
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "a server that starts with errors shows them, and the page when they are mended": async (world) => {
    const dossier = world.project();
    breakIt(dossier);
    const url = await dossier.start();
    const page = await world.tab(new URL(PAGE, url).href);
    await shown(page);
    // The address answers 503, of which the browser tells when it likes.
    page.faults.splice(0, Infinity, ...page.faults.filter((fault) => !String(fault).includes("503")));
    mendIt(dossier);
    await page.until(() => document.querySelector("h1")?.textContent === "Harbour Lynx");
    await page.connected();
    await hidden(page);
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "the overlay is accessible, light and dark": async (world) => {
    for (const colorScheme of ["light", "dark"]) {
      const { dossier, page } = await begin(world, { colorScheme, bypassCSP: true });
      breakIt(dossier);
      dossier.override("entry.html", "<div class=\"prose\">", "<div class=\"prose\">{{ page.nothing.at.all }}");
      await shown(page);
      await page.eval(axe.source);
      const { violations } = await page.eval(() => window.axe.run({ include: [["dossier-overlay"]] }));
      deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], colorScheme);
    }
  },

  "the overlay fits a phone and can be used with a keyboard alone": async (world) => {
    const { dossier, page } = await begin(world, { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
    breakIt(dossier);
    await shown(page);
    ok(await page.eval(() => document.documentElement.scrollWidth <= innerWidth));
    ok(await page.overlay(".list").evaluate((list) => list.scrollWidth <= list.clientWidth));
    const reached = [];
    for (let i = 0; i < 2; i += 1) {
      await page.page.keyboard.press("Tab");
      reached.push(await page.eval(() => document.activeElement.shadowRoot?.activeElement?.className));
    }
    deepEqual(reached, ["aside", "place"]);
    await page.page.keyboard.press("Enter");
    await opened(dossier);
  },
};
