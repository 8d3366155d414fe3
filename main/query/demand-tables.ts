import type { Database } from "better-sqlite3";
import { labelDigests, sourceRunOf } from "../annotations/label-digests.ts";
import { replayFaults } from "../annotations/replay.ts";
import type { Case } from "../case/case.ts";
import { notAsLeft } from "../custody/not-as-left.ts";
import { type Pins, pinsOf } from "../custody/pins.ts";
import { allDigests, type PinnedTableName } from "../custody/row-digests.ts";
import { tableDigests } from "../registry/table-digests.ts";

/** Small tables that any answer may rest on. */
const TABLES: readonly PinnedTableName[] = [
  "meta",
  "source",
  "policy",
  "claims",
  "decision",
  "developer_join",
  "conflict_resolved",
];
const LABEL_TABLES: readonly PinnedTableName[] = ["tag", "note", "act", "act_run"];

/** Connections whose tags and notes were compared. Their own acts change rows and digests together. */
const compared = new WeakSet<Database>();

/**
 * The small tables and the registry are what their acts made them: a damaged database gives no other answer.
 * @throws Refusal `case-damaged`
 */
export function demandTables({ db, folder }: Pick<Case, "db" | "folder">): void {
  const fault = atOnce(db, () => {
    const { pins } = pinsOf(db);
    return (
      faultIn(db, pins, TABLES) ??
      (pins.has("registry") ? differing(pins, "registry", tableDigests(db).registry ?? {}) : undefined)
    );
  });
  if (fault) throw notAsLeft(folder, fault);
}

/**
 * Tags and notes are on what their acts put them.
 * @throws Refusal `case-damaged`
 */
export function demandLabels({ db, folder }: Pick<Case, "db" | "folder">): void {
  if (compared.has(db)) return;
  const fault = atOnce(db, () => {
    const { pins, older } = pinsOf(db);
    if (LABEL_TABLES.every((table) => !pins.has(table))) return undefined;
    // Older versions joined tags of several spellings, and what that made of their taggings is not known for certain.
    const replayed = () => (older === 0 ? replayFaults(db)[0] : undefined);
    return faultIn(db, pins, LABEL_TABLES) ?? replayed() ?? differing(pins, "noted", noted(db, pins));
  });
  if (fault) throw notAsLeft(folder, fault);
  compared.add(db);
}

/** What bears the notes of which acts tell, by their keys. */
function noted(db: Database, pins: Pins): Record<string, string | null> {
  const noteOf = db.prepare("select id from note where act = ?").pluck();
  const found: Record<string, string | null> = {};
  for (const key of pins.get("noted")?.keys() ?? []) {
    const [source, act] = key.split(" ").map(Number);
    const run = sourceRunOf(db, source as number);
    const note = noteOf.get(act) as number | undefined;
    if (run && note !== undefined) Object.assign(found, labelDigests(db, { tags: [], notes: [note] }, [run]).noted);
  }
  return found;
}

/** Acts and rows of one moment: another program may commit between two statements. */
const atOnce = <T>(db: Database, read: () => T): T => (db.inTransaction ? read() : db.transaction(read)());

function faultIn(db: Database, pins: Pins, tables: readonly PinnedTableName[]): string | undefined {
  for (const table of tables) {
    if (!pins.has(table)) continue;
    const fault = differing(pins, table, Object.fromEntries(allDigests(db, table)));
    if (fault) return fault;
  }
  return undefined;
}

function differing(pins: Pins, table: string, found: Readonly<Record<string, string | null>>): string | undefined {
  for (const [key, { digest, seq, act }] of pins.get(table) ?? [])
    if ((found[key] ?? null) !== digest) return `${table} ${key} is not what act ${seq} (${act}) made it`;
  return undefined;
}
