import { AS_OF, CUTOFF, HOUR, iso, START } from "../incident/calendar.ts";
import { type Call, emptyCall } from "../incident/call-kinds.ts";
import { judge } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import { Claims } from "./claims.ts";
import { clocksTruth } from "./clocks.ts";
import { gapJson, Hours } from "./coverage.ts";
import { Counts, type Row } from "./filter-counts.ts";
import { Findings, RULE } from "./findings.ts";
import { keptOf, PeopleAsked, Subjects } from "./people-counts.ts";
import { Remedy } from "./remedy.ts";
import { Sensitivity } from "./sensitivity.ts";

/** Everything the sample knows of itself. */
export class Truth {
  readonly claims: Claims;
  readonly #findings: Findings;
  readonly #remedy: Remedy;
  readonly #sensitivity: Sensitivity;
  readonly #counts: Counts;
  readonly #people: PeopleAsked;
  readonly #subjects: Subjects;
  readonly #groups = new Hours();
  readonly #lanes = new Map<string, { source: number; api: string; hours: Hours }>();
  readonly #row: Row;

  constructor(cast: Cast) {
    this.claims = new Claims(cast);
    this.#findings = new Findings(cast);
    this.#remedy = new Remedy(cast);
    this.#sensitivity = new Sensitivity(cast);
    this.#counts = new Counts(cast);
    this.#people = new PeopleAsked(cast);
    this.#subjects = new Subjects(cast);
    this.#row = { call: emptyCall(), source: 0, line: 0, duplicate: false, verdict: 0, owner: cast.unknown };
  }

  /** The call whose records follow. */
  call(call: Call, owner: Row["owner"]): void {
    this.#row.call = call;
    this.#row.owner = owner;
    this.#row.verdict = judge(call);
  }

  record = (source: number, line: number, duplicate: boolean): void => {
    const row = this.#row;
    row.source = source;
    row.line = line;
    row.duplicate = duplicate;
    this.#counts.add(row);
    const { call } = row;
    const { api } = call.operation;
    if (duplicate) {
      this.#lane(source, api).addDuplicate(call.time);
      return;
    }
    this.#people.add(row);
    this.#remedy.add(call, row.verdict, row.owner);
    this.#sensitivity.add(call, source, row.owner);
    if (row.verdict !== 0) {
      const kept = keptOf(row);
      this.#findings.add(call, row.verdict, row.owner, kept);
      this.claims.add(row, kept);
      this.#subjects.add(row, kept);
    }
    if (api === "groups") this.#groups.add(call.time);
    this.#lane(source, api).add(call.time);
  };

  #lane(source: number, api: string): Hours {
    const key = `${source} ${api}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { source, api, hours: new Hours() };
      this.#lanes.set(key, lane);
    }
    return lane.hours;
  }

  /** The steps that are recorded of the incident, as a table. */
  get remedyTable(): string {
    return this.#remedy.csv(this.#findings);
  }

  json() {
    const coverage = [...this.#lanes.values()]
      .filter(({ hours }) => hours.events > 0)
      .sort((a, b) => a.source - b.source || (a.api < b.api ? -1 : 1))
      .map(({ source, api, hours }) => ({
        source,
        api,
        from: iso(hours.first),
        to: iso(hours.last),
        events: hours.events,
        gaps: hours.gaps().map(gapJson),
      }));
    const gaps = this.#groups
      .gaps(CUTOFF, AS_OF)
      .map((gap) => ({ from: START + gap.from * HOUR, to: START + gap.to * HOUR }));
    return {
      findings: { as_of: iso(AS_OF), rules: [this.#findings.json()], coverage },
      apart: [{ rule: RULE, ...this.#findings.apart }],
      claims: { claims: this.claims.json(this.#findings, gaps) },
      remedy: this.#remedy.json(this.#findings),
      clocks: clocksTruth(this.#findings),
      sensitivity: this.#sensitivity.json(),
      people: this.#people.json(),
      subjects: this.#subjects.json(),
      counts: this.#counts.json(),
    };
  }
}
