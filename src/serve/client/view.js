/**
 * Keeps in place what the reader sees while the page around it changes.
 *
 * Measures the blocks in view before a change and scrolls by as much as the first of them has moved.
 * A page that is not scrolled stays so.
 */

const BLOCKS = "p, li, dt, dd, tr, h1, h2, h3, h4, h5, h6, pre, blockquote, figure, figcaption, img, summary";
/** As many letters, at one end, make a changed block the same one. */
const ALIKE = 24;

/** Call before the change; what it gives, call after. */
export function holdView() {
  if (scrollY <= 0) return () => {};
  const seen = blocksInView();
  return () => {
    const anchor = seen.find(({ block, text }) => block.isConnected && alike(block.textContent, text));
    if (!anchor) return;
    const moved = anchor.block.getBoundingClientRect().top - anchor.top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  };
}

/** From the top of the window down; those that begin above it last. */
function blocksInView() {
  const seen = [];
  for (const block of document.querySelectorAll(BLOCKS)) {
    const { top, bottom, height } = block.getBoundingClientRect();
    if (height > 0 && bottom > 0 && top < innerHeight && scrollsAlong(block)) seen.push({ block, top, text: block.textContent });
  }
  return seen.sort((a, b) => (a.top < 0) - (b.top < 0) || a.top - b.top);
}

/** Contents that stick to the window say nothing about where the page is. */
function scrollsAlong(block) {
  for (let element = block; element; element = element.parentElement) {
    if (/sticky|fixed/.test(getComputedStyle(element).position)) return false;
  }
  return true;
}

function alike(a, b) {
  return a === b || a.slice(0, ALIKE) === b.slice(0, ALIKE) || a.slice(-ALIKE) === b.slice(-ALIKE);
}
