/**
 * Gives an element the children that its new version has, each in its place.
 *
 * Takes an element of the open page and its new version. Children that say the same, or have the same
 * id, stay as they are; between those, children of one kind are taken for each other; what has no
 * counterpart is put in or taken out. Gives the pairs that may still differ inside, for the caller to
 * go on with. What others have added to the page (changes.js) stays, and counts for nothing.
 */

/** Above so many comparisons, children are paired by their place alone. */
const MOST = 4_000_000;

/** @returns {[Node, Node][]} children of `live` and of `fresh` that belong together */
export function align(live, fresh, changes) {
  const old = [...live.children].filter((element) => !changes.isAdded(element));
  const partners = match(old, [...fresh.children], changes);
  const kept = new Set(partners.values());
  for (const element of old) if (!kept.has(element)) element.remove();
  return [...place(live, fresh, partners, changes)];
}

/** Walks the new children in order and puts each in its place; yields the pairs. */
function* place(live, fresh, partners, changes) {
  let at = live.firstChild;
  const drop = () => {
    const next = at.nextSibling;
    if (!changes.isAdded(at)) at.remove();
    at = next;
  };
  for (const node of fresh.childNodes) {
    const partner = partners.get(node);
    if (partner) {
      while (at !== partner) drop();
    } else {
      while (at && changes.isAdded(at)) at = at.nextSibling;
      if (at?.nodeType !== node.nodeType || node.nodeType === Node.ELEMENT_NODE) {
        live.insertBefore(document.importNode(node, true), at);
        continue;
      }
    }
    const pair = [at, node];
    at = at.nextSibling;
    yield pair;
  }
  while (at) drop();
}

/** Which old element each new one is, keeping their order. */
function match(old, fresh, changes) {
  const partners = new Map();
  const [a, b] = [old.map((element) => describe(changes.asServed(element))), fresh.map(describe)];
  let from = 0;
  while (from < a.length && from < b.length && same(a[from], b[from])) from += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && same(a[endA - 1], b[endB - 1])) [endA, endB] = [endA - 1, endB - 1];
  const fixed = [
    ...Array.from({ length: from }, (_, i) => [i, i]),
    ...common(a.slice(from, endA), b.slice(from, endB)).map(([i, j]) => [i + from, j + from]),
    ...Array.from({ length: a.length - endA }, (_, i) => [endA + i, endB + i]),
  ];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...fixed, [a.length, b.length]]) {
    // Between what is fixed, the next of the same kind.
    for (; j < nextJ; j += 1) {
      const found = a.slice(i, nextI).findIndex((one) => one.kind === b[j].kind);
      if (found < 0) continue;
      i += found;
      partners.set(fresh[j], old[i]);
      i += 1;
    }
    if (nextJ < b.length) partners.set(fresh[nextJ], old[nextI]);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return partners;
}

function describe(element) {
  const of = (name) => element.getAttribute(name) ?? "";
  const kind = [element.nodeName, of("rel"), of("name"), of("property"), of("type")].join(" ");
  return { id: of("id"), kind, says: element.textContent.trim() || element.outerHTML };
}

function same(a, b) {
  return a.kind === b.kind && (a.says === b.says || (a.id !== "" && a.id === b.id));
}

/** Indexes of a longest common subsequence. */
function common(a, b) {
  if (a.length * b.length > MOST) return [];
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = same(a[i], b[j])
        ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (same(a[i], b[j])) found.push([i++, j++]);
    else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}
