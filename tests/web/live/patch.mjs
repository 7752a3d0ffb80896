/** A save changes the open page, and nothing that the reader or the page's scripts have made of it. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { ENTRY, PAGE } from "./project.mjs";

/** Starts a server and opens the entry's page. */
async function begin({ project, tab }, how) {
  const dossier = project(how);
  const url = await dossier.start();
  return { dossier, url, page: await tab(new URL(PAGE, url).href) };
}

/** Where a paragraph of the story stands in the window. */
const topOf = (page, i) => page.eval((n) => storyOf(n).getBoundingClientRect().top, i);

async function helpers(page) {
  await page.eval(() => {
    window.storyOf = (n) => [...document.querySelectorAll(".prose p")].find((p) => p.textContent.includes(`Paragraph ${n} `));
  });
}

export const tests = {
  "a word is changed, and the page is the clean build's": async (world) => {
    const { dossier, page } = await begin(world);
    await page.eval(() => (window.kept = document.querySelector(".prose p")));
    dossier.edit(ENTRY, "steals payrolls of", "stole the payrolls of");
    await page.patched();
    equal(await page.differs(dossier.built(PAGE)), undefined);
    ok(await page.eval(() => window.kept.isConnected && window.kept.textContent.includes("stole the payrolls")), "the paragraph is the same element");
    ok(await page.eval(() => window.patches[0] > 1), "the event tells the generation");
    ok(await page.eval(() => document.querySelector("dossier-overlay") !== null), "what the live server has put there stays");
  },

  "a title is changed in head and text without a stylesheet loaded again": async (world) => {
    const { dossier, page } = await begin(world);
    const loaded = [];
    page.page.on("request", (request) => loaded.push(request.url()));
    await page.eval(() => (window.sheet = document.querySelector("link[rel=stylesheet]")));
    dossier.edit(ENTRY, "title: Harbour Lynx", "title: Harbour Lynx the Second");
    await page.patched();
    equal(await page.page.title(), "Harbour Lynx the Second · The Harbour Lynx Dossier");
    ok(await page.eval(() => window.sheet.isConnected));
    deepEqual(loaded.filter((url) => !url.includes("/_dossier/events")), []);
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "what is in view stays in place when text comes before it, and when it goes": async (world) => {
    const { dossier, page } = await begin(world);
    await helpers(page);
    await page.eval(() => scrollTo(0, storyOf(20).getBoundingClientRect().top + scrollY - 200));
    const [before, y] = [await topOf(page, 20), await page.eval(() => scrollY)];
    const added = `${"Much that was not known before. ".repeat(60)}\n\nAnd a second one [@northwind-2024].\n\n`;
    dossier.edit(ENTRY, "## Story\n", `## Story\n\n${added}`);
    await page.patched();
    ok(Math.abs((await topOf(page, 20)) - before) <= 1, `moved from ${before} to ${await topOf(page, 20)}`);
    ok((await page.eval(() => scrollY)) > y + 100, "the page has grown above");
    dossier.edit(ENTRY, added, "");
    await page.patched(2);
    // Later than any adjustment of the browser's own.
    await page.eval(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    ok(Math.abs((await topOf(page, 20)) - before) <= 1, `moved from ${before} to ${await topOf(page, 20)}`);
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "a paragraph put in, moved and taken out leaves the others' elements alone": async (world) => {
    const { dossier, page } = await begin(world);
    await helpers(page);
    await page.eval(() => (window.kept = [0, 5, 39].map((n) => storyOf(n))));
    const [five] = /\nParagraph 5 .*\n/.exec(dossier.read(ENTRY));
    for (const [from, to] of [
      ["\nParagraph 0 ", "\nA new one [@example-labs-2024, p. 1].\n\nParagraph 0 "],
      ["\nParagraph 3 ", "\n- a list\n- of two\n\nParagraph 3 "],
      ["A new one [@example-labs-2024, p. 1].\n\n", ""],
    ]) {
      const times = await page.eval(() => window.patches.length);
      dossier.edit(ENTRY, from, to);
      await page.patched(times + 1);
      deepEqual(await page.eval(() => window.kept.map((p, i) => p.isConnected && p === storyOf([0, 5, 39][i]))), [true, true, true]);
      equal(await page.differs(dossier.built(PAGE)), undefined);
    }
    dossier.write(ENTRY, dossier.read(ENTRY).replace(five, "\n").replace("## Story\n", `## Story\n${five}`));
    await page.patched(4);
    equal(await page.differs(dossier.built(PAGE)), undefined);
    deepEqual(await page.eval(() => window.kept.map((p) => p.isConnected).filter(Boolean).length >= 2), true);
  },

  "a selection stays, in a text that is changed beside it and below text that is added": async (world) => {
    const { dossier, page } = await begin(world);
    await helpers(page);
    await page.eval(() => {
      const text = storyOf(7).firstChild;
      const at = text.data.indexOf("moved on");
      getSelection().setBaseAndExtent(text, at, text, at + "moved on".length);
    });
    dossier.edit(ENTRY, "## Story\n", "## Story\n\nNew before.\n");
    await page.patched();
    equal(await page.eval(() => String(getSelection())), "moved on");
    dossier.edit(ENTRY, "step 7 of many", "step 7 of very many");
    await page.patched(2);
    equal(await page.eval(() => String(getSelection())), "moved on");
    dossier.edit(ENTRY, "Paragraph 7 tells how", "Paragraph 7 tells us how");
    await page.patched(3);
    equal(await page.eval(() => String(getSelection())), "moved on");
  },

  "focus, caret, what is written and ticked, and what is unfolded stay": async (world) => {
    const { dossier, page } = await begin(world, { scripted: true });
    await page.page.fill("#words", "some words of the reader");
    await page.page.check("#tick");
    await page.page.click("#fold > summary");
    await page.page.click(".toc summary");
    await page.page.fill("#name", "the reader");
    await page.eval(() => document.querySelector("#name").setSelectionRange(4, 7));
    dossier.edit(ENTRY, "## Story\n", "## A new chapter\n\nWith text.\n\n## Story\n");
    await page.patched();
    const state = () => page.eval(() => {
      const name = document.activeElement;
      return [name.id, name.value, name.selectionStart, name.selectionEnd, words.value, tick.checked, fold.open, document.querySelector(".toc details").open];
    });
    deepEqual(await state(), ["name", "the reader", 4, 7, "some words of the reader", true, true, true]);
    // The template around them, too.
    dossier.edit("templates/base.html", "Folded away.", "Folded away, still.");
    await page.patched(2);
    deepEqual(await state(), ["name", "the reader", 4, 7, "some words of the reader", true, true, true]);
    equal(await page.eval(() => fold.querySelector("p").textContent), "Folded away, still.");
  },

  "what the page's script has made of it stays": async (world) => {
    const { dossier, page } = await begin(world, { scripted: true });
    await page.page.click("#count");
    await page.page.click("#count");
    const started = await page.eval(() => window.startedAt);
    dossier.edit(ENTRY, "Harbour Lynx steals", "Once more Harbour Lynx steals");
    await page.patched();
    dossier.edit(ENTRY, "## Story\n", "## Story\n\nNew before.\n");
    await page.patched(2);
    dossier.edit("templates/base.html", "times.</p>", "times in all.</p>");
    await page.patched(3);
    deepEqual(await page.eval(() => [count.textContent, document.querySelectorAll("#copy").length, copy.parentElement.textContent.slice(0, 21), document.documentElement.dataset.mood]),
      ["2", 1, "CopyOnce more Harbour", "dark"]);
    equal(await page.eval(() => count.parentElement.textContent), "Clicked 2 times in all.");
    await page.page.click("#count");
    equal(await page.eval(() => count.textContent), "3", "its listener is alive");
    equal(await page.eval(() => window.startedAt), started, "it was not run again");
  },

  "where the served page changes what a script has changed, the served page wins": async (world) => {
    const { dossier, page } = await begin(world, { scripted: true });
    await page.page.click("#count");
    await page.page.fill("#name", "the reader");
    dossier.edit("templates/base.html", '<output id="count">0<', '<output id="count">none<');
    dossier.edit("templates/base.html", 'value="as served"', 'value="as served anew"');
    await page.until(() => count.textContent === "none");
    await page.until(() => document.querySelector("#name").defaultValue === "as served anew");
    equal(await page.eval(() => document.querySelector("#name").value), "the reader", "what a reader has typed is theirs");
  },

  "a page is loaded anew where its scripts change, and only there": async (world) => {
    const { dossier, page } = await begin(world, { scripted: true });
    await page.eval(() => (window.sameDocument = true));
    dossier.edit("templates/assets/js/page.js", "let n = 0;", "let n = 10;");
    await page.until(() => !window.sameDocument && document.querySelector("#copy"));
    await page.connected();
    await page.page.click("#count");
    equal(await page.eval(() => count.textContent), "11");
    await page.eval(() => (window.sameDocument = true));
    dossier.edit("templates/base.html", 'assets/js/page.js"', 'assets/js/page.js" data-more="1"');
    await page.until(() => !window.sameDocument && document.querySelector("script[data-more]"));
    await page.connected();
    await page.eval(() => (window.sameDocument = true));
    dossier.edit(ENTRY, "## Story", "## The story");
    await page.patched();
    ok(await page.eval(() => window.sameDocument));
  },

  "a stylesheet is changed without the page being touched": async (world) => {
    const { dossier, page } = await begin(world);
    await page.watch();
    dossier.override("assets/css/dossier.css", "body { margin: 0;", "body { margin: 0; outline: 3px solid rgb(1, 2, 3);");
    await page.patched();
    equal(await page.eval(() => getComputedStyle(document.body).outlineColor), "rgb(1, 2, 3)");
    deepEqual([...new Set(await page.changes())], ["childList of head"]);
    dossier.edit("templates/assets/css/dossier.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)");
    await page.patched(2);
    equal(await page.eval(() => getComputedStyle(document.body).outlineColor), "rgb(4, 5, 6)");
    equal(await page.eval(() => document.querySelectorAll("link[rel=stylesheet]").length), 1);
    // And a patch of the page keeps it.
    dossier.edit(ENTRY, "## Story", "## The story");
    await page.patched(3);
    equal(await page.eval(() => getComputedStyle(document.body).outlineColor), "rgb(4, 5, 6)");
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "a picture is taken anew in place": async (world) => {
    const { dossier, page } = await begin(world);
    const drawing = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"/>`;
    dossier.write("content/actors/map.svg", drawing(40));
    dossier.edit(ENTRY, "## Story\n", "## Story\n\n![A map](map.svg)\n");
    const width = () => document.querySelector(".prose img")?.naturalWidth;
    await page.until((wanted) => document.querySelector(".prose img")?.naturalWidth === wanted, 40);
    await page.eval(() => (window.picture = document.querySelector(".prose img")));
    dossier.write("content/actors/map.svg", drawing(60));
    await page.until((wanted) => document.querySelector(".prose img")?.naturalWidth === wanted, 60);
    ok(await page.eval(() => window.picture === document.querySelector(".prose img")));
    dossier.edit(ENTRY, "## Story", "## The story");
    await page.until(() => document.querySelector("main").textContent.includes("The story"));
    equal(await page.eval(width), 60);
    equal(await page.differs(dossier.built(PAGE)), undefined);
  },

  "a page whose bytes stay is not touched": async (world) => {
    const { dossier, url, page } = await begin(world);
    const other = await world.tab(new URL("/sources/northwind-2024/", url).href);
    await other.watch();
    dossier.edit(ENTRY, "## How it works", "## How it works now");
    await page.patched();
    await new Promise((done) => setTimeout(done, 300));
    deepEqual(await other.changes(), []);
    deepEqual(await other.eval(() => window.patches), []);
    // And it is connected all the same.
    dossier.edit("content/sources/northwind-2024.md", "title: ", "title: Anew, ");
    await other.patched();
  },

  "a page that is deleted shows that it is not there, and comes back": async (world) => {
    const dossier = world.project();
    dossier.write("content/notes/passing.md", "---\ntitle: Passing\n---\nHere for a while.\n");
    const url = await dossier.start();
    const page = await world.tab(new URL("/notes/passing/", url).href);
    await page.until(() => document.querySelector("h1").textContent === "Passing");
    const text = dossier.read("content/notes/passing.md");
    const gone = dossier.built("404.html", dossier.build());
    dossier.remove("content/notes/passing.md");
    await page.until(() => document.querySelector("h1").textContent !== "Passing");
    equal(await page.differs(gone), undefined);
    dossier.write("content/notes/passing.md", text);
    await page.until(() => document.querySelector("h1").textContent === "Passing");
    equal(await page.differs(dossier.built("/notes/passing/")), undefined);
  },

  "parsing and patching take less than a frame": async (world) => {
    const { page } = await begin(world);
    await helpers(page);
    await page.eval(() => scrollTo(0, storyOf(20).getBoundingClientRect().top + scrollY - 200));
    const html = await page.eval(async () => (await fetch(location.href)).text());
    const times = await page.eval(async (now) => {
      const { patch } = await import("/_dossier/patch.js");
      const changed = now.replace("## Story", "").replace("Paragraph 12 ", "Paragraph twelve ");
      const took = [];
      for (let i = 0; i < 41; i += 1) {
        const start = performance.now();
        patch(i % 2 ? now : changed);
        took.push(performance.now() - start);
        await new Promise((done) => setTimeout(done, 5));
      }
      return took.sort((a, b) => a - b);
    }, html);
    world.note(`patching a page of ${Math.round(html.length / 1000)} kB: ${times[20].toFixed(1)} ms (median), ${times[0].toFixed(1)} ms (least)`);
    // The least, since other work on the machine only adds to it.
    ok(times[0] < 16, `${times[0]} ms`);
  },
};
