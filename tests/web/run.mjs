/**
 * Runs the checks, first over their own fixtures, then over a built site.
 *
 *     node run.mjs SITE --base-url http://dossier.test/case/ [--again SITE2] [--only links,html] [--no-selftest]
 *
 * The base URL is the one that the site was built for; it must be http:// for
 * the browser. `--again` names a second build of the same content.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { checks } from "./lib/checks.mjs";
import { options, Tally } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";
import { selftest } from "./selftest.mjs";

const { _: [dir], "base-url": base, again, only, "no-selftest": bare } = options();
if (!dir || !base) {
  console.error("usage: node run.mjs SITE --base-url URL [--again SITE2] [--only a,b] [--no-selftest]");
  process.exit(2);
}

const tally = new Tally();
if (!bare) await selftest(tally);
if (existsSync(dir)) {
  const site = readSite(resolve(dir), base);
  console.log(`${site.files.size} files, ${site.pages.length} pages`);
  for (const [name, check] of Object.entries(checks)) {
    if (only && !only.split(",").includes(name)) continue;
    await tally.step(name, async () => check(site, { again: again && resolve(again) }));
  }
} else {
  // A build that failed leaves no site: said here too, so that the closing line tells of it.
  tally.add("site", { tested: [dir], problems: [{ where: dir, what: "there is no such folder" }] }, 0);
}
tally.close();
