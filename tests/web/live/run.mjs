/**
 * The live server in a real browser: the program itself, real files, real tabs.
 *
 *     node live/run.mjs BINARY [--only patch,problems] [--client FOLDER]
 *
 * `--client` takes the live script from a folder, so that it can be worked on without building the
 * program each time.
 */
import { existsSync } from "node:fs";
import { chromiumPath, within } from "../lib/browser.mjs";
import { options, Tally } from "../lib/report.mjs";
import * as patch from "./patch.mjs";
import * as problems from "./problems.mjs";
import { Project } from "./project.mjs";
import * as server from "./server.mjs";
import * as soak from "./soak.mjs";
import * as source from "./source.mjs";
import { launch } from "../lib/browser.mjs";
import { Tab } from "./tabs.mjs";

const GROUPS = { patch, problems, source, server, soak };
/** A test that takes longer has failed. */
const LONGEST = 180;

const { _: [binary], only, client } = options();
if (!binary) {
  console.error("usage: node live/run.mjs BINARY [--only patch,problems] [--client FOLDER]");
  process.exit(2);
}
const tally = new Tally();
if (!existsSync(binary)) tally.add("live", { tested: [binary], problems: [{ where: binary, what: "there is no such program" }] }, 0);
else if (!chromiumPath()) tally.skip("live", "no Chromium (Debian: chromium)");
else await runAll();
tally.close();

async function runAll() {
  const browser = await launch();
  for (const [name, { tests }] of Object.entries(GROUPS)) {
    if (only && !only.split(",").includes(name)) continue;
    await tally.step(`live ${name}`, async () => {
      const tested = Object.keys(tests);
      const problems = [];
      const notes = [];
      for (const [title, test] of Object.entries(tests)) {
        const what = await within(LONGEST, runOne(browser, test, notes)).catch((error) => [error.stack]);
        problems.push(...what.map((fault) => ({ where: title, what: fault })));
      }
      return { tested, problems, notes };
    });
  }
  await browser.close();
}

/** Runs a test with a dossier of its own; gives what went wrong, in the test or in a page. */
async function runOne(browser, test, notes) {
  const [projects, tabs] = [[], []];
  const world = {
    note: (line) => notes.push(line),
    /** A new dossier. */
    project: (how) => {
      projects.push(new Project(binary, how));
      return projects.at(-1);
    },
    /** A new browser window on an address. */
    tab: async (url, how) => {
      tabs.push(await Tab.open(browser, url, { client, ...how }));
      return tabs.at(-1);
    },
  };
  try {
    await test(world);
    return tabs.flatMap((tab) => tab.faults);
  } catch (error) {
    return [error.stack, ...tabs.flatMap((tab) => tab.faults), ...projects.map((project) => project.said ?? "")];
  } finally {
    for (const tab of tabs) await tab.close();
    for (const project of projects) await project.close();
  }
}
