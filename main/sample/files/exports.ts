import { join } from "node:path";
import type { Group } from "../incident/actors.ts";
import { berlinFold, OVERLAP } from "../incident/calendar.ts";
import type { Call } from "../incident/call-kinds.ts";
import type { Random } from "../incident/random.ts";
import { Sink } from "./digest-file.ts";
import {
  CSV_HEADER,
  combinedLine,
  csvLine,
  DESK_HEADER,
  DESK_PREAMBLE,
  deskLine,
  jsonLine,
  NEVER_IN_BERLIN,
} from "./export-formats.ts";

/** What a file holds, as `exhibit import --json` must account for it. */
interface Ledger {
  lines: number;
  events: number;
  rejected: number;
  skipped: number;
  duplicates: number;
  line_ledger: { events: number; rejected: number; skipped: number };
  /** Times that Berlin's clock shows twice. */
  ambiguous: number;
  first: number;
  last: number;
}

/** One log file and its account. */
export class Export {
  readonly source: number;
  readonly file: string;
  readonly format: "csv" | "jsonl" | "combined";
  readonly encoding: "utf-8" | "windows-1252";
  readonly compressed: boolean;
  readonly ledger: Ledger = {
    lines: 0,
    events: 0,
    rejected: 0,
    skipped: 0,
    duplicates: 0,
    line_ledger: { events: 0, rejected: 0, skipped: 0 },
    ambiguous: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  };
  readonly #sink: Sink;
  readonly #newline: "\n" | "\r\n";
  readonly #lastNewline: boolean;
  /** A line that its gateway wrote late, and how many go before it. */
  #late: { text: string; after: number } | undefined;

  constructor(
    folder: string,
    source: number,
    file: string,
    format: Export["format"],
    more: { encoding?: "windows-1252"; compressed?: true; newline?: "\r\n"; lastNewline?: false } = {},
  ) {
    this.source = source;
    this.file = file;
    this.format = format;
    this.encoding = more.encoding ?? "utf-8";
    this.compressed = more.compressed ?? false;
    this.#newline = more.newline ?? "\n";
    this.#lastNewline = more.lastNewline ?? true;
    this.#sink = new Sink(join(folder, file), more.encoding ? "latin1" : "utf8", this.compressed);
  }

  /** A record of `lines` lines. Returns the 1-based line of the record; of a late one the line it would have had. */
  event(text: string, lines: number, time: number, duplicate: boolean, late: boolean): number {
    const { ledger } = this;
    const line = ledger.lines + 1;
    if (late && this.#late === undefined) this.#late = { text, after: 3 };
    else this.#record(text, "events", lines);
    ledger.events += 1;
    if (duplicate) ledger.duplicates += 1;
    if (time < ledger.first) ledger.first = time;
    if (time > ledger.last) ledger.last = time;
    if (this.#late !== undefined && --this.#late.after === 0) this.#release();
    return line;
  }

  reject(text: string): void {
    this.#record(text, "rejected", 1);
    this.ledger.rejected += 1;
  }

  skip(text: string): void {
    this.#record(text, "skipped", 1);
    this.ledger.skipped += 1;
  }

  close(): { sha256: string; bytes: number } {
    if (this.#late !== undefined) this.#release();
    if (this.#lastNewline) this.#sink.put(this.#newline);
    const sha256 = this.#sink.close();
    return { sha256, bytes: this.#sink.bytes };
  }

  #release(): void {
    const text = this.#late?.text as string;
    this.#late = undefined;
    this.#record(text, "events", 1);
  }

  #record(text: string, bucket: "events" | "rejected" | "skipped", lines: number): void {
    this.#sink.put(this.ledger.lines === 0 ? text : this.#newline + text);
    this.ledger.lines += lines;
    this.ledger.line_ledger[bucket] += lines;
  }
}

/** The log files, in the order of their import. */
export class Exports {
  readonly all: readonly Export[];
  readonly #early: Export;
  readonly #late: Export;
  readonly #json: Export;
  readonly #front: Export;
  readonly #desk: Export;
  readonly #groups: readonly Group[];
  readonly #random: Random;

  constructor(folder: string, groups: readonly Group[], random: Random) {
    this.#groups = groups;
    this.#random = random;
    this.#early = new Export(folder, 1, "1-gateway-2018.csv", "csv");
    this.#late = new Export(folder, 2, "1-gateway-2019.csv", "csv");
    this.#json = new Export(folder, 3, "2-edge.jsonl.gz", "jsonl", { compressed: true });
    this.#front = new Export(folder, 4, "3-frontend.log", "combined", { lastNewline: false });
    this.#desk = new Export(folder, 5, "4-partner-desk.csv", "csv", { encoding: "windows-1252", newline: "\r\n" });
    this.all = [this.#early, this.#late, this.#json, this.#front, this.#desk];
    this.#early.skip(CSV_HEADER);
    this.#late.skip(CSV_HEADER);
    for (const line of DESK_PREAMBLE) this.#desk.skip(line);
    this.#desk.skip(DESK_HEADER.replace("ö", "\xf6").replace("ß", "\xdf"));
  }

  /** Writes the call `copies` times and tells each record: its source, its line, whether it is a duplicate. */
  write(
    call: Call,
    copies: number,
    only: "first" | "second" | undefined,
    told: (source: number, line: number, duplicate: boolean) => void,
  ): void {
    const group = (this.#groups[call.group] as Group | undefined)?.id ?? "";
    // Only a client's name can break a line.
    const lines = call.agent.includes("\n") ? call.agent.split("\n").length : 1;
    const put = (target: Export, text: string, duplicate: boolean, late = false) =>
      told(target.source, target.event(text, lines, call.time, duplicate, late), duplicate);
    if (call.home === 1) {
      const text = csvLine(call, group);
      const both = call.time >= OVERLAP.from && call.time < OVERLAP.to;
      // Of the common fortnight each file lacks a tenth.
      const share = only === "first" ? 0 : only === "second" ? 1 : both ? this.#random.below(10) : 5;
      const first = both ? share !== 1 : call.time < OVERLAP.from;
      const second = both ? share !== 0 : call.time >= OVERLAP.to;
      if (first) put(this.#early, text, false);
      if (second) put(this.#late, text, first);
      for (let copy = 1; copy < copies; copy++) put(first ? this.#early : this.#late, text, true);
      if (first) this.#spoil(this.#early, CSV_BROKEN, text);
      if (second) this.#spoil(this.#late, CSV_BROKEN, text);
    } else if (call.home === 2) {
      const text = jsonLine(call);
      // One line in 50 is written late: this file is not quite in order.
      const late = call.bytes % 50 === 13 && copies === 1;
      for (let copy = 0; copy < copies; copy++) put(this.#json, text, copy > 0, late);
      this.#spoil(this.#json, JSON_BROKEN, text);
    } else if (call.home === 3) {
      const text = combinedLine(call);
      put(this.#front, text, false);
      this.#spoil(this.#front, COMBINED_BROKEN, text);
    } else {
      const text = deskLine(call, group);
      put(this.#desk, text, false);
      if (berlinFold(call.time) !== undefined) this.#desk.ledger.ambiguous += 1;
      this.#spoil(this.#desk, DESK_BROKEN, text);
    }
  }

  /** Trailers, then the ends of the files. */
  close(): { sha256: string; bytes: number }[] {
    this.#early.skip("# end of export");
    this.#json.skip("");
    this.#front.skip("# log rotated");
    return this.all.map((each) => each.close());
  }

  /** Now and then something that is no event follows the record `text`: lines to skip, lines to reject. */
  #spoil(target: Export, broken: readonly Spoiler[], text: string): void {
    const { events } = target.ledger;
    const index = events < 50_000 ? EARLY.indexOf(events) : LATER.indexOf(events % 50_000);
    if (index === 0) target.skip("");
    else if (index > 0) target.reject((broken[index - 1] as Spoiler)(text));
  }
}

/** Makes a line that cannot be read, in the manner of a record. */
type Spoiler = (record: string) => string;

/** After which event of a file a blank line follows, and after which the spoiled lines; later on within each 50,000. */
const EARLY = [9, 21, 33, 41, 47];
const LATER = [777, 10_777, 20_777, 30_777, 40_777];

const CSV_BROKEN: readonly Spoiler[] = [
  (record) => record.replace(/^[^,]*/u, "2018-02-30T10:00:00.000Z"),
  () => "2018-04-05T10:00:00.000Z,104100,cut off",
  (record) => `${record},one,cell too many`,
  (record) => record.replace(/^[^,]*/u, "n/a"),
];
const JSON_BROKEN: readonly Spoiler[] = [
  (record) => record.slice(0, 60),
  (record) => record.replace(/^\{"ts":[^,]*,/u, "{"),
  (record) => record.replace(/^\{"ts":[^,]*,/u, '{"ts":"yesterday",'),
  () => '"a text, no record"',
];
const COMBINED_BROKEN: readonly Spoiler[] = [
  (record) => record.slice(0, 20),
  (record) => record.replace(/\[[^:]*:/u, "[31/Feb/2019:"),
  () => "-- MARK --",
  () => "\u0016\u0003\u0001 gibberish",
];
const DESK_BROKEN: readonly Spoiler[] = [
  (record) => record.replace(/^[^;]*/u, NEVER_IN_BERLIN),
  (record) => record.split(";").slice(0, 9).join(";"),
  (record) => record.replace(/^[^;]*/u, "31.11.2018 10:00:00"),
  (record) => `${record};zu viel`,
];
