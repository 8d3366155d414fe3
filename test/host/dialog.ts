import { journal } from "./journal.ts";

/** Tests answer a dialog by replacing its method, which works on Electron too; an unforeseen dialog is an error. */
const unanswered = (name: string) => async (): Promise<never> => {
  throw new Error(`stand-in: dialog.${name} was not answered`);
};

export const dialog = {
  showOpenDialog: unanswered("showOpenDialog"),
  showSaveDialog: unanswered("showSaveDialog"),
  showMessageBox: unanswered("showMessageBox"),
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
