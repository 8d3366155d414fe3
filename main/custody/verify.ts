import { type CustodyEntry, digestOf, NO_ENTRY } from "./append.ts";

export interface ChainVerdict {
  readonly entries: number;
  /** SHA-256 of the last line. Zeros for an empty chain. */
  readonly head: string;
  readonly ok: boolean;
  /** The first thing wrong, as a sentence. */
  readonly why?: string;
}

/**
 * Walks a chain of custody lines from the first: numbers without a hole, each carrying the digest of the one before.
 * @param mayHide acts may stand as their digests, as in a dossier
 */
export function verifyChain(lines: Iterable<string>, mayHide = false): ChainVerdict {
  let head = NO_ENTRY;
  let entries = 0;
  let why: string | undefined;
  for (const line of lines) {
    entries += 1;
    const hidden = mayHide ? hiddenDigest(line) : undefined;
    why ??= faultOf(line, entries, hidden === undefined ? head : undefined);
    head = hidden ?? digestOf(line);
  }
  return why === undefined ? { entries, head, ok: true } : { entries, head, ok: false, why };
}

/** In a dossier an act may stand as its digest, over which the chain runs. */
function hiddenDigest(line: string): string | undefined {
  try {
    const { digest, previous, detail, by } = JSON.parse(line) as Partial<CustodyEntry> & { digest?: unknown };
    const isHidden = previous === undefined && detail === undefined && by === undefined;
    return isHidden && typeof digest === "string" && /^[0-9a-f]{64}$/u.test(digest) ? digest : undefined;
  } catch {
    return undefined;
  }
}

function faultOf(line: string, seq: number, previous: string | undefined): string | undefined {
  let entry: Partial<CustodyEntry>;
  try {
    entry = JSON.parse(line) as Partial<CustodyEntry>;
  } catch {
    return `Entry ${seq} is not JSON`;
  }
  if (entry === null || typeof entry !== "object") return `Entry ${seq} is not an act`;
  if (entry.seq !== seq) return `Entry ${seq} is numbered ${String(entry.seq)}`;
  if (previous !== undefined && entry.previous !== previous)
    return `Entry ${seq} does not follow entry ${seq - 1}: an entry before it was changed`;
  return undefined;
}
