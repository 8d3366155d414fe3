import type { Database, Statement } from "better-sqlite3";

type Mode = "rows" | "pluck" | "raw";

const known = new WeakMap<Database, Record<Mode, Map<string, Statement>>>();

/**
 * A connection's statement for this text, compiled once: thousands of small files would each have dozens compiled. What is
 * iterated must be run to its end before the same text is run again.
 */
function statementOf(db: Database, sql: string, mode: Mode): Statement {
  let ofDatabase = known.get(db);
  if (!ofDatabase) {
    ofDatabase = { rows: new Map(), pluck: new Map(), raw: new Map() };
    known.set(db, ofDatabase);
  }
  let statement = ofDatabase[mode].get(sql);
  if (!statement) {
    statement = db.prepare(sql);
    if (mode === "pluck") statement.pluck();
    if (mode === "raw") statement.raw();
    ofDatabase[mode].set(sql, statement);
  }
  return statement;
}

/** Gives rows as objects, or runs what gives none. */
export const prepared = (db: Database, sql: string): Statement => statementOf(db, sql, "rows");

/** Gives the first column of each row. */
export const preparedPluck = (db: Database, sql: string): Statement => statementOf(db, sql, "pluck");

/** Gives rows as lists. */
export const preparedRaw = (db: Database, sql: string): Statement => statementOf(db, sql, "raw");
