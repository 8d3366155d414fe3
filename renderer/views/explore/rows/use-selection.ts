import { useEffect, useMemo, useRef, useState } from "react";
import type { CallRow } from "../../../../shared/model/explore.ts";
import { NONE, type Ranges, within } from "../../../parts/grid/ranges.ts";
import type { Place } from "../../../session/places.ts";
import { useSession } from "../../../session/session.tsx";
import type { View } from "../state/use-view.ts";

/** Milliseconds that a row is current before the place takes it over: not while keys walk through rows. */
const AMENDS_AFTER_MS = 200;

/** The current row, and the rows that are chosen. */
export interface Selection {
  /** Rows of the list. */
  readonly count: number;
  readonly row: number;
  /** The current row's call, where it is loaded. */
  readonly current: CallRow | undefined;
  readonly ranges: Ranges;
  setRow(row: number): void;
  setRanges(ranges: Ranges): void;
}

export function useSelection(place: Place, view: View | undefined): Selection {
  const session = useSession();
  const [wantedRow, setRow] = useState(place.row ?? 0);
  const [allRanges, setRanges] = useState<Ranges>(NONE);
  useEffect(() => {
    const timer = setTimeout(() => session.amend({ row: wantedRow }), AMENDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [session, wantedRow]);
  const listKey = view?.listKey;
  const seenKey = useRef(listKey);
  useEffect(() => {
    if (seenKey.current === listKey) return;
    seenKey.current = listKey;
    setRanges(NONE);
  }, [listKey]);
  // Back, or another filter: its own row
  const question = JSON.stringify([place.text, place.sort]);
  const before = useRef(question);
  if (before.current !== question) {
    before.current = question;
    setRow(place.row ?? 0);
  }
  const count = view?.reply.count ?? 0;
  const row = Math.min(wantedRow, Math.max(0, count - 1));
  const ranges = useMemo(() => (allRanges === NONE ? NONE : within(allRanges, count)), [allRanges, count]);
  return { count, row, current: view?.pages.row(row), ranges, setRow, setRanges };
}
