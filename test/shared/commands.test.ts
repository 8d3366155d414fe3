import { describe, expect, it } from "vitest";
import { COMMAND_IDS, commandOf, isSingleKey, keysOf } from "../../shared/contract/commands.ts";

/** Keys that mean one thing on a chart and another in a list: the part that has the focus takes them. */
const SHARED = ["-"];

/** The system's, the browser's or a screen reader's own (UX.md, 4); Mod+Q, W and M are here as what they are everywhere. */
const LEFT_ALONE = /^(?:Ctrl\+Alt\+.|Alt\+[A-Za-z]|Ctrl\+Space|Mod\+[RHTL])$/u;

describe.each([false, true])("the commands, on macOS: %s", (isMac) => {
  const all = COMMAND_IDS.flatMap((id) => keysOf(id, isMac).map((keys) => ({ id, keys })));

  it("share no keys but those that depend on the focus", () => {
    const twice = all.filter(({ id, keys }) => all.some((other) => other.id !== id && other.keys === keys));
    expect([...new Set(twice.map(({ keys }) => keys))]).toEqual(SHARED);
  });

  it("leave alone what belongs to the system, and no sequence hides behind a single key", () => {
    expect(all.filter(({ keys }) => LEFT_ALONE.test(keys))).toEqual([]);
    const hidden = all.filter(({ keys }) => all.some((other) => keys.startsWith(`${other.keys} `)));
    expect(hidden).toEqual([]);
  });

  it("are single keys where no modifier is held, and every one has a title and a menu", () => {
    expect(["/", "g s", "Shift+G", "?"].every(isSingleKey)).toBe(true);
    expect(["Mod+K", "Alt+Left", "F6", "Shift+F6", "Ctrl+Y"].some(isSingleKey)).toBe(false);
    for (const id of COMMAND_IDS) expect(commandOf(id).title).toMatch(/^[A-Z]/u);
  });
});
