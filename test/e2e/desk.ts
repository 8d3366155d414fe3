import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { hostName, type Launched, launch } from "../host/launch.ts";
import { built } from "./built.ts";

/** One person's machine under test: a folder for everything, the same user's data from one start of the app to the next. */
export interface Desk {
  readonly folder: string;
  /** A path in the folder. */
  place(...names: string[]): string;
  /** Starts the app, with a case's folder or nothing, and waits for its first screen. What ran before is closed. */
  start(...args: string[]): Promise<Launched>;
  /** Quits the app as a person does. */
  quit(): Promise<number | null>;
}

export function openDesk(name: string): Desk {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `exhibit-${name}-`));
  const userData = path.join(folder, "user");
  let main = "";
  let running: Launched | undefined;
  beforeAll(() => {
    main = built();
    console.log(`${name} on ${hostName}`);
  });
  afterAll(async () => {
    await running?.answer("showMessageBox", { response: 0 }).catch(() => undefined);
    await running?.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const quit = async () => {
    const code = (await running?.close()) ?? null;
    running = undefined;
    return code;
  };
  return {
    folder,
    place: (...names) => path.join(folder, ...names),
    quit,
    async start(...args) {
      await quit();
      const app = await launch({ main, args, userData });
      running = app;
      app.page.setDefaultTimeout(20_000);
      await app.page
        .getByRole("main")
        .waitFor()
        .catch((error: unknown) => {
          throw new Error(`no screen: ${app.output()}`, { cause: error });
        });
      // Before its case is open there is the screen without one, and keys meant for the case would be nobody's.
      if (args.length > 0) await app.page.waitForFunction(() => document.title !== "Exhibit");
      return app;
    },
  };
}
