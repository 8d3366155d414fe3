import type { Connection } from "./cdp.ts";

/** What the parts of the host share: filled in by boot.ts, in the order of the fields. */
export const host: {
  /** Folder of the app's main file. */
  appPath: string;
  /** `--switches` of the command line, wherever they stood. */
  switches: string[];
  /** A window on a display, or headless. */
  visible: boolean;
  proxyPort: number;
  /** Undefined until Chromium is up, which is just before `ready`. */
  cdp: Connection | undefined;
  /** A visible browser's first page, which has no tabs and no address bar; the first window takes it. */
  startPage: string | undefined;
  ready: boolean;
  quitting: boolean;
} = {
  appPath: process.cwd(),
  switches: [],
  visible: process.env.EXHIBIT_VISIBLE === "1",
  proxyPort: 0,
  cdp: undefined,
  startPage: undefined,
  ready: false,
  quitting: false,
};

/** The connection to Chromium; refuses before `ready`, as Electron's own objects do. */
export function chromium(): Connection {
  if (!host.cdp) throw new Error("stand-in: not before app is ready");
  return host.cdp;
}
