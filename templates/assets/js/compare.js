/*
 * Actors of a reader's choice beside each other. What they are called and what each has stands in compare/*.js (which
 * src/render/views/compare.rs writes: scripts, since a page that was opened from a folder can load nothing else), each piece ready as on the
 * pages of two. Here they are only put together. Without this script the list of these pages stays.
 */
(() => {
  const root = new URL("../../", document.currentScript.src);
  const intro = document.querySelector("main .intro");
  if (!intro) return;

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  /** An element with HTML that stands on pages as it is. */
  const ready = (name, attributes, html) => {
    const element = make(name, attributes);
    element.innerHTML = html;
    return element;
  };

  const asked = new Map();
  const loaded = new Map();
  self.dossierCompare = (name, value) => asked.get(name)?.(value);
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        asked.set(name, resolve);
        const script = make("script", { src: new URL(`compare/${name}.js`, root).href });
        script.onload = () => script.remove();
        script.onerror = () => {
          script.remove();
          loaded.delete(name);
          reject(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  };

  const start = ({ words, actors, part, most, aspects }) => {
    const say = (text, holes) => text.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
    const named = new Map(actors.map(([slug], actor) => [slug, actor]));
    const name = (id) => actors[id][1];
    let chosen = [];

    // ---- What they have, put together

    const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
    /** The columns of what is chosen: of each what it has, by aspect and key. */
    const columns = async (ids) => Promise.all(ids.map(async (id) => {
      const { has, tactics } = (await load(`columns-${Math.floor(id / part)}`))[id % part];
      const by = aspects.map(() => new Map());
      for (const [aspect, key, sort, label, told] of has) by[aspect].set(key, { sort, label, told });
      return { id, by, tactics };
    }));
    /** By what they are called, then by key. */
    const sorted = (keys, first) => keys.sort((one, other) => order(first(one).sort, first(other).sort) || order(one, other));

    const section = (all, aspect) => {
      const [id, heading, beside] = aspects[aspect];
      const first = (key) => all.find(({ by }) => by[aspect].has(key)).by[aspect].get(key);
      const count = (key) => all.filter(({ by }) => by[aspect].has(key)).length;
      const keys = [...new Set(all.flatMap(({ by }) => [...by[aspect].keys()]))];
      const both = sorted(keys.filter((key) => beside || count(key) > 1), first);
      const row = (key) => make("tr", {}, ready("th", { scope: "row" }, first(key).label), ...all.map(({ id, by }) => {
        const has = by[aspect].get(key);
        return make("td", {}, make("span", { class: "unit" }, name(id)), " ", has ? ready("span", { class: "bits" }, has.told || words.yes) : "–");
      }));
      const own = all.flatMap(({ id, by }) => {
        const keys = sorted([...by[aspect].keys()].filter((key) => !beside && count(key) === 1), first);
        return keys.length === 0 ? [] : [make("details", {}, make("summary", {}, say(words.only, { title: name(id), count: keys.length })), make("ul", { class: "rel" }, ...keys.map((key) => {
          const { label, told } = first(key);
          return ready("li", {}, told ? `${label} <span class="more bits">${told}</span>` : label);
        })))];
      });
      const rows = grouped(all, new Set(both)).map(([heading, keys]) => [make("tr", { class: "letter" }, make("th", { colspan: String(all.length + 1), scope: "rowgroup" }, heading)), ...keys.map(row)]).flat();
      const body = rows.length > 0 ? rows : both.map(row);
      if (body.length + own.length === 0) return [];
      const table = make("div", { class: "table", role: "region", "aria-label": heading, tabindex: "0" },
        make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, beside ? heading : words.shared), ...all.map(({ id }) => ready("th", { scope: "col" }, actors[id][2])))), make("tbody", {}, ...body)));
      const element = make("section", { class: "compare" }, make("h2", { id }, heading), ...(body.length > 0 ? [table] : []), ...own);
      return [{ element, shared: beside ? 0 : both.length }];
    };
    /** Under the tactics of all: of a technique that several have each tells the same. Nothing of what is no technique. */
    const grouped = (all, keys) => {
      const tactics = new Map();
      for (const [under, heading, techniques] of all.flatMap(({ tactics }) => tactics)) {
        const { ranks } = tactics.get(under) ?? tactics.set(under, { heading, ranks: new Map() }).get(under);
        for (const [key, rank] of techniques) if (keys.has(key)) ranks.set(key, rank);
      }
      return [...tactics].filter(([, { ranks }]) => ranks.size > 0).sort(([one], [other]) => order(one, other))
        .map(([, { heading, ranks }]) => [heading, [...ranks.keys()].sort((one, other) => order(ranks.get(one), ranks.get(other)) || order(one, other))]);
    };

    // ---- What is chosen

    const chips = make("ul", { class: "chips" });
    const choice = make("select", { required: "" });
    const add = make("button", { type: "submit" }, words.add);
    const form = make("form", { class: "fields" }, make("label", {}, make("span", {}, words.actor), choice), add);
    const status = make("p", { role: "status", class: "quiet" });
    const beside = make("div", {});

    const show = async () => {
      const ids = [...chosen];
      chips.replaceChildren(...ids.map((id) => {
        const leave = make("button", { type: "button", "aria-label": say(words.leave, { title: name(id) }) }, "×");
        leave.addEventListener("click", () => choose(chosen.filter((other) => other !== id)));
        const chip = ready("li", {}, actors[id][2]);
        chip.append(leave);
        return chip;
      }));
      const left = actors.map((_, id) => id).filter((id) => !ids.includes(id)).sort((one, other) => name(one).localeCompare(name(other)));
      choice.replaceChildren(make("option", { value: "" }, "–"), ...left.map((id) => make("option", { value: String(id) }, name(id))));
      for (const part of [choice, add]) part.disabled = ids.length >= most;
      const all = ids.length > 1 ? await columns(ids) : [];
      // Another choice was made while this one was loaded.
      if (String(ids) !== String(chosen)) return;
      const sections = all.length > 1 ? aspects.flatMap((_, aspect) => section(all, aspect)) : [];
      beside.replaceChildren(...sections.map(({ element }) => element));
      status.textContent = all.length > 1 ? `${words.shared}: ${sections.reduce((sum, { shared }) => sum + shared, 0)}` : words.how;
    };
    const choose = (ids) => {
      chosen = ids;
      const state = new URLSearchParams({ of: ids.map((id) => actors[id][0]).join(",") });
      history.pushState(history.state, "", ids.length > 0 ? `#${String(state).replaceAll("%2C", ",")}` : "#");
      show();
      // What was pressed may be gone.
      (ids.length < most ? choice : chips.querySelector("button")).focus();
    };
    const restore = () => {
      // What leads to a place on the page says nothing of this.
      if (location.hash.length > 1 && !location.hash.includes("=")) return;
      const slugs = (new URLSearchParams(location.hash.slice(1)).get("of") ?? "").split(",");
      const known = [...new Set(slugs)].map((slug) => named.get(slug)).filter((id) => id !== undefined);
      chosen = known.slice(0, most);
      return show();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      choose([...chosen, Number(choice.value)]);
    });
    intro.after(make("section", { class: "explorer chooser", "aria-label": words.choose }, chips, form, status), beside);
    addEventListener("popstate", restore);
    restore().then(() => chosen.length > 1 && intro.scrollIntoView());
  };
  load("actors").then(start);
})();
