import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import { periodOf } from "../../shared/base/period.ts";
import { instantOf, isBareDate, isoOf } from "../../shared/base/time.ts";
import type { Acquisition } from "../../shared/model/source.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { completeRow, type SourceRow } from "../case/sources.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { prepared } from "../platform/database/prepared.ts";

interface AcquisitionInput extends Omit<Acquisition, "digest_matches"> {
  readonly by?: string;
}

/** Characters of one field. */
const MAX_FIELD_LENGTH = 1000;

/**
 * Records how a source's file came to the case. Once more for the same source: the newer holds, and both acts stay.
 * @throws Refusal `source-missing`, `import-unfinished`, `usage`, `case-read-only`; nothing has changed then
 */
export function recordAcquisition(caseFile: Case, source: number, { by, ...said }: AcquisitionInput): Acquisition {
  demandWritable(caseFile);
  const row = completeRow(caseFile.db, source);
  const { db } = caseFile;
  const who = by ?? caseFile.examiner;
  return db.transaction((): Acquisition => {
    const { at } = timeOfAct(caseFile);
    const kept = {
      from: lineOf("from", said.from),
      on: timeOf(said.on, at),
      medium: lineOf("medium", said.medium),
      method: lineOf("method", said.method),
      ...given({
        digest: said.digest === undefined ? undefined : digestOf(said.digest),
        seal: said.seal === undefined ? undefined : lineOf("seal", said.seal),
        note: said.note === undefined ? undefined : lineOf("note", said.note),
      }),
    };
    const { from, on, medium, method, digest = null, seal = null, note = null } = kept;
    const id = db
      .prepare(
        `insert into acquisition (source, from_whom, received_on, medium, method, digest, seal, note, at, by_whom)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(source, from, on, medium, method, digest, seal, note, at, who).lastInsertRowid as number;
    const acquisition = acquisitionOf(db, row) as Acquisition;
    const digests = rowDigests(db, { acquisition: [id] });
    record(caseFile, "received", { source, file: row.name, sha256: row.sha256, ...acquisition, digests }, who);
    return acquisition;
  })();
}

/** How a source's file came, as it was last recorded. Undefined where nobody has said it. */
export function acquisitionOf(
  db: Case["db"],
  { id, sha256 }: Pick<SourceRow, "id" | "sha256">,
): Acquisition | undefined {
  const row = prepared(
    db,
    `select from_whom as "from", received_on as "on", medium, method, digest, seal, note
       from acquisition where source = ? order by id desc limit 1`,
  ).get(id) as Record<"from" | "on" | "medium" | "method", string> & Record<"digest" | "seal" | "note", string | null>;
  if (!row) return undefined;
  const { from, on, medium, method, digest, seal, note } = row;
  return {
    ...{ from, on, medium, method },
    ...(digest === null ? {} : { digest, digest_matches: digest === sha256 }),
    ...given({ seal: seal ?? undefined, note: note ?? undefined }),
  };
}

/** A field is one line for people, so that it stands as it was said in tables and acts. */
function lineOf(name: string, text: string): string {
  const line = text.trim();
  const what = `What is said of a source as "${name}"`;
  if (line === "") throw new Refusal("usage", `${what} is empty`, "say it in a few words");
  if (line.length > MAX_FIELD_LENGTH)
    throw new Refusal("usage", `${what} has more than ${MAX_FIELD_LENGTH} characters`, "shorten it");
  if (/\p{Cc}/u.test(line))
    throw new Refusal("usage", `${what} holds control characters`, "write it without them, in one line");
  return line;
}

/** A day stays a day: which hour it was nobody has said. */
function timeOf(text: string, now: string): string {
  const said = text.trim();
  const shown = `"${said.slice(0, 60)}"`;
  const period = periodOf(said);
  if (!("from" in period)) throw new Refusal("usage", `${shown} ${period.what}`, period.todo);
  if (/^\d{4}(?:-\d{2})?$/u.test(said))
    throw new Refusal("usage", `${shown} names no day`, "write it as 2019-11-06 or 2019-11-06T10:15:00Z");
  if (period.from > instantOf(now))
    throw new Refusal(
      "usage",
      `${shown} is after this computer's clock, ${now}`,
      "a file that was received came before now; times without a zone are UTC",
    );
  return isBareDate(said) ? said : isoOf(period.from);
}

function digestOf(text: string): string {
  const digest = text.trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/u.test(digest))
    throw new Refusal(
      "usage",
      `"${text.trim().slice(0, 80)}" is no SHA-256`,
      "give the 64 hexadecimal digits that the producer states",
    );
  return digest;
}
