import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from "react";
import { bucketsOf, type Edges, edgeWords, timeAt } from "./bars.ts";
import { type Drawing, FRAME_PX } from "./drawing.ts";

interface RangeSlidersProps {
  readonly edges: Edges;
  readonly range: Drawing["range"];
  readonly width: number;
  readonly isWaiting: boolean;
  onRange(range: { from: number; to: number }): void;
}

/** The way without a mouse: two ends of a range. Arrows move one, Shift and arrows both, Enter applies. */
export function RangeSliders({ edges, range, width, isWaiting, onRange }: RangeSlidersProps): ReactNode {
  const applied = bucketsOf(edges, range);
  const [moved, setMoved] = useState<[number, number]>();
  const [first, end] = moved ?? applied;
  const key = `${edges.from} ${edges.step} ${applied.join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another range or axis ends what was begun
  useEffect(() => setMoved(undefined), [key]);
  const plot = width - FRAME_PX.left - FRAME_PX.right;
  const left = (bucket: number) => FRAME_PX.left + (bucket / edges.buckets) * plot;

  const apply = (to: [number, number]) => {
    if (!isWaiting && (to[0] !== applied[0] || to[1] !== applied[1]))
      onRange({ from: timeAt(edges, to[0]), to: timeAt(edges, to[1]) });
  };
  const move = (side: 0 | 1, by: number, both: boolean) => {
    const shift = (bucket: number) => Math.min(edges.buckets, Math.max(0, bucket + by));
    if (both) {
      if (first + by < 0 || end + by > edges.buckets) return;
      setMoved([first + by, end + by]);
    } else setMoved(side === 0 ? [Math.min(shift(first), end - 1), end] : [first, Math.max(shift(end), first + 1)]);
  };
  const onKeyDown = (side: 0 | 1) => (event: KeyboardEvent) => {
    // Alt and an arrow is Back or Forward, also from here
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.round(edges.buckets / 10));
    const step: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageUp: page,
      PageDown: -page,
      Home: -edges.buckets,
      End: edges.buckets,
    };
    const by = step[event.key];
    if (by !== undefined) move(side, by, event.shiftKey);
    else if (event.key === "Enter") apply([first, end]);
    else if (event.key === "Escape" && moved) setMoved(undefined);
    else return;
    event.preventDefault();
  };
  const onPointer = (side: 0 | 1) => ({
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const box = event.currentTarget.parentElement?.getBoundingClientRect();
      const bucket = Math.round(((event.clientX - (box?.left ?? 0) - FRAME_PX.left) / plot) * edges.buckets);
      move(side, bucket - (side === 0 ? first : end), false);
    },
    onPointerUp: () => apply([first, end]),
  });
  const slider = (side: 0 | 1) => {
    const bucket = side === 0 ? first : end;
    return (
      <div
        className="histogram-slider"
        role="slider"
        tabIndex={0}
        aria-label={side === 0 ? "From" : "To"}
        aria-valuemin={0}
        aria-valuemax={edges.buckets}
        aria-valuenow={bucket}
        aria-valuetext={`${edgeWords(timeAt(edges, bucket), edges.step)} UTC${moved ? ", Enter applies" : ""}`}
        style={{ left: left(bucket) }}
        onKeyDown={onKeyDown(side)}
        {...onPointer(side)}
      />
    );
  };
  return (
    <>
      {moved && <div className="histogram-moved" style={{ left: left(first), width: left(end) - left(first) }} />}
      {moved && (
        <span className="histogram-words" style={{ left: Math.min(left(first) + 4, width - 300) }}>
          {edgeWords(timeAt(edges, first), edges.step)} to {edgeWords(timeAt(edges, end), edges.step)} UTC: Enter
          applies
        </span>
      )}
      {slider(0)}
      {slider(1)}
    </>
  );
}
