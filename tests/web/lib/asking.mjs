/** How a search is asked: what tests and measurements share. */

/** The same dice every time. */
export function dice(seed) {
  return (sides) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };
}

/** Types a text at once; tells where what was found leads to, how long it took, and which data were loaded. Runs in the page. */
export function ask(text) {
  const field = document.querySelector(".masthead .find input");
  const status = document.querySelector(".find [role=status]");
  status.textContent = "";
  performance.clearResourceTimings();
  const started = performance.now();
  field.value = text;
  return new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`no answer to ${text}`)), 20_000);
    const seen = new MutationObserver(() => {
      if (status.textContent === "") return;
      seen.disconnect();
      const took = performance.now() - started;
      const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\/search\/[a-z0-9-]+\.js$/.test(name));
      done({ hrefs: [...document.querySelectorAll("#page-found [data-href]")].map((it) => it.dataset.href), took, loaded });
    });
    seen.observe(status, { childList: true, characterData: true, subtree: true });
    field.dispatchEvent(new Event("input"));
  });
}
