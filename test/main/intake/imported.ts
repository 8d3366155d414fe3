import fs from "node:fs";
import path from "node:path";
import type { Case } from "../../../main/case/case.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { Dataset } from "../../../main/query/dataset.ts";
import { eventsAt } from "../../../main/query/results/events.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { SourceReport } from "../../../shared/model/source.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";

export interface Imported {
  readonly caseFile: Case;
  readonly source: SourceReport;
  /** In the order of the file. */
  readonly events: EventRecord[];
}

interface How {
  readonly name?: string;
  readonly mapping?: object;
  readonly format?: string;
  readonly timezone?: string;
  /** Bytes a batch: small ones put record and batch borders everywhere. */
  readonly batch?: number;
  /** Bytes of the longest record. */
  readonly record?: number;
  readonly caseFile?: Case;
  /** The file's own date. */
  readonly written?: Date;
}

/** Imports one text as a file of its own, for real: threads, evidence, database. */
export async function imported(text: string | Buffer, how: How = {}): Promise<Imported> {
  const { name = "log.csv", batch, record, caseFile = newCase(), written, ...options } = how;
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, text);
  if (written) fs.utimesSync(file, written, written);
  const sizes =
    batch === undefined ? {} : { sizes: { bytes: batch, rows: 7, ...(record === undefined ? {} : { record }) } };
  const { sources, failures } = await importFiles(caseFile, [file], { ...options, ...sizes, by: "T" }, {});
  if (failures[0]) throw failures[0];
  const source = sources[0] as SourceReport;
  return { caseFile, source, events: eventsOf(caseFile).filter((event) => event.source === source.source) };
}

export function eventsOf(caseFile: Case): EventRecord[] {
  const dataset = new Dataset(caseFile);
  const all = Uint32Array.from({ length: dataset.columns.rows }, (_, position) => position);
  return Array.from(eventsAt(dataset, all), ({ event }) => event).sort(
    (a, b) => a.source - b.source || a.offset - b.offset,
  );
}
