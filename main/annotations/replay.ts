import type { Database } from "better-sqlite3";
import { differenceOf, type Runs, unionOf } from "./id-runs.ts";

/** A tag is on what its taggings, each of which says what it changed, made of it one after another. */
export function replayFaults(db: Database): string[] {
  const runsOf = (table: "tag_run" | "act_run", key: string, id: number) =>
    db.prepare(`select first, last from ${table} where ${key} = ? order by first`).raw().all(id) as unknown as Runs;
  const taggings = db.prepare("select id, kind from act where tag = ? and undone is null order by id");
  return (db.prepare("select id, name from tag").all() as { id: number; name: string }[]).flatMap(({ id, name }) => {
    let runs: Runs = [];
    for (const act of taggings.all(id) as { id: number; kind: string }[]) {
      const changed = runsOf("act_run", "act", act.id);
      runs = act.kind === "tag" ? unionOf(runs, changed) : differenceOf(runs, changed);
    }
    const found = unionOf(runsOf("tag_run", "tag", id), []);
    return JSON.stringify(found) === JSON.stringify(runs)
      ? []
      : [`tag "${name}" is not on what its taggings made of it`];
  });
}
