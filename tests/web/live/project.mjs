/**
 * A small dossier in a folder of its own, and the program that serves it: what `dossier init` writes,
 * with a long entry, and with templates that have what the program's own have not, form fields and a
 * script. Tests edit its files as an editor does.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

const TEMPLATES = resolve(import.meta.dirname, "../../../templates");

/** The entry that most tests look at, and its page. */
export const ENTRY = "content/actors/harbour-lynx.md";
export const PAGE = "/actors/harbour-lynx/";

/** A page with fields to fill in, something to unfold, and a script that counts clicks and adds a button. */
const EXTRAS = `
<form id="fields"><input id="name" value="as served"><textarea id="words"></textarea><input type="checkbox" id="tick"></form>
<details id="fold"><summary>More</summary><p>Folded away.</p></details>
<p>Clicked <output id="count">0</output> times.</p>`;

const SCRIPT = `let n = 0;
document.querySelector("#count").addEventListener("click", (event) => { event.target.textContent = String(++n); });
const button = document.createElement("button");
button.id = "copy";
button.textContent = "Copy";
document.querySelector(".prose > p").prepend(button);
document.documentElement.dataset.mood = "dark";
window.startedAt = performance.now();
`;

export class Project {
  #child = null;

  /** A new dossier; `scripted` adds the form and the script to every page. */
  constructor(binary, { scripted = false } = {}) {
    this.binary = resolve(binary);
    this.root = mkdtempSync(join(tmpdir(), "dossier-live-"));
    this.#run(["init", this.root]);
    if (scripted) {
      const base = readFileSync(join(TEMPLATES, "base.html"), "utf8");
      this.write("templates/base.html", base
        .replace("{% block head %}", '<script type="module" src="{{ root }}assets/js/page.js"></script>\n{% block head %}')
        .replace("{% block main %}{% endblock main %}", (main) => `${main}${EXTRAS}`));
      this.write("templates/assets/js/page.js", SCRIPT);
    }
    // So that the title can change.
    for (const name of ["content/index.md", "content/incidents/2024-northwind-payroll.md"]) this.edit(name, "[[Harbour Lynx]]", "[[harbour-lynx]]");
    // Long enough to be scrolled.
    const more = Array.from({ length: 40 }, (_, i) => `\n${sentence(i)}\n`).join("");
    this.edit(ENTRY, "\n## Indicators", `\n## Story\n${more}\n## Indicators`);
  }

  path(name) {
    return join(this.root, name);
  }

  read(name) {
    return readFileSync(this.path(name), "utf8");
  }

  /** Writes a file as most editors do: a new one beside it, then renamed. */
  write(name, text) {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    const beside = `${this.path(name)}~`;
    writeFileSync(beside, text);
    renameSync(beside, this.path(name));
  }

  edit(name, from, to) {
    const text = this.read(name);
    const next = text.replace(from, () => to);
    if (next === text) throw new Error(`${name} has no ${from}`);
    this.write(name, next);
  }

  /** Puts a template of the program into the project, changed. */
  override(name, from, to) {
    const path = `templates/${name}`;
    if (!existsSync(this.path(path))) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      cpSync(join(TEMPLATES, name), this.path(path));
    }
    this.edit(path, from, to);
  }

  remove(name) {
    rmSync(this.path(name), { recursive: true });
  }

  /** Starts the server; resolves when it says where. */
  async start(...options) {
    this.#child = spawn(this.binary, ["serve", "--port", String(this.port ?? 0), ...options], { cwd: this.root, stdio: ["ignore", "pipe", "pipe"] });
    this.said = "";
    this.#child.stderr.on("data", (chunk) => (this.said += chunk));
    for await (const line of createInterface({ input: this.#child.stdout })) {
      this.url = line.trim();
      this.port = new URL(this.url).port;
      return this.url;
    }
    throw new Error(`the server did not start: ${this.said}`);
  }

  /** Ends the server, without a word. */
  async kill() {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await ended;
  }

  /** Memory of the server in MB, where the system tells. */
  memory() {
    const status = `/proc/${this.#child.pid}/status`;
    const found = existsSync(status) && /VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"));
    return found ? Number(found[1]) / 1024 : undefined;
  }

  /** A clean build of the files as they are; gives the folder. */
  build() {
    const out = join(this.root, "out");
    rmSync(out, { recursive: true, force: true });
    this.#run(["--root", this.root, "build", "--out", out]);
    return out;
  }

  /** The bytes of a page in a clean build. */
  built(page, out = this.build()) {
    return readFileSync(join(out, page, page.endsWith("/") ? "index.html" : ""), "utf8");
  }

  async close() {
    await this.kill();
    rmSync(this.root, { recursive: true, force: true });
  }

  #run(args) {
    const { status, stderr } = spawnSync(this.binary, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`dossier ${args[0]}: ${stderr}`);
  }
}

/** A paragraph that is like no other. */
function sentence(i) {
  return `Paragraph ${i} tells how the group moved on, step ${i} of many, in words that fill a line or two on a narrow screen [@example-labs-2024, p. ${i + 10}].`;
}
