import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { ElectronApplication, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Chosen, pathOf } from "../../shared/contract/chosen.ts";
import type { PageInput, Reply, RequestName } from "../../shared/contract/contract.ts";
import type { AppState, DesktopName, DesktopReply, PageDesktopInput } from "../../shared/contract/desktop.ts";
import type { Answer } from "../../shared/contract/wire.ts";
import { hostName, type Launched, launch } from "../host/launch.ts";
import { built } from "./built.ts";

/** The window's shell: what lies between the page and the engine, and what nothing gets through. */

const work = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-shell-"));
const userData = path.join(work, "user");
const EXAMINER = "R. Vale <vale@example.org>";

let main: string;
let running: Launched | undefined;

const start = async (...args: string[]): Promise<Launched> => {
  running = await launch({ main, args, userData });
  await running.page.waitForSelector("#root > *", { timeout: 10_000 }).catch((error: unknown) => {
    throw new Error(`no page: ${running?.output()}`, { cause: error });
  });
  return running;
};
const ask = <Name extends RequestName>(
  page: Page,
  name: Name,
  input: PageInput<Name>,
  id = "t",
): Promise<Answer<Reply<Name>>> =>
  page.evaluate(([id, name, input]) => window.exhibit.ask(id, name as never, input as never), [
    id,
    name,
    input,
  ] as const) as Promise<Answer<Reply<Name>>>;
const desktop = async <Name extends DesktopName>(
  page: Page,
  name: Name,
  input: PageDesktopInput<Name>,
): Promise<DesktopReply<Name>> => {
  const call = [name, input] as const;
  const answer = (await page.evaluate(
    ([name, input]) => window.exhibit.desktop("t", name as never, input as never),
    call,
  )) as Answer<DesktopReply<Name>>;
  if ("refused" in answer) throw new Error(answer.refused.what);
  return answer.reply;
};
/** What a person chooses in the system's dialog, as the page is told of it. */
const chooseLogs = async ({ page, answer }: Launched, ...filePaths: string[]): Promise<Chosen[]> => {
  await answer("showOpenDialog", { canceled: false, filePaths });
  return (await desktop(page, "chooseFiles", { kind: "logs", many: true })).files;
};
const openByDialog = async ({ page, answer }: Launched, folder: string) => {
  await answer("showOpenDialog", { canceled: false, filePaths: [folder] });
  return desktop(page, "openCase", {});
};
/** Waits for what the main process says, not for time to pass. */
const until = async <T>(look: () => Promise<T | undefined | false>): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found) return found;
    await setTimeout(50);
  }
  throw new Error("it did not come");
};

function logFile(name: string, calls: number): string {
  const file = path.join(work, name);
  const lines = Array.from(
    { length: calls },
    (_, i) => `${new Date(1.52e12 + i * 1000).toISOString()},app-${i % 7},groups,200`,
  );
  fs.writeFileSync(file, `time,app,api,status\n${lines.join("\n")}\n`);
  return file;
}

beforeAll(async () => {
  main = built();
  console.log(`shell on ${hostName}`);
});
afterEach(async () => {
  await running?.answer("showMessageBox", { response: 0 }).catch(() => undefined);
  await running?.close();
  running = undefined;
});
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

describe("the shell", () => {
  const folder = path.join(work, "case");

  it("creates a case in the place a dialog gives, and its engine answers small and large requests", async () => {
    const app = await start();
    const { page, answer } = app;
    await answer("showSaveDialog", { canceled: false, filePath: folder });
    const made = await desktop(page, "createCase", { title: "Groups: 2018", examiner: EXAMINER });
    expect(made.case).toMatchObject({ case: folder, title: "Groups: 2018", events: 0, read_only: false });

    const file = logFile("a.csv", 2000);
    const imported = await ask(page, "import", { files: await chooseLogs(app, file) });
    expect("reply" in imported && imported.reply.sources[0]?.events).toBe(2000);
    expect(await ask(page, "info", {})).toMatchObject({ reply: { events: 2000 } });
    const query = { filter: "app:app-3", rows: { offset: 0, limit: 2000 } };
    const large = await page.evaluate(
      async (query) =>
        (await fetch("ask/query?id=q", { method: "POST", body: JSON.stringify(query) })).json() as Promise<
          Reply<"query">
        >,
      query,
    );
    expect([large.count, large.events?.length]).toEqual([286, 286]);
    expect(await ask(page, "tag", { filter: "nope:(", tag: "x" })).toMatchObject({
      refused: { code: "filter-wrong", position: expect.any(Number) },
    });
    expect((await desktop(page, "state", {})).case?.events).toBe(2000);
  });

  it("sends a command of the native menu to the page, and has every command in it", async () => {
    const { app, page } = await start();
    const { COMMAND_IDS } = await import("../../shared/contract/commands.ts");
    const missing = await app.evaluate(
      ({ Menu }, ids) => ids.filter((id) => !Menu.getApplicationMenu()?.getMenuItemById(id)),
      COMMAND_IDS,
    );
    expect(missing).toEqual([]);
    await until(() =>
      app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("palette")?.enabled ?? false),
    );
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("palette")?.click());
    await page.waitForSelector("input:focus");
  });

  it("finds the case again the next day, among the recent ones and by its folder on the command line", async () => {
    const first = await start();
    const { cases } = await desktop(first.page, "recentCases", {});
    expect(cases).toMatchObject([{ title: "Groups: 2018", events: 2000, missing: false }]);
    const [recent] = cases.map((each) => each.folder);
    expect(recent && pathOf(recent)).toBe(folder);
    await desktop(first.page, "openCase", { folder: recent as Chosen });
    // A second start with the same case tells the first and ends.
    const { executable, args, env } = startOf(first.app);
    await promisify(execFile)(executable, [...args, `--user-data-dir=${userData}`, main, folder], { env });
    expect(first.app.windows()).toHaveLength(1);
    expect(await first.close()).toBe(0);

    const second = await start(folder);
    const state = await until(async () => (await desktop(second.page, "state", {})) as AppState);
    expect((await until(async () => (await desktop(second.page, "state", {})).case)).case).toBe(folder);
    expect(state.readOnlyBecause).toBeUndefined();
  });

  it("opens a case that another process has read-only, and says since when", async () => {
    const first = await launch({ main, args: [folder] });
    await until(async () => (await desktop(first.page, "state", {})).case);
    const app = await start();
    const { page } = app;
    await openByDialog(app, folder);
    const state = await desktop(page, "state", {});
    expect(state.case?.read_only).toBe(true);
    expect(state.readOnlyBecause).toMatch(/open in another window or command since \d{4}-/u);
    expect(await ask(page, "tag", { filter: "*", tag: "x" })).toMatchObject({ refused: { code: "case-read-only" } });
    await first.close();
  });

  it("offers to reopen when the page or the engine dies, and has lost nothing", async () => {
    const { app, page, answer, asked } = await start(folder);
    await until(async () => (await desktop(page, "state", {})).case);
    await answer("showMessageBox", { response: 0 });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await until(async () => (await asked()).length > 0);
    const alive = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript("document.querySelector('#root > *') !== null")
          .catch(() => false),
      );
    await until(alive as () => Promise<boolean>);

    await catchWorkers(app);
    const inPage = (call: string) =>
      app.evaluate(
        ({ BrowserWindow }, call) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(call),
        call,
      );
    expect(await inPage("window.exhibit.ask('i', 'info', {})")).toMatchObject({ reply: { events: 2000 } });
    await app.evaluate(() => (globalThis as unknown as { worker: { terminate(): void } }).worker.terminate());
    await until(
      async () => ((await inPage("window.exhibit.desktop('s', 'state', {})")) as { reply: AppState }).reply.crashed,
    );
    expect(await inPage("window.exhibit.ask('i', 'info', {})")).toMatchObject({
      refused: { todo: expect.stringContaining("open the case again") },
    });
    await inPage("window.exhibit.desktop('o', 'openCase', { again: true })");
    expect(await inPage("window.exhibit.ask('i', 'info', {})")).toMatchObject({
      reply: { events: 2000, read_only: false },
    });
  });

  it("asks before it closes on an import; what was paused goes on the next time", async () => {
    const file = logFile("long.csv", 1_000_000);
    const first = await start(folder);
    await until(async () => (await desktop(first.page, "state", {})).case);
    void ask(first.page, "import", { files: await chooseLogs(first, file) }).catch(() => undefined);
    await until(async () => ((await desktop(first.page, "state", {})).job?.progress?.records ?? 0) > 110_000);
    await first.answer("showMessageBox", { response: 1 });
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until(async () => (await first.asked()).length > 0);
    expect((await desktop(first.page, "state", {})).job?.what).toBe("Import long.csv");
    await first.answer("showMessageBox", { response: 0 });
    expect(await first.close()).toBe(0);

    const again = await start(folder);
    const { page } = again;
    const info = await until(async () => (await desktop(page, "state", {})).case);
    expect(info.unfinished).toEqual(["long.csv"]);
    expect(await ask(page, "import", { files: await chooseLogs(again, file), resume: true })).toMatchObject({
      reply: { sources: [{ events: 1_000_000 }], failures: [] },
    });
  });

  it("opens where it was left, and a case in one window only", async () => {
    const place = { x: 40, y: 30, width: 1100, height: 700 };
    const first = await start(folder);
    await until(async () => (await desktop(first.page, "state", {})).case);
    await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
    expect(await first.close()).toBe(0);

    const launched = await start(folder);
    const { app, page } = launched;
    const places = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.getBounds()),
    );
    expect(places).toEqual([place]);
    await until(async () => (await desktop(page, "state", {})).case);
    const opened = app.waitForEvent("window");
    await desktop(page, "newWindow", {});
    const other = await opened;
    await other.waitForSelector("#root > *");
    expect(await openByDialog({ ...launched, page: other }, folder)).toEqual({});
    expect((await desktop(other, "state", {})).case).toBeUndefined();
    const focused = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.id);
    expect(focused).toBe(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.id));
  });

  it("gives the page verbs and nothing behind them: no node, no code from text, no download", async () => {
    const { app, page } = await start();
    const found = await page.evaluate(() => ({
      node: ["require", "process", "module", "Buffer", "global"].filter((name) => name in window),
      verbs: Object.keys(window.exhibit).sort(),
    }));
    expect(found).toEqual({ node: [], verbs: ["ask", "cancel", "desktop", "listen", "platform"] });
    const run = await page.evaluate(async () => {
      const ran: string[] = [];
      Object.assign(window, { ran });
      // the driver's own script may make code of text, what comes after it may not
      await new Promise((resolve) => globalThis.setTimeout(resolve, 0));
      try {
        new Function("ran.push('text')")();
      } catch {
        ran.push("refused");
      }
      const inline = document.createElement("script");
      // a script's own text is refused; a text node in it is no script's text yet
      inline.append(document.createTextNode("ran.push('inline')"));
      const handler = document.createElement("img");
      try {
        handler.setAttribute("onerror", "ran.push('handler')");
      } catch {
        // the policy on text that would become a script stands before the one on scripts in markup
      }
      handler.src = "x:";
      const link = document.createElement("a");
      link.href = "javascript:ran.push('link')";
      document.body.append(inline, handler, link);
      link.click();
      await new Promise((resolve) => globalThis.setTimeout(resolve, 300));
      return ran;
    });
    expect(run).toEqual(["refused"]);
    const isPrevented = await app.evaluate(({ session }) => {
      let prevented = false;
      const event = {
        preventDefault: () => {
          prevented = true;
        },
      };
      session.defaultSession.emit("will-download", event as never, {} as never, {} as never);
      return prevented;
    });
    expect(isPrevented).toBe(true);
  });

  it("says what was dropped before anything is done with it", async () => {
    const { page, drop } = await start();
    await page.evaluate(() =>
      window.exhibit.listen(
        (message) => message.name === "dropped" && Object.assign(window, { dropped: message.detail }),
      ),
    );
    const file = logFile("dropped.csv", 3);
    await drop("#root", [file]);
    const dropped = () => page.evaluate(() => (window as unknown as { dropped?: unknown }).dropped);
    expect(await until(dropped)).toEqual({
      kind: "files",
      files: [expect.stringMatching(/^[\w-]{22} .*dropped\.csv$/u)],
    });
  });

  it("lets nothing out: the page's policy stands, and without it each request is refused one by one", async () => {
    const { page, refused, url } = await start();
    const before = await url();
    const blocked = await page.evaluate(tryEverything);
    expect(blocked.got).toEqual([]);
    expect((await refused()).filter((each) => each.by === "host")).toEqual([]);

    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Page.enable");
    await devtools.send("Page.setBypassCSP", { enabled: true });
    await page.reload();
    await page.waitForSelector("#root > *");
    const open = await page.evaluate(tryEverything);
    expect(open.got).toEqual([]);
    const all = await refused();
    expect(all.filter((each) => each.by === "host")).toEqual([]);
    for (const what of [
      "fetch-https",
      "fetch-http",
      "img",
      "frame",
      "beacon",
      "ws",
      "style",
      "script",
      "font",
      "worker",
      "away",
    ]) {
      expect(
        all.some((each) => each.url.includes(`${what}.test`)),
        `${what} of ${JSON.stringify(all)}`,
      ).toBe(true);
    }
    expect(await url()).toBe(before);
  });
});

/** Runs in the page. `got`: what came through. */
async function tryEverything(): Promise<{ got: string[] }> {
  const got: string[] = [];
  const tried = async (name: string, attempt: () => Promise<unknown>) => {
    const late = new Promise((_, reject) => globalThis.setTimeout(() => reject(new Error("late")), 700));
    await Promise.race([attempt(), late]).then(
      () => got.push(name),
      () => undefined,
    );
  };
  const element = (tag: "img" | "iframe" | "script" | "link", set: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement(tag), set);
      // A frame that was refused loads an error page; only one of another origin with content would count.
      made.onload = tag === "iframe" ? reject : resolve;
      made.onerror = reject;
      document.body.append(made);
    });
  const socket = (url: string) =>
    new Promise((resolve, reject) => {
      const made = new WebSocket(url);
      made.onopen = resolve;
      made.onerror = reject;
    });
  await Promise.all([
    tried("fetch-https", () => fetch("https://fetch-https.test/a?b", { mode: "no-cors" })),
    tried("fetch-http", () => fetch("http://fetch-http.test/", { mode: "no-cors" })),
    tried("loopback", () => fetch("http://127.0.0.1:22/", { mode: "no-cors" })),
    tried("private", () => fetch("http://10.0.0.1/", { mode: "no-cors" })),
    tried("file", () => fetch("file:///etc/passwd")),
    tried("ws", () => socket("ws://ws.test/")),
    tried("wss", () => socket("wss://wss.test/")),
    tried("img", () => element("img", { src: "https://img.test/x.png" })),
    tried("frame", () => element("iframe", { src: "https://frame.test/" })),
    tried("script", () => element("script", { src: "https://script.test/x.js" })),
    tried("style", () => element("link", { rel: "stylesheet", href: "https://style.test/x.css" })),
    tried("preconnect", () => element("link", { rel: "preconnect", href: "https://preconnect.test" })),
    tried("font", () => new FontFace("x", "url(https://font.test/x.woff2)").load()),
    tried("worker", async () => {
      const code = "fetch('https://worker.test/',{mode:'no-cors'}).then(()=>postMessage(1),()=>postMessage(0))";
      const worker = new Worker(URL.createObjectURL(new Blob([code])));
      const came = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
      });
      if (came !== 1) throw new Error("refused");
    }),
    tried("candidates", async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:stun.test:3478" }] });
      peer.createDataChannel("x");
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((resolve) =>
        peer.addEventListener("icecandidate", ({ candidate }) => candidate && resolve(candidate)),
      );
    }),
    tried("microphone", () => navigator.mediaDevices.getUserMedia({ audio: true })),
    tried("clipboard", () => navigator.clipboard.readText()),
    tried("place", () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
    tried("notification", async () => {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
    }),
  ]);
  navigator.sendBeacon("https://beacon.test/", "x");
  if (window.open("https://popup.test/") !== null) got.push("popup");
  const away = document.createElement("a");
  away.href = "https://away.test/";
  document.body.append(away);
  away.click();
  await new Promise((resolve) => globalThis.setTimeout(resolve, 300));
  return { got };
}

/** How the host under test was started, for a second process of the same user. */
function startOf(app: ElectronApplication): { executable: string; args: string[]; env: NodeJS.ProcessEnv } {
  const { spawnfile } = app.process();
  return { executable: spawnfile, args: [], env: process.env };
}

/** Remembers the thread that was last spoken to. */
async function catchWorkers(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...args) {
      Object.assign(globalThis, { worker: this });
      return post.apply(this, args);
    };
  });
}
