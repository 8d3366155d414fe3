import { tableColumns, tableHeader, tableLine } from "../../main/bundle/contents/event-table.ts";
import { LinePiece } from "../../main/bundle/viewer/line-piece.ts";
import { packedScript } from "../../main/bundle/viewer/packed-script.ts";
import { rowFiles } from "../../main/bundle/viewer/viewer-files.ts";
import type { EventRecord } from "../../shared/model/event.ts";
import type { Level } from "../../shared/model/level.ts";
import { type Catalog, DATA_FUNCTION, type Loaded } from "../../shared/viewer/data.ts";
import { base64Of, type WrittenBytes } from "../../viewer/data/base64.ts";
import { Calls } from "../../viewer/data/calls.ts";

const COLUMNS = tableColumns(new Set(["caller", "part"]));

/** What the rules say of a call, beside the call. */
export interface Row {
  readonly event: EventRecord;
  readonly developerId: string;
  readonly rules: readonly string[];
  readonly levels: readonly string[];
  readonly line: string;
}

/** The calls as the page has them: written as the program writes them, read as the page reads them. */
export function callsOf(rows: readonly Row[], more: Partial<Catalog> = {}): Calls {
  const files = new Map<string, string>();
  const extract = new Map([
    ["events.jsonl", rows.map(({ event }) => `${JSON.stringify(event)}\n`).join("")],
    [
      "events.csv",
      `\uFEFF${tableHeader(COLUMNS)}${rows
        .map(({ event, developerId: developer_id, rules, levels }, at) =>
          tableLine(
            at + 1,
            event,
            {
              developer_id,
              rule: rules,
              level: levels as Level[],
              people: [],
              ...(rules.length > 0 && { counted: true as const }),
            },
            COLUMNS,
          ),
        )
        .join("")}`,
    ],
  ]);
  const made = (async () => {
    for await (const { name, bytes } of rowFiles(async function* (name) {
      yield Buffer.from(extract.get(name) ?? "");
    }))
      files.set(name.slice(0, -3), bytes.toString());
  })();
  const sources = Map.groupBy(rows, ({ event }) => event.source);
  const lines = [...sources].map(([source, own], at): Catalog["lines"][number] => {
    const sorted = own.toSorted((a, b) => a.event.offset - b.event.offset);
    const name = `lines-${at}`;
    const piece = new LinePiece();
    for (const { event, line } of sorted) piece.add(source, event.offset, Buffer.from(line));
    const { lines, bytes } = piece.take();
    files.set(name, packedScript(name, lines, bytes).toString());
    return [source, sorted[0]?.event.offset ?? 0, own.length];
  });
  const catalog: Catalog = {
    name: "t-1",
    title: "T",
    rows: rows.length,
    left_out: 0,
    times: {},
    recent_days: 60,
    sources: [],
    rules: [],
    decisions: [],
    developers: [],
    apps: [],
    grants: [],
    ...more,
    lines,
  };
  return new Calls(catalog, async <Value>(name: string) => {
    await made;
    const text = files.get(name);
    if (text === undefined) throw new Error(`${name} is not there`);
    return read(text) as Loaded<Value>;
  });
}

/** Runs a data script as the page does. */
export function read(script: string): Loaded<unknown> {
  let loaded: Loaded<unknown> = { value: undefined, bytes: [] };
  new Function(DATA_FUNCTION, script)((_: string, text: string, ...bytes: WrittenBytes[]) => {
    loaded = { value: JSON.parse(text), bytes: bytes.map(base64Of) };
  });
  return loaded;
}
