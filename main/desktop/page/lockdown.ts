import { app, session } from "electron";
import { ORIGIN } from "../windows/origin.ts";
import type { Windows } from "../windows/windows.ts";

/**
 * Nothing leaves the machine and nothing but the app's own page is ever shown. The attacker is text in a log that found a
 * way into the page's markup, or a library that phones home. Each rule stands alone: the page's own policy (protocol.ts) is
 * one layer, these are the others.
 */

/** Before `ready`: what Chromium reads from its command line. */
export function lockProcess(): void {
  // Prefetches and preconnects are no requests, and webRequest never sees them. Loopback stays for a debugger's port.
  app.commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");
  app.commandLine.appendSwitch("force-webrtc-ip-handling-policy", "disable_non_proxied_udp");
  app.commandLine.appendSwitch("disable-background-networking");
  app.commandLine.appendSwitch("disable-component-update");
  app.on("web-contents-created", (_event, contents) => {
    contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}

/** After `ready`, before the first window. */
export function lockSession(windows: Windows): void {
  const { defaultSession } = session;
  defaultSession.webRequest.onBeforeRequest(({ url, webContentsId }, answer) => {
    // A request of no window is one of the browser itself; of app's own addresses the key must be right in any case.
    const own = webContentsId === undefined ? `${ORIGIN}/` : windows.of(webContentsId)?.address;
    answer({ cancel: !isOwn(url, own) });
  });
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setSpellCheckerEnabled(false); // it would fetch dictionaries
  defaultSession.on("will-download", (event) => event.preventDefault());
}

/** The app's own pages and data, what they made themselves in memory, and the developer tools where there are any. */
function isOwn(url: string, address: string | undefined): boolean {
  if (address !== undefined && url.startsWith(address)) return true;
  if (url.startsWith(`blob:${ORIGIN}/`) || url.startsWith("data:image/")) return true;
  return !app.isPackaged && url.startsWith("devtools://");
}
