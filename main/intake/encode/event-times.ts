import { FLAG } from "../../../shared/model/event.ts";
import type { FieldPlan, Plan, ZoneBeside } from "../mapping/plan.ts";
import {
  BAD,
  type BatchInfo,
  CLOCK,
  type Day,
  END_MASK,
  KIND_SHIFT,
  LENGTH,
  LINE,
  LINES,
  OFFSET,
  PART,
  PLAIN,
  RECORD_INTS,
} from "../read/batch.ts";
import { isOtherEncoding, OTHER_ENCODING } from "../read/bytes/other-encoding.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import { type InstantState, Instants } from "../time/instants.ts";
import { isWrittenForZones, statedZone } from "../time/stated-offset.ts";
import { TimeReader } from "../time/time-reader.ts";
import { Zone } from "../time/zone.ts";
import type { CompiledField } from "./compiled-field.ts";
import type { LineLedger, Rejected } from "./encoded-batch.ts";
import { addLines } from "./line-count.ts";
import { NoCalls } from "./no-calls.ts";
import { isWord, type Rows, spanText } from "./raw-column.ts";

/** Microseconds and flags by kept row, and the records that are no events. */
export interface BatchTimes {
  readonly time: Float64Array;
  readonly flags: Uint8Array;
  readonly rejects: Rejected[];
}

/** Reads the times of a source's records. A record without a time is no event, so this decides which rows are kept. */
export class EventTimes {
  readonly #plan: Plan;
  readonly #field: CompiledField;
  readonly #reader: TimeReader;
  readonly #instants: Instants;
  readonly #ledger: LineLedger;
  readonly #noCalls: NoCalls | undefined;

  constructor(plan: Plan, field: CompiledField, ledger: LineLedger, state: InstantState) {
    this.#plan = plan;
    this.#field = field;
    this.#ledger = { ...ledger };
    this.#noCalls = plan.noCalls && new NoCalls(plan, plan.noCalls);
    const zone = new Zone(plan.timezone);
    this.#instants = new Instants(zone, { ...state });
    const yearOf = (month: number, day: number, first: number) => this.#instants.yearOf(month, day, first);
    this.#reader = new TimeReader(field.plan.parse, yearOf, { zone, isSettled: field.plan.isSettled === true });
  }

  /** What the times met so far leave open. */
  get dates(): DatePuzzle {
    return this.#reader.puzzle;
  }

  get ledger(): LineLedger {
    return { ...this.#ledger };
  }

  get state(): InstantState {
    return { ...this.#instants.state };
  }

  /** Fills `rows.keep` and `rows.count`. Every line goes to its bucket of the ledger on the way, in the order of the file. */
  read(rows: Rows, info: BatchInfo): BatchTimes {
    const { records, keep } = rows;
    const field = this.#field;
    const time = new Float64Array(info.rows);
    const flags = new Uint8Array(info.rows);
    const rejects: Rejected[] = [];
    const noColumn = field.steps.length === 0 && field.plan.value === undefined;
    let isEvent = false;
    for (let row = 0; row < info.rows; row++) {
      const at = row * RECORD_INTS;
      const line = info.line + (records[at + LINE] as number);
      const lines = records[at + LINES] as number;
      const bad = records[at + BAD] as number;
      let reason =
        bad > 0
          ? (info.reasons[bad - 1] as string)
          : noColumn
            ? "no column is a time"
            : (this.#noCalls?.whyOf(rows, row) ?? "");
      if (reason === "") {
        reason = this.#timeOf(field, rows, row, info.days);
        if (reason === "" && field.plan.zone && Number.isNaN(this.#reader.offset))
          reason = this.#zoneBeside(field.plan.zone, rows, row);
        if (reason === "") {
          const instant = this.#instants.resolve(this.#reader.local, this.#reader.offset);
          if (Number.isNaN(instant)) reason = `no such local time in ${this.#plan.timezone}: clocks were put forward`;
          else {
            time[rows.count] = instant;
            flags[rows.count] = this.#instants.twice ? FLAG.ambiguousTime : 0;
            keep[rows.count++] = row;
          }
        }
      }
      // Lines of a record with several calls are those of an event if one of its calls is.
      isEvent = (isEvent && (records[at + PART] as number) > 1) || reason === "";
      if (row + 1 >= info.rows || (records[at + RECORD_INTS + PART] as number) < 2)
        addLines(this.#ledger, line, lines, isEvent);
      if (reason === "") continue;
      const offset = info.offset + (records[at + OFFSET] as number);
      const before = rejects.at(-1);
      // A record is rejected once, however many of its calls are none.
      if ((records[at + PART] as number) > 1 && before?.offset === offset && before.line === line)
        rejects[rejects.length - 1] = { ...before, reason: andMore(before.reason) };
      else rejects.push({ line, lines, offset, length: records[at + LENGTH] as number, reason });
    }
    return { time, flags, rejects };
  }

  /** Sets the time reader. Returns "" or why the record has no time. */
  #timeOf({ plan, steps, match }: CompiledField, rows: Rows, row: number, days: readonly Day[]): string {
    for (const { origin } of steps) {
      if (origin.kind === "field" || origin.kind === "joined") continue;
      const at = row * rows.stride + origin.input * 2;
      const start = rows.spans[at] as number;
      if (start < 0) continue;
      const packed = rows.spans[at + 1] as number;
      const end = packed & END_MASK;
      if (isWord(rows, start, end)) continue;
      if (packed >>> KIND_SHIFT === PLAIN && origin.rest.length === 0 && !match && origin.kind === "input") {
        return this.#reader.read(rows.u8, rows.view, start, end) || this.#withDay(plan, rows, row, start, end)
          ? ""
          : this.#unreadable(Buffer.from(rows.u8.buffer, start, end - start).toString("utf8"));
      }
      const found = spanText(rows, row, origin, this.#plan);
      if (!found) continue;
      if (packed >>> KIND_SHIFT === CLOCK) return this.#clockOf(found.text, row, days);
      const text = match ? match.first(found.text) : found.text;
      return text !== undefined && this.#reader.readText(text) ? "" : this.#unreadable(text ?? found.text);
    }
    if (plan.value !== undefined) return this.#reader.readText(plan.value) ? "" : this.#unreadable(plan.value);
    return "the record has no time";
  }

  /** Why the text read last is no time. */
  #unreadable(text: string): string {
    const word = this.#reader.unknownZone;
    if (word !== "") return `"${word}" behind a time ${NO_ONE_ZONE}`;
    const bytes = Buffer.from(text);
    if (isOtherEncoding(bytes, 0, bytes.length)) return OTHER_ENCODING;
    return `not a time that can be read: "${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
  }

  /** Takes the zone of a time that states none from what stands beside it. Returns "" or why it names none. */
  #zoneBeside({ inputs, heading }: ZoneBeside, rows: Rows, row: number): string {
    for (const { input, mayBeOther } of inputs) {
      const beside = spanText(rows, row, { kind: "input", input, rest: [] }, this.#plan);
      const word = beside?.text.trim() ?? "";
      if (!beside || beside.json || word === "") continue;
      if (this.#takeZone(word)) return "";
      if (!mayBeOther) return noOneZone(word);
    }
    return heading === undefined || this.#takeZone(heading) ? "" : noOneZone(heading);
  }

  #takeZone(word: string): boolean {
    const stated = statedZone(word, this.#reader.local, this.#reader.zone);
    if (stated === undefined || stated.unknown !== undefined) return false;
    this.#reader.offset = stated.offset;
    return true;
  }

  /** A clock time whose date stands in another column of the record. */
  #withDay({ day }: FieldPlan, rows: Rows, row: number, start: number, end: number): boolean {
    if (day === undefined) return false;
    const date = spanText(rows, row, { kind: "input", input: day, rest: [] }, this.#plan)?.text;
    const clock = Buffer.from(rows.u8.buffer, start, end - start).toString("latin1");
    return date !== undefined && /^\s*\d\d?:/u.test(clock) && this.#reader.readText(`${date} ${clock}`);
  }

  /** A clock time whose date a line above said. */
  #clockOf(clock: string, row: number, days: readonly Day[]): string {
    const day = days.findLast((known) => known.row <= row);
    if (!day || day.date === "") return `a time of day without a date: "${clock}"`;
    const text = `${day.date} ${clock}${day.zone}`;
    return this.#reader.readText(text) ? "" : this.#unreadable(text);
  }
}

const NO_ONE_ZONE = "names no one zone: import again with --timezone";
const noOneZone = (word: string) => `"${word}" beside a time ${NO_ONE_ZONE}`;
/** Whether a record is rejected for its zone alone: its time is one. */
export const lacksZone = (reason: string): boolean =>
  reason.endsWith(NO_ONE_ZONE) && isWrittenForZones(reason.slice(1, reason.indexOf('"', 1)));

const MORE = /^(.*) \(and (\d+) more of the record's calls\)$/su;

/** The reason of a record's first rejected call, with how many others there are. */
function andMore(reason: string): string {
  const [, first = reason, more = "0"] = MORE.exec(reason) ?? [];
  return `${first} (and ${Number(more) + 1} more of the record's calls)`;
}
