import type { Database } from "better-sqlite3";
import { floatIds } from "./float-ids.ts";
import { twoLengths } from "./two-lengths.ts";

/** What keeps ids from being one that may be meant as one. `ids`: of a registry that is not in the case yet. */
export const notJoined = (
  db: Database,
  ids?: Readonly<Record<"app" | "developer" | "resource", ReadonlySet<string>>>,
): string[] => [...floatIds(db, ids), ...twoLengths(db, ids)];
