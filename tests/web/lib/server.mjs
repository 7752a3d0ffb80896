/**
 * A static file server as plain as the hosts that dossiers end up on: folders
 * answer with index.html, a missing slash is redirected, and what is not there
 * gets 404.html. It listens on the loopback address alone.
 */
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".xml": "application/xml",
};

/** Serves `dir` below `prefix` ("/apt38/") on a free port; resolves to `{ port, close }`. */
export async function serve(dir, prefix) {
  const server = createServer((request, response) => {
    // A browser that takes it for a proxy asks for whole addresses.
    const path = decodeURIComponent(request.url.replace(/^http:\/\/[^/]*/, "").split("?")[0]);
    // Asked for by the browser of its own accord, and by no page.
    if (path === "/favicon.ico") return response.writeHead(204).end();
    // normalize() takes the `..` out before the path meets the disk.
    let file = path.startsWith(prefix) ? join(dir, normalize(`/${path.slice(prefix.length)}`)) : join(dir, "outside", "the", "prefix");
    if (existsSync(file) && statSync(file).isDirectory()) {
      if (!path.endsWith("/")) return response.writeHead(301, { location: `${path}/` }).end();
      file = join(file, "index.html");
    }
    if (!existsSync(file)) {
      const page = join(dir, "404.html");
      response.writeHead(404, { "content-type": TYPES[".html"] });
      return response.end(existsSync(page) ? readFileSync(page) : "not found");
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: server.address().port,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
