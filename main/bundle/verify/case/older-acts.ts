import type { Database } from "better-sqlite3";
import { fold } from "../../../../shared/filter/match.ts";
import type { SourceRow } from "../../../case/sources.ts";
import type { CustodyEntry } from "../../../custody/append.ts";

/** An act that holds no digests of what it made: what it says in words is all that its rows can be compared with. */
export type OlderAct = Pick<CustodyEntry, "seq" | "act" | "detail" | "by">;

const SOURCE_ACTS = new Set(["import", "remap", "withdraw", "restore"]);
const LABEL_ACTS = new Set(["tag", "untag", "note", "undo", "redo"]);

/** Whether one of the acts without digests may have made a row that no other act tells of. */
export function explains(db: Database, older: readonly OlderAct[], table: string, key: string): boolean {
  const some = (acts: ReadonlySet<string>, isIt: (detail: OlderAct["detail"]) => boolean = () => true) =>
    older.some(({ act, detail }) => acts.has(act) && isIt(detail));
  const one = (act: string, isIt?: (detail: OlderAct["detail"]) => boolean) => some(new Set([act]), isIt);
  const row = (sql: string) => db.prepare(sql).get(key) as Readonly<Record<string, unknown>> | undefined;
  switch (table) {
    case "meta":
      return one("create");
    case "source":
    case "events":
    case "reject":
    case "reference":
      return some(SOURCE_ACTS, ({ source }) => String(source) === key);
    case "marks":
      return some(SOURCE_ACTS);
    case "registry":
      return one("registry");
    case "registry_file":
    case "registry_row":
      return one("registry", (detail) => detail.import === undefined || String(detail.import) === key);
    case "acquisition": {
      const kept = row("select * from acquisition where id = ?");
      return one("received", ({ source, from, on }) =>
        [source === kept?.source, from === kept?.from_whom, on === kept?.received_on].every(Boolean),
      );
    }
    case "policy":
    case "claims": {
      const kept = row(`select name, sha256 from ${table} where id = ?`);
      return one(table, ({ file, sha256 }) => file === kept?.name && sha256 === kept?.sha256);
    }
    case "decision": {
      const kept = row("select * from decision where id = ?");
      return older.some((act) => act.act === "finding" && isDecision(act, kept));
    }
    case "tag":
    case "tagged": {
      const tag = fold(table === "tag" ? key : key.slice(key.indexOf(" ") + 1));
      return some(LABEL_ACTS, (detail) => typeof detail.tag === "string" && fold(detail.tag) === tag);
    }
    case "note":
    case "act":
    case "act_run":
      return some(LABEL_ACTS, ({ act }) => String(act) === key);
    case "noted":
      return some(LABEL_ACTS, ({ act }) => String(act) === key.slice(key.indexOf(" ") + 1));
    case "saved_filter": {
      const kept = row("select filter from saved_filter where name = ?");
      return one("save-filter", ({ name, filter }) => name === key && filter === kept?.filter);
    }
    default:
      return false;
  }
}

const isDecision = ({ detail, by }: OlderAct, row: Readonly<Record<string, unknown>> | undefined): boolean =>
  row !== undefined &&
  detail.rule === row.rule &&
  detail.developer === row.developer_id &&
  detail.disposition === row.disposition &&
  detail.reason === row.reason &&
  by === row.by_whom;

/** Acts without digests whose effect is not there. */
export function olderFaults(db: Database, older: readonly OlderAct[]): string[] {
  const faults: string[] = [];
  const demand = ({ seq, act }: OlderAct, isThere: unknown, what: string) => {
    if (isThere === undefined) faults.push(`${what}, which act ${seq} (${act}) made, is gone`);
  };
  const decisions = db.prepare("select * from decision").all() as Record<string, unknown>[];
  for (const each of older) {
    const { act, detail } = each;
    if (act === "finding")
      demand(
        each,
        decisions.find((row) => isDecision(each, row)),
        `the decision "${String(detail.disposition)}" on ${String(detail.developer)}`,
      );
    if (act === "policy" || act === "claims")
      demand(
        each,
        db.prepare(`select 1 from ${act} where sha256 = ?`).get(detail.sha256),
        `${act} ${String(detail.file)}`,
      );
    if (act === "registry" && detail.import !== undefined)
      demand(
        each,
        db.prepare("select 1 from registry_file where id = ?").get(detail.import),
        `registry import ${String(detail.import)}`,
      );
    if (["tag", "untag", "note"].includes(act) && detail.act !== undefined)
      demand(each, db.prepare("select 1 from act where id = ?").get(detail.act), `tagging ${String(detail.act)}`);
  }
  return faults;
}

/** What an act says of a source, and where the database has it. Duplicates change with other sources. */
const STATED: Readonly<Record<string, (row: SourceRow) => unknown>> = {
  sha256: (row) => row.sha256,
  bytes: (row) => row.bytes,
  format: (row) => row.format,
  encoding: (row) => row.encoding,
  timezone: (row) => row.timezone,
  timezone_from: (row) => row.timezone_from,
  zone_data: (row) => row.zone_data,
  lines: (row) => row.lines,
  events: (row) => row.events,
  rejected: (row) => row.rejected,
  skipped: (row) => row.skipped,
};

/** Sources against what acts say of them in words, older ones too: each has its act, and each act its source. */
export function statedFaults(db: Database, acts: readonly CustodyEntry[]): string[] {
  const faults: string[] = [];
  const stated = new Map<number, Map<string, { value: unknown; seq: number; act: string }>>();
  for (const { seq, act, detail } of acts) {
    if (act !== "import" && act !== "remap") continue;
    const said = { ...detail, ...(act === "remap" ? (detail.after as object) : {}) } as Record<string, unknown>;
    const of = stated.get(Number(detail.source)) ?? new Map();
    stated.set(Number(detail.source), of);
    for (const key of ["file", ...Object.keys(STATED)])
      if (said[key] !== undefined) of.set(key, { value: said[key], seq, act });
  }
  for (const [id, said] of stated) {
    const row = db.prepare("select * from source where id = ?").get(id) as SourceRow | undefined;
    const { seq, act, value: file } = said.get("file") as { value: unknown; seq: number; act: string };
    if (row?.state !== "complete") {
      faults.push(
        `source ${id} (${String(file)}), which act ${seq} (${act}) made, is ${row ? "not complete" : "gone"}`,
      );
      continue;
    }
    if (row.name !== file)
      faults.push(`source ${id} is called ${row.name}, and in act ${seq} (${act}) ${String(file)}`);
    for (const [key, of] of Object.entries(STATED)) {
      const told = said.get(key);
      if (told && told.value !== of(row))
        faults.push(
          `source ${id} (${row.name}) has the ${key} ${String(of(row))}, and in act ${told.seq} (${told.act}) ${String(told.value)}`,
        );
    }
  }
  const create = acts.find(({ act }) => act === "create");
  for (const [key, name] of [
    ["id", "case"],
    ["title", "title"],
    ["examiner", "examiner"],
  ] as const) {
    const value = db.prepare("select value from meta where key = ?").pluck().get(key);
    if (create && create.detail[name] !== undefined && create.detail[name] !== value)
      faults.push(
        `the case's ${key} is "${String(value)}", and in act ${create.seq} (create) "${String(create.detail[name])}"`,
      );
  }
  if (!create) faults.push("no act tells of the making of the case");
  return [...faults, ...begunFaults(db, acts)];
}

/** Imports under way have an act each that says what was begun. */
function begunFaults(db: Database, acts: readonly CustodyEntry[]): string[] {
  const rows = db.prepare("select * from source where state = 'importing' and replaces is null").all() as SourceRow[];
  const faults = rows.flatMap((row) => {
    const begun = acts.findLast(({ act, detail }) => act === "import begun" && detail.source === row.id);
    if (!begun) return [`source ${row.id} (${row.name}) was begun, and no act tells of it`];
    const { file, format } = begun.detail;
    return file === row.name && format === row.format
      ? []
      : [`source ${row.id} (${row.name}) is not what act ${begun.seq} (import begun) made it`];
  });
  const archives = db.prepare("select sha256, name, bytes from archive_begun").all() as {
    sha256: string;
    name: string;
    bytes: number;
  }[];
  for (const { sha256, name, bytes } of archives) {
    const begun = acts.findLast(({ act, detail }) => act === "archive begun" && detail.sha256 === sha256);
    if (!begun) faults.push(`the archive ${name} was begun, and no act tells of it`);
    else if (begun.detail.file !== name || begun.detail.bytes !== bytes)
      faults.push(`the archive ${name} is not what act ${begun.seq} (archive begun) made it`);
  }
  return faults;
}
