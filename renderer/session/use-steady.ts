import { useCallback, useRef } from "react";

/**
 * A handler that stays the same function while what it does changes: a memoised part that is given it is not drawn anew. Only
 * for what is called by events and effects, never while drawing.
 */
export function useSteady<Args extends unknown[], Result>(run: (...args: Args) => Result): (...args: Args) => Result {
  const latest = useRef(run);
  latest.current = run;
  return useCallback((...args: Args) => latest.current(...args), []);
}

/** The same object as before where it says the same. For small data: it is compared as JSON. */
export function useSame<T>(value: T): T {
  const kept = useRef(value);
  if (kept.current !== value && JSON.stringify(kept.current) !== JSON.stringify(value)) kept.current = value;
  return kept.current;
}
