/**
 * What a check hands back, and how it is told.
 *
 * @typedef {object} Problem
 * @property {string} where  the page or file, with a line where one is known
 * @property {string} what   what is wrong, in a sentence
 *
 * @typedef {object} Result
 * @property {string[]} tested     what was looked at: one test each
 * @property {Problem[]} problems  each fails the test whose name `where` begins with
 * @property {string[]} [notes]    warnings, printed and not counted
 * @property {string} [skipped]    why nothing was looked at
 */

/** Counts over all checks, and the closing line. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** Runs one check and adds its result; one that throws has failed, and the others go on. */
  async step(name, run) {
    const start = performance.now();
    const result = await run().catch((error) => ({ tested: [name], problems: [{ where: name, what: error.stack }] }));
    this.add(name, result, (performance.now() - start) / 1000);
  }

  /** Prints one check's result and counts it: a tested thing passes when no problem names it. */
  add(name, { tested = [], problems = [], notes = [], skipped }, seconds) {
    if (skipped) return this.skip(name, skipped);
    const failing = new Set(problems.map((p) => tested.find((t) => names(p.where, t)) ?? p.where));
    const passed = tested.filter((t) => !failing.has(t)).length;
    // A check that looked at nothing has shown nothing.
    if (tested.length === 0) problems = [{ where: name, what: "found nothing to check" }, ...problems];
    this.passed += passed;
    this.failed += Math.max(failing.size, problems.length > 0 ? 1 : 0);
    for (const note of notes) console.log(`  note: ${note}`);
    for (const problem of problems) console.log(`  FAILED ${problem.where}: ${problem.what}`);
    console.log(`${problems.length ? "FAILED" : "ok"} ${name}: ${passed} of ${tested.length} passed (${seconds.toFixed(1)} s)`);
  }

  /** A check that could not run. In CI that is a failure: there nothing may be left out in silence. */
  skip(name, reason) {
    if (process.env.CI === "true") {
      this.failed += 1;
      console.log(`FAILED ${name}: not run, and CI skips nothing: ${reason}`);
    } else {
      this.skipped += 1;
      console.log(`SKIPPED ${name}: ${reason}`);
    }
  }

  /** The closing line; the exit code follows it. */
  close() {
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    process.exitCode = this.failed > 0 ? 1 : 0;
  }
}

/** Whether `where` ("a.html", "a.html:12", "a.html (dark)") names the tested thing `test`. */
function names(where, test) {
  return where === test || where.startsWith(`${test}:`) || where.startsWith(`${test} `);
}

/** `--name value` and `--flag` of the command line; the rest as a list. */
export function options(args = process.argv.slice(2)) {
  const found = { _: [] };
  for (let i = 0; i < args.length; i += 1) {
    if (!args[i].startsWith("--")) found._.push(args[i]);
    else if (args[i + 1] === undefined || args[i + 1].startsWith("--")) found[args[i].slice(2)] = true;
    else found[args[i].slice(2)] = args[(i += 1)];
  }
  return found;
}
