import type { Database } from "better-sqlite3";
import { fold } from "../../shared/filter/match.ts";
import type { CustodyEntry } from "./append.ts";
import type { RowDigests } from "./row-digests.ts";

/** Acts that hold the digests of what they made. Those of older versions hold none. */
const WITH_DIGESTS = new Set([
  ...["create", "import", "remap", "withdraw", "restore", "received", "tag", "untag", "note", "undo", "redo"],
  ...["finding", "policy", "claims", "clocks", "fact", "registry", "remedy", "save-filter", "forget-filter"],
]);

/** What the latest act that tells of a row, or a group of rows, says it is. */
export interface Pin {
  readonly digest: string | null;
  readonly seq: number;
  readonly act: string;
}

/** By table and key. */
export type Pins = Map<string, Map<string, Pin>>;

/** Takes over what an act says, behind all acts before it. True for an act that should hold digests, and is of an older version. */
export function takeAct(pins: Pins, entry: CustodyEntry): boolean {
  if (entry.detail.digests !== undefined) {
    pin(pins, entry, entry.detail.digests as RowDigests);
    return false;
  }
  if (!WITH_DIGESTS.has(entry.act)) return false;
  unpin(pins, entry);
  return true;
}

/** What acts up to one of them say of rows. */
interface TakenActs {
  readonly pins: Pins;
  /** The last of them. */
  seq: number;
  /** How many should hold digests, and are of an older version. */
  older: number;
}

/** How far each connection has read its acts. They are never changed: each is read once. */
const known = new WeakMap<Database, TakenActs>();

/** What all acts up to now say of rows. */
export function pinsOf(db: Database): Readonly<TakenActs> {
  // The acts of a transaction may be undone.
  const taken = (db.inTransaction ? undefined : known.get(db)) ?? { pins: new Map(), seq: 0, older: 0 };
  if (!db.inTransaction) known.set(db, taken);
  const later = db.prepare("select seq, entry from custody where seq > ? order by seq").raw();
  for (const [seq, entry] of later.all(taken.seq) as [number, string][]) {
    if (takeAct(taken.pins, JSON.parse(entry) as CustodyEntry)) taken.older += 1;
    taken.seq = seq;
  }
  return taken;
}

function pin(pins: Pins, { seq, act }: CustodyEntry, rows: RowDigests): void {
  for (const [table, digests] of Object.entries(rows)) {
    let ofTable = pins.get(table);
    if (!ofTable) {
      ofTable = new Map();
      pins.set(table, ofTable);
    }
    for (const [key, digest] of Object.entries(digests)) ofTable.set(key, { digest, seq, act });
  }
}

/** An act of an older version changes what acts before it said: that cannot be compared any more. */
function unpin(pins: Pins, { act, detail }: CustodyEntry): void {
  const forget = (table: string, isTold: (key: string) => boolean) => {
    for (const key of pins.get(table)?.keys() ?? []) if (isTold(key)) pins.get(table)?.delete(key);
  };
  if (["import", "remap", "withdraw", "restore"].includes(act)) {
    for (const table of ["source", "events", "reject", "reference"])
      forget(table, (key) => key === String(detail.source));
    forget("marks", () => true);
    if (act === "remap") for (const table of ["act_run", "tagged", "noted"]) forget(table, () => true);
  } else if (act === "registry") {
    forget("registry", () => true);
    forget("registry_file", (key) => key === String(detail.taken_back));
  } else if (act.endsWith("-filter")) forget("saved_filter", (key) => key === detail.name);
  else if (typeof detail.act === "number") {
    for (const table of ["act", "act_run", "note"]) forget(table, (key) => key === String(detail.act));
    const tag = typeof detail.tag === "string" ? fold(detail.tag) : undefined;
    forget("tag", (key) => fold(key) === tag);
    forget("tagged", (key) => fold(key.slice(key.indexOf(" ") + 1)) === tag);
  }
}
