import { EventEmitter } from "node:events";

/** The desktop around the app, as far as an app asks about it: one display, one clipboard, no sleep. */

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1280, height: 800 },
  workArea: { x: 0, y: 0, width: 1280, height: 800 },
  workAreaSize: { width: 1280, height: 800 },
  size: { width: 1280, height: 800 },
};

export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
});

let copied = "";
export const clipboard = {
  writeText(text: string): void {
    copied = text;
  },
  readText: (): string => copied,
};

export const powerMonitor = new EventEmitter();
