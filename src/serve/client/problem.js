/**
 * One problem as an article: what is wrong, where with the source around it, and what to do.
 *
 * Takes a problem of the server's list and a function that opens a place in the editor. All of it is
 * somebody's text, and set as text.
 */
import { make } from "./make.js";

/** A label may hang this far under its mark; beyond, it would be squeezed on a phone. */
const FURTHEST = 24;

export function article(problem, openInEditor) {
  const { severity, code, message, help } = problem;
  const answer = make("p", { className: "answer", role: "alert" });
  const label = make("p", { className: "label head" }, make("span", { className: "severity" }, severity), " ", make("span", {}, code));
  // One excerpt for each place, the problem's own first.
  const places = [problem, ...(problem.others ?? [])];
  return make("article", { className: severity }, label, make("h3", {}, ...words(message)),
    ...(problem.excerpts ?? []).map((excerpt, i) => make("div", {}, placeButton(places[i], openInEditor, answer), source(excerpt))),
    answer,
    ...(help ? [make("p", { className: "label" }, "help"), make("p", { className: "help" }, ...words(help))] : []));
}

function placeButton({ path, line, column }, openInEditor, answer) {
  const text = line ? `${path}:${line}:${column}` : path;
  const button = make("button", { type: "button", className: "place", title: "Open in the editor" }, text);
  button.onclick = async () => (answer.textContent = await openInEditor({ path, line: line ?? 1, column: column ?? 1 }));
  return button;
}

/** The lines around a place, numbered, with what is marked. */
function source({ line: first, lines, marks, label }) {
  if (lines.length === 0) return make("p", { className: "bare" }, ...words(label));
  const shown = lines.map((text, i) => {
    const here = marks.filter((mark) => mark.line === first + i).sort((a, b) => a.start - b.start);
    const kind = here.some((mark) => mark.primary) ? "marked primary" : "marked";
    return make("li", { className: here.length ? kind : "" },
      make("span", { className: "number", ariaHidden: "true" }, String(first + i)),
      make("code", {}, ...marked(text, here)),
      ...here.filter((mark) => mark.label).map(hanging));
  });
  return make("ol", { className: "source" }, ...shown);
}

/** A line cut at its marks. */
function marked(text, marks) {
  const pieces = [];
  let at = 0;
  for (const { start, end, primary } of marks) {
    if (start < at) continue;
    pieces.push(text.slice(at, start));
    // A mark of no width stands at the end of a line, or where something is missing.
    pieces.push(make("mark", { className: primary ? "primary" : "" }, text.slice(start, end) || " "));
    at = Math.max(end, start);
  }
  pieces.push(text.slice(at));
  return pieces;
}

function hanging({ label, start, primary }) {
  const element = make("span", { className: primary ? "hanging primary" : "hanging" }, ...words(label));
  element.style.setProperty("--at", Math.min(start, FURTHEST));
  return element;
}

/** A sentence, with what stands between backticks as code. */
function words(text) {
  return text.split(/`([^`]*)`/).map((piece, i) => (i % 2 ? make("code", {}, piece) : piece));
}
