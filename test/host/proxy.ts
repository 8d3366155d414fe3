import http from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { host } from "./host.ts";
import { journal } from "./journal.ts";
import { handlerOf, realPolicy, toApp } from "./protocol.ts";
import { ask } from "./session.ts";
import { webContents } from "./web-contents.ts";

/*
 * Chromium's only way out. The app's origins are answered by its protocol handler, streamed; everything else is put to
 * the app's policy first, so that the journal shows whether that would have sufficed, and refused in any case.
 */

const RESOURCE_TYPES: Record<string, string> = {
  document: "mainFrame",
  iframe: "subFrame",
  script: "script",
  worker: "script",
  empty: "xhr",
  image: "image",
  style: "stylesheet",
  font: "font",
};
const HOP_HEADERS = ["host", "connection", "proxy-connection", "upgrade-insecure-requests"];

const text = (v: string | string[] | undefined): string => (Array.isArray(v) ? v.join() : (v ?? ""));

function requestOf(url: string, incoming: http.IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (!HOP_HEADERS.includes(name)) headers.set(name, toApp(text(value))); // origin and referer are URLs
  }
  const method = incoming.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : (Readable.toWeb(incoming) as globalThis.ReadableStream);
  return new Request(url, { method, headers, body, signal, ...(body && { duplex: "half" }) });
}

function headersOf(response: Response): string[] {
  const headers = [...response.headers].flatMap(([name, value]) => [
    name,
    name.startsWith("content-security-policy") ? realPolicy(value) : value,
  ]);
  // Electron keeps answers of custom schemes out of the HTTP cache; Chromium would cache plain http.
  return response.headers.has("cache-control") ? headers : [...headers, "cache-control", "no-store"];
}

/** Writes each chunk when it comes, waiting while the browser does not read. */
async function stream(body: ReadableStream<Uint8Array>, outgoing: http.ServerResponse, signal: AbortSignal) {
  for await (const chunk of body) {
    if (signal.aborted) return;
    if (outgoing.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const go = () => {
        outgoing.off("drain", go);
        signal.removeEventListener("abort", go);
        resolve();
      };
      outgoing.once("drain", go);
      signal.addEventListener("abort", go);
    });
  }
}

/** Which window asks, by the page that it says it is: enough for tests, and no boundary. */
function askerOf(referrer: string): { referrer: string; webContentsId?: number } {
  const asker = webContents.getAllWebContents().find((each) => referrer !== "" && each.getURL() === referrer);
  return { referrer, ...(asker && { webContentsId: asker.id }) };
}

async function serve(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const url = toApp(incoming.url ?? "");
  const method = incoming.method ?? "GET";
  const verdict = await ask({
    url,
    method,
    resourceType: RESOURCE_TYPES[text(incoming.headers["sec-fetch-dest"])] ?? "other",
    ...askerOf(toApp(incoming.headers.referer ?? "")),
  });
  if (verdict.cancel) return void outgoing.destroy();
  const handler = handlerOf(url);
  if (!handler) {
    journal.refused.push({ by: "host", what: method, url });
    return void outgoing.writeHead(403).end();
  }
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  try {
    const response = await handler(requestOf(url, incoming, gone.signal));
    outgoing.writeHead(response.status, headersOf(response));
    outgoing.flushHeaders();
    if (response.body) await stream(response.body as ReadableStream<Uint8Array>, outgoing, gone.signal);
    outgoing.end();
  } catch (e) {
    if (!gone.signal.aborted) console.error(`stand-in: protocol handler failed on ${url}:`, e);
    outgoing.destroy();
  }
}

/** A WebSocket, a preconnect, or an https request that no debugging session paused: only the host is known. */
async function refuseTunnel(target: string): Promise<void> {
  const secure = target.endsWith(":443");
  const url = `${secure ? "https" : "ws"}://${target.replace(/:(443|80)$/, "")}/`;
  // A full browser phones home: that is no request of the app, and the app is not asked about it.
  const verdict = host.visible ? {} : await ask({ url, method: "CONNECT", resourceType: "other", referrer: "" });
  if (!verdict.cancel) journal.refused.push({ by: "host", what: "CONNECT", url });
}

/** Starts the proxy on a free loopback port, which it resolves with. */
export async function startProxy(): Promise<number> {
  const server = http.createServer({ highWaterMark: 1 << 20, noDelay: true }, (q, a) => void serve(q, a));
  server.on("connect", (request: http.IncomingMessage, socket) => {
    socket.on("error", () => {});
    void refuseTunnel(request.url ?? "").then(() => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  });
  server.on("upgrade", (request: http.IncomingMessage, socket) => {
    journal.refused.push({ by: "host", what: "UPGRADE", url: request.url ?? "" });
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
