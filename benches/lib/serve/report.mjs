/**
 * The results on file (benches/results-serve.json, by size), and what README.md says of them between
 * two comments; the curve of memory as a drawing.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { drawCurves } from "./curve.mjs";

const HERE = new URL("../../", import.meta.url);
const RESULTS = new URL("results-serve.json", HERE);
const README = new URL("README.md", HERE);
const CURVE = new URL("memory.svg", HERE);
const [BEGIN, END] = ["<!-- benches/serve: begin -->", "<!-- benches/serve: end -->"];

/** Targets in ms, by size (issue "Live editing"). */
const TARGETS = {
  10000: { first: 1000, body: { p50: 40, p95: 100 }, title: { p50: 100 }, template: { p50: 100 }, stylesheet: { p50: 30 } },
  100000: { body: { p50: 150 } },
};

export function keep(root, size, measured) {
  const git = (...args) => execFileSync("git", ["-C", root, ...args], { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "-uno") ? "+" : "";
  const results = read();
  results[size] = {
    date: new Date().toISOString().slice(0, 10),
    commit: git("rev-parse", "--short", "HEAD") + changed,
    machine: `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    ...measured,
  };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
}

const read = () => (existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {});

export function report() {
  const results = Object.entries(read()).sort(([a], [b]) => a - b);
  const curves = results.filter(([, result]) => result.memory);
  const parts = [machines(results), times(results), splits(results)];
  if (curves.length) {
    writeFileSync(CURVE, drawCurves(curves.map(([size, { memory }]) => [`${grouped(size)} entries`, memory])));
    parts.push(memory(curves));
  }
  between(parts.join("\n\n"));
  console.log("wrote benches/README.md");
}

function between(text) {
  const old = readFileSync(README, "utf8");
  const [before, rest] = old.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  writeFileSync(README, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}

const grouped = (size) => Number(size).toLocaleString("en");
const ms = (value) => (value === null || value === undefined ? "–" : value >= 100 ? value.toFixed(0) : value.toFixed(1));

function machines(results) {
  return results
    .map(([size, { machine, date, commit, edits }]) => `- ${grouped(size)} entries: ${machine}, tmpfs; ${date}, commit ${commit}; ${edits.body.samples.length} edits of each sort.`)
    .join("\n");
}

/** Columns of figures are set to the right. */
function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const figures = head.map((_, at) => rows.every((row) => /^[\d.,–]*( %)?$/.test(row[at])) && at > 0);
  return [line(head), `|${figures.map((right) => (right ? "--:" : "---")).join("|")}|`, ...rows.map(line)].join("\n");
}

function times(results) {
  const rows = [];
  for (const [size, { first, edits }] of results) {
    const target = TARGETS[size] ?? {};
    rows.push([grouped(size), "first view after start", ms(first.median), "", ...verdict({ p50: first.median }, target.first && { p50: target.first })]);
    for (const [name, edit] of Object.entries(edits)) {
      const lost = edit.lost ? ` (${edit.lost} never came)` : "";
      rows.push([grouped(size), `${edit.about}${lost}`, ms(edit.p50), ms(edit.p95), ...verdict(edit, target[name])]);
    }
  }
  return `### From the save to the page, ms\n\n${table(["entries", "edit", "p50", "p95", "target", "met"], rows)}`;
}

function verdict(measured, target) {
  if (!target) return ["", ""];
  const wanted = Object.entries(target);
  const met = !measured.lost && wanted.every(([key, most]) => measured[key] <= most);
  return [wanted.map(([key, most]) => `${key} ≤ ${most}`).join(", "), met ? "yes" : "**no**"];
}

function splits(results) {
  const rows = [];
  for (const [size, { edits }] of results) {
    for (const [name, edit] of Object.entries(edits)) {
      if (edit.announced === null || edit.announced === undefined) continue;
      const noticed = Math.max(0, edit.announced - edit.build);
      rows.push([grouped(size), name, ms(noticed), ms(edit.build), ms(Math.max(0, edit.p50 - edit.announced)), ms(edit.overwrite), ms(edit.replace)]);
    }
  }
  const head = ["entries", "edit", "noticed", "built", "rendered, sent, patched", "p50 overwritten", "p50 replaced"];
  const about = "Medians, so the parts need not add up. *Noticed*: until the watcher hands the change on, which waits until a burst of saves has ended, and what the server spends around the build. *Built*: as the server says, to the millisecond. The last two: the file emptied and written, and a new one renamed over it.";
  return `### Where the time goes, ms\n\n${table(head, rows)}\n\n${about}`;
}

function memory(curves) {
  const rows = curves.map(([size, { memory }]) => {
    const [, from] = memory[1] ?? memory[0];
    const [edits, to] = memory.at(-1);
    return [grouped(size), grouped(edits), from.toFixed(0), to.toFixed(0), `${((to / from - 1) * 100).toFixed(1)} %`];
  });
  const head = ["entries", "edits", "MB after the first hundred", "MB at the end", "growth"];
  return `### Memory of the server\n\n![Resident memory of the server over edits](memory.svg)\n\n${table(head, rows)}`;
}
