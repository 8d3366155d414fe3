import { type App, type Developer, holdsGrant } from "../incident/actors.ts";
import { AS_OF, CUTOFF, iso, monthIndex, monthName, RECENT } from "../incident/calendar.ts";
import type { Call } from "../incident/call-kinds.ts";
import { ATTEMPTED, FAILED, NONE, OBTAINED, POSSIBLE, UNKNOWN, type Verdict } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import { Tally } from "./tally.ts";

export const RULE = "groups-member-identity";

interface Levels {
  readonly attempted: Tally;
  readonly possible: Tally;
  readonly obtained: Tally;
}

interface OwnerTallies extends Levels {
  recent: boolean;
  afterRevocation: number;
}

/** What `exhibit findings --json` must say, gathered while the calls are made. */
export class Findings {
  readonly totals: Levels;
  readonly recent: Tally;
  readonly #cast: Cast;
  /** Calls in scope that count nowhere; shown apart. */
  readonly apart = { failed: 0, unknown: 0 };
  readonly #months = new Map<number, Levels>();
  readonly #owners = new Map<Developer, OwnerTallies>();
  /** Apps held in the rule's span, by whom. */
  readonly entitled: ReadonlyMap<Developer, ReadonlySet<App>>;

  constructor(cast: Cast) {
    this.#cast = cast;
    this.totals = this.#levels();
    this.recent = new Tally(cast);
    this.entitled = entitledOf(cast);
    for (const developer of this.entitled.keys()) this.#of(developer);
  }

  #levels(): Levels {
    return { attempted: new Tally(this.#cast), possible: new Tally(this.#cast), obtained: new Tally(this.#cast) };
  }

  #of(developer: Developer): OwnerTallies {
    let own = this.#owners.get(developer);
    if (own === undefined) {
      own = { ...this.#levels(), recent: false, afterRevocation: 0 };
      this.#owners.set(developer, own);
    }
    return own;
  }

  /** One call that is no duplicate. */
  add(call: Call, verdict: Verdict, owner: Developer, kept: readonly number[]): void {
    if (verdict === NONE) return;
    if (verdict === FAILED) this.apart.failed += 1;
    if (verdict === UNKNOWN) this.apart.unknown += 1;
    if (verdict === FAILED || verdict === UNKNOWN) return;
    const level = verdict === ATTEMPTED ? "attempted" : verdict === POSSIBLE ? "possible" : "obtained";
    const own = this.#of(owner);
    const index = monthIndex(call.time);
    let month = this.#months.get(index);
    if (month === undefined) {
      month = this.#levels();
      this.#months.set(index, month);
    }
    this.totals[level].add(call, owner, kept);
    month[level].add(call, owner, kept);
    own[level].add(call, owner, kept);
    if (verdict !== POSSIBLE && verdict !== OBTAINED) return;
    if (call.time >= RECENT) {
      this.recent.add(call, owner, kept);
      own.recent = true;
    }
    const grants = call.app?.grants ?? [];
    if (call.app !== undefined && !holdsGrant(call.app, call.time) && grants.some((grant) => grant.from <= call.time))
      own.afterRevocation += 1;
  }

  json() {
    const apps = new Set([...this.entitled.values()].flatMap((ofOne) => [...ofOne]));
    return {
      rule: RULE,
      totals: {
        entitled: { developers: this.entitled.size, apps: apps.size },
        attempted: this.totals.attempted.counts,
        possible: this.totals.possible.withPeople,
        obtained: { ...this.totals.obtained.withPeople, ...this.totals.obtained.fieldsAre },
        recent: this.recent.withPeople,
      },
      by_month: [...this.#months].sort(([a], [b]) => a - b).map(([index, month]) => monthJson(index, month)),
      developers: [...this.#owners].map(([developer, own]) => this.#developerJson(developer, own)).sort(inOrder),
    };
  }

  #developerJson(developer: Developer, own: OwnerTallies) {
    const { attempted, possible, obtained } = own;
    const entitledApps = this.entitled.get(developer);
    const apps = new Set([...(entitledApps ?? []), ...attempted.apps, ...possible.apps, ...obtained.apps]);
    const revoked = revokedAt(this.#cast, developer);
    return {
      developer_id: developer.id,
      developer: developer.name,
      level:
        obtained.events > 0
          ? "obtained"
          : possible.events > 0
            ? "possible"
            : attempted.events > 0
              ? "attempted"
              : "entitled",
      recent: own.recent,
      entitled: entitledApps !== undefined,
      apps: [...apps].map((app) => app.id).sort(),
      attempted: attempted.span,
      possible: { ...possible.span, people: possible.people.result() },
      obtained: {
        ...obtained.span,
        people: obtained.people.result(),
        fields: [...obtained.fields].sort(),
        ...obtained.fieldsAre,
      },
      ...(revoked === undefined ? {} : { revoked_at: iso(revoked) }),
      allowed_after_revocation: own.afterRevocation,
      status: "open",
      remedy: [],
    };
  }
}

function monthJson(index: number, { attempted, possible, obtained }: Levels) {
  const counts = (tally: Tally) => ({ developers: tally.developers.size, events: tally.events });
  return {
    month: monthName(index),
    attempted: counts(attempted),
    possible: { ...counts(possible), people: possible.people.result() },
    obtained: { ...counts(obtained), people: obtained.people.result(), ...obtained.fieldsAre },
  };
}

/** By owner: apps of which ownership, grant and span have an instant in common (docs/decisions/07-entitled.md). */
/** Who held the permission at some instant from a cutoff on, and for which apps. */
export function entitledOf(cast: Cast, cutoff = CUTOFF): Map<Developer, Set<App>> {
  const entitled = new Map<Developer, Set<App>>();
  for (const app of cast.apps) {
    if (app.exempt) continue;
    for (const { developer, from, until } of app.owners) {
      for (const grant of app.grants) {
        if (Math.max(from, grant.from, cutoff) >= Math.min(until, grant.until, AS_OF)) continue;
        entitled.set(developer, (entitled.get(developer) ?? new Set()).add(app));
      }
    }
  }
  return entitled;
}

/** docs/decisions/11-containment.md. */
export function revokedAt(cast: Cast, developer: Developer): number | undefined {
  let latest: number | undefined;
  for (const app of cast.apps) {
    for (const owner of app.owners) {
      if (owner.developer !== developer) continue;
      if (AS_OF >= owner.from && AS_OF < owner.until && holdsGrant(app, AS_OF)) return undefined;
      for (const { until } of app.grants) {
        if (until < owner.from || until >= owner.until || until === Number.POSITIVE_INFINITY) continue;
        if (latest === undefined || until > latest) latest = until;
      }
    }
  }
  return latest;
}

interface Row {
  level: string;
  developer_id: string;
  attempted: { events: number };
  possible: { events: number };
  obtained: { events: number };
}

const LEVEL_ORDER = ["obtained", "possible", "attempted", "entitled"];

/** docs/decisions/14-row-of-a-developer.md. */
function inOrder(a: Row, b: Row): number {
  return (
    LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level) ||
    b.obtained.events - a.obtained.events ||
    b.possible.events - a.possible.events ||
    b.attempted.events - a.attempted.events ||
    (a.developer_id < b.developer_id ? -1 : 1)
  );
}
