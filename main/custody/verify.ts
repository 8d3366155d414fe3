import { type CustodyEntry, digestOf, NO_ENTRY } from "./append.ts";

export interface ChainVerdict {
  readonly entries: number;
  /** SHA-256 of the last line. Zeros for an empty chain. */
  readonly head: string;
  readonly ok: boolean;
  /** The first thing wrong, as a sentence. */
  readonly why?: string;
}

/** Walks a chain of custody lines from the first: numbers without a hole, each carrying the digest of the one before. */
export function verifyChain(lines: Iterable<string>): ChainVerdict {
  let head = NO_ENTRY;
  let entries = 0;
  let why: string | undefined;
  for (const line of lines) {
    entries += 1;
    why ??= faultOf(line, entries, head);
    head = digestOf(line);
  }
  return why === undefined ? { entries, head, ok: true } : { entries, head, ok: false, why };
}

function faultOf(line: string, seq: number, previous: string): string | undefined {
  let entry: Partial<CustodyEntry>;
  try {
    entry = JSON.parse(line) as Partial<CustodyEntry>;
  } catch {
    return `Entry ${seq} is not JSON`;
  }
  if (entry === null || typeof entry !== "object") return `Entry ${seq} is not an act`;
  if (entry.seq !== seq) return `Entry ${seq} is numbered ${String(entry.seq)}`;
  if (entry.previous !== previous)
    return `Entry ${seq} does not follow entry ${seq - 1}: an entry before it was changed`;
  return undefined;
}
