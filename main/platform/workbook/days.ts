import { DAY, type Micros } from "../../../shared/base/time.ts";

/** Numbers that count time from another beginning, in another unit: how many microseconds one is, and what number 1970 has. */
export interface Counting {
  readonly micros: bigint;
  readonly per: bigint;
  /** The number of 1970-01-01T00:00:00Z. */
  readonly epoch: bigint;
  /** Microseconds to which a time is meant, where the number itself is no exact count. */
  readonly step?: bigint;
  readonly title: string;
}

/** A spreadsheet holds a day to some microseconds: its clock is meant to the millisecond. */
const SPREADSHEET_STEP = 1000n;

/** How workbooks count days. */
export const DAY_COUNTINGS = {
  excel_days: {
    micros: BigInt(DAY),
    per: 1n,
    epoch: 25_569n,
    step: SPREADSHEET_STEP,
    title: "days of a spreadsheet (1900 system)",
  },
  excel_days_1904: {
    micros: BigInt(DAY),
    per: 1n,
    epoch: 24_107n,
    step: SPREADSHEET_STEP,
    title: "days of a spreadsheet (1904 system)",
  },
} as const satisfies Readonly<Record<string, Counting>>;

export type DaySystem = keyof typeof DAY_COUNTINGS;

/** A number of a counting as microseconds since 1970, by its digits. NaN if it is no number, or more than a double holds exactly. */
export function microsOfCount(text: string, { micros, per, epoch, step = 1n }: Counting): Micros {
  const match = /^(\d{1,20})(?:[.,](\d{1,20}))?$/u.exec(text);
  if (!match) return Number.NaN;
  const [, whole = "", fraction = ""] = match;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = (BigInt(whole + fraction) - epoch * scale) * micros;
  const divisor = per * scale * step;
  const found = Number((step > 1n ? floorOf(scaled * 2n + divisor, divisor * 2n) : floorOf(scaled, divisor)) * step);
  return Number.isSafeInteger(found) ? found : Number.NaN;
}

const floorOf = (value: bigint, by: bigint): bigint => (value - (((value % by) + by) % by)) / by;
