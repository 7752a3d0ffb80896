/**
 * The problems of the dossier, over the page.
 *
 * Takes the list as the server sends it; draws it in a shadow root of its own, so that neither the
 * page's style nor the overlay's reaches the other, and the page's elements stay as they are. Whatever
 * is shown is set as text. Errors open a sheet at the foot of the window; put aside, and where there
 * are only warnings, a tab in the corner keeps the count. Both go when all is mended.
 */
import { article } from "./problem.js";
import { make } from "./make.js";

/** More than these are drawn only when asked for. */
const FIRST = 100;

const title = make("h2", { id: "title" });
const note = make("p", { className: "stale" });
const aside = make("button", { type: "button", className: "aside", onclick: putAside }, "Put aside ", make("kbd", {}, "Esc"));
const list = make("div", { className: "list" });
const sheet = make("section", { className: "sheet", hidden: true, tabIndex: -1, role: "dialog", ariaLabel: "Problems" },
  make("div", { className: "heading" }, title, note, aside), list);
const said = make("p", { className: "words", role: "alert" });
const message = make("section", { className: "sheet message", hidden: true, ariaLabel: "Message" },
  make("div", { className: "heading" }, said, make("button", { type: "button", className: "aside", onclick: closeMessage }, "Close ", make("kbd", {}, "Esc"))));
const tab = make("button", { type: "button", className: "tab", hidden: true, onclick: () => open(true) });
const status = make("p", { className: "unseen", role: "status" });
const frame = make("div", { className: "frame", hidden: true });

let problems = { errors: 0, warnings: 0, stale: false, problems: [] };
let shownAll = false;
let away = false;
/** Whether the reader opened the sheet, who then closes it as well. */
let asked = false;
/** Errors that the reader has put aside: they do not open the sheet again. */
let dismissed = new Set();
/** What had the focus before the sheet took it. */
let before = null;
let token = "";
/** Articles by what they show, so that one that stays is not drawn again. */
let drawn = new Map();

/** Puts the overlay beside the page's body; it shows nothing until its style is there. */
export function attach() {
  const host = document.createElement("dossier-overlay");
  const style = make("link", { rel: "stylesheet", href: "/_dossier/overlay.css" });
  const all = make("div", { hidden: true }, sheet, message, tab, status, frame);
  style.onload = () => (all.hidden = false);
  host.attachShadow({ mode: "open" }).append(style, all);
  document.documentElement.append(host);
  addEventListener("keydown", onKey);
}

/** The server's token, without which nothing can be opened. */
export function setToken(value) {
  token = value;
}

/** Shows the problems of the dossier as they are now. */
export function showProblems(data) {
  problems = data;
  if (data.unreadable) data.problems.unshift({ severity: "error", code: "", message: data.unreadable });
  const errors = data.problems.filter((problem) => problem.severity === "error").map(name);
  const fresh = errors.some((error) => !dismissed.has(error));
  dismissed = new Set(errors.filter((error) => dismissed.has(error)));
  draw();
  if (errors.length === 0 && (data.warnings === 0 || !asked)) close();
  else if (fresh) open(false);
  else if (sheet.hidden) tab.hidden = false;
}

/** Says that the server does not answer, or that it does again. */
export function setAway(is) {
  away = is;
  drawTab();
}

/** Asks the server to open a place in the editor; gives what it says where it cannot. */
export async function openInEditor(place) {
  if (!token) return "The editor opens only from a browser on the machine of the server.";
  const answer = await fetch("/_dossier/open", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Dossier-Token": token },
    body: JSON.stringify(place),
  }).catch(() => null);
  if (!answer) return "The server does not answer.";
  if (answer.ok) return "";
  const body = await answer.json().catch(() => null);
  return body?.message ?? `The server refused (${answer.status}).`;
}

/** Says something to the reader. */
export function say(words) {
  said.textContent = words;
  message.hidden = words === "";
}

/** Draws a line around a block of the page, or takes it away. */
export function outline(block) {
  frame.hidden = !block;
  if (!block) return;
  const { left, top, width, height } = block.getBoundingClientRect();
  for (const [name, value] of Object.entries({ left, top, width, height })) frame.style[name] = `${value}px`;
}

function draw() {
  const { errors, warnings, stale } = problems;
  title.textContent = count(errors, warnings);
  note.textContent = stale ? "The page is the last good one." : "";
  status.textContent = title.textContent;
  const first = shownAll ? problems.problems : problems.problems.slice(0, FIRST);
  const [focused, scrolled] = [sheet.getRootNode().activeElement, list.scrollTop];
  const next = new Map(first.map((problem) => [JSON.stringify(problem), problem]));
  drawn = new Map([...next].map(([key, problem]) => [key, drawn.get(key) ?? article(problem, openInEditor)]));
  list.replaceChildren(...drawn.values(), ...remainder(first.length));
  list.scrollTop = scrolled;
  if (focused && list.contains(focused)) focused.focus({ preventScroll: true });
  drawTab();
}

/** What is not drawn, and not even told: the server tells nobody but this machine what files say. */
function remainder(drawn) {
  const { errors, warnings, problems: known } = problems;
  const untold = errors + warnings - known.length;
  return [
    ...(known.length > drawn ? [make("button", { type: "button", className: "more", onclick: showAll }, `Show the other ${known.length - drawn}`)] : []),
    ...(untold > 0 ? [make("p", { className: "more" }, `${known.length ? `${untold} more are` : "They are"} listed in the terminal.`)] : []),
  ];
}

function showAll() {
  shownAll = true;
  draw();
}

function drawTab() {
  const { errors, warnings } = problems;
  tab.textContent = [count(errors, warnings), away ? "the server does not answer" : ""].filter(Boolean).join(" · ");
  tab.disabled = errors + warnings === 0;
  tab.className = errors > 0 ? "tab error" : "tab";
  tab.hidden = !sheet.hidden || tab.textContent === "";
}

/** Opens the sheet; the focus goes in where the reader asked for it, or does not type just now. */
function open(byReader) {
  closeMessage();
  asked ||= byReader;
  const opens = sheet.hidden;
  sheet.hidden = false;
  tab.hidden = true;
  if (!opens || (!byReader && typing())) return;
  before = byReader ? tab : document.activeElement;
  sheet.focus({ preventScroll: true });
}

function close() {
  const inside = sheet.contains(sheet.getRootNode().activeElement);
  sheet.hidden = true;
  asked = false;
  drawTab();
  if (inside && before?.isConnected) before.focus({ preventScroll: true });
  before = null;
}

function putAside() {
  dismissed = new Set(problems.problems.map(name));
  close();
}

function closeMessage() {
  say("");
}

function onKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented || typing()) return;
  if (!message.hidden) closeMessage();
  else if (!sheet.hidden) putAside();
}

/** Whether the reader is writing something on the page. */
function typing() {
  const active = document.activeElement;
  return !!active && (active.isContentEditable || /^(input|textarea|select)$/.test(active.localName));
}

/** What makes two problems the same one, though its line has moved. */
function name(problem) {
  return [problem.code, problem.path, problem.message].join("\n");
}

function count(errors, warnings) {
  const some = (n, word) => (n === 0 ? "" : `${n} ${word}${n === 1 ? "" : "s"}`);
  return [some(errors, "error"), some(warnings, "warning")].filter(Boolean).join(", ");
}
