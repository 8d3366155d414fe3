import { DAY, HOUR, type Micros } from "../../../shared/base/time.ts";
import type { ZoneDoubt } from "../../../shared/model/accountability/sensitivity.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { COUNTS } from "../../case/sources.ts";
import { Zone } from "../../intake/time/zone.ts";
import type { Inquiry } from "../inquiry.ts";
import { type Judged, judge, NONE, OBTAINED } from "../rules/judge.ts";
import { grantsOf } from "./answer.ts";

/** True offsets reach from -12:00 to +14:00. */
const [WEST, EAST] = [-12 * HOUR, 14 * HOUR];

type ChosenZone = Omit<ZoneDoubt, "could_move">;

/**
 * For each source whose zone the log itself does not say: the calls that may lie on the other side of a boundary (cutoff, start
 * of the recent window, `as_of`, the end of a grant of the call's app), were they read in any other zone there is. Those are
 * the calls with B + WEST - z <= time < B + EAST - z, z the offset they were read by, that the rule counts whatever their time.
 */
export function zoneDoubts(inquiry: Inquiry, judged: Judged): ZoneDoubt[] {
  const chosen = chosenZones(inquiry);
  if (chosen.length === 0) return [];
  const calls = movableCalls(inquiry, judged, chosen);
  const { owners } = inquiry.dataset;
  return chosen.map(({ source, timezone, timezone_from }) => {
    const positions = calls.get(source) ?? [];
    const developers = new Set(positions.map((position) => owners.of[position]));
    return { source, timezone, timezone_from, could_move: { events: positions.length, developers: developers.size } };
  });
}

/** Calls that a filter names one by one; more would be no text to read. */
const MAX_NAMED_CALLS = 500;

/** The calls of one source that another zone could move, as a filter; none where they are too many to name. */
export function zoneCalls(inquiry: Inquiry, judged: Judged, source: number): { events: number; filter?: string } {
  const chosen = chosenZones(inquiry).filter((each) => each.source === source);
  const positions = movableCalls(inquiry, judged, chosen).get(source) ?? [];
  if (positions.length === 0 || positions.length > MAX_NAMED_CALLS) return { events: positions.length };
  const offsets = inquiry.dataset.columns.numbers("offset");
  const places = [...new Set(positions.map((position) => offsets[position] as number))].sort((a, b) => a - b);
  return { events: positions.length, filter: `source:${source} offset:(${places.join(" or ")})` };
}

const chosenZones = ({ dataset: { caseFile } }: Inquiry): ChosenZone[] =>
  caseFile.db
    .prepare(
      `select id as source, timezone, timezone_from from source
       where ${COUNTS} and timezone_from in ('assumed', 'mapping', 'option') order by id`,
    )
    .all() as ChosenZone[];

/** By source: positions of the calls that could move. */
function movableCalls(inquiry: Inquiry, judged: Judged, chosen: readonly ChosenZone[]): Map<number, number[]> {
  const { dataset, personIndex, returned, policy } = inquiry;
  const { rule, cutoff, asOf } = judged;
  const { columns } = dataset;
  const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const { verdicts } = judge(dataset, personIndex, returned, rule, cutoff, asOf, always);
  const zones = new Map(chosen.map(({ source, timezone }) => [source, new Zone(timezone)]));
  const common = [cutoff, asOf - recentDaysOf(policy) * DAY, asOf].filter(Number.isFinite);
  const boundariesOf = boundariesByApp(inquiry, judged, common);
  const { time } = columns;
  const sourceOf = columns.codes("source");
  const appOf = columns.codes("app");
  const found = new Map<number, number[]>();
  for (let p = 0; p < columns.rows; p += 1) {
    const verdict = verdicts[p] as number;
    if (verdict === NONE || verdict > OBTAINED) continue;
    const source = sourceOf[p] as number;
    const zone = zones.get(source);
    if (!zone) continue;
    const at = time[p] as Micros;
    const local = at + zone.offsetAt(at);
    if (!boundariesOf(appOf[p] as number).some((boundary) => boundary + WEST <= local && local < boundary + EAST))
      continue;
    const positions = found.get(source);
    if (positions) positions.push(p);
    else found.set(source, [p]);
  }
  return found;
}

/** By an app's number: the boundaries of its calls. */
function boundariesByApp(
  inquiry: Inquiry,
  judged: Judged,
  common: readonly Micros[],
): (app: number) => readonly Micros[] {
  const grants = grantsOf(inquiry, judged);
  const texts = inquiry.dataset.columns.dictionary("app").all();
  const known = new Map<number, readonly Micros[]>();
  return (app) => {
    let boundaries = known.get(app);
    if (!boundaries) {
      const text = texts[app];
      boundaries = text === undefined ? common : [...common, ...grants.endsOf(text)];
      known.set(app, boundaries);
    }
    return boundaries;
  };
}
