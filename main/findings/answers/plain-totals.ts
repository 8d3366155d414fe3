import type { Micros } from "../../../shared/base/time.ts";
import type { PlainTotals } from "../../../shared/model/accountability/sensitivity.ts";
import type { FieldsBasis, RuleFindings } from "../../../shared/model/finding.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { Grants } from "../rules/grants.ts";
import { ATTEMPTED, asRequested, type Judged, OBTAINED, POSSIBLE } from "../rules/judge.ts";

/** What a rule finds from a cutoff on, without people: its totals, and by id who has which. */
export interface PlainFindings {
  readonly totals: PlainTotals;
  /** Developers that got data or may have. */
  readonly reached: ReadonlySet<string>;
  readonly entitled: ReadonlySet<string>;
}

class Count {
  events = 0;
  readonly owners = new Set<number>();
  readonly apps = new Set<number>();

  get total() {
    return { developers: this.owners.size, apps: this.apps.size, events: this.events };
  }
}

/** The calls that were judged, from a cutoff on. `recentFrom`: from when on they count as recent. */
export function plainFindings(
  { columns, owners }: Dataset,
  judged: Judged,
  grants: Grants,
  cutoff: Micros,
  recentFrom: Micros,
): PlainFindings {
  const counts = [undefined, new Count(), new Count(), new Count()];
  const recent = new Count();
  const { verdicts, asOf } = judged;
  const appOf = columns.codes("app");
  const flags = columns.codes("flags");
  const basis = new Set<"requested" | "returned">();
  for (let p = Math.max(judged.from, columns.lowerBound(cutoff)); p < judged.to; p += 1) {
    const verdict = verdicts[p] as number;
    const count = counts[verdict];
    if (!count) continue;
    const counting = verdict >= POSSIBLE && (columns.time[p] as number) >= recentFrom ? [count, recent] : [count];
    for (const each of counting) {
      each.events += 1;
      each.owners.add(owners.of[p] as number);
      if (appOf[p] !== 0) each.apps.add(appOf[p] as number);
    }
    if (verdict === OBTAINED) basis.add(asRequested(flags[p] as number) ? "requested" : "returned");
  }
  const [attempted, possible, obtained] = [ATTEMPTED, POSSIBLE, OBTAINED].map((level) => counts[level] as Count);
  const held = grants.entitled(cutoff, asOf);
  const idOf = (owner: number) => owners.list[owner]?.id ?? "unknown";
  return {
    totals: {
      entitled: { developers: held.size, apps: new Set([...held.values()].flatMap((apps) => [...apps])).size },
      attempted: (attempted as Count).total,
      possible: (possible as Count).total,
      obtained: { ...(obtained as Count).total, ...fieldsAre(basis) },
      recent: recent.total,
    },
    reached: new Set([...(possible as Count).owners, ...(obtained as Count).owners].map(idOf)),
    entitled: new Set([...held.keys()].map(({ id }) => id)),
  };
}

function fieldsAre(basis: ReadonlySet<"requested" | "returned">): { fields_are?: FieldsBasis } {
  const [only] = basis;
  return only === undefined ? {} : { fields_are: basis.size === 2 ? "both" : only };
}

type Members = Pick<PlainFindings, "reached" | "entitled">;

/** Who comes in and who goes out, of `possible+` and of `entitled`, each compared for itself, together by id. */
export function movedBetween(before: Members, after: Members): { in: string[]; out: string[] } {
  const without = (a: Members, b: Members) =>
    [...new Set([...lacking(a.reached, b.reached), ...lacking(a.entitled, b.entitled)])].sort();
  return { in: without(after, before), out: without(before, after) };
}

/** Who got data or may have, and who kept access, by a rule's findings. */
export function membersOf(found: RuleFindings | undefined): Members {
  const rows = found?.developers ?? [];
  const idsOf = (some: RuleFindings["developers"]) => new Set(some.map((row) => row.developer_id));
  return {
    reached: idsOf(rows.filter(({ possible, obtained }) => possible.events + obtained.events > 0)),
    entitled: idsOf(rows.filter(({ entitled }) => entitled)),
  };
}

const lacking = (of: ReadonlySet<string>, others: ReadonlySet<string>) => [...of].filter((id) => !others.has(id));
