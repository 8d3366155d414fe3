/** What `import … from "electron"` and `require("electron")` give the app's main process. */
import { app } from "./app.ts";
import { clipboard, powerMonitor, screen } from "./desktop.ts";
import { dialog, shell } from "./dialog.ts";
import { ipcMain } from "./ipc.ts";
import { Menu, MenuItem } from "./menu.ts";
import { nativeTheme } from "./native-theme.ts";
import { protocol } from "./protocol.ts";
import { session } from "./session.ts";
import { webContents } from "./web-contents.ts";
import { BrowserWindow } from "./window.ts";

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  webContents,
};
export default {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  webContents,
};
