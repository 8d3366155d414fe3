import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import type { Journal, Refused } from "./journal.ts";

type DialogMethod = "showOpenDialog" | "showSaveDialog" | "showMessageBox";

interface LaunchOptions {
  /** The built main module, or the folder with its package.json. */
  main: string;
  args?: string[];
  env?: Record<string, string>;
  /** A folder from an earlier launch, to find its state again; by default a fresh one, removed by `close`. */
  userData?: string;
}

/** A running app under test. */
export interface Launched {
  app: ElectronApplication;
  /** The first window's page. */
  page: Page;
  userData: string;
  /** Everything on stdout and stderr so far. */
  output(): string;
  /** Where a page is, in the app's own terms: `page.url()` differs between the hosts. */
  url(page?: Page): Promise<string>;
  /** Answers every further call of a dialog. */
  answer(method: DialogMethod, value: object): Promise<void>;
  /** What was asked of answered dialogs, oldest first: their options. */
  asked(): Promise<object[]>;
  /** Requests that tried to leave the app, in order; `by: "host"` are those that the app itself let through. */
  refused(): Promise<Refused[]>;
  /** Drops files of this disk on an element. */
  drop(selector: string, files: string[]): Promise<void>;
  /** The exit code, once the app has ended for whatever reason. */
  exited: Promise<number | null>;
  /** Quits as a person would; resolves with the exit code. */
  close(): Promise<number | null>;
}

/** Electron where `EXHIBIT_E2E=electron` asks for it, else the stand-in. */
export const hostName = process.env.EXHIBIT_E2E === "electron" ? "electron" : "stand-in";

const standIn = path.join(import.meta.dirname, process.platform === "win32" ? "electron.cmd" : "electron");

type Global = typeof globalThis & { standIn?: Journal; refusedRequests?: Refused[]; askedDialogs?: object[] };

/** Starts the app with its first window loaded, on either host. */
export async function launch({ main, args = [], env = {}, userData }: LaunchOptions): Promise<Launched> {
  const folder = userData ?? fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-"));
  const app = await _electron.launch({
    ...(hostName === "stand-in" && { executablePath: standIn }),
    args: [`--user-data-dir=${folder}`, main, ...args],
    env: { ...(process.env as Record<string, string>), ...env },
    acceptDownloads: false, // else Playwright would allow them over the app's head
    colorScheme: null, // the app's nativeTheme decides
  });
  let output = "";
  const child = app.process();
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (d) => {
      output += d;
    });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (hostName === "electron") await countRefused(app);
  const page = await app.firstWindow().catch((e) => {
    throw new Error(`no window came (${hostName}); the app said:\n${output}`, { cause: e });
  });
  await page.waitForURL((url) => url.protocol !== "about:");

  return {
    app,
    page,
    userData: folder,
    output: () => output,
    exited,
    async url(of = page) {
      const window = await app.browserWindow(of);
      return window.evaluate((w) => w.webContents.getURL());
    },
    answer: (method, value) =>
      app.evaluate(
        ({ dialog }, [method, value]) => {
          const g = globalThis as Global;
          g.askedDialogs ??= [];
          const answer = async (...args: unknown[]) => {
            g.askedDialogs?.push(args.at(-1) as object);
            return value;
          };
          Object.assign(dialog, { [method]: answer });
        },
        [method, value] as const,
      ),
    asked: () => app.evaluate(() => (globalThis as Global).askedDialogs ?? []),
    refused: () =>
      app.evaluate(() => (globalThis as Global).standIn?.refused ?? (globalThis as Global).refusedRequests ?? []),
    async drop(selector, files) {
      const box = await page.locator(selector).boundingBox();
      if (!box) throw new Error(`nothing to drop on at ${selector}`);
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const devtools = await page.context().newCDPSession(page);
      const data = { items: [], files, dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const)
        await devtools.send("Input.dispatchDragEvent", { type, ...at, data });
      await devtools.detach();
    },
    async close() {
      await app.close();
      const code = await exited;
      if (!userData) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      return code;
    },
  };
}

/** Electron keeps no journal: a request that the app cancels fails as blocked by the client. */
async function countRefused(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ session }) => {
    const refused: Refused[] = [];
    (globalThis as Global).refusedRequests = refused;
    session.defaultSession.webRequest.onErrorOccurred(({ error, method, url }) => {
      if (error === "net::ERR_BLOCKED_BY_CLIENT") refused.push({ by: "app", what: method, url });
    });
  });
}
