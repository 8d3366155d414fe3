import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Database } from "better-sqlite3";
import { Refusal } from "../../../../shared/base/errors.ts";
import { ENCODED_COLUMNS, FLAG } from "../../../../shared/model/event.ts";
import { type Case, openCase } from "../../../case/case.ts";
import { createCase } from "../../../case/create.ts";
import { schemaFaults } from "../../../case/migrate.ts";
import { completeSources, type SourceRow } from "../../../case/sources.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import { custodyLines, verifyCustody } from "../../../custody/case-chain.ts";
import { notAsLeft } from "../../../custody/not-as-left.ts";
import { BlockDigests, type Digests } from "../../../evidence/block-digests.ts";
import { evidenceFile } from "../../../evidence/original.ts";
import { importFiles } from "../../../intake/import-files.ts";
import { withdraw } from "../../../intake/withdraw.ts";
import { sha256OfFile } from "../../../platform/sha256.ts";
import { workingFolder } from "../../../platform/working-folder.ts";
import { bad, type CheckName, good, none, type Outcome, type Verdict, verdictOf } from "../bag/outcomes.ts";
import { orderOfActs } from "../checks/dates-check.ts";
import { compareActs } from "./acts-and-rows.ts";
import { type EventRows, readEventRows } from "./event-rows.ts";

/** Checks a case: its database, the evidence behind each source, the chain, the counts; reads it all again if asked to. */
export async function verifyCase(folder: string, options: { recompute?: boolean } = {}): Promise<Verdict> {
  const caseFile = openCase(folder, "read");
  try {
    const { db } = caseFile;
    const whole = checked(() => structure(db));
    const sources = known(() => completeSources(db));
    const events = known(() => readEventRows(db));
    const unread = () => bad("check-failed", "the rows of case.db cannot be read");
    const outcomes: Record<CheckName, Outcome> = {
      container: none("case-no-zip"),
      structure: whole,
      manifest: sources ? await checked(() => evidence(caseFile, sources)) : unread(),
      tagmanifest: none("tag-manifest-none"),
      signature: none("case-unsigned"),
      timestamp: none("case-timestamp-none"),
      pages: none("case-no-pages"),
      custody: events ? checked(() => custody(db, events)) : unread(),
      dates: checked(() => caseDates(db)),
      sources: none("case-sources"),
      selection: none("case-not-selected"),
      counts: sources && events ? checked(() => counts(db, sources, events)) : unread(),
      redaction: none("case-not-redacted"),
      recompute: !options.recompute
        ? none("case-recompute-not-asked")
        : sources
          ? await checked(() => readAgain(caseFile, sources))
          : unread(),
      after: none("case-after-none"),
    };
    return verdictOf(outcomes);
  } finally {
    caseFile.close();
  }
}

/**
 * What is handed over is what the acts made: of rows that are another's no bundle is written.
 * @throws Refusal `case-damaged`
 */
export function demandAsActsLeft({ db, folder }: Pick<Case, "db" | "folder">): void {
  const { ok, detail } = custody(db, readEventRows(db));
  if (ok === false) throw notAsLeft(folder, detail.split("; ", 1)[0] ?? "");
}

/** The same, without a word on what is wrong. */
export const isAsActsLeft = ({ db }: Pick<Case, "db">): boolean => custody(db, readEventRows(db)).ok !== false;

/** What a damaged database keeps from being checked is no check passed. A lack of memory says nothing of the case. */
function checked(check: () => Outcome): Outcome;
function checked(check: () => Promise<Outcome>): Promise<Outcome>;
function checked(check: () => Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
  const failed = (error: unknown) => {
    if (error instanceof Refusal && error.code === "out-of-memory") throw error;
    return bad("check-failed", (error as Error).message);
  };
  try {
    const outcome = check();
    return outcome instanceof Promise ? outcome.catch(failed) : outcome;
  } catch (error) {
    return failed(error);
  }
}

function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Whether the database is not whole, or not what acts made it: then a question that failed did so because of that. */
export function isDamaged(db: Database): boolean {
  if (checked(() => structure(db)).ok === false) return true;
  const events = known(() => readEventRows(db));
  return events === undefined || checked(() => custody(db, events)).ok === false;
}

function structure(db: Database): Outcome {
  const said = db.pragma("integrity_check", { simple: true }) as string;
  if (said !== "ok") return bad("database-wrong", said.split("\n", 1)[0] as string);
  const schema = schemaFaults(db);
  return schema.length > 0 ? bad("database-wrong", schema.join("; ")) : good("database-right");
}

async function evidence(caseFile: Case, sources: readonly SourceRow[]): Promise<Outcome> {
  const faults: string[] = [];
  const originals = new Map(sources.map((source) => [source.sha256, source]));
  for (const source of originals.values()) {
    const file = evidenceFile(caseFile, source);
    const who = `${source.name} (source ${source.id})${source.by_reference ? ", kept by reference," : ""}`;
    if (!fs.existsSync(file))
      faults.push(`${who} is not ${source.by_reference ? `at ${file} any more` : "in evidence"}`);
    else {
      const blocks = new BlockDigests();
      const stored = storedDigests(caseFile.db, source);
      if ((await digestOf(file, blocks)) !== source.sha256)
        faults.push(`${who} was changed ${source.by_reference ? `at ${file}` : "in evidence"}`);
      else if (stored && !blocks.equals(stored))
        faults.push(`the digests of source ${source.id} (${source.name}) are not those of evidence`);
    }
  }
  const attached = attachedFiles(caseFile.db);
  for (const { name, sha256, of } of attached) {
    const file = path.join(caseFile.evidence, sha256);
    if (!fs.existsSync(file)) faults.push(`${name}, a file of a ${of}, is not in evidence`);
    else if (sha256OfFile(file) !== sha256) faults.push(`${name}, a file of a ${of}, was changed in evidence`);
  }
  const outside = sources.filter((source) => source.by_reference);
  const named =
    outside.length === 0
      ? ""
      : `, ${outside.length} of them by reference: ${outside
          .slice(0, 5)
          .map(({ path: at }) => at)
          .join(", ")}`;
  return faults.length > 0
    ? bad("evidence-differs", faults.slice(0, 20).join("; "))
    : good("evidence-unchanged", originals.size, attached.length, named);
}

const attachedFiles = (db: Database): { name: string; sha256: string; of: string }[] =>
  db
    .prepare(
      `select name, sha256, 'remedy entry' as of, min(id) as first from remedy_file group by sha256
       union all select file, sha256, 'clock', min(id) from fact
         where sha256 is not null and sha256 not in (select sha256 from remedy_file) group by sha256
       order by of desc, first`,
    )
    .all() as { name: string; sha256: string; of: string }[];

/** The digests by which any piece of the original is known; made when they are first needed. */
const storedDigests = (db: Database, { id, sha256, by_reference }: SourceRow): Digests | undefined =>
  db
    .prepare(
      by_reference
        ? "select bytes, block_bytes, digests from reference where source = ?"
        : "select bytes, block_bytes, digests from reference where source in (select id from source where sha256 = ? and by_reference = 0) limit 1",
    )
    .get(by_reference ? id : sha256) as Digests | undefined;

async function digestOf(file: string, blocks: BlockDigests): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    blocks.update(chunk as Buffer);
  }
  return hash.digest("hex");
}

function custody(db: Database, events: ReadonlyMap<number, EventRows>): Outcome {
  const { ok, why, entries, head } = verifyCustody({ db });
  if (!ok) return bad("chain-broken", why as string);
  const { faults, compared, older } = compareActs(db, events);
  return faults.length > 0
    ? bad("acts-differ", faults.slice(0, 20).join("; "))
    : good("acts-agree", entries, head, compared, older);
}

function caseDates(db: Database): Outcome {
  const acts = [...custodyLines({ db })].map((line) => JSON.parse(line) as CustodyEntry);
  const { faults, older } = orderOfActs(acts);
  return faults.length > 0 ? bad("dates-wrong", faults.join("; ")) : good("dates-right", acts.length, older);
}

function counts(db: Database, sources: readonly SourceRow[], rows: ReadonlyMap<number, EventRows>): Outcome {
  const rejects = db.prepare("select count(*) from reject where source = ?").pluck();
  const faults: string[] = [];
  for (const source of sources) {
    const counted = rows.get(source.id) ?? { events: 0, duplicates: 0, isScattered: false };
    if (counted.isScattered) faults.push(`the rows of source ${source.id} do not follow one another`);
    const say = (what: string, said: number, found: number) => {
      if (said !== found) faults.push(`source ${source.id} says ${said} ${what}, its rows are ${found}`);
    };
    say("events", source.events, counted.events);
    say("duplicates", source.duplicates, counted.duplicates);
    say("rejected records", source.rejected, rejects.get(source.id) as number);
    say("lines", source.lines, source.lines_events + source.lines_rejected + source.lines_skipped);
  }
  const known = new Set(db.prepare("select id from source").pluck().all());
  for (const { source, events } of rows.values())
    if (!known.has(source)) faults.push(`${events} rows are of source ${source}, which is not there`);
  const events = sources.reduce((sum, source) => sum + source.events, 0);
  return faults.length > 0
    ? bad("counts-differ", faults.slice(0, 20).join("; "))
    : good("case-counts-agree", events, sources.length);
}

/**
 * Imports every source again from evidence, in the same order, and compares each row. A withdrawn source is withdrawn there
 * too, so that the duplicates of the others are the same. Its own duplicate flags are those of when it still counted.
 */
async function readAgain(caseFile: Case, sources: readonly SourceRow[]): Promise<Outcome> {
  const folder = workingFolder("recompute");
  let again: Case | undefined;
  try {
    again = createCase(path.join(folder, "case"), { title: "recompute", examiner: "verify" });
    const numberOf = new Map<number, number>();
    for (const group of together(sources)) {
      const outcome = await importFiles(
        again,
        [evidenceFile(caseFile, group[0])],
        {
          ...asRead(group[0]),
          members: new Map(group.map((source) => [source.member ?? "", asRead(source)])),
          by: "verify",
        },
        {},
      );
      const numbers = new Map(outcome.sources.map(({ member = "", source }) => [member, source]));
      for (const { id, member, withdrawn } of group) {
        const number = numbers.get(member ?? "");
        if (number === undefined) return bad("source-unreadable", id, outcome.failures[0]?.what ?? "it is gone");
        numberOf.set(id, number);
        if (withdrawn !== null) withdraw(again, number, { reason: withdrawn });
      }
    }
    // Only when all are there: a later export may hold the record of a call that counts.
    let rows = 0;
    for (const { id, withdrawn } of sources) {
      const isOut = withdrawn !== null;
      const stored = rowsOf(caseFile.db, id, isOut);
      const read = rowsOf(again.db, numberOf.get(id) as number, isOut);
      try {
        for (;;) {
          const [a, b] = [stored.next(), read.next()];
          if (a.done && b.done) break;
          if (JSON.stringify(a.value) !== JSON.stringify(b.value)) {
            const line = ((a.value ?? b.value) as { line: number }).line;
            return bad("event-differs", id, line);
          }
          rows += 1;
        }
      } finally {
        // A database with a statement under way does not close.
        stored.return?.();
        read.return?.();
      }
    }
    return good("case-recompute-agrees", rows);
  } finally {
    again?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const asRead = (source: SourceRow) => ({
  mapping: { ...(JSON.parse(source.mapping) as object), encoding: source.encoding },
  timezone: source.timezone,
});

/** Sources that follow one another out of one archive: it is unpacked once for all of them. */
function together(sources: readonly SourceRow[]): [SourceRow, ...SourceRow[]][] {
  const groups: [SourceRow, ...SourceRow[]][] = [];
  for (const source of sources) {
    const last = groups.at(-1);
    if (last && source.packing !== null && last[0].sha256 === source.sha256) last.push(source);
    else groups.push([source]);
  }
  return groups;
}

function rowsOf(db: Database, source: number, withoutDuplicateFlag: boolean): IterableIterator<unknown> {
  const texts = ENCODED_COLUMNS.map((name) => `(select value from text_${name} where id = e.${name}) as ${name}`).join(
    ", ",
  );
  // A record that counts for its call has the call's time; its own is kept beside it.
  const time = withoutDuplicateFlag ? "coalesce((select time from event_call where id = e.id), time)" : "time";
  return db
    .prepare(
      `select line, "offset", length, (select part from event_part where id = e.id) as part, ${time} as time, ${texts}, status, outcome, subject_count, cast(request_id as text) as request_id, bytes, duration_ms, flags & ${withoutDuplicateFlag ? ~(FLAG.duplicate | FLAG.sameCall) : -1} as flags
       from event_row e where source = ? order by id`,
    )
    .iterate(source);
}
