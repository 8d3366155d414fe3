import { chordOf, normalKeys, step } from "../shared/contract/key-chords.ts";
import type { ReaderCommandId } from "../shared/contract/reader-commands.ts";
import { byId } from "./parts/dom.ts";

/** ms within which the second key of two has to come. */
const SEQUENCE_MS = 1000;
const isMac = /Mac|iP(?:hone|ad)/u.test(navigator.platform);

export type Handlers = Readonly<Record<ReaderCommandId, () => void>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select") !== null;

/** Which command each sequence of keys is, as the page's own list of keys has it. */
function commands(): ReadonlyMap<string, ReaderCommandId> {
  const all = new Map<string, ReaderCommandId>();
  for (const each of document.querySelectorAll<HTMLElement>("#keys [data-command]"))
    for (const keys of (each.dataset.keys ?? "").split(" | "))
      all.set(normalKeys(keys, isMac), each.dataset.command as ReaderCommandId);
  return all;
}

/** The keys of the page, by the sign that is typed, whatever the keyboard is. `close` closes what is open. */
export function keys(handlers: Handlers, close: () => void): void {
  const help = byId("keys") as HTMLDialogElement;
  byId("keys-open").addEventListener("click", () => help.showModal());
  byId("keys-close").addEventListener("click", () => help.close());
  byId("print").addEventListener("click", () => print());
  const table = commands();
  let pending = "";
  let timer = 0;
  addEventListener("keydown", (event) => {
    const chord = chordOf(event, isMac);
    if (chord === undefined || event.defaultPrevented || help.open) return;
    if (isTyping(event.target)) {
      if (chord === "esc") (event.target as HTMLElement).blur();
      return;
    }
    if (chord === "esc") {
      close();
      return;
    }
    const next = step(table.keys(), pending, chord);
    pending = next.pending;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      pending = "";
    }, SEQUENCE_MS);
    const id = next.keys === undefined ? undefined : table.get(next.keys);
    if (id === undefined && pending === "") return;
    event.preventDefault();
    if (id !== undefined) handlers[id]();
  });
}
