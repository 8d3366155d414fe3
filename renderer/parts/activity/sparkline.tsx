import type { ReactNode } from "react";

const WIDTH_PX = 96;
const HEIGHT_PX = 16;

/** Calls by month, as high as the row's own highest. */
export function Sparkline({ counts, label }: { counts: readonly number[]; label: string }): ReactNode {
  const most = counts.reduce((high, count) => Math.max(high, count), 1);
  // more months than pixels: as many months to a bar as it takes
  const step = Math.max(1, Math.ceil((counts.length * 2) / WIDTH_PX));
  const bars = Math.ceil(counts.length / step);
  const wide = Math.min(12, WIDTH_PX / Math.max(1, bars));
  let path = "";
  for (let bar = 0; bar < bars; bar += 1) {
    const count = Math.max(...counts.slice(bar * step, (bar + 1) * step));
    if (count === 0) continue;
    const height = Math.max(1, (count / most) * HEIGHT_PX);
    path += `M${(bar * wide).toFixed(1)} ${HEIGHT_PX}h${Math.max(1, wide - 1).toFixed(1)}v${(-height).toFixed(1)}h${(-Math.max(1, wide - 1)).toFixed(1)}z`;
  }
  return (
    <svg width={WIDTH_PX} height={HEIGHT_PX} role="img" aria-label={label} className="sparkline">
      <path d={path} />
    </svg>
  );
}
