/**
 * A generated dossier in a folder of its own, and its files edited as editors do.
 *
 * Knows which entry most others lead to, and one that leads to it.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { now } from "./clock.mjs";

/** Inbound links that the entry whose title is edited should have. */
const INBOUND = 1000;
/** A link that shows the title of its target: one without words of its own, or a relation. */
const SHOWN = /\[\[([a-z0-9-]+)\]\]|entry: ([a-z0-9-]+)/g;

export class Dossier {
  static generate(corpus, size, folder = tmpdir()) {
    const root = join(mkdtempSync(join(folder, "dossier-serve-")), "dossier");
    execFileSync(corpus, [String(size), root]);
    return new Dossier(root);
  }

  constructor(root) {
    this.root = root;
    this.#survey();
  }

  /** Counts the links that show a title; finds the hub and a page that leads to it. */
  #survey() {
    const inbound = new Map();
    this.entries = [];
    for (const folder of readdirSync(join(this.root, "content"), { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      for (const file of readdirSync(join(this.root, "content", folder.name))) {
        const path = `content/${folder.name}/${file}`;
        const slug = file.replace(/\.md$/, "");
        this.entries.push({ path, slug, address: `/${folder.name}/${slug}/` });
        const shown = [...this.read(path).matchAll(SHOWN)].map((found) => found[1] ?? found[2]);
        for (const to of new Set(shown)) inbound.set(to, [...(inbound.get(to) ?? []), path]);
      }
    }
    const byPath = new Map(this.entries.map((entry) => [entry.path, entry]));
    const away = (count) => (count >= INBOUND ? count - INBOUND : 10 * INBOUND - count);
    const [slug, from] = [...inbound].sort(([, a], [, b]) => away(a.length) - away(b.length))[0];
    this.hub = { ...this.entries.find((entry) => entry.slug === slug), inbound: from.length };
    // An incident is looked at: it has the most on its page.
    this.looked = byPath.get(from.find((path) => path.includes("/incidents/")) ?? from[0]);
  }

  read(path) {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Saves as VS Code does: the same file, emptied and written. Gives the time when it was closed. */
  overwrite(path, text) {
    const file = openSync(join(this.root, path), "w");
    writeSync(file, text);
    closeSync(file);
    return now();
  }

  /** Saves as most others do: a new file beside it, renamed over it. */
  replace(path, text) {
    const to = join(this.root, path);
    mkdirSync(dirname(to), { recursive: true });
    const file = openSync(`${to}~`, "w");
    writeSync(file, text);
    closeSync(file);
    renameSync(`${to}~`, to);
    return now();
  }

  remove() {
    rmSync(dirname(this.root), { recursive: true, force: true });
  }
}
