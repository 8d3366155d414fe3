import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { CSV_HEADER, csvLine } from "../../main/sample/files/export-formats.ts";
import { personId } from "../../main/sample/incident/actors.ts";
import { Calls } from "../../main/sample/incident/all-calls.ts";
import type { Call } from "../../main/sample/incident/call-kinds.ts";
import { Cast } from "../../main/sample/incident/cast.ts";

/** One log in the forms that are measured. */
export interface Logs {
  readonly csv: string;
  readonly jsonl: string;
  readonly csvGz: string;
  readonly jsonlGz: string;
}

/**
 * Writes the sample incident's calls as one plain CSV and one JSON lines file of the same 17 columns, and both packed
 * with gzip. The incident's own exports are no measure: they spread the calls over four formats, with doubled, late and
 * spoiled lines. Files that are there from an earlier run are taken as they are.
 */
export async function writeLogs(folder: string, rows: number): Promise<Logs> {
  const csv = path.join(folder, `calls-${rows}.csv`);
  const jsonl = path.join(folder, `calls-${rows}.jsonl`);
  const logs = { csv, jsonl, csvGz: `${csv}.gz`, jsonlGz: `${jsonl}.gz` };
  // The last file written says that all are whole.
  if (fs.existsSync(logs.jsonlGz)) return logs;
  writeTexts(csv, rows, jsonl);
  for (const [plain, packed] of [
    [csv, logs.csvGz],
    [jsonl, logs.jsonlGz],
  ] as const) {
    const part = `${packed}.part`;
    await pipeline(fs.createReadStream(plain), zlib.createGzip({ chunkSize: 1 << 20 }), fs.createWriteStream(part));
    fs.renameSync(part, packed);
  }
  return logs;
}

/** The CSV alone; one that is there from an earlier run is taken as it is. */
export function writeCsv(folder: string, rows: number): string {
  const csv = path.join(folder, `calls-${rows}.csv`);
  if (fs.existsSync(csv)) return csv;
  const part = `${csv}.part`;
  writeTexts(part, rows);
  fs.renameSync(part, csv);
  return csv;
}

function writeTexts(csv: string, rows: number, jsonl?: string): void {
  const cast = new Cast(rows, 1);
  const calls = new Calls(cast, rows, 1, 1);
  const { call } = calls;
  const table = new TextFile(csv);
  const lines = jsonl === undefined ? undefined : new TextFile(jsonl);
  table.put(`${CSV_HEADER}\n`);
  while (calls.next()) {
    const group = cast.groups[call.group]?.id ?? "";
    table.put(`${csvLine(call, group)}\n`);
    lines?.put(`${jsonLine(call, group)}\n`);
  }
  table.close();
  lines?.close();
}

/** The CSV's cells under the CSV's names: numbers as numbers, lists as arrays, empty cells left out. */
function jsonLine(call: Call, group: string): string {
  return JSON.stringify({
    timestamp: timeText(call.time),
    app_id: call.app?.id,
    developer: call.logDeveloper || undefined,
    api: call.operation.api,
    operation: call.operation.name,
    method: call.operation.method,
    path: call.path,
    status: call.status || undefined,
    user_id: call.actor,
    group_id: group || undefined,
    fields: call.fields.list.length > 0 ? call.fields.list : undefined,
    member_ids: call.people?.map(personId),
    client_ip: call.ip,
    user_agent: call.agent,
    request_id: call.requestId,
    bytes: call.bytes,
    duration_ms: call.duration,
  });
}

/** As the CSV writes it: milliseconds, microseconds where there are any. */
function timeText(micros: number): string {
  const text = new Date(Math.floor(micros / 1000)).toISOString();
  return micros % 1000 === 0 ? text : `${text.slice(0, -1)}${String(micros % 1000).padStart(3, "0")}Z`;
}

class TextFile {
  readonly #fd: number;
  #text = "";

  constructor(file: string) {
    this.#fd = fs.openSync(file, "w");
  }

  put(text: string): void {
    this.#text += text;
    if (this.#text.length > 1 << 16) this.#flush();
  }

  close(): void {
    this.#flush();
    fs.closeSync(this.#fd);
  }

  #flush(): void {
    fs.writeFileSync(this.#fd, this.#text);
    this.#text = "";
  }
}
