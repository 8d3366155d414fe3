import { useEffect } from "react";

/** Keys by which a button is pressed. */
const PRESSING = new Set(["Enter", " "]);

/**
 * A key belongs to what had the focus when it went down. The library's buttons (@blueprintjs/core 6.20.0,
 * `useInteractiveAttributes`) are clicked by its coming up, wherever it went down: Ctrl+Enter that closed a dialog would open it again,
 * as the focus is back on its button by then.
 */
export function useReleasedKeys(): void {
  useEffect(() => {
    const held = new Map<string, EventTarget | null>();
    const down = ({ key, target, repeat }: KeyboardEvent) => {
      if (PRESSING.has(key) && !repeat) held.set(key, target);
    };
    const up = (event: KeyboardEvent) => {
      if (!PRESSING.has(event.key)) return;
      if (held.get(event.key) !== event.target) event.stopImmediatePropagation();
      held.delete(event.key);
    };
    window.addEventListener("keydown", down, true);
    window.addEventListener("keyup", up, true);
    return () => {
      window.removeEventListener("keydown", down, true);
      window.removeEventListener("keyup", up, true);
    };
  }, []);
}
