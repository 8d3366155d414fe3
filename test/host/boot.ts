import fs from "node:fs";
import inspector from "node:inspector";
import { registerHooks } from "node:module";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { app } from "./app.ts";
import { startBrowser } from "./browser.ts";
import type { Connection } from "./cdp.ts";
import { host } from "./host.ts";
import { journal, mark } from "./journal.ts";
import { startProxy } from "./proxy.ts";
import { closeSession } from "./session.ts";
import { webContents } from "./web-contents.ts";

/*
 * electron [--switches] main-file-or-folder [arguments]
 * As in Electron, the main module is loaded to its end first and `ready` comes after.
 */

/** Milliseconds for the main module to load: one that awaits `whenReady()` at its top level never would. */
const LOAD_LIMIT = 15_000;

function readCommandLine(): string {
  const args = process.argv.slice(2);
  const first = args.findIndex((a) => !a.startsWith("--"));
  host.switches = args.filter((a) => a.startsWith("--"));
  const given = path.resolve(args[first] ?? ".");
  process.argv = [process.argv[0]!, ...args];
  if (!fs.statSync(given).isDirectory()) {
    host.appPath = path.dirname(given);
    return given;
  }
  type Package = { main?: string; name?: string; productName?: string; version?: string };
  const about = JSON.parse(fs.readFileSync(path.join(given, "package.json"), "utf8")) as Package;
  host.appPath = given;
  app.name = about.productName ?? about.name ?? app.name;
  app.version = about.version ?? app.version;
  return path.join(given, about.main ?? "index.js");
}

/** What makes a process look like Electron's main process. */
function disguise(): void {
  const define = (target: object, key: string, value: unknown) =>
    Object.defineProperty(target, key, { value, configurable: true, enumerable: true });
  define(process.versions, "electron", "0.0.0-stand-in");
  define(process, "type", "browser");
  const url = new URL("./electron.ts", import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "electron" || specifier === "electron/main"
        ? { url, format: "module-typescript", shortCircuit: true }
        : next(specifier, context),
  });
}

/** Playwright connects to this before anything else. */
function openInspector(): void {
  const flag = host.switches.find((s) => s.startsWith("--inspect"));
  if (flag) inspector.open(Number(flag.split("=")[1] ?? 9229));
}

async function loadMain(file: string): Promise<void> {
  const limit = globalThis.setTimeout(() => {
    console.error("stand-in: the main module did not finish loading: is there an `await app.whenReady()` at its top?");
    process.exit(70);
  }, LOAD_LIMIT);
  await import(pathToFileURL(file).href);
  clearTimeout(limit);
  mark("main");
}

async function startChromium(): Promise<void> {
  host.proxyPort = await startProxy();
  const cdp = await startBrowser();
  host.cdp = cdp;
  cdp.on("gone", () => {
    if (host.quitting) return;
    console.error("stand-in: Chromium has ended");
    process.exit(1);
  });
  const { product } = await cdp.send<{ product: string }>("Browser.getVersion");
  journal.browser = product;
  Object.defineProperty(process.versions, "chrome", { value: product.split("/")[1], enumerable: true });
  mark("chromium");

  const page = (id: string) => webContents.fromDevToolsTargetId(id)?.window;
  cdp.on("Target.targetDestroyed", (e: { targetId: string }) => page(e.targetId)?.targetGone());
  type Info = { targetId: string; openerId?: string; title: string };
  cdp.on("Target.targetInfoChanged", ({ targetInfo: t }: { targetInfo: Info }) => page(t.targetId)?.setTitle(t.title));
  // A visible browser opens pop-ups whatever it is told: they are closed before they can ask for anything.
  cdp.on("Target.attachedToTarget", ({ sessionId, targetInfo: t }: { sessionId: string; targetInfo: Info }) => {
    const done = t.openerId
      ? cdp.send("Target.closeTarget", { targetId: t.targetId })
      : cdp.session(sessionId).send("Runtime.runIfWaitingForDebugger");
    done.catch(() => {}); // already gone
  });
  const filter = [{ type: "page" }];
  const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter };
  await cdp.send("Target.setDiscoverTargets", { discover: true });
  await cdp.send("Target.setAutoAttach", autoAttach);
  await closeSession();
  if (host.visible) host.startPage = await startPage(cdp);
}

/** The page of the window that a visible browser opens by itself. */
async function startPage(cdp: Connection): Promise<string | undefined> {
  for (let tries = 0; tries < 50; tries++) {
    const { targetInfos } = await cdp.send<{ targetInfos: { type: string; targetId: string }[] }>("Target.getTargets");
    const page = targetInfos.find((t) => t.type === "page");
    if (page) return page.targetId;
    await setTimeout(50);
  }
}

const main = readCommandLine();
disguise();
openInspector();
fs.mkdirSync(app.getPath("userData"), { recursive: true });
await loadMain(main);
if (host.quitting) app.exit(0);
process.on("SIGTERM", () => app.quit());
process.on("SIGINT", () => app.quit());
await startChromium();
mark("ready");
app.becomeReady();
