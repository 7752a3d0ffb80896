/**
 * Do the checks see anything? The fixture site passes them all; then each fault
 * of fixtures/faults.mjs is put into a copy, and its check must name it.
 *
 *     node selftest.mjs
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faults } from "./fixtures/faults.mjs";
import { checks } from "./lib/checks.mjs";
import { Tally } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";

const GOOD = join(import.meta.dirname, "fixtures/site");
const BASE = "http://dossier.test/case/";

/** Adds one result for each check to the tally. */
export async function selftest(tally) {
  for (const [name, check] of Object.entries(checks)) {
    await tally.step(`selftest of ${name}`, async () => {
      const result = await check(readSite(GOOD, BASE));
      return result.skipped ? result : judge(name, check, result);
    });
  }
}

/** The site without a fault must pass, and every fault be found. */
async function judge(name, check, onGood) {
  const tested = [`${name}: site without a fault`];
  const problems = onGood.problems.map(({ where, what }) => ({ where: tested[0], what: `${where}: ${what}` }));
  for (const fault of faults.filter((f) => f.check === name)) {
    const title = `${name}: ${fault.file} with ${String(fault.to).slice(0, 60) || `no ${fault.from}`}`;
    tested.push(title);
    const found = await withFault(fault, (dir) => check(readSite(dir, BASE), { onlyPage: fault.seenOn ?? fault.file, again: GOOD }));
    if (!found.problems.some(({ what }) => fault.says.test(what))) {
      problems.push({ where: title, what: `expected ${fault.says}, found ${JSON.stringify(found.problems)}` });
    }
  }
  return { tested, problems };
}

/** Calls `use` with a copy of the fixture site that has one fault. */
async function withFault({ file, from, to }, use) {
  const dir = mkdtempSync(join(tmpdir(), "dossier-fault-"));
  try {
    cpSync(GOOD, dir, { recursive: true });
    const source = readFileSync(join(dir, file), "utf8");
    const changed = source.replace(from, to);
    if (changed === source) throw new Error(`the fault no longer fits ${file}: ${from}`);
    writeFileSync(join(dir, file), changed);
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const tally = new Tally();
  await selftest(tally);
  tally.close();
}
