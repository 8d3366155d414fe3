import fs from "node:fs";
import path from "node:path";
import type { Refusal } from "../../../shared/base/errors.ts";
import { isoOf } from "../../../shared/base/time.ts";
import type { EncodedColumn } from "../../../shared/model/event.ts";
import type { SourceReport } from "../../../shared/model/source.ts";
import type { Case } from "../../case/case.ts";
import type { SourceRow } from "../../case/sources.ts";
import { nextSourceId, sourceRow } from "../../case/sources.ts";
import { record } from "../../custody/append.ts";
import { type RowDigests, rowDigests } from "../../custody/row-digests.ts";
import { insertDigests } from "../../evidence/checked-evidence.ts";
import type { EvidenceFile, Prefix } from "../../evidence/read-file.ts";
import { insertReference } from "../../evidence/reference.ts";
import { rejectReasons, rejectsDigest, sourceReport } from "../../evidence/source-report.ts";
import { renameCopy } from "../../evidence/unpacked-copies.ts";
import { buildDigest } from "../../platform/build-digest.ts";
import { prepared, preparedPluck } from "../../platform/database/prepared.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { VERSION } from "../../platform/version.ts";
import { changeCounting, type Marks, writeMarks } from "../duplicates/duplicate-flags.ts";
import { marksDigests } from "../duplicates/marks-digest.ts";
import { indexStampOf } from "../duplicates/record-index.ts";
import { dropSegment, RecordIndexWriter } from "../duplicates/record-index-file.ts";
import { type GatheredKeys, requestKeys } from "../duplicates/record-keys.ts";
import type { EncodedBatch, LineLedger } from "../encode/encoded-batch.ts";
import type { KnownTexts } from "../encode/text-column.ts";
import type { BatchInfo, LaterHeader } from "../read/batch.ts";
import type { Checkpoint, Position } from "../read/checkpoint.ts";
import { type InstantState, newInstantState } from "../time/instants.ts";
import { ZONE_DATA_RELEASE } from "../time/zone-data.ts";
import { addStoredRows, EventsDigest } from "./events-digest.ts";
import { insertCalls, insertParts, insertRejects } from "./insert-bound.ts";
import { knownTextsOf, textsStateOf } from "./known-texts.ts";
import { PartInserter } from "./part-inserter.ts";
import { TextsDigest } from "./texts-digest.ts";

/** Rows and rejects of one transaction, which ends with a checkpoint; and bytes of new texts that end it earlier. */
const MAX_PART_ROWS = 100_000;
const MAX_PART_TEXT_BYTES = 16 << 20;

/** Where a killed import goes on. Kept with the rows of the part that it stands behind. */
interface StoredCheckpoint {
  readonly position: Position;
  readonly prefix: Prefix;
  readonly ledger: LineLedger;
  readonly instants: InstantState;
}

/** What is known of a source before its first byte is read. */
export interface NewSource
  extends Pick<
    SourceRow,
    | "name"
    | "path"
    | "by_reference"
    | "member"
    | "sha256"
    | "packing"
    | "bytes"
    | "format"
    | "encoding"
    | "compression"
    | "timezone"
    | "timezone_from"
    | "mapping"
  > {
  readonly by: string;
  /** A second reading: the source whose rows these will replace. Its start is not recorded as an act. */
  readonly replaces?: number;
}

export interface FinishedSource extends EvidenceFile, Pick<SourceRow, "timezone" | "timezone_from"> {
  readonly lines: number;
  /** What the whole file decided of its times. */
  readonly times: string | undefined;
}

/** Rows as the threads of an import give them. */
interface NewBatch {
  readonly encoded: EncodedBatch;
  readonly info: Pick<BatchInfo, "skipped" | "headers">;
  /** Is called once nothing of it will be read again. */
  stored(): void;
}

interface Counts {
  events: number;
  rejected: number;
  skipped: number;
  ambiguous: number;
  broken: number;
  impossible: number;
  noValues: number;
  first: number;
  last: number;
}

/** Encoded batches → rows, in parts. The first part brings the source into being, so that a file refused early leaves nothing. */
export class SourceWriter {
  readonly id: number;
  readonly checkpoint: StoredCheckpoint | undefined;
  instants: InstantState;
  readonly #caseFile: Case;
  readonly #newSource: NewSource | undefined;
  readonly #isGrouped: boolean;
  readonly #segment: Pick<RecordIndexWriter, "append" | "close">;
  readonly #counts: Counts;
  readonly #headers: LaterHeader[];
  #ledger: LineLedger = { events: 0, rejected: 0, lastLine: 0, lastEvent: false };
  #nextId: number;
  #batches: NewBatch[] = [];
  #rows = 0;
  #rejects = 0;
  #text = 0;
  #lastCheckpoint: Checkpoint | undefined;
  #isBegun: boolean;
  readonly #inserter: PartInserter;
  /** The id of the source's first row. */
  readonly #firstId: number;
  readonly #eventsDigest = new EventsDigest();
  readonly #textsDigest = new TextsDigest();

  private constructor(
    caseFile: Case,
    id: number,
    begun: SourceRow | undefined,
    newSource: NewSource | undefined,
    grouped?: GatheredKeys,
  ) {
    this.#caseFile = caseFile;
    this.id = id;
    this.#newSource = newSource;
    this.#isBegun = begun !== undefined;
    this.checkpoint = begun?.checkpoint ? (JSON.parse(begun.checkpoint) as StoredCheckpoint) : undefined;
    this.#counts = {
      events: begun?.events ?? 0,
      rejected: begun?.rejected ?? 0,
      skipped: begun?.skipped ?? 0,
      ambiguous: begun?.ambiguous_times ?? 0,
      broken: begun?.broken_text ?? 0,
      impossible: begun?.impossible_numbers ?? 0,
      noValues: begun?.no_values ?? 0,
      first: begun?.first ?? Number.POSITIVE_INFINITY,
      last: begun?.last ?? Number.NEGATIVE_INFINITY,
    };
    this.#headers = JSON.parse(begun?.headers ?? "[]") as LaterHeader[];
    if (this.checkpoint) this.#ledger = this.checkpoint.ledger;
    this.instants = this.checkpoint?.instants ?? newInstantState();
    this.#nextId = (preparedPluck(caseFile.db, "select coalesce(max(id), 0) + 1 from event_row").get() as number) ?? 1;
    this.#isGrouped = grouped !== undefined;
    // A file cannot be attached within a transaction.
    this.#inserter = new PartInserter(caseFile, grouped ? Number.POSITIVE_INFINITY : undefined);
    const rows = this.#counts.events;
    this.#firstId = this.#nextId - rows;
    if (rows > 0) addStoredRows(caseFile.db, this.#eventsDigest, this.#firstId, this.#nextId - 1);
    // What lies in the cache under its number is of a source that came to nothing.
    if (grouped) dropSegment(caseFile.cache, id);
    this.#segment =
      grouped ?? new RecordIndexWriter(caseFile.cache, id, rows, rows > 0 ? indexStampOf(caseFile, id) : "");
  }

  static begin(caseFile: Case, newSource: NewSource): SourceWriter {
    return new SourceWriter(caseFile, nextSourceId(caseFile.db), undefined, newSource);
  }

  /**
   * A small source whose file is read already, all of whose rows and acts stand in one transaction with those of others
   * (intake/small). It leaves no record index: its rows are one. `keys` gets where its records lie.
   */
  static beginGrouped(caseFile: Case, newSource: NewSource, keys: GatheredKeys): SourceWriter {
    return new SourceWriter(caseFile, nextSourceId(caseFile.db), undefined, newSource, keys);
  }

  /** Goes on after the last commit. Starts again where another import has used the ids that would follow. */
  static resume(caseFile: Case, begun: SourceRow): SourceWriter {
    const { db } = caseFile;
    const isLast =
      begun.events === 0 ||
      db.prepare("select source from event_row order by id desc limit 1").pluck().get() === begun.id;
    if (!isLast) {
      db.transaction(() => {
        removeRows(caseFile, begun.id);
        db.prepare(
          "update source set lines = 0, events = 0, rejected = 0, skipped = 0, lines_events = 0, lines_rejected = 0, ambiguous_times = 0, broken_text = 0, impossible_numbers = 0, no_values = 0, headers = null, first = null, last = null, checkpoint = null where id = ?",
        ).run(begun.id);
      })();
    }
    return new SourceWriter(caseFile, begun.id, sourceRow(db, begun.id), undefined);
  }

  get events(): number {
    return this.#counts.events + this.#rows;
  }

  /** Of the case's dictionaries, for this source. */
  textsState(): string {
    const { db, id, folder } = this.#caseFile;
    return `${folder} ${id} ${textsStateOf(db)}`;
  }

  /** What the case's dictionaries hold already. */
  knownTexts(): Record<EncodedColumn, KnownTexts> {
    return knownTextsOf(this.#caseFile.db);
  }

  add(batch: NewBatch, checkpoint: Checkpoint): void {
    const { encoded, info } = batch;
    this.#batches.push(batch);
    this.#rows += encoded.rows;
    this.#rejects += encoded.rejects.length;
    for (const texts of Object.values(encoded.texts)) this.#text += texts.bytes.length;
    this.#counts.skipped += info.skipped;
    this.#headers.push(...info.headers);
    this.#lastCheckpoint = checkpoint;
    if (this.#rows + this.#rejects >= MAX_PART_ROWS || this.#text >= MAX_PART_TEXT_BYTES) this.commit();
  }

  /**
   * The last commit before `finish`, whose transaction brings this one to the disk too: until then a file that was read at
   * once has not begun, and one sync less is a third of the time of a small one.
   */
  commitLast(): void {
    const { db } = this.#caseFile;
    const isWhole = !this.#isBegun && !this.#isGrouped;
    const synchronous = db.pragma("synchronous", { simple: true }) as number;
    if (isWhole && synchronous > 1) db.pragma("synchronous = normal");
    try {
      this.commit();
    } finally {
      if (isWhole && synchronous > 1) db.pragma(`synchronous = ${synchronous}`);
    }
  }

  /** Writes what has come since the last commit: rows, texts, rejects, counters and checkpoint, all or none. */
  commit(): void {
    const { db } = this.#caseFile;
    const batches = this.#batches.map(({ encoded }) => encoded);
    const last = this.#lastCheckpoint;
    if (last === undefined && this.#isBegun) return;
    const counts = { ...this.#counts };
    let nextId = this.#nextId;
    let ledger = this.#ledger;
    let instants = this.instants;
    const before = () => {
      if (!this.#isBegun) this.#insertSource();
    };
    const within = () => {
      for (const encoded of batches) {
        insertRejects(db, this.id, encoded.rejects);
        insertParts(db, nextId, encoded);
        if (encoded.call) insertCalls(db, nextId, encoded, encoded.call);
        nextId += encoded.rows;
        counts.events += encoded.rows;
        counts.rejected += encoded.rejects.length;
        counts.ambiguous += encoded.ambiguous;
        counts.broken += encoded.broken;
        counts.impossible += encoded.impossible;
        counts.noValues += encoded.noValues;
        if (encoded.rows > 0) {
          counts.first = Math.min(counts.first, encoded.first);
          counts.last = Math.max(counts.last, encoded.last);
        }
        ledger = encoded.ledger;
        instants = encoded.instants;
      }
      const checkpoint = last
        ? JSON.stringify({ position: last.position, prefix: last.prefix, ledger, instants } satisfies StoredCheckpoint)
        : null;
      prepared(
        db,
        `update source set events = @events, rejected = @rejected, skipped = @skipped, lines_events = @lines_events, lines_rejected = @lines_rejected,
         ambiguous_times = @ambiguous, broken_text = @broken, impossible_numbers = @impossible, no_values = @noValues, headers = @headers, first = @first, last = @last, checkpoint = @checkpoint where id = @id`,
      ).run({
        ...counts,
        first: Number.isFinite(counts.first) ? counts.first : null,
        last: Number.isFinite(counts.last) ? counts.last : null,
        lines_events: ledger.events,
        lines_rejected: ledger.rejected,
        headers: this.#headers.length > 0 ? JSON.stringify(this.#headers) : null,
        checkpoint,
        id: this.id,
      });
    };
    this.#inserter.insert(this.id, this.#nextId, batches, before, within);
    // Behind the transaction: a segment that is too long is truncated when the import is resumed.
    for (const encoded of batches) {
      this.#eventsDigest.add(encoded);
      this.#textsDigest.add(encoded.texts);
      if (encoded.rows === 0) continue;
      const { rows, offset, length, request } = encoded;
      this.#segment.append({ offset, length, request: requestKeys(request, rows) });
    }
    for (const batch of this.#batches) batch.stored();
    Object.assign(this.#counts, counts);
    this.#ledger = ledger;
    this.instants = instants;
    this.#nextId = nextId;
    this.#isBegun = true;
    this.#batches = [];
    this.#rows = 0;
    this.#rejects = 0;
    this.#text = 0;
    this.#lastCheckpoint = undefined;
  }

  #insertSource(): void {
    const { by, ...about } = this.#newSource as NewSource;
    prepared(
      this.#caseFile.db,
      `insert into source (id, state, name, path, by_reference, member, sha256, packing, bytes, format, encoding, compression, timezone, timezone_from, mapping, replaces, began)
         values (@id, 'importing', @name, @path, @by_reference, @member, @sha256, @packing, @bytes, @format, @encoding, @compression, @timezone, @timezone_from, @mapping, @replaces, @began)`,
    ).run({ replaces: null, ...about, id: this.id, began: isoOf(Date.now() * 1000) });
    if (about.replaces !== undefined) return;
    record(
      this.#caseFile,
      "import begun",
      {
        source: this.id,
        file: about.name,
        ...(about.by_reference ? { by_reference: about.path } : {}),
        ...(about.member === null ? {} : { member: about.member }),
        bytes: about.bytes,
        format: about.format,
      },
      by,
    );
  }

  /**
   * The last transaction: the original (`copy`; absent where it is evidence already) gets its digest as its name, or its
   * block digests are stored where it stays. The source becomes complete, and duplicates are flagged.
   */
  finish(ending: FinishedSource, copy: string | undefined, by: string, demandGoing: () => void): SourceReport {
    this.close();
    const change = { source: this.id, counts: true };
    const report = changeCounting(this.#caseFile, change, demandGoing, (marks) =>
      this.complete(ending, copy, by, marks),
    );
    renameCopy(this.#caseFile, this.id, ending.sha256);
    return report;
  }

  /** What `finish` does, inside a transaction that others began. */
  complete(ending: FinishedSource, copy: string | undefined, by: string, marks: Marks): SourceReport {
    const { db, evidence } = this.#caseFile;
    if (copy !== undefined) {
      const target = path.join(evidence, ending.sha256);
      fs.renameSync(copy, target);
      fs.chmodSync(target, 0o444);
    }
    if (ending.reference) insertReference(db, this.id, ending.reference);
    if (copy !== undefined && ending.digests) insertDigests(db, this.id, ending.digests);
    this.writeEnding(ending);
    prepared(db, "update source set state = 'complete', sha256 = ? where id = ?").run(ending.sha256, this.id);
    const marked = writeMarks(this.#caseFile, marks);
    const report = sourceReport(db, this.id);
    const row = sourceRow(db, this.id);
    const { rejects, ...told } = report;
    const more = {
      ...(ending.times !== undefined && { times: ending.times }),
      ...(ending.reference && { by_reference: row.path }),
      ...readWith(db, row, rejects),
      digests: this.rowDigests(this.id, marked),
    };
    record(this.#caseFile, "import", { ...told, ...more }, by);
    return report;
  }

  /**
   * Digests of what came in, as the act holds them: `source` is the number that it has from now on, `marked` those whose
   * duplicates may be others now. Inside the last transaction, when all is written.
   */
  rowDigests(source: number, marked: Iterable<number>): RowDigests {
    const { db } = this.#caseFile;
    const { rows } = this.#eventsDigest;
    return {
      ...rowDigests(db, { source: [source], reject: [source], reference: [source] }),
      events: { [source]: rows === 0 ? null : this.#eventsDigest.end(this.#firstId) },
      marks: marksDigests(db, marked),
      texts: this.#textsDigest.end(db),
    };
  }

  /** What is known of the source once its last line is read. Inside the last transaction. */
  writeEnding({ bytes, contentBytes, lines, timezone, timezone_from }: FinishedSource): void {
    const { events, rejected } = this.#ledger;
    prepared(
      this.#caseFile.db,
      `update source set bytes = @bytes, content_bytes = @contentBytes, lines = @lines, lines_events = @events, lines_rejected = @rejected,
         lines_skipped = @skipped, timezone = @timezone, timezone_from = @timezone_from, zone_data = @zone_data, ended = @ended, checkpoint = null where id = @id`,
    ).run({
      bytes,
      contentBytes,
      lines,
      events,
      rejected,
      skipped: lines - events - rejected,
      timezone,
      timezone_from,
      zone_data: ZONE_DATA_RELEASE,
      ended: isoOf(Date.now() * 1000),
      id: this.id,
    });
  }

  /** What was committed stays, with the record index of it. */
  close(): void {
    this.#segment.close(this.#isBegun ? indexStampOf(this.#caseFile, this.id) : undefined);
    this.#inserter.close();
  }

  /** Removes what was committed of a file that turned out to be no whole file. */
  discard(reason: Refusal, by: string): void {
    if (!this.#isBegun) return;
    const { db } = this.#caseFile;
    db.transaction(() => {
      removeRows(this.#caseFile, this.id);
      const { name } = sourceRow(db, this.id);
      db.prepare("delete from source where id = ?").run(this.id);
      record(this.#caseFile, "import taken back", { source: this.id, file: name, reason: reason.what }, by);
    })();
  }
}

/** What a source was read with, for the act. */
export const readWith = (
  db: Case["db"],
  row: SourceRow,
  rejects: SourceReport["rejects"] = sourceReport(db, row.id).rejects,
): Record<string, unknown> => ({
  ambiguous_times: row.ambiguous_times,
  broken_text: row.broken_text,
  rejects_sha256: rejectsDigest({ rejects, reasons: row.rejected === 0 ? [] : rejectReasons(db, row.id) }),
  mapping_sha256: sha256Of(row.mapping),
  software: `Exhibit ${VERSION}`,
  build: buildDigest(),
});

/** Events and rejects of a source. Inside a transaction. */
export function removeRows({ db }: Case, source: number): void {
  // A source's ids are one run.
  for (const table of ["event_call", "event_part"])
    db.prepare(
      `delete from ${table} where id between (select min(id) from event_row where source = @source) and (select max(id) from event_row where source = @source)`,
    ).run({ source });
  db.prepare("delete from event_row where source = ?").run(source);
  db.prepare("delete from reject where source = ?").run(source);
}
