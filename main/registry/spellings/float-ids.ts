import type { Database } from "better-sqlite3";
import { figure } from "../../../shared/base/figure.ts";

/** A whole number as tools write it that keep a column of ids as floating point: pandas does so where one cell is empty. */
const FLOAT_ID = /^(\d+)\.0+$/u;

/** What of the logs is looked up in the registry: where either has it. */
const LOOKED_UP = [
  { what: "app", column: "app", registry: "select app from app union select app from grant_held" },
  { what: "developer", column: "developer", registry: "select developer_id from developer" },
  { what: "resource", column: "resource", registry: "select resource from resource" },
] as const;

/**
 * Ids that would be found if one side did not write them as fractions. They are never joined: an id is text, digit for digit
 * as written. A sentence for each kind and side. `ids`: of a registry that is not in the case yet.
 */
export function floatIds(
  db: Database,
  ids?: Readonly<Record<"app" | "developer" | "resource", ReadonlySet<string>>>,
): string[] {
  return LOOKED_UP.flatMap(({ what, column, registry }) => {
    const logged = new Set(db.prepare(`select value from text_${column}`).pluck().all() as string[]);
    const known = ids?.[what] ?? new Set(db.prepare(registry).pluck().all() as string[]);
    return [
      ...sentence(logged, known, (id) => `${what} ids such as ${id} are in no registry table`),
      ...sentence(known, logged, (id) => `${what} ids of the registry such as ${id} are in no log`),
    ];
  });
}

function sentence(ids: ReadonlySet<string>, others: ReadonlySet<string>, say: (id: string) => string): string[] {
  const lost: string[] = [];
  let found = 0;
  for (const id of ids) {
    const whole = FLOAT_ID.exec(id)?.[1];
    if (whole === undefined || others.has(id)) continue;
    lost.push(id);
    if (others.has(whole)) found += 1;
  }
  return found === 0
    ? []
    : [`${say(lost[0] as string)}; without the .0, ${figure(found)} of ${figure(lost.length)} are`];
}
