import { useEffect } from "react";
import { COMMAND_IDS, type CommandId, commandOf, keysOf } from "../../shared/contract/commands.ts";
import { chordOf, isTyped, normalKeys, step } from "../../shared/contract/key-chords.ts";
import type { Session } from "../session/session.tsx";
import { withOverlay } from "../session/state.ts";
import { isMac } from "./platform.ts";
import { TypedAhead } from "./typed-ahead.ts";

const SEQUENCE_MS = 1000;
const TEXT_FIELDS =
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"]), textarea, select, [contenteditable="true"]';
const PRESSED_BY_ITSELF =
  'button, a[href], summary, input, [role="button"], [role="tab"], [role="switch"], [role="menuitem"], [role="option"]';
/** What is open above the screen keeps its keys: nothing behind it may act. */
const OVERLAYS = '[role="dialog"], [role="alertdialog"], .bp6-overlay';
/** It is gone but for the moment until the library takes it away: keys are for the screen again. */
export const CLOSING_OVERLAY = ".bp6-overlay-exit";

/** Which commands a sequence of keys may mean. */
const COMMANDS_OF_KEYS: ReadonlyMap<string, readonly CommandId[]> = (() => {
  const table = new Map<string, CommandId[]>();
  for (const id of COMMAND_IDS) {
    if (commandOf(id).isNative) continue;
    for (const each of keysOf(id, isMac)) {
      const normal = normalKeys(each, isMac);
      table.set(normal, [...(table.get(normal) ?? []), id]);
    }
  }
  return table;
})();

/** The window's keys, from the moment the frame is shown. */
export function useKeyboard(session: Session): void {
  useEffect(() => {
    const ahead = new TypedAhead();
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.matches(TEXT_FIELDS) && target.closest(OVERLAYS)) ahead.give(target);
    };
    let pending = "";
    let timer: ReturnType<typeof setTimeout> | undefined;

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const focus = event.target instanceof Element ? event.target : null;
      const above = focus !== null && focus.closest(OVERLAYS) !== null && focus.closest(CLOSING_OVERLAY) === null;
      if (
        !above &&
        (event.key.length === 1 || event.key === "Enter") &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        ahead.take(event.key === "Enter" ? "\n" : event.key)
      ) {
        event.preventDefault();
        return;
      }
      const chord = chordOf(event, isMac);
      if (chord === undefined) return;
      if (above && chord !== "f1") return;
      const inText = focus?.matches(TEXT_FIELDS) ?? false;
      const { settings, overlay } = session.store.get();
      // what opens takes the focus a frame later: until then Esc is meant for it, and so is a letter
      if (chord === "esc" && overlay !== undefined) {
        event.preventDefault();
        session.store.update((state) => withOverlay(state, undefined));
        return;
      }
      if (isTyped(chord) && (inText || overlay !== undefined || (!settings.singleKeys && isCharacter(chord)))) return;
      if ((chord === "enter" || chord === "space") && focus?.closest(PRESSED_BY_ITSELF)) return;

      const next = step(COMMANDS_OF_KEYS.keys(), inText ? "" : pending, chord);
      pending = next.pending;
      clearTimeout(timer);
      if (pending !== "") timer = setTimeout(() => (pending = ""), SEQUENCE_MS);
      if (next.keys === undefined) {
        if (pending !== "") event.preventDefault();
        return;
      }
      const found = session.commands.findAt(COMMANDS_OF_KEYS.get(next.keys) ?? [], focus);
      if (!found) return;
      event.preventDefault();
      if (found.handler.isEnabled) {
        if (commandOf(found.id).asks) ahead.begin();
        found.handler.run();
      } else if (found.handler.why !== undefined) session.say(`${found.handler.why}.`);
    };
    // on the window: components inside have had the key by then, and said so if they took it
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("focusin", onFocus);
    return () => {
      ahead.end();
      clearTimeout(timer);
      window.removeEventListener("focusin", onFocus);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [session]);
}

/** Printable keys, which dictation and slips of the hand produce. Arrows, Enter and their like stay. */
function isCharacter(chord: string): boolean {
  return /^(?:shift\+)?.$/u.test(chord);
}
