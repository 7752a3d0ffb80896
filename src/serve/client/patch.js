/**
 * Brings the open page to its new bytes, in place.
 *
 * Takes a whole page as the server sends it. Changes the open page where the new one differs from the
 * one served before, and nowhere else: what the reader or the page's scripts have made of it stays
 * (changes.js), and so does what is in view (view.js). Where the frame of the page differs, its
 * scripts or its policy, the page is loaded anew: those cannot be changed in place.
 *
 * Blocks are first matched by what they say (align.js), then idiomorph changes each block that differs.
 * Idiomorph alone matches by id and tag, and in a dossier the ids of citations move on from paragraph to
 * paragraph when one is put in before them.
 */
import { align } from "./align.js";
import { Changes } from "./changes.js";
import { Idiomorph } from "./idiomorph.js";
import { holdView } from "./view.js";

/** The page as it was last served. */
let served = null;

/** Remembers the page as it was served; `script` is the live script's element. */
export async function begin(script) {
  served = document.cloneNode(true);
  const others = [...document.scripts].some((other) => other !== script);
  if (!others) return;
  // Scripts before ours may have changed the page already: ask for it as it was.
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const asked = answer && parse(await answer.text());
  if (asked && hash(asked) === script.dataset.hash) served = asked;
}

/** Brings the open page to `html`; false where it is being loaded anew instead. */
export function patch(html) {
  const fresh = parse(html);
  if (frame(fresh) !== frame(served)) return reload();
  const page = document.documentElement;
  const before = new Changes(page, served.documentElement);
  const restoreView = holdView();
  morph(page, fresh.documentElement, before);
  restoreView();
  served = fresh;
  // Always right: what differs now must have differed before, or something was missed.
  return new Changes(page, fresh.documentElement).isWithin(before) || reload();
}

/** The nodes of the open page that were not served. */
export function added() {
  return new Changes(document.documentElement, served.documentElement).added();
}

function reload() {
  location.reload();
  return false;
}

function parse(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  // Where scripts run, the content of <noscript> is text; a parser without scripts makes elements of it.
  for (const element of page.querySelectorAll("noscript")) element.textContent = element.innerHTML;
  return page;
}

function hash(page) {
  return page.querySelector('script[src="/_dossier/live.js"]')?.dataset.hash;
}

/** What cannot be changed in place: the mode, the policy, and every script but ours. */
function frame(page) {
  const fixed = page.querySelectorAll('meta[http-equiv="Content-Security-Policy" i], base, script:not([src="/_dossier/live.js"])');
  const code = [...fixed].filter((element) => element.localName !== "script" || runs(element.type));
  return [page.compatMode, ...code.map(resolved)].join("\n");
}

/** An element with the address of its script in full: a page that is shown anywhere names it by another way. */
function resolved(element) {
  const copy = element.cloneNode(true);
  if (element.hasAttribute("src")) copy.setAttribute("src", element.src);
  return copy.outerHTML;
}

/** Whether a script of this type is code; anything else is data, such as JSON-LD. */
function runs(type) {
  return type === "" || /^(module|importmap|speculationrules|(text|application)\/(x-)?(java|ecma)script)$/i.test(type);
}

/** Brings `live` and all below it to `fresh`, but for what has changed since `live` was served. */
function morph(live, fresh, changes) {
  if (live.isEqualNode(fresh)) return;
  if (isContainer(live) && isContainer(fresh)) {
    if (!mayMorph(live, fresh, changes)) return;
    syncAttributes(live, fresh, changes);
    for (const [child, freshChild] of align(live, fresh, changes)) morph(child, freshChild, changes);
  } else if (live.nodeType === Node.ELEMENT_NODE) {
    morphBlock(live, fresh, changes);
  } else if (mayMorph(live, fresh, changes)) {
    syncText(live, fresh);
  }
}

/** Whether an element holds elements and no words beside them: a part of the page, not a piece of text. */
function isContainer(node) {
  return node.nodeType === Node.ELEMENT_NODE && node.children.length > 0 && node.localName !== "svg" && node.localName !== "template"
    && [...node.childNodes].every((child) => child.nodeType !== Node.TEXT_NODE || child.data.trim() === "");
}

function morphBlock(live, fresh, changes) {
  // Idiomorph asks about attributes without saying what of the new page they are compared with.
  let incoming = fresh;
  Idiomorph.morph(live, fresh, {
    callbacks: {
      beforeNodeMorphed(node, freshNode) {
        incoming = freshNode;
        if (node.isEqualNode(freshNode) || !mayMorph(node, freshNode, changes)) return false;
        if (node.nodeType === Node.ELEMENT_NODE) return true;
        syncText(node, freshNode);
        return false;
      },
      beforeNodeRemoved: (node) => !changes.isAdded(node),
      beforeAttributeUpdated: (name, node) => mayWrite(node, name, incoming.getAttribute(name), changes),
    },
  });
}

/**
 * Whether the children (or the words) of a node are ours to change: not where a script has replaced
 * them and the served page says the same as before.
 */
function mayMorph(live, fresh, changes) {
  const was = changes.asServed(live);
  if (live.nodeType !== Node.ELEMENT_NODE) return was === live || was.data !== fresh.data;
  if (!changes.isEmptied(live)) return true;
  const same = was.childNodes.length === fresh.childNodes.length && [...was.childNodes].every((node, i) => node.isEqualNode(fresh.childNodes[i]));
  if (same) syncAttributes(live, fresh, changes);
  return !same;
}

/** Whether an attribute is ours to write: not where somebody has changed it and the served page has not. */
function mayWrite(live, name, value, changes) {
  const is = live.getAttribute(name);
  // Idiomorph also asks about what a form field holds (`value`, `checked`) where the attribute is the same.
  if (is === value) return false;
  const was = changes.asServed(live).getAttribute(name);
  return is === was || was !== value;
}

function syncAttributes(live, fresh, changes) {
  for (const name of new Set([...live.getAttributeNames(), ...fresh.getAttributeNames()])) {
    const value = fresh.getAttribute(name);
    if (!mayWrite(live, name, value, changes)) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}

/** Changes the part of a text that differs, so that a selection in the rest of it stays. */
function syncText(live, fresh) {
  const [from, to] = [live.data, fresh.data];
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  live.replaceData(start, from.length - start - end, to.slice(start, to.length - end));
}
