import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { host } from "./host.ts";
import { journal } from "./journal.ts";
import { type Answer, askInPage, type Question } from "./page/ask.ts";
import { BrowserWindow } from "./window.ts";

interface FileOptions {
  title?: string;
  message?: string;
  defaultPath?: string;
  properties?: string[];
}

interface MessageOptions {
  title?: string;
  message: string;
  detail?: string;
  buttons?: string[];
  defaultId?: number;
  cancelId?: number;
}

/** Electron's two forms: with and without the window that the dialog belongs to. */
type Arguments<O> = [O] | [BrowserWindow | undefined, O];

/**
 * With a person at the screen the question is put over the page. Otherwise a test must answer, by replacing the method,
 * which works on Electron too: a dialog that no test foresaw is an error.
 */
async function ask(method: string, question: Question): Promise<Answer> {
  if (!host.visible && process.env.EXHIBIT_DIALOGS !== "page")
    throw new Error(`stand-in: dialog.${method} was not answered`);
  const window = BrowserWindow.getFocusedWindow();
  if (!window) throw new Error(`stand-in: no window to show dialog.${method} in`);
  const source = `(${askInPage})(${JSON.stringify(question)}, (file) => standInPathOf(file))`;
  return (await window.webContents.evaluateIsolated(source)) as Answer;
}

const absolute = (typed: string): string => path.resolve(typed.replace(/^~(?=$|[/\\])/, os.homedir()));
const linesOf = (text: string): string[] =>
  text.split("\n").flatMap((line) => (line.trim() ? [absolute(line.trim())] : []));

/** What is wrong with a choice, or nothing. */
function fault(files: readonly string[], folder: boolean): string {
  if (files.length === 0) return "Nothing is named.";
  for (const file of files) {
    if (!fs.existsSync(file)) return `${file} does not exist.`;
    if (fs.statSync(file).isDirectory() !== folder) return `${file} is ${folder ? "no" : "a"} folder.`;
  }
  return "";
}

export const dialog = {
  async showOpenDialog(...args: Arguments<FileOptions>) {
    const options = args.at(-1) as FileOptions;
    const has = (property: string) => options.properties?.includes(property) ?? false;
    const folder = has("openDirectory");
    const multiple = has("multiSelections");
    let text = options.defaultPath ?? "";
    let message = options.message ?? `The path of the ${folder ? "folder" : "file"}${multiple ? "s, one a line" : ""}:`;
    for (;;) {
      const answer = await ask("showOpenDialog", {
        title: options.title ?? "Open",
        message,
        field: { value: text, lines: multiple ? 4 : 1, pick: !folder },
        buttons: ["Cancel", "Open"],
        defaultId: 1,
        cancelId: 0,
      });
      if (answer.button === 0) return { canceled: true, filePaths: [] };
      text = answer.text;
      const filePaths = linesOf(text);
      if (has("createDirectory") && folder) for (const file of filePaths) fs.mkdirSync(file, { recursive: true });
      message = fault(filePaths, folder);
      if (!message) return { canceled: false, filePaths };
    }
  },

  async showSaveDialog(...args: Arguments<FileOptions>) {
    const options = args.at(-1) as FileOptions;
    let text = options.defaultPath ?? "";
    let message = options.message ?? "The path of the new file:";
    let warned = "";
    for (;;) {
      const answer = await ask("showSaveDialog", {
        title: options.title ?? "Save",
        message,
        field: { value: text, lines: 1, pick: false },
        buttons: ["Cancel", "Save"],
        defaultId: 1,
        cancelId: 0,
      });
      if (answer.button === 0) return { canceled: true, filePath: "" };
      const [filePath] = linesOf(answer.text);
      text = answer.text;
      if (!filePath) continue;
      if (filePath === warned || !fs.existsSync(filePath)) return { canceled: false, filePath };
      warned = filePath;
      message = `${filePath} exists: save again to replace it.`;
    }
  },

  async showMessageBox(...args: Arguments<MessageOptions>) {
    const options = args.at(-1) as MessageOptions;
    const buttons = options.buttons?.length ? options.buttons : ["OK"];
    const { button } = await ask("showMessageBox", {
      title: options.title ?? options.message,
      message: [options.title && options.message, options.detail].filter(Boolean).join("\n\n"),
      buttons,
      defaultId: options.defaultId ?? 0,
      cancelId: options.cancelId ?? buttons.length - 1,
    });
    return { response: button, checkboxChecked: false };
  },

  showErrorBox(title: string, content: string): void {
    console.error(`${title}: ${content}`);
  },
};

/** Recorded, never carried out. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    journal.shell.push(["openExternal", url]);
  },
  async openPath(path: string): Promise<string> {
    journal.shell.push(["openPath", path]);
    return "";
  },
  showItemInFolder(path: string): void {
    journal.shell.push(["showItemInFolder", path]);
  },
};
