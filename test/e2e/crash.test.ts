import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Launched } from "../host/launch.ts";
import { openIncident } from "../incident.ts";
import { openDesk } from "./desk.ts";
import { counted, filterBar, filterBy, grid } from "./explore.ts";

/** The page or the engine dies in the middle of Explore: what was being written is there again. */

const desk = openDesk("crash");
const NOTE = "Three sentences that nobody wants to write twice.";
const HALF = 'api:groups developer:"Quil';
let app: Launched;
let folder = "";
const page = () => app.page;

beforeAll(async () => {
  const incident = await openIncident(2000, 1);
  folder = incident.engine.caseFile.folder;
  incident.engine.caseFile.close();
});

/** Runs in the window's page, whichever process it is in by now: after a crash Playwright's own page is gone. */
const inPage = (code: string) =>
  app.app.evaluate(
    ({ BrowserWindow }, code) =>
      BrowserWindow.getAllWindows()[0]
        ?.webContents.executeJavaScript(code)
        .catch(() => null),
    code,
  );
const until = async <T>(look: () => Promise<T>, wanted: T) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await look()) === wanted) return;
    await setTimeout(100);
  }
  expect(await look()).toBe(wanted);
};
const writeNote = async () => {
  await grid(page()).getByRole("row").nth(2).click();
  await page().keyboard.press("n");
  await page().getByRole("dialog", { name: "Note" }).waitFor();
  await page().keyboard.type(NOTE);
};

describe("a crash while somebody writes", () => {
  it("of the engine: the case reopens under the open note, which is then written", async () => {
    app = await desk.start(folder);
    await page().keyboard.press("Control+2");
    await filterBy(page(), "api:groups");
    const count = await counted(page());
    await app.app.evaluate(() => {
      const { Worker } = process.getBuiltinModule("node:worker_threads");
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (...args) {
        Object.assign(globalThis, { engine: this });
        return post.apply(this, args);
      };
    });
    await writeNote();
    await app.app.evaluate(() => (globalThis as unknown as { engine: { terminate(): void } }).engine.terminate());
    await page().getByRole("dialog", { name: "The case has to be reopened" }).waitFor();
    await page().keyboard.press("Enter");
    await page().getByRole("dialog", { name: "The case has to be reopened" }).waitFor({ state: "detached" });
    const note = page().getByRole("textbox", { name: "Note" });
    expect(await note.inputValue()).toBe(NOTE);
    await note.press("Control+Enter");
    await page().getByRole("contentinfo").getByText("Noted on 1 call.").waitFor();
    expect([await counted(page()), await filterBar(page()).inputValue()]).toEqual([count, "api:groups"]);
  });

  it("of the page: it opens again with filter, half-written filter and note", async () => {
    await filterBar(page()).fill(HALF);
    await page().getByRole("alert").waitFor();
    await writeNote();
    await setTimeout(500);
    await app.answer("showMessageBox", { response: 0 });
    await app.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await until(() => inPage(`document.querySelector('[role=combobox][aria-label="Filter"]')?.value ?? ""`), HALF);
    await until(() => inPage(`document.querySelector('[role=grid][aria-label="Calls"]') !== null`), true);
    await inPage(`window.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }))`);
    await until(() => inPage(`document.querySelector('textarea[aria-label="Note"]')?.value ?? ""`), NOTE);
  });
});
