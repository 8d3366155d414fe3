/** A linear axis of time: milliseconds to pixels. Pure. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** The pixel of a time, kept on the axis. */
  at(time: number): number;
}

export function scaleOf(from: number, to: number, width: number): Scale {
  const end = Math.max(to, from + 1);
  return {
    from,
    to: end,
    width,
    at: (time) => ((Math.min(Math.max(time, from), end) - from) / (end - from)) * width,
  };
}

export interface Tick {
  readonly time: number;
  readonly label: string;
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120] as const;
const LABEL_PX = 64;
const DAY_MS = 86_400_000;
const DAY_STEPS = [1, 2, 7, 14] as const;

/** Whole UTC months, or days where there are few, as many as have room. */
export function ticks({ from, to, width }: Scale): Tick[] {
  const most = Math.max(1, Math.floor(width / LABEL_PX));
  const days = (to - from) / DAY_MS;
  if (days < 62) {
    const step = (DAY_STEPS.find((each) => days / each <= most) ?? 28) * DAY_MS;
    const found: Tick[] = [];
    for (let time = Math.ceil(from / step) * step; time <= to; time += step)
      found.push({ time, label: new Date(time).toISOString().slice(0, 10) });
    return found;
  }
  const start = new Date(from);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const end = new Date(to);
  const last = end.getUTCFullYear() * 12 + end.getUTCMonth();
  const step = MONTH_STEPS.find((each) => (last - first + 1) / each <= most) ?? 240;
  const found: Tick[] = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const time = Date.UTC(1970, month - 1970 * 12);
    if (time >= from && time <= to) found.push({ time, label: new Date(time).toISOString().slice(0, 7) });
  }
  return found;
}

/** The beginning of the UTC month of a time, and of the one after it. */
export function monthStart(time: number, later = 0): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later);
}
