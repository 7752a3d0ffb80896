/**
 * The Nu HTML checker over every page, stylesheet and drawing of a folder.
 * Errors fail, warnings are printed; nothing is filtered out.
 */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
/** The package's main file exports an object that no jar option takes, so the jar is found beside it. */
const JAR = join(dirname(createRequire(import.meta.url).resolve("vnu-jar")), "build/dist/vnu.jar");

/** Whether a Java is there to run it with. */
export async function hasJava() {
  return run("java", ["-version"]).then(() => true, () => false);
}

/** @returns {Promise<import("../lib/report.mjs").Result>} */
export async function checkHtml(site) {
  if (!(await hasJava())) return { skipped: "no java (Debian: default-jre-headless)" };
  const tested = [...site.files].filter((path) => /\.(html|css|svg)$/.test(path)).sort();
  const { stdout } = await run(
    "java",
    // The stack for deep pages is what the checker's own manual advises.
    ["-Xss1m", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", "--also-check-css", "--also-check-svg", site.dir],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  const problems = [];
  const warnings = new Map();
  for (const message of JSON.parse(stdout).messages) {
    const path = message.url ? pathOf(message.url, site.dir) : "(checker)";
    const where = message.lastLine ? `${path}:${message.lastLine}` : path;
    if (message.type === "info") {
      // One line for each kind of warning: the names in it differ from page to page.
      const kind = message.message.replace(/“[^”]*”/g, "“…”");
      warnings.set(kind, [...(warnings.get(kind) ?? []), where]);
    } else problems.push({ where, what: `${message.message} ${excerpt(message)}`.trim() });
  }
  const notes = [...warnings].map(([text, places]) => `${text} (${places.length} ×, first at ${places[0]})`);
  return { tested, problems, notes };
}

/** The checker names files by absolute address; reports name them below the output folder. */
function pathOf(url, dir) {
  const path = fileURLToPath(url);
  return path.startsWith(dir) ? path.slice(dir.length).replace(/^\/+/, "") : path;
}

function excerpt({ extract }) {
  return extract ? `[${extract.replace(/\s+/g, " ").trim().slice(0, 120)}]` : "";
}
