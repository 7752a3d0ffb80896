/**
 * The script's own work for a frame of the page of everything that is connected: in Chromium, while a key moves what is drawn, at
 * several sizes, with an entry picked and without.
 *
 *     node benches/graph.mjs SITE --base-url http://dossier.test/ [--entries 10000 --connections 40000] [--frames 200]
 *
 * With `--entries` these are drawn by dice that fall alike every time, in place of the site's own: in a hundred clouds, four of five
 * connections within one. The work is the time within the callbacks of `requestAnimationFrame`; what the browser then does to
 * show it is not in it. Needs the modules and Chromium of tests/web (scripts/test installs them).
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dice } from "../tests/web/lib/asking.mjs";
import { openSite } from "../tests/web/lib/browser.mjs";
import { options } from "../tests/web/lib/report.mjs";

const { _: [dir], "base-url": base = "http://dossier.test/", entries, connections = "40000", frames = "200" } = options();
if (!dir || !existsSync(join(dir, "graph/data.js"))) {
  console.error("usage: node benches/graph.mjs SITE --base-url URL [--entries N --connections N] [--frames N]");
  process.exit(2);
}
const site = { dir: resolve(dir), base: new URL(base) };

/** Digits of sixty-four, as `src/search/data.rs` writes numbers. */
function written(number) {
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return number < 32 ? DIGITS[number + 32] : DIGITS[number & 31] + written(number >> 5);
}

/** What the site's page would load if it had so many. */
function drawn(count, most) {
  const text = readFileSync(join(site.dir, "graph/data.js"), "utf8");
  const data = JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
  const roll = dice(1);
  const CLOUDS = 100;
  const within = (spread) => [0, 1].map(() => roll(spread) + roll(spread) + roll(spread));
  const clouds = Array.from({ length: CLOUDS }, () => within(1000));
  const members = Array.from({ length: CLOUDS }, () => []);
  let nodes = "";
  for (let node = 0; node < count; node += 1) {
    const cloud = roll(CLOUDS);
    members[cloud].push(node);
    const place = within(120).map((length, at) => clouds[cloud][at] + length);
    nodes += [node % data.kinds.length, ...place, 0].map(written).join("");
  }
  const pairs = new Set();
  while (pairs.size < most) {
    const cloud = members[roll(CLOUDS)];
    const [one, other] = [cloud[roll(cloud.length)], roll(5) > 0 ? cloud[roll(cloud.length)] : roll(count)];
    if (one !== other) pairs.add(Math.min(one, other) * count + Math.max(one, other));
  }
  let [ties, last] = ["", 0];
  for (const pair of [...pairs].sort((one, other) => one - other)) {
    const from = Math.floor(pair / count);
    ties += [from - last, pair % count, 1, (pair % data.verbs.length) << 6, 0].map(written).join("");
    last = from;
  }
  const all = Array.from({ length: count }, (_, at) => at);
  return { ...data, names: all.map((at) => `An entry of many, ${at}`), slugs: all.map((at) => `entry-${at}`), nodes, tied: most, ties };
}

const { browser, close } = await openSite(site);
try {
  const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" })).newPage();
  if (entries) await tab.route("**/graph/data.js", (route) => route.fulfill({ contentType: "text/javascript", body: `dossierGraph(${JSON.stringify(drawn(Number(entries), Number(connections)))});` }));
  await tab.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.work = [];
    window.requestAnimationFrame = (draw) => ask((now) => {
      const began = performance.now();
      draw(now);
      window.work.push(performance.now() - began);
    });
  });
  await tab.goto(new URL("graph/", site.base).href);
  const canvas = tab.locator(".explorer canvas");
  await canvas.waitFor({ timeout: 60_000 });
  console.log(await tab.locator(".explorer > p.quiet").textContent());
  await canvas.focus();
  await measure("all of it");
  for (let step = 1; step <= 8; step += 1) {
    await tab.keyboard.press("+");
    await tab.keyboard.press("+");
    await measure(`enlarged ${(1.4 ** (2 * step)).toFixed(0)} times`);
  }
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("0");
  await measure("an entry picked");

  /** Moves it by keys, a step a frame, to and fro. */
  async function measure(what) {
    await tab.evaluate(async (frames) => {
      const canvas = document.querySelector(".explorer canvas");
      window.work.length = 0;
      for (let frame = 0; frame < frames; frame += 1) {
        const key = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"][Math.floor(frame / 5) % 4];
        canvas.dispatchEvent(new KeyboardEvent("keydown", { key }));
        await new Promise((done) => setTimeout(done, 20));
      }
    }, Number(frames));
    const work = (await tab.evaluate(() => window.work)).sort((one, other) => one - other);
    const at = (part) => (work[Math.min(work.length - 1, Math.floor(work.length * part))] ?? NaN).toFixed(1);
    console.log(`${what}: ${work.length} frames, ms: median ${at(0.5)}, 95 % ${at(0.95)}, most ${at(1)}`);
  }
} finally {
  await close();
}
