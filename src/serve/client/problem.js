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
  return make("article", { className: severity }, label, make("h3", {}, ...words(message)),
    ...excerpts(problem).map((excerpt) => make("div", {}, placeButton(problem, excerpt, openInEditor, answer), source(excerpt))),
    answer,
    ...(help ? [make("p", { className: "label" }, "help"), make("p", { className: "help" }, ...words(help))] : []));
}

/** The excerpts, and the bare name of a file that has none. */
function excerpts(problem) {
  const all = problem.excerpts ?? [];
  const bare = [problem, ...(problem.others ?? [])].filter((place) => place.path && !all.some((excerpt) => excerpt.path === place.path));
  return [...all, ...bare.map(({ path, line, label }) => ({ path, line: line ?? 1, lines: [], marks: [], label }))];
}

function placeButton(problem, { path, line, marks }, openInEditor, answer) {
  const mark = marks.find((one) => one.primary) ?? marks[0];
  // The server counts columns in characters, marks in the units of this language.
  const known = [problem, ...(problem.others ?? [])].find((place) => place.path === path && place.line === mark?.line);
  const place = { path, line: mark?.line ?? line, column: known?.column ?? (mark ? mark.start + 1 : 1) };
  const text = mark ? `${place.path}:${place.line}:${place.column}` : place.path;
  const button = make("button", { type: "button", className: "place", title: "Open in the editor" }, text);
  button.onclick = async () => (answer.textContent = await openInEditor(place));
  return button;
}

/** The lines around a place, numbered, with what is marked. */
function source({ line: first, lines, marks, label }) {
  if (lines.length === 0) return make("p", { className: "bare" }, ...words(label ?? ""));
  const shown = lines.map((text, i) => {
    const here = marks.filter((mark) => mark.line === first + i).sort((a, b) => a.start - b.start);
    return make("li", { className: here.length ? "marked" : "", value: first + i },
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
