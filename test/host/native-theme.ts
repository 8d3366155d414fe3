import { EventEmitter } from "node:events";
import { webContents } from "./web-contents.ts";

type Source = "system" | "light" | "dark";

class NativeTheme extends EventEmitter {
  #source: Source = "system";

  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    this.#source = source;
    for (const contents of webContents.getAllWebContents()) void contents.emulateTheme();
    this.emit("updated");
  }
  /** A headless browser's system theme is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === "dark";
  }
}

export const nativeTheme = new NativeTheme();
