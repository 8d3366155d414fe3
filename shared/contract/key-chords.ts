/** Keys as text: `mod+shift+e`, `g s`, `?`. Read from `event.key`, so that `/` and `=` fire on every keyboard layout. Pure. */

export interface Press {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
}

/** The system's, the window's and the screen reader's own. */
const RESERVED_CHORDS = new Set([
  "mod+r",
  "mod+w",
  "mod+q",
  "mod+m",
  "mod+h",
  "mod+t",
  "mod+l",
  "mod+space",
  "ctrl+space",
]);
const MODIFIERS = new Set([
  "Shift",
  "Control",
  "Alt",
  "Meta",
  "AltGraph",
  "CapsLock",
  "NumLock",
  "Dead",
  "Process",
  "Unidentified",
]);
const KEY_NAMES: Readonly<Record<string, string>> = { " ": "space", Escape: "esc" };

/** What was pressed; undefined where the dispatcher has no business with it. */
export function chordOf(press: Press, isMac: boolean): string | undefined {
  if (press.isComposing || MODIFIERS.has(press.key)) return undefined;
  // Ctrl+Alt is AltGr on Windows; Alt or Option with a character types one
  if (press.ctrlKey && press.altKey) return undefined;
  const isCharacter = press.key.length === 1 && press.key !== " ";
  if (press.altKey && isCharacter) return undefined;
  const key = isCharacter ? characterOf(press) : (KEY_NAMES[press.key] ?? press.key.toLowerCase());
  const isMod = isMac ? press.metaKey : press.ctrlKey;
  const other = isMac ? press.ctrlKey : press.metaKey;
  // a symbol or digit may need Shift on one layout and not on the next: only letters and named keys have a shifted form
  const hasShift = press.shiftKey && (!isCharacter || /\p{L}/u.test(key));
  const chord = `${isMod ? "mod+" : ""}${other ? "ctrl+" : ""}${press.altKey ? "alt+" : ""}${hasShift ? "shift+" : ""}${key}`;
  return RESERVED_CHORDS.has(chord) ? undefined : chord;
}

/** On a Cyrillic or Greek layout the letter's place on the keyboard speaks, else no letter key would do anything there. */
function characterOf({ key, code = "" }: Press): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const isForeign = /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key);
  return (isForeign && place ? place : key).toLowerCase();
}

/** Keys as a command lists them (`Mod+Shift+E`, `g s`, `Alt+Left`) in the form `chordOf` gives. Where Mod is Ctrl, so is Ctrl Mod. */
export function normalKeys(keys: string, isMac: boolean): string {
  return keys
    .split(" ")
    .map((chord) => {
      const parts =
        chord.endsWith("+") && chord.length > 1 ? [...chord.slice(0, -2).split("+"), "+"] : chord.split("+");
      const written = (parts.at(-1) || "+").toLowerCase();
      const modifiers = new Set(
        parts
          .slice(0, -1)
          .map((part) => part.toLowerCase())
          .map((part) => (part === "ctrl" && !isMac ? "mod" : part)),
      );
      const key = ALIASES[written] ?? written;
      return `${["mod", "ctrl", "alt", "shift"]
        .filter((name) => modifiers.has(name))
        .map((name) => `${name}+`)
        .join("")}${key}`;
    })
    .join(" ");
}

const ALIASES: Readonly<Record<string, string>> = {
  left: "arrowleft",
  right: "arrowright",
  up: "arrowup",
  down: "arrowdown",
  pgup: "pageup",
  pgdn: "pagedown",
  escape: "esc",
};

/** Whether a chord is a key of its own, that a text field needs for itself. */
export function isTyped(chord: string): boolean {
  if (/^(?:mod|ctrl)\+(?:shift\+)?(?:a|c|v|x|y|z|home|end|arrow\w+|backspace|delete|enter)$/.test(chord)) return true;
  return !/^(?:mod\+|ctrl\+|alt\+)/.test(chord) && !/^(?:shift\+)?f\d+$/.test(chord) && chord !== "esc";
}

export interface Step {
  /** The keys so far of a longer sequence; empty: none. */
  readonly pending: string;
  /** The sequence that is complete. */
  readonly keys?: string;
}

/** One key more. `table`: every sequence that means something now. A key that continues nothing begins anew. */
export function step(table: Iterable<string>, pending: string, chord: string): Step {
  const all = [...table];
  for (const keys of pending === "" ? [chord] : [`${pending} ${chord}`, chord]) {
    if (all.some((each) => each.startsWith(`${keys} `))) return { pending: keys };
    if (all.includes(keys)) return { pending: "", keys };
  }
  return { pending: "" };
}

/** Keys as the palette, menus and the keys overlay show them. */
export function shownKeys(keys: string, isMac: boolean): string {
  return keys.replace(/\bMod\b/g, isMac ? "Cmd" : "Ctrl");
}
