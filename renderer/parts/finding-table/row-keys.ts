import type { KeyboardEvent } from "react";

/** The row that a key moves to; undefined: the key is not one of these. */
export function rowAfterKey(
  event: KeyboardEvent,
  at: number,
  count: number,
  page: number,
  singleKeys: boolean,
): number | undefined {
  if (event.altKey || event.shiftKey) return undefined;
  const isMod = event.ctrlKey || event.metaKey;
  const within = (row: number) => Math.max(0, Math.min(count - 1, row));
  if (isMod)
    return event.key === "Home" || event.key === "ArrowUp"
      ? 0
      : event.key === "End" || event.key === "ArrowDown"
        ? within(count)
        : undefined;
  switch (event.key) {
    case "ArrowDown":
      return within(at + 1);
    case "ArrowUp":
      return within(at - 1);
    case "PageDown":
      return within(at + page);
    case "PageUp":
      return within(at - page);
    case "j":
      return singleKeys ? within(at + 1) : undefined;
    case "k":
      return singleKeys ? within(at - 1) : undefined;
    default:
      return undefined;
  }
}
