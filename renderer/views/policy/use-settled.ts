import { useEffect, useState } from "react";

/** Milliseconds without a key after which what is typed is worked out. */
const PAUSE_MS = 120;

/** A value that follows another one once that has stood still for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return;
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value, settled]);
  return settled;
}
