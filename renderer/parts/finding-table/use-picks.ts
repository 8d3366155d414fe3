import { useRef, useState } from "react";

/** Rows of a list picked by key: one by one, or a range from the last one. They survive sorting and finding. */
export function usePicks<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const [picked, setPicked] = useState<ReadonlySet<string | number>>(new Set());
  const anchor = useRef<number | undefined>(undefined);
  const onPick = (at: number, isRange: boolean) => {
    const from = isRange && anchor.current !== undefined ? anchor.current : at;
    const keys = rows.slice(Math.min(from, at), Math.max(from, at) + 1).map(keyOf);
    const next = new Set(picked);
    if (isRange) for (const key of keys) next.add(key);
    else for (const key of keys) if (!next.delete(key)) next.add(key);
    anchor.current = at;
    setPicked(next);
  };
  const onPickAll = () => setPicked(rows.every((row) => picked.has(keyOf(row))) ? new Set() : new Set(rows.map(keyOf)));
  return { picked, onPick, onPickAll, clear: () => setPicked(new Set()) };
}
