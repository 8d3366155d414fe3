import { dataScript } from "../../main/bundle/viewer/data-script.ts";
import { RowChunks } from "../../main/bundle/viewer/row-chunks.ts";
import type { EventRecord } from "../../shared/model/event.ts";
import { type Catalog, DATA_FUNCTION, type Loaded } from "../../shared/viewer/data.ts";
import { Calls } from "../../viewer/data/calls.ts";

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
  const chunks = new RowChunks();
  const files = new Map<string, string>();
  const keep = () => {
    for (const { name, bytes } of chunks.take()) files.set(name.slice(0, -3), bytes.toString());
  };
  for (const { event, developerId, rules, levels } of rows) {
    chunks.add(event, developerId, rules, levels);
    if (chunks.isFull) keep();
  }
  keep();
  const sources = Map.groupBy(rows, ({ event }) => event.source);
  const lines = [...sources].map(([source, own], at): Catalog["lines"][number] => {
    const sorted = own.toSorted((a, b) => a.event.offset - b.event.offset);
    const name = `lines-${at}`;
    files.set(
      name,
      dataScript(name, {
        source,
        offsets: sorted.map(({ event }) => event.offset),
        texts: sorted.map(({ line }) => line),
      }).toString(),
    );
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
    const text = files.get(name);
    if (text === undefined) throw new Error(`${name} is not there`);
    return read(text) as Loaded<Value>;
  });
}

/** Runs a data script as the page does. */
export function read(script: string): Loaded<unknown> {
  let loaded: Loaded<unknown> = { value: undefined, bytes: [] };
  new Function(DATA_FUNCTION, script)((_: string, text: string, ...bytes: string[]) => {
    loaded = { value: JSON.parse(text), bytes };
  });
  return loaded;
}
