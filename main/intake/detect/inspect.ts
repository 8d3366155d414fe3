import path from "node:path";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { LeftOut } from "../../../shared/model/source.ts";
import { type AvailableField, availableFields } from "./available-fields.ts";
import type { DescribedFile, DetectionReport, DetectOptions } from "./detect.ts";
import { detectEach } from "./detect-each.ts";
import { holdsNoLog } from "./no-log.ts";
import { firstLines } from "./text-shapes.ts";

/** A record from a file's sample: its text, and the event that it would become. */
export interface InspectedRecord {
  readonly line: number;
  readonly original: string;
  readonly event?: Omit<EventRecord, "source">;
  /** Why it would be rejected. */
  readonly reason?: string;
}

/** What somebody needs to see, and to change, before an import. */
export interface Inspection extends Omit<DetectionReport, "preview"> {
  readonly names: readonly AvailableField[];
  readonly records: readonly InspectedRecord[];
}

/** What there is to import under a name. */
export interface FileInspection {
  readonly looks: readonly Inspection[];
  readonly left_out: readonly LeftOut[];
}

/**
 * The samples of all logs, record by record, and the names that fields can be filled from. @throws Refusal as
 * `detectEach`, and where no log is there
 */
export async function inspectFile(file: string, options: DetectOptions): Promise<FileInspection> {
  const looks: Inspection[] = [];
  const left_out: LeftOut[] = [];
  for await (const found of detectEach(file, options)) {
    if ("report" in found) looks.push(inspectionOf(found));
    else left_out.push(found);
  }
  if (looks.length === 0) throw holdsNoLog(path.basename(file), left_out);
  return { looks, left_out };
}

function inspectionOf({ detection, report }: DescribedFile): Inspection {
  const { preview: encoded, plan, sampleText, insideText } = detection;
  const { preview: events, ...about } = report;
  const slice = (offset: number, length: number) => sampleText.toString("utf8", offset, offset + length);
  const accepted = events.map((event, row) => {
    const offset = encoded.offset[row] as number;
    return { offset, line: event.line, original: slice(offset, encoded.length[row] as number), event };
  });
  const rejected = encoded.rejects.map(({ line, offset, length, reason }) => ({
    offset,
    line,
    original: slice(offset, length),
    reason,
  }));
  const records = [...accepted, ...rejected].sort((a, b) => a.offset - b.offset || a.line - b.line);
  return {
    ...about,
    names: availableFields(
      plan,
      plan.wrapped ? firstLines(insideText, true) : [...new Set(records.map(({ original }) => original))],
    ),
    records: records.map(({ offset: _, ...record }) => record),
  };
}
