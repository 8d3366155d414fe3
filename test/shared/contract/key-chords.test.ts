import { expect, test } from "vitest";
import { COMMAND_IDS, commandOf, keysOf } from "../../../shared/contract/commands.ts";
import { chordOf, isTyped, normalKeys, type Press, step } from "../../../shared/contract/key-chords.ts";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const chord = (key: string, more: Partial<Press> = {}, isMac = false) => chordOf(press(key, more), isMac);

test("a symbol is itself on every layout, with or without Shift", () => {
  expect(chord("/")).toBe("/");
  expect(chord("/", { shiftKey: true, code: "Digit7" })).toBe("/"); // German
  expect(chord("=", { shiftKey: true, code: "Digit0" })).toBe("=");
  expect(chord("1", { shiftKey: true, code: "Digit1" })).toBe("1"); // French
  expect(chord("?", { shiftKey: true })).toBe("?");
});

test("a letter's Shift counts, its Caps Lock does not", () => {
  expect(chord("G", { shiftKey: true })).toBe("shift+g");
  expect(chord("G")).toBe("g");
  expect(chord(" ", { shiftKey: true })).toBe("shift+space");
});

test("on a Cyrillic layout letters are where they are on the keyboard", () => {
  expect(chord("п", { code: "KeyG" })).toBe("g");
  expect(chord("к", { code: "KeyR", ctrlKey: true })).toBeUndefined();
  expect(chord("ö", { code: "Semicolon" })).toBe("ö");
});

test("Mod is Ctrl, on macOS Cmd", () => {
  expect(chord("k", { ctrlKey: true })).toBe("mod+k");
  expect(chord("k", { metaKey: true }, true)).toBe("mod+k");
  expect(chord("k", { ctrlKey: true }, true)).toBe("ctrl+k");
});

test.each([
  ["AltGr", "@", { ctrlKey: true, altKey: true }],
  ["Option with a letter", "å", { altKey: true }],
  ["Ctrl+Space", " ", { ctrlKey: true }],
  ["a dead key", "Dead", {}],
  ["an input method", "k", { isComposing: true }],
  ["Shift alone", "Shift", { shiftKey: true }],
  ...["r", "w", "q", "m", "h", "t", "l"].map((key) => [`Mod+${key}`, key, { ctrlKey: true }] as const),
] as const)("%s is left alone", (_, key, more) => {
  expect(chord(key, more)).toBeUndefined();
});

test("Alt with an arrow is ours", () => {
  expect(chord("ArrowLeft", { altKey: true })).toBe(normalKeys("Alt+Left", false));
});

test("every key of the command table can be pressed", () => {
  const named: Record<string, string> = {
    Left: "ArrowLeft",
    Right: "ArrowRight",
    Up: "ArrowUp",
    Down: "ArrowDown",
    Space: " ",
  };
  for (const isMac of [false, true]) {
    for (const id of COMMAND_IDS.filter((each) => !commandOf(each).isNative)) {
      for (const keys of keysOf(id, isMac)) {
        const chords = keys.split(" ").map((each) => {
          const parts = each === "+" ? ["+"] : each.split("+");
          const key = parts.at(-1) as string;
          const has = (name: string) => parts.slice(0, -1).includes(name);
          const isMod = has("Mod");
          const shiftKey = has("Shift");
          return chordOf(
            press(named[key] ?? (key.length > 1 ? key : shiftKey ? key.toUpperCase() : key.toLowerCase()), {
              ctrlKey: has("Ctrl") || (isMod && !isMac),
              metaKey: isMod && isMac,
              altKey: has("Alt"),
              shiftKey,
            }),
            isMac,
          );
        });
        expect(chords.join(" "), `${id} ${keys}`).toBe(normalKeys(keys, isMac));
      }
    }
  }
});

test("in a text field what types and what edits is the field's, Mod and F keys are ours", () => {
  for (const mine of ["mod+k", "mod+1", "f6", "shift+f6", "alt+arrowleft", "esc", "mod+s"])
    expect(isTyped(mine), mine).toBe(false);
  for (const its of [
    "g",
    "/",
    "space",
    "shift+g",
    "mod+a",
    "mod+c",
    "mod+z",
    "mod+shift+z",
    "mod+home",
    "arrowdown",
    "enter",
  ])
    expect(isTyped(its), its).toBe(true);
});

test("a sequence waits for its second key; a key that continues nothing begins anew", () => {
  const table = ["g s", "g g", "s d", "j"];
  expect(step(table, "", "g")).toEqual({ pending: "g" });
  expect(step(table, "g", "s")).toEqual({ pending: "", keys: "g s" });
  expect(step(table, "g", "g")).toEqual({ pending: "", keys: "g g" });
  expect(step(table, "g", "j")).toEqual({ pending: "", keys: "j" });
  expect(step(table, "g", "x")).toEqual({ pending: "" });
  expect(step(table, "s", "g")).toEqual({ pending: "g" });
});
