import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Machine, openingOn } from "../../main/opening.ts";

const machine = (over: Partial<Machine>): Machine => ({
  platform: "linux",
  display: ":0",
  electron: undefined,
  browser: undefined,
  ...over,
});

describe("what npm start opens", () => {
  it("prefers Electron, then an attempt to fetch it, then the stand-in, then the terminal", () => {
    const [electron, browser] = ["/x/electron", "/usr/bin/chromium"];
    expect(openingOn(machine({ electron, browser }))).toEqual({ way: "electron", executable: electron });
    expect(openingOn(machine({ browser }))).toEqual({ way: "fetch" });
    expect(openingOn(machine({ electron: null, browser }))).toEqual({ way: "stand-in", browser });
    expect(openingOn(machine({ electron: null }))).toMatchObject({ way: "terminal", because: /no Chrome/u });
    expect(openingOn(machine({ electron: null, browser: null }))).toMatchObject({ because: /did not open/u });
  });

  it("stays in the terminal without a display, whatever else is there, and fetches nothing for it", () => {
    const things = fc.option(fc.constant("/x"), { nil: undefined });
    const platforms = fc.constantFrom<NodeJS.Platform>("linux", "freebsd", "openbsd");
    fc.assert(
      fc.property(platforms, fc.constantFrom(undefined, ""), things, things, (platform, display, electron, browser) => {
        expect(openingOn({ platform, display, electron, browser }).way).toBe("terminal");
      }),
    );
    for (const platform of ["darwin", "win32"] as const)
      expect(openingOn(machine({ platform, display: undefined })).way).toBe("fetch");
  });

  it("tries each thing once: what failed is not tried again", () => {
    const thing = fc.constantFrom("/x", undefined, null);
    fc.assert(
      fc.property(thing, thing, (electron, browser) => {
        const tried: string[] = [];
        let now = machine({ electron, browser });
        for (let opening = openingOn(now); opening.way !== "terminal"; opening = openingOn(now)) {
          expect(tried).not.toContain(opening.way);
          tried.push(opening.way);
          now = opening.way === "stand-in" ? { ...now, browser: null } : { ...now, electron: null };
        }
      }),
    );
  });

  it("says in one line why it is the terminal, and goes on with the sample", async () => {
    const { DISPLAY, WAYLAND_DISPLAY, ...env } = process.env;
    const child = spawn(process.execPath, [path.resolve(import.meta.dirname, "../../main/start.js")], { env });
    const ended = once(child, "exit");
    let said = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      said += text;
      if (said.includes("== ")) break;
    }
    child.kill();
    await ended;
    if (process.platform === "linux")
      expect(said).toMatch(/^There is no display: the sample investigation in the terminal\.\n\n== The incident/u);
  });
});
