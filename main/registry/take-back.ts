import { Refusal } from "../../shared/base/errors.ts";
import { REGISTRY_KINDS, type RegistryKind, type RegistryReport } from "../../shared/model/registry.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { conflictsOf } from "./conflicts.ts";
import { registryDigest } from "./document.ts";
import type { Values } from "./read-file.ts";
import { notJoined } from "./spellings/not-joined.ts";
import { countsOf, RegistryState } from "./state.ts";
import { tableDigests } from "./table-digests.ts";

/**
 * Takes an import back: the registry becomes what the others make of it, in their order.
 * @throws Refusal `registry-wrong`, `reason-missing`
 */
export function takeBackRegistry(caseFile: Case, n: number, reason: string, by?: string): RegistryReport {
  demandWritable(caseFile);
  if (reason.trim() === "")
    throw new Refusal("reason-missing", "Taking an import back needs a reason", "give it with --reason");
  const { db } = caseFile;
  const file = db.prepare("select name, kept, taken_back from registry_file where id = ?").get(n) as
    | { name: string; kept: number; taken_back: string | null }
    | undefined;
  const list = "`exhibit registry CASE` lists the imports";
  if (!file) throw new Refusal("registry-wrong", `The registry has no import ${n}`, list);
  if (file.taken_back !== null)
    throw new Refusal("registry-wrong", `Import ${n} (${file.name}) was taken back already: ${file.taken_back}`, list);
  if (file.kept === 0)
    throw new Refusal(
      "registry-wrong",
      `Import ${n} (${file.name}) was made by an older version, which did not keep what it replaced`,
      "import what is right with --replace",
    );
  return db.transaction(() => {
    const before = registryDigest(db);
    db.prepare("update registry_file set taken_back = ?, taken_back_at = ?, taken_back_by = ? where id = ?").run(
      reason,
      timeOfAct(caseFile).at,
      by ?? caseFile.examiner,
      n,
    );
    const { state, contradictions } = replay(caseFile);
    state.save(db);
    record(
      caseFile,
      "registry",
      {
        taken_back: n,
        file: file.name,
        reason,
        before_sha256: before,
        state_sha256: registryDigest(db),
        digests: { ...rowDigests(db, { registry_file: [n] }), ...tableDigests(db) },
      },
      by,
    );
    return {
      ...countsOf(state),
      conflicts: [...contradictions, ...conflictsOf(state, db), ...notJoined(db)],
      files: [],
    };
  })();
}

interface KeptRow {
  readonly kind: RegistryKind;
  readonly beside: number;
  readonly place: string | null;
  /** JSON. */
  readonly values: string;
}

/** The imports that hold, put together from the first. */
export function replay({ db }: Pick<Case, "db">): { state: RegistryState; contradictions: string[] } {
  const state = new RegistryState();
  for (const kind of REGISTRY_KINDS) state.clear(kind);
  const contradictions: string[] = [];
  const files = db
    .prepare("select id, kept, replaces from registry_file where taken_back is null order by id")
    .all() as { id: number; kept: number; replaces: string }[];
  const rowsOf = db.prepare('select kind, beside, place, "values" from registry_row where file = ? order by id');
  for (const { id, kept, replaces } of files) {
    for (const kind of JSON.parse(replaces) as RegistryKind[]) state.clear(kind);
    const rows = (rowsOf.all(id) as KeptRow[]).map(({ values, ...row }) => ({
      ...row,
      values: JSON.parse(values) as Values,
    }));
    if (kept === 0) {
      for (const { kind, ...row } of rows) state.lay(kind, { ...row, file: id });
      continue;
    }
    for (const kind of REGISTRY_KINDS) {
      for (const beside of [0, 1]) {
        const own = rows.flatMap(({ place, ...row }) =>
          row.kind === kind && row.beside === beside ? [{ place: place ?? "", values: row.values }] : [],
        );
        contradictions.push(...state.join(kind, own, id, { beside: beside === 1 }).contradictions);
      }
    }
  }
  return { state, contradictions };
}
