import type { Home } from "./actors.ts";
import { Maker, obtainedTargets, otherTargets, possibleTargets, Stream, spread } from "./background-calls.ts";
import { AS_OF, CUTOFF, END, monthIndex, START } from "./calendar.ts";
import { type Call, emptyCall } from "./call-kinds.ts";
import { judge, OBTAINED, POSSIBLE } from "./call-levels.ts";
import type { Cast } from "./cast.ts";
import { type Plan, realise } from "./planned-call.ts";
import { Random } from "./random.ts";
import { scheduledCalls } from "./scheduled-calls.ts";

/** The incident's calls one after the other, in time order: exactly `rows` of them. */
export class Calls {
  /** The last call that was made up, as its export carries it. Reused from call to call. */
  readonly call: Call = emptyCall();
  readonly #cast: Cast;
  readonly #chance: Random;
  readonly #home: Home | undefined;
  readonly #scheduled: Plan[];
  readonly #streams: readonly Stream[];
  #left: number;

  /** `home`: all calls as this one export would carry them. */
  constructor(cast: Cast, rows: number, seed: number, home?: Home) {
    this.#cast = cast;
    this.#chance = new Random(seed, 2);
    this.#home = home;
    this.#scheduled = scheduledCalls(cast);
    this.#streams = streamsOf(cast, this.#scheduled, rows, seed);
    this.#left = rows;
  }

  /** Makes up the next call and fills `call`; undefined behind the last. */
  next(): Plan | undefined {
    if (this.#left === 0) return undefined;
    this.#left -= 1;
    const plan = nextPlan(this.#scheduled, this.#streams);
    realise(this.call, this.#home ? { ...plan, home: this.#home } : plan, this.#cast.groups, this.#chance);
    return plan;
  }
}

/** The streams that, with the scheduled calls, make exactly `rows` calls; use falls from month to month. */
function streamsOf(cast: Cast, scheduled: readonly Plan[], rows: number, seed: number): Stream[] {
  const obtained = obtainedTargets(rows);
  const possible = possibleTargets(rows);
  const other = otherTargets(rows);
  const probe = emptyCall();
  const chance = new Random(seed, 4);
  for (const plan of scheduled) {
    realise(probe, plan, cast.groups, chance);
    const verdict = judge(probe);
    const month = monthIndex(probe.time);
    if (verdict === OBTAINED) (obtained[month] as number)--;
    if (verdict === POSSIBLE) (possible[month] as number)--;
  }
  const maker = new Maker(cast, seed);
  const groups = [...obtained, ...possible, ...other];
  if (groups.some((calls) => calls < 0)) throw new Error("sample: more calls are scheduled than a month has");
  const rest = rows - scheduled.length - groups.reduce((sum, calls) => sum + calls, 0);
  if (rest < 0) throw new Error("sample: more calls are scheduled than there are rows");
  const closed = { from: CUTOFF, to: AS_OF, silence: true };
  const all = { from: START, to: END, silence: true };
  return [
    new Stream(new Random(seed, 10), obtained, closed, maker.obtained),
    new Stream(new Random(seed, 11), possible, closed, maker.possible),
    new Stream(new Random(seed, 12), other, all, maker.other),
    new Stream(new Random(seed, 13), spread(rest), { ...all, silence: false }, maker.background),
  ];
}

/** The earliest of the next calls. `scheduled` is consumed from its front. */
function nextPlan(scheduled: Plan[], streams: readonly Stream[]): Plan {
  let earliest: Stream | undefined;
  for (const stream of streams) if (earliest === undefined || stream.time < earliest.time) earliest = stream;
  const plan = scheduled[0];
  if (plan !== undefined && plan.time <= (earliest as Stream).time) {
    scheduled.shift();
    return plan;
  }
  return (earliest as Stream).next();
}
