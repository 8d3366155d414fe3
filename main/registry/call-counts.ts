import type { Database } from "better-sqlite3";
import { idKey } from "../../shared/base/same-id.ts";
import type { Micros } from "../../shared/base/time.ts";
import { FLAG } from "../../shared/model/event.ts";
import { COUNTS } from "../case/sources.ts";

/** A call that totals count: of a source that counts, and no duplicate. */
const COUNTED = `e.source in (select id from source where ${COUNTS}) and e.flags & ${FLAG.duplicate} = 0`;
/** SQLite's integers end here; a span without an end does too. */
const bounded = (time: Micros): number =>
  Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number.isNaN(time) ? 0 : time));

/** How many calls hang on something in the registry. Each question is one pass over the calls, and none where nothing is asked. */
export class CallCounts {
  readonly #db: Database;
  #appCodes: Map<string, number[]> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Of each app, in each span. */
  ofApps(spans: readonly { readonly app: string; readonly from: Micros; readonly until: Micros }[]): number[] {
    const counts = spans.map(() => 0);
    if (spans.length === 0) return counts;
    const wanted = spans.flatMap(({ app, from, until }, index) =>
      (this.#codes().get(idKey(app)) ?? []).map((code) => [code, bounded(from), bounded(until), index]),
    );
    if (wanted.length === 0) return counts;
    const rows = this.#db
      .prepare(
        `with wanted as materialized (
           select value ->> 0 as app, value ->> 1 as "from", value ->> 2 as until, value ->> 3 as n from json_each(?)
         )
         select w.n as n, count(*) as calls from event_row e join wanted w on w.app = e.app
         where e.time >= w."from" and e.time < w.until and ${COUNTED} group by w.n`,
      )
      .all(JSON.stringify(wanted)) as { n: number; calls: number }[];
    for (const { n, calls } of rows) counts[n] = calls;
    return counts;
  }

  /** That bear one of these names (in small letters), of apps that are not owned. */
  naming(names: readonly string[], owned: ReadonlySet<string>): number[] {
    if (names.length === 0) return [];
    const words = this.#db.prepare("select id, value from text_developer").all() as { id: number; value: string }[];
    const nameOf = new Map(words.map(({ id, value }) => [id, value.toLowerCase()]));
    const asked = new Set(names);
    const codes = words.flatMap(({ id }) => (asked.has(nameOf.get(id) as string) ? [id] : []));
    const ownedCodes = [...owned].flatMap((app) => this.#codes().get(idKey(app)) ?? []);
    const rows = this.#db
      .prepare(
        `select e.developer as word, count(*) as calls from event_row e
         where e.developer in (select value from json_each(?))
           and (e.app is null or e.app not in (select value from json_each(?))) and ${COUNTED} group by e.developer`,
      )
      .all(JSON.stringify(codes), JSON.stringify(ownedCodes)) as { word: number; calls: number }[];
    const byName = new Map<string, number>();
    for (const { word, calls } of rows) {
      const name = nameOf.get(word) as string;
      byName.set(name, (byName.get(name) ?? 0) + calls);
    }
    return names.map((name) => byName.get(name) ?? 0);
  }

  /** The most people or records that one call returned of each resource, by its key; left out where none says. */
  mostReturned(resources: readonly string[]): ReadonlyMap<string, number> {
    const most = new Map<string, number>();
    if (resources.length === 0) return most;
    const asked = new Set(resources.map(idKey));
    const words = this.#db.prepare("select id, value from text_resource").all() as { id: number; value: string }[];
    const codes = new Map(
      words.flatMap(({ id, value }) => (asked.has(idKey(value)) ? [[id, idKey(value)] as const] : [])),
    );
    if (codes.size === 0) return most;
    const rows = this.#db
      .prepare(
        `select e.resource as code, max(coalesce(e.subject_count, 0)) as counted,
           max(coalesce((select json_array_length(s.value) from text_subjects s where s.id = e.subjects), 0)) as listed
         from event_row e where e.resource in (select value from json_each(?)) and ${COUNTED} group by e.resource`,
      )
      .all(JSON.stringify([...codes.keys()])) as { code: number; counted: number; listed: number }[];
    for (const { code, counted, listed } of rows) {
      const key = codes.get(code) as string;
      most.set(key, Math.max(counted, listed, most.get(key) ?? 0));
    }
    return most;
  }

  /** Those of the keys that no log has. None while there are no logs. */
  unmet(column: "app" | "resource", keys: readonly string[]): string[] {
    if (keys.length === 0) return [];
    const met = new Set<string>();
    const words = this.#db.prepare(`select value from text_${column}`).pluck();
    for (const value of words.iterate() as IterableIterator<string>) met.add(idKey(value));
    return met.size === 0 ? [] : keys.filter((key) => !met.has(key));
  }

  #codes(): Map<string, number[]> {
    if (this.#appCodes) return this.#appCodes;
    this.#appCodes = new Map();
    for (const { id, value } of this.#db.prepare("select id, value from text_app").all() as {
      id: number;
      value: string;
    }[]) {
      const key = idKey(value);
      const codes = this.#appCodes.get(key);
      if (codes) codes.push(id);
      else this.#appCodes.set(key, [id]);
    }
    return this.#appCodes;
  }
}
