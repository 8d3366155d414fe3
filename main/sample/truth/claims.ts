import { AS_OF, at, CUTOFF, RECENT } from "../incident/calendar.ts";
import { nobody, OBTAINED, POSSIBLE, UNKNOWN } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import type { People } from "../incident/people-set.ts";
import type { Gap } from "./coverage.ts";
import type { Row } from "./filter-counts.ts";
import { type Findings, RULE } from "./findings.ts";
import { Tally } from "./tally.ts";

type Verdict = "supported" | "contradicted" | "undetermined";

/** A claim as `exhibit/claims@1` has it. */
interface Claim {
  id: string;
  text: string;
  said_by: string;
  said_on: string;
  rule: string;
  measure?: "developers" | "apps" | "events" | "people";
  level?: "entitled" | "obtained" | "possible+";
  recent?: true;
  filter?: string;
  is?: ">=" | ">" | "=" | "<" | "<=";
  value?: number;
}

interface CountedClaim {
  readonly claim: Claim;
  /** What the filter says, as plain code. */
  readonly test: (row: Row) => boolean;
  /** The claim's own time, µs, half-open. */
  readonly from: number;
  readonly to: number;
  readonly tally: Tally;
  /** Calls that fields not logged may have hidden among the `possible`. */
  possible: number;
  /** Calls that would count had they been allowed, which nothing says. */
  readonly untold: Tally;
}

const SAID = { said_by: "Orbit", said_on: "2019-11-05", rule: RULE };
const DAY_AFTER = at("2018-12-04T00:00:00Z");

/** A claim, and the code that its filter stands for. */
interface Said {
  readonly claim: Claim;
  readonly test?: (row: Row) => boolean;
  readonly from?: number;
  readonly to?: number;
}

/** How many partners kept access, and used it of late. */
const HOW_MANY_KEPT: readonly Said[] = [
  {
    claim: {
      ...SAID,
      id: "kept",
      text: "as many as 100 partners kept access to group members' names and profile pictures",
      measure: "developers",
      level: "entitled",
      is: "<=",
      value: 100,
    },
  },
  {
    claim: {
      ...SAID,
      id: "recent",
      text: "at least 11 partners accessed group members' information in the last 60 days",
      measure: "developers",
      level: "possible+",
      recent: true,
      is: ">=",
      value: 11,
    },
  },
  {
    claim: {
      ...SAID,
      id: "recent-exactly",
      text: "exactly 11 partners accessed it in the last 60 days",
      measure: "developers",
      level: "possible+",
      recent: true,
      is: "=",
      value: 11,
    },
  },
  {
    claim: {
      ...SAID,
      id: "few-kept",
      text: "no more than 50 partners kept access",
      measure: "developers",
      level: "entitled",
      is: "<=",
      value: 50,
    },
  },
];

/** That one partner got nothing after its permission had ended. */
function nothingAfterRevocation({ again }: Cast["named"]): Said {
  const revoked = again.apps[0]?.grants.at(-1)?.until as number;
  const revokedDay = new Date(revoked / 1000).toISOString();
  return {
    claim: {
      ...SAID,
      id: "nothing-after-revocation",
      text: `no member data was returned to ${again.name} once its access was revoked`,
      measure: "events",
      level: "possible+",
      filter: `developer:"${again.name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}" time>=${revokedDay}`,
      is: "=",
      value: 0,
    },
    test: (row) => row.owner === again && row.call.time >= revoked,
    from: revoked,
  };
}

/** What was returned after a day, or within a week or month. */
const WITHIN_A_TIME: readonly Said[] = [
  {
    claim: {
      ...SAID,
      id: "closed",
      text: "no member data was returned through the Groups API after April 4, 2018",
      measure: "events",
      level: "obtained",
      is: "<=",
      value: 0,
    },
  },
  {
    claim: {
      ...SAID,
      id: "quiet-week",
      text: "from June 4 to 10, 2018 the restricted endpoints returned nothing",
      measure: "events",
      level: "possible+",
      filter: "time:2018-06-04..2018-06-10",
      is: "=",
      value: 0,
    },
    from: at("2018-06-04T00:00:00Z"),
    to: at("2018-06-11T00:00:00Z"),
  },
  {
    claim: {
      ...SAID,
      id: "june",
      text: "at most 90 partners got member data in June 2018",
      measure: "developers",
      level: "possible+",
      filter: "time:2018-06",
      is: "<=",
      value: 90,
    },
    from: at("2018-06-01T00:00:00Z"),
    to: at("2018-07-01T00:00:00Z"),
  },
  {
    claim: {
      ...SAID,
      id: "december",
      text: "at most 90 partners got member data in the week of December 4, 2018",
      measure: "developers",
      level: "possible+",
      filter: "time:2018-12-04..2018-12-10",
      is: "<=",
      value: 90,
    },
    from: DAY_AFTER,
    to: at("2018-12-11T00:00:00Z"),
  },
];

/** How much there was in all, and what no log can show. */
const IN_ALL: readonly Said[] = [
  {
    claim: {
      ...SAID,
      id: "few-people",
      text: "no more than 100 million people were affected",
      measure: "people",
      level: "obtained",
      is: "<=",
      value: 100_000_000,
    },
  },
  {
    claim: {
      ...SAID,
      id: "apps-used",
      text: "more than 60 apps used the access",
      measure: "apps",
      level: "possible+",
      is: ">",
      value: 60,
    },
  },
  {
    claim: { ...SAID, id: "deleted", text: "partners that accessed the data have confirmed that they deleted it" },
  },
];

/** All that Orbit said, in the order of the document. */
const said = (cast: Cast): readonly Said[] => [
  ...HOW_MANY_KEPT,
  nothingAfterRevocation(cast.named),
  ...WITHIN_A_TIME,
  ...IN_ALL,
];

/** The claims, and what the record says of each: from FORMATS.md, "Claims". */
export class Claims {
  readonly #counted: CountedClaim[];

  constructor(cast: Cast) {
    this.#counted = said(cast).map(({ claim, test, from = CUTOFF, to = AS_OF }) => ({
      claim,
      from: claim.recent ? Math.max(from, RECENT) : from,
      to,
      test: test ?? ((row) => row.call.time >= from && row.call.time < to),
      tally: new Tally(cast),
      possible: 0,
      untold: new Tally(cast),
    }));
  }

  get document() {
    return { schema: "exhibit/claims@1", claims: this.#counted.map(({ claim }) => claim) };
  }

  /** `row` is no duplicate; `kept`: the people listed who did not consent. */
  add(row: Row, kept: readonly number[]): void {
    const { verdict, call } = row;
    const isUntold = verdict === UNKNOWN && !nobody(call);
    if (verdict !== POSSIBLE && verdict !== OBTAINED && !isUntold) return;
    for (const counted of this.#counted) {
      const { claim } = counted;
      if (claim.level === undefined || claim.level === "entitled" || !counted.test(row)) continue;
      if (claim.recent && call.time < RECENT) continue;
      if (isUntold) {
        counted.untold.add(call, row.owner, kept);
        continue;
      }
      if (verdict === POSSIBLE) counted.possible += 1;
      if (claim.level === "possible+" || verdict === OBTAINED) counted.tally.add(call, row.owner, kept);
    }
  }

  /** `gaps`: of the Groups API over all exports together, µs. */
  json(findings: Findings, gaps: readonly Gap[]) {
    return this.#counted.map((counted) => {
      const { claim } = counted;
      if (claim.measure === undefined) return { id: claim.id, verdict: "undetermined" as Verdict };
      const measured = measure(counted, findings);
      const gap = gaps.some((each) => each.from < counted.to && counted.from < each.to);
      const fields = claim.level === "obtained" && counted.possible > 0;
      const people = claim.measure === "people" && measured.basis !== "exact";
      const open = claim.level !== "entitled" && (gap || fields || people || addsUntold(counted));
      return { id: claim.id, verdict: verdictOf(claim, measured.value ?? 0, open), measured };
    });
  }
}

/** Whether calls of unknown outcome could change the measure: of developers and apps only those that are not counted yet. */
function addsUntold({ claim, tally, untold }: CountedClaim): boolean {
  if (claim.measure === "developers") return [...untold.developers].some((one) => !tally.developers.has(one));
  if (claim.measure === "apps") return [...untold.apps].some((one) => !tally.apps.has(one));
  return untold.events > 0;
}

function measure({ claim, tally }: CountedClaim, findings: Findings): People {
  if (claim.level === "entitled") return { value: findings.entitled.size, basis: "exact" };
  if (claim.measure === "people") return tally.people.result();
  return { value: tally.counts[claim.measure as "developers" | "apps" | "events"], basis: "exact" };
}

/** `open`: the truth may be more than `value`, never less. */
function verdictOf({ is, value: said = 0 }: Claim, value: number, open: boolean): Verdict {
  if (is === ">=" || is === ">") {
    const met = is === ">=" ? value >= said : value > said;
    return met ? "supported" : open ? "undetermined" : "contradicted";
  }
  const broken = is === "<" ? value >= said : value > said;
  if (broken) return "contradicted";
  if (open) return "undetermined";
  return is === "=" && value !== said ? "contradicted" : "supported";
}
