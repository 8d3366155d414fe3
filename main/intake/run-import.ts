import type { Refusal } from "../../shared/base/errors.ts";
import type { Progress } from "../../shared/contract/contract.ts";
import type { EvidenceFile } from "../evidence/read-file.ts";
import type { Packed } from "../evidence/unpack-steps.ts";
import { bomLength } from "../platform/encodings/encoding.ts";
import type { Detection } from "./detect/detect.ts";
import { keptTexts, runPipeline } from "./pipeline/pipeline.ts";
import type { Sizes } from "./read/batch.ts";
import { startPosition } from "./read/checkpoint.ts";
import type { SourceWriter } from "./store/source-writer.ts";
import { newInstantState } from "./time/instants.ts";

export interface ImportHooks {
  progress?(progress: Progress): void;
  /** Aborted: what is committed stays, and the import can be resumed. */
  readonly signal?: AbortSignal;
}

interface ImportRun {
  /**
   * A file, or a content inside a file in evidence. `copy`: where the evidence is written while the file is read. Absent:
   * the file is evidence already, or stays where it is and becomes evidence (`isReference`).
   */
  readonly source:
    | { readonly file: string; readonly copy?: string | undefined; readonly isReference?: boolean }
    | Packed;
  /** What the file is called for people. */
  readonly name: string;
  readonly detection: Detection;
  readonly writer: SourceWriter;
  readonly sizes: Sizes;
  readonly hooks: ImportHooks;
  /** What is thrown when the work is stopped by hand. */
  stopped(events: number): Refusal;
}

interface ImportedFile extends EvidenceFile {
  readonly lines: number;
  /** Throws once the work is to be stopped. */
  demandGoing(): void;
}

/** Batches in flight between the two threads. */
const SLOT_COUNT = 4;

/** Reads a file to its end, from where the loader's last commit stands, and commits all of it. @throws Refusal */
export async function runImport({
  source,
  name,
  detection,
  writer,
  sizes,
  hooks,
  stopped,
}: ImportRun): Promise<ImportedFile> {
  const { position, prefix, ledger, instants } = writer.checkpoint ?? {
    position: { ...startPosition, offset: bomLength(detection.sample.bytes, detection.plan.encoding) },
    prefix: undefined,
    ledger: undefined,
    instants: undefined,
  };
  const { offset } = position;
  const isPacked = "steps" in source;
  const pipeline = runPipeline(
    {
      plan: detection.plan,
      what: isPacked
        ? { ...source, offset }
        : {
            file: source.file,
            compression: detection.sample.compression,
            encoding: detection.plan.encoding,
            copy: source.copy,
            isReference: source.isReference ?? false,
            isReadInPieces: source.isReference || (source.copy !== undefined && !detection.sample.compression),
            prefix,
            offset,
          },
      from: position,
      sizes,
      slots: SLOT_COUNT,
    },
    {
      plan: detection.plan,
      known: keptTexts() === writer.textsState() ? "kept" : writer.knownTexts(),
      start: {
        ledger: ledger ?? { events: 0, rejected: 0, lastLine: 0, lastEvent: false },
        instants: instants ?? newInstantState(),
      },
    },
    hooks.signal,
    () => stopped(writer.events),
    () => writer.textsState(),
  );
  const report = reporter(name, detection.sample.size, hooks);
  const demandGoing = () => {
    if (hooks.signal?.aborted) throw stopped(writer.events);
  };
  for await (const message of pipeline) {
    demandGoing();
    if (message.kind === "encoded") {
      writer.add(message, message.checkpoint);
      report("reading", message.checkpoint.prefix.bytes, writer.events);
      continue;
    }
    writer.commitLast();
    report("looking for duplicates", isPacked ? message.file.contentBytes : message.file.bytes, writer.events);
    return { ...message.file, lines: message.lines, demandGoing };
  }
  throw new Error("the import ended without an end");
}

/** Tells of bytes done and left, with rate and time. */
export function reporter(
  what: string,
  total: number,
  hooks: ImportHooks,
): (phase: string, done: number, records: number) => void {
  const began = performance.now();
  return (phase, done, records) => {
    const seconds = (performance.now() - began) / 1000;
    const left = done > 0 ? { seconds_left: (seconds * (total - done)) / done } : {};
    hooks.progress?.({
      what: `${phase} ${what}`,
      done,
      total,
      unit: "bytes",
      records,
      ...(seconds > 0 ? { per_second: records / seconds } : {}),
      ...left,
    });
  };
}
