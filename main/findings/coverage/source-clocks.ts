import { isoOf, MINUTE, SECOND } from "../../../shared/base/time.ts";
import type { ClockJump, SourceClock } from "../../../shared/model/clocks.ts";
import type { Dataset } from "../../query/dataset.ts";

/** So many steps back are needed to say what is usual. */
const MIN_STEPS_BACK = 5;
const TIMES_USUAL = 10;
export const MAX_JUMPS_SHOWN = 20;

/** How far each source's records follow their own times: docs/decisions/23-clocks-of-a-source.md has the rule. */
export function clocksOf(dataset: Dataset): SourceClock[] {
  const names = new Map(dataset.caseFile.db.prepare("select id, name from source").raw().all() as [number, string][]);
  return [...inFileOrder(dataset)].map(({ source, time, line }) => ({
    source,
    file: names.get(source) ?? "",
    ...clockOf(time, line),
  }));
}

/** Times (µs) and lines of a source's records, in the order of the file. */
export function clockOf(time: Float64Array, line: Float64Array): Omit<SourceClock, "source" | "file"> {
  const rows = time.length;
  let [later, earlier] = [0, 0];
  for (let row = 1; row < rows; row += 1) {
    if ((time[row] as number) > (time[row - 1] as number)) later += 1;
    else if ((time[row] as number) < (time[row - 1] as number)) earlier += 1;
  }
  const isReversed = earlier > later;
  const rowAt = (at: number) => (isReversed ? rows - 1 - at : at);
  const timeAt = (at: number) => time[rowAt(at)] as number;
  const lineAt = (at: number) => line[rowAt(at)] as number;

  const back = new Float64Array(Math.min(later, earlier));
  for (let at = 1, k = 0; at < rows; at += 1) {
    const step = timeAt(at) - timeAt(at - 1);
    if (step < 0) back[k++] = -step;
  }
  const sorted = back.slice().sort();
  const usual = back.length < MIN_STEPS_BACK ? 0 : (sorted[sorted.length >> 1] as number);
  const furthest = sorted.at(-1) ?? 0;
  const least = Math.max(MINUTE, usual * TIMES_USUAL + 1);

  let jumps = 0;
  const first: ClockJump[] = [];
  // The furthest step forward since the last jump. If the clock had run ahead, the jump takes that step back.
  let leap = { step: 0, at: 0 };
  for (let at = 1; furthest >= least && at < rows; at += 1) {
    const step = timeAt(at) - timeAt(at - 1);
    if (step > leap.step) leap = { step, at };
    if (-step < least) continue;
    jumps += 1;
    const isAhead = leap.step >= -step / 2 && leap.step <= -step * 2;
    if (first.length < MAX_JUMPS_SHOWN)
      first.push({
        line: lineAt(at),
        before: lineAt(at - 1),
        from: isoOf(timeAt(at - 1)),
        to: isoOf(timeAt(at)),
        seconds: -step / SECOND,
        ...(isAhead ? { ahead_since: lineAt(leap.at) } : {}),
      });
    leap = { step: 0, at };
  }
  return {
    events: rows,
    order: isReversed ? "newest first" : "oldest first",
    backward: back.length,
    usual: usual / SECOND,
    furthest: furthest / SECOND,
    jumps,
    first_jumps: first,
  };
}

/** The columns are in the order of time. Ids ascend in the order of the file, so an event's id says where it was. */
function* inFileOrder({ columns }: Dataset): Generator<{ source: number; time: Float64Array; line: Float64Array }> {
  const [ids, sources, times, lines] = [
    columns.codes("id"),
    columns.codes("source"),
    columns.time,
    columns.numbers("line"),
  ];
  const runs = new Map<number, { first: number; rows: number }>();
  for (let p = 0; p < columns.rows; p += 1) {
    const source = sources[p] as number;
    const id = ids[p] as number;
    const run = runs.get(source);
    if (!run) runs.set(source, { first: id, rows: 1 });
    else {
      run.rows += 1;
      if (id < run.first) run.first = id;
    }
  }
  const files = new Map(
    [...runs].map(([source, { first, rows }]) => [
      source,
      { first, time: new Float64Array(rows), line: new Float64Array(rows) },
    ]),
  );
  for (let p = 0; p < columns.rows; p += 1) {
    const { first, time, line } = files.get(sources[p] as number) as {
      first: number;
      time: Float64Array;
      line: Float64Array;
    };
    const row = (ids[p] as number) - first;
    time[row] = times[p] as number;
    line[row] = lines[p] as number;
  }
  for (const [source, { time, line }] of [...files].sort((a, b) => a[0] - b[0])) yield { source, time, line };
}
