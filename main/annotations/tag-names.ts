import { fold } from "../../shared/filter/match.ts";
import type { Case } from "../case/case.ts";
import { differenceOf, type Runs, unionOf } from "./id-runs.ts";
import { readRuns, writeRuns } from "./run-tables.ts";

export interface TagName {
  readonly id: number;
  /** As it was first written. */
  readonly name: string;
}

/** A tag, and the names that are no more: of other spellings that it took the place of. */
export interface NamedTag extends TagName {
  readonly formerly: readonly string[];
}

/**
 * The tag of that name in any case, as filters find it; a new one where there is none. A tag that is on no call takes
 * the spelling that `isAdded` now. Part of the act's transaction.
 */
export function tagNamed(caseFile: Case, name: string, isAdded: boolean): NamedTag {
  const { db } = caseFile;
  const all = db.prepare("select id, name from tag order by id").all() as TagName[];
  const [first, ...others] = all.filter((tag) => fold(tag.name) === fold(name));
  if (!first) {
    const id = Number(db.prepare("insert into tag (name) values (?)").run(name).lastInsertRowid);
    return { id, name, formerly: [] };
  }
  const formerly = others.map((other) => other.name);
  if (others.length > 0) join(caseFile, first.id, others);
  if (!isAdded || first.name === name || readRuns(caseFile, "tag_run", "tag", first.id).length > 0)
    return { ...first, formerly };
  db.prepare("update tag set name = ? where id = ?").run(name, first.id);
  return { id: first.id, name, formerly: [...formerly, first.name] };
}

/**
 * Cases of older versions hold one tag in several spellings. They become one; what each act changed is worked out anew from
 * the states in their order, so that taking acts back still leads through them.
 */
function join(caseFile: Case, first: number, others: readonly TagName[]): void {
  const { db } = caseFile;
  const ids = [first, ...others.map(({ id }) => id)];
  const among = ids.map(() => "?").join(", ");
  const acts = db
    .prepare(`select id, tag, kind from act where undone is null and tag in (${among}) order by id`)
    .all(...ids) as { id: number; tag: number; kind: "tag" | "untag" }[];
  const states = new Map<number, Runs>();
  const joined = () => [...states.values()].reduce(unionOf, []);
  for (const act of acts) {
    const before = joined();
    const changed = readRuns(caseFile, "act_run", "act", act.id);
    const own = states.get(act.tag) ?? [];
    states.set(act.tag, act.kind === "tag" ? unionOf(own, changed) : differenceOf(own, changed));
    const after = joined();
    writeRuns(
      caseFile,
      "act_run",
      "act",
      act.id,
      act.kind === "tag" ? differenceOf(after, before) : differenceOf(before, after),
    );
  }
  const all = ids.map((id) => readRuns(caseFile, "tag_run", "tag", id)).reduce(unionOf, []);
  for (const { id } of others) {
    writeRuns(caseFile, "tag_run", "tag", id, []);
    db.prepare("update act set tag = ? where tag = ?").run(first, id);
    db.prepare("delete from tag where id = ?").run(id);
  }
  writeRuns(caseFile, "tag_run", "tag", first, all);
}
