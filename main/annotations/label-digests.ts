import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { RowDigests } from "../custody/row-digests.ts";
import type { Runs } from "./id-runs.ts";

/** Ids that are looked at in one statement. */
const AT_ONCE = 8192;

/** The run of ids that is a source's. */
export interface SourceRun {
  readonly source: number;
  readonly first: number;
  readonly last: number;
}

/** The sources that have events in these runs. */
export function sourcesOf(db: Database, runs: Runs): SourceRun[] {
  const found: SourceRun[] = [];
  for (const [first, last] of runs)
    for (let id = first; id <= last; ) {
      // Runs ascend, and so do the sources that they meet.
      let run = found.at(-1);
      if (!run || id > run.last) {
        run = sourceAt(db, id);
        if (run) found.push(run);
      }
      // An id without an event is of no source.
      id = (run?.last ?? id) + 1;
    }
  return found;
}

/** A source's ids are one run, so that halving finds where it begins: no index says it. */
function sourceAt(db: Database, id: number): SourceRun | undefined {
  const at = db.prepare("select source from event_row where id = ?").pluck();
  const source = at.get(id) as number | undefined;
  const events = db.prepare("select events from source where id = ?").pluck().get(source) as number | undefined;
  if (source === undefined || events === undefined) return undefined;
  let low = Math.max(1, id - events + 1);
  let high = id;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at.get(middle) === source) high = middle;
    else low = middle + 1;
  }
  return { source, first: low, last: low + events - 1 };
}

/** Undefined where a source has no events. */
export function sourceRunOf(db: Database, source: number): SourceRun | undefined {
  const [first, events] = db
    .prepare("select (select min(id) from event_row e where e.source = source.id), events from source where id = ?")
    .raw()
    .get(source) as [number | null, number];
  return first === null ? undefined : { source, first, last: first + events - 1 };
}

const KINDS = {
  tag: { runs: "tag_run", name: "select name from tag where id = ?" },
  note: { runs: "note_run", name: "select act from note where id = ?" },
} as const;

/**
 * SHA-256 over the events of a source that bear a tag or note: a line `LINE:OFFSET`, or `LINE:OFFSET:PART`, each, in the
 * order of the file. Null where none does.
 */
function labelDigest(db: Database, kind: keyof typeof KINDS, id: number, run: SourceRun): string | null {
  const { runs } = KINDS[kind];
  const lines = db
    .prepare(
      `select group_concat(at, '') from (
         select e.line || ':' || e."offset" || coalesce(':' || (select part from event_part where id = e.id), '') || char(10) as at
         from ${runs} r cross join event_row e on e.id between max(r.first, @from) and min(r.last, @to)
         where r.${kind} = @id and r.first <= @to and r.last >= @from order by r.first, e.id)`,
    )
    .pluck();
  const hash = createHash("sha256");
  let isAny = false;
  for (let from = run.first; from <= run.last; from += AT_ONCE) {
    const text = lines.get({ id, from, to: Math.min(run.last, from + AT_ONCE - 1) }) as string | null;
    if (text === null) continue;
    hash.update(text);
    isAny = true;
  }
  return isAny ? hash.digest("hex") : null;
}

/** Tags and notes by their ids. */
export interface LabelIds {
  readonly tags: readonly number[];
  readonly notes: readonly number[];
}

/**
 * What bears these tags and notes in each of the sources, for an act: by the source's number and the tag's name, or the
 * number of the tagging that the note came with.
 */
export function labelDigests(db: Database, { tags, notes }: LabelIds, sources: readonly SourceRun[]): RowDigests {
  const each = (kind: "tag" | "note", ids: readonly number[]) => {
    const name = db.prepare(KINDS[kind].name).pluck();
    return Object.fromEntries(
      sources.flatMap((run) =>
        ids.map((id) => [`${run.source} ${String(name.get(id))}`, labelDigest(db, kind, id, run)] as const),
      ),
    );
  };
  const all = { tagged: each("tag", tags), noted: each("note", notes) };
  return Object.fromEntries(Object.entries(all).filter(([, digests]) => Object.keys(digests).length > 0));
}

/** The tags and notes that events of a source bear. */
export function labelsOn(db: Database, { first, last }: SourceRun): LabelIds {
  const among = (table: string, key: string) =>
    db
      .prepare(`select distinct ${key} from ${table} where last >= ? and first <= ? order by ${key}`)
      .pluck()
      .all(first, last) as number[];
  return { tags: among("tag_run", "tag"), notes: among("note_run", "note") };
}
