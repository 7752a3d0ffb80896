/** The server's memory over many edits, with a browser looking on. */
import { pause } from "./clock.mjs";
import { openPage } from "./page.mjs";

/** How many entries are edited in turn; the first is the page looked at. */
const AMONG = 20;
const EVERY = 100;

/** Gives `[edits made, MB]`, before the first and after every hundred. */
export async function measureMemory(server, browser, dossier, edits) {
  const page = await openPage(browser, server.url + dossier.looked.address);
  const others = dossier.entries.filter((entry) => entry !== dossier.looked).slice(0, AMONG - 1);
  const edited = [dossier.looked, ...others].map((entry) => ({ ...entry, text: dossier.read(entry.path) }));
  const curve = [[0, server.memory()]];
  for (let n = 1; n <= edits; n++) {
    const entry = edited[n % AMONG];
    const text = entry.text.replace(/\n---\n/, `\n---\nA sentence, memory-${n}. `);
    const save = () => dossier.overwrite(entry.path, text);
    if (entry.path === dossier.looked.path) {
      await page.until({ selector: ".prose", text: `memory-${n}.` }, save);
    } else {
      save();
      await pause(25);
    }
    if (n % EVERY === 0) {
      // Until what is under way is done.
      await pause(500);
      curve.push([n, server.memory()]);
    }
  }
  await page.page.close();
  return curve;
}
