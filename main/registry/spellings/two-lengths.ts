import type { Database } from "better-sqlite3";
import { figure } from "../../../shared/base/figure.ts";

/** Letters of a Salesforce checksum: the place of each is five bits, one a character, set where it is upper case. */
const CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const SHORT = /^[0-9A-Za-z]{15}$/u;
const LONG = /^[0-9A-Za-z]{15}[A-Z0-5]{3}$/u;
/** As in a JSON array of strings. */
const IN_LIST = /"([0-9A-Za-z]{15}(?:[A-Z0-5]{3})?)"/gu;

/** Lists of people at each end of the table by which it is decided whether all are looked through. */
const LISTS_TRIED = 10_000;

/** Where ids stand, in logs and in the registry. `lists`: each value is a JSON array. */
const KINDS = [
  { what: "app", sql: "select value from text_app union select app from app union select app from grant_held" },
  { what: "developer", sql: "select value from text_developer union select developer_id from developer" },
  { what: "actor", sql: "select value from text_actor" },
  { what: "resource", sql: "select value from text_resource union select resource from resource" },
  { what: "subject", sql: "select subject from consent", lists: "text_subjects" },
] as const;

/** The 18 characters of a Salesforce id of 15: its case in three more, for programs that do not tell cases apart. */
export function longSalesforceId(short: string): string {
  let check = "";
  for (let from = 0; from < 15; from += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at++) if (/[A-Z]/u.test(short[from + at] as string)) bits |= 1 << at;
    check += CHECK[bits];
  }
  return short + check;
}

const isLong = (id: string): boolean => LONG.test(id) && longSalesforceId(id.slice(0, 15)) === id;

/**
 * Ids that stand in the case with 15 characters and with 18. They are never taken for one: an id is text, as it is written.
 * A sentence for each kind. `ids`: of a registry that is not in the case yet.
 */
export function twoLengths(db: Database, ids: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {}): string[] {
  const found = KINDS.map(({ what, sql }) => {
    const spellings = new Set<string>();
    for (const id of db.prepare(sql).pluck().iterate() as IterableIterator<string>)
      if (SHORT.test(id) || LONG.test(id)) spellings.add(id);
    for (const id of ids[what] ?? []) spellings.add(id);
    return spellings;
  });
  const isSalesforce =
    found.some((spellings) => [...spellings].some(isLong)) ||
    db.prepare("select 1 from source where format = 'salesforce-elf'").get() !== undefined;
  return KINDS.flatMap(({ what, ...kind }, index) => {
    const spellings = found[index] as Set<string>;
    if ("lists" in kind) for (const id of listedIds(db, kind.lists, isSalesforce)) spellings.add(id);
    return sentence(what, spellings);
  });
}

/** Ids in the lists of a column. Most cases have none of these: their lists, which may be millions, are not looked through. */
function listedIds(db: Database, table: string, isSalesforce: boolean): Set<string> {
  const idsOf = (sql: string) => {
    const ids = new Set<string>();
    for (const list of db.prepare(sql).pluck().iterate() as IterableIterator<string>)
      for (const [, id] of list.matchAll(IN_LIST)) ids.add(id as string);
    return ids;
  };
  const tried = ["asc", "desc"].flatMap((order) => [
    ...idsOf(`select value from ${table} order by id ${order} limit ${LISTS_TRIED}`),
  ]);
  return isSalesforce || tried.some(isLong) ? idsOf(`select value from ${table}`) : new Set();
}

function sentence(what: string, spellings: ReadonlySet<string>): string[] {
  const twice = [...spellings].filter((id) => isLong(id) && spellings.has(id.slice(0, 15)));
  const [first] = twice;
  if (first === undefined) return [];
  const many = twice.length === 1 ? `1 ${what} id stands` : `${figure(twice.length)} ${what} ids stand`;
  return [
    `${many} in the case with 15 and with 18 characters, such as ${first.slice(0, 15)} and ${first}: each is taken for two`,
  ];
}
