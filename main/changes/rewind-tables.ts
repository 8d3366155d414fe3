import type { Database } from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import type { Case } from "../case/case.ts";
import type { CustodyEntry } from "../custody/append.ts";
import { rewindRegistry } from "../registry/by-hand/rewind.ts";
import { EMPTY_REGISTRY_DIGEST, registryDigest } from "../registry/document.ts";

/** Tables that say what is made of calls; each act on them adds rows or marks them. */
const TABLES = [
  ...(["policy", "claims", "decision", "remedy_entry", "remedy_file", "registry_file", "registry_row"] as const),
  ...(["developer", "app", "grant_held", "consent", "resource"] as const),
  ...(["developer_join", "conflict_resolved"] as const),
] as const;

/**
 * Lays a copy of these tables over the case's own, for this connection alone: SQLite looks for a table in `temp` first. The
 * case's file is not touched.
 */
export function layOver(db: Database): void {
  db.pragma("temp_store = memory");
  const made = db.prepare("select sql from main.sqlite_master where type = 'table' and name = ?").pluck();
  for (const table of TABLES) {
    const sql = made.get(table) as string;
    db.exec(sql.replace(/^create table/iu, "create temp table"));
    db.exec(`insert into temp.${table} select * from main.${table}`);
  }
}

/** Takes back what acts made of these tables. `registry`: its digest as it was then. @throws Refusal `state-lost` */
export function rewindTables(caseFile: Case, acts: readonly CustodyEntry[], registry: string | undefined): void {
  const { db } = caseFile;
  const dropLast = (table: string, act: string) => {
    const count = acts.filter((each) => each.act === act).length;
    db.prepare(`delete from ${table} where id in (select id from ${table} order by id desc limit ?)`).run(count);
  };
  dropLast("policy", "policy");
  dropLast("claims", "claims");
  dropLast("decision", "finding");
  rewindSteps(db, acts);
  const ofRegistry = acts.filter(({ act }) => act === "registry");
  if (ofRegistry.length === 0) return;
  rewindRegistry(caseFile, ofRegistry);
  if (registry !== undefined && registryDigest(db) !== registry)
    throw lost("its registry cannot be put together again");
}

function rewindSteps(db: Database, acts: readonly CustodyEntry[]): void {
  const remove = db.prepare("delete from remedy_entry where id = ?");
  const removeFiles = db.prepare("delete from remedy_file where entry = ?");
  const giveBack = db.prepare(
    "update remedy_entry set taken_back = null, taken_back_at = null, taken_back_by = null where id = ?",
  );
  for (const { act, detail } of acts.toReversed()) {
    if (act !== "remedy") continue;
    if (detail.taken_back !== undefined) giveBack.run(detail.taken_back);
    for (const { n } of (detail.entries ?? []) as { n: number }[]) {
      remove.run(n);
      removeFiles.run(n);
    }
  }
}

/** The registry's digest as the act that left it says; undefined: it is of an older version, and says nothing. */
export function registryBehind(db: Database, act: number): string | undefined {
  const left = db
    .prepare(
      `select json_extract(entry, '$.detail.state_sha256') as state from custody
       where seq <= ? and json_extract(entry, '$.act') = 'registry' order by seq desc limit 1`,
    )
    .get(act) as { state: string | null } | undefined;
  return left === undefined ? EMPTY_REGISTRY_DIGEST : (left.state ?? undefined);
}

export const lost = (why: string): Refusal =>
  new Refusal("state-lost", `The case as it was then is not known any more: ${why}`, "compare it with a later act");
