// The main module of `npm run dev`, plain JavaScript for Electron and the stand-in alike: the app as build.ts built it, and
// windows that load their page anew when it was built anew. The case stays open: it is not the page that holds it.
import fs from "node:fs";
import { BrowserWindow } from "electron";
import { OUT, STAMP } from "./place.js";

/** Milliseconds between two looks at the stamp: file systems that report no changes (network, WSL) are looked at as well. */
const LOOK_EVERY_MS = 200;

fs.watchFile(STAMP, { interval: LOOK_EVERY_MS }, () => {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.reload();
});
await import(`${OUT}/main/index.js`);
