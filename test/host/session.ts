import { EventEmitter } from "node:events";
import { vetoable } from "./event.ts";
import { chromium } from "./host.ts";
import { journal } from "./journal.ts";
import { protocol, toApp } from "./protocol.ts";
import type { WebContents } from "./web-contents.ts";

/** What `webRequest.onBeforeRequest` is told; `url` in the app's own terms. */
export interface RequestDetails {
  id: number;
  url: string;
  method: string;
  resourceType: string;
  referrer: string;
  timestamp: number;
  webContents?: WebContents;
  webContentsId?: number;
}

interface Verdict {
  cancel?: boolean;
  redirectURL?: string;
}

type BeforeRequest = (details: RequestDetails, answer: (verdict: Verdict) => void) => void;
type PermissionRequest = (
  contents: WebContents | null,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string; isMainFrame: boolean },
) => void;

/** Electron's names of permissions, and Chromium's. */
const PERMISSIONS: Record<string, string[]> = {
  notifications: ["notifications"],
  geolocation: ["geolocation"],
  media: ["camera", "microphone"],
  midi: ["midi"],
  "clipboard-read": ["clipboard-read"],
  "idle-detection": ["idle-detection"],
  "window-management": ["window-management"],
  "storage-access": ["storage-access"],
  keyboardLock: ["keyboard-lock"],
  pointerLock: ["pointer-lock"],
};

let before: { urls: RegExp[]; listener: BeforeRequest } | undefined;
let requests = 0;

/** A match pattern such as `https://*` or `<all_urls>` as a regular expression. */
function pattern(glob: string): RegExp {
  if (glob === "<all_urls>") return /^/;
  return new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}

/** Puts a request to the app's `onBeforeRequest` listener and notes what it cancels; no listener allows all. */
export function ask(details: Omit<RequestDetails, "id" | "timestamp">): Promise<Verdict> {
  return new Promise((resolve) => {
    if (!before?.urls.some((p) => p.test(details.url))) return resolve({});
    before.listener({ ...details, id: ++requests, timestamp: Date.now() }, (verdict) => {
      if (verdict.cancel) journal.refused.push({ by: "app", what: details.method, url: details.url });
      resolve(verdict);
    });
  });
}

async function setPermission(names: readonly string[], setting: "granted" | "denied"): Promise<void> {
  const set = (name: string) => chromium().send("Browser.setPermission", { permission: { name }, setting });
  await Promise.all(names.map(set));
}

class HostSession extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest = {
    onBeforeRequest(...args: [BeforeRequest | null] | [{ urls: string[] }, BeforeRequest | null]): void {
      const listener = args.at(-1) as BeforeRequest | null;
      const urls = args.length === 2 ? args[0].urls : ["<all_urls>"];
      before = listener ? { urls: urls.map(pattern), listener } : undefined;
    },
  };

  /**
   * Chromium's protocol cannot put a permission prompt to us when it happens. So the handler is asked about each
   * permission once, now, and its verdicts are Chromium's settings from then on. Without a handler all are denied.
   */
  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    for (const [permission, names] of Object.entries(PERMISSIONS)) {
      const answer = (granted: boolean) => void setPermission(names, granted ? "granted" : "denied");
      if (handler) handler(null, permission, answer, { requestingUrl: "", isMainFrame: true });
      else answer(false);
    }
  }

  // What Chromium asks in a check, it answers here from the settings that the request handler made.
  setPermissionCheckHandler(): void {}
  // No device is ever offered: the headless browser has none, and every permission starts as denied.
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}

  async clearStorageData(): Promise<void> {
    await chromium().send("Storage.clearCookies");
  }

  async clearCache(): Promise<void> {}
}

export const defaultSession = new HostSession();
export const session = { defaultSession };

/** Denies every permission and every download before the first page exists. */
export async function closeSession(): Promise<void> {
  const cdp = chromium();
  await cdp.send("Browser.setDownloadBehavior", { behavior: "deny", eventsEnabled: true });
  cdp.on("Browser.downloadWillBegin", (d: { url: string; suggestedFilename: string }) => {
    journal.downloads.push(d.suggestedFilename);
    const item = { getURL: () => toApp(d.url), getFilename: () => d.suggestedFilename, cancel() {} };
    defaultSession.emit("will-download", vetoable({}), item);
  });
  await Promise.all(Object.values(PERMISSIONS).map((names) => setPermission(names, "denied")));
}
