/*
 * The table of contents beside the text: marks the section that is read, and opens it where the browser does not do
 * that by style. No page needs this.
 */
const contents = document.querySelector(".toc");
const wide = matchMedia("(min-width: 80rem)");

if (contents && !CSS.supports("selector(::details-content)")) {
  const open = () => (contents.querySelector("details").open = wide.matches);
  wide.addEventListener("change", open);
  open();
}

if (contents) {
  const sections = [...contents.querySelectorAll("a")].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  let waiting = false;
  const mark = () => {
    waiting = false;
    const read = sections.findLast(({ heading }) => heading.getBoundingClientRect().top < innerHeight / 3) ?? sections[0];
    for (const { link } of sections) link.toggleAttribute("data-read", link === read?.link);
  };
  const later = () => {
    if (waiting || !wide.matches) return;
    waiting = true;
    requestAnimationFrame(mark);
  };
  addEventListener("scroll", later, { passive: true });
  later();
}
