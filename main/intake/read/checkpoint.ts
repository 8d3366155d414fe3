import type { Prefix } from "../../evidence/read-file.ts";

/** Where a commit after this batch would stand. */
export interface Checkpoint {
  readonly position: Position;
  readonly prefix: Prefix;
}

/** Where an import stands in the uncompressed original: enough to go on from there. */
export interface Position {
  readonly offset: number;
  /** The 1-based line that comes next. */
  readonly line: number;
  /** What the reader must know (Reader.state). */
  readonly reader: unknown;
}

export const startPosition: Position = { offset: 0, line: 1, reader: undefined };
