import type { Session } from "./cdp.ts";
import { toApp, toReal } from "./protocol.ts";
import { ask } from "./session.ts";
import type { WebContents } from "./web-contents.ts";

interface Paused {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string; headers: Record<string, string> };
}

const RESOURCE_TYPES: Record<string, string> = {
  Document: "mainFrame",
  Script: "script",
  XHR: "xhr",
  Fetch: "xhr",
  Image: "image",
  Stylesheet: "stylesheet",
  Font: "font",
  Media: "media",
  Ping: "ping",
  CSPViolationReport: "cspReport",
};

/**
 * Puts what the proxy cannot see whole (https, where it sees only a host, and files) and every navigation to the app's
 * policy. Plain http, and so all of the app's own traffic, is asked about in the proxy: pausing it here costs
 * milliseconds and carries bodies over the pipe. `mayNavigate` is asked about documents first.
 */
export async function watchRequests(
  session: Session,
  contents: WebContents,
  mayNavigate?: (frameId: string, url: string) => boolean,
): Promise<void> {
  const finish = (method: string, params: object) => session.send(method, params).catch(() => {}); // the page may be gone
  session.on("Fetch.requestPaused", async ({ requestId, frameId, resourceType, request }: Paused) => {
    const url = toApp(request.url);
    if (resourceType === "Document" && mayNavigate && !mayNavigate(frameId, url))
      return finish("Fetch.failRequest", { requestId, errorReason: "Aborted" });
    if (request.url.startsWith("http:")) return finish("Fetch.continueRequest", { requestId });
    const verdict = await ask({
      url,
      method: request.method,
      resourceType: RESOURCE_TYPES[resourceType] ?? "other",
      referrer: toApp(request.headers.Referer ?? ""),
      webContents: contents,
      webContentsId: contents.id,
    });
    if (verdict.cancel) return finish("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" });
    if (!verdict.redirectURL) return finish("Fetch.continueRequest", { requestId });
    const responseHeaders = [{ name: "location", value: toReal(verdict.redirectURL) }];
    return finish("Fetch.fulfillRequest", { requestId, responseCode: 307, responseHeaders });
  });
  const patterns = [
    { urlPattern: "https://*" },
    { urlPattern: "file://*" },
    { urlPattern: "*", resourceType: "Document" },
  ];
  // Dedicated workers have no Fetch domain of their own: their requests pause in their page's session.
  await session.send("Fetch.enable", { patterns }).catch(() => {});
}
