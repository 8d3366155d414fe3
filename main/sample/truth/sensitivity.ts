import type { App, Developer } from "../incident/actors.ts";
import { AS_OF, berlinHours, CUTOFF, DAY, HOUR, iso, RECENT } from "../incident/calendar.ts";
import type { Call } from "../incident/call-kinds.ts";
import { ATTEMPTED, levelOf, OBTAINED, POSSIBLE } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import { entitledOf, RULE } from "./findings.ts";

const SHIFTS = [
  ["-P7D", -7 * DAY],
  ["-P1D", -DAY],
  ["-PT1H", -HOUR],
  ["PT1H", HOUR],
  ["P1D", DAY],
  ["P7D", 7 * DAY],
] as const;

/** The export whose zone only its mapping says: clocks of Berlin. */
const CHOSEN = { source: 5, timezone: "Europe/Berlin", timezone_from: "mapping" } as const;

class Plain {
  events = 0;
  readonly developers = new Set<Developer>();
  readonly apps = new Set<App>();
  readonly basis = new Set<"requested" | "returned">();

  add(call: Call, owner: Developer): void {
    this.events += 1;
    this.developers.add(owner);
    if (call.app) this.apps.add(call.app);
    this.basis.add(call.home === 3 ? "requested" : "returned");
  }

  get json() {
    return { developers: this.developers.size, apps: this.apps.size, events: this.events };
  }
}

/** The calls from one cutoff on. */
class FromCutoff {
  readonly cutoff: number;
  readonly attempted = new Plain();
  readonly possible = new Plain();
  readonly obtained = new Plain();
  readonly recent = new Plain();

  constructor(cutoff: number) {
    this.cutoff = cutoff;
  }

  add(call: Call, level: number, owner: Developer): void {
    if (call.time < this.cutoff || call.time >= AS_OF) return;
    const counted = level === ATTEMPTED ? this.attempted : level === POSSIBLE ? this.possible : this.obtained;
    counted.add(call, owner);
    if (level !== ATTEMPTED && call.time >= RECENT) this.recent.add(call, owner);
  }

  get reached(): Set<Developer> {
    return new Set([...this.possible.developers, ...this.obtained.developers]);
  }

  totals(entitled: ReadonlyMap<Developer, ReadonlySet<App>>) {
    const [only] = this.obtained.basis;
    const basis = only === undefined ? {} : { fields_are: this.obtained.basis.size === 2 ? "both" : only };
    return {
      entitled: { developers: entitled.size, apps: new Set([...entitled.values()].flatMap((apps) => [...apps])).size },
      attempted: this.attempted.json,
      possible: this.possible.json,
      obtained: { ...this.obtained.json, ...basis },
      recent: this.recent.json,
    };
  }
}

/** What `exhibit sensitivity --json` must say, gathered while the calls are made. */
export class Sensitivity {
  readonly #cast: Cast;
  readonly #asSet = new FromCutoff(CUTOFF);
  readonly #shifted = SHIFTS.map(([, by]) => new FromCutoff(CUTOFF + by));
  readonly #movable = new Plain();

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** One record of a call that is no duplicate. */
  add(call: Call, source: number, owner: Developer): void {
    const level = levelOf(call);
    if (level < ATTEMPTED || level > OBTAINED) return;
    for (const each of [this.#asSet, ...this.#shifted]) each.add(call, level, owner);
    if (source === CHOSEN.source && couldMove(call)) this.#movable.add(call, owner);
  }

  json() {
    const held = entitledOf(this.#cast);
    return {
      rules: [
        {
          rule: RULE,
          shifts: SHIFTS.map(([by], index) => {
            const moved = this.#shifted[index] as FromCutoff;
            const heldThen = entitledOf(this.#cast, moved.cutoff);
            const left = (from: FromCutoff, to: FromCutoff, before: typeof held, after: typeof held) => {
              const gone = [...from.reached].filter((each) => !to.reached.has(each));
              const ended = [...before.keys()].filter((each) => !after.has(each));
              return [...new Set([...gone, ...ended].map(({ id }) => id))].sort();
            };
            return {
              by,
              cutoff: iso(moved.cutoff),
              totals: moved.totals(heldThen),
              in: left(moved, this.#asSet, heldThen, held),
              out: left(this.#asSet, moved, held, heldThen),
            };
          }),
          zones: [
            { ...CHOSEN, could_move: { events: this.#movable.events, developers: this.#movable.developers.size } },
          ],
        },
      ],
    };
  }
}

/** Whether the reading of a Berlin clock lies on both sides of a boundary, by the clocks of -12:00 and of +14:00. */
function couldMove(call: Call): boolean {
  const read = call.time + berlinHours(call.time) * HOUR;
  const ends = (call.app?.grants ?? []).filter(({ from, until }) => from < until && Number.isFinite(until));
  const [latest, earliest] = [read + 12 * HOUR, read - 14 * HOUR];
  return [CUTOFF, RECENT, AS_OF, ...ends.map(({ until }) => until)].some((at) => earliest < at && at <= latest);
}
