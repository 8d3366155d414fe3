import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../../../../shared/model/export-format.ts";
import { csvHeader, csvLine } from "../../../query/results/event-csv.ts";
import { ocsfLine } from "../../../query/results/event-ocsf.ts";
import { askCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { type Ask, withCaseThread } from "../../kit/with-case-thread.ts";

const FORMATS = ["table", ...EXPORT_FORMATS] as const;
const PAGE_ROWS = 5000;
const MAX_TERMINAL_ROWS = 50;
const TABLE_COLUMNS = ["time", "developer", "app", "operation", "status", "outcome", "fields", "source", "line"];

export const query: Command = {
  name: "query",
  summary: "Finds, counts and writes out the events a filter holds for",
  takes: ["CASE", "FILTER"],
  options: {
    count: { meaning: "only how many" },
    columns: { value: "a,b", meaning: "only these columns" },
    sort: { value: "f[:desc]", meaning: "order by this column; without it time, source, line" },
    limit: { value: "N", meaning: "at most this many" },
    facet: { value: "f", meaning: "how often each value of this field stands in them; several: a,b" },
    histogram: { value: "N", meaning: "how many fall in each of at most N spans of one length" },
    format: { value: FORMATS.join("|"), meaning: "how events are written" },
    out: { value: "FILE", meaning: "write the events to a new file" },
    ...AS,
  },
  async run(args, out) {
    const wanted = args.value("format") ?? (args.has("out") ? "jsonl" : "table");
    const format = FORMATS.find((each) => each === wanted);
    if (!format) throw new Refusal("usage", `"${wanted}" is no format of events`, `give one of ${FORMATS.join(", ")}`);
    const file = args.value("out");
    if (file !== undefined && format === "table")
      throw new Refusal("usage", "A table is for reading on screen", "give another --format with --out");
    if (file === undefined && format === "xlsx")
      throw new Refusal("usage", "A workbook is no text that can be printed", "give --out FILE.xlsx");
    if (file !== undefined)
      return withCaseThread(args.at(0), out, (ask) => exported(ask, args, out, file, format as ExportFormat));
    return askCase(args.at(0), out, async (ask) => {
      await answer(ask, args, out, format);
      return 0;
    });
  },
};

async function exported(ask: Ask, args: Args, out: Output, file: string, format: ExportFormat): Promise<number> {
  const input = given({ columns: args.list("columns"), sort: args.value("sort"), limit: args.whole("limit", 0) });
  const reply = await ask("export", { filter: args.at(1), file, format, ...input, ...args.by });
  if (out.isJson) out.json({ filter: args.at(1), count: reply.events, ...reply });
  else
    out.line(
      `${figure(reply.events)} events, ${figure(reply.bytes)} bytes, sha256 ${reply.sha256}: ${inert(reply.file)}`,
    );
  return 0;
}

async function answer(ask: Ask, args: Args, out: Output, format: (typeof FORMATS)[number]): Promise<void> {
  const filter = args.at(1);
  const facets = args.list("facet");
  const buckets = args.whole("histogram", 1);
  const partsOnly = args.has("count") || facets !== undefined || buckets !== undefined;
  const wantsEvents =
    !args.has("count") && (!partsOnly || args.has("limit") || args.has("columns") || args.has("sort"));
  const parts = await ask("query", { filter, ...given({ facets, histogram: buckets }) });
  const rows = given({ columns: args.list("columns"), sort: args.value("sort") });
  const limit =
    args.whole("limit", 0) ??
    (format === "table" && out.isTerminal && !out.isJson ? MAX_TERMINAL_ROWS : Number.POSITIVE_INFINITY);
  const total = Math.min(limit, parts.count);
  const pages = wantsEvents ? pagesOf(ask, filter, total, rows) : undefined;
  // A mistake in the columns or the order is found before anything is printed.
  const first = pages ? await pages.next() : undefined;
  async function* events(): AsyncGenerator<Partial<EventRecord>> {
    if (!pages || !first || first.done) return;
    yield* first.value;
    for await (const page of pages) yield* page;
  }
  if (out.isJson) {
    const { filter: text, count, ...others } = parts;
    const head = JSON.stringify({ filter: text, count, ...others });
    if (!pages) out.raw(`${head}\n`);
    else {
      out.raw(`${head.slice(0, -1)},"events":[`);
      await eachBatch(events(), (batch, isFirst) =>
        out.raw((isFirst ? "" : ",") + batch.map((event) => JSON.stringify(event)).join(",")),
      );
      out.raw("]}\n");
    }
    return;
  }
  if (args.has("count")) out.line(figureOrPlain(parts.count, out));
  for (const [field, counts] of Object.entries(parts.facets ?? {}))
    out.table(
      [field, "events"],
      counts.map((each) => [each.value ?? "(none)", figure(each.count)]),
    );
  if (parts.histogram)
    out.table(
      ["from", "to", "events"],
      parts.histogram.map((bucket) => [bucket.from, bucket.to, figure(bucket.count)]),
    );
  if (!pages) return;
  if (format === "table") await table(events(), rows.columns ?? TABLE_COLUMNS, total, parts.count, out);
  else {
    if (format === "csv") out.raw(csvHeader(rows.columns));
    await eachBatch(events(), (batch) =>
      out.raw(
        batch
          .map((event) =>
            format === "csv"
              ? csvLine(event, rows.columns)
              : format === "ocsf"
                ? ocsfLine(event)
                : `${JSON.stringify(event)}\n`,
          )
          .join(""),
      ),
    );
  }
}

/** A count for a person has separators; one for another program has not. */
const figureOrPlain = (count: number, out: Output) => (out.isTerminal ? figure(count) : String(count));

async function* pagesOf(
  ask: Ask,
  filter: string,
  total: number,
  rows: { columns?: string[]; sort?: string },
): AsyncGenerator<Partial<EventRecord>[]> {
  let offset = 0;
  do {
    const reply = await ask("query", {
      filter,
      rows: { offset, limit: Math.min(PAGE_ROWS, total - offset), ...rows },
    });
    yield reply.events ?? [];
    offset += PAGE_ROWS;
  } while (offset < total);
}

async function eachBatch(
  events: AsyncGenerator<Partial<EventRecord>>,
  write: (batch: Partial<EventRecord>[], isFirst: boolean) => void,
): Promise<void> {
  let batch: Partial<EventRecord>[] = [];
  let isFirst = true;
  for await (const event of events) {
    batch.push(event);
    if (batch.length < PAGE_ROWS) continue;
    write(batch, isFirst);
    batch = [];
    isFirst = false;
  }
  if (batch.length > 0) write(batch, isFirst);
}

async function table(
  events: AsyncGenerator<Partial<EventRecord>>,
  columns: readonly string[],
  shown: number,
  total: number,
  out: Output,
): Promise<void> {
  const cell = (event: Partial<EventRecord>, column: string) => {
    const value = event[column as keyof EventRecord];
    return Array.isArray(value) ? value.join(";") : value === undefined ? "" : value === true ? "yes" : String(value);
  };
  let isFirst = true;
  await eachBatch(events, (batch) => {
    const rows = batch.map((event) => columns.map((column) => cell(event, column)));
    out.table(isFirst ? columns : columns.map(() => ""), rows);
    isFirst = false;
  });
  if (total === 0) out.line("No event matches.");
  else if (shown < total) out.line(`${figure(shown)} of ${figure(total)} events; --limit N shows more`);
}
