/**
 * From the page to its source: with Alt held, a click opens the editor at the line that was clicked.
 *
 * The server has the page's text once more with the line of every block (`/_dossier/source`). The block
 * clicked is found there by the way that leads to it, child by child; what scripts have added to the
 * page is not counted. A quiet outline shows the block under the pointer while Alt is down.
 */
import { openInEditor, outline, say } from "./overlay.js";
import { added } from "./patch.js";

const BLOCKS = "p, li, dt, dd, tr, h1, h2, h3, h4, h5, h6, pre, blockquote, figure, table, hr";

/** The answer of the server for the page as it stands, or undefined. */
let source;

/** The page has changed: what is known of its source no longer holds. */
export function forgetSource() {
  source = undefined;
}

export function listenForSource() {
  addEventListener("keydown", (event) => event.key === "Alt" && (source ??= ask()));
  addEventListener("keyup", (event) => event.key === "Alt" && outline(null));
  addEventListener("blur", () => outline(null));
  addEventListener("scroll", () => outline(null), { passive: true });
  addEventListener("pointermove", (event) => outline(event.altKey ? blockAt(event.target) : null), { passive: true });
  // Before the page's own handlers, and before the browser takes it as "save the link".
  addEventListener("click", onClick, { capture: true });
}

async function onClick(event) {
  if (!event.altKey || event.button !== 0 || event.target.localName === "dossier-overlay") return;
  event.preventDefault();
  event.stopPropagation();
  outline(null);
  const found = await (source ??= ask());
  if (!found) return say("No file stands behind this page.");
  say(await openInEditor({ path: found.file, line: lineOf(event.target, found.prose), column: 1 }));
}

async function ask() {
  const query = new URLSearchParams({ path: location.pathname });
  const answer = await fetch(`/_dossier/source?${query}`).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** The smallest block of the text around an element. */
function blockAt(target) {
  const prose = target.closest?.(".prose");
  const block = prose && target.closest(BLOCKS);
  return prose?.contains(block) ? block : null;
}

/** The line of the innermost block around `target` that has one, in the text with lines; 1 outside it. */
function lineOf(target, html) {
  const prose = target.closest(".prose");
  const text = new DOMParser().parseFromString(html, "text/html");
  let there = text.querySelector(".prose") ?? text.body;
  let line = there.dataset.line;
  if (!prose) return 1;
  // On the page the text may stand in several parts, in the text with lines it stands in one.
  const parts = [...document.querySelectorAll(".prose")];
  const before = parts.slice(0, parts.indexOf(prose)).reduce((sum, part) => sum + served(part).length, 0);
  for (const [depth, index] of wayTo(target, prose).entries()) {
    there = there.children[depth ? index : before + index];
    if (!there) break;
    line = there.dataset.line ?? line;
  }
  return Number(line ?? 1);
}

/** The children of an element that were served. */
function served(element, scripted = added()) {
  return [...element.children].filter((child) => !scripted.has(child));
}

/** From `root` down to `target`, as places among the children that were served. */
function wayTo(target, root) {
  const scripted = added();
  const way = [];
  for (let element = target; element !== root; element = element.parentElement) {
    if (scripted.has(element)) {
      way.length = 0;
      continue;
    }
    way.unshift(served(element.parentElement, scripted).indexOf(element));
  }
  return way;
}
