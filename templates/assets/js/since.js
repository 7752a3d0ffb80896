/*
 * The home page says which entries are new or changed since the reader's last visit. What was seen is kept on the
 * reader's own machine, and goes nowhere; where nothing may be kept, or without this script, nothing is said. What an entry
 * says is told by a few signs of search/revisions.js (src/plan/revisions.rs): six for its address, five for its words.
 */
(async () => {
  const region = document.getElementById("page-since");
  const load = self.dossierSearch?.load;
  if (!region || !load) return;
  const [NAME, REVISION] = [6, 5];
  // An hour without the home page ends a visit.
  const VISIT = 3600e3;
  const MOST = 12;
  const root = new URL("../../", document.currentScript.src);
  // Several dossiers may be read from one host, or from one folder.
  const key = `dossier-since ${root.href}`;

  const kept = () => JSON.parse(localStorage.getItem(key) ?? "{}");
  const keep = (what) => localStorage.setItem(key, JSON.stringify(what));
  const all = (told) => {
    const found = new Map();
    for (let at = 0; at < told.length; at += NAME + REVISION)
      found.set(told.slice(at, at + NAME), told.slice(at + NAME, at + NAME + REVISION));
    return found;
  };

  const [text, list, button] = region.querySelectorAll("p, ul, button");

  const item = ([path, title, label, , tlp], what) => {
    const line = document.createElement("li");
    const link = line.appendChild(document.createElement("a"));
    link.href = new URL(path, root).href;
    link.textContent = title;
    const more = line.appendChild(document.createElement("span"));
    more.className = "more bits";
    for (const words of [label, what, tlp].filter(Boolean)) {
      const bit = more.appendChild(document.createElement("span"));
      bit.textContent = words;
      if (words === tlp) bit.className = "tlp";
    }
    return line;
  };

  const look = async () => {
    const now = await load("revisions");
    const { before: baseline, seen, at } = kept();
    const before = Date.now() - (at ?? 0) > VISIT ? seen : baseline;
    keep({ before, seen: now, at: Date.now() });
    if (!before) return [text.dataset.first, []];
    const old = all(before);
    const found = [...all(now)]
      .map(([name, revision], page) => ({ page, what: old.has(name) ? "changed" : "new", same: old.get(name) === revision }))
      .filter(({ same }) => !same)
      .sort((one, other) => (one.what === other.what ? one.page - other.page : one.what === "new" ? -1 : 1));
    const { cards } = await load("index");
    const lines = found.slice(0, MOST).map(async ({ page, what }) =>
      item((await load(`cards-${Math.floor(page / cards)}`))[page % cards], list.dataset[what]));
    const said = found.length === 0 ? text.dataset.none : found.length > MOST ? text.dataset.more : "";
    return [said, await Promise.all(lines)];
  };

  const show = async () => {
    const off = kept().off === true;
    const [said, lines] = off ? ["", []] : await look();
    text.textContent = said;
    text.hidden = !said;
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
    // What more there is stands behind those that are shown.
    if (lines.length > 0) list.after(text);
    button.textContent = off ? button.dataset.on : button.dataset.off;
    region.hidden = false;
  };

  button.addEventListener("click", async () => {
    // What was seen is forgotten, too.
    keep(kept().off === true ? {} : { off: true });
    await show();
  });

  try {
    await show();
  } catch {
    // Nothing may be kept here, or there is nothing to compare with.
  }
})();
