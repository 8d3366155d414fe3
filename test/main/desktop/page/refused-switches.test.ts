import { expect, test } from "vitest";
import { refusedSwitch } from "../../../../main/desktop/page/refused-switches.ts";

test("a switch by which another program gets into the window is found, however it is written", () => {
  for (const word of [
    "--remote-debugging-port=9222",
    "--remote-debugging-pipe",
    "-remote-debugging-port=0",
    "--Remote-Debugging-Port=0",
    "/remote-debugging-port=1",
    "--inspect",
    "--inspect-brk=0.0.0.0:1",
    "--js-flags=--expose-gc",
    "--disable-web-security",
  ])
    expect(refusedSwitch(["case", word]), word).toBe(word);
});

test("a case's folder, the tool's own options and harmless switches are none", () => {
  for (const word of [
    "/cases/inspect",
    "--key",
    "inspect",
    "--user-data-dir=/x",
    "--force-device-scale-factor=2",
    "/inspect/x",
  ])
    expect(refusedSwitch([word]), word).toBeUndefined();
});
