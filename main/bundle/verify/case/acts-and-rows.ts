import type { Database } from "better-sqlite3";
import { labelDigests, labelsOn } from "../../../annotations/label-digests.ts";
import { replayFaults } from "../../../annotations/replay.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import { custodyLines } from "../../../custody/case-chain.ts";
import { type Pin, type Pins, takeAct } from "../../../custody/pins.ts";
import { allDigests, PINNED_TABLES, type PinnedTableName, type RowDigests } from "../../../custody/row-digests.ts";
import { storedTexts, textsOfKey } from "../../../intake/store/texts-digest.ts";
import { registryDigest } from "../../../registry/document.ts";
import { tableDigests } from "../../../registry/table-digests.ts";
import { bundleActFaults } from "../extract/bundle-acts.ts";
import type { EventRows } from "./event-rows.ts";
import { explains, type OlderAct, olderFaults, statedFaults } from "./older-acts.ts";

export interface Comparison {
  /** Sentences, each naming row and act. */
  readonly faults: readonly string[];
  /** Rows, or groups of rows, that are as the acts left them. */
  readonly compared: number;
  /** Numbers of the acts that hold no digests. */
  readonly older: readonly number[];
}

/** Compares what acts of the chain say of the database's rows with the rows, both ways. */
export function compareActs(db: Database, events: ReadonlyMap<number, EventRows>): Comparison {
  const pins: Pins = new Map();
  const faults: string[] = [];
  const older: OlderAct[] = [];
  const acts: CustodyEntry[] = [];
  for (const line of custodyLines({ db })) {
    const entry = JSON.parse(line) as CustodyEntry;
    acts.push(entry);
    const rows = entry.detail.digests as RowDigests | undefined;
    if (rows && (entry.act === "withdraw" || entry.act === "restore"))
      faults.push(...changedBefore(db, pins, entry, rows));
    if (takeAct(pins, entry)) older.push(entry);
  }
  let compared = 0;
  const compare = (table: string, rows: ReadonlyMap<string, string>) => {
    const ofTable = pins.get(table) ?? new Map<string, Pin>();
    for (const [key, { digest, seq, act }] of ofTable) {
      const found = rows.get(key) ?? null;
      if (found === digest) compared += 1;
      else if (found === null) faults.push(`${named(db, table, key)}, which act ${seq} (${act}) made, is gone`);
      else if (digest === null) faults.push(`${named(db, table, key)} is there, which act ${seq} (${act}) took away`);
      else faults.push(`${named(db, table, key)} is not what act ${seq} (${act}) made it`);
    }
    for (const key of rows.keys())
      if (!ofTable.has(key) && !explains(db, older, table, key))
        faults.push(`${named(db, table, key)} is there, and no act tells of it`);
  };
  const complete = new Set(db.prepare("select id from source where state = 'complete'").pluck().all() as number[]);
  // No act has told yet of what a reading that was broken off has left.
  const isTold = (table: PinnedTableName, key: string) => table !== "reject" || complete.has(Number(key));
  for (const table of Object.keys(PINNED_TABLES) as PinnedTableName[])
    compare(table, new Map([...allDigests(db, table)].filter(([key]) => isTold(table, key))));
  const runs = [...events.values()].filter(({ source }) => complete.has(source));
  compare("events", new Map(runs.map((run) => [String(run.source), run.eventsDigest])));
  compare("marks", new Map(runs.flatMap((run) => (run.marksDigest ? [[String(run.source), run.marksDigest]] : []))));
  compare("texts", textsAsPinned(db, pins.get("texts")?.keys() ?? []));
  compare("registry", registryTables(db));
  const labels = labelsAsTheyAre(db, runs);
  compare("tagged", labels.tagged);
  compare("noted", labels.noted);
  faults.push(...olderFaults(db, older), ...statedFaults(db, acts));
  faults.push(...registryFaults(db, acts), ...bundleActFaults(acts));
  // Older versions joined tags of several spellings, and what that made of their taggings is not known for certain.
  if (older.length === 0) faults.push(...replayFaults(db));
  return { faults: [...new Set(faults)], compared, older: older.map(({ seq }) => seq) };
}

/** Each act on the registry says from which state it went, and to which. */
function registryFaults(db: Database, acts: readonly CustodyEntry[]): string[] {
  const faults: string[] = [];
  let before: { seq: number; state: string } | undefined;
  for (const { seq, act, detail } of acts) {
    if (act !== "registry" || typeof detail.state_sha256 !== "string") continue;
    if (before && typeof detail.before_sha256 === "string" && detail.before_sha256 !== before.state)
      faults.push(`the registry was not what act ${before.seq} (registry) made it when act ${seq} (registry) was made`);
    before = { seq, state: detail.state_sha256 };
  }
  if (before && before.state !== registryDigest(db))
    faults.push(`the registry is not what act ${before.seq} (registry) made it`);
  return faults;
}

/** Withdrawing a source leaves its tags and notes as they are: what is otherwise was changed before, by no act. */
function changedBefore(
  db: Database,
  pins: ReadonlyMap<string, ReadonlyMap<string, Pin>>,
  { seq, act }: CustodyEntry,
  rows: RowDigests,
): string[] {
  return ["tagged", "noted"].flatMap((table) =>
    Object.entries(rows[table] ?? {}).flatMap(([key, digest]) => {
      const before = pins.get(table)?.get(key);
      return before === undefined || before.digest === digest
        ? []
        : [
            `${named(db, table, key)} was not what act ${before.seq} (${before.act}) made it when act ${seq} (${act}) was made`,
          ];
    }),
  );
}

/** Of the runs of dictionary entries that acts name: a run that is not whole has none. */
function textsAsPinned(db: Database, keys: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const key of keys) {
    const { column, first, last } = textsOfKey(key);
    found.set(key, storedTexts(db, column, first, last) ?? "not whole");
  }
  return found;
}

/** Tables without rows that no act made tell of nothing. */
function registryTables(db: Database): Map<string, string> {
  const isPinned = db.prepare("select 1 from custody where json_extract(entry, '$.act') = 'registry' limit 1").get();
  return new Map(
    Object.entries(tableDigests(db).registry ?? {}).filter(
      ([table]) => isPinned || db.prepare(`select 1 from ${table} limit 1`).get(),
    ) as [string, string][],
  );
}

function labelsAsTheyAre(
  db: Database,
  runs: readonly EventRows[],
): { tagged: Map<string, string>; noted: Map<string, string> } {
  const all = { tagged: new Map<string, string>(), noted: new Map<string, string>() };
  for (const run of runs) {
    const digests = labelDigests(db, labelsOn(db, run), [run]);
    for (const kind of ["tagged", "noted"] as const)
      for (const [key, digest] of Object.entries(digests[kind] ?? {})) if (digest !== null) all[kind].set(key, digest);
  }
  return all;
}

/** What a row, or a group of rows, is called. */
function named(db: Database, table: string, key: string): string {
  const source = () => {
    const name = db.prepare("select name from source where id = ?").pluck().get(key) as string | undefined;
    return `source ${key}${name === undefined ? "" : ` (${name})`}`;
  };
  const [number = "", ...rest] = key.split(" ");
  const words: Record<string, () => string> = {
    meta: () => `the case's ${key}`,
    source,
    events: () => `the events of ${source()}`,
    marks: () => `which events of ${source()} are duplicates`,
    reject: () => `what was rejected of ${source()}`,
    reference: () => `the digests of ${source()}, kept by reference,`,
    texts: () => {
      const { column, first, last } = textsOfKey(key);
      return `of the dictionary of ${column}, entries ${first} to ${last}`;
    },
    acquisition: () => {
      const source = db.prepare("select source from acquisition where id = ?").pluck().get(key);
      return `acquisition ${key}${source === undefined ? "" : ` (source ${String(source)})`}`;
    },
    registry: () => `the registry's table ${key}`,
    registry_file: () => `registry import ${key}`,
    registry_row: () => `the rows of registry import ${key}`,
    developer_join: () => `the join ${key} of two developers`,
    conflict_resolved: () => `resolution ${key} of a conflict`,
    policy: () => `policy ${key}`,
    claims: () => `claims ${key}`,
    decision: () => {
      const row = db.prepare("select rule, developer_id from decision where id = ?").raw().get(key);
      return `decision ${key}${row ? ` (${(row as string[]).join(", ")})` : ""}`;
    },
    remedy_entry: () => `remedy entry ${key}`,
    remedy_file: () => `the files of remedy entry ${key}`,
    tag: () => `tag "${key}"`,
    tagged: () => `tag "${rest.join(" ")}" on source ${number}`,
    note: () => `the note of tagging ${key}`,
    noted: () => `the note of tagging ${rest.join(" ")} on source ${number}`,
    act: () => `tagging ${key}`,
    act_run: () => `the events of tagging ${key}`,
    saved_filter: () => `saved filter "${key}"`,
  };
  return words[table]?.() ?? `${table} ${key}`;
}
