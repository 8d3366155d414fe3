import fs from "node:fs";
import path from "node:path";
import { app, clipboard, nativeTheme, shell } from "electron";
import type { z } from "zod";
import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import type { Hooks } from "../../../shared/contract/contract.ts";
import {
  DESKTOP,
  type Desktop,
  type DesktopName,
  type DesktopReply,
  type RecentCase,
} from "../../../shared/contract/desktop.ts";
import { askCaseless } from "../../engine/threads/remote-engine.ts";
import type { KnownCase } from "../memory/recent-cases.ts";
import { bySavedMappings } from "../memory/saved-mappings.ts";
import type { CaseWindow } from "../windows/case-window.ts";
import { chooseFiles, chooseFolder, chooseSave } from "../windows/dialogs.ts";
import { openSample } from "../windows/open-sample.ts";
import type { Windows } from "../windows/windows.ts";

interface Asked {
  readonly own: CaseWindow;
  readonly windows: Windows;
  readonly hooks: Hooks;
}

type Handlers = {
  readonly [Name in DesktopName]: (
    asked: Asked,
    input: z.output<Desktop[Name]["input"]>,
  ) => DesktopReply<Name> | Promise<DesktopReply<Name>>;
};

/** Every request of the desktop's table. One without its handler does not compile. */
const HANDLERS: Handlers = {
  state: ({ own }) => own.state,
  createCase: async ({ own, windows }, { title, examiner }) => {
    const chosen = await chooseSave(own.window, "New case", fileName(title));
    if (chosen === undefined || !(await own.mayClose())) return {};
    const info = await own.open({ mode: "create", folder: chosen, title, examiner });
    windows.changed();
    return { case: info };
  },
  openCase: async ({ own, windows }, { folder, again }) => {
    const chosen = folder ?? (again ? own.folder : undefined) ?? (await chooseFolder(own.window, "Open case"));
    if (chosen === undefined) return {};
    const info = await windows.open(chosen, own);
    return info ? { case: info } : {};
  },
  openBundle: async ({ own, windows }, { target }) => given({ case: await windows.openBundle(target, own) }),
  closeCase: async ({ own, windows }) => {
    if (!(await own.mayClose())) return { closed: false };
    await own.close();
    windows.changed();
    return { closed: true };
  },
  recentCases: ({ own, windows }) => ({ cases: casesFor(own, windows.memory.recent.list()) }),
  forgetCase: ({ own, windows }, { folder }) => {
    windows.memory.recent.forget(folder);
    windows.changed();
    return { cases: casesFor(own, windows.memory.recent.list()) };
  },
  locateCase: async ({ own, windows }, { folder }) => {
    const chosen = await chooseFolder(own.window, "Where is the case now?");
    if (chosen !== undefined) windows.memory.recent.move(folder, chosen);
    windows.changed();
    return { cases: casesFor(own, windows.memory.recent.list()) };
  },
  trySample: async ({ own, windows, hooks }, { rows }) => {
    if (!(await own.mayClose())) return {};
    const info = await openSample(own, app.getPath("userData"), rows, hooks);
    windows.changed();
    return { case: info };
  },
  chooseFiles: async ({ own }, { kind, many = false }) => ({
    files: (await chooseFiles(own.window, kind, many)).map((file) => own.chosen.give(file, kind)),
  }),
  chooseFolder: async ({ own }, { title = "Choose a folder" }) => {
    const folder = await chooseFolder(own.window, title);
    return folder === undefined ? {} : { folder: own.chosen.give(folder, "logs") };
  },
  chooseSave: async ({ own }, { name, title = "Save as" }) => {
    const file = await chooseSave(own.window, title, fileName(name));
    return file === undefined ? {} : { file: own.chosen.give(file, "save") };
  },
  detect: async ({ windows, hooks }, input) => ({
    files: await bySavedMappings(await askCaseless("detect", input, hooks), input, windows.memory.mappings.value),
  }),
  beginning: (_, input) => askCaseless("beginning", input),
  savedMappings: ({ windows }) => ({ mappings: windows.memory.mappings.value }),
  saveMapping: async ({ windows }, saved) => {
    const { mappings } = windows.memory;
    await askCaseless("checkMapping", saved);
    const others = mappings.value.filter(({ name }) => name !== saved.name);
    mappings.set([...others, saved].sort((a, b) => a.name.localeCompare(b.name, "en")));
    return { mappings: mappings.value };
  },
  forgetMapping: ({ windows }, { name }) => {
    const { mappings } = windows.memory;
    mappings.set(mappings.value.filter((each) => each.name !== name));
    return { mappings: mappings.value };
  },
  exportMapping: async ({ own }, saved) => {
    await askCaseless("checkMapping", saved);
    const file = await chooseSave(own.window, "Export mapping", `${fileName(saved.name)}.json`);
    if (file === undefined) return {};
    fs.writeFileSync(file, `${JSON.stringify(saved.document, undefined, 2)}\n`);
    return { file };
  },
  formats: () => askCaseless("formats", {}),
  readMapping: (_, input) => askCaseless("readMapping", input),
  publicKey: (_, input) => askCaseless("publicKey", input),
  signingKey: (_, input) => askCaseless("signingKey", input),
  verify: async ({ own, hooks }, { target, recompute, signer }) => {
    const chosen = target ?? (await chooseFiles(own.window, "bundle", false))[0];
    if (chosen === undefined) return {};
    return {
      target: own.chosen.give(chosen, "bundle"),
      ...(await askCaseless("verify", { target: chosen, recompute, signer }, hooks)),
    };
  },
  bundleChanges: (_, input) => askCaseless("bundleChanges", input),
  showInFolder: (_, { path: file }) => {
    shell.showItemInFolder(path.resolve(file));
    return {};
  },
  copyText: (_, { text }) => {
    clipboard.writeText(text);
    return {};
  },
  changeSettings: ({ windows }, change) => {
    const { settings } = windows.memory;
    settings.set({ ...settings.value, ...given(change) });
    nativeTheme.themeSource = settings.value.theme;
    windows.pushAll();
    return settings.value;
  },
  enableCommands: ({ own, windows }, { enabled }) => {
    own.enabled = new Set(enabled);
    windows.enable(own);
    return {};
  },
  newWindow: ({ windows }) => {
    windows.add();
    return {};
  },
  print: ({ own }) => {
    own.window.webContents.print();
    return {};
  },
  quit: () => {
    app.quit();
    return {};
  },
};

/** @throws Refusal */
export async function answerDesktop(asked: Asked, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(DESKTOP, name)) throw new Refusal("usage", `There is no request "${name}"`, "ask again");
  const schema = DESKTOP[name as DesktopName].input;
  const parsed = schema.safeParse(asked.own.chosen.resolve(schema, input));
  if (!parsed.success)
    throw new Refusal(
      "usage",
      `The request ${name} is not well formed (${parsed.error.issues[0]?.message ?? "unknown"})`,
      "ask again",
    );
  return (HANDLERS[name as DesktopName] as (asked: Asked, input: unknown) => unknown)(asked, parsed.data);
}

const casesFor = (own: CaseWindow, cases: readonly KnownCase[]): RecentCase[] =>
  cases.map((each) => ({ ...each, folder: own.chosen.give(each.folder, "case") }));

/** A title as the name of a file or folder on any system. */
function fileName(title: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[. ]+$/u, "");
  return name.slice(0, 100) || "case";
}
