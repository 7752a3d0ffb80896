/**
 * What has become of a page since it was served.
 *
 * Takes an element of the open page and the same element as it was served; finds what the reader and
 * the page's own scripts have made of it: a `<details>` opened, a theme chosen, a button added. A
 * patch writes only what the served page changed, and leaves the rest of this alone. Touches nothing.
 */

export class Changes {
  /** Nodes that differ, in themselves or within, and how each was served; null where it was not. */
  #served = new Map();
  /** Elements of which served children are gone. */
  #emptied = new Set();

  constructor(live, served) {
    this.#compare(live, served);
  }

  /** A node as it was served. */
  asServed(live) {
    return this.#served.get(live) ?? live;
  }

  /** Whether somebody else than the server put the node here. */
  isAdded(live) {
    return this.#served.get(live) === null;
  }

  /** Whether children that were served have been taken out or replaced. */
  isEmptied(live) {
    return this.#emptied.has(live);
  }

  /** Every node that was added. */
  added() {
    return new Set([...this.#served.keys()].filter((node) => this.isAdded(node)));
  }

  /** Whether nothing differs here but what differs in `others`. */
  isWithin(others) {
    return [...this.#served.keys()].every((node) => others.#served.has(node));
  }

  #compare(live, served) {
    if (live.isEqualNode(served)) return;
    this.#served.set(live, served);
    if (live.nodeType !== Node.ELEMENT_NODE) return;
    const { pairs, added, gone } = pair([...live.childNodes], [...served.childNodes]);
    // Where a script has put its own in the place of what was served, neither is told from the other.
    if (gone) this.#emptied.add(live);
    else for (const node of added) this.#served.set(node, null);
    for (const [child, was] of pairs) this.#compare(child, was);
  }
}

/** Pairs the children that are there with those served, in order; `gone` if some of these are missing. */
function pair(live, served) {
  const pairs = [];
  // Equal ones at both ends first, so that one node put in between is seen as just that.
  while (live.length && served.length && live[0].isEqualNode(served[0])) pairs.push([live.shift(), served.shift()]);
  while (live.length && served.length && live.at(-1).isEqualNode(served.at(-1))) pairs.push([live.pop(), served.pop()]);
  const added = [];
  for (const node of live) {
    if (served.length && isSameKind(node, served[0])) pairs.push([node, served.shift()]);
    else added.push(node);
  }
  return { pairs, added, gone: served.length > 0 };
}

function isSameKind(a, b) {
  return a.nodeName === b.nodeName && (a.nodeType !== Node.ELEMENT_NODE || a.getAttribute("id") === b.getAttribute("id"));
}
