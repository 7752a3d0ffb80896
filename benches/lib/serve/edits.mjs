/**
 * The sorts of edits, each made again and again while one page is looked at.
 *
 * Gives for each how long every edit took, and where the time went: until the server announced the
 * generation, of which it says itself how much was building, and from then to the change in the page.
 */
import { readFileSync } from "node:fs";
import { median, pause, quantile } from "./clock.mjs";
import { openPage } from "./page.mjs";

const TEMPLATES = new URL("../../../templates/", import.meta.url);
const theme = (name) => readFileSync(new URL(name, TEMPLATES), "utf8");

/** Each: what is awaited after edit number `n`, the file, and its text. */
function sorts(dossier) {
  const entry = dossier.read(dossier.looked.path);
  const hub = dossier.read(dossier.hub.path);
  const foot = theme("parts/foot.html");
  const style = theme("assets/css/dossier.css");
  return {
    body: {
      about: "a sentence in the text of the page looked at",
      path: dossier.looked.path,
      text: (mark) => entry.replace(/\n---\n/, `\n---\nA sentence, ${mark}. `),
      awaited: (mark) => ({ selector: ".prose", text: mark }),
    },
    title: {
      about: `the title of an entry with ${dossier.hub.inbound} inbound links, a page with one of them looked at`,
      path: dossier.hub.path,
      text: (mark) => hub.replace(/^title: (.*)$/m, `title: $1 ${mark}`),
      awaited: (mark) => ({ selector: "main", text: mark }),
    },
    template: {
      about: "a template that every page is made with",
      path: "templates/parts/foot.html",
      text: (mark) => foot.replace('<ul class="dots">', `<ul class="dots"><li>${mark}</li>`),
      awaited: (mark) => ({ selector: "footer", text: mark }),
    },
    stylesheet: {
      about: "a rule in the stylesheet",
      path: "templates/assets/css/dossier.css",
      text: (mark) => `${style}\n:root { --mark: ${mark}; }\n`,
      awaited: (mark) => ({ property: "--mark", text: mark }),
    },
  };
}

export async function measureEdits(server, browser, dossier, edits) {
  const measured = {};
  for (const [name, sort] of Object.entries(sorts(dossier))) {
    const page = await openPage(browser, server.url + dossier.looked.address);
    // The first save puts a template into the project that was not there: a change of another sort.
    await page.until(sort.awaited(`${name}-first`), () => dossier.replace(sort.path, sort.text(`${name}-first`)));
    measured[name] = { about: sort.about, ...(await measureSort(server, page, dossier, name, sort, edits)) };
    console.log(`  ${name}: p50 ${measured[name].p50?.toFixed(1)} ms, p95 ${measured[name].p95?.toFixed(1)} ms, lost ${measured[name].lost}`);
    await page.page.close();
  }
  return measured;
}

async function measureSort(server, page, dossier, name, sort, edits) {
  const ahead = await page.ahead();
  const samples = [];
  for (let n = 0; n < edits; n++) {
    const how = n % 2 ? "replace" : "overwrite";
    const mark = `${name}-mark-${n}`;
    const before = server.generations.length;
    // Not in step with anything that the server may do at intervals.
    await pause(150 + ((n * 37) % 100));
    const { saved, seen } = await page.until(sort.awaited(mark), () => dossier[how](sort.path, sort.text(mark)), ahead);
    await pause(20);
    const generation = server.generations.slice(before).at(-1);
    samples.push({ how, total: seen && seen - saved, announced: generation && generation.at - saved, build: generation?.took });
  }
  return { ...summary(samples), ahead, samples };
}

function summary(samples) {
  const there = samples.filter((sample) => sample.total);
  if (!there.length) return { lost: samples.length };
  const of = (list, key) => (list.length ? median(list.map((sample) => sample[key])) : null);
  const announced = there.filter((sample) => sample.announced !== undefined);
  return {
    p50: of(there, "total"),
    p95: quantile(there.map((sample) => sample.total), 0.95),
    overwrite: of(there.filter((sample) => sample.how === "overwrite"), "total"),
    replace: of(there.filter((sample) => sample.how === "replace"), "total"),
    lost: samples.length - there.length,
    build: of(announced, "build"),
    announced: of(announced, "announced"),
  };
}
