import type { KeyboardEvent } from "react";
import type { Suggestion } from "../../../shared/filter/typed/suggest.ts";
import { isMac } from "../../commands/platform.ts";
import type { Draft } from "./draft.ts";
import type { Completions } from "./use-completions.ts";

interface FilterKeys {
  readonly draft: Draft;
  readonly completions: Completions;
  onTake(chosen: Suggestion): void;
  onLeave(): void;
}

/** What the keys of the filter's text do: undo, the list of completions, Enter that runs it, Esc that goes one step out. */
export function onFilterKey(event: KeyboardEvent, { draft, completions, onTake, onLeave }: FilterKeys): void {
  const { found, active, setIsOpen, move } = completions;
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.toLowerCase();
  const hasMenu = found.length > 0;
  if (isMod && (key === "z" || key === "y")) {
    event.preventDefault();
    if (key === "y" || event.shiftKey) draft.redo();
    else draft.undo();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (hasMenu) move(event.key === "ArrowDown" ? 1 : -1);
    else setIsOpen(true);
  } else if (isMod && event.key === " ") {
    event.preventDefault();
    setIsOpen(true);
  } else if ((event.key === "Enter" || event.key === "Tab") && hasMenu && active >= 0 && !event.shiftKey) {
    event.preventDefault();
    onTake(found[active] as Suggestion);
  } else if (event.key === "Enter") {
    event.preventDefault();
    setIsOpen(false);
    draft.settle();
  } else if (event.key === "Escape") {
    event.preventDefault();
    if (hasMenu) setIsOpen(false);
    else if (draft.mistake) draft.restore();
    else onLeave();
  }
}
