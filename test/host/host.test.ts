import { type ChildProcess, spawnSync } from "node:child_process";
import fs from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ATTEMPTS, tryEverything } from "./escape.ts";
import { hostName, type Launched, launch } from "./launch.ts";
import { buildProof } from "./proof/build.ts";
import type { Proof } from "./proof/preload.ts";

declare const proof: Proof;

let folder: string;
let main: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-host-"));
  main = await buildProof(folder);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const ready = (p: Launched, page = p.page) => page.getByText(/^ready on/).waitFor();
const until = async (what: () => boolean | Promise<boolean>) => {
  while (!(await what())) await wait(20);
};

describe(`the host (${hostName})`, () => {
  let p: Launched;
  beforeAll(async () => {
    p = await launch({ main });
    await ready(p);
  });
  afterAll(() => p.close());

  test("runs the unchanged bundles: main, preload, page", async () => {
    expect(await p.page.textContent("#status")).toBe(`ready on ${process.platform}, 42`);
    expect(await p.page.title()).toBe("Proof");
    expect(await p.url()).toBe("app://proof/");
    expect(await p.page.evaluate(() => isSecureContext)).toBe(true);
    expect(await p.page.evaluate(() => "apiAtStart" in window && window.apiAtStart)).toBe("object");
  });

  test("the page has the preload's interface and nothing else of the host", async () => {
    const seen = await p.page.evaluate(() => ({
      interface: Object.keys(proof).sort(),
      frozen: Object.isFrozen(proof),
      node: [typeof require, typeof process, typeof module, typeof Buffer],
      host: Object.getOwnPropertyNames(window).filter((k) => /stand|electron|ipc/i.test(k)),
    }));
    expect(seen).toEqual({
      interface: ["choose", "doubled", "echo", "fail", "onTold", "pathOf", "platform", "say"],
      frozen: true,
      node: ["undefined", "undefined", "undefined", "undefined"],
      host: [],
    });
  });

  test("invoke carries what structured clone carries, both ways", async () => {
    const kinds = await p.page.evaluate(async () => {
      const back = (await proof.echo({
        date: new Date(5),
        map: new Map([[1, new Set(["a"])]]),
        bytes: new Uint8Array([1, 2, 255]),
        wide: new Float64Array([0.5, -0, Number.NaN]),
        buffer: new ArrayBuffer(3),
        big: 2n ** 64n,
        nothing: undefined,
        text: "é\u2028💾\ud800",
        $: "a field of this name",
      })) as Record<string, never>;
      const { date, map, bytes, wide, buffer, big, text } = back as never as {
        date: Date;
        map: Map<number, Set<string>>;
        bytes: Uint8Array;
        wide: Float64Array;
        buffer: ArrayBuffer;
        big: bigint;
        text: string;
      };
      return {
        date: date instanceof Date && date.getTime(),
        map: map instanceof Map && [...(map.get(1) as Set<string>)],
        bytes: bytes instanceof Uint8Array && [...bytes],
        wide: [wide[0] === 0.5, Object.is(wide[1], -0), Number.isNaN(wide[2])],
        buffer: buffer instanceof ArrayBuffer && buffer.byteLength,
        big: String(big),
        nothing: "nothing" in back && back.nothing === undefined,
        text: text === "é\u2028💾\ud800",
        $: back.$,
      };
    });
    expect(kinds).toEqual({
      date: 5,
      map: ["a"],
      bytes: [1, 2, 255],
      wide: [true, true, true],
      buffer: 3,
      big: "18446744073709551616",
      nothing: true,
      text: true,
      $: "a field of this name",
    });
  });

  test("what cannot be cloned is refused, and errors cross as Electron words them", async () => {
    const message = (call: () => Promise<unknown>) =>
      call().then(
        () => "no error",
        (e: Error) => e.message,
      );
    expect(await message(() => p.page.evaluate(() => proof.fail()))).toContain(
      "Error invoking remote method 'fail': TypeError: no such thing",
    );
    for (const send of [() => proof.echo(new WeakMap()), () => proof.echo(Symbol("s"))])
      expect(await message(() => p.page.evaluate(send))).toMatch(/could not be cloned/);
  });

  test("the main process reaches the page", async () => {
    await p.page.evaluate(() => proof.say("hello"));
    await p.page.getByText("hello from app://proof/").waitFor();
  });

  test("fetch on the app's scheme streams: chunks arrive as they are made", async () => {
    const times = await p.page.evaluate(async () => {
      const start = performance.now();
      const reader = ((await fetch("drip")).body as ReadableStream<Uint8Array>).getReader();
      const at: number[] = [];
      while (!(await reader.read()).done) at.push(performance.now() - start);
      return at;
    });
    expect(times.length).toBe(4);
    expect(times[0]).toBeLessThan(100);
    expect(times[3]! - times[0]!).toBeGreaterThan(250);
  });

  test("fetch carries bytes down and up, sees app URLs, and nothing is cached", async () => {
    const seen = await p.page.evaluate(async () => {
      const down = await fetch("bytes?n=10000000");
      return {
        down: (await down.arrayBuffer()).byteLength,
        cache: down.headers.get("cache-control"),
        up: await (await fetch("size", { method: "POST", body: new Uint8Array(1_000_000) })).json(),
        who: await (await fetch("whoami")).json(),
      };
    });
    const who = { url: "app://proof/whoami", referer: "app://proof/" };
    expect(seen).toEqual({ down: 10_000_000, cache: "no-store", up: 1_000_000, who });
  });

  test("the content security policy holds", async () => {
    const seen = await p.page.evaluate(async () => ({
      inline: "inlineRan" in window,
      outside: await fetch("https://policy.test/").then(String, String),
    }));
    expect(seen).toEqual({ inline: false, outside: "TypeError: Failed to fetch" });
    expect((await p.refused()).some((r) => r.url.includes("policy.test"))).toBe(false); // never became a request
  });

  test("a dialog is answered by the test, and unanswered it is an error", async () => {
    await p.page.click("#choose");
    await p.page.getByText("dialog.showOpenDialog was not answered").waitFor();
    await p.answer("showOpenDialog", { canceled: false, filePaths: ["/evidence/a.csv"] });
    await p.page.click("#choose");
    await p.page.getByText("/evidence/a.csv").waitFor();
    expect(await p.asked()).toEqual([{ properties: ["openFile"] }]);
  });

  test("files chosen or dropped have their paths", async () => {
    const files = ["one.csv", "two.csv"].map((name) => path.join(folder, name));
    for (const file of files) fs.writeFileSync(file, "a,b\n");
    await p.page.setInputFiles("#files", files);
    await p.page.getByText(files.join(), { exact: true }).waitFor();
    await p.drop("#drop", [files[1]!]);
    await p.page.getByText(files[1]!, { exact: true }).waitFor();
  });

  test("menu items work by click and by accelerator", async () => {
    await p.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("tell")?.click());
    await p.page.getByText("menu", { exact: true }).waitFor();
    await p.page.evaluate(() => proof.say("again"));
    await p.page.getByText(/^again/).waitFor();
    if (hostName === "stand-in") {
      await p.page.keyboard.press("ControlOrMeta+k");
      await p.page.getByText("menu", { exact: true }).waitFor();
    }
  });

  test("the theme, the window's size and a picture of it", async () => {
    const dark = () => p.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
    for (const theme of ["dark", "light"] as const) {
      await p.app.evaluate(({ nativeTheme }, t) => Object.assign(nativeTheme, { themeSource: t }) && undefined, theme);
      await until(async () => (await dark()) === (theme === "dark"));
    }
    await p.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ width: 700 }));
    await until(() => p.page.evaluate(() => innerWidth === 700));
    const picture = await p.app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]!.capturePage();
      return { png: image.toPNG().toString("base64"), size: image.getSize() };
    });
    expect(picture.size).toEqual({ width: 700, height: 600 });
    const pixels = decodePng(Buffer.from(picture.png, "base64"));
    expect(new Set(pixels).size).toBeGreaterThan(20); // text: many greys, not one colour
  });

  test("two windows are two pages", async () => {
    const [second] = await Promise.all([
      p.app.waitForEvent("window"),
      p.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("new")?.click()),
    ]);
    await ready(p, second);
    expect(p.app.windows().length).toBe(2);
    await second.evaluate(() => proof.say("second only"));
    await second.getByText(/^second only/).waitFor();
    expect(await p.page.getByText(/^second only/).count()).toBe(0);
    await second.evaluate(() => window.close());
    await until(() => p.app.windows().length === 1);
  });

  test("every way out is refused, by the app's own policy, and counted", async () => {
    await p.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL("app://proof/index.html?open"),
    );
    // The page that is being left may still answer: wait for the new one.
    await p.page.waitForFunction(() => "inlineRan" in window); // no content policy in the way here
    const before = (await p.refused()).length;
    let caught = 0; // by a listener of this test: what got there got past everything
    const trap = net.createServer((socket) => {
      caught++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
    const trapHost = `127.0.0.1:${(trap.address() as AddressInfo).port}`;
    const got = await p.page.evaluate(tryEverything, trapHost);
    expect(Object.values(got).filter((v) => v !== "refused")).toEqual([]);
    const refused = async () => (await p.refused()).slice(before);
    const missing = async () => {
      const urls = (await refused()).map((r) => r.url);
      return ATTEMPTS.filter((name) => !urls.some((u) => u.includes(`/${name}.test`)));
    };
    if (hostName === "electron") return; // Electron tells the app of neither sockets' hosts nor preconnects
    const deadline = Date.now() + 3000;
    while ((await missing()).length > 0 && Date.now() < deadline) await wait(50);
    expect(await missing()).toEqual([]);
    expect((await refused()).filter((r) => r.by === "host")).toEqual([]);
    expect(await p.url()).toBe("app://proof/index.html?open");
    expect(p.app.windows().length).toBe(1);
    expect(caught).toBe(0);
    trap.close();
  });

  test.skipIf(hostName === "electron")("a hole in the app's policy is stopped by the host, which tells", async () => {
    const before = (await p.refused()).length;
    await p.app.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));
    const got = await p.page.evaluate(() =>
      Promise.all(
        ["https://hole-a.test/", "http://hole-b.test/"].map((u) => fetch(u, { mode: "no-cors" }).then(String, String)),
      ),
    );
    expect(got[0]).toBe("TypeError: Failed to fetch");
    const refused = (await p.refused()).slice(before);
    expect(refused).toContainEqual({ by: "host", what: "CONNECT", url: "https://hole-a.test/" });
    expect(refused).toContainEqual({ by: "host", what: "GET", url: "http://hole-b.test/" });
  });

  test("no permission is given and no download is taken", async () => {
    const seen = await p.page.evaluate(async () => {
      const link = document.createElement("a");
      Object.assign(link, { href: "bytes?n=5", download: "stolen.bin" });
      link.click();
      return {
        notifications: await Notification.requestPermission(),
        place: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve(0),
            (e) => resolve(e.code),
          ),
        ),
        clipboard: await navigator.clipboard.readText().catch((e: Error) => e.name),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(String, (e: Error) => e.name),
      };
    });
    expect(seen).toMatchObject({ notifications: "denied", place: 1, clipboard: "NotAllowedError" });
    expect(["NotAllowedError", "NotFoundError"]).toContain(seen.camera);
    if (hostName === "stand-in")
      await until(() =>
        p.app.evaluate(() =>
          (globalThis as never as { standIn: { downloads: string[] } }).standIn.downloads.includes("stolen.bin"),
        ),
      );
  });

  test("a crashed page is reported and comes back with its preload script", async () => {
    await p.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await until(() => p.output().includes("gone: crashed"));
    const text = await p.app.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const loaded = new Promise<void>((resolve) => webContents.once("did-finish-load", () => resolve()));
      webContents.reload();
      await loaded;
      return webContents.executeJavaScript("proof.echo(document.querySelector('#status').textContent)");
    });
    expect(text).toMatch(/^ready on/);
  });
});

test("closing runs the whole lifecycle, and a relaunch finds the page's storage", async () => {
  const userData = fs.mkdtempSync(path.join(folder, "user-"));
  const first = await launch({ main, userData });
  await ready(first);
  await first.page.evaluate(() => localStorage.setItem("kept", "yes"));
  expect(await first.close()).toBe(0);
  expect(first.output().match(/before-quit|will-quit|\bquit$/gm)).toEqual(["before-quit", "will-quit", "quit"]);

  const second = await launch({ main, userData });
  expect(await second.page.evaluate(() => localStorage.getItem("kept"))).toBe("yes");
  await second.page.evaluate(() => window.close()).catch(() => {}); // the last window: the app ends
  expect(await second.exited).toBe(0);
});

test.skipIf(hostName === "electron")("a person answers dialogs over the page", async () => {
  const file = path.join(folder, "typed.csv");
  fs.writeFileSync(file, "a");
  const p = await launch({ main, env: { EXHIBIT_DIALOGS: "page" } });
  await ready(p);
  await p.page.click("#choose");
  await p.page.getByLabel("Open").fill(`${file}.not`);
  await p.page.keyboard.press("Enter");
  await p.page.getByText(`${file}.not does not exist.`).waitFor();
  await p.page.getByLabel("Browse").setInputFiles(file);
  await p.page.getByRole("button", { name: "Open" }).click();
  await p.page.locator("#chosen", { hasText: file }).waitFor();
  await p.page.click("#choose");
  await p.page.getByLabel("Open").waitFor();
  await p.page.keyboard.press("Escape");
  await until(async () => (await p.page.textContent("#chosen")) === "");
  await p.close();
});

test("a second process with the same data tells the first and ends", async () => {
  const p = await launch({ main });
  const second = spawnSync(p.app.process().spawnfile, [`--user-data-dir=${p.userData}`, main, "case-two"], {
    encoding: "utf8",
    env: process.env,
  });
  expect([second.status, second.stdout]).toEqual([0, expect.stringContaining("another instance has the lock")]);
  await until(() => p.output().includes('second: {"from":"case-two"}'));
  await p.close();
});

test.skipIf(process.platform !== "linux")(
  "SIGKILL of main leaves no browser behind, and the data can be used again",
  async () => {
    const userData = fs.mkdtempSync(path.join(folder, "user-"));
    const first = await launch({ main, userData });
    await ready(first);
    const count = () => spawnSync("pgrep", ["-fc", userData], { encoding: "utf8" }).stdout.trim();
    expect(Number(count())).toBeGreaterThan(1);
    process.kill((first.app.process() as ChildProcess).pid as number, "SIGKILL");
    await until(() => Number(count()) === 0);
    const second = await launch({ main, userData });
    await ready(second);
    expect(await second.close()).toBe(0);
  },
);

/** The filtered bytes of a PNG's rows: enough to tell a picture from a blank. */
function decodePng(png: Buffer): Uint8Array {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return inflateSync(Buffer.concat(data));
}
