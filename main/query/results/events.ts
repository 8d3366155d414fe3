import { isoOf } from "../../../shared/base/time.ts";
import { callerOf, type EventRecord, FLAG, OUTCOMES, type Outcome } from "../../../shared/model/event.ts";
import { type Labels, labelsOf } from "../../annotations/labels.ts";
import type { Dataset } from "../dataset.ts";

/** A row as `event_row` has it, texts by id. */
interface Row {
  id: number;
  source: number;
  line: number;
  offset: number;
  length: number;
  time: number;
  status: number | null;
  outcome: number;
  subject_count: number | null;
  request_id: string | null;
  bytes: number | null;
  duration_ms: number | null;
  flags: number;
  part: number | null;
  [coded: string]: number | string | null;
}

const ROWS_AT_ONCE = 1000;

const SELECT_ROWS = `select e.*, case typeof(e.request_id) when 'integer' then printf('%016x', e.request_id) else e.request_id end as request_id,
  (select part from event_part where id = e.id) as part
  from json_each(?) wanted join event_row e on e.id = wanted.value order by wanted.key`;

/** The events at these positions, in that order. They are read in batches, so that memory holds one batch only. */
export function* eventsAt(
  dataset: Dataset,
  positions: Uint32Array | readonly number[],
): Generator<{ id: number; event: EventRecord }> {
  const { columns, caseFile, owners } = dataset;
  const ids = columns.codes("id");
  const rows = caseFile.db.prepare(SELECT_ROWS);
  const labels = labelsOf(caseFile.db);
  for (let from = 0; from < positions.length; from += ROWS_AT_ONCE) {
    const batch = positions.slice(from, from + ROWS_AT_ONCE);
    const wanted = Array.from(batch, (position) => ids[position] as number);
    const found = rows.all(JSON.stringify(wanted)) as Row[];
    for (const [index, row] of found.entries()) {
      const owner = owners.list[owners.of[batch[index] as number] as number];
      yield { id: row.id, event: eventOf(dataset, row, owner?.shown, labels) };
    }
  }
}

/** One event as JSON has it: keys in FORMATS' order, absent values left out. */
function eventOf(dataset: Dataset, row: Row, developer: string | undefined, labels: Labels): EventRecord {
  const event: Partial<EventRecord> = {};
  const text = (name: Parameters<Dataset["columns"]["dictionary"]>[0]) =>
    dataset.columns.dictionary(name).get(row[name] as number | null);
  const put = <K extends keyof EventRecord>(key: K, value: EventRecord[K] | null | undefined) => {
    if (value !== undefined && value !== null) event[key] = value;
  };
  const list = (name: "fields" | "subjects") => {
    const value = text(name);
    return value === undefined ? undefined : (JSON.parse(value) as string[]);
  };
  put("time", isoOf(row.time));
  put("app", text("app"));
  put("developer", developer);
  put("api", text("api"));
  put("operation", text("operation"));
  put("method", text("method"));
  put("path", text("path"));
  put("status", row.status);
  put("outcome", OUTCOMES[row.outcome] as Outcome);
  put("actor", text("actor"));
  put("caller", callerOf(row.flags));
  put("resource", text("resource"));
  const fields = list("fields");
  if (fields && fields.length > 0) {
    put("fields", fields);
    put("fields_are", (row.flags & FLAG.requested) !== 0 ? "requested" : "returned");
  }
  put("subjects", list("subjects"));
  put("subject_count", row.subject_count);
  put("ip", text("ip"));
  put("user_agent", text("user_agent"));
  put("request_id", row.request_id);
  put("bytes", row.bytes);
  put("duration_ms", row.duration_ms);
  if ((row.flags & FLAG.duplicate) !== 0) put("duplicate", true);
  put("source", row.source);
  put("line", row.line);
  put("offset", row.offset);
  put("length", row.length);
  put("part", row.part);
  const tags = labels.tags(row.id);
  if (tags.length > 0) put("tags", tags);
  const notes = labels.notes(row.id);
  if (notes.length > 0) put("notes", notes);
  return event as EventRecord;
}
