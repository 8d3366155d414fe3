import type { EncodedColumn } from "../../../shared/model/event.ts";
import type { Digests } from "../../evidence/block-digests.ts";
import type { DetectOptions } from "../detect/detect.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import type { KnownTexts } from "../encode/text-column.ts";
import type { BatchInfo } from "../read/batch.ts";
import type { Position } from "../read/checkpoint.ts";

/** A file by the name that people know it by: its own, or its path from the folder that was given. */
export interface NamedFile {
  readonly name: string;
  readonly file: string;
}

/** A small file that is read, recognised and encoded; its copy is in evidence, under the number that it is to have. */
export interface PreparedSource {
  readonly kind: "source";
  /** Of the files that were ordered. */
  readonly index: number;
  readonly source: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly contentBytes: number;
  readonly lines: number;
  readonly format: string;
  readonly encoding: string;
  readonly compression: "gzip" | undefined;
  readonly timezone: string;
  readonly zoneFrom: "mapping" | "option" | "assumed";
  /** JSON: the mapping as it is kept. */
  readonly mapping: string;
  readonly unread: string | undefined;
  readonly digests: Digests | undefined;
  readonly batches: readonly {
    readonly encoded: EncodedBatch;
    readonly info: Pick<BatchInfo, "skipped" | "headers">;
    readonly position: Position;
  }[];
}

/** A file that is in the case already, or in this group. */
export interface PreparedKnown {
  readonly kind: "known";
  readonly index: number;
  readonly sha256: string;
  readonly bytes: number;
}

export type Prepared = PreparedSource | PreparedKnown;

/** Main → preparing thread: files to prepare, one after another. */
export interface PrepareOrder {
  readonly kind: "prepare";
  readonly files: readonly NamedFile[];
  readonly options: DetectOptions;
  readonly demandsColumns: boolean;
  /** The case's folder of originals. */
  readonly evidence: string;
  /** The number of the next source. */
  readonly nextSource: number;
  /** What the case's dictionaries hold; `kept`: what the thread has from the order before. */
  readonly known: Readonly<Record<EncodedColumn, KnownTexts>> | "kept";
  /** Digests of originals that the case has, and did not have at the order before. */
  readonly originals: readonly string[];
}

/** Main → preparing thread: a group is in the case. Its memory can be used again. */
export interface WrittenMessage {
  readonly kind: "written";
  readonly memory: SharedArrayBuffer;
}

/** Preparing thread → main, in the order of the files. */
export type PrepareMessage =
  | {
      readonly kind: "group";
      readonly files: readonly Prepared[];
      /** What most of its arrays lie in. */
      readonly memory: SharedArrayBuffer;
    }
  /**
   * The file of this number must be imported by itself, and what follows it is not prepared. `isClean`: nothing of it came into
   * the thread's dictionaries.
   */
  | { readonly kind: "unfit"; readonly index: number; readonly isClean: boolean }
  | { readonly kind: "end" };
