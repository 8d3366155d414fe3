import type { Stack, StackedHistogram } from "../../../shared/model/explore.ts";

/** Pixels around the bars; on the left a count of seven digits has room. */
export const FRAME_PX = { left: 58, right: 12, top: 14, bottom: 18 } as const;

/** A date that stands over the bars as a line with its words. */
export interface Bookmark {
  readonly time: number;
  readonly words: string;
  readonly kind: "cutoff" | "as-of" | "revoked";
}

/** A stretch without logs: [from, to), in µs. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** Everything that one picture of the bars shows. */
export interface Drawing {
  readonly histogram: StackedHistogram;
  readonly stack: Stack;
  readonly isLog: boolean;
  /** The times that the filter asks for; absent ends are open. */
  readonly range: { readonly from?: number; readonly to?: number };
  readonly bookmarks: readonly Bookmark[];
  readonly gaps: readonly Gap[];
  readonly width: number;
}
