import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { createCodec } from "./codec.ts";
import { mainWorld } from "./page/main-world.ts";
import { type PreloadSettings, preloadHost } from "./page/preload-host.ts";

/** Name of the isolated world in which preload scripts run. */
export const PRELOAD_WORLD = "electron-preload";

/** The texts to run in a new document: one in the main world, one in the isolated world. */
export interface PageScripts {
  main: string;
  isolated: string;
}

/** Throws what is wrong with the preload script at `file`: within the wrapper it would take all of it down. */
export function pageScripts(file: string | undefined, argv: readonly string[]): PageScripts {
  const body = file ? readFileSync(file, "utf8") : "";
  const preload = `(function (require, module, exports, process) {${body}\n})`;
  new vm.Script(preload, { filename: file ?? "" });
  const settings: PreloadSettings = {
    channel: `e${randomBytes(8).toString("hex")}`,
    platform: process.platform,
    argv: [...argv],
    versions: { electron: process.versions.electron, chrome: process.versions.chrome, node: process.versions.node },
  };
  return {
    main: `(${mainWorld})(${JSON.stringify(settings.channel)})`,
    isolated: `(${preloadHost})(${JSON.stringify(settings)}, (${createCodec})(), ${preload})`,
  };
}
