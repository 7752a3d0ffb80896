/**
 * The live script: keeps the page that is open in step with the dossier being edited.
 *
 * Takes the server's events (`/_dossier/events`); hands each to the module that acts on it: a page
 * to patch.js, stylesheets and pictures to assets.js, problems to overlay.js. Keeps the connection:
 * when the server is away it asks again, with the hash of what the page now shows, so that the first
 * answer brings it up to date. Changes nothing itself.
 *
 * After every change `dossier:patched` is dispatched on the document, with the generation.
 */
import { ALL, refreshAssets, swapStyles } from "./assets.js";
import * as overlay from "./overlay.js";
import { begin, patch } from "./patch.js";
import { forgetSource, listenForSource } from "./source.js";

/** Our own element; its `data-hash` is that of the page as it stands, since patches write it too. */
const script = document.querySelector('script[src="/_dossier/live.js"]');

const FIRST_WAIT = 250;
const LONGEST_WAIT = 2000;
/** So long the server may be away before the reader is told: a restart goes unnoticed. */
const PATIENCE = 3000;
/** A browser opens six connections to a host, and each tab holds one: some must stay free for pages. */
const HIDDEN_TABS = 4;

let stream = null;
let wait = FIRST_WAIT;
let retry = 0;
let missing = 0;
let generation = null;
/** Which server said hello last, and at which generation. */
let known = null;
let leave = null;

const on = {
  hello(data) {
    wait = FIRST_WAIT;
    clearTimeout(missing);
    missing = 0;
    overlay.setAway(false);
    overlay.setToken(data.token);
    // Of stylesheets and pictures the server knows only what changes while it is asked.
    const missed = known !== null && known !== `${data.token} ${data.generation}`;
    known = `${data.token} ${data.generation}`;
    generation = data.generation;
    if (missed) {
      on.styles({ paths: ALL });
      on.assets({ paths: ALL });
    }
  },
  page(data) {
    generation = data.generation;
    forgetSource();
    if (patch(data.html)) applied();
  },
  styles(data) {
    swapStyles(data.paths).then((swapped) => swapped && applied());
  },
  assets(data) {
    refreshAssets(data.paths);
  },
  reload() {
    location.reload();
  },
  problems(data) {
    overlay.showProblems(data);
  },
  follow(data) {
    // Of many tabs, the one being looked at goes along.
    if (document.visibilityState === "visible" && location.pathname !== data.path) location.assign(data.path);
  },
};

function applied() {
  document.dispatchEvent(new CustomEvent("dossier:patched", { detail: { generation } }));
}

/** Opens the stream of events, for the page as it stands. */
function connect() {
  disconnect();
  const query = new URLSearchParams({ path: location.pathname, hash: script.dataset.hash });
  stream = new EventSource(`/_dossier/events?${query}`);
  for (const [name, act] of Object.entries(on)) {
    stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  }
  // The browser would ask again by itself, but with the hash of a page that may be gone by then.
  stream.onerror = () => {
    disconnect();
    missing ||= setTimeout(overlay.setAway, PATIENCE, true);
    retry = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  holdPlace();
}

function disconnect() {
  clearTimeout(retry);
  stream?.close();
  stream = null;
  leave?.();
  leave = null;
}

/** Takes a place among the tabs that are connected, so that others can count them. */
function holdPlace() {
  navigator.locks?.request("dossier-live", { mode: "shared" }, () => new Promise((resolve) => {
    if (stream && !leave) leave = resolve;
    else resolve();
  }));
}

/** Whether so many tabs are connected that one in the background should wait until it is looked at. */
async function crowded() {
  if (document.visibilityState === "visible") return false;
  if (!navigator.locks) return true;
  const { held } = await navigator.locks.query();
  return held.filter((lock) => lock.name === "dossier-live").length > HIDDEN_TABS;
}

document.addEventListener("visibilitychange", async () => {
  if (await crowded()) disconnect();
  else if (!stream) connect();
});
// A page in the browser's back/forward cache must hold no connection, and has missed what happened.
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect());

// First, so that nothing of ours is taken for a part of the page.
await begin(script);
overlay.attach();
listenForSource();
connect();
if (await crowded()) disconnect();
