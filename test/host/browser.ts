import fs from "node:fs";
import path from "node:path";
import { app } from "./app.ts";
import { Connection } from "./cdp.ts";
import { host } from "./host.ts";
import { type Browser, packagedChromium } from "./unpack.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const MAC_APPS = ["Google Chrome", "Chromium", "Microsoft Edge"];
const WINDOWS_APPS = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];

function* candidates(): Generator<string> {
  const { env } = process;
  if (process.platform === "darwin") {
    for (const folder of ["/Applications", path.join(env.HOME ?? "", "Applications")])
      for (const name of MAC_APPS) yield path.join(folder, `${name}.app`, "Contents", "MacOS", name);
  } else if (process.platform === "win32") {
    for (const folder of [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA])
      for (const name of WINDOWS_APPS) if (folder) yield path.join(folder, name);
  } else {
    for (const name of NAMES)
      for (const folder of (env.PATH ?? "").split(path.delimiter)) yield path.join(folder, name);
  }
}

/** The Chrome or Chromium of this machine, for a window on its display; EXHIBIT_BROWSER names one outright. */
export function installedBrowser(): string | undefined {
  if (process.env.EXHIBIT_BROWSER) return process.env.EXHIBIT_BROWSER;
  for (const file of candidates()) if (fs.existsSync(file)) return file;
}

async function chooseBrowser(): Promise<Browser> {
  const installed = host.visible ? installedBrowser() : process.env.EXHIBIT_BROWSER;
  if (installed) return { executable: installed, env: process.env };
  if (host.visible) throw new Error("no Chrome or Chromium found: install one, or name it in EXHIBIT_BROWSER");
  return packagedChromium();
}

/** Starts Chromium such that the proxy is its only way out, of whatever kind of request. */
export async function startBrowser(): Promise<Connection> {
  const { executable, env } = await chooseBrowser();
  const mode = host.visible
    ? ["--app=data:text/html,", "--test-type", "--disable-field-trial-config"]
    : ["--headless", "--hide-scrollbars", "--block-new-web-contents"];
  const port = host.switches.filter((s) => s.startsWith("--remote-debugging-port"));
  const sandbox = host.visible && process.getuid?.() !== 0 ? [] : ["--no-sandbox"];
  return Connection.start(
    executable,
    [
      ...mode,
      ...sandbox,
      `--user-data-dir=${path.join(app.getPath("userData"), "chromium")}`,
      `--proxy-server=http://127.0.0.1:${host.proxyPort}`,
      "--proxy-bypass-list=<-loopback>",
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
      "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", // WebRTC would go round the proxy
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-default-apps",
      "--disable-extensions",
      "--disable-popup-blocking",
      "--disable-back-forward-cache",
      "--disable-dev-shm-usage",
      "--disable-features=Translate,MediaRouter,OptimizationHints,PaintHolding",
      "--enable-unsafe-swiftshader",
      "--no-first-run",
      "--no-default-browser-check",
      "--password-store=basic",
      "--use-mock-keychain",
      ...port,
      ...app.extraSwitches,
    ],
    env,
    host.visible && port.length === 0 ? "ignore" : "inherit",
  );
}
