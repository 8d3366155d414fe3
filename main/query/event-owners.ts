import type { Attribution, Owner } from "../registry/attribution.ts";
import type { Columns } from "./columns/columns.ts";

/** Whom each event counts for: an index into `list`, per position. */
export interface OwnerColumn {
  readonly list: readonly Owner[];
  readonly of: Uint32Array;
}

/**
 * One pass over app, logged developer and time. An app with one owner for all time, or with none, gives the same answer
 * for every call, so it is looked up once.
 */
export function ownerColumn(columns: Columns, attribution: Attribution): OwnerColumn {
  const list: Owner[] = [];
  const indexes = new Map<Owner, number>();
  const indexOf = (owner: Owner): number => {
    let index = indexes.get(owner);
    if (index === undefined) {
      index = list.push(owner) - 1;
      indexes.set(owner, index);
    }
    return index;
  };
  const apps = columns.dictionary("app").all();
  const logged = columns.dictionary("developer").all();
  const appOf = columns.codes("app");
  const loggedOf = columns.codes("developer");
  const time = columns.time;
  const of = new Uint32Array(columns.rows);
  // Per app: its only owner's index, -1 registered but changing, -2 not registered.
  const fixed = new Int32Array(apps.length).fill(-2);
  for (let app = 1; app < apps.length; app += 1) {
    const spans = apps[app] === undefined ? [] : attribution.spansOf(apps[app] as string);
    const only = spans.length === 1 ? spans[0] : undefined;
    if (only && only.from === Number.NEGATIVE_INFINITY && only.until === Number.POSITIVE_INFINITY)
      fixed[app] = indexOf(only.owner);
    else if (spans.length > 0) fixed[app] = -1;
  }
  const known = new Map<number, number>();
  const unregistered = (app: number, word: number): number => {
    const key = app * logged.length + word;
    let index = known.get(key);
    if (index === undefined) {
      index = indexOf(attribution.unregisteredOwner(apps[app], logged[word]));
      known.set(key, index);
    }
    return index;
  };
  for (let p = 0; p < of.length; p += 1) {
    const app = appOf[p] as number;
    const owner = fixed[app] as number;
    if (owner >= 0) of[p] = owner;
    else if (owner === -1) {
      const registered = attribution.registeredOwner(apps[app] as string, time[p] as number);
      of[p] = registered ? indexOf(registered) : unregistered(app, loggedOf[p] as number);
    } else of[p] = unregistered(app, loggedOf[p] as number);
  }
  return { list, of };
}
