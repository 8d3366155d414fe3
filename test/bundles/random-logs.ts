import zlib from "node:zlib";
import { Random } from "../../main/sample/incident/random.ts";

/** Calls by chance, of few apps, people and instants, so that what names, borders and copies have in common meets often. */
interface Call {
  /** ISO 8601 UTC, whole seconds. */
  readonly time: string;
  readonly app: string;
  readonly developer: string;
  readonly api: string;
  readonly operation: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly actor: string;
  readonly resource: string;
  readonly fields: readonly string[] | undefined;
  readonly subjects: readonly string[] | undefined;
  readonly subject_count: number | undefined;
  readonly request_id: string;
  /** Several records may tell of one call. */
  readonly call: string;
}

export interface LogFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly timezone?: string;
  readonly mapping?: object;
  /** The file's own date, which gives years to times without one. */
  readonly written: string;
}

/** Ids in several spellings: UUIDs and addresses are one whatever their case, of all others each character counts. */
export const APPS = [
  "101",
  "102",
  "103",
  "Alpha",
  "alpha",
  "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
  "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
  "Bot@Acme.example",
  "bot@acme.example",
];
export const DEVELOPERS = [
  "D001",
  "D002",
  "Acme Social",
  "ACME social",
  "Nobody Ltd",
  "Dev@x.example",
  "dev@X.example",
];
export const PEOPLE = ["9001", "9002", "9003", "9004", "Kim@Example.org", "kim@example.org", "9005"];
export const RESOURCES = ["g1", "g2", "Group@x.example", "group@x.example", "g4"];
export const APIS = ["groups", "Groups", "events", "pages"];
export const OPERATIONS = ["GET /{id}/members", "GET /{id}/feed", "POST /{id}/posts"];
export const FIELDS = ["name", "picture", "id", "from{name,id}"];

const SECOND = 1000;
const iso = (ms: number) => new Date(ms).toISOString().replace(".000", "");

/** Where calls are: around a cutoff, the days when clocks change, and the turn of a year. */
export const TIMES = {
  spring: Date.UTC(2018, 2, 24),
  autumn: Date.UTC(2018, 9, 27),
  winter: Date.UTC(2018, 11, 30, 23),
};
const DAYS = 4;
/** From the first of them to the hours before and after a clock changes, or the year. */
const TURN = 24 * 3600 * SECOND;

export class Maker extends Random {
  readonly from: number;
  #number = 0;

  constructor(seed: number) {
    super(seed, 0);
    this.from = this.pick(Object.values(TIMES));
  }

  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.chance(0.4));
  }

  maybe<T>(probability: number, make: () => T): T | undefined {
    return this.chance(probability) ? make() : undefined;
  }

  /** An instant in the days of the logs: often a whole hour, so that borders meet, or in the hours when clocks change. */
  instant(): string {
    if (this.chance(0.15)) return iso(this.from + TURN + this.below(3 * 3600) * SECOND);
    const seconds = this.below(DAYS * 86_400);
    return iso(this.from + (this.chance(0.3) ? Math.floor(seconds / 3600) * 3600 : seconds) * SECOND);
  }

  call(): Call {
    this.#number += 1;
    return {
      time: this.instant(),
      app: this.chance(0.1) ? "" : this.pick(APPS),
      developer: this.chance(0.4) ? "" : this.pick(DEVELOPERS),
      api: this.chance(0.1) ? "" : this.pick(APIS),
      operation: this.pick(OPERATIONS),
      path: `/v2/${this.#number % 5}/members`,
      status: this.maybe(0.85, () => this.pick([200, 200, 200, 204, 302, 403, 401, 500, 404])),
      actor: this.pick(PEOPLE),
      resource: this.pick(RESOURCES),
      fields: this.maybe(0.6, () => this.some(FIELDS)),
      subjects: this.maybe(0.5, () => this.some(PEOPLE)),
      subject_count: this.maybe(0.4, () => this.below(5)),
      request_id: `r${this.#number}`,
      call: `c${this.below(12)}`,
    };
  }

  /** 3 to 40 calls in the order of time, as logs mostly have them. */
  calls(): Call[] {
    const calls = Array.from({ length: 3 + this.below(38) }, () => this.call());
    return this.chance(0.8) ? calls.sort((a, b) => (a.time < b.time ? -1 : 1)) : calls;
  }
}

/** The clock of Berlin without a zone: one hour of the autumn stands there twice. */
function local(time: string): string {
  const ms = Date.parse(time);
  const isSummer = ms >= Date.UTC(2018, 2, 25, 1) && ms < Date.UTC(2018, 9, 28, 1);
  return iso(ms + (isSummer ? 2 : 1) * 3600 * SECOND)
    .replace("T", " ")
    .replace("Z", "");
}
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const yearless = (time: string) =>
  `${MONTHS[Number(time.slice(5, 7)) - 1]} ${String(Number(time.slice(8, 10))).padStart(2)} ${time.slice(11, 19)}`;
const access = (time: string) =>
  `${time.slice(8, 10)}/${MONTHS[Number(time.slice(5, 7)) - 1]}/${time.slice(0, 4)}:${time.slice(11, 19)} +0000`;

type Row = Record<string, string | number | readonly string[] | undefined>;
const cell = (value: Row[string]) => {
  const text = Array.isArray(value) ? value.join(";") : String(value ?? "");
  return /[",\n;]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const rowOf = (call: Call, time: string): Row => {
  const { call: _, ...rest } = call;
  return { ...rest, time };
};
const table = (rows: readonly Row[]) => {
  const names = Object.keys(rows[0] as Row);
  return `${names.join(",")}\n${rows.map((row) => `${names.map((name) => cell(row[name])).join(",")}\n`).join("")}`;
};
const objectOf = (call: Call, time: string = call.time) =>
  Object.fromEntries(
    Object.entries({ ...rowOf(call, time) }).filter(([, value]) => value !== undefined && value !== ""),
  );
const jsonLine = (call: Call) => JSON.stringify(objectOf(call));

/** A mapping whose records of one `cid` are one call, in every source read by it. */
const CALLS_MAPPING = {
  schema: "exhibit/mapping@1",
  name: "stages",
  format: "jsonl",
  call: "cid",
  fields: Object.fromEntries(
    [
      "time",
      "app",
      "developer",
      "api",
      "operation",
      "path",
      "status",
      "actor",
      "resource",
      "fields",
      "subjects",
      "request_id",
    ].map((name) => [name, name]),
  ),
};

type Writer = (calls: readonly Call[], make: Maker) => Partial<LogFile> & Pick<LogFile, "name" | "bytes">;

const utf8 = (name: string, text: string): Pick<LogFile, "name" | "bytes"> => ({ name, bytes: Buffer.from(text) });

/** Every way in which calls are written; each is recognised for what it is. */
export const WRITERS: Record<string, Writer> = {
  csv: (calls) => utf8("calls.csv", table(calls.map((call) => rowOf(call, call.time)))),
  "csv, times without a zone": (calls, make) => ({
    ...utf8("local.csv", table(calls.map((call) => rowOf(call, local(call.time))))),
    timezone: make.pick(["Europe/Berlin", "Europe/Berlin", "America/New_York", "UTC"]),
  }),
  "csv, times without a year": (calls) =>
    utf8("yearless.csv", table(calls.map((call) => rowOf(call, yearless(call.time))))),
  "csv in utf-16": (calls) => ({
    name: "wide.csv",
    bytes: Buffer.from(`\ufeff${table(calls.map((call) => rowOf(call, call.time)))}`, "utf16le"),
  }),
  "csv, head again": (calls) => {
    const rows = calls.map((call) => rowOf(call, call.time));
    const turned = (row: Row): Row => Object.fromEntries(Object.entries(row).reverse());
    const half = Math.ceil(rows.length / 2);
    return utf8("again.csv", table(rows.slice(0, half)) + table(rows.slice(half - 1).map(turned)));
  },
  "json lines": (calls) => utf8("calls.jsonl", calls.map((call) => `${jsonLine(call)}\n`).join("")),
  "json lines in gzip": (calls) => ({
    name: "packed.jsonl.gz",
    bytes: zlib.gzipSync(calls.map((call) => `${jsonLine(call)}\n`).join("")),
  }),
  "json document": (calls) => utf8("calls.json", JSON.stringify({ calls: calls.map((call) => objectOf(call)) })),
  "json document over lines": (calls) =>
    utf8("pretty.json", JSON.stringify({ calls: calls.map((call) => objectOf(call)) }, undefined, 1)),
  "key=value": (calls) =>
    utf8(
      "calls.log",
      calls
        .map(
          ({ time, app, api, status, actor, operation }) =>
            `time="${time}" app="${app || "-"}" api="${api || "-"}" status=${status ?? "-"} user="${actor}" operation="${operation}"\n`,
        )
        .join(""),
    ),
  access: (calls) =>
    utf8(
      "access.log",
      calls
        .map(
          ({ time, path, status, actor, app }) =>
            `192.0.2.1 - ${actor} [${access(time)}] "GET ${path}?fields=name HTTP/1.1" ${status ?? 200} 12 "-" "${app}"\n`,
        )
        .join(""),
    ),
  docker: (calls) =>
    utf8(
      "docker.log",
      calls
        .map((call) => `${JSON.stringify({ log: `${jsonLine(call)}\n`, stream: "stdout", time: call.time })}\n`)
        .join(""),
    ),
  syslog: (calls) =>
    utf8(
      "host.log",
      calls
        .map(
          ({ time, actor, api }) =>
            `${yearless(time)} h ${api || "x"}[1]: Failed password for ${actor} from 192.0.2.1\n`,
        )
        .join(""),
    ),
  w3c: (calls) => {
    const half = Math.ceil(calls.length / 2);
    const day = ({ time }: Call) => time.slice(0, 10);
    const clock = ({ time }: Call) => time.slice(11, 19);
    const status = (call: Call) => call.status ?? 200;
    const first = calls
      .slice(0, half)
      .map((call) => `${day(call)} ${clock(call)} 192.0.2.1 GET ${call.path} ${status(call)}\n`);
    const rest = calls
      .slice(half)
      .map((call) => `${clock(call)} ${day(call)} GET ${call.path} ${status(call)} 192.0.2.2\n`);
    return utf8(
      "w3c.log",
      `#Software: x\n#Fields: date time c-ip cs-method cs-uri-stem sc-status\n${first.join("")}#Fields: time date cs-method cs-uri-stem sc-status c-ip\n${rest.join("")}`,
    );
  },
  "records of several calls": (calls, make) => {
    const activity = ({ app, developer, operation, fields, resource }: Call) => ({
      name: "activity",
      parameters: [
        ...(app === "" ? [] : [{ name: "client_id", value: app }]),
        ...(developer === "" ? [] : [{ name: "app_name", value: developer }]),
        { name: "method_name", value: operation },
        { name: "doc_id", value: resource },
        { name: "scope", multiValue: fields ?? [] },
        { name: "api_name", value: "groups" },
      ],
    });
    const items: object[] = [];
    for (let at = 0; at < calls.length; ) {
      const call = calls[at] as Call;
      const together = calls.slice(at, at + 1 + make.below(3));
      at += together.length;
      items.push({
        id: { time: call.time, uniqueQualifier: call.call, applicationName: "token" },
        actor: { email: call.actor },
        events: together.map(activity),
      });
    }
    return make.chance(0.5)
      ? utf8("activities.json", JSON.stringify({ items }, undefined, 1))
      : utf8("activities.jsonl", items.map((item) => `${JSON.stringify(item)}\n`).join(""));
  },
  "calls of several records": (calls) => ({
    ...utf8("stages.jsonl", calls.map((call) => `${JSON.stringify({ ...objectOf(call), cid: call.call })}\n`).join("")),
    mapping: CALLS_MAPPING,
  }),
  "stages of kubernetes": (calls) =>
    utf8(
      "audit.log",
      calls
        .map(
          ({ time, api, status, actor, resource, path, call }, at) =>
            `${JSON.stringify({ auditID: call, stage: at % 2 ? "ResponseComplete" : "RequestReceived", requestURI: path, verb: "get", user: { username: actor }, objectRef: { resource: api, name: resource }, ...(status === undefined ? {} : { responseStatus: { code: status } }), requestReceivedTimestamp: time })}\n`,
        )
        .join(""),
    ),
};

/** A log of the case: written anew, or an export that overlaps one before it, perhaps read as of another zone. */
export function logFile(make: Maker, before: Map<string, Call[]>): LogFile {
  const kinds = Object.keys(WRITERS);
  const again = before.size > 0 && make.chance(0.35);
  const kind = again ? make.pick([...before.keys()]) : make.pick(kinds);
  const old = again ? (before.get(kind) as Call[]) : [];
  const calls = again ? [...make.some(old), ...make.calls().slice(0, 5)] : make.calls();
  if (!again) before.set(kind, calls);
  return {
    written: make.from === TIMES.winter ? "2019-01-04" : "2018-12-20",
    ...(WRITERS[kind] as Writer)(calls, make),
  };
}
