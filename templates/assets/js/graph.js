/*
 * Everything that is connected, to be explored: moved, enlarged, searched and filtered, with the neighbours of an entry and the
 * shortest ways between two. It draws on a canvas what graph/data.js holds (src/render/web.rs writes it: a script, since a page
 * that was opened from a folder can load nothing else). Without this script the drawing of the page stays; the table always does.
 */
(() => {
  const root = new URL("../../", document.currentScript.src);
  const figure = document.querySelector("figure.drawing");
  if (!figure) return;

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const button = (text, act, more = {}) => {
    const it = make("button", { type: "button", ...more }, text);
    it.addEventListener("click", act);
    return it;
  };

  // ---- What is connected

  const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, at) => [digit, at]));
  /** The numbers that a text holds, one a call. */
  const reader = (text) => {
    let at = 0;
    return () => {
      for (let [number, shift] = [0, 0]; ; shift += 5) {
        const five = DIGITS.get(text[at++]);
        number |= (five & 31) << shift;
        if (five > 31) return number;
      }
    };
  };

  /** The entries and their connections; what is stated of the connection `t` stands from `first[t]` to before `first[t + 1]`. */
  const read = (data) => {
    const count = data.names.length;
    const [x, y, kind, year] = [new Float64Array(count), new Float64Array(count), new Uint8Array(count), new Int16Array(count)];
    let next = reader(data.nodes);
    for (let node = 0; node < count; node += 1) {
      kind[node] = next();
      x[node] = next();
      y[node] = next();
      year[node] = next();
    }
    const [from, to, first, stated] = [[], [], [], []];
    next = reader(data.ties);
    for (let [length, last] = [data.tied, 0]; from.length < length;) {
      from.push((last += next()));
      to.push(next());
      first.push(stated.length);
      for (let more = next(); more > 0; more -= 1) {
        const how = next();
        const since = next();
        const until = since > 0 ? since + next() : 0;
        stated.push({ verb: how >> 6, sure: (how >> 2) & 15, denied: (how & 2) > 0, reversed: (how & 1) > 0, since, until });
      }
    }
    first.push(stated.length);
    const around = Array.from({ length: count }, () => []);
    for (let tie = 0; tie < from.length; tie += 1) {
      around[from[tie]].push(tie);
      around[to[tie]].push(tie);
    }
    return { count, x, y, kind, year, from, to, first, stated, around };
  };

  const start = (data) => {
    const web = read(data);
    const { words } = data;
    const number = (count) => count.toLocaleString(document.documentElement.lang || undefined);
    const say = (text, holes) => text.replace(/\{(\w+)\}/g, (hole, name) => (name in holes ? number(holes[name]) : hole));
    const address = (node) => `${data.kinds[web.kind[node]][1]}/${data.slugs[node]}`;
    const href = (node) => new URL(address(node) + data.end, root).href;
    const other = (tie, node) => (web.from[tie] === node ? web.to[tie] : web.from[tie]);
    let addresses;
    const named = (text) => {
      addresses ??= new Map(data.names.map((_, node) => [address(node), node]));
      return addresses.get(text);
    };

    // ---- What a reader picked

    const picked = { kinds: new Set(), verbs: new Set(), sure: 0, since: 0, until: 0 };
    let [chosen, ends, ways] = [-1, [-1, -1], []];
    const shown = new Uint8Array(web.count);
    let [tied, visible] = [new Uint8Array(web.from.length), 0];

    const fits = (it) => {
      if (picked.verbs.size > 0 && !picked.verbs.has(it.verb)) return false;
      // What is denied is not likely; of what nobody doubts no probability is told.
      if (picked.sure > 0 && (it.denied || (it.sure > 0 && (it.sure - 1) >> 1 < picked.sure - 1))) return false;
      return inYears(it.since, it.until);
    };
    const inYears = (since, until) => since === 0 || ((picked.until === 0 || since + data.before <= picked.until) && (picked.since === 0 || until + data.before >= picked.since));
    const sift = () => {
      const all = picked.kinds.size + picked.verbs.size + picked.sure + picked.since + picked.until === 0;
      const may = (node) => (picked.kinds.size === 0 || picked.kinds.has(web.kind[node])) && inYears(web.year[node], web.year[node]);
      for (let node = 0; node < web.count; node += 1) shown[node] = all ? 1 : 0;
      for (let tie = 0; tie < tied.length; tie += 1) {
        const [from, to] = [web.from[tie], web.to[tie]];
        tied[tie] = all || (web.stated.slice(web.first[tie], web.first[tie + 1]).some(fits) && may(from) && may(to)) ? 1 : 0;
        if (tied[tie]) shown[from] = shown[to] = 1;
      }
      // Who picks kinds alone sees all of these, with or without a connection among them.
      if (picked.kinds.size > 0 && picked.verbs.size + picked.sure === 0) for (let node = 0; node < web.count; node += 1) if (may(node)) shown[node] = 1;
      visible = shown.reduce((sum, it) => sum + it, 0);
    };

    /** Whether all that is stated of a connection is denied. */
    const denied = (tie) => web.stated.slice(web.first[tie], web.first[tie + 1]).every((it) => it.denied);
    const broken = Uint8Array.from(web.from, (_, tie) => (denied(tie) ? 1 : 0));

    // ---- What is drawn: entries, and where they are many, how many there are near to each other

    const MANY = 2000;
    const [CELLS, STEPS] = [8, 10];
    const size = (count) => [4, 5, 7, 9][(count > 2) + (count > 7) + (count > 19)];

    /** The entries that are shown, those within a square of that many lengths as one; 0 for each alone. */
    const gathered = (side) => {
      const cells = new Map();
      for (let node = 0; node < web.count; node += 1) {
        if (!shown[node]) continue;
        const key = side > 0 ? Math.floor(web.x[node] / side) * 1e6 + Math.floor(web.y[node] / side) : node;
        const cell = cells.get(key);
        if (cell) cell.push(node);
        else cells.set(key, [node]);
      }
      const [items, at] = [[], new Int32Array(web.count).fill(-1)];
      for (const nodes of cells.values()) {
        if (nodes.length > 3) {
          for (const node of nodes) at[node] = items.length;
          const mean = (of) => nodes.reduce((sum, node) => sum + of[node], 0) / nodes.length;
          items.push({ x: mean(web.x), y: mean(web.y), node: nodes[0], more: nodes.length, r: Math.min(24, 9 + 2 * Math.log2(nodes.length)) });
        } else for (const node of nodes) {
          at[node] = items.length;
          items.push({ x: web.x[node], y: web.y[node], node, more: 0, r: size(web.around[node].length) });
        }
      }
      const lines = new Map();
      for (let tie = 0; tie < tied.length; tie += 1) {
        const [a, b] = [at[web.from[tie]], at[web.to[tie]]];
        if (!tied[tie] || a === b || a < 0 || b < 0) continue;
        const key = Math.min(a, b) * items.length + Math.max(a, b);
        lines.set(key, (lines.get(key) ?? 1) & broken[tie]);
      }
      const links = Array.from(lines, ([key, broken]) => [items[Math.floor(key / items.length)], items[key % items.length], broken]);
      return { side, items, links: [0, 1].map((kind) => links.filter((link) => link[2] === kind)) };
    };

    let [scenes, box] = [[], { left: 0, top: 0, wide: 1, high: 1 }];
    const gather = () => {
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let node = 0; node < web.count; node += 1) {
        if (!shown[node]) continue;
        [left, right] = [Math.min(left, web.x[node]), Math.max(right, web.x[node])];
        [top, bottom] = [Math.min(top, web.y[node]), Math.max(bottom, web.y[node])];
      }
      if (left <= right) box = { left, top, wide: Math.max(1, right - left), high: Math.max(1, bottom - top) };
      scenes = [];
      let side = Math.max(box.wide, box.high) / CELLS;
      for (let step = 0; visible > MANY && step < STEPS; step += 1, side /= 2) {
        const scene = gathered(side);
        if (scene.items.length > 0.8 * visible) break;
        scenes.push(scene);
      }
      scenes.push(gathered(0));
    };

    // ---- The colours of the page

    const canvas = make("canvas", { tabindex: "0", role: "application", "aria-label": words.canvas });
    const stage = make("div", { class: "stage" }, canvas);
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const forced = matchMedia("(forced-colors: active)");
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    let colours;
    const colour = () => {
      const probe = stage.appendChild(make("span", { hidden: "" }));
      probe.style.forcedColorAdjust = "none";
      const of = (text, name = "") => {
        probe.className = name;
        probe.style.color = text;
        return getComputedStyle(probe).color;
      };
      const own = (name, system) => of(forced.matches ? system : `var(--${name})`);
      colours = {
        paper: own("paper", "Canvas"), ink: own("ink", "CanvasText"), soft: own("soft", "CanvasText"), line: own("rule-strong", "CanvasText"), link: own("link", "Highlight"),
        kinds: data.kinds.map(([kind]) => (forced.matches ? of("CanvasText") : of("var(--kind)", `k-${kind}`))),
        sans: getComputedStyle(stage).fontFamily,
      };
      probe.remove();
    };

    // ---- The view

    const view = { x: 0, y: 0, scale: 1 };
    let [wide, high, whole] = [0, 0, 1];
    const fit = () => Math.min((wide - 60) / box.wide, (high - 60) / box.high, 12);
    const limited = (scale) => Math.min(Math.max(scale, whole / 3), Math.max(12, whole * 4));
    const across = (x) => (x - view.x) * view.scale + wide / 2;
    const down = (y) => (y - view.y) * view.scale + high / 2;

    let [frame, moving] = [0, 0];
    const ask = () => (frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    }));
    /** Goes there, at once for whoever wants no motion. */
    const go = (x, y, scale) => {
      cancelAnimationFrame(moving);
      const target = { x, y, scale: limited(scale) };
      if (still.matches) {
        Object.assign(view, target);
        ask();
        return keep();
      }
      const [from, began] = [{ ...view }, performance.now()];
      const step = (now) => {
        const part = Math.min(1, Math.max(0, (now - began) / 220));
        const eased = part * (2 - part);
        for (const key of ["x", "y"]) view[key] = from[key] + (target[key] - from[key]) * eased;
        view.scale = from.scale * (target.scale / from.scale) ** eased;
        draw();
        if (part < 1) moving = requestAnimationFrame(step);
        else keep();
      };
      moving = requestAnimationFrame(step);
    };
    const move = (x, y) => {
      cancelAnimationFrame(moving);
      view.x -= x / view.scale;
      view.y -= y / view.scale;
      ask();
      keep();
    };
    /** Enlarges around a point of the canvas. */
    const zoom = (by, x = wide / 2, y = high / 2) => {
      cancelAnimationFrame(moving);
      const [dx, dy, scale] = [x - wide / 2, y - high / 2, limited(view.scale * by)];
      view.x += dx / view.scale - dx / scale;
      view.y += dy / view.scale - dy / scale;
      view.scale = scale;
      ask();
      keep();
    };
    const all = () => {
      whole = fit();
      go(box.left + box.wide / 2, box.top + box.high / 2, whole);
    };
    /** Where one looks when an entry is in the middle of what its card leaves free. */
    const around = (node) => {
      const scale = limited(Math.max(view.scale, Math.min(6, 4 * whole)));
      return wide > 700 ? [web.x[node] + 160 / scale, web.y[node], scale] : [web.x[node], web.y[node] + (0.2 * high) / scale, scale];
    };

    // ---- Drawing

    const widths = new Map();
    const width = (text) => {
      if (!widths.has(text)) widths.set(text, pen.measureText(text).width);
      return widths.get(text);
    };
    let [scene, near, pointed] = [undefined, [], undefined];
    const NAMES = 160;

    /** Squares of the canvas that hold a name or a point. */
    const room = () => {
      const SIDE = 32;
      const taken = new Map();
      return (left, top, right, bottom, wanted) => {
        const touched = [];
        for (let row = Math.floor(top / SIDE); row <= Math.floor(bottom / SIDE); row += 1) for (let column = Math.floor(left / SIDE); column <= Math.floor(right / SIDE); column += 1) touched.push(row * 4096 + column);
        const apart = (area) => area[2] <= left || right <= area[0] || area[3] <= top || bottom <= area[1];
        if (wanted && !touched.every((square) => (taken.get(square) ?? []).every(apart))) return false;
        for (const square of touched) {
          if (taken.has(square)) taken.get(square).push([left, top, right, bottom]);
          else taken.set(square, [[left, top, right, bottom]]);
        }
        return true;
      };
    };

    const point = (x, y, r) => {
      pen.moveTo(x + r, y);
      pen.arc(x, y, r, 0, 2 * Math.PI);
    };
    const LINES = 4000;
    /** Draws connections, those of the best connected first; more of them would be one grey. */
    const stroke = (links, few) => {
      pen.beginPath();
      let left = LINES;
      for (const [from, to] of links) {
        const [a, b, c, d] = [across(from.x), down(from.y), across(to.x), down(to.y)];
        const [one, two] = [a >= 0 && a <= wide && b >= 0 && b <= high, c >= 0 && c <= wide && d >= 0 && d <= high];
        // Of very many, those that only cross the view would hide what is in it.
        if (!one && !two && (!few || Math.max(a, c) < 0 || Math.min(a, c) > wide || Math.max(b, d) < 0 || Math.min(b, d) > high)) continue;
        pen.moveTo(a, b);
        pen.lineTo(c, d);
        if ((left -= 1) === 0) break;
      }
      pen.stroke();
    };
    const points = (items, r) => {
      const kinds = data.kinds.map(() => []);
      for (const it of items) kinds[web.kind[it.node]].push(it);
      for (const [kind, its] of kinds.entries()) {
        if (its.length === 0) continue;
        pen.beginPath();
        for (const it of its) point(across(it.x), down(it.y), it.r * r);
        pen.fillStyle = colours.kinds[kind];
        pen.fill();
      }
    };
    const write = (text, x, y) => {
      pen.strokeText(text, x, y);
      pen.fillText(text, x, y);
    };
    /** Names beside their points, the most connected first, where there is room. */
    const name = (items, take, r, most) => {
      pen.textAlign = "left";
      pen.strokeStyle = colours.paper;
      pen.lineWidth = 3;
      for (let [at, left] = [0, most]; at < items.length && left > 0; at += 1) {
        const it = items[at];
        const text = it.more > 0 ? `${data.names[it.node]} …` : data.names[it.node];
        const [x, y, radius, length] = [across(it.x), down(it.y), it.r * (it.more > 0 ? 1 : r), width(text)];
        for (const [left, base] of [[x + radius + 4, y + 4], [x - radius - 4 - length, y + 4], [x - length / 2, y - radius - 5], [x - length / 2, y + radius + 13]]) {
          if (left < 2 || left + length > wide - 2 || base < 13 || base > high - 6 || !take(left - 3, base - 11, left + length + 3, base + 4, true)) continue;
          write(text, left, base);
          break;
        }
        left -= 1;
      }
    };

    /** The entries and connections that stand out: an entry with its neighbours, or the ways between two. */
    const marked = () => {
      const [nodes, ties] = [new Set(), new Set()];
      const one = pointed && pointed.more === 0 ? pointed.node : chosen;
      if (one >= 0) {
        nodes.add(one);
        for (const tie of web.around[one]) if (tied[tie]) {
          ties.add(tie);
          nodes.add(other(tie, one));
        }
      } else for (const way of ways) for (const [tie, from, to] of way) {
        ties.add(tie);
        nodes.add(from).add(to);
      }
      return { nodes, ties, one };
    };

    const draw = () => {
      if (wide === 0) return;
      const ratio = canvas.width / wide;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, wide, high);
      pen.font = `12px ${colours.sans}`;
      scene = scenes.find(({ side }) => side * view.scale < 96) ?? scenes.at(-1);
      const inView = (it) => Math.abs(it.x - view.x) * view.scale < wide / 2 + 24 && Math.abs(it.y - view.y) * view.scale < high / 2 + 24;
      near = scene.items.filter(inView);
      const { nodes, ties, one } = marked();
      const faint = nodes.size > 0;
      // Where points are dense they are smaller.
      const r = Math.min(1, Math.max(0.5, Math.sqrt((wide * high) / Math.max(1, near.length)) / 50));
      // Of many lines each is fainter.
      pen.globalAlpha = (faint ? 0.15 : 0.55) * Math.min(1, Math.max(0.2, Math.sqrt(1000 / scene.links[0].length)));
      pen.strokeStyle = colours.line;
      pen.lineWidth = 1;
      const few = scene.links[0].length < 3000;
      stroke(scene.links[0], few);
      pen.setLineDash([2, 2]);
      stroke(scene.links[1], few);
      pen.setLineDash([]);
      pen.globalAlpha = faint ? 0.22 : 1;
      const take = room();
      points(near.filter((it) => it.more === 0), r);
      const groups = near.filter((it) => it.more > 0);
      pen.textAlign = "center";
      pen.beginPath();
      for (const it of groups) point(across(it.x), down(it.y), it.r);
      pen.fillStyle = colours.paper;
      pen.strokeStyle = colours.soft;
      pen.lineWidth = 1.5;
      pen.fill();
      pen.stroke();
      pen.fillStyle = colours.ink;
      for (const it of groups) pen.fillText(String(it.more), across(it.x), down(it.y) + 4);
      for (const it of near) take(across(it.x) - it.r, down(it.y) - it.r, across(it.x) + it.r, down(it.y) + it.r, false);
      if (faint) drawMarked(nodes, ties, one);
      else {
        pen.fillStyle = colours.ink;
        name(near, take, r, NAMES);
      }
    };
    const drawMarked = (nodes, ties, one) => {
      pen.globalAlpha = 1;
      pen.strokeStyle = colours.link;
      pen.lineWidth = ways.length > 0 && one < 0 ? 2 : 1.2;
      for (const kind of [0, 1]) {
        pen.setLineDash(kind ? [3, 3] : []);
        const own = [...ties].filter((tie) => broken[tie] === kind);
        stroke(own.map((tie) => [{ x: web.x[web.from[tie]], y: web.y[web.from[tie]] }, { x: web.x[web.to[tie]], y: web.y[web.to[tie]] }]), true);
      }
      pen.setLineDash([]);
      const items = [...nodes].sort((a, b) => (a === one ? -1 : b === one ? 1 : a - b)).map((node) => ({ x: web.x[node], y: web.y[node], node, more: 0, r: size(web.around[node].length) }));
      points(items, 1);
      const strong = one >= 0 ? items.slice(0, 1) : items.filter(({ node }) => ends.includes(node));
      pen.beginPath();
      for (const it of strong) point(across(it.x), down(it.y), it.r + 4);
      pen.lineWidth = 2;
      pen.strokeStyle = colours.link;
      pen.stroke();
      const take = room();
      for (const it of items) take(across(it.x) - it.r, down(it.y) - it.r, across(it.x) + it.r, down(it.y) + it.r, false);
      pen.fillStyle = colours.ink;
      name(items, take, 1, NAMES);
    };

    // ---- What is told of it in words

    /** What is stated of a connection: sentences with both names, one of them perhaps with something to press. */
    const sentences = (tie, part) => web.stated.slice(web.first[tie], web.first[tie + 1]).map((it) => {
      const [from, to] = it.reversed ? [web.to[tie], web.from[tie]] : [web.from[tie], web.to[tie]];
      const pieces = data.verbs[it.verb][1].split(/(\{from\}|\{to\})/).map((piece) => (piece === "{from}" ? part(from) : piece === "{to}" ? part(to) : piece));
      const more = [it.denied ? words.denied : "", it.sure > 0 ? data.confidences[it.sure - 1] : ""].filter(Boolean);
      return make("li", {}, ...pieces, more.length > 0 ? ` (${more.join(", ")})` : "");
    });
    const link = (node) => make("a", { href: href(node) }, data.names[node]);

    const told = make("div", { class: "told", role: "status", hidden: "" });
    const MOST = 40;
    const tell = () => {
      const it = pointed ?? (chosen >= 0 ? { node: chosen, more: 0 } : undefined);
      told.hidden = !it;
      canvas.classList.toggle("pointed", Boolean(pointed));
      if (!it) return told.replaceChildren();
      if (it.more > 0) return told.replaceChildren(make("p", {}, make("b", {}, say(words.cluster, { count: it.more }))));
      const own = web.around[it.node].filter((tie) => tied[tie]);
      const about = [make("p", {}, make("b", {}, link(it.node))), make("p", {}, `${data.kinds[web.kind[it.node]][3]} · ${words.connected} ${number(web.around[it.node].length)}`)];
      if (it.node !== chosen) return told.replaceChildren(...about);
      const part = (node) => (node === chosen ? data.names[node] : button(data.names[node], () => choose(node)));
      const lines = own.slice(0, MOST).flatMap((tie) => sentences(tie, part));
      told.replaceChildren(button("×", () => choose(-1), { "aria-label": words.close }), ...about, make("ul", {}, ...lines, ...(own.length > MOST ? [make("li", {}, "…")] : [])));
    };

    const choose = (node, quiet = false) => {
      [chosen, pointed] = [node, undefined];
      tell();
      ask();
      if (node >= 0 && !quiet) go(...around(node));
      if (!quiet) keep(true);
    };

    // ---- The shortest ways between two

    const [WAYS, found] = [5, make("ol", { class: "ways" })];
    const status = make("p", { role: "status" });
    /** Those between two entries, over what is shown and not denied. */
    const search = (from, to) => {
      const [before, far] = [new Map([[from, []]]), new Map([[from, 0]])];
      for (let edge = [from]; edge.length > 0 && !far.has(to);) {
        const next = [];
        for (const node of edge) for (const tie of web.around[node]) {
          if (!tied[tie] || broken[tie]) continue;
          const end = other(tie, node);
          if (!far.has(end)) {
            far.set(end, far.get(node) + 1);
            before.set(end, []);
            next.push(end);
          }
          if (far.get(end) === far.get(node) + 1) before.get(end).push([tie, node, end]);
        }
        edge = next;
      }
      const all = [];
      const back = (node, way) => {
        if (all.length === WAYS) return;
        if (node === from) all.push(way);
        else for (const step of before.get(node) ?? []) back(step[1], [step, ...way]);
      };
      if (from !== to) back(to, []);
      return all;
    };
    const connect = (quiet = false) => {
      const [from, to] = ends;
      const both = from >= 0 && to >= 0;
      ways = both ? search(from, to) : [];
      status.textContent = both && ways.length === 0 ? words.no_way : "";
      found.replaceChildren(...ways.map((way) => make("li", {}, make("ul", {}, ...way.flatMap(([tie]) => sentences(tie, link))))));
      if (ways.length > 0 && !quiet) {
        [chosen, pointed] = [-1, undefined];
        tell();
        const nodes = ways.flat().flatMap(([, one, two]) => [one, two]);
        const [xs, ys] = [nodes.map((node) => web.x[node]), nodes.map((node) => web.y[node])];
        const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        go((left + right) / 2, (top + bottom) / 2, Math.min((wide - 160) / Math.max(1, right - left), (high - 120) / Math.max(1, bottom - top), 8));
      }
      ask();
      if (!quiet) keep(true);
    };

    // ---- Fields in which an entry is found

    const plain = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
    let names;
    const matching = (text) => {
      names ??= data.names.map(plain);
      const wanted = plain(text.trim());
      const ranks = [[], [], []];
      for (let node = 0; wanted && node < names.length; node += 1) {
        const at = names[node].indexOf(wanted);
        if (at >= 0) ranks[at === 0 ? 0 : /[\p{L}\p{N}]/u.test(names[node][at - 1]) ? 2 : 1].push(node);
      }
      return ranks.flat();
    };
    let fields = 0;
    /** A field with a list of entries below; `pick` gets the one that is meant, or -1. */
    const field = (label, pick) => {
      const id = `page-graph-${(fields += 1)}`;
      const list = make("ul", { role: "listbox", id, "aria-label": label, hidden: "" });
      const input = make("input", { type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
      let active = -1;
      const activate = (at) => {
        const options = [...list.children];
        active = options.length > 0 ? (at + options.length) % options.length : -1;
        options.forEach((option, nth) => option.setAttribute("aria-selected", String(nth === active)));
        if (active >= 0) {
          input.setAttribute("aria-activedescendant", options[active].id);
          options[active].scrollIntoView({ block: "nearest" });
        } else input.removeAttribute("aria-activedescendant");
      };
      const close = () => {
        list.hidden = true;
        list.replaceChildren();
        input.setAttribute("aria-expanded", "false");
        activate(-1);
      };
      const take = (option) => {
        const node = Number(option.dataset.node);
        input.value = data.names[node];
        close();
        pick(node);
      };
      input.addEventListener("input", () => {
        if (input.value.trim() === "") {
          close();
          return pick(-1);
        }
        const nodes = matching(input.value).slice(0, 8);
        list.replaceChildren(...nodes.map((node, nth) => {
          const option = make("li", { role: "option", id: `${id}-${nth}`, "aria-selected": "false" }, data.names[node], make("span", {}, `, ${data.kinds[web.kind[node]][3]}`));
          option.dataset.node = node;
          return option;
        }));
        if (nodes.length === 0) list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, words.none));
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        if (nodes.length > 0) activate(0);
      });
      input.addEventListener("keydown", (event) => {
        if (event.isComposing || list.hidden) return;
        if (event.key === "ArrowDown") activate(active + 1);
        else if (event.key === "ArrowUp") activate(active - 1);
        else if (event.key === "Escape") close();
        else if (event.key === "Enter" && list.children[active]?.dataset.node) take(list.children[active]);
        else return;
        event.preventDefault();
      });
      input.addEventListener("blur", close);
      // The field keeps the focus.
      list.addEventListener("mousedown", (event) => event.preventDefault());
      list.addEventListener("click", ({ target }) => {
        const option = target.closest("[data-node]");
        if (option) take(option);
      });
      const set = (node) => (input.value = node >= 0 ? data.names[node] : "");
      return { element: make("div", { class: "field" }, make("label", {}, make("span", {}, label), input), list), set };
    };

    // ---- Filters

    const count = make("p", { role: "status", class: "quiet" });
    const resift = (quiet = false) => {
      sift();
      gather();
      count.textContent = say(words.visible, { shown: visible, count: web.count });
      tell();
      connect(true);
      if (!quiet) keep(true);
      ask();
    };
    const group = (label, set, options) => {
      const buttons = options.map((text, at) => button(text, () => {
        if (!set.delete(at)) set.add(at);
        show();
        resift();
      }));
      const show = () => buttons.forEach((it, at) => it.setAttribute("aria-pressed", String(set.has(at))));
      return { element: make("div", { role: "group", "aria-label": label }, make("span", { "aria-hidden": "true" }, label), ...buttons), show };
    };
    const kinds = group(words.kinds, picked.kinds, data.kinds.map(([, , many]) => many));
    const verbs = group(words.verbs, picked.verbs, data.verbs.map(([, says]) => says.replace(/\{\w+\}/g, "…")));
    const sure = make("select", {}, make("option", { value: "0" }, words.any), ...Array.from({ length: data.confidences.length / 2 }, (_, rank) => make("option", { value: String(rank + 1) }, data.confidences[2 * rank])));
    const year = () => make("input", { type: "number", min: String(data.before + 1), max: "9999" });
    const [since, until] = [year(), year()];
    for (const [key, input] of Object.entries({ sure, since, until })) input.addEventListener("change", () => {
      picked[key] = Math.max(0, Math.trunc(Number(input.value))) || 0;
      resift();
    });
    const labelled = (label, input) => make("label", {}, make("span", {}, label), input);

    // ---- What is picked, in the address

    const written = () => {
      const state = new URLSearchParams();
      const list = (key, values) => values.length > 0 && state.set(key, values.join(","));
      list("kind", [...picked.kinds].sort((a, b) => a - b).map((at) => data.kinds[at][0]));
      list("verb", [...picked.verbs].sort((a, b) => a - b).map((at) => data.verbs[at][0]));
      for (const key of ["sure", "since", "until"]) if (picked[key] > 0) state.set(key, picked[key]);
      if (chosen >= 0) state.set("entry", address(chosen));
      if (ends.every((node) => node >= 0)) state.set("way", ends.map(address).join(","));
      state.set("at", [Math.round(view.x), Math.round(view.y), view.scale.toPrecision(3)].join(","));
      return `#${String(state).replace(/%2C/g, ",").replace(/%2F/g, "/")}`;
    };
    let [timer, pushing, known] = [0, false, undefined];
    /** Writes it once nothing moves; what was picked is a step for the way back, where one looks is none. */
    const keep = (step = false) => {
      pushing ||= step;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const state = written();
        const changed = state !== location.hash;
        try {
          if (changed) history[pushing ? "pushState" : "replaceState"](history.state, "", state);
          known = state;
        } catch {
          // Whoever moves very fast is told in the address a little later.
        }
        pushing = false;
      }, 250);
    };
    const restore = () => {
      // What leads to a place on the page says nothing of this.
      if (location.hash === known || (location.hash.length > 1 && !location.hash.includes("="))) return false;
      known = location.hash;
      clearTimeout(timer);
      pushing = false;
      const state = new URLSearchParams(location.hash.slice(1));
      const list = (key) => (state.get(key) ?? "").split(",");
      for (const [set, key, of] of [[picked.kinds, "kind", data.kinds], [picked.verbs, "verb", data.verbs]]) {
        set.clear();
        for (const name of list(key)) if (of.some(([it]) => it === name)) set.add(of.findIndex(([it]) => it === name));
      }
      for (const key of ["sure", "since", "until"]) picked[key] = Math.max(0, Math.trunc(Number(state.get(key)))) || 0;
      [sure.value, since.value, until.value] = [picked.sure, picked.since || "", picked.until || ""];
      kinds.show();
      verbs.show();
      chosen = named(state.get("entry")) ?? -1;
      ends = [0, 1].map((at) => named(list("way")[at]) ?? -1);
      [fromField, toField].forEach((it, at) => it.set(ends[at]));
      resift(true);
      filters.open ||= picked.kinds.size + picked.verbs.size + picked.sure + picked.since + picked.until > 0;
      between.open ||= ways.length > 0;
      const [x, y, scale] = list("at").map(Number);
      cancelAnimationFrame(moving);
      whole = fit();
      if (scale > 0 && Number.isFinite(x) && Number.isFinite(y)) Object.assign(view, { x, y, scale: limited(scale) });
      else Object.assign(view, { x: box.left + box.wide / 2, y: box.top + box.high / 2, scale: whole });
      if (!state.has("at") && chosen >= 0) [view.x, view.y, view.scale] = around(chosen);
      choose(chosen, true);
      return true;
    };

    // ---- Hands

    const nearest = ({ offsetX, offsetY }) => {
      let [best, least] = [undefined, Infinity];
      for (const it of near) {
        const far = Math.hypot(across(it.x) - offsetX, down(it.y) - offsetY) - it.r;
        if (far < least) [best, least] = [it, far];
      }
      return least < 8 ? best : undefined;
    };
    const open = (it) => {
      if (!it) return choose(-1);
      if (it.more > 0) return go(it.x, it.y, view.scale * 2.2);
      choose(it.node);
    };
    const hands = new Map();
    let far = 0;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      if (hands.size === 0) far = 0;
      hands.set(event.pointerId, event);
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = hands.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== "mouse") return;
        const it = nearest(event);
        if (it === pointed) return;
        pointed = it;
        tell();
        return ask();
      }
      const [dx, dy] = [event.offsetX - before.offsetX, event.offsetY - before.offsetY];
      far += Math.abs(dx) + Math.abs(dy);
      if (hands.size === 1) move(dx, dy);
      else {
        const other = [...hands.values()].find((it) => it.pointerId !== event.pointerId);
        const apart = (it) => Math.hypot(it.offsetX - other.offsetX, it.offsetY - other.offsetY);
        move(dx / 2, dy / 2);
        zoom(apart(event) / Math.max(1, apart(before)), (event.offsetX + other.offsetX) / 2, (event.offsetY + other.offsetY) / 2);
      }
      hands.set(event.pointerId, event);
    });
    canvas.addEventListener("pointerup", (event) => {
      if (hands.delete(event.pointerId) && hands.size === 0 && far < 6) open(nearest(event));
    });
    canvas.addEventListener("pointercancel", (event) => hands.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => {
      if (!pointed) return;
      pointed = undefined;
      tell();
      ask();
    });
    // The wheel alone moves the page; with Ctrl, as two fingers on a pad say it, it enlarges.
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(-Math.min(50, Math.max(-50, event.deltaY)) / 100), event.offsetX, event.offsetY);
    }, { passive: false });
    const STEP = 60;
    const keys = {
      ArrowLeft: () => move(STEP, 0), ArrowRight: () => move(-STEP, 0), ArrowUp: () => move(0, STEP), ArrowDown: () => move(0, -STEP),
      "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: all, Escape: () => choose(-1),
    };
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter") {
        const nodes = near.filter((it) => it.more === 0).map((it) => it.node).sort((a, b) => a - b);
        const at = nodes.indexOf(chosen);
        const next = at < 0 ? 0 : (at + (event.shiftKey ? -1 : 1) + nodes.length) % nodes.length;
        if (nodes.length > 0) choose(nodes[next], true);
        else open(near[0]);
        keep(true);
      } else if (Object.hasOwn(keys, event.key)) keys[event.key]();
      else return;
      event.preventDefault();
    });

    // ---- All of it

    const find = field(words.find, (node) => node >= 0 && choose(node));
    const end = (at) => (node) => {
      ends[at] = node;
      connect();
    };
    const [fromField, toField] = [field(words.from, end(0)), field(words.to, end(1))];
    const filters = make("details", {}, make("summary", {}, words.filter), kinds.element, verbs.element, make("div", { class: "fields" }, labelled(words.confidence, sure), labelled(words.since, since), labelled(words.until, until)));
    const between = make("details", {}, make("summary", {}, words.ways), make("div", { class: "fields" }, fromField.element, toField.element), status, found);
    const tools = make("div", { class: "fields" }, find.element, make("div", { role: "group", "aria-label": words.explore, class: "zooms" },
      button("+", () => zoom(1.4), { "aria-label": words.closer, title: words.closer }), button("−", () => zoom(1 / 1.4), { "aria-label": words.farther, title: words.farther }), button(words.whole, all)));
    stage.append(told);
    const explorer = make("section", { class: "explorer", "aria-label": words.explore }, tools, stage, count, filters, between);
    figure.before(explorer);
    figure.classList.add("explored");
    const measure = () => {
      const first = wide === 0;
      [wide, high] = [canvas.clientWidth, canvas.clientHeight];
      const ratio = Math.min(2, devicePixelRatio || 1);
      [canvas.width, canvas.height] = [Math.round(wide * ratio), Math.round(high * ratio)];
      if (first && wide > 0 && !restore()) {
        resift(true);
        Object.assign(view, { x: box.left + box.wide / 2, y: box.top + box.high / 2, scale: (whole = fit()) });
      }
      draw();
    };
    const repaint = () => {
      colour();
      ask();
    };
    colour();
    new ResizeObserver(measure).observe(canvas);
    for (const query of [forced, matchMedia("(prefers-color-scheme: dark)")]) query.addEventListener("change", repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    addEventListener("popstate", restore);
    addEventListener("hashchange", restore);
  };

  self.dossierGraph = (data) => {
    delete self.dossierGraph;
    start(data);
  };
  const script = make("script", { src: new URL("graph/data.js", root).href });
  script.addEventListener("load", () => script.remove());
  document.head.append(script);
})();
