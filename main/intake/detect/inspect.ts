import path from "node:path";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { LeftOut } from "../../../shared/model/source.ts";
import { type Offered, offered } from "./available-fields.ts";
import type { Detected, DetectOptions, Found } from "./detect.ts";
import { detectEach } from "./detect-each.ts";
import { holdsNoLog } from "./no-log.ts";

/** A record of a file's beginning: what it would become, beside the text it stands in. */
export interface LookedRecord {
  readonly line: number;
  readonly original: string;
  readonly event?: Omit<EventRecord, "source">;
  /** Why it would be rejected. */
  readonly reason?: string;
}

/** What somebody needs to see, and to change, before an import. */
export interface Look extends Omit<Detected, "preview"> {
  readonly names: readonly Offered[];
  readonly records: readonly LookedRecord[];
}

/** What there is to import under a name. */
export interface LookInside {
  readonly looks: readonly Look[];
  readonly left_out: readonly LeftOut[];
}

/** Beginnings, record by record, and the names that fields can be taken from. @throws Refusal as `detectEach`, and where no log is there */
export async function lookAt(file: string, options: DetectOptions): Promise<LookInside> {
  const looks: Look[] = [];
  const left_out: LeftOut[] = [];
  for await (const found of detectEach(file, options)) {
    if ("detected" in found) looks.push(lookOf(found));
    else left_out.push(found);
  }
  if (looks.length === 0) throw holdsNoLog(path.basename(file), left_out);
  return { looks, left_out };
}

function lookOf({ taken, detected }: Found): Look {
  const { preview: coded, plan, text } = taken;
  const { preview: events, ...about } = detected;
  const slice = (offset: number, length: number) => text.toString("utf8", offset, offset + length);
  const taking = events.map((event, row) => {
    const offset = coded.offset[row] as number;
    return { offset, line: event.line, original: slice(offset, coded.length[row] as number), event };
  });
  const rejected = coded.rejects.map(({ line, offset, length, reason }) => ({
    offset,
    line,
    original: slice(offset, length),
    reason,
  }));
  const records = [...taking, ...rejected].sort((a, b) => a.offset - b.offset || a.line - b.line);
  return {
    ...about,
    names: offered(plan, [...new Set(records.map(({ original }) => original))]),
    records: records.map(({ offset: _, ...record }) => record),
  };
}
