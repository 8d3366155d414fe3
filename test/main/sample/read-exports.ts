import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { EventRecord } from "../../../shared/model/event.ts";

/** An event as a plain reader of one export gets it, with the text of its record. */
export interface Read {
  event: EventRecord;
  text: string;
  /** Of the record. */
  lines: number;
}

export interface ReadFile {
  source: number;
  /** Physical lines, by a count of line feeds. */
  lines: number;
  events: Read[];
  rejected: number;
  skipped: number;
}

/** Records of separated values (RFC 4180), each with its text and the 1-based line it begins on. */
function records(text: string, delimiter: string): { cells: string[]; text: string; line: number; lines: number }[] {
  const found: { cells: string[]; text: string; line: number; lines: number }[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const begin = at;
    const cells: string[] = [];
    for (let more = true; more; ) {
      let cell = "";
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (text[at] === '"') at++;
          cell += text[at];
        }
        at++;
      }
      while (at < text.length && text[at] !== delimiter && text[at] !== "\n") cell += text[at++];
      cells.push(cell);
      more = text[at] === delimiter;
      if (more || text[at] === "\n") at++;
    }
    const record = text.slice(begin, at).replace(/\r?\n$/u, "");
    cells.push((cells.pop() as string).replace(/\r$/u, ""));
    const lines = record.split("\n").length;
    found.push({ cells, text: record, line, lines });
    line += lines;
  }
  return found;
}

const iso = (date: Date, micros = ""): string =>
  date.toISOString().replace(/\.(\d{3})Z$/u, (_, ms: string) => fraction(ms + micros));
const fraction = (digits: string): string => (/^0*$/u.test(digits) ? "Z" : `.${digits.replace(/000$/u, "")}Z`);

/** Splits at commas or semicolons that stand in no bracket. */
function list(cell: string, separator: RegExp): string[] {
  const items = [""];
  let depth = 0;
  for (const letter of cell) {
    if ("{(".includes(letter)) depth++;
    if ("})".includes(letter)) depth--;
    if (depth === 0 && separator.test(letter)) items.push("");
    else items.push((items.pop() as string) + letter);
  }
  return items;
}

const outcomeOf = (status: number | undefined): EventRecord["outcome"] =>
  status === undefined ? "unknown" : status < 400 ? "allowed" : [401, 403].includes(status) ? "denied" : "failed";

function apiOf(method: string, path: string): { api: string; operation: string } {
  const rest = path.replace(/^\/v[0-9.]+/u, "");
  const route = rest
    .replace(/^\/\d+/u, "/{group-id}")
    .replace(/^\/e-\d+/u, "/{event-id}")
    .replace(/^\/p-\d+/u, "/{page-id}");
  const api = rest.startsWith("/e-")
    ? "events"
    : rest.startsWith("/p-")
      ? "pages"
      : rest.startsWith("/oauth")
        ? "login"
        : "groups";
  return { api, operation: `${method} ${route}` };
}

const groupIn = (path: string): string | undefined => /^\/v[0-9.]+\/([0-9]+)(?:\/|$)/u.exec(path)?.[1];

/** Keys whose value is there. */
function present(fields: Record<string, unknown>): Partial<EventRecord> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== "" && !Number.isNaN(value)),
  );
}

type Made = Partial<EventRecord> | undefined;

function csvEvent(cells: string[]): Made {
  const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(\d{3})?Z$/u.exec(cells[0] as string);
  if (time === null || cells.length !== 17 || cells[0]?.startsWith("2018-02-30")) return undefined;
  const [
    ,
    app,
    developer,
    api,
    operation,
    method,
    path,
    status,
    actor,
    resource,
    fields,
    subjects,
    ip,
    agent,
    id,
    bytes,
    duration,
  ] = cells;
  const split = (cell = "") => (cell === "" ? undefined : cell.includes(";") ? list(cell, /;/u) : list(cell, /,/u));
  return present({
    time: iso(new Date(`${time[1]}Z`), time[2]),
    app,
    developer,
    api,
    operation,
    method,
    path,
    status: status === "" ? undefined : Number(status),
    outcome: outcomeOf(status === "" ? undefined : Number(status)),
    actor,
    resource,
    fields: split(fields),
    fields_are: fields === "" ? undefined : "returned",
    subjects: split(subjects),
    ip,
    user_agent: agent,
    request_id: id,
    bytes: Number(bytes),
    duration_ms: Number(duration),
  });
}

interface Edge {
  ts?: string | number;
  id: string;
  client: { id?: string; name?: string };
  user: string;
  req: { verb: string; path: string; ip: string; ua: string };
  res: {
    code?: number;
    verdict?: "denied";
    fields?: string[];
    count?: number;
    members?: { id: string }[];
    bytes: number;
    ms: number;
  };
}

function jsonEvent(text: string): Made {
  let record: Edge;
  try {
    record = JSON.parse(text) as Edge;
  } catch {
    return undefined;
  }
  const time = new Date(Number(record.ts ?? Number.NaN));
  if (Number.isNaN(time.getTime())) return undefined;
  const { client, req, res } = record;
  return present({
    time: iso(time),
    app: client.id,
    developer: client.name,
    ...apiOf(req.verb, req.path),
    method: req.verb,
    path: req.path,
    status: res.code,
    outcome: res.verdict ?? outcomeOf(res.code),
    actor: record.user,
    resource: groupIn(req.path),
    fields: res.fields,
    fields_are: res.fields?.length ? "returned" : undefined,
    subjects: res.members?.map(({ id }) => id),
    subject_count: res.count,
    ip: req.ip,
    user_agent: req.ua,
    request_id: record.id,
    bytes: res.bytes,
    duration_ms: res.ms,
  });
}

const COMBINED =
  /^(\S+) - - \[(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) \+0(\d)00\] "(\w+) (\S+) HTTP\/1\.1" (\d{3}) (\S+) "-" "(.*)"$/u;

function combinedEvent(text: string): Made {
  const parts = COMBINED.exec(text);
  if (parts === null || text.includes("[31/Feb")) return undefined;
  const [, ip, day, month, year, clock, zone, method = "", url = "", status, bytes, agent] = parts;
  const [path = "", query] = url.split("?");
  const asked = new URLSearchParams(query);
  const fields = asked.get("fields");
  return present({
    time: iso(new Date(`${day} ${month} ${year} ${clock} GMT+0${zone}00`)),
    app: asked.get("client_id") ?? asked.get("app") ?? undefined,
    ...apiOf(method, path),
    method,
    path,
    status: Number(status),
    outcome: outcomeOf(Number(status)),
    resource: groupIn(path),
    fields: fields === null ? undefined : list(fields, /,/u),
    fields_are: fields === null ? undefined : "requested",
    ip,
    user_agent: agent,
    bytes: Number(bytes),
  });
}

const BERLIN = new Intl.DateTimeFormat("de-DE", {
  timeZone: "Europe/Berlin",
  dateStyle: "medium",
  timeStyle: "medium",
});

/** The first time that Berlin's clock showed it. */
function berlin(clock: string): Date | undefined {
  const [, day, month, year, time] = /^(\d\d)\.(\d\d)\.(\d{4}) ([\d:]{8})$/u.exec(clock) ?? [];
  for (const hours of [2, 1]) {
    const date = new Date(Date.parse(`${year}-${month}-${day}T${time}Z`) - hours * 3_600_000);
    if (!Number.isNaN(date.getTime()) && BERLIN.format(date).replace(", ", " ") === clock) return date;
  }
  return undefined;
}

function deskEvent(cells: string[]): Made {
  if (cells.length !== 16) return undefined;
  const [
    clock = "",
    app,
    developer,
    api,
    operation,
    method,
    path,
    status,
    actor,
    resource,
    fields = "",
    subjects = "",
    count,
    ip,
    agent,
    bytes,
  ] = cells;
  const time = clock.startsWith("31.11.") ? undefined : berlin(clock);
  if (time === undefined) return undefined;
  return present({
    time: iso(time),
    app,
    developer,
    api,
    operation,
    method,
    path,
    status: status === "" ? undefined : Number(status),
    outcome: outcomeOf(status === "" ? undefined : Number(status)),
    actor,
    resource,
    fields: fields === "" ? undefined : list(fields, /,/u),
    fields_are: fields === "" ? undefined : "returned",
    subjects: subjects === "" ? undefined : subjects.split(","),
    subject_count: count === "" ? undefined : Number(count),
    ip,
    user_agent: agent,
    bytes: Number(bytes),
  });
}

const MANNERS = [
  { file: "1-gateway-2018.csv", encoding: "utf-8", delimiter: ",", head: 1, read: csvEvent },
  { file: "1-gateway-2019.csv", encoding: "utf-8", delimiter: ",", head: 1, read: csvEvent },
  {
    file: "2-edge.jsonl.gz",
    encoding: "utf-8",
    delimiter: undefined,
    head: 0,
    read: ([text]: string[]) => jsonEvent(text as string),
  },
  {
    file: "3-frontend.log",
    encoding: "utf-8",
    delimiter: undefined,
    head: 0,
    read: ([text]: string[]) => combinedEvent(text as string),
  },
  { file: "4-partner-desk.csv", encoding: "windows-1252", delimiter: ";", head: 3, read: deskEvent },
] as const;

/** Reads the sample's exports plainly, in the order of their import, and marks duplicates. */
export function readExports(dir: string): ReadFile[] {
  const earlier = new Set<string>();
  return MANNERS.map(({ file, encoding, delimiter, head, read }, i) => {
    const bytes = readFileSync(join(dir, "exports", file));
    const text = new TextDecoder(encoding).decode(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    const found = delimiter === undefined ? wholeLines(text) : records(text, delimiter);
    const source = i + 1;
    const result: ReadFile = {
      source,
      lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
      events: [],
      rejected: 0,
      skipped: 0,
    };
    const own = new Set<string>();
    found.forEach((record, n) => {
      if (n < head || record.text === "" || record.text.startsWith("#")) {
        result.skipped += 1;
        return;
      }
      const event = read(record.cells);
      if (event === undefined) {
        result.rejected += 1;
        return;
      }
      const again = earlier.has(record.text) || (event.request_id !== undefined && own.has(record.text));
      own.add(record.text);
      const full = { ...event, ...(again ? { duplicate: true } : {}), source, line: record.line } as EventRecord;
      result.events.push({ event: full, text: record.text, lines: record.lines });
    });
    for (const line of own) earlier.add(line);
    return result;
  });
}

const wholeLines = (text: string) =>
  text
    .replace(/\n$/u, "")
    .split("\n")
    .map((line, i) => ({ cells: [line], text: line, line: i + 1, lines: 1 }));

/** The registry's tables as rows of their columns; an empty cell is absent. */
export function readRegistry(dir: string): Record<string, Record<string, string>[]> {
  return Object.fromEntries(
    ["developers", "apps", "grants", "consents", "resources"].map((name) => {
      const [header, ...rows] = records(readFileSync(join(dir, "registry", `${name}.csv`), "utf8"), ",");
      const columns = (header as { cells: string[] }).cells;
      return [
        name,
        rows.map(({ cells }) =>
          Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""]).filter(([, cell]) => cell !== "")),
        ),
      ];
    }),
  );
}
