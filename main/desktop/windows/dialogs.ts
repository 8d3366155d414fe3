import { type BrowserWindow, dialog, type FileFilter } from "electron";
import type { FileKind } from "../../../shared/contract/desktop.ts";

/** The system's own dialogs. A dismissed dialog returns undefined or nothing. */

const ALL: FileFilter = { name: "All files", extensions: ["*"] };
const JSON_FILES: FileFilter = { name: "JSON", extensions: ["json"] };

const KINDS: Readonly<Record<FileKind, { title: string; filters: FileFilter[] }>> = {
  // Exports have any extension. The content says what a file is.
  logs: { title: "Import logs", filters: [ALL] },
  mapping: { title: "Choose a mapping", filters: [JSON_FILES, ALL] },
  registry: {
    title: "Import a registry",
    filters: [{ name: "CSV, JSON, XLSX", extensions: ["csv", "tsv", "txt", "json", "jsonl", "xlsx"] }, ALL],
  },
  policy: { title: "Import a policy", filters: [JSON_FILES, ALL] },
  claims: { title: "Import claims", filters: [JSON_FILES, ALL] },
  clocks: { title: "Import clocks", filters: [JSON_FILES, ALL] },
  remedy: {
    title: "Import steps",
    filters: [{ name: "CSV, JSON, XLSX", extensions: ["csv", "tsv", "txt", "json", "xlsx"] }, ALL],
  },
  attachment: { title: "Attach a file", filters: [ALL] },
  people: { title: "Choose a list of ids, one a line", filters: [{ name: "Text", extensions: ["txt", "csv"] }, ALL] },
  key: { title: "Choose the key to sign with", filters: [ALL] },
  "public-key": { title: "Choose the public key", filters: [{ name: "Public keys", extensions: ["pub"] }, ALL] },
  review: { title: "Take in a review", filters: [{ name: "Reviews, bundles", extensions: ["json", "zip"] }, ALL] },
  bundle: { title: "Verify a bundle", filters: [{ name: "Bundles", extensions: ["zip"] }, ALL] },
};

export async function chooseFiles(window: BrowserWindow, kind: FileKind, many: boolean): Promise<string[]> {
  const chosen = await dialog.showOpenDialog(window, {
    ...KINDS[kind],
    properties: many ? ["openFile", "multiSelections"] : ["openFile"],
  });
  return chosen.canceled ? [] : chosen.filePaths;
}

export async function chooseFolder(window: BrowserWindow, title: string): Promise<string | undefined> {
  const chosen = await dialog.showOpenDialog(window, { title, properties: ["openDirectory", "createDirectory"] });
  return chosen.canceled ? undefined : chosen.filePaths[0];
}

export async function chooseSave(window: BrowserWindow, title: string, name: string): Promise<string | undefined> {
  const chosen = await dialog.showSaveDialog(window, { title, defaultPath: name, properties: ["createDirectory"] });
  return chosen.canceled || chosen.filePath === "" ? undefined : chosen.filePath;
}

/** Asks with two buttons; true for the first. Enter and Esc are the second, which changes nothing. */
export async function confirm(
  window: BrowserWindow,
  ask: { message: string; detail: string; yes: string; no: string },
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    message: ask.message,
    detail: ask.detail,
    buttons: [ask.yes, ask.no],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
