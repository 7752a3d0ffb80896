/** The real `dossier serve`: started, asked, listened to, ended. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { median, now, pause } from "./clock.mjs";

/** What the server says of a generation: `content/actors/apt38.md · 12 ms · 0 errors, 0 warnings`. */
const GENERATION = / · (\d+) ms · \d/;

export class Server {
  /** Generations made, each with when it was announced and how long it says it took. */
  generations = [];

  static async start(program, root) {
    const server = new Server();
    server.child = spawn(program, ["--root", root, "serve", "--port", "4600"], { stdio: ["ignore", "pipe", "pipe"] });
    server.child.on("exit", (code, signal) => {
      if (!server.ending) throw new Error(`the server ended (${code ?? signal}):\n${server.said}`);
    });
    server.said = "";
    createInterface({ input: server.child.stderr }).on("line", (line) => {
      const at = now();
      server.said = `${server.said}${line}\n`.slice(-4000);
      const found = line.match(GENERATION);
      if (found) server.generations.push({ at, took: Number(found[1]) });
    });
    const [line] = await once(createInterface({ input: server.child.stdout }), "line");
    server.url = line.trim().replace(/\/$/, "");
    return server;
  }

  /** Resident memory in MB. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return (Number(status.match(/VmRSS:\s+(\d+)/)[1]) * 1024) / 1e6;
  }

  async stop() {
    this.ending = true;
    this.child.kill("SIGINT");
    await once(this.child, "exit");
  }
}

/** From the start of the program to the whole of a page: median ms of a few starts. */
export async function firstViews(program, dossier, starts) {
  const times = [];
  for (let at = 0; at < starts; at++) {
    const begun = now();
    const server = await Server.start(program, dossier.root);
    for (;;) {
      const answer = await fetch(server.url + dossier.looked.address).catch(() => null);
      const page = await answer?.text();
      if (answer?.status === 200 && page.includes("</html>")) break;
      await pause(5);
    }
    times.push(now() - begun);
    await server.stop();
  }
  return { median: median(times), times };
}
