/**
 * What is measured inside the page. Each function is sent to the browser as
 * source, so it stands alone: no imports, no names from outside.
 */

/** Elements that reach beyond the right edge, when the page scrolls sideways. */
export function overflow() {
  const width = document.documentElement.clientWidth;
  const scroll = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  if (scroll <= width + 1) return undefined;
  // What lies in a box that scrolls by itself (a wide table) does not push the page.
  const contained = (el) => {
    for (let up = el.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > width + 1 && !contained(el));
  const names = wide.slice(0, 3).map((el) => el.tagName.toLowerCase() + (el.className ? `.${el.getAttribute("class")}` : ""));
  return `${scroll} px wide in a window of ${width} (${names.join(", ")})`;
}

/**
 * Text with less contrast than WCAG AA asks (4.5, large text 3), from computed
 * colours. Text over a picture is left out: its background is not one colour.
 */
export function lowContrast() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  /** Any CSS colour, oklch() too, as [r, g, b, alpha]: the canvas knows them all. */
  const rgba = (colour) => {
    if (!known.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  /** What lies behind an element, or undefined over a picture. */
  const background = (el) => {
    const layers = [];
    for (let up = el; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.backgroundImage !== "none") return undefined;
      layers.push(rgba(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
    return layers.reverse().reduce((below, layer) => over(layer, below), dark ? [18, 18, 18] : [255, 255, 255]);
  };
  const opacity = (el) => {
    let product = 1;
    for (let up = el; up; up = up.parentElement) product *= Number(getComputedStyle(up).opacity);
    return product;
  };
  const faults = new Map();
  const judge = (el, style, sample) => {
    const behind = background(el);
    if (!behind) return;
    const [r, g, b, a] = rgba(el instanceof SVGElement ? style.fill : style.color);
    const found = ratio(over([r, g, b, a * opacity(el)], behind), behind);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (found >= needed - 0.01) return;
    const name = el.tagName.toLowerCase() + (el.getAttribute("class") ? `.${el.getAttribute("class").trim().replace(/\s+/g, ".")}` : "");
    if (!faults.has(name)) faults.set(name, `contrast ${found.toFixed(2)}, ${needed} needed: ${name} "${sample.trim().slice(0, 40)}"`);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    // A dot or a bar between words says nothing that one would have to read.
    if (seen.has(el) || !/[\p{L}\p{N}]/u.test(walker.currentNode.data) || ["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"].includes(el.tagName)) continue;
    seen.add(el);
    const box = el.getBoundingClientRect();
    // One pixel and less is how text for screen readers alone is hidden.
    if (!el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || box.width <= 1 || box.height <= 1) continue;
    judge(el, getComputedStyle(el), walker.currentNode.data);
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(el, pseudo);
      if (/^"[^"]*[\p{L}\p{N}]/u.test(style.content)) judge(el, style, style.content);
    }
  }
  return [...faults.values()];
}

/** Where the keyboard's focus is, or undefined if nothing has it. */
export function focused() {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return undefined;
  const box = el.getBoundingClientRect();
  const main = document.querySelector("main");
  return {
    name: `${el.tagName.toLowerCase()} "${el.textContent.trim().slice(0, 30)}"`,
    href: el.getAttribute("href"),
    inWindow: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0 && box.left < innerWidth && box.top < innerHeight,
    beforeMain: !!main && !!(main.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_PRECEDING),
  };
}

/** Elements that take the focus and do not show it: nothing in their look changes. */
export function hiddenFocus() {
  const look = (el) => {
    el.getAnimations().forEach((animation) => animation.finish());
    const s = getComputedStyle(el);
    const outline = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 ? `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}` : "none";
    return [outline, s.boxShadow, s.backgroundColor, s.color, s.borderColor, s.borderWidth, s.textDecoration].join("|");
  };
  const faults = new Set();
  for (const el of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (el.disabled || !el.checkVisibility({ visibilityProperty: true })) continue;
    el.blur();
    const plain = look(el);
    // What `:focus-visible` matches after a press of Tab.
    el.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement === el && look(el) === plain) {
      faults.add(el.tagName.toLowerCase() + (el.getAttribute("class") ? `.${el.getAttribute("class")}` : ""));
    }
    el.blur();
  }
  return [...faults];
}

/**
 * Notes in the margin that stand further than `most` from their lines, though no other note is in between: each with
 * its number and how far.
 */
export function farNotes(most) {
  const far = [];
  let filled = -Infinity;
  for (const note of document.querySelectorAll("[role=note]")) {
    if (getComputedStyle(note).float === "none" || !note.checkVisibility()) continue;
    const number = note.firstElementChild?.textContent.trim();
    let mark = note.previousElementSibling;
    while (mark && mark.textContent.trim() !== number) mark = mark.previousElementSibling;
    const { top, bottom } = note.getBoundingClientRect();
    const wanted = mark?.getClientRects()[0]?.top ?? top;
    // Behind a note that lies above it stands the next one, with a little space.
    const off = Math.round(Math.abs(top - Math.max(wanted, filled)));
    if (off > most) far.push({ number, far: off });
    filled = bottom;
  }
  return far;
}

/** How far down the text begins: the first paragraph behind the skip link, or of the page. */
export function firstText() {
  const skip = document.querySelector(".skip")?.hash.slice(1);
  const text = (skip && document.getElementById(skip)) || document.querySelector("main");
  // The judgements of a note are its text: they stand before the reasons.
  const first = text?.querySelector("p, .judgements > li");
  return first ? Math.round(first.getBoundingClientRect().top + scrollY) : 0;
}

/**
 * The first mark in a paragraph that leads to a reference, brought into the window if asked to: where it is there, how
 * far the page is scrolled, whether its reference can be seen.
 */
export function toReference(bring) {
  // A browser may lay a box out to parts of a pixel.
  const inWindow = ({ top, bottom }) => top > -1 && bottom < innerHeight + 1;
  const mark = [...document.querySelectorAll("p > a[href^='#ref-']")].find((link) => link.checkVisibility());
  if (!mark) return undefined;
  if (bring && !inWindow(mark.getBoundingClientRect())) mark.scrollIntoView({ block: "center" });
  const { x, y, width, height } = mark.getBoundingClientRect();
  const reference = document.getElementById(mark.hash.slice(1)).getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2, scrolled: scrollY, shown: inWindow(reference) };
}

/** How many stops of asides lie between where the skip link leads and the first paragraph there. */
export function stopsBeforeText() {
  const start = document.getElementById(document.querySelector(".skip")?.hash.slice(1));
  const text = start?.querySelector("p");
  if (!text) return 0;
  const between = (el) => start.contains(el) && el.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
  const stops = document.querySelectorAll("aside :is(a[href], button, summary, [tabindex='0'])");
  return [...stops].filter((el) => el.checkVisibility() && between(el)).length;
}

/** What is wrong with the head of printed sheets, which says of which page they are. */
export function sheetHead() {
  const head = document.querySelector("body > header");
  const address = document.querySelector("link[rel=canonical]")?.href;
  if (!head || getComputedStyle(head).display !== "table-header-group") return "on paper the head stands on the first sheet alone";
  return address && !head.innerText.includes(address) ? "the head of a sheet does not tell its address" : undefined;
}
