import { host } from "./host.ts";

/*
 * Stock Chromium knows no custom schemes. app://exhibit/x is served as http://exhibit.app.localhost/x: any name under
 * localhost is a secure context, has no port in its origin (so storage survives a relaunch) and needs no certificate.
 * Everywhere the app's main process sees a URL, it sees its own scheme.
 */

type Handler = (request: Request) => Response | Promise<Response>;

const schemes = new Set<string>();
const handlers = new Map<string, Handler>();

/** The address in Chromium of one of the app's URLs; any other URL as it is. */
export function toReal(url: string): string {
  const m = /^([a-z][\w+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  return m && schemes.has(m[1]!) ? `http://${m[2]}.${m[1]}.localhost${m[3]}` : url;
}

/** The app's URL behind an address in Chromium; any other address as it is. */
export function toApp(url: string): string {
  return url.replace(/^http:\/\/([^/?#]+)\.([\w+-]+)\.localhost(?=[/?#]|$)/, (all, name: string, scheme: string) =>
    schemes.has(scheme) ? `${scheme}://${name}` : all,
  );
}

/** A content security policy with the app's schemes and origins replaced by their addresses in Chromium. */
export function realPolicy(policy: string): string {
  return policy.replace(/\b([a-z][\w+-]*):(?:\/\/([\w.-]+))?/gi, (all, scheme: string, name?: string) =>
    schemes.has(scheme) ? `http://${name ?? "*"}.${scheme}.localhost` : all,
  );
}

/** The app's handler for a URL as the app writes it. */
export function handlerOf(url: string): Handler | undefined {
  return handlers.get(/^([\w+-]+):/.exec(url)?.[1] ?? "");
}

export const protocol = {
  registerSchemesAsPrivileged(list: readonly { scheme: string }[]): void {
    if (host.ready) throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    for (const { scheme } of list) schemes.add(scheme);
  },
  handle(scheme: string, handler: Handler): void {
    if (!host.ready) throw new Error("protocol.handle: not before app is ready");
    if (!schemes.has(scheme)) throw new Error(`stand-in: ${scheme}: is not registered as privileged`);
    if (handlers.has(scheme)) throw new Error(`protocol.handle: ${scheme}: is already handled`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};
