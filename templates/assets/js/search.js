/*
 * Finds names (titles, other names, ids in other catalogues), whatever their case, accents and signs, and with a mistake or
 * two; then texts that hold the words, whatever their endings. What it looks in are scripts beside the pages (search/*.js), since a page that was opened from a folder can load
 * nothing else. Without this script the field is a link to search/, and that page leads to the list of all names.
 */
(() => {
  const root = new URL("../../", document.currentScript.src);

  // words:begin (src/search/words.rs cuts the same)
  const EASTERN = "\u0e00-\u0eff\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}";
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ς: "σ" };
  const RUNS = new RegExp(`(?:(?=[\\p{Alphabetic}\\p{N}])[${EASTERN}])+|(?:(?![${EASTERN}])[\\p{Alphabetic}\\p{N}])+`, "gu");
  function words(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/\p{M}+/gu, "");
    const all = plain.replace(/[ßæœþøłđðıς]/g, (letter) => PLAIN[letter]).match(RUNS) ?? [];
    return all.map((word) => ({ hxxp: "http", hxxps: "https" })[word] ?? word);
  }
  // words:end

  // ---- What is looked in (src/search/data.rs writes it)

  const asked = new Map();
  const loaded = new Map();
  self.dossierSearch = (name, value) => asked.get(name)?.(value);
  const load = self.dossierSearch.load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        asked.set(name, resolve);
        const script = document.createElement("script");
        script.src = new URL(`search/${name}.js`, root).href;
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

  /** Every word of every name, in order. */
  const dictionary = async () => {
    let before = "";
    const shared = [...(await load("words")).matchAll(/([A-Z])([^A-Z]*)/g)];
    return shared.map(([, length, rest]) => (before = before.slice(0, length.charCodeAt() - 65) + rest));
  };
  let all;

  const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, at) => [digit, at]));
  const numbers = (text) => {
    const found = [];
    let [number, shift] = [0, 0];
    for (const digit of text) {
      const five = DIGITS.get(digit);
      number |= (five & 31) << shift;
      shift += 5;
      if (five > 31) {
        found.push(number);
        [number, shift] = [0, 0];
      }
    }
    return found;
  };

  const partOf = (word, parts) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(word)) hash = Math.imul(hash ^ byte, 0x01000193);
    return (hash ^ (hash >>> 16)) & (parts - 1);
  };

  /** Who bears names that hold a word: page, which of its names, how many words that has. */
  const bearers = async (word, parts) => {
    const part = await load(`names-${partOf(word, parts)}`);
    const found = numbers(part.find(([other]) => other === word)?.[1] ?? "");
    const all = [];
    for (let [at, page] = [0, 0]; at < found.length; at += 2) {
      page += found[at];
      all.push({ page, nth: found[at + 1] >> 4, words: found[at + 1] & 15 });
    }
    return all;
  };

  // ---- Words that are like a word

  /** The edits between two words, a swap of neighbours among them; more than `most` are not counted. With `open` the second may go on. */
  const edits = (one, other, most, open) => {
    let [older, old, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at), []];
    for (let i = 1; i <= one.length; i += 1) {
      row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j += 1) {
        let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, older[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [older, old] = [old, row];
    }
    return open ? Math.min(...old) : old[other.length];
  };

  const CANDIDATES = 24;
  /** So many values of a filter are shown: those that most of what was found has. */
  const VALUES = 8;
  /** Of so many results the place is shown at which the words stand. */
  const QUOTED = 10;

  /** The words of the names that a word may mean, each with how well it does, from 0 to 1: one that stands in texts is seldom a mistake. */
  const alike = (word, last, known) => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle] < word) low = middle + 1;
      else high = middle;
    }
    const found = [];
    // The order is that of bytes, which for rare characters is not a script's: then all are looked at.
    for (let at = low; at < all.length && all[at].startsWith(word); at += 1) {
      const share = word.length / all[at].length;
      if (share === 1) found.push([all[at], 1]);
      else if (last || word.length > 3) found.push([all[at], (last ? 0.65 : 0.45) + 0.3 * share]);
    }
    const exact = found.length > 0 && found[0][1] === 1;
    // Numbers and what holds one are exact: a digit more is another.
    if (!exact && word.length > 3 && !/\p{N}/u.test(word)) {
      const most = word.length > 5 ? 2 : 1;
      const doubt = known ? 0.5 : 1;
      for (const other of all) {
        if (other.length < word.length - most || other.startsWith(word)) continue;
        const whole = other.length <= word.length + most ? edits(word, other, most, false) : most + 1;
        if (whole <= most) found.push([other, (whole === 1 ? 0.75 : 0.55) * doubt]);
        else if (last && word.length > 4 && other.length > word.length && edits(word, other, 1, true) <= 1) found.push([other, 0.5 * doubt]);
      }
    }
    return found.sort((one, other) => other[1] - one[1]).slice(0, CANDIDATES);
  };

  /** The same words cut otherwise: neighbours as one (`apt 38`), letters and digits apart (`apt38`). */
  const cuts = (asked) => {
    const lists = [asked];
    for (let at = 0; at + 1 < asked.length && at < 6; at += 1) {
      lists.push([...asked.slice(0, at), asked[at] + asked[at + 1], ...asked.slice(at + 2)]);
    }
    const apart = asked.flatMap((word) => word.match(/\p{N}+|\P{N}+/gu));
    if (apart.length > asked.length) lists.push(apart);
    return lists;
  };

  // ---- Texts

  // terms:begin (src/search/endings.rs and postings.rs take the same)
  /** What of a word tells it from other words: its endings are taken off, step by step. */
  function stem(word, steps) {
    if (word.length <= 3 || /\p{N}/u.test(word)) return word;
    for (const step of steps) {
      const found = step.find(([ending]) => word.endsWith(ending));
      if (!found) continue;
      const left = word.slice(0, word.length - found[0].length);
      if ([...left].length >= 3 && /[^bcdfghj-np-tvwxz]/.test(left)) word = left + found[1];
    }
    return word;
  }

  /** The terms of a word: of a script that puts no space between words, every two letters that stand together. */
  function terms(word, steps) {
    if (!new RegExp(`^[${EASTERN}]`, "u").test(word)) return [stem(word, steps)];
    const letters = [...word.normalize("NFC")];
    return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
  }

  /** What is asked: words, phrases in quotation marks, and what is behind a minus, which must not be there. */
  function question(text) {
    const asked = { words: "", phrases: [], without: [] };
    asked.words = text.replace(/(^|\s)(-?)(?:["“„«]([^"“”„«»]*)["”“»]?|(?<=-)([^\s"“„«]+))/gu, (all, before, minus, phrase, word) => {
      if (!minus && phrase === undefined) return all;
      (minus ? asked.without : asked.phrases).push(phrase ?? word);
      return before;
    });
    return asked;
  }
  // terms:end

  const linesOf = async (term, files) => load(`text-${partOf([...term].slice(0, 4).join(""), files)}`);

  /** The pages of a term, each with how much it counts there, as `impact` for each page; undefined for what stands nearly everywhere. */
  const pagesOf = (written) => {
    if (written === "*") return undefined;
    const pages = new Map();
    let next = 0;
    for (const number of numbers(written)) {
      next += number >>> 5;
      pages.set(next, number & 31);
      next += 1;
    }
    return pages;
  };

  /** The pages of a term; with `open` also of those that begin so, which count half. */
  const standing = async (term, files, open) => {
    const lines = await linesOf(term, files);
    const found = new Map();
    let everywhere = false;
    // They stand in order.
    let at = lines.startsWith(term) ? 0 : lines.indexOf(`\n${term}`) + 1;
    while (lines.startsWith(term, at)) {
      const [end, space] = [lines.indexOf("\n", at), lines.indexOf(" ", at)];
      const whole = space === at + term.length;
      if (whole || (open && term.length > 3)) {
        const pages = pagesOf(lines.slice(space + 1, end));
        if (pages === undefined) everywhere ||= whole;
        else for (const [page, impact] of pages) found.set(page, Math.max(found.get(page) ?? 0, whole ? impact : impact / 2));
      }
      at = end + 1;
    }
    return { found, everywhere, exact: everywhere || found.size > 0 };
  };

  /** The pages in whose texts all of the words stand, each with how well, from 0 to 1; and which words are known. */
  const inTexts = async ({ words: plain, phrases, without }, open) => {
    const { texts: files, pages: all, endings } = await load("index");
    const known = new Set();
    if (files === 0) return { known, found: new Map() };
    const cut = (text) => words(text).slice(0, 12);
    const typed = cut(plain);
    const wanted = [
      ...typed.flatMap((word, at) => terms(word, endings).map((term) => ({ word, term, open: open && at === typed.length - 1, must: false }))),
      ...phrases.flatMap(cut).flatMap((word) => terms(word, endings).map((term) => ({ word, term, open: false, must: true }))),
    ];
    const lists = await Promise.all(wanted.map(async (it) => ({ ...it, ...(await standing(it.term, files, it.open)) })));
    const telling = lists.filter(({ everywhere }) => !everywhere);
    for (const { word, exact } of lists) if (exact) known.add(word);
    const scores = new Map();
    let best = 0;
    for (const { found, must } of telling) {
      const rarity = Math.log(1 + (all - found.size + 0.5) / (found.size + 0.5));
      best += rarity;
      for (const [page, impact] of found) {
        const score = scores.get(page) ?? { score: 0, met: 0, musts: 0 };
        score.score += (rarity * impact) / 31;
        score.met += 1;
        score.musts += must ? 1 : 0;
        scores.set(page, score);
      }
    }
    const musts = telling.filter(({ must }) => must).length;
    // Of many words one may be missing.
    const least = telling.length - (telling.length - musts > 3 ? 1 : 0);
    const found = new Map();
    for (const [page, { score, met, musts: kept }] of scores) {
      if (met >= least && kept === musts) found.set(page, (score / best) * (met / telling.length) ** 2);
    }
    for (const barred of without) {
      const lists = await Promise.all(cut(barred).flatMap((word) => terms(word, endings)).map((term) => standing(term, files, false)));
      if (lists.length === 0) continue;
      for (const page of found.keys()) {
        if (lists.every(({ found, everywhere }) => everywhere || found.has(page))) found.delete(page);
      }
    }
    return { known, found };
  };

  // ---- Names

  /** The pages whose names the words mean: by page which of its names, and how well, from 0 to 1. */
  const inNames = async (text, open, known) => {
    const typed = words(text).slice(0, 12);
    const best = new Map();
    if (typed.length === 0) return best;
    const { names: parts } = await load("index");
    all ??= await dictionary();
    for (const asked of cuts(typed)) {
      const lists = asked.map((word, at) => alike(word, open && at === asked.length - 1, known.has(word)));
      const wanted = new Set(lists.flat().map(([word]) => word));
      const borne = new Map(await Promise.all([...wanted].map(async (word) => [word, await bearers(word, parts)])));
      const names = new Map();
      lists.forEach((list, at) => {
        for (const [word, how] of list) {
          for (const bearer of borne.get(word)) {
            const key = bearer.page * 65536 + bearer.nth;
            if (!names.has(key)) names.set(key, { ...bearer, how: Array.from(asked, () => 0) });
            const name = names.get(key);
            name.words = Math.max(name.words, bearer.words);
            name.how[at] = Math.max(name.how[at], how);
          }
        }
      });
      // Of many words one may be none of the name.
      const spare = asked.length > 2 ? 1 : 0;
      for (const { page, nth, words, how } of names.values()) {
        const met = how.filter((it) => it > 0).length;
        if (met < asked.length - spare) continue;
        const mean = how.reduce((sum, it) => sum + it, 0) / asked.length;
        const score = mean * (0.6 + (0.4 * met) / Math.max(met, words)) + (nth === 0 ? 0.01 : 0);
        if (score > (best.get(page)?.score ?? 0)) best.set(page, { page, nth, score });
      }
    }
    return best;
  };

  // ---- Both

  /** How much a text counts that holds nothing but the words, where a name that is nothing but them counts 1. */
  const TEXT = 0.55;

  /** The pages that are meant, best first: page, which of its names (0 its title), how well, whether its text tells so. */
  const ranked = async (text) => {
    const asked = question(text);
    const open = !/[\s.,;:)\]”"»]$/u.test(text);
    const { known, found } = await inTexts(asked, open);
    const names = await inNames([asked.words, ...asked.phrases].join(" "), open, known);
    const strict = asked.phrases.length > 0 || asked.without.length > 0;
    const best = new Map();
    for (const [page, name] of names) if (!strict || found.has(page)) best.set(page, { ...name, text: false });
    for (const [page, how] of found) {
      const name = best.get(page);
      const score = TEXT * Math.sqrt(how);
      if (name) best.set(page, { ...name, score: Math.max(name.score, score) + 0.1 * score, text: true });
      else best.set(page, { page, nth: 0, score, text: true });
    }
    return [...best.values()].sort((one, other) => other.score - one.score || one.page - other.page);
  };

  /** What is told of a page that was found. */
  const told = async ({ page, nth, text }) => {
    const { cards } = await load("index");
    const [path, title, kind, summary, marking, names] = (await load(`cards-${Math.floor(page / cards)}`))[page % cards];
    const [name, how] = nth > 0 ? names[nth - 1] : [title, ""];
    return { href: new URL(path, root).href, name, how, title, kind, summary, marking, text };
  };

  const find = async (text, most) => {
    const found = await ranked(text);
    return { count: found.length, shown: await Promise.all(found.slice(0, most).map(told)) };
  };

  /** By what a reader picks some of what was found: key, what it is called, its values, each with its pages. */
  const filters = async () => (await load("filters")).map(([key, called, values]) => ({
    key,
    called,
    values: values.map(([value, called, written]) => {
      let next = 0;
      return { value, called, pages: new Set(numbers(written).map((skipped) => (next += skipped + 1) - 1)) };
    }),
  }));

  // ---- What stands there

  /** Around a word that is shown, at most so many letters. */
  const AROUND = 110;

  /** A page as it is read, without what stands beside its text; undefined where it cannot be loaded, as from a folder. */
  const read = async (href) => {
    if (!location.protocol.startsWith("http")) return undefined;
    const answer = await fetch(href);
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const beside of page.querySelectorAll("main :is(nav, button, form, template, .cite, .sidenote, .anchor, .grade)")) beside.remove();
    // Pictures say what they show, and between two blocks a word ends.
    for (const picture of page.querySelectorAll("main img[alt]")) picture.replaceWith(` ${picture.alt} `);
    for (const block of page.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, caption, figcaption, pre, br, div, summary)")) block.after(" ");
    return page;
  };

  /** The part of a page that holds most of the words, and the section in which it stands. */
  const passage = (page, wanted, endings) => {
    let best;
    const headings = [...page.querySelectorAll("main :is(h2, h3)[id]")];
    // What stands below these is a record, or what others say.
    const aside = /^page-(cite|cited|mentions|record|references|relations)$/;
    for (const block of page.querySelectorAll("main :is(p, li, td, dd, dt, h2, h3, figcaption, pre)")) {
      if (block.querySelector("p, li, td")) continue;
      const text = block.textContent.replace(/\s+/g, " ").trim();
      const met = new Set(words(text).flatMap((word) => terms(word, endings)).filter((term) => wanted.has(term)));
      // A sentence tells more than a name in a list.
      const told = met.size + (met.size > 0 && text.length > 60 ? 0.5 : 0);
      if (told <= (best?.told ?? 0)) continue;
      const before = (heading) => heading === block || heading.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING;
      const section = headings.filter(before).at(-1);
      if (!aside.test(section?.id)) best = { text, told, section };
    }
    return best;
  };

  /** A text around the first of its words that are wanted, which are marked. */
  const excerpt = (text, wanted, endings) => {
    const pieces = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter(([word]) => words(word).flatMap((it) => terms(it, endings)).some((it) => wanted.has(it)));
    const first = pieces[0]?.index ?? 0;
    let [from, to] = [Math.max(0, first - AROUND), Math.min(text.length, first + 2 * AROUND)];
    if (from > 0) from = text.indexOf(" ", from) + 1 || from;
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), first + 1);
    const shown = [];
    let at = from;
    for (const { 0: word, index } of pieces.filter(({ index }) => index >= from && index < to)) {
      shown.push(text.slice(at, index), make("mark", {}, word));
      at = index + word.length;
    }
    return [from > 0 ? "… " : "", ...shown, text.slice(at, to), to < text.length ? " …" : ""].filter((piece) => piece !== "");
  };

  /** Whether the words of a phrase stand in a page one behind the other. */
  const says = (page, phrase) => {
    const text = (it) => ` ${words(it).join(" ")} `;
    return text(page.querySelector("main")?.textContent ?? "").includes(text(phrase));
  };

  // ---- What links lead to

  const LEVELS = ["p-clear", "p-green", "p-amber", "p-amber-strict", "p-red"];
  const levelOf = (page) => LEVELS.findIndex((level) => page.documentElement.classList.contains(level));

  /** What is told of the page that a link leads to, if it is an entry's and no more than this page may show. */
  const ahead = async (link) => {
    const url = new URL(link.href);
    if (url.origin !== root.origin || url.protocol !== root.protocol || !url.pathname.startsWith(root.pathname)) return undefined;
    const path = url.pathname.slice(root.pathname.length).replace(/(\/index\.html|\/)$/, "");
    if (!/^[a-z]+\/[a-z0-9-]+$/.test(path) || url.pathname === location.pathname) return undefined;
    const { folders, firsts, markings } = await load("index");
    const place = (path) => {
      const [folder, slug] = path.split("/");
      return [folders.indexOf(folder), slug];
    };
    const [folder, slug] = place(path);
    if (folder < 0) return undefined;
    const after = (first) => {
      const [other, name] = place(first);
      return other > folder || (other === folder && name > slug);
    };
    let at = firsts.findIndex(after);
    if (at < 0) at = firsts.length;
    if (at === 0) return undefined;
    const found = (await load(`cards-${at - 1}`)).find(([other]) => other.replace(/(\/index\.html|\/)$/, "") === path);
    if (!found) return undefined;
    const [, title, kind, summary, marking, names, count] = found;
    const shown = levelOf(document);
    const level = marking ? markings.indexOf(marking) : 0;
    return level < 0 || level > shown ? undefined : { title, kind, summary, marking, names: names.slice(0, count).map(([name]) => name) };
  };

  /** What a preview of an entry shows; nothing where none may be. */
  const introduced = async (link) => {
    const told = await ahead(link).catch(() => undefined);
    if (!told) return undefined;
    const { title, kind, summary, marking, names } = told;
    return [
      make("p", { class: "sort" }, kind, marking ? make("span", { class: "tlp" }, marking) : ""),
      make("p", { class: "match" }, title),
      names.length > 0 ? make("p", { class: "who" }, names.slice(0, 6).join(", ") + (names.length > 6 ? " …" : "")) : "",
      summary ? make("p", {}, summary) : "",
    ];
  };

  /** What a preview of a citation shows: its line of the references, unless it stands beside it as a note. */
  const referred = (mark) => {
    const note = mark.nextElementSibling;
    if (note?.matches(".sidenote") && note.checkVisibility()) return undefined;
    const line = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!line?.closest(".refs")) return undefined;
    const told = make("p", {}, ...line.cloneNode(true).childNodes);
    for (const part of told.querySelectorAll(".no, .full")) part.remove();
    for (const tip of told.querySelectorAll(".tip")) tip.replaceWith(` (${tip.textContent})`);
    return [told];
  };

  const previews = () => {
    let [box, link, timer] = [undefined, undefined, 0];
    const hide = () => {
      clearTimeout(timer);
      link?.removeAttribute("aria-describedby");
      box?.remove();
      [box, link] = [undefined, undefined];
    };
    const isKept = () => box?.classList.contains("kept");
    const show = async (wanted) => {
      const told = wanted.matches(".cite") ? referred(wanted) : await introduced(wanted);
      if (!told || link !== wanted || box) return;
      box = make("div", { class: "preview", role: "tooltip", id: "page-preview" }, ...told);
      // A click keeps it there, and another lets it go.
      box.addEventListener("click", ({ target }) => target.closest("a") || box.classList.toggle("kept"));
      document.querySelector("main").append(box);
      link.setAttribute("aria-describedby", "page-preview");
      const at = [...link.getClientRects()].at(-1) ?? link.getBoundingClientRect();
      const wide = document.documentElement.clientWidth;
      const left = Math.max(8, Math.min(at.left, wide - box.offsetWidth - 8));
      const below = at.bottom + box.offsetHeight + 12 < innerHeight || at.top < box.offsetHeight + 12;
      const placed = box.offsetParent && getComputedStyle(box.offsetParent).position !== "static";
      const { left: x, top: y } = placed ? box.offsetParent.getBoundingClientRect() : { left: -scrollX, top: -scrollY };
      box.style.left = `${left - x}px`;
      box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) - y}px`;
    };
    const soon = (wanted, after) => {
      if (wanted === link || isKept()) return;
      hide();
      if (!wanted) return;
      link = wanted;
      timer = setTimeout(() => show(wanted), after);
    };
    const linkAt = (target) => target.closest?.("main a.cite[href^='#'], main a[href]:not(.cite, [href^='#'])");
    document.addEventListener("pointerover", ({ target, pointerType }) => {
      if (pointerType !== "mouse") return;
      const wanted = linkAt(target);
      if (!box) return soon(wanted, 350);
      clearTimeout(timer);
      if (wanted === link || box.contains(target) || isKept()) return;
      // On the way to the preview it stays.
      if (wanted) soon(wanted, 350);
      else timer = setTimeout(hide, 250);
    });
    document.addEventListener("focusin", ({ target }) => soon(target.matches?.(":focus-visible") ? linkAt(target) : undefined, 350));
    document.addEventListener("focusout", () => isKept() || hide());
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    addEventListener("pagehide", hide);
  };

  // ---- The field

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== ""));
    return element;
  };

  /** What is said of one that was found: a sentence, also to who only hears it; perhaps with room for a place in it. */
  const described = ({ name, how, kind, summary, marking }, room = false) => [
    make("span", { class: "match" }, name),
    how && make("span", { class: "who" }, `, ${how}`),
    make("span", { class: "sort" }, `, ${kind}`),
    marking && make("span", { class: "tlp" }, marking),
    (summary || room) && make("span", { class: "about" }, summary),
  ].filter(Boolean);

  previews();
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form.find");
    const field = form?.querySelector("input");
    const list = document.getElementById("page-found");
    const status = form?.querySelector("[role=status]");
    if (!field || !list || !status) return;
    const whole = list.nodeName === "OL";
    const narrowing = document.querySelector(".filters");
    // Where it stands beside the results it is open.
    if (narrowing && matchMedia("(min-width: 80rem)").matches) narrowing.open = true;
    let turn = 0;
    let active = -1;

    const options = () => [...list.children];
    const close = () => {
      turn += 1;
      active = -1;
      list.hidden = true;
      list.replaceChildren();
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const activate = (at) => {
      const all = options();
      if (all.length === 0) return;
      active = (at + all.length) % all.length;
      all.forEach((option, nth) => option.setAttribute("aria-selected", String(nth === active)));
      field.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    };
    const go = (href, beside) => {
      if (beside) open(href, "_blank", "noopener");
      else location.assign(href);
    };
    const searched = () => {
      const url = new URL(form.action);
      url.searchParams.set("q", field.value.trim());
      return url.href;
    };

    const say = (words, count) => (count === 0 ? words.none : `${words.found} ${count}`);

    // What a reader picked, by the key of the filter, and the filters once they are loaded.
    const picked = new Map();
    let sorts;
    const picks = ({ key, values }, page) => !picked.has(key) || Boolean(values.find(({ value }) => value === picked.get(key))?.pages.has(page));

    /** The filters that tell what was found apart, with how many each value leaves; one that is picked can be let go. */
    const narrow = (all, words) => {
      const focused = document.activeElement?.closest(".filters button")?.value;
      const shown = sorts.flatMap((sort) => {
        const rest = all.filter(({ page }) => sorts.every((other) => other === sort || picks(other, page)));
        // There may be thousands of values, each of few pages.
        const pages = new Set(rest.map(({ page }) => page));
        const counted = sort.values.map((it) => ({ ...it, count: [...it.pages].filter((page) => pages.has(page)).length }));
        const telling = counted.filter(({ value, count }) => count > 0 || value === picked.get(sort.key));
        if (telling.length < 2 && !picked.has(sort.key)) return [];
        const first = telling.toSorted((one, other) => other.count - one.count).slice(0, VALUES);
        const options = telling.filter((it) => first.includes(it)).map(({ value, called, count }) => {
          const button = make("button", { type: "button", value: `${sort.key} ${value}`, "aria-pressed": String(picked.get(sort.key) === value) }, called, " ", make("span", {}, String(count)));
          button.addEventListener("click", () => {
            if (picked.get(sort.key) === value) picked.delete(sort.key);
            else picked.set(sort.key, value);
            show();
          });
          return button;
        });
        return [make("div", { role: "group", "aria-label": sort.called }, make("span", { "aria-hidden": "true" }, sort.called), ...options)];
      });
      narrowing.hidden = shown.length === 0;
      narrowing.lastElementChild.replaceChildren(...shown);
      if (focused) [...narrowing.querySelectorAll("button")].find(({ value }) => value === focused)?.focus();
    };

    /** The results in a list of their own, on the page for it. */
    const fill = async () => {
      const mine = (turn += 1);
      const text = field.value.trim();
      document.documentElement.toggleAttribute("data-asked", text !== "");
      const { words } = await load("index");
      sorts ??= await filters();
      const all = await ranked(text);
      const found = all.filter(({ page }) => sorts.every((sort) => picks(sort, page)));
      const shown = await Promise.all(found.slice(0, 100).map(told));
      if (mine !== turn) return;
      status.textContent = text === "" ? "" : say(words, found.length);
      narrow(all, words);
      const items = shown.map((it) => make("li", {}, make("a", { href: it.href }, ...described(it, true))));
      list.replaceChildren(...items);
      quote(text, shown, items, found.length, () => mine === turn).catch(() => {});
      try {
        const url = new URL(text === "" ? form.action : searched());
        for (const [key, value] of picked) url.searchParams.set(key, value);
        history.replaceState(history.state, "", url);
      } catch {}
    };

    /** Shows of the best results the very place; takes out what does not hold a phrase, which only the page itself can tell. */
    const quote = async (text, shown, items, count, still) => {
      const { words: said, endings, markings } = await load("index");
      const asked = question(text);
      const wanted = new Set([asked.words, ...asked.phrases].flatMap(words).flatMap((word) => terms(word, endings)));
      let kept = count;
      const most = asked.phrases.length > 0 ? shown.length : QUOTED;
      for (const [at, { href, text: inText }] of shown.slice(0, most).entries()) {
        if (!inText || !still()) continue;
        const page = await read(href);
        if (!page || !still()) return;
        if (!asked.phrases.every((phrase) => says(page, phrase))) {
          items[at].remove();
          status.textContent = say(said, (kept -= 1));
          continue;
        }
        const found = passage(page, wanted, endings);
        const link = items[at].firstChild;
        if (!found || at >= QUOTED) continue;
        if (found.section) link.hash = found.section.id;
        const about = link.querySelector(".about");
        about.replaceChildren(...(found.section ? [make("span", { class: "where" }, found.section.textContent.trim()), ": "] : []), ...excerpt(found.text, wanted, endings));
        // What is shown of a page is marked as the page is, which is no lower.
        const level = levelOf(page);
        const marking = link.querySelector(".tlp");
        if (level > 0 && level > markings.indexOf(marking?.textContent)) {
          marking?.remove();
          about.before(make("span", { class: "tlp" }, markings[level]));
        }
      }
    };

    /** The best results below the field. */
    const suggest = async () => {
      const mine = (turn += 1);
      const text = field.value.trim();
      if (text === "") return close();
      const { words } = await load("index");
      const { count, shown } = await find(field.value, 8);
      if (mine !== turn) return;
      const options = shown.map((it) => {
        const option = make("li", { role: "option", "aria-selected": "false" }, ...described(it));
        option.dataset.href = it.href;
        return option;
      });
      if (count > shown.length) {
        const rest = make("li", { role: "option", "aria-selected": "false", class: "all" }, `${words.all} (${count})`);
        rest.dataset.href = searched();
        options.push(rest);
      }
      options.forEach((option, at) => (option.id = `page-found-${at}`));
      list.replaceChildren(...options);
      list.hidden = count === 0;
      field.setAttribute("aria-expanded", String(count > 0));
      field.removeAttribute("aria-activedescendant");
      status.textContent = say(words, count);
      activate(0);
    };

    const show = () => (whole ? fill() : suggest()).catch(close);
    field.addEventListener("input", show);
    form.addEventListener("submit", (event) => {
      const option = options()[active];
      if (!whole && option) {
        event.preventDefault();
        go(option.dataset.href);
      } else if (whole) event.preventDefault();
    });

    if (whole) {
      const asked = new URLSearchParams(location.search);
      field.value = asked.get("q") ?? "";
      for (const [key, value] of asked) if (key !== "q") picked.set(key, value);
      if (field.value !== "") show();
      // Whoever came for it types at once.
      if (location.hash === `#${field.id}`) field.focus({ preventScroll: true });
    } else {
      // Loaded when it is about to be used.
      field.addEventListener("focus", () => {
        load("index").then(() => load("words")).catch(() => {});
        if (field.value.trim() !== "") show();
      });
      field.addEventListener("keydown", (event) => {
        if (event.isComposing || list.hidden) return;
        if (event.key === "ArrowDown") activate(active + 1);
        else if (event.key === "ArrowUp") activate(active - 1);
        else if (event.key === "Escape") close();
        else return;
        event.preventDefault();
      });
      form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close());
      // The field keeps the focus.
      list.addEventListener("mousedown", (event) => event.preventDefault());
      list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) go(option.dataset.href, event.ctrlKey || event.metaKey);
      });
    }

    document.addEventListener("keydown", (event) => {
      const combined = event.ctrlKey || event.metaKey;
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const wanted = combined ? event.key === "k" && !event.shiftKey && !event.altKey : event.key === "/" && !typing && !event.altKey;
      if (!wanted) return;
      event.preventDefault();
      if (field.checkVisibility()) {
        field.focus();
        field.select();
      } else location.assign(`${form.action}#page-search`);
    });
  });
})();
