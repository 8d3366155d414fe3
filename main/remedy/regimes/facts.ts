import { Refusal } from "../../../shared/base/errors.ts";
import { periodOf } from "../../../shared/base/period.ts";
import { isBareDate, isoOf } from "../../../shared/base/time.ts";
import { FACT_NAME, type FactEntry } from "../../../shared/model/accountability/due-clock.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { record, timeOfAct } from "../../custody/append.ts";
import { rowDigests } from "../../custody/row-digests.ts";
import { keepAttachment } from "../../evidence/attachment.ts";
import { clockNamed, DONE, loadClocks } from "./clocks-file.ts";

/** A day as it stands, an instant in UTC. @throws Refusal `usage` for what is neither */
function factTime(text: string, option: string): string {
  const period = periodOf(text);
  if (!("from" in period)) throw new Refusal("usage", `${option}: "${text.slice(0, 60)}" ${period.what}`, period.todo);
  if (isBareDate(text)) return text;
  if (text.length < "2019-11-05".length)
    throw new Refusal(
      "usage",
      `${option}: "${text}" is neither a day nor a time`,
      "write 2019-11-05 or 2019-11-05T09:00:00Z",
    );
  return isoOf(period.from);
}

/** Sets a fact, with its reason. An earlier value stays in the book. @throws Refusal `reason-missing`, `usage`, `clock-unknown` */
export function setFact(
  caseFile: Case,
  { fact, time, reason }: { fact: string; time: string; reason: string },
  by?: string,
): string {
  demandWritable(caseFile);
  demandFact(caseFile, fact);
  const value = factTime(time, `--set ${fact}`);
  append(caseFile, { fact, value, reason: reasonOf(reason, "set", "--reason TEXT") }, by);
  return value;
}

/** A clock was met: `done:ID`, with the file that proves it. @throws Refusal `clock-unknown`, `usage`, `file-missing` */
export function setDone(
  caseFile: Case,
  { id, on, file }: { id: string; on: string; file?: string },
  by?: string,
): string {
  demandWritable(caseFile);
  clockNamed(loadClocks(caseFile), id);
  const value = factTime(on, "--on");
  const kept = file === undefined ? undefined : keepAttachment(caseFile, file);
  const proof = kept === undefined ? {} : { file: kept.name, sha256: kept.sha256, bytes: kept.bytes };
  append(caseFile, { fact: DONE + id, value, ...proof }, by);
  return value;
}

/** The fact holds no more. @throws Refusal `clock-unknown` where it does not hold */
export function takeBackFact(caseFile: Case, { fact, reason }: { fact: string; reason: string }, by?: string): void {
  demandWritable(caseFile);
  if (!factsInForce(caseFile).has(fact))
    throw new Refusal(
      "clock-unknown",
      `No fact "${fact}" is set`,
      "nothing was changed; `exhibit clocks CASE` lists the facts",
    );
  append(caseFile, { fact, reason: reasonOf(reason, "taken back", "--reason TEXT") }, by);
}

function demandFact(caseFile: Case, fact: string): void {
  if (!FACT_NAME.test(fact))
    throw new Refusal(
      "usage",
      `"${fact.slice(0, 60)}" is no name of a fact`,
      "give one such as discovered: letters, digits, dots, dashes and underscores",
    );
  if (fact.startsWith(DONE)) clockNamed(loadClocks(caseFile), fact.slice(DONE.length));
}

function reasonOf(text: string, done: string, option: string): string {
  const reason = text.trim();
  if (reason === "") throw new Refusal("reason-missing", `A fact is ${done} with a reason`, `give it with ${option}`);
  return reason;
}

/** An entry without what it need not have. */
const NOTHING = { value: null, reason: null, file: null, sha256: null, bytes: null };
const INSERT = `insert into fact (fact, value, reason, file, sha256, bytes, at, by_whom)
  values (@fact, @value, @reason, @file, @sha256, @bytes, @at, @by)`;

function append(caseFile: Case, entry: Omit<FactEntry, "at" | "by">, by = caseFile.examiner): void {
  caseFile.db.transaction(() => {
    const row = { ...NOTHING, ...entry, at: timeOfAct(caseFile).at, by };
    const id = caseFile.db.prepare(INSERT).run(row).lastInsertRowid as number;
    record(caseFile, "fact", { ...entry, digests: rowDigests(caseFile.db, { fact: [id] }) }, by);
  })();
}

/** Every entry, oldest first. */
export function factEntries(caseFile: Case): FactEntry[] {
  const rows = caseFile.db
    .prepare("select fact, value, reason, file, sha256, bytes, at, by_whom as by from fact order by id")
    .all() as Record<string, unknown>[];
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as FactEntry,
  );
}

/** The facts in force. */
export const factsInForce = (caseFile: Case): Map<string, readonly string[]> => factsOf(factEntries(caseFile));

/**
 * The facts that entries leave in force, by name: the value last set. What was done may be several, one for each time that a
 * clock which repeats was met: those since it was last set by hand or taken back.
 */
export function factsOf(entries: readonly FactEntry[]): Map<string, readonly string[]> {
  const facts = new Map<string, readonly string[]>();
  for (const { fact, value, reason } of entries) {
    if (value === undefined) facts.delete(fact);
    else facts.set(fact, reason === undefined ? [...(facts.get(fact) ?? []), value] : [value]);
  }
  return facts;
}

/** Puts entries into a case that nobody acts in: those of a bundle that is worked out anew. */
export function putFacts({ db }: Case, entries: readonly FactEntry[]): void {
  for (const entry of entries) db.prepare(INSERT).run({ ...NOTHING, ...entry });
}
