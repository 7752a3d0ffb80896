/**
 * Live editing, measured: the real server, generated dossiers, files edited as editors do, and Chromium.
 *
 *     benches/serve                    1,000 and 10,000 entries
 *     benches/serve --large            and 100,000
 *     benches/serve 10000 --edits 80   one size, 80 edits of each sort (40 unless told)
 *     benches/serve --memory 0         without the 2,000 edits that memory is measured over
 *     benches/serve --program PATH     a program that is built already
 *     benches/serve --report           the tables anew from results-serve.json, nothing measured
 *
 * A time runs from the end of the save (the file is closed, or renamed) to the change in the document,
 * as a MutationObserver in the page sees it; the two clocks are compared before every sort of edit.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { Dossier } from "./dossier.mjs";
import { measureEdits } from "./edits.mjs";
import { measureMemory } from "./memory.mjs";
import { launch } from "./page.mjs";
import { keep, report } from "./report.mjs";
import { firstViews, Server } from "./server.mjs";

const ROOT = new URL("../../../", import.meta.url).pathname;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    edits: { type: "string", default: "40" },
    memory: { type: "string", default: "2000" },
    starts: { type: "string", default: "5" },
    large: { type: "boolean", default: false },
    program: { type: "string" },
    report: { type: "boolean", default: false },
  },
});

if (!values.report) {
  const programs = build(values.program);
  const sizes = positionals.length ? positionals.map(Number) : [1_000, 10_000, ...(values.large ? [100_000] : [])];
  for (const size of sizes) keep(ROOT, size, await measure(size, programs));
}
report();

/** The program and the generator of dossiers. */
function build(program) {
  const bins = program ? [] : ["--bin", "dossier"];
  execFileSync("cargo", ["build", "--release", "--locked", ...bins, "--example", "corpus"], { cwd: ROOT, stdio: "inherit" });
  return {
    dossier: program ?? `${ROOT}target/release/dossier`,
    corpus: `${ROOT}target/release/examples/corpus`,
  };
}

/** Everything about one size. */
async function measure(size, programs) {
  const on = existsSync("/dev/shm") ? "/dev/shm" : undefined;
  const dossier = Dossier.generate(programs.corpus, size, on);
  try {
    console.log(`${size} entries in ${dossier.root}: first views`);
    const first = await firstViews(programs.dossier, dossier, Number(values.starts));
    const server = await Server.start(programs.dossier, dossier.root);
    const browser = await launch();
    try {
      const edits = await measureEdits(server, browser, dossier, Number(values.edits));
      const memory = Number(values.memory) ? await measureMemory(server, browser, dossier, Number(values.memory)) : null;
      return { first, edits, memory };
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    dossier.remove();
  }
}
