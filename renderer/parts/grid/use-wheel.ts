import { useEffect, useRef, type WheelEvent } from "react";
import { useSteady } from "../../session/use-steady.ts";
import type { GridHost } from "./host.ts";
import { ROW_PX } from "./theme.ts";

/** Between two pictures of rows that fly by. */
const FLYING_MS = 30;

/** The wheel moves whole rows, once a frame. */
export function useWheel(host: GridHost): (event: WheelEvent) => void {
  const wheel = useRef({ rows: 0, frame: 0, at: 0 });
  useEffect(() => {
    const { current } = wheel;
    return () => cancelAnimationFrame(current.frame);
  }, []);

  /** As far as the wheel says; where half a page and more goes by with each frame, less often: nobody reads that. */
  const turn = useSteady(() => {
    const { current } = wheel;
    current.frame = 0;
    const rows = Math.trunc(current.rows);
    if (rows === 0 || !host.isOpen) return;
    const isFlying = 2 * Math.abs(rows) >= host.fit;
    const now = performance.now();
    if (isFlying && now - current.at < FLYING_MS) {
      current.frame = requestAnimationFrame(turn);
      return;
    }
    current.at = now;
    current.rows -= rows;
    if (isFlying) fly(host, rows);
    else void host.scrollTo(host.top + rows);
  });

  return useSteady((event: WheelEvent) => {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    wheel.current.rows += event.deltaY * rowsOf(event, host.fit);
    if (wheel.current.frame === 0) wheel.current.frame = requestAnimationFrame(turn);
  });
}

/** What the wheel counts, in rows: lines, pages or pixels. */
const rowsOf = ({ deltaMode }: WheelEvent, fit: number) => (deltaMode === 1 ? 1 : deltaMode === 2 ? fit : 1 / ROW_PX);

/** A page at once: written and laid out now, drawn with the next frame, so that neither holds up what else there is to do. */
function fly(host: GridHost, rows: number): void {
  setTimeout(() => {
    if (!host.isOpen) return;
    void host.scrollTo(host.top + rows);
    host.layOut();
  });
}
