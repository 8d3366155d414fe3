import { randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { protocol } from "electron";
import { REFUSED } from "../../../shared/contract/wire.ts";
import { refusalData } from "../windows/refusal.ts";

const PAGES = fileURLToPath(new URL("../../../renderer/", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/**
 * Scripts, styles and fonts come from the app's files alone; no inline script, no eval, no frame, no worker, no form. The
 * grid puts its theme into the page as style elements: they carry a nonce that each load of the page makes anew, so that no
 * other style element counts. Style attributes in markup count nowhere; scripts set styles through the object model, which
 * this policy leaves alone. Markup that a script makes, of the grid and the charts, passes one policy of ours
 * (renderer/shell/markup-policy.ts), and no script makes scripts: see docs/security.md.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Of everything that is no page: opened as one it would show nothing and run nothing. */
const NO_PAGE = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "x-content-type-options": "nosniff",
};

/** Before `ready`. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers a window's large requests: the reply as JSON text. Throws a Refusal. */
export type AskBytes = (id: string, name: string, input: unknown) => Promise<Uint8Array<ArrayBuffer>>;
/** The window of that key, which alone can be asked by it. */
export type WindowOf = (key: string) => AskBytes | undefined;

export function handleScheme(windowOf: WindowOf): void {
  protocol.handle("app", async (request) => {
    const url = new URL(request.url);
    const [, key = "", ...rest] = url.pathname.split("/");
    const ask = url.host === "exhibit" ? windowOf(key) : undefined;
    if (!ask) return none(404);
    if (rest[0] !== "ask") return request.method === "GET" ? page(rest.join("/") || "index.html") : none(405);
    if (request.method !== "POST") return none(405);
    try {
      const reply = await ask(url.searchParams.get("id") ?? "", rest[1] ?? "", await request.json());
      return new Response(reply, {
        headers: { ...NO_PAGE, "content-type": TYPES[".json"] as string, "content-length": String(reply.length) },
      });
    } catch (error) {
      // No error status: a refusal is an answer, and the page's console would report it as a fault.
      return Response.json(refusalData(error), { headers: { ...NO_PAGE, [REFUSED]: "1" } });
    }
  });
}

const none = (status: number): Response => new Response(null, { status, headers: NO_PAGE });

/** A built file. Their names are plain: what is none (percent signs, backslashes, dots, devices and streams of Windows) is not there. */
async function page(name: string): Promise<Response> {
  if (!/^(?:assets\/)?[\w-]+(?:\.[\w-]+)+$/u.test(name)) return none(404);
  const file = path.join(PAGES, name);
  const type = TYPES[path.extname(file)];
  if (type === undefined) return none(404);
  try {
    const body = await fs.readFile(file);
    const headers = { ...NO_PAGE, "content-type": type };
    if (!name.endsWith(".html")) return new Response(body, { headers });
    const nonce = randomBytes(16).toString("base64");
    const text = body.toString("utf8").replaceAll("STYLE-NONCE", nonce);
    return new Response(text, { headers: { ...headers, "content-security-policy": policy(nonce) } });
  } catch {
    return none(404);
  }
}
