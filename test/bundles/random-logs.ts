import zlib from "node:zlib";
import { type Call, iso, type Maker, SECOND, TIMES } from "./random-calls.ts";

export interface LogFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly timezone?: string;
  readonly mapping?: object;
  /** The file's own date, which gives years to times without one. */
  readonly written: string;
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
const WRITERS: Record<string, Writer> = {
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
