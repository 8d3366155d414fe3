/** What this machine has to open a window with. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Of the environment; a desktop of Linux or BSD is there where one of them is set. */
  readonly display: string | undefined;
  /** Electron's executable; undefined: not here yet; null: it cannot be had, or it did not start. */
  readonly electron: string | undefined | null;
  /** A Chrome or Chromium that the stand-in host can show; null: it did not start. */
  readonly browser: string | undefined | null;
}

export type Opening =
  | { readonly way: "electron"; readonly executable: string }
  | { readonly way: "fetch" }
  | { readonly way: "stand-in"; readonly browser: string }
  | { readonly way: "terminal"; readonly because: string };

/**
 * What `npm start` does next: Electron, an attempt to fetch it, the stand-in host, or the sample investigation in the terminal.
 * Where nobody could see a window nothing is fetched.
 */
export function openingOn({ platform, display, electron, browser }: Machine): Opening {
  if (!display && platform !== "darwin" && platform !== "win32")
    return { way: "terminal", because: "There is no display" };
  if (electron) return { way: "electron", executable: electron };
  if (electron === undefined) return { way: "fetch" };
  if (browser) return { way: "stand-in", browser };
  return {
    way: "terminal",
    because:
      browser === null
        ? "The window did not open"
        : "Electron cannot be had and there is no Chrome or Chromium (EXHIBIT_BROWSER names one)",
  };
}
