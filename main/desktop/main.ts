import fs from "node:fs";
import path from "node:path";
import { app, nativeTheme } from "electron";
import { Memory } from "./memory/memory.ts";
import { handleScheme, registerScheme } from "./page/app-protocol.ts";
import { handleRequests } from "./page/ipc.ts";
import { lockProcess, lockSession } from "./page/lockdown.ts";
import { refusedSwitch } from "./page/refused-switches.ts";
import { refusalData } from "./windows/refusal.ts";
import { Windows } from "./windows/windows.ts";

/** The desktop app. `Exhibit [CASE]` opens a window; with a command word first it is the headless tool. */

const isOption = (word: string): boolean => word.startsWith("-");
const args = process.argv.slice(1);
// Chromium's own options stand before the program's path; a packaged program is its own path.
const words = args.slice(app.isPackaged ? 0 : args.findIndex((word) => !isOption(word)) + 1);

const refused = app.isPackaged ? refusedSwitch(args) : undefined;
if (refused !== undefined) {
  console.error(`exhibit: ${refused} would let another program into the window: start without it`);
  app.exit(2);
} else if (/^[a-z]+$/u.test(words[0] ?? "") && !fs.existsSync(words[0] as string)) await headless();
else desktop();

async function headless(): Promise<void> {
  const { run } = await import("../cli/run.ts");
  app.exit(await run(words));
}

function desktop(): void {
  const named = words.find((word) => !isOption(word));
  const folder = named === undefined ? undefined : path.resolve(named);
  registerScheme();
  lockProcess();
  app.setName("Exhibit");
  // One process a user: a second one hands its case over and ends.
  if (app.requestSingleInstanceLock({ folder })) void start(folder);
  else app.quit();
}

async function start(folder: string | undefined): Promise<void> {
  await app.whenReady();
  const memory = new Memory(app.getPath("userData"));
  nativeTheme.themeSource = memory.settings.value.theme;
  const windows = new Windows(memory);
  lockSession(windows);
  handleScheme(handleRequests(windows));
  nativeTheme.on("updated", () => windows.pushAll());
  app.on("second-instance", (_event, _argv, _cwd, data) => {
    void windows.again((data as { folder?: string } | null)?.folder);
  });
  const own = windows.add();
  if (folder !== undefined) await windows.open(folder, own).catch((error: unknown) => own.refuse(refusalData(error)));
}
