import path from "node:path";
import { Refusal } from "../../shared/errors.ts";
import type { EventRecord } from "../../shared/model/event.ts";
import type { Detected, DetectOptions, Found } from "./detect.ts";
import { detectEach } from "./detecteach.ts";
import { type Offered, offered } from "./offered.ts";

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

/** A file's beginning, record by record, and the names that its fields can be taken from. @throws Refusal as `detectFile` */
export async function lookAt(file: string, options: DetectOptions): Promise<Look> {
  const { taken, detected } = await firstFound(file, options);
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

/** The file, or of an archive or a folder the first log in it. */
async function firstFound(file: string, options: DetectOptions): Promise<Found> {
  for await (const found of detectEach(file, options)) {
    if (!("detected" in found)) continue;
    const { member } = found.detected;
    if (member === undefined) return found;
    return { ...found, detected: { ...found.detected, why: `the first log in it, ${member}: ${found.detected.why}` } };
  }
  const name = path.basename(file);
  throw new Refusal("not-a-log", `${name} holds no log. Nothing was imported`, "give log exports: CSV, JSON or text");
}
