import path from "node:path";
import type { SourceReport } from "../../../shared/model/source.ts";
import type { Case } from "../../case/case.ts";
import { nextSourceId } from "../../case/sources.ts";
import { reportOfKnown } from "../../evidence/source-report.ts";
import { renameCopy } from "../../evidence/unpacked-copies.ts";
import { preparedPluck } from "../../platform/database/prepared.ts";
import { syncFolder } from "../../platform/files.ts";
import { zoneOf } from "../detect/detect.ts";
import { counted, newcomerMarks } from "../duplicates/duplicate-flags.ts";
import { Newcomers } from "../duplicates/known-requests.ts";
import { GatheredKeys } from "../duplicates/record-keys.ts";
import { withSaid } from "../store/said.ts";
import { SourceWriter } from "../store/source-writer.ts";
import type { NamedFile, Prepared, PreparedSource } from "./messages.ts";

/** Milliseconds of a transaction, and at least one file: records without request ids are compared with all that came before. */
const MAX_TRANSACTION_MS = 300;

/** What became of a file: as an import of it alone says it. */
export type SmallReport = SourceReport & { readonly duplicate_of?: number };

/** The case is not as the group was prepared for: its files are imported one by one. */
export class NotAsPrepared extends Error {}

/**
 * Brings prepared files into the case in one transaction, as many of them as there is time for: the acts and rows of each as if
 * it were alone, or none of all. Their copies are on the disk already. `each` hears of each file as it is written.
 * @throws NotAsPrepared and what the file system and SQLite say; the case is then as it was before
 */
export function writeGroup(
  caseFile: Case,
  files: readonly NamedFile[],
  group: readonly Prepared[],
  by: string,
  each: (prepared: Prepared) => void,
): SmallReport[] {
  const { db } = caseFile;
  let newcomers: Newcomers | undefined;
  try {
    return db
      .transaction(() => {
        newcomers = new Newcomers(caseFile, counted(db));
        const until = performance.now() + MAX_TRANSACTION_MS;
        const reports: SmallReport[] = [];
        for (const prepared of group) {
          each(prepared);
          const known = completeSource(caseFile, prepared.sha256, prepared.bytes);
          if ((known === undefined) !== (prepared.kind === "source")) throw new NotAsPrepared();
          reports.push(
            prepared.kind === "source"
              ? writeSource(caseFile, files[prepared.index] as NamedFile, prepared, by, newcomers)
              : reportOfKnown(db, known as number),
          );
          if (performance.now() > until) break;
        }
        // The names of the copies, before the acts that tell of them.
        if (group.some(({ kind }) => kind === "source")) syncFolder(caseFile.evidence);
        return reports;
      })
      .immediate();
  } catch (error) {
    newcomers?.forget();
    throw error;
  }
}

/** The complete source that is this very file already. */
const completeSource = ({ db }: Case, sha256: string, bytes: number): number | undefined =>
  preparedPluck(
    db,
    "select id from source where sha256 = ? and state = 'complete' and packing is null and bytes = ? order by id limit 1",
  ).get(sha256, bytes) as number | undefined;

function writeSource(
  caseFile: Case,
  { name, file }: NamedFile,
  prepared: PreparedSource,
  by: string,
  newcomers: Newcomers,
): SmallReport {
  const { sha256, bytes, format, encoding, timezone, zoneFrom, mapping } = prepared;
  if (nextSourceId(caseFile.db) !== prepared.source) throw new NotAsPrepared();
  const gathered = new GatheredKeys();
  const writer = SourceWriter.beginGrouped(
    caseFile,
    {
      ...{ name, path: file, by_reference: 0, member: null, sha256: null, packing: null, bytes, format, encoding },
      compression: prepared.compression ?? null,
      ...{ timezone, timezone_from: zoneFrom, mapping, by },
    },
    gathered,
  );
  for (const { encoded, info, position } of prepared.batches)
    writer.add({ encoded, info, stored: () => undefined }, { position, prefix: { bytes, sha256 } });
  writer.commitLast();
  const keys = gathered.keys();
  const hasCalls = prepared.batches.some(({ encoded }) => encoded.call !== undefined);
  const marks = newcomerMarks(caseFile, newcomers, writer.id, keys, hasCalls);
  const { contentBytes, lines, digests, unread } = prepared;
  const ending = {
    ...{ sha256, bytes, contentBytes, lines, ...(digests && { digests }), times: undefined },
    ...zoneOf({ plan: { timezone }, zoneFrom }, writer.instants),
  };
  const report = writer.complete(ending, path.join(caseFile.evidence, `incoming-${writer.id}`), by, marks);
  renameCopy(caseFile, writer.id, sha256);
  newcomers.add(writer.id, keys);
  return withSaid(caseFile, report, unread);
}
