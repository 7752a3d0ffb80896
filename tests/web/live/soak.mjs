/** Many edits and several browsers: all end at the clean build's bytes, and the server does not grow. */
import { equal, ok } from "node:assert/strict";
import { ENTRY, PAGE } from "./project.mjs";

const EDITS = 200;
const PAGES = [PAGE, "/", "/sources/example-labs-2024/"];
/** What the server may have grown by at the end, in MB, over what it was after the first edits. */
const GROWTH = 40;

/** A sequence that is the same in every run. */
function sequence(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** Things that a writer does; each keeps the dossier sound but for the one that mends it at once. */
const DEEDS = [
  (dossier, n) => dossier.edit(ENTRY, /Paragraph 3 tells.*/, `Paragraph 3 tells of deed ${n} [@example-labs-2024, p. ${n + 1}].`),
  (dossier, n) => dossier.edit(ENTRY, "## Story\n", `## Story\n\nPut in ${n} [@northwind-2024].\n`),
  (dossier) => dossier.edit(ENTRY, /\n## Story\n(\nPut in .*\n)?/, "\n## Story\n"),
  (dossier, n) => dossier.edit(ENTRY, /^title: .*/m, `title: Harbour Lynx ${n}`),
  (dossier, n) => dossier.edit("content/index.md", /(\nDeed .*\n)?$/, `\nDeed ${n} by [[harbour-lynx]].\n`),
  (dossier, n) => dossier.write("content/notes/passing.md", `---\ntitle: Passing ${n}\n---\nOf [[harbour-lynx]], said once [@example-labs-2024].\n`),
  (dossier) => dossier.write("content/notes/passing.md", "---\ntitle: Another\n---\nOf nobody.\n"),
  (dossier, n) => dossier.edit("content/sources/example-labs-2024.md", /^title: .*/m, `title: What the labs found, ${n}`),
  (dossier, n) => dossier.override("assets/css/dossier.css", /^body \{.*/m, `body { margin: 0; font-size: var(--t-text); outline-offset: ${n}px; }`),
  (dossier, n) => dossier.override("parts/foot.html", /\s*$/, `\n<!-- ${n} -->\n`),
];

/** As an edit that changes nothing is no edit. */
function attempt(deed, dossier, n) {
  try {
    deed(dossier, n);
  } catch (error) {
    if (!/has no/.test(error.message)) throw error;
  }
}

export const tests = {
  [`${EDITS} edits, ${PAGES.length} browsers`]: async ({ project, tab, note }) => {
    const dossier = project();
    const url = await dossier.start();
    const tabs = [];
    for (const path of PAGES) tabs.push(await tab(new URL(path, url).href));
    const next = sequence(7);
    const memory = [];
    for (let n = 0; n < EDITS; n += 1) {
      attempt(DEEDS[next(DEEDS.length)], dossier, n);
      if (n % 20 === 19) memory.push(dossier.memory());
      // Some follow at once, as from a script; most with a breath between.
      await new Promise((done) => setTimeout(done, next(60)));
    }
    dossier.edit(ENTRY, /$/, "\nThe last word.\n");
    dossier.edit("content/index.md", /$/, "\nThe last word.\n");
    dossier.edit("content/sources/example-labs-2024.md", /^title: .*/m, "title: The last word");
    for (const page of tabs) await page.until(() => document.documentElement.textContent.includes("The last word"), undefined, 20_000);
    await new Promise((done) => setTimeout(done, 500));
    const out = dossier.build();
    for (const [i, page] of tabs.entries()) {
      equal(await page.differs(dossier.built(PAGES[i], out)), undefined, PAGES[i]);
      equal(await page.eval(() => performance.getEntriesByType("navigation").length), 1);
    }
    if (memory[0] === undefined) return note("the server's memory is not known here");
    note(`memory of the server in MB, every 20 edits: ${memory.map((mb) => mb.toFixed(0)).join(" ")}`);
    ok(memory.at(-1) - memory[0] < GROWTH, `it has grown from ${memory[0]} to ${memory.at(-1)} MB`);
  },
};
