import path from "node:path";
import Database from "better-sqlite3";

/** What each side holds of the log, as numbers and texts that must be equal to the last. */
export type Answer = unknown[][];

/** Columns by the log's names and by the view's. */
const TEXTS = [
  ["app_id", "app"],
  ["developer", "developer"],
  ["api", "api"],
  ["operation", "operation"],
  ["method", "method"],
  ["path", "path"],
  ["user_id", "actor"],
  ["group_id", "resource"],
  ["client_ip", "ip"],
  ["user_agent", "user_agent"],
  ["request_id", "request_id"],
] as const;
const LISTS = [
  ["fields", "fields"],
  ["member_ids", "subjects"],
] as const;
const NUMBERS = [
  ["status", "status"],
  ["bytes", "bytes"],
  ["duration_ms", "duration_ms"],
] as const;
/** One row in 256 is compared cell by cell. */
const SAMPLED = "%a7";

const byStatus = (status: string) =>
  `case when ${status} is null then 'unknown' when ${status} < 400 then 'allowed' when ${status} in (401, 403) then 'denied' else 'failed' end`;

/** How one side spells what is asked. Texts are NULL where absent. */
interface Dialect {
  readonly from: string;
  text(log: string, event: string): string;
  /** A list as its items with `;` between them. */
  list(log: string, event: string): string;
  number(log: string, event: string): string;
  /** Whole seconds since 1970, and the microseconds beyond. */
  readonly seconds: string;
  readonly micros: string;
  readonly outcome: string;
}

/** Counts by API and outcome; sums over every column; a sample of whole rows. */
function questions(d: Dialect): readonly string[] {
  const api = d.text("api", "api");
  const request = d.text("request_id", "request_id");
  const texts = [
    ...TEXTS.map(([log, event]) => d.text(log, event)),
    ...LISTS.map(([log, event]) => d.list(log, event)),
  ];
  const numbers = [...NUMBERS.map(([log, event]) => d.number(log, event)), d.seconds, d.micros];
  const sums = [
    "count(*)",
    ...texts.flatMap((text) => [`count(${text})`, `sum(length(${text}))`]),
    ...numbers.flatMap((number) => [`count(${number})`, `sum(${number})`]),
    ...[1, 7, 16].map((at) => `sum(unicode(substr(${request}, ${at}, 1)))`),
  ];
  return [
    `select ${api}, ${d.outcome}, count(*) from ${d.from} group by 1, 2 order by 1, 2`,
    `select ${sums.join(", ")} from ${d.from}`,
    `select ${[...texts, ...numbers].join(", ")} from ${d.from} where ${request} like '${SAMPLED}' order by ${request}, ${d.seconds}`,
  ];
}

const duckdb = (isCsv: boolean): Dialect => ({
  from: "t",
  text: (log) => `cast(${log} as varchar)`,
  list: (log) => (isCsv ? log : `array_to_string(${log}, ';')`),
  number: (log) => log,
  seconds: "epoch_us(timestamp) // 1000000",
  micros: "epoch_us(timestamp) % 1000000",
  outcome: byStatus("status"),
});

const imported: Dialect = {
  from: "t",
  text: (log) => `nullif(${log}, '')`,
  list: (log) => `nullif(${log}, '')`,
  number: (log) => `cast(nullif(${log}, '') as integer)`,
  seconds: "cast(strftime('%s', substr(timestamp, 1, 19)) as integer)",
  micros: "cast(substr(substr(timestamp, 21, length(timestamp) - 21) || '000', 1, 6) as integer)",
  outcome: byStatus("cast(nullif(status, '') as integer)"),
};

/** Items hold no quotes here, so that a JSON array is taken apart by replacing. */
const view: Dialect = {
  from: "event",
  text: (_, event) => event,
  list: (_, event) => `replace(substr(${event}, 3, length(${event}) - 4), '","', ';')`,
  number: (_, event) => event,
  seconds: "cast(strftime('%s', substr(time, 1, 19)) as integer)",
  micros:
    "cast(case length(time) when 20 then '0' else substr(substr(time, 21, length(time) - 21) || '000', 1, 6) end as integer)",
  outcome: "outcome",
};

const answersOf = (file: string, dialect: Dialect): Answer[] => {
  const db = new Database(file, { readonly: true });
  try {
    return questions(dialect).map((sql) => db.prepare(sql).raw().all() as Answer);
  } finally {
    db.close();
  }
};

/** Of our own case, through the view that any SQLite tool reads. */
export const caseAnswer = (folder: string): Answer[] => answersOf(path.join(folder, "case.db"), view);

/** Of the table that the sqlite3 shell imported. */
export const shellAnswer = (file: string): Answer[] => answersOf(file, imported);

export const duckQuestions = (isCsv: boolean): readonly string[] => questions(duckdb(isCsv));

/** What DuckDB printed behind its seconds. */
export const duckAnswer = (output: string): Answer[] =>
  output
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => JSON.parse(line) as Answer);
